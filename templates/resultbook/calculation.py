"""What the result workbook calculates: typed amounts, factor values, supplies of electricity, unit scores, entries.

Everything is read from a results document; nothing here knows of cells or formulas.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from factors.units import parse_unit, ratio
from lca.context import KWH
from lca.modules import scope
from lca.ways import Trail

Record = Mapping[str, Any]
COMPONENTS = ("fossil", "biogenic", "land_use")
INSTALLED = ("construction", "plant", "hardware")
KEYS = (
    "line", "name", "section", "owner", "zone", "module", "inner", "year", "generation", "part", "scope", "factor",
    "component", "gas",
)  # fmt: skip
"""What an entry is summed by."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A typed number that may be changed: its path, value and unit, and where it was typed."""

    path: str
    sheet: str
    row: Record
    column: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Emitter:
    """A factor row: kilograms of its gas per unit by component, as published, and what a kilogram weighs in CO2e."""

    passport: Record
    unit: str
    values: Mapping[str, float]
    kilogram: Mapping[str, float]
    gwp: float
    fixed: frozenset[str]
    """Components that must not be changed here, because what follows from them is not calculated here."""


@dataclass(frozen=True, slots=True)
class Consumption:
    """Electricity that a line takes from a supply: kWh = amount × per amount."""

    line: Record
    year: int
    supply: int
    amount: int | None
    per: float


@dataclass(frozen=True, slots=True)
class Generation:
    """Own generation of a year: kWh = amount × per amount."""

    year: int
    share: str
    amount: int
    per: float
    sold: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """Supply of a group of consumption in a year."""

    process: int
    label: str
    year: int


@dataclass(frozen=True, slots=True)
class Match:
    """A contract that may serve a supply; ``amount`` in kWh per typed unit, or a share of what it covers."""

    supply: int
    year: int
    tier: int
    contract: int
    amount: int
    per: float
    is_share: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What one unit of a process emits along one path: constant × shares of the supply × factor.

    ``shares`` names the share on each basis; blank: the path is not taken on it, None: there is none.
    """

    process: int
    label: str
    via: str
    constant: Mapping[str, float]
    supply: int | None
    share: str
    leaf: int
    component: str
    is_lost: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the calculation: amount × per amount × unit score; ``keys`` in the order of ``KEYS``."""

    table: str
    keys: tuple[Any, ...]
    claim_holder: str
    amount: int | None
    per: float
    leaf: int | None
    component: str
    score: int | None


@dataclass
class Calculation:
    """Everything the workbook calculates, in the order it is written."""

    document: Record
    amounts: list[Amount] = field(default_factory=list)
    emitters: dict[int, Emitter] = field(default_factory=dict)
    consumption: list[Consumption] = field(default_factory=list)
    generation: list[Generation] = field(default_factory=list)
    supplies: list[Supply] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def live_amounts(self) -> set[int]:
        """Positions of the amounts that something is calculated from."""
        used = [each.amount for each in self.consumption] + [each.amount for each in self.entries]
        used += [each.amount for each in self.generation] + [each.amount for each in self.matches]
        return {place for place in used if place is not None}

    def times(self, amount: int | None, per: float) -> float:
        """Amount × per amount; what stands on no amount is the second alone."""
        return per if amount is None else self.amounts[amount].value * per


def calculation(document: Record) -> Calculation:
    """Lay out the calculation of a results document."""
    return _Builder(document).built()


def _live_amount(process: Record) -> str:
    """Path of the typed number that the inputs of a process follow in proportion; blank where they do not."""
    return "" if process.get("fixed") else str(process.get("amount", ""))


