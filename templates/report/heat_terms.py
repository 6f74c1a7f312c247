"""Recovered heat, its terms: who claims it, what becomes of it, what it is worth, and a statement both can sign."""

from collections.abc import Iterator, Mapping
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, PageBreak, Paragraph, Spacer

from inventories.format import choices
from templates import words
from templates.heat import COSTS, DASH, LOSES, MEAN_YEAR, OPTIONS, PRICE, PUMP_POWER, SHORT, TAX, band, lacking, losing
from templates.names import owner_name
from templates.report.breakdown import subheading
from templates.report.edition import BASES, TONNE, Edition
from templates.report.heat_physics import TEMPERATURES
from templates.report.markup import text
from templates.report.style import MM, style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

Record = Mapping[str, Any]
GRAMS, MEGA = 0.001, 1000.0
BY_BASIS = {"location": N_("{module}, location"), "market": N_("{module}, market")}
OPTION = {
    "heat": (1.0, 3, N_("Heat, MWh")),
    "electricity": (1.0, 3, N_("Electricity, MWh")),
    "location": (GRAMS, 1, N_("kg CO₂e, location")),
    "market": (GRAMS, 1, N_("kg CO₂e, market")),
    "primary": (1.0, 3, N_("Primary energy, MWh")),
    "money": (GRAMS, 1, N_("EUR")),
}
SIDE = {
    "investment": N_("Investment, EUR"),
    "upkeep": N_("Upkeep, EUR/a"),
    "electricity": N_("Electricity, EUR/a"),
    "saved": N_("Heat saved, EUR/a"),
    "paid": N_("Paid for heat, EUR/a"),
    "npv": N_("Net present value, EUR"),
}


