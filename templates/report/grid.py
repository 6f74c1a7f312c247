"""The grid by year: what a kilowatt-hour carries in each year, by part, and how that came about."""

from collections.abc import Mapping
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates import words
from templates.report.breakdown import subheading
from templates.report.edition import Edition
from templates.report.markup import text
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

GRAM = 1e-3

DEFINITION = {
    "grid": N_("by what is produced in the country, imports apart"),
    "grid-consumption": N_("by what is consumed in the country, imports traced"),
}
"""How a family of grid factors counts what crosses the border."""

HOW = {
    "row": N_("factor of the year"),
    "interpolated": N_("linear between two years"),
    "held": N_("newest factor held"),
    "replaced": N_("oldest factor, for want of an earlier one"),
    "trajectory": N_("newest factor along the trajectory"),
    "trajectory-held": N_("trajectory, its last year held"),
}


def grid_by_year(edition: Edition) -> list[Flowable]:
    """Return a table a grid: a row a year, a column a part."""
    records = edition.document["passport"].get("grid", [])
    found: list[Flowable] = []
    for zone in dict.fromkeys(str(row["zone"]) for row in records):
        found += _of_zone(edition, zone, [(i, row) for i, row in enumerate(records) if row["zone"] == zone])
    if not found:
        return []
    note = edition.say(
        N_(
            "Grams of CO₂e per kilowatt-hour at the power plants; what the grid loses on the way to the site comes "
            "on top, at the share given among the values nobody typed. Direct: burning in the plants. Upstream: "
            "fuels and building of the plants."
        )
    )
    return [*subheading(edition.say(N_("The grid by year"))), *found, Paragraph(note, style("note"))]


def _of_zone(edition: Edition, zone: str, records: list[tuple[int, Mapping[str, Any]]]) -> list[Flowable]:
    parts = list(dict.fromkeys(str(row["part"]) for _, row in records))
    rows = []
    for year in dict.fromkeys(row["year"] for _, row in records):
        of = {str(row["part"]): i for i, row in records if row["year"] == year}
        paths = [f"passport/grid/{of[part]}/value" if part in of else "" for part in parts]
        cells = [edition.figures.decimal(path, per=GRAM, decimals=1) if path else "" for path in paths]
        how = str(edition.document["passport"]["grid"][next(iter(of.values()))]["how"])
        rows.append(Row([str(year), *cells, text(edition.word(HOW[how]))]))
    factor = records[0][1]["factor"]
    known = next((row for row in edition.document["passport"]["factors"] if row["id"] == factor), None)
    named = edition.name_of(known) if known else str(factor)
    columns = [
        Column(edition.word(N_("Year")), 14),
        *(number(edition.label(words.SHORT_PART, part), 26) for part in parts),
        Column(edition.word(N_("How the value came about"))),
    ]
    name = f"{named} ({zone})" if zone != factor else named
    counted = DEFINITION.get(str(known.get("family"))) if known else None
    said = name if counted is None else f"{name}: {edition.texts(counted)}"
    return [Paragraph(text(said), style("strong")), table(columns, rows)]
