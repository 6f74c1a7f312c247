"""What the terminal says: problems with place and cure, and a summary that fits one screen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lca.modules import order
from lca.tables import group
from templates.columns import table
from templates.texts import N_, Texts
from templates.words import SECTION

SEVERITIES = {"error": N_("error"), "gap": N_("gap"), "warning": N_("warning")}


def problem_lines(problems: Iterable[Mapping[str, Any]], texts: Texts) -> list[str]:
    """Say each problem in two lines: severity, place and message; the cure."""
    lines = []
    for problem in problems:
        place = "!".join(piece for piece in (sheet_of(problem), problem["cell"]) if piece)
        severity = texts(SEVERITIES[str(problem["severity"])])
        lines.append(f"{severity:<8} {place:<18} {texts.problem(problem, 'message')}  [{problem['code']}]")
        lines.append(f"{'':<28}→ {texts.problem(problem, 'cure')}")
    return lines


def sheet_of(problem: Mapping[str, Any]) -> str:
    """Name of the sheet of a problem as the user wrote it; its key where the file was not read."""
    return str(problem["values"].get("sheet") or problem["sheet"])


def tally(problems: Sequence[Mapping[str, Any]], texts: Texts) -> str:
    """Count problems by severity in one sentence."""
    count = {name: sum(problem["severity"] == name for problem in problems) for name in SEVERITIES}
    return texts(
        N_("{errors} errors, {gaps} gaps, {warnings} warnings"),
        errors=count["error"],
        gaps=count["gap"],
        warnings=count["warning"],
    )


def summary(document: Mapping[str, Any], texts: Texts) -> str:
    """Return the breakdown of a results document on one screen [t CO2e]."""
    totals = document["totals"]
    decimals = 0 if totals["location"]["total"] >= 1e6 else 1

    def tonnes(value: float) -> str:
        return texts.decimal(value / 1000.0, decimals)

    def rows_of(key: str, names: Mapping[str, str], sort: bool) -> list[list[str]]:
        sums = group(document["contributions"], key)
        keys = sorted(sums, key=lambda item: order(item[0]) if sort else list(names).index(item[0]))
        return [
            [f"  {texts(names.get(item[0], item[0]))}", tonnes(sums[item]["location"]), tonnes(sums[item]["market"])]
            for item in keys
        ]

    study = document["study"]["Study"]
    head = [
        [
            texts(N_("t CO2e over {years} a"), years=study["reference_period"]),
            texts(N_("location-based")),
            texts(N_("market-based")),
        ]
    ]
    name = N_("Screening footprint (A–C)") if document["screening"] else N_("Footprint (A–C)")
    total = [[texts(name), tonnes(totals["location"]["total"]), tonnes(totals["market"]["total"])]]
    fossil = [[texts(N_("of it fossil")), tonnes(totals["location"]["fossil"]), tonnes(totals["market"]["fossil"])]]
    blocks = [
        *head,
        *total,
        *fossil,
        [texts(N_("By module")), "", ""],
        *rows_of("module", {}, sort=True),
        [texts(N_("By section")), "", ""],
        *rows_of("section", SECTION, sort=False),
    ]
    outside = group(document["outside"], "module")
    if outside:
        blocks.append([texts(N_("Outside the footprint, never netted")), "", ""])
        blocks += [
            [f"  {key[0]}", tonnes(value["location"]), tonnes(value["market"])] for key, value in outside.items()
        ]
    lines = [f"{study['facility']}: {study['title']}", "", *table(blocks), ""]
    lines += table(
        [
            [row["unit"], texts.number(row["location"], 3), texts.number(row["market"], 3)]
            for row in document["intensities"]
        ]
        or [["", "", ""]]
    )
    lines += ["", completeness(document, texts)]
    return "\n".join(lines)


def completeness(document: Mapping[str, Any], texts: Texts) -> str:
    """Say whether the result is complete, and what is missing where it is not."""
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if document["complete"]:
        return texts(N_("Complete: every module asked for has rows or an exclusion with a reason."))
    said = "\n".join(f"  - {texts.problem(problem, 'message')}" for problem in gaps)
    return texts(N_("INCOMPLETE, {count} gaps:"), count=len(gaps)) + "\n" + said
