"""Water, waste water and waste of operations: modules, scopes, years, bridges, and what is refused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from factors.library import library
from inventories.values import Quantity, YearRange
from lca.assess import assess, precheck
from lca.tables import group
from tests.inventories.books import SHEETS, errors, read
from tests.studies import make, own, water


def by(document: Mapping[str, Any], *keys: str) -> dict[tuple[Any, ...], float]:
    rows = [row for row in document["contributions"] if row["section"] in ("water", "waste")]
    return {key: value["location"] for key, value in group(rows, *keys).items()}


def value_of(factor: str) -> float:
    return library().factors[factor][0].value


def test_kinds_modules_and_scopes() -> None:
    rows = [
        water(),
        water(
            id="W2",
            kind="waste-water",
            item="Blow-down",
            amount=Quantity(300.0, "m3"),
            factor="waste-water-treatment-gb",
        ),
        water(
            id="W3",
            kind="waste",
            item="Packaging",
            amount=Quantity(2.0, "t"),
            factor="waste-commercial-incineration-gb",
        ),
    ]
    found = by(assess(make(years=5, water=rows)), "section", "module", "scope")
    assert found == {
        ("water", "B7", "3.1"): pytest.approx(
            5 * (1000.0 * value_of("water-supply-gb") + 300.0 * value_of("waste-water-treatment-gb"))
        ),
        ("waste", "B8", "3.5"): pytest.approx(5 * 2000.0 * value_of("waste-commercial-incineration-gb")),
    }


def test_waste_takes_the_end_of_life_rows_of_a_material() -> None:
    """Mixed waste is given as C4: its rows are counted in B8."""
    row = water(kind="waste", item="Mixed", amount=Quantity(1.0, "t"), factor="waste-mixed-disposal-fi")
    found = by(assess(make(years=1, water=[row])), "module")
    assert found == {("B8",): pytest.approx(1000.0 * value_of("waste-mixed-disposal-fi"))}


def test_years_share_and_owner() -> None:
    """A dated row stands for its year, the blank one for the others; half of it is a neighbour's."""
    rows = [
        water(share_percent=50.0, owner="tenant: Cloud Oy", evidence="agreement"),
        water(id="W2", amount=Quantity(10.0, "m3"), year=YearRange(2028, 2028), owner="tenant: Cloud Oy"),
    ]
    document = assess(make(years=3, water=rows))
    each = value_of("water-supply-gb")
    assert by(document, "year") == {
        (2027,): pytest.approx(500.0 * each),
        (2028,): pytest.approx(10.0 * each),
        (2029,): pytest.approx(500.0 * each),
    }
    assert set(by(document, "owner", "scope")) == {("tenant: Cloud Oy", "not of the organisation")}


def test_one_kind_and_item_has_one_row_a_year_whatever_its_factor() -> None:
    """Another factor from 2028, another spelling from 2029: never both in one year."""
    rows = [
        water(year=YearRange(2027, 2027)),
        water(id="W2", year=YearRange(2028, 2028), factor="water-and-waste-water-lahti-fi"),
        water(id="W3", year=YearRange(2029, None), item="make-up  WATER", amount=Quantity(10.0, "m3")),
    ]
    one, other = value_of("water-supply-gb"), value_of("water-and-waste-water-lahti-fi")
    assert by(assess(make(years=4, water=rows)), "year") == {
        (2027,): pytest.approx(1000.0 * one),
        (2028,): pytest.approx(1000.0 * other),
        (2029,): pytest.approx(10.0 * one),
        (2030,): pytest.approx(10.0 * one),
    }


def test_waste_water_is_not_counted_beside_a_factor_that_holds_it() -> None:
    both = water(factor="water-and-waste-water-lahti-fi")
    out = water(id="W2", kind="waste-water", item="Blow-down", factor="waste-water-treatment-gb")
    assert [(p.code, p.values["other"]) for p in precheck(make(water=[both, out])) if p.code == "water-twice"] == [
        ("water-twice", "W2")
    ]
    assert "water-twice" not in {p.code for p in precheck(make(water=[both]))}
    assert "water-twice" not in {p.code for p in precheck(make(water=[water(), out]))}


