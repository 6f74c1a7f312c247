"""From a study to its product system: structure and coefficients, with every mark and problem on the way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from factors.library import Library, library
from factors.model import Factor
from factors.problems import has_errors
from factors.units import parse_unit
from inventories.format import KEYED
from inventories.references import MAINS, MERIT_ORDER, unknown_factors
from inventories.study import OwnFactor, Study, as_json
from lca import energy
from lca.changes import NOTHING, Changes
from lca.context import Context
from lca.contracts import Matching
from lca.electricity import Electricity
from lca.heat import years as heat
from lca.heat.taker import Network
from lca.lines import expand_lines
from lca.outside import expand_outside
from lca.parameters import Parameters
from lca.refrigerants import expand_refrigerants
from lca.replacement import Values
from lca.simulated import expand_simulation, generator_tests, takes_over, with_profile
from lca.system import System
from lca.water import expand_water
from lca.yearly import by_year, kwh_of


def own_factor(row: OwnFactor) -> Factor:
    """Return a row of the Factors sheet as a factor of the library's kind."""
    return Factor(
        id=row.id,
        module=row.module,
        part="" if row.part in (None, "whole") else row.part or "",
        year=row.year,
        value=row.value,
        unit=parse_unit(row.unit),
        source=row.source,
        family=row.family or "",
        fossil=row.fossil,
        biogenic=row.biogenic,
        land_use=row.land_use,
        gas=row.gas or "",
        gwp_set=row.gwp_set or "not-stated",
        geography=row.geography or "",
        valid_to=row.valid_to,
        low=row.min,
        high=row.max,
        distribution=row.distribution or "",
        locator=row.locator or "",
        confidence="as typed",
        note=row.note or "",
        own=True,
    )


def shelf_of(study: Study) -> Library:
    """Return the library with the study's own factors."""
    names = {row.id: row.name for row in study.factors}
    return library().with_own((own_factor(row) for row in study.factors), names)


def check_factors(context: Context) -> None:
    """Every factor is known; those of energy have rows per unit of energy. The first is checked in workbooks too."""
    stated: dict[str, Any] = {**as_json(context.study)}
    keyed = {sheet: [stated[sheet]] for sheet in KEYED if sheet in stated}
    for sheet, place, key, text, options in unknown_factors({**stated, **keyed}):
        context.complain("factor-unknown", sheet, place, key, text, nearest=options)
    if not has_errors(context.problems):
        check_energy_factors(context)


def check_energy_factors(context: Context) -> None:
    """Factors of electricity and displaced heat have rows of module B6 per unit of energy."""
    study = context.study
    asked = [("Energy", i, "factor", row.factor) for i, row in enumerate(study.energy) if row.carrier in MAINS]
    asked += [("Contracts", i, "factor", contract.factor) for i, contract in enumerate(study.contracts)]
    asked += [
        ("Heat", i, "displaced_factor", row.displaced_factor)
        for i, row in enumerate(study.heat)
        if row.displaced_factor != MERIT_ORDER
    ]
    if study.network is not None:
        asked += [("Heat network", 0, "merit_order", unit) for unit, _ in study.network.merit_order or ()]
    mix = study.settings.residual_mix
    asked += [("Study", 0, "residual_mix", mix)] if mix and mix not in ("constant", "follow-grid") else []
    for sheet, i, column, factor_id in asked:
        if factor_id is None:
            continue
        rows = [row for row in context.library.factors[factor_id] if row.module == "B6"]
        electric = sheet not in ("Heat", "Heat network") and not (
            sheet == "Energy" and study.energy[i].carrier.startswith("district")
        )
        if electric and context.library.family(factor_id) in ("district-heat", "fuel"):
            family = context.library.family(factor_id)
            context.complain("factor-of-other-energy", sheet, i, column, factor_id, family=family)
        elif not rows or any(row.per.dimension != "energy" for row in rows):
            context.complain("factor-not-energy", sheet, i, column, factor_id)


def electricity_of(study: Study) -> Electricity:
    """Return the electricity of a study before anything is expanded: which grid it stands on, how it goes on."""
    context = Context(study, shelf_of(study), Parameters(), System())
    return Electricity(context, Matching(context, []))


def expand(
    study: Study,
    overrides: Mapping[str, Sequence[float] | Values] | None = None,
    changes: Changes = NOTHING,
    length: int = 1,
) -> Context:
    """Build the product system of a study, over a free axis where parameters are overridden.

    What only a measure brings is no part of it; ``changes`` bring what some measures change.

    Parameters
    ----------
    study
        A study without errors.
    overrides
        Parameter names (see ``lca.parameters``) to values along the axis.
    changes, length
        What measures change, and how long the axis is that its amounts run over.

    Returns
    -------
    Context
        With the system, the marks, and the problems that follow from the numbers.

    Raises
    ------
    ValueError
        An override names no parameter of this study.
    """
    study, parameters = study.base, Parameters(overrides)
    system = System(max(parameters.length, length))
    context = Context(study, shelf_of(study), parameters, system, changes=changes)
    check_factors(context)
    if has_errors(context.problems):
        return context
    expand_lines(context)
    expand_refrigerants(context)
    expand_water(context)
    typed = by_year(context, "Energy", study.energy, takes_over(context))
    yearly = context.yearly = energy.following_it(context, typed)
    theirs = heat.outside_meters(context, yearly)
    metered, yearly = yearly, [each for each in yearly if (each.index, each.year) not in theirs]
    uses = [
        (energy.tag_of(each, "electricity"), energy.use_of(each))
        for each in yearly
        if each.row.carrier == "electricity"
    ]
    uses = with_profile(context, uses + energy.derived_it(context))
    simulated = expand_simulation(context, uses)
    uses += simulated
    if study.network is not None:
        context.network = Network(context, changes.row(study.network, study.settings.start_year))
    heats = context.heats = heat.by_year(context, metered)
    if has_errors(context.problems):
        return context
    pumps = heat.derived_uses(context, heats)
    matching = context.matching = Matching(context, [use for _, use in uses] + [use for _, use, _ in pumps])
    if matching.hourly or simulated:  # a changed amount would move shares and hours that no proportion follows
        uses = [(replace(tag, fixed=True), use) for tag, use in uses]
        pumps = [(replace(tag, fixed=True), use, of) for tag, use, of in pumps]
    electricity = Electricity(context, matching)
    if electricity.country_grid and electricity.trajectories.weights and has_errors(context.problems):
        return context
    for each in yearly:
        if each.row.carrier == "onsite-electricity":
            matching.onsite.setdefault(each.year, []).append((each.row, kwh_of(each)))
    exported = [e for e in yearly if e.row.carrier == "exported-electricity" and not e.row.factor]
    others = [use for each in heats for use in heat.outside_uses(context, each)]
    on_grid = any(not use.factor for use in (*(use for _, use in uses), *others)) or pumps or exported
    if on_grid and not electricity.country_grid:
        context.complain("grid-missing", "Study", None, "country", study.settings.country)
        return context
    if study.settings.grid_connection is None and uses:
        context.complain("losses-missing", "Study", None, "grid_connection")
    energy.expand_electricity(context, electricity, uses)
    heat.expand_heat_pumps(context, electricity, pumps)
    energy.expand_carriers(context, yearly)
    energy.expand_tests(context, generator_tests(context))
    expand_outside(context, electricity, heats, yearly)
    matching.say_surplus()
    if not has_errors(context.problems) and (unused := parameters.unused()):
        raise ValueError(f"no such parameter: {', '.join(sorted(unused))}")
    return context
