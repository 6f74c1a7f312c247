"""Measures put onto a study: the rows they bring, and what they change, for an expansion to read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from inventories.operations import AMOUNTS, SCALED, Operation
from inventories.standing import before, comes_as_a_row, every, from_on, moves_others
from inventories.study import INSTALLED, SHEET_FIELDS, YEARLY, Study, table
from lca.changes import BEFORE, Changes, Scale, Set
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
        name: defaultdict(list) for name in ("sets", "scales", "amounts", "brought", "factors", "gone")
    }
    for each in found:
        if each.measure in there:
            _put(study, each, there[each.measure], starts[each.measure], lists)
    gone = lists.pop("gone")
    made = {name: {row: tuple(of) for row, of in by_row.items()} for name, by_row in lists.items()}
    return Applied(with_rows(study, made["brought"], gone), Changes(**made, reference=reference))


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
            _bring(study, of, row, there, since, lists)
        elif installed and since > (row.installed or study.settings.start_year):
            until = since - 1 if row.until is None else min(row.until, since - 1)
            lists["sets"][row].append(Set(BEFORE, "until", until))
        elif _never_there(study, of, row, since):
            lists["gone"][row].append(of)
        elif comes_as_a_row(study, of.sheet, row):
            lists["sets"][row].append(Set(BEFORE, "year", before(row.year, since, study.settings.start_year)))
        else:
            lists["amounts"][row].append(Scale(BEFORE if installed else since, "", 1.0 - there))


def _bring(study: Study, of: Operation, row: Any, there: Number, since: int, lists: Any) -> None:  # noqa: ANN401
    """Put a row that comes; one whose years are over when it would, in a plan, never does."""
    if of.sheet in INSTALLED and (row.installed is None or row.installed < since):  # a plan may begin it later
        lists["sets"][row].append(Set(BEFORE, "installed", max(since, _there_from(study, of, row))))
    elif of.sheet in YEARLY and comes_as_a_row(study, of.sheet, row):
        years = from_on(row.year, since)
        if years.last is not None and years.last < years.first:
            return
        lists["sets"][row].append(Set(BEFORE, "year", years))
    lists["brought"][row].append(Scale(since, "", there))


def _never_there(study: Study, of: Operation, row: Any, since: int) -> bool:  # noqa: ANN401 - a row of any sheet
    """Whether a row that goes is left out of the study, where that is not as good as nothing of it."""
    if of.sheet in INSTALLED:
        return comes_as_a_row(study, of.sheet, row)
    if of.sheet in YEARLY and comes_as_a_row(study, of.sheet, row):
        return before(row.year, since, study.settings.start_year) is None
    return moves_others(study, of.sheet, row) and since <= study.settings.start_year


def _there_from(study: Study, of: Operation, row: Any) -> int:  # noqa: ANN401 - a row of what is installed
    """Year from which what holds a charge is there, as typed; any for other rows."""
    holders = (line for line in every(study, "Plant") if of.sheet == "Refrigerants" and line.id == row.equipment)
    return max((line.installed for line in holders if line.installed is not None), default=BEFORE)


def is_amount(of: Operation) -> bool:
    """Whether a scaling changes how much there is of a row."""
    return of.column == AMOUNTS.get(of.sheet) or (of.sheet, of.column) == ("Contracts", "share_percent")


def is_coefficient(study: Study, of: Operation) -> bool:
    """Whether an operation only changes how much there is of a row by the year: it may run over the free axis."""
    if of.sheet in (*INSTALLED, "Years"):
        return False
    if of.kind in ("add", "remove"):
        return not any(of_row(study, of.sheet, row) for of_row in (comes_as_a_row, moves_others) for row in of.rows)
    return of.kind == "scale" and is_amount(of)


def with_rows(study: Study, brought: Iterable[Any], gone: Iterable[Any] = ()) -> Study:
    """Return a base study with rows that measures bring, in the order they are held in, and without some it has."""
    wanted, away = set(brought), set(gone)
    tables: dict[str, Any] = {}
    for sheet in ("Hardware", *YEARLY, "Contracts", "Heat") if away else ():
        field = SHEET_FIELDS[sheet][0]
        tables[field] = tuple(row for row in table(study, sheet) if row not in away)
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
