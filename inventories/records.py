"""One row being read: its values by key, its units, what it requires, and what was wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from factors.problems import Problem
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import CellError, Reading, as_text, is_blank, read_cell
from inventories.format import ASKED_IF, UNIT_CELL, Column, asked_columns, holds
from inventories.values import Quantity
from inventories.workbook import Cell, RawSheet


@dataclass
class Record:
    """One row being read.

    Attributes
    ----------
    cells
        What stands in each column.
    address
        Address of a column of this row in the file.
    language
        Language of the headers above it.
    values
        What could be read, by key.
    broken
        Keys with an error; they are not complained about twice.
    restated
        Units given to numbers that are in the unit of the row, by key: they must be that unit.
    """

    sheet: str
    raw: RawSheet
    cells: dict[str, Cell]
    address: Callable[[str], str]
    language: str = "en"
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    restated: list[tuple[str, Unit]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.raw.broken:
            return
        for key in list(self.cells):
            text = self.raw.broken.get(self.address(key))
            if text is not None:
                self.cells[key] = text
                self.complain("formula-unsaved" if text == "formula" else "error-cell", key)

    def complain(self, code: str, key: str, **values: str) -> None:
        """Write down a problem of a column; an error breaks it."""
        where = self.address(key) if key in self.cells else ""
        read = as_text(self.cells.get(key, ""))
        problem = Problem(code, self.sheet, None, key, read, {"column": key, **values}, where)
        self.problems.append(problem)
        if problem.severity == "error":
            self.broken.add(key)

    def read(self, of: Column, language: str) -> Reading | None:
        """Read a column; None after an error."""
        if of.key in self.broken:
            return None
        cell = self.cells.get(of.key, "")
        try:
            reading = read_cell(of, cell, language)
        except CellError as error:
            self.complain(error.code, of.key, **error.values)
            return None
        for code, values in reading.warnings:
            self.complain(code, of.key, **values)
        typed = reading.value
        if of.is_percent and isinstance(typed, float) and 0 < typed < 1 and reading.unit is None:
            shown = isinstance(cell, float) and self.raw.is_percent(self.address(of.key))
            reading.value = 100.0 * typed if shown else typed
            self.complain("percent-fraction", of.key, value=f"{reading.value:g}", percent=f"{100.0 * typed:g}")
        return reading


Sheets = Mapping[str, list[Record]]
"""Rows as typed, by sheet: what could be read of them, those with errors included."""


def row_unit(record: Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> Unit | None:
    """Unit of a number: behind it, in the unit cell, in the header; they must agree."""
    typed: dict[str, Unit] = {}
    text = record.cells.get("unit", "")
    if of.key in UNIT_CELL and not is_blank(text):
        try:
            typed["unit"] = parse_unit(as_text(text))
        except UnitError:
            record.complain("unit-unknown", "unit", units=of.unit_labels, label=of.key)
            return None
    if reading.unit is not None:
        typed["cell"] = reading.unit
    if of.key in units:
        typed["header"] = units[of.key]
    if len({unit.symbol for unit in typed.values()}) > 1:
        labels = ", ".join(unit.label for unit in typed.values())
        record.complain("unit-twice", of.key, units=labels)
        return None
    return next(iter(typed.values()), None)


_ALLOWED = {
    "energy": ("energy", "energy/year"),
    "mass-per-year": ("mass", "mass/year"),
    "money/year": ("money/year", "money"),
    "price": ("money/energy", "money/mass", "money/volume", "money/emission"),
    "emission": ("emission", "mass"),
    "energy-or-factor": None,
    "factor": None,
    "any": None,
}
"""Dimensions a unit of a column may have besides the column's own; None: any."""

_YEARLY = ("Energy", "Contracts", "Refrigerants", "Water and waste", "Heat")
"""Sheets whose amounts are those of a year, so that MWh/a is MWh."""


