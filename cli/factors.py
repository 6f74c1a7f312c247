"""``jalki factors``: search and show the library."""

from dataclasses import asdict
from typing import Any

from cli.output import USAGE, say, show_json, stop
from cli.output import show as print_line
from factors.library import Factor, library


def _row(row: Factor) -> dict[str, Any]:
    return {**asdict(row), "unit": row.unit.label}


def search(words: str, *, json: bool, language: str) -> None:
    """Print the factors whose id, family or name holds every word, one a line."""
    shelf = library()
    found = shelf.search(words)
    if json:
        show_json({"schema_version": 1, "factors": [_row(row) for each in found for row in shelf.factors[each]]})
        return
    rows = []
    for each in found:
        for row in shelf.factors[each][-2:]:
            what = " ".join(piece for piece in (row.module, row.part, str(row.year)) if piece)
            rows.append([each, f"{row.value:.4g}", row.unit.label, what, shelf.name(each, language)])
    widths = [max(len(row[j]) for row in rows) for j in range(5)]
    for line in rows:
        print_line(
            f"{line[0]:<{widths[0]}}  {line[1]:>{widths[1]}} {line[2]:<{widths[2]}}  {line[3]:<{widths[3]}}  {line[4]}"
        )
    say(f"{len(found)} factors; `jalki factors show ID` tells their sources")


def show(factor_id: str, *, json: bool, language: str) -> None:
    """Print every row of a factor with its source, and the properties it is bridged by."""
    shelf = library()
    if factor_id not in shelf:
        stop(USAGE, f"there is no factor {factor_id}; nearest: {', '.join(shelf.nearest(factor_id))}")
    found = shelf.factors[factor_id]
    if json:
        show_json({"schema_version": 1, "factors": [_row(row) for row in found]})
        return
    print_line(f"{factor_id}  ({found[0].family})")
    print_line(shelf.name(factor_id, language))
    for row in found:
        what = " ".join(piece for piece in (row.module, row.part or "", str(row.year)) if piece)
        spread = (
            f"  [{row.low:.4g}–{row.high:.4g} {row.distribution}]"
            if row.low is not None and row.high is not None
            else ""
        )
        print_line("")
        print_line(f"{what}: {row.value:.6g} {row.unit.label}{spread}")
        parts = {"fossil": row.fossil, "biogenic": row.biogenic, "land use": row.land_use}
        stated = ", ".join(f"{name} {value:.6g}" for name, value in parts.items() if value is not None)
        print_line(f"  components: {stated or 'split not stated, counted as fossil'}; GWP set: {row.gwp_set}")
        source = shelf.sources[row.source]
        print_line(f"  source: {source.publisher}: {source.title} ({source.year}), {row.locator}")
        print_line(f"  {source.url or 'no address'}; licence: {source.licence}; confidence: {row.confidence}")
        for text in (row.doubtful and f"DOUBTFUL: {row.doubtful}", row.note):
            if text:
                print_line(f"  {text}")
    for subject in (factor_id, f"family:{found[0].family}"):
        for each in shelf.properties.get(subject, ()):
            print_line(
                f"  {each.property} {each.value:g} {each.unit.label} ({each.source}: {each.locator}, {each.confidence})"
            )
