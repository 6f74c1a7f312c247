"""Both bases of electricity, derived by hand from the library's own rows."""

import numpy as np
import pytest

from factors.library import library
from inventories.study import Study
from inventories.values import Quantity, YearRange
from lca.assess import assess
from lca.contracts import Matching, Use, covers
from lca.expand import expand
from lca.tables import group
from tests.studies import contract, exclude, heat, make, meter, own

LOSS = 0.0175  # Fingrid 2017, transmission
GRID = 0.0722488  # kg CO2e/kWh, life cycle 2024, direct + upstream
DIRECT = 0.030
UPSTREAM = GRID - DIRECT
RESIDUAL = 0.39093
WIND = 0.01262


def yearly(study: Study) -> dict[int, dict[str, float]]:
    return {year: sums for (year,), sums in group(assess(study)["contributions"], "year").items()}


def test_library_holds_the_rows_these_tests_count_with() -> None:
    shelf = library()
    rows = {(row.part, row.year): row.value for row in shelf.factors["electricity-fi"]}
    assert rows["direct", 2024] == DIRECT
    assert rows["upstream", 2024] == pytest.approx(UPSTREAM, rel=1e-12)
    assert shelf.pick("electricity-fi-residual-mix", "B6", "direct", 2030)[0].factor.value == RESIDUAL
    assert shelf.factors["electricity-wind-fi"][0].value == WIND


def test_a_ppa_that_ends_leaves_the_residual_mix() -> None:
    # 84 GWh a year, 50 GWh of wind until year 5. With losses of 1.75 % on everything that comes from the grid.
    study = make(
        years=8,
        energy=[meter(amount=Quantity(84, "GWh"))],
        contracts=[contract(amount=Quantity(50, "GWh"), valid_to="2031")],
    )
    found = yearly(study)
    residual = RESIDUAL + UPSTREAM  # the residual mix states no upstream: the location's stands in
    during = (50e6 * WIND + 34e6 * residual) * (1 + LOSS)
    after = 84e6 * residual * (1 + LOSS)
    location = 84e6 * GRID * (1 + LOSS)
    for year in range(2027, 2032):
        assert found[year]["market"] == pytest.approx(during, rel=1e-12)
    for year in range(2032, 2035):
        assert found[year]["market"] == pytest.approx(after, rel=1e-12)
    assert [found[year]["location"] for year in found] == pytest.approx([location] * 8, rel=1e-12)


def test_parts_and_scopes_of_a_kilowatt_hour() -> None:
    rows = assess(make(years=1, energy=[meter(amount=Quantity(1000, "kWh"))]))["contributions"]
    by_part = group(rows, "part")
    assert by_part["direct",]["location"] == pytest.approx(1000 * DIRECT)
    assert by_part["upstream",]["location"] == pytest.approx(1000 * UPSTREAM)
    assert by_part["losses",]["location"] == pytest.approx(1000 * LOSS * GRID)
    assert by_part["direct",]["market"] == pytest.approx(1000 * RESIDUAL)
    by_scope = group(rows, "scope")
    assert by_scope["2",]["location"] == pytest.approx(1000 * DIRECT)
    assert by_scope["3.3",]["location"] == pytest.approx(1000 * (UPSTREAM + LOSS * GRID))


def test_contracts_above_the_consumption_count_for_nothing() -> None:
    study = make(
        years=1,
        energy=[meter(amount=Quantity(10, "MWh"))],
        contracts=[contract(amount=Quantity(25, "MWh"))],
    )
    document = assess(study)
    assert document["totals"]["market"]["total"] == pytest.approx(10_000 * WIND * (1 + LOSS))
    surplus = [problem for problem in document["problems"] if problem["code"] == "contract-surplus"]
    assert [problem["read"] for problem in surplus] == ["15"]


def test_order_decides_and_equal_orders_share_in_proportion() -> None:
    dear, cheap = own("dear", 0.2, "kg CO2e/kWh", "B6"), own("cheap", 0.1, "kg CO2e/kWh", "B6")
    energy = [meter(amount=Quantity(100, "MWh"))]

    def market(first: int, second: int) -> float:
        contracts = [
            contract(id="K1", factor="dear", amount=Quantity(90, "MWh"), order=first),
            contract(id="K2", factor="cheap", amount=Quantity(60, "MWh"), order=second),
        ]
        study = make(years=1, energy=energy, contracts=contracts, factors=[dear, cheap], grid_connection=None)
        return float(assess(study)["totals"]["market"]["total"])

    assert market(1, 2) == pytest.approx(90_000 * 0.2 + 10_000 * 0.1)
    assert market(2, 1) == pytest.approx(60_000 * 0.1 + 40_000 * 0.2)
    assert market(1, 1) == pytest.approx(100_000 * (90 / 150 * 0.2 + 60 / 150 * 0.1))


