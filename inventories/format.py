"""Workbook format 1 as data: sheets, columns and closed lists, read once from the tables in ``inventories/data``."""

import keyword
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from factors.tables import rows
from factors.units import parse_unit, units_of

_WITH_UNIT = (
    "energy", "power", "area", "volume", "mass", "money", "money/energy", "money/year", "price", "factor",
    "energy-or-factor", "mass-per-year", "emission",
)  # fmt: skip
_BOUNDS = ("min", "max")
_FUELS = ("energy", "volume", "mass")
_THINGS = (
    "mass", "volume", "area", "length", "count", "energy", "power", "apparent-power", "peak-power", "information",
    "transport", "time",
)  # fmt: skip
_COMPOUND = {
    "money/energy": ["EUR/MWh", "EUR/kWh"], "money/year": ["EUR/a"], "money/mass": ["EUR/t", "EUR/kg"],
    "money/volume": ["EUR/m³"], "money/emission": ["EUR/t CO2e"],
}  # fmt: skip
"""Units of dimensions that are put together, frequent ones first."""
_DIMENSIONS = {
    "price": ("money/energy", "money/mass", "money/volume", "money/emission"),
    "emission": ("emission", "mass"),
    "energy-or-factor": _FUELS,
    "factor": _THINGS,
    "any": _THINGS,
    "mass-per-year": ("mass",),
}
"""Dimensions of the columns that take several."""
LANGUAGES = ("en", "fi", "sv")
READ_VERSION = "0.1"
FORMAT = 1
"""Version of the workbook format this table describes."""
KEYED = ("Study", "Simulation", "Heat network")
"""Sheets with one key a row, its value and unit beside it; on the others a row is a thing."""
UNIT_CELL = ("amount", "heat", "charge", "price")
"""Numbers whose unit stands in the column ``unit``."""
ASKED_IF = {"heat-pump-power": "heat_pump!=none"}
"""Groups of which one column is asked for only under a condition."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet, or one key of the Study sheet; the fields are those of ``format1.csv``."""

    sheet: str
    key: str
    labels: Mapping[str, str]
    kind: str
    dimension: str
    unit: str
    required: str
    choices: str
    default: str
    default_source: str
    min: str
    max: str
    since: str
    unread_until: str
    help: Mapping[str, str]

    @cached_property
    def field(self) -> str:
        """Name of the attribute of the study model: the key, with a line behind Python's own words."""
        return f"{self.key}_" if keyword.iskeyword(self.key) else self.key

    @cached_property
    def is_percent(self) -> bool:
        """Whether the number typed is percent."""
        return self.key.endswith("_percent")

    @cached_property
    def above(self) -> float:
        """Bound a number must lie above; minus infinity where there is none."""
        return float(self.min[1:]) if self.min.startswith(">") else -math.inf

    @cached_property
    def least(self) -> float:
        """Smallest number allowed."""
        return -math.inf if not self.min or self.min.startswith(">") else float(self.min)

    @cached_property
    def most(self) -> float:
        """Largest number allowed."""
        return float(self.max) if self.max else math.inf

    @cached_property
    def has_unit(self) -> bool:
        """Whether the value needs a unit from header, unit row or unit cell."""
        return self.kind == "number" and self.dimension in _WITH_UNIT and not self.unit and self.key not in _BOUNDS

    @cached_property
    def is_beside_a_number(self) -> bool:
        """Whether this is the unit of a number, read with it; that of an own factor, or of a measure, stands alone."""
        return self.key == "unit" and self.sheet not in ("Factors", "Measures")

    @cached_property
    def has_row_unit(self) -> bool:
        """Whether the value is in the unit of its row: bounds of an amount, a factor's value and components."""
        return self.kind == "number" and (self.key in _BOUNDS or self.dimension == "emission-factor")

    @cached_property
    def words(self) -> str:
        """Closed list a cell is of, or whose words it may hold instead of an id; blank where there is none."""
        if self.kind == "reference":
            return self.key if choices(self.key) else ""
        return self.choices if self.kind in ("choice", "list") and choices(self.choices) else ""

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions of the units the value may be in."""
        return _DIMENSIONS.get(self.dimension, (self.dimension,))

    @cached_property
    def unit_labels(self) -> str:
        """Units the value may be in, for messages; blank where it has none."""
        if self.unit or self.dimension == "emission-factor":
            return parse_unit(self.unit).label if self.unit else "kg CO2e/…"
        return ", ".join(label for dimension in self.dimensions for label in labels_of(dimension))

    @cached_property
    def is_unread(self) -> bool:
        """Whether no command of this version reads the column yet."""
        return bool(self.unread_until) and _later(self.unread_until)


def labels_of(dimension: str) -> list[str]:
    """Labels of the units of a dimension, of one that is put together too.

    Examples
    --------
    >>> labels_of("money/year"), labels_of("volume")
    (['EUR/a'], ['m³', 'l'])
    """
    return _COMPOUND.get(dimension) or units_of(dimension)


def _later(version: str) -> bool:
    return [int(part) for part in version.split(".")] > [int(part) for part in READ_VERSION.split(".")]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its English key, the letter of ids made from its rows, its names."""

    key: str
    letter: str
    labels: Mapping[str, str]
    unread_until: str


