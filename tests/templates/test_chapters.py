"""What chapters of the report say: words, names and tables, each with the study that shows it."""

import copy
import re
from io import BytesIO
from typing import Any

import pypdf
import pytest

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from templates.report import render
from tests.studies import line, make, meter, own, shipped_example


def printed(document: dict[str, Any], language: str = "en") -> str:
    """Text of the report of a document, with single spaces."""
    pages = pypdf.PdfReader(BytesIO(render(document, language).pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def said(study: Study, language: str = "en") -> str:
    """Text of the report of a study."""
    return printed(assess(study), language)


def one_kwh(**of: Any) -> Study:
    return make(**{"years": 26, "energy": [meter(amount=Quantity(1, "kWh"))], **of})


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_trajectory_is_named_in_words_with_its_source_and_last_year(language: str) -> None:
    name = {
        "en": "Electricity, Finland, series with existing measures",
        "fi": "Sähkö, Suomi, nykytoimiskenaarion (WEM) aikasarja",
        "sv": "El, Finland, tidsserie med befintliga åtgärder (WEM)",
    }[language]
    text = said(one_kwh(grid_trajectory="national", residual_mix="constant"), language)
    plain = text.replace("\N{NO-BREAK SPACE}", " ")
    assert plain.count(name) >= 3  # the points, the choice, the table of restatements
    constant = {"en": "Residual mix Constant", "fi": "Jäännösjakauma Vakio", "sv": "Residualmix Konstant"}[language]
    assert plain.count(constant) == 2  # the inventory as typed, and the choices
    decimal = "." if language == "en" else ","
    assert f"2030: 49{decimal}0" in plain
    assert f"2050: 24{decimal}0" in plain


def test_given_interpolated_and_held_years_of_the_grid_are_told_apart() -> None:
    text = said(one_kwh(grid_trajectory="national"))
    assert "between 2030 and 2032" in text
    assert "held from its last year 2050" in text
    assert text.count("which gives the year") == 9  # 2027 to 2030, 2032, 2035, 2040, 2045, 2050
    assert "Year Direct Upstream" in text


def test_what_redundancy_costs_stands_in_the_report() -> None:
    document = assess(shipped_example("kajaani"))
    rows = {(row["system"], row["redundancy"]): row for row in document["simulation"]["redundancy"]}
    assert list(rows) == [(system, name) for system in ("ups", "genset") for name in ("N", "N+1", "2N")]
    text = printed(document)
    head = "System Redundancy Units Losses, MWh Location-based, t CO₂e Market-based, t CO₂e"
    table = text[text.index(head) + len(head) :][:400]
    for (system, name), row in rows.items():
        label = {"ups": "UPS", "genset": "Generators"}[system]
        mark = " *" if row["chosen"] else ""
        lost = f"{row['losses_beyond']:,.0f}".replace("-", "\N{MINUS SIGN}")
        tonnes = f"{row['location_beyond'] / 1000:,.1f}"
        assert f"{label} {name}{mark} {row['units']} {lost} {tonnes}" in table
    assert "that of cooling units and generators is not modelled" in text
    assert "Losses are simulated; where rows of Energy state them, the tonnes rest on those rows." in text


def hall_of(**of: Any) -> Study:
    """A structure for good and servers of three years, both with an end of life, over six years."""
    factors = [own("slab", 1.0, "kg CO2e/kg"), own("slab", 0.1, "kg CO2e/kg", "C3"), own("rack", 1000.0),
               own("rack", 100.0, module="C3")]  # fmt: skip
    rows = {"construction": [line(factor="slab")], "hardware": [line("Hardware", factor="rack", service_life=3.0)]}
    return make(**{"years": 6, "factors": factors, **rows, **of})


@pytest.mark.parametrize(
    ("of", "heading", "column", "note"),
    [
        ({"replacement_rule": "whole"}, "Purchases and end of life by year", "Scrapped, C1–C4",
         "Each thing stands in the year it is bought and in the year it goes"),
        ({"replacement_rule": "pro-rata"}, "Purchases by year, each with its end of life",
         "End of life of the set, C1–C4", "The year it goes has nothing of it."),
        ({}, "Purchases and end of life as they are booked, by year", "End of life, C1–C4",
         "IT hardware, pro rata, stands once, in the year a set is bought"),
    ],
)  # fmt: skip
def test_purchases_are_told_as_the_rule_in_force_books_them(
    of: dict[str, Any], heading: str, column: str, note: str
) -> None:
    study = hall_of(**of)
    text = said(study)
    assert f"{heading} " in text
    assert f"{column}, both bases, t CO₂e" in text
    assert note in text
    booked = {
        (row["module"], row["year"])
        for row in assess(study)["contributions"]
        if row["section"] == "hardware" and row["module"].startswith("C")
    }
    if of.get("replacement_rule") == "whole":  # the last set goes in the last year
        assert booked == {("C3", 2032)}
    else:  # pro rata: with the set in the first year
        assert booked == {("C3", 2027)}


def test_purchases_have_a_column_for_each_basis_only_where_they_differ() -> None:
    document = assess(hall_of())
    same = printed(document)
    assert "Replaced, B4, both bases, t CO₂e" in same
    assert "Replaced, B4, location, t CO₂e" not in same
    changed = copy.deepcopy(document)
    row = next(row for row in changed["contributions"] if row["module"] == "B4")
    row["market"] *= 2
    differ = printed(changed)
    assert "Replaced, B4, both bases, t CO₂e" not in differ
    for basis in ("location", "market"):
        assert f"Replaced, B4, {basis}, t CO₂e" in differ


def test_one_year_is_a_year() -> None:
    text = said(one_kwh(years=1, study_type="annual"))
    assert "Reference period 1 year " in text
    assert not re.search(r"\b1 years\b", text)
    assert "Reference period 26 years" in said(one_kwh())


def test_percent_is_said_once_where_the_value_has_it() -> None:
    text = printed(assess(shipped_example("kajaani")))
    assert "UPS efficiency at 25 % load 96 %" in text
    assert "load percent 96 %" not in text
