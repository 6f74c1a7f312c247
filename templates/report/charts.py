"""Charts: bars and columns for both bases side by side, on one scale that holds zero."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor

from templates.report.fonts import REGULAR, SEMIBOLD, fitted, width
from templates.report.markup import MUTED
from templates.report.style import INK, MM, RULE, WHITE, WIDTH

Piece = tuple[float, str]
Said = Callable[[float], str]

LABEL, SMALL = 8.5, 7.5
_ROW, _THICK = 15.0, 9.0
_GAP = 6 * MM
_FOOT = 13.0


@dataclass(frozen=True)
class Bar:
    """A labelled bar of coloured pieces on each basis, with what is said at its end."""

    label: str
    pieces: Mapping[str, Sequence[Piece]]
    said: Mapping[str, str]


@dataclass(frozen=True)
class Axis:
    """A value axis: where it begins and ends in points, its ticks, and how a tick is said."""

    begin: float
    end: float
    ticks: Sequence[float]
    said: Said

    def at(self, value: float) -> float:
        """Place of a value in points."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.begin + (value - low) / (high - low) * (self.end - self.begin)


def ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Choose round ticks from the lowest value, or zero, to the highest, or zero.

    Examples
    --------
    >>> ticks(0.0, 87.0), ticks(-4.8, 9.0), ticks(0.0, 0.0)
    ([0.0, 25.0, 50.0, 75.0, 100.0], [-5.0, 0.0, 5.0, 10.0], [0.0, 1.0])
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        return [0.0, 1.0]
    rough = (high - low) / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step + 0.0 for index in range(first, last + 1)]


