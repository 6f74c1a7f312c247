"""Every method at once for a study: what each leaves to the data centre and gives to the heat, on both bases.

Shares are of sums over the period, so that a hall bought in one year is not shared by the heat of that year alone.
Emissions are read off the result tables, which Brightway solved; nothing is worked out a second time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from inventories.format import column
from lca.context import Context
from lca.heat.pump import carnot_factor, log_mean
from lca.heat.sharing import ALLOCATIONS, HALF, METHODS, separate_supply, share
from lca.heat.taker import outdoor_of
from lca.heat.years import HeatYear, ports_of, source_of
from lca.marks import COOLING_SAVED, HEAT_DISPLACED, PUMP_ELECTRICITY, PUMPING
from lca.outside import displacing, is_displacing
from lca.parameters import Number
from lca.simulation import KELVIN
from lca.system import BASES
from lca.tables import Record, group

ByBasis = dict[str, float]


def first(value: Number) -> float:
    """Value of the study itself on the free axis."""
    return float(np.ravel(value)[0])


def _sum(rows: Sequence[Record]) -> ByBasis:
    return {basis: sum(row[basis] for row in rows) for basis in BASES}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the methods rest on: energy [kWh] and emissions [kg CO2e] of the period.

    Attributes
    ----------
    gross
        The footprint.
    it
        Emissions of the IT's electricity.
    rest
        Emissions of everything but energy in operation.
    displaced, saved
        Emissions that the heat displaces, and those of cooling that it saves; above 0 where they are avoided.
    alone
        Emissions of the heat handed over if it were supplied alone.
    pumped, pumping
        Emissions of its pump, whoever owns it, and of pumping it through its pipe.
    beyond
        Emissions of the pump that are not in the gross: those of one outside, and of the pipe's pumping.
    it_kwh, handed, delivered, fed, electricity
        Energy of the IT; heat used where it is handed over, as delivered, and where it displaces; electricity of the
        pump.
    exergy
        Work that the heat handed over could do; None where a temperature is missing.
    """

    gross: ByBasis
    it: ByBasis
    rest: ByBasis
    displaced: ByBasis
    saved: ByBasis
    alone: ByBasis
    pumped: ByBasis
    pumping: ByBasis
    beyond: ByBasis
    it_kwh: float
    handed: float
    delivered: float
    fed: float
    electricity: float
    exergy: float | None

    def credit(self, basis: str) -> float:
        """What stands outside the footprint: displaced and saved, less what is beyond the gross [kg CO2e]."""
        return self.displaced[basis] + self.saved[basis] - self.beyond[basis]

    def effect(self, basis: str) -> float:
        """What recovery avoids in all: displaced and saved, less the electricity of the pump on either side."""
        return self.displaced[basis] + self.saved[basis] - self.pumped[basis] - self.pumping[basis]


def pump_lines(heat: HeatYear) -> set[str]:
    """Lines of the footprint that hold the electricity of a heat pump inside the boundary."""
    if heat.row.heat_pump != "inside":
        return set()
    return {each.row.id for each in heat.meters} or {heat.row.id}


def inside_pumps(context: Context, contributions: Sequence[Record]) -> list[Record]:
    """Rows of the footprint that are the electricity of heat pumps inside the boundary."""
    inside = {(line, heat.year) for heat in context.heats for line in pump_lines(heat)}
    return [row for row in contributions if (row["line"], row["year"]) in inside and row["module"] == "B6.3"]


def ambient_of(context: Context) -> float | None:
    """Temperature that exergy counts from [°C]: the reference temperature, else the mean of the weather named."""
    settings, study = context.study.settings, context.study
    if settings.reference_temperature is not None:
        return settings.reference_temperature
    named = [study.network and study.network.weather_file, study.simulation and study.simulation.weather_file]
    weather = next((each for each in named if each), None)
    return None if weather is None else float(outdoor_of(context, weather).mean())


