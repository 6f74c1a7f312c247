"""Names of what the results speak of, in the reader's language."""

import re
from collections.abc import Mapping
from typing import Any

from factors.library import library
from inventories.format import choices
from lca.marks import HOW, LINE_NAMES, UNCLAIMED
from templates import words
from templates.texts import N_, Texts


def modules(key: str) -> str:
    """Modules of a bundle as they are read.

    Examples
    --------
    >>> modules("A1-A3+A4+C"), modules("C1+C2+C3+C4")
    ('A1–A3 + A4 + C', 'C1–C4')
    """
    return key.replace("C1+C2+C3+C4", "C1–C4").replace("A1-A3", "A1–A3").replace("+", " + ")


def module_name(key: str, texts: Texts) -> str:
    """Name of a module; a bundle is named by the modules it holds.

    Examples
    --------
    >>> module_name("A4", Texts()), module_name("A1-A3+C", Texts())
    ('A4 Transport to site', 'A1–A3 + C, undivided')
    """
    return texts(words.MODULE[key]) if key in words.MODULE else texts(N_("{modules}, undivided"), modules=modules(key))


def quantity_name(key: str, texts: Texts) -> str:
    """Name of a quantity nobody typed: a property, an amount; any other key is said as words.

    Examples
    --------
    >>> quantity_name("net_calorific_value", Texts()), quantity_name("odd_key", Texts())
    ('Net calorific value', 'odd key')
    """
    return texts(words.QUANTITY[key]) if key in words.QUANTITY else key.replace("_", " ")


def unit_name(unit: str, texts: Texts, *, one: bool = False) -> str:
    """Write a unit as it is read: pieces in the language, square and cubic metres as such; ``one`` of it, or several.

    Examples
    --------
    >>> unit_name("kg CO2e/piece", Texts("fi")), unit_name("kg CO2e/m2", Texts()), unit_name("a", Texts())
    ('kg CO₂e/kpl', 'kg CO₂e/m²', 'years')
    >>> unit_name("a", Texts(), one=True)
    'year'
    """
    if unit in ("ratio", "a"):
        return texts(N_("year") if one else N_("years")) if unit == "a" else ""
    said = re.sub(r"\bm([23])\b", lambda found: "m" + "²³"[int(found[1]) - 2], unit).replace("CO2", "CO₂")
    return re.sub(r"\bpiece\b", lambda _: texts(N_("pcs")), said)


def place_name(place: str, texts: Texts) -> str:
    """Place a factor holds for: a word where it is no code."""
    return texts(words.PLACE[place]) if place in words.PLACE else place


def subject_name(subject: str, texts: Texts) -> str:
    """Name of what a property is of: a factor, a family, a kind of equipment, a place.

    Examples
    --------
    >>> subject_name("equipment:chiller", Texts()), subject_name("FI", Texts())
    ('Chiller', 'FI')
    """
    shelf, (kind, _, key) = library(), subject.partition(":")
    if kind == "equipment" and key in choices("gas_equipment"):
        return str(choices("gas_equipment")[key][texts.language])
    if kind == "family" and key in shelf.families:
        return shelf.families[key].names[texts.language]
    return shelf.name(subject, texts.language) if subject in shelf else subject


def line_name(name: str, texts: Texts) -> str:
    """Name of a line; one that nobody named is said in the language.

    Examples
    --------
    >>> line_name("Heat pump electricity", Texts("sv")), line_name("Pump 3", Texts("sv"))
    ('Värmepumpens el', 'Pump 3')
    """
    return texts(name) if name in LINE_NAMES else name


def owner_name(owner: str, texts: Texts) -> str:
    """Owner, or holder of a claim, in the language; who a tenant is stays as typed.

    Examples
    --------
    >>> owner_name("facility", Texts("sv")), owner_name("unclaimed", Texts()), owner_name("Town of X", Texts("fi"))
    ('Datacentral', 'unclaimed', 'Town of X')
    """
    if owner == UNCLAIMED:
        return texts(UNCLAIMED)
    kind, colon, name = owner.partition(":")
    if kind == "tenant" and colon:
        return texts(N_("tenant: {name}"), name=name.strip())
    known = choices("owner").get(owner)
    return str(known[texts.language]) if known else owner


def how_text(value: Mapping[str, Any], texts: Texts) -> str:
    """Say how a value came about that nobody typed.

    Examples
    --------
    >>> row = {"how": "bridged by density", "code": "bridged", "values": {"property": "density"}}
    >>> how_text(row, Texts()), how_text(row, Texts("fi"))
    ('bridged by density', 'muunnettu suureella tiheys')
    """
    sentence = HOW.get(value.get("code", ""))
    if sentence is None:
        return str(value["how"])
    said = {key: _said(key, str(each), texts) for key, each in value["values"].items()}
    return texts(sentence, **said)


def _said(key: str, value: str, texts: Texts) -> str:
    match key:
        case "property":
            name = quantity_name(value, texts)
            return name if name.isupper() else name[:1].lower() + name[1:]
        case "subject":
            return subject_name(value, texts)
        case "level":
            return texts(words.LEVEL[value]) if value in words.LEVEL else value
        case "part":
            return texts(words.SHORT_PART[value]) if value in words.SHORT_PART else value
        case _:
            return value.replace(".", ",") if texts.language != "en" and value.replace(".", "", 1).isdigit() else value
