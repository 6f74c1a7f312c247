"""Series of numbers that a study names by file: one value an hour over a year, or one a year."""

from dataclasses import dataclass

HOURS = 8760
"""Hours of a year; a leap year has 24 more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """What a study takes from a file beside its workbook.

    Attributes
    ----------
    file
        Name as the study writes it: ``meters.csv``, or ``meters.csv#IT load`` for one of several columns.
    unit
        Canonical unit of the values; blank where the file states none.
    values
        Hourly means or sums over one whole year in UTC, or one value for each of ``years``.
    start
        First hour of an hourly series, in UTC: ``2025-01-01T00:00Z``; blank for a yearly one.
    years
        Years of a yearly series, ascending; empty for an hourly one.
    humidity
        Relative humidity [%] beside an outdoor temperature, where the file has it.
    """

    file: str
    unit: str
    values: tuple[float, ...]
    start: str = ""
    years: tuple[int, ...] = ()
    humidity: tuple[float, ...] = ()
