"""Names of what the results speak of, in the reader's language."""

from templates import words
from templates.texts import N_, Texts


def modules(key: str) -> str:
    """Modules of a bundle as they are read.

    Examples
    --------
    >>> modules("A1-A3+A4+C"), modules("C1+C2+C3+C4")
    ('A1–A3 + A4 + C', 'C1–C4')
    """
    return key.replace("C1+C2+C3+C4", "C1–C4").replace("A1-A3", "A1–A3").replace("+", " + ")


def module_name(key: str, texts: Texts) -> str:
    """Name of a module; a bundle is named by the modules it holds.

    Examples
    --------
    >>> module_name("A4", Texts()), module_name("A1-A3+C", Texts())
    ('A4 Transport to site', 'A1–A3 + C, undivided')
    """
    return texts(words.MODULE[key]) if key in words.MODULE else texts(N_("{modules}, undivided"), modules=modules(key))
