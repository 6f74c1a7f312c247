"""How the result workbook looks: formats by name, the same colours as the input workbook."""

from collections.abc import Mapping
from typing import Any

from templates.workbook.style import DARK, FRAME, LIGHT, QUIET, WHITE

INPUT = "#FFF8E1"
"""Fill of the cells that may be changed."""

INK = "#1F4FA3"
"""Colour of what stands in them."""

_CELL = {"valign": "top"}
_INPUT = {**_CELL, "bg_color": INPUT, "font_color": INK, "border": 1, "border_color": FRAME}
_HEAD = {
    "bold": True, "bg_color": DARK, "font_color": WHITE, "text_wrap": True, "valign": "vcenter", "border": 1,
    "border_color": FRAME,
}  # fmt: skip
_STYLES: Mapping[str, Mapping[str, object]] = {
    "head": _HEAD,
    "head right": {**_HEAD, "align": "right"},
    "text": {**_CELL, "num_format": "@"},
    "long": {**_CELL, "num_format": "@", "text_wrap": True},
    "year": {**_CELL, "num_format": "0", "align": "left"},
    "kilograms": {**_CELL, "num_format": "#,##0.00"},
    "tonnes": {**_CELL, "num_format": "#,##0.0"},
    "share": {**_CELL, "num_format": "0.0 %"},
    "exact": {**_CELL, "num_format": "General"},
    "euros": {**_CELL, "num_format": "#,##0"},
    "euros per tonne": {**_CELL, "num_format": "#,##0.0"},
    "told": {**_CELL, "num_format": "@", "text_wrap": True},
    "told number": {**_CELL, "num_format": "#,##0", "align": "left"},
    "told tonnes": {**_CELL, "num_format": "#,##0.0", "align": "left"},
    "told exact": {**_CELL, "num_format": "General", "align": "left"},
    "label": {**_CELL, "font_color": QUIET, "text_wrap": True},
    "input": {**_INPUT, "num_format": "General"},
    "total tonnes": {**_CELL, "bold": True, "num_format": "#,##0.0", "top": 1, "top_color": DARK},
    "total kilograms": {**_CELL, "bold": True, "num_format": "#,##0.00", "top": 1, "top_color": DARK},
    "total euros": {**_CELL, "bold": True, "num_format": "#,##0", "top": 1, "top_color": DARK},
    "total share": {**_CELL, "bold": True, "num_format": "0.0 %", "top": 1, "top_color": DARK},
    "total text": {**_CELL, "bold": True, "top": 1, "top_color": DARK},
    "title": {"bold": True, "font_size": 20, "font_color": DARK},
    "lead": {"font_size": 11, "text_wrap": True, "valign": "top"},
    "part": {"bold": True, "font_size": 13, "font_color": DARK, "bottom": 2, "bottom_color": DARK},
    "quiet": {"font_color": QUIET, "text_wrap": True, "valign": "top"},
    "big": {"bold": True, "font_size": 16, "num_format": "#,##0.0", "font_color": DARK, "bg_color": LIGHT},
    "link": {"font_color": DARK, "underline": 1, "valign": "top"},
    "key number": {"font_color": QUIET, "align": "right", "num_format": '#,##0 "MWh"'},
    "key": {"font_color": QUIET, "align": "right", "num_format": "@"},
    "alarm": {"bold": True, "font_color": "#9C3A00", "text_wrap": True, "valign": "top"},
}  # fmt: skip


def styles(book: Any) -> dict[str, Any]:  # noqa: ANN401 - XlsxWriter has no types
    """Add every format to a workbook."""
    return {name: book.add_format(dict(properties)) for name, properties in _STYLES.items()}
