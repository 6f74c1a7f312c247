"""The sheets Study, Simulation and Heat network: one key a row, with its value and unit beside it."""

from factors.problems import Problem, has_errors
from factors.units import UnitError, parse_unit
from inventories.cells import Reading, as_text, is_blank, read_choice
from inventories.format import Column, columns, normal, spellings
from inventories.headers import FILLER, filled_rows, language_of, suggested, unread_columns
from inventories.keyed import KEYED_FIELDS, HeatNetwork, Settings, Simulation
from inventories.places import Places
from inventories.records import Record, check_required, put_quantity, refuse_unit
from inventories.unseen import merged_cells
from inventories.workbook import Cell, RawSheet, address

_STUBS = {"title": "", "facility": "", "study_type": "life-cycle", "country": ""}
"""What stands in for a broken required key, so that the guards on the other sheets still run."""


def read_settings(raw: RawSheet, places: Places) -> tuple[Settings | None, list[Record], list[Problem]]:
    """Read the Study sheet.

    The settings come back as soon as the period is known, so that everything else is checked in the same pass.
    """
    record, problems = _read_keyed(raw, "Study", places)
    if not {"start_year", "reference_period"} <= record.values.keys():
        return None, [record], problems
    return Settings(**{**_STUBS, **record.values}), [record], problems


def read_optional(
    raw: RawSheet, sheet: str, places: Places
) -> tuple[Simulation | HeatNetwork | None, list[Record], list[Problem]]:
    """Read a sheet of keys that a study may lack; None where no value is typed on it, or it lacks what it requires."""
    if all(len(row) < 2 or is_blank(row[1]) for row in raw.rows[1:]):
        return None, [], []
    record, problems = _read_keyed(raw, sheet, places)
    if has_errors(problems):
        return None, [record], problems
    return KEYED_FIELDS[sheet][1](**record.values), [record], problems


def _read_keyed(raw: RawSheet, sheet: str, places: Places) -> tuple[Record, list[Problem]]:
    """Read a sheet with one key a row."""
    cells, units, problems, language = _keys(raw, sheet, places.headers.setdefault(sheet, {}))
    places.keys[sheet] = {key: where for key, (_, where) in cells.items()}
    places.languages[sheet] = language
    problems += merged_cells(raw, sheet, 0, frozenset(range(3)))
    record = Record(sheet, raw, {key: cell for key, (cell, _) in cells.items()}, lambda key: cells[key][1], language)
    for of in columns(sheet):
        if of.key not in cells:
            if of.required == "always":
                problems.append(Problem("key-missing", sheet, column=of.key, values={"label": of.labels[language]}))
            continue
        reading = record.read(of, language)
        if reading is not None and reading.value is not None:
            _finish_setting(record, of, reading, units[of.key])
    check_required(record)
    problems += record.problems
    problems += unread_columns(sheet, dict(enumerate(columns(sheet))), set(record.values))
    return record, problems


Cells = dict[str, tuple[Cell, str]]


def _keys(raw: RawSheet, sheet: str, headers: dict[str, str]) -> tuple[Cells, Cells, list[Problem], str]:
    """Values and units by key with their addresses, what is wrong with the keys, and their language.

    Keys as they stand there are put into ``headers``.
    """
    known = spellings(sheet)
    problems: list[Problem] = []
    cells: Cells = {}
    units: Cells = {}
    votes = []
    unknown = []
    for i in filled_rows(raw):
        row = [*raw.rows[i], "", "", ""]
        name = as_text(row[0])
        if not name or read_choice("study_column", name) == "key":
            continue
        found = known.get(normal(name))
        if found is None:
            unknown.append((name, address(i, 0)))
            continue
        key, languages = next(iter(found.items()))
        votes.append(languages)
        if key in cells:
            problems.append(Problem("key-repeated", sheet, column=key, read=name, cell=address(i, 0)))
            continue
        headers[key] = name.strip(FILLER)
        cells[key], units[key] = (row[1], address(i, 1)), (row[2], address(i, 2))
    language, mixed = language_of(votes)
    for name, where in unknown:
        label, slip = suggested(sheet, name, language)
        code = "key-near" if slip else "key-unknown"
        problems.append(Problem(code, sheet, read=name, cell=where, values={"nearest": label}))
    if mixed:
        problems.append(Problem("header-languages", sheet, values={"language": language}))
    return cells, units, problems, language


def _finish_setting(record: Record, of: Column, reading: Reading, unit: tuple[Cell, str]) -> None:
    """Put a key into the record; a blank unit is the one of the format."""
    if of.kind not in ("number", "integer"):
        record.values[of.key] = reading.value
        return
    typed = [] if reading.unit is None else [reading.unit]
    if not is_blank(unit[0]):
        try:
            typed.append(parse_unit(as_text(unit[0])))
        except UnitError:
            values = {"column": of.key, "units": of.unit_labels, "label": of.key}
            record.problems.append(
                Problem("unit-unknown", record.sheet, None, of.key, as_text(unit[0]), values, unit[1])
            )
            record.broken.add(of.key)
            return
    if of.unit == "%/a":  # "0,5 %" beside "%/a" is one unit, not two
        typed = [each for each in typed if each.symbol not in ("%", "%/a")]
    if len(set(typed)) > 1:
        record.complain("unit-twice", of.key, units=", ".join(each.label for each in typed))
    elif of.has_unit and typed:
        put_quantity(record, of, reading, typed[0])
    elif of.has_unit:
        record.complain("unit-missing", of.key, label=of.key)
    elif typed and typed[0].symbol not in (of.unit, _symbol(of.unit)):
        refuse_unit(record, of)
    else:
        record.values[of.key] = reading.value


def _symbol(unit: str) -> str:
    """Canonical name of the unit of a key; ``%/a`` has none."""
    try:
        return parse_unit(unit).symbol
    except UnitError:
        return unit
