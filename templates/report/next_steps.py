"""What to do next, from the numbers alone: what is missing, what weighs most, and what it rests on.

Measures with their effect are computed elsewhere; this page says where the result is won or lost.
"""

from collections.abc import Iterator

from factors.library import library
from lca.flags import rows_used
from templates import words
from templates.figures import where
from templates.report.edition import BASES, Edition
from templates.report.findings import missing_cells
from templates.report.markup import Markup, bold, inside, text, together
from templates.texts import N_

WEAK = ("proxy", "estimated")
"""Kinds of value that a measured or a supplier's one would better."""

LEAST, RESIDUAL = 0.03, 0.1
"""Shares of a total below which nothing is said: of a line or factor, and of electricity without a contract."""

FLAGS = {
    "doubtful": N_("doubtful"),
    "second-hand": N_("second-hand"),
    "knowledge": N_("from knowledge, not verified"),
    "stale": N_("older than ten years"),
    "replaced": N_("of another year"),
}


def next_steps(edition: Edition, most: int) -> Markup:
    """Say at most so many things to do, the gaps first."""
    said = []
    for step in _steps(edition):
        said.append(step)
        if len(said) == most:
            break
    return together(bold(edition.say(N_("What to do next."))), *said) if said else Markup("")


def _steps(edition: Edition) -> Iterator[Markup]:
    yield from _gaps(edition)
    yield from _uncovered(edition)
    yield from _line(edition)
    yield from _factor(edition)


def _gaps(edition: Edition) -> Iterator[Markup]:
    missing = missing_cells(edition.document)
    if missing:
        names = ", ".join(inside(edition.label(words.SECTION, section)) for section in missing)
        yield edition.say(N_("Close the gaps: {sections}."), sections=names)


def _uncovered(edition: Edition) -> Iterator[Markup]:
    """Electricity at the residual mix, where it weighs on the market-based footprint."""
    chosen, shelf = edition.settings.get("residual_mix"), library()
    used = {str(row["id"]) for row in edition.document["passport"]["factors"]}
    for factor in sorted(used):
        if factor != chosen and shelf.family(factor) != "residual-mix":
            continue
        path = where("contributions", "market", factor=factor)
        if edition.part_of_total("market", factor=factor) > RESIDUAL:
            yield edition.say(
                N_(
                    "Look at the contracts for electricity: what none of them covers makes {share} % of the "
                    "market-based footprint."
                ),
                share=edition.figures.share(path, "totals/market/total"),
            )


def _line(edition: Edition) -> Iterator[Markup]:
    """Largest line that rests on an estimate or a proxy, or for which nobody states evidence."""
    study = edition.document["study"]
    rows = {
        str(row["id"]): row
        for sheet, rows in study.items()
        if sheet
        not in (
            "Study",
            "Simulation",
            "Heat network",
            "Files",
            "Years",
            "Exclusions",
            "Factors",
            "Contracts",
            "Heat",
            "Prices",
        )
        for row in rows
        if row.get("value_kind") in WEAK or not row.get("evidence")
    }
    ranked = sorted(rows, key=lambda line: -max(edition.part_of_total(basis, line=line) for basis in BASES))
    if not ranked or max(edition.part_of_total(basis, line=ranked[0]) for basis in BASES) <= LEAST:
        return
    row, shares = rows[ranked[0]], edition.shares(0, line=ranked[0])
    sentence = (
        N_(
            "Firm up line {line}, {name}, which rests on an estimate and makes {location} % of the location-based and "
            "{market} % of the market-based footprint."
        )
        if row.get("value_kind") in WEAK
        else N_(
            "State evidence for line {line}, {name}, which makes {location} % of the location-based and {market} % of "
            "the market-based footprint."
        )
    )
    name = text(str(row.get("item") or row.get("meter") or row.get("gas") or row.get("use") or ""), 60)
    yield edition.say(sentence, line=ranked[0], name=name, location=shares[0], market=shares[1])


def _factor(edition: Edition) -> Iterator[Markup]:
    """Largest factor that is weak by its own flags."""
    for row in rows_used(edition.document):
        flags = [flag for flag in FLAGS if flag in row["flags"]]
        location, market = edition.shares(0, factor=row["id"])
        if flags and max(row["share"].values()) > LEAST and location and market:
            yield edition.say(
                N_(
                    "Find a better factor than {name}, which is {flag} and carries {location} % of the location-based "
                    "and {market} % of the market-based footprint."
                ),
                name=text(edition.name_of(row), 70),
                flag=edition.word(FLAGS[flags[0]]),
                location=location,
                market=market,
            )
            return