def test_water_holds_beyond_its_last_year_and_misses_between() -> None:
    rows = [water(year=YearRange(2027, 2027)), water(id="W2", year=YearRange(2029, 2029), amount=Quantity(2.0, "m3"))]
    document = assess(make(years=5, water=rows))
    assert [(p["code"], p["severity"]) for p in document["problems"] if p["sheet"] == "Water and waste"] == [
        ("year-missing", "gap")
    ]
    each = value_of("water-supply-gb")
    assert by(document, "year")[2031,] == pytest.approx(2.0 * each)
    assert (2028,) not in by(document, "year")


def test_operational_waste_extends_the_boundary_said() -> None:
    row = water(kind="waste", item="Mixed", amount=Quantity(1.0, "t"), factor="waste-mixed-disposal-fi")
    assert "boundary-extended" in {problem.code for problem in precheck(make(water=[row]))}


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ({"factor": "concrete-c30-37-fi", "amount": Quantity(1.0, "kg")}, "factor-not-water"),
        ({"kind": "waste"}, "factor-not-water"),
        ({"amount": Quantity(1.0, "kWh")}, "factor-unit"),
    ],
)
def test_factors_that_do_not_fit_are_refused_once(of: dict[str, Any], code: str) -> None:
    assert [p.code for p in precheck(make(years=5, water=[water(**of)])) if p.severity == "error"] == [code]


def test_a_volume_is_bridged_by_a_density() -> None:
    """Waste typed in m³ with a factor per kg needs a density; an own factor of a family with one has it."""
    factor = own("rubble", 0.01, "kg CO2e/kg", "B8", family="concrete")
    row = water(kind="waste", item="Rubble", amount=Quantity(2.0, "m3"), factor="rubble")
    assert by(assess(make(years=1, water=[row], factors=[factor])), "module") == {
        ("B8",): pytest.approx(2 * 2400.0 * 0.01)
    }


TYPED = [
    ("id", "kind", "item", "amount", "unit", "factor"),
    ("W1", "Water", "Mains", 1200, "m3/a", "water-supply-gb"),
]


def test_water_as_typed_in_finnish(tmp_path: Path) -> None:
    rows = [
        ("Tunnus", "Laji", "Nimike", "Määrä", "Yksikkö", "Päästökerroin"),
        ("W1", "Jätevesi", "Viemäri", "1 200,5", "m³", "waste-water-treatment-gb"),
    ]
    found = read(tmp_path, {**SHEETS, "Vesi ja jätteet": rows})
    assert found.study is not None, found.problems
    row = found.study.water[0]
    assert (row.kind, row.amount) == ("waste-water", Quantity(1200.5, "m3"))


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (1, "Steam", ("choice-unknown", "Water and waste", "B2")),
        (3, -1, ("negative", "Water and waste", "D2")),
        (4, "parsec", ("unit-unknown", "Water and waste", "E2")),
        (5, "water-sup-gb", ("factor-unknown", "Water and waste", "F2")),
        (5, "", ("required", "Water and waste", "F2")),
    ],
)
def test_bad_cells_of_water(tmp_path: Path, column: int, value: Any, expected: tuple[str, str, str]) -> None:
    assert errors(read(tmp_path, {**SHEETS, "Water and waste": TYPED})) == []
    row = list(TYPED[1])
    row[column] = value
    assert errors(read(tmp_path, {**SHEETS, "Water and waste": [TYPED[0], tuple(row)]})) == [expected]


def test_two_rows_for_one_year_are_refused(tmp_path: Path) -> None:
    rows = [*TYPED, ("W2", *TYPED[1][1:])]
    assert errors(read(tmp_path, {**SHEETS, "Water and waste": rows})) == [("year-twice", "Water and waste", "3")]
