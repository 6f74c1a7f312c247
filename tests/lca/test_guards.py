"""Guards on what follows from the numbers: each with a study that raises it and a neighbour that does not."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import precheck
from tests.studies import line, make, meter, own, refrigerant


def found(study: Study, code: str) -> list[tuple[str, str, str]]:
    """Severity, sheet and column of the problems of a code."""
    return [(p.severity, p.sheet, p.column) for p in precheck(study) if p.code == code]


def mwh(value: float) -> Quantity:
    return Quantity(value, "MWh")


def test_it_energy_lies_within_the_capacity() -> None:
    """1,000 kW give 8,760 MWh a year; 30 GWh are a mistake of unit."""
    full = make(years=2, capacity_kw=1000.0, energy=[meter(amount=mwh(8760.0))])
    assert found(full, "it-above-capacity") == []
    over = replace(full, energy=(meter(amount=mwh(30_000.0)),))
    assert found(over, "it-above-capacity") == [("warning", "Years", "it_capacity")]
    two = [meter(id="E1", meter="a", amount=mwh(5000.0)), meter(id="E2", meter="b", amount=mwh(5000.0))]
    assert found(replace(full, energy=tuple(two)), "it-above-capacity") == [("warning", "Years", "it_capacity")]


@pytest.mark.parametrize(("overhead", "said"), [(500.0, False), (1999.0, False), (2001.0, True), (500_000.0, True)])
def test_overhead_is_at_most_twice_the_it(overhead: float, said: bool) -> None:
    """1,000 MWh of IT: 2,000 MWh of cooling make a PUE of 3; what builds the place is not in it."""
    site = meter(id="E3", use="construction-site", amount=mwh(9000.0))
    study = make(years=1, energy=[meter(), meter(id="E2", use="cooling", amount=mwh(overhead)), site])
    assert found(study, "pue-high") == ([("warning", "Energy", "amount")] if said else [])
    derived = make(years=1, capacity_kw=1000.0, load=50.0, energy=[meter(use="cooling", amount=mwh(overhead * 4.38))])
    assert bool(found(derived, "pue-high")) is said


@pytest.mark.parametrize(("load", "said"), [(60.0, False), (80.0, False), (6.0, True), (None, False)])
def test_the_load_typed_is_about_that_of_the_meter(load: float | None, said: bool) -> None:
    """5,256 MWh of 8,760 MWh are 60 %."""
    study = make(years=1, load=load, energy=[meter(amount=mwh(5256.0))])
    assert bool(found(study, "load-against-meter")) is said


@pytest.mark.parametrize(
    ("charge", "unit", "said"), [(150.0, "kg", False), (150.0, "t", True), (150_000.0, "g", False)]
)
def test_a_charge_fits_the_power_that_holds_it(charge: float, unit: str, said: bool) -> None:
    chiller = line("Plant", id="P1", factor="chiller-per-kw", amount=Quantity(0.5, "MW"), service_life=20.0)
    row = refrigerant(equipment="P1", charge=Quantity(charge, unit))
    assert bool(found(make(plant=[chiller], refrigerants=[row]), "charge-implausible")) is said


def test_water_and_waste_are_no_building_products() -> None:
    for factor, unit in (("waste-mixed-incineration-fi", "t"), ("water-supply-gb", "m3")):
        study = make(construction=[line(factor=factor, amount=Quantity(1.0, unit))])
        assert found(study, "factor-module") == [("error", "Construction", "factor")]
    of: dict[str, Any] = {"factors": [own("lime", 1.0, "kg CO2e/kg"), own("lime", -0.5, "kg CO2e/kg", "B1")]}
    assert found(make(construction=[line(factor="lime")], **of), "factor-module") == []


def test_a_fuel_of_the_it_in_litres_is_no_electricity_of_a_pue() -> None:
    fuel = meter(id="E3", carrier="fuel-hvo-gb", use="it", amount=Quantity(900.0, "l"))
    study = make(years=1, energy=[meter(), meter(id="E2", use="cooling", amount=mwh(2500.0)), fuel])
    assert found(study, "pue-high") == [("warning", "Energy", "amount")]
