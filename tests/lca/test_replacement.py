"""Sets over the years: whole by exact arithmetic, pro-rata by overlap."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lca.replacement import FIRST, LAST, LEAVING, REPLACEMENT, Event, Service, events, in_service

LIVES = st.decimals(min_value="0.5", max_value="60", places=3).map(float)


def sums(found: list[Event], *roles: str) -> dict[int, float]:
    by_year: dict[int, float] = {}
    for event in found:
        if event.role in roles:
            by_year[event.year] = by_year.get(event.year, 0.0) + float(event.weight[0])
    return by_year


def test_two_halls_with_a_life_of_six_years_need_five_and_three_sets() -> None:
    # 25 a from 2027: 2027, 33, 39, 45, 51 for the first hall; 2037, 43, 49 for the second.
    first, second = (events(Service(2027, 2052), year, 6.0, 0.0) for year in (2027, 2037))
    assert sums(first, FIRST) == {2027: 1}
    assert sums(first, REPLACEMENT) == {2033: 1, 2039: 1, 2045: 1, 2051: 1}
    assert sums(second, FIRST, REPLACEMENT) == {2037: 1, 2043: 1, 2049: 1}
    # Each replacement takes one away; the last set goes in the last year.
    assert sums(first, LEAVING) == {2033: 1, 2039: 1, 2045: 1, 2051: 1}
    assert sums(second, LAST) == {2051: 1}


def test_a_life_that_divides_the_period_needs_no_set_at_its_end() -> None:
    # 5 × 2.4 = 12 exactly, though 5 × 2.4 in floats of months is not: no sixth set.
    assert sum(sums(events(Service(2027, 2039), 2027, 2.4, 0.0), FIRST, REPLACEMENT).values()) == 5


@given(life=LIVES, installed=st.integers(2000, 2060), years=st.integers(1, 60))
def test_whole_sets_are_those_of_exact_fractions(life: float, installed: int, years: int) -> None:
    start, end = 2027, 2027 + years
    found = events(Service(start, end), installed, life, 0.0)
    exact, k = Fraction(str(life)), 0
    expected: dict[int, int] = {}
    while installed + k * exact < end:
        year = int(installed + k * exact)
        if year >= start:
            expected[year] = expected.get(year, 0) + 1
        k += 1
    assert sums(found, FIRST, REPLACEMENT) == expected


@given(life=LIVES, installed=st.integers(2000, 2060), years=st.integers(1, 60))
def test_what_came_and_is_in_place_goes_away(life: float, installed: int, years: int) -> None:
    found = events(Service(2027, 2027 + years), installed, life, 0.0)
    comes, goes = sum(sums(found, FIRST, REPLACEMENT).values()), sum(sums(found, LEAVING, LAST).values())
    sunk = 1 if installed < 2027 else 0
    assert goes == pytest.approx(comes + sunk if installed < 2027 + years else 0)


@given(life=LIVES, installed=st.integers(2000, 2060), years=st.integers(1, 60))
def test_pro_rata_counts_the_years_in_service_over_the_life(life: float, installed: int, years: int) -> None:
    found = events(Service(2027, 2027 + years), installed, life, 1.0)
    served = max(0.0, 2027 + years - max(installed, 2027))
    assert sum(sums(found, FIRST, REPLACEMENT).values()) == pytest.approx(served / life, rel=1e-9)
    assert sum(sums(found, LEAVING, LAST).values()) == pytest.approx(served / life, rel=1e-9)


def test_pro_rata_set_in_place_counts_the_part_of_its_life_inside_the_period() -> None:
    # Bought 2024 with a life of 5 a: three years are gone, two fifths are left; the next set starts in 2029.
    found = events(Service(2027, 2031), 2024, 5.0, 1.0)
    assert sums(found, FIRST) == pytest.approx({2027: (2029 - 2027) / 5})
    assert sums(found, REPLACEMENT) == pytest.approx({2029: (2031 - 2029) / 5})


def test_no_successor_ends_with_its_life() -> None:
    found = events(Service(2027, 2052, successor="none"), 2027, 6.0, 0.0)
    assert sums(found, FIRST, REPLACEMENT) == {2027: 1}
    assert sums(found, LAST) == {2032: 1}  # 1 January 2033 ends the year 2032


def test_another_line_takes_over_and_takes_the_old_one_away() -> None:
    before = events(Service(2027, 2052, successor="other"), 2027, 5.0, 0.0)
    after = events(Service(2027, 2052, follows=True), 2032.0, 8.0, 0.0)
    assert (sums(before, FIRST), sums(before, LEAVING), sums(before, LAST)) == ({2027: 1}, {2032: 1}, {})
    assert (sums(after, FIRST), sums(after, REPLACEMENT)) == ({}, {2032: 1, 2040: 1, 2048: 1})


def test_until_cuts_the_service() -> None:
    found = events(Service(2027, 2052, until=2038), 2027, 6.0, 0.0)
    assert sums(found, FIRST, REPLACEMENT) == {2027: 1, 2033: 1}
    assert sums(found, LAST) == {2038: 1}
    assert in_service(Service(2027, 2052, until=2038), 2027, 6.0, 2039)[0] == 0


def test_axis_of_lives_equals_each_life_alone() -> None:
    lives = np.array([4.0, 6.0, 6.5])
    together = events(Service(2027, 2052), 2027, lives, 0.0)
    for i, life in enumerate(lives.tolist()):
        alone = sums(events(Service(2027, 2052), 2027, life, 0.0), FIRST, REPLACEMENT)
        mine: dict[int, float] = {}
        for event in together:
            if event.role in (FIRST, REPLACEMENT) and event.weight[i]:
                mine[event.year] = mine.get(event.year, 0.0) + float(event.weight[i])
        assert mine == alone
