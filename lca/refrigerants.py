"""Refrigerants and other gases: what leaks in use (B1), what is topped up (B1), what is lost at the end (C1).

For a charge m [kg], leakage λ [% a⁻¹], recovery ρ [%] and the part t of a year in service:

- B1, each year: m · λ/100 · t of the gas, and as much newly made gas where ``production_factor`` names a factor
- A1–A3, A4: m newly made and brought, once, and again inside B4 at each replacement
- C1: m · (1 − ρ/100) of the gas, at the end, and inside B4 at each replacement
- C of ``end_of_life_factor``: m · ρ/100, what is recovered and destroyed

Refilled to the charge every year, so that leakage does not fall with time. GWP by the study's set. Method: IPCC 2006
Guidelines, volume 3, chapter 7, equations 7.13 and 7.14 (emissions in operation and at disposal).
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from factors.library import Factor
from factors.problems import has_errors
from factors.units import parse_unit, ratio
from inventories.format import choices
from inventories.study import Line, Refrigerant
from lca.context import KILOGRAM, Context
from lca.lines import Installed, book, is_pro_rata, lives_of, merged, take
from lca.modules import holds
from lca.parameters import Number
from lca.recipes import Recipe, Share, end_of_life, rows_of, transport
from lca.replacement import Life, Values, events, in_service
from lca.system import Tag


@dataclass(frozen=True, slots=True)
class Rates:
    """What of a charge leaks in a year and what is recovered at the end, as shares, with how each came about."""

    leakage: Number
    leakage_status: str
    recovery: Number
    recovery_status: str


def expand_refrigerants(context: Context) -> None:
    """Put every row of Refrigerants into the product system; the lives of Plant must be known."""
    rows = tuple(_filled(context, row) for row in context.study.refrigerants)
    context.lives.update(lives_of(context, "Refrigerants", rows, partial(_life_of, context)))
    for index, row in enumerate(rows):
        errors = len(context.problems)
        _check_production(context, index, row)
        rates = _rates(context, index, row)
        if rates is None or has_errors(context.problems[errors:]):
            continue
        recipe = _recipe(context, index, row, rates)
        if has_errors(context.problems[errors:]):
            continue
        life = context.lives[row.id]
        tag = Tag(
            line=row.id,
            name=row.gas,
            section="refrigerants",
            zone=row.zone or "data-centre",
            owner=row.owner or "facility",
            module="",
            year=0,
            quality=row.quality or "",
        )
        whole = float(is_pro_rata(context.study.settings, "refrigerants"))
        rule = context.parameters("choice:pro_rata:refrigerants", whole)
        for event in merged(events(life.service, life.installed, life.life, rule)):
            book(context, recipe, event, replace(tag, year=event.year))
        _leak(context, row, life, rates, tag)


def _plant(context: Context, row: Refrigerant) -> Line | None:
    """Line of Plant that holds the charge, where ``equipment`` names one."""
    return next((line for line in context.study.plant if line.id == row.equipment), None)


def _filled(context: Context, row: Refrigerant) -> Refrigerant:
    """Take dates, owner and zone that are blank from the line of Plant that holds the charge."""
    line = _plant(context, row)
    if line is None:
        return row
    blank = {key: getattr(line, key) for key in ("installed", "until", "owner", "zone") if getattr(row, key) is None}
    return replace(row, **{key: value for key, value in blank.items() if value is not None})


def _kind(context: Context, row: Refrigerant) -> str:
    """Kind of equipment that gives the defaults; blank where neither the row nor its line of Plant tells."""
    line = _plant(context, row)
    kind = context.library.family(line.factor) if line is not None else row.equipment
    return kind if kind in choices("gas_equipment") else ""


def _life_of(context: Context, index: int, row: Installed) -> Number | None:
    """Life as typed, else that of the line of Plant, else the library's for the kind, else to the end."""
    if not isinstance(row, Refrigerant):
        raise TypeError(f"{row.id} is no refrigerant")
    if row.service_life is not None:
        return context.parameters(f"line:{row.id}:service_life", row.service_life)
    line = _plant(context, row)
    if line is not None and (known := context.lives.get(line.id)) is not None and known.life is not None:
        value = float(np.ravel(known.life)[0])
        context.mark(row.id, "service_life", value, "a", "derived", f"that of {line.id}")
        return known.life
    found = context.library.properties.get(f"family:{_kind(context, row)}", ())
    default = next((each for each in found if each.property == "service_life"), None)
    if default is None:
        return None
    life = context.default(row.id, "service_life", default)
    return context.parameters(f"line:{row.id}:service_life", life)


