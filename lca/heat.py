"""Recovered heat: the heat pump inside the boundary, and what stands outside it (D2, avoided).

Heat at the source Q, electricity W, coefficient of performance COP = (Q + W) / W: W = Q / (COP - 1) and the heat
delivered is Q + W. By cut-off the heat itself carries nothing; displaced heat is module D2 and never netted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inventories.study import EnergyRow, HeatRow
from inventories.values import share_of
from lca.context import KWH, Context
from lca.contracts import Use, fraction
from lca.electricity import Electricity
from lca.marks import LINE_NAMES, UNCLAIMED
from lca.parameters import Number
from lca.replacement import Values
from lca.system import Tag
from lca.yearly import Yearly, kwh_of


@dataclass(frozen=True, slots=True)
class HeatYear:
    """Recovered heat of one id in one year: delivered [kWh], the heat pump's electricity [kWh], who claims what."""

    rows: tuple[tuple[int, HeatRow], ...]
    year: int
    delivered: Number
    electricity: Number
    meters: tuple[Yearly[EnergyRow], ...] = ()
    """Rows of Energy that meter the heat pump, where one is named."""

    @property
    def row(self) -> HeatRow:
        """The physical facts: those of the first row of the id."""
        return self.rows[0][1]

    @property
    def index(self) -> int:
        """Position of the first row."""
        return self.rows[0][0]

    @property
    def typed(self) -> str:
        """Path of the typed number that heat and electricity are both proportional to; blank where none is."""
        by_cop = self.row.heat_pump == "none" or self.row.cop is not None
        return f"study/Heat/{self.index}/heat" if by_cop else ""


def electricity_of(source: Number, cop: Number) -> Number:
    """Electricity of a heat pump from the heat it takes up: W = Q / (COP - 1) [kWh].

    Examples
    --------
    >>> round(electricity_of(40_000.0, 4.0))
    13333
    """
    return source / (cop - 1.0)


def by_year(context: Context, metered: list[Yearly[EnergyRow]]) -> list[HeatYear]:
    """Recovered heat by id and year; a blank year means every year of the period without an own row."""
    groups: dict[str, list[tuple[int, HeatRow]]] = {}
    for index, row in enumerate(context.study.heat):
        groups.setdefault(row.id, []).append((index, row))
    found = []
    for members in groups.values():
        for year in context.study.settings.years:
            dated = tuple((i, row) for i, row in members if row.year is not None and year in row.year)
            blank = tuple((i, row) for i, row in members if row.year is None)
            if rows := dated or blank:
                meters = _meters(rows[0][1], year, metered)
                delivered, electricity = _balance(context, rows[0][1], meters)
                found.append(HeatYear(rows, year, delivered, electricity, meters))
    return found


def _meters(row: HeatRow, year: int, metered: list[Yearly[EnergyRow]]) -> tuple[Yearly[EnergyRow], ...]:
    """Rows of Energy that a row of Heat names as the meter of its heat pump."""
    return tuple(
        each
        for each in metered
        if row.heat_pump_meter is not None
        and each.year == year
        and each.row.use == "heat-pump"
        and row.heat_pump_meter in (each.row.id, each.row.meter)
    )


def _balance(context: Context, row: HeatRow, meters: tuple[Yearly[EnergyRow], ...]) -> tuple[Number, Number]:
    """Heat delivered and electricity of the heat pump [kWh]."""
    heat = context.parameters(f"line:{row.id}:amount", row.heat.value) * row.heat.to("kWh") / (row.heat.value or 1.0)
    if row.heat_pump == "none":
        return heat, 0.0
    if row.cop is not None:
        cop = context.parameters(f"line:{row.id}:cop", row.cop)
        if row.measured_at == "source":
            electricity = electricity_of(heat, cop)
            return heat + electricity, electricity
        return heat, heat / cop
    if row.heat_pump_electricity is not None:
        electricity = context.parameters(f"line:{row.id}:electricity", row.heat_pump_electricity.to("kWh"))
    else:
        electricity = sum(map(kwh_of, meters), np.zeros(1))
    return (heat + electricity if row.measured_at == "source" else heat), electricity


def outside_meters(heats: Sequence[HeatYear]) -> set[tuple[int, int]]:
    """Rows of Energy, by position and year, that meter a heat pump outside: not in the footprint, only in D2."""
    outside = (each for each in heats if each.row.heat_pump == "outside")
    return {(meter.index, meter.year) for each in outside for meter in each.meters}


