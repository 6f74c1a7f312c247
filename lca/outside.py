"""What stands outside the footprint: heat displaced elsewhere (D2), electricity exported (D2), cooling avoided.

Each is a demand of its own on the same system, never an input of the facility. Inside the boundary the electricity of a
heat pump is already in B6.3; outside it stands here, D2 = W·EF - displaced.
"""

from dataclasses import replace

import numpy as np

from inventories.datafile import HOURS
from inventories.references import MERIT_ORDER
from inventories.study import EnergyRow
from inventories.values import share_of
from lca.context import KWH, Context
from lca.contracts import Use, fraction
from lca.electricity import Electricity
from lca.heat.years import HeatYear, outside_uses, take_heat
from lca.marks import COOLING_SAVED, HEAT_DISPLACED, LINE_NAMES, PUMP_ELECTRICITY, PUMPING, UNCLAIMED
from lca.parameters import Number
from lca.system import Tag
from lca.yearly import Yearly, kwh_of


def expand_outside(
    context: Context, electricity: Electricity, heats: list[HeatYear], metered: list[Yearly[EnergyRow]]
) -> None:
    """D2 of sold heat, avoided cooling, D2 of exported electricity: demands of their own."""
    for each in heats:
        _say_pipe(context, each)
        if is_displacing(each):
            _say_units(context, each)
            for holder, share in claims(each):
                _displaced(context, electricity, each, holder, share)
        else:
            context.complain("displaced-self", "Heat", each.index, "displaced_excludes_this_heat", "no", id=each.row.id)
        _saved_cooling(context, electricity, each, metered)
    _exported(context, electricity, metered)


def claims(heat: HeatYear) -> list[tuple[str, float]]:
    """Who claims the heat, with shares that sum to 1; what nobody claims is unclaimed."""
    claims: dict[str, float] = {}
    for _, row in heat.rows:
        share = share_of(row.claim_share_percent)
        claims[row.claim_holder] = claims.get(row.claim_holder, 0.0) + share
    rest = 1.0 - sum(claims.values())
    if rest > 1e-12:
        claims[UNCLAIMED] = claims.get(UNCLAIMED, 0.0) + rest
    return list(claims.items())


def _displaced(context: Context, electricity: Electricity, heat: HeatYear, holder: str, share: float) -> None:
    row, system = heat.row, context.system
    decline = (1.0 - (row.displaced_decline_percent or 0.0) / 100.0) ** (heat.year - context.study.settings.start_year)
    tag = Tag(
        line=row.id,
        name=HEAT_DISPLACED,
        section="heat",
        zone="data-centre",
        owner="facility",
        module="D2",
        year=heat.year,
        claim_holder=holder,
        amount=heat.typed,
    )
    process = system.line(tag, share, "D2")
    for factor_id, kwh in units_displaced(context, heat).items():
        if not np.any(kwh):
            continue
        for part in (part for module, part in context.library.parts(factor_id) if module == "B6"):
            for leaf, weight in context.leaves(factor_id, "B6", part, heat.year, row.id, KWH):
                system.take(process, leaf, -1.0 * kwh * (decline * weight))
    if uses := outside_uses(context, heat):
        take_heat(context, system.line(replace(tag, name=PUMP_ELECTRICITY), share, "D2"), electricity, uses, heat)
    if (pumped := _pumping(context, heat)) is not None:
        moving = system.line(replace(tag, name=PUMPING, amount=""), share, "D2")
        system.take(moving, electricity.supply(pumped), pumped.kwh)


def is_displacing(heat: HeatYear) -> bool:
    """Whether what a heat displaces is known: its factor was made without it."""
    return heat.row.displaced_excludes_this_heat == "yes"


def pipe_loss(context: Context, heat: HeatYear) -> Number:
    """Heat that the pipe to the network loses of this heat [kWh]: its part of the pipe's loss, by heat used."""
    lost = None if context.network is None else context.network.pipe_heat(heat.row)
    if lost is None:
        return 0.0
    used = [
        each.delivered * each.used + np.zeros(1)
        for each in context.heats
        if each.year == heat.year and context.network is not None and context.network.pipe_heat(each.row) is not None
    ]
    return lost * fraction(heat.delivered * heat.used + np.zeros(1), sum(used, np.zeros(1)))


def fed(context: Context, heat: HeatYear) -> Number:
    """Heat used that arrives where it displaces other heat [kWh]: less the losses of the pipe and of the network."""
    arrives = np.maximum(heat.delivered * heat.used - pipe_loss(context, heat), 0.0)
    return arrives * (1.0 - (heat.row.network_loss_percent or 0.0) / 100.0)


