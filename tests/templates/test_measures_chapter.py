"""The chapter on measures and the plan: there only with measures, its numbers and charts those of the document."""

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pypdf
import pytest
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, KeepTogether

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from templates.catalogue import translations
from templates.report import Rendered, render
from templates.report.edition import Edition
from templates.report.fonts import register
from templates.report.markup import ACCENT
from templates.report.measure_charts import Step, levels
from templates.report.measures import costs, steps
from templates.report.plan_outlook import against
from templates.report.style import LEFT, LOCATION, MARKET, WIDTH
from tests.lca.test_measures import measure
from tests.lca.test_plan import MONEY, eur, many, per_year, three
from tests.lca.warm import mwh, warm
from tests.studies import contract, make, meter, shipped_example
from tests.templates.test_report import SAME, _agrees, _independent

TITLE = "Reduction measures and action plan"


def mixed() -> Study:
    """A certificate, less cooling with bounds, heat decided on, one without costs, one excluded, one too dear."""
    bought = contract(id="K9", type="certificate", share_percent=100.0)
    pumped = warm(id="Q9", cop=4.0, heat_pump="inside", displaced_excludes_this_heat="yes")
    todo = [
        measure("G", "contract", "K9", opex_per_year=per_year(1e3)),
        measure("B", "scale", "E2", value="0.5", min=0.4, max=0.7, capex=eur(1e5), lifetime=5.0, owner="utility"),
        measure("H", "heat", "Q9", capex=eur(1e5), decision="yes", indicator="Heat meter at the border"),
        measure("N", "scale", "E1", value="0.9"),
        measure("X", "scale", "E2", value="0.4", excludes=("B",), capex=eur(9e5)),
        measure("R", "scale", "E3", value="0.5", requires=("B",), capex=eur(3e5)),
        measure("D", "scale", "E3", value="0.4", capex=eur(9e6)),
    ]
    rows = [
        meter(id="E1", amount=mwh(7_000.0)),
        meter(id="E2", use="cooling", amount=mwh(700.0)),
        meter(id="E3", use="lighting", amount=mwh(90.0), scales_with="none"),
    ]
    limits: dict[str, Any] = {"plan_basis": "market", "plan_budget": eur(1e6), "grid_trajectory": "national"}
    return make(years=4, energy=rows, contracts=[bought], heat=[pumped], measures=todo, **MONEY, **limits)


@cache
def assessed(name: str) -> dict[str, Any]:
    """Results document of a study with measures."""
    studies: dict[str, Callable[[], Study]] = {
        "three": three,
        "missed": lambda: three(target_footprint=Quantity(600.0, "t CO2e")),
        "limited": lambda: three(target_percent=70.0, plan_budget=eur(1.3e6)),
        "pathway": lambda: many(target_pathway="1.5C"),
        "yearly": lambda: many(plan_yearly_budget=per_year(1e6), target_percent=20.0, target_year=2030),
        "mixed": mixed,
        "uncosted": lambda: replace(
            three(), measures=tuple(replace(row, capex=None) for row in three().measures)
        ),
        "kajaani": lambda: shipped_example("kajaani"),
    }  # fmt: skip
    return assess(studies[name]())


@cache
def rendered(name: str, language: str = "en") -> Rendered:
    """Render the report of such a study."""
    return render(assessed(name), language)


