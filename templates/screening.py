"""Ten answers make a workbook: a first screening, before anybody has an inventory.

Every cell filled in is marked estimated and says which answer it comes from; what the questions do not ask is excluded
by name. Building and plant take the screening rows of the library, so that the headline says what the result is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from factors.library import library
from factors.numbers import NumberError, parse_number
from factors.tables import rows
from inventories.format import choices, column
from inventories.rows import number_text
from inventories.study import YearRange, parse_years
from templates.workbook.cells import sheet_name
from templates.workbook.rows import Rows

SHELL, PLANT = "screening-shell-per-m2", "screening-plant-per-kw"

HARDWARE = {
    "server": "server-generic-ademe",
    "gpu-server": "server-gpu-8xh100-generic",
    "storage": "storage-array-48-ssd",
}
"""Factor of each class of hardware that the questions ask for: the generic row of the library, else the only one."""

SOURCES = {
    "wind": "electricity-wind-fi",
    "solar": "electricity-solar-world",
    "hydro": "electricity-hydro-europe",
    "nuclear": "electricity-nuclear-europe",
    "bio": "electricity-biomass-world",
}
"""Factor of each source of contracted electricity."""

NOT_ASKED = (
    ("A4", "hardware"),
    ("A1-A3", "refrigerants"),
    ("A4", "refrigerants"),
    ("B2", ""),
    ("B6.1", "energy"),
    ("B7", "water"),
)
"""Module and section of what is excluded because no question asks for it."""

_HOURS = 8760


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
    pue = _localised(library().properties["facility"][0].value, language)
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


def _localised(value: float, language: str) -> str:
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


def screening(typed: Mapping[str, str], language: str) -> tuple[dict[str, Rows], list[str]]:
    """Rows of a workbook from the answers by question, and what is to be said beside it.

    Raises
    ------
    ValueError
        An answer is not understood; the message shows how it is written.
    """
    values: dict[str, Any] = {question.key: read(question, typed[question.key], language) for question in QUESTIONS}
    answers = Answers(**values, typed=typed)
    sheets: dict[str, Rows] = {
        "Study": _study(answers, language),
        "Years": [
            _plain(
                {
                    "from": answers.years.first,
                    "it_capacity": answers.power,
                    "it_load_percent": answers.load,
                    "computer_room_area": answers.area,
                }
            )
        ],
        "Construction": [_shell(answers, language)],
        "Plant": [_plant(answers, language)],
        "Hardware": _hardware_rows(answers, language),
        "Energy": [_overhead(answers, language)],
        "Contracts": _contract(answers, language),
        "Refrigerants": _charge(answers, language),
        "Heat": _heat_rows(answers, language),
        "Exclusions": _left_out(answers, language),
    }
    notes = []
    if answers.heat[0] and not sheets["Heat"]:
        notes = [said("no-heat", language, country=answers.place.country, sheet=sheet_name("Heat", language))]
    return {sheet: lines for sheet, lines in sheets.items() if lines}, notes


def _plain(row: Mapping[str, str | float | None]) -> dict[str, str]:
    """Row as the workbook takes it: numbers with a decimal point, blanks left out."""
    stated = {key: value for key, value in row.items() if value not in (None, "")}
    return {key: value if isinstance(value, str) else number_text(float(value or 0)) for key, value in stated.items()}


def _evidence(answers: Answers, key: str, language: str) -> str:
    number = [question.key for question in QUESTIONS].index(key) + 1
    return said("evidence", language, number=number, answer=answers.typed[key].strip())


def _study(answers: Answers, language: str) -> Rows:
    place = answers.place.municipality or answers.place.country
    last = answers.years.last or answers.years.first
    values = {
        "title": said("title", language, power=_localised(answers.power, language), place=place),
        "facility": said("facility", language, place=place),
        "study_type": "life-cycle",
        "country": answers.place.country,
        "start_year": str(answers.years.first),
        "reference_period": str(last - answers.years.first + 1),
        "municipality": answers.place.municipality,
        "purpose": said("purpose", language),
        "grid_connection": "distribution",
        "language": language,
    }
    return [{"key": key, "value": value} for key, value in values.items() if value]


def _shell(answers: Answers, language: str) -> dict[str, str]:
    return _plain(
        {
            "id": "C1",
            "item": said("item-shell", language),
            "amount": answers.area,
            "unit": "m²",
            "factor": SHELL,
            "value_kind": "estimated",
            "evidence": _evidence(answers, "area", language),
        }
    )


def _plant(answers: Answers, language: str) -> dict[str, str]:
    times = answers.redundancy
    return _plain(
        {
            "id": "P1",
            "item": said("item-plant", language),
            "amount": answers.power * times,
            "unit": "kW",
            "factor": PLANT,
            "value_kind": "estimated",
            "evidence": _evidence(answers, "redundancy", language),
            "note": said("note-plant", language, times=_localised(times, language)),
        }
    )


def _hardware_rows(answers: Answers, language: str) -> Rows:
    *counts, life = answers.hardware
    return [
        _plain(
            {
                "id": f"H{i}",
                "item": said(f"item-{kind}", language),
                "class": kind,
                "count": count,
                "factor": HARDWARE[kind],
                "service_life": life,
                "value_kind": "estimated",
                "evidence": _evidence(answers, "hardware", language),
            }
        )
        for i, (kind, count) in enumerate(zip(HARDWARE, counts, strict=True), 1)
        if count
    ]


def _overhead(answers: Answers, language: str) -> dict[str, str]:
    """Electricity of cooling and losses: P · load · 8,760 h · (PUE − 1); the IT energy follows from Years."""
    usual = library().properties["facility"][0]
    pue = answers.cooling.pue
    source = said("note-pue-given", language) if pue is not None else library().sources[usual.source].title
    pue = usual.value if pue is None else pue
    energy = answers.power * answers.load / 100 * _HOURS / 1000 * (pue - 1)
    return _plain(
        {
            "id": "E1",
            "carrier": "electricity",
            "use": "cooling",
            "amount": round(energy, 6),
            "unit": "MWh",
            "value_kind": "estimated",
            "evidence": _evidence(answers, "cooling", language),
            "note": said("note-energy", language, pue=_localised(pue, language), source=source),
        }
    )


def _contract(answers: Answers, language: str) -> Rows:
    source, share = answers.contracts
    if not source:
        return []
    return [
        _plain(
            {
                "id": "K1",
                "type": "ppa",
                "energy_source": source,
                "share_percent": share,
                "matching": "annual",
                "factor": SOURCES[source],
                "evidence": _evidence(answers, "contracts", language),
            }
        )
    ]


def _charge(answers: Answers, language: str) -> Rows:
    if not answers.cooling.gas:
        return []
    per = next(each for each in library().properties["equipment:chiller"] if each.property == "charge_kg_per_kw").value
    charge = answers.power * answers.redundancy * per
    times, per_text = _localised(answers.redundancy, language), _localised(per, language)
    return [
        _plain(
            {
                "id": "R1",
                "gas": answers.cooling.gas,
                "equipment": "chiller",
                "charge": round(charge, 6),
                "unit": "kg",
                "value_kind": "estimated",
                "evidence": _evidence(answers, "cooling", language),
                "note": said("note-charge", language, per=per_text, times=times),
            }
        )
    ]


def _heat_rows(answers: Answers, language: str) -> Rows:
    heat, cop = answers.heat
    factor = f"district-heat-{answers.place.country.lower()}-benefit-method"
    if not heat or factor not in library().factors:
        return []
    return [
        _plain(
            {
                "id": "Q1",
                "heat": heat,
                "unit": "MWh",
                "measured_at": "delivered",
                "heat_pump": "inside" if cop else "none",
                "cop": cop,
                "displaced_factor": factor,
                "displaced_excludes_this_heat": "yes",
                "claim_holder": "unclaimed",
                "evidence": _evidence(answers, "heat", language),
                "note": said("note-heat", language),
            }
        )
    ]


def _left_out(answers: Answers, language: str) -> Rows:
    found = [(module, section, "left-out", "no-data") for module, section in NOT_ASKED]
    if answers.hardware[1]:
        found += [(module, "hardware", "left-out", "no-data") for module in ("C1", "C2", "C3", "C4")]
    if not answers.cooling.gas:
        found = [each for each in found if each[1] != "refrigerants"]
        found += [(module, "refrigerants", "left-gas", "not-relevant") for module in ("B1", "C1")]
    return [
        {"module": module, "section": section, "what": said(what, language), "reason": reason}
        for module, section, what, reason in found
    ]
