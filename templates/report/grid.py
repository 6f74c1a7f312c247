"""The grid by year: what a kilowatt-hour carries in each year, by part, and how that came about."""

from collections.abc import Mapping
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates import words
from templates.report.breakdown import subheading
from templates.report.edition import Edition
from templates.report.labels import choice_label
from templates.report.markup import Markup, capital, clean, text, together
from templates.report.sources import cited
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
    "interpolated": N_("linear between the factors of {a} and {b}"),
    "held": N_("newest factor held, of {a}"),
    "replaced": N_("oldest factor, of {a}, for want of an earlier one"),
    "trajectory": N_("newest factor along the trajectory, which gives the year"),
    "trajectory-between": N_("newest factor along the trajectory, between {a} and {b}"),
    "trajectory-held": N_("newest factor along the trajectory, held from its last year {a}"),
}
"""How a value came about: given, interpolated or held."""


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
    head = subheading(edition.say(N_("The grid by year")))
    return [*head, *found, Paragraph(note, style("note")), *_followed(edition)]


def _followed(edition: Edition) -> list[Flowable]:
    """Print the series that the grid follows, every point once."""
    of = edition.document["passport"].get("trajectory")
    if not of:
        return []
    points = [
        together(
            f"{point['year']}:",
            edition.figures.decimal(f"passport/trajectory/points/{i}/value", per=GRAM, decimals=1),
            by="\N{NO-BREAK SPACE}",
        )
        for i, point in enumerate(of["points"])
    ]
    said = edition.say(
        N_(
            "The trajectory followed is {name}. Its points in grams of CO₂e per kilowatt-hour: {points}. Between two "
            "of its years it is linear, after its last year held; only the ratio of two of its years is taken."
        ),
        name=followed(edition, of),
        points=together(*points, by="; "),
    )
    return [Paragraph(said, style("body"))]


def followed(edition: Edition, of: Mapping[str, Any]) -> Markup:
    """Name the series that the grid follows in words, with its source and last year."""
    known = of["names"].get(edition.texts.language) or of["names"].get("en")
    named = clean(known, 160) if known else choice_label(edition, "grid_trajectory", of["name"])
    last = str(of["points"][-1]["year"])
    if not of["source"]:
        return edition.say(N_("{name}, to {year}"), name=text(named), year=last)
    source = cited(edition, str(of["source"]))
    return edition.say(N_("{name} {source}, to {year}"), name=text(named), source=source, year=last)


def _how(edition: Edition, row: Mapping[str, Any]) -> str:
    """Say whether a value is given, interpolated or held, and between which years."""
    years = dict(zip("ab", map(str, row["between"]), strict=False))
    return edition.word(HOW[str(row["how"])], **years)


def _of_zone(edition: Edition, zone: str, records: list[tuple[int, Mapping[str, Any]]]) -> list[Flowable]:
    parts, records_of = list(dict.fromkeys(str(row["part"]) for _, row in records)), dict(records)
    rows = []
    for year in dict.fromkeys(row["year"] for _, row in records):
        of = {str(row["part"]): i for i, row in records if row["year"] == year}
        paths = [f"passport/grid/{of[part]}/value" if part in of else "" for part in parts]
        cells = [edition.figures.decimal(path, per=GRAM, decimals=1) if path else "" for path in paths]
        rows.append(Row([str(year), *cells, text(_how(edition, records_of[next(iter(of.values()))]))]))
    factor = records[0][1]["factor"]
    known = next((row for row in edition.document["passport"]["factors"] if row["id"] == factor), None)
    named = edition.name_of(known) if known else str(factor)
    columns = [
        Column(edition.word(N_("Year")), 14),
        *(number(capital(edition.label(words.SHORT_PART, part)), 26) for part in parts),
        Column(edition.word(N_("How the value came about"))),
    ]
    name = f"{named} ({zone})" if zone != factor else named
    counted = DEFINITION.get(str(known.get("family"))) if known else None
    said = name if counted is None else f"{name}: {edition.texts(counted)}"
    return [Paragraph(text(said), style("strong")), table(columns, rows)]
