"""The results document: everything a report, a workbook or a reader of JSON needs, and nothing alive."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

import rfc8785

from factors.law import rules
from factors.problems import InputError, Problem
from inventories.study import as_json
from lca.context import Context
from lca.contracts import Matching
from lca.coverage import boundary
from lca.electricity import Electricity
from lca.kpi import kpi_year, years
from lca.passport import used_records
from lca.system import BASES
from lca.tables import totals
from lca.weather import normals

SCHEMA_VERSION = 1
PACKAGES = ("bw2calc", "bw_processing", "matrix_utils", "numpy", "scipy", "pandas", "reportlab", "pint")


def input_hash(context: Context) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of study, factor and property rows used, and choices."""
    document = {
        "study": as_json(context.study),
        **used_records(context),
        "trajectories": {
            name: {str(year): value for year, value in points.items()}
            for name, points in sorted(context.trajectories.items())
        },
        "weather": _weather(context),
        "law": _law(context),
        "choices": [(choice["choice"], choice["value"]) for choice in choices(context, [])],
    }
    return hashlib.sha256(rfc8785.dumps(_without_floats_that_are_integers(document))).hexdigest()


def _weather(context: Context) -> dict[str, list[tuple[float, float]]]:
    """Normals of every synthetic year that is named."""
    of = (context.study.simulation, context.study.network)
    named = (each.weather_file for each in of if each is not None and each.weather_file)
    return {name: list(normals(name)) for name in sorted(set(named)) if normals(name)}


def _law(context: Context) -> dict[str, float]:
    """Numbers of the law that recovered heat may rest on."""
    country = context.study.settings.country.upper()
    found = {kind: rules(country, kind) for kind in ("energy-form", "electricity-tax")} if context.study.heat else {}
    return {f"{kind}:{key}": rule.value for kind, of in found.items() for key, rule in of.items()}


