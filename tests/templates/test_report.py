"""The report prints what the results document holds, takes what a user typed as data, and repeats itself."""

import copy
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pypdf
import pytest
from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor

from inventories.values import Quantity
from lca.assess import assess
from templates.catalogue import translations
from templates.report import Rendered, render
from templates.report.charts import Axis, Bar, bars, columns, ticks
from templates.report.markup import CUT, clean, hyphenated
from templates.report.style import LEFT, SECTION_COLOURS, WIDTH
from tests.studies import contract, exclude, heat, line, make, meter, shipped_example

HOSTILE = ('<img src="x.png"/>', "<b>bold", "=cmd|' /C calc'!A0", "{facility} %s", "a & b < c")


@cache
def _assessed() -> dict[str, Any]:
    """Assess a hall with everything a page can show; water, refrigerants and maintenance are missing."""
    study = make(
        years=8,
        construction=[
            line(id="C1", item="Slab", amount=Quantity(90.0, "t"), evidence="Drawing 12"),
            line(id="C2", item="Beams", factor="glulam-fi", amount=Quantity(30.0, "t"), waste_percent=5.0),
        ],
        hardware=[line("Hardware", service_life=5.0, count=60)],
        energy=[meter(), meter(id="E2", use="cooling", amount=Quantity(150.0, "MWh"))],
        contracts=[contract(amount=Quantity(600.0, "MWh"), valid_to="2030")],
        heat=[heat()],
        exclusions=[exclude("B6.1", "energy")],
    )
    settings = replace(study.settings, title="Hall of tests", assessor="Ann Assessor", date="2026-11-03")
    return assess(replace(study, settings=settings))


@pytest.fixture
def document() -> dict[str, Any]:
    return copy.deepcopy(_assessed())


@cache
def _rendered() -> Rendered:
    return render(_assessed())


