"""Opening a workbook somebody sent: refuse what is no workbook or a bomb, then hand out its cells."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from factors.problems import InputError, Problem

Cell = str | float | bool | int | date | datetime | time | timedelta

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

    def is_percent(self, where: str) -> bool:
        """Whether a cell is shown as percent in the file."""
        return self.percent is not None and self.percent(self.name, where)

    @property
    def is_empty(self) -> bool:
        """Whether no cell is filled."""
        return all(cell == "" for row in self.rows for cell in row)


@dataclass
class PercentFormats:
    """Number formats of a file, looked up only when a percentage looks like a fraction."""

    path: Path
    _book: Any = field(default=None)

    def __call__(self, sheet: str, where: str) -> bool:
        """Whether a cell has a percent format."""
        if self._book is None:
            import openpyxl  # noqa: PLC0415 - slow, and only on suspicion

            try:
                self._book = openpyxl.load_workbook(self.path)
            except (ValueError, KeyError, TypeError) as error:  # a style sheet that only some readers accept
                raise _stop("not-a-workbook", file=self.path.name) from error
        return "%" in str(self._book[sheet][where].number_format)


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
        raise _stop("not-a-workbook", file=path.name)
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


_REFERENCE = re.compile(rb'\br="([A-Z]+\d+)"')
_ROW = re.compile(rb"<row\b[^>]{0,400}?\br=[\"'](\d+)")
_FAR = re.compile(rb"r=[\"']([A-Z]{2,})")


def _check_extent(xml: bytes, name: str) -> None:
    """Refuse a sheet whose cells lie so far out that its grid would fill the memory."""
    last_row = max((int(match[1]) for match in _ROW.finditer(xml)), default=0)
    letters = max((match[1] for match in _FAR.finditer(xml)), key=lambda far: (len(far), far), default=b"Z")
    last_column = 0
    for letter in letters:
        last_column = 26 * last_column + letter - 64
    if last_row * last_column > MAX_GRID:
        raise _stop("sheet-too-wide", file=name, rows=str(last_row), columns=str(last_column))


def _broken_cells(xml: bytes) -> dict[str, str]:
    """Find error cells and formulas without a stored value; readers return both as blank."""
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    found = {}
    for piece in xml.split(b"<c ")[1:]:
        attributes, _, body = piece.partition(b">")
        body = body.partition(b"</c>")[0]
        reference = _REFERENCE.search(b" " + attributes)
        if reference is None:
            continue
        if b't="e"' in attributes:
            text = re.search(rb"<v>([^<]*)</v>", body)
            found[reference[1].decode()] = text[1].decode() if text else "#ERROR"
        elif b"<f" in body and not re.search(rb"<v>[^<]|<is>", body):
            found[reference[1].decode()] = "formula"
    return found


def _sheet_files(archive: zipfile.ZipFile) -> dict[str, str]:
    """Names of sheets to their file in the archive."""
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only when a workbook is read

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    targets = {
        each.get("Id"): each.get("Target").removeprefix("/xl/")
        for each in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    return {
        each.get("name"): f"xl/{targets[each.get(relation)]}"
        for each in fromstring(archive.read("xl/workbook.xml")).iter()
        if each.tag.endswith("}sheet")
    }


def open_workbook(path: Path) -> list[RawSheet]:
    """Read every worksheet of a workbook.

    Raises
    ------
    InputError
        The file is no workbook that Jälki opens.
    """
    import python_calamine  # noqa: PLC0415 - only when a workbook is read

    check_file(path)
    try:
        broken = {}
        with zipfile.ZipFile(path) as archive:
            for name, file in _sheet_files(archive).items():
                xml = archive.read(file)
                _check_extent(xml, path.name)
                broken[name] = _broken_cells(xml)
        book = python_calamine.load_workbook(str(path))
        names = book.sheet_names
        percent = PercentFormats(path)
        return [
            RawSheet(
                name,
                [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)],
                broken.get(name, {}),
                percent,
            )
            for name in names
        ]
    except (python_calamine.CalamineError, zipfile.BadZipFile, KeyError, SyntaxError, ValueError) as error:
        raise _stop("not-a-workbook", file=path.name) from error
