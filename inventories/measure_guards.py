"""Guards on measures as typed: targets, values, years, costs, and what they ask of each other."""

from collections.abc import Callable, Iterator

from factors.library import library
from factors.problems import Problem
from factors.search import nearest
from inventories.operations import Operation, named, operations, starts
from inventories.references import FACTOR_COLUMNS, MAINS, MERIT_ORDER
from inventories.study import Study


def changes_are_clear(study: Study) -> Iterator[Problem]:
    """Every row of Measures says which rows it changes, in which column, to what."""
    yield from operations(study)[1]


def measures_agree(study: Study) -> Iterator[Problem]:
    """Rows of one measure say the same name, first year and life."""
    known: dict[tuple[str, str], object] = {}
    for place, row in enumerate(study.measures):
        for key in ("measure", "start_year", "lifetime", "owner"):
            said = getattr(row, key)
            if said is not None and known.setdefault((row.id, key), said) != said:
                yield Problem("measure-rows-differ", "Measures", place, key, str(said), {"id": row.id, "column": key})


def measures_begin_in_the_period(study: Study) -> Iterator[Problem]:
    """A measure begins in the period; one of the network that takes the heat, with it."""
    settings = study.settings
    values = {"first": str(settings.start_year), "last": str(settings.end_year - 1)}
    for place, row in enumerate(study.measures):
        if row.start_year is not None and row.start_year not in settings.years:
            yield Problem("year-outside", "Measures", place, "start_year", str(row.start_year), values)
    begins = starts(study)
    for each in operations(study)[0]:
        if each.sheet == "Heat network" and begins[each.measure] > settings.start_year:
            read = str(begins[each.measure])
            yield Problem("measure-network", "Measures", each.row, "start_year", read, {"id": each.measure})


def measures_name_measures(study: Study) -> Iterator[Problem]:
    """``excludes`` and ``requires`` name measures, never the measure itself."""
    known = {row.id for row in study.measures}
    for key in ("excludes", "requires"):
        for place, id, other in named(study, key):
            if other not in known or other == id:
                told = {"id": id, "known": ", ".join(sorted(known - {id}))}
                yield Problem("measure-unknown", "Measures", place, key, other, told)


def prerequisites(study: Study) -> dict[str, set[str]]:
    """What each measure requires, directly or through others."""
    direct: dict[str, set[str]] = {row.id: set() for row in study.measures}
    for _, id, other in named(study, "requires"):
        direct[id].add(other)
    found: dict[str, set[str]] = {}
    for id, named_by_it in direct.items():
        reached: set[str] = set()
        ahead = list(named_by_it)
        while ahead:
            each = ahead.pop()
            if each not in reached:
                reached.add(each)
                ahead += direct.get(each, ())
        found[id] = reached
    return found


def exclusions(study: Study) -> set[frozenset[str]]:
    """Pairs of measures of which only one can be carried out."""
    return {frozenset((id, other)) for _, id, other in named(study, "excludes") if id != other}


def prerequisites_can_be_met(study: Study) -> Iterator[Problem]:
    """No measure requires itself through others, nor two that exclude each other, nor what it excludes."""
    needs, apart = prerequisites(study), exclusions(study)
    places = {row.id: place for place, row in reversed(list(enumerate(study.measures)))}
    cycles: set[frozenset[str]] = set()
    for id, required in needs.items():
        if id in required:
            ring = frozenset(each for each in required if id in needs.get(each, ()))
            if ring not in cycles:
                cycles.add(ring)
                told = {"id": id, "ring": ", ".join(sorted(ring))}
                yield Problem("measure-cycle", "Measures", places[id], "requires", "", told)
            continue
        together = sorted(required | {id})
        clash = next((pair for pair in sorted(map(sorted, apart)) if set(pair) <= set(together)), None)
        if clash is not None:
            told = {"id": id, "one": clash[0], "other": clash[1]}
            yield Problem("measure-never", "Measures", places[id], "requires", "", told)


def one_value_at_a_time(study: Study) -> Iterator[Problem]:
    """No two measures that can stand together set one value of one row, nor does one measure twice."""
    apart = exclusions(study)
    seen: dict[tuple[str, object, str], list[Operation]] = {}
    for each in operations(study)[0]:
        for row in each.rows:
            key = (each.sheet, row, each.column) if each.kind == "set" else (each.sheet, row, each.kind)
            before = seen.setdefault(key, [])
            clash = next((one for one in before if frozenset((one.measure, each.measure)) not in apart), None)
            if clash is not None and each.kind != "scale":
                told = {"id": each.measure, "other": clash.measure, "row": str(getattr(row, "id", each.sheet))}
                key_of = "parameter" if each.kind == "set" else "target"
                yield Problem("measure-twice", "Measures", each.row, key_of, each.column, told)
                break
            before.append(each)


def costs_have_a_year(study: Study) -> Iterator[Problem]:
    """Money is of a year."""
    if study.settings.currency_year is not None:
        return
    for place, row in enumerate(study.measures):
        key = "capex" if row.capex is not None else "opex_per_year" if row.opex_per_year is not None else ""
        if key:
            yield Problem("currency-year", "Measures", place, key, f"{getattr(row, key).value:g}", {"id": row.id})
            return


def values_within_bounds(study: Study) -> Iterator[Problem]:
    """``min`` ≤ value ≤ ``max``."""
    for place, row in enumerate(study.measures):
        try:
            value = float((row.value or "").partition(" ")[0])
        except ValueError:
            continue
        for key, wrong in (
            ("min", row.min is not None and row.min > value),
            ("max", row.max is not None and row.max < value),
        ):
            if wrong:
                yield Problem("bounds-order", "Measures", place, key, f"{getattr(row, key):g}", {"value": f"{value:g}"})


def factors_are_known(study: Study) -> Iterator[Problem]:
    """A factor that a measure sets is one of the library or of the study."""
    own = {row.id for row in study.factors}
    for each in operations(study)[0]:
        is_fuel = (each.sheet, each.column) == ("Energy", "carrier") and each.value not in MAINS
        if each.kind != "set" or not (each.column in FACTOR_COLUMNS.get(each.sheet, ()) or is_fuel):
            continue
        if each.value not in own and each.value not in library() and each.value != MERIT_ORDER:
            options = ", ".join(nearest(library(), str(each.value)))
            yield Problem("factor-unknown", "Measures", each.row, "value", str(each.value), {"nearest": options})


ON_MEASURES: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    changes_are_clear,
    measures_agree,
    measures_begin_in_the_period,
    measures_name_measures,
    prerequisites_can_be_met,
    one_value_at_a_time,
    costs_have_a_year,
    values_within_bounds,
    factors_are_known,
)
