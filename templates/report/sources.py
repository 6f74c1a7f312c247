"""Factors and properties with their sources, and the list of sources that a stranger can find them by."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates import words
from templates.figures import where
from templates.names import modules, place_name, quantity_name, subject_name
from templates.report.breakdown import subheading
from templates.report.edition import BASES, TONNE, Edition
from templates.report.fonts import REGULAR
from templates.report.markup import ACCENT, Markup, alarming, bold, link, muted, text, together
from templates.report.style import MM, style
from templates.report.tables import Column, Row, cut_note, number, table
from templates.texts import N_

_LONGEST_LOCATOR = 260

Record = Mapping[str, Any]


def cited(edition: Edition, keys: str) -> Markup:
    """Cite sources by their number in the list, with a link; a source not in the list is printed as it is."""
    known = {row["source"]: place for place, row in enumerate(edition.document["passport"]["sources"], start=1)}
    pieces = [
        Markup(f'<a href="#source-{known[key]}" color="{ACCENT}">[{known[key]}]</a>')
        if key in known
        else text(edition.word(words.STATUS[key]) if key in words.STATUS else key, 160)
        for key in keys.split(";")
        if key
    ]
    return Markup(", ".join(pieces))


def factors(edition: Edition) -> list[Flowable]:
    """Every factor row used, grouped by factor, with what it carries."""
    intro = edition.say(
        N_(
            "Every emission factor the result rests on. Numbers in square brackets point to the list of "
            "sources; the place in the source follows. “Carries” is what the factor adds to the footprint "
            "over the period."
        )
    )
    records = edition.document["passport"]["factors"]
    if not records:
        return [Paragraph(edition.say(N_("No factor is used.")), style("body"))]
    columns = [
        Column(edition.word(N_("Module")), 25),
        Column(edition.word(N_("Year")), 11),
        number(edition.word(N_("Value")), 19),
        Column(edition.word(N_("Unit")), 25),
        Column(edition.word(N_("GWP set")), 18),
        Column(edition.word(N_("Source, place in it, how it was read"))),
    ]
    rows: list[Row] = []
    for key in dict.fromkeys(row["id"] for row in records):
        rows += _of_factor(edition, [index for index, row in enumerate(records) if row["id"] == key])
    return [
        Paragraph(intro, style("body")),
        table(columns, rows),
        *cut_note(edition, rows),
        *_rests_on(edition),
    ]


def _of_factor(edition: Edition, at: Sequence[int]) -> list[Row]:
    """Head of a factor, its rows, and what is to be known about them."""
    records = [edition.document["passport"]["factors"][index] for index in at]
    first = records[0]
    own = muted(edition.say(N_("factor of this study"))) if first.get("own") else ""
    head = together(
        text(edition.name_of(first)),
        "" if first["id"] == first["name"] else Markup(f'<font name="{REGULAR}">{muted(text(first["id"], 80))}</font>'),
        own,
    )
    rows = [Row([head], "group", spanned=True)]
    rows += [_row(edition, index) for index in at]
    rows.append(Row([_about(edition, records)], spanned=True))
    return rows


def _row(edition: Edition, index: int) -> Row:
    row = edition.document["passport"]["factors"][index]
    gas = (
        edition.say(N_("gas {gas}"), gas=text(row["gas"], 20))
        if row["gas"] != "CO2e" and row["gas"] not in str(row["unit"])
        else ""
    )
    where_read = [
        cited(edition, str(row["source"])),
        text(row["locator"], _LONGEST_LOCATOR),
        muted(edition.label(words.CONFIDENCE, row["confidence"])) if row["confidence"] else "",
    ]
    return Row(
        [
            _module(edition, row),
            str(row["year"]),
            edition.figures.exact(f"passport/factors/{index}/value", digits=6),
            together(text(edition.unit(str(row["unit"]))), gas),
            _gwp(edition, index),
            together(*where_read),
        ]
    )


def _gwp(edition: Edition, index: int) -> Markup:
    """GWP set of a row; for a gas that is weighed here, its potential as well."""
    row = edition.document["passport"]["factors"][index]
    if row["gwp_set"] == "not-stated":
        return muted(edition.say(N_("not stated")))
    if row["gwp"] is None:
        return text(_set(edition, str(row["gwp_set"])), 30)
    value = edition.figures.exact(f"passport/factors/{index}/gwp", digits=6)
    return edition.say(N_("{set}: {value}"), set=text(row["gwp_set"], 30), value=value)


def _module(edition: Edition, row: Record) -> Markup:
    module = text(modules(str(row["module"])), 40)
    if row["part"] == "whole" and not str(row["module"]).startswith("B6"):
        return module
    return edition.say(N_("{module}, {part}"), module=module, part=edition.label(words.SHORT_PART, row["part"]))


def _about(edition: Edition, records: Sequence[Record]) -> Markup:
    """Who uses the factor, what it carries, its doubts and notes."""
    carries = {basis: where("contributions", basis, factor=records[0]["id"]) for basis in BASES}
    pieces = []
    if records[0]["lines"]:
        pieces.append(edition.say(N_("Used by {lines}."), lines=text(", ".join(map(str, records[0]["lines"])), 200)))
    if any(edition.figures.value(path) for path in carries.values()):
        location, market = (edition.figures(path, per=TONNE) for path in carries.values())
        pieces.append(
            edition.say(
                N_("Carries {location} t location-based, {market} t market-based."),
                location=location,
                market=market,
            )
        )
    else:
        pieces.append(edition.say(N_("Carries nothing inside the footprint.")))
    places = ", ".join(dict.fromkeys(place_name(str(r["geography"]), edition.texts) for r in records if r["geography"]))
    if places:
        pieces.append(edition.say(N_("Place: {place}."), place=text(places, 200)))
    notes, doubts = (
        " ".join(dict.fromkeys(str(row[key]) for row in records if row[key])) for key in ("note", "doubtful")
    )
    doubtful = alarming(edition.say(N_("Doubtful: {reason}"), reason=text(doubts, 400))) if doubts else ""
    return together(doubtful, muted(together(*pieces, text(notes, 700))))


def _rests_on(edition: Edition) -> list[Flowable]:
    """Shares by GWP set, and the share whose components are not stated."""
    passport = edition.document["passport"]
    if not passport["gwp_sets"]:
        return []
    rows = [
        Row(
            [
                text(_set(edition, name)),
                edition.percent(f"passport/gwp_sets/{name}", 1),
            ]
        )
        for name in passport["gwp_sets"]
    ]
    note = edition.say(
        N_(
            "Named gases are weighed with the chosen GWP set; a factor published as CO₂e keeps the set of "
            "its source and cannot be weighed again. Fossil, biogenic and land use are not told apart by "
            "the source for {share} % of the footprint, which then counts as fossil. Shares are of the "
            "absolute location-based contributions."
        ),
        share=edition.percent("passport/split_not_stated", 1),
    )
    columns = [
        Column(edition.word(N_("GWP set of the factor")), 50),
        number(edition.word(N_("Share, %")), 20),
    ]
    return [
        *subheading(edition.say(N_("Global warming potentials behind the factors"))),
        table(columns, rows, width=70 * MM),
        Paragraph(note, style("note")),
    ]


def _set(edition: Edition, name: str) -> str:
    """Name of a GWP set, or of a gas that is weighed here."""
    gas, named, _ = name.partition(" (named gas)")
    if named:
        return edition.word(N_("{gas} (named gas)"), gas=edition.unit(gas))
    known = {"not-stated": N_("not stated"), "mixed": N_("mixed")}
    return edition.word(known[name]) if name in known else edition.unit(name)


def properties(edition: Edition) -> list[Flowable]:
    """Constants that bridge a unit typed to the unit of a factor, and the like."""
    records = edition.document["passport"]["properties"]
    if not records:
        return []
    rows = [
        Row(
            [
                text(subject_name(str(row["subject"]), edition.texts), 80),
                text(quantity_name(str(row["property"]), edition.texts), 60),
                edition.figures.exact(f"passport/properties/{index}/value", digits=6),
                text(edition.unit(str(row["unit"]))),
                together(
                    cited(edition, str(row["source"])),
                    text(row["locator"], _LONGEST_LOCATOR),
                    muted(edition.label(words.CONFIDENCE, row["confidence"])) if row["confidence"] else "",
                ),
            ]
        )
        for index, row in enumerate(records)
    ]
    columns = [
        Column(edition.word(N_("Of")), 42),
        Column(edition.word(N_("Property")), 36),
        number(edition.word(N_("Value")), 17),
        Column(edition.word(N_("Unit")), 19),
        Column(edition.word(N_("Source, place in it, how it was read"))),
    ]
    return [
        *subheading(edition.say(N_("Properties"))),
        table(columns, rows, spread=True),
        *cut_note(edition, rows),
    ]


def sources(edition: Edition) -> list[Flowable]:
    """Every source cited, by number."""
    records = edition.document["passport"]["sources"]
    if not records:
        return []
    rows = [
        Row([Markup(f'<a name="source-{place}"/>[{place}]'), _source(edition, row)])
        for place, row in enumerate(records, start=1)
    ]
    columns = [
        Column(edition.word(N_("No.")), 9),
        Column(edition.word(N_("Publisher, title, year, address, licence"))),
    ]
    return [*subheading(edition.say(N_("Sources"))), table(columns, rows, spread=True)]


def _source(edition: Edition, row: Record) -> Markup:
    work = together(text(row["publisher"]), bold(row["title"]), text(row["year"]), by=", ")
    pieces = [link(str(row["url"])) if row["url"] else ""]
    if row["licence"]:
        pieces.append(muted(edition.say(N_("Licence: {licence}."), licence=row["licence"])))
    if row["access"]:
        pieces.append(muted(edition.say(N_("Read as: {access}."), access=text(row["access"], 240))))
    return together(Markup(f"{work}."), *pieces)
