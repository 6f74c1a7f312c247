"""What surrounds a plan: plans that no other beats, operation by year against the target, whether it stays right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from templates import words
from templates.measures import DASH
from templates.plan import BASIS
from templates.report.action_plan import AT, plan_of
from templates.report.breakdown import subheading
from templates.report.charts import key
from templates.report.choices import trajectory_name
from templates.report.edition import BASES, TONNE, Edition
from templates.report.findings import bases
from templates.report.heat_terms import BY_BASIS
from templates.report.markup import ACCENT, ALARM, MUTED, capital, clean, text
from templates.report.measure_charts import Course, Names, front, lines
from templates.report.measures import ID, NAME_LENGTH, own_scales
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

Record = Mapping[str, Any]

MOST_PLANS = 20
"""Plans of the front that the table tells one by one."""

MILLION, THOUSAND = 1e6, 1e3


def outlook(edition: Edition) -> list[Flowable]:
    """Make the pages; nothing where there is no plan."""
    plan = plan_of(edition)
    if plan is None:
        return []
    return [each for part in (_front, _pathway, _standing) for each in part(edition, plan)]


def _front(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """Tonnes against money: plans that no other beats in both."""
    plans, basis = plan["front"]["plans"], str(plan["basis"])
    if len(plans) < 2:
        return
    money = [row["npv"] for row in plans] + ([] if plan["npv"] is None else [plan["npv"]])
    large = max(map(abs, money)) >= MILLION
    per = MILLION if large else THOUSAND
    unit = N_("net present value, million EUR") if large else N_("net present value, 1,000 EUR")
    names = Names(
        edition.word(unit),
        edition.word(BY_BASIS[basis], module=edition.word(N_("t CO₂e avoided"))),
        edition.word(N_("the plan")),
    )
    points = [(row["npv"] / per, row["avoided"][basis] / TONNE) for row in plans]
    mark = None if plan["npv"] is None else (plan["npv"] / per, plan["avoided"][basis] / TONNE)
    chart = front(points, mark, names, lambda value: edition.texts.exact(value, 4))
    note = edition.say(
        N_(
            "Each dot is a set of measures that no other beats in both tonnes and money, at the starts typed, whatever "
            "is budgeted; {count} in all. To its left more is avoided for more money."
        ),
        count=edition.figures.decimal(f"{AT}/front/count", decimals=0),
    )
    head = edition.say(N_("More tonnes or more money"))
    yield KeepTogether([Paragraph(head, style("subheading")), chart, Paragraph(note, style("note"))])
    yield _plans(edition, plans)


def _plans(edition: Edition, plans: Sequence[Record]) -> Flowable:
    """Table of the front, some of many plans, evenly."""
    places = list(range(len(plans)))
    if len(plans) > MOST_PLANS:
        places = [round(k * (len(plans) - 1) / (MOST_PLANS - 1)) for k in range(MOST_PLANS)]
    decimals = edition.decimals(f"{AT}/front/plans/{i}/avoided/{basis}" for i in places for basis in BASES)
    rows = []
    for i in places:
        at = f"{AT}/front/plans/{i}"
        cells = [edition.fixed(f"{at}/avoided/{basis}", decimals) for basis in BASES]
        cells += [edition.figures.decimal(f"{at}/{each}", decimals=0) for each in ("npv", "capital")]
        rows.append(Row([text(", ".join(plans[i]["measures"]) or edition.word(N_("no measure")), 200), *cells]))
    avoided = edition.word(N_("Avoided, t CO₂e"))
    columns = [
        Column(edition.word(N_("Measures"))),
        *(number(edition.word(BY_BASIS[basis], module=avoided), 25) for basis in BASES),
        number(edition.word(N_("Net present value, EUR")), 27),
        number(edition.word(N_("Investment, EUR")), 25),
    ]
    return table(columns, rows)


def _pathway(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """Operation by year without and with the plan, and what a target allows."""
    years, of, basis = edition.document["measures"]["years"], plan["operation"], str(plan["basis"])
    allowed = {int(year): most / TONNE for year, most in of["allowed"].items()}
    named = {"before": edition.word(N_("Without measures")), "after": edition.word(N_("With the plan"))}
    most = edition.word(N_("Allowed by the target"))
    colours = {"before": MUTED, "after": ACCENT}
    courses = {
        each: [
            Course(
                named[side], colours[side], {year: kg / TONNE for year, kg in zip(years, of[side][each], strict=True)}
            )
            for side in named
        ]
        for each in BASES
    }
    legend = [(named[side], colours[side]) for side in named]
    if allowed:
        courses[basis].append(Course(most, ALARM, allowed, dashed=True))
        legend.append((most, ALARM))
    head = edition.say(N_("Operation by year, modules B without B4 and B5"))
    told: list[Flowable] = [Paragraph(head, style("subheading"))]
    if len(years) > 1:
        said = edition.word(N_("t CO₂e per year"))
        told += [lines(courses, years, bases(edition), said, edition.texts.exact), key(legend), Spacer(0, 4)]
        drawn = {each: [value for course in courses[each] for value in course.values.values()] for each in BASES}
        told += [Paragraph(each, style("note")) for each in own_scales(edition, drawn)]
        yield KeepTogether(told)
    else:
        yield from subheading(head)
    yield _years(edition, years, named, list(allowed), most)


def _years(
    edition: Edition, years: Sequence[int], named: Mapping[str, str], allowed: Sequence[int], most: str
) -> Flowable:
    paths = {
        (side, basis, i): f"{AT}/operation/{side}/{basis}/{i}"
        for side in named
        for basis in BASES
        for i in range(len(years))
    }
    decimals = edition.decimals(paths.values())
    rows = []
    for i, year in enumerate(years):
        cells = [edition.fixed(paths[side, basis, i], decimals) for side in named for basis in BASES]
        if allowed:
            cells.append(edition.fixed(f"{AT}/operation/allowed/{year}", decimals) if year in allowed else DASH)
        rows.append(Row([str(year), *cells]))
    columns = [Column(edition.word(N_("t CO₂e per year")))]
    columns += [
        number(edition.word(BY_BASIS[basis], module=name), 27 if allowed else 33)
        for name in named.values()
        for basis in BASES
    ]
    if allowed:
        columns.append(number(edition.word(BY_BASIS[str(plan_of(edition)["basis"])], module=most), 29))
    return table(columns, rows)


AXES = ("basis", "heat", "rule", "trajectory")
"""What a world is made of, in the order told."""


def _standing(edition: Edition, plan: Record) -> Iterator[Flowable]:
    """In how many worlds each measure of the plan is right, and in which not."""
    of = plan["standing"]
    if of is None:
        return
    worlds = of["worlds"]
    counts = {axis: len({world[axis] for world in worlds}) for axis in AXES}
    intro = edition.say(
        N_(
            "A measure is right in a world where the plan without it would have the larger footprint. {all} worlds "
            "were run: every trajectory of the grid ({trajectories}) with every replacement rule ({rules}), basis "
            "({bases}) and way to share with recovered heat ({heats})."
        ),
        all=len(worlds),
        trajectories=counts["trajectory"],
        rules=counts["rule"],
        bases=counts["basis"],
        heats=counts["heat"],
    )
    rows = []
    for i, row in enumerate(plan["actions"]):
        share, places = edition.percent(f"{AT}/actions/{i}/share"), of["against"][row["id"]]
        where = against(edition, worlds, places) if places else DASH
        rows.append(Row([text(row["id"], 24), text(row["name"], NAME_LENGTH), share, text(where, 300)]))
    columns = [
        Column(edition.word(N_("Id")), ID),
        Column(edition.word(N_("Measure"))),
        number(edition.word(N_("Right in, %")), 16),
        Column(edition.word(N_("Not right in")), 74),
    ]
    yield from subheading(edition.say(N_("Whether the plan stays right")))
    yield Paragraph(intro, style("body"))
    yield table(columns, rows, spread=True)


def against(edition: Edition, worlds: Sequence[Mapping[str, str]], places: Sequence[int]) -> str:
    """Say in which kind of worlds a measure is not right: what they have in common, and whether all such are meant."""
    if len(places) == len(worlds):
        return edition.word(N_("all worlds"))
    wrong = [worlds[place] for place in places]
    apart = {}
    for axis in AXES:
        held = list(dict.fromkeys(world[axis] for world in wrong))
        if len(held) < len({world[axis] for world in worlds}):
            apart[axis] = held
    such = [world for world in worlds if all(world[axis] in held for axis, held in apart.items())]
    said = "; ".join(", ".join(_named(edition, axis, value) for value in held) for axis, held in apart.items())
    if len(such) == len(wrong):
        return capital(said)
    if not said:
        return edition.word(N_("{count} of {all} worlds of every kind"), count=len(wrong), all=len(such))
    return edition.word(N_("{kind}: {count} of {all} such worlds"), kind=capital(said), count=len(wrong), all=len(such))


def _named(edition: Edition, axis: str, value: str) -> str:
    match axis:
        case "basis":
            return edition.label(BASIS, value)
        case "heat":
            return edition.word(N_("{code} {name}"), code=value, name=edition.label(words.HEAT_METHOD, value))
        case "rule":
            return edition.label(RULE, value)
        case _:
            return _trajectory(edition, value)


def _trajectory(edition: Edition, value: str) -> str:
    """Name of a trajectory of the grid: as among the restated totals, else as the report names it elsewhere."""
    restated = (row for row in edition.document["choices"] if row["choice"] == "grid_trajectory")
    rows = [total for row in restated for total in row.get("totals", ()) if total["rule"] == value]
    named = next((row["names"].get(edition.texts.language) for row in rows if row.get("names")), None)
    return clean(named, 120) if named else trajectory_name(edition, value)


RULE = {"standard": N_("standard rule"), "whole": N_("whole sets"), "pro-rata": N_("pro rata")}
"""Short names of the replacement rules."""
