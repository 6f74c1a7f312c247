"""One study for each problem that follows from the numbers and no other test names; a proof that none is left out."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from factors.problem_kinds import KINDS
from inventories.study import Contract, Study
from inventories.values import Quantity, YearRange
from lca import expand
from lca.assess import precheck
from tests.inventories.test_corpus import CASES as READING
from tests.studies import contract, exclude, heat, line, make, meter, own


@dataclass(frozen=True)
class Case:
    """A study with a mistake and where it is said; its neighbour without it."""

    sheet: str
    row: int | None
    column: str
    wrong: Study
    right: Study


def mwh(value: float) -> Quantity:
    return Quantity(value, "MWh")


def study(**of: Any) -> Study:
    """Two years with an IT meter of 1,000 MWh."""
    return make(**{"years": 2, "energy": [meter()], **of})


SOLAR: dict[str, Any] = {"id": "E2", "carrier": "onsite-electricity", "use": None}
SAVED = heat(saved_cooling=mwh(5.0))
COOLING = meter(id="E2", use="cooling", amount=mwh(100.0))
SERVERS = line("Hardware", count=1000, power_w=100.0, service_life=5.0)  # 876 MWh a year
DIRECT = own("wind", 0.0, "kg CO2e/kWh", "B6", part="direct")
UNDIVIDED = own("island", 0.2, "kg CO2e/kWh", "B6")
CERTIFICATE = contract(type="certificate", share_percent=10.0, evidence="GO 1")


def certificates(second: str) -> Study:
    return study(contracts=[CERTIFICATE, replace(CERTIFICATE, id="K2", evidence=second)])


def bought(second: str) -> Study:
    one = contract(amount=mwh(10.0), evidence="frame 1")
    return study(contracts=[one, replace(one, id="K2", type="supplier", evidence=second)])


def zoned(*zones: str) -> list[Contract]:
    return [contract(id=f"K{i}", share_percent=10.0, bidding_zone=zone) for i, zone in enumerate(zones)]


CASES: dict[str, Case] = {
    "carrier-factor": Case(
        "Energy",
        1,
        "factor",
        study(energy=[meter(), meter(id="E2", carrier="district-heat", use="office")]),
        study(energy=[meter(), meter(id="E2", carrier="district-heat", use="office", factor="district-heat-tampere")]),
    ),
    "bases-differ": Case(
        "Contracts",
        0,
        "factor",
        study(
            country="NZ",
            factors=[DIRECT, UNDIVIDED],
            energy=[meter(factor="island")],
            contracts=[contract(factor="wind", share_percent=100.0)],
        ),
        study(factors=[DIRECT], contracts=[contract(factor="wind", share_percent=100.0)]),
    ),
    "onsite-surplus": Case(
        "Energy",
        None,
        "amount",
        study(energy=[meter(), meter(**SOLAR, amount=mwh(1500.0))]),
        study(energy=[meter(), meter(**SOLAR, amount=mwh(500.0))]),
    ),
    "displaced-self": Case(
        "Heat",
        0,
        "displaced_excludes_this_heat",
        study(heat=[heat(displaced_excludes_this_heat="no")]),
        study(heat=[heat()]),
    ),
    "saved-cooling-metered": Case(
        "Heat", 0, "saved_cooling", study(energy=[meter(), COOLING], heat=[SAVED]), study(heat=[SAVED])
    ),
    "coverage-missing": Case(
        "Water and waste",
        None,
        "",
        study(),
        study(exclusions=[exclude(module) for module in ("A1-A3", "A4", "A5", "B1", "B2", "B4", "B6.1", "B6.3", "B7",
                                                         "C1", "C2", "C3", "C4")]),
    ),
    "it-energy-missing": Case("Energy", None, "", study(energy=[]), study(energy=[], load=50.0)),
    "power-against-meter": Case(
        "Hardware",
        None,
        "power_w",
        study(hardware=[replace(SERVERS, power_w=200.0)]),
        study(hardware=[SERVERS]),
    ),
    "certificate-twice": Case("Contracts", 1, "evidence", certificates("GO 1"), certificates("GO 2")),
    "evidence-twice": Case("Contracts", 1, "evidence", bought("Frame-1"), bought("frame 2")),
    "zone-elsewhere": Case(
        "Contracts",
        0,
        "bidding_zone",
        study(contracts=[contract(share_percent=50.0, bidding_zone="SE3")]),
        study(contracts=[contract(share_percent=50.0, bidding_zone="fi")]),
    ),
    "zones-several": Case(
        "Contracts",
        1,
        "bidding_zone",
        study(country="SE", contracts=zoned("SE1", "SE3")),
        study(country="SE", contracts=zoned("SE3", "se3")),
    ),
    "sunk": Case(
        "Construction",
        0,
        "installed",
        study(construction=[line(installed=2020, service_life=50.0)]),
        study(construction=[line(installed=2027, service_life=50.0)]),
    ),
    "share-outside": Case(
        "Construction",
        0,
        "share_percent",
        study(construction=[line(share_percent=40.0, evidence="drawing")]),
        study(construction=[line(share_percent=100.0)]),
    ),
}  # fmt: skip


def said(of: Study, code: str) -> list[tuple[str, int | None, str]]:
    return [(p.sheet, p.row, p.column) for p in precheck(of) if p.code == code]


@pytest.mark.parametrize("code", CASES)
def test_the_mistake_is_found_at_its_place_and_its_neighbour_is_not(code: str) -> None:
    case = CASES[code]
    assert (case.sheet, case.row, case.column) in said(case.wrong, code)
    assert said(case.right, code) == []


def test_a_factor_that_the_library_doubts_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = study(factors=[own("slab", 1.0, "kg CO2e/kg")], construction=[line(factor="slab")])
    assert said(plain, "factor-doubtful") == []
    made: Callable[[Any], Any] = expand.own_factor
    monkeypatch.setattr(expand, "own_factor", lambda row: replace(made(row), doubtful="it was never checked"))
    assert said(plain, "factor-doubtful") == [("", None, "")]


def test_a_surplus_is_said_once_with_its_years() -> None:
    much = meter(**SOLAR, amount=mwh(1500.0), year=YearRange(2027, 2029))
    none = meter(**{**SOLAR, "id": "E3"}, amount=mwh(0.0), year=YearRange(2030, None))
    of = make(years=5, energy=[meter(), much, none])
    (own_generation,) = [p for p in precheck(of) if p.code == "onsite-surplus"]
    assert (own_generation.read, own_generation.values["year"]) == ("500000", "2027–2029")
    of = make(years=5, energy=[meter()], contracts=[contract(amount=mwh(2000.0))])
    (bought,) = [p for p in precheck(of) if p.code == "contract-surplus"]
    assert (bought.row, bought.values["year"]) == (0, "2027–2031")


HERE = {"factor-doubtful"}

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "cli/test_commands.py": (
        "years-empty", "results-unreadable", "results-version", "results-workbook",
    ),
    "factors/test_problems.py": (
        "losses-missing",
    ),
    "inventories/test_hostile.py": (
        "file-encrypted", "external-links",
    ),
    "inventories/test_own_factors.py": (
        "required", "not-a-year", "choice-unknown", "unit-behind", "unit-twice", "factor-shadows", "factor-bundle",
        "factor-components", "factor-negative", "factor-value-unit", "factor-gas", "factor-part", "factor-valid-to",
        "factor-split", "bounds-order", "quality-scores", "gas-unknown",
    ),
    "inventories/test_reader.py": (
        "file-empty", "not-a-workbook", "macros", "file-too-large", "sheet-too-wide", "sheet-missing",
        "sheet-unknown", "sheet-unread", "header-unknown", "header-near", "header-languages", "key-missing",
        "key-unknown", "required-one", "required-only-one", "not-a-number", "ambiguous-number", "doubtful-number",
        "boolean-number", "negative", "too-small", "too-large", "covers-unknown", "total-row", "error-cell",
        "formula-unsaved", "percent-fraction", "unit-unknown", "unit-missing", "unit-fixed", "unit-dimension",
        "factor-unknown", "id-duplicate", "meter-unknown", "years-gap", "country-unknown", "year-twice",
        "contract-backwards", "contract-not-cancelled", "certificate-cancelled",
    ),
    "inventories/test_traps.py": (
        "column-unread", "transport-leg", "unit-none",
    ),
    "inventories/test_files.py": (
        "trajectory-unit", "trajectory-line", "trajectory-rise", "series-leap",
    ),
    "inventories/test_series.py": (
        "series-missing", "series-path", "series-unreadable", "series-empty", "series-no-time", "series-columns",
        "series-column", "series-no-values", "series-unit", "series-zone", "series-stamp", "series-skipped",
        "series-order", "series-duplicate", "series-gap", "series-step", "series-blank", "series-number",
        "series-decimals", "series-below", "series-length", "series-epw", "series-more", "series-slip", "series-sum",
        "series-roles", "series-cells", "series-zone-unknown", "series-thousands", "series-above",
        "series-quote", "series-field", "series-intensity", "series-fraction", "series-saturated", "series-zero",
        "series-shape-only", "series-celsius", "series-spike", "series-level",
        "series-start", "series-epw-hours",
    ),
    "lca/test_coverage.py": (
        "coverage-share",
    ),
    "lca/test_electricity.py": (
        "factor-not-energy", "grid-missing", "residual-missing", "factor-of-other-energy", "contract-surplus",
    ),
    "lca/test_engine.py": (
        "cycle",
    ),
    "lca/test_guards.py": (
        "factor-module", "it-above-capacity", "pue-high", "load-against-meter", "charge-implausible",
        "it-peak-above-capacity", "fill-unused", "certificate-twice",
    ),
    "lca/test_lines.py": (
        "factor-unit", "factor-is-energy", "factor-not-transport", "factor-without-c", "module-twice", "mass-missing",
        "service-life",
    ),
    "lca/test_recovered.py": (
        "cop-capped", "heat-matched-twice", "heat-missing", "pipe-loses-all", "merit-order-short",
        "merit-order-missing", "heat-beyond-need", "heat-pump-theirs", "heat-pump-alone",
    ),
    "lca/test_heat_mistakes.py": (
        "temperature-missing", "cop-range", "cop-above-lorenz", "source-order", "sink-order", "sink-colder",
        "exchanger-colder", "displaced-kind", "displaced-kind-blank", "heat-simulated-delivered",
        "contract-short", "source-above-hall", "network-return", "curve-order", "heat-simulated-twice",
        "merit-unit", "capacity-missing", "part-load-cop", "contract-late", "ground-warm", "cop-unusual", "model-only",
        "holder-nameless", "holder-spelled", "heat-pump-idle",
    ),
    "lca/test_published.py": (
        "gpu-hour-implausible",
    ),
    "lca/test_refrigerants.py": (
        "equipment-unknown", "refrigerant-default", "refrigerant-kind", "refrigerant-life", "refrigerant-ends",
        "production-bundle", "production-biogenic", "refrigerant-production", "factor-not-made", "gas-replaced",
    ),
    "lca/test_review.py": (
        "reuse-bundle", "carrier-family", "losses-unknown", "trajectory-unknown", "power-partial",
        "heat-above-energy",
    ),
    "lca/test_service.py": (
        "intensity-missing",
    ),
    "lca/test_screening.py": (
        "screening-used", "screening-twice",
    ),
    "lca/test_hourly.py": (
        "contract-profile", "profile-even", "contract-for-others", "profiles-of-two-years",
    ),
    "lca/test_simulation.py": (
        "simulation-temperatures", "simulation-lift", "simulation-humidity", "simulation-line", "simulation-area",
        "simulation-ups", "simulation-missing", "simulation-fit",
    ),
    "lca/test_trajectory.py": (
        "trajectory-series", "trajectory-short", "trajectory-exponential", "trajectory-floor", "trajectory-zero",
    ),
    "inventories/test_measures.py": (
        "target-unknown", "measure-target", "measure-target-missing", "measure-sheet", "measure-unused",
        "measure-parameter", "measure-value-missing", "measure-multiplier", "measure-effect", "measure-blank",
        "measure-unit", "measure-value", "measure-rows-differ", "measure-network", "measure-unknown", "measure-cycle",
        "measure-never", "measure-twice", "measure-followed", "measure-result", "measure-beyond", "currency-year",
        "measure-decided", "price-carbon", "measure-before", "tax-missing", "plan-budget", "target-twice",
        "target-missing", "target-empty", "multiplier-large", "multiplier-small", "rate-fraction",
    ),
    "lca/test_water.py": (
        "water-twice", "factor-not-water", "year-missing", "boundary-extended",
    ),
}  # fmt: skip
"""Codes that other tests name, by the file they stand in."""


@pytest.mark.parametrize("file", ELSEWHERE)
def test_the_tests_named_name_these_codes(file: str) -> None:
    text = Path(__file__).parent.parent.joinpath(file).read_text(encoding="utf-8")
    assert [code for code in ELSEWHERE[file] if f'"{code}"' not in text] == []


def test_every_kind_of_problem_is_tested() -> None:
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes}
    assert READING.keys() | CASES.keys() | HERE | elsewhere == KINDS.keys()
