"""Brightway data packages of a product system, in memory: common, one supply per basis, one per component.

The arrays of these packages are the only list of amounts: bw2calc solves them, and the evaluation walks them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import bw_processing as bwp
import numpy as np
import numpy.typing as npt

from factors.model import COMPONENTS, Gas
from factors.problems import InputError, Problem
from lca.replacement import Values
from lca.system import BASES, FLOW_IDS, Exchanges, Flow, System

INPUTS, PRODUCTION, EMISSIONS = "inputs", "production", "emissions"


@dataclass(frozen=True)
class Packages:
    """Data packages of one product system.

    Attributes
    ----------
    common
        Production, inputs and emissions that both bases share.
    supply
        Inputs of the supply of electricity, by basis.
    characterisation
        Characterisation factors by component, of the chosen GWP set.
    """

    common: bwp.Datapackage
    supply: Mapping[str, bwp.Datapackage]
    characterisation: Mapping[str, bwp.Datapackage]


def gwp(flow: Flow, chosen: str, gases: Mapping[str, Gas]) -> tuple[float, str]:
    """Characterisation factor of a flow [kg CO2e/kg] and the set it is from.

    CO2e as published counts 1; biogenic CO2 counts 1 as well (−1 on uptake, +1 on release, EN 15804+A2). A gas without
    a value in the chosen set takes its AR6 value, never 0.

    Raises
    ------
    InputError
        The gas is not in the table.

    Examples
    --------
    >>> gwp(Flow("CO2e", "fossil", "AR5"), "AR6", {})
    (1.0, 'AR5')
    """
    if flow.gas == "CO2e":
        return 1.0, flow.gwp_set
    gas = gases.get(flow.gas)
    if gas is None:
        raise InputError([Problem("gas-unknown", "Factors", None, "gas", flow.gas, {"options": ", ".join(gases)})])
    used, _ = gas.in_set(chosen)
    return gas.gwp[used], used


def build(system: System, gases: Mapping[str, Gas], chosen: str) -> Packages:
    """Write a product system into data packages.

    Every array has one column for each value of the free axis; column 0 is the study itself.
    """
    ids = np.array(sorted(system.processes), dtype=np.int64)
    common = _package("common")
    common.add_persistent_vector(
        matrix="technosphere_matrix",
        name=PRODUCTION,
        indices_array=_pairs(ids, ids),
        data_array=np.ones(len(ids)),
    )
    _add(common, "technosphere_matrix", INPUTS, system.common, system.length, flip=True)
    _add(common, "biosphere_matrix", EMISSIONS, system.emissions, system.length)
    supply = {}
    for basis in BASES:
        supply[basis] = _package(f"supply_{basis}")
        _add(supply[basis], "technosphere_matrix", INPUTS, system.supply[basis], system.length, flip=True)
    characterisation = {}
    for component, flows in system.components():
        package = characterisation[component] = _package(f"characterisation_{component}")
        package.add_persistent_vector(
            matrix="characterization_matrix",
            name="factors",
            indices_array=_pairs(
                np.array([system.flows[flow] for flow in flows]), np.zeros(len(flows), dtype=np.int64)
            ),
            data_array=np.array([gwp(flow, chosen, gases)[0] for flow in flows]),
            global_index=0,
        )
    return Packages(common, supply, characterisation)


def _package(name: str) -> bwp.Datapackage:
    return bwp.create_datapackage(name=name, id_=name, sequential=True)


def _pairs(row: npt.NDArray[np.int64], column: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    pairs = np.empty(len(row), dtype=bwp.INDICES_DTYPE)
    pairs["row"], pairs["col"] = row, column
    return pairs


def _add(package: bwp.Datapackage, matrix: str, name: str, of: Exchanges, length: int, *, flip: bool = False) -> None:
    if not of.product:
        return
    product, consumer = of.indices()
    package.add_persistent_array(
        matrix=matrix,
        name=name,
        indices_array=_pairs(product, consumer),
        data_array=of.array(length),
        flip_array=np.full(len(product), flip),
    )


@dataclass(frozen=True)
class Amounts:
    """Amounts of one resource as the packages hold them; ``value`` is (exchanges, axis), positive for an input."""

    product: npt.NDArray[np.int64]
    consumer: npt.NDArray[np.int64]
    value: Values


def read(packages: list[bwp.Datapackage], name: str, matrix: str) -> Amounts:
    """Read the amounts of a resource back from packages, in order; a flipped amount is an input."""
    parts = []
    for package in packages:
        names = [each["name"] for each in package.resources]
        if f"{name}.indices" not in names:
            continue
        indices = package.get_resource(f"{name}.indices")[0]
        value = package.get_resource(f"{name}.data")[0]
        flip = (
            package.get_resource(f"{name}.flip")[0] if f"{name}.flip" in names else np.zeros(len(indices), dtype=bool)
        )
        wanted = flip if matrix == "technosphere_matrix" else np.ones(len(indices), dtype=bool)
        sign = np.where(wanted, 1.0, -1.0)[:, None]
        parts.append((indices["row"], indices["col"], sign * np.atleast_2d(value.T).T))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Amounts(nothing, nothing, np.zeros((0, 1)))
    return Amounts(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def characterised(packages: Packages) -> dict[int, tuple[str, float]]:
    """Component and characterisation factor of every flow that has one."""
    found = {}
    for component in COMPONENTS:
        package = packages.characterisation.get(component)
        if package is None:
            continue
        indices, value = package.get_resource("factors.indices")[0], package.get_resource("factors.data")[0]
        for row, factor in zip(indices["row"], value, strict=True):
            found[int(row)] = (component, float(factor))
    return found


def check(packages: Packages) -> None:
    """Refuse what bw2calc would pass over in silence: flows without a characterisation factor.

    Raises
    ------
    AssertionError
        A flow would count as nothing.
    """
    emitted = set(read([packages.common], EMISSIONS, "biosphere_matrix").product.tolist())
    dropped = emitted - characterised(packages).keys()
    if dropped:
        raise AssertionError(f"{len(dropped)} flows are not characterised: {sorted(f - FLOW_IDS for f in dropped)}")
