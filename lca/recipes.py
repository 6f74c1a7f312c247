"""What one set of a line brings, takes away and gives outside, with amounts in the units of its factors."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from factors.model import Bridge, Factor
from factors.units import Unit, UnitError, parse_unit, ratio
from inventories.study import Line
from inventories.values import share_of
from lca.context import KILOGRAM, Context
from lca.modules import holds
from lca.parameters import Number


@dataclass(frozen=True, slots=True)
class Share:
    """One input of a set: ``amount`` of a factor's row, counted in ``module``."""

    module: str
    factor: Factor
    amount: Number
    status: str = "given"
    kind: str = "factor"
    year: int | None = None
    """Year whose row is taken; None: that of the event."""


@dataclass(frozen=True)
class Recipe:
    """What one set of a line brings (A modules), takes away (C modules) and gives outside (D1)."""

    comes: tuple[Share, ...]
    goes: tuple[Share, ...]
    outside: tuple[Share, ...]


def recipe_of(context: Context, sheet: str, row: int, line: Line, left: Number = 1.0) -> Recipe | None:
    """Everything one set brings and takes away, with amounts in the factors' units; None after an error.

    ``left`` is how much a measure leaves of what the line's own factor emits, in all its modules: what A5 wastes of it
    and the carbon it takes up and gives back go with it, the legs of ``transport`` and ``end_of_life_factor`` do not.
    """
    rows = rows_of(context, line.factor)
    modules = [each.module for each in rows]
    errors = len(context.problems)
    if _refused(context, sheet, row, line, modules):
        return None
    bridge = _bridge(context, sheet, row, line)
    if bridge is None:
        return None
    share = share_of(line.share_percent)
    typed = context.parameters(f"line:{line.id}:amount", line.quantity.value) * share
    reuse = 1.0 - (line.reused_percent or 0.0) / 100.0
    comes, goes, outside = [], [], []
    emitted = typed * bridge.ratio * left
    for each in rows:
        if each.module == "D1":
            outside.append(Share("D1", each, emitted))
        elif each.module.startswith("C"):
            goes.append(Share(each.module, each, emitted))
        else:
            made = reuse if holds([each.module], "A1-A3") else 1.0
            comes.append(Share(each.module, each, emitted * made))
    mass = _mass_kg(context, line) if line.transport or line.end_of_life_factor else None
    kilograms = None if mass is None else typed * mass
    comes += transport(context, (sheet, row), line.transport, modules, line.factor, kilograms)
    if line.end_of_life_factor and holds(modules, "C"):
        context.complain("module-twice", sheet, row, "end_of_life_factor", line.factor, factor=line.factor, module="C")
    elif line.end_of_life_factor:
        goes += end_of_life(context, (sheet, row), line.end_of_life_factor, line.quantity.parsed, mass, typed)
    if any(share.factor.components["biogenic"] < 0 for share in comes):
        comes, goes = ([replace(share, year=context.study.settings.start_year) for share in x] for x in (comes, goes))
        goes += _closure(context, line, [*comes, *goes])
    if not any("+" in module and holds([module], "A5") for module in modules):
        comes += _waste(context, line, comes, goes)
    worse = [problem for problem in context.problems[errors:] if problem.severity == "error"]
    return None if worse else Recipe(tuple(comes), tuple(goes), tuple(outside))


def _refused(context: Context, sheet: str, row: int, line: Line, modules: list[str]) -> bool:
    """Whether the factor has modules that no installed thing has, or that a column of the row would count again."""
    if any(module.startswith("B6") for module in modules):
        context.complain("factor-is-energy", sheet, row, "factor", line.factor)
        return True
    foreign = [module for module in modules if module in ("B7", "B8", "D2")]
    if foreign:
        context.complain("factor-module", sheet, row, "factor", line.factor, module=foreign[0])
        return True
    if line.reused_percent and any("+" in module and holds([module], "A1-A3") for module in modules):
        context.complain("reuse-bundle", sheet, row, "reused_percent", f"{line.reused_percent:g}", factor=line.factor)
        return True
    if line.waste_percent and any("+" in module and holds([module], "A5") for module in modules):
        context.complain("module-twice", sheet, row, "waste_percent", line.factor, factor=line.factor, module="A5")
        return True
    return False


def rows_of(context: Context, factor_id: str) -> list[Factor]:
    """One row of each module and part of an id (the year is picked per event)."""
    first: dict[tuple[str, str], Factor] = {}
    for each in context.library.factors[factor_id]:
        first.setdefault((each.module, each.part), each)
    return list(first.values())


def _bridge(context: Context, sheet: str, row: int, line: Line) -> Bridge | None:
    try:
        bridge = context.library.bridge(line.factor, line.quantity.parsed, line.mass_kg)
    except UnitError:
        unit = context.library.factors[line.factor][0].unit.label
        column = "count" if line.amount is None else "amount"
        context.complain("factor-unit", sheet, row, column, line.quantity.unit, factor=line.factor, unit=unit)
        return None
    if bridge.property and bridge.property != "mass_kg":
        context.bridged(line.id, line.factor, line.quantity.parsed, bridge)
    return bridge


