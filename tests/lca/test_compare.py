"""Two studies compared: what differs, what each difference does alone, and that it all adds up."""

import copy
import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from inventories.study import Study, as_json
from inventories.values import Quantity
from lca import compare
from lca.assess import assess
from lca.compare import changed, comparison, differences, effects
from templates.comparison import lines
from templates.texts import Texts
from tests.studies import contract, line, make, meter, shipped_example

BASES = ("location", "market")


def _document(study: Study) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(assess(study)))
    return document


@cache
def _one() -> Study:
    return make(
        years=5,
        construction=[line(id="C1", amount=Quantity(90.0, "t"))],
        energy=[meter(), meter(id="E2", use="cooling", amount=Quantity(150.0, "MWh"))],
    )


def _compared(one: Study, other: Study) -> dict[str, Any]:
    documents = [_document(each) for each in (one, other)]
    found = differences(documents[0]["study"], documents[1]["study"])
    return comparison(documents[0], documents[1], list(effects(documents[0]["study"], documents[1]["study"], found)))


def test_a_study_and_itself_do_not_differ() -> None:
    told = _compared(_one(), _one())
    assert told["differences"] == []
    assert told["difference"] == {"location": 0.0, "market": 0.0}
    assert "The inputs of both are the same." in list(lines(told, ("a", "b"), Texts()))


def test_one_changed_amount_does_all_of_the_difference() -> None:
    energy = (replace(_one().energy[0], amount=Quantity(1500.0, "MWh")), _one().energy[1])
    told = _compared(_one(), replace(_one(), energy=energy))
    (only,) = told["differences"]
    assert (only["sheet"], only["row"], only["kind"]) == ("Energy", "E1", "changed")
    assert only["fields"] == {"amount": [{"value": 1000.0, "unit": "MWh"}, {"value": 1500.0, "unit": "MWh"}]}
    for basis in BASES:
        # 500 MWh more of 1,000: half as much again as E1 carried
        carried = sum(row[basis] for row in _document(_one())["contributions"] if row["line"] == "E1")
        assert only[basis] == pytest.approx(0.5 * carried, rel=1e-9)
        assert told["difference"][basis] == pytest.approx(only[basis], rel=1e-9)
        assert told["together"][basis] == pytest.approx(0.0, abs=1e-6)


def test_effects_and_what_is_left_sum_to_the_difference() -> None:
    """A contract and more consumption act on each other: alone they do not sum, with the remainder they do."""
    energy = (replace(_one().energy[0], amount=Quantity(4000.0, "MWh")), _one().energy[1])
    other = replace(
        _one(), energy=energy, contracts=(contract(amount=Quantity(2000.0, "MWh")),), construction=(),
        settings=replace(_one().settings, title="Another"),
    )  # fmt: skip
    told = _compared(_one(), other)
    kinds = {(each["sheet"], each["kind"]) for each in told["differences"]}
    assert kinds == {("Study", "changed"), ("Energy", "changed"), ("Contracts", "added"), ("Construction", "removed")}
    for basis in BASES:
        alone = sum(each[basis] for each in told["differences"])
        assert alone + told["together"][basis] == pytest.approx(told["difference"][basis], rel=1e-9)
        for key in ("by_section", "by_module"):
            sums = sum(row[basis][1] - row[basis][0] for row in told[key])
            assert sums == pytest.approx(told["difference"][basis], rel=1e-9)
    assert abs(told["together"]["market"]) > 1000.0
    assert abs(told["together"]["location"]) < 1e-6
    (title,) = [each for each in told["differences"] if each["sheet"] == "Study"]
    assert (title["location"], title["market"]) == (0.0, 0.0)


def test_all_differences_at_once_make_the_second_study() -> None:
    one, other = (json.loads(json.dumps(as_json(shipped_example(name)))) for name in ("server-room", "kaj-10"))
    made = changed(one, other, differences(one, other))
    assert {sheet: sorted(map(json.dumps, rows)) for sheet, rows in made.items() if sheet != "Study"} == {
        sheet: sorted(map(json.dumps, rows)) for sheet, rows in other.items() if sheet != "Study"
    }
    assert made["Study"] == other["Study"]


def test_a_line_and_the_new_line_that_follows_it_go_together() -> None:
    follower = line(id="C2", amount=Quantity(10.0, "t"))
    first = replace(_one().construction[0], replaced_by="C2", service_life=2.0)
    told = _compared(_one(), replace(_one(), construction=(first, follower)))
    assert {(each["row"], each["group"]) for each in told["differences"]} == {("C1", 0), ("C2", 0)}
    for basis in BASES:
        assert told["differences"][0][basis] == pytest.approx(told["difference"][basis], rel=1e-9)
    (said,) = [each for each in lines(told, ("a", "b"), Texts()) if "Construction C1" in each]
    assert "Construction C2" in said


def test_what_cannot_stand_alone_is_said_so() -> None:
    """New Zealand has no grid in the library: the country alone gives no result, with factors of its own it does."""
    energy = tuple(replace(row, factor="electricity-wind-fi") for row in _one().energy)
    other = replace(_one(), energy=energy, settings=replace(_one().settings, country="NZ", grid_connection=None))
    told = _compared(_one(), other)
    effect = {each["row"]: each["location"] for each in told["differences"]}
    assert effect["country"] is None
    assert effect["E1"] < 0
    for basis in BASES:
        alone = sum(each[basis] for each in told["differences"] if each[basis] is not None)
        assert alone + told["together"][basis] == pytest.approx(told["difference"][basis], rel=1e-9)
    assert any("not alone" in each for each in lines(told, ("a", "b"), Texts()))


def test_many_differences_are_taken_together_by_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "MOST", 2)
    energy = tuple(replace(row, amount=Quantity(10.0, "MWh")) for row in _one().energy)
    told = _compared(_one(), replace(_one(), energy=energy, construction=()))
    assert [each["group"] for each in told["differences"]] == [0, 1, 1]
    for basis in BASES:
        once = {each["group"]: each[basis] for each in told["differences"]}
        assert sum(once.values()) + told["together"][basis] == pytest.approx(told["difference"][basis])
    assert any("Energy E1: Amount" in each and "Energy E2" in each for each in lines(told, ("a", "b"), Texts()))


def test_a_document_made_with_other_factors_says_what_that_changed() -> None:
    document = _document(_one())
    older = copy.deepcopy(document)
    for basis in BASES:
        older["totals"][basis]["total"] -= 5000.0
    told = comparison(older, document, [])
    for basis in BASES:
        assert told["difference"][basis] == pytest.approx(5000.0)
        assert told["remade"][0][basis] == pytest.approx(5000.0)
        assert told["together"][basis] == pytest.approx(0.0, abs=1e-6)
    assert any("A made again" in each for each in lines(told, ("a", "b"), Texts()))


def test_another_order_of_contracts_without_numbers_is_a_difference() -> None:
    held = contract(amount=Quantity(800.0, "MWh"))
    dearer = contract(id="K2", amount=Quantity(800.0, "MWh"), factor="electricity-nuclear-world")
    told = _compared(replace(_one(), contracts=(held, dearer)), replace(_one(), contracts=(dearer, held)))
    (only,) = told["differences"]
    assert (only["sheet"], only["row"]) == ("Contracts", "order")
    assert abs(only["market"]) > 1.0
    assert only["market"] == pytest.approx(told["difference"]["market"], rel=1e-9)
