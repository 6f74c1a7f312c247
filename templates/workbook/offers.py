"""What the drop-downs offer: the closed lists of the format, usual units, ids of the library."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from factors.library import SECTIONS, library
from inventories.cells import OPEN_CHOICES
from inventories.format import KEYED, UNIT_CELL, Column, choices, columns, labels_of, sheets
from templates.texts import LOCALES
from templates.workbook.cells import has_header_unit, said, sheet_name

REFUSE, WARN, SUGGEST = "stop", "warning", ""
"""What happens to a word that is not in the list."""

COMMON = {
    "energy": ("kWh", "MWh", "GWh", "MJ", "GJ"),
    "mass": ("kg", "t"),
    "volume": ("m³", "l"),
    "area": ("m²",),
    "length": ("m", "km"),
    "count": ("piece",),
    "power": ("kW", "MW"),
    "information": ("TB",),
    "time": ("h",),
}
"""Units offered of a dimension, of those of the table; of another dimension all are."""

_OFFERED_SECTIONS = {
    "Construction": ("construction", "screening"),
    "Plant": ("plant", "screening"),
    "Water and waste": ("water", "waste"),
    "Factors": SECTIONS,
}
"""Sections of the library whose factors a sheet takes: their units are the ones worth offering."""


@dataclass(frozen=True)
class Offer:
    """Words that a cell is offered.

    Attributes
    ----------
    name
        The list; columns of one list share it.
    title
        What the list is called in the language.
    words
        Each word with its key in the format, or with what it means.
    otherwise
        What happens to another word: ``REFUSE``, ``WARN`` or ``SUGGEST``.
    """

    name: str
    title: str
    words: tuple[tuple[str, str], ...]
    otherwise: str


MEASURED = ("%", "kWh", "MWh", "kW", "kg", "°C")
"""Units of what measures change; a multiplier has none, a change in percent has %."""


def read_columns(sheet: str) -> tuple[Column, ...]:
    """Columns of a sheet that some command reads; the others come into the workbook with the version that does."""
    return tuple(of for of in columns(sheet) if not of.is_unread)


def shown_sheets() -> Iterator[str]:
    """Sheets of the workbook that are filled in."""
    return (key for key, sheet in sheets().items() if not sheet.unread_until)


def _dimensions(of: Column) -> tuple[str, ...]:
    """Dimensions of the units worth offering: on some sheets those of the library's factors, frequent ones first."""
    sections = _OFFERED_SECTIONS.get(of.sheet)
    if sections is None or of.dimension not in ("factor", "emission-factor"):
        return of.dimensions
    shelf = library()
    count = Counter(
        its_rows[0].per.dimension
        for its_rows in shelf.factors.values()
        if shelf.families[its_rows[0].family].section in sections
    )
    return tuple(dimension for dimension, _ in count.most_common())


def units(of: Column, language: str) -> tuple[str, ...]:
    """Usual units of a column of units, or of a column whose unit stands in its header; none for another.

    Examples
    --------
    >>> from inventories.format import column
    >>> units(column("Energy", "unit"), "en")
    ('kWh', 'MWh', 'GWh', 'MJ', 'GJ', 'm³', 'l', 'kg', 't')
    >>> units(column("Hardware", "item"), "en")
    ()
    """
    if (of.sheet, of.key) == ("Measures", "unit"):
        return MEASURED
    if of.key == "unit":
        beside = UNIT_CELL if of.sheet != "Factors" else ("value",)
        of = next(each for each in columns(of.sheet) if each.key in beside)
    elif not has_header_unit(of):
        return ()
    found = [each for dimension in _dimensions(of) for each in COMMON.get(dimension, labels_of(dimension))]
    if language != "en":
        found = [said("unit-piece", language) if each == "piece" else each for each in found]
    return tuple(f"kg CO2e/{each}" for each in found) if of.dimension == "emission-factor" else tuple(found)


