"""Service units: what the footprint is divided by, as sums over the years of the period."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from factors.numbers import spans
from factors.problems import Problem
from inventories.study import YearsRow
from inventories.values import share_of
from lca.context import Context
from lca.energy import facility_in
from lca.replacement import in_service
from lca.system import BASES
from lca.tables import Record

AREAS = {"floor_area": "m²·a", "heated_net_area": "m² heated net area·a"}
"""Areas of the sheet Years that the footprint is divided by, with the name of their unit."""


MOST_EMBODIED = 1.0
"""Embodied carbon of a GPU-hour [kg CO2e] beyond which a decimal slipped: published systems carry some 0.01."""


def intensities(context: Context, totals: Mapping[str, Mapping[str, float]], it_kwh: float) -> list[dict[str, Any]]:
    """Footprint over what it served: I = G / Σ_y n(y), both over the same years of the period.

    An amount that is stated for some of the years only has no intensity: the years without it would add to G and not
    to n.
    """
    rows = [row for _, row in _years(context)]
    servers = sum(served(context, year) for year in context.study.settings.years)
    denominators = [
        ("kW IT·a", sum(row.it_capacity.to("kW") for row in rows)),
        ("MWh IT", it_kwh / 1000.0),
        *((unit, amount(context, column)) for column, unit in AREAS.items()),
        ("server·a", servers),
    ]
    if (unit := context.study.settings.service_unit) is not None:
        denominators.append((unit, amount(context, "service_amount")))
    return [
        {"unit": f"kg CO2e/{name}", "denominator": value, **{basis: totals[basis]["total"] / value for basis in BASES}}
        for name, value in denominators
        if value
    ]


def _years(context: Context) -> list[tuple[int, YearsRow]]:
    """Years of the period with their rows of the sheet Years."""
    found = ((year, facility_in(context, year)) for year in context.study.settings.years)
    return [(year, row) for year, row in found if row is not None]


def stated(row: YearsRow, column: str) -> float | None:
    """Return what a row states for a year: an area [m²], or service units."""
    value = getattr(row, column)
    return value if value is None or isinstance(value, float | int) else float(value.to("m2"))


def amount(context: Context, column: str) -> float:
    """Sum of a column of the sheet Years over the period; 0 where a year lacks it."""
    values = [stated(row, column) for _, row in _years(context)]
    return 0.0 if None in values else sum(value for value in values if value is not None)


def every_year_is_stated(context: Context) -> Iterator[Problem]:
    """An amount that the footprint is divided by is stated for every year, or for none."""
    unit = context.study.settings.service_unit
    for column, name in {**AREAS, **({"service_amount": unit} if unit else {})}.items():
        lacking = {year: row for year, row in _years(context) if stated(row, column) is None}
        asked = column == "service_amount" or len(lacking) < context.study.settings.reference_period
        if lacking and asked:
            place = context.study.years.index(lacking[min(lacking)])
            yield Problem("intensity-missing", "Years", place, column, "", {"year": spans(lacking), "unit": name})


def served(context: Context, year: int) -> float:
    """Servers in service in a year [a]: the count of servers and GPU servers times the part of the year they run."""
    total = 0.0
    for line in context.study.hardware:
        life = context.lives.get(line.id)
        if line.class_ in ("server", "gpu-server") and line.module is None and life is not None:
            fraction = in_service(life.service, life.installed, life.life, year)
            total += line.quantity.value * share_of(line.share_percent) * float(np.ravel(fraction)[0])
    return total


def gpu_hours_plausible(context: Context, contributions: Sequence[Record]) -> Iterator[Problem]:
    """IT hardware carries at most a kilogram in a GPU-hour."""
    hours = amount(context, "service_amount") if context.study.settings.service_unit == "GPU-h" else 0.0
    embodied = sum(row["location"] for row in contributions if row["section"] == "hardware")
    if hours and embodied / hours > MOST_EMBODIED:
        read, told = f"{embodied / hours:.3g}", {"limit": f"{MOST_EMBODIED:g}"}
        yield Problem("gpu-hour-implausible", "Years", 0, "service_amount", read, told)
