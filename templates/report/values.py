"""Values nobody typed: derived, defaulted, replaced or matched, each with how and from what source."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from templates import words
from templates.names import how_text, quantity_name
from templates.report.edition import Edition
from templates.report.labels import column_label
from templates.report.markup import Markup, capital, muted, text, together
from templates.report.sources import cited
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_

_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_DIGITS = 5
_LINES = 8

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
    """Positions of values that differ by their year only, or by their line only, together.

    Examples
    --------
    >>> rest = {"line": "Q1", "unit": "kWh", "value": 1.0, "status": "derived", "how": "once", "source": ""}
    >>> series([{"column": "2027", **rest}, {"column": "cop", **rest}, {"column": "2028", **rest}])
    [[0, 2], [1]]
    >>> series([{"column": "cop", **rest}, {"column": "cop", **rest, "line": "Q2"}])
    [[0, 1]]
    """
    found: dict[tuple[str, ...], list[int]] = {}
    for index, mark in enumerate(marks):
        yearless = (_YEAR.sub("", str(mark["column"])), _YEAR.sub("", str(mark["how"]), count=1))
        of_years = _YEAR.search(str(mark["column"]))
        alone = ("line", str(mark["line"])) if of_years else ("value", repr(mark["value"]))
        key = (
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
            _lines(edition, marks),
            _what(edition, marks),
            text(edition.amount(_value(edition, numbers), str(first["unit"]))),
            text(edition.label(words.STATUS, first["status"])),
            _how(edition, marks, numbers),
            cited(edition, str(first["source"])),
        ]
    )


def _lines(edition: Edition, marks: Sequence[Record]) -> Markup:
    """Lines that have the value: the first ones by id, the others counted."""
    lines = list(dict.fromkeys(str(mark["line"]) for mark in marks))
    said = text(", ".join(_line(edition, line) for line in lines[:_LINES]), 120)
    more = edition.say(N_("and {count} more"), count=len(lines) - _LINES) if len(lines) > _LINES else ""
    return together(said, more)


def _line(edition: Edition, line: str) -> str:
    """Line that a value belongs to; what is no row of the study is named."""
    if line in words.PSEUDO_LINE:
        return edition.word(words.PSEUDO_LINE[line])
    kind, _, country = line.partition(" ")
    return edition.word(N_("grid {country}"), country=country) if kind == "grid" and country else line


def _is_series(marks: Sequence[Record]) -> bool:
    return len({str(mark["column"]) for mark in marks}) > 1


def _what(edition: Edition, marks: Sequence[Record]) -> Markup:
    column = str(marks[0]["column"])
    if not _is_series(marks):
        return text(edition.module(column) if column in words.MODULE else _name(edition, column), 80)
    years = [_YEAR.findall(str(mark["column"]))[0] for mark in marks]
    name = " ".join(_YEAR.sub("", column).split())
    return text(f"{_name(edition, name) if name else ''} {min(years)}–{max(years)}".strip(), 80)


def _name(edition: Edition, key: str) -> str:
    """Name of a quantity, or of the column it would stand in."""
    name = _YEAR.sub("", key).strip()
    year = key[len(name) :] if key.startswith(name) else ""
    if name in words.SHORT_PART:
        return capital(edition.word(words.SHORT_PART[name]))
    said = quantity_name(name, edition.texts) if name in words.QUANTITY else column_label(edition, name)
    return f"{said}{year}" if name else key


def _value(edition: Edition, numbers: Sequence[str]) -> str:
    if len(set(numbers)) == 1:
        return numbers[0]
    return edition.word(N_("{first} … {last}"), first=numbers[0], last=numbers[-1])


def _how(edition: Edition, marks: Sequence[Record], numbers: Sequence[str]) -> Markup:
    how = text(how_text(marks[0], edition.texts), 200)
    if not _is_series(marks):
        return how
    if len(set(numbers)) == 1:
        return together(how, edition.say(N_("the same each year")), by="; ")
    years = [_YEAR.findall(str(mark["column"]))[0] for mark in marks]
    listed = ", ".join(f"{year}:\N{NO-BREAK SPACE}{value}" for year, value in zip(years, numbers, strict=True))
    return together(how, muted(text(listed, 2000)), by="<br/>")
