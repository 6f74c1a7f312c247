"""A copy of the user's workbook with every problem marked in its cell, and a first sheet that lists them all.

The copy holds formulas but not their stored values: a spreadsheet computes them again when it opens the copy. Charts
and pictures may be lost, as openpyxl does not read all of them. The user's own file is only read.
"""

import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventories.format import aside_sheets
from inventories.workbook import OPENPYXL_FAILS
from templates.terminal import SEVERITIES, sheet_of
from templates.texts import N_, Texts
from templates.workbook import style
from templates.workbook.style import note_size

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

COLOUR = {"error": "F4A6A0", "gap": "FAD7A0", "warning": "FFF2B3"}
"""Fill of a cell by severity: red, orange, yellow."""

HEADERS = (N_("Severity"), N_("Sheet"), N_("Cell"), N_("What was read"), N_("What is wrong"), N_("What to do"))
_WIDTHS = (11, 22, 8, 28, 60, 60)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_AT_ONCE = 100
"""Cells that one rule names; a formula has 255 arguments at most."""
_LONGEST = 32_000
"""Characters that fit a cell or a comment."""
_HIGHEST = 409.0
"""Points that a row can be high in Excel."""

Problems = Sequence[Mapping[str, Any]]


class CopyError(ValueError):
    """A workbook that the reader opens, but that cannot be copied."""


def annotated(path: Path, problems: Problems, texts: Texts) -> bytes:
    """Return a copy of a workbook with its problems marked and listed.

    Parameters
    ----------
    path
        The user's workbook; it is only read.
    problems
        Problems as the results document holds them.
    texts
        Language of the list and the comments.

    Raises
    ------
    CopyError
        The workbook cannot be read with its formats, or not be written again.
    """
    import openpyxl  # noqa: PLC0415 - slow, and only for a copy

    stream = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep
            book = openpyxl.load_workbook(path)
            names = {page.title.casefold(): page for page in book.worksheets}
            _mark(names, problems, texts)
            _list(book, names, problems, texts)
            book.calculation.fullCalcOnLoad = True
            book.save(stream)
    except OPENPYXL_FAILS as error:
        raise CopyError(f"it cannot be copied ({error})") from error
    return stream.getvalue()


def _mark(pages: "Mapping[str, Worksheet]", problems: Problems, texts: Texts) -> None:
    """Colour the cell of each problem by the worst that is said of it; a comment says message and cure."""
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    said: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for problem in problems:
        page = pages.get(sheet_of(problem, Texts()).casefold())
        if page is not None and problem["cell"]:
            said.setdefault((page.title, _first_of(page, _address(problem))), []).append(problem)
    order = list(SEVERITIES)
    marked: dict[str, dict[str, list[str]]] = {}
    for (title, address), members in said.items():
        cell = pages[title.casefold()][address]
        worst = min((str(problem["severity"]) for problem in members), key=order.index)
        cell.fill = PatternFill("solid", fgColor=COLOUR[worst])
        before = [cell.comment.text] if cell.comment is not None else []
        cell.comment = Comment(_plain("\n\n".join([*before, *(_remark(each, texts) for each in members)])), "Jälki")
        marked.setdefault(title.casefold(), {}).setdefault(COLOUR[worst], []).append(address)
    for title, page in pages.items():
        _put_first(page, marked.get(title, {}))
        _show_notes(page)


def _put_first(page: "Worksheet", colours: Mapping[str, list[str]]) -> None:
    """Put the colours before the conditional formats of the workbook, which would cover them.

    A rule of its own range would come too late in LibreOffice; so the cells are named in a rule of the same range.
    """
    from openpyxl.formatting.rule import FormulaRule  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    cells = {colour: [page[address] for address in addresses] for colour, addresses in colours.items()}
    for ranges in page.conditional_formatting:
        first: list[Any] = []
        for colour, members in cells.items():
            inside = [cell for cell in members if cell.coordinate in ranges]
            for i in range(0, len(inside), _AT_ONCE):
                named = (f"AND(ROW()={cell.row},COLUMN()={cell.column})" for cell in inside[i : i + _AT_ONCE])
                fill = PatternFill("solid", bgColor=colour)
                rule = FormulaRule([f"OR({','.join(named)})"], fill=fill, stopIfTrue=True)  # type: ignore[no-untyped-call]
                rule.priority = len(first) + 1
                first.append(rule)
        rules = page.conditional_formatting[ranges]  # the list itself; ``ranges.rules`` is a copy
        for rule in rules:
            rule.priority += len(first)
        rules[:0] = first


