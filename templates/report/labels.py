"""Labels that the workbook format has for its sheets, columns and closed lists."""

import re
from functools import cache

from inventories.format import Column, choices, columns, sheets
from templates.report.edition import Edition
from templates.report.markup import clean


def sheet_label(edition: Edition, key: str) -> str:
    """Name of a sheet in the language of the edition."""
    known = sheets().get(key)
    return key if known is None else known.labels[edition.texts.language]


@cache
def _columns() -> dict[str, Column]:
    """Column of every key; of keys that several sheets have, the first."""
    found: dict[str, Column] = {}
    for sheet in sheets():
        for column in columns(sheet):
            found.setdefault(column.key, column)
    return found


def column_label(edition: Edition, key: str) -> str:
    """Name of a column; a key that is none is printed as words."""
    known = _columns().get(key)
    return clean(key.replace("_", " ")) if known is None else name_beside_unit(edition, known)


_PERCENT = re.compile(r",? (percent|prosentteina|i procent)$")


def name_beside_unit(edition: Edition, column: Column) -> str:
    """Name of a column whose value is printed with its unit: percent is then said once."""
    label = column.labels[edition.texts.language]
    return _PERCENT.sub("", label) if column.unit.startswith("%") else label


def column_unit(key: str) -> str:
    """Unit that a column is always in, blank where it has none."""
    known = _columns().get(key)
    return "" if known is None else known.unit


def choice_label(edition: Edition, choice: str, key: object) -> str:
    """Label of a key in a closed list of the format; anything else is printed as it is."""
    known = choices(choice).get(str(key))
    return clean(key, 120) if known is None else known[edition.texts.language]


def value_label(edition: Edition, column: str, value: object) -> str:
    """Label of a value in a column, where the column has a closed list."""
    known = _columns().get(column)
    return choice_label(edition, known.choices, value) if known is not None and known.choices else clean(value, 120)
