"""The product system solved by Brightway: oracles, and checks that the packages are what is solved and printed."""

import copy
import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from factors.problems import InputError
from inventories.study import Study
from inventories.values import Quantity
from lca import assess as assessment
from lca import evaluation, packages
from lca.assess import DisagreementError, agree, assess, axis, restatements, result
from lca.context import Context
from lca.engine import bw2calc, solve
from lca.expand import expand
from lca.system import BASES, Flow, System
from lca.tables import CONTRIBUTION_KEYS, Placed, contributions_table, group
from templates.report import render
from tests.lca.dense import dense_scores
from tests.studies import contract, exclude, heat, line, make, meter, shipped_example

CO2, SO2, OIL = Flow("CO2e", "fossil", "a"), Flow("CO2e", "biogenic", "b"), Flow("CO2e", "land_use", "c")


def example() -> Study:
    return make(
        years=12,
        construction=[
            line(
                id="C1",
                transport=(("transport-van-diesel-gb", 50.0),),
                end_of_life_factor="waste-concrete-processing-fi",
            ),
            line(id="C2", factor="glulam-fi", service_life=7.0, waste_percent=10.0),
            line(id="C3", factor="steel-light-profile-galvanised-fi", amount=Quantity(2, "t")),
        ],
        plant=[line("Plant", id="P1", factor="chiller-per-kw", amount=Quantity(100, "kW"))],
        hardware=[
            line("Hardware", id="H1", count=10, service_life=5.0, replaced_by="H2"),
            line("Hardware", id="H2", count=8, service_life=4.0),
        ],
        energy=[meter(), meter(id="E2", use="cooling", amount=Quantity(200, "MWh"))],
        contracts=[contract(amount=Quantity(700, "MWh"), valid_to="2031")],
        heat=[heat()],
        exclusions=[exclude("B2")],
    )


def test_two_processes_of_heijungs_and_suh() -> None:
    """Case A-01: Heijungs & Suh (2002), The Computational Structure of LCA, ch. 2; exact.

    1 kWh takes 0.2 l of fuel and emits 0.1 kg CO2 and 0.01 kg SO2; 1 l takes 0.5 l of crude oil and emits 0.1 kg CO2
    and 0.02 kg SO2. The book runs processes of 10 kWh and 100 l, 100 and 2 times; oil is a positive extraction here.
    """
    system = System()
    electricity, fuel = system.process("electricity", ()), system.process("fuel", ())
    system.take(system.facility, electricity, 1000.0)
    system.take(electricity, fuel, 2 / 10)
    for process, flow, amount in (
        (electricity, CO2, 1 / 10),
        (electricity, SO2, 0.1 / 10),
        (fuel, CO2, 10 / 100),
        (fuel, SO2, 2 / 100),
        (fuel, OIL, 50 / 100),
    ):
        system.emit(process, flow, amount)
    built = packages.build(system, {}, "AR6")
    packages.check(built)
    scores = solve(built, {"facility": system.facility})["location"]["facility"]
    assert scores["fossil"] == pytest.approx([120], rel=1e-9)  # 100 × 1 + 2 × 10
    assert scores["biogenic"] == pytest.approx([14], rel=1e-9)  # 100 × 0.1 + 2 × 2
    assert scores["land_use"] == pytest.approx([100], rel=1e-9)  # 2 × 50
    lca = bw2calc().LCA({system.facility: 1}, data_objs=[built.common, built.supply["location"]], use_arrays=True)
    lca.lci()
    made = {process: lca.supply_array[lca.dicts.activity[process]] for process in (electricity, fuel)}
    assert made[electricity] / 10 == pytest.approx(100, rel=1e-9)
    assert made[fuel] / 100 == pytest.approx(2, rel=1e-9)
    rows = evaluation.contributions(system, built)[system.facility]
    assert sum(float(row.location[0]) for row in rows) == pytest.approx(120 + 14 + 100, rel=1e-12)


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("which", ["shipped", "made here"])
def test_brightway_equals_a_dense_solve(basis: str, which: str) -> None:
    context = expand(shipped_example() if which == "shipped" else example())
    built = packages.build(context.system, context.library.gases, "AR6")
    scores = solve(built, {"facility": context.system.facility, **context.system.outside})[basis]
    for name, by_component in dense_scores(context, built, basis).items():
        assert scores[name].keys() <= by_component.keys()
        for component, score in scores[name].items():
            summed, absolute = by_component[component]
            assert score[0] == pytest.approx(summed, abs=1e-9 * absolute + 1e-12)


