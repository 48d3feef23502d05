"""Which rows that a word for sums heads hold sums or means of others: a person may be called Sum, an answer Average."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import takewhile

from csctl.core.records.fates import FILTERED, TOTALS
from csctl.long_columns import distinct
from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.layout import Row
from csctl.readers.columns.looks import is_numeric
from csctl.readers.columns.values import cell_as_text, counted_number, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.readers.text_rows import column_cells, rows_at
from csctl.words import fold, is_total

DATA, LONG = "data", "long"
_LIKE_DATA = frozenset({DATA, LONG, FILTERED})
_LOOKED_AT = 500
"""So many rows tell what rows of a table usually hold: a file may have half a million."""
_MOST_COUNTED = 10_000
"""A larger figure may be a day without its signs, or one as a workbook counts it."""
_DIGIT = re.compile(r"\d")
_SPAN = re.compile(r"[~～至]|\bto\b|\d\s+-+\s+\d")
_CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d{2})")


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a row of totals from any other: columns (from 0) that name people, that number things, and of days.

    ``dated`` are those of the day without which a row cannot count, ``serials`` only count the rows: no figures.
    ``people`` are folded names and numbers of the roster that read like totals.
    """

    names: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    dated: tuple[int, ...] = ()
    serials: tuple[int, ...] = ()
    people: frozenset[str] = frozenset()


def cell_at(row: Row, column: int) -> Cell:
    """The cell of a row that may be shorter."""
    return row[column] if column < len(row) else None


def heads_totals(cell: Cell) -> bool:
    """Whether a word for sums or means stands alone in the cell."""
    return isinstance(cell, str) and not _is_plain(cell) and is_total(cell)


def _is_plain(text: str) -> bool:
    """A number, a day or the like, without a space: asked for every row, and quicker than looking for words."""
    return text[-1:].isdigit() and text.isascii() and text.isprintable() and " " not in text


def settle_totals(rows: Sequence[Row], heaps: Sequence[str], columns: Sequence[int], telling: Telling) -> list[int]:
    """Of the rows in the heap of totals, those that are none.

    A row of totals names nobody that the roster or other rows name, has no number of its own where other rows have
    one, and stands at the end of a block of rows or holds sums or means: of the block beside it, or, where it has a
    day of its own, of the rows of that day. The end of a block is not enough for a word that stands neither first nor
    in the place of a name, nor for a name that no other row has: its row must hold more sums than other figures.
    """
    found, usual = list(heaps), _usual(rows, heaps, telling)
    whole = _Whole(lambda: [row for row, heap in zip(rows, heaps, strict=True) if heap == DATA or (
        heap == TOTALS and _speaks_for_itself(row, telling, usual, len(rows)))])  # fmt: skip
    none: list[int] = []
    for index in range(len(rows) - 1, -1, -1):  # whether a row ends a block depends on those below it
        if heaps[index] == TOTALS and not _is_total(rows, found, index, columns, telling, usual, whole):
            found[index] = DATA
            none.append(index)
    return none


def _speaks_for_itself(row: Row, telling: Telling, usual: Mapping[int, set[str]], rows: int) -> bool:
    """Whether a row is data whatever word stands in it: it names somebody of other rows, or has a number of its own,
    which is no count of rows, or has a day as well.
    """
    numbers = [cell for column in telling.numbers
               if _says_its_own(cell := cell_at(row, column), usual.get(column))]  # fmt: skip
    counts = [figure for cell in numbers if is_numeric(cell) and (figure := figure_of(cell)) is not None]
    dated = any(_is_own_day(cell_at(row, column), usual.get(column)) for column in telling.days)
    numbered = bool(numbers) and (dated or len(counts) < len(numbers) or max(counts) > rows)
    return numbered or _names_somebody(row, telling, usual)


