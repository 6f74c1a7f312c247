"""The check of the library: nothing found in ours, and every rule finds its fault in a broken one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from factors import check as checking
from factors.check import RULES, Researched, check, researched
from factors.library import Library, library
from factors.model import Factor
from factors.units import parse_unit


def test_the_library_that_ships_has_no_fault() -> None:
    assert check(library()) == []


def test_every_researched_row_is_accounted_for() -> None:
    assert len(researched()) == 553 + 83
    assert len({(each.file, each.former_id) for each in researched()}) == 636


def factor(**of: Any) -> Factor:
    plain: dict[str, Any] = {
        "id": "x", "module": "A1-A3", "part": "", "year": 2020, "value": 1.0, "unit": parse_unit("kg CO2e/kg"),
        "source": "co2data-2022", "family": "concrete", "locator": "p. 1", "confidence": "read",
    }  # fmt: skip
    return Factor(**{**plain, **of})


def shelf(*rows: Factor, names: bool = True) -> Library:
    """Make a library of these rows alone."""
    by_id: dict[str, tuple[Factor, ...]] = {}
    for row in rows:
        by_id[row.id] = (*by_id.get(row.id, ()), row)
    called = {factor_id: {"en": "X", "fi": "X"} for factor_id in by_id} if names else {}
    return replace(library(), factors=by_id, names=called, properties={})


def unlicensed() -> Library:
    first, *others = library().sources.values()
    broken = replace(first, licence="")
    return replace(library(), sources={each.source: each for each in (broken, *others)})


def other(**of: Any) -> Library:
    """Make a library with one gas changed."""
    changed = replace(library().gases["R-410A"], **of)
    return replace(library(), gases={**library().gases, "R-410A": changed})


def unnamed() -> Library:
    first = replace(library().sources["desnz-2025"], source="unnamed-2025")
    return replace(library(), sources={**library().sources, "unnamed-2025": first})


BROKEN: dict[str, Callable[[], Library]] = {
    "keys_unique": lambda: shelf(factor(), factor(value=2.0)),
    "sources_located": lambda: shelf(factor(locator="")),
    "lists_closed": lambda: shelf(factor(module="A9")),
    "units_are_emissions": lambda: shelf(factor(), factor(module="C3", unit=parse_unit("kg CO2e/m3"))),
    "ranges_ordered": lambda: shelf(factor(low=2.0, high=3.0, distribution="triangular")),
    "components_sum": lambda: shelf(factor(value=-1.0, fossil=-1.0)),
    "bio_based_parted": lambda: shelf(factor(family="timber")),
    "biogenic_closes": lambda: shelf(
        factor(value=-0.5, fossil=0.5, biogenic=-1.0), factor(module="C3", value=2.0, fossil=0.0, biogenic=2.0)
    ),
    "licences_allow": unlicensed,
    "attributions_given": unnamed,
    "gases_whole": lambda: other(blend={"HFC-32": 49.0, "HFC-125": 51.0}),
    "families_agree": lambda: shelf(factor(), factor(id="y", value=1.1), factor(id="z", value=9.0)),
    "periods_apart": lambda: shelf(factor(valid_to=2025), factor(year=2024)),
    "names_given": lambda: shelf(factor(), names=False),
    "families_named": lambda: shelf(factor(family="no-such-family")),
    "one_default_a_country": lambda: shelf(
        *(factor(id=name, family="grid", module="B6", geography="FI", unit=parse_unit("kg CO2e/kWh")) for name in "ab")
    ),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_each_rule_finds_its_fault(rule: str) -> None:
    function = next(each for each in RULES if each.__name__ == rule)
    assert {fault.rule for fault in function(BROKEN[rule]())} == {rule}
    assert list(function(library())) == []


@pytest.mark.parametrize("word", ["fuel@no-such-piece", " fuel"])
def test_a_search_word_that_is_said_of_nothing(word: str) -> None:
    families = library().families
    changed = {**families, "fuel": replace(families["fuel"], words=(word,))}
    assert {fault.row for fault in checking.families_named(replace(library(), families=changed))} == {"fuel"}


@pytest.mark.parametrize(
    "of", [{"gwp": {"AR5": 1.0}}, {"aliases": ("R-32",)}, {"blend": {"HFC-32": 50.0}}, {"sources": {"AR6": "nobody"}}]
)
def test_a_gas_that_is_not_whole(of: dict[str, Any]) -> None:
    assert "R-410A" in {fault.row for fault in checking.gases_whole(other(**of))}


def test_a_researched_row_that_did_not_arrive_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = (
        Researched("a", "factors.csv", "no-such-id", "A1-A3", "", "2020", ""),
        Researched("b", "factors.csv", "", "", "", "", ""),
        Researched("c", "factors.csv", "gases:NO", "", "", "", ""),
        Researched("d", "factors.csv", "", "", "", "", "a reason"),
        Researched("d", "factors.csv", "", "", "", "", "a reason"),
    )
    monkeypatch.setattr(checking, "researched", lambda: lost)
    faults = [fault.row for fault in checking.researched_rows_arrived(library())]
    assert faults == ["a", "b", "c", "d"]


def test_every_rule_has_a_broken_library() -> None:
    assert {each.__name__ for each in RULES} == BROKEN.keys() | {"researched_rows_arrived"}
