"""What the rows of Measures mean: which rows of the study they change, in which column, to what.

A measure is all of its rows or none. Targets are found, columns and values read as the cell they change would be.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factors.problems import Problem
from factors.units import UnitError, parse_unit
from inventories.cells import CellError, read_cell
from inventories.format import Column, column, columns, sheets
from inventories.keyed import KEYED_FIELDS, OPTIONAL
from inventories.measures import HELD_BY, Measure
from inventories.records import of_a_year, takes
from inventories.study import SHEET_FIELDS, Study, keys_of, table
from inventories.values import Quantity

FREE = ("remove", *HELD_BY)
"""Kinds that take no parameter and no value: a row goes, or comes."""

OF_SHEETS = {"contract": ("Contracts",), "heat": ("Heat",)}
"""Sheets that the targets of a kind stand on; the others stand on any sheet of ``CHANGED``."""

CHANGED = (
    "Years", "Construction", "Plant", "Hardware", "Energy", "Contracts", "Refrigerants", "Water and waste", "Heat",
    *OPTIONAL,
)  # fmt: skip
"""Sheets that measures change."""

DEFAULT = {"substitute": "factor", "reuse": "reused_percent", "shift": "profile", "phase": "installed"}
"""Parameter of a kind where none is typed; of ``scale`` it is the amount of the row."""

AMOUNTS = {
    "Construction": "amount", "Plant": "amount", "Hardware": "count", "Energy": "amount", "Contracts": "amount",
    "Refrigerants": "charge", "Water and waste": "amount", "Heat": "heat",
}  # fmt: skip
"""Column that says how much of a row there is."""

FIXED = (
    "id", "replaced_by", "equipment", "power_w", "until", "note", "evidence", "value_kind", "quality", "min", "max",
    "distribution", "unit", "year", "from", "to",
)  # fmt: skip
"""Columns that no measure changes: they name, explain or date a row."""

SCALED = ("factor",)
"""Columns of text that can be scaled: a factor by what of it is left."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of Measures, understood.

    Attributes
    ----------
    measure
        Id of the measure.
    row
        Position among the rows of Measures.
    kind
        ``scale``, ``set`` (which stands for substitute, reuse, shift and phase too), ``add`` or ``remove``.
    sheet, rows
        Sheet of the targets, and the rows themselves as the study has them.
    column
        Field of the rows that changes; blank for ``add`` and ``remove``.
    value
        Multiplier of a scaling, or what the field becomes.
    """

    measure: str
    row: int
    kind: str
    sheet: str
    rows: tuple[Any, ...]
    column: str = ""
    value: Any = None


Found = tuple[list[Operation], list[Problem]]


def operations(study: Study) -> Found:
    """Operations of every measure of a study, and what is wrong with them.

    Examples
    --------
    >>> from inventories.keyed import Settings
    >>> from inventories.study import EnergyRow
    >>> settings = Settings(
    ...     title="T", facility="F", study_type="annual", country="FI", start_year=2027, reference_period=1
    ... )
    >>> it = EnergyRow(id="E1", carrier="electricity", use="it", amount=Quantity(70.0, "GWh"))
    >>> less = Measure(
    ...     id="M1", measure="Less", kind="scale", target=("Energy[use=it]",), parameter="amount", value="-25", unit="%"
    ... )
    >>> (found,), problems = operations(Study(settings, energy=(it,), measures=(less,)))
    >>> found.column, found.value, [row.id for row in found.rows], problems
    ('amount', 0.75, ['E1'], [])
    """
    made: list[Operation] = []
    problems: list[Problem] = []
    for place, row in enumerate(study.measures):
        found, wrong = _Reader(study, place, row).read()
        made += found
        problems += wrong
    return made, problems


@dataclass
class _Reader:
    """One row of Measures being understood."""

    study: Study
    place: int
    row: Measure

    def _problem(self, code: str, key: str, read: str | None = None, **values: str) -> Problem:
        return Problem(code, "Measures", self.place, key, read or "", {"id": self.row.id, "column": key, **values})

    def read(self) -> Found:
        targets, problems = self._targets()
        if problems:
            return [], problems
        made = []
        for sheet, rows in targets.items():
            found = self._on(sheet, rows)
            if isinstance(found, Problem):
                problems.append(found)
            else:
                made.append(found)
        return made, problems

    def _targets(self) -> tuple[dict[str, tuple[Any, ...]], list[Problem]]:
        """Rows of each target by sheet, each row once."""
        found: dict[str, dict[Any, None]] = {}
        problems = []
        for text in self.row.target or ():
            matched = {sheet: rows for sheet, rows in matching(self.study, text).items() if rows}
            if not matched:
                problems.append(self._problem("measure-target", "target", text, known=_known(self.study, text)))
            by_choice = self.row.kind in HELD_BY and ("[" in text or text in sheets())
            if by_choice or (text in sheets() and _by_id(self.study, text)):
                problems.append(self._problem("measure-target", "target", text, known=_known(self.study)))
            for sheet, rows in matched.items():
                allowed = OF_SHEETS.get(self.row.kind, CHANGED)
                if sheet not in allowed or (self.row.kind in FREE and sheet in (*OPTIONAL, "Years")):
                    problems.append(self._problem("measure-sheet", "target", text, kind=self.row.kind))
                found.setdefault(sheet, {}).update(dict.fromkeys(rows))
        if not self.row.target:
            problems.append(self._problem("measure-target-missing", "target"))
        return {sheet: tuple(rows) for sheet, rows in found.items()}, problems

    def _on(self, sheet: str, rows: tuple[Any, ...]) -> Operation | Problem:
        kind, row = self.row.kind, self.row
        if kind in FREE:
            for key in ("parameter", "value"):
                if getattr(row, key) is not None:
                    return self._problem("measure-unused", key, str(getattr(row, key)), kind=kind)
            followed = next((each for each in rows if getattr(each, "replaced_by", None) not in _KEPT), None)
            if kind == "remove" and followed is not None:
                return self._problem("measure-followed", "target", followed.id, follower=followed.replaced_by)
            return Operation(row.id, self.place, "remove" if kind == "remove" else "add", sheet, rows)
        key = row.parameter or DEFAULT.get(kind) or AMOUNTS.get(sheet, "")
        of = next((of for of in columns(sheet) if of.key == key), None)
        if (
            of is None
            or key in FIXED
            or (sheet == "Contracts" and key in ("valid_from", "valid_to", "order", "covers"))
        ):
            return self._problem("measure-parameter", "parameter", row.parameter or key, on=sheet)
        if row.value is None:
            return self._problem("measure-value-missing", "value", "", kind=kind)
        return self._scale(sheet, rows, of) if kind == "scale" else self._set(sheet, rows, of)

    def _scale(self, sheet: str, rows: tuple[Any, ...], of: Column) -> Operation | Problem:
        """Multiply: by the value, or by 1 + value/100 where its unit is percent."""
        row, is_amount = self.row, of.key == AMOUNTS.get(sheet)
        number, unit = _number_and_unit(row.value or "", row.unit)
        multiplier = math.nan if number is None else 1.0 + number / 100.0 if unit == "%" else number
        blank = next((each for each in rows if getattr(each, of.field) is None), None)
        if not (of.kind == "number" or is_amount or (of.key in SCALED and sheet in _LINES)):
            return self._problem("measure-parameter", "parameter", of.key, on=sheet)
        if unit not in ("", "%") or not math.isfinite(multiplier):
            return self._problem("measure-multiplier", "value", row.value)
        if multiplier < 0:
            return self._problem("measure-effect", "value", row.value)
        if blank is not None and (sheet, of.key) != ("Contracts", "amount"):
            return self._problem("measure-blank", "parameter", of.key, row=str(getattr(blank, "id", sheet)))
        wrong = None if is_amount or of.kind != "number" else _beyond(of, rows, multiplier)
        if wrong is not None:
            return self._problem("measure-value", "value", f"{wrong:g}", parameter=of.key, units=of.unit_labels)
        return Operation(row.id, self.place, "scale", sheet, rows, of.field, multiplier)

    def _set(self, sheet: str, rows: tuple[Any, ...], of: Column) -> Operation | Problem:
        """Set: the value is read as the cell it replaces would be."""
        row = self.row
        number, unit = _number_and_unit(row.value or "", row.unit)
        try:
            if of.has_unit:
                value: object = self._quantity(sheet, of, number, unit)
            else:
                if unit and not _fits(of, unit):
                    raise CellError("measure-unit")
                value = read_cell(of, (row.value or "") if number is None else number, "en").value
        except CellError as error:
            told = {"parameter": of.key, "units": of.unit_labels}
            code = error.code if error.code == "measure-unit" else "measure-value"
            return self._problem(code, "unit" if code == "measure-unit" else "value", row.unit or row.value, **told)
        return Operation(row.id, self.place, "set", sheet, rows, of.field, value)

    def _quantity(self, sheet: str, of: Column, number: float | None, unit: str) -> Quantity:
        if number is None:
            raise CellError("not-a-number")
        try:
            parsed = parse_unit(unit)
        except UnitError:
            raise CellError("measure-unit") from None
        if not takes(of, parsed):
            raise CellError("measure-unit")
        read_cell(of, number, "en")
        return Quantity(number, of_a_year(sheet, parsed).symbol)


def _beyond(of: Column, rows: tuple[Any, ...], multiplier: float) -> float | None:
    """Scaled value of a row that a cell of its column could not hold; None where all could."""
    for row in rows:
        typed = getattr(row, of.field)
        value = (typed.value if isinstance(typed, Quantity) else typed) * multiplier
        try:
            read_cell(of, value, "en")
        except CellError:
            return float(value)
    return None


_KEPT = (None, "same", "none")
"""What ``replaced_by`` says where no other row follows."""

_LINES = ("Construction", "Plant", "Hardware")


def _fits(of: Column, unit: str) -> bool:
    """Whether a unit is that of a column whose unit is fixed: % of percentages, else its own."""
    if of.is_percent:
        return unit == "%"
    try:
        return bool(of.unit) and parse_unit(unit) == parse_unit(of.unit)
    except UnitError:
        return False


def _number_and_unit(text: str, unit: str | None) -> tuple[float | None, str]:
    """Return number and unit of a value: the unit behind the number, or that of the cell beside it."""
    number, _, behind = text.partition(" ")
    try:
        return float(number), behind or unit or ""
    except ValueError:
        return None, unit or ""


def matching(study: Study, target: str) -> Mapping[str, tuple[Any, ...]]:
    """Rows of a study that a target names, by sheet: by id, all of a sheet, or those with a value in a column."""
    name, bracket, rest = target.partition("[")
    if not bracket and name not in sheets():
        return _by_id(study, target)
    if name in KEYED_FIELDS:
        record = keys_of(study, name) if not bracket else None
        return {name: () if record is None else (record,)}
    if name not in SHEET_FIELDS:
        return {}
    key, _, wanted = rest.removesuffix("]").partition("=")
    return {name: tuple(row for row in table(study, name) if not bracket or _has(name, row, key, wanted))}


def _by_id(study: Study, id: str) -> dict[str, tuple[Any, ...]]:
    found = {sheet: tuple(row for row in table(study, sheet) if getattr(row, "id", None) == id) for sheet in CHANGED
             if sheet in SHEET_FIELDS}  # fmt: skip
    return {sheet: rows for sheet, rows in found.items() if rows}


def _has(sheet: str, row: object, key: str, wanted: str) -> bool:
    of = column(sheet, key)
    value = getattr(row, of.field)
    if value is None:
        return bool(of.default) and of.default == wanted
    text = value.value if isinstance(value, Quantity) else value
    return str(text).removesuffix(".0").casefold() == wanted.casefold()


def _known(study: Study, text: str = "") -> str:
    """What a measure could name: values of the column it chooses by, else ids, a few of them."""
    sheet, _, rest = text.partition("[")
    key, equals, _ = rest.partition("=")
    if sheet in SHEET_FIELDS and equals:
        field = column(sheet, key).field
        values = dict.fromkeys(
            str(getattr(row, field)) for row in table(study, sheet) if getattr(row, field) is not None
        )
        named = [f"{sheet}[{key}={value}]" for value in values]
    else:
        of = [each for each in CHANGED if each in SHEET_FIELDS and each != "Years"]
        named = [row.id for each in of for row in table(study, each)]
    return ", ".join(named[:8]) + (" …" if len(named) > 8 else "")


def starts(study: Study) -> dict[str, int]:
    """First year of every measure: as typed on one of its rows, else the start of the period."""
    found = dict.fromkeys((row.id for row in study.measures), study.settings.start_year)
    found.update({row.id: row.start_year for row in study.measures if row.start_year is not None})
    return found


def named(study: Study, key: str) -> Iterator[tuple[int, str, str]]:
    """Measures that others name in ``excludes`` or ``requires``: position of the row, its id, and the other's id."""
    for place, row in enumerate(study.measures):
        for other in getattr(row, key) or ():
            yield place, row.id, other


def prerequisites(study: Study) -> dict[str, set[str]]:
    """What each measure requires, directly or through others."""
    direct: dict[str, set[str]] = {row.id: set() for row in study.measures}
    for _, id, other in named(study, "requires"):
        direct[id].add(other)
    found: dict[str, set[str]] = {}
    for id, named_by_it in direct.items():
        reached: set[str] = set()
        ahead = list(named_by_it)
        while ahead:
            each = ahead.pop()
            if each not in reached:
                reached.add(each)
                ahead += direct.get(each, ())
        found[id] = reached
    return found


def exclusions(study: Study) -> set[frozenset[str]]:
    """Pairs of measures of which only one can be carried out."""
    return {frozenset((id, other)) for _, id, other in named(study, "excludes") if id != other}
