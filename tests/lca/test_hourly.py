"""Hours: contracts met hour by hour, the grid of the hours, and the year as the case of one hour."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from inventories.datafile import DataFile
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.expand import expand
from lca.guards import guard
from lca.hours import calendar, covariance_effect, shape
from tests.studies import contract, heat, make, meter

GRID = 0.0722488  # kg CO2e/kWh, life cycle 2024
UPSTREAM = GRID - 0.030
RESIDUAL = 0.39093 + UPSTREAM
WIND = 0.01262
FLAT = np.ones(8760)
DAY = np.tile(np.r_[np.zeros(12), np.ones(12)], 365)
"""Nothing for twelve hours, an even half day after it."""


def hours(name: str, values: NDArray[np.float64], start: str = "2025-01-01T00:00Z", unit: str = "") -> DataFile:
    return DataFile(file=name, unit=unit, values=tuple(values.tolist()), start=start)


def study(files: dict[str, NDArray[np.float64]], **of: Any) -> Study:
    made = make(years=of.pop("years", 1), grid_connection=None, **of)
    return replace(made, files=tuple(hours(name, values) for name, values in files.items()))


def totals(of: Study) -> tuple[float, float]:
    found = assess(of)["totals"]
    return found["location"]["total"], found["market"]["total"]


def hall(**of: Any) -> Any:
    return meter(amount=Quantity(8760, "kWh"), **of)


def test_a_contract_of_half_the_day_covers_half_of_an_even_load() -> None:
    # E = 1 kWh every hour; C = 2 kWh in every second half-day: M = 1 in those hours, so half of E, and half of C counts
    # for nothing. By the year the same contract covers everything.
    by_hour = contract(amount=Quantity(8760, "kWh"), matching="hourly", profile="wind.csv")
    found = study({"wind.csv": DAY, "load.csv": FLAT}, energy=[hall(profile="load.csv")], contracts=[by_hour])
    location, market = totals(found)
    assert location == pytest.approx(8760 * GRID)
    assert market == pytest.approx(4380 * WIND + 4380 * RESIDUAL)
    by_year = replace(found, contracts=(replace(by_hour, matching="annual"),))
    assert totals(by_year)[1] == pytest.approx(8760 * WIND)
    surplus = [problem for problem in assess(found)["problems"] if problem["code"] == "contract-surplus"]
    assert [problem["read"] for problem in surplus] == ["4"]  # 4,380 kWh


def test_bundled_power_comes_first_and_certificates_fill_what_is_left() -> None:
    # PPA by the hour covers the second half-days; annual certificates of 2,000 kWh come from what is left.
    ppa = contract(amount=Quantity(4380, "kWh"), matching="hourly", profile="wind.csv", order=1)
    goo = contract(id="K2", type="certificate", amount=Quantity(2000, "kWh"), factor="electricity-solar-world", order=2)
    found = study({"wind.csv": DAY, "load.csv": FLAT}, energy=[hall(profile="load.csv")], contracts=[ppa, goo])
    solar = assess(
        study({}, energy=[hall()], contracts=[contract(share_percent=100, factor="electricity-solar-world")])
    )
    per_kwh = solar["totals"]["market"]["total"] / 8760
    assert totals(found)[1] == pytest.approx(4380 * WIND + 2000 * per_kwh + (8760 - 6380) * RESIDUAL)


def test_10_load_moved_from_january_to_july() -> None:
    """Check 10 of the design: hourly in name only."""
    # The same kilowatt-hours in the year; a park that only produces in January meets less of the moved load.
    january = np.r_[np.ones(744), np.zeros(8760 - 744)]
    moved = FLAT.copy()
    moved[:744] -= 0.9
    moved[4344 : 4344 + 744] += 0.9
    assert moved.sum() == pytest.approx(FLAT.sum())
    by_hour = contract(amount=Quantity(800, "kWh"), matching="hourly", profile="wind.csv")
    made = {
        name: study({"wind.csv": january, "load.csv": load}, energy=[hall(profile="load.csv")], contracts=[by_hour])
        for name, load in (("even", FLAT), ("moved", moved))
    }
    even, later = (totals(each) for each in made.values())
    assert even[0] == pytest.approx(later[0])
    assert even[1] == pytest.approx(744 * WIND + (8760 - 744) * RESIDUAL)
    assert later[1] == pytest.approx(74.4 * WIND + (8760 - 74.4) * RESIDUAL)
    by_year = [replace(each, contracts=(replace(by_hour, matching="annual"),)) for each in made.values()]
    assert totals(by_year[0]) == pytest.approx(totals(by_year[1]))
    overhead = [meter(id=use, use=use, amount=Quantity(900, "kWh")) for use in ("cooling", "power-losses")]
    whole = [assess(replace(each, energy=(*each.energy, *overhead))) for each in made.values()]
    for one, other in zip(*(each["intensities"] for each in whole), strict=True):
        assert one["denominator"] == other["denominator"]  # IT energy among them
    pues = [next(row["value"] for row in each["kpi"] if row["kpi"] == "PUE") for each in whole]
    assert pues == [pytest.approx((8760 + 1800) / 8760)] * 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.floats(0, 3000), min_size=1, max_size=3),
    st.sampled_from([None, "2027-06-30"]),
    st.booleans(),
)
def test_even_series_give_what_the_year_gives(amounts: list[float], until: str | None, ordered: bool) -> None:
    rows = [
        contract(id=f"K{i}", amount=Quantity(amount, "kWh"), order=i if ordered else 1, matching="annual")
        for i, amount in enumerate(amounts)
    ]
    energy = [hall(profile="f.csv"), meter(id="E2", use="cooling", amount=Quantity(500, "kWh"), profile="f.csv")]
    solar = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(1000, "kWh"), profile="f.csv")
    by_year = study({"f.csv": FLAT}, energy=[*energy, replace(solar, profile=None)], contracts=rows)
    by_hour = study(
        {"f.csv": FLAT},
        energy=[*energy, solar],
        contracts=[replace(row, matching="hourly", profile="f.csv") for row in rows],
        grid_profile="f.csv",
    )
    assert totals(by_hour) == pytest.approx(totals(by_year), rel=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(100, 20000))
def test_hours_never_match_more_than_the_year_nor_more_than_there_is(seed: int, amount: float) -> None:
    rng = np.random.default_rng(seed)
    load, wind = rng.random(8760), rng.random(8760) ** 4
    by_hour = contract(amount=Quantity(amount, "kWh"), matching="hourly", profile="wind.csv")
    made = study({"wind.csv": wind, "load.csv": load}, energy=[hall(profile="load.csv")], contracts=[by_hour])
    energy, production = 8760 * shape(load), amount * shape(wind)
    met = np.minimum(energy, production).sum()
    assert met <= min(8760, amount) + 1e-6
    assert totals(made)[1] == pytest.approx(met * WIND + (8760 - met) * RESIDUAL)


def test_own_generation_is_used_in_its_hours_only() -> None:
    solar = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(8760, "kWh"), profile="sun.csv")
    found = study({"sun.csv": DAY, "load.csv": FLAT}, energy=[hall(profile="load.csv"), solar])
    assert totals(found) == pytest.approx((4380 * GRID, 4380 * RESIDUAL))
    assert "onsite-surplus" in {problem["code"] for problem in assess(found)["problems"]}


def test_a_load_meets_the_grid_of_its_hours() -> None:
    # Dirty in the second half-days, three times as much; the load is in those hours only. Σ E·EF = E·1.5·mean.
    dirty = 1.0 + 2.0 * DAY
    found = study({"load.csv": DAY, "grid.csv": dirty}, energy=[hall(profile="load.csv")], grid_profile="grid.csv")
    assert totals(found) == pytest.approx((8760 * GRID * 3.0 / 2.0, 8760 * RESIDUAL))
    even = study({"load.csv": FLAT, "grid.csv": dirty}, energy=[hall(profile="load.csv")], grid_profile="grid.csv")
    assert totals(even) == pytest.approx((8760 * GRID, 8760 * RESIDUAL))


@given(st.integers(0, 2**32 - 1))
def test_the_hours_add_the_covariance(seed: int) -> None:
    rng = np.random.default_rng(seed)
    energy, intensity = rng.random(8760), rng.random(8760)
    expected = 8760 * np.cov(energy, intensity, bias=True)[0, 1]
    assert covariance_effect(energy, intensity) == pytest.approx(expected, abs=1e-6)
    assert covariance_effect(FLAT, intensity) == pytest.approx(0, abs=1e-9)


def test_a_contract_that_ends_in_june_meets_nothing_after_it() -> None:
    by_hour = contract(amount=Quantity(8760, "kWh"), matching="hourly", profile="f.csv", valid_to="2027-06-30")
    found = study({"f.csv": FLAT}, energy=[hall(profile="f.csv")], contracts=[by_hour])
    met = 181 * 24
    assert totals(found)[1] == pytest.approx(met * WIND + (8760 - met) * RESIDUAL)


def test_hours_are_the_same_wherever_the_file_begins() -> None:
    values = np.arange(8760.0)
    utc = hours("a.csv", values)
    helsinki = hours("a.csv", np.roll(values, 2), "2024-12-31T22:00Z")
    assert calendar(utc).tolist() == calendar(helsinki).tolist() == values.tolist()
    leap = np.array([float(m.month * 100 + m.day) for m in (datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=i)
                                                            for i in range(8784))])  # fmt: skip
    assert 229.0 not in calendar(hours("a.csv", leap, "2024-01-01T00:00Z"))
    assert len(calendar(hours("a.csv", np.roll(leap, 2), "2023-12-31T22:00Z"))) == 8760


def test_what_hours_need_is_asked_for() -> None:
    by_hour = contract(amount=Quantity(10, "kWh"), matching="hourly")
    context = expand(study({}, energy=[hall()], contracts=[by_hour]))
    assert {problem.code for problem in guard(context)} == {"contract-profile", "profile-even"}
    row = heat(heat_pump="outside", heat_pump_meter="HP")
    pump = meter(id="HP", use="heat-pump", amount=Quantity(10, "MWh"))
    others = contract(amount=Quantity(10, "kWh"), covers=(("meter", "HP"),))
    context = expand(study({}, energy=[hall(), pump], heat=[row], contracts=[others]))
    assert "contract-for-others" in {problem.code for problem in guard(context)}


def test_worked_example_of_matching() -> None:
    # E 100, contract 60, a grid that is half carbon-free: 60 + 40 · 0.5 = 80 % carbon-free.
    found = assess(
        study(
            {},
            energy=[meter(amount=Quantity(100, "kWh"))],
            contracts=[contract(amount=Quantity(60, "kWh"))],
            grid_carbon_free_percent=50.0,
        )
    )["electricity"]
    assert found == [
        {
            "year": 2027,
            "kwh": 100.0,
            "onsite": 0.0,
            "contracts": [{"id": "K1", "kwh": pytest.approx(60.0)}],
            "residual": pytest.approx(40.0),
            "matched": pytest.approx(0.6),
            "carbon_free": pytest.approx(0.8),
            "hourly": False,
        }
    ]


def test_surplus_is_told_of_every_contract_and_of_all_that_is_made() -> None:
    def surplus(of: Study) -> dict[str, str]:
        return {
            p["values"].get("id", "site"): p["read"] for p in assess(of)["problems"] if p["code"].endswith("-surplus")
        }

    equal = [contract(id=name, amount=Quantity(6, "MWh"), order=1) for name in ("K1", "K2")]
    assert surplus(study({}, energy=[hall()], contracts=equal)) == {"K1": "2", "K2": "2"}  # 12 on 8.76 MWh
    nobody = contract(amount=Quantity(20, "MWh"), covers=(("use", "heat-pump"),))
    assert surplus(study({}, energy=[hall()], contracts=[nobody])) == {"K1": "20"}
    kept = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(10_000, "kWh"))
    sold = replace(kept, id="PV2", meter="roof", certificates="sold", amount=Quantity(500, "kWh"))
    assert surplus(study({}, energy=[hall(), kept, sold])) == {"site": "1740"}  # 10,500 - 8,760


def test_the_grid_profile_is_of_the_countrys_grid_alone() -> None:
    dirty = {"load.csv": DAY, "grid.csv": 1.0 + 2.0 * DAY}
    own_factor = hall(profile="load.csv", factor="electricity-wind-fi")
    found = study(dirty, energy=[own_factor], grid_profile="grid.csv")
    assert totals(found)[0] == pytest.approx(8760 * WIND)


def test_own_generation_without_hours_is_said() -> None:
    solar = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(900, "kWh"))
    by_hour = contract(amount=Quantity(10, "kWh"), matching="hourly", profile="wind.csv")
    found = study({"wind.csv": DAY, "load.csv": FLAT}, energy=[hall(profile="load.csv"), solar], contracts=[by_hour])
    said = [problem for problem in guard(expand(found)) if problem.code == "profile-even"]
    assert [problem.read for problem in said] == ["PV"]


@pytest.mark.parametrize(
    ("load", "wind", "said"),
    [
        ("2024-12-31T22:00Z", "2025-01-01T00:00Z", []),
        ("2023-01-01T00:00Z", "2025-01-01T00:00Z", [("wind.csv", "2025", "load.csv", "2023")]),
        ("2024-07-01T00:00Z", "2025-01-01T00:00Z", [("wind.csv", "2025", "load.csv", "2024–2025")]),
    ],
)
def test_hours_of_two_years_are_not_matched_unsaid(load: str, wind: str, said: list[tuple[str, ...]]) -> None:
    ppa = contract(amount=Quantity(4380, "kWh"), matching="hourly", profile="wind.csv")
    made = make(years=1, energy=[hall(profile="load.csv")], contracts=[ppa])
    files = (hours("load.csv", FLAT, load), hours("wind.csv", DAY, wind))
    found = [p for p in guard(expand(replace(made, files=files))) if p.code == "profiles-of-two-years"]
    keys = ("file", "year", "first", "other")
    assert [tuple(p.values[key] for key in keys) for p in found] == said
    assert [(p.sheet, p.row, p.column) for p in found] == [("Contracts", 0, "profile")] * len(said)
    annual = replace(made, files=files, contracts=(replace(ppa, matching="annual"),))
    assert [p for p in guard(expand(annual)) if p.code == "profiles-of-two-years"] == []
