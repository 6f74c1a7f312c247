"""What meters show, or shall show, by year: what a plan promised is compared with it."""

from typing import Any

from lca.context import Context
from lca.kpi import first, years
from lca.measures.target import is_operation
from lca.system import BASES


def amounts(context: Context) -> list[dict[str, Any]]:
    """Energy of the data centre by use and heat handed over, year by year.

    Returns
    -------
    list of dict
        ``year``; ``uses``: kWh by use, of rows of Energy in operation; ``heat``: kWh handed over; ``measured``: whether
        all of the rows are meters.
    """
    return [
        {
            "year": year,
            "uses": dict(of.uses),
            "heat": sum(first(each.handed_over) for each in of.heat),
            "measured": of.state == "measured",
        }
        for year, of in years(context).items()
    ]


def followed_up(promised: dict[str, Any], metered: dict[str, Any]) -> list[dict[str, Any]]:
    """Compare what a plan promised with what a later study of the same data centre shows.

    Parameters
    ----------
    promised
        Results document that holds a plan.
    metered
        Results document of the later study: often of a single year.

    Returns
    -------
    list of dict
        For every year in both and every figure in either: ``year, figure, unit, without, promised, metered, kept``;
        ``without`` measures and ``promised`` with the plan. ``kept`` is the share of the promised change that is there,
        None where the plan changes nothing.
    """
    plan = promised["measures"]["plan"]
    before, after = ({row["year"]: row for row in plan[key]} for key in ("amounts_before", "amounts_after"))
    found: list[dict[str, Any]] = []
    for row in metered["measures"]["amounts"]:
        year = row["year"]
        if year not in before:
            continue
        of = (before[year], after[year], row)
        figures = {
            use: ("kWh", [each["uses"].get(use, 0.0) for each in of])
            for use in dict.fromkeys(use for each in of for use in each["uses"])
        }
        it = [each["uses"].get("it", 0.0) for each in of]
        if all(it):
            whole = [sum(each["uses"].values()) for each in of]
            figures["per-it"] = ("kWh/kWh", [total / each for total, each in zip(whole, it, strict=True)])
        if any(each["heat"] for each in of):
            figures["heat"] = ("kWh", [each["heat"] for each in of])
        place, there = promised["measures"]["years"].index(year), _operation(metered, year)
        for basis in BASES:
            stated = [plan["operation"][key][basis][place] for key in ("before", "after")]
            figures[f"operation-{basis}"] = ("kg CO2e", [*stated, there[basis]])
        for figure, (unit, values) in figures.items():
            found.append({"year": year, "figure": figure, "unit": unit, **_kept(*values), "measured": row["measured"]})
    return found


def _kept(without: float, promised: float, metered: float) -> dict[str, float | None]:
    """Three values of a figure, and the share of the promised change that is there."""
    change = promised - without
    kept = (metered - without) / change if abs(change) > 1e-9 * max(abs(without), abs(promised)) else None
    return {"without": without, "promised": promised, "metered": metered, "kept": kept}


def _operation(document: dict[str, Any], year: int) -> dict[str, float]:
    """Footprint of operation of a year, off the contributions [kg CO2e]."""
    rows = [row for row in document["contributions"] if row["year"] == year and is_operation(row["module"])]
    return {basis: sum(row[basis] for row in rows) for basis in BASES}
