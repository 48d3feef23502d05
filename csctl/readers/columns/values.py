"""One cell as text, id, flag or exact number: the form is recognised whole, or the cell is a fault.

Digits are matched by a whitelist before they become a Decimal, because the number classes of the language also
take ``NaN``, ``1_000``, ``1e5`` and the digits of other scripts.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from csctl.money import from_float, round_half_up
from csctl.readers.columns.forms import PLAIN, Forms
from csctl.readers.grid import Cell
from csctl.tables import DECIMALS, Kind
from csctl.words import COUNTERS, EMPTY, EMPTY_FIGURES, fold, tidy, yes_or_no

Value = str | bool | int | Decimal | date | datetime | None
"""What a canonical column may hold."""


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why a cell cannot be read: a message code and the blanks it needs besides ``{found}``."""

    code: str
    details: tuple[tuple[str, str], ...] = ()


# Not NFKC: that would also turn 5² into 52.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, 0x00A0: 0x20, 0x202F: 0x20, 0x205F: 0x20, 0xFFE1: 0xA3, 0xFFE5: 0xA5, 0x2212: 0x2D,
} | dict.fromkeys(range(0x2000, 0x200B), 0x20)  # fmt: skip
_ERROR_CELLS = frozenset({"#n/a", "#value!", "#ref!", "#div/0!", "#name?", "#num!", "#null!"})
_GROUPS = r"[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:'[0-9]{3})+)"
_NUMBER = re.compile(rf"([+-]?)([0-9]{{1,3}}(?:,[0-9]{{3}})+|{_GROUPS}|[0-9]+)(\.[0-9]+)?\s*([千万亿kK]?)")
_COMMA_NUMBER = re.compile(rf"([+-]?)([0-9]{{1,3}}(?:\.[0-9]{{3}})+|{_GROUPS}|[0-9]+)(,[0-9]+)?\s*([千万亿kK]?)")
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'")
_LEADING_DASH = re.compile("^[\u2010-\u2013](?=[0-9])")
IN_FIGURES = "0-9., '"
"""Figures and the signs that may stand between them, as a class of a regular expression has them."""
_BOOKKEEPING = re.compile(r"\(([^()+-]+)\)|([^()+-]+)-")
_COUNTERS = re.compile(rf"(?<=[0-9千万亿])\s*[{''.join(sorted(COUNTERS))}天分]$")
_MONTHLY = re.compile(r"(?<=[0-9元万千kK块])\s*(?:/\s*|每\s*)(?:个)?(?:月|month|mo)\.?$", re.IGNORECASE)
_SCALE = {"": 1, "k": 1000, "K": 1000, "千": 1000, "万": 10_000, "亿": 100_000_000}
THOUSANDS: dict[str, Decimal] = {
    "千元": Decimal(1000), "万元": Decimal(10_000), "百万元": Decimal(1_000_000), "亿元": Decimal(100_000_000),
}  # fmt: skip
"""By how much a unit of a header multiplies bare amounts and counts."""
PARTS = {"%": 100, "‰": 1000}
"""Signs behind a share, and into how many parts they divide the whole."""
_OWN_SCALE = ("千", "万", "亿", "k", "元", "rmb", "cny")
TOO_LARGE = 10**13
_FIRST_YEAR = 1950
_LONGEST_FIGURE = 60


def narrow(text: str) -> str:
    """Tidy, with full-width digits, letters and signs made half-width: the form in which figures are matched."""
    return text.strip() if text.isascii() else tidy(text.translate(_NARROW))


def cell_as_text(cell: Cell) -> str:
    """How a cell is shown and compared: text as it stands, numbers and dates in their plain form."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < TOO_LARGE else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Nothing, or one of the marks that exports write for nothing (``--``, ``N/A``)."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    # Asked for every cell of a file: most begin with a character that no such mark begins with.
    first = cell[:1]
    if first.isalnum() and first not in "nNｎＮ":
        return False
    return fold(cell) in EMPTY


def is_error_cell(cell: Cell) -> bool:
    """Whether a spreadsheet's own error mark stands there (``#N/A``)."""
    return isinstance(cell, str) and tidy(cell).casefold() in _ERROR_CELLS


def is_early(cell: date) -> bool:
    """Whether a day of a workbook is so early that it can only be a figure or a length of time with a day's format."""
    return cell.year < _FIRST_YEAR


def parse_text(cell: Cell) -> str | CellFault | None:
    """Free text as written; an error mark of the spreadsheet is a fault."""
    if is_error_cell(cell):
        return CellFault("value-error-cell")
    return None if is_empty(cell) else cell_as_text(cell)


def parse_as_written(cell: Cell) -> str | CellFault | None:
    """Text in which the marks that elsewhere stand for nothing are values: a lone ``-`` is a minus."""
    if is_error_cell(cell):
        return CellFault("value-error-cell")
    return cell_as_text(cell).strip() or None


