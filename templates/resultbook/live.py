"""The live pages: amounts, factors, supplies of electricity, unit scores, and the rows that multiply them."""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from inventories.format import choices, column
from lca.system import BASES
from templates import words
from templates.names import line_name, owner_name
from templates.resultbook.calculation import COMPONENTS, KEYS, Calculation, Entry
from templates.resultbook.formulas import (
    Cell,
    Live,
    Range,
    added,
    product,
    quotient,
    reference,
    smaller,
    total,
    total_where,
)
from templates.resultbook.pages import Head, Page, Row, Value
from templates.texts import N_, Texts
from templates.workbook.cells import sheet_name

_SHOWN = ("line", "module", "inner", "year", "generation", "factor")
"""Keys of an entry that are shown as they are."""

TABLES = {"contributions": N_("Calculation"), "outside": N_("Outside")}


NOTES = {
    "contributions": N_("The footprint, row by row: amount × per unit of it × unit score, on each basis."),
    "outside": N_("D1, D2 and avoided emissions, row by row; never a part of the footprint."),
}


@dataclass
class Sums:
    """Values of the entries of a table on each basis, in the order they are written."""

    location: "array[float]"
    market: "array[float]"

    def of(self, basis: str) -> "array[float]":
        """Values of a basis."""
        return self.location if basis == "location" else self.market


