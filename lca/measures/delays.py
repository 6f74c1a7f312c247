"""Plans whose measures wait for money: what a set of measures gives, whenever each of them begins.

Energy, contracts, heat, water and leaks of a year are those of the measures in effect in it. What is installed for one
measure alone goes by the year the measure begins in, and is run for each. What avoids the most is bought first, what is
decided on as soon as it can be paid, and nothing that can be paid waits.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from inventories.beyond import changes_can_be_evaluated
from inventories.operations import Operation
from lca.heat.agreement import annuity
from lca.measures.parts import ENERGY, Part
from lca.measures.portfolio import Portfolio, Sets, Timed, begun
from lca.measures.schedule import NEVER, Timing, over_sets, timed
from lca.measures.states import Numbers
from lca.replacement import Values


@dataclass(frozen=True)
class ByState:
    """What goes by the measures in effect in a year, by year and number of their set: arrays of (years, 2^n).

    Attributes
    ----------
    avoided, operation
        Avoided against no measures, and footprint of operation [kg CO2e].
    saved
        Saved on energy and water [EUR].
    """

    avoided: Values
    operation: Values
    saved: Values


@dataclass(frozen=True)
class ByStart:
    """What goes by the year in which a measure begins, over the period: arrays of (years of start, measures).

    Attributes
    ----------
    avoided
        Avoided [kg CO2e].
    spared
        Taken off operation [kg CO2e] by start, measure and year: (years of start, measures, years).
    saved
        Present value saved on energy and water, less capital and upkeep [EUR].
    carbon
        Present value of the carbon avoided [EUR].
    """

    avoided: Values
    spared: Values
    saved: Values
    carbon: Values


@dataclass
class Delays:
    """The candidates of a portfolio, each beginning when it can be paid."""

    of: Portfolio

    @property
    def count(self) -> int:
        """Years of the period."""
        return len(self.of.years)

    @cached_property
    def price(self) -> Values:
        """Present value of a kilogram avoided in each year [EUR]."""
        return np.array([self.of.of.carbon.get(year, 0.0) for year in self.of.years]) * self.of.discounts

    def is_late(self, part: Part) -> bool:
        """Whether a part is of one candidate alone and is not energy: what it emits goes by the year of its start."""
        return part.name != ENERGY and len(part.measures) == 1 and part.measures[0] in self.of.of.ids

    @cached_property
    def is_told(self) -> bool:
        """Whether no installed thing is changed by two measures: then what is counted is what a joint run gives."""
        return all(
            self.is_late(part) or part.name == ENERGY or not part.measures or not _is_installed(part.operations)
            for part in self.of.states.parts
        )

    @cached_property
    def chain(self) -> Sets:
        """Sets that may be in effect on the way."""
        every = np.arange(2 ** len(self.of.of.ids), dtype=np.int64)
        return np.asarray(every[self.of.game.feasible(self.of.numbers_of(every))])

    def moving(self, sets: Sets) -> ByState:
        """What sets give by year where it goes by the measures in effect."""
        plain, numbers = (self._run(each) for each in (np.zeros(1, dtype=np.int64), sets))
        basis, still = self.of.of.basis, self._still.operation[self.of.of.basis]
        avoided = plain.footprint[basis] - numbers.footprint[basis]
        return ByState(avoided, numbers.operation[basis] + still, plain.cost - numbers.cost)

    def _run(self, sets: Sets) -> Numbers:
        return self.of.states.of(self.of.numbers_of(sets), lambda part: not self.is_late(part))

    @cached_property
    def _still(self) -> Numbers:
        """Parts that go by a start, without any measure."""
        return self.of.states.of(np.zeros(1, dtype=np.int64), self.is_late)

    @cached_property
    def by_state(self) -> ByState:
        """What every set on the way gives; 0 for sets that cannot be."""
        found = self.moving(self.chain)
        size = (self.count, 2 ** len(self.of.of.ids))

        def placed(values: Values) -> Values:
            every = np.zeros(size)
            every[:, self.chain] = values
            return every

        return ByState(*(placed(values) for values in (found.avoided, found.operation, found.saved)))

    @cached_property
    def by_start(self) -> ByStart:
        """What each candidate gives by its start; nothing of what it emits where it has no part of its own."""
        ids, shape = self.of.of.ids, (self.count, len(self.of.of.ids))
        avoided, saved, carbon = (np.zeros(shape) for _ in range(3))
        spared = np.zeros((*shape, self.count))
        own = {part.measures[0] for part in self.of.states.parts if self.is_late(part)}
        for bit, id in enumerate(ids):
            for place in range(self.of.earliest[bit], self.count):
                saved[place, bit] = -self._spent(id, place)
                if id in own:
                    yearly, spared[place, bit], money = self._begun(id, place)
                    avoided[place, bit], carbon[place, bit] = yearly.sum(), self.price @ yearly
                    saved[place, bit] += self.of.discounts @ money
        return ByStart(avoided, spared, saved, carbon)

    def _spent(self, id: str, place: int) -> float:
        """Present value of capital, spread over its life, and upkeep of a measure from a year on [EUR]."""
        of = self.of.of.terms[id]
        life = float(self.count - place) if of.lifetime is None else of.lifetime
        yearly = of.capex * annuity(self.of.of.rate, life) + of.opex
        return yearly * float(self.of.discounts[place:].sum())

    def _begun(self, id: str, place: int) -> tuple[Values, Values, Values]:
        """Avoided, spared in operation [kg CO2e] and saved [EUR] by year in the parts of one measure."""
        states = self.of.states.like(begun(self.of.study, {id: self.of.years[place]}))
        sets = np.array([0, self.of.game.number([id])], dtype=np.int64)
        found = states.of(sets, lambda part: self.is_late(part) and part.measures == (id,))
        basis = self.of.of.basis
        without, with_it = found.at(np.array([0])), found.at(np.array([1]))
        return (
            (without.footprint[basis] - with_it.footprint[basis])[:, 0],
            (without.operation[basis] - with_it.operation[basis])[:, 0],
            (without.cost - with_it.cost)[:, 0],
        )

    @cached_property
    def closed(self) -> set[tuple[int, int]]:
        """Years, by place, in which a candidate cannot begin: what it does would not be evaluated exactly."""
        found = set()
        for bit, id in enumerate(self.of.of.ids):
            own = [each for each in self.of.states.operations if each.measure == id]
            later = range(self.of.earliest[bit] + 1, self.count)
            if any(each.sheet == "Heat network" for each in own):
                found |= {(place, bit) for place in later}
            elif any(each.kind != "scale" for each in own):
                found |= {(place, bit) for place in later if self._is_refused(id, self.of.years[place])}
        return found

    def _is_refused(self, id: str, year: int) -> bool:
        moved = begun(self.of.study, {id: year})
        return any(problem.values["id"] == id for problem in changes_can_be_evaluated(moved))

    @cached_property
    def within(self) -> npt.NDArray[np.bool_]:
        """Whether a set may be in effect in a year: it can be, is paid for, and holds what is decided and payable."""
        found = np.zeros((self.count, 2 ** len(self.of.of.ids)), dtype=bool)
        capital = over_sets(self.of.capital)[self.chain]
        for place in range(self.count):
            must = self._decided_by(place)
            found[place, self.chain] = self.of.of.affordable_by(capital, place) & ((self.chain & must) == must)
        return found

    def _decided_by(self, place: int) -> int:
        """Measures decided on that begin by a year and can be paid by then, the earliest typed first."""
        ids, spent, found = self.of.of.ids, 0.0, 0
        for bit in sorted(range(len(ids)), key=lambda each: self.of.earliest[each]):
            if ids[bit] not in self.of.of.decided or self.of.earliest[bit] > place:
                continue
            spent += float(self.of.capital[bit])
            if not self.of.of.affordable_by(np.array([spent]), place)[0]:
                break
            found |= 1 << bit
        return found

    @cached_property
    def hopeful(self) -> npt.NDArray[np.bool_]:
        """Whether a set in effect in a year may keep to a target by year, at the best starts of its measures."""
        found = np.ones((self.count, 2 ** len(self.of.of.ids)), dtype=bool)
        for place, year in enumerate(self.of.years):
            if (most := self.of.allowed.get(year)) is not None:
                best = self.by_start.spared[: place + 1, :, place].max(axis=0)
                found[place] = self.of.is_reached(self.by_state.operation[place] - over_sets(best) - most)
        return found

    @property
    def is_proof(self) -> bool:
        """Whether that no timing told here reaches the target proves that none does."""
        hoped = self.within & self.hopeful
        return self.is_told and (not self.of.allowed or not self._sets(self._timing(hoped)).size)

    def plans(self) -> Iterator[Timed]:
        """Timings of every set that can end the period: what avoids the most first, and nothing payable waits."""
        if self.of.allowed:
            yield self._timed(self.within & self.hopeful)
        yield self._timed(self.within)

    def _timing(self, within: npt.NDArray[np.bool_]) -> Timing:
        """Time every set so that it avoids the most."""
        late = self.by_start.avoided.copy()
        for place, bit in self.closed:
            late[place, bit] = NEVER
        return timed(self.by_state.avoided, late, self.of.earliest, within)

    def _sets(self, timing: Timing) -> Sets:
        """Sets that a timing lets end the period."""
        return np.asarray(self.of.feasible[np.isfinite(timing.avoided[self.of.feasible])])

    def _timed(self, within: npt.NDArray[np.bool_]) -> Timed:
        """Time every set, and tell what each then gives."""
        timing = self._timing(within)
        sets = self._sets(timing)
        begins = self._forward(timing.begins(sets, len(self.of.of.ids)))
        state, start, discounts = self.by_state, self.by_start, self.of.discounts
        avoided, worth, saved_carbon = np.zeros(len(sets)), np.zeros(len(sets)), np.zeros(len(sets))
        operation = np.zeros((self.count, len(sets)))
        bits = 1 << np.arange(len(self.of.of.ids), dtype=np.int64)
        for place in range(self.count):
            there = (begins <= place) @ bits
            avoided += state.avoided[place, there]
            worth += discounts[place] * state.saved[place, there]
            saved_carbon += self.price[place] * state.avoided[place, there]
            operation[place] += state.operation[place, there]
            now = (begins == place).astype(np.float64)
            avoided += now @ start.avoided[place]
            worth += now @ start.saved[place]
            saved_carbon += now @ start.carbon[place]
            operation -= start.spared[place].T @ now.T
        capital = over_sets(self.of.capital)[sets]
        return Timed(sets, capital, avoided, worth, operation, saved_carbon, _Starts(self.of, begins))

    def _forward(self, begins: Sets) -> Sets:
        """Let nothing wait that can be paid: in the order of the timing each begins as soon as money is there.

        Parameters
        ----------
        begins
            Place of the year in which each measure begins, by set: (sets, measures); the number of years for none.
        """
        found, spent = begins.copy(), np.zeros(len(begins))
        order, every = np.argsort(begins, axis=1, kind="stable"), np.arange(len(begins))
        free = np.array(
            [[(place, bit) not in self.closed for bit in range(begins.shape[1])] for place in range(self.count)]
        )
        earliest = np.array(self.of.earliest)
        yearly = self.of.of.yearly_budget or 0.0
        for rank in range(begins.shape[1]):
            bit = order[:, rank]
            member = begins[every, bit] < self.count
            cost = np.where(member, self.of.capital[bit], 0.0)
            spent += cost
            needed = np.ceil(spent / yearly * (1.0 - 1e-12)) - 1.0 if yearly else np.zeros(len(begins))
            soonest = np.maximum(earliest[bit], np.where(cost > 0.0, needed, 0.0)).astype(np.int64)
            soonest = np.minimum(soonest, begins[every, bit])
            open_then = free[np.minimum(soonest, self.count - 1), bit]
            found[every, bit] = np.where(member & open_then, soonest, begins[every, bit])
        ids = self.of.of.ids
        for _ in ids:  # what requires another begins with it or later, through others too
            for place, id in enumerate(ids):
                for other in self.of.game.needs[id]:
                    with_it = np.maximum(found[:, place], found[:, ids.index(other)])
                    found[:, place] = np.where(found[:, place] < self.count, with_it, self.count)
        return found


class _Starts(Sequence[Mapping[str, int]]):
    """First years of the measures of each set, made when they are asked for."""

    def __init__(self, of: Portfolio, begins: Sets) -> None:
        self._of, self._begins = of, begins

    def __len__(self) -> int:
        return len(self._begins)

    def __getitem__(self, place: int) -> Mapping[str, int]:  # type: ignore[override]
        years = self._of.years
        begins = self._begins[place].tolist()
        return {id: years[first] for id, first in zip(self._of.of.ids, begins, strict=True) if first < len(years)}


def _is_installed(found: Sequence[Operation]) -> bool:
    """Whether operations are on things that are bought and replaced."""
    return any(each.sheet not in ("Water and waste",) for each in found)
