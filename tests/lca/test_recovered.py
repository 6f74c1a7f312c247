"""Recovered heat of a study: COP from temperatures, what a network takes, what is displaced, claims and money."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factors.problem_kinds import KINDS
from inventories.datafile import HOURS, DataFile
from inventories.heat_guards import network_in_order
from inventories.reader import read_workbook
from inventories.study import EnergyRow, HeatRow, Price, Study
from inventories.values import Quantity, YearRange
from lca import results
from lca.assess import assess, precheck
from lca.compare import comparison
from lca.expand import expand
from lca.heat import sharing
from lca.heat.agreement import Side, annuity, band, levelised
from lca.heat.match import Taker, match
from lca.heat.pump import by_lorenz
from lca.outside import fed
from lca.prices import cost_of
from lca.simulation import KELVIN
from lca.system import BASES
from templates.comparison import lines
from templates.resultbook.book import written
from templates.texts import Texts
from templates.workbook import workbook
from tests.lca.test_simulation import sheet
from tests.studies import contract, heat, make, meter, network, own, shipped_example

AT = {"source_in_c": 30.0, "source_out_c": 20.0, "sink_in_c": 50.0, "sink_out_c": 85.0}
LORENZ = 8.059807751242912
"""340.350 K over 340.350 - 298.122 K: the temperatures above."""


def mwh(value: float) -> Quantity:
    return Quantity(value, "MWh")


def study(rows: list[HeatRow], **of: Any) -> Study:
    """One year with an IT meter of 1,000 MWh, at constant factors."""
    plain: dict[str, Any] = {"years": 1, "energy": [meter()], "heat": rows}
    return make(**{**plain, **of})


def codes(of: Study) -> set[str]:
    return {problem.code for problem in precheck(of)}


def warm(**of: Any) -> HeatRow:
    return heat(**{**AT, **of})


def year(of: Study) -> Mapping[str, Any]:
    return dict(assess(of)["heat"]["years"][0])


# --- the COP ----------------------------------------------------------------------------------------------------------


def test_the_cop_comes_from_temperatures() -> None:
    """Q = 100 MWh at the source; COP = 0.54 × 8.06 / 1.03, W = Q / (COP - 1)."""
    found = year(study([warm(eta_lorenz=0.54, auxiliary_percent=3.0)]))
    cop = 0.54 * LORENZ / 1.03
    assert found["cop"] == pytest.approx(cop)
    assert found["electricity"] == pytest.approx(100_000.0 / (cop - 1.0))
    assert found["delivered"] == pytest.approx(found["taken"] + found["electricity"])


@pytest.mark.parametrize(
    ("stated", "cop"),
    [
        ({"eta_carnot": 0.6}, 0.6 * (85.0 + KELVIN) / 65.0),
        ({"cop_model": "jensen-ammonia"}, 3.569),
        ({"cop_model": "jensen-isobutane"}, 3.473),
        ({"cop_model": "jesper"}, 2.863),
    ],
)
def test_every_model_can_be_chosen(stated: dict[str, Any], cop: float) -> None:
    assert year(study([warm(**stated)]))["cop"] == pytest.approx(cop, abs=0.001)


def test_two_stages_of_a_carnot_machine_take_less() -> None:
    one, two = (year(study([warm(eta_carnot=0.5, stages=stages)])) for stages in (1, 2))
    assert two["electricity"] < one["electricity"]


def test_a_cop_is_held_and_said() -> None:
    near = study([heat(eta_lorenz=0.9, source_in_c=55.0, source_out_c=50.0, sink_in_c=60.0, sink_out_c=70.0)])
    assert "cop-capped" in codes(near)
    assert year(near)["cop"] == 8.0
    assert "cop-capped" not in codes(study([warm(eta_lorenz=0.9)]))


def test_the_share_of_the_ideal_is_a_parameter() -> None:
    of = study([warm(eta_lorenz=0.5)])
    electricity = expand(of, {"line:Q1:eta_lorenz": [0.5, 0.4]}).heats[0].electricity
    each = [year(study([warm(eta_lorenz=share)]))["electricity"] for share in (0.5, 0.4)]
    assert np.asarray(electricity).tolist() == pytest.approx(each)


def test_what_cannot_be_is_refused() -> None:
    assert "temperature-missing" in codes(study([heat(eta_lorenz=0.5, source_in_c=30.0)]))
    cold = warm(cop_model="jesper", source_in_c=5.0, source_out_c=0.0)
    assert "cop-range" in codes(study([cold]))
    assert "cop-above-lorenz" in codes(study([warm(cop=9.0)]))
    assert "cop-above-lorenz" not in codes(study([warm(cop=8.0)]))
    metered = {"heat_pump_electricity": mwh(5.0), "measured_at": "delivered"}
    assert "cop-above-lorenz" in codes(study([warm(**metered)]))


# --- what the network takes -------------------------------------------------------------------------------------------


def test_the_network_decides_how_much_is_taken() -> None:
    """Heat of 100 MWh at the source, even over the year, against a need that is small in summer."""
    of = study([warm(cop=4.0, heat_pump="outside")], network=network(demand=mwh(150.0)))
    context = expand(of)
    (found,) = context.heats
    assert found.match is not None
    hourly = 100_000.0 / HOURS / 0.75
    need = context.network.need if context.network else np.zeros(1)
    expected = np.minimum(hourly, need).sum()
    assert float(np.ravel(found.delivered)[0]) == pytest.approx(expected)
    assert expected < 100_000.0 / 0.75
    told = year(of)
    assert told["taken"] + told["electricity"] == pytest.approx(told["delivered"])
    assert sum(told["limits"].values()) == HOURS


def test_a_metered_pump_and_a_stated_share_are_taken_as_they_are() -> None:
    for stated in ({"heat_pump_electricity": mwh(30.0)}, {"used_percent": 50.0}):
        plain = study([warm(**stated)])
        assert year(plain)["used"] == year(replace(plain, network=network(demand=mwh(10.0))))["used"]


def test_known_heat_goes_before_what_the_network_decides_on() -> None:
    first, other = warm(id="Q0", heat=mwh(50.0), used_percent=100.0), warm(heat_pump="outside")
    alone = {row["heat"]: row for row in assess(study([other], network=network(demand=mwh(150.0))))["heat"]["years"]}
    both = assess(study([other, first], network=network(demand=mwh(150.0))))["heat"]["years"]
    assert {row["heat"]: row["used"] for row in both}["Q1"] < alone["Q1"]["used"]
    assert "heat-matched-twice" in codes(study([other, warm(id="Q2")], network=network()))


def shaped(name: str, weights: np.ndarray) -> DataFile:
    return DataFile(file=name, unit="", values=tuple(weights.tolist()), start="2025-01-01T00:00Z")


def test_ten_percent_of_the_load_moved_from_january_to_july() -> None:
    """Design section 13, check 10: the hours change what the market basis and the network see, and nothing annual."""
    even = np.full(HOURS, 100.0)
    moved = even.copy()
    moved[:744] -= 0.10 * even.sum() / 744
    moved[4344:5088] += 0.10 * even.sum() / 744
    sun = np.zeros(HOURS)
    sun[4000:5500] = 1.0
    rows: list[EnergyRow] = [
        meter(amount=mwh(876.0)),
        meter(id="E2", use="cooling", amount=mwh(87.6)),
        meter(id="E3", use="power-losses", amount=mwh(0.0)),
    ]
    solar = contract(energy_source="solar", amount=mwh(300.0), matching="hourly", profile="sun.csv")
    results = []
    for weights in (even, moved):
        of = study(
            [warm(heat=None, heat_pump="outside", cop=4.0)],
            energy=rows,
            contracts=[solar],
            network=network(demand=mwh(700.0)),
            simulation=sheet(it_profile="it.csv", capture_share_percent=70.0),
            files=[shaped("it.csv", weights), shaped("sun.csv", sun)],
        )
        results.append((assess(of), assess(replace(of, contracts=(replace(solar, matching="annual", profile=None),)))))
    (one, annual), (other, annual_moved) = results
    assert other["totals"]["market"]["total"] != pytest.approx(one["totals"]["market"]["total"], rel=1e-6)
    assert other["heat"]["years"][0]["used"] < one["heat"]["years"][0]["used"] * 0.99
    assert annual["totals"]["market"]["total"] == pytest.approx(annual_moved["totals"]["market"]["total"])
    assert one["totals"]["location"]["total"] == pytest.approx(other["totals"]["location"]["total"])
    pue = [
        next(row["value"] for row in each["kpi"] if row["kpi"] == "PUE" and row["state"] != "simulated")
        for each in (one, other)
    ]
    assert pue[0] == pytest.approx(pue[1])


def test_heat_comes_from_the_simulated_hall_once() -> None:
    of = study([warm(heat=None, cop=4.0)], simulation=sheet(capture_share_percent=70.0))
    assert year(of)["taken"] == pytest.approx(0.70 * 1_000_000.0)
    assert "heat-missing" in codes(study([warm(heat=None)]))


def test_no_heat_comes_warmer_than_the_hall_gives_it() -> None:
    """The hall's water returns at 26 °C, and 3 °C of that stay in the exchanger."""
    hall = sheet(capture_share_percent=70.0, heat_exchanger_approach=3.0)
    warmer, as_given = (study([warm(source_in_c=at)], simulation=hall) for at in (23.5, 23.0))
    assert "source-above-hall" in codes(warmer)
    assert "source-above-hall" not in codes(as_given)
    assert "source-above-hall" not in codes(study([warm(source_in_c=23.5)]))


