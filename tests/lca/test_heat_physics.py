"""Heat pumps, exchangers, heat to power, networks: published points, limits, and what physics never does."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inventories.datafile import HOURS
from lca.heat import cop, network, pump
from lca.heat.match import LIMITS, Match, Taker, match
from lca.heat.pump import Ports, RangeError
from lca.weather import normals, synthetic
from tests.studies import heat

KAJAANI = Ports(30.0, 20.0, 50.0, 85.0)
KELVIN = 273.15
POINTS = [
    # sink in, out, source in, out: Lorenz, 0.50 of it, ammonia, Jesper (published comparison, recomputed below by hand)
    (50.0, 85.0, 30.0, 20.0, 8.06, 4.03, 3.57, 2.86),
    (50.0, 85.0, 40.0, 30.0, 10.56, 5.28, 4.21, 3.56),
    (50.0, 85.0, 45.0, 35.0, 12.50, 6.25, 4.62, 3.98),
    (50.0, 75.0, 30.0, 20.0, 8.98, 4.49, 3.90, 3.56),
    (45.0, 65.0, 30.0, 20.0, 10.96, 5.48, 4.45, 4.47),
    (50.0, 115.0, 45.0, 35.0, 8.54, 4.27, 3.53, 2.48),
]


def test_the_logarithmic_mean_and_the_limit_of_the_plant_at_kajaani() -> None:
    sink = (358.15 - 323.15) / math.log(358.15 / 323.15)
    source = (303.15 - 293.15) / math.log(303.15 / 293.15)
    assert [KAJAANI.sink, KAJAANI.source] == pytest.approx([sink, source])
    assert sink == pytest.approx(340.35, abs=0.005)
    limit = sink / (sink - source)
    assert pump.lorenz(KAJAANI.sink, KAJAANI.source) == pytest.approx(limit)
    assert limit == pytest.approx(8.06, abs=0.005)
    nameplate = 33.5 / (33.5 - 25.8)
    assert nameplate == pytest.approx(4.35, abs=0.005)
    assert nameplate / limit == pytest.approx(0.54, abs=0.005)


@pytest.mark.parametrize(
    ("sink_in", "sink_out", "source_in", "source_out", "limit", "half", "ammonia", "market"), POINTS
)
def test_every_model_at_published_points(
    sink_in: float, sink_out: float, source_in: float, source_out: float, limit: float, half: float, ammonia: float,
    market: float,
) -> None:  # fmt: skip
    ports = Ports(source_in, source_out, sink_in, sink_out)
    assert pump.lorenz(ports.sink, ports.source) == pytest.approx(limit, abs=0.005)
    assert pump.by_lorenz(ports, 0.5) == pytest.approx(half, abs=0.005)
    assert pump.by_jensen(ports, "ammonia") == pytest.approx(ammonia, abs=0.005)
    assert pump.by_jesper(ports) == pytest.approx(market, abs=0.005)


def test_jensen_term_by_term() -> None:
    sink, source = 340.350, 298.122
    lift, glide = 85.0 - 20.0 + 2 * 5.0, 85.0 - 50.0
    condenser = -0.0011 * lift + 0.3 * glide + 2.4
    wasted = 0.0035 * lift - 0.0033 * glide + 0.053
    upper = 1 + (condenser + 5.0) / sink
    lower = 1 + (condenser + (30.0 - 20.0) / 2 + 2 * 5.0) / (sink - source)
    by_hand = sink / (sink - source) * upper / lower * 0.8 * (1 - wasted) + 1 - 0.8
    assert pump.by_jensen(KAJAANI, "isobutane") == pytest.approx(by_hand, rel=1e-4)
    assert by_hand == pytest.approx(3.47, abs=0.005)


def test_carnot_as_oemof_thermal_tests_it() -> None:
    """Case A-12: the heat pump; the limit of a heating output is its COP over nominal heat per electricity."""
    assert pump.by_carnot(Ports(12.0, 12.0, 40.0, 40.0), 0.4) == pytest.approx(4.473571428571428, rel=1e-9)
    assert pump.by_carnot(Ports(2.3, 2.3, 40.0, 40.0), 0.5) == pytest.approx(4.15318302387268, rel=1e-9)
    assert 0.8 * pump.by_carnot(Ports(1.3, 1.3, 40.0, 40.0), 0.5) == pytest.approx(3.236692506459949, rel=1e-9)
    cooled = pump.by_carnot(Ports(17.0, 17.0, 35.0, 35.0), 0.45) - 0.45  # COP of cooling: less its own work
    assert cooled == pytest.approx(7.25375, rel=1e-9)


@pytest.mark.parametrize(
    ("asked", "quantity"),
    [
        (lambda: pump.by_lorenz(Ports(30.0, 20.0, 22.0, 32.0), 0.5), "lift"),
        (lambda: pump.by_carnot(Ports(60.0, 58.0, 50.0, 62.0), 0.5), "lift"),
        (lambda: pump.by_jensen(Ports(60.0, 50.0, 50.0, 69.0), "ammonia"), "lift"),
        (lambda: pump.by_jesper(Ports(5.0, 0.0, 50.0, 90.0)), "lift"),
        (lambda: pump.by_jesper(Ports(65.0, 60.0, 50.0, 90.0)), "source"),
        (lambda: pump.by_jesper(Ports(110.0, 100.0, 90.0, 165.0)), "sink"),
        (lambda: pump.effectiveness(-1.0, 0.5), "transfer units"),
        (lambda: pump.effectiveness(1.0, 1.5), "capacity ratio"),
    ],
    ids=["lorenz", "carnot", "jensen", "jesper lift", "jesper source", "jesper sink", "exchanger", "exchanger ratio"],
)
def test_a_model_outside_of_where_it_holds_gives_no_number(asked: object, quantity: str) -> None:
    with pytest.raises(RangeError) as error:
        asked()  # type: ignore[operator]
    assert error.value.quantity == quantity
    assert not error.value.low <= error.value.value <= error.value.high


def test_hours_of_a_network_at_once_give_what_each_gives() -> None:
    warm = np.array([68.0, 85.0, 115.0])
    together = pump.by_jesper(Ports(45.0, 35.0, 50.0, warm))
    each = [float(pump.by_jesper(Ports(45.0, 35.0, 50.0, at))) for at in warm]
    assert np.asarray(together).tolist() == each


temperatures = st.floats(-10.0, 110.0)
spans = st.floats(0.0, 40.0)


@st.composite
def ports(draw: st.DrawFn) -> Ports:
    source, sink = draw(temperatures), draw(temperatures)
    drop, rise = draw(spans), draw(spans)
    found = Ports(source, source - drop, sink, sink + rise)
    assume(found.sink - found.source >= 6.0 and found.sink_out - found.source_out >= 6.0)
    return found


@given(ports(), st.floats(0.05, 0.9), st.floats(0.0, 0.1), st.floats(0.1, 20.0))
def test_better_machines_are_never_worse_and_hotter_sinks_never_better(
    at: Ports, share: float, more: float, hotter: float
) -> None:
    warmer = Ports(at.source_in, at.source_out, at.sink_in + hotter, at.sink_out + hotter)
    for model in (pump.by_lorenz, pump.by_carnot):
        assert model(at, share + more) >= model(at, share)
        assert model(warmer, share) <= model(at, share) * (1 + 1e-12)
    assert pump.with_auxiliaries(4.0, more) <= 4.0


@given(ports(), st.floats(0.05, 0.9))
def test_two_stages_help_a_carnot_machine_and_leave_a_lorenz_machine_its_limit(at: Ports, share: float) -> None:
    colder, warmer = pump.halves(at)
    assume(min(each.sink_out - each.source_out for each in (colder, warmer)) >= 5.0)
    assume(min(each.sink - each.source for each in (colder, warmer)) >= 5.0)
    two = pump.in_series((pump.by_carnot(colder, share), pump.by_carnot(warmer, share)))
    assert two >= pump.by_carnot(at, share) * (1 - 1e-9)
    limit = pump.lorenz(at.sink, at.source)
    assert pump.in_series((pump.by_carnot(colder, 1.0), pump.by_carnot(warmer, 1.0))) <= limit * (1 + 1e-9)
    assert pump.in_series((pump.lorenz(colder.sink, colder.source), pump.lorenz(warmer.sink, warmer.source))) == (
        pytest.approx(limit, rel=0.02)
    )


@given(st.floats(0.0, 20.0), st.floats(0.0, 20.0), st.floats(0.0, 1.0))
def test_a_larger_exchanger_is_never_less_effective(one: float, other: float, ratio: float) -> None:
    small, large = sorted((one, other))
    assert 0.0 <= pump.effectiveness(small, ratio) <= pump.effectiveness(large, ratio) + 1e-12 <= 1.0 + 1e-9
    assert pump.effectiveness(small, 1.0) == pytest.approx(pump.effectiveness(small, 1.0 - 1e-9), abs=1e-6)


def test_heat_to_power_as_measured_and_as_a_last_resort() -> None:
    carnot = 1.0 - 293.15 / (43.0 + KELVIN)
    assert 0.019 / carnot == pytest.approx(0.26, abs=0.01)  # Araya et al. 2020: 1.9 % at 43 °C, by its inlet
    made = 40_000.0 * pump.heat_to_power(30.0, 20.0, 5.0, 0.30)
    assert made == pytest.approx(804.0, abs=1.0)
    assert pump.heat_to_power(10.0, 4.0, 20.0, 0.3) == 0.0


def test_what_every_model_says_of_a_row_is_told_with_its_range() -> None:
    row = heat(cop=None, eta_lorenz=0.54, source_in_c=5.0, source_out_c=0.0, sink_in_c=50.0, sink_out_c=90.0)
    at = cop.stated_ports(row)
    assert at is not None
    told = {each.model: each for each in cop.points(row, at)}
    assert told["lorenz"].share == 0.54
    assert told["carnot"].share == cop.COMPARED["carnot"]
    assert (told["jesper"].cop, told["jesper"].quantity, told["jesper"].high) == (None, "lift", 78.0)
    assert told["jesper"].as_json()["low"] == 10.0


def test_degree_days_of_the_synthetic_year_are_those_of_kajaani() -> None:
    """Finnish Meteorological Institute: S17 of Kajaani is about 5,240 Kd in the normal period."""
    days = network.degree_days(synthetic(normals("kajaani-synthetic")))
    assert days.sum() == pytest.approx(5240.0, rel=0.005)
    assert len(days) == 365


def test_the_pipe_of_the_test_vector() -> None:
    assert network.pipe_loss(0.30, 85.0, 50.0, 4.0) == pytest.approx(0.30 * (81.0 + 46.0))
    year = float(np.asarray(network.pipe_loss(0.30, 85.0, 50.0, 4.0))) * 35_000 * HOURS / 1e9
    assert year == pytest.approx(11.7, abs=0.05)  # GWh of 35 km


def need() -> np.ndarray:
    return network.demand(synthetic(normals("kajaani-synthetic")), 341e6, 0.2)


def test_demand_sums_to_the_year_and_follows_the_cold() -> None:
    of = need()
    assert of.sum() == pytest.approx(341e6, rel=1e-12)
    assert of[:744].sum() > 5 * of[4344:5088].sum()  # January against July
    assert of.min() == pytest.approx(341e6 * 0.2 / 8760)


@pytest.mark.parametrize(
    ("megawatts", "covered"), [(10.0, 0.25), (20.0, 0.46), (33.5, 0.70), (50.0, 0.90), (60.0, 0.97)]
)
def test_coverage_by_size_is_near_the_published_illustration(megawatts: float, covered: float) -> None:
    """A synthetic year like Kajaani's with 5,270 Kd, 341 GWh and a base of 20 %; ours is another synthetic year."""
    of = match(np.full(HOURS, 1e9), 0.25, need(), Taker(capacity=megawatts * 1000.0))
    assert of.used.sum() / 341e6 == pytest.approx(covered, abs=0.035)


