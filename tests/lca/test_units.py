"""Rewriting rows in other units of their dimension, or over a bridge, changes no result beyond 1e-12."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factors.library import library
from factors.tables import rows
from factors.units import parse_unit, ratio
from inventories.study import OwnFactor, Study, YearsRow
from inventories.values import Quantity
from lca.assess import assess
from lca.system import BASES
from tests.studies import contract, heat, line, make, meter, own

TOLERANCE = 1e-12
BOUNDS = ("min", "max")
PER_FACTOR = ("value", "fossil", "biogenic", "land_use", *BOUNDS)
VAN = "transport-van-diesel-gb"


@cache
def study() -> Study:
    """A study of three years with a row in every dimension a row can be in, and a factor of its own for most."""
    factors = [
        own("wood", -1.5, "kg CO2e/kg", fossil=0.2, biogenic=-1.8, land_use=0.1, min=-1.6, max=-1.4, family="timber"),
        own("wood", 1.2, "kg CO2e/t", "C3", fossil=0.4, biogenic=0.7, land_use=0.1),
        own("wood", -0.3, "g CO2e/kg", "D1"),
        own("fill", 12.0, "kg CO2e/m3"),
        own("sheet", 7.0, "kg CO2e/m2"),
        own("pipe", 9.0, "kg CO2e/m"),
        own("plant", 80.0, "kg CO2e/kW"),
        own("transformer", 11.0, "kg CO2e/kVA"),
        own("panel", 600.0, "kg CO2e/kWp"),
        own("battery", 70.0, "kg CO2e/kWh"),
        own("door", 55.0, "kg CO2e/piece"),
        own("disk", 20.0, "kg CO2e/TB"),
        own("crane", 45.0, "kg CO2e/h", "A5"),
        own("ship", 0.016, "kg CO2e/tkm", "A4"),
        own("grid", 0.040, "kg CO2e/kWh", "B6", part="direct", gas="CO2"),
        own("grid", 20.0, "g CO2e/kWh", "B6", part="upstream"),
        own("turbine", 9.0, "kg CO2e/MWh", "B6"),
        own("biogas", 0.002, "kg/kWh", "B6", gas="CH4", part="direct"),
        own("biogas", 0.2, "kg CO2/kWh", "B6", part="upstream"),
    ]
    construction = [
        line(id="C1", factor="wood", amount=Quantity(4000, "kg"), min=3900.0, max=4100.0, waste_percent=5.0),
        line(
            id="C2", factor="fill", amount=Quantity(30, "m3"), mass_kg=2000.0, transport=((VAN, 12.5), ("ship", 80.0))
        ),
        line(
            id="C3",
            factor="sheet",
            amount=Quantity(250, "m2"),
            mass_kg=12.0,
            transport=((VAN, 40.0),),
            service_life=2.0,
        ),
        line(id="C4", factor="pipe", amount=Quantity(120, "m")),
        line(id="C5", factor="concrete-c30-37-fi", amount=Quantity(50, "m3"), transport=((VAN, 30.0),)),
        line(id="C6", factor="crane", amount=Quantity(16, "h")),
        line(id="C7", factor="door", amount=Quantity(6, "piece")),
    ]
    plant = [
        line("Plant", id="P1", factor="plant", amount=Quantity(900, "kW"), service_life=20.0),
        line("Plant", id="P2", factor="transformer", amount=Quantity(2000, "kVA"), service_life=20.0),
        line("Plant", id="P3", factor="panel", amount=Quantity(50, "kWp"), service_life=20.0),
        line("Plant", id="P4", factor="battery", amount=Quantity(200, "kWh"), service_life=1.5),
        line("Plant", id="P5", factor="disk", amount=Quantity(400, "TB"), service_life=2.5),
    ]
    energy = [
        meter(id="E1", use="cooling", amount=Quantity(300, "MWh"), min=250.0, max=350.0),
        meter(id="E2", use="other", amount=Quantity(20, "MWh"), factor="grid"),
        meter(id="E3", carrier="onsite-electricity", use=None, amount=Quantity(15, "MWh"), factor="turbine"),
        meter(id="E4", carrier="biogas", use="backup", amount=Quantity(8, "MWh")),
        meter(id="E5", carrier="fuel-gas-oil-gb", use="backup-test", amount=Quantity(500, "l")),
        meter(
            id="E6", carrier="district-heat", use="office", amount=Quantity(30, "MWh"), factor="district-heat-tampere"
        ),
        meter(id="E7", carrier="exported-electricity", use=None, amount=Quantity(2, "MWh")),
    ]
    made = make(
        years=3,
        construction=construction,
        plant=plant,
        hardware=[line("Hardware", id="H1", service_life=2.0)],
        energy=energy,
        contracts=[contract(amount=Quantity(100, "MWh"))],
        heat=[heat(cop=None, heat_pump_electricity=Quantity(25, "MWh"))],
        factors=factors,
    )
    of_years = YearsRow(
        from_=2027,
        it_capacity=Quantity(500, "kW"),
        it_load_percent=60.0,
        floor_area=Quantity(900, "m2"),
        computer_room_area=Quantity(300, "m2"),
        heated_net_area=Quantity(200, "m2"),
    )
    return replace(made, years=(of_years,))


# --- what can be rewritten ------------------------------------------------------------------------


@dataclass(frozen=True)
class Slot:
    """A quantity of a study with its unit: table, position, column; ``unit`` is the unit of an own factor."""

    table: str
    index: int
    column: str


def slots(of: Study) -> Iterator[Slot]:
    """Every quantity of a study that has a unit of its own."""
    for table in (each.name for each in fields(of) if each.name not in ("settings", "simulation", "network")):
        for index, row in enumerate(getattr(of, table)):
            if isinstance(row, OwnFactor):
                yield Slot(table, index, "unit")
            for column in (each.name for each in fields(row)):
                if isinstance(getattr(row, column), Quantity):
                    yield Slot(table, index, column)


def unit_at(of: Study, slot: Slot) -> str:
    value = getattr(getattr(of, slot.table)[slot.index], slot.column)
    return value.unit if isinstance(value, Quantity) else str(value)


@cache
def others(unit: str) -> tuple[str, ...]:
    """Every unit of the table of the same dimension, the unit itself included; of a ratio, above and below the line."""
    above, line_, below = parse_unit(unit).symbol.partition("/")
    same = {
        symbol: [
            row["unit"] for row in rows("factors", "units.csv") if row["dimension"] == parse_unit(symbol).dimension
        ]
        for symbol in (above, below)
        if symbol
    }
    return tuple(f"{one}/{other}" for one, other in product(same[above], same[below])) if line_ else tuple(same[above])


def scaled(row: Any, columns: tuple[str, ...], times: float) -> dict[str, Any]:
    return {key: getattr(row, key) * times for key in columns if getattr(row, key, None) is not None}


def rewritten_row(row: Any, column: str, unit: str) -> Any:
    """The same row in another unit, with what is stated in the row's unit or per it."""
    if isinstance(row, OwnFactor):
        return replace(row, unit=unit, **scaled(row, PER_FACTOR, ratio(parse_unit(row.unit), parse_unit(unit))))
    typed: Quantity = getattr(row, column)
    times = ratio(typed.parsed, parse_unit(unit))
    changes: dict[str, Any] = {column: Quantity(typed.value * times, unit)}
    if column == "amount":
        changes |= {**scaled(row, BOUNDS, times), **scaled(row, ("mass_kg",), 1.0 / times)}
    return replace(row, **changes)


