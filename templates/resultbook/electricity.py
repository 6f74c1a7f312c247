"""Electricity in the result workbook: who takes it, own generation, contracts matched in their order, the residual mix.

M = min(E, ΣC), year by year, as ``lca.contracts`` has it: what is changed on other pages is matched anew.
"""

from collections.abc import Mapping
from functools import cached_property

from templates.names import line_name
from templates.resultbook.calculation import Calculation
from templates.resultbook.formulas import (
    Cell,
    Live,
    Range,
    added,
    part_of,
    product,
    quotient,
    reference,
    smaller,
    total_where,
)
from templates.resultbook.pages import Head, Page, Value
from templates.texts import N_, Texts


class ElectricityPages:
    """Pages of consumption, supply, matching and own generation."""

    def __init__(self, of: Calculation, texts: Texts, amounts: Page) -> None:
        self.of, self.texts, self.amounts = of, texts, amounts
        self.generation = self._generation()
        self.consumption = self._consumption()
        self.supply, self.matching = self._supply()

    def pages(self) -> list[Page]:
        """Pages in the order of their tabs."""
        return [self.consumption, self.supply, self.matching, self.generation]

    def it_energy(self, by: float = 0.001) -> Live:
        """IT energy of the period [MWh], or in another unit: consumption of the lines of module B6.2."""
        rows = [i for i, each in enumerate(self.of.consumption) if each.line["module"] == "B6.2"]
        value = sum(self.consumption.cell(i, "kwh").value for i in rows)
        if not self.consumption.length:
            return Live("0", 0.0)
        return total_where(self.consumption.cells("kwh"), [(self.consumption.cells("module"), '"B6.2"')], value, by)

    @cached_property
    def _matches(self) -> dict[tuple[int, str], int]:
        return {(m.supply, f"contract:{m.contract}"): place for place, m in enumerate(self.of.matches)}

    def share(self, supply: int, share: str) -> Live:
        """Return a share of a supply by its name: bought, residual, contract:I, onsite:ID."""
        row = self._supply_rows[supply]
        if share in ("bought", "residual"):
            return reference(self.supply.cell(row, share))
        if share.startswith("contract"):
            return reference(self.matching.cell(self._matches[supply, share], "share"))
        made = self.generation.cell(self._generated[self.of.supplies[row].year, share], "kwh")
        onsite, kept = self.supply.cell(row, "onsite"), self.supply.cell(row, "kept")
        return part_of(onsite, made, kept)

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
            residual = [supply.cell(place, "onsite")]
            if matching.length:
                shares = [
                    matching.cell(m, "share").value
                    for m, match in enumerate(self.of.matches)
                    if match.supply == each.process
                ]
                by_contract = total_where(
                    matching.cells("share"), [(matching.cells("supply"), supply.cell(place, "supply"))], sum(shares)
                )
                supply.set(place, "residual", added(1.0, without=[*residual, by_contract]))
            else:
                supply.set(place, "residual", added(1.0, without=residual))
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
            taken = total_where(
                page.cells("taken", start, first - 1),
                [(page.cells("supply", start, first - 1), page.cell(place, "supply"))],
                sum(page.cell(i, "taken").value for i in before),
            )
            page.set(place, "rest", added(rest, without=[taken], least=0.0))
        for place in places:
            page.set(place, "left", where("contract", "rest", place))
            page.set(place, "covered", where("contract", "kwh", place))
            amount, per = self.amounts.cell(matches[place].amount, "value"), page.cell(place, "per")
            factors = [amount, per, page.cell(place, "covered")] if matches[place].is_share else [amount, per]
            page.set(place, "volume", product(*factors))
            volume, rest, left = (page.cell(place, key) for key in ("volume", "rest", "left"))
            page.set(place, "wanted", part_of(volume, rest, left))
        for place in places:
            page.set(place, "asked", where("supply", "wanted", place))
            page.set(place, "met", smaller(page.cell(place, "asked"), page.cell(place, "rest")))
            wanted, met, asked = (page.cell(place, key) for key in ("wanted", "met", "asked"))
            page.set(place, "taken", part_of(wanted, met, asked))
            page.set(place, "share", quotient(page.cell(place, "taken"), page.cell(place, "kwh")))
