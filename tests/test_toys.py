"""Checks that expose a toy version of the design, by their number in it: 5 (measures), 7 (the reader), 9 (guesses)."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factors.numbers import NumberError, parse_number
from inventories.format import KEYED, columns, sheets
from inventories.reader import read_workbook
from lca.assess import assess
from lca.measures.book import measures_book
from templates.workbook import example, workbook
from tests.inventories.books import SHEETS, changed, read
from tests.lca.test_measures import CLEANER, LESS_COOLING, LESS_IT, electric, measure
from tests.lca.warm import warm
from tests.studies import contract, make, meter, shipped_example, unmeasured

LABELS = {sheet.labels["fi"]: key for key, sheet in sheets().items()}


def as_a_finn_types(value: Any, of: str) -> Any:
    """``1 234,5`` for a number of an amount, the rest as it stands."""
    if not isinstance(value, int | float) or of not in ("amount", "heat", "mass_kg", "charge", "it_capacity"):
        return value
    whole, _, decimals = f"{value:,.10f}".replace(",", " ").partition(".")
    return f"{whole},{decimals}"


def in_gigawatt_hours(rows: list[list[Any]], keys: list[str]) -> None:
    """Write every MWh as GWh, a thousandth of its number."""
    amounts = [keys.index(key) for key in ("amount", "heat") if key in keys]
    if not amounts:
        return
    unit, (amount,) = keys.index("unit"), amounts
    for row in rows:
        if row[unit] == "MWh":
            row[unit] = "GWh"
            row[amount] = float(row[amount]) / 1000


def typed_by_a_finn(source: Path, path: Path, seed: int) -> None:
    """The same study as somebody else would have typed it: columns shuffled, nothing but values."""
    shuffle = random.Random(seed).shuffle  # noqa: S311 - an order, no secret
    out = openpyxl.Workbook()
    out.remove(out.worksheets[0])
    for page in openpyxl.load_workbook(source).worksheets:
        sheet = LABELS.get(page.title)
        if sheet is None:
            continue
        grid = [list(row) for row in page.iter_rows(values_only=True)]
        grid = [row for row in grid if any(cell is not None for cell in row)]
        if sheet not in KEYED:
            labels = {label: of.key for of in columns(sheet) for label in of.labels.values()}
            keys = [labels.get(str(head).split(" [")[0].strip(" \N{NO-BREAK SPACE}*"), "") for head in grid[0]]
            in_gigawatt_hours(grid[1:], keys)
            order = list(range(len(keys)))
            shuffle(order)
            rows = [[as_a_finn_types(value, key) for value, key in zip(row, keys, strict=True)] for row in grid[1:]]
            grid = [[row[j] for j in order] for row in [grid[0], *rows]]
        written = out.create_sheet(page.title)
        for row in grid:
            written.append(row)
    out.save(path)


@pytest.mark.parametrize("name", ["server-room", "kajaani"])
def test_7_a_workbook_that_jalki_did_not_write(name: str, tmp_path: Path) -> None:
    source, path = tmp_path / "source.xlsx", tmp_path / "typed.xlsx"
    source.write_bytes(workbook("fi", example(name)))
    typed_by_a_finn(source, path, seed=7)
    cells = [
        str(cell) for page in openpyxl.load_workbook(path) for row in page.iter_rows(values_only=True) for cell in row
    ]
    assert "GWh" in cells
    assert any("," in cell and _is_number(cell) for cell in cells)
    found = read_workbook(path)
    assert [each.as_json() for each in found.problems if each.severity == "error"] == []
    assert found.study is not None
    ours, theirs = assess(shipped_example(name)), assess(found.study)
    for basis in ("location", "market"):
        for part, value in ours["totals"][basis].items():
            assert theirs["totals"][basis][part] == pytest.approx(value, rel=1e-9, abs=1e-9)


def _is_number(text: str) -> bool:
    try:
        parse_number(text, "fi")
    except NumberError:
        return False
    return True


def test_5_measures_are_not_percentages_that_are_summed() -> None:
    """3,360 t: 840, 280 and 2,100 t alone, 2,493.75 t together, whatever the order they are typed in.

    −25 % IT also lowers recovered heat; a certificate moves the market basis alone.
    """
    rows = [LESS_IT, LESS_COOLING, CLEANER]
    told = [measures_book(electric(measures=each)) for each in (rows, rows[::-1])]
    for found in told:
        alone = {row["id"]: row["alone"]["location"] / 1000.0 for row in found["measures"]}
        assert alone == pytest.approx({"A": 840.0, "B": 280.0, "C": 2_100.0})
        assert (found["before"]["location"] - found["after"]["location"]) / 1000.0 == pytest.approx(2_493.75)
        assert found["joint"] == [row["id"] for row in found["measures"]]
    warmed = electric(heat=[warm(cop=4.0, heat_pump="outside")], measures=[LESS_IT])
    (less,) = measures_book(warmed)["measures"]
    assert less["outside"]["location"] < 0.0
    bought = contract(id="K9", type="certificate", share_percent=100.0)
    certified = make(years=3, energy=[meter()], contracts=[bought], measures=[measure("G", "contract", "K9")])
    (green,) = measures_book(certified)["measures"]
    assert green["alone"]["location"] == 0.0
    assert green["alone"]["market"] > 0.0


@pytest.mark.parametrize("words", ["EPYC 7A53", "C30/38"])
def test_9_free_text_is_never_taken_for_a_factor(words: str, tmp_path: Path) -> None:
    """What is no id of the library stops with its cell; nothing is matched in silence."""
    found = read(tmp_path, changed(SHEETS, "Construction", "E2", words))
    (problem,) = [each for each in found.problems if each.severity == "error"]
    assert (problem.code, problem.sheet, problem.cell, problem.read) == ("factor-unknown", "Construction", "E2", words)


def test_9_a_study_without_refrigerants_has_a_gap_with_a_name() -> None:
    study = unmeasured("kajaani")
    whole, without = assess(study), assess(replace(study, refrigerants=()))
    assert without["complete"] is False
    gaps = {problem["message"] for problem in without["problems"] if problem["severity"] == "gap"}
    assert {gap for gap in gaps if "refrigerants" in gap} >= {
        "B1 of refrigerants is asked for, but has neither rows nor an exclusion.",
        "C1 of refrigerants is asked for, but has neither rows nor an exclusion.",
    }
    assert whole["complete"] is True
