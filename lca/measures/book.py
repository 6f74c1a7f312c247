"""What the results document holds on measures: each alone, in order and together, its cost, and why it is not there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from factors.problems import InputError, Problem
from inventories.measures import HELD_BY, Measure
from inventories.operations import Operation
from inventories.study import Study
from lca.context import Context
from lca.expand import expand
from lca.heat.economics import euros
from lca.heat.methods import ByBasis
from lca.kpi import Figures, kpi_year, years
from lca.measures.attribution import in_order, physical_order, shares
from lca.measures.catalogue import offered
from lca.measures.costs import Terms, abatement_cost, flows, mean, net_present_value, spending
from lca.measures.effects import MOST, Game, group_of
from lca.measures.money import without_price
from lca.measures.parts import ENERGY
from lca.measures.plan import plan_of
from lca.measures.states import Numbers, States, by_year, less, summed
from lca.replacement import Values
from lca.system import BASES

TOLD = ("PUE", "ERF", "ERE", "REF", "WUE")
"""Key figures whose change a measure is told with."""


def measures_book(study: Study) -> dict[str, Any]:
    """Everything told of the measures of a study, and of those of the catalogue.

    Every number comes of the whole model evaluated again with a set of measures: nothing is subtracted in percent.

    Returns
    -------
    dict
        ``measures`` (see ``Book.told``), ``joint``: those carried out together; ``order``: the physical order;
        ``before, after``: footprint without and with the joint set, and ``before_by_year, after_by_year`` [kg CO2e];
        ``years``; ``exact``: whether every set was tried; ``states``: how often each part was computed; ``catalogue``.
        Without measures of its own only ``measures``, empty, and ``catalogue``.

    Raises
    ------
    InputError
        A measure leaves a study that gives no result.
    """
    known = offered(study)
    if not study.measures:
        return {"measures": [], "plan": None, "catalogue": known}
    return {**Book(study, States(study), Game.of(study)).made(), "catalogue": known}


@dataclass
class Book:
    """The measures of one study."""

    study: Study
    states: States
    game: Game

    def made(self) -> dict[str, Any]:
        """Put everything together."""
        settings = self.study.settings
        self._refuse_what_cannot_be()
        before, after = self._at([]), self._at(self.joint)
        told = [self.told(id) for id in self.game.ids]
        terms = {id: self._terms(id) for id in self.game.ids}
        return {
            "measures": told,
            "order": self.order,
            "joint": self.joint,
            "years": list(settings.years),
            "before": summed(before.footprint),
            "after": summed(after.footprint),
            "before_by_year": by_year(before.footprint),
            "after_by_year": by_year(after.footprint),
            "outside_before": summed(before.outside),
            "outside_after": summed(after.outside),
            "exact": self._is_exact,
            "states": dict(self.states.runs),
            "currency_year": settings.currency_year,
            "discount_rate": settings.discount_rate,
            "capital": self._capital(),
            "plan": plan_of(self.study, self.states, self.game, told, terms),
        }

    def _refuse_what_cannot_be(self) -> None:
        """Stop where a measure, with what it requires, leaves a study that gives no result."""
        found = []
        for id in self.game.ids:
            wrong = [each for each in self._problems(self._with_needs(id), id) if each.severity == "error"]
            if wrong:
                place = next(i for i, row in enumerate(self.study.measures) if row.id == id)
                read, told = self.study.measures[place].value or "", {"id": id, "reason": wrong[0].code}
                found.append(Problem("measure-result", "Measures", place, "value", read, told))
        if found:
            raise InputError(found)

    def _with_needs(self, id: str) -> tuple[str, ...]:
        return (*sorted(self.game.needs[id], key=self.game.ids.index), id)

    def _problems(self, measures: tuple[str, ...], id: str) -> Iterator[Problem]:
        """Problems of the parts that a measure changes."""
        for part in self.states.parts:
            if id in part.measures and part.name == ENERGY:
                yield from self._figures_with(measures).problems
            elif id in part.measures:
                applied = self.states.applied(part, measures)
                context = expand(applied.study, None, applied.changes)
                yield from context.problems
                context.let_go()

    def _figures_with(self, measures: tuple[str, ...]) -> Context:
        if measures not in self._contexts:
            self._contexts[measures] = self.states.figures(measures)
        return self._contexts[measures]

    @cached_property
    def _contexts(self) -> dict[tuple[str, ...], Context]:
        return {}

    @cached_property
    def joint(self) -> list[str]:
        """Measures carried out together."""
        return self.game.joint()

    @cached_property
    def order(self) -> list[str]:
        """Measures of the joint set in the physical order."""
        return physical_order(self.game, self.states.operations, self.joint)

    @cached_property
    def ordered(self) -> dict[str, ByBasis]:
        """What each adds in the physical order [kg CO2e avoided]."""
        return in_order(self.states, self.game, self.order)

    @property
    def _is_exact(self) -> bool:
        """Whether every set of the joint measures is tried."""
        return len(self.joint) <= MOST and all(map(self.states.is_small, self.states.parts))

    @cached_property
    def shares(self) -> dict[str, ByBasis] | None:
        """Shapley value of each in the joint set [kg CO2e avoided]; None with too many to try every set."""
        return shares(self.states, self.game, self.joint) if self._is_exact else None

    def told(self, id: str) -> dict[str, Any]:
        """Tell one measure.

        Returns
        -------
        dict
            ``id, name, owner, start, lifetime, group, requires, excludes, rows``; kg CO2e avoided over the period by
            basis: ``alone`` (with what it requires, against that alone), ``ordered``, ``last`` (taken out of the joint
            set), ``shapley``, ``outside`` (in D1, D2 and avoided, alone), ``low, high`` (alone, at its bounds);
            ``kpi`` before and after; ``cost``; ``instead``: what excludes it from the joint set.
        """
        first = next(row for row in self.study.measures if row.id == id)
        needed = sorted(self.game.needs[id], key=self.game.ids.index)
        with_it = [*needed, id]
        before, after = self._at(needed), self._at(with_it)
        alone = less(before.footprint, after.footprint)
        joint = id in self.joint
        rest = [each for each in self.joint if each != id and id not in self.game.needs[each]]
        apart = sorted(other for pair in self.game.apart if id in pair for other in pair - {id})
        return {
            "id": id,
            "name": first.measure,
            "owner": next((row.owner for row in self._rows(id) if row.owner), "facility"),
            "start": self.states.starts[id],
            "lifetime": self._terms(id).lifetime,
            "group": group_of(self._operations(id)),
            "requires": needed,
            "excludes": apart,
            "changes": [_change(each) for each in self._operations(id)],
            "alone": alone,
            "outside": less(before.outside, after.outside),
            "ordered": self.ordered.get(id),
            "last": less(self._at(rest).footprint, self._at(self.joint).footprint) if joint else None,
            "shapley": None if self.shares is None else self.shares.get(id),
            "range": self._range(id),
            "kpi": self._figures(needed, with_it),
            "cost": self._cost(id, before, after),
            "instead": [each for each in apart if each in self.joint] if not joint else [],
            "evidence": "; ".join(dict.fromkeys(row.evidence for row in self._rows(id) if row.evidence)),
        }

    def _at(self, measures: Sequence[str]) -> Numbers:
        return self.states.of(np.array([self.game.number(measures)], dtype=np.int64))

    def _rows(self, id: str) -> list[Measure]:
        return [row for row in self.study.measures if row.id == id]

    def _operations(self, id: str) -> list[Operation]:
        return [each for each in self.states.operations if each.measure == id]

    def _terms(self, id: str) -> Terms:
        rows = self._rows(id)
        return Terms(
            capex=sum(euros(row.capex) for row in rows),
            opex=sum(euros(row.opex_per_year) for row in rows),
            lifetime=next((row.lifetime for row in rows if row.lifetime is not None), None),
            start=self.states.starts[id],
            end=self.study.settings.end_year,
        )

    def _cost(self, id: str, before: Numbers, after: Numbers) -> dict[str, Any]:
        """Cost of a measure alone; ``lacks`` names what is missing to tell it."""
        terms, rows, settings = self._terms(id), self._rows(id), self.study.settings
        stated = any(row.capex is not None or row.opex_per_year is not None for row in rows)
        lacks = [] if stated else ["capex"]
        if settings.discount_rate is None:
            lacks.append("discount_rate")
        if not np.allclose(before.unpriced, after.unpriced, rtol=1e-9, atol=1e-6):
            lacks.append("price")
        plain: dict[str, Any] = {"capex": terms.capex, "opex": terms.opex, "stated": stated, "lacks": lacks}
        plain["unpriced"] = self._without_price(id) if "price" in lacks else []
        energy = (after.cost - before.cost)[terms.start - settings.start_year :, 0]
        plain["energy"] = None if "price" in lacks else float(energy.mean())
        if lacks:
            return {**plain, "yearly": None, "npv": None, "per_tonne": None, "per_tonne_outside": None}
        rate = (settings.discount_rate or 0.0) / 100.0
        costs = flows(terms, energy, rate)
        yearly = mean(costs, rate)
        avoided = self._yearly_tonnes(before.footprint, after.footprint, terms)
        beside = self._yearly_tonnes(before.outside, after.outside, terms)
        return {
            **plain,
            "yearly": yearly,
            "npv": net_present_value(costs, terms.start, settings.start_year, rate),
            "per_tonne": {basis: abatement_cost(yearly, avoided[basis]) for basis in BASES},
            "per_tonne_outside": {basis: abatement_cost(yearly, avoided[basis] + beside[basis]) for basis in BASES},
        }

    def _without_price(self, id: str) -> list[str]:
        """What changes with a measure and has no price in some year: carriers of Prices."""
        without, with_it = (
            without_price(self._figures_with(each)) for each in (self._with_needs(id)[:-1], self._with_needs(id))
        )
        moved = dict.fromkeys((*without, *with_it))
        return [each for each in moved if not np.isclose(without.get(each, 0.0), with_it.get(each, 0.0), rtol=1e-9)]

    def _yearly_tonnes(self, before: Mapping[str, Values], after: Mapping[str, Values], terms: Terms) -> ByBasis:
        """Tonnes avoided in a mean year in effect, what the measure itself is made of included."""
        return {basis: value / 1000.0 / len(terms.years) for basis, value in less(before, after).items()}

    def _capital(self) -> dict[str, float]:
        """Capital of the joint set by year [EUR]."""
        found: dict[int, float] = {}
        for id in self.joint:
            for year, spent in spending(self._terms(id)).items():
                found[year] = found.get(year, 0.0) + spent
        return {str(year): found[year] for year in sorted(found)}

    def _range(self, id: str) -> dict[str, ByBasis] | None:
        """Effect alone at the least and the most of its values; None where a row of it has no bounds."""
        rows = self._rows(id)
        bounded = [row for row in rows if row.min is not None and row.max is not None]
        if not bounded:
            return None
        found = {}
        for key in ("min", "max"):
            moved = tuple(
                replace(row, value=_at_bound(row, key)) if row in bounded else row
                for row in self.study.measures
                if row.id in (id, *self.game.needs[id])
            )
            states = self.states.like(replace(self.study, measures=_held_too(self.study, moved)), is_lazy=True)
            numbers = [sum(1 << states.measures.index(each) for each in set_) for set_ in _pair(self.game, id)]
            both = states.of(np.array(numbers, dtype=np.int64), lambda part: id in part.measures).footprint
            found[key] = {basis: float(-np.diff(both[basis].sum(axis=0))[0]) for basis in BASES}
        ends = {"low": min, "high": max}
        return {end: {basis: of(each[basis] for each in found.values()) for basis in BASES} for end, of in ends.items()}

    def _figures(self, needed: Sequence[str], with_it: Sequence[str]) -> dict[str, list[float | None]]:
        """Key figures of the year of the study before and after."""
        before, after = self._kpis(tuple(needed)), self._kpis(tuple(with_it))
        return {kpi: [before.get(kpi), after.get(kpi)] for kpi in TOLD if before.get(kpi) != after.get(kpi)}

    def _kpis(self, measures: tuple[str, ...]) -> dict[str, float]:
        context = self._figures_with(measures)
        return _figures_of(context, kpi_year(context, years(context)))


def _pair(game: Game, id: str) -> tuple[set[str], set[str]]:
    needed = game.needs[id]
    return needed, {*needed, id}


def _held_too(study: Study, kept: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """Measures that are kept, and those that hold rows, so that these stay out of the study."""
    ids = {row.id for row in kept}
    return kept + tuple(row for row in study.measures if row.id not in ids and row.kind in HELD_BY)


def _at_bound(row: Measure, key: str) -> str:
    bound = row.min if key == "min" else row.max
    behind = (row.value or "").partition(" ")[2]
    return f"{bound!r} {behind}".strip()


def _figures_of(context: Context, year: int) -> dict[str, float]:
    """Key figures of a year, by their name; figures by zone and those of a simulation beside meters are left out."""
    found = {}
    for row in Figures(context, years(context)[year], []).all():
        if row["kpi"] in TOLD and row["value"] is not None and row["kpi"] not in found:
            found[row["kpi"]] = float(row["value"])
    return found


def _change(of: Operation) -> dict[str, Any]:
    """One operation in plain values: sheet, ids, column, and what it becomes or is multiplied by."""
    value = of.value if isinstance(of.value, int | float | str) or of.value is None else str(of.value)
    ids = [str(getattr(row, "id", "")) for row in of.rows]
    return {"kind": of.kind, "sheet": of.sheet, "rows": [id for id in ids if id], "column": of.column, "value": value}
