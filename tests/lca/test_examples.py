"""The shipped examples as cases: kaj-10 computed by hand, kajaani as a large system that must hold together."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factors.library import library
from lca import evaluation, packages
from lca.assess import assess
from lca.engine import solve
from lca.expand import expand
from lca.system import BASES
from lca.tables import group
from tests.lca.dense import dense_scores
from tests.studies import shipped_example, unmeasured

TONNE = 1000.0
LOCATION, RESIDUAL, HEAT = 0.040, 0.5549, 0.080
"""Factors of the reference case per kilowatt-hour used [kg CO2e/kWh]: the case, the residual mix of 2023, the case."""


@cache
def document(name: str) -> dict[str, Any]:
    return assess(shipped_example(name))


# --- kaj-10, term by term -------------------------------------------------------------------------


def test_kaj_10_is_7360_tonnes_on_the_location_basis() -> None:
    it, pue, embodied = 70_000e3, 1.20, 4_000e3
    expected = {"location": it * pue * LOCATION + embodied, "market": it * pue * RESIDUAL + embodied}
    assert expected["location"] == pytest.approx(7_360 * TONNE)
    for basis in BASES:
        assert document("kaj-10")["totals"][basis]["total"] == pytest.approx(expected[basis], rel=1e-12)
    by_module = group(document("kaj-10")["contributions"], "module")
    assert by_module["B6.2",]["location"] == pytest.approx(2_800 * TONNE, rel=1e-12)
    assert by_module["B6.3",]["location"] == pytest.approx(560 * TONNE, rel=1e-12)
    assert by_module["A1-A3+A4+A5+B4+C",] == pytest.approx({"location": 4_000 * TONNE, "market": 4_000 * TONNE})


def test_kaj_10_has_its_losses_inside_the_electricity_of_the_case() -> None:
    losses = group(document("kaj-10")["contributions"], "part")["losses",]
    share = next(row.value for row in library().properties["FI"] if row.property == "grid_loss_transmission")
    assert share == 0.0175
    assert losses["location"] == pytest.approx(84_000e3 * LOCATION * share / (1 + share), rel=1e-12)
    assert losses["market"] == pytest.approx(84_000e3 * RESIDUAL * share / (1 + share), rel=1e-12)


def test_kaj_10_displaces_4267_tonnes_of_district_heat() -> None:
    source, cop = 40_000e3, 4.0
    electricity = source / (cop - 1)
    delivered = source + electricity
    assert electricity == pytest.approx(13_333e3, rel=1e-4)
    assert delivered == pytest.approx(53_333e3, rel=1e-4)
    outside = document("kaj-10")["outside"]
    assert {(row["module"], row["claim_holder"]) for row in outside} == {("D2", "unclaimed")}
    displaced = group(outside, "factor")["kaj-10-heat",]
    for basis in BASES:
        assert displaced[basis] == pytest.approx(-delivered * HEAT, rel=1e-12)
    assert displaced["location"] == pytest.approx(-4_267 * TONNE, rel=1e-4)


def test_the_heat_pump_of_kaj_10_turns_the_sign_on_the_market_basis() -> None:
    electricity = 40_000e3 / 3
    residual, displaced = RESIDUAL * electricity, HEAT * (40_000e3 + electricity)
    net = sum(row["market"] for row in document("kaj-10")["outside"])
    assert net == pytest.approx(residual - displaced, rel=1e-12)
    assert net > 0
    break_even = RESIDUAL / 4.0
    assert break_even == pytest.approx(0.139, abs=0.0005)
    assert break_even > HEAT


def test_the_heat_pump_of_kaj_10_is_at_the_grid_of_the_case() -> None:
    """W × 0.040 = 533 t beside 4,267 t displaced: −3,733 t on the location basis."""
    electricity = 40_000e3 / 3
    pump = group(document("kaj-10")["outside"], "factor")["kaj-10-grid",]
    assert pump["location"] == pytest.approx(electricity * 0.040, rel=1e-9)
    net = sum(row["location"] for row in document("kaj-10")["outside"])
    assert net == pytest.approx(electricity * 0.040 - (40_000e3 + electricity) * HEAT, rel=1e-9)
    assert net == pytest.approx(-3_733 * TONNE, rel=1e-3)


def test_the_heat_of_kaj_10_changes_nothing_inside_the_footprint() -> None:
    assert {row["line"] for row in document("kaj-10")["contributions"]} == {"C1", "E1", "E2"}
    shares = {row["party"]: row["location"] for row in document("kaj-10")["heat_methods"] if row["method"] == "H0"}
    assert shares["heat"] == 0
    assert shares["data-centre"] == pytest.approx(7_360 * TONNE)


def test_intensities_of_kaj_10() -> None:
    found = {row["unit"]: row["location"] for row in document("kaj-10")["intensities"]}
    assert found["kg CO2e/kW IT·a"] == pytest.approx(7_360e3 / 10_000)
    assert found["kg CO2e/MWh IT"] == pytest.approx(7_360e3 / 70_000)


# --- kajaani --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["module", "section", "scope", "owner", "year", "part", "line", "zone"])
def test_every_view_of_kajaani_sums_to_its_footprint(key: str) -> None:
    made = document("kajaani")
    sums = group(made["contributions"], key)
    assert len(sums) > 1
    for basis in BASES:
        total = made["totals"][basis]["total"]
        assert sum(value[basis] for value in sums.values()) == pytest.approx(total, rel=1e-12)


def test_the_operator_of_kajaani_sees_neither_the_tenants_hardware_nor_the_utilitys_pipe() -> None:
    by_scope = group(document("kajaani")["contributions"], "owner", "section", "scope")
    for owner, section, scope in by_scope:
        if owner == "utility" or (owner.startswith("tenant") and section in ("plant", "hardware")):
            assert scope in ("not of the organisation", "outside scopes (biogenic)")
    assert any(owner.startswith("tenant") and scope == "2" for owner, _, scope in by_scope)


def test_it_energy_of_kajaani_at_the_grid_is_its_meters_times_the_trajectory() -> None:
    """Year 2040: the grid of 2024 along the national series, 25 / 69 of it, and 1.75 % of losses."""
    series = library().factors[library().trajectories["FI"][0]]
    at = {row.year: row.value for row in series if row.year in (2024, 2040)}
    assert at == {2024: 0.069, 2040: 0.025}
    grid = sum(row.value for row in library().factors["electricity-fi"] if row.year == 2024) * at[2040] / at[2024]
    expected = (9_000 * 0.75 + 1_000 * 0.70) * 8760 * grid * 1.0175
    rows = [row for row in document("kajaani")["contributions"] if (row["module"], row["year"]) == ("B6.2", 2040)]
    assert sum(row["location"] for row in rows) == pytest.approx(expected, rel=1e-9)


def test_the_exponential_grid_stands_beside_what_kajaani_follows() -> None:
    """Floor and decline are marked assumptions; the restated total is that of the study that follows them."""
    study = unmeasured("kajaani")
    assert (study.settings.trajectory_floor, study.settings.trajectory_decline_percent) == (0.015, 5.0)
    assert "assumptions. So are floor and decline of the exponential grid trajectory" in (study.years[0].note or "")
    (choice,) = [each for each in document("kajaani")["choices"] if each["choice"] == "grid_trajectory"]
    (row,) = [each for each in choice["totals"] if each["rule"] == "exponential"]
    own = assess(replace(study, settings=replace(study.settings, grid_trajectory="exponential")))["totals"]
    assert [row[basis] for basis in BASES] == pytest.approx([own[basis]["total"] for basis in BASES])


def test_the_contracts_of_kajaani_end_one_by_one() -> None:
    residual = max(library().factors["electricity-fi-residual-mix"], key=lambda row: row.year).value
    rows = document("kajaani")["contributions"]

    def direct(year: int, factor: str) -> float:
        return float(
            sum(r["market"] for r in rows if (r["section"], r["year"], r["factor"]) == ("energy", year, factor))
        )

    wind, mix = "electricity-wind-fi", "electricity-fi-residual-mix"
    assert direct(2031, wind) == pytest.approx((35e6 + 30e6) * 0.01262 * 1.0175, rel=1e-9)
    assert direct(2037, mix) == 0.0
    assert direct(2047, wind) == 0.0
    used = sum(
        row.amount.to("kWh")
        for row in shipped_example("kajaani").energy
        if row.carrier == "electricity" and (row.year is None or 2047 in row.year)
    )
    assert direct(2047, mix) == pytest.approx(used * residual * 1.0175, rel=1e-9)


def test_the_measures_of_kajaani_leave_the_study_as_it_is() -> None:
    assert assess(unmeasured("kajaani"))["totals"] == document("kajaani")["totals"]


def test_the_measures_of_kajaani_avoid_what_a_hand_computes() -> None:
    """In tonnes: heat pumps, CPU nodes pro rata, SF6 of a year and of the end, and what only moves the market basis."""
    made = document("kajaani")
    sums = group(made["contributions"], "line")
    rows = {row["id"]: row for row in made["measures"]["measures"]}
    found = {id: {basis: row["alone"][basis] / 1000.0 for basis in BASES} for id, row in rows.items()}
    assert len(found) == 12
    assert found["M5"]["location"] == pytest.approx(0.154 * sums[("E11",)]["location"] / 1000.0, rel=1e-6)
    nodes = sum(sums[(id,)]["location"] for id in ("H3", "H4", "H13", "H14")) / 1000.0
    assert found["M10"]["location"] == pytest.approx(nodes * (1 - 6 / 7), rel=0.01)
    assert found["M11"]["market"] == pytest.approx(24.0 * 24.3 * (25 * 0.001 + 0.01), rel=1e-6)
    assert [found[id]["location"] for id in ("M8", "M9")] == pytest.approx([0.0, 0.0], abs=1e-6)
    wind, mix = 0.01262, max(library().factors["electricity-fi-residual-mix"], key=lambda row: row.year).value
    assert found["M8"]["market"] == pytest.approx(5 * 65_000 * (mix - wind) * 1.0175, rel=0.05)
    assert found["M6"]["location"] < 0.0 < rows["M6"]["outside"]["location"]
    assert made["measures"]["joint"] == [id for id in found if id != "M9"]


def test_the_gpu_nodes_of_kajaani_are_counted_by_the_share_of_their_life() -> None:
    """First set 2027 to 2032 whole; the second generation from 2033 to 2051 is 19 / 6 sets."""
    rows = [row for row in document("kajaani")["contributions"] if row["inner"] in ("", "A1-A3")]
    made = group(rows, "line", "factor")
    assert made["H1", "server-gpu-8xh100"]["location"] == pytest.approx(310 * 7_011)
    assert made["H2", "gpu-server-8xb200"]["location"] == pytest.approx(220 * (7_011 - 1_312 + 2_274) * 19 / 6)


def test_the_heat_of_kajaani_is_claimed_by_two() -> None:
    rows = [row for row in document("kajaani")["outside"] if row["module"] == "D2"]
    claimed = group(rows, "claim_holder")
    for basis in BASES:
        assert claimed["facility",][basis] == pytest.approx(2 / 3 * claimed["utility",][basis])
    factors = {row.year: row.value for row in library().factors["district-heat-fi-benefit-method"]}
    year_2030 = sum(row["location"] for row in rows if row["year"] == 2030)
    assert year_2030 == pytest.approx(-27_280e3 * 0.9 * factors[2030], rel=1e-9)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("name", ["kajaani", "kaj-10"])
def test_brightway_equals_a_dense_solve_of_the_examples(name: str, basis: str) -> None:
    context = expand(shipped_example(name))
    built = packages.build(context.system, context.library.gases, "AR6")
    scores = solve(built, {"facility": context.system.facility, **context.system.outside})[basis]
    for demand, by_component in dense_scores(context, built, basis).items():
        for component, score in scores[demand].items():
            summed, absolute = by_component[component]
            assert score[0] == pytest.approx(summed, abs=1e-9 * absolute + 1e-12)


def installed() -> dict[str, float]:
    """Amounts of installed lines of kajaani by the name of their parameter."""
    study = unmeasured("kajaani")
    lines = (*study.construction, *study.plant, *study.hardware)
    return {f"line:{line.id}:amount": line.quantity.value for line in lines}


def footprints(overrides: dict[str, Sequence[float]]) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Location-based sums by line, and Brightway's scores of both bases, over two columns."""
    context = expand(unmeasured("kajaani"), overrides)
    built = packages.build(context.system, context.library.gases, "AR6")
    rows = evaluation.contributions(context.system, built)[context.system.facility]
    by_line: dict[str, list[float]] = {}
    walked = {basis: np.zeros(2) for basis in BASES}
    for row in rows:
        tag = context.system.processes[row.line].tag
        assert tag is not None
        at = by_line.setdefault(tag.line, [0.0, 0.0])
        for i in (0, 1):
            at[i] += float(row.location[i])
        for basis in BASES:
            walked[basis] = walked[basis] + getattr(row, basis)
    scores = solve(built, {"facility": context.system.facility}, columns=2)
    solved = {basis: [sum(c[i] for c in scores[basis]["facility"].values()) for i in (0, 1)] for basis in BASES}
    for basis in BASES:
        assert solved[basis] == pytest.approx(walked[basis].tolist(), rel=1e-9)
    return by_line, solved


@settings(max_examples=5)
@given(st.dictionaries(st.sampled_from(sorted(installed())), st.floats(0.05, 20.0), min_size=1, max_size=25))
def test_amounts_times_random_factors_move_their_lines_alone_and_keep_brightway_in_agreement(
    factors: dict[str, float],
) -> None:
    amounts = installed()
    by_line, solved = footprints({name: [amounts[name], amounts[name] * each] for name, each in factors.items()})
    for line, (plain, changed) in by_line.items():
        factor = factors.get(f"line:{line}:amount", 1.0)
        assert changed == pytest.approx(factor * plain, rel=1e-9, abs=1e-6)
    moved = sum(by_line[name.split(":")[1]][0] * (each - 1.0) for name, each in factors.items())
    for basis in BASES:
        assert solved[basis][1] - solved[basis][0] == pytest.approx(moved, rel=1e-6, abs=1.0)
