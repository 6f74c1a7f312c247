"""``jalki check``: every problem of a workbook in one pass, and a copy with each marked where it stands."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import existing, exit_code, new_workbook, problems_document, say, show, show_json, write_file

if TYPE_CHECKING:
    from templates.texts import Texts


def run(file: Path, annotate: Path | None, *, json: bool, language: str) -> None:
    """Check a workbook and end with the exit code of what was found; ``annotate`` names the marked copy to write."""
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook
    from templates.terminal import problem_lines, tally
    from templates.texts import Texts

    existing(file)
    if annotate is not None:
        new_workbook(annotate)
    opened = False
    try:
        read = read_workbook(file)
        opened, problems = True, list(read.problems)
        if read.study is not None:
            from lca.assess import precheck

            problems = ordered([*problems, *map(read.places.locate, precheck(read.study))])
    except InputError as error:
        problems = error.problems if not opened else ordered(map(read.places.locate, [*problems, *error.problems]))
    document, texts = problems_document(problems), Texts(language)
    if json:
        show_json(document)
    else:
        for line in problem_lines(document["problems"], texts):
            show(line)
        say(f"{file}: {tally(document['problems'], texts)}")
    if annotate is not None:
        _annotate(file, annotate, document["problems"], texts, opened=opened)
    raise SystemExit(exit_code(problems))


def _annotate(
    file: Path, annotate: Path, problems: Sequence[Mapping[str, Any]], texts: "Texts", *, opened: bool
) -> None:
    """Write the marked copy, of a file that opens as a workbook."""
    from templates.annotate import CopyError, annotated

    if not opened:
        say(f"{annotate} was not written: {file} does not open as a workbook")
        return
    try:
        content = annotated(file, problems, texts)
    except CopyError as error:
        say(f"{annotate} was not written: {error}")
        return
    write_file(annotate, content)
    say(f"wrote {annotate}")
