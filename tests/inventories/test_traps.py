"""The traps of units and numbers through a workbook with Finnish headers: in cells, unit column and headers."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from inventories.cells import read_cell
from inventories.format import column
from inventories.reader import Read, read_workbook
from inventories.values import Quantity
from lca.assess import assess
from tests.inventories.books import SHEETS, STUDY, Grid, write

ENERGY = ("Tunnus", "Energiamuoto", "Käyttökohde", "Määrä", "Yksikkö")
CONSTRUCTION = ("Tunnus", "Nimike", "Määrä", "Yksikkö", "Päästökerroin")
CONCRETE = 0.11  # kg CO2e/kg, A1–A3
NO_BREAK, NARROW, MINUS = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{MINUS SIGN}"


def read(tmp_path: Path, sheets: Mapping[str, Grid]) -> Read:
    return read_workbook(write(tmp_path / "study.xlsx", {**SHEETS, **sheets}))


def problems(found: Read) -> list[tuple[str, str]]:
    return [(problem.code, problem.cell) for problem in found.problems]


def energy(tmp_path: Path, amount: object, unit: object, header: str = "Määrä") -> Read:
    headers = [header if each == "Määrä" else each for each in ENERGY]
    return read(tmp_path, {"Energy": [headers, ("E1", "Sähkö", "IT-laitteet", amount, unit)]})


def slab(tmp_path: Path, amount: object, unit: object) -> Read:
    return read(tmp_path, {"Construction": [CONSTRUCTION, ("C1", "Laatta", amount, unit, "concrete-c30-37-fi")]})


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        ("1,5", "MWh", Quantity(1.5, "MWh")),
        ("1,5 MWh", None, Quantity(1.5, "MWh")),
        ("1,5 MWh", "MWh", Quantity(1.5, "MWh")),
        ("1 500 MWh", None, Quantity(1500.0, "MWh")),
        (f"1{NO_BREAK}500 MWh", None, Quantity(1500.0, "MWh")),
        (f"1{NARROW}500", "MWh", Quantity(1500.0, "MWh")),
        ("1.234,5", "MWh", Quantity(1234.5, "MWh")),
        (1500, "MWh/a", Quantity(1500.0, "MWh")),
        (1500, "MWh/v", Quantity(1500.0, "MWh")),
        (1500, "megawattituntia/vuosi", Quantity(1500.0, "MWh")),
        (1500, "MWh per år", Quantity(1500.0, "MWh")),
    ],
)
def test_an_amount_of_energy_has_one_reading(tmp_path: Path, amount: object, unit: object, expected: Quantity) -> None:
    found = energy(tmp_path, amount, unit)
    assert problems(found) == []
    assert found.study is not None
    assert found.study.energy[0].amount == expected


def test_one_thousand_in_finnish_is_read_as_a_decimal_with_a_warning(tmp_path: Path) -> None:
    found = energy(tmp_path, "1,234 MWh", None)
    assert problems(found) == [("doubtful-number", "D2")]
    assert found.study is not None
    assert found.study.energy[0].amount == Quantity(1.234, "MWh")


@pytest.mark.parametrize(
    ("amount", "unit", "code", "cell"),
    [
        ("1.234", "MWh", "ambiguous-number", "D2"),
        (f"{MINUS}5", "MWh", "negative", "D2"),
        ("2027 500", "MWh", "not-a-number", "D2"),
        ("10**10**3", "MWh", "not-a-number", "D2"),
        ("5 kton", None, "unit-behind", "D2"),
        ("3 parsec", None, "unit-behind", "D2"),
        ("1,5 MWh", "kWh", "unit-twice", "D2"),
        (5, "kt", "unit-unknown", "E2"),
        (5, "b", "unit-unknown", "E2"),
        (5, "1000 kWh", "unit-unknown", "E2"),
        (5, "CO2-eq", "unit-unknown", "E2"),
        (5, "10**10**3", "unit-unknown", "E2"),
        (5, "kWh/m2", "unit-dimension", "E2"),
        (5, "vuosi", "unit-dimension", "E2"),
        (5, "MWh/h", "unit-dimension", "E2"),
        (5, "kg CO2-eq", "unit-dimension", "E2"),
    ],
)
def test_a_trap_is_refused_at_its_cell(tmp_path: Path, amount: object, unit: object, code: str, cell: str) -> None:
    found = energy(tmp_path, amount, unit)
    assert problems(found) == [(code, cell)]
    assert found.study is None


@pytest.mark.parametrize("cell", ["D", "E"])
def test_an_unknown_unit_lists_those_of_the_field(tmp_path: Path, cell: str) -> None:
    found = energy(tmp_path, "5 kton", None) if cell == "D" else energy(tmp_path, 5, "kton")
    said = found.problems[0].as_json()
    assert said["cell"] == f"{cell}2"
    assert "“kton”" in str(said["message"])
    assert (
        said["expected"] == "one of: kWh, Wh, MWh, GWh, TWh, MJ, GJ, TJ, Btu, m³, l, kg, g, t"
    )  # energy, or what a fuel is


@pytest.mark.parametrize(
    ("amount", "unit", "kilograms"),
    [(12, "ton", 12_000.0), (12, "tn", 12_000.0), ("12 tonnia", None, 12_000.0), (12, "t", 12_000.0),
     (5, "m3", 12_000.0), ("5 kuutiota", None, 12_000.0), ("12 000 kiloa", None, 12_000.0)],
)  # fmt: skip
def test_tonnes_and_cubic_metres_weigh_what_they_do_here(
    tmp_path: Path, amount: object, unit: object, kilograms: float
) -> None:
    found = slab(tmp_path, amount, unit)
    assert problems(found) == []
    assert found.study is not None
    row = next(row for row in assess(found.study)["contributions"] if row["module"] == "A1-A3")
    assert row["location"] == pytest.approx(kilograms * CONCRETE, rel=1e-12)


@pytest.mark.parametrize(("amount", "unit"), [(3, "kpl"), ("3 pcs", None), ("3 kappaletta", None), (3, "st")])
def test_pieces_are_no_parsec(tmp_path: Path, amount: object, unit: object) -> None:
    headers = ("Tunnus", "Nimike", "Määrä", "Yksikkö", "Päästökerroin", "Massa yksikköä kohti")
    found = read(tmp_path, {"Construction": [headers, ("C1", "Palkki", amount, unit, "concrete-c30-37-fi", "1 500")]})
    assert problems(found) == []
    assert found.study is not None
    assert found.study.construction[0].amount == Quantity(3.0, "piece")
    assert found.study.construction[0].mass_kg == 1500.0


@pytest.mark.parametrize("years", [50.0, "50", "50,0 v", "50 v", "50 vuotta", "50 a", "50 år"])
def test_years_of_life(tmp_path: Path, years: object) -> None:
    sheets = {
        "Construction": [(*CONSTRUCTION, "Käyttöikä"), ("C1", "Laatta", 5, "m3", "concrete-c30-37-fi", years)],
    }
    found = read(tmp_path, sheets)
    assert problems(found) == []
    assert found.study is not None
    assert found.study.construction[0].service_life == 50.0


@pytest.mark.parametrize(
    ("header", "unit", "expected"),
    [
        ("Määrä [MWh/v]", None, []),
        ("Määrä (MWh)", "MWh", []),
        ("Määrä [kWh]", "MWh", [("unit-twice", "D2")]),
        ("Määrä [kt]", "MWh", [("unit-unknown", "D1")]),
    ],
)
def test_a_unit_in_a_header(tmp_path: Path, header: str, unit: object, expected: list[tuple[str, str]]) -> None:
    found = energy(tmp_path, 500, unit, header)
    assert problems(found) == expected
    if not expected:
        assert found.study is not None
        assert found.study.energy[0].amount == Quantity(500.0, "MWh")


# --- units that were once passed over -------------------------------------------------------------


CONTRACT = (
    "Tunnus",
    "Sopimustyyppi",
    "Energialähde",
    "Määrä",
    "Yksikkö",
    "Ajallinen kohdistus",
    "Päästökerroin",
    "Tietolähde",
)


@pytest.mark.parametrize("unit", ["MWh", "MWh/a", "MWh/vuosi"])
def test_a_contract_is_of_a_year_whether_its_unit_says_so_or_not(tmp_path: Path, unit: str) -> None:
    rows = [CONTRACT, ("K1", "PPA-sopimus", "Tuulivoima", 100, unit, "Vuositasolla", "electricity-wind-fi", "sopimus")]
    found = read(tmp_path, {"Contracts": rows})
    assert problems(found) == []
    assert found.study is not None
    assert found.study.contracts[0].amount == Quantity(100.0, "MWh")
    assert any(row["factor"] == "electricity-wind-fi" for row in assess(found.study)["contributions"])


@pytest.mark.parametrize(
    ("leg", "code"),
    [("50", None), ("50 km", None), ("1 050,5 km", None), ("500 m", "transport-leg"), ("5 tkm", "transport-leg"),
     ("50 t", "transport-leg"), ("200000", "too-large"), ("5 mil", "unit-behind"), ("1.5", "ambiguous-number")],
)  # fmt: skip
def test_a_leg_is_in_kilometres(tmp_path: Path, leg: str, code: str | None) -> None:
    typed = f"transport-van-diesel-gb:{leg}"
    rows = [(*CONSTRUCTION, "Kuljetus"), ("C1", "Laatta", 5, "m3", "concrete-c30-37-fi", typed)]
    found = read(tmp_path, {"Construction": rows})
    assert problems(found) == ([(code, "F2")] if code else [])
    if found.study is not None:
        ((_, km),) = found.study.construction[0].transport or ()
        assert km == (1050.5 if "1 050" in leg else 50.0)


@pytest.mark.parametrize(
    ("key", "value", "unit", "expected"),
    [
        ("Arviointijakso", "10 v", None, []),
        ("Arviointijakso", "10 d", None, [("unit-fixed", "B7")]),
        ("Arviointijakso", "10 kWh", "a", [("unit-twice", "B7")]),
        ("Arviointijakso", 10, "kk", [("unit-unknown", "C7")]),
        ("Arviointijakso", 10, "h", [("unit-fixed", "B7")]),
        ("Tunteja vuodessa", "8 760 h", None, []),
        ("Tunteja vuodessa", "365 d", None, [("unit-fixed", "B9")]),
        ("Diskonttokorko", "3 %", None, []),
        ("Diskonttokorko", 3, "%/a", []),
        ("Diskonttokorko", "0,5 %", "%/a", []),
        ("Diskonttokorko", "0,5 %", "kWh", [("unit-fixed", "B9")]),
        ("Diskonttokorko", "5 kWh", "%/a", [("unit-fixed", "B9")]),
        ("IT-palvelujen liikevaihto", "5 €/a", None, []),
        ("IT-palvelujen liikevaihto", "5 €/MWh", None, [("unit-dimension", "B9")]),
        ("IT-palvelujen liikevaihto", 5, "kWh", [("unit-dimension", "B9")]),
        ("IT-palvelujen liikevaihto", 5, None, [("unit-missing", "B9")]),
        ("Vertailu-PUE", 1.2, None, []),
        ("Vertailu-PUE", 1.2, "kWh", [("unit-none", "B9")]),
    ],
)
def test_a_unit_of_a_key_is_looked_at(
    tmp_path: Path, key: str, value: object, unit: object, expected: list[tuple[str, str]]
) -> None:
    rows = [(column("Study", row[0]).labels["fi"] if row[0] != "key" else "Kohta", *row[1:]) for row in STUDY]
    typed = (key, value, unit)
    stated = [typed if row[0] == key else row for row in rows]
    found = read(tmp_path, {"Study": stated if typed in stated else [*stated, typed]})
    assert problems(found) == expected
    if key == "Arviointijakso" and not expected:
        assert found.study is not None
        assert found.study.settings.reference_period == 10


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Vähimmäisarvo", 400, []),
        ("Vähimmäisarvo", "400 MWh", []),
        ("Vähimmäisarvo [MWh/a]", 400, []),
        ("Vähimmäisarvo", "400 kWh", [("unit-twice", "F2")]),
        ("Vähimmäisarvo [kWh]", 400, [("unit-twice", "F2")]),
    ],
)
def test_a_bound_is_in_the_unit_of_its_amount(
    tmp_path: Path, header: str, cell: object, expected: list[tuple[str, str]]
) -> None:
    rows = [(*ENERGY, header), ("E1", "Sähkö", "IT-laitteet", 500, "MWh", cell)]
    found = read(tmp_path, {"Energy": rows})
    assert problems(found) == (expected or [("column-unread", "")])


def test_a_bound_of_hardware_is_in_pieces(tmp_path: Path) -> None:
    headers = ("Tunnus", "Nimike", "Laiteluokka", "Kappalemäärä", "Päästökerroin", "Käyttöikä", "Enimmäisarvo")
    row = ("H1", "Palvelin", "Palvelin", 5, "server-dell-r740", 5)
    assert problems(read(tmp_path, {"Hardware": [headers, (*row, "6 kpl")]})) == [("column-unread", "")]
    assert problems(read(tmp_path, {"Hardware": [headers, (*row, "6 kg")]})) == [("unit-twice", "G2")]


@pytest.mark.parametrize(
    ("text", "percent", "warned"),
    [("0,05", 0.05, True), ("0,05 %", 0.05, False), ("5 %", 5.0, False), ("5", 5.0, False)],
)
def test_a_fraction_typed_as_text_is_looked_up_too(tmp_path: Path, text: str, percent: float, warned: bool) -> None:
    rows = [(*CONSTRUCTION, "Hukkaprosentti"), ("C1", "Laatta", 5, "m3", "concrete-c30-37-fi", text)]
    found = read(tmp_path, {"Construction": rows})
    assert problems(found) == ([("percent-fraction", "F2")] if warned else [])
    assert found.study is not None
    assert found.study.construction[0].waste_percent == percent


def test_a_price_of_heat_is_money_per_energy(tmp_path: Path) -> None:
    rows = [
        ("Tunnus", "Lämpömäärä", "Yksikkö", "Mittauspiste", "Lämpöpumppu", "Lämpökerroin",
         "Korvattavan lämmön päästökerroin", "Kerroin ei sisällä tätä lämpöä", "Päästöhyödyn haltija",
         "Lämmön hinta [€/MWh]", "Korvattavan kertoimen laji"),
        ("Q1", 50, "MWh", "Lämmönlähde", "Rajauksen sisällä", "4,0", "district-heat-tampere", "Kyllä", "naapuri", 30,
         "Verkon keskiarvo"),
    ]  # fmt: skip
    assert problems(read(tmp_path, {"Heat": rows})) == []
    wrong = [(*rows[0][:9], "Lämmön hinta [€/a]", rows[0][10]), rows[1]]
    assert problems(read(tmp_path, {"Heat": wrong}))[0][0] in ("unit-dimension", "unit-fixed")
    refused = [rows[0], (*rows[1][:5], "4 kWh", *rows[1][6:])]
    assert problems(read(tmp_path, {"Heat": refused}))[0] == ("unit-none", "F2")


def test_no_temperature_is_not_one_of_nought() -> None:
    assert read_cell(column("Heat", "source_out_c"), "-", "fi").value is None
    assert read_cell(column("Energy", "fixed_percent"), "-", "fi").value == 0.0
