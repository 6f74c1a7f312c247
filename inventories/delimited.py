"""Text files of rows and cells: decoded, parted, and what ends their reading."""

import csv
from collections.abc import Iterator

LARGEST_FILE = 64 * 2**20
"""Bytes; a year of minutes is about 20 million."""

LONGEST_CELL = 131_072
"""Characters of a cell, the limit of Python's reader; a time or a number has twenty."""


class CellError(ValueError):
    """A cell that cannot be one: ``code`` of the problem, ``line`` where it begins."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code, line)
        self.code, self.line = code, line


def decoded(content: bytes) -> str | None:
    """Text of a file, UTF-8 with or without a byte order mark, else of Windows; None for what is no text."""
    if len(content) > LARGEST_FILE or b"\x00" in content:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def sign_of(text: str) -> str:
    """What parts the cells of a text: the sign that its first line uses."""
    head = text.lstrip("\r\n").partition("\n")[0]
    return next((sign for sign in (";", "\t") if sign in head), ",")


def numbered_rows(text: str, sign: str, *, quoted: bool = True) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with their line in the file; ``quoted``: a quotation mark opens and closes a cell.

    Raises
    ------
    CellError
        A quotation mark opens a cell that nothing closes, which would swallow the rest of the file; or a cell is longer
        than any is.
    """
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=sign, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    while True:
        begins = reader.line_num
        try:
            row = next(reader, None)
        except csv.Error:
            opened = quoted and lines[begins].count('"') % 2
            raise CellError("series-quote" if opened else "series-field", begins + 1) from None
        if row is None:
            return
        over_lines = reader.line_num - begins > 1 and reader.line_num == len(lines)
        if over_lines and sum(line.count('"') for line in lines[begins:]) % 2:
            raise CellError("series-quote", begins + 1)
        if any(cell.strip() for cell in row):
            yield reader.line_num, row
