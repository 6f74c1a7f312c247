"""The library as a page to browse: ``python -m templates.library_page`` writes ``docs/reference/factors.md``.

The page is made from the tables alone and is committed; a test proves that it is current.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from factors.library import GWP_TABLE, SECTIONS, Library, library
from factors.model import Factor, Family
from templates import words
from templates.texts import Texts

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "factors.md"
_TEXTS = Texts("en")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#])")
_FACTOR_HEAD = (
    "Id", "Name", "Module", "Year", "Value", "Range", "Unit", "Place", "Source", "Where in it", "Confidence",
    "Doubtful",
)  # fmt: skip


def escaped(text: str) -> str:
    r"""Text that Markdown prints as it is, also inside a cell.

    Examples
    --------
    >>> print(escaped("a|b, net_calorific <x> *"))
    a\|b, net\_calorific \<x\> \*
    """
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def cells(head: Sequence[str], lines: Iterable[Sequence[str]]) -> list[str]:
    """Return a table; its cells are Markdown already."""
    return [f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *lines)]


def exact(value: float, digits: int = 6) -> str:
    """Write a number with at most so many significant digits."""
    return _TEXTS.exact(value, digits)


def cited(shelf: Library, key: str) -> str:
    """Link sources to the list of them; rows of an open database bear its licence."""
    said = []
    for each in key.split(";"):
        known = shelf.sources.get(each)
        licence = f" **{escaped(known.licence)}**" if known is not None and known.shipping == "odbl" else ""
        said.append((f"[{escaped(each)}](#source-{each})" if known is not None else escaped(each)) + licence)
    return ", ".join(said)


def page() -> str:
    """Return the whole page."""
    shelf = library()
    parts = [
        _intro(shelf), _contents(shelf), *_sections(shelf), _properties(shelf), _gases(shelf), _trajectories(shelf),
        _sources(shelf),
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _intro(shelf: Library) -> list[str]:
    count = sum(map(len, shelf.factors.values()))
    every = [row for its_rows in shelf.factors.values() for row in its_rows]
    open_database = sum(shelf.sources[row.sources[0]].shipping == "odbl" for row in every)
    return [
        "# The factor library",
        "",
        "Made by `python -m templates.library_page` from the tables in `factors/data/`; do not edit it by hand.",
        "",
        f"{len(shelf.factors)} factors in {count} rows, of {len(shelf.families)} families, from {len(shelf.sources)} "
        "sources. `jalki factors search WORDS` finds them in English, Finnish and Swedish; `jalki factors show ID` "
        "prints everything known of one, with what could stand in its place.",
        "",
        "**How to read it.** A row is what one unit of something emits in a module of EN 15978, in a year. A bundle "
        "(`A1-A3+A4+C`) is undivided in its source. Of energy, *direct* is combustion and *upstream* what comes before "
        "it; a row of B6 without a part is undivided. *Where in it* is the page, table or record of the source. "
        "*Confidence* says whether the number was read in the source itself, read second-hand, derived from numbers "
        "that were read, or comes from knowledge and was not verified. **Doubtful** rows say why; take them only with "
        "a reason of your own. Ranges name their distribution.",
        "",
        "**Licences.** Numbers are facts of their publishers; [the list of sources](#sources) names the licence of "
        f"each. {open_database} rows come from an open database under the ODbL and bear its licence in the column "
        "*Source*: whoever passes on a substantial part of them passes it on under the same licence. They stand in a "
        "table of their own, `factors/data/factors_odbl.csv`.",
    ]


def _contents(shelf: Library) -> list[str]:
    lines = ["## Contents", ""]
    for section in SECTIONS:
        links = [f"[{escaped(each.names['en'])}](#family-{each.family})" for each in _families(shelf, section)]
        if links:
            lines.append(f"- **[{escaped(_section(section))}](#section-{section})**: {' · '.join(links)}")
    others = ("properties", "gases", "trajectories", "sources")
    return [*lines, f"- {' · '.join(f'[{each.capitalize()}](#{each})' for each in others)}"]


def _section(section: str) -> str:
    return _TEXTS(words.LIBRARY_SECTION[section])


def _families(shelf: Library, section: str) -> list[Family]:
    return [each for each in shelf.families.values() if each.section == section]


def _heading(level: int, anchor: str, text: str) -> list[str]:
    return [f'<a id="{anchor}"></a>', "", f"{'#' * level} {text}", ""]


def _sections(shelf: Library) -> Iterator[list[str]]:
    by_family: dict[str, list[Factor]] = {}
    for its_rows in shelf.factors.values():
        by_family.setdefault(its_rows[0].family, []).extend(its_rows)
    for section in SECTIONS:
        families = _families(shelf, section)
        if families:
            yield _heading(2, f"section-{section}", escaped(_section(section)))[:-1]
        for each in families:
            yield [
                *_heading(3, f"family-{each.family}", escaped(each.names["en"])),
                f"`{each.family}` · {escaped(each.names['fi'])} · {escaped(each.names['sv'])}",
                "",
                *cells(_FACTOR_HEAD, (_factor(shelf, row) for row in by_family[each.family])),
            ]


def _factor(shelf: Library, row: Factor) -> list[str]:
    low_high = "" if row.low is None or row.high is None else f"{exact(row.low, 4)}–{exact(row.high, 4)}"
    return [
        f"`{row.id}`",
        escaped(shelf.name(row.id)),
        " ".join(piece for piece in (row.module, row.part) if piece),
        str(row.year) if row.valid_to is None else f"{row.year}–{row.valid_to}",
        exact(row.value),
        f"{low_high} {row.distribution}".strip(),
        escaped(row.unit.label),
        escaped(row.geography),
        cited(shelf, row.source),
        escaped(row.locator),
        _confidence(row.confidence),
        f"**Doubtful**: {escaped(row.doubtful)}" if row.doubtful else "",
    ]


def _confidence(key: str) -> str:
    return escaped(_TEXTS(words.CONFIDENCE[key]))


def _properties(shelf: Library) -> list[str]:
    head = ("Of", "Property", "Value", "Unit", "Source", "Where in it", "Confidence", "Note")
    lines = (
        [
            f"`{subject}`",
            escaped(each.property),
            exact(each.value),
            escaped(each.unit.label),
            cited(shelf, each.source),
            escaped(each.locator),
            _confidence(each.confidence),
            escaped(each.note),
        ]
        for subject, found in shelf.properties.items()
        for each in found
    )
    said = "Constants that take one unit to another (density, calorific value) or fill a blank (service life, waste)."
    return [*_heading(2, "properties", "Properties"), said, "", *cells(head, lines)]


def _gases(shelf: Library) -> list[str]:
    head = ("Gas", "Also", *GWP_TABLE, "Blend, % by mass", "Source", "Confidence", "Note")
    lines = (
        [
            escaped(gas.gas),
            escaped(", ".join(gas.aliases)),
            *(exact(gas.gwp[key]) if key in gas.gwp else "" for key in GWP_TABLE),
            escaped(", ".join(f"{component} {share:g}" for component, share in gas.blend.items())),
            cited(shelf, ";".join(dict.fromkeys(gas.sources.values()))),
            _confidence(gas.confidence),
            escaped(gas.note),
        ]
        for gas in shelf.gases.values()
    )
    said = (
        "Global warming potential over 100 years: assessment reports of the IPCC; FGAS is Regulation (EU) 2024/573, "
        "for its legal thresholds only."
    )
    return [*_heading(2, "gases", "Gases"), said, "", *cells(head, lines)]


def _trajectories(shelf: Library) -> list[str]:
    head = ("Place", "Series", "Years", "First", "Last", "Source")
    lines = []
    for place, names in shelf.trajectories.items():
        for name in names:
            found = sorted(shelf.factors[name], key=lambda row: row.year)
            national = " (national)" if name == names[0] else ""
            years = f"{found[0].year}–{found[-1].year}"  # noqa: RUF001 - a range
            values = [exact(found[0].value), exact(found[-1].value)]
            lines.append([escaped(place), f"`{name}`{national}", years, *values, cited(shelf, found[0].source)])
    said = (
        "Series that the grid of a country may follow after its newest factor; an assessment takes the ratio of two "
        "years and shows the totals under each. Their values stand with the factors."
    )
    return [*_heading(2, "trajectories", "Trajectories"), said, "", *cells(head, lines)]


def _sources(shelf: Library) -> list[str]:
    head = ("Source", "Publisher and title", "Year", "Address", "Licence", "Shipped as", "How it was read")
    lines = (
        [
            f'<a id="source-{each.source}"></a>`{each.source}`',
            f"{escaped(each.publisher)}: {escaped(each.title)}",
            escaped(each.year),
            f"<{each.url}>" if each.url else "",
            escaped(each.licence),
            escaped(each.shipping),
            escaped(each.access),
        ]
        for each in sorted(shelf.sources.values(), key=lambda each: each.source)
    )
    said = "*open*: shipped with attribution. *odbl*: in a table of its own under the ODbL. *facts*: numbers cited."
    return [*_heading(2, "sources", "Sources"), said, "", *cells(head, lines)]


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
