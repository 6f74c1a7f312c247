"""Headers of a sheet to columns of the format: any order, any of three languages, units in brackets or a row below."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from factors.problems import Problem
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import as_text, is_blank
from inventories.format import LANGUAGES, Column, column, columns, normal, spellings
from inventories.workbook import Cell, RawSheet, address

_UNIT_IN_HEADER = re.compile(r"^(.*?)\s*[\[(]\s*([^\])]*?)\s*[\])]\s*\*?\s*$", re.DOTALL)
FILLER = " \N{NO-BREAK SPACE}*"
"""What may stand around a name: spaces, and the star of what is required."""
NEAR = 2
"""Edit distance up to which an unknown header is taken for a slip of the pen, and is an error."""
MANY = 20
"""Unknown headers of a sheet that are named one by one."""


@dataclass(frozen=True)
class Header:
    """Which column of the format stands where on a sheet.

    Attributes
    ----------
    places
        Position on the sheet (counted from 0) to the column of the format.
    units
        Unit of a column from its header or the unit row, by key.
    first
        Position of the first row below the headers.
    language
        Language of the headers: decides how numbers typed as text are read.
    typed
        Headers as they stand there, without unit, by key.
    """

    places: dict[int, Column]
    units: dict[str, Unit]
    first: int
    language: str
    typed: dict[str, str]
    problems: list[Problem] = field(default_factory=list)


def nearest(text: str, known: Iterable[str]) -> tuple[str, int]:
    """Return the known spelling closest to a text, and its edit distance: letters put in, left out or changed.

    Examples
    --------
    >>> nearest("amuont", ["amount", "factor"])
    ('amount', 2)
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only a text that names nothing needs it
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    found = extractOne(text, list(known), scorer=Levenshtein.distance)
    return ("", 99) if found is None else (found[0], int(found[1]))


def suggested(sheet: str, text: str, language: str) -> tuple[str, bool]:
    """Label nearest to a header or key that is not known, in the language of the sheet, and whether it is a slip.

    A slip is looked for in all languages, so that no column is lost to one.
    """
    known = spellings(sheet)
    near, away = nearest(normal(text), known)
    if 0 < away <= NEAR and len(near) > NEAR + 1:
        return column(sheet, next(iter(known[near]))).labels[language], True
    labels = {normal(each.labels[language]): each.labels[language] for each in columns(sheet)}
    return labels[nearest(normal(text), labels)[0]], False


def language_of(votes: Iterable[set[str]]) -> tuple[str, bool]:
    """Language most spellings are written in, and whether two languages are mixed.

    Spellings that are the same in two languages vote for both; English wins a tie.
    """
    votes = list(votes)
    count = Counter(language for languages in votes for language in languages)
    best = max(LANGUAGES, key=lambda language: count[language])
    return best, any(best not in languages for languages in votes)


def filled_rows(sheet: RawSheet) -> list[int]:
    """Positions of the rows that hold anything."""
    return [i for i, row in enumerate(sheet.rows) if not all(is_blank(cell) for cell in row)]


def _split_unit(text: str) -> tuple[str, str]:
    match = _UNIT_IN_HEADER.match(text)
    return (match[1], match[2]) if match else (text, "")


def _is_unit(cell: Cell) -> bool:
    try:
        parse_unit(as_text(cell))
    except UnitError:
        return False
    return True


def _unknown(sheet: str, unknown: Iterable[tuple[str, str]], language: str) -> list[Problem]:
    """What headers that are not known are taken for; of very many only the first are named."""
    near: list[Problem] = []
    others: list[Problem] = []
    for text, cell in unknown:
        label, slip = suggested(sheet, text, language)
        code = "header-near" if slip else "header-unknown"
        (near if slip else others).append(Problem(code, sheet, read=text, cell=cell, values={"nearest": label}))
    if len(others) > MANY:
        others[MANY:] = [Problem("header-many", sheet, values={"count": str(len(others) - MANY)})]
    return [*near, *others]


def read_header(raw: RawSheet, sheet: str) -> Header:
    """Read the header row and, where there is one, the unit row of a sheet."""
    filled = filled_rows(raw)
    top = filled[0]
    known = spellings(sheet)
    places: dict[int, Column] = {}
    units: dict[str, Unit] = {}
    problems: list[Problem] = []
    votes = []
    typed: dict[str, str] = {}
    unknown: list[tuple[str, str]] = []
    for j, cell in enumerate(raw.rows[top]):
        if is_blank(cell):
            continue
        name, unit_text = _split_unit(as_text(cell))
        found = known.get(normal(name)) or known.get(normal(as_text(cell)))
        if found is None:
            unknown.append((as_text(cell), address(top, j)))
            continue
        key, languages = next(iter(found.items()))
        if key in typed:
            problems.append(Problem("header-repeated", sheet, column=key, read=as_text(cell), cell=address(top, j)))
            continue
        places[j] = column(sheet, key)
        typed[key] = (name if normal(name) in known else as_text(cell)).strip(FILLER)
        votes.append(languages)
        if unit_text:
            problems += _unit(sheet, places[j], unit_text, address(top, j), units)
    language, mixed = language_of(votes)
    problems += _unknown(sheet, unknown, language)
    if mixed:
        problems.append(Problem("header-languages", sheet, values={"language": language}))
    for each in columns(sheet):
        if each.required == "always" and each not in places.values():
            problems.append(Problem("column-missing", sheet, column=each.key, values={"label": each.labels[language]}))
    first = top + 1
    if len(filled) > 1 and filled[1] == first and (row := _unit_row(raw.rows[first], places)):
        for j, text in row.items():
            problems += _unit(sheet, places[j], text, address(first, j), units)
        first += 1
    return Header(places, units, first, language, typed, problems)


def _unit_row(cells: list[Cell], places: dict[int, Column]) -> dict[int, str]:
    """Units of the row under the headers, if it holds units and nothing else."""
    filled = {j: as_text(cell) for j, cell in enumerate(cells) if not is_blank(cell)}
    if not filled or not all(
        isinstance(cells[j], str) and j in places and _is_unit(text) for j, text in filled.items()
    ):
        return {}
    return filled if any(places[j].dimension for j in filled) else {}


def _unit(sheet: str, of: Column, text: str, cell: str, units: dict[str, Unit]) -> list[Problem]:
    """Note the unit of a column; what is wrong with it comes back."""
    values = {"units": of.unit_labels, "label": of.key}
    try:
        unit = parse_unit(text)
    except UnitError:
        if of.dimension or of.unit:
            return [Problem("unit-unknown", sheet, column=of.key, read=text, cell=cell, values=values)]
        return []  # a remark in brackets
    fixed = parse_unit(of.unit) if of.unit and of.unit != "%/a" else None
    if fixed is not None and unit != fixed:
        return [
            Problem("unit-fixed", sheet, column=of.key, read=text, cell=cell, values={"unit": fixed.label, **values})
        ]
    units[of.key] = unit
    return []


def unread_columns(sheet: str, places: dict[int, Column], filled: set[str]) -> list[Problem]:
    """One warning for each filled column that no command of this version reads."""
    return [
        Problem("column-unread", sheet, column=each.key, values={"version": each.unread_until})
        for each in places.values()
        if each.key in filled and each.is_unread
    ]
