"""The passport of what is no factor: a gas of the table, or the properties of a kind, a family or a place."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from factors.library import Library
from templates.factor_card import confidence, pairs, property_as_json
from templates.texts import N_, Texts


def gas_card(library: Library, gas: str, texts: Texts) -> dict[str, Any]:
    """Return everything the library knows of a gas, as JSON: its global warming potentials over 100 years by set."""
    of = library.gases[gas]
    values = [
        {"set": key, "value": of.gwp[key], "unit": "kg CO2e/kg", "source": of.sources[key], "locator": of.locator}
        for key in of.gwp
    ]
    return {
        "gas": of.gas,
        "aliases": list(of.aliases),
        "gwp": values,
        "blend": dict(of.blend),
        "confidence": of.confidence,
        "confidence_said": confidence(of.confidence, texts),
        "note": of.note,
        "sources": _sources(library, set(of.sources.values())),
    }


def _sources(library: Library, cited: set[str]) -> dict[str, Any]:
    return {key: asdict(library.sources[key]) for key in sorted(cited) if key in library.sources}


def _source_said(key: str, sources: Mapping[str, Any], texts: Texts) -> str:
    """Publisher, title, year and how it was read; the key alone where the list does not hold it."""
    if key not in sources:
        return key
    source = sources[key]
    said = f"{source['publisher']}: {source['title']} ({source['year'] or texts(N_('no year'))})"
    return f"{said}; {source['access']}" if source["access"] else said


def gas_card_lines(of: Mapping[str, Any], texts: Texts) -> list[str]:
    """Print the passport of a gas."""
    lines = [str(of["gas"]), *([", ".join(of["aliases"])] if of["aliases"] else [])]
    lines += ["", texts(N_("Global warming potential over 100 years"))]
    for row in of["gwp"]:
        cited = f"{_source_said(row['source'], of['sources'], texts)}; {row['locator']}"
        lines.append(f"  {row['set']:<4}  {row['value']:.6g} {row['unit']}  ({row['source']}: {cited})")
    if "FGAS" in {row["set"] for row in of["gwp"]}:
        lines.append("  " + texts(N_("FGAS: Regulation (EU) 2024/573, for its legal thresholds only")))
    blend = ", ".join(f"{component} {share:g} %" for component, share in of["blend"].items())
    told = [
        (texts(N_("Blend by mass")), blend),
        (texts(N_("Confidence")), of["confidence_said"]),
        (texts(N_("Note")), of["note"]),
    ]
    return [*lines, "", *pairs([(name, said) for name, said in told if said])]


def subject_named(library: Library, text: str) -> str | None:
    """Subject of properties that a text names, case apart, where it is no factor.

    Examples
    --------
    >>> from factors.library import library
    >>> [subject_named(library(), each) for each in ("Equipment:chiller", "fi", "eps-fi")]
    ['equipment:chiller', 'FI', None]
    """
    wanted = text.strip().casefold()
    others = (each for each in library.properties if each not in library.factors)
    return next((each for each in others if each.casefold() == wanted), None)


def properties_card(library: Library, subject: str, texts: Texts) -> dict[str, Any]:
    """Return the properties of a subject that is no factor, as JSON."""
    properties = [property_as_json(each, texts) for each in library.properties[subject]]
    cited = {str(each["source"]) for each in properties}
    return {"subject": subject, "properties": properties, "sources": _sources(library, cited)}


def properties_card_lines(of: Mapping[str, Any], texts: Texts) -> list[str]:
    """Print the properties of a subject, each with its origin."""
    lines = [str(of["subject"])]
    for row in of["properties"]:
        told = [
            (texts(N_("Value")), f"{row['value']:.6g} {row['unit']}"),
            (texts(N_("Source")), f"{row['source']}: {_source_said(row['source'], of['sources'], texts)}"),
            (texts(N_("Where in it")), row["locator"]),
            (texts(N_("Confidence")), row["confidence_said"]),
            (texts(N_("Note")), row["note"]),
        ]
        lines += ["", str(row["property"]), *pairs([(name, said) for name, said in told if said])]
    return lines
