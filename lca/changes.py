"""What measures change, as an expansion reads it: rows as they are in a year, and how much of each there is.

A study without measures has ``NOTHING`` changed. What a measure sets is read from its first year on; how much of a row
there is, is a coefficient over the free axis, so that many sets of measures are expanded at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from inventories.values import Quantity
from lca.parameters import Number

Row = TypeVar("Row")

BEFORE = -9999
"""A year before any measure."""

LIFELONG = ("installed", "until", "replaced_by", "year")
"""Fields that date a row as a whole, whichever year a measure begins in."""

FOLLOWING = {"cooling": "it", "power-losses": "it", "heat-pump": "it"}
"""What a use follows where ``scales_with`` is blank: heat and losses are those of the IT."""

OF_IT = ("it", "it-and-weather")
"""Words of ``scales_with`` that follow the IT load; the weather is not changed by a measure."""


@dataclass(frozen=True, slots=True)
class Set:
    """A field of a row that becomes another value from a year on."""

    since: int
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Scale:
    """A field of a row that is multiplied from a year on; ``by`` may run over the free axis."""

    since: int
    field: str
    by: Number


@dataclass(frozen=True)
class Changes:
    """What some measures change.

    Attributes
    ----------
    sets, scales
        Changes by row, rows as the study has them.
    amounts
        How much there is of a row, from a year on, over the free axis; several multiply.
    brought
        Rows that only a measure brings: how much there is from a year on, nothing before.
    factors
        How much of what a row's own factor emits is left, from a year on; several multiply.
    reference
        IT energy of the study without measures by year [kWh]: what follows the IT load goes by the ratio to it. None:
        nothing follows.
    """

    sets: Mapping[Any, tuple[Set, ...]] = field(default_factory=dict)
    scales: Mapping[Any, tuple[Scale, ...]] = field(default_factory=dict)
    amounts: Mapping[Any, tuple[Scale, ...]] = field(default_factory=dict)
    brought: Mapping[Any, tuple[Scale, ...]] = field(default_factory=dict)
    factors: Mapping[Any, tuple[Scale, ...]] = field(default_factory=dict)
    reference: Mapping[int, float] | None = None

    @cached_property
    def is_none(self) -> bool:
        """Whether nothing is changed."""
        return not (self.sets or self.scales or self.amounts or self.brought or self.factors or self.reference)

    def row(self, row: Row, year: int) -> Row:
        """Return a row as it is in a year: what is set first, then what is multiplied, in whatever order typed."""
        if self.is_none or not (row in self.sets or row in self.scales):
            return row
        new = {each.field: each.value for each in self.sets.get(row, ()) if _holds(each, year)}
        scaled: Any = replace(row, **new)  # type: ignore[type-var]
        for each in self.scales.get(row, ()):
            if _holds(each, year):
                scaled = replace(scaled, **{each.field: times(getattr(scaled, each.field), each.by)})
        return scaled  # type: ignore[no-any-return]

    def dated(self, row: Row) -> Row:
        """Return a row with the dates that measures give it; what else they change begins in a year."""
        return self.row(row, BEFORE)

    def amount(self, row: object, year: int) -> Number:
        """How much there is of a row in a year, over what the study has."""
        product: Number = 1.0
        if self.is_none:
            return product
        if row in self.brought:
            product = sum((each.by for each in self.brought[row] if each.since <= year), np.zeros(1))
        return _product(self.amounts.get(row, ()), year, product)

    def of_factor(self, row: object, year: int) -> Number:
        """How much of what a row's own factor emits is left in a year."""
        return _product(self.factors.get(row, ()), year)

    def states(self, row: Row) -> list[tuple[int, Row]]:
        """Return a row as it is from each year in which something changes it; the first is as it is before."""
        changing: tuple[Set | Scale, ...] = (
            *self.sets.get(row, ()),
            *self.scales.get(row, ()),
            *self.factors.get(row, ()),
        )
        begins = sorted({each.since for each in changing})
        return [(begin, self.row(row, begin)) for begin in [BEFORE, *begins]]

    def touches(self, row: object) -> bool:
        """Whether anything of a row changes."""
        return any(row in of for of in (self.sets, self.scales, self.amounts, self.brought, self.factors))

    def follows(self, row: Any, ratio: Mapping[int, Number], year: int) -> Number:  # noqa: ANN401 - a row of Energy
        """How much of a row of Energy there is for the IT load of a year: fixed + (1 - fixed) · IT / IT before."""
        if row.use == "it" or year not in ratio:
            return 1.0
        word = row.scales_with or FOLLOWING.get(row.use or "", "none")
        if word not in OF_IT:
            return 1.0
        kept = (row.fixed_percent or 0.0) / 100.0
        return kept + (1.0 - kept) * ratio[year]


def _holds(each: Set | Scale, year: int) -> bool:
    return each.since <= year or each.field in LIFELONG


def _product(found: Iterable[Scale], year: int, start: Number = 1.0) -> Number:
    """Multiply what holds in a year."""
    for each in found:
        if each.since <= year:
            start = start * each.by
    return start


def times(value: Any, by: Number) -> Any:  # noqa: ANN401 - a number or a quantity
    """Multiply a number, or the number of a quantity; what is blank stays blank."""
    if value is None:
        return None
    multiplier = float(np.ravel(by)[0])
    if isinstance(value, Quantity):
        return replace(value, value=value.value * multiplier)
    return value * multiplier


NOTHING = Changes()
