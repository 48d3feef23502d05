"""Which sign is the decimal mark of a file's figures, and which of day and month stands first in a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from csctl.readers.grid import Cell, Shown
from csctl.readers.mapping.values import narrow

_AROUND = re.compile(r"^[^0-9.,]*|[^0-9.,]*$")
# A group of thousands never begins with 0, and has three digits.
_COMMA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]*,(?:[0-9]{1,2}|[0-9]{4,})|(?:0[0-9]*|[0-9]{4,}),[0-9]{3}"
                    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}")  # fmt: skip
_DOT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]*\.(?:[0-9]{1,2}|[0-9]{4,})|(?:0[0-9]*|[0-9]{4,})\.[0-9]{3}"
                  r"|[0-9]{1,3}(?:,[0-9]{3}){2,}")  # fmt: skip
_OPEN = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
_TRIPLE = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9])")
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
        text = _AROUND.sub("", narrow(cell))
        half = _OPEN.fullmatch(text)
        found |= Marks(
            bool(_COMMA.fullmatch(text)),
            bool(_DOT.fullmatch(text)),
            half is not None and half[1] == ".",
            half is not None and half[1] == ",",
        )
    return found


def order_of(cells: Iterable[Cell], year: int | None) -> tuple[bool | None, bool]:
    """Whether the day stands first in a column, if any of its cells shows it; and whether it has such dates at all.

    ``year`` is the file's, if its name says it: only with it a year of two digits is known from a day. A column that
    shows both orders shows none.
    """
    shown: set[bool] = set()
    met = False
    for cell in cells:
        # Asked for every cell of a column of moments: most begin with the year.
        if not isinstance(cell, str) or not (cell[1:2] in _SIGNS or cell[2:3] in _SIGNS):
            continue
        match = _TRIPLE.match(narrow(cell))
        if match is None:
            continue
        met = True
        first, second = int(match[1]), int(match[3])
        if len(match[4]) == _SHORT and (year is None or int(match[4]) != year % 100 or first == year % 100):
            continue
        if first > _MONTHS >= second:
            shown.add(True)
        elif second > _MONTHS >= first:
            shown.add(False)
    return (shown.pop() if len(shown) == 1 else None), met


_SIGNS = frozenset("-/.")
