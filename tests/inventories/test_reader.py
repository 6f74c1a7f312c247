"""Reading workbooks: any language and order, every problem at its cell in one pass."""

import gc
import itertools
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.packaging.custom import IntProperty, StringProperty
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from factors.problems import InputError, Problem
from inventories.reader import read_workbook
from inventories.study import as_json
from inventories.values import Quantity, YearRange
from lca.assess import assess
from templates.workbook import example, workbook
from tests.inventories.books import CONSTRUCTION, ENERGY, SHEETS, STUDY, YEARS, Grid, changed, errors, read, write


def stopped(path: Path) -> list[Problem]:
    with pytest.raises(InputError) as stop:
        read_workbook(path)
    return stop.value.problems


def test_a_plain_workbook_typed_by_hand_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, dict(SHEETS))
    assert found.problems == []
    assert found.study is not None
    assert found.study.settings.reference_period == 10
    assert found.study.construction[0].amount == Quantity(20.0, "m3")
    assert found.study.years[0].it_capacity == Quantity(100.0, "kW")


# --- files ----------------------------------------------------------------------------------------


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")
    assert [p.code for p in stopped(path)] == ["file-empty"]


@pytest.mark.parametrize("content", [b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.xlsx"
    path.write_bytes(content)
    assert [p.code for p in stopped(path)] == ["not-a-workbook"]


def test_a_zip_that_only_looks_like_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "fake.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    assert [p.code for p in stopped(path)] == ["not-a-workbook"]


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    assert [p.code for p in stopped(path)] == ["file-too-large"]


def test_macros_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", dict(SHEETS))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert [p.code for p in stopped(path)] == ["macros"]


def of_format(path: Path, stated: int | str) -> Path:
    """Write a workbook whose document property states a format, with an unknown key besides."""
    write(path, {**SHEETS, "Study": [*STUDY, ("weather", "cold", None)]})
    book: Any = openpyxl.load_workbook(path)
    if isinstance(stated, int):
        book.custom_doc_props.append(IntProperty(name="jalki_format", value=stated))
    else:
        book.custom_doc_props.append(StringProperty(name="jalki_format", value=stated))
    book.save(path)
    return path


@pytest.mark.parametrize("stated", [2, 0, "later"])
def test_a_document_of_another_format_is_refused_and_nothing_else_said(tmp_path: Path, stated: int | str) -> None:
    (problem,) = stopped(of_format(tmp_path / "study.xlsx", stated))
    said = problem.as_json()
    assert (problem.code, problem.severity) == ("format-unknown", "error")
    assert said["message"] == f"The workbook is of format {stated}; this version of Jälki reads format 1."
    assert "jalki new FILE" in str(said["cure"])


@pytest.mark.parametrize("stated", [1, "1"], ids=["number", "text"])
def test_a_document_of_this_format_is_read(tmp_path: Path, stated: int | str) -> None:
    assert read_workbook(of_format(tmp_path / "study.xlsx", stated)).study is not None


def test_a_study_of_another_format_is_refused_and_nothing_else_said(tmp_path: Path) -> None:
    rows = [*STUDY, ("format", 2, None), ("weather", "cold", None)]
    found = read(tmp_path, {**SHEETS, "Study": rows, "Years": [("when", "how much"), (1, 2)]})
    assert [(p.code, p.sheet, p.cell, p.read) for p in found.problems] == [("format-unknown", "Study", "B9", "2")]
    assert found.study is None
    same = read(tmp_path, {**SHEETS, "Study": [*STUDY, ("format", 1, None)]})
    assert same.problems == []
    assert same.study is not None


def test_nothing_of_the_file_is_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", changed(SHEETS, "Energy", "D2", -1))
    before = path.read_bytes()
    read_workbook(path)
    assert path.read_bytes() == before


# --- sheets, headers, keys ------------------------------------------------------------------------


def test_missing_sheets_are_named_together(tmp_path: Path) -> None:
    assert errors(read(tmp_path, {"Energy": ENERGY})) == [
        ("sheet-missing", "Study", ""),
        ("sheet-missing", "Years", ""),
    ]


def test_a_missing_key_and_an_unknown_one(tmp_path: Path) -> None:
    sheets = {**SHEETS, "Study": [row for row in STUDY if row[0] != "country"] + [("weather", "cold", None)]}
    found = read(tmp_path, sheets)
    assert errors(found) == [("key-missing", "Study", "")]
    assert [(p.code, p.cell) for p in found.problems if p.severity == "warning"] == [("key-unknown", "A8")]


def test_an_unknown_header_is_a_warning_and_a_near_one_an_error(tmp_path: Path) -> None:
    unknown = read(tmp_path, changed(SHEETS, "Construction", "F1", "Room colour"))
    assert [(p.code, p.severity, p.cell) for p in unknown.problems] == [("header-unknown", "warning", "F1")]
    near = read(tmp_path, changed(SHEETS, "Construction", "F1", "Servce life"))
    assert errors(near) == [("header-near", "Construction", "F1")]
    assert "Service life" in near.problems[0].values["nearest"]


def test_known_sheets_of_later_versions_warn_when_filled(tmp_path: Path) -> None:
    found = read(tmp_path, {**SHEETS, "Reporting": [("key", "value"), ("e_dc", 5)], "Holidays": [("a",), ("b",)]})
    assert [(p.code, p.sheet) for p in found.problems] == [
        ("sheet-unread", "Reporting"),
        ("sheet-unknown", "Holidays"),
    ]
    assert found.study is not None


def test_headers_of_two_languages_warn(tmp_path: Path) -> None:
    mixed = [
        ("id", "Nimike", "amount", "unit", "factor", "Service life"),
        ("C1", "Slab", 20, "m3", "concrete-c30-37-fi", 50),
    ]
    assert "header-languages" in {p.code for p in read(tmp_path, {**SHEETS, "Construction": mixed}).problems}


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::17])
def test_columns_may_stand_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    shuffled = [[row[i] for i in order] for row in CONSTRUCTION]
    plain, other = read(tmp_path, dict(SHEETS)).study, read(tmp_path, {**SHEETS, "Construction": shuffled}).study
    assert plain == other


