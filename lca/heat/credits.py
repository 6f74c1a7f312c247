"""The credit of recovered heat: what it displaces, how that declines, where it breaks even, when its sign turns."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.references import MERIT_ORDER
from lca.context import Context
from lca.heat.match import LIMITS
from lca.heat.methods import Facts, first, inside_pumps
from lca.heat.sharing import break_even
from lca.heat.years import HeatYear, ports_of, source_of
from lca.marks import HEAT_DISPLACED
from lca.outside import claims, displacing, is_displacing
from lca.system import BASES
from lca.tables import Record, group

DECLINES = (0.0, 5.0, 10.0, 15.0)
"""Yearly declines of the displaced factor that the effect is told for beside the one typed [%]; no forecast."""


def credits(context: Context, of: Facts, contributions: Sequence[Record], outside: Sequence[Record]) -> dict[str, Any]:
    """What recovery avoids [kg CO2e], by basis, year and decline of the displaced factor; where it breaks even.

    Returns
    -------
    dict
        ``displaced, pumped, saved``; ``net``, what stands outside; ``effect``, net less a pump in the footprint, these
        None where what a heat displaces is not known; and
        ``break_even`` and ``displaced_intensity`` [kg CO2e/kWh], by basis; ``range``: the effect at the least and the
        most of the displaced factors; ``years``: the effect of each; ``declines``: the effect if the displaced factor
        falls by so many percent a year from the start year.
    """
    complete = all(map(is_displacing, context.heats))
    per = of.fed if complete and of.fed else None
    net = {basis: of.credit(basis) for basis in BASES} if complete else None
    return {
        "displaced": of.displaced if complete else None,
        "pumped": {basis: of.pumped[basis] + of.pumping[basis] for basis in BASES},
        "saved": of.saved,
        "net": net,
        "effect": {basis: of.effect(basis) for basis in BASES} if complete else None,
        "displaced_intensity": per and {basis: of.displaced[basis] / per for basis in BASES},
        "break_even": per
        and {basis: break_even(of.pumped[basis] + of.pumping[basis] - of.saved[basis], per) for basis in BASES},
        "range": _range(context, of, outside) if complete else None,
        "years": _years(context, contributions, outside),
        "declines": list(_declines(context, of, outside)) if complete else [],
    }


def _range(context: Context, of: Facts, outside: Sequence[Record]) -> dict[str, Any] | None:
    """Effect at the least and the most of the displaced factors, by the range of the newest row of each.

    None where the source of one of them states no range.
    """
    ratios: dict[str, tuple[float, float]] = {}
    displaced = [row for row in outside if row["section"] == "heat" and row["name"] == HEAT_DISPLACED]
    for factor in {row["factor"] for row in displaced}:
        rows = [row for row in context.library.factors[factor] if row.module == "B6"]
        newest = [row for row in rows if row.year == max(each.year for each in rows)]
        value = sum(row.value for row in newest)
        if not value or any(row.low is None or row.high is None for row in newest):
            return None
        ratios[factor] = (sum(row.low or 0.0 for row in newest) / value, sum(row.high or 0.0 for row in newest) / value)
    if not ratios:
        return None
    return {
        name: {
            basis: of.effect(basis) - sum(row[basis] * (ratios[row["factor"]][place] - 1.0) for row in displaced)
            for basis in BASES
        }
        for place, name in enumerate(("low", "high"))
    }


def _years(context: Context, contributions: Sequence[Record], outside: Sequence[Record]) -> list[dict[str, Any]]:
    rows = [*(row for row in outside if row["section"] == "heat"), *inside_pumps(context, contributions)]
    sums = group(rows, "year")
    return [
        {"year": year, **{basis: -sums[year,][basis] for basis in BASES}}
        for year in context.study.settings.years
        if (year,) in sums
    ]


def _declines(context: Context, of: Facts, outside: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """Effect under other declines; nothing for one year, or where the typed decline leaves no factor to go by."""
    typed = {(each.row.id, each.year): each.row.displaced_decline_percent or 0.0 for each in context.heats}
    if any(each >= 100.0 for each in typed.values()) or len({year for _, year in typed}) < 2:
        return
    start = context.study.settings.start_year
    displaced = [row for row in outside if row["section"] == "heat" and row["name"] == HEAT_DISPLACED]
    for decline in DECLINES:
        by_basis = {
            basis: -sum(
                row[basis]
                * ((1.0 - decline / 100.0) / (1.0 - typed[row["line"], row["year"]] / 100.0)) ** (row["year"] - start)
                for row in displaced
            )
            for basis in BASES
        }
        effect = {basis: by_basis[basis] - of.displaced[basis] + of.effect(basis) for basis in BASES}
        yield {"decline_percent": decline, **effect}


def flags(methods: Sequence[Mapping[str, Any]], credit: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where the sign of the answer depends on how it is asked: basis, year, decline, method.

    Returns
    -------
    list of dict
        ``code`` with what it rests on: ``sign-basis``; ``sign-year`` with ``basis`` and the first ``year`` of the other
        sign; ``sign-decline`` with ``basis`` and ``decline_percent``; ``sign-method`` with ``basis`` and the methods by
        which the heat delivered is dirtier than what it displaces.
    """
    found: list[dict[str, Any]] = []
    if credit["effect"] is None:
        return found
    if _differ(credit["effect"][basis] for basis in BASES):
        found.append({"code": "sign-basis"})
    for basis in BASES:
        years = credit["years"]
        if turned := [each["year"] for each in years if each[basis] * years[0][basis] < 0]:
            found.append({"code": "sign-year", "basis": basis, "year": turned[0]})
        lost = [each for each in credit["declines"] if each[basis] * credit["effect"][basis] < 0]
        if lost and lost[0]["decline_percent"]:
            found.append({"code": "sign-decline", "basis": basis, "decline_percent": lost[0]["decline_percent"]})
        told = [each for each in methods if each["cleaner"] is not None]
        dirtier = [each["method"] for each in told if not each["cleaner"][basis]]
        if dirtier and len(dirtier) < len(told):
            found.append({"code": "sign-method", "basis": basis, "methods": dirtier})
    return found


