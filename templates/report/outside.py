"""What stands outside the footprint: benefits by line and year, each with its claim holder."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates.figures import where
from templates.names import line_name, owner_name
from templates.report.breakdown import subheading
from templates.report.edition import BASES, Edition, in_order
from templates.report.markup import text
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_


def outside(edition: Edition) -> list[Flowable]:
    """Make the chapter."""
    intro = edition.say(
        N_(
            "Benefits beyond the life cycle of the facility (D1), exported energy such as recovered heat "
            "(D2) and other avoided emissions are stated here for information. They are never added to the "
            "footprint and never subtracted from it. Each benefit has one claim holder."
        )
    )
    return [Paragraph(intro, style("body")), *_by_line(edition), *_by_year(edition)]


def _amounts(edition: Edition, width: float) -> list[Column]:
    names = {"location": N_("Location-based, t CO₂e"), "market": N_("Market-based, t CO₂e")}
    return [number(edition.texts(names[basis]), width) for basis in BASES]


def _decimals(edition: Edition) -> int:
    modules = {row["module"] for row in edition.document["outside"]}
    return edition.decimals(where("outside", basis, module=module) for basis in BASES for module in modules)


def _by_line(edition: Edition) -> list[Flowable]:
    records = edition.document["outside"]
    if not records:
        return [Paragraph(edition.say(N_("This study states no such benefit.")), style("body"))]
    decimals, rows = _decimals(edition), []
    for module in in_order({row["module"] for row in records}):
        of_module = [row for row in records if row["module"] == module]
        location, market = edition.pair_of("outside", decimals, module=module)
        rows.append(Row([text(edition.module(module)), "", "", location, market], "group"))
        found = edition.present("outside", "line", "name", "claim_holder", among=of_module)
        told = edition.told(range(len(found)), partial(_paths, module, found))
        for line, name, holder in (found[place] for place in told):
            values = edition.pair_of("outside", decimals, module=module, line=line, name=name, claim_holder=holder)
            named, held = line_name(str(name), edition.texts), owner_name(str(holder), edition.texts)
            rows.append(Row([text(named, 120), text(line, 40), text(held or "–", 80), *values]))
        if len(told) < len(found):
            more = edition.say(
                N_("{count} more lines, each with less; the sum above holds them."), count=len(found) - len(told)
            )
            rows.append(Row([more], spanned=True))
    columns = [
        Column(edition.word(N_("Benefit"))),
        Column(edition.word(N_("Line")), 16),
        Column(edition.word(N_("Claim holder")), 34),
        *_amounts(edition, 32),
    ]
    return [*subheading(edition.say(N_("By line"))), table(columns, rows)]


def _paths(module: str, found: Sequence[tuple[Any, ...]], place: int) -> Iterator[str]:
    line, name, holder = found[place]
    for basis in BASES:
        yield where("outside", basis, module=module, line=line, name=name, claim_holder=holder)


def _by_year(edition: Edition) -> list[Flowable]:
    records = edition.document["outside"]
    years = sorted({int(row["year"]) for row in records})
    if len(years) < 2:
        return []
    decimals, modules = _decimals(edition), in_order({row["module"] for row in records})
    width = min(27.0, 140 / (2 * len(modules)))
    rows = [Row([str(year), *_year(edition, decimals, modules, year=year)]) for year in years]
    rows.append(Row([edition.word(N_("All years")), *_year(edition, decimals, modules)], "total"))
    columns = [Column(edition.word(N_("Year")))]
    for module in modules:
        short = edition.module(module) if module == "avoided" else module
        columns += [number(edition.word(N_("{module}, location"), module=short), width)]
        columns += [number(edition.word(N_("{module}, market"), module=short), width)]
    return [*subheading(edition.say(N_("By year, t CO₂e"))), table(columns, rows)]


def _year(edition: Edition, decimals: int, modules: list[str], **conditions: Any) -> list[str]:  # noqa: ANN401 - conditions
    return [value for module in modules for value in edition.pair_of("outside", decimals, module=module, **conditions)]
