"""Numbers typed as text: read in a stated language, or refused with both readings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from factors.units import Unit, UnitError, parse_unit

_DECIMAL = {"en": ".", "fi": ",", "sv": ","}
_SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}]")
_NUMBER = re.compile(r"^[-+]?\d[\d.,]*(?:[eE][-+]?\d+)?")
_GROUPED_BY_SPACE = re.compile(r"^[-+]?\d{1,3}(?: \d{3})+(?!\d)")


def spans(numbers: Iterable[int]) -> str:
    """Write whole numbers as ranges, in order.

    Examples
    --------
    >>> spans([2030, 2027, 2028])
    '2027\N{EN DASH}2028, 2030'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("\N{EN DASH}".join(map(str, run)) for run in runs)


class NumberError(ValueError):
    """A text that is no number, or that is two numbers depending on the language.

    Attributes
    ----------
    readings
        The possible values, as text; empty when there is none.
    unit
        What stands behind a number where a unit would, but is none; blank when there is no number either.
    """

    def __init__(self, text: str, readings: tuple[str, ...] = (), unit: str = "") -> None:
        super().__init__(f"{text!r} is not a number")
        self.readings = readings
        self.unit = unit


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from text: its value, the unit typed behind it, and whether the reading needs a warning."""

    value: float
    unit: Unit | None = None
    doubtful: bool = False


def _plain(digits: str, decimal: str) -> str:
    """Drop group marks and write the decimal mark as a point."""
    group = "," if decimal == "." else "."
    return digits.replace(group, "").replace(decimal, ".")


def _groups_well(digits: str, mark: str) -> bool:
    """Whether ``mark`` stands only where thousands are parted: 1.234.567."""
    whole = re.split(r"[eE]", digits)[0].lstrip("+-")
    return re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", whole) is not None


def parse_number(text: str, language: str = "en") -> Number:
    """Read a number, and a unit behind it, in the language of a sheet.

    Finnish and Swedish write ``1 234,5``, English ``1,234.5``. A text whose only mark is the other
    language's decimal mark is refused, because both readings look right.

    Parameters
    ----------
    text
        What the cell holds. Spaces, U+00A0 and U+202F part thousands; U+2212 is a minus.
    language
        ``en``, ``fi`` or ``sv``: decides the decimal mark.

    Returns
    -------
    Number
        ``doubtful`` is true for one mark with three digits behind it (``1,234`` in Finnish): it is read as a
        decimal, but a person may have meant a thousand.

    Raises
    ------
    NumberError
        No number, or an ambiguous one: ``readings`` then holds both. Or a number with no unit of ours behind it:
        ``unit`` then holds what stands there.

    Examples
    --------
    >>> parse_number("1 234,5", "fi").value
    1234.5
    >>> parse_number("1,5 MWh", "sv").unit.symbol
    'MWh'
    >>> parse_number("1,5", "en")
    Traceback (most recent call last):
    ...
    factors.numbers.NumberError: '1,5' is not a number
    """
    decimal = _DECIMAL[language]
    cleaned = _SPACES.sub(" ", text).strip().replace("\N{MINUS SIGN}", "-")
    cleaned = _GROUPED_BY_SPACE.sub(lambda match: match[0].replace(" ", ""), cleaned)
    match = _NUMBER.match(cleaned)
    if match is None:
        raise NumberError(text)
    digits, rest = match[0], cleaned[match.end() :].strip()
    value, doubtful = _value(text, digits, decimal)
    if not rest:
        return Number(value, None, doubtful)
    try:
        return Number(value, parse_unit(rest), doubtful)
    except UnitError:
        raise NumberError(text, unit=rest if rest[0].isalpha() or rest[0] in "%°€$£" else "") from None


def _value(text: str, digits: str, decimal: str) -> tuple[float, bool]:
    """Value of a run of digits and marks, and whether the reading is doubtful."""
    other = "," if decimal == "." else "."
    marks = [mark for mark in digits if mark in ".,"]
    lone_other = marks == [other] or (set(marks) == {other} and not _groups_well(digits, other))
    if lone_other:
        readings = tuple(f"{float(_plain(digits, mark)):.15g}" for mark in (other, decimal)) if len(marks) == 1 else ()
        raise NumberError(text, readings if len(set(readings)) == 2 else ())
    if marks.count(decimal) > 1 and not _groups_well(digits, decimal):
        raise NumberError(text)
    if marks.count(decimal) > 1:
        return float(_plain(digits, other)), True
    if decimal in marks and other in digits[digits.index(decimal) :]:
        raise NumberError(text)
    if other in marks and not _groups_well(digits.split(decimal, maxsplit=1)[0], other):
        raise NumberError(text)
    doubtful = marks == [decimal] and re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}\{decimal}\d{{3}}", digits) is not None
    return float(_plain(digits, decimal)), doubtful
