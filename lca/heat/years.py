"""Recovered heat by id and year: from what it comes, what its pump takes, how much of it is used.

Heat at the source Q, electricity W, coefficient of performance COP = (Q + W) / W: W = Q / (COP - 1) and the heat
delivered is Q + W. By cut-off the heat itself carries nothing; what it displaces stands outside (``lca.outside``).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from inventories.datafile import HOURS
from inventories.study import EnergyRow, HeatRow
from inventories.values import Quantity
from lca.context import Context
from lca.contracts import Use, fraction
from lca.electricity import Electricity
from lca.heat.cop import cop_from, model_of, stated_ports
from lca.heat.match import Match, is_a_heat_pump
from lca.heat.pump import Ports
from lca.heat.taker import Network
from lca.marks import LINE_NAMES
from lca.parameters import Number
from lca.replacement import Values
from lca.system import Tag
from lca.yearly import Yearly, kwh_of

BEYOND = 1e-6
"""Share of the heat used below which what is beyond the need is rounding."""


@dataclass(frozen=True, slots=True)
class HeatYear:
    """Recovered heat of one id in one year [kWh].

    Attributes
    ----------
    rows
        Rows of the id that stand for the year, each with its position: one for each claim holder.
    delivered, electricity
        Heat given, and electricity of the heat pump.
    used
        Share of the heat given that is used.
    meters
        Rows of Energy that meter the heat pump, where one is named.
    match, per
        What the network takes by the hour, where it decides how much, and electricity per heat delivered.
    hours, beside, shape
        Heat used by hour, heat of other ids that comes before it, and the shares of the year's heat by hour, where a
        network is stated.
    """

    rows: tuple[tuple[int, HeatRow], ...]
    year: int
    delivered: Number
    electricity: Number
    used: Number = 1.0
    meters: tuple[Yearly[EnergyRow], ...] = ()
    match: Match | None = None
    per: Number = 0.0
    hours: Values | None = None
    beside: Values | None = None
    shape: Values | None = None

    @property
    def row(self) -> HeatRow:
        """The physical facts: those of the first row of the id."""
        return self.rows[0][1]

    @property
    def index(self) -> int:
        """Position of the first row."""
        return self.rows[0][0]

    @property
    def taken(self) -> Number:
        """Heat taken from the source [kWh]."""
        return self.delivered - self.electricity

    @property
    def handed_over(self) -> Number:
        """Heat used where it leaves the boundary [kWh]: at the source before a pump outside, else as delivered.

        What a network decided to take is handed over in full: what its store loses afterwards is the network's.
        """
        used = self.used if self.match is None else 1.0
        return used * (self.taken if self.row.heat_pump == "outside" else self.delivered)

    @property
    def typed(self) -> str:
        """Path of the typed number that heat and electricity are both proportional to; blank where none is."""
        by_cop = self.row.heat_pump == "none" or self.row.cop is not None or bool(model_of(self.row))
        proportional = self.row.heat is not None and self.hours is None and by_cop
        return f"study/Heat/{self.index}/heat" if proportional else ""


def electricity_of(source: Number, cop: Number) -> Number:
    """Electricity of a heat pump from the heat it takes up: W = Q / (COP - 1) [kWh].

    Examples
    --------
    >>> round(electricity_of(40_000.0, 4.0))
    13333
    """
    return source / (cop - 1.0)


def source_of(context: Context, heat: HeatYear) -> tuple[float | None, float | None]:
    """Temperatures at which a source comes and leaves [°C]: as stated, else that of the simulated hall."""
    simulated, entering = context.simulated, heat.row.source_in_c
    if entering is None and heat.row.heat is None and simulated is not None and heat.year in simulated.years:
        entering = simulated.years[heat.year].heat_temperature
    return entering, heat.row.source_out_c


def ports_of(context: Context, heat: HeatYear) -> Ports | None:
    """Temperatures that a heat pump works between: as stated, the simulated hall's, the network's mean of the year.

    None where one is not known.
    """
    found = stated_ports(heat.row, source_of(context, heat)[0])
    if found is None or heat.match is None or context.network is None:
        return found
    hourly = context.network.ports(heat.row, found)
    return Ports(
        *(float(np.mean(each)) for each in (found.source_in, found.source_out, hourly.sink_in, hourly.sink_out))
    )


def is_matched(context: Context, row: HeatRow) -> bool:
    """Whether the network decides how much of a row is taken: nobody metered the pump, nor stated a used share."""
    metered = row.heat_pump_meter is not None or row.heat_pump_electricity is not None
    return context.study.network is not None and not metered and row.used_percent is None


def by_year(context: Context, metered: list[Yearly[EnergyRow]]) -> list[HeatYear]:
    """Recovered heat by id and year; a blank year means every year of the period without an own row.

    In each year heat whose use is known comes first, what the network is left to decide on after it.
    """
    groups: dict[str, list[tuple[int, HeatRow]]] = {}
    for index, row in enumerate(context.study.heat):
        groups.setdefault(row.id, []).append((index, row))
    of = Balances(context, metered, context.network)
    found: dict[tuple[int, int], HeatYear] = {}
    for year in context.study.settings.years:
        here = []
        for members in groups.values():
            dated = tuple((i, row) for i, row in members if row.year is not None and year in row.year)
            if rows := dated or tuple((i, row) for i, row in members if row.year is None):
                here.append(tuple((i, context.changes.row(row, year)) for i, row in rows))
        for made in of.of_a_year(year, sorted(here, key=lambda rows: is_matched(context, rows[0][1]))):
            found[made.index, year] = made
    return [found[key] for key in sorted(found)]


@dataclass
class Balances:
    """Heat, electricity and use of the rows of a study, year by year."""

    context: Context
    metered: list[Yearly[EnergyRow]]
    network: Network | None
    _known: dict[tuple[HeatRow, bytes, bytes], Match] = field(default_factory=dict)
    _cops: dict[HeatRow, Number | None] = field(default_factory=dict)

    def of_a_year(self, year: int, groups: Sequence[tuple[tuple[int, HeatRow], ...]]) -> Iterator[HeatYear]:
        """Balance the ids of a year; those that the network decides on come last."""
        others = np.zeros((1, HOURS))
        matched = ""
        for rows in groups:
            index, row = rows[0]
            if is_matched(self.context, row):
                if matched:
                    self.context.complain("heat-matched-twice", "Heat", index, "used_percent", "", id=matched)
                    continue
                matched = row.id
                made = self._matched(rows, year, others)
            else:
                made = self._stated(rows, year)
            if made is None:
                continue
            self._beyond_need(made, others)
            yield replace(made, beside=others)
            if made.hours is not None:
                others = others + made.hours

    def _beyond_need(self, made: HeatYear, others: Values) -> None:
        """Say heat that is called used in hours in which the network needs less."""
        if self.network is None or made.hours is None or made.match is not None:
            return
        beyond = self.network.beyond(made.hours, others)
        if beyond > BEYOND * float(made.hours[0].sum()):
            told = {"id": made.row.id, "year": str(made.year)}
            self.context.complain(
                "heat-beyond-need", "Heat", made.index, "used_percent", f"{beyond / 1000:.0f}", **told
            )

    def _stated(self, rows: tuple[tuple[int, HeatRow], ...], year: int) -> HeatYear | None:
        """Heat whose use is known: all of it, or the share that is stated."""
        index, row = rows[0]
        heat = self._heat(index, row, year)
        if heat is None:
            return None
        meters = meters_of(row, year, self.metered)
        balance = self._balance(index, row, year, heat, meters)
        if balance is None:
            return None
        used = (100.0 if row.used_percent is None else row.used_percent) / 100.0
        delivered, electricity = balance
        if self.network is None:
            return HeatYear(rows, year, delivered, electricity, used, meters)
        shape = self._shape(row, year)
        hours = np.reshape(np.asarray(delivered) * used, (-1, 1)) * shape
        return HeatYear(rows, year, delivered, electricity, used, meters, hours=hours, shape=shape)

    def _matched(self, rows: tuple[tuple[int, HeatRow], ...], year: int, others: Values) -> HeatYear | None:
        """Heat of which the network takes what it has room for."""
        index, row = rows[0]
        heat, per, network = self._heat(index, row, year), self._per(index, row), self.network
        if heat is None or per is None or network is None:
            return None
        if not is_a_heat_pump(per, network.taker):
            read = f"{network.of.part_load_loss_percent:g}"
            self.context.complain("part-load-cop", "Heat network", None, "part_load_loss_percent", read, id=row.id)
            return None
        shape = self._shape(row, year)
        offered = np.reshape(np.asarray(heat, dtype=np.float64), (-1, 1)) * shape
        if row.measured_at == "delivered":
            offered = offered * (1.0 - per)
        key = (row, offered.tobytes(), others.tobytes())
        if key not in self._known:
            self._known[key] = network.take(row, offered, per, others)
        of = self._known[key]
        made = of.made.sum(axis=-1)
        share = fraction(of.used.sum(axis=-1), made)
        self._say(row, year, of)
        return HeatYear(
            rows, year, made, of.electricity.sum(axis=-1), share, match=of, per=per, hours=of.used, shape=shape
        )

    def _say(self, row: HeatRow, year: int, of: Match) -> None:
        taken, offered = float(of.taken[0].sum()), float(of.offered[0].sum())
        if offered:
            said = {"offered": f"{offered / 1000:.0f}", "taken": f"{taken / 1000:.0f}"}
            self.context.mark(row.id, f"heat taken {year}", taken, "kWh", "derived", "heat-matched", **said)

    def _heat(self, index: int, row: HeatRow, year: int) -> Number | None:
        """Heat of a row in a year [kWh]: typed, else what the simulated hall offers."""
        if row.heat is not None:
            typed = self.context.parameters(f"line:{row.id}:amount", row.heat.value) * _kwh_of_one(row.heat)
            return typed * self._of_it(index, year)
        simulated = self.context.simulated
        if simulated is None or year not in simulated.years:
            self.context.complain("heat-missing", "Heat", index, "heat", "", id=row.id, year=str(year))
            return None
        offered: Values = simulated.years[year].heat.sum(axis=-1)
        self.context.mark(row.id, f"heat {year}", float(offered[0]), "kWh", "derived", "heat-simulated")
        return offered * self._there(index, year)

    def _there(self, index: int, year: int) -> Number:
        """How much there is of a row in a year, over what the study has."""
        return self.context.changes.amount(self.context.study.heat[index], year)

    def _of_it(self, index: int, year: int) -> Number:
        """How much there is of what is typed for a row: heat, and electricity of its pump, go with the IT load."""
        return self._there(index, year) * self.context.of_it(year)

    def _shape(self, row: HeatRow, year: int) -> Values:
        """Shares of a year's heat by hour: of its file, of the simulated hall, else even."""
        if row.profile is not None:
            return self.context.shape(row.profile)
        simulated = self.context.simulated
        if simulated is not None and year in simulated.years and row.heat is None:
            heat = simulated.years[year].heat[0]
            return heat / heat.sum() if heat.sum() else np.full(HOURS, 1.0 / HOURS)
        return np.full(HOURS, 1.0 / HOURS)

    def _per(self, index: int, row: HeatRow) -> Number | None:
        """Electricity per heat delivered, by hour in a network; None, said, where none is known."""
        if row.heat_pump == "none":
            return 0.0
        if row.cop is not None:
            return 1.0 / self.context.parameters(f"line:{row.id}:cop", row.cop)
        cop = self._cop(index, row, hourly=True)
        return None if cop is None else 1.0 / cop

    def _cop(self, index: int, row: HeatRow, *, hourly: bool = False) -> Number | None:
        """COP from the temperatures of a row, worked out once."""
        if row not in self._cops:
            simulated = self.context.simulated
            at = next((each.heat_temperature for each in simulated.years.values()), None) if simulated else None
            ports = stated_ports(row, at if row.heat is None else None)
            if ports is not None and hourly and self.network is not None:
                ports = self.network.ports(row, ports)
            found = self._cops[row] = cop_from(self.context, row, index, ports)
            if found is not None:
                said = {"model": model_of(row)}
                mean = float(1.0 / np.mean(1.0 / np.asarray(found)))
                self.context.mark(row.id, "cop", mean, "ratio", "derived", "cop-from-temperatures", **said)
        return self._cops[row]

    def _balance(
        self, index: int, row: HeatRow, year: int, heat: Number, meters: tuple[Yearly[EnergyRow], ...]
    ) -> tuple[Number, Number] | None:
        """Heat delivered and electricity of the heat pump [kWh]; None, said, where no COP can be had."""
        if row.heat_pump == "none":
            return heat, 0.0
        if row.heat_pump_meter is not None:
            electricity: Number = sum(map(kwh_of, meters), np.zeros(1))
        elif row.heat_pump_electricity is not None:
            electricity = self.context.parameters(f"line:{row.id}:electricity", row.heat_pump_electricity.to("kWh"))
            electricity = electricity * self._of_it(index, year)
        else:
            cop = self._cop(index, row) if row.cop is None else self.context.parameters(f"line:{row.id}:cop", row.cop)
            if cop is None:
                return None
            electricity = electricity_of(heat, cop) if row.measured_at == "source" else heat / cop
        given = np.where(np.asarray(heat) > 0, heat + electricity, 0.0)  # without heat it stands by, or is tested
        return (given if row.measured_at == "source" else heat), electricity


