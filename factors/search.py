"""Search of the library: every word in an id, a family or a name of any language; slips of the pen are forgiven."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from factors.library import Library
from factors.tables import rows
from factors.units import parse_unit

SHORT = 4
"""Letters below which a word must begin a word of the library: it holds too little to be recognised otherwise."""

LONG = 8
"""Letters from which two slips of the pen are forgiven, not one."""

EQUAL, BEGINS, INSIDE, SLIP = 40, 30, 20, 10
"""What a word earns where it is found: as a word, at the beginning of one, inside one, or but for a slip of the pen."""

KIND = 5
"""What it earns less where it is found in the family only."""

LANGUAGES = ("en", "fi", "sv")


class Place(NamedTuple):
    """Where a word stands: in ``id``, ``family``, ``called`` (it is all of the family's name) or a language's name."""

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
    spellings, spelled
        Ids and names whole, and the id that each of them calls.
    """

    words: Mapping[str, tuple[Place, ...]]
    joined: Mapping[str, tuple[Place, ...]]
    spellings: tuple[str, ...]
    spelled: tuple[str, ...]


def fold(text: str) -> str:
    """Text in small letters without accents; whatever is neither letter nor digit parts words.

    Examples
    --------
    >>> fold("Fjärrvärme, R-410A (m³)")
    'fjarrvarme r 410a m3'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(each for each in plain if not unicodedata.combining(each))))


def _texts(library: Library, factor_id: str) -> Iterator[tuple[str, str]]:
    """What an id is found by: where, and the text."""
    yield "id", factor_id
    yield from library.names.get(factor_id, {}).items()
    family = library.family(factor_id)
    yield "family", family
    if family in library.families:
        yield from (("family", name) for name in library.families[family].names.values())


@lru_cache(maxsize=8)
def index(library: Library) -> Index:
    """Fold a library for the search."""
    words: dict[str, dict[Place, None]] = {}
    joined: dict[str, dict[Place, None]] = {}
    spelled: list[tuple[str, str]] = []
    for factor_id in library.factors:
        for where, text in _texts(library, factor_id):
            pieces = fold(text).split()
            for position, word in enumerate(pieces):
                words.setdefault(word, {})[Place(factor_id, where, position == 0)] = None
            for position, pair in enumerate(pairwise(pieces)):
                joined.setdefault("".join(pair), {})[Place(factor_id, where, position == 0)] = None
            if where == "family":
                whole = words if len(pieces) == 1 else joined
                whole.setdefault("".join(pieces), {})[Place(factor_id, "called", False)] = None
            else:
                spelled.append((" ".join(pieces), factor_id))
    return Index(
        words={word: tuple(found) for word, found in words.items()},
        joined={word: tuple(found) for word, found in joined.items()},
        spellings=tuple(text for text, _ in spelled),
        spelled=tuple(factor_id for _, factor_id in spelled),
    )


def _slips(word: str, known: Sequence[str], *, parts: bool) -> dict[str, int]:
    """Known words that a word may be a slip of, with the edits between them.

    Edits are those of optimal string alignment: a letter too much, too few, another, or two that changed places. Where
    no word is that near, ``parts`` looks inside compounds (``pummpu`` in ``lampopumppu``), with one edit.
    """
    from rapidfuzz import process  # noqa: PLC0415 - neither `--help` nor an assessment needs it
    from rapidfuzz.distance import OSA  # noqa: PLC0415
    from rapidfuzz.fuzz import partial_ratio  # noqa: PLC0415

    allowed = 1 if len(word) < LONG else 2
    near = process.extract(word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    found = {each: int(edits) for each, edits, _ in near if each[0] == word[0]}
    if found or not parts or len(word) == SHORT:
        return found
    longer = [each for each in known if len(each) > len(word)]
    fewer_than_two = 100.0 * (1.0 - 1.0 / (len(word) - 0.5))  # another letter gives 1 − 1/n, two too many 1 − 1/(n − 1)
    within = process.extract(word, longer, scorer=partial_ratio, score_cutoff=fewer_than_two, limit=None)
    return {each: 2 for each, _, _ in within}


def _earned(word: str, of: Index) -> dict[str, int]:
    """Words of an index that answer a word, with what they earn."""
    found = {known: BEGINS for known in (*of.words, *of.joined) if known.startswith(word)}
    if word in found:
        found[word] = EQUAL
    if len(word) < SHORT:
        return found
    found |= {known: INSIDE for known in of.words if word in known and known not in found}
    if word.isalpha():
        others = [known for known in of.words if known.isalpha() and known not in found]
        found |= {known: SLIP - edits for known, edits in _slips(word, others, parts=not found).items()}
    return found


@dataclass(slots=True)
class _Score:
    """How well an id answers one word: by its own id and names, by its family, and whether the family is called so."""

    own: int = 0
    family: int = 0
    called: int = 0
    spoken: bool = False
    leads: bool = False

    @property
    def earned(self) -> int:
        """What the word earns here in all."""
        return max(self.own, self.family - KIND) + self.called

    def take(self, earned: int, place: Place, language: str) -> None:
        """Count one place."""
        if place.where == "called":
            self.called = max(self.called, earned if earned == EQUAL or earned < SLIP else 0)
        elif place.where == "family":
            self.family = max(self.family, earned)
        else:
            self.own = max(self.own, earned)
            self.spoken |= place.where in ("id", language)
            self.leads |= place.leads


def _scores(word: str, of: Index, language: str) -> dict[str, _Score]:
    scores: dict[str, _Score] = {}
    for known, earned in _earned(word, of).items():
        for place in (*of.words.get(known, ()), *of.joined.get(known, ())):
            scores.setdefault(place.id, _Score()).take(earned, place, language)
    return {factor_id: score for factor_id, score in scores.items() if score.earned}


def _answers(words: str, of: Index, language: str) -> list[dict[str, _Score]]:
    """Ids that answer each word; what hyphens hold together is one word where that is found, else several."""
    answers: list[dict[str, _Score]] = []
    for word in words.split():
        pieces = fold(word).split()
        whole = _scores("".join(pieces), of, language)
        answers += [whole] if whole else [_scores(piece, of, language) for piece in pieces]
    return answers


def dimension(unit: str) -> str:
    """Dimension of a unit, or of the name of a dimension.

    Raises
    ------
    UnitError
        The text is neither.

    Examples
    --------
    >>> dimension("l"), dimension("volume")
    ('volume', 'volume')
    """
    return unit if unit in {row["dimension"] for row in rows("factors", "units.csv")} else parse_unit(unit).dimension


def _kept(library: Library, section: str, unit: str, place: str) -> list[str]:
    """Ids that pass the filters; a place holds its parts (FI holds FI-Oulu)."""
    wanted, per = place.casefold(), dimension(unit) if unit else ""

    def passes(factor_id: str) -> bool:
        its_rows = library.factors[factor_id]
        family = library.families.get(its_rows[0].family)
        places = {row.geography.casefold() for row in its_rows}
        return (
            (not section or (family is not None and family.section == section))
            and (not per or its_rows[0].per.dimension == per)
            and (not wanted or any(each == wanted or each.startswith(f"{wanted}-") for each in places))
        )

    return [factor_id for factor_id in library.factors if passes(factor_id)]


def search(
    library: Library,
    words: str,
    *,
    section: str = "",
    unit: str = "",
    place: str = "",
    language: str = "en",
    limit: int | None = None,
) -> list[str]:
    """Ids that answer every word, best first.

    A word answers where it stands in the id, the family or a name of any language: whole, at the beginning of a word,
    inside one, or with a slip of the pen. Case, accents and hyphens do not matter; words with digits and words of
    fewer than four letters are taken as typed. Words found as typed rank before slips; of equals, a factor that is not
    doubtful before one that is, then one found in the reader's language, then the shorter name.

    Parameters
    ----------
    section
        One of ``factors.library.SECTIONS``.
    unit
        A unit, or the name of a dimension: only factors per such a unit.
    place
        Geography of the factor, for example ``FI``.
    language
        Language of the reader.
    limit
        How many ids at most.

    Raises
    ------
    UnitError
        The unit is neither a unit nor a dimension.

    Examples
    --------
    >>> from factors.library import library
    >>> search(library(), "fjärvärme Tammerfors"), search(library(), "lätt brännolja", unit="l", limit=1)
    (['district-heat-tampere'], ['fuel-gas-oil-gb'])
    """
    wanted = fold(words)
    answers = _answers(words, index(library), language)

    def key(factor_id: str) -> tuple[bool, int, int, bool, int, int, int]:
        scores = [each[factor_id] for each in answers]
        return (
            fold(factor_id) != wanted,
            sum(max(score.own, score.family) < SLIP for score in scores),
            -sum(score.earned for score in scores),
            any(row.doubtful for row in library.factors[factor_id]),
            -sum(score.leads for score in scores),
            -sum(score.spoken for score in scores),
            len(fold(library.name(factor_id, language)).split()),
        )

    found = [each for each in _kept(library, section, unit, place) if all(each in scores for scores in answers)]
    return sorted(found, key=key)[:limit]


def nearest(library: Library, text: str, count: int = 3) -> list[str]:
    """Ids most like a text, by id and by name in any language, best first.

    Examples
    --------
    >>> from factors.library import library
    >>> nearest(library(), "concrete-c30-37", 1)
    ['concrete-c30-37-fi']
    """
    from rapidfuzz import process  # noqa: PLC0415 - only a text that names nothing needs it
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    of = index(library)
    spellings_an_id = 1 + len(LANGUAGES)
    found = process.extract(fold(text), of.spellings, scorer=ratio, limit=count * spellings_an_id)
    return list(dict.fromkeys(of.spelled[position] for _, _, position in found))[:count]
