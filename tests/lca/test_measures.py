"""Measures: alone, in order, together, over every set; what they cost; the whole model each time."""

import random
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inventories.measures import Measure
from inventories.operations import Operation
from inventories.study import Price, Study
from inventories.values import Quantity, YearRange
from lca.assess import assess
from lca.expand import expand
from lca.measures.apply import apply
from lca.measures.book import measures_book
from lca.measures.costs import Terms, abatement_cost, flows, mean
from lca.measures.effects import Game, group_of, shapley
from lca.measures.states import States, numbers
from tests.lca.warm import mwh, warm
from tests.studies import contract, heat, line, make, meter, own, refrigerant, unmeasured

TONNE = 1000.0


def measure(id: str, kind: str, *target: str, **of: Any) -> Measure:
    return Measure(id=id, measure=id, kind=kind, target=target, **of)


def electric(**of: Any) -> Study:
    """70 GWh of IT and 14 GWh of cooling at 40 g/kWh: 3,360 t a year."""
    grid = [own("el40", 0.040, "kg CO2e/kWh", "B6"), own("el15", 0.015, "kg CO2e/kWh", "B6")]
    rows = [
        meter(id="E1", amount=mwh(70_000.0), factor="el40"),
        meter(id="E2", use="cooling", amount=mwh(14_000.0), factor="el40"),
    ]
    plain: dict[str, Any] = {"years": 1, "energy": rows, "factors": grid, "grid_connection": None, "capacity_kw": 1e4}
    return make(**{**plain, **of})


LESS_IT = measure("A", "scale", "E1", value="-25", unit="%")
LESS_COOLING = measure("B", "scale", "E2", value="0.5")
CLEANER = measure("C", "substitute", "E1", "E2", value="el15")


def told(study: Study, key: str) -> dict[str, float]:
    found = measures_book(study)
    return {row["id"]: row[key]["location"] / TONNE for row in found["measures"]}


def test_the_interaction_example() -> None:
    """3,360 t = 70 × 1.2 × 40: −25 % IT gives 840, PUE 1.20 → 1.10 gives 280, 40 → 15 g gives 2,100; joint 2,493.75."""
    study = electric(measures=[LESS_IT, LESS_COOLING, CLEANER])
    assert told(study, "alone") == pytest.approx({"A": 840.0, "B": 280.0, "C": 2_100.0})
    found = measures_book(study)
    joint = (found["before"]["location"] - found["after"]["location"]) / TONNE
    assert joint == pytest.approx(3_360.0 - 70.0 * 0.75 * 1.1 * 15.0)
    assert joint == pytest.approx(2_493.75)
    assert told(study, "shapley") == pytest.approx({"A": 557.1, "B": 172.1, "C": 1_764.6}, abs=0.05)
    assert sum(told(study, "shapley").values()) == pytest.approx(joint)
    assert sum(told(study, "ordered").values()) == pytest.approx(joint)
    assert found["order"] == ["A", "B", "C"]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [LESS_IT, LESS_COOLING, CLEANER]
    one, other = (electric(measures=each) for each in (rows, rows[::-1]))
    for key in ("alone", "ordered", "last", "shapley"):
        assert told(one, key) == pytest.approx(told(other, key), rel=1e-12)


def test_a_certificate_moves_the_market_basis_alone() -> None:
    bought = contract(id="K9", type="certificate", share_percent=100.0)
    study = make(years=3, energy=[meter()], contracts=[bought], measures=[measure("G", "contract", "K9")])
    (row,) = measures_book(study)["measures"]
    assert row["alone"]["location"] == 0.0
    assert row["alone"]["market"] > 0.0
    assert assess(study)["totals"]["market"] == assess(replace(study, contracts=(), measures=()))["totals"]["market"]


def test_less_it_gives_less_heat() -> None:
    study = make(years=1, energy=[meter()], heat=[warm(cop=4.0, heat_pump="outside")], measures=[
        measure("A", "scale", "Energy[use=it]", value="-25", unit="%")])  # fmt: skip
    states = States(study)
    before, after = (states.context(each) for each in ([], ["A"]))
    assert float(np.ravel(after.heats[0].taken)[0]) == pytest.approx(0.75 * float(np.ravel(before.heats[0].taken)[0]))
    (row,) = measures_book(study)["measures"]
    assert row["outside"]["location"] < 0.0  # a quarter of what the heat avoided is avoided no longer


