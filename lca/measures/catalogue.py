"""The catalogue of measures that ships: which of them a study could take, and what the others lack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from factors.tables import rows
from inventories.format import LANGUAGES
from inventories.measures import HELD_BY, Measure
from inventories.operations import matching, operations
from inventories.rows import number_text
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
    """What a study lacks for a measure: needs as the catalogue has them; empty where it could be carried out.

    Rows that measures of the study bring are not there: what a measure would do it can only do once.
    """
    study, found = study.base, []
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
    study = study.base
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


SCALED = (
    "% of cooling electricity", "% of lighting electricity", "% of yearly leakage", "% of embodied of the building",
)  # fmt: skip
"""Units of published effects that are a share of just what the row of the catalogue scales."""


def suggested(study: Study, language: str) -> list[Measure]:
    """Measures of the catalogue that fit a study and whose published effect is one of what they change, as rows.

    The value is the typical one, else the least of the range; an upper bound alone is none. Costs are published by the
    rack, the kilowatt or in percent: they stand in the note, and the sheet has room for the own.

    Examples
    --------
    >>> from inventories.keyed import Settings
    >>> from inventories.study import EnergyRow
    >>> from inventories.values import Quantity
    >>> settings = Settings(
    ...     title="T", facility="F", study_type="annual", country="FI", start_year=2027, reference_period=1
    ... )
    >>> cooling = EnergyRow(id="E1", carrier="electricity", use="cooling", amount=Quantity(9.0, "MWh"))
    >>> [(row.id, row.value, row.min, row.max) for row in suggested(Study(settings, energy=(cooling,)), "en")]
    [('M01', '-20', -30.0, -20.0), ('M03', '-30', -50.0, -30.0), ('M35', '-92', None, None)]
    """
    taken = {row.id for row in study.measures}
    fitting = [each for each in catalogue() if each.id not in taken and not lacks(each, study)]
    found = [(each, value) for each in fitting if (value := _percent(each)) is not None]
    there = {each.id for each, _ in found} | taken
    made = [_as_row(each, value, there, language) for each, value in found]
    wrong = {problem.row for problem in operations(replace(study, measures=tuple(made)))[1]}  # a blank cell, for one
    return [row for place, row in enumerate(made) if place not in wrong]


def _percent(of: Known) -> float | None:
    """Published reduction in percent of what the row scales: typical, else the least; None where there is none."""
    if of.kind != "scale" or of.effect is None or of.effect["unit"] not in SCALED:
        return None
    value = of.effect["low"] if of.effect["typical"] is None else of.effect["typical"]
    return None if value is None else float(value)


def _as_row(of: Known, percent: float, there: set[str], language: str) -> Measure:
    assert of.effect is not None  # noqa: S101 - it has a percentage
    low, high = of.effect["low"], of.effect["high"]
    bounded = low is not None and high is not None and low < high
    return Measure(
        id=of.id,
        measure=of.names[language],
        kind=of.kind,
        target=of.target,
        parameter=of.parameter,
        value=number_text(-percent),
        unit="%",
        min=-high if bounded else None,
        max=-low if bounded else None,
        requires=tuple(each for each in of.requires if each in there) or None,
        excludes=tuple(each for each in of.excludes if each in there) or None,
        evidence=_cited(of.effect),
        note=" ".join(filter(None, [_cost_said(of), of.mechanisms[language]])),
    )


def _cited(figures: Mapping[str, Any]) -> str:
    of = sources()[figures["source"]]
    named = ", ".join(filter(None, [of["publisher"], of["title"], of["year"], of["url"]]))
    return f"{named}: {figures['locator']} ({figures['confidence']})"


def _cost_said(of: Known) -> str:
    if of.cost is None:
        return ""
    ends = [number_text(of.cost[end]) for end in ("low", "typical", "high") if of.cost[end] is not None]
    span = " to ".join(dict.fromkeys((ends[0], ends[-1])))
    return f"{span} {of.cost['unit']} ({_cited(of.cost)})."


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