def test_covers_names_meters_uses_or_owners() -> None:
    it = Use("E1", "M1", "it", "facility", 2027, 1.0)
    theirs = Use("E2", "", "it", "tenant: Oy", 2027, 1.0)
    assert covers(contract(share_percent=100), it)
    assert not covers(contract(share_percent=100), theirs)
    assert covers(contract(covers=(("owner", "tenant: Oy"),)), theirs)
    assert covers(contract(covers=(("meter", "M1"),)), it)
    assert not covers(contract(covers=(("use", "cooling"),)), it)


def test_a_contract_for_one_use_leaves_the_other_at_the_residual_mix() -> None:
    study = make(
        years=1,
        energy=[meter(amount=Quantity(10, "MWh")), meter(id="E2", use="cooling", amount=Quantity(5, "MWh"))],
        contracts=[contract(share_percent=100, covers=(("use", "it"),))],
        grid_connection=None,
    )
    by_module = group(assess(study)["contributions"], "module")
    assert by_module["B6.2",]["market"] == pytest.approx(10_000 * WIND)
    assert by_module["B6.3",]["market"] == pytest.approx(5_000 * (RESIDUAL + UPSTREAM))


def test_part_of_a_year_counts_by_days() -> None:
    study = make(
        years=1,
        energy=[meter(amount=Quantity(10, "MWh"))],
        contracts=[contract(share_percent=100, valid_to="2027-03-31")],
        grid_connection=None,
    )
    covered = 90 / 365
    expected = 10_000 * (covered * WIND + (1 - covered) * (RESIDUAL + UPSTREAM))
    assert assess(study)["totals"]["market"]["total"] == pytest.approx(expected)


@pytest.mark.parametrize(("certificates", "location", "market"), [
    ("kept", 8_000 * GRID, 8_000 * (RESIDUAL + UPSTREAM)),
    ("sold", 10_000 * GRID, 10_000 * (RESIDUAL + UPSTREAM)),
])  # fmt: skip
def test_own_electricity_lowers_purchases_unless_its_certificates_are_sold(
    certificates: str, location: float, market: float
) -> None:
    solar = meter(id="E2", carrier="onsite-electricity", use=None, amount=Quantity(2, "MWh"), certificates=certificates)
    study = make(years=1, energy=[meter(amount=Quantity(10, "MWh")), solar], grid_connection=None)
    totals = assess(study)["totals"]
    assert totals["location"]["total"] == pytest.approx(location)
    assert totals["market"]["total"] == pytest.approx(market)


def test_exported_electricity_lowers_nothing_and_stands_outside() -> None:
    plain = make(years=1, energy=[meter()])
    export = meter(id="E2", carrier="exported-electricity", use=None, amount=Quantity(2, "MWh"))
    document = assess(make(years=1, energy=[meter(), export]))
    assert document["totals"] == assess(plain)["totals"]
    outside = group(document["outside"], "module")
    assert outside["D2",]["location"] == pytest.approx(-2_000 * GRID * (1 + LOSS))


def test_national_trajectory_moves_the_newest_row() -> None:
    # Ilmakalu WEM: 0.069 (2024), 0.049 (2030), 0.042 (2032): 2031 lies half way.
    study = make(years=5, energy=[meter(amount=Quantity(1, "kWh"))], grid_trajectory="national", grid_connection=None)
    found = yearly(study)
    assert found[2030]["location"] == pytest.approx(GRID * 0.049 / 0.069)
    assert found[2031]["location"] == pytest.approx(GRID * (0.049 + 0.042) / 2 / 0.069)


def test_residual_mix_may_follow_the_grid() -> None:
    study = make(
        years=4,
        energy=[meter(amount=Quantity(1, "kWh"))],
        grid_trajectory="national",
        residual_mix="follow-grid",
        grid_connection=None,
    )
    expected = RESIDUAL * 0.049 / 0.069 + UPSTREAM * 0.049 / 0.069
    assert yearly(study)[2030]["market"] == pytest.approx(expected)


