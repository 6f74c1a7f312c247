"""The plan in the results document: what to do in which order, what it avoids and costs, whether it stays right."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from inventories.measures import Measure
from inventories.study import Study
from lca.heat.methods import ByBasis
from lca.measures.actions import follow_up
from lca.measures.amounts import amounts
from lca.measures.attribution import in_order, physical_order, shares
from lca.measures.costs import Terms, spending
from lca.measures.delays import Delays
from lca.measures.effects import MOST, Game
from lca.measures.pairs import Pairs
from lca.measures.portfolio import Candidates, Choice, Portfolio, begun
from lca.measures.robust import Standing, standing
from lca.measures.states import Numbers, States, by_year, less, summed
from lca.measures.target import Target
from lca.system import BASES

FRONT = 60
"""Most plans of the front that the results document holds, evenly by what they avoid."""

WHY_NOT = {"most": "budget", "cheapest": "not-needed", "carbon-price": "too-dear"}
"""Why a measure that would avoid something is not chosen, by what was wanted."""

_OUT: dict[str, Any] = {"of": [], "added": None, "outside": None}

Told = Mapping[str, Any]


def plan_of(study: Study, states: States, game: Game, told: Sequence[Told], terms: Mapping[str, Terms]) -> Told | None:
    """Choose a plan and tell it.

    Parameters
    ----------
    study, states, game
        A study with measures, and their runs.
    told
        What the results document holds of each measure.
    terms
        Money of each.

    Returns
    -------
    dict or None
        ``basis, objective, budget, yearly_budget, target, method, sets, gap, counted, reached, proved, nearest,
        nearest_year, capital_needed``: how it was chosen; ``measures``: in the order they begin; ``left_out``: the
        others with the reason; ``actions``; ``before, after, avoided, outside`` [kg CO2e]; ``operation`` before, after
        and allowed by year; ``steps`` in the physical order; ``npv`` [EUR], ``capital, renewals`` by year; ``front``;
        ``standing``; ``amounts_before, amounts_after`` that later years are compared with. None where no measure has
        its cost told.
    """
    candidates, left_out = _candidates(study, game, told, terms)
    if not candidates.ids:
        return None
    return _Plan(study, game, candidates, left_out, told, Portfolio(study, states, game, candidates)).made()


def _candidates(
    study: Study, game: Game, told: Sequence[Told], terms: Mapping[str, Terms]
) -> tuple[Candidates, dict[str, Told]]:
    """Measures that can be planned, and why the others cannot."""
    settings = study.settings
    decisions = {row.id: row.decision for row in study.measures if row.decision}
    decided = {id for id, said in decisions.items() if said == "yes"}
    decided |= {other for id in decided for other in game.needs[id]}
    out: dict[str, Told] = {}
    for row in told:
        if decisions.get(row["id"]) == "no":
            out[row["id"]] = {**_OUT, "reason": "rejected"}
        elif row["cost"]["lacks"] and row["id"] not in decided:
            out[row["id"]] = {**_OUT, "reason": "cost", "of": row["cost"]["lacks"]}
    while more := {
        id: {**_OUT, "reason": "requires", "of": sorted(game.needs[id] & {*out})}
        for id in game.ids
        if id not in out and game.needs[id] & {*out}
    }:
        out.update(more)
    ids = tuple(id for id in game.ids if id not in out)
    candidates = Candidates(
        ids=ids,
        terms={id: terms[id] for id in ids},
        decided=frozenset(decided & {*ids}),
        basis=settings.plan_basis or "location",
        budget=None if settings.plan_budget is None else settings.plan_budget.to("EUR"),
        yearly_budget=None if settings.plan_yearly_budget is None else settings.plan_yearly_budget.to("EUR/a"),
        target=Target.of(settings),
        carbon=dict(_carbon(study)),
        rate=(settings.discount_rate or 0.0) / 100.0,
    )
    return candidates, out


def _carbon(study: Study) -> Iterator[tuple[int, float]]:
    """Price of carbon by year [EUR/kg CO2e], of Prices; a dated row before one of every year."""
    rows = [row for row in study.prices if row.carrier == "carbon"]
    for year in study.settings.years:
        of = [row for row in rows if row.year is None or year in row.year]
        if of:
            row = max(of, key=lambda each: each.year is not None)
            of_mass = row.price.parsed.dimension == "money/mass"
            yield year, row.price.to("EUR/kg" if of_mass else "EUR/kg CO2e")


@dataclass
class _Plan:
    """A plan being told."""

    study: Study
    game: Game
    candidates: Candidates
    left_out: dict[str, Told]
    told: Sequence[Told]
    portfolio: Portfolio

    @cached_property
    def exact(self) -> bool:
        """Whether every set of the candidates can be compared."""
        few = len(self.candidates.ids) <= MOST
        return few and all(map(self.portfolio.states.is_small, self.portfolio.states.parts))

    @cached_property
    def choice(self) -> Choice:
        """The plan that was found."""
        if not self.exact:
            return Pairs(self.portfolio).best()
        if self.candidates.yearly_budget is None:
            return self.portfolio.best([self.portfolio.from_the_start()])
        delays = Delays(self.portfolio)
        found = self.portfolio.best(delays.plans())
        return replace(found, proved=found.proved and delays.is_proof)

    @cached_property
    def chosen(self) -> list[str]:
        """Measures of the plan in the order they begin."""
        order = physical_order(self.game, self.portfolio.states.operations, list(self.choice.starts))
        return sorted(order, key=lambda id: (self.choice.starts[id], order.index(id)))

    @cached_property
    def states(self) -> States:
        """Runs of the study, its measures beginning as planned."""
        typed = self.portfolio.states
        if all(typed.starts[id] == year for id, year in self.choice.starts.items()):
            return typed
        return typed.like(begun(self.study, self.choice.starts))

    @cached_property
    def planned(self) -> Portfolio:
        """Candidates whose measures begin as planned."""
        starts = self.choice.starts
        moved = {id: replace(of, start=starts.get(id, of.start)) for id, of in self.candidates.terms.items()}
        return Portfolio(self.states.full, self.states, self.game, replace(self.candidates, terms=moved))

    def _at(self, measures: Sequence[str]) -> Numbers:
        return self.states.of(np.array([self.game.number(measures)], dtype=np.int64))

    def made(self) -> Told:
        """Put everything together."""
        of, choice = self.candidates, self.choice
        before, after = self._at([]), self._at(self.chosen)
        here = self.planned.tables(self._local(self.chosen))
        missing = float(self.planned.missing(here.total, here.operation)[0])
        reached = None if of.target is None else bool(self.planned.is_reached(np.array([missing]))[0])
        told = {row["id"]: row for row in self.told}
        return {
            "basis": of.basis,
            "objective": of.objective,
            "budget": of.budget,
            "yearly_budget": of.yearly_budget,
            "target": self._target(),
            "carbon": {str(year): price * 1000.0 for year, price in of.carbon.items()},
            "method": choice.method,
            "sets": choice.sets,
            "gap": choice.gap,
            "counted": choice.counted,
            "reached": reached,
            "proved": None if reached is not False else bool(choice.proved) and choice.reached is False,
            "nearest": None if reached is not False else choice.nearest if choice.nearest is not None else missing,
            "nearest_year": None if reached is not False else choice.nearest_year,
            "capital_needed": choice.capital_needed if reached is False else None,
            "measures": self.chosen,
            "left_out": {**self.left_out, **self._not_chosen()},
            "actions": [self._action(told[id]) for id in self.chosen],
            "before": summed(before.footprint),
            "after": summed(after.footprint),
            "avoided": less(before.footprint, after.footprint),
            "outside": less(before.outside, after.outside),
            "operation": {
                "before": by_year(before.operation),
                "after": by_year(after.operation),
                "allowed": {str(year): most for year, most in self.planned.allowed.items()},
            },
            "by_year": {"before": by_year(before.footprint), "after": by_year(after.footprint)},
            "steps": [{"id": id, **of} for id, of in self._steps.items()],
            "npv": None if self._unpriced else float((self.planned.discounts @ here.worth)[0]),
            "unpriced": self._unpriced,
            **self._spending(),
            "front": self._front(),
            "standing": self._standing.as_json() if self.chosen else None,
            "amounts_before": amounts(self.states.figures([])),
            "amounts_after": amounts(self.states.figures(self.chosen)),
        }

    def _local(self, chosen: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.int64]]":
        return np.array([sum(1 << self.candidates.ids.index(id) for id in chosen)], dtype=np.int64)

    @cached_property
    def _unpriced(self) -> list[str]:
        """Measures of the plan that are decided on though their cost is not told."""
        told = {row["id"]: row for row in self.told}
        return [id for id in self.chosen if told[id]["cost"]["lacks"]]

    def _target(self) -> Told | None:
        of = self.candidates.target
        if of is None:
            return None
        before = float(self.portfolio.plain.footprint[self.candidates.basis].sum())
        total = of.total(before) if of.kind == "total" else None
        operation = dict(
            zip(self.portfolio.years, by_year(self.portfolio.plain.operation)[self.candidates.basis], strict=True)
        )
        return {
            "kind": of.kind,
            "percent": of.percent,
            "kilograms": of.kilograms,
            "year": of.year,
            "base_year": None if of.kind == "total" else of.base_year,
            "base": before if of.kind == "total" else operation[of.base_year],
            "total": total,
        }

    def _not_chosen(self) -> dict[str, Told]:
        """Why a candidate is not in the plan: it is excluded, avoids nothing beside it, or others are better.

        ``added`` and ``outside`` are what it would avoid beside the plan, in the footprint and outside it.
        """
        found: dict[str, Told] = {}
        plan = self._at(self.chosen)
        for id in self.candidates.ids:
            if id in self.chosen:
                continue
            with_needs = {id, *self.game.needs[id]}
            apart = sorted(
                other
                for pair in self.game.apart
                if pair & with_needs and pair <= with_needs | {*self.chosen}
                for other in pair - with_needs
            )
            if apart:
                found[id] = {"reason": "excluded", "of": apart, "added": None, "outside": None}
                continue
            with_it = self._at(
                [*self.chosen, *(each for each in (*self.game.needs[id], id) if each not in self.chosen)]
            )
            added, outside = less(plan.footprint, with_it.footprint), less(plan.outside, with_it.outside)
            reason = self._reason(added, outside, plan)
            found[id] = {"reason": reason, "of": [], "added": added, "outside": outside}
        return found

    def _reason(self, added: ByBasis, outside: ByBasis, plan: Numbers) -> str:
        basis = self.candidates.basis
        slight = {each: 1e-9 * abs(float(plan.footprint[each].sum())) for each in BASES}
        if added[basis] > slight[basis]:
            if not self.exact:
                return "not-found"
            return WHY_NOT["most" if self.choice.reached is False else self.candidates.objective]
        if other := next((each for each in BASES if added[each] > slight[each]), None):
            return f"only-{other}"
        return "outside" if outside[basis] > slight[basis] else "nothing"

    @cached_property
    def _steps(self) -> dict[str, ByBasis]:
        order = physical_order(self.game, self.states.operations, self.chosen)
        return in_order(self.states, self.game, order)

    @cached_property
    def _shares(self) -> dict[str, ByBasis]:
        """Part of each measure in what the plan avoids: Shapley, or by the physical order where sets are too many."""
        few = len(self.chosen) <= MOST and all(map(self.states.is_small, self.states.parts))
        return shares(self.states, self.game, self.chosen) if few else self._steps

    @cached_property
    def _standing(self) -> Standing:
        without = {
            id: [each for each in self.chosen if each != id and id not in self.game.needs[each]] for id in self.chosen
        }
        return standing(self.states, self.chosen, without)

    def _action(self, row: Told) -> Told:
        id = row["id"]
        rows: list[Measure] = [each for each in self.study.measures if each.id == id]
        operations = [each for each in self.portfolio.states.operations if each.measure == id]
        return {
            "id": id,
            "name": row["name"],
            "owner": row["owner"],
            "start": self.choice.starts[id],
            "decided": id in self.candidates.decided,
            "capex": row["cost"]["capex"],
            "opex": row["cost"]["opex"],
            "lacks": row["cost"]["lacks"],
            "avoided": self._shares[id],
            "alone": row["alone"],
            "range": row["range"],
            "evidence": row["evidence"],
            "follow_up": follow_up(rows, operations),
            "share": self._standing.share(id),
        }

    def _spending(self) -> Told:
        """Capital by year: first purchases, and what is bought again at the end of a lifetime."""
        capital: dict[str, float] = {}
        renewals: dict[str, float] = {}
        for id in self.chosen:
            terms = self.planned.of.terms[id]
            for year, spent in spending(terms).items():
                first = terms.capex if year == terms.start else 0.0
                for where, amount in ((capital, first), (renewals, spent - first)):
                    if amount:
                        where[str(year)] = where.get(str(year), 0.0) + amount
        return {"capital": dict(sorted(capital.items())), "renewals": dict(sorted(renewals.items()))}

    def _front(self) -> Told:
        """Plans that no other beats in both tonnes and money, whatever is budgeted.

        ``count`` 0 and no plans where sets are too many, or where something is decided on whose cost is not told.
        """
        if not self.exact or any(row["cost"]["lacks"] for row in self.told if row["id"] in self.candidates.decided):
            return {"count": 0, "plans": []}
        tables = self.portfolio.all
        places = list(self.portfolio.front(tables))
        kept = places
        if len(places) > FRONT:
            kept = [places[round(k * (len(places) - 1) / (FRONT - 1))] for k in range(FRONT)]
        worth = self.portfolio.discounts @ tables.worth
        plans = []
        for place in kept:
            number = int(tables.sets[place])
            ids = [id for bit, id in enumerate(self.candidates.ids) if number >> bit & 1]
            numbers = self.portfolio.states.of(np.array([self.game.number(ids)], dtype=np.int64))
            capital = sum(self.candidates.terms[id].capex for id in ids)
            avoided = less(self.portfolio.plain.footprint, numbers.footprint)
            plans.append({"measures": ids, "avoided": avoided, "npv": float(worth[place]), "capital": capital})
        return {"count": len(places), "plans": plans}
