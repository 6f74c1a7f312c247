"""The pages Measures and Action plan of the result workbook: numbers of the document, true sums, words, user's text."""

import copy
import json
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from inventories.format import choices, column
from inventories.headers import read_header
from inventories.study import Study
from inventories.workbook import RawSheet
from lca.assess import assess
from templates.resultbook import result_workbook
from templates.resultbook.book import written
from templates.workbook.cells import sheet_name
from tests.lca.test_measures import electric, measure
from tests.lca.test_plan import MONEY, eur, per_year
from tests.recalculation import numbers
from tests.studies import own
from tests.templates.spreadsheet import Spreadsheet

BASES = ("location", "market")
PLAN = {"en": "Action plan", "fi": "Toimenpidesuunnitelma", "sv": "Åtgärdsplan"}


def _study() -> Study:
    """Eight measures: bounds, a need, an exclusion, one decided on, one rejected, one without costs, a saving."""
    rows = [
        measure("A", "scale", "E1", value="-25", unit="%", min=-30.0, max=-20.0, capex=eur(9e6), lifetime=2.0),
        measure("B", "scale", "E2", value="0.5", capex=eur(1e6), owner="tenant: Aurora", decision="yes",
                start_year=2028),
        measure("C", "substitute", "E1", "E2", value="el15", capex=eur(2e5), excludes=("D",), evidence="offer 17"),
        measure("D", "substitute", "E1", "E2", value="el30", capex=eur(1e5)),
        measure("E", "scale", "E2", value="0.9", capex=eur(1e3), requires=("A",), indicator="kWh by rack"),
        measure("F", "scale", "E1", value="0.99", capex=eur(1e3), decision="no"),
        measure("G", "scale", "E1", value="0.98"),
        measure("H", "scale", "E1", value="0.97", opex_per_year=per_year(-5e5)),
    ]  # fmt: skip
    grid = [own(f"el{grams}", grams / 1000.0, "kg CO2e/kWh", "B6") for grams in (40, 15, 30)]
    return electric(years=3, measures=rows, factors=grid, **MONEY)


@cache
def _document() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(assess(_study())))
    return made


@cache
def _workbook(language: str = "en") -> bytes:
    return result_workbook(_document(), language)


def _page(content: bytes, name: str, *, values: bool = True) -> Worksheet:
    page = openpyxl.load_workbook(BytesIO(content), data_only=values)[name]
    assert isinstance(page, Worksheet)
    return page


def _row(page: Worksheet, first: str, after: int = 0) -> int:
    """Row whose first cell says this."""
    return next(row for row in range(after + 1, page.max_row + 1) if page.cell(row, 1).value == first)


def _table(page: Worksheet, head: int) -> list[dict[str, Any]]:
    """Rows below a header up to the first that has no id."""
    titles = {cell.column: str(cell.value).replace("\xa0", " ") for cell in page[head] if cell.value}
    rows = []
    for row in range(head + 1, page.max_row + 1):
        if page.cell(row, 2).value is None:
            break
        rows.append({title: page.cell(row, place).value for place, title in titles.items()})
    return rows


def test_a_study_without_measures_has_no_such_pages() -> None:
    document = json.loads(json.dumps(assess(electric())))
    names = openpyxl.load_workbook(BytesIO(result_workbook(document))).sheetnames
    assert names[:3] == ["Summary", "Breakdown", "Lines"]
    assert not {"Measures", "Action plan"} & {*names}


def test_measures_without_costs_have_no_plan() -> None:
    document = json.loads(json.dumps(assess(electric(measures=[measure("A", "scale", "E1", value="0.9")]))))
    content = result_workbook(document)
    assert "Action plan" not in openpyxl.load_workbook(BytesIO(content)).sheetnames
    page = _page(content, "Measures")
    (row,) = _table(page, _row(page, "Id"))
    assert row["Missing to tell its cost"].startswith("its costs")
    assert row["Investment, EUR"] is None


def test_every_measure_stands_with_the_numbers_of_the_document() -> None:
    page = _page(_workbook(), "Measures")
    head = _row(page, "Id")
    assert page.freeze_panes == f"C{head + 1}"
    rows = _table(page, head)
    told = _document()["measures"]["measures"]
    assert [row["Id"] for row in rows] == [each["id"] for each in told]
    for row, each in zip(rows, told, strict=True):
        for key, title in (("alone", "Alone"), ("ordered", "In order"), ("last", "Taken out last"),
                           ("shapley", "Shapley"), ("outside", "Outside the footprint, alone")):  # fmt: skip
            for basis in BASES:
                wanted = None if each[key] is None else pytest.approx(each[key][basis] / 1000.0, abs=1e-9)
                assert row[f"{title}, {basis}-based, t CO2e"] == wanted
        npv = each["cost"]["npv"]
        assert row["Net present value, EUR"] == (None if npv is None else pytest.approx(npv))
        assert row["Start year"] == each["start"]
    (bounded,) = [row for row in rows if row["Id"] == "A"]
    assert bounded["Alone, least, location-based, t CO2e"] < bounded["Alone, most, location-based, t CO2e"]
    (saving,) = [row for row in rows if row["Id"] == "H"]
    assert saving["EUR/t, location-based"] is None
    assert saving["Net cost a year, EUR"] < 0


