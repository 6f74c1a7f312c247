"""Refrigerants and other gases: what leaks in use (B1), what is topped up (B1), what is lost at the end (C1).

For a charge m [kg], leakage λ [% a⁻¹], recovery ρ [%] and the part t of a year in service:

- B1, each year: m · λ/100 · t of the gas, and as much newly made and brought gas where ``production_factor`` names a
  factor; the gas is refilled to the charge, so that leakage does not fall with time
- A1–A3, A4: m newly made and brought, once, and again inside B4 at each replacement
- C1: m · (1 − ρ/100) of the gas, at the end, and inside B4 at each replacement
- C of ``end_of_life_factor``: m · ρ/100, what is recovered and destroyed

GWP by the study's set. Method: IPCC 2006 Guidelines, volume 3, chapter 7, equations 7.13 and 7.14 (emissions in
operation and at disposal).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from factors.model import Factor, Property
from factors.problems import has_errors
from factors.units import ratio
from inventories.format import choices
from inventories.study import Line, Refrigerant
from inventories.values import share_of
from lca.context import KILOGRAM, Context
from lca.lines import (
    Installed,
    Recipes,
    book,
    in_place,
    is_pro_rata,
    lives_of,
    merged,
    recipes_of,
    take,
    take_by_module,
)
from lca.modules import holds
from lca.parameters import Number
from lca.recipes import Recipe, Share, end_of_life, rows_of, transport
from lca.replacement import Life, sets_of
from lca.system import Tag

SHEET = "Refrigerants"


AT_THE_END = ("recovery_percent", "end_of_life_factor")
"""What a measure changes of every charge that is taken out from its first year on, whenever that was bought."""

BY_YEAR = ("leakage_percent", "leaked_per_year")
"""What a measure changes from its first year on of every charge in service; the rest of a charge is as it was bought.
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A row of Refrigerants, and the line of Plant that holds its charge where ``equipment`` names one."""

    index: int
    row: Refrigerant
    plant: Line | None
    kind: str
    """Kind of equipment that gives the defaults; blank where neither the row nor its line of Plant tells."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What of a charge leaks in a year and what is recovered at the end, as shares, with how each came about."""

    leakage: Number
    leakage_status: str
    recovery: Number
    recovery_status: str


def expand_refrigerants(context: Context) -> None:
    """Put every row of Refrigerants into the product system; the lives of Plant must be known."""
    charges = _held(context)
    context.lives.update(_lives(context, charges))
    for held in charges.values():
        errors = len(context.problems)
        _check(context, held)
        if has_errors(context.problems[errors:]):
            continue
        typed = context.study.refrigerants[held.index]
        recipes = recipes_of(context, typed, partial(_recipe_of, context, held), AT_THE_END)
        if recipes is not None and not has_errors(context.problems[errors:]):
            _book(context, held, recipes)


def _recipe_of(context: Context, held: Held, state: Refrigerant, _since: int) -> Recipe | None:
    """Recipe of a row as measures leave it; None, said, where its rates are not known."""
    here = replace(held, row=replace(state, owner=held.row.owner, zone=held.row.zone))
    rates = _rates(context, here)
    return None if rates is None else _recipe(context, here, rates)


def _held(context: Context) -> dict[str, Held]:
    """Rows by id, each with what holds it; owner and zone that are blank are those of the line of Plant."""
    plant = {line.id: line for line in context.study.plant}
    kinds = choices("gas_equipment")
    found = {}
    for index, row in enumerate(context.study.refrigerants):
        line = plant.get(row.equipment or "")
        kind = context.library.family(line.factor) if line is not None else row.equipment
        if line is not None:
            row = replace(row, owner=row.owner or line.owner, zone=row.zone or line.zone)  # noqa: PLW2901
        found[row.id] = Held(index, row, line, kind if kind in kinds else "")
    return found


def _lives(context: Context, charges: Mapping[str, Held]) -> dict[str, Life]:
    """Dates of the charges: as typed, else those of the line of Plant, its successor included."""

    def holder(row: Installed) -> Life | None:
        plant = charges[row.id].plant
        return None if plant is None else context.lives.get(plant.id)

    rows = [held.row for held in charges.values()]
    return lives_of(context, rows, lambda _, row: _life(context, charges[row.id]), holder)


def _life(context: Context, held: Held) -> Number | None:
    """Life as typed, else that of the line of Plant, else the library's for the kind, else to the end [a]."""
    row = held.row
    if row.service_life is not None:
        return context.parameters(f"line:{row.id}:service_life", row.service_life)
    if held.plant is not None:
        life = context.lives[held.plant.id].life
        if life is not None:
            value = float(np.ravel(life)[0])
            context.mark(row.id, "service_life", value, "a", "derived", "of-equipment", line=held.plant.id)
        return life
    default = _default(context, f"family:{held.kind}", "service_life")
    if default is None:
        return None
    return context.parameters(f"line:{row.id}:service_life", context.default(row.id, "service_life", default))


