"""The chapter on recovered heat: where the energy goes, who carries the footprint by every method, what is avoided."""

from collections.abc import Iterator, Mapping
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer

from templates import words
from templates.heat import AVOIDED, CREDIT_EACH, DASH, NO_RANGE, NOT_KNOWN, flag, lacking
from templates.report.breakdown import subheading
from templates.report.charts import columns as drawn_columns
from templates.report.edition import BASES, TONNE, Edition
from templates.report.findings import bases
from templates.report.heat_physics import months, pumps, years
from templates.report.heat_terms import BY_BASIS, agreement, ledger, options, statement
from templates.report.markup import text
from templates.report.sankey import Band, Node, sankey
from templates.report.style import LOCATION, MARKET, MM, OTHER_COLOUR, SECTION_COLOURS, style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

Record = Mapping[str, Any]
GRAMS, MEGA = 0.001, 1000.0

FLOW = {
    "it": (0, N_("Electricity of the IT"), SECTION_COLOURS["energy"]),
    "rest": (0, N_("Cooling, losses, others"), SECTION_COLOURS["construction"]),
    "pump": (1, N_("Electricity of the heat pump"), SECTION_COLOURS["hardware"]),
    "taken": (1, N_("Heat taken"), SECTION_COLOURS["plant"]),
    "rejected": (1, N_("Heat rejected"), OTHER_COLOUR),
    "delivered": (2, N_("Heat delivered"), SECTION_COLOURS["heat"]),
    "fed": (3, N_("Heat that displaces other heat"), SECTION_COLOURS["heat"]),
    "lost": (3, N_("Lost in the network"), OTHER_COLOUR),
    "unused": (3, N_("Not used"), OTHER_COLOUR),
}
"""Nodes of the energy flow: column, name, colour."""

CREDIT = {
    "displaced": N_("Heat displaced"),
    "saved": N_("Cooling saved"),
    "pumped": N_("Electricity of the heat pump, whoever carries it"),
    "effect": N_("Avoided in all"),
    "net": N_("Stated outside the footprint (D2)"),
}


def recovered_heat(edition: Edition) -> list[Flowable]:
    """Make the chapter; a study without recovered heat says so."""
    heat = edition.document["heat"]
    if heat is None:
        return [Paragraph(edition.say(N_("This study recovers no heat.")), style("body"))]
    intro = edition.say(
        N_(
            "The footprint of this report is stated by cut-off: the data centre carries everything, recovered heat "
            "nothing. Every other method stands beside it, computed from the same rows; what heat displaces elsewhere "
            "is outside the footprint and never netted."
        )
    )
    pages = (_flow, _methods, _flags, _credit, pumps, years, months, ledger, options, agreement, statement)
    return [Paragraph(intro, style("body")), *(each for page in pages for each in page(edition, heat))]


def _flow(edition: Edition, heat: Record) -> Iterator[Flowable]:
    flow = heat["flow"]
    if flow is None:
        return
    nodes = {}
    for name, (column, label, colour) in FLOW.items():
        if flow[name] > 0:
            said = f"{edition.figures.decimal(f'heat/flow/{name}', per=MEGA, decimals=0)} MWh"
            nodes[name] = Node(column, edition.word(label), said, colour)
    share = flow["taken"] / ((flow["it"] + flow["rest"]) or 1.0)
    bands = [Band(one, "taken", flow[one] * share) for one in ("it", "rest")]
    bands += [Band(one, "rejected", flow[one] * (1.0 - share)) for one in ("it", "rest")]
    bands += [Band(one, "delivered", flow[one]) for one in ("pump", "taken")]
    bands += [Band("delivered", one, flow[one]) for one in ("fed", "lost", "unused")]
    title = edition.say(N_("Where the energy of {year} goes"), year=flow["year"])
    note = edition.say(N_("All electricity leaves as heat; what no pump or exchanger takes is rejected."))
    drawn = sankey(nodes, [band for band in bands if band.begin in nodes and band.end in nodes])
    yield KeepTogether([*subheading(title), drawn, Paragraph(note, style("note"))])


