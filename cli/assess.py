"""``jalki assess``: from a workbook to the summary, the report, the result workbook and the results document."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import USAGE, existing, say, show, show_json, stop, write_files
from cli.study import assessed, refuse

if TYPE_CHECKING:
    from templates.texts import Texts


def run(file: Path, output: Path | None, *, final: bool, explain: str | None, json: bool, language: str) -> None:
    """Assess a workbook; nothing is written where there is no result."""
    existing(file)
    folder = file.parent if output is None else output
    if not folder.is_dir():
        stop(USAGE, f"there is no folder {folder}")
    from factors.problems import Problem
    from templates.texts import Texts

    texts = Texts(language)
    document = assessed(file, texts, json=json, final=final)
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if final and gaps:
        said = [
            Problem(
                str(p["code"]), str(p["sheet"]), None, str(p["column"]), str(p["read"]), p["values"], str(p["cell"])
            )
            for p in gaps
        ]
        refuse(file, said, texts, json=json, final=True)
    if explain is not None:
        _explain(document, explain, texts, json=json)
        return
    _write(document, folder, file.stem, language)
    if json:
        show_json(document)
    else:
        from templates.terminal import problem_lines, summary

        show(summary(document, texts))
        warnings = [problem for problem in document["problems"] if problem["severity"] == "warning"]
        for line in problem_lines(warnings, texts):
            say(line)


def _explain(document: Mapping[str, Any], asked: str, texts: "Texts", *, json: bool) -> None:
    """Print the walk behind a number instead of the summary; nothing is written."""
    from templates.explain import UnknownPathError, explained, lines

    try:
        found = explained(document, asked)
    except UnknownPathError as error:
        said = "{asked} is neither a line nor a number with a walk; give a line's id, or a path such as {path}"
        stop(USAGE, texts(said, asked=str(error), path="totals/location/total"))
    if json:
        show_json({"explained": found})
    else:
        for line in lines(found, texts):
            show(line)


def _write(document: dict[str, object], folder: Path, stem: str, language: str) -> None:
    """Make all documents, then write them: a failure leaves none."""
    from lca.results import as_text
    from templates.report import render
    from templates.resultbook import result_workbook

    files = {
        folder / f"{stem}-results.json": as_text(document).encode(errors="backslashreplace"),
        folder / f"{stem}-results.xlsx": result_workbook(document, language),
        folder / f"{stem}-report.pdf": render(document, language).pdf,
    }
    write_files(files)
    for path in files:
        say(f"wrote {path}")
