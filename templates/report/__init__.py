"""The PDF report: made from a results document alone, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report and what it printed.

    Attributes
    ----------
    pdf
        The file.
    printed
        Each number of the result as printed, with its path in the results document.
    """

    pdf: bytes
    printed: list[tuple[str, str]]


def render(document: Mapping[str, Any], language: str = "en") -> Rendered:
    """Make the PDF report of a results document.

    Parameters
    ----------
    document
        The results document, plain JSON values.
    language
        ``en``, ``fi`` or ``sv``.

    Returns
    -------
    Rendered
        The same bytes for the same document.
    """
    from templates.report.story import rendered  # noqa: PLC0415 - ReportLab loads only where a report is made

    return Rendered(*rendered(document, language))
