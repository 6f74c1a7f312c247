"""Water drawn and let out (B7), and waste of operations (B8): amounts per year times their factor."""

from factors.units import UnitError
from inventories.study import WaterRow
from lca.context import Context
from lca.lines import take
from lca.recipes import Share, rows_of
from lca.system import Tag
from lca.yearly import Yearly, by_year

MODULE = {"water": "B7", "waste-water": "B7", "waste": "B8"}
"""Module a kind is counted in: B8 holds the waste of operations, which EN 15978 leaves to the user."""

_TAKEN = {"B7": ("B7",), "B8": ("B8", "C")}
"""Beginnings of the modules of factor rows that are taken; treatment of waste is often given as C2 to C4."""


def expand_water(context: Context) -> None:
    """Put every row of Water and waste into the product system, in every year it stands for."""
    refused: set[int] = set()
    for each in by_year(context, "Water and waste", context.study.water):
        if each.index not in refused and not _book(context, each):
            refused.add(each.index)


def _book(context: Context, each: Yearly[WaterRow]) -> bool:
    row = each.row
    module = MODULE[row.kind]
    rows = [found for found in rows_of(context, row.factor) if found.module.startswith(_TAKEN[module])]
    if module == "B8" and any(found.module == "B8" for found in rows):
        rows = [found for found in rows if found.module == "B8"]
    place = ("Water and waste", each.index)
    if not rows:
        modules = " / ".join(_TAKEN[module])
        context.complain("factor-not-water", *place, "factor", row.factor, kind=row.kind, modules=modules)
        return False
    try:
        bridge = context.library.bridge(row.factor, row.amount.parsed)
    except UnitError:
        label = context.library.factors[row.factor][0].unit.label
        context.complain("factor-unit", *place, "amount", row.amount.unit, factor=row.factor, unit=label)
        return False
    if bridge.property:
        context.bridged(row.id, row.factor, row.amount.parsed, bridge)
    tag = Tag(
        line=row.id,
        name=row.item,
        section="waste" if module == "B8" else "water",
        zone=row.zone or "data-centre",
        owner=row.owner or "facility",
        module=module,
        year=each.year,
        status=each.status,
        quality=row.quality or "",
        amount=f"study/Water and waste/{each.index}/amount",
    )
    take(context, tag, 1.0, [Share(module, found, each.amount * bridge.ratio) for found in rows])
    return True
