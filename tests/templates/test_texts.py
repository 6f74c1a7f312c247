"""Texts and numbers of three languages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factors.problem_kinds import KINDS
from factors.problems import Problem
from templates.catalogue import LOCALE, compiled, gathered, template, translations, written
from templates.figures import Figures, find, where
from templates.texts import Texts, round_to


def test_the_template_of_the_catalogues_is_current() -> None:
    assert (LOCALE / "jalki.pot").read_bytes() == template(), "run python -m templates.catalogue"


def test_every_sentence_of_a_problem_is_in_the_catalogue() -> None:
    known = {message.id for message in gathered()}
    for kind in KINDS.values():
        for sentence in (kind.message, kind.cure, kind.expected):
            assert not sentence or sentence in known or "{" in sentence


@pytest.mark.parametrize(
    ("language", "number", "decimal"),
    [("en", "1,230,000", "1,234.5"), ("fi", "1 230 000", "1 234,5"), ("sv", "1 230 000", "1 234,5")],
)
def test_numbers_by_language(language: str, number: str, decimal: str) -> None:
    texts = Texts(language)
    assert texts.number(1_234_567.8, 3).replace("\N{NO-BREAK SPACE}", " ") == number
    assert texts.decimal(1234.5, 1).replace("\N{NO-BREAK SPACE}", " ") == decimal
    assert texts.decimal(-0.04, 1) == texts.decimal(0.0, 1)  # never a minus before zero


def test_dates_by_language() -> None:
    assert Texts("fi").date("2026-11-24") == "24. marraskuuta 2026"
    assert Texts("en").date("2026") == "2026"


@given(st.floats(1e-9, 1e12), st.integers(1, 6))
def test_significant_digits(value: float, digits: int) -> None:
    rounded, decimals = round_to(value, digits)
    assert abs(rounded - value) <= 0.5000001 * 10.0 ** -(digits - 1) * max(value, rounded)
    assert decimals >= 0


def test_a_problem_is_said_in_a_language() -> None:
    said = Problem("negative", "Energy", 0, "amount", "-3", {"column": "amount"}, "D2").as_json()
    assert Texts("en").problem(said, "message") == said["message"]


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_path_finds_the_rows_it_names(line: str, module: str) -> None:
    rows = [{"line": line, "module": module, "market": 2.0}, {"line": line + "x", "module": module, "market": 5.0}]
    path = where("contributions", "market", line=line, module=module)
    document = {"contributions": rows}
    assert find(document, path) == 2.0
    assert Figures(document, Texts()).value(path) == 2.0


@pytest.mark.parametrize(
    ("code", "values", "said"),
    [
        ("coverage-missing", {"module": "B6.1", "section": "energy"}, "Osa-alueella Energia kysytään moduulia B6.1"),
        ("unit-dimension", {"unit": "MWh", "dimension": "mass", "units": "kg"}, "MWh ei ole suureen massa yksikkö."),
    ],
)
def test_words_of_ours_inside_a_message_are_translated(code: str, values: dict[str, str], said: str) -> None:
    assert Texts("fi").problem(Problem(code, values=values).as_json(), "message").startswith(said)


PLACES = re.compile(r"{[^{}]*}")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated_with_its_places(language: str) -> None:
    known = translations(language)
    texts = [str(message.id) for message in gathered() if message.id]
    assert [text for text in texts if not known.get(text)] == []
    assert [text for text in texts if set(PLACES.findall(text)) != set(PLACES.findall(known[text]))] == []


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_catalogues_are_current(language: str) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    assert (folder / "jalki.po").read_bytes() == written(language), "run python -m templates.catalogue"
    assert (folder / "jalki.mo").read_bytes() == compiled(language), "run python -m templates.catalogue"


def test_a_language_speaks_itself() -> None:
    assert Texts("fi")("Note") == "Huomautus"
    assert Texts("sv")("Note") == "Anmärkning"
    assert Texts("en")("Note") == "Note"
