"""Files that a study names: found beside the workbook, read, and held against the amount they go with."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from errno import ENAMETOOLONG
from functools import partial
from pathlib import Path

from factors.problems import Problem
from factors.tables import rows
from factors.units import Unit, UnitError, parse_unit, ratio
from inventories.datafile import HOURS, DataFile
from inventories.delimited import LARGEST_FILE, CellError, decoded, numbered_rows, sign_of
from inventories.epw import read_weather
from inventories.series import Reader, hours_from
from inventories.study import Study, keys_of, table
from inventories.values import Quantity
from inventories.wanted import GRID, HUMIDITY, LOAD, WEATHER, Wanted, fits, most_of

YEARLY_SUFFIX = ".csv"
"""What tells a file of yearly values from a factor id in the key ``grid_trajectory``."""

YEARLY_DIMENSIONS = ("emission/energy", "emission-CO2/energy")
"""Dimensions of the values of a yearly series of a grid."""

SLIPS = {
    1e3: "MWh / kWh", 1e-3: "kWh / MWh", 1e6: "GWh / kWh", 1e-6: "kWh / GWh", 4.0: "kWh / (kW·15 min)",
    0.25: "(kW·15 min) / kWh",
}  # fmt: skip
"""Ratios of a file's sum to the amount beside it that a slip of unit leaves."""

PROFILES = ("profile", "it_profile")
"""Columns that name the hours of a load, which a measure may change; without one typed ``shift`` changes the first."""

CLOSE, NEAR = 0.02, 0.05
"""How far a sum may be off its amount before it is said, and how near to a slip it counts as one."""


@dataclass(frozen=True, slots=True)
class Named:
    """A cell that names a file: its place, what it asks for, and the amount beside it, where there is one."""

    sheet: str
    row: int | None
    column: str
    text: str
    wanted: Wanted | None
    amount: Quantity | None = None


def named_files(study: Study) -> Iterator[Named]:
    """Every cell of a study that names a file."""
    for sheet in ("Energy", "Contracts", "Heat"):
        for i, row in enumerate(table(study, sheet)):
            if row.profile:
                yield Named(sheet, i, "profile", row.profile, LOAD, row.heat if sheet == "Heat" else row.amount)
    for i, measure in enumerate(study.measures):
        if measure.value and (measure.parameter or ("profile" if measure.kind == "shift" else "")) in PROFILES:
            yield Named("Measures", i, "value", measure.value, LOAD)
    if study.settings.grid_profile:
        yield Named("Study", None, "grid_profile", study.settings.grid_profile, GRID)
    if is_file(study.settings.grid_trajectory):
        yield Named("Study", None, "grid_trajectory", study.settings.grid_trajectory or "", None)
    keyed = {
        "Simulation": (("weather_file", WEATHER), ("it_profile", LOAD)),
        "Heat network": (("weather_file", WEATHER), ("demand_profile", LOAD)),
    }
    for sheet, keys in keyed.items():
        for key, wanted in keys:
            text = getattr(keys_of(study, sheet), key, None)
            if text and text not in _synthetic():
                amount = study.network.demand if key == "demand_profile" and study.network else None
                yield Named(sheet, None, key, text, wanted, amount)


def _synthetic() -> set[str]:
    """Names of the synthetic years that ship."""
    return {row["place"] for row in rows("factors", "weather.csv")}


def is_file(text: str | None) -> bool:
    """Whether the key ``grid_trajectory`` names a file: a factor id has no suffix."""
    return text is not None and text.partition("#")[0].casefold().endswith(YEARLY_SUFFIX)


