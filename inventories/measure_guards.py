"""Guards on measures as typed: targets, values, years, costs, and what they ask of each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from factors.library import library
from factors.problems import Problem
from factors.search import nearest
from inventories.beyond import changes_can_be_evaluated
from inventories.operations import Operation, exclusions, named, operations, prerequisites, starts
from inventories.references import FACTOR_COLUMNS, MAINS, MERIT_ORDER
from inventories.study import Study

LARGE = 2.0
"""Multiplier from which on it is asked whether percent were meant."""

LEAST_RATE = 0.3
"""Discount rate [%] below which it is asked whether a fraction was typed."""

TARGETS = ("target_percent", "target_footprint", "target_pathway")
"""Keys of Study of which one states the target of a plan."""


def changes_are_clear(study: Study) -> Iterator[Problem]:
    """Every row of Measures says which rows it changes, in which column, to what."""
    yield from operations(study)[1]


def measures_agree(study: Study) -> Iterator[Problem]:
    """Rows of one measure say the same name, first year and life."""
    known: dict[tuple[str, str], object] = {}
    for place, row in enumerate(study.measures):
        for key in ("measure", "start_year", "lifetime", "owner", "decision"):
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


def prerequisites_come_first(study: Study) -> Iterator[Problem]:
    """What a measure requires begins before it, or with it."""
    begins, places = starts(study), {row.id: place for place, row in reversed(list(enumerate(study.measures)))}
    for id, required in prerequisites(study).items():
        for other in sorted(required & begins.keys() - {id}):
            if begins[other] > begins[id]:
                told = {"id": id, "other": other, "year": str(begins[other])}
                yield Problem("measure-before", "Measures", places[id], "start_year", str(begins[id]), told)


def one_value_at_a_time(study: Study) -> Iterator[Problem]:
    """No two measures that can stand together set one value of one row, nor does one measure twice."""
    apart = exclusions(study)
    seen: dict[tuple[str, object, str], list[Operation]] = {}
    for each in operations(study)[0]:
        for row in each.rows:
            key = (each.sheet, row, f"{each.kind} {each.column}")
            before = seen.setdefault(key, [])
            clash = next((one for one in before if frozenset((one.measure, each.measure)) not in apart), None)
            if clash is not None and (each.kind != "scale" or each.column == "service_life"):
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


def targets_are_clear(study: Study) -> Iterator[Problem]:
    """One target at a time, in years of the period."""
    settings = study.settings
    stated = [key for key in TARGETS if getattr(settings, key) is not None]
    for key in stated[1:]:
        yield Problem("target-twice", "Study", None, key, str(getattr(settings, key)), {"other": stated[0]})
    values = {"first": str(settings.start_year), "last": str(settings.end_year - 1)}
    for key in ("target_year", "target_base_year"):
        year = getattr(settings, key)
        if year is not None and year not in settings.years:
            yield Problem("year-outside", "Study", None, key, str(year), values)
        elif year is not None and not stated:
            yield Problem("target-missing", "Study", None, key, str(year))
    base = settings.start_year if settings.target_base_year is None else settings.target_base_year
    last = settings.end_year - 1 if settings.target_year is None else settings.target_year
    if settings.target_pathway is not None and last <= base:
        yield Problem("target-empty", "Study", None, "target_pathway", str(last), {"base": str(base)})


def carbon_is_priced_by_mass(study: Study) -> Iterator[Problem]:
    """The price of carbon is one of a mass, and nothing else has a price per mass of CO2e."""
    for place, row in enumerate(study.prices):
        allowed = ("money/mass", "money/emission") if row.carrier == "carbon" else ()
        dimension = row.price.parsed.dimension
        if dimension not in allowed and (allowed or dimension == "money/emission"):
            yield Problem("price-carbon", "Prices", place, "unit", row.price.parsed.label)


def multipliers_are_meant(study: Study) -> Iterator[Problem]:
    """A multiplier that doubles and more, or a change below a percent, was perhaps meant the other way."""
    for each in operations(study)[0]:
        row = study.measures[each.row]
        if each.kind != "scale" or row.value is None:
            continue
        in_percent = row.unit == "%" or row.value.endswith("%")
        if not in_percent and each.value >= LARGE:
            yield Problem("multiplier-large", "Measures", each.row, "value", row.value, {"id": each.measure})
        elif in_percent and 0.0 < abs(each.value - 1.0) < 0.01:
            yield Problem("multiplier-small", "Measures", each.row, "value", row.value, {"id": each.measure})
    rate = study.settings.discount_rate
    if rate is not None and 0.0 < rate < LEAST_RATE:
        yield Problem("rate-fraction", "Study", None, "discount_rate", f"{rate:g}")


def taxes_are_stated(study: Study) -> Iterator[Problem]:
    """Electricity that measures save has a tax, or a class whose tax the law states."""
    bought = [row for row in study.energy if row.carrier == "electricity" and row.tax_class is None]
    if not study.measures or not bought:
        return
    for place, row in enumerate(study.prices):
        if row.carrier == "electricity" and row.tax is None and row.tax_class is None:
            yield Problem("tax-missing", "Prices", place, "tax", "", {"id": bought[0].id})


def decisions_can_be_kept(study: Study) -> Iterator[Problem]:
    """What is decided can be carried out together, without what is rejected, and within the budget of the plan."""
    said = {row.id: row.decision for row in study.measures if row.decision}
    places = {row.id: place for place, row in reversed(list(enumerate(study.measures)))}
    needs, apart = prerequisites(study), exclusions(study)
    decided: dict[str, str] = {}
    for id, decision in said.items():
        if decision == "yes":
            decided |= {each: id for each in sorted(needs[id] | {id}) if each not in decided}
    for id, by in decided.items():
        if said.get(id) == "no":
            yield Problem("measure-decided", "Measures", places[by], "decision", "", {"id": by, "other": id})
    for one, other in sorted(map(sorted, apart)):
        if one in decided and other in decided:
            told = {"id": decided[one], "other": decided[other]}
            yield Problem("measure-decided", "Measures", places[decided[one]], "decision", "", told)
    settings = study.settings
    capital = sum(row.capex.to("EUR") for row in study.measures if row.id in decided and row.capex is not None)
    yearly = settings.plan_yearly_budget
    limits = {
        "plan_budget": None if settings.plan_budget is None else settings.plan_budget.to("EUR"),
        "plan_yearly_budget": None if yearly is None else yearly.to("EUR/a") * settings.reference_period,
    }
    for key, most in limits.items():
        if most is not None and capital > most * (1.0 + 1e-12):
            yield Problem("plan-budget", "Study", None, key, f"{most:.0f}", {"capital": f"{capital:.0f}"})


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


def bounds_are_values(study: Study) -> Iterator[Problem]:
    """What a value is at its bounds is a value too."""
    for place, row in enumerate(study.measures):
        for key in ("min", "max"):
            bound = getattr(row, key)
            if bound is None or row.value is None:
                continue
            behind = row.value.partition(" ")[2]
            moved = replace(row, value=f"{bound!r} {behind}".strip(), min=None, max=None)
            rows = (*study.measures[:place], moved, *study.measures[place + 1 :])
            wrong = [each for each in operations(replace(study, measures=rows))[1] if each.row == place]
            if wrong and not any(each.row == place for each in operations(study)[1]):
                yield Problem("bounds-order", "Measures", place, key, f"{bound:g}", {"value": row.value})


ON_MEASURES: tuple[Callable[[Study], Iterator[Problem]], ...] = (
    changes_are_clear,
    measures_agree,
    measures_begin_in_the_period,
    measures_name_measures,
    prerequisites_can_be_met,
    prerequisites_come_first,
    one_value_at_a_time,
    costs_have_a_year,
    targets_are_clear,
    carbon_is_priced_by_mass,
    multipliers_are_meant,
    taxes_are_stated,
    decisions_can_be_kept,
    values_within_bounds,
    factors_are_known,
    changes_can_be_evaluated,
    bounds_are_values,
)
