"""A study with a measure on energy, heat or water is the study in which the measure is done, typed: to 1e-9."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from factors.problems import has_errors
from inventories.guards import guard
from inventories.measures import Measure
from inventories.study import Study
from inventories.values import Quantity, YearRange
from lca.measures.states import States, numbers
from lca.system import BASES
from tests.lca.test_hourly import DAY, hours
from tests.lca.test_measures import measure
from tests.lca.test_simulation import sheet
from tests.lca.typed import FACTORS, same, servers
from tests.lca.warm import mwh
from tests.studies import contract, heat, make, meter, own, shipped_example, water

METER = meter(id="E3", use="heat-pump", amount=mwh(10.0), scales_with="it")


def warmed(*rows: Measure, side: str = "inside", **of: Any) -> Study:
    """A hundred megawatt-hours of IT, and 30 of heat whose pump takes 10: typed there, or on Energy (``by_meter``)."""
    by_meter, more = of.pop("by_meter", False), dict(of)
    pump: dict[str, Any] = {"heat_pump_meter": "E3"} if by_meter else {"heat_pump_electricity": mwh(10.0)}
    plain: dict[str, Any] = {
        "energy": [meter(amount=mwh(100.0)), *([METER] if by_meter else [])],
        "heat": [heat(heat=mwh(30.0), heat_pump=side, **pump)],
        "years": 6,
        "measures": rows,
    }
    return make(**{**plain, **more})


def stepped(row: Any, year: int, **of: Any) -> list[Any]:
    """A row as it is before a year, and as it is from then on."""
    first = {"id": f"{row.id}a"} if hasattr(row, "carrier") else {}
    return [replace(row, year=YearRange(2027, year - 1)), replace(row, **first, year=YearRange(year, None), **of)]


SIDES = pytest.mark.parametrize("side", ["inside", "outside"])


@SIDES
def test_heat_is_scaled_at_the_cop_of_its_metered_pump(side: str) -> None:
    """Four fifths of the heat from 2030: 24 MWh with 8."""
    study = warmed(measure("A", "scale", "Q1", value="0.8", start_year=2030), side=side)
    (row,) = study.heat
    rows = stepped(row, 2030, heat=mwh(24.0), heat_pump_electricity=mwh(8.0))
    same(study, warmed(side=side, heat=rows), "A")


@SIDES
def test_less_it_is_less_heat_at_the_cop_of_its_metered_pump(side: str) -> None:
    """Three quarters of the IT: 75 MWh, 22.5 MWh of heat with 7.5."""
    study = warmed(measure("A", "scale", "E1", value="0.75"), side=side)
    (row,) = study.heat
    now = replace(row, heat=mwh(22.5), heat_pump_electricity=mwh(7.5))
    same(study, warmed(side=side, heat=[now], energy=[meter(amount=mwh(75.0))]), "A")


@SIDES
def test_heat_is_scaled_with_the_row_that_meters_its_pump(side: str) -> None:
    """Four fifths of the heat and of its meter: 24 MWh with 8, in 2030 and after."""
    rows = [measure("A", "scale", each, value="0.8", start_year=2030) for each in ("Q1", "E3")]
    study = warmed(*rows, side=side, by_meter=True)
    of_meter = [replace(each, meter="pump") for each in stepped(METER, 2030, amount=mwh(8.0))]
    named = replace(study.heat[0], heat_pump_meter="pump")
    typed = warmed(side=side, energy=[study.energy[0], *of_meter], heat=stepped(named, 2030, heat=mwh(24.0)))
    same(study, typed, "A")


@SIDES
def test_metered_heat_comes_and_goes_with_its_meter(side: str) -> None:
    gone = warmed(*(measure("A", "remove", each) for each in ("Q1", "E3")), side=side, by_meter=True)
    without = warmed(heat=[], energy=[meter(amount=mwh(100.0))])
    same(gone, without, "A")
    same(warmed(measure("A", "remove", "Q1"), side=side), without, "A")
    come = warmed(measure("A", "heat", "Q1"), measure("A", "add", "E3"), side=side, by_meter=True)
    same(come, warmed(side=side, by_meter=True), "A")
    later = warmed(measure("A", "heat", "Q1", start_year=2029), side=side)
    same(later, warmed(side=side, heat=[replace(later.heat[0], year=YearRange(2029, None))]), "A")


def test_how_much_of_metered_heat_is_used_is_scaled_alone() -> None:
    study = warmed(measure("A", "scale", "Q1", parameter="used_percent", value="0.5"))
    used = [replace(study.heat[0], used_percent=80.0)]
    typed = warmed(heat=[replace(study.heat[0], used_percent=40.0)])
    same(replace(study, heat=tuple(used)), typed, "A")


def test_heat_of_kajaani_with_its_metered_pumps() -> None:
    """Nine tenths of Q1 and of E11, which meters its pumps from 2030 on; E10, which does before, stays."""
    shipped = replace(shipped_example("kajaani").base, held=())
    rows = tuple(measure("A", "scale", each, value="0.9", start_year=2030) for each in ("Q1", "E11"))
    warmth = [made for row in shipped.heat for made in (_split(row, "heat", 0.9) if row.id == "Q1" else [row])]
    pumps = [made for row in shipped.energy for made in (_split(row, "amount", 0.9) if row.id == "E11" else [row])]
    typed = replace(shipped, measures=(), heat=tuple(warmth), energy=tuple(pumps))
    same(replace(shipped, measures=rows), typed, "A")


def _split(row: Any, field: str, by: float) -> list[Any]:
    """A row before 2030 as it is, and after it multiplied."""
    amount = getattr(row, field)
    less = {} if amount is None else {field: Quantity(amount.value * by, amount.unit)}
    first, last = (2027, None) if row.year is None else (row.year.first, row.year.last)
    if last is not None and last < 2030:
        return [row]
    later = replace(row, year=YearRange(max(first, 2030), last), **less)
    if first >= 2030:
        return [later]
    again = {"id": f"{row.id}b"} if field == "amount" else {}
    return [replace(row, year=YearRange(first, 2029)), replace(later, **again)]


HALL: dict[str, Any] = {"energy": [meter(amount=mwh(4_000.0))], "simulation": sheet(), "years": 3}


def test_heat_of_the_simulated_hall_comes_and_goes() -> None:
    warmth = heat(heat=None, cop=4.0)
    come = make(**HALL, heat=[warmth], measures=[measure("A", "heat", "Q1", start_year=2028)])
    same(come, make(**HALL, heat=[replace(warmth, year=YearRange(2028, None))]), "A")
    same(make(**HALL, heat=[warmth], measures=[measure("A", "remove", "Q1")]), make(**HALL), "A")


def test_a_heat_without_which_the_pump_is_the_utility_s() -> None:
    """Without heat the utility's pump is outside the boundary; heat that a measure brings puts it inside."""
    pump = replace(METER, owner="utility")
    rows = [meter(amount=mwh(100.0)), pump]
    warmth = heat(heat=mwh(30.0), heat_pump_meter="E3")
    come = warmed(measure("A", "heat", "Q1"), energy=rows, heat=[warmth])
    same(come, warmed(energy=rows, heat=[warmth]), "A")


