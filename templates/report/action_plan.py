"""The action plan: how it was chosen, who does what when, what shows it, what it needs, what is left out and why."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from templates.measures import DASH, LACKS, OUTSIDE
from templates.names import owner_name
from templates.plan import BASIS
from templates.plan_words import EVIDENCE, INDICATORS, OBJECTIVES, REASONS, TARGETS, objective_of
from templates.report.breakdown import subheading
from templates.report.edition import BASES, Edition
from templates.report.heat_terms import BY_BASIS
from templates.report.markup import Markup, alarming, bold, capital, muted, text, together
from templates.report.measures import ID, NAME_LENGTH
from templates.report.style import MM, style
from templates.report.tables import Column, Row, cut_note, number, table
from templates.texts import N_

Record = Mapping[str, Any]

AT = "measures/plan"
"""Path of the plan in the document."""

PLAN_ROOM = 160 * MM
"""Room that the plan begins with: a page of its own, but where what is told of the costs leaves most of one."""


def plan_page(edition: Edition) -> list[Flowable]:
    """Make the page of the plan; where no measure has its cost told, say that there is none."""
    plan = edition.document["measures"]["plan"]
    if plan is None:
        said = edition.say(N_("There is no plan: no measure has its cost told. What is missing stands above."))
        return [*subheading(edition.say(N_("Action plan"))), Paragraph(said, style("body"))]
    parts = (_chosen, _actions, _followed, _capital, _left_out)
    return [
        CondPageBreak(PLAN_ROOM),
        Paragraph(edition.say(N_("Action plan")), style("subheading")),
        *(each for part in parts for each in part(edition, plan)),
    ]


def _chosen(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """How the plan was chosen and what it comes to: label and sentence."""
    rows = [Row([edition.word(label), said]) for label, said in _facts(edition, plan)]
    yield table([Column("", 38), Column("")], rows)


def _facts(edition: Edition, plan: Record) -> Iterator[tuple[str, Markup]]:
    what = edition.label(OBJECTIVES, objective_of(plan))
    basis = edition.word(BASIS[plan["basis"]])
    yield N_("Chosen"), edition.say(N_("The plan that {what}, {basis}"), what=what, basis=basis)
    budgets = {
        "budget": N_("{budget} EUR for first purchases in all"),
        "yearly_budget": N_("{budget} EUR a year for first purchases; what is left over is kept"),
    }
    told = [
        edition.say(said, budget=edition.figures.decimal(f"{AT}/{key}", decimals=0))
        for key, said in budgets.items()
        if plan[key] is not None
    ]
    yield N_("Budget"), together(*told, by="<br/>") if told else edition.say(N_("none stated"))
    if plan["objective"] == "carbon-price" and plan["carbon"]:
        years = list(plan["carbon"])
        prices = {
            key: edition.figures.decimal(f"{AT}/carbon/{year}", decimals=0)
            for key, year in (("first", years[0]), ("last", years[-1]))
        }
        said = edition.say(
            N_("{first} EUR/t CO₂e in {start}, {last} in {end}"), start=years[0], end=years[-1], **prices
        )
        yield N_("Price of carbon"), said
    if plan["target"] is not None:
        yield N_("Target"), text(capital(target_text(edition, plan)))
    yield N_("Searched"), _search(edition, plan)
    if plan["reached"] is not None:
        yield N_("Outcome"), together(*_outcome(edition, plan))
    yield N_("Footprint"), together(*(_footprint(edition, plan, basis) for basis in BASES), by="<br/>")
    if any(abs(plan["outside"][each]) >= OUTSIDE for each in BASES):
        outside = {each: edition.tonnes(f"{AT}/outside/{each}") for each in BASES}
        yield (
            N_("Outside it"),
            edition.say(
                N_(
                    "what is avoided outside the footprint (D1, D2, avoided emissions) changes by {location} t CO₂e "
                    "location-based and {market} t market-based: stated apart, never netted"
                ),
                **outside,
            ),
        )
    yield N_("Net present value"), _worth(edition, plan)


def target_text(edition: Edition, plan: Record) -> str:
    """Tell a target in one sentence."""
    target = plan["target"]
    key = target["kind"]
    if key != "pathway":
        key += "-percent" if target["percent"] is not None else "-kilograms"
    elif target["year"] is not None:
        key = "pathway-until"
    values: dict[str, object] = {"year": target["year"] or "", "base_year": target["base_year"] or ""}
    if target["percent"] is not None:
        values["percent"] = edition.figures.exact(f"{AT}/target/percent")
    if target["kind"] != "pathway":
        years = list(plan["operation"]["allowed"])
        path = f"{AT}/target/total" if target["kind"] == "total" else f"{AT}/operation/allowed/{years[0]}"
        values["allowed"] = edition.tonnes(path)
    return edition.word(TARGETS[key], **values).replace("CO2e", "CO₂e")


def _search(edition: Edition, plan: Record) -> Markup:
    sets = edition.figures.decimal(f"{AT}/sets", decimals=0)
    if plan["method"] == "exact":
        return edition.say(
            N_("every set of measures that can be carried out, {count} in all, each by the whole model"), count=sets
        )
    said = edition.say(
        N_(
            "there are too many sets to compare: an integer programme chose from {count} runs of the whole model, "
            "which then told what the plan avoids"
        ),
        count=sets,
    )
    if plan["gap"] is None:
        return said
    gap = edition.figures.decimal(f"{AT}/gap", per=0.01, decimals=2)
    return together(
        said,
        edition.say(N_("in pairs, as the programme sees them, no plan is better by more than {gap} %"), gap=gap),
        by="; ",
    )


def _outcome(edition: Edition, plan: Record) -> Iterator[Markup]:
    """Say that the target is reached, or prove that it is not."""
    if plan["reached"]:
        yield bold(edition.say(N_("The target is reached.")))
        return
    short = edition.say(N_("{short} t CO₂e"), short=edition.tonnes(f"{AT}/nearest"))
    if plan["nearest_year"] is not None:
        short = edition.say(N_("{short} in {year}"), short=short, year=plan["nearest_year"])
    if not plan["proved"]:
        yield alarming(edition.say(N_("No plan that reaches the target was found.")))
        yield edition.say(N_("The nearest misses it by {short}. That is no proof."), short=short)
        if plan["capital_needed"] is not None:
            needed = edition.figures.decimal(f"{AT}/capital_needed", decimals=0)
            yield edition.say(N_("With {needed} EUR of first purchases at hand it could be reached."), needed=needed)
        return
    sets = edition.figures.decimal(f"{AT}/sets", decimals=0)
    yield alarming(edition.say(N_("The target is not reached.")))
    if plan["capital_needed"] is None:
        yield edition.say(
            N_("None of the {count} sets reaches it, whatever it costs; the nearest misses it by {short}."),
            count=sets,
            short=short,
        )
        return
    yield edition.say(
        N_("None of the {count} sets reaches it within the budget; the nearest misses it by {short}."),
        count=sets,
        short=short,
    )
    needed = edition.figures.decimal(f"{AT}/capital_needed", decimals=0)
    yield edition.say(N_("At least {needed} EUR of first purchases are needed to reach it."), needed=needed)


def _footprint(edition: Edition, plan: Record, basis: str) -> Markup:
    decimals = edition.decimals(f"{AT}/before/{each}" for each in BASES)
    values = {key: edition.fixed(f"{AT}/{key}/{basis}", decimals) for key in ("before", "after", "avoided")}
    share = edition.figures.share(f"{AT}/avoided/{basis}", f"{AT}/before/{basis}", decimals=1) or DASH
    return edition.say(
        N_("{basis} {before} t CO₂e become {after} t; avoided {avoided} t, {share} %"),
        basis=edition.word(BASIS[basis]),
        share=share,
        **values,
    )


def _worth(edition: Edition, plan: Record) -> Markup:
    if plan["npv"] is None:
        return edition.say(N_("not told: the cost of {ids} is not known"), ids=", ".join(plan["unpriced"]))
    book = edition.document["measures"]
    return edition.say(
        N_("{npv} EUR of {year}, discounted at {rate} %"),
        npv=edition.figures.decimal(f"{AT}/npv", decimals=0),
        year=book["currency_year"] or DASH,
        rate=edition.figures.exact("measures/discount_rate"),
    )


def _actions(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """Who does what when, what it costs and avoids, and whether it stays right."""
    yield from subheading(edition.say(N_("What is done")))
    if not plan["actions"]:
        yield Paragraph(edition.say(N_("No measure is in the plan.")), style("body"))
        return
    avoided = [f"{AT}/actions/{i}/avoided/{basis}" for i in range(len(plan["actions"])) for basis in BASES]
    decimals = edition.decimals(avoided)
    rows = [_action(edition, i, row, decimals) for i, row in enumerate(plan["actions"])]
    part = edition.word(N_("Avoided, t CO₂e"))
    columns = [
        Column(edition.word(N_("Id")), ID),
        Column(edition.word(N_("Measure"))),
        number(edition.word(N_("Start")), 11),
        number(edition.word(N_("Investment, EUR")), 21),
        number(edition.word(N_("Upkeep, EUR/a")), 18),
        *(number(edition.word(BY_BASIS[basis], module=part), 21) for basis in BASES),
        number(edition.word(N_("Stays right, %")), 14),
    ]
    yield table(columns, rows, spread=True)
    yield from cut_note(edition, rows)
    note = edition.say(
        N_(
            "Avoided: the part of each measure in what the plan avoids over the period; the parts add up to it. The "
            "bounds are those of the measure alone. Stays right: in how many of the worlds told below the plan without "
            "the measure would emit more."
        )
    )
    yield Paragraph(note, style("note"))


def _action(edition: Edition, i: int, row: Record, decimals: int) -> Row:
    at = f"{AT}/actions/{i}"
    about = [text(owner_name(row["owner"], edition.texts), 60)]
    if row["decided"]:
        about.append(edition.say(N_("decided")))
    if row["range"] is not None:
        ends = {
            end: edition.fixed(f"{at}/range/{end}/{plan_of(edition)['basis']}", decimals) for end in ("low", "high")
        }
        about.append(edition.say(N_("alone {low} to {high} t"), **ends))
    capex, opex = (
        DASH if "capex" in row["lacks"] else edition.figures.decimal(f"{at}/{key}", decimals=0)
        for key in ("capex", "opex")
    )
    cells = [
        str(row["start"]),
        capex,
        opex,
        *(edition.fixed(f"{at}/avoided/{basis}", decimals) for basis in BASES),
        edition.percent(f"{at}/share"),
    ]
    name = together(text(row["name"], NAME_LENGTH), muted(together(*about, by=" · ")), by="<br/>")
    return Row([text(row["id"], 24), name, *cells])


def plan_of(edition: Edition) -> Record:
    """Return the plan of the document."""
    plan: Record = edition.document["measures"]["plan"]
    return plan


def _followed(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """What shows that each measure was done, and that it works."""
    if not plan["actions"]:
        return
    rows = []
    for row in plan["actions"]:
        of = row["follow_up"]
        named = ", ".join(of["rows"])
        shown = of["text"] or "; ".join(edition.word(INDICATORS[kind], rows=named) for kind in of["kinds"])
        done = "; ".join(edition.label(EVIDENCE, each) for each in of["evidence"])
        cells = [text(row["name"], NAME_LENGTH), text(capital(shown) or DASH, 200), text(capital(done) or DASH, 200)]
        rows.append(Row([text(row["id"], 24), *cells]))
    columns = [
        Column(edition.word(N_("Id")), ID),
        Column(edition.word(N_("Measure"))),
        Column(edition.word(N_("Followed up by")), 50),
        Column(edition.word(N_("Evidence needed")), 50),
    ]
    note = edition.say(N_("What the values of a measure rest on stands in the inventory, on the sheet of measures."))
    yield from subheading(edition.say(N_("What shows that it is done and that it works")))
    yield table(columns, rows, spread=True)
    yield from cut_note(edition, rows)
    yield Paragraph(note, style("note"))


def _capital(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """Capital by year: first purchases, and what is bought again."""
    years = sorted({*plan["capital"], *plan["renewals"]})
    if not years:
        return
    rows = [
        Row(
            [
                year,
                *(
                    edition.figures.decimal(f"{AT}/{key}/{year}", decimals=0) if year in plan[key] else DASH
                    for key in ("capital", "renewals")
                ),
            ]
        )
        for year in years
    ]
    columns = [
        Column(edition.word(N_("Year")), 20),
        number(edition.word(N_("First purchases, EUR")), 45),
        number(edition.word(N_("Bought again at the end of a life, EUR")), 60),
    ]
    yield from subheading(edition.say(N_("Capital by year")))
    yield table(columns, rows, width=125 * MM)


def _left_out(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """What is not in the plan, and why."""
    if not plan["left_out"]:
        return
    names = {row["id"]: row["name"] for row in edition.document["measures"]["measures"]}
    at = {id: f"{AT}/left_out/{quote(id, safe='')}" for id in plan["left_out"]}
    known = [id for id, of in plan["left_out"].items() if of["added"] is not None]
    decimals = edition.decimals(f"{at[id]}/added/{basis}" for id in known for basis in BASES)
    rows = []
    for id, of in plan["left_out"].items():
        cause = [edition.word(LACKS[each]) if of["reason"] == "cost" else each for each in of["of"]]
        why = text(capital(edition.word(REASONS[of["reason"]], of=", ".join(cause))), 200)
        added = [edition.fixed(f"{at[id]}/added/{basis}", decimals) if id in known else DASH for basis in BASES]
        rows.append(Row([text(id, 24), text(names[id], NAME_LENGTH), why, *added]))
        if id in known and any(abs(of["outside"][basis]) >= OUTSIDE for basis in BASES):
            beside = [edition.fixed(f"{at[id]}/outside/{basis}", decimals) for basis in BASES]
            rows.append(Row(["", muted(edition.word(N_("outside, stated apart"))), "", *beside], "sub"))
    more = edition.word(N_("Would avoid more, t CO₂e"))
    columns = [
        Column(edition.word(N_("Id")), ID),
        Column(edition.word(N_("Measure"))),
        Column(edition.word(N_("Why")), 50),
        *(number(edition.word(BY_BASIS[basis], module=more), 26) for basis in BASES),
    ]
    yield from subheading(edition.say(N_("What is left out, and why")))
    yield table(columns, rows, spread=True)
    yield from cut_note(edition, rows)
