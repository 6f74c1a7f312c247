"""Owners, zones and scopes of every section: whose emissions are whose, and the sum over scopes is the footprint."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from lca.tables import group
from tests.studies import contract, line, make, meter, own, refrigerant, water

OTHERS = "not of the organisation"
OIL = "fuel-gas-oil-gb"


def study(owner: str | None, **of: Any) -> Study:
    """One row on each sheet that has owners, all of one owner."""
    whose: dict[str, Any] = {"owner": owner, "zone": "shared"}
    gone = own("gone", 2.0, "kg CO2e/kg", "C4")
    return make(
        years=2,
        replacement_rule="whole",
        factors=[own("made", 10.0, "kg CO2e/kg"), own("piece", 50.0), gone],
        construction=[line(id="C1", end_of_life_factor="gone", service_life=1.0, **whose)],
        plant=[line("Plant", id="P1", factor="made", service_life=5.0, **whose)],
        hardware=[line("Hardware", id="H1", factor="piece", service_life=5.0, **whose)],
        refrigerants=[refrigerant(production_factor="made", **whose)],
        energy=[
            meter(id="E1", amount=Quantity(10.0, "MWh"), **whose),
            meter(id="E2", carrier=OIL, use="backup", amount=Quantity(100.0, "l"), **whose),
            meter(id="E3", carrier="district-heat", use="office", factor="district-heat-tampere", **whose),
        ],
        water=[
            water(id="W1", **whose),
            water(id="W2", kind="waste", amount=Quantity(1.0, "t"), factor="waste-mixed-disposal-fi", **whose),
        ],
        contracts=[contract(share_percent=100.0, covers=(("owner", owner or "facility"),))],
        **of,
    )


def scopes(of: Study) -> dict[str, set[str]]:
    """Scopes by section, and a check that they sum to the total."""
    document = assess(of)
    table = document["contributions"]
    for basis in ("location", "market"):
        total = sum(value[basis] for value in group(table, "scope").values())
        assert total == pytest.approx(document["totals"][basis]["total"], rel=1e-12)
    assert {row["zone"] for row in table} == {"shared"}
    found: dict[str, set[str]] = {}
    for section, scope in group(table, "section", "scope"):
        found.setdefault(section, set()).add(scope)
    return found


def test_what_is_the_organisation_s_own() -> None:
    assert scopes(study(None)) == {
        "construction": {"3.2", "3.12"},
        "plant": {"3.2"},
        "hardware": {"3.2"},
        "refrigerants": {"1", "3.1", "3.2", "3.12"},
        "energy": {"1", "2", "3.3", "2+3.3 undivided"},
        "water": {"3.1"},
        "waste": {"3.5"},
    }


@pytest.mark.parametrize("consolidation", ["operational", "financial"])
def test_what_is_a_utility_s_is_in_no_scope(consolidation: str) -> None:
    assert set().union(*scopes(study("utility", consolidation=consolidation)).values()) == {OTHERS}


@pytest.mark.parametrize(
    ("consolidation", "energy"),
    [("operational", {"1", "2", "3.3", "2+3.3 undivided"}), ("financial", {"3.13"})],
)
def test_a_tenant_s_energy_goes_by_the_consolidation_and_its_things_are_its_own(
    consolidation: str, energy: set[str]
) -> None:
    found = scopes(study("tenant: Cloud Oy", consolidation=consolidation))
    assert found.pop("energy") == energy
    assert set().union(*found.values()) == {OTHERS}


def test_the_facility_counts_every_owner_alike() -> None:
    plain = assess(study(None))["totals"]["location"]
    for owner in ("utility", "tenant: Cloud Oy"):
        assert assess(study(owner))["totals"]["location"] == pytest.approx(plain)


def test_half_a_row_is_half_of_every_section() -> None:
    whole = study(None, grid_trajectory="constant")
    half: dict[str, Any] = {
        table: tuple(replace(row, share_percent=50.0, evidence="agreement") for row in getattr(whole, table))
        for table in ("construction", "plant", "hardware", "refrigerants", "energy", "water")
    }
    one, other = (group(assess(each)["contributions"], "section", "module") for each in (whole, replace(whole, **half)))
    assert one.keys() == other.keys()
    for key, value in one.items():
        for basis in ("location", "market"):
            assert other[key][basis] == pytest.approx(0.5 * value[basis], rel=1e-12), key
