"""The passport of one factor: every row with its origin, what bridges it, and what could stand in its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from factors.alternatives import Alternative, alternatives, current
from factors.library import Library
from factors.model import Factor, Property
from templates import words
from templates.columns import table
from templates.texts import N_, Texts

COMPONENTS = ("fossil", "biogenic", "land_use")


def as_json(row: Factor) -> dict[str, Any]:
    """Return a factor row as JSON, its unit as it is printed."""
    return {**asdict(row), "unit": row.unit.label}


def boundary(row: Factor, texts: Texts) -> list[str]:
    """Say what a row holds: its modules and, of energy, its part.

    Examples
    --------
    >>> from factors.library import library
    >>> boundary(library().factors["electricity-fi"][0], Texts())
    ['B6 Operational energy', 'Direct: in the power plants or on site']
    """
    said = [texts(words.FACTOR_MODULE.get(piece, piece)) for piece in row.module.split("+")]
    if row.part or row.module == "B6":
        said.append(texts(words.PART[row.part or "whole"]))
    return said


def confidence(key: str, texts: Texts) -> str:
    """Say how far a number can be trusted; a study's own factor says it itself."""
    return texts(words.CONFIDENCE[key]) if key in words.CONFIDENCE else key


def card(library: Library, factor_id: str, texts: Texts) -> dict[str, Any]:
    """Return everything the library knows of a factor, as JSON."""
    its_rows = library.factors[factor_id]
    family = library.families.get(its_rows[0].family)
    stand = [current(library, factor_id, module, part) for module, part in library.parts(factor_id)]
    factors = [
        {
            **as_json(row),
            "current": row in stand,
            "boundary": boundary(row, texts),
            "confidence_said": confidence(row.confidence, texts),
        }
        for row in its_rows
    ]
    others = [_alternative(library, row, each, texts) for row in stand for each in alternatives(library, row)]
    properties = [
        property_as_json(each, texts)
        for subject in (factor_id, f"family:{its_rows[0].family}")
        for each in library.properties.get(subject, ())
    ]
    cited = {key for row in (*factors, *properties) for key in row["source"].split(";")}
    return {
        "id": factor_id,
        "name": library.name(factor_id, texts.language),
        "names": dict(library.names.get(factor_id, {})),
        "family": its_rows[0].family,
        "family_name": (family.names.get(texts.language) or family.names["en"]) if family else "",
        "section": family.section if family else "",
        "factors": factors,
        "properties": properties,
        "alternatives": others,
        "sources": {key: asdict(library.sources[key]) for key in sorted(cited) if key in library.sources},
    }


def _alternative(library: Library, row: Factor, of: Alternative, texts: Texts) -> dict[str, Any]:
    other = of.factor
    return {
        "instead_of": {"module": row.module, "part": row.part, "year": row.year},
        "id": other.id,
        "name": library.name(other.id, texts.language),
        "module": other.module,
        "part": other.part,
        "year": other.year,
        "value": other.value,
        "biogenic": other.biogenic,
        "unit": other.unit.label,
        "ratio": of.ratio,
        "geography": other.geography,
        "source": other.source,
        "confidence": other.confidence,
        "doubtful": other.doubtful,
    }


def property_as_json(row: Property, texts: Texts) -> dict[str, Any]:
    """Return a property as JSON, its unit as it is printed."""
    return {**asdict(row), "unit": row.unit.label, "confidence_said": confidence(row.confidence, texts)}


def card_lines(of: Mapping[str, Any], texts: Texts) -> list[str]:
    """Print a factor's passport: the row that stands of each module and part, its other years, the rest."""
    lines = [str(of["id"]), str(of["name"])]
    section = words.LIBRARY_SECTION.get(of["section"], of["section"])
    lines.append(texts(N_("Family {family}: {name}; {section}"), family=of["family"], name=of["family_name"],
                       section=texts(section)))  # fmt: skip
    for module, part in dict.fromkeys((row["module"], row["part"]) for row in of["factors"]):
        rows = [row for row in of["factors"] if (row["module"], row["part"]) == (module, part)]
        stands = [row for row in rows if row["current"]]
        for row in stands:
            lines += ["", " ".join(piece for piece in (module, part, str(row["year"])) if piece)]
            lines += pairs(_row_pairs(row, of["sources"], texts))
        lines += _other_years([row for row in rows if row not in stands], texts)
    lines += ["", texts(N_("Properties that bridge units or fill blanks:"))] if of["properties"] else []
    for row in of["properties"]:
        said = f"{row['subject']}: {row['property']} {row['value']:.6g} {row['unit']}"
        lines.append(f"  {said} ({row['source']}: {row['locator']}; {row['confidence_said']})")
    return [*lines, *_alternative_lines(of["alternatives"], texts)]


