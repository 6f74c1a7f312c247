"""Recalculate result workbooks in LibreOffice and compare every formula: ``python -m tests.recalculation``.

Formulas are written with the value 0, so that a number that was not calculated is seen; a profile of its own makes
LibreOffice calculate on loading. Then amounts are changed in the workbook, and its totals are compared
with an assessment of the study changed alike.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from inventories.study import Study
from inventories.values import Quantity
from lca.assess import assess
from templates.resultbook.book import written
from tests.studies import shipped_example

TOLERANCE = 1e-9

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501 - the file as LibreOffice reads it


def recalculated(content: bytes, folder: Path) -> dict[tuple[str, str], float]:
    """Numbers of a workbook by sheet and cell, after LibreOffice calculated it."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(PROFILE)
    source, target = folder / "in" / "book.xlsx", folder / "out"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(content)
    office = shutil.which("soffice")
    if office is None:
        raise FileNotFoundError("soffice")
    command = [
        office, f"-env:UserInstallation=file://{profile.parent}", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return numbers((target / "book.xlsx").read_bytes())


def numbers(content: bytes) -> dict[tuple[str, str], float]:
    """Numbers of a workbook by sheet and cell, as they are stored."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {
        (page.title, cell.coordinate): float(cell.value)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    }


def formulas(content: bytes) -> set[tuple[str, str]]:
    """Cells that hold a formula."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        (page.title, cell.coordinate)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def changed(content: bytes, amounts: Mapping[str, float]) -> bytes:
    """Change values of the sheet Amounts, by id."""
    book = openpyxl.load_workbook(BytesIO(content))
    for row in book["Amounts"].iter_rows(min_row=2):
        if row[1].value in amounts:
            row[4].value = amounts[str(row[1].value)]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def compare(name: str, folder: Path) -> bool:
    """Compare every formula of an example's result workbook with what LibreOffice makes of it."""
    document = json.loads(json.dumps(assess(shipped_example(name))))
    expected = numbers(written(document, "en"))
    found = recalculated(written(document, "en", cached=False), folder)
    worst, where = 0.0, ""
    every = formulas(written(document, "en", cached=False))
    for cell in every:
        value, other = expected[cell], found.get(cell, 0.0)
        least = 1.0 if cell[0] == "Summary" else 1e-300  # a change of nothing, in tonnes, is nothing
        difference = abs(other - value) / max(abs(value), least)
        if difference > worst:
            worst, where = difference, "!".join(cell)
    print(f"{name:<12} {len(every):7,} formulas, largest relative difference {worst:.1e} {where}")  # noqa: T201
    return worst <= TOLERANCE


def compare_changed(folder: Path) -> bool:
    """Change an electricity meter and a slab in the workbook and in the study: the totals are the same."""
    study = shipped_example("kajaani")
    amounts = {"E2": 60_000.0, "C1": 5_000.0}
    content = written(json.loads(json.dumps(assess(study))), "en", cached=False)
    found = recalculated(changed(content, amounts), folder)
    again = assess(_with(study, amounts))["totals"]
    ok = True
    for cell, basis in (("B7", "location"), ("C7", "market")):
        value, wanted = found["Summary", cell] * 1000.0, again[basis]["total"]
        print(f"changed, {basis}: workbook {value:,.3f} kg, Jälki {wanted:,.3f} kg")  # noqa: T201
        ok = ok and abs(value / wanted - 1.0) <= TOLERANCE
    return ok


def _with(study: Study, amounts: Mapping[str, float]) -> Study:
    def of(row: Any) -> Any:  # noqa: ANN401 - a row with an amount
        return replace(row, amount=Quantity(amounts[row.id], row.amount.unit)) if row.id in amounts else row

    return replace(study, construction=tuple(map(of, study.construction)), energy=tuple(map(of, study.energy)))


def main() -> None:
    """Compare all examples; exit 1 where one differs."""
    held = []
    examples = [partial(compare, name) for name in ("kaj-10", "server-room", "kajaani")]
    checks: list[Callable[[Path], bool]] = [*examples, compare_changed]
    for check in checks:
        with TemporaryDirectory() as folder:
            held.append(check(Path(folder)))
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
