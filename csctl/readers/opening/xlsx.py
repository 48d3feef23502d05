"""One .xlsx workbook, sheet by sheet, through openpyxl's read-only mode. Runs in the reading process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import MAC_EPOCH

from csctl.messages import problem
from csctl.problems import NOWHERE, Place, Problem
from csctl.readers.grid import Sheet
from csctl.readers.opening.filters import filtered_rows, filters_of
from csctl.readers.opening.sheet_rows import Allowance, Refused, Sightings, sheet_rows
from csctl.readers.opening.shown import looks_of
from csctl.readers.opening.xlsx_cells import read_rows
from csctl.readers.opening.xlsx_parts import PLAIN_PROPERTIES, format_codes, plain_styles, sheet_marks

_STYLES = "xl/styles.xml"
_PROPERTIES = "docProps/core.xml"
_STRICT = b"purl.oclc.org/ooxml"


def read_xlsx(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every worksheet with its problems; places name the sheet, not the file.

    Raises Refused for what can be said in words, and whatever openpyxl raises for broken files.
    """
    data = _without_ornaments(path.read_bytes())
    allowance = Allowance()
    with zipfile.ZipFile(data) as archive, closing(_opened(data)) as book:
        looks = looks_of(format_codes(archive.read(_STYLES))) if _STYLES in archive.namelist() else {}
        for sheet in book.worksheets:
            place = Place(sheet=sheet.title)
            hidden = sheet.sheet_state != "visible"
            part: str = sheet._worksheet_path  # type: ignore[attr-defined]
            xml = archive.read(part)
            marks = sheet_marks(xml, place, hidden)
            seen = Sightings(place, hidden)
            rows, problems = sheet_rows(read_rows(sheet, looks, seen), sheet.title, allowance)
            problems += seen.problems()
            if hidden and rows:
                problems.append(problem("sheet-hidden", place))
            problems += marks.problems
            if marks.hidden_rows:
                filters = filters_of(archive, part.lstrip("/"), xml)
                filtered, others = filtered_rows(filters, marks.hidden_rows, rows, place)
                problems += [*filtered, *([problem("rows-hidden", place, len(others))] if others else [])]
            yield Sheet(sheet.title, rows, hidden, marks.merged, book.epoch == MAC_EPOCH), problems


def _opened(data: io.BytesIO) -> openpyxl.Workbook:
    return openpyxl.load_workbook(data, read_only=True, data_only=True, keep_links=False)


def _without_ornaments(content: bytes) -> io.BytesIO:
    """The workbook with its styles reduced to number formats and its properties emptied.

    Programs other than Excel write fills, fonts and dates there that openpyxl refuses (an empty ``<fill/>`` is the
    classic), and nothing but the number formats, which tell dates from numbers, matters here. A part written
    again at the end of a zip file stands for the first.
    """
    data = io.BytesIO(content)
    with zipfile.ZipFile(data, "a") as archive:
        names = set(archive.namelist())
        if _STRICT in archive.read("xl/workbook.xml"):
            raise Refused(problem("workbook-strict", NOWHERE))
        if _STYLES in names:
            archive.writestr(_STYLES, plain_styles(archive.read(_STYLES)))
        if _PROPERTIES in names:
            archive.writestr(_PROPERTIES, PLAIN_PROPERTIES)
    data.seek(0)
    return data
