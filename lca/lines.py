"""Lines of Construction, Plant and Hardware: sets over the years, each with what it brings and what it takes away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from inventories.keyed import Settings
from inventories.study import Line, Refrigerant, Study, table
from lca.changes import BEFORE
from lca.context import Context
from lca.parameters import Number
from lca.recipes import Recipe, Share, recipe_of
from lca.replacement import (
    FIRST,
    LAST,
    LEAVING,
    REPLACEMENT,
    TICK,
    Event,
    Life,
    Service,
    bought,
    changed,
    in_service,
    sets_of,
    spans_of,
    taken_out,
)
from lca.system import Tag

Installed = Line | Refrigerant
"""A row of something installed for a time."""


def expand_lines(context: Context) -> None:
    """Put every line of Construction, Plant and Hardware into the product system; their dates are kept."""
    for sheet, lines in (
        ("Construction", context.study.construction),
        ("Plant", context.study.plant),
        ("Hardware", context.study.hardware),
    ):
        context.lives.update(lives_of(context, lines, partial(_life_of, context, sheet)))
        for row, line in enumerate(lines):
            _expand(context, sheet, row, line, context.lives[line.id])


LifeOf = Callable[[int, Installed], Number | None]
"""Life of a row [a]; None: to the end."""


def lives_of(
    context: Context,
    lines: Sequence[Installed],
    life_of: LifeOf,
    holder_of: Callable[[Installed], Life | None] = lambda _: None,
) -> dict[str, Life]:
    """Dates of the rows of a sheet; a successor starts when its predecessor ends.

    ``holder_of`` gives the dates of the line that holds a row: what is blank is as there.
    """
    typed, lines = {line.id: line for line in lines}, [context.changes.dated(line) for line in lines]
    before = {line.replaced_by: line for line in lines if line.replaced_by not in (None, "same", "none")}
    by_id = {line.id: (row, line) for row, line in enumerate(lines)}
    found: dict[str, Life] = {}

    def of(line: Installed) -> Life:
        if line.id not in found:
            predecessor = before.get(line.id)
            earlier = of(predecessor) if predecessor is not None else None
            life = life_of(by_id[line.id][0], line)
            holder = holder_of(line)
            dated = _dated(context.study.settings, line, life, earlier, holder)
            if holder is not None and life is holder.life and dated.installed == holder.installed:
                dated = replace(dated, then=holder.then)
            known = line.service_life
            for since, state in context.changes.states(typed[line.id])[1:]:
                if state.service_life is not None and state.service_life != known:
                    known = state.service_life
                    dated = changed(dated, known, since)
            found[line.id] = dated
        return found[line.id]

    for line in lines:
        of(line)
    return found


def _life_of(context: Context, sheet: str, row: int, line: Installed) -> Number | None:
    """Life as typed, else the library's for the factor of Plant; Construction without one lasts to the end."""
    if not isinstance(line, Line):
        raise TypeError(f"{line.id} is no line")
    life = line.service_life
    if life is None and sheet != "Construction" and line.module is None:
        default = context.library.property(line.factor, "service_life")
        if default is None:
            context.complain("service-life", sheet, row, "service_life", "", factor=line.factor)
            return None
        life = context.default(line.id, "service_life", default)
    return None if life is None else context.parameters(f"line:{line.id}:service_life", life)


def _dated(settings: Settings, line: Installed, life: Number | None, earlier: Life | None, holder: Life | None) -> Life:
    period = Service(settings.start_year, settings.end_year)
    held = period if holder is None else holder.service
    successor = "other" if line.replaced_by not in (None, "same", "none") else line.replaced_by or held.successor
    until = held.until if line.until is None else line.until
    installed: Number = float(settings.start_year)
    follows = earlier is not None
    if line.installed is not None:
        installed = float(line.installed)
    elif earlier is not None and earlier.life is not None:
        installed = _end_of(earlier)
    elif holder is not None:
        installed, follows = holder.installed, follows or held.follows
    service = replace(period, until=until, successor=successor, follows=follows)
    return Life(service, installed, life, 1 if earlier is None else earlier.generation + 1)