def test_the_pump_of_a_warm_network_is_helped_by_a_boiler() -> None:
    curve = {
        "supply_temperature_cold": 115.0, "cold_outdoor_temperature": -29.0, "supply_temperature_mild": 68.0,
        "mild_outdoor_temperature": 8.0, "return_temperature": 50.0,
    }  # fmt: skip
    high = year(study([warm(eta_lorenz=0.5)], network=network(**curve)))
    held = year(study([warm(eta_lorenz=0.5)], network=network(**curve, highest_temperature=85.0)))
    assert (high["topped"], held["topped"] > 0.0) == (0.0, True)
    assert held["cop"] > high["cop"]
    assert held["cop"] < float(by_lorenz_at(68.0))


def by_lorenz_at(sink: float) -> float:
    from lca.heat.pump import Ports  # noqa: PLC0415 - the one place

    return float(by_lorenz(Ports(30.0, 20.0, 50.0, sink), 0.5))


def test_the_pipe_loses_and_its_pump_takes_electricity() -> None:
    """38.1 W/m over 500 m the whole year; P = V·R·2L/η of the heat used."""
    pipe = {
        "pipe_length": 500.0, "pipe_u_value": 0.30, "ground_temperature": 4.0, "pressure_gradient": 125.0,
        "pump_efficiency_percent": 70.0,
    }  # fmt: skip
    of = study([warm(heat=mwh(10_000.0), used_percent=100.0)], energy=[meter(amount=mwh(20_000.0))],
               network=network(demand=mwh(50_000.0), **pipe))  # fmt: skip
    found = assess(of)
    told = found["heat"]["years"][0]
    lost = 0.30 * (81.0 + 46.0) * 500.0 * HOURS / 1000.0
    assert told["used"] - told["fed"] == pytest.approx(lost)
    flow = told["used"] / (977.8 * 4.19 * 35.0)
    electricity = flow * 125.0 * 2 * 500.0 / 0.7 / 1000.0
    (row,) = [row for row in found["outside"] if row["name"] == "Pumping of the heat" and row["location"] > 0][:1]
    marked = next(each for each in found["passport"]["values"] if each["code"] == "pipe-pumping")
    assert marked["value"] == pytest.approx(electricity)
    assert row["module"] == "D2"
    short = study([warm(heat=mwh(1.0), used_percent=100.0)], network=network(**pipe))
    assert "pipe-loses-all" in codes(short)


