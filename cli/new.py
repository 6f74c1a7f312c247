"""``jalki new``: write an input workbook."""

from pathlib import Path

from cli.output import USAGE, say, stop, write_file


def run(file: Path, example: str | None, language: str) -> None:
    """Write a workbook; an existing file is never replaced, it may be somebody's inventory."""
    from templates import workbook

    if file.suffix.lower() != ".xlsx":
        stop(USAGE, f"{file} does not end in .xlsx")
    if file.exists():
        stop(USAGE, f"{file} exists already; give another name")
    if not file.parent.is_dir():
        stop(USAGE, f"there is no folder {file.parent}")
    if example is not None and example not in workbook.examples():
        stop(USAGE, f"there is no example {example!r}; known: {', '.join(workbook.examples())}")
    rows = workbook.example(example) if example else None
    write_file(file, workbook.workbook(language, rows))
    say(f"wrote {file}")
