"""The search: words in three languages, as typed and mistyped, filters, order, and how little it costs elsewhere."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factors.library import SECTIONS, Factor, Library, library
from factors.search import dimension, fold, index, nearest, search
from factors.units import UnitError, parse_unit

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("disel", "fuel-diesel-mineral-gb"),
        ("coper wire", "copper-wire-fi"),
        ("tranformer dry", "transformer-12kv-per-kg"),
        ("chiler", "chiller-per-kg"),
        ("betni", "concrete-average-gb"),
        ("terästanko", "rebar-steel-fi"),
        ("terastanko", "rebar-steel-fi"),
        ("teräs-tanko", "rebar-steel-fi"),
        ("harjaterästanko", "rebar-steel-fi"),
        ("jännösjakauma", "electricity-fi-residual-mix"),
        ("lyijyaku", "battery-lead-acid-per-kg"),
        ("liimpuu", "glulam-fi"),
        ("fjärvärme tammerfors", "district-heat-tampere"),
        ("residualmx", "electricity-fi-residual-mix"),
        ("armeringståhl", "rebar-steel-fi"),
        ("köldmedum r410a", "refrigerant-production-r410a-dk"),
    ],
)
def test_a_slip_of_the_pen_finds_what_is_meant(words: str, first: str) -> None:
    assert search(library(), words)[0] == first


@pytest.mark.parametrize(
    "words", ["lämpöpummpu", "lampopummpu", "värmepunp", "värmpump", "heatpump", "heat-pump", "HEAT PUMP"]
)
def test_heat_pumps_are_found_however_they_are_written(words: str) -> None:
    shelf = library()
    pumps = {each for each in shelf.factors if shelf.family(each) == "heat-pump"}
    assert set(search(shelf, words, limit=len(pumps))) == pumps


@pytest.mark.parametrize("words", ["fjarvarme", "fjärvärme", "Fjärrvärme", "fjarrvarme", "kaukolämpö", "kaukolampo"])
def test_district_heat_is_found_with_and_without_dots(words: str) -> None:
    shelf = library()
    assert {shelf.family(each) for each in search(shelf, words, limit=10)} == {"district-heat"}


@pytest.mark.parametrize("words", ["R-410A", "r410a", "r 410a"])
def test_hyphens_do_not_matter(words: str) -> None:
    assert search(library(), words) == ["refrigerant-production-r410a-dk", "refrigerant-production-r410a-de"]


def test_words_with_digits_and_short_words_are_taken_as_typed() -> None:
    shelf = library()
    assert search(shelf, "dn50") == ["dh-pipe-preinsulated-dn50"]  # not DN80, one letter away
    assert search(shelf, "r411a") == []
    assert {shelf.family(each) for each in search(shelf, "ups")} == {"ups"}
    assert search(shelf, "usp") == []


def test_every_word_must_be_found() -> None:
    shelf = library()
    both = set(search(shelf, "kevyt polttoöljy"))
    assert both == set(search(shelf, "kevyt")) & set(search(shelf, "polttoöljy"))
    assert "fuel-gas-oil-gb" in both
    assert search(shelf, "kevyt qqqqqqqq") == []


def test_a_whole_id_comes_first_and_all_words_none_give_all() -> None:
    shelf = library()
    for factor_id in ("concrete-c30-37-fi", "server-dell-r740", "electricity-fi"):
        assert search(shelf, factor_id)[0] == factor_id
    assert set(search(shelf, "")) == set(shelf.factors)
    assert len(search(shelf, "", limit=7)) == 7


def factor(factor_id: str, **of: Any) -> Factor:
    return Factor(
        id=factor_id, module="A1-A3", part="", year=2020, value=1.0, unit=parse_unit("kg CO2e/kg"), source="x", **of
    )


def shelf_of(*factors: Factor, names: dict[str, str]) -> Library:
    return replace(
        library(),
        factors={row.id: (row,) for row in factors},
        names={key: {"en": name} for key, name in names.items()},
        families={},
    )


def test_as_typed_ranks_before_a_slip_and_doubtful_after_its_equals() -> None:
    names = {"a": "Stell plate", "b": "Steel plate", "c": "Steel plate", "d": "Plate of stainless-steel", "e": "Wood"}
    shelf = shelf_of(factor("a"), factor("b", doubtful="why"), factor("c"), factor("d"), factor("e"), names=names)
    assert search(shelf, "steel") == ["c", "d", "b", "a"]
    assert search(shelf, "stell") == ["a", "c", "d", "b"]


def test_the_language_of_the_reader_ranks_among_equals() -> None:
    one, other = factor("x-one"), factor("x-two")
    shelf = replace(
        library(),
        factors={"x-one": (one,), "x-two": (other,)},
        names={"x-one": {"fi": "Muovi", "sv": "Annat"}, "x-two": {"fi": "Toinen", "sv": "Muovi"}},
    )
    assert search(shelf, "muovi", language="fi") == ["x-one", "x-two"]
    assert search(shelf, "muovi", language="sv") == ["x-two", "x-one"]


@pytest.mark.parametrize("section", SECTIONS)
def test_section_keeps_the_families_of_a_section(section: str) -> None:
    shelf = library()
    expected = {each for each in shelf.factors if shelf.families[shelf.family(each)].section == section}
    assert expected
    assert set(search(shelf, "", section=section)) == expected


@pytest.mark.parametrize(("unit", "kind"), [("m3", "volume"), ("l", "volume"), ("tn", "mass"), ("mass", "mass")])
def test_unit_keeps_what_it_converts_to(unit: str, kind: str) -> None:
    shelf = library()
    expected = {each for each, its_rows in shelf.factors.items() if its_rows[0].per.dimension == kind}
    assert expected
    assert set(search(shelf, "", unit=unit)) == expected
    assert dimension(unit) == kind


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnitError):
        search(library(), "betoni", unit="furlong")


def test_place_is_a_country_with_its_networks() -> None:
    shelf = library()
    found = search(shelf, "kaukolämpö", place="fi")
    assert "district-heat-tampere" in found
    assert {row.geography.partition("-")[0] for each in found for row in shelf.factors[each]} == {"FI"}
    assert set(search(shelf, "", place="FI-Oulu")) == {
        each for each, its_rows in shelf.factors.items() if any(row.geography == "FI-Oulu" for row in its_rows)
    }
    assert search(shelf, "kaukolämpö", place="F") == []


@given(
    st.sampled_from(sorted(library().factors)), st.sampled_from(("en", "fi", "sv")), st.integers(0, 99), st.booleans()
)
def test_a_name_with_one_letter_too_few_still_finds_its_factor(
    factor_id: str, language: str, position: int, drop: bool
) -> None:
    words = fold(library().name(factor_id, language)).split()
    longest = max((word for word in words if word.isalpha()), key=len, default="")
    if len(longest) < 6:
        return
    at = 1 + position % (len(longest) - 1)
    changed = longest[:at] + longest[at + 1 :] if drop else longest[:at] + longest[at] + longest[at:]
    assert factor_id in search(library(), changed)


def test_nearest_is_by_id_and_by_name_of_any_language() -> None:
    shelf = library()
    assert nearest(shelf, "concrete-c30-37")[0] == "concrete-c30-37-fi"
    assert nearest(shelf, "Valmisbetoni C3O/37", 1) == ["concrete-c30-37-fi"]
    assert nearest(shelf, "El, Finland, residualmx", 1) == ["electricity-fi-residual-mix"]
    assert len(nearest(shelf, "q", 5)) == len(set(nearest(shelf, "q", 5))) == 5


def test_a_library_with_own_factors_has_an_index_of_its_own() -> None:
    shelf = library()
    assert search(shelf, "zirconium") == []
    richer = shelf.with_own([factor("zirconium-plate", family="metal")], {"zirconium-plate": "Zirconium plate"})
    assert search(richer, "zircnium") == ["zirconium-plate"]
    assert search(shelf, "zirconium") == []


def test_a_library_is_folded_once() -> None:
    shelf = library()
    assert index(shelf) is index(shelf)
    assert index(replace(shelf)) is not index(shelf)


def test_what_does_not_search_does_not_load_the_matcher(tmp_path: Path) -> None:
    code = (
        "import sys\nimport factors.search, inventories.reader, lca.assess, cli.main\nprint('rapidfuzz' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
