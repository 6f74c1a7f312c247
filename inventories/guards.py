"""Guards on what was typed: named functions, each looking for one kind of mistake in the study.

Guards on ids and names stand in ``inventories.references``; those on what follows from the numbers in ``lca.guards``.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import fields, replace
from typing import Any

from factors.problems import Problem
from factors.units import units_of
from inventories.cells import as_text
from inventories.heat_guards import ON_HEAT
from inventories.measure_guards import ON_MEASURES
from inventories.references import MAINS
from inventories.study import (
    INSTALLED,
    SHEET_FIELDS,
    YEARLY,
    EnergyRow,
    HeatRow,
    Line,
    OwnFactor,
    Refrigerant,
    Study,
    table,
)
from inventories.values import Quantity

LEAST_HOURS = 7_884.0
"""Hours of a year [h] below which a facility stands still a tenth of it, and a unit was probably mistaken."""

SHORTEST_LIFE, LONGEST_LIFE = 0.1, 200.0
"""Service lives [a] that nothing on these sheets goes beyond."""


LIQUID = ("direct-liquid", "mixed")
"""Ways of cooling in which a part of the heat goes into the liquid and the rest into the air."""


def years_in_order(study: Study) -> Iterator[Problem]:
    """Years rows cover the period once, without gap or overlap."""
    settings, order = study.settings, sorted(range(len(study.years)), key=lambda i: study.years[i].from_)
    if not study.years:
        yield Problem("years-empty", "Years")
        return
    backwards = [i for i in order if (last := study.years[i].to) is not None and last < study.years[i].from_]
    if backwards:  # where the years stand is then unknown
        yield from (Problem("years-backwards", "Years", i, "to", str(study.years[i].to)) for i in backwards)
        return
    expected, ended = settings.start_year, None
    if (latest := study.years[order[-1]].from_) < expected:
        yield Problem("years-before", "Study", None, "start_year", str(expected), {"last": str(latest)})
        return
    for place, i in enumerate(order):
        row = study.years[i]
        follower = study.years[order[place + 1]].from_ if place + 1 < len(order) else settings.end_year
        last = row.to if row.to is not None else follower - 1
        if row.from_ > expected:
            values = {"first": str(expected), "last": str(row.from_ - 1)}
            yield Problem("years-gap", "Years", i, "from", str(row.from_), values)
        elif ended is not None and row.from_ <= ended:
            yield Problem("years-overlap", "Years", i, "from", str(row.from_), {"expected": str(ended + 1)})
        ended = last if ended is None else max(ended, last)
        expected = max(expected, last + 1)
    if expected < settings.end_year:
        values = {"first": str(expected), "last": str(settings.end_year - 1)}
        yield Problem("years-gap", "Years", order[-1], "to", "", values)


def period_fits_type(study: Study) -> Iterator[Problem]:
    """An annual study is of one year, a year has about 8,760 hours, a country two letters."""
    settings = study.settings
    if settings.study_type == "annual" and settings.reference_period != 1:
        yield Problem("annual-period", "Study", None, "reference_period", str(settings.reference_period))
    hours = settings.hours_per_year
    if hours is not None and hours < LEAST_HOURS:
        yield Problem("hours-few", "Study", None, "hours_per_year", as_text(hours))
    if settings.country and (len(settings.country) != 2 or not settings.country.isalpha()):
        yield Problem("country-unknown", "Study", None, "country", settings.country)


def years_within_period(study: Study) -> Iterator[Problem]:
    """Years typed on a line lie in or before the period; years of a meter lie in it."""
    start, end = study.settings.start_year, study.settings.end_year
    values = {"first": str(start), "last": str(end - 1)}
    for sheet in INSTALLED:
        for i, line in enumerate(table(study, sheet)):
            if line.installed is not None and line.installed >= end:
                yield Problem("year-outside", sheet, i, "installed", str(line.installed), values)
            if line.until is not None and line.until < start:
                yield Problem("year-outside", sheet, i, "until", str(line.until), values)
            if line.until is not None and line.installed is not None and line.until < line.installed:
                yield Problem("until-before", sheet, i, "until", str(line.until), {"installed": str(line.installed)})
    for sheet in (*YEARLY, "Refrigerants", "Heat"):
        for i, row in enumerate(table(study, sheet)):
            if row.year and (row.year.first >= end or (row.year.last is not None and row.year.last < start)):
                yield Problem("year-outside", sheet, i, "year", str(row.year), values)


def _years(row: HeatRow, study: Study) -> list[int]:
    return [year for year in study.settings.years if row.year is not None and year in row.year]


def contracts_are_valid(study: Study) -> Iterator[Problem]:
    """A contract ends after it begins, lies in the period, and its certificates are cancelled."""
    start, end = study.settings.start_year, study.settings.end_year
    for i, row in enumerate(study.contracts):
        begins, ends = row.valid_from or str(start), row.valid_to or str(end - 1)
        if begins[:4] > ends[:4] or (len(begins) == len(ends) and begins > ends):
            values = {"first": begins}
            yield Problem("contract-backwards", "Contracts", i, "valid_to", ends, values)
        elif int(ends[:4]) < start or int(begins[:4]) >= end:
            values = {"id": row.id, "first": str(start), "last": str(end - 1)}
            yield Problem("contract-outside", "Contracts", i, "valid_to", f"{begins}–{ends}", values)
        if row.cancelled == "no":
            yield Problem("contract-not-cancelled", "Contracts", i, "cancelled", "no", {"id": row.id})
        elif row.cancelled is None and row.type == "certificate":
            yield Problem("certificate-cancelled", "Contracts", i, "cancelled", "", {"id": row.id})


def rows_once_a_year(study: Study) -> Iterator[Problem]:
    """One year has one row of a carrier, use, meter, owner and zone; of a kind, item, factor, owner and zone.

    Rows that a measure brings stand beside others only with it (``inventories.beyond``).
    """
    for sheet in YEARLY:
        yield from _once_a_year(study, sheet)


def _once_a_year(study: Study, sheet: str) -> Iterator[Problem]:
    groups: dict[tuple[str | None, ...], list[tuple[int, Any]]] = {}
    held = study.held_ids
    for i, row in enumerate(table(study, sheet)):
        if row.id not in held:
            groups.setdefault(row.key, []).append((i, row))
    for members in groups.values():
        dated = [(i, row) for i, row in members if row.year is not None]
        blank = [(i, row) for i, row in members if row.year is None]
        for i, row in blank[1:]:
            yield Problem("year-twice", sheet, i, "year", "", {"first": blank[0][1].id, "id": row.id})
        for place, (i, row) in enumerate(dated):
            for _, other in dated[:place]:
                if row.year and other.year and _meet(row.year, other.year, study):
                    values = {"first": other.id, "id": row.id}
                    yield Problem("year-twice", sheet, i, "year", str(row.year), values)
                    break


def meters_follow_or_go_on(study: Study) -> Iterator[Problem]:
    """No meter that ends inside the period is held beside another of the same thing that begins after it.

    Two meters that stand in one year are two rooms; where the second begins when the first has ended nobody can tell
    whether it follows the first or is a second room.
    """
    meters: dict[tuple[str | None, ...], dict[str | None, list[tuple[int, EnergyRow]]]] = {}
    for i, row in enumerate(study.energy):
        of = (row.carrier, row.use, row.owner or "facility", row.zone or "data-centre")
        meters.setdefault(of, {}).setdefault(row.meter, []).append((i, row))
    for of_thing in meters.values():
        ends = {meter: _last_of(rows) for meter, rows in of_thing.items()}
        for meter, end in ends.items():
            if end is None or end[2] >= study.settings.end_year - 1 or not end[1].amount.value:
                continue
            i, row, last = end
            later = [_first_of(rows) for other, rows in of_thing.items() if other != meter]
            after = [(first, other) for first, other in later if last < first < study.settings.end_year]
            if after:
                first, other = min(after, key=lambda each: each[0])
                told = {"id": row.id, "other": other.id, "later": str(other.year), "first": str(first)}
                yield Problem("meter-held-beside", "Energy", i, "year", str(row.year), told)


def _last_of(rows: list[tuple[int, EnergyRow]]) -> tuple[int, EnergyRow, int] | None:
    """Row of a meter that is held, and its last year; None where a row goes on or stands for every year."""
    ends = [(i, row, row.year.last) for i, row in rows if row.year is not None and row.year.last is not None]
    return max(ends, key=lambda end: end[2]) if len(ends) == len(rows) else None


def _first_of(rows: list[tuple[int, EnergyRow]]) -> tuple[int, EnergyRow]:
    """First year of a meter and its row; year 0 where a row stands for every year."""
    found = [(0 if row.year is None else row.year.first, row) for _, row in rows]
    return min(found, key=lambda each: each[0])


def _meet(one: Any, other: Any, study: Study) -> bool:  # noqa: ANN401 - two year ranges
    return any(year in one and year in other for year in study.settings.years)


def electricity_is_energy(study: Study) -> Iterator[Problem]:
    """Electricity, district heat and cooling are amounts of energy."""
    for i, row in enumerate(study.energy):
        if row.carrier in MAINS and row.amount.parsed.dimension != "energy":
            units = ", ".join(units_of("energy"))
            values = {"unit": row.amount.parsed.label, "dimension": "energy", "units": units}
            yield Problem("unit-dimension", "Energy", i, "unit", row.amount.unit, values)


def successors_start_when_due(study: Study) -> Iterator[Problem]:
    """A line named by ``replaced_by`` starts when its predecessor's life ends, and follows only one line."""
    for sheet in INSTALLED:
        by_id = {line.id: line for line in table(study, sheet)}
        followed: dict[str, str] = {}
        for i, line in enumerate(table(study, sheet)):
            successor = by_id.get(line.replaced_by or "")
            if successor is None or line.replaced_by in ("same", "none"):
                continue
            if successor.id in followed or _follows_itself(line, by_id):
                yield Problem("successor-twice", sheet, i, "replaced_by", successor.id)
                continue
            followed[successor.id] = line.id
            if sheet == "Refrigerants":
                continue  # its life may be that of a Plant line: looked at when that is known
            if line.service_life is None:
                yield Problem("successor-life", sheet, i, "service_life", "", {"id": successor.id})
            elif successor.installed is not None:
                due = (study.settings.start_year if line.installed is None else line.installed) + line.service_life
                if abs(successor.installed - due) > 1e-9:
                    values = {"id": successor.id, "due": f"{due:g}", "installed": str(successor.installed)}
                    yield Problem("successor-dates", sheet, i, "replaced_by", successor.id, values)


