"""What a line brings, takes away and leaves outside, term by term."""

from dataclasses import replace
from typing import Any

import pytest

from factors.problems import InputError
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.tables import group
from tests.studies import exclude, line, make, own

CONCRETE = 0.11  # kg CO2e/kg, A1–A3
GLULAM, STORED = 0.11, 1.6  # kg CO2e/kg fossil, kg CO2/kg stored
LORRY = 0.11  # kg CO2e/t·km


def modules(study: Study, *, inner: bool = False) -> dict[object, float]:
    keys = ("module", "inner") if inner else ("module",)
    sums = group(assess(study)["contributions"], *keys)
    return {key if inner else key[0]: value["location"] for key, value in sums.items()}


def codes(study: Study) -> set[str]:
    with pytest.raises(InputError) as stopped:
        assess(study)
    return {problem.code for problem in stopped.value.problems}


def test_density_bridges_cubic_metres_to_kilograms_and_is_marked() -> None:
    document = assess(make(construction=[line(amount=Quantity(10, "m3"))]))
    assert document["totals"]["location"]["total"] == pytest.approx(10 * 2400 * CONCRETE)
    marks = [value for value in document["passport"]["values"] if value["column"] == "amount"]
    assert [(mark["line"], mark["value"], mark["status"], mark["source"]) for mark in marks] == [
        ("L1", 2400.0, "derived", "co2data-2022")
    ]


@pytest.mark.parametrize(("amount", "unit"), [(1.0, "t"), (1000.0, "kg"), (1e6, "g")])
def test_units_of_one_dimension_change_nothing(amount: float, unit: str) -> None:
    found = modules(make(construction=[line(amount=Quantity(amount, unit))]))
    assert found == pytest.approx({"A1-A3": 1000 * CONCRETE})


def test_kilowatt_hours_do_not_fit_a_factor_per_kilogram() -> None:
    assert codes(make(construction=[line(amount=Quantity(5, "kWh"))])) == {"factor-unit"}


def test_mass_of_a_unit_carries_transport_and_end_of_life() -> None:
    study = make(
        construction=[
            line(
                amount=Quantity(10, "m3"),
                transport=(("transport-delivery-lorry-50-highway-fi", 50.0), ("transport-van-diesel-gb", 5.0)),
                end_of_life_factor="waste-concrete-processing-fi",
            )
        ]
    )
    assert modules(study) == pytest.approx(
        {
            "A1-A3": 24_000 * CONCRETE,
            "A4": 24 * (50 * LORRY + 5 * 0.78225),  # 24 t over both legs
            "C3": 24_000 * 0.006,
        }
    )


def test_waste_is_a_share_of_making_bringing_and_taking_away() -> None:
    study = make(
        construction=[
            line(
                waste_percent=10.0,
                transport=(("transport-delivery-lorry-50-highway-fi", 100.0),),
                end_of_life_factor="waste-concrete-processing-fi",
            )
        ]
    )
    a, b, c = 1000 * CONCRETE, 100 * LORRY, 1000 * 0.006
    assert modules(study) == pytest.approx({"A1-A3": a, "A4": b, "C3": c, "A5": 0.1 * (a + b + c)})


def test_blank_waste_takes_the_library_and_zero_is_zero() -> None:
    blank = assess(make(construction=[line(waste_percent=None)]))
    assert group(blank["contributions"], "module")["A5",]["location"] == pytest.approx(0.05 * 1000 * CONCRETE)
    assert {row["status"] for row in blank["contributions"] if row["module"] == "A5"} == {"default"}
    assert "A5" not in modules(make(construction=[line(waste_percent=0.0)]))
    excluded = make(construction=[line(waste_percent=None)], exclusions=[exclude("A5", "construction")])
    assert "A5" not in modules(excluded)


