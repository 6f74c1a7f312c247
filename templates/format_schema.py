"""The study of a results document as a JSON Schema (2020-12), made from the format table.

It holds what ``inventories.document.from_json`` checks value by value: keys, kinds, units of one dimension, closed
lists, ranges and what each row requires.
"""

import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from factors.units import parse_unit
from inventories.cells import AROUND_THE_EARTH, LARGEST, OPEN_CHOICES
from inventories.document import COVERED
from inventories.format import ASKED_IF, FORMAT, KEYED, Column, asked_columns, choices, columns, labels_of
from inventories.study import INSTALLED, SHEET_FIELDS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT = r"^\S([\s\S]*\S)?$"
"""A text as a study holds it: not blank, no blanks around it."""
PIECE = r"^[^;\s]([^;\n]*[^;\s])?$"
"""A text that stands in a list of a cell."""
_ONE_DIMENSION = {**dict.fromkeys(("power", "area", "energy", "mass"), ""), "mass-per-year": "mass"}
"""Columns that take units of one dimension: blank is the column's own."""


def schema() -> Schema:
    """Return the whole schema."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:jalki:study:format-{FORMAT}",
        "title": "Jälki study",
        "description": f"The part “study” of a results document: workbook format {FORMAT} by sheet and English key.",
        "type": "object",
        "properties": {
            **{sheet: {"$ref": f"#/$defs/{_anchor(sheet)}"} for sheet in KEYED},
            "Files": {"type": "array", "items": {"$ref": "#/$defs/File"}},
            **{sheet: {"type": "array", "items": {"$ref": f"#/$defs/{_anchor(sheet)}"}} for sheet in SHEET_FIELDS},
        },
        "required": ["Study"],
        "additionalProperties": False,
        "$defs": {**{_anchor(sheet): record(sheet) for sheet in (*KEYED, *SHEET_FIELDS)}, "File": _file()},
    }


def _anchor(sheet: str) -> str:
    return sheet.replace(" ", "-")


def record(sheet: str) -> Schema:
    """Schema of a row, or of the one record of a sheet of keys."""
    rules = list(_rules(sheet))
    return {
        "type": "object",
        "properties": {of.key: _described(of) for of in columns(sheet) if not of.is_beside_a_number},
        "required": _required(sheet),
        "additionalProperties": False,
        **({"allOf": rules} if rules else {}),
    }


def _file() -> Schema:
    """Schema of a series: hourly with its start, or yearly with its years."""
    numbers = {"type": "array", "items": {"type": "number"}}
    hourly: Schema = {"properties": {"values": {"minItems": 8760, "maxItems": 8784}}, "required": ["start"]}
    return {
        "description": "Values that the study took from a file beside its workbook.",
        "type": "object",
        "properties": {
            "file": {"type": "string", "pattern": TEXT},
            "unit": {"type": "string", "pattern": TEXT},
            "values": numbers,
            "start": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$"},
            "years": numbers,
            "humidity": numbers,
        },
        "required": ["file", "values"],
        "oneOf": [hourly, {"required": ["years"]}],
        "additionalProperties": False,
    }


def _required(sheet: str) -> list[str]:
    """Keys every record has; a line without an id was given one."""
    given = ["id"] if sheet in INSTALLED and sheet not in KEYED else []
    return given + [of.key for of in asked_columns(sheet) if of.required == "always"]


def _rules(sheet: str) -> Iterable[Schema]:
    """What a record requires under a condition, and exactly one of a group."""
    groups: dict[str, list[str]] = {}
    for of in asked_columns(sheet):
        rule, _, what = of.required.partition(":")
        if rule == "if":
            yield _if(what, {"required": [of.key]})
        elif rule == "one-of":
            groups.setdefault(what, []).append(of.key)
    for group, keys in groups.items():
        one: Schema = {"oneOf": [{"required": [key]} for key in keys]}
        yield _if(ASKED_IF[group], one) if group in ASKED_IF else one


def _if(condition: str, then: Schema) -> Schema:
    """Schema of a condition of the table: ``key``, ``key=a|b`` or ``key!=a|b``."""
    key, mark, options = re.fullmatch(r"(\w+)(!?=)?(.*)", condition).groups()  # type: ignore[union-attr]
    if not mark:
        return {"if": {"required": [key]}, "then": then}
    one_of: Schema = {"properties": {key: {"enum": options.split("|")}}, "required": [key]}
    return {"if": one_of, "else" if mark == "!=" else "then": then}


def _described(of: Column) -> Schema:
    return {"description": of.help["en"], **(_quantity(of) if of.has_unit else _KINDS[of.kind](of))}


def _quantity(of: Column) -> Schema:
    dimension = _ONE_DIMENSION.get(of.dimension)
    symbols = None if dimension is None else [parse_unit(unit).symbol for unit in labels_of(dimension or of.dimension)]
    return {
        "type": "object",
        "properties": {"value": _number(of), "unit": {"enum": symbols} if symbols else _text(of)},
        "required": ["value", "unit"],
        "additionalProperties": False,
    }


def _number(of: Column) -> Schema:
    bounds = {"exclusiveMinimum": of.above, "minimum": of.least, "maximum": of.most}
    kept = {key: _whole(value) for key, value in bounds.items() if math.isfinite(value)}
    return {"type": "number" if of.kind == "number" else "integer", **kept}


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value


def _text(of: Column) -> Schema:
    return {"type": "string", "pattern": TEXT}


def _date(of: Column) -> Schema:
    return {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$"}


def _years(of: Column) -> Schema:
    return {"type": "string", "pattern": r"^[0-9]{4}(-([0-9]{4})?)?$"}


def _choice(of: Column) -> Schema:
    return _chosen(of.choices)


def _chosen(name: str) -> Schema:
    closed: Schema = {"enum": list(choices(name))}
    if name == "owner":
        return {"anyOf": [closed, {"type": "string", "pattern": r"^tenant: \S"}]}
    return {"type": "string", "pattern": TEXT, "examples": closed["enum"]} if name in OPEN_CHOICES else closed


def _list(of: Column) -> Schema:
    if of.choices == "factor_modules":
        one = "|".join(re.escape(key).replace(r"\-", "-") for key in choices(of.choices))
        return {"type": "string", "pattern": rf"^({one})(\+({one}))*$"}
    return {"type": "array", "items": _ENTRIES[of.choices]()}


def _pair(*entries: Schema) -> Schema:
    return {"type": "array", "prefixItems": list(entries), "items": False, "minItems": len(entries)}


def _leg() -> Schema:
    kilometres = {"type": "number", "minimum": 0, "maximum": AROUND_THE_EARTH}
    return _pair({"type": "string", "pattern": PIECE}, kilometres)


def _unit_of_heat() -> Schema:
    return _pair({"type": "string", "pattern": PIECE}, {"type": "number", "exclusiveMinimum": 0, "maximum": LARGEST})


def _cover() -> Schema:
    meter: Schema = {"type": "string", "pattern": PIECE}
    named = [meter if what == "meter" else _chosen(what) for what in COVERED]
    return {"oneOf": [_pair({"const": what}, name) for what, name in zip(COVERED, named, strict=True)]}


def _entry() -> Schema:
    return {"type": "string", "pattern": PIECE}


_ENTRIES: dict[str, Callable[[], Schema]] = {
    "transport": _leg,
    "merit": _unit_of_heat,
    "covers": _cover,
    "modules": lambda: _chosen("modules"),
    "target": _entry,
    "measure": _entry,
}
_KINDS: dict[str, Callable[[Column], Schema]] = {
    "text": _text,
    "number": _number,
    "integer": _number,
    "year": _number,
    "year-range": _years,
    "date": _date,
    "choice": _choice,
    "reference": _text,
    "parameter": _text,
    "value": _text,
    "list": _list,
}
