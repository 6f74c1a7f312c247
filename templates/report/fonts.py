"""Source Sans 3, registered once, and what can be written with it."""

import unicodedata
from functools import cache
from importlib.resources import as_file, files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, SEMIBOLD, BOLD, ITALIC = "JalkiSans", "JalkiSans-SemiBold", "JalkiSans-Bold", "JalkiSans-Italic"

MISSING = "\N{WHITE SQUARE}"
"""Stands where the font has no glyph."""

_FILES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold", ITALIC: "Italic"}


@cache
def register() -> None:
    """Make the four cuts known to ReportLab; the second call does nothing."""
    for name, cut in _FILES.items():
        with as_file(files("templates").joinpath("fonts", f"SourceSans3-{cut}.ttf")) as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD)


@cache
def glyphs() -> frozenset[int]:
    """Code points that every cut can draw."""
    register()
    held = [frozenset(font.face.charToGlyph) for name in _FILES if isinstance(font := pdfmetrics.getFont(name), TTFont)]
    return frozenset.intersection(*held)


@cache
def drawable(character: str) -> str:
    """Return the character, its plain form, or the mark for a missing glyph.

    Examples
    --------
    >>> drawable("ä"), drawable("\N{FULLWIDTH LATIN CAPITAL LETTER A}"), drawable("\N{ROCKET}")
    ('ä', 'A', '□')
    """
    known = glyphs()
    if ord(character) in known:
        return character
    plain = unicodedata.normalize("NFKD", character)
    return plain if all(ord(piece) in known for piece in plain) else MISSING


def width(said: str, font: str, size: float) -> float:
    """Width of a text in points."""
    return float(pdfmetrics.stringWidth(said, font, size))


def fitted(said: str, room: float, font: str, size: float) -> str:
    """Cut a text to a width in points, with an ellipsis where it is cut."""
    if width(said, font, size) <= room:
        return said
    low, high = 0, len(said)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width(said[:middle].rstrip() + "…", font, size) <= room else (low, middle - 1)
    return said[:low].rstrip() + "…"
