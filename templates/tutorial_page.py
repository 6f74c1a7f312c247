"""The tables and the output in ``docs/tutorial.md``: what is typed on each sheet, and what comes out.

The page is written by hand; what stands between its marks is made from the example, so that a reader who types the
tables into a blank workbook gets what the page shows.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from inventories.format import choices, columns
from inventories.reader import read_workbook
from templates.library_page import cells, escaped
from templates.terminal import problem_lines, summary
from templates.texts import Texts
from templates.workbook import Rows, example, workbook
from templates.workbook.cells import column_cells, starred, value

PAGE = Path(__file__).parent.parent / "docs" / "tutorial.md"
EXAMPLE = "server-room"
LEFT_OUT = ("note", "element", "value_kind", "scales_with")
"""Columns that no number of the result depends on: nobody need type them to follow."""

_SHEET = re.compile(r"(?<=<!-- sheet: )([\w ]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_OUTPUT = re.compile(r"(?<=<!-- output -->\n).*?(?=<!-- end -->)", re.DOTALL)


def typed(sheet: str) -> tuple[list[str], list[list[str]]]:
    """Headers and rows of a sheet as they stand in the blank workbook and are typed under it, in English."""
    rows = example(EXAMPLE)[sheet]
    if sheet == "Study":
        known = {of.key: of for of in columns("Study")}
        lines = [[known[row["key"]].labels["en"], _shown(value(known[row["key"]], row["value"], "en"))] for row in rows]
        return [labels["en"] for labels in choices("study_column").values()][:2], lines
    shown = [of for of in columns(sheet) if of.key not in LEFT_OUT and any(row.get(of.key) for row in rows)]
    written = [column_cells(of, [row.get(of.key) or "" for row in rows], "en") for of in shown]
    heads = [starred(of, label) for of, (label, _) in zip(shown, written, strict=True)]
    return heads, [list(map(_shown, line)) for line in zip(*(found for _, found in written), strict=True)]


def _shown(cell: str | float) -> str:
    return cell if isinstance(cell, str) else f"{cell:g}" if abs(cell) < 1e6 else f"{cell:.0f}"


def _table(sheet: str) -> str:
    heads, rows = typed(sheet)
    return "\n".join(cells(list(map(escaped, heads)), [list(map(escaped, row)) for row in rows])) + "\n"


def assessed(rows: Mapping[str, Rows]) -> dict[str, Any]:
    """Results document of an example's rows, read from a workbook as a user's are."""
    from lca.assess import assess  # noqa: PLC0415 - Brightway loads only where something is assessed

    with TemporaryDirectory() as folder:
        path = Path(folder, f"{EXAMPLE}.xlsx")
        path.write_bytes(workbook("en", rows))
        study = read_workbook(path).study
    if study is None:
        raise ValueError(EXAMPLE)
    return assess(study)


def _output() -> str:
    document, texts = assessed(example(EXAMPLE)), Texts("en")
    written = [f"wrote {EXAMPLE}-{name}" for name in ("results.json", "results.xlsx", "report.pdf")]
    lines = [*written, summary(document, texts)]
    said = problem_lines([each for each in document["problems"] if each["severity"] == "warning"], texts)
    return "\n".join(["```console", f"$ jalki assess {EXAMPLE}.xlsx", *lines, *said, "```"]) + "\n"


def page(text: str) -> str:
    """Return the tutorial with its tables and its output made anew."""
    text = _SHEET.sub(lambda found: f"{found[1]}{found[2]}{_table(found[1])}", text)
    return _OUTPUT.sub(lambda _: _output(), text)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
