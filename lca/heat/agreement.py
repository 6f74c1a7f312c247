"""What recovered heat is worth to producer and user: cost of heat, net present value, the price at which both gain.

Pure functions over mean yearly flows; money is without value added tax. Emissions are no part of it.
"""

from dataclasses import dataclass


def annuity(rate: float, years: float) -> float:
    """Capital recovery factor r(1 + r)^n / ((1 + r)^n - 1); 1/n without interest.

    Parameters
    ----------
    rate
        r, yearly, 0 or more.
    years
        n, above 0.

    Examples
    --------
    >>> round(annuity(0.05, 20), 5), annuity(0.0, 20)
    (0.08024, 0.05)
    """
    if rate == 0.0:
        return 1.0 / years
    grown = float((1.0 + rate) ** years)
    return rate * grown / (grown - 1.0)


@dataclass(frozen=True, slots=True)
class Side:
    """One party: what it invests [EUR], and what it pays and saves in a mean year without the heat's price [EUR/a]."""

    investment: float
    upkeep: float
    electricity: float
    saved: float = 0.0
    """Cost of the heat it need not make otherwise."""

    def yearly(self, rate: float, years: float) -> float:
        """Cost of a mean year without the price of the heat, investment spread over the years."""
        return self.investment * annuity(rate, years) + self.upkeep + self.electricity - self.saved

    def net_present_value(self, paid: float, rate: float, years: float) -> float:
        """Net present value of taking part, with ``paid`` for the heat in a mean year (below 0: received).

        NPV = -I + (saved - upkeep - electricity - paid) / CRF.

        Examples
        --------
        >>> round(Side(1000.0, 10.0, 40.0, 200.0).net_present_value(50.0, 0.05, 20))
        246
        """
        return -self.investment + (self.saved - self.upkeep - self.electricity - paid) / annuity(rate, years)


def levelised(producer: Side, user: Side, heat: float, rate: float, years: float) -> float:
    """Levelised cost of heat [EUR/kWh]: what both spend in a mean year, investments spread, over the heat used.

    Examples
    --------
    >>> round(levelised(Side(0.0, 0.0, 0.0), Side(5e6, 1e5, 8e5), 53_333_333.0, 0.05, 20), 4)
    0.0244
    """
    both = sum(side.investment * annuity(rate, years) + side.upkeep + side.electricity for side in (producer, user))
    return both / heat


def band(producer: Side, user: Side, handed: float, rate: float, years: float) -> tuple[float, float]:
    """Lowest price at which the producer gains, and highest at which the user does [EUR/kWh handed over].

    Between the two both gain; where the first is above the second there is no such price.

    Examples
    --------
    >>> low, high = band(Side(0.0, 10.0, 0.0), Side(0.0, 0.0, 30.0, 90.0), 2.0, 0.05, 20)
    >>> low, high
    (5.0, 30.0)
    """
    return producer.yearly(rate, years) / handed, -user.yearly(rate, years) / handed
