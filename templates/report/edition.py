"""One document in one language: what every page asks for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lca.modules import MODULES, OUTSIDE, SECTIONS, of_bundle, order
from templates.figures import Figures, where
from templates.names import module_name, unit_name
from templates.report.markup import Markup, clean, text
from templates.texts import N_, Texts

BASES = ("location", "market")
TONNE = 1000.0

MOST_LINES = 200
"""Lines that a table of the report tells one by one; those of a larger sheet that carry less are counted."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Edition:
    """A results document being printed; ``figures`` writes down each number as it is printed.

    Examples
    --------
    >>> from templates.texts import Texts
    >>> edition = Edition.of({"totals": {"location": {"total": 1234.0}}}, "en")
    >>> edition.say("Made by {name}", name="<b>A & B"), edition.tonnes("totals/location/total")
    ('Made by &lt;b&gt;A &amp; B', '1.23')
    """

    document: Mapping[str, Any]
    texts: Texts
    figures: Figures

    @classmethod
    def of(cls, document: Mapping[str, Any], language: str) -> "Edition":
        """Begin an edition of a document."""
        texts = Texts(language)
        return cls(document, texts, Figures(document, texts))

    @property
    def settings(self) -> Mapping[str, Any]:
        """The Study sheet."""
        settings: Mapping[str, Any] = self.document["study"]["Study"]
        return settings

    def sheet(self, name: str) -> Sequence[Mapping[str, Any]]:
        """Rows of a sheet of the study."""
        rows: Sequence[Mapping[str, Any]] = self.document["study"].get(name, [])
        return rows

    def say(self, sentence: str, **values: object) -> Markup:
        """Translate a sentence and fill in its values, ready for a paragraph."""
        return Markup(escape(self.texts(sentence)).format_map({key: text(value) for key, value in values.items()}))

    def word(self, sentence: str, **values: object) -> str:
        """Translate a sentence for a cell or a drawing, which read no markup."""
        return self.texts(sentence, **{key: clean(value) for key, value in values.items()})

    def label(self, names: Mapping[str, str], key: object) -> str:
        """Word of a key; a key without one is printed as it is."""
        known = names.get(str(key))
        return self.texts(known) if known else clean(key, 60)

    def module(self, key: str) -> str:
        """Name of a module; a bundle is named by the modules it holds."""
        return clean(module_name(clean(key, 60), self.texts))

    def unit(self, unit: str) -> str:
        """Write a unit as it is read."""
        return clean(unit_name(unit, self.texts), 40)

    def amount(self, number: str, unit: str) -> str:
        """Write a printed number with its unit."""
        return f"{number} {clean(unit_name(unit, self.texts, one=number == '1'), 40)}".rstrip()

    def years(self) -> Markup:
        """Say the reference period with its length."""
        start, length = self.settings["start_year"], self.settings["reference_period"]
        if length == 1:
            return self.say(N_("the year {year}"), year=start)
        return self.say(N_("{count} years, {first}–{last}"), count=length, first=start, last=start + length - 1)

    def factor(self, key: str) -> str:
        """Name of a factor; the id where the passport does not hold it."""
        return next(
            (self.name_of(row) for row in self.document["passport"]["factors"] if row["id"] == key),
            clean(key, 80),
        )

    def name_of(self, factor: Mapping[str, Any]) -> str:
        """Name of a row of the passport in this language."""
        return clean(factor.get("names", {}).get(self.texts.language) or factor["name"], 160)

    def percent(self, path: str, decimals: int = 0) -> str:
        """Write a share as percent."""
        return self.figures.decimal(path, per=0.01, decimals=decimals)

    def tonnes(self, path: str, digits: int = 3) -> str:
        """Write a number of kilograms as tonnes with significant digits."""
        return self.figures(path, per=TONNE, digits=digits)

    def fixed(self, path: str, decimals: int) -> str:
        """Write a number of kilograms as tonnes with fixed decimals."""
        return self.figures.decimal(path, per=TONNE, decimals=decimals)

    def present(
        self, table: str, *keys: str, among: Iterable[Mapping[str, Any]] | None = None
    ) -> list[tuple[Any, ...]]:
        """Return the values of keys that occur in a table, in the order they first do."""
        rows = self.document[table] if among is None else among
        return list(dict.fromkeys(tuple(row[key] for key in keys) for row in rows))

    def modules(self) -> list[str]:
        """Modules of the footprint in the order printed; a bundle after the first module it holds."""
        return sorted((key for (key,) in self.present("contributions", "module")), key=module_order)

    def sections(self) -> list[str]:
        """Sections of the footprint in the order printed."""
        found = {key for (key,) in self.present("contributions", "section")}
        return [key for key in SECTIONS if key in found] + sorted(found - set(SECTIONS))

    def told(self, positions: Sequence[int], paths_of: Callable[[int], Iterable[str]]) -> list[int]:
        """Return the positions that are told one by one: all of a few, of many those that carry most on a basis."""
        if len(positions) <= MOST_LINES:
            return list(positions)
        weight = {place: max(abs(self.figures.value(path)) for path in paths_of(place)) for place in positions}
        return sorted(sorted(positions, key=lambda place: -weight[place])[:MOST_LINES])

    def decimals(self, paths: Iterable[str]) -> int:
        """Decimals in which a table prints tonnes, by its largest number."""
        largest = max((abs(self.figures.value(path)) for path in paths), default=0.0) / TONNE
        return next((decimals for floor, decimals in ((10_000.0, 0), (100.0, 1), (1.0, 2)) if largest >= floor), 3)

    def pair(self, decimals: int, /, **conditions: object) -> Pair:
        """Write the tonnes of both bases of some rows of the footprint."""
        return self.pair_of("contributions", decimals, **conditions)

    def pair_of(self, table: str, decimals: int, /, **conditions: object) -> Pair:
        """Write the tonnes of both bases of some rows of a table."""
        location, market = (self.fixed(where(table, basis, **conditions), decimals) for basis in BASES)
        return location, market

    def shares(self, decimals: int = 1, /, **conditions: object) -> Pair:
        """Write the shares of some rows in the totals; blank where a total is not above 0."""
        location, market = (
            self.figures.share(where("contributions", basis, **conditions), f"totals/{basis}/total", decimals=decimals)
            if self.figures.value(f"totals/{basis}/total") > 0
            else ""
            for basis in BASES
        )
        return location, market

    def part_of_total(self, basis: str, **conditions: object) -> float:
        """Share of some rows in a total, unprinted; 0 where the total is not above 0."""
        total = self.figures.value(f"totals/{basis}/total")
        return self.figures.value(where("contributions", basis, **conditions)) / total if total > 0 else 0.0


def module_order(key: str) -> tuple[int, bool, str]:
    """Place of a module in the order printed; a bundle stands after the first module it holds."""
    return order(key), len(of_bundle(key)) > 1, key


def in_order(keys: Iterable[str]) -> list[str]:
    """Put modules in the order printed, those outside the footprint last.

    Examples
    --------
    >>> in_order(["D2", "C4", "A1-A3"])
    ['A1-A3', 'C4', 'D2']
    """
    known = (*MODULES, *OUTSIDE)
    return sorted(keys, key=lambda key: (known.index(key) if key in known else len(known), key))
