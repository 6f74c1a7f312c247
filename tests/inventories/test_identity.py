"""A study is the same study after a workbook in any language, and after JSON; one digit makes it another."""

import json
import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventories.document import from_json
from inventories.format import LANGUAGES
from inventories.reader import Read, read_workbook
from inventories.rows import rows_of
from inventories.study import Study, as_json
from inventories.values import Quantity
from lca.assess import assess
from lca.context import Context
from lca.expand import shelf_of
from lca.parameters import Parameters
from lca.results import input_hash
from lca.system import System
from templates.workbook import workbook
from tests.inventories.drawn import studies
from tests.studies import line, make, refrigerant, shipped_example

FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def hash_of(study: Study) -> str:
    """Hash of a study before anything of it is expanded."""
    return input_hash(Context(study, shelf_of(study), Parameters({}), System(1)))


def through_a_workbook(study: Study, language: str) -> Read:
    with TemporaryDirectory() as folder:
        path = Path(folder, "study.xlsx")
        path.write_bytes(workbook(language, rows_of(study)))
        return read_workbook(path)


def typed(value: object) -> object:
    """Types of all numbers too: 5 and 5.0 are equal, but not the same."""
    match value:
        case dict():
            return {key: typed(each) for key, each in value.items()}
        case list() | tuple():
            return [typed(each) for each in value]
        case _:
            return type(value).__name__, repr(value)


@pytest.mark.parametrize("language", LANGUAGES)
@FEW
@given(study=studies())
def test_a_workbook_gives_its_study_back(language: str, study: Study) -> None:
    read = through_a_workbook(study, language)
    assert [each.as_json() for each in read.problems if each.severity == "error"] == []
    assert read.study == study
    assert typed(as_json(read.study)) == typed(as_json(study))
    assert hash_of(read.study) == hash_of(study)


@FEW
@given(study=studies())
def test_json_gives_its_study_back(study: Study) -> None:
    back = from_json(json.loads(json.dumps(as_json(study))))
    assert back == study
    assert typed(as_json(back)) == typed(as_json(study))
    assert hash_of(back) == hash_of(study)


def numbers_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all floats of a document."""
    if isinstance(value, float):
        return [path]
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in entries for found in numbers_in(each, (*path, key))]


def changed(document: Any, path: tuple[Any, ...], value: float) -> Any:
    """Copy a document with one number changed."""
    copy = json.loads(json.dumps(document))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy


@FEW
@given(study=studies(), data=st.data())
def test_one_digit_makes_another_hash(study: Study, data: st.DataObject) -> None:
    document = json.loads(json.dumps(as_json(study)))
    path = data.draw(st.sampled_from(numbers_in(document)))
    place = document
    for key in path:
        place = place[key]
    number = float(place)
    inwards = math.nextafter(number, 50.0 if number != 50.0 else 1.5)  # stays within every range of the format
    assert hash_of(from_json(changed(document, path, inwards))) != hash_of(study)
    assert hash_of(from_json(changed(document, path, number))) == hash_of(study)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_has_the_same_hash_after_a_workbook_in_any_language(language: str) -> None:
    study = shipped_example()
    read = through_a_workbook(study, language)
    assert read.problems == []
    assert read.study == study
    document = assess(study)
    assert assess(read.study)["input_hash"] == document["input_hash"]
    assert assess(from_json(document["study"]))["input_hash"] == document["input_hash"]


def test_a_column_of_two_units_keeps_both() -> None:
    rows = [
        refrigerant(id="R1", leaked_per_year=Quantity(7.125, "kg"), leakage_percent=None),
        refrigerant(id="R2", leaked_per_year=Quantity(0.1 + 0.2, "t"), leakage_percent=None),
    ]
    study = make(refrigerants=rows, hardware=[line("Hardware", service_life=5.0)])
    for language in LANGUAGES:
        read = through_a_workbook(study, language)
        assert read.problems == []
        assert read.study is not None
        assert [row.leaked_per_year for row in read.study.refrigerants] == [row.leaked_per_year for row in rows]


def test_a_fraction_of_a_percent_raises_no_question() -> None:
    study = make(construction=[line(waste_percent=0.5), line(id="L2", waste_percent=50.0)])
    for language in LANGUAGES:
        read = through_a_workbook(study, language)
        assert read.problems == []
        assert read.study == study


def test_a_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    study = make(construction=[line(note="x" * 32_768)])
    with pytest.raises(ValueError, match="32,768 characters"):
        workbook("en", rows_of(study))
    longest = replace(study.construction[0], note="x" * 32_767)
    read = through_a_workbook(replace(study, construction=(longest,)), "en")
    assert read.study is not None
    assert read.study.construction[0].note == longest.note
