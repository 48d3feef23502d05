"""CSV and its cousins as a sheet of texts: strict about quotes, exact about row numbers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TextIO

from csctl.headers import column_letters
from csctl.messages import problem
from csctl.problems import Place, Problem
from csctl.readers.grid import Book, Sheet
from csctl.readers.opening.cells import CONTROL, DELIMITERS, MAX_COLUMNS, MAX_ROWS_LEFT_OUT, Row, trimmed
from csctl.readers.opening.encoding import find_encoding
from csctl.readers.opening.ending import ends_a_line, open_text, written_size
from csctl.readers.opening.wholesale import PlainText, read_wholesale
from csctl.words import is_total

_SAMPLE_CHARACTERS = 65_536
_SAMPLE_RECORDS = 200
LONG = 256 * 1024
"""So many bytes are worth reading by columns."""
_FEW_RECORDS = 3
"""So many records tell how many cells a record has."""
_MEMORY = 100_000
"""Distinct texts kept at a time, so that a name in 100,000 rows is stored once."""

_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?[\r\n]*', re.IGNORECASE)
_GUARDED = re.compile(r"'(?=[=+\-@])")
_TEXT_FORMULA = re.compile(r'="([^"]*)"')


def read_delimited(
    path: Path, encoding: str | None, place: Place, long: int = LONG
) -> tuple[Book | None, list[Problem]]:
    """A text file as a book of one sheet named ``""``; None with the problem if it cannot be read as a table.

    ``rows[i]`` is record ``i + 1``, which is the row a spreadsheet program shows: blank lines count, a newline
    inside quotes does not. Cells are texts; an empty cell is None. A file of ``long`` bytes or more is read by columns
    where nothing in it asks for reading record by record: the rows are the same.
    """
    found, problems = find_encoding(path, encoding, place)
    if found is None:
        return None, problems
    size, zeros = path.stat().st_size, 0
    if not found.startswith("utf-16"):
        zeros = size - written_size(path)
    if zeros:
        problems.append(problem("file-ends-in-zeros", place, f"{zeros:,}"))
    with open_text(path, found, size - zeros) as file:
        delimiter, named = _delimiter(file)
        whole = None
        if size - zeros >= long:
            whole = _wholesale(path, found, size - zeros, delimiter, named=named)
        rows, last, more = whole or _rows(file, delimiter, place)
        if rows and not more and not ends_a_line(path, size - zeros):
            file.seek(0)
            more += _cut(_widths(file.read(_SAMPLE_CHARACTERS), delimiter), last, rows, place)
    problems += more
    return (None if rows is None else Book((Sheet("", rows),), found, separator=delimiter)), problems


def _delimiter(file: TextIO) -> tuple[str, bool]:
    """The delimiter, and whether the first line names it; leaves the file at the first record.

    That is behind a ``sep=`` line, which spreadsheets hide.
    """
    sample = file.read(_SAMPLE_CHARACTERS)
    file.seek(0)
    named = _SEPARATOR_LINE.match(sample)
    if named and named[1] != '"':
        file.readline()
        return named[1], True
    return likely_delimiter(sample), False


def _wholesale(
    path: Path, encoding: str, size: int, delimiter: str, *, named: bool
) -> tuple[Sequence[Row] | None, int, list[Problem]] | None:
    """What ``_rows`` answers, of a plain file; None of any other."""
    with open_text(path, encoding, size) as file:
        width = max(_widths(file.read(_SAMPLE_CHARACTERS), delimiter), default=1)
    text = PlainText(path, encoding, size, delimiter, named)
    found = read_wholesale(text, width, unguarded)
    return None if found is None else (found.rows, found.last, [])


def likely_delimiter(sample: str) -> str:
    """The delimiter that gives the most records of one and the same width; comma where nothing tells.

    Each candidate reads the sample with its quotes respected, so a comma inside quotes is no evidence.
    """
    return max(DELIMITERS, key=lambda delimiter: _consistency(sample, delimiter))


def _consistency(sample: str, delimiter: str) -> tuple[int, int]:
    """How many records share the commonest width above 1, and that width."""
    widths = Counter(_widths(sample, delimiter))
    wide = [(records, width) for width, records in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _widths(sample: str, delimiter: str) -> list[int]:
    """How many cells the first records have."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: list[int] = []
    with suppress(csv.Error):  # the strict reading reports it, with its row
        widths.extend(len(record) for record in islice(reader, _SAMPLE_RECORDS))
    return widths


def _cut(widths: list[int], last: int, rows: Sequence[Row], place: Place) -> list[Problem]:
    """A warning where the file ends within a row: one of several cells, fewer than any before, and not of sums."""
    before = [width for width in widths[: len(rows) - 1] if width > 1]
    usual = min(before, default=0)
    first = next((cell for cell in rows[-1] if cell is not None), "")
    if len(before) < _FEW_RECORDS or not 1 < last < usual or is_total(str(first)):
        return []
    return [problem("file-may-be-cut", place.at(row=len(rows)), last, usual=usual)]


def _rows(file: TextIO, delimiter: str, place: Place) -> tuple[Sequence[Row] | None, int, list[Problem]]:
    """The rows, how many cells the last one was written with, and problems."""
    record: list[str] = []
    rows: list[Row] = []
    problems: list[Problem] = []
    dirty = re.compile(CONTROL.pattern[:-1] + ("'=]" if delimiter == "\t" else "'=\t]"))
    memory: dict[str, str | None] = {"": None}
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        for record in reader:
            if dirty.search("".join(record)):
                record, fault = _cleaned(record, place.at(row=len(rows) + 1))  # noqa: PLW2901
                problems += fault
            if len(problems) > MAX_ROWS_LEFT_OUT:
                return None, 0, [problem("file-not-a-table", place)]
            if len(record) > MAX_COLUMNS and any(record[MAX_COLUMNS:]):
                where = place.at(row=len(rows) + 1)
                return None, 0, [*problems, problem("sheet-too-wide", where, len(record), limit=MAX_COLUMNS)]
            rows.append(trimmed([memory.setdefault(cell, cell) for cell in record]))
            if len(memory) > _MEMORY:
                memory = {"": None}
    except csv.Error as fault:
        return None, 0, [*problems, _csv_problem(str(fault), place.at(row=len(rows) + 1))]
    return rows, len(record), problems


def _cleaned(record: list[str], place: Place) -> tuple[list[str], list[Problem]]:
    """Without the guards that exporters put before cells; an empty row and a problem if a control character is left."""
    cells = [unguarded(cell) for cell in record]
    for index, cell in enumerate(cells):
        control = CONTROL.search(cell)
        if control:
            where = place.at(row=place.row, column=column_letters(index + 1))
            return [], [problem("control-character", where, f"U+{ord(control[0]):04X}")]
    return cells, []


def unguarded(cell: str) -> str:
    """A cell as it was meant: ``'=1+1`` is ``=1+1``, ``="007"`` is ``007``, tabs around a number are no part of it."""
    plain = cell.strip("\t")
    wrapped = _TEXT_FORMULA.fullmatch(plain)
    return wrapped[1] if wrapped else plain[1:] if _GUARDED.match(plain) else plain


def _csv_problem(fault: str, place: Place) -> Problem:
    if "unexpected end of data" in fault:
        return problem("quote-not-closed", place)
    if "field larger" in fault:
        return problem("cell-too-long", place, limit=f"{csv.field_size_limit():,}")
    if "expected after" in fault:
        return problem("text-after-quote", place)
    return problem("row-not-readable", place, fault)
