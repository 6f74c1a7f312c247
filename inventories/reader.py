"""From a workbook to a study: every problem of the file in one pass, each at its cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from factors.problems import Problem, has_errors, ordered
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import CellError, Reading, as_text, is_blank, read_cell, read_choice
from inventories.format import Column, column, columns, normal, sheets, spellings
from inventories.guards import Typed, guard, guard_references
from inventories.headers import Header, filled_rows, language_of, nearest, read_header, unread_columns
from inventories.study import SHEET_FIELDS, Line, Quantity, Settings, Study
from inventories.workbook import Cell, RawSheet, address, open_workbook

_TOTALS = ("yhteensä", "summa", "total", "totalt", "sum", "grand total", "välisumma")


@dataclass(frozen=True)
class Places:
    """Where each row and column of the study stands in the user's file."""

    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its address in the file."""
        if problem.cell or not problem.sheet:
            return problem
        if problem.sheet == "Study":
            return replace(problem, cell=self.keys.get(problem.column, ""))
        numbers = self.rows.get(problem.sheet, [])
        if problem.row is None or problem.row >= len(numbers):
            return problem
        place = self.columns.get(problem.sheet, {}).get(problem.column)
        number = numbers[problem.row]
        return replace(problem, cell=f"{number + 1}" if place is None else address(number, place))


@dataclass(frozen=True)
class Read:
    """What reading a workbook gives: the study (None when an error stops it), all problems, and the places."""

    study: Study | None
    problems: list[Problem]
    places: Places
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    """Values made rather than typed, by (sheet, row id): how they came about."""


def read_workbook(path: Path) -> Read:
    """Read and check a workbook.

    Raises
    ------
    InputError
        The file cannot be opened as a workbook at all.
    """
    return read_sheets(open_workbook(path))


def read_sheets(raws: list[RawSheet]) -> Read:
    """Read and check the sheets of a workbook."""
    places = Places()
    known, problems = _match_sheets(raws)
    settings: Settings | None = None
    tables: dict[str, list[Any]] = {}
    typed: dict[str, list[Typed]] = {}
    marks: dict[tuple[str, str], str] = {}
    for sheet, raw in known.items():
        places.names[sheet] = raw.name
        if sheet == "Study":
            settings, typed[sheet], found = _read_settings(raw, places)
        else:
            tables[sheet], typed[sheet], found = _read_table(raw, sheet, places, marks)
        problems += found
    for sheet in ("Study", "Years"):
        if sheet not in known:
            names = ", ".join(dict.fromkeys(sheets()[sheet].labels.values()))
            problems.append(Problem("sheet-missing", sheet, values={"names": names}))
    problems += guard_references(typed)
    study = None
    if settings is not None:
        study = Study(settings, **{SHEET_FIELDS[sheet][0]: tuple(rows) for sheet, rows in tables.items()})
        broken = {problem.sheet for problem in problems if problem.severity == "error"}
        problems += guard(study, broken)
    located = ordered(places.locate(problem) for problem in problems)
    return Read(None if has_errors(located) else study, located, places, marks)


def _match_sheets(raws: list[RawSheet]) -> tuple[dict[str, RawSheet], list[Problem]]:
    """Sheets of the format by their key; unknown, repeated and not yet read ones are said."""
    names = {normal(each): key for key, sheet in sheets().items() for each in (key, *sheet.labels.values())}
    known: dict[str, RawSheet] = {}
    problems = []
    for raw in raws:
        key = names.get(normal(raw.name))
        if raw.is_empty:
            continue
        if key is None:
            near, away = nearest(normal(raw.name), names)
            code = "sheet-near" if away <= 2 else "sheet-unknown"
            problems.append(Problem(code, raw.name, read=raw.name, values={"nearest": sheets()[names[near]].key}))
        elif sheets()[key].unread_until:
            if len(filled_rows(raw)) > 1:
                problems.append(Problem("sheet-unread", key, values={"version": sheets()[key].unread_until}))
        elif key in known:
            problems.append(Problem("sheet-repeated", key, read=raw.name))
        else:
            known[key] = raw
    return known, problems


@dataclass
class _Record:
    """One row being read: its values by key, and what was wrong."""

    sheet: str
    position: int
    cells: dict[str, tuple[Cell, str]]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def complain(self, code: str, key: str, **values: str) -> None:
        cell, where = self.cells.get(key, ("", ""))
        self.broken.add(key)
        self.problems.append(
            Problem(code, self.sheet, self.position, key, as_text(cell), {"column": key, **values}, where)
        )

    def read(self, of: Column, language: str) -> Reading | None:
        cell, _ = self.cells.get(of.key, ("", ""))
        try:
            reading = read_cell(of, cell, language)
        except CellError as error:
            self.complain(error.code, of.key, **error.values)
            return None
        for code, values in reading.warnings:
            self.complain(code, of.key, **values)
            self.broken.discard(of.key)
        return reading


def _row_unit(record: _Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> Unit | None:
    """Unit of a number: behind it, in the unit cell, in the header; they must agree."""
    typed: dict[str, Unit] = {}
    text = record.cells.get("unit", ("", ""))[0]
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


_UNIT_CELL = ("amount", "heat")
"""Numbers whose unit stands in the column ``unit``."""

_PER_YEAR = {"energy": ("energy", "energy/year"), "energy-or-factor": None, "factor": None, "any": None}


def _finish_number(record: _Record, of: Column, reading: Reading, units: Mapping[str, Unit]) -> None:
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
    unit = _row_unit(record, of, reading, units)
    if unit is None:
        if of.key not in record.broken and "unit" not in record.broken:
            record.complain("unit-missing", "unit" if of.key in _UNIT_CELL else of.key, label=of.key)
        return
    wanted = _PER_YEAR.get(of.dimension, (of.dimension,))
    if wanted is not None and unit.dimension not in wanted:
        place = "unit" if of.key in _UNIT_CELL and not is_blank(record.cells.get("unit", ("", ""))[0]) else of.key
        record.complain("unit-dimension", place, unit=unit.label, dimension=of.dimension)
        return
    symbol = unit.symbol.removesuffix("/a") if of.sheet in ("Energy", "Heat") else unit.symbol
    assert isinstance(reading.value, float)  # noqa: S101 - for the type checker
    record.values[of.key] = Quantity(reading.value, symbol)


def _allowed_behind(of: Column, unit: Unit) -> bool:
    if of.unit:
        return unit.symbol == parse_unit(of.unit).symbol
    return (of.dimension == "ratio" and unit.symbol == "%") or (of.dimension == "count" and unit.symbol == "piece")


def _required(record: _Record, sheet_columns: tuple[Column, ...]) -> None:
    groups: dict[str, list[str]] = {}
    for of in sheet_columns:
        if of.key == "unit" and record.sheet != "Factors":
            continue  # asked for with its number
        filled = of.key in record.values or (of.key in _UNIT_CELL and "unit" in record.broken)
        if of.required == "always" and of.key in record.cells and not filled and of.key not in record.broken:
            record.complain("required", of.key)
        elif of.required.startswith("one-of:"):
            groups.setdefault(of.required.removeprefix("one-of:"), []).append(of.key)
        elif of.required.startswith("if:") and not filled and of.key not in record.broken:
            if _holds(of.required.removeprefix("if:"), record.values):
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


def _rows(raw: RawSheet, header: Header, sheet: str) -> Iterator[_Record]:
    position = 0
    for i in range(header.first, len(raw.rows)):
        row = raw.rows[i]
        cells = {
            of.key: (row[j] if j < len(row) else "", address(i, j)) for j, of in header.places.items()
        }
        broken = {key: raw.broken[where] for key, (_, where) in cells.items() if where in raw.broken}
        if not broken and all(is_blank(cell) for cell, _ in cells.values()):
            continue
        record = _Record(sheet, position, cells)
        for key, text in broken.items():
            cells[key] = (text, cells[key][1])
            record.complain("formula-unsaved" if text == "formula" else "error-cell", key)
        yield record
        position += 1


def _is_total(record: _Record) -> bool:
    """Whether a row without id and amount looks like a sum: ``Yhteensä``."""
    texts = [normal(as_text(cell)).rstrip(":") for cell, _ in record.cells.values() if not is_blank(cell)]
    return any(text in _TOTALS for text in texts)


def _read_table(
    raw: RawSheet, sheet: str, places: Places, marks: dict[tuple[str, str], str]
) -> tuple[list[Any], list[Typed], list[Problem]]:
    """Read the rows of a sheet into the study's own rows."""
    header = read_header(raw, sheet)
    problems = list(header.problems)
    places.columns[sheet] = {of.key: j for j, of in header.places.items()}
    places.rows[sheet] = []
    made: list[Any] = []
    typed: list[Typed] = []
    filled: set[str] = set()
    missing = any(problem.code == "column-missing" for problem in problems)
    for record in _rows(raw, header, sheet):
        record.position = len(made)
        if _is_total(record):
            record.complain("total-row", next(iter(record.cells)))
            problems += record.problems
            continue
        for of in header.places.values():
            if of.key == "unit" and sheet != "Factors":
                continue
            reading = None if of.key in record.broken else record.read(of, header.language)
            if reading is None or reading.value is None:
                continue
            filled.add(of.key)
            if of.kind == "number":
                _finish_number(record, of, reading, header.units)
            else:
                record.values[of.key] = reading.value
        _required(record, columns(sheet))
        problems += record.problems
        typed.append(Typed(record.values, {key: where for key, (_, where) in record.cells.items()}))
        if missing or any(problem.severity == "error" for problem in record.problems):
            continue
        row_number = int("".join(c for c in next(iter(record.cells.values()))[1] if c.isdigit()))
        made.append(_make(record, sheet, row_number, marks))
        places.rows[sheet].append(row_number - 1)
    return made, typed, problems + unread_columns(sheet, header.places, filled)