def finish_number(record: Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> None:
    """Put a number with its unit into the record."""
    if of.has_row_unit:
        record.restated += [(of.key, unit) for unit in (reading.unit, units.get(of.key)) if unit is not None]
    if not of.has_unit:
        if reading.unit is not None and not of.has_row_unit and not _allowed_behind(of, reading.unit):
            refuse_unit(record, of)
            return
        record.values[of.key] = reading.value
        return
    unit = row_unit(record, of, reading, units)
    if unit is None:
        if of.key not in record.broken and "unit" not in record.broken:
            record.complain("unit-missing", "unit" if of.key in UNIT_CELL else of.key, label=of.key)
        return
    put_quantity(record, of, reading, unit)


def put_quantity(record: Record, of: Column, reading: Reading, unit: Unit) -> None:
    """Put a number and its unit into the record, if the column takes units of its dimension."""
    if not takes(of, unit):
        place = "unit" if of.key in UNIT_CELL and not is_blank(record.cells.get("unit", "")) else of.key
        record.complain("unit-dimension", place, unit=unit.label, dimension=of.dimension, units=of.unit_labels)
        return
    assert isinstance(reading.value, float)  # noqa: S101 - for the type checker
    record.values[of.key] = Quantity(reading.value, of_a_year(of.sheet, unit).symbol)


def takes(of: Column, unit: Unit) -> bool:
    """Whether a column takes units of this dimension."""
    wanted = _ALLOWED.get(of.dimension, (of.dimension,))
    return wanted is None or unit.dimension in wanted


def of_a_year(sheet: str, unit: Unit) -> Unit:
    """Return the unit as a study holds it: on a sheet of yearly amounts MWh/a is MWh."""
    return parse_unit(unit.symbol.removesuffix("/a")) if sheet in _YEARLY else unit


def refuse_unit(record: Record, of: Column) -> None:
    """Complain about a unit that is not the one of the column, or that a column without a unit has."""
    if of.unit_labels:
        record.complain("unit-fixed", of.key, unit=of.unit_labels)
    else:
        record.complain("unit-none", of.key)


def _allowed_behind(of: Column, unit: Unit) -> bool:
    return bool(of.unit) and unit == parse_unit(of.unit)


def check_row_unit(record: Record) -> None:
    """Complain about a bound or component whose own unit is not that of its row."""
    row = _unit_of_row(record) if record.restated else None
    for key, unit in record.restated:
        if row is not None and key not in record.broken and of_a_year(record.sheet, unit) != row:
            record.complain("unit-twice", key, units=f"{unit.label}, {row.label}")
            del record.values[key]


def _unit_of_row(record: Record) -> Unit | None:
    """Unit of the amount of a row, or of the value of a factor; None where it could not be read."""
    if record.sheet == "Hardware":
        return parse_unit("piece")
    for key in UNIT_CELL:
        if isinstance(amount := record.values.get(key), Quantity):
            return amount.parsed
    try:
        return parse_unit(str(record.values.get("unit", "")))
    except UnitError:
        return None


def check_required(record: Record) -> None:
    """Complain about what a row lacks: columns always asked for, those a value asks for, exactly one of a group."""
    groups: dict[str, list[str]] = {}
    for of in asked_columns(record.sheet):
        filled = of.key in record.values or (of.key in UNIT_CELL and "unit" in record.broken)
        if of.required == "always" and of.key in record.cells and not filled and of.key not in record.broken:
            record.complain("required", of.key)
        elif of.required.startswith("one-of:"):
            groups.setdefault(of.required.removeprefix("one-of:"), []).append(of.key)
        elif (
            of.required.startswith("if:")
            and not filled
            and of.key not in record.broken
            and holds(of.required.removeprefix("if:"), record.values)
        ):
            record.complain("required", of.key)
    for group, keys in groups.items():
        if group in ASKED_IF and not holds(ASKED_IF[group], record.values):
            continue
        filled_keys = [key for key in keys if key in record.values or key in record.broken]
        if not filled_keys:
            record.complain("required-one", keys[0], options=", ".join(keys))
        elif len(filled_keys) > 1:
            record.complain("required-only-one", filled_keys[1], options=", ".join(filled_keys))
