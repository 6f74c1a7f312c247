"""The chapter on measures: what each avoids alone, in order and together, what it costs, and what it does to PUE."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from templates.measures import DASH, LACKS, OUTSIDE
from templates.names import owner_name
from templates.plan import BASIS
from templates.report.breakdown import subheading
from templates.report.edition import BASES, TONNE, Edition
from templates.report.findings import bases
from templates.report.heat_terms import BY_BASIS
from templates.report.markup import ACCENT, Markup, clean, muted, text, together
from templates.report.measure_charts import Block, Step, cost_curve, is_apart, waterfall
from templates.report.style import LOCATION, MARKET, MM, style
from templates.report.tables import Column, Row, cut_note, number, table
from templates.texts import N_

Record = Mapping[str, Any]

TITLE = N_("Reduction measures and action plan")
"""Title of the chapter, which the first page points to."""

AT = "measures/measures"
"""Path of the measures in the document."""


NAME_LENGTH = 160
ID = 11.0
"""Width of the column of ids, in millimetres."""
FIGURE_DECIMALS = 3
TOLD = {"alone": N_("Alone"), "ordered": N_("In order"), "shapley": N_("Shapley")}


def has_measures(document: Record) -> bool:
    """Whether a document has measures to tell."""
    return bool(document["measures"]["measures"])


def effects(edition: Edition) -> list[Flowable]:
    """What each measure avoids, on both bases."""
    book = edition.document["measures"]
    intro = edition.say(
        N_(
            "What could be done about the footprint, each measure by the whole model run with it. Alone: against the "
            "study with what the measure requires. In order: what it adds to those before it in the physical order, "
            "from demand to construction. Shapley: its fair part of what all of them avoid together."
        )
    )
    kinds = [key for key in TOLD if key != "shapley" or book["exact"]]
    paths = [f"{AT}/{i}/{key}/{basis}" for i, key, basis in _known(book, kinds)]
    decimals = edition.decimals(paths)
    rows = [row for i in range(len(book["measures"])) for row in _effect_rows(edition, i, kinds, decimals)]
    heads = [
        number(edition.word(BY_BASIS[basis], module=edition.word(TOLD[key])), 19) for key in kinds for basis in BASES
    ]
    columns = [Column(edition.word(N_("Id")), ID), Column(edition.word(N_("Measure"))), *heads]
    return [
        Paragraph(intro, style("body")),
        *subheading(edition.say(N_("What each measure avoids, t CO₂e over the period"))),
        table(columns, rows, spread=True),
        *cut_note(edition, rows),
        Paragraph(_joint(edition, book), style("body")),
        *(Paragraph(said, style("note")) for said in _notes(edition, book)),
    ]


def _known(book: Record, kinds: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    for i, row in enumerate(book["measures"]):
        yield from ((i, key, basis) for key in kinds if row[key] is not None for basis in BASES)


def _effect_rows(edition: Edition, i: int, kinds: Sequence[str], decimals: int) -> Iterator[Row]:
    """Row of a measure; below it the bounds and what it does outside the footprint, where there is such."""
    row = edition.document["measures"]["measures"][i]
    cells = [
        DASH if row[key] is None else edition.fixed(f"{AT}/{i}/{key}/{basis}", decimals)
        for key in kinds
        for basis in BASES
    ]
    yield Row([text(row["id"], 24), together(text(row["name"], NAME_LENGTH), _of(edition, row), by="<br/>"), *cells])
    below = {}
    if row["range"] is not None:
        below = {"range/low": N_("least within its bounds"), "range/high": N_("most within its bounds")}
    if any(abs(row["outside"][basis]) >= OUTSIDE for basis in BASES):
        below["outside"] = N_("outside, stated apart")
    for key, label in below.items():
        values = [edition.fixed(f"{AT}/{i}/{key}/{basis}", decimals) for basis in BASES]
        blank = [""] * (len(kinds) - 1) * len(BASES)
        yield Row(["", muted(edition.word(label)), *values, *blank], "sub")


def _of(edition: Edition, row: Record) -> Markup:
    """Who owns a measure, what it requires and what excludes it."""
    said = [text(owner_name(row["owner"], edition.texts), 60)]
    if row["requires"]:
        said.append(edition.say(N_("requires {ids}"), ids=", ".join(row["requires"])))
    if row["excludes"]:
        said.append(edition.say(N_("excludes {ids}"), ids=", ".join(row["excludes"])))
    return muted(together(*said, by=" · "))


def _joint(edition: Edition, book: Record) -> Markup:
    """Say what the joint set comes to, and that it is no sum."""
    ends = [f"measures/{side}/{basis}" for side in ("before", "after") for basis in BASES]
    decimals = edition.decimals(ends)
    before, market_before, after, market_after = (edition.fixed(path, decimals) for path in ends)
    return edition.say(
        N_(
            "Carried out together ({count} of {all}), {before} t become {after} t location-based, and {market_before} "
            "t become {market_after} t market-based. That is the model run with all of them, never the sum of what "
            "they avoid alone."
        ),
        count=len(book["joint"]),
        all=len(book["measures"]),
        before=before,
        after=after,
        market_before=market_before,
        market_after=market_after,
    )


def _notes(edition: Edition, book: Record) -> Iterator[Markup]:
    """Say what must be known to read the table."""
    if not book["exact"]:
        yield edition.say(
            N_("There are too many measures to run the model with every set of them, so no Shapley value is told.")
        )
    if any(row["instead"] for row in book["measures"]):
        yield edition.say(
            N_("Of measures that exclude each other the one typed first is among those carried out together.")
        )
    if any(abs(row["outside"][basis]) >= OUTSIDE for row in book["measures"] for basis in BASES):
        yield edition.say(
            N_(
                "What a measure changes outside the footprint (D1, D2, avoided emissions) is told in a row of its own: "
                "above 0 more is avoided there. It is never netted with the footprint."
            )
        )


def figures_changed(edition: Edition) -> list[Flowable]:
    """Key figures that a measure changes alone, before and after."""
    book = edition.document["measures"]
    seen = [{kpi: both for kpi, both in row["kpi"].items() if _is_seen(edition, both)} for row in book["measures"]]
    told = list(dict.fromkeys(kpi for of in seen for kpi in of))
    if not told:
        return []
    rows = []
    for i, (row, of) in enumerate(zip(book["measures"], seen, strict=True)):
        if of:
            cells = [_change(edition, f"{AT}/{i}/kpi/{kpi}", of.get(kpi)) for kpi in told]
            rows.append(Row([text(row["id"], 24), text(row["name"], NAME_LENGTH), *cells]))
    columns = [Column(edition.word(N_("Id")), ID), Column(edition.word(N_("Measure")))]
    head = subheading(edition.say(N_("Key figures that a measure changes alone, before → after")))
    return [*head, table([*columns, *(number(kpi, 26) for kpi in told)], rows)]


def _is_seen(edition: Edition, both: Sequence[float | None]) -> bool:
    """Whether a change shows in the decimals printed."""
    before, after = ("" if of is None else edition.texts.decimal(of, FIGURE_DECIMALS) for of in both)
    return before != after


def _change(edition: Edition, path: str, both: Sequence[float | None] | None) -> str:
    if both is None:
        return ""
    ends = [
        DASH if of is None else edition.figures.decimal(f"{path}/{i}", decimals=FIGURE_DECIMALS)
        for i, of in enumerate(both)
    ]
    return " → ".join(ends)


def steps(edition: Edition) -> list[Flowable]:
    """From the footprint without measures to the one with the plan, measure by measure in the physical order."""
    book = edition.document["measures"]
    plan = book["plan"]
    planned = plan is not None and plan["steps"]
    at = "measures/plan" if planned else "measures"
    names = {row["id"]: row["name"] for row in book["measures"]}
    places = {row["id"]: i for i, row in enumerate(book["measures"])}
    told = (
        {row["id"]: f"measures/plan/steps/{i}" for i, row in enumerate(plan["steps"])}
        if planned
        else {id: f"{AT}/{places[id]}/ordered" for id in book["order"]}
    )
    if not told:
        return []
    decimals = edition.decimals(f"{at}/before/{basis}" for basis in BASES)
    ends = [
        _Ends(edition.word(N_("Without measures")), f"{at}/before"),
        _Ends(edition.word(N_("With the plan") if planned else N_("With these measures")), f"{at}/after"),
    ]
    rows = [
        ends[0].step(edition, decimals, whole=True),
        *(_Ends(clean(f"{id}  {names[id]}", NAME_LENGTH), path).step(edition, decimals) for id, path in told.items()),
        ends[1].step(edition, decimals, whole=True),
    ]
    chart = waterfall(
        rows,
        bases(edition),
        {"location": LOCATION, "market": MARKET},
        edition.word(N_("t CO₂e")),
        lambda value: edition.texts.exact(value, 4),
    )
    head = edition.say(N_("From the footprint without measures to the footprint with the plan"))
    if not planned:
        head = edition.say(N_("From the footprint without measures to the footprint with all that go together"))
    note = edition.say(
        N_(
            "Each step is what a measure adds to those above it, in the physical order: what is not needed comes "
            "first, then losses, recovery, supply, fuels and construction. Another order divides the same whole "
            "otherwise. A step to the right adds to the footprint."
        )
    )
    body = [
        Row([text(step.label, NAME_LENGTH), *step.said.values()], "total" if step.whole else "row") for step in rows
    ]
    notes = [note, *own_scales(edition, {basis: [step.values[basis] for step in rows] for basis in BASES})]
    columns = [Column(edition.word(N_("Footprint, and what each step takes from it, t CO₂e")))]
    columns += [number(name, 34) for name in bases(edition).values()]
    return [
        KeepTogether([Paragraph(head, style("subheading")), chart, Paragraph(together(*notes), style("note"))]),
        CondPageBreak(30 * MM),
        table(columns, body),
    ]


def own_scales(edition: Edition, values: Mapping[str, Sequence[float]]) -> list[Markup]:
    """Say that the panels of a chart have scales of their own, where they do."""
    return [edition.say(N_("Each panel has a scale of its own."))] if is_apart(values) else []


class _Ends:
    """A row of the waterfall: its name and the path of its kilograms on each basis."""

    def __init__(self, label: str, path: str) -> None:
        self.label, self.path = label, path

    def step(self, edition: Edition, decimals: int, *, whole: bool = False) -> Step:
        """Values, and how they are said: what is taken away stands above 0."""
        values = {basis: edition.figures.value(f"{self.path}/{basis}") / TONNE for basis in BASES}
        said = {basis: edition.fixed(f"{self.path}/{basis}", decimals) for basis in BASES}
        return Step(self.label, values, said, whole)


MONEY = {
    "capex": (N_("Investment, EUR"), 18),
    "opex": (N_("Upkeep, EUR/a"), 15),
    "yearly": (N_("Net cost, EUR/a"), 18),
    "npv": (N_("Net present value, EUR"), 20),
}
"""What is told of the money of a measure, and how wide its column is."""


def costs(edition: Edition) -> list[Flowable]:
    """What the measures cost alone: those with a cost by euros per tonne, the others by net present value."""
    book = edition.document["measures"]
    told = [i for i, row in enumerate(book["measures"]) if not row["cost"]["lacks"]]
    found: list[Flowable] = [*subheading(edition.say(N_("What each measure costs alone")), room=58 * MM)]
    found += [Paragraph(each, style("note")) for each in _lacking(edition, book)]
    if told:
        found.append(
            Paragraph(
                edition.say(
                    N_(
                        "In euros of {year}, without value added tax, discounted at {rate} % a year. Net cost: "
                        "investment spread over the life, upkeep, and what changes in the cost of energy and the sale "
                        "of heat. A net present value above 0 is a gain."
                    ),
                    year=book["currency_year"] or DASH,
                    rate=edition.figures.exact("measures/discount_rate"),
                ),
                style("body"),
            )
        )
        found += _with_cost(edition, [i for i in told if book["measures"][i]["cost"]["yearly"] > 0])
        found += _without_cost(edition, [i for i in told if book["measures"][i]["cost"]["yearly"] <= 0])
    return found


def _lacking(edition: Edition, book: Record) -> Iterator[Markup]:
    """Say what is missing where a cost cannot be told; measures that lack the same together."""
    lacks: dict[tuple[str, ...], list[str]] = {}
    for row in book["measures"]:
        if row["cost"]["lacks"]:
            lacks.setdefault(tuple(row["cost"]["lacks"]), []).append(row["id"])
    for missing, ids in lacks.items():
        what = ", ".join(edition.word(LACKS[each]) for each in missing)
        yield edition.say(N_("Cost of {id} is not told; missing: {what}"), id=", ".join(ids), what=what)


def basis_of(edition: Edition) -> str:
    """Basis that the plan is chosen by; location where there is none."""
    plan = edition.document["measures"]["plan"]
    return "location" if plan is None else str(plan["basis"])


def _with_cost(edition: Edition, places: Sequence[int]) -> Iterator[Flowable]:
    """Table and curve of the measures that cost something."""
    if not places:
        return
    measures, basis = edition.document["measures"]["measures"], basis_of(edition)
    per = {i: measures[i]["cost"]["per_tonne"][basis] for i in places}
    ordered = sorted(places, key=lambda i: (per[i] is None, per[i] or measures[i]["cost"]["yearly"]))
    last = {"location": N_("EUR/t, location"), "market": N_("EUR/t, market")}
    rows = [
        _money_row(
            edition,
            i,
            [
                DASH
                if measures[i]["cost"]["per_tonne"][basis] is None
                else edition.figures(f"{AT}/{i}/cost/per_tonne/{basis}")
                for basis in BASES
            ],
        )
        for i in ordered
    ]
    yield table(_money_columns(edition, N_("Costs something"), [edition.word(last[each]) for each in BASES]), rows)
    if any(value is None for i in places for value in measures[i]["cost"]["per_tonne"].values()):
        yield Paragraph(
            edition.say(N_("A dash stands where a measure costs something and avoids nothing on that basis.")),
            style("note"),
        )
    drawn = [i for i in ordered if per[i] is not None]
    if not drawn:
        return
    blocks = [Block(clean(measures[i]["id"], 24), measures[i]["alone"][basis] / TONNE, float(per[i])) for i in drawn]
    title = edition.say(N_("What a tonne costs, {basis}"), basis=edition.word(BASIS[basis]))
    chart = cost_curve(
        blocks,
        edition.word(N_("t CO₂e avoided over the period, each alone")),
        edition.word(N_("EUR/t CO₂e")),
        lambda value: edition.texts.exact(value, 4),
        ACCENT,
    )
    note = edition.say(
        N_(
            "Each column is as wide as what a measure avoids alone and as high as what a tonne costs; in the order of "
            "the table. It is not a supply curve: measures overlap, so that widths do not add up, some exclude others, "
            "and they do not begin in the same year. What to do is told by the plan, not by this curve."
        )
    )
    yield KeepTogether([Paragraph(title, style("subheading")), chart, Paragraph(note, style("note"))])


def _without_cost(edition: Edition, places: Sequence[int]) -> Iterator[Flowable]:
    """Table of the measures that cost nothing or less: by net present value and tonnes."""
    if not places:
        return
    measures = edition.document["measures"]["measures"]
    ordered = sorted(places, key=lambda i: -measures[i]["cost"]["npv"])
    last = {"location": N_("t CO₂e, location"), "market": N_("t CO₂e, market")}
    decimals = edition.decimals(f"{AT}/{i}/alone/{basis}" for i in ordered for basis in BASES)
    rows = [
        _money_row(edition, i, [edition.fixed(f"{AT}/{i}/alone/{basis}", decimals) for basis in BASES]) for i in ordered
    ]
    note = edition.say(
        N_(
            "Where a year costs nothing or less no euros per tonne are told: of two measures that save the same money "
            "the ratio favours the one that avoids less (Taylor 2012, Energy Policy 48, 430). They go by net present "
            "value and tonnes, avoided alone."
        )
    )
    heads = [edition.word(last[each]) for each in BASES]
    yield from subheading(edition.say(N_("What pays for itself")))
    yield table(_money_columns(edition, N_("Costs nothing or less"), heads), rows)
    yield Paragraph(note, style("note"))


def _money_columns(edition: Edition, name: str, last: Sequence[str]) -> list[Column]:
    return [
        Column(edition.word(N_("Id")), ID),
        Column(edition.word(name)),
        *(number(edition.word(label), wide) for label, wide in MONEY.values()),
        *(number(label, 16) for label in last),
    ]


def _money_row(edition: Edition, i: int, last: Sequence[str]) -> Row:
    row = edition.document["measures"]["measures"][i]
    money = [edition.figures.decimal(f"{AT}/{i}/cost/{key}", decimals=0) for key in MONEY]
    return Row([text(row["id"], 24), text(row["name"], NAME_LENGTH), *money, *last])
