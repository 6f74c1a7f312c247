"""Yearly series, leap years and the study that holds what its files said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from inventories.document import from_json
from inventories.files import with_files
from inventories.study import Study, as_json
from inventories.values import Quantity
from lca.assess import assess
from tests.studies import contract, make, meter


def followed(tmp_path: Path, text: str) -> tuple[Study, list[tuple[str, str]]]:
    (tmp_path / "ours.csv").write_text(text, encoding="utf-8")
    study, problems = with_files(make(years=2, grid_trajectory="ours.csv"), tmp_path)
    return study, [(each.code, each.values.get("line", "")) for each in problems]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_yearly_series_is_read(tmp_path: Path, sign: str) -> None:
    study, problems = followed(tmp_path, f"year{sign}factor [g CO2e/kWh]\n2024{sign}70\n2030{sign}40.5\n")
    assert problems == []
    assert (study.files[0].years, study.files[0].values, study.files[0].unit) == (
        (2024, 2030), (70.0, 40.5), "g_CO2e/kWh",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("year;factor\n2024;1\n2025;2\n", [("trajectory-unit", "")]),
        ("year;factor [EUR]\n2024;1\n2025;2\n", [("trajectory-unit", "")]),
        ("", [("trajectory-unit", "")]),
        ("year;g CO2e/kWh\n2024;1\n", [("trajectory-line", "1")]),
        ("year;g CO2e/kWh\n2024;1\n2024;2\n", [("trajectory-line", "3")]),
        ("year;g CO2e/kWh\n2025;1\n2024;2\n", [("trajectory-line", "3")]),
        ("year;g CO2e/kWh\n2024;1\nlater;2\n2026;-1\n", [("trajectory-line", "3"), ("trajectory-line", "4")]),
        ("year;g CO2e/kWh\n2024;1\n2025\n", [("trajectory-line", "3")]),
    ],
)
def test_a_broken_yearly_series_is_said_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    assert followed(tmp_path, text)[1] == expected


def test_a_leap_year_is_read_and_said(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415

    begins = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [f"{begins + timedelta(hours=i):%Y-%m-%dT%H:%MZ},1" for i in range(8784)]
    (tmp_path / "a.csv").write_text("\n".join(["time,value [MWh]", *rows]), encoding="utf-8")
    made = make(years=1, energy=[meter(amount=Quantity(8784, "MWh"), profile="a.csv")])
    study, problems = with_files(made, tmp_path)
    assert [each.code for each in problems] == ["series-leap"]
    assert len(study.files[0].values) == 8784


def test_a_study_with_files_is_the_same_after_json(tmp_path: Path) -> None:
    study, _ = followed(tmp_path, "year;factor [g CO2e/kWh]\n2024;70\n2030;40.5\n")
    again = from_json(json.loads(json.dumps(as_json(study))))
    assert again == study
    lacking = dict(as_json(study))
    del lacking["Files"]
    with pytest.raises(ValueError, match=r"ours\.csv"):
        from_json(lacking)


def test_files_count_in_the_input_hash(tmp_path: Path) -> None:
    study, _ = followed(tmp_path, "year;factor [g CO2e/kWh]\n2024;70\n2030;40.5\n")
    made = replace(study, energy=(meter(),), contracts=(contract(amount=Quantity(1, "MWh")),))
    other = replace(made, files=(replace(made.files[0], values=(70.0, 41.0)),))
    assert assess(made)["input_hash"] != assess(other)["input_hash"]
