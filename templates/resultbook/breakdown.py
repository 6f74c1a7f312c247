"""Breakdowns of the footprint, lines, and what stands outside: sums by a key over the rows of the calculation."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lca.modules import SECTIONS, order
from lca.system import BASES
from templates import words
from templates.names import line_name, module_name, owner_name
from templates.resultbook.calculation import COMPONENTS, KEYS
from templates.resultbook.formulas import Cell, Live, Range, quotient, total, total_where
from templates.resultbook.live import LivePages
from templates.resultbook.pages import Head, Page
from templates.texts import N_

PER_TONNE = 0.001


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown: its title, the key it sums by, the column it looks in, and the order and labels of its values."""

    title: str
    key: str
    column: str
    order: Callable[[Any], Any]
    label: Callable[[Any], str | int]
    criterion: str = "label"
    """What stands in the column: what the row is called (``label``), its key, or its number among all values."""


def breakdowns(live: LivePages) -> list[Breakdown]:
    """Breakdowns in the order they stand."""
    say = live.texts

    def by(names: Mapping[str, str]) -> tuple[Callable[[Any], Any], Callable[[Any], str]]:
        known = list(names)
        return known.index, lambda key: say(names[key])

    return [
        Breakdown(
            N_("By module"), "module", "module", lambda key: (order(key), key), lambda key: module_name(key, say), "key"
        ),
        Breakdown(N_("By section"), "section", "section", SECTIONS.index, lambda key: say(words.SECTION[key])),
        Breakdown(N_("By year"), "year", "year", int, int),
        Breakdown(N_("By scope"), "scope", "scope", *by(words.SCOPE)),
        Breakdown(N_("By part"), "part", "part", *by(words.SHORT_PART)),
        Breakdown(N_("By component"), "component", "component", COMPONENTS.index, by(words.COMPONENT)[1]),
        Breakdown(N_("By owner"), "owner", "owner no", str, lambda key: owner_name(key, say), "number"),
    ]


@dataclass(frozen=True, slots=True)
class Block:
    """A breakdown laid out: its title, rows of label, tonnes and shares, and their sum."""

    title: str
    rows: list[tuple[str | int, str | int | None, dict[str, Live], dict[str, Live]]]
    totals: dict[str, Live]


def blocks(live: LivePages, sheet: str) -> list[Block]:
    """Lay the breakdowns out one below the other: title, header, rows, sum, an empty row."""
    made, row = [], 2
    for each in breakdowns(live):
        block = _block(live, sheet, each, row + 2)
        made.append(block)
        row += len(block.rows) + 4
    return made


LABEL, KEY, FIRST = 0, 5, 1
"""Columns of a block: label, the key or number that is looked for where it is not the label, first of the numbers."""


def _block(live: LivePages, sheet: str, of: Breakdown, first: int) -> Block:
    page = live.tables["contributions"]
    place = KEYS.index(of.key)
    sums: dict[Any, dict[str, float]] = {}
    for i, entry in enumerate(live.entries["contributions"]):
        at = sums.setdefault(entry.keys[place], dict.fromkeys(BASES, 0.0))
        for basis in BASES:
            at[basis] += live.sums["contributions"].of(basis)[i]
    values = sorted(sums, key=of.order)
    numbers = {value: i + 1 for i, value in enumerate(sorted(map(str, sums)))}
    last = first + len(values) - 1
    totals = {basis: sum(sums[value][basis] for value in values) * PER_TONNE for basis in BASES}
    rows = []
    for i, value in enumerate(values):
        key = {"number": numbers[str(value)], "key": value}.get(of.criterion)
        criterion = Cell(sheet, first + i, LABEL if key is None else KEY, 0.0)
        tonnes = {
            basis: total_where(page.cells(basis), [(page.cells(of.column), criterion)], sums[value][basis], PER_TONNE)
            for basis in BASES
        }
        shares = {
            basis: quotient(
                Cell(sheet, first + i, FIRST + 2 * b, tonnes[basis].value),
                Cell(sheet, last + 1, FIRST + 2 * b, totals[basis]),
            )
            for b, basis in enumerate(BASES)
        }
        rows.append((of.label(value), key, tonnes, shares))
    summed = {basis: total(Range(sheet, first, last, FIRST + 2 * b), totals[basis]) for b, basis in enumerate(BASES)}
    return Block(live.texts(of.title), rows, summed)


def lines_page(live: LivePages) -> Page:
    """Each line with its footprint: the rows of a line stand together, so that a range sums them."""
    say, table = live.texts, live.tables["contributions"]
    page = Page(
        say(N_("Lines")),
        [
            Head("line", say(N_("Line")), 12),
            Head("name", say(N_("Name")), 44, "long"),
            Head("section", say(N_("Section")), 18),
            Head("location", say(N_("Location-based, t CO2e")), 20, "tonnes"),
            Head("market", say(N_("Market-based, t CO2e")), 20, "tonnes"),
        ],
        note=N_("The footprint by line, the modules A to C of each together."),
    )
    for first, last in _runs(entry.keys[0] for entry in live.entries["contributions"]):
        keys = live.entries["contributions"][first].keys
        page.add(
            line=keys[0],
            name=line_name(str(keys[1]), say),
            section=say(words.SECTION[keys[2]]),
            **{
                basis: total(
                    table.cells(basis, first, last),
                    sum(live.sums["contributions"].of(basis)[first : last + 1]),
                    PER_TONNE,
                )
                for basis in BASES
            },
        )
    if page.length:
        page.totals.append(
            [
                say(N_("Footprint")), None, None,
                *(total(page.cells(basis), live.total_of("contributions", basis, PER_TONNE).value) for basis in BASES),
            ]
        )  # fmt: skip
    return page


def _runs(keys: Iterable[str]) -> Iterable[tuple[int, int]]:
    """First and last position of each run of equal keys."""
    first, known, place = 0, None, -1
    for place, key in enumerate(keys):
        if known is not None and key != known:
            yield first, place - 1
            first = place
        known = key
    if place >= 0:
        yield first, place


def outside_rows(live: LivePages) -> list[tuple[str, str, dict[str, Live]]]:
    """What stands outside the footprint, by module and claim holder [t CO2e]."""
    page = live.tables["outside"]
    sums: dict[tuple[str, str], dict[str, float]] = {}
    for i, entry in enumerate(live.entries["outside"]):
        at = sums.setdefault((str(entry.keys[KEYS.index("module")]), entry.claim_holder), dict.fromkeys(BASES, 0.0))
        for basis in BASES:
            at[basis] += live.sums["outside"].of(basis)[i]
    rows = []
    for (module, holder), values in sorted(sums.items(), key=lambda item: (order(item[0][0]), item[0][1])):
        number = live.holders.index(holder) + 1
        made = {
            basis: total_where(
                page.cells(basis),
                [(page.cells("holder no"), number), (page.cells("module"), f'"{module}"')],
                values[basis],
                PER_TONNE,
            )
            for basis in BASES
        }
        rows.append((module, holder, made))
    return rows
