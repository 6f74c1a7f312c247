"""Refrigerants: leakage, top-ups, loss at the end and at replacements, defaults that are marked, gaps that are said."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factors.library import library
from factors.problems import InputError
from inventories.values import Quantity, YearRange
from lca.assess import assess, precheck
from lca.expand import expand
from lca.tables import group
from tests.inventories.books import SHEETS, errors, read
from tests.studies import exclude, line, make, meter, own, refrigerant

R134A = 1530.0  # AR6, table 7.SM.7
MADE = own("made", 10.0, "kg CO2e/kg")


def by(document: Mapping[str, Any], *keys: str) -> dict[tuple[Any, ...], float]:
    rows = [row for row in document["contributions"] if row["section"] == "refrigerants"]
    return {key: value["location"] for key, value in group(rows, *keys).items()}


def test_a_charge_leaks_every_year_and_is_lost_in_part_at_the_end() -> None:
    """100 kg for 10 years: 4 % a year leak, 95 % are recovered at the end."""
    row = refrigerant(leakage_percent=4.0, recovery_percent=95.0, service_life=20.0)
    found = by(assess(make(years=10, refrigerants=[row])), "module")
    assert found == {
        ("B1",): pytest.approx(10 * 100.0 * 0.04 * R134A),
        ("C1",): pytest.approx(100.0 * 0.05 * R134A),
    }


def test_refrigerant_is_made_brought_topped_up_and_replaced() -> None:
    """Life 4 a in 10 years, whole: sets in years 0, 4 and 8; each brings its making, the leaving ones are C1 in B4."""
    row = refrigerant(
        leakage_percent=5.0,
        recovery_percent=90.0,
        service_life=4.0,
        production_factor="made",
        transport=(("transport-delivery-lorry-50-highway-fi", 200.0),),
    )
    study = make(years=10, refrigerants=[row], factors=[MADE], replacement_rule="whole")
    found = by(assess(study), "module", "inner")
    leg = library().factors["transport-delivery-lorry-50-highway-fi"][0].value * 0.1 * 200.0
    assert found == {
        ("A1-A3", ""): pytest.approx(100.0 * 10.0),
        ("A4", ""): pytest.approx(leg),
        ("B1", ""): pytest.approx(10 * 5.0 * R134A),
        ("B1", "A1-A3"): pytest.approx(10 * 5.0 * 10.0),
        ("B1", "A4"): pytest.approx(10 * 0.05 * leg),
        ("B4", "A1-A3"): pytest.approx(2 * 100.0 * 10.0),
        ("B4", "A4"): pytest.approx(2 * leg),
        ("B4", "C1"): pytest.approx(2 * 10.0 * R134A),
        ("C1", ""): pytest.approx(10.0 * R134A),
    }


def test_two_legs_bring_the_charge_and_its_top_ups() -> None:
    """100 kg over 200 km by one lorry and 300 km by another, and a leak of 5 kg a year, by the share of the charge."""
    legs = (("transport-delivery-lorry-50-highway-fi", 200.0), ("transport-container-ship-gb", 300.0))
    row = refrigerant(
        leakage_percent=5.0, recovery_percent=100.0, service_life=20.0, production_factor="made", transport=legs
    )
    document = assess(make(years=10, refrigerants=[row], factors=[MADE]))
    per_filling = sum(library().factors[leg][0].value * 0.1 * km for leg, km in legs)
    found = by(document, "module", "inner")
    assert found["A4", ""] == pytest.approx(per_filling)
    assert found["B1", "A4"] == pytest.approx(10 * 0.05 * per_filling)
    assert {each["status"] for each in document["contributions"] if each["module"] == "B1"} == {"given"}


def test_pro_rata_counts_the_part_of_a_life() -> None:
    """10 years of a life of 20: half a filling, half a loss; leakage is by the year under either rule."""
    row = refrigerant(leakage_percent=4.0, recovery_percent=90.0, service_life=20.0, production_factor="made")
    document = assess(make(years=10, refrigerants=[row], factors=[MADE], replacement_rule="pro-rata"))
    assert by(document, "module", "inner") == {
        ("A1-A3", ""): pytest.approx(0.5 * 100.0 * 10.0),
        ("B1", ""): pytest.approx(10 * 4.0 * R134A),
        ("B1", "A1-A3"): pytest.approx(10 * 4.0 * 10.0),
        ("C1", ""): pytest.approx(0.5 * 10.0 * R134A),
    }
    restated = {each["rule"]: each["location"] for choice in document["choices"] for each in choice.get("totals", [])}
    whole = 1000.0 + 10 * 4.0 * R134A + 10 * 4.0 * 10.0 + 10.0 * R134A
    assert restated["whole"] == pytest.approx(whole)


def test_recovered_refrigerant_is_destroyed_with_its_factor() -> None:
    gone = own("burnt", 3.0, "kg CO2e/kg", "C4")
    row = refrigerant(leakage_percent=0.0, recovery_percent=90.0, service_life=20.0, end_of_life_factor="burnt")
    found = by(assess(make(years=5, refrigerants=[row], factors=[gone])), "module")
    assert found == {("C1",): pytest.approx(10.0 * R134A), ("C4",): pytest.approx(90.0 * 3.0)}


def test_blanks_take_the_default_of_the_equipment_marked() -> None:
    document = assess(make(years=1, refrigerants=[refrigerant()]))
    chiller = {each.property: each.value for each in library().properties["equipment:chiller"]}
    assert by(document, "module") == {
        ("B1",): pytest.approx(chiller["leakage_percent"] * R134A),
        ("C1",): pytest.approx((100.0 - chiller["recovery_percent"]) * R134A),
    }
    marks = {(mark["column"], mark["status"]) for mark in document["passport"]["values"] if mark["line"] == "R1"}
    assert marks == {("leakage_percent", "default"), ("recovery_percent", "default"), ("service_life", "default")}
    assert {row["status"] for row in document["contributions"]} == {"default"}


@pytest.mark.parametrize(
    ("equipment", "code", "column"),
    [(None, "refrigerant-default", "leakage_percent"), ("P1", "refrigerant-kind", "equipment")],
)
def test_without_a_kind_of_equipment_a_blank_is_refused(equipment: str | None, code: str, column: str) -> None:
    plant = [line("Plant", id="P1", factor="switchboard", service_life=10.0)]
    board = own("switchboard", 1.0, "kg CO2e/kg")
    study = make(plant=plant, factors=[board], refrigerants=[refrigerant(equipment=equipment)])
    with pytest.raises(InputError) as stopped:
        assess(study)
    assert [(p.code, p.sheet, p.column) for p in stopped.value.problems if p.severity == "error"] == [
        (code, "Refrigerants", column)
    ]


def test_dates_life_owner_and_kind_come_from_the_line_of_plant_that_holds_the_charge() -> None:
    """A chiller in service from 2029 to 2033: five years of leakage, one loss, the owner of the chiller."""
    chiller = line(
        "Plant",
        id="P1",
        factor="chiller-per-kw",
        amount=Quantity(500.0, "kW"),
        installed=2029,
        until=2033,
        service_life=5.0,
        owner="utility",
    )
    study = make(years=10, plant=[chiller], refrigerants=[refrigerant(equipment="P1", leakage_percent=10.0)])
    found = by(assess(study), "module", "year", "owner")
    leaks = {key[1]: value for key, value in found.items() if key[0] == "B1"}
    assert leaks == {year: pytest.approx(10.0 * R134A) for year in range(2029, 2034)}
    assert found["C1", 2033, "utility"] == pytest.approx(10.0 * R134A)


def chillers(**of: Any) -> list[Any]:
    """Two chillers of 5 years, the second after the first."""
    first = {"id": "P1", "service_life": 5.0, "replaced_by": "P2", **of}
    second = {"id": "P2", "service_life": 5.0}
    return [line("Plant", factor="chiller-per-kw", amount=Quantity(500.0, "kW"), **each) for each in (first, second)]


RATES: dict[str, Any] = {"leakage_percent": 10.0, "recovery_percent": 90.0}


def test_a_charge_ends_with_its_chiller_and_the_next_chiller_s_begins_there() -> None:
    """R1 leaks 2027 to 2031, R2 from 2032: never both. R1's loss stands in B4, as the chiller's own end does."""
    charges = [refrigerant(equipment="P1", **RATES), refrigerant(id="R2", equipment="P2", **RATES)]
    study = make(years=10, plant=chillers(), refrigerants=charges)
    found = by(assess(study), "module", "inner", "line", "year")
    leaks = {key[2:]: value for key, value in found.items() if key[0] == "B1"}
    expected = {("R1", year) for year in range(2027, 2032)} | {("R2", year) for year in range(2032, 2037)}
    assert leaks == {key: pytest.approx(10.0 * R134A) for key in expected}
    ends = {key: value for key, value in found.items() if key[0] != "B1"}
    assert ends == {
        ("B4", "C1", "R1", 2032): pytest.approx(10.0 * R134A),
        ("C1", "", "R2", 2036): pytest.approx(10.0 * R134A),
    }
    assert "refrigerant-ends" not in {problem.code for problem in precheck(study)}
    alone = make(years=10, plant=chillers(), refrigerants=charges[:1])
    assert [p.severity for p in precheck(alone) if p.code == "refrigerant-ends"] == ["gap"]


def test_a_charge_whose_chiller_is_not_replaced_ends_with_it() -> None:
    plant = chillers(replaced_by="none")[:1]
    found = by(
        assess(make(years=10, plant=plant, refrigerants=[refrigerant(equipment="P1", **RATES)])), "module", "year"
    )
    assert {year for module, year in found if module == "B1"} == set(range(2027, 2032))
    assert [key for key in found if key[0] != "B1"] == [("C1", 2031)]


@pytest.mark.parametrize("installed", [None, 2027])
def test_another_gas_follows_in_the_same_chiller(installed: int | None) -> None:
    """R-134a for 5 years, then R-513A, in one chiller of 20: dates of the chiller typed or blank alike."""
    chiller = line(
        "Plant",
        id="P1",
        factor="chiller-per-kw",
        amount=Quantity(500.0, "kW"),
        service_life=20.0,
        installed=installed,
    )
    charges = [
        refrigerant(equipment="P1", service_life=5.0, replaced_by="R2", **RATES),
        refrigerant(id="R2", gas="R-513A", equipment="P1", **RATES),
    ]
    found = by(assess(make(years=10, plant=[chiller], refrigerants=charges)), "module", "line", "year")
    leaks = {key[1:] for key in found if key[0] == "B1"}
    assert leaks == {("R1", year) for year in range(2027, 2032)} | {("R2", year) for year in range(2032, 2037)}
    late = [charges[0], refrigerant(id="R2", equipment="P1", installed=2034, **RATES)]
    assert "successor-dates" in codes(*late, plant=[chiller])


def test_a_life_of_its_own_fits_only_a_chiller_that_is_replaced_by_its_equal() -> None:
    charge = refrigerant(equipment="P1", service_life=2.0, **RATES)
    assert "refrigerant-life" in codes(charge, plant=chillers())
    assert "refrigerant-life" not in codes(charge, plant=chillers(replaced_by=None))


def test_old_equipment_is_sunk_with_its_charge() -> None:
    plant = chillers(replaced_by=None, installed=2024)[:1]
    assert [
        p.sheet for p in precheck(make(plant=plant, refrigerants=[refrigerant(equipment="P1")])) if p.code == "sunk"
    ] == [
        "Plant",
        "Refrigerants",
    ]


def test_a_life_taken_from_plant_moves_with_it() -> None:
    """The life of the chiller is one parameter: the charge is replaced when the chiller is."""
    chiller = line("Plant", id="P1", factor="chiller-per-kw", amount=Quantity(500.0, "kW"), service_life=5.0)
    study = make(years=10, plant=[chiller], refrigerants=[refrigerant(equipment="P1")])
    weights = []
    for life in (5.0, 3.0):
        system = expand(study, {"line:P1:service_life": [life]}).system
        lost = 0.0
        for product, consumer, weight in zip(
            system.common.product, system.common.consumer, system.common.coefficient, strict=True
        ):
            tag = system.processes[product].tag
            if consumer == system.facility and tag is not None and (tag.line, tag.inner) == ("R1", "C1"):
                lost += float(np.ravel(weight)[0])
        weights.append(lost)
    assert weights == [1.0, 3.0]


def test_a_measured_leak_stands_before_the_percentage_in_its_years() -> None:
    row = refrigerant(
        leakage_percent=2.0,
        leaked_per_year=Quantity(7000.0, "g"),
        year=YearRange(2028, 2028),
        recovery_percent=100.0,
        service_life=20.0,
    )
    found = by(assess(make(years=3, refrigerants=[row])), "year")
    assert found == {
        (2027,): pytest.approx(2.0 * R134A),
        (2028,): pytest.approx(7.0 * R134A),
        (2029,): pytest.approx(2.0 * R134A),
    }


def test_a_year_restricts_the_leakage() -> None:
    row = refrigerant(leakage_percent=2.0, year=YearRange(2028, None), recovery_percent=100.0, service_life=20.0)
    assert set(by(assess(make(years=3, refrigerants=[row])), "year")) == {(2028,), (2029,)}


def test_scopes_of_leakage_making_and_end_of_life() -> None:
    row = refrigerant(leakage_percent=4.0, recovery_percent=90.0, service_life=20.0, production_factor="made")
    found = by(assess(make(years=10, refrigerants=[row], factors=[MADE])), "scope")
    assert found == {
        ("1",): pytest.approx(40.0 * R134A),
        ("3.1",): pytest.approx(40.0 * 10.0),
        ("3.2",): pytest.approx(100.0 * 10.0),
        ("3.12",): pytest.approx(10.0 * R134A),
    }
    others = refrigerant(owner="tenant: Cloud Oy", leakage_percent=4.0, recovery_percent=90.0, service_life=20.0)
    assert set(by(assess(make(years=10, refrigerants=[others])), "scope")) == {("not of the organisation",)}


def test_gas_without_a_value_in_the_chosen_set_takes_its_ar6_value() -> None:
    """HCFO-1233zd(E) has no AR5 value in the table: 3.88 of AR6, said; R-134a goes from 1,530 to 1,300."""
    zd = refrigerant(id="R2", gas="HCFC-1233zd(E)", leakage_percent=10.0, recovery_percent=100.0, service_life=20.0)
    a134 = refrigerant(leakage_percent=10.0, recovery_percent=100.0, service_life=20.0)
    document = assess(make(years=1, refrigerants=[zd, a134], gwp_set="AR5"))
    assert by(document, "line") == {("R1",): pytest.approx(10.0 * 1300.0), ("R2",): pytest.approx(10.0 * 3.88)}
    assert [p["read"] for p in document["problems"] if p["code"] == "gas-replaced"] == ["HCFC-1233zd(E)"]
    gases = {row["id"]: (row["gwp_set"], row["gwp"]) for row in document["passport"]["factors"]}
    assert gases == {"HFC-134a": ("AR5", 1300.0), "HCFC-1233zd(E)": ("AR6", 3.88)}


def test_a_gas_of_the_study_s_own() -> None:
    """A blend the table does not have enters by the Factors sheet, per kilogram in module B1."""
    blend = own("R-471A", 148.0, "kg CO2e/kg", "B1")
    row = refrigerant(gas="R-471A", leakage_percent=10.0, recovery_percent=80.0, service_life=20.0)
    found = by(assess(make(years=2, refrigerants=[row], factors=[blend])), "module")
    assert found == {("B1",): pytest.approx(2 * 10.0 * 148.0), ("C1",): pytest.approx(20.0 * 148.0)}


def codes(*rows: Any, **of: Any) -> set[str]:
    return {problem.code for problem in precheck(make(years=10, refrigerants=rows, **of))}


def test_rows_of_one_factor_may_be_per_other_units_of_mass() -> None:
    """Making per tonne, delivery per kilogram, a gas of the study's own per gram: each in its own unit."""
    factors = [
        own("made", 10_000.0, "kg CO2e/t"),
        own("made", 0.5, "kg CO2e/kg", "A4"),
        own("blend", 99.0, "kg CO2e/t"),
        own("blend", 0.148, "kg CO2e/g", "B1"),
    ]
    row = refrigerant(gas="blend", production_factor="made", service_life=20.0, **RATES)
    found = by(assess(make(years=1, refrigerants=[row], factors=factors)), "module", "inner")
    assert found == {
        ("A1-A3", ""): pytest.approx(1000.0),
        ("A4", ""): pytest.approx(50.0),
        ("B1", ""): pytest.approx(10.0 * 148.0),
        ("B1", "A1-A3"): pytest.approx(100.0),
        ("B1", "A4"): pytest.approx(5.0),
        ("C1", ""): pytest.approx(10.0 * 148.0),
    }