def test_hours_are_told_apart_only_with_what_a_measure_brings() -> None:
    """A load of half the day, and as much made on site as it takes in a year, evenly: by the hour half of it is lost.

    A contract by the hour, and solar power with its hours, part hours; without them the year is matched as a whole.
    """
    files = tuple(hours(name, values) for name, values in (("half.csv", DAY), ("sun.csv", DAY[::-1].copy())))
    rows = [meter(amount=mwh(100.0), profile="half.csv"),
            meter(id="E8", carrier="onsite-electricity", use=None, amount=mwh(60.0))]  # fmt: skip
    by_hour = contract(amount=mwh(20.0), matching="hourly", profile="half.csv")
    sun = meter(id="E9", carrier="onsite-electricity", use=None, meter="roof", amount=mwh(5.0), profile="sun.csv")
    for of, kind, id in (({"contracts": [by_hour]}, "contract", "K1"), ({"energy": [*rows, sun]}, "add", "E9")):
        plain: dict[str, Any] = {"years": 2, "energy": rows, **of}
        come = replace(make(**plain, measures=[measure("A", kind, id)]), files=files)
        with_it, without = (replace(make(**each), files=files) for each in (plain, {"years": 2, "energy": rows}))
        same(come, with_it, "A")
        gone = replace(make(**plain, measures=[measure("A", "remove", id)]), files=files)
        same(gone, without, "A")


