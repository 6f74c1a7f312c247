"""What the terminal says: problems with place and cure, and a summary that fits one screen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from inventories.format import sheets
from lca.modules import order
from lca.system import BASES
from lca.tables import group
from templates import words
from templates.columns import table
from templates.names import module_name
from templates.texts import N_, Texts

Paint = Callable[[str, str], str]
"""Sets a text in a look: ``error``, ``gap``, ``warning``, ``strong``, ``quiet``."""

SEVERITIES = {"error": N_("error"), "gap": N_("gap"), "warning": N_("warning")}

SECTIONS, MODULES, OUTSIDE, INTENSITIES, GAPS = 8, 3, 3, 3, 3
"""Rows of each kind that a screen of 24 lines has room for."""

WIDE = 80
"""Columns of a screen."""


def plain(look: str, text: str) -> str:
    """Leave a text as it is: what is read by a program has no colours."""
    return text


def problem_lines(problems: Iterable[Mapping[str, Any]], texts: Texts, paint: Paint = plain) -> list[str]:
    """Say each problem in two lines: severity, place and message; the cure."""
    lines = []
    for problem in problems:
        place = "!".join(piece for piece in (sheet_of(problem, texts), problem["cell"]) if piece)
        severity = str(problem["severity"])
        said = paint(severity, f"{texts(SEVERITIES[severity]):<8}")
        lines.append(
            f"{said} {place:<18} {texts.problem(problem, 'message')}  {paint('quiet', '[' + problem['code'] + ']')}"
        )
        lines.append(f"{'':<28}→ {texts.problem(problem, 'cure')}")
    return lines


def sheet_of(problem: Mapping[str, Any], texts: Texts) -> str:
    """Name of the sheet of a problem as the user wrote it; in the language where no file was read."""
    known = sheets().get(str(problem["sheet"]))
    return str(problem["values"].get("sheet") or (problem["sheet"] if known is None else known.labels[texts.language]))


def tally(problems: Sequence[Mapping[str, Any]], texts: Texts) -> str:
    """Count problems by severity in one sentence."""
    count = {name: sum(problem["severity"] == name for problem in problems) for name in SEVERITIES}
    return texts(
        N_("{errors} errors, {gaps} gaps, {warnings} warnings"),
        errors=count["error"],
        gaps=count["gap"],
        warnings=count["warning"],
    )


def summary(document: Mapping[str, Any], texts: Texts, paint: Paint = plain) -> str:
    """Return what a results document says, on one screen [t CO2e].

    Totals, sections, the largest modules, what stands outside, intensities, and what is missing.
    """
    of, study = _Screen(document, texts), document["study"]["Study"]
    start, length = study["start_year"], study["reference_period"]
    years = texts(N_("{first}–{last}"), first=start, last=start + length - 1) if length > 1 else str(start)
    name = N_("Screening footprint (A–C)") if document["screening"] else N_("Footprint (A–C)")
    rows = [
        [f"t CO2e, {years}", texts(N_("location-based")), "%", texts(N_("market-based")), "%"],
        of.total(texts(name), "total"),
        of.total(texts(N_("of it fossil")), "fossil"),
        *of.largest("section", SECTIONS, lambda key: texts(words.SECTION.get(key, key))),
        [texts(N_("Largest modules")), "", "", "", ""],
        *of.largest("module", MODULES, lambda key: module_name(key, texts)),
        *of.outside(),
    ]
    for row in document["intensities"][:INTENSITIES]:
        rows.append([row["unit"], *(piece for basis in BASES for piece in (texts.number(row[basis], 3), ""))])
    lines = table(rows)
    lines[1] = paint("strong", lines[1])
    title = f"{study['facility']}: {study['title']}"
    title = title if len(title) <= WIDE else title[: WIDE - 1].rstrip() + "…"
    return "\n".join([title, *lines, completeness(document, texts, paint)])


class _Screen:
    """Rows of the summary: name, then tonnes and percent on each basis."""

    def __init__(self, document: Mapping[str, Any], texts: Texts) -> None:
        self.document, self.texts = document, texts
        self.totals = {basis: document["totals"][basis]["total"] for basis in BASES}
        largest = max(map(abs, self.totals.values())) / 1000.0
        self.decimals = 0 if largest >= 10_000 else 1 if largest >= 100 else 3

    def row(self, name: str, value: Mapping[str, float], shares: Mapping[str, str]) -> list[str]:
        """One row; shares that are not told are blank."""
        cells = [name]
        for basis in BASES:
            cells += [self.texts.decimal(value[basis] / 1000.0, self.decimals), shares.get(basis, "")]
        return cells

    def total(self, name: str, key: str) -> list[str]:
        """Total of both bases, or a component of it."""
        return self.row(name, {basis: self.document["totals"][basis][key] for basis in BASES}, {})

    def largest(self, key: str, most: int, label: Callable[[str], str]) -> Iterator[list[str]]:
        """Rows of the largest sections or modules, by the larger of their two shares."""
        sums = {name: value for (name,), value in group(self.document["contributions"], key).items()}
        shares = {
            name: {basis: value[basis] / total for basis, total in self.totals.items() if total > 0}
            for name, value in sums.items()
        }
        ranked = sorted(sums, key=lambda name: -max(map(abs, shares[name].values()), default=0.0))
        for name in ranked[:most]:
            said = {basis: self.texts.decimal(100.0 * share, 0) for basis, share in shares[name].items()}
            yield self.row(f"  {label(name)}", sums[name], said)

    def outside(self) -> Iterator[list[str]]:
        """What stands outside the footprint, by module."""
        sums = {module: value for (module,), value in group(self.document["outside"], "module").items()}
        if sums:
            yield [self.texts(N_("Outside the footprint, never netted")), "", "", "", ""]
        for module in sorted(sums, key=order)[:OUTSIDE]:
            yield self.row(f"  {module_name(module, self.texts)}", sums[module], {})


def completeness(document: Mapping[str, Any], texts: Texts, paint: Paint = plain) -> str:
    """Say whether the result is complete, and what is missing where it is not."""
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if document["complete"]:
        return texts(N_("Complete: every module asked for has rows or an exclusion with a reason."))
    said = [f"  - {texts.problem(problem, 'message')}" for problem in gaps[:GAPS]]
    if len(gaps) > GAPS:
        said.append("  " + texts(N_("and {count} more; `jalki check` lists them all"), count=len(gaps) - GAPS))
    return "\n".join([paint("gap", texts(N_("INCOMPLETE, {count} gaps:"), count=len(gaps))), *said])