def _kwh_of_one(heat: Quantity) -> float:
    """Kilowatt-hours of one unit of a heat."""
    return replace(heat, value=1.0).to("kWh")


def meters_of(row: HeatRow, year: int, metered: list[Yearly[EnergyRow]]) -> tuple[Yearly[EnergyRow], ...]:
    """Rows of Energy that a row of Heat names as the meter of its heat pump."""
    return tuple(
        each
        for each in metered
        if row.heat_pump_meter is not None
        and each.year == year
        and each.row.use == "heat-pump"
        and row.heat_pump_meter in (each.row.id, each.row.meter)
    )


def utility_pumps(context: Context, metered: list[Yearly[EnergyRow]]) -> list[Yearly[EnergyRow]]:
    """Heat pumps of the utility in a study without heat: whoever buys the heat runs them, outside the boundary."""
    if context.study.heat:
        return []
    return [each for each in metered if each.row.use == "heat-pump" and each.row.owner == "utility"]


def outside_meters(context: Context, metered: list[Yearly[EnergyRow]]) -> set[tuple[int, int]]:
    """Rows of Energy, by position and year, that meter a heat pump outside: not in the footprint, only in D2."""
    theirs = {(each.index, each.year) for each in utility_pumps(context, metered)}
    outside = [row for row in context.study.heat if row.heat_pump == "outside"]
    years = context.study.settings.years
    return theirs | {
        (meter.index, year)
        for row in outside
        for year in years
        if _stands(context, row, year)
        for meter in meters_of(row, year, metered)
    }


