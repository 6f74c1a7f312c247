"""Guards on ids, names and factors as typed, over all rows, those with errors included."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from factors.library import library
from factors.problems import Problem
from factors.search import nearest
from inventories.cells import offered
from inventories.format import choices
from inventories.own_factors import OWN_FACTORS
from inventories.records import Sheets
from inventories.study import INSTALLED, Line, Refrigerant

FACTOR_COLUMNS = {
    "Construction": ("factor", "end_of_life_factor"),
    "Plant": ("factor", "end_of_life_factor"),
    "Hardware": ("factor", "end_of_life_factor"),
    "Refrigerants": ("production_factor", "end_of_life_factor"),
    "Water and waste": ("factor",),
    "Energy": ("factor",),
    "Contracts": ("factor",),
    "Heat": ("displaced_factor",),
    "Simulation": ("test_fuel",),
}
"""Columns that hold a factor id."""

MAINS = ("electricity", "onsite-electricity", "exported-electricity", "district-heat", "district-cooling")
"""Carriers that are not the id of a fuel's factor."""

MERIT_ORDER = "merit-order"
"""What ``displaced_factor`` says where the units of the network that stand still are displaced."""


def unknown_factors(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, int, str, str, str]]:
    """Factor ids that name no row of the library or of the study's own Factors.

    Parameters
    ----------
    rows
        Values of every row by sheet and key; Study has one row.

    Yields
    ------
    tuple
        Sheet, position of the row, key, the id, and the nearest ids that are known.
    """
    own, shelf = {str(row.get("id", "")) for row in rows.get("Factors", ())}, library()
    asked: list[tuple[str, int, str, str]] = []
    for sheet, keys in FACTOR_COLUMNS.items():
        for place, row in enumerate(rows.get(sheet, ())):
            asked += [(sheet, place, key, str(row[key])) for key in keys if row.get(key)]
            asked += [(sheet, place, "transport", leg) for leg, _ in row.get("transport") or ()]
    for place, row in enumerate(rows.get("Heat network", ())):
        asked += [("Heat network", place, "merit_order", unit) for unit, _ in row.get("merit_order") or ()]
    for place, row in enumerate(rows.get("Heat", ())):
        if row.get("displaced_factor") == MERIT_ORDER:
            asked.remove(("Heat", place, "displaced_factor", MERIT_ORDER))
    for place, row in enumerate(rows.get("Energy", ())):
        carrier = row.get("carrier")
        if carrier and carrier not in MAINS:
            asked.append(("Energy", place, "carrier", carrier))
    for row in rows.get("Study", ()):
        mix = row.get("residual_mix")
        if mix and mix not in ("follow-grid", "constant"):
            asked.append(("Study", 0, "residual_mix", mix))
    for sheet, place, key, text in asked:
        if text not in own and text not in shelf:
            yield sheet, place, key, text, ", ".join(nearest(shelf, text))


def factors_exist(sheets: Sheets) -> Iterator[Problem]:
    """Every factor id names a row of the library or of the study's own Factors."""
    rows = {sheet: [row.values for row in typed] for sheet, typed in sheets.items()}
    for sheet, place, key, text, options in unknown_factors(rows):
        where = sheets[sheet][place].address(key)
        yield Problem("factor-unknown", sheet, None, key, text, {"nearest": options}, where)


def ids_unique(sheets: Sheets) -> Iterator[Problem]:
    """An id names one row of the workbook: views by line and parameters go by it.

    One heat may have several claim holders, a factor rows by module; factors are named apart from lines.
    """
    seen: dict[str, tuple[str, str]] = {}
    typed_as = {sheet: typed[0].raw.name for sheet, typed in sheets.items() if typed}
    for sheet, typed in sheets.items():
        if sheet in ("Factors", "Measures"):
            continue
        for row in typed:
            its_id = row.values.get("id")
            if not its_id:
                continue
            first_sheet, first = seen.setdefault(its_id, (sheet, row.address("id")))
            if (first_sheet, first) != (sheet, row.address("id")) and not sheet == first_sheet == "Heat":
                values = {"first": f"{typed_as[first_sheet]}!{first}"}
                yield Problem("id-duplicate", sheet, None, "id", its_id, values, row.address("id"))


def gases_exist(sheets: Sheets) -> Iterator[Problem]:
    """A refrigerant is a gas of the table, or a factor of the study's own in module B1."""
    own = {str(row.values.get("id", "")) for row in sheets.get("Factors", []) if row.values.get("module") == "B1"}
    for row in sheets.get("Refrigerants", []):
        gas = row.values.get("gas")
        if gas and gas not in library().gases and gas not in own:
            options = ", ".join(library().gases)
            yield Problem("gas-unknown", "Refrigerants", None, "gas", gas, {"options": options}, row.address("gas"))


def line_of_plant(equipment: str, ids: Iterable[str]) -> str | None:
    """Id of the line of Plant that ``equipment`` names; case counts only between two ids that differ by it.

    Examples
    --------
    >>> line_of_plant("p1", ["P1"]), line_of_plant("p1", ["p1", "P1"]), line_of_plant("P2", ["P1"])
    ('P1', 'p1', None)
    """
    alike = [each for each in ids if each.casefold() == equipment.casefold()]
    return equipment if equipment in alike else alike[0] if len(alike) == 1 else None


def with_equipment(charges: Sequence[Refrigerant], plant: Sequence[Line]) -> list[Refrigerant]:
    """Rows of Refrigerants with the ids of Plant as they are written there."""
    ids, kinds = [line.id for line in plant], choices("gas_equipment")
    found = []
    for row in charges:
        named = line_of_plant(row.equipment, ids) if row.equipment and row.equipment not in kinds else None
        found.append(replace(row, equipment=named) if named else row)
    return found


def equipment_exists(sheets: Sheets) -> Iterator[Problem]:
    """``equipment`` of a refrigerant is a kind, or a line of Plant; a default needs one of them."""
    kinds = choices("gas_equipment")
    plant = [str(row.values["id"]) for row in sheets.get("Plant", []) if row.values.get("id")]
    for row in sheets.get("Refrigerants", []):
        equipment = row.values.get("equipment")
        if equipment and equipment not in kinds and line_of_plant(equipment, plant) is None:
            values = {"options": offered("gas_equipment", equipment, row.language)["options"]}
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


ON_TYPED: tuple[Callable[[Sheets], Iterator[Problem]], ...] = (
    factors_exist,
    ids_unique,
    *OWN_FACTORS,
    gases_exist,
    equipment_exists,
    references_exist,
)


def guard_references(sheets: Sheets) -> list[Problem]:
    """Run every guard on ids and names, over all rows as typed, also those with errors."""
    return [problem for each in ON_TYPED for problem in each(sheets)]
