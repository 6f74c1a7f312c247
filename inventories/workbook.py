"""Opening a workbook somebody sent: refuse what is no workbook or a bomb, then hand out its cells."""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from factors.problems import InputError, Problem
from inventories.format import FORMAT
from inventories.layout import Layout, column_number, read_layout

FORMAT_PROPERTY = "jalki_format"
RESULTS = "results"
"""Name of the document property that states the format of a workbook."""

Cell = str | float | bool | int | date | datetime | time | timedelta

OPENPYXL_FAILS = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile)
"""What openpyxl raises for files that the reader opens, and it does not: styles, charts, members of a kind it lacks."""

MAX_BYTES = 200_000_000
MAX_RATIO = 200
MAX_MEMBERS = 2_000
MAX_GRID = 20_000_000
"""Rows × columns up to the last cell of a sheet; 200,000 lines of 100 columns fit."""


@dataclass(frozen=True)
class RawSheet:
    """Cells of a sheet; ``rows[i][j]`` is row i + 1, column j + 1 of the file, blank is an empty text."""

    name: str
    rows: list[list[Cell]]
    broken: dict[str, str]
    """Addresses of cells that hold an error or a formula never calculated, with what stands there."""

    percent: "PercentFormats | None" = None
    layout: Layout = field(default_factory=Layout)

    def is_percent(self, where: str) -> bool:
        """Whether a cell is shown as percent in the file."""
        return self.percent is not None and self.percent(self.name, where)

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled."""
        return all(cell == "" for row in self.rows for cell in row)


@dataclass(frozen=True)
class Book:
    """Sheets of a workbook, and what is to be said of the file as a whole."""

    sheets: list[RawSheet]
    problems: list[Problem] = field(default_factory=list)


@dataclass
class PercentFormats:
    """Number formats of a file, looked up only when a percentage looks like a fraction.

    Where openpyxl cannot read them the number is taken as typed; the reader warns of it in any case.
    """

    path: Path
    _book: Any = field(default=None)

    def __call__(self, sheet: str, where: str) -> bool:
        """Whether a cell has a percent format."""
        if self._book is None:
            import openpyxl  # noqa: PLC0415 - slow, and only on suspicion

            try:
                self._book = openpyxl.load_workbook(BytesIO(self.path.read_bytes()))
            except OPENPYXL_FAILS:
                self._book = {}
        try:
            return "%" in str(self._book[sheet][where].number_format)
        except OPENPYXL_FAILS:
            return False


def address(row: int, column: int) -> str:
    """Address of a cell counted from 0.

    Examples
    --------
    >>> address(6, 2), address(0, 27)
    ('C7', 'AB1')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _stop(code: str, **values: str) -> InputError:
    return InputError([Problem(code, values=values)])


def check_file(path: Path) -> None:
    """Refuse a file that is empty, no workbook, holds macros, or grows beyond reason when unpacked.

    Raises
    ------
    InputError
        With the one problem found.
    """
    if path.stat().st_size == 0:
        raise _stop("file-empty", file=path.name)
    if not zipfile.is_zipfile(path):
        raise _stop("file-encrypted" if _is_encrypted(path) else "not-a-workbook", file=path.name)
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if not any(member.filename == "xl/workbook.xml" for member in members):
            raise _stop("not-a-workbook", file=path.name)
        if any("vbaProject" in member.filename for member in members):
            raise _stop("macros", file=path.name)
        size = sum(member.file_size for member in members)
        steep = any(
            member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(1, member.compress_size)
            for member in members
        )
        if size > MAX_BYTES or steep or len(members) > MAX_MEMBERS:
            raise _stop("file-too-large", file=path.name, size=f"{size / 1e6:.0f}")


_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENTITY = b"<!ENTITY"


def _is_encrypted(path: Path) -> bool:
    """Whether a file is a workbook locked with a password: an older container around an encrypted package."""
    if path.stat().st_size > MAX_BYTES:
        return False
    content = path.read_bytes()
    return content.startswith(_COMPOUND) and _ENCRYPTED in content


_REFERENCE = re.compile(rb"\br=[\"']([A-Z]+\d+)[\"']")
_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_ROW = re.compile(rb"<row\b[^>]{0,400}?\br=[\"'](\d+)")
_FAR = re.compile(rb"r=[\"']([A-Z]{2,})")
_TEXT = re.compile(rb"\bt=[\"']str[\"']")
"""Type of a formula whose stored value is a text, an empty one too."""
_FORMULA = re.compile(rb"<f[ >/]")


def _check_extent(xml: bytes, name: str) -> None:
    """Refuse a sheet whose cells lie so far out that its grid would fill the memory."""
    filled = max(xml.rfind(mark) for mark in (b"<v", b"<is", b"<f"))  # below it are formatted blanks
    last_row = max((int(match[1]) for match in _ROW.finditer(xml, 0, max(0, filled))), default=0)
    letters = max((match[1] for match in _FAR.finditer(xml)), key=lambda far: (len(far), far), default=b"Z")
    last_column = column_number(letters) + 1
    if last_row * last_column > MAX_GRID:
        raise _stop("sheet-too-wide", file=name, rows=str(last_row), columns=str(last_column))


