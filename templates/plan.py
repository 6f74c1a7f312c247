"""A plan of measures on the terminal: what, when, for how much, whether the target is reached, what is left out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.format import choices
from templates.columns import table
from templates.measures import DASH, LACKS
from templates.names import owner_name
from templates.plan_words import OBJECTIVES, REASONS, TARGETS, objective_of
from templates.texts import N_, Texts

Record = Mapping[str, Any]
BASES = ("location", "market")
BASIS = {"location": N_("location-based"), "market": N_("market-based")}
SHOWN = 12
"""Plans of the front that are shown."""


def lines(document: Record, texts: Texts) -> Iterator[str]:
    """Tell the plan of a study."""
    book = document["measures"]
    plan = book["plan"]
    if not book["measures"]:
        yield texts(N_("The sheet Measures is empty; jalki measures tells which of the catalogue fit the study."))
        return
    if plan is None:
        if not any(row["cost"]["lacks"] for row in book["measures"]):
            yield texts(N_("No plan: every measure is decided not to be carried out."))
            return
        lacks = dict.fromkeys(each for row in book["measures"] for each in row["cost"]["lacks"])
        what = ", ".join(texts(LACKS[each]) for each in lacks)
        yield texts(
            N_("No plan: no measure has its cost told. Missing: {what}; jalki measures tells where."), what=what
        )
        return
    of = _Told(book, plan, texts)
    yield from of.how()
    yield ""
    yield from of.actions()
    yield ""
    yield from of.together()
    yield from of.left_out()
    yield from of.front()


def target_text(target: Record, texts: Texts) -> str:
    """A target in one sentence."""
    key = target["kind"]
    if key != "pathway":
        key += "-percent" if target["percent"] is not None else "-kilograms"
    elif target["year"] is not None:
        key = "pathway-until"
    allowed = target["total"] if target["kind"] == "total" else target["kilograms"]
    if target["kind"] == "yearly" and target["percent"] is not None:
        allowed = target["base"] * (1.0 - target["percent"] / 100.0)
    return texts(
        TARGETS[key],
        percent="" if target["percent"] is None else texts.exact(target["percent"]),
        allowed="" if allowed is None else texts.decimal(allowed / 1000.0, 0),
        year=target["year"] or "",
        base_year=target["base_year"] or "",
    )


class _Told:
    """One plan in one language."""

    def __init__(self, book: Record, plan: Record, texts: Texts) -> None:
        self.book, self.plan, self.say = book, plan, texts

    def _tonnes(self, kilograms: float, decimals: int = 0) -> str:
        return self.say.decimal(kilograms / 1000.0, decimals)

    def _signed(self, kilograms: float) -> str:
        said = self._tonnes(kilograms)
        return f"+{said}" if kilograms > 0 else said

    def how(self) -> Iterator[str]:
        """How the plan was chosen, and whether the target is reached."""
        plan, say = self.plan, self.say
        yield say(
            N_("The plan that {what}, {basis}"),
            what=say(OBJECTIVES[objective_of(plan)]),
            basis=say(BASIS[plan["basis"]]),
        )
        if plan["budget"] is not None:
            yield say(N_("Budget: {budget} EUR"), budget=say.decimal(plan["budget"], 0))
        if plan["yearly_budget"] is not None:
            yield say(
                N_("Budget a year: {budget} EUR, what is left over is kept"),
                budget=say.decimal(plan["yearly_budget"], 0),
            )
        if plan["target"] is not None:
            yield say(N_("Target: {target}"), target=target_text(plan["target"], say))
        if plan["method"] == "exact":
            yield say(
                N_("All {count} sets of measures that can be carried out were compared by the whole model."),
                count=say.decimal(plan["sets"], 0),
            )
        else:
            gap = DASH if plan["gap"] is None else say.decimal(100.0 * plan["gap"], 2)
            yield say(
                N_(
                    "Too many sets to compare: an integer programme of pairs over {count} runs chose "
                    "(its gap {gap} %); "
                    "the numbers are of the whole model."
                ),
                count=say.decimal(plan["sets"], 0),
                gap=gap,
            )
        if plan["reached"] is True:
            yield say(N_("The target is reached."))
        elif plan["reached"] is False:
            yield from self._missed()

    def _missed(self) -> Iterator[str]:
        plan, say = self.plan, self.say
        short = self._tonnes(plan["nearest"], 1)
        if plan["nearest_year"] is not None:
            short = say(N_("{short} t CO2e in {year}"), short=short, year=plan["nearest_year"])
        else:
            short = f"{short} t CO2e"
        if not plan["proved"]:
            yield say(
                N_("No plan that reaches the target was found; the nearest misses it by {short}. That is no proof."),
                short=short,
            )
            if plan["capital_needed"] is not None:
                yield say(
                    N_("With {needed} EUR of first purchases at hand it could be reached."),
                    needed=say.decimal(plan["capital_needed"], 0),
                )
        elif plan["capital_needed"] is not None:
            needed = say.decimal(plan["capital_needed"], 0)
            yield say(
                N_(
                    "No set within the budget reaches the target; the nearest misses it by {short}. "
                    "It takes {needed} EUR of first purchases."
                ),
                short=short,
                needed=needed,
            )
        else:
            yield say(
                N_("None of the sets reaches the target, whatever it costs; the nearest misses it by {short}."),
                short=short,
            )

    def actions(self) -> Iterator[str]:
        """What is done, by whom, when."""
        say = self.say
        if not self.plan["actions"]:
            yield say(N_("No measure is in the plan."))
            return
        heads = (
            N_("Start"),
            N_("Id"),
            N_("Measure"),
            N_("Owner"),
            N_("Investment"),
            N_("Part in the plan"),
            N_("Stays right"),
        )
        rows = [[say(head) for head in heads]]
        for row in self.plan["actions"]:
            part = " | ".join(self._tonnes(row["avoided"][basis], 1) for basis in BASES)
            investment = DASH if "capex" in row["lacks"] else say.decimal(row["capex"], 0)
            who, right = owner_name(row["owner"], say), f"{say.decimal(100.0 * row['share'], 0)} %"
            rows.append([str(row["start"]), row["id"], row["name"][:44], who, investment, part, right])
        yield from table(rows, left=(0, 1, 2, 3))
        yield say(
            N_(
                "Part in the plan: t CO2e over the period, location-based | market-based. Stays right: in how many of "
                "{count} worlds (trajectory of the grid × replacement rule × basis × method for recovered heat) the "
                "plan without it would emit more."
            ),
            count=len(self.plan["standing"]["worlds"]),
        )

    def together(self) -> Iterator[str]:
        """What the plan avoids and costs."""
        plan, say = self.plan, self.say
        for basis in BASES:
            before, after = plan["before"][basis], plan["after"][basis]
            percent = say.decimal(100.0 * (after - before) / before, 1) if before else DASH
            yield say(
                N_("{basis}: {before} t become {after} t ({percent} %)"),
                basis=say(BASIS[basis]), before=self._tonnes(before), after=self._tonnes(after), percent=percent,
            )  # fmt: skip
        if any(abs(plan["outside"][basis]) >= 500.0 for basis in BASES):  # half a tonne: less would print as 0
            both = " | ".join(self._signed(plan["outside"][basis]) for basis in BASES)
            yield say(N_("Outside the footprint, never netted, what is avoided changes by {both} t CO2e"), both=both)
        if plan["unpriced"]:
            ids = ", ".join(plan["unpriced"])
            yield say(
                N_("The cost of {ids} is not told: it is in no sum of money, and no net present value is told."),
                ids=ids,
            )
        if plan["npv"] is not None:
            yield say(
                N_("Net present value {npv} EUR of {year}, at {rate} %"),
                npv=say.decimal(plan["npv"], 0), year=self.book["currency_year"] or DASH,
                rate=say.exact(self.book["discount_rate"]),
            )  # fmt: skip
        for key, text in (("capital", N_("Investment by year: {years}")), ("renewals", N_("Bought again: {years}"))):
            if plan[key]:
                years = ", ".join(f"{year} {say.decimal(spent, 0)}" for year, spent in plan[key].items())
                yield say(text, years=years)

    def left_out(self) -> Iterator[str]:
        """What is not in the plan, and why."""
        say = self.say
        for id, of in self.plan["left_out"].items():
            named = ", ".join(say(LACKS[each]) if of["reason"] == "cost" else each for each in of["of"])
            yield say(N_("Not in the plan: {id}, {why}"), id=id, why=say(REASONS[of["reason"]], of=named))
            if of["added"] is not None:
                added, outside = (
                    " | ".join(self._tonnes(of[key][basis]) for basis in BASES) for key in ("added", "outside")
                )
                yield "  " + say(
                    N_("beside the plan it would avoid {added} t CO2e, and outside the footprint {outside} t"),
                    added=added,
                    outside=outside,
                )

    def front(self) -> Iterator[str]:
        """Plans that no other beats in both tonnes and money."""
        say, plans = self.say, self.plan["front"]["plans"]
        if len(plans) < 2:
            return
        yield ""
        yield say(
            N_("Pareto front: {count} plans that no other beats in both tonnes and money, at any budget, {basis}"),
            count=self.plan["front"]["count"], basis=say(BASIS[self.plan["basis"]]),
        )  # fmt: skip
        heads = (N_("t CO2e avoided"), N_("Net present value"), N_("Investment"), N_("Measures"))
        rows = [[say(head) for head in heads]]
        for row in _some(plans, SHOWN):
            avoided = self._tonnes(row["avoided"][self.plan["basis"]], 0)
            rows.append(
                [
                    avoided,
                    say.decimal(row["npv"], 0),
                    say.decimal(row["capital"], 0),
                    ", ".join(row["measures"]) or DASH,
                ]
            )
        yield from table(rows, left=(3,))


def _some(rows: Sequence[Record], count: int) -> Sequence[Record]:
    """Some of many, evenly, the ends among them."""
    if len(rows) <= count:
        return rows
    return [rows[round(k * (len(rows) - 1) / (count - 1))] for k in range(count)]


UNITS = {"kWh": (1000.0, "MWh", 1), "kg CO2e": (1000.0, "t CO2e", 1), "kWh/kWh": (1.0, "kWh/kWh", 3)}
"""What a figure is told in: what it is divided by, the unit, decimals."""

FIGURES = {
    "per-it": N_("all energy for each kWh of IT"),
    "heat": N_("heat handed over"),
    "operation-location": N_("operation, location-based"),
    "operation-market": N_("operation, market-based"),
}
"""Figures that a later year is compared in, beside the uses of energy."""


def _figure_name(figure: str, texts: Texts) -> str:
    said = FIGURES.get(figure)
    return choices("use")[figure][texts.language] if said is None else texts(said)


def followed_lines(rows: Sequence[Record], texts: Texts) -> Iterator[str]:
    """Compare a later year with what the plan promised for it."""
    if not rows:
        yield texts(N_("The two documents have no year in common."))
        return
    heads = (N_("Year"), N_("Figure"), N_("Without measures"), N_("Promised"), N_("Shown"), N_("Kept"))
    told = [[texts(head) for head in heads]]
    for row in rows:
        per, unit, decimals = UNITS[row["unit"]]
        name = _figure_name(row["figure"], texts)
        kept = DASH if row["kept"] is None else f"{texts.decimal(100.0 * row['kept'], 0)} %"
        values = [texts.decimal(row[key] / per, decimals) for key in ("without", "promised", "metered")]
        told.append([str(row["year"]), f"{name} [{unit}]", *values, kept])
    yield from table(told, left=(0, 1))
    yield texts(N_("Kept: the share of the promised change that is there; a dash where the plan promised none."))
    if not all(row["measured"] for row in rows):
        yield texts(N_("Not every amount of that year is a meter's reading."))
