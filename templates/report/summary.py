"""The first page: who, what, the two headline numbers, and what they rest on; it stands alone."""

from collections.abc import Sequence
from itertools import pairwise

from reportlab.platypus import Flowable, KeepInFrame, Paragraph, Spacer, Table

from templates import words
from templates.figures import where
from templates.names import owner_name
from templates.report.charts import Bar, bars
from templates.report.cover import Room, about, completeness, title
from templates.report.edition import BASES, TONNE, Edition, in_order
from templates.report.findings import bases, difference, leading
from templates.report.headline import headline
from templates.report.markup import Markup, bold, muted, text, together
from templates.report.measures import TITLE as MEASURES
from templates.report.next_steps import next_steps
from templates.report.style import MM, OTHER_COLOUR, SECTION_COLOURS, SUMMARY_HEIGHT, WIDTH, style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

MOST_HOLDERS = 3
"""Claim holders of a benefit that the page names; the chapter on what stands outside names all."""

LEAST_SHARE = 0.005
"""Share below which whole percents print 0."""

_ROOMS = (
    Room(7, 2, 120, largest=True, steps=3),
    Room(5, 2, 120, largest=True, steps=3),
    Room(4, 1, 120, largest=True, steps=2),
    Room(5, 1, 120, largest=False, steps=2),
    Room(4, 1, 90, largest=False, steps=2),
    Room(3, 0, 60, largest=False, steps=1),
    Room(3, 0, 45, largest=False, steps=1),
)


def summary(edition: Edition) -> list[Flowable]:
    """Make the page; where long texts would run over, less is told, and at last it shrinks."""
    printed = len(edition.figures.printed)
    content: list[Flowable] = []
    for room in _ROOMS:
        del edition.figures.printed[printed:]
        content = _content(edition, room)
        if _height(content) < SUMMARY_HEIGHT:
            return content
    return [KeepInFrame(WIDTH, SUMMARY_HEIGHT - 1, content, mode="shrink")]


def _height(content: Sequence[Flowable]) -> float:
    spaces = sum(max(above.getSpaceAfter(), below.getSpaceBefore()) for above, below in pairwise(content))
    return spaces + sum(flowable.wrap(WIDTH, SUMMARY_HEIGHT)[1] for flowable in content)


def _content(edition: Edition, room: Room) -> list[Flowable]:
    return [
        *title(edition, room),
        about(edition, room),
        Spacer(0, 9),
        completeness(edition, room),
        Spacer(0, 11),
        headline(edition),
        Spacer(0, 7),
        Paragraph(difference(edition), style("body")),
        *_what_leads(edition, room),
        *_beside(edition, room),
        Spacer(0, 4),
        *_planned(edition),
        Paragraph(_rests_on(edition), style("body")),
        *([Paragraph(steps, style("body"))] if (steps := next_steps(edition, room.steps)) else []),
        Paragraph(_recompute(edition), style("note")),
    ]


def _what_leads(edition: Edition, room: Room) -> list[Flowable]:
    """Sections as bars on both bases, and the three largest modules of each."""
    sections = sorted(
        edition.sections(),
        key=lambda section: -abs(edition.figures.value(where("contributions", "location", section=section))),
    )
    if not sections:
        return [Paragraph(edition.say(N_("Nothing is counted: the inventory holds no rows.")), style("body"))]
    told = sections if len(sections) <= room.sections + 1 else sections[: room.sections]
    rows = [_section_bar(edition, edition.label(words.SECTION, section), section) for section in told]
    if len(told) < len(sections):
        rows.append(_section_bar(edition, edition.word(N_("Other sections")), *sections[room.sections :]))
    chart = bars(rows, bases(edition), edition.word(N_("t CO₂e")), edition.texts.exact, label_width=30 * MM)
    return [
        Paragraph(leading(edition, "section", words.SECTION), style("finding")),
        chart,
        *([_largest(edition)] if room.largest else []),
    ]


def _section_bar(edition: Edition, label: str, *sections: str) -> Bar:
    """Bar of a section, or of the others together; a share that would print as 0 is not told."""
    colour = SECTION_COLOURS.get(sections[0], OTHER_COLOUR) if len(sections) == 1 else OTHER_COLOUR
    pieces, said = {}, {}
    for basis in BASES:
        path = where("contributions", basis, section=sections)
        pieces[basis] = [(edition.figures.value(path) / TONNE, colour)]
        tonnes, share = edition.tonnes(path), edition.part_of_total(basis, section=sections)
        said[basis] = (
            edition.word(
                N_("{tonnes} t, {share} %"),
                tonnes=tonnes,
                share=edition.figures.share(path, f"totals/{basis}/total"),
            )
            if abs(share) >= LEAST_SHARE
            else edition.word(N_("{amount} t"), amount=tonnes)
        )
    return Bar(label, pieces, said)


def _largest(edition: Edition) -> Table:
    """The three largest modules of each basis."""
    ranked = [
        sorted(edition.modules(), key=lambda module: -edition.part_of_total(basis, module=module))[:3]
        for basis in BASES
    ]
    rows = []
    for place, (left, right) in enumerate(zip(*ranked, strict=True), start=1):
        shares = edition.shares(0, module=left)[0], edition.shares(0, module=right)[1]
        percent = [edition.word(N_("{share} %"), share=share) if share else "" for share in shares]
        rows.append(
            Row(
                [
                    str(place),
                    text(edition.module(left)),
                    percent[0],
                    "",
                    text(edition.module(right)),
                    percent[1],
                ]
            )
        )
    heads = [
        edition.word(N_("Largest modules, location-based")),
        edition.word(N_("Largest modules, market-based")),
    ]
    return table(
        [Column("", 6), Column(heads[0]), number("", 14), Column("", 7), Column(heads[1]), number("", 14)],
        rows,
    )


