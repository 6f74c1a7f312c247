"""The trail: every number is the sum of printed walks, and each walk is the product of its printed coefficients."""

import json
import random
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from factors.units import parse_unit
from inventories.values import Quantity
from lca.assess import assess
from lca.ways import Trail
from templates.explain import UnknownPathError, explained, lines
from templates.figures import find
from templates.texts import Texts
from tests.studies import contract, heat, line, make, meter, refrigerant, shipped_example

STEP = re.compile(r"^  \S.*?  +(-?[0-9.]+(?:e[-+]?\d+)?)  +(\S+(?: \S+)*?)(?:  +.*)?$")
NUMBER = re.compile(r"^(\S.*) = (-?[0-9.e+-]+) kg CO2e$")
PRODUCT = re.compile(r"^  = (-?[0-9.e+-]+) kg CO2e$")


@cache
def _document(name: str = "server-room") -> dict[str, Any]:
    document: dict[str, Any] = json.loads(json.dumps(assess(shipped_example(name))))
    return document


def _multiplied(printed: list[str]) -> tuple[str, float, list[tuple[float, float]]]:
    """Path and value printed at the top; of each way the product of its coefficients, and the product printed."""
    top = NUMBER.match(printed[0])
    assert top is not None, printed[0]
    ways: list[tuple[float, float]] = []
    coefficients: list[float] = []
    for said in printed[1:]:
        if (end := PRODUCT.match(said)) is not None:
            ways.append((float(np.prod(coefficients)), float(end[1])))
            coefficients = []
        elif (step := STEP.match(said)) is not None:
            coefficients.append(float(step[1]))
    return top[1], float(top[2]), ways


def _twenty(document: Mapping[str, Any]) -> list[str]:
    """Twenty numbers drawn from everything that has a walk."""
    drawn = random.Random(5)  # noqa: S311 - which numbers are looked at
    every = [f"totals/{basis}/{what}" for basis in ("location", "market") for what in ("total", "fossil")]
    for table in ("contributions", "outside"):
        rows = range(len(document[table]))
        every += [f"{table}/{row}/{basis}" for row in rows for basis in ("location", "market")]
    for key in ("module", "section", "year", "scope", "line", "factor"):
        values = sorted({str(row[key]) for row in document["contributions"]})
        every += [f"contributions?{key}={value}/market".replace(" ", "%20") for value in values]
    return drawn.sample(every, 20)


@pytest.mark.parametrize("name", ["server-room", "kajaani", "kaj-10"])
def test_twenty_numbers_are_multiplied_out_of_what_is_printed(name: str) -> None:
    document = _document(name)
    for asked in _twenty(document):
        path, value, ways = _multiplied(list(lines(explained(document, asked), Texts())))
        assert path == asked
        assert value == find(document, asked)
        for product, printed in ways:
            assert product == pytest.approx(printed, rel=1e-12)
        scale = sum(abs(product) for product, _ in ways)
        assert abs(sum(product for product, _ in ways) - value) <= 1e-9 * scale


def _awkward() -> dict[str, Any]:
    """Contracts that share, own generation, two claim holders, leaks measured in some years, biogenic closure."""
    study = make(
        years=4,
        construction=[line(id="C1", factor="glulam-fi", amount=Quantity(30.0, "t"), waste_percent=5.0)],
        hardware=[line("Hardware", service_life=3.0, count=60)],
        refrigerants=[
            refrigerant(year=None, leaked_per_year=None),
            refrigerant(id="R2", gas="R-410A", leakage_percent=3.0, recovery_percent=80.0),
        ],
        energy=[
            meter(),
            meter(id="E2", use="cooling", amount=Quantity(150.0, "MWh")),
            meter(
                id="PV",
                carrier="onsite-electricity",
                use=None,
                amount=Quantity(90.0, "MWh"),
                factor="electricity-solar-world",
            ),
        ],
        contracts=[
            contract(amount=Quantity(600.0, "MWh"), valid_to="2028", order=1),
            contract(id="K2", share_percent=30.0, order=1),
        ],
        heat=[heat(claim_share_percent=60.0), heat(claim_holder="town", claim_share_percent=40.0)],
    )
    return json.loads(json.dumps(assess(study)))  # type: ignore[no-any-return]


