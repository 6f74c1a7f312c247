"""The agreement of a study in numbers: who pays what in a mean year, at which price both gain."""

from typing import Any

from inventories.keyed import HeatNetwork
from inventories.values import Quantity
from lca.context import Context
from lca.heat.agreement import Side, band, levelised
from lca.heat.methods import first
from lca.heat.years import HeatYear
from lca.outside import fed, pumping_kwh
from lca.prices import Cost, cost_of

STATED = (
    "alternative_heat_cost", "agreement_life", "heat_pump_owner", "producer_investment", "producer_upkeep",
    "user_investment", "user_upkeep",
)  # fmt: skip
"""What an agreement must state to be told in money; nothing to pay is stated as 0."""


def economics(context: Context) -> dict[str, Any] | None:
    """Money of the agreement, per mean year with heat; None without the sheet Heat network or without heat.

    Returns
    -------
    dict
        ``lacks`` names what is missing; else ``heat`` [kWh a mean year], ``price, low, high, levelised, alternative``
        [EUR/kWh], ``both_gain``, ``producer`` and ``user`` (investment, upkeep, electricity, saved, paid, npv), and
        ``electricity`` (its parts, tax class and act).
    """
    of = context.study.network
    if of is None or not context.heats:
        return None
    lacks = [key for key in STATED if getattr(of, key) is None]
    if context.study.settings.discount_rate is None:
        lacks.append("discount_rate")
    years = len({heat.year for heat in context.heats})
    handed = sum(first(heat.handed_over) for heat in context.heats) / years
    electricity, cost = _electricity(context)
    pumped = sum(first(pumping_kwh(context, heat) or 0.0) for heat in context.heats)
    if (electricity or pumped) and cost is None:
        lacks.append("price")
    elif electricity and cost is not None and cost.tax is None:
        lacks.append("tax")
    arrived = sum(first(fed(context, heat)) for heat in context.heats) / years
    if lacks or not handed or not arrived or of.alternative_heat_cost is None:
        return {"lacks": lacks or ["heat"]}
    alternative = of.alternative_heat_cost.to("EUR/kWh")
    producer, user = sides(of, electricity / years, _pumping(context) / years, alternative * arrived)
    rate, life = (context.study.settings.discount_rate or 0.0) / 100.0, of.agreement_life or 1.0
    low, high = band(producer, user, handed, rate, life)
    price = _price(context)
    return {
        "lacks": [],
        "years": years,
        "heat": handed,
        "price": price,
        "low": low,
        "high": high,
        "both_gain": None if price is None else low <= price <= high,
        "levelised": levelised(producer, user, arrived, rate, life),
        "alternative": alternative,
        "producer": _told(producer, None if price is None else -price * handed, rate, life),
        "user": _told(user, None if price is None else price * handed, rate, life),
        "life": life,
        "rate_percent": 100.0 * rate,
        "electricity": cost.as_json() if cost is not None and electricity else None,
    }


def sides(of: HeatNetwork, pump: float, pumping: float, saved: float) -> tuple[Side, Side]:
    """Producer and user: owners of pump and pipe pay their electricity; the user saves the heat displaced."""
    paid = {"producer": 0.0, "user": 0.0}
    paid[of.heat_pump_owner or "user"] += pump
    paid[of.pipe_owner or "user"] += pumping
    return (
        Side(euros(of.producer_investment), euros(of.producer_upkeep), paid["producer"]),
        Side(euros(of.user_investment), euros(of.user_upkeep), paid["user"], saved),
    )


def euros(amount: Quantity | None) -> float:
    """Money, a sum [EUR] or a yearly one [EUR/a], whatever multiple it is typed in; nothing where none is.

    Examples
    --------
    >>> euros(Quantity(9.0, "MEUR")), euros(Quantity(1.5, "kEUR/a")), euros(Quantity(5.0, "EUR")), euros(None)
    (9000000.0, 1500.0, 5.0, 0.0)
    """
    if amount is None:
        return 0.0
    return amount.to("EUR/a" if amount.parsed.dimension == "money/year" else "EUR")


def _told(side: Side, paid: float | None, rate: float, years: float) -> dict[str, Any]:
    return {
        "investment": side.investment,
        "upkeep": side.upkeep,
        "electricity": side.electricity,
        "saved": side.saved,
        "paid": paid,
        "npv": None if paid is None else side.net_present_value(paid, rate, years),
    }


def _price(context: Context) -> float | None:
    """Mean price of the heat [EUR/kWh], by what is handed over; None where a row has none."""
    if any(heat.row.heat_price is None for heat in context.heats):
        return None
    handed = sum(first(heat.handed_over) for heat in context.heats)
    paid = sum(
        first(heat.handed_over) * heat.row.heat_price.to("EUR/kWh")
        for heat in context.heats
        if heat.row.heat_price is not None
    )
    return paid / handed if handed else None


def _electricity(context: Context) -> tuple[float, Cost | None]:
    """What the pumps' electricity costs in the period [EUR], with the cost of a kilowatt-hour in its last year."""
    total, last = 0.0, None
    for heat in context.heats:
        kwh = first(heat.electricity)
        last = cost_of(context, "electricity", heat.year, tax_class_of(heat))
        if kwh and last is None:
            return kwh, None
        total += kwh * (0.0 if last is None else last.total)
    return total, last


def tax_class_of(heat: HeatYear) -> str | None:
    """Class of electricity tax of a heat pump: that of its meters, where they are of one."""
    classes = {each.row.tax_class for each in heat.meters}
    return next(iter(classes)) if len(classes) == 1 else None


def _pumping(context: Context) -> float:
    """What pumping the heat through its pipe costs in the period [EUR]."""
    total = 0.0
    for heat in context.heats:
        cost = cost_of(context, "electricity", heat.year)
        if cost is None:
            continue
        total += first(pumping_kwh(context, heat) or 0.0) * cost.total
    return total
