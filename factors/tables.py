"""Reading the CSV tables that ship inside the packages."""

import csv
from collections.abc import Iterator
from importlib.resources import files


def rows(package: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of ``PACKAGE/data/NAME`` as dictionaries of text.

    Parameters
    ----------
    package
        One of the five import packages.
    name
        File name inside its ``data`` folder.

    Examples
    --------
    >>> next(rows("factors", "units.csv"))["unit"]
    'kg'
    """
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
