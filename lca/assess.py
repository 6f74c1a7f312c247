"""One assessment: from a study to its results document, every number solved by Brightway and walked again."""

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from typing import Any

import numpy as np

from factors.problems import InputError, Problem, has_errors, ordered
from inventories.study import Study
from lca import evaluation, packages
from lca.context import Context
from lca.coverage import boundary, coverage, gaps
from lca.engine import Scores, solve
from lca.evaluation import Contribution
from lca.expand import electricity_of, expand
from lca.guards import guard
from lca.hall import redundancy
from lca.heat.book import heat_book
from lca.heat.methods import facts, methods
from lca.heat.methods import rows as heat_rows
from lca.kpi import kpi_year, kpis, years
from lca.lines import is_pro_rata, replaced_sections
from lca.measures.amounts import amounts
from lca.measures.book import measures_book
from lca.met import electricity
from lca.modules import of_bundle, order
from lca.packages import Packages
from lca.passport import passport
from lca.results import PACKAGES, choices, document
from lca.service import gpu_hours_plausible, intensities
from lca.system import BASES
from lca.tables import Placed, Record, contributions_table, group, it_kwh, outside_table, totals
from lca.trail import trail

TOLERANCE = 1e-9
"""Largest difference between Brightway's score and the contributions, over Σ|contributions|."""

RESTATED = ("whole", "pro-rata")
"""Replacement rules whose totals stand beside, whichever is chosen."""


class DisagreementError(AssertionError):
    """Brightway and the contributions table give different totals: the program is wrong, nothing is handed out."""


@dataclass(frozen=True, slots=True)
class Restatement:
    """A column of the axis that every assessment runs beside the study itself: one choice decided otherwise."""

    choice: str
    rule: str
    overrides: Mapping[str, float]


def restatements(study: Study) -> list[Restatement]:
    """Return what every assessment is restated under: whole and pro-rata replacement, each other trajectory."""
    sections = replaced_sections(study)
    found = [
        Restatement(
            "replacement_rule", rule, {f"choice:pro_rata:{each}": float(rule == "pro-rata") for each in sections}
        )
        for rule in (RESTATED if sections else ())
    ]
    trajectories = electricity_of(study).trajectories
    powered = any(line.power_w for line in study.hardware) or any(row.it_load_percent for row in study.years)
    if trajectories.grid and (study.energy or study.heat or study.simulation or powered):
        names = list(trajectories.open)
        found += [
            Restatement("grid_trajectory", name, {f"choice:trajectory:{each}": float(each == name) for each in names})
            for name in names
            if name != trajectories.chosen
        ]
    return found


def axis(study: Study, restated: Sequence[Restatement]) -> dict[str, list[float]]:
    """Return the free axis of an assessment: the study itself, then a column for each restatement."""
    names = dict.fromkeys(name for each in restated for name in each.overrides)
    chosen = electricity_of(study).trajectories.chosen
    of_study = {
        name: float(is_pro_rata(study.settings, what)) if kind == "pro_rata" else float(what == chosen)
        for name in names
        for _, kind, what in (name.split(":", 2),)
    }
    return {name: [value, *(each.overrides.get(name, value) for each in restated)] for name, value in of_study.items()}


Locate = Callable[[Problem], Problem]


def precheck(study: Study) -> list[Problem]:
    """Everything that follows from a study and is wrong or missing, without solving it."""
    context = expand(study)
    if has_errors(context.problems):
        return list(context.problems)
    problems = [*context.problems, *guard(context)]
    if has_errors(problems):
        return problems
    built = packages.build(context.system, context.library.gases, study.settings.gwp_set or "AR6")
    table = contributions_table(context, evaluation.contributions(context.system, built)[context.system.facility]).table
    return [*problems, *_missing(context, table, coverage(context, table))]


def _missing(context: Context, table: Sequence[Record], covered: Mapping[str, Any]) -> list[Problem]:
    """Gaps of the coverage, IT energy that nothing tells, modules that extend the boundary."""
    start = str(context.study.settings.start_year)
    found = [] if it_kwh(context) else [Problem("it-energy-missing", "Energy", values={"year": start})]
    present = {piece for row in table for piece in of_bundle(row["module"])}
    extended = sorted(present - set(boundary(context.study)), key=order)
    found += _screening(context, table)
    found += gpu_hours_plausible(context, table)
    found += [Problem("boundary-extended", "Study", None, "boundary", each, {"module": each}) for each in extended]
    return [*found, *gaps(context, covered)]


def _screening(context: Context, table: Sequence[Record]) -> list[Problem]:
    """What of the footprint rests on screening values, said."""
    library = context.library
    rows = [row for row in table if library.family(row["factor"]) == "screening"]
    if not rows:
        return []
    shares = {}
    for basis in BASES:
        absolute = sum(abs(row[basis]) for row in table) or 1.0
        shares[basis] = f"{100.0 * sum(abs(row[basis]) for row in rows) / absolute:.0f}"
    return [Problem("screening-used", values={"share": shares["location"], "market": shares["market"]})]


