"""What was asked for and what the result holds of it, by module and section, and what it rests on."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from templates import words
from templates.names import modules
from templates.report.breakdown import subheading
from templates.report.edition import Edition, in_order
from templates.report.markup import Markup, alarming, inside, muted, text, together
from templates.report.style import MM, WIDTH, plain, style
from templates.report.tables import Cell, Column, Row, cut_note, number, table
from templates.texts import N_

_SIGNS = {"included": "●", "excluded": "○", "missing": "×", "outside the boundary": "–"}
_SECTIONS = ("construction", "plant", "hardware", "refrigerants", "energy", "water", "facility")


def coverage(edition: Edition) -> list[Flowable]:
    """Make the chapter."""
    intro = edition.say(
        N_(
            "Each cell is a question the method asks: does the result hold this module for this section? A "
            "cell without rows needs a reason; without one it is missing, and the result is incomplete. "
            "Cells left blank are not asked."
        )
    )
    return [
        Paragraph(intro, style("body")),
        *_matrix(edition),
        *_exclusions(edition),
        *_rests_on(edition),
    ]


def _matrix(edition: Edition) -> list[Flowable]:
    cells = {(cell["module"], cell["section"]): cell for cell in edition.document["coverage"]["cells"]}
    if not cells:
        return []
    found = {section for _, section in cells}
    sections = [name for name in _SECTIONS if name in found] + sorted(found - set(_SECTIONS))
    rows = [
        Row(
            [
                text(edition.module(module)),
                *(_cell(edition, cells.get((module, section))) for section in sections),
            ]
        )
        for module in in_order({module for module, _ in cells})
    ]
    width = 126 / len(sections)
    columns = [
        Column(edition.word(N_("Module"))),
        *(Column(edition.label(words.SECTION, name), width, "centre") for name in sections),
    ]
    key = edition.say(N_("● included · ○ left out, with the reason · × missing · – outside the boundary of the study"))
    return [table(columns, rows, spread=True), Paragraph(key, style("note")), *_remarks(edition)]


def _cell(edition: Edition, cell: Mapping[str, Any] | None) -> Cell:
    if cell is None:
        return ""
    state = str(cell["state"])
    sign = _SIGNS.get(state, "?")
    if state == "included":
        return Markup(sign)
    if state == "excluded":
        return together(sign, _fine(edition.label(words.SHORT_REASON, cell["reason"])))
    said = together(sign, _fine(edition.label(words.STATE, state)))
    return alarming(said) if state == "missing" else muted(sign)


def _fine(said: str) -> Markup:
    return Markup(f'<font size="7">{text(said, 40)}</font>')


def _remarks(edition: Edition) -> list[Flowable]:
    """What is to be known about cells that are included without rows of their own."""
    found: dict[str, list[str]] = {}
    for cell in edition.document["coverage"]["cells"]:
        if cell["state"] == "included" and cell["what"]:
            name = edition.word(
                N_("{module} of {section}"),
                module=modules(cell["module"]),
                section=inside(edition.label(words.SECTION, cell["section"])),
            )
            found.setdefault(str(cell["what"]), []).append(name)
    said = [
        edition.say(
            N_("Included as “{what}”: {cells}."),
            what=edition.label(words.INCLUDED_AS, what),
            cells=", ".join(cells),
        )
        for what, cells in found.items()
    ]
    return [Paragraph(line, style("note")) for line in said]


def _exclusions(edition: Edition) -> list[Flowable]:
    records = edition.sheet("Exclusions")
    if not records:
        none = edition.say(N_("The study leaves nothing out by a row of its own."))
        return [*subheading(edition.say(N_("What is left out, and why"))), Paragraph(none, style("body"))]
    rows = [
        Row(
            [
                text(edition.module(str(row["module"])), 60),
                text(edition.label(words.SECTION, row["section"]))
                if row.get("section")
                else edition.say(N_("every section")),
                text(row["what"], 300),
                text(edition.label(words.REASON, row["reason"])),
                edition.figures.exact(f"study/Exclusions/{index}/estimated_share_percent")
                if "estimated_share_percent" in row
                else "",
                text(row.get("evidence", ""), 300) or alarming(edition.say(N_("No evidence stated"))),
            ]
        )
        for index, row in enumerate(records)
    ]
    columns = [
        Column(edition.word(N_("Module")), 30),
        Column(edition.word(N_("Section")), 23),
        Column(edition.word(N_("What is left out"))),
        Column(edition.word(N_("Reason")), 20),
        number(edition.word(N_("Share about, %")), 14),
        Column(edition.word(N_("Evidence")), 36),
    ]
    return [
        *subheading(edition.say(N_("What is left out, and why"))),
        table(columns, rows, spread=True),
        *cut_note(edition, rows),
    ]


def _rests_on(edition: Edition) -> list[Flowable]:
    """Three small tables side by side: statuses, kinds of value, lines with A4 and C."""
    found = edition.document["coverage"]
    if not any(found[key] for key in ("status_shares", "value_kind_shares", "line_shares")):
        return []
    width = (WIDTH - 12 * MM) / 3
    statuses = [
        (edition.label(words.STATUS_MEANING, key), f"coverage/status_shares/{key}") for key in found["status_shares"]
    ]
    kinds = [
        (edition.label(words.VALUE_KIND, key), f"coverage/value_kind_shares/{key}")
        for key in found["value_kind_shares"]
    ]
    lines = [
        (
            edition.word(
                N_("{section}: {module}"),
                section=edition.label(words.SECTION, row["section"]),
                module=row["module"],
            ),
            f"coverage/line_shares/{index}/share",
        )
        for index, row in enumerate(found["line_shares"])
    ]
    three = [
        _shares(edition, N_("Status of the values"), statuses, width),
        _shares(edition, N_("Kind of the values"), kinds, width),
        _shares(edition, N_("Lines (by A1–A3) that have"), lines, width),
    ]
    side = Table(
        [[three[0], "", three[1], "", three[2]]],
        colWidths=[width, 6 * MM, width, 6 * MM, width],
        hAlign="LEFT",
    )
    side.setStyle(TableStyle(plain()))
    note = edition.say(N_("Shares are of the absolute location-based contributions of the footprint."))
    heading = Paragraph(edition.say(N_("What the result rests on")), style("subheading"))
    return [KeepTogether([heading, side, Spacer(0, 2), Paragraph(note, style("note"))])]


def _shares(edition: Edition, title: str, entries: Sequence[tuple[str, str]], width: float) -> Table:
    rows = [Row([text(name, 60), edition.percent(path)]) for name, path in entries]
    return table([Column(edition.word(title)), number(edition.word(N_("%")), 11)], rows, width=width)
