"""Texts and numbers in the reader's language: one catalogue, one way to write a number or a date."""

import gettext
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from factors.problem_kinds import KINDS

if TYPE_CHECKING:
    from babel.numbers import NumberPattern

LOCALES = {"en": "en_GB", "fi": "fi_FI", "sv": "sv_FI"}


def N_(text: str) -> str:  # noqa: N802 - the mark that gettext tools look for
    """Mark a text for translation; it is translated where it is shown."""
    return text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """Catalogue of a language; a language without one speaks English."""
    path = files("templates").joinpath("locale", language, "LC_MESSAGES", "jalki.mo")
    return gettext.GNUTranslations(BytesIO(path.read_bytes())) if path.is_file() else gettext.NullTranslations()


@cache
def _pattern(decimals: int) -> "NumberPattern":
    """Pattern of numbers with fixed decimals, parsed once."""
    from babel.numbers import parse_pattern  # noqa: PLC0415 - not for `--help`

    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def round_to(value: float, digits: int) -> tuple[float, int]:
    """Round to significant digits; return the value and the decimals to print it with.

    Examples
    --------
    >>> round_to(1234.5, 3), round_to(0.012345, 2)
    ((1230.0, 0), (0.012, 3))
    """
    if value == 0 or not math.isfinite(value):
        return value, 0
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, decimals)
    if rounded:
        decimals = digits - 1 - math.floor(math.log10(abs(rounded)))
    return rounded, max(0, decimals)


@dataclass(frozen=True)
class Texts:
    r"""What is said, in one language.

    Examples
    --------
    >>> Texts("en")("Page {page} of {pages}", page=1, pages=3)
    'Page 1 of 3'
    >>> Texts("fi").number(1234567.8, 3)
    '1\xa0230\xa0000'
    """

    language: str = "en"

    def __call__(self, text: str, **values: object) -> str:
        """Translate a text and fill in its values."""
        said = _catalogue(self.language).gettext(text)
        return said.format_map(values) if values else said

    def number(self, value: float, digits: int = 3) -> str:
        """Write a number with significant digits, by the rules of the language."""
        rounded, decimals = round_to(value, digits)
        return self.decimal(rounded, decimals)

    def decimal(self, value: float, decimals: int) -> str:
        """Write a number with fixed decimals; a minus is U+2212."""
        value = round(value, decimals) + 0.0
        return str(_pattern(decimals).apply(value, LOCALES[self.language])).replace("-", "\N{MINUS SIGN}")

    def exact(self, value: float, digits: int = 10) -> str:
        """Write a number as it was typed: at most so many significant digits, no zeros at its end.

        Examples
        --------
        >>> Texts("en").exact(1250.50), Texts("en").exact(2 / 3, 4)
        ('1,250.5', '0.6667')
        """
        rounded, decimals = round_to(value, digits)
        while decimals and round(rounded, decimals - 1) == rounded:
            decimals -= 1
        return self.decimal(rounded, decimals)

    def date(self, iso: str) -> str:
        """Write a date or a year given as ISO text."""
        if len(iso) == 4:
            return iso
        from datetime import date  # noqa: PLC0415

        from babel.dates import format_date  # noqa: PLC0415 - not for `--help`

        return str(format_date(date.fromisoformat(iso), format="long", locale=LOCALES[self.language]))

    def problem(self, problem: Mapping[str, object], field: str) -> str:
        """Message, expected or cure of a problem of the results document, in this language."""
        kind = KINDS[str(problem["code"])]
        sentence = getattr(kind, field)
        if not sentence:
            return ""
        typed = problem.get("values")
        ours = {name: self._label(key) for name, key in kind.words.items()}
        values = {**ours, **{key: problem[key] for key in ("read", "column", "sheet")}}
        values |= typed if isinstance(typed, Mapping) else {}
        return self(sentence, **{key: self._word(key, value) for key, value in values.items()})

    def _label(self, key: str) -> str:
        """Name of a sheet or column of the format; a workbook's own words come with the problem and go before it."""
        from inventories.format import columns, sheets  # noqa: PLC0415 - not for `--help`

        known = sheets()
        if key in known:
            return known[key].labels[self.language]
        found = (of.labels[self.language] for sheet in known for of in columns(sheet) if of.key == key)
        return next(found, key)

    def _word(self, key: str, value: object) -> object:
        """Value of a problem in this language, where it is a word of ours; English says the key itself."""
        if self.language == "en" or key not in ("section", "dimension"):
            return value
        from templates.words import DIMENSION, SECTION  # noqa: PLC0415 - it marks its words with N_

        known = SECTION if key == "section" else DIMENSION
        return self(known[str(value)]) if value in known else value
