"""The page of recovered heat: every method as formulas over the facts it rests on; tinted facts may be changed."""

from collections.abc import Mapping
from typing import Any

from lca.system import BASES
from templates import words
from templates.heat import lacking
from templates.resultbook.formulas import Cell, Live, added, product, quotient, total_where
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
"""Facts that are told as assessed, with their units; a fact that is not known is left out."""

PAIRS = {"H2": ("handed", "it_kwh"), "H3": ("exergy", "it_kwh"), "H4": ("alone", "alone_it"),
         "H5": ("heat_worth", "it_worth")}  # fmt: skip
"""What stands against what in the share of each method."""


class HeatPage:
    """Builds the page, row by row, so that later rows refer to earlier ones."""

    def __init__(self, document: Mapping[str, Any], live: LivePages) -> None:
        self.heat, self.live, self.say = document["heat"], live, live.texts
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
            note=N_("Every method of sharing the footprint with the heat, as formulas; tinted facts may be changed."),
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
                self._row(key, label, known, unit)
                self.page.inputs |= {(self.rows[key], basis) for basis in BASES}
        self._alone()
        for method in self.heat["methods"]:
            self._method(method)
        self._credit()
        return self.page

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
        half = {b: product(self._cell("net", b), 0.5) for b in BASES}
        self._row("half", N_("H6: credit of each party"), half, "kg CO2e")


def heat_page(document: Mapping[str, Any], live: LivePages) -> Page:
    """Make the page of recovered heat."""
    return HeatPage(document, live).made()
