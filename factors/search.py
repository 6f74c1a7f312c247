"""Search of the library: every word in an id, a family or a name of any language; slips of the pen are forgiven."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from factors.index import LANGUAGES, Index, Place, fold, index
from factors.library import Library
from factors.model import plain
from factors.places import place_named
from factors.tables import rows
from factors.units import Unit, UnitError, parse_unit, units_of

SHORT = 4
"""Letters below which a word must begin a word of the library: it holds too little to be recognised otherwise."""

LONG = 8
"""Letters from which two slips of the pen are forgiven, not one."""

EQUAL, BEGINS, INSIDE, SLIP = 40, 30, 20, 10
"""What a word earns where it is found: as a word, at the beginning of one, inside one, or but for a slip of the pen."""

KIND = 5
"""What it earns less where it is found in the family only."""

CALLED = 60
"""What it earns where it is all of a name or search word of the family: that is the thing itself."""


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
    """Words of an index that answer a word, with what they earn; slips only where no word is or begins like it."""
    not_before = of.in_order[bisect_left(of.in_order, word) :]
    found = dict.fromkeys(takewhile(lambda known: known.startswith(word), not_before), BEGINS)
    if word in found:
        found[word] = EQUAL
    if len(word) < SHORT:
        return found
    typed = word in found or word in of.phrases or not found.keys().isdisjoint(of.words)
    found |= {known: INSIDE for known in of.words if word in known and known not in found}
    if word.isalpha() and not typed:
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
        return CALLED if self.called == EQUAL else max(self.own, self.family - KIND) + self.called

    def take(self, earned: int, place: Place, language: str) -> None:
        """Count one place."""
        if place.where == "called":
            self.called = max(self.called, earned if earned == EQUAL or earned < SLIP else 0)
        elif place.where == "family":
            self.family = max(self.family, earned)
        else:
            self.own = max(self.own, earned)
            self.spoken |= place.where in ("id", "place", language)
            self.leads |= place.leads


Scores = dict[str, _Score]


def _scores(word: str, of: Index, language: str) -> Scores:
    scores: Scores = {}
    for known, earned in _earned(word, of).items():
        for place in (*of.words.get(known, ()), *of.joined.get(known, ())):
            scores.setdefault(place.id, _Score()).take(earned, place, language)
    for place in of.phrases.get(word, ()):
        scores.setdefault(place.id, _Score()).take(EQUAL, place, language)
    return {factor_id: score for factor_id, score in scores.items() if score.earned}


def _answers(words: str, of: Index, language: str) -> list[Scores]:
    """Ids that answer each word; what hyphens hold together is one word where that is found, else several.

    Neighbours that together are a phrase (``backup power``) are both answered by what is called so.
    """
    units: list[str] = []
    answers: list[Scores] = []
    for pieces in (fold(word).split() for word in words.split()):
        whole = _scores("".join(pieces), of, language) if pieces else {}
        units += ["".join(pieces)] if whole else pieces
        answers += [whole] if whole else [_scores(piece, of, language) for piece in pieces]
    for first in range(len(units)):
        for end in range(first + 2, len(units) + 1):
            for place in of.phrases.get("".join(units[first:end]), ()):
                for scores in answers[first:end]:
                    scores.setdefault(place.id, _Score()).take(EQUAL, place, language)
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


@lru_cache(maxsize=32)
def _usable(library: Library, kind: str) -> frozenset[str]:
    """Ids whose factor a line in a unit of a dimension can use, if need be through a property."""
    unit = parse_unit(units_of(kind)[0])
    return frozenset(each for each in library.factors if _bridged(library, each, unit))


def _bridged(library: Library, factor_id: str, unit: Unit) -> bool:
    try:
        library.bridge(factor_id, unit)
    except UnitError:
        return False
    return True


def _kept(library: Library, section: str, unit: str, place: str) -> list[str]:
    """Ids that pass the filters; a place holds its parts (FI holds FI-Oulu)."""
    wanted = place_named(library, place) if place else ""
    usable = _usable(library, dimension(unit)) if unit else library.factors.keys()

    def passes(factor_id: str) -> bool:
        its_rows = library.factors[factor_id]
        family = library.families.get(its_rows[0].family)
        return (
            (not section or (family is not None and family.section == section))
            and factor_id in usable
            and (not wanted or any(f"{row.geography}-".startswith(f"{wanted}-") for row in its_rows))
        )

    return [factor_id for factor_id in library.factors if passes(factor_id)]


def _nearness(geography: str) -> int:
    """0 in Finland, 1 in a part of it, 2 in Europe as a whole, else 3."""
    return 0 if geography == "FI" else 1 if geography.startswith("FI-") else 2 if geography in ("EU", "Europe") else 3


def _order(library: Library, words: str, answers: Sequence[Scores], language: str) -> Callable[[str], tuple[int, ...]]:
    """Key that sorts ids, best first."""
    wanted = fold(words)

    def key(factor_id: str) -> tuple[int, ...]:
        scores = [each[factor_id] for each in answers if factor_id in each]
        its_rows = library.factors[factor_id]
        return (
            -len(scores),
            fold(factor_id) != wanted,
            -sum(score.earned for score in scores),
            any(row.doubtful for row in its_rows),
            _nearness(its_rows[0].geography),
            len(fold(factor_id).split()),
            -sum(score.own for score in scores),
            -sum(score.leads for score in scores),
            -sum(score.spoken for score in scores),
        )

    return key


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

    A word answers where it stands in the id, the family or a name of any language: whole, at the beginning of a word or
    inside one; where it stands nowhere, with a slip of the pen. Case, accents and hyphens do not matter; words with
    digits and words of fewer than four letters are taken as typed. What is called so comes first; of equals, a factor
    that is not doubtful before one that is, then Finland before Europe before other places, then the shorter id, then
    one found by its own name.

    Parameters
    ----------
    section
        One of ``factors.library.SECTIONS``.
    unit
        A unit, or the name of a dimension: only factors that a line in such a unit can use.
    place
        Geography of the factor, or the name of a country: ``FI``, ``Suomi``.
    language
        Language of the reader.
    limit
        How many ids at most.

    Raises
    ------
    UnitError
        The unit is neither a unit nor a dimension.
    PlaceError
        No place is called so.

    Examples
    --------
    >>> from factors.library import library
    >>> search(library(), "fjärvärme Tammerfors"), search(library(), "betong", unit="m3", limit=1)
    (['district-heat-tampere'], ['concrete-c30-37-fi'])
    """
    answers = _answers(words, index(library), language)
    found = [each for each in _kept(library, section, unit, place) if all(each in scores for scores in answers)]
    return sorted(found, key=_order(library, words, answers, language))[:limit]


