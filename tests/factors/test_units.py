"""Units: our table in front, Pint's own registry as the oracle."""

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factors.tables import rows
from factors.units import Unit, UnitError, parse_unit, ratio

PLAIN = [parse_unit(row["unit"]) for row in rows("factors", "units.csv")]
PINT = {
    "kg": "kg", "g": "g", "t": "metric_ton", "kWh": "kWh", "Wh": "Wh", "MWh": "MWh", "GWh": "GWh", "TWh": "TWh",
    "MJ": "MJ", "GJ": "GJ", "TJ": "TJ", "kW": "kW", "W": "W", "MW": "MW", "GW": "GW", "m": "m", "mm": "mm", "cm": "cm",
    "km": "km", "m2": "m**2", "cm2": "cm**2", "mm2": "mm**2", "m3": "m**3", "l": "liter", "TB": "TB", "GB": "GB",
    "PB": "PB", "h": "hour", "min": "minute", "d": "day",
}  # fmt: skip


@pytest.mark.parametrize("unit", PLAIN, ids=lambda unit: unit.symbol)
def test_every_conversion_is_the_one_of_pint(unit: Unit) -> None:
    theirs: pint.UnitRegistry[float] = pint.UnitRegistry()
    for other in PLAIN:
        if other.dimension != unit.dimension:
            continue
        forth, back = ratio(unit, other), ratio(other, unit)
        assert forth * back == pytest.approx(1.0, rel=1e-14)
        if unit.symbol in PINT and other.symbol in PINT:
            expected = theirs.Quantity(1.0, PINT[unit.symbol]).to(PINT[other.symbol]).magnitude
            assert forth == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("kpl", "piece"), ("st", "piece"), ("pcs", "piece"), ("tn", "t"), ("ton", "t"), ("m²", "m2"), ("m^2", "m2"),
        ("neliö", "m2"), ("kvm", "m2"), ("kuutio", "m3"), ("v", "a"), ("vuosi", "a"), ("år", "a"), ("kwh", "kWh"),
        ("MWH", "MWh"), ("kgCO2e", "kg_CO2e"), ("kg CO₂-ekv.", "kg_CO2e"), ("kg CO2-eq", "kg_CO2e"),
        ("g CO2e/kWh", "g_CO2e/kWh"), ("kg CO2e per kWh", "kg_CO2e/kWh"), ("kg CO2/kWh", "kg_CO2/kWh"),
        ("kg CO2e/t·km", "kg_CO2e/tkm"), ("tkm", "tkm"), ("%", "%"), ("°C", "°C"), ("€", "EUR"),
    ],
)  # fmt: skip
def test_spellings_of_three_languages(text: str, symbol: str) -> None:
    assert parse_unit(text).symbol == symbol


@pytest.mark.parametrize("text", ["kt", "parsec", "b", "mWh", "10**10**3", "", "kg/kWh/a", "kg CO2e kWh", "MWh;rm"])
def test_what_is_no_unit_of_ours_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_unit(text)


@pytest.mark.parametrize(("one", "other"), [("kg", "kg CO2e"), ("kg CO2", "kg CO2e"), ("kWh", "kW"), ("m2", "m3")])
def test_dimensions_do_not_mix(one: str, other: str) -> None:
    with pytest.raises(UnitError, match="is"):
        ratio(parse_unit(one), parse_unit(other))


@given(st.sampled_from(PLAIN))
def test_a_symbol_reads_back_as_itself(unit: Unit) -> None:
    assert parse_unit(unit.symbol) == unit
    assert parse_unit(unit.label) == unit
