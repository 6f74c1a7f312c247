"""Own factors: each mistake at its cell, and the row beside it that is none."""

from pathlib import Path

import pytest

from inventories.reader import Read, read_workbook
from lca.assess import assess
from lca.expand import shelf_of
from tests.inventories.books import SHEETS, Grid, changed, write

COLUMNS = ("id", "name", "module", "value", "unit", "fossil", "biogenic", "year", "source", "part", "min", "max",
           "valid_to", "gas", "family", "quality")  # fmt: skip
CELL = {key: f"{letter}2" for key, letter in zip(COLUMNS, "ABCDEFGHIJKLMNOP", strict=True)}
FACTORS: Grid = [
    COLUMNS,
    ("mine", "Mine", "A1-A3", 2, "kg CO2e/kg", 3, -1, 2024, "EPD 1", None, 1, 4, 2029, None, "concrete", "12345"),
    ("other", "Other", "A1-A3", 5, "kg CO2e/m2", 5, None, 2024, "EPD 2", None, None, None, None, None, None, None),
]
"""The row that is broken, and a good one below it."""


def read(tmp_path: Path, **cells: object) -> Read:
    """Read the study with cells of the first own factor changed."""
    sheets: dict[str, Grid] = {**SHEETS, "Factors": FACTORS}
    for key, value in cells.items():
        sheets = changed(sheets, "Factors", CELL[key], value)
    return read_workbook(write(tmp_path / "study.xlsx", sheets))


def found(read_: Read) -> list[tuple[str, str, str, str]]:
    return [(problem.code, problem.severity, problem.sheet, problem.cell) for problem in read_.problems]


def test_the_rows_as_they_stand_are_good(tmp_path: Path) -> None:
    assert found(read(tmp_path)) == []


