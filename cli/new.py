"""``jalki new``: write an input workbook."""

from pathlib import Path

from cli.output import USAGE, new_workbook, say, stop, write_file


def run(file: Path, example: str | None, language: str) -> None:
    """Write a workbook; an existing file is never replaced."""
    from templates import workbook

    new_workbook(file)
    if example is not None and example not in workbook.examples():
        stop(USAGE, f"there is no example {example!r}; known: {', '.join(workbook.examples())}")
    rows = workbook.example(example) if example else None
    write_file(file, workbook.workbook(language, rows))
    say(f"wrote {file}")