def _without_floats_that_are_integers(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Whole floats below 2**53 as integers; tuples as lists: one spelling of each number."""
    match value:
        case dict():
            return {key: _without_floats_that_are_integers(item) for key, item in value.items()}
        case list() | tuple():
            return [_without_floats_that_are_integers(item) for item in value]
        case float() if value.is_integer() and abs(value) < 2**53:
            return int(value)
        case _:
            return value


def choices(context: Context, restated: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the choices the result rests on, with their value and where it came from; totals under other rules."""
    settings = context.study.settings
    default_rule = "pro-rata" if settings.study_type == "annual" else "standard"
    trajectories = Electricity(context, Matching(context, [])).trajectories
    losses = any(name.startswith("grid_loss") for _, name in context.properties)
    stated: list[tuple[str, str | None, str]] = [
        ("replacement_rule", settings.replacement_rule, default_rule),
        ("gwp_set", settings.gwp_set, "AR6"),
        ("grid_trajectory", settings.grid_trajectory and trajectories.stated, trajectories.stated),
        *_of_the_grid(context),
        ("grid_connection", settings.grid_connection if losses else None, "losses not included"),
        ("residual_mix", settings.residual_mix, "constant"),
        ("consolidation", settings.consolidation, "operational"),
        ("boundary", "; ".join(settings.boundary) if settings.boundary else None, "; ".join(boundary(context.study))),
        ("kpi_year", str(settings.kpi_year) if settings.kpi_year else None, str(kpi_year(context, years(context)))),
        ("hours_per_year", f"{settings.hours_per_year:g}" if settings.hours_per_year else None, "8760"),
    ]
    made: list[dict[str, Any]] = [
        {"choice": name, "value": value or default, "status": "given" if value else "default"}
        for name, value, default in stated
    ]
    for each in made:
        if told := [row for row in restated if row["choice"] == each["choice"]]:
            each["totals"] = [{key: value for key, value in row.items() if key != "choice"} for row in told]
    return made


def _of_the_grid(context: Context) -> list[tuple[str, str | None, str]]:
    """Choices that shape the grid where they are made: hours, floor and decline of its trajectory."""
    settings = context.study.settings
    floor, decline = settings.trajectory_floor, settings.trajectory_decline_percent
    stated = [
        ("grid_profile", settings.grid_profile),
        ("trajectory_floor", None if floor is None else f"{floor:g} kg CO2e/kWh"),
        ("trajectory_decline_percent", None if decline is None else f"{decline:g} %/a"),
    ]
    return [(name, value, "") for name, value in stated if value is not None]


def document(
    *,
    context: Context,
    version: str,
    libraries: Mapping[str, str],
    totals: Mapping[str, Mapping[str, float]],
    contributions: list[dict[str, Any]],
    outside: list[dict[str, Any]],
    heat_methods: list[dict[str, Any]],
    intensities: list[dict[str, Any]],
    coverage: Mapping[str, Any],
    problems: Sequence[Problem],
    choices: list[dict[str, Any]],
    passport: Mapping[str, Any],
    kpi: list[dict[str, Any]],
    electricity: list[dict[str, Any]],
    simulation: dict[str, Any] | None,
    heat: dict[str, Any] | None,
    measures: Mapping[str, Any],
    trail: Mapping[str, Any],
) -> dict[str, Any]:
    """Put the results document together; its keys are fixed by the schema version."""
    return {
        "schema_version": SCHEMA_VERSION,
        "jalki": {"version": version, "libraries": dict(libraries)},
        "input_hash": input_hash(context),
        "study": as_json(context.study),
        "complete": not any(problem.severity == "gap" for problem in problems),
        "screening": any(problem.code == "screening-used" for problem in problems),
        "totals": totals,
        "contributions": contributions,
        "outside": outside,
        "heat_methods": heat_methods,
        "intensities": intensities,
        "electricity": electricity,
        "simulation": simulation,
        "heat": heat,
        "measures": measures,
        "kpi": kpi,
        "coverage": coverage,
        "problems": [problem.as_json() for problem in problems],
        "choices": choices,
        "passport": passport,
        "trail": trail,
    }


KEYS = (
    "schema_version", "jalki", "input_hash", "study", "complete", "screening", "totals", "contributions", "outside",
    "heat_methods", "intensities", "electricity", "simulation", "heat", "measures", "kpi", "coverage", "problems",
    "choices", "passport", "trail",
)  # fmt: skip
"""Keys of a results document, in their order."""


def from_text(content: bytes, file: str) -> dict[str, Any]:
    """Read a results document.

    Parameters
    ----------
    content
        What a file holds.
    file
        Its name, for what is said of it.

    Raises
    ------
    InputError
        It is no JSON, no results document, or one of another schema version.
    """
    try:
        document = json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise _unreadable(file, str(error)) from error
    if not isinstance(document, dict) or "schema_version" not in document:
        raise _unreadable(file, "schema_version")
    if document["schema_version"] != SCHEMA_VERSION:
        read, known = str(document["schema_version"])[:40], str(SCHEMA_VERSION)
        raise InputError([Problem("results-version", read=read, values={"file": file, "known": known})])
    lacking = [key for key in KEYS if key not in document]
    if lacking:
        raise _unreadable(file, ", ".join(lacking))
    try:
        wrong = list(_contradictions(document))
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise _unreadable(file, f"{type(error).__name__}: {error}"[:200]) from error
    if wrong:
        raise _unreadable(file, ", ".join(wrong))
    return document


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(name)


def _contradictions(document: Mapping[str, Any]) -> Iterator[str]:
    """Totals that are not the sums of their rows: a document that was altered, or cut."""
    again = totals(document["contributions"])
    for basis in BASES:
        scale = sum(abs(row[basis]) for row in document["contributions"])
        for key, value in again[basis].items():
            if abs(document["totals"][basis][key] - value) > 1e-9 * scale + 1e-9:
                yield f"totals/{basis}/{key}"


def _unreadable(file: str, read: str) -> InputError:
    return InputError([Problem("results-unreadable", read=read, values={"file": file})])


def pieces(document: Any, depth: int = 3) -> Iterator[str]:  # noqa: ANN401 - JSON
    r"""Write a document as JSON, piece by piece, with each record on a line of its own.

    Keys and rows of the upper levels get lines, what lies deeper stands on the line of its record: a table of results
    is read and compared line by line. Equal documents give equal text. A large document is never held as a whole.

    Examples
    --------
    >>> print("".join(pieces({"a": [{"b": 1.5, "c": "\u00e4"}], "d": {}})), end="")
    {
     "a": [
      {"b": 1.5, "c": "ä"}
     ],
     "d": {}
    }
    """
    yield from _written(document, depth, "\n")
    yield "\n"


def _written(value: Any, depth: int, line: str) -> Iterator[str]:  # noqa: ANN401 - JSON
    further = line + " "
    match value:
        case dict() if value and depth:
            for place, (key, item) in enumerate(value.items()):
                yield f"{',' if place else '{'}{further}{_compact(key)}: "
                yield from _written(item, depth - 1, further)
            yield f"{line}}}"
        case list() if value and depth and isinstance(value[0], dict | list):
            for place, item in enumerate(value):
                yield f"{',' if place else '['}{further}{_compact(item)}"
            yield f"{line}]"
        case _:
            yield _compact(value)


def _compact(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
