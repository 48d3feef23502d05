"""Rows that sum up other rows of the same person: a word for sums stands in them where the others name a part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from csctl.long_columns import distinct
from csctl.readers.columns.at_once import ENDS_IN_LETTERS
from csctl.readers.columns.layout import Row
from csctl.readers.columns.totals import DATA, Telling, cell_at, figure_of, half_of_last_place, heads_totals
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.readers.text_rows import column_cells, rows_at
from csctl.words import fold, means_all_parts

_Key = tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Group:
    """Rows that a subtotal may be of: their sums and how many figures these are of, by column; the only one, if one."""

    count: int = 0
    sums: dict[int, tuple[Decimal, int]] = field(default_factory=dict)
    only: Row = ()

    def add(self, row: Row, columns: Sequence[int]) -> None:
        self.count, self.only = self.count + 1, row
        for column in columns:
            figure = figure_of(cell_at(row, column))
            if figure is not None:
                total, count = self.sums.get(column, (Decimal(0), 0))
                self.sums[column] = total + figure, count + 1


@dataclass(frozen=True, slots=True)
class _Candidate:
    index: int
    column: int
    word: str
    """Folded."""


def subtotals(rows: Sequence[Row], heaps: Sequence[str], columns: Sequence[int], telling: Telling) -> dict[int, int]:
    """By the index of a row of data that sums up others of the same person, the column in which the word stands.

    A word such as 合计 is enough where a figure is the sum or the mean of several other rows of that person, of one
    day or of all, or where the row equals the only other one; one such as 全月 may be an ordinary word, and must be
    proved by more.
    """
    if not telling.names:
        return {}
    data = rows_at(rows, [at for at, heap in enumerate(heaps) if heap == DATA])
    places = [column for column in columns if column not in telling.names]
    words = {column: found for column in places if (found := _words(data, column))}
    candidates = [
        _Candidate(index, column, fold(cell_as_text(cell)))
        for index, row in enumerate(rows if words else ())
        if heaps[index] == DATA
        for column, cell in _first_word(row, words)
        if _may_sum_up(row, telling)
    ]
    if not candidates:
        return {}
    named = {one.index for one in candidates}
    figures = [column for column in places if column not in (*telling.numbers, *telling.days, *telling.serials)]
    others = [row for index, row in enumerate(rows) if heaps[index] == DATA and index not in named]
    return _proved(rows, candidates, _Finder(others, figures, telling))


def _words(data: Sequence[Row], column: int) -> set[str]:
    """The cells of a column that are words for sums; those for all parts where as many rows name a part."""
    cells = set(distinct(column_cells(data, column), ENDS_IN_LETTERS))
    # No word for sums ends in a digit; numbers and days, which are many, do.
    texts = [cell for cell in cells if isinstance(cell, str) and cell and not cell[-1].isdigit()]
    all_parts = {cell for cell in texts if means_all_parts(cell)}
    found = {cell for cell in texts if cell not in all_parts and heads_totals(cell)}
    if all_parts:
        together = sum(cell_at(row, column) in all_parts for row in data)
        parts = sum(not is_empty(cell := cell_at(row, column)) and cell not in found for row in data) - together
        return found | all_parts if together <= parts else found
    return found


def _first_word(row: Row, words: Mapping[int, set[str]]) -> Iterator[tuple[int, Cell]]:
    for column, known in words.items():
        cell = cell_at(row, column)
        if isinstance(cell, str) and cell in known:
            yield column, cell
            return


def _may_sum_up(row: Row, telling: Telling) -> bool:
    """It names somebody, and has no number of its own."""
    own = [column for column in telling.numbers if column not in telling.names]
    return any(not is_empty(cell_at(row, column)) for column in telling.names) and not any(
        not is_empty(cell := cell_at(row, column)) and not heads_totals(cell) for column in own
    )


def has_no_day(row: Row, telling: Telling) -> bool:
    """Whether a row of a table of days stands for none: it says nothing there, or only that it is a sum."""
    return bool(telling.dated) and all(
        is_empty(cell := cell_at(row, column)) or heads_totals(cell) or means_all_parts(cell_as_text(cell))
        for column in telling.dated
    )


class _Finder:
    """Finds the rows that a row may be the sum of, each group counted once."""

    def __init__(self, others: Sequence[Row], figures: Sequence[int], telling: Telling) -> None:
        self.others, self.figures, self.telling = others, figures, telling
        self._groups: dict[tuple[int, ...], dict[_Key, _Group]] = {}

    def groups(self, row: Row, word: int) -> Iterator[_Group]:
        """Those alike in all that the row says, day included; without the day; those of its person."""
        names = tuple(column for column in self.telling.names if not is_empty(cell_at(row, column)))
        texts = tuple(column for column in self.figures if column != word and _is_text(row, column))
        days = tuple(column for column in self.telling.days if column != word and not is_empty(cell_at(row, column)))
        for key in dict.fromkeys(((*names, *texts, *days), (*names, *texts), names)):
            found = self._by(key).get(_key(row, key))
            if found:
                yield found

    def _by(self, columns: tuple[int, ...]) -> dict[_Key, _Group]:
        if columns not in self._groups:
            made: dict[_Key, _Group] = {}
            for row in self.others:
                made.setdefault(_key(row, columns), _Group()).add(row, self.figures)
            self._groups[columns] = made
        return self._groups[columns]


def _is_text(row: Row, column: int) -> bool:
    cell = cell_at(row, column)
    return not is_empty(cell) and figure_of(cell) is None


def _key(row: Row, columns: Sequence[int]) -> _Key:
    return tuple((column, fold(cell_as_text(cell_at(row, column)))) for column in columns)


def _proved(rows: Sequence[Row], candidates: Sequence[_Candidate], finder: _Finder) -> dict[int, int]:
    """The candidates that are sums.

    Ordinary words are believed where at least half of the rows that bear them sum up several others; or, where no
    row has several others, if at least two rows bear the word and each equals another.
    """
    found: dict[int, int] = {}
    ordinary: dict[tuple[int, str], list[tuple[int, int, bool]]] = {}
    for one in candidates:
        row = rows[one.index]
        dayless = has_no_day(row, finder.telling)
        plain = dayless or not means_all_parts(one.word)
        groups = list(finder.groups(row, one.column))
        if not groups:
            continue
        most = max(group.count for group in groups)
        right = any(
            _sums(row, group, plain, finder.figures) if group.count > 1 else _equals(row, group.only, finder.figures)
            for group in groups
        ) or (dayless and any(_are_zero(row, group, finder.figures) for group in groups))
        if not plain:
            ordinary.setdefault((one.column, one.word), []).append((one.index, most, right))
        elif right:
            found[one.index] = one.column
    for (column, _), several in ordinary.items():
        of_many = [right for _, most, right in several if most > 1]
        rights = [index for index, _, right in several if right]
        if 2 * sum(of_many) >= len(of_many) > 0 or (len(rights) == len(several) > 1):
            found |= dict.fromkeys(rights, column)
    return found


def _sums(row: Row, group: _Group, plain: bool, columns: Sequence[int]) -> bool:
    """Whether a figure of the row is the sum or the mean of those of the group; not ``plain``: sums, at least half."""
    figures = {column: figure for column in columns if (figure := figure_of(cell_at(row, column)))}
    right = 0
    for column, figure in figures.items():
        total, count = group.sums.get(column, (Decimal(0), 0))
        half = half_of_last_place(figure)
        mean = plain and count > 1 and abs(total / count - figure) <= half
        right += count > 1 and (mean or abs(total - figure) <= half)
    return right > 0 and (plain or 2 * right >= len(figures))


def _are_zero(row: Row, group: _Group, columns: Sequence[int]) -> bool:
    """Whether all figures of the row are zero, as are the sums of the group."""
    figures = {column: figure for column in columns if (figure := figure_of(cell_at(row, column))) is not None}
    return bool(figures) and not any(figures.values()) and not any(group.sums.get(one, (0, 0))[0] for one in figures)


def _equals(row: Row, other: Row, columns: Sequence[int]) -> bool:
    """Whether all figures of the row are those of the other, and one of them is not zero."""
    figures = [(figure, column) for column in columns if (figure := figure_of(cell_at(row, column))) is not None]
    return any(figure for figure, _ in figures) and all(
        figure_of(cell_at(other, column)) == figure for figure, column in figures
    )
