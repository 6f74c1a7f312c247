"""``jalki measures``: what could be done about a footprint, what each measure avoids and costs."""

from pathlib import Path

from cli.output import Console
from cli.study import opened, warned


def run(file: Path, console: Console, *, json: bool) -> None:
    """Tell the measures of a workbook or a results document; nothing is written."""
    document = opened(file, console, json=json)
    from templates.measures import lines

    if json:
        console.show_json({"schema_version": document["schema_version"], "measures": document["measures"]})
        return
    warned(document, console)
    for each in lines(document, console.texts):
        console.show(each)