def pairs(told: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of names and what is said of them, in two columns."""
    width = max(len(name) for name, _ in told)
    return [f"  {name:<{width}}  {said}" for name, said in told]


def _work(source: Mapping[str, Any], texts: Texts) -> str:
    return f"{source['publisher']}: {source['title']} ({source['year'] or texts(N_('no year'))})"


def _row_pairs(row: Mapping[str, Any], sources: Mapping[str, Any], texts: Texts) -> list[tuple[str, str]]:
    cited = [sources[key] for key in row["source"].split(";")]
    stated = {key: row[key] for key in COMPONENTS if row[key] is not None}
    parts = ", ".join(f"{texts(words.COMPONENT[key])} {value:.6g}" for key, value in stated.items())
    gas = f"; {row['gas']}" if row["gas"] else ""
    told = [
        (texts(N_("Value")), f"{row['value']:.6g} {row['unit']}"),
        (texts(N_("Range")), _range(row) or texts(N_("not stated"))),
        (texts(N_("Components")), (parts or texts(N_("split not stated, counted as fossil"))) + gas),
        (texts(N_("GWP set")), texts(N_("not stated")) if row["gwp_set"] == "not-stated" else row["gwp_set"]),
        (texts(N_("Boundary")), "; ".join(row["boundary"])),
        (texts(N_("Definition and note")), row["note"]),
        (texts(N_("Year")), str(row["year"])),
        (texts(N_("Valid to")), str(row["valid_to"] or texts(N_("not stated")))),
        (texts(N_("Geography")), row["geography"]),
        *(
            pair
            for source in cited
            for pair in (
                (texts(N_("Source")), _work(source, texts)),
                (texts(N_("How it was read")), source["access"]),
                (texts(N_("Address")), source["url"]),
                (texts(N_("Licence")), source["licence"]),
            )
        ),
        (texts(N_("Where in it")), row["locator"]),
        (texts(N_("Confidence")), row["confidence_said"]),
        (texts(N_("DOUBTFUL")), row["doubtful"]),
        (texts(N_("Former id")), row["former_id"]),
    ]
    return [(name, said) for name, said in told if said]


def _range(row: Mapping[str, Any]) -> str:
    return "" if row["low"] is None else f"{row['low']:.4g}–{row['high']:.4g}, {row['distribution']}"


def _other_years(rows: Sequence[Mapping[str, Any]], texts: Texts) -> Iterator[str]:
    """One line a year, newest first."""
    if not rows:
        return
    yield "  " + texts(N_("Other years:"))
    newest_first = sorted(rows, key=lambda row: -row["year"])
    cells = [
        [f"    {row['year']}", f"{row['value']:.6g}", row["unit"], _range(row), f"{row['source']}: {row['locator']}",
         row["confidence_said"]]
        for row in newest_first
    ]  # fmt: skip
    yield from table(cells, left=(0, 2, 3, 4, 5))


def _alternative_lines(rows: Sequence[Mapping[str, Any]], texts: Texts) -> list[str]:
    lines = [
        "",
        texts(N_("Alternatives of the same family, modules, part and kind of unit; ratio without biogenic carbon")),
    ]
    if not rows:
        return [*lines, "  " + texts(N_("none in the library"))]
    for of, group in groupby(rows, key=lambda row: row["instead_of"]):
        lines.append("  " + " ".join(piece for piece in (of["module"], of["part"], str(of["year"])) if piece))
        cells = [
            [
                f"    {row['id']}",
                f"{row['value']:.4g}",
                row["unit"],
                "" if row["ratio"] is None else f"×{row['ratio']:.2f}",
                row["geography"],
                str(row["year"]),
                texts(N_("DOUBTFUL")) if row["doubtful"] else "",
            ]
            for row in group
        ]
        lines += table(cells, left=(0, 2, 4, 6))
    return lines