def rewritten(of: Study, units: Mapping[Slot, str]) -> Study:
    for slot, unit in units.items():
        table = list(getattr(of, slot.table))
        table[slot.index] = rewritten_row(table[slot.index], slot.column, unit)
        changes: dict[str, Any] = {slot.table: tuple(table)}
        of = replace(of, **changes)
    return of


# --- what must not change -------------------------------------------------------------------------


def results(of: Study) -> dict[tuple[str, ...], tuple[float, float]]:
    """Every sum with the absolute sum it is made of: a sum that cancels is as exact as its terms, and no more."""
    document = assess(of)
    found: dict[tuple[str, ...], tuple[float, float]] = {}

    def add(key: tuple[str, ...], value: float) -> None:
        total, absolute = found.get(key, (0.0, 0.0))
        found[key] = (total + value, absolute + abs(value))

    for basis in BASES:
        for row in document["contributions"]:
            for key in (("total",), ("component", row["component"]), ("module", row["module"]), ("line", row["line"])):
                add((basis, *key), row[basis])
        for row in document["outside"]:
            add((basis, "outside", row["module"], row["component"], row["claim_holder"]), row[basis])
        for key, value in document["totals"][basis].items():
            absolute = found[basis, "total"] if key == "total" else found.get((basis, "component", key), (0.0, 0.0))
            found[basis, "totals", key] = (value, absolute[1])
        for row in document["intensities"]:
            found[basis, "intensity", row["unit"]] = (row[basis], found[basis, "total"][1] / row["denominator"])
    return found


