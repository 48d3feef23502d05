"""Which rows of a sheet are data: not blank ones, not totals, not headers said again, not footers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from csctl.core.records.fates import FILTERED, FOOTER, REPEATED_HEADER, TOTALS
from csctl.long_columns import true_positions
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.columns.at_once import NUMBERED
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.naming import one_each, row_list
from csctl.readers.columns.notes import is_note, may_begin_note
from csctl.readers.columns.row_marks import RowSet, row_numbers
from csctl.readers.columns.source import Source
from csctl.readers.columns.subtotals import has_no_day, subtotals
from csctl.readers.columns.totals import DATA, LONG, Telling, cell_at, heads_totals, settle_totals
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.columns.wanted import RowFilter, kept_none, like_totals, wanted_rows
from csctl.readers.grid import Cell
from csctl.readers.text_rows import TextRows, rows_at

__all__ = ["DataRows", "cell_at", "data_rows", "merged_values", "row_list"]

MOVED = "moved"
"""The header again, with columns in another order: what is below it stands under other headers than it is read by."""


@dataclass
class DataRows:
    """The rows of data, with the numbers they have in the spreadsheet; how many were refused, and why.

    ``blank`` rows below the header hold nothing; ``left_out`` is how many hold no data, by reason. Where one row of
    the file has become several, all have its number; ``unread`` are, by column, the indexes of those in which it stands
    for something that was not understood.
    """

    numbers: Sequence[int] = field(default_factory=row_numbers)
    cells: Sequence[Row] = field(default_factory=list)
    rejected: int = 0
    blank: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unread: dict[str, RowSet] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class _Sorter:
    """Puts each row of one table in its heap; only DATA is read further."""

    def __init__(self, layout: Layout, names: Sequence[int], asked: RowFilter) -> None:
        self.columns = [header.column for header in layout.headers]
        # As the header's own cell has it, line breaks and all: a header said again is the same to the letter.
        below = layout.sheet.rows[layout.header_row - 1 - layout.units_row] if layout.header_rows else ()
        self.titles = {
            header.column: cell_as_text(cell_at(below, header.column)) or header.text.rpartition("/")[2]
            for header in layout.headers
        }
        self.said = frozenset(self.titles.values())
        self.names = names
        self.asked = asked
        is_text_file = layout.sheet.name == ""
        # Beside a workbook's table anything may stand; in a text file more cells than headers mean a shift.
        self.width = max(self.columns) + 1 if is_text_file else None

    def heap(self, row: Row, *, totals: bool = True) -> str:
        """The name of the heap; called for every row of a file, so the cheap questions come first.

        A row in the heap of totals may be one: that depends on the rows around it. Not ``totals``: it is none.
        """
        length = len(row)
        first = next((column for column in self.columns if column < length and not is_empty(row[column])), None)
        if first is None:
            return "blank"
        if self.width is not None and length > self.width and any(not is_empty(cell) for cell in row[self.width :]):
            return LONG
        if totals and self._may_be_total(row, first):
            return TOTALS
        if cell_as_text(row[first]) in self.said and self._says_headers(row):
            return REPEATED_HEADER if self._in_place(row) else MOVED
        if may_begin_note(row[first]) and is_note([row[column] for column in self._filled(row)]):
            return FOOTER
        return DATA if self.asked.keeps(row) else FILTERED

    def heaps(self, rows: Sequence[Row]) -> list[str]:
        """The heaps of all rows. Of a long text file only rows of which a cell asks for it are looked at as rows."""
        if not isinstance(rows, TextRows):
            return [self.heap(row) for row in rows]
        found = [DATA] * len(rows)
        others = self._to_look_at(rows)
        for at, row in zip(others, rows_at(rows, others), strict=True):
            found[at] = self.heap(row)
        return found

    def _to_look_at(self, rows: TextRows) -> list[int]:
        """The rows that ``heap`` may put elsewhere than in the heap of data, as far as single cells tell."""
        longer = rows.filled_from(rows.width if self.width is None else self.width)
        first = rows.column(self.columns[0])
        # A header that looks like a number may be said again.
        never = None if any(map(NUMBERED.search, self.said)) else NUMBERED
        asked = longer | first.mask(self._may_begin_no_data, never=never)
        named = [rows.column(one) for one in self.names]
        if named:
            nobody = [one.mask(is_empty) for one in named]
            asked = asked | reduce(and_, nobody) | reduce(or_, [one.mask(heads_totals) for one in named])
        for place, wanted in self.asked.keep.items():
            asked = asked | ~rows.column(place).mask(wanted.holds)
        for place, unwanted in self.asked.leave_out.items():
            asked = asked | rows.column(place).mask(unwanted.holds)
        return true_positions(asked)

    def _may_begin_no_data(self, cell: Cell) -> bool:
        return is_empty(cell) or heads_totals(cell) or cell_as_text(cell) in self.said or may_begin_note(cell)

    def _may_be_total(self, row: Row, first: int) -> bool:
        """A word for sums stands first or in the place of a name; where nobody is named, anywhere."""
        names = [cell_at(row, one) for one in self.names]
        if any(heads_totals(cell) for cell in (row[first], *names)):
            return True
        nobody = bool(names) and all(is_empty(cell) for cell in names)
        return nobody and any(heads_totals(row[column]) for column in self.columns if column < len(row))

    def _filled(self, row: Row) -> list[int]:
        return [column for column in self.columns if not is_empty(cell_at(row, column))]

    def _says_headers(self, row: Row) -> bool:
        filled = self._filled(row)
        enough = len(filled) >= min(2, len(self.columns))
        return enough and all(cell_as_text(cell_at(row, column)) in self.said for column in filled)

    def _in_place(self, row: Row) -> bool:
        return all(cell_as_text(cell_at(row, column)) == self.titles[column] for column in self._filled(row))


def _long_rows(numbers: Sequence[int], rows: DataRows, layout: Layout, place: Place) -> None:
    width = max(header.column for header in layout.headers) + 1
    if numbers and not rows.cells:
        rows.problems.append(
            problem("all-rows-longer-than-header", place.at(row=numbers[0]), len(numbers), width=width)
        )
        return
    rows.rejected += len(numbers)
    rows.problems += one_each(
        numbers, lambda number: problem("row-longer-than-header", place.at(row=number), number, width=width)
    )


_NOTES = {
    TOTALS: "rows-of-totals",
    REPEATED_HEADER: "rows-of-headers",
    FOOTER: "rows-of-footers",
    FILTERED: "rows-left-out",
}


def data_rows(layout: Layout, telling: Telling, source: Source, place: Place) -> DataRows:
    """The rows below the header that hold data; each kind of other row is one note with row numbers.

    ``telling`` are the columns that tell rows of totals from others. ``source`` says by the texts of cells which rows
    are wanted. In a text file a row with more cells than the header is refused; if every row is so, that is an error,
    since values would stand under wrong names.
    """
    asked, problems = wanted_rows(layout, source, place)
    rows = DataRows(problems=problems)
    found, doubtful = _sorted(layout, telling, asked, source)
    first = layout.header_row + 1
    heaps: dict[str, list[int]] = {}
    for number, heap in enumerate(found, start=first):
        if heap != DATA:
            heaps.setdefault(heap, []).append(number)
    kept = [at for at, heap in enumerate(found) if heap == DATA]
    rows.cells = rows_at(layout.sheet.rows[layout.header_row :], kept)
    rows.numbers = range(first, first + len(kept)) if len(kept) == len(found) else [first + at for at in kept]
    rows.blank = len(heaps.pop("blank", ()))
    _long_rows(heaps.get(LONG, []), rows, layout, place)
    if MOVED in heaps:
        moved = heaps[MOVED]
        rows.rejected += len(moved)
        rows.problems.append(problem("header-moved", place.at(row=moved[0]), row_list(moved), count=len(moved)))
    rows.problems += like_totals(layout, doubtful, source, place)
    rows.problems += _hidden_said(rows.numbers, layout, source, place)
    if heaps.get(FILTERED) and not rows.cells and asked.keep:
        rows.problems.append(kept_none(layout, asked.keep, place))
    for heap, code in _NOTES.items():
        numbers = heaps.get(heap, [])
        if numbers:
            rows.left_out[heap] = len(numbers)
            rows.problems.append(problem(code, place, row_list(numbers), count=len(numbers)))
    return rows


def _sorted(layout: Layout, telling: Telling, asked: RowFilter, source: Source) -> tuple[list[str], dict[int, int]]:
    """The heaps of the rows below the header; and by the index of those that count although they sum up somebody's
    rows, the column of the word that says so.
    """
    sorter = _Sorter(layout, telling.names, asked)
    below = layout.sheet.rows[layout.header_row :]
    heaps = sorter.heaps(below)
    if TOTALS in heaps:
        for index in settle_totals(below, heaps, sorter.columns, telling):
            heaps[index] = sorter.heap(below[index], totals=False)
    if source.hidden_rows == "leave_out":
        for number in layout.sheet.hidden_rows:
            index = number - layout.header_row - 1
            if index >= 0 and heaps[index] in (DATA, LONG):
                heaps[index] = FILTERED
    doubtful = subtotals(_with_merged_names(layout, below, telling), heaps, sorter.columns, telling)
    for index in [one for one in doubtful if has_no_day(below[one], telling)]:
        heaps[index] = TOTALS  # a row without a day, where the others have one, could not count anyway
        del doubtful[index]
    return heaps, {index: column for index, column in doubtful.items() if column not in asked.leave_out}


def _hidden_said(numbers: Sequence[int], layout: Layout, source: Source, place: Place) -> list[Problem]:
    """A warning for the rows of data that somebody has hidden, unless the source says whether these count; those that
    a filter hides are said where the filter is.
    """
    unseen = set(layout.sheet.hidden_rows).difference(layout.sheet.filtered_rows)
    hidden = [number for number in numbers if number in unseen] if unseen and source.hidden_rows is None else []
    if not hidden:
        return []
    return [problem("rows-hidden", place.at(row=hidden[0]), row_list(hidden), count=len(hidden))]


def _with_merged_names(layout: Layout, below: Sequence[Row], telling: Telling) -> Sequence[Row]:
    """The rows, with the names that a merged cell above gives them."""
    merged = {at: value for at, value in merged_values(layout).items() if at[1] in telling.names}
    if not merged:
        return below
    rows = list(below)
    for (number, column), value in merged.items():
        at = number - layout.header_row - 1
        row = rows[at]
        rows[at] = (*row[:column], *[None] * (column - len(row)), value, *row[column + 1 :])
    return rows


def merged_values(layout: Layout) -> dict[tuple[int, int], Cell]:
    """What cells below the first of a cell merged downwards stand for, by (row from 1, column from 0)."""
    values: dict[tuple[int, int], Cell] = {}
    for top, left, bottom, right in layout.sheet.merged:
        if left == right and layout.header_row < top < bottom <= len(layout.sheet.rows):
            value = cell_at(layout.sheet.rows[top - 1], left - 1)
            values |= {(row, left - 1): value for row in range(top + 1, bottom + 1)}
    return values