def _reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def _words(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


def _text(pdf: bytes) -> str:
    return " ".join(_words(page) for page in _reader(pdf).pages)


def _significant(value: float) -> str:
    """Three significant digits with grouping, for numbers of at least 1 and below a million."""
    digits = max(0, 2 - (len(str(int(abs(value)))) - 1))
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def test_both_totals_stand_on_the_first_page(document: dict[str, Any]) -> None:
    page = _words(_reader(_rendered().pdf).pages[0])
    for basis in ("location", "market"):
        assert f"{_significant(document['totals'][basis]['total'] / 1000)} t CO₂e" in page
    assert page.index("Location-based") < page.index("Market-based")


def test_the_first_page_names_what_is_missing(document: dict[str, Any]) -> None:
    page = _words(_reader(_rendered().pdf).pages[0])
    missing = sum(cell["state"] == "missing" for cell in document["coverage"]["cells"])
    assert f"Incomplete: {missing} cells of the coverage are missing." in page
    for said in ("Technical plant A1–A3", "Refrigerants B1, C1", "Water B7", "Facility B2"):
        assert said in page


def test_the_incomplete_mark_is_on_every_page_and_only_there_when_due(document: dict[str, Any]) -> None:
    assert all("incomplete" in _words(page).lower() for page in _reader(_rendered().pdf).pages)
    document["complete"] = True
    document["problems"] = []
    pages = _reader(render(document).pdf).pages
    assert "Coverage is complete." in _words(pages[0])
    assert not any("Incomplete" in _words(page) for page in pages)


def test_heat_stands_beside_the_footprint_with_its_claim_holder(document: dict[str, Any]) -> None:
    page = _words(_reader(_rendered().pdf).pages[0])
    credit = sum(row["location"] for row in document["outside"] if row["module"] == "D2")
    assert credit < 0
    assert "never subtracted" in page
    assert _significant(credit / 1000) + " t" in page
    assert "claimed by neighbour" in page


def _independent(document: Mapping[str, Any], path: str) -> float:
    """Evaluate a path by the rule of the documentation, without the code that printed it."""
    if " : " in path:
        part, _, whole = path.partition(" : ")
        return _independent(document, part) / _independent(document, whole)
    here: Any = document
    head, question, tail = path.partition("?")
    pieces = [head, tail.rpartition("/")[2]] if question else path.split("/")
    wanted = [pair.split("=", 1) for pair in tail.rpartition("/")[0].split("&")] if question else []
    for piece in pieces:
        if isinstance(here, list) and not piece.isdigit():
            kept = [r for r in here if all(str(r[key]) in map(unquote, value.split("|")) for key, value in wanted)]
            here = sum(row[piece] for row in kept)
        else:
            here = here[int(piece)] if isinstance(here, list) else here[piece]
    return float(here)


def _agrees(text: str, value: float) -> bool:
    """Whether a printed number is the value (kilograms, tonnes, percent or grams) rounded to the digits printed."""
    plain = text.replace(",", "").replace("\N{MINUS SIGN}", "-")
    whole, _, fraction = plain.partition(".")
    zeros = 0 if fraction else len(whole) - len(whole.rstrip("0"))
    half = 0.5 * 10.0 ** (zeros - len(fraction))
    return any(abs(float(plain) - value * scale) <= half * (1 + 1e-9) + 1e-12 for scale in (1.0, 1e-3, 100.0, 1e3))


def test_every_printed_number_is_found_again(document: dict[str, Any]) -> None:
    printed = _rendered().printed
    assert len(printed) > 200
    for text, path in printed:
        if text:
            assert _agrees(text, _independent(document, path)), (text, path)


def test_every_printed_number_is_on_the_pages() -> None:
    said = _text(_rendered().pdf)
    assert [pair for pair in _rendered().printed if pair[0] not in said] == []


def test_the_breakdowns_add_up_to_the_totals(document: dict[str, Any]) -> None:
    paths = [path for _, path in _rendered().printed]
    for key in ("module", "section", "scope"):
        values = {row[key] for row in document["contributions"]}
        for basis in ("location", "market"):
            found = {
                path
                for path in paths
                if path.startswith(f"contributions?{key}=") and path.endswith(f"/{basis}") and "&" not in path
            }
            assert len(found) == len(values)
            assert sum(_independent(document, path) for path in found) == pytest.approx(
                document["totals"][basis]["total"]
            )


def _fonts(pdf: bytes) -> Iterator[Any]:
    for page in _reader(pdf).pages:
        resources: Any = page["/Resources"]
        yield from (font.get_object() for font in resources["/Font"].values())


def test_every_font_is_an_embedded_subset() -> None:
    fonts = list(_fonts(_rendered().pdf))
    assert fonts
    for font in fonts:
        assert "+SourceSans3" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]
    assert b"Helvetica" not in _rendered().pdf


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_same_document_gives_the_same_bytes(document: dict[str, Any], language: str) -> None:
    assert render(document, language).pdf == render(json.loads(json.dumps(document)), language).pdf


def test_numbers_follow_the_language(document: dict[str, Any]) -> None:
    finnish = {path: text for text, path in render(document, "fi").printed}
    english = {path: text for text, path in _rendered().printed}
    path = "totals/market/total"
    assert finnish[path].replace("\N{NO-BREAK SPACE}", "").replace(",", ".") == english[path].replace(",", "")


def test_metadata_and_outline() -> None:
    reader = _reader(_rendered().pdf)
    catalogue: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Hall: Hall of tests"
    assert reader.metadata.author == "Ann Assessor"
    assert str(reader.metadata["/CreationDate"]) == str(reader.metadata["/ModDate"]) == "D:20261103000000Z"
    assert catalogue["/Lang"] == "en"
    chapters = [getattr(entry, "title", "")[:1] for entry in reader.outline if not isinstance(entry, list)]
    assert chapters == list("123456789")
    parts = [getattr(part, "title", "") for entry in reader.outline if isinstance(entry, list) for part in entry]
    assert {"By module", "By section", "By year", "Versions"} <= set(parts)
    assert f"Page 1 of {len(reader.pages)}" in _words(reader.pages[0])
    assert f"input {_assessed()['input_hash'][:12]}" in _words(reader.pages[-1])