# --- what is displaced ------------------------------------------------------------------------------------------------


def plants() -> list[Any]:
    return [own("base", 0.02, "kg CO2e/kWh", "B6"), own("peak", 0.30, "kg CO2e/kWh", "B6")]


def test_the_merit_order_stops_the_last_unit_first() -> None:
    """Need 10 kW all year: base 8 kW, peak 100 kW. Heat of 3 kW stops 2 kW of the peak and 1 kW of the base."""
    flat = shaped("need.csv", np.full(HOURS, 10.0))
    of = study(
        [heat(heat=mwh(3.0 * HOURS / 1000.0), heat_pump="none", displaced_factor="merit-order", displaced_kind=None)],
        factors=plants(),
        files=[flat],
        network=network(demand=mwh(10.0 * HOURS / 1000.0), weather_file=None, base_share_percent=None,
                        demand_profile="need.csv", merit_order=(("base", 8.0), ("peak", 100.0))),
    )  # fmt: skip
    found = assess(of)
    expected = HOURS * (2.0 * 0.30 + 1.0 * 0.02)
    assert found["heat"]["credit"]["displaced"]["location"] == pytest.approx(expected)
    assert "merit-order-short" not in codes(of)
    small = replace(of, network=replace(of.network, merit_order=(("base", 8.0),)) if of.network else None)
    assert "merit-order-short" in codes(small)
    assert "merit-order-missing" in codes(replace(of, network=None))
    assert found["heat"]["ledger"][0]["kind"] == "marginal"


def test_the_footprint_does_not_know_of_heat_with_a_pump_outside() -> None:
    """Toy 4: equal with the Heat sheet deleted."""
    of = shipped_example("kaj-10")
    without = replace(of, heat=(), energy=tuple(row for row in of.energy if row.use != "heat-pump"))
    assert assess(of)["totals"] == assess(without)["totals"]


# --- the methods ------------------------------------------------------------------------------------------------------


def test_kaj_10_by_every_method() -> None:
    """G = 84,000 × 0.040 + 4,000 = 7,360 t; each share derived from the case's numbers."""
    found = assess(shipped_example("kaj-10"))
    gross = 84_000.0 * 0.040 + 4_000.0
    mean = 10.0 / np.log(303.15 / 293.15)
    exergy = 40_000.0 * (1.0 - (2.5 + KELVIN) / mean)
    separate = 40_000.0 * 0.080
    heat_t = {
        "H0": 0.0,
        "H1": 0.0,
        "H2": gross * 40_000.0 / (40_000.0 + 70_000.0),
        "H3": gross * exergy / (exergy + 70_000.0),
        "H4": gross * separate / (separate + 70_000.0 * 1.25 * 0.040 + 4_000.0),
        "H5": gross * 0.8 / (0.8 + 18.0),
        "H6": 0.0,
    }
    told = {(row["method"], row["party"]): row["location"] / 1000.0 for row in found["heat_methods"]}
    assert {method: told[method, "heat"] for method in heat_t} == pytest.approx(heat_t)
    assert {method: round(told[method, "heat"]) for method in heat_t} == {
        "H0": 0, "H1": 0, "H2": 2676, "H3": 304, "H4": 2201, "H5": 313, "H6": 0,
    }  # fmt: skip
    for method in heat_t:
        assert told[method, "heat"] + told[method, "data-centre"] == pytest.approx(gross)
    credit = found["heat"]["credit"]
    assert credit["net"]["location"] / 1000.0 == pytest.approx(53_333.3 * 0.080 - 13_333.3 * 0.040, abs=0.1)
    (shared,) = [row for row in found["heat"]["methods"] if row["method"] == "H6"]
    assert shared["credit_each"]["location"] / 1000.0 == pytest.approx(1_866.7, abs=0.1)
    assert credit["break_even"]["location"] == pytest.approx(0.010)
    assert credit["break_even"]["market"] == pytest.approx(0.5549 / 4.0, rel=0.01)
    assert {"code": "sign-basis"} in found["heat"]["flags"]
    cut_off = found["heat"]["methods"][0]["intensity_delivered"]["location"]
    assert cut_off == pytest.approx(0.010)


