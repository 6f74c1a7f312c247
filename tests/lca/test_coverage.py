"""Missing is a gap that is said, never a silent zero."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.tables import group
from templates.report import render
from templates.terminal import summary
from templates.texts import Texts
from tests.studies import exclude, heat, line, make, meter


def complete() -> Study:
    """Make a small study in which every cell asked for has rows or an exclusion."""
    full: dict[str, Any] = {
        "transport": (("transport-van-diesel-gb", 10.0),),
        "end_of_life_factor": "waste-mixed-disposal-fi",
    }
    return make(
        years=4,
        construction=[line(waste_percent=5.0, **full)],
        plant=[line("Plant", id="P1", factor="chiller-per-kg", service_life=25.0, waste_percent=1.0, **full)],
        hardware=[line("Hardware", service_life=3.0, mass_kg=20.0, **full)],
        energy=[meter(), meter(id="E2", use="cooling"), meter(id="E3", use="lighting")],
        exclusions=[exclude("B1", "refrigerants"), exclude("C1", "refrigerants"), exclude("B7"), exclude("B2")],
    )


def missing(study: Study) -> set[tuple[str, str]]:
    cells = assess(study)["coverage"]["cells"]
    return {(cell["section"], cell["module"]) for cell in cells if cell["state"] == "missing"}


def test_a_study_with_rows_or_reasons_everywhere_is_complete() -> None:
    document = assess(complete())
    assert [p for p in document["problems"] if p["severity"] == "gap"] == []
    assert document["complete"] is True
    assert "Complete" in summary(document, Texts())


def test_deleting_the_only_row_of_a_module_moves_it_to_missing() -> None:
    study = replace(complete(), energy=complete().energy[:2])
    document = assess(study)
    assert missing(study) == {("energy", "B6.1")}
    assert document["complete"] is False
    assert "B6.1 of energy" in summary(document, Texts())
    front = PdfReader(BytesIO(render(document).pdf)).pages[0].extract_text()
    assert "Incomplete" in front
    assert "B6.1" in front
    assert "Incomplete" not in PdfReader(BytesIO(render(assess(complete())).pdf)).pages[0].extract_text()


def test_an_exclusion_without_rows_is_printed_with_its_reason() -> None:
    cells = assess(complete())["coverage"]["cells"]
    water = next(cell for cell in cells if cell["section"] == "water")
    assert (water["state"], water["reason"]) == ("excluded", "not-relevant")


def test_b4_is_included_where_no_life_ends_inside_the_period() -> None:
    cells = {(c["section"], c["module"]): c for c in assess(complete())["coverage"]["cells"]}
    assert cells["plant", "B4"]["state"] == "included"
    assert cells["plant", "B4"]["what"] == "no life ends inside the period"
    assert cells["hardware", "B4"]["what"] == ""


def test_lines_without_transport_leave_a_gap_with_their_share() -> None:
    bare = line(id="L2", waste_percent=5.0, end_of_life_factor="waste-mixed-disposal-fi")
    study = replace(complete(), construction=(*complete().construction, bare))
    document = assess(study)
    gaps = [p for p in document["problems"] if p["code"] == "coverage-share"]
    assert [(p["values"]["module"], p["read"]) for p in gaps] == [("A4", "50")]


def test_a_module_outside_the_boundary_needs_no_exclusion() -> None:
    boundary = tuple(m for m in ("A1-A3", "A4", "A5", "B1", "B4", "B6.1", "B6.2", "B6.3", "B7", "C1", "C2", "C3", "C4"))
    study = complete()
    study = replace(
        study,
        settings=replace(study.settings, boundary=boundary),
        exclusions=tuple(row for row in study.exclusions if row.module != "B2"),
    )
    cells = {(c["section"], c["module"]): c["state"] for c in assess(study)["coverage"]["cells"]}
    assert cells["facility", "B2"] == "outside the boundary"


def test_recovered_heat_changes_nothing_but_its_pump_and_stands_beside() -> None:
    plain = assess(complete())
    outside = assess(replace(complete(), heat=(heat(heat_pump="outside"),)))
    assert outside["totals"] == plain["totals"]
    inside = assess(replace(complete(), heat=(heat(),)))
    pump = [row for row in inside["contributions"] if row["line"] == "Q1"]
    added = inside["totals"]["location"]["total"] - plain["totals"]["location"]["total"]
    assert sum(row["location"] for row in pump) == pytest.approx(added, rel=1e-9)
    assert {row["module"] for row in inside["outside"] if row["line"] == "Q1"} == {"D2"}
    methods = [row for row in inside["heat_methods"] if row["method"] == "H0"]
    assert sum(row["market"] for row in methods) == pytest.approx(inside["totals"]["market"]["total"])
    assert {row["party"]: row["market"] for row in methods}["heat"] == 0.0


def test_a_meter_of_a_heat_pump_is_the_heat_pump_and_nothing_else() -> None:
    pump = meter(id="E9", use="heat-pump", amount=Quantity(30, "MWh"))
    plain = assess(complete())["totals"]["location"]["total"]
    by_meter = assess(replace(complete(), energy=(*complete().energy, pump), heat=(heat(heat_pump_meter="E9"),)))
    by_amount = assess(replace(complete(), heat=(heat(heat_pump_electricity=Quantity(30, "MWh")),)))
    assert by_meter["totals"]["location"]["total"] == pytest.approx(by_amount["totals"]["location"]["total"])
    assert by_meter["totals"]["location"]["total"] > plain
    theirs = heat(heat_pump="outside", heat_pump_meter="E9")
    outside = assess(replace(complete(), energy=(*complete().energy, pump), heat=(theirs,)))
    assert outside["totals"]["location"]["total"] == pytest.approx(plain)
    # Both displace Q + W; the electricity of the pump outside stands in D2 as well.
    d2 = [sum(row["location"] for row in _d2(each)) for each in (by_meter, outside)]
    assert d2[1] - d2[0] == pytest.approx(by_meter["totals"]["location"]["total"] - plain)


def test_claims_on_one_heat_sum_to_the_whole_and_the_rest_is_unclaimed() -> None:
    whole = assess(replace(complete(), heat=(heat(claim_share_percent=100.0),)))
    split = assess(
        replace(
            complete(), heat=(heat(claim_share_percent=60.0), heat(claim_holder="facility", claim_share_percent=10.0))
        )
    )
    d2 = [sum(row["location"] for row in _d2(document)) for document in (whole, split)]
    assert abs(d2[0] - d2[1]) < 1e-9 * abs(d2[0])
    holders = {holder: value["location"] for (holder,), value in group(_d2(split), "claim_holder").items()}
    assert holders == pytest.approx({"neighbour": 0.6 * d2[0], "facility": 0.1 * d2[0], "unclaimed": 0.3 * d2[0]})
    assert split["totals"] == whole["totals"]


def _d2(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in document["outside"] if row["module"] == "D2"]


def test_no_heat_in_a_year_is_no_heat_and_no_number_that_is_none() -> None:
    document = assess(replace(complete(), heat=(heat(heat=Quantity(0.0, "MWh")),)))
    assert document["totals"] == assess(complete())["totals"]


def test_a_typed_zero_is_an_answer_and_no_gap() -> None:
    rows = [replace(row, amount=Quantity(0, "MWh")) if row.use == "lighting" else row for row in complete().energy]
    assert missing(replace(complete(), energy=tuple(rows))) == set()


def test_what_has_no_successor_needs_no_replacement() -> None:
    hardware = tuple(replace(each, replaced_by="none") for each in complete().hardware)
    assert missing(replace(complete(), hardware=hardware)) == set()


def test_a_module_that_the_boundary_names_is_asked_for() -> None:
    """B8 is not asked for by itself; named in the boundary and without rows it is missing."""
    named = make(boundary=("A1-A3", "B8"), construction=[line()], energy=[meter()])
    missing = {(c["section"], c["module"]) for c in assess(named)["coverage"]["cells"] if c["state"] == "missing"}
    assert ("facility", "B8") in missing
    excluded = replace(named, exclusions=(exclude("B8"),))
    states = {(c["section"], c["module"]): c["state"] for c in assess(excluded)["coverage"]["cells"]}
    assert states["facility", "B8"] == "excluded"
