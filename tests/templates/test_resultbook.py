"""The result workbook: every formula gives what was assessed, and what a changed study would give."""

import copy
import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from factors.problems import InputError
from inventories.datafile import DataFile
from inventories.keyed import Simulation
from inventories.study import Study
from inventories.values import Quantity
from lca import evaluation, packages
from lca.assess import assess
from lca.expand import expand
from lca.tables import contributions_table, totals
from templates.resultbook import result_workbook
from templates.resultbook.book import ROWS, TooManyRowsError, written
from templates.resultbook.calculation import KEYS, calculation
from tests.recalculation import numbers
from tests.studies import contract, heat, line, make, meter, own, refrigerant, shipped_example, water
from tests.templates.spreadsheet import Spreadsheet

BASES = ("location", "market")
PER_MWH = "per MWh of IT energy, kg CO2e"
TOTALS = {"location": "B7", "market": "C7"}


def _json(study: Study) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(assess(study)))
    return document


@cache
def _example(name: str = "server-room") -> dict[str, Any]:
    return _json(shipped_example(name))


def _awkward() -> Study:
    """Contracts of one order that run out, own generation kept and sold, leaks measured, a factor of one's own."""
    return make(
        years=4,
        factors=[own("mine", 12.0, gas="", biogenic=1.0, fossil=11.0)],
        construction=[
            line(id="C1", factor="glulam-fi", amount=Quantity(30.0, "t"), waste_percent=5.0),
            line(id="C2", factor="mine", amount=Quantity(4.0, "pcs")),
        ],
        hardware=[line("Hardware", service_life=3.0, count=60)],
        refrigerants=[
            refrigerant(leaked_per_year=Quantity(7.0, "kg")),
            refrigerant(id="R2", gas="R-410A", leakage_percent=3.0, recovery_percent=80.0),
        ],
        water=[water()],
        energy=[
            meter(),
            meter(id="E2", use="cooling", amount=Quantity(150.0, "MWh")),
            meter(id="E3", use="lighting", amount=Quantity(50.0, "MWh"), owner="tenant: Aurora"),
            meter(
                id="PV", carrier="onsite-electricity", use=None, amount=Quantity(90.0, "MWh"),
                factor="electricity-solar-world",
            ),
            meter(
                id="PV2", carrier="onsite-electricity", use=None, meter="roof", amount=Quantity(20.0, "MWh"),
                certificates="sold", factor="electricity-solar-world",
            ),
        ],
        contracts=[
            contract(amount=Quantity(600.0, "MWh"), valid_to="2028", order=1),
            contract(id="K2", share_percent=30.0, order=1, covers=(("use", "it"),)),
            contract(id="K3", amount=Quantity(0.2, "GWh"), order=2, factor="electricity-nuclear-world"),
        ],
        heat=[heat(claim_share_percent=60.0), heat(claim_holder="town", claim_share_percent=40.0)],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["kaj-10", "server-room"])
def test_every_formula_gives_the_value_beside_it(name: str) -> None:
    _agree(_example(name))


def test_every_formula_of_an_awkward_study_gives_the_value_beside_it() -> None:
    _agree(_json(_awkward()))


def _by_the_hour() -> Study:
    """Contracts and own generation by the hour, a grid with hours, a simulated hall."""
    hours = {"day.csv": [0.0] * 12 + [1.0] * 12, "even.csv": [1.0] * 24}
    files = tuple(
        DataFile(file=name, unit="", values=tuple(day * 365), start="2025-01-01T00:00Z") for name, day in hours.items()
    )
    ppa = contract(amount=Quantity(4000, "kWh"), matching="hourly", profile="day.csv")
    sun = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(900, "kWh"), profile="day.csv")
    it = meter(amount=Quantity(8760, "kWh"), profile="even.csv")
    made = make(
        years=2, energy=[it, sun], contracts=[ppa], grid_profile="day.csv", heat=[heat(heat=Quantity(2, "MWh"))]
    )
    hall = Simulation(
        weather_file="kajaani-synthetic", cooling_type="chilled-water", supply_temperature=20.0, approach=6.0,
        return_temperature=26.0, chiller_efficiency_percent=50.0, evaporator_approach=3.0, condenser_approach=12.0,
        fan_and_pump_percent=3.0, distribution_efficiency_percent=98.0,
    )  # fmt: skip
    return replace(made, files=files, simulation=hall)


