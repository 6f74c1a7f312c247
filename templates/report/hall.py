"""The simulated hall: the weather it rests on, and what redundancy costs."""

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from templates.keyfigures import REDUNDANCY_HEADS, SYSTEMS, redundancy_notes
from templates.report.edition import TONNE, Edition
from templates.report.markup import together
from templates.report.style import style
from templates.report.tables import Column, Row, number, table
from templates.texts import N_


def hall(edition: Edition) -> list[Flowable]:
    """Say which weather the simulation rests on, and what N, N+1 and 2N cost."""
    simulation = edition.document["study"].get("Simulation")
    if not simulation:
        return []
    said = edition.say(
        N_(
            "Simulated with the weather of {weather}: IT, UPS, distribution, cooling and lighting by the hour. Heat "
            "pumps and other uses are not in it, so that the rows stand beside it once with all and once with the same "
            "uses. A synthetic year has monthly means and the daily swing of normals, and no cold or hot spell."
        ),
        weather=simulation["weather_file"],
    )
    return [Paragraph(said, style("note")), *_redundancy(edition)]


def _redundancy(edition: Edition) -> list[Flowable]:
    """Systems under N, N+1 and 2N: units, losses and totals beyond N."""
    records = (edition.document["simulation"] or {}).get("redundancy")
    if not records:
        return []
    rows = []
    for i, row in enumerate(records):
        path = f"simulation/redundancy/{i}"
        rows.append(
            Row(
                [
                    edition.word(SYSTEMS[row["system"]]),
                    f"{row['redundancy']} *" if row["chosen"] else row["redundancy"],
                    edition.figures.exact(f"{path}/units"),
                    edition.figures.decimal(f"{path}/losses_beyond", decimals=0),
                    *(
                        edition.figures.decimal(f"{path}/{basis}_beyond", per=TONNE, decimals=1)
                        for basis in ("location", "market")
                    ),
                ]
            )
        )
    system, redundancy, units, losses = (edition.word(head) for head in REDUNDANCY_HEADS)
    columns = [
        Column(system),
        Column(redundancy, 26),
        number(units, 22),
        number(losses, 28),
        number(edition.word(N_("Location-based, t CO₂e")), 36),
        number(edition.word(N_("Market-based, t CO₂e")), 36),
    ]
    note = together(*redundancy_notes(records, edition.texts))
    heading = edition.say(
        N_("What redundancy costs over the period: embodied carbon, part-load losses and their cooling")
    )
    told = [Paragraph(heading, style("subheading")), table(columns, rows), Paragraph(note, style("note"))]
    return [KeepTogether(told)]
