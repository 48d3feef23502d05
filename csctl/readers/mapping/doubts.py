"""What a table was read as although much speaks against it: said, and nothing else is done about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import PurePosixPath

from csctl.headers import Header
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.to_write import column_line, named_line, several_lines
from csctl.problems import Place, Problem, as_error
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.day_headers import find_day_row
from csctl.readers.columns.layout import Layout, is_data
from csctl.readers.columns.looks import is_datum, is_day, is_numeric, is_time, mostly, times_in
from csctl.readers.columns.months_said import speaks_of_other
from csctl.readers.columns.naming import header_texts, similar_headers
from csctl.readers.columns.reading import Grid
from csctl.readers.columns.source import PUNCHES
from csctl.readers.columns.values import cell_as_text, is_empty, narrow
from csctl.readers.grid import Cell
from csctl.readers.mapping.other_months import ABOUT_PEOPLE, other_months
from csctl.readers.mapping.part_of_month import part_of_month
from csctl.readers.mapping.suggest import Cells, first_cells, fits
from csctl.tables import AGENT_NAMES, Kind, Table

_ANSWER, _MOST_ANSWERS = "approved", 12
_ANSWERS = re.compile(
    r"^(?:审批|审核|批准|申请|当前|流程|单据|请假|补卡)?(?:状态|结果|意见)$|^是否(?:批准|同意|通过)$"
    r"|^(?:approval |request |leave )?(?:state|status|result|decision|outcome)$|^granted$"
)
_NUMBERS = re.compile(r"号|序|编码|电话|手机|年|月|周|\bid\b|\bno\b|number|phone|year|month|week|rank")
_LEAST_DAYS = 7
"""So many days side by side are a grid of them, and no figures under numbers."""
_LAST_PUNCH = tuple(PUNCHES)[-1]
_OF_TIME = frozenset({Kind.DATE, Kind.MOMENT})


def table_doubts(
    table: Table, bindings: Mapping[str, Binding], grid: Grid, used: set[int], month: Month | None
) -> list[Problem]:
    """Only names were understood; days or months stand unused beside rows without one; a title is of another month.

    ``used`` are the columns of the sheet that were read. ``month`` is what the path says.
    """
    unused = [header for header in grid.layout.headers if header.column not in used]
    if not grid.rows.cells:
        return []
    found = _only_names(table, bindings, grid, unused, used) + _several_times(table, bindings, grid, unused)
    answers = _unused_answers(table, bindings, grid, unused)
    dated = table.dated
    if dated and month and not _is_filled(bindings.get(dated)):
        found = found or ([] if dated in bindings else _unused_days(dated, unused, grid))
        if dated not in bindings:
            found += other_months(dated, bindings, grid, month)
        found += _other_title(grid.layout, month, grid.place)
        # A column of days that the source ignores is settled.
        spans = [] if dated in bindings else unused
        found += part_of_month(titles_of(grid.layout, grid.place), spans, grid, month)
    return found + answers


def _is_filled(binding: Binding | None) -> bool:
    return binding is not None and bool(binding.headers or binding.rule.value is not None)


def _only_names(
    table: Table, bindings: Mapping[str, Binding], grid: Grid, unused: Sequence[Header], used: set[int]
) -> list[Problem]:
    """Rows that hold a name alone and others that nobody understood, or a name and a day beside times or figures."""
    cells = first_cells(grid.rows.cells)
    known = {header.column for binding in bindings.values() for header in binding.headers}
    said = {name for name, binding in bindings.items() if _is_filled(binding)} - set(AGENT_NAMES)
    if table.name == "roster" or said - {table.dated} or used - known:
        return []
    telling = [header for header in unused if any(not is_empty(cell) for cell in cells(header))]
    if said:
        # A row that must have a moment of its own is worth something with that alone.
        dated = table.column(table.dated or "")
        alone = dated is not None and dated.required
        telling = [] if alone else [header for header in telling if _tells(header, cells(header))]
    if not telling:
        return []
    days = _side_by_side(table, grid.layout, telling)
    if days:
        return [problem("days-side-by-side", grid.place, f"{days[0]} … {days[-1]}", line='shape = "days"')]
    line = _lines(table, bindings, telling, cells)
    return [problem("only-names-understood", grid.place, header_texts(telling), line=line)]


def _tells(header: Header, cells: Sequence[Cell]) -> bool:
    """Whether a column holds times or figures, and no numbers of something."""
    return mostly(cells, is_time) or (mostly(cells, is_numeric) and not _NUMBERS.search(header.key))


def _side_by_side(table: Table, layout: Layout, headers: Sequence[Header]) -> list[str]:
    """The headers of a sheet that has a column for each day; none if most of these are no days."""
    found = find_day_row(layout.sheet) if table.dated and not layout.days else None
    columns = {header.column for header in headers}
    days = [one for one in found.days if one.column in columns] if found else []
    return [one.text for one in days] if len(days) >= _LEAST_DAYS and 2 * len(days) > len(columns) else []


def _lines(table: Table, bindings: Mapping[str, Binding], headers: Sequence[Header], cells: Cells) -> str:
    """Columns that could be meant, the day first: each with the header most like it, a day or time with any."""
    open_columns = [one for one in table.columns if one.name not in bindings and one.name not in AGENT_NAMES]
    lines = []
    moments = any(one.kind is Kind.MOMENT for one in open_columns)
    for column in sorted(open_columns, key=lambda column: column.name != table.dated):
        fitting = [header for header in headers if fits(column, cells(header))]
        if column.kind is Kind.DATE and moments:  # a day with a time is that of a punch
            fitting = [header for header in fitting if not mostly(cells(header), _has_clock)]
        any_fitting = tuple(one.text for one in fitting[:1]) if column.kind in _OF_TIME else ()
        named = similar_headers((column.name, *column.aliases), fitting)
        if column.kind in _OF_TIME and sum(_unnumbered(one.text) in map(_unnumbered, named[:1]) for one in fitting) > 1:
            named = ()  # Punch 4 is no more like a name than Punch 1: their order tells
        near = named or any_fitting
        if column.name == _LAST_PUNCH and not named and len(fitting) > 1:
            # Of several punches of a day the last one that is there.
            texts = [header.text for header in reversed(fitting)]
            lines.append(column_line(column.name, {"from": texts, "filled": True}))
        elif near:
            lines.append(named_line(column.name, near[0]))
            headers = [header for header in headers if header.text != near[0]]
    return several_lines(lines) or 'columns.… = "…"'


def _unnumbered(text: str) -> str:
    return "".join(sign for sign in text if not sign.isdigit())


def _unused_answers(
    table: Table, bindings: Mapping[str, Binding], grid: Grid, unused: Sequence[Header]
) -> list[Problem]:
    """A column that tells of requests whether they were granted, where none is read as that: its words, and the line in
    which somebody says what they mean.
    """
    if table.column(_ANSWER) is None or _is_filled(bindings.get(_ANSWER)) or _ANSWER in bindings:
        return []
    for header in unused:
        cells = (row[header.column] for row in grid.rows.cells if header.column < len(row))
        words = Counter(cell_as_text(cell) for cell in cells if not is_empty(cell))
        if _ANSWERS.search(header.key) and 0 < len(words) <= _MOST_ANSWERS and not any(map(is_datum, words)):
            texts = [f"{word} × {count}" for word, count in words.most_common()]
            line = column_line(_ANSWER, {"from": header.text, "texts": dict.fromkeys(words, "")})
            said = problem("answers-unused", grid.place.at(column=header.text), texts, header=header.text, line=line)
            return [said]
    return []


def _has_clock(cell: Cell) -> bool:
    """Whether a day is told with a time of it."""
    if isinstance(cell, datetime):
        return cell.time() != time(0)
    return isinstance(cell, str) and is_day(cell) and ":" in narrow(cell)


def _several_times(
    table: Table, bindings: Mapping[str, Binding], grid: Grid, unused: Sequence[Header]
) -> list[Problem]:
    """Columns in whose cells several times stand together, where columns for a time each are empty."""
    open_moments = any(
        one.kind is Kind.MOMENT and not one.required and not _is_filled(bindings.get(one.name)) for one in table.columns
    )
    cells = first_cells(grid.rows.cells)
    found = []
    for header in unused if open_moments else ():
        several = [" ".join(cell_as_text(cell).split()) for cell in cells(header) if times_in(cell) > 1]
        if several and mostly(cells(header), lambda cell: times_in(cell) > 0):
            place = grid.place.at(column=header.text)
            found.append(problem("several-times-in-cell", place, several[0], column=header.text))
    return found


def _unused_days(dated: str, unused: Sequence[Header], grid: Grid) -> list[Problem]:
    cells = first_cells(grid.rows.cells)
    days = [header for header in unused
            if mostly(cells(header), is_day) and not any(part in header.key for part in ABOUT_PEOPLE)]  # fmt: skip
    if not days:
        return []
    line = named_line(dated, days[0].text)
    place = grid.place.at(column=days[0].text)
    return [problem("days-unused", place, header_texts(days), line=line, name=dated)]


def titles_of(layout: Layout, place: Place) -> list[str]:
    """What stands above the header, and the names of file and sheet."""
    titles = [cell_as_text(cell) for row in layout.sheet.rows[: layout.header_row - layout.header_rows] for cell in row]
    return [*titles, PurePosixPath(place.file).stem, place.sheet]


def _other_title(layout: Layout, month: Month, place: Place) -> list[Problem]:
    """What the file's name, the sheet's name or a row above the header says against the month of the path."""
    other = speaks_of_other(titles_of(layout, place), month)
    return [problem("title-of-other-month", place, other, month=month)] if other else []


def first_row_faults(
    table: Table, layout: Layout, bindings: Mapping[str, Binding], problems: Sequence[Problem], place: Place
) -> list[Problem]:
    """The problems of binding, and one more where the header is a row of data: then nothing was to be missed in it."""
    if not _heads_with_data(layout, bindings):
        return list(problems)
    line = _placed_columns(table, layout, bindings)
    row = layout.sheet.rows[layout.header_row - 1]
    texts = tuple(cell_as_text(row[header.column]) for header in layout.headers if header.column < len(row))
    said = problem("first-row-is-data", place.at(row=layout.header_row), texts, line=line)
    left = [one for one in problems if one.code != "columns-missing"]
    return [*left, as_error(said) if len(left) < len(problems) else said]


def _heads_with_data(layout: Layout, bindings: Mapping[str, Binding]) -> bool:
    """Whether days and figures stand in the header row: in those cells that are read, or in all where none is."""
    if layout.header_rows != 1:
        return False
    row = layout.sheet.rows[layout.header_row - 1]
    bound = {header.column for binding in bindings.values() for header in binding.headers}
    columns = [header.column for header in layout.headers if header.column < len(row)]
    return is_data(row, columns) and (not bound or any(is_datum(row[one]) for one in bound if one < len(row)))


def _names_few(placed: Mapping[str, int]) -> bool:
    """Whether too little is known to read the file: no people, or nothing but them."""
    return not set(AGENT_NAMES) & placed.keys() or len(placed) < 2


def _placed_columns(table: Table, layout: Layout, bindings: Mapping[str, Binding]) -> str:
    """The places of the columns that are bound; else of the day, or of the punches, and of the first that could be
    people.
    """
    placed = {name: one.headers[0].column + 1 for name, one in bindings.items() if one.headers}
    punches = [column for column in table.columns if column.kind is Kind.MOMENT and not column.required][:1]
    wanted = [column for column in table.columns if column.required or column.name in {table.dated, "agent_id"}]
    cells = first_cells(layout.sheet.rows[layout.header_row - 1 :])
    day = table.column(table.dated or "")
    clocked = bool(punches) and day is not None and day.kind is Kind.DATE
    for column in [*wanted, *(punches if clocked else ())] if _names_few(placed) else ():
        free = [header for header in layout.headers if header.column + 1 not in placed.values()]
        fitting = [header.column + 1 for header in free if fits(column, cells(header))
                   and not (clocked and column.kind is Kind.DATE and mostly(cells(header), _has_clock))
                   and (column not in punches or mostly(cells(header), _has_clock))]  # fmt: skip
        if (
            fitting
            and column.name not in placed
            and not (column.name in AGENT_NAMES and set(AGENT_NAMES) & placed.keys())
        ):
            placed[column.name] = fitting[0]
    return several_lines(['header = "none"', *(named_line(name, number) for name, number in placed.items())])
