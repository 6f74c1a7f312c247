"""Contracts against consumption: who is covered, in what order, and what is left for the residual mix.

M = min(E, ΣC) in the order of the contracts, year by year or hour by hour; surplus counts for nothing and is never
carried over (GHG Protocol Scope 2 Guidance, chapters 6 and 7). A year is the case of one hour: the same lines of code
match both, on arrays with the free axis first and the hours last.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from factors.numbers import spans
from inventories.datafile import HOURS
from inventories.study import Contract, EnergyRow
from lca.context import Context
from lca.parameters import Number
from lca.replacement import Values


@dataclass(frozen=True, slots=True)
class Use:
    """A consumption of electricity in a year: who uses it, at what meter, and how much [kWh]."""

    line: str
    meter: str
    use: str
    owner: str
    year: int
    kwh: Number
    factor: str = ""
    """Factor that replaces the grid on the location basis."""
    bought_by_others: bool = False
    """Bought outside the boundary: no contract of the study covers it."""
    profile: str = ""
    """Name of its shape over the hours (``Context.shapes``); blank: none is known, it is taken as even."""
    zone: str | None = None
    """Zone of the row; blank is the data centre."""


@dataclass(frozen=True, slots=True)
class Group:
    """Consumption that is supplied alike: covered by the same contracts, at the same location factor."""

    contracts: tuple[int, ...]
    factor: str = ""
    others: bool = False
    profile: str = ""

    @property
    def label(self) -> str:
        """Name for the trail."""
        words = [f"K{i + 1}" for i in self.contracts] or ["others" if self.others else "uncovered"]
        return "+".join(words + [each for each in (self.factor, self.profile) if each])


def days_share(contract: Contract, year: int) -> float:
    """Part of a year in which a contract is valid, by days.

    Examples
    --------
    >>> c = Contract(id="k", type="ppa", energy_source="wind", matching="annual", factor="f", evidence="e",
    ...              valid_to="2031-06-30")
    >>> round(days_share(c, 2031), 6), days_share(c, 2030), days_share(c, 2032)
    (0.49589, 1.0, 0.0)
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    begins = _date(contract.valid_from, first=True) or first
    ends = _date(contract.valid_to, first=False) or last
    days = (min(last, ends) - max(first, begins)).days + 1
    return max(0, days) / ((last - first).days + 1)


def hours_valid(contract: Contract, year: int) -> Values:
    """1 in the hours of a year in which a contract is valid, else 0; 29 February is no hour of it."""
    if contract.valid_from is None and contract.valid_to is None:
        return np.ones(1)
    begins = _date(contract.valid_from, first=True) or date(year, 1, 1)
    ends = _date(contract.valid_to, first=False) or date(year, 12, 31)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    valid = [float(begins <= day <= ends) for day in days if (day.month, day.day) != (2, 29)]
    return np.repeat(np.array(valid), 24)


def _date(text: str | None, *, first: bool) -> date | None:
    if text is None:
        return None
    if len(text) == 4:
        return date(int(text), 1, 1) if first else date(int(text), 12, 31)
    return date.fromisoformat(text)


