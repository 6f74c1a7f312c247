"""What a search of the library found, in columns with headings."""

from collections.abc import Iterator, Sequence

from factors.alternatives import current
from factors.library import Library
from templates.columns import table
from templates.texts import N_, Texts


def factor_lines(library: Library, found: Sequence[str], texts: Texts) -> list[str]:
    """Row that stands of each module and part of the factors found, one a line, with the years the part has.

    Examples
    --------
    >>> from factors.library import library
    >>> for line in factor_lines(library(), ["eps-fi"], Texts()): print(line)
    Id      Value  Unit        Module and year  Name
    eps-fi    2.9  kg CO2e/kg  A1-A3 2022       EPS insulation
    """
    if not found:
        return []
    head = [texts(N_("Id")), texts(N_("Value")), texts(N_("Unit")), texts(N_("Module and year")), texts(N_("Name"))]
    rows = [cells for each in found for cells in _cells(library, each, texts)]
    return table([head, *rows], left=(0, 2, 3, 4))


def _cells(library: Library, factor_id: str, texts: Texts) -> Iterator[list[str]]:
    for module, part in library.parts(factor_id):
        row = current(library, factor_id, module, part)
        years = {row.year for row in library.factors[factor_id] if (row.module, row.part) == (module, part)}
        span = f" ({min(years)}–{max(years)})" if len(years) > 1 else ""
        what = " ".join(piece for piece in (module, part, str(row.year)) if piece) + span
        mark = texts(N_("DOUBTFUL")) + ": " if row.doubtful else ""
        yield [factor_id, f"{row.value:.4g}", row.unit.label, what, mark + library.name(factor_id, texts.language)]


def gas_lines(library: Library, found: Sequence[str], texts: Texts) -> list[str]:
    """Gases found with their global warming potentials over 100 years, one a line.

    Examples
    --------
    >>> from factors.library import library
    >>> for line in gas_lines(library(), ["HFC-134a"], Texts()): print(line)
    Gas       Also    AR6, kg CO2e/kg  AR5, kg CO2e/kg
    HFC-134a  R-134a             1530             1300
    """
    if not found:
        return []
    head = [texts(N_("Gas")), texts(N_("Also")), "AR6, kg CO2e/kg", "AR5, kg CO2e/kg"]
    gases = [library.gases[each] for each in found]
    rows = [
        [gas.gas, ", ".join(gas.aliases), *(f"{gas.gwp[key]:g}" if key in gas.gwp else "–" for key in ("AR6", "AR5"))]
        for gas in gases
    ]
    return table([head, *rows], left=(0, 1))