def test_splitting_a_plant_as_oemof_thermal_tests_it() -> None:
    """Case A-13: 200 split by energy, by efficiency and by benefit sharing."""
    assert 200 * sharing.share(0.3, 0.5) == pytest.approx(75.0)
    assert 200 * sharing.share(1 / 0.3, 1 / 0.5) == pytest.approx(125.0)
    assert 200 * sharing.share(0.3 / 0.525, 0.5 / 0.82) == pytest.approx(96.7551622418879)


@pytest.mark.parametrize(
    ("decline", "mean"), [(0.0, 3733.0), (5.0, 2204.0), (10.0, 1341.0), (15.0, 834.0)], ids=["0", "5", "10", "15"]
)
def test_the_credit_of_kaj_10_under_a_falling_factor(decline: float, mean: float) -> None:
    """Mean of 20 years: 4,266.7 t × (1 - d)^y less 533.3 t each year."""
    by_hand = np.mean([4266.7 * (1 - decline / 100) ** y - 533.3 for y in range(20)])
    assert by_hand == pytest.approx(mean, abs=1.0)
    of = shipped_example("kaj-10")
    long = replace(of, settings=replace(of.settings, study_type="life-cycle", reference_period=20),
                   heat=tuple(replace(row, displaced_decline_percent=decline) for row in of.heat))  # fmt: skip
    credit = assess(long)["heat"]["credit"]
    assert credit["net"]["location"] / 20_000.0 == pytest.approx(mean, abs=1.0)
    told = {row["decline_percent"]: row["location"] / 20_000.0 for row in credit["declines"]}
    assert told == pytest.approx({0.0: 3733.0, 5.0: 2204.0, 10.0: 1341.0, 15.0: 834.0}, abs=1.0)


def test_a_method_without_its_inputs_says_what_is_missing() -> None:
    found = assess(study([heat(displaced_excludes_this_heat="no")]))
    lacks = {row["method"]: row["lacks"] for row in found["heat"]["methods"]}
    assert lacks["H3"] == ["reference_temperature"]
    assert lacks["H4"] == ["reference_pue", "displaced_factor"]
    assert lacks["H5"] == ["it_revenue", "heat_price"]
    assert {row["method"] for row in found["heat_methods"]} == {"H0", "H1", "H2", "H6"}
    cold = assess(study([heat()], reference_temperature=0.0))
    assert {row["method"]: row["lacks"] for row in cold["heat"]["methods"]}["H3"] == ["temperatures"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.floats(1.0, 900.0),
    st.floats(1.5, 6.0),
    st.sampled_from(["inside", "outside", "none"]),
    st.floats(0.0, 100.0),
    st.floats(1.0, 200.0),
)
def test_every_method_sums_to_the_gross_whatever_is_recovered(
    amount: float, cop: float, pump: str, used: float, price: float
) -> None:
    row = heat(
        heat=mwh(amount), heat_pump=pump, used_percent=used, heat_price=Quantity(price, "EUR/MWh"), **AT,
        **({} if pump == "none" else {"cop": cop}),
    )  # fmt: skip
    of = study([row], reference_temperature=0.0, reference_pue=1.2, it_revenue=Quantity(1e6, "EUR/a"))
    found = assess(of)
    for basis in BASES:
        for method in sharing.METHODS:
            rows = [row[basis] for row in found["heat_methods"] if row["method"] == method]
            assert len(rows) == 2
            assert sum(rows) == pytest.approx(found["totals"][basis]["total"])
        credit = found["heat"]["credit"]
        outside = -sum(row[basis] for row in found["outside"] if row["section"] == "heat")
        assert credit["net"][basis] == pytest.approx(outside, abs=1e-9)


# --- claims, money, options -------------------------------------------------------------------------------------------


def test_the_ledger_holds_every_kilowatt_hour_once() -> None:
    rows = [heat(claim_share_percent=60.0), heat(claim_holder="utility", claim_share_percent=30.0)]
    found = assess(study(rows))
    ledger = found["heat"]["ledger"]
    assert [(row["holder"], row["share_percent"]) for row in ledger] == [
        ("neighbour", 60.0), ("utility", 30.0), ("unclaimed", pytest.approx(10.0)),
    ]  # fmt: skip
    handed = found["heat"]["years"][0]["handed_over"]
    assert sum(row["kwh"] for row in ledger) == pytest.approx(handed)
    for basis in BASES:
        assert sum(row[basis] for row in ledger) == pytest.approx(found["heat"]["credit"]["net"][basis])


def test_the_price_band_is_where_both_values_are_above_zero() -> None:
    producer, user = Side(1_000.0, 10.0, 40.0), Side(2_000.0, 20.0, 0.0, 900.0)
    low, high = band(producer, user, 10.0, 0.05, 20.0)
    spread = annuity(0.05, 20.0)
    assert low == pytest.approx((1_000.0 * spread + 50.0) / 10.0)
    assert high == pytest.approx((900.0 - 20.0 - 2_000.0 * spread) / 10.0)
    for price in (low, high):
        values = [
            producer.net_present_value(-10.0 * price, 0.05, 20.0),
            user.net_present_value(10.0 * price, 0.05, 20.0),
        ]
        assert min(abs(value) for value in values) == pytest.approx(0.0, abs=1e-6)
        assert max(values) > 0.0
    assert levelised(producer, user, 10.0, 0.05, 20.0) == pytest.approx((3_000.0 * spread + 70.0) / 10.0)


