"""Places of factors by name: countries in three languages, the parts of them that the library holds, the world."""

from collections.abc import Mapping
from functools import cache, lru_cache

from factors.library import Library
from factors.model import plain

WIDER = {"World": "001", "Europe": "150"}
"""Geographies that are no country, and their codes in the list of territories."""

SHORT_NAMES = {"uk": "GB", "usa": "US"}
"""Abbreviations that are no code of a country."""

GENITIVES = {"Suomi": "Suomen", "Eurooppa": "Euroopan", "Iso-Britannia": "Ison-Britannian"}
"""Finnish genitives that do not just add an n."""


class PlaceError(ValueError):
    """A text that names no place; ``nearest`` holds the names that are most like it."""

    def __init__(self, text: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"there is no place {text!r}; nearest: {', '.join(nearest)}")
        self.nearest = nearest


@cache
def territories(language: str) -> Mapping[str, str]:
    """Codes of countries and of wider areas to their names in a language."""
    from babel import Locale  # noqa: PLC0415 - an assessment does not need it

    found = Locale.parse(language).territories
    countries = {code: name for code, name in found.items() if len(code) == 2 and code.isalpha() and code != "ZZ"}
    return {**countries, **{geography: found[code] for geography, code in WIDER.items()}}


def forms(geography: str) -> list[str]:
    """Names of a country in three languages, also in the genitive; none for what is no country.

    Examples
    --------
    >>> forms("FI"), forms("FI-Oulu")
    (['Finland', 'Suomi', 'Suomen', 'Finlands'], [])
    """
    english, finnish, swedish = (territories(language).get(geography, "") for language in ("en", "fi", "sv"))
    genitive = GENITIVES.get(finnish, f"{finnish}n")
    return list(dict.fromkeys((english, finnish, genitive, swedish, f"{swedish}s"))) if english else []


@cache
def _countries() -> dict[str, tuple[str, str]]:
    """Comparable names to the name as written and its geography."""
    found = {
        plain(name): (name, code) for language in ("sv", "fi", "en") for code, name in territories(language).items()
    }
    found |= {plain(code): (code, code) for code in territories("en")}
    return found | {name: (name.upper(), code) for name, code in SHORT_NAMES.items()}


@lru_cache(maxsize=8)
def _known(library: Library) -> dict[str, tuple[str, str]]:
    """Comparable names of countries and of the places of a library to the name as written and its geography."""
    known = dict(_countries())
    for geography in {row.geography for its_rows in library.factors.values() for row in its_rows if row.geography}:
        known |= {plain(each): (geography, geography) for each in (geography.partition("-")[2], geography) if each}
    return known


def place_named(library: Library, text: str) -> str:
    """Geography that a text names: a code, a name in English, Finnish or Swedish, or a place of the library.

    Raises
    ------
    PlaceError
        No place is called so.

    Examples
    --------
    >>> from factors.library import library
    >>> place_named(library(), "Suomi"), place_named(library(), "oulu"), place_named(library(), "Maailma")
    ('FI', 'FI-Oulu', 'World')
    """
    known = _known(library)
    if plain(text) in known:
        return known[plain(text)][1]
    from rapidfuzz import process  # noqa: PLC0415 - only a text that names nothing needs it
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    near = [known[name] for name, _, _ in process.extract(plain(text), list(known), scorer=ratio, limit=3)]
    raise PlaceError(text, tuple(name if name == code else f"{name} ({code})" for name, code in near))
