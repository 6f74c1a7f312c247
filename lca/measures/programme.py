"""A plan out of more measures than every set of can be tried: a mixed-integer programme over single and joint effects.

max Σ_t [Σ_i g_it·y_it - Σ_ij s_ijt·z_ijt]  with y_it ≤ y_i(t+1), y_it ≤ y_jt where i requires j, y_it + y_jt ≤ 1 where
they exclude each other, z_ijt = y_it·y_jt, Σ_i I_i·y_it within the budget; s_ij = g_i + g_j - g_ij of runs.
Overlaps of three and more are left out here: the plan that comes of it is run with the whole model, and told from that.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from lca.replacement import Values

NODES = 50_000
"""Nodes of the search after which the best plan found so far is taken: a count, alike on every machine."""

SLIGHT = 1e-9
"""Overlap, of the largest single effect, below which two measures do not meet."""


@dataclass(frozen=True)
class Pairwise:
    """What measures give alone and in pairs, in each step of time: (steps, measures) and (steps, pairs).

    Attributes
    ----------
    single
        What each gives alone.
    overlap
        By how much two give less together than alone; in the order of ``itertools.combinations``.
    """

    single: Values
    overlap: Values

    def value(self, chosen: Values) -> float:
        """Value of a plan: whether each is in effect, (steps, measures).

        Examples
        --------
        >>> two = Pairwise(np.array([[5.0, 3.0]]), np.array([[1.0]]))
        >>> two.value(np.array([[1.0, 1.0]]))
        7.0
        """
        pairs = list(combinations(range(chosen.shape[1]), 2))
        both = np.array([[row[i] * row[j] for i, j in pairs] for row in chosen]).reshape(self.overlap.shape)
        return float((self.single * chosen).sum() - (self.overlap * both).sum())


@dataclass(frozen=True)
class Limit:
    """Something that a plan must give at least, in every step or in their sum."""

    of: Pairwise
    least: Sequence[float]
    together: bool = False
    """One least for the sum of all steps."""


@dataclass(frozen=True)
class Programme:
    """An integer programme over measures and steps of time.

    Attributes
    ----------
    goal
        What is maximised.
    capital
        Cost of each measure when it begins.
    budgets
        Most that may have been spent by the end of each step.
    earliest
        First step of each measure.
    needs, apart
        Pairs of places: the first requires the second; they exclude each other.
    decided
        Places of measures that every plan ends with.
    limits
        What else the plan must give.
    closed
        Steps, each with a measure, in which the measure cannot begin.
    begun
        What a measure gives once by the step it begins in, (steps, measures); nothing where None.
    """

    goal: Pairwise
    capital: Values
    budgets: Sequence[float]
    earliest: Sequence[int]
    needs: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()
    decided: Sequence[int] = ()
    limits: Sequence[Limit] = ()
    closed: Collection[tuple[int, int]] = ()
    begun: Values | None = None


@dataclass(frozen=True)
class Solution:
    """Step in which each chosen measure begins, the value of the goal, and how far from the best it may be."""

    begins: dict[int, int]
    value: float
    gap: float


@dataclass
class _Rows:
    """Rows of constraints as they are collected."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: Sequence[tuple[int, float]], low: float = -np.inf, high: float = np.inf) -> None:
        row = len(self.low)
        self.entries += [(row, column, value) for column, value in terms if value]
        self.low.append(low)
        self.high.append(high)

    def made(self, columns: int) -> LinearConstraint:
        rows, places, values = zip(*self.entries, strict=True) if self.entries else ((), (), ())
        matrix = csr_array((values, (rows, places)), shape=(len(self.low), columns))
        return LinearConstraint(matrix, np.array(self.low), np.array(self.high))