def test_the_columns_of_measures_sum_to_what_they_avoid_together() -> None:
    page, formulas = _page(_workbook(), "Measures"), _page(_workbook(), "Measures", values=False)
    book = _document()["measures"]
    head = _row(page, "Id")
    titles = {str(cell.value).replace("\xa0", " "): int(cell.column or 0) for cell in page[head]}
    sums, joint = _row(page, "Sum of the column"), _row(page, "Avoided together: what the columns are to sum to")
    for title in ("In order", "Shapley"):
        for basis in BASES:
            place = titles[f"{title}, {basis}-based, t CO2e"]
            assert str(formulas.cell(sums, place).value).startswith("=SUM(")
            assert str(formulas.cell(joint, place).value).startswith("=SUM(")
            wanted = (book["before"][basis] - book["after"][basis]) / 1000.0
            assert page.cell(sums, place).value == pytest.approx(wanted, rel=1e-9)
            assert page.cell(joint, place).value == pytest.approx(wanted, rel=1e-9)


def test_the_plan_stands_with_its_sums() -> None:
    page, plan = _page(_workbook(), "Action plan"), _document()["measures"]["plan"]
    head = _row(page, "Id")
    rows = _table(page, head)
    assert [row["Id"] for row in rows[: len(plan["actions"])]] == plan["measures"]
    last = head + len(plan["actions"])
    assert page.cell(last + 1, 1).value == "Sum"
    for place, basis in ((7, "location"), (8, "market")):
        assert page.cell(last + 1, place).value == pytest.approx(plan["avoided"][basis] / 1000.0)
        assert page.cell(last + 2, place).value == pytest.approx(plan["avoided"][basis] / 1000.0)
    assert page.cell(last + 1, 5).value == pytest.approx(sum(plan["capital"].values()))
    (decided,) = [row for row in rows if row["Id"] == "B"]
    assert (decided["Decision"], decided["Decided before"]) == ("Carry out", "yes")
    assert decided["Owner"] == "tenant: Aurora"
    left = _table(page, _row(page, "Id", after=head))
    assert {row["Id"]: row["Reason"] for row in left}.keys() == plan["left_out"].keys()
    assert {row["Id"]: row["Reason"] for row in left}["F"] == "decided not to be carried out"
    years = _row(page, "Year")
    for place, year in enumerate(_document()["measures"]["years"]):
        assert page.cell(years + 1 + place, 1).value == year
        assert page.cell(years + 1 + place, 5).value == pytest.approx(
            plan["operation"]["before"]["location"][place] / 1000.0
        )
        assert page.cell(years + 1 + place, 3).value == plan["capital"].get(str(year))
        assert page.cell(years + 1 + place, 4).value == plan["renewals"].get(str(year))
    front = [row for row in page.iter_rows(min_row=_row(page, "Other plans") + 3, values_only=True) if row[1]]
    assert len(front) == len(plan["front"]["plans"]) > 1
    for row, each in zip(front, plan["front"]["plans"], strict=True):
        assert row[1] == (", ".join(each["measures"]) or "no measure")
        assert row[2:4] == pytest.approx((each["capital"], each["npv"]))


def test_every_formula_of_the_pages_gives_the_value_beside_it() -> None:
    cached = numbers(written(_document(), "en"))
    book = Spreadsheet(written(_document(), "en", cached=False))
    found = [cell for cell in book.formulas if cell[0] in ("Measures", "Action plan")]
    assert len(found) >= 20
    for sheet, row, place in found:
        where = f"{openpyxl.utils.get_column_letter(place)}{row}"
        assert book.at((sheet, row, place)) == pytest.approx(cached[sheet, where], rel=1e-9)


