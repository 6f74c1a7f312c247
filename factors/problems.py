"""Problems: what is wrong in an input, where, why, and how to mend it.

A problem holds a code and the values of its sentence; the sentence itself stands in ``problem_kinds`` and is put
together in the reader's language only when it is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from factors.problem_kinds import KINDS

Severity = Literal["error", "gap", "warning"]
_ORDER = {"error": 0, "gap": 1, "warning": 2}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in an input.

    Attributes
    ----------
    code
        Stable key of ``problem_kinds.KINDS``.
    sheet, row, column
        English sheet key, position among the sheet's rows (0 is the first; None: the whole sheet), English column key.
    read
        What stood there, as text.
    values
        What the sentence of the kind names.
    cell
        Address in the user's file, filled in by whoever knows the file.
    """

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    read: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    cell: str = ""

    def __post_init__(self) -> None:
        if self.code not in KINDS:
            raise KeyError(f"{self.code!r} is not a kind of problem")
        kind, given = KINDS[self.code], {"read", "column", "sheet", *self.values}
        if lacking := kind.names - given:
            raise KeyError(f"{self.code} needs {', '.join(sorted(lacking))}")

    @property
    def severity(self) -> Severity:
        """Whether it stops, leaves a gap, or is listed."""
        return KINDS[self.code].severity

    def as_json(self) -> dict[str, object]:
        """Return the problem as the results document holds it, its sentences in English.

        Examples
        --------
        >>> Problem("negative", "Energy", 0, "amount", "-3", {"column": "amount"}, "D2").as_json()["cure"]
        'Type a number that is not below 0.'
        """
        kind = KINDS[self.code]
        here = {"read": self.read, "column": self.column, "sheet": self.sheet}
        values = {**kind.words, **here, **self.values}
        return {
            "code": self.code,
            "severity": self.severity,
            "sheet": self.sheet,
            "cell": self.cell,
            "column": self.column,
            "read": self.read,
            "expected": kind.expected.format_map(values),
            "cure": kind.cure.format_map(values),
            "message": kind.message.format_map(values),
            "values": dict(self.values),
        }


class InputError(Exception):
    """An input that gives no result; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__("; ".join(f"{p.code} at {p.sheet}!{p.cell}" for p in self.problems))


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before gaps before warnings, each in the order found; a problem found twice stands once."""
    unique = {(p.code, p.sheet, p.row, p.cell, p.column, p.read, tuple(p.values.items())): p for p in problems}
    return sorted(unique.values(), key=lambda problem: _ORDER[problem.severity])


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any problem stops the assessment."""
    return any(problem.severity == "error" for problem in problems)
