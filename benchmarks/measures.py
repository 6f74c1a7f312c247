"""Every set of fifteen measures on a hall of 25 years: how long the joint result of each takes."""

import time
from dataclasses import replace
from typing import Any

import numpy as np

COUNT, BOUND = 15, 5.0
"""Measures, and the seconds that all of their sets may take."""


def run() -> bool:
    """Evaluate all sets; print how long it took and in how many states; ten of them must be what they are alone."""
    from inventories.measures import Measure  # noqa: PLC0415
    from inventories.values import Quantity  # noqa: PLC0415
    from lca.measures.effects import shapley  # noqa: PLC0415
    from lca.measures.states import States, numbers  # noqa: PLC0415
    from tests.studies import contract, unmeasured  # noqa: PLC0415

    study = unmeasured("kajaani")
    energy = [row.id for row in study.energy if row.carrier == "electricity"][:7]
    changes: list[tuple[str, str, dict[str, Any]]] = [("scale", id, {"value": "0.9"}) for id in energy]
    changes += [("contract", "K9", {}), ("scale", "Energy[use=backup-test]", {"value": "0.5"})]
    changes += [("scale", row.id, {"parameter": "factor", "value": "0.7"}) for row in study.construction[:3]]
    changes += [("set", "Hardware[class=server]", {"parameter": "service_life", "value": "6"})]
    changes += [("scale", "Hardware[class=storage]", {"value": "0.5"}), ("scale", study.water[0].id, {"value": "0.5"})]
    rows = tuple(
        Measure(id=f"M{i}", measure=f"M{i}", kind=kind, target=(target,), start_year=2027 + i, **of)
        for i, (kind, target, of) in enumerate(changes)
    )
    assert len(rows) == COUNT  # noqa: S101 - what the bound is for
    more = contract(id="K9", amount=Quantity(20_000.0, "MWh"), share_percent=None)
    by_year = tuple(replace(row, matching="annual", profile=None) for row in study.contracts)
    settings = replace(study.settings, grid_profile=None)
    annual = replace(
        study, settings=settings, contracts=(*by_year, more), measures=rows, simulation=None, network=None,
        energy=tuple(replace(row, profile=None) for row in study.energy),
        heat=tuple(replace(row, profile=None) for row in study.heat),
    )  # fmt: skip
    begins = time.perf_counter()
    states = States(annual)
    found = states.of(np.arange(2**COUNT, dtype=np.int64))
    totals = found.footprint["market"].sum(axis=0)
    shares = shapley(totals[0] - totals)
    seconds = time.perf_counter() - begins
    drawn = np.random.default_rng(1).integers(0, 2**COUNT, 10)
    for number in drawn.tolist():
        chosen = [id for place, id in enumerate(states.measures) if number >> place & 1]
        alone = numbers(states.context(chosen)).footprint["market"].sum()
        assert abs(alone - totals[number]) <= 1e-9 * abs(alone)  # noqa: S101 - it stops the benchmark
    assert abs(shares.sum() - (totals[0] - totals[-1])) <= 1e-9 * abs(totals[0])  # noqa: S101 - the same
    verdict = "ok" if seconds <= BOUND else "OVER"
    print(
        f"{2**COUNT:,} sets of {COUNT} measures, 25 years{'':<14} {seconds:7.1f} s  bound {BOUND} s  {verdict}\n"
        f"  {sum(states.runs.values()):,} states of {len(states.runs)} parts; ten sets are what they are alone"
    )
    return seconds <= BOUND