class _Builder:
    def __init__(self, document: Record) -> None:
        self.trail = Trail(document["trail"])
        self.made = Calculation(document)
        self._amounts: dict[str, int] = {}
        self._scores: dict[int, list[int]] = {}
        self._records = _records(document)
        self._matched = {each["supply"] for each in document["trail"]["matching"]}
        self._served: set[tuple[int, str]] = set()
        self._consolidation = document["study"]["Study"].get("consolidation", "operational")

    def built(self) -> Calculation:
        self._register_amounts()
        self._emitters()
        self._supplies()
        entries: dict[tuple[str, Any], list[Entry]] = {}
        for line in self.trail.demands:
            record = self._line(line)
            if record is not None:
                table = "contributions" if self.trail.processes[line]["kind"] == "line" else "outside"
                for entry in self._entries(line, (table, record)):
                    entries.setdefault((entry.table, entry.keys[0]), []).append(entry)
        self.made.entries += [entry for of_line in entries.values() for entry in of_line]
        return self.made

    def _register_amounts(self) -> None:
        """Enter every amount in the order of the study: sheets, then rows."""
        trail, study = self.made.document["trail"], self.made.document["study"]
        paths = {_live_amount(each) for each in (*trail["processes"], *trail["onsite"])} - {""}
        for each in trail["matching"]:
            for contract in each["contracts"]:
                row = study["Contracts"][contract["contract"]]
                column = "amount" if "amount" in row else "share_percent"
                paths.add(f"study/Contracts/{contract['contract']}/{column}")
        sheets = list(study)
        pieces = sorted((path.split("/") for path in paths), key=lambda p: (sheets.index(p[1]), int(p[2]), p[3]))
        for piece in pieces:
            self._amount("/".join(piece))

    def _amount(self, path: str) -> int | None:
        """Position of a typed number among the amounts; None where nothing was typed, or 0."""
        if not path:
            return None
        if path not in self._amounts:
            _, sheet, at, column = path.split("/")
            row = self.made.document["study"][sheet][int(at)]
            typed = row[column]
            value, unit = (typed["value"], typed["unit"]) if isinstance(typed, Mapping) else (typed, "")
            unit = unit or {"count": "piece", "share_percent": "%"}.get(column, "")
            self._amounts[path] = len(self.made.amounts)
            self.made.amounts.append(Amount(path, sheet, row, column, float(value), unit))
        place = self._amounts[path]
        return place if self.made.amounts[place].value else None

    def _per(self, path: str, taken: float) -> tuple[int | None, float]:
        """Amount and what is taken for each unit of it; all of it where no typed number stands behind it."""
        amount = self._amount(path)
        return amount, taken if amount is None else taken / self.made.amounts[amount].value

    def _emitters(self) -> None:
        rows = {_key(row): row for row in self.made.document["passport"]["factors"]}
        installed, follow = self._installed_leaves(), self._followed_leaves()
        for process, emissions in self.trail.emissions.items():
            of = self.trail.processes[process]
            is_closure = of["kind"] == "closure"
            row = rows[(*of["factor"].values(), is_closure)]
            values = {key: row[key] or 0.0 for key in COMPONENTS}
            if row["fossil"] is None:
                values["fossil"] = row["value"] - values["biogenic"] - values["land_use"]
            kilogram = {e["component"]: e["kilograms"] / values[e["component"]] for e in emissions if e["kilograms"]}
            fixed = set(COMPONENTS) if is_closure or process in follow else set()
            fixed |= {"biogenic"} if process in installed else set()
            fixed |= {key for key in COMPONENTS if key not in kilogram}
            self.made.emitters[process] = Emitter(
                row, of["unit"], values, kilogram, emissions[0]["gwp"], frozenset(fixed)
            )

    def _installed_leaves(self) -> set[int]:
        """Factors of installed lines: what they take up is released again, so that their biogenic part is bound."""
        return {
            each["product"]
            for line in self.trail.demands
            if (self._line(line) or {}).get("section") in INSTALLED
            for each in self.trail.inputs[line]
        }

    def _followed_leaves(self) -> set[int]:
        """Factors of grids that the residual mix follows: a change of one would change the other."""
        if self.made.document["study"]["Study"].get("residual_mix") != "follow-grid":
            return set()
        grids = [each for each, of in self.trail.processes.items() if of["kind"] == "grid"]
        return {each["product"] for grid in grids for each in self.trail.inputs[grid]}

    def _line(self, line: int) -> Record | None:
        """What a line's process is: a row of the tables it went into, or its tag where it carries nothing."""
        records = self._records.get(line)
        if records:
            return next(iter(records.values()))[1]
        return self.trail.processes[line].get("tag")

    def _supplies(self) -> None:
        study, trail = self.made.document["study"], self.made.document["trail"]
        for each in trail["onsite"]:
            amount, per = self._per(each["amount"], each["kwh"])
            if amount is not None:
                self.made.generation.append(Generation(each["year"], each["share"], amount, per, each["sold"]))
        for each in sorted(trail["matching"], key=lambda each: each["year"]):
            supply = each["supply"]
            self.made.supplies.append(Supply(supply, self.trail.processes[supply]["label"], each["year"]))
            for contract in each["contracts"]:
                row = study["Contracts"][contract["contract"]]
                column = "amount" if "amount" in row else "share_percent"
                amount = self._amounts[f"study/Contracts/{contract['contract']}/{column}"]
                if not contract["days"]:
                    continue
                self._served.add((supply, f"contract:{contract['contract']}"))
                is_share = column == "share_percent"
                kwh = 0.01 if is_share else ratio(parse_unit(row["amount"]["unit"]), KWH)
                self.made.matches.append(
                    Match(
                        supply, each["year"], contract["tier"], contract["contract"], amount,
                        kwh * contract["days"], is_share,
                    )
                )  # fmt: skip
        self.made.matches.sort(key=lambda match: (match.year, match.tier, match.contract, match.supply))
        for line in self.trail.demands:
            record = self._line(line)
            if record is not None and self.trail.processes[line]["kind"] == "line":
                self._consumption(line, record)

    def _consumption(self, line: int, record: Record) -> None:
        for supply, kwh in self._taken(line):
            if supply in self._matched:
                weight = self.trail.demands[line]["location"]
                amount, per = self._per(_live_amount(self.trail.processes[line]), weight * kwh)
                self.made.consumption.append(Consumption(record, record["year"], supply, amount, per))

    def _taken(self, process: int) -> Iterator[tuple[int, float]]:
        """Supplies that a process takes from, with kWh for each unit it makes."""
        for each in self.trail.inputs[process]:
            product = each["product"]
            if self.trail.processes[product]["kind"] == "supply":
                yield product, each["location"]
            else:
                for supply, kwh in self._taken(product):
                    yield supply, each["location"] * kwh

    def _entries(self, line: int, first: tuple[str, Record]) -> Iterator[Entry]:
        weight, path = self.trail.demands[line]["location"], _live_amount(self.trail.processes[line])
        for each in self.trail.inputs[line]:
            amount, per = self._per(path, weight * each["location"])
            product = each["product"]
            if not per:
                continue
            for emission in self.trail.emissions.get(product, ()):
                if emission["kilograms"]:
                    yield self._entry(line, first, amount, per, (product, emission["component"], False), None)
            for place in self._scores_of(product):
                score = self.made.scores[place]
                yield self._entry(line, first, amount, per, (score.leaf, score.component, score.is_lost), place)

    def _entry(
        self,
        line: int,
        first: tuple[str, Record],
        amount: int | None,
        per: float,
        of: tuple[int, str, bool],
        score: int | None,
    ) -> Entry:
        leaf, component, is_lost = of
        table, record = first
        known = self._records.get(line, {}).get(of)
        if known is not None:
            record = known[1]
        keys = {key: record.get(key) for key in KEYS}
        if known is None:
            keys |= {
                "part": "losses" if is_lost else self.made.emitters[leaf].passport["part"],
                "factor": self.made.emitters[leaf].passport["id"],
                "component": component,
                "gas": self.made.emitters[leaf].passport["gas"],
            }
            keys["scope"] = self._scope(record, str(keys["part"]), component) if table == "contributions" else None
        holder = str(record.get("claim_holder", ""))
        direct = leaf if score is None else None
        return Entry(table, tuple(keys[key] for key in KEYS), holder, amount, per, direct, component, score)

    def _scope(self, record: Record, part: str, component: str) -> str:
        """Scope of a part of a supply that carries nothing yet."""
        return scope(
            section=record["section"],
            module=record["module"],
            inner=record["inner"],
            part=part,
            carrier="electricity",
            owner=record["owner"],
            component=component,
            consolidation=self._consolidation,
        )

    def _scores_of(self, process: int) -> Sequence[int]:
        """Positions of the unit scores of a process that is no leaf; made when first asked for."""
        if process not in self._scores:
            first = len(self.made.scores)
            if self.trail.inputs.get(process):
                for path in self.trail.paths(process):
                    self.made.scores += self._score(process, path)
            self._scores[process] = list(range(first, len(self.made.scores)))
        return self._scores[process]

    def _score(self, process: int, path: Sequence[Record]) -> Iterator[Score]:
        constant = {"location": 1.0, "market": 1.0}
        supply, share = None, ""
        for each in path:
            name, consumer = str(each.get("share", "")), each["consumer"]
            if self.trail.processes[consumer]["kind"] == "supply":
                supply = consumer
            if name and supply in self._matched:
                share = name
                if name.startswith("onsite"):
                    constant = {basis: value * self._onsite_weight(supply, each) for basis, value in constant.items()}
            else:
                constant = {basis: value * each[basis] for basis, value in constant.items()}
        if share == "bought":
            constant["market"] = 0.0
        elif share.startswith(("contract", "residual")):
            constant["location"] = 0.0
        unserved = share.startswith("contract") and (supply, share) not in self._served
        if unserved or not any(constant.values()):
            return
        leaf = path[-1]["product"]
        via = " → ".join(self.trail.processes[each["product"]]["label"] for each in path[:-1])
        for emission in self.trail.emissions[leaf]:
            if emission["kilograms"]:
                yield Score(
                    process, self.trail.processes[process]["label"], via, constant,
                    supply if share else None, share, leaf, emission["component"], self.trail.is_lost(path),
                )  # fmt: skip

    def _onsite_weight(self, supply: int | None, exchange: Record) -> float:
        """What one kWh of own generation takes of its factor: its share of the supply divided out."""
        year = next(each.year for each in self.made.supplies if each.process == supply)
        kept = [each for each in self.made.generation if each.year == year and not each.sold]
        kwh = {each.share: self.made.times(each.amount, each.per) for each in kept}
        total = sum(kwh.values())
        demand = sum(self.made.times(each.amount, each.per) for each in self.made.consumption if each.year == year)
        used = min(total, demand) / demand if demand else 0.0
        share = used * kwh[str(exchange["share"])] / total if total else 0.0
        return float(exchange["location"]) / share if share else 0.0


def _key(row: Record) -> tuple[Any, ...]:
    return row["id"], row["module"], row["part"], row["year"], row["closure"]


def _records(document: Record) -> dict[int, dict[tuple[int, str, bool], tuple[str, Record]]]:
    """Rows of the tables by line process, and by leaf, component and losses."""
    found: dict[int, dict[tuple[int, str, bool], tuple[str, Record]]] = {}
    for way in document["trail"]["ways"]:
        at = (way["leaf"], way["component"], way["losses"])
        record = document[way["table"]][way["row"]]
        found.setdefault(way["line"], {})[at] = (way["table"], record)
    return found
