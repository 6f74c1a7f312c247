"""Every printed number comes out of the results document by its path, and is written down with it.

A path names keys and positions from the top (``totals/location/total``); a key that a user typed is percent-encoded
where it holds a slash. A table may be filtered, and the last piece
then sums a column: ``contributions?module=A4&section=plant/market``; values are percent-encoded, and several values of
one key are parted by a bar (``section=water|waste``).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import quote, unquote

from templates.texts import Texts


def where(table: str, column: str, **conditions: object) -> str:
    """Return the path of a sum over the rows of a table that meet conditions.

    Examples
    --------
    >>> where("contributions", "market", module="A4", line="C/7")
    'contributions?line=C%2F7&module=A4/market'
    >>> where("contributions", "market", section=("water", "waste"))
    'contributions?section=water|waste/market'
    """

    def said(value: object) -> str:
        several = value if isinstance(value, tuple) else (value,)
        return "|".join(quote(str(each), safe="", errors="surrogatepass") for each in several)

    wanted = "&".join(f"{key}={said(value)}" for key, value in sorted(conditions.items()))
    return f"{table}?{wanted}/{column}" if wanted else f"{table}/{column}"


def find(document: Any, path: str) -> Any:  # noqa: ANN401 - JSON
    """Value at a path.

    Examples
    --------
    >>> document = {"a": [{"b": 1.0, "m": "x"}, {"b": 2.0, "m": "y"}]}
    >>> find(document, "a/1/b"), find(document, "a?m=x/b"), find(document, "a/b")
    (2.0, 1.0, 3.0)
    >>> find({"left_out": {"M/1": 4.0}}, "left_out/M%2F1")
    4.0
    """
    if "?" in path:
        name, _, column = _parse(path)
        return sum(document[name][place][column] for place in chosen(document, path.rpartition("/")[0]))
    here = document
    for piece in path.split("/"):
        if isinstance(here, list):
            here = here[int(piece)] if piece.isdigit() else sum(row[piece] for row in here)
        else:
            here = here[piece if piece in here else unquote(piece)]
    return here


def chosen(document: Any, table: str) -> list[int]:  # noqa: ANN401 - JSON
    """Positions of the rows that the table part of a path chooses: all, one by its position, those of its conditions.

    Examples
    --------
    >>> document = {"a": [{"b": 1.0, "m": "x"}, {"b": 2.0, "m": "y"}]}
    >>> chosen(document, "a?m=y"), chosen(document, "a/0"), chosen(document, "a")
    ([1], [0], [0, 1])
    """
    if "?" in table:
        name, conditions, _ = _parse(f"{table}/")
        return [i for i, row in enumerate(document[name]) if all(str(row[key]) in values for key, values in conditions)]
    name, _, place = table.partition("/")
    return [int(place)] if place else list(range(len(document[name])))


def _parse(path: str) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...], str]:
    """Table, conditions and column of a filtered path."""
    name, _, rest = path.partition("?")
    conditions, _, column = rest.rpartition("/")
    pairs = (condition.partition("=") for condition in conditions.split("&"))
    return name, tuple((key, _values(value)) for key, _, value in pairs), column


def _values(text: str) -> tuple[str, ...]:
    return tuple(unquote(value, errors="surrogatepass") for value in text.split("|"))


@dataclass
class Figures:
    """Numbers of one document in one language; ``printed`` holds (text, path) of each in the order printed.

    Examples
    --------
    >>> figures = Figures({"totals": {"location": {"total": 1234567.0}}}, Texts("en"))
    >>> figures("totals/location/total", per=1000), figures.printed
    ('1,230', [('1,230', 'totals/location/total')])
    """

    document: Mapping[str, Any]
    texts: Texts
    printed: list[tuple[str, str]] = field(default_factory=list)
    _sums: dict[tuple[str, tuple[str, ...], str], dict[tuple[str, ...], float]] = field(default_factory=dict)

    def value(self, path: str) -> float:
        """Value at a path, unprinted: for charts and comparisons."""
        if "?" not in path:
            return float(find(self.document, path))
        name, conditions, column = _parse(path)
        keys = tuple(key for key, _ in conditions)
        known = self._sums.get((name, keys, column))
        if known is None:  # one pass over a table serves every path with the same keys
            known = self._sums[name, keys, column] = {}
            for row in self.document[name]:
                at = tuple(str(row[key]) for key in keys)
                known[at] = known.get(at, 0.0) + row[column]
        return sum(known.get(at, 0.0) for at in product(*(values for _, values in conditions)))

    def __call__(self, path: str, *, per: float = 1.0, digits: int = 3) -> str:
        """Write the number at a path, divided by ``per``, with significant digits."""
        return self._note(self.texts.number(self.value(path) / per, digits), path)

    def decimal(self, path: str, *, per: float = 1.0, decimals: int = 1) -> str:
        """Write the number at a path, divided by ``per``, with fixed decimals."""
        return self._note(self.texts.decimal(self.value(path) / per, decimals), path)

    def exact(self, path: str, *, digits: int = 10) -> str:
        """Write the number at a path as it was typed, without zeros at its end."""
        return self._note(self.texts.exact(self.value(path), digits), path)

    def ratio(self, path: str, of: str, *, per: float = 1.0, digits: int = 3) -> str:
        """Write one number divided by another and by ``per``, with significant digits; blank where the other is 0."""
        whole = self.value(of)
        if not whole:
            return ""
        return self._note(self.texts.number(self.value(path) / whole / per, digits), f"{path} : {of}")

    def share(self, path: str, of: str, *, decimals: int = 0) -> str:
        """Write one number as percent of another; blank where the other is 0."""
        whole = self.value(of)
        if not whole:
            return ""
        return self._note(self.texts.decimal(100.0 * self.value(path) / whole, decimals), f"{path} : {of}")

    def _note(self, text: str, path: str) -> str:
        self.printed.append((text, path))
        return text
