"""The study: the only truth about one assessment, frozen and serialisable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from inventories.datafile import DataFile
from inventories.keyed import KEYED_FIELDS, HeatNetwork, Settings, Simulation
from inventories.measures import HELD_BY, Measure
from inventories.values import Quantity, YearRange


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsRow:
    """What the facility is during some years: capacity, load, areas, service."""

    from_: int
    it_capacity: Quantity
    to: int | None = None
    it_load_percent: float | None = None
    floor_area: Quantity | None = None
    computer_room_area: Quantity | None = None
    heated_net_area: Quantity | None = None
    service_amount: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of Construction, Plant or Hardware: an amount of something installed once, with a factor.

    Hardware rows have ``class_``, ``count``, ``power_w`` and ``reused_percent``; the others ``amount`` and
    ``waste_percent``.
    """

    sheet: str
    id: str
    item: str
    factor: str
    element: str | None = None
    amount: Quantity | None = None
    class_: str | None = None
    count: float | None = None
    waste_percent: float | None = None
    service_life: float | None = None
    power_w: float | None = None
    reused_percent: float | None = None
    installed: int | None = None
    until: int | None = None
    replaced_by: str | None = None
    owner: str | None = None
    zone: str | None = None
    share_percent: float | None = None
    mass_kg: float | None = None
    transport: tuple[tuple[str, float], ...] | None = None
    end_of_life_factor: str | None = None
    module: str | None = None
    value_kind: str | None = None
    quality: str | None = None
    min: float | None = None
    max: float | None = None
    distribution: str | None = None
    evidence: str | None = None
    note: str | None = None

    @property
    def quantity(self) -> Quantity:
        """What is installed: the amount, or the count in pieces."""
        return self.amount if self.amount is not None else Quantity(self.count or 0.0, "piece")


