"""The examples that ship: complete, the same in three languages, and every row says what it rests on."""

import re

import pytest

from inventories.format import KEYED, columns
from inventories.study import as_json
from lca.assess import assess, precheck
from templates.workbook import example, examples
from tests.studies import read_example, shipped_example

LANGUAGES = ("en", "fi", "sv")
INSTALLED = ("Construction", "Plant", "Hardware")
CITED = re.compile(r"\b[\w-]+\.(org|dk|fi|com|ai|eu|blog)\b")
"""The address of a page or of its publisher."""


def evidence(name: str) -> dict[str, list[str]]:
    """Evidence of every row, by sheet, where the sheet has such a column."""
    rows = example(name)
    wanted = {sheet: "source" if sheet == "Factors" else "evidence" for sheet in rows}
    return {
        sheet: [row.get(wanted[sheet]) or "" for row in found]
        for sheet, found in rows.items()
        if wanted[sheet] in {of.key for of in columns(sheet)}
    }


def test_the_examples_are_these() -> None:
    assert examples() == ["kaj-10", "kajaani", "server-room"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", examples())
def test_an_example_is_read_without_error_or_gap(name: str, language: str) -> None:
    found = read_example(name, language)
    assert found.study is not None
    problems = [*found.problems, *precheck(found.study)]
    assert [p for p in problems if p.severity in ("error", "gap")] == []
    if name != "server-room":
        assert problems == []


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("name", examples())
def test_an_example_is_the_same_study_in_every_language(name: str, language: str) -> None:
    other = read_example(name, language).study
    assert other is not None
    assert as_json(other) == as_json(shipped_example(name))
    assert assess(other)["input_hash"] == assess(shipped_example(name))["input_hash"]


@pytest.mark.parametrize("name", examples())
def test_an_example_is_assessed_as_complete(name: str) -> None:
    document = assess(shipped_example(name))
    assert document["complete"] is True
    assert document["screening"] is False
    assert {cell["state"] for cell in document["coverage"]["cells"]} <= {"included", "excluded"}


@pytest.mark.parametrize("name", examples())
def test_every_row_says_what_it_rests_on(name: str) -> None:
    found = evidence(name)
    assert {"Energy", "Exclusions"} <= found.keys()
    assert [
        (sheet, i)
        for sheet, texts in found.items()
        for i, text in enumerate(texts)
        if len(text) < 10 and sheet not in KEYED
    ] == []
    ids = [row["id"] for rows in example(name).values() for row in rows if "id" in row]
    assert all(ids)


def test_kajaani_is_a_whole_hall_over_25_years() -> None:
    study = shipped_example("kajaani")
    assert study.settings.reference_period == 25
    assert [row.it_capacity.to("kW") for row in study.years] == [5000, 10000]
    assert len([*study.construction, *study.plant, *study.hardware]) >= 60
    owners = {line.owner for line in study.hardware} & {row.owner for row in study.energy}
    tenant = {owner for owner in owners if owner and owner.startswith("tenant: ")}
    assert len(tenant) == 1
    followed = [line for line in study.hardware if line.replaced_by not in (None, "same", "none")]
    assert len(followed) >= 2
    assert {row.carrier for row in study.energy if row.zone == "office"} == {"electricity", "district-heat"}
    assert {row.claim_holder for row in study.heat} == {"facility", "utility"}
    assert {line.module for line in study.plant} == {None, "B2"}


def test_rows_of_kajaani_cite_public_facts_or_name_themselves_assumptions() -> None:
    texts = [text for sheet in evidence("kajaani").values() for text in sheet]
    installed = [text for sheet in INSTALLED for text in evidence("kajaani")[sheet]]
    cited = [text for text in texts if not text.startswith("Assumption") and CITED.search(text)]
    assert len(cited) >= 15
    assert [text for text in installed if not text.startswith("Assumption: ") and not CITED.search(text)] == []


def test_transport_lives_and_masses_of_kajaani_are_reasoned() -> None:
    rows = [row for sheet in (*INSTALLED, "Refrigerants") for row in example("kajaani")[sheet]]
    assert [row["id"] for row in rows if row.get("transport") and "ransport assumed" not in row["note"]] == []
    lived = [row for row in rows if row.get("service_life") and not row.get("module")]
    assert [row["id"] for row in lived if "ife" not in row["note"]] == []


def test_gases_of_kajaani_come_over_two_legs() -> None:
    legs = [row["transport"].split(";") for row in example("kajaani")["Refrigerants"] if row.get("transport")]
    assert [len(each) for each in legs] == [2, 2, 2, 2, 2]


def test_no_factor_that_its_library_doubts_is_used() -> None:
    document = assess(shipped_example("kajaani"))
    assert {row["code"] for row in document["problems"]} == set()


def test_amounts_of_kajaani_are_plausible() -> None:
    study = shipped_example("kajaani")
    it = sum(row.amount.to("MWh") for row in study.energy if row.use == "it" and row.year and 2040 in row.year)
    other = sum(
        row.amount.to("MWh")
        for row in study.energy
        if row.carrier == "electricity"
        and row.use not in ("it", "heat-pump")
        and (row.year is None or 2040 in row.year)
    )
    pump = sum(row.amount.to("MWh") for row in study.energy if row.use == "heat-pump" and row.year and 2040 in row.year)
    assert 0.70 <= it / (10 * 8760) <= 0.80
    assert 1.05 <= 1 + other / it <= 1.15
    assert 1.10 <= 1 + (other + pump) / it <= 1.21
    delivered = max(row.heat.to("MWh") for row in study.heat if row.heat is not None)
    assert delivered / pump == pytest.approx(33.5 / (33.5 - 25.8), rel=1e-4)
