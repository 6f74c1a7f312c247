"""The command ``jalki``: each subcommand is a thin module that imports what it needs when it runs."""

import gc
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from cli.output import Console

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


class Basis(StrEnum):
    """Bases for electricity."""

    LOCATION = "location"
    MARKET = "market"


Lang = Annotated[Language, typer.Option("--lang", help="Language of texts: en, fi or sv.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Workbook = Annotated[Path, typer.Argument(help="Input workbook (.xlsx).")]


def console(language: Language, *, quiet: bool = False) -> "Console":
    """Return what a command speaks through."""
    from cli.output import Console

    return Console(language.value, quiet)


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
    quiet: Quiet = False,
) -> None:
    """Write an input workbook: blank, filled with an example, or from ten answers."""
    from cli import new as command

    command.run(file, example, console(lang, quiet=quiet), screening=screening)


@app.command()
def check(
    file: Workbook,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", help="Write a copy of the workbook with every problem marked in its cell (.xlsx)."),
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
    quiet: Quiet = False,
) -> None:
    """Check a workbook: every problem, with its cell and its cure."""
    from cli import check as command

    command.run(file, annotate, console(lang, quiet=quiet), json=json)


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
    quiet: Quiet = False,
) -> None:
    """Assess a study: summary on the terminal; STEM-report.pdf, STEM-results.xlsx and STEM-results.json beside it."""
    from cli import assess as command

    command.run(file, output, console(lang, quiet=quiet), final=final, explain=explain, json=json)


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="Results document (STEM-results.json).")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the results; default: beside the document.")
    ] = None,
    lang: Lang = Language.EN,
    quiet: Quiet = False,
) -> None:
    """Print a results document again: STEM-report.pdf and STEM-results.xlsx, in any language."""
    from cli import report as command

    command.run(file, output, console(lang, quiet=quiet))


@app.command()
def compare(
    one: Annotated[Path, typer.Argument(help="Workbook (.xlsx) or results document (.json).")],
    other: Annotated[Path, typer.Argument(help="Workbook or results document to compare it with.")],
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Compare two studies: which inputs differ, what each difference does, by section and module, on both bases."""
    from cli import compare as command

    command.run(one, other, console(lang), json=json)


@app.command()
def kpi(
    file: Annotated[Path, typer.Argument(help="Workbook (.xlsx) or results document (.json).")],
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Tell the key figures (PUE, REF, ERF, ERE, CER, CUE, WUE), each with the meters it came from."""
    from cli import kpi as command

    command.run(file, console(lang), json=json)


@app.command()
def heat(
    file: Annotated[Path, typer.Argument(help="Workbook (.xlsx) or results document (.json).")],
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Tell recovered heat: every method side by side, heat pump, credit, months, claims, agreement, heat or power."""
    from cli import heat as command

    command.run(file, console(lang), json=json)


@app.command()
def measures(
    file: Annotated[Path, typer.Argument(help="Workbook (.xlsx) or results document (.json).")],
    export: Annotated[
        Path | None,
        typer.Option("--export", help="Write a copy of the workbook with rows of the catalogue in its sheet Measures."),
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Tell the measures: what each avoids alone, in order and together, what it costs, which of the catalogue fit."""
    from cli import measures as command

    command.run(file, export, console(lang), json=json)


@app.command()
def plan(  # noqa: PLR0913 - the options of the command
    file: Annotated[Path, typer.Argument(help="Workbook (.xlsx) or results document (.json).")],
    budget: Annotated[
        list[str] | None,
        typer.Option("--budget", help='Most that first purchases may cost: "5 M€" in all, "500000 EUR/a" by the year.'),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", help='What to reach: "50 %" less, at most "9000 t", or the pathway "1.5 °C".'),
    ] = None,
    by_year: Annotated[
        int | None,
        typer.Option(
            "--by-year",
            help="Year from which on the target holds, or until which a pathway does; blank: the whole period.",
        ),
    ] = None,
    basis: Annotated[
        Basis | None, typer.Option("--basis", help="Basis that the plan is chosen by; blank: as the study says.")
    ] = None,
    promised: Annotated[
        Path | None,
        typer.Option("--promised", help="Earlier study or results document: compare what its plan promised with FILE."),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write a copy of the workbook with the plan in its sheet Measures.")
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Tell which measures to carry out and when: the best within a budget, or the cheapest that reach a target."""
    from cli import plan as command

    wishes = command.Wishes(budget or (), target, by_year, None if basis is None else basis.value)
    command.run(file, wishes, promised, export, console(lang), json=json)


@app.command()
def simulate(
    file: Workbook,
    hours: Annotated[
        Path | None,
        typer.Option("--hours", help="Write the hours of the first year simulated (.csv); a profile reads them."),
    ] = None,
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Simulate the hall of the Simulation sheet: PUE, water and heat by year and month, and what redundancy costs."""
    from cli import simulate as command

    command.run(file, hours, console(lang), json=json)


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

    command.search(" ".join(words or ()), console(lang), section=section, unit=unit, place=place, json=json)


@factors_app.command("show")
def factors_show(
    factor: Annotated[str, typer.Argument(help="Id of a factor, a gas, or equipment:KIND.")],
    json: Json = False,
    lang: Lang = Language.EN,
) -> None:
    """Show a factor: every row with its value, source and licence, and what could stand in its place; or a gas."""
    from cli import factors as command

    command.show(factor, console(lang), json=json)


@factors_app.command("passport")
def factors_passport(file: Workbook, json: Json = False, lang: Lang = Language.EN) -> None:
    """Assess a workbook and tell what its footprint rests on: factor rows by share, flags on the weak ones."""
    from cli import factors as command

    command.passport(file, console(lang), json=json)


@factors_app.command("sources")
def factors_sources(json: Json = False, lang: Lang = Language.EN) -> None:
    """List every source with its licence."""
    from cli import factors as command

    command.sources(console(lang), json=json)


@factors_app.command("check")
def factors_check(json: Json = False, lang: Lang = Language.EN) -> None:
    """Check the library; exit 5 where a rule finds a fault."""
    from cli import factors as command

    command.check(console(lang), json=json)


def main() -> None:
    """Run the command; it lives for seconds, so that looking for cycles to collect at every turn does not pay."""
    gc.set_threshold(1_000_000, 20, 20)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except OSError as error:  # a full disk, a reader that has gone: no traceback
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"jalki: {error.strerror or error}\n")
        raise SystemExit(1) from None