def balanced(of: Match) -> None:
    assert of.taken + of.electricity == pytest.approx(of.made)
    assert np.all(of.taken <= of.offered * (1 + 1e-9) + 1e-9)


@given(
    st.lists(st.floats(0.0, 100.0), min_size=3, max_size=12),
    st.lists(st.floats(0.0, 100.0), min_size=12, max_size=12),
    st.floats(0.0, 0.6),
    st.floats(0.1, 80.0),
    st.floats(0.0, 200.0),
    st.floats(0.0, 0.9),
    st.floats(0.0, 40.0),
)
def test_a_match_conserves_energy_and_never_gives_what_nobody_needs(
    offered: list[float], needed: list[float], per: float, capacity: float, store: float, least: float, must_run: float
) -> None:
    offer, want = np.array(offered), np.array(needed[: len(offered)])
    taker = Taker(capacity=capacity, least=least, must_run=must_run, store=store, store_loss=0.01)
    of = match(offer, per, want, taker)
    balanced(of)
    assert np.all(of.made <= capacity * (1 + 1e-9))
    assert np.all(of.used <= want + 1e-9)
    assert of.used.sum() <= of.made.sum() + store * (1 + 1e-9)
    assert sum(float(of.hours(limit)) for limit in LIMITS) == len(offered)
    without = match(offer, per, want, Taker(capacity=capacity, must_run=must_run))
    assert np.all(without.used >= match(offer, per, want, Taker(capacity=capacity / 2, must_run=must_run)).used - 1e-9)


