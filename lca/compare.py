"""Two studies compared: which inputs differ, and what each difference does to the totals.

The effect of a difference is what it does alone: the first study with this difference only, assessed whole, less the
first study. Effects need not sum to the difference of the totals, because inputs act on each other (a longer life of
hardware bought more often); the remainder stands beside them as ``together``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factors.problems import InputError
from inventories.document import from_json
from inventories.format import KEYED
from inventories.keyed import OPTIONAL
from lca.assess import assess
from lca.system import BASES

Study = Mapping[str, Any]
Effect = dict[str, float]

SAYS_ONLY = {
    "title", "facility", "organisation", "commissioned_by", "assessor", "reviewer", "date", "purpose", "municipality",
    "language", "attach", "format", "evidence", "note", "item", "element", "name", "locator", "licence", "value_kind",
    "quality", "min", "max", "distribution", "reason", "what",
}  # fmt: skip
"""Keys that move no number of the footprint."""

WHOLE = "*"
"""Row of a difference that is a whole sheet of keys, added or removed."""

ORDER = "order"
"""Row of the difference that contracts stand in another order."""

MOST = 100
"""Differences that are looked at one by one; more are taken together by sheet."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that differs: a row by its id, or a key of the Study sheet; ``fields`` with before and after."""

    sheet: str
    row: str
    kind: str
    fields: Mapping[str, tuple[Any, Any]]
    place: tuple[int | None, int | None]
    """Positions of the row in the first and the second study."""

    @property
    def says_only(self) -> bool:
        """Whether it can move no number."""
        return self.kind == "changed" and self.fields.keys() <= SAYS_ONLY


def differences(one: Study, other: Study) -> list[Difference]:
    """Inputs in which two studies (``inventories.study.as_json``) differ, in the order of the sheets.

    Examples
    --------
    >>> one = {"Study": {"title": "a"}, "Energy": [{"id": "E1", "amount": 1.0}, {"id": "E2", "amount": 5.0}]}
    >>> other = {"Study": {"title": "a"}, "Energy": [{"id": "E1", "amount": 2.0}, {"id": "E3", "amount": 5.0}]}
    >>> [(each.row, each.kind, dict(each.fields)) for each in differences(one, other)][:2]
    [('E1', 'changed', {'amount': (1.0, 2.0)}), ('E2', 'removed', {'id': ('E2', None), 'amount': (5.0, None)})]
    """
    found = [
        Difference("Study", key, "changed", {key: (one["Study"].get(key), other["Study"].get(key))}, (None, None))
        for key in dict.fromkeys([*one["Study"], *other["Study"]])
        if one["Study"].get(key) != other["Study"].get(key)
    ]
    for sheet in OPTIONAL:
        before, after = one.get(sheet, {}), other.get(sheet, {})
        fields = {key: (before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])}
        if bool(before) != bool(after):
            found.append(Difference(sheet, WHOLE, "added" if after else "removed", fields, (None, None)))
            continue
        found += [
            Difference(sheet, key, "changed", {key: both}, (None, None))
            for key, both in fields.items()
            if both[0] != both[1]
        ]
    for sheet in dict.fromkeys([*one, *other]):
        if sheet not in KEYED:
            found += _rows(sheet, one.get(sheet, ()), other.get(sheet, ()))
    return [*found, *_order(one.get("Contracts", ()), other.get("Contracts", ()))]


def _order(one: Sequence[Study], other: Sequence[Study]) -> Iterator[Difference]:
    """Contracts without a number are matched in the order of their rows: another order is a difference."""
    kept = {row["id"] for row in one} & {row["id"] for row in other}
    before, after = ([row["id"] for row in rows if row["id"] in kept] for rows in (one, other))
    if before != after and any("order" not in row for row in (*one, *other)):
        yield Difference("Contracts", ORDER, "changed", {"order": (before, after)}, (None, None))


def _rows(sheet: str, one: Sequence[Study], other: Sequence[Study]) -> Iterator[Difference]:
    before, after = _by_key(sheet, one), _by_key(sheet, other)
    for key in dict.fromkeys([*before, *after]):
        i, j = before.get(key), after.get(key)
        left, right = {} if i is None else one[i], {} if j is None else other[j]
        fields = {
            name: (left.get(name), right.get(name))
            for name in dict.fromkeys([*left, *right])
            if left.get(name) != right.get(name)
        }
        if fields:
            kind = "added" if i is None else "removed" if j is None else "changed"
            yield Difference(sheet, " ".join(map(str, key[:-1])), kind, fields, (i, j))


