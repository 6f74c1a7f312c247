"""From a study to the rows of a workbook: the same values under English keys, as text nothing is lost in.

The rows are what ``templates.workbook.workbook`` writes; reading that workbook gives the same study again.
"""

from collections.abc import Mapping

from inventories.format import UNIT_CELL, Column, columns
from inventories.keyed import KEYED_FIELDS
from inventories.measures import Measure
from inventories.study import SHEET_FIELDS, Study, keys_of, table
from inventories.values import Quantity

Row = Mapping[str, str]


def rows_of(study: Study) -> dict[str, list[Row]]:
    """Rows of a study by sheet; sheets without rows are absent.

    A number is written with every digit it has, in the unit it was entered in, and with a decimal point. Its unit
    stands in the column ``unit`` where the sheet has one for it, and behind it where not.

    Examples
    --------
    >>> from inventories.keyed import Settings
    >>> from inventories.study import YearsRow
    >>> from inventories.values import Quantity
    >>> settings = Settings(
    ...     title="T", facility="F", study_type="annual", country="FI", start_year=2027, reference_period=1
    ... )
    >>> rows_of(Study(settings, years=(YearsRow(from_=2027, it_capacity=Quantity(0.1, "MW")),)))["Years"]
    [{'from': '2027', 'it_capacity': '0.1 MW'}]
    """
    tables = {sheet: [_row(sheet, record) for record in table(study, sheet)] for sheet in SHEET_FIELDS}
    keyed = {sheet: _keys(sheet, record) for sheet in KEYED_FIELDS if (record := keys_of(study, sheet)) is not None}
    return {**keyed, **{sheet: rows for sheet, rows in tables.items() if rows}}


def measure_row(row: Measure) -> Row:
    """Return a row of Measures."""
    return _row("Measures", row)


def number_text(value: float) -> str:
    """Shortest text that reads back as the same number.

    Examples
    --------
    >>> number_text(2027.0), number_text(0.1 + 0.2)
    ('2027', '0.30000000000000004')
    """
    return repr(value).removesuffix(".0")


def _keys(sheet: str, record: object) -> list[Row]:
    values = _values(sheet, record)
    return [
        {"key": key, "value": number_text(value.value), "unit": value.unit}
        if isinstance(value, Quantity)
        else {"key": key, "value": _text(value), "unit": ""}
        for key, value in values.items()
    ]


def _row(sheet: str, record: object) -> Row:
    row: dict[str, str] = {}
    for key, value in _values(sheet, record).items():
        if not isinstance(value, Quantity):
            row[key] = _text(value)
        elif key in UNIT_CELL:
            row |= {key: number_text(value.value), "unit": value.unit}
        else:
            row[key] = f"{number_text(value.value)} {value.unit}"
    return row


def _values(sheet: str, record: object) -> Mapping[str, object]:
    """Values of a record by key, in the order of the columns; what is blank is absent."""
    values = {of.key: _value(of, record) for of in columns(sheet) if not of.is_beside_a_number}
    return {key: value for key, value in values.items() if value is not None}


def _value(of: Column, record: object) -> object:
    value: object = getattr(record, of.field)
    return value


def _text(value: object) -> str:
    """Text of anything but a quantity; an empty list is "stated: none"."""
    match value:
        case float():
            return number_text(value)
        case ():
            return "-"
        case tuple():
            return "; ".join(":".join(map(_text, each)) if isinstance(each, tuple) else str(each) for each in value)
        case _:
            return str(value)
