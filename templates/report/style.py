"""The look of the report: grid, colours and paragraph styles."""

from functools import cache
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from templates.report.fonts import BOLD, REGULAR, SEMIBOLD, register
from templates.report.markup import ACCENT, ALARM, MUTED

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
LEFT = RIGHT = 22 * MM
TOP, BOTTOM = 25 * MM, 22 * MM
WIDTH = PAGE[0] - LEFT - RIGHT
HEIGHT = PAGE[1] - TOP - BOTTOM
SUMMARY_HEIGHT = HEIGHT + 7 * MM

INK, RULE, TINT, ALARM_TINT, WHITE = "#1A2326", "#C3CDD0", "#EDF3F3", "#FBF0E9", "#FFFFFF"
LOCATION, MARKET = ACCENT, "#7FB3B8"

SECTION_COLOURS = {
    "construction": "#0072B2",
    "plant": "#E69F00",
    "hardware": "#009E73",
    "energy": "#56B4E9",
    "refrigerants": "#D55E00",
    "water": "#F0E442",
    "waste": "#555555",
    "heat": "#CC79A7",
}
"""Okabe and Ito's palette, ordered so that neighbours differ in grey: one colour, one section."""

OTHER_COLOUR = "#999999"

Align = Literal["left", "right", "centre"]
_ALIGNMENTS: dict[Align, Literal[0, 1, 2]] = {"left": 0, "centre": 1, "right": 2}

_STYLES: dict[str, tuple[str, float, float, str, float, float]] = {
    "body": (REGULAR, 9.5, 13, INK, 0, 5),
    "lead": (REGULAR, 10.5, 14.5, INK, 0, 5),
    "note": (REGULAR, 8, 10.5, MUTED, 2, 5),
    "small": (REGULAR, 8, 10.5, INK, 0, 0),
    "kicker": (SEMIBOLD, 9, 12, ACCENT, 0, 3),
    "facility": (BOLD, 23, 27, ACCENT, 0, 1),
    "title": (REGULAR, 13, 17, INK, 0, 6),
    "heading": (BOLD, 17, 21, ACCENT, 22, 6),
    "subheading": (SEMIBOLD, 11.5, 15, INK, 11, 4),
    "finding": (SEMIBOLD, 10, 13, ACCENT, 3, 4),
    "cell": (REGULAR, 8.5, 11, INK, 0, 0),
    "strong": (SEMIBOLD, 8.5, 11, INK, 0, 0),
    "head": (SEMIBOLD, 7.5, 9.5, MUTED, 0, 0),
    "headline": (BOLD, 30, 33, ACCENT, 0, 0),
    "alarm": (REGULAR, 9.5, 13, ALARM, 0, 0),
}
"""Font, size, leading, colour, space before and after of each style, in points."""


@cache
def style(name: str, align: Align = "left") -> ParagraphStyle:
    """Paragraph style by name and alignment."""
    register()
    font, size, leading, colour, before, after = _STYLES[name]
    return ParagraphStyle(
        f"{name}-{align}",
        fontName=font,
        bulletFontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(colour),
        spaceBefore=before,
        spaceAfter=after,
        alignment=_ALIGNMENTS[align],
        splitLongWords=True,
        allowWidows=0,
        allowOrphans=0,
    )


def plain(padding: float = 0, right: float = 0) -> list[tuple[Any, ...]]:
    """Commands of a table that puts things side by side; a cell without a font would ask for Helvetica."""
    cell = style("cell")
    return [
        ("FONT", (0, 0), (-1, -1), cell.fontName, cell.fontSize, cell.leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), cell.textColor),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), right),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
    ]
