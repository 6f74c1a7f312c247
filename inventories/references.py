"""Guards on ids, names and factors as typed, over all rows, those with errors included."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from factors.library import library, opened
from factors.problems import Problem
from factors.search import nearest
from factors.units import Unit, UnitError, parse_unit
from inventories.cells import as_text
from inventories.format import choices
from inventories.records import Record
from inventories.study import INSTALLED

Sheets = Mapping[str, list[Record]]
"""Rows as typed, by sheet: what could be read of them, those with errors included."""

FACTOR_COLUMNS = {
    "Construction": ("factor", "end_of_life_factor"),
    "Plant": ("factor", "end_of_life_factor"),
    "Hardware": ("factor", "end_of_life_factor"),
    "Refrigerants": ("production_factor", "end_of_life_factor"),
    "Water and waste": ("factor",),
    "Energy": ("factor",),
    "Contracts": ("factor",),
    "Heat": ("displaced_factor",),
}
"""Columns that hold a factor id."""

MAINS = ("electricity", "onsite-electricity", "exported-electricity", "district-heat", "district-cooling")
"""Carriers that are not the id of a fuel's factor."""


def _unknown_factor(sheet: str, key: str, text: str, row: Record, own: set[str]) -> Problem | None:
    shelf = library()
    if text in own or text in shelf:
        return None
    options = ", ".join(nearest(shelf, text))
    return Problem("factor-unknown", sheet, None, key, text, {"nearest": options}, row.address(key))


def factors_exist(sheets: Sheets) -> Iterator[Problem]:
    """Every factor id names a row of the library or of the study's own Factors."""
    own = {str(row.values.get("id", "")) for row in sheets.get("Factors", [])}
    asked: list[tuple[str, str, str, Record]] = []
    for sheet, keys in FACTOR_COLUMNS.items():
        for row in sheets.get(sheet, []):
            asked += [(sheet, key, str(row.values[key]), row) for key in keys if row.values.get(key)]
            asked += [(sheet, "transport", leg, row) for leg, _ in row.values.get("transport") or ()]
    for row in sheets.get("Energy", []):
        carrier = row.values.get("carrier")
        if carrier and carrier not in MAINS:
            asked.append(("Energy", "carrier", carrier, row))
    for row in sheets.get("Study", []):
        mix = row.values.get("residual_mix")
        if mix and mix not in ("follow-grid", "constant"):
            asked.append(("Study", "residual_mix", mix, row))
    for sheet, key, text, row in asked:
        if problem := _unknown_factor(sheet, key, text, row, own):
            yield problem


def ids_unique(sheets: Sheets) -> Iterator[Problem]:
    """An id names one row of the workbook: views by line and parameters go by it.

    One heat may have several claim holders, a factor rows by module; factors are named apart from lines.
    """
    seen: dict[str, tuple[str, str]] = {}
    for sheet, typed in sheets.items():
        if sheet == "Factors":
            continue
        for row in typed:
            its_id = row.values.get("id")
            if not its_id:
                continue
            first_sheet, first = seen.setdefault(its_id, (sheet, row.address("id")))
            if (first_sheet, first) != (sheet, row.address("id")) and not sheet == first_sheet == "Heat":
                values = {"first": f"{first_sheet}!{first}"}
                yield Problem("id-duplicate", sheet, None, "id", its_id, values, row.address("id"))


def own_factors_are_new(sheets: Sheets) -> Iterator[Problem]:
    """An own factor does not take a library id, and states a module, part and year once."""
    seen: dict[tuple[Any, ...], str] = {}
    for row in sheets.get("Factors", []):
        its_id, where = row.values.get("id"), row.address("id")
        if its_id in library():
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
        if unit is None:
            text = str(row.values.get("unit", ""))
            yield Problem("factor-value-unit", "Factors", None, "unit", text, {}, row.address("unit"))
            continue
        below = unit.denominator.dimension
        if per.setdefault(its_id, below) != below:
            values = {"first": per[its_id], "other": below}
            yield Problem("factor-units", "Factors", None, "unit", its_id, values, row.address("unit"))
        yield from _components(row, its_id)


def _unit_of(row: Record) -> Unit | None:
    try:
        unit = parse_unit(str(row.values.get("unit", "")))
    except UnitError:
        return None
    if "/" not in unit.symbol:
        return None
    mass_of_gas = unit.numerator.dimension == "mass" and bool(row.values.get("gas"))
    return unit if unit.numerator.dimension in ("emission", "emission-CO2") or mass_of_gas else None