def test_electricity_by_the_hour_stands_in_the_workbook_as_it_was_assessed() -> None:
    document = _json(_by_the_hour())
    _agree(document)
    amounts = openpyxl.load_workbook(BytesIO(written(document, "en")))
    paths = [str(row[0].value) for row in amounts["Amounts"].iter_rows(min_row=2)] if "Amounts" in amounts else []
    assert not [path for path in paths if "Energy" in path or "Contracts" in path]


def _agree(document: dict[str, Any]) -> None:
    """Evaluate with the cached values removed; compare with the cached ones, and with the document."""
    cached = numbers(written(document, "en"))
    book = Spreadsheet(written(document, "en", cached=False))
    assert len(book.formulas) > 50
    for sheet, row, column in book.formulas:
        where = f"{get_column_letter(column)}{row}"
        scale = 1.0 if sheet == "Summary" else 0.0
        assert book.at((sheet, row, column)) == pytest.approx(cached[sheet, where], rel=1e-9, abs=1e-9 * scale)
    for basis, cell in TOTALS.items():
        assert book.value("Summary", cell) * 1000.0 == pytest.approx(document["totals"][basis]["total"], rel=1e-12)


def test_the_rows_of_the_calculation_are_the_rows_of_the_document() -> None:
    for document in (_json(_awkward()), _example()):
        made = calculation(document)
        book = Spreadsheet(written(document, "en", cached=False))
        for table, sheet in (("contributions", "Calculation"), ("outside", "Outside")):
            wanted: dict[tuple[Any, ...], list[float]] = {}
            for row in document[table]:
                key = (*(row.get(name) for name in KEYS), row.get("claim_holder", ""))
                sums = wanted.setdefault(key, [0.0, 0.0])
                for place, basis in enumerate(BASES):
                    sums[place] += row[basis]
            found: dict[tuple[Any, ...], list[float]] = {}
            for i, entry in enumerate(entry for entry in made.entries if entry.table == table):
                sums = found.setdefault((*entry.keys, entry.claim_holder), [0.0, 0.0])
                for place, column in enumerate((22, 23)):
                    sums[place] += book.at((sheet, i + 2, column))
            assert wanted.keys() <= found.keys()
            for key, values in found.items():
                assert values == pytest.approx(wanted.get(key, [0.0, 0.0]), rel=1e-9, abs=1e-9), key


def _type(book: Spreadsheet, amounts: dict[str, float]) -> None:
    """Type amounts into the sheet Amounts by the id of their row."""
    found = set()
    for (sheet, row, column), value in list(book.cells.items()):
        if sheet == "Amounts" and column == 2 and value in amounts:
            book.set("Amounts", row, 5, amounts[value])
            found.add(value)
    assert found == set(amounts)


def _with(study: Study, amounts: dict[str, float]) -> Study:
    """The study with amounts, counts, charges and contracts changed by id."""

    def of(row: Any) -> Any:  # noqa: ANN401 - a row of the study
        if row.id not in amounts:
            return row
        value = amounts[row.id]
        if getattr(row, "leaked_per_year", None) is not None:
            return replace(row, leaked_per_year=Quantity(value, row.leaked_per_year.unit))
        if getattr(row, "count", None) is not None:
            return replace(row, count=value)
        if getattr(row, "share_percent", None) is not None and row.id.startswith("K"):
            return replace(row, share_percent=value)
        name = next(name for name in ("amount", "charge", "heat") if hasattr(row, name))
        return replace(row, **{name: Quantity(value, getattr(row, name).unit)})

    tables = ("construction", "plant", "hardware", "refrigerants", "water", "energy", "contracts", "heat")
    changed: Any = {name: tuple(map(of, getattr(study, name))) for name in tables}
    return replace(study, **changed)


