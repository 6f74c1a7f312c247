"""Words for the English keys of a results document, marked for translation; page and screen say the same."""

from templates.texts import N_

SECTION = {
    "construction": N_("Construction"),
    "plant": N_("Technical plant"),
    "hardware": N_("IT hardware"),
    "energy": N_("Energy"),
    "refrigerants": N_("Refrigerants"),
    "water": N_("Water"),
    "waste": N_("Waste"),
    "heat": N_("Recovered heat"),
    "facility": N_("Facility"),
}

DIMENSION = {
    "area": N_("area"),
    "count": N_("count"),
    "emission-factor": N_("emission factor"),
    "energy": N_("energy"),
    "energy-or-factor": N_("energy"),
    "factor": N_("emission factor"),
    "information": N_("information"),
    "length": N_("length"),
    "mass": N_("mass"),
    "mass-per-year": N_("mass a year"),
    "money": N_("money"),
    "money/energy": N_("money per energy"),
    "money/year": N_("money a year"),
    "price": N_("price"),
    "power": N_("power"),
    "ratio": N_("ratio"),
    "temperature": N_("temperature"),
    "temperature-difference": N_("temperature difference"),
    "time": N_("time"),
    "volume": N_("volume"),
}
"""Dimensions of units, as messages name them."""

LIBRARY_SECTION = {
    **SECTION,
    "heat": N_("Heat and cooling from networks"),
    "transport": N_("Transport"),
    "end-of-life": N_("End of life"),
    "screening": N_("Screening"),
}
"""Sections of the families of the library."""

MODULE = {
    "A0": N_("A0 Preliminary studies"),
    "A1-A3": N_("A1–A3 Product stage"),
    "A4": N_("A4 Transport to site"),
    "A5": N_("A5 Construction and installation"),
    "B1": N_("B1 Use and leakage"),
    "B2": N_("B2 Maintenance"),
    "B3": N_("B3 Repair"),
    "B4": N_("B4 Replacement"),
    "B5": N_("B5 Refurbishment"),
    "B6.1": N_("B6.1 Energy of the building"),
    "B6.2": N_("B6.2 Energy of IT"),
    "B6.3": N_("B6.3 Energy of cooling and losses"),
    "B7": N_("B7 Water use"),
    "B8": N_("B8 Operational waste"),
    "C1": N_("C1 Deconstruction"),
    "C2": N_("C2 Transport to waste treatment"),
    "C3": N_("C3 Waste processing"),
    "C4": N_("C4 Disposal"),
    "D1": N_("D1 Reuse and recycling"),
    "D2": N_("D2 Exported energy"),
    "avoided": N_("Avoided emissions"),
}

FACTOR_MODULE = {**MODULE, "B6": N_("B6 Operational energy"), "C": N_("C1–C4 End of life")}
"""Modules of factor rows, piece by piece of a bundle."""

SCOPE = {
    "1": N_("1 Direct emissions"),
    "1+3.3 undivided": N_("1 and 3.3, undivided in the source"),
    "2": N_("2 Purchased energy"),
    "2+3.3 undivided": N_("2 and 3.3, undivided in the source"),
    "3.1": N_("3.1 Purchased goods and services"),
    "3.2": N_("3.2 Capital goods"),
    "3.3": N_("3.3 Fuel- and energy-related activities"),
    "3.5": N_("3.5 Waste of operations"),
    "3.12": N_("3.12 End of life"),
    "3.13": N_("3.13 Leased assets, downstream"),
    "outside scopes (biogenic)": N_("Outside the scopes: biogenic carbon dioxide"),
    "not of the organisation": N_("Not of the reporting organisation"),
}

COMPONENT = {"fossil": N_("Fossil"), "biogenic": N_("Biogenic"), "land_use": N_("Land use")}

OF_IT = {
    "fossil": N_("of which fossil"),
    "biogenic": N_("of which biogenic"),
    "land_use": N_("of which land use"),
}

PER = {
    "kW IT·a": N_("per kW of IT capacity in service and year"),
    "MWh IT": N_("per MWh of IT energy"),
    "m²·a": N_("per m² of floor and year"),
    "m² heated net area·a": N_("per m² of heated net area and year"),
    "server·a": N_("per server and year"),
    "rack·a": N_("per rack and year"),
    "GPU-h": N_("per GPU-hour"),
    "node-h": N_("per node-hour"),
    "core-h": N_("per core-hour"),
}

PART = {
    "direct": N_("Direct: in the power plants or on site"),
    "upstream": N_("Upstream: fuels and plants"),
    "losses": N_("Losses of the grid"),
    "whole": N_("Undivided in the source"),
}

SHORT_PART = {
    "direct": N_("direct"), "upstream": N_("upstream"), "losses": N_("losses"), "whole": N_("undivided"),
}  # fmt: skip

STATUS = {
    "given": N_("given"),
    "derived": N_("derived"),
    "default": N_("default"),
    "replaced": N_("replaced"),
    "matched": N_("matched"),
}

