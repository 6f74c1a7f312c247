"""Plans whose measures wait for money, and plans out of more measures than every set can be tried of."""

import random
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from inventories.values import Quantity
from tests.lca.test_measures import electric, measure
from tests.lca.test_plan import MONEY, eur, many, per_year, plan
from tests.lca.warm import mwh
from tests.studies import heat, line, make, meter, network, own, refrigerant


def starts(found: dict[str, Any]) -> dict[str, int]:
    return {row["id"]: row["start"] for row in found["actions"]}


def test_what_is_bought_breaks_no_target_by_year() -> None:
    """Operation at most 320.4 t from 2033 on: A alone, from 2029 on, leaves 224 + 56 + 20 = 300 t in every year.

    A brings 100 pieces that are replaced every four years, 50 t each time: bought, like those of the first time.
    """
    brought = line("Plant", id="P9", factor="made", amount=Quantity(100.0, "piece"), service_life=4.0)
    todo = [replace(row, id="A") if row.kind == "add" else row for row in many().measures]
    of: dict[str, Any] = {"target_percent": 10.0, "target_year": 2033, "plan_yearly_budget": per_year(3.4e5)}
    found = plan(many(plant=[brought], measures=todo, **of))
    assert found["reached"] is True
    assert starts(found) == {"A": 2029}
    assert found["operation"]["after"]["location"][6:] == pytest.approx([300_000.0] * 4)
    assert found["by_year"]["after"]["location"][6] == pytest.approx(350_000.0)


def test_a_leak_of_what_a_measure_brings_is_operation_from_its_start_on() -> None:
    """A charge that a measure brings leaks 10 % a year; with it the target is reached only where it is counted."""
    charge = refrigerant(id="R9", gas="HFC-134a", charge=Quantity(100.0, "kg"), leakage_percent=10.0)
    todo = [*(row for row in many().measures if row.kind != "add"), measure("A", "add", "R9")]
    found = plan(many(plant=[], refrigerants=[charge], measures=todo, plan_yearly_budget=per_year(3.4e5)))
    begins = starts(found)["A"]
    before, after = (found["operation"][key]["location"] for key in ("before", "after"))
    leaks = 100.0 * 0.1 * 1_530.0
    expected = 56_000.0 - leaks + (28_000.0 if starts(found)["B"] <= 2036 else 0.0)
    assert before[-1] - after[-1] == pytest.approx(expected + (16_000.0 if "C" in starts(found) else 0.0))
    assert begins == 2029
    assert found["counted"] == pytest.approx(found["avoided"]["location"])


def every_timing(yearly: float, percent: float, year: int) -> float:
    """Least excess over a target by year of every timing of the three measures [kg], worked out by hand."""
    nearest = np.inf
    for begins in product([None, *range(10)], repeat=3):
        bought = [begin for begin in begins if begin is not None]
        if any(sum(begin <= y for begin in bought) * 1e6 > yearly * (y + 1) * (1 + 1e-12) for y in range(10)):
            continue
        worst = -np.inf
        for y in range(year - 2027, 10):
            there = [begin is not None and y >= begin for begin in begins]
            kilograms = (
                280e3 * (0.8 if there[0] else 1) + 56e3 * (0.5 if there[1] else 1) + 20e3 * (0.2 if there[2] else 1)
            )
            worst = max(worst, kilograms - 356e3 * (1 - percent / 100))
        nearest = min(nearest, worst)
    return nearest


@pytest.mark.parametrize(
    ("yearly", "percent", "year"), [(5e5, 20.0, 2032), (5e5, 26.0, 2032), (1e6, 30.0, 2029), (2e5, 10.0, 2034)]
)
def test_a_target_is_reached_where_some_timing_reaches_it(yearly: float, percent: float, year: int) -> None:
    found = plan(
        many(plant=[], measures=[row for row in many().measures if row.kind != "add"],
             plan_yearly_budget=per_year(yearly), target_percent=percent, target_year=year)
    )  # fmt: skip
    nearest = every_timing(yearly, percent, year)
    assert found["reached"] is (nearest <= 1e-6)
    if not found["reached"]:
        assert found["proved"] is True