def test_units_stand_in_headers_in_a_unit_row_or_behind_the_number(tmp_path: Path) -> None:
    header = read(tmp_path, dict(SHEETS)).study
    row = read(tmp_path, {**SHEETS, "Years": [("from", "it_capacity"), (None, "kW"), (2027, 100)]}).study
    behind = read(tmp_path, {**SHEETS, "Years": [("from", "it_capacity"), (2027, "100 kW")]}).study
    assert header == row == behind
    without = read(tmp_path, {**SHEETS, "Years": [("from", "it_capacity"), (2027, 100)]})
    assert errors(without) == [("unit-missing", "Years", "B2")]


# --- cells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "code"),
    [
        ("Construction", "E2", "concrete-c30", "factor-unknown"),
        ("Construction", "C2", -5, "negative"),
        ("Construction", "C2", "twenty", "not-a-number"),
        ("Construction", "C2", True, "boolean-number"),
        ("Construction", "C2", "1.234,5", "not-a-number"),
        ("Construction", "C2", "1,5", "ambiguous-number"),
        ("Construction", "D2", "parsec", "unit-unknown"),
        ("Construction", "C2", None, "required"),
        ("Energy", "D2", -1, "negative"),
        ("Energy", "C2", "cooking", "choice-unknown"),
        ("Energy", "E2", "kg", "unit-dimension"),
        ("Energy", "E2", None, "unit-missing"),
        ("Years", "A2", "soon", "not-a-year"),
        ("Years", "A2", 12027, "not-a-year"),
        ("Years", "B2", "1,5 MW", "ambiguous-number"),
        ("Study", "B6", "MMXXVII", "not-a-year"),
        ("Study", "B4", "life", "choice-unknown"),
        ("Study", "B7", 0, "too-small"),
    ],
)
def test_each_mistake_is_found_at_its_cell_and_its_neighbour_is_not(
    tmp_path: Path, sheet: str, cell: str, value: object, code: str
) -> None:
    found = read(tmp_path, changed(SHEETS, sheet, cell, value))
    assert (code, sheet, cell) in errors(found)
    assert found.study is None
    assert errors(read(tmp_path, dict(SHEETS))) == []


