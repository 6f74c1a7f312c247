"""The passport: what each factor row carries sums to the footprint; values nobody typed are in it and in the hash."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from inventories.values import Quantity
from lca.assess import assess
from lca.system import BASES
from templates.report import render
from tests.studies import contract, heat, line, make, meter


def test_what_the_factor_rows_carry_is_the_footprint() -> None:
    study = make(
        years=12,
        construction=[line(factor="glulam-fi", waste_percent=5.0), line(id="L2", waste_percent=None)],
        energy=[meter()],
        contracts=[contract(amount=Quantity(300, "MWh"))],
        heat=[heat()],
    )
    document = assess(study)
    for basis in BASES:
        carried = sum(row[basis] for row in document["passport"]["factors"])
        assert carried == pytest.approx(document["totals"][basis]["total"], rel=1e-9)
    used = {row["id"]: row["lines"] for row in document["passport"]["factors"]}
    assert set(used["electricity-fi"]) == {"E1", "Q1"}


def test_a_factor_whose_split_is_stated_is_not_counted_as_unsplit() -> None:
    # direct 30 g of 72.2488 g states its split (CO2), upstream does not; with 1.75 % losses on both
    document = assess(make(years=1, energy=[meter()]))
    stated = {row["part"]: row["fossil"] is not None for row in document["passport"]["factors"]}
    assert stated["direct"]
    expected = 0.0 if stated["upstream"] else 1 - 0.030 / 0.0722488
    assert document["passport"]["split_not_stated"] == pytest.approx(expected, abs=1e-9)


def test_defaults_are_in_the_hash() -> None:
    blank = make(plant=[line("Plant", factor="chiller-per-kg", waste_percent=None)])
    properties = {(row["subject"], row["property"]) for row in assess(blank)["passport"]["properties"]}
    assert ("family:chiller", "service_life") in properties
    constant = make(years=8, energy=[meter()])
    national = replace(constant, settings=replace(constant.settings, grid_trajectory="national"))
    assert assess(constant)["input_hash"] != assess(national)["input_hash"]


def test_the_report_prints_what_a_whole_factor_carries_not_one_row_of_it() -> None:
    document = assess(make(years=1, energy=[meter(amount=Quantity(10_000, "MWh"))]))
    rows = [row["location"] for row in document["passport"]["factors"] if row["id"] == "electricity-fi"]
    assert len(rows) == 2  # direct and upstream
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(render(document).pdf)).pages)
    said = " ".join(text.split())
    # 10 GWh × 72.2488 g × 1.0175 of losses = 735 t; each row alone would be 305 or 430
    assert "Carries 735 t location-based" in said


def test_a_value_that_is_held_is_printed_as_that_value_not_as_a_year() -> None:
    document = assess(make(years=3, energy=[meter()]))
    held = [value for value in document["passport"]["values"] if value["how"].endswith("held")]
    assert {(value["value"], value["unit"]) for value in held} == {(0.39093, "kg CO2/kWh")}
    assert {value["column"] for value in held} == {"2027", "2028", "2029"}
