"""Key figures from their meters: published definitions, boundaries, and what stays open without a meter."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.study import Study
from inventories.values import Quantity, YearRange
from lca.assess import assess
from lca.kpi import cue, ere, erf, pue, ref
from tests.studies import contract, heat, make, meter, own, shipped_example, water


def mwh(id: str, use: str, amount: float, **of: Any) -> Any:
    return meter(id=id, use=use, meter=id, amount=Quantity(amount, "MWh"), **of)


def hall(**of: Any) -> list[Any]:
    """KAJ-10: 70 GWh of IT, 14 GWh of cooling and losses."""
    return [
        mwh("IT", "it", 70_000, measured_at="1", **of),
        mwh("CO", "cooling", 10_000, **of),
        mwh("LO", "power-losses", 4_000, **of),
    ]


def figures(study: Study, year: int = 2027) -> dict[str, dict[str, Any]]:
    return {row["kpi"]: row for row in assess(study)["kpi"] if row["year"] == year and not row["zone"]}


def test_published_definitions() -> None:
    """Case A-17: indicators of EN 50600-4 as public pages explain them."""
    assert pue(1200, 1000) == pytest.approx(1.2)
    assert 1 / pue(1200, 1000) == pytest.approx(0.8333, abs=5e-5)
    e_dc, reuse, e_it = 1_250_000, 210_000, 820_000
    assert ere(e_dc, reuse, e_it) == pytest.approx(1.27, abs=0.005)
    assert erf(reuse, e_dc) == pytest.approx(0.168)
    assert (1 - erf(reuse, e_dc)) * pue(e_dc, e_it) == pytest.approx(1.2683, abs=1e-4)
    assert cue(1200 * 0.1, 1000) == pytest.approx(0.12)
    assert ref(1500, 1200) == 1


def kwh(it: float, cooling: float, **of: Any) -> list[Any]:
    """Meters of IT and cooling [kWh]; losses are in the cooling."""
    amounts = {"it": it, "cooling": cooling, "power-losses": 0.0}
    return [meter(id=use, use=use, meter=use, amount=Quantity(amount, "kWh"), **of) for use, amount in amounts.items()]


def test_published_definitions_through_a_study() -> None:
    """Case A-17 as meters, generation and heat of a study: PUE 1.2, CUE 0.12; ERF 0.168, ERE 1.27; REF at most 1."""
    grid = own("grid", 0.1, "kg CO2e/kWh", "B6", part="direct")
    sun = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(1500, "kWh"))
    first = figures(make(years=1, energy=kwh(1000, 200, factor="grid"), factors=[grid], grid_connection=None))
    assert first["PUE"]["value"] == pytest.approx(1.2, rel=1e-9)
    assert 1 / first["PUE"]["value"] == pytest.approx(0.8333, abs=5e-5)
    assert first["CUE"]["location"] == pytest.approx(0.12, rel=1e-9)
    reused = heat(heat=Quantity(210_000, "kWh"), heat_pump="none")
    second = figures(make(years=1, energy=kwh(820_000, 430_000), heat=[reused]))
    assert second["ERE"]["value"] == pytest.approx(1.27, abs=0.005)
    assert second["ERF"]["value"] == pytest.approx(0.168, rel=1e-9)
    identity = (1 - second["ERF"]["value"]) * second["PUE"]["value"]
    assert identity == pytest.approx(1.2683, abs=1e-4)
    surplus = make(years=1, energy=[*kwh(1000, 200), sun])  # 1,500 kWh are made, 1,200 taken
    assert figures(surplus)["REF"]["value"] == 1
    assert "onsite-surplus" in {problem["code"] for problem in assess(surplus)["problems"]}
    sold = make(years=1, energy=[*kwh(1000, 200), replace(sun, certificates="sold")])
    assert figures(sold)["REF"]["value"] == 0


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("outside", {"PUE": 1.20, "ERF": 40_000 / 84_000, "ERE": 0.62857}),
        ("inside", {"PUE": 97_333.3 / 70_000, "ERF": 53_333.3 / 97_333.3, "ERE": 0.62857}),
    ],
)
def test_the_same_plant_with_its_heat_pump_inside_or_outside(place: str, expected: dict[str, float]) -> None:
    # 40 GWh at the source, COP 4: W = 13,333 MWh, delivered 53,333 MWh
    recovered = heat(heat=Quantity(40_000, "MWh"), heat_pump=place)
    found = figures(make(years=1, capacity_kw=10_000, energy=hall(), heat=[recovered]))
    for kpi, value in expected.items():
        assert found[kpi]["value"] == pytest.approx(value, rel=1e-5)
        assert found[kpi]["heat_pump"] == place
    assert found["ERE"]["value"] == pytest.approx(found["PUE"]["value"] * (1 - found["ERF"]["value"]))


def test_kaj_10_has_the_figures_of_its_definition() -> None:
    found = figures(shipped_example("kaj-10"), shipped_example("kaj-10").settings.start_year)
    assert found["PUE"]["value"] == pytest.approx(1.2)
    assert found["ERF"]["value"] == pytest.approx(0.476, abs=5e-4)
    assert found["ERE"]["value"] == pytest.approx(0.629, abs=5e-4)


def test_a_missing_meter_leaves_the_figure_open_and_says_what_is_missing() -> None:
    for gone, missing in ((0, "it"), (1, "cooling"), (2, "power-losses")):
        rows = [row for i, row in enumerate(hall()) if i != gone]
        found = figures(make(years=1, capacity_kw=10_000, load=80, energy=rows, heat=[heat(heat_pump="none")]))
        for kpi in ("PUE", "ERF", "ERE", "CUE"):
            assert (found[kpi]["state"], found[kpi]["value"]) == ("not-determined", None)
            assert found[kpi]["lacks"] == [missing]
            assert (found[kpi]["location"], found[kpi]["market"]) == (None, None)
    found = figures(make(years=1, capacity_kw=10_000, energy=hall()))
    assert (found["WUE"]["lacks"], found["CER"]["lacks"]) == (["water"], ["heat-removed"])


def test_no_row_of_heat_or_of_contracts_is_not_none_of_it() -> None:
    silent = figures(make(years=1, capacity_kw=10_000, energy=hall()))
    for kpi, missing in (("ERF", "heat"), ("ERE", "heat"), ("REF", "contracts")):
        assert (silent[kpi]["state"], silent[kpi]["value"], silent[kpi]["lacks"]) == ("not-determined", None, [missing])
    assert silent["PUE"]["state"] == "measured"
    none = heat(heat=Quantity(0.0, "MWh"), heat_pump="none")
    sun = meter(id="PV", carrier="onsite-electricity", use=None, meter="PV", amount=Quantity(0.0, "MWh"))
    typed = figures(make(years=1, capacity_kw=10_000, energy=[*hall(), sun], heat=[none]))
    assert [typed[kpi]["value"] for kpi in ("ERF", "ERE", "REF")] == [0.0, pytest.approx(1.2), 0.0]
    later = make(
        years=2,
        capacity_kw=10_000,
        energy=hall(),
        heat=[heat(heat_pump="none", heat=Quantity(840.0, "MWh"), year=YearRange(2028, 2028))],
        contracts=[contract(amount=Quantity(8_400, "MWh"), valid_from="2028", valid_to="2028")],
    )
    assert [figures(later, 2027)[kpi]["value"] for kpi in ("ERF", "REF")] == [0.0, 0.0]
    assert [figures(later, 2028)[kpi]["value"] for kpi in ("ERF", "REF")] == pytest.approx([0.01, 0.1])


def test_meters_categories_and_states() -> None:
    found = figures(make(years=1, capacity_kw=10_000, energy=hall()))
    assert (found["PUE"]["state"], found["PUE"]["category"]) == ("measured", "1")
    assert found["PUE"]["meters"] == ["IT", "CO", "LO"]
    planned = figures(make(years=1, capacity_kw=10_000, energy=hall(value_kind="calculated")))
    assert planned["PUE"]["state"] == "design"


def test_carbon_per_it_energy_on_both_bases() -> None:
    # scope 2 is the direct part: 30 g location, 390.93 g residual mix; PUE 1.2
    found = figures(make(years=1, capacity_kw=10_000, energy=hall()))["CUE"]
    assert found["location"] == pytest.approx(1.2 * 0.030)
    assert found["market"] == pytest.approx(1.2 * 0.39093)


def test_renewable_energy_counts_as_far_as_it_is_matched() -> None:
    sun = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(2_000, "MWh"))
    wind = contract(amount=Quantity(40_000, "MWh"))
    nuclear = contract(id="K2", energy_source="nuclear", amount=Quantity(10_000, "MWh"))
    found = figures(make(years=1, capacity_kw=10_000, energy=[*hall(), sun], contracts=[wind, nuclear]))
    assert found["REF"]["value"] == pytest.approx(42_000 / 84_000)
    plenty = contract(amount=Quantity(200_000, "MWh"))
    assert figures(make(years=1, capacity_kw=10_000, energy=hall(), contracts=[plenty]))["REF"]["value"] == 1.0


def test_water_per_it_energy() -> None:
    drawn = water(amount=Quantity(7_000, "m3"), measured_at="2")
    found = figures(make(years=1, capacity_kw=10_000, energy=hall(), water=[drawn]))["WUE"]
    assert (found["value"], found["unit"], found["category"]) == (pytest.approx(0.1), "m³/MWh", "2")


def test_an_office_is_not_the_data_centre_and_a_shared_zone_has_its_own_partial_figure() -> None:
    office = mwh("OF", "office", 500, zone="office")
    lights = mwh("LI", "lighting", 700, zone="shared")
    study = make(years=1, capacity_kw=10_000, energy=[*hall(), office, lights])
    assert figures(study)["PUE"]["value"] == pytest.approx(84_700 / 70_000)
    partial = [row for row in assess(study)["kpi"] if row["kpi"] == "pPUE"]
    assert [(row["zone"], row["value"]) for row in partial] == [("data-centre", pytest.approx(1.2))]


def test_the_year_told_is_the_chosen_one_the_last_metered_one_or_the_middle() -> None:
    def told(**of: Any) -> str:
        document = assess(make(years=9, capacity_kw=10_000, **of))
        return str(next(each["value"] for each in document["choices"] if each["choice"] == "kpi_year"))

    metered = [
        *(row_of for year in (2027, 2028) for row_of in hall(year=YearRange(year, year))),
        *hall(year=YearRange(2029, None), value_kind="calculated"),
    ]
    assert told(energy=hall()) == "2031"
    assert told(energy=metered) == "2028"
    assert told(energy=hall(), kpi_year=2030) == "2030"


def test_a_heat_pump_inside_counts_in_energy_and_in_carbon_and_is_no_meter() -> None:
    # 42 GWh at the source, COP 4: W = 14 GWh, PUE 1.4
    recovered = heat(heat=Quantity(42_000, "MWh"))
    found = figures(make(years=1, capacity_kw=10_000, energy=hall(), heat=[recovered]))
    assert found["PUE"]["value"] == pytest.approx(1.4)
    assert found["CUE"]["location"] == pytest.approx(1.4 * 0.030)
    assert found["PUE"]["state"] == "design"


def test_carbon_of_the_energy_does_not_depend_on_who_reports_it() -> None:
    rows = hall(owner="tenant: A")
    for consolidation in ("operational", "financial"):
        found = figures(make(years=1, capacity_kw=10_000, energy=rows, consolidation=consolidation))
        assert found["CUE"]["location"] == pytest.approx(1.2 * 0.030)


def test_renewable_energy_of_the_office_is_not_the_data_centres() -> None:
    office = mwh("OF", "office", 84_000, zone="office")
    theirs = contract(share_percent=100.0, covers=(("use", "office"),))
    study = make(years=1, capacity_kw=10_000, energy=[*hall(), office], contracts=[theirs])
    assert figures(study)["REF"]["value"] == 0
    sun = meter(id="PV", carrier="onsite-electricity", use=None, amount=Quantity(42_000, "MWh"))
    shared = figures(make(years=1, capacity_kw=10_000, energy=[*hall(), office, sun]))
    assert shared["REF"]["value"] == pytest.approx(0.25)  # a quarter of 168 GWh, used alike by both


def test_what_is_held_or_designed_is_not_measured() -> None:
    study = make(years=3, capacity_kw=10_000, energy=hall(year=YearRange(2027, 2027)))
    assert [figures(study, year)["PUE"]["state"] for year in (2027, 2028)] == ["measured", "design"]
    design = make(years=1, capacity_kw=10_000, energy=hall(), study_type="design")
    assert figures(design)["PUE"]["state"] == "design"


def test_fuel_in_operation_is_energy_of_the_data_centre() -> None:
    burnt = meter(id="F", carrier="fuel-diesel-mineral-gb", use="cooling", meter="F", amount=Quantity(7_000, "MWh"))
    found = figures(make(years=1, capacity_kw=10_000, energy=[*hall(), burnt]))
    assert found["PUE"]["value"] == pytest.approx(91_000 / 70_000)
    spare = meter(id="B", carrier="fuel-diesel-mineral-gb", use="backup-test", amount=Quantity(7_000, "MWh"))
    assert figures(make(years=1, capacity_kw=10_000, energy=[*hall(), spare]))["PUE"]["value"] == pytest.approx(1.2)