IDS = ("C1", "C2", "H1", "R2", "W1", "E1", "E2", "E3", "PV", "PV2", "K1", "K2", "K3", "Q1")
AMOUNT = st.floats(min_value=0.02, max_value=2000.0).map(lambda value: float(f"{value:.4g}"))


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(IDS), AMOUNT, min_size=1, max_size=6))
def test_a_changed_amount_gives_what_the_changed_study_gives(amounts: dict[str, float]) -> None:
    if "K2" in amounts:
        amounts["K2"] = min(amounts["K2"], 100.0)
    study = _awkward()
    book = Spreadsheet(_awkward_workbook())
    _type(book, amounts)
    try:
        wanted = assess(_with(study, amounts))
    except InputError:  # a guard refuses the study
        reject()
    for basis, cell in TOTALS.items():
        assert book.value("Summary", cell) * 1000.0 == pytest.approx(wanted["totals"][basis]["total"], rel=1e-9)


@cache
def _awkward_workbook() -> bytes:
    return written(_json(_awkward()), "en", cached=False)


def test_a_contract_that_runs_out_leaves_the_rest_to_the_residual_mix() -> None:
    """Five times the consumption: what the contracts do not cover any more is met by the residual mix."""
    book = Spreadsheet(_awkward_workbook())
    _type(book, {"E1": 5000.0})
    wanted = assess(_with(_awkward(), {"E1": 5000.0}))
    assert book.value("Summary", "C7") * 1000.0 == pytest.approx(wanted["totals"]["market"]["total"], rel=1e-9)
    assert book.value("Summary", "G7") == pytest.approx(book.value("Summary", "C7") - book.value("Summary", "E7"))
    assert book.value("Summary", "G7") > 100.0
    (per_it,) = [row for (sheet, row, column), v in book.cells.items() if (sheet, column, v) == ("Summary", 1, PER_MWH)]
    (wanted_per,) = [each for each in wanted["intensities"] if each["unit"] == "kg CO2e/MWh IT"]
    assert book.at(("Summary", per_it, 3)) == pytest.approx(wanted_per["market"], rel=1e-9)


def test_a_changed_factor_gives_what_the_changed_study_gives() -> None:
    study = _awkward()
    book = Spreadsheet(_awkward_workbook())
    (row,) = [r for (s, r, c), value in book.cells.items() if (s, c) == ("Factors", 1) and value == "mine"]
    book.set("Factors", row, 6, 250.0)
    mine = replace(study.factors[0], fossil=250.0, value=251.0)
    wanted = assess(replace(study, factors=(mine,)))
    for basis, cell in TOTALS.items():
        assert book.value("Summary", cell) * 1000.0 == pytest.approx(wanted["totals"][basis]["total"], rel=1e-9)


def test_cells_that_may_be_changed_are_tinted_and_no_others() -> None:
    book = openpyxl.load_workbook(BytesIO(_awkward_workbook()))
    tinted = {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == "FFFFF8E1"
    }
    assert {sheet for sheet, _ in tinted} == {"Amounts", "Factors", "Recovered heat"}
    factors = book["Factors"]
    of = {str(row[0].value): row for row in factors.iter_rows(min_row=2) if row[2].value == "A1-A3"}
    assert ("Factors", of["mine"][5].coordinate) in tinted
    biogenic = of["glulam-fi"][6]
    assert float(str(biogenic.value)) < 0
    assert ("Factors", biogenic.coordinate) not in tinted  # its release would not follow


HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+A1",
    "-2",
    "@SUM(1)",
    "<img src=x>",
    "\N{ROCKET}",
    "\u202eevil",
    "x" * 5000,
    "a\x00b",
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_user_typed_never_becomes_a_formula(typed: str) -> None:
    document = copy.deepcopy(_example())
    document["study"]["Study"] |= {"facility": typed, "title": typed}
    for row in (*document["contributions"], *document["outside"]):
        row |= {"name": typed, "line": row["line"]}
        row["owner"] = f"tenant: {typed}"
    for row in document["outside"]:
        row["claim_holder"] = typed
    for row in document["study"]["Energy"]:
        row |= {"evidence": typed, "meter": typed}
    document["study"]["Contracts"][0]["id"] = typed
    plain, content = result_workbook(_example()), result_workbook(document)
    book, before = Spreadsheet(content), Spreadsheet(plain)
    assert len(book.formulas) == len(before.formulas)
    for basis, cell in TOTALS.items():
        assert book.value("Summary", cell) == pytest.approx(before.value("Summary", cell), rel=1e-12), basis
    for sheet, row, column in book.formulas:
        assert typed[:6] not in str(book.cells[sheet, row, column]) or typed in ("-2", "+A1")


