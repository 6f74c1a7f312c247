"""A study in parts that no measure joins: the footprint is their sum, and each is computed once in each of its states.

Lines that follow one another, and charges with the line that holds them, are one part; so are rows of water that stand
for one another, and all electricity, heat and fuels with the contracts that meet them. Hardware whose power may tell
the load stands in the part of energy as a witness, and is counted in its own. What a measure does to a part
depends on the measures that change its rows, and on no other: of n measures the sets are 2^n, the states of a part few.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inventories.operations import Operation
from inventories.standing import every
from inventories.study import INSTALLED, SHEET_FIELDS, Study

ENERGY = "energy"
"""Name of the part in which loads, contracts and heat meet."""

_OF_ENERGY = ("Years", "Energy", "Contracts", "Heat", "Simulation", "Heat network")


WITNESS = "hardware"
"""Section that may stand in the part of energy to tell the load by its power; what it emits is counted in its own."""


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

    @property
    def uncounted(self) -> str:
        """Section that is not counted in this part; blank where all are."""
        return WITNESS if self.name == ENERGY else ""


def parts_of(study: Study, found: Sequence[Operation]) -> list[Part]:
    """Parts of a base study that measures change, and one with all that none changes.

    Parameters
    ----------
    study
        A base study; rows that measures bring are in ``held``.
    found
        Operations of its measures.
    """
    tells = _power_may_tell(study, found)
    silent = {row: replace(row, power_w=None) for row in every(study, "Hardware") if row.power_w is not None}
    quiet = _with_rows_instead(study, silent)
    groups = _groups(quiet)
    name_of = {row: name for name, rows in groups.items() for _, row in rows}
    by_part: dict[str, list[Operation]] = defaultdict(list)
    for each in found:
        rows_of: dict[str, list[Any]] = defaultdict(list)
        for row in each.rows:
            if each.sheet in _OF_ENERGY:
                rows_of[ENERGY].append(row)
                continue
            own = silent.get(row, row) if each.sheet == "Hardware" else row
            rows_of[name_of[own]].append(own)
            if tells and _moves_the_load(each, row):
                rows_of[ENERGY].append(row)
        for name, rows in rows_of.items():
            by_part[name].append(replace(each, rows=tuple(dict.fromkeys(rows))))
    energy = _of_energy(study, tells=tells)
    made = [
        Part(name, energy if name == ENERGY else _only(quiet, groups[name]), tuple(by_part[name])) for name in by_part
    ]
    rest = [pair for name, rows in groups.items() if name not in by_part for pair in rows]
    if ENERGY not in by_part:
        made.append(Part(ENERGY, energy, ()))
    return [*made, Part("rest", _only(quiet, rest), ())]


def _power_may_tell(study: Study, found: Sequence[Operation]) -> bool:
    """Whether hardware may tell the IT energy by its power: it does in years that no meter covers."""
    if not any(row.power_w is not None for row in every(study, "Hardware")):
        return False
    start = study.settings.start_year
    meters = [row for row in study.energy if row.carrier == "electricity" and row.use == "it"]
    whole = [row for row in meters if row.year is None or (row.year.first <= start and row.year.last is None)]
    moved = {row for each in found if each.sheet == "Energy" and each.kind != "scale" for row in each.rows}
    return not any(row not in moved for row in whole)


def _moves_the_load(of: Operation, row: Any) -> bool:  # noqa: ANN401 - a row of any sheet
    """Whether an operation changes how much powered hardware is in place in a year."""
    if of.sheet != "Hardware":
        return False
    followed = row.replaced_by not in (None, "same")
    return (
        of.kind in ("add", "remove")
        or of.column in ("count", "installed", "share_percent")
        or (of.column == "service_life" and followed)
    )


def _with_rows_instead(study: Study, instead: Mapping[Any, Any]) -> Study:
    """Return a study with other rows of Hardware."""
    if not instead:
        return study
    hardware = tuple(instead.get(row, row) for row in study.hardware)
    held = tuple((of, instead.get(row, row) if of == "Hardware" else row) for of, row in study.held)
    return replace(study, hardware=hardware, held=held)


def _groups(study: Study) -> dict[str, list[tuple[str, Any]]]:
    """Rows of installed things and of water by what they hang together with."""
    rows = [(sheet, row) for sheet in (*INSTALLED, "Water and waste") for row in every(study, sheet)]
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for sheet, row in rows:
        mine = _name(sheet, row)
        if sheet in INSTALLED and row.replaced_by not in (None, "same", "none"):
            parent[root(mine)] = root(row.replaced_by)
        if sheet == "Refrigerants" and row.equipment:
            parent[root(mine)] = root(row.equipment)
        root(mine)
    groups: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for sheet, row in rows:
        groups[root(_name(sheet, row))].append((sheet, row))
    return groups


def _name(sheet: str, row: Any) -> str:  # noqa: ANN401 - a row of any sheet
    return str(row.id) if sheet in INSTALLED else f"water:{row.key}"


def _of_energy(study: Study, *, tells: bool) -> Study:
    """Study of all that meets in energy, and the hardware where its power may tell the load."""
    simulation = study.simulation and replace(study.simulation, ups_lines=None, cooling_lines=None, genset_lines=None)
    bare: dict[str, Any] = {"construction": (), "plant": (), "refrigerants": (), "water": ()}
    if not tells:
        bare["hardware"] = ()
    return replace(study, **bare, simulation=simulation, measures=())


def _only(study: Study, rows: Sequence[tuple[str, Any]]) -> Study:
    """Study of some rows of installed things and of water."""
    wanted = {row for _, row in rows}
    tables: dict[str, Any] = {
        SHEET_FIELDS[sheet][0]: tuple(row for row in getattr(study, SHEET_FIELDS[sheet][0]) if row in wanted)
        for sheet in (*INSTALLED, "Water and waste")
    }
    idle = tuple(replace(row, it_load_percent=None) for row in study.years)
    bare: Mapping[str, Any] = {
        "years": idle, "energy": (), "contracts": (), "heat": (), "simulation": None, "network": None,
    }  # fmt: skip
    return replace(study, **{**tables, **bare}, measures=())
