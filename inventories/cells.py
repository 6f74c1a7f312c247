"""One cell to one typed value, by the kind of its column; what cannot be read raises with code and values."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from factors.library import library
from factors.numbers import NumberError, parse_number
from factors.units import Unit, parse_unit, ratio
from inventories.format import Column, choices, columns, normal, sheets, spellings
from inventories.values import YearRange, parse_years
from inventories.workbook import Cell

OPEN_CHOICES = ("owner", "carrier", "gas_equipment", "price_carrier")
"""Lists that also take another word: a tenant's name, a fuel's factor id, the id of a Plant line."""


AROUND_THE_EARTH = 40_075
"""Longest leg of transport [km]: the circumference of the Earth at the equator (WGS 84)."""

LARGEST = 1e15
"""Largest number of a cell; beyond it a spreadsheet has no whole digits, and an inventory no meaning."""


class CellError(ValueError):
    """A cell that cannot be read; becomes a problem at its place."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(slots=True)
class Reading:
    """A value with the unit typed behind it and the codes of what a person should look at."""

    value: object
    unit: Unit | None = None
    warnings: tuple[tuple[str, dict[str, str]], ...] = ()


def as_text(cell: Cell) -> str:
    """Text of a cell as a person sees it: 2027.0 is 2027."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Whether nothing is stated: an empty cell, or one of spaces only."""
    return isinstance(cell, str) and (not cell or cell.isspace())


def _number(cell: Cell, language: str, units: str = "") -> Reading:
    if isinstance(cell, float):  # what a reader of workbooks gives for every number
        if abs(cell) > LARGEST:
            raise CellError("too-large", limit=f"{LARGEST:g}")
        return Reading(cell)
    if isinstance(cell, bool):
        raise CellError("boolean-number")
    if isinstance(cell, int):
        return Reading(float(cell))
    if isinstance(cell, date | time | timedelta):
        raise CellError("date-number")
    try:
        number = parse_number(cell, language)
    except NumberError as error:
        if error.readings:
            raise CellError("ambiguous-number", first=error.readings[0], second=error.readings[1]) from None
        if error.unit and units:
            raise CellError("unit-behind", unit=error.unit, units=units) from None
        raise CellError("not-a-number") from None
    if abs(number.value) > LARGEST:
        raise CellError("too-large", limit=f"{LARGEST:g}")
    warnings = (("doubtful-number", {"value": repr(number.value)}),) if number.doubtful else ()
    return Reading(number.value, number.unit, warnings)


def _within(column: Column, value: float) -> None:
    if not value > column.above or value < column.least:
        negative = value < 0 <= max(column.above, column.least)
        raise CellError("negative" if negative else "too-small", limit=column.min)
    if value > column.most:
        raise CellError("too-large", limit=column.max)


def _read_number(column: Column, cell: Cell, language: str) -> Reading:
    reading = _number(cell, language, column.unit_labels)
    assert isinstance(reading.value, float)  # noqa: S101 - for the type checker
    if column.kind == "integer":
        if not reading.value.is_integer():
            raise CellError("not-an-integer")
        reading.value = int(reading.value)
    _within(column, reading.value)
    return reading


def _read_year(column: Column, cell: Cell, language: str) -> Reading:
    if isinstance(cell, date):
        _within(column, cell.year)
        return Reading(cell.year, warnings=(("date-year", {"value": str(cell.year)}),))
    try:
        reading = _number(cell, language)
    except CellError:
        raise CellError("not-a-year") from None
    value = reading.value
    if not isinstance(value, float) or not value.is_integer() or reading.unit:
        raise CellError("not-a-year")
    try:
        _within(column, value)
    except CellError:
        raise CellError("not-a-year") from None
    return Reading(int(value))


def _read_years(column: Column, cell: Cell, language: str) -> Reading:
    if isinstance(cell, date):
        return Reading(YearRange(cell.year, cell.year), warnings=(("date-year", {"value": str(cell.year)}),))
    try:
        years = parse_years(as_text(cell))
    except ValueError:
        raise CellError("not-a-year") from None
    if not 1900 <= years.first <= 2150:
        raise CellError("not-a-year")
    return Reading(years)


@lru_cache(maxsize=4096)
def read_choice(name: str, text: str) -> str | None:
    """Key of a choice spelled in any of the three languages; None when it is none of the list.

    Examples
    --------
    >>> read_choice("study_type", "Life-cycle")
    'life-cycle'
    """
    return _keys(name).get(normal(text))


