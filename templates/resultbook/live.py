"""The live pages: amounts, factors, supplies of electricity, unit scores, and the rows that multiply them."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from inventories.format import choices, column
from lca.system import BASES
from templates import words
from templates.names import line_name, owner_name, unit_name
from templates.resultbook.calculation import COMPONENTS, KEYS, Calculation, Entry
from templates.resultbook.electricity import ElectricityPages
from templates.resultbook.formulas import (
    Cell,
    Live,
    added,
    product,
    reference,
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
        self.electricity = ElectricityPages(of, texts, self.amounts)
        self.scores = self._scores()
        self.entries = {table: [e for e in of.entries if e.table == table] for table in TABLES}
        self.sums = {table: self._sums(entries) for table, entries in self.entries.items()}
        self.tables = {table: self._table(table) for table in TABLES}
        self._carried()

    def pages(self) -> list[Page]:
        """Pages that hold something, in the order of the tabs."""
        every = [
            self.amounts, self.factors, *self.tables.values(), self.scores, *self.electricity.pages(),
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
        used = self.of.live_amounts
        for position, each in enumerate(self.of.amounts):
            row = each.row
            place = page.add(
                sheet=sheet_name(each.sheet, say.language),
                id=str(row.get("id", "")),
                item=str(row.get("item") or row.get("meter") or row.get("gas") or ""),
                column=column(each.sheet, each.column).labels[say.language],
                value=each.value,
                unit=unit_name(each.unit, say),
                evidence=str(row.get("evidence", "")),
            )
            if position in used:
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
            page.set(place, "share", 1.0 if each.supply is None else self.electricity.share(each.supply, each.share))
            share, per = page.cell(place, "share"), page.cell(place, "per")
            for basis in BASES:
                page.set(place, basis, product(page.cell(place, f"{basis} constant"), share, per))
        return page

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