def extent(stacks: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """Lowest and highest end of stacks, in which negative pieces go the other way."""
    low = min((sum(value for value, _ in stack if value < 0) for stack in stacks), default=0.0)
    return low, max((sum(value for value, _ in stack if value > 0) for stack in stacks), default=0.0)


def spans(stack: Sequence[Piece]) -> Iterator[tuple[float, float, str]]:
    """Begin, end and colour of each piece of a stack.

    Examples
    --------
    >>> list(spans([(2.0, "a"), (-1.0, "b"), (3.0, "c")]))
    [(0.0, 2.0, 'a'), (0.0, -1.0, 'b'), (2.0, 5.0, 'c')]
    """
    up = down = 0.0
    for value, colour in stack:
        begin = up if value >= 0 else down
        yield begin, begin + value, colour
        if value >= 0:
            up += value
        else:
            down += value


def bars(
    rows: Sequence[Bar], headings: Mapping[str, str], unit: str, said: Said, *, label_width: float = 40 * MM
) -> Drawing:
    """Draw horizontal bars: a panel for each basis in the order of ``headings``, labels at the left."""
    drawing = blank(len(rows) * _ROW + 32)
    low, high = extent([stack for row in rows for stack in row.pieces.values()])
    marks = ticks(low, high, 3)
    panel = (WIDTH - label_width - _GAP) / 2
    room = max((width(text, SEMIBOLD, LABEL) for row in rows for text in row.said.values()), default=0.0) + 5
    for index, row in enumerate(rows):
        label = fitted(row.label, label_width - 6, REGULAR, LABEL)
        drawing.add(string(0, _row_at(drawing, index) + 1.5, label, colour=INK, size=LABEL))
    for place, (basis, heading) in enumerate(headings.items()):
        left = label_width + place * (panel + _GAP)
        axis = Axis(left, left + panel - room, marks, said)
        _panel_of_bars(drawing, rows, basis, axis)
        caption(drawing, left, heading, unit)
    return drawing


def _panel_of_bars(drawing: Drawing, rows: Sequence[Bar], basis: str, axis: Axis) -> None:
    top, foot = drawing.height - 14, _FOOT
    for tick in axis.ticks:
        x = axis.at(tick)
        drawing.add(Line(x, foot, x, top, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(x, foot - 9, axis.said(tick), anchor="middle"))
    for index, row in enumerate(rows):
        y = _row_at(drawing, index)
        for begin, end, colour in spans(row.pieces[basis]):
            left, right = sorted((axis.at(begin), axis.at(end)))
            drawing.add(box(left, y - 0.5, right - left, _THICK, colour))
        stop = max((axis.at(end) for begin, end, _ in spans(row.pieces[basis])), default=axis.at(0.0))
        end_of_bar = max(stop, axis.at(0.0))
        said = row.said[basis]
        drawing.add(box(end_of_bar + 1.5, y - 1, width(said, SEMIBOLD, LABEL) + 3, LABEL + 3, WHITE))
        drawing.add(string(end_of_bar + 3, y + 1.5, said, font=SEMIBOLD, size=LABEL, colour=INK))
    zero = axis.at(0.0)
    drawing.add(Line(zero, foot, zero, top, strokeColor=HexColor(MUTED), strokeWidth=0.8))


def columns(
    years: Sequence[int],
    stacks: Mapping[str, Sequence[Sequence[Piece]]],
    headings: Mapping[str, str],
    unit: str,
    said: Said,
    *,
    each: bool = False,
) -> Drawing:
    """Draw stacked columns by year: a panel for each basis, on one scale, or ``each`` on a scale of its own."""
    drawing = blank(62 * MM)
    common = ticks(*extent([stack for panel in stacks.values() for stack in panel]), 5)
    scales = {basis: ticks(*extent(stacks[basis]), 5) if each else common for basis in headings}
    room = max(width(said(tick), REGULAR, SMALL) for marks in scales.values() for tick in marks) + 4
    panel = (WIDTH - _GAP) / 2
    for place, (basis, heading) in enumerate(headings.items()):
        left, marks = place * (panel + _GAP), scales[basis]
        axis = Axis(14.0, drawing.height - 22, marks, said)
        _panel_of_columns(drawing, years, stacks[basis], axis, left + room, left + panel)
        caption(drawing, left, heading, unit)
    return drawing


def _panel_of_columns(
    drawing: Drawing,
    years: Sequence[int],
    stacks: Sequence[Sequence[Piece]],
    axis: Axis,
    left: float,
    right: float,
) -> None:
    for tick in axis.ticks:
        y = axis.at(tick)
        drawing.add(Line(left, y, right, y, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(left - 3, y - 2.5, axis.said(tick), anchor="end"))
    step = (right - left) / len(years)
    thick = min(step * 0.74, 16.0)
    every = math.ceil(width("2000", REGULAR, SMALL) * 1.35 / step)
    for index, (year, stack) in enumerate(zip(years, stacks, strict=True)):
        x = left + (index + 0.5) * step
        for begin, end, colour in spans(stack):
            low, high = sorted((axis.at(begin), axis.at(end)))
            drawing.add(box(x - thick / 2, low, thick, high - low, colour))
        if index % every == 0:
            drawing.add(string(x, axis.begin - 11, str(year), anchor="middle"))
    zero = axis.at(0.0)
    drawing.add(Line(left, zero, right, zero, strokeColor=HexColor(MUTED), strokeWidth=0.8))


def caption(drawing: Drawing, left: float, heading: str, unit: str) -> None:
    """Name the basis and the unit of a panel."""
    drawing.add(string(left, drawing.height - 9, heading, font=SEMIBOLD, size=LABEL, colour=INK))
    drawing.add(string(left + width(heading, SEMIBOLD, LABEL) + 5, drawing.height - 9, unit, size=LABEL))


def key(entries: Sequence[tuple[str, str]]) -> Drawing:
    """Draw a row of coloured squares with their names."""
    drawing, x = blank(13), 0.0
    for name, colour in entries:
        drawing.add(box(x, 3, 7, 7, colour))
        drawing.add(string(x + 10, 3.5, name, size=8, colour=INK))
        x += 22 + width(name, REGULAR, 8)
    return drawing


def square(colour: str) -> Drawing:
    """Draw the square that stands for a colour beside a name in a table."""
    drawing = Drawing(7, 9, initialFontName=REGULAR)
    drawing.add(box(0, 0.5, 7, 7, colour))
    return drawing


def blank(height: float) -> Drawing:
    """Begin a drawing as wide as the text."""
    return Drawing(WIDTH, height, initialFontName=REGULAR)


def _row_at(drawing: Drawing, index: int) -> float:
    return float(drawing.height) - 14 - (index + 1) * _ROW + 3


def box(x: float, y: float, wide: float, high: float, colour: str) -> Rect:
    """Draw a rectangle without an edge."""
    rect = Rect(x, y, wide, high)
    rect.fillColor, rect.strokeColor, rect.strokeWidth = HexColor(colour), None, 0
    return rect


def string(
    x: float,
    y: float,
    said: str,
    *,
    font: str = REGULAR,
    size: float = SMALL,
    colour: str = MUTED,
    anchor: Literal["start", "middle", "end"] = "start",
) -> String:
    """Set a text of a drawing."""
    return String(x, y, said, fontName=font, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)
