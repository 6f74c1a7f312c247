"""The three result tables as lists of records, and the one way to look at them: a group-by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from factors.model import Factor
from lca.context import Context
from lca.evaluation import Contribution, less_sure
from lca.modules import scope
from lca.packages import gwp
from lca.system import BASES, Flow, Process, Tag

Record = Mapping[str, Any]

CONTRIBUTION_KEYS = (
    "line", "name", "section", "zone", "owner", "module", "inner", "part", "scope", "year", "generation", "factor",
    "gas", "component",
)  # fmt: skip
"""What keys a row of the contributions table, before its two values."""


@dataclass(frozen=True)
class Placed:
    """A table, and the row of it that each contribution went into, with the contribution."""

    table: list[dict[str, Any]]
    rows: list[tuple[int, Contribution]]


def contributions_table(context: Context, rows: Iterable[Contribution]) -> Placed:
    """Rows of the footprint (modules A–C), one for each line, path and flow [kg CO2e]; rows of zero are left out."""
    flows = {known: flow for flow, known in context.system.flows.items()}
    consolidation = context.study.settings.consolidation or "operational"

    def record(row: Contribution, tag: Tag, leaf: Process, factor: Factor) -> dict[str, Any]:
        flow = flows[row.flow]
        part = "losses" if row.losses else leaf.part
        return {
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
                consolidation=consolidation,
            ),
            "year": tag.year,
            "generation": tag.generation,
            "factor": factor.id,
            "gas": flow.gas,
            "component": flow.component,
            "location": float(row.location[0]),
            "market": float(row.market[0]),
            "status": less_sure(tag.status, row.status),
            "quality": tag.quality,
        }

    return _placed(context, rows, record)


Recorded = Callable[[Contribution, Tag, Process, Factor], dict[str, Any]]


def _placed(context: Context, rows: Iterable[Contribution], record: Recorded) -> Placed:
    """Make the rows of a table; those with equal keys are one: two factor rows of one id, or a year and its losses."""
    merged: dict[tuple[Any, ...], int] = {}
    placed = Placed([], [])
    for row in rows:
        if row.location[0] == 0.0 and row.market[0] == 0.0:
            continue
        tag, leaf = context.system.processes[row.line].tag, context.system.processes[row.leaf]
        if tag is None or leaf.factor is None:
            raise AssertionError(f"{context.system.processes[row.line].label} has no tag")
        made = record(row, tag, leaf, leaf.factor)
        key = tuple(value for name, value in made.items() if name not in BASES)
        known = merged.setdefault(key, len(placed.table))
        if known == len(placed.table):
            placed.table.append(made)
        else:
            for basis in BASES:
                placed.table[known][basis] += made[basis]
        placed.rows.append((known, row))
    return placed


def outside_table(context: Context, rows: Iterable[Contribution]) -> Placed:
    """Rows outside the footprint: D1, D2 and avoided emissions, with who claims them [kg CO2e]."""
    flows = {known: flow for flow, known in context.system.flows.items()}

    def record(row: Contribution, tag: Tag, leaf: Process, factor: Factor) -> dict[str, Any]:
        return {
            "line": tag.line,
            "name": tag.name,
            "section": tag.section,
            "module": tag.module,
            "year": tag.year,
            "factor": factor.id,
            "component": flows[row.flow].component,
            "claim_holder": tag.claim_holder,
            "location": float(row.location[0]),
            "market": float(row.market[0]),
        }

    return _placed(context, rows, record)


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


def it_kwh(context: Context) -> float:
    """IT energy of the period [kWh]: inputs of the lines of module B6.2."""
    total = 0.0
    lines = {
        process
        for process, each in context.system.processes.items()
        if each.kind == "line" and each.tag is not None and each.tag.module == "B6.2"
    }
    common = context.system.common
    for product, consumer, amount in zip(common.product, common.consumer, common.coefficient, strict=True):
        if consumer in lines and context.system.processes[product].kind == "supply":
            total += float(np.ravel(amount)[0])
    return total


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
