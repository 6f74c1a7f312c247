"""An energy flow: nodes in columns, bands between them as wide as what flows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Path, Rect, String
from reportlab.lib.colors import HexColor

from templates.report.fonts import REGULAR, SEMIBOLD
from templates.report.style import INK, MM, WIDTH

BAR = 7.0
GAP = 15.0
HEIGHT = 62 * MM
SMALL = 8.0


@dataclass(frozen=True)
class Node:
    """A place that energy passes: its column from the left, what is said of it, its colour."""

    column: int
    label: str
    said: str
    colour: str


@dataclass(frozen=True)
class Band:
    """What flows from one node to another."""

    begin: str
    end: str
    value: float


def sankey(nodes: Mapping[str, Node], bands: Sequence[Band], *, room: float = 46 * MM) -> Drawing:
    """Draw an energy flow; every node is as high as the larger of what enters and what leaves it.

    ``room`` is kept at the right for the labels of the last column.
    """
    drawing = Drawing(WIDTH, HEIGHT, initialFontName=REGULAR)
    bands = [band for band in bands if band.value > 0]
    size = {name: _size(name, bands) for name in nodes}
    columns = max(node.column for node in nodes.values())
    fullest = max(sum(size[n] for n in nodes if nodes[n].column == c) for c in range(columns + 1)) or 1.0
    most = max(sum(nodes[n].column == c for n in nodes) for c in range(columns + 1))
    scale = (HEIGHT - 12 - GAP * (most - 1)) / fullest
    step = (WIDTH - room - BAR) / columns
    tops: dict[str, float] = {}
    for column in range(columns + 1):
        y = HEIGHT - 12.0
        for name, node in nodes.items():
            if node.column == column and size[name]:
                tops[name] = y
                y -= size[name] * scale + GAP
    _bands(drawing, nodes, bands, tops, scale, step)
    for name, top in tops.items():
        node, x = nodes[name], nodes[name].column * step
        high = max(size[name] * scale, 0.7)
        drawing.add(_rect(x, top - high, BAR, high, node.colour))
        drawing.add(
            String(x + BAR + 3, top - 7.5, node.label, fontName=SEMIBOLD, fontSize=SMALL, fillColor=HexColor(INK))
        )
        drawing.add(
            String(x + BAR + 3, top - 16.5, node.said, fontName=REGULAR, fontSize=SMALL, fillColor=HexColor(INK))
        )
    return drawing


def _size(name: str, bands: Sequence[Band]) -> float:
    enters = sum(band.value for band in bands if band.end == name)
    leaves = sum(band.value for band in bands if band.begin == name)
    return max(enters, leaves)


def _bands(
    drawing: Drawing,
    nodes: Mapping[str, Node],
    bands: Sequence[Band],
    tops: Mapping[str, float],
    scale: float,
    step: float,
) -> None:
    left, right = dict(tops), dict(tops)
    for band in bands:
        high = band.value * scale
        x0, x1 = nodes[band.begin].column * step + BAR, nodes[band.end].column * step
        y0, y1 = left[band.begin], right[band.end]
        left[band.begin] -= high
        right[band.end] -= high
        middle = (x0 + x1) / 2
        path = Path(fillColor=HexColor(nodes[band.begin].colour), fillOpacity=0.35, strokeColor=None, strokeWidth=0)
        path.moveTo(x0, y0)
        path.curveTo(middle, y0, middle, y1, x1, y1)
        path.lineTo(x1, y1 - high)
        path.curveTo(middle, y1 - high, middle, y0 - high, x0, y0 - high)
        path.closePath()
        drawing.add(path)


def _rect(x: float, y: float, wide: float, high: float, colour: str) -> Rect:
    rect = Rect(x, y, wide, high)
    rect.fillColor, rect.strokeColor, rect.strokeWidth = HexColor(colour), None, 0
    return rect
