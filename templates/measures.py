"""Measures in words: what each does alone, in order and together, what it costs, and which of the catalogue apply."""

from collections.abc import Iterator, Mapping
from typing import Any

from inventories.format import choices, column
from templates.columns import table
from templates.names import owner_name
from templates.texts import N_, Texts

Record = Mapping[str, Any]
BASES = ("location", "market")
DASH = "–"  # noqa: RUF001 - a dash where nothing can be told

OUTSIDE = 50.0
"""Kilograms outside the footprint from which on a measure's effect there is told."""

GROUPS = {
    "demand": N_("demand"),
    "losses": N_("losses"),
    "recovery": N_("recovery of heat"),
    "supply": N_("supply"),
    "fuels": N_("fuels and refrigerants"),
    "construction": N_("construction and equipment"),
    "embodied": N_("construction and equipment"),
}
"""Groups in the physical order."""

LACKS = {
    "capex": N_("its costs"),
    "discount_rate": N_("the discount rate"),
    "price": N_("a price of what it saves or uses"),
}
"""What is missing where a cost cannot be told."""

REASONS = (
    N_("not for this study: {id} {name} needs rows of {need}"),
    N_("not for this study: {id} {name} is for studies without rows of {need}"),
)


def lines(document: Record, texts: Texts) -> Iterator[str]:
    """Tell the measures of a study; one without any is told how to begin."""
    book = document["measures"]
    if book["measures"]:
        yield from _effects(book, texts)
        yield ""
        yield from _costs(book, texts)
        yield ""
        yield from _figures(book, texts)
    else:
        yield texts(N_("The sheet Measures is empty. These measures of the catalogue fit the study:"))
    yield from _catalogue(book, texts)


def _tonnes(values: Record | None, basis: str, texts: Texts) -> str:
    return DASH if values is None else texts.decimal(values[basis] / 1000.0, 1)


def _effects(book: Record, texts: Texts) -> Iterator[str]:
    """Effect of every measure over the period, by both bases."""
    yield texts(N_("What each measure avoids over the period, t CO2e (location-based | market-based)"))
    heads = (N_("Measure"), N_("Alone"), N_("In order"), N_("Taken out last"), N_("Shapley"))
    rows = [[texts(N_("Id")), *(texts(head) for head in heads)]]
    for row in book["measures"]:
        values = [
            " | ".join(_tonnes(row[key], basis, texts) for basis in BASES)
            for key in ("alone", "ordered", "last", "shapley")
        ]
        rows.append([row["id"], row["name"][:44], *values])
    yield from table(rows, left=(0, 1))
    for basis, said in (("location", N_("location-based")), ("market", N_("market-based"))):
        before, after = book["before"][basis] / 1000.0, book["after"][basis] / 1000.0
        yield texts(
            N_("Together, {basis}: {before} t become {after} t, {less} t less; the model is run with all of them."),
            basis=texts(said),
            before=texts.decimal(before, 0),
            after=texts.decimal(after, 0),
            less=texts.decimal(before - after, 0),
        )
    yield texts(N_("Physical order: {order}"), order=" → ".join(book["order"]))
    for row in book["measures"]:
        if row["requires"]:
            needed = ", ".join(row["requires"])
            yield texts(N_("{id} alone is what it adds to {needed}, which it requires."), id=row["id"], needed=needed)
        if row["instead"]:
            others = ", ".join(row["instead"])
            yield texts(N_("{id} is not among them: it and {others} exclude each other."), id=row["id"], others=others)
        if any(abs(row["outside"][basis]) >= OUTSIDE for basis in BASES):
            both = " | ".join(texts.decimal(row["outside"][basis] / 1000.0, 1) for basis in BASES)
            yield texts(
                N_("{id} avoids {both} t outside the footprint, never netted (below 0: less is avoided there)."),
                id=row["id"], both=both,
            )  # fmt: skip
        if row["range"] is not None:
            low, high = (texts.decimal(row["range"][end]["location"] / 1000.0, 1) for end in ("low", "high"))
            yield texts(
                N_("{id} avoids {low} to {high} t alone, location-based, within the bounds typed."),
                id=row["id"], low=low, high=high,
            )  # fmt: skip


