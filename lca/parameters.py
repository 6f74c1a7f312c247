"""Named parameters with a free last axis: the study's own value, or an override with one value per column."""

from collections.abc import Mapping, Sequence

import numpy as np

from lca.replacement import Values

Number = float | Values


class Parameters:
    """Values of named parameters.

    Names are those of random variables and measures: ``line:ID:amount``, ``line:ID:service_life``, ``line:ID:cop``,
    ``line:ID:leakage_percent``, ``line:ID:leaked_per_year``, ``line:ID:recovery_percent``, ``factor:ID`` (a
    multiplier), ``trajectory:FI`` (a multiplier), ``choice:pro_rata:SECTION``.

    Parameters
    ----------
    overrides
        Name to as many values as the axis is long; all of one length. None: an axis of one, the study itself.

    Examples
    --------
    >>> of = Parameters({"line:C1:amount": [1.0, 2.0]})
    >>> of("line:C1:amount", 1.0), of("line:C2:amount", 5.0), of.length
    (array([1., 2.]), 5.0, 2)
    """

    def __init__(self, overrides: Mapping[str, Sequence[float] | Values] | None = None) -> None:
        self._overrides = {name: np.asarray(values, dtype=np.float64) for name, values in (overrides or {}).items()}
        lengths = {len(values) for values in self._overrides.values()}
        if len(lengths) > 1:
            raise ValueError(f"overrides of different lengths: {sorted(lengths)}")
        self.length = lengths.pop() if lengths else 1
        self.asked: set[str] = set()

    def __call__(self, name: str, value: float) -> Number:
        """Value of a parameter: the override where there is one, else ``value``."""
        self.asked.add(name)
        return self._overrides.get(name, value)

    def unused(self) -> set[str]:
        """Overrides that nothing asked for: misspelt names."""
        return set(self._overrides) - self.asked
