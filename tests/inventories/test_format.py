"""The format table and the study model are the same thing."""

from dataclasses import fields

import pytest

from inventories.format import LANGUAGES, choices, columns, normal, sheets, spellings
from inventories.study import SHEET_FIELDS, Settings

READ = [sheet for sheet in sheets() if not sheets()[sheet].unread_until]


def test_the_sheets_of_the_format_are_those_of_the_study() -> None:
    assert ["Study", *SHEET_FIELDS] == READ


@pytest.mark.parametrize("sheet", READ)
def test_every_column_is_a_field_and_every_field_a_column(sheet: str) -> None:
    model = Settings if sheet == "Study" else SHEET_FIELDS[sheet][1]
    attributes = {each.name for each in fields(model)}
    columns_ = {column.field for column in columns(sheet)}
    beside_numbers = {"unit"} if sheet != "Factors" else set()
    assert columns_ - beside_numbers <= attributes
    if sheet not in ("Construction", "Plant", "Hardware"):
        assert attributes == columns_ - beside_numbers


def test_lines_have_no_field_that_no_sheet_fills() -> None:
    filled = {column.field for sheet in ("Construction", "Plant", "Hardware") for column in columns(sheet)}
    assert {each.name for each in fields(SHEET_FIELDS["Plant"][1])} == filled - {"unit"} | {"sheet"}


@pytest.mark.parametrize("sheet", READ)
def test_spellings_of_a_sheet_name_one_key_each(sheet: str) -> None:
    for text, keys in spellings(sheet).items():
        assert len(keys) == 1, text
    for column in columns(sheet):
        for language in LANGUAGES:
            assert column.labels[language]
            assert column.help[language]


def test_lists_are_named_and_their_labels_are_plain() -> None:
    for sheet in READ:
        for column in columns(sheet):
            if column.kind == "choice":
                assert choices(column.choices), column.key
                for language in LANGUAGES:
                    labels = [normal(each[language]) for each in choices(column.choices).values()]
                    assert len(labels) == len(set(labels))
