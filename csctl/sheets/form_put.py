"""Values as they stand in the cells of a form, by their types."""

from __future__ import annotations

from decimal import Decimal

from openpyxl.cell.cell import Cell

from csctl.sheets.form_fields import Money, Value
from csctl.workbook.making import decimal_places
from csctl.workbook.text import clean

_LIKE_A_FORMULA = ("=", "+", "-", "@")


def put_value(cell: Cell, value: Value) -> None:
    """A value by its type; text is stored as text, whatever it begins with."""
    if isinstance(value, str):
        text = clean(value)
        cell.value = text or None
        cell.data_type = "s" if text else "n"
        if text.startswith(_LIKE_A_FORMULA):
            cell.quotePrefix = True
    else:
        cell.value = Decimal(value) if isinstance(value, Money) else value
        if isinstance(value, Decimal) and cell.number_format == "General":
            # A template that says nothing leaves the places to the policy.
            places = 2 if isinstance(value, Money) else decimal_places(value, as_given=True)
            cell.number_format = "#,##0" + ("." + "0" * places if places else "")


def inline_text(value: Value) -> str:
    """A value within a text."""
    if isinstance(value, Money):
        return f"{value:,.2f}"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