def said(report: Rendered) -> str:
    """Text of a report, with single spaces."""
    pages = pypdf.PdfReader(BytesIO(report.pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def chapter(report: Rendered, title: str, following: str) -> str:
    """Text of one chapter."""
    text = said(report)
    begin = text.rindex(f"5 {title}")
    return text[begin : text.index(following, begin)]


def drawings(flowables: list[Flowable]) -> list[Drawing]:
    """Charts among flowables, those that are kept together among them."""
    found = []
    for each in flowables:
        if isinstance(each, Drawing):
            found.append(each)
        elif isinstance(each, KeepTogether):
            found += drawings(vars(each)["_content"])  # ReportLab shows it nowhere else
    return found


def rects(drawing: Drawing, *colours: str) -> list[Rect]:
    """Rectangles of some colours in a drawing."""
    wanted = [HexColor(colour) for colour in colours]
    return [shape for shape in drawing.contents if isinstance(shape, Rect) and shape.fillColor in wanted]


def test_a_study_without_measures_has_no_such_chapter() -> None:
    report = render(assess(make(energy=[meter()])))
    outline = pypdf.PdfReader(BytesIO(report.pdf)).outline
    chapters = [getattr(entry, "title", "") for entry in outline if not isinstance(entry, list)]
    assert [title[0] for title in chapters] == list("123456789")
    assert TITLE not in said(report)
    assert not [path for _, path in report.printed if path.startswith("measures/")]


def test_the_chapter_tells_effects_costs_plan_and_what_is_left_out() -> None:
    text = chapter(rendered("mixed"), TITLE, "6 Inventory")
    for part in (
        "What each measure avoids",
        "From the footprint without measures",
        "What each measure costs alone",
        "What a tonne costs, market-based",
        "Action plan",
        "What is done",
        "What shows that it is done and that it works",
        "Capital by year",
        "What is left out, and why",
        "Operation by year, modules B",
        "Whether the plan stays right",
    ):
        assert part in text, part
    assert "never the sum of what they avoid alone" in text
    assert "More tonnes or more money" not in text  # what is decided on has no price
    assert "More tonnes or more money" in chapter(rendered("three"), TITLE, "6 Inventory")
    assert "excludes X" in text
    assert "requires B" in text
    assert "Heat meter at the border" in text
    assert "Its cost is not told; missing: its costs" in text
    assert "Excluded by X" in text
    assert "Not within the budget together with the plan" in text
    assert "not told: the cost of H is not known" in text
    assert "It is not a supply curve" in text


@pytest.mark.parametrize("name", ["three", "missed", "limited", "pathway", "yearly", "mixed", "uncosted", "kajaani"])
def test_every_number_of_the_chapter_is_in_the_document_and_on_the_pages(name: str) -> None:
    report, document = rendered(name), assessed(name)
    told = [(text, path) for text, path in report.printed if "measures/" in path]
    assert len(told) > 20
    text_of = said(report)
    for text, path in told:
        assert _agrees(text, _independent(document, path)), (text, path)
        assert text in text_of, (text, path)


def test_the_ends_of_the_waterfall_meet_the_footprints() -> None:
    document = assessed("mixed")
    plan = document["measures"]["plan"]
    register()
    drawing = drawings(steps(Edition.of(document, "en")))[0]
    for basis, colour in (("location", LOCATION), ("market", MARKET)):
        first, last = rects(drawing, colour)
        whole = document["totals"][basis]["total"]
        assert last.width / first.width == pytest.approx(plan["after"][basis] / whole)
        rows = [Step("", {basis: whole}, {}, True), *(Step("", {basis: step[basis]}, {}) for step in plan["steps"])]
        assert levels(rows, basis)[-1][1] == pytest.approx(plan["after"][basis])


def test_only_what_costs_something_is_in_the_curve() -> None:
    document = copy.deepcopy(assessed("three"))
    measures = document["measures"]["measures"]
    measures[1]["cost"] |= {"yearly": -5.0, "npv": 4.0, "per_tonne": {"location": None, "market": None}}
    register()
    edition = Edition.of(document, "en")
    drawing = drawings(costs(edition))[0]
    columns = rects(drawing, ACCENT)
    assert len(columns) == 2
    first, second = sorted(columns, key=lambda rect: float(rect.x))
    cheap, dear = sorted(
        (row for row in measures if row["cost"]["per_tonne"]["location"]),
        key=lambda row: float(row["cost"]["per_tonne"]["location"]),
    )
    assert second.height / first.height == pytest.approx(
        dear["cost"]["per_tonne"]["location"] / cheap["cost"]["per_tonne"]["location"]
    )
    assert (second.width + 0.6) / (first.width + 0.6) == pytest.approx(
        dear["alone"]["location"] / cheap["alone"]["location"]
    )
    text = said(render(document))
    assert "Costs nothing or less" in text
    assert "Taylor 2012, Energy Policy 48, 430" in text
    assert not [path for _, path in edition.figures.printed if path.startswith("measures/measures/1/cost/per_tonne")]


def test_that_no_set_reaches_the_target_is_proved_with_what_is_needed() -> None:
    missed, limited = said(rendered("missed")), said(rendered("limited"))
    assert "None of the 8 sets reaches it, whatever it costs; the nearest misses it by 266 t CO₂e." in missed
    assert "At least 9,200,000 EUR of first purchases are needed to reach it." in limited
    assert "The target is not reached. See the chapter Reduction measures and action plan." in missed


def test_the_first_page_has_a_line_on_the_plan() -> None:
    page = pypdf.PdfReader(BytesIO(rendered("yearly").pdf)).pages[0]
    text = " ".join(page.extract_text().split())
    assert "Plan. 2 of 3 measures avoid 812 t CO₂e (23 %) location-based" in text
    assert "The target is reached." in text
    assert "Plan." not in said(rendered("uncosted"))


def test_what_the_target_allows_stands_beside_what_the_plan_emits() -> None:
    text = said(rendered("yearly"))
    assert "Operation 20 % below 2027, at most 285 t CO₂e a year from 2030 on" in text
    assert re.search(r"2029 356\.0 [\d.,]+ 272\.0 [\d.,]+ –", text)  # noqa: RUF001 - a dash
    assert re.search(r"2030 356\.0 [\d.,]+ 272\.0 [\d.,]+ 284\.8", text)


def test_worlds_in_which_a_measure_is_not_right_are_named_by_what_they_share() -> None:
    edition = Edition.of(assessed("mixed"), "en")
    worlds = [
        {"trajectory": trajectory, "rule": "whole", "basis": basis, "heat": heat}
        for trajectory in ("constant", "exponential")
        for basis in ("location", "market")
        for heat in ("H0", "H1")
    ]
    chosen = {
        "all worlds": range(8),
        "Location-based": [0, 1, 4, 5],
        "Location-based; H0 Cut-off": [0, 4],
        "H0 Cut-off: 3 of 4 such worlds": [0, 2, 4],
    }
    for expected, places in chosen.items():
        assert against(edition, worlds, list(places)) == expected


def test_what_a_user_typed_of_a_measure_is_printed_as_it_is() -> None:
    typed = "M/1?&<b>"
    rows = tuple(replace(row, id=typed) if row.id == "A" else row for row in three().measures)
    rows = (replace(rows[0], measure='<img src="x"/>'), *rows[1:])
    document = assess(replace(three(plan_budget=eur(1.2e6)), measures=rows))
    assert typed in document["measures"]["plan"]["left_out"]
    text = said(render(document))
    assert text.count(typed) >= 4
    assert '<img src="x"/>' in text


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", ["limited", "mixed", "pathway", "uncosted"])
def test_the_chapter_speaks_the_language(language: str, name: str) -> None:
    known = translations(language)
    following = {"fi": "6 Inventaario", "sv": "6 Inventering"}[language]
    text = chapter(rendered(name, language), known[TITLE], following).replace("Energy Policy", "")  # a journal
    found = [
        english
        for english, word in known.items()
        if english != word and len(english) > 3 and "{" not in english and english not in SAME
        and re.search(rf"(?<![\w-]){re.escape(english)}(?![\w-])", text)
    ]  # fmt: skip
    assert found == []


def beyond(report: Rendered) -> list[str]:
    """Texts that begin outside the margins; those in forms have coordinates of their own."""
    found: list[str] = []

    def look(text: str, user: list[float], matrix: list[float], *_: object) -> None:
        x = user[4] + matrix[4]
        if text.strip() and x > 1 and not LEFT - 1 <= x <= LEFT + WIDTH + 1:
            found.append(text)

    for page in pypdf.PdfReader(BytesIO(report.pdf)).pages:
        page.extract_text(visitor_text=look)
    return found


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_forty_two_measures_with_long_names_fit(language: str) -> None:
    long = "Lämmöntalteenottojärjestelmän ja jäähdytyskoneikkojen uusiminen sekä ohjauksen optimointi, vaihe"
    todo = [
        replace(
            measure(
                f"M{i:02}", "scale", ("E1", "E2", "E3")[i % 3], value=str(0.99 - 0.01 * (i % 6)),
                capex=eur((1 + i % 5) * 1e6), opex_per_year=per_year((i % 7) * 2e4), lifetime=7.0 + i % 9,
            ),
            measure=f"{long} {i}",
        )
        for i in range(42)
    ]  # fmt: skip
    study = many(years=26, measures=todo, plant=(), plan_budget=eur(4e7), target_percent=20.0, target_year=2030)
    report = render(assess(study), language)
    text = said(report)
    assert all(text.count(f"M{i:02}") >= 3 for i in range(42))
    assert beyond(report) == []