def parse_flag(cell: Cell) -> bool | CellFault | None:
    """Yes or no in the words and signs exports use; other words are a fault, never a guess."""
    if isinstance(cell, bool):
        return cell
    text = cell_as_text(cell)
    if fold(text) in EMPTY_FIGURES:
        return None
    answer = yes_or_no(text)
    return CellFault("value-not-a-flag") if answer is None else answer


def with_leading_minus(text: str) -> str:
    """A narrow text with the minus that bookkeepers write as brackets or behind the figure put in front of it."""
    match = _BOOKKEEPING.fullmatch(text)
    return f"-{(match[1] or match[2]).strip()}" if match else text


def plain_figure(text: str) -> str:
    """A narrow text with the plain sign for what people put between thousands as an apostrophe (1’234), and before a
    figure as a minus (–3).
    """
    if text.isascii() and "`" not in text:
        return text
    return _LEADING_DASH.sub("-", text.translate(_APOSTROPHES))


def _from_text(text: str, forms: Forms) -> Decimal | None:
    if len(text) > _LONGEST_FIGURE:
        return None
    form, text = _COMMA_NUMBER if forms.decimal_comma else _NUMBER, plain_figure(text)
    match = form.fullmatch(text) or form.fullmatch(with_leading_minus(text))
    if not match:
        return None
    sign, whole, part, scale = match.groups()
    digits = "".join(filter(str.isdigit, whole))
    return Decimal(f"{sign}{digits}{(part or '').replace(',', '.')}") * _SCALE[scale]


def exact_number(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """A plain number, exactly; None if empty. A float of a workbook counts with the 15 digits people see.

    ``(250.00)`` and ``250-`` are negative; thousands are parted by a comma, a space or an apostrophe: ``1'234.50``.
    With ``forms.decimal_comma`` the comma, and only the comma, begins the decimals: ``1.234,56``, ``1 234,56``.
    """
    number: Decimal | None = None
    if isinstance(cell, str):
        text = narrow(cell)
        if fold(text) in EMPTY_FIGURES:
            return None
        number = _from_text(text, forms)
    elif cell is None:
        return None
    elif isinstance(cell, float):
        number = from_float(cell) if math.isfinite(cell) else None
    elif isinstance(cell, (int, Decimal)) and not isinstance(cell, bool):
        number = Decimal(cell)
    if isinstance(cell, date) and is_early(cell):
        return CellFault("value-figure-as-day")
    if number is None or not number.is_finite():
        return CellFault("value-error-cell") if is_error_cell(cell) else CellFault("value-not-a-number")
    return number if abs(number) < TOO_LARGE else CellFault("value-too-large")


def counted_number(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """An exact number that a counting word (``12次``, ``95分``) may follow."""
    return exact_number(_COUNTERS.sub("", narrow(cell)) if isinstance(cell, str) else cell, forms)


def parse_number(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """A number with four places. A percentage is a fault: 0.95 and 95 are both likely."""
    number = counted_number(cell, forms)
    return round_half_up(number, DECIMALS[Kind.NUMBER]) if isinstance(number, Decimal) else number


def parse_count(cell: Cell, forms: Forms = PLAIN) -> int | CellFault | None:
    """A whole number, not negative; ``3.0`` is 3, ``3.5`` is a fault."""
    number = counted_number(cell, forms)
    if not isinstance(number, Decimal):
        return number
    if forms.unit in THOUSANDS and not says_scale(cell):
        number *= THOUSANDS[forms.unit]
    whole = number == number.to_integral_value()
    return int(number) if whole and number >= 0 else CellFault("value-not-a-count")


def parse_ratio(cell: Cell, forms: Forms = PLAIN) -> Decimal | CellFault | None:
    """A share from 0 to 1 with eight places: ``99.71%``, ``3‰``, ``0.9971``, or 99.71 under a header of %."""
    text = narrow(cell) if isinstance(cell, str) else ""
    part = PARTS.get(text[-1:])
    number = exact_number(text[:-1].rstrip() if part else cell, forms)
    if part and number is None:
        return CellFault("value-not-a-ratio")
    if not isinstance(number, Decimal):
        return number
    share = number / (part or PARTS.get(forms.unit, 1))
    return round_half_up(share, DECIMALS[Kind.RATIO]) if 0 <= share <= 1 else CellFault("value-not-a-ratio")


def says_scale(cell: Cell) -> bool:
    """Whether an amount says in which unit it stands: ``1.2万``, ``3k``, ``5000元``; not ``¥1.2``."""
    return isinstance(cell, str) and by_the_month(narrow(cell)).casefold().endswith(_OWN_SCALE)


def by_the_month(text: str) -> str:
    """An amount without ``/月`` behind it: pay is a month's anyway."""
    return _MONTHLY.sub("", text)