def offered(name: str, text: str, language: str) -> dict[str, str]:
    """Labels of a closed list and the one most like a text, in the language of the sheet.

    Examples
    --------
    >>> offered("yes_no", "kylla", "fi")
    {'options': 'Kyllä, Ei', 'nearest': 'Kyllä'}
    """
    from rapidfuzz.fuzz import WRatio  # noqa: PLC0415 - only a text that names nothing needs it
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    spelled = _keys(name)
    found = extractOne(normal(text), list(spelled), scorer=WRatio)
    labels = {key: each[language] for key, each in choices(name).items()}
    return {"options": ", ".join(labels.values()), "nearest": labels[spelled[found[0]]] if found else ""}


@cache
def _keys(name: str) -> dict[str, str]:
    """Spellings of the choices of a list in all languages, to their key."""
    spelled = {normal(label): key for key, labels in choices(name).items() for label in labels.values()}
    return {**spelled, **{normal(key): key for key in choices(name)}}


def _read_choice(column: Column, cell: Cell, language: str) -> Reading:
    text = as_text(cell)
    key = read_choice(column.choices, text)
    if key is not None:
        return Reading(key)
    if column.choices == "owner":
        who, colon, name = text.partition(":")
        if colon and name.strip() and read_choice("owner_prefix", who):
            return Reading(f"tenant: {name.strip()}")
    elif column.choices in OPEN_CHOICES:
        return Reading(text)
    raise CellError("choice-unknown", **offered(column.choices, text, language))


def _read_list(column: Column, cell: Cell, language: str) -> Reading:
    if column.choices == "factor_modules":
        return _read_bundle(column, cell, language)
    pieces = [piece.strip() for piece in re.split(r"[;\n]", as_text(cell)) if piece.strip()]
    return Reading(tuple(_LISTS[column.choices](piece, language) for piece in pieces))


@lru_cache(maxsize=4096)
def _transport_leg(piece: str, language: str) -> tuple[str, float]:
    factor, colon, km = piece.rpartition(":")
    if not colon or not factor.strip():
        raise CellError("transport-leg", piece=piece)
    reading = _number(km.strip().removesuffix("."), language, "km")
    if not isinstance(reading.value, float) or reading.value < 0 or (reading.unit and reading.unit.symbol != "km"):
        raise CellError("transport-leg", piece=piece)
    if reading.value > AROUND_THE_EARTH:
        raise CellError("too-large", limit=f"{AROUND_THE_EARTH} km")
    return factor.strip(), reading.value


def _unit_of_heat(piece: str, language: str) -> tuple[str, float]:
    """Read a heat plant of a merit order, ``factor:kW``."""
    factor, colon, power = piece.rpartition(":")
    if not colon or not factor.strip():
        raise CellError("merit-unit", piece=piece)
    reading = _number(power.strip().removesuffix("."), language, "kW")
    kilowatts = reading.value if isinstance(reading.value, float) else 0.0
    if reading.unit is not None and reading.unit.dimension == "power":
        kilowatts *= ratio(reading.unit, parse_unit("kW"))
    elif reading.unit is not None:
        kilowatts = 0.0
    if kilowatts <= 0:
        raise CellError("merit-unit", piece=piece)
    return factor.strip(), kilowatts


def _cover(piece: str, language: str) -> tuple[str, str]:
    what, colon, value = (part.strip() for part in piece.partition(":"))
    what = what.casefold()
    if not colon or not value or what not in ("meter", "use", "owner"):
        raise CellError("covers-unknown", piece=piece)
    if what == "use":
        use = read_choice("use", value)
        if use is None:
            raise CellError("covers-unknown", piece=piece)
        value = use
    elif what == "owner":
        who, named, name = value.partition(":")
        tenant = named and name.strip() and read_choice("owner_prefix", who.strip())
        owner = f"tenant: {name.strip()}" if tenant else read_choice("owner", value)
        if owner is None:
            raise CellError("covers-unknown", piece=piece)
        value = owner
    return what, value


def _module(piece: str, language: str) -> str:
    key = read_choice("modules", piece)
    if key is None:
        raise CellError("choice-unknown", **offered("modules", piece, language))
    return key


def _read_bundle(column: Column, cell: Cell, language: str) -> Reading:
    """Read the module of a factor: one, or several joined by ``+`` that the source does not part."""
    pieces = [piece.strip() for piece in as_text(cell).split("+")]
    keys = []
    for piece in pieces:
        key = read_choice(column.choices, piece)
        if key is None:
            raise CellError("choice-unknown", **offered(column.choices, piece, language))
        keys.append(key)
    return Reading("+".join(keys))


