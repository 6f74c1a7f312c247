"""The walk behind a number, printed: node, coefficient, unit and source of each step, multiplied out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lca.marks import ALONG
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
    if len(pieces) == 1 and not _has_basis(document, asked):
        suffix = "/total" if asked.startswith("totals/") else ""
        pieces = (
            [f"{asked}{suffix}"] if asked in ("totals/location", "totals/market") else [f"{asked}/{b}" for b in BASES]
        )
    for piece in pieces:
        _rows(document, piece)
    return pieces


def _has_basis(document: Mapping[str, Any], path: str) -> bool:
    """Whether a path names a number; a row, or rows, of a table have one on each basis."""
    try:
        return isinstance(find(document, path), int | float)
    except (KeyError, IndexError, TypeError, ValueError):
        return False


def _rows(document: Mapping[str, Any], path: str) -> tuple[str, str, list[int]]:
    """Table, basis and rows whose sum is the number at a path."""
    head, _, last = path.rpartition("/")
    try:
        find(document, path)
        if head.startswith("intensities/") and last in BASES:
            return "contributions", last, list(range(len(document["contributions"])))
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
                **_divided(document, path),
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


def _divided(document: Mapping[str, Any], path: str) -> dict[str, Any]:
    """What an intensity is divided by: its ways sum to the footprint, not to it."""
    if not path.startswith("intensities/"):
        return {}
    row = document["intensities"][int(path.split("/")[1])]
    return {"denominator": row["denominator"], "per": str(row["unit"]).partition("/")[2]}


def _steps(document: Mapping[str, Any], trail: Trail, way: Way, basis: str) -> Iterator[dict[str, Any]]:
    """Steps of a way: each exchange, the factor's value, the characterisation of a gas."""
    for each in way.exchanges:
        consumer, product = trail.processes[each["consumer"]], trail.processes[each["product"]]
        yield {
            "node": f"{consumer['label']} → {product['label']}",
            "coefficient": each[basis],
            "unit": product["unit"],
            "source": _source(document, consumer, product, each),
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


def _source(
    document: Mapping[str, Any], consumer: Mapping[str, Any], product: Mapping[str, Any], exchange: Mapping[str, Any]
) -> str:
    """Where a coefficient comes from: what was typed in which row, a contract, values nobody typed."""
    share = str(exchange.get("share", ""))
    if share:
        kind, _, of = share.partition(":")
        row = document["study"]["Contracts"][int(of)]["id"] if kind == "contract" else of
        label = consumer["label"].partition("(")[2].removesuffix(")")
        weighed = [*_marks(document, "grid hours", ("grid-hours",), label)] if kind == "bought" else []
        return "; ".join([f"{kind} {row}".rstrip(), *weighed])
    if product["kind"] == "losses":
        return "; ".join(_marks(document, "electricity", ("grid-loss",)))
    if consumer["kind"] == "grid":
        country, year = (piece.strip() for piece in consumer["label"].split("(", 1)[1].split(",")[:2])
        return "; ".join(_marks(document, f"grid {country}", ALONG, year))
    path = consumer.get("amount")
    if not path:
        return ""
    _, sheet, place, column = path.split("/")
    typed = find(document, path)
    value = f"{typed['value']!r} {typed['unit']}" if isinstance(typed, Mapping) else repr(typed)
    row = document["study"][sheet][int(place)]
    named = f"{sheet} {row.get('id', row.get('from', ''))} {column} = {value}"
    return "; ".join([named, *_marks(document, str(row.get("id", "")), BEHIND)])


BEHIND = (
    "bridged",
    "library-default",
    "site-waste",
    "of-equipment",
    "capacity-and-load",
    "hardware-power",
    "heat-pump",
)
"""Values nobody typed that a line's amounts may rest on."""


def _marks(document: Mapping[str, Any], line: str, codes: Sequence[str], column: str = "") -> Iterator[str]:
    """Values nobody typed of a line, each with its source; of a series by years only the year asked for."""
    for value in document["passport"]["values"]:
        of_a_year = value["column"][-4:].isdigit()
        wanted = value["column"] == column if column else not of_a_year
        if value["line"] == line and value["code"] in codes and wanted:
            source = f" [{value['source']}]" if value["source"] else ""
            yield f"{value['column']} {value['value']:g} {value['unit']}: {value['how']}{source}"


def lines(found: Sequence[Mapping[str, Any]], texts: Texts) -> Iterator[str]:
    """Print what ``explained`` found; numbers have all their digits and a point, so that they can be multiplied."""
    for number in found:
        if number is not found[0]:
            yield ""
        per = f"/{number['per']} (divided by {number['denominator']!r})" if "per" in number else ""
        yield f"{number['path']} = {number['value']!r} kg CO2e{per}"
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
