"""When measures begin that cannot all be bought at once: the timing of every set that avoids the most.

What a year emits depends on the measures in effect in it and, of what is installed, on the year in which it is. Of
every set of measures all timings are compared, year by year, without listing them: a dynamic programme over sets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lca.replacement import Values

NEVER = -np.inf


def over_sets(values: Sequence[float] | Values) -> Values:
    """Sum of what the members of each set have; sets as numbers whose bits are the members.

    Examples
    --------
    >>> over_sets([1.0, 10.0, 100.0]).tolist()
    [0.0, 1.0, 10.0, 11.0, 100.0, 101.0, 110.0, 111.0]
    """
    found = np.zeros(1)
    for value in values:
        found = np.concatenate([found, found + value])
    return found


@dataclass(frozen=True)
class Timing:
    """The best timing of every set.

    Attributes
    ----------
    avoided
        What the set avoids over the period with it; -inf where no timing is allowed.
    added
        Measures that begin in each year, as the bits of a number, for each set that is in effect then: (years, sets).
    """

    avoided: Values
    added: npt.NDArray[np.int64]

    def begins(self, sets: npt.NDArray[np.int64], count: int) -> npt.NDArray[np.int64]:
        """Place of the year in which each of ``count`` measures begins in each set; the number of years for none."""
        found = np.full((len(sets), count), len(self.added), dtype=np.int64)
        here = sets.copy()
        for year in range(len(self.added) - 1, -1, -1):
            new = self.added[year, here]
            for bit in range(count):
                found[:, bit] = np.where(new >> bit & 1, year, found[:, bit])
            here = here & ~new
        return found


def timed(
    avoided: Values,
    late: Values,
    earliest: Sequence[int],
    allowed: npt.NDArray[np.bool_],
) -> Timing:
    """Time every set of measures so that it avoids the most.

    V_t(S) = a_t(S) + max over S' ⊆ S of V_(t-1)(S') + Σ_(i in S, not in S') b_i(t), where S is allowed in year t

    Parameters
    ----------
    avoided
        a: what the measures in effect avoid in each year, (years, sets).
    late
        b: what a measure avoids over the period by what is installed for it, by the year it begins in, (years,
        measures); -inf where it cannot begin then.
    earliest
        Place of the first year in which each measure may begin.
    allowed
        Whether a set may be in effect in a year: what it has cost by then, targets of the year; (years, sets).

    Returns
    -------
    Timing
        Of timings that avoid the same, the earliest.

    Examples
    --------
    Two measures that avoid 5 and 3 a year, of which one can be bought a year: the better one first.

    >>> yearly = np.array([over_sets([5.0, 3.0])] * 2)
    >>> one_each = np.array([[True, True, True, False], [True] * 4])
    >>> found = timed(yearly, np.zeros((2, 2)), [0, 0], one_each)
    >>> found.avoided.tolist(), found.begins(np.array([3]), 2).tolist()
    ([0.0, 10.0, 6.0, 13.0], [[0, 1]])
    """
    years, sets = avoided.shape
    value = np.full(sets, NEVER)
    value[0] = 0.0
    added = np.zeros((years, sets), dtype=np.int64)
    for year in range(years):
        for bit, first in enumerate(earliest):
            if first > year:
                continue
            size = 1 << bit
            pairs, new = value.reshape(-1, 2, size), added[year].reshape(-1, 2, size)
            with_it = pairs[:, 0] + late[year, bit]
            better = with_it > pairs[:, 1] + 1e-9 * np.abs(np.where(np.isfinite(with_it), with_it, 0.0))
            pairs[:, 1] = np.where(better, with_it, pairs[:, 1])
            new[:, 1] = np.where(better, new[:, 0] | size, new[:, 1])
        value = np.where(allowed[year], value + avoided[year], NEVER)
    return Timing(value, added)
