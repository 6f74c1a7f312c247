"""The ten questions of a screening, and how an answer is read in three languages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factors.library import library
from factors.numbers import NumberError, parse_number
from factors.tables import rows
from inventories.format import choices, column
from inventories.rows import number_text
from inventories.values import YearRange, parse_years

SOURCES = {
    "wind": "electricity-wind-fi",
    "solar": "electricity-solar-world",
    "hydro": "electricity-hydro-europe",
    "nuclear": "electricity-nuclear-europe",
    "bio": "electricity-biomass-world",
}
"""Factor of each source of contracted electricity."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the function that reads its answer or raises ValueError."""

    key: str
    read: Callable[[str, str], object]


@dataclass(frozen=True, slots=True)
class Place:
    """Country by ISO 3166, and the municipality where one is named."""

    country: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Cooling:
    """Kind of cooling, its refrigerant, and the PUE where the answer states one."""

    kind: str
    gas: str
    pue: float | None


def texts() -> dict[str, dict[str, str]]:
    """Texts of the screening by key and language."""
    return {row["key"]: row for row in rows("templates", "screening.csv")}


def said(key: str, language: str, **values: object) -> str:
    """Text in a language, with its values filled in."""
    return texts()[key][language].format_map(values)


def _number(text: str, language: str, most: float = 1e9, least: float = 1e-3, *, zero: bool = False) -> float:
    """Read a number between two bounds, or 0 where that is an answer; no unit behind it."""
    try:
        read = parse_number(text, language)
    except NumberError as error:
        raise ValueError(text) from error
    if read.unit is not None or read.doubtful or not (least <= read.value <= most or (zero and read.value == 0)):
        raise ValueError(text)
    return read.value


def _percent(text: str, language: str) -> float:
    """Read a percentage; 0.6 may mean 60 %, so what is below 1 is not understood."""
    return _number(text, language, 100.0, 1.0)


def grids() -> list[str]:
    """Countries whose grid the library has."""
    found = (row for factor in library().factors.values() for row in factor[:1] if row.family == "grid")
    return sorted({row.geography for row in found if len(row.geography) == 2 and not row.doubtful})


def _place(text: str, language: str) -> Place:
    *before, country = (part.strip() for part in text.split(","))
    if country.upper() not in grids():
        raise ValueError(text)
    return Place(country.upper(), ", ".join(before))


def _years(text: str, language: str) -> YearRange:
    years = parse_years(text)
    starts, lasts = column("Study", "start_year"), column("Study", "reference_period")
    if years.last is None or not starts.least <= years.first <= starts.most:
        raise ValueError(text)
    if years.last - years.first >= lasts.most:
        raise ValueError(text)
    return years


def _cooling(text: str, language: str) -> Cooling:
    """Kind, refrigerant of a chiller, PUE: ``chiller R-513A 1.3``."""
    word, *rest = text.split()
    kinds = {said(f"word-{kind}", lang): kind for kind in ("chiller", "free", "liquid") for lang in ("en", "fi", "sv")}
    kind = kinds[word.casefold()]
    gas = ""
    if kind == "chiller":
        gas = library().gas_named(rest.pop(0)) or ""
        if not gas:
            raise ValueError(text)
    pue = _number(" ".join(rest), language, 10.0) if rest else None
    if pue is not None and pue < 1:
        raise ValueError(text)
    return Cooling(kind, gas, pue)


def redundancy(text: str, language: str = "en") -> float:
    """Capacity installed per capacity needed: N is 1, 4+1 is 5/4, 2N is 2.

    Examples
    --------
    >>> redundancy("N"), redundancy("4+1"), redundancy("2N")
    (1.0, 1.25, 2.0)
    """
    plain = re.sub(r"\s", "", text).upper()
    if match := re.fullmatch(r"([1-9]\d?)\+(\d)", plain):
        return (int(match[1]) + int(match[2])) / int(match[1])
    return {"N": 1.0, "2N": 2.0}[plain]


def _hardware(text: str, language: str) -> tuple[int, int, int, float]:
    parts = text.split(";")
    server, gpu, storage = (_number(part, language, zero=True) for part in parts[:3])
    life = _number(parts[3], language, 100.0)
    if len(parts) != 4 or any(count != int(count) for count in (server, gpu, storage)):
        raise ValueError(text)
    return int(server), int(gpu), int(storage), life


def _heat(text: str, language: str) -> tuple[float, float | None]:
    """Heat a year, and a COP as the last word where its number is below 20 and another stands before it."""
    before, _, last = text.strip().rpartition(" ")
    if before and not re.fullmatch(r"\d{3}", last):  # else a space between thousands
        try:
            cop = _number(last, language, 20.0)
            if cop > 1:
                return _number(before, language), cop
        except ValueError:
            pass
    return _number(text, language, zero=True), None


def _contracts(text: str, language: str) -> tuple[str, float]:
    if text.strip() == "0":
        return "", 0.0
    word, _, share = text.strip().rpartition(" ")
    labels = {label.casefold(): key for key in SOURCES for label in (key, *choices("energy_source")[key].values())}
    source = next(key for label, key in labels.items() if len(word) > 2 and label.startswith(word.casefold()))
    return source, _percent(share.rstrip("%"), language)


QUESTIONS = (
    Question("place", _place),
    Question("years", _years),
    Question("power", _number),
    Question("load", _percent),
    Question("area", _number),
    Question("cooling", _cooling),
    Question("redundancy", redundancy),
    Question("hardware", _hardware),
    Question("heat", _heat),
    Question("contracts", _contracts),
)


def hint(question: Question, language: str) -> str:
    """Show how an answer is written."""
    sources = ", ".join(choices("energy_source")[source][language].casefold() for source in SOURCES)
    pue = localised(library().properties["facility"][0].value, language)
    return said(f"hint-{question.key}", language, countries=", ".join(grids()), sources=sources, pue=pue)


def read(question: Question, answer: str, language: str) -> object:
    """Read an answer.

    Raises
    ------
    ValueError
        It is not understood; the message, in the language, shows how it is written.
    """
    try:
        return question.read(answer.strip(), language)
    except (ValueError, KeyError, IndexError, StopIteration) as error:
        message = said("not-understood", language, answer=answer.strip(), hint=hint(question, language))
        raise ValueError(message) from error


def localised(value: float, language: str) -> str:
    """Write every digit of a number, with the decimal mark of the language."""
    return number_text(value) if language == "en" else number_text(value).replace(".", ",")


@dataclass(frozen=True, slots=True)
class Answers:
    """The ten answers, read; ``typed`` holds their texts."""

    place: Place
    years: YearRange
    power: float
    load: float
    area: float
    cooling: Cooling
    redundancy: float
    hardware: tuple[int, int, int, float]
    heat: tuple[float, float | None]
    contracts: tuple[str, float]
    typed: Mapping[str, str]


def read_all(typed: Mapping[str, str], language: str) -> Answers:
    """Read all answers, by the key of their question.

    Raises
    ------
    ValueError
        An answer is not understood; the message shows how it is written.
    """
    values: dict[str, Any] = {question.key: read(question, typed[question.key], language) for question in QUESTIONS}
    return Answers(**values, typed=typed)
