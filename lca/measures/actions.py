"""The action plan: what is done, by whom, when, at what cost, what shows that it was done and that it works."""

from collections.abc import Sequence
from typing import Any

from inventories.measures import Measure
from inventories.operations import Operation

FOLLOWED = {
    "Years": ("energy", "meter"),
    "Energy": ("energy", "meter"),
    "Simulation": ("energy", "meter"),
    "Heat": ("heat", "heat-meter"),
    "Heat network": ("heat", "heat-meter"),
    "Contracts": ("cancelled", "cancellation"),
    "Hardware": ("pieces", "register"),
    "Construction": ("product", "declaration"),
    "Plant": ("product", "declaration"),
    "Refrigerants": ("refilled", "log"),
    "Water and waste": ("amount", "meter"),
}
"""What shows that a measure on a sheet works, and what shows that it was done."""


def follow_up(rows: Sequence[Measure], operations: Sequence[Operation]) -> dict[str, Any]:
    """Follow-up indicator of a measure and the evidence that is needed for it.

    Returns
    -------
    dict
        ``text``: the indicator as typed, blank where Jälki names it; ``kinds``: closed words of what is followed up, in
        the order of what the measure changes; ``rows``: ids of the rows it changes; ``evidence``: closed words of what
        shows that it was done.
    """
    sheets = list(dict.fromkeys(each.sheet for each in operations))
    ids = dict.fromkeys(str(getattr(row, "id", "")) for each in operations for row in each.rows)
    return {
        "text": "; ".join(dict.fromkeys(row.indicator for row in rows if row.indicator)),
        "kinds": list(dict.fromkeys(FOLLOWED[sheet][0] for sheet in sheets)),
        "rows": [id for id in ids if id],
        "evidence": list(dict.fromkeys(FOLLOWED[sheet][1] for sheet in sheets)),
    }