def test_a_target_that_is_missed_is_told_with_what_is_lacking() -> None:
    document = json.loads(json.dumps(_document()))
    plan = document["measures"]["plan"]
    plan |= {
        "reached": False,
        "proved": True,
        "nearest": 12_345.0,
        "capital_needed": 7e6,
        "budget": 1e6,
        "objective": "cheapest",
    }
    plan["target"] = {
        "kind": "yearly", "percent": 90.0, "kilograms": None, "year": 2029, "base_year": 2027, "base": 3_360_000.0,
        "total": None,
    }  # fmt: skip
    plan["operation"]["allowed"] = {"2029": 336_000.0}
    plan["carbon"] = {"2027": 80.0, "2028": 80.0, "2029": 100.0}
    page = _page(result_workbook(document), "Action plan")
    told = {page.cell(row, 1).value: page.cell(row, 3).value for row in range(1, _row(page, "Id"))}
    assert told["Objective"] == "The plan that avoids the most, as none reaches the target, location-based"
    assert told["Target reached"] == "no"
    assert told["Missed by, t CO2e"] == 12.345
    assert told["Investment that would reach it, EUR"] == 7e6
    assert told["Budget, EUR"] == 1e6
    assert told["Budget a year, EUR"] == "no limit"
    assert told["Price of carbon, EUR/t CO2e"] == "2027: 80; 2029: 100"
    years = _row(page, "Year")
    assert [page.cell(years + 1 + i, 9).value for i in range(3)] == [None, None, 336.0]


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_words_are_those_of_the_language_and_of_the_input_workbook(language: str) -> None:
    content = _workbook(language)
    names = openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert names[2:4] == [sheet_name("Measures", language), PLAN[language]]
    page = _page(content, PLAN[language])
    head = _row(page, column("Measures", "id").labels[language])
    heads = [cell.value or "" for cell in page[head]]
    header = read_header(RawSheet("Measures", [[str(each) for each in heads]], {}), "Measures")
    keys = {place: of.key for place, of in header.places.items()}
    assert [keys[place] for place in range(6)] == ["id", "measure", "owner", "start_year", "capex", "opex_per_year"]
    assert {"decision", "indicator"} < {*keys.values()}
    assert {key: unit.symbol for key, unit in header.units.items()} == {"capex": "EUR", "opex_per_year": "EUR/a"}
    place = next(place for place, key in keys.items() if key == "decision")
    assert page.cell(head + 1, place + 1).value == choices("decision")["yes"][language]


HOSTILE = ("=1+1", "=cmd|' /C calc'!A0", "+A1", "@SUM(1)", "\u202eevil", "x" * 40_000, "a\x00b")


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_user_typed_stays_text(typed: str) -> None:
    document = copy.deepcopy(_document())
    book = document["measures"]
    for row in (*book["measures"], *book["plan"]["actions"]):
        row |= {"name": typed, "owner": f"tenant: {typed}", "evidence": typed}
    for row in book["plan"]["actions"]:
        row["follow_up"] |= {"text": typed, "rows": [typed]}
    for step in book["plan"]["steps"]:
        step["id"] = typed if step["id"] == book["measures"][0]["id"] else step["id"]
    book["measures"][0] |= {"id": typed, "requires": [typed], "excludes": [typed], "instead": [typed]}
    book["plan"]["actions"][0]["id"] = typed
    book["plan"]["front"]["plans"][0]["measures"] = [typed]
    made, plain = Spreadsheet(result_workbook(document)), Spreadsheet(_workbook())
    assert made.formulas == plain.formulas
    for cell in made.formulas:
        assert made.cells[cell] == plain.cells[cell]


def test_charts_stand_beside_their_tables() -> None:
    """Waterfalls and operation on both bases, what a tonne costs, the Pareto front; each of cells of the page."""
    page: Any = _page(_workbook(), "Action plan")
    assert [type(chart).__name__ for chart in page._charts] == [
        "BarChart", "BarChart", "BarChart", "LineChart", "LineChart", "ScatterChart",
    ]  # fmt: skip
    texts = {page.cell(row, 2).value: row for row in range(1, page.max_row)}
    begins, ends = texts["Footprint without measures"], texts["Footprint with the plan"]
    plan = _document()["measures"]["plan"]
    rows = {row: [page.cell(row, place).value * 1000.0 for place in (3, 4)] for row in range(begins, ends + 1)}
    assert rows[begins] == pytest.approx([0.0, plan["before"]["location"]])
    assert rows[ends] == pytest.approx([0.0, plan["after"]["location"]])
    assert rows[ends - 1][0] == pytest.approx(plan["after"]["location"])  # the last step stands on what is left
    assert [high for _, high in list(rows.values())[1:-1]] == pytest.approx(
        [abs(step["location"]) for step in plan["steps"]]
    )


def test_the_same_document_gives_the_same_bytes() -> None:
    assert result_workbook(copy.deepcopy(_document())) == _workbook()
