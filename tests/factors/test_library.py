"""The library that ships: complete, sourced, and never wrong by its own rules."""

import pytest

from factors.library import library
from factors.model import Factor
from factors.units import UnitError, parse_unit

ROWS = [row for rows in library().factors.values() for row in rows]


def test_about_a_hundred_ids_with_every_row_sourced() -> None:
    assert len(library().factors) >= 80
    for row in ROWS:
        assert set(row.sources) <= library().sources.keys(), row.id
        assert row.sources, row.id
        assert row.locator or row.confidence == "derived", row.id
        assert row.confidence in ("read", "second-hand", "knowledge", "derived"), row.id


def test_rows_are_unique_and_components_sum() -> None:
    keys = [(row.id, row.module, row.part, row.year, row.geography) for row in ROWS]
    assert len(keys) == len(set(keys))
    for row in ROWS:
        assert sum(row.components.values()) == pytest.approx(
            row.value if row.unit.symbol.startswith(("kg_CO2e/", "kg_CO2/")) else sum(row.components.values())
        )
        assert row.unit.numerator.dimension in ("emission", "emission-CO2"), row.id


def test_ranges_hold_the_value() -> None:
    for row in ROWS:
        if row.low is not None and row.high is not None:
            assert row.low <= row.value <= row.high, row.id
            assert row.distribution, row.id


def test_the_finnish_grid_is_divided_in_every_year() -> None:
    shelf = library()
    for year in range(2015, 2025):
        direct, upstream = (shelf.pick("electricity-fi", "B6", part, year)[0] for part in ("direct", "upstream"))
        assert (direct.factor.year, upstream.factor.year) == (year, year)
        assert direct.factor.value / (direct.factor.value + upstream.factor.value) == pytest.approx(0.030 / 0.0722488)


def test_every_id_has_names_in_three_languages() -> None:
    for factor_id in library().factors:
        assert {"en", "fi", "sv"} <= library().names[factor_id].keys(), factor_id


def test_sources_can_be_found_by_a_stranger() -> None:
    for source in library().sources.values():
        assert source.publisher, source.source
        assert source.title, source.source
        assert source.licence, source.source


def test_the_newest_row_not_later_is_picked_else_the_oldest_marked() -> None:
    shelf = library()
    residual = [shelf.pick("electricity-fi-residual-mix", "B6", "direct", year)[0] for year in (2023, 2024, 2040, 2010)]
    assert [choice.factor.year for choice in residual] == [2023, 2024, 2024, 2023]
    assert [choice.status for choice in residual] == ["given", "given", "held", "replaced"]


def test_district_heat_interpolates_between_its_years() -> None:
    picked = library().pick("district-heat-tampere", "B6", "", 2027)
    assert [choice.factor.year for choice in picked] == [2025, 2030]
    assert [choice.weight for choice in picked] == pytest.approx([0.6, 0.4])


def test_components_must_sum() -> None:
    with pytest.raises(ValueError, match="components sum to"):
        Factor("x", "A1-A3", "", 2020, 2.0, parse_unit("kg CO2e/kg"), "s", fossil=1.0)


def test_bridges_go_both_ways_and_refuse_what_no_property_joins() -> None:
    shelf = library()
    litres = shelf.bridge("fuel-gas-oil-gb", parse_unit("MWh")).ratio
    assert litres == pytest.approx(1000 / (42.569 * 853.971 / 3600))  # GJ/t × kg/m³, DESNZ 2025 fuel properties
    with pytest.raises(UnitError):
        shelf.bridge("concrete-c30-37-fi", parse_unit("kWh"))


def test_blends_of_gases_have_values_in_ar6() -> None:
    for gas in library().gases.values():
        assert "AR6" in gas.gwp, gas
    assert library().gases["SF6"].gwp["AR6"] == 24_300