def _mass_kg(context: Context, line: Line) -> float | None:
    """Kilograms of one typed unit: as typed, from the unit itself, or by a property of the factor."""
    if line.mass_kg is not None:
        return line.mass_kg
    unit = line.quantity.parsed
    if unit.dimension == "mass":
        return line.quantity.to("kg") / line.quantity.value if line.quantity.value else 0.0
    for row in context.library.joining(line.factor):
        if row.unit.numerator == KILOGRAM and row.unit.denominator.dimension == unit.dimension:
            context.properties[row.subject, row.property] = row.source
            return row.value * line.quantity.to(row.unit.denominator.symbol) / line.quantity.value
    return None


Place = tuple[str, int]
"""Sheet and row that a problem is said of."""


def transport(
    context: Context,
    place: Place,
    trips: tuple[tuple[str, float], ...] | None,
    held: list[str],
    factor: str | None,
    kilograms: Number | None,
) -> list[Share]:
    """A4: tonnes × kilometres of each leg × its factor per t·km; refused where the factor holds A4 already."""
    if not trips:
        return []
    if holds(held, "A4"):
        context.complain("module-twice", *place, "transport", factor or "", factor=factor or "", module="A4")
        return []
    if kilograms is None:
        context.complain("mass-missing", *place, "mass_kg", "", wanted="transport")
        return []
    found = []
    for factor_id, km in trips:
        for leg in rows_of(context, factor_id):
            if leg.module != "A4" or leg.per.dimension != "transport":
                context.complain("factor-not-transport", *place, "transport", factor_id)
                return []
            found.append(Share("A4", leg, kilograms * (km / 1000.0)))
    return found


def end_of_life(
    context: Context, place: Place, factor: str, unit: Unit, mass_kg: float | None, typed: Number
) -> list[Share]:
    """C: the rows of ``end_of_life_factor`` for ``typed`` units, through their mass where the factor is per mass."""
    rows = [each for each in rows_of(context, factor) if each.module.startswith("C")]
    if not rows:
        context.complain("factor-without-c", *place, "end_of_life_factor", factor)
        return []
    if rows[0].per.dimension == unit.dimension:
        per = context.library.bridge(factor, unit).ratio
    elif mass_kg is None:
        context.complain("mass-missing", *place, "mass_kg", "", wanted="end_of_life_factor")
        return []
    else:
        try:
            per = mass_kg * context.library.bridge(factor, KILOGRAM).ratio
        except UnitError:
            label = rows[0].unit.label
            context.complain("factor-unit", *place, "end_of_life_factor", unit.label, factor=factor, unit=label)
            return []
    return [Share(each.module, each, typed * per) for each in rows]


def _closure(context: Context, line: Line, shares: list[Share]) -> Iterator[Share]:
    """C3: release of the biogenic carbon that a set takes up and no row gives back [kg CO2].

    Every share of such a set takes the row of one year, so that what one set takes up is what it gives back.
    """
    net = sum((_biogenic(context, share) for share in shares), np.zeros(1))
    main = context.library.factors[line.factor][0]
    release = Factor(
        id=line.factor,
        module="C3",
        part="",
        year=main.year,
        value=1.0,
        unit=parse_unit("kg CO2e/kg"),
        source="derived",
        family=main.family,
        fossil=0.0,
        biogenic=1.0,
        gwp_set=main.gwp_set,
        note="release of the biogenic carbon taken up",
    )
    context.mark(line.id, "C3", float(-np.ravel(net)[0]), "kg CO2", "derived", "closure", "EN 15804+A2")
    yield Share("C3", release, np.maximum(-net, 0.0), "derived", "closure")


def _biogenic(context: Context, share: Share) -> Number:
    """Biogenic part of a share [kg CO2], by the rows it takes, in their own units."""
    per, year = context.library.factors[share.factor.id][0].per, share.year or share.factor.year
    picked = context.library.pick(share.factor.id, share.factor.module, share.factor.part, year)
    each = sum(c.weight * ratio(per, c.factor.per) * c.factor.components["biogenic"] for c in picked)
    return share.amount * each * context.parameters(f"factor:{share.factor.id}", 1.0)


def _waste(context: Context, line: Line, comes: list[Share], goes: list[Share]) -> Iterator[Share]:
    """A5: waste share × (A1–A3 + A4 + C)."""
    percent, status = line.waste_percent, "given"
    if percent is None:
        percent, status = _default_waste(context, line), "default"
    if not percent:
        return
    for share in [*comes, *goes]:
        if share.module != "A5":
            yield replace(share, module="A5", amount=share.amount * (percent / 100.0), status=status)


def _default_waste(context: Context, line: Line) -> float:
    """Site waste of a material [%] by the library, unless an Exclusions row leaves it out."""
    default = context.library.property(line.factor, "waste_factor")
    if default is None or line.sheet == "Hardware":
        return 0.0
    if context.study.excluded("A5", line.sheet.lower()) is not None:
        return 0.0
    percent = round((default.value - 1.0) * 100.0, 9)  # 1.03 is 3 %, not 3.0000000000000027
    context.properties[default.subject, default.property] = default.source
    context.mark(line.id, "waste_percent", percent, "%", "default", "site-waste", default.source)
    return percent