@dataclass(frozen=True, slots=True, kw_only=True)
class Refrigerant:
    """A row of Refrigerants: the charge of some equipment, what leaks of it and what is recovered."""

    id: str
    gas: str
    charge: Quantity
    equipment: str | None = None
    year: YearRange | None = None
    leakage_percent: float | None = None
    leaked_per_year: Quantity | None = None
    recovery_percent: float | None = None
    service_life: float | None = None
    production_factor: str | None = None
    installed: int | None = None
    until: int | None = None
    replaced_by: str | None = None
    owner: str | None = None
    zone: str | None = None
    share_percent: float | None = None
    transport: tuple[tuple[str, float], ...] | None = None
    end_of_life_factor: str | None = None
    value_kind: str | None = None
    quality: str | None = None
    min: float | None = None
    max: float | None = None
    distribution: str | None = None
    evidence: str | None = None
    note: str | None = None

    @property
    def quantity(self) -> Quantity:
        """What is installed: the charge."""
        return self.charge


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyRow:
    """A row of Energy: what is used in a year."""

    id: str
    carrier: str
    amount: Quantity
    meter: str | None = None
    use: str | None = None
    measured_at: str | None = None
    year: YearRange | None = None
    factor: str | None = None
    scales_with: str | None = None
    fixed_percent: float | None = None
    certificates: str | None = None
    owner: str | None = None
    zone: str | None = None
    share_percent: float | None = None
    tax_class: str | None = None
    profile: str | None = None
    min: float | None = None
    max: float | None = None
    value_kind: str | None = None
    quality: str | None = None
    evidence: str | None = None
    note: str | None = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """What one year may have only one row of."""
        return (self.carrier, self.use, self.meter, self.owner or "facility", self.zone or "data-centre")

    @property
    def quantity(self) -> Quantity:
        """What is used in a year."""
        return self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterRow:
    """A row of Water and waste: what is drawn, let out or thrown away in a year."""

    id: str
    kind: str
    item: str
    amount: Quantity
    factor: str
    year: YearRange | None = None
    potable: str | None = None
    measured_at: str | None = None
    owner: str | None = None
    zone: str | None = None
    share_percent: float | None = None
    min: float | None = None
    max: float | None = None
    value_kind: str | None = None
    quality: str | None = None
    evidence: str | None = None
    note: str | None = None

    @property
    def key(self) -> tuple[str | None, ...]:
        """What one year may have only one row of."""
        return (self.kind, " ".join(self.item.split()).casefold(), self.owner, self.zone)

    @property
    def quantity(self) -> Quantity:
        """What is drawn, let out or thrown away in a year."""
        return self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A row of Contracts: certified electricity for some meters, uses or owners."""

    id: str
    type: str
    energy_source: str
    matching: str
    factor: str
    evidence: str
    carrier: str | None = None
    amount: Quantity | None = None
    share_percent: float | None = None
    covers: tuple[tuple[str, str], ...] | None = None
    order: float | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    bidding_zone: str | None = None
    cancelled: str | None = None
    profile: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatRow:
    """A row of Heat: heat recovered and given away in a year."""

    id: str
    measured_at: str
    heat_pump: str
    displaced_factor: str
    displaced_excludes_this_heat: str
    claim_holder: str
    heat: Quantity | None = None
    year: YearRange | None = None
    profile: str | None = None
    source_in_c: float | None = None
    source_out_c: float | None = None
    sink_in_c: float | None = None
    sink_out_c: float | None = None
    heat_pump_meter: str | None = None
    heat_pump_electricity: Quantity | None = None
    cop: float | None = None
    eta_lorenz: float | None = None
    eta_carnot: float | None = None
    cop_model: str | None = None
    stages: int | None = None
    auxiliary_percent: float | None = None
    used_percent: float | None = None
    network_loss_percent: float | None = None
    displaced_kind: str | None = None
    displaced_decline_percent: float | None = None
    equipment: str | None = None
    saved_cooling: Quantity | None = None
    heat_price: Quantity | None = None
    claim_share_percent: float | None = None
    evidence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A row of Prices: what a unit of something costs in a year, without value added tax."""

    carrier: str
    price: Quantity
    year: YearRange | None = None
    network_fee: float | None = None
    tax: float | None = None
    tax_class: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFactor:
    """A row of Factors: a factor the study brings itself."""

    id: str
    name: str
    module: str
    value: float
    unit: str
    year: int
    source: str
    part: str | None = None
    fossil: float | None = None
    biogenic: float | None = None
    land_use: float | None = None
    gas: str | None = None
    gwp_set: str | None = None
    geography: str | None = None
    valid_to: int | None = None
    min: float | None = None
    max: float | None = None
    distribution: str | None = None
    quality: str | None = None
    family: str | None = None
    locator: str | None = None
    licence: str | None = None
    bw_database: str | None = None
    bw_code: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A row of Exclusions: what is left out, and why."""

    module: str
    what: str
    reason: str
    section: str | None = None
    estimated_share_percent: float | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """One assessment."""

    settings: Settings
    years: tuple[YearsRow, ...] = ()
    construction: tuple[Line, ...] = ()
    plant: tuple[Line, ...] = ()
    hardware: tuple[Line, ...] = ()
    energy: tuple[EnergyRow, ...] = ()
    contracts: tuple[Contract, ...] = ()
    refrigerants: tuple[Refrigerant, ...] = ()
    water: tuple[WaterRow, ...] = ()
    heat: tuple[HeatRow, ...] = ()
    measures: tuple[Measure, ...] = ()
    prices: tuple[Price, ...] = ()
    factors: tuple[OwnFactor, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    simulation: Simulation | None = None
    network: HeatNetwork | None = None
    files: tuple[DataFile, ...] = ()
    held: tuple[tuple[str, Any], ...] = ()
    """Rows, by sheet, that only a measure brings; the tables of a base study lack them."""

    def file(self, name: str) -> DataFile:
        """Return the file that a cell names; reading has made sure that it is there."""
        return next(each for each in self.files if each.file == name)

    @property
    def lines(self) -> tuple[Line, ...]:
        """All rows of what is installed."""
        return self.construction + self.plant + self.hardware

    @property
    def held_ids(self) -> frozenset[str]:
        """Ids of the rows that stand in the study only with a measure: what it adds, contracts for or recovers."""
        return frozenset(each for row in self.measures if row.kind in HELD_BY for each in row.target or ())

    @property
    def base(self) -> "Study":
        """The study as it is without any measure: rows that a measure brings stand apart, in ``held``."""
        ids = self.held_ids
        if not ids or self.held:
            return self
        held: list[tuple[str, Any]] = []
        tables: dict[str, Any] = {}
        for sheet, (field, _) in SHEET_FIELDS.items():
            if sheet not in APART:
                rows = table(self, sheet)
                held += [(sheet, row) for row in rows if getattr(row, "id", None) in ids]
                tables[field] = tuple(row for row in rows if getattr(row, "id", None) not in ids)
        return replace(self, **tables, held=tuple(held))

    def excluded(self, module: str, section: str) -> Exclusion | None:
        """Row of Exclusions that leaves out a module of a section; one without a section leaves out every section."""
        for row in self.exclusions:
            if row.module == module and row.section in (None, section):
                return row
        return None


SHEET_FIELDS = {
    "Years": ("years", YearsRow),
    "Construction": ("construction", Line),
    "Plant": ("plant", Line),
    "Hardware": ("hardware", Line),
    "Energy": ("energy", EnergyRow),
    "Contracts": ("contracts", Contract),
    "Refrigerants": ("refrigerants", Refrigerant),
    "Water and waste": ("water", WaterRow),
    "Heat": ("heat", HeatRow),
    "Measures": ("measures", Measure),
    "Prices": ("prices", Price),
    "Factors": ("factors", OwnFactor),
    "Exclusions": ("exclusions", Exclusion),
}
"""Which attribute of the study a sheet becomes, and of what its rows are made."""

APART = ("Measures", "Factors")
"""Sheets whose ids name no row that a measure could bring."""

INSTALLED = ("Construction", "Plant", "Hardware", "Refrigerants")
"""Sheets of things installed for a time: with dates, a life and a successor."""

YEARLY = ("Energy", "Water and waste")
"""Sheets of amounts per year."""


def keys_of(study: Study, sheet: str) -> Any:  # noqa: ANN401 - Settings, Simulation or HeatNetwork
    """Record of a sheet of keys by its English key; None where the study has none."""
    return getattr(study, KEYED_FIELDS[sheet][0])


def table(study: Study, sheet: str) -> tuple[Any, ...]:
    """Rows of a sheet by its English key."""
    rows: tuple[Any, ...] = getattr(study, SHEET_FIELDS[sheet][0])
    return rows


def _plain(value: object) -> object:
    match value:
        case Quantity():
            return {"value": value.value, "unit": value.unit}
        case YearRange():
            return str(value)
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


_LEFT_BLANK = ("years", "humidity")
"""Lists of a file that are blank where it has none; an empty list elsewhere is a statement."""


def _stated(record: object) -> Iterator[tuple[str, object]]:
    for each in fields(record):  # type: ignore[arg-type]
        value = getattr(record, each.name)
        if value not in (None, "") and each.name != "sheet" and not (each.name in _LEFT_BLANK and not value):
            yield each.name.rstrip("_"), _plain(value)


def as_json(study: Study) -> Mapping[str, object]:
    """Return the study as JSON values by sheet and English key; what is blank is absent."""
    sheets = {sheet: [dict(_stated(row)) for row in table(study, sheet)] for sheet in SHEET_FIELDS}
    for sheet, row in study.held:
        sheets[sheet].append(dict(_stated(row)))
    sheets["Files"] = [dict(_stated(each)) for each in study.files]
    keyed = {sheet: dict(_stated(record)) for sheet in KEYED_FIELDS if (record := keys_of(study, sheet)) is not None}
    return {
        **keyed,
        **{sheet: records for sheet, records in sheets.items() if records},
    }
