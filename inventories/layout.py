"""What of a sheet a person does not see, or sees as one cell: hidden rows and columns, merged cells."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROW = re.compile(rb"<row\b([^>]{0,600})")
_COLUMN = re.compile(rb"<col\b([^>]{0,600})")
_MERGED = re.compile(rb"<mergeCell\b[^>]{0,100}?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")


@dataclass(frozen=True)
class Layout:
    """Hidden and merged parts of a sheet, counted from 0.

    Attributes
    ----------
    hidden
        Whether the sheet itself is.
    rows, columns
        Hidden rows and columns.
    merged
        First row and column, last row and column of merged cells.
    """

    hidden: bool = False
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def column_number(letters: bytes) -> int:
    """Position of a column, counted from 0.

    Examples
    --------
    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def read_layout(xml: bytes, *, hidden: bool) -> Layout:
    """Read what is hidden or merged from the XML of a sheet, looking only where something is.

    Examples
    --------
    >>> read_layout(b'<cols><col min="2" max="3" hidden="1"/></cols><row r="7" hidden="1">', hidden=False).rows
    frozenset({6})
    """
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    if b"hidden=" in xml:
        rows = frozenset(_hidden_rows(xml))
        columns = frozenset(_hidden_columns(xml))
    merged = tuple(_merged(xml)) if b"<mergeCell" in xml else ()
    return Layout(hidden, rows, columns, merged)


def _number(name: bytes, attributes: bytes, otherwise: int) -> int:
    match = re.search(rb"\b" + name + rb"=[\"'](\d{1,7})[\"']", attributes)
    return int(match[1]) if match else otherwise


def _hidden_rows(xml: bytes) -> Iterator[int]:
    number = 0
    for match in _ROW.finditer(xml):
        number = _number(b"r", match[1], number + 1)
        if _HIDDEN.search(match[1]):
            yield number - 1


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for match in _COLUMN.finditer(xml[: max(0, xml.find(b"<sheetData"))] or xml):
        if _HIDDEN.search(match[1]):
            yield from range(_number(b"min", match[1], 1) - 1, min(_number(b"max", match[1], 1), 16_384))


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    for left, top, right, bottom in _MERGED.findall(xml):
        yield int(top) - 1, column_number(left), int(bottom) - 1, column_number(right)