def test_a_row_of_sums_is_no_line(tmp_path: Path) -> None:
    rows = [*CONSTRUCTION, (None, "Yhteensä", 20, "m3", None)]
    assert errors(read(tmp_path, {**SHEETS, "Construction": rows})) == [("total-row", "Construction", "A3")]


@pytest.mark.parametrize(("number_format", "percent"), [("0%", 5.0), ("General", 0.05)])
def test_a_fraction_in_a_percent_column_is_looked_up(tmp_path: Path, number_format: str, percent: float) -> None:
    path = write(
        tmp_path / "study.xlsx",
        {**SHEETS, "Construction": [(*CONSTRUCTION[0], "waste_percent"), (*CONSTRUCTION[1], 0.05)]},
    )
    book = openpyxl.load_workbook(path)
    book["Construction"]["F2"].number_format = number_format
    book.save(path)
    found = read_workbook(path)
    assert found.study is not None
    assert found.study.construction[0].waste_percent == pytest.approx(percent)
    assert [(p.code, p.cell) for p in found.problems] == [("percent-fraction", "F2")]


def test_kilowatt_hours_in_a_kilogram_column(tmp_path: Path) -> None:
    sheets = {**SHEETS, "Construction": [(*CONSTRUCTION[0], "mass_kg"), (*CONSTRUCTION[1], "2400 kWh")]}
    assert errors(read(tmp_path, sheets)) == [("unit-fixed", "Construction", "F2")]


def test_an_unknown_factor_names_the_three_nearest(tmp_path: Path) -> None:
    found = read(tmp_path, changed(SHEETS, "Construction", "E2", "concrete-c30-37"))
    nearest = found.problems[0].values["nearest"].split(", ")
    assert len(nearest) == 3
    assert nearest[0] == "concrete-c30-37-fi"


@pytest.mark.parametrize(
    ("headers", "text", "value", "warned"),
    [
        (("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö"), "1,5 MWh", 1.5, False),
        (("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö"), "1 234,5", 1234.5, False),
        (("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö"), "1,234", 1.234, True),
        (("id", "carrier", "use", "amount", "unit"), "1.234", 1.234, True),
        (("id", "carrier", "use", "amount", "unit"), "1,234.5", 1234.5, False),
    ],
)
def test_text_numbers_are_read_in_the_language_of_the_headers(
    tmp_path: Path, headers: tuple[str, ...], text: str, value: float, warned: bool
) -> None:
    found = read(tmp_path, {**SHEETS, "Energy": [headers, ("E1", "electricity", "it", text, "MWh")]})
    assert found.study is not None
    assert found.study.energy[0].amount == Quantity(value, "MWh")
    assert ("doubtful-number" in {p.code for p in found.problems}) is warned


@pytest.mark.parametrize("text", ["1.234", "1.5"])
def test_a_point_under_finnish_headers_is_two_numbers(tmp_path: Path, text: str) -> None:
    headers = ("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö")
    found = read(tmp_path, {**SHEETS, "Energy": [headers, ("E1", "electricity", "it", text, "MWh")]})
    assert errors(found) == [("ambiguous-number", "Energy", "D2")]