def solve(of: Programme) -> Solution | None:
    """Solve a programme with HiGHS.

    Parameters
    ----------
    of
        The programme.

    Returns
    -------
    Solution
        None where no plan keeps to everything, or none was found within ``NODES``.

    Examples
    --------
    Of three measures two can be bought; the best two overlap, so the first and the third are better.

    >>> goal = Pairwise(np.array([[5.0, 4.0, 3.0]]), np.array([[3.0, 0.0, 0.0]]))
    >>> solve(Programme(goal, np.array([1.0, 1.0, 1.0]), [2.0], [0, 0, 0])).begins
    {0: 0, 2: 0}
    """
    model = _Model(of)
    wanted, (lower, upper) = model.wanted(), model.bounds()
    found = milp(
        -wanted / (float(np.abs(wanted).max()) or 1.0),
        constraints=model.constraints(),
        bounds=Bounds(lower, upper),
        integrality=model.whole(),
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    steps, count = of.goal.single.shape
    chosen = np.round(found.x[: steps * count]).reshape(steps, count)
    begins = {i: int(np.argmax(chosen[:, i] > 0.5)) for i in range(count) if chosen[-1, i] > 0.5}
    value = of.goal.value(chosen)
    if of.begun is not None:
        value += sum(float(of.begun[step, i]) for i, step in begins.items())
    return Solution(begins, value, float(found.mip_gap or 0.0))


@dataclass(frozen=True)
class _Model:
    """Columns and rows of a programme: y by step and measure, then z by step and pair that meets."""

    of: Programme

    @cached_property
    def shape(self) -> tuple[int, int]:
        steps, count = self.of.goal.single.shape
        return steps, count

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        return list(combinations(range(self.shape[1]), 2))

    @cached_property
    def met(self) -> list[int]:
        """Pairs that meet, by place."""
        return [place for place in range(len(self.pairs)) if _meet(self.of, place)]

    @property
    def columns(self) -> int:
        steps, count = self.shape
        return steps * (count + len(self.met))

    def y(self, step: int, measure: int) -> int:
        return step * self.shape[1] + measure

    def terms(self, what: Pairwise, step: int) -> list[tuple[int, float]]:
        """What a plan gives in a step, as columns with their coefficients."""
        steps, count = self.shape
        first = steps * count + step * len(self.met)
        own = [(self.y(step, i), float(what.single[step, i])) for i in range(count)]
        return own + [(first + k, -float(what.overlap[step, place])) for k, place in enumerate(self.met)]

    def wanted(self) -> Values:
        """Coefficients of what is maximised."""
        steps, count = self.shape
        found = np.zeros(self.columns)
        for step in range(steps):
            for column, value in self.terms(self.of.goal, step):
                found[column] += value
        if self.of.begun is not None:
            found[: steps * count] += (self.of.begun - np.vstack([self.of.begun[1:], np.zeros((1, count))])).ravel()
        return found

    def bounds(self) -> tuple[Values, Values]:
        steps, _ = self.shape
        lower, upper = np.zeros(self.columns), np.ones(self.columns)
        for i, first in enumerate(self.of.earliest):
            upper[[self.y(step, i) for step in range(min(first, steps))]] = 0.0
        lower[[self.y(steps - 1, i) for i in self.of.decided]] = 1.0
        return lower, upper

    def whole(self) -> npt.NDArray[np.int64]:
        """Columns that are 0 or 1: the products follow."""
        steps, count = self.shape
        return np.concatenate([np.ones(steps * count, np.int64), np.zeros(steps * len(self.met), np.int64)])

    def constraints(self) -> LinearConstraint | None:
        rows = _Rows()
        for step in range(self.shape[0]):
            self._plans(rows, step)
            self._products(rows, step)
        for limit in self.of.limits:
            self._limit(rows, limit)
        return rows.made(self.columns) if rows.low else None

    def _plans(self, rows: "_Rows", step: int) -> None:
        """What is in effect stays so, has what it requires, nothing that it excludes, and is paid for."""
        count = self.shape[1]
        for i in range(count if step else 0):
            rows.add([(self.y(step, i), 1.0), (self.y(step - 1, i), -1.0)], low=0.0)
            if (step, i) in self.of.closed:
                rows.add([(self.y(step, i), 1.0), (self.y(step - 1, i), -1.0)], high=0.0)
        for one, other in self.of.needs:
            rows.add([(self.y(step, other), 1.0), (self.y(step, one), -1.0)], low=0.0)
        for one, other in self.of.apart:
            rows.add([(self.y(step, one), 1.0), (self.y(step, other), 1.0)], high=1.0)
        if np.isfinite(self.of.budgets[step]):
            spent = [(self.y(step, i), float(self.of.capital[i])) for i in range(count)]
            rows.add(spent, high=self.of.budgets[step])

    def _products(self, rows: "_Rows", step: int) -> None:
        """The product of two: z = y_i·y_j."""
        steps, count = self.shape
        for k, place in enumerate(self.met):
            z, (i, j) = steps * count + step * len(self.met) + k, self.pairs[place]
            rows.add([(z, 1.0), (self.y(step, i), -1.0), (self.y(step, j), -1.0)], low=-1.0)
            rows.add([(z, 1.0), (self.y(step, i), -1.0)], high=0.0)
            rows.add([(z, 1.0), (self.y(step, j), -1.0)], high=0.0)

    def _limit(self, rows: "_Rows", limit: Limit) -> None:
        """What else must be given; a limit of one step may stand beside a goal of one step, for a year of it."""
        if limit.together:
            every = [each for step in range(self.shape[0]) for each in self.terms(limit.of, step)]
            rows.add(every, low=limit.least[0])
            return
        for step, least in enumerate(limit.least):
            if np.isfinite(least):
                rows.add(self.terms(limit.of, step), low=least)


def _meet(of: Programme, place: int) -> bool:
    """Whether a pair overlaps in anything that the programme looks at."""
    looked_at = [of.goal, *(limit.of for limit in of.limits)]
    return any(
        np.abs(what.overlap[:, place]).max() > SLIGHT * max(float(np.abs(what.single).max()), 1e-300)
        for what in looked_at
    )
