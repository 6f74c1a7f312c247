"""Units: a closed table of names in three languages in front of one Pint registry of our own.

User text never reaches Pint: it is looked up here first, so ``kt`` is not a knot and ``pcs`` is not a parsec.
CO2e is a dimension of its own; a year is not 8,766 hours; a temperature is not a temperature difference.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from factors.tables import rows

if TYPE_CHECKING:
    from pint import UnitRegistry

_EMISSION = re.compile(
    r"^([a-zä]+)\s*(?:hiilidioksidia?|koldioxid|co2)\s*[-. ]?\s*(e|eq|eqv|ekv|ekvivalent\w*|equivalent\w*)?\.?$"
)
_TYPOGRAPHY = str.maketrans(
    {
        "\N{MIDDLE DOT}": "*", "\N{DOT OPERATOR}": "*", "\N{FRACTION SLASH}": "/", "\N{DIVISION SLASH}": "/",
        "\N{HYPHEN}": "-", "\N{EN DASH}": "-", "\N{MINUS SIGN}": "-",
    }
)  # fmt: skip


class UnitError(ValueError):
    """A text that names no unit of the table, or two units of different dimensions."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as Jälki understands it.

    Attributes
    ----------
    symbol
        Canonical name, for example ``MWh`` or ``kg_CO2e/kWh``; reading it again gives the same unit.
    dimension
        Kind of quantity, for example ``energy`` or ``emission/energy``.
    label
        What is printed, for example ``kg CO2e/kWh``.
    """

    symbol: str
    dimension: str
    label: str

    @property
    def numerator(self) -> "Unit":
        """What stands above the line."""
        return parse_unit(self.symbol.partition("/")[0])

    @property
    def denominator(self) -> "Unit":
        """What stands below the line; for ``kg CO2e/kWh`` it is kWh."""
        return parse_unit(self.symbol.partition("/")[2])


@cache
def _atoms() -> dict[str, Unit]:
    """Every accepted spelling of a unit without a line, to that unit."""
    atoms: dict[str, Unit] = {}
    for row in rows("factors", "units.csv"):
        unit = Unit(row["unit"], row["dimension"], row["label"])
        for name in (row["unit"], row["label"], *row["aliases"].split(";")):
            known = atoms.setdefault(name, unit)
            if name and known != unit:
                raise UnitError(f"units.csv: {name!r} is {known.symbol} and {unit.symbol}")
    del atoms[""]
    return atoms


@cache
def _registry() -> "UnitRegistry[float]":
    """Build the one Pint registry, from our table alone."""
    import pint  # noqa: PLC0415 - 0.1 s that `--help` must not pay

    registry: UnitRegistry[float] = pint.UnitRegistry(None)
    table = {row["unit"]: row for row in rows("factors", "units.csv")}
    longest_first = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    names = re.compile(rf"(?<!\[)\b(?:{longest_first})\b(?!\])")
    for row in sorted(table.values(), key=lambda row: not row["definition"].startswith("[")):
        definition = names.sub(lambda match: _pint_name(match[0]), row["definition"])
        if definition == "[ratio] / 100":
            continue
        registry.define(f"{_pint_name(row['unit'])} = {definition}")
    registry.define("percent_ = ratio_ / 100")
    return registry


def _pint_name(symbol: str) -> str:
    return {"%": "percent", "°C": "celsius"}.get(symbol, symbol) + "_"


def _clean(text: str) -> str:
    """Bring typographic variants together: CO₂ and CO2, m² and m2, dashes and hyphens, `per` and `/`."""
    text = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    return re.sub(r"\s+", " ", text).strip().replace(" per ", "/")


def _atom(text: str) -> Unit:
    """Find one unit without a line."""
    text = _clean(text)
    known = _atoms().get(text) or _atoms().get(text.lower() if len(text) > 3 else text)
    if known is None and (match := _EMISSION.match(text.lower())):
        mass = _atoms().get(match[1])
        known = _atoms().get(f"{mass.symbol}_CO2{'e' if match[2] else ''}") if mass is not None else None
    if known is None:
        raise UnitError(f"{text!r} is not a unit Jälki knows")
    return known


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Read a unit typed by a person, in Finnish, Swedish or English.

    Parameters
    ----------
    text
        For example ``tn``, ``kpl``, ``m²``, ``kg CO2-ekv./kWh``.

    Raises
    ------
    UnitError
        The text names no unit of the table.

    Examples
    --------
    >>> parse_unit("tn").symbol, parse_unit("kpl").symbol
    ('t', 'piece')
    >>> parse_unit("kg CO₂-ekv./kWh")
    Unit(symbol='kg_CO2e/kWh', dimension='emission/energy', label='kg CO2e/kWh')
    """
    above, line, below = _clean(text).partition("/")
    numerator = _atom(above)
    if not line:
        return numerator
    denominator = _atom(below)
    return Unit(
        f"{numerator.symbol}/{denominator.symbol}",
        f"{numerator.dimension}/{denominator.dimension}",
        f"{numerator.label}/{denominator.label}",
    )


@lru_cache(maxsize=4096)
def ratio(source: Unit, target: Unit) -> float:
    """How many ``target`` one ``source`` is.

    Raises
    ------
    UnitError
        The two are of different dimensions.

    Examples
    --------
    >>> ratio(parse_unit("MWh"), parse_unit("kWh"))
    1000.0
    >>> ratio(parse_unit("kg"), parse_unit("kg CO2e"))
    Traceback (most recent call last):
    ...
    factors.units.UnitError: kg is mass, kg CO2e is emission
    """
    if source.dimension != target.dimension:
        raise UnitError(f"{source.label} is {source.dimension}, {target.label} is {target.dimension}")
    if source == target:
        return 1.0
    ureg = _registry()

    def expression(unit: Unit) -> str:
        return " / ".join(_pint_name(part) for part in unit.symbol.split("/"))

    return float(ureg.Quantity(1.0, expression(source)).to(expression(target)).magnitude)


def units_of(dimension: str) -> list[str]:
    """Labels of the units of a dimension, for messages.

    Examples
    --------
    >>> units_of("volume")
    ['m³', 'l']
    """
    return [row["label"] for row in rows("factors", "units.csv") if row["dimension"] == dimension]