def test_every_row_is_the_sum_of_its_ways() -> None:
    for document in (_awkward(), *map(_document, ("server-room", "kajaani", "kaj-10"))):
        trail = Trail(document["trail"])
        for table in ("contributions", "outside"):
            for place, row in enumerate(document[table]):
                ways = list(trail.ways(table, place))
                for basis in ("location", "market"):
                    values = [way.value(basis) for way in ways]
                    allowed = 1e-9 * sum(map(abs, values)) + 1e-15
                    assert abs(sum(values) - row[basis]) <= allowed, (table, place, basis)


def test_a_line_is_proportional_to_the_number_its_path_names() -> None:
    """Doubling the typed number at ``amount`` doubles what every line of that path takes, all else equal."""
    study = shipped_example()
    doubled = replace(study, construction=tuple(_twice(row) for row in study.construction))
    before, after = (Trail(assess(each)["trail"]) for each in (study, doubled))
    found = 0
    for number, process in before.processes.items():
        if str(process.get("amount", "")).startswith("study/Construction/"):
            assert after.processes[number] == process
            for one, other in zip(before.inputs[number], after.inputs[number], strict=True):
                assert other["location"] == pytest.approx(2 * one["location"], rel=1e-12)
                found += 1
    assert found > 10


def _twice(row: Any) -> Any:  # noqa: ANN401 - a line
    assert parse_unit(row.amount.unit)
    return replace(row, amount=Quantity(2 * row.amount.value, row.amount.unit))


def test_an_id_gives_both_bases_and_the_source_of_each_step() -> None:
    document = _document()
    found = explained(document, "E1")
    assert [each["path"].rpartition("/")[2] for each in found][:2] == ["location", "market"]
    steps = found[1]["ways"][0]["steps"]
    assert steps[1]["source"].startswith("Energy E1 amount = 157.7 MWh")
    assert any(step["source"].startswith("contract ") or step["source"] == "residual" for step in steps)
    assert steps[-1]["unit"].startswith("kg CO2e/")


def test_losses_trajectories_and_defaults_have_their_source() -> None:
    document = _document()
    steps = [step for way in explained(document, "E1")[0]["ways"] for step in way["steps"]]
    (lost,) = {step["source"] for step in steps if "→ losses(" in step["node"]}
    assert "transmission losses of FI [" in lost
    assert "distribution losses of FI [" in lost
    ahead = {step["source"] for step in steps if step["node"].startswith("grid(FI, 2030, ")}
    assert len(ahead) == 1
    assert "electricity-fi-scenario-wem 2030 over 2024 [" in ahead.pop()
    leaked = [s for each in explained(document, "R2") for way in each["ways"] for s in way["steps"]]
    assert any("recovery_percent 90 %: library default of equipment:" in step["source"] for step in leaked)


def test_rows_totals_and_intensities_may_be_asked_for_without_a_basis() -> None:
    document = _document("kaj-10")
    assert [each["path"] for each in explained(document, "contributions/0")] == [
        "contributions/0/location", "contributions/0/market",
    ]  # fmt: skip
    assert [each["path"] for each in explained(document, "totals/market")] == ["totals/market/total"]
    first = explained(document, "intensities/0")[0]
    ways = sum(way["value"] for way in first["ways"])
    assert ways / first["denominator"] == pytest.approx(first["value"], rel=1e-12)
    assert list(lines(explained(document, "intensities/0"), Texts()))[0].endswith(
        f"(divided by {first['denominator']!r})"
    )


@pytest.mark.parametrize(
    "asked", ["moon", "totals", "intensities", "study/Study/title", "contributions?module=B9/location", "a/b"]
)
def test_what_has_no_walk_is_refused(asked: str) -> None:
    with pytest.raises(UnknownPathError):
        explained(_document(), asked)


def test_the_command_prints_the_walk_and_writes_nothing(tmp_path: Path) -> None:
    def jalki(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cli", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert jalki("new", "s.xlsx", "--example", "kaj-10").returncode == 0
    done = jalki("assess", "s.xlsx", "--explain", "totals/market/total")
    assert done.returncode == 0
    assert _multiplied(done.stdout.splitlines())[1] == _document("kaj-10")["totals"]["market"]["total"]
    as_json = json.loads(jalki("assess", "s.xlsx", "--explain", "E1", "--json").stdout)
    assert [each["path"] for each in as_json["explained"]] == [
        "contributions?line=E1/location",
        "contributions?line=E1/market",
    ]
    refused = jalki("assess", "s.xlsx", "--explain", "moon")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "moon" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["s.xlsx"]
