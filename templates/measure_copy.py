"""Copies of the user's workbook with rows of its sheet Measures written: what a plan decides, or what could be done.

The next run reads them as typed by the user. A copy holds formulas but not their stored values; the user's own file is
only read.
"""

import warnings
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventories.format import columns, normal, sheets, spellings
from inventories.headers import FILLER
from inventories.measures import Measure
from inventories.places import Places
from inventories.rows import Row, measure_row
from inventories.study import Study
from inventories.workbook import OPENPYXL_FAILS
from templates.annotate import CopyError
from templates.plan_words import INDICATORS
from templates.texts import Texts
from templates.workbook.cells import header, value

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Measures"


def indicator_text(action: Mapping[str, Any], texts: Texts) -> str:
    """What a measure is followed up by: as typed, else what its rows show."""
    of = action["follow_up"]
    rows = ", ".join(of["rows"])
    return of["text"] or "; ".join(texts(INDICATORS[kind], rows=rows) for kind in of["kinds"])


def decided(path: Path, study: Study, places: Places, plan: Mapping[str, Any]) -> bytes:
    """Return a copy of a workbook in which the measures of a plan are decided, with their first year and indicator.

    The others are decided not to be carried out, so that the copy gives the same plan; a cleared cell opens one again.

    Parameters
    ----------
    path
        The user's workbook; it is only read.
    study, places
        What was read of it.
    plan
        Plan of the results document.

    Raises
    ------
    CopyError
        The workbook cannot be read with its formats, or not be written again.
    """
    actions = {action["id"]: action for action in plan["actions"]}

    def write(page: _Page) -> None:
        texts = Texts(page.language)
        for row, number in zip(study.measures, places.rows[SHEET], strict=True):
            action = actions.get(row.id)
            if action is not None:
                page.put(number + 1, {"decision": "yes", "start_year": str(action["start"])})
                if row.indicator is None:
                    page.put(number + 1, {"indicator": indicator_text(action, texts)})
            elif row.decision is None:
                page.put(number + 1, {"decision": "no"})

    return _copied(path, places, write)


def suggested(path: Path, places: Places, found: Callable[[str], Sequence[Measure]]) -> bytes:
    """Return a copy of a workbook with rows of measures that could be carried out, below those that stand there.

    Parameters
    ----------
    path, places
        The user's workbook, which is only read, and where everything stands in it.
    found
        The measures, in a language.

    Raises
    ------
    CopyError
        The workbook cannot be read with its formats, or not be written again.
    """

    def write(page: _Page) -> None:
        for measure in found(page.language):
            page.put(page.next_row(), measure_row(measure))

    return _copied(path, places, write)


def _copied(path: Path, places: Places, write: Callable[["_Page"], None]) -> bytes:
    import openpyxl  # noqa: PLC0415 - slow, and only for a copy

    stream = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep
            book = openpyxl.load_workbook(path)
            write(_Page(book, places))
            book.calculation.fullCalcOnLoad = True
            book.save(stream)
    except OPENPYXL_FAILS as error:
        raise CopyError(f"it cannot be copied ({error})") from error
    return stream.getvalue()


class _Page:
    """The sheet Measures of a workbook, written by the English keys of its columns."""

    def __init__(self, book: "Workbook", places: Places) -> None:
        self.language = places.languages.get(SHEET, places.language)
        names = {each.title.casefold(): each for each in book.worksheets}
        spelled = (places.sheet(SHEET), *sheets()[SHEET].labels.values())
        page = next((names[name.casefold()] for name in spelled if name.casefold() in names), None)
        self.page: Worksheet = book.create_sheet(sheets()[SHEET].labels[self.language]) if page is None else page
        self.columns: dict[str, int] = {}
        self.header = self._find_header()
        self._behind = 1 if page is None else self.page.max_column + 1

    def _find_header(self) -> int:
        """Row of the headers, and the columns they name: the first row in which one names the id."""
        known = spellings(SHEET)
        for row in range(1, self.page.max_row + 1):
            keys = {
                next(iter(known.get(_bare(self.page.cell(row, place).value), {"": None}))): place
                for place in range(1, self.page.max_column + 1)
            }
            if "id" in keys:
                self.columns = {key: place for key, place in keys.items() if key}
                return row
        return 1

    def put(self, row: int, values: Row) -> None:
        """Write values by key; a column that is not there is added behind the others."""
        of = {each.key: each for each in columns(SHEET)}
        for key, text in values.items():
            if key not in self.columns:
                self.columns[key] = self._behind
                self._behind += 1
                self.page.cell(self.header, self.columns[key], header(of[key], self.language))
            self.page.cell(row, self.columns[key], value(of[key], text, self.language))

    def next_row(self) -> int:
        """First row below everything that is written."""
        filled = (
            row for row in range(self.page.max_row, self.header, -1)
            if any(self.page.cell(row, place).value is not None for place in self.columns.values())
        )  # fmt: skip
        return next(filled, self.header) + 1


def _bare(cell: object) -> str:
    """Header of a cell as it is compared: without star and unit."""
    text = str(cell or "").strip(FILLER)
    return normal(text.partition("[")[0].strip(FILLER))