@pytest.mark.parametrize(
    ("factor", "code"),
    [
        (own("odd", 1.0, "kg CO2e/kg", "A1-A3+C"), "production-bundle"),
        (own("odd", -2.0, "kg CO2e/kg", fossil=1.0, biogenic=-3.0), "production-biogenic"),
        (own("odd", 1.0, "kg CO2e/kg", "A4"), "factor-not-made"),
    ],
)
def test_production_factors_that_would_count_wrongly_are_refused(factor: Any, code: str) -> None:
    assert code in codes(refrigerant(production_factor="odd"), factors=[factor])


def test_a_gas_of_the_study_s_own_is_per_mass() -> None:
    assert "factor-unit" in codes(refrigerant(gas="bottle"), factors=[own("bottle", 5.0, module="B1")])


def test_an_end_of_life_factor_that_does_not_fit_asks_for_no_mass() -> None:
    per_kwh = own("burnt", 1.0, "kg CO2e/kWh", "C4")
    found = codes(refrigerant(end_of_life_factor="burnt"), factors=[per_kwh])
    assert "factor-unit" in found
    assert "mass-missing" not in found


def test_a_measured_leak_may_be_a_parameter_of_a_row_that_is_never_in_service() -> None:
    row = refrigerant(installed=2040, leaked_per_year=Quantity(1.0, "kg"), service_life=20.0)
    assert expand(make(years=5, refrigerants=[row]), {"line:R1:leaked_per_year": [2.0]}).system.length == 1


