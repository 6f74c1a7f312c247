"""The passport of a study on the terminal: every factor row used, with its share of the footprint and its flags."""

from collections.abc import Mapping
from typing import Any

from lca.flags import WEAK
from lca.system import BASES
from templates.columns import table
from templates.factor_card import confidence
from templates.names import how_text, quantity_name
from templates.texts import N_, Texts

FLAG = {"second-hand": N_("second-hand"), "knowledge": N_("from knowledge"), "stale": N_("stale")}


def passport_lines(of: Mapping[str, Any], texts: Texts) -> list[str]:
    """Print an overview (``lca.flags.overview``): rows, properties and values nobody typed, and their weight."""
    lines = table([_head(texts), *(_row(row, texts) for row in of["factors"])], left=(0, 1, 4, 7, 8, 9))
    if of["properties"]:
        lines += ["", texts(N_("Properties nobody typed"))]
        lines += table(
            [
                [f"  {row['subject']}", quantity_name(row["property"], texts), f"{row['value']:.6g}", row["unit"],
                 row["source"], confidence(row["confidence"], texts)]
                for row in of["properties"]
            ],
            left=(0, 1, 3, 4, 5),
        )  # fmt: skip
    if of["values"]:
        lines += ["", texts(N_("Values nobody typed"))]
        lines += table(
            [
                [f"  {row['line']}", row["column"], f"{row['value']:.6g}", row["unit"], row["status"],
                 how_text(row, texts), row["source"]]
                for row in of["values"]
            ],
            left=(0, 1, 3, 4, 5, 6),
        )  # fmt: skip
    return [*lines, "", _summary(of["summary"], texts)]


def _head(texts: Texts) -> list[str]:
    return [
        texts(N_("Factor")), texts(N_("Module")), texts(N_("Year")), texts(N_("Value")), texts(N_("Unit")),
        texts(N_("Location %")), texts(N_("Market %")), texts(N_("Source")), texts(N_("Confidence")),
        texts(N_("Flags")),
    ]  # fmt: skip


def _row(row: Mapping[str, Any], texts: Texts) -> list[str]:
    module = " ".join(piece for piece in (row["module"], "" if row["part"] == "whole" else row["part"]) if piece)
    return [
        row["id"],
        module,
        str(row["year"]),
        f"{row['value']:.4g}",
        row["unit"],
        *(texts.decimal(100.0 * row["share"][basis], 1) for basis in BASES),
        row["source"],
        confidence(row["confidence"], texts),
        ", ".join(row["flags"]),
    ]


def _summary(summary: Mapping[str, Any], texts: Texts) -> str:
    weak = ", ".join(
        f"{texts(FLAG[flag])} {' / '.join(texts.decimal(100.0 * summary[flag][basis], 1) for basis in BASES)} %"
        for flag in WEAK
    )
    return texts(
        N_("{rows} rows; share of the footprint, location-based / market-based, that rests on: {weak}"),
        rows=summary["rows"],
        weak=weak,
    )