def _default(context: Context, subject: str, name: str) -> Property | None:
    return next((each for each in context.library.properties.get(subject, ()) if each.property == name), None)


def _check(context: Context, held: Held) -> None:
    """Complain about a gas, a factor or dates that give no result, and say what is left out."""
    for code, column, read, values in (*_faults_of_gas(context, held), *_faults_of_dates(context, held)):
        context.complain(code, SHEET, held.index, column, read, **values)
    row = held.row
    if row.production_factor is not None:
        for code in _faults_of_production(context, row.production_factor):
            context.complain(code, SHEET, held.index, "production_factor", row.production_factor)
    elif context.study.excluded("A1-A3", "refrigerants") is None:
        context.complain("refrigerant-production", SHEET, held.index, "production_factor", "", id=row.id)


Fault = tuple[str, str, str, dict[str, str]]
"""Code, column, what was read, and the values of a problem."""


def _faults_of_gas(context: Context, held: Held) -> Iterator[Fault]:
    gas = _gas(context, held.row.gas)
    if gas.own and gas.per.dimension != "mass":
        yield "factor-unit", "gas", gas.id, {"factor": gas.id, "unit": gas.unit.label}


def _faults_of_dates(context: Context, held: Held) -> Iterator[Fault]:
    """A life of its own fits only a line of Plant that is replaced by its equal; what follows it holds a charge too."""
    row, plant = held.row, held.plant
    before = next((each for each in context.study.refrigerants if each.replaced_by == row.id), None)
    if before is not None and row.installed is not None:
        earlier = context.lives[before.id]
        due = float(np.ravel(earlier.installed + (0.0 if earlier.life is None else earlier.life))[0])
        if abs(due - row.installed) > 1e-9:
            values = {"id": row.id, "due": f"{due:g}", "installed": str(row.installed)}
            yield "successor-dates", "installed", str(row.installed), values
    if plant is None or row.replaced_by is not None:
        return
    successor = context.lives[plant.id].service.successor
    if successor != "same" and row.service_life is not None:
        yield "refrigerant-life", "service_life", f"{row.service_life:g}", {"equipment": plant.id}
    follower = plant.replaced_by or ""
    if successor == "other" and all(each.equipment != follower for each in context.study.refrigerants):
        yield "refrigerant-ends", "equipment", plant.id, {"id": row.id, "follower": follower}


def _faults_of_production(context: Context, factor: str) -> Iterator[str]:
    rows = rows_of(context, factor)
    making = [each for each in rows if each.module.startswith("A")]
    if not holds([each.module for each in making], "A1-A3") or any(each.per.dimension != "mass" for each in making):
        yield "factor-not-made"
    if any("+" in each.module and holds([each.module], "C") for each in making):
        yield "production-bundle"
    if any(each.components["biogenic"] < 0 for each in making):
        yield "production-biogenic"


def _rates(context: Context, held: Held) -> Rates | None:
    """Leakage and recovery as typed, else the library's for the kind of equipment; never 0 in silence."""
    row = held.row
    found: list[tuple[Number, str]] = []
    for column in ("leakage_percent", "recovery_percent"):
        typed, status = getattr(row, column), "given"
        if typed is None and column == "leakage_percent" and row.leaked_per_year is not None and row.year is None:
            typed = 0.0  # every year is measured
        if typed is None:
            default = _default(context, f"equipment:{held.kind}", column)
            if default is None:
                code, at = ("refrigerant-kind", "equipment") if row.equipment else ("refrigerant-default", column)
                options = ", ".join(choices("gas_equipment"))
                context.complain(code, SHEET, held.index, at, row.equipment or "", wanted=column, options=options)
                return None
            typed, status = context.default(row.id, column, default), "default"
        found.append((context.parameters(f"line:{row.id}:{column}", typed) / 100.0, status))
    return Rates(*found[0], *found[1])


def _charge(context: Context, row: Refrigerant) -> Number:
    """Charge of the row that belongs to the study [kg]."""
    typed = context.parameters(f"line:{row.id}:amount", row.charge.value)
    return typed * ratio(row.charge.parsed, KILOGRAM) * share_of(row.share_percent)


def _gas(context: Context, gas: str) -> Factor:
    """One kilogram of a gas let out, or the B1 row of the study's own factor of that name."""
    own = (row for row in context.library.factors.get(gas, ()) if row.module == "B1")
    return next(own, None) or context.gas_factor(gas)


def _lost(context: Context, module: str, gas: str, kilograms: Number, status: str) -> Share:
    factor = _gas(context, gas)
    if not factor.own:
        return Share(module, factor, kilograms, status, "gas")
    return Share(module, factor, kilograms * context.library.bridge(factor.id, KILOGRAM).ratio, status)


