"""The command ``jalki``: each subcommand is a thin module that imports what it needs when it runs."""

import gc
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="jalki",
    help="Life-cycle carbon footprint of data centres: one workbook in, one report out.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
factors_app = typer.Typer(
    help="Search and show the emission-factor library, and what a study takes from it.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(factors_app, name="factors")


class Language(StrEnum):
    """Languages of texts and workbooks."""

    EN = "en"
    FI = "fi"
    SV = "sv"


Lang = Annotated[Language, typer.Option("--lang", help="Language of texts: en, fi or sv.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Workbook = Annotated[Path, typer.Argument(help="Input workbook (.xlsx).")]


def _version(wanted: bool) -> None:
    if wanted:
        from cli.version import print_version

        print_version()
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Life-cycle carbon footprint of data centres: one workbook in, one report out."""


@app.command()
def new(
    file: Annotated[Path, typer.Argument(help="Workbook to write (.xlsx).")],
    example: Annotated[
        str | None, typer.Option("--example", help="Fill it with an example: server-room, kajaani or kaj-10.")
    ] = None,
    screening: Annotated[
        bool, typer.Option("--screening", help="Fill it from ten questions, one answer a line (standard input).")
    ] = False,
    lang: Lang = Language.EN,
) -> None:
    """Write an input workbook: blank, filled with an example, or from ten answers."""
    from cli import new as command

    command.run(file, example, lang.value, screening=screening)


@app.command()
def check(
    file: Workbook,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Write a copy of the workbook with every problem marked in its cell (.xlsx)."),
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Check a workbook: every problem, with its cell and its cure."""
    from cli import check as command

    command.run(file, annotate, json=json, language=lang.value)


@app.command()
def assess(
    file: Workbook,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; default: beside the workbook.")
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Refuse a result with gaps.")] = False,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help="Print the walk behind a line (its id) or a number (its path in the results)."),
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Assess a study: summary on the terminal; STEM-report.pdf, STEM-results.xlsx and STEM-results.json beside it."""
    from cli import assess as command

    command.run(file, output, final=final, explain=explain, json=json, language=lang.value)


@factors_app.command("search")
def factors_search(
    words: Annotated[
        list[str] | None, typer.Argument(help="Words of a name, id, family or gas, in any of the three languages.")
    ] = None,
    section: Annotated[str, typer.Option("--section", help="Only of a section, for example plant.")] = "",
    unit: Annotated[
        str, typer.Option("--unit", help="Only what a line in such a unit or dimension can use: m3, kWh, mass.")
    ] = "",
    place: Annotated[str, typer.Option("--place", help="Only of a place, for example FI or Suomi.")] = "",
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Search the library, best first; slips of the pen are forgiven."""
    from cli import factors as command

    command.search(" ".join(words or ()), section=section, unit=unit, place=place, json=json, language=lang.value)


@factors_app.command("show")
def factors_show(
    factor: Annotated[str, typer.Argument(help="Id of a factor, a gas, or equipment:KIND.")],
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Show a factor: every row with its value, source and licence, and what could stand in its place; or a gas."""
    from cli import factors as command

    command.show(factor, json=json, language=lang.value)


@factors_app.command("passport")
def factors_passport(file: Workbook, json: Json = False, lang: Lang = Language.EN) -> None:
    """Assess a workbook and tell what its footprint rests on: factor rows by share, flags on the weak ones."""
    from cli import factors as command

    command.passport(file, json=json, language=lang.value)


@factors_app.command("sources")
def factors_sources(json: Json = False) -> None:
    """List every source with its licence."""
    from cli import factors as command

    command.sources(json=json)


@factors_app.command("check")
def factors_check(json: Json = False) -> None:
    """Check the library; exit 5 where a rule finds a fault."""
    from cli import factors as command

    command.check(json=json)


def main() -> None:
    """Run the command; it lives for seconds, so that looking for cycles to collect at every turn does not pay."""
    gc.set_threshold(100_000, 20, 20)
    app()
