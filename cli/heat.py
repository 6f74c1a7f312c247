"""``jalki heat``: recovered heat by every method, its physics, who claims it and what it is worth."""

from pathlib import Path

from cli.output import Console
from cli.study import opened, warned


def run(file: Path, console: Console, *, json: bool) -> None:
    """Tell the recovered heat of a workbook or a results document; nothing is written."""
    document = opened(file, console, json=json)
    from templates.heat import lines

    if json:
        console.show_json({"schema_version": document["schema_version"], "heat": document["heat"]})
        return
    warned(document, console)
    for each in lines(document, console.texts):
        console.show(each)
