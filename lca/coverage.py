"""Coverage: what was asked for, by module and section, and whether it is included, excluded or missing."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from factors.problems import Problem
from inventories.study import INSTALLED, YEARLY, Exclusion, Line, Study, table
from lca.context import Context
from lca.modules import DEFAULT_BOUNDARY, MODULES, SECTIONS, of_bundle
from lca.tables import Record

ASKED: dict[str, tuple[str, ...]] = {
    "construction": ("A1-A3", "A4", "A5", "B4", "C1", "C2", "C3", "C4"),
    "plant": ("A1-A3", "A4", "A5", "B4", "C1", "C2", "C3", "C4"),
    "hardware": ("A1-A3", "A4", "B4", "C1", "C2", "C3", "C4"),
    "refrigerants": ("B1", "C1"),
    "energy": ("B6.1", "B6.2", "B6.3"),
    "water": ("B7",),
    "facility": ("B2",),
}
"""Cells asked for inside the boundary; C1 to C4 are one question, answered by any of them."""

_SHEET = {"water": "Water and waste", "facility": ""}
"""Sheets of sections that are not called like them."""

END_OF_LIFE = ("C1", "C2", "C3", "C4")


def boundary(study: Study) -> tuple[str, ...]:
    """Modules the study asks for."""
    return study.settings.boundary or DEFAULT_BOUNDARY


def included_modules(context: Context) -> dict[str, set[str]]:
    """Modules that lines of each section are booked in, amounts of zero included; inside B4 it is B4 alone."""
    found: dict[str, set[str]] = {section: set() for section in SECTIONS}
    system = context.system
    for product, consumer, weight in zip(
        system.common.product, system.common.consumer, system.common.coefficient, strict=True
    ):
        tag = system.processes[product].tag
        if consumer == system.facility and tag is not None and np.ravel(weight)[0]:
            found[tag.section].update(of_bundle(tag.module))
    return found


def _excluded(study: Study, module: str, section: str) -> Exclusion | None:
    if section != "facility":
        return study.excluded(module, section)
    return next((row for row in study.exclusions if row.module == module), None)


def _cell(context: Context, section: str, module: str, included: Mapping[str, set[str]]) -> dict[str, Any]:
    """State of one cell: included, excluded with reason, outside the boundary, or missing."""
    study = context.study
    here = {"module": module, "section": section, "state": "missing", "reason": "", "what": "", "share_percent": None}
    sections = SECTIONS if section == "facility" else (section,)
    if any(module in included.get(each, set()) for each in sections):
        return {**here, "state": "included"}
    excluded = _excluded(study, module, section)
    if excluded is not None:
        share = excluded.estimated_share_percent
        return {**here, "state": "excluded", "reason": excluded.reason, "what": excluded.what, "share_percent": share}
    if module not in boundary(study):
        return {**here, "state": "outside the boundary"}
    if module == "B4" and not _ends_inside(study, section) and included.get(section):
        return {**here, "state": "included", "what": "no life ends inside the period"}
    if module in END_OF_LIFE and included.get(section, set()) & set(END_OF_LIFE):
        return {**here, "state": "included", "what": "in the other modules of C"}
    return here


def _ends_inside(study: Study, section: str) -> bool:
    """Whether a line of the section is replaced inside the period."""
    lines: Sequence[Line] = table(study, section.capitalize())
    return any(
        line.module is None
        and line.replaced_by != "none"
        and line.service_life is not None
        and _end(line, study) < _served(line, study)
        for line in lines
    )


def _served(line: Line, study: Study) -> int:
    return study.settings.end_year if line.until is None else min(line.until + 1, study.settings.end_year)


def _end(line: Line, study: Study) -> float:
    begins = study.settings.start_year if line.installed is None else line.installed
    return begins + (line.service_life or 0.0)


def coverage(context: Context, contributions: Sequence[Record]) -> dict[str, Any]:
    """Coverage of the study: cells, shares of lines with A4 and C, shares that rest on defaults and proxies."""
    included = included_modules(context)
    asked = {**ASKED, "facility": (*ASKED["facility"], *_named(context.study))}
    cells = [_cell(context, section, module, included) for section, modules in asked.items() for module in modules]
    shares = _line_shares(contributions)
    absolute = sum(abs(row["location"]) for row in contributions) or 1.0
    rests = {
        status: sum(abs(row["location"]) for row in contributions if row["status"] == status) / absolute
        for status in ("given", "derived", "default", "replaced", "matched")
    }
    kinds = {
        row.id: row.value_kind or "not stated" for sheet in (*INSTALLED, *YEARLY) for row in table(context.study, sheet)
    }
    by_kind: dict[str, float] = {}
    for row in contributions:
        kind = kinds.get(row["line"], "calculated")
        by_kind[kind] = by_kind.get(kind, 0.0) + abs(row["location"]) / absolute
    return {"cells": cells, "line_shares": shares, "status_shares": rests, "value_kind_shares": by_kind}


def _named(study: Study) -> list[str]:
    """Modules that a boundary names beyond those asked for by section: asked for once, of the whole facility."""
    known = {module for modules in ASKED.values() for module in modules}
    return [module for module in study.settings.boundary or () if module not in known and module in MODULES]


def _line_shares(contributions: Sequence[Record]) -> list[dict[str, Any]]:
    """Share of lines, by their A1–A3, that have A4, and that have any of C."""
    made: dict[tuple[str, str], float] = {}
    held: dict[tuple[str, str], set[str]] = {}
    for row in contributions:
        if row["section"] not in ("construction", "plant", "hardware"):
            continue
        key = (row["section"], row["line"])
        modules = of_bundle(row["inner"] or row["module"])
        held.setdefault(key, set()).update(modules)
        if "A1-A3" in modules:
            made[key] = made.get(key, 0.0) + abs(row["location"])
    shares = []
    for section in ("construction", "plant", "hardware"):
        total = sum(value for (where, _), value in made.items() if where == section)
        if not total:
            continue
        for module, wanted in (("A4", {"A4"}), ("C", set(END_OF_LIFE))):
            has = sum(value for (where, line), value in made.items() if where == section and held[where, line] & wanted)
            shares.append({"section": section, "module": module, "share": has / total})
    return shares


def gaps(context: Context, found: Mapping[str, Any]) -> list[Problem]:
    """Gaps of the coverage: cells asked for and missing, lines that are only in part complete."""
    problems = []
    missing: dict[str, list[str]] = {}
    for cell in found["cells"]:
        if cell["state"] == "missing":
            missing.setdefault(cell["section"], []).append(cell["module"])
    for section, modules in missing.items():
        for module in _c_as_one(modules):
            values = {"module": module, "section": section}
            problems.append(Problem("coverage-missing", _SHEET.get(section, section.capitalize()), values=values))
    for share in found["line_shares"]:
        states = {cell["module"]: cell["state"] for cell in found["cells"] if cell["section"] == share["section"]}
        wanted = ["A4"] if share["module"] == "A4" else list(END_OF_LIFE)
        excused = any(_excluded(context.study, module, share["section"]) for module in wanted)
        asked = any(states.get(module) == "included" for module in wanted)
        if share["share"] < 1 - 1e-9 and asked and not excused:
            values = {"module": share["module"], "section": share["section"]}
            problems.append(
                Problem(
                    "coverage-share", share["section"].capitalize(), None, "", f"{100 * share['share']:.0f}", values
                )
            )
    return problems


def _c_as_one(modules: list[str]) -> list[str]:
    if set(END_OF_LIFE) <= set(modules):
        return [module for module in modules if module not in END_OF_LIFE] + ["C1–C4"]
    return modules