def test_what_follows_the_it_load_keeps_its_fixed_part() -> None:
    rows = [
        meter(id="E1", amount=mwh(100.0)),
        meter(id="E2", use="cooling", amount=mwh(20.0), scales_with="it", fixed_percent=40.0),
        meter(id="E3", use="power-losses", amount=mwh(10.0), scales_with="none"),
        meter(id="E4", use="lighting", amount=mwh(5.0)),
    ]
    study = make(years=1, energy=rows, measures=[measure("A", "scale", "E1", value="0.5")])
    context = States(study).context(["A"])
    now = {each.row.id: float(np.ravel(each.amount)[0]) for each in context.yearly}
    assert now == pytest.approx({"E1": 50.0, "E2": 20.0 * (0.4 + 0.6 * 0.5), "E3": 10.0, "E4": 5.0})


def test_a_measure_works_from_its_first_year_on() -> None:
    study = make(years=10, energy=[meter()], measures=[
        measure("A", "scale", "Energy[use=it]", value="0", start_year=2030)])  # fmt: skip
    found = measures_book(study)
    before, after = found["before_by_year"]["location"], found["after_by_year"]["location"]
    assert after[:3] == before[:3]
    assert after[3:] == [0.0] * 7


def test_rows_that_a_measure_brings_are_not_in_the_study() -> None:
    pump = line("Plant", id="P9", factor="fan-unit-5000m3h-dk", amount=Quantity(1.0, "piece"), service_life=20.0)
    with_it = make(years=25, energy=[meter()], plant=[pump], measures=[measure("N", "add", "P9", start_year=2030)])
    without = replace(with_it, plant=(), measures=())
    assert assess(with_it)["totals"] == assess(without)["totals"]
    own_emissions = assess(replace(without, plant=(replace(pump, installed=2030),)))["totals"]["location"]["total"]
    (row,) = measures_book(with_it)["measures"]
    assert -row["alone"]["location"] == pytest.approx(own_emissions - assess(without)["totals"]["location"]["total"])


def test_what_is_taken_away_goes_when_it_does() -> None:
    """A line of 5 a has sets in 2027, 2032, …, 2047; taken away in 2035 the later three are never bought."""
    gone = line("Plant", id="P1", factor="steel", amount=Quantity(1.0, "kg"), service_life=5.0)
    study = make(years=25, energy=[meter()], plant=[gone], factors=[own("steel", 2.0, "kg CO2e/kg")], measures=[
        measure("R", "remove", "P1", start_year=2035)])  # fmt: skip
    (row,) = measures_book(study)["measures"]
    assert row["alone"]["location"] == pytest.approx(3 * 2.0)


def test_a_longer_life_keeps_the_sets_in_place() -> None:
    """4 a from 2027: 2027, 2031, …, 2051, seven sets. 6 a from 2033 keeps the set of 2031 to 2037: 2037, 2043, 2049."""
    servers = line("Hardware", service_life=4.0, factor="server", count=1)
    study = make(
        years=25, energy=[meter()], hardware=[servers], replacement_rule="whole",
        factors=[own("server", 100.0, "kg CO2e/piece")],
        measures=[measure("L", "set", "Hardware[class=server]", parameter="service_life", value="6", start_year=2033)],
    )  # fmt: skip
    (row,) = measures_book(study)["measures"]
    assert row["alone"]["location"] == pytest.approx((7 - 5) * 100.0)


def test_what_ends_before_is_not_taken_away_later() -> None:
    ends = line("Plant", id="P1", factor="steel", amount=Quantity(1.0, "kg"), service_life=5.0, until=2030)
    study = make(years=25, energy=[meter()], plant=[ends], factors=[own("steel", 2.0, "kg CO2e/kg")], measures=[
        measure("R", "remove", "P1", start_year=2040)])  # fmt: skip
    (row,) = measures_book(study)["measures"]
    assert row["alone"]["location"] == 0.0


def test_another_change_of_a_row_leaves_its_longer_life() -> None:
    """4 a from 2027, 8 a from 2032: 2027, 2031, 2039, 2047, where 2027, 2031, … were seven: 300 less."""
    servers = line("Hardware", service_life=4.0, factor="server", count=1)
    factors = [own("server", 100.0, "kg CO2e/piece"), own("same", 100.0, "kg CO2e/piece")]
    rows = [
        measure("L", "set", "H1", parameter="service_life", value="8", start_year=2032),
        measure("S", "substitute", "H1", value="same", start_year=2042),
    ]
    study = make(
        years=25, energy=[meter()], hardware=[servers], factors=factors, replacement_rule="whole", measures=rows
    )
    found = {row["id"]: row for row in measures_book(study)["measures"]}
    assert found["L"]["alone"]["location"] == pytest.approx(300.0)
    assert found["S"]["ordered"]["location"] == pytest.approx(0.0, abs=1e-9)
    assert found["L"]["shapley"]["location"] == pytest.approx(300.0)


