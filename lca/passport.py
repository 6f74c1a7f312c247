"""The factor passport: every factor, property and source the result rests on, and every value nobody typed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from factors.library import Factor
from lca.context import Context
from lca.modules import order
from lca.tables import Record, group


def _row(row: Factor, language: str, context: Context) -> dict[str, Any]:
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
        "gwp_set": row.gwp_set,
        "geography": row.geography,
        "source": row.source,
        "locator": row.locator,
        "confidence": row.confidence,
        "doubtful": row.doubtful,
        "note": row.note,
        "own": row.own,
    }


def passport(context: Context, contributions: Sequence[Record], outside: Sequence[Record]) -> dict[str, Any]:
    """Return what the numbers rest on.

    Returns
    -------
    dict
        ``factors`` (rows used, with what they carry on both bases), ``values`` (not typed), ``properties``,
        ``sources``, ``gwp_sets`` (share of Σ|contributions| by set), ``split_not_stated`` (share without components).
    """
    language = context.study.settings.language or "en"
    used: dict[tuple[str, str, str, int], Factor] = {}
    for process in context.system.processes.values():
        row = process.factor
        if process.kind == "factor" and row is not None:
            used[row.id, row.module, row.part, row.year] = row
    carried = group(contributions, "factor")
    lines: dict[str, dict[str, None]] = {}
    for record in (*contributions, *outside):
        lines.setdefault(record["factor"], {})[record["line"]] = None
    factors = [
        {
            **_row(row, language, context),
            "lines": list(lines.get(row.id, context.used.get(row.id, ()))),
            **_carried(carried, row),
        }
        for row in sorted(used.values(), key=lambda row: (row.id, order(row.module), row.part, row.year))
    ]
    absolute = sum(abs(row["location"]) for row in contributions) or 1.0
    first = {row.id: row for row in used.values()}
    sets: dict[str, float] = {}
    unsplit = 0.0
    for record in contributions:
        row = first.get(record["factor"])
        name = f"{record['gas']} (named gas)" if record["gas"] != "CO2e" else row.gwp_set if row else "not-stated"
        sets[name] = sets.get(name, 0.0) + abs(record["location"]) / absolute
        if row is not None and row.fossil is None:
            unsplit += abs(record["location"]) / absolute
    properties = [
        {"subject": subject, "property": name, "value": found.value, "unit": found.unit.label, "source": source,
         "locator": found.locator, "confidence": found.confidence}
        for (subject, name), source in sorted(context.properties.items())
        if (found := _property(context, subject, name)) is not None
    ]  # fmt: skip
    return {
        "factors": factors,
        "values": [asdict(mark) for mark in context.marks],
        "properties": properties,
        "sources": _sources(context, factors, properties),
        "gwp_sets": dict(sorted(sets.items())),
        "split_not_stated": unsplit,
    }


def _property(context: Context, subject: str, name: str) -> Any:  # noqa: ANN401 - a Property or None
    for row in context.library.properties.get(subject, ()):
        if row.property == name:
            return row
    return context.library.property(subject, name) if subject in context.library else None


def _carried(carried: Mapping[tuple[str, ...], Mapping[str, float]], row: Factor) -> dict[str, float]:
    found = carried.get((row.id,), {})
    return {"location": found.get("location", 0.0), "market": found.get("market", 0.0)}


def _sources(context: Context, factors: Sequence[Record], properties: Sequence[Record]) -> list[dict[str, Any]]:
    """Sources of the factors, properties and values used, each once, as a stranger can find them."""
    keys = {row["source"] for row in factors} | {row["source"] for row in properties}
    keys |= {piece for mark in context.marks for piece in mark.source.split(";") if piece}
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
