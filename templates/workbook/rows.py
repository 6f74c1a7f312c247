"""What may be written into a workbook: the examples that ship, and the few cells of a first study."""

import csv
from collections.abc import Mapping
from importlib.resources import files

from factors.tables import rows
from inventories.format import KEYED, sheets

Rows = list[Mapping[str, str]]


def examples() -> list[str]:
    """Names of the examples that ship with Jälki."""
    return sorted(each.name for each in files("inventories").joinpath("examples").iterdir() if each.is_dir())


def example(name: str) -> dict[str, Rows]:
    """Rows of an example by sheet, with English keys, as reviewable text.

    Raises
    ------
    KeyError
        There is no example of this name.
    """
    if name not in examples():
        raise KeyError(name)
    folder = files("inventories").joinpath("examples", name)
    found: dict[str, Rows] = {}
    for sheet in sheets():
        path = folder.joinpath(f"{sheet}.csv")
        if path.is_file():
            found[sheet] = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return found


def first_study(language: str = "en") -> dict[str, Rows]:
    """Rows of the worked example of the guidance: one for each sheet a first study needs, and one exclusion.

    Examples
    --------
    >>> first_study("sv")["Exclusions"]
    [{'module': 'B7', 'what': 'Kontorens vatten', 'reason': 'no-data'}]
    """
    found: dict[str, Rows] = {}
    for row in rows("templates", "first_study.csv"):
        if row["sheet"] in KEYED:
            found.setdefault(row["sheet"], []).append({"key": row["key"], "value": row[language]})
        else:
            line = found.setdefault(row["sheet"], [{}])[0]
            found[row["sheet"]] = [{**line, row["key"]: row[language]}]
    return found
