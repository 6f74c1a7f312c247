"""The input workbook: written from the format table in a language, blank or with an example's rows."""

from collections.abc import Mapping

from templates.workbook.rows import Rows, example, examples

__all__ = ["Rows", "example", "examples", "workbook"]


def workbook(language: str = "en", rows: Mapping[str, Rows] | None = None) -> bytes:
    """Write an input workbook: guidance, the sheets this version reads, the list of factors, the lists of words.

    Parameters
    ----------
    language
        ``en``, ``fi`` or ``sv``: of sheet names, headers, choices and guidance.
    rows
        Rows by sheet with English keys, as ``example`` gives them; None: headers only.

    Returns
    -------
    bytes
        An ``.xlsx`` file; the same bytes for the same arguments.
    """
    from templates.workbook.book import written  # noqa: PLC0415 - XlsxWriter loads only where a workbook is made

    return written(language, rows or {})
