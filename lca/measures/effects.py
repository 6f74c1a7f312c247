"""What measures do: alone, in the physical order, together, and whose part of the whole is whose (Shapley)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np
import numpy.typing as npt

from inventories.operations import Operation, exclusions, prerequisites
from inventories.study import Study
from lca.replacement import Values

ORDER = ("demand", "losses", "recovery", "supply", "fuels", "construction")
"""Physical order: what is not needed first, then what is lost, recovered, how it is supplied, what burns or leaks."""

MOST = 15
"""Measures of which every set is tried; with more, what each adds is told in the physical order only."""

_GROUPS = {
    "Years": "demand", "Simulation": "losses", "Heat": "recovery", "Heat network": "recovery", "Contracts": "supply",
    "Refrigerants": "fuels", "Construction": "construction", "Plant": "construction", "Hardware": "construction",
    "Water and waste": "construction",
}  # fmt: skip
_MACHINES = ("count", "installed", "")
"""Columns of Hardware that say how many machines there are in a year; blank where they come or go."""

_USES = {"it": "demand", "heat-pump": "recovery"}


def group_of(operations: Sequence[Operation]) -> str:
    """Place of a measure in the physical order: that of the first thing it changes."""
    found = {_group(row, each) for each in operations for row in each.rows}
    return min(found, key=ORDER.index, default="construction")


def _group(row: Any, of: Operation) -> str:  # noqa: ANN401 - a row of any sheet
    if of.sheet == "Hardware" and of.column in _MACHINES:
        return "demand"
    return _GROUPS.get(of.sheet) or _of_energy(row, of)


def _of_energy(row: Any, of: Operation) -> str:  # noqa: ANN401 - a row of Energy
    if of.column == "factor" or row.carrier in ("onsite-electricity", "exported-electricity"):
        return "supply"
    if row.carrier != "electricity" and not row.carrier.startswith("district"):
        return "fuels"
    return _USES.get(row.use or "", "losses")


@dataclass(frozen=True)
class Game:
    """Measures as a game: what can be carried out together, and what each set of them gives.

    Attributes
    ----------
    ids
        Measures; the bit of a set's number is the place here.
    needs, apart
        What each requires, through others as well; pairs that exclude each other.
    """

    ids: tuple[str, ...]
    needs: dict[str, set[str]]
    apart: set[frozenset[str]]

    @classmethod
    def of(cls, study: Study) -> "Game":
        """Return the game of a study's measures."""
        ids = tuple(dict.fromkeys(row.id for row in study.measures))
        return cls(ids, prerequisites(study), exclusions(study))

    def number(self, measures: Iterable[str]) -> int:
        """Number of a set."""
        return sum(1 << self.ids.index(id) for id in set(measures))

    def feasible(self, sets: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Whether each set can be carried out: nothing excluded together, everything required there."""
        fine = np.ones(len(sets), dtype=bool)
        for pair in self.apart:
            both = self.number(pair)
            fine &= (sets & both) != both
        for id, needed in self.needs.items():
            mine, theirs = self.number([id]), self.number(needed)
            fine &= ((sets & mine) == 0) | ((sets & theirs) == theirs)
        return fine

    def carried_out(self, sets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """What of each set can be carried out: measures whose requirements are not in it do nothing."""
        kept = sets.copy()
        for id, needed in self.needs.items():
            mine, theirs = self.number([id]), self.number(needed)
            kept = np.where((sets & theirs) == theirs, kept, kept & ~mine)
        return kept

    def joint(self) -> list[str]:
        """Every measure with what it requires, in the order typed; of those that exclude each other, the first."""
        chosen: list[str] = []
        for id in self.ids:
            wanted = [*chosen, *(each for each in (*self.needs[id], id) if each not in chosen)]
            if not any(pair <= set(wanted) for pair in self.apart):
                chosen = wanted
        return [id for id in self.ids if id in chosen]


def shapley(values: Values) -> Values:
    """Shapley values of a game from what every set of its players is worth.

    φ_i = Σ_S s! (n - s - 1)! / n! · (v(S ∪ i) - v(S)), over the sets S without i, of s players.

    Parameters
    ----------
    values
        v by number of the set, whose bits are the players: 2^n of them; v of the empty set first.

    Returns
    -------
    Values
        One for each player; their sum is v(all) - v(none).

    Notes
    -----
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.

    Examples
    --------
    A glove game: players 0 and 1 have a left glove each, 2 the only right one.

    >>> shapley(np.array([0, 0, 0, 0, 0, 1, 1, 1.0])).round(4).tolist()
    [0.1667, 0.1667, 0.6667]
    """
    players = int(np.log2(len(values)))
    sets = np.arange(len(values), dtype=np.int64)
    size = np.array([int(each).bit_count() for each in sets])
    weights = np.array([factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)])
    found = np.zeros(players)
    for player in range(players):
        without = sets[(sets >> player & 1) == 0]
        found[player] = float(weights[size[without]] @ (values[without | 1 << player] - values[without]))
    return found