def test_making_that_is_not_included_is_a_gap_unless_excluded() -> None:
    assert "refrigerant-production" in codes(refrigerant())
    assert "refrigerant-production" not in codes(refrigerant(production_factor="made"), factors=[MADE])
    assert "refrigerant-production" not in codes(refrigerant(), exclusions=[exclude("A1-A3", "refrigerants")])


def test_a_production_factor_makes_something_per_kilogram() -> None:
    assert "factor-not-made" in codes(refrigerant(production_factor="water-supply-gb"))
    per_kw = own("per-kw", 1.0, "kg CO2e/kW")
    assert "factor-not-made" in codes(refrigerant(production_factor="per-kw"), factors=[per_kw])


def test_without_the_sheet_leakage_is_missing_never_zero() -> None:
    document = assess(make(years=2, energy=[meter()]))
    missing = {(c["section"], c["module"]) for c in document["coverage"]["cells"] if c["state"] == "missing"}
    assert {("refrigerants", "B1"), ("refrigerants", "C1")} <= missing
    assert document["complete"] is False
    with_rows = assess(make(years=2, energy=[meter()], refrigerants=[refrigerant()]))
    states = {(c["section"], c["module"]): c["state"] for c in with_rows["coverage"]["cells"]}
    assert states["refrigerants", "B1"] == states["refrigerants", "C1"] == "included"


