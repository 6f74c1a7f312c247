"""The page of measures: what each avoids and costs, and that the parts of the whole sum to the whole."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.format import column
from templates.measures import GROUPS, LACKS
from templates.names import owner_name, unit_name
from templates.plan import BASES, BASIS
from templates.resultbook.formulas import added
from templates.resultbook.laid import Laid, Put, tonnes
from templates.resultbook.pages import Value
from templates.texts import N_, Texts
from templates.workbook.cells import sheet_name

SHEET = "Measures"

EFFECTS = {
    "alone": N_("Alone"),
    "low": N_("Alone, least"),
    "high": N_("Alone, most"),
    "ordered": N_("In order"),
    "last": N_("Taken out last"),
    "shapley": N_("Shapley"),
    "outside": N_("Outside the footprint, alone"),
}
"""What is told of each measure on both bases [t CO2e avoided over the period]."""

TONNES = "t\N{NO-BREAK SPACE}CO2e"
"""Unit of the headers, never broken."""

Column = tuple[str, str, str, float]
"""Key, title, look, and width in characters."""

ACROSS, NUMBER = 9, 20.0
"""Last column that sentences run across; width of numbers, which holds the longest word of a header."""


def label(key: str, say: Texts) -> str:
    """Header of a column of the user's sheet Measures."""
    return column(SHEET, key).labels[say.language]


def on(what: str, basis: str, say: Texts) -> str:
    """Header of a number of tonnes on a basis."""
    return f"{what}, {say(BASIS[basis])}, {TONNES}"


def bounds(row: Mapping[str, Any], basis: str) -> tuple[float | None, float | None]:
    """Least and most that a measure avoids alone at the bounds of its values [t CO2e]; None without bounds."""
    if row["range"] is None:
        return None, None
    ends = [row["range"][end][basis] / 1000.0 + 0.0 for end in ("low", "high")]
    return min(ends), max(ends)


def measures_page(document: Mapping[str, Any], say: Texts) -> Laid | None:
    """Make the page; None for a study without measures."""
    book = document["measures"]
    return _Measures(book, say).made() if book["measures"] else None


