"""One workbook for each problem of reading that no other test names: found at its cell, and not in its neighbour."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from factors.problem_kinds import KINDS
from inventories.reader import read_workbook
from tests.inventories.books import CONSTRUCTION, ENERGY, SHEETS, STUDY, YEARS, Grid, changed, write

Sheets = Mapping[str, Grid]
Edit = Callable[[Any], None]


def nothing(book: Any) -> None:
    """Leave the workbook as it is."""


@dataclass(frozen=True)
class Case:
    """A workbook with a mistake and where it is said; its neighbour without it."""

    sheet: str
    cell: str
    wrong: Sheets
    right: Sheets = field(default_factory=lambda: SHEETS)
    edit: Edit = nothing


def lines(*rows: Mapping[str, Any], sheet: str = "Construction") -> Sheets:
    """Put rows into a sheet by header."""
    plain: dict[str, dict[str, Any]] = {
        "Construction": {"item": "Slab", "amount": 20, "unit": "m3", "factor": "concrete-c30-37-fi"},
        "Hardware": {
            "item": "Server", "class": "server", "count": 1, "factor": "server-compute-medium", "service_life": 5,
        },
        "Heat": {
            "heat": 100, "unit": "MWh", "measured_at": "source", "heat_pump": "inside", "cop": 4,
            "displaced_factor": "district-heat-tampere", "displaced_excludes_this_heat": "yes",
            "claim_holder": "neighbour",
        },
        "Factors": {
            "id": "mine", "name": "Mine", "module": "A1-A3", "part": None, "value": 2, "unit": "kg CO2e/kg",
            "year": 2024, "source": "EPD",
        },
        "Contracts": {
            "id": "K1", "type": "ppa", "energy_source": "wind", "share_percent": 50, "matching": "annual",
            "factor": "electricity-wind-fi", "evidence": "contract",
        },
    }  # fmt: skip
    filled = [{**plain[sheet], **row} for row in rows]
    headers = list(dict.fromkeys(key for row in filled for key in row))
    return {**SHEETS, sheet: [headers, *[[row.get(key) for key in headers] for row in filled]]}


def key(name: str, value: object, unit: str | None = None) -> Sheets:
    """Put a row at the end of the sheet Study: A9."""
    return {**SHEETS, "Study": [*STUDY, (name, value, unit)]}


def years(*rows: tuple[Any, ...]) -> Sheets:
    """Put rows of year, last year and capacity into the sheet Years."""
    return {**SHEETS, "Years": [("from", "to", "it_capacity [kW]"), *rows]}


def energy(*rows: tuple[Any, ...]) -> Sheets:
    """Put rows below the meter of IT."""
    return {**SHEETS, "Energy": [*ENERGY, *rows]}


def beside(first: Sheets, second: Sheets, *names: str) -> Sheets:
    """Take the first sheets, and those named from the second."""
    return {**first, **{name: second[name] for name in names}}


def hide_row(book: Any) -> None:
    book["Energy"].row_dimensions[2].hidden = True


def hide_column(book: Any) -> None:
    book["Energy"].column_dimensions["D"].hidden = True


def hide_sheet(book: Any) -> None:
    book["Energy"].sheet_state = "veryHidden"


def merge(book: Any) -> None:
    book["Construction"].merge_cells("E2:E3")


def metered(*rows: tuple[Any, ...]) -> Sheets:
    """Meters of IT: id, meter, year, MWh."""
    head = ("id", "carrier", "use", "amount", "unit", "meter", "year")
    return {**SHEETS, "Energy": [head, *((i, "electricity", "it", amount, "MWh", m, y) for i, m, y, amount in rows)]}


def hall(captured: float) -> Sheets:
    """Simulate a hall of which 60 % of the heat goes into the liquid."""
    keys = {
        "weather_file": "kajaani-synthetic", "cooling_type": "mixed", "supply_temperature": 32,
        "return_temperature": 42, "approach": 8, "air_supply_temperature": 22, "air_return_temperature": 32,
        "chiller_efficiency_percent": 45, "evaporator_approach": 4, "condenser_approach": 12,
        "fan_and_pump_percent": 4.5, "distribution_efficiency_percent": 98, "liquid_share_percent": 60,
        "capture_share_percent": captured,
    }  # fmt: skip
    return {**SHEETS, "Simulation": [("key", "value"), *keys.items()]}


PUMP = ("E2", "electricity", "heat-pump", 20, "MWh")
METERED = {"id": "Q1", "cop": None, "heat_pump_meter": "E2"}
HALF = {"claim_share_percent": 50}
ANNUAL = changed(changed(SHEETS, "Study", "B4", "annual"), "Study", "B7", 1)
TWO = lines({"id": "C1"}, {"id": "C2"})

CASES: dict[str, Case] = {
    "sheet-near": Case("Enerqy", "", {**SHEETS, "Enerqy": [("a",)]}, {**SHEETS, "Weather": [("a",)]}),
    "sheet-repeated": Case("Energy", "", {**SHEETS, "Energia": ENERGY}),
    "sheet-hidden": Case("Energy", "", SHEETS, edit=hide_sheet),
    "rows-hidden": Case("Energy", "2", SHEETS, edit=hide_row),
    "columns-hidden": Case("Energy", "D1", SHEETS, edit=hide_column),
    "cells-merged": Case("Construction", "E2", TWO, TWO, merge),
    "header-blank": Case("Energy", "G2", changed(SHEETS, "Energy", "G2", "kept for later")),
    "header-many": Case(
        "Energy",
        "",
        {**SHEETS, "Energy": [(*ENERGY[0], *(f"Room {i} colour" for i in range(21))), ENERGY[1]]},
        {**SHEETS, "Energy": [(*ENERGY[0], *(f"Room {i} colour" for i in range(20))), ENERGY[1]]},
    ),
    "header-repeated": Case("Energy", "F1", changed(SHEETS, "Energy", "F1", "Amount")),
    "column-missing": Case("Energy", "", {**SHEETS, "Energy": [row[:1] + row[2:] for row in map(tuple, ENERGY)]}),
    "key-near": Case("Study", "A9", key("Start yaer", 2027), key("Weather", "cold")),
    "key-repeated": Case("Study", "A9", key("Title", "Again"), key("Purpose", "Permit")),
    "format-unknown": Case("Study", "B9", key("format", 2), key("format", 1)),
    "date-number": Case("Construction", "C2", changed(SHEETS, "Construction", "C2", date(2027, 1, 2))),
    "not-an-integer": Case("Study", "B7", changed(SHEETS, "Study", "B7", 10.5)),
    "date-year": Case("Years", "A2", changed(SHEETS, "Years", "A2", date(2027, 1, 1))),
    "not-a-date": Case("Study", "B9", key("date", "soon"), key("date", "2027-03-31")),
    "hours-few": Case("Study", "B9", key("hours_per_year", 876), key("hours_per_year", 8784)),
    "life-unusual": Case(
        "Construction", "F2", lines({"id": "C1", "service_life": 600}), lines({"id": "C1", "service_life": 60})
    ),
    "factor-twice": Case(
        "Factors", "A3", lines({}, {"value": 3}, sheet="Factors"), lines({}, {"year": 2025}, sheet="Factors")
    ),
    "factor-units": Case(
        "Factors",
        "F3",
        lines({}, {"module": "C3", "unit": "kg CO2e/m3"}, sheet="Factors"),
        lines({}, {"module": "C3"}, sheet="Factors"),
    ),
    "factor-overlap": Case(
        "Factors",
        "C3",
        lines({}, {"module": "A1-A3+A4"}, sheet="Factors"),
        lines({}, {"module": "A4"}, sheet="Factors"),
    ),
    "line-unknown": Case(
        "Construction", "F2", lines({"id": "C1", "replaced_by": "C9"}), lines({"id": "C1", "replaced_by": "none"})
    ),
    "years-before": Case(
        "Study", "B6", years((2020, 2023, 100), (2024, None, 100)), years((2020, 2026, 100), (2027, None, 100))
    ),
    "years-overlap": Case(
        "Years", "A3", years((2027, 2030, 100), (2029, None, 100)), years((2027, 2028, 100), (2029, None, 100))
    ),
    "years-backwards": Case(
        "Years", "B3", years((2027, 2029, 100), (2030, 2029, 100)), years((2027, 2029, 100), (2030, 2036, 100))
    ),
    "annual-period": Case("Study", "B7", changed(SHEETS, "Study", "B4", "annual"), ANNUAL),
    "year-outside": Case(
        "Construction", "F2", lines({"id": "C1", "installed": 2037}), lines({"id": "C1", "installed": 2036})
    ),
    "until-before": Case(
        "Construction",
        "F2",
        lines({"id": "C1", "until": 2029, "installed": 2030}),
        lines({"id": "C1", "until": 2030, "installed": 2030}),
    ),
    "successor-twice": Case(
        "Construction",
        "E3",
        lines(
            {"replaced_by": "C3", "id": "C1", "service_life": 5},
            {"replaced_by": "C3", "id": "C2", "service_life": 5},
            {"id": "C3"},
        ),
        lines({"replaced_by": "C3", "id": "C1", "service_life": 5}, {"id": "C2"}, {"id": "C3"}),
    ),
    "successor-life": Case(
        "Construction",
        "F2",
        lines({"replaced_by": "C2", "service_life": None, "id": "C1"}, {"id": "C2"}),
        lines({"replaced_by": "C2", "service_life": 5, "id": "C1"}, {"id": "C2"}),
    ),
    "successor-dates": Case(
        "Construction",
        "E2",
        lines({"replaced_by": "C2", "service_life": 5, "id": "C1"}, {"id": "C2", "installed": 2033}),
        lines({"replaced_by": "C2", "service_life": 5, "id": "C1"}, {"id": "C2", "installed": 2032}),
    ),
    "share-evidence": Case(
        "Construction",
        "E2",
        lines({"share_percent": 50, "id": "C1"}),
        lines({"share_percent": 50, "id": "C1", "evidence": "drawing"}),
    ),
    "claim-share": Case(
        "Heat",
        "J3",
        lines({"id": "Q1", "claim_share_percent": 60}, {"id": "Q1", "claim_share_percent": 60}, sheet="Heat"),
        lines({"id": "Q1", "claim_share_percent": 60}, {"id": "Q1", "claim_share_percent": 40}, sheet="Heat"),
    ),
    "heat-rows-differ": Case(
        "Heat",
        "A3",
        lines({"id": "Q1", **HALF}, {"id": "Q1", **HALF, "heat": 7}, sheet="Heat"),
        lines({"id": "Q1", "year": 2027}, {"id": "Q1", "year": "2028-", "heat": 7}, sheet="Heat"),
    ),
    "heat-pump-shared": Case(
        "Heat",
        "J3",
        beside(energy(PUMP), lines(METERED, {**METERED, "id": "Q2"}, sheet="Heat"), "Heat"),
        beside(energy(PUMP), lines({**METERED, **HALF}, {**METERED, **HALF}, sheet="Heat"), "Heat"),
    ),
    "heat-pump-unnamed": Case(
        "Energy",
        "C3",
        beside(energy(PUMP), lines({"id": "Q1"}, sheet="Heat"), "Heat"),
        beside(energy(PUMP), lines({"id": "Q1", "cop": None, "heat_pump_meter": "E2"}, sheet="Heat"), "Heat"),
    ),
    "design-measured": Case(
        "Construction",
        "E2",
        beside(lines({"value_kind": "measured"}), changed(SHEETS, "Study", "B4", "design"), "Study"),
        lines({"value_kind": "measured"}),
    ),
    "power-implausible": Case(
        "Hardware", "F2", lines({"power_w": 400_000}, sheet="Hardware"), lines({"power_w": 400}, sheet="Hardware")
    ),
    "captured-above-liquid": Case("Simulation", "B15", hall(60.5), hall(60)),
    "service-units": Case("Study", "B9", key("service_unit", "GPU-h; node-h"), key("service_unit", "GPU-h")),
    "meter-held-beside": Case(
        "Energy",
        "G2",
        metered(("A", "m1", 2027, 4000), ("A2", None, "2028-", 5000)),
        metered(("A", "m1", 2027, 4000), ("A2", "m1", "2028-", 5000)),
    ),
    "contract-outside": Case(
        "Contracts",
        "H2",
        lines({"valid_to": 2026, "valid_from": 2020}, sheet="Contracts"),
        lines({"valid_to": 2027, "valid_from": 2020}, sheet="Contracts"),
    ),
}  # fmt: skip


def found(path: Path) -> list[tuple[str, str, str]]:
    return [(problem.code, problem.sheet, problem.cell) for problem in read_workbook(path).problems]


@pytest.mark.parametrize("code", CASES)
def test_the_mistake_is_found_at_its_cell_and_its_neighbour_is_not(tmp_path: Path, code: str) -> None:
    case = CASES[code]
    path = write(tmp_path / "wrong.xlsx", case.wrong)
    book = openpyxl.load_workbook(path)
    case.edit(book)
    book.save(path)
    said = found(path)
    assert [each for each in said if each[0] == code] == [(code, case.sheet, case.cell)]
    errors = {each[0] for each in said if KINDS[each[0]].severity == "error"}
    assert errors <= {code, "years-gap"}
    beside_it = found(write(tmp_path / "right.xlsx", case.right))
    assert code not in {each[0] for each in beside_it}
    assert not [each for each in beside_it if KINDS[each[0]].severity == "error"]


def test_the_plain_rows_of_this_table_have_no_problem(tmp_path: Path) -> None:
    assert found(write(tmp_path / "plain.xlsx", {**SHEETS, "Construction": CONSTRUCTION, "Years": YEARS})) == []
