"""Yearly series, leap years and the study that holds what its files said."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from inventories.document import from_json
from inventories.files import with_files
from inventories.keyed import HeatNetwork
from inventories.study import Study, as_json
from inventories.values import Quantity
from lca.assess import assess
from lca.compare import differences, effects
from tests.lca.test_simulation import sheet
from tests.studies import contract, heat, make, meter


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
        ('year;g CO2e/kWh\n2024;1\n2025;"2\n2026;3\n', [("series-quote", "3")]),
        (f"year;g CO2e/kWh\n2024;1\n2025;{'2' * 131_073}\n", [("series-field", "3")]),
    ],
)
def test_a_broken_yearly_series_is_said_with_its_line(
    tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    assert followed(tmp_path, text)[1] == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ("2024;0.072\n2030;50\n2060;0.020", [("50", "2030", "0.072", "2024")]),
        ("2024;72\n2030;50\n2060;721", [("721", "2060", "50", "2030")]),
        ("2024;72\n2030;720\n2060;5", []),
        ("2024;0\n2030;50", []),
        ("2024;1\n2025;11\n2026;122", [("11", "2025", "1", "2024"), ("122", "2026", "11", "2025")]),
    ],
)
def test_a_grid_does_not_grow_tenfold_from_one_year_to_the_next(
    tmp_path: Path, values: str, expected: list[tuple[str, ...]]
) -> None:
    (tmp_path / "ours.csv").write_text(f"year;factor [g CO2e/kWh]\n{values}\n", encoding="utf-8")
    study, problems = with_files(make(years=2, grid_trajectory="ours.csv"), tmp_path)
    told = [(p.code, p.read, p.values["year"], p.values["other"], p.values["before"]) for p in problems]
    assert told == [("trajectory-rise", *each) for each in expected]
    assert bool(study.files) is not bool(expected)


def test_a_leap_year_is_read_and_said(tmp_path: Path) -> None:
    begins = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [f"{begins + timedelta(hours=i):%Y-%m-%dT%H:%MZ},1" for i in range(8784)]
    (tmp_path / "a.csv").write_text("\n".join(["time,value [MWh]", *rows]), encoding="utf-8")
    made = make(years=1, energy=[meter(amount=Quantity(8784, "MWh"), profile="a.csv")])
    study, problems = with_files(made, tmp_path)
    assert [each.code for each in problems] == ["series-leap"]
    assert len(study.files[0].values) == 8784


NETWORK = HeatNetwork(demand=Quantity(8760, "MWh"), demand_profile="a.csv")


@pytest.mark.parametrize(
    ("made", "place"),
    [
        (make(years=1, energy=[meter(profile="a.csv")]), ("Energy", "profile")),
        (make(years=1, contracts=[contract(matching="hourly", profile="a.csv")]), ("Contracts", "profile")),
        (make(years=1, heat=[heat(profile="a.csv")]), ("Heat", "profile")),
        (make(years=1, grid_profile="a.csv"), ("Study", "grid_profile")),
        (make(years=1, simulation=sheet(it_profile="a.csv")), ("Simulation", "it_profile")),
        (make(years=1, network=NETWORK), ("Heat network", "demand_profile")),
    ],
)
def test_a_profile_of_zeros_is_said_wherever_it_is_named(tmp_path: Path, made: Study, place: tuple[str, str]) -> None:
    begins = datetime(2025, 1, 1, tzinfo=UTC)
    unit = "g CO2e/kWh" if place[1] == "grid_profile" else "kWh"
    rows = [f"{begins + timedelta(hours=i):%Y-%m-%dT%H:%MZ},0" for i in range(8760)]
    (tmp_path / "a.csv").write_text("\n".join([f"time,value [{unit}]", *rows]), encoding="utf-8")
    study, problems = with_files(made, tmp_path)
    assert [(p.code, p.severity, p.sheet, p.column) for p in problems] == [("series-zero", "error", *place)]
    assert "a.csv" in str(problems[0].as_json()["message"])
    assert study.files == ()


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


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({"file": "a.csv", "start": "2025-13-45T99:99Z", "values": [1.0] * 8760}, "does not match"),
        ({"file": "a.csv", "start": "2024-01-01T00:00Z", "values": [1.0] * 8760}, "not one whole year"),
        ({"file": "a.csv", "start": "2024-02-29T00:00Z", "values": [1.0] * 8760}, "not one whole year"),
        ({"file": "a.csv", "years": [2024, 2025], "values": [1.0, 2.0]}, "no hourly series"),
        ({"file": "a.csv", "start": "2025-01-01T00:00Z", "values": [-1.0] * 8760}, "out of range"),
        ({"file": "a.csv", "start": "2025-01-01T00:00Z", "values": [1.0] * 8760, "unit": "°C"}, "unit is none of"),
        ({"file": "a.csv", "start": "2025-01-01T00:00Z", "values": [0.0] * 8760}, "nothing but zeros"),
    ],
)  # fmt: skip
def test_a_file_of_a_document_is_held_to_the_rules_of_reading(file: dict[str, Any], said: str) -> None:
    document = json.loads(json.dumps(as_json(make(years=1, energy=[meter(profile="a.csv")]))))
    with pytest.raises(ValueError, match=said):
        from_json({**document, "Files": [file]})


def test_a_yearly_series_of_a_document_is_held_to_the_rules_too() -> None:
    document = json.loads(json.dumps(as_json(make(years=1, grid_trajectory="a.csv"))))
    file = {"file": "a.csv", "unit": "g_CO2e/kWh", "years": [2024, 2030]}
    assert from_json({**document, "Files": [{**file, "values": [72.0, 50.0]}]}).files[0].values == (72.0, 50.0)
    with pytest.raises(ValueError, match="ten times the one before"):
        from_json({**document, "Files": [{**file, "values": [0.072, 50.0]}]})


def test_compare_tells_a_simulation_and_another_file_as_one_difference() -> None:
    even = {"start": "2025-01-01T00:00Z", "values": [1.0] * 8760}
    one = dict(json.loads(json.dumps(as_json(make(years=1, load=75.0)))))
    hall = json.loads(json.dumps(as_json(replace(make(years=1), simulation=sheet()))))["Simulation"]
    found = differences(one, {**one, "Simulation": hall})
    told = list(effects(one, {**one, "Simulation": hall}, found))
    assert [(each.sheet, each.kind) for each in found] == [("Simulation", "added")]
    assert told[0][1] is not None
    assert told[0][1]["location"] > 0
    row = json.loads(json.dumps(as_json(make(years=1, energy=[meter(profile="a.csv")]))))
    before = {**row, "Files": [{"file": "a.csv", **even}]}
    after = {**row, "Energy": [{**row["Energy"][0], "profile": "b.csv"}], "Files": [{"file": "b.csv", **even}]}
    assert [effect is not None for _, effect in effects(before, after, differences(before, after))] == [True]
