"""Life-cycle modules, sections and scopes: what a use or a row is counted as.

Modules are those of EN 15978; scopes those of the GHG Protocol Corporate and Scope 3 standards.
"""

from collections.abc import Iterable

from factors.model import opened

DATA_CENTRE = (None, "data-centre", "shared")
"""Zones whose energy is the data centre's; blank is it. An office and the site are not."""

SECTIONS = ("construction", "plant", "hardware", "energy", "refrigerants", "water", "waste", "heat")

MODULES = (
    "A0", "A1-A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6.1", "B6.2", "B6.3", "B7", "B8", "C1", "C2", "C3", "C4",
)  # fmt: skip
"""Modules of a footprint, in the order they are printed; D1 and D2 stand outside."""

OUTSIDE = ("D1", "D2", "avoided")

DEFAULT_BOUNDARY = tuple(module for module in MODULES if module not in ("A0", "B3", "B5", "B8"))

USE_MODULE = {
    "it": "B6.2",
    "cooling": "B6.3",
    "power-losses": "B6.3",
    "heat-pump": "B6.3",
    "backup": "B6.3",
    "backup-test": "B6.3",
    "lighting": "B6.1",
    "office": "B6.1",
    "other": "B6.1",
    "construction-site": "A5",
    "commissioning": "A5",
}
"""Module a use of energy is counted in."""

BIOGENIC_SCOPE = "outside scopes (biogenic)"
OTHERS_SCOPE = "not of the organisation"


def of_bundle(module: str) -> tuple[str, ...]:
    """Modules of EN 15978 that a module of a factor row holds; A1, A2 and A3 are one.

    Examples
    --------
    >>> of_bundle("A1-A3+A4+C")
    ('A1-A3', 'A4', 'C1', 'C2', 'C3', 'C4')
    """
    return tuple("A1-A3" if piece in ("A1", "A2", "A3") else piece for piece in opened(module))


def holds(modules: Iterable[str], wanted: str) -> bool:
    """Whether any of the modules, bundles opened, begins with ``wanted`` (``C`` finds C1 to C4)."""
    return any(piece.startswith(wanted) for module in modules for piece in of_bundle(module))


def order(module: str) -> int:
    """Place of a module, or of a bundle by its first module, in the printed order."""
    first = of_bundle(module)[0]
    known = (*MODULES, *OUTSIDE)
    return known.index(first) if first in known else len(known)


def scope(
    *, section: str, module: str, inner: str, part: str, carrier: str, owner: str, component: str, consolidation: str
) -> str:
    """Scope of the reporting organisation a contribution belongs to.

    Parameters
    ----------
    section, module, inner, part, component
        Keys of the contribution.
    carrier
        ``electricity``, ``district``, ``fuel`` for energy, else blank.
    owner
        ``facility``, ``utility`` or ``tenant: NAME``.
    consolidation
        ``operational`` or ``financial``: whose electricity a tenant's is.

    Returns
    -------
    str
        ``1``, ``2``, ``3.1`` …, ``2+3.3 undivided``, or why it is in none. The sum over scopes is the footprint.

    Examples
    --------
    >>> scope(section="energy", module="B6.2", inner="", part="upstream", carrier="electricity", owner="facility",
    ...       component="fossil", consolidation="operational")
    '3.3'

    Refrigerant that leaks is a direct emission; the one bought to top up is a purchase.

    >>> [scope(section="refrigerants", module="B1", inner=inner, part="whole", carrier="", owner="facility",
    ...        component="fossil", consolidation="operational") for inner in ("", "A1-A3")]
    ['1', '3.1']
    """
    if component == "biogenic":
        return BIOGENIC_SCOPE
    tenant = owner.startswith("tenant")
    if owner == "utility" or (tenant and section != "energy"):
        return OTHERS_SCOPE
    if section == "energy" and module.startswith("B6"):
        if tenant and consolidation == "financial":
            return "3.13"
        direct = "1" if carrier == "fuel" else "2"
        return {"direct": direct, "whole": f"{direct}+3.3 undivided"}.get(part, "3.3")
    by_module = {"B1": "3.1" if inner else "1", "B2": "3.1", "B3": "3.1", "B7": "3.1", "B8": "3.5"}
    if module.startswith("C"):
        return "3.12"
    return by_module.get(module, "3.2")
