"""Guards on recovered heat as typed: temperatures in their order, what is displaced, whose heat it is."""

from collections.abc import Callable, Iterator

from factors.problems import Problem
from inventories.references import MERIT_ORDER
from inventories.study import HeatRow, Study


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def temperatures_in_order(study: Study) -> Iterator[Problem]:
    """A source is cooled, a sink is heated, and a pump lifts heat from the one to the other."""
    for i, row in enumerate(study.heat):
        for column, colder, warmer, code in _orders(row):
            if colder is not None and warmer is not None and warmer <= colder:
                told = {"id": row.id, "other": _plain(colder)}
                yield Problem(code, "Heat", i, column, _plain(warmer), told)


def _orders(row: HeatRow) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Pairs of temperatures of which the second is above the first."""
    yield "source_in_c", row.source_out_c, row.source_in_c, "source-order"
    yield "sink_out_c", row.sink_in_c, row.sink_out_c, "sink-order"
    if row.heat_pump == "none":
        yield "source_in_c", row.sink_out_c, row.source_in_c, "exchanger-colder"
        yield "source_out_c", row.sink_in_c, row.source_out_c, "exchanger-colder"
    else:
        yield "sink_out_c", row.source_in_c, row.sink_out_c, "sink-colder"


def network_in_order(study: Study) -> Iterator[Problem]:
    """A network comes back colder than it leaves, is warmest in the cold, and its contract ends after it begins."""
    of = study.network
    if of is None:
        return
    pairs = (
        ("supply_temperature_mild", of.return_temperature, of.supply_temperature_mild, "network-return"),
        ("supply_temperature_cold", of.return_temperature, of.supply_temperature_cold, "network-return"),
        ("highest_temperature", of.return_temperature, of.highest_temperature, "network-return"),
        ("mild_outdoor_temperature", of.cold_outdoor_temperature, of.mild_outdoor_temperature, "curve-order"),
    )
    for column, colder, warmer, code in pairs:
        if colder is not None and warmer is not None and warmer <= colder:
            yield Problem(code, "Heat network", None, column, _plain(warmer), {"other": _plain(colder)})
    for column in ("least_load_percent", "part_load_loss_percent"):
        if getattr(of, column) and of.heat_pump_capacity is None:
            yield Problem("capacity-missing", "Heat network", None, column, _plain(getattr(of, column)))
    for i, row in enumerate(study.heat):
        back, source = of.return_temperature, row.source_in_c
        if row.heat_pump == "none" and back is not None and source is not None and source <= back:
            told = {"id": row.id, "other": _plain(back)}
            yield Problem("exchanger-colder", "Heat", i, "source_in_c", _plain(source), told)
    cold, mild = of.supply_temperature_cold, of.supply_temperature_mild
    if cold is not None and mild is not None and cold < mild:
        told = {"other": _plain(mild)}
        yield Problem("curve-order", "Heat network", None, "supply_temperature_cold", _plain(cold), told)
    if of.contract_from is not None and of.contract_to is not None and of.contract_to < of.contract_from:
        told = {"first": str(of.contract_from)}
        yield Problem("contract-backwards", "Heat network", None, "contract_to", str(of.contract_to), told)
    delivered = [year for row in study.heat for year in study.settings.years if row.year is None or year in row.year]
    if of.contract_to is not None and delivered and of.contract_to < max(delivered):
        told = {"last": str(max(delivered))}
        yield Problem("contract-short", "Heat network", None, "contract_to", str(of.contract_to), told)


def displaced_is_chosen(study: Study) -> Iterator[Problem]:
    """What the displaced heat is was chosen: the average of the network, the marginal unit, a plant not built."""
    for i, row in enumerate(study.heat):
        by_merit = row.displaced_factor == MERIT_ORDER
        if by_merit and row.displaced_kind not in (None, "marginal"):
            yield Problem("displaced-kind", "Heat", i, "displaced_kind", str(row.displaced_kind), {"id": row.id})
        elif row.displaced_kind is None and not by_merit:
            yield Problem("displaced-kind-blank", "Heat", i, "displaced_kind", "", {"id": row.id})


def heat_is_known(study: Study) -> Iterator[Problem]:
    """Heat that the simulated hall gives is that at the source, and is one heat."""
    blank = [(i, row) for i, row in enumerate(study.heat) if row.heat is None]
    for i, row in blank:
        if row.measured_at == "delivered":
            yield Problem("heat-simulated-delivered", "Heat", i, "measured_at", row.measured_at, {"id": row.id})
        if row.id != blank[0][1].id:
            yield Problem("heat-simulated-twice", "Heat", i, "heat", "", {"id": row.id, "first": blank[0][1].id})


ON_HEAT: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    temperatures_in_order,
    network_in_order,
    displaced_is_chosen,
    heat_is_known,
)
"""Guards on recovered heat."""
