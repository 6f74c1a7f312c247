"""``jalki compare``: which inputs of two studies differ, and what each difference does."""

from pathlib import Path

from cli.output import Console
from cli.study import MALFORMED, malformed, opened, refuse


def run(one: Path, other: Path, console: Console, *, json: bool) -> None:
    """Compare two workbooks or results documents; nothing is written."""
    first, second = (opened(file, console, json=json) for file in (one, other))
    from factors.problems import InputError
    from lca.compare import comparison, differences, effects
    from templates.comparison import lines

    try:
        found = differences(first["study"], second["study"])
        told = comparison(
            first, second, list(console.counted(effects(first["study"], second["study"], found), len(found)))
        )
    except InputError as error:
        refuse(one, error.problems, console, json=json)
    except MALFORMED as error:
        malformed(one, error, console, json=json)
    if json:
        console.show_json(told)
        return
    for each in lines(told, (one.name, other.name), console.texts):
        console.show(each)
