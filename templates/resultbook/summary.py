"""The first sheet: the two totals, live, beside what was assessed; what may be changed, and what does not follow."""

from collections.abc import Iterator
from typing import Any

from lca.system import BASES
from templates import words
from templates.names import module_name, owner_name
from templates.resultbook.breakdown import PER_TONNE, outside_rows
from templates.resultbook.calculation import KEYS
from templates.resultbook.formulas import Cell, Live, added, product, quotient, total_where
from templates.resultbook.live import LivePages
from templates.texts import N_

IT_ENERGY = 6
"""Column of the IT energy [MWh] beside its intensity."""

BOUND = (
    N_("the years, areas, capacities and services that intensities are divided by, IT energy excepted"),
    N_("how often a line is replaced, and in which years (service lives, replacement rule)"),
    N_("trajectories of the grid, losses, and rows that stand for other years"),
    N_("electricity that is matched by the hour, and all electricity where some of it is simulated"),
    N_("the release of biogenic carbon: biogenic values of its lines are not tinted"),
    N_("heat whose electricity is metered, and everything else whose cell is not tinted"),
)
"""What the workbook does not follow: a change of it belongs into the study."""

Line = tuple[list[tuple[Any, str]], bool]
"""Cells of a row as (value, look), and whether the first runs across the page."""

_BLANK: Line = ([(None, "text")], False)
_TOTAL = 6
"""Row of the total, the first below the heads."""


def summary_lines(live: LivePages, sheet: str) -> Iterator[Line]:
    """Rows of the sheet: what was assessed, totals and intensities, what stands outside, how to use the workbook."""
    yield from _head(live)
    yield from _totals(live, sheet)
    yield from _intensities(live, sheet)
    yield from _outside(live)
    yield from _how_to(live)


def _head(live: LivePages) -> Iterator[Line]:
    document, say = live.of.document, live.texts
    study = document["study"]["Study"]
    yield [(str(study["facility"]), "title")], True
    yield [(str(study["title"]), "lead")], True
    yield [(_state(live), "lead" if document["complete"] else "alarm")], True
    yield _BLANK
    start, length = study["start_year"], study["reference_period"]
    span = say(N_("{first}–{last}"), first=start, last=start + length - 1) if length > 1 else str(start)
    yield [(say(N_("Footprint, modules A–C")) + f", {span}", "part")], True
    heads = [
        say(N_("t CO2e")), say(N_("Location-based")), say(N_("Market-based")), say(N_("as assessed, location-based")),
        say(N_("as assessed, market-based")), say(N_("change, location-based")), say(N_("change, market-based")),
    ]  # fmt: skip
    yield [(head, "head") for head in heads], False


def _totals(live: LivePages, sheet: str) -> Iterator[Line]:
    """Footprint and its components [t CO2e]: now, as assessed, and the change."""
    for row, (key, label) in enumerate((("total", N_("Footprint")), *words.OF_IT.items()), _TOTAL):
        values = _footprint(live, key)
        assessed = {basis: live.of.document["totals"][basis][key] * PER_TONNE for basis in BASES}
        look = "big" if key == "total" else "tonnes"
        now = [Cell(sheet, row, 1 + b, values[basis].value) for b, basis in enumerate(BASES)]
        before = [Cell(sheet, row, 3 + b, assessed[basis]) for b, basis in enumerate(BASES)]
        change = [added(one, without=[other]) for one, other in zip(now, before, strict=True)]
        yield (
            [
                (live.texts(label), "total text" if key == "total" else "text"),
                *((values[basis], look) for basis in BASES),
                *((assessed[basis], "tonnes") for basis in BASES),
                *((value, "tonnes") for value in change),
            ],
            False,
        )


def _intensities(live: LivePages, sheet: str) -> Iterator[Line]:
    """Footprint per unit of service [kg CO2e], now and as assessed; per MWh IT the energy is a formula too."""
    say = live.texts
    totals = [live.total_of("contributions", basis, PER_TONNE).value for basis in BASES]
    of = [Cell(sheet, _TOTAL, 1 + b, value) for b, value in enumerate(totals)]
    for row, each in enumerate(live.of.document["intensities"], _TOTAL + 1 + len(words.OF_IT)):
        unit = str(each["unit"]).partition("/")[2]
        per = say(words.PER[unit]) if unit in words.PER else say(N_("per {unit}"), unit=unit)
        beside: list[tuple[Any, str]] = []
        if unit == "MWh IT":
            it = live.electricity.it_energy()
            values = [quotient(cell, Cell(sheet, row, IT_ENERGY, it.value), 1000.0) for cell in of]
            beside = [(None, "text"), (it, "key number")]
        else:
            values = [product(cell, 1000.0 / each["denominator"]) for cell in of]
        yield (
            [
                (f"{per}, kg CO2e", "text"),
                *((value, "kilograms") for value in values),
                *((each[basis], "kilograms") for basis in BASES),
                *beside,
            ],
            False,
        )


def _outside(live: LivePages) -> Iterator[Line]:
    say = live.texts
    rows = outside_rows(live)
    if not rows:
        return
    yield _BLANK
    yield [(say(N_("Beside the footprint, never subtracted from it")), "part")], True
    for module, holder, made in rows:
        name = module_name(module, say)
        if holder:
            name = say(N_("{module}, claimed by {holder}"), module=name, holder=owner_name(holder, say))
        yield [(name, "text"), *((made[basis], "tonnes") for basis in BASES)], False


def _how_to(live: LivePages) -> Iterator[Line]:
    document, say = live.of.document, live.texts
    yield _BLANK
    yield [(say(N_("How to use this workbook")), "part")], True
    use = say(
        N_(
            "Every total is a formula. Change a tinted cell on the sheet {amounts} or {factors}, let the workbook "
            "calculate, and compare with what was assessed. The rows behind it are on {table}."
        ),
        amounts=live.amounts.name,
        factors=live.factors.name,
        table=live.tables["contributions"].name,
    )
    yield [(use, "lead")], True
    yield [(say(N_("What does not follow here, and is to be changed in the study:")), "lead")], True
    for each in BOUND:
        yield [("–  " + say(each), "quiet")], True
    yield _BLANK
    made_by = say(
        N_("Made by Jälki {version} from an input with the SHA-256 {hash}."),
        version=document["jalki"]["version"],
        hash=document["input_hash"],
    )
    yield [(made_by, "quiet")], True


def _state(live: LivePages) -> str:
    document, say = live.of.document, live.texts
    first_look = say(N_("A first look: it rests on screening values.")) + " " if document["screening"] else ""
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if document["complete"]:
        return first_look + say(N_("Complete: every module asked for has rows or an exclusion with a reason."))
    said = " ".join(say.problem(problem, "message") for problem in gaps[:3])
    return first_look + say(N_("INCOMPLETE, {count} gaps:"), count=len(gaps)) + " " + said


def _footprint(live: LivePages, key: str) -> dict[str, Live]:
    """Total, or a component of it, on each basis [t CO2e]."""
    page = live.tables["contributions"]
    if not page.length:
        return {basis: Live("0", 0.0) for basis in BASES}
    if key == "total":
        return {basis: live.total_of("contributions", basis, PER_TONNE) for basis in BASES}
    place, found = KEYS.index("component"), {}
    for basis in BASES:
        sums = live.sums["contributions"].of(basis)
        value = sum(sums[i] for i, entry in enumerate(live.entries["contributions"]) if entry.keys[place] == key)
        label = f'"{live.texts(words.COMPONENT[key])}"'
        found[basis] = total_where(page.cells(basis), [(page.cells("component"), label)], value, PER_TONNE)
    return found
