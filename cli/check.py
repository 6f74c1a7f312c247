"""``jalki check``: every problem of a workbook in one pass, and a copy with each marked where it stands."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cli.output import Console, exit_code, painter, problems_document


def run(file: Path, annotate: Path | None, console: Console, *, json: bool) -> None:
    """Check a workbook and end with the exit code of what was found; ``annotate`` names the marked copy to write."""
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook
    from templates.terminal import problem_lines, tally

    console.existing(file)
    if annotate is not None:
        console.new_workbook(annotate)
    opened = False
    try:
        read = read_workbook(file)
        opened, problems = True, list(read.problems)
        if read.study is not None:
            from lca.assess import precheck

            problems = ordered([*problems, *map(read.places.locate, precheck(read.study))])
    except InputError as error:
        problems = error.problems if not opened else ordered(map(read.places.locate, [*problems, *error.problems]))
    document, texts = problems_document(problems), console.texts
    if json:
        console.show_json(document)
    else:
        for line in problem_lines(document["problems"], texts, painter(sys.stdout)):
            console.show(line)
        console.note(f"{file}: {tally(document['problems'], texts)}")
    if annotate is not None:
        _annotate(file, annotate, document["problems"], console, opened=opened)
    raise SystemExit(exit_code(problems))


def _annotate(
    file: Path, annotate: Path, problems: Sequence[Mapping[str, Any]], console: Console, *, opened: bool
) -> None:
    """Write the marked copy, of a file that opens as a workbook."""
    from templates.annotate import CopyError, annotated

    if not opened:
        console.tell("{copy} was not written: {file} does not open as a workbook", copy=annotate, file=file)
        return
    try:
        content = annotated(file, problems, console.texts)
    except CopyError as error:
        console.tell("{copy} was not written: {reason}", copy=annotate, reason=error)
        return
    console.write_files({annotate: content})
