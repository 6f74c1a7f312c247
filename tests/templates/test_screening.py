"""Ten answers: the workbook they fill is read without a fault, and its numbers are those of the answers."""

from pathlib import Path

import pytest

from inventories.format import LANGUAGES
from inventories.reader import read_workbook
from lca.assess import assess
from templates.screening import QUESTIONS, hint, read, said, screening, texts
from templates.workbook import workbook

ANSWERS = {
    "en": {
        "place": "Kajaani, FI",
        "years": "2027-2046",
        "power": "1000",
        "load": "60.5",
        "area": "800",
        "cooling": "chiller R-513A",
        "redundancy": "4+1",
        "hardware": "1200; 40; 6; 5",
        "heat": "3000 3.5",
        "contracts": "wind 50",
    }
}
ANSWERS["fi"] = ANSWERS["en"] | {
    "load": "60,5",
    "cooling": "kompressori R-513A",
    "heat": "3 000 3,5",
    "contracts": "tuuli 50",
}
ANSWERS["sv"] = ANSWERS["fi"] | {"cooling": "kylmaskin R-513A", "contracts": "vind 50"}


def assessed(answers: dict[str, str], language: str, folder: Path) -> dict:  # type: ignore[type-arg]
    rows, _ = screening(answers, language)
    path = folder / f"{language}.xlsx"
    path.write_bytes(workbook(language, rows))
    found = read_workbook(path)
    assert [each.as_json() for each in found.problems] == []
    assert found.study is not None
    return assess(found.study)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_make_a_screening_without_a_gap(language: str, tmp_path: Path) -> None:
    document = assessed(ANSWERS[language], language, tmp_path)
    assert document["screening"] is True
    assert document["complete"] is True
    assert [problem["code"] for problem in document["problems"]] == ["screening-used"]
    english = assessed(ANSWERS["en"], "en", tmp_path)
    assert document["totals"] == english["totals"]


def test_amounts_are_those_of_the_answers() -> None:
    """1,000 kW at 60.5 % for 8,760 h are 5,299.8 MWh; × 0.36 of overhead; plant 5/4; charge 0.275 kg/kW of that."""
    rows, notes = screening(ANSWERS["en"], "en")
    assert notes == []
    assert rows["Energy"][0]["amount"] == "1907.928"
    assert rows["Plant"][0]["amount"] == "1250"
    assert rows["Refrigerants"][0]["charge"] == "343.75"
    assert [(row["class"], row["count"]) for row in rows["Hardware"]] == [
        ("server", "1200"),
        ("gpu-server", "40"),
        ("storage", "6"),
    ]
    assert (rows["Heat"][0]["heat"], rows["Heat"][0]["cop"]) == ("3000", "3.5")
    assert (rows["Contracts"][0]["energy_source"], rows["Contracts"][0]["share_percent"]) == ("wind", "50")
    sheets = [rows[sheet] for sheet in ("Construction", "Plant", "Hardware", "Energy", "Refrigerants", "Heat")]
    assert all("Screening, answer" in row["evidence"] for lines in sheets for row in lines)


def test_without_gas_heat_and_contracts_the_sheets_stay_empty_and_say_so(tmp_path: Path) -> None:
    answers = ANSWERS["en"] | {"cooling": "free 1.2", "heat": "0", "contracts": "0", "hardware": "10; 0; 0; 5"}
    rows, _ = screening(answers, "en")
    assert not {"Refrigerants", "Heat", "Contracts"} & set(rows)
    assert float(rows["Energy"][0]["amount"]) == pytest.approx(1000 * 0.605 * 8.760 * 0.2, abs=1e-3)
    assert [row["reason"] for row in rows["Exclusions"] if row["section"] == "refrigerants"] == ["not-relevant"] * 2
    assert assessed(answers, "en", tmp_path)["complete"] is True


def test_heat_where_the_library_has_no_district_heat_is_said() -> None:
    rows, notes = screening(ANSWERS["en"] | {"place": "Luleå, SE"}, "en")
    assert "Heat" not in rows
    assert "no district heat of SE" in notes[0]


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("place", "Atlantis"),
        ("place", ""),
        ("years", "2046-2027"),
        ("years", "2027-"),
        ("power", "0"),
        ("power", "-5"),
        ("power", "2 MW"),
        ("load", "101"),
        ("load", "0.6"),
        ("contracts", "wind 0.5"),
        ("years", "1600-2900"),
        ("power", "1e30"),
        ("cooling", "chiller"),
        ("cooling", "chiller R-9999"),
        ("cooling", "free 0.9"),
        ("redundancy", "3N"),
        ("redundancy", "0+1"),
        ("hardware", "10; 0; 0"),
        ("hardware", "1.5; 0; 0; 5"),
        ("hardware", "10; 0; 0; 0"),
        ("heat", "much"),
        ("contracts", "coal 50"),
        ("contracts", "wind 150"),
    ],
)
def test_what_is_not_understood_is_shown_how(key: str, answer: str) -> None:
    question = next(each for each in QUESTIONS if each.key == key)
    with pytest.raises(ValueError, match="is not understood") as error:
        read(question, answer, "en")
    assert hint(question, "en") in str(error.value)


@pytest.mark.parametrize(
    ("answer", "language", "heat"),
    [("12 015", "fi", (12015.0, None)), ("3 000 3,5", "fi", (3000.0, 3.5)), ("1 015", "sv", (1015.0, None))],
)
def test_a_space_between_thousands_is_no_heat_pump(answer: str, language: str, heat: tuple[float, float]) -> None:
    assert read(next(each for each in QUESTIONS if each.key == "heat"), answer, language) == heat


def test_a_pue_of_one_is_no_overhead_and_no_blank(tmp_path: Path) -> None:
    answers = ANSWERS["en"] | {"cooling": "free 1", "power": "0.001", "heat": "0"}
    assert screening(answers, "en")[0]["Energy"][0]["amount"] == "0"
    assert assessed(answers, "en", tmp_path)["screening"] is True


def test_every_text_stands_in_three_languages() -> None:
    assert [(key, each) for key, row in texts().items() for each in LANGUAGES if not row[each]] == []
    assert said("word-free", "sv") == "frikyla"
