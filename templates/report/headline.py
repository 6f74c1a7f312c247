"""The two totals side by side, and under each what it is made of and per what."""

from collections.abc import Iterable, Iterator
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from templates import words
from templates.report.edition import BASES, TONNE, Edition
from templates.report.findings import bases
from templates.report.fonts import width
from templates.report.markup import ACCENT, Markup, alarming, bold, text, together
from templates.report.style import MM, TINT, WHITE, WIDTH, plain, style
from templates.texts import N_

LABEL = 62 * MM
SMALLEST = 0.0005
"""Share of a total below which a component is left to the breakdown: the digits of the total do not show it."""

_UNIT = 11
_KEPT = "\N{NO-BREAK SPACE}"


def headline(edition: Edition) -> Table:
    """Lay out the totals."""
    names: list[Flowable] = [Paragraph(bold(name), style("cell", "right")) for name in bases(edition).values()]
    partial = "" if edition.document["complete"] else alarming(edition.say(N_("incomplete")))
    first_look = alarming(edition.say(N_("screening"))) if edition.document["screening"] else ""
    marks = together(partial, first_look, by=" · ")
    label = together(bold(edition.say(N_("Footprint, modules A–C"))), edition.years(), marks, by="<br/>")
    total = [Paragraph(label, style("body")), *(_big(edition, basis) for basis in BASES)]
    rows: list[list[Any]] = [
        ["", *names],
        total,
        *([Paragraph(said, style("cell")), *values] for said, values in _under(edition)),
    ]
    made = Table(rows, colWidths=[LABEL, (WIDTH - LABEL) / 2, (WIDTH - LABEL) / 2], hAlign="LEFT")
    made.setStyle(TableStyle(_look()))
    return made


def _look() -> list[tuple[Any, ...]]:
    return [
        *plain(1.6, 8),
        ("VALIGN", (0, 1), (0, 1), "MIDDLE"),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 5),
        ("BACKGROUND", (1, 0), (-1, -1), HexColor(TINT)),
        ("LINEABOVE", (1, 0), (-1, 0), 2, HexColor(ACCENT)),
        ("LINEAFTER", (1, 0), (1, -1), 4, HexColor(WHITE)),
    ]


def _big(edition: Edition, basis: str) -> Paragraph:
    """Set a total as large as its column allows, its unit small behind it."""
    look, unit = style("headline", "right"), edition.word(N_("t CO₂e"))
    amount = edition.tonnes(f"totals/{basis}/total")
    room = (WIDTH - LABEL) / 2 - 26 - width(unit, look.fontName, _UNIT)
    size = min(look.fontSize, look.fontSize * room / width(amount, look.fontName, look.fontSize))
    number = Markup(f'<font size="{size:.1f}">{text(amount)}</font>')
    small = Markup(f'<font size="{_UNIT}">{text(unit.replace(" ", _KEPT))}</font>')
    return Paragraph(together(number, small, by=_KEPT), look)


def _under(edition: Edition) -> Iterator[tuple[Markup, list[str]]]:
    """Components, the mean year, and intensities: label and value on each basis."""
    figures, totals = edition.figures, edition.document["totals"]
    for component, said in words.OF_IT.items():
        told = (abs(totals[basis][component]) >= SMALLEST * abs(totals[basis]["total"]) > 0 for basis in BASES)
        if component == "fossil" or any(told):
            yield (
                edition.say(said),
                _tonnes(edition, (edition.tonnes(f"totals/{basis}/{component}") for basis in BASES)),
            )
    if edition.settings["reference_period"] > 1:
        of = "study/Study/reference_period"
        mean = (figures.ratio(f"totals/{basis}/total", of, per=TONNE) for basis in BASES)
        yield edition.say(N_("per year, on average")), _tonnes(edition, mean)
    seen: set[float] = set()
    for index, row in enumerate(edition.document["intensities"]):
        if row["denominator"] in seen:  # a hall whose floor is its heated area has one number per square metre
            continue
        seen.add(row["denominator"])
        amount, _, per = str(row["unit"]).partition("/")
        said = (
            edition.say(words.PER[per]) if per in words.PER else edition.say(N_("per {unit}"), unit=edition.unit(per))
        )
        values = [f"{figures(f'intensities/{index}/{basis}')} {edition.unit(amount)}" for basis in BASES]
        yield said, values


def _tonnes(edition: Edition, amounts: Iterable[str]) -> list[str]:
    return [edition.word(N_("{amount} t"), amount=amount) for amount in amounts]
