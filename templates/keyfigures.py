"""Key figures in words: names, states, and what is missing where one is not determined."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from inventories.format import sheets
from templates.columns import table
from templates.texts import N_, Texts

NAMES = {
    "PUE": N_("Power usage effectiveness"),
    "pPUE": N_("Partial power usage effectiveness"),
    "REF": N_("Renewable energy factor"),
    "ERF": N_("Energy reuse factor"),
    "ERE": N_("Energy reuse effectiveness"),
    "CER": N_("Cooling efficiency ratio"),
    "CUE": N_("Carbon usage effectiveness"),
    "WUE": N_("Water usage effectiveness"),
}

STATES = {
    "measured": N_("measured"),
    "design": N_("design value"),
    "simulated": N_("simulated"),
    "not-determined": N_("not determined"),
}

LACKS = {
    "it": N_("no meter of the IT"),
    "cooling": N_("no meter of the cooling"),
    "power-losses": N_("no meter of the power losses"),
    "water": N_("no meter of the water"),
    "carrier": N_("a fuel without a heating value"),
    "heat-removed": N_("no meter of the heat removed"),
    "heat": N_("no row of recovered heat; type one of 0 if none is handed over"),
    "contracts": N_("no contract and no own generation; type on-site electricity of 0 if there is none"),
}

HEAT_PUMP = {
    "inside": N_("heat pump inside"),
    "outside": N_("heat pump outside"),
    "both": N_("heat pumps inside and outside"),
    "none": N_("no heat pump"),
}

Record = Mapping[str, Any]


def chosen_year(document: Mapping[str, Any]) -> int:
    """Year that the figures are told for."""
    start = document["study"]["Study"]["start_year"]
    return int(next((each["value"] for each in document["choices"] if each["choice"] == "kpi_year"), start))


def of_year(document: Mapping[str, Any], year: int) -> list[tuple[int, Record]]:
    """Figures of a year with their places in the document."""
    return [(i, row) for i, row in enumerate(document["kpi"]) if row["year"] == year]


def label(row: Record, texts: Texts) -> str:
    """Name of a figure with what must be told with it: zone, category, the place of the heat pump.

    What is planned or simulated has a d before its name: it never stands as what meters show.
    """
    design = "d" if row["state"] in ("design", "simulated") else ""
    known, place = NAMES[row["kpi"]], HEAT_PUMP.get(row["heat_pump"])
    name = f"{design}{row['kpi']}  {texts(known)}"
    told = [row["zone"]] if row["zone"] else []
    if row["category"]:
        told.append(texts(N_("category {category}"), category=row["category"]))
    if place is not None:
        told.append(texts(place))
    if row["state"] == "simulated":
        told.append(texts(N_("simulated, without heat pumps and other uses")))
    return f"{name} ({', '.join(told)})" if told else name


def reason(row: Record, texts: Texts) -> str:
    """What is missing, in words."""
    return ", ".join(texts(LACKS[each]) for each in row["lacks"])


def meters(row: Record, texts: Texts) -> str:
    """Rows that a figure rests on, by their ids; the simulation by the name of its sheet."""
    sheet = sheets()["Simulation"]
    return ", ".join(sheet.labels[texts.language] if each == sheet.key else str(each) for each in row["meters"])


def lines(document: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    """Tell the figures of the year chosen, each with its state and meters."""
    year = chosen_year(document)
    yield texts(N_("Key figures of {year}"), year=year)
    rows = [[texts(N_("Key figure")), texts(N_("Value")), texts(N_("State")), texts(N_("Rests on"))]]
    for _, row in of_year(document, year):
        state = STATES[row["state"]]
        rows.append([label(row, texts), _value(row, texts), texts(state), _rests_on(row, texts)])
    yield from table(rows, left=(0, 2, 3))
    yield texts(N_("ERF and PUE of two sites compare only where the heat pump stands on the same side; ERE does."))


def _value(row: Record, texts: Texts) -> str:
    if row["value"] is not None:
        return f"{texts.number(row['value'], 4)} {row['unit']}".rstrip()
    if row["location"] is not None:
        both = [texts.number(row[basis], 3) for basis in ("location", "market")]
        return f"{' / '.join(both)} {row['unit']}"
    return "–"  # noqa: RUF001 - a dash where nothing is determined


def _rests_on(row: Record, texts: Texts) -> str:
    return reason(row, texts) if row["lacks"] else meters(row, texts)


def hall_lines(document: Mapping[str, Any], texts: Texts) -> Iterator[str]:
    """Tell a simulated hall: years beside their meters, months, what redundancy costs."""
    yield texts(N_("Simulated with the weather of {weather}"), weather=document["weather"])
    heads = (N_("Year"), N_("IT, MWh"), N_("Cooling, MWh"), N_("Losses, MWh"), N_("PUE"), N_("of the uses simulated"),
             N_("Free cooling, h"), N_("Water, m³"), N_("Heat offered, MWh"), N_("at, °C"))  # fmt: skip
    rows = [[texts(head) for head in heads]]
    for first, last, row in _spans(document["years"]):
        metered = "" if row["metered_pue"] is None else _metered(row, texts)
        numbers = [texts.decimal(row[key], 0) for key in ("it", "cooling", "losses")]
        more = [texts.decimal(row[key], 0) for key in ("free_hours", "water", "heat", "heat_temperature")]
        rows.append(
            [str(first) if first == last else f"{first}-{last}", *numbers, texts.decimal(row["pue"], 3), metered, *more]
        )
    yield from table(rows)
    yield ""
    yield texts(N_("Months of {year}"), year=document["month_year"])
    months = [[texts(head) for head in (N_("Month"), N_("IT, MWh"), N_("Cooling, MWh"), N_("Losses, MWh"),
                                         N_("Heat offered, MWh"), N_("PUE"))]]  # fmt: skip
    for row in document["months"]:
        numbers = [texts.decimal(row[key], 0) for key in ("it", "cooling", "losses", "heat")]
        months.append([str(row["month"]), *numbers, texts.decimal(row["pue"], 3)])
    yield from table(months)
    if document["redundancy"]:
        yield ""
        yield from _redundancy(document["redundancy"], texts)


def _spans(records: Sequence[Record]) -> Iterator[tuple[int, int, Record]]:
    """Years that are alike, as spans with the first of their records."""
    found: list[tuple[int, int, Record]] = []
    for row in records:
        alike = {key: value for key, value in row.items() if key != "year"}
        if found and alike == {key: value for key, value in found[-1][2].items() if key != "year"}:
            found[-1] = (found[-1][0], row["year"], found[-1][2])
        else:
            found.append((row["year"], row["year"], row))
    yield from found


def _metered(row: Record, texts: Texts) -> str:
    state = STATES[row["metered_state"]]
    return f"{texts.decimal(row['metered_pue'], 3)} ({texts(state)})"


REDUNDANCY_HEADS = (N_("System"), N_("Redundancy"), N_("Units"), N_("Losses, MWh"))

SYSTEMS = {"ups": N_("UPS"), "cooling": N_("Cooling"), "genset": N_("Generators")}


def _redundancy(records: Sequence[Record], texts: Texts) -> Iterator[str]:
    yield texts(N_("What redundancy costs over the period: embodied carbon, part-load losses and their cooling"))
    heads = (*REDUNDANCY_HEADS, N_("location-based, t CO2e"), N_("market-based, t CO2e"))
    rows = [[texts(head) for head in heads]]
    for row in records:
        more = [texts.decimal(row[f"{basis}_beyond"] / 1000.0, 1) for basis in ("location", "market")]
        mark = " *" if row["chosen"] else ""
        lost = texts.decimal(row["losses_beyond"], 0)
        system = SYSTEMS[row["system"]]
        rows.append([texts(system), f"{row['redundancy']}{mark}", str(row["units"]), lost, *more])
    yield from table(rows, left=(0, 1))
    yield from redundancy_notes(records, texts)


def redundancy_notes(records: Sequence[Record], texts: Texts) -> Iterator[str]:
    """Say what is in the table of redundancy and what is not."""
    yield texts(N_("* as the study has it; losses and tonnes are those beyond N."))
    if not all(row["counted"] for row in records):
        yield texts(N_("Losses are simulated; where rows of Energy state them, the tonnes rest on those rows."))
    yield texts(N_("Losses of the UPS follow its part load; that of cooling units and generators is not modelled."))
    for key, name in SYSTEMS.items():
        if any(row["system"] == key and not row["lines"] for row in records):
            yield texts(
                N_("{system}: no lines of Plant are named, so that embodied carbon is not in it."), system=texts(name)
            )