def _components(row: Record, its_id: str) -> Iterator[Problem]:
    value, fossil = row.values.get("value"), row.values.get("fossil")
    others = sum(row.values.get(key) or 0.0 for key in ("biogenic", "land_use"))
    if value is None:
        return
    if fossil is not None and abs(fossil + others - value) > 1e-9 * max(1.0, abs(value), abs(fossil)):
        values = {"id": its_id, "sum": f"{fossil + others:g}", "value": f"{value:g}"}
        yield Problem("factor-components", "Factors", None, "value", f"{value:g}", values, row.address("value"))
    module = str(row.values.get("module", ""))
    if (fossil if fossil is not None else value - others) < 0 and not module.startswith("D"):
        yield Problem("factor-negative", "Factors", None, "value", f"{value:g}", {"id": its_id}, row.address("value"))


def gases_exist(sheets: Sheets) -> Iterator[Problem]:
    """A gas is one of the table; a refrigerant may also be a factor of the study's own, per kilogram in module B1."""
    own = {str(row.values.get("id", "")) for row in sheets.get("Factors", []) if row.values.get("module") == "B1"}
    for sheet, others in (("Factors", set()), ("Refrigerants", own)):
        for row in sheets.get(sheet, []):
            gas = row.values.get("gas")
            if gas and gas not in library().gases and gas not in others:
                options = ", ".join(library().gases)
                yield Problem("gas-unknown", sheet, None, "gas", gas, {"options": options}, row.address("gas"))


def equipment_exists(sheets: Sheets) -> Iterator[Problem]:
    """``equipment`` of a refrigerant is a kind, or a line of Plant; a default needs one of them."""
    kinds = choices("gas_equipment")
    plant = {row.values.get("id") for row in sheets.get("Plant", [])}
    for row in sheets.get("Refrigerants", []):
        equipment = row.values.get("equipment")
        if equipment and equipment not in kinds and equipment not in plant:
            values = {"options": ", ".join(kinds)}
            where = row.address("equipment")
            yield Problem("equipment-unknown", "Refrigerants", None, "equipment", equipment, values, where)


def references_exist(sheets: Sheets) -> Iterator[Problem]:
    """``replaced_by`` names a line of its sheet, ``heat_pump_meter`` an Energy row, ``covers`` a meter."""
    for sheet in INSTALLED:
        ids = {row.values.get("id") for row in sheets.get(sheet, [])}
        for row in sheets.get(sheet, []):
            successor = row.values.get("replaced_by")
            if successor and successor not in ("same", "none") and successor not in ids:
                where = row.address("replaced_by")
                yield Problem("line-unknown", sheet, None, "replaced_by", str(successor), {}, where)
    energy = sheets.get("Energy", [])
    meters = {row.values.get("meter") for row in energy} | {row.values.get("id") for row in energy}
    pumps = [row for row in energy if row.values.get("use") == "heat-pump"]
    pump_meters = {row.values.get(key) for row in pumps for key in ("meter", "id")}
    for row in sheets.get("Heat", []):
        meter = row.values.get("heat_pump_meter")
        if meter and meter not in pump_meters:
            where = row.address("heat_pump_meter")
            yield Problem("meter-unknown", "Heat", None, "heat_pump_meter", str(meter), {}, where)
    for row in sheets.get("Contracts", []):
        for what, value in row.values.get("covers") or ():
            if what == "meter" and value not in meters:
                where = row.address("covers")
                yield Problem("meter-unknown", "Contracts", None, "covers", value, {}, where)


def computed_in_this_version(sheets: Sheets) -> Iterator[Problem]:
    """Hourly matching and a COP from temperatures are refused, never done otherwise in silence."""
    for row in sheets.get("Contracts", []):
        if row.values.get("matching") == "hourly":
            where = row.address("matching")
            yield Problem("matching-hourly", "Contracts", None, "matching", "hourly", {}, where)
    for row in sheets.get("Heat", []):
        if row.values.get("eta_lorenz") is not None:
            where, read = row.address("eta_lorenz"), as_text(row.values["eta_lorenz"])
            yield Problem("eta-lorenz", "Heat", None, "eta_lorenz", read, {}, where)


ON_TYPED: tuple[Callable[[Sheets], Iterator[Problem]], ...] = (
    factors_exist,
    ids_unique,
    own_factors_are_new,
    own_factors_are_whole,
    gases_exist,
    equipment_exists,
    references_exist,
    computed_in_this_version,
)


def guard_references(sheets: Sheets) -> list[Problem]:
    """Run every guard on ids and names, over all rows as typed, also those with errors."""
    return [problem for each in ON_TYPED for problem in each(sheets)]
