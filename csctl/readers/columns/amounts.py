"""Amounts of money: signs and words of currencies beside them, and the unit of their header."""

from __future__ import annotations

import re
from decimal import Decimal

from csctl.money import round_half_up
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.columns.values import (
    IN_FIGURES,
    THOUSANDS,
    TOO_LARGE,
    CellFault,
    by_the_month,
    exact_number,
    narrow,
    plain_figure,
    says_scale,
    with_leading_minus,
)
from csctl.readers.grid import Cell
from csctl.tables import DECIMALS, Kind
from csctl.words import FOREIGN_MONEY, UNITS, fold

_SIGN = "|".join(sorted(map(re.escape, UNITS["元"] | FOREIGN_MONEY), key=len, reverse=True))
_MONEY = re.compile(
    rf"([+-]?)\s*({_SIGN})?\s*([+-]?[0-9][{IN_FIGURES}]*[千万亿k]?|\([0-9][{IN_FIGURES}]*\))\s*({_SIGN})?",
    re.IGNORECASE,
)
_UNIT_SCALE = {"分": Decimal("0.01"), "万": Decimal(10_000), **THOUSANDS}


def _money(cell: str) -> re.Match[str] | None:
    text = plain_figure(by_the_month(narrow(cell)))
    return _MONEY.fullmatch(text) or _MONEY.fullmatch(with_leading_minus(text))


def foreign_sign(cell: Cell) -> str:
    """The sign or word of another currency beside an amount, as written; "" if there is none."""
    match = _money(cell) if isinstance(cell, str) else None
    found = (match[2], match[4]) if match else ()
    return next((sign for sign in found if sign and fold(sign) in FOREIGN_MONEY), "")


def parse_money(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """Money with two places: ``1,234.5元``, ``¥1,234.50``, ``1.2万``, ``1.2k``; a header's ``万元`` multiplies.

    A cell that says its own scale (``5000元``, ``1.2万``) is not multiplied. Signs of other currencies (``$811.40``)
    are left off: nothing is converted.
    """
    own = says_scale(cell)
    if isinstance(cell, str):
        match = _money(cell)
        cell = match[1] + match[3].strip() if match else cell
    number = exact_number(cell, forms)
    if isinstance(number, CellFault) and number.code == "value-not-a-number":
        return CellFault("value-not-money")
    if not isinstance(number, Decimal):
        return number
    scaled = number * (1 if own else _UNIT_SCALE.get(forms.unit, Decimal(1)))
    return round_half_up(scaled, DECIMALS[Kind.MONEY]) if abs(scaled) < TOO_LARGE else CellFault("value-too-large")
