"""Guards on contracts, their evidence, zones and hours: named functions, run when the system stands."""

from collections.abc import Iterator

from factors.numbers import spans
from factors.problems import Problem
from inventories.keyed import Settings
from inventories.study import Contract
from lca.context import Context
from lca.hours import year_of


def certificates_once(context: Context) -> Iterator[Problem]:
    """One evidence stands behind one contract of a year: of certificates always, of others where they look the same.

    Evidence is the same where its letters and digits are. Two contracts that are no certificates look the same where
    they have one energy source and each states an amount: a framework agreement may supply several.
    """
    settings = context.study.settings
    rows = [(i, row) for i, row in enumerate(context.study.contracts) if row.cancelled != "no"]
    for place, (i, row) in enumerate(rows):
        for _, first in rows[:place]:
            years = sorted(set(valid_years(first, settings)) & set(valid_years(row, settings)))
            if not years or _letters(first.evidence) != _letters(row.evidence):
                continue
            certified = first.type == row.type == "certificate"
            alike = first.energy_source == row.energy_source and None not in (first.amount, row.amount)
            if certified or alike:
                told = {"first": first.id, "evidence": row.evidence[:60], "years": spans(years)}
                code = "certificate-twice" if certified else "evidence-twice"
                yield Problem(code, "Contracts", i, "evidence", row.id, told)
                break


def _letters(text: str) -> str:
    """Letters and digits of a text, for comparing; the text itself where it has none.

    Examples
    --------
    >>> _letters("GO-batch 123") == _letters("GO batch 123"), _letters("–")
    (True, '–')
    """
    return "".join(each for each in text.casefold() if each.isalnum()) or text


def valid_years(row: Contract, settings: Settings) -> range:
    """Years of the period in which a contract is valid on some day."""
    first, last = row.valid_from or str(settings.start_year), row.valid_to or str(settings.end_year - 1)
    return range(max(int(first[:4]), settings.start_year), min(int(last[:4]) + 1, settings.end_year))


def zones_said(context: Context) -> Iterator[Problem]:
    """A bidding zone that is not of the country, or not that of another contract, is said to be unchecked."""
    country, first = context.study.settings.country, ""
    for i, row in enumerate(context.study.contracts):
        if not (zone := (row.bidding_zone or "").strip().upper()):
            continue
        told = {"id": row.id, "country": country, "first": first}
        if not any(part.startswith(country.upper()) for part in zone.split("-")):  # DE-LU is of two countries
            yield Problem("zone-elsewhere", "Contracts", i, "bidding_zone", zone, told)
        elif first and zone != first:
            yield Problem("zones-several", "Contracts", i, "bidding_zone", zone, told)
        first = first or zone


def profiles_of_one_year(context: Context) -> Iterator[Problem]:
    """What is matched by the hour is of one year: weekdays and weather of two years do not agree."""
    matching, study = context.matching, context.study
    if matching is None or not matching.hourly:
        return
    named: list[tuple[str, int | None, str, str | None]]
    named = [("Energy", i, "profile", row.profile) for i, row in enumerate(study.energy)]
    if study.simulation is not None:
        named.append(("Simulation", None, "it_profile", study.simulation.it_profile))
    hourly = [(i, row) for i, row in enumerate(study.contracts) if row.matching == "hourly"]
    named += [("Contracts", i, "profile", row.profile) for i, row in hourly]
    named.append(("Study", None, "grid_profile", study.settings.grid_profile))
    years = {file.file: year_of(file) for file in study.files if file.start}
    first = next((file for *_, file in named if file in years), None)
    said: set[str] = set()
    for sheet, i, column, file in named:
        if file is None or first is None or file not in years or file in said or years[file] == years[first]:
            continue
        said.add(file)
        told = {"file": file, "year": years[file], "first": first, "other": years[first]}
        yield Problem("profiles-of-two-years", sheet, i, column, file, told)


def contracts_have_hours(context: Context) -> Iterator[Problem]:
    """A contract matched by the hour says when it produces; what it meets without a profile is said to be even."""
    hourly = [i for i, row in enumerate(context.study.contracts) if row.matching == "hourly"]
    for i in hourly:
        row = context.study.contracts[i]
        if row.profile is None:
            yield Problem("contract-profile", "Contracts", i, "matching", "hourly", {"id": row.id})
    matching = context.matching
    if matching is None or not matching.hourly:
        return
    even = dict.fromkeys(use.line for use in matching.uses if not use.profile)
    rows = [row for row in context.study.energy if row.carrier == "onsite-electricity" and not row.profile]
    even |= dict.fromkeys(row.id for row in rows)
    if even:
        yield Problem("profile-even", "Energy", None, "profile", ", ".join(list(even)[:10]))


def contracts_serve_the_study(context: Context) -> Iterator[Problem]:
    """No contract names the meter of a heat pump outside: others buy its electricity, and certify it or not."""
    named = {row.heat_pump_meter for row in context.study.heat if row.heat_pump == "outside" and row.heat_pump_meter}
    rows = [row for row in context.study.energy if row.use == "heat-pump" and named & {row.id, row.meter}]
    outside = named | {name for row in rows for name in (row.id, row.meter)}
    for i, row in enumerate(context.study.contracts):
        for what, name in row.covers or ():
            if what == "meter" and name in outside:
                yield Problem("contract-for-others", "Contracts", i, "covers", name, {"id": row.id})


ON_CONTRACTS = (
    certificates_once,
    zones_said,
    contracts_have_hours,
    profiles_of_one_year,
    contracts_serve_the_study,
)
