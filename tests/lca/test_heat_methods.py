"""Recovered heat of a study: every method, the credit, who claims it, and what it is worth."""

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventories.study import Price
from inventories.values import Quantity, YearRange
from lca.assess import assess
from lca.compare import comparison
from lca.expand import expand
from lca.heat import sharing
from lca.heat.agreement import Side, annuity, band, levelised
from lca.prices import cost_of
from lca.simulation import KELVIN
from lca.system import BASES
from templates.comparison import lines
from templates.resultbook.book import written
from templates.texts import Texts
from tests.lca.warm import AT, mwh, study, warm
from tests.studies import heat, make, meter, network, own, shipped_example


def of_kaj_10() -> list[Any]:
    """Meters of the reference case: 84 GWh, of which the IT 70."""
    return [
        meter(amount=mwh(70_000.0)),
        meter(id="E2", use="cooling", amount=mwh(14_000.0)),
        meter(id="E3", use="power-losses", amount=mwh(0.0)),
    ]


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
    assert lacks["H4"] == ["displaced_factor"]
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
    "user_investment": Quantity(30_000.0, "EUR"), "user_upkeep": Quantity(0.0, "EUR/a"), "producer": "A", "user": "B",
    "producer_investment": Quantity(0.0, "EUR"), "producer_upkeep": Quantity(0.0, "EUR/a"),
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


def test_the_range_of_the_displaced_factor_goes_into_what_is_avoided() -> None:
    plain = own("net", 0.10, "kg CO2e/kWh", "B6")
    row = heat(heat_pump="none", displaced_factor="net", used_percent=100.0)
    assert assess(study([row], factors=[plain]))["heat"]["credit"]["range"] is None
    ranged = replace(plain, min=0.05, max=0.12)
    found = assess(study([row], factors=[ranged]))["heat"]["credit"]["range"]
    assert {end: found[end]["location"] for end in found} == pytest.approx({"low": 5_000.0, "high": 12_000.0})


def test_key_figures_of_two_sides_of_the_boundary_do_not_compare() -> None:
    """Section 2.1 of the methods: 84 GWh, 40 GWh handed over at COP 4; ERE is 0.629 with the pump on either side."""
    rows = of_kaj_10()
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


def test_without_a_displaced_factor_d2_is_not_computed_and_no_credit_told() -> None:
    found = assess(study([warm(heat_pump="outside", cop=4.0, displaced_excludes_this_heat="no")]))
    assert [row for row in found["outside"] if row["module"] == "D2"] == []
    credit = found["heat"]["credit"]
    assert {credit[key] for key in ("displaced", "net", "effect", "break_even", "range")} == {None}
    assert [row["credit_each"] for row in found["heat"]["methods"] if row["method"] == "H6"] == [None]
    assert "displaced-self" in {problem["code"] for problem in found["problems"]}
    assert written(json.loads(json.dumps(found)), "en")


def test_half_the_credit_is_half_of_what_recovery_avoids_wherever_its_pump_stands() -> None:
    """KAJ-10: (53,333 MWh × 0.080 − 13,333 MWh × EF) / 2, inside the boundary as outside."""
    halves = []
    for side in ("outside", "inside"):
        found = assess(study([heat(heat=mwh(40_000.0), heat_pump=side)], energy=of_kaj_10(), capacity_kw=1e4))
        half = next(row["credit_each"] for row in found["heat"]["methods"] if row["method"] == "H6")
        assert half == pytest.approx({basis: value / 2.0 for basis, value in found["heat"]["credit"]["effect"].items()})
        halves.append(half)
    assert halves[0] == pytest.approx(halves[1])


def test_a_blank_reference_pue_is_that_of_the_format_marked() -> None:
    blank, typed = (assess(study([heat()], **of)) for of in ({}, {"reference_pue": 1.25}))
    share = [next(row["share"] for row in each["heat"]["methods"] if row["method"] == "H4") for each in (blank, typed)]
    assert share[0] == share[1]
    marked = [value for value in blank["passport"]["values"] if value["column"] == "reference_pue"]
    assert [(value["value"], value["status"]) for value in marked] == [(1.25, "default")]


def test_a_price_below_nothing_or_no_revenue_shares_nothing() -> None:
    revenue = Quantity(1e6, "EUR/a")
    paid = assess(study([heat(heat_price=Quantity(-5.0, "EUR/MWh"))], it_revenue=revenue))
    free = assess(study([heat(heat_price=Quantity(5.0, "EUR/MWh"))], it_revenue=Quantity(0.0, "EUR/a")))
    lacks = [next(row["lacks"] for row in each["heat"]["methods"] if row["method"] == "H5") for each in (paid, free)]
    assert lacks == [["heat_price_negative"], ["it_revenue_nothing"]]
    hot = assess(study([warm(cop=4.0, heat_pump="outside")], reference_temperature=40.0))
    assert next(row["lacks"] for row in hot["heat"]["methods"] if row["method"] == "H3") == ["ambient"]


def test_costs_that_nobody_stated_are_missing_and_not_nothing() -> None:
    row = warm(cop=5.0, heat_pump="outside", used_percent=100.0, heat_price=Quantity(20.0, "EUR/MWh"))
    power = Price(carrier="electricity", price=Quantity(60.0, "EUR/MWh"), tax_class="III")
    partly = {key: value for key, value in AGREED.items() if key != "producer_upkeep"}
    of = study([row], discount_rate=5.0, prices=[power], network=network(**partly))
    assert assess(of)["heat"]["economics"]["lacks"] == ["producer_upkeep", "tax"]


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


def test_claims_tell_gaps_and_saved_cooling() -> None:
    rows = [heat(year=YearRange(2027, 2028)), heat(year=YearRange(2030, 2030))]
    found = assess(make(years=5, energy=[meter()], heat=rows))
    assert [(row["first"], row["last"]) for row in found["heat"]["ledger"]] == [(2027, 2028), (2030, 2030)]
    saved = assess(study([heat(saved_cooling=mwh(5.0))]))["heat"]
    assert sum(row["location"] for row in saved["ledger"]) == pytest.approx(saved["credit"]["net"]["location"])
    assert saved["ledger"][-1]["holder"] == "facility"


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
