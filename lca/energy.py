"""Energy used: rows of the Energy sheet by year, IT energy where nobody metered it, fuels and heat bought."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from factors.units import UnitError
from inventories.references import MAINS
from inventories.study import EnergyRow, Line, YearsRow
from inventories.values import share_of
from lca.context import KILOGRAM, Context
from lca.contracts import Use
from lca.electricity import Electricity
from lca.lines import in_place
from lca.marks import LINE_NAMES
from lca.modules import USE_MODULE
from lca.parameters import Number
from lca.replacement import Life, in_service
from lca.simulation import server_power
from lca.system import Tag
from lca.yearly import Yearly, kwh_of

NOT_FUELS = ("grid", "residual-mix", "generation", "district")
"""Families whose factors are no fuel: their electricity or heat has a carrier of its own."""


def derived_it(context: Context) -> list[tuple[Tag, Use]]:
    """IT energy of the years without an ``it`` row [kWh]: from ``power_w``, else capacity × load × hours, marked."""
    metered = {each.year for each in context.yearly if each.row.use == "it" and each.row.carrier == "electricity"}
    years = [year for year in context.study.settings.years if year not in metered]
    powered = [line for line in context.study.hardware if line.power_w is not None]
    if powered:
        silent = [line.id for line in context.study.hardware if line.power_w is None]
        if silent and years:
            context.complain("power-partial", "Hardware", None, "power_w", ", ".join(silent[:10]))
        return _from_power(context, years)
    made = []
    hours = context.study.settings.hours_per_year or 8760.0
    for year in years:
        row = facility_in(context, year)
        typed = row
        row = None if row is None else context.changes.row(row, year)
        curve = None if row is not None and row.it_load_percent is not None else server_curve(context)
        if row is None or (row.it_load_percent is None and curve is None):
            continue
        power = row.it_capacity.to("kW")
        said = {"power": f"{power:g}", "hours": f"{hours:g}"}
        if curve is not None:
            fill, of_full = curve
            kwh = power * fill * of_full * hours
            said |= {"fill": f"{100 * fill:g}", "curve": f"{of_full:.4g}"}
        else:
            kwh = power * (row.it_load_percent or 0.0) / 100.0 * hours
            said |= {"load": f"{row.it_load_percent:g}"}
        code = "capacity-and-load" if curve is None else "server-curve"
        context.mark("it", f"amount {year}", kwh, "kWh", "derived", code, **said)
        kwh_named = context.parameters("line:it:amount", 1.0) * kwh
        tag = tag_for("it", LINE_NAMES[0], "facility", "data-centre", "it", year, "derived")
        tag = replace(tag, amount=f"study/Years/{context.study.years.index(typed)}/it_capacity")
        made.append((tag, Use("it", "", "it", "facility", year, kwh_named)))
    return made


def following_it(context: Context, yearly: list[Yearly[EnergyRow]]) -> list[Yearly[EnergyRow]]:
    """Rows of Energy as they follow the IT load where measures change it; the ratio of each year is kept.

    amount = typed · (fixed + (1 - fixed) · IT / IT without measures)
    """
    reference = context.changes.reference
    if reference is None:
        return yearly
    now = it_by_year(context, yearly)
    context.it_ratio = {year: now[year] / kwh for year, kwh in reference.items() if kwh and year in now}
    return [
        replace(each, amount=each.amount * context.changes.follows(each.row, context.it_ratio, each.year))
        for each in yearly
    ]


def it_by_year(context: Context, yearly: list[Yearly[EnergyRow]]) -> dict[int, Number]:
    """IT energy by year [kWh], metered, or derived where no meter is."""
    context.yearly = yearly
    uses = [use_of(each) for each in yearly if each.row.use == "it" and each.row.carrier == "electricity"]
    found: dict[int, Number] = {}
    for use in uses + [use for _, use in derived_it(context)]:
        found[use.year] = found.get(use.year, 0.0) + use.kwh
    return found


def server_curve(context: Context) -> tuple[float, float] | None:
    """Filled share of the capacity, and mean power over that at full load; None where the sheet does not state both."""
    of = context.study.simulation
    if of is None or of.utilisation_percent is None or of.idle_percent is None:
        return None
    fill = 1.0 if of.fill_percent is None else of.fill_percent / 100.0
    power = server_power(of.utilisation_percent / 100.0, of.idle_percent / 100.0, of.power_curve_exponent)
    return fill, float(power)


def _from_power(context: Context, years: list[int]) -> list[tuple[Tag, Use]]:
    made = []
    hours = context.study.settings.hours_per_year or 8760.0
    for place, line in enumerate(context.study.hardware):
        life = context.lives.get(line.id)
        if line.power_w is None or life is None:
            continue
        for year in years:
            served, kwh = _powered(context, line, life, year, hours)
            if not np.any(served):
                continue
            count, hours_of = f"{line.quantity.value:g}", f"{hours * float(np.ravel(served)[0]):g}"
            said = {"count": count, "power": f"{line.power_w:g}", "hours": hours_of}
            context.mark(line.id, f"energy {year}", float(np.ravel(kwh)[0]), "kWh", "derived", "hardware-power", **said)
            owner, zone = line.owner or "facility", line.zone or "data-centre"
            tag = tag_for(line.id, line.item, owner, zone, "it", year, "derived")
            tag = replace(tag, amount=f"study/Hardware/{place}/count")
            made.append((tag, Use(line.id, "", "it", owner, year, kwh, zone=line.zone)))
    return made


def _powered(context: Context, line: Line, life: Life, year: int, hours: float) -> tuple[Number, Number]:
    """Part of a year in which hardware is in service [a], and its energy in it [kWh]: pieces · power · hours."""
    served: Number = np.zeros(1)
    energy: Number = np.zeros(1)
    for since, fraction in in_place(context, line, life, year):
        here = context.changes.row(line, since)
        pieces = context.parameters(f"line:{line.id}:amount", here.quantity.value)
        energy = energy + pieces * ((here.power_w or 0.0) / 1000.0 * hours * share_of(here.share_percent)) * fraction
        served = served + fraction
    return served, energy


def _scalar(value: Number) -> float:
    return float(np.ravel(value)[0])


def facility_in(context: Context, year: int) -> YearsRow | None:
    """Row of the Years sheet that stands for a year."""
    rows = sorted(context.study.years, key=lambda row: row.from_)
    for row, follower in zip(rows, [*rows[1:], None], strict=True):
        last = row.to if row.to is not None else (follower.from_ - 1 if follower else year)
        if row.from_ <= year <= last:
            return row
    return None


def tag_for(
    line: str, name: str, owner: str, zone: str, use: str, year: int, status: str, carrier: str = "electricity"
) -> Tag:
    """Tag of a line of the section energy in a year; its use sets the module."""
    return Tag(
        line=line,
        name=name,
        section="energy",
        zone=zone,
        owner=owner,
        module=USE_MODULE[use],
        year=year,
        carrier=carrier,
        status=status,
    )


def tag_of(each: Yearly[EnergyRow], carrier: str) -> Tag:
    """Tag of a row of Energy in a year; its use sets the module."""
    row = each.row
    name = row.note if row.meter is None else row.meter
    tag = tag_for(
        row.id, name or row.id, row.owner or "facility", row.zone or "data-centre", row.use or "other", each.year,
        each.status, carrier,
    )  # fmt: skip
    return replace(tag, quality=row.quality or "", amount=f"study/Energy/{each.index}/amount")


def use_of(each: Yearly[EnergyRow]) -> Use:
    """Consumption of electricity of a row in a year."""
    row = each.row
    return Use(
        row.id,
        row.meter or "",
        row.use or "",
        row.owner or "facility",
        each.year,
        kwh_of(each),
        row.factor or "",
        profile=row.profile or "",
        zone=row.zone,
    )


def expand_electricity(context: Context, electricity: Electricity, uses: list[tuple[Tag, Use]]) -> None:
    """Let every consumption take its kWh from its supply."""
    for tag, use in uses:
        process = context.system.line(tag, 1.0)
        context.system.take(process, electricity.supply(use), use.kwh)


def expand_carriers(context: Context, yearly: list[Yearly[EnergyRow]]) -> None:
    """Fuels, district heat and cooling: the B6 rows of their factor, by part."""
    for each in yearly:
        row = each.row
        if row.carrier in ("electricity", "onsite-electricity", "exported-electricity"):
            continue
        fuel = row.carrier not in MAINS
        factor_id = row.carrier if fuel else row.factor
        if factor_id is None:
            context.complain("carrier-factor", "Energy", each.index, "factor", "", carrier=row.carrier)
            continue
        parts = [part for module, part in context.library.parts(factor_id) if module == "B6"]
        family = context.library.family(factor_id)
        if fuel and family.startswith(NOT_FUELS):
            context.complain("carrier-family", "Energy", each.index, "carrier", factor_id, family=family)
            continue
        if not parts:
            context.complain("factor-not-energy", "Energy", each.index, "carrier" if fuel else "factor", factor_id)
            continue
        try:
            bridge = context.library.bridge(factor_id, row.amount.parsed)
        except UnitError:
            label = context.library.factors[factor_id][0].unit.label
            context.complain(
                "factor-unit", "Energy", each.index, "amount", row.amount.unit, factor=factor_id, unit=label
            )
            continue
        if bridge.property:
            context.bridged(row.id, factor_id, row.amount.parsed, bridge)
        process = context.system.line(tag_of(each, "fuel" if fuel else "district"), 1.0)
        unit = context.library.factors[factor_id][0].per
        for part in parts:
            for leaf, weight in context.leaves(factor_id, "B6", part, each.year, row.id, unit):
                context.system.take(process, leaf, each.amount * (bridge.ratio * weight))


def expand_tests(context: Context, tests: Iterable[tuple[Tag, str, float]]) -> None:
    """Fuel of simulated generator tests [kg]: the B6 rows of its factor, by part."""
    for tag, factor_id, kilograms in tests:
        parts = [part for module, part in context.library.parts(factor_id) if module == "B6"]
        try:
            bridge = context.library.bridge(factor_id, KILOGRAM)
        except UnitError:
            parts = []
        if not parts:
            context.complain("factor-not-energy", "Simulation", None, "test_fuel", factor_id)
            return
        process = context.system.line(tag, 1.0)
        unit = context.library.factors[factor_id][0].per
        for part in parts:
            for leaf, weight in context.leaves(factor_id, "B6", part, tag.year, tag.line, unit):
                context.system.take(process, leaf, kilograms * bridge.ratio * weight)


def hardware_power_kwh(context: Context, year: int) -> float:
    """Energy of all hardware with a stated power in a year [kWh], for the guard against the meter."""
    hours = context.study.settings.hours_per_year or 8760.0
    total = 0.0
    for line in context.study.hardware:
        life = context.lives.get(line.id)
        if line.power_w is None or life is None:
            continue
        fraction = in_service(life.service, life.installed, life.life, year)
        total += line.quantity.value * line.power_w / 1000.0 * hours * _scalar(fraction)
    return total
