"""The footprint of a study with any of its measures: parts in their states, each expanded and walked once.

Within a part, measures that set values are tried one set after the other; those that only change how much there is of
yearly rows run together on the free axis. F(S) is the sum of the parts, each in the state that S gives it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from factors.problems import InputError, Problem, has_errors
from inventories.operations import Operation, exclusions, operations, prerequisites, starts
from inventories.study import Study
from lca import evaluation, packages
from lca.context import Context
from lca.energy import it_by_year
from lca.expand import expand
from lca.heat.methods import ByBasis
from lca.measures.apply import Applied, apply, axis_of, is_coefficient
from lca.measures.effects import MOST
from lca.measures.money import energy_costs
from lca.measures.parts import ENERGY, Part, parts_of
from lca.measures.target import is_operation
from lca.replacement import Values
from lca.system import BASES

TRIED = 8
"""Measures of a part that set values, of which every set is tried one after the other."""

CHUNK, HOURLY_CHUNK = 2048, 32
"""Columns expanded at once: by the year, and where every hour of every column stands in memory."""


@dataclass(frozen=True)
class Numbers:
    """What comes of a study by year, over the free axis: arrays of (years, axis).

    Attributes
    ----------
    footprint, operation, outside
        kg CO2e of modules A to C, of operation in it (``target.is_operation``), and of what stands outside, by basis.
    cost, unpriced
        Energy and water bought less heat sold [EUR], and what has no price, as ``energy_costs`` gives them.
    """

    footprint: Mapping[str, Values]
    operation: Mapping[str, Values]
    outside: Mapping[str, Values]
    cost: Values
    unpriced: Values

    def __add__(self, other: "Numbers") -> "Numbers":
        return _made(lambda one, two: one + two, self, other)

    def put(self, columns: npt.NDArray[np.int64], of: "Numbers") -> None:
        """Write the columns of others over some of these."""
        for mine, theirs in (
            (self.footprint, of.footprint),
            (self.operation, of.operation),
            (self.outside, of.outside),
        ):
            for basis in BASES:
                mine[basis][:, columns] = theirs[basis]
        self.cost[:, columns], self.unpriced[:, columns] = of.cost, of.unpriced

    def at(self, columns: npt.NDArray[np.int64]) -> "Numbers":
        """Return some columns, in that order."""
        return _made(lambda values: values[:, columns], self)


def _made(how: Callable[..., Values], *of: Numbers) -> Numbers:
    """Make numbers out of others, array by array."""
    return Numbers(
        {basis: how(*(each.footprint[basis] for each in of)) for basis in BASES},
        {basis: how(*(each.operation[basis] for each in of)) for basis in BASES},
        {basis: how(*(each.outside[basis] for each in of)) for basis in BASES},
        how(*(each.cost for each in of)),
        how(*(each.unpriced for each in of)),
    )


def summed(values: Mapping[str, Values]) -> ByBasis:
    """Sum of all years and columns by basis."""
    return {basis: float(values[basis].sum()) for basis in BASES}


def less(before: Mapping[str, Values], after: Mapping[str, Values]) -> ByBasis:
    """By how much one sum is less than another, by basis."""
    return {basis: float(before[basis].sum() - after[basis].sum()) for basis in BASES}


def by_year(values: Mapping[str, Values]) -> dict[str, list[float]]:
    """Values of the first column by year, by basis."""
    return {basis: values[basis][:, 0].tolist() for basis in BASES}


def joined(found: Sequence[Numbers]) -> Numbers:
    """Put columns behind one another."""
    return found[0] if len(found) == 1 else _made(lambda *values: np.concatenate(values, axis=1), *found)


def numbers(context: Context, uncounted: str = "") -> Numbers:
    """Build and walk an expanded study; sum what it emits by year, but for a section that is not counted.

    Raises
    ------
    InputError
        The study gives no result.
    """
    if has_errors(context.problems):
        raise InputError(context.problems)
    system, settings = context.system, context.study.settings
    built = packages.build(system, context.library.gases, settings.gwp_set or "AR6")
    packages.check(built)
    rows = evaluation.contributions(system, built)
    outside = list(chain.from_iterable(rows[each] for each in system.outside.values()))
    before_and_after, operation = _by_year(context, rows[system.facility], uncounted)
    footprint = {basis: before_and_after[basis] + operation[basis] for basis in BASES}
    beside = _by_year(context, outside, uncounted)[0]
    return Numbers(footprint, operation, beside, *energy_costs(context))


def _by_year(
    context: Context, rows: Sequence[evaluation.Contribution], uncounted: str
) -> tuple[dict[str, Values], dict[str, Values]]:
    """Sum rows by year: those of other modules, and those of operation."""
    settings, system = context.study.settings, context.system
    shape = (settings.reference_period, system.length)
    other, use = ({basis: np.zeros(shape) for basis in BASES} for _ in range(2))
    for row in rows:
        tag = system.processes[row.line].tag
        assert tag is not None  # noqa: S101 - what a demand takes is a line
        if tag.section == uncounted:
            continue
        found = use if is_operation(tag.module) else other
        for basis in BASES:
            found[basis][tag.year - settings.start_year] += getattr(row, basis)
    return other, use


@dataclass
class States:
    """Every state of every part of a study, computed when asked for.

    Attributes
    ----------
    full
        The study with its measures.
    runs
        States computed so far, by part.
    is_lazy
        Whether only the states that are asked for are computed, also where all would be few.
    """

    full: Study
    runs: dict[str, int] = field(default_factory=dict)
    is_lazy: bool = False
    _known: dict[str, Numbers] = field(default_factory=dict)
    _single: dict[tuple[str, int], Numbers] = field(default_factory=dict)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Ids of the measures in the order they are typed; the bit of a set's number is the place here."""
        return tuple(dict.fromkeys(row.id for row in self.full.measures))

    @cached_property
    def operations(self) -> list[Operation]:
        """Operations of all measures."""
        return operations(self.full)[0]

    @cached_property
    def starts(self) -> dict[str, int]:
        """First year of each measure."""
        return starts(self.full)

    @cached_property
    def parts(self) -> list[Part]:
        """Parts of the study, that of nothing changed last."""
        return parts_of(self.full.base, self.operations)

    def like(self, full: Study, *, is_lazy: bool = False) -> "States":
        """Return the states of a study with the same rows, whose measures are others or begin in other years."""
        found = States(full, is_lazy=is_lazy)
        found.__dict__["reference"] = self.reference
        return found

    def under(self, **settings: Any) -> "States":  # noqa: ANN401 - a setting of any kind
        """Return the states of the study with another choice that does not move its IT energy."""
        return self.like(replace(self.full, settings=replace(self.full.settings, **settings)))

    @cached_property
    def reference(self) -> dict[int, float]:
        """IT energy of the study without measures by year [kWh]."""
        context = expand(next(part for part in self.parts if part.name == ENERGY).study)
        found = it_by_year(context, context.yearly)
        return {year: float(np.ravel(kwh)[0]) for year, kwh in found.items()}

    def of(self, sets: npt.NDArray[np.int64], wanted: Callable[[Part], bool] = lambda part: True) -> Numbers:
        """Return what comes of the study, or of some of its parts, with each set of measures."""
        total = self._never(len(sets), 0.0)
        for part in self.parts:
            if wanted(part):
                total = total + self._in_states(part, self._states_of(part, sets))
        return total

    def context(self, measures: Sequence[str]) -> Context:
        """Expand the whole study with some measures, one column, as it is assessed."""
        return self._expanded(self.full.base, measures)

    def figures(self, measures: Sequence[str]) -> Context:
        """Expand energy, heat and water with some measures: all that key figures look at."""
        energy = next(part for part in self.parts if part.name == ENERGY)
        return self._expanded(replace(energy.study, water=self.full.base.water), measures)

    def _expanded(self, study: Study, measures: Sequence[str]) -> Context:
        applied = apply(study, self.operations, dict.fromkeys(measures, 1.0), self.starts, self.reference)
        return expand(applied.study, None, applied.changes)

    def applied(self, part: Part, measures: Sequence[str]) -> Applied:
        """Put some measures onto one part."""
        there = dict.fromkeys((id for id in measures if id in part.measures), 1.0)
        return apply(part.study, part.operations, there, self.starts, self._reference_of(part))

    def _states_of(self, part: Part, sets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Number of the state of a part in each set: the bits of its own measures."""
        state = np.zeros(len(sets), dtype=np.int64)
        for bit, measure in enumerate(part.measures):
            state |= ((sets >> self.measures.index(measure)) & 1) << bit
        return state

    def _in_states(self, part: Part, states: npt.NDArray[np.int64]) -> Numbers:
        """Return what comes of a part in some of its states; all are computed at once where they are few."""
        if self.is_small(part) and not self.is_lazy:
            return self._part(part).at(states)
        asked, place = np.unique(states, return_inverse=True)
        self._compute(part, [state for state in asked.tolist() if (part.name, state) not in self._single])
        return joined([self._single[part.name, state] for state in asked.tolist()]).at(place)

    def _compute(self, part: Part, states: Sequence[int]) -> None:
        """Compute single states: those that differ by coefficients alone run together on the axis."""
        along = self._coefficients(part)
        moved = sum(1 << part.measures.index(id) for id in along)
        together: dict[int, list[int]] = {}
        for state in states:
            together.setdefault(state & ~moved, []).append(state)
        for fixed, own in together.items():
            tried = [id for bit, id in enumerate(part.measures) if fixed >> bit & 1]
            bits = [part.measures.index(id) for id in along]
            sets = np.array([sum((state >> bit & 1) << i for i, bit in enumerate(bits)) for state in own], np.int64)
            found = joined(list(self._along(part, tried, along, sets)))
            for column, state in enumerate(own):
                self._single[part.name, state] = found.at(np.array([column]))
            self.runs[part.name] = self.runs.get(part.name, 0) + len(own)

    def is_small(self, part: Part) -> bool:
        """Whether every state of a part is computed: what is tried set by set is little, and all measures are few."""
        return len(self.tried(part)) <= TRIED and len(part.measures) <= MOST

    def tried(self, part: Part) -> list[str]:
        """Measures of a part that are tried set by set."""
        return [id for id in part.measures if id not in self._coefficients(part)]

    def _coefficients(self, part: Part) -> list[str]:
        """Measures that run along the axis in a part."""
        own = part.measures
        return [
            id for id in own if all(is_coefficient(part.study, each) for each in part.operations if each.measure == id)
        ]

    def _part(self, part: Part) -> Numbers:
        if part.name not in self._known:
            self._known[part.name] = self._all_states(part)
        return self._known[part.name]

    def _all_states(self, part: Part) -> Numbers:
        """Every state of a part: sets of what sets values one by one, the rest along the axis."""
        own = part.measures
        along = self._coefficients(part)
        tried = [id for id in own if id not in along]
        found = self._never(2 ** len(own))
        for chosen in range(2 ** len(tried)):
            measures = [id for bit, id in enumerate(tried) if chosen >> bit & 1]
            sets = np.arange(2 ** len(along), dtype=np.int64)
            states = np.full(len(sets), sum(1 << own.index(id) for id in measures), dtype=np.int64)
            for bit, id in enumerate(along):
                states |= ((sets >> bit) & 1) << own.index(id)
            asked = self._can_be(part, states)
            begin = 0
            for each in self._along(part, measures, along, sets[asked]) if asked.any() else ():
                width = each.cost.shape[1]
                found.put(states[asked][begin : begin + width], each)
                begin += width
        self.runs[part.name] = 2 ** len(own)
        return found

    def _can_be(self, part: Part, states: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which states of a part can be: nothing excluded together, all that is required of the part there."""
        own, needs = part.measures, prerequisites(self.full)
        fine = np.ones(len(states), dtype=bool)
        for one, other in (sorted(pair) for pair in exclusions(self.full) if pair <= {*own}):
            fine &= ((states >> own.index(one)) & (states >> own.index(other)) & 1) == 0
        for id in own:
            for other in needs[id] & {*own}:
                fine &= ((states >> own.index(id)) & ~(states >> own.index(other)) & 1) == 0
        return fine

    def _along(
        self, part: Part, tried: Sequence[str], along: Sequence[str], sets: npt.NDArray[np.int64]
    ) -> Iterator[Numbers]:
        hourly = part.name == ENERGY and _is_hourly(part.study)
        size = HOURLY_CHUNK if hourly else CHUNK
        for begin in range(0, len(sets), size):
            chunk = sets[begin : begin + size]
            axis = dict(zip(along, axis_of(len(along), chunk), strict=True))
            there = {**dict.fromkeys(tried, 1.0), **axis}
            applied = apply(part.study, part.operations, there, self.starts, self._reference_of(part))
            context = expand(applied.study, None, applied.changes, len(chunk))
            try:
                made = numbers(context, part.uncounted)
            except InputError as error:
                raise self._refused(list(there), error) from error
            context.let_go()
            yield made

    def _refused(self, measures: Sequence[str], error: InputError) -> InputError:
        """Say which measures leave no result together; the study itself is to blame where there is none."""
        if not measures:
            return error
        place = next(i for i, row in enumerate(self.full.measures) if row.id == measures[-1])
        told = {"id": ", ".join(measures), "reason": error.problems[0].code}
        return InputError([Problem("measure-result", "Measures", place, "value", "", told)])

    def _reference_of(self, part: Part) -> dict[int, float] | None:
        return self.reference if part.name == ENERGY else None

    def _never(self, count: int, value: float = np.nan) -> Numbers:
        """Numbers of sets that cannot be: none."""

        def empty() -> Values:
            return np.full((self.full.settings.reference_period, count), value)

        footprint, operation, outside = ({basis: empty() for basis in BASES} for _ in range(3))
        return Numbers(footprint, operation, outside, empty(), empty())


def _is_hourly(study: Study) -> bool:
    """Whether hours are told apart: by a profile, a simulated hall, a network or an hourly contract."""
    sheets: tuple[tuple[Any, ...], ...] = (study.energy, study.contracts, study.heat)
    profiles = any(row.profile for rows in sheets for row in rows)
    stated = study.simulation is not None or study.network is not None or study.settings.grid_profile is not None
    return stated or profiles or any(row.matching == "hourly" for row in study.contracts)
