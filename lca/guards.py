"""Guards on what follows from the numbers: named functions, run when the system stands."""

from collections.abc import Iterator

import numpy as np

from factors.numbers import spans
from factors.problems import Problem
from inventories.datafile import HOURS
from inventories.study import INSTALLED, YEARLY, EnergyRow, table
from lca.context import Context
from lca.contract_guards import ON_CONTRACTS
from lca.energy import derived_it, facility_in, hardware_power_kwh
from lca.heat.cop import model_of
from lca.heat.pump import LEAST_LIFT, lorenz
from lca.heat.years import ports_of
from lca.lines import is_pro_rata
from lca.service import every_year_is_stated
from lca.tables import replaced_gases
from lca.yearly import Yearly, kwh_of

TOLERANCE = 0.3
"""How far two statements of one energy may differ before it is said."""

PUE_PLAUSIBLE = 3.0
"""More than twice the average reported in the European Union (property ``pue``): a unit is likely wrong."""

_OVERHEAD = ("cooling", "power-losses", "lighting", "other")


def _kwh(each: Yearly[EnergyRow]) -> float:
    return float(np.ravel(kwh_of(each))[0])


def hardware_against_meter(context: Context) -> Iterator[Problem]:
    """The stated power of all hardware agrees with the IT meter."""
    if not any(line.power_w for line in context.study.hardware):
        return
    yearly = [each for each in context.yearly if each.row.use == "it" and each.row.carrier == "electricity"]
    for year in sorted({each.year for each in yearly}):
        meter = sum(_kwh(each) for each in yearly if each.year == year)
        power = hardware_power_kwh(context, year)
        if meter and abs(power - meter) > TOLERANCE * meter:
            values = {"year": str(year), "meter": f"{meter / 1000:.0f}"}
            yield Problem("power-against-meter", "Hardware", None, "power_w", f"{power / 1000:.0f}", values)
            return


def it_fits_capacity(context: Context) -> Iterator[Problem]:
    """The IT meter shows no more than the capacity gives in a year, and about the load that is typed."""
    hours = context.study.settings.hours_per_year or 8760.0
    metered: dict[int, float] = {}
    for each in context.yearly:
        if each.row.use == "it" and each.row.carrier == "electricity":
            metered[each.year] = metered.get(each.year, 0.0) + _kwh(each)
    for year, kwh in sorted(metered.items()):
        row = facility_in(context, year)
        most = 0.0 if row is None else row.it_capacity.to("kW") * hours
        if row is None or not most:
            continue
        values = {"year": str(year), "load": beside_hundred(100.0 * kwh / most)}
        at = context.study.years.index(row)
        if kwh > most * (1 + 1e-9):
            yield Problem("it-above-capacity", "Years", at, "it_capacity", row.it_capacity.unit, values)
            return
        load = row.it_load_percent
        if load is not None and abs(kwh / most - load / 100.0) > TOLERANCE * load / 100.0:
            yield Problem("load-against-meter", "Years", at, "it_load_percent", f"{load:g}", values)
            return


def beside_hundred(percent: float) -> str:
    """Percent without decimals, or with as many as tell it from 100.

    Examples
    --------
    >>> beside_hundred(342.4), beside_hundred(100.3), beside_hundred(99.996), beside_hundred(100.0)
    ('342', '100.3', '99.996', '100')
    """
    texts = (f"{percent:.{digits}f}" for digits in range(10))
    return next((text for text in texts if float(text) != 100.0), "100")


def it_peak_fits_capacity(context: Context) -> Iterator[Problem]:
    """The IT draws in no hour more than its capacity, where hours are known: Σ energy × its share in the hour."""
    uses = [] if context.matching is None else [use for use in context.matching.uses if use.use == "it"]
    for year in sorted({use.year for use in uses if use.profile}):
        power = np.zeros(HOURS)
        for use in uses:
            if use.year == year:
                power += float(np.ravel(use.kwh)[0]) * (context.shape(use.profile) if use.profile else 1.0 / HOURS)
        row = facility_in(context, year)
        capacity = 0.0 if row is None else row.it_capacity.to("kW")
        if row is None or power.mean() > capacity * (1 + 1e-9):  # which is said of the whole year
            continue
        if (peak := float(power.max())) > capacity * (1 + 1e-9):
            values = {"year": str(year), "capacity": f"{capacity:.0f}"}
            read = f"{peak:.{0 if round(peak) > round(capacity) else 3}f}"
            yield Problem(
                "it-peak-above-capacity", "Years", context.study.years.index(row), "it_capacity", read, values
            )
            return


