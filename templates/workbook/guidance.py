"""The first sheet: what a first study needs, what the colours mean, how to go on. The reader skips it."""

from collections.abc import Mapping
from typing import Any

from inventories.format import column
from templates.workbook import style
from templates.workbook.cells import header, said, sheet_name, value
from templates.workbook.offers import shown_sheets
from templates.workbook.rows import first_study

_WIDTHS = (28, 42, 46, 24)
_TEXT_WIDTH = sum(_WIDTHS[1:]) * 1.15
_KNOW = ("help", "lists", "units", "numbers", "years", "blank", "rows", "factor", "search", "own", "leave")
_COLOURS = {
    "required": "required",
    "group": "group",
    "optional": "optional",
    "fill": "swatch fill",
    "missing": "swatch missing",
}


class Guidance:
    """Writes the sheet from top to bottom; ``row`` is the next free one."""

    def __init__(self, page: Any, language: str, styles: Mapping[str, Any]) -> None:  # noqa: ANN401 - no types
        self.page, self.language, self.styles, self.row = page, language, styles, 0
        study = first_study(language)
        self.exclusion = study.pop("Exclusions")[0]
        self.cells = [(sheet, key, text) for sheet, lines in study.items() for key, text in _cells(sheet, lines)]
        self.names = {
            "count": len(self.cells),
            "list": sheet_name("Factor list", language),
            "lists": sheet_name("Lists", language),
            "unit": column("Energy", "unit").labels[language],
            **{
                sheet.casefold(): sheet_name(sheet, language)
                for sheet in ("Study", "Years", "Energy", "Factors", "Exclusions")
            },
        }

    def write(self) -> None:
        """Write every part."""
        self.page.set_tab_color(style.TABS["guidance"])
        self.page.hide_gridlines(2)
        for j, width in enumerate(_WIDTHS):
            self.page.set_column(j, j, width)
        self.page.set_row(0, 34)
        self.page.write_string(0, 0, self.said("title"), self.styles["title"])
        self.row = 1
        self._text(0, self.said("lead"), "lead")
        self._order()
        self._colours()
        breaks = [self.row]
        self._first()
        breaks.append(self.row)
        self._know()
        self._run()
        style.printed(self.page, head=False)
        self.page.set_print_scale(86)  # as wide as the paper; breaks between parts hold only beside a scale
        self.page.set_h_pagebreaks(breaks)

    def said(self, key: str) -> str:
        """Text in the language, names of sheets filled in."""
        return said(key, self.language, **self.names)

    def _part(self, key: str) -> None:
        self.page.set_row(self.row, 30)
        self.page.write_string(self.row, 0, self.said(key), self.styles["part"])
        for j in range(1, len(_WIDTHS)):
            self.page.write_blank(self.row, j, None, self.styles["part"])
        self.row += 1

    def _text(self, first: int, text: str, look: str) -> None:
        """Write a text from a column to the right edge of the sheet, as high as it needs, and go on below."""
        width = _TEXT_WIDTH + (_WIDTHS[0] if first == 0 else 0)
        self.page.set_row(self.row, style.height(text, width) + 3)
        self.page.merge_range(self.row, first, self.row, len(_WIDTHS) - 1, text, self.styles[look])
        self.row += 1

    def _line(self, *texts: str, look: str = "line") -> None:
        self.page.set_row(self.row, 18)
        for j in range(len(_WIDTHS)):
            self.page.write_string(self.row, j, texts[j] if j < len(texts) else "", self.styles[look])
        self.row += 1

    def _link(self, sheet: str) -> None:
        name = sheet_name(sheet, self.language)
        self.page.write_url(self.row, 0, f"internal:'{name}'!A1", self.styles["line link"], name)

    def _order(self) -> None:
        self._part("part-order")
        self._line(self.said("head-sheet"), self.said("head-holds"), "", self.said("head-first"), look="head")
        for sheet in shown_sheets():
            count = sum(each == sheet for each, _, _ in self.cells)
            holds = self.said(f"sheet-{sheet}")
            self.page.set_row(self.row, max(18, style.height(holds, _WIDTHS[1] + _WIDTHS[2])))
            self._link(sheet)
            self.page.merge_range(self.row, 1, self.row, 2, holds, self.styles["line"])
            first = said("cells", self.language, count=count) if count else self.said("can-wait")
            self.page.write_string(self.row, 3, first, self.styles["line bold" if count else "line"])
            self.row += 1

    def _colours(self) -> None:
        self._part("part-colours")
        swatch = {"required": column("Energy", "amount"), "group": column("Energy", "use")}
        for key, look in _COLOURS.items():
            of = swatch.get(key, column("Energy", "note") if key == "optional" else None)
            label = "" if of is None else of.labels[self.language] + (" *" if key == "required" else "")
            self.page.write_string(self.row, 0, label, self.styles[look])
            self._text(1, self.said(f"colour-{key}"), "line inset")

    def _first(self) -> None:
        self._part("part-first")
        self._text(0, self.said("first-note"), "lead")
        self._line(*(self.said(f"head-{key}") for key in ("sheet", "column", "example")), look="head")
        before = ""
        for sheet, key, text in self.cells:
            self._example(sheet, key, text, sheet_name(sheet, self.language) if sheet != before else "")
            before = sheet

    def _example(self, sheet: str, key: str, text: str, name: str) -> None:
        of = column(sheet, key)
        label = of.labels[self.language] if sheet == "Study" else header(of, self.language)
        shown = value(of, text, self.language)
        self.page.set_row(self.row, 15.5)
        self.page.write_blank(self.row, 3, None, self.styles["line"])
        self.page.write_string(self.row, 0, name, self.styles["line bold"])
        self.page.write_string(self.row, 1, label, self.styles["line"])
        if isinstance(shown, float):
            self.page.write_number(self.row, 2, shown, self.styles["line example"])
        else:
            self.page.write_string(self.row, 2, shown, self.styles["line example"])
        self.row += 1

    def _know(self) -> None:
        self._part("part-know")
        for key in _KNOW:
            self.page.write_string(self.row, 0, self.said(f"know-{key}"), self.styles["line bold"])
            self._text(1, self.said(f"know-{key}-text"), "line")
        for key, text in self.exclusion.items():
            self._example("Exclusions", key, text, "")

    def _run(self) -> None:
        self._part("part-run")
        for key in ("save", "check", "assess"):
            self.page.write_string(self.row, 0, self.said(f"run-{key}"), self.styles["line bold"])
            self._text(1, self.said(f"run-{key}-text"), "line")


def _cells(sheet: str, lines: list[Mapping[str, str]]) -> list[tuple[str, str]]:
    if sheet == "Study":
        return [(line["key"], line["value"]) for line in lines]
    return [each for line in lines for each in line.items()]
