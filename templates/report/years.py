"""The footprint by year, with purchases visible, and energy by part."""

from collections.abc import Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph, Spacer

from templates import words
from templates.figures import where
from templates.report.breakdown import amount_columns, amount_row, decimals_of_totals, subheading
from templates.report.charts import columns, key
from templates.report.edition import BASES, TONNE, Edition
from templates.report.findings import bases
from templates.report.fonts import width
from templates.report.markup import Markup, together
from templates.report.style import MM, OTHER_COLOUR, SECTION_COLOURS, style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_


def by_year(edition: Edition) -> list[Flowable]:
    """Columns by year and section on both bases, and their numbers."""
    years, sections = period(edition), edition.sections()
    if not sections:
        return []
    stacks = {basis: [_stack(edition, basis, year, sections) for year in years] for basis in BASES}
    named = [
        (edition.label(words.SECTION, section), SECTION_COLOURS.get(section, OTHER_COLOUR)) for section in sections
    ]
    unit = edition.word(N_("t CO₂e per year"))
    chart = columns(years, stacks, bases(edition), unit, edition.texts.exact)
    head = [
        Paragraph(edition.say(N_("By year")), style("subheading")),
        Paragraph(_peak(edition, years), style("finding")),
    ]
    return [
        KeepTogether([*head, chart, key(named)]),
        *(flowable for basis in BASES for flowable in _numbers(edition, basis, years, sections)),
    ]


INSTALLED = ("construction", "plant", "hardware", "refrigerants")
"""Sections of what is bought, replaced and scrapped."""


def purchases(edition: Edition) -> list[Flowable]:
    """What is bought, replaced and scrapped in each year: the moments that a mean over the years hides."""
    modules, rule = edition.modules(), _rule(edition)
    kinds = {
        N_("Bought, A1–A5"): tuple(each for each in modules if each.startswith("A")),
        N_("Replaced, B4"): tuple(each for each in modules if each.startswith("B4")),
        LEAVING[rule]: tuple(each for each in modules if each.startswith("C")),
    }
    kinds = {name: of for name, of in kinds.items() if of}
    paths = {
        year: [
            where("contributions", basis, year=year, section=INSTALLED, module=of)
            for basis in BASES
            for of in kinds.values()
        ]
        for year in period(edition)
    }
    shown = [year for year in paths if any(edition.figures.value(path) for path in paths[year])]
    if len(shown) < 2:
        return []
    told = [edition.word(N_("location, t CO₂e")), edition.word(N_("market, t CO₂e"))]
    if all(_equal(edition, paths[year][: len(kinds)], paths[year][len(kinds) :]) for year in shown):
        paths = {year: paths[year][: len(kinds)] for year in shown}
        told = [edition.word(N_("both bases, t CO₂e"))]
    decimals = edition.decimals([path for year in shown for path in paths[year]])
    rows = [Row([str(year), *(edition.fixed(path, decimals) for path in paths[year])]) for year in shown]
    heads = [f"{edition.word(name)}, {said}" for said in told for name in kinds]
    note = together(edition.say(BOOKED[rule]), edition.say(N_("Nothing bought after the period is in it.")))
    return [
        *subheading(edition.say(PURCHASES[rule])),
        table([Column(edition.word(N_("Year"))), *(number(head, 24 if len(told) > 1 else 51) for head in heads)], rows),
        Paragraph(note, style("note")),
    ]


PURCHASES = {
    "whole": N_("Purchases and end of life by year"),
    "pro-rata": N_("Purchases by year, each with its end of life"),
    "both": N_("Purchases and end of life as they are booked, by year"),
}
LEAVING = {
    "whole": N_("Scrapped, C1–C4"),
    "pro-rata": N_("End of life of the set, C1–C4"),
    "both": N_("End of life, C1–C4"),
}
BOOKED = {
    "whole": N_(
        "Each thing stands in the year it is bought and in the year it goes; a replacement holds the new and the "
        "leaving set."
    ),
    "pro-rata": N_(
        "Pro rata a set stands once, in the year it is bought (a set in place before, in the first year of the "
        "period): its making, transport, installation and end of life together, by the part of its life inside the "
        "period. The year it goes has nothing of it."
    ),
    "both": N_(
        "Construction, plant and refrigerants stand in the year they are bought and in the year they go; a replacement "
        "holds the new and the leaving set. IT hardware, pro rata, stands once, in the year a set is bought: its "
        "making, transport, installation and end of life together, by the part of its life inside the period."
    ),
}
"""How a set is booked, by whether what is installed is replaced in whole sets, pro rata, or hardware alone pro rata."""


def _rule(edition: Edition) -> str:
    """Rule that what is installed is booked by: whole, pro-rata, or both."""
    choices = edition.document["choices"]
    chosen = next((each["value"] for each in choices if each["choice"] == "replacement_rule"), "standard")
    if chosen != "standard":
        return str(chosen)
    present = [section for section in edition.sections() if section in INSTALLED]
    if "hardware" not in present:
        return "whole"
    return "pro-rata" if present == ["hardware"] else "both"


