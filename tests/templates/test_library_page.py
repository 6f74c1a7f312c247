"""The page of the library: current, complete, and safe to print."""

import re

import pytest

from factors.library import SECTIONS, library
from factors.tables import rows
from templates.library_page import PAGE, cells, cited, escaped, page

TEXT = page()
LINES = TEXT.splitlines()
CELL = re.compile(r"(?<!\\)\|")


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == TEXT, "run python -m templates.library_page"


def test_every_row_of_the_library_stands_on_it_once() -> None:
    for factor_id, its_rows in library().factors.items():
        found = [line for line in LINES if line.startswith(f"| `{factor_id}` | ") and "](#source-" in line]
        factors = [line for line in found if len(CELL.split(line)) == 14]
        assert len(factors) == len(its_rows), factor_id


def section(anchor: str) -> list[str]:
    """Lines of the table under an anchor."""
    after = TEXT.partition(f'<a id="{anchor}"></a>')[2].partition("<a id=")[0]
    return [line for line in after.splitlines() if line.startswith("|")][2:]


def test_every_series_that_a_grid_may_follow_stands_on_it_once() -> None:
    assert len(section("trajectories")) == sum(map(len, library().trajectories.values()))


@pytest.mark.parametrize("name", ["gases", "properties"])
def test_every_gas_and_property_stands_on_it_once(name: str) -> None:
    assert len(section(name)) == sum(1 for _ in rows("factors", f"{name}.csv"))


def test_every_row_has_the_cells_of_its_head() -> None:
    width = 0
    for line in LINES:
        if not line.startswith("|"):
            width = 0
            continue
        width = width or len(CELL.split(line))
        assert len(CELL.split(line)) == width, line


def test_every_link_within_the_page_leads_somewhere() -> None:
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', TEXT))
    links = set(re.findall(r"\]\(#([^)]+)\)", TEXT))
    assert links <= anchors
    assert {f"source-{key}" for key in library().sources} <= anchors
    assert {f"family-{key}" for key in library().families} <= links
    assert {f"section-{key}" for key in SECTIONS} <= links


def test_doubtful_rows_say_why_and_rows_of_the_open_database_bear_its_licence() -> None:
    shelf = library()
    for its_rows in shelf.factors.values():
        for row in its_rows:
            if row.doubtful:
                assert f"**Doubtful**: {escaped(row.doubtful)}" in TEXT
    odbl = list(rows("factors", "factors_odbl.csv"))
    assert odbl
    for each in odbl:
        lines = [line for line in LINES if line.startswith(f"| `{each['id']}` |") and f"| {each['year']} |" in line]
        assert any("**ODbL 1.0" in line for line in lines), each["id"]
    assert "ODbL" not in cited(shelf, "co2data-2022")


def test_text_cannot_break_a_table_or_become_markup() -> None:
    row = [escaped("a | b\nc"), escaped("<script> [x](y) *z* `q` ~s~ #1 \\")]
    line = cells(("one", "two"), [row])[-1]
    assert line.count("\n") == 0
    assert len(CELL.split(line)) == 4
    assert escaped("<script>") == "\\<script\\>"


def test_it_is_one_file_that_a_browser_opens() -> None:
    assert len(TEXT.encode()) < 1_000_000
