"""How the input workbook looks: formats, widths, printing."""

from collections.abc import Mapping
from typing import Any

DARK, MIDDLE, LIGHT = "#0B4F5A", "#3B7A85", "#D7E7E9"
"""Headers: required, required in some rows, optional."""

FRAME, MISSING, EXAMPLE, QUIET = "#9DB5B9", "#FFF2CC", "#6B6B6B", "#4A4A4A"
"""Frame of cells to fill, required cells still empty, example text, help."""

READABLE = 160
"""Characters across a printed page that are still read without a glass."""

WHITE = "#FFFFFF"
TABS = {"guidance": DARK, "input": MIDDLE, "list": "#A6A6A6"}

_TOP = {"valign": "top", "text_wrap": True}
_CELL = {**_TOP, "border": 1, "border_color": FRAME}
_HEAD = {"valign": "vcenter", "indent": 1, "text_wrap": True, "border": 1, "border_color": FRAME}
_LINE = {**_TOP, "valign": "vcenter", "bottom": 1, "bottom_color": LIGHT}
_STYLES: Mapping[str, Mapping[str, object]] = {
    "required": {**_HEAD, "bold": True, "bg_color": DARK, "font_color": WHITE},
    "group": {**_HEAD, "bold": True, "bg_color": MIDDLE, "font_color": WHITE},
    "optional": {**_HEAD, "bg_color": LIGHT},
    # Ids, spans of years (2027-2031) and lists stay what was typed: no date is made of them. Numbers, years and dates
    # have the general format: a fixed one would show a typed date as a day number, or 40.5 pieces as 41.
    "text": {**_CELL, "align": "left", "indent": 1, "num_format": "@"},
    "number": _CELL,
    "value": {**_CELL, "align": "left", "indent": 1},
    "below text": {**_TOP, "align": "left", "indent": 1, "num_format": "@"},
    "below number": _TOP,
    "missing": {"bg_color": MISSING},
    "help": {**_LINE, "valign": "top", "align": "left", "indent": 1, "font_color": QUIET, "font_size": 10},
    "title": {"bold": True, "font_size": 20, "font_color": DARK, "valign": "vcenter"},
    "lead": {**_TOP, "valign": "vcenter"},
    "part": {"bold": True, "font_size": 13, "font_color": DARK, "valign": "bottom", "bottom": 2, "bottom_color": DARK},
    "head": {**_LINE, "bold": True, "font_color": DARK, "bottom_color": FRAME},
    "line": _LINE,
    "line inset": {**_LINE, "indent": 1},
    "line bold": {**_LINE, "bold": True},
    "line link": {**_LINE, "font_color": DARK, "underline": 1},
    "line example": {**_LINE, "font_color": EXAMPLE, "italic": True, "align": "left"},
    "swatch fill": _CELL,
    "swatch missing": {**_CELL, "bg_color": MISSING},
    "key required": {**_HEAD, "valign": "top", "align": "left", "bold": True, "bg_color": DARK, "font_color": WHITE},
    "key optional": {**_HEAD, "valign": "top", "align": "left", "bg_color": LIGHT},
    "list head": {**_HEAD, "bold": True, "bg_color": DARK, "font_color": WHITE},
    "list": {"valign": "top"},
    "list first": {"valign": "top", "top": 1, "top_color": FRAME},
    "list quiet": {"valign": "top", "align": "left", "font_color": QUIET},
    "list quiet first": {"valign": "top", "align": "left", "font_color": QUIET, "top": 1, "top_color": FRAME},
}


def styles(book: Any) -> dict[str, Any]:  # noqa: ANN401 - XlsxWriter has no types
    """Add every format to a workbook."""
    return {name: book.add_format(dict(properties)) for name, properties in _STYLES.items()}


def two_lines(text: str) -> int:
    """Least width of a header, in characters, that breaks it into two lines at most.

    Examples
    --------
    >>> two_lines("Displaced factor excludes this heat"), two_lines("Id")
    (18, 2)
    """
    words = text.split(" ")
    breaks = range(len(words))
    return min(max(len(" ".join(words[:i])), len(" ".join(words[i:]))) for i in breaks)


def height(text: str, width: float) -> float:
    """Height in points of a text wrapped at a width in characters.

    Examples
    --------
    >>> height("word " * 20, 60), height("word", 60)
    (31.0, 16.0)
    """
    lines, used = 1, 0
    for word in text.split():
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, len(word)
        else:
            used += len(word) + bool(used)
    return 15.0 * lines + 1.0


def printed(page: Any, *, head: bool, width: float = 0) -> None:  # noqa: ANN401
    """Print a sheet on A4, landscape, fitted to the width of one page, its header on every page, its name below.

    A sheet too wide to be read on one page takes as many as keep its letters legible, its first columns on each.
    """
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    pages = max(1, round(width / READABLE))
    page.fit_to_pages(pages, 0)
    if pages > 1:
        page.print_across()
        page.repeat_columns(0, 1)
    page.set_footer("&L&9&A&R&9&P / &N", {"scale_with_doc": False})
    if head:
        page.repeat_rows(0)


def note_size(text: str) -> tuple[int, int]:
    """Width and height of a note that shows all of its text, in pixels: about 50 characters a line of 17."""
    lines = sum(int(height(each, 46) // 15) if each else 1 for each in text.split("\n"))
    return 300, 17 * lines + 14
