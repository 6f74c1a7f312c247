"""Recovered heat of a study: COP from temperatures, what a network takes of it, what it displaces."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from inventories.datafile import HOURS, DataFile
from inventories.study import EnergyRow, Study
from inventories.values import Quantity
from lca import results
from lca.assess import assess
from lca.expand import expand
from lca.heat.match import Taker, match
from lca.heat.pump import by_lorenz
from lca.outside import fed
from lca.simulation import KELVIN
from tests.lca.test_simulation import sheet
from tests.lca.warm import LORENZ, codes, mwh, study, warm, year
from tests.studies import contract, heat, meter, network, own, shipped_example

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
    assert [row.owner for row in of.energy if row.use == "heat-pump"] == ["utility"]
    without = assess(replace(of, heat=()))
    assert assess(of)["totals"] == without["totals"]
    assert "heat-pump-theirs" in {problem["code"] for problem in without["problems"]}
    ours = assess(replace(of, heat=(), energy=tuple(replace(row, owner=None) for row in of.energy)))
    assert ours["totals"]["location"]["total"] - without["totals"]["location"]["total"] == pytest.approx(
        40_000e3 / 3.0 * 0.040
    )
    assert "heat-pump-alone" in {problem["code"] for problem in ours["problems"]}


def test_an_exchanger_warms_no_water_above_its_source() -> None:
    """A source of 60 °C warms a network of 70 °C and a return of 50 °C halfway: a boiler adds the other half."""
    curve = {"supply_temperature_mild": 70.0, "supply_temperature_cold": 70.0, "mild_outdoor_temperature": 8.0,
             "cold_outdoor_temperature": -26.0, "return_temperature": 50.0}  # fmt: skip
    row = warm(heat_pump="none", eta_lorenz=None, cop=None, source_in_c=60.0, source_out_c=55.0, sink_in_c=50.0,
               sink_out_c=58.0, heat=mwh(900.0))  # fmt: skip
    found = assess(study([row], network=network(**curve)))["heat"]["years"][0]
    assert found["topped"] == pytest.approx(found["used"])
    stated = assess(study([row], network=network(**curve, highest_temperature=60.0)))["heat"]["years"][0]
    assert found["used"] == pytest.approx(stated["used"])


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


def test_an_exchanger_gives_as_much_as_the_return_lets_the_source_give_off() -> None:
    """70 → 40 °C against a return of 50 °C: 20 of 30 K; with 2 transfer units 2/3 of the 20 K."""
    row = warm(cop=4.0, heat_pump="outside", used_percent=100.0, source_in_c=70.0, source_out_c=40.0)
    plain = assess(study([row], network=network()))["heat"]["options"]
    units = assess(study([row], network=network(exchanger_transfer_units=2.0)))["heat"]["options"]
    told = [next(each["heat"] for each in options if each["option"] == "heat-direct") for options in (plain, units)]
    assert told == pytest.approx([20.0 / 30.0, 2.0 / 3.0 * 20.0 / 30.0])


def test_the_weather_of_the_network_is_in_the_input_hash() -> None:
    """Two networks that differ in what they rest on have different hashes; one that does not rest on it has none."""
    of = study([warm(heat_pump="outside", cop=4.0)], network=network())
    assert "kajaani-synthetic" in results._weather(expand(of))
    assert results._law(expand(of))["energy-form:electricity"] == 1.2
    assert results._law(expand(study([]))) == {}


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


def test_months_sum_to_the_years_whoever_decides() -> None:
    rows = [warm(heat=mwh(50.0), used_percent=50.0), warm(id="Q2", heat_pump="outside", cop=4.0)]
    found = assess(study(rows, network=network(heat_pump_capacity=Quantity(10.0, "kW"))))["heat"]
    months = found["months"]["rows"]
    for key in ("offered", "taken"):
        assert sum(row[key] for row in months) == pytest.approx(sum(row[key] for row in found["years"]))
    assert min(row["left"] for row in months) >= -1e-9
