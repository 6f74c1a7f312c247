"""The simulated hall: its formulas, what physics says of it, and how it fills in for meters."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from factors.problems import InputError
from inventories.datafile import DataFile
from inventories.keyed import Simulation
from inventories.study import EnergyRow, Study, YearsRow
from inventories.values import Quantity, YearRange
from lca import evaluation, packages
from lca.assess import assess
from lca.context import Context
from lca.expand import expand
from lca.hall import hall_document, hourly_rows
from lca.simulation import (
    Chiller,
    Hall,
    Loop,
    Ups,
    eer,
    free_share,
    loss_coefficients,
    server_power,
    simulate,
    ups_loss,
    water,
    wet_bulb,
)
from lca.weather import DAYS, normals, synthetic
from tests.studies import line, make, meter

CHILLER = Chiller(0.5, 3.0, 12.0)
YEAR = synthetic(normals("kajaani-synthetic"))
LOAD = np.full(8760, 1000.0)


def loop(supply: float = 20.0, **of: Any) -> Loop:
    return Loop(**{"share": 1.0, "supply": supply, "back": supply + 6.0, "approach": 6.0, "movers": 0.03, **of})


def hall(supply: float = 20.0, **of: Any) -> Hall:
    plain: dict[str, Any] = {"loops": (loop(supply),), "chiller": CHILLER, "distribution": 0.98, "lighting_kw": 5.0}
    return Hall(**{**plain, **of})


def test_fleet_of_idle_and_loaded_servers() -> None:
    """Case A-18: Boavizta / Publicis Sapient, e-footprint test suite: 300 W full, 50 W idle, PUE 3."""
    machines, load = np.array([1.0, 0.0, 2.0]), np.array([1.0, 0.0, 1.5])
    utilisation = np.divide(load, machines, out=np.zeros(3), where=machines > 0)
    watts = 300.0 * machines * server_power(utilisation, 50 / 300)
    assert (3 * watts / 1000).tolist() == pytest.approx([0.9, 0.0, 1.425], rel=1e-6)
    idle, running = 3 * 50.0 * machines / 1000, 3 * 250.0 * load / 1000
    assert (0.1 * idle[2], 0.1 * running[2]) == pytest.approx((0.03, 0.1125), rel=1e-6)


def test_a_fixed_ups_smaller_than_its_load_is_refused_and_never_clipped() -> None:
    small = Ups(900.0, 1, (0.01, 0.02, 0.01))
    with pytest.raises(ValueError, match="1000"):
        simulate(hall(ups=small), LOAD, YEAR)


def test_it_is_the_textbook_decomposition() -> None:
    # One hour at -10 °C: 1,000 kW, UPS of constant 96 % at this load, distribution 98 %, 5 kW of light, all free.
    ups = Ups(2000.0, 2, (0.0, 1 / 0.96 - 1, 0.0))
    found = simulate(hall(ups=ups), np.array([1000.0]), np.array([-10.0]))
    lost = 1000 * (1 / 0.96 - 1)
    distribution = (1000 + lost) * (1 / 0.98 - 1)
    movers = 0.03 * (1000 + lost + 5)
    assert found.total[0] == pytest.approx(1000 + lost + distribution + movers + 5)
    phi = {"cool": found.cooling, "ups": found.ups, "dist": found.distribution, "light": found.lighting}
    assert found.total[0] / 1000 == pytest.approx(1 + sum(float(each[0]) for each in phi.values()) / 1000)
    assert found.chiller[0] == 0


def test_a_warm_hour_by_hand() -> None:
    # 30 °C: no free cooling (return 26 - 6 = 20). T_e = 17 °C = 290.15 K, T_c = 42 °C: EER = 0.5 · 290.15 / 25 = 5.803.
    found = simulate(hall(distribution=1.0, lighting_kw=0.0), np.array([1000.0]), np.array([30.0]))
    assert found.free[0] == 0
    assert found.chiller[0] == pytest.approx(1000 / 5.803)
    # 17 °C: x = (20 - 17) / (20 - 14) = half; T_c = 29 °C: EER = 0.5 · 290.15 / 12
    half = simulate(hall(distribution=1.0, lighting_kw=0.0), np.array([1000.0]), np.array([17.0]))
    assert half.chiller[0] == pytest.approx(500 / (0.5 * 290.15 / 12))


@given(st.floats(-40, 40), st.floats(0, 15), st.floats(15, 45), st.sampled_from(["none", "adiabatic", "tower"]))
def test_colder_weather_never_raises_cooling_energy(outdoor: float, colder: float, supply: float, kind: str) -> None:
    dry = np.full(1, 50.0)
    of = hall(supply, evaporative=kind, cycles=4.0)
    warm = simulate(of, np.array([1000.0]), np.array([outdoor]), dry)
    cold = simulate(of, np.array([1000.0]), np.array([outdoor - colder]), dry)
    assert cold.cooling[0] <= warm.cooling[0] * (1 + 1e-12)


@given(st.floats(-40, 40), st.floats(5, 40), st.floats(0, 15))
def test_a_higher_set_point_never_lowers_free_hours(outdoor: float, supply: float, higher: float) -> None:
    at = np.array([outdoor])
    assert free_share(at, loop(supply + higher))[0] >= free_share(at, loop(supply))[0] - 1e-12
    assert eer(at, loop(supply + higher), CHILLER)[0] >= eer(at, loop(supply), CHILLER)[0] * (1 - 1e-12)


@given(st.floats(0, 1), st.floats(0.88, 0.95), st.floats(0, 0.02), st.floats(0, 0.01))
def test_losses_of_the_ups_meet_its_data_sheet(load: float, quarter: float, more: float, most: float) -> None:
    half, full = quarter + more, quarter + more + most
    of = Ups(1000.0, 1, loss_coefficients(quarter, half, full))
    for share, efficiency in ((0.25, quarter), (0.5, half), (1.0, full)):
        carried = 1000.0 * share
        lost = float(ups_loss(np.array([carried]), of)[0])
        assert carried / (carried + lost) == pytest.approx(efficiency)


def test_redundancy_runs_the_modules_at_part_load() -> None:
    of = Ups(1000.0, 4, loss_coefficients(0.93, 0.955, 0.96))
    load = np.array([800.0])
    lost = {name: float(ups_loss(load, replace(of, redundancy=name))[0]) for name in ("N", "N+1", "2N")}
    a0, a1, a2 = of.losses
    by_hand = 8 * 250 * (a0 + a1 * 0.4 + a2 * 0.16)  # 2N: eight modules of 250 kW at 40 %
    assert lost["2N"] == pytest.approx(by_hand)
    assert lost["N"] < lost["N+1"] < lost["2N"]


def test_free_cooling_hours_of_the_synthetic_year_grow_with_the_set_point() -> None:
    hours = [int((free_share(YEAR, loop(supply)) == 1).sum()) for supply in (12, 18, 24, 30)]
    assert hours == sorted(hours)
    assert hours[-1] == 8760  # free up to 24 °C; the warmest synthetic hour is 21.8 °C
    assert YEAR.max() < 24


def test_the_synthetic_year_keeps_its_monthly_normals() -> None:
    month = np.repeat(np.arange(12), np.array(DAYS) * 24)
    for i, (low, high) in enumerate(normals("kajaani-synthetic")):
        days = YEAR[month == i].reshape(-1, 24)
        assert days.mean() == pytest.approx((low + high) / 2, abs=1e-9)
        assert (days.max(axis=1) - days.min(axis=1)).tolist() == pytest.approx([high - low] * DAYS[i])
    degree_days = np.maximum(0.0, 17.0 - YEAR.reshape(-1, 24).mean(axis=1))
    assert 5000 < degree_days.sum() < 6000  # about 5,240 Kd published, which leaves warm days of spring and autumn out


def test_wet_bulb_and_water() -> None:
    # Stull (2011): 20 °C at 50 % is 13.7 °C
    assert wet_bulb(np.array([20.0]), np.array([50.0]))[0] == pytest.approx(13.7, abs=0.05)
    assert wet_bulb(np.array([20.0]), np.array([99.0]))[0] == pytest.approx(20.0, abs=0.3)
    assert water(np.array([1000.0]), 5.0)[0] == pytest.approx(1000 / 0.68 * 1.25)
    dry = simulate(hall(), LOAD, YEAR)
    assert dry.water.sum() == 0
    humid = np.full(8760, 70.0)
    wetted = simulate(hall(14.0, evaporative="adiabatic", cycles=4.0), LOAD, YEAR, humid)
    tower = simulate(hall(14.0, evaporative="tower", cycles=4.0), LOAD, YEAR, humid)
    assert 0 < wetted.water.sum() < tower.water.sum()
    assert wetted.chiller.sum() < simulate(hall(14.0), LOAD, YEAR).chiller.sum()


def test_energy_goes_in_and_comes_out_as_heat() -> None:
    found = simulate(hall(captured=0.8, exchanger=3.0), LOAD, YEAR)
    assert found.heat.sum() == pytest.approx(0.8 * LOAD.sum())
    assert found.heat_temperature == 26.0 - 3.0
    assert np.all(found.heat <= found.total)


# --- the Simulation sheet -------------------------------------------------------------------------


def sheet(**of: Any) -> Simulation:
    plain: dict[str, Any] = {
        "weather_file": "kajaani-synthetic",
        "cooling_type": "chilled-water",
        "supply_temperature": 20.0,
        "return_temperature": 26.0,
        "approach": 6.0,
        "chiller_efficiency_percent": 50.0,
        "evaporator_approach": 3.0,
        "condenser_approach": 12.0,
        "fan_and_pump_percent": 3.0,
        "distribution_efficiency_percent": 98.0,
    }
    return Simulation(**{**plain, **of})


def study(
    of: Simulation, files: tuple[DataFile, ...] = (), years: int = 2, load: float | None = 75.0, **more: Any
) -> Study:
    made = make(years=years, load=load, grid_connection=None, **more)
    return replace(made, simulation=of, files=files)


def by_line(document: dict[str, Any], year: int = 2027) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in document["contributions"]:
        if row["year"] == year:
            sums[row["line"]] = sums.get(row["line"], 0.0) + row["location"]
    return sums


GRID = 0.0722488


def test_uses_without_a_meter_are_simulated_and_marked() -> None:
    document = assess(study(sheet()))
    found = simulate(hall(lighting_kw=0.0), np.full(8760, 750.0), YEAR)
    sums = by_line(document)
    assert sums["it"] == pytest.approx(750 * 8760 * GRID)
    assert sums["simulated-cooling"] == pytest.approx(found.cooling.sum() * GRID)
    assert sums["simulated-power-losses"] == pytest.approx(found.losses.sum() * GRID)
    told = [value for value in document["passport"]["values"] if value["code"] == "simulated"]
    assert {value["line"] for value in told} == {"simulated-cooling", "simulated-power-losses"}
    assert all("kajaani-synthetic" in value["how"] for value in told)
    rows = [row for row in document["contributions"] if row["line"].startswith("simulated")]
    assert {row["status"] for row in rows if row["location"]} == {"derived"}


def test_a_meter_comes_before_the_simulation() -> None:
    cooling = meter(id="CO", use="cooling", amount=Quantity(10, "MWh"))
    sums = by_line(assess(study(sheet(), energy=[cooling])))
    assert sums["CO"] == pytest.approx(10_000 * GRID)
    assert "simulated-cooling" not in sums
    assert "simulated-power-losses" in sums


def test_it_load_from_fill_utilisation_and_the_power_curve() -> None:
    of = sheet(fill_percent=80.0, utilisation_percent=40.0, idle_percent=30.0)
    document = assess(study(of, load=None))
    assert by_line(document)["it"] == pytest.approx(1000 * 0.8 * (0.3 + 0.7 * 0.4) * 8760 * GRID)
    curved = assess(study(replace(of, power_curve_exponent=1.4), load=None))
    power = 0.3 + 0.7 * (2 * 0.4 - 0.4**1.4)
    assert by_line(curved)["it"] == pytest.approx(1000 * 0.8 * power * 8760 * GRID)


def hourly(name: str, values: NDArray[np.float64], unit: str = "") -> DataFile:
    return DataFile(file=name, unit=unit, values=tuple(values.tolist()), start="2025-01-01T00:00Z")


def test_load_moved_to_summer_costs_more_cooling_and_the_same_it() -> None:
    flat = np.ones(8760)
    summer = flat.copy()
    summer[:744] -= 0.5
    summer[4344 : 4344 + 744] += 0.5
    made = {
        name: assess(study(sheet(it_profile="it.csv", supply_temperature=12.0, return_temperature=18.0),
                           (hourly("it.csv", values),)))
        for name, values in (("even", flat), ("summer", summer))
    }  # fmt: skip
    even, later = by_line(made["even"]), by_line(made["summer"])
    assert later["it"] == pytest.approx(even["it"])
    assert later["simulated-cooling"] > even["simulated-cooling"] * 1.001


def test_weather_of_a_file_is_used() -> None:
    cold, hot = (hourly("w.csv", np.full(8760, value), "°C") for value in (-20.0, 35.0))
    of = sheet(weather_file="w.csv")
    small, large = (by_line(assess(study(of, (file,))))["simulated-cooling"] for file in (cold, hot))
    assert small == pytest.approx(750 * 8760 * 0.03 * GRID)
    assert large == pytest.approx(750 * 8760 * (0.03 + (47 - 17) / (0.5 * 290.15)) * GRID)


def test_tests_of_generators_burn_fuel_where_no_row_does() -> None:
    of = sheet(
        genset_units=2, genset_redundancy="N+1", genset_power=Quantity(2, "MW"), test_hours=12.0,
        test_load_percent=50.0, test_consumption=0.23, test_fuel="fuel-diesel-mineral-gb",
    )  # fmt: skip
    document = assess(study(of))
    rows = [row for row in document["contributions"] if row["line"] == "simulated-tests" and row["year"] == 2027]
    assert {row["module"] for row in rows} == {"B6.3"}
    assert {row["scope"] for row in rows} <= {"1", "3.3", "outside scopes (biogenic)"}
    told = next(value for value in document["passport"]["values"] if value["code"] == "generator-tests")
    assert (told["value"], told["unit"]) == (pytest.approx(3 * 12 * 2000 * 0.5 * 0.23), "kg")


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ({"return_temperature": 20.0}, "simulation-temperatures"),
        ({"approach": 15.0}, "simulation-lift"),
        ({"evaporative": "tower", "cycles_of_concentration": 4.0}, "simulation-humidity"),
        ({"ups_lines": "P9"}, "simulation-line"),
        ({"lighting_density": 8.0}, "simulation-area"),
        ({"ups_rating": Quantity(100, "kW"), "ups_efficiency_25_percent": 93.0, "ups_efficiency_50_percent": 95.0,
          "ups_efficiency_percent": 95.5}, "simulation-ups"),
    ],
)  # fmt: skip
def test_a_hall_that_cannot_be_is_refused(of: dict[str, Any], code: str) -> None:
    found = expand(study(sheet(**of), years=1)).problems
    assert {problem.code for problem in found if problem.severity == "error"} == {code}


def test_both_loops_of_liquid_cooling_take_their_share() -> None:
    of = sheet(
        cooling_type="direct-liquid", supply_temperature=32.0, return_temperature=42.0, liquid_share_percent=80.0,
        air_supply_temperature=12.0, air_return_temperature=18.0,
    )  # fmt: skip
    document = assess(study(of))
    liquid = Loop(0.8, 32.0, 42.0, 6.0, 0.03)
    air = Loop(0.2, 12.0, 18.0, 6.0, 0.03)
    power = np.full(8760, 750.0)
    expected = 0.03 * power + power * sum(
        each.share * (1 - free_share(YEAR, each)) / eer(YEAR, each, CHILLER) for each in (liquid, air)
    )
    assert by_line(document)["simulated-cooling"] == pytest.approx(expected.sum() * GRID)


def test_lighting_by_area() -> None:
    made = study(sheet(lighting_density=10.0), years=1)
    rows = (YearsRow(from_=2027, it_capacity=Quantity(1000, "kW"), it_load_percent=75.0,
                     computer_room_area=Quantity(500, "m2")),)  # fmt: skip
    assert by_line(assess(replace(made, years=rows)))["simulated-lighting"] == pytest.approx(5 * 8760 * GRID)


def test_a_plant_line_may_be_told_apart_as_ups() -> None:
    of = sheet(ups_lines="P1")
    assert not [p for p in expand(study(of, plant=[line("Plant", id="P1")])).problems if p.code == "simulation-line"]


def test_what_simulate_tells_is_what_the_hall_does() -> None:
    with pytest.raises(InputError) as error:
        hall_document(make(years=1, load=75.0))
    assert [problem.code for problem in error.value.problems] == ["simulation-missing"]
    found = hall_document(study(sheet(capture_share_percent=70.0, heat_exchanger_approach=2.0)))
    by_hand = simulate(hall(lighting_kw=0.0), np.full(8760, 750.0), YEAR)
    year = found["years"][0]
    assert year["pue"] == pytest.approx(by_hand.total.sum() / by_hand.it.sum())
    assert (year["heat"], year["heat_temperature"]) == (pytest.approx(0.7 * 750 * 8.76), 24.0)
    for key in ("it", "cooling", "losses"):
        assert sum(row[key] for row in found["months"]) == pytest.approx(year[key])
    assert year["metered_pue"] is None


def test_redundancy_has_its_price_in_embodied_carbon_and_losses() -> None:
    of = sheet(
        ups_rating=Quantity(1000, "kW"), ups_modules=4, ups_redundancy="N+1", ups_efficiency_25_percent=93.0,
        ups_efficiency_50_percent=95.5, ups_efficiency_percent=96.0, ups_lines="P1",
    )  # fmt: skip
    made = study(of, plant=[line("Plant", id="P1", amount=Quantity(1000, "kg"), service_life=20.0)])
    rows = {row["redundancy"]: row for row in hall_document(made)["redundancy"]}
    assert [row["units"] for row in rows.values()] == [4, 5, 8]
    assert [name for name, row in rows.items() if row["chosen"]] == ["N+1"]
    bare = study(replace(of, ups_redundancy="N"), plant=[replace(made.plant[0], amount=Quantity(800, "kg"))])
    one, other = (assess(each)["totals"]["location"]["total"] for each in (made, bare))  # a fifth of the modules
    assert rows["N+1"]["location_beyond"] == pytest.approx(one - other)
    ups = Ups(1000.0, 4, loss_coefficients(0.93, 0.955, 0.96))
    load = np.full(1, 750.0)
    lost = {name: float(ups_loss(load, replace(ups, redundancy=name))[0]) for name in rows}
    for name in ("N", "2N"):  # two years of 8,760 h; the distribution loses on what the UPS loses
        more = (lost[name] - lost["N+1"]) / 0.98 * 2 * 8.76
        assert rows[name]["losses"] - rows["N+1"]["losses"] == pytest.approx(more)
        assert rows[name]["losses_beyond"] == pytest.approx(rows[name]["losses"] - rows["N"]["losses"])
    assert all(row["counted"] for row in rows.values())
    told = assess(made)["simulation"]["redundancy"]
    assert told == list(rows.values())
    embodied = sum(row["location"] for row in assess(made)["contributions"] if row["line"] == "P1")
    cooling = 0.03 * (lost["2N"] - lost["N+1"])
    energy = ((lost["2N"] - lost["N+1"]) / 0.98 + cooling) * 2 * 8760 * GRID
    chillers = rows["2N"]["location_beyond"] - rows["N+1"]["location_beyond"] - energy - embodied * 3 / 5
    assert 0 <= chillers < 0.02 * energy


def metered_hall(years: YearRange | None, **of: Any) -> list[EnergyRow]:
    return [
        meter(id="CO", use="cooling", meter="c", amount=Quantity(700, "MWh"), year=years, **of),
        meter(id="LO", use="power-losses", meter="l", amount=Quantity(300, "MWh"), year=years, **of),
    ]


@pytest.mark.parametrize(
    ("years", "metered"),
    [
        (YearRange(2027, 2027), [True, False, False, False]),  # metered, then simulated
        (YearRange(2029, None), [False, False, True, True]),  # simulated, then metered
        (YearRange(2028, 2029), [False, True, True, False]),
        (None, [True, True, True, True]),
    ],
)
def test_meters_hold_no_further_than_their_years_where_a_hall_is_simulated(
    years: YearRange | None, metered: list[bool]
) -> None:
    document = assess(study(sheet(), years=4, energy=metered_hall(years)))
    found = simulate(hall(lighting_kw=0.0), np.full(8760, 750.0), YEAR)
    for year, is_metered in zip(range(2027, 2031), metered, strict=True):
        sums = by_line(document, year)
        lines = ("CO", "LO") if is_metered else ("simulated-cooling", "simulated-power-losses")
        assert sums.keys() == {"it", *lines}
        expected = (700_000, 300_000) if is_metered else (found.cooling.sum(), found.losses.sum())
        assert [sums[line] / GRID for line in lines] == pytest.approx(expected)
    told = {(value["line"], value["column"]) for value in document["passport"]["values"]}
    for place, is_metered in enumerate(metered):
        assert (("simulated-cooling", f"amount {2027 + place}") in told) is not is_metered
    assert not [problem for problem in document["problems"] if problem["code"] == "year-missing"]


def test_a_gap_between_meters_is_simulated_too_and_lighting_only_where_it_is() -> None:
    cooling = [
        meter(id=name, use="cooling", meter="c", amount=Quantity(700, "MWh"), year=YearRange(year, year))
        for name, year in (("C1", 2027), ("C2", 2029))
    ]
    lights = meter(id="LI", use="lighting", year=YearRange(2027, 2027), amount=Quantity(9, "MWh"))
    document = assess(study(sheet(), years=4, energy=[*cooling, lights]))
    lines = [by_line(document, year).keys() for year in range(2027, 2031)]
    assert [("C1" in of, "C2" in of, "simulated-cooling" in of) for of in lines] == [
        (True, False, False), (False, False, True), (False, True, False), (False, False, True),
    ]  # fmt: skip
    assert all("LI" in of for of in lines)  # no lighting density: nothing else counts it, and it is held
    assert not [problem for problem in document["problems"] if problem["code"] == "year-missing"]


def test_a_meter_that_ends_beside_another_that_stands_is_held_as_without_a_hall() -> None:
    rows = [
        meter(id="C1", use="cooling", meter="a", amount=Quantity(400, "MWh"), year=YearRange(2027, 2027)),
        meter(id="C2", use="cooling", meter="b", amount=Quantity(300, "MWh"), year=YearRange(2027, None)),
    ]
    sums = by_line(assess(study(sheet(), energy=rows)), 2028)
    assert (sums["C1"] + sums["C2"]) / GRID == pytest.approx(700_000)
    assert "simulated-cooling" not in sums


def test_losses_of_redundancy_are_told_where_meters_state_the_losses_too() -> None:
    of = sheet(
        ups_rating=Quantity(1000, "kW"), ups_modules=4, ups_efficiency_25_percent=93.0, ups_efficiency_50_percent=95.5,
        ups_efficiency_percent=96.0, ups_lines="P1",
    )  # fmt: skip
    losses = meter(id="LO", use="power-losses", amount=Quantity(300, "MWh"))
    plant = [line("Plant", id="P1", amount=Quantity(1000, "kg"), service_life=20.0)]
    rows = {
        row["redundancy"]: row for row in assess(study(of, energy=[losses], plant=plant))["simulation"]["redundancy"]
    }
    assert not any(row["counted"] for row in rows.values())
    ups = Ups(1000.0, 4, loss_coefficients(0.93, 0.955, 0.96))
    lost = {name: float(ups_loss(np.full(1, 750.0), replace(ups, redundancy=name))[0]) for name in rows}
    assert rows["2N"]["losses_beyond"] == pytest.approx((lost["2N"] - lost["N"]) / 0.98 * 2 * 8.76)
    assert assess(make(years=1, load=75.0))["simulation"] is None


def test_a_simulated_promise_stands_beside_the_meters() -> None:
    metered = [
        meter(id=use, use=use, meter=use, amount=Quantity(amount, "MWh"))
        for use, amount in (("it", 6570), ("cooling", 700), ("power-losses", 300), ("other", 100))
    ]
    rows = [row for row in assess(study(sheet(), energy=metered))["kpi"] if row["year"] == 2027 and row["kpi"] == "PUE"]
    assert [(row["state"], row["value"]) for row in rows][0] == ("measured", pytest.approx(7670 / 6570))
    assert rows[1]["state"] == "simulated"
    assert rows[1]["same_uses"] == pytest.approx(7570 / 6570)


def test_wetting_lowers_chillers_only_where_it_takes_water() -> None:
    outdoor, humid = np.linspace(-10, 40, 200), np.full(200, 40.0)
    load = np.full(200, 1000.0)
    dry = simulate(hall(), load, outdoor)
    wet = simulate(hall(evaporative="adiabatic", cycles=4.0), load, outdoor, humid)
    lower = wet.chiller < dry.chiller - 1e-9
    assert lower.any()
    assert (wet.water[lower] > 0).all()


def test_it_meters_bring_their_hours_into_the_hall() -> None:
    hours = np.tile(np.r_[np.full(12, 0.5), np.full(12, 1.5)], 365)
    it = meter(amount=Quantity(6570, "MWh"), profile="it.csv")
    context = expand(study(sheet(), (hourly("it.csv", hours),), energy=[it]))
    assert context.simulated is not None
    power = context.simulated.years[2027].it[0]
    assert sorted({round(float(each)) for each in power}) == [375, 1125]


def test_the_office_is_not_in_the_hall() -> None:
    cooling = meter(id="CO", use="cooling", zone="office", amount=Quantity(1, "MWh"))
    desk = meter(id="IT2", use="it", meter="desk", zone="office", amount=Quantity(100, "MWh"))
    it = meter(amount=Quantity(6570, "MWh"))
    context = expand(study(sheet(), energy=[it, desk, cooling]))
    assert context.simulated is not None
    assert context.simulated.years[2027].it.sum() == pytest.approx(6_570_000)
    assert "simulated-cooling" in by_line(assess(study(sheet(), energy=[it, desk, cooling])))


def test_a_typed_load_comes_before_the_power_curve() -> None:
    of = sheet(utilisation_percent=40.0, idle_percent=30.0)
    assert by_line(assess(study(of, load=90.0)))["it"] == pytest.approx(900 * 8760 * GRID)


def test_efficiencies_that_give_a_negative_loss_are_refused() -> None:
    of = sheet(ups_rating=Quantity(900, "kW"), ups_efficiency_25_percent=98.5, ups_efficiency_50_percent=97.0,
               ups_efficiency_percent=96.0)  # fmt: skip
    assert "simulation-fit" in {problem.code for problem in expand(study(of, years=1)).problems}


def test_every_column_of_the_axis_has_its_own_hours() -> None:
    of = sheet(ups_rating=Quantity(3000, "kW"), ups_efficiency_25_percent=93.0, ups_efficiency_50_percent=95.0,
               ups_efficiency_percent=95.5, supply_temperature=8.0, return_temperature=14.0)  # fmt: skip
    hours: NDArray[np.float64] = np.linspace(0.5, 1.5, 8760)
    files = (hourly("it.csv", hours), hourly("grid.csv", np.where(YEAR > 10, 2.0, 1.0)))

    def made(amount: float) -> Study:
        it = meter(amount=Quantity(amount, "MWh"), profile="it.csv")
        return study(of, files, energy=[it], grid_profile="grid.csv", years=1)

    both = contributed(expand(made(5000.0), {"line:E1:amount": [5000.0, 10000.0]}))
    for column, amount in enumerate((5000.0, 10000.0)):
        assert both[column] == pytest.approx(contributed(expand(made(amount)))[0], rel=1e-12)


def contributed(context: Context) -> list[float]:
    built = packages.build(context.system, context.library.gases, "AR6")
    rows = evaluation.contributions(context.system, built)[context.system.facility]
    sums = np.sum([np.broadcast_to(row.location, context.system.length) for row in rows], axis=0)
    return [float(each) for each in sums]


def test_the_normals_of_a_synthetic_year_are_in_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    before = assess(study(sheet()))["input_hash"]
    warmer = tuple((low + 10, high + 10) for low, high in normals("kajaani-synthetic"))
    for module in ("lca.simulated", "lca.results"):
        monkeypatch.setattr(f"{module}.normals", lambda place: warmer)
    assert assess(study(sheet()))["input_hash"] != before


@pytest.mark.parametrize(("years", "start", "written"), [(3, 2027, 2027), (3, 2028, 2029), (1, 2028, 2029)])
def test_hours_are_written_as_of_a_year_that_has_as_many(years: int, start: int, written: int) -> None:
    made = study(sheet(), years=years)
    moved = replace(
        made, settings=replace(made.settings, start_year=start), years=(replace(made.years[0], from_=start),)
    )
    year, rows = hourly_rows(expand(moved))
    assert year == (start if years == 1 else written)
    assert (len(rows), rows[0][0], rows[-1][0]) == (8760, f"{written}-01-01T00:00Z", f"{written}-12-31T23:00Z")
