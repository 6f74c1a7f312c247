"""The annotated copy: every problem marked in its cell and listed, the user's file and texts left as they are."""

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from factors.problems import Problem
from inventories.reader import read_workbook
from templates.annotate import COLOUR, annotated
from templates.texts import Texts
from templates.workbook import example, workbook
from tests.inventories.books import ENERGY, SHEETS, STUDY, changed, write


def copied(path: Path, problems: list[dict[str, Any]], language: str = "en") -> Any:
    """Annotate a workbook and open the copy."""
    copy = path.with_name("copy.xlsx")
    copy.write_bytes(annotated(path, problems, Texts(language)))
    return openpyxl.load_workbook(copy)


def said(path: Path) -> list[dict[str, Any]]:
    return [problem.as_json() for problem in read_workbook(path).problems]


def test_a_cell_has_colour_and_comment_and_the_list_leads_to_it(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", changed(SHEETS, "Construction", "C2", -5))
    before = path.read_bytes()
    book = copied(path, said(path))
    assert path.read_bytes() == before
    assert book.sheetnames == ["Problems", *SHEETS]
    cell = book["Construction"]["C2"]
    assert cell.value == -5
    assert cell.fill.fgColor.rgb.endswith(COLOUR["error"])
    assert "Type a number that is not below 0." in cell.comment.text
    assert [each.value for each in book.active[1]] == [
        "Severity", "Sheet", "Cell", "What was read", "What is wrong", "What to do",
    ]  # fmt: skip
    row = book.active[2]
    assert [each.value for each in row] == [
        "error", "Construction", "C2", "-5", "-5 is negative; amount cannot be.", "Type a number that is not below 0.",
    ]  # fmt: skip
    assert row[2].hyperlink.location == "'Construction'!C2"


def test_problems_without_a_cell_are_listed_too(tmp_path: Path) -> None:
    rows = [row for row in STUDY if row[0] != "country"]
    path = write(tmp_path / "study.xlsx", {**SHEETS, "Study": rows})
    listed = copied(path, said(path)).active[2]
    assert (listed[1].value, listed[2].value, listed[2].hyperlink) == ("Study", None, None)
    assert listed[4].value == "The key Country is missing."


def test_two_problems_of_a_cell_share_a_comment_and_the_worse_colours_it(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    book = openpyxl.load_workbook(path)
    book["Energy"]["D2"].comment = Comment("read off in March", "somebody")
    book.save(path)
    two = [
        Problem("doubtful-number", "Energy", read="1.234", values={"value": "1.234"}, cell="D2").as_json(),
        Problem("required", "Energy", column="amount", cell="D2").as_json(),
    ]
    cell = copied(path, two)["Energy"]["D2"]
    assert cell.fill.fgColor.rgb.endswith(COLOUR["error"])
    for text in ("read off in March", "was read as 1.234", "Fill in amount."):
        assert text in cell.comment.text


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_what_a_user_typed_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    problem = Problem(
        "choice-unknown", text, read=text, cell="C2", values={"column": text, "options": text, "nearest": ""}
    )
    for cell in copied(path, [problem.as_json()]).active[2]:
        assert cell.data_type in ("s", "n")
        assert cell.data_type == "s" or cell.value is None
        assert not str(cell.value).startswith("=") or cell.quotePrefix


def test_control_characters_and_long_texts_do_not_stop_the_copy(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    problem = Problem("not-a-number", "Energy", read="\x00\x0b" + "x" * 50_000, cell="D2")
    book = copied(path, [problem.as_json()])
    assert book.active["D2"].value.startswith("xxx")
    assert "xxx" in book["Energy"]["D2"].comment.text


def test_rows_merged_cells_and_a_sheet_of_the_same_name(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", {"problems": [("a",)], "It's": ENERGY})
    book = openpyxl.load_workbook(path)
    book["It's"].merge_cells("B2:C3")
    book.save(path)
    found = [Problem("not-a-number", "It's", read="x", cell=cell).as_json() for cell in ("C3", "2")]
    copy = copied(path, found)
    assert copy.sheetnames == ["Problems 2", "problems", "It's"]
    assert [copy.active[f"C{i}"].hyperlink.location for i in (2, 3)] == ["'It''s'!C3", "'It''s'!A2"]
    assert copy["It's"]["B2"].comment is not None
    assert copy["It's"]["A2"].comment is not None


def test_the_copy_of_a_finnish_workbook_speaks_of_its_own_sheets(tmp_path: Path) -> None:
    rows = [("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö"), ("E1", "Sähkö", "Jaahdytys", 5, "MWh")]
    others = {name: rows for name, rows in SHEETS.items() if name != "Energy"}
    path = write(tmp_path / "study.xlsx", {**others, "Energia": rows})
    listed = copied(path, said(path)).active[2]
    assert listed[1].value == "Energia"
    assert listed[4].value == "“Jaahdytys” is not one of the choices of Käyttökohde."
    assert listed[5].value.startswith("Nearest: Jäähdytys. Choose one of: IT-laitteet, Jäähdytys,")


def test_the_colour_of_a_problem_stands_before_the_marks_of_the_template(tmp_path: Path) -> None:
    """The template colours a required cell that is empty; in the copy the colour of the problem comes first."""
    path = tmp_path / "study.xlsx"
    path.write_bytes(workbook("en", example("server-room")))
    book = openpyxl.load_workbook(path)
    notes = {cell.coordinate: cell.comment.text for cell in book["Energy"][1] if cell.comment}
    assert notes
    (amount,) = (cell for cell in book["Energy"][1] if str(cell.value).startswith("Amount"))
    address = amount.coordinate.replace("1", "2")
    book["Energy"][address] = None
    book.save(path)
    marked = copied(path, said(path))
    rules = next(each.rules for each in marked["Energy"].conditional_formatting if address in each)
    assert rules[0].formula == [f"OR(AND(ROW()=2,COLUMN()={amount.column}))"]
    assert rules[0].dxf.fill.bgColor.rgb.endswith(COLOUR["error"])
    assert [rule.priority for rule in rules] == sorted({rule.priority for rule in rules})
    for where, text in notes.items():
        assert marked["Energy"][where].comment.text == text
    with zipfile.ZipFile(path.with_name("copy.xlsx")) as archive:
        drawn = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml"))
    assert "height:79px" not in drawn  # the size that hides most of a note


def test_the_list_of_problems_is_no_sheet_of_the_study(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", changed(SHEETS, "Construction", "C2", -5))
    for language in ("en", "fi", "sv"):
        copied(path, said(path), language)
        again = said(path.with_name("copy.xlsx"))
        assert [each["code"] for each in again] == ["negative"]


def test_a_format_far_away_makes_no_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A format in the last row and one in a far column once made every cell between them, until memory ran out."""
    path = write(tmp_path / "study.xlsx", SHEETS)
    book = openpyxl.load_workbook(path)
    for address in ("A2000", "KN1"):
        book["Energy"][address].fill = PatternFill("solid", fgColor="FF0000")
    book.save(path)
    held: Any = openpyxl.load_workbook(path)
    cells = len(held["Energy"]._cells)
    monkeypatch.setattr(openpyxl, "load_workbook", lambda _: held)
    annotated(path, [Problem("not-a-number", "Energy", read="x", cell="D2").as_json()], Texts("en"))
    assert len(held["Energy"]._cells) == cells


def test_the_list_looks_and_prints_as_the_other_sheets(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", SHEETS)
    long = Problem("not-a-number", "Energy", read="word " * 5000, cell="D2")
    page = copied(path, [long.as_json()]).active
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("landscape", 9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    for cell in page[1]:
        assert (cell.fill.fgColor.rgb, cell.font.color.rgb, cell.font.bold) == ("000B4F5A", "00FFFFFF", True)
    assert all(cell.alignment.wrap_text for cell in page[2])
    assert {cell.font.name for row in page for cell in row} == {"Calibri"}
    assert page.row_dimensions[2].height == 409  # Excel has no higher row
