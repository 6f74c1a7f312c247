"""What a result rests on: shares of the rows, and flags on the weak ones."""

from typing import Any

import pytest

from lca.assess import assess
from lca.flags import flags, overview
from tests.studies import contract, heat, line, make, meter, own


def row(**of: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": "x", "year": 2020, "valid_to": None, "value": 1.0, "unit": "kg CO2e/kg", "source": "s",
        "confidence": "read",
    }  # fmt: skip
    return {**plain, **of}


@pytest.mark.parametrize(
    ("of", "stale"),
    [
        ({"year": 2017}, False),  # 2027 − 2017 = 10: not more than 10
        ({"year": 2016}, True),
        ({"year": 2001, "valid_to": 2017}, False),
        ({"year": 2001, "valid_to": 2016}, True),
        ({"year": 2050}, False),
    ],
)
def test_stale_is_more_than_ten_years_before_the_study(of: dict[str, Any], stale: bool) -> None:
    assert ("stale" in flags(row(**of), 2027, [])) is stale


def test_a_good_row_has_no_flag_and_each_weakness_its_own() -> None:
    assert flags(row(), 2027, []) == []
    assert flags(row(confidence="second-hand"), 2027, []) == ["second-hand"]
    assert flags(row(confidence="knowledge", doubtful="why", own=True), 2027, []) == ["knowledge", "doubtful", "own"]
    mark = {"line": "x", "column": "2030", "value": 1.0, "unit": "kg CO2e/kg", "source": "s", "status": "replaced"}
    assert flags(row(), 2027, [mark]) == ["replaced"]
    assert flags(row(), 2027, [{**mark, "status": "derived"}]) == ["held"]
    assert flags(row(), 2027, [{**mark, "value": 2.0}, {**mark, "line": "y"}, {**mark, "column": "amount"}]) == []


def weak() -> dict[str, Any]:
    study = make(
        years=12,
        factors=[own("old-steel", 2.0, unit="kg CO2e/kg", year=2001)],
        construction=[
            line(factor="old-steel", evidence="EPD"),
            line(id="L2", factor="glulam-fi"),
            line(id="L3", factor="raised-floor-estimate"),
        ],
        energy=[meter()],
        contracts=[contract()],
        heat=[heat()],
    )
    return assess(study)


def test_shares_sum_to_one_and_the_largest_stands_first() -> None:
    document = weak()
    told = overview(document)
    largest = [max(each["share"].values()) for each in told["factors"]]
    assert largest == sorted(largest, reverse=True)
    for basis in ("location", "market"):
        assert sum(each["share"][basis] for each in told["factors"]) == pytest.approx(1.0, abs=1e-12)
    assert any(each["location"] < 0 for each in told["factors"])  # the uptake of the glulam counts as well


def test_an_own_factor_of_2001_is_stale_and_what_rests_on_it_is_told() -> None:
    told = overview(weak())
    by_id = {each["id"]: each for each in told["factors"] if each["module"] == "A1-A3"}
    assert by_id["old-steel"]["flags"] == ["stale", "own"]
    assert by_id["raised-floor-estimate"]["flags"] == ["knowledge"]
    assert told["summary"]["rows"] == len(told["factors"])
    assert told["summary"]["stale"] == pytest.approx(by_id["old-steel"]["share"])
    assert told["summary"]["knowledge"] == pytest.approx(by_id["raised-floor-estimate"]["share"])
    second_hand = [each["share"]["market"] for each in told["factors"] if each["confidence"] == "second-hand"]
    assert told["summary"]["second-hand"]["market"] == pytest.approx(sum(second_hand))
    assert len(second_hand) > 1


def test_the_market_basis_may_rest_on_something_else() -> None:
    """In Estonia the grid was read, the residual mix was not: all of the market result is second-hand."""
    told = overview(assess(make(years=1, country="EE", energy=[meter()])))
    assert told["summary"]["second-hand"] == pytest.approx({"location": 0.0, "market": 1.0})


def test_a_residual_mix_that_is_held_is_flagged() -> None:
    told = overview(assess(make(years=3, energy=[meter()])))
    held = [(each["id"], each["part"]) for each in told["factors"] if "held" in each["flags"]]
    assert held == [("electricity-fi-residual-mix", "direct")]
    assert [each["flags"] for each in told["factors"] if each["id"] == "electricity-fi"] == [[], ["second-hand"]]
