"""From JSON to a study: each mistake is refused at its path, with what to write instead."""

import json
import re
from typing import Any

import pytest

from inventories.document import from_json
from inventories.format import columns
from inventories.study import as_json
from inventories.values import Quantity
from templates.workbook import example
from tests.studies import contract, heat, line, make, meter, refrigerant, shipped_example

REMOVED = "(removed)"


def document() -> dict[str, Any]:
    """Document of a small study with a row on most sheets."""
    study = make(
        construction=[line(transport=(("transport-van-diesel-gb", 12.5),), service_life=50.0)],
        hardware=[line("Hardware", service_life=5.0)],
        energy=[meter()],
        contracts=[contract(amount=Quantity(5.0, "MWh"), covers=(("use", "it"), ("owner", "tenant: A")))],
        refrigerants=[refrigerant()],
        heat=[heat()],
        boundary=("A1-A3", "A4"),
    )
    found: dict[str, Any] = json.loads(json.dumps(as_json(study)))
    return found


def broken(path: str, value: object) -> dict[str, Any]:
    """Document with the value at ``Sheet.row.key…`` changed or removed."""
    whole = document()
    *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
    place: Any = whole
    for step in way:
        place = place[step]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return whole


MISTAKES: list[tuple[str, object, str]] = [
    ("Study", REMOVED, r"^\$: there is no Study; add it"),
    ("Study", [], r"^\$\.Study: \[\] is not an object; write keys"),
    ("Studies", {}, r"^\$: 'Studies' is not known; remove it, or write 'Study'"),
    ("Study.title", REMOVED, r"^\$\.Study: 'title' is missing; add it"),
    ("Study.title", None, r"^\$\.Study\.title: null states nothing; leave the key out"),
    ("Study.title", " ", r"^\$\.Study\.title: ' ' is blank"),
    (
        "Study.study_type",
        "Elinkaari",
        r"^\$\.Study\.study_type: 'Elinkaari' is not in the list; use one of: life-cycle,",
    ),
    ("Study.start_year", "2027", r"^\$\.Study\.start_year: '2027' is not a number"),
    ("Study.start_year", 2027.5, r"^\$\.Study\.start_year: 2027\.5 is not a whole number"),
    ("Study.start_year", True, r"^\$\.Study\.start_year: True is not a number"),
    ("Study.reference_period", 101, r"^\$\.Study\.reference_period: 101 is out of range; write a number from 1 to 100"),
    ("Study.hours_per_year", 0, r"^\$\.Study\.hours_per_year: 0 is out of range"),
    ("Study.date", "24.11.2026", r"^\$\.Study\.date: '24\.11\.2026' is not a date; write YYYY-MM-DD"),
    ("Study.boundary", "A1-A3; A4", r"^\$\.Study\.boundary: 'A1-A3; A4' is not a list; write it in square brackets"),
    ("Study.boundary.1", "A9", r"^\$\.Study\.boundary\[1\]: 'A9' is not in the list"),
    ("Years.0.from", REMOVED, r"^\$\.Years\[0\]: 'from' is missing"),
    ("Years.0.it_capacity", 5, r"^\$\.Years\[0\]\.it_capacity: 5 is not an object"),
    ("Years.0.it_capacity", {"value": 5}, r"^\$\.Years\[0\]\.it_capacity: 'unit' is missing"),
    ("Years.0.it_capacity.unit", "parsec", r"it_capacity\.unit: 'parsec' is not a unit Jälki knows; use one of: kW, W"),
    ("Years.0.it_capacity.unit", "kWh", r"it_capacity\.unit: 'kWh' is energy; use one of: kW"),
    ("Years.0.it_capacity.unit", "kilowatt", r"it_capacity\.unit: 'kilowatt' is not spelled .* write 'kW'"),
    ("Years.0.it_capacity.value", -1.0, r"it_capacity\.value: -1\.0 is out of range; write a number from 0"),
    ("Years.0.it_capacity.value", float("nan"), r"it_capacity\.value: nan is not a number"),
    ("Construction", {}, r"^\$\.Construction: \{\} is not a list"),
    ("Construction.0.servce_life", 5, r"^\$\.Construction\[0\]: 'servce_life' is not known; .* 'service_life'"),
    ("Construction.0.unit", "kg", r"^\$\.Construction\[0\]: 'unit' is not known"),
    ("Construction.0.id", REMOVED, r"^\$\.Construction\[0\]: 'id' is missing"),
    ("Construction.0.transport.0", ["a"], r"transport\[0\]: \['a'\] is not a pair"),
    ("Construction.0.transport.0.1", 50_000, r"transport\[0\]: 50000 is no distance; write kilometres from 0 to 40075"),
    ("Construction.0.transport.0.0", "a;b", r"transport\[0\]: 'a;b' has a semicolon"),
    ("Hardware.0.count", 1.5, r"^\$\.Hardware\[0\]\.count: 1\.5 is not a whole number"),
    ("Energy.0.use", REMOVED, r"^\$\.Energy\[0\]: 'use' is missing"),
    ("Energy.0.year", "2031-2027", r"^\$\.Energy\[0\]\.year: '2031-2027' is not a year or a range"),
    ("Energy.0.year", "2027 - 2031", r"^\$\.Energy\[0\]\.year: '2027 - 2031' is not a year or a range"),
    ("Energy.0.owner", "tenant:", r"^\$\.Energy\[0\]\.owner: 'tenant:' is not in the list"),
    ("Contracts.0.amount", REMOVED, r"^\$\.Contracts\[0\]: 0 of amount, share_percent are stated; state exactly one"),
    ("Contracts.0.share_percent", 50, r"^\$\.Contracts\[0\]: 2 of amount, share_percent are stated"),
    ("Contracts.0.covers.0.0", "zone", r"covers\[0\]: 'zone' cannot be covered; use one of: meter, use, owner"),
    ("Contracts.0.covers.0.1", "cooking", r"covers\[0\]: 'cooking' is not in the list"),
    ("Refrigerants.0.gas", "R134a", r"^\$\.Refrigerants\[0\]\.gas: 'R134a' is not spelled .* write 'HFC-134a'"),
    ("Heat.0.cop", REMOVED, r"^\$\.Heat\[0\]: 0 of heat_pump_meter, heat_pump_electricity, cop, .* are stated"),
]