E1, E2 = meter(id="E1", amount=mwh(70.0)), meter(id="E2", amount=mwh(80.0))


def metered(*rows: Measure, **of: Any) -> Study:
    cooling = meter(id="E5", use="cooling", amount=mwh(9.0), scales_with="none")
    found = [*of.pop("energy"), cooling]
    return make(**{"years": 8, "energy": found, "measures": rows, **of})


def years(row: Any, first: int, last: int | None = None) -> Any:
    return replace(row, year=YearRange(first, last))


def test_without_a_later_row_the_earlier_is_held() -> None:
    study = metered(measure("A", "remove", "E2"), energy=[years(E1, 2027, 2029), years(E2, 2030)])
    same(study, metered(energy=[years(E1, 2027, 2029)]), "A")


def test_a_row_of_every_year_takes_the_place_of_one_that_goes() -> None:
    both = [E1, years(E2, 2030)]
    same(metered(measure("A", "remove", "E2"), energy=both), metered(energy=[E1]), "A")
    later = metered(measure("A", "remove", "E2", start_year=2032), energy=both)
    same(later, metered(energy=[E1, years(E2, 2030, 2031)]), "A")


def test_a_row_that_comes_stands_before_one_of_every_year() -> None:
    for typed in (E2, years(E2, 2028), years(E2, 2029, 2032)):
        study = metered(measure("A", "add", "E2", start_year=2030), energy=[E1, typed])
        last = None if typed.year is None else typed.year.last
        same(study, metered(energy=[E1, years(E2, 2030, last)]), "A")


def test_one_row_for_another() -> None:
    """E1 goes and E2 comes in 2030, with others that only change how much there is: all sets of the three."""
    rows = [measure("A", "remove", "E1", start_year=2030), measure("A", "add", "E2", start_year=2030),
            measure("B", "scale", "E5", value="0.5"),
            measure("C", "scale", "E2", value="0.9", requires=("A",), start_year=2030)]  # fmt: skip
    study = metered(*rows, energy=[E1, E2])
    first = years(E1, 2027, 2029)
    same(study, metered(energy=[first, years(E2, 2030)]), "A")
    half = replace(study.energy[2], amount=mwh(4.5))
    less = replace(years(E2, 2030), amount=mwh(72.0))
    typed = metered(energy=[first, less])
    same(study, replace(typed, energy=(*typed.energy[:2], half)), "A", "B", "C")


def test_water_of_one_kind_comes_and_goes() -> None:
    one, other = water(), water(id="W2", amount=Quantity(700.0, "m3"))
    plain: dict[str, Any] = {"energy": [E1], "water": [one, years(other, 2030)], "years": 8}
    same(make(**plain, measures=[measure("A", "remove", "W2")]), make(**{**plain, "water": [one]}), "A")
    come = make(**{**plain, "water": [one, other]}, measures=[measure("A", "add", "W2", start_year=2031)])
    same(come, make(**{**plain, "water": [one, years(other, 2031)]}), "A")