def assert_unchanged(of: Study) -> None:
    plain, other = plain_results(), results(of)
    assert other.keys() == plain.keys()
    for key, (value, absolute) in plain.items():
        assert abs(other[key][0] - value) <= TOLERANCE * absolute, (key, value, other[key][0])


@cache
def plain_results() -> dict[tuple[str, ...], tuple[float, float]]:
    return results(study())


SLOTS = tuple(slots(study()))


def test_the_study_has_every_dimension_of_the_library_and_all_of_it_counts() -> None:
    dimensions = {parse_unit(unit_at(study(), slot)).dimension for slot in SLOTS if slot.table != "factors"}
    assert dimensions == {
        "mass", "volume", "area", "length", "power", "apparent-power", "peak-power", "energy", "count", "information",
        "time",
    }  # fmt: skip
    per = {parse_unit(row.unit).denominator.dimension for row in study().factors}
    assert per == dimensions | {"transport"}
    above = {parse_unit(row.unit).numerator.dimension for row in study().factors}
    assert above == {"emission", "emission-CO2", "mass"}
    for basis in BASES:
        for id in (*(each.id for each in study().lines), "E1", "E2", "E4", "E5", "E6", "it", "Q1"):
            assert plain_results()[basis, "line", id][1] > 0, (basis, id)
        assert {key[2] for key in plain_results() if key[:2] == (basis, "outside")} == {"D1", "D2"}
    used = {row["id"] for row in assess(study())["passport"]["factors"]}
    assert {row.id for row in study().factors} <= used


def test_the_result_is_the_one_counted_by_hand() -> None:
    found = {key[1:]: value for key, (value, _) in plain_results().items() if key[0] == "location"}
    assert found["line", "C2"] == pytest.approx(30 * (12.0 + 2.0 * (12.5 * 0.78225 + 80 * 0.016)))
    assert found["line", "C3"] == pytest.approx(2 * 250 * (7.0 + 0.012 * 40 * 0.78225))  # a second set after two years
    assert found["line", "C4"] == pytest.approx(120 * 9.0)
    assert found["line", "C6"] == pytest.approx(16 * 45.0)
    # per kWh and year: 15 MWh of own wind over cooling 300, other 20, IT 500 kW × 60 % × 8760 h and heat pump 25 MWh
    it = 500 * 0.6 * 8760
    own_share = 15_000 / (300_000 + 20_000 + it + 25_000)
    grid, losses = 0.0722488, 1.0175
    assert found["line", "it"] == pytest.approx(3 * it * ((1 - own_share) * grid * losses + own_share * 0.009))
    assert found["line", "E2"] == pytest.approx(3 * 20_000 * ((1 - own_share) * 0.060 * losses + own_share * 0.009))
    assert found["line", "E4"] == pytest.approx(3 * 8000 * (0.002 * 27.9 + 0.2))  # methane at 27.9, and CO2
    # the wood: 0.2 + 0.1 and C3 0.4 + 0.1 per tonne, 5 % more for waste; what grew into it comes out again
    assert found["line", "C1"] == pytest.approx(4000 * 1.05 * (0.2 + 0.1 + 0.0004 + 0.0001))
    assert found["component", "biogenic"] == pytest.approx(0.0, abs=1e-9 * found["total",])
    assert found["intensity", "kg CO2e/kW IT·a"] == pytest.approx(found["total",] / (3 * 500))


MOST = max(len(others(unit_at(study(), slot))) for slot in SLOTS)


@pytest.mark.parametrize("turn", range(MOST))
def test_every_unit_of_every_row_in_its_turn(turn: int) -> None:
    choices = {slot: others(unit_at(study(), slot)) for slot in SLOTS}
    assert_unchanged(rewritten(study(), {slot: units[turn % len(units)] for slot, units in choices.items()}))


@settings(max_examples=40)
@given(st.fixed_dictionaries({slot: st.sampled_from(others(unit_at(study(), slot))) for slot in SLOTS}))
def test_any_row_in_any_unit_of_its_dimension_changes_no_result(units: dict[Slot, str]) -> None:
    assert_unchanged(rewritten(study(), units))


