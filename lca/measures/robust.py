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

from inventories.study import INSTALLED, Study, table
from lca import evaluation, packages
from lca.context import Context
from lca.evaluation import Contribution
from lca.expand import electricity_of
from lca.heat.methods import ByBasis, facts, methods
from lca.measures.parts import ENERGY, Part
from lca.measures.states import States
from lca.system import BASES
from lca.tables import contributions_table, it_kwh, outside_table

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


def standing(study: Study, plan: Sequence[str], without: Mapping[str, Sequence[str]]) -> Standing:
    """Run a plan, and the plan without each of its measures, in every world.

    Parameters
    ----------
    study
        The study, its measures beginning as the plan has them.
    plan
        Measures of the plan.
    without
        What is left of the plan without each of them.
    """
    whole = tuple(plan)
    sets = list(dict.fromkeys([whole, *map(tuple, without.values())]))
    found = {chosen: _Run(study, chosen).footprints for chosen in sets}
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
class _Run:
    """One set of measures in every world."""

    study: Study
    chosen: tuple[str, ...]

    @cached_property
    def footprints(self) -> dict[World, float]:
        """Footprint of the data centre in every world [kg CO2e]."""
        chosen = self.study.settings.replacement_rule or ("pro-rata" if self._is_annual else RULES[0])
        found: dict[World, float] = {}
        energy: list[tuple[str, Context, list[Contribution], list[Contribution]]] = []
        for rule in dict.fromkeys((chosen, *RULES)):
            states = States(replace(self.study, settings=replace(self.study.settings, replacement_rule=rule)))
            if not energy or self._installed_with_energy(states):
                energy = list(self._energy(states))
            other = states.of(
                np.array([_number(states, self.chosen)], dtype=np.int64), lambda part: part.name != ENERGY
            )
            rest = {basis: float(other.footprint[basis].sum()) for basis in BASES}
            for trajectory, context, rows, outside in energy:
                for heat, value in _by_method(context, rows, outside, rest):
                    found.update({(trajectory, rule, basis, heat): value[basis] for basis in BASES})
        return found

    @property
    def _is_annual(self) -> bool:
        return self.study.settings.study_type == "annual"

    def _installed_with_energy(self, states: States) -> bool:
        """Whether installed things tell the load, so that energy goes by the rule too."""
        part = _energy_part(states)
        return any(table(part.study, sheet) for sheet in INSTALLED)

    def _energy(self, states: States) -> Iterator[tuple[str, Context, list[Contribution], list[Contribution]]]:
        """Energy with the measures, expanded once with a column for each trajectory of the grid."""
        part = _energy_part(states)
        trajectories = electricity_of(states.full.base).trajectories
        names = list(trajectories.open) if trajectories.grid and _has_grid(part.study) else []
        columns = {f"choice:trajectory:{name}": [float(name == each) for each in names] for name in names}
        context = states.part_context(part, self.chosen, columns)
        built = packages.build(context.system, context.library.gases, states.full.settings.gwp_set or "AR6")
        rows = evaluation.contributions(context.system, built)
        outside = list(chain.from_iterable(rows[each] for each in context.system.outside.values()))
        for column, name in enumerate(names or [trajectories.chosen]):
            yield (
                name,
                context,
                [_column(row, column) for row in rows[context.system.facility]],
                [_column(row, column) for row in outside],
            )


def _has_grid(study: Study) -> bool:
    """Whether electricity is used at all, so that a trajectory is asked for."""
    powered = any(line.power_w for line in study.hardware) or any(row.it_load_percent for row in study.years)
    return bool(study.energy or study.heat or study.simulation or powered)


def _energy_part(states: States) -> Part:
    return next(part for part in states.parts if part.name == ENERGY)


def _number(states: States, chosen: Iterable[str]) -> int:
    return sum(1 << states.measures.index(id) for id in chosen)


def _column(row: Contribution, column: int) -> Contribution:
    """One column of a row over the axis."""
    values = {basis: np.ravel(getattr(row, basis)) for basis in BASES}
    location, market = (of[column : column + 1] if len(of) > 1 else of for of in values.values())
    return replace(row, location=location, market=market)


def _by_method(
    context: Context, rows: Sequence[Contribution], outside: Sequence[Contribution], rest: ByBasis
) -> Iterator[tuple[str, ByBasis]]:
    """Footprint that the data centre states by each way to share with recovered heat, H0 among them."""
    inside = contributions_table(context, rows).table
    of = facts(context, inside, outside_table(context, outside).table, it_kwh(context))
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
