"""What chapters of the report say: words, names and tables, each with the study that shows it."""

from io import BytesIO
from typing import Any

import pypdf
import pytest

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from templates.report import render
from tests.studies import make, meter, shipped_example


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
    assert rows["ups", "N+1"]["location"] == pytest.approx(document["totals"]["location"]["total"])
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