AGREED: dict[str, Any] = {
    "heat_pump_owner": "user", "alternative_heat_cost": Quantity(50.0, "EUR/MWh"), "agreement_life": 20.0,
    "user_investment": Quantity(30_000.0, "EUR"), "producer": "A", "user": "B",
}  # fmt: skip


def test_the_agreement_of_a_study_by_hand() -> None:
    power = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), network_fee=5.0, tax_class="II")
    row = warm(cop=5.0, heat_pump="outside", used_percent=100.0, heat_price=Quantity(20.0, "EUR/MWh"))
    of = study([row], discount_rate=5.0, prices=[power], network=network(**AGREED))
    told = assess(of)["heat"]["economics"]
    electricity = 25.0 * (60.0 + 5.0 + 0.5)  # 100 MWh / (5 - 1), the tax of class II by law
    assert told["user"]["electricity"] == pytest.approx(electricity)
    assert told["user"]["saved"] == pytest.approx(125.0 * 50.0)
    assert told["user"]["paid"] == pytest.approx(100.0 * 20.0)
    assert told["high"] == pytest.approx((125.0 * 50.0 - electricity - 30_000.0 * annuity(0.05, 20.0)) / 100_000.0)
    assert told["low"] == 0.0
    assert told["both_gain"] is True
    assert told["electricity"]["law"]["act"]["en"].startswith("Act 1260/1996")
    cost = cost_of(expand(of), "electricity", 2027)
    assert cost is not None
    assert [cost.tax, cost.total] == pytest.approx([0.0005, 0.0655])
    typed = replace(of, prices=(replace(power, tax=1.0),))
    assert assess(typed)["heat"]["economics"]["electricity"]["law"] is None
    assert assess(replace(of, prices=()))["heat"]["economics"]["lacks"] == ["price"]
    assert assess(study([row]))["heat"]["economics"] is None


def test_heat_or_power_per_megawatt_hour() -> None:
    more = {"orc_carnot_percent": 30.0, "orc_own_use_percent": 20.0, "orc_rejection_temperature": 5.0,
            "rejection_percent": 2.0}  # fmt: skip
    row = warm(cop=4.0, heat_pump="outside", used_percent=100.0)
    of = study([row], network=network(**more, alternative_heat_cost=Quantity(45.0, "EUR/MWh")))
    told = {each["option"]: each for each in assess(of)["heat"]["options"]}
    assert told["heat-direct"]["lacks"] == ["too-cold"]
    assert told["as-it-is"]["heat"] == pytest.approx(4.0 / 3.0)
    assert told["as-it-is"]["primary"] == pytest.approx(-4.0 / 3.0 * 0.5 + 1.0 / 3.0 * 1.2)
    mean = 10.0 / np.log(303.15 / 293.15)
    made = 0.30 * (1.0 - 278.15 / mean) * 0.8
    assert told["power"]["electricity"] == pytest.approx(made)
    assert told["power"]["primary"] == pytest.approx(-1.2 * made)
    assert told["rejected"]["electricity"] == -0.02
    assert told["on-site"]["lacks"] == ["district-heat"]
    abroad = {
        each["option"]: each
        for each in assess(replace(of, settings=replace(of.settings, country="SE")))["heat"]["options"]
    }
    assert abroad["as-it-is"]["primary"] is None


def test_a_study_without_heat_has_no_book_of_it() -> None:
    assert assess(study([]))["heat"] is None


# --- what is wrong in a workbook --------------------------------------------------------------------------------------

MISTAKES: dict[str, tuple[dict[str, Any], dict[str, Any] | None, str]] = {
    "source-order": ({"source_in_c": 20.0, "source_out_c": 30.0}, None, "source_in_c"),
    "sink-order": ({"sink_in_c": 85.0, "sink_out_c": 50.0}, None, "sink_out_c"),
    "sink-colder": ({"source_in_c": 90.0}, None, "sink_out_c"),
    "exchanger-colder": (
        {"heat_pump": "none", "source_in_c": 60.0, "source_out_c": 51.0, "sink_in_c": 50.0, "sink_out_c": 70.0},
        None, "source_in_c",
    ),
    "displaced-kind": ({"displaced_factor": "merit-order", "displaced_kind": "average"}, {}, "displaced_kind"),
    "displaced-kind-blank": ({"displaced_kind": None}, None, "displaced_kind"),
    "heat-simulated-delivered": ({"heat": None, "measured_at": "delivered"}, None, "measured_at"),
    "network-return": ({}, {"return_temperature": 60.0, "highest_temperature": 55.0}, "highest_temperature"),
    "curve-order": (
        {},
        {"cold_outdoor_temperature": 8.0, "mild_outdoor_temperature": -29.0, "supply_temperature_cold": 115.0,
         "supply_temperature_mild": 68.0},
        "mild_outdoor_temperature",
    ),
    "contract-short": ({}, {"contract_from": 2020, "contract_to": 2026}, "contract_to"),
}  # fmt: skip


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_found_at_its_cell(tmp_path: Path, code: str) -> None:
    from inventories.rows import rows_of  # noqa: PLC0415

    row, of, column = MISTAKES[code]
    made = study([warm(**row)], network=None if of is None else network(**of))
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(workbook("fi", rows_of(made)))
    said = [problem for problem in read_workbook(path).problems if problem.code == code]
    assert [problem.column for problem in said] == [column]
    assert said[0].cell
    assert KINDS[code].severity in ("error", "warning")
    right = study([warm()], network=network())
    path.write_bytes(workbook("fi", rows_of(right)))
    assert code not in {problem.code for problem in read_workbook(path).problems}


