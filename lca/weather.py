"""Outdoor air by the hour: a user's file, or a synthetic year made from published monthly normals.

A synthetic year has the monthly means and the daily swing of its normals and nothing else: no cold spell, no heat wave,
no two days alike or unlike for another reason. It is called synthetic wherever it is used.
"""

from functools import cache

import numpy as np

from factors.tables import rows
from inventories.datafile import HOURS
from lca.replacement import Values

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WARMEST = 13
"""Hour of the day in UTC that is warmest: 15 o'clock in Finnish standard time."""


@cache
def normals(place: str) -> tuple[tuple[float, float], ...]:
    """Mean daily minimum and maximum of each month [°C]; empty for a place that does not ship."""
    found = [row for row in rows("factors", "weather.csv") if row["place"] == place]
    return tuple((float(row["minimum"]), float(row["maximum"])) for row in found)


def source(place: str) -> str:
    """Key of the source of a place's normals."""
    return next((row["source"] for row in rows("factors", "weather.csv") if row["place"] == place), "")


@cache
def synthetic(of_months: tuple[tuple[float, float], ...]) -> Values:
    """Make 8,760 hours from 1 January, 00:00 UTC, out of monthly normals.

    Daily means run linearly from the middle of one month to the next, moved so that each month keeps its mean; around
    them the day swings as a cosine between minimum and maximum, warmest at ``WARMEST``.

    Parameters
    ----------
    of_months
        Mean daily minimum and maximum of the twelve months [°C].

    Examples
    --------
    >>> year = synthetic(normals("kajaani-synthetic"))
    >>> len(year), float(year[:744].mean().round(6)), float(year[:744].max().round(1)) < 0
    (8760, -11.0, True)
    """
    low, high = np.array(of_months).T
    means, ends = (low + high) / 2.0, np.cumsum(DAYS)
    middles = ends - np.array(DAYS) / 2.0
    days = np.arange(365) + 0.5
    month = np.repeat(np.arange(12), DAYS)
    nodes = means.copy()
    for _ in range(200):  # each round lets every month come nearer to its mean; converges to 1e-12 within 100
        daily = np.interp(days, middles, nodes, period=365)
        nodes += means - np.array([daily[month == i].mean() for i in range(12)])
    swing = ((high - low) / 2.0)[month]
    hours = np.arange(24)
    found: Values = (daily[:, None] + swing[:, None] * np.cos((hours - WARMEST) * np.pi / 12.0)).reshape(HOURS)
    found.setflags(write=False)  # one array for all who ask
    return found
