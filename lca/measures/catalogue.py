"""The catalogue of measures that ships: which of them a study could take, and what the others lack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from factors.tables import rows
from inventories.format import LANGUAGES
from inventories.measures import HELD_BY
from inventories.operations import matching
from inventories.study import Study


@dataclass(frozen=True, slots=True)
class Known:
    """A measure of the catalogue.

    Attributes
    ----------
    names, mechanisms
        By language.
    kind, sheet, parameter, target
        What a row of Measures holds to carry it out.
    needs
        Targets of which a study must have rows; behind ``!`` those of which it must have none.
    effect, cost
        Published figures with unit, source, locator and how they were read; None where none was found.
    """

    id: str
    group: str
    names: Mapping[str, str]
    mechanisms: Mapping[str, str]
    kind: str
    sheet: str
    parameter: str
    target: tuple[str, ...]
    needs: tuple[str, ...]
    effect: Mapping[str, Any] | None
    cost: Mapping[str, Any] | None
    bases: str
    requires: tuple[str, ...]
    excludes: tuple[str, ...]
    note: str


@cache
def catalogue() -> tuple[Known, ...]:
    """Every measure of the catalogue, in its order.

    Examples
    --------
    >>> [each.id for each in catalogue()][:3], len(catalogue())
    (['M01', 'M02', 'M03'], 42)
    """
    return tuple(_known(row) for row in rows("inventories", "measure_catalogue.csv"))


def _known(row: Mapping[str, str]) -> Known:
    return Known(
        names={language: row[f"name_{language}"] for language in LANGUAGES},
        mechanisms={language: row[f"mechanism_{language}"] for language in LANGUAGES},
        target=_list(row["target"]),
        needs=_list(row["needs"]),
        effect=_figures(row, "effect"),
        cost=_figures(row, "cost"),
        requires=_list(row["requires"]),
        excludes=_list(row["excludes"]),
        note=row["note_en"],
        **{key: row[key] for key in ("id", "group", "kind", "sheet", "parameter", "bases")},
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(";") if each.strip())


def _figures(row: Mapping[str, str], what: str) -> dict[str, Any] | None:
    """Low, typical and high of an effect or a cost, each None where it is blank; None where all are."""
    values = {end: float(row[f"{what}_{end}"]) if row[f"{what}_{end}"] else None for end in ("low", "typical", "high")}
    if all(value is None for value in values.values()):
        return None
    told = {key: row[f"{what}_{key}"] for key in ("unit", "source", "locator", "confidence")}
    return {**values, **told}


def lacks(of: Known, study: Study) -> list[str]:
    """What a study lacks for a measure: needs as the catalogue has them; empty where it could be carried out."""
    found = []
    for need in of.needs:
        wanted = need.removeprefix("!")
        there = any(matching(study, wanted).values())
        if there is need.startswith("!"):
            found.append(need)
    changed = of.kind not in HELD_BY and of.target
    if changed and not found and not any(any(matching(study, each).values()) for each in of.target):
        found.append(of.target[0])
    return found


def offered(study: Study) -> list[dict[str, Any]]:
    """Every measure of the catalogue with what the study lacks for it, as the results document holds it."""
    return [
        {
            "id": each.id,
            "group": each.group,
            "names": dict(each.names),
            "kind": each.kind,
            "sheet": each.sheet,
            "parameter": each.parameter,
            "target": [target for target in each.target if any(matching(study, target).values())],
            "bases": each.bases,
            "effect": None if each.effect is None else dict(each.effect),
            "cost": None if each.cost is None else dict(each.cost),
            "lacks": lacks(each, study),
        }
        for each in catalogue()
    ]


def sources() -> dict[str, dict[str, str]]:
    """Sources of the catalogue by key."""
    return {row["source"]: dict(row) for row in rows("inventories", "measure_sources.csv")}


def uncited(found: Sequence[Known]) -> list[str]:
    """Measures whose figures name a source that is not in the table."""
    known = sources()
    return [
        each.id
        for each in found
        for figures in (each.effect, each.cost)
        if figures is not None and figures["source"] not in known
    ]
