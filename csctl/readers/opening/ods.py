"""One OpenDocument spreadsheet, sheet by sheet. Runs in the reading process.

Its cells carry their values beside the text that is shown: numbers, percentages, amounts, days, times, truths. Format:
OASIS OpenDocument 1.3, part 3, chapters 9 and 19.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Cell, Sheet
from csctl.readers.opening.cells import MAX_COLUMNS, MAX_WORKBOOK_ROWS, Row, filled_rows, int_if_whole, trimmed
from csctl.readers.opening.sheet_rows import CellQuota, Sightings, sheet_rows
from csctl.readers.opening.shown import Look, displayed_number
from csctl.readers.opening.xml_2003 import elements

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0}}" for name in ("table", "office", "text", "style"))
_PERCENT = Look(behind="%", hundredfold=True)
_LENGTH = re.compile(r"(-?)P(?:([0-9]+)D)?T?(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)(?:[.,]([0-9]{1,6})[0-9]*)?S)?")
_WITHOUT_TEXT = frozenset({f"{_OFFICE}annotation", f"{_TEXT}note"})
_DAY = timedelta(days=1)


@dataclass
class _State:
    """What was met so far of the sheet that is being read."""

    rows: list[Row] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    valueless: list[tuple[int, int]] = field(default_factory=list)


def read_ods(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every sheet with its problems; places name the sheet, not the file.

    Raises Refused for what can be said in words, and whatever the parser raises for broken files.
    """
    allowance, state = CellQuota(), _State()
    unseen: set[str] = set()
    depth = 0
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as part:
        for event, element in elements(part):  # type: ignore[arg-type]
            if element.tag == f"{_TABLE}table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    state = _State()
                elif event == "end" and depth == 0:
                    hidden = element.get(f"{_TABLE}style-name", "") in unseen
                    yield _sheet(element.get(f"{_TABLE}name", ""), hidden, state, allowance)
                    element.clear()
            elif event == "end" and element.tag == f"{_TABLE}table-row" and depth == 1:
                _row(element, state)
                element.clear()
            elif event == "end" and element.tag == f"{_STYLE}style":
                shows = element.find(f"{_STYLE}table-properties")
                if shows is not None and shows.get(f"{_TABLE}display") == "false":
                    unseen.add(element.get(f"{_STYLE}name", ""))


def _row(element: Any, state: _State) -> None:
    """Adds the row as often as it stands there. Nothing is added for the empty rows that fill a sheet to its end."""
    number = len(state.rows) + 1
    cells: list[Cell] = []
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        value = _value(cell, (number, len(cells) + 1), state)
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), MAX_COLUMNS + 1)
        down, across = (int(cell.get(f"{_TABLE}number-{name}-spanned", 1)) for name in ("rows", "columns"))
        if down > 1 or across > 1:
            state.merged.append((number, len(cells) + 1, number + down - 1, len(cells) + across))
        # Cells without a value that fill the row to its end say nothing.
        cells += [value] * times if value is not None or len(cells) < MAX_COLUMNS else []
    times = min(int(element.get(f"{_TABLE}number-rows-repeated", 1)), MAX_WORKBOOK_ROWS + 1 - len(state.rows))
    row = trimmed(cells)
    if element.get(f"{_TABLE}visibility") in ("collapse", "filter") and row:
        state.hidden_rows += range(number, number + times)
    state.rows += [row] * times


def _value(cell: Any, at: tuple[int, int], state: _State) -> Cell:
    given = {name: cell.get(f"{_OFFICE}{name}-value", "") for name in ("date", "time", "boolean", "string")}
    number = cell.get(f"{_OFFICE}value", "")
    match cell.get(f"{_OFFICE}value-type"):
        case "percentage":
            return displayed_number(float(number), _PERCENT)
        case "currency":
            currency = cell.get(f"{_OFFICE}currency", "")
            return (
                displayed_number(int_if_whole(float(number)), Look(behind=currency))
                if currency.isalpha()
                else int_if_whole(float(number))
            )
        case "float":
            return _error(cell) or int_if_whole(float(number))
        case "date":
            return _day(given["date"])
        case "time":
            return _length(given["time"])
        case "boolean":
            return bool(given["boolean"] == "true")
    text = _said(cell)
    if not text and cell.get(f"{_TABLE}formula") and cell.get(f"{_OFFICE}value-type") is None:
        state.valueless.append(at)
    return text or given["string"] or None


def _error(cell: Any) -> str | None:
    """What an error shows: its value is 0, only the text tells."""
    text = _said(cell) if cell.get(f"{_TABLE}formula") else ""
    return text if text.startswith(("#", "Err:")) else None


def _day(text: str) -> date | datetime:
    return datetime.fromisoformat(text)


def _length(text: str) -> time | timedelta:
    """A time of day, or a length from a day on. Raises ValueError for anything that is none."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise ValueError(f"not a time: {text}")
    sign, days, hours, minutes, seconds, parts = found.groups(default="0")
    length = timedelta(
        days=int(days),
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int(parts.ljust(6, "0")),
    )
    if sign == "-":
        return -length
    if length >= _DAY:
        return length
    hour, rest = divmod(length.seconds, 3600)
    return time(hour, rest // 60, rest % 60, length.microseconds)


def _said(cell: Any) -> str:
    """The paragraphs of a cell, one a line; without what is only written beside them."""
    return "\n".join("".join(_texts(one)) for one in cell if one.tag == f"{_TEXT}p")


def _texts(element: Any) -> Iterator[str]:
    if element.tag == f"{_TEXT}s":
        yield " " * min(int(element.get(f"{_TEXT}c", 1)), MAX_COLUMNS)
    elif element.tag == f"{_TEXT}tab":
        yield "\t"
    elif element.tag == f"{_TEXT}line-break":
        yield "\n"
    elif element.tag not in _WITHOUT_TEXT:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""


def _sheet(name: str, hidden: bool, state: _State, allowance: CellQuota) -> tuple[Sheet, list[Problem]]:
    while state.rows and not state.rows[-1]:
        state.rows.pop()
    rows, problems = sheet_rows(state.rows, name, allowance)
    place = Place(sheet=name)
    seen = Sightings(place, hidden)
    for row, column in state.valueless:
        seen.add("formula-without-value", row, column)
    problems += seen.problems()
    if hidden and rows:
        problems.append(problem("sheet-hidden", place))
    unseen = filled_rows(state.hidden_rows, rows)
    return Sheet(name, rows, hidden, tuple(state.merged), hidden_rows=unseen), problems
