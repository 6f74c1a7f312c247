"""The Heat network sheet at work: what a network needs by the hour, and what it takes of the heat offered."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from inventories.datafile import HOURS, DataFile
from inventories.keyed import HeatNetwork
from inventories.study import HeatRow
from lca.context import Context
from lca.heat import network
from lca.heat.match import Match, Taker, match
from lca.heat.pump import Ports
from lca.hours import calendar, shape
from lca.parameters import Number
from lca.replacement import Values
from lca.weather import normals, synthetic

DAY = 24


def outdoor_of(context: Context, name: str) -> Values:
    """Outdoor temperature of every hour of a year [°C], of a file or of a synthetic year."""
    of_months = normals(name)
    return synthetic(of_months) if of_months else calendar(context.study.file(name))


def approach_of(context: Context) -> float:
    """Difference of temperature over the exchanger of the hall [K]; none where no hall is simulated."""
    simulation = context.study.simulation
    return 0.0 if simulation is None else simulation.heat_exchanger_approach or 0.0


def hourly_kwh(file: DataFile, annual: float) -> Values:
    """Bring a series of heat to an annual sum [kWh]."""
    return annual * shape(calendar(file))


@dataclass
class Network:
    """The network of a study."""

    context: Context
    of: HeatNetwork

    @cached_property
    def outdoor(self) -> Values | None:
        """Outdoor temperature by hour; None where the load is a file and no weather is named."""
        return None if self.of.weather_file is None else outdoor_of(self.context, self.of.weather_file)

    @cached_property
    def need(self) -> Values:
        """Heat that the network needs in every hour [kWh]."""
        annual = self.of.demand.to("kWh")
        if self.of.demand_profile is not None:
            return hourly_kwh(self.context.study.file(self.of.demand_profile), annual)
        assert self.outdoor is not None  # noqa: S101 - one of the two is asked for
        return network.demand(self.outdoor, annual, (self.of.base_share_percent or 0.0) / 100.0)

    @cached_property
    def taker(self) -> Taker:
        """How the network takes heat."""
        of = self.of
        return Taker(
            capacity=np.inf if of.heat_pump_capacity is None else of.heat_pump_capacity.to("kW"),
            least=(of.least_load_percent or 0.0) / 100.0,
            part_load_loss=(of.part_load_loss_percent or 0.0) / 100.0,
            must_run=0.0 if of.must_run is None else of.must_run.to("kW"),
            minimum_take=0.0 if of.minimum_take is None else of.minimum_take.to("kW"),
            store=0.0 if of.store is None else of.store.to("kWh"),
            store_power=np.inf if of.store_power is None else of.store_power.to("kW"),
            store_loss=1.0 - (1.0 - (of.store_loss_percent or 0.0) / 100.0) ** (1.0 / DAY),
        )

    def supply(self, row: HeatRow) -> Number | None:
        """Supply temperature by hour, or that of the row all year; None where neither is stated."""
        of = self.of
        points = (of.cold_outdoor_temperature, of.supply_temperature_cold, of.mild_outdoor_temperature,
                  of.supply_temperature_mild)  # fmt: skip
        if self.outdoor is not None and all(each is not None for each in points):
            return network.Supply(*(each for each in points if each is not None)).at(self.outdoor)
        return row.sink_out_c

    def back(self, row: HeatRow) -> float | None:
        """Return temperature."""
        return row.sink_in_c if self.of.return_temperature is None else self.of.return_temperature

    def highest(self, row: HeatRow) -> float | None:
        """Temperature up to which a heat can warm the water; None where nothing holds it.

        A pump goes to the highest temperature stated; an exchanger no further than its source, less its approach.
        """
        highest, simulated = self.of.highest_temperature, self.context.simulated
        if row.heat_pump != "none":
            return highest
        source = None if row.source_in_c is None else row.source_in_c - approach_of(self.context)
        if source is None and row.heat is None and simulated is not None and simulated.years:
            source = next(iter(simulated.years.values())).heat_temperature  # behind the exchanger of the hall
        if source is None:
            return highest
        return source if highest is None else min(highest, source)

    def reached(self, row: HeatRow) -> Number | None:
        """Temperature by hour up to which this heat warms the water: the network's, or the highest it can."""
        supply, highest = self.supply(row), self.highest(row)
        return supply if supply is None or highest is None else np.minimum(supply, highest)

    def ports(self, row: HeatRow, at_sink: Ports) -> Ports:
        """Temperatures of the pump by hour."""
        reached, back = self.reached(row), self.back(row)
        return replace(
            at_sink,
            sink_in=at_sink.sink_in if back is None else back,
            sink_out=at_sink.sink_out if reached is None else reached,
        )

    def reach(self, row: HeatRow) -> Number:
        """Share of the network's heat that this heat is warm enough for; a boiler in series adds the rest."""
        supply, back, highest = self.supply(row), self.back(row), self.highest(row)
        if supply is None or back is None or highest is None:
            return 1.0
        return np.clip((highest - back) / (np.asarray(supply) - back), 0.0, 1.0)

    def take(self, row: HeatRow, offered: Values, per: Number, others: Values, capacity: float | None = None) -> Match:
        """Match heat offered at the source [kWh] with what others leave of the need; by another capacity if given."""
        left = np.maximum(self.need - others, 0.0)
        taker = self.taker if capacity is None else replace(self.taker, capacity=capacity)
        return match(offered, per, left, taker, self.reach(row))

    def beyond(self, used: Values, others: Values) -> float:
        """Heat used beyond what the network needs [kWh], in the study itself."""
        left = np.maximum(self.need - np.reshape(others, (-1, self.need.size))[0], 0.0)
        return float(np.maximum(used.reshape(-1, self.need.size)[0] - left, 0.0).sum())

    def displaced(self, used: Values, others: Values) -> dict[str, Values]:
        """Heat by unit of the merit order that stands still for the heat used [kWh], (…).

        E_u(R) = clip(R - Σ capacities before, 0, capacity): the units of the rest R of the need, with and without this
        heat. What is beyond the last unit is the last one's.
        """
        rest = np.maximum(self.need - others, 0.0)
        found: dict[str, Values] = {}
        units = self.of.merit_order or ()
        before = 0.0
        for place, (unit, capacity) in enumerate(units):
            most = np.inf if place == len(units) - 1 else capacity
            runs = np.clip(rest - before, 0.0, most) - np.clip(np.maximum(rest - used, 0.0) - before, 0.0, most)
            found[unit] = found.get(unit, np.zeros(used.shape[:-1])) + runs.sum(axis=-1)
            before += capacity
        return found

    @cached_property
    def shortfall(self) -> float:
        """Largest need that no unit of the merit order is there for [kW]."""
        units = self.of.merit_order or ()
        return max(0.0, float(self.need.max()) - sum(capacity for _, capacity in units)) if units else 0.0

    def pipe_heat(self, row: HeatRow) -> float | None:
        """Heat that the pipe to the network loses in a year [kWh]; None where no pipe is stated."""
        of, supply, back = self.of, self.reached(row), self.back(row)
        if of.pipe_length is None or supply is None or back is None:
            return None
        warm = float(np.mean(supply))
        lost = network.pipe_loss(of.pipe_u_value or 0.0, warm, back, of.ground_temperature or 0.0)
        return float(lost) * of.pipe_length * HOURS / 1000.0

    def pumping(self, row: HeatRow, used: Values) -> Values | None:
        """Electricity that pumps the heat through the pipe [kWh], by hour; None where no pipe is stated.

        The pressure loss is held at what is stated, in hours of little heat too: the electricity is not understated.
        """
        of, supply, back = self.of, self.reached(row), self.back(row)
        if of.pressure_gradient is None or of.pipe_length is None or supply is None or back is None:
            return None
        efficiency = (of.pump_efficiency_percent or 100.0) / 100.0
        power = network.pumping(used, np.asarray(supply) - back, of.pipe_length, of.pressure_gradient, efficiency)
        return np.asarray(power)
