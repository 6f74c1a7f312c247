"""Plans: the best set under a budget, a target or a price of carbon; when each begins; whether it stays right."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventories.study import Price, Study
from inventories.values import Quantity
from lca.assess import assess
from lca.measures.amounts import followed_up
from lca.measures.book import measures_book
from lca.measures.costs import Terms
from lca.measures.effects import Game
from lca.measures.pairs import Pairs
from lca.measures.portfolio import Candidates, Portfolio
from lca.measures.programme import Pairwise, Programme, solve
from lca.measures.schedule import over_sets, timed
from lca.measures.states import States
from lca.measures.target import Target
from tests.lca.test_measures import electric, measure
from tests.lca.warm import mwh, warm
from tests.studies import contract, line, make, meter, own

POWER = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), network_fee=0.0, tax=0.0)
MONEY: dict[str, Any] = {"prices": [POWER], "currency_year": 2026, "discount_rate": 5.0}


def eur(value: float) -> Quantity:
    return Quantity(value, "EUR")


def per_year(value: float) -> Quantity:
    return Quantity(value, "EUR/a")


def three(**of: Any) -> Study:
    """The interaction example with costs: less IT for 9 M€, less cooling for 1 M€, a cleaner supply for 0.2 M€."""
    rows = [
        measure("A", "scale", "E1", value="-25", unit="%", capex=eur(9e6)),
        measure("B", "scale", "E2", value="0.5", capex=eur(1e6)),
        measure("C", "substitute", "E1", "E2", value="el15", capex=eur(2e5)),
    ]
    return electric(measures=rows, **{**MONEY, **of})


def plan(study: Study) -> dict[str, Any]:
    found: dict[str, Any] = measures_book(study)["plan"]
    return found


def test_the_plan_without_limits_avoids_the_most() -> None:
    found = plan(three())
    assert (found["objective"], found["method"], found["sets"]) == ("most", "exact", 8)
    assert found["measures"] == ["A", "B", "C"]
    assert found["avoided"]["location"] == pytest.approx(2_493_750.0)
    assert sum(step["location"] for step in found["steps"]) == pytest.approx(2_493_750.0)
    assert sum(row["avoided"]["location"] for row in found["actions"]) == pytest.approx(2_493_750.0)
    assert found["counted"] == pytest.approx(found["avoided"]["location"])


def test_money_is_read_in_its_unit() -> None:
    """9 M€ is 9,000,000 EUR, and 1 k€/a 1,000 EUR/a."""
    study = three()
    rows = (replace(study.measures[0], capex=Quantity(9.0, "MEUR"), opex_per_year=Quantity(1.0, "kEUR/a")),)
    found = plan(replace(study, measures=(*rows, *study.measures[1:])))
    assert found["capital"] == {"2027": 10.2e6}
    assert found["actions"][0]["opex"] == 1_000.0


def test_a_budget_leaves_out_what_it_cannot_pay() -> None:
    """With 1.2 M€: B and C avoid 3,360 − 77 × 15 = 2,205 t; A alone cannot be paid."""
    found = plan(three(plan_budget=eur(1.2e6)))
    assert found["measures"] == ["B", "C"]
    assert found["avoided"]["location"] == pytest.approx(2_205_000.0)
    assert found["left_out"]["A"]["reason"] == "budget"
    assert found["capital"] == {"2027": 1.2e6}


def test_the_cheapest_plan_reaches_the_target() -> None:
    """70 % less is 1,008 t: 84 × 15 = 1,260 t with C alone, 1,155 with B too, 945 with A; A and C are not the cheapest.

    A saves 21 GWh, B 7 GWh at 60 €/MWh: 1.26 and 0.42 M€/a against 9 and 1 M€ paid back with 5 % in the one year.
    """
    found = plan(three(target_percent=70.0))
    assert found["objective"] == "cheapest"
    assert found["reached"] is True
    assert found["measures"] == ["A", "C"]
    assert found["after"]["location"] == pytest.approx(63.0 * 15e3)
    after_a_year = 9.2e6 * 1.05 - 21e3 * 60.0
    assert found["npv"] == pytest.approx(-after_a_year / 1.05)
    assert plan(three(target_percent=60.0))["measures"] == ["C"]


def test_that_no_plan_reaches_a_target_is_shown() -> None:
    """All three leave 866.25 t; 600 t is 266.25 t less."""
    found = plan(three(target_footprint=Quantity(600.0, "t CO2e")))
    assert found["reached"] is False
    assert found["sets"] == 8
    assert found["nearest"] == pytest.approx(266_250.0)
    assert found["capital_needed"] is None
    assert found["measures"] == ["A", "B", "C"]
    assert found["proved"] is True
    both = plan(three(target_footprint=Quantity(600.0, "t CO2e"), plan_budget=eur(1.3e6)))
    assert both["nearest"] == pytest.approx(266_250.0)  # of all sets, not of those that can be paid
    limited = plan(three(target_percent=70.0, plan_budget=eur(1.3e6)))
    assert limited["reached"] is False
    assert limited["capital_needed"] == pytest.approx(9.2e6)


def test_a_price_of_carbon_decides_where_nothing_else_does() -> None:
    """C costs 0.21 M€ for 2,100 t, 100 €/t; B saves 0.42 M€ of 1.05 and avoids 280 t, 2,250 €/t."""
    at = Price(carrier="carbon", price=Quantity(120.0, "EUR/t CO2e"))
    assert plan(three(prices=[POWER, at]))["measures"] == ["C"]
    assert plan(three(prices=[POWER, replace(at, price=Quantity(90.0, "EUR/t CO2e"))]))["measures"] == []


def test_what_is_decided_is_in_every_plan_and_what_is_rejected_in_none() -> None:
    study = three(plan_budget=eur(9e6))
    rows = (replace(study.measures[0], decision="yes"), study.measures[1], replace(study.measures[2], decision="no"))
    found = plan(replace(study, measures=rows))
    assert found["measures"] == ["A"]
    assert found["left_out"]["C"]["reason"] == "rejected"


def test_what_is_decided_without_a_cost_is_in_no_sum_of_money() -> None:
    study = three()
    found = plan(replace(study, measures=(replace(study.measures[0], capex=None, decision="yes"), *study.measures[1:])))
    assert found["unpriced"] == ["A"]
    assert found["npv"] is None
    assert found["front"] == {"count": 0, "plans": []}


def test_a_lifetime_below_a_year_is_bought_again_within_it() -> None:
    study = three()
    found = plan(replace(study, measures=(replace(study.measures[0], lifetime=0.5), *study.measures[1:])))
    assert found["capital"] == {"2027": 10.2e6}
    assert found["renewals"] == {"2027": 9e6}


def test_bounds_are_told_by_each_basis() -> None:
    """More of what is made elsewhere raises one basis and lowers the other."""
    made = line("Plant", id="P9", factor="made", amount=Quantity(100.0, "piece"), service_life=30.0)
    todo = [
        measure("D", "scale", "P9", parameter="amount", value="2", min=1.0, max=3.0),
        measure("D", "scale", "K1", parameter="amount", value="3", min=2.0, max=4.0),
    ]
    bought = contract(amount=mwh(100.0), share_percent=None)
    of: dict[str, Any] = {"contracts": [bought], "plant": [made], "factors": [own("made", 500.0)], "measures": todo}
    (row,) = measures_book(make(years=5, energy=[meter(amount=mwh(1_000.0))], **of))["measures"]
    assert all(row["range"]["low"][basis] <= row["range"]["high"][basis] for basis in ("location", "market"))
    assert row["range"]["low"]["location"] < 0.0 < row["range"]["low"]["market"]


def test_a_measure_without_costs_is_left_out_and_so_is_what_requires_it() -> None:
    study = three()
    rows = (replace(study.measures[0], capex=None), replace(study.measures[1], requires=("A",)), study.measures[2])
    found = plan(replace(study, measures=rows))
    assert found["measures"] == ["C"]
    assert found["left_out"]["A"] | {"reason": "cost", "of": ["capex"]} == found["left_out"]["A"]
    assert (found["left_out"]["B"]["reason"], found["left_out"]["B"]["of"]) == ("requires", ["A"])


def test_what_cannot_stand_beside_the_plan_is_excluded_by_it() -> None:
    """B needs A, and A and C exclude each other: beside C neither can be."""
    study = three()
    rows = (
        replace(study.measures[0], excludes=("C",)), replace(study.measures[1], requires=("A",)), study.measures[2],
    )  # fmt: skip
    found = plan(replace(study, measures=rows))
    assert found["measures"] == ["C"]
    assert {id: (of["reason"], of["of"]) for id, of in found["left_out"].items()} == {
        "A": ("excluded", ["C"]), "B": ("excluded", ["C"]),
    }  # fmt: skip


def test_the_front_holds_no_plan_that_another_beats() -> None:
    front = plan(three())["front"]["plans"]
    tonnes = [row["avoided"]["location"] for row in front]
    money = [row["npv"] for row in front]
    assert tonnes == sorted(tonnes, reverse=True)
    assert money == sorted(money)
    assert front[0]["measures"] == ["A", "B", "C"]
    assert front[-1]["measures"] == []


def many(**of: Any) -> Study:
    """Ten years of three loads; measures of 1 M€ each and a line that one of them brings."""
    rows = [
        meter(id="E1", amount=mwh(7_000.0), factor="el40"),
        meter(id="E2", use="cooling", amount=mwh(1_400.0), factor="el40", scales_with="none"),
        meter(id="E3", use="lighting", amount=mwh(500.0), factor="el40"),
    ]
    brought = line("Plant", id="P9", factor="made", amount=Quantity(20.0, "piece"), service_life=30.0)
    made = [own("el40", 0.040, "kg CO2e/kWh", "B6"), own("made", 500.0)]
    todo = [
        measure("A", "scale", "E1", value="0.8", capex=eur(1e6)),
        measure("B", "scale", "E2", value="0.5", capex=eur(1e6)),
        measure("C", "scale", "E3", value="0.2", capex=eur(1e6)),
        measure("C", "add", "P9"),
    ]
    plain: dict[str, Any] = {"years": 10, "energy": rows, "factors": made, "plant": [brought], "measures": todo}
    return make(**{**plain, "grid_connection": None, **MONEY, **of})


def test_a_yearly_budget_lets_the_best_begin_first() -> None:
    """One measure of 1 M€ a year: A avoids 56 t a year, B 28, C 16 less 10 t once for what it brings."""
    found = plan(many(plan_yearly_budget=per_year(1e6)))
    assert {row["id"]: row["start"] for row in found["actions"]} == {"A": 2027, "B": 2028, "C": 2029}
    expected = 56_000.0 * 10 + 28_000.0 * 9 + 16_000.0 * 8 - 10_000.0
    assert found["avoided"]["location"] == pytest.approx(expected)
    assert found["counted"] == pytest.approx(expected)
    assert found["capital"] == {"2027": 1e6, "2028": 1e6, "2029": 1e6}


def test_what_is_brought_is_installed_when_its_measure_begins() -> None:
    """A line typed for 2028 comes in 2030 when its measure has to wait: 10 t then, and none in 2028."""
    study = many(plan_yearly_budget=per_year(4e5))
    study = replace(study, plant=(replace(study.plant[0], installed=2028),))
    rows = tuple(replace(row, start_year=2028, decision="yes") if row.id == "C" else row for row in study.measures)
    rows = tuple(replace(row, decision="no") if row.id in "AB" else row for row in rows)
    found = plan(replace(study, measures=rows))
    assert [row["start"] for row in found["actions"]] == [2029]
    change = np.subtract(found["by_year"]["before"]["location"], found["by_year"]["after"]["location"])
    assert change[:4].tolist() == pytest.approx([0.0, 0.0, 6_000.0, 16_000.0])


def test_powered_hardware_is_timed_with_what_it_is_made_of() -> None:
    """Less light avoids 10 t a year, servers kept 7 years, not 5, spare 20 − 14.3 = 5.7 t: what is counted is run."""
    servers = line("Hardware", id="H1", factor="server", count=100.0, power_w=500.0, service_life=5.0)
    todo = [
        measure("A", "set", "H1", parameter="service_life", value="7", unit="a", capex=eur(1e5)),
        measure("B", "scale", "E3", value="0.5", capex=eur(1e5)),
    ]
    of: dict[str, Any] = {
        "energy": [many().energy[2]], "hardware": [servers], "plant": [], "measures": todo,
        "factors": [own("el40", 0.040, "kg CO2e/kWh", "B6"), own("server", 1_000.0)],
    }  # fmt: skip
    study = many(plan_yearly_budget=per_year(5e4), **of)
    found = plan(study)
    assert {row["id"]: row["start"] for row in found["actions"]} == {"B": 2028, "A": 2030}
    assert found["counted"] == pytest.approx(found["avoided"]["location"])


def test_what_is_saved_of_a_yearly_budget_is_kept() -> None:
    found = plan(many(plan_yearly_budget=per_year(5e5)))
    assert {row["id"]: row["start"] for row in found["actions"]} == {"A": 2028, "B": 2030, "C": 2032}


def test_a_target_by_year_holds_in_every_year_from_then_on() -> None:
    """Operation is 356 t a year; 20 % less from 2030 on, 284.8 t, needs A and B; B alone is 328 t."""
    found = plan(many(target_percent=20.0, target_year=2030))
    assert found["reached"] is True
    assert found["target"]["base"] == pytest.approx(356_000.0)
    assert found["operation"]["allowed"]["2030"] == pytest.approx(0.8 * 356_000.0)
    assert "2029" not in found["operation"]["allowed"]
    assert max(found["operation"]["after"]["location"]) <= 0.8 * 356_000.0
    assert found["measures"] == ["A", "B"]


def test_a_pathway_that_goes_too_low_is_not_reached() -> None:
    found = plan(many(target_pathway="1.5C"))
    assert found["reached"] is False
    last = 356_000.0 * max(1.0 - 0.042 * 9, 0.1)
    assert found["operation"]["allowed"]["2036"] == pytest.approx(last)
    assert found["nearest"] == pytest.approx(356_000.0 - 100_000.0 - last)
    near = plan(many(target_pathway="1.5C", target_year=2033))
    assert near["reached"] is True


def brute(study: Study) -> tuple[float, set[str]]:
    """Best plan by whole assessments of every set."""
    game = Game.of(study)
    best, chosen = -np.inf, set[str]()
    budget = np.inf if study.settings.plan_budget is None else study.settings.plan_budget.value
    before = assess(replace(study, measures=()))["totals"]["location"]["total"]
    states = States(study)
    for size in range(len(game.ids) + 1):
        for ids in combinations(game.ids, size):
            number = np.array([game.number(ids)], dtype=np.int64)
            cost = sum(row.capex.value for row in study.measures if row.id in ids and row.capex)
            if not game.feasible(number)[0] or cost > budget:
                continue
            avoided = before - float(states.of(number).footprint["location"].sum())
            if avoided > best + 1e-6:
                best, chosen = avoided, {*ids}
    return best, chosen


def forced_pairs(study: Study) -> Any:
    """The same question, answered by the programme instead of by every set."""
    states, game = States(study), Game.of(study)
    terms = {id: Terms(sum(row.capex.value for row in study.measures if row.id == id and row.capex), 0.0, None, 2027,
                       study.settings.end_year) for id in game.ids}  # fmt: skip
    limit = study.settings.plan_budget
    of = Candidates(
        ids=game.ids, terms=terms, decided=frozenset(), basis="location", budget=None if limit is None else limit.value,
        yearly_budget=None, target=Target.of(study.settings), carbon={}, rate=0.05,
    )  # fmt: skip
    portfolio = Portfolio(study, states, game, of)
    return portfolio.best([portfolio.from_the_start()]), Pairs(portfolio).best()


@given(
    cuts=st.lists(st.sampled_from([0.5, 0.7, 0.8, 0.9]), min_size=2, max_size=5),
    costs=st.lists(st.integers(1, 9), min_size=5, max_size=5),
    budget=st.integers(3, 20),
    apart=st.booleans(),
    needs=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_the_programme_finds_what_every_set_finds(
    cuts: list[float], costs: list[int], budget: int, apart: bool, needs: bool
) -> None:
    """Factors multiply, so that pairs do not tell all; the programme and its mending still find the best set."""
    todo = [
        measure(f"M{i}", "scale", "E1" if i % 2 else "E2", value=str(cut), capex=eur(costs[i] * 1e5))
        for i, cut in enumerate(cuts)
    ]
    if apart:
        todo[0] = replace(todo[0], excludes=("M1",))
    if needs:
        todo[-1] = replace(todo[-1], requires=("M0",)) if len(todo) > 2 or not apart else todo[-1]
    study = electric(measures=todo, **{**MONEY, "plan_budget": eur(budget * 1e5)})
    exact, programme = forced_pairs(study)
    best, _ = brute(study)
    numbers = [
        float(
            States(study)
            .of(np.array([Game.of(study).number(found.starts)], dtype=np.int64))
            .footprint["location"]
            .sum()
        )
        for found in (exact, programme)
    ]
    before = float(States(study).of(np.zeros(1, dtype=np.int64)).footprint["location"].sum())
    assert before - numbers[0] == pytest.approx(best)
    assert before - numbers[1] == pytest.approx(best)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_programme_of_pairs_is_solved_to_the_best(data: st.DataObject) -> None:
    """Against every plan of a pairwise game: measures, steps, budgets, requirements, exclusions."""
    count, steps = data.draw(st.integers(2, 4)), data.draw(st.integers(1, 3))
    number = st.integers(-5, 20).map(float)
    single = np.array(
        data.draw(st.lists(st.lists(number, min_size=count, max_size=count), min_size=steps, max_size=steps))
    )
    size = count * (count - 1) // 2
    overlap = np.array(
        data.draw(
            st.lists(
                st.lists(st.integers(-3, 6).map(float), min_size=size, max_size=size), min_size=steps, max_size=steps
            )
        )
    ).reshape(steps, size)
    capital = np.array(data.draw(st.lists(st.integers(1, 6).map(float), min_size=count, max_size=count)))
    rises = data.draw(st.lists(st.integers(0, 8).map(float), min_size=steps, max_size=steps))
    budgets = np.cumsum(rises).tolist()
    earliest = data.draw(st.lists(st.integers(0, steps - 1), min_size=count, max_size=count))
    apart = [(0, 1)] if data.draw(st.booleans()) else []
    needs = [(count - 1, 0)] if data.draw(st.booleans()) and count > 2 else []
    goal = Pairwise(single, overlap)
    closed = data.draw(st.sets(st.tuples(st.integers(1, 2), st.integers(0, count - 1)), max_size=2))
    found = solve(Programme(goal, capital, budgets, earliest, needs, apart, closed=closed))
    assert found is not None
    best = -np.inf
    for begins in np.ndindex(*(steps + 1,) * count):
        if any(begin < first for begin, first in zip(begins, earliest, strict=True)):
            continue
        if any((begin, i) in closed for i, begin in enumerate(begins) if begin < steps):
            continue
        active = np.array([[float(step >= begin) for begin in begins] for step in range(steps)])
        fine = all(active[step] @ capital <= budgets[step] + 1e-9 for step in range(steps))
        fine &= all(active[step, one] <= active[step, other] for one, other in needs for step in range(steps))
        fine &= all(active[step, one] + active[step, other] <= 1 for one, other in apart for step in range(steps))
        if fine:
            best = max(best, goal.value(active))
    assert found.value == pytest.approx(best, abs=1e-6)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_timing_is_the_best_of_all_timings(data: st.DataObject) -> None:
    """Every start of every measure, tried one after the other."""
    count, years = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 4))

    def draw(low: int, high: int, size: int) -> Any:
        return np.array(data.draw(st.lists(st.integers(low, high), min_size=size, max_size=size)), dtype=float)

    avoided = np.array([draw(0, 20, 2**count) for _ in range(years)])
    avoided[:, 0] = 0.0
    late = draw(-9, 9, years * count).reshape(years, count)
    earliest = [int(each) for each in draw(0, years - 1, count)]
    capital, rise = over_sets(draw(1, 5, count)), float(draw(1, 5, 1)[0])
    allowed = np.array([capital <= rise * (year + 1) for year in range(years)])
    found = timed(avoided, late, earliest, allowed)
    for chosen in range(2**count):
        best = -np.inf
        members = [bit for bit in range(count) if chosen >> bit & 1]
        for begins in np.ndindex(*(years,) * len(members)):
            if any(begin < earliest[bit] for bit, begin in zip(members, begins, strict=True)):
                continue
            there = [
                sum(1 << bit for bit, begin in zip(members, begins, strict=True) if begin <= year)
                for year in range(years)
            ]
            if all(allowed[year, here] for year, here in enumerate(there)):
                value = sum(avoided[year, here] for year, here in enumerate(there))
                value += sum(late[begin, bit] for bit, begin in zip(members, begins, strict=True))
                best = max(best, value)
        assert found.avoided[chosen] == pytest.approx(best)
        if np.isfinite(best):
            begins = found.begins(np.array([chosen]), count)[0]
            assert {bit for bit in range(count) if begins[bit] < years} == set(members)


def test_more_measures_than_can_be_tried_are_chosen_by_the_programme() -> None:
    """Eighteen cuts of one load in a row: the cheapest by what they avoid, and the joint run told."""
    todo = [
        measure(f"M{i:02}", "scale", "E1", value=str(1.0 - 0.01 * (1 + i % 6)), capex=eur((1 + i % 5) * 1e5))
        for i in range(18)
    ]
    study = electric(measures=todo, **{**MONEY, "plan_budget": eur(1e6)})
    found = plan(study)
    assert found["method"] == "milp"
    assert found["gap"] == pytest.approx(0.0, abs=1e-6)
    assert sum(found["capital"].values()) <= 1e6
    left = 2_800.0 * np.prod([1.0 - 0.01 * (1 + int(id[1:]) % 6) for id in found["measures"]])
    cooling = 560.0 * left / 2_800.0
    assert found["after"]["location"] / 1000.0 == pytest.approx(left + cooling)


def test_worlds_in_which_a_measure_is_not_right_are_told() -> None:
    """A certificate is right by the market basis alone; less cooling always."""
    bought = contract(id="K9", type="certificate", share_percent=100.0)
    rows = [meter(id="E1", amount=mwh(7_000.0)), meter(id="E2", use="cooling", amount=mwh(700.0))]
    todo = [
        measure("G", "contract", "K9", opex_per_year=per_year(1e3)),
        measure("B", "scale", "E2", value="0.5", capex=eur(1e3)),
    ]
    study = make(
        years=3,
        energy=rows,
        contracts=[bought],
        measures=todo,
        plan_basis="market",
        **MONEY,
        grid_trajectory="national",
    )
    found = plan(study)
    assert set(found["measures"]) == {"G", "B"}
    worlds = found["standing"]["worlds"]
    assert {world["basis"] for world in worlds} == {"location", "market"}
    assert {world["rule"] for world in worlds} == {"standard", "whole", "pro-rata"}
    assert len({world["trajectory"] for world in worlds}) > 1
    assert {world["heat"] for world in worlds} == {"H0"}
    assert found["standing"]["share"]["G"] == 0.5
    wrong = {worlds[place]["basis"] for place in found["standing"]["against"]["G"]}
    assert wrong == {"location"}


def test_heat_recovery_is_right_where_its_credit_counts() -> None:
    pumped = warm(id="Q9", cop=4.0, heat_pump="inside", displaced_excludes_this_heat="yes")
    todo = [measure("H", "heat", "Q9", capex=eur(1e5), decision="yes")]
    study = make(years=2, energy=[meter(amount=mwh(7_000.0))], heat=[pumped], measures=todo, **MONEY)
    found = plan(study)
    assert found["npv"] is None  # nobody stated what the heat is sold for
    assert found["unpriced"] == ["H"]
    worlds = found["standing"]["worlds"]
    against = [worlds[place] for place in found["standing"]["against"]["H"]]
    assert all(world["heat"] != "H1" for world in against)
    assert any(world["heat"] == "H0" for world in against)


def test_a_later_year_is_compared_with_what_was_promised() -> None:
    study = many()
    promised = assess(study)
    later = many(measures=(), plant=())
    metered = tuple(
        replace(row, amount=mwh(amount), value_kind="measured")
        for row, amount in zip(later.energy, (5_900.0, 700.0, 100.0), strict=True)
    )
    year = replace(later.settings, start_year=2028, reference_period=1, study_type="annual")
    hall = (replace(later.years[0], from_=2028),)
    found = followed_up(promised, assess(replace(later, energy=metered, settings=year, years=hall)))
    rows = {row["figure"]: row for row in found}
    assert {row["year"] for row in found} == {2028}
    assert rows["it"]["without"] == pytest.approx(7e6)
    assert rows["it"]["promised"] == pytest.approx(5.6e6)
    assert rows["it"]["kept"] == pytest.approx(1.1 / 1.4)
    assert rows["cooling"]["kept"] == pytest.approx(1.0)
    assert rows["operation-location"]["metered"] == pytest.approx(6_700e3 * 0.040)