def test_a_shorter_life_takes_nothing_away_that_is_there() -> None:
    once = line("Hardware", service_life=10.0, factor="server", count=1, replaced_by="none")
    study = make(years=25, energy=[meter()], hardware=[once], replacement_rule="whole",
                 factors=[own("server", 100.0, "kg CO2e/piece")], measures=[
        measure("L", "set", "H1", parameter="service_life", value="3", start_year=2033)])  # fmt: skip
    states = States(study)
    assert states.context(["L"]).lives["H1"] == states.context([]).lives["H1"]


def test_with_many_measures_only_the_states_asked_for_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    study = many(1)
    whole = States(study).of(np.array([0, 5, 1023])).footprint["market"].sum(axis=0)
    monkeypatch.setattr("lca.measures.states.TRIED", 0)
    few = States(study)
    assert few.of(np.array([0, 5, 1023])).footprint["market"].sum(axis=0) == pytest.approx(whole, rel=1e-12)
    assert few.runs["energy"] == 3
    assert measures_book(study)["exact"] is False
    assert {row["shapley"] for row in measures_book(study)["measures"]} == {None}


def test_a_factor_changes_for_what_is_bought_after_it() -> None:
    servers = line("Hardware", service_life=5.0, factor="server", count=1)
    factors = [own("server", 100.0, "kg CO2e/piece"), own("lean", 60.0, "kg CO2e/piece")]
    study = make(years=15, energy=[meter()], hardware=[servers], factors=factors, replacement_rule="whole", measures=[
        measure("S", "substitute", "H1", value="lean", start_year=2032)])  # fmt: skip
    (row,) = measures_book(study)["measures"]
    assert row["alone"]["location"] == pytest.approx(2 * 40.0)


def test_what_a_measure_requires_is_carried_out_with_it() -> None:
    after = replace(LESS_COOLING, requires=("A",))
    study = electric(measures=[LESS_IT, after])
    rows = {row["id"]: row for row in measures_book(study)["measures"]}
    assert rows["B"]["requires"] == ["A"]
    assert rows["B"]["alone"]["location"] / TONNE == pytest.approx(0.75 * 280.0)
    game = Game.of(study)
    assert game.feasible(np.arange(4)).tolist() == [True, True, False, True]
    assert game.carried_out(np.arange(4)).tolist() == [0, 1, 0, 3]


def test_of_two_that_exclude_each_other_the_first_is_carried_out() -> None:
    other = measure("D", "scale", "E1", value="-30", unit="%", excludes=("A",))
    found = measures_book(electric(measures=[LESS_IT, other]))
    assert found["joint"] == ["A"]
    assert [(row["id"], row["instead"]) for row in found["measures"]] == [("A", []), ("D", ["A"])]


