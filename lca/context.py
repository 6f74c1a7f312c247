"""What expanding a study needs in hand, and what it writes down as it goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from factors.library import Library
from factors.model import Bridge, Choice, Factor, Property
from factors.problems import Problem
from factors.units import Unit, parse_unit, ratio
from inventories.study import Contract, Study
from lca.changes import NOTHING, Changes
from lca.hours import calendar, shape
from lca.marks import Mark
from lca.parameters import Number, Parameters
from lca.replacement import Life, Values
from lca.system import System

if TYPE_CHECKING:
    from inventories.study import EnergyRow
    from lca.contracts import Matching
    from lca.heat.taker import Network
    from lca.heat.years import HeatYear
    from lca.simulated import Simulated
    from lca.yearly import Yearly

KWH = parse_unit("kWh")
KILOGRAM = parse_unit("kg")
YEARLY = ("residual-mix", "district-heat")
"""Families whose value changes by the year, so that holding one is said."""


@dataclass
class Context:
    """A study being expanded: read-only inputs, and the lists that grow.

    Attributes
    ----------
    marks
        Values derived, defaulted or replaced, each once and in order; printed in the passport.
    problems
        Errors, gaps and warnings about what follows from the numbers.
    used
        Factor ids with the columns and lines that use them.
    lives
        Dates of every installed line, by its id.
    trajectories
        Series of the grid that coefficients rest on, by name: kg CO2e/kWh by year.
    followed
        Name and source of the series that the study follows; blank where no year lies beyond the newest factor.
    yearly
        Rows of Energy in every year they stand for.
    shapes
        Shares of a year by hour, by the name of a file or of what was simulated.
    simulated
        The simulated hall, where the study has one.
    heats
        Recovered heat by id and year.
    network
        The network that takes the heat, where the study has one.
    matching
        Electricity matched with own generation and contracts.
    changes, it_ratio
        What measures change of the study, and IT energy by year over that without them.
    """

    study: Study
    library: Library
    parameters: Parameters
    system: System
    marks: dict[Mark, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: dict[str, dict[str, None]] = field(default_factory=dict)
    properties: dict[tuple[str, str], str] = field(default_factory=dict)
    trajectories: dict[str, Mapping[int, float]] = field(default_factory=dict)
    followed: tuple[str, str] = ("", "")
    lives: dict[str, Life] = field(default_factory=dict)
    yearly: "list[Yearly[EnergyRow]]" = field(default_factory=list)
    matching: "Matching | None" = None
    shapes: dict[str, Values] = field(default_factory=dict)
    simulated: "Simulated | None" = None
    heats: "list[HeatYear]" = field(default_factory=list)
    network: "Network | None" = None
    changes: Changes = NOTHING
    it_ratio: dict[int, Number] = field(default_factory=dict)

    def let_go(self) -> None:
        """Let go of everything that was made: what is expanded many times must not wait for the collector of cycles."""
        vars(self).clear()

    def of_it(self, year: int) -> Number:
        """IT energy of a year over that without measures: what heat there is goes with it."""
        return self.it_ratio.get(year, 1.0)

    def contract(self, place: int, year: int) -> Contract:
        """Return a contract by its position, as it is in a year."""
        return self.changes.row(self.study.contracts[place], year)

    def shape(self, name: str) -> Values:
        """Shares of a year by hour, of a file or of what was simulated."""
        if name not in self.shapes:
            self.shapes[name] = shape(calendar(self.study.file(name)))
        return self.shapes[name]

    def mark(
        self, line: str, column: str, value: float, unit: str, status: str, code: str, source: str = "", /, **of: object
    ) -> None:
        """Write down a value that was not typed; ``code`` says how it came about, ``of`` what fills its sentence."""
        said = tuple((key, str(each)) for key, each in of.items())
        self.marks[Mark(line, column, float(value), unit, status, code, source, said)] = None

    def default(self, line: str, column: str, found: Property) -> float:
        """Take a value of the library for one nobody typed, marked."""
        self.properties[found.subject, found.property] = found.source
        label = found.unit.label
        self.mark(line, column, found.value, label, "default", "library-default", found.source, subject=found.subject)
        return found.value

    def complain(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", read: str = "", **values: str
    ) -> None:
        """Write down a problem."""
        self.problems.append(Problem(code, sheet, row, column, read, {"column": column, **values}))

    def use(self, factor_id: str, line: str) -> None:
        """Write down that a line uses a factor."""
        self.used.setdefault(factor_id, {})[line] = None

    def bridged(self, line: str, factor_id: str, typed: Unit, bridge: Bridge) -> None:
        """Write down that an amount became another dimension by a property."""
        self.properties[factor_id, bridge.property] = bridge.source
        unit = f"{self.library.factors[factor_id][0].per.label}/{typed.label}"
        self.mark(line, "amount", bridge.ratio, unit, "derived", "bridged", bridge.source, property=bridge.property)

    def gas_factor(self, gas: str) -> Factor:
        """Return one kilogram of a gas let out: a named gas, characterised by the GWP set of the study."""
        known = self.library.gases[gas]
        _, source = known.in_set(self.study.settings.gwp_set or "AR6")
        return Factor(
            id=gas,
            module="B1",
            part="",
            year=self.study.settings.start_year,
            value=1.0,
            unit=parse_unit("kg/kg"),
            source=source,
            family="gas",
            fossil=1.0,
            gas=gas,
            locator=known.locator,
            confidence=known.confidence,
            note=known.note,
        )

    def leaves(
        self, factor_id: str, module: str, part: str, year: int, line: str, unit: Unit
    ) -> list[tuple[int, float]]:
        """Return the processes of a factor in a year, with how much of each makes one ``unit``.

        One process, or two where the factor is interpolated; a row per MWh takes a thousandth of a kWh's.
        """
        self.use(factor_id, line)
        picked = self.library.pick(factor_id, module, part, year)
        for choice in picked:
            self._mark_year(choice, year)
        multiplier: Number = self.parameters(f"factor:{factor_id}", 1.0)
        return [
            (self.system.leaf(choice.factor, multiplier), choice.weight * ratio(unit, choice.factor.per))
            for choice in picked
        ]

    def _mark_year(self, choice: Choice, year: int) -> None:
        row = choice.factor
        if choice.status == "replaced":
            said = {"row": row.year, "year": year}
            self.mark(row.id, str(year), row.value, row.unit.label, "replaced", "oldest-row", row.source, **said)
        elif choice.status == "held" and row.family in YEARLY:
            self.mark(row.id, str(year), row.value, row.unit.label, "derived", "row-held", row.source, row=row.year)