@given(
    charge=st.floats(0.1, 5000.0),
    leakage=st.floats(0.0, 100.0),
    recovery=st.floats(0.0, 100.0),
    life=st.floats(0.5, 40.0),
    years=st.integers(1, 30),
)
@settings(max_examples=40, deadline=None)
def test_what_is_filled_in_leaks_is_lost_or_is_recovered(
    charge: float, leakage: float, recovery: float, life: float, years: int
) -> None:
    """Mass balance with a gas of 1 kg CO2e/kg, made at 1 and destroyed at 1: made − leaked − lost = recovered."""
    row = refrigerant(
        gas="CO2",
        charge=Quantity(charge, "kg"),
        leakage_percent=leakage,
        recovery_percent=recovery,
        service_life=life,
        production_factor="made",
        end_of_life_factor="gone",
    )
    factors = [own("made", 1.0, "kg CO2e/kg"), own("gone", 1.0, "kg CO2e/kg", "C3")]
    study = make(years=years, refrigerants=[row], factors=factors, replacement_rule="whole")
    found = by(assess(study), "module", "inner")
    made = sum(value for (module, inner), value in found.items() if "A1-A3" in (module, inner))
    leaked = found.get(("B1", ""), 0.0)
    lost = sum(value for (module, inner), value in found.items() if "C1" in (module, inner))
    recovered = sum(value for (module, inner), value in found.items() if "C3" in (module, inner))
    assert made == pytest.approx(leaked + lost + recovered, rel=1e-9)


