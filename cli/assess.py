"""``jalki assess``: from a workbook to the summary, the results document and the report."""

import json as json_format
from pathlib import Path

from cli.output import USAGE, existing, say, show, show_json, stop, write_files
from cli.study import assessed, refuse


def run(file: Path, output: Path | None, *, final: bool, json: bool, language: str) -> None:
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
