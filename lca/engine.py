"""Brightway's solver behind one import: the score of a demand, by component and basis."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

from lca.packages import Packages
from lca.system import BASES


@contextmanager
def _without_bw2data() -> Iterator[None]:
    """Keep bw2calc from importing bw2data, which would create a project in the user's home."""
    name = "bw2data"
    known = sys.modules.get(name)
    if known is not None:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]


@cache
def bw2calc() -> ModuleType:
    """Import bw2calc, quietly and without side effects; its advice to install another solver is not the user's."""
    with _without_bw2data(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import bw2calc as module  # noqa: PLC0415 - the one import site

    found: ModuleType = module
    return found


Scores = dict[str, dict[str, dict[str, list[float]]]]
"""Basis → demand → component → score of each column of the axis [kg CO2e]."""


def solve(packages: Packages, demands: dict[str, int], columns: int = 1) -> Scores:
    """Solve the system with bw2calc and score each demand.

    Parameters
    ----------
    packages
        Data packages of the system.
    demands
        Name to process id, each demanded once: the facility, and what stands outside it.
    columns
        How many columns of the free axis to solve, from the first; beyond it the first demand alone, whose totals are
        what a restatement is asked for.

    Returns
    -------
    dict
        Scores by basis, demand and component.
    """
    return {basis: _solve_basis(packages, basis, demands, columns) for basis in BASES}


def _solve_basis(
    packages: Packages, basis: str, demands: dict[str, int], columns: int
) -> dict[str, dict[str, list[float]]]:
    first = next(iter(demands.values()))
    lca: Any = bw2calc().LCA({first: 1}, data_objs=[packages.common, packages.supply[basis]], use_arrays=True)
    scores: dict[str, dict[str, list[float]]] = {name: {} for name in demands}
    weighing: dict[str, Any] = {}
    for column in range(columns):
        if column:
            next(lca)
        for name, process in demands.items():
            if column and process != first:
                continue
            lca.lci(demand={process: 1}, factorize=process == first)
            for component, package in packages.characterisation.items():
                if component in weighing:
                    lca.characterization_matrix = weighing[component]
                else:
                    lca.load_lcia_data([package])
                    weighing[component] = lca.characterization_matrix
                lca.lcia_calculation()
                scores[name].setdefault(component, []).append(float(lca.score))
    return scores
