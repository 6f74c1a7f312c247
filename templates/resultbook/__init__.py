"""The result workbook: made from a results document alone, every amount times factor and every total a live formula."""

from collections.abc import Mapping
from typing import Any


def result_workbook(document: Mapping[str, Any], language: str = "en") -> bytes:
    """Make the result workbook of a results document.

    Parameters
    ----------
    document
        The results document, plain JSON values.
    language
        ``en``, ``fi`` or ``sv``.

    Returns
    -------
    bytes
        A workbook of Excel; the same bytes for the same document.

    Raises
    ------
    TooManyRowsError
        The calculation has more rows than a sheet holds.
    """
    from templates.resultbook.book import written  # noqa: PLC0415 - XlsxWriter loads only where a workbook is made

    return written(document, language)
