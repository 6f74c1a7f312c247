"""Pages of the result workbook that hold several blocks: cells by row and column, some across columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from templates.resultbook.formulas import Cell, Live, Range, total
from templates.resultbook.pages import Value
from templates.workbook.style import height

WRAPPED = ("lead", "long", "told", "quiet")
"""Looks whose text runs over several lines, so that the row must be as high as it."""

PART, TITLE, HIGHEST = 24.0, 34.0, 409.0
"""Heights of titles of blocks, of the page's title, and the most that a row may have, in points."""

RIGHT = ("tonnes", "share", "euros", "euros per tonne", "exact")
"""Looks of columns of numbers, whose headers stand to the right as they do."""


@dataclass(frozen=True, slots=True)
class Put:
    """What stands in a cell: its column, value, look, and the last column it runs across (-1: its own)."""

    column: int
    value: Value
    look: str = "text"
    to: int = -1


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart: columns of its values and what stands below them, over rows; name and colour."""

    name: str
    values: int
    below: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of cells that stand on the page, drawn in a row and from a column on.

    ``kind`` is line, column, scatter, or steps: bars of the second series that stand on the first, which is not seen.
    """

    kind: str
    title: str
    across: str
    up: str
    rows: tuple[int, int]
    series: Sequence[Series]
    row: int
    column: int


CHART_ROWS = 18
"""Rows that a chart stands over."""


@dataclass
class Laid:
    """A sheet of blocks below each other.

    Attributes
    ----------
    widths
        Widths of the columns in characters.
    frozen
        Rows and columns that stay when the sheet is scrolled.
    table
        First and last row of the table that can be filtered, its header among them.
    """

    name: str
    widths: Sequence[float]
    note: str = ""
    lines: list[tuple[Sequence[Put], float | None]] = field(default_factory=list)
    frozen: tuple[int, int] = (1, 2)
    table: tuple[int, int] | None = None
    charts: list[Chart] = field(default_factory=list)

    def drawn(self, *charts: Chart) -> None:
        """Add charts beside each other, and the rows that they stand over."""
        self.charts += charts
        for _ in range(CHART_ROWS if charts else 0):
            self.line()

    def line(self, *cells: Put, high: float | None = None) -> int:
        """Add a row, as high as its text; returns its number on the sheet."""
        if high is None:
            high = max((self._height(cell) for cell in cells if cell.look in WRAPPED), default=None)
        self.lines.append((cells, high))
        return len(self.lines) - 1

    def _height(self, cell: Put, by: float = 1.1) -> float:
        """Height of a text; characters of running text are narrower than the digits that widths count."""
        width = by * sum(self.widths[cell.column : max(cell.to, cell.column) + 1])
        return min(height(str(cell.value or ""), width), HIGHEST)

    def title(self, text: str, to: int) -> None:
        """Add the title of the page."""
        self.line(Put(0, text, "title", to), high=TITLE)

    def part(self, text: str, to: int) -> None:
        """Add the title of a block, an empty row before it."""
        self.line()
        self.line(Put(0, text, "part", to), high=PART)

    def lead(self, text: str, to: int) -> None:
        """Add a sentence."""
        self.line(Put(0, text, "lead", to))

    def heads(self, titles: Sequence[tuple[str, str]], at: Sequence[tuple[int, int]] = ()) -> int:
        """Add headers, title and look of each column, from the first column on or ``at`` columns; returns the row."""
        places = at or [(place, -1) for place in range(len(titles))]
        cells = [
            Put(place, title, "head right" if look in RIGHT else "head", to)
            for (title, look), (place, to) in zip(titles, places, strict=True)
        ]
        return self.line(*cells, high=3.0 + max(self._height(cell, 1.0) for cell in cells))

    def value(self, row: int, column: int) -> float:
        """Value of a number, or of a formula, that stands already; 0 of a blank cell."""
        found = next((cell.value for cell in self.lines[row][0] if cell.column == column), None)
        held = found.value if isinstance(found, Live) else found
        return float(held) if isinstance(held, int | float) else 0.0

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell with its value, for a formula."""
        return Cell(self.name, row, column, self.value(row, column))

    def sum(self, first: int, last: int, column: int) -> Live:
        """Sum of a column's rows, as a formula."""
        value = sum(self.value(row, column) for row in range(first, last + 1))
        return total(Range(self.name, first, last, column), value)


def tonnes(values: Mapping[str, float] | None, basis: str) -> float | None:
    """Tonnes of kilograms by basis; None where nothing is told, and never a minus before a zero."""
    return None if values is None else values[basis] / 1000.0 + 0.0
