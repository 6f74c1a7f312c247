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
    "PB": "PB", "h": "hour", "min": "minute", "d": "day", "Btu": "Btu",
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


WORDS = {
    "en": {
        "kg": "kilos kilograms kgs KG", "t": "tonne tonnes ton", "kWh": "kilowatt-hours KWH", "MWh": "MWH",
        "MJ": "megajoules", "kW": "kilowatts KW", "W": "watts", "m": "metres meters", "mm": "millimetres",
        "km": "kilometers", "m2": "sqm M2 m^2", "m3": "cbm M3", "l": "litres liters L", "h": "hours hrs",
        "min": "minutes", "piece": "pieces each units pcs PCS", "d": "days", "a": "years yrs annum",
        "tkm": "tonne-km tkm", "TB": "terabytes", "EUR": "euro",
    },
    "fi": {
        "kg": "kilogrammaa kiloa Kg", "g": "grammaa", "t": "tonnia tonni tn Tn TN", "Wh": "wattituntia",
        "kWh": "kilowattituntia kilowattitunti", "MWh": "megawattituntia", "GWh": "gigawattituntia",
        "TWh": "terawattituntia", "MJ": "megajoulea", "GJ": "gigajoulea", "kW": "kilowattia", "MW": "megawattia",
        "kVA": "kilovolttiampeeria KVA", "m": "metriä jm juoksumetriä", "cm": "senttimetriä", "km": "kilometriä",
        "m2": "neliötä neliömetriä m²", "m3": "kuutiota kuutiometriä m³", "l": "litraa litroja",
        "piece": "kpl Kpl KPL kappale kappaletta", "tkm": "tonnikilometri tonnikilometriä tn·km",
        "h": "tuntia tunti", "min": "minuuttia", "d": "vuorokautta vrk", "a": "vuotta vuosi v", "TB": "teratavua",
        "%": "prosenttia", "EUR": "euroa",
    },
    "sv": {
        "kg": "kilo kilogram", "g": "gram", "t": "ton", "kWh": "kilowattimmar kilowattimme",
        "MWh": "megawattimmar megawattimme", "GWh": "gigawattimmar", "kW": "kilowatt", "MVA": "megavoltampere",
        "m": "meter löpmeter", "mm": "millimeter", "m2": "kvm kvadratmeter", "m3": "kubikmeter kbm", "l": "liter",
        "piece": "st styck stycken stycke", "tkm": "tonkm tonkilometer", "h": "timmar timme tim", "min": "minuter",
        "d": "dygn dagar", "a": "år", "%": "procent",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "symbol"), [(language, symbol) for language, words in WORDS.items() for symbol in words]
)
def test_everyday_words(language: str, symbol: str) -> None:
    for word in WORDS[language][symbol].split():
        assert parse_unit(word).symbol == symbol, word


@pytest.mark.parametrize("row", list(rows("factors", "units.csv")), ids=lambda row: str(row["unit"]))
def test_every_alias_is_read_as_its_unit_however_a_long_one_is_cased(row: dict[str, str]) -> None:
    for alias in filter(None, row["aliases"].split(";")):
        assert parse_unit(alias).symbol == row["unit"], alias
        assert parse_unit(f" {alias} ").symbol == row["unit"], alias
        if len(alias) > 3 and alias.islower():
            assert parse_unit(alias.upper()).symbol == row["unit"], alias


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("kgCO2e", "kg_CO2e"), ("kg CO2 eq.", "kg_CO2e"), ("kg CO2\N{NON-BREAKING HYPHEN}ekv.", "kg_CO2e"),
        ("kg CO2\N{EN DASH}e", "kg_CO2e"), ("tonnia CO2e", "t_CO2e"), ("ton CO2e", "t_CO2e"), ("tn CO2-ekv", "t_CO2e"),
        ("kg hiilidioksidiekvivalenttia", "kg_CO2e"), ("kg koldioxidekvivalenter", "kg_CO2e"), ("g CO2", "g_CO2"),
        ("tonnia hiilidioksidia", "t_CO2"), ("kg koldioxid", "kg_CO2"), ("kg CO2e / t·km", "kg_CO2e/tkm"),
        ("g CO2e/kpl", "g_CO2e/piece"), ("kg CO2-ekv./m²", "kg_CO2e/m2"), ("kWh/vuosi", "kWh/a"),
        ("MWh per år", "MWh/a"),
    ],
)  # fmt: skip
def test_spellings_of_carbon_dioxide_and_of_what_it_is_per(text: str, symbol: str) -> None:
    assert parse_unit(text).symbol == symbol


UNSAID = {
    "knot or kilotonne": "kt kton", "running metres or litres a minute, lumens": "lpm lm", "gram or grain": "gr",
    "day or photovoltaics": "pv", "no fixed number of days": "kk kuukausi mån month",
    "a week": "vko vecka",
    "bit or byte": "tb Tb gb Mb", "another thousand": "TiB GiB", "milli or mega": "mW mw mJ mj mVA mg Mg",
    "Swedish or English mile": "mil mile", "gallon of which country": "gal gallon", "feet, pounds": "ft lb lbs",
    "how many pieces": "set sarja erä par pari rulla", "in what state": "Nm3 m3n i-m3 m3fub rm brm2",
    "another quantity": "A V T H N Pa bar kcal BTU", "unit with a number": "1000kWh 10^3",
}  # fmt: skip


@pytest.mark.parametrize("why", UNSAID)
def test_a_word_of_two_meanings_is_no_unit(why: str) -> None:
    for word in UNSAID[why].split():
        with pytest.raises(UnitError):
            parse_unit(word)


@pytest.mark.parametrize(
    "text", ["1000 kWh", "1 000 t", "kW h", "m 2", "kg/", "/kg", "kg CO2e/parsec", "st CO2e", "m CO2e"]
)
def test_what_only_looks_like_a_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        parse_unit(text)


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
