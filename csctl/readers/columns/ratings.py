"""Cells of scores that say of how many points they are."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from csctl.money import round_half_up
from csctl.rating_words import Rated, rating_in
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.columns.values import CellFault, parse_number
from csctl.readers.grid import Cell
from csctl.tables import DECIMALS, TABLES, Column, Kind

_DAY = re.compile(r"[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}-[A-Z][a-z]{2}")
"""How spreadsheets print the day that they made of 4/5."""
_SCORES = frozenset(column.best_of for table in TABLES.values() for column in table.columns if column.best_of)


def is_score(column: Column) -> bool:
    """Whether the column holds points of a scale: what customers gave, or what another column says the best of."""
    return column.kind is Kind.NUMBER and (column.rated or column.name in _SCORES)


def rated(cell: Cell) -> Rated | None:
    """What a text says that gives points out of so many; None for any other cell."""
    return rating_in(cell) if isinstance(cell, str) else None


def parse_rating(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """A number with four places, as any other; of ``4/5`` and ``★★★★`` the points.

    A day is a fault of its own: spreadsheets make one of 4/5.
    """
    number = parse_number(cell, forms)
    if not isinstance(number, CellFault):
        return number
    if _is_day(cell) and number.code == "value-not-a-number":
        return CellFault("value-rating-as-day")
    found = rated(cell)
    return round_half_up(found.points, DECIMALS[Kind.NUMBER]) if found else number


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and bool(_DAY.fullmatch(cell.strip())))
