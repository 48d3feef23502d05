"""One “XML Spreadsheet 2003”, which many web systems write and name .xls. Runs in the reading process.

Its cells say what they are (Number, String, DateTime, Boolean, Error) and by which style they are shown; a cell or row
without an index follows the one before it. Format: Microsoft, XML Spreadsheet Reference (Office 2003).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel, to_excel

from csctl.messages import problem
from csctl.problems import NOWHERE, Place, Problem
from csctl.readers.grid import Cell, Sheet
from csctl.readers.opening.cells import MAX_COLUMNS, MAX_MERGED_CELLS, Row, filled_rows, int_if_whole
from csctl.readers.opening.sheet_rows import LAST_ROW, CellQuota, Refused, Sightings, sheet_rows
from csctl.readers.opening.shown import DURATION, Look, displayed_number, long_time, look_of

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
NAMED_FORMATS = {"Percent": "0.00%", "Currency": "", "Euro Currency": "[$€-2]#,##0.00"}
"""What formats that go by a name show; those of money show whatever the reader's computer is set to."""


@dataclass
class _State:
    """What was met so far of the sheet that is being read."""

    looks: dict[str, Look] = field(default_factory=dict)
    epoch: datetime = WINDOWS_EPOCH
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last: int = 0
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    valueless: list[tuple[int, int]] = field(default_factory=list)
    """Cells with a formula and no value, by row and column."""


def read_xml_2003(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every sheet with its problems; places name the sheet, not the file.

    Raises Refused for what can be said in words, and whatever the parser raises for broken files.
    """
    allowance, state = CellQuota(), _State()
    with path.open("rb") as file:
        for event, element in elements(file):
            tag = element.tag.removeprefix(_SS)
            if event == "start":
                state = _State(state.looks, state.epoch) if tag == "Worksheet" else state
            elif tag == "Style":
                _style(element, state.looks)
            elif tag == "Row":
                _row(element, state)
                element.clear()
            elif tag == "Worksheet":
                yield _sheet(element.get(f"{_SS}Name", ""), state, allowance)
                element.clear()
            else:
                _setting(element, state)


def elements(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """``start`` and ``end`` of every element. Raises Refused for a file that defines entities."""
    try:
        yield from iterparse(file, events=("start", "end"), forbid_dtd=True)
    except DefusedXmlException as fault:
        raise Refused(problem("workbook-doctype", NOWHERE, "XML")) from fault


def _setting(element: Any, state: _State) -> None:
    if element.tag == f"{_X}Date1904":
        state.epoch = MAC_EPOCH
    elif element.tag == f"{_X}Visible" and (element.text or "").strip() in ("SheetHidden", "SheetVeryHidden"):
        state.hidden = True


def _style(element: Any, looks: dict[str, Look]) -> None:
    """What a style's number format shows; a style that bases on another has that one's unless it has its own."""
    own, based_on = element.find(f"{_SS}NumberFormat"), element.get(f"{_SS}Parent", "")
    code = "" if own is None else own.get(f"{_SS}Format", "")
    look = look_of(NAMED_FORMATS.get(code, code)) if code else looks.get(based_on)
    if look is not None:
        looks[element.get(f"{_SS}ID", "")] = look


def _row(element: Any, state: _State) -> None:
    number = _index(element, state.last, LAST_ROW)
    cells: list[Cell] = []
    at = 0
    for cell in element.iter(f"{_SS}Cell"):
        column = _index(cell, at, MAX_COLUMNS)
        across, down = (int(cell.get(f"{_SS}{name}", 0)) for name in ("MergeAcross", "MergeDown"))
        cells += [None] * (column - len(cells))
        cells[column - 1] = _value(cell, element.get(f"{_SS}StyleID", ""), state, (number, column))
        if 0 < (across + 1) * (down + 1) - 1 < MAX_MERGED_CELLS:
            state.merged.append((number, column, number + down, column + across))
        at = column + across
    state.rows[number] = cells
    if element.get(f"{_SS}Hidden") == "1":
        state.hidden_rows.append(number)
    state.last = number + int(element.get(f"{_SS}Span", 0))


def _index(element: Any, last: int, most: int) -> int:
    """The place of a row or cell: the next one, or the one it names, which lies behind the last."""
    index = int(element.get(f"{_SS}Index", last + 1))
    if not last < index <= most:
        raise Refused(problem("cells-out-of-order", NOWHERE, index))
    return index


def _value(cell: Any, style_of_row: str, state: _State, at: tuple[int, int]) -> Cell:
    data = cell.find(f"{_SS}Data")
    if data is None:
        if cell.get(f"{_SS}Formula"):
            state.valueless.append(at)
        return None
    text = "".join(data.itertext())
    look = state.looks.get(cell.get(f"{_SS}StyleID", style_of_row))
    match data.get(f"{_SS}Type"):
        case "Number":
            number = float(text)
            if look is DURATION:
                return long_time(from_excel(number, state.epoch, timedelta=True), state.epoch)
            return int_if_whole(number) if look is None else displayed_number(int_if_whole(number), look)
        case "DateTime":
            moment = datetime.fromisoformat(text)
            serial = float(to_excel(moment, state.epoch))  # type: ignore[no-untyped-call]
            return long_time(from_excel(serial, state.epoch, timedelta=look is DURATION), state.epoch)
        case "Boolean":
            return text.strip() == "1"
    return text or None


def _sheet(name: str, state: _State, allowance: CellQuota) -> tuple[Sheet, list[Problem]]:
    raw: Iterator[Row] = (tuple(state.rows.get(number, ())) for number in range(1, max(state.rows, default=0) + 1))
    rows, problems = sheet_rows(raw, name, allowance)
    place = Place(sheet=name)
    seen = Sightings(place, state.hidden)
    for row, column in state.valueless:
        seen.add("formula-without-value", row, column)
    problems += seen.problems()
    if state.hidden and rows:
        problems.append(problem("sheet-hidden", place))
    unseen = filled_rows(state.hidden_rows, rows)
    return Sheet(name, rows, state.hidden, tuple(state.merged), state.epoch == MAC_EPOCH, unseen), problems
