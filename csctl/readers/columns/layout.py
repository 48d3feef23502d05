"""Where a table stands on a sheet: its header row or rows, its columns, its first row of data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from csctl.headers import Header, column_by_letter, key_of, lettered, make_header
from csctl.readers.columns.day_headers import DayHeader
from csctl.readers.columns.looks import is_datum, is_label
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell, Sheet

Row = tuple[Cell, ...]

_SEARCHED_ROWS = 15
_LOOKED_AT_BELOW = 30


@dataclass(frozen=True, slots=True)
class Layout:
    """One table on one sheet. ``header_row`` is the row (from 1) of the lower header; data begin below it.

    ``beside`` are the header texts of tables that stand to its left or right and are not read; ``header_rows`` is how
    many rows the header takes. ``units_row``: the last of them holds units and no names.

    Where a sheet has a column for each day, ``days`` are their headers, ``headers`` also those of what their cells
    become, in columns beyond the sheet's, and ``sums`` those of sums of the days.
    """

    sheet: Sheet
    header_row: int
    headers: tuple[Header, ...]
    score: int
    filled: int
    beside: tuple[str, ...] = ()
    header_rows: int = 1
    units_row: bool = False
    days: tuple[DayHeader, ...] = ()
    sums: tuple[Header, ...] = ()

    @property
    def as_filed(self) -> Layout:
        """The same with the headers that the file itself has."""
        if not self.days:
            return self
        width = max(map(len, self.sheet.rows), default=0)
        own = [header for header in (*self.headers, *self.sums) if header.column < width]
        days = [make_header(day.column, day.text) for day in self.days]
        return replace(self, headers=tuple(sorted((*own, *days), key=lambda header: header.column)))


def _cell(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else None


def _text(row: Row, column: int) -> str:
    return cell_as_text(_cell(row, column))


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_empty(cell)


def is_data(row: Row, columns: Iterable[int]) -> bool:
    """Whether most of what is filled in these columns of a row stands in cells and hardly in headers."""
    filled = [cell for column in columns if not is_empty(cell := _cell(row, column))]
    return sum(map(is_datum, filled)) * 2 > len(filled)


def _blocks(headers: Sequence[Header], rows: Sequence[Row], below: int) -> Iterator[list[Header]]:
    """Runs of headers. A column without header and without data ends a run."""
    run: list[Header] = []
    sample = rows[below : below + _LOOKED_AT_BELOW]
    for header in headers:
        if run:
            gap = range(run[-1].column + 1, header.column)
            if any(all(is_empty(_cell(row, column)) for row in sample) for column in gap):
                yield run
                run = []
        run.append(header)
    if run:
        yield run


def _score(headers: Sequence[Header], known: Callable[[Header], str]) -> int:
    return len({known(header) for header in headers} - {""})


def _best_block(
    sheet: Sheet, headers: list[Header], below: int, known: Callable[[Header], str], header_rows: int
) -> Layout | None:
    blocks = list(_blocks(headers, sheet.rows, below))
    if not blocks:
        return None
    best = max(blocks, key=lambda block: (_score(block, known), len(block)))
    beside = tuple(header.text for block in blocks if block is not best for header in block)
    return Layout(sheet, below, tuple(best), _score(best, known), len(best), beside, header_rows)


def _single(sheet: Sheet, index: int) -> list[Header]:
    row = sheet.rows[index]
    return [make_header(column, _text(row, column)) for column in range(len(row)) if not is_empty(_cell(row, column))]


def _spread_groups(sheet: Sheet, index: int, width: int) -> list[str]:
    """The group text over each column: along merged cells, or to the right as far as the group row is blank."""
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    groups = [_text(upper, column) for column in range(width)]
    ends = {left - 1: right for top, left, _, right in sheet.merged if top == index + 1}
    last, reach = "", -1
    for column in range(width):
        if groups[column]:
            last, reach = groups[column], ends.get(column, column + 1) - 1 if sheet.merged else width
        elif last and column <= reach and _text(lower, column):
            groups[column] = last
    return groups


def _double(sheet: Sheet, index: int) -> list[Header]:
    """Headers of the group row ``index`` and the row below it."""
    lower = sheet.rows[index + 1]
    width = max(len(sheet.rows[index]), len(lower))
    headers = []
    for column, group in enumerate(_spread_groups(sheet, index, width)):
        text = _text(lower, column)
        if text:
            headers.append(make_header(column, text, group))
        elif group:
            headers.append(make_header(column, group))
    return headers


def _merged_downwards(sheet: Sheet, index: int) -> bool:
    return any(top == index + 1 and bottom == index + 2 for top, _, bottom, _ in sheet.merged)


def _tells_doubles_apart(sheet: Sheet, index: int, headers: Sequence[Header], score: int) -> bool:
    """The lower row names columns twice and the upper tells them apart, as a group over several columns does."""
    keys, paths = [header.key for header in headers], [header.path for header in headers]
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    spans = any(is_empty(_cell(upper, column)) and _text(lower, column) for column in range(len(lower)))
    apart = len(set(keys)) < len(keys) and len(set(paths)) > len(set(keys))
    return apart and (spans or score > 0) and not _below_a_header(sheet, index, headers)


def _below_a_header(sheet: Sheet, index: int, headers: Sequence[Header]) -> bool:
    """A row above has a label over each of these columns: then this one is no row of groups."""
    return any(all(is_label(_cell(row, header.column)) for header in headers) for row in sheet.rows[:index])


def _continues_groups(sheet: Sheet, index: int, known: Callable[[Header], str]) -> bool:
    """The lower row names columns that the upper leaves blank, and is blank under every name that is known."""
    upper, lower = sheet.rows[index], sheet.rows[index + 1]
    named = [header.column for header in _single(sheet, index) if known(header)]
    more = any(_is_text(_cell(lower, column)) and is_empty(_cell(upper, column)) for column in range(len(lower)))
    return bool(named) and more and all(is_empty(_cell(lower, column)) for column in named)


def _preference(sheet: Sheet, index: int, layout: Layout, known: Callable[[Header], str]) -> int | None:
    """Between equal scores: two rows that are clearly a header (2), one row (1), two rows (0).

    None if they are no header at all: rows of figures and days head nothing, except numbers below groups.
    """
    merged, continued = _merged_downwards(sheet, index), _continues_groups(sheet, index, known)
    columns = [header.column for header in layout.headers]
    numbered = is_data(sheet.rows[index + 1], columns) and not (merged or continued)
    if numbered or is_data(sheet.rows[index], columns):
        return None
    return 2 if merged or continued or _tells_doubles_apart(sheet, index, layout.headers, layout.score) else 0


def _candidates(
    sheet: Sheet, known: Callable[[Header], str], header_row: int | None
) -> Iterator[tuple[tuple[int, ...], Layout]]:
    last = min(len(sheet.rows), _SEARCHED_ROWS)
    for index in range(last) if header_row is None else range(header_row - 1, min(header_row, len(sheet.rows))):
        single = _best_block(sheet, _single(sheet, index), index + 1, known, 1)
        if single:
            labels = not is_data(sheet.rows[index], [header.column for header in single.headers])
            yield (single.score, int(labels), _labels(sheet, single), -index), single
        upper = index if header_row is None else index - 1
        if upper < 0 or upper + 1 >= len(sheet.rows):
            continue
        double = _best_block(sheet, _double(sheet, upper), upper + 2, known, 2)
        preference = _preference(sheet, upper, double, known) if double else None
        if double and preference is not None:
            yield (double.score, preference, _labels(sheet, double), -upper), double


def _labels(sheet: Sheet, layout: Layout) -> int:
    row = sheet.rows[layout.header_row - 1]
    return sum(is_label(_cell(row, header.column)) for header in layout.headers)


def _with_lettered(layout: Layout, names: Sequence[str]) -> Layout:
    """Also the columns without a header cell that are asked for by their letter."""
    there = {header.column for header in layout.headers}
    asked = {column for name in names if (column := column_by_letter(name)) is not None} - there
    more = [make_header(column, lettered(column)) for column in sorted(asked)]
    return replace(layout, headers=tuple(sorted((*layout.headers, *more), key=lambda header: header.column)))


def headerless(sheet: Sheet) -> Layout | None:
    """All of a sheet as data, each column called by its letter; None on an empty sheet."""
    width = max((len(row) for row in sheet.rows), default=0)
    columns = [column for column in range(width) if any(not is_empty(_cell(row, column)) for row in sheet.rows)]
    headers = tuple(make_header(column, lettered(column)) for column in columns)
    return Layout(sheet, 0, headers, 0, len(headers), header_rows=0) if headers else None


def find_table(sheet: Sheet, names: Sequence[str], header_row: int | None = None) -> Layout | None:
    """The table with the most headers among ``names``; columns that these call by a letter are added."""
    layout = find_layout(sheet, recogniser(names), header_row)
    return _with_lettered(layout, names) if layout else None


def find_layout(sheet: Sheet, known: Callable[[Header], str], header_row: int | None = None) -> Layout | None:
    """The table with the most headers that ``known`` gives a name, among the first rows; None on an empty sheet.

    ``known`` maps a header to the name it is recognised as, or "". ``header_row`` (from 1) ends the search: the
    table's lower header stands there.
    """
    best = max(_candidates(sheet, known, header_row), key=lambda pair: pair[0], default=None)
    return best[1] if best else None


def recogniser(names: Sequence[str]) -> Callable[[Header], str]:
    """A ``known`` function for a list of header names: the key under which a header is among them, or ""."""
    keys = {key_of(name) for name in names}

    def known(header: Header) -> str:
        if header.path in keys:
            return header.path
        if header.key in keys:
            return header.key
        return header.bare if header.bare in keys else ""

    return known
