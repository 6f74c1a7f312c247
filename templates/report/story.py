"""The chapters in order, and the whole report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from templates.report.action_plan import plan_page
from templates.report.attachment import finish
from templates.report.breakdown import breakdown
from templates.report.choices import choices, problems, versions
from templates.report.coverage import coverage
from templates.report.document import Contents, Heading, Report
from templates.report.edition import Edition
from templates.report.fonts import register
from templates.report.grid import grid_by_year
from templates.report.heat import recovered_heat
from templates.report.inventory import inventory
from templates.report.keyfigures import electricity_by_year, key_figures
from templates.report.measures import TITLE as MEASURES
from templates.report.measures import costs, effects, figures_changed, has_measures, steps
from templates.report.outside import outside
from templates.report.plan_outlook import outlook
from templates.report.sources import factors, properties, sources
from templates.report.style import MM
from templates.report.summary import summary
from templates.report.values import values
from templates.report.years import by_year, energy_by_part, purchases
from templates.texts import N_

Page = Callable[[Edition], list[Flowable]]

_ROOM = 72 * MM


@dataclass(frozen=True)
class Chapter:
    """Key, title and pages of a chapter; it begins on a new page where less than ``room`` is left.

    ``told`` says of which documents: a chapter that a document has nothing for is left out, heading and all.
    """

    key: str
    title: str
    pages: tuple[Page, ...]
    room: float = _ROOM
    told: Callable[[Mapping[str, Any]], bool] = lambda _: True


CHAPTERS = (
    Chapter("breakdown", N_("What the footprint is made of"), (breakdown, by_year, purchases, energy_by_part)),
    Chapter(
        "figures", N_("Key figures and electricity"), (key_figures, electricity_by_year, grid_by_year), room=150 * MM
    ),
    Chapter("outside", N_("Outside the footprint"), (outside,)),
    Chapter("heat", N_("Recovered heat"), (recovered_heat,), room=150 * MM),
    Chapter(
        "measures",
        MEASURES,
        (effects, figures_changed, steps, costs, plan_page, outlook),
        room=150 * MM,
        told=has_measures,
    ),
    Chapter("inventory", N_("Inventory with evidence"), (inventory,)),
    Chapter("values", N_("Values not typed"), (values,)),
    Chapter("factors", N_("Factors and their sources"), (factors, properties, sources)),
    Chapter("coverage", N_("Coverage"), (coverage,), room=150 * MM),
    Chapter("choices", N_("Choices and problems"), (choices, problems, versions)),
)


def story(edition: Edition) -> list[Flowable]:
    """Everything printed, in order."""
    chapters = [each for each in CHAPTERS if each.told(edition.document)]
    titles = {each.key: f"{number}  {edition.texts(each.title)}" for number, each in enumerate(chapters, start=1)}
    flowables = [*summary(edition), PageBreak(), Contents(titles)]
    for chapter in chapters:
        flowables += [CondPageBreak(chapter.room), Heading(titles[chapter.key], chapter.key)]
        for page in chapter.pages:
            flowables += page(edition)
    return flowables


def rendered(document: Mapping[str, Any], language: str) -> tuple[bytes, list[tuple[str, str]]]:
    """Make the report: the bytes of the file, and each number printed with its path."""
    register()
    edition, pages = Edition.of(document, language), BytesIO()
    Report(edition, pages).make(story(edition))
    description = edition.texts(N_("The study this report was made from, with its choices and input hash"))
    return finish(pages.getvalue(), document, description), edition.figures.printed
