"""Where the days of a sheet stand that has a column for each: its header rows, and which columns are days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from csctl.readers.columns.day_labels import NO_DAY, DayLabel, day_label
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell, Sheet

_SEARCHED_ROWS = 20
_LEAST_DAYS = 3
"""So many days, one after the other, make a row of days."""
_LAST_DAY = 31


@dataclass(frozen=True, slots=True)
class DayHeader:
    """One column of a day: its place from 0, its header as shown, and what that says."""

    column: int
    text: str
    label: DayLabel


@dataclass(frozen=True, slots=True)
class DayRow:
    """The row (index from 0) that names days, and the rows around it that belong to the header, in their order."""

    index: int
    rows: tuple[int, ...]
    days: tuple[DayHeader, ...]


def find_day_row(sheet: Sheet, header_row: int | None = None) -> DayRow | None:
    """The row with the most days one after the other; None if no row names three.

    ``header_row`` (from 1) ends the search: the lowest row of the header.
    """
    last = min(len(sheet.rows), _SEARCHED_ROWS)
    indexes = range(last) if header_row is None else range(max(header_row - 2, 0), min(header_row, len(sheet.rows)))
    found = [(index, days) for index in indexes if len(days := _run(sheet, index)) >= _LEAST_DAYS]
    if not found:
        return None
    index, days = max(found, key=lambda one: (len(one[1]), -one[0]))
    return _with_weekdays(sheet, index, days)


def _order(label: DayLabel) -> tuple[int, ...]:
    """By what labels of one row follow each other: days of one month, or of several by their dates."""
    if label.year is not None and label.month is not None:
        return (label.year, label.month, label.day or 0)
    if label.pair:
        return label.pair
    return (label.month or 0, label.day or 0)


def _run(sheet: Sheet, index: int) -> list[DayHeader]:
    """The longest run of days in one row, each after the one before; a column may have the day of the one before it."""
    row = sheet.rows[index]
    labels = [day_label(cell) for cell in row]
    runs: list[list[int]] = [[]]
    for column, label in enumerate(labels):
        if not label.is_day:
            continue
        run = runs[-1]
        if run and not _follows([labels[one] for one in run], label):
            runs.append([])
        runs[-1].append(column)
    best = max(runs, key=len)
    if len({_order(labels[column]) for column in best}) < _LEAST_DAYS:
        return []
    return _filled_in(sheet, index, labels, best)


def _follows(run: Sequence[DayLabel], label: DayLabel) -> bool:
    """Whether a label is of the same or a later day; numbers begin again once, as from the 26th to the 25th."""
    before = run[-1]
    kinds = [(one.year is None, one.month is None, one.pair is None) for one in (before, label)]
    if kinds[0] != kinds[1]:
        return False
    if _order(before) <= _order(label):
        return True
    by_pair = before.pair and label.pair and before.pair[1] <= label.pair[1]
    if by_pair:  # 30/9 and 1/10: the day stands first.
        return True
    first, numbers = run[0].day or 0, [one.day or 0 for one in run]
    begins_again = label.month is None and not label.pair and numbers == sorted(numbers)
    return begins_again and label.day == 1 and first > 1


def _filled_in(sheet: Sheet, index: int, labels: Sequence[DayLabel], run: Sequence[int]) -> list[DayHeader]:
    """The run with the columns between and beside its days whose header is another name of a day."""
    row = sheet.rows[index]
    found = {column: labels[column] for column in run}
    spans = {left - 1: right for top, left, _, right in sheet.merged if top == index + 1}
    for column, right in spans.items():
        found |= {one: found[column] for one in range(column + 1, right) if column in found}
    plain = [column for column in run if labels[column].day is not None]
    for left, right in pairwise(plain):
        if (labels[right].day or 0) - (labels[left].day or 0) == right - left:
            found |= {one: _named(labels[left], labels[one], one - left)
                      for one in range(left + 1, right) if one not in found}  # fmt: skip
    if plain:
        found |= _beside(labels, plain[0], -1) | _beside(labels, plain[-1], 1)
    return [DayHeader(one, _text(row, one, label), label) for one, label in sorted(found.items())]


def _text(row: Sequence[Cell], column: int, label: DayLabel) -> str:
    cell = row[column] if column < len(row) else None
    return cell_as_text(cell.date() if isinstance(cell, datetime) else cell) or str(label.day or "")


def _named(known: DayLabel, own: DayLabel, distance: int) -> DayLabel:
    """The label of a column so far from one whose day is known."""
    return replace(known, day=(known.day or 0) + distance, weekday=own.weekday)


def _beside(labels: Sequence[DayLabel], column: int, step: int) -> dict[int, DayLabel]:
    """Columns before the first or behind the last day that are headed by a weekday or a holiday."""
    found: dict[int, DayLabel] = {}
    known, at = labels[column], column + step
    while 0 <= at < len(labels) and (labels[at].weekday is not None or labels[at].holiday) and not labels[at].is_day:
        day = (known.day or 0) + at - column
        if not 1 <= day <= _LAST_DAY:
            break
        found[at] = _named(known, labels[at], at - column)
        at += step
    return found


def _with_weekdays(sheet: Sheet, index: int, days: Sequence[DayHeader]) -> DayRow:
    """The days with what the row below, or the row above, says of their weekdays."""
    for other in (index + 1, index - 1):
        labels = _weekdays(sheet, other, [day.column for day in days])
        if labels:
            named = (replace(day, label=replace(day.label, weekday=_weekday(day, labels))) for day in days)
            return DayRow(index, tuple(sorted((index, other))), tuple(named))
    parts = _parts_below(sheet, index, days)
    return DayRow(index, (index, index + 1) if parts else (index,), tuple(days))


def _weekday(day: DayHeader, labels: dict[int, DayLabel]) -> int | None:
    below = labels.get(day.column, NO_DAY).weekday
    return day.label.weekday if below is None else below


def _weekdays(sheet: Sheet, index: int, columns: Sequence[int]) -> dict[int, DayLabel]:
    """The labels of a row that names weekdays in most of these columns, and nothing else but holidays; else none."""
    if not 0 <= index < len(sheet.rows):
        return {}
    row = sheet.rows[index]
    cells = {column: row[column] for column in columns if column < len(row) and not is_empty(row[column])}
    labels = {column: day_label(cell) for column, cell in cells.items()}
    named = [label for label in labels.values() if (label.weekday is not None and not label.is_day) or label.holiday]
    weekdays = [label for label in named if label.weekday is not None]
    return labels if len(named) == len(labels) and len(weekdays) * 2 > len(columns) else {}


def _parts_below(sheet: Sheet, index: int, days: Sequence[DayHeader]) -> bool:
    """Whether the row below parts days of several columns, as 上班 and 下班: the same few words again and again."""
    twice = len({_order(day.label) for day in days}) < len(days)
    if not twice or index + 1 >= len(sheet.rows):
        return False
    row = sheet.rows[index + 1]
    words = [cell_as_text(row[day.column]) for day in days if day.column < len(row) and not is_empty(row[day.column])]
    return len(words) == len(days) and len(set(words)) * 2 <= len(words) and not any(map(str.isdigit, "".join(words)))