def _broken_cells(xml: bytes) -> dict[str, str]:
    """Find error cells and formulas without a stored value; readers return both as blank."""
    if not _ERROR.search(xml) and not _FORMULA.search(xml):
        return {}
    found = {}
    for piece in xml.split(b"<c ")[1:]:
        attributes, _, body = piece.partition(b">")
        if attributes.endswith(b"/"):
            continue  # a cell of a style and nothing else
        body = body.partition(b"</c>")[0]
        reference = _REFERENCE.search(b" " + attributes)
        if reference is None:
            continue
        if _ERROR.search(b" " + attributes):
            text = re.search(rb"<v>([^<]*)</v>", body)
            found[reference[1].decode()] = text[1].decode() if text else "#ERROR"
        elif _FORMULA.search(body) and not (_TEXT.search(b" " + attributes) or re.search(rb"<v>[^<]|<is>", body)):
            found[reference[1].decode()] = "formula"
    return found


def _without_prefix(xml: bytes) -> bytes:
    """Names of elements as most writers give them: some put a prefix before each, as in ``x:row``."""
    prefix = re.search(rb"<(\w+):worksheet\b", xml[:4096])
    if prefix is None:
        return xml
    return re.sub(rb"<(/?)" + prefix[1] + rb":", rb"<\1", xml)


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, tuple[str, bool]]:
    """Names of sheets to their file in the archive, and whether they are hidden."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only when a workbook is read

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    targets = {
        each.get("Id"): each.get("Target").removeprefix("/xl/")
        for each in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        each.get("name"): (f"xl/{targets[each.get(relation)]}", each.get("state", "visible") != "visible")
        for each in fromstring(archive.read("xl/workbook.xml")).iter()
        if each.tag.endswith("}sheet")
    }


def _check_format(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook whose document property states another format; without the property the Study sheet decides."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only when a workbook is read

    if "docProps/custom.xml" not in archive.namelist():
        return
    for each in fromstring(archive.read("docProps/custom.xml")):
        stated = "".join(each.itertext()).strip()
        if each.get("name") == FORMAT_PROPERTY and stated == RESULTS:
            raise _stop("results-workbook", file=name)
        if each.get("name") == FORMAT_PROPERTY and stated not in (str(FORMAT), f"{FORMAT}.0"):
            raise _stop("format-unknown", format=stated, known=str(FORMAT))


def _refuse_tricks(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse files that define entities, hold two members of one name, or are larger than they say.

    Reading a member to its end proves its size; the sheets are read when they are looked through.
    """
    members = [member.casefold() for member in archive.namelist()]
    if len(set(members)) < len(members):
        raise _stop("not-a-workbook", file=name)
    for member in archive.namelist():
        marked_up = member.casefold().endswith((".xml", ".rels")) and not member.startswith("xl/worksheets/sheet")
        if marked_up and _ENTITY in archive.read(member):
            raise _stop("not-a-workbook", file=name)


def _looked_through(path: Path) -> tuple[dict[str, dict[str, str]], dict[str, Layout], list[Problem]]:
    """Broken cells and layout of every sheet, and what is to be said of the file as a whole."""
    broken, layouts = {}, {}
    with zipfile.ZipFile(path) as archive:
        _refuse_tricks(archive, path.name)
        _check_format(archive, path.name)
        for name, (file, hidden) in _sheet_files(archive).items():
            xml = _without_prefix(archive.read(file))
            if _ENTITY in xml[:4096]:
                raise _stop("not-a-workbook", file=path.name)
            _check_extent(xml, path.name)
            broken[name] = _broken_cells(xml)
            layouts[name] = read_layout(xml, hidden=hidden)
        linked = any(member.startswith("xl/externalLinks/") for member in archive.namelist())
    return broken, layouts, [Problem("external-links", values={"file": path.name})] if linked else []


def open_workbook(path: Path) -> Book:
    """Read every worksheet of a workbook.

    Raises
    ------
    InputError
        The file is no workbook that Jälki opens.
    """
    import python_calamine  # noqa: PLC0415 - only when a workbook is read

    check_file(path)
    try:
        broken, layouts, problems = _looked_through(path)
        book = python_calamine.load_workbook(str(path))
        percent = PercentFormats(path)
        sheets = [
            RawSheet(
                name,
                [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)],
                broken.get(name, {}),
                percent,
                layouts.get(name, Layout()),
            )
            for name in book.sheet_names
        ]
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError, SyntaxError, ValueError, zlib.error) as error:
        raise _stop("not-a-workbook", file=path.name) from error
    return Book(sheets, problems)
