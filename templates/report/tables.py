"""Tables: one grid, digits to the right, thin rules between groups only, header rows repeated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from templates.report.edition import Edition
from templates.report.fonts import REGULAR, SEMIBOLD
from templates.report.fonts import width as width_of
from templates.report.markup import CUT, MUTED, Markup, clean, hyphenated, text
from templates.report.style import ALARM_TINT, HEIGHT, INK, MM, RULE, TINT, WIDTH, Align, style
from templates.texts import N_

Cell = str | Markup | Flowable
Kind = Literal["row", "total", "group", "sub", "alarm", "detail"]
Command = tuple[Any, ...]

GAP = 5.0
_SHORT_GROUP = 4


@dataclass(frozen=True)
class Column:
    """Header, width in millimetres and alignment of a column; the width 0 takes what is left."""

    title: str
    width: float = 0
    align: Align = "left"


@dataclass(frozen=True)
class Row:
    """Cells of a row and its kind: plain, a sum, the head of a group, a part of the row above, or a warning.

    A row that is ``spanned`` has one cell across all columns; ``detail`` stands below from column two.
    """

    cells: Sequence[Cell]
    kind: Kind = "row"
    spanned: bool = False
    detail: Markup | None = None


class _Paragraph(Paragraph):
    """A paragraph that keeps its lines: a table asks for them when it is measured and again when it is drawn."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - ReportLab's names
        """Break into lines, once a width."""
        if hasattr(self, "blPara") and getattr(self, "width", None) == availWidth:
            return self.width, self.height
        wrapped: tuple[float, float] = super().wrap(availWidth, availHeight)
        return wrapped


