"""25 years by the hour: load, cooling and heat against one multiply-add over as many values."""

import statistics
import time
from collections.abc import Callable

RUNS = 21
YEARS = 25
MOST = 0.5
"""Seconds that 25 years by the hour may take at most."""


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begins = time.perf_counter()
        work()
        times.append(time.perf_counter() - begins)
    return statistics.median(times)


def simulated() -> tuple[float, float]:
    """Medians of simulating 25 years with two loops, a UPS and a network that takes the heat, and of a multiply-add."""
    import numpy as np  # noqa: PLC0415

    from lca.heat.match import Taker, match  # noqa: PLC0415
    from lca.heat.network import demand  # noqa: PLC0415
    from lca.simulation import Chiller, Hall, Loop, Ups, loss_coefficients, simulate  # noqa: PLC0415
    from lca.weather import normals, synthetic  # noqa: PLC0415

    loops = (Loop(0.8, 32.0, 42.0, 8.0, 0.03), Loop(0.2, 20.0, 28.0, 6.0, 0.05))
    ups = Ups(20_000.0, 8, loss_coefficients(0.95, 0.97, 0.968), "N+1")
    hall = Hall(loops, Chiller(0.5, 3.0, 12.0), ups, 0.98, 20.0, captured=0.7, exchanger=3.0)
    outdoor = synthetic(normals("kajaani-synthetic"))
    need = demand(outdoor, 341e6 / 4, 0.2)
    load = np.linspace(5000.0, 15000.0, YEARS)[:, None] * np.ones(len(outdoor))

    def hours() -> object:
        found = simulate(hall, load, outdoor)
        taken = match(found.heat, 0.23, need, Taker(capacity=9000.0))
        return found.total.sum(axis=1), found.cooling.sum(axis=1), taken.used.sum(axis=1)

    one, two, out = np.ones(load.size), np.ones(load.size), np.empty(load.size)

    def multiply_add() -> object:
        np.multiply(one, two, out=out)
        return np.add(out, one, out=out)

    return _median(hours), _median(multiply_add)


def matched() -> float:
    """Seconds of assessing 25 years: hourly contracts and grid, a simulated hall, its heat to a network."""
    from dataclasses import replace  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415

    from inventories.datafile import DataFile  # noqa: PLC0415
    from inventories.keyed import Simulation  # noqa: PLC0415
    from inventories.values import Quantity  # noqa: PLC0415
    from lca.assess import assess  # noqa: PLC0415
    from tests.studies import contract, heat, make, meter, network  # noqa: PLC0415

    rng = np.random.default_rng(1)
    files = tuple(
        DataFile(file=name, unit="", values=tuple(rng.random(8760).tolist()), start="2025-01-01T00:00Z")
        for name in ("load.csv", "wind.csv", "grid.csv")
    )
    hall = Simulation(
        weather_file="kajaani-synthetic", cooling_type="chilled-water", supply_temperature=20.0, approach=6.0,
        return_temperature=26.0, chiller_efficiency_percent=50.0, evaporator_approach=3.0, condenser_approach=12.0,
        fan_and_pump_percent=3.0, distribution_efficiency_percent=98.0, capture_share_percent=70.0,
    )  # fmt: skip
    wind = contract(amount=Quantity(500, "MWh"), matching="hourly", profile="wind.csv")
    it = meter(amount=Quantity(7000, "MWh"), profile="load.csv")
    warm = heat(heat=None, heat_pump="outside", source_in_c=30.0, source_out_c=20.0, sink_in_c=50.0, sink_out_c=85.0,
                eta_lorenz=0.54)  # fmt: skip
    study = make(years=YEARS, energy=[it], contracts=[wind], heat=[warm], grid_profile="grid.csv")
    made = replace(study, simulation=hall, files=files, network=network(demand=Quantity(9000, "MWh")))
    assess(made)
    begins = time.perf_counter()
    assess(made)
    return time.perf_counter() - begins
