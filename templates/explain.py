"""The walk behind a number, printed: node, coefficient, unit and source of each step, multiplied out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lca.system import BASES
from lca.ways import Trail, Way
from templates.columns import table
from templates.figures import chosen, find, where
from templates.texts import N_, Texts

TABLES = ("contributions", "outside")


class UnknownPathError(ValueError):
    """What was asked for is neither a line nor a number of the document that has a walk."""


def paths_of(document: Mapping[str, Any], asked: str) -> list[str]:
    """Return the paths that an id or a path asks for: a path is one number, a line's id its sums on both bases.

    Raises
    ------
    UnknownPathError
        It is neither.
    """
    tables = {name: {str(row["line"]) for row in document[name]} for name in TABLES}
    of_line = [where(name, basis, line=asked) for name in TABLES for basis in BASES if asked in tables[name]]
    if of_line:
        return of_line
    pieces = [piece for piece in asked.split(" : ") if piece]
    for piece in pieces:
        _rows(document, piece)
    return pieces


def _rows(document: Mapping[str, Any], path: str) -> tuple[str, str, list[int]]:
    """Table, basis and rows whose sum is the number at a path."""
    head, _, last = path.rpartition("/")
    try:
        find(document, path)
        if head.startswith("totals/"):
            every = enumerate(document["contributions"])
            return "contributions", head[7:], [i for i, row in every if last in ("total", row["component"])]
        name = head.partition("?")[0].partition("/")[0]
        if name in TABLES and last in BASES and (rows := chosen(document, head)):
            return name, last, rows
    except (KeyError, IndexError, TypeError, ValueError):
        pass
    raise UnknownPathError(path)


def explained(document: Mapping[str, Any], asked: str) -> list[dict[str, Any]]:
    """Return each number asked for with its ways, the largest first: what ``--json`` prints.

    Raises
    ------
    UnknownPathError
        Neither a line nor a number that has a walk.
    """
    trail, found = Trail(document["trail"]), []
    for path in paths_of(document, asked):
        name, basis, rows = _rows(document, path)
        ways = [way for row in rows for way in trail.ways(name, row) if way.value(basis)]
        ways.sort(key=lambda way: -abs(way.value(basis)))
        found.append(
            {
                "path": path,
                "basis": basis,
                "value": float(find(document, path)),
                "ways": [
                    {
                        "row": f"{way.table}/{way.row}",
                        "value": way.value(basis),
                        "steps": list(_steps(document, trail, way, basis)),
                    }
                    for way in ways
                ],
            }
        )
    return found


def _steps(document: Mapping[str, Any], trail: Trail, way: Way, basis: str) -> Iterator[dict[str, Any]]:
    """Steps of a way: each exchange, the factor's value, the characterisation of a gas."""
    for each in way.exchanges:
        consumer, product = trail.processes[each["consumer"]], trail.processes[each["product"]]
        yield {
            "node": f"{consumer['label']} → {product['label']}",
            "coefficient": each[basis],
            "unit": product["unit"],
            "source": _source(document, consumer, each),
        }
    leaf, emission = trail.processes[way.emission["process"]], way.emission
    row = _factor(document, leaf)
    gas = emission["gas"]
    yield {
        "node": leaf["label"],
        "coefficient": emission["kilograms"],
        "unit": f"kg {gas}/{leaf['unit']}",
        "source": " ".join(str(row[key]) for key in ("source", "locator") if row.get(key)),
    }
    if gas != "CO2e":
        yield {
            "node": gas,
            "coefficient": emission["gwp"],
            "unit": f"kg CO2e/kg {gas}",
            "source": str(row.get("gwp_set", "")),
        }


def _factor(document: Mapping[str, Any], leaf: Mapping[str, Any]) -> Mapping[str, Any]:
    """Row of the passport that a leaf is; empty where it is none (the release of biogenic carbon)."""
    wanted = leaf["factor"]
    rows = document["passport"]["factors"]
    return next((row for row in rows if all(row[key] == wanted[key] for key in wanted)), {})


def _source(document: Mapping[str, Any], consumer: Mapping[str, Any], exchange: Mapping[str, Any]) -> str:
    """Where a coefficient comes from: the cell typed, a contract, the evidence beside it."""
    share = str(exchange.get("share", ""))
    if share:
        kind, _, of = share.partition(":")
        row = document["study"]["Contracts"][int(of)]["id"] if kind == "contract" else of
        return f"{kind} {row}".rstrip()
    path = consumer.get("amount")
    if not path:
        return ""
    typed = find(document, path)
    said = f"{typed['value']!r} {typed['unit']}" if isinstance(typed, Mapping) else repr(typed)
    return f"{path} = {said}"


def lines(found: Sequence[Mapping[str, Any]], texts: Texts) -> Iterator[str]:
    """Print what ``explained`` found; numbers have all their digits and a point, so that they can be multiplied."""
    for number in found:
        if number is not found[0]:
            yield ""
        yield f"{number['path']} = {number['value']!r} kg CO2e"
        for place, way in enumerate(number["ways"], start=1):
            yield ""
            yield texts(
                N_("Way {place} of {count}, part of {row}"), place=place, count=len(number["ways"]), row=way["row"]
            )
            rows = [
                [f"  {step['node']}", f"{step['coefficient']!r}", step["unit"], step["source"]] for step in way["steps"]
            ]
            head = [f"  {texts(N_('Node'))}", texts(N_("Coefficient")), texts(N_("Unit")), texts(N_("Source"))]
            yield from table([head, *rows], left=(0, 1, 2, 3))
            yield f"  = {way['value']!r} kg CO2e"
