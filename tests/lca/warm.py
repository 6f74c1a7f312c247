"""Studies with recovered heat, and what their tests ask of them."""

from collections.abc import Mapping
from typing import Any

from inventories.study import HeatRow, Study
from inventories.values import Quantity
from lca.assess import assess, precheck
from tests.studies import heat, make, meter

AT = {"source_in_c": 30.0, "source_out_c": 20.0, "sink_in_c": 50.0, "sink_out_c": 85.0}
LORENZ = 8.059807751242912
"""340.350 K over 340.350 - 298.122 K: the temperatures above."""


def mwh(value: float) -> Quantity:
    return Quantity(value, "MWh")


def study(rows: list[HeatRow], **of: Any) -> Study:
    """One year with an IT meter of 1,000 MWh, at constant factors."""
    plain: dict[str, Any] = {"years": 1, "energy": [meter()], "heat": rows}
    return make(**{**plain, **of})


def codes(of: Study) -> set[str]:
    return {problem.code for problem in precheck(of)}


def warm(**of: Any) -> HeatRow:
    return heat(**{**AT, **of})


def year(of: Study) -> Mapping[str, Any]:
    return dict(assess(of)["heat"]["years"][0])