def _bought(context: Context, held: Held, kilograms: Number) -> list[Share]:
    """A1–A3 and A4 of newly made gas."""
    factor = held.row.production_factor
    made: list[Share] = []
    if factor is not None:
        per = context.library.bridge(factor, KILOGRAM).ratio
        rows = [each for each in rows_of(context, factor) if each.module.startswith("A")]
        made = [Share(each.module, each, kilograms * per) for each in rows]
    modules = [each.module for each in made]
    return made + transport(context, (SHEET, held.index), held.row.transport, modules, factor, kilograms)


def _recipe(context: Context, held: Held, rates: Rates) -> Recipe:
    """What a charge brings when it is filled in, and what is lost and destroyed when it is taken out."""
    row, charge = held.row, _charge(context, held.row)
    goes = [_lost(context, "C1", row.gas, charge * (1.0 - rates.recovery), rates.recovery_status)]
    if row.end_of_life_factor:
        place, recovered = (SHEET, held.index), charge * rates.recovery
        goes += end_of_life(context, place, row.end_of_life_factor, KILOGRAM, 1.0, recovered)
    return Recipe(tuple(_bought(context, held, charge)), tuple(goes), ())


def _book(context: Context, held: Held, recipes: Recipes) -> None:
    row, life = held.row, context.lives[held.row.id]
    tag = Tag(
        line=row.id,
        name=row.gas,
        section="refrigerants",
        zone=row.zone or "data-centre",
        owner=row.owner or "facility",
        module="",
        year=0,
        quality=row.quality or "",
        amount=f"study/{SHEET}/{held.index}/charge",
    )
    whole = float(is_pro_rata(context.study.settings, "refrigerants"))
    rule = context.parameters("choice:pro_rata:refrigerants", whole)
    for recipe, event in merged(recipes.each(sets_of(life, rule), life)):
        book(context, recipe, event, replace(tag, year=event.year))
    for at, (lost, filled) in _leaking(context, held, life, tag).items():
        take(context, at, 1.0, lost)
        take_by_module(context, filled, 1.0, at, within="B1")


def _leaking(context: Context, held: Held, life: Life, tag: Tag) -> dict[Tag, tuple[list[Share], list[Share]]]:
    """What is lost and what is filled up in every year; sets of one year are one where measures tell them apart."""
    found: dict[Tag, tuple[list[Share], list[Share]]] = {}
    for year, row, leaked, status in _leaks(context, held, life):
        at = replace(tag, module="B1", year=year, status=status)
        if status == "given" and row.leaked_per_year is not None and (row.year is None or year in row.year):
            at = replace(at, amount=f"study/{SHEET}/{held.index}/leaked_per_year")
        lost, filled = found.setdefault(at, ([], []))
        lost.append(_lost(context, "B1", row.gas, leaked, status))
        topped_up = _bought(context, replace(held, row=row), leaked)
        filled += [replace(share, status=status) for share in topped_up]
    return found


def _measured(context: Context, row: Refrigerant) -> Number:
    """Measured leak of a row in a year [kg]; nothing where none is stated."""
    if row.leaked_per_year is None:
        return 0.0
    typed = context.parameters(f"line:{row.id}:leaked_per_year", row.leaked_per_year.value)
    return typed * ratio(row.leaked_per_year.parsed, KILOGRAM) * share_of(row.share_percent)


def _leaks(context: Context, held: Held, life: Life) -> Iterator[tuple[int, Refrigerant, Number, str]]:
    """What leaks in every year in service [kg], of the row as it is then, and how it is known.

    A measured leak stands in its years, the percentage in the others; without one, ``year`` restricts the leakage.
    """
    known: dict[Refrigerant, Rates | None] = {}
    typed = context.study.refrigerants[held.index]
    _measured(context, typed)  # asked of a row that is never in service as well
    for year, since, served in _in_service(context, typed, life):
        row = _as_leaking(context, held, since, year)
        named = row.year is None or year in row.year
        if row.leaked_per_year is not None and named:
            yield year, row, _measured(context, row) * served, "given"
            continue
        if not named and row.leaked_per_year is None:
            continue
        if row not in known:
            known[row] = _rates(context, replace(held, row=row))
        if (rates := known[row]) is not None:
            yield year, row, _charge(context, row) * rates.leakage * served, rates.leakage_status


def _in_service(context: Context, typed: Refrigerant, life: Life) -> Iterator[tuple[int, int, Number]]:
    """Years of a charge with the year it was bought in and how much of it is in service."""
    for year in context.study.settings.years:
        for since, served in in_place(context, typed, life, year):
            if np.any(served):
                yield year, since, served


def _as_leaking(context: Context, held: Held, since: int, year: int) -> Refrigerant:
    """Row as it leaks in a year: the charge as it was bought, its leakage as it is then."""
    typed = context.study.refrigerants[held.index]
    now = context.changes.row(typed, year)
    leakage = {key: getattr(now, key) for key in BY_YEAR}
    return replace(context.changes.row(typed, since), **leakage, owner=held.row.owner, zone=held.row.zone)
