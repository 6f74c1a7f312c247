"""The input workbook put together, sheet by sheet."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

import xlsxwriter

from inventories.format import FORMAT
from inventories.workbook import FORMAT_PROPERTY
from templates.workbook import lists
from templates.workbook.cells import sheet_name
from templates.workbook.guidance import Guidance
from templates.workbook.offers import shown_sheets
from templates.workbook.rows import Rows
from templates.workbook.sheets import Kit, write_sheet
from templates.workbook.style import styles

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's own clock, the same in every copy


def written(language: str, rows: Mapping[str, Rows]) -> bytes:
    """Write the workbook; the same bytes for the same arguments."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": _CREATED, "comments": f"Jälki input workbook, format {FORMAT}"})
    book.set_custom_property(FORMAT_PROPERTY, FORMAT)
    looks = styles(book)
    kit = Kit(language, looks, lists.ranges(language))
    Guidance(book.add_worksheet(sheet_name("Guidance", language)), language, looks).write()
    for sheet in shown_sheets():
        write_sheet(book.add_worksheet(sheet_name(sheet, language)), sheet, rows.get(sheet, []), kit)
    lists.write_factors(book.add_worksheet(sheet_name("Factor list", language)), language, looks)
    lists.write_lists(book.add_worksheet(sheet_name("Lists", language)), language, looks)
    book.close()
    return stream.getvalue()
