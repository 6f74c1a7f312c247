"""Heat or power? What becomes of a megawatt-hour of surplus heat, in emissions, primary energy and money.

Each row is per unit of heat at the source, against rejecting it for nothing; every heat of a study has rows of its own,
for the year that is asked for, else its last. Primary energy is weighted by the factors of energy forms that the law of
the country sets; a country whose law is not in ``factors/data/law.csv`` has none.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factors.law import rules
from lca.context import Context
from lca.heat.economics import tax_class_of
from lca.heat.methods import ByBasis, first, pump_lines
from lca.heat.pump import effectiveness, heat_to_power
from lca.heat.taker import approach_of
from lca.heat.years import HeatYear, ports_of, source_of
from lca.marks import HEAT_DISPLACED
from lca.outside import displacing, fed, is_displacing, pumping_kwh
from lca.prices import cost_of
from lca.system import BASES
from lca.tables import Record
from lca.yearly import kwh_of


@dataclass(frozen=True, slots=True)
class Option:
    """What a kilowatt-hour of heat at the source gives.

    Attributes
    ----------
    heat
        Heat that displaces other heat [kWh].
    electricity
        Electricity made [kWh]; below 0: used.
    carbon
        Emissions [kg CO2e]; below 0: avoided. Empty where they cannot be told.
    lacks
        What is missing to tell the option at all.
    """

    heat: float = 0.0
    electricity: float = 0.0
    carbon: Mapping[str, float] | None = None
    lacks: tuple[str, ...] = ()


def options(
    context: Context, contributions: Sequence[Record], outside: Sequence[Record], year: int
) -> list[dict[str, Any]]:
    """Every option for each heat of a study, per kilowatt-hour at the source.

    Returns
    -------
    list of dict
        ``id, year, option, heat, electricity`` [kWh], ``location, market`` [kg CO2e, below 0: avoided], ``primary``
        [kWh], ``money`` [EUR, above 0: gained], each None where it cannot be told; ``lacks`` says what is missing.
    """
    of_year = {heat.row.id: heat for heat in context.heats if heat.year == year}
    told = of_year or {heat.row.id: heat for heat in context.heats}
    return [
        _told(of, name, make(of))
        for heat in told.values()
        for of in (Surplus(context, heat, contributions, outside),)
        for name, make in OPTIONS.items()
    ]


@dataclass(frozen=True, slots=True)
class Surplus:
    """The surplus heat of an id in a year, with the tables its emissions are read from."""

    context: Context
    heat: HeatYear
    contributions: Sequence[Record]
    outside: Sequence[Record]

    def emissions(self, rows: Iterator[Record], kwh: float) -> ByBasis | None:
        """Emissions of rows for each kilowatt-hour; None where there is none."""
        found = list(rows)
        return {basis: sum(row[basis] for row in found) / kwh for basis in BASES} if kwh else None

    @property
    def electricity(self) -> ByBasis | None:
        """Emissions of the site's electricity in the year, as the IT takes it [kg CO2e/kWh]."""
        year = self.heat.year
        it = [each for each in self.context.yearly if each.year == year and each.row.use == "it"]
        lines = {each.row.id for each in it if each.row.carrier == "electricity"}
        rows = (row for row in self.contributions if row["year"] == year and row["line"] in lines)
        return self.emissions(rows, sum(first(kwh_of(each)) for each in it if each.row.id in lines))


def _as_it_is(of: Surplus) -> Option:
    """The heat as the study uses it: by its pump, or its exchanger, with what is lost and what is not used."""
    heat, taken = of.heat, first(of.heat.taken)
    if not taken:
        return Option(lacks=("heat",))
    if not is_displacing(heat):
        return Option(lacks=("displaced_factor",))
    inside = pump_lines(heat)
    rows = [row for row in of.outside if (row["line"], row["year"]) == (heat.row.id, heat.year)]
    rows = [row for row in rows if row["section"] == "heat"]
    rows += [
        row
        for row in of.contributions
        if row["line"] in inside and row["year"] == heat.year and row["module"] == "B6.3"
    ]
    cooling = heat.row.saved_cooling if any(row["module"] == "avoided" for row in rows) else None
    saved = 0.0 if cooling is None else cooling.to("kWh")
    used = first(heat.electricity) + first(pumping_kwh(of.context, heat) or 0.0) - saved
    return Option(first(displacing(of.context, heat)) / taken, -used / taken, of.emissions(iter(rows), taken))


