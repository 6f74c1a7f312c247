"""``jalki factors``: search and show the library."""

from dataclasses import asdict
from typing import Any

from cli.output import UNVERIFIED, USAGE, say, show_json, stop
from cli.output import show as print_line
from factors.library import Factor, library


def _row(row: Factor) -> dict[str, Any]:
    return {**asdict(row), "unit": row.unit.label}


def search(words: str, *, json: bool, language: str) -> None:
    """Print the factors whose id, family or name holds every word, one a line."""
    shelf = library()
    found = shelf.search(words)
    if not found:
        found = shelf.nearest(words, 5)
        say(f"nothing holds every word of {words!r}; the nearest are:")
    if json:
        show_json({"schema_version": 1, "factors": [_row(row) for each in found for row in shelf.factors[each]]})
        return
    rows = []
    for each in found:
        newest = {(row.module, row.part): row for row in sorted(shelf.factors[each], key=lambda row: row.year)}
        for row in newest.values():
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


def sources(*, json: bool) -> None:
    """Print every source with its licence and how its numbers are shipped."""
    shelf = library()
    count: dict[str, int] = {}
    for rows in shelf.factors.values():
        for row in rows:
            count[row.source] = count.get(row.source, 0) + 1
    if json:
        listed = [{**asdict(each), "rows": count.get(each.source, 0)} for each in shelf.sources.values()]
        show_json({"schema_version": 1, "sources": listed})
        return
    for each in sorted(shelf.sources.values(), key=lambda each: (each.shipping, each.source)):
        print_line(f"{each.source}  [{each.shipping}]  {count.get(each.source, 0)} factor rows")
        print_line(f"  {each.publisher}: {each.title} ({each.year or 'no year'})")
        print_line(f"  {each.url or 'no address'}; licence: {each.licence}")
    say("open: shipped with attribution; odbl: shipped in a table of its own under ODbL; facts: numbers cited")


def check(*, json: bool) -> None:
    """Run every rule over the library; exit 5 where one finds a fault."""
    from factors.check import RULES, researched
    from factors.check import check as run

    shelf = library()
    faults = run(shelf)
    arrived: dict[str, int] = {}
    for each in researched():
        arrived[each.kind] = arrived.get(each.kind, 0) + 1
    if json:
        show_json({"schema_version": 1, "faults": [asdict(each) for each in faults], "researched": arrived})
    else:
        for row in researched():
            place = " ".join(piece for piece in (row.id, row.module, row.part, row.year) if piece)
            print_line(f"{row.former_id} → {place or 'not taken: ' + row.reason}")
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(arrived.items()))
        print_line(f"{sum(arrived.values())} researched rows: {kinds}")
        for fault in faults:
            print_line(f"{fault.rule}: {fault.row}: {fault.what}")
        rows = sum(len(rows) for rows in shelf.factors.values())
        say(f"{len(shelf.factors)} ids, {rows} rows, {len(RULES)} rules, {len(faults)} faults")
    if faults:
        raise SystemExit(UNVERIFIED)
