"""One row being read: its values by key, its units, what it requires, and what was wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from factors.problems import Problem
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import CellError, Reading, as_text, is_blank, read_cell
from inventories.format import Column, asked_columns
from inventories.study import Quantity
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
    values
        What could be read, by key.
    broken
        Keys with an error; they are not complained about twice.
    """

    sheet: str
    raw: RawSheet
    cells: dict[str, Cell]
    address: Callable[[str], str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

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
        if isinstance(cell, float) and 0 < cell < 1 and of.is_percent:
            reading.value = 100.0 * cell if self.raw.is_percent(self.address(of.key)) else cell
            self.complain("percent-fraction", of.key, value=f"{reading.value:g}")
        return reading


def row_unit(record: Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> Unit | None:
    """Unit of a number: behind it, in the unit cell, in the header; they must agree."""
    typed: dict[str, Unit] = {}
    text = record.cells.get("unit", "")
    if of.key in _UNIT_CELL and not is_blank(text):
        try:
            typed["unit"] = parse_unit(as_text(text))
        except UnitError:
            record.complain("unit-unknown", "unit", dimension=of.dimension, label=of.key)
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


_UNIT_CELL = ("amount", "heat", "charge")
"""Numbers whose unit stands in the column ``unit``."""

_PER_YEAR = {
    "energy": ("energy", "energy/year"),
    "mass-per-year": ("mass", "mass/year"),
    "energy-or-factor": None,
    "factor": None,
    "any": None,
}


_OF_A_YEAR = ("Energy", "Refrigerants", "Water and waste", "Heat")
"""Sheets whose amounts are per year, said or not."""


def finish_number(record: Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> None:
    """Put a number with its unit into the record."""
    if of.sheet == "Factors" and of.key == "value":
        record.values["value"] = reading.value
        return
    if not of.has_unit:
        if reading.unit is not None and not _allowed_behind(of, reading.unit):
            record.complain("unit-fixed", of.key, unit=of.unit or "1")
            return
        record.values[of.key] = reading.value
        return
    unit = row_unit(record, of, reading, units)
    if unit is None:
        if of.key not in record.broken and "unit" not in record.broken:
            record.complain("unit-missing", "unit" if of.key in _UNIT_CELL else of.key, label=of.key)
        return
    wanted = _PER_YEAR.get(of.dimension, (of.dimension,))
    if wanted is not None and unit.dimension not in wanted:
        place = "unit" if of.key in _UNIT_CELL and not is_blank(record.cells.get("unit", "")) else of.key
        record.complain("unit-dimension", place, unit=unit.label, dimension=of.dimension)
        return
    symbol = unit.symbol.removesuffix("/a") if of.sheet in _OF_A_YEAR else unit.symbol
    assert isinstance(reading.value, float)  # noqa: S101 - for the type checker
    record.values[of.key] = Quantity(reading.value, symbol)


def _allowed_behind(of: Column, unit: Unit) -> bool:
    if of.unit:
        return unit.symbol == parse_unit(of.unit).symbol
    return (of.dimension == "ratio" and unit.symbol == "%") or (of.dimension == "count" and unit.symbol == "piece")


def check_required(record: Record) -> None:
    """Complain about what a row lacks: columns always asked for, those a value asks for, exactly one of a group."""
    groups: dict[str, list[str]] = {}
    for of in asked_columns(record.sheet):
        filled = of.key in record.values or (of.key in _UNIT_CELL and "unit" in record.broken)
        if of.required == "always" and of.key in record.cells and not filled and of.key not in record.broken:
            record.complain("required", of.key)
        elif of.required.startswith("one-of:"):
            groups.setdefault(of.required.removeprefix("one-of:"), []).append(of.key)
        elif of.required.startswith("if:") and not filled and of.key not in record.broken:
            asked = _holds(of.required.removeprefix("if:"), record.values)
            if asked:
                record.complain("required", of.key)
    if record.values.get("heat_pump") == "none":
        groups.pop("heat-pump-power", None)
    for keys in groups.values():
        filled_keys = [key for key in keys if key in record.values or key in record.broken]
        if not filled_keys:
            record.complain("required-one", keys[0], options=", ".join(keys))
        elif len(filled_keys) > 1:
            record.complain("required-only-one", filled_keys[1], options=", ".join(filled_keys))


def _holds(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether ``key``, ``key=a|b`` or ``key!=a|b`` holds for a row."""
    if "!=" in condition:
        key, _, options = condition.partition("!=")
        return values.get(key) not in options.split("|")
    key, equals, options = condition.partition("=")
    return values.get(key) in options.split("|") if equals else key in values