def test_the_foreground_is_deeper_than_a_list() -> None:
    context = expand(example())
    built = packages.build(context.system, context.library.gases, "AR6")
    assert evaluation.depth(context.system, built) >= 4


def _touch(built: packages.Packages, product: int, consumer: int, factor: float) -> None:
    """Multiply the exchanges between two processes inside the built packages."""
    for package in (built.common, *built.supply.values()):
        if f"{packages.INPUTS}.indices" not in [each["name"] for each in package.resources]:
            continue
        indices = package.get_resource(f"{packages.INPUTS}.indices")[0]
        data = package.get_resource(f"{packages.INPUTS}.data")[0]
        data[(indices["row"] == product) & (indices["col"] == consumer)] *= factor


def test_halving_the_heat_pump_exchange_in_the_package_changes_score_and_footprint_alike() -> None:
    study = make(years=1, energy=[meter()], heat=[heat()], exclusions=[exclude("B2")])
    context = expand(study)
    built = packages.build(context.system, context.library.gases, "AR6")
    before = result(context, built, [])
    score = solve(built, {"facility": context.system.facility})["location"]["facility"]["fossil"][0]
    pump = context.system.process("heat pump", ("Q1", 2027))
    supply = next(p for p, each in context.system.processes.items() if each.kind == "supply")
    _touch(built, supply, pump, 0.5)
    after = result(context, built, [])
    changed = solve(built, {"facility": context.system.facility})["location"]["facility"]["fossil"][0]
    # W = 100 MWh / 3, at the grid of 0.0722488 with 1.75 % losses; half of it is gone.
    expected = -0.5 * 100_000 / 3 * 0.0722488 * 1.0175
    assert changed - score == pytest.approx(expected, rel=1e-9)
    assert after["totals"]["location"]["total"] - before["totals"]["location"]["total"] == pytest.approx(
        expected, rel=1e-9
    )


def test_deleting_an_exchange_changes_totals_contributions_and_report_by_the_same_amount() -> None:
    context = expand(
        make(years=1, construction=[line(amount=Quantity(100, "t")), line(id="L2", amount=Quantity(200, "t"))])
    )
    built = packages.build(context.system, context.library.gases, "AR6")
    before = result(context, built, [])
    gone = next(p for p, each in context.system.processes.items() if each.tag and each.tag.line == "L2")
    _touch(built, gone, context.system.facility, 0.0)
    after = result(context, built, [])
    # 200 t of concrete at 0.11 kg CO2e/kg are 22 t of 33 t.
    for basis in BASES:
        assert before["totals"][basis]["total"] - after["totals"][basis]["total"] == pytest.approx(22_000.0)
        sums = [sum(row[basis] for row in document["contributions"]) for document in (before, after)]
        assert sums[0] - sums[1] == pytest.approx(22_000.0)
    assert [_headline(document) for document in (before, after)] == ["33.0", "11.0"]


def _headline(document: dict[str, Any]) -> str:
    """Location-based total of the report's first page."""
    page = PdfReader(BytesIO(render(document).pdf)).pages[0].extract_text()
    found = re.search(r"(\S+) t CO", page)
    assert found is not None, page
    return found[1]


def test_a_perturbed_row_of_the_contributions_stops_the_assessment(monkeypatch: pytest.MonkeyPatch) -> None:
    def perturbed(context: Context, rows: list[evaluation.Contribution]) -> Placed:
        placed = contributions_table(context, rows)
        largest = max(placed.table, key=lambda row: abs(row["location"]))
        largest["location"] *= 1 + 1e-6
        return placed

    monkeypatch.setattr(assessment, "contributions_table", perturbed)
    with pytest.raises(DisagreementError, match="Brightway gives"):
        assess(example())


def test_a_perturbed_row_outside_stops_the_assessment_as_well() -> None:
    context = expand(example())
    built = packages.build(context.system, context.library.gases, "AR6")
    scores = solve(built, {"facility": context.system.facility, **context.system.outside})
    document = result(context, built, [])
    broken = copy.deepcopy(document["outside"])
    broken[0]["market"] += 1.0
    with pytest.raises(DisagreementError):
        agree(scores, document["contributions"], broken)


