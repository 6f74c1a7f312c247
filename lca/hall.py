"""What ``jalki simulate`` tells: the simulated hall by year and month, beside its meters, and what redundancy costs."""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from factors.problems import InputError, Problem, has_errors
from inventories.datafile import HOURS
from inventories.keyed import Simulation
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.context import Context
from lca.expand import expand
from lca.kpi import Year, years
from lca.replacement import Values
from lca.simulated import USES, split_ids
from lca.simulation import REDUNDANCY, Hours, modules_running
from lca.system import BASES
from lca.weather import DAYS

KILO = 1000.0

SYSTEMS = {"ups": "ups_modules", "cooling": "cooling_units", "genset": "genset_units"}
"""Systems with redundancy, and the key that counts the units that carry the load."""


def hall_document(study: Study) -> dict[str, Any]:
    """Simulate a study's hall.

    Returns
    -------
    dict
        ``weather``, ``years`` (sums of each year beside what its meters show), ``months`` (of the last year simulated),
        ``redundancy`` (each system under N, N+1 and 2N: totals of the study on both bases).

    Raises
    ------
    InputError
        There is no Simulation sheet, or a hall that cannot be.
    """
    if study.simulation is None:
        raise InputError([Problem("simulation-missing", "Simulation")])
    context = expand(study)
    if has_errors(context.problems):
        raise InputError(context.problems)
    simulated = {} if context.simulated is None else context.simulated.years
    if not simulated:
        raise InputError([Problem("it-energy-missing", "Energy", values={"year": str(study.settings.start_year)})])
    metered = years(context)
    last = max(simulated)
    return {
        "weather": study.simulation.weather_file,
        "years": [_year(year, hours, metered[year]) for year, hours in sorted(simulated.items())],
        "months": _months(simulated[last]),
        "month_year": last,
        "redundancy": list(_redundancy(study)),
    }


def _mwh(power: Values) -> float:
    return float(power[0].sum()) / KILO


def _year(year: int, hours: Hours, metered: Year) -> dict[str, Any]:
    """Sums of a simulated year [MWh, m³], its ratios, and PUE of the meters where they are complete."""
    it, known = _mwh(hours.it), metered.it > 0 and not metered.lacks
    water = float(hours.water[0].sum()) / KILO
    return {
        "year": year,
        "it": it,
        "cooling": _mwh(hours.cooling),
        "losses": _mwh(hours.losses),
        "lighting": _mwh(hours.lighting),
        "pue": _mwh(hours.total) / it,
        "water": water,
        "wue": water / it,
        "free_hours": int((hours.free[0] >= 1.0).sum()),
        "heat": _mwh(hours.heat),
        "heat_temperature": hours.heat_temperature,
        "metered_pue": sum(metered.uses.get(use, 0.0) for use in ("it", *USES)) / metered.it if known else None,
        "metered_state": metered.state if known else None,
    }


def _months(hours: Hours) -> list[dict[str, float]]:
    """Sums of each month [MWh] and its PUE."""
    ends = np.cumsum(np.array(DAYS) * 24)
    rows = []
    for month, (first, last) in enumerate(zip(np.r_[0, ends[:-1]], ends, strict=True), start=1):
        here = slice(int(first), int(last))
        it, total = float(hours.it[0, here].sum()), float(hours.total[0, here].sum())
        rows.append(
            {
                "month": month,
                "it": it / KILO,
                "cooling": float(hours.cooling[0, here].sum()) / KILO,
                "losses": float(hours.losses[0, here].sum()) / KILO,
                "heat": float(hours.heat[0, here].sum()) / KILO,
                "pue": total / it,
            }
        )
    return rows


def _redundancy(study: Study) -> Any:  # noqa: ANN401 - an iterator of dicts
    """Every system under N, N+1 and 2N, by assessing the study anew with as many units as that takes."""
    of = study.simulation
    if of is None:
        return
    counted = any(mark.line == "simulated-power-losses" for mark in expand(study).marks)
    for system, key in SYSTEMS.items():
        ids, units = split_ids(getattr(of, f"{system}_lines")), getattr(of, key)
        if not ids and not (system == "ups" and of.ups_rating is not None):
            continue
        chosen = getattr(of, f"{system}_redundancy") or "N"
        of_ids = [line.id for line in study.plant if line.id in ids]
        for name in REDUNDANCY:
            changed = _with(study, of, system, name, units or 1)
            totals, lost = assess(changed)["totals"], _losses(changed)
            yield {
                "system": system,
                "redundancy": name,
                "chosen": name == chosen,
                "units": modules_running(units or 1, name),
                "lines": of_ids,
                "losses": lost,
                "counted": counted,
                **{basis: totals[basis]["total"] for basis in BASES},
            }


def _losses(study: Study) -> float:
    """Simulated losses of UPS and distribution over the period [MWh]."""
    simulated = expand(study).simulated
    return 0.0 if simulated is None else sum(_mwh(hours.losses) for hours in simulated.years.values())


def _with(study: Study, of: Simulation, system: str, name: str, units: int) -> Study:
    """The study with a system under another redundancy: its lines by its units, its losses at part load."""
    chosen = getattr(of, f"{system}_redundancy") or "N"
    scale = modules_running(units, name) / modules_running(units, chosen)
    ids = split_ids(getattr(of, f"{system}_lines"))
    plant = tuple(
        replace(line, amount=Quantity(line.amount.value * scale, line.amount.unit), min=None, max=None)
        if line.id in ids and line.amount is not None
        else line
        for line in study.plant
    )
    changed: Mapping[str, Any] = {f"{system}_redundancy": name}
    return replace(study, plant=plant, simulation=replace(of, **changed))


def hourly_rows(context: Context) -> tuple[int, list[tuple[str, ...]]]:
    """Return a simulated year and its hours: time, IT, cooling, losses, lighting, heat [kW], water [kg].

    It is the first simulated year without a 29 February: a simulated year has 8,760 hours, and a file of so many hours
    of a leap year lacks a day. Where every one has that day, the hours of the first are written as of the year behind.
    """
    if context.simulated is None or not context.simulated.years:
        return 0, []
    years = sorted(context.simulated.years)
    year = next((each for each in years if not isleap(each)), years[0])
    hours = context.simulated.years[year]
    columns = (hours.it, hours.cooling, hours.losses, hours.lighting, hours.heat, hours.water)
    begins = datetime(year + isleap(year), 1, 1, tzinfo=UTC)
    times = ((begins + timedelta(hours=i)).strftime("%Y-%m-%dT%H:%MZ") for i in range(HOURS))
    numbers = zip(*(each[0].tolist() for each in columns), strict=True)
    return year, [(time, *(f"{value:.6g}" for value in row)) for time, row in zip(times, numbers, strict=True)]
