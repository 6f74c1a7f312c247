"""Lines of Construction, Plant and Hardware: sets over the years, each with what it brings and what it takes away."""

from dataclasses import dataclass, replace

import numpy as np

from inventories.study import Line, Settings
from lca.context import Context
from lca.parameters import Number
from lca.recipes import Recipe, Share, recipe_of
from lca.replacement import FIRST, LAST, LEAVING, REPLACEMENT, Event, Service, events
from lca.system import Tag


@dataclass(frozen=True)
class Life:
    """Dates of a line after its predecessor is known."""

    service: Service
    installed: Number
    life: Number | None
    generation: int
    status: str = "given"


def expand_lines(context: Context) -> None:
    """Put every line of Construction, Plant and Hardware into the product system."""
    for sheet, lines in (
        ("Construction", context.study.construction),
        ("Plant", context.study.plant),
        ("Hardware", context.study.hardware),
    ):
        lives = lives_of(context, sheet, lines)
        for row, line in enumerate(lines):
            _expand(context, sheet, row, line, lives.get(line.id))


def lives_of(context: Context, sheet: str, lines: tuple[Line, ...]) -> dict[str, Life]:
    """Dates of the lines of a sheet; a successor starts when its predecessor ends."""
    before = {line.replaced_by: line for line in lines if line.replaced_by not in (None, "same", "none")}
    by_id = {line.id: (row, line) for row, line in enumerate(lines)}
    found: dict[str, Life] = {}

    def of(line: Line) -> Life | None:
        if line.id not in found:
            row = by_id[line.id][0]
            predecessor = before.get(line.id)
            earlier = of(predecessor) if predecessor is not None else None
            made = _life(context, sheet, row, line, earlier)
            if made is None:
                return None
            found[line.id] = made
        return found[line.id]

    for line in lines:
        of(line)
    return found


def _life(context: Context, sheet: str, row: int, line: Line, earlier: Life | None) -> Life | None:
    settings = context.study.settings
    successor = "other" if line.replaced_by not in (None, "same", "none") else line.replaced_by or "same"
    life, status = line.service_life, "given"
    if life is None and sheet != "Construction" and line.module is None:
        default = context.library.property(line.factor, "service_life")
        if default is None:
            context.complain("service-life", sheet, row, "service_life", "", factor=line.factor)
            return None
        life, status = default.value, "default"
        context.properties[default.subject, default.property] = default.source
        how = f"library default of {default.subject}"
        context.mark(line.id, "service_life", life, "a", "default", how, default.source)
    installed: Number = float(settings.start_year if line.installed is None else line.installed)
    generation = 1
    if earlier is not None:
        generation = earlier.generation + 1
        if line.installed is None and earlier.life is not None:
            installed = _end_of(earlier)
    service = Service(settings.start_year, settings.end_year, line.until, successor, earlier is not None)
    named = context.parameters(f"line:{line.id}:service_life", life) if life is not None else None
    return Life(service, installed, named, generation, status)


def _end_of(life: Life) -> Number:
    """When a line that is followed by another ends: with its life, or earlier after its last year."""
    end = life.installed + (0.0 if life.life is None else life.life)
    return end if life.service.until is None else np.minimum(end, life.service.until + 1.0)


def _expand(context: Context, sheet: str, row: int, line: Line, life: Life | None) -> None:
    if life is None:
        return
    recipe = recipe_of(context, sheet, row, line)
    if recipe is None:
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
        carrier="",
    )
    if line.module in ("B2", "B3", "B5"):
        _repeated(context, line, life, recipe, tag)
        return
    section = sheet.lower()
    rule = context.parameters(f"choice:pro_rata:{section}", float(is_pro_rata(context.study.settings, section)))
    for event in _merged(events(life.service, life.installed, life.life, rule), section == "hardware"):
        generation = life.generation + event.generation if section == "hardware" else None
        at = replace(tag, year=event.year, generation=generation)
        _book(context, recipe, event, at, line)
    if recipe.outside:
        leaves = [
            replace(event, role=LAST, generation=0)
            for event in events(life.service, life.installed, life.life, rule)
            if event.role in (LAST, LEAVING)
        ]
        for event in _merged(leaves, by_generation=False):
            at = replace(tag, module="D1", year=event.year, claim_holder=tag.owner)
            _take(context, at, event, recipe.outside, line, "D1")


def is_pro_rata(settings: Settings, section: str) -> bool:
    """Whether a section is replaced pro rata by the rule of a study."""
    rule = settings.replacement_rule or ("pro-rata" if settings.study_type == "annual" else "standard")
    return rule == "pro-rata" or (rule == "standard" and section == "hardware")


def _merged(found: list[Event], by_generation: bool) -> list[Event]:
    """Add up sets of one role and year, unless generations are told apart."""
    if by_generation:
        return found
    merged: dict[tuple[str, int], Event] = {}
    for event in found:
        key = (event.role, event.year)
        known = merged.get(key)
        merged[key] = event if known is None else replace(known, weight=known.weight + event.weight)
    return list(merged.values())


def _book(context: Context, recipe: Recipe, event: Event, tag: Tag, line: Line) -> None:
    """Book what comes or goes in an event; inside B4 the module stands as ``inner``."""
    shares = recipe.comes if event.role in (FIRST, REPLACEMENT) else recipe.goes
    replaced = event.role in (REPLACEMENT, LEAVING)
    groups: dict[tuple[str, str], list[Share]] = {}
    for share in shares:
        groups.setdefault((share.module, share.status), []).append(share)
    for (module, status), members in groups.items():
        here = replace(tag, module="B4" if replaced else module, inner=module if replaced else "", status=status)
        _take(context, here, event, members, line)


def _take(
    context: Context, tag: Tag, event: Event, shares: list[Share] | tuple[Share, ...], line: Line, outside: str = ""
) -> None:
    process = context.system.line(tag, event.weight, outside)
    for share in shares:
        for leaf, weight in _leaves(context, share, tag.year, line.id):
            context.system.take(process, leaf, share.amount * weight)


def _leaves(context: Context, share: Share, year: int, line: str) -> list[tuple[int, float]]:
    if share.kind == "closure":
        return [(context.system.leaf(share.factor, kind="closure"), 1.0)]
    unit = context.library.factors[share.factor.id][0].per
    taken = year if share.year is None else share.year
    return context.leaves(share.factor.id, share.factor.module, share.factor.part, taken, line, unit)


def _repeated(context: Context, line: Line, life: Life, recipe: Recipe, tag: Tag) -> None:
    """Maintenance, repair, refurbishment: the first event when installed, then once a life, in one module."""
    single = life if life.life is not None else replace(life, service=replace(life.service, successor="none"))
    happens = [
        replace(event, role=FIRST)
        for event in events(single.service, single.installed, single.life, 0.0)
        if event.role in (FIRST, REPLACEMENT)
    ]
    for event in _merged(happens, by_generation=False):
        at = replace(tag, module=line.module or "", year=event.year)
        _take(context, at, event, recipe.comes + recipe.goes, line)
