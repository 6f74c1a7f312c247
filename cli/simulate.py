"""``jalki simulate``: the simulated hall by year and month, and its hours as a file."""

from pathlib import Path

from cli.output import SCHEMA_VERSION, Console
from cli.study import refuse

HEAD = "time [UTC],it [kW],cooling [kW],losses [kW],lighting [kW],heat [kW],water [kg]"
"""Header of the file of hours, which a cell ``profile`` reads: ``hours.csv#it``."""


def run(file: Path, hours: Path | None, console: Console, *, json: bool) -> None:
    """Simulate the hall of a workbook; ``hours`` names the CSV file of its hours to write."""
    console.existing(file)
    from factors.problems import InputError, ordered
    from inventories.reader import read_workbook
    from lca.expand import expand
    from lca.hall import hall_document, hourly_rows

    try:
        read = read_workbook(file)
        if read.study is None:
            refuse(file, read.problems, console, json=json)
        with console.stage("simulating the hall"):
            found = hall_document(read.study)
    except InputError as error:
        places = read.places.locate if "read" in locals() else (lambda problem: problem)
        refuse(file, ordered(map(places, error.problems)), console, json=json)
    if hours is not None:
        _, rows = hourly_rows(expand(read.study))
        console.write_files({hours: "\n".join([HEAD, *map(",".join, rows), ""]).encode()})
    if json:
        console.show_json({"schema_version": SCHEMA_VERSION, **found})
        return
    from templates.keyfigures import hall_lines

    for each in hall_lines(found, console.texts):
        console.show(each)