def _rates(context: Context, index: int, row: Refrigerant) -> Rates | None:
    """Leakage and recovery as typed, else the library's for the kind of equipment; never 0 in silence."""
    found: list[tuple[Number, str]] = []
    for column in ("leakage_percent", "recovery_percent"):
        typed, status = getattr(row, column), "given"
        if typed is None and column == "leakage_percent" and row.leaked_per_year is not None and row.year is None:
            typed = 0.0  # every year is measured
        if typed is None:
            properties = context.library.properties.get(f"equipment:{_kind(context, row)}", ())
            default = next((each for each in properties if each.property == column), None)
            if default is None:
                context.complain("refrigerant-default", "Refrigerants", index, column, "", wanted=column)
                return None
            typed, status = context.default(row.id, column, default), "default"
        found.append((context.parameters(f"line:{row.id}:{column}", typed) / 100.0, status))
    return Rates(*found[0], *found[1])


def _charge(context: Context, row: Refrigerant) -> Number:
    """Charge of the row that belongs to the study [kg]."""
    per_unit = ratio(row.charge.parsed, KILOGRAM)
    return context.parameters(f"line:{row.id}:amount", row.charge.value) * per_unit * _share(row)


def _share(row: Refrigerant) -> float:
    return (100.0 if row.share_percent is None else row.share_percent) / 100.0


def _gas(context: Context, gas: str) -> Factor:
    """One kilogram of a gas let out, or the B1 row of the study's own factor of that name."""
    own = context.library.factors.get(gas, ())
    found = next((row for row in own if row.module == "B1"), None)
    return found or context.gas_factor(gas)


def _lost(context: Context, module: str, gas: str, kilograms: Number, status: str) -> Share:
    factor = _gas(context, gas)
    per = ratio(KILOGRAM, factor.per)
    return Share(module, factor, kilograms * per, status, "factor" if factor.own else "gas")


def _recipe(context: Context, index: int, row: Refrigerant, rates: Rates) -> Recipe:
    """What a charge brings when it is filled in, and what is lost when it is taken out."""
    charge = _charge(context, row)
    comes = _making(context, row, charge)
    held = [each.module for each in comes]
    comes += transport(context, ("Refrigerants", index), row.transport, held, row.production_factor, charge)
    goes = [_lost(context, "C1", row.gas, charge * (1.0 - rates.recovery), rates.recovery_status)]
    if row.end_of_life_factor:
        goes += end_of_life(
            context, ("Refrigerants", index), row.end_of_life_factor, KILOGRAM, 1.0, charge * rates.recovery
        )
    return Recipe(tuple(comes), tuple(goes), ())


def _check_production(context: Context, index: int, row: Refrigerant) -> None:
    """Without a factor, making the gas is left out: a gap where A1-A3 are not excluded; one with must be per mass."""
    if row.production_factor is None:
        excused = any(
            each.module == "A1-A3" and each.section in (None, "refrigerants") for each in context.study.exclusions
        )
        if not excused:
            context.complain("refrigerant-production", "Refrigerants", index, "production_factor", "", id=row.id)
        return
    rows = [each for each in rows_of(context, row.production_factor) if each.module.startswith("A")]
    if not holds([each.module for each in rows], "A1-A3") or any(each.per.dimension != "mass" for each in rows):
        context.complain("factor-not-made", "Refrigerants", index, "production_factor", row.production_factor)


def _making(context: Context, row: Refrigerant, kilograms: Number) -> list[Share]:
    """A1–A3 (and A4, where the factor holds it) of newly made gas."""
    if row.production_factor is None:
        return []
    rows = [each for each in rows_of(context, row.production_factor) if each.module.startswith("A")]
    return [Share(each.module, each, kilograms * ratio(KILOGRAM, each.per)) for each in rows]


def _leak(context: Context, row: Refrigerant, life: Life, rates: Rates, tag: Tag) -> None:
    """B1: what leaks and what is topped up, in every year in service."""
    per_unit = ratio(parse_unit(row.leaked_per_year.unit), KILOGRAM) if row.leaked_per_year is not None else 0.0
    for year in context.study.settings.years:
        served = in_service(life.service, life.installed, life.life, year)
        if not np.any(served):
            continue
        named = row.year is None or year in row.year
        if row.leaked_per_year is not None and named:
            typed = context.parameters(f"line:{row.id}:leaked_per_year", row.leaked_per_year.value)
            in_use: Values = np.where(served > 0, 1.0, 0.0)
            leaked, status = typed * per_unit * _share(row) * in_use, "given"
        elif named or row.leaked_per_year is not None:
            leaked, status = _charge(context, row) * rates.leakage * served, rates.leakage_status
        else:
            continue
        at = replace(tag, module="B1", year=year, status=status)
        take(context, at, 1.0, [_lost(context, "B1", row.gas, leaked, status)])
        for share in _making(context, row, leaked):
            take(context, replace(at, inner=share.module), 1.0, [share])
