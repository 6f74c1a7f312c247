"""``jalki measures``: what could be done about a footprint, what each measure avoids and costs."""

from pathlib import Path

from cli.output import FAILED, USAGE, Console
from cli.study import opened, read, solved, warned


def run(file: Path, export: Path | None, console: Console, *, json: bool) -> None:
    """Tell the measures of a workbook or a results document; write a copy with rows of the catalogue if asked for."""
    if export is None:
        document = opened(file, console, json=json)
    elif file.suffix.lower() == ".json":
        console.stop(USAGE, "{file} holds results; give the workbook to write a copy", file=file)
    else:
        console.new_workbook(export)
        found = read(file, console, json=json)
        document = solved(found.study, found, file, console, json=json)
        from lca.measures.catalogue import suggested as of_catalogue
        from templates.annotate import CopyError
        from templates.measure_copy import suggested

        try:
            content = suggested(file, found.places, lambda language: of_catalogue(found.study, language))
        except CopyError as error:
            console.stop(FAILED, "{path} cannot be written: {reason}", path=export, reason=error)
        console.write_files({export: content})
    from templates.measures import lines

    if json:
        console.show_json({"schema_version": document["schema_version"], "measures": document["measures"]})
        return
    warned(document, console)
    for each in lines(document, console.texts):
        console.show(each)
