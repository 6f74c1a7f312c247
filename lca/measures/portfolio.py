"""Which measures to carry out, and when: every set that can be, with what it avoids and costs, and the best of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from inventories.study import Study
from lca.heat.agreement import annuity
from lca.measures.costs import Terms
from lca.measures.effects import Game
from lca.measures.schedule import NEVER, over_sets
from lca.measures.states import Numbers, States
from lca.measures.target import Target, excess
from lca.replacement import Values

Sets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Candidates:
    """Measures that a plan may choose from, and what it must keep to.

    Attributes
    ----------
    ids
        Measures whose cost is told and that are not rejected; the bit of a set's number is the place here.
    terms
        Money of each, at the start that is typed.
    decided
        Those that are decided on, with what they require: every plan holds them.
    basis
        By which the plan is chosen.
    budget, yearly_budget
        Most that first purchases may cost, in all and by each year with what earlier years left; None: no limit.
    target
        What the plan shall reach.
    carbon
        Price of carbon by year [EUR/kg CO2e].
    rate
        Discount rate, as a fraction.
    """

    ids: tuple[str, ...]
    terms: Mapping[str, Terms]
    decided: frozenset[str]
    basis: str
    budget: float | None
    yearly_budget: float | None
    target: Target | None
    carbon: Mapping[int, float]
    rate: float

    @property
    def objective(self) -> str:
        """``cheapest`` with a target, ``carbon-price`` where carbon has a price and nothing limits, else ``most``."""
        if self.target is not None:
            return "cheapest"
        limited = self.budget is not None or self.yearly_budget is not None
        return "carbon-price" if self.carbon and not limited else "most"

    def affordable(self, capital: Values) -> npt.NDArray[np.bool_]:
        """Whether capital keeps to the budget of the whole plan."""
        return np.full(len(capital), True) if self.budget is None else capital <= self.budget * (1.0 + 1e-12)

    def affordable_by(self, capital: Values, place: int) -> npt.NDArray[np.bool_]:
        """Whether capital spent by the end of a year of the period keeps to the yearly budget."""
        if self.yearly_budget is None:
            return np.full(len(capital), True)
        return capital <= self.yearly_budget * (place + 1) * (1.0 + 1e-12)


@dataclass(frozen=True)
class Choice:
    """The plan that was found.

    Attributes
    ----------
    starts
        First year of each measure of the plan.
    method
        ``exact`` where every set was compared, ``milp`` where an integer programme chose.
    sets
        Sets that were compared, or evaluated for the programme.
    counted
        What the search counted that the plan avoids [kg CO2e]; the joint run tells what it does avoid.
    gap
        How far from the best the programme may be, of its objective; None where every set was compared.
    reached
        Whether the target is reached; None without one.
    proved
        Whether it is proved that none reaches it; None where it is reached or nothing is to be reached.
    nearest
        By how much the nearest set misses it [kg CO2e]: of all, or where more money would do of those that can be paid;
        of a programme the plan that was found. None where it is reached or nothing is to be reached.
    nearest_year
        Year in which it does, where the target is one by year.
    capital_needed
        Least capital of a set that reaches the target missed within the budget [EUR]; None where none does, or nobody
        compared every set.
    """

    starts: Mapping[str, int]
    method: str
    sets: int
    counted: float
    gap: float | None = None
    reached: bool | None = None
    proved: bool | None = None
    nearest: float | None = None
    capital_needed: float | None = None
    nearest_year: int | None = None


@dataclass(frozen=True)
class Tables:
    """What sets of the candidates give, by year: arrays of (years, sets).

    Attributes
    ----------
    sets
        Numbers of the sets, by the places of the candidates.
    avoided, operation
        By the basis of the plan [kg CO2e]: what each avoids, and the footprint of operation with it.
    worth
        What each saves [EUR], capital spread over its life and upkeep taken off.
    """

    sets: Sets
    avoided: Values
    operation: Values
    worth: Values

    @property
    def total(self) -> Values:
        """What each set avoids over the period [kg CO2e]."""
        return np.asarray(self.avoided.sum(axis=0))


@dataclass
class Portfolio:
    """The candidates of one study, evaluated."""

    study: Study
    states: States
    game: Game
    of: Candidates

    @property
    def years(self) -> range:
        """Years of the period."""
        return self.study.settings.years

    @cached_property
    def discounts(self) -> Values:
        """What a euro at the end of each year is worth at the start of the period."""
        return np.asarray((1.0 + self.of.rate) ** -np.arange(1.0, len(self.years) + 1.0))

    @cached_property
    def capital(self) -> Values:
        """What the first purchase of each candidate costs [EUR]."""
        return np.array([self.of.terms[id].capex for id in self.of.ids])

    @cached_property
    def earliest(self) -> list[int]:
        """Place of the first year of each candidate."""
        return [self.of.terms[id].start - self.years[0] for id in self.of.ids]

    @cached_property
    def yearly(self) -> Values:
        """What each candidate costs in a year in effect [EUR]: I·CRF + upkeep."""
        terms = [self.of.terms[id] for id in self.of.ids]
        return np.array([each.capex * annuity(self.of.rate, each.life) + each.opex for each in terms])

    def numbers_of(self, sets: Sets) -> Sets:
        """Numbers of sets of candidates as the states know them."""
        found = np.zeros(len(sets), dtype=np.int64)
        for bit, id in enumerate(self.of.ids):
            found |= ((sets >> bit) & 1) << self.game.ids.index(id)
        return found

    @cached_property
    def feasible(self) -> Sets:
        """Sets that can be carried out and hold what is decided."""
        every = np.arange(2 ** len(self.of.ids), dtype=np.int64)
        must = sum(1 << self.of.ids.index(id) for id in self.of.decided)
        every = every[(every & must) == must]
        return np.asarray(every[self.game.feasible(self.numbers_of(every))])

    def tables(self, sets: Sets) -> Tables:
        """Evaluate sets of candidates, each measure from the year that is typed."""
        with_them = self.states.of(self.numbers_of(sets))
        return self._tables(sets, with_them, self.states.of(np.zeros(1, dtype=np.int64)))

    def _tables(self, sets: Sets, with_them: Numbers, without: Numbers) -> Tables:
        basis = self.of.basis
        spent = np.zeros(with_them.cost.shape)
        for bit, first in enumerate(self.earliest):
            spent[first:] += ((sets >> bit) & 1) * self.yearly[bit]
        return Tables(
            sets,
            without.footprint[basis] - with_them.footprint[basis],
            with_them.operation[basis],
            without.cost - with_them.cost - spent,
        )

    @cached_property
    def all(self) -> Tables:
        """Every feasible set."""
        return self.tables(self.feasible)

    @cached_property
    def plain(self) -> Numbers:
        """The study without measures."""
        return self.states.of(np.zeros(1, dtype=np.int64))

    @cached_property
    def allowed(self) -> dict[int, float]:
        """Largest footprint of operation by year, of a target by year."""
        if self.of.target is None:
            return {}
        operation = self.plain.operation[self.of.basis][:, 0].tolist()
        return self.of.target.by_year(dict(zip(self.years, operation, strict=True)))

    @cached_property
    def needed(self) -> float:
        """What must be avoided over the period to reach a target of it [kg CO2e]; -inf without one."""
        if self.of.target is None or self.of.target.kind != "total":
            return NEVER
        before = float(self.plain.footprint[self.of.basis].sum())
        return before - self.of.target.total(before)

    def missing(self, avoided: Values, operation: Values) -> Values:
        """By how much each set misses the target [kg CO2e]; not above 0 where it reaches it."""
        if self.allowed:
            return excess(operation, self.years, self.allowed)
        return np.asarray(self.needed - avoided)

    def is_reached(self, missing: Values) -> npt.NDArray[np.bool_]:
        """Whether what is missing is nothing, but for rounding."""
        return np.asarray(missing <= 1e-9 * float(np.abs(self.plain.footprint[self.of.basis]).sum()))

    def best(self, plans: Iterable["Timed"]) -> Choice:
        """Choose among timings of sets.

        Parameters
        ----------
        plans
            Timings, each of every set that it allows; those that come first are taken where they are as good.
        """
        found = list(plans)
        chosen: tuple[tuple[float, ...], Timed, int] | None = None
        nearest, year = np.inf, None
        for each in found:
            missing = self.missing(each.avoided, each.operation)
            able = self.of.affordable(each.capital)
            if not able.any():
                continue
            place, rank = self._chosen(each, missing, able)
            if (least := float(missing[able].min())) < nearest:
                nearest, year = least, self.year_of(each.operation[:, np.flatnonzero(able)[missing[able].argmin()]])
            if chosen is None or rank > chosen[0]:
                chosen = (rank, each, place)
        assert chosen is not None  # noqa: S101 - what is decided can be paid: a guard has seen to it
        rank, best, place = chosen
        reached = None if self.of.target is None else bool(rank[0])
        needed = self._capital_needed() if reached is False else None
        if reached is False and needed is None:
            missing = self.missing(self.all.total, self.all.operation)
            nearest, year = float(missing.min()), self.year_of(self.all.operation[:, missing.argmin()])
        return Choice(
            starts=best.starts[place],
            method="exact",
            sets=len(self.feasible),
            counted=float(best.avoided[place]),
            reached=reached,
            proved=True if reached is False else None,
            nearest=nearest if reached is False else None,
            capital_needed=needed,
            nearest_year=year if reached is False else None,
        )

    def year_of(self, operation: Values) -> int | None:
        """Year in which a plan is farthest above a target by year; None without one."""
        above = {
            year: operation[place] - self.allowed[year] for place, year in enumerate(self.years) if year in self.allowed
        }
        return max(above, key=above.__getitem__, default=None)

    def _chosen(self, found: "Timed", missing: Values, able: npt.NDArray[np.bool_]) -> tuple[int, tuple[float, ...]]:
        """Place of the best set, and how good it is: whether it reaches the target, then by what was wanted."""
        worth, avoided = found.worth, found.avoided
        if self.of.objective == "carbon-price":
            place = _first_of(able, worth + found.saved_carbon, avoided)
            return place, (0.0, float(worth[place] + found.saved_carbon[place]))
        reach = able & self.is_reached(missing) & (self.of.objective == "cheapest")
        if reach.any():
            place = _first_of(reach, worth, avoided)
            return place, (1.0, float(worth[place]))
        place = _first_of(able, avoided, worth)
        return place, (0.0, float(avoided[place]))

    def _capital_needed(self) -> float | None:
        """Least capital of a set that reaches the target, at the starts typed; None where none does."""
        reach = self.is_reached(self.missing(self.all.total, self.all.operation))
        capital = over_sets(self.capital)[self.feasible]
        return float(capital[reach].min()) if reach.any() else None

    def carbon_saved(self, avoided: Values) -> Values:
        """Present value of the carbon that each set avoids [EUR], at the price of carbon; (years, sets) to sets."""
        price = np.array([self.of.carbon.get(year, 0.0) for year in self.years])
        return np.asarray((price * self.discounts) @ avoided)

    def from_the_start(self) -> "Timed":
        """Every set, its measures beginning as typed."""
        of = self.all
        return Timed(
            sets=of.sets,
            capital=over_sets(self.capital)[of.sets],
            avoided=of.total,
            worth=self.discounts @ of.worth,
            operation=of.operation,
            saved_carbon=self.carbon_saved(of.avoided),
            starts=_Typed(self, of.sets),
        )

    def front(self, sets: Tables) -> Iterator[int]:
        """Places of the sets that no other beats in both tonnes and money, most tonnes first."""
        avoided, worth = sets.total, self.discounts @ sets.worth
        best = NEVER
        for place in np.lexsort((-worth, -avoided)).tolist():
            if worth[place] > best + 1e-6:
                best = float(worth[place])
                yield place


@dataclass(frozen=True)
class Timed:
    """Sets with a timing: capital [EUR], avoided [kg CO2e], net present value [EUR], operation by year, starts."""

    sets: Sets
    capital: Values
    avoided: Values
    worth: Values
    operation: Values
    saved_carbon: Values
    starts: Sequence[Mapping[str, int]]


class _Typed(Sequence[Mapping[str, int]]):
    """Starts as typed, made when one is asked for."""

    def __init__(self, of: Portfolio, sets: Sets) -> None:
        self._of, self._sets = of, sets

    def __len__(self) -> int:
        return len(self._sets)

    def __getitem__(self, place: int) -> Mapping[str, int]:  # type: ignore[override]
        chosen = int(self._sets[place])
        return {id: self._of.of.terms[id].start for bit, id in enumerate(self._of.of.ids) if chosen >> bit & 1}


def _first_of(among: npt.NDArray[np.bool_], most: Values, then: Values) -> int:
    """Place with the highest value among some; of those equal but for rounding the highest of the other."""
    places = np.flatnonzero(among)
    highest = most[places].max()
    near = places[most[places] >= highest - 1e-9 * max(1.0, abs(float(highest)))]
    return int(near[np.argmax(then[near])])


def begun(study: Study, starts: Mapping[str, int]) -> Study:
    """Return a study whose measures begin in other years."""
    rows = tuple(replace(row, start_year=starts.get(row.id, row.start_year)) for row in study.measures)
    return replace(study, measures=rows)
