"""Guards on what was typed: each with a study that raises it and neighbours that do not."""

from dataclasses import replace
from typing import Any

import pytest

from inventories.guards import guard
from inventories.study import Study
from inventories.values import Quantity, YearRange
from tests.studies import make, meter


def found(study: Study, code: str) -> list[tuple[int | None, str, str]]:
    """Row, column and text of the problems of a code."""
    return [(problem.row, problem.column, problem.read) for problem in guard(study) if problem.code == code]


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"year": YearRange(2028, None)}, True),
        ({"year": YearRange(2030, 2031)}, True),  # a year without either: the first is held all the same
        ({"year": YearRange(2028, None), "meter": "m1"}, False),  # one follows the other
        ({"year": YearRange(2028, None), "meter": "m1", "owner": "facility"}, False),  # a blank owner is the facility
        ({"year": YearRange(2027, None)}, False),  # two rooms, of which both are held
        ({}, False),  # every year
        ({"year": YearRange(2028, None), "owner": "tenant: A"}, False),
        ({"year": YearRange(2028, None), "use": "other"}, False),
        ({"year": YearRange(2040, None)}, False),  # after the period, said elsewhere
    ],
)
def test_a_meter_that_ends_is_not_held_beside_one_that_follows(second: dict[str, Any], said: bool) -> None:
    first = meter(id="A", meter="m1", year=YearRange(2027, 2027))
    of = make(years=5, energy=[first, meter(**{"id": "A2", **second})])
    assert found(of, "meter-held-beside") == [(0, "year", "2027")] * said
    goes_on = replace(first, year=YearRange(2027, None))
    gone = replace(first, amount=Quantity(0.0, "MWh"))
    for other in (goes_on, gone):
        assert found(replace(of, energy=(other, of.energy[1])), "meter-held-beside") == []
