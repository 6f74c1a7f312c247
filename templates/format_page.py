"""The workbook format to read: ``python -m templates.format_page`` writes ``docs/reference/workbook.md``.

Beside it stands the schema of a study. Both are made from the format table alone and are committed; a test proves that
they are current.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from factors.units import parse_unit
from inventories.format import ASKED_IF, FORMAT, KEYED, LANGUAGES, Column, Sheet, choices, columns, sheets
from templates.format_schema import schema
from templates.library_page import cells, escaped

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
PAGE = FOLDER / "workbook.md"
SCHEMA = FOLDER / "study.schema.json"
_HEAD = (
    "Key", "Label", "Finnish", "Swedish", "Kind", "Unit", "Required", "Choices", "Default", "Range", "Since",
    "Read from", "Help",
)  # fmt: skip
_KINDS = {
    "text": "text",
    "number": "number",
    "integer": "whole number",
    "year": "year",
    "year-range": "years",
    "date": "date",
    "choice": "choice",
    "reference": "id",
    "parameter": "header of a column",
    "value": "number, choice or id",
    "list": "list",
}
_WITHOUT_LIST = {
    "factor": "a factor of the library or of the sheet Factors",
    "gas": "a gas of the library",
    "line": "a line of the workbook",
    "energy": "a row of Energy",
    "residual-mix": "`constant`, `follow-grid` or a factor",
    "transport": "`factor:km; factor:km`",
    "merit": "`factor:kW; factor:kW`",
    "target": "`id; id` or `Sheet[column=value]`",
    "measure": "`id; id` of measures",
}
"""What a reference or an entry of a list may be, where no closed list says it."""
_BESIDE_LIST = {
    "owner": "`tenant: NAME`",
    "carrier": "the factor of a fuel",
    "price_carrier": "the factor of a fuel",
    "gas_equipment": "a line of Plant",
}
"""What a column may hold besides the keys of its list."""


def page() -> str:
    """Return the whole page."""
    parts = [_intro(), _contents(), *(_sheet(each) for each in sheets().values()), _lists()]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def schema_text() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _intro() -> list[str]:
    return [
        f"# The workbook, format {FORMAT}",
        "",
        "Made by `python -m templates.format_page` from the tables in `inventories/data/`; do not edit it by hand. "
        "[study.schema.json](study.schema.json) is the same as a JSON Schema of the part `study` of a results "
        "document.",
        "",
        "Headers may be the key or the label in any of the three languages, in any order; the first filled row of a "
        "sheet holds them. A unit stands in the column *unit*, in the header (`IT capacity [kW]`), in a row below the "
        "headers, or behind the number. Blank is “not stated”, 0 is zero, `-` is “stated: none”. Empty sheets may be "
        "absent; Study and Years are always asked for.",
        "",
        "*Required*: **yes**, *if* a condition holds, or *one of* several columns. *Range*: the smallest and largest "
        "number taken; `>` excludes the number itself. *Read from*: the version that first uses the column; filled "
        "before, it is listed as a warning and changes nothing.",
    ]


def _contents() -> list[str]:
    links = [f"[{escaped(each.key)}](#sheet-{_anchor(each.key)})" for each in sheets().values()]
    return ["## Contents", "", f"{' · '.join(links)} · [Choices](#choices)"]


def _anchor(text: str) -> str:
    return text.replace(" ", "-").replace("_", "-").lower()


def _sheet(sheet: Sheet) -> list[str]:
    names = " · ".join(escaped(sheet.labels[language]) for language in LANGUAGES)
    lines = [f'<a id="sheet-{_anchor(sheet.key)}"></a>', "", f"## {escaped(sheet.key)}", "", names, ""]
    if sheet.key in KEYED:
        lines += ["One key a row, with its value and its unit beside it.", ""]
    if sheet.unread_until:
        lines += [f"**Read from version {sheet.unread_until}**; filled before, it is a warning.", ""]
    return lines + cells(_HEAD, (_column(sheet, of) for of in columns(sheet.key)))


def _column(sheet: Sheet, of: Column) -> list[str]:
    return [
        f"`{of.key}`",
        *(escaped(of.labels[language]) for language in LANGUAGES),
        _KINDS[of.kind],
        _unit(of),
        _required(of),
        _choices(of),
        "; ".join(text for text in (f"`{of.default}`" if of.default else "", escaped(of.default_source)) if text),
        _range(of),
        of.since,
        of.unread_until or sheet.unread_until,
        escaped(of.help["en"]),
    ]


def _unit(of: Column) -> str:
    """Unit of a column: fixed, of the row, or one of those it takes."""
    if of.unit == "%/a":
        return of.unit
    if of.unit:
        return escaped(parse_unit(of.unit).label)
    if of.has_row_unit:
        return "of the row"
    return escaped(of.unit_labels) if of.has_unit else ""


def _required(of: Column) -> str:
    rule, _, what = of.required.partition(":")
    match rule:
        case "always":
            return "**yes**"
        case "if":
            return f"if {_condition(what)}"
        case "one-of":
            others = [f"`{each.key}`" for each in columns(of.sheet) if each.required == of.required]
            said = f", if {_condition(ASKED_IF[what])}" if what in ASKED_IF else ""
            return f"one of {', '.join(others)}{said}"
        case _:
            return ""


def _condition(text: str) -> str:
    """Say a condition in words: ``carrier!=a|b``."""
    key, unequal, options = text.partition("!=")
    if not unequal:
        key, _, options = text.partition("=")
    listed = " or ".join(f"`{option}`" for option in options.split("|"))
    return f"`{key}` is {'not ' if unequal else ''}{listed}" if options else f"`{key}` is filled"


def _choices(of: Column) -> str:
    if of.choices in _WITHOUT_LIST:
        return _WITHOUT_LIST[of.choices]
    if not of.choices:
        return ""
    listed = f"[{escaped(of.choices)}](#list-{_anchor(of.choices)})"
    return f"{listed} or {_BESIDE_LIST[of.choices]}" if of.choices in _BESIDE_LIST else listed


def _range(of: Column) -> str:
    low = escaped(of.min) if not of.min or of.min.startswith(">") else f"≥ {of.min}"
    return ", ".join(text for text in (low, f"≤ {of.max}" if of.max else "") if text)


def _used_lists() -> Iterator[str]:
    """Closed lists in the order columns name them."""
    named = (of.choices for sheet in sheets() for of in columns(sheet) if of.choices)
    return iter(dict.fromkeys(name for name in named if name not in _WITHOUT_LIST))


def _lists() -> list[str]:
    lines = [
        '<a id="choices"></a>',
        "",
        "## Choices",
        "",
        "A cell may hold the key or any label; a study holds the key.",
    ]
    for name in _used_lists():
        rows = (
            [f"`{key}`", *(escaped(labels[language]) for language in LANGUAGES)]
            for key, labels in choices(name).items()
        )
        lines += ["", f'<a id="list-{_anchor(name)}"></a>', "", f"### {escaped(name)}", ""]
        lines += cells(("Key", "English", "Finnish", "Swedish"), rows)
    return lines


def main() -> None:
    """Write the page and the schema."""
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
