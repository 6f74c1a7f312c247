"""Guards on recovered heat as typed: temperatures in their order, what is displaced, whose heat it is."""

from collections.abc import Callable, Iterator

from factors.problems import Problem
from inventories.keyed import HeatNetwork
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
    yield from _rows_in_order(study, of)
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
    if of.contract_from is not None and delivered and of.contract_from > min(delivered):
        told = {"first": str(min(delivered))}
        yield Problem("contract-late", "Heat network", None, "contract_from", str(of.contract_from), told)


def _rows_in_order(study: Study, of: HeatNetwork) -> Iterator[Problem]:
    """The return of the network lies below its supply, and below both ends of a source without a pump.

    Where the network states no return, that of the row stands for it.
    """
    supplied = (of.supply_temperature_mild, of.supply_temperature_cold, of.highest_temperature)
    coldest = min((each for each in supplied if each is not None), default=None)
    for i, row in enumerate(study.heat):
        back = row.sink_in_c if of.return_temperature is None else of.return_temperature
        if back is None:
            continue
        if of.return_temperature is None and coldest is not None and coldest <= back:
            yield Problem("network-return", "Heat", i, "sink_in_c", _plain(coldest), {"other": _plain(back)})
        for column in ("source_in_c", "source_out_c"):
            at = getattr(row, column)
            if row.heat_pump == "none" and at is not None and at <= back:
                told = {"id": row.id, "other": _plain(back)}
                yield Problem("exchanger-colder", "Heat", i, column, _plain(at), told)
    if of.ground_temperature is not None:
        backs = [each for each in (of.return_temperature, *(row.sink_in_c for row in study.heat)) if each is not None]
        if backs and of.ground_temperature >= min(backs):
            told = {"other": _plain(min(backs))}
            yield Problem(
                "ground-warm", "Heat network", None, "ground_temperature", _plain(of.ground_temperature), told
            )


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


HIGHEST_TYPED_COP, LEAST_TYPED_COP = 8.0, 1.5
"""COP as typed beyond which it is said: above what any plant of the models' sources reaches, or hardly a pump's."""


def cops_are_plausible(study: Study) -> Iterator[Problem]:
    """A COP that is typed is that of a heat pump; what only a model reads does not stand beside it."""
    for i, row in enumerate(study.heat):
        if row.cop is not None and not LEAST_TYPED_COP <= row.cop <= HIGHEST_TYPED_COP:
            told = {"id": row.id, "low": f"{LEAST_TYPED_COP:g}", "high": f"{HIGHEST_TYPED_COP:g}"}
            yield Problem("cop-unusual", "Heat", i, "cop", f"{row.cop:g}", told)
        by_model = row.eta_lorenz is not None or row.eta_carnot is not None or row.cop_model is not None
        for key in ("stages", "auxiliary_percent"):
            if getattr(row, key) is not None and not by_model:
                yield Problem("model-only", "Heat", i, key, _plain(getattr(row, key)), {"id": row.id})


def holders_have_names(study: Study) -> Iterator[Problem]:
    """Whoever claims heat has a name, spelled alike everywhere."""
    spelled: dict[str, str] = {}
    for i, row in enumerate(study.heat):
        if not any(letter.isalpha() for letter in row.claim_holder):
            yield Problem("holder-nameless", "Heat", i, "claim_holder", row.claim_holder, {"id": row.id})
            continue
        known = spelled.setdefault(" ".join(row.claim_holder.split()).casefold(), row.claim_holder)
        if known != row.claim_holder:
            yield Problem("holder-spelled", "Heat", i, "claim_holder", row.claim_holder, {"other": known})


ON_HEAT: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    temperatures_in_order,
    network_in_order,
    displaced_is_chosen,
    heat_is_known,
    cops_are_plausible,
    holders_have_names,
)
"""Guards on recovered heat."""
