"""Guards on the factors a study brings itself, over all rows as typed."""

from collections.abc import Callable, Iterator
from typing import Any

from factors.library import library
from factors.model import is_bio_based, opened
from factors.problems import Problem
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import as_text
from inventories.records import Record, Sheets


def own_factors_are_new(sheets: Sheets) -> Iterator[Problem]:
    """An own factor does not take a library id, and states a module, part and year once."""
    seen: dict[tuple[Any, ...], str] = {}
    for row in sheets.get("Factors", []):
        its_id, where = row.values.get("id"), row.address("id")
        if its_id in library() or library().gas_named(str(its_id)):
            yield Problem("factor-shadows", "Factors", None, "id", str(its_id), {}, where)
        key = tuple(row.values.get(name) for name in ("id", "module", "part", "year"))
        if its_id and key in seen:
            yield Problem("factor-twice", "Factors", None, "id", str(its_id), {"first": seen[key]}, where)
        seen.setdefault(key, where)
    yield from _overlaps(sheets)


def _overlaps(sheets: Sheets) -> Iterator[Problem]:
    """Rows of one own factor hold no module twice, bundles opened, and no part beside the whole."""
    held: dict[str, list[tuple[set[str], Record]]] = {}
    for row in sheets.get("Factors", []):
        its_id, module = str(row.values.get("id", "")), str(row.values.get("module", ""))
        part = str(row.values.get("part") or "whole")
        pieces = {f"{piece} {part}" for piece in opened(module)}
        for others, other in held.get(its_id, []):
            same = module == other.values.get("module") and row.values.get("part") == other.values.get("part")
            wholes = {piece for piece in pieces | others if piece.endswith(" whole")}
            bare = {piece.rpartition(" ")[0] for piece in pieces} & {piece.rpartition(" ")[0] for piece in others}
            if not same and (pieces & others or (bare and wholes)):
                values = {"module": ", ".join(sorted(bare))}
                yield Problem("factor-overlap", "Factors", None, "module", its_id, values, row.address("module"))
                break
        held.setdefault(its_id, []).append((pieces, row))


def own_factors_are_whole(sheets: Sheets) -> Iterator[Problem]:
    """An own factor is emissions per something, its components sum to its value, its gas is known."""
    per: dict[str, str] = {}
    for row in sheets.get("Factors", []):
        its_id, unit = str(row.values.get("id", "")), _unit_of(row)
        if unit is not None:
            below = unit.denominator.dimension
            if per.setdefault(its_id, below) != below:
                values = {"first": per[its_id], "other": below}
                yield Problem("factor-units", "Factors", None, "unit", its_id, values, row.address("unit"))
        elif "unit" in row.values:
            text = str(row.values["unit"])
            yield Problem("factor-value-unit", "Factors", None, "unit", text, {}, row.address("unit"))
        yield from _gas(row, its_id, unit)
        yield from _components(row, its_id)


def _unit_of(row: Record) -> Unit | None:
    """Unit of an own factor; None where it is not mass or CO2e per something, or of no gas that is named."""
    try:
        unit = parse_unit(str(row.values.get("unit", "")))
    except UnitError:
        return None
    if "/" not in unit.symbol:
        return None
    mass_of_gas = unit.numerator.dimension == "mass" and bool(row.values.get("gas"))
    return unit if unit.numerator.dimension in ("emission", "emission-CO2") or mass_of_gas else None


def _gas(row: Record, its_id: str, unit: Unit | None) -> Iterator[Problem]:
    """A gas is of the table, and what the unit counts is its mass: CO2e of methane would be characterised twice."""
    gas = row.values.get("gas")
    if not gas:
        return
    if gas not in library().gases:
        options = ", ".join(library().gases)
        yield Problem("gas-unknown", "Factors", None, "gas", gas, {"options": options}, row.address("gas"))
    elif unit is not None and gas != "CO2" and unit.numerator.dimension != "mass":
        values = {"id": its_id, "unit": unit.label}
        yield Problem("factor-gas", "Factors", None, "gas", gas, values, row.address("gas"))


def _components(row: Record, its_id: str) -> Iterator[Problem]:
    value, fossil = row.values.get("value"), row.values.get("fossil")
    others = sum(row.values.get(key) or 0.0 for key in ("biogenic", "land_use"))
    if value is None:
        return
    if fossil is not None and abs(fossil + others - value) > 1e-9 * max(abs(value), abs(fossil), abs(others)):
        values = {"id": its_id, "sum": f"{fossil + others:g}", "value": f"{value:g}"}
        yield Problem("factor-components", "Factors", None, "value", f"{value:g}", values, row.address("value"))
    module = str(row.values.get("module", ""))
    if (fossil if fossil is not None else value - others) < 0 and not module.startswith("D"):
        yield Problem("factor-negative", "Factors", None, "value", f"{value:g}", {"id": its_id}, row.address("value"))


def own_factors_are_dated(sheets: Sheets) -> Iterator[Problem]:
    """An own factor is not valid to a year before its own."""
    for row in sheets.get("Factors", []):
        year, last = row.values.get("year"), row.values.get("valid_to")
        if year is not None and last is not None and last < year:
            values = {"id": str(row.values.get("id", "")), "first": str(year)}
            where = row.address("valid_to")
            yield Problem("factor-valid-to", "Factors", None, "valid_to", str(last), values, where)


def own_factors_are_parted(sheets: Sheets) -> Iterator[Problem]:
    """Only energy (B6) has parts; what is made of wood says how much of its value is biogenic."""
    for row in sheets.get("Factors", []):
        its_id, module = str(row.values.get("id", "")), str(row.values.get("module", ""))
        part, family = row.values.get("part"), str(row.values.get("family", ""))
        if part not in (None, "whole") and module not in ("", "B6"):
            values = {"id": its_id, "module": module}
            yield Problem("factor-part", "Factors", None, "part", part, values, row.address("part"))
        made = {"A1", "A1-A3"}.intersection(opened(module)) and is_bio_based(family.casefold())
        if made and "value" in row.values and not {"fossil", "biogenic"} & row.values.keys():
            values, read = {"id": its_id, "family": family}, as_text(row.values["value"])
            yield Problem("factor-split", "Factors", None, "value", read, values, row.address("value"))


def own_factors_are_bundled(sheets: Sheets) -> Iterator[Problem]:
    """A bundle holds modules of A, B1 to B5 and C, each once: what stands outside, and energy, has rows of its own."""
    for row in sheets.get("Factors", []):
        module = str(row.values.get("module", ""))
        pieces = opened(module)
        foreign = [piece for piece in pieces if piece[:1] == "D" or piece in ("B6", "B7", "B8")]
        if "+" in module and (foreign or len(set(pieces)) < len(pieces)):
            values = {"id": str(row.values.get("id", ""))}
            yield Problem("factor-bundle", "Factors", None, "module", module, values, row.address("module"))


OWN_FACTORS: tuple[Callable[[Sheets], Iterator[Problem]], ...] = (
    own_factors_are_new,
    own_factors_are_whole,
    own_factors_are_dated,
    own_factors_are_parted,
    own_factors_are_bundled,
)