def with_files(study: Study, folder: Path) -> tuple[Study, list[Problem]]:
    """Read every file a study names, each once, from the folder of its workbook.

    Returns
    -------
    Study
        With what could be read in ``files``.
    list of Problem
        What is missing or wrong; every file is read to its end.
    """
    found: dict[tuple[str, Wanted | None], DataFile | None] = {}
    problems: list[Problem] = []
    for each in named_files(study):
        key = (each.text, each.wanted)
        if key not in found:
            found[key], said = _read(each, folder)
            problems += said
        if (file := found[key]) is not None:
            problems += _against_amount(each, file)
    roles = Counter(text for text, _ in found)
    for text, count in roles.items():
        if count > 1:
            named = next(each for each in named_files(study) if each.text == text)
            problems.append(_problem(named, "series-roles", text, file=text))
    files = {file.file: file for file in found.values() if file is not None}
    return replace(study, files=tuple(files.values())), problems


def misfit(named: Named, file: DataFile) -> str:
    """Say why a file does not fit the cell that names it; blank where it does: the rules of reading, for a document."""
    if named.wanted is None:
        return _misfit_of_years(file)
    if not file.start:
        return "it is no hourly series"
    unit = parse_unit(file.unit) if file.unit else None
    if unit is not None and not fits(unit, named.wanted):
        return f"its unit is none of {named.wanted.units}"
    if said := _out_of_range(file, named.wanted, most_of(named.wanted, unit)):
        return said
    return "" if len(file.values) == hours_from(file.start) else "it is not one whole year"


def _misfit_of_years(file: DataFile) -> str:
    if not file.years or not file.unit or parse_unit(file.unit).dimension not in YEARLY_DIMENSIONS:
        return "it is no yearly series of a grid"
    if len(file.years) < 2 or list(file.years) != sorted(set(file.years)) or min(file.values) < 0:
        return "its years do not ascend, or a value is below 0"
    return "a value is more than ten times the one before it" if list(rises(file.years, file.values)) else ""


def _out_of_range(file: DataFile, wanted: Wanted, most: float) -> str:
    if not all(wanted.least <= value <= most for value in file.values):
        return "a value is out of range"
    if wanted is not WEATHER:
        return "" if any(file.values) else "it holds nothing but zeros"
    if not all(HUMIDITY.least <= value <= HUMIDITY.most for value in file.humidity):
        return "a relative humidity is out of range"
    return "its relative humidity is a fraction" if file.humidity and max(file.humidity) <= 1 else ""


def _read(named: Named, folder: Path) -> tuple[DataFile | None, list[Problem]]:
    name, _, column = named.text.partition("#")
    say = partial(_problem, named)
    content = _content(name, folder, say)
    if isinstance(content, Problem):
        return None, [content]
    if named.wanted is None:
        return _yearly(content, named)
    reader = Reader(name, column.strip(), named.wanted, say)
    if named.wanted is WEATHER and name.casefold().endswith(".epw"):
        file = read_weather(content, reader)
    else:
        file = reader.read(content)
    problems = reader.finish()
    if file is not None and len(file.values) > HOURS:
        problems.append(say("series-leap", file=name))
    return (None if file is None else replace(file, file=named.text)), problems


def _content(name: str, folder: Path, say: Callable[..., Problem]) -> bytes | Problem:
    """Bytes of a file beside the workbook; a path, and a link that leads out of the folder, are not followed."""
    path = Path(folder, name)
    outside = say("series-path", name[:60], file=name[:60])
    if path.name != name or "\\" in name or name.startswith("."):
        return outside
    try:
        if not path.is_file():
            return say("series-missing", name, file=name)
        if path.resolve().parent != Path(folder).resolve():
            return outside
        return path.read_bytes() if path.stat().st_size <= LARGEST_FILE else say("series-unreadable", file=name)
    except OSError as error:
        return outside if error.errno == ENAMETOOLONG else say("series-unreadable", error.strerror or "", file=name)


def _problem(named: Named, code: str, read: str = "", **values: str) -> Problem:
    return Problem(code, named.sheet, named.row, named.column, read, {"column": named.column, **values})


