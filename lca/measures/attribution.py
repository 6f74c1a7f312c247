"""Whose part of what is avoided together is whose: in the physical order, and free of any order (Shapley)."""

from collections.abc import Sequence

import numpy as np

from inventories.operations import Operation
from lca.heat.methods import ByBasis
from lca.measures.effects import ORDER, Game, group_of, shapley
from lca.measures.states import Numbers, States
from lca.replacement import Values
from lca.system import BASES


def physical_order(game: Game, found: Sequence[Operation], chosen: Sequence[str]) -> list[str]:
    """Some measures in the physical order; of one group as they are typed, after what they require."""
    groups = {id: ORDER.index(group_of([each for each in found if each.measure == id])) for id in chosen}
    placed: list[str] = []
    left = sorted(chosen, key=lambda id: (groups[id], game.ids.index(id)))
    while left:
        ready = next(id for id in left if game.needs[id] <= {*placed})
        placed.append(ready)
        left.remove(ready)
    return placed


def in_order(states: States, game: Game, order: Sequence[str]) -> dict[str, ByBasis]:
    """What each measure adds after those before it [kg CO2e avoided]."""
    sets = [game.number(order[:place]) for place in range(len(order) + 1)]
    found = sums(states.of(np.array(sets, dtype=np.int64)))
    return {
        id: {basis: float(found[basis][place] - found[basis][place + 1]) for basis in BASES}
        for place, id in enumerate(order)
    }


def shares(states: States, game: Game, chosen: Sequence[str]) -> dict[str, ByBasis]:
    """Shapley value of each measure in a set [kg CO2e avoided]: every set of them is run.

    A measure whose requirements are not in a set does nothing in it.
    """
    here = [game.ids.index(id) for id in chosen]
    local = np.arange(2 ** len(here), dtype=np.int64)
    sets = np.zeros(len(local), dtype=np.int64)
    for bit, place in enumerate(here):
        sets |= ((local >> bit) & 1) << place
    found = sums(states.of(game.carried_out(sets)))
    values = {basis: shapley(found[basis][0] - found[basis]) for basis in BASES}
    return {id: {basis: float(values[basis][place]) for basis in BASES} for place, id in enumerate(chosen)}


def sums(numbers: Numbers) -> dict[str, Values]:
    """Footprint of the period of every set [kg CO2e]."""
    return {basis: numbers.footprint[basis].sum(axis=0) for basis in BASES}
