"""Catalogues of texts: ``python -m templates.catalogue`` gathers every marked text and compiles what is translated.

The template ``locale/jalki.pot`` is made from the code; translators fill ``locale/LANGUAGE/LC_MESSAGES/jalki.po``. Both
are committed, and a test proves that they are current.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "templates" / "locale"
PACKAGES = ("factors", "lca", "templates", "cli")
_DATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The same in every compiled catalogue: it changes only when a text does."""

KEYWORDS = {"N_": None, "texts": None, "tell": None, "stage": None, "stop": (2,)}
"""Calls whose text is translated, and where it stands among their arguments."""


def gathered() -> Catalog:
    """Every text marked with ``N_("…")``, or said by one of the calls of ``KEYWORDS``, in the order of the code."""
    catalogue = Catalog(project="jalki", fuzzy=False)
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for _, _, message, _, _ in sorted(found, key=lambda each: (each[0], each[1])):
            catalogue.add(message)
    return catalogue


def template() -> bytes:
    """The catalogue without translations, without dates and line numbers: it changes only when a text does."""
    stream = BytesIO()
    write_po(stream, gathered(), omit_header=True, no_location=True, width=110)
    return b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + stream.getvalue()


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "jalki.po"


def translations(language: str) -> dict[str, str]:
    """What is translated into a language: text to translation."""
    with _path(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def updated(language: str) -> Catalog:
    """The catalogue of a language with today's texts: what is new stands empty, what is no longer said is gone."""
    known = translations(language)
    catalogue = Catalog(locale=language, project="jalki", fuzzy=False, creation_date=_DATED, revision_date=_DATED)
    for message in gathered():
        if message.id:
            catalogue.add(message.id, known.get(str(message.id), ""))
    return catalogue


def written(language: str) -> bytes:
    """The file of a language, in the order of the code, without dates and line numbers."""
    stream = BytesIO()
    write_po(stream, updated(language), omit_header=True, no_location=True, width=110)
    head = f'msgid ""\nmsgstr "Language: {language}\\nContent-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + stream.getvalue()


def compiled(language: str) -> bytes:
    """Compile the translations of a language."""
    stream = BytesIO()
    write_mo(stream, updated(language))
    return stream.getvalue()


def main() -> None:
    """Write the template, bring every catalogue up to date, and compile it."""
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "jalki.pot").write_bytes(template())
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/jalki.po")):
        language = path.parent.parent.name
        path.write_bytes(written(language))
        path.with_suffix(".mo").write_bytes(compiled(language))


if __name__ == "__main__":
    main()