def many(seed: int) -> Study:
    """A study of ten years with what measures meet: lines, contracts, heat, fuel, and ten measures on them."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    rows = [
        meter(id="E1", amount=mwh(1_000.0)),
        meter(id="E2", use="cooling", amount=mwh(200.0), fixed_percent=20.0),
        meter(id="E3", carrier="fuel-hvo-gb", use="backup-test", amount=Quantity(2_000.0, "l")),
    ]
    factors = [own("a", 50.0, "kg CO2e/piece"), own("b", 30.0, "kg CO2e/piece"), own("c", 5.0, "kg CO2e/kg")]
    second = line("Hardware", id="H2", factor="a", count=5, service_life=5.0)
    hardware = [line("Hardware", service_life=4.0, factor="a", count=100), second]
    plant = [line("Plant", id="P1", factor="c", amount=Quantity(900.0, "kg"), service_life=7.0)]
    ppa = contract(id="K1", amount=mwh(500.0), share_percent=None)
    more = contract(id="K2", type="certificate", share_percent=80.0, evidence="GO 2")

    def year() -> int | None:
        return draw.choice([None, 2029, 2031])

    measures = [
        measure("M0", "scale", "Energy[use=it]", value=str(draw.choice([0.7, 0.9])), start_year=year()),
        measure("M1", "scale", "E2", value="-30", unit="%", start_year=year()),
        measure("M2", "contract", "K2", start_year=year()),
        measure("M3", "set", "Hardware[class=server]", parameter="service_life", value="6", start_year=year()),
        measure("M4", "substitute", "H1", value="b", start_year=year()),
        measure("M5", "remove", "P1", start_year=year()),
        measure("M6", "scale", "E3", value="0.4", start_year=year()),
        measure("M7", "scale", "K1", parameter="amount", value="1.5", start_year=year()),
        measure("M8", "set", "Q1", parameter="cop", value="5", start_year=year()),
        measure("M9", "scale", "H2", parameter="factor", value="0.5", start_year=year()),
    ]
    return make(
        years=10, energy=rows, factors=factors, hardware=hardware, plant=plant, contracts=[ppa, more],
        heat=[heat(heat=mwh(300.0), cop=4.0, heat_pump="inside")], measures=measures, grid_trajectory="national",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_ten_random_sets_are_ten_separate_assessments(seed: int) -> None:
    study = many(seed)
    states = States(study)
    sets = np.array(random.Random(seed).sample(range(1024), 10), dtype=np.int64)  # noqa: S311 - no secret
    together = states.of(sets)
    for place, number in enumerate(sets.tolist()):
        chosen = [id for bit, id in enumerate(states.measures) if number >> bit & 1]
        separate = numbers(states.context(chosen))
        for basis in ("location", "market"):
            one, other = together.footprint[basis][:, place], separate.footprint[basis][:, 0]
            assert one == pytest.approx(other, rel=1e-10, abs=1e-7)
            assert together.outside[basis][:, place] == pytest.approx(
                separate.outside[basis][:, 0], rel=1e-10, abs=1e-7
            )
    nothing = states.of(np.zeros(1, dtype=np.int64)).footprint["location"].sum()
    assert nothing == pytest.approx(assess(replace(study, measures=(), contracts=study.contracts[:1]))["totals"][
        "location"]["total"], rel=1e-12)  # fmt: skip


def test_a_set_of_measures_is_what_brightway_solves() -> None:
    """The study with the measures put onto it, as Brightway's score of its packages."""
    from lca import packages  # noqa: PLC0415
    from lca.engine import solve  # noqa: PLC0415

    study = many(7)
    states = States(study)
    context = states.context(states.measures)
    built = packages.build(context.system, context.library.gases, "AR6")
    scores = solve(built, {"facility": context.system.facility}, 1)
    for basis in ("location", "market"):
        score = sum(float(component[0]) for component in scores[basis]["facility"].values())
        assert states.of(np.array([1023])).footprint[basis].sum() == pytest.approx(score, rel=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(-100, 100), min_size=8, max_size=8))
def test_shapley_values_sum_to_the_whole_and_go_by_their_players(values: list[float]) -> None:
    of = np.array([0.0, *values[1:]])
    found = shapley(of)
    assert found.sum() == pytest.approx(of[-1], abs=1e-9)
    swapped = of[[0, 2, 1, 3, 4, 6, 5, 7]]
    assert shapley(swapped) == pytest.approx(found[[1, 0, 2]], abs=1e-9)


def test_abatement_costs_of_the_reference_case() -> None:
    """5 M€, 2 % upkeep, 13,333 MWh at 60 €, 53,333 MWh at 35 €, CRF(5 %, 20 a) = 0.08024: −0.565 M€ a year."""
    energy = np.full(20, 40e3 / 3 * 60.0 - 160e3 / 3 * 35.0)
    yearly = mean(flows(Terms(5e6, 1e5, 20.0, 2027, 2047), energy, 0.05), 0.05)
    assert yearly == pytest.approx(0.0802426 * 5e6 + 1e5 + 8e5 - 1_866_667.0, abs=1.0)
    assert [round(yearly / tonnes) for tonnes in (3_733.0, 2_204.0, 834.0)] == [-151, -257, -678]
    assert abatement_cost(yearly, 3_733.0) is None  # it pays: the less it avoids the «better» the ratio would look
    assert abatement_cost(1_000.0, 20.0) == 50.0


def test_costs_come_of_the_joint_run_of_energy() -> None:
    power = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), network_fee=5.0, tax=1.0)
    saving = replace(LESS_IT, capex=Quantity(1e6, "EUR"), opex_per_year=Quantity(1e4, "EUR/a"), lifetime=10.0)
    study = electric(years=5, measures=[saving], prices=[power], discount_rate=5.0, currency_year=2026)
    (row,) = measures_book(study)["measures"]
    of = row["cost"]
    saved = 0.25 * 84_000.0 * 66.0  # the cooling follows the IT
    assert of["energy"] == pytest.approx(-saved)
    assert of["yearly"] == pytest.approx(1e6 * 0.1295046 + 1e4 - saved, abs=1.0)
    assert of["per_tonne"] == {"location": None, "market": None}
    assert measures_book(study)["capital"] == {"2027": 1e6}
    dear = replace(study, prices=())
    (row,) = measures_book(dear)["measures"]
    assert row["cost"]["lacks"] == ["price"]


