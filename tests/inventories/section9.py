"""The sheets and columns the design agreed on before any code, as data; ``*`` is asked for.

``one-of`` and ``if`` are written behind a colon. Where the workbook differs on purpose, ``DEPARTURES`` names the
columns left out, and ``ADDED`` those that came later; ``docs/decisions/0003-what-the-code-taught.md`` says why.
"""

_COMMON = (
    "id installed until replaced_by owner zone share_percent mass_kg transport end_of_life_factor module value_kind "
    "quality min max distribution evidence note"
)
_BUILT = f"item* element amount* unit* factor* waste_percent service_life {_COMMON}"

AGREED = {
    "Study": (
        "title* facility* study_type* country* start_year* reference_period* organisation commissioned_by assessor "
        "reviewer date purpose municipality boundary consolidation gwp_set replacement_rule format grid_trajectory "
        "grid_connection residual_mix kpi_year service_unit reference_temperature reference_pue it_revenue "
        "currency_year discount_rate plan_basis plan_budget plan_yearly_budget target_percent "
        "target_footprint target_pathway target_year target_base_year hours_per_year language attach"
    ),
    "Years": (
        "from* to it_capacity* it_load_percent floor_area computer_room_area heated_net_area service_amount note"
    ),
    "Construction": _BUILT,
    "Plant": _BUILT,
    "Hardware": f"item* class* count* factor* service_life* power_w reused_percent {_COMMON}",
    "Energy": (
        "id* meter carrier* use:if measured_at year amount* unit* factor scales_with fixed_percent certificates owner "
        "zone share_percent tax_class profile min max value_kind quality evidence note"
    ),
    "Contracts": (
        "id* carrier type* energy_source* amount:one-of share_percent:one-of unit:if matching* covers order factor* "
        "valid_from valid_to bidding_zone cancelled profile evidence* note"
    ),
    "Refrigerants": (
        "gas* charge* unit* year leakage_percent leaked_per_year recovery_percent equipment service_life "
        f"production_factor {_COMMON}"
    ),
    "Water and waste": "id* kind* item* year amount* unit* factor* potable measured_at evidence note",
    "Heat": (
        "id* year heat* unit* measured_at* profile source_in_c source_out_c sink_in_c sink_out_c heat_pump* "
        "heat_pump_meter:one-of heat_pump_electricity:one-of cop:one-of eta_lorenz:one-of used_percent "
        "network_loss_percent displaced_factor* displaced_excludes_this_heat* displaced_decline_percent equipment "
        "saved_cooling heat_price claim_holder* claim_share_percent evidence note"
    ),
    "Measures": (
        "id* measure* kind* target parameter value unit min max capex opex_per_year start_year lifetime excludes "
        "requires owner decision indicator evidence note"
    ),
    "Prices": "carrier* year price* unit* network_fee tax tax_class evidence",
    "Factors": (
        "id* name* module* part value* unit* fossil biogenic land_use gas gwp_set geography year* valid_to min max "
        "distribution quality family source* locator licence bw_database bw_code note"
    ),
    "Exclusions": "module* section what* reason* estimated_share_percent evidence",
    "Reporting": "key* year value unit evidence",
    "Simulation": (
        "weather_file* it_profile cooling_type* supply_temperature* approach* heat_exchanger_approach "
        "ups_efficiency_percent:if distribution_efficiency_percent* chiller_efficiency_percent* fan_and_pump_percent* "
        "capture_share_percent"
    ),
}

DEPARTURES = {"Refrigerants": {"mass_kg", "module"}}
RELAXED = {"Heat": {"heat": "heat", "unit": "unit:if"}}
"""Columns that were asked for and may be blank now: heat may come from the simulated hall."""
ADDED_SHEETS = ("Heat network",)
ADDED = {
    "Water and waste": {"owner", "zone", "share_percent", "min", "max", "value_kind", "quality"},
    "Simulation": {
        "fill_percent",
        "utilisation_percent",
        "idle_percent",
        "power_curve_exponent",
        "return_temperature",
        "liquid_share_percent",
        "air_supply_temperature",
        "air_return_temperature",
        "evaporator_approach",
        "condenser_approach",
        "evaporative",
        "cycles_of_concentration",
        "ups_rating",
        "ups_modules",
        "ups_redundancy",
        "ups_share_percent",
        "ups_efficiency_25_percent",
        "ups_efficiency_50_percent",
        "lighting_density",
        "ups_lines",
        "cooling_lines",
        "cooling_units",
        "cooling_redundancy",
        "genset_lines",
        "genset_units",
        "genset_redundancy",
        "genset_power",
        "test_hours",
        "test_load_percent",
        "test_consumption",
        "test_fuel",
        "evidence",
    },  # fmt: skip
    "Heat": {"eta_carnot", "cop_model", "stages", "auxiliary_percent", "displaced_kind"},
    "Study": {"trajectory_floor", "trajectory_decline_percent", "grid_profile", "grid_carbon_free_percent"},
}

CHOICES = {
    ("Study", "study_type"): "life-cycle annual design",
    ("Study", "consolidation"): "operational financial",
    ("Study", "replacement_rule"): "standard whole pro-rata",
    ("Study", "grid_trajectory"): "constant national exponential",
    ("Study", "grid_connection"): "transmission distribution",
    ("Study", "language"): "en fi sv",
    ("Study", "attach"): "full public none",
    ("Plant", "owner"): "facility utility",
    ("Plant", "zone"): "data-centre office site shared",
    ("Plant", "module"): "B2 B3 B5",
    ("Plant", "value_kind"): "measured supplier calculated estimated proxy",
    ("Hardware", "class"): "server gpu-server storage network other",
    ("Energy", "carrier"): "electricity onsite-electricity exported-electricity district-heat district-cooling",
    ("Energy", "use"): (
        "it cooling power-losses lighting office other backup backup-test heat-pump construction-site commissioning"
    ),
    ("Energy", "measured_at"): "1 2 3",
    ("Energy", "scales_with"): "it it-and-weather floor none",
    ("Energy", "certificates"): "kept sold",
    ("Contracts", "type"): "ppa certificate supplier",
    ("Contracts", "energy_source"): "wind solar hydro bio nuclear mix",
    ("Contracts", "matching"): "annual hourly",
    ("Water and waste", "kind"): "water waste-water waste",
    ("Heat", "measured_at"): "source delivered",
    ("Heat", "heat_pump"): "inside outside none",
    ("Heat", "displaced_kind"): "average marginal counterfactual",
    ("Heat", "cop_model"): "jensen-ammonia jensen-isobutane jesper",
    ("Measures", "kind"): "scale set substitute reuse add remove contract heat shift phase",
    ("Measures", "decision"): "yes no",
    ("Study", "plan_basis"): "location market",
    ("Study", "target_pathway"): "1.5C",
    ("Prices", "carrier"): "electricity heat-sold water carbon",
    ("Factors", "part"): "direct upstream losses whole",
    ("Factors", "gwp_set"): "AR4 AR5 AR6 mixed not-stated",
    ("Exclusions", "reason"): "not-relevant no-data cut-off",
}
"""Closed lists the design spells out."""
