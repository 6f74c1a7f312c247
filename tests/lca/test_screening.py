"""Screening values: marked where the headline stands; a whole and its part never together."""

import pytest

from factors.library import library
from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess, precheck
from templates.report import render
from templates.terminal import summary
from templates.texts import Texts
from tests.studies import line, make, meter

KW = Quantity(1000.0, "kW")
SITE = line(id="C1", factor="screening-site-per-kw", amount=KW)
SHELL = line(id="C2", factor="screening-shell-per-m2", amount=Quantity(400.0, "m2"))
PLANT = line("Plant", id="P1", factor="screening-plant-per-kw", amount=KW)


def value(factor: str) -> float:
    return library().factors[factor][0].value


def test_the_rows_follow_from_their_sources() -> None:
    """Data4/APL: 12.6 million kg over 20 a for 5 MW IT and 2,025 m², 48 % of it operation; plant 70-88 % (Arup)."""
    site = 0.52 * 12.6e6
    assert value("screening-site-per-kw") == pytest.approx(site / 5000.0)
    assert value("screening-plant-per-kw") == pytest.approx(0.79 * site / 5000.0)
    assert value("screening-shell-per-m2") == pytest.approx(0.21 * site / 2025.0)
    for factor in ("screening-site-per-kw", "screening-plant-per-kw", "screening-shell-per-m2"):
        row = library().factors[factor][0]
        assert row.low is not None
        assert row.high is not None
        assert row.low < row.value < row.high


def test_a_screening_study_says_so_in_its_headline_document_and_report() -> None:
    study = make(years=20, construction=[SITE], energy=[meter(amount=Quantity(10.0, "MWh"))])
    document = assess(study)
    assert document["screening"] is True
    assert document["totals"]["location"]["total"] > 1000.0 * value("screening-site-per-kw")
    said = next(problem for problem in document["problems"] if problem["code"] == "screening-used")
    assert float(said["values"]["share"]) > 90.0
    assert "Screening footprint" in summary(document, Texts("en"))
    plain = assess(make(years=20, construction=[line()], energy=[meter()]))
    assert plain["screening"] is False
    assert "Screening" not in summary(plain, Texts("en"))
    assert render(document).pdf != render({**document, "screening": False}).pdf


@pytest.mark.parametrize(
    "study", [make(construction=[SITE], plant=[PLANT]), make(construction=[SITE, SHELL])], ids=["plant", "shell"]
)
def test_a_whole_site_beside_its_part_is_refused(study: Study) -> None:
    assert "screening-twice" in {problem.code for problem in precheck(study)}
    parts = make(construction=[SHELL], plant=[PLANT])
    assert "screening-twice" not in {problem.code for problem in precheck(parts)}


def test_screening_plant_has_a_life_of_its_source() -> None:
    """20 a in the source: a study of 25 years replaces the plant once, the shell never."""
    document = assess(make(years=25, construction=[SHELL], plant=[PLANT], energy=[meter()]))
    of_plant = sum(row["location"] for row in document["contributions"] if row["section"] == "plant")
    assert of_plant == pytest.approx(2 * 1000.0 * value("screening-plant-per-kw"))