def test_error_cells_and_unsaved_formulas_are_no_blanks(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", changed(SHEETS, "Construction", "C2", "=1+1"))  # openpyxl stores no value
    assert errors(read_workbook(path)) == [("formula-unsaved", "Construction", "C2")]
    book = openpyxl.load_workbook(path)
    cell = book["Construction"]["C2"]
    cell.value, cell.data_type = "#REF!", "e"
    book.save(path)
    assert errors(read_workbook(path)) == [("error-cell", "Construction", "C2")]


def test_a_cell_of_a_style_alone_is_no_formula(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", dict(SHEETS))
    book = openpyxl.load_workbook(path)
    page = book["Construction"]
    page["E9"].font = Font(bold=True)  # the last cell, and a drop-down with a formula behind it
    rule = DataValidation(type="list", formula1="$E$2:$E$3")
    rule.add("E2:E9")
    page.add_data_validation(rule)
    book.save(path)
    assert read_workbook(path).problems == []


def test_ids_stand_once(tmp_path: Path) -> None:
    twice = [*ENERGY, ("E1", "electricity", "cooling", 5, "MWh")]
    assert errors(read(tmp_path, {**SHEETS, "Energy": twice})) == [("id-duplicate", "Energy", "A3")]


def test_a_blank_id_of_a_line_is_made_from_its_row(tmp_path: Path) -> None:
    rows = [CONSTRUCTION[0], (None,) * 5, (None, "Slab", 20, "m3", "concrete-c30-37-fi")]
    found = read(tmp_path, {**SHEETS, "Construction": rows})
    assert found.study is not None
    assert found.study.construction[0].id == "C3"


def test_twelve_errors_on_six_sheets_are_found_in_one_pass_and_mending_one_leaves_eleven(tmp_path: Path) -> None:
    sheets: dict[str, Grid] = {
        "Study": [*STUDY[:4], ("country", "Finland", None), *STUDY[5:]],
        "Years": [("from", "it_capacity [kW]", "it_load_percent"), (2027, -100, 140)],
        "Construction": [
            CONSTRUCTION[0],
            ("C1", "Slab", "many", "m3", "concrete-c30-37-fi"),
            ("C2", "Wall", 5, "hogsheads", "concrete-c30-37-fi"),
            ("C3", "Roof", 5, "m3", "moon-dust"),
        ],
        "Hardware": [
            ("id", "item", "class", "count", "factor", "service_life"),
            ("H1", "Server", "toaster", 5, "server-dell-r740", 5),
            ("H1", "Server", "server", 5, "server-dell-r740", 0),
        ],
        "Energy": [*ENERGY, ("E2", "electricity", "cooling", 500, "kg")],
        "Contracts": [
            ("id", "type", "energy_source", "share_percent", "matching", "factor", "evidence"),
            ("K1", "ppa", "wind", 120, "hourly", "electricity-wind-fi", "x"),
        ],
    }
    found = errors(read(tmp_path, sheets))
    assert sorted(found) == sorted(
        [
            ("country-unknown", "Study", "B5"),
            ("negative", "Years", "B2"),
            ("too-large", "Years", "C2"),
            ("not-a-number", "Construction", "C2"),
            ("unit-unknown", "Construction", "D3"),
            ("factor-unknown", "Construction", "E4"),
            ("choice-unknown", "Hardware", "C2"),
            ("id-duplicate", "Hardware", "A3"),
            ("too-small", "Hardware", "F3"),
            ("unit-dimension", "Energy", "E3"),
            ("too-large", "Contracts", "D2"),
        ]
    )
    mended = changed(sheets, "Construction", "C2", 20)
    assert sorted(errors(read(tmp_path, mended))) == sorted(set(found) - {("not-a-number", "Construction", "C2")})


# --- languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_example_is_the_same_study_in_every_language(tmp_path: Path, language: str) -> None:
    studies = {}
    for each in ("en", language):
        path = tmp_path / f"{each}.xlsx"
        path.write_bytes(workbook(each, example("server-room")))
        found = read_workbook(path)
        assert [p for p in found.problems if p.severity == "error"] == []
        assert found.study is not None
        studies[each] = found.study
    assert as_json(studies["en"]) == as_json(studies[language])
    assert assess(studies["en"])["input_hash"] == assess(studies[language])["input_hash"]


def test_one_changed_digit_changes_the_hash(tmp_path: Path) -> None:
    plain = read(tmp_path, dict(SHEETS)).study
    other = read(tmp_path, changed(SHEETS, "Energy", "D2", 501)).study
    assert plain is not None
    assert other is not None
    assert assess(plain)["input_hash"] != assess(other)["input_hash"]


def test_years_of_a_meter(tmp_path: Path) -> None:
    rows = [(*ENERGY[0], "year"), (*ENERGY[1], "2027-2031"), ("E2", "electricity", "it", 600, "MWh", "2032-")]
    found = read(tmp_path, {**SHEETS, "Energy": rows})
    assert found.study is not None
    assert [row.year for row in found.study.energy] == [YearRange(2027, 2031), YearRange(2032, None)]
    overlap = [*rows[:2], ("E2", "electricity", "it", 600, "MWh", "2031-")]
    assert errors(read(tmp_path, {**SHEETS, "Energy": overlap})) == [("year-twice", "Energy", "F3")]


def test_years_rows_cover_the_period(tmp_path: Path) -> None:
    gap = [*YEARS[:1], (2028, 100)]
    assert errors(read(tmp_path, {**SHEETS, "Years": gap})) == [("years-gap", "Years", "A2")]


OWN: Grid = [
    ("id", "name", "module", "value", "unit", "fossil", "biogenic", "gas", "year", "source"),
    ("mine", "Mine", "A1-A3", 2, "kg CO2e/kg", 3, -1, None, 2024, "EPD 1"),
]


def test_own_factors_are_read_and_used(tmp_path: Path) -> None:
    sheets = {**changed(SHEETS, "Construction", "E2", "mine"), "Factors": OWN}
    found = read(tmp_path, changed(sheets, "Construction", "D2", "kg"))
    assert found.problems == []
    assert found.study is not None
    document = assess(found.study)
    slab = [row for row in document["contributions"] if row["line"] == "C1"]
    # 20 kg: 3 fossil, −1 biogenic and its release
    assert sum(row["location"] for row in slab) == pytest.approx(20 * 3)


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A2", "concrete-c30-37-fi", "factor-shadows"),
        ("D2", 5, "factor-components"),
        ("E2", "kg CO2e", "factor-value-unit"),
        ("E2", "kg/kg", "factor-value-unit"),
        ("F2", None, None),
        ("G2", 4, "factor-components"),
        ("H2", "unobtainium", "gas-unknown"),
        ("C2", "A9", "choice-unknown"),
        ("J2", None, "required"),
    ],
)
def test_own_factors_that_are_not_whole(tmp_path: Path, cell: str, value: object, code: str | None) -> None:
    found = read(tmp_path, changed({**SHEETS, "Factors": OWN}, "Factors", cell, value))
    assert errors(found) == ([(code, "Factors", cell if code != "factor-components" else "D2")] if code else [])


