"""The two sheets that only help: every factor of the library, and the words of the drop-downs; never read."""

from collections.abc import Mapping
from typing import Any

from factors.library import library
from factors.model import Factor
from factors.units import Unit
from inventories.format import column
from templates.workbook import style
from templates.workbook.cells import said, sheet_name
from templates.workbook.offers import Offer, listed_factors, offers


def ranges(language: str) -> dict[str, str]:
    """Where the words of each list stand: the range its drop-downs are made from.

    Examples
    --------
    >>> ranges("en")["factor"].partition("!")[0]
    "'Factor list'"
    """
    found = {"factor": f"'{sheet_name('Factor list', language)}'!$A$2:$A${len(listed_factors()) + 1}"}
    first = 2
    for each in offers(language):
        last = first + len(each.words) - 1
        found[each.name] = f"'{sheet_name('Lists', language)}'!$B${first}:$B${last}"
        first = last + 1
    return found


def write_lists(page: Any, language: str, styles: Mapping[str, Any]) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Write the words of every list below each other, with the key or what the word means.

    It has no filter: rows sorted would take the words of one list to another.
    """
    _start(page, [(said(f"list-{each}", language), 0) for each in ("list", "word", "meaning")], styles)
    for j, width in enumerate((46, 46, 60)):
        page.set_column(j, j, width)
    i = 1
    for each in offers(language):
        i = _write_list(page, i, each, styles)


def _write_list(page: Any, i: int, offered: Offer, styles: Mapping[str, Any]) -> int:  # noqa: ANN401
    for k, (word, meaning) in enumerate(offered.words):
        end = " first" if k == 0 else ""
        page.write_string(i + k, 0, offered.title, styles[f"list quiet{end}"])
        page.write_string(i + k, 1, word, styles[f"list{end}"])
        page.write_string(i + k, 2, meaning, styles[f"list quiet{end}"])
    return i + len(offered.words)


def write_factors(page: Any, language: str, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    """Write every factor of the library by section and family, with a filter.

    Values are not among it: one id has several by module, part and year, and ``jalki factors show`` tells them all with
    their sources.
    """
    labels = {key: column("Factors", key).labels[language] for key in ("id", "name", "unit", "module", "geography")}
    heads = [
        (labels["id"], 44), (labels["name"], 62), (column("Exclusions", "section").labels[language], 22),
        (column("Factors", "family").labels[language], 42), (labels["unit"], 18), (labels["module"], 22),
        (labels["geography"], 14), (column("Factors", "year").labels[language], 8), (said("origin", language), 18),
    ]  # fmt: skip
    _start(page, heads, styles)
    before = ""
    for i, key in enumerate(listed_factors(), 1):
        line = _factor_line(key, language)
        end = " first" if line[2] != before else ""
        before = str(line[2])
        for j, each in enumerate(line):
            look = styles[("list" if j < 2 else "list quiet") + end]
            if isinstance(each, int):
                page.write_number(i, j, each, look)
            else:
                page.write_string(i, j, each, look)
    page.autofilter(0, 0, len(listed_factors()), len(heads) - 1)


def _factor_line(key: str, language: str) -> list[str | int]:
    shelf = library()
    its_rows = shelf.factors[key]
    family = shelf.families[its_rows[0].family]
    places = dict.fromkeys(row.geography for row in its_rows if row.geography)
    return [
        key,
        shelf.name(key, language),
        said(f"section-{family.section}", language),
        family.names.get(language) or family.family,
        _unit(its_rows[0].unit, language),
        ", ".join(dict.fromkeys(row.module for row in its_rows)),
        ", ".join(places),
        max(row.year for row in its_rows),
        said(f"origin-{_origin(its_rows)}", language),
    ]


def _unit(unit: Unit, language: str) -> str:
    piece = said("unit-piece", language)
    below = piece if unit.denominator.symbol == "piece" else unit.denominator.label
    return f"{unit.numerator.label}/{below}"


_CONFIDENCE = ("read", "derived", "second-hand", "assumption", "knowledge")
"""From the best to the weakest."""


def _origin(its_rows: tuple[Factor, ...]) -> str:
    """Say the weakest origin among the rows of a factor."""
    if any(row.doubtful for row in its_rows):
        return "doubtful"
    return max((row.confidence for row in its_rows), key=_CONFIDENCE.index)


def _start(page: Any, heads: list[tuple[str, int]], styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    page.set_tab_color(style.TABS["list"])
    page.hide_gridlines(2)
    for j, (title, width) in enumerate(heads):
        page.write_string(0, j, title, styles["list head"])
        if width:
            page.set_column(j, j, width)
    page.set_row(0, 33)
    page.freeze_panes(1, 1)
    style.printed(page, head=True)
