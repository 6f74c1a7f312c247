"""Guards on the shape of a sheet: what is read though nobody sees it, and what is seen but cannot be read."""

from collections.abc import Iterator, Set

from factors.numbers import spans
from factors.problems import Problem
from inventories.cells import is_blank
from inventories.headers import filled_rows
from inventories.workbook import RawSheet, address


def hidden_parts(raw: RawSheet, sheet: str) -> Iterator[Problem]:
    """A hidden sheet, filled hidden rows and filled hidden columns are read, said."""
    layout = raw.layout
    if layout.hidden:
        yield Problem("sheet-hidden", sheet)
    rows = [i for i in filled_rows(raw) if i in layout.rows] if layout.rows else []
    if rows:
        yield Problem("rows-hidden", sheet, read=spans(i + 1 for i in rows), cell=f"{rows[0] + 1}")
    columns = [j for j in sorted(layout.columns) if any(j < len(row) and not is_blank(row[j]) for row in raw.rows)]
    if columns:
        yield Problem("columns-hidden", sheet, read=_letters(columns), cell=address(0, columns[0]))


def merged_cells(raw: RawSheet, sheet: str, first: int, columns: Set[int]) -> Iterator[Problem]:
    """Filled cells that are merged stand for one row or column, and look as if they stood for several.

    Those above row ``first``, outside the columns that are read, and blank ones do no harm.
    """
    for top, left, bottom, right in raw.layout.merged:
        row = raw.rows[top] if top < len(raw.rows) else []
        filled = left < len(row) and not is_blank(row[left])
        if filled and bottom >= first and not columns.isdisjoint(range(left, right + 1)):
            area = f"{address(top, left)}:{address(bottom, right)}"
            yield Problem("cells-merged", sheet, read=area, cell=address(top, left))


def headless_values(raw: RawSheet, sheet: str, top: int) -> Iterator[Problem]:
    """Values under a blank header are not read, said."""
    header = raw.rows[top]
    width = max((len(row) for row in raw.rows), default=0)
    blank = [j for j in range(width) if j >= len(header) or is_blank(header[j])]
    found = {}
    for j in blank:
        at = next((i for i in range(top + 1, len(raw.rows)) if j < len(raw.rows[i]) and _says(raw.rows[i][j])), None)
        if at is not None:
            found[j] = at
    if found:
        first = next(iter(found))
        yield Problem("header-blank", sheet, read=_letters(list(found)), cell=address(found[first], first))


def _says(cell: object) -> bool:
    return not (isinstance(cell, str) and is_blank(cell))


def _letters(columns: list[int]) -> str:
    """Letters of columns counted from 0, as ranges: ``C, F–H``."""
    pieces = []
    for run in spans(columns).split(", "):
        ends = [address(0, int(each)).rstrip("1") for each in run.split("\N{EN DASH}")]
        pieces.append("\N{EN DASH}".join(ends))
    return ", ".join(pieces)
