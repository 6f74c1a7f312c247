"""The first page: who, what, the two headline numbers, and what they rest on; it stands alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, KeepInFrame, Paragraph, Spacer, Table, TableStyle

from templates.figures import where
from templates.report import words
from templates.report.charts import Bar, bars
from templates.report.edition import BASES, TONNE, Edition, in_order, modules
from templates.report.markup import Markup, alarming, bold, muted, text, together
from templates.report.style import (
    ACCENT,
    ALARM,
    ALARM_TINT,
    MM,
    OTHER_COLOUR,
    RULE,
    SECTION_COLOURS,
    SUMMARY_HEIGHT,
    TINT,
    WIDTH,
    style,
)
from templates.report.tables import Column, Row, number, table
from templates.texts import LOCALES, N_

_LABEL = 62 * MM
_THREE = [_LABEL, (WIDTH - _LABEL) / 2, (WIDTH - _LABEL) / 2]
_MOST_SECTIONS, _MOST_GAPS = 6, 2


def summary(edition: Edition) -> list[Flowable]:
    """Make the page; it shrinks a little rather than run over."""
    return [KeepInFrame(WIDTH, SUMMARY_HEIGHT - 1, _content(edition), mode="shrink")]


def _content(edition: Edition) -> list[Flowable]:
    return [
        *_title(edition),
        _about(edition),
        Spacer(0, 9),
        _completeness(edition),
        Spacer(0, 11),
        _headline(edition),
        Spacer(0, 7),
        Paragraph(difference(edition), style("body")),
        *_what_leads(edition),
        *_beside(edition),
        Spacer(0, 4),
        Paragraph(_rests_on(edition), style("body")),
        Paragraph(_recompute(edition), style("note")),
    ]


def _title(edition: Edition) -> list[Flowable]:
    settings = edition.settings
    kicker = words.KICKER.get(str(settings.get("study_type")), words.KICKER["life-cycle"])
    return [
        Paragraph(edition.say(kicker), style("kicker")),
        Paragraph(text(settings["facility"], 70), style("facility")),
        Paragraph(text(settings["title"], 120), style("title")),
    ]


def _date(edition: Edition) -> str:
    given = edition.settings.get("date")
    if not given:
        return edition.word(N_("not dated"))
    try:
        return edition.texts.date(str(given))
    except ValueError:
        return str(given)


def _place(edition: Edition) -> str:
    from babel import Locale  # noqa: PLC0415 - only where a report is made

    code = str(edition.settings.get("country", ""))
    country = Locale.parse(LOCALES[edition.texts.language]).territories.get(code, code)
    return ", ".join(str(piece) for piece in (edition.settings.get("municipality"), country) if piece)


def _about(edition: Edition) -> Table:
    """Who made it for whom, when, and over what period."""
    settings = edition.settings
    unsaid = edition.word(N_("not stated"))
    type_ = settings.get("study_type", "")
    entries = [
        (N_("Organisation"), settings.get("organisation", unsaid)),
        (N_("Period"), edition.years()),
        (N_("Commissioned by"), settings.get("commissioned_by", unsaid)),
        (N_("Kind of study"), edition.label(words.STUDY_TYPE, type_)),
        (N_("Assessor"), settings.get("assessor", unsaid)),
        (N_("Place"), _place(edition)),
        (N_("Reviewer"), settings.get("reviewer", unsaid)),
        (N_("Date"), _date(edition)),
    ]
    cells = [piece for label, value in entries for piece in (_small(muted(edition.say(label))), _small(text(value, 90)))]
    rows = [cells[start : start + 4] for start in range(0, len(cells), 4)]
    if settings.get("purpose"):
        rows.append([_small(muted(edition.say(N_("Purpose")))), _small(text(settings["purpose"], 180)), "", ""])
    made = Table(rows, colWidths=[28 * MM, 57 * MM, 25 * MM, WIDTH - 110 * MM], hAlign="LEFT")
    commands: list[tuple[object, ...]] = [
        *_flush(1.2),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, HexColor(RULE)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, HexColor(RULE)),
    ]
    if settings.get("purpose"):
        commands.append(("SPAN", (1, -1), (-1, -1)))
    made.setStyle(TableStyle(commands))
    return made


def _small(said: Markup) -> Paragraph:
    return Paragraph(said, style("cell"))


def _flush(padding: float) -> list[tuple[object, ...]]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
    ]


def _boxed(content: list[Flowable], *, edge: str, tint: str) -> Table:
    made = Table([[content]], colWidths=[WIDTH], hAlign="LEFT")
    made.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), HexColor(tint)),
                ("LINEBEFORE", (0, 0), (0, -1), 2.5, HexColor(edge)),
                ("LEFTPADDING", (0, 0), (-1, -1), 9),
                ("RIGHTPADDING", (0, 0), (-1, -1), 9),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
    )
    return made


def _completeness(edition: Edition) -> Table:
    """Say whether the result is complete, and name what is missing where it is not."""
    if edition.document["complete"]:
        left_out = sum(cell["state"] == "excluded" for cell in edition.document["coverage"]["cells"])
        rule = edition.say(
        N_(
            "The totals differ in bought electricity only: location-based counts the average of the grid, market-based the "
            "contracts held and, for the rest, the residual mix left when certificates are sold."
        )
    )
    if any(problem["code"] in ("bases-differ", "residual-missing") for problem in edition.document["problems"]):
        return together(rule, edition.say(N_("Here they are not fully comparable: see the gaps under Choices and problems.")))
    if abs(market - location) <= 0.005 * max(abs(market), abs(location)):
        here = edition.say(N_("Here they come to the same."))
    elif market < location:
        here = edition.say(N_("Here the contracts emit less than the average of the grid, so the market-based total is lower."))
    elif edition.sheet("Contracts"):
        here = edition.say(
            N_("Here what the contracts do not cover weighs more at the residual mix, so the market-based total is higher.")
        )
    else:
        here = edition.say(N_("Here no contract is entered and the residual mix emits more, so the market-based total is higher."))
    return together(rule, here)


def _what_leads(edition: Edition) -> list[Flowable]:
    """Sections as bars on both bases, and the three largest modules of each."""
    sections = sorted(edition.sections(), key=lambda section: -abs(edition.figures.value(where("contributions", "location", section=section))))
    if not sections:
        return [Paragraph(edition.say(N_("Nothing is counted: the inventory holds no rows.")), style("body"))]
    rows = [_section_bar(edition, section) for section in sections[:_MOST_SECTIONS]]
    chart = bars(rows, bases(edition), edition.word(N_("t CO₂e")), lambda value: edition.texts.exact(value), label_width=30 * MM)
    return [Paragraph(leading(edition, "section", words.SECTION), style("finding")), chart, _largest(edition)]


def _section_bar(edition: Edition, section: str) -> Bar:
    colour = SECTION_COLOURS.get(section, OTHER_COLOUR)
    paths = {basis: where("contributions", basis, section=section) for basis in BASES}
    shares = dict(zip(BASES, edition.shares(decimals=0, section=section), strict=True))
    return Bar(
        edition.label(words.SECTION, section),
        {basis: [(edition.figures.value(path) / TONNE, colour)] for basis, path in paths.items()},
        {
            basis: edition.word(N_("{tonnes} t, {share} %"), tonnes=edition.tonnes(path), share=shares[basis])
            if shares[basis]
            else edition.word(N_("{amount} t"), amount=edition.tonnes(path))
            for basis, path in paths.items()
        },
    )


def leading(edition: Edition, key: str, names: Mapping[str, str]) -> Markup:
    """Say which section, module or scope makes most of the footprint, on both bases."""
    found = [value for (value,) in edition.present("contributions", key)]
    tops = [max(found, key=lambda value: edition.part_of_total(basis, **{key: value})) for basis in BASES]
    shares = [edition.shares(decimals=0, **{key: top})[place] for place, top in enumerate(tops)]
    if not all(shares):
        return edition.say(N_("What the footprint is made of"))
    said = [edition.module(top) if key == "module" else edition.label(names, top) for top in tops]
    values = {"location": said[0], "share": shares[0], "market": said[1], "other": shares[1]}
    if tops[0] == tops[1]:
        return edition.say(N_("{location} makes {share} % of the location-based and {other} % of the market-based footprint"), **values)
    return edition.say(
        N_("{location} leads the location-based footprint with {share} %, {market} the market-based one with {other} %"), **values
    )


def _largest(edition: Edition) -> Table:
    """The three largest modules of each basis."""
    ranked = [
        sorted(edition.modules(), key=lambda module: -edition.part_of_total(basis, module=module))[:3] for basis in BASES
    ]
    rows = []
    for place, (left, right) in enumerate(zip(*ranked, strict=True), start=1):
        shares = edition.shares(decimals=0, module=left)[0], edition.shares(decimals=0, module=right)[1]
        percent = [edition.word(N_("{share} %"), share=share) if share else "" for share in shares]
        rows.append(Row([str(place), text(edition.module(left)), percent[0], "", text(edition.module(right)), percent[1]]))
    heads = [edition.word(N_("Largest modules, location-based")), edition.word(N_("Largest modules, market-based"))]
    columns = [Column("", 6), Column(heads[0]), number("", 14), Column("", 7), Column(heads[1]), number("", 14)]
    return table(columns, rows)


def _beside(edition: Edition) -> list[Flowable]:
    """Recovered heat and other benefits: beside the footprint, never netted."""
    outside = edition.document["outside"]
    if not outside:
        said = edition.say(N_("No benefit outside the footprint is stated: no heat is given away, no module D is counted."))
        return [Paragraph(said, style("body"))]
    rows = []
    for module in in_order({row["module"] for row in outside}):
        holders = [str(holder) for (holder,) in edition.present("outside", "claim_holder", among=[r for r in outside if r["module"] == module]) if holder]
        name = text(edition.module(module))
        if holders:
            name = together(name, muted(edition.say(N_("claimed by {holder}"), holder=text(", ".join(holders), 50))), by="<br/>")
        values = [edition.word(N_("{amount} t"), amount=edition.tonnes(where("outside", basis, module=module))) for basis in BASES]
        rows.append(Row([name, *values]))
    names = bases(edition)
    columns = [Column(edition.word(N_("Beside the footprint, never subtracted from it"))), *(number(name, 52) for name in names.values())]
    return [table(columns, rows)]


def _rests_on(edition: Edition) -> Markup:
    """Say how much of the footprint rests on typed values, and how much on proxies."""
    coverage = edition.document["coverage"]
    if not coverage["status_shares"].get("given"):
        return Markup("")
    given = edition.say(
        N_("{share} % of the location-based footprint rests on values that the author typed, the rest on derived, default or replaced ones."),
        share=edition.percent("coverage/status_shares/given"),
    )
    if not coverage["value_kind_shares"].get("proxy"):
        return given
    return together(given, edition.say(N_("{share} % rests on proxies."), share=edition.percent("coverage/value_kind_shares/proxy")))


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
                N_("The study is attached as study.json without evidence, notes and names, so that the hash cannot be made from it.")
            )
        case _:
            how = edition.say(N_("To compute it again, take the study attached to this file as study.json and the same version of Jälki."))
    return together(made, how)
