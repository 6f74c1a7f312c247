"""Heat offered against heat needed, hour by hour: what a network takes, and what is left to reject.

Pure functions on arrays whose last axis is the hours; powers are kW, an hour's power is its kWh. Heat is offered at the
source; a pump adds its electricity; a network takes what it needs, what the pump can give, and what else must run
leaves room for. Nothing is capped in silence: each limit has its own count of hours.
"""

from dataclasses import dataclass

import numpy as np

from lca.heat.pump import at_part_load
from lca.parameters import Number
from lca.replacement import Values

LIMITS = ("offer", "capacity", "need", "minimum")
"""What can bind in an hour: the heat offered, the size of the pump, the need of the network, the pump's least load."""


@dataclass(frozen=True, slots=True)
class Taker:
    """How a network takes heat.

    Attributes
    ----------
    capacity
        Most heat delivered [kW]; infinite where the offer alone is the limit.
    least
        Share of the capacity below which the pump stands still, 0 to 1.
    part_load_loss
        What the COP loses from full load to none, linear, 0 to 1.
    must_run
        Heat of others that comes first [kW].
    minimum_take
        Heat that is taken before that of others [kW].
    store
        Heat that a store holds [kWh]; 0: there is none.
    store_power
        Most heat into and out of the store [kW].
    store_loss
        Share of its heat that the store loses in an hour.
    """

    capacity: float = np.inf
    least: float = 0.0
    part_load_loss: float = 0.0
    must_run: float = 0.0
    minimum_take: float = 0.0
    store: float = 0.0
    store_power: float = np.inf
    store_loss: float = 0.0


@dataclass(frozen=True, slots=True)
class Match:
    """Hourly result, (…, hours): kWh, and which limit binds by its place in ``LIMITS``."""

    offered: Values
    made: Values
    """Heat that the pump gives."""
    used: Values
    """Heat that the network takes: what is made, less what the store keeps and loses."""
    electricity: Values
    taken: Values
    """Heat taken from the source."""
    topped: Values
    """Heat that a boiler adds, because the network runs warmer than the pump."""
    binding: Values

    @property
    def dumped(self) -> Values:
        """Heat of the source that nobody takes."""
        return self.offered - self.taken

    def hours(self, limit: str) -> Values:
        """Hours in which a limit binds, (…)."""
        found: Values = (self.binding == LIMITS.index(limit)).sum(axis=-1)
        return found


def room(need: Values, taker: Taker) -> Values:
    """Heat that the network has room for [kW]: its need less what must run first, but never less than the minimum take.

    Examples
    --------
    >>> room(np.array([50.0, 30.0, 5.0]), Taker(must_run=25.0, minimum_take=10.0)).tolist()
    [25.0, 10.0, 5.0]
    """
    found: Values = np.minimum(need, np.maximum(taker.minimum_take, need - taker.must_run))
    return found


def match(offered: Values, per: Number, need: Values, taker: Taker, reach: Number = 1.0) -> Match:
    """Match heat offered with heat needed.

    q = min(D, Q_max, Q_source/(1 - 1/COP)) in every hour, D the room for it; a store moves what is beyond D to later
    hours.

    Parameters
    ----------
    offered
        Heat at the source [kW], (…, hours).
    per
        Electricity per heat delivered, 1/COP, 0 for a heat exchanger; a number or (hours).
    need
        Heat that the network needs [kW], (hours).
    taker
        How it takes it.
    reach
        Share of the need that the pump's temperature reaches; a boiler adds the rest in series.

    Returns
    -------
    Match
        Every array of the shape of ``offered``.

    Examples
    --------
    30 kW at the source make 40 kW of heat at a COP of 4; the network needs 100, then 20 kW:

    >>> of = match(np.array([30.0, 30.0]), 0.25, np.array([100.0, 20.0]), Taker())
    >>> of.made.tolist(), of.electricity.tolist(), of.dumped.tolist()
    ([40.0, 20.0], [10.0, 5.0], [0.0, 15.0])
    """
    space = np.broadcast_to(room(need * reach, taker), offered.shape)
    possible = offered / (1.0 - per)
    most = np.minimum(possible, taker.capacity)
    made, used = (_stored(most, space, taker)) if taker.store else (np.minimum(most, space),) * 2
    binding = np.where(made < most, LIMITS.index("need"), np.where(possible <= taker.capacity, 0, 1))
    if taker.least:
        stopped = made < taker.least * taker.capacity
        binding = np.where(stopped & (made > 0), LIMITS.index("minimum"), binding)
        made = np.where(stopped, 0.0, made)
        used = used if taker.store else made
    drawn = per if not taker.part_load_loss else per / at_part_load(1.0, made / taker.capacity, taker.part_load_loss)
    electricity = made * drawn
    return Match(
        offered=offered,
        made=made,
        used=used,
        electricity=electricity,
        taken=made - electricity,
        topped=used * (1.0 / reach - 1.0),
        binding=binding,
    )


def _stored(most: Values, space: Values, taker: Taker) -> tuple[Values, Values]:
    """Heat made and used with a store; the year is run twice, so that it begins as it ends."""
    made, used = np.empty(most.shape), np.empty(most.shape)
    for place in np.ndindex(most.shape[:-1]):
        level = 0.0
        for _ in range(2):
            level = _year(most[place].tolist(), space[place].tolist(), taker, level, made[place], used[place])
    return made, used


def _year(most: list[float], space: list[float], taker: Taker, level: float, made: Values, used: Values) -> float:
    """Run a store through the hours; what is beyond the need fills it, what is missing empties it."""
    kept, idle = 1.0 - taker.store_loss, taker.least * taker.capacity if taker.least else 0.0
    for hour, (can, need) in enumerate(zip(most, space, strict=True)):
        level *= kept
        into = min(max(can - need, 0.0), taker.store - level, taker.store_power)
        make = min(can, need + into)
        if make < idle:
            make = 0.0
        out = min(max(need - make, 0.0), level, taker.store_power)
        level += max(make - need, 0.0) - out
        made[hour], used[hour] = make, min(make, need) + out
    return level