class _Table(Table):
    """A table that breaks inside a row only where not even an empty page holds it."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803 - ReportLab's names
        """Split between rows; inside one where nothing else is left."""
        found = super().split(availWidth, availHeight)
        if found or availHeight < 0.9 * HEIGHT:
            return found
        self._nosplitCmds: list[Command] = []
        self.splitInRow = 1
        return super().split(availWidth, availHeight)


def number(title: str, width: float) -> Column:
    """Column of digits."""
    return Column(title, width, "right")


def table(columns: Sequence[Column], rows: Iterable[Row], *, width: float = WIDTH, spread: bool = False) -> Table:
    """Lay out a table.

    Parameters
    ----------
    columns, rows
        What stands in it. Markup becomes paragraphs that wrap; plain text stands on one line.
    width
        Width in points that columns of width 0 share.
    spread
        Whether every row gets a thin rule, for rows of several lines.
    """
    laid = [piece for row in rows for piece in _with_detail(row)]
    widths = _widths(columns, width)
    head = [
        _Paragraph(text(_fitting(column.title, room), 60), style("head", column.align))
        for column, room in zip(columns, widths, strict=True)
    ]
    body = [_cells(row, columns) for row in laid]
    made = _Table(
        [head, *body],
        colWidths=widths,
        repeatRows=1,
        hAlign="LEFT",
        spaceBefore=2,
        spaceAfter=8,
    )
    made.setStyle(TableStyle([*_frame(columns), *_marks(laid, spread=spread)]))
    return made


def _fitting(title: str, room: float) -> str:
    """Part the words of a header that are wider than their column at its syllables."""
    look = style("head")
    return " ".join(
        hyphenated(word) if width_of(word, look.fontName, look.fontSize) > room - GAP else word
        for word in title.split(" ")
    )


def _widths(columns: Sequence[Column], width: float) -> list[float]:
    fixed = sum(column.width for column in columns) * MM
    flexible = sum(not column.width for column in columns)
    return [column.width * MM if column.width else (width - fixed) / flexible for column in columns]


def _with_detail(row: Row) -> list[Row]:
    return [row] if row.detail is None else [row, Row(["", row.detail, *[""] * (len(row.cells) - 2)], "detail")]


def _cells(row: Row, columns: Sequence[Column]) -> list[Flowable | str]:
    given = [*row.cells, *[""] * (len(columns) - 1)] if row.spanned else row.cells
    aligns: list[Align] = (
        ["left"] * len(columns) if row.spanned or row.kind == "detail" else [column.align for column in columns]
    )
    return [_cell(cell, align, row.kind) for cell, align in zip(given, aligns, strict=True)]


def _cell(cell: Cell, align: Align, kind: Kind) -> Flowable | str:
    if isinstance(cell, Markup):
        return _Paragraph(cell, style("strong" if kind in ("total", "group") else "cell", align))
    return clean(cell) if isinstance(cell, str) else cell


def _frame(columns: Sequence[Column]) -> list[Command]:
    """Font, padding and rules that every table has."""
    last = len(columns) - 1
    aligned = [
        ("ALIGN", (i, 0), (i, -1), "CENTER" if c.align == "centre" else c.align.upper()) for i, c in enumerate(columns)
    ]
    pairs = enumerate(pairwise(column.align for column in columns), start=1)
    apart = [("LEFTPADDING", (i, 0), (i, -1), 8) for i, pair in pairs if pair == ("right", "left")]
    return [
        ("FONT", (0, 0), (-1, -1), REGULAR, 8.5, 11),
        ("TEXTCOLOR", (0, 0), (-1, -1), HexColor(INK)),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), GAP / 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), GAP / 2),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (last, 0), (last, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.7, HexColor(MUTED)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.4, HexColor(RULE)),
        *aligned,
        *apart,
    ]


def _marks(rows: Sequence[Row], *, spread: bool) -> list[Command]:
    """What sums, heads of groups, parts and warnings look like, row by row."""
    commands: list[Command] = []
    for index, row in enumerate(rows, start=1):
        commands += _mark(row.kind, index, _end_of_group(rows, index))
        if row.spanned:
            commands.append(("SPAN", (0, index), (-1, index)))
        if spread and index > 1 and row.kind in ("row", "alarm"):
            commands.append(("LINEABOVE", (0, index), (-1, index), 0.3, HexColor(RULE)))
    return commands


def _end_of_group(rows: Sequence[Row], index: int) -> int:
    """Row up to which the group that begins at a row is kept together: all of a short one, else one row."""
    end = index
    while end < len(rows) and rows[end].kind != "group":
        end += 1
    return end if end - index < _SHORT_GROUP else min(index + 1, len(rows))


def _mark(kind: Kind, index: int, end: int) -> list[Command]:
    line, first = ((0, index), (-1, index)), ((0, index), (0, index))
    strong = ("FONT", *line, SEMIBOLD, 8.5, 11)
    match kind:
        case "total":
            kept = ("NOSPLIT", (0, max(1, index - 2)), (-1, index))
            return [strong, ("LINEABOVE", *line, 0.5, HexColor(MUTED)), kept]
        case "detail":
            return [
                ("SPAN", (1, index), (-1, index)),
                ("TOPPADDING", *line, 0),
                ("BOTTOMPADDING", *line, 4),
                ("BOTTOMPADDING", (0, index - 1), (-1, index - 1), 0),
                ("NOSPLIT", (0, index - 1), (-1, index)),
            ]
        case "group":
            kept = ("NOSPLIT", (0, index), (-1, end))
            return [strong, ("BACKGROUND", *line, HexColor(TINT)), ("LEFTPADDING", *first, GAP / 2), kept]
        case "sub":
            return [("LEFTPADDING", *first, 10), ("TEXTCOLOR", *line, HexColor(MUTED))]
        case "alarm":
            return [("BACKGROUND", *line, HexColor(ALARM_TINT))]
        case _:
            return []


def cut_note(edition: Edition, rows: Iterable[Row]) -> list[Flowable]:
    """Say that a text was cut, where one was."""
    if not any(isinstance(cell, str) and CUT in cell for row in rows for cell in (*row.cells, row.detail)):
        return []
    return [
        Paragraph(
            edition.say(N_("A text that ends in {mark} is cut; the results document holds all of it."), mark=CUT),
            style("note"),
        )
    ]
