"""The footprint by module, section, scope and component, on both bases."""

from collections.abc import Mapping, Sequence

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Paragraph

from templates import words
from templates.figures import where
from templates.names import owner_name
from templates.report.charts import Bar, Piece, bars, key, square
from templates.report.edition import BASES, TONNE, Edition, module_order
from templates.report.findings import bases, leading
from templates.report.markup import Markup, text
from templates.report.style import MM, OTHER_COLOUR, SECTION_COLOURS, style
from templates.report.tables import Cell, Column, Row, number, table
from templates.texts import N_

MOST_OWNERS = 8
"""Owners that are drawn; the table tells all."""


def breakdown(edition: Edition) -> list[Flowable]:
    """Make the chapter, its years excepted."""
    if not edition.modules():
        return [Paragraph(edition.say(N_("Nothing is counted: the inventory holds no rows.")), style("body"))]
    intro = edition.say(
        N_(
            "All amounts are tonnes of carbon dioxide equivalent (t CO₂e) over the period. Modules are "
            "those of EN 15978; every breakdown below adds up to the same two totals."
        )
    )
    return [
        Paragraph(intro, style("body")),
        *_by_module(edition),
        *_by_section(edition),
        *_by_owner(edition),
        *_by_scope(edition),
        *_by_component(edition),
    ]


def amount_columns(edition: Edition, first: str, *, width: float = 0) -> list[Column]:
    """Columns of a breakdown: what, then tonnes and share on each basis."""
    percent = edition.word(N_("%"))
    return [
        Column(first, width),
        number(edition.word(N_("Location-based, t CO₂e")), 32),
        number(percent, 15),
        number(edition.word(N_("Market-based, t CO₂e")), 32),
        number(percent, 15),
    ]


def amount_row(edition: Edition, name: Cell, decimals: int, *, sub: bool = False, **conditions: object) -> Row:
    """Row of a breakdown: tonnes and share on each basis."""
    location, market = edition.pair(decimals, **conditions)
    share, other = edition.shares(**conditions)
    return Row([name, location, share, market, other], "sub" if sub else "row")


def total_row(edition: Edition, decimals: int) -> Row:
    """Last row of a breakdown: the totals of the document."""
    location, market = (edition.fixed(f"totals/{basis}/total", decimals) for basis in BASES)
    shares = [
        edition.figures.share(f"totals/{basis}/total", f"totals/{basis}/total", decimals=1)
        if edition.figures.value(f"totals/{basis}/total") > 0
        else ""
        for basis in BASES
    ]
    return Row([edition.word(N_("Footprint")), location, shares[0], market, shares[1]], "total")


def decimals_of_totals(edition: Edition) -> int:
    """Decimals of the tables whose last row is the footprint."""
    return edition.decimals(f"totals/{basis}/total" for basis in BASES)


def subheading(said: Markup, *, room: float = 34 * MM) -> list[Flowable]:
    """Head a part of a chapter, on the next page where little room is left."""
    return [CondPageBreak(room), Paragraph(said, style("subheading"))]


def _charted(
    edition: Edition, said: Markup, finding: Markup, rows: Sequence[Bar], label: float, *more: Flowable
) -> KeepTogether:
    chart = bars(rows, bases(edition), edition.word(N_("t CO₂e")), edition.texts.exact, label_width=label)
    return KeepTogether([Paragraph(said, style("subheading")), Paragraph(finding, style("finding")), chart, *more])


def _bar(
    edition: Edition, label: str, pieces: Mapping[str, Sequence[Piece]], decimals: int, **conditions: object
) -> Bar:
    return Bar(
        label,
        pieces,
        {basis: edition.fixed(where("contributions", basis, **conditions), decimals) for basis in BASES},
    )


def _by_module(edition: Edition) -> list[Flowable]:
    modules, sections, decimals = edition.modules(), edition.sections(), decimals_of_totals(edition)
    rows = [
        _bar(edition, edition.module(module), _pieces(edition, module=module), decimals, module=module)
        for module in modules
    ]
    named = [(edition.label(words.SECTION, section), _colour(section)) for section in sections]
    finding = leading(edition, "module", words.MODULE)
    body: list[Row] = []
    for module in modules:
        body.append(amount_row(edition, edition.module(module), decimals, module=module))
        body += _inside_replacement(edition, decimals) if module == "B4" else []
    body.append(total_row(edition, decimals))
    return [
        _charted(edition, edition.say(N_("By module")), finding, rows, 52 * MM, key(named)),
        table(amount_columns(edition, edition.word(N_("Module"))), body),
    ]


