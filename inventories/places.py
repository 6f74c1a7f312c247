"""Where the study stands in the user's file, and what the user's own sheets and headers are called."""

from collections import Counter
from dataclasses import dataclass, field, replace

from factors.problem_kinds import KINDS
from factors.problems import Problem
from inventories.format import KEYED, columns, sheets
from inventories.workbook import address

_OF_A_COLUMN = ("column", "label", "wanted", "other")
"""Values of a problem that hold the key of a column."""
_OF_COLUMNS = ("required-one", "required-only-one")
"""Codes whose ``options`` are keys of columns."""


@dataclass(frozen=True)
class Places:
    """Where each row and column of the study stands in the user's file.

    Attributes
    ----------
    names
        Names of the sheets as the user wrote them, by English key.
    languages
        Language of the headers of each sheet.
    headers
        Headers and keys as the user wrote them, by sheet and English key.
    rows, columns
        Positions of the rows and columns that were read, by sheet.
    keys
        Addresses of the values of the sheets with a key a row, by sheet.
    """

    names: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, dict[str, int]] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """Language most sheets are written in; English where none was read."""
        return Counter(self.languages.values()).most_common(1)[0][0] if self.languages else "en"

    def locate(self, problem: Problem) -> Problem:
        """Return the problem with its address in the file, and the user's names of sheet, columns and choices."""
        return replace(problem, cell=problem.cell or self._cell(problem), values=self._named(problem))

    def _cell(self, problem: Problem) -> str:
        if not problem.sheet or problem.sheet in KEYED:
            return self.keys.get(problem.sheet or "Study", {}).get(problem.column, "")
        numbers = self.rows.get(problem.sheet, [])
        if problem.row is None or problem.row >= len(numbers):
            return ""
        place = self.columns.get(problem.sheet, {}).get(problem.column)
        number = numbers[problem.row]
        return f"{number + 1}" if place is None else address(number, place)

    def _named(self, problem: Problem) -> dict[str, str]:
        """Values of a problem, in the words of the user's workbook."""
        words = {name: self._word(problem.sheet, key) for name, key in KINDS[problem.code].words.items()}
        values = {"column": problem.column, **words, **problem.values, "sheet": self.sheet(problem.sheet)}
        if "on" in values:
            values["on"] = self.sheet(values["on"])
        for name in _OF_A_COLUMN:
            if name in values:
                values[name] = self.header(problem.sheet, values[name])
        if problem.code in _OF_COLUMNS:
            keys = values["options"].split(", ")
            values["options"] = ", ".join(self.header(problem.sheet, key) for key in keys)
        return values

    def _word(self, sheet: str, key: str) -> str:
        """Name of a sheet or column that a sentence speaks of: of this sheet, else of the first that has it."""
        if key in sheets():
            return self.sheet(key)
        having = (each for each in (sheet, *sheets()) if any(of.key == key for of in columns(each)))
        return self.header(next(having, sheet), key)

    def sheet(self, key: str) -> str:
        """Name of a sheet: the user's, or that of the format in the language of the workbook."""
        return self.names.get(key) or (sheets()[key].labels[self.language] if key in sheets() else key)

    def header(self, sheet: str, key: str) -> str:
        """Header of a column: the user's, or that of the format in the language of the sheet."""
        typed = self.headers.get(sheet, {}).get(key)
        language = self.languages.get(sheet, self.language)
        return typed or next((of.labels[language] for of in columns(sheet) if of.key == key), key)
