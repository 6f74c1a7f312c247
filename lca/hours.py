"""Hours of a year: files brought to one calendar, their shape, and what hours do to an annual sum."""

from datetime import datetime, timedelta

import numpy as np

from inventories.datafile import HOURS, DataFile
from lca.replacement import Values


def calendar(file: DataFile) -> Values:
    """Bring an hourly series to the calendar of a common year: 8,760 hours from 1 January, 00:00 UTC.

    Hours keep their place in the year: a file that begins at midnight in Helsinki is turned by two or three of them. 29
    February of a leap year is left out.

    Examples
    --------
    >>> file = DataFile(file="x.csv", unit="kW", values=tuple(range(8760)), start="2024-12-31T22:00Z")
    >>> calendar(file)[:2], calendar(file)[-2:]
    (array([2., 3.]), array([0., 1.]))
    """
    values = np.asarray(file.values, dtype=np.float64)
    return np.roll(_without_leap_day(values, file), _hour_of_year(_start(file)))


def humidity(file: DataFile) -> Values | None:
    """Relative humidity [%] beside a temperature, on the same calendar; None where the file has none."""
    if not file.humidity:
        return None
    values = np.asarray(file.humidity, dtype=np.float64)
    return np.roll(_without_leap_day(values, file), _hour_of_year(_start(file)))


def year_of(file: DataFile) -> str:
    """Calendar year of a file, or the two it lies in; a day beside the turn of the year is a matter of the zone.

    Examples
    --------
    >>> [year_of(DataFile(file="x.csv", unit="", values=(), start=start)) for start in
    ...  ("2024-12-31T22:00Z", "2025-01-01T00:00Z", "2024-07-01T00:00Z")]
    ['2025', '2025', '2024–2025']
    """
    first, last = _start(file) + timedelta(days=1), _start(file) + timedelta(days=364)
    return str(first.year) if first.year == last.year else f"{first.year}\N{EN DASH}{last.year}"


def _start(file: DataFile) -> datetime:
    return datetime.strptime(file.start, "%Y-%m-%dT%H:%MZ")  # noqa: DTZ007 - the Z is UTC


def _without_leap_day(values: Values, file: DataFile) -> Values:
    if len(values) == HOURS:
        return values
    start = _start(file)
    year = start.year if start < datetime(start.year, 3, 1) else start.year + 1  # noqa: DTZ001
    first = (datetime(year, 3, 1) - timedelta(days=1) - start) // timedelta(hours=1)  # noqa: DTZ001
    return np.delete(values, slice(first, first + 24))


def _hour_of_year(moment: datetime) -> int:
    """Hours since 1 January in a common year."""
    return (moment.replace(year=2023) - datetime(2023, 1, 1)) // timedelta(hours=1)  # noqa: DTZ001


def shape(values: Values) -> Values:
    """Shares of a year's sum by hour; an even share where the sum is nothing.

    Examples
    --------
    >>> shape(np.array([1.0, 3.0]))
    array([0.25, 0.75])
    """
    total = values.sum(axis=-1, keepdims=True)
    even: Values = np.full(values.shape, 1.0 / values.shape[-1])
    found: Values = np.divide(values, total, out=even, where=total > 0)
    return found


def covariance_effect(energy: Values, intensity: Values) -> float:
    """What the hours add to an annual calculation: Σ E_h·EF_h - E·mean(EF).

    It is n · cov(E, EF) over the n hours, and nothing for a flat load.

    Parameters
    ----------
    energy
        E_h [kWh], hours.
    intensity
        EF_h [kg CO2e/kWh], hours.

    Returns
    -------
    float
        Kilograms of CO2e.

    Examples
    --------
    >>> round(covariance_effect(np.array([2.0, 1.0]), np.array([0.3, 0.1])), 12)
    0.1
    """
    return float(energy @ intensity - energy.sum() * intensity.mean())
