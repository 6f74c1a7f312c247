"""How the grid goes on: every trajectory derived by hand, and the totals restated under each."""

from dataclasses import replace
from typing import Any

import pytest

from factors.library import library
from inventories.datafile import DataFile
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.expand import expand
from lca.tables import group
from tests.studies import contract, line, make, meter, own

GRID = 0.0722488  # kg CO2e/kWh, life cycle 2024, direct + upstream
FI = ["electricity-fi-scenario-wem", "electricity-fi-scenario-energy", "electricity-fi-scenario-benefit"]


def by_year(study: Study) -> dict[int, float]:
    rows = assess(study)["contributions"]
    return {year: sums["location"] for (year,), sums in group(rows, "year").items()}


def one_kwh(years: int = 40, **of: Any) -> Study:
    return make(years=years, energy=[meter(amount=Quantity(1, "kWh"))], grid_connection=None, **of)


def restated(document: dict[str, Any], choice: str) -> dict[str, dict[str, float]]:
    found = next(each for each in document["choices"] if each["choice"] == choice)
    return {row["rule"]: row for row in found.get("totals", ())}


def test_the_series_of_a_country_stand_in_order_and_the_national_one_first() -> None:
    assert list(library().trajectories["FI"]) == FI


def test_a_series_is_linear_between_its_years_and_held_after_its_last() -> None:
    # The national scenario of 2021 by the energy method: 0.125 (2020), 0.077 (2030), 0.051 (2040), 0.037 (2060).
    found = by_year(one_kwh(grid_trajectory=FI[1]))
    base = 0.125 + (0.077 - 0.125) * 4 / 10  # its value of 2024, the year of the newest grid factor
    assert found[2035] == pytest.approx(GRID * (0.077 + 0.051) / 2 / base)
    assert found[2060] == pytest.approx(GRID * 0.037 / base)
    assert found[2066] == pytest.approx(found[2060])
    marks = [mark for mark in expand(one_kwh(grid_trajectory=FI[1])).marks if mark.line == "grid FI"]
    assert {mark.code for mark in marks if int(mark.column) > 2060} == {"trajectory-held"}
    within = {int(mark.column): mark for mark in marks if int(mark.column) <= 2060}
    assert {year for year, mark in within.items() if mark.code == "trajectory"} == {2030, 2040, 2050, 2060}
    assert {mark.code for mark in within.values()} == {"trajectory", "trajectory-between"}
    told = dict(within[2043].values)
    assert (told["a"], told["b"]) == ("2040", "2050")


def test_the_passport_tells_given_interpolated_and_held_years_and_every_point() -> None:
    passport = assess(one_kwh(grid_trajectory="national"))["passport"]
    how = {row["year"]: (row["how"], row["between"]) for row in passport["grid"] if row["part"] == "direct"}
    assert [how[year] for year in (2030, 2031, 2032, 2051)] == [
        ("trajectory", []),
        ("trajectory-between", [2030, 2032]),
        ("trajectory", []),
        ("trajectory-held", [2050]),
    ]
    series = {row.year: row.value for row in library().factors[FI[0]]}
    followed = passport["trajectory"]
    assert (followed["name"], followed["source"]) == (FI[0], "ilmakalu")
    assert {point["year"]: point["value"] for point in followed["points"]} == series
    between = next(row["value"] for row in passport["grid"] if (row["year"], row["part"]) == (2031, "direct"))
    before = next(row["value"] for row in passport["grid"] if (row["year"], row["part"]) == (2030, "direct"))
    assert between / before == pytest.approx((0.049 + 0.042) / 2 / 0.049)
    assert assess(one_kwh())["passport"]["trajectory"] is None  # constant


def test_an_exponential_trajectory_closes_on_its_floor() -> None:
    study = one_kwh(grid_trajectory="exponential", trajectory_floor=0.012, trajectory_decline_percent=8.0)
    found = by_year(study)
    for year in (2027, 2040, 2066):
        assert found[year] == pytest.approx(0.012 + (GRID - 0.012) * 0.92 ** (year - 2024))


def test_a_file_of_yearly_factors_is_a_trajectory_of_its_own() -> None:
    # grams of CO2, a year missing between: 60 (2024), 30 (2030)
    file = DataFile(file="ours.csv", unit="g_CO2/kWh", values=(60.0, 30.0), years=(2024, 2030))
    study = replace(one_kwh(grid_trajectory="ours.csv"), files=(file,))
    found = by_year(study)
    assert found[2027] == pytest.approx(GRID * 45 / 60)
    assert found[2050] == pytest.approx(GRID * 30 / 60)


def test_a_factor_of_the_study_with_several_years_is_a_trajectory() -> None:
    rows = [own("mine", value, "kg CO2e/kWh", "B6", year=year) for year, value in ((2020, 0.1), (2040, 0.02))]
    found = by_year(one_kwh(grid_trajectory="mine", factors=rows))
    assert found[2030] == pytest.approx(GRID * 0.06 / 0.084)