def _follows_itself(line: Line | Refrigerant, by_id: Mapping[str, Line | Refrigerant]) -> bool:
    seen: set[str] = set()
    current: Line | Refrigerant | None = line
    while current is not None and current.id not in seen:
        seen.add(current.id)
        current = by_id.get(current.replaced_by or "")
    return current is not None


def amounts_within_bounds(study: Study) -> Iterator[Problem]:
    """``min`` ≤ amount ≤ ``max``, and so for the value of an own factor."""
    for sheet in (*INSTALLED, *YEARLY, "Factors"):
        for i, row in enumerate(table(study, sheet)):
            value = row.value if isinstance(row, OwnFactor) else row.quantity.value
            if row.min is not None and row.min > value:
                yield Problem("bounds-order", sheet, i, "min", as_text(row.min), {"value": f"{value:g}"})
            if row.max is not None and row.max < value:
                yield Problem("bounds-order", sheet, i, "max", as_text(row.max), {"value": f"{value:g}"})


def shares_have_evidence(study: Study) -> Iterator[Problem]:
    """A row that counts only in part says why."""
    for sheet in (*INSTALLED, *YEARLY):
        for i, row in enumerate(table(study, sheet)):
            if row.share_percent is not None and row.share_percent < 100 and not row.evidence:
                yield Problem("share-evidence", sheet, i, "share_percent", as_text(row.share_percent))