def _methods(edition: Edition, heat: Record) -> Iterator[Flowable]:
    told = [(f"heat/methods/{i}", row) for i, row in enumerate(heat["methods"])]
    decimals = edition.decimals(
        f"{at}/data_centre/{basis}" for at, row in told if row["data_centre"] for basis in BASES
    )
    rows, missing = [], []
    for at, row in told:
        name = edition.label(words.HEAT_METHOD, row["method"])
        title = text(edition.word(N_("{code} {name}"), code=row["method"], name=name))
        if row["lacks"]:
            rows.append(Row([title, *[DASH] * 6]))
            missing.append(f"{row['method']}: {lacking(row, edition.texts)}")
            continue
        carried = [edition.fixed(f"{at}/{key}/{basis}", decimals) for key in ("data_centre", "heat") for basis in BASES]
        each = (
            [edition.figures.decimal(f"{at}/intensity_delivered/{basis}", per=GRAMS, decimals=1) for basis in BASES]
            if row["intensity_delivered"]
            else [DASH, DASH]
        )
        rows.append(Row([title, *carried, *each], "total" if row["method"] == "H0" else "row"))
    columns = [Column(edition.word(N_("Method")))]
    for label in (N_("Data centre, t"), N_("Heat, t"), N_("Heat delivered, g/kWh")):
        for basis in BASES:
            columns.append(number(edition.word(BY_BASIS[basis], module=edition.word(label)), 20))
    note = edition.say(
        N_(
            "t CO₂e over the period. The two parties of a method add up to the same gross emissions. H1 and H6 leave "
            "the data centre its footprint; their credit stands outside. Heat delivered carries its share and the "
            "electricity of a heat pump outside the boundary."
        )
    )
    yield from subheading(edition.say(N_("Who carries the footprint, by every method")))
    yield table(columns, rows)
    yield Paragraph(note, style("note"))
    for i, row in enumerate(heat["methods"]):
        if row["credit_each"]:
            halves = {basis: edition.fixed(f"heat/methods/{i}/credit_each/{basis}", decimals) for basis in BASES}
            yield Paragraph(edition.say(CREDIT_EACH, **halves), style("note"))
    for said in missing:
        yield Paragraph(text(said), style("note"))


def _flags(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """Say where the sign of the answer depends on how it is asked."""
    for each in heat["flags"]:
        yield Paragraph(text(flag(each, heat, edition.texts), 300), style("alarm"))


def _credit(edition: Edition, heat: Record) -> Iterator[Flowable]:
    credit = heat["credit"]
    known = [key for key in CREDIT if credit[key] is not None]
    if "effect" not in known:
        yield from subheading(edition.say(AVOIDED))
        yield Paragraph(edition.say(NOT_KNOWN), style("body"))
        return
    decimals = edition.decimals(f"heat/credit/{key}/{basis}" for key in known for basis in BASES)
    rows = []
    for key, label in CREDIT.items():
        values = [edition.fixed(f"heat/credit/{key}/{basis}", decimals) for basis in BASES]
        rows.append(Row([edition.word(label), *values], "total" if key == "effect" else "row"))
    ends = {"low": N_("Avoided in all, lowest displaced factor"), "high": N_("Avoided in all, highest")}
    for end, label in ends.items() if credit["range"] else ():
        values = [edition.fixed(f"heat/credit/range/{end}/{basis}", decimals) for basis in BASES]
        rows.append(Row([edition.word(label), *values]))
    for i, row in enumerate(credit["declines"]):
        if not row["decline_percent"]:
            continue
        percent = edition.texts.exact(row["decline_percent"])
        said = edition.word(N_("Avoided in all if the factor fell by {percent} % a year more"), percent=percent)
        rows.append(Row([said, *(edition.fixed(f"heat/credit/declines/{i}/{basis}", decimals) for basis in BASES)]))
    per_energy = {
        "displaced_intensity": N_("Displaced factor, g/kWh"),
        "break_even": N_("Factor at which recovery breaks even, g/kWh"),
    }
    for key, label in per_energy.items():
        if credit[key]:
            values = [edition.figures.decimal(f"heat/credit/{key}/{b}", per=GRAMS, decimals=1) for b in BASES]
            rows.append(Row([edition.word(label), *values]))
    columns = [Column(edition.word(N_("Over the period, t CO₂e")))]
    columns += [number(name, 34) for name in bases(edition).values()]
    heading = subheading(edition.say(AVOIDED))
    note = edition.say(
        N_(
            "The displaced factor is that of the study, whose own decline is in it; both factors are per kWh that "
            "displaces other heat, after the loss of the network. What stands outside the footprint (D2) is before the "
            "electricity of a heat pump inside the boundary: that and the equipment of the recovery are in the "
            "footprint."
        )
    )
    ranged = credit["range"] is not None or not credit["displaced_intensity"]
    notes = [note] if ranged else [note, edition.say(NO_RANGE)]
    yield KeepTogether([*heading, table(columns, rows), *(Paragraph(each, style("note")) for each in notes)])
    if len(credit["years"]) > 1:
        yield from _credit_years(edition, credit)


def _credit_years(edition: Edition, credit: Record) -> Iterator[Flowable]:
    years = [row["year"] for row in credit["years"]]
    colours = {"location": LOCATION, "market": MARKET}
    stacks = {basis: [[(row[basis] / TONNE, colours[basis])] for row in credit["years"]] for basis in BASES}
    headings = bases(edition)
    unit = edition.word(N_("avoided in all, t CO₂e a year"))
    yield Spacer(1, 2 * MM)
    yield drawn_columns(years, stacks, headings, unit, lambda value: edition.texts.exact(value, 4))
