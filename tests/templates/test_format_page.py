"""The page of the format and the schema of a study: current, complete, and of one mind with the reader of JSON."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from inventories.document import from_json
from inventories.format import choices, columns, sheets
from inventories.keyed import KEYED_FIELDS
from inventories.study import SHEET_FIELDS, Study, as_json
from templates.format_page import PAGE, SCHEMA, page, schema_text
from templates.format_schema import schema
from tests.inventories.drawn import studies
from tests.inventories.test_document import MISTAKES, broken, document
from tests.studies import shipped_example

TEXT = page()
CELL = re.compile(r"(?<!\\)\|")
VALIDATOR = Draft202012Validator(schema())
LOOSER = {"Refrigerants.0.gas", "Energy.0.year", "Years.0.it_capacity.value"}
"""Where the reader of JSON knows more than a schema can say: names of gases, ranges that run backwards, nan."""


def plain(study: Study) -> Any:
    """Document of a study as a file holds it."""
    return json.loads(json.dumps(as_json(study)))


# --- the page -------------------------------------------------------------------------------------


def test_the_page_and_the_schema_are_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == TEXT, "run python -m templates.format_page"
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run python -m templates.format_page"


@pytest.mark.parametrize("sheet", sheets())
def test_every_column_of_a_sheet_stands_under_it_once(sheet: str) -> None:
    part = TEXT.partition(f'<a id="sheet-{sheet.replace(" ", "-").lower()}"></a>')[2].partition("<a id=")[0]
    keys = re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE)
    assert keys == [of.key for of in columns(sheet)]
    for of in columns(sheet):
        for language in ("en", "fi", "sv"):
            assert of.labels[language] in part.replace("\\", "")


def test_every_list_that_a_column_names_stands_on_the_page_with_all_its_keys() -> None:
    links = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert links <= set(re.findall(r'<a id="([^"]+)"></a>', TEXT))
    for sheet in sheets():
        for of in columns(sheet):
            if of.kind == "choice":
                assert f"list-{of.choices.replace('_', '-')}" in links
                part = TEXT.partition(f'<a id="list-{of.choices.replace("_", "-")}"></a>')[2].partition("<a id=")[0]
                assert re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE) == list(choices(of.choices))


def test_every_row_has_the_cells_of_its_head() -> None:
    width = 0
    for line in TEXT.splitlines():
        width = (width or len(CELL.split(line))) if line.startswith("|") else 0
        assert not width or len(CELL.split(line)) == width, line


def test_sheets_of_later_versions_say_so() -> None:
    for sheet in sheets().values():
        part = TEXT.partition(f'<a id="sheet-{sheet.key.replace(" ", "-").lower()}"></a>')[2].partition("<a id=")[0]
        assert ("**Read from version" in part) == bool(sheet.unread_until)


# --- the schema -----------------------------------------------------------------------------------


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())
    assert list(schema()["properties"]) == [*KEYED_FIELDS, "Files", *SHEET_FIELDS]


def test_the_shipped_example_is_valid() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(shipped_example()))] == []


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(study=studies())
def test_every_study_is_valid(study: Study) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(study))] == []


@pytest.mark.parametrize(("path", "value"), [(path, value) for path, value, _ in MISTAKES if path not in LOOSER])
def test_what_the_reader_of_json_refuses_is_not_valid(path: str, value: object) -> None:
    assert VALIDATOR.is_valid(document())
    assert not VALIDATOR.is_valid(broken(path, value))


def test_what_a_schema_cannot_say_is_left_to_the_reader() -> None:
    whole = broken("Refrigerants.0.gas", "R134a")
    assert VALIDATOR.is_valid(whole)
    with pytest.raises(ValueError, match="HFC-134a"):
        from_json(whole)
