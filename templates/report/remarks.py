"""What a row says beside its amount: owner, share, transport, end of life, where it is not the usual."""

from collections.abc import Iterator, Mapping
from typing import Any

from inventories.measures import HELD_BY
from templates import words
from templates.report.edition import Edition
from templates.report.labels import choice_label, column_label, column_unit, value_label
from templates.report.markup import CUT, Markup, alarming, inside, text, together
from templates.texts import N_

_MOST_LEGS = 6
_USUAL = {"owner": "facility", "zone": "data-centre", "replaced_by": "same", "share_percent": 100}

_TOLD = frozenset(
    [
        "id",
        "item",
        "factor",
        "amount",
        "count",
        "service_life",
        "installed",
        "evidence",
        "note",
        "carrier",
        "use",
        "meter",
        "year",
        "type",
        "energy_source",
        "valid_from",
        "valid_to",
        "heat",
        "measured_at",
        "displaced_factor",
        "claim_holder",
        "transport",
        "covers",
        "gas",
        "charge",
        "leakage_percent",
        "recovery_percent",
        "production_factor",
        "kind",
        "value_kind",
        "end_of_life_factor",
    ]
)
"""Keys that have a place of their own."""


def remarks(edition: Edition, row: Mapping[str, Any], path: str) -> Iterator[Markup]:
    """Say what is unusual about a row, piece by piece; ``path`` is where the row stands in the document."""
    if (measure := _held_by(edition, row.get("id"))) is not None:
        yield alarming(edition.word(N_("only with measure {id}"), id=measure))
    if row.get("transport"):
        yield edition.say(N_("transport {legs}"), legs=_legs(edition, row, path))
    if row.get("end_of_life_factor"):
        yield edition.say(N_("end of life: {factor}"), factor=edition.factor(str(row["end_of_life_factor"])))
    if row.get("covers"):
        yield edition.say(N_("covers {what}"), what=_covers(edition, row))
    for key, value in row.items():
        if key not in _TOLD and value != _USUAL.get(key):
            name, said = inside(column_label(edition, key)), _value(edition, key, value, f"{path}/{key}")
            yield edition.say(N_("{key}: {value}"), key=name, value=said)
    if row.get("value_kind"):
        kind = edition.label(words.VALUE_SAID, row["value_kind"])
        yield alarming(kind) if row["value_kind"] == "proxy" else text(kind)


def _held_by(edition: Edition, id: object) -> str | None:
    """Measure that brings a row, which is not in the study without it."""
    rows = edition.document["study"].get("Measures", ())
    bring = (row["id"] for row in rows if row["kind"] in HELD_BY and id in row.get("target", ()))
    return next(bring, None)


def _covers(edition: Edition, row: Mapping[str, Any]) -> Markup:
    pairs = [
        (inside(choice_label(edition, "covers", what)), value_label(edition, str(what), name))
        for what, name in row["covers"]
    ]
    return text(", ".join(f"{what} {name}" for what, name in pairs))


def _legs(edition: Edition, row: Mapping[str, Any], path: str) -> Markup:
    legs = [
        edition.say(
            N_("{distance} km by {factor}"),
            distance=edition.figures.exact(f"{path}/transport/{index}/1"),
            factor=edition.factor(str(leg[0])),
        )
        for index, leg in enumerate(row["transport"][:_MOST_LEGS])
    ]
    return together(*legs, CUT if len(row["transport"]) > _MOST_LEGS else "", by=", ")


def _value(edition: Edition, key: str, value: object, path: str) -> Markup:
    match value:
        case bool():
            return text(value)
        case int() | float():
            return text(edition.amount(edition.figures.exact(path), column_unit(key)))
        case {"value": _, "unit": unit}:
            return text(edition.amount(edition.figures.exact(f"{path}/value"), str(unit)))
        case list():
            return text(", ".join(map(str, value)), 120)
        case _:
            return text(value_label(edition, key, value))
