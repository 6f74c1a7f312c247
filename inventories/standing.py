"""Which rows stand where others would: what takes the place of a row that a measure takes away, and what it brings.

How much there is of most rows is a coefficient: one that is not there is as good as 0. Where something else stands in
a year only because a row does not, the two are not the same: such rows come and go as rows.
"""

from collections.abc import Iterable
from typing import Any

from inventories.keyed import SIMULATED_USES
from inventories.study import YEARLY, EnergyRow, Study, table
from inventories.values import YearRange


def every(study: Study, sheet: str) -> Iterable[Any]:
    """Rows of a sheet, those that a measure brings included."""
    yield from table(study, sheet)
    yield from (row for of, row in study.held if of == sheet)


def comes_as_a_row(study: Study, sheet: str, row: Any) -> bool:  # noqa: ANN401 - a row of any sheet
    """Whether something else stands in the place of a row where it is not."""
    if sheet == "Hardware":
        return row.power_w is not None
    if sheet not in YEARLY:
        return False
    if any(other is not row for other in alike(study, sheet, row)):
        return True
    return sheet == "Energy" and (is_worked_out(study, row) or is_simulated(study, row))


def moves_others(study: Study, sheet: str, row: Any) -> bool:  # noqa: ANN401 - a row of any sheet
    """Whether a row moves others by standing in the study, at whatever amount: it parts hours, or takes a pump."""
    if sheet == "Contracts":
        return bool(row.matching == "hourly")
    if sheet == "Heat":
        return any(each.use == "heat-pump" and each.owner == "utility" for each in every(study, "Energy"))
    return sheet == "Energy" and row.carrier == "onsite-electricity" and row.profile is not None


def alike(study: Study, sheet: str, row: Any) -> list[Any]:  # noqa: ANN401 - a row of Energy or of water
    """Rows that stand for one thing with a row, itself included: one in a year."""
    return [other for other in every(study, sheet) if other.key == row.key]


def is_worked_out(study: Study, row: EnergyRow) -> bool:
    """Whether a row meters IT energy that is worked out where nobody does: from load, power or a curve."""
    if row.use != "it" or row.carrier != "electricity":
        return False
    powered = any(line.power_w is not None for line in every(study, "Hardware"))
    return powered or any(of.it_load_percent is not None for of in study.years) or study.simulation is not None


def is_simulated(study: Study, row: EnergyRow) -> bool:
    """Whether a row meters what a simulation works out where nobody does."""
    if study.simulation is None:
        return False
    return simulated_use(row) in simulated_uses(study) or row.use == "backup-test"


def simulated_use(row: EnergyRow) -> str:
    """Use that a row of Energy meters of what a simulation gives; blank where it meters none of it."""
    if row.zone not in (None, "data-centre"):
        return ""
    if row.carrier == "district-cooling":
        return "cooling"
    return str(row.use) if row.carrier == "electricity" and row.use in SIMULATED_USES else ""


def simulated_uses(study: Study) -> tuple[str, ...]:
    """Uses that the simulation of a study gives where nobody meters them."""
    of = study.simulation
    return () if of is None else tuple(use for use in SIMULATED_USES if use != "lighting" or of.lighting_density)


def from_on(years: YearRange | None, since: int) -> YearRange:
    """Years of a row that comes in a year, no earlier than that.

    Examples
    --------
    >>> str(from_on(None, 2030)), str(from_on(YearRange(2028, 2033), 2030)), str(from_on(YearRange(2035, None), 2030))
    ('2030-', '2030-2033', '2035-')
    """
    return YearRange(since, None) if years is None else YearRange(max(years.first, since), years.last)


def before(years: YearRange | None, since: int, start: int) -> YearRange | None:
    """Years of a row that goes in a year, of a period from ``start`` on; None: it has none.

    Examples
    --------
    >>> str(before(None, 2030, 2027)), str(before(YearRange(2028, None), 2030, 2027)), before(None, 2027, 2027)
    ('2027-2029', '2028-2029', None)
    """
    first = start if years is None else years.first
    last = since - 1 if years is None or years.last is None else min(years.last, since - 1)
    return YearRange(first, last) if first <= last and last >= start else None
