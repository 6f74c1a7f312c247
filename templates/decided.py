"""A copy of the user's workbook with the plan written into its sheet Measures: what is decided, and when it begins.

The next run reads it as the decisions of the user. The copy holds formulas but not their stored values; the user's own
file is only read.
"""

import warnings
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inventories.format import choices, column, normal, spellings
from inventories.headers import FILLER
from inventories.places import Places
from inventories.study import Study
from inventories.workbook import OPENPYXL_FAILS
from templates.annotate import CopyError
from templates.plan_words import INDICATORS
from templates.texts import Texts

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEET = "Measures"


def indicator_text(action: Mapping[str, Any], texts: Texts) -> str:
    """What a measure is followed up by: as typed, else what its rows show."""
    of = action["follow_up"]
    rows = ", ".join(of["rows"])
    return of["text"] or "; ".join(texts(INDICATORS[kind], rows=rows) for kind in of["kinds"])


def decided(path: Path, study: Study, places: Places, plan: Mapping[str, Any]) -> bytes:
    """Return a copy of a workbook in which the measures of a plan are decided, with their first year and indicator.

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
    import openpyxl  # noqa: PLC0415 - slow, and only for a copy

    stream = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep
            book = openpyxl.load_workbook(path)
            page = next(each for each in book.worksheets if each.title == places.sheet(SHEET))
            _write(page, study, places, plan)
            book.calculation.fullCalcOnLoad = True
            book.save(stream)
    except OPENPYXL_FAILS as error:
        raise CopyError(f"it cannot be copied ({error})") from error
    return stream.getvalue()


def _write(page: "Worksheet", study: Study, places: Places, plan: Mapping[str, Any]) -> None:
    language = places.languages.get(SHEET, places.language)
    texts = Texts(language)
    known = dict(places.columns[SHEET])
    header = _header_row(page, places)
    for key in ("start_year", "decision", "indicator"):
        if key not in known:
            known[key] = page.max_column
            page.cell(header, known[key] + 1, column(SHEET, key).labels[language])
    yes = choices("decision")["yes"][language]
    actions = {action["id"]: action for action in plan["actions"]}
    for row, number in zip(study.measures, places.rows[SHEET], strict=True):
        action = actions.get(row.id)
        if action is None:
            continue
        page.cell(number + 1, known["decision"] + 1, yes)
        page.cell(number + 1, known["start_year"] + 1, action["start"])
        if row.indicator is None:
            page.cell(number + 1, known["indicator"] + 1, indicator_text(action, texts))


def _header_row(page: "Worksheet", places: Places) -> int:
    """Row of the headers: the first in which the column of ids holds a spelling of its header."""
    place, known = places.columns[SHEET]["id"] + 1, spellings(SHEET)
    read = (str(page.cell(row, place).value or "") for row in range(1, page.max_row + 1))
    return next(row for row, text in enumerate(read, start=1) if "id" in known.get(normal(text.strip(FILLER)), {}))
