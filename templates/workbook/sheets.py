"""The sheets that people fill in: headers with notes, framed cells, drop-downs.

No sheet is protected. With the headers locked, a unit in a header could not be changed, no column added, moved or
removed, and rows of a protected sheet are deleted and sorted only where every cell is unlocked, pasted ones included. A
header typed over is found by the check, at its cell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from inventories.format import KEYED, Column, choices, columns
from templates.workbook import style
from templates.workbook.cells import column_cells, note, said, sheet_name, standard_unit, starred, value
from templates.workbook.offers import REFUSE, WARN, Offer, keys_of, offer, read_columns, units
from templates.workbook.rows import Rows

FRAMED, BELOW = 25, 8
"""Rows framed on a blank sheet, and at least so many below the rows of an example."""

LAST = 5000
"""Row down to which drop-downs and marks of missing cells go."""

_STUDY_WIDTHS = (30, 50, 10, 84)
_TEXT_KINDS = ("text", "reference", "choice", "list", "year-range", "parameter", "value")
_LONG = ("item", "what", "evidence", "note", "source", "name", "locator", "transport")


@dataclass(frozen=True)
class Kit:
    """What every sheet needs: the language, formats, and where each list of words stands."""

    language: str
    styles: Mapping[str, Any]
    ranges: Mapping[str, str]


def write_sheet(page: Any, sheet: str, rows: Rows, kit: Kit) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """Write a sheet of the format."""
    page.set_tab_color(style.TABS["input"])
    page.hide_gridlines(2)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{LAST}"})
    width = _write_keys(page, sheet, rows, kit) if sheet in KEYED else _write_table(page, sheet, rows, kit)
    style.printed(page, head=True, width=width)


def _style_of(of: Column) -> str:
    if of.required == "always":
        return "required"
    return "group" if of.required else "optional"


def _kind(of: Column) -> str:
    return "text" if of.kind in _TEXT_KINDS else "number"


def _shown(sheet: str, rows: Rows) -> Iterator[Column]:
    """All columns of a blank sheet that are read; of a filled one those with values, and the required ones."""
    filled = {key for row in rows for key, text in row.items() if text}
    for of in columns(sheet) if rows else read_columns(sheet):
        if not rows or of.key in filled or of.required == "always":
            yield of


def _width(of: Column, title: str, values: list[str | float], offered: Offer | None) -> float:
    """Width that holds the header in two lines, the words offered and what an example says."""
    least = 10.0 if of.kind in ("number", "integer", "year", "year-range") else 12.0
    if of.key in _LONG:
        least = 26.0
    elif offered is not None and offered.name == "factor":
        least = 30.0
    elif offered is not None:
        least = max(least, min(24, max((len(word) for word, _ in offered.words), default=0)) + 3)
    longest = max((len(str(each)) for each in values), default=0)
    return min(48.0, max(least, style.two_lines(title) * 1.15 + 3, longest + 3))


def _write_table(page: Any, sheet: str, rows: Rows, kit: Kit) -> float:  # noqa: ANN401
    """Write headers, rows and drop-downs of a table; return its width in characters."""
    total = 0.0
    heights = [0.0] * len(rows)
    shown = list(_shown(sheet, rows))
    framed = max(FRAMED if not rows else 0, len(rows) + BELOW)
    for j, of in enumerate(shown):
        label, values = column_cells(of, [row.get(of.key) or "" for row in rows], kit.language)
        title = starred(of, label)
        offered = offer(of, kit.language)
        width = _width(of, title, values, offered)
        total += width
        page.set_column(j, j, width, kit.styles[f"below {_kind(of)}"])
        page.write_string(0, j, title, kit.styles[_style_of(of)])
        _comment(page, 0, j, note(of, kit.language, units(of, kit.language)))
        heights = [max(old, style.height(str(each), width - 2)) for old, each in zip(heights, values, strict=True)]
        for i in range(framed):
            _write_cell(page, i + 1, j, values[i] if i < len(values) else "", kit.styles[_kind(of)])
        if offered is not None:
            _drop_down(page, (1, j, LAST, j), offered, kit)
        if of.required == "always":
            _mark_missing(page, j, len(shown), kit)
    page.set_row(0, 33)
    for i, points in enumerate(heights, 1):
        page.set_row(i, points)
    page.freeze_panes(1, 2)
    return total


def _mark_missing(page: Any, j: int, width: int, kit: Kit) -> None:  # noqa: ANN401
    """Colour a required cell that is empty in a row with anything in it."""
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - not for `--help`

    row, cell = f"$A2:${xl_col_to_name(width - 1)}2", f"{xl_col_to_name(j)}2"
    criteria = f"=AND(COUNTA({row})>0,ISBLANK({cell}))"
    mark = {"type": "formula", "criteria": criteria, "format": kit.styles["missing"]}
    page.conditional_format(1, j, LAST, j, mark)


def _comment(page: Any, i: int, j: int, text: str) -> None:  # noqa: ANN401
    """Write a note of a size that shows all of it."""
    width, height = style.note_size(text)
    look = {"width": width, "height": height, "font_size": 9, "color": "#FFFFE8", "author": "Jälki"}
    page.write_comment(i, j, text, look)


def _drop_down(page: Any, cells: tuple[int, int, int, int], offered: Offer, kit: Kit) -> None:  # noqa: ANN401
    rule: dict[str, object] = {"validate": "list", "source": f"={kit.ranges[offered.name]}"}
    factors = sheet_name("Factors", kit.language)
    if offered.otherwise == REFUSE:
        rule |= {"error_type": "stop", "error_message": said("error-choice", kit.language)}
    elif offered.otherwise == WARN:
        rule |= {"error_type": "warning", "error_message": said("warning-factor", kit.language, factors=factors)}
    else:
        rule["show_error"] = False
    page.data_validation(*cells, {**rule, "error_title": said("error-title", kit.language)})


def _write_keys(page: Any, sheet: str, rows: Rows, kit: Kit) -> float:  # noqa: ANN401
    """Write the keys with their help beside them; return the width of the sheet in characters."""
    heads = [labels[kit.language] for labels in choices("study_column").values()]
    for j, text in enumerate((*heads, said("study-help", kit.language))):
        page.write_string(0, j, text, kit.styles["required" if j < 2 else "optional"])
    typed = {row["key"]: row for row in rows}
    shown = [of for of in columns(sheet) if of.key in typed] if rows else list(read_columns(sheet))
    for i, of in enumerate(shown, 1):
        page.write_string(
            i,
            0,
            starred(of, of.labels[kit.language]),
            kit.styles["key required" if of.required == "always" else "key optional"],
        )
        text = typed.get(of.key, {}).get("value") or ""
        _write_cell(page, i, 1, value(of, text, kit.language), kit.styles["text" if _kind(of) == "text" else "value"])
        unit = typed.get(of.key, {}).get("unit") or standard_unit(of)
        _write_cell(page, i, 2, unit, kit.styles["text"])
        page.write_string(i, 3, of.help[kit.language], kit.styles["help"])
        page.set_row(i, max(style.height(of.help[kit.language], 102), style.height(text, 50)))
        if (offered := offer(of, kit.language)) is not None:
            _drop_down(page, (i, 1, i, 1), offered, kit)
        if usual := units(of, kit.language):
            page.data_validation(i, 2, i, 2, {"validate": "list", "source": list(usual), "show_error": False})
        if of.required == "always":
            page.conditional_format(i, 1, i, 1, {"type": "blanks", "format": kit.styles["missing"]})
    below = len(shown) + 1
    if len(shown) < len(read_columns(sheet)):
        for i in range(below, below + BELOW):
            for j in range(3):
                page.write_blank(i, j, None, kit.styles["text" if j != 1 else "value"])
        _drop_down(page, (below, 0, below + BELOW - 1, 0), keys_of(sheet, kit.language), kit)
    for j, width in enumerate(_STUDY_WIDTHS):
        page.set_column(j, j, width)
    page.set_row(0, 20)
    page.freeze_panes(1, 1)
    return float(sum(_STUDY_WIDTHS))


def _write_cell(page: Any, i: int, j: int, what: str | float, look: Any) -> None:  # noqa: ANN401
    if isinstance(what, float):
        page.write_number(i, j, what, look)
    elif what:
        if page.write_string(i, j, what, look):
            raise ValueError(f"a cell cannot hold {len(what):,} characters; shorten “{what[:40]}…”")
    else:
        page.write_blank(i, j, None, look)