def test_each_limit_binds_where_it_should() -> None:
    offered, want = np.array([30.0, 30.0, 3.0, 300.0]), np.array([100.0, 20.0, 100.0, 100.0])
    of = match(offered, 0.25, want, Taker(capacity=50.0, least=0.2))
    assert [LIMITS[i] for i in of.binding] == ["offer", "need", "minimum", "capacity"]
    assert of.made.tolist() == [40.0, 20.0, 0.0, 50.0]


def test_the_minimum_take_goes_before_what_must_run() -> None:
    of = match(np.full(3, 100.0), 0.0, np.array([50.0, 30.0, 5.0]), Taker(must_run=25.0, minimum_take=10.0))
    assert of.used.tolist() == [25.0, 10.0, 5.0]


def test_a_store_keeps_no_heat_that_nobody_needs() -> None:
    """Others give all the heat there is room for: nothing is used, so nothing is made to fill what the store loses."""
    of = match(np.full(48, 30.0), 0.25, np.full(48, 50.0), Taker(must_run=1e6, store=200.0, store_loss=0.001))
    assert (of.made.sum(), of.electricity.sum(), of.used.sum()) == (0.0, 0.0, 0.0)
    short = np.where(np.arange(48) < 24, 20.0, 60.0)  # 40 kW can be made: 20 spare by day, 20 short by night
    stored = match(np.full(48, 30.0), 0.25, short, Taker(store=200.0, store_loss=0.001))
    assert stored.used.sum() > match(np.full(48, 30.0), 0.25, short, Taker()).used.sum()


