"""Values nobody typed: derived, defaulted, replaced or matched, each with how and from what source."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates import words
from templates.report.edition import Edition
from templates.report.labels import column_label
from templates.report.markup import Markup, muted, text, together
from templates.report.sources import cited
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_DIGITS = 5

Record = Mapping[str, Any]


def values(edition: Edition) -> list[Flowable]:
    """Make the chapter."""
    intro = edition.say(
        N_(
            "Numbers the result uses that the author did not type. Derived values follow from typed ones, "
            "defaults come from the library or the method, replaced ones stand in for a year or place "
            "without a value, matched ones were found by a name."
        )
    )
    groups = series(edition.document["passport"]["values"])
    if not groups:
        none = edition.say(N_("Every value was typed; Jälki added none."))
        return [Paragraph(none, style("body"))]
    columns = [
        Column(edition.word(N_("Line")), 33),
        Column(edition.word(N_("What")), 33),
        number(edition.word(N_("Value")), 27),
        Column(edition.word(N_("Status")), 15),
        Column(edition.word(N_("How"))),
        Column(edition.word(N_("Source")), 15),
    ]
    rows = [_row(edition, at) for at in groups]
    return [Paragraph(intro, style("body")), table(columns, rows, spread=True)]


def series(marks: Sequence[Record]) -> list[list[int]]:
    """Positions of values that differ by their year only, together; every other value by itself.

    Examples
    --------
    >>> rest = {"line": "Q1", "unit": "kWh", "status": "derived", "how": "once", "source": ""}
    >>> series([{"column": "2027", **rest}, {"column": "cop", **rest}, {"column": "2028", **rest}])
    [[0, 2], [1]]
    """
    found: dict[tuple[str, ...], list[int]] = {}
    for index, mark in enumerate(marks):
        yearless = (_YEAR.sub("", str(mark["column"])), _YEAR.sub("", str(mark["how"]), count=1))
        alone = () if _YEAR.search(str(mark["column"])) else (str(index),)
        key = (
            str(mark["line"]),
            *yearless,
            str(mark["unit"]),
            str(mark["status"]),
            str(mark["source"]),
            *alone,
        )
        found.setdefault(key, []).append(index)
    return list(found.values())


def _row(edition: Edition, at: Sequence[int]) -> Row:
    marks = [edition.document["passport"]["values"][index] for index in at]
    first = marks[0]
    numbers = [edition.figures.exact(f"passport/values/{index}/value", digits=_DIGITS) for index in at]
    return Row(
        [
            text(first["line"], 60),
            _what(edition, marks),
            text(f"{_value(edition, numbers)} {edition.unit(str(first['unit']))}".strip()),
            text(edition.label(words.STATUS, first["status"])),
            _how(edition, marks, numbers),
            cited(edition, str(first["source"])),
        ]
    )


def _what(edition: Edition, marks: Sequence[Record]) -> Markup:
    column = str(marks[0]["column"])
    if len(marks) == 1:
        return text(edition.module(column) if column in words.MODULE else column_label(edition, column), 80)
    years = [_YEAR.findall(str(mark["column"]))[0] for mark in marks]
    name = " ".join(_YEAR.sub("", column).split())
    return text(f"{column_label(edition, name)} {min(years)}–{max(years)}".strip(), 80)


def _value(edition: Edition, numbers: Sequence[str]) -> str:
    if len(set(numbers)) == 1:
        return numbers[0]
    return edition.word(N_("{first} … {last}"), first=numbers[0], last=numbers[-1])


def _how(edition: Edition, marks: Sequence[Record], numbers: Sequence[str]) -> Markup:
    how = text(marks[0]["how"], 200)
    if len(marks) == 1:
        return how
    if len(set(numbers)) == 1:
        return together(how, edition.say(N_("the same each year")), by="; ")
    years = [_YEAR.findall(str(mark["column"]))[0] for mark in marks]
    listed = ", ".join(f"{year}:\N{NO-BREAK SPACE}{value}" for year, value in zip(years, numbers, strict=True))
    return together(how, muted(text(listed, 2000)), by="<br/>")