def test_an_axis_of_three_finds_three_separate_assessments() -> None:
    # Unchanged; an amount twice; a life a year longer.
    overrides = {
        "line:C1:amount": [1000.0, 2000.0, 1000.0],
        "line:C2:service_life": [7.0, 7.0, 8.0],
        "line:H1:service_life": [5.0, 5.0, 6.0],
        "line:Q1:cop": [4.0, 4.0, 4.0],
    }
    together = expand(example(), overrides)
    built = packages.build(together.system, together.library.gases, "AR6")
    rows = evaluation.contributions(together.system, built)
    assert together.system.length == 3
    for column in range(3):
        alone = expand(example(), {name: [values[column]] for name, values in overrides.items()})
        single = packages.build(alone.system, alone.library.gases, "AR6")
        separate = evaluation.contributions(alone.system, single)
        for mine, other in ((together.system.facility, alone.system.facility), *zip(
            together.system.outside.values(), alone.system.outside.values(), strict=True
        )):  # fmt: skip
            for basis in BASES:
                values = [getattr(row, basis)[column] for row in rows[mine]]
                expected = sum(getattr(row, basis)[0] for row in separate[other])
                assert sum(values) == pytest.approx(expected, rel=1e-12, abs=1e-12 * sum(map(abs, values)))
    # and Brightway, fed the same columns, gives the same three
    scores = solve(built, {"facility": together.system.facility}, columns=3)
    for basis in BASES:
        for column in range(3):
            score = sum(component[column] for component in scores[basis]["facility"].values())
            walked = sum(getattr(row, basis)[column] for row in rows[together.system.facility])
            assert score == pytest.approx(walked, rel=1e-12)


def test_overrides_must_name_a_parameter() -> None:
    with pytest.raises(ValueError, match="line:C9:amount"):
        expand(example(), {"line:C9:amount": [1.0]})


def test_a_cycle_is_named_before_brightway_sees_it() -> None:
    system = System()
    one, other = system.process("one", ()), system.process("other", ())
    system.take(system.facility, one, 1.0)
    system.take(one, other, 1.0)
    system.take(other, one, 0.5)
    system.emit(other, CO2, 1.0)
    built = packages.build(system, {}, "AR6")
    with pytest.raises(InputError) as stopped:
        evaluation.contributions(system, built)
    assert stopped.value.problems[0].code == "cycle"
    assert "one" in stopped.value.problems[0].values["processes"]


@given(st.lists(st.sampled_from(CONTRIBUTION_KEYS), min_size=1, max_size=5, unique=True))
def test_every_group_by_of_the_contributions_is_the_footprint(keys: list[str]) -> None:
    document = _document()
    for basis in BASES:
        total = document["totals"][basis]["total"]
        grouped = sum(value[basis] for value in group(document["contributions"], *keys).values())
        assert grouped == pytest.approx(total, rel=1e-12)


@cache
def _document() -> dict[str, Any]:
    """One assessment for all examples of the property."""
    return assess(example())


@given(st.floats(0.01, 100))
def test_scaling_every_amount_scales_the_footprint(factor: float) -> None:
    names = {f"line:{each}:amount": size for each, size in (("C1", 1000.0), ("C2", 1000.0), ("C3", 2.0), ("P1", 100.0))}
    study = make(years=12, construction=example().construction, plant=example().plant)
    context = expand(study, {name: [size, size * factor] for name, size in names.items()})
    built = packages.build(context.system, context.library.gases, "AR6")
    rows = evaluation.contributions(context.system, built)[context.system.facility]
    plain, scaled = (sum(float(row.location[i]) for row in rows) for i in (0, 1))
    assert scaled == pytest.approx(plain * factor, rel=1e-9)


def test_restated_totals_are_those_of_studies_with_the_other_rule() -> None:
    document = assess(example())
    restated = {each["rule"]: each for each in document["choices"][0]["totals"]}
    for rule in ("whole", "pro-rata"):
        study = example()
        other = assess(replace(study, settings=replace(study.settings, replacement_rule=rule)))
        for basis in BASES:
            assert restated[rule][basis] == pytest.approx(other["totals"][basis]["total"], rel=1e-12)


def test_every_flow_must_be_characterised() -> None:
    context = expand(example(), axis(example(), restatements(example())))
    built = packages.build(context.system, context.library.gases, "AR6")
    emitted = built.common.get_resource(f"{packages.EMISSIONS}.indices")[0]
    emitted["row"][0] += 500
    with pytest.raises(AssertionError, match="not characterised"):
        packages.check(built)