def _equal(edition: Edition, paths: Sequence[str], others: Sequence[str]) -> bool:
    """Whether numbers are the same on both bases, beyond what rounding of sums leaves."""
    pairs = zip(map(edition.figures.value, paths), map(edition.figures.value, others), strict=True)
    return all(abs(one - other) <= 1e-9 * max(abs(one), abs(other)) for one, other in pairs)


def period(edition: Edition) -> list[int]:
    """Years of the period, and any other year that something is booked in."""
    start, length = int(edition.settings["start_year"]), int(edition.settings["reference_period"])
    booked = {int(year) for (year,) in edition.present("contributions", "year")}
    return sorted({*range(start, start + length), *booked})


def _stack(edition: Edition, basis: str, year: int, sections: Sequence[str]) -> list[tuple[float, str]]:
    return [
        (
            edition.figures.value(where("contributions", basis, year=year, section=section)) / TONNE,
            SECTION_COLOURS.get(section, OTHER_COLOUR),
        )
        for section in sections
    ]


def _peak(edition: Edition, years: Sequence[int]) -> Markup:
    """Say which year carries most, on both bases."""
    tops = [max(years, key=lambda year: edition.part_of_total(basis, year=year)) for basis in BASES]
    shares = [edition.shares(0, year=top)[place] for place, top in enumerate(tops)]
    if len(years) == 1 or not all(shares):
        return edition.say(N_("Purchases stand in the year they are made, energy in the year it is used"))
    values = {"year": tops[0], "share": shares[0], "later": tops[1], "other": shares[1]}
    if tops[0] == tops[1]:
        return edition.say(
            N_("{year} carries {share} % of the location-based and {other} % of the market-based footprint"),
            **values,
        )
    return edition.say(
        N_(
            "{year} carries most of the location-based footprint ({share} %), {later} of the market-based "
            "one ({other} %)"
        ),
        **values,
    )


def _numbers(edition: Edition, basis: str, years: Sequence[int], sections: Sequence[str]) -> list[Flowable]:
    """Table of one basis: a row for each year, a column for each section."""
    paths = [where("contributions", basis, year=year) for year in years]
    decimals = edition.decimals([*paths, f"totals/{basis}/total"])
    rows = [
        Row(
            [
                str(year),
                *(
                    edition.fixed(where("contributions", basis, year=year, section=section), decimals)
                    for section in sections
                ),
                edition.fixed(where("contributions", basis, year=year), decimals),
            ]
        )
        for year in years
    ]
    rows.append(
        Row(
            [
                edition.word(N_("All years")),
                *(edition.fixed(where("contributions", basis, section=section), decimals) for section in sections),
                edition.fixed(f"totals/{basis}/total", decimals),
            ],
            "total",
        )
    )
    name = {"location": N_("Location-based, t CO₂e"), "market": N_("Market-based, t CO₂e")}[basis]
    names = [*(edition.label(words.SECTION, section) for section in sections), edition.word(N_("All"))]
    heads = [number(said, room) for said, room in zip(names, _widths(names), strict=True)]
    caption = Paragraph(edition.say(name), style("strong"))
    return [
        CondPageBreak(40 * MM),
        Spacer(0, 4),
        caption,
        table([Column(edition.word(N_("Year"))), *heads], rows),
    ]


def _widths(names: Sequence[str]) -> list[float]:
    """Widths in millimetres: room for the longest word of each name, what is left shared."""
    words_of = [
        max(width(word, style("head").fontName, style("head").fontSize) for word in name.split()) / MM + 2
        for name in names
    ]
    spare = max(0.0, 146.0 - sum(words_of)) / len(names)
    return [min(24.0, room + spare) if room < 24 else room for room in words_of]


def energy_by_part(edition: Edition) -> list[Flowable]:
    """Energy by part: what power plants emit, what comes before them, what the grid loses."""
    decimals = decimals_of_totals(edition)
    energy = [row for row in edition.document["contributions"] if row["section"] == "energy"]
    if not energy:
        return []
    known = list(words.PART)
    parts = sorted(
        {str(row["part"]) for row in energy},
        key=lambda part: known.index(part) if part in known else len(known),
    )
    rows = [
        amount_row(edition, edition.label(words.PART, part), decimals, section="energy", part=part) for part in parts
    ]
    total = amount_row(edition, edition.word(N_("Energy")), decimals, section="energy")
    note = edition.say(N_("What passes through the losses of the grid counts as losses, whatever part it is."))
    return [
        *subheading(edition.say(N_("Energy by part"))),
        table(amount_columns(edition, edition.word(N_("Part"))), [*rows, Row(total.cells, "total")]),
        Paragraph(note, style("note")),
    ]