def _attachment(pdf: bytes) -> Any:  # noqa: ANN401 - JSON
    return json.loads(_reader(pdf).attachments["study.json"][0])


def test_the_study_is_attached_as_data(document: dict[str, Any]) -> None:
    held = {key: document[key] for key in ("study", "choices", "input_hash")}
    raw = _reader(_rendered().pdf).attachments["study.json"][0]
    assert raw == json.dumps(held, sort_keys=True, ensure_ascii=False, indent=1).encode()
    catalogue: Any = _reader(_rendered().pdf).trailer["/Root"]
    assert catalogue["/AF"][0].get_object()["/AFRelationship"] == "/Data"


def test_a_public_attachment_leaves_out_names_and_evidence(document: dict[str, Any]) -> None:
    document["study"]["Study"] |= {"attach": "public", "commissioned_by": "City of Tests"}
    document["study"]["Construction"][0]["note"] = "internal"
    held = _attachment(render(document).pdf)
    assert "Ann Assessor" not in json.dumps(held)
    assert not {"City of Tests", "Drawing 12", "internal"} & set(map(str, _leaves(held)))
    assert held["study"]["Construction"][0]["amount"] == document["study"]["Construction"][0]["amount"]


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON
    match value:
        case dict():
            for item in value.values():
                yield from _leaves(item)
        case list():
            for item in value:
                yield from _leaves(item)
        case _:
            yield value


def test_nothing_is_attached_where_the_study_says_none(document: dict[str, Any]) -> None:
    document["study"]["Study"]["attach"] = "none"
    report = render(document).pdf
    assert "study.json" not in _reader(report).attachments
    assert "it is not attached" in _words(_reader(report).pages[0])


def _images(pdf: bytes) -> list[str]:
    found = []
    for page in _reader(pdf).pages:
        resources: Any = page["/Resources"]
        objects = resources.get("/XObject", {})
        found += [name for name in objects if objects[name]["/Subtype"] == "/Image"]
    return found


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_user_typed_is_printed_as_it_is(document: dict[str, Any], typed: str) -> None:
    document["study"]["Study"]["facility"] = typed
    document["study"]["Construction"][0] |= {"item": typed, "note": typed}
    for row in document["contributions"]:
        row["section"] = typed if row["section"] == "construction" else row["section"]
    for row in document["outside"]:
        row |= {"claim_holder": typed, "module": typed, "name": typed}
    report = render(document).pdf
    assert typed in _words(_reader(report).pages[0])
    assert _text(report).count(typed) > 4
    assert _images(report) == []


def test_a_glyph_the_font_lacks_is_marked() -> None:
    assert clean("Hall \N{ROCKET}\N{VARIATION SELECTOR-16} \N{CJK UNIFIED IDEOGRAPH-6F22}") == "Hall □ □"
    assert clean("äöå ŠšŽž Đđ Ŋŋ Ŧŧ ʒ ǯ CO₂ m³ €") == "äöå ŠšŽž Đđ Ŋŋ Ŧŧ ʒ ǯ CO₂ m³ €"


def _beyond(pdf: bytes) -> list[str]:
    """Texts that begin outside the margins; those in forms have coordinates of their own."""
    found: list[str] = []

    def look(text: str, user: list[float], matrix: list[float], *_: object) -> None:
        x = user[4] + matrix[4]
        if text.strip() and x > 1 and not LEFT - 1 <= x <= LEFT + WIDTH + 1:
            found.append(text)

    for page in _reader(pdf).pages:
        page.extract_text(visitor_text=look)
    return found