def test_the_document_as_it_stands_is_a_study() -> None:
    assert as_json(from_json(document())) == document()


@pytest.mark.parametrize(
    ("path", "value", "said"), MISTAKES, ids=[f"{path} {value}"[:50] for path, value, _ in MISTAKES]
)
def test_a_mistake_is_refused_at_its_path_with_its_cure(path: str, value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_json(broken(path, value))


def test_heat_without_a_pump_needs_no_way_to_its_electricity() -> None:
    whole = broken("Heat.0.cop", REMOVED)
    whole["Heat"][0]["heat_pump"] = "none"
    assert from_json(whole).heat[0].heat_pump == "none"


def test_whole_numbers_of_other_writers_are_the_same_study() -> None:
    whole = json.loads(json.dumps(as_json(shipped_example())).replace(".0,", ",").replace(".0}", "}"))
    assert from_json(whole) == shipped_example()
    assert isinstance(from_json(whole).years[0].it_capacity.value, float)


@pytest.mark.parametrize("wrong", [None, [], "text", 5])
def test_what_is_no_document_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"^\$: "):
        from_json(wrong)


def test_keys_of_rows_are_those_of_the_format() -> None:
    for sheet, rows in example("server-room").items():
        if sheet != "Study":
            assert set(rows[0]) <= {of.key for of in columns(sheet)}


def test_what_this_version_does_not_compute_is_refused() -> None:
    document = json.loads(json.dumps(as_json(shipped_example())))
    document["Study"]["format"] = 2
    with pytest.raises(ValueError, match=re.escape("$.Study.format")):
        from_json(document)


@pytest.mark.parametrize(
    ("sheet", "key", "value"),
    [
        ("Construction", "service_life", 10**400),
        ("Construction", "service_life", float("nan")),
        ("Years", "floor_area", {"value": 1e300, "unit": "m2"}),
        ("Study", "date", "2027-99-99"),
        ("Study", "title", "a\ud800"),
        ("Study", "title", "a\x00b"),
    ],
)
def test_what_no_workbook_holds_is_refused(sheet: str, key: str, value: object) -> None:
    document = json.loads(json.dumps(as_json(shipped_example())))
    row = document[sheet] if sheet == "Study" else document[sheet][0]
    row[key] = value
    with pytest.raises(ValueError, match=re.escape(f"$.{sheet}")):
        from_json(document)
