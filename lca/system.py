"""The product system: processes that make one unit each, what they take, and what they emit.

Built once for a study; every amount then lives in the data packages, and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from factors.model import COMPONENTS, Factor
from lca.parameters import Number
from lca.replacement import Values

LOCATION, MARKET = "location", "market"
BASES = (LOCATION, MARKET)

FLOW_IDS = 1_000_000_000
"""Ids of flows start here; ids of processes start at 1, so the two never meet."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What a line's process is, as the contributions table says it."""

    line: str
    name: str
    section: str
    zone: str
    owner: str
    module: str
    year: int
    inner: str = ""
    generation: int | None = None
    carrier: str = ""
    status: str = "given"
    quality: str = ""
    claim_holder: str = ""
    amount: str = ""
    """Path in the results document of the typed number that all inputs of the process are proportional to."""
    fixed: bool = False
    """Whether another amount would move more than in proportion: shares matched by the hour, a simulated hall."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What a factor emits: kilograms of a gas, or of CO2e as published under a GWP set, in one component."""

    gas: str
    component: str
    gwp_set: str


@dataclass(frozen=True, slots=True)
class Process:
    """One process: ``kind`` and ``key`` name it; a leaf holds its factor row, a line its tag."""

    kind: str
    key: tuple[object, ...]
    tag: Tag | None = None
    factor: Factor | None = None
    part: str = ""
    status: str = "given"

    @property
    def label(self) -> str:
        """Name a person can follow: ``grid(FI, 2030, direct)``."""
        key = self.key if self.tag is None else self._of_line(self.tag)
        said = ", ".join(str(piece) for piece in key if piece != "")
        return f"{self.kind}({said})" if said else self.kind

    @staticmethod
    def _of_line(tag: Tag) -> tuple[object, ...]:
        within = f"{tag.module} {tag.inner}" if tag.inner else tag.module
        return tag.line, within, tag.year, tag.claim_holder if tag.module == "D2" else ""


@dataclass
class Exchanges:
    """Inputs (``product`` into ``consumer``) with a coefficient over the free axis."""

    product: list[int] = field(default_factory=list)
    consumer: list[int] = field(default_factory=list)
    coefficient: list[Number] = field(default_factory=list)
    share: list[str] = field(default_factory=list)

    def add(self, consumer: int, product: int, coefficient: Number, share: str = "") -> None:
        """Let ``consumer`` take ``coefficient`` of ``product`` for each unit it makes.

        ``share`` names the part of a supply that the coefficient is: bought, onsite:ID, contract:I or residual.
        """
        self.product.append(product)
        self.consumer.append(consumer)
        self.coefficient.append(coefficient)
        self.share.append(share)

    def array(self, length: int) -> Values:
        """Coefficients as (exchanges, axis)."""
        out = np.empty((len(self.coefficient), length))
        for i, value in enumerate(self.coefficient):
            out[i] = value
        return out

    def indices(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Products and consumers."""
        return np.array(self.product, dtype=np.int64), np.array(self.consumer, dtype=np.int64)


class System:
    """A product system under construction, then read.

    Attributes
    ----------
    processes
        Process by id, from 1.
    common, supply
        Exchanges equal on both bases; those of the supply of electricity, by basis, of one shape.
    emissions
        Flows (``product``) out of leaves (``consumer``).
    facility, outside
        The functional unit; the demands that stand outside it, by module.
    """

    def __init__(self, length: int = 1) -> None:
        self.length = length
        self.processes: dict[int, Process] = {}
        self.common = Exchanges()
        self.supply = {basis: Exchanges() for basis in BASES}
        self.emissions = Exchanges()
        self.flows: dict[Flow, int] = {}
        self._ids: dict[tuple[str, tuple[object, ...]], int] = {}
        self.facility = self.process("facility", ())
        self.outside = {module: self.process("outside", (module,)) for module in ("D1", "D2", "avoided")}

    def process(self, kind: str, key: tuple[object, ...], **of: object) -> int:
        """Id of a process; it is made when first asked for."""
        known = self._ids.get((kind, key))
        if known is None:
            known = self._ids[kind, key] = len(self._ids) + 1
            self.processes[known] = Process(kind, key, **of)  # type: ignore[arg-type]
        return known

    def has(self, kind: str, key: tuple[object, ...]) -> bool:
        """Whether a process exists already."""
        return (kind, key) in self._ids

    def take(self, consumer: int, product: int, coefficient: Number, share: str = "") -> None:
        """Add an input that both bases share."""
        self.common.add(consumer, product, coefficient, share)

    def take_by_basis(self, consumer: int, product: int, location: Number, market: Number, share: str) -> None:
        """Add an input of the supply of electricity: same ids, same shape, other values."""
        self.supply[LOCATION].add(consumer, product, location, share)
        self.supply[MARKET].add(consumer, product, market, share)

    def leaf(self, factor: Factor, multiplier: Number = 1.0, kind: str = "factor") -> int:
        """Id of a factor's process: it emits what one unit of the factor emits."""
        key = (factor.id, factor.module, factor.part or "whole", factor.year)
        known = self.has(kind, key)
        leaf = self.process(kind, key, factor=factor, part=factor.part or "whole")
        if not known:
            for component, kilograms in factor.components.items():
                stated = component == "fossil" or getattr(factor, component) is not None
                if stated:
                    flow = Flow(factor.flow_gas, component, factor.gwp_set if factor.flow_gas == "CO2e" else "")
                    self.emit(leaf, flow, multiplier * kilograms)
        return leaf

    def emit(self, process: int, flow: Flow, kilograms: Number) -> None:
        """Let a process emit a flow for each unit it makes."""
        known = self.flows.setdefault(flow, FLOW_IDS + 1 + len(self.flows))
        self.emissions.add(process, known, kilograms)

    def line(self, tag: Tag, weight: Number, outside: str = "") -> int:
        """Make a line's process, demanded ``weight`` times by the facility, or by a demand outside it.

        Raises
        ------
        ValueError
            The tag has a process already: two rows of the results would be one.
        """
        kind = f"line:{outside}" if outside else "line"
        if self.has(kind, (tag,)):
            raise ValueError(f"{tag} is made twice")
        line = self.process(kind, (tag,), tag=tag)
        self.take(self.outside[outside] if outside else self.facility, line, weight)
        return line

    def components(self) -> Iterator[tuple[str, list[Flow]]]:
        """Components with the flows that belong to them; a component without flow is left out."""
        for component in COMPONENTS:
            flows = [flow for flow in self.flows if flow.component == component]
            if flows:
                yield component, flows