def test_the_range_of_a_value_is_that_of_its_effect() -> None:
    (row,) = measures_book(electric(measures=[replace(LESS_IT, min=-30.0, max=-10.0)]))["measures"]
    assert row["range"]["low"]["location"] / TONNE == pytest.approx(0.10 * 3_360.0)
    assert row["range"]["high"]["location"] / TONNE == pytest.approx(0.30 * 3_360.0)


def test_parts_sum_to_the_study() -> None:
    study = unmeasured("kajaani")
    rows = [measure("A", "scale", "Energy[use=it]", value="0.9"), measure("P", "scale", "Plant", value="0.5")]
    states = States(replace(study, measures=tuple(rows)))
    whole = numbers(expand(study))
    for basis in ("location", "market"):
        assert states.of(np.array([0])).footprint[basis][:, 0] == pytest.approx(whole.footprint[basis][:, 0], rel=1e-9)
    both = apply(study, states.operations, {"A": 1.0, "P": 1.0}, states.starts, states.reference)
    separate = numbers(expand(both.study, None, both.changes))
    assert states.of(np.array([3])).footprint["market"].sum() == pytest.approx(separate.footprint["market"].sum())


def test_each_state_of_a_part_is_computed_once() -> None:
    states = States(many(0))
    sets = [sum(1 << each for each in some) for some in combinations(range(10), 2)]
    states.of(np.array(sets, dtype=np.int64))
    assert states.runs["energy"] == 2**6  # M0, M1, M2, M6, M7 and M8 touch it
    assert states.runs["H1"] == 2**2
    assert states.runs["rest"] == 1


def test_a_year_of_its_own_stays_with_its_row() -> None:
    rows = [meter(id="E1", year=YearRange(2027, 2028)), meter(id="E2", year=YearRange(2029, None), amount=mwh(500.0))]
    study = make(years=4, energy=rows, measures=[measure("A", "scale", "E2", value="0.5", start_year=2030)])
    found = measures_book(study)
    before, after = found["before_by_year"]["location"], found["after_by_year"]["location"]
    assert [b - a for b, a in zip(before, after, strict=True)] == pytest.approx([0.0, 0.0, 0.0, before[3] / 2.0])


def test_a_charge_goes_with_the_longer_life_of_what_holds_it() -> None:
    """A chiller of 5 a, of which the set of 2032 is kept for 8 a from 2033 on: its charge stays as long."""
    chiller = line("Plant", id="P1", factor="chiller", amount=Quantity(1.0, "piece"), service_life=5.0)
    charge = refrigerant(id="R1", gas="HFC-134a", equipment="P1", leakage_percent=0.0, recovery_percent=0.0)
    study = make(years=10, energy=[meter()], plant=[chiller], refrigerants=[charge], replacement_rule="whole",
                 factors=[own("chiller", 0.0, "kg CO2e/piece")], measures=[
        measure("L", "set", "P1", parameter="service_life", value="8", start_year=2033)])  # fmt: skip
    context = States(study).context(["L"])
    assert context.lives["R1"].then == context.lives["P1"].then
    assert context.lives["R1"].then is not None


PLACES = {
    ("count", "scale"): "demand",
    ("installed", "set"): "demand",
    ("", "add"): "demand",
    ("", "remove"): "demand",
    ("service_life", "set"): "construction",
    ("reused_percent", "set"): "construction",
    ("factor", "scale"): "construction",
    ("transport", "set"): "construction",
}


@pytest.mark.parametrize(("column", "kind"), PLACES)
def test_only_how_many_machines_there_are_is_demand(column: str, kind: str) -> None:
    changed = Operation("A", 0, kind, "Hardware", (line("Hardware"),), column)
    assert group_of([changed]) == PLACES[column, kind]


def test_less_load_is_told_before_longer_lives() -> None:
    """A life of hardware typed first is told after the load: it is made of, the load is needed."""
    rows = [measure("L", "set", "H1", parameter="service_life", value="8"), measure("A", "scale", "E1", value="0.9")]
    study = electric(hardware=[line("Hardware", service_life=4.0)], measures=rows)
    assert measures_book(study)["order"] == ["A", "L"]
