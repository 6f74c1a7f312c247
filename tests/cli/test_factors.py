"""``jalki factors`` as a person runs it: search, show, passport."""

import json
from pathlib import Path
from typing import Any

import pytest

from factors.library import library
from factors.units import parse_unit, ratio
from tests.cli.test_commands import jalki
from tests.inventories.books import SHEETS, changed, write

OWN = [
    ("id", "name", "module", "year", "value", "unit", "source"),
    ("old-slab", "Old slab", "A1-A3", 2001, 0.2, "kg CO2e/kg", "a book"),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sheets = {**changed(SHEETS, "Construction", "A3", "C2"), "Factors": OWN}
    for cell, value in (("B3", "Old slab"), ("C3", 50), ("D3", "t"), ("E3", "old-slab")):
        sheets = changed(sheets, "Construction", cell, value)
    return write(tmp_path_factory.mktemp("passport") / "study.xlsx", sheets)


def read(*arguments: object, cwd: Path) -> dict[str, Any]:
    done = jalki(*arguments, "--json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    assert document["schema_version"] == 1
    return document


def test_search_forgives_slips_and_prints_in_the_language(tmp_path: Path) -> None:
    found = jalki("factors", "search", "fjärvärme", "tammerfors", "--lang", "sv", cwd=tmp_path)
    head, row = found.stdout.splitlines()
    assert head.split() == ["Id", "Värde", "Enhet", "Modul", "och", "år", "Namn"]
    assert row.startswith("district-heat-tampere  0.094  kg CO2e/kWh  B6 2025 (2018–2030)")  # 2030 is a projection
    assert "Fjärrvärme, Tammerfors nät" in found.stdout
    assert "1 utsläppsfaktorer" in found.stderr


def test_search_filters_by_section_unit_and_place(tmp_path: Path) -> None:
    shelf = library()
    for option, value in (("--unit", "m3"), ("--place", "ch"), ("--section", "construction")):
        ids = {row["id"] for row in read("factors", "search", "betoni", option, value, cwd=tmp_path)["factors"]}
        assert ids, option
        for each in ids:
            row = shelf.factors[each][0]
            held = {
                "--unit": row.per.dimension == "volume" or any(shelf.joining(each)),
                "--place": row.geography == "CH",
                "--section": shelf.families[row.family].section == "construction",
            }
            assert held[option], each
    none = jalki("factors", "search", "betoni", "--section", "transport", cwd=tmp_path)
    assert (none.returncode, none.stdout) == (0, "")
    assert "nothing that passes the filters" in none.stderr


def test_a_search_without_answer_says_what_may_be_meant_on_standard_error(tmp_path: Path) -> None:
    done = jalki("factors", "search", "concrete-c30-38-fi", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    said = done.stderr.splitlines()
    assert said[:2] == ["nothing answers every word of 'concrete-c30-38-fi'", "did you mean:"]
    assert said[2].split()[0] == "concrete-c30-37-fi"
    told = read("factors", "search", "concrete-c30-38-fi", cwd=tmp_path)
    assert told.keys() == {"schema_version", "factors", "nearest"}
    assert told["factors"] == []
    assert told["nearest"] == [line.split()[0] for line in said[2:]]


@pytest.mark.parametrize("words", ["", "%", "*", "\N{FIRE}"])
def test_a_query_without_letters_needs_a_filter(tmp_path: Path, words: str) -> None:
    done = jalki("factors", "search", words, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no letter or digit" in done.stderr
    told = read("factors", "search", words, "--section", "water", cwd=tmp_path)
    shelf = library()
    expected = {each for each in shelf.factors if shelf.families[shelf.family(each)].section == "water"}
    assert {row["id"] for row in told["factors"]} == expected


def test_gases_stand_in_a_block_after_the_factors(tmp_path: Path) -> None:
    shown = jalki("factors", "search", "R134a", cwd=tmp_path).stdout
    factors, gases = shown.split("\n\n")
    assert factors.splitlines()[1].startswith("refrigerant-production-r134a-de")
    assert [line.split() for line in gases.splitlines()][1] == ["HFC-134a", "R-134a", "1530", "1300"]
    only = jalki("factors", "search", "R-513A", cwd=tmp_path)
    assert only.stdout.splitlines()[1].startswith("R-513A")
    assert "did you mean" not in only.stderr
    told = read("factors", "search", "propaani", cwd=tmp_path)
    assert [each["gas"] for each in told["gases"]] == ["R-290"]
    assert told["factors"]


@pytest.mark.parametrize("name", ["R-513A", "r513a"])
def test_show_prints_the_card_of_a_gas(tmp_path: Path, name: str) -> None:
    shown = jalki("factors", "show", name, cwd=tmp_path).stdout
    gas = library().gases["R-513A"]
    source = library().sources[gas.sources["AR6"]]
    for said in ("673.481 kg CO2e/kg", "572.56 kg CO2e/kg", "HFC-1234yf 56 %, HFC-134a 44 %", gas.note, gas.locator,
                 source.title, source.access, "derived"):  # fmt: skip
        assert said in shown, said
    told = read("factors", "show", name, cwd=tmp_path)
    assert {each["set"]: each["value"] for each in told["gwp"]} == gas.gwp
    assert {each["source"] for each in told["gwp"]} == told["sources"].keys()
    assert "R-134a" in jalki("factors", "show", "HFC-134A", cwd=tmp_path).stdout


@pytest.mark.parametrize("subject", ["equipment:chiller", "family:concrete", "FI"])
def test_show_prints_the_properties_of_what_is_no_factor(tmp_path: Path, subject: str) -> None:
    shown = jalki("factors", "show", subject.lower(), cwd=tmp_path).stdout
    told = read("factors", "show", subject, cwd=tmp_path)
    assert told["subject"] == subject
    assert [each["property"] for each in told["properties"]] == [row.property for row in library().properties[subject]]
    for row in library().properties[subject]:
        for said in (row.property, f"{row.value:.6g} {row.unit.label}", row.source, row.locator, row.note):
            assert said in shown, said


@pytest.mark.parametrize("name", ["ELECTRICITY-FI", " electricity-fi "])
def test_an_id_in_another_case_is_refused_with_itself_as_the_nearest(tmp_path: Path, name: str) -> None:
    done = jalki("factors", "show", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "nearest: electricity-fi" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "betoni", "--unit", "furlong"), "furlong"),
        (("search", "betoni", "--place", "Soumi"), "there is no place 'Soumi'; nearest: Suomi (FI)"),
        (("search", "betoni", "--section", "garden"), "no section 'garden'; known: construction"),
        (("show", "no-such-id"), "there is no factor no-such-id; nearest:"),
        (("passport", "nothing.xlsx"), "no file nothing.xlsx"),
    ],
)
def test_usage_ends_with_2(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = jalki("factors", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_show_prints_the_passport_of_a_factor(tmp_path: Path) -> None:
    shown = jalki("factors", "show", "window-wood-alu-triple-fi", "--lang", "fi", cwd=tmp_path).stdout
    row = library().factors["window-wood-alu-triple-fi"][0]
    source = library().sources[row.source]
    for said in (
        "Puu-alumiini-ikkuna", "Julkisivut ja ikkunat", "A1–A3 Tuotevaihe", "Fossiilinen 2.8, Biogeeninen -1.7",
        row.note, row.locator, source.publisher, source.title, source.url, source.licence, source.access,
        "luettu lähteestä",
        f"KYSEENALAINEN            {row.doubtful}",
        "specific_mass 43 kg/piece", "partition-glass-alu-fi",
    ):  # fmt: skip
        assert said in shown, said


def test_show_says_range_distribution_confidence_and_doubtful_alternatives(tmp_path: Path) -> None:
    shown = jalki("factors", "show", "concrete-c30-37-fi", cwd=tmp_path).stdout
    assert "0.09167–0.132, lognormal" in shown
    assert "×1.09" in shown  # C35/45: 0.12 / 0.11
    assert "from knowledge, not verified" in jalki("factors", "show", "rack-per-kg-proxy", cwd=tmp_path).stdout
    dell = jalki("factors", "show", "storage-ssd-per-tb", cwd=tmp_path).stdout
    marked = next(line for line in dell.splitlines() if "storage-ssd-per-tb-tannu" in line)
    assert marked.endswith("DOUBTFUL")


def test_show_as_json_carries_the_same_and_its_ratios_recompute(tmp_path: Path) -> None:
    told = read("factors", "show", "clt-fi", cwd=tmp_path)
    assert (told["family"], told["section"]) == ("timber", "construction")
    assert {each["source"] for each in told["factors"]} <= told["sources"].keys()
    assert {each["property"] for each in told["properties"]} >= {"density"}
    stands = {(row["module"], row["part"]): row for row in told["factors"] if row["current"]}
    assert told["alternatives"]
    for each in told["alternatives"]:
        row = stands[each["module"], each["part"]]
        assert each["instead_of"]["year"] == row["year"]
        theirs, own = (of["value"] - (of["biogenic"] or 0.0) for of in (each, row))
        expected = theirs * ratio(parse_unit(each["unit"]), parse_unit(row["unit"])) / own
        assert each["ratio"] == pytest.approx(expected)
    assert any(each["doubtful"] for each in told["alternatives"])


def test_show_prints_one_row_of_a_series_in_full_and_its_other_years_in_lines(tmp_path: Path) -> None:
    shown = jalki("factors", "show", "electricity-fi", cwd=tmp_path).stdout
    years = {row.year for row in library().factors["electricity-fi"]}
    assert shown.count("Other years:") == 2
    for year in years - {2024}:
        assert shown.count(f"    {year}  ") == 2
    assert "B6 Operational energy; Direct: in the power plants or on site" in shown


def test_passport_prints_rows_by_share_flags_and_a_summary(study: Path, tmp_path: Path) -> None:
    done = jalki("factors", "passport", study, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    told = read("factors", "passport", study, cwd=tmp_path)
    rows = told["factors"]
    assert [line.split()[0] for line in lines[1 : len(rows) + 1]] == [row["id"] for row in rows]
    for basis in ("location", "market"):
        assert sum(row["share"][basis] for row in rows) == pytest.approx(1.0)
    slab = next(line for line in lines if line.startswith("old-slab"))
    assert slab.endswith("stale, own")
    assert "Properties nobody typed" in lines
    assert "Values nobody typed" in lines
    stale = next(row["share"] for row in rows if row["id"] == "old-slab")
    assert lines[-1].startswith(f"{len(rows)} rows; share of the footprint")
    assert lines[-1].endswith(f"stale {100 * stale['location']:.1f} / {100 * stale['market']:.1f} %")
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_with_errors_ends_the_passport_as_it_ends_an_assessment(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.xlsx", changed(SHEETS, "Construction", "D2", "kWh"))
    for more in ((), ("--json",)):
        one, other = (jalki(*command, path, *more, cwd=tmp_path) for command in (("assess",), ("factors", "passport")))
        assert one.returncode == other.returncode == 3
        assert (one.stdout, one.stderr) == (other.stdout, other.stderr)
    absent = write(tmp_path / "nz.xlsx", changed(SHEETS, "Study", "B5", "NZ"))
    assert jalki("factors", "passport", absent, cwd=tmp_path).returncode == 4
