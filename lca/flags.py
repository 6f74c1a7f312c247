"""What the factor rows of a result are worth: the share that rests on each, and flags on the weak ones."""

from collections.abc import Mapping, Sequence
from typing import Any

from lca.system import BASES
from lca.tables import Record

STALE_AFTER = 10
"""Years after which generic data are too old: EN 15804:2012+A2:2019, 6.3.8 (data quality)."""

WEAK = ("second-hand", "knowledge", "stale")
"""Flags whose share of the footprint is told."""


def flags(row: Record, start_year: int, values: Sequence[Record]) -> list[str]:
    """Flags on a factor row of a passport.

    ``stale``: the last year it holds for (``valid_to``, else ``year``) lies more than 10 years before the study
    begins. That is the limit for generic data in EN 15804:2012+A2:2019, 6.3.8 (data quality). ``second-hand``,
    ``knowledge`` and ``doubtful`` are the library's own words; ``own`` is of the study; ``replaced`` and ``held``
    stand where the row serves a year that is not its own.

    Examples
    --------
    >>> flags({"id": "x", "year": 2016, "confidence": "second-hand"}, 2027, [])
    ['stale', 'second-hand']
    """
    year = row.get("valid_to") or row["year"]
    found = {
        "stale": start_year - year > STALE_AFTER,
        "second-hand": row["confidence"] == "second-hand",
        "knowledge": row["confidence"] == "knowledge",
        "doubtful": bool(row.get("doubtful")),
        "own": bool(row.get("own")),
    }
    marks = [value for value in values if _marks(value, row)]
    found["replaced"] = any(value["status"] == "replaced" for value in marks)
    found["held"] = any(value["status"] == "derived" for value in marks)
    return [flag for flag, raised in found.items() if raised]


def _marks(value: Record, row: Record) -> bool:
    """Whether a value nobody typed is a row that stands for another year than its own."""
    same = all(value[key] == row.get(key) for key in ("value", "unit", "source"))
    return same and value["line"] == row["id"] and str(value["column"]).isdigit()


def rows_used(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the factor rows of a results document with ``share`` by basis and ``flags``, the largest share first.

    A share is of the basis' own sum of absolute values, so that what a credit rests on counts as well: the shares of a
    basis sum to 1. Rows go by the larger of their two shares.
    """
    passport = document["passport"]
    start_year = int(document["study"]["Study"]["start_year"])
    absolute = {basis: sum(abs(row[basis]) for row in passport["factors"]) or 1.0 for basis in BASES}
    rows = [
        {
            **row,
            "share": {basis: abs(row[basis]) / absolute[basis] for basis in BASES},
            "flags": flags(row, start_year, passport["values"]),
        }
        for row in passport["factors"]
    ]
    return sorted(rows, key=lambda row: -max(row["share"].values()))


def overview(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a result rests on: rows used, properties and values nobody typed, and the share of the weak rows."""
    rows = rows_used(document)
    passport = document["passport"]
    weak = {
        flag: {basis: sum(row["share"][basis] for row in rows if flag in row["flags"]) for basis in BASES}
        for flag in WEAK
    }
    return {
        "factors": rows,
        **{key: passport[key] for key in ("properties", "values", "sources")},
        "summary": {"rows": len(rows), **weak},
    }
