"""``jalki new``: write an input workbook."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import USAGE, new_workbook, say, stop, write_file

if TYPE_CHECKING:
    from templates import workbook


def run(file: Path, example: str | None, language: str, *, screening: bool) -> None:
    """Write a workbook; an existing file is never replaced."""
    from templates import workbook

    new_workbook(file)
    if screening:
        if example is not None:
            stop(USAGE, "--example and --screening exclude each other")
        write_file(file, workbook.workbook(language, _screened(language)))
        say(f"wrote {file}")
        return
    if example is not None and example not in workbook.examples():
        stop(USAGE, f"there is no example {example!r}; known: {', '.join(workbook.examples())}")
    rows = workbook.example(example) if example else None
    write_file(file, workbook.workbook(language, rows))
    say(f"wrote {file}")


def _screened(language: str) -> "Mapping[str, workbook.Rows]":
    """Ask the ten questions on standard error, read a line each; a person is asked again, a pipe is not."""
    from templates import screening

    typed: dict[str, str] = {}
    count = len(screening.QUESTIONS)
    say(screening.said("intro", language))
    for number, question in enumerate(screening.QUESTIONS, 1):
        say(f"\n{number}/{count}  {screening.said(f'ask-{question.key}', language)}")
        say(f"      {screening.hint(question, language)}")
        while question.key not in typed:
            try:
                line = sys.stdin.readline()
                line.encode()  # a terminal may hand out what is no text
            except UnicodeError:
                stop(USAGE, screening.said("no-text", language, number=number))
            if not line:
                stop(USAGE, screening.said("ended", language, number=number, count=count))
            try:
                screening.read(question, line, language)
            except ValueError as error:
                if not sys.stdin.isatty():
                    stop(USAGE, str(error))
                say(str(error))
            else:
                typed[question.key] = line.strip()
    rows, notes = screening.screening(typed, language)
    for note in notes:
        say(note)
    return rows
