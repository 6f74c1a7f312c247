"""The catalogue of measures: every figure with its source, every operation one that the format has."""

import pytest

from inventories.cells import read_cell
from inventories.format import LANGUAGES, choices, column, columns, sheets
from lca.measures.catalogue import Known, catalogue, lacks, offered, sources, uncited
from tests.studies import make, meter, shipped_example

EVERY = catalogue()
BY_ID = {each.id: each for each in EVERY}


def test_forty_two_measures_have_ids_and_names_of_their_own() -> None:
    assert [each.id for each in EVERY] == [f"M{i:02}" for i in range(1, 43)]
    for language in LANGUAGES:
        assert len({each.names[language] for each in EVERY}) == 42
        assert all(each.mechanisms[language].endswith(".") for each in EVERY)


@pytest.mark.parametrize("of", EVERY, ids=lambda each: each.id)
def test_a_measure_is_an_operation_of_the_format(of: Known) -> None:
    assert of.kind in choices("measure_kind")
    assert of.sheet in sheets()
    if of.parameter:
        assert of.parameter in {each.key for each in columns(of.sheet)}
    target = column("Measures", "target")
    for each in (*of.target, *(need.removeprefix("!") for need in of.needs)):
        assert read_cell(target, each, "en").value == (each,)


@pytest.mark.parametrize("of", EVERY, ids=lambda each: each.id)
def test_a_figure_has_a_source_a_place_and_an_order(of: Known) -> None:
    for figures in (of.effect, of.cost):
        if figures is None:
            continue
        assert figures["source"] in sources()
        assert figures["locator"]
        assert figures["unit"]
        assert figures["confidence"] in ("read", "second-hand", "derived")
        stated = [figures[end] for end in ("low", "typical", "high") if figures[end] is not None]
        assert stated == sorted(stated)
    if of.effect is not None and of.effect["unit"].startswith("%"):
        assert max(value for end in ("low", "typical", "high") if (value := of.effect[end]) is not None) <= 100.0


def test_sources_can_be_found() -> None:
    assert uncited(EVERY) == []
    assert all(each["publisher"] and each["title"] and each["url"] and each["access"] for each in sources().values())


def test_exclusions_are_mutual_and_nothing_requires_itself() -> None:
    for each in EVERY:
        assert set(each.excludes) | set(each.requires) <= BY_ID.keys() - {each.id}
        assert all(each.id in BY_ID[other].excludes for other in each.excludes)
        assert all(each.id not in BY_ID[other].requires for other in each.requires)


def test_what_a_study_lacks_is_said() -> None:
    bare = make(years=1, energy=[meter()])
    assert lacks(BY_ID["M08"], bare) == []
    assert lacks(BY_ID["M01"], bare) == ["Energy[use=cooling]"]
    assert lacks(BY_ID["M29"], shipped_example("kajaani")) == ["!Heat"]
    told = {row["id"]: row["target"] for row in offered(bare) if not row["lacks"]}
    assert told["M08"] == ["Energy[use=it]"]


def test_rows_that_measures_bring_are_not_there() -> None:
    """Solar power that M7 brings to Kajaani (E24) is none it has: M25 fits, and M34 changes no row of it."""
    study = shipped_example("kajaani")
    assert "E24" in study.held_ids
    assert lacks(BY_ID["M25"], study) == []
    told = {row["id"]: row for row in offered(study)}
    assert told["M25"]["lacks"] == []
    assert "Energy[carrier=onsite-electricity]" not in told["M34"]["target"]