# --- bridges --------------------------------------------------------------------------------------


def assessed(**tables: Any) -> tuple[dict[str, Any], set[tuple[str, str]]]:
    """Result of a study of one year, and the properties it rests on."""
    document = assess(make(years=1, **tables))
    return document, {(each["subject"], each["property"]) for each in document["passport"]["properties"]}


CONCRETE, MEMBRANE, FLOOR = "concrete-c30-37-fi", "bitumen-membrane-roof-fi", "raised-floor-estimate"


@pytest.mark.parametrize(
    ("factor", "same"),
    [
        (CONCRETE, {"kg": (24_000.0, ""), "t": (24.0, ""), "m3": (10.0, "density"), "l": (10_000.0, "density")}),
        (MEMBRANE, {"kg": (400.0, ""), "g": (4e5, ""), "m2": (100.0, "areal_mass"), "cm2": (1e6, "areal_mass")}),
        (FLOOR, {"m2": (50.0, ""), "kg": (2000.0, "areal_mass"), "t": (2.0, "areal_mass")}),
    ],
)
def test_a_material_weighs_the_same_in_whatever_it_is_typed(factor: str, same: dict[str, tuple[float, str]]) -> None:
    found = {}
    for unit, (amount, bridge) in same.items():
        typed = line(factor=factor, amount=Quantity(amount, unit), transport=((VAN, 25.0),))
        document, properties = assessed(construction=[typed])
        found[unit] = document["totals"]["location"]
        assert (not bridge) or (factor, bridge) in properties
        marks = [mark for mark in document["passport"]["values"] if mark["column"] == "amount"]
        assert [mark["how"] for mark in marks] == ([f"bridged by {bridge}"] if bridge else [])
    first = next(iter(found.values()))
    assert first["total"] > 0
    for unit, totals in found.items():
        assert totals == pytest.approx(first, rel=TOLERANCE), unit


def test_a_material_over_a_bridge_is_the_one_counted_by_hand() -> None:
    # 10 m³ × 2400 kg/m³ × 0.11 kg/kg, carried 25 km: 24 t × 25 km × 0.78225 kg/t·km
    document, _ = assessed(construction=[line(amount=Quantity(10_000, "l"), transport=((VAN, 25.0),))])
    assert document["totals"]["location"]["total"] == pytest.approx(24_000 * 0.11 + 24 * 25 * 0.78225, rel=TOLERANCE)


def of(subject: str, name: str) -> float:
    found = library().property(subject, name)
    assert found is not None
    return found.value


OIL, GAS = "fuel-gas-oil-gb", "fuel-natural-gas-gb"
NET, BY_VOLUME = "net_calorific_value", "net_calorific_value_by_volume"
OIL_KWH, OIL_KG = 1000.0 * of(OIL, NET), of(OIL, "density")
GAS_KWH = 1000.0 * of(GAS, NET)


@pytest.mark.parametrize(
    ("fuel", "same"),
    [
        (
            OIL,
            {
                "l": (1000.0, ""), "m3": (1.0, ""), "kWh": (OIL_KWH, NET), "MWh": (OIL_KWH / 1000.0, NET),
                "MJ": (3.6 * OIL_KWH, NET), "kg": (OIL_KG, "density"), "t": (OIL_KG / 1000.0, "density"),
            },
        ),
        (
            GAS,
            {
                "kWh": (GAS_KWH, ""), "MJ": (3.6 * GAS_KWH, ""), "kg": (1000.0, NET),
                "m3": (GAS_KWH / of(GAS, BY_VOLUME), BY_VOLUME),
            },
        ),
    ],
)  # fmt: skip
def test_a_fuel_burns_the_same_in_whatever_it_is_typed(fuel: str, same: dict[str, tuple[float, str]]) -> None:
    found = {}
    for unit, (amount, bridge) in same.items():
        document, properties = assessed(energy=[meter(carrier=fuel, use="backup", amount=Quantity(amount, unit))])
        found[unit] = document["totals"]["market"]
        assert properties == ({(fuel, bridge)} if bridge else set())
    first = next(iter(found.values()))
    assert first["total"] > 0
    for unit, totals in found.items():
        assert totals == pytest.approx(first, rel=TOLERANCE), unit
