"""Files that are not what they say, or larger than anybody typed: a clear problem, no crash, and soon."""

import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from factors.problems import InputError
from inventories.reader import read_workbook
from tests.inventories.books import CONSTRUCTION, ENERGY, SHEETS, changed, errors, write

XLS = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def refused(path: Path) -> list[str]:
    with pytest.raises(InputError) as stop:
        read_workbook(path)
    return [problem.code for problem in stop.value.problems]


def rewritten(path: Path, member: str, content: bytes) -> Path:
    """Put other content into one member of a workbook."""
    with zipfile.ZipFile(path) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in {**members, member: content}.items():
            archive.writestr(name, content if name == member else old)
    return path


def sheet_of(path: Path, number: int) -> tuple[str, bytes]:
    member = f"xl/worksheets/sheet{number}.xml"
    with zipfile.ZipFile(path) as archive:
        return member, archive.read(member)


@contextmanager
def within(seconds: float, megabytes: float) -> Iterator[None]:
    """Bound time and memory of what is done inside."""
    tracemalloc.start()
    begins = time.perf_counter()
    try:
        yield
        assert time.perf_counter() - begins < seconds
        assert tracemalloc.get_traced_memory()[1] < megabytes * 1e6
    finally:
        tracemalloc.stop()


# --- bombs ----------------------------------------------------------------------------------------


def test_three_hundred_kilobytes_that_unpack_to_three_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(300):
                member.write(b"0" * 1_000_000)
    assert path.stat().st_size < 400_000
    with within(1.0, 200.0):
        assert refused(path) == ["file-too-large"]


def test_a_member_that_is_larger_than_it_says(tmp_path: Path) -> None:
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b" " * 50_000_000 + b"</sst>"
    path = rewritten(write(tmp_path / "liar.xlsx", SHEETS), "xl/sharedStrings.xml", strings)
    content = path.read_bytes().replace(struct.pack("<I", len(strings)), struct.pack("<I", 1000))
    path.write_bytes(content)
    with within(1.0, 200.0):
        assert refused(path) == ["not-a-workbook"]


@pytest.mark.parametrize("member", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"])
def test_entities_are_never_expanded(tmp_path: Path, member: str) -> None:
    path = write(tmp_path / "entities.xlsx", SHEETS)
    with zipfile.ZipFile(path) as archive:
        plain = archive.read(member)
    rewritten(path, member, ENTITIES + plain[plain.find(b"?>") + 2 if plain.startswith(b"<?") else 0 :])
    assert refused(path) == ["not-a-workbook"]


def test_two_members_of_one_name(tmp_path: Path) -> None:
    path = write(tmp_path / "twice.xlsx", SHEETS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", "<worksheet/>")
    assert refused(path) == ["not-a-workbook"]


# --- other files under this name ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id;item;amount\nC1;Slab;20\n", "not-a-workbook"),
        (b"%PDF-1.7\n%%EOF\n", "not-a-workbook"),
        (XLS, "not-a-workbook"),
        (XLS + "EncryptedPackage".encode("utf-16-le") + bytes(100), "file-encrypted"),
        (b"PK\x03\x04" + bytes(200), "not-a-workbook"),
    ],
)
def test_another_file_renamed(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(content)
    assert refused(path) == [code]


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    path.write_bytes(path.read_bytes()[:-200])
    assert refused(path) == ["not-a-workbook"]


# --- large sheets ---------------------------------------------------------------------------------


def test_a_million_formatted_blank_rows_end_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    member, xml = sheet_of(path, 3)
    blanks = "".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(3, 1_048_577)).encode()
    rewritten(path, member, xml.replace(b"</sheetData>", blanks + b"</sheetData>"))
    begins = time.perf_counter()
    found = read_workbook(path)
    assert time.perf_counter() - begins < 10.0
    assert found.problems == []
    assert found.study is not None
    assert len(found.study.construction) == 1


