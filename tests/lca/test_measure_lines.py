"""Measures on what is installed: what goes with a factor, with a purchase, and with a year."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.measures import Measure
from inventories.study import Study
from inventories.values import Quantity
from lca.measures.book import measures_book
from tests.lca.test_measures import TONNE, measure
from tests.studies import line, make, meter, own, refrigerant, shipped_example

TO = {"transport": (("lorry", 100.0),), "mass_kg": 1.0}
LORRY = own("lorry", 0.1, "kg CO2e/tkm", "A4")


def avoided(study: Study, key: str = "alone") -> float:
    (row,) = measures_book(study)["measures"]
    return float(row[key]["location"])


def lined(*factors: Any, years: int = 10, **of: Any) -> Study:
    """A line of a thousand kilograms without a factor of its own but steel, and half of what steel emits is left."""
    plain = {"id": "L1", "factor": "steel", **TO, **of}
    return make(years=years, energy=[meter()], construction=[line(**plain)], factors=[LORRY, *factors], measures=[
        measure("F", "scale", "L1", parameter="factor", value="0.5")])  # fmt: skip


def test_lower_carbon_concrete_of_kajaani() -> None:
    """200 m³ × 180 kg/m³ = 36.0 t and 5 % of it wasted, 1.8 t; of both 21.4 % less; A4 and C are not of the factor."""
    shipped = shipped_example("kajaani")
    (of_concrete,) = (row for row in shipped.measures if row.target == ("C3",))
    study = replace(shipped.base, measures=(of_concrete,), held=())
    (row,) = (each for each in study.construction if each.id == "C3")
    assert (row.amount, row.transport is None, row.end_of_life_factor is None) == (Quantity(200.0, "m3"), False, False)
    assert avoided(study) / TONNE == pytest.approx((36.0 + 1.8) * 0.214, rel=1e-9)


def test_a_factor_is_scaled_without_its_transport_and_its_waste_treatment() -> None:
    """1,000 kg × 2 kg/kg × (1 + 10 % of waste) = 2,200, half of it less; 1 t × 100 km × 0.1 = 10 and C stay."""
    steel, treated = own("steel", 2.0, "kg CO2e/kg"), own("treated", 0.3, "kg CO2e/kg", "C3")
    study = lined(steel, treated, waste_percent=10.0, end_of_life_factor="treated")
    assert avoided(study) == pytest.approx(0.5 * 1_000.0 * 2.0 * 1.1)


def test_every_module_of_the_factor_is_scaled() -> None:
    """A1-A3 of 2, A5 of 0.4, C3 of 0.2 kg/kg, and D1 of −0.6 outside: half of 2,600, half of −600."""
    rows = [own("steel", value, "kg CO2e/kg", module)
            for module, value in (("A1-A3", 2.0), ("A5", 0.4), ("C3", 0.2), ("D1", -0.6))]  # fmt: skip
    study = lined(*rows)
    assert avoided(study) == pytest.approx(0.5 * 1_000.0 * (2.0 + 0.4 + 0.2))
    assert avoided(study, "outside") == pytest.approx(-0.5 * 1_000.0 * 0.6)


def test_carbon_that_is_taken_up_is_given_back_as_scaled() -> None:
    """Timber takes up 1.5 kg/kg, of which the closure gives back what was taken up: fossil 0.3 halved, biogenic 0."""
    timber = own("steel", -1.2, "kg CO2e/kg", fossil=0.3, biogenic=-1.5)
    assert avoided(lined(timber)) == pytest.approx(0.5 * 1_000.0 * 0.3)


def test_a_factor_is_scaled_for_what_is_bought_from_the_year_on() -> None:
    """Sets of 100 in 2027, 2032, 2037; scaled from 2030: the later two, each by half, their lorry as before."""
    study = lined(own("steel", 2.0, "kg CO2e/kg"), years=15, service_life=5.0)
    later = replace(study, measures=(replace(study.measures[0], start_year=2030),))
    assert avoided(later) == pytest.approx(2 * 0.5 * 1_000.0 * 2.0)


@pytest.mark.parametrize(("sheet", "unit"), [("Plant", "kg"), ("Hardware", "piece")])
def test_the_factor_of_plant_and_hardware(sheet: str, unit: str) -> None:
    """3 pieces or kilograms at 100, one set of 10 a: 150 less; the lorry stays."""
    amount: dict[str, Any] = {"count": 3} if sheet == "Hardware" else {"amount": Quantity(3.0, "kg")}
    row = line(sheet, id="L1", factor="made", service_life=10.0, waste_percent=0.0, **amount, **TO)
    of: dict[str, Any] = {sheet.lower(): [row]}
    study = make(years=10, energy=[meter()], factors=[LORRY, own("made", 100.0, f"kg CO2e/{unit}")], measures=[
        measure("F", "scale", "L1", parameter="factor", value="0.5")], **of)  # fmt: skip
    assert avoided(study) == pytest.approx(0.5 * 3 * 100.0)


SF6, R134A = 24_300.0, 1_530.0  # AR6, table 7.SM.7


def charged(*rows: Measure, years: int = 25, **of: Any) -> Study:
    """A hundred kilograms without leakage, recovered by 90 %, in equipment of 25 a from 2027."""
    plain = {"leakage_percent": 0.0, "recovery_percent": 90.0, "service_life": 25.0, "equipment": "chiller", **of}
    return make(years=years, energy=[meter()], refrigerants=[refrigerant(**plain)], measures=rows, factors=[
        own("made", 10.0, "kg CO2e/kg"), own("cleaner", 4.0, "kg CO2e/kg")])  # fmt: skip


def by_year(study: Study) -> dict[int, float]:
    found = measures_book(study)
    before, after = (found[f"{when}_by_year"]["location"] for when in ("before", "after"))
    less = {year: b - a for year, b, a in zip(found["years"], before, after, strict=True)}
    return {year: value for year, value in less.items() if abs(value) > 1e-6}


def recovered(percent: float, year: int) -> Measure:
    return measure("R", "set", "R1", parameter="recovery_percent", value=f"{percent:g}", start_year=year)


def test_recovery_is_that_of_the_year_in_which_the_equipment_is_removed() -> None:
    """Bought 2027, removed 2051: 100 kg × (10 − 1) % of R-134a, though the measure begins in 2028."""
    assert by_year(charged(recovered(99.0, 2028))) == pytest.approx({2051: 100.0 * 0.09 * R134A})


def test_recovery_at_replacements_is_that_of_their_year() -> None:
    """Sets of 10 a leave in 2037, 2047 and, the last, in 2051; better recovery from 2038 meets the later two."""
    study = charged(recovered(100.0, 2038), service_life=10.0)
    assert by_year(study) == pytest.approx({2047: 100.0 * 0.10 * R134A, 2051: 100.0 * 0.10 * R134A})


def test_pro_rata_a_set_is_recovered_at_the_end_of_its_life() -> None:
    """Life 20 a in 10 years: half a set, booked in 2027, taken out after 2036: nothing of its 10 % is lost."""
    study = charged(recovered(100.0, 2030), years=10, service_life=20.0)
    rule = replace(study, settings=replace(study.settings, replacement_rule="pro-rata"))
    assert by_year(rule) == pytest.approx({2027: 0.5 * 100.0 * 0.10 * R134A})


def test_what_is_recovered_is_destroyed_as_it_is_then() -> None:
    """100 kg, from 10 % recovered to 60 %: 50 kg less are lost, 50 kg more destroyed at 4 kg/kg, in 2036."""
    treated = own("burnt", 4.0, "kg CO2e/kg", "C3")
    study = charged(recovered(60.0, 2030), years=10, recovery_percent=10.0, end_of_life_factor="burnt")
    study = replace(study, factors=(*study.factors, treated))
    assert by_year(study) == pytest.approx({2036: 50.0 * R134A - 50.0 * 4.0})


def test_leakage_changes_from_the_year_on_and_with_it_what_is_filled_up() -> None:
    """5 % to 2 % of 100 kg from 2030: 3 kg a year less are lost, and made at 10 kg/kg, to 2036."""
    less = measure("L", "set", "R1", parameter="leakage_percent", value="2", start_year=2030)
    study = charged(less, years=10, leakage_percent=5.0, production_factor="made")
    assert by_year(study) == pytest.approx(dict.fromkeys(range(2030, 2037), 3.0 * (R134A + 10.0)))


def test_another_gas_leaks_when_it_is_there() -> None:
    """SF6 of 2027 with 5 a; R-134a from 2030 comes with the set of 2032: until then SF6 leaks, and is lost in 2032."""
    other = measure("G", "substitute", "R1", parameter="gas", value="HFC-134a", start_year=2030)
    study = charged(other, years=10, gas="SF6", service_life=5.0, leakage_percent=1.0)
    each = SF6 - R134A
    assert by_year(study) == pytest.approx({**dict.fromkeys(range(2032, 2036), 1.0 * each), 2036: (1.0 + 10.0) * each})


def test_less_charge_in_what_is_bought_leaks_less_from_its_purchase_on() -> None:
    """Half the charge from 2029 in sets of 2027 and 2029.5: 2029 leaks (0.5 · 100 + 0.5 · 50) kg × 2 %, later 50 × 2 %.

    The set of the middle of 2029 is of 2029; 2031 is its end: 50 × 10 % lost, as the set of 2027 lost 10 in 2029.
    """
    less = measure("S", "scale", "R1", parameter="charge", value="0.5", start_year=2029)
    study = charged(less, years=5, service_life=2.5, leakage_percent=2.0, production_factor="made")
    lost = {2029: 0.5 * 50.0 * 0.02, 2030: 50.0 * 0.02, 2031: 50.0 * 0.02 + 50.0 * 0.10}
    made = {2029: 0.5 * 50.0 * 0.02 + 50.0, 2030: 50.0 * 0.02, 2031: 50.0 * 0.02}
    assert by_year(study) == pytest.approx({year: lost[year] * R134A + made[year] * 10.0 for year in lost})