def test_a_budget_that_limits_nothing_delays_nothing() -> None:
    """What saves upkeep and emits a little begins when it is typed, not in the last year."""
    rows = [
        meter(id="E1", amount=mwh(1_000.0), factor="el40"),
        meter(id="E2", use="cooling", amount=mwh(200.0), factor="el40", scales_with="none"),
    ]
    todo = [
        measure("S", "scale", "E2", value="1.01", capex=eur(0.0), opex_per_year=per_year(-1e6)),
        measure("A", "scale", "E1", value="0.5", capex=eur(1e5)),
    ]
    of: dict[str, Any] = {
        "years": 10, "energy": rows, "factors": [own("el40", 0.040, "kg CO2e/kWh", "B6")], "measures": todo,
        "grid_connection": None, "target_percent": 10.0, **MONEY,
    }  # fmt: skip
    free, limited = plan(make(**of)), plan(make(**of, plan_yearly_budget=per_year(1e7)))
    assert starts(limited) == starts(free) == {"A": 2027, "S": 2027}
    assert limited["npv"] == pytest.approx(free["npv"])


def test_what_is_decided_begins_as_soon_as_it_can_be_paid() -> None:
    """Heat that raises the footprint is decided on: with enough money it begins when typed."""
    study = many(plan_yearly_budget=per_year(1e6))
    more = measure("R", "scale", "E3", value="1.5", capex=eur(1e6), decision="yes", start_year=2029)
    found = plan(replace(study, measures=(*study.measures, more)))
    assert starts(found)["R"] == 2029
    assert starts(found)["A"] == 2027


def test_capital_is_spread_over_the_years_that_are_left() -> None:
    """Both can begin in 2036 only and do the same; what lasts ten years is cheaper in the one year left."""
    study = many(plan_yearly_budget=per_year(1e5), target_percent=1.0, plant=[])
    shorter = replace(study.measures[1], target=("E1",), value="0.801", lifetime=10.0)
    rows = (replace(study.measures[0], value="0.8"), shorter)
    found = plan(replace(study, measures=rows))
    assert starts(found) == {"B": 2036}
    crf = 0.05 * 1.05**10 / (1.05**10 - 1)
    assert found["npv"] == pytest.approx((7_000.0 * 0.199 * 60.0 - 1e6 * crf) / 1.05**10)


def test_a_network_changes_with_the_first_year_or_not() -> None:
    heats = [heat(heat=mwh(600.0), cop=4.0, heat_pump="inside", heat_price=Quantity(20.0, "EUR/MWh"))]
    todo = [measure("N", "set", "Heat network", parameter="demand", value="300", unit="MWh", capex=eur(1e6))]
    study = make(
        years=10, energy=[meter(id="E1", amount=mwh(1_000.0))], heat=heats, network=network(demand=mwh(600.0)),
        measures=todo, plan_yearly_budget=per_year(2.5e5), **MONEY,
    )  # fmt: skip
    assert plan(study)["measures"] == []


@pytest.mark.parametrize("seed", range(4))
def test_beyond_fifteen_measures_the_cheapest_is_what_every_set_shows(seed: int) -> None:
    """Sixteen cuts of one load: what each set avoids is a product, so that all 65,536 are compared by hand."""
    drawn = random.Random(seed)  # noqa: S311 - repeatable draws
    cuts = [drawn.choice([0.5, 0.7, 0.9, 0.95]) for _ in range(16)]
    costs = [drawn.randint(1, 60) * 1e5 for _ in range(16)]
    todo = [
        measure(f"M{i:02}", "scale", "E1", value=str(cut), capex=eur(cost))
        for i, (cut, cost) in enumerate(zip(cuts, costs, strict=True))
    ]
    budget, percent = sum(costs) / 3, 60.0
    study = electric(measures=todo, **{**MONEY, "plan_budget": eur(budget), "target_percent": percent})
    sets = np.arange(2**16)
    there = (sets[:, None] >> np.arange(16)) & 1
    left = np.prod(np.where(there, cuts, 1.0), axis=1)
    capital = there @ np.array(costs)
    worth = (84e3 * (1.0 - left) * 60.0 - capital * 1.05) / 1.05
    able = (capital <= budget) & (left <= 1.0 - percent / 100.0)
    found = plan(study)
    assert found["method"] == "milp"
    assert found["reached"] is bool(able.any())
    assert found["npv"] >= worth[able].max() - 0.01 * abs(worth[able].max())
