"""Units that stand in a row of their own below the names: 分钟 below 平均响应时长, 分 and 秒 below one 通话时长."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from csctl.headers import Header, make_header
from csctl.readers.columns.layout import Layout, Row
from csctl.readers.columns.looks import is_datum
from csctl.readers.columns.values import cell_as_text, is_empty
from csctl.readers.grid import Cell
from csctl.unit_words import clock_unit
from csctl.words import UNIT_OF, declared, fold

_BRACKETS = re.compile(r"[(\[【{〔](.*)[)\]】}〕]")
_PREFIX = re.compile(r"^单位\s*:?\s*")
_NO_UNITS = frozenset({"日", "时", "時", "万", "千", "k", "y/n", "是/否"})
"""Words that are units within brackets only."""
_HEADS_OF_UNITS = declared("单位 計量單位 计量单位 unit units")
_PARTS = {unit: size for size, unit in enumerate(("hours", "minutes", "seconds"))}


def with_units(layout: Layout) -> Layout:
    """The layout with the units of a row below its headers, which then is one of its header rows.

    Columns of hours, minutes and seconds under one name are one column: 3 and 30 become ``3分30秒``.
    """
    return _row_below(_below_groups(layout))


def _word(cell: Cell) -> str:
    """The text of a unit, out of its brackets; "" if it is none."""
    text = fold(cell_as_text(cell))
    inner = _BRACKETS.fullmatch(text)
    word = _PREFIX.sub("", inner[1] if inner else text).strip(" .")
    known = word in UNIT_OF and (inner is not None or word not in _NO_UNITS)
    return word if known or clock_unit(f"({word})") else ""


def _unit(word: str) -> str:
    return UNIT_OF.get(word, "")


def _named(header: Header, word: str) -> Header:
    """The header with a unit that stands in another cell; one that its own cell names stays."""
    if header.unit or header.clock or not word:
        return header
    made = make_header(header.column, f"{header.own}({word})")
    return replace(header, unit=made.unit, of_time=made.of_time, clock=made.clock)


def _below_groups(layout: Layout) -> Layout:
    """Of headers in two rows, those whose lower cell is a unit alone: their name is what stands above."""
    headers: list[Header] = []
    words: dict[int, str] = {}
    for header in layout.headers:
        word = _word(header.own) if header.group else ""
        if word:
            words[header.column] = word
            above = make_header(header.column, header.text.removesuffix(f"/{header.own}"))
            headers.append(replace(_named(above, word), text=header.text))
        else:
            headers.append(header)
    return _joined(replace(layout, headers=tuple(headers)), words, apart=True) if words else layout


def _row_below(layout: Layout) -> Layout:
    """The row below the headers, if units stand in it and nothing that could be data."""
    if not layout.header_rows or layout.header_row >= len(layout.sheet.rows):
        return layout
    row = layout.sheet.rows[layout.header_row]
    own = {header.column: fold(header.own) for header in layout.headers}
    filled = {column: cell for column, cell in enumerate(row) if not is_empty(cell)}
    words = {column: word for column, cell in filled.items() if (word := _word(cell))}
    others = [(column, cell) for column, cell in filled.items() if column not in words]
    units = {_unit(word) for word in words.values()} - {"count"}
    # Where the row itself says what it is, what stands in it beside the units are words for units too.
    headed = any(fold(cell_as_text(cell)) in _HEADS_OF_UNITS for _, cell in others)
    if not units or not all(
        _is_label(cell) or fold(cell_as_text(cell)) == own.get(column) or (headed and not is_datum(cell))
        for column, cell in others
    ):
        return layout
    headers = tuple(_named(header, words.get(header.column, "")) for header in layout.headers)
    below = replace(
        layout,
        headers=headers,
        header_row=layout.header_row + 1,
        header_rows=layout.header_rows + 1,
        units_row=True,
    )
    return _joined(below, words, apart=False)


def _is_label(cell: Cell) -> bool:
    """``(编号)`` or ``单位`` beside the units: what stands in brackets and is no figure, or heads the units."""
    text = fold(cell_as_text(cell))
    bracketed = isinstance(cell, str) and _BRACKETS.fullmatch(text) is not None and not is_datum(cell)
    return bracketed or text in _HEADS_OF_UNITS


def _joined(layout: Layout, words: dict[int, str], *, apart: bool) -> Layout:
    """The layout with the parts of lengths in one column each. ``apart``: each part has a header of its own."""
    headers = {header.column: header for header in layout.headers}
    gone: set[int] = set()
    sheet = layout.sheet
    for column, header in headers.items():
        if column in gone:
            continue
        parts = _parts(column, words, headers, apart=apart)
        if len(parts) > 1:
            rows = [*sheet.rows[: layout.header_row], *(_in_one(row, parts) for row in sheet.rows[layout.header_row :])]
            sheet = replace(sheet, rows=rows)
            gone |= {part for part, _ in parts[1:]}
            headers[column] = replace(header, unit="", of_time="", text=header.text if not apart else header.own)
    return replace(layout, sheet=sheet, headers=tuple(one for column, one in headers.items() if column not in gone))


def _parts(column: int, words: dict[int, str], headers: dict[int, Header], *, apart: bool) -> Sequence[tuple[int, str]]:
    """The columns, with their units, that are parts of the length which begins in this one: each unit is smaller."""
    name = headers[column].own
    parts: list[tuple[int, str]] = []
    size = -1
    while column in words:
        unit = "minutes" if words[column] == "分" else _unit(words[column])
        header = headers.get(column)
        same = header is not None and header.own == name if apart else header is None
        if unit not in _PARTS or _PARTS[unit] <= size or (parts and not same):
            break
        parts.append((column, words[column]))
        column, size = column + 1, _PARTS[unit]
    return parts


def _in_one(row: Row, parts: Sequence[tuple[int, str]]) -> Row:
    filled = [(row[column], word) for column, word in parts if column < len(row) and not is_empty(row[column])]
    if not filled:
        return row
    cells = list(row)
    cells[parts[0][0]] = "".join(f"{cell_as_text(cell)}{word}" for cell, word in filled)
    for column, _ in parts[1:]:
        if column < len(cells):
            cells[column] = None
    return tuple(cells)