def ledger(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """Who claims which heat."""
    note = edition.say(
        N_(
            "Each kilowatt-hour has one holder, and the shares of one heat sum to 100 %. Energy is as handed over, "
            "tonnes are after the loss of the network. What a holder states here is by H1, outside every footprint; if "
            "the buyer’s factor counts this heat as free of burden, the producer’s claim is information only."
        )
    )
    yield from subheading(edition.say(N_("Who claims which heat")))
    yield _claims(edition, heat)
    yield Paragraph(note, style("note"))
    for heat_id, factor in dict.fromkeys((row["heat"], row["factor"]) for row in heat["ledger"]):
        said = N_("{heat} displaces: {factor}.")
        yield Paragraph(edition.say(said, heat=heat_id, factor=edition.factor(factor)), style("note"))


def _claims(edition: Edition, heat: Record) -> Flowable:
    count = range(len(heat["ledger"]))
    decimals = edition.decimals(f"heat/ledger/{i}/{basis}" for i in count for basis in BASES)
    rows = []
    for i, row in enumerate(heat["ledger"]):
        at = f"heat/ledger/{i}"
        celsius = DASH if row["temperature"] is None else edition.figures.decimal(f"{at}/temperature", decimals=0)
        numbers = [
            edition.figures.decimal(f"{at}/share_percent", decimals=0),
            edition.figures.decimal(f"{at}/kwh", per=MEGA, decimals=0),
            celsius,
        ]
        claimed = [edition.fixed(f"{at}/{basis}", decimals) for basis in BASES]
        holder = text(owner_name(row["holder"], edition.texts), 60)
        kind = text(_kind(edition, row), 60)
        rows.append(Row([text(row["heat"], 20), _span(edition, row), holder, *numbers, kind, *claimed]))
    columns = [
        Column(edition.word(N_("Heat")), 12),
        Column(edition.word(N_("Years")), 19),
        Column(edition.word(N_("Claim holder"))),
        number(edition.word(N_("Share, %")), 14),
        number("MWh", 17),
        number("°C", 9),
        Column(edition.word(N_("Displaced")), 32),
        *(number(edition.word(BY_BASIS[basis], module=edition.word(N_("t CO₂e"))), 20) for basis in BASES),
    ]
    return table(columns, rows)


def _span(edition: Edition, row: Record) -> str:
    first, last = row["first"], row["last"]
    return str(first) if first == last else edition.word(N_("{first}–{last}"), first=first, last=last)


def _kind(edition: Edition, row: Record) -> str:
    if row["kind"] is None:
        return edition.word(N_("not stated"))
    return choices("displaced_kind")[row["kind"]][edition.texts.language]


def options(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """Heat or power: what becomes of a megawatt-hour of heat."""
    rows, missing, ids = [], [], {row["id"] for row in heat["options"]}
    for i, row in enumerate(heat["options"]):
        known = OPTIONS[row["option"]]
        name = edition.word(known)
        if row["lacks"]:
            named = f"{row['id']}, {name}" if len(ids) > 1 else name
            missing.append(edition.say(N_("{name}: {lacks}"), name=named, lacks=lacking(row, edition.texts)))
        cells = [
            DASH if row[key] is None else edition.figures.decimal(f"heat/options/{i}/{key}", per=per, decimals=places)
            for key, (per, places, _) in OPTION.items()
        ]
        if len(ids) > 1 and row["id"] != (heat["options"][i - 1]["id"] if i else None):
            rows.append(Row([text(row["id"], 30), *[""] * len(OPTION)], "group"))
        rows.append(Row([name, *cells]))
    columns = [Column(edition.word(N_("Use")))]
    columns += [number(edition.word(label), 20) for _, _, label in OPTION.values()]
    note = edition.say(
        N_(
            "Per MWh of heat at the source in {year}, counted from zero: emissions and primary energy below 0 are "
            "avoided; money above 0 is gained by both parties together, before investment and upkeep, electricity at "
            "the price of the heat pump. Heat that is used need not be rejected: the last row is saved besides, unless "
            "the study states the cooling saved. Use on site takes it that the heat is warm enough, as far as the site "
            "needs heat, and is worth what the heat bought there costs. "
            "Primary energy is weighted by the factors of energy forms of Government Decree 788/2017, where the study "
            "is in Finland."
        ),
        year=heat["options"][0]["year"],
    )
    heading = subheading(edition.say(N_("Heat or power?")))
    yield KeepTogether([*heading, table(columns, rows), Paragraph(note, style("note"))])
    for each in missing:
        yield Paragraph(each, style("note"))


def agreement(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """What the heat is worth to producer and user, and the price at which both gain."""
    of = heat["economics"]
    if of is None:
        return
    yield from subheading(edition.say(N_("What the heat is worth to both")))
    if of["lacks"]:
        yield Paragraph(text(lacking(of, edition.texts)), style("body"))
        return
    yield Paragraph(_band(edition, of), style("body"))
    rows = []
    for party, labels in choices("party").items():
        at = f"heat/economics/{party}"
        cells = [DASH if of[party][key] is None else edition.figures.decimal(f"{at}/{key}", decimals=0) for key in SIDE]
        rows.append(Row([labels[edition.texts.language], *cells]))
    yield table(
        [Column(edition.word(N_("Party"))), *(number(edition.word(label), 22) for label in SIDE.values())], rows
    )
    costs = {key: edition.figures.decimal(f"heat/economics/{key}", per=GRAMS) for key in ("levelised", "alternative")}
    yield Paragraph(edition.say(COSTS, **costs), style("note"))
    mean = {
        "heat": edition.figures.decimal("heat/economics/heat", per=MEGA, decimals=0),
        "rate": edition.figures.exact("heat/economics/rate_percent"),
        "life": edition.figures.exact("heat/economics/life"),
    }
    yield Paragraph(edition.say(MEAN_YEAR, **mean), style("note"))
    if of["years"] < of["life"]:
        life = edition.figures.decimal("heat/economics/life", decimals=0)
        yield Paragraph(edition.say(SHORT, years=of["years"], life=life), style("note"))
    yield from _power(edition, of["electricity"])


def _band(edition: Edition, of: Record) -> str:
    euros = {key: edition.figures.decimal(f"heat/economics/{key}", per=GRAMS) for key in ("low", "high")}
    said = [edition.say(band(of), **euros)]
    if of["price"] is not None:
        said.append(edition.say(PRICE, price=edition.figures.decimal("heat/economics/price", per=GRAMS)))
        said += [edition.say(LOSES, party=party) for party in losing(of, edition.texts)]
    return " ".join(said)


def _power(edition: Edition, power: Record | None) -> Iterator[Flowable]:
    if power is None:
        return
    at = "heat/economics/electricity"
    parts = {
        key: DASH if power[key] is None else edition.figures.decimal(f"{at}/{key}", per=GRAMS, decimals=2)
        for key in ("price", "fee", "tax")
    }
    yield Paragraph(edition.say(PUMP_POWER, **parts), style("note"))
    if power["law"] is None:
        return
    law, language = power["law"], edition.texts.language
    yield Paragraph(
        edition.say(TAX, tax_class=power["tax_class"] or "", act=law["act"][language], since=law["since"]),
        style("note"),
    )


def statement(edition: Edition, heat: Record) -> Iterator[Flowable]:
    """One page that producer and user can sign: the facts, the split by every method, who claims what."""
    of = edition.document["study"].get("Heat network", {})
    if not of.get("producer") or not of.get("user"):
        return
    agreed = edition.say(
        N_(
            "The parties state the same split: the shares of each method sum to 100 % of the footprint of this report, "
            "the footprint itself is stated by H0, and no kilowatt-hour and no certificate is claimed twice. The "
            "producer stands for the data centre with everything in its footprint, whoever owns its parts. The claims "
            "above are by H1, outside every footprint. Both parties use the numbers of the one method named below, and "
            "not those of another beside it."
        )
    )
    facts = [Row([edition.say(label), text(value, 200)]) for label, value in _facts(edition, heat, of)]
    facts += [Row([edition.say(label), value]) for label, value in _numbers(edition, heat)]
    yield PageBreak()
    yield from subheading(edition.say(N_("Statement on recovered heat")))
    yield table([Column("", 60), Column("")], facts)
    yield Spacer(1, 4 * MM)
    yield _split(edition, heat)
    yield Spacer(1, 4 * MM)
    yield _claims(edition, heat)
    yield Paragraph(agreed, style("body"))
    yield KeepTogether([_signatures(edition, of)])


def _facts(edition: Edition, heat: Record, of: Record) -> Iterator[tuple[str, str]]:
    """Who agrees on what: label and value, of what the study states."""
    years = N_("{first}–{last}")
    yield N_("Producer"), of["producer"]
    yield N_("User"), of["user"]
    yield N_("Facility"), edition.settings["facility"]
    yield N_("Period"), edition.texts(years, first=heat["years"][0]["year"], last=heat["years"][-1]["year"])
    owned = {
        "exchanger_owner": N_("The heat exchanger is owned by"),
        "heat_pump_owner": N_("The heat pump is owned by"),
        "pipe_owner": N_("The pipe is owned by"),
    }
    for key, label in owned.items():
        if of.get(key):
            yield label, choices("party")[of[key]][edition.texts.language]
    if of.get("back_up"):
        yield N_("Back-up"), of["back_up"]
    first, last = of.get("contract_from", ""), of.get("contract_to", "")
    if first or last:
        yield N_("Contract"), edition.texts(years, first=first, last=last)


def _numbers(edition: Edition, heat: Record) -> Iterator[tuple[str, str]]:
    """What is agreed on in numbers: temperatures, price, footprint, displaced factor, credit of either party by H6."""
    figures = edition.figures
    for i in range(min(1, len(heat["points"]))):
        at = {key: figures.decimal(f"heat/points/{i}/{key}", decimals=1) for key in TEMPERATURES}
        said = edition.say(N_("source {source_in} → {source_out} °C, network {sink_in} → {sink_out} °C"), **at)
        yield N_("Interface"), said
    flags = sorted({row["heat_pump"] for row in heat["years"]})
    labels = choices("heat_pump")
    yield N_("Heat pump and boundary"), ", ".join(labels[each][edition.texts.language] for each in flags)
    if heat["economics"] is not None and heat["economics"].get("price") is not None:
        price = figures.decimal("heat/economics/price", per=GRAMS)
        yield N_("Price of the heat"), edition.say(N_("{price} EUR/MWh handed over"), price=price)
    yield N_("Footprint of this report"), _both(edition, "totals/{basis}/total", TONNE, "t CO₂e")
    credit = heat["credit"]
    if credit["displaced_intensity"]:
        yield N_("Displaced factor"), _both(edition, "heat/credit/displaced_intensity/{basis}", GRAMS, "g/kWh")
    halves = next((i for i, row in enumerate(heat["methods"]) if row["credit_each"]), None)
    if halves is not None:
        at_half = f"heat/methods/{halves}/credit_each/{{basis}}"
        yield N_("Credit of each party by H6, outside every footprint"), _both(edition, at_half, TONNE, "t CO₂e")


def _both(edition: Edition, path: str, per: float, unit: str) -> str:
    """One figure on both bases."""
    told = {basis: edition.figures.decimal(path.format(basis=basis), per=per, decimals=0) for basis in BASES}
    return edition.say(N_("{location} location-based, {market} market-based ({unit})"), **told, unit=unit)


def _split(edition: Edition, heat: Record) -> Flowable:
    """Share of either party [%] in the footprint, by every method that has its inputs."""
    rows = []
    for i, row in enumerate(heat["methods"]):
        if row["lacks"]:
            continue
        name = text(f"{row['method']}  {edition.label(words.HEAT_METHOD, row['method'])}")
        shares = [edition.percent(f"heat/methods/{i}/share/{basis}", 1) for basis in BASES]
        kept = [edition.percent(f"heat/methods/{i}/kept/{basis}", 1) for basis in BASES]
        rows.append(Row([name, *kept, *shares]))
    columns = [Column(edition.word(N_("Method")))]
    for label in (N_("Producer, %"), N_("User, %")):
        columns += [number(edition.word(BY_BASIS[basis], module=edition.word(label)), 27) for basis in BASES]
    return table(columns, rows)


def _signatures(edition: Edition, of: Record) -> Flowable:
    """Lines for the method that both use, and for either signature."""
    method = edition.say(N_("Method that both parties use"))
    names = (method, text(of["producer"], 60), text(of["user"], 60))
    columns = [
        Column(edition.word(N_("Party"))),
        Column(edition.word(N_("Place and date")), 50),
        Column(edition.word(N_("Signature")), 60),
    ]
    return table(columns, [Row([name, Spacer(1, 11 * MM), ""]) for name in names], spread=True)
