"""Mistakes that were made once: each stays found."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from factors.problems import InputError
from inventories.study import EnergyRow, Study
from inventories.values import Quantity, YearRange
from lca.assess import assess
from lca.expand import expand
from lca.tables import group
from tests.studies import contract, heat, line, make, meter, own

GRID, DIRECT, RESIDUAL = 0.0722488, 0.030, 0.39093


def location(study: Study) -> float:
    return float(assess(study)["totals"]["location"]["total"])


def market(study: Study) -> float:
    return float(assess(study)["totals"]["market"]["total"])


def outside(study: Study, module: str) -> float:
    return sum(float(row["location"]) for row in assess(study)["outside"] if row["module"] == module)


def codes(study: Study) -> list[str]:
    return [problem.code for problem in expand(study).problems]


def test_a_last_replacement_in_the_last_year_gives_two_credits_of_one_line() -> None:
    study = make(construction=[line(factor="steel-sheet-roofing-cladding-fi", service_life=6.0)], years=25)
    credit = next(row["value"] for row in assess(study)["passport"]["factors"] if row["module"] == "D1")
    assert outside(study, "D1") == pytest.approx(5 * 1000 * credit)


def test_rows_of_d2_do_not_lower_the_footprint() -> None:
    rows = [own("w", 10.0), own("w", -5000.0, module="D2")]
    assert codes(make(factors=rows, construction=[line(factor="w", amount=Quantity(1, "piece"))])) == ["factor-module"]


def test_a_contract_may_be_called_residual() -> None:
    energy, zero = [meter(amount=Quantity(10, "MWh"))], own("zero", 0.0, "kg CO2e/kWh", "B6")

    def named(name: str) -> float:
        return market(
            make(years=1, energy=energy, factors=[zero], contracts=[contract(id=name, factor="zero", share_percent=1)])
        )

    assert named("residual") == pytest.approx(named("K1"))


def test_equal_orders_share_in_proportion_to_their_whole_volumes() -> None:
    factors = [own("dear", 0.2, "kg CO2e/kWh", "B6"), own("free", 0.0, "kg CO2e/kWh", "B6")]
    contracts = [
        contract(id="K1", factor="dear", amount=Quantity(1000, "kWh"), order=1),
        contract(id="K2", factor="free", amount=Quantity(100, "kWh"), order=1),
    ]
    study = make(
        years=1, energy=[meter(amount=Quantity(100, "kWh"))], factors=factors, contracts=contracts, grid_connection=None
    )
    assert market(study) == pytest.approx(100 * 1000 / 1100 * 0.2)


def test_a_contract_share_is_of_the_consumption_not_of_the_purchases() -> None:
    solar = meter(id="E2", carrier="onsite-electricity", use=None, amount=Quantity(20, "MWh"))
    energy = [meter(amount=Quantity(100, "MWh")), solar]
    free = own("free", 0.0, "kg CO2e/kWh", "B6")
    study = make(
        years=1,
        energy=energy,
        factors=[free],
        contracts=[contract(factor="free", share_percent=50)],
        grid_connection=None,
    )
    assert market(study) == pytest.approx(30_000 * (RESIDUAL + GRID - DIRECT))  # 100 − 20 on site − 50 by contract


def test_sold_certificates_are_at_the_residual_mix_before_any_contract() -> None:
    solar = meter(id="E2", carrier="onsite-electricity", use=None, amount=Quantity(20, "MWh"), certificates="sold")
    energy = [meter(amount=Quantity(100, "MWh")), solar]
    free = own("free", 0.0, "kg CO2e/kWh", "B6")
    study = make(
        years=1,
        energy=energy,
        factors=[free],
        contracts=[contract(factor="free", amount=Quantity(100, "MWh"))],
        grid_connection=None,
    )
    assert market(study) == pytest.approx(20_000 * (RESIDUAL + GRID - DIRECT))


def test_a_heat_pump_that_changes_hands_is_outside_only_while_it_is() -> None:
    pump = meter(id="E9", use="heat-pump", amount=Quantity(30, "MWh"))
    rows = [
        heat(heat_pump="outside", heat_pump_meter="E9", year=YearRange(2027, 2027)),
        heat(heat_pump="inside", heat_pump_meter="E9", year=YearRange(2028, 2028)),
    ]
    by_year = group(
        assess(make(years=2, energy=[meter(), pump], heat=rows, grid_connection=None))["contributions"], "year"
    )
    assert by_year[2028,]["location"] - by_year[2027,]["location"] == pytest.approx(30_000 * GRID)


def test_a_dated_row_takes_the_heat_pump_back_inside() -> None:
    """Every year outside but 2028, which has a row of its own: its electricity is then in the footprint."""
    pump = meter(id="E9", use="heat-pump", amount=Quantity(30, "MWh"))
    rows = [
        heat(heat_pump="outside", heat_pump_meter="E9"),
        heat(heat_pump="inside", heat_pump_meter="E9", year=YearRange(2028, 2028)),
    ]
    document = assess(make(years=3, energy=[meter(), pump], heat=rows, grid_connection=None))
    years = [row["year"] for row in document["contributions"] if row["line"] == "E9"]
    assert set(years) == {2028}


@pytest.mark.parametrize(
    ("changes", "share"),
    [
        ({}, 1.0),
        ({"used_percent": 40.0}, 0.4),
        ({"network_loss_percent": 10.0}, 0.9),
        ({"used_percent": 40.0, "network_loss_percent": 10.0}, 0.36),
    ],
)
def test_only_heat_that_is_used_and_arrives_displaces(changes: dict[str, Any], share: float) -> None:
    displaced = own("dh", 0.2, "kg CO2e/kWh", "B6")
    study = make(years=1, energy=[meter()], factors=[displaced], heat=[heat(displaced_factor="dh", **changes)])
    assert outside(study, "D2") == pytest.approx(-share * 100_000 * 4 / 3 * 0.2)


def test_the_displaced_factor_declines_from_the_start_year() -> None:
    displaced = own("dh", 0.2, "kg CO2e/kWh", "B6")
    study = make(
        years=3,
        energy=[meter()],
        factors=[displaced],
        heat=[heat(displaced_factor="dh", displaced_decline_percent=10.0)],
    )
    assert outside(study, "D2") == pytest.approx(-400_000 / 3 * 0.2 * (1 + 0.9 + 0.81))


def test_saved_cooling_is_avoided_and_exported_electricity_a_credit() -> None:
    study = make(years=1, energy=[meter()], heat=[heat(saved_cooling=Quantity(10, "MWh"))], grid_connection=None)
    assert outside(study, "avoided") == pytest.approx(-10_000 * GRID)


def test_heat_without_delivery_keeps_the_electricity_of_its_pump() -> None:
    rows = [heat(heat=Quantity(0, "MWh"), measured_at="delivered", heat_pump_electricity=Quantity(50, "MWh"))]
    plain = location(make(years=1, energy=[meter()], grid_connection=None))
    study = make(years=1, energy=[meter()], heat=rows, grid_connection=None)
    assert location(study) - plain == pytest.approx(50_000 * GRID)
    at_source = [replace(rows[0], measured_at="source")]
    found = assess(replace(study, heat=tuple(at_source)))
    assert found["totals"]["location"]["total"] - plain == pytest.approx(50_000 * GRID)
    assert found["heat"]["facts"]["delivered"] == 0.0


def test_more_heat_than_energy_is_refused_and_derived_energy_counts() -> None:
    with pytest.raises(InputError) as stopped:
        assess(make(years=1, energy=[meter(amount=Quantity(50, "MWh"))], heat=[heat()]))
    assert [problem.code for problem in stopped.value.problems] == ["heat-above-energy"]
    office = meter(use="office", amount=Quantity(5, "MWh"))
    assert location(make(years=1, capacity_kw=100, load=50, energy=[office], heat=[heat()])) > 0


@pytest.mark.parametrize("extra", [
    {"heat": [heat()]},
    {"heat": [heat(heat_pump="outside")]},
    {"energy": [meter(id="E2", carrier="exported-electricity", use=None)]},
])  # fmt: skip
def test_a_country_without_grid_is_never_zero(extra: dict[str, Any]) -> None:
    grid = own("grid", 0.1, "kg CO2e/kWh", "B6")
    energy = [meter(factor="grid"), *extra.get("energy", [])]
    study = make(years=1, country="NZ", factors=[grid], **{**extra, "energy": energy}, grid_connection=None)
    assert "grid-missing" in codes(study)


def test_losses_and_trajectories_a_country_lacks_are_said() -> None:
    study = make(years=1, country="SE", energy=[meter()], grid_connection="distribution", grid_trajectory="national")
    document = assess(study)
    found = {problem["code"] for problem in document["problems"]}
    assert {"losses-unknown", "trajectory-unknown"} <= found
    chosen = {choice["choice"]: choice["value"] for choice in document["choices"]}
    assert (chosen["grid_connection"], chosen["grid_trajectory"]) == ("losses not included", "constant")


def test_distribution_adds_its_losses_to_those_of_transmission() -> None:
    plain = location(make(years=1, energy=[meter()], grid_connection=None))
    both = location(make(years=1, energy=[meter()], grid_connection="distribution"))
    assert both / plain == pytest.approx(1 + 0.0175 + 0.0256)


def test_hardware_without_a_power_beside_hardware_with_one_is_a_gap() -> None:
    hardware = [
        line("Hardware", count=1, power_w=400.0, service_life=5.0),
        line("Hardware", id="H2", count=999, service_life=5.0),
    ]
    assert "power-partial" in codes(make(years=1, hardware=hardware))


def test_electricity_is_no_fuel() -> None:
    assert codes(make(years=1, energy=[meter(carrier="electricity-fi")])) == ["carrier-family"]


def test_biogenic_carbon_closes_whatever_the_units_and_years_of_the_rows() -> None:
    rows = [
        own("w", -1600.0, "kg CO2e/t", fossil=0.0, biogenic=-1600.0),
        own("w", 0.5, "kg CO2e/kg", "C3", fossil=0.0, biogenic=0.5),
        own("w", -800.0, "kg CO2e/t", year=2035, fossil=0.0, biogenic=-800.0),
    ]
    study = make(years=20, factors=rows, construction=[line(factor="w", service_life=10.0)])
    parts = group(assess(study)["contributions"], "component")
    assert parts["biogenic",]["location"] == pytest.approx(0.0, abs=1e-9)


def test_reuse_of_a_bundle_is_refused_and_of_parts_of_making_counted() -> None:
    server = line("Hardware", factor="server-dell-r740", service_life=5.0, reused_percent=50.0)
    assert codes(make(hardware=[server])) == ["reuse-bundle"]
    rows = [own("s", 10.0, module="A1"), own("s", 1.0, module="A3")]
    study = make(years=5, factors=rows, hardware=[line("Hardware", factor="s", service_life=5.0, reused_percent=100.0)])
    assert location(study) == 0.0


def test_share_percent_of_a_meter_counts_in_part() -> None:
    whole, half = (meter(share_percent=percent, evidence="lease") for percent in (100.0, 50.0))
    assert location(make(years=1, energy=[half])) == pytest.approx(0.5 * location(make(years=1, energy=[whole])))


@pytest.mark.parametrize(("consolidation", "scopes"), [("operational", {"2", "3.3"}), ("financial", {"3.13"})])
def test_electricity_of_a_tenant_by_consolidation(consolidation: str, scopes: set[str]) -> None:
    tenant = meter(owner="tenant: Oy")
    found = group(assess(make(years=1, energy=[tenant], consolidation=consolidation))["contributions"], "scope")
    assert {scope for (scope,) in found} == scopes


def test_the_chosen_gwp_set_characterises_named_gases() -> None:
    methane = own("ch4", 1.0, "kg/kWh", "B6", gas="CH4")
    for chosen, gwp in (("AR5", 28.0), ("AR6", 27.9)):
        study = make(
            years=1,
            energy=[meter(factor="ch4", amount=Quantity(1, "kWh"))],
            factors=[methane],
            gwp_set=chosen,
            grid_connection=None,
        )
        assert location(study) == pytest.approx(gwp)


def test_intensities_divide_by_what_was_served() -> None:
    document = assess(make(years=2, capacity_kw=500, energy=[meter(amount=Quantity(1000, "MWh"))]))
    found = {row["unit"]: row for row in document["intensities"]}
    total = document["totals"]["location"]["total"]
    assert found["kg CO2e/MWh IT"]["denominator"] == pytest.approx(2000)
    assert found["kg CO2e/kW IT·a"]["location"] == pytest.approx(total / 1000)


def test_a_fuel_is_the_same_in_every_unit() -> None:
    litres = EnergyRow(id="E1", carrier="fuel-gas-oil-gb", use="backup-test", amount=Quantity(1000, "l"))
    amounts = (Quantity(1, "m3"), Quantity(853.971, "kg"), Quantity(42.569 * 853.971 / 3600, "MWh"))
    expected = 1000 * (2.75541 + 0.62665)
    for row in (litres, *(replace(litres, amount=amount) for amount in amounts)):
        document = assess(make(years=1, energy=[row]))
        assert document["totals"]["location"]["total"] == pytest.approx(expected, rel=1e-6)
        scopes = {scope: value["location"] for (scope,), value in group(document["contributions"], "scope").items()}
        assert scopes["1"] == pytest.approx(1000 * 2.75541)


def test_a_successor_after_an_early_end_takes_the_old_one_away() -> None:
    rows = [own("old", 100.0), own("old", 7.0, module="C4"), own("new", 300.0)]
    first = line("Hardware", id="H1", factor="old", service_life=8.0, until=2030, replaced_by="H2")
    second = line("Hardware", id="H2", factor="new", service_life=20.0)
    study = make(years=10, factors=rows, hardware=[first, second], replacement_rule="whole")
    found = group(assess(study)["contributions"], "line", "module", "inner", "year")
    assert {key: value["location"] for key, value in found.items()} == {
        ("H1", "A1-A3", "", 2027): 100.0,
        ("H1", "B4", "C4", 2031): 7.0,
        ("H2", "B4", "A1-A3", 2031): 300.0,
    }


def test_power_of_hardware_follows_lives_along_the_axis() -> None:
    hardware = [line("Hardware", count=10, power_w=100.0, service_life=4.0, replaced_by="none")]
    study = make(years=8, hardware=hardware)
    context = expand(study, {"line:H1:service_life": [4.0, 8.0]})
    kwh = np.zeros(2)
    common = context.system.common
    for product, amount in zip(common.product, common.coefficient, strict=True):
        if context.system.processes[product].kind == "supply":
            kwh = kwh + amount
    assert kwh == pytest.approx(np.array([4.0, 8.0]) * 10 * 0.1 * 8760)