def overhead_plausible(context: Context) -> Iterator[Problem]:
    """PUE as a plain ratio of the rows (electricity of all uses in operation over that of the IT) is at most 3."""
    derived = [(use.year, float(np.ravel(use.kwh)[0])) for _, use in derived_it(context)]
    metered = [each for each in context.yearly if each.row.carrier == "electricity" and each.row.use in _OVERHEAD]
    for year in sorted({each.year for each in metered}):
        rows = [each for each in metered if each.year == year]
        it = sum(kwh for when, kwh in derived if when == year)
        it += sum(
            _kwh(each)
            for each in context.yearly
            if each.year == year and each.row.use == "it" and each.row.carrier == "electricity"
        )
        overhead = sum(map(_kwh, rows))
        if it and (pue := 1.0 + overhead / it) > PUE_PLAUSIBLE:
            usual = context.library.properties["facility"][0].value
            values = {"year": str(year), "usual": f"{usual:g}"}
            yield Problem("pue-high", "Energy", max(rows, key=_kwh).index, "amount", f"{pue:.3g}", values)
            return


def heat_below_energy(context: Context) -> Iterator[Problem]:
    """No more heat leaves than energy enters: ERF ≤ 1 as a plain ratio of the rows."""
    derived = [use for _, use in derived_it(context)]
    for heat in context.heats:
        enters = sum(
            _kwh(each) for each in context.yearly if each.year == heat.year and each.row.carrier == "electricity"
        )
        enters += sum(float(np.ravel(use.kwh)[0]) for use in derived if use.year == heat.year)
        source = float(np.ravel(heat.taken)[0]) if heat.match is None else float(heat.match.offered[0].sum())
        if enters and source > enters * (1 + 1e-9):
            values = {"year": str(heat.year)}
            yield Problem("heat-above-energy", "Heat", heat.index, "heat", f"{source / 1000:.0f}", values)
            return


def heat_pumps_possible(context: Context) -> Iterator[Problem]:
    """No heat pump has a COP above the Lorenz COP of its temperatures, whichever way it is stated."""
    said: set[str] = set()
    for heat in context.heats:
        ports = ports_of(context, heat)
        electricity = float(np.ravel(heat.electricity)[0])
        if ports is None or heat.row.heat_pump == "none" or model_of(heat.row) or heat.row.id in said:
            continue
        limit = float(lorenz(ports.sink, ports.source)) if ports.sink - ports.source >= LEAST_LIFT else np.inf
        delivered = float(np.ravel(heat.delivered)[0])
        if delivered > electricity * limit * (1 + 1e-9):
            said.add(heat.row.id)
            cop = f"{delivered / electricity:.3g}" if electricity else "∞"
            told = {"id": heat.row.id, "year": str(heat.year), "limit": f"{limit:.3g}"}
            column = next(key for key in ("cop", "heat_pump_electricity", "heat_pump_meter") if getattr(heat.row, key))
            yield Problem("cop-above-lorenz", "Heat", heat.index, column, cop, told)


def heat_pumps_take_heat(context: Context) -> Iterator[Problem]:
    """A heat pump that runs takes heat from its source: its COP is above 1."""
    said: set[str] = set()
    for heat in context.heats:
        delivered, electricity = (float(np.ravel(each)[0]) for each in (heat.delivered, heat.electricity))
        if 0 < delivered <= electricity * (1 + 1e-9) and heat.row.id not in said:
            said.add(heat.row.id)
            keys = ("cop", "heat_pump_electricity", "heat_pump_meter", "heat")
            column = next(key for key in keys if getattr(heat.row, key) is not None)
            told = {"id": heat.row.id, "year": str(heat.year)}
            yield Problem("heat-pump-idle", "Heat", heat.index, column, f"{delivered / 1000:.0f}", told)


def heat_pumps_are_somewhere(context: Context) -> Iterator[Problem]:
    """Where a metered heat pump of a study without heat stands is told: inside, or outside if it is the utility's."""
    if context.study.heat:
        return
    for i, row in enumerate(context.study.energy):
        if row.use == "heat-pump":
            code = "heat-pump-theirs" if row.owner == "utility" else "heat-pump-alone"
            yield Problem(code, "Energy", i, "owner" if row.owner else "use", row.id)


def source_from_the_hall(context: Context) -> Iterator[Problem]:
    """No heat is said to come warmer than the simulated hall gives it, behind its exchanger [°C]."""
    said: set[str] = set()
    for heat in context.heats:
        hall = None if context.simulated is None else context.simulated.years.get(heat.year)
        entering = heat.row.source_in_c
        if hall is None or entering is None or entering <= hall.heat_temperature or heat.row.id in said:
            continue
        said.add(heat.row.id)
        told = {"id": heat.row.id, "limit": f"{hall.heat_temperature:g}"}
        yield Problem("source-above-hall", "Heat", heat.index, "source_in_c", f"{entering:g}", told)


