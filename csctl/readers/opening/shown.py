"""What the number format of a workbook's cell says besides its number: percent, currency, units of time, zeros.

Runs in the reading process, for .xlsx and .xls alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from openpyxl.styles.numbers import is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH

from csctl.readers.grid import Cell, Shown
from csctl.words import UNITS, fold

_LAST_YEAR_OF_TIMES = 1905
_NO_SIGN = re.compile(r"_.|\*.|\[(?:[A-Za-z]+|Color ?[0-9]+|\$-[0-9A-Fa-f,]+)\]")
"""Room for a character, filling, colours and languages: none of them is seen as a sign."""
_CURRENCY = re.compile(r"\[\$([^\]-]+)(?:-[^\]]*)?\]")
_QUOTED = re.compile(r'"([^"]*)"')
_ESCAPED = re.compile(r"\\(.)")
_DIGITS = re.compile(r"#,##0|[#?0]*0")
_DECIMALS = re.compile(r"\.[0?#]+")
_PADDED = re.compile(r"0{2,15}")
_MONEY = re.compile(r"[$€£¥￥₩₹]|[A-Z]{1,3}\$|[A-Z]{3}|[千万亿]?元")
_SCALES = frozenset("千万亿kK")
_TIMES = {word for unit in ("seconds", "minutes", "hours", "milliseconds") for word in UNITS[unit]} | {"分"}
_GENERAL = re.compile("general", re.IGNORECASE)
BUILTIN_FORMATS = {9: "0%", 10: "0.00%", 46: "[h]:mm:ss"}
"""Formats that a workbook may name by number alone and that look the same everywhere; those of money do not."""
_SMALLEST, _LARGEST = 1e-9, 1e13


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a number format adds to a number. All empty: nothing.

    ``before`` and ``behind`` are signs as seen, ``hundredfold`` whether the number is shown times 100, ``width`` the
    least number of digits.
    """

    before: str = ""
    behind: str = ""
    hundredfold: bool = False
    width: int = 0


DURATION = Look()
"""The number is a length of time, such as 208:19 or the seconds alone."""


def look_of(code: str) -> Look | None:
    """What a format code adds to the numbers under it; None if nothing that matters, or if it is beyond us.

    Only the section for positive numbers counts: a minus is a minus in every form.
    """
    if is_timedelta_format(code):
        return DURATION
    section = _first_section(code)
    if _PADDED.fullmatch(section):
        return Look(width=len(section))
    section = _GENERAL.sub("0", section)
    plain = _ESCAPED.sub(r"\1", _QUOTED.sub(r"\1", _CURRENCY.sub(r"\1", _NO_SIGN.sub("", section)))).strip()
    digits = _DIGITS.search(plain)
    if digits is None:
        return None
    decimals = _DECIMALS.match(plain, digits.end())
    before, behind = plain[: digits.start()].strip(), plain[decimals.end() if decimals else digits.end() :].strip()
    if behind == "%" and not before:
        return Look(behind="%", hundredfold="%" in _QUOTED.sub("", _ESCAPED.sub("", section)))
    signs = [sign for sign in (before, behind) if sign]
    if not before and (behind in _SCALES or fold(behind).rstrip(".") in _TIMES):
        return Look(behind=behind.rstrip("."))
    return Look(before, behind) if len(signs) == 1 and _MONEY.fullmatch(signs[0]) else None


def _first_section(code: str) -> str:
    """Up to the first semicolon that parts sections and is not itself shown."""
    found = re.match(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', code)
    return found[0] if found else ""


def looks_of(codes: Mapping[int, str]) -> dict[int, Look]:
    """By style, those whose format adds something."""
    return {style: look for style, code in codes.items() if (look := look_of(code)) is not None}


@lru_cache(maxsize=20_000)
def displayed_number(number: float, look: Look) -> Cell:
    """A number as people see it, with all of its digits: 0.9512 under ``0%`` is ``95.12%``.

    A number so small or large that no cell shows it plainly stays a number, as does one that needs no zeros in front.
    """
    if number and not _SMALLEST <= abs(number) < _LARGEST:
        return number
    digits = f"{number:.15g}"
    if look.hundredfold or "e" in digits:
        exact = Decimal(digits)
        digits = f"{exact.scaleb(2) if look.hundredfold else exact:f}"
        if "." in digits:
            digits = digits.rstrip("0").removesuffix(".")
    minus, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    if look.width:
        return Shown(minus + digits.zfill(look.width)) if digits.isdigit() and len(digits) < look.width else number
    return Shown(f"{minus}{look.before}{digits}{look.behind}")


def long_time(cell: Cell, epoch: datetime) -> Cell:
    """The first years of the 1904 calendar are lengths of time that a format disguised: 26 h, not 2 January 1904."""
    if epoch == MAC_EPOCH and isinstance(cell, datetime) and cell.year <= _LAST_YEAR_OF_TIMES:
        return cell - MAC_EPOCH
    return cell
