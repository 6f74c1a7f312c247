"""Measures put onto a study: the rows they bring, and what they change, for an expansion to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from inventories.operations import AMOUNTS, SCALED, Operation
from inventories.study import INSTALLED, SHEET_FIELDS, Study, table
from lca.changes import Changes, Scale, Set
from lca.lines import BEFORE
from lca.parameters import Number


@dataclass(frozen=True)
class Applied:
    """A study with the rows that measures bring, and what else they change."""

    study: Study
    changes: Changes


def apply(
    study: Study,
    found: Sequence[Operation],
    there: Mapping[str, Number],
    starts: Mapping[str, int],
    reference: Mapping[int, float] | None = None,
) -> Applied:
    """Put measures onto a study.

    Parameters
    ----------
    study
        A base study: ``Study.base``.
    found
        Operations of the measures; of those that are not ``there`` none is looked at.
    there
        Measures that are carried out: 1, or over the free axis 1 where they are and 0 where not. Over the axis only
        for measures that change how much there is of yearly rows (``is_coefficient``).
    starts
        First year of every measure.
    reference
        IT energy without measures by year [kWh], for what follows the IT load.

    Returns
    -------
    Applied
        What ``lca.expand.expand`` takes.
    """
    lists: dict[str, dict[Any, list[Any]]] = {
        name: defaultdict(list) for name in ("sets", "scales", "amounts", "brought", "factors")
    }
    for each in found:
        if each.measure in there:
            _put(study, each, there[each.measure], starts[each.measure], lists)
    made = {name: {row: tuple(of) for row, of in by_row.items()} for name, by_row in lists.items()}
    return Applied(with_rows(study, made["brought"]), Changes(**made, reference=reference))


def _put(study: Study, of: Operation, there: Number, since: int, lists: dict[str, dict[Any, list[Any]]]) -> None:
    installed = of.sheet in INSTALLED
    for row in of.rows:
        if of.kind == "set":
            lists["sets"][row].append(Set(since, of.column, of.value))
        elif of.kind == "scale" and is_amount(of):
            lists["amounts"][row].append(Scale(since, of.column, 1.0 + there * (of.value - 1.0)))
        elif of.kind == "scale":
            lists["factors" if of.column in SCALED else "scales"][row].append(Scale(since, of.column, of.value))
        elif of.kind == "add":
            lists["brought"][row].append(Scale(since, "", there))
            if installed and (row.installed is None or row.installed < since):  # a plan may begin it later than typed
                lists["sets"][row].append(Set(BEFORE, "installed", since))
        elif installed and since > (row.installed or study.settings.start_year):
            until = since - 1 if row.until is None else min(row.until, since - 1)
            lists["sets"][row].append(Set(BEFORE, "until", until))
        else:
            lists["amounts"][row].append(Scale(BEFORE if installed else since, "", 1.0 - there))


def is_amount(of: Operation) -> bool:
    """Whether a scaling changes how much there is of a row."""
    return of.column == AMOUNTS.get(of.sheet) or (of.sheet, of.column) == ("Contracts", "share_percent")


def is_coefficient(of: Operation) -> bool:
    """Whether an operation only changes how much there is of a row by the year: it may run over the free axis."""
    return of.sheet not in (*INSTALLED, "Years") and (
        of.kind in ("add", "remove") or (of.kind == "scale" and is_amount(of))
    )


def with_rows(study: Study, brought: Iterable[Any]) -> Study:
    """Return a base study with rows that measures bring, in the order they are held in."""
    wanted = set(brought)
    if not wanted:
        return study
    tables: dict[str, Any] = {}
    for sheet, row in study.held:
        if row in wanted:
            field = SHEET_FIELDS[sheet][0]
            tables[field] = (*tables.get(field, table(study, sheet)), row)
    return replace(study, **tables)


def axis_of(count: int, subsets: np.ndarray[Any, np.dtype[np.int64]]) -> list[Number]:
    """Whether each of ``count`` measures is in each subset, subsets as numbers whose bits are the measures.

    Examples
    --------
    >>> [each.tolist() for each in axis_of(2, np.arange(4))]
    [[0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]]
    """
    return [((subsets >> place) & 1).astype(np.float64) for place in range(count)]
