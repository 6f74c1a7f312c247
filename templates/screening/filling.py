"""From ten answers to the rows of a workbook.

Every cell filled in is marked estimated and says which answer it comes from; what the questions do not ask is excluded
by name. Building and plant take the screening rows of the library, so that the headline says what the result is.
"""

from collections.abc import Mapping

from factors.library import library
from inventories.rows import number_text
from templates.screening.questions import QUESTIONS, SOURCES, Answers, localised, read_all, said
from templates.workbook.cells import sheet_name
from templates.workbook.rows import Rows

SHELL, PLANT = "screening-shell-per-m2", "screening-plant-per-kw"

HARDWARE = {
    "server": "server-generic-ademe",
    "gpu-server": "server-gpu-8xh100-generic",
    "storage": "storage-array-48-ssd",
}
"""Factor of each class of hardware that the questions ask for: the generic row of the library, else the only one."""

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


def screening(typed: Mapping[str, str], language: str) -> tuple[dict[str, Rows], list[str]]:
    """Rows of a workbook from the answers by question, and what is to be said beside it.

    Raises
    ------
    ValueError
        An answer is not understood; the message shows how it is written.
    """
    answers = read_all(typed, language)
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
        "title": said("title", language, power=localised(answers.power, language), place=place),
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
            "note": said("note-plant", language, times=localised(times, language)),
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
            "note": said("note-energy", language, pue=localised(pue, language), source=source),
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
    times, per_text = localised(answers.redundancy, language), localised(per, language)
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
                "displaced_kind": "average",
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
