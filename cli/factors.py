"""``jalki factors``: search the library, show a factor or a gas, and tell what a study rests on."""

from dataclasses import asdict
from pathlib import Path

from cli.output import SCHEMA_VERSION, UNVERIFIED, USAGE, Console
from factors.library import SECTIONS, Library, library
from factors.units import UnitError

MEANT = 5
"""How many factors are offered where nothing is found."""


def search(words: str, console: Console, *, section: str, unit: str, place: str, json: bool) -> None:
    """Print the factors that answer every word and pass the filters, best first, then the gases of that name."""
    from factors.index import fold
    from factors.places import PlaceError
    from factors.search import gases as gases_named
    from factors.search import search as find
    from templates.factor_card import as_json
    from templates.found import factor_lines, gas_lines

    shelf, texts, language = library(), console.texts, console.language
    if section and section not in SECTIONS:
        known = ", ".join(SECTIONS)
        console.stop(USAGE, "there is no section {section}; known: {known}", section=repr(section), known=known)
    filtered = bool(section or unit or place)
    if not (fold(words) or filtered):
        console.stop(
            USAGE,
            "{words} holds no letter or digit; type a word, or a filter: {filters}",
            words=repr(words),
            filters="--section, --unit, --place",
        )
    try:
        found = find(shelf, words, section=section, unit=unit, place=place, language=language)
    except UnitError as error:
        console.stop(USAGE, "{option}: {reason}, and it is no dimension", option="--unit", reason=error)
    except PlaceError as error:
        console.stop(USAGE, "{option}: {reason}", option="--place", reason=error)
    gases = gases_named(shelf, words) if section in ("", "refrigerants") and not (unit or place) else []
    if not (found or gases):
        _nothing(shelf, words, console, filtered=filtered, json=json)
        return
    if json:
        rows = [as_json(row) for each in found for row in shelf.factors[each]]
        listed = [asdict(shelf.gases[each]) for each in gases]
        console.show_json({"schema_version": SCHEMA_VERSION, "factors": rows, "gases": listed})
        return
    blocks = [block for block in (factor_lines(shelf, found, texts), gas_lines(shelf, gases, texts)) if block]
    console.show("\n\n".join("\n".join(block) for block in blocks))
    console.tell(
        "{factors} factors, {gases} gases; `jalki factors show ID` tells their sources",
        factors=len(found),
        gases=len(gases),
    )


def _nothing(shelf: Library, words: str, console: Console, *, filtered: bool, json: bool) -> None:
    """Say that nothing was found and what may be meant: on standard error, so that no result holds it."""
    from factors.search import almost
    from factors.search import search as find

    language = console.language
    unfiltered = find(shelf, words, language=language, limit=MEANT) if filtered and words.strip() else []
    meant = unfiltered or (almost(shelf, words, language, MEANT) if words.strip() else [])
    if json:
        console.show_json({"schema_version": SCHEMA_VERSION, "factors": [], "nearest": meant})
    if filtered:
        console.tell("nothing that passes the filters answers {words}", words=repr(words))
    else:
        console.tell("nothing answers every word of {words}", words=repr(words))
    if unfiltered:
        console.tell("did you mean, without the filters:")
    elif meant:
        console.tell("did you mean:")
    for each in meant:
        console.note(f"  {each}  {shelf.name(each, language)}")


def show(name: str, console: Console, *, json: bool) -> None:
    """Print the passport of a factor (rows, properties, what could stand in its place), of a gas, or of a kind."""
    from factors.search import nearest
    from templates.factor_card import card, card_lines
    from templates.gas_card import gas_card, gas_card_lines, properties_card, properties_card_lines, subject_named

    shelf, texts = library(), console.texts
    gas, subject = shelf.gas_named(name), subject_named(shelf, name)
    if name in shelf:
        told, lines = card(shelf, name, texts), card_lines
    elif gas is not None:
        told, lines = gas_card(shelf, gas, texts), gas_card_lines
    elif subject is not None:
        told, lines = properties_card(shelf, subject, texts), properties_card_lines
    else:
        close = ", ".join(nearest(shelf, name))
        console.stop(USAGE, "there is no factor {name}; nearest: {nearest}", name=name, nearest=close)
    if json:
        console.show_json({"schema_version": SCHEMA_VERSION, **told})
        return
    for line in lines(told, texts):
        console.show(line)


def passport(file: Path, console: Console, *, json: bool) -> None:
    """Assess a workbook and print what its result rests on, the largest share first."""
    from cli.study import assessed
    from lca.flags import overview
    from templates.passport import passport_lines

    told = overview(assessed(file, console, json=json))
    if json:
        console.show_json({"schema_version": SCHEMA_VERSION, **told})
        return
    for line in passport_lines(told, console.texts):
        console.show(line)


def sources(console: Console, *, json: bool) -> None:
    """Print every source with its licence and how its numbers are shipped."""
    shelf = library()
    count: dict[str, int] = {}
    for rows in shelf.factors.values():
        for row in rows:
            for source in row.sources:
                count[source] = count.get(source, 0) + 1
    if json:
        listed = [{**asdict(each), "rows": count.get(each.source, 0)} for each in shelf.sources.values()]
        console.show_json({"schema_version": 1, "sources": listed})
        return
    for each in sorted(shelf.sources.values(), key=lambda each: (each.shipping, each.source)):
        console.show(f"{each.source}  [{each.shipping}]  {count.get(each.source, 0)} factor rows")
        console.show(f"  {each.publisher}: {each.title} ({each.year or 'no year'})")
        console.show(f"  {each.url or 'no address'}; licence: {each.licence}")
    console.tell("open: shipped with attribution; odbl: shipped in a table of its own under ODbL; facts: numbers cited")


def check(console: Console, *, json: bool) -> None:
    """Run every rule over the library; exit 5 where one finds a fault."""
    from factors.check import RULES, researched
    from factors.check import check as run

    shelf = library()
    faults = run(shelf)
    arrived: dict[str, int] = {}
    for each in researched():
        arrived[each.kind] = arrived.get(each.kind, 0) + 1
    if json:
        console.show_json({"schema_version": 1, "faults": [asdict(each) for each in faults], "researched": arrived})
    else:
        for row in researched():
            place = " ".join(piece for piece in (row.id, row.module, row.part, row.year) if piece)
            console.show(f"{row.former_id} → {place or 'not taken: ' + row.reason}")
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(arrived.items()))
        console.show(f"{sum(arrived.values())} researched rows: {kinds}")
        for fault in faults:
            console.show(f"{fault.rule}: {fault.row}: {fault.what}")
        rows = sum(len(rows) for rows in shelf.factors.values())
        console.tell(
            "{ids} ids, {rows} rows, {rules} rules, {faults} faults",
            ids=len(shelf.factors), rows=rows, rules=len(RULES), faults=len(faults),
        )  # fmt: skip
    if faults:
        raise SystemExit(UNVERIFIED)
