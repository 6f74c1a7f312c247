"""What energy costs in a year: price, network fee and tax of a carrier, the tax of its class where none is typed."""

from dataclasses import dataclass
from typing import Any

from factors.law import Rule, rules
from factors.units import parse_unit, ratio
from inventories.study import Price
from lca.context import Context

EUR_PER_KWH = "EUR/kWh"


@dataclass(frozen=True, slots=True)
class Cost:
    """Cost of energy in a year [EUR/kWh]: its parts, and the act that its tax is of where nobody typed it."""

    price: float
    fee: float
    tax: float | None
    tax_class: str | None = None
    rule: Rule | None = None

    @property
    def total(self) -> float:
        """All of it, without value added tax."""
        return self.price + self.fee + (self.tax or 0.0)

    def as_json(self) -> dict[str, Any]:
        """Return the cost as the results document holds it."""
        of = self.rule
        act = None
        if of is not None:
            act = {"act": dict(of.act), "locator": of.locator, "confidence": of.confidence, "url": of.url}
            act["since"] = of.since
        return {"price": self.price, "fee": self.fee, "tax": self.tax, "tax_class": self.tax_class, "law": act}


def price_in(context: Context, carrier: str, year: int, tax_class: str | None = None) -> Price | None:
    """Row of Prices for a carrier in a year: one of the tax class before one of every class, dated before blank."""
    rows = [row for row in context.study.prices if row.carrier == carrier]
    rows = [row for row in rows if tax_class is None or row.tax_class in (None, tax_class)]
    rows = [row for row in rows if row.year is None or year in row.year]
    return max(rows, key=lambda row: (row.tax_class == tax_class, row.year is not None), default=None)


def cost_of(context: Context, carrier: str, year: int, tax_class: str | None = None) -> Cost | None:
    """Cost of a carrier in a year; None where no price is stated.

    A blank tax of electricity is that of the class in the law of the country, where it is known; the tax is then not
    stated, and in no sum, where neither is.
    """
    row = price_in(context, carrier, year, tax_class)
    if row is None or row.price.parsed.dimension != "money/energy":
        return None
    per = ratio(row.price.parsed, parse_unit(EUR_PER_KWH))
    rule = None
    tax = None if row.tax is None else row.tax * per
    if row.tax is None and carrier == "electricity":
        rule = rules(context.study.settings.country.upper(), "electricity-tax").get(tax_class or row.tax_class or "")
        tax = None if rule is None else rule.value / 1000.0
    return Cost(row.price.to(EUR_PER_KWH), (row.network_fee or 0.0) * per, tax, tax_class or row.tax_class, rule)
