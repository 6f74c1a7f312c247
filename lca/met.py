"""How the electricity of each year is met on the market basis: on site, by contract, by the residual mix."""

from typing import Any

from lca.context import Context
from lca.contracts import Matching
from lca.kpi import first

CARBON_FREE = ("wind", "solar", "hydro", "nuclear")
"""Sources of contracts; a mix is neither, and what burns is not free of carbon."""


def electricity(context: Context) -> list[dict[str, Any]]:
    """How the electricity of each year is met on the market basis [kWh].

    Both shares are of what is bought, B = E - own generation. *matched* is ΣM / B. *carbon_free* counts contracts of
    wind, solar, hydro and nuclear power, and of the rest that no contract meets the share of the grid
    (``grid_carbon_free_percent``): [ΣM_cf + (B - ΣM)·cfe_grid] / B; None where that share is not stated.
    """
    matching = context.matching
    if matching is None:
        return []
    return [_met(context, matching, year) for year in sorted(matching.demand)]


def _met(context: Context, matching: Matching, year: int) -> dict[str, Any]:
    contracts = context.study.contracts
    demand, shares = matching.demand[year], matching.shares(year)
    kwh = sum(first(energy) for energy in demand.values())
    onsite = sum(first(demand[group]) * first(each.onsite) for group, each in shares.items())
    met = {contract.id: 0.0 for contract in contracts if contract.carrier in (None, "electricity")}
    for group, each in shares.items():
        for i, share in each.contracts.items():
            met[contracts[i].id] = met.get(contracts[i].id, 0.0) + first(demand[group]) * first(share)
    bought, total = kwh - onsite, sum(met.values())
    free = sum(met.get(contract.id, 0.0) for contract in contracts if contract.energy_source in CARBON_FREE)
    grid = context.study.settings.grid_carbon_free_percent
    return {
        "year": year,
        "kwh": kwh,
        "onsite": onsite,
        "contracts": [{"id": name, "kwh": taken} for name, taken in met.items()],
        "residual": bought - total,
        "matched": total / bought if bought > 0 else None,
        "carbon_free": (free + (bought - total) * grid / 100.0) / bought if bought > 0 and grid is not None else None,
        "hourly": any(contract.matching == "hourly" for contract in contracts),
    }