def _gas_words() -> Iterator[tuple[str, str]]:
    """Every gas by the number printed on equipment, where it has one of its own."""
    for gas in library().gases.values():
        number = next((each for each in gas.aliases if each.startswith("R-")), "")
        yield (number, gas.gas) if number and gas.gas.startswith(("HFC-", "HCFC-", "PFC-")) else (gas.gas, gas.gas)


def _named(family: str, language: str) -> Iterator[tuple[str, str]]:
    shelf = library()
    return ((key, shelf.name(key, language)) for key in shelf.factors if shelf.family(key) == family)


def _countries(language: str) -> Iterator[tuple[str, str]]:
    from babel import Locale  # noqa: PLC0415 - not for `--help`

    names = Locale.parse(LOCALES[language]).territories
    grids = {its_rows[0].geography for its_rows in library().factors.values() if its_rows[0].family == "grid"}
    return ((code, str(names[code])) for code in sorted(grids) if code in names)


def _closed(of: Column, language: str) -> Offer | None:
    """Offer the words of a list of the format, and ids of the library that may stand in their place."""
    words = [(labels[language], key) for key, labels in choices(of.words).items()]
    otherwise = REFUSE if of.kind == "choice" and of.words not in OPEN_CHOICES else SUGGEST
    if of.words == "carrier":
        words += _named("fuel", language)
        otherwise = WARN
    elif of.words == "residual_mix":
        words += _named("residual-mix", language)
        otherwise = WARN
    elif of.kind == "list" and of.words != "factor_modules":
        return None  # several words in one cell
    return Offer(of.words, of.labels[language], tuple(words), otherwise)


def offer(of: Column, language: str) -> Offer | None:
    """Offer of a column; None where there is nothing to choose from, or no end of it.

    Examples
    --------
    >>> from inventories.format import column
    >>> [word for word, _ in offer(column("Contracts", "matching"), "fi").words]
    ['Vuositasolla', 'Tunneittain']
    """
    if of.words:
        return _closed(of, language)
    if of.key == "unit":
        title = f"{of.labels[language]}: {sheet_name(of.sheet, language)}"
        return Offer(f"unit {of.sheet}", title, tuple((each, "") for each in units(of, language)), SUGGEST)
    if of.choices == "factor":
        return Offer("factor", of.labels[language], tuple((key, "") for key in listed_factors()), WARN)
    if of.choices == "gas":
        return Offer("gas", of.labels[language], tuple(_gas_words()), SUGGEST)
    if (of.sheet, of.key) == ("Study", "country"):
        return Offer("country", said("list-country", language), tuple(_countries(language)), SUGGEST)
    return None


def keys_of(sheet: str, language: str) -> Offer:
    """Offer the keys of a sheet with a key a row, for rows added to it."""
    title = said("list-keys", language, study=sheet_name(sheet, language))
    words = tuple((of.labels[language], of.key) for of in read_columns(sheet))
    return Offer(f"keys {sheet}", title, words, SUGGEST)


def offers(language: str) -> list[Offer]:
    """Every list of words once, in the order of the sheets; the ids of factors stand on a sheet of their own.

    A list that several columns share is called by all their names.
    """
    found = {offered.name: offered for offered in (keys_of(sheet, language) for sheet in KEYED)}
    titles: dict[str, list[str]] = {}
    for sheet in shown_sheets():
        for of in read_columns(sheet):
            each = offer(of, language)
            if each is not None and each.name != "factor":
                found.setdefault(each.name, each)
                titles.setdefault(each.name, []).append(each.title)
    called = {name: ", ".join(dict.fromkeys(all_titles)) for name, all_titles in titles.items()}
    return [replace(each, title=called.get(each.name, each.title)) for each in found.values()]


@cache
def listed_factors() -> tuple[str, ...]:
    """Ids of the library by section and family, as the sheet of factors lists them."""
    shelf = library()
    by_family: dict[str, list[str]] = {}
    for key in shelf.factors:
        by_family.setdefault(shelf.family(key), []).append(key)
    ordered = sorted(shelf.families.values(), key=lambda each: SECTIONS.index(each.section))
    return tuple(key for each in ordered for key in by_family.get(each.family, ()))