def test_ids_stand_once_in_the_whole_workbook(tmp_path: Path) -> None:
    found = read(tmp_path, changed(SHEETS, "Energy", "A2", "C1"))
    assert errors(found) == [("id-duplicate", "Energy", "A2")]
    assert found.problems[0].values["first"] == "Construction!A2"


@pytest.mark.parametrize("its_id", ["YHT", "C9"])
def test_a_row_of_sums_with_an_id_is_no_line_either(tmp_path: Path, its_id: str) -> None:
    rows = [*CONSTRUCTION, (its_id, "Yhteensä", 20, "m3", "concrete-c30-37-fi")]
    assert errors(read(tmp_path, {**SHEETS, "Construction": rows})) == [("total-row", "Construction", "A3")]


@pytest.mark.parametrize("value", [1e300, "1e308", "9" * 400])
def test_numbers_beyond_meaning_are_refused(tmp_path: Path, value: object) -> None:
    assert errors(read(tmp_path, changed(SHEETS, "Construction", "C2", value))) == [("too-large", "Construction", "C2")]


CONTRACTS: Grid = [
    (
        "id",
        "type",
        "energy_source",
        "share_percent",
        "matching",
        "factor",
        "evidence",
        "valid_from",
        "valid_to",
        "cancelled",
    ),
    ("K1", "certificate", "wind", 100, "annual", "electricity-wind-fi", "x", 2027, 2036, "yes"),
]


