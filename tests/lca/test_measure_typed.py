"""A study with a measure is the study in which the measure is done, typed: to 1e-9, by basis, year and use."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from factors.problems import has_errors
from inventories.guards import guard
from inventories.measures import Measure
from inventories.study import Study
from inventories.values import Quantity, YearRange
from lca.expand import expand
from lca.measures.states import States, numbers
from lca.system import BASES
from tests.lca.test_hourly import DAY, hours
from tests.lca.test_measures import measure
from tests.lca.test_simulation import sheet
from tests.lca.warm import mwh
from tests.studies import contract, heat, line, make, meter, own, refrigerant, shipped_example, water

FACTORS = [own("box", 100.0), own("fan", 7.0), own("chiller", 40.0)]
HOURS = 8.76  # MWh of a kilowatt in a year


def energy(of: Any) -> dict[tuple[str, int], float]:
    """Electricity by use and year, and heat by id and year [kWh]."""
    found: dict[tuple[str, int], float] = {}
    for use in of.matching.uses:
        found[use.use, use.year] = found.get((use.use, use.year), 0.0) + float(np.ravel(use.kwh)[0])
    for each in of.heats:
        for name in ("delivered", "electricity"):
            found[f"{each.row.id} {name}", each.year] = float(np.ravel(getattr(each, name))[0])
    return {key: value for key, value in found.items() if value}


def same(study: Study, typed: Study, *done: str) -> None:
    """Compare a study with measures done, alone and among the sets that are tried, with the typed one."""
    assert not has_errors(guard(study)), guard(study)
    assert not has_errors(guard(typed)), guard(typed)
    states = States(study)
    with_it, without = states.context(done), expand(typed)
    assert not has_errors(without.problems), without.problems
    assert energy(with_it) == pytest.approx(energy(without), rel=1e-9)
    wanted, number = numbers(without), sum(1 << states.measures.index(id) for id in done)
    for found in (numbers(with_it), states.of(np.array([number], dtype=np.int64))):
        for basis in BASES:
            for name in ("footprint", "outside"):
                one, other = (getattr(each, name)[basis][:, 0] for each in (found, wanted))
                assert one == pytest.approx(other, rel=1e-9, abs=1e-6), (basis, name)
    nothing = numbers(expand(replace(study.base, measures=(), held=())))
    before = states.of(np.zeros(1, dtype=np.int64))
    for basis in BASES:
        assert before.footprint[basis][:, 0] == pytest.approx(nothing.footprint[basis][:, 0], rel=1e-9, abs=1e-6)


def servers(id: str = "H1", **of: Any) -> Any:
    return line("Hardware", **{"id": id, "factor": "box", "count": 10, "power_w": 500.0, "service_life": 5.0, **of})


def powered(*rows: Measure, hardware: Any = None, **of: Any) -> Study:
    """Ten machines of 500 W and four of 800 W: 43.8 + 28.032 MWh; cooling of 20 MWh of which 40 % stay."""
    both = [servers(), servers("H2", count=4, power_w=800.0, service_life=4.0)]
    cooling = meter(id="E2", use="cooling", amount=mwh(20.0), fixed_percent=40.0)
    plain: dict[str, Any] = {"energy": [cooling], "heat": [heat(heat=mwh(30.0))], "factors": FACTORS, "years": 10}
    return make(**{**plain, "hardware": both if hardware is None else hardware, "measures": rows, **of})


OLD = 10 * 0.5 * HOURS + 4 * 0.8 * HOURS


def followed(ratios: Mapping[int, float], hardware: Any) -> Study:
    """Cooling and heat by hand for the ratio of the IT load from a year on."""
    years = sorted(ratios)
    lasts = [*(each - 1 for each in years[1:]), None]
    spans = [YearRange(first, last) for first, last in zip(years, lasts, strict=True)]
    cooling = [meter(id=f"E2{k}", use="cooling", amount=mwh(20.0 * (0.4 + 0.6 * ratios[year])), year=spans[k])
               for k, year in enumerate(years)]  # fmt: skip
    warmth = [heat(heat=mwh(30.0 * ratios[year]), year=spans[k]) for k, year in enumerate(years)]
    return powered(hardware=hardware, energy=cooling, heat=warmth)


H2 = servers("H2", count=4, power_w=800.0, service_life=4.0)


@pytest.mark.parametrize("rule", ["standard", "whole"])
@pytest.mark.parametrize("of", [{"kind": "scale", "value": "0.6"}, {"kind": "set", "parameter": "count", "value": "6"}])
def test_fewer_machines_take_less_power(of: dict[str, Any], rule: str) -> None:
    """Six of ten from the start: IT is (6 × 0.5 + 4 × 0.8) kW."""
    kind, more = of["kind"], {key: value for key, value in of.items() if key != "kind"}
    study = powered(measure("A", kind, "H1", **more), replacement_rule=rule)
    typed = followed({2027: (6 * 0.5 + 4 * 0.8) * HOURS / OLD}, [servers(count=6), H2])
    same(study, replace(typed, settings=study.settings), "A")


@pytest.mark.parametrize("rule", ["standard", "whole"])
def test_fewer_machines_are_bought_from_a_year_on(rule: str) -> None:
    """Six of ten from 2030: the set of 2027 serves 5 a, the six come in 2032; the load goes with what is in place."""
    study = powered(measure("A", "scale", "H1", value="0.6", start_year=2030), replacement_rule=rule)
    both = [servers(replaced_by="H1b"), servers("H1b", count=6), H2]
    typed = followed({2027: 1.0, 2032: (6 * 0.5 + 4 * 0.8) * HOURS / OLD}, both)
    same(study, replace(typed, settings=study.settings), "A")


def test_machines_that_are_taken_away_take_no_power() -> None:
    without = followed({2027: 10 * 0.5 * HOURS / OLD}, [servers()])
    same(powered(measure("A", "remove", "H2")), without, "A")
    later = followed({2027: 1.0, 2031: 10 * 0.5 * HOURS / OLD}, [servers(), replace(H2, until=2030)])
    same(powered(measure("A", "remove", "H2", start_year=2031)), later, "A")


def test_machines_that_a_measure_brings_take_power() -> None:
    """Five of 300 W from 2029."""
    more = servers("H9", count=5, power_w=300.0, service_life=6.0)
    study = powered(measure("A", "add", "H9", start_year=2029), hardware=[servers(), H2, more])
    now = (10 * 0.5 + 4 * 0.8 + 5 * 0.3) * HOURS
    same(study, followed({2027: 1.0, 2029: now / OLD}, [servers(), H2, replace(more, installed=2029)]), "A")


def test_one_for_another_in_one_measure() -> None:
    """H2 goes and H9 comes in 2030, and the rest is a fifth less: sets in place stay to 2031."""
    more = servers("H9", count=5, power_w=300.0, service_life=6.0)
    rows = [measure("A", "remove", "H2", start_year=2030), measure("A", "add", "H9", start_year=2030),
            measure("B", "scale", "H1", value="0.8", start_year=2030)]  # fmt: skip
    study = powered(*rows, hardware=[servers(), H2, more])
    then, last = (10 * 0.5 + 5 * 0.3) * HOURS / OLD, (8 * 0.5 + 5 * 0.3) * HOURS / OLD
    hardware = [servers(replaced_by="H1b"), servers("H1b", count=8), replace(H2, until=2029),
                replace(more, installed=2030)]  # fmt: skip
    same(study, followed({2027: 1.0, 2030: then, 2032: last}, hardware), "A", "B")


def test_where_the_load_is_metered_power_is_only_a_guard() -> None:
    rows = [meter(amount=mwh(70.0)), meter(id="E2", use="cooling", amount=mwh(20.0))]
    study = powered(measure("A", "scale", "H1", value="0.6"), energy=rows)
    same(study, powered(hardware=[servers(count=6), H2], energy=rows), "A")


def test_without_a_powered_machine_the_load_of_the_year_counts() -> None:
    """The last machine with a power goes: 1,000 kW × 1 % × 8,760 h are worked out instead, as where it is not typed."""
    study = powered(measure("A", "remove", "H1"), hardware=[servers()], load=1.0, energy=[], heat=[])
    same(study, powered(hardware=[], load=1.0, energy=[], heat=[]), "A")


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
            measure("C", "scale", "E2", value="0.9", requires=("A",))]  # fmt: skip
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


P1 = line("Plant", id="P1", factor="chiller", amount=Quantity(2.0, "piece"), service_life=5.0, waste_percent=0.0)
R1 = refrigerant(equipment="P1", leakage_percent=3.0, recovery_percent=80.0)


def cooled(*rows: Measure, **of: Any) -> Study:
    return make(**{"years": 12, "energy": [E1], "factors": FACTORS, "measures": rows, **of})


@pytest.mark.parametrize("rule", ["standard", "pro-rata"])
@pytest.mark.parametrize("year", [None, 2030, 2032])
def test_a_chiller_goes_with_its_charge(year: int | None, rule: str) -> None:
    """From the start neither is there; from a year on both end with the year before, in the middle of a life or not."""
    both: dict[str, Any] = {"plant": [P1], "refrigerants": [R1], "replacement_rule": rule}
    study = cooled(*(measure("A", "remove", each, start_year=year) for each in ("P1", "R1")), **both)
    typed = cooled(replacement_rule=rule)
    if year is not None:
        typed = cooled(**{**both, "plant": [replace(P1, until=year - 1)]})
    same(study, typed, "A")


@pytest.mark.parametrize("installed", [None, 2031])
def test_a_chiller_comes_with_its_charge(installed: int | None) -> None:
    """Both in the first year of the measure, or when the chiller is typed to be installed."""
    plant = replace(P1, installed=installed)
    study = cooled(*(measure("A", "add", each, start_year=2029) for each in ("P1", "R1")), plant=[plant],
                   refrigerants=[R1])  # fmt: skip
    same(study, cooled(plant=[replace(P1, installed=installed or 2029)], refrigerants=[R1]), "A")


def test_a_chiller_goes_whose_charge_a_measure_that_it_requires_takes_out() -> None:
    """The charge goes in 2029, the chiller in 2032."""
    rows = [measure("A", "remove", "R1", start_year=2029),
            measure("B", "remove", "P1", start_year=2032, requires=("A",))]  # fmt: skip
    study = cooled(*rows, plant=[P1], refrigerants=[R1])
    typed = cooled(plant=[replace(P1, until=2031)], refrigerants=[replace(R1, until=2028)])
    same(study, typed, "A", "B")


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
