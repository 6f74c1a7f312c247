"""What ``jalki simulate`` tells: the simulated hall by year and month, beside its meters, and what redundancy costs.

The report tells what redundancy costs too.
"""

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
from lca import packages
from lca.context import Context
from lca.engine import solve
from lca.expand import expand
from lca.kpi import Year, years
from lca.replacement import Values
from lca.simulated import USES, split_ids
from lca.simulation import REDUNDANCY, Hours, modules_running
from lca.system import BASES
from lca.weather import DAYS

KILO = 1000.0
LOSSES = "simulated-power-losses"
"""Line of the losses that the simulation counts."""

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
        "redundancy": redundancy(study),
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


def redundancy(study: Study) -> list[dict[str, Any]]:
    """Every system under N, N+1 and 2N, by solving the study anew with as many units as that takes.

    Losses of UPS and distribution are simulated at part load; where rows of Energy state the losses the tonnes rest on
    those, which stay as they are. Units of cooling and generators bring their embodied carbon: their part load is not
    modelled.

    Returns
    -------
    list of dict
        ``system, redundancy, chosen, units, lines, losses`` [MWh over the years simulated], ``counted`` (whether the
        losses of every year are simulated), and what comes beyond N: ``losses_beyond`` [MWh], ``location_beyond,
        market_beyond`` [kg CO2e].
    """
    return [row for system, key in SYSTEMS.items() for row in _of_system(study, system, key)]


def _of_system(study: Study, system: str, key: str) -> list[dict[str, Any]]:
    of = study.simulation
    ids = split_ids(getattr(of, f"{system}_lines"))
    if of is None or not (ids or (system == "ups" and of.ups_rating is not None)):
        return []
    units, found = getattr(of, key) or 1, list[dict[str, Any]]()
    base: dict[str, float] = {}
    part = _part(study, of)
    for name in REDUNDANCY:
        context = expand(_with(part, of, system, name, units))
        if has_errors(context.problems) or context.simulated is None:
            return []
        lost = sum(_mwh(hours.losses) for hours in context.simulated.years.values())
        values = {"losses": lost, **_solved(context)}
        base = base or values
        found.append(
            {
                "system": system,
                "redundancy": name,
                "chosen": name == (getattr(of, f"{system}_redundancy") or "N"),
                "units": modules_running(units, name),
                "lines": [line.id for line in study.plant if line.id in ids],
                "counted": sum(mark.line == LOSSES for mark in context.marks) == len(context.simulated.years),
                "losses": lost,
                **{f"{each}_beyond": value - base[each] for each, value in values.items()},
            }
        )
    return found


def _solved(context: Context) -> dict[str, float]:
    """Totals of a study on both bases [kg CO2e], as Brightway solves them."""
    built = packages.build(context.system, context.library.gases, context.study.settings.gwp_set or "AR6")
    scores = solve(built, {"facility": context.system.facility})
    return {basis: sum(each[0] for each in scores[basis]["facility"].values()) for basis in BASES}


def _part(study: Study, of: Simulation) -> Study:
    """What redundancy moves: the lines of its systems, and the energy; all else is the same whatever is chosen."""
    ids = {id for system in SYSTEMS for id in split_ids(getattr(of, f"{system}_lines"))}
    powered = tuple(line for line in study.hardware if line.power_w is not None)
    plant = tuple(line for line in study.plant if line.id in ids)
    return replace(study, construction=(), plant=plant, hardware=powered, refrigerants=(), water=())


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
