"""Numbers typed as text, by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factors.numbers import NumberError, parse_number

SPACES = st.sampled_from([" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"])


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1 234,5", "fi", 1234.5), ("1 234 567,25", "sv", 1234567.25), ("1,234.5", "en", 1234.5),
        ("1.234,5", "fi", 1234.5), ("−3,5", "fi", -3.5), ("+2", "en", 2.0), ("1e3", "en", 1000.0),
        ("1,234,567", "en", 1234567.0), ("1.234.567", "fi", 1234567.0), ("0,250", "fi", 0.25), ("2027.0", "en", 2027.0),
    ],
)  # fmt: skip
def test_good_numbers(text: str, language: str, value: float) -> None:
    assert parse_number(text, language).value == value


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [("1,5", "en", ("1.5", "15")), ("1.234", "fi", ("1.234", "1234")), ("1.5", "sv", ("1.5", "15")),
     ("1,234", "en", ("1.234", "1234"))],
)  # fmt: skip
def test_two_readings_are_shown(text: str, language: str, readings: tuple[str, str]) -> None:
    with pytest.raises(NumberError) as refused:
        parse_number(text, language)
    assert refused.value.readings == readings


@pytest.mark.parametrize("text", ["", "abc", "1,2,3", "12a3", "1.234,5", "--1", "1 2 3", "NaN", "inf", "1e"])
def test_bad_numbers_in_english(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text, "en")


@pytest.mark.parametrize(("text", "language"), [("1,234", "fi"), ("1.234", "en")])
def test_three_digits_behind_the_decimal_mark_are_doubtful(text: str, language: str) -> None:
    assert parse_number(text, language).doubtful


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), SPACES, st.sampled_from(["fi", "sv"]))
def test_nordic_numbers_round_trip(number: object, space: str, language: str) -> None:
    text = f"{number:,.2f}".replace(",", space).replace(".", ",")
    assert parse_number(text, language).value == float(str(number))


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = parse_number(text, "fi").value
    except NumberError:
        return
    assert value == value  # noqa: PLR0124 - never NaN
