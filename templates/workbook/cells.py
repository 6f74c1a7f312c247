"""What a cell of the input workbook says: headers, notes on headers, values in a language."""

import re
from collections.abc import Sequence
from functools import cache

from factors.numbers import NumberError, parse_number
from factors.tables import rows
from inventories.format import UNIT_CELL, Column, aside_sheets, choices, columns, sheets
from inventories.rows import number_text

STANDARD_UNIT = {
    "power": "kW",
    "area": "m²",
    "energy": "MWh",
    "money": "EUR",
    "money/energy": "EUR/MWh",
    "money/year": "EUR/a",
    "volume": "m³",
    "mass": "kg",
    "emission": "t CO2e",
    "mass-per-year": "kg",
}
"""Unit written into the header of a column that has no unit cell beside it."""

_LOOKS_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_STAR = "\N{NO-BREAK SPACE}*"


@cache
def _texts() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in rows("templates", "guidance.csv")}


def said(key: str, language: str, **values: object) -> str:
    """Text of the guidance in a language, with its values filled in.

    Examples
    --------
    >>> said("part-first", "fi", count=30)
    '3  Ensimmäinen selvitys: 30 solua'
    """
    text = _texts()[key][language]
    return text.format_map(values) if values else text


def sheet_name(sheet: str, language: str) -> str:
    """Name of a sheet of the format, or of one that only helps.

    Examples
    --------
    >>> sheet_name("Plant", "fi"), sheet_name("Factor list", "sv")
    ('Tekniset järjestelmät', 'Faktorlista')
    """
    aside = aside_sheets()
    return aside[sheet][language] if sheet in aside else sheets()[sheet].labels[language]


def header(of: Column, language: str, unit: str | None = None) -> str:
    """Header of a column: its label, its unit in brackets; None: the one that is fixed or standard.

    Examples
    --------
    >>> from inventories.format import column
    >>> header(column("Years", "it_capacity"), "en")
    'IT capacity [kW]'
    """
    if unit is None:
        unit = standard_unit(of)
    if of.kind != "number" or of.is_percent or not unit:
        return of.labels[language]
    return f"{of.labels[language]} [{unit}]"


def standard_unit(of: Column) -> str:
    """Unit of a column that nobody named: the fixed one, or the usual one of its dimension."""
    return STANDARD_UNIT.get(of.dimension, "") if has_header_unit(of) else of.unit


def has_header_unit(of: Column) -> bool:
    """Whether the unit of a column stands in its header, where it may be changed."""
    return of.has_unit and of.key not in UNIT_CELL


def starred(of: Column, text: str) -> str:
    """Mark a header or key that is required always; the reader passes over the star.

    Examples
    --------
    >>> from inventories.format import column
    >>> starred(column("Years", "from"), "Alkuvuosi").split()
    ['Alkuvuosi', '*']
    """
    return text + _STAR if of.required == "always" else text


def note(of: Column, language: str, units: tuple[str, ...]) -> str:
    """Note on a header: what to type, whether it is required, which units it takes."""
    parts = [of.help[language]]
    if of.required == "always":
        parts.append(said("note-required", language))
    elif of.required.startswith("one-of:"):
        group = [each.labels[language] for each in columns(of.sheet) if each.required == of.required]
        parts.append(said("note-group", language, columns=", ".join(group)))
    elif of.required:
        parts.append(said("note-if", language))
    if units:
        key = "note-header-unit" if has_header_unit(of) else "note-unit"
        parts.append(said(key, language, units=", ".join(units)))
    if of.choices in ("factor", *_LEGS):
        parts.append(said("note-factor", language, list=sheet_name("Factor list", language)))
    return "\n\n".join(parts)


def number_cell(value: float, language: str, unit: str = "") -> str | float:
    """Number as a cell keeps it: as a number, or as text where a unit stands behind it or 16 digits are too few.

    A file of Excel holds 16 significant digits. Three decimals behind up to three digits would be looked at twice by
    the reader, because they may be thousands; a zero behind them says that they are not.

    Examples
    --------
    >>> number_cell(0.3, "fi"), number_cell(0.1 + 0.2, "fi"), number_cell(7.125, "sv", "kg")
    (0.3, '0,30000000000000004', '7,1250 kg')
    """
    if not unit and float(f"{value:.16G}") == value:
        return value
    text = number_text(value)
    text += "0" if _LOOKS_GROUPED.fullmatch(text) else ""
    return f"{text if language == 'en' else text.replace('.', ',')} {unit}".strip()


def value(of: Column, text: str, language: str, unit: str = "") -> str | float:
    """Value of a cell: a number as a number, a choice in the language of the workbook."""
    if of.kind in ("number", "integer", "year"):
        try:
            number = parse_number(text, "en").value
        except NumberError:
            return text
        # a fraction of a percent says so, or the reader would ask whether it is a percentage
        return number_cell(number, language, "%" if of.is_percent and 0 < number < 1 else unit)
    if of.kind == "value":
        return _measured(text, language)
    if of.kind in ("choice", "reference") and of.words:
        return choices(of.words).get(text, {}).get(language, text)
    if of.choices in _LEGS and text != "-":
        return "; ".join(_leg(leg.strip(), language, _LEGS[of.choices]) for leg in text.split(";") if leg.strip())
    return text


def _measured(text: str, language: str) -> str | float:
    """Value of a measure: a number in the language of the sheet with its unit behind it, or a word as it is."""
    try:
        number = parse_number(text, "en")
    except NumberError:
        return text
    return number_cell(number.value, language, "" if number.unit is None else number.unit.label)


_LEGS = {"transport": "km", "merit": "kW"}
"""Lists of a factor and a number each, with the unit of the number."""


def _leg(text: str, language: str, unit: str) -> str:
    factor, _, number = text.rpartition(":")
    return f"{factor}:{number_cell(float(number), language, unit)}"


def column_cells(of: Column, texts: Sequence[str], language: str) -> tuple[str, list[str | float]]:
    """Header and cells of a column: one unit of all its cells stands in the header, several behind their numbers."""
    units = [_unit(of, text) for text in texts]
    different = {unit for unit in units if unit}
    one = len(different) < 2
    label = header(of, language, next(iter(different), None) if one else "")
    return label, [
        text and value(of, text, language, "" if one else unit) for text, unit in zip(texts, units, strict=True)
    ]


def _unit(of: Column, text: str) -> str:
    """Label of the unit behind a number, or of the standard one; blank for what has none of its own."""
    if not text or not has_header_unit(of):
        return ""
    try:
        unit = parse_number(text, "en").unit
    except NumberError:
        unit = None
    return standard_unit(of) if unit is None else unit.label
