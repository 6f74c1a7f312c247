"""Measures on machines and chillers: their power and their charge come and go with them, as in a study typed so."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from inventories.measures import Measure
from inventories.study import Study
from inventories.values import Quantity, YearRange
from tests.lca.test_measures import measure
from tests.lca.typed import FACTORS, same, servers
from tests.lca.warm import mwh
from tests.studies import heat, line, make, meter, refrigerant

HOURS = 8.76  # MWh of a kilowatt in a year
E1 = meter(amount=mwh(70.0))


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
