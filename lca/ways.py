"""The ways behind a row of a results document: what is multiplied with what, read from its trail alone."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from lca.evaluation import less_sure
from lca.system import BASES

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """One way from a demand to a flow: exchanges in order, then the emission of the leaf.

    Attributes
    ----------
    table, row
        Row of the document that the way is a part of.
    exchanges
        Inputs along the way; the first is how often the demand takes the line.
    emission
        Kilograms of a flow per unit of the leaf, and its characterisation factor.
    """

    table: str
    row: int
    exchanges: tuple[Record, ...]
    emission: Record

    def value(self, basis: str) -> float:
        """Product of all coefficients [kg CO2e]."""
        taken = math.prod(float(each[basis]) for each in self.exchanges)
        return taken * float(self.emission["kilograms"]) * float(self.emission["gwp"])


class Trail:
    """Trail of a results document, indexed.

    Examples
    --------
    A line takes 3 of a leaf that emits 2 kg of a gas with a potential of 10; the facility takes it once.

    >>> once = {"consumer": 1, "product": 2, "location": 1.0, "market": 1.0}
    >>> thrice = {"consumer": 2, "product": 3, "location": 3.0, "market": 3.0}
    >>> flow = {"process": 3, "gas": "x", "component": "fossil", "kilograms": 2.0, "gwp": 10.0}
    >>> way = {"table": "contributions", "row": 0, "line": 2, "leaf": 3, "gas": "x", "component": "fossil",
    ...        "losses": False, "status": "given"}
    >>> processes = [{"process": i, "kind": kind} for i, kind in ((1, "facility"), (2, "line"), (3, "factor"))]
    >>> trail = Trail({"processes": processes, "exchanges": [once, thrice], "emissions": [flow], "ways": [way]})
    >>> [found.value("location") for found in trail.ways("contributions", 0)]
    [60.0]
    """

    def __init__(self, trail: Record) -> None:
        self.processes: dict[int, Record] = {each["process"]: each for each in trail["processes"]}
        self.inputs: dict[int, list[Record]] = defaultdict(list)
        self.demands: dict[int, Record] = {}
        for each in trail["exchanges"]:
            if self.processes[each["consumer"]]["kind"] in ("facility", "outside"):
                self.demands[each["product"]] = each
            else:
                self.inputs[each["consumer"]].append(each)
        self.emissions: dict[int, list[Record]] = defaultdict(list)
        for each in trail["emissions"]:
            self.emissions[each["process"]].append(each)
        self._ways: dict[tuple[str, int], list[Record]] = defaultdict(list)
        for each in trail["ways"]:
            self._ways[each["table"], each["row"]].append(each)
        self._known: dict[int, list[tuple[Record, ...]]] = {}

    def ways(self, table: str, row: int) -> Iterator[Way]:
        """Ways whose values sum to a row; one that is zero on both bases is left out."""
        for of in self._ways[table, row]:
            for path in self.paths(of["line"]):
                if path[-1]["product"] != of["leaf"] or self.is_lost(path) != of["losses"]:
                    continue
                if self.status(path) != of["status"]:
                    continue
                for emission in self.emissions[of["leaf"]]:
                    way = Way(table, row, (self.demands[of["line"]], *path), emission)
                    same_flow = all(emission[key] == of[key] for key in ("gas", "component"))
                    if same_flow and any(map(way.value, BASES)):
                        yield way

    def paths(self, process: int) -> list[tuple[Record, ...]]:
        """Every way from a process down to a leaf that emits something, as the exchanges it passes."""
        known = self._known.get(process)
        if known is None:
            known = []
            for each in self.inputs[process]:
                product = each["product"]
                known += [(each,)] if self.emissions[product] else []
                known += [(each, *rest) for rest in self.paths(product)]
            self._known[process] = known
        return known

    def is_lost(self, path: Sequence[Record]) -> bool:
        """Whether a path passes through the losses of a grid."""
        return any(self.processes[each["product"]]["kind"] == "losses" for each in path)

    def status(self, path: Sequence[Record]) -> str:
        """The least sure status that a path passes."""
        return reduce(less_sure, (str(self.processes[each["product"]].get("status", "given")) for each in path))