@dataclass
class Matching:
    """Own generation and contracts matched with consumption, by year and group.

    Attributes
    ----------
    uses
        Every consumption of the study; what others buy takes no part.
    onsite
        Own generation by year [kWh], with its row.
    surplus
        What counts for nothing, by sheet and row and then by year: contracts [MWh], own generation [kWh].
    """

    context: Context
    uses: list[Use]
    onsite: dict[int, list[tuple[EnergyRow, Number]]] = field(default_factory=dict)
    surplus: dict[tuple[str, int | None], dict[int, float]] = field(default_factory=dict)
    _matched: dict[int, dict[Group, "Shares"]] = field(default_factory=dict)

    def say_surplus(self) -> None:
        """Say what counts for nothing, once for each contract and once for own generation, with its years."""
        for (sheet, row), by_year in self.surplus.items():
            low, high = f"{min(by_year.values()):.0f}", f"{max(by_year.values()):.0f}"
            read = low if low == high else f"{low}\N{EN DASH}{high}"
            values = {"year": spans(by_year)}
            if row is not None:
                values["id"] = self.context.study.contracts[row].id
            code, column = "onsite-surplus" if row is None else "contract-surplus", "amount"
            if row is not None and self.context.study.contracts[row].amount is None:
                column = "share_percent"
            self.context.complain(code, sheet, row, column, read, **values)

    @cached_property
    def hourly(self) -> bool:
        """Whether hours are told apart: by a contract matched hourly, or a profile of own generation or the grid."""
        study = self.context.study
        by_contract = any(contract.matching == "hourly" for contract in study.contracts)
        own = any(row.profile for row in study.energy if row.carrier == "onsite-electricity")
        return by_contract or own or study.settings.grid_profile is not None

    def group(self, use: Use) -> Group:
        """Return the group a consumption belongs to."""
        profile = use.profile if self.hourly else ""
        if use.bought_by_others:
            return Group((), use.factor, others=True, profile=profile)
        covering = tuple(i for i, contract in enumerate(self.context.study.contracts) if covers(contract, use))
        return Group(covering, use.factor, profile=profile)

    @cached_property
    def demand(self) -> dict[int, dict[Group, Values]]:
        """Consumption [kWh] by year and group, what others buy left out."""
        found: dict[int, dict[Group, Values]] = {}
        for use in self.uses:
            if use.bought_by_others:
                continue
            year = found.setdefault(use.year, {})
            group = self.group(use)
            year[group] = year.get(group, np.zeros(self.context.system.length)) + use.kwh
        return found

    def shape(self, profile: str | None) -> Values:
        """Shares of the year by hour: one share of 1 where hours are not told apart, even ones without a profile."""
        if not self.hourly:
            return np.ones(1)
        if not profile:
            return np.full(HOURS, 1.0 / HOURS)
        return self.context.shape(profile)

    @cached_property
    def grid(self) -> Values:
        """Intensity of the grid in each hour over its mean of the year."""
        profile = self.context.study.settings.grid_profile
        return self.shape(profile) * HOURS if profile else np.ones(1)

    def grid_weight(self, group: Group) -> float:
        """Intensity of the grid as a consumption meets it, over its mean of the year, where nothing is made on site.

        Σ E_h·EF_h / (E·mean EF): 1 without profiles, and for an even load.
        """
        if group.factor or self.grid.size == 1:
            return 1.0
        return float(np.sum(self.shape(group.profile) * self.grid))

    def shares(self, year: int) -> dict[Group, "Shares"]:
        """How each group is supplied in a year: on site, by contract, by the residual mix; matched once."""
        if year not in self._matched:
            self._matched[year] = self._shares(year)
        return self._matched[year]

    def _shares(self, year: int) -> dict[Group, "Shares"]:
        demand = self.demand.get(year, {})
        length = self.context.system.length
        loads = {group: energy[:, None] * self.shape(group.profile) for group, energy in demand.items()}
        total = sum(loads.values(), np.zeros((length, 1)))
        kept = self._onsite(year, "kept", total)
        sold = self._onsite(year, "sold", total - kept)
        onsite, resold = fraction(kept, total), fraction(sold, total)
        rest = {group: load * (1.0 - onsite - resold) for group, load in loads.items()}
        taken: dict[Group, dict[int, Values]] = {group: {} for group in demand}
        bought = dict(rest)
        for tier in tiers(self.context.study.contracts):
            self._match(tier, year, demand, bought, rest, taken)
        found = {}
        for group, energy in demand.items():
            made = fraction((loads[group] * onsite).sum(axis=1), energy)
            contracts = {i: fraction(each.sum(axis=1), energy) for i, each in taken[group].items()}
            grid = np.ones(1) if group.factor else self.grid  # the profile is that of the country's grid
            weighed = fraction((loads[group] * (1.0 - onsite) * grid).sum(axis=1), energy)
            residual = 1.0 - made - sum(contracts.values(), np.zeros(length))
            found[group] = Shares(made, contracts, residual, np.where(energy > 0, weighed, 1.0 - made))
        return found

    def _onsite(self, year: int, certificates: str, limit: Values) -> Values:
        made = np.zeros(limit.shape)
        for row, kwh in self.onsite.get(year, []):
            if (row.certificates or "kept") == certificates:
                made = made + np.reshape(np.asarray(kwh, dtype=np.float64), (-1, 1)) * self.shape(row.profile)
        if np.any(made > limit + 1e-9):
            lost = self.surplus.setdefault(("Energy", None), {})
            lost[year] = lost.get(year, 0.0) + float(np.maximum(made - limit, 0.0)[0].sum())
        return np.minimum(made, limit)

    def _match(
        self,
        tier: list[int],
        year: int,
        demand: dict[Group, Values],
        bought: dict[Group, Values],
        rest: dict[Group, Values],
        taken: dict[Group, dict[int, Values]],
    ) -> None:
        """Let the contracts of one order take from what is left, M = min(E, ΣC); equal orders share in proportion."""
        length = self.context.system.length
        wanted: dict[int, dict[Group, Values]] = {}
        volumes: dict[int, Values] = {}
        for i in tier:
            contract = self.context.contract(i, year)
            members = [group for group in rest if i in group.contracts]
            left = sum((rest[group] for group in members), np.zeros((length, 1)))
            consumed = sum((demand[group] for group in members), np.zeros(length))
            volume = np.reshape(np.asarray(self._volume(i, year, consumed), dtype=np.float64), (-1, 1))
            if contract.matching == "hourly":
                made = volume * (self.shape(contract.profile) * hours_valid(contract, year))
            else:  # by the year: spread as the consumption that is left
                left_of_year = left.sum(axis=1, keepdims=True)
                made = volume * days_share(contract, year) * fraction(left, left_of_year)
                made = np.where(left_of_year > 0, made, volume * days_share(contract, year) / left.shape[-1])
            volumes[i] = made
            wanted[i] = {group: made * fraction(rest[group], left) for group in members}
        for group, left in rest.items():
            asked = sum((share[group] for share in wanted.values() if group in share), np.zeros(left.shape))
            scale = fraction(np.minimum(asked, left), asked)
            for i, share in wanted.items():
                if group in share:
                    taken[group][i] = share[group] * scale
            rest[group] = np.maximum(left - asked * scale, 0.0)  # what rounding leaves below nothing is nothing
        for i, made in volumes.items():
            covered = sum(float(bought[group][0].sum()) for group in rest if i in group.contracts)
            self._say_rest(i, year, made, covered, [taken[group][i] for group in rest if i in taken[group]])

    def _say_rest(self, i: int, year: int, made: Values, covered: float, taken: list[Values]) -> None:
        """Write down what a contract makes and nothing takes.

        A share of the year is no more than what is bought of the consumption it covers: what is made on site is no
        surplus of it, what other contracts have taken is.
        """
        contract, volume = self.context.contract(i, year), made[0].sum()
        if contract.amount is None and contract.matching != "hourly":
            volume = min(volume, covered)
        over = volume - sum(each[0].sum() for each in taken)
        if over > volume * 1e-9:
            self.surplus.setdefault(("Contracts", i), {})[year] = float(over) / 1000

    def _volume(self, i: int, year: int, consumed: Values) -> Number:
        """Volume of a contract in a whole year [kWh]: its amount, or its share of what is consumed."""
        contract = self.context.contract(i, year)
        there_is = self.context.changes.amount(self.context.study.contracts[i], year)
        if contract.amount is not None:
            return self.context.parameters(f"contract:{contract.id}:amount", contract.amount.to("kWh")) * there_is
        share = self.context.parameters(f"contract:{contract.id}:share", (contract.share_percent or 0.0) / 100.0)
        return share * there_is * consumed


