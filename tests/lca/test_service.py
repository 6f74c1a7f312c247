"""Service units: what the footprint is divided by, and where nothing tells how much of it."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.study import Study, YearsRow
from inventories.values import Quantity
from lca.assess import assess
from tests.studies import line, make, meter


def halls(*rows: dict[str, Any], **of: Any) -> Study:
    """Six years of an IT meter; the rows of Years stand for three years each."""
    made = make(years=6, energy=[meter()], **of)
    years = (YearsRow(from_=2027 + 3 * i, it_capacity=Quantity(1000, "kW"), **row) for i, row in enumerate(rows))
    return replace(made, years=tuple(years))


def square_metres(value: float) -> Quantity:
    return Quantity(value, "m2")


def test_servers_in_service_are_a_service_unit() -> None:
    # 10 servers for 3 of 9 years, 5 for 6: 60 server-years; storage is none.
    rows = [
        line("Hardware", id="H1", count=10, service_life=3, replaced_by="H2"),
        line("Hardware", id="H2", count=5, service_life=6),
        line("Hardware", id="H3", count=7, class_="storage", service_life=9),
    ]
    document = assess(make(years=9, hardware=rows))
    found = next(row for row in document["intensities"] if row["unit"] == "kg CO2e/server·a")
    assert found["denominator"] == pytest.approx(60)
    assert found["location"] == pytest.approx(document["totals"]["location"]["total"] / 60)


@pytest.mark.parametrize(
    ("column", "of", "value", "unit"),
    [
        ("service_amount", {"service_unit": "GPU-h"}, 5000.0, "GPU-h"),
        ("floor_area", {}, square_metres(100.0), "m²·a"),
        ("heated_net_area", {}, square_metres(80.0), "m² heated net area·a"),
    ],
)
def test_an_amount_stated_for_some_of_the_years_divides_nothing(
    column: str, of: dict[str, Any], value: Any, unit: str
) -> None:
    """Three years with an amount, three without: the footprint of six over the amount of three is no intensity."""
    part = assess(halls({column: value}, {}, **of))
    assert f"kg CO2e/{unit}" not in {row["unit"] for row in part["intensities"]}
    (said,) = [problem for problem in part["problems"] if problem["code"] == "intensity-missing"]
    assert (said["severity"], said["sheet"], said["column"]) == ("warning", "Years", column)
    assert said["values"]["year"] == "2030–2032"
    whole = assess(halls({column: value}, {column: value}, **of))
    assert "intensity-missing" not in {problem["code"] for problem in whole["problems"]}
    (row,) = [row for row in whole["intensities"] if row["unit"] == f"kg CO2e/{unit}"]
    each = value if isinstance(value, float) else value.value
    assert row["denominator"] == pytest.approx(6 * each)
    assert row["location"] == pytest.approx(whole["totals"]["location"]["total"] / (6 * each))


def test_zero_is_stated_and_what_nobody_asked_for_is_not_missed() -> None:
    idle = assess(halls({"service_amount": 5000.0}, {"service_amount": 0.0}, service_unit="GPU-h"))
    (row,) = [row for row in idle["intensities"] if row["unit"] == "kg CO2e/GPU-h"]
    assert row["denominator"] == pytest.approx(15_000)
    silent = assess(halls({}, {}))
    assert "intensity-missing" not in {problem["code"] for problem in silent["problems"]}
    asked = assess(halls({}, {}, service_unit="GPU-h"))
    assert [p["values"]["year"] for p in asked["problems"] if p["code"] == "intensity-missing"] == ["2027–2032"]