def test_one_simulated_heat_is_not_two() -> None:
    from inventories.heat_guards import heat_is_known  # noqa: PLC0415

    twice = study([warm(heat=None), warm(id="Q2", heat=None)])
    assert [problem.code for problem in heat_is_known(twice)] == ["heat-simulated-twice"]
    assert not list(heat_is_known(study([warm(heat=None, claim_share_percent=50.0), warm(heat=None)])))


def test_a_merit_order_is_read_in_the_language_of_its_sheet(tmp_path: Path) -> None:
    from inventories.cells import CellError, read_cell  # noqa: PLC0415
    from inventories.format import column  # noqa: PLC0415

    of = column("Heat network", "merit_order")
    assert read_cell(of, "base:8,5; peak: 1 MW", "fi").value == (("base", 8.5), ("peak", 1000.0))
    for wrong in ("base", "base:-1", "base:5 kWh", ":5"):
        with pytest.raises(CellError) as error:
            read_cell(of, wrong, "en")
        assert error.value.code == "merit-unit"


def test_the_range_of_the_displaced_factor_goes_into_what_is_avoided() -> None:
    plain = own("net", 0.10, "kg CO2e/kWh", "B6")
    row = heat(heat_pump="none", displaced_factor="net", used_percent=100.0)
    assert assess(study([row], factors=[plain]))["heat"]["credit"]["range"] is None
    ranged = replace(plain, min=0.05, max=0.12)
    found = assess(study([row], factors=[ranged]))["heat"]["credit"]["range"]
    assert {end: found[end]["location"] for end in found} == pytest.approx({"low": 5_000.0, "high": 12_000.0})


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("displaced_factor", None, "required"),
        ("claim_holder", None, "required"),
        ("displaced_decline_percent", -5, "negative"),
    ],
)
def test_a_row_of_heat_without_what_it_needs_is_an_error(tmp_path: Path, column: str, value: object, code: str) -> None:
    from inventories.rows import rows_of  # noqa: PLC0415

    rows = rows_of(study([warm()]))
    rows["Heat"] = [{**rows["Heat"][0], column: "" if value is None else str(value)}]
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(workbook("en", rows))
    assert [(p.code, p.column) for p in read_workbook(path).problems if p.severity == "error"] == [(code, column)]


def test_key_figures_of_two_sides_of_the_boundary_do_not_compare() -> None:
    """Section 2.1 of the methods: 84 GWh, 40 GWh handed over at COP 4; ERE is 0.629 with the pump on either side."""
    rows = [
        meter(amount=mwh(70_000.0)),
        meter(id="E2", use="cooling", amount=mwh(14_000.0)),
        meter(id="E3", use="power-losses", amount=mwh(0.0)),
    ]
    one, other = (
        assess(study([heat(heat=mwh(40_000.0), heat_pump=side)], energy=rows, capacity_kw=1e4))
        for side in ("outside", "inside")
    )
    compared = comparison(one, other, [])
    told = {row["kpi"]: row for row in compared["kpi"]}
    assert told["ERF"]["values"] == pytest.approx([0.476, 0.548], abs=0.0005)
    assert told["PUE"]["values"] == pytest.approx([1.20, 1.390], abs=0.0005)
    assert told["ERE"]["values"] == pytest.approx([0.629, 0.629], abs=0.0005)
    assert (told["ERF"]["difference"], told["PUE"]["difference"]) == (None, None)
    assert told["ERE"]["difference"] == pytest.approx(0.0, abs=1e-12)
    said = "\n".join(lines(compared, ("a", "b"), Texts("en")))
    assert "PUE and ERF do not compare: A has heat pump outside, B heat pump inside; ERE does." in said


# --- what a review found -------------------------------------------------------------------------


def test_the_columns_of_the_axis_are_their_own_assessments() -> None:
    """Heat that comes first, a pipe, a network that decides: an axis of two gives what two assessments give."""
    pipe = {"pipe_length": 50.0, "pipe_u_value": 0.3, "ground_temperature": 4.0}
    first = warm(id="Q0", heat=mwh(50.0), used_percent=100.0, heat_pump="none", source_in_c=95.0, source_out_c=55.0)

    def made(amount: float) -> Study:
        rows = [replace(first, heat=mwh(amount)), warm(heat_pump="outside", cop=4.0)]
        return study(rows, network=network(demand=mwh(200.0), **pipe))

    both = expand(made(50.0), {"line:Q0:amount": [50.0, 100.0]})
    for place, amount in enumerate((50.0, 100.0)):
        alone = expand(made(amount))
        for one, other in zip(both.heats, alone.heats, strict=True):
            pairs = [(one.delivered, other.delivered), (one.used, other.used), (fed(both, one), fed(alone, other))]
            for told, expected in pairs:
                assert np.broadcast_to(np.ravel(told), 2)[place] == pytest.approx(np.ravel(expected)[0], rel=1e-12)


