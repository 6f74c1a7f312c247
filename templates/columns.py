"""Columns of text on the terminal."""

from collections.abc import Collection, Sequence


def table(rows: Sequence[Sequence[str]], left: Collection[int] = (0,)) -> list[str]:
    """Align rows: the columns ``left`` to the left, the others to the right."""
    widths = [max(len(row[j]) for row in rows) for j in range(len(rows[0]) if rows else 0)]
    return [
        "  ".join(
            text.ljust(width) if j in left else text.rjust(width)
            for j, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