def test_no_grid_factor_for_a_country_is_said() -> None:
    context = expand(make(years=1, country="NZ", energy=[meter()]))
    assert [problem.code for problem in context.problems] == ["grid-missing"]


def test_no_residual_mix_is_a_gap_and_no_silent_zero() -> None:
    grid = own("grid", 0.1, "kg CO2e/kWh", "B6")
    study = make(years=1, country="NZ", energy=[meter(factor="grid")], factors=[grid], grid_connection=None)
    document = assess(study)
    assert document["totals"]["market"]["total"] == pytest.approx(1_000_000 * 0.1)
    assert "residual-missing" in {problem["code"] for problem in document["problems"]}
    assert document["complete"] is False


def test_dated_rows_hold_beyond_the_last_one_and_blank_rows_fill() -> None:
    blank = meter(amount=Quantity(5, "MWh"))
    first = meter(id="E2", amount=Quantity(7, "MWh"), year=YearRange(2028, 2028))
    found = yearly(make(years=3, energy=[blank, first], grid_connection=None))
    assert [found[y]["location"] for y in found] == pytest.approx([5_000 * GRID, 7_000 * GRID, 5_000 * GRID])
    held = assess(make(years=3, energy=[meter(year=YearRange(2027, 2028))], grid_connection=None))
    assert {row["status"] for row in held["contributions"] if row["year"] == 2029 and row["location"]} == {"derived"}


@pytest.mark.parametrize("power", [None, 400.0])
def test_it_energy_is_derived_when_nobody_metered_it(power: float | None) -> None:
    hardware = []
    if power is not None:
        from tests.studies import line  # noqa: PLC0415

        hardware = [line("Hardware", count=50, power_w=power, service_life=5.0)]
    document = assess(make(years=1, capacity_kw=30, load=60, hardware=hardware, grid_connection=None))
    kwh = 50 * 0.4 * 8760 if power else 30 * 0.6 * 8760
    energy = [row for row in document["contributions"] if row["module"] == "B6.2"]
    assert sum(row["location"] for row in energy) == pytest.approx(kwh * GRID)
    assert {row["status"] for row in energy if row["location"]} == {"derived"}
    # on the market basis the residual mix has no upstream part of its own: the location's stands in
    assert {(row["part"], row["status"]) for row in energy if row["market"]} == {
        ("direct", "derived"),
        ("upstream", "replaced"),
    }


def test_heat_pump_outside_is_bought_by_others() -> None:
    inside = make(years=1, energy=[meter()], heat=[heat(heat_pump="outside")], contracts=[contract(share_percent=100)])
    document = assess(inside)
    assert document["totals"]["market"]["total"] == pytest.approx(1_000_000 * WIND * (1 + LOSS))
    # Q = 100 MWh, COP 4: W = 33.3 MWh at the utility's own supply; 133.3 MWh of district heat displaced.
    outside = group(document["outside"], "module")["D2",]
    w, delivered = 100_000 / 3, 400_000 / 3
    displaced = 0.094 + (0.041 - 0.094) * 2 / 5
    assert outside["location"] == pytest.approx(w * GRID * (1 + LOSS) - delivered * displaced)
    assert outside["market"] == pytest.approx(w * (RESIDUAL + UPSTREAM) * (1 + LOSS) - delivered * displaced)


def test_claim_holders_share_one_heat_pump_outside() -> None:
    """60 and 40 % of one heat: Q + W is displaced once and W consumed once, whoever claims it."""
    alone = assess(make(years=1, heat=[heat(heat_pump="outside")]))
    shared = [heat(heat_pump="outside", claim_share_percent=each, claim_holder=f"{each:g}") for each in (60.0, 40.0)]
    both = assess(make(years=1, heat=shared))
    whole = group(alone["outside"], "module")["D2",]
    for holder, value in group(both["outside"], "claim_holder").items():
        assert value == pytest.approx({basis: whole[basis] * float(holder[0]) / 100 for basis in whole})


def test_a_heat_pump_outside_takes_the_factor_of_its_meter() -> None:
    """Two meters of 20 and 10 MWh, one at a factor of its own: on the location basis only, and only in D2."""
    meters = [
        meter(id="E8", meter="HP", use="heat-pump", amount=Quantity(20, "MWh"), factor="electricity-wind-fi"),
        meter(id="E9", meter="HP", use="heat-pump", amount=Quantity(10, "MWh"), zone="site"),
    ]
    row = heat(heat_pump="outside", heat_pump_meter="HP", heat=Quantity(130, "MWh"), measured_at="delivered")
    document = assess(make(years=1, energy=[meter(), *meters], heat=[row]))
    outside = group(document["outside"], "module")["D2",]
    displaced = 130_000 * (0.094 + (0.041 - 0.094) * 2 / 5)
    own_and_grid = (20_000 * WIND + 10_000 * GRID) * (1 + LOSS)
    assert outside["location"] == pytest.approx(own_and_grid - displaced)
    assert outside["market"] == pytest.approx(30_000 * (RESIDUAL + UPSTREAM) * (1 + LOSS) - displaced)
    assert {each["line"] for each in document["contributions"]} == {"E1"}


