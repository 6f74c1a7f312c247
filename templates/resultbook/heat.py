"""The page of recovered heat: every method as formulas over the facts it rests on; tinted facts may be changed."""

from collections.abc import Mapping
from math import isclose
from typing import Any

from lca.heat.sharing import HALF
from lca.marks import COOLING_SAVED, HEAT_DISPLACED, PUMP_ELECTRICITY, PUMPING
from lca.system import BASES
from templates import words
from templates.heat import lacking
from templates.names import line_name
from templates.resultbook.formulas import Cell, Live, Range, added, product, quotient, total_where
from templates.resultbook.live import LivePages
from templates.resultbook.pages import Head, Page, Value
from templates.texts import N_

FACTS = {
    "it_kwh": (N_("Energy of the IT"), "kWh"),
    "handed": (N_("Heat handed over"), "kWh"),
    "exergy": (N_("Work that the heat could do"), "kWh"),
    "displaced": (N_("Heat displaced"), "kg CO2e"),
    "saved": (N_("Cooling saved"), "kg CO2e"),
    "beyond": (N_("Electricity of the heat pump outside the footprint"), "kg CO2e"),
    "alone": (N_("The heat, supplied alone"), "kg CO2e"),
    "rest": (N_("Footprint without energy in operation"), "kg CO2e"),
    "reference_pue": (N_("Reference PUE"), ""),
    "heat_worth": (N_("Price of the heat, over the period"), "EUR"),
    "it_worth": (N_("Revenue of the IT, over the period"), "EUR"),
}
"""Facts with their units, in the order they are told; a fact that is not known is left out."""

NAMED = {"displaced": (HEAT_DISPLACED,), "saved": (COOLING_SAVED,), "beyond": (PUMP_ELECTRICITY, PUMPING)}
"""Facts that are sums over the rows outside, with the names of those rows."""

PAIRS = {"H2": ("handed", "it_kwh"), "H3": ("exergy", "it_kwh"), "H4": ("alone", "alone_it"),
         "H5": ("heat_worth", "it_worth")}  # fmt: skip
"""What stands against what in the share of each method."""