class _Measures:
    """Lays the page out from top to bottom."""

    def __init__(self, book: Mapping[str, Any], say: Texts) -> None:
        self.book, self.say, self.rows = book, say, book["measures"]
        self.columns = list(self._columns())
        self.places = {key: place for place, (key, *_) in enumerate(self.columns)}
        note = N_("What each measure avoids and costs; as assessed, not live.")
        self.page = Laid(sheet_name(SHEET, say.language), [width for *_, width in self.columns], note)

    def _columns(self) -> Iterator[Column]:
        say = self.say
        yield "id", label("id", say), "text", 10
        yield "name", label("measure", say), "long", 40
        yield "owner", label("owner", say), "long", 22
        yield "group", say(N_("Group")), "long", 22
        yield "start", label("start_year", say), "year", 14
        yield "lifetime", f"{label('lifetime', say)}, {unit_name('a', say)}", "exact", 12
        yield "requires", label("requires", say), "long", 14
        yield "excludes", label("excludes", say), "long", 14
        yield "capex", f"{label('capex', say)}, EUR", "euros", 16
        yield "opex", f"{label('opex_per_year', say)}, EUR", "euros", 18
        for key, what in EFFECTS.items():
            for basis in BASES:
                yield f"{key} {basis}", on(say(what), basis, say), "tonnes", NUMBER
        yield "yearly", say(N_("Net cost a year, EUR")), "euros", 16
        yield "npv", say(N_("Net present value, EUR")), "euros", 18
        for basis in BASES:
            yield f"per {basis}", f"EUR/t, {say(BASIS[basis])}", "euros per tonne", NUMBER
        if any(row["cost"]["lacks"] for row in self.rows):
            yield "lacks", say(N_("Missing to tell its cost")), "long", 34

    def made(self) -> Laid:
        """Return the page."""
        page = self.page
        page.title(page.name, ACROSS)
        for each in self._told():
            page.lead(each, ACROSS)
        head = page.heads([(title, look) for _, title, look, _ in self.columns])
        for row in self.rows:
            values = self._values(row)
            page.line(
                *(Put(place, values.get(key), look) for place, (key, _, look, _) in enumerate(self.columns)),
            )
        last = head + len(self.rows)
        page.frozen, page.table = (head + 1, 2), (head, last)
        self._sums(head + 1, last)
        return page

    def _told(self) -> Iterator[str]:
        """What the columns mean, and why cells are blank."""
        say, book = self.say, self.book
        yield say(
            N_(
                "What each measure avoids over the period; the whole model was run with every set asked for. Alone: "
                "against the study with what it requires; least and most: at the bounds of its value. In order: what "
                "it adds after those before it. Taken out last: what is lost without it. Shapley: its fair part of "
                "the whole. Outside: in D1, D2 and avoided emissions, alone, never netted."
            )
        )
        notes = [say(N_("Physical order: {order}"), order=" → ".join(book["order"]))]
        if not book["exact"]:
            notes.append(say(N_("Too many sets to try them all: no Shapley values are told.")))
        for row in self.rows:
            if row["instead"]:
                others = ", ".join(row["instead"])
                notes.append(
                    say(N_("{id} is not among them: it and {others} exclude each other."), id=row["id"], others=others)
                )
        yield ". ".join(notes)
        if any(not row["cost"]["lacks"] for row in self.rows):
            yield say(
                N_(
                    "Costs are those of each measure alone, in EUR of {year}, discounted at {rate} %, without VAT. "
                    "Euros per tonne are blank where a year costs nothing or less, for the ratio would favour what "
                    "avoids little, and where nothing is avoided on that basis."
                ),
                year=book["currency_year"] or "?",
                rate=say.exact(book["discount_rate"]),
            )

    def _values(self, row: Mapping[str, Any]) -> dict[str, Value]:
        """Cells of a measure by column."""
        cost, say = row["cost"], self.say
        values: dict[str, Value] = {
            "id": row["id"],
            "name": row["name"],
            "owner": owner_name(row["owner"], say),
            "group": say(GROUPS[row["group"]]),
            "start": row["start"],
            "lifetime": row["lifetime"],
            "requires": "; ".join(row["requires"]),
            "excludes": "; ".join(row["excludes"]),
            "capex": cost["capex"] if cost["stated"] else None,
            "opex": cost["opex"] if cost["stated"] else None,
            "yearly": cost["yearly"],
            "npv": cost["npv"],
            "lacks": ", ".join(say(LACKS[each]) for each in cost["lacks"]),
        }
        for basis in BASES:
            for key in ("alone", "ordered", "last", "shapley", "outside"):
                values[f"{key} {basis}"] = tonnes(row[key], basis)
            values[f"low {basis}"], values[f"high {basis}"] = bounds(row, basis)
            values[f"per {basis}"] = None if cost["per_tonne"] is None else cost["per_tonne"][basis]
        return values

    def _sums(self, first: int, last: int) -> None:
        """Sums that are true, and the joint effect that they are to be."""
        page, book, say = self.page, self.book, self.say
        keys = ["ordered", *(["shapley"] if any(row["shapley"] for row in self.rows) else [])]
        places = {(key, basis): self.places[f"{key} {basis}"] for key in keys for basis in BASES}
        at = {basis: places["ordered", basis] for basis in BASES}
        self._line(
            say(N_("Sum of the column")),
            [Put(place, page.sum(first, last, place), "total tonnes") for place in places.values()],
            "total ",
        )
        page.line()
        before = self._line(
            say(N_("Footprint without measures")),
            [Put(at[basis], tonnes(book["before"], basis), "tonnes") for basis in BASES],
        )
        after = self._line(
            say(N_("Footprint with those in order, carried out together")),
            [Put(at[basis], tonnes(book["after"], basis), "tonnes") for basis in BASES],
        )
        joint = {basis: added(page.cell(before, at[basis]), without=[page.cell(after, at[basis])]) for basis in BASES}
        self._line(
            say(N_("Avoided together: what the columns are to sum to")),
            [Put(place, joint[basis], "total tonnes") for (_, basis), place in places.items()],
            "total ",
        )

    def _line(self, text: str, cells: Sequence[Put], look: str = "") -> int:
        """Add a row below the table: what it is, and its numbers."""
        return self.page.line(Put(0, text, f"{look}text", 1), *cells)
