"""A user's own list of days: holidays of a new year, or days on which this company differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from csctl.core.people.workdays import CalendarDay, DayKind
from csctl.headers import Header, find_headers
from csctl.messages import problem
from csctl.problems import Place, Problem, as_error, errors
from csctl.readers.columns.dates import parse_date
from csctl.readers.columns.layout import Layout, find_table
from csctl.readers.columns.rows import cell_at
from csctl.readers.columns.values import CellFault, cell_as_text, is_empty
from csctl.readers.grid import Book
from csctl.readers.mapping.sheets import best_table
from csctl.readers.opening.books import BookReader
from csctl.words import same_word

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("日期", "date", "day"),
    "kind": ("类型", "种类", "性质", "kind", "type"),
    "name": ("名称", "节日", "节假日", "说明", "name", "holiday"),
}
KINDS: dict[str, DayKind] = {
    "workday": "workday", "工作日": "workday", "上班": "workday",
    "makeup_workday": "makeup_workday", "补班": "makeup_workday", "调休上班": "makeup_workday",
    "weekend": "weekend", "周末": "weekend", "休息日": "weekend",
    "holiday_rest": "holiday_rest", "放假": "holiday_rest", "调休": "holiday_rest", "调休放假": "holiday_rest",
    "statutory": "statutory", "法定节假日": "statutory", "法定假日": "statutory", "节假日": "statutory",
}  # fmt: skip
"""What the kinds of days are called in files."""


def read_holidays(path: Path, shown_as: str) -> tuple[list[CalendarDay], list[Problem]]:
    """The days that a CSV file or workbook lists in columns date, kind and (optional) name.

    Every fault is an error with its row: a day read wrongly would change everybody's pay.
    """
    with BookReader(workers=1) as reader:
        book, problems = reader.read(path, shown_as)
    if book is None or errors(problems):
        return [], problems
    found = _table(book)
    if found is None:
        wanted = tuple(names[0] for names in COLUMNS.values())
        return [], [*problems, problem("holidays-without-columns", Place(shown_as), wanted=wanted)]
    layout, headers = found
    days, faults = _days(layout, headers, Place(shown_as, layout.sheet.name))
    return ([] if faults else days), problems + faults


def _table(book: Book) -> tuple[Layout, dict[str, Header]] | None:
    names = [name for names in COLUMNS.values() for name in names]
    layouts = [found for sheet in book.sheets if (found := find_table(sheet, names))]
    if not layouts:
        return None
    layout = best_table(layouts)
    matches = {
        column: [header for name in names for header in find_headers(list(layout.headers), name)]
        for column, names in COLUMNS.items()
    }
    headers = {column: found[0] for column, found in matches.items() if found}
    return (layout, headers) if {"date", "kind"} <= headers.keys() else None


def _days(layout: Layout, headers: Mapping[str, Header], place: Place) -> tuple[list[CalendarDay], list[Problem]]:
    days: dict[date, CalendarDay] = {}
    problems: list[Problem] = []
    rows = enumerate(layout.sheet.rows[layout.header_row :], start=layout.header_row + 1)
    for number, row in rows:
        cells = {column: cell_at(row, header.column) for column, header in headers.items()}
        if all(is_empty(cell) for cell in cells.values()):
            continue
        day, kind = parse_date(cells["date"]), KINDS.get(same_word(cell_as_text(cells["kind"])))
        at = place.at(row=number, column=headers["date"].text)
        if day is None or isinstance(day, CellFault):
            problems.append(as_error(problem("value-not-a-date", at, cell_as_text(cells["date"]))))
        elif kind is None:
            at = place.at(row=number, column=headers["kind"].text)
            problems.append(problem("holidays-kind-unknown", at, cell_as_text(cells["kind"]), known=tuple(KINDS)))
        elif day in days:
            problems.append(problem("holidays-day-twice", at, day))
        else:
            days[day] = CalendarDay(day, kind, cell_as_text(cells.get("name")))
    return list(days.values()), problems
