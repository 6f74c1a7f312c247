"""The search: words in three languages, as typed and mistyped, filters, order, and how little it costs elsewhere."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factors.index import fold, index
from factors.library import SECTIONS, Library, library
from factors.model import Factor
from factors.places import PlaceError, place_named
from factors.search import almost, dimension, gases, nearest, search
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


def test_as_typed_leaves_slips_out_and_doubtful_ranks_after_its_equals() -> None:
    names = {"a": "Stell plate", "b": "Steel plate", "c": "Steel plate", "d": "Plate of stainless-steel", "e": "Wood"}
    shelf = shelf_of(factor("a"), factor("b", doubtful="why"), factor("c"), factor("d"), factor("e"), names=names)
    assert search(shelf, "steel") == ["c", "d", "b"]
    assert search(shelf, "stell") == ["a"]
    assert search(shelf, "steeel") == ["c", "d", "b"]


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


def bridged(factor_id: str, unit: str) -> bool:
    try:
        library().bridge(factor_id, parse_unit(unit))
    except UnitError:
        return False
    return True


@pytest.mark.parametrize(
    ("unit", "kind", "typed"),
    [
        ("m3", "volume", "m3"),
        ("l", "volume", "l"),
        ("tn", "mass", "t"),
        ("mass", "mass", "kg"),
        ("kWh", "energy", "kWh"),
    ],
)
def test_unit_keeps_what_a_line_in_it_can_use(unit: str, kind: str, typed: str) -> None:
    shelf = library()
    expected = {each for each in shelf.factors if bridged(each, typed)}
    alike = {each for each, its_rows in shelf.factors.items() if its_rows[0].per.dimension == kind}
    assert alike < expected
    assert set(search(shelf, "", unit=unit)) == expected
    assert dimension(unit) == kind


def test_concrete_by_mass_is_offered_to_a_line_in_cubic_metres() -> None:
    found = search(library(), "betoni", unit="m3")
    assert found[0] == "concrete-c30-37-fi"
    assert search(library(), "betoni", unit="kWh") == []


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


@pytest.mark.parametrize("place", ["FI", "fi", "Suomi", "suomi", "Finland", " finland "])
def test_a_country_may_be_named(place: str) -> None:
    assert search(library(), "", place=place) == search(library(), "", place="FI")


@pytest.mark.parametrize(
    ("text", "geography"),
    [
        ("Tanska", "DK"), ("Danmark", "DK"), ("Storbritannien", "GB"), ("UK", "GB"), ("maailma", "World"),
        ("Europa", "Europe"), ("EU", "EU"), ("Oulu", "FI-Oulu"), ("fi-tampere", "FI-Tampere"), ("Uusi-Seelanti", "NZ"),
    ],
)  # fmt: skip
def test_places_by_name(text: str, geography: str) -> None:
    assert place_named(library(), text) == geography


def test_an_unknown_place_is_refused_with_a_hint() -> None:
    with pytest.raises(PlaceError, match=r"no place 'Soumi'; nearest: Suomi \(FI\)"):
        search(library(), "betoni", place="Soumi")
    with pytest.raises(PlaceError):
        search(library(), "kaukolämpö", place="F")


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
    assume(not any(known.startswith(changed) for known in index(library()).words))  # else it is no slip
    assert factor_id in search(library(), changed)


def test_nearest_is_by_id_and_by_name_of_any_language() -> None:
    shelf = library()
    assert nearest(shelf, "concrete-c30-37")[0] == "concrete-c30-37-fi"
    assert nearest(shelf, "Valmisbetoni C3O/37", 1) == ["concrete-c30-37-fi"]
    assert nearest(shelf, "El, Finland, residualmx", 1) == ["electricity-fi-residual-mix"]
    assert len(nearest(shelf, "q", 5)) == len(set(nearest(shelf, "q", 5))) == 5


def test_an_exact_name_or_id_is_the_nearest() -> None:
    shelf = library()
    for factor_id in shelf.factors:
        assert nearest(shelf, f"  {factor_id.upper()} ", 1) == [factor_id]
        for name in shelf.names[factor_id].values():
            called = {each for each in shelf.factors if fold(name) in map(fold, shelf.names[each].values())}
            assert set(nearest(shelf, name.upper(), len(called))) == called


def test_what_has_no_letter_does_not_disturb_the_others() -> None:
    assert search(library(), "betoni %") == search(library(), "betoni")


def test_almost_answers_the_most_words() -> None:
    assert almost(library(), "betoni qqqqqqqq", count=1) == ["concrete-c30-37-fi"]
    assert almost(library(), "qqqqqqqq", count=3) == nearest(library(), "qqqqqqqq", 3)


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


FIRST = {
    "transport-road": "rekka kuorma-auto ajoneuvoyhdistelmä täysperävaunu lastbil långtradare truck lorry "
    "kuljetus transport",
    "transport-sea": "laiva ship fartyg",
    "rebar": "raudoitus raudoitusteräs harjateräs terästanko reinforcement rebar armering teräs steel stål",
    "steel": "teräsrunko rakenneteräs teräspalkki stålstomme structural_steel",
    "genset": "aggregaatti varavoima generaattori dieselgeneraattori backup_power genset reservkraft reservkraftverk",
    "battery-li-ion": "litiumakku",
    "battery-vrla": "akku battery ackumulator batteri lyijyakku UPS_akku UPS-akku",
    "chiller": "jäähdytyskoneikko vedenjäähdytin vedenjäähdytyskone kylmäkone chiller water_chiller kylmaskin "
    "vätskekylare isvattenmaskin",
    "dry-cooler": "lauhdutin kuivajäähdytin nestejäähdytin dry_cooler kylmedelkylare",
    "crah": "CRAH CRAC konesalijäähdytin",
    "ups": "UPS UPS-laite avbrottsfri",
    "district-heat": "hukkalämpö kaukolämpö kaukolämpö_suomi district_heat district_heating fjärrvärme",
    "operational-waste": "energiajäte sekajäte blandavfall blandat_avfall restavfall mixed_waste",
    "end-of-life-electronics": "sähköromu SER WEEE elektroniikkaromu",
    "water": "vesi water vatten vesijohtovesi talousvesi dricksvatten jätevesi viemäri sewage waste_water avlopp",
    "grid": "sähkö electricity el elektricitet verkkosähkö häviöt losses förluster electricity_finland suomen_sähkö "
    "el_Finland",
    "cable": "kuparikaapeli copper_cable kopparkabel kaapeli",
    "fuel": "lämmitysöljy polttoöljy heating_oil eldningsolja propane propaani nestekaasu LPG HVO biodiesel FAME",
    "screening": "seulonta screening karkea_arvio",
    "server": "palvelin server",
    "network": "kytkin switch reititin",
    "storage-hdd": "levy tallennus storage",
    "storage-array": "levyjärjestelmä",
    "transformer": "muuntaja transformer",
    "switchgear": "keskus pääkeskus switchboard",
    "concrete": "betoni betong concrete",
    "timber": "puu wood",
    "insulation-foam": "eriste insulation",
    "board": "kipsilevy",
    "floor": "lattia asennuslattia raised_floor korotettu_lattia",
    "door": "ovi",
    "heat-pump": "maalämpö lämpöpumppu",
    "district-cooling": "kaukokylmä",
    "generation": "PPA tuulivoima tuulisähkö vindkraft alkuperätakuu",
    "residual-mix": "residual_mix jäännösjakauma",
    "aggregate": "grus",
}
"""Everyday words, and the family of the first factor they find."""


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize("family", FIRST)
def test_everyday_words_find_what_is_meant(family: str, language: str) -> None:
    shelf = library()
    for word in FIRST[family].split():
        assert shelf.family(search(shelf, word.replace("_", " "), language=language)[0]) == family, word


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("betoni", "concrete-c30-37-fi"),
        ("betong", "concrete-c30-37-fi"),
        ("concrete", "concrete-c30-37-fi"),
        ("concrete Germany", "concrete-ready-mix-c20-25-de"),
        ("electricity finland", "electricity-fi"),
        ("suomen sähkö", "electricity-fi"),
        ("el Finland", "electricity-fi"),
        ("sähkö Ruotsi", "electricity-se"),
        ("kaukolämpö suomi", "district-heat-fi-energy-method"),
        ("district heat", "district-heat-fi-energy-method"),
        ("maalämpö", "heat-pump-1mw-per-kw"),
        ("vesijohtovesi", "water-supply-gb"),
        ("jätevesi", "waste-water-treatment-gb"),
        ("kytkin", "network-switch-48p"),
        ("switch", "network-switch-48p"),
        ("heating oil", "fuel-gas-oil-gb"),
        ("propane", "fuel-lpg-gb"),
        ("HVO", "fuel-hvo-gb"),
    ],
)
def test_the_thing_itself_comes_first(words: str, first: str, language: str) -> None:
    assert search(library(), words, language=language)[0] == first


def test_finland_then_europe_then_others() -> None:
    shelf = library()
    places = [shelf.factors[each][0].geography for each in search(shelf, "sähkö", limit=40)]
    assert places[:4] == ["FI", "FI", "FI", "EU"]
    heat = search(shelf, "kaukolämpö")
    boilers = [place for place, each in enumerate(heat) if "boiler" in each]
    networks = [
        place
        for place, each in enumerate(heat)
        if each in ("district-heat-tampere", "district-heat-oulu-energy-method")
    ]
    averages = [
        place
        for place, each in enumerate(heat)
        if each in ("district-heat-fi-energy-method", "district-heat-fi-finnish-energy")
    ]
    assert max(averages) < min(networks) < min(boilers)
    roads = search(shelf, "truck")
    assert not any("earthmoving" in each for each in roads[: len(roads) - 2])


@pytest.mark.parametrize(
    ("words", "section"),
    [("kuljetus", "energy"), ("transport", "heat"), ("cooling", "energy"), ("sekajäte", "hardware"),
     ("blandat avfall", "hardware"), ("grus", "hardware"), ("fame", "construction")],
)  # fmt: skip
def test_a_word_that_exists_is_no_slip_of_another(words: str, section: str) -> None:
    shelf = library()
    found = search(shelf, words)
    assert found
    assert section not in {shelf.families[shelf.family(each)].section for each in found}


def test_ups_batteries_are_found_with_the_electronics() -> None:
    shelf = library()
    families = {shelf.family(each) for each in search(shelf, "UPS akku")}
    assert families == {"ups", "battery-vrla", "battery-li-ion"}


def test_search_words_of_a_family_are_said_of_some_of_its_ids_and_print_nowhere() -> None:
    shelf = library()
    assert search(shelf, "propaani") == ["fuel-lpg-gb", "fuel-lpg-ipcc"]
    assert all("@" not in name for family in shelf.families.values() for name in family.names.values())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("R-513A", ["R-513A"]),
        ("r513a", ["R-513A"]),
        ("R134a", ["HFC-134a"]),
        ("propaani", ["R-290"]),
        ("köldmedium r-410a", ["R-410A"]),
        ("betoni", []),
        ("", []),
        ("%", []),
    ],
)
def test_gases_by_number_and_by_name(words: str, found: list[str]) -> None:
    assert gases(library(), words) == found
