"""Templates in and out of openpyxl: refused if hostile, saved in memory, the same bytes on any day."""

from __future__ import annotations

import functools
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.xml.constants import ARC_CORE, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from csctl.messages import problem
from csctl.problems import NOWHERE, Problem
from csctl.sheets.copies import frozen, thawed
from csctl.sheets.drawn import NOTHING_DRAWN, Drawn, drawn_on, put_back
from csctl.sheets.form_rows import Moved
from csctl.sheets.saving import CopiesWritten, Parts, package_parts

MOST_ROWS, MOST_COLUMNS = 2_000, 200
_MOST_BYTES = 64 * 2**20
_MOST_PARTS = 500
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, IndexError, TypeError, ValueError, OverflowError, OSError, LookupError,
    ParseError, InvalidFileException, EOFError, NotImplementedError, RuntimeError, AttributeError,
)  # fmt: skip
"""What openpyxl raises for a file that is not what it should be."""
_RANGES = frozenset(f"{{{SHEET_MAIN_NS}}}{name}" for name in ("mergeCell", "hyperlink"))
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"


def open_template(template: bytes) -> tuple[Workbook | None, list[Problem]]:
    """A form as a workbook one may fill, without its links to other files; macros and giants are refused.

    A form is read once, however many agents it is filled for: each gets a copy.
    """
    book, problems = _opened(template)
    return thawed(book) if book else None, list(problems)


@functools.lru_cache(maxsize=2)
def _opened(template: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """The form frozen, and what is to be said of it; no bytes where it is refused."""
    book, problems = _read(template)
    return frozen(book) if book else b"", tuple(problems)


def _read(template: bytes) -> tuple[Workbook | None, list[Problem]]:
    try:
        parts = _parts(template)
    except _BROKEN:
        return None, [problem("template-not-a-workbook")]
    if sum(parts.values()) > _MOST_BYTES or len(parts) > _MOST_PARTS:
        return None, [_too_large(f"{sum(parts.values()) // 2**20} MiB, {len(parts)} parts")]
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as archive:
            if any("vbaproject" in name.lower() for name in parts) or b"macroEnabled" in archive.read(_TYPES):
                return None, [problem("template-has-macros")]
            sprawling = _sprawling(archive)
        if sprawling:
            return None, [_too_large(sprawling)]
        _, lost = drawn_on(template)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings that openpyxl cannot read, which are kept beside it
            book = load_workbook(io.BytesIO(template), keep_links=False)
    except _BROKEN:
        return None, [problem("template-not-a-workbook")]
    largest = max(book.worksheets, key=lambda sheet: sheet.max_row * sheet.max_column, default=None)
    if largest is None:
        return None, [problem("template-not-a-workbook")]
    if any(sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS for sheet in book.worksheets):
        return None, [_too_large(f"{largest.title}: {largest.max_row} × {largest.max_column}")]
    return book, [problem("template-drawings-lost")] if lost else []


def _parts(template: bytes) -> dict[str, int]:
    """Names and unpacked sizes of the parts of a workbook. Raises KeyError for a zip that is none."""
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        archive.getinfo(_TYPES)
        return {entry.filename: entry.file_size for entry in archive.infolist()}


def _sprawling(archive: zipfile.ZipFile) -> str:
    """A range of merged or linked cells that is larger than any form, of which openpyxl would make every cell."""
    for name in archive.namelist():
        if not name.endswith(".xml"):
            continue
        with archive.open(name) as part, suppress(ParseError):  # what is no XML is refused by its reader, or not read
            cells = 0
            for _, element in iterparse(part):
                if element.tag in _RANGES:
                    cells += _size(element.get("ref", ""))
                    if cells > MOST_ROWS * MOST_COLUMNS:
                        return str(element.get("ref"))
                element.clear()
    return ""


def _size(ref: str) -> int:
    """How many cells a range has. Raises ValueError for what is none."""
    left, top, right, bottom = range_boundaries(ref)
    return ((right or MAX_COLUMN) - (left or 1) + 1) * ((bottom or MAX_ROW) - (top or 1) + 1)


def _too_large(found: str) -> Problem:
    return problem("template-too-large", NOWHERE, found, rows=MOST_ROWS, columns=MOST_COLUMNS)


def save(
    book: Workbook,
    made_on: date,
    drawn: Mapping[str, Drawn] = NOTHING_DRAWN,
    moved: Sequence[Moved] = (),
    fill: Callable[[str], str] = str,
    written: CopiesWritten | None = None,
) -> bytes:
    """The workbook's bytes. ``made_on`` stands in its properties as the day of its making: the first of the month.

    ``drawn`` are the drawings of its template, which ``moved`` rows move and whose texts ``fill`` gives; ``written``
    what was written of other copies of the template, where it is one.
    """
    for title in drawn:
        kept: Any = book[title]
        kept._charts, kept._images = [], []
    parts = package_parts(book, written)
    if drawn:
        put_back(parts, drawn, moved, fill)
    return _zipped(parts, made_on)


def _zipped(parts: Parts, made_on: date) -> bytes:
    """The parts as one file with fixed dates, so that equal content is equal bytes."""
    stamp = rb"\g<1>" + f"{made_on.isoformat()}T00:00:00Z".encode() + rb"\g<2>"
    parts[ARC_CORE] = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)", stamp, parts[ARC_CORE])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return buffer.getvalue()