def _stands(context: Context, row: HeatRow, year: int) -> bool:
    """Whether a row of Heat stands for a year: a dated one in its years, one without in the others."""
    if row.year is not None:
        return year in row.year
    dated = (each.year for each in context.study.heat if each.id == row.id and each.year is not None)
    return not any(year in years for years in dated)


def derived_uses(context: Context, heats: list[HeatYear]) -> list[tuple[Tag, Use, HeatYear]]:
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
            fixed=each.match is not None,
        )
        profile = profile_of(context, each)
        use = Use(row.id, "", "heat-pump", "facility", each.year, each.electricity, profile=profile)
        made.append((tag, use, each))
    return made


def profile_of(context: Context, heat: HeatYear) -> str:
    """Name of the hours of a heat pump's electricity (``Context.shapes``); blank where they are not known."""
    if heat.match is None:
        return heat.row.profile or ""
    name = f"{heat.row.id}-{heat.year}"
    power = heat.match.electricity[0]
    context.shapes[name] = power / power.sum() if power.sum() else np.full(HOURS, 1.0 / HOURS)
    return name


def expand_heat_pumps(context: Context, electricity: Electricity, uses: list[tuple[Tag, Use, HeatYear]]) -> None:
    """Line → heat pump → 1/COP of supply and 1 − 1/COP of recovered heat, which is free of burden (cut-off)."""
    for tag, use, heat in uses:
        line = context.system.line(tag, 1.0)
        take_heat(context, line, electricity, [use], heat)
        context.mark(tag.line, f"electricity {tag.year}", float(np.ravel(use.kwh)[0]), "kWh", "derived", "heat-pump")


def take_heat(context: Context, line: int, electricity: Electricity, uses: Sequence[Use], heat: HeatYear) -> None:
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


def outside_uses(context: Context, heat: HeatYear) -> list[Use]:
    """Consumption bought by others: a heat pump outside the boundary, which no contract of the study covers.

    A factor that a meter's row of Energy names stands on the location basis, as it does for every other row.
    """
    if heat.row.heat_pump != "outside":
        return []
    found = [(each.row.id, each.row.meter or "", kwh_of(each), each.row.factor or "") for each in heat.meters]
    profile = profile_of(context, heat)
    return [
        Use(line, meter, "heat-pump", "utility", heat.year, kwh, factor, bought_by_others=True, profile=profile)
        for line, meter, kwh, factor in found or [(heat.row.id, "", heat.electricity, "")]
    ]
