"""Compare the numbers of two results documents: ``python -m tests.agreement ONE.json OTHER.json``.

Made in different environments (Python 3.11 and 3.12, say) they agree to 1e-9; in one environment to the byte.
"""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOLERANCE = 1e-9


def differences(one: Any, other: Any, path: str = "$", scale: float = 0.0) -> Iterator[str]:  # noqa: ANN401 - JSON
    """Where two documents differ: by more than 1e-9 in a number, or at all in anything else."""
    match one, other:
        case (dict(), dict()) if one.keys() == other.keys():
            for key in one:
                yield from differences(one[key], other[key], f"{path}.{key}", scale)
        case (list(), list()) if len(one) == len(other):
            for place, (a, b) in enumerate(zip(one, other, strict=True)):
                yield from differences(a, b, f"{path}[{place}]", scale)
        case (int() | float(), int() | float()) if not isinstance(one, bool) and not isinstance(other, bool):
            if not math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE * scale):
                yield f"{path}: {one!r} and {other!r}"
        case _:
            if one != other:
                yield f"{path}: {str(one)[:80]} and {str(other)[:80]}"


def main() -> None:
    """Compare two files; exit 1 where they differ. The versions of Python and libraries may."""
    documents = [json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3]]
    for document in documents:
        document["jalki"].pop("libraries")
    found = list(differences(*documents))
    for each in found[:20]:
        print(each)  # noqa: T201
    print(f"{len(found)} differences beyond {TOLERANCE:g}")  # noqa: T201
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