def test_a_store_moves_heat_to_the_next_hours_and_a_year_begins_as_it_ends() -> None:
    offered, want = np.array([40.0, 0.0, 40.0, 0.0]), np.array([10.0, 20.0, 10.0, 20.0])
    of = match(offered, 0.0, want, Taker(store=25.0))
    assert of.used.tolist() == [10.0, 20.0, 10.0, 20.0]
    assert of.made.sum() == pytest.approx(of.used.sum())
    slow = match(offered, 0.0, want, Taker(store=25.0, store_power=5.0))
    assert slow.used.tolist() == [10.0, 5.0, 10.0, 5.0]


def test_part_load_takes_more_electricity_for_the_same_heat() -> None:
    full = match(np.full(1, 100.0), 0.25, np.array([20.0]), Taker(capacity=40.0))
    part = match(np.full(1, 100.0), 0.25, np.array([20.0]), Taker(capacity=40.0, part_load_loss=0.1))
    assert part.made == full.made
    assert part.electricity == pytest.approx(full.electricity / (1.0 - 0.1 * 0.5))


def test_a_boiler_adds_what_the_pump_does_not_reach() -> None:
    reach = (85.0 - 50.0) / (115.0 - 50.0)
    of = match(np.full(1, 100.0), 0.0, np.array([65.0]), Taker(), reach)
    assert of.used == pytest.approx(35.0)
    assert of.topped == pytest.approx(30.0)