def assess(study: Study, problems: Sequence[Problem] = (), locate: Locate = lambda problem: problem) -> dict[str, Any]:
    """Assess a study.

    Parameters
    ----------
    study
        A study that was read without errors.
    problems
        Gaps and warnings found while reading; they become part of the document.
    locate
        Adds the address in the user's file to a problem.

    Returns
    -------
    dict
        The results document (``docs/reference/results.md``).

    Raises
    ------
    InputError
        Something follows from the study that gives no result.
    DisagreementError
        Brightway's score and the contributions differ.
    """
    full, study = study, study.base
    restated = restatements(study)
    context = expand(study, axis(study, restated))
    if has_errors(context.problems):
        raise InputError([*problems, *context.problems])
    found = guard(context)
    if has_errors(found):
        raise InputError([*problems, *context.problems, *found])
    built = packages.build(context.system, context.library.gases, study.settings.gwp_set or "AR6")
    following = [locate(problem) for problem in (*context.problems, *found)]
    return result(context, built, [*problems, *following], restated, full)


def result(
    context: Context,
    built: Packages,
    problems: Sequence[Problem],
    restated: Sequence[Restatement] = (),
    full: Study | None = None,
) -> dict[str, Any]:
    """Solve and walk the packages of a study; return the results document.

    Everything in the document that is a number of emissions comes out of these packages.

    Raises
    ------
    DisagreementError
        Brightway's score and the contributions differ.
    """
    packages.check(built)
    rows = evaluation.contributions(context.system, built)
    demands = {"facility": context.system.facility, **context.system.outside}
    scores = solve(built, demands, context.system.length)
    tables = {
        "contributions": contributions_table(context, rows[context.system.facility]),
        "outside": outside_table(context, chain.from_iterable(rows[each] for each in context.system.outside.values())),
    }
    agree(scores, tables["contributions"].table, tables["outside"].table)
    agree_over_axis(scores, {name: rows[process] for name, process in demands.items()})
    walked = trail(context, built, tables)
    return _document(context, problems, tables, scores, walked, restated, full or context.study)


def agree(scores: Scores, contributions: Sequence[Record], outside: Sequence[Record]) -> None:
    """Compare, per basis and component, the sum of each table with Brightway's score of its demand.

    Raises
    ------
    DisagreementError
        By more than 1e-9 × Σ|contributions|.
    """
    tables: dict[str, Sequence[Record]] = {"facility": contributions}
    for module in ("D1", "D2", "avoided"):
        tables[module] = [row for row in outside if row["module"] == module]
    for basis in BASES:
        for name, records in tables.items():
            allowed = TOLERANCE * sum(abs(row[basis]) for row in records) + 1e-12
            sums = group(records, "component")
            for component, score in scores[basis][name].items():
                _compare(f"{name}, {basis}, {component}", score[0], sums.get((component,), {}).get(basis, 0.0), allowed)


def agree_over_axis(scores: Scores, rows: Mapping[str, Sequence[Contribution]]) -> None:
    """Compare the totals of every column that was solved: also those printed under other choices are Brightway's."""
    for basis in BASES:
        for name, contributions in rows.items():
            values = np.array([getattr(row, basis) for row in contributions])
            components = list(scores[basis][name].values())
            if not len(values):
                continue
            for column in range(len(components[0])):
                allowed = TOLERANCE * float(np.abs(values[:, column]).sum()) + 1e-12
                score = sum(component[column] for component in components)
                _compare(f"{name}, {basis}, column {column}", score, float(values[:, column].sum()), allowed)


def _compare(what: str, score: float, contributed: float, allowed: float) -> None:
    if abs(score - contributed) > allowed:
        raise DisagreementError(
            f"{what}: Brightway gives {score!r}, the contributions {contributed!r}; they may differ by {allowed:.1e}"
        )


def _document(
    context: Context,
    problems: Sequence[Problem],
    tables: Mapping[str, Placed],
    scores: Scores,
    walked: dict[str, Any],
    restatements: Sequence[Restatement],
    full: Study,
) -> dict[str, Any]:
    table, outside = tables["contributions"].table, tables["outside"].table
    sums = totals(table)
    covered = coverage(context, table)
    of_it = it_kwh(context)
    on_heat = facts(context, table, outside, of_it)
    restated = [
        {
            "choice": each.choice,
            "rule": each.rule,
            "names": dict(context.library.names.get(each.rule, {})),
            **{basis: sum(component[i] for component in scores[basis]["facility"].values()) for basis in BASES},
        }
        for i, each in enumerate(restatements, 1)
    ]
    return document(
        context=context,
        version=version("jalki"),
        libraries=library_versions(),
        totals=sums,
        contributions=table,
        outside=outside,
        heat_methods=heat_rows(methods(context, on_heat)) if context.heats else [],
        intensities=intensities(context, sums, of_it),
        coverage=covered,
        problems=ordered([*problems, *_missing(context, table, covered)]),
        choices=choices(context, restated),
        passport=passport(context, [row for _, row in tables["contributions"].rows], table, outside),
        trail=walked,
        kpi=kpis(context, table),
        electricity=electricity(context),
        simulation=_simulation(context.study),
        measures={**measures_book(full), "amounts": amounts(context)},
        heat=heat_book(context, on_heat, table, outside, kpi_year(context, years(context))),
    )


def _simulation(study: Study) -> dict[str, Any] | None:
    """What is told of the simulated hall beside its lines and key figures; None for a study without."""
    of = study.simulation
    return None if of is None else {"weather": of.weather_file, "redundancy": redundancy(study)}


def library_versions() -> dict[str, str]:
    """Versions of Python and of the libraries the numbers pass through."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
