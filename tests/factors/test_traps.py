"""Texts that a general unit library reads as another number, or not at all: each has one reading here, or none."""

import pytest

from factors.numbers import NumberError, parse_number
from factors.units import UnitError, parse_unit, ratio

PLAIN, NO_BREAK, NARROW, FIGURE = " ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{FIGURE SPACE}"
MINUS = "\N{MINUS SIGN}"
NORDIC, ALL = ("fi", "sv"), ("en", "fi", "sv")


@pytest.mark.parametrize(
    ("text", "languages", "value", "symbol"),
    [
        pytest.param("1,5 MWh", NORDIC, 1.5, "MWh", id="decimal comma, not 15 MWh"),
        pytest.param("1.5 MWh", ("en",), 1.5, "MWh", id="decimal point"),
        pytest.param(f"1{PLAIN}500 MWh", ALL, 1500.0, "MWh", id="group by space, not 1 × 500"),
        pytest.param(f"1{NO_BREAK}500 MWh", ALL, 1500.0, "MWh", id="group by U+00A0"),
        pytest.param(f"1{NARROW}500 MWh", ALL, 1500.0, "MWh", id="group by U+202F"),
        pytest.param(f"1{FIGURE}500 MWh", ALL, 1500.0, "MWh", id="group by U+2007"),
        pytest.param(f"1{NO_BREAK}500{NO_BREAK}MWh", ALL, 1500.0, "MWh", id="U+00A0 before the unit too"),
        pytest.param("1 234 567,5 kWh", NORDIC, 1234567.5, "kWh", id="groups and a decimal comma"),
        pytest.param("1000 kWh", ALL, 1000.0, "kWh", id="magnitude and unit in one cell"),
        pytest.param("20m3", ALL, 20.0, "m3", id="unit right behind the number"),
        pytest.param("3 pcs", ALL, 3.0, "piece", id="pieces, not parsec"),
        pytest.param("100 kpl", ALL, 100.0, "piece", id="kpl"),
        pytest.param("12 ton", ALL, 12.0, "t", id="tonnes, not short tons"),
        pytest.param("12 tn", ALL, 12.0, "t", id="tn"),
        pytest.param("5 kWh/m2", ALL, 5.0, "kWh/m2", id="kWh/m2"),
        pytest.param("20 m3", ALL, 20.0, "m3", id="m3"),
        pytest.param("5 MWh/a", ALL, 5.0, "MWh/a", id="MWh/a, not a power"),
        pytest.param("25 year", ALL, 25.0, "a", id="year, not 8766 h"),
        pytest.param("25 v", ALL, 25.0, "a", id="v"),
        pytest.param("25 vuosi", ALL, 25.0, "a", id="vuosi"),
        pytest.param("5 kg CO2-eq", ALL, 5.0, "kg_CO2e", id="CO2-eq"),
        pytest.param(f"{MINUS}5 kg", ALL, -5.0, "kg", id="minus U+2212"),
        pytest.param(f"{MINUS}1{NARROW}500,5", NORDIC, -1500.5, None, id="minus, groups, comma"),
        pytest.param("1.234,5", NORDIC, 1234.5, None, id="groups by point where comma is decimal"),
    ],
)
def test_a_trap_has_one_reading(text: str, languages: tuple[str, ...], value: float, symbol: str | None) -> None:
    for language in languages:
        number = parse_number(text, language)
        assert number.value == value
        assert (number.unit.symbol if number.unit else None) == symbol
        assert not number.doubtful


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        pytest.param("1,234", "fi", 1.234, id="1,234 in Finnish"),
        pytest.param("1,234 MWh", "sv", 1.234, id="1,234 MWh in Swedish"),
        pytest.param("1.234", "en", 1.234, id="1.234 in English"),
        pytest.param("1.500.000", "en", 1500000.0, id="groups by point in English"),
    ],
)
def test_a_trap_is_read_with_a_warning(text: str, language: str, value: float) -> None:
    number = parse_number(text, language)
    assert number.value == value
    assert number.doubtful


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        pytest.param("1,5 MWh", "en", ("1.5", "15"), id="1,5 in English"),
        pytest.param("1,234", "en", ("1.234", "1234"), id="1,234 in English"),
        pytest.param("1.234", "fi", ("1.234", "1234"), id="1.234 in Finnish"),
        pytest.param("0,5", "en", ("0.5", "5"), id="0,5 in English"),
        pytest.param("5,", "en", (), id="a comma at the end: two equal readings are none"),
        pytest.param("1.234,5", "en", (), id="1.234,5 in English: the marks of another language"),
        pytest.param("10**10**3", "en", (), id="a power tower is not computed"),
        pytest.param("2027 500", "fi", (), id="a year and a number are not one number"),
        pytest.param("1 2345", "fi", (), id="a group of four"),
        pytest.param("1,5 000", "fi", (), id="a group behind the decimal mark"),
        pytest.param("1 500 000 1", "fi", (), id="a digit behind the groups"),
        pytest.param("25-30 MWh", "fi", (), id="a range"),
    ],
)
def test_a_trap_is_refused(text: str, language: str, readings: tuple[str, ...]) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, language)
    assert refused.value.readings == readings
    assert refused.value.unit == ""


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        pytest.param("5 kton", "kton", id="kton, not short tons"),
        pytest.param("5 kt", "kt", id="kt, not a knot"),
        pytest.param("3 b", "b", id="b, not a barn"),
        pytest.param("3 parsec", "parsec", id="parsec"),
        pytest.param("5 CO2-eq", "CO2-eq", id="CO2-eq without a mass"),
        pytest.param("5 MWh 3", "MWh 3", id="a number behind the unit"),
        pytest.param("5 kWh**9**9", "kWh**9**9", id="a power tower of units"),
    ],
)
def test_a_number_with_no_unit_of_ours_behind_it_names_what_stands_there(text: str, behind: str) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, "fi")
    assert (refused.value.unit, refused.value.readings) == (behind, ())


@pytest.mark.parametrize(
    ("one", "other", "times"),
    [("12 ton", "kg", 12_000.0), ("3 t", "kg", 3_000.0), ("1 500 MWh", "kWh", 1_500_000.0), ("2 m3", "l", 2_000.0)],
)
def test_a_quantity_of_a_trap_converts_as_meant(one: str, other: str, times: float) -> None:
    number = parse_number(one, "fi")
    assert number.unit is not None
    assert number.value * ratio(number.unit, parse_unit(other)) == pytest.approx(times, rel=1e-15)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MWh/a", "kW"),
        ("MWh/a", "MWh"),
        ("year", "h"),
        ("a", "d"),
        ("kWh/m2", "kWh"),
        ("kg CO2-eq", "kg"),
        ("kW", "kVA"),
    ],
)
def test_a_year_is_no_number_of_hours_and_no_other_dimension_slips_in(one: str, other: str) -> None:
    with pytest.raises(UnitError, match=" is "):
        ratio(parse_unit(one), parse_unit(other))
