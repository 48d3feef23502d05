"""What a generated cell is before a file of some kind holds it, and how a fact becomes one.

Nothing here or beside it uses csctl's own parsers: facts come first, cells are written from them, and the facts are
what must be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Any

Fact = str | bool | int | Decimal | date | datetime | None
"""A value of a canonical column, as it is in the world."""


@dataclass(frozen=True, slots=True)
class Num:
    """A number: a numeric cell with this format in a workbook, its plain digits in a text file."""

    value: Decimal
    format: str = "General"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day or moment as a workbook keeps it: a serial number of the workbook's own epoch, shown in a format."""

    moment: datetime
    format: str


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a workbook keeps it: a fraction of days, shown in a format."""

    seconds: Decimal
    format: str


Cell = str | bool | Num | Stamp | Span | None


@dataclass(frozen=True, slots=True)
class Row:
    """What the facts of one row share: number, day, and the Western letters of its texts, if they are in such.

    ``latin`` is "any", or "inside" for accents within words only: there two bytes may look like one Chinese character.
    """

    index: int
    day: date
    latin: str = ""


TEXT, BOOK, BOOK_1904 = "text", "book", "book 1904"
ANY = frozenset({TEXT, BOOK, BOOK_1904})
BOOKS = frozenset({BOOK, BOOK_1904})


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing the facts of one kind of column.

    ``invent`` gives a fact that the form can hold exactly; ``write`` the cell. ``clean`` forms leave no doubt: they
    are to be read, and quietly. The others may be read or said. ``unit`` is the unit whose word the header carries,
    ``rule`` what the mapping of the workspace says about the column. ``small_days`` wants days up to the twelfth
    only, so that no cell tells days and months apart. ``columns`` are the only columns it suits; empty for all.
    """

    name: str
    invent: Callable[[Random, Row], Fact]
    write: Callable[[Any], Cell]
    clean: bool = True
    media: frozenset[str] = ANY
    unit: str = ""
    rule: Mapping[str, str] = field(default_factory=dict)
    small_days: bool = False
    columns: frozenset[str] = frozenset()

    def renamed(self, kind: str) -> Form:
        """The same form for another kind of column."""
        return replace(self, name=f"{kind}: {self.name.partition(': ')[2]}")


def plain(number: Decimal) -> str:
    """Digits without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