def test_huge_texts_wrap_or_are_cut_with_a_note(document: dict[str, Any]) -> None:
    word = "lämmöntalteenottojärjestelmäkokonaisuus"
    document["study"]["Study"] |= {"facility": word * 9, "title": word * 99, "purpose": word * 99}
    document["study"]["Construction"][0] |= {
        "item": "W" * 5000,
        "evidence": "long " * 2000,
        "note": word * 99,
    }
    document["study"]["Construction"] += [{**document["study"]["Construction"][0], "id": f"X{i}"} for i in range(60)]
    report = render(document).pdf
    assert "Footprint, modules A–C" in _words(_reader(report).pages[0])
    assert "1 What the footprint is made of" in _words(_reader(report).pages[1])
    assert _beyond(report) == []
    assert CUT in _text(report)
    assert "is cut; the results document holds all of it" in _text(report)


def test_empty_tables_and_a_bare_study(document: dict[str, Any]) -> None:
    for name in (
        "contributions",
        "outside",
        "heat_methods",
        "problems",
        "intensities",
        "choices",
        "kpi",
        "electricity",
    ):
        document[name] = []
    document["totals"] = {
        basis: dict.fromkeys(("total", "fossil", "biogenic", "land_use"), 0.0) for basis in ("location", "market")
    }
    plain = {
        "title": "T",
        "facility": "F",
        "study_type": "annual",
        "country": "FI",
        "start_year": 2027,
        "reference_period": 1,
    }
    document["study"] = {"Study": plain}
    document["passport"] = {
        "factors": [],
        "values": [],
        "properties": [],
        "sources": [],
        "gwp_sets": {},
        "split_not_stated": 0.0,
    }
    document["coverage"] = {"cells": [], "line_shares": [], "status_shares": {}, "value_kind_shares": {}}
    said = _text(render(document).pdf)
    for words in (
        "not dated",
        "the year 2027",
        "Nothing is counted",
        "This study states no such benefit",
        "None was found",
    ):
        assert words in said


def test_thirty_years_and_one(document: dict[str, Any]) -> None:
    template = next(row for row in document["contributions"] if row["section"] == "energy")
    document["study"]["Study"]["reference_period"] = 30
    document["contributions"] += [{**template, "year": year} for year in range(2035, 2057)]
    said = _text(render(document).pdf)
    assert "30 years, 2027–2056" in said
    for row in document["contributions"]:
        row["year"] = 2027
    document["study"]["Study"]["reference_period"] = 1
    assert "the year 2027" in _text(render(document).pdf)


def test_a_study_without_a_date_bears_its_start_year(document: dict[str, Any]) -> None:
    del document["study"]["Study"]["date"]
    reader = _reader(render(document).pdf)
    assert reader.metadata is not None
    assert str(reader.metadata["/CreationDate"]) == "D:20270101000000Z"
    assert "not dated" in _words(reader.pages[0])


def test_doubt_and_lack_of_evidence_are_said(document: dict[str, Any]) -> None:
    document["passport"]["factors"][0]["doubtful"] = "The range is odd."
    said = _text(render(document).pdf)
    assert "Doubtful: The range is odd." in said
    assert "No evidence stated" in said


@pytest.mark.parametrize(("low", "high"), [(0.0, 87.0), (3.0, 4.0), (-5.0, 12.0), (-7.0, -2.0), (0.0, 0.0), (0.0, 3e5)])
def test_an_axis_holds_zero_and_both_ends(low: float, high: float) -> None:
    found = ticks(low, high)
    assert 0.0 in found
    assert found[0] <= low
    assert found[-1] >= high


def _rects(drawing: Drawing) -> list[Rect]:
    """Bars and columns; what stands behind a label is white."""
    rects = [shape for shape in drawing.contents if isinstance(shape, Rect)]
    return [rect for rect in rects if rect.fillColor != HexColor("#FFFFFF")]