STATUS_MEANING = {
    "given": N_("Given: typed by the author"),
    "derived": N_("Derived: follows from typed values"),
    "default": N_("Default: of the library or the method"),
    "replaced": N_("Replaced: another year or place stands in"),
    "matched": N_("Matched: found by its name"),
}

VALUE_KIND = {
    "measured": N_("Measured"),
    "supplier": N_("Supplier's figure"),
    "calculated": N_("Calculated"),
    "estimated": N_("Estimated"),
    "proxy": N_("Proxy"),
    "not stated": N_("Not stated"),
}

VALUE_SAID = {
    "measured": N_("measured value"),
    "supplier": N_("supplier's figure"),
    "calculated": N_("calculated value"),
    "estimated": N_("estimated value"),
    "proxy": N_("proxy value"),
}

CONFIDENCE = {
    "read": N_("read in the source"),
    "second-hand": N_("second-hand"),
    "derived": N_("derived"),
    "assumption": N_("assumption"),
    "knowledge": N_("from knowledge, not verified"),
}

SEVERITY = {"error": N_("Error"), "gap": N_("Gap"), "warning": N_("Warning")}

STATE = {
    "included": N_("included"),
    "excluded": N_("excluded"),
    "missing": N_("missing"),
    "outside the boundary": N_("not asked"),
}

INCLUDED_AS = {
    "no life ends inside the period": N_("no life ends inside the period"),
    "in the other modules of C": N_("in the other modules of C"),
}

REASON = {
    "not-relevant": N_("not relevant"),
    "no-data": N_("no data"),
    "cut-off": N_("below the cut-off"),
}

SHORT_REASON = {"not-relevant": N_("not relevant"), "no-data": N_("no data"), "cut-off": N_("cut-off")}

STUDY_TYPE = {
    "life-cycle": N_("Life-cycle assessment"),
    "annual": N_("Annual assessment"),
    "design": N_("Design-stage assessment"),
}

KICKER = {
    "life-cycle": N_("Life-cycle carbon footprint of a data centre"),
    "annual": N_("Annual carbon footprint of a data centre"),
    "design": N_("Life-cycle carbon footprint of a planned data centre"),
}

HEAT_METHOD = {
    "H0": N_("Cut-off"),
    "H1": N_("System expansion"),
    "H2": N_("Energy allocation"),
    "H3": N_("Exergy allocation"),
    "H4": N_("Benefit sharing"),
    "H5": N_("Economic allocation"),
    "H6": N_("Shared credit"),
}

PARTY = {"data-centre": N_("Data centre"), "heat": N_("Recovered heat")}

CHOICE = {
    "replacement_rule": N_("Replacement rule"),
    "gwp_set": N_("GWP set"),
    "grid_trajectory": N_("Trajectory of the grid"),
    "grid_connection": N_("Grid connection"),
    "residual_mix": N_("Residual mix"),
    "consolidation": N_("Consolidation"),
    "boundary": N_("Modules asked for"),
    "hours_per_year": N_("Hours in a year"),
    "kpi_year": N_("Year of the key figures"),
    "grid_profile": N_("Hours of the grid; shape only, the level is that of the year’s factor"),
    "trajectory_floor": N_("Floor of the trajectory"),
    "trajectory_decline_percent": N_("Yearly decline towards the floor"),
}

RULE = {
    "whole": N_("Whole sets"),
    "pro-rata": N_("Pro rata"),
    "standard": N_("Standard: whole sets for construction and plant, pro rata for IT hardware"),
}

QUANTITY = {
    "amount": N_("Amount"),
    "energy": N_("Energy used"),
    "electricity": N_("Electricity used"),
    "areal_mass": N_("Mass per area"),
    "biogenic_carbon": N_("Biogenic carbon"),
    "biogenic_storage": N_("Biogenic carbon stored"),
    "charge_kg_per_kw": N_("Charge per kW"),
    "charge_kg_per_piece": N_("Charge per piece"),
    "density": N_("Density"),
    "grid_loss_distribution": N_("Losses of the distribution grid"),
    "grid_loss_transmission": N_("Losses of the transmission grid"),
    "gross_calorific_value": N_("Gross calorific value"),
    "gross_to_net_ratio": N_("Gross to net calorific value"),
    "leakage_percent": N_("Leakage, % a year"),
    "mass_kg": N_("Mass"),
    "net_calorific_value": N_("Net calorific value"),
    "net_calorific_value_by_volume": N_("Net calorific value by volume"),
    "pue": N_("PUE"),
    "recovery_percent": N_("Recovery, %"),
    "service_life": N_("Service life"),
    "specific_mass": N_("Mass per unit"),
    "waste_factor": N_("Waste factor"),
    "waste_percent": N_("Site waste, %"),
}

LEVEL = {"transmission": N_("transmission"), "distribution": N_("distribution")}

PSEUDO_LINE = {"it": N_("IT energy"), "electricity": N_("Electricity")}
"""Lines of the passport that are no rows of the study."""

PLACE = {"World": N_("World"), "Europe": N_("Europe")}
