"""The trail of every number: processes, coefficients and emissions as the packages hold them, and who sums to what.

A row of contributions or outside is the sum of its ways. The value of a way is a product: how often the demand takes
the line, what one time of the line takes, and so on along the exchanges to a leaf; there kilograms of a flow, times
its characterisation factor.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from lca.context import Context
from lca.contracts import days_share, tiers
from lca.packages import EMISSIONS, INPUTS, Packages, characterised, read
from lca.system import BASES, Process
from lca.tables import Placed

UNITS = {
    "supply": "kWh",
    "losses": "kWh",
    "grid": "kWh",
    "mix": "kWh",
    "residual mix": "kWh",
    "heat pump": "kWh",
    "recovered heat": "kWh",
    "closure": "kg",
    "gas": "kg",
}
"""Unit of what a process makes; a factor makes its own, a line is taken a number of times."""

TIMES = "×"


def trail(
    context: Context,
    built: Packages,
    tables: Mapping[str, Placed],
) -> dict[str, Any]:
    """Return the trail of a result, column 0 of the free axis.

    Parameters
    ----------
    context, built
        The system, and the packages that were solved; coefficients are read back from these.
    tables
        ``contributions`` and ``outside``, with the ways that their rows sum to.

    Returns
    -------
    dict
        ``processes``, ``exchanges``, ``emissions``, ``ways``, ``matching`` and ``onsite``
        (``docs/reference/results.md``); lines that carry nothing are there too, because a change may let them carry.
    """
    ways = list(_ways(context, tables))
    exchanges = _exchanges(context, built)
    demands = {context.system.facility, *context.system.outside.values()}
    lines = {row["product"] for row in exchanges if row["consumer"] in demands}
    kept = _reached(exchanges, lines)
    carrying = {way["line"] for way in ways}
    taken = [
        row for row in exchanges if row["consumer"] in kept or (row["consumer"] in demands and row["product"] in lines)
    ]
    return {
        "processes": [_process(context, number, silent=number not in carrying) for number in sorted(kept | demands)],
        "exchanges": taken,
        "emissions": [row for row in _emissions(context, built) if row["process"] in kept],
        "ways": ways,
        "matching": list(_matching(context, kept)),
        "onsite": list(_onsite(context)),
    }


def _ways(context: Context, tables: Mapping[str, Placed]) -> Iterable[dict[str, Any]]:
    """Which way of the walk went into which row of which table."""
    flows = {known: flow for flow, known in context.system.flows.items()}
    for name, placed in tables.items():
        for place, row in placed.rows:
            flow = flows[row.flow]
            yield {
                "table": name,
                "row": place,
                "line": row.line,
                "leaf": row.leaf,
                "gas": flow.gas,
                "component": flow.component,
                "losses": row.losses,
                "status": row.status,
            }


def _exchanges(context: Context, built: Packages) -> list[dict[str, Any]]:
    """Every input with its coefficient on each basis, read from the packages in the order they were made."""
    system = context.system
    shares = [*system.common.share, *system.supply[BASES[0]].share]
    amounts = {basis: read([built.common, built.supply[basis]], INPUTS, "technosphere_matrix") for basis in BASES}
    first = amounts[BASES[0]]
    columns = (amounts[basis].value[:, 0].tolist() for basis in BASES)
    found = []
    for product, consumer, share, *values in zip(
        first.product.tolist(), first.consumer.tolist(), shares, *columns, strict=True
    ):
        row = {"consumer": consumer, "product": product, **dict(zip(BASES, values, strict=True))}
        found.append({**row, "share": share} if share else row)
    return found


def _reached(exchanges: Sequence[Mapping[str, Any]], lines: set[int]) -> set[int]:
    inputs: dict[int, list[int]] = {}
    for row in exchanges:
        inputs.setdefault(row["consumer"], []).append(row["product"])
    found, ahead = set(lines), list(lines)
    while ahead:
        for product in inputs.get(ahead.pop(), ()):
            if product not in found:
                found.add(product)
                ahead.append(product)
    return found


def _process(context: Context, number: int, *, silent: bool) -> dict[str, Any]:
    """A process; a line that carries nothing stands in no table, so that its tag stands here."""
    process = context.system.processes[number]
    found: dict[str, Any] = {"process": number, "kind": process.kind, "label": process.label, "unit": _unit(process)}
    if process.status != "given":
        found["status"] = process.status
    if process.tag is not None and process.tag.amount:
        found["amount"] = process.tag.amount
        if process.tag.fixed:
            found["fixed"] = True
    if process.tag is not None and silent:
        kept = (
            field
            for field in fields(process.tag)
            if field.name not in ("amount", "fixed", "carrier", "status", "quality")
        )
        found["tag"] = {field.name: getattr(process.tag, field.name) for field in kept}
    if process.factor is not None:
        row = process.factor
        found["factor"] = {"id": row.id, "module": row.module, "part": row.part or "whole", "year": row.year}
    return found


def _unit(process: Process) -> str:
    if process.kind == "factor" and process.factor is not None:
        return process.factor.per.label
    return UNITS.get(process.kind, TIMES)


def _emissions(context: Context, built: Packages) -> Iterable[dict[str, Any]]:
    flows = {known: flow for flow, known in context.system.flows.items()}
    emitted, factors = read([built.common], EMISSIONS, "biosphere_matrix"), characterised(built)
    kilograms = emitted.value[:, 0].tolist() if len(emitted.value) else []
    for flow, process, value in zip(emitted.product.tolist(), emitted.consumer.tolist(), kilograms, strict=True):
        yield {
            "process": process,
            "gas": flows[flow].gas,
            "component": flows[flow].component,
            "kilograms": value,
            "gwp": factors[flow][1],
        }


def _matching(context: Context, kept: set[int]) -> Iterable[dict[str, Any]]:
    """Supply of each group and year, and which contracts may serve it, in the order they are matched.

    Matched by the hour they do not stand here: the shares are sums over hours that no cell holds.
    """
    if context.matching is None or context.matching.hourly:
        return
    contracts = context.study.contracts
    order = {i: place for place, tier in enumerate(tiers(contracts)) for i in tier}
    for year, groups in sorted(context.matching.demand.items()):
        for group in groups:
            supply = context.system.process("supply", (group.label, year))
            if supply in kept:
                yield {
                    "supply": supply,
                    "year": year,
                    "contracts": [
                        {"contract": i, "tier": order[i], "days": days_share(contracts[i], year)}
                        for i in sorted(group.contracts, key=lambda i: (order[i], i))
                    ],
                }


def _onsite(context: Context) -> Iterable[dict[str, Any]]:
    """Own generation of each year, which comes before the contracts."""
    if context.matching is None or context.matching.hourly:
        return
    places = {row.id: place for place, row in enumerate(context.study.energy)}
    for year, rows in sorted(context.matching.onsite.items()):
        for row, kwh in rows:
            yield {
                "year": year,
                "amount": f"study/Energy/{places[row.id]}/amount",
                "kwh": float(np.ravel(kwh)[0]),
                "sold": row.certificates == "sold",
                "share": f"onsite:{row.id}",
            }
