"""Measures as typed: what is changed, by how much, at what cost; rows with one id are one measure."""

from dataclasses import dataclass

from inventories.values import Quantity

HELD_BY = ("add", "contract", "heat")
"""Kinds of a measure whose targets stand in the study only with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A row of Measures: one change to some rows of the study.

    ``target`` holds ids, sheets (``Simulation``) and choices of rows (``Energy[use=cooling]``), ``parameter`` the key
    of a column, ``value`` a number, choice or id as text with a decimal point; all by their English keys.
    """

    id: str
    measure: str
    kind: str
    target: tuple[str, ...] | None = None
    parameter: str | None = None
    value: str | None = None
    unit: str | None = None
    min: float | None = None
    max: float | None = None
    capex: Quantity | None = None
    opex_per_year: Quantity | None = None
    start_year: int | None = None
    lifetime: float | None = None
    excludes: tuple[str, ...] | None = None
    requires: tuple[str, ...] | None = None
    owner: str | None = None
    decision: str | None = None
    indicator: str | None = None
    evidence: str | None = None
    note: str | None = None
