"""What of a library is searched, folded once: ids, names of every language, families, search words and places."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from factors.library import Library
from factors.places import forms

LANGUAGES = ("en", "fi", "sv")


class Place(NamedTuple):
    """Where a word stands: in ``id``, a language's name or the ``family``; or as all of what an id is called.

    ``called`` is a whole name or search word of its family, ``place`` a name of its place.
    """

    id: str
    where: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Index:
    """What of a library is searched, folded once.

    Attributes
    ----------
    words
        Word to the places where it stands.
    joined
        Two neighbours written together to their places: ``r410a`` finds R-410A, ``heatpump`` a heat pump.
    in_order
        Words and joined neighbours, sorted: those that begin alike stand together.
    phrases
        What is found only where all of it is typed, written together: search words of several words, names of places.
    spellings, spelled
        Ids and names whole, and the id that each of them calls.
    named
        A whole spelling to the ids it calls.
    """

    words: Mapping[str, tuple[Place, ...]]
    joined: Mapping[str, tuple[Place, ...]]
    in_order: tuple[str, ...]
    phrases: Mapping[str, tuple[Place, ...]]
    spellings: tuple[str, ...]
    spelled: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]


def fold(text: str) -> str:
    """Text in small letters without accents; whatever is neither letter nor digit parts words.

    Examples
    --------
    >>> fold("Fjärrvärme, R-410A (m³)")
    'fjarrvarme r 410a m3'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in plain if not unicodedata.combining(each))))


def said_of(word: str, factor_id: str) -> str:
    """Search word of a family without its ``@piece``, blank where it is not said of an id: that holds no such piece.

    Examples
    --------
    >>> said_of("propane@lpg", "fuel-lpg-gb"), said_of("propane@lpg", "fuel-hvo-gb"), said_of("fuel", "fuel-hvo-gb")
    ('propane', '', 'fuel')
    """
    said, _, piece = word.partition("@")
    return said if piece in factor_id else ""


def _texts(library: Library, factor_id: str) -> Iterator[tuple[str, str]]:
    """What the words of an id stand in: where, and the text."""
    yield "id", factor_id
    yield from library.names.get(factor_id, {}).items()
    family = library.family(factor_id)
    yield "family", family
    if family in library.families:
        yield from (("family", name) for name in library.families[family].names.values())


def _wholes(library: Library, factor_id: str) -> Iterator[tuple[str, str]]:
    """What an id is called or placed by, whole: names and search words of its family, names of its places."""
    family = library.families.get(library.family(factor_id))
    if family is not None:
        said = (said_of(word, factor_id) for word in family.words)
        yield from (("called", text) for text in (*family.names.values(), *said) if text)
    for geography in {row.geography for row in library.factors[factor_id]}:
        yield from (("place", text) for text in forms(geography.partition("-")[0]))


@lru_cache(maxsize=8)
def index(library: Library) -> Index:
    """Fold a library for the search."""
    words: dict[str, dict[Place, None]] = {}
    joined: dict[str, dict[Place, None]] = {}
    phrases: dict[str, dict[Place, None]] = {}
    named: dict[str, dict[str, None]] = {}
    for factor_id in library.factors:
        for where, text in _texts(library, factor_id):
            pieces = fold(text).split()
            for position, word in enumerate(pieces):
                words.setdefault(word, {})[Place(factor_id, where, position == 0)] = None
            for position, pair in enumerate(pairwise(pieces)):
                joined.setdefault("".join(pair), {})[Place(factor_id, where, position == 0)] = None
            if where != "family":
                named.setdefault(" ".join(pieces), {})[factor_id] = None
        for where, text in _wholes(library, factor_id):
            pieces = fold(text).split()
            if where == "called" and len(pieces) == 1:
                words.setdefault(pieces[0], {})[Place(factor_id, "family", False)] = None
                words[pieces[0]][Place(factor_id, where, False)] = None
            else:
                phrases.setdefault("".join(pieces), {})[Place(factor_id, where, False)] = None
    spelled = [(spelling, factor_id) for spelling, ids in named.items() for factor_id in ids]
    return Index(
        words={word: tuple(found) for word, found in words.items()},
        joined={word: tuple(found) for word, found in joined.items()},
        in_order=tuple(sorted({*words, *joined})),
        phrases={word: tuple(found) for word, found in phrases.items()},
        spellings=tuple(spelling for spelling, _ in spelled),
        spelled=tuple(factor_id for _, factor_id in spelled),
        named={spelling: tuple(ids) for spelling, ids in named.items()},
    )
