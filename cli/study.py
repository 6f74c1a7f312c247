"""From a file to its results document, or to the problems and the exit code that refuse it."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cli.output import FAILED, USAGE, Console, exit_code, line, painter, problems_document

if TYPE_CHECKING:
    from factors.problems import Problem
    from inventories.places import Places
    from inventories.study import Study

MALFORMED = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, RecursionError)
"""What using a results document says that holds something else than this version writes."""


@dataclass(frozen=True)
class Readable:
    """A study without errors, with what was said of it and where everything stands."""

    study: "Study"
    problems: "Sequence[Problem]"
    places: "Places"


def refuse(file: Path, problems: "Sequence[Problem]", console: Console, *, json: bool, final: bool = False) -> NoReturn:
    """Say problems and end with their exit code."""
    from templates.terminal import problem_lines, tally

    document, texts = problems_document(problems), console.texts
    if json:
        console.show_json(document)
    else:
        for said in problem_lines(document["problems"], texts, painter(sys.stderr)):
            line(said)
        nothing = texts("nothing was written")
        line(f"{file}: {tally(document['problems'], texts)}; {nothing}")
    raise SystemExit(exit_code(problems, final=final))


def opened(file: Path, console: Console, *, json: bool) -> dict[str, Any]:
    """Results document of a file: a workbook is assessed, a results document read as it is."""
    return loaded(file, console, json=json) if file.suffix.lower() == ".json" else assessed(file, console, json=json)


def loaded(file: Path, console: Console, *, json: bool) -> dict[str, Any]:
    """Read a results document; one that cannot be read ends the command."""
    console.existing(file)
    from factors.problems import InputError
    from lca.results import from_text

    try:
        return from_text(file.read_bytes(), file.name)
    except OSError as error:
        console.stop(USAGE, "{path} cannot be read: {reason}", path=file, reason=error.strerror)
    except InputError as error:
        refuse(file, error.problems, console, json=json)


def malformed(file: Path, error: Exception, console: Console, *, json: bool) -> NoReturn:
    """End the command where a results document holds something else than this version writes."""
    from factors.problems import Problem

    said = f"{type(error).__name__}: {error}"[:200]
    refuse(file, [Problem("results-unreadable", read=said, values={"file": file.name})], console, json=json)


def warned(document: Mapping[str, Any], console: Console) -> None:
    """Say the warnings of a results document beside what is shown of it."""
    from templates.terminal import problem_lines

    warnings = [problem for problem in document["problems"] if problem["severity"] == "warning"]
    for each in problem_lines(warnings, console.texts, painter(sys.stderr)):
        console.note(each)


def assessed(file: Path, console: Console, *, json: bool, final: bool = False) -> dict[str, Any]:
    """Read and assess a workbook; one that cannot be assessed ends the command."""
    found = read(file, console, json=json, final=final)
    return solved(found.study, found, file, console, json=json, final=final)


def read(file: Path, console: Console, *, json: bool, final: bool = False) -> "Readable":
    """Read a workbook; one with errors ends the command."""
    console.existing(file)
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook

    try:
        with console.stage("reading {file}", file=file.name):
            found = read_workbook(file)
    except InputError as error:
        refuse(file, ordered(error.problems), console, json=json, final=final)
    if found.study is None:
        refuse(file, found.problems, console, json=json, final=final)
    return Readable(found.study, found.problems, found.places)


def solved(  # noqa: PLR0913 - what was read, and how it is told
    study: "Study", found: "Readable", file: Path, console: Console, *, json: bool, final: bool = False
) -> dict[str, Any]:
    """Assess a study that was read, or one changed from it; what gives no result ends the command."""
    from factors.problems import InputError, ordered
    from lca.assess import DisagreementError, assess

    try:
        with console.stage("solving the product system"):
            return assess(study, found.problems, found.places.locate)
    except InputError as error:
        refuse(file, ordered(map(found.places.locate, error.problems)), console, json=json, final=final)
    except DisagreementError as error:
        console.stop(FAILED, "the result was not handed out: {reason}", reason=error)
