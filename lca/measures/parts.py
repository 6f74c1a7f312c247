"""A study in parts that no measure joins: the footprint is their sum, and each is computed once in each of its states.

Lines that follow one another, and charges with the line that holds them, are one part; so are rows of water that stand
for one another, and all electricity, heat and fuels with the contracts that meet them. What a measure does to a part
depends on the measures that change its rows, and on no other: of n measures the sets are 2^n, the states of a part few.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inventories.operations import Operation
from inventories.study import INSTALLED, SHEET_FIELDS, Study

ENERGY = "energy"
"""Name of the part in which loads, contracts and heat meet."""

_OF_ENERGY = ("Years", "Energy", "Contracts", "Heat", "Simulation", "Heat network")


@dataclass(frozen=True)
class Part:
    """Rows that hang together, as a study of their own, with the operations on them."""

    name: str
    study: Study
    operations: tuple[Operation, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """Measures that change the part, in the order of their rows."""
        return tuple(dict.fromkeys(each.measure for each in self.operations))


def parts_of(study: Study, found: Sequence[Operation]) -> list[Part]:
    """Parts of a base study that measures change, and one with all that none changes.

    Parameters
    ----------
    study
        A base study; rows that measures bring are in ``held``.
    found
        Operations of its measures.
    """
    groups = _groups(study)
    name_of = {row: name for name, rows in groups.items() for _, row in rows}
    by_part: dict[str, list[Operation]] = defaultdict(list)
    for each in found:
        rows_of: dict[str, list[Any]] = defaultdict(list)
        for row in each.rows:
            rows_of[ENERGY if each.sheet in _OF_ENERGY else name_of[row]].append(row)
        for name, rows in rows_of.items():
            by_part[name].append(replace(each, rows=tuple(dict.fromkeys(rows))))
    made = [Part(name, _only(study, groups.get(name, []), name), tuple(by_part[name])) for name in by_part]
    rest = [pair for name, rows in groups.items() if name not in by_part for pair in rows]
    if ENERGY not in by_part:
        made.append(Part(ENERGY, _only(study, groups.get(ENERGY, []), ENERGY), ()))
        rest = [pair for pair in rest if pair not in groups.get(ENERGY, [])]
    return [*made, Part("rest", _only(study, rest, "rest"), ())]


def _groups(study: Study) -> dict[str, list[tuple[str, Any]]]:
    """Rows of installed things and of water by what they hang together with."""
    rows = [(sheet, row) for sheet in (*INSTALLED, "Water and waste") for row in _all(study, sheet)]
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    powers = any(row.power_w is not None for row in _all(study, "Hardware"))  # then it may tell the IT energy
    for sheet, row in rows:
        mine = _name(sheet, row)
        if sheet == "Hardware" and powers:
            parent[root(mine)] = root(ENERGY)
        if sheet in INSTALLED and row.replaced_by not in (None, "same", "none"):
            parent[root(mine)] = root(row.replaced_by)
        if sheet == "Refrigerants" and row.equipment:
            parent[root(mine)] = root(row.equipment)
        root(mine)
    groups: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for sheet, row in rows:
        name = root(_name(sheet, row))
        groups[ENERGY if name == root(ENERGY) else name].append((sheet, row))
    return groups


def _name(sheet: str, row: Any) -> str:  # noqa: ANN401 - a row of any sheet
    return str(row.id) if sheet in INSTALLED else f"water:{row.key}"


def _all(study: Study, sheet: str) -> Iterable[Any]:
    """Rows of a sheet, those that a measure brings included."""
    yield from getattr(study, SHEET_FIELDS[sheet][0])
    yield from (row for of, row in study.held if of == sheet)


def _only(study: Study, rows: Sequence[tuple[str, Any]], name: str) -> Study:
    """Study of some rows; of the energy part with all that meets there, and hardware where its power tells the load."""
    wanted = {row for _, row in rows}
    tables: dict[str, Any] = {
        SHEET_FIELDS[sheet][0]: tuple(row for row in getattr(study, SHEET_FIELDS[sheet][0]) if row in wanted)
        for sheet in (*INSTALLED, "Water and waste")
    }
    if name == ENERGY:
        simulation = study.simulation and replace(
            study.simulation, ups_lines=None, cooling_lines=None, genset_lines=None
        )
        return replace(study, **tables, simulation=simulation, measures=())
    idle = tuple(replace(row, it_load_percent=None) for row in study.years)
    bare: Mapping[str, Any] = {
        "years": idle, "energy": (), "contracts": (), "heat": (), "simulation": None, "network": None,
    }  # fmt: skip
    return replace(study, **{**tables, **bare}, measures=())
