"""Weather in EnergyPlus format (EPW): eight lines of header, then an hour a line in local standard time."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from inventories.datafile import HOURS, DataFile
from inventories.plausible import EPW_HIGHEST, SATURATED

if TYPE_CHECKING:
    from inventories.series import Reader

_HEADER = 8
_DRY_BULB, _HUMIDITY = 6, 8
_MISSING_TEMPERATURE, _MISSING_HUMIDITY = 99.9, 999.0


def read_weather(content: bytes, reader: "Reader") -> DataFile | None:
    """Read dry-bulb temperature and relative humidity (fields N6 and N8 of the EPW data dictionary).

    Hours are counted 1 to 24 and name the hour that ends. The years of a typical year differ from month to month and
    are not read: the series is one year from 1 January, local standard time brought to UTC by the zone of the header.
    The data dictionary lets relative humidity run to 110 %; what is above 100 % is taken as saturated, and said.
    """
    rows = reader.rows_of(content, ",", quoted=False)
    if rows is None:
        return None
    try:
        head = rows[0][1]
        zone = float(head[8])
        if head[0].strip().upper() != "LOCATION" or not -12 <= zone <= 14:
            raise ValueError
    except (IndexError, ValueError):
        reader.complain("series-epw", line=1)
        return None
    data = [(number, row) for number, row in rows if number > _HEADER]
    if len(data) not in (HOURS, HOURS + 24):
        reader.complain("series-length", f"{len(data)}", first="1 January", last="31 December", expected=HOURS)
        return None
    first = 2023 if len(data) == HOURS else 2024  # a common or a leap year, only to know the calendar
    temperatures, humidities = _columns(data, first, reader)
    known = all(each < _MISSING_HUMIDITY for each in humidities)
    if known:
        reader.check_fraction(humidities)
    if reader.problems:
        return None
    if known and (over := sum(each > SATURATED for each in humidities)):
        reader.complain("series-saturated", f"{max(humidities):g}", count=over)
    start = datetime(first, 1, 1, tzinfo=UTC) - timedelta(hours=zone)
    return DataFile(
        file=reader.file,
        unit="°C",
        values=tuple(temperatures),
        start=start.strftime("%Y-%m-%dT%H:%MZ"),
        humidity=tuple(min(each, SATURATED) for each in humidities) if known else (),
    )


def _columns(data: list[tuple[int, list[str]]], first: int, reader: "Reader") -> tuple[list[float], list[float]]:
    """Temperatures [°C] and relative humidities [%] of every hour of the year, in their order."""
    temperatures, humidities = [], []
    if any(row[3:4] == ["0"] for _, row in data):
        reader.complain("series-epw-hours", "0", line=next(number for number, row in data if row[3:4] == ["0"]))
        return [], []
    for place, (number, row) in enumerate(data):
        moment = datetime(first, 1, 1, tzinfo=UTC) + timedelta(hours=place)
        try:
            month, day, hour = int(row[1]), int(row[2]), int(row[3])
            dry, humidity = float(row[_DRY_BULB]), float(row[_HUMIDITY])
        except (IndexError, ValueError):
            reader.complain("series-epw", line=number)
            continue
        if (month, day, hour) != (moment.month, moment.day, moment.hour + 1):
            reader.complain("series-order", f"{month}-{day} {hour}", line=number)
        elif dry >= _MISSING_TEMPERATURE or not -90 <= dry <= 60:
            reader.complain("series-blank", line=number)
        elif humidity < 0:
            reader.complain("series-below", row[_HUMIDITY], line=number, least="0")
        elif EPW_HIGHEST < humidity < _MISSING_HUMIDITY:
            reader.complain("series-above", row[_HUMIDITY], line=number, most=f"{EPW_HIGHEST:g}")
        temperatures.append(dry)
        humidities.append(humidity)
    return temperatures, humidities