def test_heat_that_nobody_needs_displaces_nothing_by_merit_order() -> None:
    """20 kW against a need of 10 kW: base 8 kW and 2 kW of the peak stand still, the rest is said to be too much."""
    flat = shaped("need.csv", np.full(HOURS, 10.0))
    of = study(
        [heat(heat=mwh(20.0 * HOURS / 1000.0), heat_pump="none", displaced_factor="merit-order", used_percent=100.0,
              displaced_kind=None)],
        factors=plants(), files=[flat],
        network=network(demand=mwh(10.0 * HOURS / 1000.0), weather_file=None, base_share_percent=None,
                        demand_profile="need.csv", merit_order=(("base", 8.0), ("peak", 100.0))),
    )  # fmt: skip
    found = assess(of)
    assert found["heat"]["credit"]["displaced"]["location"] == pytest.approx(HOURS * (8.0 * 0.02 + 2.0 * 0.30))
    assert "heat-beyond-need" in codes(of)


def test_part_load_takes_all_that_is_offered_where_the_offer_is_the_limit() -> None:
    offered = np.array([10.0, 30.0, 60.0])
    of = match(offered, 0.25, np.full(3, 1e3), Taker(capacity=100.0, part_load_loss=0.2))
    assert of.taken.tolist() == pytest.approx(offered.tolist())
    assert of.electricity.tolist() == pytest.approx((of.made * 0.25 / (1.0 - 0.2 * (1.0 - of.made / 100.0))).tolist())


def test_one_pipe_loses_once_however_many_heats_go_through_it() -> None:
    pipe = {"pipe_length": 100.0, "pipe_u_value": 0.3, "ground_temperature": 4.0}
    many = {"energy": [meter(amount=mwh(5_000.0))], "network": network(demand=mwh(1e5), **pipe)}
    one = study([warm(heat=mwh(2_000.0), used_percent=100.0)], **many)
    two = study([warm(id=name, heat=mwh(1_000.0), used_percent=100.0) for name in ("Q1", "Q2")], **many)
    arrived = [sum(row["fed"] for row in assess(each)["heat"]["years"]) for each in (one, two)]
    assert arrived[0] == pytest.approx(arrived[1])


def test_without_a_displaced_factor_the_pump_outside_still_takes_its_electricity() -> None:
    found = assess(study([warm(heat_pump="outside", cop=4.0, displaced_excludes_this_heat="no")]))
    assert found["heat"]["credit"]["pumped"]["location"] > 0.0
    assert found["heat"]["credit"]["displaced"]["location"] == 0.0
    assert found["heat"]["credit"]["break_even"] is None


def test_an_exchanger_gives_as_much_as_the_return_lets_the_source_give_off() -> None:
    """70 → 40 °C against a return of 50 °C: 20 of 30 K; with 2 transfer units 2/3 of the 20 K."""
    row = warm(cop=4.0, heat_pump="outside", used_percent=100.0, source_in_c=70.0, source_out_c=40.0)
    plain = assess(study([row], network=network()))["heat"]["options"]
    units = assess(study([row], network=network(exchanger_transfer_units=2.0)))["heat"]["options"]
    told = [next(each["heat"] for each in options if each["option"] == "heat-direct") for options in (plain, units)]
    assert told == pytest.approx([20.0 / 30.0, 2.0 / 3.0 * 20.0 / 30.0])


def test_what_a_study_does_with_its_heat_is_what_its_credit_says() -> None:
    row = warm(cop=4.0, heat_pump="outside", used_percent=50.0, network_loss_percent=10.0)
    power = Price(carrier="electricity", price=Quantity(0.0, "EUR/MWh"), network_fee=10.0, tax=0.0)
    priced = network(alternative_heat_cost=Quantity(45.0, "EUR/MWh"))
    found = assess(study([row], network=priced, prices=[power]))
    told = next(each for each in found["heat"]["options"] if each["option"] == "as-it-is")
    for basis in BASES:
        assert told[basis] * 100_000.0 == pytest.approx(-found["heat"]["credit"]["effect"][basis])
    assert told["heat"] == pytest.approx(4.0 / 3.0 * 0.5 * 0.9)
    assert told["money"] == pytest.approx(told["heat"] * 0.045 - 1.0 / 3.0 * 0.010)


def test_nothing_used_makes_a_workbook_all_the_same() -> None:
    row = heat(heat_pump="none", used_percent=0.0)
    document = assess(study([row], reference_pue=1.2))
    assert written(json.loads(json.dumps(document)), "en")


def test_the_weather_of_the_network_is_in_the_input_hash() -> None:
    """Two networks that differ in what they rest on have different hashes; one that does not rest on it has none."""
    of = study([warm(heat_pump="outside", cop=4.0)], network=network())
    assert "kajaani-synthetic" in results._weather(expand(of))
    assert results._law(expand(of))["energy-form:electricity"] == 1.2
    assert results._law(expand(study([]))) == {}


def test_claims_tell_gaps_and_saved_cooling() -> None:
    rows = [heat(year=YearRange(2027, 2028)), heat(year=YearRange(2030, 2030))]
    found = assess(make(years=5, energy=[meter()], heat=rows))
    assert [(row["first"], row["last"]) for row in found["heat"]["ledger"]] == [(2027, 2028), (2030, 2030)]
    saved = assess(study([heat(saved_cooling=mwh(5.0))]))["heat"]
    assert sum(row["location"] for row in saved["ledger"]) == pytest.approx(saved["credit"]["net"]["location"])
    assert saved["ledger"][-1]["holder"] == "facility"


