"""Numbers that stand in law, each with its act and the day it holds from; of one country, and no advice."""

from collections.abc import Mapping
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
    act: Mapping[str, str]
    """Its name by language."""
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
    return {row["key"]: _rule(row) for row in found}


def _rule(row: Mapping[str, str]) -> Rule:
    plain = {key: row[key] for key in ("country", "kind", "key", "unit", "since", "locator", "confidence", "url")}
    act = {language: row[f"act_{language}"] for language in ("en", "fi", "sv")}
    return Rule(value=float(row["value"]), act=act, **plain)
