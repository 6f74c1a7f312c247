"""A study of 10,000 lines through to report and result workbook: how long, and in how much memory."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

LINES, MEMORY = 10_000, 600.0
"""Lines of the study, and the most memory it may take [MB]."""


def write(path: Path, lines: int = LINES) -> None:
    """Write the hall of Kajaani, its lines of Construction and Plant repeated with a hundredth of the amount."""
    from inventories.rows import rows_of  # noqa: PLC0415
    from inventories.study import Line  # noqa: PLC0415
    from inventories.values import Quantity  # noqa: PLC0415
    from templates.workbook import workbook  # noqa: PLC0415
    from tests.studies import unmeasured  # noqa: PLC0415

    study = unmeasured("kajaani")

    def grown(rows: tuple[Line, ...], letter: str) -> tuple[Line, ...]:
        followed = {row.replaced_by for row in rows}
        plain = [row for row in rows if row.replaced_by in (None, "same", "none") and row.id not in followed]
        made = []
        for i in range(lines // 2 - len(rows)):
            row = plain[i % len(plain)]
            small = Quantity(row.quantity.value / 100.0, row.quantity.unit)
            made.append(replace(row, id=f"{letter}{i}", item=f"{row.item} {i}", amount=small))
        return (*rows, *made)

    large = replace(study, construction=grown(study.construction, "CX"), plant=grown(study.plant, "PX"))
    path.write_bytes(workbook("en", rows_of(large)))


def run(folder: str) -> bool:
    """Assess the study in a process of its own; print what it holds and took; whether its memory is within bounds."""
    path = Path(folder, "large.xlsx")
    write(path)
    begins = time.perf_counter()
    subprocess.run([sys.executable, "-m", "cli", "assess", path.name], cwd=folder, check=True, capture_output=True)
    seconds = time.perf_counter() - begins
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024.0
    document = json.loads(path.with_name("large-results.json").read_text(encoding="utf-8"))
    trail, years = document["trail"], document["study"]["Study"]["reference_period"]
    verdict = "ok" if megabytes <= MEMORY else "OVER"
    print(
        f"{LINES:,} lines to report and workbook{'':<20} {seconds:7.1f} s, "
        f"{megabytes:.0f} MB  bound {MEMORY:.0f} MB  {verdict}\n"
        f"  {years} years, {len(trail['processes']):,} nodes, {len(trail['exchanges']):,} exchanges, "
        f"{len(document['contributions']):,} rows"
    )
    return megabytes <= MEMORY