def _make(record: _Record, sheet: str, row_number: int, marks: dict[tuple[str, str], str]) -> object:
    """Make the study's own row; a blank id of an installed line becomes sheet letter and row number."""
    kind = SHEET_FIELDS[sheet][1]
    values = {column(sheet, key).field: value for key, value in record.values.items()}
    if kind is Line:
        values["sheet"] = sheet
        if "id" not in values:
            values["id"] = f"{sheets()[sheet].letter}{row_number}"
            marks[sheet, values["id"]] = "id made from the row"
    return kind(**values)


_STUBS = {"title": "", "facility": "", "study_type": "life-cycle", "country": ""}
"""What stands in for a broken required key, so that the guards on the other sheets still run."""


def _read_settings(raw: RawSheet, places: Places) -> tuple[Settings | None, list[Typed], list[Problem]]:
    """Read the Study sheet: one key a row, value and unit beside it.

    The settings come back as soon as the period is known, so that everything else is checked in the same pass.
    """
    known = spellings("Study")
    problems: list[Problem] = []
    cells: dict[str, tuple[Cell, str]] = {}
    units: dict[str, tuple[Cell, str]] = {}
    votes = []
    for i in filled_rows(raw):
        row = [*raw.rows[i], "", "", ""]
        name = as_text(row[0])
        if not name or read_choice("study_column", name) == "key":
            continue
        found = known.get(normal(name))
        if found is None:
            near, away = nearest(normal(name), known)
            code = "key-near" if away <= 2 and len(near) > 3 else "key-unknown"
            problems.append(Problem(code, "Study", read=name, cell=address(i, 0), values={"nearest": near}))
            continue
        key, languages = next(iter(found.items()))
        votes.append(languages)
        if key in cells:
            problems.append(Problem("key-repeated", "Study", column=key, read=name, cell=address(i, 0)))
            continue
        where = address(i, 1)
        cells[key], units[key] = (raw.broken.get(where, row[1]), where), (row[2], address(i, 2))
        places.keys[key] = where
    language, mixed = language_of(votes)
    if mixed:
        problems.append(Problem("header-languages", "Study", values={"language": language}))
    record = _Record("Study", 0, cells)
    for key, (_, where) in cells.items():
        if where in raw.broken:
            record.complain("formula-unsaved" if raw.broken[where] == "formula" else "error-cell", key)
    for of in columns("Study"):
        if of.key not in cells:
            if of.required == "always":
                problems.append(Problem("key-missing", "Study", column=of.key, values={"label": of.labels[language]}))
            continue
        if of.key in record.broken:
            continue
        reading = record.read(of, language)
        if reading is not None and reading.value is not None:
            _finish_setting(record, of, reading, units[of.key])
    _required(record, columns("Study"))
    problems += record.problems
    problems += unread_columns("Study", dict(enumerate(columns("Study"))), set(record.values))
    typed = [Typed(record.values, dict(places.keys))]
    if not {"start_year", "reference_period"} <= record.values.keys():
        return None, typed, problems
    return Settings(**{**_STUBS, **record.values}), typed, problems