def _is_total(
    rows: Sequence[Row],
    heaps: Sequence[str],
    index: int,
    columns: Sequence[int],
    telling: Telling,
    usual: Mapping[int, set[str]],
    whole: _Whole,
) -> bool:
    row = rows[index]
    if all(is_empty(cell := cell_at(row, column)) or heads_totals(cell) for column in columns):
        return True  # the word alone is no data either
    numbered = any(
        _says_its_own(cell := cell_at(row, column), usual.get(column)) and not whole.counted(cell, column)
        for column in telling.numbers
    )
    if numbered or _names_somebody(row, telling, usual):
        return False
    named = any(_is_named(cell_at(row, column)) for column in telling.names)
    days = [column for column in telling.days if _is_own_day(cell_at(row, column), usual.get(column))]
    figures = [column for column in columns if column not in telling.serials]
    if days and not _ends_table(rows, heaps, index, telling, usual):
        return _sums(rows, index, figures, _of_the_day(rows, heaps, index, days), most=named)
    first = next(column for column in columns if not is_empty(cell_at(row, column)))
    headed = any(heads_totals(cell_at(row, column)) for column in (first, *telling.names))
    ends = headed and not named and _ends_block(heaps, index)
    return (
        ends
        or _sums(rows, index, figures, _block(rows, heaps, index), most=named)
        or whole.summed_up_by(row, figures, most=named)
    )


class _Whole:
    """All rows of data of a table together, each column looked at once: a total may stand below several blocks."""

    def __init__(self, find: Callable[[], Sequence[Row]]) -> None:
        self._find = find
        self._columns: dict[int, tuple[Decimal, int, int, bool]] = {}

    @cached_property
    def _rows(self) -> Sequence[Row]:
        """Most rows of totals are known without all others."""
        return self._find()

    def _column(self, column: int) -> tuple[Decimal, int, int, bool]:
        """The sum of its figures and times, how many these are, how many cells are filled; whether any is a figure."""
        if column not in self._columns:
            cells = [cell for row in self._rows if not is_empty(cell := cell_at(row, column))]
            figures = [figure for cell in cells if (figure := figure_of(cell)) is not None]
            plain = any(map(is_numeric, cells))
            self._columns[column] = sum(figures, Decimal(0)), len(figures), len(cells), plain
        return self._columns[column]

    def counted(self, cell: Cell, column: int) -> bool:
        """Whether a cell says how many cells of its column are filled."""
        figure = figure_of(cell) if is_numeric(cell) else None
        return figure is not None and figure > 1 and figure == self._column(column)[2]

    def summed_up_by(self, row: Row, columns: Sequence[int], *, most: bool) -> bool:
        """Whether a figure of a row, or ``most`` of them, are the sum, mean or number of what these columns hold."""
        right = wrong = 0
        for column in columns:
            cell = cell_at(row, column)
            figure = figure_of(cell)
            total, count, _, plain = self._column(column)
            if not figure or not count:
                right += bool(figure) and self.counted(cell, column)
                continue
            half = half_of_last_place(figure)
            same = abs(total - figure) <= half or abs(total / count - figure) <= half
            same = same or (not plain and self.counted(cell, column))
            right, wrong = right + same, wrong + (not same)
        return right > wrong if most else right > 0


def _is_named(cell: Cell) -> bool:
    """Whether a cell of names holds more than a word for sums or how many there are: somebody, or a group of people."""
    return isinstance(cell, str) and not is_empty(cell) and not heads_totals(cell) and not _DIGIT.search(cell)


def _usual(rows: Sequence[Row], heaps: Sequence[str], telling: Telling) -> dict[int, set[str]]:
    """The texts of the columns of names; of numbers and days where most rows have one."""
    others = rows_at(rows, [at for at, heap in enumerate(heaps) if heap == DATA])
    usual = {column: set(_folded(distinct(column_cells(others, column)))) for column in telling.names}
    for column in (*telling.numbers, *telling.days):
        texts = _folded(column_cells(others[:_LOOKED_AT], column))
        if column not in usual and 2 * len(texts) > min(len(others), _LOOKED_AT):
            usual[column] = set(texts)
    return usual


def _folded(cells: Iterable[Cell]) -> list[str]:
    return [fold(cell_as_text(cell)) for cell in cells if not is_empty(cell)]


def _says_its_own(cell: Cell, others: set[str] | None) -> bool:
    """Whether the cell tells the row from others: a text that all share does not, nor does a span of days."""
    if others is None or is_empty(cell) or heads_totals(cell):
        return False
    return others != {fold(cell_as_text(cell))} and not _SPAN.search(narrow(cell_as_text(cell)))


