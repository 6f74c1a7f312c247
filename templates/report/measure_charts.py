"""Charts of measures: what each step takes away, what a tonne costs, what money avoids, operation by year."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Polygon, PolyLine
from reportlab.lib.colors import HexColor

from templates.report.charts import LABEL, SMALL, Axis, blank, box, caption, string, ticks
from templates.report.fonts import REGULAR, SEMIBOLD, fitted, width
from templates.report.markup import ACCENT, ALARM, MUTED
from templates.report.style import INK, MM, RULE, SECTION_COLOURS, WHITE, WIDTH

Said = Callable[[float], str]

LESS, MORE = SECTION_COLOURS["hardware"], SECTION_COLOURS["refrigerants"]
"""Colours of a step that takes away and of one that adds."""

_GAP = 6 * MM
_ROW, _LOW_ROW, _MANY = 15.0, 11.5, 26
_FOOT = 13.0


APART = 2.0
"""How many times as large the numbers of one basis are where each panel has a scale of its own."""


def is_apart(values: Mapping[str, Sequence[float]]) -> bool:
    """Whether one scale would hide what happens on a basis.

    Examples
    --------
    >>> is_apart({"location": [9.0, 1.0], "market": [17.0]}), is_apart({"location": [9.0], "market": [90.0]})
    (False, True)
    """
    largest = [max(map(abs, each), default=0.0) for each in values.values()]
    return max(largest) > APART * min(largest) > 0


@dataclass(frozen=True)
class Step:
    """A row of a waterfall: a whole footprint, or what a measure takes away from the one above, on each basis."""

    label: str
    values: Mapping[str, float]
    said: Mapping[str, str]
    whole: bool = False


def levels(steps: Sequence[Step], basis: str) -> list[tuple[float, float]]:
    """Begin and end of the bar of each step: a whole from zero, a step from where the one above ended.

    Examples
    --------
    >>> values = [(10.0, True), (4.0, False), (-1.0, False)]
    >>> rows = [Step("", {"location": value}, {}, whole) for value, whole in values]
    >>> levels(rows, "location")
    [(0.0, 10.0), (10.0, 6.0), (6.0, 7.0)]
    """
    found, level = [], 0.0
    for step in steps:
        value = step.values[basis]
        begin, level = (0.0, value) if step.whole else (level, level - value)
        found.append((begin, level))
    return found


def waterfall(
    steps: Sequence[Step], headings: Mapping[str, str], colours: Mapping[str, str], unit: str, said: Said
) -> Drawing:
    """Draw a waterfall of horizontal bars: a panel for each basis, on one scale but where the bases lie far apart."""
    row = _ROW if len(steps) <= _MANY else _LOW_ROW
    drawing, label_width = blank(len(steps) * row + 32), 52 * MM
    size = min(LABEL, row - 3.5)
    ends = {basis: levels(steps, basis) for basis in headings}
    values = {basis: [end for pair in ends[basis] for end in pair] for basis in headings}
    scales = _scales(values, 3)
    panel = (WIDTH - label_width - _GAP) / 2
    room = max((width(text, SEMIBOLD, size) for step in steps for text in step.said.values()), default=0.0) + 5
    for index, step in enumerate(steps):
        font = SEMIBOLD if step.whole else REGULAR
        label = fitted(step.label, label_width - 6, font, size)
        drawing.add(string(0, _y(drawing, index, row), label, font=font, colour=INK, size=size))
    for place, (basis, heading) in enumerate(headings.items()):
        left = label_width + place * (panel + _GAP)
        axis = Axis(left, left + panel - room, scales[basis], said)
        _scale_below(drawing, axis)
        for index, (step, (begin, end)) in enumerate(zip(steps, ends[basis], strict=True)):
            y = _y(drawing, index, row)
            colour = colours[basis] if step.whole else LESS if end <= begin else MORE
            low, high = sorted((axis.at(begin), axis.at(end)))
            drawing.add(box(low, y - 1.5, max(high - low, 0.6), row * 0.6, colour))
            if index + 1 < len(steps):
                below = _y(drawing, index + 1, row) - 1.5 + row * 0.6
                drawing.add(
                    Line(axis.at(end), y - 1.5, axis.at(end), below, strokeColor=HexColor(MUTED), strokeWidth=0.5)
                )
            drawing.add(box(high + 1.5, y - 1.5, width(step.said[basis], SEMIBOLD, size) + 3, size + 1, WHITE))
            drawing.add(string(high + 3, y, step.said[basis], font=SEMIBOLD, colour=INK, size=size))
        _zero_of(drawing, axis)
        caption(drawing, left, heading, unit)
    return drawing


def _scales(values: Mapping[str, Sequence[float]], wanted: int) -> dict[str, list[float]]:
    """Ticks of each panel: the same, or its own where the bases lie far apart."""
    every = [value for each in values.values() for value in each]
    common = ticks(min(every), max(every), wanted)
    own = is_apart(values)
    return {basis: ticks(min(each), max(each), wanted) if own else common for basis, each in values.items()}


def _y(drawing: Drawing, index: int, row: float) -> float:
    return float(drawing.height) - 14 - (index + 1) * row + 4


def _scale_below(drawing: Drawing, axis: Axis) -> None:
    for tick in axis.ticks:
        x = axis.at(tick)
        drawing.add(Line(x, _FOOT, x, drawing.height - 14, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(x, _FOOT - 9, axis.said(tick), anchor="middle"))


def _zero_of(drawing: Drawing, axis: Axis) -> None:
    x = axis.at(0.0)
    drawing.add(Line(x, _FOOT, x, drawing.height - 14, strokeColor=HexColor(MUTED), strokeWidth=0.8))


@dataclass(frozen=True)
class Block:
    """A measure of a cost curve: its id, tonnes avoided, euros per tonne."""

    label: str
    wide: float
    high: float


def cost_curve(blocks: Sequence[Block], across: str, up: str, said: Said, colour: str) -> Drawing:
    """Draw what a tonne costs: a column a measure, as wide as what it avoids, the cheapest tonne first."""
    ordered = sorted(blocks, key=lambda block: block.high)
    wide = [width(block.label, REGULAR, SMALL) + 5 for block in ordered]
    upright = sum(wide) > WIDTH * 0.85
    rooms = [SMALL + 1.5] * len(ordered) if upright else wide
    above = (max(wide) if upright else SMALL + 4) + 12
    drawing = blank(58 * MM + above)
    rises = Axis(24.0, drawing.height - 16 - above, ticks(0.0, max(block.high for block in ordered), 4), said)
    left = max(width(said(tick), REGULAR, SMALL) for tick in rises.ticks) + 5
    total = sum(block.wide for block in ordered)
    marks = [tick for tick in ticks(0.0, total, 6) if tick <= total * (1 + 1e-9)]
    runs = Axis(left, WIDTH - 4, [0.0, total], said)
    for tick in rises.ticks:
        y = rises.at(tick)
        drawing.add(Line(left, y, WIDTH - 4, y, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(left - 3, y - 2.5, said(tick), anchor="end"))
    for tick in marks:
        drawing.add(string(runs.at(tick), 14, said(tick), anchor="middle" if tick else "start"))
    middles, done = [], 0.0
    for block in ordered:
        x = runs.at(done)
        drawing.add(
            box(
                x,
                rises.at(0.0),
                max(runs.at(done + block.wide) - x - 0.6, 0.4),
                rises.at(block.high) - rises.at(0.0),
                colour,
            )
        )
        middles.append((x + runs.at(done + block.wide)) / 2)
        done += block.wide
    top = rises.end + 3
    for block, middle, at in zip(ordered, middles, apart(middles, rooms, left, WIDTH - 2), strict=True):
        drawing.add(
            PolyLine(
                [middle, rises.at(block.high) + 1, middle, top, at, top + 8],
                strokeColor=HexColor(RULE),
                strokeWidth=0.3,
            )
        )
        drawing.add(
            _upright(at, top + 10, block.label)
            if upright
            else string(at, top + 10, block.label, anchor="middle", colour=INK)
        )
    drawing.add(Line(left, rises.at(0.0), WIDTH - 4, rises.at(0.0), strokeColor=HexColor(MUTED), strokeWidth=0.8))
    drawing.add(string(0, drawing.height - 9, up, font=SEMIBOLD, size=LABEL, colour=INK))
    drawing.add(string(WIDTH - 4, 2, across, anchor="end", size=LABEL))
    return drawing


def _upright(x: float, y: float, said: str) -> Group:
    return Group(string(0, 0, said, colour=INK), transform=(0, 1, -1, 0, x + SMALL / 3, y))


def apart(wanted: Sequence[float], rooms: Sequence[float], low: float, high: float) -> list[float]:
    """Move labels as little as is needed so that none lies over another, in their order, between two ends.

    Examples
    --------
    >>> apart([5.0, 6.0, 30.0], [10.0, 10.0, 10.0], 0.0, 40.0)
    [5.0, 15.0, 30.0]
    >>> apart([38.0, 39.0], [10.0, 10.0], 0.0, 40.0)
    [25.0, 35.0]
    """
    found, edge = [], low
    for at, room in zip(wanted, rooms, strict=True):
        found.append(max(at, edge + room / 2))
        edge = found[-1] + room / 2
    edge = high
    for index in range(len(found) - 1, -1, -1):
        found[index] = min(found[index], edge - rooms[index] / 2)
        edge = found[index] - rooms[index] / 2
    return found


NARROW = 0.35
"""Spread of numbers, of the largest of them, below which the axes of points leave zero out."""


def around(low: float, high: float, wanted: int) -> list[float]:
    """Choose round ticks that hold both ends, and zero where the ends are not close to each other far away from it.

    Examples
    --------
    >>> around(-4.8, 9.0, 4), around(4.80, 4.84, 4)
    ([-5.0, 0.0, 5.0, 10.0], [4.8, 4.81, 4.82, 4.83, 4.84])
    """
    spread = high - low
    if not 0 < spread < NARROW * max(abs(low), abs(high)):
        return ticks(low, high, wanted)
    steps = ticks(0.0, spread, wanted)
    step = steps[1] - steps[0]
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]


Point = tuple[float, float]
"""Money, and tonnes avoided."""


@dataclass(frozen=True)
class Names:
    """What stands at the axes of a drawing of points, and at the point that is marked."""

    across: str
    up: str
    mark: str


def front(points: Sequence[Point], mark: Point | None, names: Names, said: Said) -> Drawing:
    """Draw plans by money and tonnes: those that no other beats as a line with dots, the plan as a diamond."""
    drawing = blank(64 * MM)
    every = [*points, *([mark] if mark else [])]
    rises = Axis(26.0, drawing.height - 28, around(min(y for _, y in every), max(y for _, y in every), 5), said)
    left = max(width(said(tick), REGULAR, SMALL) for tick in rises.ticks) + 6
    runs = Axis(left, WIDTH - 14, around(min(x for x, _ in every), max(x for x, _ in every), 6), said)
    for tick in rises.ticks:
        y = rises.at(tick)
        drawing.add(Line(left, y, WIDTH - 14, y, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(left - 3, y - 2.5, said(tick), anchor="end"))
    for tick in runs.ticks:
        x = runs.at(tick)
        drawing.add(Line(x, rises.begin, x, rises.end, strokeColor=HexColor(RULE), strokeWidth=0.4))
        drawing.add(string(x, rises.begin - 10, said(tick), anchor="middle"))
    for axis, flat in ((rises, True), (runs, False)):
        if 0.0 not in axis.ticks:
            continue
        zero = axis.at(0.0)
        ends = (left, zero, WIDTH - 14, zero) if flat else (zero, rises.begin, zero, rises.end)
        drawing.add(Line(*ends, strokeColor=HexColor(MUTED), strokeWidth=0.8))
    placed = sorted((runs.at(x), rises.at(y)) for x, y in points)
    if len(placed) > 1:
        drawing.add(
            PolyLine([each for point in placed for each in point], strokeColor=HexColor(ACCENT), strokeWidth=0.7)
        )
    for x, y in placed:
        drawing.add(Circle(x, y, 2.0, fillColor=HexColor(ACCENT), strokeColor=None, strokeWidth=0))
    if mark:
        _diamond(drawing, runs.at(mark[0]), rises.at(mark[1]), names.mark)
    drawing.add(string(0, drawing.height - 9, names.up, font=SEMIBOLD, size=LABEL, colour=INK))
    drawing.add(string(WIDTH - 14, 3, names.across, anchor="end", size=LABEL))
    return drawing


def _diamond(drawing: Drawing, x: float, y: float, said: str) -> None:
    """Mark a point, its name on the side where there is room."""
    corners = [x - 4.5, y, x, y + 4.5, x + 4.5, y, x, y - 4.5]
    drawing.add(Polygon(corners, fillColor=HexColor(ALARM), strokeColor=HexColor(WHITE), strokeWidth=0.8))
    room = width(said, SEMIBOLD, LABEL)
    right = x + 6 + room <= WIDTH  # the line falls to the right: what is above it there, and below it left, is free
    begin, base = (x + 5, y + 5) if right else (x - 5 - room, y - 11)
    drawing.add(box(begin - 1, base - 2, room + 2, LABEL + 1, WHITE))
    drawing.add(string(begin, base, said, font=SEMIBOLD, size=LABEL, colour=ALARM))


@dataclass(frozen=True)
class Course:
    """A line over the years: name, colour, dashed or not, and values by year."""

    name: str
    colour: str
    values: Mapping[int, float]
    dashed: bool = False


def lines(
    courses: Mapping[str, Sequence[Course]], years: Sequence[int], headings: Mapping[str, str], unit: str, said: Said
) -> Drawing:
    """Draw lines by year: a panel for each basis, on one scale that holds zero but where the bases lie far apart."""
    drawing = blank(62 * MM)
    values = {
        basis: [value for course in panel for value in course.values.values()] for basis, panel in courses.items()
    }
    axes = {basis: Axis(14.0, drawing.height - 22, of, said) for basis, of in _scales(values, 5).items()}
    room = max(width(said(tick), REGULAR, SMALL) for axis in axes.values() for tick in axis.ticks) + 4
    panel = (WIDTH - _GAP) / 2
    for place, (basis, heading) in enumerate(headings.items()):
        left, right = place * (panel + _GAP) + room, place * (panel + _GAP) + panel
        step, axis = (right - left) / len(years), axes[basis]
        for tick in axis.ticks:
            y = axis.at(tick)
            drawing.add(Line(left, y, right, y, strokeColor=HexColor(RULE), strokeWidth=0.4))
            drawing.add(string(left - 3, y - 2.5, said(tick), anchor="end"))
        every_nth = math.ceil(width("2000", REGULAR, SMALL) * 1.35 / step)
        for index, year in enumerate(years):
            if index % every_nth == 0:
                drawing.add(string(left + (index + 0.5) * step, axis.begin - 11, str(year), anchor="middle"))
        zero = axis.at(0.0)
        drawing.add(Line(left, zero, right, zero, strokeColor=HexColor(MUTED), strokeWidth=0.8))
        for course in courses[basis]:
            _course(
                drawing,
                course,
                [(left + (years.index(year) + 0.5) * step, axis.at(of)) for year, of in course.values.items()],
            )
        caption(drawing, left - room, heading, unit)
    return drawing


def _course(drawing: Drawing, course: Course, points: Sequence[Point]) -> None:
    colour = HexColor(course.colour)
    if len(points) == 1:
        x, y = points[0]
        drawing.add(Line(x - 5, y, x + 5, y, strokeColor=colour, strokeWidth=1.6))
        return
    line = PolyLine([each for point in points for each in point], strokeColor=colour, strokeWidth=1.6, strokeLineJoin=1)
    if course.dashed:
        line.strokeDashArray = [3, 2]
    drawing.add(line)