def heat_is_counted_once(study: Study) -> Iterator[Problem]:
    """Claims on one heat sum to 100 % or less; a metered heat pump is named by its Heat row."""
    named = {row.heat_pump_meter for row in study.heat if row.heat_pump_meter}
    shares: dict[tuple[str, int], float] = {}
    pumped = any(row.heat_pump != "none" for row in study.heat)
    for i, row in enumerate(study.heat):
        dated = {year for other in study.heat if other.id == row.id and other.year for year in _years(other, study)}
        share = 100.0 if row.claim_share_percent is None else row.claim_share_percent
        years = _years(row, study) if row.year else [year for year in study.settings.years if year not in dated]
        for year in years:
            shares[row.id, year] = shares.get((row.id, year), 0.0) + share
        if any(shares[row.id, year] > 100.0 + 1e-9 for year in years):
            worst = max(shares[row.id, year] for year in years)
            yield Problem("claim-share", "Heat", i, "claim_share_percent", f"{worst:g}", {"id": row.id})
    for i, meter in enumerate(study.energy):
        unnamed = meter.id not in named and meter.meter not in named
        if meter.use == "heat-pump" and pumped and unnamed:
            yield Problem("heat-pump-unnamed", "Energy", i, "use", meter.id)


def heat_agrees(study: Study) -> Iterator[Problem]:
    """Rows of one heat in one year differ in who claims it and in nothing else; a heat pump's meter is of one heat."""
    said: set[int] = set()
    owners: dict[tuple[str, int], str] = {}
    for year in study.settings.years:
        for i, row, first in _heat_of(study, year):
            known = replace(row, **{key: getattr(first, key) for key in _CLAIMS})
            if known != first and i not in said:
                said.add(i)
                column = next(f.name for f in fields(row) if getattr(known, f.name) != getattr(first, f.name))
                yield Problem("heat-rows-differ", "Heat", i, column, _text(getattr(row, column)), {"id": row.id})
            meter = row.heat_pump_meter
            if meter and owners.setdefault((meter, year), row.id) != row.id and i not in said:
                said.add(i)
                values = {"first": owners[meter, year], "id": row.id}
                yield Problem("heat-pump-shared", "Heat", i, "heat_pump_meter", meter, values)


