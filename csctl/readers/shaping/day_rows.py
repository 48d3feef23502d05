"""The rows of a grid of days as one row for each person and day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath

from csctl.messages import problem
from csctl.month import Month
from csctl.policy.to_write import several_lines, toml_string
from csctl.problems import Place, Problem, errors, shortened
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.naming import row_list
from csctl.readers.columns.row_marks import RowSet, row_numbers
from csctl.readers.columns.rows import DataRows, cell_at
from csctl.readers.columns.source import FIRST, LAST, PUNCHES, Source
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.readers.shaping.dating import DayColumn, day_columns
from csctl.readers.shaping.day_cells import DayCell, DayReader, folded_codes, key_to_write
from csctl.readers.shaping.day_layout import DAY, TEXT, asks_for_text, of_code
from csctl.readers.shaping.punches import night_end
from csctl.tables import AGENT_NAMES, Kind, NoRow, Table

_SHOWN = 12
_PAIR = 2
_LIKE_TIME = re.compile(r"[0-9]+(?::[0-9]+)+")


@dataclass
class _Met:
    """What was met in the cells that must be said: by text, where it stood first and how often."""

    words: Counter[str] = field(default_factory=Counter)
    first: dict[str, Place] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, word: str, place: Place) -> None:
        self.words[word] += 1
        self.first.setdefault(word, place)
        self.rows.setdefault(word, []).append(place.row or 0)


def rows_of_days(
    rows: DataRows, layout: Layout, table: Table, source: Source, month: Month | None, place: Place
) -> tuple[DataRows, list[Problem]]:
    """One row for each row of the file and day, numbered as that of the file; and what cannot be read of the days.

    Days on which nobody has anything become none; a person's empty cell on another day becomes one where a row says
    that somebody was there.
    """
    columns, problems = day_columns(layout.days, month, _titles(layout, place), place)
    if errors(problems):
        return DataRows(rejected=rows.rejected, blank=rows.blank, left_out=rows.left_out), problems
    by_day, impossible = _by_day(columns, rows.cells, place)
    if layout.sums:
        problems.append(problem("grid-sums-unread", place, tuple(one.text for one in layout.sums)))
    maker = _Maker(layout, table, source, place)
    numbers = row_numbers()
    cells: list[Row] = []
    made = replace(rows, numbers=numbers, cells=cells)
    for number, row in zip(rows.numbers, rows.cells, strict=True):
        new = maker.rows(number, row, by_day, len(cells))
        numbers.extend([number] * len(new))
        cells += new
        made.blank += not new
    made.unread = {name: maker.unread for name in PUNCHES if table.column(name) and maker.unread}
    return made, problems + impossible + maker.problems()


def _titles(layout: Layout, place: Place) -> list[str]:
    above = layout.sheet.rows[: layout.header_row - layout.header_rows]
    return [*(cell_as_text(cell) for row in above for cell in row), PurePosixPath(place.file).stem, place.sheet]


def _by_day(
    columns: Sequence[DayColumn], rows: Sequence[Row], place: Place
) -> tuple[dict[date, list[DayColumn]], list[Problem]]:
    """The columns of each day on which somebody has something; what stands in columns of days that do not exist."""
    by_day: dict[date, list[DayColumn]] = {}
    problems = []
    for one in columns:
        filled = [cell_as_text(cell) for row in rows if not is_empty(cell := cell_at(row, one.column))]
        if one.day is None and filled:
            problems.append(problem("grid-day-impossible", place.at(column=one.text), one.text, count=len(filled)))
        elif one.day is not None:
            by_day.setdefault(one.day, []).append(one)
    return {
        day: of_day
        for day, of_day in by_day.items()
        if any(not is_empty(cell_at(row, one.column)) for row in rows for one in of_day)
    }, problems


class _Maker:
    """Makes the rows of one sheet, and remembers what it met."""

    def __init__(self, layout: Layout, table: Table, source: Source, place: Place) -> None:
        self._width = next(header.column for header in layout.headers if header.text == DAY)
        self._at = {header.text: header.column for header in layout.headers if header.column >= self._width}
        words = [one.name for one in table.columns if one.kind is Kind.TEXT and one.name not in AGENT_NAMES]
        self._meaning = "result" if "result" in words else next(iter(words), "…")
        self._reads = bool(source.codes) or any(table.column(name) for name in PUNCHES)
        self._says_unknown = self._reads and not asks_for_text(source)
        self._blank_too = table.no_row is NoRow.PRESENCE
        self._reader = DayReader(folded_codes(source.codes), night_end(source))
        self._place = place
        self._unknown, self._impossible, self._descending = _Met(), _Met(), _Met()
        self.unread = RowSet()

    def rows(self, number: int, row: Row, by_day: dict[date, list[DayColumn]], first: int) -> list[Row]:
        """The rows of one row of the file; ``first`` is the index that the first of them will have."""
        made: list[Row] = []
        for day, columns in by_day.items():
            cells = [held for one in columns if not is_empty(held := cell_at(row, one.column))]
            if not cells and not self._blank_too:
                continue
            cell: Cell = cells[0] if len(cells) == 1 else "\n".join(map(cell_as_text, cells)) or None
            place = self._place.at(row=number, column=columns[0].text)
            read = self._read(cell, day, place, first + len(made))
            made.append(self._row(row, day, cell, read))
        return made

    def _read(self, cell: Cell, day: date, place: Place, index: int) -> DayCell:
        if not self._reads:
            return DayCell()
        read = self._reader.read(cell, day)
        if read.descending:
            self._descending.add(cell_as_text(cell), place)
            read.moments = []
        for word in read.unknown if self._says_unknown else ():
            (self._impossible if _LIKE_TIME.fullmatch(word) else self._unknown).add(word, place)
        # Beside one time alone a word may be the other punch, written badly: no missing one may come of it.
        doubtful = self._says_unknown and read.unknown and len(read.moments) < _PAIR and not read.values
        if read.descending or doubtful or (self._says_unknown and any(map(_LIKE_TIME.fullmatch, read.unknown))):
            self.unread.update([index])
        return read

    def _row(self, row: Row, day: date, cell: Cell, read: DayCell) -> Row:
        made: dict[str, Cell] = {DAY: day, TEXT: None if is_empty(cell) else cell}
        if read.moments:
            made |= {FIRST: read.moments[0], LAST: read.moments[-1]}
        made |= {of_code(name): value for name, value in read.values.items()}
        people = row[: self._width]
        cells: list[Cell] = [*people, *[None] * (self._width + len(self._at) - len(people))]
        for name, value in made.items():
            if name in self._at:
                cells[self._at[name]] = value
        return tuple(cells)

    def problems(self) -> list[Problem]:
        """One warning for all words nobody gave a meaning, one for times that are none, one for those that go back."""
        return [
            *self._said("grid-codes-unknown", self._unknown),
            *self._said("grid-times-impossible", self._impossible),
            *self._said("grid-times-descend", self._descending),
        ]

    def _said(self, code: str, met: _Met) -> list[Problem]:
        if not met.words:
            return []
        words = [word for word, _ in met.words.most_common()]
        keys = dict.fromkeys(map(key_to_write, words))
        line = several_lines(f'codes.{toml_string(key)} = {{ {self._meaning} = "" }}' for key in keys)
        rows = row_list({number for numbers in met.rows.values() for number in numbers})
        said = shortened([f"{word} × {met.words[word]}" if met.words[word] > 1 else word for word in words], _SHOWN)
        place = met.first[next(iter(met.first))]
        return [problem(code, place, said, count=sum(met.words.values()), rows=rows, line=line)]
