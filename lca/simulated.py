"""The Simulation sheet at work: the hall of a study, year by year, where no meter is and beside those there are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from inventories.datafile import HOURS
from inventories.keyed import SIMULATED_USES, Simulation
from inventories.standing import simulated_use, simulated_uses
from inventories.study import EnergyRow
from lca.context import Context
from lca.contracts import Use
from lca.energy import facility_in, tag_for
from lca.hours import calendar, humidity, shape
from lca.marks import LINE_NAMES
from lca.modules import DATA_CENTRE
from lca.replacement import Values
from lca.simulation import Chiller, Hall, Hours, Loop, Ups, fuel_of_tests, loss_coefficients, modules_running, simulate
from lca.system import Tag
from lca.weather import normals, source, synthetic
from lca.yearly import states

USES = SIMULATED_USES
"""What a simulation gives beside the IT."""

PIECES = {"cooling": LINE_NAMES[5], "power-losses": LINE_NAMES[6], "lighting": LINE_NAMES[7]}
"""Uses that a simulation gives, with the names of their lines."""


def split_ids(text: str | None) -> list[str]:
    """Ids of a cell, parted by semicolons."""
    return [each.strip() for each in (text or "").split(";") if each.strip()]


def hall_of(of: Simulation, lighting_kw: float) -> Hall:
    """Return the hall that a Simulation sheet describes."""
    chiller = Chiller(of.chiller_efficiency_percent / 100.0, of.evaporator_approach, of.condenser_approach)
    movers = of.fan_and_pump_percent / 100.0
    liquid = 1.0
    if of.cooling_type in ("direct-liquid", "mixed"):
        liquid = (of.liquid_share_percent or 0.0) / 100.0
    loops = [Loop(liquid, of.supply_temperature, of.return_temperature, of.approach, movers)]
    if liquid < 1.0:
        supply, back = of.air_supply_temperature or 0.0, of.air_return_temperature or 0.0
        loops.append(Loop(1.0 - liquid, supply, back, of.approach, movers))
    return Hall(
        loops=tuple(loops),
        chiller=chiller,
        ups=_ups(of),
        distribution=of.distribution_efficiency_percent / 100.0,
        lighting_kw=lighting_kw,
        evaporative=of.evaporative or "none",
        cycles=of.cycles_of_concentration or 0.0,
        captured=(of.capture_share_percent or 0.0) / 100.0,
        exchanger=of.heat_exchanger_approach or 0.0,
    )


def _ups(of: Simulation) -> Ups | None:
    quarter, half, full = of.ups_efficiency_25_percent, of.ups_efficiency_50_percent, of.ups_efficiency_percent
    if of.ups_rating is None or quarter is None or half is None or full is None:
        return None
    return Ups(
        rated=of.ups_rating.to("kW"),
        modules=of.ups_modules or 1,
        losses=loss_coefficients(quarter / 100.0, half / 100.0, full / 100.0),
        redundancy=of.ups_redundancy or "N",
        share=1.0 if of.ups_share_percent is None else of.ups_share_percent / 100.0,
    )


@dataclass
class Simulated:
    """Simulation of a study's years; a year like an earlier one is not run again.

    Attributes
    ----------
    years
        Hourly results by year, the free axis first.
    """

    context: Context
    of: Simulation
    years: dict[int, Hours] = field(default_factory=dict)
    _known: dict[tuple[tuple[tuple[str, bytes], ...], float, Simulation], Hours] = field(default_factory=dict)

    @cached_property
    def outdoor(self) -> Values:
        """Outdoor temperature by hour [°C]."""
        of_months = normals(self.of.weather_file)
        if of_months:
            return synthetic(of_months)
        return calendar(self.context.study.file(self.of.weather_file))

    @cached_property
    def humidity(self) -> Values | None:
        """Relative humidity by hour [%]; None where the weather has none."""
        if normals(self.of.weather_file):
            return None
        return humidity(self.context.study.file(self.of.weather_file))

    @cached_property
    def load(self) -> Values:
        """Shares of the IT energy by hour."""
        if self.of.it_profile is None:
            return np.full(HOURS, 1.0 / HOURS)
        return shape(calendar(self.context.study.file(self.of.it_profile)))

    def check(self) -> bool:
        """Say what no hall can be; whether it can be simulated."""
        of, context, before = self.of, self.context, len(self.context.problems)

        def complain(code: str, column: str, read: object, **values: object) -> None:
            context.complain(code, "Simulation", None, column, str(read), **{k: str(v) for k, v in values.items()})

        temperatures = [("return_temperature", of.supply_temperature, of.return_temperature)]
        if of.air_supply_temperature is not None and of.air_return_temperature is not None:
            temperatures.append(("air_return_temperature", of.air_supply_temperature, of.air_return_temperature))
        for column, supply, back in temperatures:
            if back <= supply:
                complain("simulation-temperatures", column, f"{back:g}", supply=f"{supply:g}")
        lift = of.evaporator_approach + of.condenser_approach
        if of.approach >= lift:
            complain("simulation-lift", "approach", f"{of.approach:g}", lift=f"{lift:g}")
        if (ups := _ups(of)) is not None:
            a0, a1, a2 = ups.losses
            loads = np.linspace(0.0, 1.0, 101)
            lost = a0 + (a1 + a2 * loads) * loads
            if lost.min() < 0:
                complain("simulation-fit", "ups_efficiency_percent", f"{100 * loads[lost.argmin()]:.0f}")
        if (of.evaporative or "none") != "none" and self.humidity is None:
            complain("simulation-humidity", "evaporative", of.weather_file)
        plant = {line.id for line in context.study.plant}
        for column in ("ups_lines", "cooling_lines", "genset_lines"):
            for each in split_ids(getattr(of, column)):
                if each not in plant:
                    complain("simulation-line", column, each)
        if of.lighting_density and not any(map(self._area, context.study.settings.years)):
            complain("simulation-area", "lighting_density", f"{of.lighting_density:g}")
        return len(context.problems) == before

    def _area(self, year: int) -> float:
        row = facility_in(self.context, year)
        area = None if row is None else row.computer_room_area or row.floor_area
        return 0.0 if area is None else area.to("m2")

    def run(self, year: int, uses: list[Use]) -> Hours | None:
        """Simulate a year from its IT consumption, each with its hours; None where the UPS is too small, as is said.

        Consumption without hours of its own has those of the sheet.
        """
        of = self.context.changes.row(self.of, year)
        lighting = (of.lighting_density or 0.0) * self._area(year) / 1000.0
        by_profile: dict[str, Values] = {}
        for use in uses:
            before = by_profile.get(use.profile, np.zeros(self.context.system.length))
            by_profile[use.profile] = before + use.kwh
        key = (tuple((name, kwh.tobytes()) for name, kwh in by_profile.items()), lighting, of)
        if key not in self._known:
            power = np.zeros((self.context.system.length, HOURS))
            for name, kwh in by_profile.items():
                power += kwh[:, None] * (self.context.shape(name) if name else self.load)
            try:
                self._known[key] = simulate(hall_of(of, lighting), power, self.outdoor, self.humidity)
            except ValueError as load:
                told = {"load": str(load), "year": str(year)}
                rated = 0.0 if of.ups_rating is None else of.ups_rating.to("kW")
                self.context.complain("simulation-ups", "Simulation", None, "ups_rating", f"{rated:g}", **told)
                return None
        self.years[year] = self._known[key]
        return self._known[key]


def takes_over(context: Context) -> Callable[[EnergyRow, int], bool]:
    """Return whether the simulation, and no row of Energy, counts the use of a row in a year.

    It does where no row of the use is typed for the year: meters before the simulation, and after it, hold no further
    than their years. Where another meter of the use is typed for the year a row that has ended is held beside it.
    """
    study = context.study
    given = simulated_uses(study)
    rows = [context.changes.dated(row) for row in study.energy] if given else []
    typed = {(simulated_use(row), year) for row in rows for year in study.settings.years if states(row, year)}
    return lambda row, year: simulated_use(row) in given and (simulated_use(row), year) not in typed


def expand_simulation(context: Context, uses: list[tuple[Tag, Use]]) -> list[tuple[Tag, Use]]:
    """Simulate every year; return the consumption that no meter shows, marked, with its hours."""
    of = context.study.simulation
    if of is None:
        return []
    simulated = Simulated(context, of)
    context.simulated = simulated
    states = [state for _, state in context.changes.states(of)]
    if not all(Simulated(context, state).check() for state in states):
        return []
    found = []
    metered = {(each.year, simulated_use(each.row)) for each in context.yearly}
    for year in context.study.settings.years:
        it = [use for _, use in uses if (use.year, use.use) == (year, "it") and use.zone in DATA_CENTRE]
        hours = simulated.run(year, it) if any(np.any(np.asarray(use.kwh) > 0) for use in it) else None
        if hours is None:
            continue
        for of_use, power in zip(USES, (hours.cooling, hours.losses, hours.lighting), strict=True):
            if (year, of_use) not in metered and np.any(power):
                found.append(_use(context, of, year, of_use, power))
    return found


def _use(context: Context, of: Simulation, year: int, use: str, power: Values) -> tuple[Tag, Use]:
    kwh, line = power.sum(axis=-1), f"simulated-{use}"
    profile = f"{line}-{year}"
    context.shapes[profile] = shape(power)
    told = {"weather": of.weather_file}
    context.mark(line, f"amount {year}", float(kwh[0]), "kWh", "derived", "simulated", source(of.weather_file), **told)
    tag = tag_for(line, PIECES[use], "facility", "data-centre", use, year, "derived")
    return tag, Use(line, "", use, "facility", year, kwh, profile=profile)


def with_profile(context: Context, uses: list[tuple[Tag, Use]]) -> list[tuple[Tag, Use]]:
    """Give IT consumption without hours of its own those of the Simulation sheet."""
    of = context.study.simulation
    if of is None or of.it_profile is None:
        return uses
    return [
        (tag, replace(use, profile=of.it_profile) if use.use == "it" and not use.profile else use) for tag, use in uses
    ]


def generator_tests(context: Context) -> Iterator[tuple[Tag, str, float]]:
    """Fuel of generator tests in every year without a row of them: tag, fuel, kilograms."""
    of = context.study.simulation
    if of is None or of.genset_units is None or of.test_fuel is None or of.genset_power is None:
        return
    units = modules_running(of.genset_units, of.genset_redundancy or "N")
    load, each = (of.test_load_percent or 0.0) / 100.0, of.test_consumption or 0.0
    kilograms = fuel_of_tests(units, of.test_hours or 0.0, of.genset_power.to("kW"), load, each)
    metered = {each.year for each in context.yearly if each.row.use == "backup-test"}
    for year in context.study.settings.years:
        if year not in metered and kilograms:
            line = "simulated-tests"
            told = {"units": units, "hours": f"{of.test_hours:g}", "power": f"{of.genset_power.to('kW'):g}"}
            context.mark(line, f"fuel {year}", kilograms, "kg", "derived", "generator-tests", **told)
            tag = tag_for(line, LINE_NAMES[8], "facility", "data-centre", "backup-test", year, "derived", "fuel")
            yield tag, of.test_fuel, kilograms