def _exergy(context: Context) -> float | None:
    """Work that the heat handed over could do [kWh]: at the sink of a pump inside, else at the source."""
    ambient, total = ambient_of(context), 0.0
    if ambient is None:
        return None
    for heat in context.heats:
        mean = handed_over_at(context, heat)
        if mean is None:
            return None
        total += first(heat.handed_over) * carnot_factor(mean, ambient + KELVIN)
    return total


def handed_over_at(context: Context, heat: HeatYear) -> float | None:
    """Mean temperature at which a heat is handed over [K]; None where it is not known."""
    if heat.row.heat_pump == "inside":
        ports = ports_of(context, heat)
        return None if ports is None else first(ports.sink)
    entering, leaving = source_of(context, heat)
    return None if entering is None or leaving is None else first(log_mean(entering + KELVIN, leaving + KELVIN))


def _alone(context: Context, displaced: Sequence[Record]) -> ByBasis:
    """Emissions of the heat handed over if it were supplied alone: what it displaces for each unit that is used."""
    sums = group(displaced, "line", "year")
    found = dict.fromkeys(BASES, 0.0)
    for heat in context.heats:
        used, of = first(heat.delivered * heat.used), sums.get((heat.row.id, heat.year))
        if of is not None and used:
            for basis in BASES:
                found[basis] -= of[basis] * first(heat.handed_over) / used
    return found


def facts(context: Context, contributions: Sequence[Record], outside: Sequence[Record], it_kwh: float) -> Facts:
    """Read what the methods rest on off the result tables."""
    of_heat = [row for row in outside if row["section"] == "heat"]
    displaced = [row for row in of_heat if row["name"] == HEAT_DISPLACED]
    theirs, moved = ([row for row in of_heat if row["name"] == name] for name in (PUMP_ELECTRICITY, PUMPING))
    saved = [row for row in of_heat if row["name"] == COOLING_SAVED]
    pumps = inside_pumps(context, contributions)
    operation = [row for row in contributions if row["section"] == "energy" and row["module"].startswith("B6")]
    gross, running = _sum(contributions), _sum(operation)
    outer, pumping = _sum(theirs), _sum(moved)
    return Facts(
        gross=gross,
        it=_sum([row for row in operation if row["module"] == "B6.2"]),
        rest={basis: gross[basis] - running[basis] for basis in BASES},
        displaced={basis: -value for basis, value in _sum(displaced).items()},
        saved={basis: -value for basis, value in _sum(saved).items()},
        alone=_alone(context, displaced),
        pumped={basis: value + outer[basis] for basis, value in _sum(pumps).items()},
        pumping=pumping,
        beyond={basis: outer[basis] + pumping[basis] for basis in BASES},
        it_kwh=it_kwh,
        handed=sum(first(each.handed_over) for each in context.heats),
        delivered=sum(first(each.delivered * each.used) for each in context.heats),
        fed=sum(first(displacing(context, each)) for each in context.heats),
        electricity=sum(first(each.electricity) for each in context.heats),
        exergy=_exergy(context),
    )


def methods(context: Context, of: Facts) -> list[dict[str, Any]]:
    """Every method: the share of the heat and what each party carries, or what is missing to tell.

    Returns
    -------
    list of dict
        ``method, share, kept, heat, data_centre, credit_each, intensity_handed_over, intensity_delivered, cleaner`` by
        basis (``location``, ``market``), kg CO2e and kg CO2e/kWh; ``lacks`` names the inputs that are missing.
        ``cleaner`` says whether the heat delivered carries less than what it displaces.
    """
    return [_method(context, of, method) for method in METHODS]


