"""Top of the first page: what is assessed, by whom, for whom, and whether the result is complete."""

from dataclasses import dataclass
from typing import Any

from babel import Locale
from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from templates import words
from templates.names import modules
from templates.report.edition import Edition
from templates.report.findings import missing_cells, problem_text
from templates.report.markup import ACCENT, ALARM, Markup, alarming, bold, inside, muted, text, together
from templates.report.style import ALARM_TINT, MM, RULE, TINT, WIDTH, plain, style
from templates.texts import LOCALES, N_

MOST_LEFT_OUT = 4
"""Cells left out that the first page names."""


@dataclass(frozen=True)
class Room:
    """How much the page tells: sections drawn, gaps in words, length of texts, largest modules or not, next steps."""

    sections: int
    gaps: int
    length: int
    largest: bool
    steps: int


def title(edition: Edition, room: Room) -> list[Flowable]:
    """Name the facility and the study."""
    settings = edition.settings
    kicker = words.KICKER.get(str(settings.get("study_type")), words.KICKER["life-cycle"])
    return [
        Paragraph(edition.say(kicker), style("kicker")),
        Paragraph(text(settings["facility"], min(80, room.length)), style("facility")),
        Paragraph(text(settings["title"], room.length), style("title")),
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
    code = str(edition.settings.get("country", ""))
    country = Locale.parse(LOCALES[edition.texts.language]).territories.get(code, code)
    return ", ".join(str(piece) for piece in (edition.settings.get("municipality"), country) if piece)


def about(edition: Edition, room: Room) -> Table:
    """Who made it for whom, when, and over what period."""
    settings, unsaid = edition.settings, edition.word(N_("not stated"))
    entries = [
        (N_("Organisation"), settings.get("organisation", unsaid)),
        (N_("Period"), edition.years()),
        (N_("Commissioned by"), settings.get("commissioned_by", unsaid)),
        (N_("Kind of study"), edition.label(words.STUDY_TYPE, settings.get("study_type", ""))),
        (N_("Assessor"), settings.get("assessor", unsaid)),
        (N_("Place"), _place(edition)),
        (N_("Reviewer"), settings.get("reviewer", unsaid)),
        (N_("Date"), _date(edition)),
    ]
    cells: list[Flowable | str] = []
    for label, value in entries:
        cells += [
            Paragraph(muted(edition.say(label)), style("cell")),
            Paragraph(text(value, min(90, room.length)), style("cell")),
        ]
    rows = [cells[start : start + 4] for start in range(0, len(cells), 4)]
    spans: list[tuple[Any, ...]] = []
    if settings.get("purpose"):
        said = Paragraph(muted(edition.say(N_("Purpose"))), style("cell"))
        rows.append([said, Paragraph(text(settings["purpose"], 2 * room.length), style("cell")), "", ""])
        spans = [("SPAN", (1, -1), (-1, -1))]
    made = Table(rows, colWidths=[28 * MM, 57 * MM, 25 * MM, WIDTH - 110 * MM], hAlign="LEFT")
    rules: list[tuple[Any, ...]] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, HexColor(RULE)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, HexColor(RULE)),
    ]
    made.setStyle(TableStyle([*plain(1.2, 6), *rules, *spans]))
    return made


def _boxed(content: list[Flowable], *, edge: str, tint: str) -> Table:
    made = Table([[content]], colWidths=[WIDTH], hAlign="LEFT")
    look: list[tuple[Any, ...]] = [
        *plain(),
        ("BACKGROUND", (0, 0), (-1, -1), HexColor(tint)),
        ("LINEBEFORE", (0, 0), (0, -1), 2.5, HexColor(edge)),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("RIGHTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    made.setStyle(TableStyle(look))
    return made


def completeness(edition: Edition, room: Room) -> Table:
    """Say whether the result is complete, and name what is missing where it is not."""
    if edition.document["complete"]:
        rule = edition.say(N_("Everything asked for is included, or left out with a reason."))
        parts = [together(bold(edition.say(N_("Coverage is complete."))), rule), _left_out(edition), _review(edition)]
        return _boxed([Paragraph(part, style("cell")) for part in parts if part], edge=ACCENT, tint=TINT)
    missing = missing_cells(edition.document)
    count = sum(len(held) for held in missing.values())
    title = (
        edition.say(N_("Incomplete: {count} cells of the coverage are missing."), count=count)
        if count
        else edition.say(N_("Incomplete."))
    )
    cells = [
        edition.say(
            N_("{section} {modules}"),
            section=bold(edition.label(words.SECTION, section)),
            modules=", ".join(held),
        )
        for section, held in missing.items()
    ]
    parts = [alarming(title), together(*cells, by=" · "), together(*_other_gaps(edition, room))]
    return _boxed([Paragraph(part, style("cell")) for part in parts if part], edge=ALARM, tint=ALARM_TINT)


def _left_out(edition: Edition) -> Markup:
    """Name what is left out, with the reason: the first cells of the coverage in words."""
    cells = [cell for cell in edition.document["coverage"]["cells"] if cell["state"] == "excluded"]
    if not cells:
        return Markup("")
    said = [
        edition.say(
            N_("{module} of {section} ({reason})"),
            module=modules(cell["module"]),
            section=inside(edition.label(words.SECTION, cell["section"])),
            reason=edition.label(words.SHORT_REASON, cell["reason"]),
        )
        for cell in cells[:MOST_LEFT_OUT]
    ]
    more = edition.say(N_("and {count} more"), count=len(cells) - MOST_LEFT_OUT) if len(cells) > MOST_LEFT_OUT else ""
    return edition.say(N_("Left out: {cells}."), cells=together(together(*said, by=", "), more))


def _review(edition: Edition) -> Markup:
    """Say that nobody reviewed the study, where nobody is named."""
    return Markup("") if edition.settings.get("reviewer") else edition.say(N_("No reviewer is named."))


def _other_gaps(edition: Edition, room: Room) -> list[Markup]:
    """Gaps that are no missing cell: the first ones in words, the others counted."""
    others = [p for p in edition.document["problems"] if p["severity"] == "gap" and p["code"] != "coverage-missing"]
    said = [text(problem_text(edition, problem, "message"), room.length) for problem in others[: room.gaps]]
    if len(others) > room.gaps:
        said.append(
            edition.say(N_("{count} more gaps are listed under Choices and problems."), count=len(others) - room.gaps)
        )
    return said