def almost(library: Library, words: str, language: str = "en", count: int = 5) -> list[str]:
    """Ids to offer where nothing answers every word: those that answer the most of them, else the nearest.

    Examples
    --------
    >>> from factors.library import library
    >>> almost(library(), "concrete c30 38", count=1), almost(library(), "raisd", count=1)
    (['concrete-c30-37-fi'], ['raised-floor-estimate'])
    """
    answers = _answers(words, index(library), language)
    found = dict.fromkeys(factor_id for scores in answers for factor_id in scores)
    return sorted(found, key=_order(library, words, answers, language))[:count] or nearest(library, words, count)


def nearest(library: Library, text: str, count: int = 3) -> list[str]:
    """Ids most like a text, by id and by name in any language, best first.

    Examples
    --------
    >>> from factors.library import library
    >>> nearest(library(), "concrete-c30-37", 1), nearest(library(), " Electricity-FI ", 1)
    (['concrete-c30-37-fi'], ['electricity-fi'])
    """
    from rapidfuzz import process  # noqa: PLC0415 - only a text that names nothing needs it
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415

    of = index(library)
    wanted = fold(text)
    exact = sorted(of.named.get(wanted, ()), key=lambda each: each.casefold() != text.strip().casefold())
    spellings_an_id = 1 + len(LANGUAGES)
    found = process.extract(wanted, of.spellings, scorer=ratio, limit=count * spellings_an_id)
    return list(dict.fromkeys((*exact, *(of.spelled[position] for _, _, position in found))))[:count]


def gases(library: Library, words: str) -> list[str]:
    """Gases that a query names: by one of its words, or by all of it, which may be the beginning of a name.

    Examples
    --------
    >>> from factors.library import library
    >>> gases(library(), "köldmedium r134a"), gases(library(), "propaani"), gases(library(), "novec 12")
    (['HFC-134a'], ['R-290'], ['FK-5-1-12'])
    """
    named = (library.gas_named(each) for each in (words, *words.split()) if plain(each))
    begun = _begun(library, plain(words)) if len(plain(words)) >= SHORT else ()
    return list(dict.fromkeys((*filter(None, named), *begun)))


def _begun(library: Library, beginning: str) -> Iterable[str]:
    for gas in library.gases.values():
        if any(plain(name).startswith(beginning) for name in (gas.gas, *gas.aliases)):
            yield gas.gas