def _end_of(life: Life) -> Number:
    """When a line that is followed by another ends: with its life, or earlier after its last year."""
    end = life.installed + (0.0 if life.life is None else life.life)
    return end if life.service.until is None else np.minimum(end, life.service.until + 1.0)


def _expand(context: Context, sheet: str, row: int, line: Line, life: Life) -> None:
    left = partial(context.changes.of_factor, line)
    recipes = recipes_of(context, line, lambda state, since: recipe_of(context, sheet, row, state, left(since)))
    if recipes is None:
        return
    tag = Tag(
        line=line.id,
        name=line.item,
        section=sheet.lower(),
        zone=line.zone or "data-centre",
        owner=line.owner or "facility",
        module="",
        year=0,
        quality=line.quality or "",
        amount=f"study/{sheet}/{row}/{'count' if sheet == 'Hardware' else 'amount'}",
    )
    if line.module in ("B2", "B3", "B5"):
        _repeated(context, line, life, recipes, tag)
        return
    section = sheet.lower()
    rule = context.parameters(f"choice:pro_rata:{section}", float(is_pro_rata(context.study.settings, section)))
    found = sets_of(life, rule)
    for recipe, event in merged(recipes.each(found, life), by_generation=section == "hardware"):
        generation = life.generation + event.generation if section == "hardware" else None
        book(context, recipe, event, replace(tag, year=event.year, generation=generation))
    leaves = [event for event in found if event.role in (LAST, LEAVING)]
    together = [(recipe, replace(event, role=LAST, generation=0)) for recipe, event in recipes.each(leaves, life)]
    for recipe, event in merged(together):
        if recipe.outside:
            at = replace(tag, module="D1", year=event.year, claim_holder=tag.owner)
            take(context, at, event.weight, recipe.outside, "D1")


@dataclass(frozen=True)
class Recipes:
    """What a set of a row brings and takes away: one recipe unless measures change it.

    Attributes
    ----------
    by_year
        Recipes by the years from which on a set was bought, and is taken out.
    """

    context: Context
    row: Installed
    by_year: Sequence[tuple[int, int, Recipe]]

    def each(self, found: Iterable[Event], life: Life) -> "list[tuple[Recipe, Event]]":
        """Sets with their recipe, as many as there are of those bought when they were."""
        if not self.context.changes.touches(self.row):
            return [(self.by_year[0][2], event) for event in found]
        when = ((event, bought(life, event.generation), taken_out(life, event)) for event in found)
        return [(self._at(since, until), self._there(event, since)) for event, since, until in when]

    def of(self, event: Event) -> tuple[Recipe, Event]:
        """Recipe of what happens in a year, as much as there is then."""
        return self._at(event.year, event.year), self._there(event, event.year)

    def _at(self, came: int, goes: int) -> Recipe:
        return [recipe for since, until, recipe in self.by_year if since <= came and until <= goes][-1]

    def _there(self, event: Event, year: int) -> Event:
        return replace(event, weight=event.weight * self.context.changes.amount(self.row, year))


def recipes_of(
    context: Context, line: Installed, recipe: "Callable[[Any, int], Recipe | None]", leaving: Sequence[str] = ()
) -> Recipes | None:
    """Recipes of a row in each of its states; None after an error.

    ``recipe`` takes a row as it is bought and the year that state begins in; the fields ``leaving`` of it are those of
    the year in which a set is taken out.
    """
    found = []
    states = context.changes.states(line)
    for since, state in states:
        for until, last in states if leaving else [(since, state)]:
            if until < since:
                continue
            made = recipe(replace(state, **{key: getattr(last, key) for key in leaving}), since)
            if made is None:
                return None
            found.append((since, until, made))
    return Recipes(context, line, found)