def _show_notes(page: "Worksheet") -> None:
    """Give every note a size that shows all of it; openpyxl reads texts of notes, but not their sizes.

    ``iter_rows`` would make every cell up to the last row and column: too many where one far away has a format.
    """
    for cell in page._cells.values():  # noqa: SLF001 - nothing public gives only the cells there are
        if cell.comment is not None:
            cell.comment.width, cell.comment.height = note_size(cell.comment.text)


def _remark(problem: Mapping[str, Any], texts: Texts) -> str:
    severity = texts(SEVERITIES[str(problem["severity"])])
    return f"{severity}: {texts.problem(problem, 'message')}\n→ {texts.problem(problem, 'cure')}"


def _address(problem: Mapping[str, Any]) -> str:
    """Address of a problem; one that is of a whole row stands in its first cell."""
    cell = str(problem["cell"])
    return f"A{cell}" if cell.isdigit() else cell


def _first_of(page: "Worksheet", address: str) -> str:
    """First cell of the merged cells an address lies in: the only one that holds anything."""
    area = next((each for each in page.merged_cells.ranges if address in each), None)
    return address if area is None else str(area.coord).partition(":")[0]


def _list(book: "Workbook", pages: "Mapping[str, Worksheet]", problems: Problems, texts: Texts) -> None:
    """Put a first sheet before the user's: every problem, those without a cell too."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import quote_sheetname  # noqa: PLC0415
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    name = aside_sheets()["Problems"][texts.language]
    page = book.create_sheet(_free_name(name, {sheet.title.casefold() for sheet in book}), 0)
    for j, header in enumerate(HEADERS, 1):
        cell = page.cell(1, j)
        _write(cell, texts(header))
        cell.font = Font("Calibri", 11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=style.DARK.lstrip("#"))
        page.column_dimensions[cell.column_letter].width = _WIDTHS[j - 1]
    for i, problem in enumerate(problems, 2):
        target = pages.get(sheet_of(problem, Texts()).casefold())
        row = (
            texts(SEVERITIES[str(problem["severity"])]),
            sheet_of(problem, texts),
            str(problem["cell"]),
            str(problem["read"]),
            texts.problem(problem, "message"),
            texts.problem(problem, "cure"),
        )
        for j, text in enumerate(row, 1):
            _write(page.cell(i, j), text)
            page.cell(i, j).alignment = Alignment(wrap_text=True, vertical="top")
        heights = (style.height(text, width) for text, width in zip(row, _WIDTHS, strict=True))
        page.row_dimensions[i].height = min(_HIGHEST, max(heights))
        page.cell(i, 1).fill = PatternFill("solid", fgColor=COLOUR[str(problem["severity"])])
        if target is not None and problem["cell"]:
            link = page.cell(i, 3)
            link.hyperlink = Hyperlink(
                ref=link.coordinate, location=f"{quote_sheetname(target.title)}!{_address(problem)}"
            )
            link.font = Font("Calibri", 11, color=style.DARK.lstrip("#"), underline="single")
    page.freeze_panes = "A2"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.page_setup.paperSize = 9  # A4, as the other sheets
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is page
    book.active = 0


def _free_name(name: str, taken: set[str]) -> str:
    """Name of a sheet that the workbook does not hold yet."""
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    return free


def _write(cell: "Cell", text: str) -> None:
    """Write a text as text: what a user typed is never a formula, also when the cell is edited later."""
    from openpyxl.cell.cell import TYPE_STRING  # noqa: PLC0415

    text = _plain(text)
    cell.value = text
    cell.data_type = TYPE_STRING
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def _plain(text: str) -> str:
    """Leave out control characters, which a workbook cannot hold, and what goes beyond a cell."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")[:_LONGEST]
