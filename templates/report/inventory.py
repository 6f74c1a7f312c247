"""The inventory as it was typed: every sheet, every row, with its evidence and what it adds up to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from inventories.format import KEYED, choices, columns
from inventories.format import Column as Key
from templates.figures import where
from templates.names import line_name, owner_name
from templates.report.breakdown import decimals_of_totals, subheading
from templates.report.edition import BASES, MOST_LINES, Edition
from templates.report.labels import choice_label, column_label, name_beside_unit, sheet_label
from templates.report.markup import Markup, alarming, bold, inside, muted, text, together
from templates.report.remarks import remarks
from templates.report.style import MM, style
from templates.report.tables import Column, Row, cut_note, number, table
from templates.texts import N_

INSTALLED = ("Construction", "Plant", "Hardware")
_OTHERWISE = ("Files", "Exclusions", "Factors")
_LOCATION, _MARKET = N_("Location, t CO₂e"), N_("Market, t CO₂e")

Record = Mapping[str, Any]


def inventory(edition: Edition) -> list[Flowable]:
    """Make the chapter."""
    intro = edition.say(
        N_(
            "What the author typed, sheet by sheet, in the units typed. The two columns at the right are "
            "what the line adds to the footprint over the period, its replacements included; what it adds "
            "outside the footprint stands in the chapter before."
        )
    )
    made: list[Flowable] = [Paragraph(intro, style("body"))]
    for name in edition.document["study"]:
        if name not in _OTHERWISE and edition.sheet(name):
            made += _SHEETS.get(name, _any)(edition, name)
    return [*made, *_derived(edition)]


def _decimals(edition: Edition) -> int:
    return min(3, decimals_of_totals(edition) + 1)


def _made(edition: Edition, name: str, columns: Sequence[Column], rows: Sequence[Row]) -> list[Flowable]:
    heading = subheading(text(sheet_label(edition, name)), room=58 * MM)  # a row and its evidence stay with their head
    shown = [*rows, *_rest(edition, name, columns)]
    return [*heading, table(columns, shown, spread=True), *cut_note(edition, rows)]


def _told(edition: Edition, name: str) -> list[tuple[int, Record]]:
    """Rows of a sheet that are told one by one, with their positions."""
    rows = edition.sheet(name)
    told = edition.told(
        range(len(rows)), lambda place: (where("contributions", basis, line=rows[place].get("id")) for basis in BASES)
    )
    return [(place, rows[place]) for place in told]


def _rest(edition: Edition, name: str, columns: Sequence[Column]) -> list[Row]:
    """Say how many rows of a sheet are not told, and what all of its lines carry together."""
    count = len(edition.sheet(name)) - MOST_LINES
    if count <= 0:
        return []
    said = edition.say(
        N_("{count} more lines, each of which carries less, stand in the results document and in the result workbook."),
        count=count,
    )
    if name.lower() not in edition.sections():
        return [Row([said], spanned=True)]
    all_lines = edition.say(N_("All lines of the sheet together:"))
    pair = edition.pair(_decimals(edition), section=name.lower())
    return [Row([said], spanned=True), Row(["", all_lines, *[""] * (len(columns) - 4), *pair], "total")]


def _amounts(edition: Edition) -> list[Column]:
    return [number(edition.texts(_LOCATION), 24), number(edition.texts(_MARKET), 22)]


def quantity(edition: Edition, row: Record, path: str, key: str) -> str:
    """Write an amount with its unit as typed; blank where there is none."""
    found = row.get(key)
    if found is None:
        return ""
    if isinstance(found, Mapping):
        return edition.amount(edition.figures.exact(f"{path}/{key}/value"), str(found["unit"]))
    return edition.figures.exact(f"{path}/{key}")


def detail(edition: Edition, pieces: Iterable[object], row: Record) -> Markup:
    """Say what a line is made with, its evidence and its note."""
    evidence = row.get("evidence")
    said = (
        edition.say(N_("Evidence: {evidence}"), evidence=evidence)
        if evidence
        else alarming(edition.say(N_("No evidence stated")))
    )
    note = edition.say(N_("Note: {note}"), note=row["note"]) if row.get("note") else ""
    about = together(*pieces, by=" · ")
    return together(muted(about) if about else "", together(said, note, by=" · "), by="<br/>")


def _installed(edition: Edition, name: str, row: Record) -> Markup | str:
    """Year a line is installed: as typed, after the line it follows, or the start year."""
    if "installed" in row:
        return str(row["installed"])
    before = next((each for each in edition.sheet(name) if each.get("replaced_by") == row["id"]), None)
    if before is not None:
        return edition.say(N_("after {line}"), line=text(before["id"], 24))
    return str(edition.settings["start_year"])


def _lines(edition: Edition, name: str) -> list[Flowable]:
    """Rows of Construction, Plant or Hardware."""
    decimals, rows = _decimals(edition), []
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        count = f"{edition.figures.exact(f'{path}/count')} {edition.unit('piece')}" if "count" in row else ""
        cells = [
            text(row["id"], 24),
            bold(text(row.get("item", ""), 200)),
            text(quantity(edition, row, path, "amount") or count),
            quantity(edition, row, path, "service_life"),
            _installed(edition, name, row),
            *edition.pair(decimals, line=row["id"]),
        ]
        factor = edition.say(
            N_("{factor} ({id})"), factor=edition.factor(str(row["factor"])), id=text(row["factor"], 80)
        )
        rows.append(Row(cells, detail=detail(edition, [factor, *remarks(edition, row, path)], row)))
    columns = [
        Column(edition.word(N_("Line")), 13),
        Column(edition.word(N_("Item, factor, evidence"))),
        number(edition.word(N_("Amount")), 24),
        number(edition.word(N_("Life, a")), 13),
        number(edition.word(N_("Installed")), 16),
        *_amounts(edition),
    ]
    return _made(edition, name, columns, rows)


def _or_default(edition: Edition, row: Record, path: str, key: str) -> Markup | str:
    """Write a number as typed, else the default that stands for it, in grey."""
    if key in row:
        return edition.figures.exact(f"{path}/{key}")
    for index, value in enumerate(edition.document["passport"]["values"]):
        if (value["line"], value["column"], value["status"]) == (row["id"], key, "default"):
            return muted(edition.figures.exact(f"passport/values/{index}/value"))
    return ""


def _refrigerants(edition: Edition, name: str) -> list[Flowable]:
    """Rows of Refrigerants: the charge, what leaks of it and what is recovered; defaults in grey."""
    decimals, rows = _decimals(edition), []
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        made = (
            edition.say(N_("made with {factor}"), factor=edition.factor(str(row["production_factor"])))
            if row.get("production_factor")
            else ""
        )
        cells = [
            text(row["id"], 24),
            bold(text(row["gas"], 80)),
            text(quantity(edition, row, path, "charge")),
            _or_default(edition, row, path, "leakage_percent"),
            _or_default(edition, row, path, "recovery_percent"),
            *edition.pair(decimals, line=row["id"]),
        ]
        rows.append(Row(cells, detail=detail(edition, [made, *remarks(edition, row, path)], row)))
    columns = [
        Column(edition.word(N_("Line")), 13),
        Column(edition.word(N_("Gas, equipment, evidence"))),
        number(edition.word(N_("Charge")), 22),
        number(edition.word(N_("Leaks, %/a")), 17),
        number(edition.word(N_("Recovered, %")), 19),
        *_amounts(edition),
    ]
    return _made(edition, name, columns, rows)


def _water(edition: Edition, name: str) -> list[Flowable]:
    decimals, rows = _decimals(edition), []
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        title = edition.word(
            N_("{kind}: {item}"), kind=choice_label(edition, "water_kind", row["kind"]), item=text(row["item"], 120)
        )
        cells = [
            text(row["id"], 24),
            bold(title),
            _years(edition, row),
            text(quantity(edition, row, path, "amount")),
            *edition.pair(decimals, line=row["id"]),
        ]
        pieces = [text(edition.factor(str(row["factor"]))), *remarks(edition, row, path)]
        rows.append(Row(cells, detail=detail(edition, pieces, row)))
    return _made(edition, name, _yearly(edition, N_("What, factor, evidence"), N_("Amount a year")), rows)


def _energy(edition: Edition, name: str) -> list[Flowable]:
    decimals, rows = _decimals(edition), []
    seen: set[str] = set()
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        title = edition.word(
            N_("{carrier}: {use}"),
            carrier=choice_label(edition, "carrier", row["carrier"]),
            use=inside(choice_label(edition, "use", row.get("use", "other"))),
        )
        known = [text(row["meter"], 120)] if row.get("meter") else []
        known += [text(edition.factor(str(row["factor"])))] if row.get("factor") else []
        amounts = edition.pair(decimals, line=row["id"]) if row["id"] not in seen else ("", "")
        seen.add(row["id"])
        cells = [
            text(row["id"], 24),
            bold(title),
            _years(edition, row),
            text(quantity(edition, row, path, "amount")),
            *amounts,
        ]
        rows.append(Row(cells, detail=detail(edition, [*known, *remarks(edition, row, path)], row)))
    return _made(edition, name, _yearly(edition, N_("Use, meter, evidence"), N_("Amount a year")), rows)


def _yearly(edition: Edition, what: str, amount: str) -> list[Column]:
    return [
        Column(edition.word(N_("Line")), 13),
        Column(edition.word(what)),
        Column(edition.word(N_("Years")), 19),
        number(edition.word(amount), 24),
        *_amounts(edition),
    ]


def _last_year(edition: Edition) -> int:
    return int(edition.settings["start_year"]) + int(edition.settings["reference_period"]) - 1


def _years(edition: Edition, row: Record) -> Markup:
    """Years a row holds for."""
    given = row.get("year")
    return text(str(given).replace("-", "–"), 40) if given else edition.say(N_("every year"))


def _heat(edition: Edition, name: str) -> list[Flowable]:
    decimals, rows = _decimals(edition), []
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        title = edition.word(
            N_("Recovered heat: {place}"),
            place=inside(choice_label(edition, "heat_measured_at", row["measured_at"])),
        )
        pieces = [
            edition.say(N_("displaces {factor}"), factor=edition.factor(str(row["displaced_factor"]))),
            edition.say(
                N_("claimed by {holder}"), holder=text(owner_name(str(row["claim_holder"]), edition.texts), 80)
            ),
            *remarks(edition, row, path),
        ]
        amounts = edition.pair(decimals, line=row["id"])
        cells = [
            text(row["id"], 24),
            bold(title),
            _years(edition, row),
            text(quantity(edition, row, path, "heat")),
            *amounts,
        ]
        rows.append(Row(cells, detail=detail(edition, pieces, row)))
    return _made(edition, name, _yearly(edition, N_("Heat, heat pump, evidence"), N_("Heat a year")), rows)


def _contracts(edition: Edition, name: str) -> list[Flowable]:
    rows = []
    for index, row in _told(edition, name):
        path = f"study/{name}/{index}"
        title = edition.word(
            N_("{contract}: {source}"),
            contract=choice_label(edition, "contract_type", row["type"]),
            source=inside(choice_label(edition, "energy_source", row["energy_source"])),
        )
        share = (
            edition.word(N_("{share} %"), share=quantity(edition, row, path, "share_percent"))
            if "share_percent" in row
            else ""
        )
        first = str(row.get("valid_from", edition.settings["start_year"]))
        last = str(row.get("valid_to", _last_year(edition)))
        amount = text(quantity(edition, row, path, "amount") or share)
        pieces = [edition.factor(str(row["factor"])), *remarks(edition, row, path)]
        cells = [text(row["id"], 24), bold(title), text(f"{first}–{last}", 24), amount]
        rows.append(Row(cells, detail=detail(edition, pieces, row)))
    columns = [
        Column(edition.word(N_("Line")), 13),
        Column(edition.word(N_("Contract, factor, evidence"))),
        Column(edition.word(N_("Valid")), 24),
        number(edition.word(N_("Amount a year")), 28),
    ]
    return _made(edition, name, columns, rows)


def _facility_years(edition: Edition, name: str) -> list[Flowable]:
    """The facility year by year: capacity, load, areas, service."""
    keys = {
        "it_capacity": N_("IT capacity"),
        "it_load_percent": N_("IT load, %"),
        "floor_area": N_("Floor area"),
        "computer_room_area": N_("Computer room"),
        "heated_net_area": N_("Heated net area"),
        "service_amount": N_("Service amount"),
    }
    records = edition.sheet(name)
    shown = [key for key in keys if any(key in row for row in records)]
    rows = []
    for index, row in enumerate(records):
        values = [text(quantity(edition, row, f"study/{name}/{index}", key)) for key in shown]
        note = muted(edition.say(N_("Note: {note}"), note=row["note"])) if row.get("note") else None
        rows.append(Row([f"{row['from']}–{row.get('to', _last_year(edition))}", *values, ""], detail=note))
    columns = [
        Column(edition.word(N_("Years")), 20),
        *(number(edition.word(keys[key]), 22) for key in shown),
        Column(""),
    ]
    return _made(edition, name, columns, rows)


def _keyed(edition: Edition, name: str) -> list[Flowable]:
    """A sheet with one value a key: every key that has one."""
    typed: Mapping[str, Any] = edition.document["study"][name]
    keys = [column for column in columns(name) if column.key in typed and column.key != "evidence"]
    rows = [
        Row([text(name_beside_unit(edition, column), 120), _typed(edition, name, column, typed)]) for column in keys
    ]
    if name != "Study":
        rows.append(Row([detail(edition, [], typed)], spanned=True))
    heads = [Column(edition.word(N_("What")), 66), Column(edition.word(N_("Value")))]
    heading = subheading(text(sheet_label(edition, name)), room=58 * MM)
    return [*heading, table(heads, rows)]


def _typed(edition: Edition, name: str, column: Key, typed: Record) -> Markup:
    """Write the value of a key as it was typed, with its unit."""
    value = typed[column.key]
    if isinstance(value, Mapping):
        return text(quantity(edition, typed, f"study/{name}", column.key))
    if column.kind in ("number", "integer"):
        number_typed = edition.figures.exact(f"study/{name}/{column.key}")
        return text(edition.amount(number_typed, column.unit))
    if column.kind == "date":
        return text(edition.texts.date(str(value)))
    closed = column.choices if choices(column.choices) else column.key
    return text(choice_label(edition, closed, value) if str(value) in choices(closed) else _flat(value), 300)


def _any(edition: Edition, name: str) -> list[Flowable]:
    """Rows of a sheet this version has no page for: every cell with its key."""
    rows = []
    for row in edition.sheet(name):
        cells = [
            edition.say(N_("{key}: {value}"), key=column_label(edition, key), value=text(_flat(value), 200))
            for key, value in row.items()
            if key != "id"
        ]
        rows.append(Row([text(row.get("id", ""), 24), together(*cells, by=" · ")]))
    return _made(edition, name, [Column(edition.word(N_("Line")), 18), Column(edition.word(N_("Cells")))], rows)


def _flat(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(item) for item in value.values())
    return ", ".join(map(_flat, value)) if isinstance(value, list) else str(value)


def _derived(edition: Edition) -> list[Flowable]:
    """Rows of the footprint that belong to no typed line."""
    typed = {row.get("id") for name, rows in edition.document["study"].items() if name not in KEYED for row in rows}
    found = [pair for pair in edition.present("contributions", "line", "name") if pair[0] not in typed]
    if not found:
        return []
    decimals = _decimals(edition)
    rows = [
        Row([text(line, 40), text(line_name(name, edition.texts), 120), *edition.pair(decimals, line=line, name=name)])
        for line, name in found
    ]
    columns = [Column(edition.word(N_("Line")), 34), Column(edition.word(N_("What"))), *_amounts(edition)]
    return [*subheading(edition.say(N_("Lines that Jälki derived"))), table(columns, rows)]


_SHEETS: Mapping[str, Callable[[Edition, str], list[Flowable]]] = {
    **dict.fromkeys(KEYED, _keyed),
    "Years": _facility_years,
    **dict.fromkeys(INSTALLED, _lines),
    "Refrigerants": _refrigerants,
    "Energy": _energy,
    "Water and waste": _water,
    "Contracts": _contracts,
    "Heat": _heat,
}