@dataclass(frozen=True)
class Shares:
    """Shares of a group's consumption on the market basis; with ``onsite`` they sum to 1.

    ``bought`` is what comes from the grid on the location basis, weighed with the intensity of its hours over the mean
    of the year: 1 - onsite without an hourly grid.
    """

    onsite: Values
    contracts: dict[int, Values]
    residual: Values
    bought: Values


def covers(contract: Contract, use: Use) -> bool:
    """Whether a contract covers a consumption: any of what it names; nothing named: all of owner facility."""
    if contract.carrier not in (None, "electricity") or contract.cancelled == "no":
        return False
    if not contract.covers:
        return use.owner == "facility"
    named: dict[str, Callable[[str], bool]] = {
        "meter": lambda value: value in (use.meter, use.line),
        "use": lambda value: value == use.use,
        "owner": lambda value: value == use.owner,
    }
    return any(named[what](value) for what, value in contract.covers)


def tiers(contracts: tuple[Contract, ...]) -> list[list[int]]:
    """Contracts by ascending order; those without a number come last, one after the other."""
    numbered = sorted({contract.order for contract in contracts if contract.order is not None})
    tiers = [[i for i, contract in enumerate(contracts) if contract.order == order] for order in numbered]
    return tiers + [[i] for i, contract in enumerate(contracts) if contract.order is None]


def fraction(part: Values, whole: Values) -> Values:
    """Part / whole, 0 where the whole is 0."""
    whole = np.asarray(whole, dtype=np.float64)
    return np.divide(part, whole, out=np.zeros(np.broadcast(part, whole).shape), where=whole > 0)