@pytest.mark.parametrize(
    ("cell", "value", "code", "severity"),
    [
        ("I2", 2026, "contract-backwards", "error"),
        ("J2", "no", "contract-not-cancelled", "warning"),
        ("J2", None, "certificate-cancelled", "warning"),
        ("J2", "yes", None, ""),
    ],
)
def test_contracts_are_valid(tmp_path: Path, cell: str, value: object, code: str | None, severity: str) -> None:
    found = read(tmp_path, changed({**SHEETS, "Contracts": CONTRACTS}, "Contracts", cell, value))
    assert [(p.code, p.severity, p.cell) for p in found.problems] == ([(code, severity, cell)] if code else [])


def test_a_stray_cell_far_out_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "study.xlsx", dict(SHEETS))
    book = openpyxl.load_workbook(path)
    book["Energy"]["XFD1048576"] = 1
    book.save(path)
    assert [p.code for p in stopped(path)] == ["sheet-too-wide"]


def test_looking_for_broken_cells_takes_a_time_that_grows_with_the_file_and_no_faster() -> None:
    from inventories.workbook import _broken_cells  # noqa: PLC0415

    assert _broken_cells(b"<f" + b"<c " * 300_000) == {}
    xml = b'<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1</f><v>2</v></c></row>'
    assert _broken_cells(xml) == {"A1": "#REF!", "B1": "formula"}


@pytest.mark.parametrize(
    ("text", "code"), [("owner:Facility", None), ("owner:nobody", "covers-unknown"), ("meter:M9", "meter-unknown")]
)
def test_what_a_contract_covers_is_known(tmp_path: Path, text: str, code: str | None) -> None:
    rows = [(*CONTRACTS[0], "covers"), (*CONTRACTS[1], text)]
    found = read(tmp_path, {**SHEETS, "Contracts": rows})
    assert [(p.code, p.cell) for p in found.problems] == ([(code, "K2")] if code else [])


HEAT: Grid = [
    ("id", "heat", "unit", "measured_at", "heat_pump", "cop", "eta_lorenz", "displaced_factor",
     "displaced_excludes_this_heat", "claim_holder"),
    ("Q1", 50, "MWh", "source", "inside", 4, None, "district-heat-tampere", "yes", "neighbour"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cop", "eta", "expected"),
    [
        (4, None, []),
        (None, 0.5, []),
        (None, None, ["required-one"]),
        (4, 0.5, ["required-only-one"]),
    ],
)
def test_a_heat_pump_has_exactly_one_measure_of_its_power(
    tmp_path: Path, cop: object, eta: object, expected: list[str]
) -> None:
    sheets = changed(changed({**SHEETS, "Heat": HEAT}, "Heat", "F2", cop), "Heat", "G2", eta)
    assert sorted({code for code, _, _ in errors(read(tmp_path, sheets))}) == expected


def test_reading_leaves_the_garbage_collector_as_it_was(tmp_path: Path) -> None:
    assert gc.isenabled()
    read(tmp_path, dict(SHEETS))
    assert gc.isenabled()
    path = tmp_path / "empty.xlsx"
    path.write_bytes(b"")
    stopped(path)
    assert gc.isenabled()
