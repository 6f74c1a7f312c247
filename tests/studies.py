"""Small studies for tests: a Finnish hall from 2027, and rows to put into it."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from inventories.keyed import HeatNetwork, Settings
from inventories.reader import Read, read_workbook
from inventories.study import (
    Contract,
    EnergyRow,
    Exclusion,
    HeatRow,
    Line,
    OwnFactor,
    Refrigerant,
    Study,
    WaterRow,
    YearsRow,
)
from inventories.values import Quantity
from templates.workbook import example, workbook

TABLES = (
    "construction", "plant", "hardware", "refrigerants", "energy", "water", "contracts", "heat", "factors",
    "exclusions", "files", "prices", "measures",
)  # fmt: skip


def make(*, years: int = 25, capacity_kw: float = 1000.0, load: float | None = None, **of: Any) -> Study:
    """Make a study with the tables given; settings by keyword. The grid is constant unless told otherwise."""
    tables: dict[str, Any] = {name: tuple(of.pop(name, ())) for name in TABLES}
    plain = Settings(
        title="Test",
        facility="Hall",
        study_type="life-cycle",
        country="FI",
        start_year=2027,
        reference_period=years,
        grid_connection="transmission",
        grid_trajectory="constant",
    )
    row = YearsRow(from_=2027, it_capacity=Quantity(capacity_kw, "kW"), it_load_percent=load)
    keyed = {name: of.pop(name, None) for name in ("network", "simulation")}
    return Study(replace(plain, **of), years=(row,), **keyed, **tables)


def read_example(name: str, language: str = "en") -> Read:
    """Read an example that ships, through a workbook as a user does."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{name}.xlsx")
        path.write_bytes(workbook(language, example(name)))
        return read_workbook(path)


@cache
def shipped_example(name: str = "server-room") -> Study:
    """Study of an example that ships."""
    study = read_example(name).study
    assert study is not None
    return study


def unmeasured(name: str) -> Study:
    """Study of an example that ships, without its measures and the rows that they bring."""
    return replace(shipped_example(name).base, measures=(), held=())


def own(id: str, value: float, unit: str = "kg CO2e/piece", module: str = "A1-A3", **of: Any) -> OwnFactor:
    """Make an own factor, all fossil."""
    plain: dict[str, Any] = {"name": id, "year": 2020, "source": "test", "fossil": value}
    return OwnFactor(id=id, module=module, value=value, unit=unit, **{**plain, **of})


def line(sheet: str = "Construction", **of: Any) -> Line:
    """Make a line with its amount in kilograms unless told otherwise."""
    plain: dict[str, Any] = {"id": "L1", "item": "Item", "factor": "concrete-c30-37-fi", "waste_percent": 0.0}
    if sheet == "Hardware":
        plain = {"id": "H1", "item": "Server", "class_": "server", "count": 1, "factor": "server-compute-medium"}
    elif "amount" not in of:
        plain["amount"] = Quantity(1000.0, "kg")
    return Line(sheet=sheet, **{**plain, **of})


def meter(**of: Any) -> EnergyRow:
    """Make a meter of grid electricity."""
    plain: dict[str, Any] = {"id": "E1", "carrier": "electricity", "use": "it", "amount": Quantity(1000.0, "MWh")}
    return EnergyRow(**{**plain, **of})


def contract(**of: Any) -> Contract:
    """Make a contract for Finnish wind power."""
    plain: dict[str, Any] = {
        "id": "K1",
        "type": "ppa",
        "energy_source": "wind",
        "matching": "annual",
        "factor": "electricity-wind-fi",
        "evidence": "contract",
    }
    return Contract(**{**plain, **of})


def refrigerant(**of: Any) -> Refrigerant:
    """Make the charge of a chiller: 100 kg of R-134a, nothing else stated."""
    plain: dict[str, Any] = {"id": "R1", "gas": "HFC-134a", "charge": Quantity(100.0, "kg"), "equipment": "chiller"}
    return Refrigerant(**{**plain, **of})


def water(**of: Any) -> WaterRow:
    """Make water drawn in a year."""
    plain: dict[str, Any] = {
        "id": "W1",
        "kind": "water",
        "item": "Make-up water",
        "amount": Quantity(1000.0, "m3"),
        "factor": "water-supply-gb",
    }
    return WaterRow(**{**plain, **of})


def heat(**of: Any) -> HeatRow:
    """Make recovered heat at the source with a heat pump of COP 4 inside the boundary."""
    plain: dict[str, Any] = {
        "id": "Q1",
        "heat": Quantity(100.0, "MWh"),
        "measured_at": "source",
        "heat_pump": "inside",
        "displaced_factor": "district-heat-tampere",
        "displaced_excludes_this_heat": "yes",
        "displaced_kind": "average",
        "claim_holder": "neighbour",
    }
    stated = ("heat_pump_meter", "heat_pump_electricity", "eta_lorenz", "eta_carnot", "cop_model")
    if of.get("heat_pump") != "none" and not any(key in of for key in stated):
        plain["cop"] = 4.0
    return HeatRow(**{**plain, **of})


def network(**of: Any) -> HeatNetwork:
    """Make a network of 300 MWh a year in the climate of Kajaani, with no other limit."""
    plain: dict[str, Any] = {
        "demand": Quantity(300.0, "MWh"),
        "weather_file": "kajaani-synthetic",
        "base_share_percent": 20.0,
    }
    return HeatNetwork(**{**plain, **of})


def exclude(module: str, section: str | None = None) -> Exclusion:
    """Make an exclusion."""
    return Exclusion(module=module, section=section, what="test", reason="not-relevant")
