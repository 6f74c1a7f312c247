"""The result workbook put together: summary, breakdowns, the live pages, and the pages that only tell."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from inventories.workbook import FORMAT_PROPERTY, RESULTS
from templates.resultbook.action_plan import action_plan_page
from templates.resultbook.breakdown import FIRST, KEY, LABEL, Block, blocks, lines_page
from templates.resultbook.calculation import calculation
from templates.resultbook.formulas import Live
from templates.resultbook.heat import heat_page
from templates.resultbook.laid import Chart, Laid
from templates.resultbook.live import LivePages
from templates.resultbook.measures import measures_page
from templates.resultbook.pages import Page, Value
from templates.resultbook.static import told_pages
from templates.resultbook.style import styles
from templates.resultbook.summary import summary_lines
from templates.texts import N_, Texts
from templates.workbook.style import DARK, TABS, height, printed

ROWS = 1_048_576
"""Rows that a sheet holds."""

LONGEST = 32_767
"""Characters that a cell holds."""

NUMBERS = ("kilograms", "tonnes", "share", "exact")
"""Looks of columns of numbers, whose headers stand to the right as they do."""

GREY = "#B8C4C8"
"""Colour of the grid of a chart."""

LAST, LINES = 6, 58
"""Last column of the summary; lines of a printed page of breakdowns."""

_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's own clock, the same for equal results


class TooManyRowsError(ValueError):
    """The calculation has more rows than a sheet holds."""


def written(document: Mapping[str, Any], language: str, *, cached: bool = True) -> bytes:
    """Write the result workbook of a results document; the same bytes for the same arguments.

    Parameters
    ----------
    document
        A results document.
    language
        ``en``, ``fi`` or ``sv``.
    cached
        Whether each formula carries its value for readers that do not calculate; without, it carries 0.

    Raises
    ------
    TooManyRowsError
        A sheet would be longer than a workbook allows.
    """
    texts = Texts(language)
    live = LivePages(calculation(document), texts)
    longest = max(page.length for page in live.pages()) if live.pages() else 0
    if longest >= ROWS:
        raise TooManyRowsError(str(longest))
    stream = BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(stream, options)
    study = document["study"]["Study"]
    book.set_properties(
        {
            "created": _CREATED,
            "title": f"{study['facility']}: {study['title']}"[:250],
            "comments": f"Jälki {document['jalki']['version']}, input {document['input_hash']}",
        }
    )
    book.set_custom_property(FORMAT_PROPERTY, RESULTS)
    sheets = _Sheets(book, styles(book), texts, cached=cached)
    pages = [
        page
        for page in (lines_page(live), *live.pages(), heat_page(document, live), *told_pages(document, texts))
        if page.length
    ]
    plans = [laid for make in (measures_page, action_plan_page) if (laid := make(document, texts)) is not None]
    sheets.summary(live, texts(N_("Summary")), [*plans, *pages])
    sheets.breakdown(live, texts(N_("Breakdown")))
    for plan in plans:
        sheets.laid(plan)
    for page in pages:
        sheets.table(page)
    book.close()
    return stream.getvalue()


class _Worksheet(Worksheet):  # type: ignore[misc] # XlsxWriter has no types
    """A sheet whose formulas are written as they are.

    XlsxWriter looks into every formula for thirty functions that newer versions of Excel know by another name; none
    of them is written here, and the search takes a third of the time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002
        return formula.removeprefix("=")