def test_sixteen_thousand_columns(tmp_path: Path) -> None:
    wide = [(*row, *(f"Column {i}" for i in range(16_384 - len(row)))) for row in ENERGY]
    path = write(tmp_path / "study.xlsx", {**SHEETS, "Energy": wide})
    begins = time.perf_counter()
    found = read_workbook(path)
    assert time.perf_counter() - begins < 10.0
    assert {problem.code for problem in found.problems} == {"header-unknown", "header-many"}
    assert len(found.problems) < 50


# --- what a workbook can hide ---------------------------------------------------------------------


def test_links_to_other_workbooks_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    found = read_workbook(path)
    assert [(problem.code, problem.severity) for problem in found.problems] == [("external-links", "warning")]
    assert found.study is not None


def test_dates_since_1904_have_their_years(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book["Years"]["A2"] = date(2027, 1, 1)
    book.save(path)
    found = read_workbook(path)
    assert [(problem.code, problem.values["value"]) for problem in found.problems] == [("date-year", "2027")]


def test_an_error_is_no_blank_where_elements_have_a_prefix(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", changed(SHEETS, "Construction", "F2", "kept"))
    member, xml = sheet_of(path, 3)
    broken = xml.replace(b'<c r="C2" t="n"><v>20</v></c>', b"<c r='C2' t='e'><v>#REF!</v></c>")
    assert broken != xml
    prefixed = broken.replace(b"</", b"\x00").replace(b"<", b"<x:").replace(b"\x00", b"</x:")
    rewritten(path, member, prefixed.replace(b"xmlns=", b"xmlns:x="))
    assert errors(read_workbook(path)) == [("error-cell", "Construction", "C2")]


def test_merged_cells_that_harm_nothing_are_let_be(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", {**SHEETS, "Construction": CONSTRUCTION})
    book = openpyxl.load_workbook(path)
    book["Construction"].merge_cells("A5:E6")  # blank
    book["Construction"].merge_cells("E1:F1")  # a header
    book.save(path)
    assert read_workbook(path).problems == []


@pytest.mark.parametrize("life", [1e-9, 0.001])
def test_a_life_of_an_instant_is_refused_before_it_is_replaced_a_billion_times(tmp_path: Path, life: float) -> None:
    sheets = {**SHEETS, "Construction": [(*CONSTRUCTION[0], "service_life"), (*CONSTRUCTION[1], life)]}
    assert errors(read_workbook(write(tmp_path / "study.xlsx", sheets))) == [("too-small", "Construction", "F2")]


SHEET = "xl/worksheets/sheet3.xml"


def with_piece(path: Path, old: bytes, new: bytes) -> Path:
    """Replace a piece of the sheet Construction."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(SHEET)
    assert old in xml
    return rewritten(path, SHEET, xml.replace(old, new))


def test_a_formula_that_gives_an_empty_text_is_a_blank(tmp_path: Path) -> None:
    """Spreadsheets store =IF(x="","",x) as a text without letters; that is a stored value."""
    sheets = changed(SHEETS, "Construction", "F1", "note")
    path = write(tmp_path / "study.xlsx", changed(sheets, "Construction", "F2", "=IF(A1=0,1,)"))
    assert [each.code for each in read_workbook(path).problems] == ["formula-unsaved"]
    empty = with_piece(path, b'r="F2"><f>', b'r="F2" t="str"><f>')
    assert [each.code for each in read_workbook(empty).problems] == []


def test_a_style_that_is_not_there_leaves_a_percentage_as_typed(tmp_path: Path) -> None:
    sheets = changed(changed(SHEETS, "Construction", "F1", "waste_percent"), "Construction", "F2", 0.5)
    path = write(tmp_path / "study.xlsx", sheets)
    broken = with_piece(path, b'r="F2"', b's="99" r="F2"')
    found = read_workbook(broken)
    assert [each.code for each in found.problems] == ["percent-fraction"]
    assert found.study is not None
    assert found.study.construction[0].waste_percent == 0.5
