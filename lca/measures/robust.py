"""Whether each measure of a plan stays right when a choice of the study is decided otherwise.

A world is one trajectory of the grid, one replacement rule, one basis and one way to share with recovered heat. A
measure is right in a world where the plan without it, and without what requires it, would have the larger footprint.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from inventories.study import Study
from lca import evaluation, packages
from lca.context import Context
from lca.evaluation import Contribution
from lca.expand import electricity_of, expand
from lca.heat.methods import ByBasis, facts, methods
from lca.measures.parts import ENERGY, Part
from lca.measures.states import States
from lca.replacement import Values
from lca.system import BASES
from lca.tables import Record, it_kwh

RULES = ("standard", "whole", "pro-rata")
"""Replacement rules."""

World = tuple[str, str, str, str]
"""Trajectory, replacement rule, basis, method of sharing with recovered heat."""


@dataclass(frozen=True)
class Standing:
    """How a plan stands in every world.

    Attributes
    ----------
    worlds
        Worlds looked at.
    against
        Worlds in which a measure is not right, as places in ``worlds``.
    """

    worlds: list[World]
    against: dict[str, list[int]]

    def share(self, id: str) -> float:
        """Share of the worlds in which a measure is right."""
        return 1.0 - len(self.against[id]) / len(self.worlds)

    def as_json(self) -> dict[str, Any]:
        """Return it as the results document holds it."""
        keys = ("trajectory", "rule", "basis", "heat")
        return {
            "worlds": [dict(zip(keys, world, strict=True)) for world in self.worlds],
            "against": self.against,
            "share": {id: self.share(id) for id in self.against},
        }


def standing(states: States, plan: Sequence[str], without: Mapping[str, Sequence[str]]) -> Standing:
    """Run a plan, and the plan without each of its measures, in every world.

    Parameters
    ----------
    states
        Runs of the study, its measures beginning as the plan has them.
    plan
        Measures of the plan.
    without
        What is left of the plan without each of them.
    """
    whole = tuple(plan)
    sets = list(dict.fromkeys([whole, *map(tuple, without.values())]))
    found = _Worlds(states).of(sets)
    worlds = [world for world in found[whole] if all(world in each for each in found.values())]
    against = {
        id: [
            place
            for place, world in enumerate(worlds)
            if not _is_more(found[tuple(without[id])][world], found[whole][world])
        ]
        for id in plan
    }
    return Standing(worlds, against)


def _is_more(without: float, with_it: float) -> bool:
    """Whether a footprint is larger, beyond rounding."""
    return without - with_it > 1e-9 * max(abs(without), abs(with_it))


@dataclass
class _Worlds:
    """The worlds of one study: trajectories are columns of one axis of energy, rules those of everything else."""

    states: States

    @property
    def study(self) -> Study:
        """The study without measures."""
        return self.states.full.base

    @cached_property
    def trajectories(self) -> list[str]:
        """Trajectories open to the study; that followed alone where nothing is bought from the grid."""
        found = electricity_of(self.study).trajectories
        part = self.energy.study
        powered = any(line.power_w for line in part.hardware) or any(row.it_load_percent for row in part.years)
        bought = part.energy or part.heat or part.simulation or powered
        return list(found.open) if found.grid and bought else [found.chosen]

    @cached_property
    def rules(self) -> list[str]:
        """Replacement rules."""
        return list(RULES)

    @cached_property
    def energy(self) -> Part:
        """The part in which loads, contracts and heat meet."""
        return next(part for part in self.states.parts if part.name == ENERGY)

    def of(self, sets: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], dict[World, float]]:
        """Footprint of the data centre with each set of measures in every world [kg CO2e]."""
        numbers = np.array([_number(self.states, chosen) for chosen in sets], dtype=np.int64)
        other = [self._other(rule, numbers) for rule in self.rules]
        return {
            chosen: dict(self._footprints(chosen, [{basis: of[basis][place] for basis in BASES} for of in other]))
            for place, chosen in enumerate(sets)
        }

    def _other(self, rule: str, numbers: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[str, list[float]]:
        """Footprint of everything but energy with each set of measures, by one rule."""
        states = self.states.under(replacement_rule=rule)
        found = states.of(numbers, lambda part: part.name != ENERGY).footprint
        return {basis: found[basis].sum(axis=0).tolist() for basis in BASES}

    def _footprints(self, chosen: tuple[str, ...], other: Sequence[ByBasis]) -> Iterator[tuple[World, float]]:
        applied = self.states.applied(self.energy, chosen)
        columns = {
            f"choice:trajectory:{name}": [float(name == each) for each in self.trajectories]
            for name in self.trajectories
            if len(self.trajectories) > 1
        }
        context = expand(applied.study, columns, applied.changes)
        built = packages.build(context.system, context.library.gases, self.study.settings.gwp_set or "AR6")
        rows = evaluation.contributions(context.system, built)
        inside = _summed(context, rows[context.system.facility], self.energy.uncounted)
        outer = chain.from_iterable(rows[each] for each in context.system.outside.values())
        outside = _summed(context, outer, self.energy.uncounted)
        for column, trajectory in enumerate(self.trajectories):
            here, beside = _column(inside, column), _column(outside, column)
            for rule, rest in zip(self.rules, other, strict=True):
                for method, value in _by_method(context, here, beside, rest):
                    for basis in BASES:
                        yield (trajectory, rule, basis, method), value[basis]
        context.let_go()


def _number(states: States, chosen: Iterable[str]) -> int:
    return sum(1 << states.measures.index(id) for id in chosen)


Summed = dict[tuple[Any, ...], list[Values]]
"""Values over the axis of both bases, by what the methods of sharing look at."""

_LOOKED_AT = ("section", "module", "line", "year", "name")


def _summed(context: Context, rows: Iterable[Contribution], uncounted: str) -> Summed:
    """Sum rows by what the methods of sharing with recovered heat look at, over the whole axis."""
    found: Summed = {}
    for row in rows:
        tag = context.system.processes[row.line].tag
        assert tag is not None  # noqa: S101 - what a demand takes is a line
        if tag.section == uncounted:
            continue
        at = found.setdefault((tag.section, tag.module, tag.line, tag.year, tag.name), [np.zeros(1), np.zeros(1)])
        for place, basis in enumerate(BASES):
            at[place] = at[place] + np.ravel(getattr(row, basis))
    return found


def _column(summed: Summed, column: int) -> list[dict[str, Any]]:
    """One column of a summed table, as records."""
    return [
        {
            **dict(zip(_LOOKED_AT, key, strict=True)),
            **{basis: float(of[column] if len(of) > 1 else of[0]) for basis, of in zip(BASES, values, strict=True)},
        }
        for key, values in summed.items()
    ]


def _by_method(
    context: Context, inside: Sequence[Record], outside: Sequence[Record], rest: ByBasis
) -> Iterator[tuple[str, ByBasis]]:
    """Footprint that the data centre states by each way to share with recovered heat, H0 among them."""
    of = facts(context, inside, outside, it_kwh(context))
    of = replace(
        of,
        gross={basis: of.gross[basis] + rest[basis] for basis in BASES},
        rest={basis: of.rest[basis] + rest[basis] for basis in BASES},
    )
    yield "H0", of.gross
    if not context.heats:
        return
    for each in methods(context, of):
        if each["method"] == "H1":
            yield "H1", {basis: of.gross[basis] - of.credit(basis) for basis in BASES}
        elif each["method"] == "H6" and each["credit_each"]:
            yield "H6", {basis: of.gross[basis] - each["credit_each"][basis] for basis in BASES}
        elif each["method"] not in ("H0", "H6") and each["data_centre"]:
            yield each["method"], each["data_centre"]
