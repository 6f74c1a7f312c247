"""Files of hourly values as they are exported, and everything that can be wrong with one, with its line."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from math import cos, pi, radians, sin
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factors.problems import Problem
from inventories.datafile import DataFile
from inventories.epw import read_weather
from inventories.series import TOLD, Reader
from inventories.wanted import GRID, LOAD, WEATHER, Wanted

START = datetime(2025, 1, 1, tzinfo=UTC)


def hours(count: int = 8760, start: datetime = START, minutes: int = 60) -> list[datetime]:
    return [start + timedelta(minutes=minutes * i) for i in range(count)]


def text(head: str, rows: Iterable[str]) -> bytes:
    return "\n".join([head, *rows]).encode()


def utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read(content: bytes, wanted: Wanted = LOAD, column: str = "") -> tuple[DataFile | None, list[Problem]]:
    def say(code: str, read: str = "", **values: str) -> Problem:
        return Problem(code, "Energy", 0, "profile", read, {"column": "profile", **values})

    reader = Reader("a.csv", column, wanted, say)
    return reader.read(content), reader.finish()


def good(content: bytes, wanted: Wanted = LOAD, column: str = "") -> DataFile:
    file, problems = read(content, wanted, column)
    assert problems == []
    assert file is not None
    return file


def codes(content: bytes, wanted: Wanted = LOAD) -> list[tuple[str, str]]:
    file, problems = read(content, wanted)
    assert file is None
    return [(each.code, each.values.get("line", "")) for each in problems]


PLAIN = [f"{utc(moment)},{1 + i % 24}" for i, moment in enumerate(hours())]


def test_a_plain_file_is_read_as_it_stands() -> None:
    file = good(text("time,value [kWh]", PLAIN))
    assert (file.unit, file.start, len(file.values), sum(file.values)) == ("kWh", "2025-01-01T00:00Z", 8760, 365 * 300)


@pytest.mark.parametrize(
    "head", ["Aikaleima;Kulutus [kWh]", "Tidpunkt;Förbrukning (kWh)", "timestamp;kWh", "Alkuaika;Määrä [kWh]",
             "Start time UTC;kWh", "datetime;Consumption [kWh]"],
)  # fmt: skip
def test_headers_of_three_languages_and_decimal_commas(head: str) -> None:
    rows = [f"{utc(moment)};{i % 7},5" for i, moment in enumerate(hours())]
    assert good(text(head, rows)).values[:3] == (0.5, 1.5, 2.5)


def test_the_open_data_layout_of_fingrid() -> None:
    # four columns of time, the value last; grams of CO2 every three minutes, averaged over the hour
    head = (
        "Start time UTC,End time UTC,Start time UTC+02:00,End time UTC+02:00,"
        "Emission factor for electricity consumed in Finland - real time data"
    )

    def row(i: int, moment: datetime) -> str:
        times = [moment, moment + timedelta(minutes=3)]
        local = [each + timedelta(hours=2) for each in times]
        return ",".join([*(each.strftime("%Y-%m-%d %H:%M:%S") for each in (*times, *local)), str(20 + i % 20)])

    file, problems = read(text(head, [row(i, m) for i, m in enumerate(hours(8760 * 20, minutes=3))]), GRID)
    assert [each.code for each in problems] == ["series-shape-only"]  # the header states no unit
    assert file is not None
    assert file.start == "2025-01-01T00:00Z"
    assert set(file.values) == {29.5}


def test_the_export_of_the_finnish_datahub() -> None:
    head = "Mittauspisteen tunnus;Tuotteen tyyppi;Resoluutio;Yksikkötyyppi;Lukeman tyyppi;Alkuaika;Määrä;Laatu"
    first = datetime(2024, 12, 31, 22, tzinfo=UTC)
    rows = [
        f"643006966000000000;8716867000030;PT15M;kWh;BN01;{utc(moment)};2,125000;OK"
        for moment in hours(8760 * 4, first, 15)
    ]
    file = good(text(head, rows))
    assert (file.unit, file.start, set(file.values)) == ("kWh", "2024-12-31T22:00Z", {8.5})


def test_power_of_quarters_is_averaged_and_energy_is_summed() -> None:
    rows = [f"{utc(moment)};{i % 4}" for i, moment in enumerate(hours(8760 * 4, minutes=15))]
    assert set(good(text("time;load [kW]", rows)).values) == {1.5}
    assert set(good(text("time;load [kWh]", rows)).values) == {6.0}


def test_a_unit_row_below_the_headers() -> None:
    assert good(text("time,load", ["UTC,MW", *(row.replace("Z", "") for row in PLAIN)])).unit == "MW"


def local_rows(zone: str, first: datetime) -> list[str]:
    place = ZoneInfo(zone)
    return [f"{moment.astimezone(place):%d.%m.%Y %H:%M};{i}" for i, moment in enumerate(hours(8760, first))]


def test_local_time_with_its_zone_keeps_both_clock_changes() -> None:
    # Helsinki: 30 March 2025 has no hour from 3 to 4, 26 October has the hour from 3 to 4 twice.
    first = datetime(2024, 12, 31, 22, tzinfo=UTC)
    rows = local_rows("Europe/Helsinki", first)
    file = good(text("Aika [Europe/Helsinki];kWh", rows))
    assert (file.start, file.values) == ("2024-12-31T22:00Z", tuple(map(float, range(8760))))
    assert sum(row.startswith("26.10.2025 03:00") for row in rows) == 2
    assert not any(row.startswith("30.03.2025 03:00") for row in rows)


def test_standard_time_called_summer_time_is_refused_at_the_hour_the_clock_skips() -> None:
    first = datetime(2025, 1, 1)
    rows = [f"{first + timedelta(hours=i):%Y-%m-%d %H:%M};1" for i in range(8760)]
    found = codes(text("time [Europe/Helsinki];kWh", rows))
    skipped = 2 + (datetime(2025, 3, 30, 3) - first) // timedelta(hours=1)
    assert ("series-skipped", str(skipped)) in found
    assert good(text("time [UTC+02:00];kWh", rows)).start == "2024-12-31T22:00Z"


def changed(*changes: tuple[int, str | None]) -> bytes:
    rows = list(PLAIN)
    for place, row in sorted(changes, reverse=True):
        rows[place : place + 1] = [] if row is None else row.split("\n")
    return text("time,value [kWh]", rows)


def each_line(code: str) -> list[tuple[str, str]]:
    """The first three lines below the header."""
    return [(code, str(line)) for line in (2, 3, 4)]


HOSTILE: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "gap": (changed((100, None)), [("series-gap", "102")]),
    "two gaps": (changed((100, None), (200, None)), [("series-gap", "102"), ("series-gap", "201")]),
    "duplicate": (changed((7, f"{PLAIN[7]}\n{PLAIN[7]}")), [("series-duplicate", "10")]),
    "backwards": (text("time,kWh", reversed(PLAIN)), [("series-order", "3")]),
    "one row astray": (changed((50, PLAIN[60])), [("series-gap", "52"), ("series-order", "53")]),
    "blank": (changed((3, f"{utc(START + timedelta(hours=3))},")), [("series-blank", "5")]),
    "text": (changed((3, f"{utc(START + timedelta(hours=3))},n/a")), [("series-number", "5")]),
    "infinite": (changed((3, f"{utc(START + timedelta(hours=3))},1e999")), [("series-number", "5")]),
    "negative": (changed((3, f"{utc(START + timedelta(hours=3))},-4")), [("series-below", "5")]),
    "thousands": (
        text("time;kWh", [f"{utc(m)};1,234.5" for m in hours(3)]), each_line("series-number"),
    ),
    "commas that part and mark decimals": (
        text("time,kWh", [f"{utc(m)},3,5" for m in hours(3)]), each_line("series-cells"),
    ),
    "thousands or decimals": (
        text("time;kWh", [f"{utc(m)};{'1.234' if i % 2 else '987'}" for i, m in enumerate(hours())]),
        [("series-thousands", "3")],
    ),
    "two units in a column": (
        text("time;value;unit", [f"{utc(m)};1;{'MWh' if i == 4 else 'kWh'}" for i, m in enumerate(hours())]),
        [("series-unit", "6")],
    ),
    "mixed decimals": (
        text("time;kWh", [f"{utc(m)};{'1,5' if i else '1.5'}" for i, m in enumerate(hours())]),
        [("series-decimals", "3")],
    ),
    "a year short of a day": (text("time,kWh", PLAIN[:-24]), [("series-length", "")]),
    "two years": (text("time,kWh", [f"{utc(m)},1" for m in hours(17520)]), [("series-length", "")]),
    "from half past": (
        text("time,kWh", [f"{utc(m)},1" for m in hours(start=START + timedelta(minutes=30))]), [("series-start", "")],
    ),
    "no zone": (text("time,kWh", [row.replace("Z", "") for row in PLAIN]), [("series-zone", "2")]),
    "unknown zone": (text("time [Mars/Base],kWh", [r.replace("Z", "") for r in PLAIN]), [("series-zone-unknown", "")]),
    "an abbreviation of a zone": (
        text("time [EET],kWh", [r.replace("Z", "") for r in PLAIN]), [("series-zone-unknown", "")],
    ),
    "from the day a leap year adds": (
        text("time,kWh", [f"{utc(m)},1" for m in hours(start=datetime(2024, 2, 29, tzinfo=UTC))]),
        [("series-start", "")],
    ),
    "no times": (text("kWh", ["1"] * 8760), [("series-no-time", "1")]),
    "american dates": (text("time [UTC],kWh", ["12/31/2025 10:00,1"] * 3), each_line("series-stamp")),
    "seven minutes": (text("time,kWh", [f"{utc(m)},1" for m in hours(100, minutes=7)]), [("series-step", "2")]),
    "two columns": (text("time,a [kWh],b [kWh]", [f"{row},1" for row in PLAIN]), [("series-columns", "")]),
    "money": (text("time,value [EUR]", PLAIN), [("series-unit", "")]),
    "a unit nobody knows": (text("time,value [parsec]", PLAIN), [("series-unit", "")]),
    "two columns of words": (text("time,a,b", [f"{utc(m)},x,y" for m in hours(3)]), [("series-columns", "")]),
    "nothing beside the times": (text("time,", [f"{utc(m)}," for m in hours(3)]), [("series-no-values", "")]),
    "nothing": (b"", [("series-empty", "")]),
    "a header only": (b"time,kWh\n", [("series-empty", "")]),
    "a quotation mark that nothing closes": (
        text("time,kWh", [*PLAIN[:4], '"' + PLAIN[4], *PLAIN[5:9]]), [("series-quote", "6")],
    ),
    "a quotation mark before half a megabyte": (
        text('time,"kWh', PLAIN * 3), [("series-quote", "1")],
    ),
    "a cell too long for a cell": (
        text("time,kWh", [PLAIN[0], f"{utc(START)},{'1' * 131_073}", PLAIN[2]]), [("series-field", "3")],
    ),
    "binary": (b"PK\x03\x04\x00\x00", [("series-unreadable", "")]),
    "words": (text("time,comment", [f"{utc(m)},fine" for m in hours(3)]), each_line("series-number")),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_wrong_is_said_with_its_line(name: str) -> None:
    content, expected = HOSTILE[name]
    assert codes(content) == expected


@pytest.mark.parametrize(
    ("year", "count", "expected"), [(2025, 8784, "8760"), (2024, 8760, "8784"), (2025, 8759, "8760")]
)
def test_a_wrong_length_says_how_long_the_year_is(year: int, count: int, expected: str) -> None:
    rows = [f"{utc(m)},1" for m in hours(count, datetime(year, 1, 1, tzinfo=UTC))]
    _, (problem,) = read(text("time,kWh", rows))
    told = problem.as_json()
    assert (problem.code, problem.values["expected"]) == ("series-length", expected)
    assert str(told["message"]).endswith(f"one whole year from there has {expected}.")
    assert "8,784 where it holds a 29 February" in str(told["cure"])


def test_what_stands_behind_the_name_of_times_is_no_zone_where_the_times_have_one() -> None:
    assert good(text("time [ISO 8601],kWh", PLAIN)).start == "2025-01-01T00:00Z"


def test_many_mistakes_of_one_kind_are_counted() -> None:
    rows = [row.rpartition(",")[0] + ",x" for row in PLAIN]
    _, problems = read(text("time,kWh", rows))
    assert [each.code for each in problems] == ["series-number"] * TOLD + ["series-more"]
    assert problems[-1].values["count"] == str(8760 - TOLD)


def test_one_of_several_columns_is_named_behind_a_number_sign() -> None:
    content = text("time,hall [kWh],office [kWh]", [f"{row},7" for row in PLAIN])
    assert set(good(content, column="office").values) == {7.0}
    _, problems = read(content, column="roof")
    assert [(each.code, each.values["options"]) for each in problems] == [("series-column", "hall [kWh], office [kWh]")]


def test_a_column_of_hours_beside_the_date() -> None:
    def rows(first: int) -> list[str]:
        return [f"{moment:%Y-%m-%d};{moment.hour + first};2" for moment in hours()]

    assert good(text("date [UTC];hour;kWh", rows(0))).start == "2025-01-01T00:00Z"
    assert good(text("date [UTC];hour;kWh", rows(1))).start == "2025-01-01T00:00Z"  # 1 to 24: the hour that ends


def test_weather_takes_temperatures_below_zero_and_humidity() -> None:
    rows = [f"{utc(moment)};{-20.5 + i % 40};{50 + i % 50}" for i, moment in enumerate(hours())]
    file = good(text("time;temperature [°C];relative humidity [%]", rows), WEATHER)
    assert (min(file.values), file.humidity[:2], file.unit) == (-20.5, (50.0, 51.0), "°C")


@settings(max_examples=25)
@given(st.integers(0, 8759), st.sampled_from(["gap", "duplicate", "blank"]))
def test_one_mistake_anywhere_is_found_where_it_is(place: int, kind: str) -> None:
    rows = list(PLAIN)
    if kind == "gap":
        del rows[place]
    elif kind == "duplicate":
        rows.insert(place, rows[place])
    else:
        rows[place] = rows[place].rpartition(",")[0] + ","
    found = codes(text("time,kWh", rows))
    if kind == "gap" and place in (0, 8759):
        assert found == [("series-length", "")]
    else:
        line = place + {"gap": 2, "duplicate": 3, "blank": 2}[kind]
        assert found == [(f"series-{kind}", str(line))]


def epw(rows: Callable[[int, datetime], str], zone: str = "2.0") -> bytes:
    head = f"LOCATION,Kajaani,-,FIN,test,000000,64.3,27.7,{zone},150.0\n" + "X\n" * 7
    year = [datetime(2023, 1, 1, tzinfo=UTC) + timedelta(hours=i) for i in range(8760)]
    return (head + "\n".join(rows(i, moment) for i, moment in enumerate(year))).encode()


def epw_row(i: int, moment: datetime, dry: float | None = None) -> str:
    value = dry if dry is not None else i % 30 - 15
    return f"2010,{moment.month},{moment.day},{moment.hour + 1},60,flags,{value},-3.0,80,100000"


def weather(content: bytes) -> tuple[DataFile | None, list[Problem]]:
    def say(code: str, read: str = "", **values: str) -> Problem:
        return Problem(code, "Simulation", None, "weather_file", read, {"column": "weather_file", **values})

    reader = Reader("a.epw", "", WEATHER, say)
    return read_weather(content, reader), reader.finish()


def test_weather_of_an_epw_file() -> None:
    file, problems = weather(epw(epw_row))
    assert problems == []
    assert file is not None
    assert (file.start, file.values[:2], file.humidity[0]) == ("2022-12-31T22:00Z", (-15.0, -14.0), 80.0)


def test_broken_epw_files_are_refused() -> None:
    for content, code in (
        (b"nonsense", "series-epw"),
        (epw(epw_row, zone="99"), "series-epw"),
        (b"\n".join(epw(epw_row).split(b"\n")[:-5]), "series-length"),
        (epw(lambda i, m: epw_row(i, m, dry=99.9 if i == 5 else None)), "series-blank"),
        (epw(lambda i, m: epw_row(i, m).replace(f",{m.hour + 1},60,", f",{m.hour},60,")), "series-epw-hours"),
        (epw(lambda i, m: epw_row(i + (i > 9), m + timedelta(hours=i > 9))), "series-order"),
    ):
        file, problems = weather(content)
        assert file is None
        assert code in {each.code for each in problems}


def test_an_epw_file_with_a_byte_order_mark_is_read_and_one_with_a_monstrous_cell_is_not() -> None:
    file, problems = weather(b"\xef\xbb\xbf" + epw(epw_row))
    assert (file is not None, problems) == (True, [])
    lines = epw(epw_row).split(b"\n")
    lines[12] += b"9" * 131_073
    file, problems = weather(b"\n".join(lines))
    assert (file, [(each.code, each.values["line"]) for each in problems]) == (None, [("series-field", "13")])
    lines[12], lines[5] = lines[11], b'COMMENTS 1,"made by hand'  # EPW knows no quotation marks
    assert {each.code for each in weather(b"\n".join(lines))[1]} == {"series-order"}


FMI = {
    "of today, in UTC": (
        "Havaintoasema,Vuosi,Kuukausi,Päivä,Aika [UTC],Lämpötilan keskiarvo [°C],Suhteellisen kosteuden keskiarvo [%]",
        "UTC", "{station},{y},{m},{d},{t},{dry},{rh}",
    ),
    "of today, in local time": (
        "Havaintoasema,Vuosi,Kuukausi,Päivä,Aika [Paikallinen aika],Alin lämpötila [°C],Ilman lämpötila keskiarvo [°C],"
        "Suhteellinen kosteus keskiarvo [%]",
        "Europe/Helsinki", "{station},{y},{m},{d},{t},-50,{dry},{rh}",
    ),
    "in English": (
        "Observation station,Year,Month,Day,Time [Local time],Average temperature [°C],Average relative humidity [%]",
        "Europe/Helsinki", "{station},{y},{m},{d},{t},{dry},{rh}",
    ),
    "of before": (
        "Vuosi,Kk,Pv,Klo,Aikavyöhyke,Pilvien määrä (1/8),Suhteellinen kosteus (%),Ilman lämpötila (degC),"
        "Kastepistelämpötila (degC)",
        "UTC", "{y},{m},{d},{t},UTC,8,{rh},{dry},-60",
    ),
}  # fmt: skip


def observed(layout: str) -> list[str]:
    """Rows of a year as the Finnish Meteorological Institute's download writes them, every cell in quotation marks."""
    head, zone, form = FMI[layout]
    first = datetime(2025, 1, 1, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    rows = []
    for i, moment in enumerate(hours(8760, first)):
        there = moment.astimezone(ZoneInfo(zone))
        parts = {"y": there.year, "m": there.month, "d": there.day, "t": f"{there:%H:%M}"}
        rows.append(form.format(station="Kajaani lentoasema", dry=i % 50 - 25.5, rh=40 + i % 60, **parts))
    return [",".join(f'"{cell}"' for cell in row.split(",")) for row in (head, *rows)]


@pytest.mark.parametrize("layout", FMI)
def test_observations_of_the_finnish_meteorological_institute(layout: str) -> None:
    head, *rows = observed(layout)
    file = good(text(head, rows), WEATHER)
    assert file.start == ("2025-01-01T00:00Z" if FMI[layout][1] == "UTC" else "2024-12-31T22:00Z")
    assert (file.unit, file.values[:2], file.humidity[:2]) == ("°C", (-25.5, -24.5), (40.0, 41.0))
    assert len(file.values) == len(file.humidity) == 8760


def test_what_is_missing_in_observations_is_said_with_its_line() -> None:
    head, *rows = observed("of today, in UTC")
    dash = [*rows[:2], rows[2].rpartition(",")[0] + ',"-"', *rows[3:]]
    assert codes(text(head, dash), WEATHER) == [("series-blank", "4")]
    assert codes(text(head, [row.replace('"-25.5"', '"-"') for row in rows[:1]] + rows[1:]), WEATHER) == [
        ("series-blank", "2")
    ]
    assert codes(text(head, rows[:5] + rows[6:]), WEATHER) == [("series-gap", "7")]
    elsewhere = head.replace("Havaintoasema", "Station").replace("UTC", "Paikallinen aika")
    assert codes(text(elsewhere, rows), WEATHER) == [("series-zone", "2")]
    no_day = [rows[0].replace('"1","1"', '"2","30"'), *rows[1:]]
    assert codes(text(head, no_day), WEATHER) == [("series-stamp", "2")]


def humid(*values: float, unit: str = " [%]") -> bytes:
    rows = [f"{utc(moment)};5;{values[i % len(values)]:g}" for i, moment in enumerate(hours())]
    return text(f"time;temperature [°C];relative humidity{unit}", rows)


def test_relative_humidity_is_percent_up_to_a_hundred() -> None:
    assert good(humid(80, 100, 0.5), WEATHER).humidity[:3] == (80.0, 100.0, 0.5)
    assert good(humid(80, unit=""), WEATHER).humidity[0] == 80.0
    assert good(humid(80).replace(b"relative humidity", b"Kosteus"), WEATHER).humidity[0] == 80.0
    assert codes(humid(80, 100.1), WEATHER)[0] == ("series-above", "3")
    assert codes(humid(0.8, 1.0, 0.0), WEATHER) == [("series-fraction", "")]
    assert codes(humid(0.0), WEATHER) == [("series-fraction", "")]
    assert codes(humid(80, unit=" [g/kg]"), WEATHER) == [("series-unit", "")]


def test_an_epw_file_may_hold_humidity_up_to_110_percent_and_not_a_fraction() -> None:
    def of(*values: float) -> bytes:
        def row(i: int, moment: datetime) -> str:
            return epw_row(i, moment).replace(",80,100000", f",{values[i % len(values)]:g},100000")

        return epw(row)

    file, problems = weather(of(90, 110, 101))
    assert file is not None
    assert file.humidity[:4] == (90.0, 100.0, 100.0, 90.0)
    assert [(p.code, p.read, p.values["count"]) for p in problems] == [("series-saturated", "110", str(8760 // 3 * 2))]
    for values, expected in (
        ((90, 111), ("series-above", "10")),
        ((90, -1), ("series-below", "10")),
        ((0.5, 1), ("series-fraction", "")),
    ):
        file, problems = weather(of(*values))
        assert (file, problems[0].code, problems[0].values.get("line", "")) == (None, *expected)
    file, problems = weather(of(90, 999))  # missing, as EPW writes it
    assert file is not None
    assert (file.humidity, problems) == ((), [])


def solar(latitude: float) -> list[float]:
    """Power of the sun on a flat roof in a clear year, by hour: the sine of the height of the sun."""
    found = []
    for hour in range(8760):
        declination = radians(-23.44) * cos(2 * pi * (hour / 24 + 10) / 365)
        turn = 2 * pi * (hour % 24 - 12) / 24
        height = sin(radians(latitude)) * sin(declination) + cos(radians(latitude)) * cos(declination) * cos(turn)
        found.append(max(height, 0.0) if height > 0.01 else 0.0)
    return found


def series(values: Iterable[float], unit: str = "kWh") -> bytes:
    return text(f"time;value [{unit}]", [f"{utc(m)};{value:g}" for m, value in zip(hours(), values, strict=True)])


@pytest.mark.parametrize("latitude", [0.0, 60.2, 64.2, 68.0])
def test_the_sun_a_flat_load_and_tests_of_a_generator_are_no_slips(latitude: float) -> None:
    year = solar(latitude)
    good(series(year))
    good(series([1.0] * 8760))
    good(series([500.0 if i % 730 == 0 else 0.0 for i in range(8760)]))


def said(content: bytes, wanted: Wanted = LOAD) -> list[tuple[str, dict[str, str]]]:
    file, problems = read(content, wanted)
    assert file is not None
    return [(each.code, {k: v for k, v in each.values.items() if k not in ("file", "column")}) for each in problems]


def test_a_lone_hour_far_above_the_others_is_said_with_its_line() -> None:
    # 20 times the mean m of 8,760 hours, one of them x and the others 1: x = 20·(8,759 + x)/8,760, x = 20.04
    for value, expected in ((20.0, []), (20.1, ["series-spike"])):
        assert [code for code, _ in said(series([1.0] * 100 + [value] + [1.0] * 8659))] == expected
    (found,) = said(series([1.0] * 100 + [1000.0] + [1.0] * 8659))
    assert found == ("series-spike", {"line": "102", "times": f"{1000 / ((8759 + 1000) / 8760):.3g}", "count": "1"})


@pytest.mark.parametrize(("first", "count"), [(4000, 4760), (4000, 48), (1000, 3000)])
def test_a_stretch_in_a_unit_a_thousand_times_smaller_is_said_where_it_begins(first: int, count: int) -> None:
    values = [2.0 + i % 24 / 24 for i in range(8760)]
    slipped = [value * (1000.0 if first <= i < first + count else 1.0) for i, value in enumerate(values)]
    ((code, told),) = said(series(slipped))
    assert code == "series-level"
    assert int(told["line"]) in (first + 2, first + count + 2)
    assert 100 <= float(told["times"]) < 2000 or 1 / 2000 < float(told["times"]) <= 0.01


def test_the_grid_in_a_unit_that_no_fuel_reaches_is_an_error() -> None:
    assert codes(series([50.0] * 8759 + [5001.0], "g CO2e/kWh"), GRID) == [("series-intensity", "8761")]
    assert codes(series([0.05] * 8759 + [5.001], "kg CO2/kWh"), GRID) == [("series-intensity", "8761")]
    assert [code for code, _ in said(series([4000.0] * 8760, "g CO2/kWh"), GRID)] == []
    assert codes(series([50.0] * 8760, "kg CO2/kWh"), GRID)[0] == ("series-intensity", "2")


@pytest.mark.parametrize("wanted", [LOAD, GRID])
def test_nothing_but_zeros_is_no_shape(wanted: Wanted) -> None:
    unit = "kWh" if wanted is LOAD else "g CO2/kWh"
    assert codes(series([0.0] * 8760, unit), wanted) == [("series-zero", "")]
    good(series([0.0] * 8759 + [1.0], unit), wanted)


def test_zero_degrees_all_year_is_weather() -> None:
    good(text("time;temperature [°C]", [f"{utc(m)};0" for m in hours()]), WEATHER)


def test_what_a_file_without_a_unit_is_taken_as_is_said() -> None:
    bare = text("time;value", [f"{utc(m)};{30 + i % 20}" for i, m in enumerate(hours())])
    assert said(bare) == [("series-shape-only", {})]
    assert said(bare, GRID) == [("series-shape-only", {})]
    assert said(bare, WEATHER) == [("series-celsius", {"low": "30", "high": "49"})]


def test_kelvins_are_no_degrees() -> None:
    content = text("time,Temperature", [f"{utc(m)},270" for m in hours()])
    assert codes(content, WEATHER)[0] == ("series-above", "2")


def test_hours_from_one_to_twenty_four_may_be_written_as_times() -> None:
    rows = [f"{moment:%Y-%m-%d};{moment.hour + 1:02}:00;2" for moment in hours()]
    assert good(text("date [UTC];hour;kWh", rows)).start == "2025-01-01T00:00Z"


def test_files_are_found_beside_the_workbook_only(tmp_path: Path) -> None:
    from inventories.files import with_files  # noqa: PLC0415
    from inventories.values import Quantity  # noqa: PLC0415
    from tests.studies import make, meter  # noqa: PLC0415

    (tmp_path / "load.csv").write_bytes(text("time,value [MWh]", [f"{utc(m)},0.1" for m in hours()]))
    study = partial(make, years=1)

    def found(name: str, amount: float = 876.0) -> list[str]:
        made = study(energy=[meter(amount=Quantity(amount, "MWh"), profile=name)])
        with_them, problems = with_files(made, tmp_path)
        assert len(with_them.files) == (not any(each.code in ("series-path", "series-missing") for each in problems))
        return [each.code for each in problems]

    assert found("load.csv") == []
    assert found("load.csv", 900.0) == ["series-sum"]
    assert found("load.csv", 876_000.0) == ["series-slip"]
    assert found("absent.csv") == ["series-missing"]
    both = study(energy=[meter(amount=Quantity(876, "MWh"), profile="load.csv")], grid_profile="load.csv")
    assert "series-roles" in {each.code for each in with_files(both, tmp_path)[1]}
    for name in ("../load.csv", "/etc/passwd", "a/b.csv", "..", ".hidden.csv", "a\\b.csv", "x" * 300 + ".csv"):
        assert found(name) == ["series-path"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    from inventories.files import with_files  # noqa: PLC0415
    from tests.studies import make, meter  # noqa: PLC0415

    beside = tmp_path / "study"
    beside.mkdir()
    (tmp_path / "secret.csv").write_bytes(b"root:x:0:0\nsecret:y:1:1\n")
    (beside / "load.csv").symlink_to(tmp_path / "secret.csv")
    (beside / "real.csv").write_bytes(text("time,value [MWh]", PLAIN))
    (beside / "same.csv").symlink_to("real.csv")
    _, problems = with_files(make(years=1, energy=[meter(profile="load.csv")]), beside)
    assert [each.code for each in problems] == ["series-path"]
    assert "secret" not in str(problems)
    study, problems = with_files(make(years=1, energy=[meter(profile="same.csv")]), beside)
    assert (len(study.files), "series-path" in {each.code for each in problems}) == (1, False)
