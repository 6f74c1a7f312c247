"""What a plan shall reach: a footprint of the period, one of each year from a year on, or a pathway year by year.

A target of the period counts modules A to C. One by year counts operation, the use stage (B) without replacement and
refurbishment (B4, B5): what is built and bought stands in single years, which no other year can be compared with.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from inventories.keyed import Settings
from lca.replacement import Values

PURCHASES = ("B4", "B5")
"""Modules of the use stage in which things are bought: replacement and refurbishment."""

CONTRACTION = 0.042
"""What a pathway falls by in a year, of its base: the least of the absolute contraction approach for 1.5 °C.

Science Based Targets initiative, Corporate near-term criteria, version 5: at least 4.2 % a year, linear (second-hand,
through tools that apply it). The initiative counts it from 2020 where the base year is later, sets it for scopes 1 and
2, and now spreads it up to the year of net zero: a pathway here is a yardstick, not a validated target.
"""

LEFT = 0.10
"""What a pathway never asks to go below, of its base: 90 % less is the long-term target of the same initiative."""


def is_operation(module: str) -> bool:
    """Whether a module is one of operation.

    Examples
    --------
    >>> [module for module in ("A1-A3", "B1", "B4", "B6.2", "C4") if is_operation(module)]
    ['B1', 'B6.2']
    """
    return module.startswith("B") and module not in PURCHASES


@dataclass(frozen=True, slots=True)
class Target:
    """A target of a study.

    Attributes
    ----------
    kind
        ``total`` for the period, ``yearly`` for every year from ``year`` on, ``pathway``.
    percent, kilograms
        By how much, or down to what [kg CO2e]; both None for a pathway.
    year
        From when on it holds, or until when a pathway does.
    base_year
        Year that a yearly target is measured from.
    """

    kind: str
    percent: float | None
    kilograms: float | None
    year: int | None
    base_year: int

    @classmethod
    def of(cls, settings: Settings) -> "Target | None":
        """Return the target that a study states; None where it states none."""
        base = settings.start_year if settings.target_base_year is None else settings.target_base_year
        if settings.target_pathway is not None:
            return cls("pathway", None, None, settings.target_year, base)
        kind = "total" if settings.target_year is None else "yearly"
        if settings.target_percent is not None:
            return cls(kind, settings.target_percent, None, settings.target_year, base)
        if settings.target_footprint is not None:
            is_mass = settings.target_footprint.parsed.dimension == "mass"
            kilograms = settings.target_footprint.to("kg" if is_mass else "kg CO2e")
            return cls(kind, None, kilograms, settings.target_year, base)
        return None

    def total(self, before: float) -> float:
        """Largest footprint of the period [kg CO2e] where the target is one of the period.

        Examples
        --------
        >>> Target("total", 30.0, None, None, 2027).total(1000.0)
        700.0
        """
        if self.percent is None:
            return np.inf if self.kilograms is None else self.kilograms
        return before - abs(before) * self.percent / 100.0

    def by_year(self, operation: Mapping[int, float]) -> dict[int, float]:
        """Largest footprint of operation [kg CO2e] in each year in which the target holds.

        Parameters
        ----------
        operation
            Footprint of operation without measures by year.

        Examples
        --------
        >>> plain = {2027: 100.0, 2028: 110.0, 2029: 120.0}
        >>> Target("yearly", 40.0, None, 2028, 2027).by_year(plain)
        {2028: 60.0, 2029: 60.0}
        >>> {year: round(kg, 1) for year, kg in Target("pathway", None, None, None, 2027).by_year(plain).items()}
        {2028: 95.8, 2029: 91.6}
        """
        if self.kind == "total":
            return {}
        base = operation[self.base_year]
        if self.kind == "pathway":
            held = (year for year in operation if year > self.base_year and (self.year is None or year <= self.year))
            return {year: base * max(1.0 - CONTRACTION * (year - self.base_year), LEFT) for year in held}
        most = self.total(base)
        return {year: most for year in operation if self.year is not None and year >= self.year}


def excess(operation: Values, years: range, allowed: Mapping[int, float]) -> Values:
    """By how much each plan is above a target by year at worst [kg CO2e]; not above 0 where it reaches it.

    Parameters
    ----------
    operation
        Footprint of operation, (years, plans).
    years
        Years of the rows.
    allowed
        Largest footprint by year.

    Examples
    --------
    >>> excess(np.array([[5.0, 3.0], [4.0, 2.0]]), range(2027, 2029), {2028: 3.0}).tolist()
    [1.0, -1.0]
    """
    rows = [place for place, year in enumerate(years) if year in allowed]
    most = np.array([allowed[years[place]] for place in rows])
    return np.asarray((operation[rows] - most[:, None]).max(axis=0)) if rows else np.full(operation.shape[1], -np.inf)
