"""``jalki check``: every problem of a workbook in one pass."""

from pathlib import Path

from cli.output import existing, exit_code, problems_document, say, show, show_json


def run(file: Path, *, json: bool, language: str) -> None:
    """Check a workbook and end with the exit code of what was found."""
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook
    from templates.terminal import problem_lines, tally
    from templates.texts import Texts

    try:
        read = read_workbook(existing(file))
        problems = list(read.problems)
        if read.study is not None:
            from lca.assess import precheck

            problems = ordered([*problems, *map(read.places.locate, precheck(read.study))])
    except InputError as error:
        problems = error.problems
    document = problems_document(problems)
    if json:
        show_json(document)
    else:
        texts = Texts(language)
        for line in problem_lines(document["problems"], texts):
            show(line)
        say(f"{file}: {tally(document['problems'], texts)}")
    raise SystemExit(exit_code(problems))
