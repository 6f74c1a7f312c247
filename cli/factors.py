"""``jalki factors``: search the library, show a factor, and tell what a study rests on."""

from dataclasses import asdict
from pathlib import Path

from cli.output import SCHEMA_VERSION, UNVERIFIED, USAGE, say, show_json, stop
from cli.output import show as print_line
from factors.library import SECTIONS, Library, library
from factors.units import UnitError


def search(words: str, *, section: str, unit: str, place: str, json: bool, language: str) -> None:
    """Print the factors that answer every word and pass the filters, best first."""
    from factors.search import nearest
    from factors.search import search as find
    from templates.factor_card import as_json

    shelf = library()
    if section and section not in SECTIONS:
        stop(USAGE, f"there is no section {section!r}; known: {', '.join(SECTIONS)}")
    try:
        found = find(shelf, words, section=section, unit=unit, place=place, language=language)
    except UnitError as error:
        stop(USAGE, f"--unit: {error}, and it is no dimension")
    if not found and (section or unit or place):
        say(f"nothing that passes the filters answers {words!r}")
    elif not found:
        found = nearest(shelf, words, 5)
        say(f"nothing answers every word of {words!r}; the nearest are:")
    if json:
        rows = [as_json(row) for each in found for row in shelf.factors[each]]
        show_json({"schema_version": SCHEMA_VERSION, "factors": rows})
        return
    for line in _found_lines(shelf, found, language):
        print_line(line)
    say(f"{len(found)} factors; `jalki factors show ID` tells their sources")


def _found_lines(shelf: Library, found: list[str], language: str) -> list[str]:
    """Newest row of each module and part of the factors found, one a line."""
    from templates.columns import table

    rows = []
    for each in found:
        newest = {(row.module, row.part): row for row in sorted(shelf.factors[each], key=lambda row: row.year)}
        for row in newest.values():
            what = " ".join(piece for piece in (row.module, row.part, str(row.year)) if piece)
            mark = "DOUBTFUL: " if row.doubtful else ""
            rows.append([each, f"{row.value:.4g}", row.unit.label, what, mark + shelf.name(each, language)])
    return table(rows, left=(0, 2, 3, 4))


def show(factor_id: str, *, json: bool, language: str) -> None:
    """Print the passport of a factor: its rows with their origin, its properties, what could stand in its place."""
    from factors.search import nearest
    from templates.factor_card import card, card_lines
    from templates.texts import Texts

    shelf, texts = library(), Texts(language)
    if factor_id not in shelf:
        stop(USAGE, f"there is no factor {factor_id}; nearest: {', '.join(nearest(shelf, factor_id))}")
    told = card(shelf, factor_id, texts)
    if json:
        show_json({"schema_version": SCHEMA_VERSION, **told})
        return
    for line in card_lines(told, texts):
        print_line(line)


def passport(file: Path, *, json: bool, language: str) -> None:
    """Assess a workbook and print what its result rests on, the largest share first."""
    from cli.study import assessed
    from lca.flags import overview
    from templates.passport import passport_lines
    from templates.texts import Texts

    texts = Texts(language)
    told = overview(assessed(file, texts, json=json))
    if json:
        show_json({"schema_version": SCHEMA_VERSION, **told})
        return
    for line in passport_lines(told, texts):
        print_line(line)


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
