"""Cells that identify: numbers of staff and of rows, and names of people."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from csctl.readers.columns.values import CellFault, cell_as_text, is_empty, is_error_cell, parse_text
from csctl.readers.grid import Cell

_ROUNDED_ID = re.compile(r"[0-9]\.[0-9]+e\+[0-9]{2,}", re.IGNORECASE)
_WHOLE_ID = re.compile(r"([0-9]+)\.0")
_LEFT = re.compile(r"\s*\((?:已?离职)\)$")
_SAFE_ID_DIGITS = 15


def parse_id(cell: Cell) -> str | CellFault | None:
    """Text that identifies, in NFKC form: leading zeros and ``NULL`` stay, 10023.0 is ``10023``, ``'0042`` is 0042.

    A number of more than 15 digits is a fault: the spreadsheet has already rounded it.
    """
    if is_error_cell(cell):
        return CellFault("value-error-cell")
    if is_empty(cell):
        return None
    if isinstance(cell, (date, time, timedelta, bool)):
        return CellFault("value-not-an-id")
    found = unicodedata.normalize("NFKC", cell_as_text(cell)).strip()
    if not isinstance(cell, str):
        if not found.isdecimal():
            return CellFault("value-not-an-id")
        return CellFault("value-id-rounded") if len(found) > _SAFE_ID_DIGITS else found
    # An apostrophe is how spreadsheets are told to keep a number as text.
    found = found.removeprefix("'")
    whole = _WHOLE_ID.fullmatch(found)
    if whole and len(whole[1]) > _SAFE_ID_DIGITS:
        return CellFault("value-id-rounded")
    if whole:
        return whole[1]
    return CellFault("value-id-rounded") if _ROUNDED_ID.fullmatch(found) else found or None


def parse_padded_id(cell: Cell, digits: int) -> str | CellFault | None:
    """An id that is written with so many figures at least: zeros in front of others are padding."""
    found = parse_id(cell)
    if not isinstance(found, str) or not (found.isascii() and found.isdecimal()):
        return found
    return found.lstrip("0").zfill(digits)


def parse_name(cell: Cell) -> str | CellFault | None:
    """The name of an agent, in NFKC form, without the mark of those who left that some systems append."""
    found = parse_text(cell)
    if not isinstance(found, str):
        return found
    return _LEFT.sub("", unicodedata.normalize("NFKC", found)).strip() or None
