"""What energy, water and heat cost a study by year, over the free axis, from the rows of Prices."""

import numpy as np

from factors.units import ratio
from inventories.references import MAINS
from inventories.study import EnergyRow, WaterRow
from lca.context import Context
from lca.contracts import Use
from lca.parameters import Number
from lca.prices import cost_of, price_in
from lca.replacement import Values
from lca.yearly import Yearly, by_year

SOLD = "heat-sold"


Priced = tuple[int, Number, float | None, str]
"""Year, amount, price of one unit of it [EUR], None where no price is stated, and what it is a price of."""


def energy_costs(context: Context) -> tuple[Values, Values]:
    """Cost of a study by year [EUR], (years, axis): energy and water bought, less heat sold.

    cost(y) = Σ bought(y) · (price + network fee + tax) - Σ heat handed over(y) · its price

    Returns
    -------
    tuple
        The cost, and the amounts that have no price, in their units added up: where that differs between two studies,
        the difference of their costs is not known.
    """
    settings = context.study.settings
    cost = np.zeros((settings.reference_period, context.system.length))
    unpriced = np.zeros(cost.shape)
    bought = (*_electricity(context), *_carriers(context), *_water(context))
    for sign, items in ((1.0, bought), (-1.0, _heat(context))):
        for year, amount, price, _ in items:
            if price is None:
                unpriced[year - settings.start_year] += np.asarray(amount)
            else:
                cost[year - settings.start_year] += sign * np.asarray(amount) * price
    return cost, unpriced


def without_price(context: Context) -> dict[str, float]:
    """Amounts that have no price, in their units added up, by what is bought or sold."""
    found: dict[str, float] = {}
    for _, amount, price, carrier in (*_electricity(context), *_carriers(context), *_water(context), *_heat(context)):
        if price is None:
            found[carrier] = found.get(carrier, 0.0) + float(np.ravel(amount)[0])
    return found


def _electricity(context: Context) -> list[Priced]:
    """Electricity bought: consumption less own generation, by the tax class of its row."""
    matching = context.matching
    found: list[Priced] = []
    if matching is None:
        return []
    classes = {(each.row.id, each.year): each.row.tax_class for each in context.yearly}
    for use in matching.uses:
        if use.bought_by_others:
            continue
        cost = cost_of(context, "electricity", use.year, classes.get((use.line, use.year)))
        found.append((use.year, _bought(context, use), None if cost is None else cost.total, "electricity"))
    return found


def _bought(context: Context, use: Use) -> Number:
    """Electricity of a consumption that comes from the grid [kWh]."""
    assert context.matching is not None  # noqa: S101 - asked for one of its uses
    shares = context.matching.shares(use.year)[context.matching.group(use)]
    return use.kwh * (1.0 - shares.onsite)


def _carriers(context: Context) -> list[Priced]:
    """Fuels by their factor id, district heat and cooling by their carrier."""
    found = []
    for each in context.yearly:
        if each.row.carrier in ("electricity", "onsite-electricity", "exported-electricity"):
            continue
        found.append((each.year, each.amount, _price(context, each.row.carrier, each), each.row.carrier))
    return found


def _water(context: Context) -> list[Priced]:
    found = []
    for each in by_year(context, "Water and waste", context.study.water):
        if each.row.kind == "water":
            found.append((each.year, each.amount, _price(context, "water", each), "water"))
    return found


def _price(context: Context, carrier: str, each: "Yearly[EnergyRow] | Yearly[WaterRow]") -> float | None:
    """Price of one unit of a row, as typed there [EUR]; a fuel's through its calorific value or density."""
    row = price_in(context, carrier, each.year)
    if row is None:
        return None
    typed, per = each.row.amount.parsed, row.price.parsed.denominator
    whole = row.price.value + (row.network_fee or 0.0) + (row.tax or 0.0)
    if typed.dimension == per.dimension:
        return whole * ratio(typed, per)
    if carrier in MAINS or carrier not in context.library.factors:
        return None
    for found in context.library.joining(carrier):
        above, below = found.unit.numerator, found.unit.denominator
        if (above.dimension, below.dimension) == (per.dimension, typed.dimension):
            return whole * found.value * ratio(above, per) * ratio(typed, below)
        if (below.dimension, above.dimension) == (per.dimension, typed.dimension) and found.value:
            return whole / found.value * ratio(below, per) * ratio(typed, above)
    return None


def _heat(context: Context) -> list[Priced]:
    """Heat handed over at its price: that of its row, else that of Prices."""
    found = []
    for each in context.heats:
        sold = cost_of(context, SOLD, each.year)
        price = None if sold is None else sold.price
        if each.row.heat_price is not None:
            price = each.row.heat_price.to("EUR/kWh")
        found.append((each.year, each.handed_over, price, SOLD))
    return found
