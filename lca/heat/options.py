"""Heat or power? What becomes of a megawatt-hour of surplus heat, in emissions, primary energy and money.

Each row is per unit of heat at the source, against rejecting it for nothing. Primary energy is weighted by the factors
of energy forms that the law of the country sets; a country whose law is not in ``factors/data/law.csv`` has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from factors.law import rules
from lca.context import Context
from lca.heat.cop import stated_ports
from lca.heat.methods import ByBasis, Facts, first
from lca.heat.pump import heat_to_power
from lca.prices import cost_of
from lca.system import BASES
from lca.tables import Record
from lca.yearly import kwh_of

OPTIONS = ("heat-direct", "heat-pump", "power", "on-site", "rejected")
"""What can become of surplus heat, in the order it is told."""


@dataclass(frozen=True, slots=True)
class Option:
    """What a kilowatt-hour of heat gives [kWh]: heat that displaces other heat, electricity (below 0: it takes it)."""

    option: str
    heat: float = 0.0
    electricity: float = 0.0
    lacks: tuple[str, ...] = ()


def options(context: Context, of: Facts, contributions: Sequence[Record]) -> list[dict[str, Any]]:
    """Every option for the heat of a study, per kilowatt-hour at the source.

    Returns
    -------
    list of dict
        ``option, heat, electricity`` [kWh], ``location, market`` [kg CO2e, below 0: avoided], ``primary`` [kWh],
        ``money`` [EUR, above 0: gained], each None where it cannot be told; ``lacks`` says what is missing.
    """
    own = _own_heat(context, contributions)
    return [_told(context, of, each, own) for each in _options(context)]


def _options(context: Context) -> Iterator[Option]:
    network = context.study.network
    heat = context.heats[-1]
    row, taken, electricity = heat.row, first(heat.taken), first(heat.electricity)
    ports = stated_ports(row)
    if ports is None:
        yield Option("heat-direct", lacks=("temperatures",))
    elif first(ports.source_in) <= first(ports.sink_in):
        yield Option("heat-direct", lacks=("too-cold",))
    else:
        reached = min(1.0, (first(ports.source_in) - first(ports.sink_in)) / (first(ports.sink_out - ports.sink_in)))
        yield Option("heat-direct", heat=reached)
    if row.heat_pump == "none" or not taken:
        yield Option("heat-pump", lacks=("heat-pump",))
    else:
        yield Option("heat-pump", heat=first(heat.delivered) / taken, electricity=-electricity / taken)
    if network is None or network.orc_carnot_percent is None:
        yield Option("power", lacks=("orc_carnot_percent",))
    elif row.source_in_c is None or row.source_out_c is None:
        yield Option("power", lacks=("temperatures",))
    else:
        made = heat_to_power(
            row.source_in_c,
            row.source_out_c,
            network.orc_rejection_temperature or 0.0,
            network.orc_carnot_percent / 100,
        )
        yield Option("power", electricity=made * (1.0 - (network.orc_own_use_percent or 0.0) / 100.0))
    own = [each for each in context.study.energy if each.carrier == "district-heat"]
    yield Option("on-site", heat=1.0) if own else Option("on-site", lacks=("district-heat",))
    if network is None or network.rejection_percent is None:
        yield Option("rejected", lacks=("rejection_percent",))
    else:
        yield Option("rejected", electricity=-network.rejection_percent / 100.0)


def _own_heat(context: Context, contributions: Sequence[Record]) -> ByBasis:
    """Emissions of a kilowatt-hour of district heat that the site buys [kg CO2e/kWh]; empty where it buys none."""
    bought = [each for each in context.yearly if each.row.carrier == "district-heat"]
    kwh = sum(first(kwh_of(each)) for each in bought)
    lines = {each.row.id for each in bought}
    rows = [row for row in contributions if row["line"] in lines]
    return {basis: sum(row[basis] for row in rows) / kwh for basis in BASES} if kwh else {}


def _told(context: Context, of: Facts, each: Option, own: ByBasis) -> dict[str, Any]:
    known = not each.lacks
    forms = rules(context.study.settings.country.upper(), "energy-form")
    carbon = {basis: _carbon(of, each, basis, own) if known else None for basis in BASES}
    primary = None
    if known and forms:
        primary = -each.heat * forms["district-heat"].value - each.electricity * forms["electricity"].value
    return {
        "option": each.option,
        "heat": each.heat if known else None,
        "electricity": each.electricity if known else None,
        **carbon,
        "primary": primary,
        "money": _money(context, each) if known else None,
        "lacks": list(each.lacks),
    }


def _carbon(of: Facts, each: Option, basis: str, own: ByBasis) -> float | None:
    """Emissions of a kilowatt-hour of heat: electricity as that of the pump, else of the IT; heat as it displaces."""
    if each.heat and not of.fed:
        return None
    power = of.pumped[basis] / of.electricity if of.electricity else of.it[basis] / of.it_kwh if of.it_kwh else None
    if each.electricity and power is None:
        return None
    displaced = of.displaced[basis] / of.delivered if of.delivered else 0.0
    if each.option == "on-site":
        displaced = own.get(basis, 0.0)
    return -each.heat * displaced - each.electricity * (power or 0.0)


def _money(context: Context, each: Option) -> float | None:
    network, year = context.study.network, context.heats[-1].year
    alternative = None if network is None else network.alternative_heat_cost
    cost = cost_of(context, "electricity", year)
    if (each.heat and alternative is None) or (each.electricity and cost is None):
        return None
    heat = 0.0 if alternative is None else each.heat * alternative.to("EUR/kWh")
    return heat + each.electricity * (0.0 if cost is None else cost.total)
