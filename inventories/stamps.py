"""Times as files write them: formats, zones, and the hours that a clock change skips or repeats."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

ZONE = re.compile(r"\b(?:(?:UTC|GMT)\s*([+-]\d{1,2})(?::?(\d{2}))?|(UTC|GMT|Z)\b|([A-Z][A-Za-z]+/[A-Za-z_]+))")
"""A zone in a header: ``UTC``, ``UTC+02:00``, ``Europe/Helsinki``."""

_FORMATS = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y klo %H.%M", "%d.%m.%Y")


def zone_named(text: str) -> tzinfo | None:
    """Return the time zone a header names; None where it names none, or one that nobody knows.

    Examples
    --------
    >>> zone_named("Start time UTC+03:00"), zone_named("time")
    (datetime.timezone(datetime.timedelta(seconds=10800)), None)
    """
    match = ZONE.search(text)
    if match is None:
        return None
    hours, minutes, utc, place = match.groups()
    if utc:
        return UTC
    if hours:
        sign = -1 if hours.startswith("-") else 1
        return timezone(timedelta(hours=int(hours), minutes=sign * int(minutes or 0)))
    try:
        return ZoneInfo(place)
    except (KeyError, ValueError, OSError):
        return None


def parse_stamp(text: str) -> datetime:
    """Read a time: ISO 8601, or day.month.year as it is written in Finland and Sweden.

    Raises
    ------
    ValueError
        It is neither; ``12/31/2025`` and ``31/12/2025`` are not guessed at.

    Examples
    --------
    >>> parse_stamp("31.12.2025 23:00"), parse_stamp("2025-12-31 23:00").hour
    (datetime.datetime(2025, 12, 31, 23, 0), 23)
    """
    text = text.strip()
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for pattern in _FORMATS:
        try:
            return datetime.strptime(text, pattern)  # noqa: DTZ007 - the zone stands in the header
        except ValueError:
            continue
    raise ValueError(text)


class Clock:
    """Local times of a file brought to UTC, in the order they stand.

    The hour that a clock change repeats is told apart by its order: its second mention is the later one. The hour that
    it skips is refused: who wrote it kept another time than the zone says.
    """

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone
        self._last: datetime | None = None

    def utc(self, stamp: datetime) -> datetime:
        """Return a time in UTC.

        Raises
        ------
        LookupError
            Nothing says in which zone it is.
        ValueError
            The clock skipped it.
        """
        if stamp.tzinfo is not None:
            return stamp.astimezone(UTC)
        if self.zone is None:
            raise LookupError
        local = stamp.replace(tzinfo=self.zone)
        found = local.astimezone(UTC)
        later = local.replace(fold=1).astimezone(UTC)
        if found != later:
            if found.astimezone(self.zone).replace(tzinfo=None) != stamp:
                raise ValueError(stamp.isoformat(" ", "minutes"))
            if self._last is not None and found <= self._last:
                found = later
        self._last = found
        return found