def _beside(edition: Edition, room: Room) -> list[Flowable]:
    """Recovered heat and other benefits: beside the footprint, never netted."""
    outside = edition.document["outside"]
    if not outside:
        said = edition.say(
            N_("No benefit outside the footprint is stated: no heat is given away, no module D is counted.")
        )
        return [Paragraph(said, style("body"))]
    rows = []
    for module in in_order({row["module"] for row in outside}):
        about = together(_displaced(edition) if module == "D2" else "", _claimed(edition, module, room), by=" · ")
        values = [
            edition.word(N_("{amount} t"), amount=edition.tonnes(where("outside", basis, module=module)))
            for basis in BASES
        ]
        rows.append(Row([together(text(edition.module(module)), muted(about) if about else "", by="<br/>"), *values]))
    names = bases(edition)
    columns = [
        Column(edition.word(N_("Beside the footprint, never subtracted from it"))),
        *(number(name, 52) for name in names.values()),
    ]
    return [table(columns, rows)]


def _planned(edition: Edition) -> list[Flowable]:
    """The plan of measures in a line: how many, what they avoid, whether a target is reached, where it is told."""
    plan = edition.document["measures"]["plan"]
    if plan is None or not plan["measures"]:
        return []
    avoided = {basis: edition.tonnes(f"measures/plan/avoided/{basis}") for basis in BASES}
    shares = {
        basis: edition.figures.share(f"measures/plan/avoided/{basis}", f"measures/plan/before/{basis}") or "–"
        for basis in BASES
    }
    said = edition.say(
        N_(
            "{count} of {all} measures avoid {location} t CO₂e ({share} %) location-based and {market} t ({other} %) "
            "market-based."
        ),
        count=len(plan["measures"]),
        all=len(edition.document["measures"]["measures"]),
        location=avoided["location"],
        share=shares["location"],
        market=avoided["market"],
        other=shares["market"],
    )
    reached = {True: N_("The target is reached."), False: N_("The target is not reached.")}
    parts = [bold(edition.say(N_("Plan."))), said]
    if plan["reached"] is not None:
        parts.append(edition.say(reached[plan["reached"]]))
    parts.append(edition.say(N_("See the chapter {chapter}."), chapter=edition.word(MEASURES)))
    return [Paragraph(together(*parts), style("body"))]


def _displaced(edition: Edition) -> Markup:
    """What recovered heat displaces, where it does."""
    found = dict.fromkeys(str(row["displaced_factor"]) for row in edition.sheet("Heat"))
    if not found:
        return Markup("")
    names = ", ".join(edition.factor(key) for key in found)
    return edition.say(N_("recovered heat displaces: {factors}"), factors=text(names, 90))


def _claimed(edition: Edition, module: str, room: Room) -> Markup:
    """Who claims what of a benefit: each holder with its share, so that nothing reads as claimed twice."""
    records = [row for row in edition.document["outside"] if row["module"] == module]
    holders = [str(holder) for (holder,) in edition.present("outside", "claim_holder", among=records) if holder]
    if not holders:
        return Markup("")
    said, whole = [], where("outside", "location", module=module)
    for holder in holders[:MOST_HOLDERS]:
        name = text(owner_name(holder, edition.texts), room.length // 2)
        path = where("outside", "location", module=module, claim_holder=holder)
        share = edition.figures.share(path, whole) if len(holders) > 1 else ""
        said.append(edition.say(N_("{name} {share} %"), name=name, share=share) if share else name)
    return edition.say(N_("claimed by {holder}"), holder=together(*said, by=", "))


def _rests_on(edition: Edition) -> Markup:
    """Say how much of the footprint rests on typed values, and how much on proxies."""
    coverage = edition.document["coverage"]
    if not coverage["status_shares"].get("given"):
        return Markup("")
    given = edition.say(
        N_(
            "{share} % of the location-based footprint rests on values that the author typed, the rest on "
            "derived, default or replaced ones."
        ),
        share=edition.percent("coverage/status_shares/given"),
    )
    if not coverage["value_kind_shares"].get("proxy"):
        return given
    return together(
        given,
        edition.say(N_("{share} % rests on proxies."), share=edition.percent("coverage/value_kind_shares/proxy")),
    )


def _recompute(edition: Edition) -> Markup:
    """Say how a stranger checks the numbers."""
    document = edition.document
    values = {"version": str(document["jalki"]["version"]), "hash": str(document["input_hash"])}
    made = edition.say(N_("Made by Jälki {version} from an input with the SHA-256 {hash}."), **values)
    match edition.settings.get("attach", "full"):
        case "none":
            how = edition.say(N_("To compute it again, ask the assessor for the study: it is not attached."))
        case "public":
            how = edition.say(
                N_(
                    "The study is attached as study.json without evidence, notes and names, so that the "
                    "hash cannot be made from it."
                )
            )
        case _:
            how = edition.say(
                N_(
                    "The study as typed is attached to this file as study.json; the hash covers it, the factor and "
                    "property rows used, and the choices."
                )
            )
    return together(made, how)
