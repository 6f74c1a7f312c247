"""What the user typed is data: cleaned, cut and escaped before it can meet a paragraph."""

import unicodedata
from xml.sax.saxutils import escape

from templates.report.fonts import drawable

CUT = "[…]"
"""Stands where a text was cut."""

LONGEST = 600

ACCENT, MUTED, ALARM = "#0B4F5C", "#5A666B", "#9C3A00"

_LONG_WORD = 8
"""Letters of a word below which it is not parted."""

_SPACES = frozenset("\t\n\r\v\f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
_SILENT = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0x1F3FB, 0x1F400)]))


class Markup(str):
    """Text that may be given to a paragraph: what a user typed in it is escaped."""

    __slots__ = ()


def _kept(character: str) -> str:
    if character in _SPACES:
        return " "
    if character == "\N{SOFT HYPHEN}":
        return character
    if character in _SILENT or unicodedata.category(character) in ("Cc", "Cf"):
        return ""
    return drawable(character)


def clean(value: object, limit: int = LONGEST) -> str:
    r"""Strip control characters, mark what the font lacks, cut what is too long.

    Examples
    --------
    >>> clean("two\x00 lines\nof\u202e text"), clean("abcdef", 3)
    ('two lines of text', 'abc\u2009[…]')
    """
    raw = unicodedata.normalize("NFC", str(value)[: 4 * limit + 4])
    said = "".join(map(_kept, raw))
    if len(said) <= limit and len(str(value)) <= 4 * limit + 4:
        return said
    return f"{said[:limit].rstrip()}\N{THIN SPACE}{CUT}"


def text(value: object, limit: int = LONGEST) -> Markup:
    """Return what a paragraph may hold; markup passes, everything else is cleaned and escaped.

    Examples
    --------
    >>> text('<img src="x"/> & Co')
    '&lt;img src="x"/&gt; &amp; Co'
    """
    return value if isinstance(value, Markup) else Markup(escape(clean(value, limit)))


def bold(value: object) -> Markup:
    """Set a text in semibold."""
    return Markup(f"<b>{text(value)}</b>")


def muted(value: object) -> Markup:
    """Set a text in the grey of side remarks."""
    return Markup(f'<font color="{MUTED}">{text(value)}</font>')


def alarming(value: object) -> Markup:
    """Set a text in the colour of warnings."""
    return Markup(f'<font color="{ALARM}"><b>{text(value)}</b></font>')


def hyphenated(word: str) -> str:
    r"""Put soft hyphens between the syllables of a word: before each consonant that a vowel follows, two letters kept.

    That is the rule of Finnish; words of other languages are parted by it only where they would not fit otherwise.

    Examples
    --------
    >>> hyphenated("Rakentaminen").replace("\u00ad", "-"), hyphenated("Jäte")
    ('Ra-ken-ta-mi-nen', 'Jäte')
    """
    if len(word) < _LONG_WORD:
        return word
    vowels = "aeiouyäöåAEIOUYÄÖÅ"
    breaks = [
        place
        for place in range(2, len(word) - 1)
        if word[place] not in vowels and word[place + 1] in vowels and word[place - 1 : place + 1].isalpha()
    ]
    pieces = [word[begin:end] for begin, end in zip([0, *breaks], [*breaks, len(word)], strict=True)]
    return "\N{SOFT HYPHEN}".join(pieces)


def link(address: str) -> Markup:
    """Link to a web address; anything else is printed as it is."""
    shown = text(address)
    if not address.startswith(("https://", "http://")) or any(sign in address for sign in "\"'<> "):
        return shown
    return Markup(f'<a href="{shown}" color="{ACCENT}">{shown}</a>')


def inside(said: str) -> str:
    """Write a label as it stands inside a sentence.

    Examples
    --------
    >>> inside("Cooling"), inside("IT equipment")
    ('cooling', 'IT equipment')
    """
    return said if said[1:2].isupper() else said[:1].lower() + said[1:]


def capital(said: str) -> str:
    """Write a label as it stands at the start of a cell.

    Examples
    --------
    >>> capital("direct"), capital("IT energy")
    ('Direct', 'IT energy')
    """
    return said[:1].upper() + said[1:]


def together(*pieces: object, by: str = " ") -> Markup:
    """Join pieces that are whole by themselves; empty ones are left out."""
    return Markup(by.join(text(piece) for piece in pieces if piece))
