"""``jalki assess``: from a workbook to the summary, the results document and the report."""

import json as json_format
from pathlib import Path

from cli.output import FAILED, USAGE, existing, exit_code, problems_document, say, show, show_json, stop, write_files


def run(file: Path, output: Path | None, *, final: bool, json: bool, language: str) -> None:
    """Assess a workbook; nothing is written where there is no result."""
    existing(file)
    folder = file.parent if output is None else output
    if not folder.is_dir():
        stop(USAGE, f"there is no folder {folder}")
    from factors.problems import InputError, Problem, ordered
    from inventories.reader import read_workbook
    from lca.assess import DisagreementError, assess
    from templates.texts import Texts

    texts = Texts(language)

    def refuse(problems: list[Problem]) -> None:
        from templates.terminal import problem_lines, tally

        document = problems_document(problems)
        if json:
            show_json(document)
        else:
            for line in problem_lines(document["problems"], texts):
                say(line)
            say(f"{file}: {tally(document['problems'], texts)}; nothing was written")
        raise SystemExit(exit_code(problems, final=final))

    try:
        read = read_workbook(file)
        if read.study is None:
            refuse(read.problems)
            return
        document = assess(read.study, read.problems, read.places.locate)
    except InputError as error:
        places = read.places.locate if "read" in locals() else (lambda problem: problem)
        refuse(ordered(map(places, error.problems)))
        return
    except DisagreementError as error:
        stop(FAILED, f"the result was not handed out: {error}")
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if final and gaps:
        refuse(
            [
                Problem(
                    str(p["code"]), str(p["sheet"]), None, str(p["column"]), str(p["read"]), p["values"], str(p["cell"])
                )
                for p in gaps
            ]
        )
    _write(document, folder, file.stem, language)
    if json:
        show_json(document)
    else:
        from templates.terminal import problem_lines, summary

        show(summary(document, texts))
        warnings = [problem for problem in document["problems"] if problem["severity"] == "warning"]
        for line in problem_lines(warnings, texts):
            say(line)


def _write(document: dict[str, object], folder: Path, stem: str, language: str) -> None:
    """Make both documents, then write them: a failure leaves neither."""
    from templates.report import render

    report = render(document, language)
    text = json_format.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    files = {folder / f"{stem}-results.json": text.encode(), folder / f"{stem}-report.pdf": report.pdf}
    write_files(files)
    for path in files:
        say(f"wrote {path}")
