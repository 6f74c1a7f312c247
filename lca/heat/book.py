"""What the results document holds on recovered heat: physics, methods, credit, match, ledger, agreement, options."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from lca.context import Context
from lca.heat.cop import HIGHEST_COP, model_of, points
from lca.heat.credits import credits, energy, flags, ledger
from lca.heat.economics import economics
from lca.heat.methods import Facts, ambient_of, first, methods, reference_pue, worth
from lca.heat.options import options
from lca.heat.pump import LEAST_LIFT, lorenz
from lca.heat.years import HeatYear, ports_of
from lca.kpi import years
from lca.outside import displacing, fed
from lca.replacement import Values
from lca.tables import Record
from lca.weather import DAYS

MONTHS = np.repeat(np.arange(12), np.array(DAYS) * 24)
"""Month of every hour of a common year, from 0."""


def heat_book(
    context: Context, of: Facts, contributions: Sequence[Record], outside: Sequence[Record], year: int
) -> dict[str, Any] | None:
    """Everything told of recovered heat, beside the tables it rests on; None for a study without.

    Parameters
    ----------
    context
        The study, expanded.
    of
        What the methods rest on.
    contributions, outside
        Rows of the footprint and rows outside the footprint.
    year
        The year whose months are told.
    """
    if not context.heats:
        return None
    by_method, credit = methods(context, of), credits(context, of, contributions, outside)
    by_month, uses = months(context, year), options(context, contributions, outside, year)
    if by_month is not None:
        powers = [each["electricity"] for each in uses if each["option"] == "power"]
        made = powers[0] if len(powers) == 1 else None
        by_month["power"] = None if made is None else made * sum(row["left"] for row in by_month["rows"])
    return {
        "ambient": ambient_of(context),
        "facts": _facts(context, of),
        "points": operating_points(context),
        "years": energy(context),
        "flow": flow(context, year),
        "months": by_month,
        "sizes": sizes(context, year),
        "methods": by_method,
        "credit": credit,
        "flags": flags(by_method, credit),
        "ledger": ledger(context, outside),
        "economics": economics(context),
        "options": uses,
    }


def _facts(context: Context, of: Facts) -> dict[str, Any]:
    """What the methods rest on, so that they can be recomputed; money only where both prices are stated."""
    heat, it = worth(context)
    known = context.study.settings.it_revenue is not None and all(row.heat_price for row in context.study.heat)
    return {
        **asdict(of),
        "reference_pue": reference_pue(context),
        "heat_worth": heat if known else None,
        "it_worth": it if known else None,
    }


def flow(context: Context, year: int) -> dict[str, Any] | None:
    """Where the energy of a year goes [kWh]: electricity in, heat to the network, the rest rejected.

    All electricity of a data centre leaves as heat; what no pump takes is rejected. None where the IT is not metered.
    """
    here = [heat for heat in context.heats if heat.year == year]
    meters = years(context).get(year)
    if not here or meters is None or not meters.it or meters.unlike:
        return None
    inside = sum(first(heat.electricity) for heat in here if heat.row.heat_pump == "inside")
    pump = sum(first(heat.electricity) for heat in here)
    taken, delivered = (sum(first(getattr(heat, key)) for heat in here) for key in ("taken", "delivered"))
    used = sum(first(heat.delivered * heat.used) for heat in here)
    arrived = sum(first(fed(context, heat)) for heat in here)
    displaces = sum(first(displacing(context, heat)) for heat in here)
    rest = meters.dc - meters.it - inside
    return {
        "year": year,
        "it": meters.it,
        "rest": rest,
        "pump": pump,
        "taken": taken,
        "rejected": meters.it + rest - taken,
        "delivered": delivered,
        "fed": displaces,
        "lost": used - arrived,
        "unused": delivered - used + arrived - displaces,
    }


def operating_points(context: Context) -> list[dict[str, Any]]:
    """Temperatures of every heat pump, the COP that is used, and what every model gives there, with its spread."""
    found = []
    told: set[tuple[object, ...]] = set()
    for heat in context.heats:
        row = heat.row
        ports = ports_of(context, heat)
        electricity, delivered = first(heat.electricity), first(heat.delivered)
        cop = delivered / electricity if electricity else None
        key = (row.id, ports, cop and round(cop, 3))
        if ports is None or key in told or row.heat_pump == "none":
            continue
        told.add(key)
        possible = first(ports.sink) - first(ports.source) >= LEAST_LIFT
        limit = first(lorenz(ports.sink, ports.source)) if possible else None
        models = [each.as_json() for each in points(row, ports)]
        cops = [each["cop"] for each in models if each["cop"] is not None]
        found.append(
            {
                "heat": row.id,
                "year": heat.year,
                "source_in": ports.source_in,
                "source_out": ports.source_out,
                "sink_in": ports.sink_in,
                "sink_out": ports.sink_out,
                "model": model_of(row),
                "cop": cop,
                "lorenz": limit,
                "lorenz_share": cop / limit if cop and limit else None,
                "models": models,
                "held": bool(model_of(row)) and cop is not None and cop >= HIGHEST_COP * (1.0 - 1e-9),
                "least": min(cops, default=None),
                "most": max(cops, default=None),
            }
        )
    return found


def months(context: Context, year: int) -> dict[str, Any] | None:
    """Need, offer, take and use of heat by month of a year [kWh], coverage and utilisation; None without a network."""
    here = [heat for heat in context.heats if heat.year == year and heat.hours is not None]
    if context.network is None or not here:
        return None
    need = context.network.need
    used = sum((heat.hours.reshape(-1, need.size)[0] for heat in here if heat.hours is not None), np.zeros(need.size))
    made = sum((heat.match.made[0] for heat in here if heat.match is not None), np.zeros(need.size))
    offered, taken, is_simulated = _source(context, here, year, need.size)
    series = {"need": need, "offered": offered, "taken": taken, "left": offered - taken, "used": used}
    capacity = context.network.taker.capacity
    return {
        "year": year,
        "coverage": float(np.minimum(used, need).sum() / need.sum()),
        "utilisation": float(made.sum() / (need.size * capacity)) if np.isfinite(capacity) and np.any(made) else None,
        "peak": float(need.max()),
        "offered_by": "simulation" if is_simulated else "heat",
        "rows": [
            {"month": month + 1, **{name: _of_month(values, month) for name, values in series.items()}}
            for month in range(12)
        ],
    }


def _source(context: Context, heats: Sequence[HeatYear], year: int, hours: int) -> tuple[Values, Values, bool]:
    """Heat offered at the source and taken from it by hour [kWh], and whether the simulated hall tells the offer.

    It does where every heat of the year is stated: it shows what the hall would give beside what was delivered.
    """
    offered, taken = np.zeros(hours), np.zeros(hours)
    for heat in heats:
        if heat.match is not None:
            offered, taken = offered + heat.match.offered[0], taken + heat.match.taken[0]
        elif heat.shape is not None:
            here = heat.shape.reshape(-1, hours)[0] * first(heat.taken)
            offered, taken = offered + here, taken + here
    simulated = context.simulated
    if simulated is not None and year in simulated.years and all(heat.row.heat is not None for heat in heats):
        would = simulated.years[year].heat[0]
        if not any(heat.match for heat in heats) and would.sum() > taken.sum():
            return would, taken, True
    return offered, taken, False


SIZES = (0.5, 0.75, 1.0, 1.5, 2.0)
"""Capacities that the match is told for beside the one that is stated, over it."""


def sizes(context: Context, year: int) -> list[dict[str, Any]]:
    """What heat pumps of other sizes would give in a year: heat used [kWh], its share of the need, and utilisation.

    Only for heat of which the network decides how much it takes, with a capacity stated.
    """
    network = context.network
    heat = next((each for each in context.heats if each.year == year and each.match is not None), None)
    if network is None or heat is None or heat.match is None or not np.isfinite(network.taker.capacity):
        return []
    beside = np.zeros((1, network.need.size)) if heat.beside is None else heat.beside
    found = []
    for size in SIZES:
        capacity = size * network.taker.capacity
        of = network.take(heat.row, heat.match.offered, heat.per, beside, capacity)
        used = float(of.used[0].sum())
        found.append(
            {
                "capacity": capacity,
                "used": used,
                "coverage": (used + float(np.minimum(beside[0], network.need).sum())) / float(network.need.sum()),
                "utilisation": float(of.made[0].sum()) / (network.need.size * capacity),
                "left": float((of.offered[0] - of.taken[0]).sum()),
            }
        )
    return found


def _of_month(values: Values, month: int) -> float:
    return float(values[month == MONTHS].sum())
