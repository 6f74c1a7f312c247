"""The document around the pages: grid, header, footer, contents, outline, metadata."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from templates.report.edition import Edition
from templates.report.fonts import REGULAR, SEMIBOLD, fitted, width
from templates.report.markup import ACCENT, ALARM, MUTED, clean
from templates.report.style import BOTTOM, HEIGHT, INK, LEFT, MM, PAGE, RULE, SUMMARY_HEIGHT, WIDTH, style
from templates.texts import N_

_COUNT = "count"
_SIZE = 8.0
_ENTRY = 9.5


class Heading(Paragraph):
    """Heading of a chapter: an entry of the outline and of the contents."""

    def __init__(self, said: str, key: str) -> None:
        super().__init__(said, style("heading"))
        self.key = key


class Contents(Flowable):
    """Chapters with links, in two columns; their page numbers are drawn when they are known."""

    _LINE = 15.0

    def __init__(self, chapters: Mapping[str, str]) -> None:
        super().__init__()
        self._chapters = list(chapters.items())
        self._rows = (len(self._chapters) + 1) // 2
        self.width, self.height = WIDTH, self._rows * self._LINE + 8

    def draw(self) -> None:
        """Draw the entries."""
        column = (WIDTH - 8 * MM) / 2
        for index, (key, title) in enumerate(self._chapters):
            x = (column + 8 * MM) * (index // self._rows)
            y = self.height - (index % self._rows + 1) * self._LINE + 4
            canvas: Canvas = self.canv
            canvas.setFont(REGULAR, _ENTRY)
            canvas.setFillColor(HexColor(INK))
            canvas.drawString(x, y, fitted(title, column - 30, REGULAR, _ENTRY))
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(0.4)
            canvas.line(x, y - 4, x + column, y - 4)
            canvas.linkRect("", key, (x, y - 3, x + column, y + 10), relative=1, Border="[0 0 0]")
            _late(canvas, key, x + column, y)


class _Canvas(Canvas):
    """A canvas that draws, before it is saved, the forms whose text is known only then."""

    report: "Report"

    def save(self) -> None:
        for key, page in self.report.chapters.items():
            self._form(key, str(page), _ENTRY, INK)
        self._form(_COUNT, str(self.report.page), _SIZE, MUTED)
        super().save()

    def _form(self, name: str, said: str, size: float, colour: str) -> None:
        room = width(said, REGULAR, size)
        left = 0.0 if name == _COUNT else -room
        self.beginForm(name, math.floor(left) - 1, -4, math.ceil(left + room) + 1, math.ceil(size) + 2)
        self.setFont(REGULAR, size)
        self.setFillColor(HexColor(colour))
        self.drawString(left, 0, said)
        self.endForm()


class Report(BaseDocTemplate):
    """Pages of a report with what surrounds them."""

    def __init__(self, edition: Edition, target: BytesIO) -> None:
        settings = edition.settings
        super().__init__(
            target,
            pagesize=PAGE,
            title=clean(f"{settings['facility']}: {settings['title']}", 200),
            author=clean(settings.get("assessor") or settings.get("organisation") or "Jälki", 200),
            subject=edition.word(N_("Life-cycle carbon footprint of a data centre")),
            creator=f"Jälki {clean(edition.document['jalki']['version'], 40)}",
            lang=edition.texts.language,
            displayDocTitle=1,
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,
        )
        self.edition = edition
        self.chapters: dict[str, int] = {}
        self._parts = 0
        summary, inner = _frame(SUMMARY_HEIGHT), _frame(HEIGHT)
        self.addPageTemplates(
            [
                PageTemplate("summary", [summary], onPage=_foot, autoNextPageTemplate="inner"),
                PageTemplate("inner", [inner], onPage=_head_and_foot),
            ]
        )

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - ReportLab calls it
        """Enter a chapter into the outline."""
        if isinstance(flowable, Heading):
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.getPlainText(), flowable.key, level=0)
            self.chapters[flowable.key] = self.page
        elif isinstance(flowable, Paragraph) and flowable.style.name.startswith("subheading") and self.chapters:
            self._parts += 1
            key = f"part-{self._parts}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.getPlainText(), key, level=1, closed=True)

    def make(self, story: Sequence[Flowable]) -> None:
        """Lay the pages out and write them."""

        def canvas(*given: Any, **named: Any) -> Canvas:  # noqa: ANN401 - ReportLab's own arguments
            made = _Canvas(*given, **named)
            made.report = self
            made.showOutline()
            return made

        with _binary():
            self.build(list(story), canvasmaker=canvas)


@contextmanager
def _binary() -> Iterator[None]:
    """Write streams of bytes, not spelled in ASCII: a fifth less of file, and of time for it."""
    before, rl_config.useA85 = rl_config.useA85, 0
    try:
        yield
    finally:
        rl_config.useA85 = before


def _frame(height: float) -> Frame:
    return Frame(LEFT, BOTTOM, WIDTH, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def _late(canvas: Canvas, name: str, x: float, y: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(name)
    canvas.restoreState()


def _foot(canvas: Canvas, report: Report) -> None:
    edition, y = report.edition, 12 * MM
    canvas.saveState()
    canvas.setFont(REGULAR, _SIZE)
    canvas.setFillColor(HexColor(MUTED))
    before, _, after = edition.texts(N_("Page {page} of {pages}")).partition("{pages}")
    before = before.format(page=report.page)
    canvas.drawString(LEFT, y, before)
    _late(canvas, _COUNT, LEFT + width(before, REGULAR, _SIZE), y)
    canvas.drawString(LEFT + width(before + "000", REGULAR, _SIZE), y, after)
    made = edition.word(
        N_("Jälki {version}, input {hash}"),
        version=edition.document["jalki"]["version"],
        hash=str(edition.document["input_hash"])[:12],
    )
    canvas.drawRightString(LEFT + WIDTH, y, made)
    canvas.restoreState()


def _head_and_foot(canvas: Canvas, report: Report) -> None:
    edition, y = report.edition, PAGE[1] - 15 * MM
    settings = edition.settings
    canvas.saveState()
    canvas.setFont(SEMIBOLD, _SIZE)
    canvas.setFillColor(HexColor(ACCENT))
    facility = fitted(clean(settings["facility"]), WIDTH * 0.35, SEMIBOLD, _SIZE)
    canvas.drawString(LEFT, y, facility)
    left = LEFT + width(facility, SEMIBOLD, _SIZE) + 8
    canvas.setFont(REGULAR, _SIZE)
    canvas.setFillColor(HexColor(MUTED))
    canvas.drawString(left, y, fitted(clean(settings["title"]), LEFT + WIDTH * 0.8 - left, REGULAR, _SIZE))
    if not edition.document["complete"]:
        canvas.setFont(SEMIBOLD, _SIZE)
        canvas.setFillColor(HexColor(ALARM))
        canvas.drawRightString(LEFT + WIDTH, y, edition.word(N_("Incomplete")))
    canvas.setStrokeColor(HexColor(RULE))
    canvas.setLineWidth(0.5)
    canvas.line(LEFT, y - 5, LEFT + WIDTH, y - 5)
    canvas.restoreState()
    _foot(canvas, report)