def _against_amount(named: Named, file: DataFile) -> Iterator[Problem]:
    """The sum of a file of energy or power is the amount beside it; a power of ten is a slip of unit."""
    if named.amount is None or not file.unit or not named.amount.value:
        return
    unit = parse_unit(file.unit)
    of = parse_unit("kWh") if unit.dimension == "energy" else parse_unit("kW")
    kwh = sum(file.values) * ratio(unit, of)
    stated = named.amount.to("kWh")
    off = kwh / stated
    told = {"file": file.file, "sum": _plain(kwh / 1000), "amount": _plain(stated / 1000)}
    slip = next((said for by, said in SLIPS.items() if abs(off / by - 1) < NEAR), None)
    if slip is not None:
        yield _problem(named, "series-slip", unit.label, slip=slip, **told)
    elif abs(off - 1) > CLOSE:
        yield _problem(named, "series-sum", unit.label, **told)


def _plain(mwh: float) -> str:
    """Megawatt-hours without an exponent."""
    return f"{mwh:.0f}" if mwh >= 1000 else f"{mwh:.4g}"


def _yearly(content: bytes, named: Named) -> tuple[DataFile | None, list[Problem]]:
    """Read a yearly series of a grid: a year and a factor a line, the unit in the header."""
    name = named.text.partition("#")[0]
    say = partial(_problem, named)
    text = decoded(content)
    if text is None:
        return None, [say("series-unreadable", file=name)]
    head, sign = text.lstrip().partition("\n")[0], sign_of(text)
    try:
        lines = list(numbered_rows(text, sign))
    except CellError as error:
        return None, [say(error.code, file=name, line=str(error.line))]
    unit = _unit_of(lines[0][1]) if lines else None
    if unit is None:
        return None, [say("trajectory-unit", head.strip()[:60], file=name)]
    points: dict[int, float] = {}
    problems = []
    for line, row in lines[1:]:
        try:
            year, value = int(row[0].strip()), float(row[1].strip().replace(",", "."))
        except (ValueError, IndexError):
            problems.append(say("trajectory-line", sign.join(row)[:60], file=name, line=str(line)))
            continue
        if not 1900 <= year <= 2150 or not 0 <= value < 1e6 or year in points or (points and year < max(points)):
            problems.append(say("trajectory-line", sign.join(row)[:60], file=name, line=str(line)))
        points[year] = value
    if len(points) < 2 and not problems:
        problems.append(say("trajectory-line", head.strip()[:60], file=name, line="1"))
    for year, before in rises(tuple(points), tuple(points.values())):
        told = {"year": str(year), "before": str(before), "other": f"{points[before]:g}"}
        problems.append(say("trajectory-rise", f"{points[year]:g}", file=name, **told))
    if problems:
        return None, problems
    return DataFile(file=named.text, unit=unit.symbol, values=tuple(points.values()), years=tuple(points)), []


RISE = 10.0
"""A factor of a grid over the one of the year before it in a series: no grid of the library rises so in any span of its
years, and the smallest slip of unit is 1,000."""


def rises(years: Sequence[int], values: Sequence[float]) -> Iterator[tuple[int, int]]:
    """Years whose value is more than ten times the one before it, with the year before; 0 is no measure of a rise.

    Examples
    --------
    >>> list(rises((2024, 2030, 2060), (0.072, 50.0, 0.020))), list(rises((2024, 2030), (0.0, 5.0)))
    ([(2030, 2024)], [])
    """
    for i in range(1, len(years)):
        if values[i] > RISE * values[i - 1] > 0:
            yield years[i], years[i - 1]


def _unit_of(heads: list[str]) -> Unit | None:
    """Unit of an emission factor of energy in the header of the second column."""
    if len(heads) < 2:
        return None
    for text in (heads[1].partition("[")[2].partition("]")[0], heads[1].partition("(")[2].partition(")")[0], heads[1]):
        try:
            unit = parse_unit(text.strip())
        except UnitError:
            continue
        if unit.dimension in YEARLY_DIMENSIONS:
            return unit
    return None