def in_place(context: Context, row: Installed, life: Life, year: int) -> list[tuple[int, Number]]:
    """How much of a row is in service in a year [a], by the year in which it was bought.

    What a measure changes of what is bought is so from the next set on; the sets in place stay as they are.
    """
    if not context.changes.touches(row):
        return [(BEFORE, in_service(life.service, life.installed, life.life, year))]
    found = []
    for begin, end in spans_of(life):
        served = (min(end, (year + 1) * TICK) - max(begin, year * TICK)) / TICK
        if served > 0.0:
            since = begin // TICK
            found.append((since, served * context.changes.amount(row, since)))
    return found


def replaced_sections(study: Study) -> list[str]:
    """Sections with lines that the replacement rule moves."""
    found = [
        section
        for section in ("construction", "plant", "hardware")
        if any(line.module is None for line in table(study, section.capitalize()))
    ]
    return [*found, "refrigerants"] if study.refrigerants else found


def is_pro_rata(settings: Settings, section: str) -> bool:
    """Whether a section is replaced pro rata by the rule of a study."""
    rule = settings.replacement_rule or ("pro-rata" if settings.study_type == "annual" else "standard")
    return rule == "pro-rata" or (rule == "standard" and section == "hardware")


def merged(found: Sequence[tuple[Recipe, Event]], *, by_generation: bool = False) -> list[tuple[Recipe, Event]]:
    """Add up sets of one role, year and recipe, unless generations are told apart."""
    if by_generation:
        return list(found)
    merged: dict[tuple[int, str, int], tuple[Recipe, Event]] = {}
    for recipe, event in found:
        key = (id(recipe), event.role, event.year)
        known = merged.get(key)
        merged[key] = (recipe, event if known is None else replace(event, weight=known[1].weight + event.weight))
    return list(merged.values())


def book(context: Context, recipe: Recipe, event: Event, tag: Tag) -> None:
    """Book what comes or goes in an event; inside B4 the module stands as ``inner``."""
    shares = recipe.comes if event.role in (FIRST, REPLACEMENT) else recipe.goes
    within = "B4" if event.role in (REPLACEMENT, LEAVING) else ""
    take_by_module(context, shares, event.weight, tag, within)


def take_by_module(context: Context, shares: Iterable[Share], weight: Number, tag: Tag, within: str) -> None:
    """Make one process of each module and status of the shares; inside another module theirs stands as ``inner``."""
    groups: dict[tuple[str, str], list[Share]] = {}
    for share in shares:
        groups.setdefault((share.module, share.status), []).append(share)
    for (module, status), members in groups.items():
        here = replace(tag, module=within or module, inner=module if within else "", status=status)
        take(context, here, weight, members)


def take(context: Context, tag: Tag, weight: Number, shares: Sequence[Share], outside: str = "") -> None:
    """Make the process of a line in a module and year, demanded ``weight`` times, out of shares of factors."""
    process = context.system.line(tag, weight, outside)
    for share in shares:
        for leaf, each in _leaves(context, share, tag.year, tag.line):
            context.system.take(process, leaf, share.amount * each)


def _leaves(context: Context, share: Share, year: int, line: str) -> list[tuple[int, float]]:
    if share.kind == "closure":
        return [(context.system.leaf(share.factor, kind="closure"), 1.0)]
    if share.kind == "gas":
        context.use(share.factor.id, line)
        return [(context.system.leaf(share.factor, context.parameters(f"factor:{share.factor.id}", 1.0), "gas"), 1.0)]
    unit = context.library.factors[share.factor.id][0].per
    taken = year if share.year is None else share.year
    return context.leaves(share.factor.id, share.factor.module, share.factor.part, taken, line, unit)


def _repeated(context: Context, line: Line, life: Life, recipes: Recipes, tag: Tag) -> None:
    """Maintenance, repair, refurbishment: the first event when installed, then once a life, in one module."""
    single = life if life.life is not None else replace(life, service=replace(life.service, successor="none"))
    happens = [replace(event, role=FIRST) for event in sets_of(single, 0.0) if event.role in (FIRST, REPLACEMENT)]
    for recipe, event in merged([recipes.of(event) for event in happens]):
        at = replace(tag, module=line.module or "", year=event.year)
        take(context, at, event.weight, recipe.comes + recipe.goes)
