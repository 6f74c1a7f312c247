"""What a year of hours cannot be, or hardly is: pure functions on the values of a file."""

from collections.abc import Sequence
from itertools import accumulate
from math import inf

from factors.units import Unit, parse_unit, ratio

SPIKE = 20.0
"""An hour over the mean of the hours that are not zero. The ratio is one over the load factor: 20 is a load factor of
5 %. A flat load has 1; solar power, the most peaked producer, gives some 11 % of its rated power over a Finnish year,
9 times the mean of all hours and 4 to 5 times that of the hours with sun."""

LEVEL = 100.0
"""Mean of a week over that of the week before. The smallest slip between the units of energy or power is 1,000; between
two weeks of a year heat, cooling, wind and sun change by less than 100."""

WEEK, DAY = 168, 24

HIGHEST_INTENSITY = 5.0
"""Emissions of electricity [kg/kWh] that no fuel reaches. The most carbon of all fuels of the IPCC Guidelines 2006,
volume 2, table 1.4, has blast furnace gas: 260 kg CO2/GJ, 0.936 kg/kWh of fuel; burnt at an efficiency of 19 % it gives
4.9 kg/kWh of electricity, and no plant is that bad."""

SATURATED, EPW_HIGHEST = 100.0, 110.0
"""Relative humidity [%] of saturated air, and the maximum of field N8 in the EPW data dictionary of EnergyPlus."""

_INTENSITIES = tuple(parse_unit(text) for text in ("kg CO2e/kWh", "kg CO2/kWh"))


def highest_intensity(unit: Unit | None) -> float:
    """Return ``HIGHEST_INTENSITY`` in a unit of emissions per energy; no bound where the unit is not known.

    Examples
    --------
    >>> highest_intensity(parse_unit("g CO2e/kWh"))
    5000.0
    """
    like = next((each for each in _INTENSITIES if unit is not None and each.dimension == unit.dimension), None)
    return inf if like is None or unit is None else HIGHEST_INTENSITY * ratio(like, unit)


def spike(values: Sequence[float]) -> tuple[int, float, int] | None:
    """Return the highest hour, how many times the mean of the hours that are not zero it is, and how many are too high.

    Examples
    --------
    >>> spike([1.0] * 99 + [100.0]) is None, spike([1.0] * 399 + [100.0])
    (False, (399, 80.16032064128257, 1))
    """
    filled = [each for each in values if each]
    if not filled:
        return None
    mean = sum(filled) / len(filled)
    high = [each for each in filled if each > SPIKE * mean]
    return (values.index(max(high)), max(high) / mean, len(high)) if high else None


def change_of_level(values: Sequence[float]) -> tuple[int, float] | None:
    """Return where the level changes a hundredfold, and how many times what it was it then is.

    The level is the mean of the hours that are not zero in the week before and in the week from an hour on; a day of
    them is the least on either side. Of the hours around which it changes so, the one that differs most from the last
    hour above zero is where the change is.

    Examples
    --------
    >>> change_of_level([1.0] * 200 + [1000.0] * 200), change_of_level([1.0] * 200 + [99.0] * 200)
    ((200, 1000.0), None)
    """
    sums = [0.0, *accumulate(values)]
    counts = [0, *accumulate(int(each > 0) for each in values)]

    def level(first: int, last: int) -> float:
        filled = counts[last] - counts[first]
        return (sums[last] - sums[first]) / filled if filled >= DAY else 0.0

    found: list[tuple[float, int, float]] = []
    last = 0.0
    for place, value in enumerate(values):
        if value and last:
            before, after = level(max(place - WEEK, 0), place), level(place, min(place + WEEK, len(values)))
            if before and after and not 1.0 / LEVEL < after / before < LEVEL:
                edge = value / last
                found.append((edge if after > before else 1.0 / edge, place, after / before))
        last = value or last
    if not found:
        return None
    _, place, times = max(found, key=lambda each: each[0])
    return place, times
