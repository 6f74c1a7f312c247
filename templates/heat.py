"""Recovered heat in words: methods, models, options, flags, and everything of it on the terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.format import choices
from lca.heat.cop import HIGHEST_COP
from templates import words
from templates.columns import table
from templates.names import owner_name
from templates.texts import N_, Texts

Record = Mapping[str, Any]
DASH = "–"  # noqa: RUF001 - a dash where nothing can be told
GRAMS, MEGA = 1000.0, 1000.0

OFFERED = N_("Offered is what the simulated hall would give; how much was delivered is stated by the study.")

SHORT = N_("Heat is delivered in {years} years; the values assume it for {life} years.")
CREDIT_EACH = N_(
    "H6: each party states a credit of {location} t (location-based) or {market} t (market-based), outside its "
    "footprint."
)
COSTS = N_(
    "After the loss of the network, the heat costs {levelised} EUR/MWh and the heat it displaces {alternative} "
    "EUR/MWh, without VAT."
)
MEAN_YEAR = N_(
    "In a mean year {heat} MWh are handed over; all years are taken alike, discounted at {rate} % over {life} years. "
    "What is paid below 0 is received."
)
BAND = N_("Both gain at a price from {low} to {high} EUR/MWh of heat handed over.")
NO_BAND = N_("There is no price at which both gain: the producer needs {low}, the user can pay {high} EUR/MWh.")
PRICE = N_("The study has {price} EUR/MWh.")
LOSES = N_("At that price the loss is on one side: {party}.")
AVOIDED = N_("What recovery avoids, and how sure its sign is")
NOT_KNOWN = N_(
    "What recovery avoids is not told: a displaced factor holds this heat itself, or nothing says what it displaces."
)
SPREAD = N_("The models that hold here give a COP from {least} to {most}.")
HELD = N_("held to {limit}, above what any plant reaches")
NO_RANGE = N_("The source of the displaced factor states no range, so the effect has none.")
PUMP_POWER = N_("Electricity of the heat pump: price {price}, network {fee}, tax {tax} EUR/MWh.")
TAX = N_(
    "Tax of class {tax_class}: {act}, at the rate told on {since} in the government bill HE 156/2025. The class goes "
    "by meter: data centres move to class I from 1 July 2026 as proposed there, which was not verified; heat pumps "
    "that feed district heating are in class II (HE 212/2021)."
)
POWER = N_("What is not taken could make {power} MWh of electricity.")

MODELS = {
    "lorenz": N_("Lorenz, {share} of the ideal"),
    "carnot": N_("Carnot, {share} of the ideal"),
    "jensen-ammonia": N_("Jensen et al. 2018, ammonia"),
    "jensen-isobutane": N_("Jensen et al. 2018, isobutane"),
    "jesper": N_("Jesper et al. 2021, heat pumps on the market"),
}

QUANTITIES = {"lift": N_("lift"), "source": N_("source temperature"), "sink": N_("sink temperature")}
"""What a model can be outside of."""

OPTIONS = {
    "as-it-is": N_("As heat, as the study has it"),
    "heat-direct": N_("As heat, by an exchanger alone"),
    "power": N_("As electricity"),
    "on-site": N_("Used on site"),
    "rejected": N_("Rejected"),
}

LACKS = {
    "it": N_("energy of the IT"),
    "reference_temperature": N_("the reference temperature, or a weather file"),
    "temperatures": N_("the four temperatures"),
    "ambient": N_("heat warmer than the reference temperature"),
    "displaced_factor": N_("a displaced factor without this heat"),
    "it_revenue": N_("the revenue of the IT"),
    "it_revenue_nothing": N_("a revenue of the IT above 0"),
    "heat_price": N_("the price of the heat"),
    "heat_price_negative": N_("a price of the heat that is not below 0"),
    "producer_investment": N_("the producer’s investment, 0 where there is none"),
    "producer_upkeep": N_("the producer’s upkeep, 0 where there is none"),
    "user_investment": N_("the user’s investment, 0 where there is none"),
    "user_upkeep": N_("the user’s upkeep, 0 where there is none"),
    "tax": N_("the tax on electricity, or its class"),
    "too-cold": N_("a source warmer than the network’s return"),
    "orc_carnot_percent": N_("the share of Carnot of heat to power"),
    "district-heat": N_("a need of heat on site"),
    "rejection_percent": N_("the electricity of rejection"),
    "alternative_heat_cost": N_("the cost of the heat displaced"),
    "agreement_life": N_("the life of the plant"),
    "heat_pump_owner": N_("the owner of the heat pump"),
    "discount_rate": N_("the discount rate"),
    "price": N_("a price of electricity"),
    "heat": N_("heat"),
}
"""What is missing where something cannot be told."""

BASIS = {"location": N_("location-based"), "market": N_("market-based")}

FLAGS = {
    "sign-basis": N_(
        "Whether recovery avoids emissions depends on the basis: {location} t location-based, {market} t market-based."
    ),
    "sign-year": N_("{basis}: what recovery avoids changes its sign in {year}."),
    "sign-decline": N_(
        "{basis}: what recovery avoids changes its sign if the displaced factor falls by {percent} % a year."
    ),
    "sign-method": N_(
        "{basis}: by {methods} the heat delivered carries more than what it displaces, by the others less."
    ),
}

LIMITS = {
    "offer": N_("the heat offered"),
    "capacity": N_("the capacity of the heat pump"),
    "need": N_("the need of the network"),
    "minimum": N_("the least load of the heat pump"),
}


def lacking(record: Record, texts: Texts) -> str:
    """Tell what is missing."""
    return texts(N_("missing: {what}"), what=", ".join(texts(LACKS[each]) for each in record["lacks"]))


def model_name(point: Record, texts: Texts) -> str:
    """Name of a COP model with its share of the ideal, where it is one."""
    name = MODELS[point["model"]]
    return texts(name, share=texts.decimal(point["share"], 2)) if point["share"] is not None else texts(name)


def outside_of(point: Record, texts: Texts) -> str:
    """Tell of what a model is outside."""
    known = QUANTITIES[point["outside_of"]]
    return texts(N_("does not hold: {quantity}"), quantity=texts(known))


def flag(record: Record, heat: Record, texts: Texts) -> str:
    """Tell a flag."""
    sentence = FLAGS[record["code"]]
    told: dict[str, object] = {}
    if "basis" in record:
        word = BASIS[record["basis"]]
        told["basis"] = texts(word)
    if record["code"] == "sign-basis":
        told = {basis: texts.number(heat["credit"]["effect"][basis] / 1000.0, 3) for basis in BASIS}
    if "methods" in record:
        told["methods"] = ", ".join(record["methods"])
    if "decline_percent" in record:
        told["percent"] = texts.exact(record["decline_percent"])
    said = texts(sentence, **{**record, **told})
    return said[0].upper() + said[1:]


def lines(document: Record, texts: Texts) -> Iterator[str]:
    """Tell recovered heat: methods, credit, heat pumps, months, ledger, agreement, options."""
    heat = document["heat"]
    if heat is None:
        yield texts(N_("This study recovers no heat."))
        return
    yield from _methods(heat, texts)
    for each in heat["flags"]:
        yield f"! {flag(each, heat, texts)}"
    for part in (_credit, _years, _points, _months, _ledger, _agreement, _options):
        told = list(part(heat, texts))
        if told:
            yield ""
            yield from told


def _methods(heat: Record, texts: Texts) -> Iterator[str]:
    yield texts(N_("Who carries the footprint by each method, t CO2e over the period: location-based, market-based"))
    heads = (N_("Method"), N_("Data centre"), "", N_("Heat"), "", N_("g/kWh of heat delivered"), "")
    rows = [[texts(head) if head else "" for head in heads]]
    for row in heat["methods"]:
        name = words.HEAT_METHOD[row["method"]]
        title = f"{row['method']}  {texts(name)}"
        if row["lacks"]:
            rows.append([title, DASH, DASH, DASH, DASH, DASH, DASH])
            continue
        carried = [texts.decimal(row[key][basis] / 1000.0, 0) for key in ("data_centre", "heat") for basis in BASIS]
        delivered = row["intensity_delivered"]
        each = [DASH, DASH] if delivered is None else [texts.decimal(delivered[b] * GRAMS, 1) for b in BASIS]
        rows.append([title, *carried, *each])
    yield from table(rows)
    for row in heat["methods"]:
        if row["lacks"]:
            yield f"{row['method']}: {lacking(row, texts)}"
    for row in heat["methods"]:
        if row["credit_each"]:
            halves = {basis: texts.decimal(row["credit_each"][basis] / 1000.0, 0) for basis in BASIS}
            yield texts(CREDIT_EACH, **halves)
    yield texts(N_("The footprint is stated by H0. The credits of H1 and H6 stand outside it and are never netted."))


def _credit(heat: Record, texts: Texts) -> Iterator[str]:
    credit = heat["credit"]
    if credit["effect"] is None:
        yield texts(NOT_KNOWN)
        return
    yield texts(N_("What recovery avoids outside the footprint, t CO2e over the period"))
    rows = [["", texts(N_("location-based")), texts(N_("market-based"))]]
    for key, label in (
        ("displaced", N_("Heat displaced")), ("pumped", N_("Electricity of the heat pump, whoever carries it")),
        ("saved", N_("Cooling saved")), ("effect", N_("Avoided in all")),
        ("net", N_("Stated outside the footprint (D2)")),
    ):  # fmt: skip
        rows.append([texts(label), *(texts.decimal(credit[key][basis] / 1000.0, 0) for basis in BASIS)])
    for key, label in (
        ("displaced_intensity", N_("Displaced factor, g/kWh")), ("break_even", N_("Break-even factor, g/kWh")),
    ):  # fmt: skip
        if credit[key]:
            rows.append([texts(label), *(texts.decimal(credit[key][basis] * GRAMS, 1) for basis in BASIS)])
    for end, label in (("low", N_("Avoided in all, lowest displaced factor")), ("high", N_("Avoided in all, highest"))):
        if credit["range"]:
            rows.append([texts(label), *(texts.decimal(credit["range"][end][b] / 1000.0, 0) for b in BASIS)])
    for row in credit["declines"]:
        label = texts(N_("If the factor fell by {percent} % a year more"), percent=texts.exact(row["decline_percent"]))
        rows.append([label, *(texts.decimal(row[basis] / 1000.0, 0) for basis in BASIS)])
    yield from table(rows)
    if credit["range"] is None and credit["displaced_intensity"]:
        yield texts(NO_RANGE)


def _years(heat: Record, texts: Texts) -> Iterator[str]:
    yield texts(N_("Heat by year, MWh"))
    heads = (
        N_("Heat"),
        N_("Years"),
        N_("Offered"),
        N_("Taken"),
        N_("Electricity"),
        N_("Delivered"),
        N_("Used"),
        N_("COP"),
    )
    rows = [[texts(head) for head in heads]]
    for first, last, row in alike(heat["years"]):
        years = str(first) if first == last else f"{first}-{last}"
        keys = ("offered", "taken", "electricity", "delivered", "used")
        numbers = [DASH if is_unoffered(row, k) else texts.decimal(row[k] / MEGA, 0) for k in keys]
        rows.append([row["heat"], years, *numbers, DASH if row["cop"] is None else texts.decimal(row["cop"], 2)])
    yield from table(rows, left=(0, 1))
    for first, last, row in alike(heat["years"]):
        if row["limits"]:
            told = ", ".join(limit(key, hours, texts) for key, hours in row["limits"].items() if hours)
            name = f"{row['heat']} {first}" if first == last else f"{row['heat']} {first}-{last}"
            yield texts(N_("{name}: what limits the heat taken is {told}."), name=name, told=told)


def is_unoffered(row: Record, key: str) -> bool:
    """Whether a figure of a year is the offer of heat whose amount is stated: what more there was is not known."""
    return key == "offered" and not row["matched"]


def limit(key: str, hours: int, texts: Texts) -> str:
    """Tell a limit with the hours it binds in."""
    known = LIMITS[key]
    return texts(N_("{limit} in {hours} h"), limit=texts(known), hours=texts.decimal(hours, 0))


def alike(records: Sequence[Record]) -> Iterator[tuple[int, int, Record]]:
    """Years of one heat that follow each other and are alike, as spans with the first of their records."""
    found: list[tuple[int, int, Record]] = []
    for row in sorted(records, key=lambda row: (row["heat"], row["year"])):
        same = found and {**row, "year": found[-1][2]["year"]} == found[-1][2] and found[-1][1] == row["year"] - 1
        if same:
            found[-1] = (found[-1][0], row["year"], found[-1][2])
        else:
            found.append((row["year"], row["year"], row))
    yield from found


def _points(heat: Record, texts: Texts) -> Iterator[str]:
    for row in heat["points"]:
        temperatures = [texts.exact(row[key], 3) for key in ("source_in", "source_out", "sink_in", "sink_out")]
        yield texts(
            N_("Heat pump of {heat}: {a} → {b} °C, network {c} → {d} °C"),
            heat=row["heat"], **dict(zip("abcd", temperatures, strict=True)),
        )  # fmt: skip
        rows = [[texts(N_("Model")), texts(N_("COP"))]]
        if row["cop"] is not None:
            held = f" ({texts(HELD, limit=texts.exact(HIGHEST_COP))})" if row["held"] else ""
            rows.append([texts(N_("As the study has it")), texts.decimal(row["cop"], 2) + held])
        if row["lorenz"] is not None:
            rows.append([texts(N_("Lorenz COP, the limit")), texts.decimal(row["lorenz"], 2)])
        for point in row["models"]:
            said = outside_of(point, texts) if point["cop"] is None else texts.decimal(point["cop"], 2)
            rows.append([model_name(point, texts), said])
        yield from table(rows)
        if row["least"] is not None and row["least"] < row["most"]:
            spread = {key: texts.decimal(row[key], 2) for key in ("least", "most")}
            yield texts(SPREAD, **spread)


def _months(heat: Record, texts: Texts) -> Iterator[str]:
    months = heat["months"]
    if months is None:
        return
    covered = texts.decimal(100.0 * months["coverage"], 1)
    yield texts(
        N_("Need and use of heat in {year}, MWh; {percent} % of the need is covered"),
        year=months["year"],
        percent=covered,
    )
    if months["utilisation"] is not None:
        yield texts(
            N_("The heat pump is used {percent} % of its capacity."),
            percent=texts.decimal(100.0 * months["utilisation"], 0),
        )
    heads = (N_("Month"), N_("Needed"), N_("Offered at the source"), N_("Taken from it"), N_("Not taken"), N_("Used"))
    rows = [[texts(head) for head in heads]]
    for row in months["rows"]:
        values = (row["need"], row["offered"], row["taken"], row["left"], row["used"])
        rows.append([str(row["month"]), *(texts.decimal(value / MEGA, 0) for value in values)])
    yield from table(rows)
    if months["offered_by"] == "simulation":
        yield texts(OFFERED)
    if months["power"] is not None:
        yield texts(POWER, power=texts.decimal(months["power"] / MEGA, 0))
    if heat["sizes"]:
        yield ""
        yield texts(N_("Heat pumps of other sizes in the same year"))
        of_sizes = (
            N_("Capacity, kW"),
            N_("Used, MWh"),
            N_("Of the need, %"),
            N_("Utilisation, %"),
            N_("Not taken, MWh"),
        )
        rows = [[texts(head) for head in of_sizes]]
        for row in heat["sizes"]:
            shares = [texts.decimal(100.0 * row[key], 0) for key in ("coverage", "utilisation")]
            used, left = (texts.decimal(row[key] / MEGA, 0) for key in ("used", "left"))
            rows.append([texts.decimal(row["capacity"], 0), used, *shares, left])
        yield from table(rows, left=())


def _ledger(heat: Record, texts: Texts) -> Iterator[str]:
    yield texts(N_("Who claims which heat (H1, outside every footprint), t CO2e"))
    heads = (
        N_("Heat"),
        N_("Years"),
        N_("Holder"),
        N_("Share, %"),
        N_("MWh"),
        N_("°C"),
        N_("location-based"),
        N_("market-based"),
    )
    rows = [[texts(head) for head in heads]]
    for row in heat["ledger"]:
        years = str(row["first"]) if row["first"] == row["last"] else f"{row['first']}-{row['last']}"
        at = DASH if row["temperature"] is None else texts.exact(row["temperature"], 3)
        claimed = [texts.decimal(row[basis] / 1000.0, 0) for basis in BASIS]
        share, energy = texts.exact(row["share_percent"], 4), texts.decimal(row["kwh"] / MEGA, 0)
        rows.append([row["heat"], years, owner_name(row["holder"], texts), share, energy, at, *claimed])
    yield from table(rows, left=(0, 1, 2))


def band(of: Record) -> str:
    """Sentence of the price band of an agreement: ``BAND``, or that there is none."""
    return BAND if of["low"] <= of["high"] else NO_BAND


def losing(of: Record, texts: Texts) -> list[str]:
    """Parties whose net present value at the agreed price is below 0."""
    return [labels[texts.language] for party, labels in choices("party").items() if of[party]["npv"] < 0.0]


def _agreement(heat: Record, texts: Texts) -> Iterator[str]:
    of = heat["economics"]
    if of is None:
        return
    yield texts(N_("The agreement in a mean year with heat"))
    if of["lacks"]:
        yield lacking(of, texts)
        return
    euros = {key: texts.decimal(1000.0 * of[key], 1) for key in ("low", "high", "levelised", "alternative")}
    if of["price"] is not None:
        euros["price"] = texts.decimal(1000.0 * of["price"], 1)
    yield texts(band(of), **euros)
    if of["price"] is not None:
        mark = "" if of["both_gain"] else "! "
        yield mark + texts(PRICE, price=euros["price"])
        for party in losing(of, texts):
            yield mark + texts(LOSES, party=party)
    yield texts(COSTS, **euros)
    mean = {"rate": texts.exact(of["rate_percent"]), "life": texts.exact(of["life"])}
    yield texts(MEAN_YEAR, heat=texts.decimal(of["heat"] / MEGA, 0), **mean)
    heads = (N_("Party"), N_("Investment, EUR"), N_("Upkeep, EUR/a"), N_("Electricity, EUR/a"), N_("Heat saved, EUR/a"),
             N_("Paid for heat, EUR/a"), N_("Net present value, EUR"))  # fmt: skip
    rows = [[texts(head) for head in heads]]
    if of["years"] < of["life"]:
        yield texts(SHORT, years=of["years"], life=texts.exact(of["life"]))
    parties = choices("party")
    for party in ("producer", "user"):
        side = of[party]
        values = [side[key] for key in ("investment", "upkeep", "electricity", "saved", "paid", "npv")]
        told = [DASH if value is None else texts.decimal(value, 0) for value in values]
        rows.append([parties[party][texts.language], *told])
    yield from table(rows)
    if (power := of["electricity"]) is not None:
        parts = {k: DASH if power[k] is None else texts.decimal(1000.0 * power[k], 2) for k in ("price", "fee", "tax")}
        yield texts(PUMP_POWER, **parts)
        if (law := power["law"]) is not None:
            act = law["act"][texts.language]
            yield texts(TAX, tax_class=power["tax_class"] or "", act=act, since=law["since"])


_OPTION = (
    ("heat", 1.0, 3), ("electricity", 1.0, 3), ("location", 1000.0, 1), ("market", 1000.0, 1), ("primary", 1.0, 3),
    ("money", 1000.0, 1),
)  # fmt: skip
"""What is told of an option, by how much it is multiplied for a megawatt-hour, and its decimals."""


def _options(heat: Record, texts: Texts) -> Iterator[str]:
    yield texts(
        N_("Heat or power? One MWh of heat at the source in {year}, against nothing; below 0 is avoided"),
        year=heat["options"][0]["year"],
    )
    heads = (N_("Use"), N_("Heat, MWh"), N_("Electricity, MWh"), N_("kg CO2e location-based"),
             N_("kg CO2e market-based"), N_("Primary energy, MWh"), N_("EUR"))  # fmt: skip
    rows = [[texts(head) for head in heads]]
    several = len({each["id"] for each in heat["options"]}) > 1
    for row in heat["options"]:
        name = OPTIONS[row["option"]]
        title = f"{row['id']}: {texts(name)}" if several else texts(name)
        rows.append([title, *(DASH if row[k] is None else texts.decimal(row[k] * per, n) for k, per, n in _OPTION)])
    yield from table(rows)
    for row in heat["options"]:
        if row["lacks"]:
            name = OPTIONS[row["option"]]
            title = f"{row['id']}, {texts(name)}" if several else texts(name)
            yield f"{title}: {lacking(row, texts)}"
