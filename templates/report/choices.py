"""Choices of method with what the other rule would give, problems found, and versions."""

from collections.abc import Callable, Mapping
from typing import Any

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from templates import words
from templates.report.breakdown import decimals_of_totals, subheading
from templates.report.edition import BASES, Edition
from templates.report.findings import problem_text
from templates.report.grid import followed
from templates.report.labels import choice_label
from templates.report.markup import Markup, alarming, bold, muted, text, together
from templates.report.style import style
from templates.report.tables import Column, Kind, Row, number, table
from templates.terminal import sheet_of
from templates.texts import N_


def choices(edition: Edition) -> list[Flowable]:
    """Choices with their values, and the totals under the other replacement rules."""
    rows = [
        Row(
            [
                text(edition.label(words.CHOICE, choice["choice"])),
                _value(edition, str(choice["choice"]), str(choice["value"])),
                text(edition.word(N_("chosen")) if choice["status"] == "given" else edition.word(N_("default"))),
            ]
        )
        for choice in edition.document["choices"]
    ]
    if not rows:
        return []
    columns = [
        Column(edition.word(N_("Choice")), 45),
        Column(edition.word(N_("Value"))),
        Column(edition.word(N_("By")), 22),
    ]
    return [*subheading(edition.say(N_("Choices"))), table(columns, rows), *_by_rule(edition), *_by_trajectory(edition)]


def _value(edition: Edition, choice: str, value: str) -> Markup:
    if choice == "replacement_rule":
        return text(edition.label(words.RULE, value))
    if choice == "grid_trajectory":
        of = edition.document["passport"].get("trajectory")
        label = text(trajectory_name(edition, value))
        if not of:
            return label
        return followed(edition, of) if value == of["name"] else together(label, followed(edition, of), by=": ")
    if choice == "boundary":
        return text(value.replace("A1-A3", "A1–A3").replace(";", ","))
    return text(choice_label(edition, choice, value))


def _by_rule(edition: Edition) -> list[Flowable]:
    """Totals under each replacement rule."""
    note = edition.say(
        N_(
            "Whole sets counts every set bought inside the period in full; pro rata counts the part of a "
            "life that lies inside it. Both are shown because the choice can move the result."
        )
    )
    head = edition.word(N_("Total under the replacement rule"))
    return _restated(edition, "replacement_rule", head, lambda row: edition.label(words.RULE, row["rule"]), note, "")


def _by_trajectory(edition: Edition) -> list[Flowable]:
    """Totals under every other trajectory of the grid."""
    note = edition.say(
        N_(
            "How the grid goes on after its newest factor is not known; each trajectory moves that factor by the "
            "ratio of two of its years. Contracts hold the factor they state."
        )
    )

    def name(row: Mapping[str, Any]) -> str:
        language = edition.texts.language
        return row["names"].get(language) or trajectory_name(edition, str(row["rule"]))

    of = edition.document["passport"].get("trajectory")
    own = followed(edition, of) if of else ""
    return _restated(edition, "grid_trajectory", edition.word(N_("Total if the grid follows")), name, note, own)


def trajectory_name(edition: Edition, name: str) -> str:
    """Name of a trajectory: of the closed list, of its factor, else as the study names it."""
    known = edition.document["passport"]["factors"]
    found = next((edition.name_of(row) for row in known if row["id"] == name), None)
    return found or choice_label(edition, "grid_trajectory", name)


def _restated(
    edition: Edition, name: str, head: str, named: Callable[[Mapping[str, Any]], str], note: Markup, chosen: str
) -> list[Flowable]:
    """Totals if a choice were decided otherwise, and that of the report, which is as ``chosen``."""
    decimals, rows = decimals_of_totals(edition), []
    for index, choice in enumerate(edition.document["choices"]):
        for place, total in enumerate(choice.get("totals", ()) if choice["choice"] == name else ()):
            path = f"choices/{index}/totals/{place}"
            rows.append(Row([text(named(total)), *(edition.fixed(f"{path}/{basis}", decimals) for basis in BASES)]))
    if not rows:
        return []
    own = [edition.fixed(f"totals/{basis}/total", decimals) for basis in BASES]
    this = edition.say(N_("This report: {name}"), name=chosen) if chosen else edition.word(N_("This report"))
    rows.append(Row([this, *own], "total"))
    columns = [
        Column(head),
        number(edition.word(N_("Location-based, t CO₂e")), 36),
        number(edition.word(N_("Market-based, t CO₂e")), 36),
    ]
    return [KeepTogether([table(columns, rows), Paragraph(note, style("note"))])]


def problems(edition: Edition) -> list[Flowable]:
    """Every gap and warning with its place and cure."""
    heading = subheading(edition.say(N_("Gaps and warnings")))
    records = edition.document["problems"]
    if not records:
        return [*heading, Paragraph(edition.say(N_("None was found.")), style("body"))]
    rows = []
    for problem in records:
        severity = text(edition.label(words.SEVERITY, problem["severity"]))
        place = [str(piece) for piece in (sheet_of(problem, edition.texts), problem["cell"]) if piece]
        kind: Kind = "row" if problem["severity"] == "warning" else "alarm"
        message = together(text(problem_text(edition, problem, "message"), 400), muted(text(problem["code"], 40)))
        cure = text(problem_text(edition, problem, "cure"), 300)
        rows.append(
            Row(
                [severity if kind == "row" else alarming(severity), text(" ".join(place), 60), message, cure],
                kind,
            )
        )
    columns = [
        Column(edition.word(N_("Severity")), 18),
        Column(edition.word(N_("Place")), 27),
        Column(edition.word(N_("What"))),
        Column(edition.word(N_("Cure")), 52),
    ]
    return [*heading, table(columns, rows, spread=True)]


def versions(edition: Edition) -> list[Flowable]:
    """Input hash, version of Jälki and of what it runs on."""
    document = edition.document
    libraries = ", ".join(f"{name} {version}" for name, version in document["jalki"].get("libraries", {}).items())
    rows = [
        Row([edition.word(N_("Jälki")), text(document["jalki"]["version"], 40)]),
        Row([edition.word(N_("Runs on")), text(libraries, 400)]),
        Row(
            [
                edition.word(N_("Results document")),
                edition.say(N_("schema version {version}"), version=document["schema_version"]),
            ]
        ),
        Row([edition.word(N_("Input, SHA-256")), bold(document["input_hash"])]),
    ]
    note = edition.say(
        N_(
            "The hash covers the study, the factor and property rows used and the choices. Equal hashes "
            "mean equal inputs; equal inputs give this result again, to a billionth on another machine."
        )
    )
    columns = [Column(edition.word(N_("What")), 35), Column(edition.word(N_("Value")))]
    return [*subheading(edition.say(N_("Versions"))), table(columns, rows), Paragraph(note, style("note"))]
