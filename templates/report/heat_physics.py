"""Recovered heat, its physics: the heat pump by every model, heat by year, the match with the network by month."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from lca.heat.cop import HIGHEST_COP
from templates.heat import DASH, HELD, OFFERED, POWER, SPREAD, alike, is_unoffered, limit, model_name, outside_of
from templates.report.breakdown import subheading
from templates.report.charts import columns as drawn_columns
from templates.report.edition import Edition
from templates.report.markup import text, together
from templates.report.style import OTHER_COLOUR, SECTION_COLOURS, style
from templates.report.tables import Cell, Column, Row, number, table
from templates.texts import N_

Record = Mapping[str, Any]
MEGA = 1000.0
TEMPERATURES = ("source_in", "source_out", "sink_in", "sink_out")


def pumps(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """Every heat pump at its temperatures: the COP that is used, the limit, and what each model gives."""
    if not heat["points"]:
        return
    columns = [Column(edition.word(N_("Model"))), number(edition.word(N_("COP")), 50)]
    note = edition.say(
        N_(
            "The models were each made for other machines, and differ at one operating point. "
            "Kajaani’s plant (33.5 MW from 25.8 MW, 30 → 20 °C and 50 → 85 °C) reaches 4.35 by its nameplate, 0.54 of "
            "the Lorenz COP."
        )
    )
    rows = [row for i, point in enumerate(heat["points"]) for row in _point(edition, f"heat/points/{i}", point)]
    yield from subheading(edition.say(N_("The heat pump by every model")))
    yield table(columns, rows)
    for i, point in enumerate(heat["points"]):
        if point["least"] is not None and point["least"] < point["most"]:
            spread = {key: edition.figures.decimal(f"heat/points/{i}/{key}", decimals=2) for key in ("least", "most")}
            said = edition.say(SPREAD, **spread)
            yield Paragraph(f"{text(point['heat'], 20)}: {said}" if len(heat["points"]) > 1 else said, style("note"))
    yield Paragraph(note, style("note"))


def _point(edition: Edition, at: str, point: Record) -> Iterator[Row]:
    celsius = [edition.figures.decimal(f"{at}/{key}", decimals=1) for key in TEMPERATURES]
    named = dict(zip("abcd", celsius, strict=True))
    title = edition.say(N_("{heat}: source {a} → {b} °C, network {c} → {d} °C"), heat=point["heat"], **named)
    yield Row([title, ""], "group")
    labels = {"cop": N_("As the study has it"), "lorenz": N_("Lorenz COP, the limit")}
    for key, label in labels.items():
        if point[key] is not None:
            said = edition.figures.decimal(f"{at}/{key}", decimals=2)
            if key == "cop" and point["held"]:
                said += f" ({edition.word(HELD, limit=edition.texts.exact(HIGHEST_COP))})"
            yield Row([edition.word(label), said])
    if point["lorenz_share"] is not None:
        share = edition.figures.decimal(f"{at}/lorenz_share", decimals=2)
        yield Row([edition.word(N_("Share of the limit that is reached")), share])
    for j, model in enumerate(point["models"]):
        known = model["cop"] is not None
        value: Cell = (
            edition.figures.decimal(f"{at}/models/{j}/cop", decimals=2)
            if known
            else text(outside_of(model, edition.texts))
        )
        yield Row([text(model_name(model, edition.texts)), value])


def years(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """Heat of every year, from the offer to what displaces other heat, and what limits it."""
    places = {(row["heat"], row["year"]): i for i, row in enumerate(heat["years"])}
    rows, limits = [], {}
    for first, last, row in alike(heat["years"]):
        at = f"heat/years/{places[row['heat'], first]}"
        span = str(first) if first == last else edition.word(N_("{first}–{last}"), first=first, last=last)
        keys = ("offered", "taken", "electricity", "delivered", "used", "fed")
        values = [
            DASH if is_unoffered(row, key) else edition.figures.decimal(f"{at}/{key}", per=MEGA, decimals=0)
            for key in keys
        ]
        cop = DASH if row["cop"] is None else edition.figures.decimal(f"{at}/cop", decimals=2)
        rows.append(Row([text(row["heat"], 20), span, *values, cop]))
        if row["limits"]:
            limits[f"{row['heat']} {span}"] = row["limits"]
    heads = (
        N_("Offered"), N_("Taken"), N_("Electricity"), N_("Delivered"), N_("Used"), N_("Displaces"),
    )  # fmt: skip
    columns = [Column(edition.word(N_("Heat"))), Column(edition.word(N_("Years")), 24)]
    columns += [number(edition.word(head), 19) for head in heads] + [number(edition.word(N_("COP")), 13)]
    yield from subheading(edition.say(N_("Heat by year, MWh")))
    yield table(columns, rows)
    for name, hours in limits.items():
        known = {key: count for key, count in hours.items() if count}
        told = ", ".join(limit(key, count, edition.texts) for key, count in known.items())
        said = N_("{name}: what limits the heat taken is {told}.")
        yield Paragraph(edition.say(said, name=name, told=told), style("note"))


def months(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """What the network needs and takes by month, and what of the heat is left."""
    of = heat["months"]
    if of is None:
        return
    rows = []
    for i, row in enumerate(of["rows"]):
        keys = ("need", "offered", "taken", "left", "used")
        values = [edition.figures.decimal(f"heat/months/rows/{i}/{key}", per=MEGA, decimals=0) for key in keys]
        rows.append(Row([str(row["month"]), *values]))
    heads = (N_("Needed"), N_("Offered at the source"), N_("Taken from it"), N_("Not taken"), N_("Used"))
    columns = [Column(edition.word(N_("Month"))), *(number(edition.word(head), 28) for head in heads)]
    said = edition.say(
        N_("Months of {year}: {percent} % of the network’s need is covered; its peak is {peak} MW."),
        year=of["year"],
        percent=edition.percent("heat/months/coverage", 1),
        peak=edition.figures.decimal("heat/months/peak", per=MEGA, decimals=1),
    )
    if of["utilisation"] is not None:
        percent = edition.percent("heat/months/utilisation")
        said = together(said, edition.say(N_("The heat pump is used {percent} % of its capacity."), percent=percent))
    if of["offered_by"] == "simulation":
        said = together(said, edition.say(OFFERED))
    heading = subheading(edition.say(N_("The match with the network, MWh")))
    yield KeepTogether([*heading, _bars(edition, of)])
    if of["power"] is not None:
        power = edition.figures.decimal("heat/months/power", per=MEGA, decimals=0)
        said = together(said, edition.say(POWER, power=power))
    yield table(columns, rows)
    yield Paragraph(said, style("note"))
    yield from _sizes(edition, heat["sizes"])


def _sizes(edition: Edition, sizes: Sequence[Record]) -> Iterator[Flowable]:
    """Heat pumps of other sizes."""
    if not sizes:
        return
    rows = []
    for i in range(len(sizes)):
        at = f"heat/sizes/{i}"
        used, left = (edition.figures.decimal(f"{at}/{key}", per=MEGA, decimals=0) for key in ("used", "left"))
        shares = [edition.percent(f"{at}/{key}") for key in ("coverage", "utilisation")]
        rows.append(Row([edition.figures.decimal(f"{at}/capacity", decimals=0), used, *shares, left]))
    heads = (N_("Capacity, kW"), N_("Used, MWh"), N_("Of the need, %"), N_("Utilisation, %"), N_("Not taken, MWh"))
    heading = subheading(edition.say(N_("Heat pumps of other sizes in the same year")))
    yield KeepTogether([*heading, table([number(edition.word(head), 33) for head in heads], rows)])


def _bars(edition: Edition, of: Record) -> Flowable:
    """Two panels by month: need with what is used of it, and the heat offered with what is taken of it."""
    used, offered, other = SECTION_COLOURS["heat"], SECTION_COLOURS["plant"], OTHER_COLOUR
    stacks = {
        "need": [[(row["used"] / MEGA, used), ((row["need"] - row["used"]) / MEGA, other)] for row in of["rows"]],
        "offer": [[(row["taken"] / MEGA, offered), (row["left"] / MEGA, other)] for row in of["rows"]],
    }
    headings = {
        "need": edition.word(N_("Need; coloured: met by this heat")),
        "offer": edition.word(N_("Heat at the source; coloured: taken")),
    }
    return drawn_columns(
        list(range(1, 13)), stacks, headings, "MWh", lambda value: edition.texts.exact(value, 4), each=True
    )
