"""What measures may not do, as it would not be what the study with the measure done is: each with its reason.

A row that comes or goes is evaluated as the study in which it is typed, or is not. Where nobody could type that study,
or another row would have to change with it, the measure is refused: a wrong effect that looks right would be worse.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from factors.problems import Problem
from inventories.operations import Operation, exclusions, operations, prerequisites, starts
from inventories.standing import alike, before, comes_as_a_row, from_on, is_worked_out, simulated_use, simulated_uses
from inventories.study import INSTALLED, YEARLY, Study
from inventories.values import YearRange


@dataclass(frozen=True)
class Changing:
    """A study with the rows that measures bring, and its measures as the guards here look at them.

    Attributes
    ----------
    found, begins
        Operations of the measures, and the first year of each measure.
    needs, apart, held
        What each requires, pairs that exclude each other, and ids of rows that measures bring.
    """

    study: Study
    found: list[Operation]
    begins: dict[str, int]
    needs: dict[str, set[str]]
    apart: set[frozenset[str]]
    held: frozenset[str]

    @classmethod
    def of(cls, study: Study) -> "Changing":
        """Understand the measures of a study."""
        ids = study.held_ids
        return cls(study, operations(study)[0], starts(study), prerequisites(study), exclusions(study), ids)

    def doing(self, kind: str, row: object) -> list[Operation]:
        """Operations that bring a row, or take it away."""
        return [each for each in self.found if each.kind == kind and row in each.rows]

    def with_it(self, of: Operation) -> set[str]:
        """Measures that are carried out wherever one is: what it requires, and itself."""
        return {of.measure, *self.needs[of.measure]}

    def goes_too(self, of: Operation, row: object) -> bool:
        """Whether a row is taken away wherever a measure is carried out, no later than it begins."""
        by = {each.measure for each in self.doing("remove", row)} & self.with_it(of)
        return any(self.begins[each] <= self.begins[of.measure] for each in by)


def changes_can_be_evaluated(study: Study) -> Iterator[Problem]:
    """What this version does not evaluate exactly is refused."""
    changing = Changing.of(study)
    for each in changing.found:
        for row in each.rows:
            why = next((said for guard in BEYOND if (said := guard(changing, each, row))), "")
            if why:
                id = str(getattr(row, "id", each.sheet))
                told = {"id": each.measure, "row": id, "reason": why}
                yield Problem("measure-beyond", "Measures", each.row, "target", id, told)
                break


def _yearly(among: Changing, of: Operation, row: Any) -> str:  # noqa: ANN401 - a row of any sheet
    """Rows of Energy and water come where no other is, and go in a year where another or a simulation takes over."""
    study, start = among.study, among.begins[of.measure]
    if of.sheet not in YEARLY or of.kind not in ("add", "remove") or not comes_as_a_row(study, of.sheet, row):
        return ""
    others = [other for other in alike(study, of.sheet, row) if other is not row]
    if of.kind == "add":
        mine = from_on(row.year, start)
        met = any(_meet(study, mine, years) for other in others for years in _years_beside(among, of, other))
        return "same-key" if met else ""
    left = before(row.year, start, study.settings.start_year)
    if left is None or all(
        _is_taken_over(among, of, row, others, year) for year in study.settings.years if year >= start
    ):
        return ""
    if others:
        return "same-key"
    return "derived-it" if is_worked_out(study, row) else "simulated"


def _years_beside(among: Changing, of: Operation, other: Any) -> Iterator[YearRange]:  # noqa: ANN401
    """Years in which another row stands beside one that a measure brings; one of every year gives way to it."""
    if other.id in among.held:
        for each in among.doing("add", other):
            if frozenset((each.measure, of.measure)) not in among.apart:
                yield from_on(other.year, among.begins[each.measure])
        return
    if other.year is None:
        return
    going = [among.begins[each.measure] for each in among.doing("remove", other) if each.measure in among.with_it(of)]
    left = before(other.year, min(going), among.study.settings.start_year) if going else other.year
    if left is not None:
        yield left


def _meet(study: Study, one: YearRange, other: YearRange) -> bool:
    return any(year in one and year in other for year in study.settings.years)


def _is_taken_over(among: Changing, of: Operation, row: Any, others: list[Any], year: int) -> bool:  # noqa: ANN401
    """Whether another row stands in a year in which one is gone, or a simulation works it out: the one is not held."""
    if of.sheet == "Energy" and simulated_use(row) in simulated_uses(among.study):
        return True
    for other in others:
        if other.id in among.held:
            mine = of.measure in {each.measure for each in among.doing("add", other)}
            years: YearRange | None = from_on(other.year, among.begins[of.measure])
        else:
            mine, years = not among.doing("remove", other), other.year
        if mine and (years is None or year in years):
            return True
    return False


def _heat(among: Changing, of: Operation, row: Any) -> str:  # noqa: ANN401
    """Heat and the meter of its pump go together, at the COP they have."""
    if of.sheet == "Energy" and of.kind == "remove":
        named = [each for each in among.study.heat if each.heat_pump_meter in _names(row)]
        return "" if all(among.goes_too(of, each) for each in named) else "metered-pump"
    if of.sheet != "Heat":
        return ""
    if of.kind in ("add", "remove") and not _comes_with_its_id(among, of, row):
        return "same-key"
    if of.column == "cop" and (row.heat_pump_meter is not None or row.heat_pump_electricity is not None):
        return "metered-pump"
    if row.heat_pump_meter is None or not (of.kind == "remove" or (of.kind == "scale" and of.column == "heat")):
        return ""
    meters = [each for each in among.study.energy if row.heat_pump_meter in _names(each) and each.use == "heat-pump"]
    return "" if all(_is_over(among, of, each) or _goes_along(among, of, each) for each in meters) else "metered-pump"


def _comes_with_its_id(among: Changing, of: Operation, row: Any) -> bool:  # noqa: ANN401
    """Whether rows of one heat that stand in the same years come and go together."""
    met = [
        other
        for other in among.study.heat
        if other.id == row.id and (other.year is None or row.year is None or _meet(among.study, row.year, other.year))
    ]
    together = [each for each in among.doing(of.kind, row) if each.measure == of.measure]
    return all(any(other in each.rows for each in together) for other in met)


def _is_over(among: Changing, of: Operation, meter: Any) -> bool:  # noqa: ANN401
    """Whether a row of a meter is followed by others of it before a measure begins."""
    later = [year for year in among.study.settings.years if year >= among.begins[of.measure]]
    if meter.year is None or any(year in meter.year for year in later):
        return False
    others = [other for other in alike(among.study, "Energy", meter) if other is not meter]
    return all(_is_taken_over(among, of, meter, others, year) for year in later)


def _names(row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of Energy
    """What a row of Heat may name a meter by."""
    return tuple(each for each in (row.id, row.meter) if each)


def _goes_along(among: Changing, of: Operation, meter: object) -> bool:
    """Whether one measure does to a meter what it does to heat."""
    return any(
        each.measure == of.measure and meter in each.rows and (each.kind, each.value) == (of.kind, of.value)
        for each in among.found
        if each.sheet == "Energy" and each.column in ("amount", "")
    )


def _charge(among: Changing, of: Operation, row: Any) -> str:  # noqa: ANN401
    """A line that holds a charge comes and goes with it, and a charge comes where the line that holds it is."""
    study, held = among.study, among.held
    if of.sheet == "Refrigerants" and of.kind == "add":
        plant = next((each for each in study.plant if each.id == row.equipment and each.id in held), None)
        by = set() if plant is None else {each.measure for each in among.doing("add", plant)}
        return "" if plant is None or by & among.with_it(of) else "charge"
    if of.sheet != "Plant" or of.kind not in ("add", "remove"):
        return ""
    charges = [each for each in study.refrigerants if each.equipment == row.id]
    if of.kind == "add":
        return "" if all(each.id in held for each in charges) else "charge"
    return "" if all(among.goes_too(of, each) for each in charges) else "charge"


def _dates(among: Changing, of: Operation, row: Any) -> str:  # noqa: ANN401
    """What a measure brings is not over when it begins, and nothing is installed after its last year."""
    start = among.begins[of.measure]
    if of.sheet in YEARLY:
        over = row.year is not None and row.year.last is not None and row.year.last < start
        return "dates" if of.kind == "add" and over else ""
    if of.sheet not in INSTALLED:
        return ""
    later = of.column == "installed" and row.until is not None and of.value > row.until
    return "dates" if later else ""


def _unbrought(among: Changing, of: Operation, row: Any) -> str:  # noqa: ANN401
    """A row that a measure brings is changed by another only with it, and never brought and taken away."""
    if getattr(row, "id", None) not in among.held:
        return ""
    if of.kind == "add":
        return "dates" if among.doing("remove", row) else ""
    bringing = {each.measure for each in among.doing("add", row)}
    return "" if bringing & among.with_it(of) else "held"


BEYOND: tuple[Callable[[Changing, Operation, Any], str], ...] = (_yearly, _heat, _charge, _dates, _unbrought)
"""What this version does not evaluate, each with its reason; the how-to on measures tells them."""
