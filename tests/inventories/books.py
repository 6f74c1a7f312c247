"""Workbooks typed by hand, for the reader's tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from inventories.reader import Read, read_workbook

Grid = Sequence[Sequence[Any]]

STUDY: Grid = [
    ("key", "value", "unit"),
    ("title", "Test", None),
    ("facility", "Hall", None),
    ("study_type", "life-cycle", None),
    ("country", "FI", None),
    ("start_year", 2027, None),
    ("reference_period", 10, "a"),
    ("grid_connection", "transmission", None),
]
YEARS: Grid = [("from", "it_capacity [kW]"), (2027, 100)]
CONSTRUCTION: Grid = [
    ("id", "item", "amount", "unit", "factor"),
    ("C1", "Slab", 20, "m3", "concrete-c30-37-fi"),
]
ENERGY: Grid = [
    ("id", "carrier", "use", "amount", "unit"),
    ("E1", "electricity", "it", 500, "MWh"),
]
SHEETS: Mapping[str, Grid] = {"Study": STUDY, "Years": YEARS, "Construction": CONSTRUCTION, "Energy": ENERGY}


def write(path: Path, sheets: Mapping[str, Grid]) -> Path:
    """Write sheets into a workbook, cell by cell."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def changed(sheets: Mapping[str, Grid], sheet: str, cell: str, value: Any) -> dict[str, Grid]:
    """Return the sheets with one cell changed; ``cell`` is an address such as ``C2``."""
    column, row = ord(cell[0]) - 65, int(cell[1:]) - 1
    rows = [list(each) for each in sheets[sheet]]
    while len(rows) <= row:
        rows.append([])
    rows[row] += [None] * (column + 1 - len(rows[row]))
    rows[row][column] = value
    return {**sheets, sheet: rows}


def read(folder: Path, sheets: Mapping[str, Grid]) -> Read:
    """Read sheets as a user's workbook is read."""
    return read_workbook(write(folder / "study.xlsx", sheets))


def errors(found: Read) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of every error."""
    return [(p.code, p.sheet, p.cell) for p in found.problems if p.severity == "error"]
