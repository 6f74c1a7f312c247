"""Guards on what follows from the numbers: each with a study that raises it and a neighbour that does not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from inventories.datafile import DataFile
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import precheck
from tests.lca.test_simulation import sheet
from tests.studies import contract, line, make, meter, own, refrigerant


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


CERTIFICATE = contract(type="certificate", share_percent=10.0, evidence="GO batch 123", cancelled="yes")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({}, {"evidence": "GO-batch 123"}, "2027–2036"),
        ({}, {"evidence": "go BATCH_123."}, "2027–2036"),
        ({}, {"evidence": "GO batch 124"}, ""),
        ({}, {"cancelled": "no"}, ""),
        ({"valid_to": "2028"}, {"valid_from": "2029", "valid_to": "2030"}, ""),
        ({"valid_to": "2029-06-30"}, {"valid_from": "2029", "valid_to": "2030"}, "2029"),
    ],
)
def test_a_certificate_stands_behind_one_contract_of_a_year(
    first: dict[str, Any], second: dict[str, Any], said: str
) -> None:
    contracts = [replace(CERTIFICATE, **first), replace(CERTIFICATE, id="K2", **second)]
    problems = [p for p in precheck(make(years=10, energy=[meter()], contracts=contracts)) if "twice" in p.code]
    assert [(p.code, p.severity, p.values["years"]) for p in problems] == (
        [("certificate-twice", "error", said)] if said else []
    )
    if said:
        message = str(problems[0].as_json()["message"])
        assert message.startswith(f"Contracts K1 and K2 rest on the same certificates in {said}: ")


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({}, True),
        ({"type": "supplier"}, True),
        ({"type": "certificate"}, True),
        ({"energy_source": "solar"}, False),
        ({"amount": None, "share_percent": 5.0}, False),
        ({"evidence": "PPA of 2026"}, False),
    ],
)
def test_one_agreement_behind_two_amounts_of_one_source_is_said(second: dict[str, Any], said: bool) -> None:
    one = contract(amount=mwh(10.0), evidence="PPA of 2025")
    study = make(years=2, energy=[meter()], contracts=[one, replace(one, id="K2", **second)])
    found = [(p.severity, p.row) for p in precheck(study) if p.code == "evidence-twice"]
    assert found == ([("warning", 1)] if said else [])


@pytest.mark.parametrize(("kwh", "said"), [(8786.3, "100.3"), (8760.5, "100.01"), (30_000.0, "342")])
def test_a_meter_a_little_above_the_capacity_is_not_said_to_show_100_percent(kwh: float, said: str) -> None:
    study = make(years=2, capacity_kw=1000.0, energy=[meter(amount=mwh(kwh))])
    assert [p.values["load"] for p in precheck(study) if p.code == "it-above-capacity"] == [said]


@pytest.mark.parametrize(("capacity", "said"), [(1500.0, []), (1499.0, ["1500"]), (999.0, [])])
def test_no_hour_of_the_it_is_above_its_capacity(capacity: float, said: list[str]) -> None:
    """8,760 MWh, half the hours at 500 and half at 1,500 kW; a whole year above the capacity is another problem."""
    day = np.tile(np.r_[np.full(12, 0.5), np.full(12, 1.5)], 365)
    file = DataFile(file="it.csv", unit="kW", values=tuple(day.tolist()), start="2025-01-01T00:00Z")
    made = make(years=2, capacity_kw=capacity, energy=[meter(amount=mwh(8760.0), profile="it.csv")])
    study = replace(made, files=(file,))
    assert [p.read for p in precheck(study) if p.code == "it-peak-above-capacity"] == said
    assert bool(found(study, "it-above-capacity")) is (capacity < 1000.0)


@pytest.mark.parametrize(
    ("load", "of", "said"),
    [
        (75.0, {"fill_percent": 80.0}, ["fill_percent"]),
        (75.0, {"fill_percent": 80.0, "utilisation_percent": 40.0, "idle_percent": 30.0}, ["fill_percent"]),
        (75.0, {}, []),
        (None, {"fill_percent": 80.0, "utilisation_percent": 40.0, "idle_percent": 30.0}, []),
    ],
)
def test_a_fill_beside_a_typed_load_is_said_to_be_unused(
    load: float | None, of: dict[str, float], said: list[str]
) -> None:
    study = replace(make(years=2, load=load), simulation=sheet(**of))
    found = [(p.severity, p.column, p.values["years"]) for p in precheck(study) if p.code == "fill-unused"]
    assert found == [("warning", column, "2027–2028") for column in said]


@pytest.mark.parametrize(
    ("shares", "said"),
    [((80.0, 80.0), [(1, "600")]), ((80.0, 20.0), []), ((100.0,), []), ((60.0, 30.0, 30.0), [(2, "200")])],
)
def test_shares_beyond_the_whole_are_a_surplus(shares: tuple[float, ...], said: list[tuple[int, str]]) -> None:
    """Of 1,000 MWh; what is made on site is no surplus of a share."""
    contracts = [contract(id=f"K{i}", share_percent=share) for i, share in enumerate(shares)]
    roof = meter(id="E2", carrier="onsite-electricity", use=None, amount=mwh(300.0))
    plain = make(years=1, energy=[meter()], contracts=contracts)
    found = [(p.row, p.read, p.column) for p in precheck(plain) if p.code == "contract-surplus"]
    assert found == [(row, read, "share_percent") for row, read in said]
    whole = make(years=1, energy=[meter(), roof], contracts=contracts[:1])
    assert [p.code for p in precheck(whole) if p.code == "contract-surplus"] == []
