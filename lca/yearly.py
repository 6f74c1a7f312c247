"""Amounts per year: rows of Energy and of Water and waste in every year of the period they stand for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from factors.units import ratio
from inventories.study import EnergyRow, WaterRow
from inventories.values import share_of
from lca.context import KWH, Context
from lca.parameters import Number

Row = TypeVar("Row", EnergyRow, WaterRow)


@dataclass(frozen=True, slots=True)
class Yearly(Generic[Row]):
    """A row as it is in one year of the period, with how its amount came about; ``amount`` is in its own unit."""

    row: Row
    index: int
    year: int
    amount: Number
    status: str = "given"


def kwh_of(each: Yearly[EnergyRow]) -> Number:
    """Amount of a row of electricity in a year [kWh]; its unit is one of energy."""
    return each.amount * ratio(each.row.amount.parsed, KWH)


def _nobody(_row: Row, _year: int) -> bool:
    return False


def by_year(
    context: Context, sheet: str, rows: Sequence[Row], taken_over: Callable[[Row, int], bool] = _nobody
) -> list[Yearly[Row]]:
    """Every row in every year it stands for.

    A blank year means every year without an own row of the same key (of Energy: carrier, use, meter, owner and zone).
    Beyond the last dated row its amount holds, marked derived; a year between dated rows with none is a gap. Neither
    is so in a year that something else counts the row's use for, as ``taken_over`` says.
    """
    groups: dict[tuple[str | None, ...], list[tuple[int, Row]]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(row.key, []).append((index, context.changes.dated(row)))
    found: list[Yearly[Row]] = []
    for members in groups.values():
        dated = [(index, row) for index, row in members if row.year is not None]
        blank = next(((index, row) for index, row in members if row.year is None), None)
        for year in context.study.settings.years:
            picked = _row_of(dated, blank, year)
            if (picked is None or picked[2] == "derived") and taken_over(members[0][1], year):
                continue
            if picked is None:
                _absent(context, sheet, dated, year)
                continue
            index, _, status = picked
            row = context.changes.row(rows[index], year)
            if status == "derived":
                amount_of = row.amount
                context.mark(
                    row.id, "amount", amount_of.value, amount_of.unit, "derived", "last-row-held", year=row.year
                )
            share = share_of(row.share_percent)
            amount = context.parameters(f"line:{row.id}:amount", row.amount.value) * share
            amount = amount * context.changes.amount(rows[index], year)
            found.append(Yearly(row, index, year, amount, status))
    return found


def states(row: EnergyRow | WaterRow, year: int) -> bool:
    """Whether a row is typed for a year; one with a blank year is for each."""
    return row.year is None or year in row.year


def _row_of(dated: list[tuple[int, Row]], blank: tuple[int, Row] | None, year: int) -> tuple[int, Row, str] | None:
    for index, row in dated:
        if row.year is not None and year in row.year:
            return index, row, "given"
    if blank is not None:
        index, row = blank
        return index, row, "given"
    ends = [(row.year.last, index, row) for index, row in dated if row.year is not None and row.year.last is not None]
    if ends and year > max(ends, key=lambda end: (end[0], end[1]))[0]:
        _, index, row = max(ends, key=lambda end: (end[0], end[1]))
        return index, row, "derived"
    return None


def _absent(context: Context, sheet: str, dated: list[tuple[int, Row]], year: int) -> None:
    """A year before the first dated row is before its use; one between two rows is a gap."""
    first = min(row.year.first for _, row in dated if row.year is not None)
    if year > first:
        index, row = dated[0]
        context.complain("year-missing", sheet, index, "year", str(row.year), id=row.id, year=str(year))
