"""``jalki report``: a results document printed again, in any language."""

from pathlib import Path

from cli.assess import printed
from cli.output import Console
from cli.study import MALFORMED, loaded, malformed


def run(file: Path, output: Path | None, console: Console) -> None:
    """Make the report and the result workbook of a results document."""
    folder = console.folder_of(file, output)
    document = loaded(file, console, json=False)
    try:
        files = printed(document, folder, file.stem.removesuffix("-results"), console)
    except MALFORMED as error:
        malformed(file, error, console, json=False)
    console.write_files(files)