def _labels(row: Mapping[str, str], prefix: str = "label") -> dict[str, str]:
    return {language: row[f"{prefix}_{language}"] for language in LANGUAGES}


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet of the format, in order."""
    return {
        row["sheet"]: Sheet(row["sheet"], row["letter"], _labels(row), row["unread_until"])
        for row in rows("inventories", "sheets.csv")
    }


@cache
def aside_sheets() -> dict[str, dict[str, str]]:
    """Sheets that only help whoever fills in a workbook, with their names by language; never read, never warned of."""
    return {row["sheet"]: _labels(row) for row in rows("inventories", "aside_sheets.csv")}


@cache
def _columns() -> dict[str, tuple[Column, ...]]:
    found: dict[str, list[Column]] = {}
    plain = ("key", "kind", "dimension", "unit", "required", "choices", "default", "default_source")
    for row in rows("inventories", "format1.csv"):
        for sheet in row["sheet"].split(";"):
            column = Column(
                sheet=sheet,
                labels=_labels(row),
                min=row["min"],
                max=row["max"],
                since=row["since"],
                unread_until=row["unread_until"],
                help=_labels(row, "help"),
                **{key: row[key] for key in plain},
            )
            found.setdefault(sheet, []).append(column)
    return {sheet: tuple(columns) for sheet, columns in found.items()}


def columns(sheet: str) -> tuple[Column, ...]:
    """Columns of a sheet, or keys of a sheet of keys, in the order they are printed."""
    return _columns().get(sheet, ())


@cache
def asked_columns(sheet: str) -> tuple[Column, ...]:
    """Columns that are required always, for a value or in a group; a unit is asked for with its number."""
    return tuple(of for of in columns(sheet) if of.required and not of.is_beside_a_number)


@cache
def column(sheet: str, key: str) -> Column:
    """Look up one column.

    Examples
    --------
    >>> column("Energy", "carrier").required
    'always'
    """
    return next(found for found in columns(sheet) if found.key == key)


def holds(condition: str, values: Mapping[str, object]) -> bool:
    """Whether ``key``, ``key=a|b`` or ``key!=a|b`` holds for the values of a row.

    Examples
    --------
    >>> holds("carrier!=electricity|water", {"carrier": "water"}), holds("amount", {"amount": 0.0})
    (False, True)
    """
    if "!=" in condition:
        key, _, options = condition.partition("!=")
        return values.get(key) not in options.split("|")
    key, equals, options = condition.partition("=")
    return values.get(key) in options.split("|") if equals else key in values


@cache
def choices(name: str) -> dict[str, dict[str, str]]:
    """Keys of a closed list with their labels by language."""
    return {row["key"]: _labels(row) for row in rows("inventories", "choices.csv") if row["list"] == name}


def normal(text: str) -> str:
    """Bring spellings of a header, key or choice together: case, spaces, lines and the required mark do not count.

    Examples
    --------
    >>> normal("  Service  life* "), normal("service_life")
    ('service life', 'service life')
    """
    return " ".join(text.replace("_", " ").replace("*", " ").split()).casefold()


@cache
def spellings(sheet: str) -> dict[str, dict[str, set[str]]]:
    """Every accepted spelling of a sheet's headers, to the key it names and the languages it is written in."""
    found: dict[str, dict[str, set[str]]] = {}
    for each in columns(sheet):
        for language in LANGUAGES:
            found.setdefault(normal(each.labels[language]), {}).setdefault(each.key, set()).add(language)
        found.setdefault(normal(each.key), {}).setdefault(each.key, set()).add("en")
    return found
