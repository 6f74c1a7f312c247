"""Two studies side by side on the terminal: totals, sections, modules, and what each difference does."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from inventories.format import KEYED, choices, columns, sheets
from lca.modules import SECTIONS, order
from lca.system import BASES
from templates import words
from templates.columns import table
from templates.keyfigures import HEAT_PUMP
from templates.names import module_name
from templates.texts import N_, Texts

SMALL = 0.5
"""Kilograms below which an effect is none on the terminal: its tonnes would print as 0.000."""

LONGEST, WIDE, TOGETHER = 34, 70, 3
"""Characters of a value that is told, and of a difference; differences of a group that are told one by one."""


def lines(found: Mapping[str, Any], names: Sequence[str], texts: Texts) -> Iterator[str]:
    """Print a comparison (``lca.compare.comparison``)."""
    of = _Side(found, texts)
    yield from of.totals(names)
    yield ""
    yield from of.differences()
    for key, rows, title in (
        ("section", found["by_section"], N_("By section")),
        ("module", found["by_module"], N_("By module")),
        ("module", found["outside"], N_("Outside the footprint, never netted")),
    ):
        moved = [row for row in rows if any(abs(row[basis][1] - row[basis][0]) > SMALL for basis in BASES)]
        if moved:
            yield ""
            yield from of.sums(moved, key, texts(title))
    if found["kpi"]:
        yield ""
        yield from of.figures()


class _Side:
    """Rows of a comparison: decimals of totals by the larger total, of differences by the largest difference."""

    def __init__(self, found: Mapping[str, Any], texts: Texts) -> None:
        self.found, self.texts = found, texts
        self.heads = [texts(N_("location-based")), texts(N_("market-based"))]
        self.decimals = _decimals(document[basis] for document in found["documents"] for basis in BASES)
        effects = [each[basis] for each in found["differences"] for basis in BASES if each[basis] is not None]
        self.finer = _decimals([*effects, *found["difference"].values()])

    def tonnes(self, value: float) -> str:
        """Tonnes of a total."""
        return self.texts.decimal(value / 1000.0, self.decimals)

    def signed(self, value: float) -> str:
        """Tonnes of a difference, with its sign."""
        said = self.texts.decimal(value / 1000.0, self.finer)
        return f"+{said}" if value > 0 and any(sign in "123456789" for sign in said) else said

    def figures(self) -> Iterator[str]:
        """Key figures of both; where the heat pumps stand on different sides, PUE and ERF are not compared."""
        say = self.texts
        rows = [[say(N_("Key figures")), "A", "B", say(N_("difference"))]]
        for row in self.found["kpi"]:
            unlike = row["difference"] is None
            moved = say(N_("not compared")) if unlike else say.decimal(row["difference"], 3)
            label = f"{row['kpi']} ({'/'.join(dict.fromkeys(map(str, row['years'])))})"
            rows.append([label, *(say.decimal(value, 3) for value in row["values"]), moved])
        yield from table(rows)
        if any(row["difference"] is None for row in self.found["kpi"]):
            flags = [
                HEAT_PUMP.get(flag)
                for flag in next(r for r in self.found["kpi"] if r["difference"] is None)["heat_pump"]
            ]
            places = [say(flag) if flag else "–" for flag in flags]
            yield say(N_("PUE and ERF do not compare: A has {a}, B {b}; ERE does."), a=places[0], b=places[1])

    def totals(self, names: Sequence[str]) -> list[str]:
        """Both totals and their difference."""
        rows = [["t CO2e", *self.heads]]
        for letter, name, document in zip("AB", names, self.found["documents"], strict=True):
            mark = "" if document["complete"] else f" ({self.texts(N_('incomplete'))})"
            rows.append([f"{letter}  {name}{mark}", *(self.tonnes(document[basis]) for basis in BASES)])
        return table([*rows, self.difference()])

    def difference(self) -> list[str]:
        """Difference of the totals."""
        return ["B − A", *(self.signed(self.found["difference"][basis]) for basis in BASES)]

    def sums(self, rows: Sequence[Mapping[str, Any]], key: str, title: str) -> list[str]:
        """Both studies and their difference on both bases, by a key."""
        head = [title]
        for basis in self.heads:
            head += [f"A {basis}", "B", "B − A"]
        told = [head]
        for row in sorted(rows, key=lambda row: SECTIONS.index(row[key]) if key == "section" else order(row[key])):
            name = self.texts(words.SECTION[row[key]]) if key == "section" else module_name(row[key], self.texts)
            cells = [f"  {name}"]
            for basis in BASES:
                one, other = row[basis]
                cells += [self.tonnes(one), self.tonnes(other), self.signed(other - one)]
            told.append(cells)
        return table(told)

    def differences(self) -> Iterator[str]:
        """Each difference of the inputs with what it does alone, the largest first; what is left; the sum."""
        say, groups = self.texts, _groups(self.found["differences"])
        rows = [[say(N_("What differs, and what it does alone")), *self.heads]]
        told = [group for group in sorted(groups, key=_size) if len(group) > 1 or _size(group)]
        for group in told:
            alone = group[0]["location"] is not None
            effect = [self.signed(group[0][basis]) if alone else say(N_("not alone")) for basis in BASES]
            rows.append([f"  {_cut(_said(group, say), WIDE)}", *effect])
        for what, effects in (
            (N_("all together, beyond what each does alone"), self.found["together"]),
            (N_("A made again with the factors of today"), self.found["remade"][0]),
            (N_("B made again with the factors of today"), {b: -self.found["remade"][1][b] for b in BASES}),
        ):
            if any(abs(effects[basis]) > SMALL for basis in BASES):
                rows.append([f"  {say(what)}", *(self.signed(effects[basis]) for basis in BASES)])
        if not groups:
            yield say(N_("The inputs of both are the same."))
        if len(rows) > 1:
            yield from table([*rows, self.difference()])
        if len(told) < len(groups):
            silent = len(groups) - len(told)
            yield say(N_("Differences that move no number by themselves: {count}; --json lists them."), count=silent)


def _decimals(kilograms: Iterable[float]) -> int:
    largest = max(map(abs, kilograms), default=0.0) / 1000.0
    return 0 if largest >= 10_000 else 1 if largest >= 100 else 3


def _groups(differences: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = {}
    for each in differences:
        found.setdefault(each["group"], []).append(each)
    return list(found.values())


def _cut(said: str, room: int) -> str:
    return said if len(said) <= room else said[: room - 1].rstrip() + "…"


def _size(group: Sequence[Mapping[str, Any]]) -> float:
    """Minus the larger effect, 0 where there is none; what cannot stand alone comes first."""
    if group[0]["location"] is None:
        return -float("inf")
    largest = max(abs(group[0][basis]) for basis in BASES)
    return -largest if largest > SMALL else 0.0


def _sheet(each: Mapping[str, Any], texts: Texts) -> str:
    return str(sheets()[each["sheet"]].labels[texts.language])


def _said(group: Sequence[Mapping[str, Any]], texts: Texts) -> str:
    """Say differences that go together; many of a sheet are counted."""
    if len(group) > TOGETHER:
        return texts(N_("{sheet}: {count} differences"), sheet=_sheet(group[0], texts), count=len(group))
    room = WIDE // len(group) - 3
    return " + ".join(_cut(_one(each, texts), room if len(group) > 1 else WIDE) for each in group)


def _one(each: Mapping[str, Any], texts: Texts) -> str:
    """Say a difference: sheet and row, what was before and what is after."""
    labels = {of.key: of for of in columns(each["sheet"])}
    where = _sheet(each, texts) + ("" if each["sheet"] in KEYED else f" {each['row']}")
    names = (pair for key in ("item", "what", "gas", "meter", "name") if (pair := each["fields"].get(key)))
    name = next((str(value) for pair in names for value in pair if value), "")
    if each["kind"] == "added":
        return texts(N_("{where} added: {name}"), where=where, name=name)
    if each["kind"] == "removed":
        return texts(N_("{where} removed: {name}"), where=where, name=name)
    pieces = []
    for key, (before, after) in each["fields"].items():
        label = labels[key].labels[texts.language] if key in labels else key
        words_of = labels[key].words if key in labels else ""
        pieces.append(f"{label} {_value(before, words_of, texts)} → {_value(after, words_of, texts)}")
    return f"{where}: {'; '.join(pieces[:3])}" + (" …" if len(pieces) > 3 else "")


def _value(value: Any, words_of: str, texts: Texts) -> str:  # noqa: ANN401 - a value of the study
    match value:
        case None:
            return "–"
        case {"value": number, "unit": unit}:
            return f"{texts.exact(number)} {unit}"
        case bool():
            return str(value)
        case int() | float():
            return texts.exact(float(value)) if not isinstance(value, int) else str(value)
        case str() if words_of and value in choices(words_of):
            return choices(words_of)[value][texts.language]
        case _:
            said = str(value)
            return _cut(said, LONGEST)
