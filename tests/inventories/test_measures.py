"""The Measures sheet: read in three languages, each mistake at its cell with its neighbour, rows held apart."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factors.problems import InputError
from inventories.beyond import changes_can_be_evaluated
from inventories.document import from_json
from inventories.measure_guards import bounds_are_values
from inventories.measures import Measure
from inventories.operations import operations
from inventories.reader import read_workbook
from inventories.rows import rows_of
from inventories.study import Price, Study, as_json
from inventories.values import Quantity, YearRange
from lca.assess import assess, precheck
from templates.workbook import workbook
from tests.lca.test_simulation import sheet
from tests.studies import contract, heat, line, make, meter, network, refrigerant

SAVED: dict[str, Any] = {"id": "M1", "measure": "Less", "kind": "scale", "target": ("Energy[use=it]",), "value": "0.9"}


def row(**of: Any) -> Measure:
    return Measure(**{**SAVED, **of})


def study(*rows: Measure, **of: Any) -> Study:
    more: dict[str, Any] = {"years": 3, "energy": [meter()], "measures": rows, "currency_year": 2026}
    return make(**{**more, **of})


def read(path: Path, of: Study, language: str = "fi") -> Any:
    path.write_bytes(workbook(language, rows_of(of)))
    return read_workbook(path)


OTHER = row(id="M2", value="0.8")
NEXT = {"plant": [line("Plant", id="P1", amount=Quantity(1.0, "kg"), service_life=5.0, replaced_by="P2"),
                  line("Plant", id="P2", amount=Quantity(1.0, "kg"), service_life=5.0)]}  # fmt: skip
GRID = {"network": network()}

MISTAKES: dict[str, tuple[tuple[Measure, ...], dict[str, Any], str]] = {
    "measure-target": ((row(target=("E7",)),), {}, "target"),
    "measure-target-missing": ((row(target=None),), {}, "target"),
    "measure-sheet": ((row(kind="contract", target=("E1",), value=None),), {}, "target"),
    "measure-unused": ((row(kind="remove"),), {}, "value"),
    "measure-parameter": ((row(parameter="carrier"),), {}, "parameter"),
    "measure-value-missing": ((row(value=None),), {}, "value"),
    "measure-multiplier": ((row(value="0.9", unit="kWh"),), {}, "value"),
    "measure-effect": ((row(value="-120", unit="%"),), {}, "value"),
    "measure-blank": ((row(parameter="fixed_percent"),), {}, "parameter"),
    "measure-unit": ((row(kind="set", parameter="fixed_percent", value="5", unit="kWh"),), {}, "unit"),
    "measure-value": ((row(kind="set", parameter="use", value="sauna"),), {}, "value"),
    "measure-rows-differ": ((row(), row(target=("E1",), parameter="amount", start_year=2028), row(start_year=2029)), {},
                            "start_year"),
    "measure-network": ((row(kind="set", target=("Heat network",), parameter="return_temperature", value="45",
                             start_year=2028),), GRID, "start_year"),
    "measure-unknown": ((row(requires=("M9",)),), {}, "requires"),
    "measure-cycle": ((row(requires=("M2",)), replace(OTHER, requires=("M1",))), {}, "requires"),
    "measure-never": ((row(requires=("M2",), excludes=("M2",)), OTHER), {}, "requires"),
    "measure-twice": ((row(kind="set", parameter="amount", value="5", unit="MWh"),
                       row(id="M2", kind="set", parameter="amount", value="6", unit="MWh")), {}, "parameter"),
    "measure-followed": ((row(kind="remove", target=("P1",), value=None),), NEXT, "target"),
    "currency-year": ((row(capex=Quantity(5.0, "EUR")),), {"currency_year": None}, "capex"),
    "measure-decided": ((row(decision="yes", requires=("M2",)), replace(OTHER, decision="no", target=("E1",),
                                                                        parameter="amount")), {}, "decision"),
    "plan-budget": ((row(decision="yes", capex=Quantity(5e3, "EUR")),), {"plan_budget": Quantity(4e3, "EUR")},
                    "plan_budget"),
    "tax-missing": ((row(),), {"prices": [Price(carrier="electricity", price=Quantity(9.0, "EUR/MWh"))]}, "tax"),
    "measure-before": ((row(requires=("M2",)), replace(OTHER, start_year=2028, target=("E1",), parameter="amount")), {},
                       "start_year"),
    "price-carbon": ((row(),), {"prices": [Price(carrier="carbon", price=Quantity(9.0, "EUR/MWh"))]}, "unit"),
    "target-twice": ((row(),), {"target_percent": 5.0, "target_pathway": "1.5C"}, "target_pathway"),
    "target-empty": ((row(),), {"target_pathway": "1.5C", "target_base_year": 2029}, "target_pathway"),
    "multiplier-large": ((row(value="20"),), {}, "value"),
    "multiplier-small": ((row(value="0.9", unit="%"),), {}, "value"),
    "rate-fraction": ((row(),), {"discount_rate": 0.05}, "discount_rate"),
    "target-missing": ((row(),), {"target_year": 2028}, "target_year"),
    "bounds-order": ((row(min=0.95),), {}, "min"),
    "year-outside": ((row(start_year=2026),), {}, "start_year"),
}  # fmt: skip


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_found_at_its_cell(tmp_path: Path, code: str) -> None:
    rows, of, column = MISTAKES[code]
    said = [each for each in read(tmp_path / "wrong.xlsx", study(*rows, **of)).problems if each.code == code]
    assert [each.column for each in said][:1] == [column]
    assert said[0].cell
    right = {key: value for key, value in of.items() if not key.startswith(("plan", "target", "price", "discount"))} | {
        "currency_year": 2026
    }
    found = read(tmp_path / "right.xlsx", study(row(), row(id="M3", target=("E1",), parameter="amount"), **right))
    assert code not in {each.code for each in found.problems}
    assert found.study is not None


DATED = [meter(year=YearRange(2027, 2027)), meter(id="E2", year=YearRange(2028, None))]
EVERY = [meter(), meter(id="E2", year=YearRange(2028, None))]
CHARGED = {
    "plant": [line("Plant", id="P1", amount=Quantity(1.0, "kg"), service_life=5.0)],
    "refrigerants": [refrigerant(equipment="P1")],
}
GONE = {"kind": "remove", "value": None}
COME = {"kind": "add", "value": None}
METERED = {"heat": [heat(heat_pump_electricity=Quantity(5.0, "MWh"), cop=None)]}
PUMP = {
    "energy": [meter(), meter(id="E3", use="heat-pump")],
    "heat": [heat(heat_pump_meter="E3", cop=None)],
}
SIMULATED = {"energy": [meter(), meter(id="E7", use="backup-test")], "simulation": sheet()}
CLAIMED = {"heat": [heat(), heat(claim_holder="other")]}

REFUSED: dict[str, tuple[str, tuple[Measure, ...], dict[str, Any]]] = {
    "held on": ("same-key", (row(target=("E2",), start_year=2029, **GONE),), {"energy": DATED}),
    "beside": ("same-key", (row(target=("E2",), **COME),), {"energy": [DATED[1], meter(year=YearRange(2027, None))]}),
    "two that come": ("same-key", (row(target=("E1",), **COME), row(id="M2", target=("E2",), **COME)),
                      {"energy": EVERY}),
    "what takes over goes": ("same-key", (row(target=("E2",), start_year=2029, **GONE), row(id="M2", target=("E1",),
                                          **GONE)), {"energy": EVERY}),
    "one claim of a heat": ("same-key", (row(target=("Heat[claim_holder=other]",), **GONE),), CLAIMED),
    "load worked out": ("derived-it", (row(start_year=2028, **GONE),), {"load": 50.0}),
    "tests simulated": ("simulated", (row(target=("E7",), start_year=2028, **GONE),), SIMULATED),
    "cop": ("metered-pump", (row(kind="set", target=("Q1",), parameter="cop", value="5"),), METERED),
    "heat alone": ("metered-pump", (row(target=("Q1",)),), PUMP),
    "meter alone": ("metered-pump", (row(target=("E3",), **GONE),), PUMP),
    "meter otherwise": ("metered-pump", (row(target=("Q1",)), row(target=("E3",), value="0.8")), PUMP),
    "chiller alone": ("charge", (row(target=("P1",), **GONE),), CHARGED),
    "charge that stays longer": ("charge", (row(target=("P1",), requires=("M2",), **GONE),
                                            row(id="M2", target=("R1",), start_year=2029, **GONE)), CHARGED),
    "charge brought apart": ("charge", (row(target=("P1",), **COME), row(id="M2", target=("R1",), **COME)), CHARGED),
    "after its years": ("dates", (row(kind="phase", target=("L1",), value="2029"),),
                        {"construction": [line(until=2028)]}),
    "over before": ("dates", (row(target=("E2",), start_year=2029, **COME),),
                    {"energy": [meter(), meter(id="E2", use="cooling", year=YearRange(2027, 2028))]}),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_evaluated_exactly_is_refused(case: str) -> None:
    reason, wrong, of = REFUSED[case]
    found = list(changes_can_be_evaluated(study(*wrong, **of)))
    assert {(each.code, each.values["reason"]) for each in found} == {("measure-beyond", reason)}
    assert list(changes_can_be_evaluated(study(row(), **{**of, "load": None}))) == []


def test_what_is_refused_alone_is_not_where_the_rest_is_said() -> None:
    """Of two rows that come one excludes the other; the meter goes with its heat, the charge with its chiller."""
    apart = (row(target=("E1",), excludes=("M2",), **COME), row(id="M2", target=("E2",), **COME))
    fine: list[tuple[tuple[Measure, ...], dict[str, Any]]] = [
        (apart, {"energy": EVERY}),
        ((row(target=("Q1",)), row(target=("E3",))), PUMP),
        ((row(target=("P1", "R1"), **GONE),), CHARGED),
        ((row(target=("P1",), **COME), row(id="M2", target=("R1",), requires=("M1",), **COME)), CHARGED),
        ((row(target=("Q1",), **GONE),), CLAIMED),
        ((row(target=("H1",)),), {"hardware": [line("Hardware", power_w=100.0, service_life=5.0)]}),
        ((row(target=("Q1",), **GONE),), {"heat": [heat(heat=None)], "simulation": sheet()}),
    ]
    for rows, of in fine:
        assert list(changes_can_be_evaluated(study(*rows, **of))) == [], rows


def test_a_row_that_a_measure_brings_is_changed_only_with_it() -> None:
    bring, held = row(kind="contract", target=("K0",), value=None), contract(id="K0", share_percent=10.0)
    other = row(id="M2", target=("K0",), parameter="share_percent")
    assert [each.values["reason"] for each in changes_can_be_evaluated(study(bring, other, contracts=[held]))] == [
        "held"
    ]
    needing = replace(other, requires=("M1",))
    assert list(changes_can_be_evaluated(study(bring, needing, contracts=[held]))) == []


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_multiplier_is_a_number(value: str) -> None:
    assert [each.code for each in operations(study(row(value=value)))[1]] == ["measure-multiplier"]


def test_what_is_scaled_stays_a_value_of_its_column() -> None:
    fixed = [meter(scales_with="it", fixed_percent=60.0)]
    assert [each.code for each in operations(study(row(parameter="fixed_percent", value="3"), energy=fixed))[1]] == [
        "measure-value"
    ]
    assert operations(study(row(parameter="fixed_percent", value="1.5"), energy=fixed))[1] == []


def test_bounds_are_values_as_well() -> None:
    beyond = study(row(value="-25", unit="%", min=-120.0, max=-10.0))
    assert [(each.code, each.column) for each in bounds_are_values(beyond)] == [("bounds-order", "min")]
    assert list(bounds_are_values(study(row(value="-25", unit="%", min=-30.0, max=-10.0)))) == []


def test_one_measure_may_have_several_rows(tmp_path: Path) -> None:
    second = row(target=("E1",), parameter="scales_with", kind="set", value="it")
    found = read(tmp_path / "two.xlsx", study(row(), second))
    assert found.study is not None, found.problems
    assert len(found.study.measures) == 2


def test_a_target_that_names_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    rows = rows_of(study(row()))
    path.write_bytes(workbook("en", {**rows, "Measures": [{**rows["Measures"][0], "target": "Sauna[use=it]"}]}))
    assert [(each.code, each.column) for each in read_workbook(path).problems if each.severity == "error"] == [
        ("target-unknown", "target")
    ]


def test_a_measure_that_leaves_no_result_is_said() -> None:
    """Water that comes back colder than it leaves: the study with the measure is checked as the study is."""
    colder = row(kind="set", target=("Simulation",), parameter="return_temperature", value="15", unit="°C")
    with pytest.raises(InputError) as stopped:
        assess(study(colder, simulation=sheet()))
    assert [(each.code, each.sheet, each.row) for each in stopped.value.problems] == [("measure-result", "Measures", 0)]
    warmer = replace(colder, value="30")
    assert assess(study(warmer, simulation=sheet()))["measures"]["measures"][0]["alone"]["location"] > 0.0


def test_measures_that_leave_no_result_together_are_named() -> None:
    """20 to 26 °C: a supply of 25 and a return of 24 hold alone, and not together."""
    warmer = row(kind="set", target=("Simulation",), parameter="supply_temperature", value="25", unit="°C")
    colder = replace(warmer, id="M2", parameter="return_temperature", value="24")
    with pytest.raises(InputError) as stopped:
        assess(study(warmer, colder, simulation=sheet()))
    assert [(each.code, each.values["id"]) for each in stopped.value.problems] == [("measure-result", "M1, M2")]
    apart = study(replace(warmer, excludes=("M2",)), colder, simulation=sheet())
    assert assess(apart)["measures"]["joint"] == ["M1"]


def test_a_factor_that_no_one_knows_is_found(tmp_path: Path) -> None:
    wrong = row(kind="substitute", target=("E1",), value="electrizity-fi")
    found = read(tmp_path / "wrong.xlsx", study(wrong)).problems
    assert [(each.code, each.column) for each in found if each.severity == "error"] == [("factor-unknown", "value")]


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_measures_go_through_a_workbook_and_json(tmp_path: Path, language: str) -> None:
    held = contract(id="K0", type="certificate", share_percent=50.0, evidence="GO")
    stated = study(
        row(value="-12.5", unit="%", capex=Quantity(1.5e6, "EUR"), opex_per_year=Quantity(-3e3, "EUR/a"), min=-20.0,
            max=-5.0, lifetime=7.0, start_year=2028, owner="tenant: A", evidence="Offer", excludes=("M2", "M3")),
        row(id="M2", kind="contract", target=("K0",), value=None),
        row(id="M3", kind="set", target=("Energy[use=it]", "E1"), parameter="scales_with", value="it"),
        contracts=[contract(share_percent=10.0), held],
    )  # fmt: skip
    found = read(tmp_path / "same.xlsx", stated, language)
    assert [each for each in found.problems if each.severity == "error"] == []
    assert found.study == stated
    assert from_json(dict(as_json(stated))) == stated
    assert from_json(dict(as_json(stated.base))) == stated


def test_words_of_three_languages_are_one_measure(tmp_path: Path) -> None:
    path = tmp_path / "fi.xlsx"
    typed = {"id": "M1", "measure": "Vähemmän", "kind": "Skaalaus", "target": "Energia[käyttökohde=IT]",
             "parameter": "Määrä", "value": "0,85"}  # fmt: skip
    rows = rows_of(study())
    path.write_bytes(workbook("fi", {**rows, "Measures": [typed]}))
    read_ = read_workbook(path)
    assert read_.study is not None, read_.problems
    (made,) = read_.study.measures
    assert (made.kind, made.target, made.parameter, made.value) == ("scale", ("Energy[use=it]",), "amount", "0.85")


def test_rows_that_a_measure_brings_stand_apart_and_last(tmp_path: Path) -> None:
    held = contract(id="K0", type="certificate", share_percent=50.0, evidence="GO 0")
    stated = study(
        row(kind="contract", target=("K0",), value=None), contracts=[held, contract(id="K1", share_percent=10.0)]
    )
    found = read(tmp_path / "held.xlsx", stated, "en")
    assert found.study is not None
    assert [each.id for each in found.study.contracts] == ["K1", "K0"]
    assert [each.id for each in found.study.base.contracts] == ["K1"]
    assert [(sheet, each.id) for sheet, each in found.study.base.held] == [("Contracts", "K0")]
    assert found.places.rows["Contracts"] == sorted(found.places.rows["Contracts"], reverse=True)
    assert precheck(found.study) == precheck(
        replace(stated, contracts=(contract(id="K1", share_percent=10.0),), measures=())
    )
