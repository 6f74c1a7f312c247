"""Doubling one input of the shipped example doubles what should double, and nothing else."""

import pytest

from lca import evaluation, packages
from lca.expand import expand
from lca.system import BASES
from tests.studies import shipped_example

LINES = [f"{letter}{i}" for letter, count in (("C", 6), ("P", 9), ("H", 4)) for i in range(1, count + 1)]
METERS = ["E1", "E2", "E3", "E4", "E5"]


def by_line(name: str, values: list[float]) -> dict[tuple[str, str], list[list[float]]]:
    """Sums of each line, inside and outside the footprint, by basis and column of the axis."""
    context = expand(shipped_example(), {name: values})
    built = packages.build(context.system, context.library.gases, "AR6")
    sums: dict[tuple[str, str], list[list[float]]] = {}
    for demand, rows in evaluation.contributions(context.system, built).items():
        for row in rows:
            tag = context.system.processes[row.line].tag
            assert tag is not None
            place = "inside" if demand == context.system.facility else tag.module
            at = sums.setdefault((tag.line, place), [[0.0, 0.0], [0.0, 0.0]])
            for i, basis in enumerate(BASES):
                at[i] = [at[i][k] + float(getattr(row, basis)[k]) for k in (0, 1)]
    return sums


def amount(name: str) -> float:
    lines = {line.id: line.quantity.value for line in shipped_example().lines}
    return {**lines, **{row.id: row.amount.value for row in shipped_example().energy}}[name]


@pytest.mark.parametrize("name", LINES)
def test_twice_an_installed_amount_is_twice_that_line_and_no_other(name: str) -> None:
    for (line, _), sums in by_line(f"line:{name}:amount", [amount(name), 2 * amount(name)]).items():
        for plain, doubled in sums:
            assert doubled == pytest.approx((2 if line == name else 1) * plain, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", METERS)
def test_twice_a_meter_is_twice_at_the_grid_and_leaves_installed_things_alone(name: str) -> None:
    for (line, place), (location, market) in by_line(f"line:{name}:amount", [amount(name), 2 * amount(name)]).items():
        assert location[1] == pytest.approx((2 if line == name else 1) * location[0], rel=1e-9, abs=1e-9)
        if not line.startswith("E") and (line, place) != ("Q1", "inside"):
            assert market[1] == pytest.approx(market[0], rel=1e-9, abs=1e-9)


def test_twice_the_heat_is_twice_its_pump_and_twice_its_credit() -> None:
    sums = by_line("line:Q1:amount", [60.0, 120.0])
    for place in ("inside", "D2"):
        location = sums["Q1", place][0]
        assert location[1] == pytest.approx(2 * location[0], rel=1e-9)
    assert sums["Q1", "inside"][0][0] > 0 > sums["Q1", "D2"][0][0]
    for key in (("E1", "inside"), ("H1", "inside"), ("P8", "D1")):
        assert sums[key][0][1] == pytest.approx(sums[key][0][0], rel=1e-9)
