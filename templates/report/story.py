"""The chapters in order, and the whole report."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Paragraph, Spacer

from templates.report.attachment import finish
from templates.report.document import Contents, Heading, Report
from templates.report.edition import Edition
from templates.report.fonts import register
from templates.report.style import MM, style
from templates.report.summary import summary
from templates.texts import N_

Page = Callable[[Edition], list[Flowable]]

CHAPTERS: tuple[tuple[str, str, Page], ...] = ()