def _inside_replacement(edition: Edition, decimals: int) -> list[Row]:
    """Rows of what a replacement holds: the modules of the new items and the end of life of the old."""
    inner = sorted((name for (name,) in edition.present("contributions", "inner") if name), key=module_order)
    return [
        amount_row(
            edition,
            edition.word(N_("of which {module}"), module=edition.module(name)),
            decimals,
            sub=True,
            module="B4",
            inner=name,
        )
        for name in inner
    ]


def _colour(section: str) -> str:
    return SECTION_COLOURS.get(section, OTHER_COLOUR)


def _by_section(edition: Edition) -> list[Flowable]:
    decimals, sections = decimals_of_totals(edition), edition.sections()
    bars_of = [
        _bar(
            edition, edition.label(words.SECTION, section), _pieces(edition, section=section), decimals, section=section
        )
        for section in sections
    ]
    rows = [
        amount_row(edition, edition.label(words.SECTION, section), decimals, section=section) for section in sections
    ]
    marked = [
        Row([square(_colour(section)), *row.cells], row.kind) for section, row in zip(sections, rows, strict=True)
    ]
    total = total_row(edition, decimals)
    columns = [Column("", 5), *amount_columns(edition, edition.word(N_("Section")))]
    finding = leading(edition, "section", words.SECTION)
    return [
        _charted(edition, edition.say(N_("By section")), finding, bars_of, 40 * MM),
        table(columns, [*marked, Row(["", *total.cells], "total")]),
    ]


def _pieces(edition: Edition, **conditions: object) -> dict[str, list[Piece]]:
    """Pieces of a bar by section, for rows that meet conditions."""
    return {
        basis: [
            (
                edition.figures.value(where("contributions", basis, **{"section": section, **conditions})) / TONNE,
                _colour(section),
            )
            for section in edition.sections()
            if conditions.get("section", section) == section
        ]
        for basis in BASES
    }


def _by_owner(edition: Edition) -> list[Flowable]:
    """The footprint by owner, where there are several: utility and tenants own parts of a hall."""
    owners = sorted(
        (str(owner) for (owner,) in edition.present("contributions", "owner")),
        key=lambda owner: -max(abs(edition.part_of_total(basis, owner=owner)) for basis in BASES),
    )
    if len(owners) < 2:
        return []
    decimals = decimals_of_totals(edition)
    named = {owner: text(owner_name(owner, edition.texts), 60) for owner in owners}
    rows = [
        _bar(edition, named[owner], _pieces(edition, owner=owner), decimals, owner=owner)
        for owner in owners[:MOST_OWNERS]
    ]
    table_rows = [amount_row(edition, named[owner], decimals, owner=owner) for owner in owners]
    finding = edition.say(
        N_("{owner} owns what makes {share} % of the location-based and {other} % of the market-based footprint"),
        owner=named[owners[0]],
        **dict(zip(("share", "other"), edition.shares(0, owner=owners[0]), strict=True)),
    )
    sections = [(edition.label(words.SECTION, section), _colour(section)) for section in edition.sections()]
    return [
        _charted(edition, edition.say(N_("By owner")), finding, rows, 46 * MM, key(sections)),
        table(amount_columns(edition, edition.word(N_("Owner"))), [*table_rows, total_row(edition, decimals)]),
    ]


def _by_scope(edition: Edition) -> list[Flowable]:
    decimals = decimals_of_totals(edition)
    known = list(words.SCOPE)
    scopes = sorted(
        (scope for (scope,) in edition.present("contributions", "scope")),
        key=lambda scope: known.index(scope) if scope in known else len(known),
    )
    rows = [amount_row(edition, text(edition.label(words.SCOPE, scope)), decimals, scope=scope) for scope in scopes]
    note = edition.say(
        N_(
            "Scopes are those of the GHG Protocol for one reporting organisation. A life-cycle factor whose "
            "source does not divide it stands as scopes 2 and 3.3 together, never as scope 2."
        )
    )
    return [
        *subheading(edition.say(N_("By scope"))),
        table(amount_columns(edition, edition.word(N_("Scope"))), [*rows, total_row(edition, decimals)]),
        Paragraph(note, style("note")),
    ]


def _by_component(edition: Edition) -> list[Flowable]:
    decimals = decimals_of_totals(edition)
    rows = []
    for component, name in words.COMPONENT.items():
        location, market = (edition.fixed(f"totals/{basis}/{component}", decimals) for basis in BASES)
        shares = edition.shares(component=component)
        rows.append(Row([edition.texts(name), location, shares[0], market, shares[1]]))
    note = edition.say(
        N_(
            "Biogenic carbon taken up by wood is released again at the end of life, so that it adds nothing "
            "over the whole life; a remainder means that part of the life lies outside the period."
        )
    )
    return [
        *subheading(edition.say(N_("By component"))),
        table(amount_columns(edition, edition.word(N_("Component"))), [*rows, total_row(edition, decimals)]),
        Paragraph(note, style("note")),
    ]