def test_every_bar_begins_at_zero_and_has_its_length() -> None:
    sizes = [10.0, 20.0, -5.0]
    rows = [Bar(str(size), {"location": [(size, "#000000")]}, {"location": ""}) for size in sizes]
    rects = _rects(bars(rows, {"location": "Location"}, "t", str))
    zero = rects[0].x
    assert rects[1].x == pytest.approx(zero)
    assert rects[2].x + rects[2].width == pytest.approx(zero)
    assert [rect.width / rects[0].width for rect in rects] == pytest.approx([1.0, 2.0, 0.5])


def test_columns_stack_from_zero() -> None:
    drawing = columns([2027], {"location": [[(2.0, "#000000"), (4.0, "#111111")]]}, {"location": "Location"}, "t", str)
    lower, upper = _rects(drawing)
    assert upper.y == pytest.approx(lower.y + lower.height)
    assert upper.height == pytest.approx(2 * lower.height)
    assert lower.y == pytest.approx(Axis(14.0, 100.0, [0.0, 6.0], str).at(0.0))


def test_neighbouring_section_colours_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = [grey(colour) for colour in SECTION_COLOURS.values()]
    assert all(abs(one - other) > 35 for one, other in zip(shades, shades[1:], strict=False))


def test_importing_the_package_loads_no_pdf_library() -> None:
    code = "import sys, templates.report; sys.exit(bool({'reportlab', 'pikepdf', 'babel'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _neutral(value: Any, keep: frozenset[str]) -> Any:  # noqa: ANN401 - JSON
    """A document in which every free text, of the user or of the library, says nothing."""
    match value:
        case dict():
            return {
                key: "Zz" if isinstance(item, str) and key in FREE else _neutral(item, keep)
                for key, item in value.items()
            }
        case list():
            return [_neutral(item, keep) for item in value]
        case _:
            return value


FREE = frozenset(
    [
        "title", "facility", "organisation", "commissioned_by", "assessor", "reviewer", "purpose", "municipality",
        "item", "evidence", "note", "meter", "locator", "publisher", "access", "licence", "doubtful", "what", "url",
        "service_unit", "element", "producer", "user", "back_up", "measure",
    ]
)  # fmt: skip
"""Keys of texts that are not Jälki's: typed by the user, or of the library, whose notes are in English."""

SAME = frozenset(["t CO₂e", "information", "Part", "lift", "heat", "Heat"])
"""Texts that differ in their blanks only, are a word of the other language as well, or stand in names of the lines."""


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", ["", "kajaani"])
def test_no_english_word_of_the_catalogue_stands_in_another_language(language: str, name: str) -> None:
    """Every text of the catalogue that has a translation of its own is absent as it is in English."""
    document = _neutral(_assessed() if not name else assess(shipped_example(name)), FREE)
    for row in document["passport"]["sources"]:
        row["title"] = "Zz"
    for row in document["passport"]["factors"]:
        row["name"], row["names"] = "Zz", {}
    for row in (*document["measures"]["measures"], *((document["measures"]["plan"] or {}).get("actions", ()))):
        row["name"] = "Zz"
    known = {name: str(word) for name, word in translations(language).items()}
    said = _text(render(document, language).pdf).replace("Energy Policy", "")  # a journal
    found = [
        english
        for english, word in known.items()
        if english != word and len(english) > 3 and "{" not in english and english not in SAME
        and re.search(rf"(?<![\w-]){re.escape(english)}(?![\w-])", said)
    ]  # fmt: skip
    assert found == []
    for sentence in ("library default of", "bridged by", "row of 20", "IT energy", "claimed by", "facility", "over 20"):
        assert sentence not in said, sentence


def test_long_words_of_headers_part_at_their_syllables() -> None:
    """A column of the coverage is narrower than its Finnish name: the word is hyphenated, never cut without one."""
    page = next(page for page in _reader(render(_assessed(), "fi").pdf).pages if "8 Kattavuus" in _words(page))
    said = page.extract_text()
    assert "Rakentamine\nn" not in said
    assert hyphenated("Jäähdytys") == "Jääh\N{SOFT HYPHEN}dy\N{SOFT HYPHEN}tys"
    assert hyphenated("https://x.fi/a") != ""
