"""Words for the closed values of a plan: why it is so, what is left out, what is followed up."""

from collections.abc import Mapping
from typing import Any

from templates.texts import N_

OBJECTIVES = {
    "most": N_("avoids the most"),
    "decided": N_("holds what is decided"),
    "cheapest": N_("reaches the target at the least cost"),
    "nearest": N_("avoids the most, as none reaches the target"),
    "unproved": N_("avoids the most, as none that reaches the target was found"),
    "carbon-price": N_("is worth the most at the stated price of carbon"),
}
"""What a plan is the best at."""


def objective_of(plan: Mapping[str, Any]) -> str:
    """Word of ``OBJECTIVES`` for a plan: where its target is missed, what it was chosen for instead."""
    if plan["sets"] == 1 and plan["actions"] and all(action["decided"] for action in plan["actions"]):
        return "decided"
    if plan["reached"] is False:
        return "nearest" if plan["proved"] else "unproved"
    return str(plan["objective"])


REASONS = {
    "rejected": N_("decided not to be carried out"),
    "cost": N_("its cost is not told; missing: {of}"),
    "requires": N_("requires {of}, which is left out"),
    "excluded": N_("excluded by {of}"),
    "nothing": N_("would not lower the footprint beside the plan"),
    "only-market": N_("would lower the market-based footprint only"),
    "only-location": N_("would lower the location-based footprint only"),
    "outside": N_("would not lower the footprint, but emissions outside it"),
    "budget": N_("not within the budget together with the plan"),
    "not-needed": N_("the target is reached at less cost without it"),
    "not-found": N_("not in the best plan that was found"),
    "too-dear": N_("costs more than the stated price of carbon"),
}
"""Why a measure is not in the plan."""

INDICATORS = {
    "energy": N_("metered energy of {rows}"),
    "heat": N_("metered heat handed over, {rows}"),
    "cancelled": N_("certificates cancelled for {rows}"),
    "pieces": N_("pieces bought and in use, {rows}"),
    "product": N_("product that was built in, {rows}"),
    "refilled": N_("refrigerant refilled, {rows}"),
    "amount": N_("metered amount of {rows}"),
}
"""What shows that a measure works."""

EVIDENCE = {
    "meter": N_("meter readings of a whole year"),
    "heat-meter": N_("readings of the heat meter"),
    "cancellation": N_("statement of cancellation"),
    "register": N_("register of hardware with years of purchase"),
    "declaration": N_("order and environmental product declaration"),
    "log": N_("service log with refilled masses"),
}
"""What shows that a measure was carried out."""

TARGETS = {
    "total-percent": N_("{percent} % less over the whole period, at most {allowed} t CO2e"),
    "total-kilograms": N_("at most {allowed} t CO2e over the whole period"),
    "yearly-percent": N_("operation {percent} % below {base_year}, at most {allowed} t CO2e a year from {year} on"),
    "yearly-kilograms": N_("operation at most {allowed} t CO2e a year from {year} on"),
    "pathway-until": N_(
        "operation on the 1.5 °C pathway until {year}: 4.2 % of {base_year} less each year, down to a tenth"
    ),
    "pathway": N_("operation on the 1.5 °C pathway: 4.2 % of {base_year} less each year, down to a tenth"),
}
"""What a plan shall reach."""
