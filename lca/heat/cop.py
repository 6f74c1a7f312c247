"""The heat pump of a row of Heat: its temperatures, and its COP by the model the row names and by every other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from inventories.study import HeatRow
from lca.context import Context
from lca.heat import pump
from lca.heat.pump import Ports, RangeError
from lca.parameters import Number

HIGHEST_COP = 8.0
"""COP that a model is not trusted beyond; a choice of Jälki, above what any plant in the sources reaches."""

STATES = ("source_in_c", "source_out_c", "sink_in_c", "sink_out_c")
"""Columns of the four temperatures."""

SHARED = {"lorenz": "eta_lorenz", "carnot": "eta_carnot"}
"""Models that are a share of an ideal, with the column of the share."""

MODELS = ("lorenz", "carnot", "jensen-ammonia", "jensen-isobutane", "jesper")
"""Every model, in the order they are told."""

COMPARED = {"lorenz": 0.50, "carnot": 0.60}
"""Shares of the ideal at which a model stands beside the one a row names: the middles of what plants for district heat
reach (0.40 to 0.55, and 0.5 to 0.65)."""


def model_of(row: HeatRow) -> str:
    """Model that gives the COP of a row; blank where it is typed or metered."""
    if row.eta_lorenz is not None:
        return "lorenz"
    return "carnot" if row.eta_carnot is not None else row.cop_model or ""


def stated_ports(row: HeatRow, offered_at: float | None = None) -> Ports | None:
    """Temperatures of a row; None where one is missing. ``offered_at`` stands in for the source inlet [°C]."""
    source_in = offered_at if row.source_in_c is None else row.source_in_c
    found = (source_in, row.source_out_c, row.sink_in_c, row.sink_out_c)
    if any(each is None for each in found):
        return None
    return Ports(*(float(each) for each in found if each is not None))


def by_model(model: str, ports: Ports, share: Number) -> Number:
    """COP of one stage by a model, before auxiliaries.

    Raises
    ------
    RangeError
        The model does not hold at these temperatures.
    """
    of: dict[str, Callable[[], Number]] = {
        "lorenz": lambda: pump.by_lorenz(ports, share),
        "carnot": lambda: pump.by_carnot(ports, share),
        "jensen-ammonia": lambda: pump.by_jensen(ports, "ammonia"),
        "jensen-isobutane": lambda: pump.by_jensen(ports, "isobutane"),
        "jesper": lambda: pump.by_jesper(ports),
    }
    return of[model]()


def of_plant(row: HeatRow, model: str, ports: Ports, share: Number) -> Number:
    """COP of the whole plant by a model: its stages, its auxiliaries; not yet held to ``HIGHEST_COP``.

    Raises
    ------
    RangeError
        The model does not hold, in one of the stages.
    """
    if row.stages == 2:
        colder, warmer = (by_model(model, each, share) for each in pump.halves(ports))
        found = pump.in_series((colder, warmer))
    else:
        found = by_model(model, ports, share)
    return pump.with_auxiliaries(found, (row.auxiliary_percent or 0.0) / 100.0)


def cop_from(context: Context, row: HeatRow, index: int, ports: Ports | None) -> Number | None:
    """COP of a row from its temperatures, held to ``HIGHEST_COP`` and said; None, said, where there is none."""
    model = model_of(row)
    if ports is None:
        missing = next(key for key in STATES if getattr(row, key) is None)
        context.complain("temperature-missing", "Heat", index, missing, "", id=row.id)
        return None
    share: Number = 1.0
    if model in SHARED:
        share = context.parameters(f"line:{row.id}:{SHARED[model]}", getattr(row, SHARED[model]))
    try:
        found = of_plant(row, model, ports, share)
    except RangeError as error:
        column = SHARED.get(model, "cop_model")
        told = {"low": f"{error.low:g}", "high": f"{error.high:g}", "quantity": error.quantity, "model": model}
        context.complain("cop-range", "Heat", index, column, f"{error.value:.4g}", **told)
        return None
    if np.any(np.asarray(found) > HIGHEST_COP):
        told = {"cop": f"{float(np.max(found)):.3g}", "limit": f"{HIGHEST_COP:g}", "id": row.id}
        context.complain("cop-capped", "Heat", index, SHARED.get(model, "cop_model"), told["cop"], **told)
    return np.minimum(found, HIGHEST_COP)


@dataclass(frozen=True, slots=True)
class Point:
    """One model at the operating point of a row."""

    model: str
    cop: float | None
    share: float | None
    quantity: str = ""
    low: float | None = None
    high: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the point as the results document holds it; unbounded sides of a range are None."""
        bounds = [None if side is None or not np.isfinite(side) else side for side in (self.low, self.high)]
        return {
            "model": self.model,
            "cop": self.cop,
            "share": self.share,
            "outside_of": self.quantity,
            "low": bounds[0],
            "high": bounds[1],
        }


def points(row: HeatRow, ports: Ports) -> Iterator[Point]:
    """Every model at the temperatures of a row; one that does not hold there says of what it is outside.

    The model that a row names has its share of the ideal, the others that of ``COMPARED``.
    """
    for model in MODELS:
        stated = getattr(row, SHARED[model]) if model in SHARED else None
        share = COMPARED.get(model) if stated is None else stated
        try:
            yield Point(model, float(of_plant(row, model, ports, share or 1.0)), share)
        except RangeError as error:
            yield Point(model, None, share, error.quantity, error.low, error.high)