@pytest.mark.parametrize(
    ("broken", "mended", "code", "at"),
    [
        pytest.param({"source": None}, {"source": "a letter"}, "required", "source", id="no source"),
        pytest.param({"name": None}, {"name": "N"}, "required", "name", id="no name"),
        pytest.param({"name": "   "}, {"name": " N "}, "required", "name", id="a name of spaces"),
        pytest.param({"id": None}, {"id": "yours"}, "required", "id", id="no id"),
        pytest.param({"year": None}, {"year": 2020}, "required", "year", id="no year"),
        pytest.param({"year": "soon"}, {"year": "2020"}, "not-a-year", "year", id="a year in words"),
        pytest.param({"value": None}, {"value": "2"}, "required", "value", id="no value"),
        pytest.param({"unit": None}, {"unit": "t CO2e/t"}, "required", "unit", id="no unit"),
        pytest.param({"module": "A9"}, {"module": "A1-A3+A4"}, "choice-unknown", "module", id="unknown module"),
        pytest.param({"module": "A1-A3+X"}, {"module": "A4"}, "choice-unknown", "module", id="half a bundle"),
        pytest.param({"module": "A1-A3+D1"}, {"module": "A1-A3+A4+C"}, "factor-bundle", "module", id="D in a bundle"),
        pytest.param({"module": "A1-A3+B6"}, {"module": "A1-A3+B2"}, "factor-bundle", "module", id="energy bundled"),
        pytest.param({"module": "C+C1"}, {"module": "C1+C2"}, "factor-bundle", "module", id="a module twice"),
        pytest.param({"id": "R-134a"}, {"id": "R-134a-ours"}, "factor-shadows", "id", id="the name of a gas"),
        pytest.param({"fossil": 2.5}, {"fossil": 2.5, "biogenic": -0.5}, "factor-components", "value", id="sum"),
        pytest.param({"biogenic": 0}, {"biogenic": 0, "fossil": 2}, "factor-components", "value", id="sum with 0"),
        pytest.param(
            {"value": 2e-9, "fossil": 1e-9, "biogenic": None, "min": None},
            {"value": 2e-9, "fossil": 1e-9, "biogenic": 1e-9, "min": None},
            "factor-components",
            "value",
            id="sum of a small unit: 2e-9 t is not 1e-9 t",
        ),
        pytest.param(
            {"value": -2, "fossil": -2, "biogenic": None, "min": None},
            {"value": -2, "fossil": -2, "biogenic": None, "min": None, "module": "D1"},
            "factor-negative",
            "value",
            id="negative fossil, allowed in D1",
        ),
        pytest.param(
            {"value": -2, "fossil": None, "biogenic": None, "min": None},
            {"value": -2, "fossil": None, "biogenic": -2, "min": None},
            "factor-negative",
            "value",
            id="negative and not split, allowed as uptake",
        ),
        pytest.param({"unit": "kg CO2e/parsec"}, {"unit": "kg CO2e/kpl"}, "factor-value-unit", "unit", id="parsec"),
        pytest.param({"unit": "kWh"}, {"unit": "g CO2e/kWh"}, "factor-value-unit", "unit", id="an energy"),
        pytest.param({"unit": "kg CO2e"}, {"unit": "tn CO2-ekv/tn"}, "factor-value-unit", "unit", id="per nothing"),
        pytest.param({"unit": "kg/kWh"}, {"unit": "kg CO2/kWh"}, "factor-value-unit", "unit", id="kilograms of what"),
        pytest.param({"unit": "kWh/kg CO2e"}, {"unit": "kg CO2e/kg"}, "factor-value-unit", "unit", id="upside down"),
        pytest.param({"min": 2.1}, {"min": 2}, "bounds-order", "min", id="min above value"),
        pytest.param({"max": 1.9}, {"max": 2}, "bounds-order", "max", id="max below value"),
        pytest.param({"min": "1 g CO2e/kg"}, {"min": "1 kg CO2e/kg"}, "unit-twice", "min", id="min in another unit"),
        pytest.param({"value": "2 g CO2e/kg"}, {"value": "2 kg CO2-ekv./kg"}, "unit-twice", "value", id="value too"),
        pytest.param({"fossil": "3 kg"}, {"fossil": "3"}, "unit-twice", "fossil", id="a component in kilograms"),
        pytest.param({"value": "2 kg CO2e/ell"}, {"value": "2"}, "unit-behind", "value", id="value per ell"),
        pytest.param({"gas": "unobtainium"}, {"gas": "CO2"}, "gas-unknown", "gas", id="unknown gas"),
        pytest.param({"gas": "CH4"}, {"gas": "CH4", "unit": "kg/kg"}, "factor-gas", "gas", id="CO2e of methane"),
        pytest.param(
            {"gas": "CH4", "unit": "kg CO2/kg"},
            {"gas": "CO2", "unit": "kg CO2/kg"},
            "factor-gas",
            "gas",
            id="CO2 of methane",
        ),
        pytest.param({"valid_to": 2023}, {"valid_to": 2024}, "factor-valid-to", "valid_to", id="ends before it begins"),
        pytest.param({"part": "direct"}, {"part": "direct", "module": "B6"}, "factor-part", "part", id="part of A1-A3"),
        pytest.param({"part": "losses"}, {"part": "whole"}, "factor-part", "part", id="losses of A1-A3"),
        pytest.param({"part": "half"}, {"part": None}, "choice-unknown", "part", id="unknown part"),
        pytest.param({"quality": "good"}, {"quality": 23123}, "quality-scores", "quality", id="quality in words"),
        pytest.param({"quality": "123456"}, {"quality": "11111"}, "quality-scores", "quality", id="six scores"),
        pytest.param({"quality": "12360"}, {"quality": "55555"}, "quality-scores", "quality", id="scores outside 1–5"),
    ],
)  # fmt: skip
def test_a_mistake_stands_at_its_cell_and_its_neighbour_does_not(
    tmp_path: Path, broken: dict[str, object], mended: dict[str, object], code: str, at: str
) -> None:
    stopped = read(tmp_path, **broken)
    assert found(stopped) == [(code, "error", "Factors", CELL[at])]
    assert stopped.study is None
    said = stopped.problems[0].as_json()
    assert "{" not in f"{said['message']}{said['cure']}{said['expected']}"
    good = read(tmp_path, **mended)
    assert found(good) == []
    assert good.study is not None