def load_stated_once(context: Context) -> Iterator[Problem]:
    """A fill that gives no load, because the load itself is typed, is said."""
    of = context.study.simulation
    if of is None or (of.fill_percent is None and of.utilisation_percent is None):
        return
    years = {int(mark.column.split()[1]) for mark in context.marks if mark.code == "capacity-and-load"}
    if years:
        column = "fill_percent" if of.fill_percent is not None else "utilisation_percent"
        told = {"years": spans(sorted(years)), "column": column}
        yield Problem("fill-unused", "Simulation", None, column, f"{getattr(of, column):g}", told)


def gases_characterised(context: Context) -> Iterator[Problem]:
    """A gas without a value in the chosen set takes its AR6 value, said."""
    chosen = context.study.settings.gwp_set or "AR6"
    for gas in replaced_gases(context):
        yield Problem("gas-replaced", "Study", None, "gwp_set", gas, {"gas": gas, "chosen": chosen})


def doubtful_factors(context: Context) -> Iterator[Problem]:
    """A factor that its own library doubts is used."""
    for factor_id in context.used:
        for row in context.library.factors.get(factor_id, ()):
            if row.doubtful:
                yield Problem("factor-doubtful", values={"factor": factor_id, "reason": row.doubtful})
                break


def water_once(context: Context) -> Iterator[Problem]:
    """Waste water is not counted beside a factor of water that holds it."""
    let_out = [row.id for row in context.study.water if row.kind == "waste-water"]
    for i, row in enumerate(context.study.water):
        others = [other for other in let_out if other != row.id]
        if context.library.family(row.factor) == "water-and-waste-water" and others:
            values = {"id": row.id, "other": others[0]}
            yield Problem("water-twice", "Water and waste", i, "factor", row.factor, values)


HEAVY_CHARGE = 1.0
"""Charge of a kilowatt [kg] beyond which a unit was probably mistaken: equipment holds 0.15 to 0.4 kg/kW."""


def charges_plausible(context: Context) -> Iterator[Problem]:
    """A charge fits the power of the line of Plant that holds it."""
    plant = {line.id: line for line in context.study.plant if line.quantity.parsed.dimension == "power"}
    for i, row in enumerate(context.study.refrigerants):
        line = plant.get(row.equipment or "")
        if line is None:
            continue
        each = row.charge.to("kg") / line.quantity.to("kW")
        if each > HEAVY_CHARGE:
            values = {"id": row.id, "plant": line.id}
            yield Problem("charge-implausible", "Refrigerants", i, "charge", f"{each:.3g}", values)


def screening_once(context: Context) -> Iterator[Problem]:
    """The screening value of a whole site does not stand beside those of its parts."""
    used = [each for each in context.used if context.library.family(each) == "screening"]
    whole = [each for each in used if "plant" not in each and "shell" not in each]
    parts = [each for each in used if each not in whole]
    if whole and parts:
        yield Problem("screening-twice", read=whole[0], values={"other": parts[0]})


def shares_said(context: Context) -> Iterator[Problem]:
    """What a row leaves outside the study is said."""
    for sheet in (*INSTALLED, *YEARLY):
        for i, row in enumerate(table(context.study, sheet)):
            if row.share_percent is not None and row.share_percent < 100:
                left = f"{100 - row.share_percent:g}"
                yield Problem("share-outside", sheet, i, "share_percent", left, {"id": row.id})


def sunk_sets(context: Context) -> Iterator[Problem]:
    """A set bought before the start year is sunk under whole replacement, said."""
    settings = context.study.settings
    for sheet in INSTALLED:
        if is_pro_rata(settings, sheet.lower()):
            continue
        for i, line in enumerate(table(context.study, sheet)):
            installed = float(np.ravel(context.lives[line.id].installed)[0])
            if installed < settings.start_year:
                yield Problem("sunk", sheet, i, "installed", f"{installed:g}", {"id": line.id})


GUARDS = (
    hardware_against_meter,
    it_fits_capacity,
    it_peak_fits_capacity,
    load_stated_once,
    overhead_plausible,
    heat_below_energy,
    heat_pumps_possible,
    heat_pumps_take_heat,
    heat_pumps_are_somewhere,
    source_from_the_hall,
    *ON_CONTRACTS,
    gases_characterised,
    doubtful_factors,
    water_once,
    charges_plausible,
    screening_once,
    shares_said,
    every_year_is_stated,
    sunk_sets,
)


def guard(context: Context) -> list[Problem]:
    """Run every guard on what follows."""
    return [problem for each in GUARDS for problem in each(context)]
