"""Measures on what is installed: what goes with a factor, with a purchase, and with a year."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.study import Study
from inventories.values import Quantity
from lca.measures.book import measures_book
from tests.lca.test_measures import TONNE, measure
from tests.studies import line, make, meter, own, shipped_example

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
