"""Key figures with their state and meters, and how the electricity of each year is met."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates.keyfigures import STATES, chosen_year, label, meters, of_year, reason
from templates.report.breakdown import subheading
from templates.report.edition import Edition
from templates.report.hall import hall
from templates.report.markup import Markup, muted, text, together
from templates.report.style import MM, WIDTH, style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

MEGA = 1000.0
MOST_CONTRACTS = 4
"""How many contracts have a column; the largest."""
Record = Mapping[str, Any]


def key_figures(edition: Edition) -> list[Flowable]:
    """Figures of the year chosen, and PUE of every year."""
    year = chosen_year(edition.document)
    rows = [_row(edition, i, row) for i, row in of_year(edition.document, year)]
    if not rows:
        return []
    intro = edition.say(
        N_(
            "Key figures of {year}. A figure is measured where every row it rests on is a meter, a design value (with "
            "a d before its name) where rows are calculated, and not determined where a meter is missing: nothing is "
            "assumed in its place."
        ),
        year=year,
    )
    note = edition.say(
        N_(
            "E_DC is a plain sum of the energy of the data centre without its backup; an office and the site are not "
            "in it. ERF and PUE of two sites compare only where the heat pump stands on the same side of the "
            "boundary; ERE does. The carbon usage effectiveness holds the direct emissions of that energy, and the "
            "whole of a factor that its source does not divide."
        )
    )
    columns = [
        Column(edition.word(N_("Key figure")), 52),
        number(edition.word(N_("Value")), 38),
        Column(edition.word(N_("State")), 31),
        Column(edition.word(N_("Rests on"))),
    ]
    return [
        Paragraph(intro, style("body")),
        table(columns, rows),
        Paragraph(note, style("note")),
        *_pue(edition),
        *hall(edition),
    ]


def _row(edition: Edition, index: int, row: Record) -> Row:
    texts = edition.texts
    state = STATES[row["state"]]
    what = reason(row, texts) if row["lacks"] else meters(row, texts)
    return Row(
        [
            together(text(label(row, texts)), muted(text(row["standard"])), by="<br/>"),
            _value(edition, index, row),
            text(texts(state)),
            text(what, 300),
        ]
    )


def _value(edition: Edition, index: int, row: Record) -> Markup:
    unit = edition.unit(str(row["unit"])) if row["unit"] else ""
    if row["value"] is not None:
        return together(edition.figures(f"kpi/{index}/value", digits=4), text(unit))
    if row["location"] is None:
        return Markup("–")  # noqa: RUF001 - a dash where nothing is determined
    both = [edition.figures(f"kpi/{index}/{basis}") for basis in ("location", "market")]
    return together(
        edition.say(N_("{value} location-based"), value=both[0]),
        edition.say(N_("{value} market-based"), value=both[1]),
        text(unit),
        by="<br/>",
    )


def _pue(edition: Edition) -> list[Flowable]:
    """PUE of every year, what meters or rows give beside what the simulation promises; equal years stand together."""
    found: dict[int, dict[str, tuple[int, Record]]] = {}
    for i, row in enumerate(edition.document["kpi"]):
        if row["kpi"] == "PUE":
            side = "simulated" if row["state"] == "simulated" else "rows"
            found.setdefault(row["year"], {})[side] = (i, row)
    if len(found) < 2 or not any(each["rows"][1]["value"] is not None for each in found.values() if "rows" in each):
        return []
    simulated = any("simulated" in each for each in found.values())
    spans = grouped(
        list(found),
        lambda year: tuple((side, row["value"], row["same_uses"]) for side, (_, row) in found[year].items()),
    )
    rows = []
    for first, last in spans:
        cells = [str(first) if first == last else edition.word(N_("{first}–{last}"), first=first, last=last)]
        for side in ("rows", "simulated"):
            place = found[first].get(side)
            known = place is not None and place[1]["value"] is not None
            cells.append(edition.figures.decimal(f"kpi/{place[0]}/value", decimals=3) if known and place else "–")  # noqa: RUF001
        place = found[first].get("simulated")
        like = place is not None and place[1]["same_uses"] is not None
        cells.insert(2, edition.figures.decimal(f"kpi/{place[0]}/same_uses", decimals=3) if like and place else "–")  # noqa: RUF001
        state = found[first]["rows"][1]["state"] if "rows" in found[first] else "not-determined"
        told = cells if simulated else cells[:2]
        rows.append(Row([*told, edition.word(STATES[state])]))
    columns = [
        Column(edition.word(N_("Years")), 30),
        number(edition.word(N_("PUE of the rows")), 28),
        *([number(edition.word(N_("of the uses simulated")), 32)] if simulated else []),
        *([number(edition.word(N_("PUE simulated")), 28)] if simulated else []),
        Column(edition.word(N_("State of the rows"))),
    ]
    return [*subheading(edition.say(N_("PUE by year: promise and meters"))), table(columns, rows)]


def grouped(years: Sequence[int], key: Callable[[int], object]) -> list[tuple[int, int]]:
    """First and last of the years that follow each other and are alike.

    Examples
    --------
    >>> grouped([2027, 2028, 2029], lambda year: year > 2028)
    [(2027, 2028), (2029, 2029)]
    """
    spans: list[tuple[int, int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1 and key(year) == key(spans[-1][0]):
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


def electricity_by_year(edition: Edition) -> list[Flowable]:
    """How the electricity of each year is met on the market basis; equal years stand together."""
    records = edition.document["electricity"]
    if not records:
        return []
    by_year = {row["year"]: (i, row) for i, row in enumerate(records)}
    carried: dict[str, float] = {}
    for row in records:
        for each in row["contracts"]:
            carried[each["id"]] = carried.get(each["id"], 0.0) + each["kwh"]
    largest = sorted(carried, key=lambda name: -carried[name])[:MOST_CONTRACTS]
    names = [name for name in carried if name in largest]
    free = any(row["carbon_free"] is not None for row in records)

    def alike(year: int) -> object:
        return {key: value for key, value in by_year[year][1].items() if key != "year"}

    rows = []
    for first, last in grouped(list(by_year), alike):
        i, row = by_year[first]
        years = str(first) if first == last else edition.word(N_("{first}–{last}"), first=first, last=last)
        paths = [f"electricity/{i}/kwh", f"electricity/{i}/onsite"]
        at = {each["id"]: place for place, each in enumerate(row["contracts"])}
        paths += [f"electricity/{i}/contracts/{at[name]}/kwh" if name in at else "" for name in names]
        paths.append(f"electricity/{i}/residual")
        cells = [edition.figures.decimal(path, per=MEGA, decimals=0) if path else "" for path in paths]
        shares = ["matched", *(["carbon_free"] if free else [])]
        cells += [edition.percent(f"electricity/{i}/{key}") if row[key] is not None else "" for key in shares]
        rows.append(Row([years, *cells]))
    heads = [N_("Used, MWh"), N_("Made on site, MWh")]
    others = [
        number(edition.word(N_("Residual mix, MWh")), 20),
        number(edition.word(N_("Matched, %")), 19),
        *([number(edition.word(N_("Carbon-free, %")), 19)] if free else []),
    ]
    first_columns = [Column(edition.word(N_("Years")), 20), *(number(edition.word(head), 20) for head in heads)]
    room = WIDTH / MM - sum(column.width for column in (*first_columns, *others))
    by_contract = [number(f"{text(name, 20)}, MWh", min(20.0, room / len(names))) for name in names]
    columns = [*first_columns, *by_contract, *others]
    hourly = any(row["hourly"] for row in records)
    said = N_("Contracts matched by the hour are met in every hour, M = min(E, ΣC); a surplus counts for nothing.")
    annual = N_("Contracts are met over the year, M = min(E, ΣC); a surplus counts for nothing.")
    note = edition.say(
        N_("Shares are of what is bought; matched is what contracts meet. {how} The rest is at the residual mix."),
        how=edition.say(said if hourly else annual),
    )
    if len(carried) > len(names):
        more = N_("{count} contracts that carry less are in the result workbook.")
        note = together(note, edition.say(more, count=len(carried) - len(names)))
    heading = edition.say(N_("How the electricity is met on the market basis"))
    return [*subheading(heading), table(columns, rows), Paragraph(note, style("note"))]
