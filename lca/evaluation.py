"""The evaluation: the packages' own arrays walked in topological order, with a free last axis.

One walk gives every contribution: for each line, what reaches each leaf, and by which part of the supply.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from factors.problems import InputError, Problem
from lca.packages import EMISSIONS, INPUTS, Packages, characterised, read
from lca.replacement import Values
from lca.system import BASES, System

Index = npt.NDArray[np.int64]
Term = tuple[int, int, bool, str]
"""What a process leads to: leaf, flow, whether the way passes through losses, and its status."""

STATUSES = ("given", "matched", "derived", "default", "replaced")
"""Statuses from the surest to the least sure; a way has the least sure one it passes."""


@dataclass(frozen=True)
class Structure:
    """The way of every amount: which exchanges multiply into which terms, level by level from the leaves."""

    seeds: Index
    steps: list[tuple[Index, Index, Index]]
    terms: list[Term]
    roots: dict[int, list[tuple[int, int]]]
    """Exchanges of each demand (by position), with the term they lead to."""
    consumers: Index
    products: Index


@dataclass(frozen=True)
class Contribution:
    """One row: the process of a line, the leaf it leads to, the flow, the part, and the values over the axis."""

    line: int
    leaf: int
    flow: int
    losses: bool
    status: str
    location: Values
    market: Values


def order(system: System, product: Index, consumer: Index) -> list[int]:
    """Processes in topological order, leaves first.

    Raises
    ------
    InputError
        A cycle, named by its processes.
    """
    inputs: dict[int, list[int]] = defaultdict(list)
    for each, by in zip(product.tolist(), consumer.tolist(), strict=True):
        inputs[by].append(each)
    done: dict[int, int] = {}
    path: list[int] = []
    for root in system.processes:
        stack = [(root, False)]
        while stack:
            process, leaving = stack.pop()
            if leaving:
                path.pop()
                done[process] = 1 + max((done[each] for each in inputs[process]), default=-1)
                continue
            if process in done:
                continue
            if process in path:
                names = " → ".join(system.processes[each].label for each in path[path.index(process) :])
                raise InputError([Problem("cycle", values={"processes": names})])
            path.append(process)
            stack.append((process, True))
            stack += [(each, False) for each in inputs[process] if each not in done]
    return sorted(done, key=lambda process: done[process])


def depth(system: System, packages: Packages) -> int:
    """Length of the longest way from a demand to a leaf, in exchanges."""
    amounts = read([packages.common, packages.supply[BASES[0]]], INPUTS, "technosphere_matrix")
    longest: dict[int, int] = {}
    inputs: dict[int, list[int]] = defaultdict(list)
    for each, by in zip(amounts.product.tolist(), amounts.consumer.tolist(), strict=True):
        inputs[by].append(each)
    for process in order(system, amounts.product, amounts.consumer):
        longest[process] = max((1 + longest[each] for each in inputs[process]), default=0)
    return max(longest.values())


def structure(system: System, packages: Packages) -> Structure:
    """Find every way from a demand to a flow; amounts play no part in it."""
    amounts = read([packages.common, packages.supply[BASES[0]]], INPUTS, "technosphere_matrix")
    emitted = read([packages.common], EMISSIONS, "biosphere_matrix")
    demands = {system.facility, *system.outside.values()}
    by_consumer: dict[int, list[int]] = defaultdict(list)
    for position, consumer in enumerate(amounts.consumer.tolist()):
        by_consumer[consumer].append(position)
    terms: list[Term] = []
    of: dict[int, dict[Term, int]] = {}
    seeds = np.empty(len(emitted.product), dtype=np.int64)
    for position, (flow, leaf) in enumerate(zip(emitted.product.tolist(), emitted.consumer.tolist(), strict=True)):
        seeds[position] = _term(of.setdefault(leaf, {}), terms, (leaf, flow, False, "given"))
    steps: dict[int, tuple[list[int], list[int], list[int]]] = {}
    levels: dict[int, int] = {}
    products = amounts.product.tolist()
    for process in order(system, amounts.product, amounts.consumer):
        positions = by_consumer[process]
        levels[process] = 1 + max((levels[products[p]] for p in positions), default=-1)
        if process in demands:
            continue
        mine = of.setdefault(process, {})
        here = system.processes[process]
        through_losses = here.kind == "losses"
        exchange, source, target = steps.setdefault(levels[process], ([], [], []))
        for position in positions:
            for (leaf, flow, lost, status), index in of[products[position]].items():
                exchange.append(position)
                source.append(index)
                term = (leaf, flow, lost or through_losses, less_sure(status, here.status))
                target.append(_term(mine, terms, term))
    roots = {
        demand: [(position, index) for position in by_consumer[demand] for index in of[products[position]].values()]
        for demand in demands
    }
    ordered_steps = [tuple(np.array(column, dtype=np.int64) for column in steps[level]) for level in sorted(steps)]
    return Structure(seeds, ordered_steps, terms, roots, amounts.consumer, amounts.product)  # type: ignore[arg-type]


def less_sure(one: str, other: str) -> str:
    """Return the less sure of two statuses.

    Examples
    --------
    >>> less_sure("derived", "given"), less_sure("derived", "replaced")
    ('derived', 'replaced')
    """
    return max(one, other, key=STATUSES.index)


def _term(mine: dict[Term, int], terms: list[Term], term: Term) -> int:
    known = mine.get(term)
    if known is None:
        known = mine[term] = len(terms)
        terms.append(term)
    return known


def walk(of: Structure, packages: Packages, basis: str) -> tuple[Values, Values]:
    """Multiply amounts along every way of one basis.

    Returns
    -------
    tuple
        Amounts of the exchanges, and kg CO2e per unit of process for each term; both (…, axis).
    """
    amounts = read([packages.common, packages.supply[basis]], INPUTS, "technosphere_matrix")
    emitted = read([packages.common], EMISSIONS, "biosphere_matrix")
    factors = characterised(packages)
    weight = np.array([factors[flow][1] for flow in emitted.product.tolist()])
    values = np.zeros((len(of.terms), amounts.value.shape[1]))
    np.add.at(values, of.seeds, emitted.value * weight[:, None])
    for exchange, source, target in of.steps:
        np.add.at(values, target, amounts.value[exchange] * values[source])
    return amounts.value, values


def _contribution(line: int, term: Term, location: Values, market: Values) -> Contribution:
    leaf, flow, losses, status = term
    return Contribution(line, leaf, flow, losses, status, location, market)


def contributions(system: System, packages: Packages) -> dict[int, list[Contribution]]:
    """Return the rows of each demand: the facility, and what stands outside it.

    A row is what one line sends to one flow of one leaf, through losses or not; a demand's rows sum to its score.
    """
    of = structure(system, packages)
    walks = {basis: walk(of, packages, basis) for basis in BASES}
    rows: dict[int, list[Contribution]] = {}
    for demand, ways in of.roots.items():
        exchange = np.array([position for position, _ in ways], dtype=np.int64)
        term = np.array([index for _, index in ways], dtype=np.int64)
        location, market = (amounts[exchange] * values[term] for amounts, values in (walks[basis] for basis in BASES))
        lines = of.products[exchange].tolist() if len(exchange) else []
        rows[demand] = [
            _contribution(line, of.terms[index], location[i], market[i])
            for i, (line, index) in enumerate(zip(lines, term.tolist(), strict=True))
        ]
    return rows
