"""From the study of a results document back to a study: the inverse of ``inventories.study.as_json``."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, NoReturn

from factors.library import library
from factors.units import UnitError, parse_unit
from inventories.cells import AROUND_THE_EARTH, LARGEST, OPEN_CHOICES
from inventories.datafile import HOURS, DataFile
from inventories.files import misfit, named_files
from inventories.format import ASKED_IF, FORMAT, Column, asked_columns, choices, columns, holds
from inventories.headers import nearest
from inventories.keyed import KEYED_FIELDS, OPTIONAL, Settings
from inventories.records import of_a_year, takes
from inventories.study import INSTALLED, SHEET_FIELDS, Line, Study
from inventories.values import Quantity, YearRange, parse_years

COVERED = ("meter", "use", "owner")
"""What an entry of ``covers`` may name."""


def from_json(document: Mapping[str, object]) -> Study:
    """Make the study that ``as_json`` returned this document for.

    What the document holds is checked cell by cell as a workbook is: keys, kinds, closed lists, ranges, units, and
    what each row requires. The guards on what the rows say together are those of ``inventories.guards``.

    Parameters
    ----------
    document
        The part ``study`` of a results document: values by sheet and English key.

    Raises
    ------
    ValueError
        At the first value that no study has: its path, what is wrong, and how to mend it.

    Examples
    --------
    >>> from_json({"Study": {"title": 5}})
    Traceback (most recent call last):
    ...
    ValueError: $.Study.title: 5 is not a text; write it in quotes
    """
    stated = _object(document, "$")
    _check_keys(stated, (*KEYED_FIELDS, "Files", *SHEET_FIELDS), "$")
    if "Study" not in stated:
        _refuse("$", "there is no Study", "add it, with the keys the format requires")
    settings = Settings(**_record("Study", stated["Study"], "$.Study"))
    tables: dict[str, Any] = {
        field: tuple(_row(sheet, kind, each, path) for path, each in _entries(stated[sheet], f"$.{sheet}"))
        for sheet, (field, kind) in SHEET_FIELDS.items()
        if sheet in stated
    }
    files = tuple(_file(each, path) for path, each in _entries(stated.get("Files", ()), "$.Files"))
    keyed: dict[str, Any] = {
        KEYED_FIELDS[sheet][0]: KEYED_FIELDS[sheet][1](**_record(sheet, stated[sheet], f"$.{sheet}"))
        for sheet in OPTIONAL
        if sheet in stated
    }
    study = Study(settings, files=files, **keyed, **tables)
    _refuse_what_is_not_computed(study)
    return study


def _refuse_what_is_not_computed(study: Study) -> None:
    """Refuse what a workbook is refused for: it would be computed otherwise in silence."""
    if study.settings.format not in (None, FORMAT):
        _refuse("$.Study.format", f"{study.settings.format} is not known", f"this version reads format {FORMAT}")
    known = {each.file for each in study.files}
    for named in named_files(study):
        if named.text not in known:
            _refuse("$.Files", f"{named.text!r} is not among them", f"add it: {named.sheet} names it")
        try:
            wrong = misfit(named, study.file(named.text))
        except ValueError as error:
            wrong = str(error)
        if wrong:
            _refuse("$.Files", f"{named.text!r} does not fit {named.column}: {wrong}", "give the values that were read")
    if not study.years:
        _refuse("$.Years", "there are no rows", "add one that begins in the start year")


def _file(value: object, path: str) -> DataFile:
    """Read a series that a study holds: hourly over one whole year, or yearly."""
    stated = _object(value, path)
    _check_keys(stated, [each.name for each in fields(DataFile)], path)
    texts = {key: _string(stated[key], f"{path}.{key}") for key in ("file", "unit", "start") if key in stated}
    lists = {
        key: tuple(map(_plain_number, _entries(stated[key], f"{path}.{key}")))
        for key in ("values", "years", "humidity")
        if key in stated
    }
    values, years = lists.get("values", ()), lists.get("years", ())
    hours = (HOURS, HOURS + 24)
    if "file" not in texts:
        _refuse(path, "'file' is missing", "add the name that the study uses")
    if ("start" in texts) == bool(years) or len(values) != (len(years) or len(values)):
        _refuse(path, "it is neither hourly nor yearly", "give start, or as many years as values")
    if not years and (len(values) not in hours or len(lists.get("humidity", values)) != len(values)):
        _refuse(path, f"{len(values)} values are no year of hours", "give 8760 or 8784")
    if not years and not re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z", texts["start"]):
        _refuse(f"{path}.start", f"{texts['start']!r} is no hour in UTC", "write 2025-01-01T00:00Z")
    try:
        parse_unit(texts["unit"]) if "unit" in texts else None
    except UnitError:
        _refuse(f"{path}.unit", f"{texts['unit']!r} is not a unit Jälki knows", "leave the key out, or mend it")
    made: dict[str, Any] = {**texts, **lists, "unit": texts.get("unit", ""), "years": tuple(map(int, years))}
    return DataFile(**made)


def _plain_number(entry: tuple[str, object]) -> float:
    path, value = entry
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST:
        _refuse(path, f"{value!r} is not a number", "write digits without quotes, with a decimal point")
    return float(value)


def _refuse(path: str, wrong: str, cure: str) -> NoReturn:
    raise ValueError(f"{path}: {wrong}; {cure}")


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        _refuse(path, f"{value!r} is not an object", "write keys with their values in braces")
    return value


def _entries(value: object, path: str) -> list[tuple[str, object]]:
    """Entries of a list, each with its path."""
    if isinstance(value, str) or not isinstance(value, list | tuple):
        _refuse(path, f"{value!r} is not a list", "write it in square brackets")
    return [(f"{path}[{i}]", each) for i, each in enumerate(value)]


def _check_keys(stated: Iterable[str], known: Iterable[str], path: str) -> None:
    known = list(known)
    for key in stated:
        if key not in known:
            _refuse(
                path, f"{key!r} is not known", f"remove it, or write {nearest(str(key), known)[0]!r} if it is meant"
            )


def _row(sheet: str, kind: type, value: object, path: str) -> object:
    fields = _record(sheet, value, path)
    return kind(sheet=sheet, **fields) if kind is Line else kind(**fields)


def _record(sheet: str, value: object, path: str) -> dict[str, Any]:
    """Read the values of a row, or of the Study sheet, by the attribute they become."""
    stated = _object(value, path)
    known = {of.key: of for of in columns(sheet) if not of.is_beside_a_number}
    _check_keys(stated, known, path)
    values = {key: _value(known[key], each, f"{path}.{key}") for key, each in stated.items()}
    _check_required(sheet, values, path)
    return {known[key].field: each for key, each in values.items()}


def _check_required(sheet: str, values: Mapping[str, object], path: str) -> None:
    groups: dict[str, list[str]] = {}
    asked = ["id"] if sheet in INSTALLED else []
    for of in asked_columns(sheet):
        rule, _, what = of.required.partition(":")
        if rule == "one-of":
            groups.setdefault(what, []).append(of.key)
        elif rule == "always" or holds(what, values):
            asked.append(of.key)
    for key in asked:
        if key not in values:
            _refuse(path, f"{key!r} is missing", "add it with its value")
    for group, keys in groups.items():
        filled = [key for key in keys if key in values]
        if len(filled) != 1 and holds(ASKED_IF.get(group, "!="), values):
            _refuse(path, f"{len(filled)} of {', '.join(keys)} are stated", "state exactly one of them")


def _value(of: Column, value: object, path: str) -> object:
    if value is None:
        _refuse(path, "null states nothing", "leave the key out")
    if of.has_unit:
        return _quantity(of, value, path)
    return _KINDS[of.kind](of, value, path)


def _quantity(of: Column, value: object, path: str) -> Quantity:
    stated = _object(value, path)
    _check_keys(stated, ("value", "unit"), path)
    for key in ("value", "unit"):
        if key not in stated:
            _refuse(path, f"{key!r} is missing", 'write {"value": NUMBER, "unit": UNIT}')
    text = _string(stated["unit"], f"{path}.unit")
    try:
        unit = of_a_year(of.sheet, parse_unit(text))
    except UnitError:
        _refuse(f"{path}.unit", f"{text!r} is not a unit Jälki knows", f"use one of: {of.unit_labels}")
    if not takes(of, unit):
        _refuse(f"{path}.unit", f"{text!r} is {unit.dimension}", f"use one of: {of.unit_labels}")
    if text != unit.symbol:
        _refuse(f"{path}.unit", f"{text!r} is not spelled as documents have it", f"write {unit.symbol!r}")
    return Quantity(_number(of, stated["value"], f"{path}.value"), unit.symbol)


def _number(of: Column, value: object, path: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse(path, f"{value!r} is not a number", "write digits without quotes, with a decimal point")
    if not abs(value) <= LARGEST:  # what is no number at all fails here too
        _refuse(path, f"{str(value)[:40]} is not a number that an inventory holds", f"write a number up to {LARGEST:g}")
    if not of.above < value or not of.least <= value <= of.most:
        bounds = " ".join(text for text in (of.min and f"from {of.min}", of.max and f"to {of.max}") if text)
        _refuse(path, f"{value!r} is out of range", f"write a number {bounds}".replace("from >", "above "))
    return float(value)


def _integer(of: Column, value: object, path: str) -> int:
    number = _number(of, value, path)
    if not number.is_integer():
        _refuse(path, f"{value!r} is not a whole number", "write one without decimals")
    return int(number)


def _string(value: object, path: str) -> str:
    if not isinstance(value, str):
        _refuse(path, f"{value!r} is not a text", "write it in quotes")
    if not value or value != value.strip():
        _refuse(path, f"{value!r} is blank or has blanks around it", "trim it, or leave the key out")
    if any(letter < " " and letter not in "\t\n\r" or "\ud800" <= letter <= "\udfff" for letter in value):
        _refuse(path, f"{value!r} holds characters that are no text", "leave them out")
    return value


def _text(of: Column, value: object, path: str) -> str:
    return _string(value, path)


def _date(of: Column, value: object, path: str) -> str:
    text = _string(value, path)
    if not re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", text):
        _refuse(path, f"{text!r} is not a date", "write YYYY-MM-DD, or a year")
    try:
        date.fromisoformat(text if len(text) > 4 else f"{text}-01-01")
    except ValueError:
        _refuse(path, f"{text!r} is no day of the calendar", "write YYYY-MM-DD, or a year")
    return text


def _years(of: Column, value: object, path: str) -> YearRange:
    text = _string(value, path)
    try:
        years = parse_years(text)
    except ValueError:
        years = None
    if years is None or str(years) != text or not of.least <= years.first <= of.most:
        _refuse(path, f"{text!r} is not a year or a range of years", "write it as '2027', '2027-2031' or '2032-'")
    return years


def _reference(of: Column, value: object, path: str) -> str:
    text = _string(value, path)
    known = library().gas_named(text) if of.choices == "gas" else None
    if known is not None and known != text:
        _refuse(path, f"{text!r} is not spelled as documents have it", f"write {known!r}")
    return text


def _choice(of: Column, value: object, path: str) -> str:
    return _chosen(of.choices, value, path)


def _chosen(name: str, value: object, path: str) -> str:
    text = _string(value, path)
    of_tenant = name == "owner" and re.fullmatch(r"tenant: \S.*", text)
    if text in choices(name) or of_tenant or (name in OPEN_CHOICES and name != "owner"):
        return text
    options = ", ".join(choices(name))
    _refuse(path, f"{text!r} is not in the list", f"use one of: {options}")


def _list(of: Column, value: object, path: str) -> object:
    if of.choices == "factor_modules":
        return _bundle(value, path)
    return tuple(_ENTRIES[of.choices](each, at) for at, each in _entries(value, path))


def _bundle(value: object, path: str) -> str:
    """Read the module of a factor, or several that its source does not part: ``A1-A3+A4``."""
    return "+".join(_chosen("factor_modules", piece, path) for piece in _string(value, path).split("+"))


def _pair(value: object, path: str) -> tuple[object, object]:
    stated = [each for _, each in _entries(value, path)]
    if len(stated) != 2:
        _refuse(path, f"{value!r} is not a pair", "write two values in square brackets")
    return stated[0], stated[1]


def _piece(value: object, path: str) -> str:
    """Read a text that stands in a list: a cell parts them by semicolons and lines."""
    text = _string(value, path)
    if re.search(r"[;\n]", text):
        _refuse(path, f"{text!r} has a semicolon or a line break", "name it without them")
    return text


def _leg(value: object, path: str) -> tuple[str, float]:
    factor, km = _pair(value, path)
    if isinstance(km, bool) or not isinstance(km, int | float) or not 0 <= km <= AROUND_THE_EARTH:
        _refuse(path, f"{km!r} is no distance", f"write kilometres from 0 to {AROUND_THE_EARTH}")
    return _piece(factor, path), float(km)


def _unit_of_heat(value: object, path: str) -> tuple[str, float]:
    factor, power = _pair(value, path)
    if isinstance(power, bool) or not isinstance(power, int | float) or not 0 < power <= LARGEST:
        _refuse(path, f"{power!r} is no power", "write kilowatts above 0")
    return _piece(factor, path), float(power)


def _cover(value: object, path: str) -> tuple[str, str]:
    what, name = _pair(value, path)
    if what not in COVERED:
        _refuse(path, f"{what!r} cannot be covered", f"use one of: {', '.join(COVERED)}")
    text = _piece(name, path)
    return str(what), text if what == "meter" else _chosen(str(what), text, path)


def _module(value: object, path: str) -> str:
    return _chosen("modules", value, path)


_ENTRIES: dict[str, Callable[[object, str], object]] = {
    "transport": _leg,
    "merit": _unit_of_heat,
    "covers": _cover,
    "modules": _module,
    "target": _piece,
    "measure": _piece,
}
_KINDS: dict[str, Callable[[Column, object, str], object]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "year": _integer,
    "year-range": _years,
    "date": _date,
    "choice": _choice,
    "reference": _reference,
    "parameter": _text,
    "value": _text,
    "list": _list,
}
