"""Times written in parts: year, month, day and clock in columns of their own, as weather services export them.

The Finnish Meteorological Institute's download of observations is such a file, in two layouts: ``Havaintoasema, Vuosi,
Kuukausi, Päivä, Aika [UTC]`` (or ``Aika [Paikallinen aika]``), and the earlier ``Vuosi, Kk, Pv, Klo, Aikavyöhyke``.
Its local time is that of Finland.
"""

from collections.abc import Callable, Sequence

from inventories.stamps import zone_named

_PARTS = (
    ("vuosi", "year", "år"),
    ("kuukausi", "kk", "month", "månad"),
    ("päivä", "pv", "day", "dag"),
    ("aika", "klo", "time", "tid"),
)
"""Names of the columns of year, month, day and clock."""

_ZONES = ("aikavyöhyke", "time zone", "timezone", "tidszon")
_STATIONS = ("havaintoasema", "observation station", "observationsstation")
_LOCAL = ("paikallinen aika", "local time", "lokal tid", "lokaltid")
FINLAND = "Europe/Helsinki"

Rows = list[tuple[int, list[str]]]


def joined(rows: Rows, name_of: Callable[[str], str]) -> Rows:
    """Put the parts of a time into one column, the first, with its zone in the header; other files stay as they are.

    Examples
    --------
    >>> rows = [(1, ["Vuosi", "Kk", "Pv", "Klo", "Aikavyöhyke", "t"]), (2, ["2024", "1", "9", "7:00", "UTC", "-3"])]
    >>> joined(rows, str.casefold)
    [(1, ['time [UTC]', 't']), (2, ['2024-01-09 07:00', '-3'])]
    """
    if not rows:
        return rows
    heads = rows[0][1]
    names = [name_of(head.strip()) for head in heads]
    places = [next((i for i, name in enumerate(names) if name in part), None) for part in _PARTS]
    found = [place for place in places if place is not None]
    if len(found) < len(_PARTS):
        return rows
    zone = next((i for i, name in enumerate(names) if name in _ZONES), None)
    said = heads[found[3]] if zone is None else _one(rows[1:], zone)
    finnish = zone is not None or any(name in _STATIONS for name in names)
    apart = {*found, zone}
    head = ["time" + _zone(said, finnish=finnish), *(cell for i, cell in enumerate(heads) if i not in apart)]
    return [(rows[0][0], head)] + [
        (number, [_stamp(row, found), *(cell for i, cell in enumerate(row) if i not in apart)])
        for number, row in rows[1:]
    ]


def _zone(said: str, *, finnish: bool) -> str:
    """Zone of a header as a header writes it; local time is Finland's where a Finnish station says so."""
    if zone_named(said) is not None:
        return f" [{said.partition('[')[2].partition(']')[0] or said}]"
    return f" [{FINLAND}]" if finnish and any(word in said.casefold() for word in _LOCAL) else ""


def _one(rows: Rows, place: int) -> str:
    """What a column says in every row; nothing where it says several things."""
    said = {row[place].strip() if place < len(row) else "" for _, row in rows}
    return said.pop() if len(said) == 1 else ""


def _stamp(row: Sequence[str], places: Sequence[int]) -> str:
    year, month, day, clock = (row[place].strip() if place < len(row) else "" for place in places)
    hour, _, minute = clock.replace(".", ":").partition(":")
    return f"{year}-{month:0>2}-{day:0>2} {hour:0>2}:{minute or '00'}"
