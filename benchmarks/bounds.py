"""Bounds on time, as ratios measured in one run: `python -m benchmarks.bounds`. Printed, never asserted in a test."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import hours, large, measures

RUNS = 5


def process(*arguments: str, cwd: str) -> float:
    """Whole-process time of a command [s], its modules compiled as an installed package has them."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled["PYTHONPYCACHEPREFIX"] = str(Path(cwd, "compiled"))
    begins = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=cwd, env=compiled, check=True, capture_output=True)
    return time.perf_counter() - begins


def paired(one: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """Medians of two measurements taken in turns, after one of each that warms."""
    one(), other()
    pairs = [(one(), other()) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def report(what: str, pair: tuple[float, float], bound: float) -> bool:
    """Print a ratio against its bound; whether it holds."""
    ratio = pair[0] / pair[1]
    verdict = "ok" if ratio <= bound else "OVER"
    print(f"{what:<52} {pair[0]:7.3f} s / {pair[1]:.3f} s = {ratio:5.2f}  bound {bound}  {verdict}")
    return ratio <= bound


def help_against_typer(folder: str) -> bool:
    """Plain help against importing typer."""
    pair = paired(lambda: process("-m", "cli", "--help", cwd=folder), lambda: process("-c", "import typer", cwd=folder))
    return report("jalki --help / import typer", pair, 1.5)


def assess_against_imports(folder: str) -> bool:
    """The example to report, result workbook and JSON against importing the libraries it stands on."""
    process("-m", "cli", "new", "example.xlsx", "--example", "server-room", cwd=folder)
    imports = "import bw2calc, pandas, openpyxl, reportlab"
    pair = paired(
        lambda: process("-m", "cli", "assess", "example.xlsx", cwd=folder),
        lambda: process("-W", "ignore", "-c", imports, cwd=folder),
    )
    return report("jalki assess of the example / its imports", pair, 2.5)


def reading_against_openpyxl(folder: str) -> bool:
    """Read and check 10,000 lines against openpyxl's own read-only pass."""
    import openpyxl  # noqa: PLC0415
    import xlsxwriter  # noqa: PLC0415

    from inventories.reader import read_workbook  # noqa: PLC0415
    from tests.inventories.books import STUDY, YEARS  # noqa: PLC0415

    path = Path(folder, "large.xlsx")
    line = {
        "id": "L", "item": "Item", "amount": 1.5, "unit": "t", "factor": "concrete-c30-37-fi", "service_life": 50,
        "waste_percent": 5, "installed": 2027, "until": 2036, "owner": "facility", "zone": "data-centre",
        "share_percent": 100, "mass_kg": 1000, "transport": "transport-van-diesel-gb:50",
        "end_of_life_factor": "waste-concrete-processing-fi", "value_kind": "estimated", "evidence": "drawing",
        "note": "-",
    }  # fmt: skip
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, rows in (("Study", STUDY), ("Years", YEARS)):
        page = book.add_worksheet(name)
        for i, row in enumerate(rows):
            page.write_row(i, 0, row)
    page = book.add_worksheet("Construction")
    page.write_row(0, 0, line)
    for i in range(10_000):
        page.write_row(i + 1, 0, {**line, "id": f"L{i}", "amount": 1.5 + i}.values())
    book.close()

    def ours() -> float:
        begins = time.perf_counter()
        read = read_workbook(path)
        assert read.study is not None  # noqa: S101 - the file is good
        return time.perf_counter() - begins

    def theirs() -> float:
        begins = time.perf_counter()
        for page in openpyxl.load_workbook(path, read_only=True).worksheets:
            for _ in page.iter_rows(values_only=True):
                pass
        return time.perf_counter() - begins

    return report("read and check 10,000 lines / openpyxl read-only", paired(ours, theirs), 0.7)


def hours_against_multiply_add(folder: str) -> bool:
    """25 years of load, cooling and heat by the hour; beside it a whole assessment by the hour."""
    pair = hours.simulated()
    held = report("25 years by the hour / one multiply-add", pair, 60) and pair[0] <= hours.MOST
    print(f"{'assessment of 25 years with hourly contracts':<52} {hours.matched():7.3f} s")
    return held


def main() -> None:
    """Run every bound; exit 1 where one does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        bounds = (
            help_against_typer,
            assess_against_imports,
            reading_against_openpyxl,
            hours_against_multiply_add,
            lambda _: measures.run(),
            large.run,
        )
        held = [each(folder) for each in bounds]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
