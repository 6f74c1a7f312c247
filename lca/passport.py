"""The factor passport: every factor, property and source the result rests on, and every value nobody typed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from factors.model import Factor
from lca.context import Context
from lca.evaluation import Contribution
from lca.marks import ALONG
from lca.modules import order
from lca.tables import Record


def _row(row: Factor, language: str, context: Context) -> dict[str, Any]:
    weighed = context.library.gases.get(row.flow_gas)
    used = row.gwp_set if weighed is None else weighed.in_set(context.study.settings.gwp_set or "AR6")[0]
    return {
        "id": row.id,
        "name": context.library.name(row.id, language),
        "names": dict(context.library.names.get(row.id, {})),
        "module": row.module,
        "part": row.part or "whole",
        "year": row.year,
        "value": row.value,
        "unit": row.unit.label,
        "fossil": row.fossil,
        "biogenic": row.biogenic,
        "land_use": row.land_use,
        "gas": row.flow_gas,
        "gwp": None if weighed is None else weighed.gwp[used],
        "gwp_set": used,
        "family": row.family,
        "geography": row.geography,
        "source": row.source,
        "locator": row.locator,
        "confidence": row.confidence,
        "doubtful": row.doubtful,
        "note": row.note,
        "own": row.own,
    }


def passport(
    context: Context, rows: Sequence[Contribution], contributions: Sequence[Record], outside: Sequence[Record]
) -> dict[str, Any]:
    """Return what the numbers rest on.

    Returns
    -------
    dict
        ``factors`` (rows used, with what they carry on both bases), ``values`` (not typed), ``properties``,
        ``sources``, ``grid`` (intensity by year and part), ``trajectory`` (the series that the grid follows),
        ``gwp_sets`` (share of Σ|contributions| by set), ``split_not_stated`` (share without components).
    """
    language = context.study.settings.language or "en"
    leaves = {process: each.factor for process, each in context.system.processes.items() if each.factor is not None}
    carried, sets, unsplit, absolute = _carried(context, rows, leaves)
    lines: dict[str, dict[str, None]] = {}
    for record in (*contributions, *outside):
        lines.setdefault(record["factor"], {})[record["line"]] = None
    factors = [
        {
            **_row(row, language, context),
            "valid_to": row.valid_to,
            "closure": context.system.processes[process].kind == "closure",
            "lines": list(lines.get(row.id, context.used.get(row.id, ()))),
            **carried.get(process, {"location": 0.0, "market": 0.0}),
        }
        for process, row in sorted(leaves.items(), key=lambda leaf: _place(leaf[1]))
    ]
    properties = [
        {"subject": subject, "property": name, "value": found.value, "unit": found.unit.label, "source": source,
         "locator": found.locator, "confidence": found.confidence}
        for (subject, name), source in sorted(context.properties.items())
        if (found := _property(context, subject, name)) is not None
    ]  # fmt: skip
    return {
        "factors": factors,
        "values": [mark.as_json() for mark in context.marks],
        "properties": properties,
        "sources": _sources(context, factors, properties),
        "grid": grid_by_year(context),
        "trajectory": trajectory(context),
        "gwp_sets": {name: value / absolute for name, value in sorted(sets.items())},
        "split_not_stated": unsplit / absolute,
    }


def grid_by_year(context: Context) -> list[dict[str, Any]]:
    """Intensity of every grid in every year, by part, as the packages hold it [kg CO2e/kWh], and how it came about.

    ``how``: ``row`` (a factor of that year), ``interpolated``, ``held``, ``replaced`` (the oldest row), ``trajectory``
    (a year that the series gives), ``trajectory-between``, ``trajectory-held``. ``between`` names the two years that a
    value is linear between, or the one that is held; else it is empty.
    """
    system, chosen = context.system, context.study.settings.gwp_set or "AR6"
    found: dict[int, dict[str, Any]] = {}
    inputs = zip(system.common.product, system.common.consumer, system.common.coefficient, strict=True)
    for product, consumer, coefficient in inputs:
        grid, row = system.processes[consumer], system.processes[product].factor
        if grid.kind != "grid" or row is None:
            continue
        zone, year, part = grid.key
        gas = context.library.gases.get(row.flow_gas)
        gwp = 1.0 if gas is None else gas.gwp[gas.in_set(chosen)[0]]
        value = float(np.ravel(coefficient)[0]) * sum(row.components.values()) * gwp
        here = found.setdefault(
            consumer, {"zone": zone, "year": year, "part": part, "factor": row.id, "value": 0.0, "rows": [], "how": ""}
        )
        here["value"] += value
        here["rows"].append(row.year)
    moved = {(mark.line, mark.column): mark for mark in context.marks if mark.code in ALONG}
    for each in found.values():
        rows, year = each.pop("rows"), each["year"]
        how = (
            "interpolated"
            if len(set(rows)) > 1
            else "row"
            if rows == [year]
            else "held"
            if rows[0] < year
            else "replaced"
        )
        along = moved.get((f"grid {each['zone']}", str(year)))
        each["how"] = how if along is None else along.code
        each["between"] = _between(each["how"], rows, {} if along is None else dict(along.values))
    return sorted(found.values(), key=lambda each: (str(each["zone"]), each["year"]))


def _between(how: str, rows: Sequence[int], told: Mapping[str, str]) -> list[int]:
    """Years that a value of a grid is linear between, or the one that is held."""
    match how:
        case "interpolated":
            return sorted(set(rows))
        case "held" | "replaced":
            return sorted(set(rows))[:1]
        case "trajectory-between":
            return [int(told["a"]), int(told["b"])]
        case "trajectory-held":
            return [int(told["last"])]
        case _:
            return []


def trajectory(context: Context) -> dict[str, Any] | None:
    """Return the series that the grid follows after its newest factor, with every point; None where none is."""
    name, source = context.followed
    if not name:
        return None
    points = context.trajectories[name]
    return {
        "name": name,
        "names": dict(context.library.names.get(name, {})),
        "source": source,
        "unit": "kg CO2e/kWh",
        "points": [{"year": year, "value": points[year]} for year in sorted(points)],
    }


def _property(context: Context, subject: str, name: str) -> Any:  # noqa: ANN401 - a Property or None
    for row in context.library.properties.get(subject, ()):
        if row.property == name:
            return row
    return context.library.property(subject, name) if subject in context.library else None


def _place(row: Factor) -> tuple[str, int, str, int]:
    return row.id, order(row.module), row.part, row.year


def _carried(
    context: Context, rows: Sequence[Contribution], leaves: Mapping[int, Factor]
) -> tuple[dict[int, dict[str, float]], dict[str, float], float, float]:
    """What each factor row carries on both bases; Σ|location| by GWP set, without stated split, and in all."""
    flows = {known: flow for flow, known in context.system.flows.items()}
    carried: dict[int, dict[str, float]] = {}
    sets: dict[str, float] = {}
    unsplit = absolute = 0.0
    for row in rows:
        location, market = float(row.location[0]), float(row.market[0])
        at = carried.setdefault(row.leaf, {"location": 0.0, "market": 0.0})
        at["location"] += location
        at["market"] += market
        gas = flows[row.flow].gas
        name = f"{gas} (named gas)" if gas != "CO2e" else leaves[row.leaf].gwp_set
        sets[name] = sets.get(name, 0.0) + abs(location)
        absolute += abs(location)
        unsplit += abs(location) if leaves[row.leaf].fossil is None else 0.0
    return carried, sets, unsplit, absolute or 1.0


def _sources(context: Context, factors: Sequence[Record], properties: Sequence[Record]) -> list[dict[str, Any]]:
    """Sources of the factors, properties and values used, each once, as a stranger can find them."""
    cited = [*(row["source"] for row in (*factors, *properties)), *(mark.source for mark in context.marks)]
    keys = {key for each in cited for key in each.split(";") if key}
    known = context.library.sources
    return [asdict(known[key]) for key in sorted(keys) if key in known]


def used_records(context: Context) -> dict[str, Any]:
    """Return the factor and property rows used, for the input hash."""
    rows = [
        _row(process.factor, "en", context)
        for process in context.system.processes.values()
        if process.kind == "factor" and process.factor is not None
    ]
    for row in rows:
        del row["name"], row["names"]
    rows.sort(key=lambda row: (row["id"], row["module"], row["part"], row["year"]))
    properties = []
    for subject, name in sorted(context.properties):
        found = _property(context, subject, name)
        if found is not None:
            properties.append({"subject": subject, "property": name, "value": found.value, "unit": found.unit.symbol})
    return {"factors": rows, "properties": properties}