def _differ(values: Iterator[float]) -> bool:
    signs = {value > 0 for value in values if value}
    return len(signs) > 1


def ledger(context: Context, outside: Sequence[Record]) -> list[dict[str, Any]]:
    """Who claims which heat: a row for each heat, holder and run of alike years.

    Returns
    -------
    list of dict
        ``heat, first, last, holder, share_percent, kwh, temperature, factor, kind, method, location, market``: energy
        used of the holder's share [kWh], the temperature it is handed over at [°C], and what the holder states by H1
        [kg CO2e].
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    sums = group(outside, "line", "year", "claim_holder", where=lambda row: row["section"] == "heat")
    for heat in context.heats:
        row = heat.row
        at = handed_over_in(context, heat)
        claimed = claims(heat)
        if row.saved_cooling is not None and "facility" not in dict(claimed):
            claimed.append(("facility", 0.0))
        for holder, share in claimed:
            key = (row.id, holder, share, row.displaced_factor, row.displaced_kind, heat.index)
            if key in found and found[key]["last"] < heat.year - 1:
                found[*key, heat.year] = found.pop(key)
            known = found.setdefault(
                key,
                {
                    "heat": row.id,
                    "first": heat.year,
                    "last": heat.year,
                    "holder": holder,
                    "share_percent": 100.0 * share,
                    "kwh": 0.0,
                    "temperature": at,
                    "factor": row.displaced_factor,
                    "kind": row.displaced_kind or ("marginal" if row.displaced_factor == MERIT_ORDER else None),
                    "method": "H1",
                    **dict.fromkeys(BASES, 0.0),
                },
            )
            known["last"] = heat.year
            known["kwh"] += first(heat.handed_over) * share
            for basis in BASES:
                known[basis] -= sums.get((row.id, heat.year, holder), dict.fromkeys(BASES, 0.0))[basis]
    return list(found.values())


def handed_over_in(context: Context, heat: HeatYear) -> float | None:
    """Temperature of the fluid that is handed over [°C]."""
    if heat.row.heat_pump != "inside":
        return source_of(context, heat)[0]
    ports = ports_of(context, heat)
    return None if ports is None else first(ports.sink_out)


def energy(context: Context) -> list[dict[str, Any]]:
    """Recovered heat of every id and year [kWh]: offered, taken, delivered, used, and where it displaces other heat."""
    found = []
    for heat in context.heats:
        match = heat.match
        delivered, electricity = first(heat.delivered), first(heat.electricity)
        taken = first(heat.taken)
        found.append(
            {
                "heat": heat.row.id,
                "year": heat.year,
                "heat_pump": heat.row.heat_pump,
                "offered": taken if match is None else float(match.offered[0].sum()),
                "taken": taken,
                "electricity": electricity,
                "delivered": delivered,
                "used": first(heat.delivered * heat.used),
                "handed_over": first(heat.handed_over),
                "fed": first(displacing(context, heat)),
                "topped": 0.0 if match is None else float(match.topped[0].sum()),
                "cop": delivered / electricity if electricity else None,
                "matched": match is not None,
                "limits": None if match is None else {name: int(match.hours(name)[0]) for name in LIMITS},
            }
        )
    return found
