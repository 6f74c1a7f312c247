"""``jalki kpi``: the key figures of a study, each with its state and its meters."""

from pathlib import Path

from cli.output import Console
from cli.study import opened, warned


def run(file: Path, console: Console, *, json: bool) -> None:
    """Tell the key figures of a workbook or a results document; nothing is written."""
    document = opened(file, console, json=json)
    from templates.keyfigures import lines

    if json:
        console.show_json({"schema_version": document["schema_version"], "kpi": document["kpi"]})
        return
    warned(document, console)
    for each in lines(document, console.texts):
        console.show(each)
