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
    assert found.stdout.startswith("district-heat-tampere")
    assert "Fjärrvärme, Tammerfors nät" in found.stdout
    assert "1 factors" in found.stderr


def test_search_filters_by_section_unit_and_place(tmp_path: Path) -> None:
    shelf = library()
    for option, value in (("--unit", "m3"), ("--place", "ch"), ("--section", "construction")):
        ids = {row["id"] for row in read("factors", "search", "betoni", option, value, cwd=tmp_path)["factors"]}
        assert ids, option
        for each in ids:
            row = shelf.factors[each][0]
            held = {
                "--unit": row.per.dimension == "volume",
                "--place": row.geography == "CH",
                "--section": shelf.families[row.family].section == "construction",
            }
            assert held[option], each
    none = jalki("factors", "search", "betoni", "--section", "transport", cwd=tmp_path)
    assert (none.returncode, none.stdout) == (0, "")
    assert "nothing that passes the filters" in none.stderr


def test_a_search_without_answer_tells_the_nearest(tmp_path: Path) -> None:
    done = jalki("factors", "search", "concrete-c30-38-fi", cwd=tmp_path)
    assert "the nearest are" in done.stderr
    assert done.stdout.startswith("concrete-c30-37-fi")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("search", "betoni", "--unit", "furlong"), "furlong"),
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
        "Puu-alumiini-ikkuna", "Julkisivut ja ikkunat", "A1–A3 Product stage", "Fossil 2.8, Biogenic -1.7",
        row.note, row.locator, source.publisher, source.title, source.url, source.licence, "read in the source",
        f"DOUBTFUL             {row.doubtful}",
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
