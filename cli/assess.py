"""``jalki assess``: from a workbook to the summary, the report, the result workbook and the results document."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.output import FAILED, USAGE, Console, painter
from cli.study import assessed, refuse, warned


def run(file: Path, output: Path | None, console: Console, *, final: bool, explain: str | None, json: bool) -> None:
    """Assess a workbook; nothing is written where there is no result."""
    folder = console.folder_of(file, output)
    from factors.problems import Problem
    from lca.results import pieces

    document = assessed(file, console, json=json, final=final)
    gaps = [problem for problem in document["problems"] if problem["severity"] == "gap"]
    if final and gaps:
        said = [
            Problem(
                str(p["code"]), str(p["sheet"]), None, str(p["column"]), str(p["read"]), p["values"], str(p["cell"])
            )
            for p in gaps
        ]
        refuse(file, said, console, json=json, final=True)
    if explain is not None:
        _explain(document, explain, console, json=json)
        return
    encoded = (piece.encode(errors="backslashreplace") for piece in pieces(document))
    files = printed(document, folder, file.stem, console)
    console.write_files({folder / f"{file.stem}-results.json": encoded, **files})
    if json:
        sys.stdout.writelines(pieces(document))
        return
    from templates.terminal import summary

    warned(document, console)
    console.show(summary(document, console.texts, painter(sys.stdout)))


def printed(document: Mapping[str, Any], folder: Path, stem: str, console: Console) -> dict[Path, bytes]:
    """Make what people read of a results document: the result workbook and the report."""
    from templates.report import render
    from templates.resultbook import result_workbook

    try:
        with console.stage("making the result workbook"):
            workbook = result_workbook(document, console.language)
        with console.stage("making the report"):
            report = render(document, console.language).pdf
    except OSError as error:  # the workbook passes through files of its own before it is whole
        console.stop(FAILED, "the results cannot be made: {reason}", reason=error.strerror or error)
    return {folder / f"{stem}-results.xlsx": workbook, folder / f"{stem}-report.pdf": report}


def _explain(document: Mapping[str, Any], asked: str, console: Console, *, json: bool) -> None:
    """Print the walk behind a number instead of the summary; nothing is written."""
    from templates.explain import UnknownPathError, explained, lines

    try:
        found = explained(document, asked)
    except UnknownPathError as error:
        console.stop(
            USAGE,
            "{asked} is neither a line nor a number with a walk; give a line's id, or a path such as {path}",
            asked=error,
            path="totals/location/total",
        )
    if json:
        console.show_json({"explained": found})
        return
    for each in lines(found, console.texts):
        console.show(each)
