"""From a workbook to a study: every problem of the file in one pass, each at its cell."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from factors.problems import Problem, has_errors, ordered
from inventories.cells import is_blank
from inventories.files import with_files
from inventories.format import FORMAT, aside_sheets, column, normal, sheets
from inventories.guards import guard
from inventories.headers import NEAR, Header, filled_rows, language_of, nearest, read_header, unread_columns
from inventories.keyed import KEYED_FIELDS, OPTIONAL, Settings
from inventories.places import Places
from inventories.records import Record, check_required, check_row_unit, finish_number
from inventories.references import guard_references, with_equipment
from inventories.settings import read_optional, read_settings
from inventories.study import APART, INSTALLED, SHEET_FIELDS, Line, Study, table
from inventories.unseen import headless_values, hidden_parts, merged_cells
from inventories.workbook import Book, RawSheet, address, open_workbook

_TOTALS = frozenset(("yhteensä", "summa", "total", "totalt", "sum", "grand total", "välisumma", "yht", "delsumma"))


@dataclass(frozen=True)
class Read:
    """What reading a workbook gives: the study (None when an error stops it), all problems, and the places."""

    study: Study | None
    problems: list[Problem]
    places: Places


def read_workbook(path: Path) -> Read:
    """Read and check a workbook, and the files it names that stand beside it.

    Raises
    ------
    InputError
        The file cannot be opened as a workbook at all.
    """
    with _collector_paused():
        read = read_book(open_workbook(path))
    if read.study is None:
        return read
    study, found = with_files(read.study, path.parent)
    problems = ordered([*read.problems, *map(read.places.locate, found)])
    return Read(None if has_errors(problems) else study, problems, read.places)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Let the garbage collector rest: a large workbook makes a million small objects, and none in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_book(book: Book) -> Read:
    """Read and check the sheets of a workbook."""
    places = Places()
    known, found = _match_sheets(book.sheets)
    problems = [*book.problems, *found]
    settings: Settings | None = None
    keyed: dict[str, Any] = {}
    tables: dict[str, list[Any]] = {}
    typed: dict[str, list[Record]] = {}
    for sheet, raw in known.items():
        places.names[sheet] = raw.name
        if sheet == "Study":
            settings, typed[sheet], found = read_settings(raw, places)
        elif sheet in OPTIONAL:
            keyed[KEYED_FIELDS[sheet][0]], typed[sheet], found = read_optional(raw, sheet, places)
        else:
            tables[sheet], typed[sheet], found = _read_table(raw, sheet, places)
        problems += [*found, *hidden_parts(raw, sheet)]
    if other := _other_format(typed.get("Study", [])):
        return Read(None, [other], places)
    for sheet in ("Study", "Years"):
        if sheet not in known:
            names = ", ".join(dict.fromkeys(sheets()[sheet].labels.values()))
            problems.append(Problem("sheet-missing", sheet, values={"names": names}))
    problems += guard_references(typed)
    study = None
    if settings is not None:
        tables["Refrigerants"] = with_equipment(tables.get("Refrigerants", []), tables.get("Plant", []))
        read: dict[str, Any] = {SHEET_FIELDS[sheet][0]: tuple(rows) for sheet, rows in tables.items()}
        study = held_last(Study(settings, **keyed, **read), places)
        broken = {problem.sheet for problem in problems if problem.severity == "error"}
        problems += guard(study, broken)
    located = ordered(places.locate(problem) for problem in problems)
    return Read(None if has_errors(located) else study, located, places)


def held_last(study: Study, places: Places) -> Study:
    """Put rows that only a measure brings behind the others of their sheet, and their places with them."""
    ids = study.held_ids
    tables: dict[str, Any] = {}
    for sheet, (field, _) in SHEET_FIELDS.items() if ids else ():
        rows = table(study, sheet)
        order = [
            i for there in (False, True) for i in range(len(rows)) if (getattr(rows[i], "id", None) in ids) is there
        ]
        if sheet not in APART and order != sorted(order):
            tables[field] = tuple(rows[i] for i in order)
            places.rows[sheet] = [places.rows[sheet][i] for i in order]
    return replace(study, **tables) if tables else study


def _other_format(study: list[Record]) -> Problem | None:
    """Find the key that states another format: everything else would be read by the wrong rules."""
    for record in study:
        stated = record.values.get("format", FORMAT)
        if stated != FORMAT:
            values = {"format": str(stated), "known": str(FORMAT)}
            return Problem("format-unknown", "Study", None, "format", str(stated), values, record.address("format"))
    return None


def _match_sheets(raws: list[RawSheet]) -> tuple[dict[str, RawSheet], list[Problem]]:
    """Sheets of the format by their key; unknown, repeated and not yet read ones are said."""
    names = {normal(each): key for key, sheet in sheets().items() for each in (key, *sheet.labels.values())}
    language = _language(raws)
    aside = {normal(label) for labels in aside_sheets().values() for label in labels.values()}
    known: dict[str, RawSheet] = {}
    problems = []
    for raw in raws:
        key = names.get(normal(raw.name))
        if raw.is_empty or normal(raw.name) in aside:
            continue
        if key is None:
            near, away = nearest(normal(raw.name), names)
            labels = {normal(sheet.labels[language]): sheet.labels[language] for sheet in sheets().values()}
            label = labels[nearest(normal(raw.name), labels)[0]]
            if slip := away <= NEAR:
                label = sheets()[names[near]].labels[language]
            code = "sheet-near" if slip else "sheet-unknown"
            problems.append(Problem(code, raw.name, read=raw.name, values={"nearest": label}))
        elif sheets()[key].unread_until:
            if len(filled_rows(raw)) > 1:
                problems.append(Problem("sheet-unread", key, values={"version": sheets()[key].unread_until}))
        elif key in known:
            problems.append(Problem("sheet-repeated", key, read=raw.name))
        else:
            known[key] = raw
    return known, problems


def _language(raws: list[RawSheet]) -> str:
    """Language most sheets are named in."""
    spelled: dict[str, set[str]] = {}
    for sheet in sheets().values():
        for language, label in sheet.labels.items():
            spelled.setdefault(normal(label), set()).add(language)
    return language_of(spelled[normal(raw.name)] for raw in raws if normal(raw.name) in spelled)[0]


def _rows(raw: RawSheet, header: Header, sheet: str) -> Iterator[tuple[int, Record]]:
    """Rows below the headers with anything in them, with their position; an empty row ends nothing."""
    columns_ = {of.key: j for j, of in header.places.items()}
    for i in range(header.first, len(raw.rows)):
        row = raw.rows[i]
        cells = {key: row[j] if j < len(row) else "" for key, j in columns_.items()}
        record = Record(sheet, raw, cells, partial(_address, columns_, i), header.language)
        if record.broken or not all(is_blank(cell) for cell in cells.values()):
            yield i, record


def _address(columns_: Mapping[str, int], row: int, key: str) -> str:
    return address(row, columns_[key])


def _is_total(record: Record) -> bool:
    """Whether a row calls itself a sum, in its id, item, meter or name: ``Yhteensä``."""
    named = (record.cells.get(key, "") for key in ("id", "item", "meter", "name", "note"))
    return any(isinstance(cell, str) and cell.strip(" *:.").casefold() in _TOTALS for cell in named)


def _read_table(raw: RawSheet, sheet: str, places: Places) -> tuple[list[Any], list[Record], list[Problem]]:
    """Read the rows of a sheet into the study's own rows."""
    header = read_header(raw, sheet)
    problems = list(header.problems)
    places.columns[sheet] = {of.key: j for j, of in header.places.items()}
    places.rows[sheet] = []
    places.languages[sheet] = header.language
    places.headers[sheet] = header.typed
    problems += merged_cells(raw, sheet, header.first, header.places.keys())
    problems += headless_values(raw, sheet, filled_rows(raw)[0])
    made: list[Any] = []
    typed: list[Record] = []
    missing = any(problem.code == "column-missing" for problem in problems)
    for i, record in _rows(raw, header, sheet):
        if _is_total(record):
            record.complain("total-row", next(iter(record.cells)))
        else:
            _read_row(record, header)
            typed.append(record)
        problems += record.problems
        if not missing and not has_errors(record.problems):
            made.append(_make(record, i))
            places.rows[sheet].append(i)
    filled = {key for row in typed for key in row.values}
    return made, typed, problems + unread_columns(sheet, header.places, filled)


def _read_row(record: Record, header: Header) -> None:
    """Read the cells of a row; what is wrong stands in the record."""
    for of in header.places.values():
        if of.is_beside_a_number:
            continue
        reading = record.read(of, header.language)
        if reading is None or reading.value is None:
            continue
        if of.kind in ("number", "integer"):
            finish_number(record, of, reading, header.units)
        else:
            record.values[of.key] = reading.value
    check_row_unit(record)
    check_required(record)


def _make(record: Record, position: int) -> object:
    """Make the study's own row; a blank id of an installed line becomes sheet letter and row number."""
    kind = SHEET_FIELDS[record.sheet][1]
    values = {column(record.sheet, key).field: value for key, value in record.values.items()}
    if kind is Line:
        values["sheet"] = record.sheet
    if record.sheet in INSTALLED:
        values.setdefault("id", f"{sheets()[record.sheet].letter}{position + 1}")
    return kind(**values)
