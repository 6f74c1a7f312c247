"""The format table and the study model are the same thing."""

from dataclasses import fields

import pytest

from factors.units import parse_unit
from inventories.format import LANGUAGES, Column, choices, column, columns, normal, sheets, spellings
from inventories.keyed import KEYED_FIELDS
from inventories.study import SHEET_FIELDS
from tests.inventories.section9 import ADDED, ADDED_SHEETS, AGREED, CHOICES, DEPARTURES, RELAXED

READ = [sheet for sheet in sheets() if not sheets()[sheet].unread_until]


def test_the_sheets_of_the_format_are_those_of_the_study() -> None:
    assert {*KEYED_FIELDS, *SHEET_FIELDS} == set(READ)


def test_the_sheets_are_those_agreed_on() -> None:
    assert list(sheets()) == [*AGREED, *ADDED_SHEETS]


@pytest.mark.parametrize("sheet", AGREED)
def test_a_sheet_has_the_columns_agreed_on_and_asks_for_the_same(sheet: str) -> None:
    found = {of.key: _asked(of) for of in columns(sheet)}
    agreed = {name.partition(":")[0].rstrip("*"): name for name in AGREED[sheet].split()}
    assert set(found) == set(agreed) - DEPARTURES.get(sheet, set()) | ADDED.get(sheet, set())
    agreed |= RELAXED.get(sheet, {})
    assert {key: found[key] for key in found if key in agreed} == {key: agreed[key] for key in agreed if key in found}


def _asked(of: Column) -> str:
    if of.required == "always":
        return f"{of.key}*"
    return ":".join(filter(None, (of.key, of.required.partition(":")[0])))


@pytest.mark.parametrize(("sheet", "key"), CHOICES)
def test_a_closed_list_holds_what_was_agreed_on(sheet: str, key: str) -> None:
    assert list(choices(column(sheet, key).choices)) == CHOICES[sheet, key].split()


@pytest.mark.parametrize("sheet", sheets())
def test_units_and_bounds_of_a_sheet_can_be_read(sheet: str) -> None:
    for of in columns(sheet):
        assert of.unit in ("", "%/a") or parse_unit(of.unit).symbol
        assert of.above < of.most
        assert of.least <= of.most
        assert of.since == "0.1"
        assert not of.default or of.default_source
        if of.default and of.kind == "choice":
            assert of.default in choices(of.choices)


@pytest.mark.parametrize("sheet", READ)
def test_every_column_is_a_field_and_every_field_a_column(sheet: str) -> None:
    model = (KEYED_FIELDS.get(sheet) or SHEET_FIELDS[sheet])[1]
    attributes = {each.name for each in fields(model)}
    columns_ = {of.field for of in columns(sheet)}
    beside_numbers = {"unit"} if sheet not in ("Factors", "Measures") else set()
    assert columns_ - beside_numbers <= attributes
    if sheet not in ("Construction", "Plant", "Hardware"):
        assert attributes == columns_ - beside_numbers


def test_lines_have_no_field_that_no_sheet_fills() -> None:
    filled = {of.field for sheet in ("Construction", "Plant", "Hardware") for of in columns(sheet)}
    assert {each.name for each in fields(SHEET_FIELDS["Plant"][1])} == filled - {"unit"} | {"sheet"}


@pytest.mark.parametrize("sheet", sheets())
def test_spellings_of_a_sheet_name_one_key_each(sheet: str) -> None:
    for text, keys in spellings(sheet).items():
        assert len(keys) == 1, text
    for of in columns(sheet):
        for language in LANGUAGES:
            assert of.labels[language]
            assert of.help[language]


def test_lists_are_named_and_their_labels_are_plain() -> None:
    for sheet in sheets():
        for of in columns(sheet):
            if of.kind == "choice":
                assert choices(of.choices), of.key
                for language in LANGUAGES:
                    labels = [normal(each[language]) for each in choices(of.choices).values()]
                    assert len(labels) == len(set(labels))
