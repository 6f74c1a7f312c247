"""``jalki new``: write an input workbook."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import USAGE, Console, line

if TYPE_CHECKING:
    from templates import workbook


def run(file: Path, example: str | None, console: Console, *, screening: bool) -> None:
    """Write a workbook; an existing file is never replaced."""
    from templates import workbook

    console.new_workbook(file)
    language = console.language
    if screening:
        if example is not None:
            console.stop(USAGE, "{options} exclude each other", options="--example, --screening")
        console.write_files({file: workbook.workbook(language, _screened(console))})
        return
    if example is not None and example not in workbook.examples():
        known = ", ".join(workbook.examples())
        console.stop(USAGE, "there is no example {example}; known: {known}", example=repr(example), known=known)
    rows = workbook.example(example) if example else None
    console.write_files({file: workbook.workbook(language, rows)})


def _screened(console: Console) -> "Mapping[str, workbook.Rows]":
    """Ask the ten questions on standard error, read a line each; a person is asked again, a pipe is not."""
    from templates import screening

    typed: dict[str, str] = {}
    language, said = console.language, screening.said
    count = len(screening.QUESTIONS)
    line(said("intro", language))
    for number, question in enumerate(screening.QUESTIONS, 1):
        line(f"\n{number}/{count}  {said(f'ask-{question.key}', language)}")
        line(f"      {screening.hint(question, language)}")
        while question.key not in typed:
            try:
                answer = sys.stdin.readline()
                answer.encode()  # a terminal may hand out what is no text
            except UnicodeError:
                console.stop(USAGE, "{reason}", reason=said("no-text", language, number=number))
            if not answer:
                console.stop(USAGE, "{reason}", reason=said("ended", language, number=number, count=count))
            try:
                screening.read(question, answer, language)
            except ValueError as error:
                if not sys.stdin.isatty():
                    console.stop(USAGE, "{reason}", reason=error)
                line(str(error))
            else:
                typed[question.key] = answer.strip()
    rows, notes = screening.screening(typed, language)
    for note in notes:
        line(note)
    return rows
