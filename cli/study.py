"""From a workbook to its results document, or to the problems and the exit code that refuse it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cli.output import FAILED, existing, exit_code, problems_document, say, show_json, stop

if TYPE_CHECKING:
    from factors.problems import Problem
    from templates.texts import Texts


def refuse(file: Path, problems: "Sequence[Problem]", texts: "Texts", *, json: bool, final: bool = False) -> NoReturn:
    """Say problems and end with their exit code."""
    from templates.terminal import problem_lines, tally

    document = problems_document(problems)
    if json:
        show_json(document)
    else:
        for line in problem_lines(document["problems"], texts):
            say(line)
        nothing = texts("nothing was written")
        say(f"{file}: {tally(document['problems'], texts)}; {nothing}")
    raise SystemExit(exit_code(problems, final=final))


def assessed(file: Path, texts: "Texts", *, json: bool, final: bool = False) -> dict[str, Any]:
    """Read and assess a workbook; one that cannot be assessed ends the command."""
    existing(file)
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook
    from lca.assess import DisagreementError, assess

    try:
        read = read_workbook(file)
        if read.study is None:
            refuse(file, read.problems, texts, json=json, final=final)
        return assess(read.study, read.problems, read.places.locate)
    except InputError as error:
        places = read.places.locate if "read" in locals() else (lambda problem: problem)
        refuse(file, ordered(map(places, error.problems)), texts, json=json, final=final)
    except DisagreementError as error:
        stop(FAILED, f"the result was not handed out: {error}")
