"""Sheets with one key a row: goal and scope, the simulated hall, the network that takes the heat."""

from dataclasses import dataclass

from inventories.values import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The Study sheet: goal and scope, period, choices."""

    title: str
    facility: str
    study_type: str
    country: str
    start_year: int
    reference_period: int
    organisation: str | None = None
    commissioned_by: str | None = None
    assessor: str | None = None
    reviewer: str | None = None
    date: str | None = None
    purpose: str | None = None
    municipality: str | None = None
    boundary: tuple[str, ...] | None = None
    consolidation: str | None = None
    gwp_set: str | None = None
    replacement_rule: str | None = None
    format: int | None = None
    grid_trajectory: str | None = None
    trajectory_floor: float | None = None
    trajectory_decline_percent: float | None = None
    grid_profile: str | None = None
    grid_carbon_free_percent: float | None = None
    grid_connection: str | None = None
    residual_mix: str | None = None
    kpi_year: int | None = None
    service_unit: str | None = None
    reference_temperature: float | None = None
    reference_pue: float | None = None
    it_revenue: Quantity | None = None
    currency_year: int | None = None
    discount_rate: float | None = None
    plan_basis: str | None = None
    plan_budget: Quantity | None = None
    plan_yearly_budget: Quantity | None = None
    target_percent: float | None = None
    target_footprint: Quantity | None = None
    target_pathway: str | None = None
    target_year: int | None = None
    target_base_year: int | None = None
    hours_per_year: float | None = None
    language: str | None = None
    attach: str | None = None

    @property
    def end_year(self) -> int:
        """First year after the period."""
        return self.start_year + self.reference_period

    @property
    def years(self) -> range:
        """Years of the period."""
        return range(self.start_year, self.end_year)


SIMULATED_USES = ("cooling", "power-losses", "lighting")
"""Uses of electricity that a simulated hall gives beside the IT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """The Simulation sheet: the hall whose electricity, water and heat are simulated where no meter is."""

    weather_file: str
    cooling_type: str
    supply_temperature: float
    return_temperature: float
    approach: float
    chiller_efficiency_percent: float
    evaporator_approach: float
    condenser_approach: float
    fan_and_pump_percent: float
    distribution_efficiency_percent: float
    it_profile: str | None = None
    fill_percent: float | None = None
    utilisation_percent: float | None = None
    idle_percent: float | None = None
    power_curve_exponent: float | None = None
    liquid_share_percent: float | None = None
    air_supply_temperature: float | None = None
    air_return_temperature: float | None = None
    evaporative: str | None = None
    cycles_of_concentration: float | None = None
    ups_rating: Quantity | None = None
    ups_modules: int | None = None
    ups_redundancy: str | None = None
    ups_share_percent: float | None = None
    ups_efficiency_25_percent: float | None = None
    ups_efficiency_50_percent: float | None = None
    ups_efficiency_percent: float | None = None
    lighting_density: float | None = None
    capture_share_percent: float | None = None
    heat_exchanger_approach: float | None = None
    ups_lines: str | None = None
    cooling_lines: str | None = None
    cooling_units: int | None = None
    cooling_redundancy: str | None = None
    genset_lines: str | None = None
    genset_units: int | None = None
    genset_redundancy: str | None = None
    genset_power: Quantity | None = None
    test_hours: float | None = None
    test_load_percent: float | None = None
    test_consumption: float | None = None
    test_fuel: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatNetwork:
    """The Heat network sheet: who takes the recovered heat, how, and on what terms."""

    demand: Quantity
    demand_profile: str | None = None
    weather_file: str | None = None
    base_share_percent: float | None = None
    return_temperature: float | None = None
    supply_temperature_cold: float | None = None
    cold_outdoor_temperature: float | None = None
    supply_temperature_mild: float | None = None
    mild_outdoor_temperature: float | None = None
    heat_pump_capacity: Quantity | None = None
    highest_temperature: float | None = None
    least_load_percent: float | None = None
    part_load_loss_percent: float | None = None
    must_run: Quantity | None = None
    minimum_take: Quantity | None = None
    store: Quantity | None = None
    store_power: Quantity | None = None
    store_loss_percent: float | None = None
    merit_order: tuple[tuple[str, float], ...] | None = None
    pipe_length: float | None = None
    pipe_u_value: float | None = None
    ground_temperature: float | None = None
    pressure_gradient: float | None = None
    pump_efficiency_percent: float | None = None
    exchanger_transfer_units: float | None = None
    orc_carnot_percent: float | None = None
    orc_own_use_percent: float | None = None
    orc_rejection_temperature: float | None = None
    rejection_percent: float | None = None
    producer: str | None = None
    user: str | None = None
    exchanger_owner: str | None = None
    heat_pump_owner: str | None = None
    pipe_owner: str | None = None
    back_up: str | None = None
    contract_from: int | None = None
    contract_to: int | None = None
    producer_investment: Quantity | None = None
    producer_upkeep: Quantity | None = None
    user_investment: Quantity | None = None
    user_upkeep: Quantity | None = None
    alternative_heat_cost: Quantity | None = None
    agreement_life: float | None = None
    evidence: str | None = None


KEYED_FIELDS = {
    "Study": ("settings", Settings),
    "Simulation": ("simulation", Simulation),
    "Heat network": ("network", HeatNetwork),
}
"""Which attribute of the study a sheet of keys becomes, and of what it is made."""

OPTIONAL = ("Simulation", "Heat network")
"""Sheets of keys that a study may lack."""