def derived_uses(heats: list[HeatYear]) -> list[tuple[Tag, Use, HeatYear]]:
    """Heat pumps inside the boundary without an Energy row of their own: their electricity once, in B6.3, marked."""
    made = []
    for each in heats:
        row = each.row
        if row.heat_pump != "inside" or row.heat_pump_meter is not None:
            continue
        tag = Tag(
            line=row.id,
            name=LINE_NAMES[1],
            section="energy",
            zone="data-centre",
            owner="facility",
            module="B6.3",
            year=each.year,
            carrier="electricity",
            status="derived",
            amount=each.typed,
        )
        use = Use(row.id, "", "heat-pump", "facility", each.year, each.electricity)
        made.append((tag, use, each))
    return made


def expand_heat_pumps(context: Context, electricity: Electricity, uses: list[tuple[Tag, Use, HeatYear]]) -> None:
    """Line → heat pump → 1/COP of supply and 1 − 1/COP of recovered heat, which is free of burden (cut-off)."""
    for tag, use, heat in uses:
        line = context.system.line(tag, 1.0)
        _take_heat(context, line, electricity, [use], heat)
        context.mark(tag.line, f"electricity {tag.year}", float(np.ravel(use.kwh)[0]), "kWh", "derived", "heat-pump")


def _take_heat(context: Context, line: int, electricity: Electricity, uses: Sequence[Use], heat: HeatYear) -> None:
    """Take the heat of a pump; what a pump that delivers nothing consumes is taken all the same.

    The claim holders of one heat share its pump, which is made once.
    """
    system, key = context.system, (heat.row.id, heat.year)
    delivered = np.asarray(heat.delivered) + np.zeros(1)
    consumed: dict[int, Values] = {}
    for use in uses:
        supply = electricity.supply(use)
        consumed[supply] = consumed.get(supply, np.zeros(1)) + use.kwh
    is_new = not system.has("heat pump", key)
    pump = system.process("heat pump", key)
    if is_new:
        for supply, kwh in consumed.items():
            system.take(pump, supply, fraction(kwh, delivered))
        total = sum(consumed.values(), np.zeros(1))
        system.take(pump, system.process("recovered heat", ()), 1.0 - fraction(total, delivered))
    for supply, kwh in consumed.items():
        system.take(line, supply, np.where(delivered > 0, 0.0, kwh))
    system.take(line, pump, heat.delivered)


def outside_uses(heat: HeatYear) -> list[Use]:
    """Consumption bought by others: a heat pump outside the boundary, which no contract of the study covers.

    A factor that a meter's row of Energy names stands on the location basis, as it does for every other row.
    """
    if heat.row.heat_pump != "outside":
        return []
    found = [(each.row.id, each.row.meter or "", kwh_of(each), each.row.factor or "") for each in heat.meters]
    return [
        Use(line, meter, "heat-pump", "utility", heat.year, kwh, factor, bought_by_others=True)
        for line, meter, kwh, factor in found or [(heat.row.id, "", heat.electricity, "")]
    ]


def expand_outside(
    context: Context, electricity: Electricity, heats: list[HeatYear], metered: list[Yearly[EnergyRow]]
) -> None:
    """D2 of sold heat, avoided cooling, D2 of exported electricity: demands of their own."""
    for each in heats:
        if each.row.displaced_excludes_this_heat == "no":
            context.complain("displaced-self", "Heat", each.index, "displaced_excludes_this_heat", "no", id=each.row.id)
        else:
            for holder, share in _claims(each):
                _displaced(context, electricity, each, holder, share)
        _saved_cooling(context, electricity, each, metered)
    _exported(context, electricity, metered)


def _claims(heat: HeatYear) -> list[tuple[str, float]]:
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
    start = context.study.settings.start_year
    used = (100.0 if row.used_percent is None else row.used_percent) / 100.0
    fed = 1.0 - (row.network_loss_percent or 0.0) / 100.0
    decline = (1.0 - (row.displaced_decline_percent or 0.0) / 100.0) ** (heat.year - start)
    tag = Tag(
        line=row.id,
        name=LINE_NAMES[2],
        section="heat",
        zone="data-centre",
        owner="facility",
        module="D2",
        year=heat.year,
        claim_holder=holder,
        amount=heat.typed,
    )
    process = system.line(tag, share, "D2")
    parts = [part for module, part in context.library.parts(row.displaced_factor) if module == "B6"]
    for part in parts:
        for leaf, weight in context.leaves(row.displaced_factor, "B6", part, heat.year, row.id, KWH):
            system.take(process, leaf, -1.0 * heat.delivered * (used * fed * decline * weight))
    if uses := outside_uses(heat):
        _take_heat(context, process, electricity, uses, heat)


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
        name=LINE_NAMES[3],
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
