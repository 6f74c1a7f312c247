"""The input workbook, written from the format table: headers in a language, an example's rows where one is named."""

import csv
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from io import BytesIO
from typing import Any

from factors.numbers import NumberError, parse_number
from inventories.format import Column, Sheet, choices, columns, sheets

STANDARD_UNIT = {
    "power": "kW",
    "area": "m²",
    "energy": "MWh",
    "money": "EUR",
    "volume": "m³",
    "mass": "kg",
    "mass-per-year": "kg",
}
"""Unit written into the header of a column that has no unit cell beside it."""

_UNIT_CELL = ("amount", "heat", "charge", "price")
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's own clock, the same in every copy

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


def header(of: Column, language: str) -> str:
    """Header of a column: its label, its unit in brackets where one is fixed or standard.

    Examples
    --------
    >>> from inventories.format import column
    >>> header(column("Years", "it_capacity"), "en")
    'IT capacity [kW]'
    """
    unit = of.unit
    if of.has_unit and of.key not in _UNIT_CELL:
        unit = STANDARD_UNIT.get(of.dimension, "")
    if of.kind != "number" or of.is_percent or not unit:
        return of.labels[language]
    return f"{of.labels[language]} [{unit}]"


def cell(of: Column, text: str, language: str) -> str | float:
    """Value of a cell of an example: a number as a number, a choice in the language of the workbook."""
    if of.kind in ("number", "integer", "year"):
        try:
            return parse_number(text, "en").value
        except NumberError:
            return text
    if of.kind == "choice":
        return choices(of.choices).get(text, {}).get(language, text)
    if of.choices == "transport" and language != "en":  # kilometres have a decimal comma
        return text.replace(".", ",")
    return text


def workbook(language: str = "en", rows: Mapping[str, Rows] | None = None) -> bytes:
    """Write an input workbook with the sheets this version reads.

    Parameters
    ----------
    language
        ``en``, ``fi`` or ``sv``: of sheet names, headers and choices.
    rows
        Rows by sheet with English keys, as ``example`` gives them; None: headers only.

    Returns
    -------
    bytes
        An ``.xlsx`` file; the same bytes for the same arguments.
    """
    import xlsxwriter  # noqa: PLC0415 - not for `--help`

    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": _CREATED, "comments": "Jälki input workbook, format 1"})
    book.set_custom_property("jalki_format", 1)
    styles = {
        "required": book.add_format(
            {"bold": True, "bg_color": "#0B4F5A", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        ),
        "optional": book.add_format({"bg_color": "#D7E7E9", "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "number": book.add_format({"valign": "top", "num_format": "General"}),
    }
    for sheet in sheets().values():
        if not sheet.unread_until:
            _write(book.add_worksheet(sheet.labels[language]), sheet, language, (rows or {}).get(sheet.key, []), styles)
    book.close()
    return stream.getvalue()


def _write(page: Any, sheet: Sheet, language: str, rows: Rows, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    if sheet.key == "Study":
        _write_study(page, language, rows, styles)
        return
    shown = list(_shown(sheet.key, rows))
    for j, of in enumerate(shown):
        page.write_string(0, j, header(of, language), styles["required" if of.required == "always" else "optional"])
        texts = [row.get(of.key) or "" for row in rows]
        longest = max(map(len, texts), default=0)
        page.set_column(j, j, min(46, max(11, len(of.labels[language]) // 2 + 4, longest + 2)))
        for i, text in enumerate(texts, 1):
            if text:
                _write_cell(page, i, j, cell(of, text, language), styles)
    page.set_row(0, 32)
    page.freeze_panes(1, 2)


def _shown(sheet: str, rows: Rows) -> Iterator[Column]:
    """All columns of a blank sheet; in an example those it fills, and the required ones."""
    filled = {key for row in rows for key, text in row.items() if text}
    for of in columns(sheet):
        if not rows or of.key in filled or of.required == "always":
            yield of


def _write_study(page: Any, language: str, rows: Rows, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    labels = choices("study_column")
    for j, key in enumerate(("key", "value", "unit")):
        page.write_string(0, j, labels[key][language], styles["required"])
    typed = {row["key"]: row for row in rows}
    shown = [of for of in columns("Study") if not rows or of.key in typed]
    for i, of in enumerate(shown, 1):
        page.write_string(i, 0, of.labels[language], styles["required" if of.required == "always" else "optional"])
        row = typed.get(of.key)
        if row is not None and row["value"]:
            _write_cell(page, i, 1, cell(of, row["value"], language), styles)
        unit = (row or {}).get("unit") or of.unit or (STANDARD_UNIT.get(of.dimension, "") if of.has_unit else "")
        if unit:
            page.write_string(i, 2, unit, styles["text"])
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 64)
    page.set_column(2, 2, 10)
    page.freeze_panes(1, 1)


def _write_cell(page: Any, i: int, j: int, value: str | float, styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    if isinstance(value, str):
        page.write_string(i, j, value, styles["text"])
    else:
        page.write_number(i, j, value, styles["number"])