_KEYS: Mapping[str, tuple[str, ...]] = {
    "Years": ("from",),
    "Files": ("file",),
    "Exclusions": ("module", "section"),
    "Factors": ("id", "module", "part", "year"),
    "Heat": ("id", "year", "claim_holder"),
    "Prices": ("carrier", "year", "tax_class"),
}


def _by_key(sheet: str, rows: Sequence[Study]) -> dict[tuple[Any, ...], int]:
    """Positions by what names a row; rows of one name are told apart by their order."""
    found: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows):
        key = tuple(row[name] for name in _KEYS.get(sheet, ("id",)) if name in row)
        count = 0
        while (*key, count) in found:
            count += 1
        found[(*key, count)] = place
    return found


def changed(one: Study, other: Study, some: Sequence[Difference]) -> dict[str, Any]:
    """Return the first study with some of the differences taken over from the second."""
    made: dict[str, Any] = {sheet: list(rows) for sheet, rows in one.items() if sheet not in KEYED}
    keyed = {sheet: dict(one.get(sheet, {})) for sheet in KEYED}
    gone: set[tuple[str, int]] = set()
    for each in some:
        if each.row == WHOLE:
            keyed[each.sheet] = dict(other.get(each.sheet, {}))
        elif each.sheet in KEYED:
            keyed[each.sheet][each.row] = other.get(each.sheet, {}).get(each.row)
        if each.sheet in KEYED:
            continue
        if each.row == ORDER and each.place == (None, None):
            wanted = [row["id"] for row in other["Contracts"]]
            made["Contracts"].sort(key=lambda row: wanted.index(row["id"]) if row["id"] in wanted else len(wanted))
            continue
        before, after = each.place
        if after is None and before is not None:
            gone.add((each.sheet, before))
        elif after is not None and before is None:
            made.setdefault(each.sheet, []).append(other[each.sheet][after])
        elif before is not None and after is not None:
            made[each.sheet][before] = other[each.sheet][after]
    kept = {
        sheet: [row for place, row in enumerate(rows) if (sheet, place) not in gone] for sheet, rows in made.items()
    }
    stated = {
        sheet: {key: value for key, value in keys.items() if value is not None} for sheet, keys in keyed.items() if keys
    }
    return {**stated, **{sheet: rows for sheet, rows in kept.items() if rows}}


def totals_of(study: Study) -> Effect:
    """Totals of a study on both bases [kg CO2e].

    Raises
    ------
    InputError, ValueError
        It is none that can be assessed.
    """
    totals = assess(from_json(study))["totals"]
    return {basis: totals[basis]["total"] for basis in BASES}


def tied(found: Sequence[Difference]) -> list[list[Difference]]:
    """Group differences of which one names a row that another adds or removes: a factor, a successor, a meter.

    Examples
    --------
    >>> uses = Difference("Plant", "P1", "changed", {"factor": ("old", "mine")}, (0, 0))
    >>> adds = Difference("Factors", "mine A1-A3", "added", {"id": (None, "mine")}, (None, 0))
    >>> [[each.row for each in group] for group in tied([uses, adds])]
    [['P1', 'mine A1-A3']]
    """
    of = list(range(len(found)))
    for side, kind in ((1, "added"), (0, "removed")):
        rows: dict[str, int] = {}
        for place, each in enumerate(found):
            key = "file" if each.sheet == "Files" else "id"
            if each.kind == kind and key in each.fields:
                first = rows.setdefault(str(each.fields[key][side]), place)
                of = [of[first] if group == of[place] else group for group in of]
        for place, each in enumerate(found):
            for name, pair in each.fields.items():
                for said in _strings(pair[side]) if name not in ("id", "file") else ():
                    if said in rows:
                        of = [of[rows[said]] if group == of[place] else group for group in of]
    groups: dict[int, list[Difference]] = {}
    for place, group in enumerate(of):
        groups.setdefault(group, []).append(found[place])
    return list(groups.values())


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    match value:
        case str():
            yield value
        case list() | tuple():
            for each in value:
                yield from _strings(each)


