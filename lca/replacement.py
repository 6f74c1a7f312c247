"""When things are installed, replaced and taken away: EN 15978 whole sets, or the pro-rata share of a life.

Times are whole numbers of 1e-12 a, so that 3 × 2.4 a is exactly 7.2 a and not a little more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Ticks = npt.NDArray[np.int64]

TICK = 10**12
"""Parts of a year; lives and dates typed with up to twelve decimals are exact (years below 9,007 fit in float64)."""

FIRST, REPLACEMENT, LEAVING, LAST = "first", "replacement", "leaving", "last"


@dataclass(frozen=True, slots=True)
class Service:
    """Dates of a line: the period assessed, when it is installed, and what follows it.

    Attributes
    ----------
    start, end
        First year of the period, first year after it.
    until
        Last year in service as typed; None: no limit.
    successor
        ``same``: another of its kind follows; ``other``: another line does; ``none``: nothing.
    follows
        Whether the line itself replaces another one: its first set is then a replacement.
    """

    start: int
    end: int
    until: int | None = None
    successor: str = "same"
    follows: bool = False


@dataclass(frozen=True)
class Event:
    """Sets that come (``first``, ``replacement``) or go (``leaving``, ``last``) in a year; ``weight`` counts them."""

    role: str
    year: int
    generation: int
    weight: Values


@dataclass(frozen=True)
class Life:
    """Dates of a line after its predecessor is known; the life [a] is a number over the free axis, None to the end."""

    service: Service
    installed: float | Values
    life: float | Values | None
    generation: int
    then: "Life | None" = None
    """Dates from a set on that lives for another time; ``generation`` is then the number of that set."""


def changed(of: Life, life: float, since: int) -> Life:
    """Return a life that a measure changes from a year on.

    Sets in place are kept for the new life where it is longer; a shorter one holds for what is bought from then on.

    Examples
    --------
    Servers of 2027 with 4 a: the set of 2031 is in place in 2033 and serves 6 a, to 2037.

    >>> of = changed(Life(Service(2027, 2052), 2027, 4.0, 1), 6.0, 2033).then
    >>> of.installed, of.life, of.generation
    (2031.0, 6.0, 1)
    """
    installed, before = float(np.ravel(of.installed)[0]), of.life
    if before is None:
        return of
    lived = float(np.ravel(before)[0])
    passed = (since - installed) / lived
    if of.service.successor != "same":
        return replace(of, life=life) if passed <= 0.0 or (passed < 1.0 and life > lived) else of
    number = int(np.floor(passed + 1e-12)) if life > lived else int(np.ceil(passed - 1e-12))
    if number <= 0:
        return replace(of, life=life)
    at = installed + number * lived
    if at >= float(service_end(of.service, installed, lived)[0]):
        return of
    service = replace(of.service, follows=True) if at > of.service.start else of.service
    return replace(of, then=Life(service, at, life, number))


def sets_of(of: Life, pro_rata: float | Values) -> "list[Event]":
    """Sets of a life over the period, those that live for another time included."""
    found = events(of.service, of.installed, of.life, pro_rata)
    if of.then is None:
        return found
    number = of.then.generation
    later = events(of.then.service, of.then.installed, of.then.life, pro_rata)
    return [each for each in found if each.generation < number] + [
        replace(each, generation=each.generation + number) for each in later
    ]


def spans_of(of: Life) -> list[tuple[int, int]]:
    """Beginning and end of service of every set of a life, in their order [ticks]; its own at the end of the service.

    Examples
    --------
    Servers of 2027 with 4 a, of which the set of 2031 is kept for 6 a.

    >>> hall = changed(Life(Service(2027, 2040), 2027, 4.0, 1), 6.0, 2033)
    >>> [(begin // TICK, end // TICK) for begin, end in spans_of(hall)]
    [(2027, 2031), (2031, 2037), (2037, 2040)]
    """
    begin = int(_ticks(of.installed)[0])
    end = int(_ticks(service_end(of.service, of.installed, of.life))[0])
    lived = max(end - begin, 1) if of.life is None else int(_ticks(of.life)[0])
    sets = -((begin - end) // lived) if of.service.successor == "same" else 1
    own = [(begin + k * lived, min(begin + (k + 1) * lived, end)) for k in range(max(sets, 1))]
    return own if of.then is None else [*own[: of.then.generation], *spans_of(of.then)]


def bought(of: Life, generation: int) -> int:
    """Year in which a set of a life was bought."""
    return spans_of(of)[generation][0] // TICK


def taken_out(of: Life, event: Event) -> int:
    """Year in which a set is taken out: that of the event, or the last of its life where that is booked earlier."""
    return max(event.year, (spans_of(of)[event.generation][1] - 1) // TICK)


def _ticks(value: float | Values) -> Ticks:
    return np.rint(np.atleast_1d(np.asarray(value, dtype=np.float64)) * TICK).astype(np.int64)


def service_end(service: Service, installed: float | Values, life: float | Values | None) -> Values:
    """End of a line's service [a]: the end of the period, of ``until``, or of its life when no equal follows."""
    end = np.atleast_1d(np.float64(service.end if service.until is None else min(service.until + 1, service.end)))
    if life is None or service.successor == "same":
        return end
    return np.minimum(end, (_ticks(installed) + _ticks(life)) / TICK)


def _add(events: dict[tuple[str, int, int], Values], role: str, years: Ticks, generation: int, weight: Values) -> None:
    years, weight = np.broadcast_arrays(years, weight)
    for year in np.unique(years[weight != 0]):
        key = (role, int(year), generation)
        events[key] = events.get(key, np.zeros(1)) + np.where(years == year, weight, 0.0)


def _whole(
    events: dict[tuple[str, int, int], Values], service: Service, at: Ticks, life: Ticks, end: Ticks, rule: Values
) -> None:
    """Add whole sets: every k ≥ 0 with installed + k·life < end; the last one leaves in its last year."""
    start = service.start * TICK
    last_k = int(np.max((end - at - 1) // life)) if service.successor == "same" else 0
    for k in range(max(last_k, 0) + 1):
        begins = at + k * life
        comes = ((begins < end) & (begins >= start)) * rule
        role = REPLACEMENT if k or service.follows else FIRST
        _add(events, role, begins // TICK, k, comes)
        if k:
            _add(events, LEAVING, begins // TICK, k - 1, comes)
    over = at + life if service.until is None else np.minimum(at + life, (service.until + 1) * TICK)
    handed_over = (over < service.end * TICK) & (end == over) & (service.successor == "other")
    in_service = (end > start) & (end > at)
    _add(events, LEAVING, over // TICK, last_k, (in_service & handed_over) * rule)
    _add(events, LAST, (end - 1) // TICK, last_k, (in_service & ~handed_over) * rule)


def _pro_rata(
    events: dict[tuple[str, int, int], Values], service: Service, at: Ticks, life: Ticks, end: Ticks, rule: Values
) -> None:
    """Add shares of sets: set k counts with the part of its life that lies in the period, in its own year."""
    start = service.start * TICK
    sets = int(np.max((end - at - 1) // life)) if service.successor == "same" else 0
    for k in range(max(sets, 0) + 1):
        begins = at + k * life
        share = np.clip(np.minimum(begins + life, end) - np.maximum(begins, start), 0, None) / life * rule
        in_place = (begins <= start) & (start < begins + life) if k else np.ones(begins.shape, dtype=bool)
        in_place = in_place & (not service.follows)
        years = np.maximum(begins // TICK, service.start)
        _add(events, FIRST, years, k, np.where(in_place, share, 0.0))
        _add(events, LAST, years, k, np.where(in_place, share, 0.0))
        _add(events, REPLACEMENT, years, k, np.where(in_place, 0.0, share))
        _add(events, LEAVING, years, k, np.where(in_place, 0.0, share))


def events(
    service: Service, installed: float | Values, life: float | Values | None, pro_rata: float | Values
) -> list[Event]:
    """Return the sets of a line over the period, by role, year and generation.

    Under *whole* (EN 15978 convention) set k comes at installed + k·life for every k with installed + k·life < end, and
    has no residual value. Under *pro-rata* set k has the weight
    clip(min(installed + (k + 1)·life, end) − max(installed + k·life, start), 0) / life.

    Parameters
    ----------
    service
        Dates and what follows.
    installed
        1 January of a year [a]; a follower starts within a year.
    life
        Service life [a], > 0; None: to the end.
    pro_rata
        0 = whole, 1 = pro-rata.

    Returns
    -------
    list of Event
        Weights are arrays over the free axis. A set in place when the period starts is sunk under whole.

    Examples
    --------
    Two halls, life 6 a, 25 years from 2027, whole: five and three sets.

    >>> hall = Service(2027, 2052)
    >>> [float(sum(e.weight[0] for e in events(hall, year, 6.0, 0.0) if e.role in (FIRST, REPLACEMENT)))
    ...  for year in (2027, 2037)]
    [5.0, 3.0]
    """
    if all(isinstance(value, float | int | None) for value in (installed, life, pro_rata)):
        return list(_cached(service, installed, life, pro_rata))  # type: ignore[arg-type]
    return list(_events(service, installed, life, pro_rata))


@lru_cache(maxsize=65536)
def _cached(service: Service, installed: float, life: float | None, pro_rata: float) -> tuple[Event, ...]:
    return tuple(_events(service, installed, life, pro_rata))


def _events(
    service: Service, installed: float | Values, life: float | Values | None, pro_rata: float | Values
) -> Iterator[Event]:
    at = _ticks(installed)
    end = _ticks(service_end(service, installed, life))
    ticks = np.maximum(end - at, 1) if life is None else _ticks(life)
    found: dict[tuple[str, int, int], Values] = {}
    rule = np.atleast_1d(np.asarray(pro_rata, dtype=np.float64))
    _whole(found, service, at, ticks, end, 1.0 - rule)
    _pro_rata(found, service, at, ticks, end, rule)
    for (role, year, generation), weight in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        if np.any(weight):
            yield Event(role, year, generation, weight)


def in_service(service: Service, installed: float | Values, life: float | Values | None, year: int) -> Values:
    """Part of a year a line is in service [a], over the free axis.

    Examples
    --------
    >>> in_service(Service(2027, 2052, until=2030), 2029, 5.0, 2030), in_service(Service(2027, 2052), 2029, 5.0, 2028)
    (array([1.]), array([0.]))
    """
    end = service_end(service, installed, life)
    served: Values = np.minimum(end, year + 1.0) - np.maximum(installed, float(year))
    return np.maximum(0.0, served)