def test_names_of_sheets_may_be_quoted_and_lines_may_be_called_like_criteria() -> None:
    """Ids and owners that SUMIFS would take for a comparison sum right all the same."""
    document = copy.deepcopy(_example())
    names = ["<5", ">0", "*", "?", "=1", "<>"]
    for place, row in enumerate(document["contributions"]):
        row["owner"] = f"tenant: {names[place % len(names)]}"
    book = Spreadsheet(result_workbook(document))
    total = [
        row for (sheet, row, column), v in book.cells.items() if (sheet, column, v) == ("Breakdown", 1, "By owner")
    ][0]
    values = [book.at(("Breakdown", row, 2)) for row in range(total + 2, total + 2 + len(names))]
    assert sum(values) == pytest.approx(document["totals"]["location"]["total"] / 1000.0)
    assert min(map(abs, values)) > 0.0


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_same_bytes_and_sheet_names_that_excel_takes(language: str) -> None:
    one, two = (result_workbook(copy.deepcopy(_example()), language) for _ in range(2))
    assert one == two
    names = openpyxl.load_workbook(BytesIO(one)).sheetnames
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len(set(map(str.lower, names))) == len(names)


def test_sums_by_words_hold_in_every_language() -> None:
    document = _json(_awkward())
    for language in ("fi", "sv"):
        cached = numbers(written(document, language))
        book = Spreadsheet(written(document, language, cached=False))
        for sheet, row, column in book.formulas:
            where = f"{get_column_letter(column)}{row}"
            assert book.at((sheet, row, column)) == pytest.approx(cached[sheet, where], rel=1e-9, abs=1e-9)


def test_a_result_without_rows_makes_a_workbook() -> None:
    document = copy.deepcopy(_example())
    document["trail"] = {key: [] for key in document["trail"]}
    document |= {"contributions": [], "outside": []}
    document["passport"]["factors"] = []
    book = Spreadsheet(result_workbook(document))
    assert book.value("Summary", "B7") == 0.0


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("templates.resultbook.book.ROWS", 100)
    assert ROWS == 1_048_576
    with pytest.raises(TooManyRowsError):
        result_workbook(_example())


def _both(study: Study, amounts: dict[str, float]) -> None:
    """The workbook of a study with amounts typed gives what the study with these amounts gives."""
    book = Spreadsheet(written(_json(study), "en", cached=False))
    _type(book, amounts)
    wanted = assess(_with(study, amounts))
    for basis, cell in TOTALS.items():
        total = wanted["totals"][basis]["total"]
        assert book.value("Summary", cell) * 1000.0 == pytest.approx(total, rel=1e-9, abs=1e-6), basis


def test_what_rounding_leaves_takes_no_contract() -> None:
    """An order that takes all leaves 1e-10 kWh above and below nothing; the next order takes nothing of it."""
    study = make(
        years=1,
        energy=[
            meter(amount=Quantity(1017.3, "MWh")),
            meter(id="E2", use="cooling", amount=Quantity(1557.1, "MWh")),
        ],
        contracts=[
            contract(amount=Quantity(10000.0, "MWh"), order=1),
            contract(id="K2", amount=Quantity(1042.4, "MWh"), order=1, covers=(("use", "it"),)),
            contract(id="K3", amount=Quantity(500.0, "MWh"), order=2),
        ],
    )
    _both(study, {})
    _both(study, {"E1": 2000.0, "E2": 9000.0})


