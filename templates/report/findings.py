"""Sentences that the numbers write: what leads, what is missing, why the bases differ, what is wrong."""

from collections.abc import Mapping
from typing import Any

from templates.names import modules
from templates.report.edition import BASES, Edition
from templates.report.markup import Markup, together
from templates.texts import N_

_NOT_COMPARABLE = ("bases-differ", "residual-missing")


def bases(edition: Edition) -> dict[str, str]:
    """Both bases with their names, in the order they always stand."""
    return {"location": edition.word(N_("Location-based")), "market": edition.word(N_("Market-based"))}


def leading(edition: Edition, key: str, names: Mapping[str, str]) -> Markup:
    """Say which section or module makes most of the footprint, on both bases."""
    found = [value for (value,) in edition.present("contributions", key)]
    tops = [max(found, key=lambda value: edition.part_of_total(basis, **{key: value})) for basis in BASES]
    shares = [edition.shares(0, **{key: top})[place] for place, top in enumerate(tops)]
    if not all(shares):
        return edition.say(N_("What the footprint is made of"))
    said = [edition.module(top) if key == "module" else edition.label(names, top) for top in tops]
    values = {"location": said[0], "share": shares[0], "market": said[1], "other": shares[1]}
    if tops[0] == tops[1]:
        return edition.say(
            N_("{location} makes {share} % of the location-based and {other} % of the market-based footprint"),
            **values,
        )
    return edition.say(
        N_(
            "{location} leads the location-based footprint with {share} %, {market} the market-based one with {other} %"
        ),
        **values,
    )


def difference(edition: Edition) -> Markup:
    """Say in plain words why the two totals differ."""
    location, market = (edition.document["totals"][basis]["total"] for basis in BASES)
    rule = edition.say(
        N_(
            "The totals differ in bought electricity only: location-based counts the average of the grid, "
            "market-based the contracts held and, for the rest, the residual mix left when certificates are "
            "sold."
        )
    )
    if any(problem["code"] in _NOT_COMPARABLE for problem in edition.document["problems"]):
        here = edition.say(N_("Here they are not fully comparable: see the gaps under Choices and problems."))
    elif abs(market - location) <= 0.005 * max(abs(market), abs(location)):
        here = edition.say(N_("Here they come to the same."))
    elif market < location:
        here = edition.say(
            N_("Here the contracts emit less than the average of the grid, so the market-based total is lower.")
        )
    elif edition.sheet("Contracts"):
        here = edition.say(
            N_(
                "Here the electricity that no contract covers has the higher emissions of the residual mix, so the "
                "market-based total is higher."
            )
        )
    else:
        here = edition.say(
            N_("Here no contract is entered and the residual mix emits more, so the market-based total is higher.")
        )
    return together(rule, here)


def missing_cells(document: Mapping[str, Any]) -> dict[str, list[str]]:
    """Modules missing by section, as they are read.

    Examples
    --------
    >>> cells = [{"section": "plant", "module": module, "state": "missing"} for module in ("A1-A3", "C1")]
    >>> missing_cells({"coverage": {"cells": cells}})
    {'plant': ['A1–A3', 'C1']}
    """
    found: dict[str, list[str]] = {}
    for cell in document["coverage"]["cells"]:
        if cell["state"] == "missing":
            found.setdefault(cell["section"], []).append(modules(cell["module"]))
    return found


def problem_text(edition: Edition, problem: Mapping[str, Any], field: str) -> str:
    """Sentence of a problem in this language; as the document has it where the code is not known here."""
    try:
        return edition.texts.problem(problem, field)
    except KeyError:
        return str(problem.get(field, ""))
