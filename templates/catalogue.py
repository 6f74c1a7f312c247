"""Catalogues of texts: ``python -m templates.catalogue`` gathers every marked text and compiles what is translated.

The template ``locale/jalki.pot`` is made from the code; translators fill ``locale/LANGUAGE/LC_MESSAGES/jalki.po``. Both
are committed, and a test proves that they are current.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALE = ROOT / "templates" / "locale"
PACKAGES = ("factors", "lca", "templates", "cli")
KEYWORDS = {"N_": None, "texts": None}


def gathered() -> Catalog:
    """Every text marked with ``N_("…")`` or said with ``texts("…")``, in the order of the code."""
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


def compiled(language: str) -> bytes:
    """Compile the translations of a language."""
    with (LOCALE / language / "LC_MESSAGES" / "jalki.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> None:
    """Write the template and compile every language that has a catalogue."""
    LOCALE.mkdir(exist_ok=True)
    (LOCALE / "jalki.pot").write_bytes(template())
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/jalki.po")):
        path.with_suffix(".mo").write_bytes(compiled(path.parent.parent.name))


if __name__ == "__main__":
    main()
