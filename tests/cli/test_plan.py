"""``jalki plan`` as a person runs it: wishes, copies of the workbook, a later year."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from inventories.planning import WishError, budgets, target
from inventories.reader import read_workbook
from inventories.rows import rows_of
from inventories.study import Study
from inventories.values import Quantity
from templates.workbook import workbook
from tests.cli.test_commands import jalki
from tests.lca.test_plan import many
from tests.lca.warm import mwh


def written(path: Path, study: Study, language: str = "en") -> Path:
    path.write_bytes(workbook(language, rows_of(study)))
    return path


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The plan that avoids the most"), ("fi", "välttää eniten"), ("sv", "undviker mest")]
)
def test_a_plan_is_told_in_three_languages(tmp_path: Path, language: str, said: str) -> None:
    path = written(tmp_path / "study.xlsx", many(), language)
    done = jalki("plan", path.name, "--lang", language, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
    assert done.stdout.count("2027") >= 3


def test_wishes_replace_what_the_study_says(tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", replace(many(), settings=replace(many().settings, target_percent=90.0)))
    told = json.loads(jalki("plan", path.name, "--target", "20 %", "--by-year", 2030, "--json", cwd=tmp_path).stdout)
    assert (told["plan"]["target"]["kind"], told["plan"]["target"]["percent"]) == ("yearly", 20.0)
    assert told["plan"]["reached"] is True
    assert told["plan"]["measures"] == ["A", "B"]
    told = json.loads(jalki("plan", path.name, "--budget", "1 M€", "--json", cwd=tmp_path).stdout)
    assert told["plan"]["reached"] is False
    assert told["plan"]["budget"] == 1e6


@pytest.mark.parametrize(
    "options",
    [
        ("--budget", "lots"), ("--budget", "5 t"), ("--budget", "1 €", "--budget", "2 €"), ("--target", "50"),
        ("--budget", "-5 M€"), ("--target", "-100 t"), ("--target", "1.5"),
        ("--target", "120 %"), ("--target", "5 MWh"),
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_read_is_a_mistake_of_use(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = written(tmp_path / "study.xlsx", many())
    done = jalki("plan", path.name, *options, cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be used" in done.stderr


def test_a_year_outside_the_period_is_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", many())
    done = jalki("plan", path.name, "--target", "5 %", "--by-year", 2099, cwd=tmp_path)
    assert done.returncode == 3
    assert "2099" in done.stderr


def test_numbers_of_a_wish_are_read_in_the_language() -> None:
    assert budgets(["1,5 M€"], "fi")["plan_budget"].to("EUR") == pytest.approx(1.5e6)
    with pytest.raises(WishError):
        budgets(["1,5 M€"], "en")
    assert target("12 500 t", "fi")["target_footprint"].to("kg CO2e") == pytest.approx(12_500e3)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_a_copy_holds_the_decisions_and_is_read_again(tmp_path: Path, language: str) -> None:
    path = written(tmp_path / "study.xlsx", many(), language)
    before = path.read_bytes()
    done = jalki("plan", path.name, "--budget", "1000000 €/a", "--export", "decided.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before
    study = read_workbook(tmp_path / "decided.xlsx").study
    assert study is not None
    rows = {row.id: row for row in study.measures if row.kind == "scale"}
    assert {id: row.start_year for id, row in rows.items()} == {"A": 2027, "B": 2028, "C": 2029}
    assert {row.decision for row in study.measures} == {"yes"}
    assert all(row.indicator for row in study.measures)
    again = json.loads(jalki("plan", "decided.xlsx", "--json", cwd=tmp_path).stdout)["plan"]
    assert {row["id"]: (row["start"], row["decided"]) for row in again["actions"]} == {
        "A": (2027, True), "B": (2028, True), "C": (2029, True),
    }  # fmt: skip
    existing = jalki("plan", path.name, "--export", "decided.xlsx", cwd=tmp_path)
    assert existing.returncode == 2


def test_a_document_is_told_as_it_is_and_not_planned_otherwise(tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", many())
    assert jalki("assess", path.name, cwd=tmp_path).returncode == 0
    done = jalki("plan", "study-results.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Pareto" in done.stdout
    assert jalki("plan", "study-results.json", "--target", "5 %", cwd=tmp_path).returncode == 2


def test_a_later_year_is_laid_beside_the_promise(tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", many())
    assert jalki("assess", path.name, cwd=tmp_path).returncode == 0
    later = many(measures=(), plant=())
    metered = tuple(
        replace(row, amount=mwh(amount), value_kind="measured", evidence="meter")
        for row, amount in zip(later.energy, (5_900.0, 700.0, 100.0), strict=True)
    )
    year = replace(later.settings, start_year=2028, reference_period=1, study_type="annual")
    written(
        tmp_path / "2028.xlsx",
        replace(later, energy=metered, settings=year, years=(replace(later.years[0], from_=2028),)),
    )
    done = jalki("plan", "2028.xlsx", "--promised", "study-results.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (it,) = [line for line in done.stdout.splitlines() if line.startswith("2028") and "5,900" in line]
    assert "5,600" in it
    assert "79 %" in it


def test_without_measures_and_costs_the_answer_says_what_to_do(tmp_path: Path) -> None:
    bare = written(tmp_path / "bare.xlsx", many(measures=(), plant=()))
    assert "empty" in jalki("plan", bare.name, cwd=tmp_path).stdout
    free = replace(many(), measures=tuple(replace(row, capex=None) for row in many().measures))
    assert "No plan" in jalki("plan", written(tmp_path / "free.xlsx", free).name, cwd=tmp_path).stdout


def test_columns_of_the_user_stay_where_they_are(tmp_path: Path) -> None:
    """What is written stands behind everything that is there, whether Jälki knows it or not."""
    path = written(tmp_path / "study.xlsx", many())
    book = openpyxl.load_workbook(path)
    page = book["Measures"]
    mine = {page.max_column + 1: "Decision of the board", page.max_column + 2: "Board meeting"}
    for place, title in mine.items():
        page.cell(1, place, title)
        for row in range(2, 6):
            page.cell(row, place, 2030)
    book.save(path)
    assert jalki("plan", path.name, "--budget", "1 M€", "--export", "decided.xlsx", cwd=tmp_path).returncode == 0
    copy = openpyxl.load_workbook(tmp_path / "decided.xlsx")["Measures"]
    assert {place: copy.cell(1, place).value for place in mine} == mine
    assert {copy.cell(row, place).value for place in mine for row in range(2, 6)} == {2030}
    study = read_workbook(tmp_path / "decided.xlsx").study
    assert study is not None
    assert {row.id: (row.decision, row.start_year) for row in study.measures} == {
        "A": ("yes", 2027), "B": ("no", None), "C": ("no", None),
    }  # fmt: skip


def test_what_a_later_study_still_counts_as_a_measure_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "study.xlsx", many())
    assert jalki("assess", path.name, cwd=tmp_path).returncode == 0
    done = jalki("plan", path.name, "--promised", "study-results.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Rows that C bring are not in study.xlsx" in done.stderr
    both = jalki("plan", path.name, "--promised", "study-results.json", "--budget", "1 €", cwd=tmp_path)
    assert both.returncode == 2


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_wishes_typed_on_study_are_read(tmp_path: Path, language: str) -> None:
    wishes: dict[str, Any] = {
        "plan_basis": "market", "plan_budget": Quantity(2.0, "MEUR"), "plan_yearly_budget": Quantity(1e6, "EUR/a"),
        "target_footprint": Quantity(300.0, "t_CO2e"), "target_year": 2030, "target_base_year": 2028,
    }  # fmt: skip
    study = many()
    path = written(tmp_path / "study.xlsx", replace(study, settings=replace(study.settings, **wishes)), language)
    read = read_workbook(path).study
    assert read is not None
    assert {key: getattr(read.settings, key) for key in wishes} == wishes
    plain = replace(study, settings=replace(study.settings, target_pathway="1.5C"))
    again = read_workbook(written(tmp_path / "pathway.xlsx", plain, language)).study
    assert again is not None
    assert again.settings.target_pathway == "1.5C"


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_a_copy_holds_rows_of_the_catalogue_that_can_be_edited(tmp_path: Path, language: str) -> None:
    path = written(tmp_path / "study.xlsx", many(), language)
    done = jalki("measures", path.name, "--export", "more.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    read = read_workbook(tmp_path / "more.xlsx")
    assert read.study is not None
    before = {row.id for row in many().measures}
    added = {row.id: row for row in read.study.measures if row.id not in before}
    assert set(added) == {"M01", "M03", "M35", "M37"}
    containment = added["M01"]
    assert (containment.value, containment.unit, containment.min, containment.max) == ("-20", "%", -30.0, -20.0)
    assert all(row.evidence and "http" in row.evidence for row in added.values())
    assert jalki("measures", "more.xlsx", cwd=tmp_path).returncode == 0
    assert jalki("measures", "more.xlsx", "--export", "again.xlsx", cwd=tmp_path).returncode == 0
    again = read_workbook(tmp_path / "again.xlsx").study
    assert again is not None
    assert again.measures == read.study.measures