def _is_own_day(cell: Cell, others: set[str] | None) -> bool:
    """Whether a cell of days or times is one that tells the row from others: how many of them there are is no time."""
    figure = figure_of(cell) if is_numeric(cell) else None
    return _says_its_own(cell, others) and (figure is None or abs(figure) >= _MOST_COUNTED)


def _ends_table(
    rows: Sequence[Row], heaps: Sequence[str], index: int, telling: Telling, usual: Mapping[int, set[str]]
) -> bool:
    """Whether no row of data is below this one, its word stands in the place of a name, and it has no number of its own
    where the others do: what day it bears does not matter.
    """
    last = not any(heap in _LIKE_DATA for heap in heaps[index + 1 :])
    named = any(heads_totals(cell_at(rows[index], column)) for column in telling.names)
    return last and named and any(usual.get(column) for column in telling.numbers)


def _names_somebody(row: Row, telling: Telling, usual: Mapping[int, set[str]]) -> bool:
    """Somebody of the roster, or of whom other rows are too; a totals word among these is no name."""
    texts = {column: fold(cell_as_text(cell)) for column in telling.names if not is_empty(cell := cell_at(row, column))}
    return any(
        text in telling.people or (text in usual[column] and not heads_totals(cell_at(row, column)))
        for column, text in texts.items()
    )


def _ends_block(heaps: Sequence[str], index: int) -> bool:
    return index + 1 == len(heaps) or heaps[index + 1] not in _LIKE_DATA


def _of_the_day(rows: Sequence[Row], heaps: Sequence[str], index: int, days: Sequence[int]) -> list[Row]:
    """The rows of data that have the same days."""
    own = [cell_as_text(cell_at(rows[index], column)) for column in days]
    return [
        row
        for row, heap in zip(rows, heaps, strict=True)
        if heap == DATA and [cell_as_text(cell_at(row, column)) for column in days] == own
    ]


def _block(rows: Sequence[Row], heaps: Sequence[str], index: int) -> list[Row]:
    """The rows of data above, as far as they go without a break; if there are none, those below."""
    for way in (range(index - 1, -1, -1), range(index + 1, len(rows))):
        block = [rows[one] for one in takewhile(lambda one: heaps[one] in _LIKE_DATA, way)]
        if block:
            return block
    return []


def _sums(rows: Sequence[Row], index: int, columns: Sequence[int], others: Sequence[Row], *, most: bool) -> bool:
    """Whether a figure of the row, or ``most`` of them, are the sum or the mean of those of the others.

    One in a column of texts or times may be how many there are.
    """
    right = wrong = 0
    for column in columns:
        figure = figure_of(cell_at(rows[index], column))
        found = [one for row in others if (one := figure_of(cell_at(row, column))) is not None] if figure else []
        if not figure:
            continue
        if is_numeric(cell_at(rows[index], column)) and not any(is_numeric(cell_at(row, column)) for row in others):
            right += figure > 1 and figure == sum(not is_empty(cell_at(row, column)) for row in others)
            continue
        if not found or (most and len(found) == 1):  # somebody else's figure may be the same
            continue
        total, half = sum(found, Decimal(0)), half_of_last_place(figure)
        if abs(total - figure) <= half or abs(total / len(found) - figure) <= half:
            if not most:
                return True
            right += 1
        else:
            wrong += 1
    return right > wrong


def half_of_last_place(figure: Decimal) -> Decimal:
    """How far a rounded figure may be from what it rounds."""
    exponent = figure.as_tuple().exponent
    return Decimal((0, (5,), (exponent if isinstance(exponent, int) else 0) - 1))


@lru_cache(maxsize=65_536, typed=True)
def figure_of(cell: Cell) -> Decimal | None:
    """A cell as a number, roughly: signs of percent and money are passed over, times are seconds."""
    if cell is None or (isinstance(cell, str) and not _DIGIT.search(cell)):
        return None
    if isinstance(cell, str):
        text = narrow(cell)
        clock = _CLOCK.fullmatch(text)
        if clock:
            return Decimal(int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3]))
        cell = text.strip("¥￥$%元 ")
    found = counted_number(cell)
    if isinstance(cell, str) and not isinstance(found, Decimal):
        found = parse_money(cell)
    return found if isinstance(found, Decimal) else None
