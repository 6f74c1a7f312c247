"""What a measure costs: yearly flows over the years it is in effect, and what a tonne that it avoids costs.

Pure functions; money is real, of the year of the study's prices, without value added tax. Emissions are not discounted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lca.heat.agreement import annuity
from lca.replacement import Values


@dataclass(frozen=True, slots=True)
class Terms:
    """Money of a measure as typed.

    Attributes
    ----------
    capex, opex
        What it costs once, and each year apart from energy [EUR].
    lifetime
        Years it works before it is bought again; None: to the end of the period.
    start, end
        First year in effect, first year after the period.
    """

    capex: float
    opex: float
    lifetime: float | None
    start: int
    end: int

    @property
    def years(self) -> range:
        """Years in effect."""
        return range(self.start, self.end)

    @property
    def life(self) -> float:
        """Years that an investment is spread over."""
        return float(len(self.years)) if self.lifetime is None else self.lifetime


def flows(terms: Terms, energy: Values, rate: float) -> Values:
    """Net cost of every year in effect [EUR/a]: I·CRF(r, n) + O&M + ΔEnergy - ΔRevenue.

    The investment is spread over its lifetime n, whatever of it lies in the period: no residual value is left over.

    Parameters
    ----------
    terms
        Money of the measure.
    energy
        Change of the cost of energy, less heat sold, in each year in effect [EUR]; below 0 where it saves.
    rate
        r, yearly.

    Examples
    --------
    A heat pump of 5 M€ with 2 % upkeep, 13,333 MWh at 60 € and 53,333 MWh of heat sold at 35 €, over 20 years at 5 %:

    >>> heat_pump = Terms(5e6, 1e5, 20.0, 2027, 2047)
    >>> flows(heat_pump, np.full(20, 40e6 / 3 * 0.060 - 160e6 / 3 * 0.035), 0.05).round(-3)[[0, -1]].tolist()
    [-565000.0, -565000.0]
    """
    return terms.capex * annuity(rate, terms.life) + terms.opex + np.asarray(energy, dtype=np.float64)


def mean(costs: Values, rate: float) -> float:
    """Mean yearly cost, discounted: Σ c_t (1 + r)^-t / Σ (1 + r)^-t, t = 1, 2, … [EUR/a].

    Examples
    --------
    >>> mean(np.array([10.0, 10.0]), 0.05), round(mean(np.array([0.0, 21.0]), 0.05), 4)
    (10.0, 10.2439)
    """
    weights = (1.0 + rate) ** -np.arange(1.0, len(costs) + 1.0)
    return float(costs @ weights / weights.sum())


def net_present_value(costs: Values, start: int, base: int, rate: float) -> float:
    """Net present value of yearly costs at the start of the base year [EUR]; above 0 where the measure pays.

    Examples
    --------
    >>> round(net_present_value(np.array([-105.0]), 2027, 2027, 0.05), 6)
    100.0
    """
    at = np.arange(1.0, len(costs) + 1.0) + (start - base)
    return float(-(costs * (1.0 + rate) ** -at).sum())


def spending(terms: Terms) -> dict[int, float]:
    """Capital by year [EUR]: when the measure begins, and again after each of its lifetimes within the period.

    Examples
    --------
    >>> spending(Terms(100.0, 0.0, 10.0, 2027, 2052))
    {2027: 100.0, 2037: 100.0, 2047: 100.0}
    """
    if not terms.capex:
        return {}
    times: Sequence[float] = [float(terms.start)]
    if terms.lifetime is not None:
        times = [terms.start + k * terms.lifetime for k in range(int(np.ceil(len(terms.years) / terms.lifetime)))]
    found: dict[int, float] = {}
    for time in times:
        found[int(time)] = found.get(int(time), 0.0) + terms.capex
    return found


def abatement_cost(cost: float, avoided: float) -> float | None:
    """Cost of a tonne that is avoided [EUR/t]; None where nothing is avoided, or where the measure costs nothing.

    Of measures that cost nothing a ratio rewards those that avoid little (Taylor, Energy Policy 48, 2012, 430): they go
    by net present value and tonnes.

    Examples
    --------
    >>> abatement_cost(1_000.0, 20.0), abatement_cost(-1_000.0, 20.0), abatement_cost(1_000.0, 0.0)
    (50.0, None, None)
    """
    return cost / avoided if cost > 0 and avoided > 0 else None