def _costs(book: Record, texts: Texts) -> Iterator[str]:
    """What the measures cost alone: those that pay for themselves apart, without euros per tonne."""
    told = [row for row in book["measures"] if not row["cost"]["lacks"]]
    if told:
        yield texts(
            N_("What each costs alone, EUR of {year}, discounted at {rate} %, without VAT"),
            year=book["currency_year"] or DASH,
            rate=texts.exact(book["discount_rate"]),
        )
        heads = (N_("Id"), N_("Owner"), N_("Investment"), N_("Energy a year"), N_("Net cost a year"),
                 N_("Net present value"), N_("EUR/t location"), N_("EUR/t market"))  # fmt: skip
        rows = [[texts(head) for head in heads]]
        for row in sorted(told, key=lambda row: row["cost"]["yearly"]):
            of = row["cost"]
            per = [DASH if of["per_tonne"][b] is None else texts.decimal(of["per_tonne"][b], 0) for b in BASES]
            money = [texts.decimal(of[key], 0) for key in ("capex", "energy", "yearly", "npv")]
            rows.append([row["id"], owner_name(row["owner"], texts), *money, *per])
        yield from table(rows, left=(0, 1))
        if any(row["cost"]["yearly"] <= 0 for row in told):
            yield texts(
                N_(
                    "Where a year costs nothing or less no euros per tonne are told: the ratio would favour what "
                    "avoids little. Take those by net present value and tonnes."
                )
            )
    for row in book["measures"]:
        if row["cost"]["lacks"]:
            what = ", ".join(texts(LACKS[each]) for each in row["cost"]["lacks"])
            if row["cost"]["unpriced"]:
                what += f" ({', '.join(_carrier(each, texts) for each in row['cost']['unpriced'])})"
            yield texts(N_("Cost of {id} is not told; missing: {what}"), id=row["id"], what=what)


def _carrier(carrier: str, texts: Texts) -> str:
    """What has no price, as the sheet Prices calls it."""
    return choices("price_carrier").get(carrier, {}).get(texts.language, carrier)


def _figures(book: Record, texts: Texts) -> Iterator[str]:
    """Key figures that a measure changes."""
    for row in book["measures"]:
        if row["kpi"]:
            pairs = {kpi: [_figure(each, texts) for each in both] for kpi, both in row["kpi"].items()}
            told = [f"{kpi} {' → '.join(both)}" for kpi, both in pairs.items() if both[0] != both[1]]
            if told:
                yield f"{row['id']}: {', '.join(told)}"


def _figure(value: float | None, texts: Texts) -> str:
    return DASH if value is None else texts.decimal(value, 3)


def _catalogue(book: Record, texts: Texts) -> Iterator[str]:
    """Measures of the catalogue that fit the study, and why the others do not."""
    fits = [row for row in book["catalogue"] if not row["lacks"]]
    yield ""
    yield texts(
        N_("Of the catalogue {count} of {all} measures fit the study"), count=len(fits), all=len(book["catalogue"])
    )
    heads = (N_("Id"), N_("Measure"), N_("Group"), N_("Change"), N_("Of what"), N_("Published effect"))
    rows = [[texts(head) for head in heads]]
    for row in fits:
        change = _change(row, texts)
        name = row["names"][texts.language]
        rows.append([row["id"], name[:48], texts(GROUPS[row["group"]]), change, "; ".join(row["target"])[:36],
                     _effect(row, texts)])  # fmt: skip
    yield from table(rows, left=(0, 1, 2, 3, 4, 5))
    for row in book["catalogue"]:
        if row["lacks"]:
            need = row["lacks"][0]
            said = REASONS[need.startswith("!")]
            name = row["names"][texts.language]
            yield texts(said, id=row["id"], name=name, need=need.removeprefix("!"))


def _change(row: Record, texts: Texts) -> str:
    """Kind of a measure and the column it changes, as a workbook of the language calls them."""
    kind = choices("measure_kind")[row["kind"]][texts.language]
    if not row["parameter"]:
        return kind
    return f"{kind}: {column(row['sheet'], row['parameter']).labels[texts.language]}"


def _effect(row: Record, texts: Texts) -> str:
    """Range of the published effect with its unit; a dash where none was found."""
    of = row["effect"]
    if of is None:
        return DASH
    ends = [texts.exact(of[end]) for end in ("low", "high") if of[end] is not None]
    typical = [] if of["typical"] is None else [texts.exact(of["typical"])]
    span = "–".join(dict.fromkeys(ends)) if ends else typical[0]  # noqa: RUF001 - a range
    return f"{span} {of['unit']}"
