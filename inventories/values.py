"""Values that cells hold: quantities with their unit, ranges of years, shares."""

import re
from dataclasses import dataclass

from factors.units import Unit, parse_unit, ratio


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as entered."""

    value: float
    unit: str

    def to(self, unit: str) -> float:
        """Value in another unit of the same dimension.

        Examples
        --------
        >>> Quantity(1.5, "MWh").to("kWh")
        1500.0
        """
        return self.value * ratio(parse_unit(self.unit), parse_unit(unit))

    @property
    def parsed(self) -> Unit:
        """The unit as Jälki understands it."""
        return parse_unit(self.unit)


@dataclass(frozen=True, slots=True)
class YearRange:
    """Whole calendar years from ``first`` to ``last``, both included; an open end is None."""

    first: int
    last: int | None

    def __contains__(self, year: int) -> bool:
        return self.first <= year and (self.last is None or year <= self.last)

    def __str__(self) -> str:
        if self.last == self.first:
            return str(self.first)
        return f"{self.first}-{self.last or ''}"


def share_of(percent: float | None) -> float:
    """Part of a row that belongs to the study; blank is all of it.

    Examples
    --------
    >>> share_of(None), share_of(25.0)
    (1.0, 0.25)
    """
    return 1.0 if percent is None else percent / 100.0


def parse_years(text: str) -> YearRange:
    """Read a year or a range of years.

    Raises
    ------
    ValueError
        The text is none, or the range runs backwards.

    Examples
    --------
    >>> parse_years("2027"), parse_years("2032-")
    (YearRange(first=2027, last=2027), YearRange(first=2032, last=None))
    """
    match = re.fullmatch(r"\s*(\d{4})(?:\.0+)?\s*(?:([-\N{EN DASH}\N{EM DASH}])\s*(\d{4})?)?\s*", text)
    if match is None:
        raise ValueError(text)
    first = int(match[1])
    last = first if match[2] is None else int(match[3]) if match[3] else None
    if last is not None and last < first:
        raise ValueError(text)
    return YearRange(first, last)