def _read_text(column: Column, cell: Cell, language: str) -> Reading:
    return Reading(as_text(cell))


def _read_parameter(column: Column, cell: Cell, language: str) -> Reading:
    """Read the name of a column of any sheet, in any language; another text stays, and is said where it is used."""
    text = as_text(cell)
    return Reading(_column_keys().get(normal(text), text))


@cache
def _column_keys() -> dict[str, str]:
    """Every spelling of a header of any sheet, to its key; no spelling has two."""
    return {spelled: next(iter(keys)) for sheet in sheets() for spelled, keys in spellings(sheet).items()}


def _read_value(column: Column, cell: Cell, language: str) -> Reading:
    """Read what a measure sets, as text: a number with a decimal point, its unit behind it, or a word as typed."""
    try:
        reading = _number(cell, language)
    except CellError as error:
        if error.code != "not-a-number":
            raise
        return Reading(as_text(cell))
    number = repr(reading.value).removesuffix(".0")
    return Reading(number if reading.unit is None else f"{number} {reading.unit.symbol}", None, reading.warnings)


def _target(piece: str, language: str) -> str:
    """Read one target of a measure: an id, the name of a sheet, or ``Sheet[column=value]`` in any language."""
    name, bracket, rest = piece.partition("[")
    sheet = _sheet_keys().get(normal(name))
    if not bracket:
        return piece if sheet is None else sheet
    column, equals, wanted = (part.strip() for part in rest.removesuffix("]").partition("="))
    if sheet is None or not rest.endswith("]") or not equals or not wanted:
        raise CellError("target-unknown", piece=piece)
    key = next(iter(spellings(sheet).get(normal(column), {})), None)
    if key is None:
        raise CellError("target-unknown", piece=piece)
    words = next(of for of in columns(sheet) if of.key == key).words
    return f"{sheet}[{key}={(read_choice(words, wanted) if words else None) or wanted}]"


@cache
def _sheet_keys() -> dict[str, str]:
    return {normal(each): key for key, sheet in sheets().items() for each in (key, *sheet.labels.values())}


def _id(piece: str, language: str) -> str:
    return piece


def _read_reference(column: Column, cell: Cell, language: str) -> Reading:
    """Read an id, or a word that stands for one; a gas is known by its number and its name: R134a is HFC-134a."""
    text = as_text(cell)
    if column.choices == "gas":
        return Reading(library().gas_named(text) or text)
    return Reading(read_choice(column.words, text) or text if column.words else text)


def _read_date(column: Column, cell: Cell, language: str) -> Reading:
    text = as_text(cell)
    if re.fullmatch(r"\d{4}", text):
        return Reading(text)
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return Reading(datetime.strptime(text, pattern).date().isoformat())  # noqa: DTZ007
        except ValueError:
            continue
    raise CellError("not-a-date")


_NOTHING = Reading(None)
_NONE = ("-", "\N{EN DASH}", "\N{EM DASH}")
_LISTS: dict[str, Callable[[str, str], object]] = {
    "transport": _transport_leg,
    "merit": _unit_of_heat,
    "covers": _cover,
    "modules": _module,
    "target": _target,
    "measure": _id,
}
_KINDS: dict[str, Callable[[Column, Cell, str], Reading]] = {
    "text": _read_text,
    "number": _read_number,
    "integer": _read_number,
    "year": _read_year,
    "year-range": _read_years,
    "date": _read_date,
    "choice": _read_choice,
    "reference": _read_reference,
    "parameter": _read_parameter,
    "value": _read_value,
    "list": _read_list,
}


def read_cell(column: Column, cell: Cell, language: str) -> Reading:
    """Read one cell by the kind of its column.

    Blank is "not stated" (None); ``-`` is "stated: none": 0 in a number column, an empty list, None elsewhere and for
    a temperature.

    Raises
    ------
    CellError
        With the code and values of the problem.
    """
    if isinstance(cell, str):
        if is_blank(cell):
            return _NOTHING
        if column.kind != "text" and cell.strip() in _NONE:
            return _stated_none(column)
    return _KINDS[column.kind](column, cell, language)


def _stated_none(column: Column) -> Reading:
    if column.kind == "list":
        return Reading(())
    if column.dimension == "temperature":  # no temperature is not one of 0 °C
        return _NOTHING
    return Reading(0.0) if column.kind == "number" and column.above == -math.inf else _NOTHING
