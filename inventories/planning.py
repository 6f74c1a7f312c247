"""What a plan shall reach and may cost, said beside the workbook: budget, target, year and basis."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from factors.problems import Problem
from factors.units import parse_unit, ratio
from inventories.cells import CellError, Reading, read_cell
from inventories.format import column
from inventories.guards import guard
from inventories.keyed import Settings
from inventories.measure_guards import TARGETS
from inventories.study import Study
from inventories.values import Quantity

_PATHWAY = re.compile(r"1[.,]5 ?(°? ?c|°c:n polku|-gradersbana)", re.IGNORECASE)


class WishError(ValueError):
    """An option that cannot be read.

    Attributes
    ----------
    option
        Its name.
    typed
        What was typed.
    """

    def __init__(self, option: str, typed: str) -> None:
        super().__init__(f"{option} {typed}")
        self.option, self.typed = option, typed


def budgets(texts: Sequence[str], language: str) -> dict[str, Quantity]:
    """Read budgets: money in all, or money a year; without a unit euros.

    Examples
    --------
    >>> budgets(["5 M€", "500 000 €/a"], "en")
    {'plan_budget': Quantity(value=5.0, unit='MEUR'), 'plan_yearly_budget': Quantity(value=500000.0, unit='EUR/a')}
    """
    found: dict[str, Quantity] = {}
    for text in texts:
        reading = _number("--budget", text, language)
        unit = reading.unit or parse_unit("EUR")
        key = {"money": "plan_budget", "money/year": "plan_yearly_budget"}.get(unit.dimension)
        if key is None or key in found or not _amount(reading) >= 0:
            raise WishError("--budget", text)
        found[key] = Quantity(_amount(reading), unit.symbol)
    return found


def target(text: str, language: str) -> dict[str, Any]:
    """Read a target: a reduction in percent, a footprint, or the pathway of 1.5 °C.

    Examples
    --------
    >>> target("-50 %", "en"), target("1,5 °C", "fi")
    ({'target_percent': 50.0}, {'target_pathway': '1.5C'})
    >>> target("900 t", "en")
    {'target_footprint': Quantity(value=900.0, unit='t_CO2e')}
    """
    if _PATHWAY.fullmatch(text.strip()):
        return {"target_pathway": "1.5C"}
    bare = text.strip()
    if bare.endswith("%"):  # half less is -50 % or 50 %
        bare = bare.lstrip("-\N{MINUS SIGN}").strip()
    reading = _number("--target", bare, language)
    unit, value = reading.unit, _amount(reading)
    if unit is not None and unit.dimension == "ratio":
        percent = value * ratio(unit, parse_unit("%"))
        if percent <= 100.0:
            return {"target_percent": percent}
    elif unit is not None and unit.dimension in ("emission", "mass") and value >= 0:
        mass = ratio(unit, parse_unit("t" if unit.dimension == "mass" else "t CO2e"))
        return {"target_footprint": Quantity(value * mass, "t_CO2e")}
    raise WishError("--target", text)


def _number(option: str, text: str, language: str) -> Reading:
    try:
        return read_cell(column("Study", "plan_budget"), text.strip(), language)
    except CellError as error:
        raise WishError(option, text) from error


def _amount(reading: Reading) -> float:
    return float(str(reading.value))


def wished(study: Study, wishes: dict[str, Any]) -> tuple[Study, list[Problem]]:
    """Return a study with other wishes for its plan, and what is wrong with them.

    Parameters
    ----------
    study
        A study as read.
    wishes
        Keys of Study to what was said; None where nothing was. A target replaces the one of the study.
    """
    said = {key: value for key, value in wishes.items() if value is not None}
    if any(key in said for key in TARGETS):
        said = {**dict.fromkeys((*TARGETS, "target_year")), **said}
    settings: Settings = replace(study.settings, **said)
    changed = replace(study, settings=settings)
    before = {(each.code, each.column) for each in guard(study)}
    wrong = [each for each in guard(changed) if (each.code, each.column) not in before]
    return changed, [each for each in wrong if each.severity == "error"]
