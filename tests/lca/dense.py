"""A second solver for tests: the packages' own arrays as a dense matrix, solved by NumPy."""

import numpy as np

from lca import packages
from lca.context import Context

Sums = dict[str, dict[str, tuple[float, float]]]
"""Score and sum of the absolute terms of each demand and component."""


def dense_scores(context: Context, built: packages.Packages, basis: str) -> Sums:
    """Solve every demand of a study by ``numpy.linalg.solve``, once for all of them."""
    demands = {"facility": context.system.facility, **context.system.outside}
    inputs = packages.read([built.common, built.supply[basis]], packages.INPUTS, "technosphere_matrix")
    emitted = packages.read([built.common], packages.EMISSIONS, "biosphere_matrix")
    count = len(context.system.processes)
    technosphere = np.eye(count)
    np.subtract.at(technosphere, (inputs.product - 1, inputs.consumer - 1), inputs.value[:, 0])
    demand = np.zeros((count, len(demands)))
    for column, process in enumerate(demands.values()):
        demand[process - 1, column] = 1
    supply = np.linalg.solve(technosphere, demand)
    factors = packages.characterised(built)
    found: Sums = {}
    for column, name in enumerate(demands):
        found[name] = {}
        for component in ("fossil", "biogenic", "land_use"):
            weight = np.array([factors[f][1] if factors[f][0] == component else 0.0 for f in emitted.product.tolist()])
            terms = supply[emitted.consumer - 1, column] * emitted.value[:, 0] * weight
            found[name][component] = float(terms.sum()), float(np.abs(terms).sum())
    return found