MWH = st.floats(min_value=1.0, max_value=4000.0).map(lambda value: float(f"{value:.5g}"))
COVERED: tuple[Any, ...] = ((("use", "it"),), (("use", "cooling"),), None)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    st.lists(MWH, min_size=7, max_size=7),
    st.lists(st.sampled_from([1, 2, None]), min_size=3, max_size=3),
    st.lists(st.sampled_from(COVERED), min_size=3, max_size=3),
)
def test_contracts_of_any_order_match_alike(mwh: list[float], orders: list[int | None], covered: list[Any]) -> None:
    study = make(
        years=1,
        energy=[meter(amount=Quantity(mwh[0], "MWh")), meter(id="E2", use="cooling", amount=Quantity(mwh[1], "MWh"))],
        contracts=[
            contract(id=f"K{i}", amount=Quantity(mwh[2 + i], "MWh"), order=orders[i], covers=covered[i])
            for i in range(3)
        ],
    )
    _both(study, {})
    _both(study, {"E1": mwh[5], "K1": mwh[6]})


def test_what_carries_nothing_yet_may_come_to_carry() -> None:
    """Own generation that meets all of a year, a contract of nothing, a use whose factor is nothing."""
    solar = meter(id="PV", carrier="onsite-electricity", use=None, meter="roof", amount=Quantity(1200.0, "MWh"))
    _both(make(years=2, grid_connection=None, energy=[meter(), solar]), {"PV": 500.0})
    none = contract(amount=Quantity(0.0, "MWh"))
    _both(make(years=1, energy=[meter()], contracts=[none]), {"K1": 500.0})
    study = make(
        years=1,
        grid_connection=None,
        factors=[own("free", 0.0, "kg CO2e/kWh", "B6")],
        energy=[meter(factor="free", amount=Quantity(500.0, "MWh")), meter(id="E2", use="cooling")],
        contracts=[
            contract(id="K0", factor="free", share_percent=100.0, order=1, covers=(("meter", "E1"),)),
            contract(share_percent=30.0, order=2),
        ],
    )
    _both(study, {})
    _both(study, {"E1": 900.0})


def test_a_source_may_be_called_derived_and_biogenic_parts_of_lines_are_bound() -> None:
    odd = own("mine", 2.0, source="derived")
    wood = [
        own("wood", -1.6, "kg CO2e/kg", fossil=0.0, biogenic=-1.6),
        own("wood", 1.6, "kg CO2e/kg", "C3", fossil=0.0, biogenic=1.6),
    ]
    lines = [line(id="C1", factor="mine", amount=Quantity(3.0, "pcs")), line(id="C2", factor="wood")]
    content = written(_json(make(years=2, factors=[odd, *wood], construction=lines)), "en")
    factors = openpyxl.load_workbook(BytesIO(content))["Factors"]
    tints = {str(row[0].value): row[6].fill.fgColor.rgb for row in factors.iter_rows(min_row=2)}
    assert tints["wood"] != "FFFFF8E1"


@pytest.mark.parametrize(
    "factor", ["electricity-fi", "electricity-fi-residual-mix", "gypsum-board-fi", "server-dell-r6525"]
)
def test_a_changed_factor_of_the_library_gives_what_the_changed_library_gives(factor: str) -> None:
    """All rows of a factor 37 % higher, typed in the workbook and given to the system as a parameter."""
    study = shipped_example()
    context = expand(study, {f"factor:{factor}": [1.37]})
    built = packages.build(context.system, context.library.gases, "AR6")
    rows = evaluation.contributions(context.system, built)[context.system.facility]
    wanted = totals(contributions_table(context, rows).table)
    book = Spreadsheet(written(_example(), "en", cached=False))
    places = [
        row for (sheet, row, column), value in book.cells.items() if (sheet, column, value) == ("Factors", 1, factor)
    ]
    assert places
    for row in places:
        book.set("Factors", row, 6, book.cells["Factors", row, 6] * 1.37)
    for basis, cell in TOTALS.items():
        assert book.value("Summary", cell) * 1000.0 == pytest.approx(wanted[basis]["total"], rel=1e-9)
    assert wanted["market"]["total"] > _example()["totals"]["market"]["total"]