TYPED = [
    ("gas", "equipment", "charge", "unit", "leakage_percent", "recovery_percent", "service_life"),
    ("R134a", "Chiller", 5, "kg", 4, 90, 20),
]


def test_a_gas_is_known_by_its_number_and_name(tmp_path: Path) -> None:
    for text, gas in (
        ("R134a", "HFC-134a"),
        ("r-134A", "HFC-134a"),
        ("hfo 1234ze", "HFC-1234ze(E)"),
        ("Propaani", "R-290"),
    ):
        found = read(tmp_path, {**SHEETS, "Refrigerants": [TYPED[0], (text, *TYPED[1][1:])]})
        assert found.study is not None, found.problems
        assert (found.study.refrigerants[0].gas, found.study.refrigerants[0].id) == (gas, "R2")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (0, "R-13X", ("gas-unknown", "Refrigerants", "A2")),
        (1, "Fridge", ("equipment-unknown", "Refrigerants", "B2")),
        (2, -5, ("negative", "Refrigerants", "C2")),
        (3, "kWh", ("unit-dimension", "Refrigerants", "D2")),
        (4, 120, ("too-large", "Refrigerants", "E2")),
        (5, -1, ("negative", "Refrigerants", "F2")),
        (6, 0, ("too-small", "Refrigerants", "G2")),
    ],
)
def test_bad_cells_of_refrigerants(tmp_path: Path, column: int, value: Any, expected: tuple[str, str, str]) -> None:
    assert errors(read(tmp_path, {**SHEETS, "Refrigerants": TYPED})) == []
    row = list(TYPED[1])
    row[column] = value
    assert errors(read(tmp_path, {**SHEETS, "Refrigerants": [TYPED[0], tuple(row)]})) == [expected]