@pytest.mark.parametrize(
    ("of", "code"),
    [
        ({"grid_trajectory": "electricity-wind-fi"}, "trajectory-series"),
        ({"grid_trajectory": "exponential"}, "trajectory-exponential"),
        ({"grid_trajectory": "exponential", "trajectory_floor": 0.5, "trajectory_decline_percent": 3.0},
         "trajectory-floor"),
    ],
)  # fmt: skip
def test_a_trajectory_that_is_none_is_refused(of: dict[str, Any], code: str) -> None:
    assert [problem.code for problem in expand(one_kwh(years=3, **of)).problems] == [code]


def test_a_trajectory_that_begins_after_the_newest_factor_is_refused() -> None:
    file = DataFile(file="late.csv", unit="g_CO2e/kWh", values=(60.0, 30.0), years=(2027, 2030))
    found = expand(replace(one_kwh(years=3, grid_trajectory="late.csv"), files=(file,))).problems
    assert [(problem.code, problem.values["newest"]) for problem in found] == [("trajectory-short", "2024")]


def test_totals_under_every_trajectory_are_those_of_studies_that_follow_it() -> None:
    def study(name: str) -> Study:
        return make(
            years=30,
            construction=[line(service_life=10)],
            energy=[meter()],
            contracts=[contract(amount=Quantity(400, "MWh"), valid_to="2040")],
            residual_mix="follow-grid",
            trajectory_floor=0.01,
            trajectory_decline_percent=5.0,
            grid_trajectory=name,
        )

    document = assess(study("national"))
    others = restated(document, "grid_trajectory")
    assert set(others) == {"constant", "exponential", *FI[1:]}
    for name, row in others.items():
        alone = assess(study(name))["totals"]
        for basis in ("location", "market"):
            assert row[basis] == pytest.approx(alone[basis]["total"], rel=1e-12)
    rules = restated(document, "replacement_rule")
    assert set(rules) == {"whole", "pro-rata"}
    for name, row in rules.items():
        alone = assess(replace(study("national"), settings=replace(study("national").settings, replacement_rule=name)))
        assert row["location"] == pytest.approx(alone["totals"]["location"]["total"], rel=1e-12)


def test_the_grid_by_year_is_what_a_kilowatt_hour_carries() -> None:
    study = one_kwh(years=30, grid_trajectory="national")
    document = assess(replace(study, settings=replace(study.settings, start_year=2022)))
    rows = document["passport"]["grid"]
    sums = {year: sum(row["value"] for row in rows if row["year"] == year) for year in range(2022, 2052)}
    per_year = {year: each["location"] for (year,), each in group(document["contributions"], "year").items()}
    assert sums == pytest.approx(per_year)
    how = {row["year"]: row["how"] for row in rows}
    assert (how[2022], how[2024], how[2030], how[2051]) == ("row", "row", "trajectory", "trajectory-held")


def test_a_trajectory_that_is_nothing_today_is_refused() -> None:
    file = DataFile(file="zero.csv", unit="g_CO2e/kWh", values=(0.0, 0.0), years=(2020, 2040))
    found = expand(replace(one_kwh(years=3, grid_trajectory="zero.csv"), files=(file,))).problems
    assert [problem.code for problem in found] == ["trajectory-zero"]


def test_years_that_state_only_some_parts_are_no_points_of_a_series() -> None:
    rows = [
        own("mine", value, "kg CO2e/kWh", "B6", year=year, part=part)
        for year, part, value in ((2020, "direct", 0.06), (2020, "upstream", 0.04), (2040, "direct", 0.03))
    ]
    found = expand(one_kwh(years=3, grid_trajectory="mine", factors=rows)).problems
    assert [problem.code for problem in found] == ["trajectory-series"]


@pytest.mark.parametrize("country", ["SE", "DE", "DK", "FI"])
def test_a_residual_mix_follows_any_grid(country: str) -> None:
    mine = [own("way", value, "kg CO2e/kWh", "B6", year=year) for year, value in ((2015, 0.1), (2045, 0.04))]
    study = one_kwh(years=19, country=country, residual_mix="follow-grid", grid_trajectory="way", factors=mine)
    rows = assess(study)["contributions"]
    direct = {
        year: sums["market"] for (year,), sums in group((r for r in rows if r["part"] == "direct"), "year").items()
    }
    assert direct[2045] / direct[2027] == pytest.approx(0.04 / (0.1 - 0.06 * 12 / 30))


def test_it_from_capacity_alone_is_restated_too() -> None:
    document = assess(make(years=3, load=80.0))
    assert len(restated(document, "grid_trajectory")) == 3
