"""Other factors of the same kind: what else could stand where a factor stands, and how far off it is."""

import math
from dataclasses import dataclass

from factors.library import Library
from factors.model import Factor
from factors.units import ratio

COUNT = 8
"""How many alternatives are told at most."""

TRACE = 0.1
"""Share of a direct row below which what is not biogenic is only the CH4 and N2O of burning."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A row that could stand for another; ``ratio`` is its value over that of the other, biogenic carbon apart."""

    factor: Factor
    ratio: float | None


def current(library: Library, factor_id: str, module: str, part: str) -> Factor:
    """Newest row of a module and part that was no projection when its source was published; else the oldest.

    Examples
    --------
    >>> from factors.library import library
    >>> current(library(), "district-heat-tampere", "B6", "").year
    2025
    """
    found = [row for row in library.factors[factor_id] if (row.module, row.part) == (module, part)]
    found.sort(key=lambda row: row.year)
    past = [row for row in found if row.year <= _published(library, row)]
    return past[-1] if past else found[0]


def _published(library: Library, row: Factor) -> int:
    first = library.sources.get(row.sources[0]) if row.sources else None
    year = "" if first is None else first.year
    return int(year) if year.isdigit() else row.year


def alternatives(library: Library, row: Factor, count: int = COUNT) -> list[Alternative]:
    """Rows of other ids with the family, modules, part and kind of unit of a row: of its place first, then by nearness.

    Of each id the row nearest in year is taken. Nearness is the distance of the values on a scale of ratios.

    Examples
    --------
    >>> from factors.library import library
    >>> [(each.factor.id, round(each.ratio, 2)) for each in alternatives(library(), library().factors["eps-fi"][0], 2)]
    [('xps-fi', 0.9), ('pir-fi', 1.21)]
    """
    found = []
    for factor_id, its_rows in library.factors.items():
        like = [other for other in its_rows if factor_id != row.id and _kind(other) == _kind(row)]
        if like:
            nearest = min(like, key=lambda other: (abs(other.year - row.year), -other.year))
            found.append(Alternative(nearest, _ratio(nearest, row)))
    found.sort(key=lambda each: (_apart(each.factor, row), _distance(each.ratio), each.factor.id))
    return found[:count]


def _kind(row: Factor) -> tuple[str, str, str, str, str]:
    return row.family, row.module, row.part, row.unit.dimension, row.flow_gas


def _apart(other: Factor, row: Factor) -> int:
    """0 in the same place, 1 in another of its country, else 2."""
    if other.geography == row.geography:
        return 0
    return 1 if other.geography.partition("-")[0] == row.geography.partition("-")[0] else 2


def _ratio(other: Factor, row: Factor) -> float | None:
    """Value of another row over that of a row, biogenic carbon apart, which comes to nothing over a life.

    None where one is 0, only one of them is negative, or what burns in one is biogenic: the rest is CH4 and N2O only.
    """
    theirs, own = (each.value - (each.biogenic or 0.0) for each in (other, row))
    if any(
        each.part == "direct" and abs(rest) < TRACE * abs(each.value) for each, rest in ((other, theirs), (row, own))
    ):
        return None
    return theirs * ratio(other.unit, row.unit) / own if theirs * own > 0 else None


def _distance(of: float | None) -> float:
    return math.inf if of is None else abs(math.log(of))
