"""Published cases: inputs and expected values with the tolerance of each, cited."""

from dataclasses import replace

import pytest

from factors.problems import InputError
from inventories.study import Quantity
from lca.assess import assess
from lca.tables import group
from tests.studies import line, make, own


def test_dell_r740_by_component() -> None:
    """Case A-05: Dell/thinkstep (2019), Life Cycle Assessment of Dell R740, table by component.

    Read second-hand (github.com/edwinlim0919/sustainable-deep-learning, carbon_data.py; Cloud Carbon Footprint restates
    533 kg for 384 GB). Tolerances: total 1 kg, shares 0.1 percentage points, memory 0.001 kg/GB.
    """
    table = {
        "8 solid-state drives 3.84 TB": 3379,
        "1 solid-state drive 400 GB": 64,
        "memory 12 x 32 GB": 533,
        "mainboard": 109,
        "network and riser cards": 59,
        "2 processors": 47,
        "chassis": 34,
        "power supplies": 30,
        "connectors and transport": 20,
        "fans": 13,
    }
    parts = [own(f"part-{i}", float(value)) for i, value in enumerate(table.values())]
    hardware = [
        line("Hardware", id=f"H{i}", item=name, factor=f"part-{i}", count=1, service_life=5.0)
        for i, name in enumerate(table)
    ]
    document = assess(make(years=5, factors=parts, hardware=hardware))
    total = document["totals"]["location"]["total"]
    by_name = {name: value["location"] for (name,), value in group(document["contributions"], "name").items()}
    assert total == pytest.approx(4288, abs=1)
    assert 100 * by_name["8 solid-state drives 3.84 TB"] / total == pytest.approx(78.8, abs=0.1)
    solid_state = by_name["8 solid-state drives 3.84 TB"] + by_name["1 solid-state drive 400 GB"]
    assert 100 * solid_state / total == pytest.approx(80.3, abs=0.1)
    assert by_name["memory 12 x 32 GB"] / (12 * 32) == pytest.approx(1.388, abs=0.001)


def test_lcax_module_roll_up() -> None:
    """Case A-14: ocni-dtu, lcax, modules/calculation tests at commit b7c8611b (Apache-2.0); exact.

    Product factor × quantity by module; D outside; a module that is not set is not declared, not zero.
    """
    epd = [own("epd", 3.0, "kg CO2e/m")]
    element = assess(make(factors=epd, construction=[line(factor="epd", amount=Quantity(5, "m"))]))
    assert element["totals"]["location"]["total"] == 15

    rows = [
        own("project", value, "kg CO2e/m", module) for module, value in (("A1-A3", 10.0), ("A4", 10.0), ("B1", 10.0))
    ]
    rows.append(own("project", -10.0, "kg CO2e/m", "D1"))
    study = make(years=2, factors=rows, construction=[line(factor="project", amount=Quantity(1, "m"))])
    document = assess(study)
    assert document["totals"]["location"]["total"] == 30
    outside = sum(row["location"] for row in document["outside"])
    assert outside == -10
    assert document["totals"]["location"]["total"] + outside == 20
    by_module = group(document["contributions"], "module")
    assert [by_module[module,]["location"] / study.settings.reference_period for module in ("A1-A3", "A4", "B1")] == [
        5,
        5,
        5,
    ]
    states = {(cell["section"], cell["module"]): cell["state"] for cell in document["coverage"]["cells"]}
    assert states["facility", "B2"] == "missing"
    with pytest.raises(InputError) as stopped:  # m² against a factor per m
        assess(make(factors=epd, construction=[line(factor="epd", amount=Quantity(5, "m2"))]))
    assert [problem.code for problem in stopped.value.problems] == ["factor-unit"]


def test_g4it_one_inventory_line() -> None:
    """Case A-19: Sopra Steria, G4IT, services/backend test resources eval_nominal at commit a55711da (Apache-2.0).

    Blade server, bought 2020-07-08, withdrawn 2024-11-20: life = days / 365; one year of it. Tolerance 1e-9 relative.
    """
    life = 1596 / 365
    assert life == pytest.approx(4.372602739726028, rel=1e-9)
    blade = own("blade", 2226.09317222576)
    server = line("Hardware", factor="blade", count=1, service_life=life, installed=2020)
    study = make(years=1, factors=[blade], hardware=[server], study_type="annual")
    study = replace(
        study, settings=replace(study.settings, start_year=2022), years=(replace(study.years[0], from_=2022),)
    )
    assert assess(study)["totals"]["location"]["total"] == pytest.approx(509.1002555528837, rel=1e-9)
