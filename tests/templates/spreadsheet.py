"""A small evaluator of the formulas of a result workbook: nothing else is understood, cached values are not read."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?)|(?P<range>'(?:[^']|'')+'!\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)"
    r"|(?P<name>SUM|SUMIFS|MIN|MAX)\(|(?P<text>\"[^\"]*\")|(?P<sign>[-+*/(),]))"
)

Rectangle = list[tuple[str, int, int]]


class Spreadsheet:
    """A workbook whose formulas are evaluated when they are asked for."""

    def __init__(self, content: bytes) -> None:
        book = openpyxl.load_workbook(BytesIO(content))
        self.cells: dict[tuple[str, int, int], Any] = {
            (page.title, int(cell.row or 0), int(cell.column or 0)): cell.value
            for page in book.worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.value is not None
        }
        self.formulas: set[tuple[str, int, int]] = {
            (page.title, int(cell.row or 0), int(cell.column or 0))
            for page in book.worksheets
            for row in page.iter_rows()
            for cell in row
            if cell.data_type == "f"
        }
        self.known: dict[tuple[str, int, int], Any] = {}
        self._keys: dict[tuple[str, ...], dict[Any, list[int]]] = {}

    def set(self, sheet: str, row: int, column: int, value: float) -> None:
        """Type a number into a cell."""
        self.cells[sheet, row, column] = value
        self.known, self._keys = {}, {}

    def value(self, sheet: str, address: str) -> Any:  # noqa: ANN401 - what a cell says
        """Value of a cell by its address."""
        return self.at((sheet, *coordinate_to_tuple(address)))

    def at(self, cell: tuple[str, int, int]) -> Any:  # noqa: ANN401
        """Value of a cell: evaluated where it is a formula."""
        if cell not in self.formulas:
            return self.cells.get(cell, 0.0)
        if cell not in self.known:
            self.known[cell] = None  # a circle would meet this
            self.known[cell] = _Expression(self, str(self.cells[cell])[1:]).value()
        if self.known[cell] is None:
            raise RecursionError(f"{cell} refers to itself")
        return self.known[cell]

    def cells_of(self, address: str) -> Rectangle:
        """Cells of a reference."""
        sheet, _, rest = address.rpartition("!")
        first, _, last = rest.replace("$", "").partition(":")
        (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last or first)
        name = sheet[1:-1].replace("''", "'")
        return [(name, row, column) for column in range(left, right + 1) for row in range(top, bottom + 1)]

    def positions(self, address: str) -> dict[Any, list[int]]:
        """Positions in a range by the value that stands there."""
        known = self._keys.get((address,))
        if known is None:
            known = self._keys[address,] = {}
            for place, cell in enumerate(self.cells_of(address)):
                known.setdefault(_key(self.at(cell)), []).append(place)
        return known


def _key(value: Any) -> Any:  # noqa: ANN401
    return value.lower() if isinstance(value, str) else float(value)


class _Expression:
    """Recursive descent over + - * / and three functions."""

    def __init__(self, book: Spreadsheet, formula: str) -> None:
        self.book, self.formula = book, formula
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(formula):
            found = TOKEN.match(formula, place)
            if found is None:
                raise ValueError(f"not understood: {formula[place:]!r} in {formula!r}")
            self.tokens.append((str(found.lastgroup), str(found[found.lastgroup or 0])))
            place = found.end()
        self.place = 0

    def value(self) -> float:
        found = self._sum()
        if self.place != len(self.tokens):
            raise ValueError(f"not understood: {self.tokens[self.place :]} in {self.formula!r}")
        return found

    def _sign(self, signs: str) -> str:
        if self.place < len(self.tokens) and self.tokens[self.place][0] == "sign":
            sign = self.tokens[self.place][1]
            if sign in signs:
                self.place += 1
                return sign
        return ""

    def _sum(self) -> float:
        found = self._product()
        while sign := self._sign("+-"):
            found += self._product() if sign == "+" else -self._product()
        return found

    def _product(self) -> float:
        found = self._unit()
        while sign := self._sign("*/"):
            other = self._unit()
            found = found * other if sign == "*" else found / other
        return found

    def _unit(self) -> float:
        if self._sign("-"):
            return -self._unit()
        if self._sign("("):
            found = self._sum()
            assert self._sign(")")
            return found
        kind, text = self.tokens[self.place]
        self.place += 1
        functions: dict[str, Callable[[], float]] = {
            "SUM": self._add,
            "SUMIFS": self._add_where,
            "MIN": self._smallest,
            "MAX": self._largest,
        }
        match kind:
            case "number":
                return float(text)
            case "range":
                return float(self.book.at(self.book.cells_of(text)[0]))
            case "name":
                return functions[text]()
        raise ValueError(f"not understood: {text} in {self.formula!r}")

    def _range(self) -> str | None:
        """Take a range that stands alone."""
        if self.tokens[self.place][0] == "range" and self.tokens[self.place + 1][1] in ",)":
            self.place += 1
            return self.tokens[self.place - 1][1]
        return None

    def _arguments(self) -> list[list[float]]:
        found = []
        while True:
            address = self._range()
            if address is None:
                found.append([self._sum()])
            else:
                found.append([float(self.book.at(cell)) for cell in self.book.cells_of(address)])
            if not self._sign(","):
                assert self._sign(")")
                return found

    def _add(self) -> float:
        return sum(value for values in self._arguments() for value in values)

    def _smallest(self) -> float:
        return min(value for values in self._arguments() for value in values)

    def _largest(self) -> float:
        return max(value for values in self._arguments() for value in values)

    def _add_where(self) -> float:
        summed = self.book.cells_of(str(self._range()))
        kept: set[int] | None = None
        while self._sign(","):
            where = str(self._range())
            assert self._sign(",")
            kind, text = self.tokens[self.place]
            self.place += 1
            wanted: Any = text[1:-1] if kind == "text" else float(text) if kind == "number" else None
            if kind == "range":
                wanted = self.book.at(self.book.cells_of(text)[0])
            positions = set(self.book.positions(where).get(_key(wanted), ()))
            kept = positions if kept is None else kept & positions
        assert self._sign(")")
        return sum(float(self.book.at(summed[place])) for place in sorted(kept or ()))