_CLAIMS = ("year", "claim_holder", "claim_share_percent", "evidence", "note")


def _heat_of(study: Study, year: int) -> Iterator[tuple[int, HeatRow, HeatRow]]:
    """Rows of Heat that stand for a year, each with the first of its id: dated rows, else those of a blank year."""
    rows: dict[str, list[tuple[int, HeatRow]]] = {}
    for i, row in enumerate(study.heat):
        rows.setdefault(row.id, []).append((i, row))
    for members in rows.values():
        dated = [(i, row) for i, row in members if row.year is not None and year in row.year]
        standing = dated or [(i, row) for i, row in members if row.year is None]
        for i, row in standing:
            yield i, row, standing[0][1]


def _text(value: object) -> str:
    return "" if value is None else f"{value.value:g} {value.unit}" if isinstance(value, Quantity) else str(value)


def captured_by_liquid(study: Study) -> Iterator[Problem]:
    """Of a hall cooled in part by liquid no more heat is captured than the liquid takes: the rest goes into the air."""
    of = study.simulation
    if of is None or of.cooling_type not in LIQUID or of.capture_share_percent is None:
        return
    liquid = of.liquid_share_percent or 0.0
    if of.capture_share_percent > liquid:
        read, told = as_text(of.capture_share_percent), {"liquid": as_text(liquid)}
        yield Problem("captured-above-liquid", "Simulation", None, "capture_share_percent", read, told)


def one_service_unit(study: Study) -> Iterator[Problem]:
    """A study has one service unit: its yearly amounts stand in one column."""
    unit = study.settings.service_unit
    if unit and ";" in unit:
        yield Problem("service-units", "Study", None, "service_unit", unit)


def designs_are_not_measured(study: Study) -> Iterator[Problem]:
    """A design study has no measured values."""
    if study.settings.study_type != "design":
        return
    for sheet in (*INSTALLED, *YEARLY):
        for i, row in enumerate(table(study, sheet)):
            if row.value_kind == "measured":
                yield Problem("design-measured", sheet, i, "value_kind", row.value_kind)


def lives_are_plausible(study: Study) -> Iterator[Problem]:
    """A service life is between a month and two centuries, as buildings and machines have."""
    for sheet in INSTALLED:
        for i, row in enumerate(table(study, sheet)):
            life = row.service_life
            if life is not None and not SHORTEST_LIFE <= life <= LONGEST_LIFE:
                yield Problem("life-unusual", sheet, i, "service_life", as_text(life))


def servers_are_plausible(study: Study) -> Iterator[Problem]:
    """No single piece of IT hardware draws more than a rack can carry."""
    for i, line in enumerate(study.hardware):
        if line.power_w is not None and line.power_w > 200_000:
            yield Problem("power-implausible", "Hardware", i, "power_w", as_text(line.power_w))


def qualities_are_scores(study: Study) -> Iterator[Problem]:
    """``quality`` is five digits from 1 to 5."""
    for sheet in SHEET_FIELDS:
        for i, row in enumerate(table(study, sheet)):
            quality = getattr(row, "quality", None)
            if quality is not None and (len(quality) != 5 or not set(quality) <= set("12345")):
                yield Problem("quality-scores", sheet, i, "quality", quality)


ON_STUDY: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    period_fits_type,
    years_in_order,
    years_within_period,
    contracts_are_valid,
    rows_once_a_year,
    meters_follow_or_go_on,
    electricity_is_energy,
    successors_start_when_due,
    amounts_within_bounds,
    shares_have_evidence,
    heat_is_counted_once,
    heat_agrees,
    *ON_HEAT,
    captured_by_liquid,
    one_service_unit,
    *ON_MEASURES,
    designs_are_not_measured,
    lives_are_plausible,
    servers_are_plausible,
    qualities_are_scores,
)


NEEDS_EVERY_ROW: dict[Callable[[Study], Iterator[Problem]], str] = {years_in_order: "Years"}
"""Guards that say nothing true where a row of their sheet could not be read."""


def guard(study: Study, broken: Set[str] = frozenset()) -> list[Problem]:
    """Run every guard on the rows that could be read; ``broken`` names the sheets where some could not."""
    return [problem for each in ON_STUDY if NEEDS_EVERY_ROW.get(each, "") not in broken for problem in each(study)]
