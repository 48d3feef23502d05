"""One .xlsx workbook, sheet by sheet, through openpyxl's read-only mode. Runs in the reading process."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from csctl.messages import problem
from csctl.problems import NOWHERE, Place, Problem
from csctl.readers.grid import Sheet
from csctl.readers.opening.cells import filled_rows
from csctl.readers.opening.filters import filtered_rows, filters_of
from csctl.readers.opening.sheet_rows import CellQuota, Refused, Sightings, sheet_rows
from csctl.readers.opening.shown import looks_of
from csctl.readers.opening.xlsx_cells import SheetParser, parsed_rows
from csctl.readers.opening.xlsx_parts import PLAIN_PROPERTIES, format_codes, plain_styles
from csctl.readers.opening.zipped import MAX_PARTS

_STYLES = "xl/styles.xml"
_PROPERTIES = "docProps/core.xml"
_SHEET = f"{{{SHEET_MAIN_NS}}}sheet"
_STRICT = b"purl.oclc.org/ooxml"


def read_xlsx(path: Path) -> Iterator[tuple[Sheet, list[Problem]]]:
    """Every worksheet with its problems; places name the sheet, not the file.

    Raises Refused for what can be said in words, and whatever openpyxl raises for broken files.
    """
    data = _without_ornaments(path.read_bytes())
    with zipfile.ZipFile(data) as archive:
        listed = _listed(archive)
        yield from _sheets_of(data, archive, listed)


def _sheets_of(data: io.BytesIO, archive: zipfile.ZipFile, listed: int) -> Iterator[tuple[Sheet, list[Problem]]]:
    allowance = CellQuota()
    with closing(_opened(data)) as book:
        if len(book.sheetnames) < listed:  # openpyxl passes over a sheet of which the part is missing
            raise Refused(problem("workbook-broken", NOWHERE))
        looks = looks_of(format_codes(archive.read(_STYLES))) if _STYLES in archive.namelist() else {}
        for sheet in book.worksheets:
            place = Place(sheet=sheet.title)
            hidden = sheet.sheet_state != "visible"
            part: str = sheet._worksheet_path  # type: ignore[attr-defined]
            with closing(sheet._get_source()) as source:  # type: ignore[attr-defined]
                parser = SheetParser(sheet, source, Sightings(place, hidden))
                rows, problems = sheet_rows(parsed_rows(parser, looks), sheet.title, allowance)
            if hidden and rows:
                problems.append(problem("sheet-hidden", place))
            problems += parser.seen.problems()
            unseen = filled_rows(parser.hidden_rows, rows)
            filters = filters_of(archive, part.lstrip("/"), parser.auto_filter, parser.has_tables) if unseen else []
            filtered, said = filtered_rows(filters, unseen, rows, place)
            merged, in_1904 = parser.merged(), book.epoch == MAC_EPOCH
            yield Sheet(sheet.title, rows, hidden, merged, in_1904, unseen, filtered), [*problems, *said]


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
        if _STYLES in names:
            archive.writestr(_STYLES, plain_styles(archive.read(_STYLES)))
        if _PROPERTIES in names:
            archive.writestr(_PROPERTIES, PLAIN_PROPERTIES)
    data.seek(0)
    return data


def _listed(archive: zipfile.ZipFile) -> int:
    """How many sheets a workbook lists. Raises Refused for the strict form, and for more than it may have parts."""
    listing = archive.read("xl/workbook.xml")
    if _STRICT in listing:
        raise Refused(problem("workbook-strict", NOWHERE))
    listed = len([element for _, element in iterparse(io.BytesIO(listing)) if element.tag == _SHEET])
    if listed > MAX_PARTS:
        raise Refused(problem("workbook-many-parts", NOWHERE, listed, limit=MAX_PARTS))
    return listed
