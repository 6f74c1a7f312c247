"""A plan where not every set can be tried: chosen by a programme, mended by runs of the whole model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np

from lca.measures.delays import Delays
from lca.measures.portfolio import Choice, Portfolio, Tables, begun
from lca.measures.programme import Limit, Pairwise, Programme, Solution, solve
from lca.measures.schedule import NEVER
from lca.measures.states import TRIED
from lca.replacement import Values

ROUNDS = 10
"""Times that a plan is mended by one measure more, less or instead."""

TIGHTENED = 4
"""Times that a target is raised by what the joint run falls short of what the programme counted."""

CORE = 12
"""Measures of which every set is compared once the programme has chosen: its own, and those that give most alone."""

Rank = tuple[float, float]
"""How good a set is: whether it reaches the target, then what is wanted."""


@dataclass
class Pairs:
    """Candidates alone and in pairs, each with what it requires."""

    of: Portfolio

    @cached_property
    def delays(self) -> Delays:
        """What the candidates give when they wait for money."""
        return Delays(self.of)

    def best(self) -> Choice:
        """Solve, compare every set of a core of measures with the whole model, and mend the best measure by measure."""
        candidates = self.of.of
        solutions = [each for each in (self._reaching(), self._solved(0.0, with_target=False)) if each is not None]
        tried = [self._as_choice(each) for each in solutions] or [self._typed(self._set(candidates.decided))]
        tried += [core for each in solutions if (core := self._core(each)) is not None]
        if candidates.yearly_budget is None:
            tried += [self._typed(self._mended(self._set(each.starts))) for each in tried]
        best = max(tried, key=self._rank_of)
        here = self._run(best.starts)
        missing = float(here.missing(here.all.total, here.all.operation)[0])
        reached = None if candidates.target is None else bool(here.is_reached(np.array([missing]))[0])
        return replace(
            best,
            method="milp",
            sets=len(self.sets),
            gap=solutions[0].gap if solutions else None,
            reached=reached,
            proved=False if reached is False else None,
            nearest=missing if reached is False else None,
            nearest_year=here.year_of(here.all.operation[:, 0]) if reached is False else None,
            capital_needed=None,
        )

    def _reaching(self) -> Solution | None:
        """A solution of the programme that reaches the target by the whole model too, or comes near; None without."""
        short, last = 0.0, self._solved(0.0)
        for _ in range(TIGHTENED):
            if last is None or self.of.of.target is None:
                break
            missing = self._missing(last)
            if self.of.is_reached(np.array([missing]))[0]:
                break
            short += missing
            again = self._solved(short)
            if again is None:
                break
            last = again
        return last

    def _as_choice(self, found: Solution) -> Choice:
        ids = self.of.of.ids
        starts = {ids[i]: self._year(ids[i], step) for i, step in found.begins.items()}
        counted = self.avoided.value(self._active(found)) + self._begun(found)
        return Choice(starts, "milp", len(self.sets), counted)

    def _typed(self, chosen: int) -> Choice:
        starts = {id: self.of.of.terms[id].start for bit, id in enumerate(self.of.of.ids) if chosen >> bit & 1}
        here = self.of.tables(np.array([chosen], dtype=np.int64))
        return Choice(starts, "milp", len(self.sets), float(here.total[0]))

    def _core(self, found: Solution) -> Choice | None:
        """Best of every set of a few measures, timed; None where the programme chose too many, or runs would be."""
        candidates = self.of.of
        must = {*found.begins, *(candidates.ids.index(id) for id in candidates.decided)}
        must |= {other for i in must for other in self.needs[i]}
        alone = self.avoided.single.sum(axis=0) if candidates.target is None else self.worth.single.sum(axis=0)
        for i in np.argsort(-alone).tolist():
            if len(must | {i} | self.needs[i]) <= CORE:
                must |= {i} | self.needs[i]
        ids = tuple(id for i, id in enumerate(candidates.ids) if i in must)
        states = self.of.states
        tried = max(len([id for id in states.tried(part) if id in ids]) for part in states.parts)
        if len(ids) > CORE or tried > TRIED:
            return None
        terms = {id: candidates.terms[id] for id in ids}
        inner = Portfolio(self.of.study, states, self.of.game, replace(candidates, ids=ids, terms=terms))
        plans = [inner.from_the_start()] if candidates.yearly_budget is None else Delays(inner).plans()
        return inner.best(plans)

    def _run(self, starts: Mapping[str, int]) -> Portfolio:
        """The measures of one plan alone, beginning as it has them: its only set is all of them."""
        moved = self.of.states.like(begun(self.of.study, starts), is_lazy=True)
        ids = tuple(id for id in self.of.of.ids if id in starts)
        terms = {id: replace(self.of.of.terms[id], start=starts[id]) for id in ids}
        of = replace(self.of.of, ids=ids, terms=terms, decided=frozenset(ids))
        return Portfolio(moved.full, moved, self.of.game, of)

    def _rank_of(self, choice: Choice) -> Rank:
        here = self._run(choice.starts)
        return self._ranks(here, here.all)[0]

    def _ranks(self, of: Portfolio, found: Tables) -> list[Rank]:
        """How good sets are by the whole model."""
        worth, objective = of.discounts @ found.worth, of.of.objective
        if objective == "most":
            return [(0.0, value) for value in found.total.tolist()]
        if objective == "carbon-price":
            return [(0.0, value) for value in (worth + of.carbon_saved(found.avoided)).tolist()]
        reach = of.is_reached(of.missing(found.total, found.operation))
        values = np.where(reach, worth, found.total)
        return list(zip(reach.astype(float).tolist(), values.tolist(), strict=True))

    def _year(self, id: str, step: int) -> int:
        """First year of a measure that begins in a step; where time is one step, the year typed."""
        return self.of.of.terms[id].start if len(self.steps) == 1 else self.of.years[step]

    def _set(self, measures: Iterable[str]) -> int:
        return sum(1 << self.of.of.ids.index(id) for id in measures)

    def _missing(self, found: Solution) -> float:
        """By how much a solution misses the target when the whole model is run, at the starts typed."""
        here = self.of.tables(np.array([sum(1 << i for i in found.begins)], dtype=np.int64))
        return float(self.of.missing(here.total, here.operation)[0])

    @cached_property
    def steps(self) -> list[list[int]]:
        """Places of the years of each step of time: one step where capital is not limited by the year."""
        places = list(range(len(self.of.years)))
        return [places] if self.of.of.yearly_budget is None else [[place] for place in places]

    @cached_property
    def needs(self) -> list[set[int]]:
        """What each candidate requires, by place."""
        ids = self.of.of.ids
        return [{ids.index(other) for other in self.of.game.needs[id]} for id in ids]

    @cached_property
    def apart(self) -> list[tuple[int, int]]:
        """Pairs of candidates that exclude each other."""
        ids = self.of.of.ids
        pairs = (sorted(map(ids.index, pair)) for pair in self.of.game.apart if pair <= {*ids})
        return [(one, other) for one, other in sorted(pairs)]

    @cached_property
    def asked(self) -> list[tuple[int, int] | None]:
        """Sets that tell the overlap of each pair: with both, and with neither; None where the two do not meet."""
        closed = [own | {i} for i, own in enumerate(self.needs)]
        found: list[tuple[int, int] | None] = []
        for i, j in combinations(range(len(closed)), 2):
            both = closed[i] | closed[j]
            apart = any(one in both and other in both for one, other in self.apart)
            held = i in closed[j] or j in closed[i]
            found.append(None if apart or held else (_bits(both), _bits(both - {i, j})))
        return found

    @cached_property
    def sets(self) -> list[int]:
        """Every set that is run."""
        alone = [each for i, own in enumerate(self.needs) for each in (_bits(own), _bits(own | {i}))]
        return sorted({0, *alone, *(each for pair in self.asked if pair for each in pair)})

    @cached_property
    def place(self) -> dict[int, int]:
        """Place of each set that is run."""
        return {number: place for place, number in enumerate(self.sets)}

    @cached_property
    def tables(self) -> Tables:
        """What the sets give, each measure from the year typed."""
        return self.of.tables(np.array(self.sets, dtype=np.int64))

    @cached_property
    def moving(self) -> Values:
        """What the sets avoid by year where it goes by the measures in effect, whenever they began."""
        if len(self.steps) == 1:
            return self.tables.avoided
        return self.delays.moving(np.array(self.sets, dtype=np.int64)).avoided

    def pairwise(self, values: Values, steps: Sequence[Sequence[int]]) -> Pairwise:
        """Values of sets by year as what measures give alone and lose in pairs, in steps."""
        summed = np.array([values[list(step)].sum(axis=0) for step in steps])
        single = np.array(
            [
                summed[:, self.place[_bits(own | {i})]] - summed[:, self.place[_bits(own)]]
                for i, own in enumerate(self.needs)
            ]
        ).T
        overlap = np.zeros((len(steps), len(self.asked)))
        for column, (i, j) in enumerate(combinations(range(len(self.needs)), 2)):
            if (pair := self.asked[column]) is not None:
                together = summed[:, self.place[pair[0]]] - summed[:, self.place[pair[1]]]
                overlap[:, column] = single[:, i] + single[:, j] - together
        return Pairwise(single, overlap)

    @cached_property
    def avoided(self) -> Pairwise:
        """What is avoided [kg CO2e]."""
        return self.pairwise(self.moving, self.steps)

    @cached_property
    def worth(self) -> Pairwise:
        """What is saved, discounted [EUR]."""
        return self.pairwise(self.of.discounts[:, None] * self.tables.worth, self.steps)

    def _goal(self) -> Pairwise:
        objective = self.of.of.objective
        if objective == "most":
            return self.avoided
        if objective == "cheapest":
            return self.worth
        price = np.array([self.of.of.carbon.get(year, 0.0) for year in self.of.years]) * self.of.discounts
        money = self.of.discounts[:, None] * self.tables.worth + price[:, None] * self.tables.avoided
        return self.pairwise(money, self.steps)

    def _limits(self, short: float) -> list[Limit]:
        target = self.of.of.target
        if target is None:
            return []
        if target.kind == "total":
            begun = 0.0 if len(self.steps) == 1 else float(self.delays.by_start.avoided.max(axis=0).clip(min=0.0).sum())
            return [Limit(self.avoided, [self.of.needed + short - begun], together=True)]
        before = self.of.plain.operation[self.of.of.basis][:, 0]
        spared = self.tables.operation[:, [self.place[0]]] - self.tables.operation
        least = [
            before[place] - self.of.allowed[year] + short if year in self.of.allowed else NEVER
            for place, year in enumerate(self.of.years)
        ]
        if len(self.steps) > 1:
            return [Limit(self.pairwise(spared, self.steps), least)]
        return [
            Limit(self.pairwise(spared, [[place]]), [least[place]])
            for place in range(len(least))
            if np.isfinite(least[place])
        ]

    def _solved(self, short: float, *, with_target: bool = True) -> Solution | None:
        candidates = self.of.of
        total = np.inf if candidates.budget is None else candidates.budget
        yearly = candidates.yearly_budget
        one = len(self.steps) == 1
        return solve(
            Programme(
                goal=self._goal() if with_target else self.avoided,
                capital=self.of.capital,
                budgets=[total] if one else [min(total, (yearly or 0.0) * (k + 1)) for k in range(len(self.steps))],
                earliest=[0] * len(candidates.ids) if one else self.of.earliest,
                needs=[(i, other) for i, own in enumerate(self.needs) for other in sorted(own)],
                apart=self.apart,
                decided=sorted(candidates.ids.index(id) for id in candidates.decided),
                limits=self._limits(short) if with_target else (),
                closed=() if one else self.delays.closed,
                begun=None if one or candidates.objective == "cheapest" else self.delays.by_start.avoided,
            )
        )

    def _active(self, found: Solution) -> Values:
        chosen = np.zeros((len(self.steps), len(self.of.of.ids)))
        for i, step in found.begins.items():
            chosen[step:, i] = 1.0
        return chosen

    def _begun(self, found: Solution) -> float:
        return (
            0.0
            if len(self.steps) == 1
            else sum(float(self.delays.by_start.avoided[step, i]) for i, step in found.begins.items())
        )

    def _mended(self, chosen: int) -> int:
        """Take one measure more, less or instead as long as the whole model says that it is better."""
        rank = self._ranks(self.of, self.of.tables(np.array([chosen], dtype=np.int64)))[0]
        for _ in range(ROUNDS):
            near = self._near(chosen)
            ranks = self._ranks(self.of, self.of.tables(np.array(near, dtype=np.int64))) if near else []
            better = max(range(len(ranks)), key=ranks.__getitem__, default=-1)
            if better < 0 or ranks[better] <= (rank[0], rank[1] + 1e-9 * abs(rank[1])):
                break
            chosen, rank = near[better], ranks[better]
        return chosen

    def _near(self, chosen: int) -> list[int]:
        """Sets one measure away that can be carried out and paid for."""
        ids = self.of.of.ids
        places = range(len(ids))
        moved = [chosen ^ 1 << i for i in places]
        inside = [i for i in places if chosen >> i & 1]
        moved += [chosen ^ 1 << i ^ 1 << j for i in inside for j in places if not chosen >> j & 1]
        must = self._set(self.of.of.decided)
        sets = np.array([each for each in moved if each & must == must], dtype=np.int64)
        fine = self.of.game.feasible(self.of.numbers_of(sets))
        capital = np.array([sum(self.of.capital[i] for i in places if each >> i & 1) for each in sets.tolist()])
        return [int(each) for each in sets[fine & self.of.of.affordable(capital)]]


def _bits(members: set[int]) -> int:
    return sum(1 << each for each in members)
