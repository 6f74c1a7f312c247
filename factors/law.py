"""Numbers that stand in law, each with its act and the day it holds from; of one country, and no advice."""

from dataclasses import dataclass
from functools import cache

from factors.tables import rows


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of an act: what it is, since when it holds, where it stands and whether it was read there."""

    country: str
    kind: str
    key: str
    value: float
    unit: str
    since: str
    act: str
    locator: str
    confidence: str
    url: str


@cache
def rules(country: str, kind: str) -> dict[str, Rule]:
    """Numbers of a kind by key; empty for a country whose law is not here.

    Examples
    --------
    >>> {key: of.value for key, of in rules("FI", "energy-form").items() if key in ("electricity", "district-heat")}
    {'electricity': 1.2, 'district-heat': 0.5}
    """
    found = [row for row in rows("factors", "law.csv") if (row["country"], row["kind"]) == (country, kind)]
    return {row["key"]: Rule(**{**row, "value": float(row["value"])}) for row in found}  # type: ignore[arg-type]