def test_shares_of_a_capacity_need_one() -> None:
    assert [p.code for p in network_in_order(study([], network=network(least_load_percent=10.0)))] == [
        "capacity-missing"
    ]
    stated = network(least_load_percent=10.0, heat_pump_capacity=Quantity(1.0, "MW"))
    assert not list(network_in_order(study([], network=stated)))


def test_a_typed_cop_above_the_limit_is_refused_in_a_network_too() -> None:
    assert "cop-above-lorenz" in codes(study([warm(cop=9.0)], network=network()))


def test_larger_pumps_cover_more_at_less_utilisation_and_surplus_could_make_power() -> None:
    more = {"orc_carnot_percent": 30.0, "orc_own_use_percent": 0.0, "orc_rejection_temperature": 5.0}
    of = study(
        [warm(cop=4.0, heat_pump="outside", heat=mwh(900.0))],
        network=network(demand=mwh(900.0), heat_pump_capacity=Quantity(60.0, "kW"), **more),
    )
    found = assess(of)["heat"]
    coverage, used = ([row[key] for row in found["sizes"]] for key in ("coverage", "utilisation"))
    assert coverage == sorted(coverage)
    assert used == sorted(used, reverse=True)
    assert found["sizes"][2]["used"] == pytest.approx(found["years"][0]["used"])
    left = sum(row["left"] for row in found["months"]["rows"])
    made = next(each["electricity"] for each in found["options"] if each["option"] == "power")
    assert found["months"]["power"] == pytest.approx(left * made)
    assert assess(study([warm(heat_pump="outside")], network=network()))["heat"]["sizes"] == []


def test_a_pump_that_gives_less_than_it_takes_is_refused() -> None:
    of = study(
        [warm(cop=4.0, heat=mwh(0.0))],
        network=network(heat_pump_capacity=Quantity(1.0, "MW"), part_load_loss_percent=80.0),
    )
    assert "part-load-cop" in codes(of)
    nothing = match(np.zeros(3), 0.25, np.full(3, 50.0), Taker(capacity=100.0, part_load_loss=0.5))
    assert nothing.made.tolist() == nothing.taken.tolist() == [0.0, 0.0, 0.0]


def test_months_sum_to_the_years_whoever_decides() -> None:
    rows = [warm(heat=mwh(50.0), used_percent=50.0), warm(id="Q2", heat_pump="outside", cop=4.0)]
    found = assess(study(rows, network=network(heat_pump_capacity=Quantity(10.0, "kW"))))["heat"]
    months = found["months"]["rows"]
    for key in ("offered", "taken"):
        assert sum(row[key] for row in months) == pytest.approx(sum(row[key] for row in found["years"]))
    assert min(row["left"] for row in months) >= -1e-9


def test_pumping_is_paid_and_counted_wherever_the_heat_is() -> None:
    pipe = {
        "pipe_length": 300.0, "pipe_u_value": 0.1, "ground_temperature": 4.0, "pressure_gradient": 250.0,
        "pump_efficiency_percent": 70.0, "return_temperature": 50.0, "highest_temperature": 70.0, **AGREED,
    }  # fmt: skip
    row = warm(cop=4.0, heat_pump="outside", heat=mwh(900.0), used_percent=100.0)
    of = study([row], discount_rate=5.0, network=network(demand=mwh(1e4), **pipe))
    assert assess(of)["heat"]["economics"]["lacks"] == ["price"]
    power = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), tax=0.0)
    found = assess(replace(of, prices=(power,)))["heat"]
    pumped = next(each.value for each in expand(of).marks if each.code == "pipe-pumping")
    assert pumped == pytest.approx(1_200_000.0 / (977.8 * 4.19 * 20.0) * 250.0 * 600.0 / 0.7 / 1000.0)
    told = next(each for each in found["options"] if each["option"] == "as-it-is")
    assert told["electricity"] * 900_000.0 == pytest.approx(-(300_000.0 + pumped))
    assert found["economics"]["user"]["electricity"] == pytest.approx((300_000.0 + pumped) * 0.060)


def test_saved_cooling_is_in_what_the_study_does_with_its_heat() -> None:
    found = assess(study([warm(cop=4.0, heat_pump="outside", saved_cooling=mwh(10.0))]))["heat"]
    told = next(each for each in found["options"] if each["option"] == "as-it-is")
    for basis in BASES:
        assert told[basis] * 100_000.0 == pytest.approx(-found["credit"]["effect"][basis])


def test_what_displaces_nothing_is_not_told_as_displacing() -> None:
    rows = [warm(heat_pump="outside", cop=4.0), warm(id="Q2", heat_pump="outside", cop=4.0,
                                                     displaced_excludes_this_heat="no")]  # fmt: skip
    found = assess(study(rows))["heat"]
    assert [row["fed"] > 0.0 for row in found["years"]] == [True, False]
    assert {row["cleaner"] is None for row in found["methods"] if not row["lacks"]} == {True}
    flow = found["flow"]
    assert flow["delivered"] == pytest.approx(flow["fed"] + flow["lost"] + flow["unused"])


def test_an_agreement_whose_heat_arrives_nowhere_tells_what_is_missing() -> None:
    row = warm(cop=4.0, heat_pump="outside", used_percent=100.0, network_loss_percent=100.0)
    power = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), tax=0.0)
    of = study([row], discount_rate=5.0, prices=[power], network=network(**AGREED))
    assert assess(of)["heat"]["economics"] == {"lacks": ["heat"]}
