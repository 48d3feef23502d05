"""What the reading process tells the program: one JSON line per message, nothing that could run code.

The other end has parsed a file nobody vouches for, so what it sends is checked like input: plain JSON, dates as
tagged texts, problems as plain fields.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from csctl.problems import Place, Problem, Severity, blank_text
from csctl.readers.grid import Cell, Shown
from csctl.readers.opening.cells import Row

_SHOWN = re.compile(r"-?[^\x00-\x1f0-9.]{0,4}[0-9]{1,40}(?:\.[0-9]{1,40})?[^\x00-\x1f0-9.]{0,4}")
_MARK = "\0"
"""Stands before a shown number; no text of a cell holds such a character."""
_MICROSECOND = timedelta(microseconds=1)


def to_line(message: list[Any]) -> bytes:
    """One message as one line. Raises TypeError for a value that is no cell, ValueError for NaN and infinity."""
    return json.dumps(message, default=_tagged, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def row_fields(row: Row) -> list[Any]:
    """One row as ``row_from`` takes it."""
    return [_MARK + cell if type(cell) is Shown else cell for cell in row]


def _tagged(cell: object) -> list[Any]:
    match cell:
        case datetime():
            return ["datetime", cell.isoformat()]
        case date():
            return ["date", cell.isoformat()]
        case time():
            return ["time", cell.isoformat()]
        case timedelta():
            return ["microseconds", cell // _MICROSECOND]
    raise TypeError(f"no cell: {type(cell).__name__}")


def from_line(line: bytes) -> list[Any]:
    """The message of one line. Raises ValueError if it is none."""
    message = json.loads(line)
    if not isinstance(message, list) or not message or not isinstance(message[0], str):
        raise ValueError("not a message")
    return message


class WireTexts(dict[str, str]):
    """Texts as sent, and as the cells they become: each is made and stored once."""

    def __missing__(self, raw: str) -> str:
        """A text that was not met before. Raises ValueError for a shown number that is none."""
        found = _shown(raw.removeprefix(_MARK)) if raw.startswith(_MARK) else raw
        return self.setdefault(raw, found)


def _shown(text: str) -> Shown:
    if not _SHOWN.fullmatch(text):
        raise ValueError("not a cell")
    return Shown(text)


def row_from(raw: list[Any], memory: WireTexts) -> Row:
    """One row as sent, with equal texts stored once. Raises ValueError for anything that is no cell."""
    return tuple([memory[cell] if type(cell) is str else _cell(cell) for cell in raw])


def _cell(raw: object) -> Cell:
    match raw:
        case None | bool() | int() | float():
            return raw
        case ["datetime", str(text)]:
            return datetime.fromisoformat(text)
        case ["date", str(text)]:
            return date.fromisoformat(text)
        case ["time", str(text)]:
            return time.fromisoformat(text)
        case ["microseconds", int(number)]:
            return timedelta(microseconds=number)
    raise ValueError("not a cell")


def problem_fields(problem: Problem) -> list[Any]:
    """A problem as plain fields, without its file: the receiver knows under which name the user knows it."""
    place = problem.place
    details = [list(pair) for pair in problem.details]
    return [problem.code, problem.severity.value, place.sheet, place.row, place.column, problem.found, details]


def problem_from(fields: list[Any], file: str) -> Problem:
    """The problem of such fields. Raises ValueError or TypeError if they are none."""
    code, severity, sheet, row, column, found, details = fields
    place = Place(file, str(sheet), None if row is None else int(row), str(column))
    return Problem(
        str(code), Severity(severity), place, blank_text(found), tuple((str(k), blank_text(v)) for k, v in details)
    )
