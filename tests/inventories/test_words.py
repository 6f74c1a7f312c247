"""Problems speak of the user's own sheets, headers and choices, in the language of the workbook."""

from pathlib import Path
from typing import Any

import pytest

from factors.problem_kinds import KINDS
from inventories.format import LANGUAGES, choices, columns, sheets
from inventories.reader import read_workbook
from lca.assess import precheck
from templates.workbook import example, workbook
from tests.inventories.books import CONSTRUCTION, SHEETS, Grid, read, write

ENERGY = ("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö")


def said(tmp_path: Path, sheets: dict[str, Grid], code: str) -> dict[str, Any]:
    return next(p for p in read(tmp_path, sheets).problems if p.code == code).as_json()


def finnish(**of: Grid) -> dict[str, Grid]:
    """A workbook whose sheet of energy is named and headed in Finnish."""
    return {**{name: rows for name, rows in SHEETS.items() if name != "Energy"}, **of}


def test_a_choice_is_offered_in_the_language_of_the_headers(tmp_path: Path) -> None:
    problem = said(tmp_path, finnish(Energia=[ENERGY, ("E1", "Sähkö", "Jaahdytys", 5, "MWh")]), "choice-unknown")
    assert problem["message"] == "“Jaahdytys” is not one of the choices of Käyttökohde."
    assert str(problem["cure"]).startswith("Nearest: Jäähdytys. Choose one of: IT-laitteet, ")
    assert (problem["sheet"], problem["column"], problem["values"]["sheet"]) == ("Energy", "use", "Energia")


def test_a_header_is_suggested_in_the_language_of_its_sheet_only(tmp_path: Path) -> None:
    far = said(tmp_path, finnish(Energia=[(*ENERGY, "Metering plan"), ("E1", "Sähkö", "IT-laitteet", 5, "MWh")]),
               "header-unknown")  # fmt: skip
    assert far["values"]["nearest"] in {of.labels["fi"] for of in columns("Energy")}
    slip = said(tmp_path, finnish(Energia=[(*ENERGY, "Ownr"), ("E1", "Sähkö", "IT-laitteet", 5, "MWh")]), "header-near")
    assert slip["values"]["nearest"] == "Omistaja"


def test_a_sheet_is_suggested_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "study.xlsx"
    path.write_bytes(workbook("fi", example("server-room")))
    names = {sheet.labels["fi"] for sheet in sheets().values()}
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path)
    book.create_sheet("Hukkalampo")["A1"] = 1
    book.create_sheet("Cooling plan")["A1"] = 1
    book["Hukkalämpö"]["F2"] = None
    book.save(path)
    found = {p.code: p for p in read_workbook(path).problems}
    assert found["sheet-near"].values["nearest"] == "Hukkalämpö"
    assert found["sheet-unknown"].values["nearest"] in names
    asked = str(found["required-one"].as_json()["message"])
    assert "Lämpökerroin" in asked
    assert "cop" not in asked


def test_a_sentence_names_columns_and_sheets_by_the_words_of_the_workbook(tmp_path: Path) -> None:
    headers = ("Tunnus", "Nimike", "Määrä", "Yksikkö", "Päästökerroin")
    rows: Grid = [headers, ("C1", "Laatta", 5, "kWh", "concrete-c30-37-fi")]
    found = read(tmp_path, {**SHEETS, "Construction": rows})
    assert found.study is not None
    (problem,) = [found.places.locate(p) for p in precheck(found.study) if p.code == "factor-unit"]
    assert problem.as_json()["cure"] == "Change the unit or the factor, or give Massa yksikköä kohti."
    assert found.places.locate(problem) == problem


def test_a_file_that_was_not_read_is_spoken_of_by_english_keys() -> None:
    for kind in KINDS.values():
        for key in kind.words.values():
            assert key in sheets() or any(of.key == key for sheet in sheets() for of in columns(sheet))


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_choices_stand_in_every_language(language: str) -> None:
    assert choices("use")["cooling"][language]


@pytest.mark.parametrize(("equipment", "codes"), [("p1", []), ("P1", []), ("P9", ["equipment-unknown"])])
def test_equipment_finds_its_line_of_plant_without_regard_to_case(
    tmp_path: Path, equipment: str, codes: list[str]
) -> None:
    plant = [(*CONSTRUCTION[0], "service_life"), ("P1", "Chiller", 500, "kW", "chiller-per-kw", 20)]
    charge = [("id", "gas", "equipment", "charge", "unit"), ("R1", "R134a", equipment, 100, "kg")]
    found = read_workbook(write(tmp_path / "study.xlsx", {**SHEETS, "Plant": plant, "Refrigerants": charge}))
    assert [p.code for p in found.problems] == codes
    if found.study is not None:
        assert found.study.refrigerants[0].equipment == "P1"
