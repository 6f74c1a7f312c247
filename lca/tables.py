"""The three result tables as lists of records, and the one way to look at them: a group-by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from lca.context import Context
from lca.evaluation import Contribution, less_sure
from lca.modules import scope
from lca.packages import gwp
from lca.system import BASES, Flow

Record = Mapping[str, Any]

CONTRIBUTION_KEYS = (
    "line", "name", "section", "zone", "owner", "module", "inner", "part", "scope", "year", "generation", "factor",
    "gas", "component",
)  # fmt: skip
"""What keys a row of the contributions table, before its two values."""


def contributions_table(context: Context, rows: Iterable[Contribution]) -> list[dict[str, Any]]:
    """Rows of the footprint (modules A–C), one for each line, path and flow [kg CO2e]; rows of zero are left out."""
    settings = context.study.settings
    flows = {known: flow for flow, known in context.system.flows.items()}
    table = []
    for row in rows:
        location, market = float(row.location[0]), float(row.market[0])
        if location == 0.0 and market == 0.0:
            continue
        tag, leaf = context.system.processes[row.line].tag, context.system.processes[row.leaf]
        if tag is None or leaf.factor is None:
            raise AssertionError(f"{context.system.processes[row.line].label} has no tag")
        flow = flows[row.flow]
        part = "losses" if row.losses else leaf.part
        table.append(
            {
                "line": tag.line,
                "name": tag.name,
                "section": tag.section,
                "zone": tag.zone,
                "owner": tag.owner,
                "module": tag.module,
                "inner": tag.inner,
                "part": part,
                "scope": scope(
                    section=tag.section,
                    module=tag.module,
                    inner=tag.inner,
                    part=part,
                    carrier=tag.carrier,
                    owner=tag.owner,
                    component=flow.component,
                    consolidation=settings.consolidation or "operational",
                ),
                "year": tag.year,
                "generation": tag.generation,
                "factor": leaf.factor.id,
                "gas": flow.gas,
                "component": flow.component,
                "location": location,
                "market": market,
                "status": less_sure(tag.status, row.status),
                "quality": tag.quality,
            }
        )
    return _added_up(table)


def _added_up(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with equal keys are one row: two years' factor rows of one id, or a year and its losses."""
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in table:
        key = tuple(value for name, value in row.items() if name not in BASES)
        known = merged.get(key)
        if known is None:
            merged[key] = row
        else:
            for basis in BASES:
                known[basis] += row[basis]
    return list(merged.values())


def outside_table(context: Context, rows: Mapping[int, Iterable[Contribution]]) -> list[dict[str, Any]]:
    """Rows outside the footprint: D1, D2 and avoided emissions, with who claims them [kg CO2e]."""
    flows = {known: flow for flow, known in context.system.flows.items()}
    table = []
    for demand in context.system.outside.values():
        for row in rows[demand]:
            tag, leaf = context.system.processes[row.line].tag, context.system.processes[row.leaf]
            if tag is None or leaf.factor is None:
                raise AssertionError(f"{context.system.processes[row.line].label} has no tag")
            location, market = float(row.location[0]), float(row.market[0])
            if location == 0.0 and market == 0.0:
                continue
            table.append(
                {
                    "line": tag.line,
                    "name": tag.name,
                    "section": tag.section,
                    "module": tag.module,
                    "year": tag.year,
                    "factor": leaf.factor.id,
                    "component": flows[row.flow].component,
                    "claim_holder": tag.claim_holder,
                    "location": location,
                    "market": market,
                }
            )
    return _added_up(table)


def heat_methods_table(totals: Mapping[str, Mapping[str, float]], *, heat: bool) -> list[dict[str, Any]]:
    """Gross emissions shared between data centre and heat, by method; the rows of a method sum to the gross.

    H0, cut-off: the data centre carries everything, recovered heat nothing.
    """
    if not heat:
        return []
    return [
        {"method": "H0", "party": "data-centre", **{basis: totals[basis]["total"] for basis in BASES}},
        {"method": "H0", "party": "heat", **dict.fromkeys(BASES, 0.0)},
    ]


def group(
    records: Iterable[Record], *keys: str, where: Callable[[Record], bool] = lambda record: True
) -> dict[tuple[Any, ...], dict[str, float]]:
    """Sum both bases by keys, in the order the keys first appear.

    Examples
    --------
    >>> rows = [{"module": "A4", "location": 1.0, "market": 2.0}, {"module": "A4", "location": 3.0, "market": 0.0}]
    >>> group(rows, "module")
    {('A4',): {'location': 4.0, 'market': 2.0}}
    """
    sums: dict[tuple[Any, ...], dict[str, float]] = {}
    for record in records:
        if where(record):
            at = sums.setdefault(tuple(record[key] for key in keys), dict.fromkeys(BASES, 0.0))
            for basis in BASES:
                at[basis] += record[basis]
    return sums


def totals(contributions: Sequence[Record]) -> dict[str, dict[str, float]]:
    """Totals of both bases and their components [kg CO2e]."""
    by_component = group(contributions, "component")
    found: dict[str, dict[str, float]] = {}
    for basis in BASES:
        parts = {each: by_component.get((each,), {}).get(basis, 0.0) for each in ("fossil", "biogenic", "land_use")}
        found[basis] = {"total": sum(parts.values()), **parts}
    return found


def replaced_gases(context: Context) -> dict[str, str]:
    """Gases without a value in the chosen GWP set, with the set used instead."""
    chosen = context.study.settings.gwp_set or "AR6"
    found = {}
    for flow in context.system.flows:
        _, used = gwp(Flow(flow.gas, flow.component, flow.gwp_set), chosen, context.library.gases)
        if flow.gas != "CO2e" and used != chosen:
            found[flow.gas] = used
    return found