def _finish_setting(record: _Record, of: Column, reading: Reading, unit: tuple[Cell, str]) -> None:
    """Put a key of the Study sheet into the record; a blank unit is the one of the format."""
    if of.kind not in ("number", "integer") or is_blank(unit[0]):
        if of.has_unit and reading.unit is None:
            record.complain("unit-missing", of.key, label=of.key)
            return
        if of.has_unit and reading.unit is not None and isinstance(reading.value, float):
            record.values[of.key] = Quantity(reading.value, reading.unit.symbol)
        else:
            record.values[of.key] = reading.value
        return
    try:
        typed = parse_unit(as_text(unit[0]))
    except UnitError:
        typed = None
    fixed = of.unit.removesuffix("/a") if of.unit == "%/a" else of.unit
    if typed is None:
        if as_text(unit[0]) == of.unit:
            record.values[of.key] = reading.value
        else:
            record.complain("unit-unknown", of.key, dimension=of.dimension, label=of.key)
    elif fixed and typed.symbol != parse_unit(fixed).symbol:
        record.complain("unit-fixed", of.key, unit=of.unit)
    elif of.has_unit and isinstance(reading.value, float):
        record.values[of.key] = Quantity(reading.value, typed.symbol)
    else:
        record.values[of.key] = reading.value