def _direct(of: Surplus) -> Option:
    """As heat through an exchanger alone: as much of it as the network's return lets the source give off."""
    ports = ports_of(of.context, of.heat)
    if ports is None:
        return Option(lacks=("temperatures",))
    entering, leaving, back = (first(each) for each in (ports.source_in, ports.source_out, ports.sink_in))
    if entering <= back:
        return Option(lacks=("too-cold",))
    network = of.context.study.network
    units = None if network is None else network.exchanger_transfer_units
    given_off = entering - max(leaving, back + approach_of(of.context))
    if units is not None:
        given_off = effectiveness(units, 1.0) * (entering - back)
    share = min(max(given_off / (entering - leaving), 0.0), 1.0)
    fraction = first(fed(of.context, of.heat)) / first(of.heat.delivered) if first(of.heat.delivered) else 0.0
    displaced = None
    if is_displacing(of.heat):
        rows = (
            row
            for row in of.outside
            if (row["line"], row["year"], row["name"]) == (of.heat.row.id, of.heat.year, HEAT_DISPLACED)
        )
        per = of.emissions(rows, first(of.heat.delivered))
        displaced = None if per is None else {basis: share * per[basis] for basis in BASES}
    return Option(share * fraction, 0.0, displaced)


def _power(of: Surplus) -> Option:
    """As electricity, after what the cycle's pumps and fans take."""
    network = of.context.study.network
    if network is None or network.orc_carnot_percent is None:
        return Option(lacks=("orc_carnot_percent",))
    entering, leaving = source_of(of.context, of.heat)
    if entering is None or leaving is None:
        return Option(lacks=("temperatures",))
    cold = network.orc_rejection_temperature or 0.0
    made = heat_to_power(entering, leaving, cold, network.orc_carnot_percent / 100.0)
    made *= 1.0 - (network.orc_own_use_percent or 0.0) / 100.0
    return Option(0.0, made, _of_electricity(of, made))


def _on_site(of: Surplus) -> Option:
    """Used on site in the place of district heat that the site buys."""
    year = of.heat.year
    bought = [each for each in of.context.yearly if each.year == year and each.row.carrier == "district-heat"]
    lines = {each.row.id for each in bought}
    rows = (row for row in of.contributions if row["year"] == year and row["line"] in lines)
    per = of.emissions(rows, sum(first(kwh_of(each)) for each in bought))
    if per is None:
        return Option(lacks=("district-heat",))
    return Option(1.0, 0.0, {basis: -per[basis] for basis in BASES})


def _rejected(of: Surplus) -> Option:
    """Rejected by dry coolers."""
    network = of.context.study.network
    if network is None or network.rejection_percent is None:
        return Option(lacks=("rejection_percent",))
    taken = network.rejection_percent / 100.0
    return Option(0.0, -taken, _of_electricity(of, -taken))


def _of_electricity(of: Surplus, made: float) -> ByBasis | None:
    per = of.electricity
    return None if per is None else {basis: -made * per[basis] for basis in BASES}


OPTIONS: Mapping[str, Callable[[Surplus], Option]] = {
    "as-it-is": _as_it_is,
    "heat-direct": _direct,
    "power": _power,
    "on-site": _on_site,
    "rejected": _rejected,
}
"""What can become of surplus heat, in the order it is told."""


def _told(of: Surplus, name: str, each: Option) -> dict[str, Any]:
    known = not each.lacks
    forms = rules(of.context.study.settings.country.upper(), "energy-form")
    primary = None
    if known and forms:
        primary = -each.heat * forms["district-heat"].value - each.electricity * forms["electricity"].value
    return {
        "id": of.heat.row.id,
        "year": of.heat.year,
        "option": name,
        "heat": each.heat if known else None,
        "electricity": each.electricity if known else None,
        **{basis: None if each.carbon is None else each.carbon[basis] for basis in BASES},
        "primary": primary,
        "money": _money(of, name, each) if known else None,
        "lacks": list(each.lacks),
    }


def _money(of: Surplus, name: str, each: Option) -> float | None:
    """What both parties gain together; on site the heat that need not be bought. None where a price is missing."""
    network = of.context.study.network
    alternative = None if network is None else network.alternative_heat_cost
    cost = cost_of(of.context, "electricity", of.heat.year, tax_class_of(of.heat))
    if name == "on-site":
        bought = cost_of(of.context, "district-heat", of.heat.year)
        return None if bought is None else each.heat * bought.total
    if (each.heat and alternative is None) or (each.electricity and cost is None):
        return None
    heat = 0.0 if alternative is None else each.heat * alternative.to("EUR/kWh")
    return heat + each.electricity * (0.0 if cost is None else cost.total)
