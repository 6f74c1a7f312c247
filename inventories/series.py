"""Hourly series from CSV files: what a meter, a park, a grid or a weather station measured over one year.

Read as they are exported: any usual header, decimal comma or point, UTC or local time with its zone, steps of a
quarter of an hour or of minutes. A gap, a repeated or missing hour, a wrong length and a slip of unit are problems with
their line; nothing is padded, sorted or guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from math import isfinite

from factors.problems import Problem
from factors.units import Unit, UnitError, parse_unit
from inventories.datafile import DataFile
from inventories.dateparts import joined
from inventories.delimited import CellError, decoded, numbered_rows, sign_of
from inventories.plausible import change_of_level, spike
from inventories.stamps import ZONE, Clock, parse_stamp, zone_named
from inventories.wanted import (
    BRACKET,
    CLOCKS,
    ENDS,
    ENERGY,
    GRID,
    HUMIDITIES,
    HUMIDITY,
    LOAD,
    TEMPERATURES,
    TIMES,
    VALUES,
    WEATHER,
    Wanted,
    most_of,
    name_of,
    states_fitting,
)

TOLD = 5
"""How many problems of one kind are told line by line."""

_MISSING = ("", "-")
"""What a cell without a value holds; weather services write a dash."""

_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}([.,]\d{3})+")
"""What is a thousand in one country and a decimal in another."""

_NUMBER = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?")


@dataclass
class Reader:
    """One file being read, and what is wrong with it.

    Attributes
    ----------
    file, column
        Name of the file, and the one of its columns that is wanted; blank where it has only one.
    say
        Makes a problem of a code, what was read, and values; the caller knows the place in the study.
    """

    file: str
    column: str
    wanted: Wanted
    say: Callable[..., Problem]
    problems: list[Problem] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)

    def complain(self, code: str, read: str = "", **values: object) -> None:
        """Write down a problem; of one kind the first few, then how many more there are."""
        self._count[code] += 1
        if self._count[code] <= TOLD:
            told = {name: str(value) for name, value in values.items()}
            self.problems.append(self.say(code, read[:60], file=self.file, **told))

    def finish(self) -> list[Problem]:
        """Return the problems, and how many more of a kind there are."""
        for code, count in self._count.items():
            if count > TOLD:
                first = next(problem for problem in self.problems if problem.code == code)
                values = {"count": str(count - TOLD), "file": self.file, "line": first.values.get("line", "")}
                self.problems.append(self.say("series-more", code, **values))
        return self.problems

    def rows_of(self, content: bytes, sign: str = "", *, quoted: bool = True) -> "list[tuple[int, list[str]]] | None":
        """Rows of a file with their lines; None where it is no text, or a cell is none, as is said."""
        text = decoded(content)
        if text is None:
            self.complain("series-unreadable")
            return None
        try:
            return list(numbered_rows(text, sign or sign_of(text), quoted=quoted))
        except CellError as error:
            self.complain(error.code, line=error.line)
            return None

    def read(self, content: bytes) -> DataFile | None:
        """Read a file into hourly values; None where something is wrong."""
        lines = self.rows_of(content)
        if lines is None:
            return None
        if len(lines) < 2:
            self.complain("series-empty")
            return None
        lines = joined(lines, name_of)
        width = len(lines[0][1])
        for number, row in lines[1:]:
            if any(cell.strip() for cell in row[width:]):
                self.complain("series-cells", ",".join(row), line=number)
        layout = None if self.problems else self._layout(lines)
        if layout is None:
            return None
        moments = self._moments(layout)
        numbers = self._numbers(layout, layout.value, self.wanted)
        humidity = [] if layout.humidity is None else self._numbers(layout, layout.humidity, HUMIDITY)
        self.check_fraction(humidity)
        if self.problems:
            return None
        file = self._hourly(layout, moments, numbers, humidity)
        return None if file is None or not self._plausible(layout, file) else file

    def check_fraction(self, humidity: Sequence[float]) -> None:
        """Relative humidity that never comes above 1 in a year is a fraction, or of a broken sensor, not percent."""
        if humidity and max(humidity) <= 1.0:
            self.complain("series-fraction", f"{max(humidity):g}")

    def _plausible(self, layout: "Layout", file: DataFile) -> bool:
        """Say what is odd about the hours; whether they have a shape."""
        values = file.values
        if self.wanted is WEATHER:
            if layout.unit is None:
                self.complain("series-celsius", low=f"{min(values):g}", high=f"{max(values):g}")
            return True
        if not any(values):
            self.complain("series-zero")
            return False
        if layout.unit is None:
            self.complain("series-shape-only")

        def line(hour: int) -> int:
            return layout.body[hour * len(layout.body) // len(values)][0]

        if level := change_of_level(values):
            self.complain("series-level", line=line(level[0]), times=_three_digits(level[1]))
        elif self.wanted is LOAD and (high := spike(values)):
            place, times, count = high
            self.complain(
                "series-spike", f"{values[place]:g}", line=line(place), times=_three_digits(times), count=count
            )
        return True

    def _layout(self, lines: "list[tuple[int, list[str]]]") -> "Layout | None":
        """Find the columns of time and value, the zone and the unit."""
        heads = [cell.strip() for cell in lines[0][1]]
        body = lines[1:]
        names = [name_of(head) for head in heads]
        units = [BRACKET.search(head) for head in heads]
        stated = [match[1].strip() if match else "" for match in units]
        if _is_unit_row(body[0][1]):
            stated = [cell.strip() or stated[i] for i, cell in enumerate(_padded(body[0][1], len(heads)))]
            body = body[1:]
        times = [i for i, name in enumerate(names) if name in TIMES]
        times.sort(key=lambda i: (not ("start" in names[i] or "alku" in names[i]), zone_named(heads[i]) is not UTC))
        if not times or not body:
            self.complain("series-no-time", ", ".join(heads), line=lines[0][0])
            return None
        time = times[0]
        clock = next((i for i, name in enumerate(names) if name in CLOCKS and i != time), None)
        if clock is not None and re.search(r"\d\D+\d{1,2}[:.T ]\d{2}", _at(body[0][1], time)[8:]):
            clock = None
        apart = {time, clock, *times, *(i for i, name in enumerate(names) if name in ENDS)}
        humidity = next((i for i, name in enumerate(names) if name in HUMIDITIES), None)
        value = self._value_column(heads, names, stated, body, apart | {humidity})
        if value is None:
            return None
        unit = self._unit(stated[value] or self._unit_of_rows(heads, body) or heads[value], heads[value])
        zone = zone_named(heads[time]) or zone_named(stated[time])
        if zone is None and (match := ZONE.search(f"{heads[time]} {stated[time]}")):
            self.complain("series-zone-unknown", match[0])
            return None
        if self.wanted is not WEATHER or humidity is None:
            return Layout(body, time, clock, zone, value, unit, None, stated[time])
        if stated[humidity] and not states_fitting(stated[humidity], HUMIDITY):
            self.complain("series-unit", stated[humidity], units=HUMIDITY.units)
        return Layout(body, time, clock, zone, value, unit, humidity, stated[time])

    def _value_column(
        self, heads: list[str], names: list[str], stated: list[str], body: "list[tuple[int, list[str]]]",
        apart: "set[int | None]",
    ) -> int | None:  # fmt: skip
        filled = [i for i, head in enumerate(heads) if head and i not in apart]
        if self.column:
            wanted = name_of(self.column)
            for i in filled:
                if wanted in (names[i], heads[i].casefold()):
                    return i
            self.complain("series-column", self.column, options=", ".join(heads[i] for i in filled))
            return None
        numeric = [i for i in filled if _parsed(_first(body, i)) is not None]
        fitting = [i for i in numeric if states_fitting(stated[i] or heads[i], self.wanted)]
        if self.wanted is WEATHER and len(air := [i for i in fitting if names[i] in TEMPERATURES]) == 1:
            return air[0]
        named = [i for i in numeric if names[i] in VALUES]
        for found in (fitting, named, numeric, filled):
            if len(found) == 1:
                return found[0]
            if len(found) > 1 and found is not named:
                options = ", ".join(heads[i] for i in found)
                self.complain("series-columns", options, options=options, first=heads[found[0]])
                return None
        self.complain("series-no-values", ", ".join(heads))
        return None

    def _unit_of_rows(self, heads: Sequence[str], body: "list[tuple[int, list[str]]]") -> str:
        """Unit that every row states in a column of its own, as metering exports do; two of them are a problem."""
        for i, head in enumerate(heads):
            if name_of(head) in ("yksikkötyyppi", "yksikkö", "unit", "enhet"):
                first = _at(body[0][1], i)
                for number, row in body:
                    if _at(row, i) != first:
                        self.complain("series-unit", _at(row, i), units=first, line=number)
                        return first
                return first
        return ""

    def _unit(self, text: str, head: str) -> Unit | None:
        """Unit that a header, a unit row or a column of units states; a header that is none states nothing."""
        try:
            unit = parse_unit(text)
        except UnitError:
            if text != head and text and not ZONE.search(text):
                self.complain("series-unit", text, units=self.wanted.units)
            return None
        if not states_fitting(text, self.wanted):
            self.complain("series-unit", text, units=self.wanted.units)
        return unit

    def _moments(self, layout: "Layout") -> list[datetime]:
        """Times in UTC, ascending by one step; everything else is said with its line."""
        clock, found, said_zone = Clock(layout.zone), [], False
        counts_to_24 = layout.clock is not None and any(
            _at(row, layout.clock).startswith("24") for _, row in layout.body
        )
        for number, row in layout.body:
            text = _at(row, layout.time)
            try:
                stamp = parse_stamp(text)
                if layout.clock is not None:
                    stamp += _since_midnight(_at(row, layout.clock), ending=counts_to_24)
            except ValueError:
                self.complain("series-stamp", text, line=number)
                continue
            try:
                found.append((number, text, clock.utc(stamp)))
            except LookupError:
                if not said_zone and layout.bracket:
                    self.complain("series-zone-unknown", layout.bracket)
                elif not said_zone:
                    self.complain("series-zone", text, line=number)
                said_zone = True
            except ValueError:
                self.complain("series-skipped", text, line=number, zone=layout.zone)
        self._check_steps(found)
        return [moment for _, _, moment in found]

    def _check_steps(self, found: "list[tuple[int, str, datetime]]") -> None:
        if len(found) < 2:
            return
        steps = Counter(after[2] - before[2] for before, after in zip(found, found[1:], strict=False))
        step = max(steps, key=lambda each: (steps[each], -each.total_seconds()))
        seconds = step.total_seconds()
        if seconds <= 0:
            self.complain("series-order", found[1][1], line=found[1][0])
            return
        if 3600 % seconds:
            self.complain("series-step", f"{seconds / 60:g} min", line=found[0][0])
            return
        for before, after in zip(found, found[1:], strict=False):
            moved = after[2] - before[2]
            if moved == step:
                continue
            if not moved:
                self.complain("series-duplicate", after[1], line=after[0])
            elif moved < timedelta(0):
                self.complain("series-order", after[1], line=after[0])
            else:
                missing = moved / step - 1
                self.complain("series-gap", after[1], line=after[0], count=f"{missing:g}", after=before[1])

    def _numbers(self, layout: "Layout", column: int, wanted: Wanted) -> list[float]:
        cells = [(number, _at(row, column)) for number, row in layout.body]
        most = most_of(wanted, layout.unit)
        comma = any("," in cell for _, cell in cells)
        mixed = comma and any("." in cell for _, cell in cells)
        found = []
        for number, cell in cells:
            if cell in _MISSING:
                self.complain("series-blank", line=number)
                continue
            value = None if mixed and "," in cell and "." in cell else _parsed(cell)
            if value is None:
                self.complain("series-number", cell, line=number)
            elif value < wanted.least:
                self.complain("series-below", cell, line=number, least=f"{wanted.least:g}")
            elif value > most and wanted is GRID:
                unit = "" if layout.unit is None else layout.unit.label
                self.complain("series-intensity", cell, line=number, most=f"{most:g}", unit=unit)
            elif value > most:
                self.complain("series-above", cell, line=number, most=f"{most:g}")
            else:
                found.append(value)
        parted = [(number, cell) for number, cell in cells if "," in cell or "." in cell]
        if 0 < len(parted) < len(cells) and all(_THOUSANDS.fullmatch(cell) for _, cell in parted):
            self.complain("series-thousands", parted[0][1], line=parted[0][0])
        if mixed and not self.problems:
            number = next(number for number, cell in cells if "," in cell)
            self.complain("series-decimals", line=number)
        return found

    def _hourly(
        self, layout: "Layout", moments: list[datetime], numbers: list[float], humidity: list[float]
    ) -> DataFile | None:
        """Bring steps to hours: energy is summed, everything else averaged; a year is whole or refused."""
        each = round(timedelta(hours=1) / (moments[1] - moments[0]))
        hours, start = len(numbers) / each, moments[0].strftime("%Y-%m-%dT%H:%MZ")
        local = (moment.astimezone(layout.zone or UTC) for moment in (moments[0], moments[-1]))
        first, last = (moment.strftime("%Y-%m-%d %H:%M") for moment in local)
        of_year = 0 if moments[0].second else hours_from(start)
        if not of_year:
            self.complain("series-start", first)
            return None
        if hours != of_year:
            self.complain("series-length", f"{hours:g}", first=first, last=last, expected=of_year)
            return None
        is_energy = layout.unit is not None and layout.unit.dimension == ENERGY
        return DataFile(
            file=f"{self.file}#{self.column}" if self.column else self.file,
            unit="" if layout.unit is None else layout.unit.symbol,
            values=tuple(_by_hour(numbers, each, mean=not is_energy)),
            start=start,
            humidity=tuple(_by_hour(humidity, each, mean=True)),
        )


@dataclass(frozen=True)
class Layout:
    """Where the times and values of a file stand, in what zone and unit; ``bracket``: what stands behind “time”."""

    body: "list[tuple[int, list[str]]]"
    time: int
    clock: int | None
    zone: tzinfo | None
    value: int
    unit: Unit | None
    humidity: int | None
    bracket: str = ""


def hours_from(start: str) -> int:
    """Hours of the year that begins at a time as ``DataFile.start`` writes it; 0 for no full hour or 29 February.

    Raises
    ------
    ValueError
        It is no time.

    Examples
    --------
    >>> hours_from("2024-01-01T00:00Z"), hours_from("2024-12-31T22:00Z"), hours_from("2025-01-01T00:30Z")
    (8784, 8760, 0)
    """
    first = datetime.strptime(start, "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    if first.minute or (first.month, first.day) == (2, 29):
        return 0
    return (first.replace(year=first.year + 1) - first) // timedelta(hours=1)


def _padded(row: Sequence[str], length: int) -> list[str]:
    return [*row, *[""] * length][:length]


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _first(body: "Sequence[tuple[int, list[str]]]", place: int) -> str:
    """First cell of a column that holds a value."""
    return next((cell for _, row in body if (cell := _at(row, place)) not in _MISSING), "")


def _is_unit_row(row: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return False
    for cell in filled:
        try:
            parse_unit(cell)
        except UnitError:
            if zone_named(cell) is None:
                return False
    return True


def _parsed(cell: str) -> float | None:
    bare = re.sub(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", "", cell).replace("\N{MINUS SIGN}", "-")
    bare = bare.replace(",", ".")
    if not _NUMBER.fullmatch(bare):
        return None
    value = float(bare)
    return value if isfinite(value) else None


def _since_midnight(text: str, *, ending: bool) -> timedelta:
    """Return what a column of hours adds to its date; hours counted from 1 to 24 name the hour that ends."""
    match = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?", text)
    if match is None or int(match[1]) > 24:
        raise ValueError(text)
    return timedelta(hours=int(match[1]) - ending, minutes=int(match[2] or 0))


def _three_digits(value: float) -> str:
    """Three digits without an exponent, as far as anyone reads them."""
    return f"{float(f'{value:.3g}'):.10g}"


def _by_hour(numbers: Sequence[float], each: int, *, mean: bool) -> Iterator[float]:
    for i in range(0, len(numbers), each):
        total = sum(numbers[i : i + each])
        yield total / each if mean else total
