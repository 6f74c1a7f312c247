"""Where the study stands in the user's file."""

from dataclasses import dataclass, field, replace

from factors.problems import Problem
from inventories.workbook import address


@dataclass(frozen=True)
class Places:
    """Where each row and column of the study stands in the user's file."""

    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its address in the file."""
        if problem.cell or not problem.sheet:
            return problem
        if problem.sheet == "Study":
            return replace(problem, cell=self.keys.get(problem.column, ""))
        numbers = self.rows.get(problem.sheet, [])
        if problem.row is None or problem.row >= len(numbers):
            return problem
        place = self.columns.get(problem.sheet, {}).get(problem.column)
        number = numbers[problem.row]
        return replace(problem, cell=f"{number + 1}" if place is None else address(number, place))
