"""Which sign is the decimal mark of a file's figures, and which of day, month and year stands first in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csctl.long_columns import distinct
from csctl.month import Month
from csctl.readers.columns.at_once import BEGINS_SHORT
from csctl.readers.columns.days import pair_of
from csctl.readers.columns.orders import DAY_FIRST, MONTH_FIRST, YEAR_FIRST
from csctl.readers.columns.values import narrow, plain_figure
from csctl.readers.grid import Cell, Shown

_AROUND = re.compile(r"^[^0-9.,]*|[^0-9.,]*$")
# A group of thousands never begins with 0, and has three digits.
_COMMA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})|(?:0[0-9]*|[0-9]{4,}),[0-9]{3}"
                    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}")  # fmt: skip
_DOT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|(?:0[0-9]*|[0-9]{4,})\.[0-9]{3}"
                  r"|[0-9]{1,3}(?:,[0-9]{3}){2,}")  # fmt: skip
_GROUPED = re.compile(r"(?<=[0-9])[ '](?=[0-9]{3}(?![0-9]))")
"""A sign between thousands that is no decimal mark anywhere."""
_OPEN = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
_TRIPLE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{1,2})(?![0-9])")
_MONTHS = 12
_SHORT = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """What figures written as text show of their decimal mark; ``open_dot`` and ``open_comma`` could be either."""

    comma: bool = False
    dot: bool = False
    open_dot: bool = False
    open_comma: bool = False

    def __or__(self, other: Marks) -> Marks:
        """What both show together."""
        return Marks(
            self.comma or other.comma,
            self.dot or other.dot,
            self.open_dot or other.open_dot,
            self.open_comma or other.open_comma,
        )


def marks_of(cells: Iterable[Cell]) -> Marks:
    """What the distinct cells of a column of figures show."""
    found = Marks()
    for cell in cells:
        if not isinstance(cell, str) or isinstance(cell, Shown) or not ("." in cell or "," in cell):
            continue
        text = _GROUPED.sub("", _AROUND.sub("", plain_figure(narrow(cell))))
        half = _OPEN.fullmatch(text)
        found |= Marks(
            bool(_COMMA.fullmatch(text)),
            bool(_DOT.fullmatch(text)),
            half is not None and half[1] == ".",
            half is not None and half[1] == ",",
        )
    return found


def order_of(cells: Sequence[Cell], near: Month | None) -> tuple[str, bool]:
    """Which of day, month and year stands first in a column, if its cells show it; and whether it has such dates.

    ``near`` is the file's month, if its name says it: only with it a year of two digits is known from a day, and two
    figures alone are a day without a year. A column that shows several orders shows none.
    """
    shown, ends = set[str](), set[int]()
    met, years = False, near is not None
    for cell in distinct(cells, BEGINS_SHORT):
        # Asked for every cell of a column of moments: most begin with the year.
        if not isinstance(cell, str) or not (cell[1:2] in _SIGNS or cell[2:3] in _SIGNS):
            continue
        text = narrow(cell)
        match = _TRIPLE.match(text)
        if match is None:
            pair = pair_of(text) if near else None
            met, years = met or pair is not None, years and pair is None
            shown |= _shown(*pair) if pair else set()
            continue
        met = True
        first, last = int(match[1]), match[4]
        short = len(last) <= _SHORT
        years = years and short and near is not None and first == near.year % 100
        ends.add(int(last))
        if short and (near is None or int(last) != near.year % 100 or first == near.year % 100):
            continue
        shown |= _shown(first, int(match[3]))
    if years and len(ends) > 1:
        # No month has two days of one number: the figure that never changes, and is the year of the file, is the year.
        return YEAR_FIRST, met
    return (shown.pop() if len(shown) == 1 else ""), met


def _shown(first: int, second: int) -> set[str]:
    """The order that two figures of day and month prove."""
    if first > _MONTHS >= second:
        return {DAY_FIRST}
    return {MONTH_FIRST} if second > _MONTHS >= first else set()


_SIGNS = frozenset("-/.")