class _Sheets:
    """Writes pages; XlsxWriter has no types."""

    def __init__(self, book: Any, looks: Mapping[str, Any], texts: Texts, *, cached: bool) -> None:  # noqa: ANN401
        self.book, self.looks, self.texts, self.cached = book, looks, texts, cached

    def _write(self, page: Any, row: int, column: int, value: Value, look: str) -> None:  # noqa: ANN401
        """Write a cell; a text is a text, whatever it begins with."""
        shown = self.looks[look]
        match value:
            case None | "":
                page.write_blank(row, column, None, shown)
            case Live():
                page.write_formula(row, column, f"={value.formula}", shown, value.value if self.cached else 0)
            case str():
                page.write_string(row, column, _clean(value), shown)
            case _:
                page.write_number(row, column, value, shown)

    def table(self, of: Page) -> None:
        """Write a page: header, rows, sums."""
        page = self.book.add_worksheet(of.name, _Worksheet)
        page.set_tab_color(TABS["input"] if of.inputs else TABS["list"])
        for place, head in enumerate(of.heads):
            page.set_column(place, place, head.width)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, of.length, len(of.heads) - 1)
        page.repeat_rows(0)
        _printed(page)
        page.set_row(0, 48)
        looks = [head.look for head in of.heads]
        for place, head in enumerate(of.heads):
            page.write_string(0, place, head.title, self.looks["head right" if head.look in NUMBERS else "head"])
        inputs = {(row + 1, of.column(key)) for row, key in of.inputs}
        wraps = [(place, head.width) for place, head in enumerate(of.heads) if head.look == "long"]
        for row, values in enumerate(of.written(), start=1):
            if wraps and of.made is None:
                page.set_row(row, max(height(str(values[place] or ""), width * 1.1) for place, width in wraps))
            is_total = row > of.length
            for place, value in enumerate(values):
                look = "input" if (row, place) in inputs else looks[place]
                if is_total:
                    look = f"total {look}" if look in ("tonnes", "kilograms", "share") else "total text"
                if value is not None or look == "input" or is_total:
                    self._write(page, row, place, value, look)

    def laid(self, of: Laid) -> None:
        """Write a page of blocks."""
        page = self.book.add_worksheet(of.name, _Worksheet)
        page.set_tab_color(DARK)
        page.hide_gridlines(2)
        for place, width in enumerate(of.widths):
            page.set_column(place, place, width)
        page.freeze_panes(*of.frozen)
        if of.table is not None:
            page.autofilter(of.table[0], 0, of.table[1], len(of.widths) - 1)
            page.repeat_rows(of.table[0])
        printed(page, head=False, width=sum(of.widths))
        for row, (cells, high) in enumerate(of.lines):
            if high is not None:
                page.set_row(row, high)
            for cell in cells:
                if cell.to > cell.column:
                    page.merge_range(row, cell.column, row, cell.to, "", self.looks[cell.look])
                self._write(page, row, cell.column, cell.value, cell.look)
        for chart in of.charts:
            self._chart(page, of.name, chart)

    def _chart(self, page: Worksheet, name: str, of: Chart) -> None:
        """Draw a chart of cells of its own page."""
        kind = {"steps": {"type": "column", "subtype": "stacked"}}.get(of.kind, {"type": of.kind})
        made = self.book.add_chart(kind)
        first, last = of.rows
        for place, series in enumerate(of.series):
            looks: dict[str, Any] = {"fill": {"color": series.colour}}
            if of.kind == "steps":
                looks = {"gap": 40, "fill": {"color": series.colour} if place else {"none": True}}
            elif of.kind == "line":
                looks = {"line": {"color": series.colour, "width": 1.75}}
            elif of.kind == "scatter":
                looks = {"marker": {"type": "circle", "size": 6, **looks}}
            made.add_series({
                "name": series.name,
                "categories": [name, first, series.below, last, series.below],
                "values": [name, first, series.values, last, series.values],
                **looks,
            })  # fmt: skip
        if len(of.series) == 1 or of.kind == "steps":
            made.set_legend({"none": True})
        else:
            made.set_legend({"position": "bottom"})
        made.set_title({"name": of.title, "name_font": {"size": 11}, "overlay": False})
        made.set_x_axis({"name": of.across, "label_position": "low"})
        made.set_y_axis(
            {"name": of.up, "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": GREY}}}
        )
        made.set_size({"width": 560, "height": 340})
        page.insert_chart(of.row, of.column, made, {"object_position": 1, "description": of.title})

    def summary(self, live: LivePages, name: str, pages: Sequence[Page | Laid]) -> None:
        """Write the first sheet: totals, what may be changed, and the sheets that follow."""
        page = self.book.add_worksheet(name, _Worksheet)
        page.set_tab_color(DARK)
        page.hide_gridlines(2)
        page.set_column(0, 0, 50)
        page.set_column(1, LAST, 18)
        _printed(page, pages=1)
        row = 0
        for cells, across in summary_lines(live, name):
            value, look = cells[0]
            page.set_row(row, _height(str(value), look))
            if across:
                page.merge_range(row, 0, row, LAST, "", self.looks[look])
            elif len(cells) > 1 and cells[1][1] == "big":
                page.set_row(row, 28)
            for place, (each, look_of) in enumerate(cells):
                self._write(page, row, place, each, look_of)
            row += 1
        page.merge_range(row, 0, row, LAST, "", self.looks["part"])
        page.set_row(row, 24)
        self._write(page, row, 0, self.texts(N_("Sheets")), "part")
        for of in pages:
            row += 1
            page.write_url(row, 0, f"internal:'{of.name}'!A1", self.looks["link"], of.name)
            page.merge_range(row, 1, row, LAST, "", self.looks["quiet"])
            self._write(page, row, 1, self.texts(of.note) if of.note else "", "quiet")

    def breakdown(self, live: LivePages, name: str) -> None:
        """Write the breakdowns below each other."""
        page = self.book.add_worksheet(name, _Worksheet)
        page.set_tab_color(DARK)
        page.hide_gridlines(2)
        page.set_column(LABEL, LABEL, 52)
        page.set_column(FIRST, FIRST + 3, 18)
        page.set_column(KEY, KEY, 14)
        _printed(page, landscape=False)
        say, row = self.texts, 2
        page.set_row(0, 32)
        self._write(page, 0, LABEL, say(N_("What the footprint is made of")), "title")
        heads = [say(N_("Location-based, t CO2e")), say(N_("Share")), say(N_("Market-based, t CO2e")), say(N_("Share"))]
        breaks, top = [], 0
        for block in blocks(live, name) if live.tables["contributions"].length else ():
            if row + len(block.rows) + 3 - top > LINES:
                breaks.append(row)
                top = row
            row = self._block(page, block, heads, row, say(N_("Footprint")))
        page.set_h_pagebreaks(breaks)

    def _block(self, page: Any, block: Block, heads: Iterable[str], row: int, footprint: str) -> int:  # noqa: ANN401
        page.set_row(row, 24)
        self._write(page, row, LABEL, block.title, "part")
        row += 1
        page.set_row(row, 32)
        self._write(page, row, LABEL, "", "head")
        for place, head in enumerate(heads):
            self._write(page, row, FIRST + place, head, "head right")
        for label, key, tonnes, shares in block.rows:
            row += 1
            self._write(page, row, LABEL, label, "text" if isinstance(label, str) else "year")
            for b, basis in enumerate(tonnes):
                self._write(page, row, FIRST + 2 * b, tonnes[basis], "tonnes")
                self._write(page, row, FIRST + 2 * b + 1, shares[basis], "share")
            if key is not None:
                self._write(page, row, KEY, key, "key")
        row += 1
        self._write(page, row, LABEL, footprint, "total text")
        for b, basis in enumerate(block.totals):
            self._write(page, row, FIRST + 2 * b, block.totals[basis], "total tonnes")
            self._write(page, row, FIRST + 2 * b + 1, "", "total share")
        return row + 2


def _clean(text: str) -> str:
    """Text that a cell holds: no control characters, at most 32,767 characters."""
    if text.isprintable() and len(text) <= LONGEST:
        return text
    kept = "".join(sign for sign in text if sign >= " " or sign in "\t\n")
    encodable = kept.encode("utf-8", "replace").decode()
    return encodable if len(encodable) <= LONGEST else encodable[: LONGEST - 4] + " […]"


def _height(text: str, look: str) -> float:
    fixed = {"title": 34.0, "part": 24.0, "head": 34.0}
    return fixed.get(look) or height(text, 150)


def _printed(page: Any, *, landscape: bool = True, pages: int = 0) -> None:  # noqa: ANN401
    if landscape:
        page.set_landscape()
    page.set_paper(9)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, pages)
    page.set_footer("&L&9&A&R&9&P / &N", {"scale_with_doc": False})
