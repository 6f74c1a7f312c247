"""The formulas of the result workbook: products and quotients, sums, sums by a key, references, a least and a most.

Each is written together with the value it has now, so that a reader that does not calculate shows the right number.
No other form is written, and nothing that a user typed is ever a part of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

TINY = "1E-300"
"""Added to a divisor: nothing out of nothing is nothing, and any other quotient stays what it is."""


@dataclass(frozen=True, slots=True)
class Live:
    """A formula, without its equals sign, with the value it has now."""

    formula: str
    value: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that formulas refer to, with the value it has now."""

    sheet: str
    row: int
    column: int
    value: float

    @property
    def address(self) -> str:
        """Absolute address.

        Examples
        --------
        >>> Cell("Amounts", 4, 2, 1.0).address, Cell("Bob's", 0, 0, 1.0).address
        ("'Amounts'!$C$5", "'Bob''s'!$A$1")
        """
        return f"{_quoted(self.sheet)}!{xl_rowcol_to_cell(self.row, self.column, row_abs=True, col_abs=True)}"


@dataclass(frozen=True, slots=True)
class Range:
    """Cells of one column, first and last row included; ``values`` only where a formula sums all of them."""

    sheet: str
    first: int
    last: int
    column: int

    @property
    def address(self) -> str:
        """Absolute address.

        Examples
        --------
        >>> Range("Amounts", 1, 9, 3).address
        "'Amounts'!$D$2:$D$10"
        """
        return f"{_quoted(self.sheet)}!{xl_range_abs(self.first, self.column, self.last, self.column)}"


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def reference(cell: Cell) -> Live:
    """Take the value of another cell."""
    return Live(cell.address, cell.value)


Term = Cell | Live | float


def _text(term: Term) -> str:
    match term:
        case Cell():
            return term.address
        case Live():
            return term.formula
        case _:
            return repr(float(term))


def _value(term: Term) -> float:
    return term.value if isinstance(term, Cell | Live) else float(term)


def product(*factors: Cell | float) -> Live:
    """Multiply cells and numbers.

    Examples
    --------
    >>> product(Cell("A", 0, 0, 3.0), 2.0)
    Live(formula="'A'!$A$1*2.0", value=6.0)
    """
    value = 1.0
    for factor in factors:
        value *= _value(factor)
    return Live("*".join(map(_text, factors)), value)


def quotient(part: Cell | float, whole: Cell, by: float = 1.0) -> Live:
    """Divide, times a number; 0 where both are 0.

    Examples
    --------
    >>> quotient(Cell("A", 0, 0, 3.0), Cell("A", 0, 1, 2.0))
    Live(formula="'A'!$A$1/('A'!$B$1+1E-300)", value=1.5)
    """
    scaled = "" if by == 1.0 else f"*{by!r}"
    return Live(f"{_text(part)}/({whole.address}+{TINY}){scaled}", _value(part) / (whole.value + float(TINY)) * by)


def part_of(of: Cell, part: Cell, whole: Cell) -> Live:
    """Take of a cell as much as one cell is of another; nothing of nothing is nothing.

    Examples
    --------
    >>> part_of(Cell("A", 0, 0, 6.0), Cell("A", 0, 1, 1.0), Cell("A", 0, 2, 2.0))
    Live(formula="'A'!$A$1*'A'!$B$1/('A'!$C$1+1E-300)", value=3.0)
    """
    value = of.value * part.value / (whole.value + float(TINY))
    return Live(f"{of.address}*{part.address}/({whole.address}+{TINY})", value)


def added(*terms: Term, without: Sequence[Term] = (), least: float | None = None) -> Live:
    """Add terms, take others away; not below ``least``, which rounding might undercut.

    Examples
    --------
    >>> added(1.0, without=[Cell("A", 0, 0, 0.25)])
    Live(formula="SUM(1.0,-'A'!$A$1)", value=0.75)
    >>> added(Cell("A", 0, 0, 0.25), without=[1.0], least=0.0)
    Live(formula="MAX(0.0,SUM('A'!$A$1,-1.0))", value=0.0)
    """
    said = ",".join([*map(_text, terms), *(f"-{_text(term)}" for term in without)])
    value = sum(map(_value, terms)) - sum(map(_value, without))
    if least is None:
        return Live(f"SUM({said})", value)
    return Live(f"MAX({least!r},SUM({said}))", max(least, value))


def total(cells: Range, value: float, by: float = 1.0) -> Live:
    """Add up a range.

    Examples
    --------
    >>> total(Range("A", 1, 3, 0), 9.0)
    Live(formula="SUM('A'!$A$2:$A$4)", value=9.0)
    """
    scaled = "" if by == 1.0 else f"*{by!r}"
    return Live(f"SUM({cells.address}){scaled}", value * by)


def total_where(
    cells: Range, criteria: Sequence[tuple[Range, Cell | int | str]], value: float, by: float = 1.0
) -> Live:
    """Add up the cells of a range whose rows meet criteria: a number, a quoted word of ours, or what stands in a cell.

    Examples
    --------
    >>> total_where(Range("A", 1, 3, 0), [(Range("A", 1, 3, 1), 7)], 4.0)
    Live(formula="SUMIFS('A'!$A$2:$A$4,'A'!$B$2:$B$4,7)", value=4.0)
    """
    wanted = ",".join(f"{keys.address},{key.address if isinstance(key, Cell) else key}" for keys, key in criteria)
    scaled = "" if by == 1.0 else f"*{by!r}"
    return Live(f"SUMIFS({cells.address},{wanted}){scaled}", value * by)


def smaller(one: Cell, other: Cell) -> Live:
    """Take the smaller of two cells."""
    return Live(f"MIN({one.address},{other.address})", min(one.value, other.value))
