"""The page of the action plan: how it was chosen, what is done, what is left out, and what it brings year by year."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.format import choices
from templates.measure_copy import indicator_text
from templates.measures import LACKS
from templates.names import owner_name
from templates.plan import BASES, BASIS, target_text
from templates.plan_words import EVIDENCE, OBJECTIVES, REASONS, objective_of
from templates.resultbook.formulas import added, reference
from templates.resultbook.laid import Chart, Laid, Put, Series, tonnes
from templates.resultbook.measures import NUMBER, TONNES, bounds, label, on
from templates.resultbook.pages import Value
from templates.texts import N_, Texts

Record = Mapping[str, Any]

WIDTHS = (10.0, 40.0, 24.0, *[NUMBER] * 9, 16.0, 16.0, 14.0, 44.0, 44.0, 110.0)
"""Of the columns of actions, which the other blocks share."""

LABEL, VALUE, ACROSS = 1, 2, 7
"""Last column of a label, column of its value, and last column of sentences."""

PART, CAPEX = {"location": 6, "market": 7}, 4
"""Columns of the actions that are summed: part in the plan by basis, investment."""


COLOURS = ("#0C4D58", "#8A9AA0", "#B23A1E")
"""Of the plan, of what there is without it, and of what is allowed."""

BASED = {"location": N_("Location-based"), "market": N_("Market-based")}


def action_plan_page(document: Record, say: Texts) -> Laid | None:
    """Make the page; None for a study without a plan."""
    book = document["measures"]
    return None if not book["measures"] or book["plan"] is None else _Plan(book, say).made()


class _Plan:
    """Lays the page out from top to bottom."""

    def __init__(self, book: Record, say: Texts) -> None:
        self.book, self.plan, self.say = book, book["plan"], say
        self.names = {row["id"]: row["name"] for row in book["measures"]}
        note = N_("What to do in which order, what it avoids and costs; as assessed, not live.")
        self.page = Laid(say(N_("Action plan")), WIDTHS, note)

    def made(self) -> Laid:
        """Return the page."""
        self.page.title(self.page.name, ACROSS)
        self._how()
        self._actions(self._whole())
        self._left_out()
        self._steps()
        self._costs()
        self._by_year()
        self._front()
        return self.page

    def _row(self, text: str, *cells: Put) -> int:
        return self.page.line(Put(0, text, "label", LABEL), *cells)

    def _how(self) -> None:
        """How the plan was chosen, a label and a value a row."""
        self.page.part(self.say(N_("How the plan was chosen")), ACROSS)
        for text, value, look in self._chosen():
            self._row(text, Put(VALUE, value, look, ACROSS if look == "told" else -1))

    def _chosen(self) -> Iterator[tuple[str, Value, str]]:
        plan, say = self.plan, self.say
        basis = say(BASIS[plan["basis"]])
        objective = OBJECTIVES[objective_of(plan)]
        sentence = say(N_("The plan that {what}, {basis}"), what=say(objective), basis=basis)
        yield say(N_("Objective")), sentence, "told"
        for key, text in (("budget", N_("Budget, EUR")), ("yearly_budget", N_("Budget a year, EUR"))):
            limited = plan[key] is not None
            yield say(text), plan[key] if limited else say(N_("no limit")), "told number" if limited else "told"
        target = say(N_("none stated")) if plan["target"] is None else target_text(plan["target"], say)
        yield say(N_("Target")), target, "told"
        if plan["carbon"]:
            yield say(N_("Price of carbon, EUR/t CO2e")), "; ".join(self._prices()), "told"
        exact = plan["method"] == "exact"
        method = N_("every set of measures that can be carried out was compared by the whole model")
        other = N_("integer programme over single measures and pairs; the numbers told are of the whole model")
        yield say(N_("Method")), say(method if exact else other), "told"
        yield say(N_("Sets of measures run")), plan["sets"], "told number"
        if plan["gap"] is not None:
            yield say(N_("Gap of the programme of pairs, %")), 100.0 * plan["gap"], "told exact"
        yield from self._reached()

    def _prices(self) -> Iterator[str]:
        """Years from which on another price of carbon holds."""
        known: float | None = None
        for year, price in self.plan["carbon"].items():
            if price != known:
                yield f"{year}: {self.say.exact(price)}"
            known = price

    def _reached(self) -> Iterator[tuple[str, Value, str]]:
        plan, say = self.plan, self.say
        if plan["reached"] is None:
            return
        if plan["reached"]:
            yield say(N_("Target reached")), say(N_("yes")), "told"
            return
        none = N_("no: no plan that reaches it was found, which is no proof that there is none")
        yield say(N_("Target reached")), say(N_("no") if plan["proved"] else none), "told"
        yield say(N_("Missed by, t CO2e")), plan["nearest"] / 1000.0, "told tonnes"
        if plan["capital_needed"] is not None:
            yield say(N_("Investment that would reach it, EUR")), plan["capital_needed"], "told number"

    def _whole(self) -> int:
        """What the plan avoids as a whole, and its net present value; returns the row of what it avoids."""
        plan, say, page = self.plan, self.say, self.page
        page.part(say(N_("What the plan avoids and costs")), ACROSS)
        titles = [("", "text"), *((f"{say(BASED[basis])}, {TONNES}", "tonnes") for basis in BASES)]
        page.heads(titles, [(0, LABEL), (VALUE, -1), (VALUE + 1, -1)])
        at = {basis: VALUE + b for b, basis in enumerate(BASES)}

        def both(text: str, values: Mapping[str, Value], look: str = "tonnes") -> int:
            return self._row(say(text), *(Put(at[basis], values[basis], look) for basis in BASES))

        before = both(N_("Footprint without measures"), {basis: tonnes(plan["before"], basis) for basis in BASES})
        after = both(N_("Footprint with the plan"), {basis: tonnes(plan["after"], basis) for basis in BASES})
        less = {basis: added(page.cell(before, at[basis]), without=[page.cell(after, at[basis])]) for basis in BASES}
        avoided = both(N_("Avoided, the plan run as a whole"), less, "total tonnes")
        both(N_("Avoided outside the footprint, never netted"), {b: tonnes(plan["outside"], b) for b in BASES})
        year, rate = self.book["currency_year"] or "?", self.book["discount_rate"]
        if plan["npv"] is not None and rate is not None:
            text = say(N_("Net present value, EUR of {year} at {rate} %"), year=year, rate=say.exact(rate))
            self._row(text, Put(VALUE, plan["npv"] + 0.0, "euros"))
        elif plan["unpriced"]:
            missing = say(N_("not told: decided on without their costs: {ids}"), ids=", ".join(plan["unpriced"]))
            self._row(say(N_("Net present value, EUR")), Put(VALUE, missing, "told", ACROSS))
        return avoided

    def _actions(self, avoided: int) -> None:
        """What is done, by whom and when; sums that are what the plan avoids as a whole (a row that stands already)."""
        plan, say, page = self.plan, self.say, self.page
        page.part(say(N_("What is done")), ACROSS)
        if not plan["actions"]:
            page.lead(say(N_("No measure is in the plan.")), ACROSS)
            return
        count = len(plan["standing"]["worlds"])
        page.lead(
            say(
                N_(
                    "Part in the plan: what of the whole is due to the measure; these sum to the whole. Least and "
                    "most: the measure alone, at the bounds of its value. Stays right: the share of {count} worlds "
                    "(grid, replacement rule, basis, sharing with the heat) in which the plan without it would emit "
                    "more. The columns {columns} are those of the sheet Measures of the input and may be copied there."
                ),
                count=count,
                columns=", ".join(label(key, say) for key in ("start_year", "decision", "indicator")),
            ),
            ACROSS,
        )
        heads = list(self._heads())
        head = page.heads(heads)
        for action in plan["actions"]:
            values = self._action(action)
            page.line(*(Put(place, value, heads[place][1]) for place, value in enumerate(values)))
        first, last = head + 1, head + len(plan["actions"])
        sums = [Put(place, page.sum(first, last, place), "total tonnes") for place in PART.values()]
        capex = Put(CAPEX, page.sum(first, last, CAPEX), "total euros")
        page.line(Put(0, say(N_("Sum")), "total text", LABEL), capex, *sums)
        at = {basis: page.cell(avoided, VALUE + b) for b, basis in enumerate(BASES)}
        same = [Put(PART[basis], reference(at[basis]), "tonnes") for basis in BASES]
        page.line(Put(0, say(N_("Avoided, the plan run as a whole")), "text", LABEL), *same)

    def _heads(self) -> Iterator[tuple[str, str]]:
        """Headers and looks of the actions; money in the form in which the input reads it."""
        say = self.say
        yield label("id", say), "text"
        yield label("measure", say), "long"
        yield label("owner", say), "long"
        yield label("start_year", say), "year"
        yield f"{label('capex', say)} [EUR]", "euros"
        yield f"{label('opex_per_year', say)} [EUR/a]", "euros"
        for basis in BASES:
            yield on(say(N_("Part in the plan")), basis, say), "tonnes"
        for basis in BASES:
            yield on(say(N_("Alone, least")), basis, say), "tonnes"
            yield on(say(N_("Alone, most")), basis, say), "tonnes"
        yield say(N_("Stays right")), "share"
        yield label("decision", say), "text"
        yield say(N_("Decided before")), "text"
        yield say(N_("Evidence needed")), "long"
        yield label("indicator", say), "long"
        yield say(N_("What its value rests on")), "long"

    def _action(self, of: Record) -> list[Value]:
        say = self.say
        untold = "capex" in of["lacks"]
        return [
            of["id"],
            of["name"],
            owner_name(of["owner"], say),
            of["start"],
            None if untold else of["capex"],
            None if untold else of["opex"],
            *(tonnes(of["avoided"], basis) for basis in BASES),
            *bounds(of, "location"),
            *bounds(of, "market"),
            of["share"],
            choices("decision")["yes"][say.language],
            say(N_("yes")) if of["decided"] else say(N_("no")),
            "; ".join(say(EVIDENCE[each]) for each in of["follow_up"]["evidence"]),
            indicator_text(of, say),
            of["evidence"],
        ]

    def _left_out(self) -> None:
        """What is not in the plan, why, and what it would add."""
        plan, say, page = self.plan, self.say, self.page
        if not plan["left_out"]:
            return
        page.part(say(N_("Not in the plan")), ACROSS)
        titles = [(label("id", say), "text"), (label("measure", say), "text"), (say(N_("Reason")), "text")]
        added_, outside = N_("Would avoid beside the plan"), N_("Would avoid outside the footprint")
        titles += [(on(say(what), basis, say), "tonnes") for what in (added_, outside) for basis in BASES]
        places = [(0, -1), (1, -1), (2, 3), (4, -1), (5, -1), (6, -1), (7, -1)]
        page.heads(titles, places)
        for id, of in plan["left_out"].items():
            named = ", ".join(say(LACKS.get(each, each)) if of["reason"] == "cost" else each for each in of["of"])
            numbers = [tonnes(of[key], basis) for key in ("added", "outside") for basis in BASES]
            page.line(
                Put(0, id),
                Put(1, self.names[id], "long"),
                Put(2, say(REASONS[of["reason"]], of=named), "long", 3),
                *(Put(4 + place, number, "tonnes") for place, number in enumerate(numbers)),
            )

    def _steps(self) -> None:
        """From the footprint without measures to that with the plan, measure by measure: table and waterfalls."""
        plan, say, page = self.plan, self.say, self.page
        page.part(say(N_("Step by step, in the physical order")), ACROSS)
        low, high = N_("Lower end of the step"), N_("Height of the step")
        heads = [(label("id", say), "text"), (label("measure", say), "text")]
        heads += [(on(say(what), basis, say), "tonnes") for basis in BASES for what in (low, high)]
        head = page.heads(heads)
        nothing, at = dict.fromkeys(BASES, 0.0), plan["before"]
        self._step("Σ", say(N_("Footprint without measures")), nothing, at)
        for step in plan["steps"]:
            left = {basis: at[basis] - step[basis] for basis in BASES}
            self._step(step["id"], self.names[step["id"]], at, left)
            at = left
        last = self._step("Σ", say(N_("Footprint with the plan")), nothing, plan["after"])
        page.drawn(
            *(
                Chart("steps", say(BASED[basis]), "", TONNES, (head + 1, last),
                      [Series("", 2 + 2 * place, 0), Series("", 3 + 2 * place, 0, COLOURS[0])], last + 2, 4 * place)
                for place, basis in enumerate(BASES)
            )
        )  # fmt: skip

    def _step(self, id: str, name: str, before: Mapping[str, float], after: Mapping[str, float]) -> int:
        """One step: where it begins above zero, and how high it is, whichever way it goes."""
        values = []
        for basis in BASES:
            low, high = sorted((before[basis], after[basis]))
            values += [low / 1000.0 + 0.0, (high - low) / 1000.0]
        cells = [Put(2 + place, value, "tonnes") for place, value in enumerate(values)]
        return self.page.line(Put(0, id), Put(1, name, "long"), *cells)

    def _costs(self) -> None:
        """What a tonne costs, of measures that cost something on the basis of the plan: table and chart."""
        say, page, basis = self.say, self.page, self.plan["basis"]
        told = [row for row in self.book["measures"] if (row["cost"]["per_tonne"] or {}).get(basis) is not None]
        if not told:
            return
        page.part(say(N_("What a tonne costs, of what costs something")), ACROSS)
        heads = [(label("id", say), "text"), (label("measure", say), "text")]
        heads += [(on(say(N_("Alone")), basis, say), "tonnes"), ("EUR/t", "euros per tonne")]
        head = page.heads(heads)
        for row in sorted(told, key=lambda each: each["cost"]["per_tonne"][basis]):
            price = row["cost"]["per_tonne"][basis]
            alone = Put(2, tonnes(row["alone"], basis), "tonnes")
            last = page.line(Put(0, row["id"]), Put(1, row["name"], "long"), alone, Put(3, price, "euros per tonne"))
        title = say(N_("What a tonne costs")) + f", {say(BASIS[basis])}"
        series = [Series("EUR/t", 3, 0, COLOURS[0])]
        page.drawn(Chart("column", title, "", "EUR/t", (head + 1, last), series, last + 2, 0))

    def _by_year(self) -> None:
        """Capital and the emissions of operation in each year."""
        plan, say, page = self.plan, self.say, self.page
        page.part(say(N_("By year")), ACROSS)
        allowed, operation = plan["operation"]["allowed"], plan["operation"]
        heads = [
            (say(N_("Year")), "year"), (say(N_("Begins")), "long"), (say(N_("Investment, EUR")), "euros"),
            (say(N_("Bought again, EUR")), "euros"),
            *((on(say(N_("Operation without measures")), basis, say), "tonnes") for basis in BASES),
            *((on(say(N_("Operation with the plan")), basis, say), "tonnes") for basis in BASES),
        ]  # fmt: skip
        if allowed:
            heads.append((on(say(N_("Operation allowed")), plan["basis"], say), "tonnes"))
        head = page.heads(heads)
        for place, year in enumerate(self.book["years"]):
            key = str(year)
            begins = [action["id"] for action in plan["actions"] if action["start"] == year]
            values: list[Value] = [
                year,
                ", ".join(begins),
                plan["capital"].get(key),
                plan["renewals"].get(key),
                *(operation[when][basis][place] / 1000.0 + 0.0 for when in ("before", "after") for basis in BASES),
            ]
            if allowed:
                values.append(allowed[key] / 1000.0 + 0.0 if key in allowed else None)
            page.line(*(Put(at, value, heads[at][1]) for at, value in enumerate(values)))
        last = head + len(self.book["years"])
        sums = [Put(at, page.sum(head + 1, last, at), "total euros") for at in (2, 3)]
        sums += [Put(at, page.sum(head + 1, last, at), "total tonnes") for at in (4, 5, 6, 7)]
        row = page.line(Put(0, say(N_("Sum")), "total text", LABEL), *sums) + 2
        charts = []
        for place, basis in enumerate(BASES):
            series = [
                Series(say(N_("Without measures")), 4 + place, 0, COLOURS[1]),
                Series(say(N_("With the plan")), 6 + place, 0, COLOURS[0]),
            ]
            if allowed and basis == plan["basis"]:
                series.append(Series(say(N_("Operation allowed")), 8, 0, COLOURS[2]))
            charts.append(Chart("line", say(BASED[basis]), "", TONNES, (head + 1, last), series, row, 4 * place))
        page.drawn(*charts)

    def _front(self) -> None:
        """Plans that no other beats in both tonnes and money."""
        front, say, page = self.plan["front"], self.say, self.page
        plans: Sequence[Record] = front["plans"]
        if not plans:
            return
        page.part(say(N_("Other plans")), ACROSS)
        basis = say(BASIS[self.plan["basis"]])
        sentence = N_("Pareto front: {count} plans that no other beats in both tonnes and money, {basis}")
        page.lead(say(sentence, count=front["count"], basis=basis), ACROSS)
        if len(plans) < front["count"]:
            page.lead(say(N_("{shown} of them are told, evenly by what they avoid."), shown=len(plans)), ACROSS)
        heads = [
            ("", "text"), (say(N_("Measures")), "long"), (say(N_("Investment, EUR")), "euros"),
            (say(N_("Net present value, EUR")), "euros"),
            *((on(say(N_("Avoided")), basis, say), "tonnes") for basis in BASES),
        ]  # fmt: skip
        head = page.heads(heads)
        for number, plan in enumerate(plans, 1):
            ids = ", ".join(plan["measures"]) or say(N_("no measure"))
            numbers = [plan["capital"], plan["npv"] + 0.0, *(tonnes(plan["avoided"], basis) for basis in BASES)]
            values: list[Value] = [number, ids, *numbers]
            looks = ["year", *(look for _, look in heads[1:])]
            last = page.line(*(Put(at, value, looks[at]) for at, value in enumerate(values)))
        of, worth = 4 + BASES.index(self.plan["basis"]), say(N_("Net present value, EUR"))
        series = [Series(say(N_("Other plans")), of, 3, COLOURS[0])]
        page.drawn(
            Chart("scatter", say(N_("More tonnes or more money")), worth, TONNES, (head + 1, last), series, last + 2, 0)
        )