def _method(context: Context, of: Facts, method: str) -> dict[str, Any]:
    shares, lacks = _shares(context, of, method)
    found: dict[str, Any] = {"method": method, "lacks": lacks}
    known, complete = not lacks, all(map(is_displacing, context.heats)) and of.delivered > 0.0
    heat = {basis: shares[basis] * of.gross[basis] for basis in BASES} if known else {}
    delivered = {basis: (heat[basis] + of.beyond[basis]) / of.delivered for basis in heat if of.delivered}
    cleaner = {basis: delivered[basis] * of.delivered < of.displaced[basis] for basis in delivered} or None
    return found | {
        "share": shares if known else None,
        "kept": {basis: 1.0 - shares[basis] for basis in BASES} if known else None,
        "heat": heat or None,
        "data_centre": {basis: of.gross[basis] - heat[basis] for basis in heat} or None,
        "credit_each": _half(of) if method == "H6" and all(map(is_displacing, context.heats)) else None,
        "intensity_handed_over": {basis: heat[basis] / of.handed for basis in heat if of.handed} or None,
        "intensity_delivered": delivered or None,
        "cleaner": cleaner if complete else None,
    }


def _half(of: Facts) -> ByBasis:
    """Half of what recovery avoids, wherever its pump stands [kg CO2e]."""
    return {basis: HALF * of.effect(basis) for basis in BASES}


def _shares(context: Context, of: Facts, method: str) -> tuple[ByBasis, list[str]]:
    """Share of the heat by basis, and what is missing to tell it."""
    if method not in ALLOCATIONS:
        return dict.fromkeys(BASES, 0.0), []
    lacks = list(_lacks(context, of, method))
    if lacks:
        return {}, lacks
    if method == "H2":
        return dict.fromkeys(BASES, share(of.handed, of.it_kwh)), []
    if method == "H3":
        return dict.fromkeys(BASES, share(of.exergy or 0.0, of.it_kwh)), []
    if method == "H5":
        return dict.fromkeys(BASES, share(*worth(context))), []
    reference = reference_pue(context)
    return {
        basis: share(of.alone[basis], separate_supply(of.it[basis], reference, of.rest[basis])) for basis in BASES
    }, []


def _lacks(context: Context, of: Facts, method: str) -> Iterator[str]:
    settings = context.study.settings
    if not of.it_kwh:
        yield "it"
    if method == "H3":
        if ambient_of(context) is None:
            yield "reference_temperature"
        elif of.exergy is None:
            yield "temperatures"
        elif of.handed and not of.exergy:
            yield "ambient"
    if method == "H4" and any(row.displaced_excludes_this_heat == "no" for row in context.study.heat):
        yield "displaced_factor"
    if method == "H5":
        if settings.it_revenue is None:
            yield "it_revenue"
        elif not settings.it_revenue.value > 0:
            yield "it_revenue_nothing"
        if any(row.heat_price is None for row in context.study.heat):
            yield "heat_price"
        elif worth(context)[0] < 0:
            yield "heat_price_negative"


def reference_pue(context: Context) -> float:
    """PUE of a data centre that gives no heat away: as stated, else that of the format, marked."""
    stated = context.study.settings.reference_pue
    if stated is not None:
        return stated
    of = column("Study", "reference_pue")
    context.mark("Study", "reference_pue", float(of.default), "ratio", "default", "format-default")
    return float(of.default)


def worth(context: Context) -> tuple[float, float]:
    """What the heat handed over and the IT are worth in the period, in the currency they are typed in."""
    heat = sum(
        first(each.handed_over) * each.row.heat_price.to("EUR/kWh")
        for each in context.heats
        if each.row.heat_price is not None
    )
    revenue = context.study.settings.it_revenue
    yearly = 0.0 if revenue is None else revenue.to("EUR/a")
    return heat, yearly * context.study.settings.reference_period


def rows(made: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the table ``heat_methods``: a row a party; the rows of a method sum to the gross."""
    found = []
    for each in made:
        if each["heat"] is not None:
            found.append({"method": each["method"], "party": "data-centre", **each["data_centre"]})
            found.append({"method": each["method"], "party": "heat", **each["heat"]})
    return found