def test_shares_of_a_group_sum_to_one() -> None:
    study = make(
        years=1,
        energy=[meter(), meter(id="E2", use="cooling", amount=Quantity(400, "MWh"))],
        contracts=[contract(share_percent=30), contract(id="K2", amount=Quantity(500, "MWh"), covers=(("use", "it"),))],
        exclusions=[exclude("B2")],
    )
    context = expand(study)
    uses = [
        Use("E1", "", "it", "facility", 2027, 1_000_000.0),
        Use("E2", "", "cooling", "facility", 2027, 400_000.0),
    ]
    for shares in Matching(context, uses).shares(2027).values():
        total = shares.onsite + shares.residual + sum(shares.contracts.values(), np.zeros(1))
        assert total == pytest.approx(np.ones(1))


@pytest.mark.parametrize(
    ("value", "unit"), [(0.2, "kg CO2e/kWh"), (200.0, "kg CO2e/MWh"), (200.0, "g CO2e/kWh"), (0.2, "t CO2e/MWh")]
)
def test_a_contract_in_any_unit_of_energy_is_the_same_contract(value: float, unit: str) -> None:
    study = make(
        years=1,
        energy=[meter(amount=Quantity(10, "MWh"))],
        contracts=[contract(factor="mine", share_percent=100)],
        factors=[own("mine", value, unit, "B6")],
        grid_connection=None,
    )
    assert assess(study)["totals"]["market"]["total"] == pytest.approx(10_000 * 0.2)


def test_a_contract_without_energy_rows_is_refused_and_never_counts_as_zero() -> None:
    context = expand(make(years=1, energy=[meter()], contracts=[contract(factor="rebar-steel-fi", share_percent=100)]))
    assert [(p.code, p.sheet, p.column) for p in context.problems] == [("factor-not-energy", "Contracts", "factor")]


def test_certificates_that_are_not_cancelled_cover_nothing() -> None:
    energy = [meter(amount=Quantity(10, "MWh"))]
    without = assess(make(years=1, energy=energy))["totals"]
    assert (
        assess(make(years=1, energy=energy, contracts=[contract(share_percent=100, cancelled="no")]))["totals"]
        == without
    )


@pytest.mark.parametrize("factor", ["district-heat-tampere", "fuel-natural-gas-gb"])
def test_heat_and_fuel_are_no_electricity(factor: str) -> None:
    for study in (
        make(years=1, energy=[meter()], contracts=[contract(factor=factor, share_percent=100)]),
        make(years=1, energy=[meter(factor=factor)]),
    ):
        assert [problem.code for problem in expand(study).problems] == ["factor-of-other-energy"]


def test_an_own_location_factor_leaves_the_market_basis_whole() -> None:
    energy = [meter(amount=Quantity(10, "MWh"), factor="mine")]
    study = make(years=1, energy=energy, factors=[own("mine", 0.5, "kg CO2e/kWh", "B6")], grid_connection=None)
    totals = assess(study)["totals"]
    assert totals["location"]["total"] == pytest.approx(10_000 * 0.5)
    assert totals["market"]["total"] == pytest.approx(10_000 * (RESIDUAL + UPSTREAM))


def test_a_blank_owner_and_zone_are_the_facility_and_its_data_centre() -> None:
    """The second row follows the first: 4,000 MWh in 2027, 5,000 MWh from 2028 on, and not both."""
    first = meter(id="A", meter="m1", year=YearRange(2027, 2027), amount=Quantity(4000.0, "MWh"))
    second = meter(id="B", meter="m1", year=YearRange(2028, None), amount=Quantity(5000.0, "MWh"),
                   owner="facility", zone="data-centre")  # fmt: skip
    yearly = expand(make(years=3, energy=[first, second])).yearly
    assert [(each.row.id, each.year) for each in yearly] == [("A", 2027), ("B", 2028), ("B", 2029)]