def test_biogenic_carbon_closes_also_when_replaced_and_wasted() -> None:
    study = make(
        years=20,
        construction=[
            line(
                factor="glulam-fi", service_life=8.0, waste_percent=10.0, end_of_life_factor="waste-wood-processing-fi"
            )
        ],
    )
    rows = assess(study)["contributions"]
    by_component = group(rows, "component")
    uptake = [row for row in rows if row["component"] == "biogenic" and row["location"] < 0]
    # sets of 2027, 2035 and 2043; the tenth that is wasted takes up and releases inside A5
    assert sum(row["location"] for row in uptake) == pytest.approx(-3 * 1000 * STORED)
    assert by_component["biogenic",]["location"] == pytest.approx(0.0, abs=1e-9)
    assert by_component["fossil",]["location"] == pytest.approx(3 * 1.1 * 1000 * (GLULAM + 0.02))
    released = {(row["module"], row["inner"]) for row in rows if row["component"] == "biogenic" and row["location"] > 0}
    assert ("C3", "") in released
    assert ("B4", "C3") in released


def test_replacement_holds_making_transport_and_the_end_of_the_leaving_item() -> None:
    def hall(name: str, installed: int) -> object:
        return line(
            id=name,
            service_life=6.0,
            installed=installed,
            transport=(("transport-delivery-lorry-50-highway-fi", 100.0),),
            end_of_life_factor="waste-concrete-processing-fi",
        )

    found = modules(make(construction=[hall("C1", 2027), hall("C2", 2037)], replacement_rule="whole"), inner=True)
    # 25 a: sets 5 + 3; two first ones, six replacements, and two that leave at the end.
    assert found["A1-A3", ""] == pytest.approx(2 * 1000 * CONCRETE)
    assert found["B4", "A1-A3"] == pytest.approx(6 * 1000 * CONCRETE)
    assert found["B4", "A4"] == pytest.approx(6 * 100 * LORRY)
    assert found["B4", "C3"] == pytest.approx(6 * 1000 * 0.006)
    assert found["B4", "C3"] > 0
    assert found["C3", ""] == pytest.approx(2 * 1000 * 0.006)


def test_a_successor_is_the_replacement_with_its_own_factor() -> None:
    cheap, dear = own("old", 100.0), own("new", 300.0)
    study = make(
        years=10,
        factors=[cheap, dear],
        hardware=[
            line("Hardware", id="H1", factor="old", count=4, service_life=4.0, replaced_by="H2"),
            line("Hardware", id="H2", factor="new", count=3, service_life=4.0),
        ],
    )
    rows = assess(study)["contributions"]
    by = group(rows, "line", "module", "year", "generation")
    # pro-rata: H1 2027–31 whole; H2 2031–35 whole and half of 2035–39.
    assert {key: value["location"] for key, value in by.items()} == pytest.approx(
        {
            ("H1", "A1-A3", 2027, 1): 4 * 100,
            ("H2", "B4", 2031, 2): 3 * 300,
            ("H2", "B4", 2035, 3): 3 * 300 * 0.5,
        }
    )


def test_bundles_refuse_what_they_hold_already() -> None:
    bundled = line("Hardware", factor="server-dell-r740", service_life=5.0, mass_kg=26.0)
    legs = (("transport-van-diesel-gb", 5.0),)
    assert codes(make(hardware=[replace(bundled, transport=legs)])) == {"module-twice"}
    assert codes(make(hardware=[replace(bundled, end_of_life_factor="weee-recycling-gb")])) == {"module-twice"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"factor": "electricity-fi"}, "factor-is-energy"),
        ({"end_of_life_factor": "rebar-steel-fi"}, "factor-without-c"),
        ({"transport": (("rebar-steel-fi", 5.0),)}, "factor-not-transport"),
        ({"factor": "building-services-office-fi", "amount": Quantity(5, "m2"),
          "transport": (("transport-van-diesel-gb", 5.0),)}, "mass-missing"),
    ],
)  # fmt: skip
def test_factors_that_do_not_fit_their_column_are_refused(changes: dict[str, Any], code: str) -> None:
    assert codes(make(construction=[line(**changes)])) == {code}