def test_a_meter_of_it_takes_the_place_of_a_load() -> None:
    """1,000 kW × 2 % × 8,760 h until a meter of 80 MWh stands in 2030, and where one of 70 is taken away."""
    come = metered(measure("A", "add", "E2", start_year=2030), energy=[E2], load=2.0)
    same(come, metered(energy=[years(E2, 2030)], load=2.0), "A")
    same(metered(measure("A", "remove", "E1"), energy=[E1], load=2.0), metered(energy=[], load=2.0), "A")


COOLED = meter(id="E6", use="cooling", amount=mwh(300.0))


def test_a_simulation_takes_the_place_of_a_meter() -> None:
    """Cooling as metered in 2027 and simulated from 2028 on; and the other way round."""
    both: dict[str, Any] = {**HALL, "energy": [*HALL["energy"], COOLED]}
    gone = make(**both, measures=[measure("A", "remove", "E6", start_year=2028)])
    same(gone, make(**{**both, "energy": [*HALL["energy"], years(COOLED, 2027, 2027)]}), "A")
    come = make(**both, measures=[measure("A", "add", "E6", start_year=2028)])
    same(come, make(**{**both, "energy": [*HALL["energy"], years(COOLED, 2028)]}), "A")


def test_district_cooling_is_simulated_without_its_row() -> None:
    bought = meter(id="E6", carrier="district-cooling", use="cooling", amount=mwh(300.0), factor="cold")
    own_cold = [own("cold", 0.1, "kg CO2e/kWh", "B6")]
    study = make(**{**HALL, "energy": [*HALL["energy"], bought]}, factors=own_cold, measures=[
        measure("A", "remove", "E6")])  # fmt: skip
    same(study, make(**HALL, factors=own_cold), "A")


def test_simulated_tests_of_generators_take_the_place_of_a_row() -> None:
    tested = sheet(genset_units=2, genset_power=Quantity(1.0, "MW"), test_hours=12.0, test_load_percent=50.0,
                   test_consumption=0.25, test_fuel="fuel-hvo-gb")  # fmt: skip
    burnt = meter(id="E7", carrier="fuel-hvo-gb", use="backup-test", amount=Quantity(900.0, "l"))
    hall = {**HALL, "simulation": tested}
    study = make(**{**hall, "energy": [*HALL["energy"], burnt]}, measures=[measure("A", "remove", "E7")])
    same(study, make(**hall), "A")


def test_every_set_of_what_comes_and_goes_is_a_study_of_its_own() -> None:
    """Rows that come and go, machines, heat and coefficients: each set among all, and apart."""
    rows = [
        measure("A", "remove", "E1", start_year=2030), measure("A", "add", "E9", start_year=2030),
        measure("B", "scale", "H1", value="0.6", start_year=2029),
        measure("C", "remove", "E2", start_year=2031),
        measure("D", "scale", "Energy[use=cooling]", value="0.9"),
        measure("E", "scale", "Q1", value="0.8", start_year=2031),
    ]  # fmt: skip
    cooling = meter(id="E2", use="cooling", amount=mwh(20.0), year=YearRange(2029, None))
    study = make(
        years=8, factors=FACTORS, hardware=[servers()], measures=rows,
        energy=[E1, replace(E2, id="E9"), cooling, replace(cooling, id="E4", year=None, amount=mwh(15.0))],
        heat=[heat(heat=mwh(30.0), heat_pump_electricity=mwh(9.0))],
    )  # fmt: skip
    assert not has_errors(guard(study)), guard(study)
    states = States(study)
    together = states.of(np.arange(2**5))
    for number in range(2**5):
        done = [id for bit, id in enumerate(states.measures) if number >> bit & 1]
        apart = numbers(states.context(done))
        for basis in BASES:
            for name in ("footprint", "outside"):
                one, other = getattr(together, name)[basis][:, number], getattr(apart, name)[basis][:, 0]
                assert one == pytest.approx(other, rel=1e-9, abs=1e-6), (done, basis, name)