class HeatPage:
    """Builds the page, row by row, so that later rows refer to earlier ones."""

    def __init__(self, document: Mapping[str, Any], live: LivePages) -> None:
        self.document, self.heat, self.live, self.say = document, document["heat"], live, live.texts
        self.rows: dict[str, int] = {}
        say = self.say
        self.page = Page(
            say(N_("Recovered heat")),
            [
                Head("what", say(N_("What")), 62, "long"),
                Head("location", say(N_("Location-based")), 20, "exact"),
                Head("market", say(N_("Market-based")), 20, "exact"),
                Head("unit", say(N_("Unit")), 12),
            ],
            note=N_(
                "Every method of sharing the footprint with the heat, as formulas. Tinted facts stand as assessed: "
                "they may be changed here, and do not follow when an amount is changed."
            ),
        )

    def made(self) -> Page:
        """Return the page; without rows for a study that recovers no heat."""
        if self.heat is None:
            return self.page
        self._row("gross", N_("Footprint"), {b: self.live.total_of("contributions", b) for b in BASES}, "kg CO2e")
        table = self.live.tables["contributions"]
        at_it = {
            basis: total_where(table.cells(basis), [(table.cells("module"), '"B6.2"')], self._facts("it")[basis])
            for basis in BASES
        }
        self._row("it", N_("Emissions of the electricity of the IT"), at_it, "kg CO2e")
        for key, (label, unit) in FACTS.items():
            if (known := self._facts(key)) is not None:
                live = self._followed(key, known)
                self._row(key, label, live or known, unit)
                if live is None:
                    self.page.inputs |= {(self.rows[key], basis) for basis in BASES}
        self._alone()
        for method in self.heat["methods"]:
            self._method(method)
        if self.heat["credit"]["effect"] is not None:
            self._credit()
        return self.page

    def _followed(self, key: str, known: Mapping[str, float]) -> Mapping[str, Value] | None:
        """Facts that follow from the other pages, as formulas; None for those that are told as assessed."""
        if key == "it_kwh":
            it = self.live.electricity.it_energy(1.0)
            return dict.fromkeys(BASES, it) if isclose(it.value, known["location"], rel_tol=1e-9) else None
        if key in NAMED and self.live.tables["outside"].length:
            return {basis: self._outside(key, basis) for basis in BASES}
        if key == "rest" and self.live.tables["contributions"].length:
            return {basis: self._without_operation(basis) for basis in BASES}
        displaced = self._facts("displaced")
        if key == "alone" and all(displaced.values()):
            return {b: product(self._cell("displaced", b), known[b] / displaced[b]) for b in BASES}
        return None

    def _outside(self, key: str, basis: str) -> Live:
        """Sum of the rows outside that bear the names of a fact; what is avoided is below 0 there."""
        table, sign = self.live.tables["outside"], 1.0 if key == "beyond" else -1.0
        found = []
        for name in NAMED[key]:
            value = sum(row[basis] for row in self.document["outside"] if _is(row, name))
            said = f'"{line_name(name, self.say)}"'
            heat = f'"{self.say(words.SECTION["heat"])}"'
            criteria: list[tuple[Range, Cell | int | str]] = [
                (table.cells("section"), heat), (table.cells("name"), said)
            ]  # fmt: skip
            found.append(total_where(table.cells(basis), criteria, value, sign))
        return added(*found)

    def _without_operation(self, basis: str) -> Value:
        """Footprint without energy in operation: the other sections, and of energy what is not in operation."""
        rows, table = self.document["contributions"], self.live.tables["contributions"]
        groups = {
            (row["section"], row["module"] if row["section"] == "energy" else "")
            for row in rows
            if not _in_operation(row)
        }
        found = []
        for section, module in sorted(groups):
            here = [row for row in rows if row["section"] == section and module in ("", row["module"])]
            criteria: list[tuple[Range, Cell | int | str]] = [
                (table.cells("section"), f'"{self.say(words.SECTION[section])}"')
            ]
            criteria += [(table.cells("module"), f'"{module}"')] if module else []
            found.append(total_where(table.cells(basis), criteria, sum(row[basis] for row in here)))
        return added(*found) if found else 0.0

    def _facts(self, key: str) -> Any:  # noqa: ANN401 - by basis, or None
        known = self.heat["facts"][key]
        return known if known is None or isinstance(known, dict) else dict.fromkeys(BASES, known)

    def _row(self, key: str, label: str, values: Mapping[str, Value], unit: str) -> None:
        self.rows[key] = self.page.add(what=self.say(label), unit=unit, **values)

    def _cell(self, key: str, basis: str) -> Cell:
        return self.page.cell(self.rows[key], basis)

    def _alone(self) -> None:
        """What the IT would emit if it were supplied alone."""
        if "reference_pue" in self.rows:
            it = {
                b: added(product(self._cell("it", b), self._cell("reference_pue", b)), self._cell("rest", b))
                for b in BASES
            }
            self._row("alone_it", N_("The IT, supplied alone"), it, "kg CO2e")

    def _method(self, method: Mapping[str, Any]) -> None:
        """Share of the heat, and what each party carries."""
        code, name = method["method"], words.HEAT_METHOD[method["method"]]
        title = f"{code}  {self.say(name)}"
        if method["lacks"]:
            self.page.add(what=f"{title}: {lacking(method, self.say)}")
            return
        shares: dict[str, Value] = dict.fromkeys(BASES, 0.0)
        if code in PAIRS:
            one, other = PAIRS[code]
            both = {b: added(self._cell(one, b), self._cell(other, b)) for b in BASES}
            self._named(f"{code} sum", title, N_("both together"), both, "")
            shares = {b: quotient(self._cell(one, b), self._cell(f"{code} sum", b)) for b in BASES}
        self._named(f"{code} share", title, N_("share of the heat"), shares, "")
        heat = {b: product(self._cell("gross", b), self._cell(f"{code} share", b)) for b in BASES}
        self._named(f"{code} heat", title, N_("carried by the heat"), heat, "kg CO2e")
        kept = {b: added(self._cell("gross", b), without=[self._cell(f"{code} heat", b)]) for b in BASES}
        self._named(f"{code} kept", title, N_("carried by the data centre"), kept, "kg CO2e")

    def _named(self, key: str, title: str, label: str, values: Mapping[str, Value], unit: str) -> None:
        self.rows[key] = self.page.add(what=f"{title}: {self.say(label)}", unit=unit, **values)

    def _credit(self) -> None:
        """What stands outside the footprint: displaced and saved, less the electricity of a heat pump there."""
        net: dict[str, Live] = {
            b: added(self._cell("displaced", b), self._cell("saved", b), without=[self._cell("beyond", b)])
            for b in BASES
        }
        self._row("net", N_("H1: credit outside the footprint"), net, "kg CO2e")
        half = {b: added(product(self._cell("net", b), 0.5), without=[self._inside(b)]) for b in BASES}
        self._row("half", N_("H6: credit of each party"), half, "kg CO2e")

    def _inside(self, basis: str) -> float:
        """Half of what pumps inside the footprint emit [kg CO2e], as assessed."""
        credit = self.heat["credit"]
        return HALF * float(credit["net"][basis] - credit["effect"][basis])


def _is(row: Mapping[str, Any], name: str) -> bool:
    return bool(row["section"] == "heat" and row["name"] == name)


def _in_operation(row: Mapping[str, Any]) -> bool:
    return bool(row["section"] == "energy" and row["module"].startswith("B6"))


def heat_page(document: Mapping[str, Any], live: LivePages) -> Page:
    """Make the page of recovered heat."""
    return HeatPage(document, live).made()