class LivePages:
    """Pages that recalculate, built from a calculation in the order they depend on each other."""

    def __init__(self, of: Calculation, texts: Texts) -> None:
        self.of, self.texts = of, texts
        self.amounts = self._amounts()
        self.factors = self._factors()
        self.generation = self._generation()
        self.consumption = self._consumption()
        self.supply, self.matching = self._supply()
        self.scores = self._scores()
        self.entries = {table: [e for e in of.entries if e.table == table] for table in TABLES}
        self.sums = {table: self._sums(entries) for table, entries in self.entries.items()}
        self.tables = {table: self._table(table) for table in TABLES}
        self._carried()

    def pages(self) -> list[Page]:
        """Pages that hold something, in the order of the tabs."""
        every = [
            self.amounts, self.factors, *self.tables.values(), self.scores, self.consumption, self.supply,
            self.matching, self.generation,
        ]  # fmt: skip
        return [page for page in every if page.length]

    def _amounts(self) -> Page:
        say = self.texts
        page = Page(
            say(N_("Amounts")),
            [
                Head("sheet", say(N_("Sheet")), 18),
                Head("id", say(N_("Id")), 12),
                Head("item", say(N_("Item")), 40, "long"),
                Head("column", say(N_("Column")), 22),
                Head("value", say(N_("Value")), 16, "exact"),
                Head("unit", say(N_("Unit")), 12),
                Head("evidence", say(N_("Evidence")), 60, "long"),
            ],
            note=N_("Amounts as typed. Change a value in a tinted cell: everything that hangs on it follows."),
        )
        for each in self.of.amounts:
            row = each.row
            place = page.add(
                sheet=sheet_name(each.sheet, say.language),
                id=str(row.get("id", "")),
                item=str(row.get("item") or row.get("meter") or row.get("gas") or row.get("note") or ""),
                column=column(each.sheet, each.column).labels[say.language],
                value=each.value,
                unit=each.unit,
                evidence=str(row.get("evidence", "")),
            )
            page.inputs.add((place, "value"))
        return page

    def _factors(self) -> Page:
        say = self.texts
        heads = [
            Head("id", say(N_("Factor")), 34),
            Head("name", say(N_("Name")), 40, "long"),
            Head("module", say(N_("Module")), 12),
            Head("part", say(N_("Part")), 12),
            Head("year", say(N_("Year")), 8, "year"),
            *(Head(key, say(words.COMPONENT[key]), 14, "exact") for key in COMPONENTS),
            Head("value", say(N_("Value")), 14, "exact"),
            Head("unit", say(N_("Unit")), 18),
            Head("gas", say(N_("Gas")), 10),
            Head("gwp", say(N_("GWP")), 10, "exact"),
            *(Head(f"per {key}", _per(say, key), 16, "exact") for key in COMPONENTS),
            Head("location", say(N_("Location-based, kg CO2e")), 18, "kilograms"),
            Head("market", say(N_("Market-based, kg CO2e")), 18, "kilograms"),
            Head("confidence", say(N_("Confidence")), 14),
            Head("source", say(N_("Source")), 24),
            Head("locator", say(N_("Place in the source")), 50, "long"),
        ]
        page = Page(
            say(N_("Factors")),
            heads,
            note=N_(
                "Emissions per unit as published. Change a value in a tinted cell: everything that hangs on it follows."
            ),
        )
        self._factor_rows: dict[int, int] = {}
        for process, each in self.of.emitters.items():
            row = each.passport
            names = row.get("names", {})
            place = page.add(
                id=row["id"],
                name=str(names.get(say.language) or row["name"]),
                module=row["module"],
                part=say(words.SHORT_PART[row["part"]]),
                year=row["year"],
                **each.values,
                unit=row["unit"],
                gas=row["gas"],
                gwp=each.gwp,
                confidence=say(words.CONFIDENCE[row["confidence"]]) if row["confidence"] in words.CONFIDENCE else "",
                source=row["source"],
                locator=row["locator"],
            )
            page.set(place, "value", added(*(page.cell(place, key) for key in COMPONENTS)))
            for key in COMPONENTS:
                if key in each.kilogram:
                    scaled = product(page.cell(place, key), each.kilogram[key], page.cell(place, "gwp"))
                    page.set(place, f"per {key}", scaled)
                if key not in each.fixed:
                    page.inputs.add((place, key))
            if row["gas"] != "CO2e":
                page.inputs.add((place, "gwp"))
            self._factor_rows[process] = place
        return page

    def _times(self, amount: int | None, per: Cell) -> Live:
        return reference(per) if amount is None else product(self.amounts.cell(amount, "value"), per)

    def _generation(self) -> Page:
        say = self.texts
        heads = [
            Head("year", say(N_("Year")), 8, "year"),
            Head("share", say(N_("Id")), 14),
            Head("per", say(N_("kWh per unit of the amount")), 18, "exact"),
            Head("kwh", say(N_("kWh")), 18, "kilograms"),
            Head("sold", say(N_("Certificates sold")), 12, "year"),
        ]
        page = Page(
            say(N_("Own generation")), heads, note=N_("Electricity made on site, which comes before contracts.")
        )
        self._generated: dict[tuple[int, str], int] = {}
        for each in self.of.generation:
            place = page.add(year=each.year, share=each.share.partition(":")[2], per=each.per, sold=int(each.sold))
            page.set(place, "kwh", self._times(each.amount, page.cell(place, "per")))
            self._generated[each.year, each.share] = place
        return page

    def _consumption(self) -> Page:
        say = self.texts
        heads = [
            Head("line", say(N_("Line")), 12),
            Head("name", say(N_("Name")), 40, "long"),
            Head("module", say(N_("Module")), 10),
            Head("year", say(N_("Year")), 8, "year"),
            Head("supply", say(N_("Supply no.")), 10, "year"),
            Head("label", say(N_("Supply")), 34),
            Head("per", say(N_("kWh per unit of the amount")), 18, "exact"),
            Head("kwh", say(N_("kWh")), 18, "kilograms"),
        ]
        page = Page(say(N_("Consumption")), heads, note=N_("Electricity that lines take from each supply."))
        labels = {each.process: each.label for each in self.of.supplies}
        for each in self.of.consumption:
            place = page.add(
                line=each.line["line"], name=line_name(each.line["name"], say), module=each.line["module"],
                year=each.year, supply=each.supply, label=labels[each.supply], per=each.per,
            )  # fmt: skip
            page.set(place, "kwh", self._times(each.amount, page.cell(place, "per")))
        return page

    def _supply(self) -> tuple[Page, Page]:
        """Shares of every supply, and the contracts matched with them in their order."""
        say = self.texts
        supply = Page(
            say(N_("Supply")),
            [
                Head("year", say(N_("Year")), 8, "year"),
                Head("supply", say(N_("Supply no.")), 10, "year"),
                Head("label", say(N_("Supply")), 34),
                Head("kwh", say(N_("Consumption, kWh")), 18, "kilograms"),
                Head("all", say(N_("All supplies of the year, kWh")), 18, "kilograms"),
                Head("kept", say(N_("Own generation, certificates kept, kWh")), 18, "kilograms"),
                Head("used", say(N_("of which used, kWh")), 16, "kilograms"),
                Head("sold", say(N_("Own generation, certificates sold, kWh")), 18, "kilograms"),
                Head("room", say(N_("Room for it, kWh")), 16, "kilograms"),
                Head("resold", say(N_("of which used, kWh")), 16, "kilograms"),
                Head("onsite", say(N_("Own generation, share")), 12, "share"),
                Head("resold share", say(N_("Certificates sold, share")), 12, "share"),
                Head("bought", say(N_("Bought, share")), 12, "share"),
                Head("open", say(N_("Open for contracts, share")), 12, "share"),
                Head("rest", say(N_("Open for contracts, kWh")), 18, "kilograms"),
                Head("residual", say(N_("Residual mix, share")), 12, "share"),
            ],
            note=N_("How each supply of electricity is met in each year, on the market basis."),
        )
        rows = {each.process: place for place, each in enumerate(self.of.supplies)}
        years: dict[int, list[int]] = {}
        for place, each in enumerate(self.of.supplies):
            years.setdefault(each.year, []).append(place)
            supply.add(year=each.year, supply=each.process, label=each.label)
        kwh: dict[int, float] = {}
        for place, use in enumerate(self.of.consumption):
            kwh[use.supply] = kwh.get(use.supply, 0.0) + self.consumption.cell(place, "kwh").value
        for place, each in enumerate(self.of.supplies):
            taken = [(self.consumption.cells("supply"), supply.cell(place, "supply"))]
            supply.set(place, "kwh", total_where(self.consumption.cells("kwh"), taken, kwh.get(each.process, 0.0)))
        for year, places in years.items():
            of_year = sum(supply.cell(place, "kwh").value for place in places)
            for place in places:
                self._own_generation(supply, place, year, of_year)
        matching = self._matching(supply, rows)
        for place, each in enumerate(self.of.supplies):
            served = [m for m, match in enumerate(self.of.matches) if match.supply == each.process]
            shares = [matching.cell(m, "share") for m in served]
            supply.set(place, "residual", added(1.0, without=[supply.cell(place, "onsite"), *shares]))
        self._supply_rows = rows
        return supply, matching

    def _own_generation(self, supply: Page, place: int, year: int, of_year: float) -> None:
        """Own generation comes first; what its certificates are sold of counts as residual mix."""
        same_year = [(supply.cells("year"), supply.cell(place, "year"))]
        supply.set(place, "all", total_where(supply.cells("kwh"), same_year, of_year))
        for key, sold in (("kept", 0), ("sold", 1)):
            made: Value = 0.0
            if self.of.generation:
                value = sum(
                    self.generation.cell(i, "kwh").value
                    for i, each in enumerate(self.of.generation)
                    if each.year == year and each.sold == bool(sold)
                )
                criteria: list[tuple[Range, Cell | int]] = [
                    (self.generation.cells("year"), supply.cell(place, "year")),
                    (self.generation.cells("sold"), sold),
                ]
                made = total_where(self.generation.cells("kwh"), criteria, value)
            supply.set(place, key, made)
        at = {key: supply.cell(place, key) for key in ("all", "kept", "sold")}
        supply.set(place, "used", smaller(at["kept"], at["all"]))
        supply.set(place, "room", added(at["all"], without=[supply.cell(place, "used")]))
        supply.set(place, "resold", smaller(at["sold"], supply.cell(place, "room")))
        supply.set(place, "onsite", quotient(supply.cell(place, "used"), at["all"]))
        supply.set(place, "resold share", quotient(supply.cell(place, "resold"), at["all"]))
        supply.set(place, "bought", added(1.0, without=[supply.cell(place, "onsite")]))
        supply.set(place, "open", added(supply.cell(place, "bought"), without=[supply.cell(place, "resold share")]))
        supply.set(place, "rest", product(supply.cell(place, "kwh"), supply.cell(place, "open")))

    def _matching(self, supply: Page, rows: Mapping[int, int]) -> Page:
        """M = min(E, ΣC) in the order of the contracts, year by year."""
        say = self.texts
        page = Page(
            say(N_("Matching")),
            [
                Head("year", say(N_("Year")), 8, "year"),
                Head("tier", say(N_("Order")), 8, "year"),
                Head("contract", say(N_("Contract no.")), 10, "year"),
                Head("name", say(N_("Contract")), 14),
                Head("supply", say(N_("Supply no.")), 10, "year"),
                Head("label", say(N_("Supply")), 34),
                Head("kwh", say(N_("Consumption, kWh")), 18, "kilograms"),
                Head("rest", say(N_("Left before, kWh")), 18, "kilograms"),
                Head("left", say(N_("Left of all it covers, kWh")), 18, "kilograms"),
                Head("covered", say(N_("Consumption it covers, kWh")), 18, "kilograms"),
                Head("per", say(N_("kWh per unit, or share of the year")), 18, "exact"),
                Head("volume", say(N_("Contract, kWh")), 18, "kilograms"),
                Head("wanted", say(N_("For this supply, kWh")), 18, "kilograms"),
                Head("asked", say(N_("By all of this order, kWh")), 18, "kilograms"),
                Head("met", say(N_("Met, kWh")), 18, "kilograms"),
                Head("taken", say(N_("Taken, kWh")), 18, "kilograms"),
                Head("share", say(N_("Share of the supply")), 12, "share"),
            ],
            note=N_("Contracts in their order: each takes what is left of what it covers, and no more."),
        )
        study = self.of.document["study"]
        blocks: dict[tuple[int, int], list[int]] = {}
        for each in self.of.matches:
            place = page.add(
                year=each.year, tier=each.tier, contract=each.contract + 1,
                name=str(study["Contracts"][each.contract]["id"]), supply=each.supply,
                label=self.of.supplies[rows[each.supply]].label, per=each.per,
            )  # fmt: skip
            page.set(place, "kwh", reference(supply.cell(rows[each.supply], "kwh")))
            blocks.setdefault((each.year, each.tier), []).append(place)
        first_of_year: dict[int, int] = {}
        for (year, _), places in blocks.items():
            start = first_of_year.setdefault(year, places[0])
            self._match(page, supply, rows, places, start)
        return page

    def _match(self, page: Page, supply: Page, rows: Mapping[int, int], places: list[int], start: int) -> None:
        """One order of contracts in one year; the rows ``start`` to the one before are the orders before it."""
        first, last, matches = places[0], places[-1], self.of.matches

        def where(key: str, column: str, place: int) -> Live:
            """Sum of a column over this block, where a key is as in the row."""
            same = [i for i in places if page.cell(i, key).value == page.cell(place, key).value]
            value = sum(page.cell(i, column).value for i in same)
            return total_where(
                page.cells(column, first, last), [(page.cells(key, first, last), page.cell(place, key))], value
            )

        for place in places:
            rest = supply.cell(rows[matches[place].supply], "rest")
            if start == first:
                page.set(place, "rest", reference(rest))
                continue
            before = [i for i in range(start, first) if matches[i].supply == matches[place].supply]
            taken = sum(page.cell(i, "taken").value for i in before)
            criteria = f"{page.cells('supply', start, first - 1).address},{page.cell(place, 'supply').address}"
            page.set(
                place,
                "rest",
                Live(
                    f"SUM({rest.address},-SUMIFS({page.cells('taken', start, first - 1).address},{criteria}))",
                    rest.value - taken,
                ),
            )
        for place in places:
            page.set(place, "left", where("contract", "rest", place))
            page.set(place, "covered", where("contract", "kwh", place))
            amount, per = self.amounts.cell(matches[place].amount, "value"), page.cell(place, "per")
            factors = [amount, per, page.cell(place, "covered")] if matches[place].is_share else [amount, per]
            page.set(place, "volume", product(*factors))
            volume, rest, left = (page.cell(place, key) for key in ("volume", "rest", "left"))
            page.set(
                place,
                "wanted",
                Live(
                    f"{volume.address}*{rest.address}/({left.address}+1E-300)",
                    volume.value * rest.value / (left.value + 1e-300),
                ),
            )
        for place in places:
            page.set(place, "asked", where("supply", "wanted", place))
            page.set(place, "met", smaller(page.cell(place, "asked"), page.cell(place, "rest")))
            wanted, met, asked = (page.cell(place, key) for key in ("wanted", "met", "asked"))
            page.set(
                place,
                "taken",
                Live(
                    f"{wanted.address}*{met.address}/({asked.address}+1E-300)",
                    wanted.value * met.value / (asked.value + 1e-300),
                ),
            )
            page.set(place, "share", quotient(page.cell(place, "taken"), page.cell(place, "kwh")))

    def _scores(self) -> Page:
        say = self.texts
        page = Page(
            say(N_("Unit scores")),
            [
                Head("process", say(N_("One unit of")), 34),
                Head("via", say(N_("By way of")), 60),
                Head("factor", say(N_("Factor")), 34),
                Head("component", say(N_("Component")), 12),
                Head("location constant", say(N_("Constant, location-based")), 16, "exact"),
                Head("market constant", say(N_("Constant, market-based")), 16, "exact"),
                Head("share", say(N_("Share")), 14, "exact"),
                Head("per", say(N_("Factor, kg CO2e per unit")), 18, "exact"),
                Head("location", say(N_("Location-based, kg CO2e per unit")), 20, "exact"),
                Head("market", say(N_("Market-based, kg CO2e per unit")), 20, "exact"),
            ],
            note=N_("What one unit of a supply or a heat pump emits, way by way: constant × share × factor."),
        )
        matches = {(m.supply, f"contract:{m.contract}"): place for place, m in enumerate(self.of.matches)}
        for each in self.of.scores:
            place = page.add(
                process=each.label,
                via=each.via,
                factor=self.of.emitters[each.leaf].passport["id"],
                component=say(words.COMPONENT[each.component]),
                **{f"{basis} constant": each.constant[basis] for basis in BASES},
            )
            factor = self.factors.cell(self._factor_rows[each.leaf], f"per {each.component}")
            page.set(place, "per", reference(factor))
            page.set(place, "share", 1.0 if each.supply is None else self._share(each.supply, each.share, matches))
            share, per = page.cell(place, "share"), page.cell(place, "per")
            for basis in BASES:
                page.set(place, basis, product(page.cell(place, f"{basis} constant"), share, per))
        return page

    def _share(self, supply: int, share: str, matches: Mapping[tuple[int, str], int]) -> Live:
        row = self._supply_rows[supply]
        if share in ("bought", "residual"):
            return reference(self.supply.cell(row, share))
        if share.startswith("contract"):
            return reference(self.matching.cell(matches[supply, share], "share"))
        made = self.generation.cell(self._generated[self.of.supplies[row].year, share], "kwh")
        onsite, kept = self.supply.cell(row, "onsite"), self.supply.cell(row, "kept")
        return Live(
            f"{onsite.address}*{made.address}/({kept.address}+1E-300)",
            onsite.value * made.value / (kept.value + 1e-300),
        )

    def _score_of(self, entry: Entry) -> dict[str, Cell]:
        if entry.score is not None:
            return {basis: self.scores.cell(entry.score, basis) for basis in BASES}
        row = self._factor_rows[entry.leaf or 0]
        return dict.fromkeys(BASES, self.factors.cell(row, f"per {entry.component}"))

    def _sums(self, entries: list[Entry]) -> Sums:
        sums = Sums(array("d"), array("d"))
        for entry in entries:
            taken, score = self.of.times(entry.amount, entry.per), self._score_of(entry)
            for basis in BASES:
                sums.of(basis).append(taken * score[basis].value)
        return sums

    def _table(self, table: str) -> Page:
        """Rows of the calculation, made as they are written."""
        say = self.texts
        heads = [
            Head("line", say(N_("Line")), 12),
            Head("name", say(N_("Name")), 34),
            Head("section", say(N_("Section")), 16),
            Head("owner", say(N_("Owner")), 12),
            Head("owner no", say(N_("Owner no.")), 8, "year"),
            Head("zone", say(N_("Zone")), 14),
            Head("module", say(N_("Module")), 12),
            Head("inner", say(N_("Inside it")), 10),
            Head("year", say(N_("Year")), 8, "year"),
            Head("generation", say(N_("Generation")), 10, "year"),
            Head("part", say(N_("Part")), 12),
            Head("scope", say(N_("Scope")), 30),
            Head("factor", say(N_("Factor")), 30),
            Head("factor no", say(N_("Factor row")), 8, "year"),
            Head("component", say(N_("Component")), 12),
            Head("holder", say(N_("Claimed by")), 20),
            Head("holder no", say(N_("Claim no.")), 8, "year"),
            Head("amount", say(N_("Amount")), 14, "exact"),
            Head("per", say(N_("Per unit of it")), 16, "exact"),
            Head("location score", say(N_("Unit score, location-based, kg CO2e")), 18, "exact"),
            Head("market score", say(N_("Unit score, market-based, kg CO2e")), 18, "exact"),
            Head("location", say(N_("Location-based, kg CO2e")), 18, "kilograms"),
            Head("market", say(N_("Market-based, kg CO2e")), 18, "kilograms"),
        ]
        entries = self.entries[table]
        self.owners = sorted({str(e.keys[3]) for e in self.entries["contributions"]})
        self.holders = sorted({e.claim_holder for e in self.entries["outside"]})
        page = Page(say(TABLES[table]), heads, count=len(entries), note=NOTES[table])
        page.made = lambda: self._rows(page, table)
        return page

    def _rows(self, page: Page, table: str) -> Iterator[Row]:
        say, at = self.texts, page.column
        for place, entry in enumerate(self.entries[table]):
            keys = dict(zip(KEYS, entry.keys, strict=True))
            leaf = self.of.scores[entry.score].leaf if entry.score is not None else entry.leaf
            held: dict[str, Value] = {
                **{key: keys[key] for key in _SHOWN},
                "section": say(words.SECTION[keys["section"]]),
                "owner no": self.owners.index(str(keys["owner"])) + 1 if table == "contributions" else None,
                "owner": owner_name(str(keys["owner"]), say) if keys["owner"] else None,
                "zone": choices("zone").get(str(keys["zone"]), {}).get(say.language),
                "part": say(words.SHORT_PART[keys["part"]]) if keys["part"] else None,
                "scope": say(words.SCOPE[keys["scope"]]) if keys["scope"] else None,
                "factor no": self._factor_rows[leaf or 0] + 2,
                "component": say(words.COMPONENT[keys["component"]]),
                "holder": owner_name(entry.claim_holder, say) or None,
                "name": line_name(str(keys["name"]), say),
                "holder no": self.holders.index(entry.claim_holder) + 1 if table == "outside" else None,
                "per": entry.per,
            }
            amount: float = 1.0
            if entry.amount is None:
                held["amount"] = 1.0
            else:
                cell = self.amounts.cell(entry.amount, "value")
                amount, held["amount"] = cell.value, reference(cell)
            score = self._score_of(entry)
            times = [
                Cell(page.name, place + 1, at(key), value) for key, value in (("amount", amount), ("per", entry.per))
            ]
            for basis in BASES:
                held[f"{basis} score"] = reference(score[basis])
                here = Cell(page.name, place + 1, at(f"{basis} score"), score[basis].value)
                held[basis] = product(*times, here)
            yield [held.get(head.key) for head in page.heads]

    def _carried(self) -> None:
        """What each factor row carries of the footprint."""
        page = self.tables["contributions"]
        carried: dict[int, dict[str, float]] = {}
        for place, entry in enumerate(self.entries["contributions"]):
            leaf = self.of.scores[entry.score].leaf if entry.score is not None else entry.leaf
            at = carried.setdefault(self._factor_rows[leaf or 0], dict.fromkeys(BASES, 0.0))
            for basis in BASES:
                at[basis] += self.sums["contributions"].of(basis)[place]
        for row in range(self.factors.length):
            for basis in BASES:
                value = carried.get(row, {}).get(basis, 0.0)
                criteria = [(page.cells("factor no"), row + 2)]
                made = total_where(page.cells(basis), criteria, value) if page.length else 0.0
                self.factors.set(row, basis, made)

    def total_of(self, table: str, basis: str, by: float = 1.0) -> Live:
        """Sum of a table on a basis."""
        page = self.tables[table]
        return total(page.cells(basis), sum(self.sums[table].of(basis)), by)


def _per(say: Texts, component: str) -> str:
    return say(N_("{component}, kg CO2e per unit"), component=say(words.COMPONENT[component]))
