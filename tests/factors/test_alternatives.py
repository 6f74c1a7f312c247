"""Alternatives: the same kind of thing, ratios that can be recomputed, nearest first."""

from dataclasses import replace
from typing import Any

import pytest

from factors.alternatives import COUNT, alternatives, current
from factors.library import Library, library
from factors.model import Factor
from factors.units import parse_unit, ratio

STANDING = [
    current(library(), factor_id, module, part)
    for factor_id in library().factors
    for module, part in library().parts(factor_id)
]


def factor(factor_id: str, value: float, unit: str = "kg CO2e/kg", **of: Any) -> Factor:
    plain: dict[str, Any] = {
        "module": "A1-A3",
        "part": "",
        "year": 2020,
        "source": "x",
        "family": "f",
        "geography": "FI",
    }
    return Factor(id=factor_id, value=value, unit=parse_unit(unit), **{**plain, **of})


def shelf(*rows: Factor) -> Library:
    by_id: dict[str, tuple[Factor, ...]] = {}
    for row in rows:
        by_id[row.id] = (*by_id.get(row.id, ()), row)
    return replace(library(), factors=by_id, names={})


def test_every_alternative_is_of_the_same_kind_and_its_ratio_recomputes() -> None:
    found = 0
    for row in STANDING:
        others = alternatives(library(), row)
        assert len(others) <= COUNT
        for each in others:
            other = each.factor
            assert other.id != row.id
            assert (other.family, other.module, other.part) == (row.family, row.module, row.part)
            assert other.per.dimension == row.per.dimension
            if each.ratio is not None:
                in_this_unit = (other.value - (other.biogenic or 0.0)) * ratio(row.per, other.per)
                assert each.ratio * (row.value - (row.biogenic or 0.0)) == pytest.approx(in_this_unit, rel=1e-12)
                found += 1
    assert found > 1000


def test_place_first_then_the_nearest_value_and_units_convert() -> None:
    row = factor("a", 2.0)
    others = [
        factor("far-home", 8.0),
        factor("per-tonne", 2700.0, "kg CO2e/t"),
        factor("oulu", 2.2, geography="FI-Oulu"),
        factor("abroad", 2.0, geography="DE"),
        factor("other-module", 2.0, module="C3"),
        factor("other-family", 2.0, family="g"),
        factor("per-piece", 2.0, "kg CO2e/piece"),
    ]
    found = alternatives(shelf(row, *others), row)
    assert [each.factor.id for each in found] == ["per-tonne", "far-home", "oulu", "abroad"]
    assert [each.ratio for each in found] == pytest.approx([1.35, 4.0, 1.1, 1.0])


def test_of_a_series_the_row_nearest_in_year_is_compared() -> None:
    row = factor("a", 2.0, year=2024)
    found = alternatives(
        shelf(row, factor("b", 4.0, year=2020), factor("b", 3.0, year=2026), factor("b", 1.0, year=2050)), row
    )
    assert [(each.factor.year, each.ratio) for each in found] == [(2026, 1.5)]


def test_uptake_against_emission_has_no_ratio_and_stands_last() -> None:
    row = factor("a", 2.0)
    found = alternatives(shelf(row, factor("b", -1.0, fossil=0.0, biogenic=-1.0), factor("c", 90.0)), row)
    assert [(each.factor.id, each.ratio) for each in found] == [("c", 45.0), ("b", None)]


def test_what_burns_biogenic_has_no_ratio_of_its_traces() -> None:
    shelf_now = library()
    hvo = next(row for row in shelf_now.factors["fuel-hvo-gb"] if row.part == "direct")
    assert {each.ratio for each in alternatives(shelf_now, hvo)} == {None}
    diesel = next(row for row in shelf_now.factors["fuel-diesel-mineral-gb"] if row.part == "direct")
    ratios = {each.factor.id: each.ratio for each in alternatives(shelf_now, diesel)}
    assert ratios["fuel-hvo-gb"] is None
    assert ratios["fuel-gas-oil-gb"] == pytest.approx(1.035, abs=0.001)  # 2.755 / 2.662
    upstream = next(row for row in shelf_now.factors["fuel-hvo-gb"] if row.part == "upstream")
    assert all(each.ratio for each in alternatives(shelf_now, upstream))


def test_a_projection_does_not_stand_where_a_row_of_its_time_is_there() -> None:
    assert current(library(), "electricity-fi-scenario-wem", "B6", "").year <= 2025
    assert current(library(), "electricity-fi", "B6", "direct").year == 2024