def effects(one: Study, other: Study, found: Sequence[Difference]) -> Iterator[tuple[list[Difference], Effect | None]]:
    """What each difference does alone [kg CO2e]; None where the first study cannot be assessed with it alone.

    A row and the new row it names go together; more than ``MOST`` such groups are taken together by sheet.
    """
    groups = tied(found)
    if len(groups) > MOST:
        groups = [[each for each in found if each.sheet == sheet] for sheet in dict.fromkeys(d.sheet for d in found)]
    base = totals_of(one) if groups else {}
    for group in groups:
        if all(each.says_only for each in group):
            yield group, dict.fromkeys(BASES, 0.0)
            continue
        try:
            alone = totals_of(changed(one, other, group))
        except (InputError, ValueError):
            yield group, None
        else:
            yield group, {basis: alone[basis] - base[basis] for basis in BASES}


def comparison(
    one: Mapping[str, Any], other: Mapping[str, Any], found: Sequence[tuple[list[Difference], Effect | None]]
) -> dict[str, Any]:
    """Put a comparison together: what ``jalki compare --json`` prints.

    Parameters
    ----------
    one, other
        Results documents; their totals are taken as they stand.
    found
        Differences with their effects, from ``effects``.

    Returns
    -------
    dict
        ``differences`` with ``location`` and ``market`` (null where a difference cannot stand alone), ``together``
        (what is left when the effects are taken off), ``remade`` (what recalculating changed in each document, with
        the factors and the program of today), tables by section and module.
    """
    stated = [{basis: each["totals"][basis]["total"] for basis in BASES} for each in (one, other)]
    today = [totals_of(each["study"]) for each in (one, other)]
    difference = {basis: stated[1][basis] - stated[0][basis] for basis in BASES}
    remade = [{basis: today[i][basis] - stated[i][basis] for basis in BASES} for i in (0, 1)]
    known = {basis: sum(effect[basis] for _, effect in found if effect is not None) for basis in BASES}
    return {
        "schema_version": 1,
        "documents": [
            {"input_hash": each["input_hash"], "jalki": each["jalki"]["version"], "complete": each["complete"], **total}
            for each, total in zip((one, other), stated, strict=True)
        ],
        "difference": difference,
        "differences": [
            {
                "sheet": each.sheet,
                "row": each.row,
                "kind": each.kind,
                "fields": {key: list(pair) for key, pair in each.fields.items()},
                "group": place,
                **{basis: None if effect is None else effect[basis] for basis in BASES},
            }
            for place, (group, effect) in enumerate(found)
            for each in group
        ],
        "together": {basis: today[1][basis] - today[0][basis] - known[basis] for basis in BASES},
        "remade": remade,
        **{f"by_{key}": _by(one, other, key) for key in ("section", "module")},
        "outside": _outside(one, other),
        "kpi": list(_kpis(one, other)),
    }


FIGURES = ("PUE", "ERF", "ERE")
"""Key figures that are told side by side."""

ALIKE = ("ERE",)
"""Those that compare wherever the heat pumps stand; the others only where they stand on the same side."""


def _kpis(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Key figures of both, each of its own year; a difference only where the heat pumps stand on the same side."""
    sides = [_figures(each) for each in (one, other)]
    for name in FIGURES:
        rows = [side.get(name) for side in sides]
        if any(row is None or row["value"] is None for row in rows):
            continue
        before, after = (row for row in rows if row is not None)
        same = name in ALIKE or before["heat_pump"] == after["heat_pump"]
        yield {
            "kpi": name,
            "years": [before["year"], after["year"]],
            "values": [before["value"], after["value"]],
            "heat_pump": [before["heat_pump"], after["heat_pump"]],
            "difference": after["value"] - before["value"] if same else None,
        }


def _figures(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Key figures of the year that a document tells them for; what is simulated is left out."""
    start = document["study"]["Study"]["start_year"]
    year = int(next((each["value"] for each in document["choices"] if each["choice"] == "kpi_year"), start))
    of_year = [row for row in document["kpi"] if row["year"] == year and row["state"] != "simulated"]
    return {row["kpi"]: row for row in of_year if not row["zone"]}


def _by(one: Mapping[str, Any], other: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return _summed([each["contributions"] for each in (one, other)], key)


def _outside(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[dict[str, Any]]:
    return _summed([each["outside"] for each in (one, other)], "module")


def _summed(tables: Sequence[Sequence[Mapping[str, Any]]], key: str) -> list[dict[str, Any]]:
    sums: dict[str, list[Effect]] = {}
    for place, table in enumerate(tables):
        for row in table:
            pair = sums.setdefault(row[key], [dict.fromkeys(BASES, 0.0), dict.fromkeys(BASES, 0.0)])
            for basis in BASES:
                pair[place][basis] += row[basis]
    return [{key: value, **{basis: [each[basis] for each in pair] for basis in BASES}} for value, pair in sums.items()]
