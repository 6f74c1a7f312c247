"""The tutorial: its tables are those of the example, and typing them into a blank workbook gives what it prints."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from inventories.reader import read_workbook
from lca.assess import assess
from templates.tutorial_page import EXAMPLE, PAGE, assessed, page
from templates.workbook import example, workbook

_TABLE = re.compile(r"<!-- sheet: ([\w ]+) -->\n(.*?)<!-- end -->", re.DOTALL)


def tables() -> dict[str, list[list[str]]]:
    """Tables of the page by sheet, as a reader sees them."""
    found = {}
    for sheet, text in _TABLE.findall(PAGE.read_text(encoding="utf-8")):
        lines = [re.split(r" (?<!\\)\| ", line[2:-2]) for line in text.splitlines()]
        found[sheet] = [[re.sub(r"\\(.)", r"\1", cell).strip() for cell in line] for line in [lines[0], *lines[2:]]]
    return found


def typed_into_a_blank_workbook(path: Path) -> None:
    """Type every cell of the tables under the header it stands under, numbers as numbers."""
    book = openpyxl.load_workbook(BytesIO(workbook("en")))
    for sheet, (heads, *rows) in tables().items():
        page_ = book[sheet]
        places = {_plain(cell.value): cell.column for cell in page_[1] if cell.value}
        keys = {_plain(row[0].value): row[0].row for row in page_.iter_rows(min_row=2, max_col=1) if row[0].value}
        for i, row in enumerate(rows, 2):
            for head, text in zip(heads, row, strict=True):
                if sheet != "Study":
                    page_.cell(i, places[_plain(head)]).value = _number(text)
            if sheet == "Study":
                page_.cell(keys[_plain(row[0])], 2).value = _number(row[1])
    book.save(path)


def _plain(text: object) -> str:
    return str(text).strip(" \N{NO-BREAK SPACE}*")


def _number(text: str) -> str | float | None:
    try:
        return float(text)
    except ValueError:
        return text or None


def test_the_page_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run python -m templates.tutorial_page"


def test_every_sheet_of_the_example_is_in_the_tutorial() -> None:
    assert set(tables()) == set(example(EXAMPLE))


def test_who_types_the_tables_gets_the_result(tmp_path: Path) -> None:
    path = tmp_path / "server-room.xlsx"
    typed_into_a_blank_workbook(path)
    found = read_workbook(path)
    assert [each.as_json() for each in found.problems] == []
    assert found.study is not None
    theirs, ours = assess(found.study), assessed(example(EXAMPLE))
    assert theirs["complete"] is ours["complete"] is True
    for basis in ("location", "market"):
        assert theirs["totals"][basis] == pytest.approx(ours["totals"][basis], rel=1e-12)