def test_plant_without_a_life_takes_the_family_default_or_stops() -> None:
    document = assess(make(plant=[line("Plant", factor="chiller-per-kg", waste_percent=None)]))
    lives = [value for value in document["passport"]["values"] if value["column"] == "service_life"]
    assert [(life["value"], life["status"]) for life in lives] == [(25.0, "default")]
    assert codes(
        make(plant=[line("Plant", factor="plate-heat-exchanger-brazed-per-kw", amount=Quantity(5, "kW"))])
    ) == {"service-life"}


def test_share_and_reuse_lower_what_they_should_and_nothing_else() -> None:
    whole = line("Hardware", service_life=5.0, mass_kg=20.0, transport=(("transport-van-diesel-gb", 100.0),))
    plain = modules(make(years=5, hardware=[whole]))
    reused = modules(make(years=5, hardware=[replace(whole, reused_percent=40.0)]))
    assert reused["A1-A3"] == pytest.approx(0.6 * plain["A1-A3"])
    assert reused["A4"] == pytest.approx(plain["A4"])
    shared = modules(make(years=5, hardware=[replace(whole, share_percent=25.0, evidence="lease")]))
    assert shared == pytest.approx({module: 0.25 * value for module, value in plain.items()})


def test_d1_stands_outside_once_for_each_set_that_leaves() -> None:
    study = make(construction=[line(factor="steel-light-profile-galvanised-fi", service_life=10.0)], years=25)
    document = assess(study)
    credit = next(row["value"] for row in document["passport"]["factors"] if row["module"] == "D1")
    assert sum(row["location"] for row in document["outside"]) == pytest.approx(3 * 1000 * credit)
    assert {row["module"] for row in document["outside"]} == {"D1"}
    assert not any(row["module"].startswith("D") for row in document["contributions"])


def test_maintenance_is_booked_in_its_module_at_every_event() -> None:
    filters = own("filters", 7.0)
    service = line(
        "Plant", factor="filters", amount=Quantity(3, "piece"), service_life=4.0, module="B2", waste_percent=None
    )
    by_year = group(assess(make(years=10, plant=[service], factors=[filters]))["contributions"], "module", "year")
    assert {key: value["location"] for key, value in by_year.items()} == {
        ("B2", 2027): 21.0,
        ("B2", 2031): 21.0,
        ("B2", 2035): 21.0,
    }


def test_owner_and_zone_change_views_but_not_the_footprint() -> None:
    server = line("Hardware", service_life=5.0)
    mine, theirs = (assess(make(years=5, hardware=[replace(server, owner=o)])) for o in ("facility", "tenant: Oy"))
    assert mine["totals"] == theirs["totals"]
    assert set(group(mine["contributions"], "scope")) == {("3.2",)}
    assert set(group(theirs["contributions"], "scope")) == {("not of the organisation",)}


def test_rows_of_one_factor_may_be_stated_in_different_units() -> None:
    rows = [own("mix", 100.0, "kg CO2e/t"), own("mix", 0.01, "kg CO2e/kg", "C3")]
    found = modules(make(factors=rows, construction=[line(factor="mix", amount=Quantity(2, "t"))]))
    assert found == pytest.approx({"A1-A3": 200.0, "C3": 20.0})


def test_filters_changed_twice_a_year_are_counted_twice_a_year() -> None:
    filters = own("filters", 7.0)
    service = line(
        "Plant", factor="filters", amount=Quantity(1, "piece"), service_life=0.5, module="B2", waste_percent=None
    )
    found = modules(make(years=3, plant=[service], factors=[filters]))
    assert found == pytest.approx({"B2": 6 * 7.0})


def test_a_factor_of_waste_alone_with_an_end_of_life_is_said_without_a_traceback() -> None:
    waste = line(factor="waste-concrete-processing-fi", end_of_life_factor="waste-concrete-processing-fi")
    with pytest.raises(InputError) as stopped:
        assess(make(construction=[waste]))
    assert "holds module C already" in str(stopped.value.problems[0].as_json()["message"])
