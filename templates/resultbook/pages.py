"""Pages of the result workbook: columns by key, rows of values and formulas, addresses for other formulas."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from templates.resultbook.formulas import Cell, Live, Range

Value = str | float | int | Live | None
Row = Sequence[Value]

HEADER = 1
"""Rows above the first row of a table."""


@dataclass(frozen=True, slots=True)
class Head:
    """Column of a page: its key, title, width in characters, and look (a name in ``templates.resultbook.style``)."""

    key: str
    title: str
    width: float = 12.0
    look: str = "text"


@dataclass
class Page:
    """A sheet with one table.

    Attributes
    ----------
    rows
        Rows held in memory, so that other pages may refer to their values.
    made
        Rows made only when they are written, where there are too many to hold.
    inputs
        Cells that a reader may change: row and key.
    """

    name: str
    heads: Sequence[Head]
    rows: list[Row] = field(default_factory=list)
    made: Callable[[], Iterable[Row]] | None = None
    count: int = 0
    inputs: set[tuple[int, str]] = field(default_factory=set)
    note: str = ""
    totals: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._columns: Mapping[str, int] = {head.key: place for place, head in enumerate(self.heads)}

    def add(self, **values: Value) -> int:
        """Add a row; columns not named stay blank. Returns its position."""
        unknown = values.keys() - self._columns.keys()
        if unknown:
            raise KeyError(f"{self.name} has no columns {unknown}")
        self.rows.append([values.get(head.key) for head in self.heads])
        return len(self.rows) - 1

    def set(self, row: int, key: str, value: Value) -> None:
        """Fill a cell of a row that stands already."""
        held = list(self.rows[row])
        held[self._columns[key]] = value
        self.rows[row] = held

    def cell(self, row: int, key: str) -> Cell:
        """Return a cell with its value, for a formula."""
        held = self.rows[row][self._columns[key]]
        value = held.value if isinstance(held, Live) else held
        if not isinstance(value, int | float):
            raise TypeError(f"{self.name}, row {row}, {key}: {value!r} is no number")
        return Cell(self.name, row + HEADER, self._columns[key], float(value))

    def cells(self, key: str, first: int = 0, last: int | None = None) -> Range:
        """Return a range of a column; all of its rows unless told otherwise."""
        end = (len(self.rows) or self.count) - 1 if last is None else last
        return Range(self.name, first + HEADER, end + HEADER, self._columns[key])

    def written(self) -> Iterator[Row]:
        """Rows in order."""
        yield from self.rows if self.made is None else self.made()
        yield from self.totals

    def column(self, key: str) -> int:
        """Place of a column."""
        return self._columns[key]

    @property
    def length(self) -> int:
        """Rows under the header, sums left out."""
        return len(self.rows) or self.count


def number(value: Any) -> float:  # noqa: ANN401 - a value or a formula
    """Value of a cell's content."""
    return float(value.value if isinstance(value, Live) else value)