def _say_pipe(context: Context, heat: HeatYear) -> None:
    """Write down what the pipe loses, and that it loses all where it does."""
    lost, used = (float(np.ravel(each)[0]) for each in (pipe_loss(context, heat), heat.delivered * heat.used))
    if lost:
        context.mark(heat.row.id, f"loss of the pipe {heat.year}", lost, "kWh", "derived", "pipe-loss")
    if used and lost >= used:
        told = {"id": heat.row.id, "year": str(heat.year)}
        context.complain("pipe-loses-all", "Heat network", None, "pipe_length", "", **told)


def units_displaced(context: Context, heat: HeatYear) -> dict[str, Number]:
    """Heat that a heat displaces by factor [kWh]; nothing where what it displaces is not known.

    One factor; or the units of the merit order, as far as they stand still for this heat: heat that nobody needs
    displaces none.
    """
    row, network = heat.row, context.network
    if not is_displacing(heat):
        return {}
    if row.displaced_factor != MERIT_ORDER:
        return {row.displaced_factor: fed(context, heat)}
    if network is None or not network.of.merit_order or heat.hours is None:
        return {}
    stopped = network.displaced(heat.hours, np.zeros(HOURS) if heat.beside is None else heat.beside)
    used = heat.hours.sum(axis=-1)
    return {unit: fed(context, heat) * fraction(kwh, used) for unit, kwh in stopped.items()}


def displacing(context: Context, heat: HeatYear) -> Number:
    """Heat that displaces other heat [kWh]."""
    return sum(units_displaced(context, heat).values(), np.zeros(1))


def _say_units(context: Context, heat: HeatYear) -> None:
    """Write down which units of the merit order stand still, and what is missing to tell."""
    row, network = heat.row, context.network
    if row.displaced_factor != MERIT_ORDER:
        return
    if network is None or not network.of.merit_order:
        context.complain("merit-order-missing", "Heat", heat.index, "displaced_factor", MERIT_ORDER, id=row.id)
        return
    if network.shortfall:
        context.complain("merit-order-short", "Heat network", None, "merit_order", f"{network.shortfall:.0f}")
    whole = displacing(context, heat)
    for unit, kwh in units_displaced(context, heat).items():
        if np.any(kwh):
            share = float(fraction(kwh + np.zeros(1), whole + np.zeros(1))[0])
            context.mark(row.id, f"{unit} {heat.year}", share, "ratio", "derived", "merit-order", unit=unit)


def pumping_kwh(context: Context, heat: HeatYear) -> Number | None:
    """Electricity that pumps a heat through its pipe [kWh]; None where no pipe is stated."""
    if context.network is None or heat.hours is None:
        return None
    by_hour = context.network.pumping(heat.row, heat.hours)
    return None if by_hour is None else by_hour.sum(axis=-1)


def _pumping(context: Context, heat: HeatYear) -> Use | None:
    """Consumption by the pumps of the pipe, bought by others; None where no pipe is stated."""
    kwh = pumping_kwh(context, heat)
    if kwh is None:
        return None
    context.mark(heat.row.id, f"pumping {heat.year}", float(np.ravel(kwh)[0]), "kWh", "derived", "pipe-pumping")
    return Use(heat.row.id, "", "other", "utility", heat.year, kwh, bought_by_others=True)


def _saved_cooling(
    context: Context, electricity: Electricity, heat: HeatYear, metered: list[Yearly[EnergyRow]]
) -> None:
    row = heat.row
    if row.saved_cooling is None:
        return
    if any(each.row.use == "cooling" and each.year == heat.year for each in metered):
        context.complain("saved-cooling-metered", "Heat", heat.index, "saved_cooling", f"{row.saved_cooling.value:g}")
        return
    use = Use(row.id, "", "cooling", "facility", heat.year, row.saved_cooling.to("kWh"), bought_by_others=True)
    tag = Tag(
        line=row.id,
        name=COOLING_SAVED,
        section="heat",
        zone="data-centre",
        owner="facility",
        module="avoided",
        year=heat.year,
        claim_holder="facility",
        amount=f"study/Heat/{heat.index}/saved_cooling",
    )
    process = context.system.line(tag, 1.0, "avoided")
    context.system.take(process, electricity.supply(use), -1.0 * use.kwh)


def _exported(context: Context, electricity: Electricity, metered: list[Yearly[EnergyRow]]) -> None:
    for each in metered:
        if each.row.carrier != "exported-electricity":
            continue
        kwh = kwh_of(each)
        use = Use(each.row.id, "", "", "facility", each.year, kwh, each.row.factor or "", bought_by_others=True)
        tag = Tag(
            line=each.row.id,
            name=each.row.meter or LINE_NAMES[4],
            section="energy",
            zone=each.row.zone or "data-centre",
            owner=each.row.owner or "facility",
            module="D2",
            year=each.year,
            claim_holder=each.row.owner or "facility",
            amount=f"study/Energy/{each.index}/amount",
        )
        process = context.system.line(tag, 1.0, "D2")
        context.system.take(process, electricity.supply(use), -1.0 * kwh)
