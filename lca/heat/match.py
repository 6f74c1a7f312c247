"""Heat offered against heat needed, hour by hour: what a network takes, and what is left to reject.

Pure functions on arrays whose last axis is the hours; powers are kW, an hour's power is its kWh. Heat is offered at the
source; a pump adds its electricity; a network takes what it needs, what the pump can give, and what else must run
leaves room for. Nothing is capped in silence: each limit has its own count of hours.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    >>> of.made.tolist(), of.electricity.tolist(), of.taken.tolist()
    ([40.0, 20.0], [10.0, 5.0], [30.0, 15.0])
    """
    shape = np.broadcast_shapes(offered.shape, need.shape)
    offered, space = np.broadcast_to(offered, shape), np.broadcast_to(room(need * reach, taker), shape)
    possible = offered / (1.0 - per) if not taker.part_load_loss else _from_offer(offered, per, taker)
    most = np.minimum(possible, taker.capacity)
    binding = np.where(space < most, LIMITS.index("need"), np.where(possible <= taker.capacity, 0, 1))
    if taker.store:
        made, used, stopped = _stored(most, space, taker)
        binding = np.where(made >= most, np.where(possible <= taker.capacity, 0, 1), LIMITS.index("need"))
    else:
        made = np.minimum(most, space)
        stopped = (made > 0) & (made < taker.least * taker.capacity) if taker.least else np.zeros(shape, dtype=bool)
        made = np.where(stopped, 0.0, made)
        used = made
    binding = np.where(stopped, LIMITS.index("minimum"), binding)
    drawn = per if not taker.part_load_loss else per / at_part_load(1.0, made / taker.capacity, taker.part_load_loss)
    electricity = made * drawn
    return Match(
        offered=offered,
        made=made,
        used=used,
        electricity=electricity,
        taken=made - electricity,
        topped=used * (1.0 / np.maximum(reach, np.finfo(float).tiny) - 1.0),
        binding=binding,
    )


def _from_offer(offered: Values, per: Number, taker: Taker) -> Values:
    """Heat that an offer makes when the COP falls at part load: x with offered = Q·x·(1 - per/(1 - l + l·x)).

    It is the root of Q·l·x² + (Q·(1 - l - per) - offered·l)·x - offered·(1 - l) = 0 that is not below 0.
    """
    size, loss = taker.capacity, taker.part_load_loss
    linear = size * (1.0 - loss - per) - offered * loss
    root = (-linear + np.sqrt(linear**2 + 4.0 * size * loss * offered * (1.0 - loss))) / (2.0 * loss)
    found: Values = np.where(offered > 0.0, root, 0.0)
    return found


def is_a_heat_pump(per: Number, taker: Taker) -> bool:
    """Whether the COP stays above 1 down to the least load: below it a pump gives less than it takes.

    Examples
    --------
    >>> is_a_heat_pump(0.25, Taker(1.0, part_load_loss=0.7)), is_a_heat_pump(0.25, Taker(1.0, part_load_loss=0.8))
    (True, False)
    """
    return bool(np.max(per) < 1.0 - taker.part_load_loss * (1.0 - taker.least))


CLOSED, ROUNDS = 1e-9, 20
"""How near to its first level a store must end, over its size, and how often a year is run to get there."""


def _stored(most: Values, space: Values, taker: Taker) -> tuple[Values, Values, NDArray[np.bool_]]:
    """Heat made and used with a store, and where the pump stands still; run until the year begins as it ends."""
    made, used, stopped = np.empty(most.shape), np.empty(most.shape), np.zeros(most.shape, dtype=bool)
    for place in np.ndindex(most.shape[:-1]):
        hours = most[place].tolist(), space[place].tolist(), _wanted(most[place], space[place], taker).tolist()
        level = 0.0
        for _ in range(ROUNDS):
            begins = level
            level, made[place], used[place], stopped[place] = _year(*hours, taker, level)
            if abs(level - begins) <= CLOSED * taker.store:
                break
    return made, used, stopped


def _wanted(most: Values, space: Values, taker: Taker) -> Values:
    """Heat worth storing in each hour [kWh]: what the pump will be short of before a store has lost half its heat.

    Without losses that is the shortfall of a whole year; heat that nobody will need is not stored.
    """
    hours = len(most)
    ahead = hours if not taker.store_loss else min(hours, int(np.ceil(np.log(2.0) / -np.log1p(-taker.store_loss))))
    short = np.maximum(space - most, 0.0)
    summed = np.concatenate([[0.0], np.cumsum(np.concatenate([short, short]))])
    found: Values = np.minimum(summed[1 + ahead : 1 + ahead + hours] - summed[1 : 1 + hours], taker.store)
    return found


def _year(
    most: list[float], space: list[float], wanted: list[float], taker: Taker, level: float
) -> tuple[float, list[float], list[float], list[bool]]:
    """Run a store through the hours; what is beyond the need fills it, what is missing empties it."""
    kept, idle = 1.0 - taker.store_loss, taker.least * taker.capacity if taker.least else 0.0
    power = taker.store_power
    made: list[float] = []
    used: list[float] = []
    stopped: list[bool] = []
    for can, need, most_kept in zip(most, space, wanted, strict=True):
        level *= kept
        spare = can - need
        make = need + min(spare, max(most_kept - level, 0.0), power) if spare > 0.0 else can
        stands = 0.0 < make < idle
        if make < idle:
            make = 0.0
        if make >= need:
            level += make - need
            given = need
        else:
            out = min(need - make, level, power)
            level -= out
            given = make + out
        made.append(make)
        used.append(given)
        stopped.append(stands)
    return level, made, used, stopped