@pytest.mark.parametrize(
    ("cells", "warned"),
    [
        ({"family": "timber"}, True),
        ({"family": "wood-board", "module": "A1-A3+A4+C"}, True),
        ({"family": "Timber"}, True),
        ({"family": "timber", "fossil": 2}, False),
        ({"family": "timber", "biogenic": -1}, False),
        ({"family": "timber", "module": "A4"}, False),
        ({"family": "concrete"}, False),
        ({"family": None}, False),
    ],
    ids=lambda each: " ".join(map(str, each.values())) if isinstance(each, dict) else None,
)
def test_what_is_made_of_wood_states_its_split(tmp_path: Path, cells: dict[str, object], warned: bool) -> None:
    read_ = read(tmp_path, **{"fossil": None, "biogenic": None, **cells})
    assert found(read_) == ([("factor-split", "warning", "Factors", CELL["value"])] if warned else [])
    assert read_.study is not None
    factor = shelf_of(read_.study).factors["mine"][0]
    assert factor.components["fossil"] == 2.0 - (cells.get("biogenic") or 0)  # type: ignore[operator]


def test_all_mistakes_of_a_row_are_found_in_one_pass(tmp_path: Path) -> None:
    stopped = read(tmp_path, unit="kg", part="direct", gas="unobtainium", valid_to=2000, fossil=1, min=3, max=1)
    assert sorted(found(stopped)) == sorted(
        (code, "error", "Factors", CELL[key])
        for code, key in (
            ("factor-value-unit", "unit"), ("factor-part", "part"), ("gas-unknown", "gas"),
            ("factor-valid-to", "valid_to"), ("factor-components", "value"), ("bounds-order", "min"),
            ("bounds-order", "max"),
        )
    )  # fmt: skip


def test_bounds_reach_the_factor(tmp_path: Path) -> None:
    read_ = read(tmp_path)
    assert read_.study is not None
    mine, other = (shelf_of(read_.study).factors[name][0] for name in ("mine", "other"))
    assert (mine.low, mine.value, mine.high, mine.valid_to) == (1.0, 2.0, 4.0, 2029)
    assert (other.low, other.high, other.valid_to) == (None, None, None)


def test_a_value_in_the_unit_of_its_header_is_the_same_factor(tmp_path: Path) -> None:
    for header, expected in (
        ("value [kg CO2e/kg]", []),
        ("value [g CO2e/kg]", [("unit-twice", "error", "Factors", "D2")]),
    ):
        rows = [tuple(header if key == "value" else key for key in COLUMNS), FACTORS[1]]
        assert found(read_workbook(write(tmp_path / "study.xlsx", {**SHEETS, "Factors": rows}))) == expected


def test_a_mass_of_methane_is_characterised_once(tmp_path: Path) -> None:
    sheets = changed({**SHEETS, "Factors": FACTORS}, "Construction", "E2", "mine")
    sheets = changed(sheets, "Construction", "D2", "t")
    for key, value in {"gas": "CH4", "unit": "g/kg", "value": 1, "fossil": 1, "biogenic": None}.items():
        sheets = changed(sheets, "Factors", CELL[key], value)
    study = read_workbook(write(tmp_path / "study.xlsx", sheets)).study
    assert study is not None
    slab = [row for row in assess(study)["contributions"] if row["line"] == "C1"]
    # 20 t × 1 g CH4/kg = 20 kg CH4, at 27.9 kg CO2e/kg (AR6)
    assert sum(row["location"] for row in slab) == pytest.approx(20 * 27.9)
