"""A filled form as the parts of its file: openpyxl's writer, without what it does once more for every agent.

openpyxl makes an element of every cell, and writes everything around cells anew. Here plain cells are written as text,
what does not differ from an earlier copy of the same form is written once, and parts stay in memory until they are
zipped. The parts are, byte for byte, those that openpyxl itself writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from openpyxl.cell._writer import etree_write_cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.extended import ExtendedProperties
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.workbook import Workbook
from openpyxl.workbook._writer import WorkbookWriter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer import excel
from openpyxl.writer.theme import theme_xml
from openpyxl.xml import constants
from openpyxl.xml.functions import tostring

from csctl.sheets.form_marks import edges_of

_EMPTY = re.compile(rb"<(sheetData|mergeCells)(?: ?/>|></\1>)")
"""What stands for rows and merged cells until they are set in."""
_SHARED = ("_fonts", "_fills", "_borders", "_alignments", "_protections", "_named_styles")
"""Lists of a workbook that filling a form adds nothing to: it adds formats of numbers, and marks of text."""
_MOST_KEPT = 500


class Parts(dict[str, bytes]):
    """The parts of a workbook by name, in the order in which they were written; openpyxl takes it for an archive."""

    def writestr(self, name: str, content: bytes | str) -> None:
        """Keep one part."""
        self[name] = content.encode() if isinstance(content, str) else content

    def read(self, name: str) -> bytes:
        """One part. Raises KeyError for one that is not there."""
        return self[name]

    def namelist(self) -> list[str]:
        """The names of the parts."""
        return list(self)

    def close(self) -> None:
        """Nothing is left open."""


Rows = dict[str, bytes]
"""What stands in the rows of each sheet, by its title."""
Sheets = dict[str, tuple[str, bytes]]
"""By the title of a sheet the name of its part, and the part without rows and merged cells."""


@dataclass(frozen=True, slots=True)
class CopiesWritten:
    """What was written of the copies of one form: filling changes its rows, and of all else only what ``key`` names.

    By that key the parts of the file, and those of its sheets as they are without rows and merged cells.
    """

    counts: tuple[int, ...]
    known: dict[tuple[object, ...], tuple[Parts, Sheets]] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Workbook) -> CopiesWritten:
        """Nothing yet, of a form as it was opened."""
        return cls(_counts(book))

    def key(self, book: Workbook) -> tuple[object, ...] | None:
        """What all but the rows of a copy follows from; None if more was added to it than filling adds."""
        inner: Any = book
        if _counts(book) != self.counts:
            return None
        styles = b"".join(style.tobytes() for style in inner._cell_styles)
        edges = tuple(text for sheet in book.worksheets for _, text in edges_of(sheet))
        merged = tuple(bool(sheet.merged_cells.ranges) for sheet in book.worksheets)
        return styles, tuple(inner._number_formats), edges, merged


def package_parts(book: Workbook, written: CopiesWritten | None = None) -> Parts:
    """What the file of a workbook consists of; ``written``: of the form that it is a copy of."""
    # Rows first: it is they that give cells the numbers of their looks.
    rows = {sheet.title: _rows(sheet) for sheet in book.worksheets}
    key = written.key(book) if written else None
    if written is None or key is None:
        return _filled(book, *_written(book), rows)
    if key not in written.known:
        if len(written.known) >= _MOST_KEPT:
            written.known.clear()
        written.known[key] = _written(book)
    return _filled(book, *written.known[key], rows)


def _written(book: Workbook) -> tuple[Parts, Sheets]:
    """All parts in openpyxl's order, and those of the sheets, in which rows and merged cells are still to be set in."""
    writer = _Writer(book)
    writer.save()
    return writer.parts, writer.sheets


def _filled(book: Workbook, parts: Parts, sheets: Sheets, rows: Rows) -> Parts:
    filled = Parts(parts)
    for sheet in book.worksheets:
        set_in = {b"sheetData": rows[sheet.title], b"mergeCells": _merged(sheet)}
        name, empty = sheets[sheet.title]
        filled[name] = _EMPTY.sub(partial(_own, set_in), empty)
    return filled


def _own(set_in: Mapping[bytes, bytes], found: re.Match[bytes]) -> bytes:
    return set_in[found[1]]


class _Writer(excel.ExcelWriter):
    """openpyxl's writer of workbooks, in memory."""

    def __init__(self, book: Workbook) -> None:
        self.parts, self._book = Parts(), book
        self.sheets: Sheets = {}
        archive: Any = self.parts
        super().__init__(book, archive)

    def write_data(self) -> None:
        """All parts, in openpyxl's order."""
        inner: Any = self
        self._write_about()
        inner._write_worksheets()
        inner._write_chartsheets()
        inner._write_images()
        inner._write_charts()
        inner._write_external_links()
        self.parts.writestr(constants.ARC_STYLE, _xml(write_stylesheet(self._book)))
        writer: Any = WorkbookWriter(self._book)
        self.parts.writestr(constants.ARC_ROOT_RELS, writer.write_root_rels())
        self.parts.writestr(constants.ARC_WORKBOOK, writer.write())
        self.parts.writestr(constants.ARC_WORKBOOK_RELS, writer.write_rels())
        inner.manifest._write(self.parts, self._book)

    def _write_about(self) -> None:
        """What the workbook is called, by whom, and its theme; a company's own fields."""
        book: Any = self._book
        self.parts.writestr(constants.ARC_APP, tostring(ExtendedProperties().to_tree()))
        self.parts.writestr(constants.ARC_CORE, tostring(book.properties.to_tree()))
        self.parts.writestr(constants.ARC_THEME, book.loaded_theme or theme_xml)
        if len(book.custom_doc_props):
            self.parts.writestr(constants.ARC_CUSTOM, tostring(book.custom_doc_props.to_tree()))
            self.manifest.append(_CustomFields())

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet; openpyxl itself makes a temporary file of it."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        writer: Any = _SheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self.sheets[ws.title] = ws.path[1:], writer.content()
        self.parts.writestr(ws.path[1:], b"")
        self.manifest.append(ws)


class _CustomFields:
    path, mime_type = "/" + constants.ARC_CUSTOM, constants.CPROPS_TYPE


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of sheets, but for rows and merged cells: for those it leaves an empty element."""

    def write_rows(self) -> None:
        """No rows; of their cells only what is said of them elsewhere."""
        inner: Any = self
        out = inner.xf.send(True)
        with out.element("sheetData"):
            pass
        inner.xf.send(None)
        cells = [cell for _, cells in inner.rows() for cell in cells]
        inner.ws._comments.extend(CommentRecord.from_cell(cell) for cell in cells if cell._comment is not None)
        inner.ws._hyperlinks.extend(cell.hyperlink for cell in cells if cell.hyperlink)

    def write_merged_cells(self) -> None:
        """Nothing of merged cells but that there are some."""
        inner: Any = self
        if inner.ws.merged_cells.ranges:
            inner.xf.send(Element("mergeCells"))

    def content(self) -> bytes:
        """The part of the sheet."""
        inner: Any = self
        written: bytes = inner.out.getvalue()
        return written


def _merged(sheet: Any) -> bytes:
    """Merged cells in the order of their places: openpyxl's own is that of a set."""
    ranges = sorted(sheet.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
    each = "".join(f'<mergeCell ref="{one.coord}" />' for one in ranges)
    return f'<mergeCells count="{len(ranges)}">{each}</mergeCells>'.encode()


def _rows(sheet: Any) -> bytes:
    """The rows of a sheet, as text."""
    ids: dict[bytes, int] = {}
    rows: dict[int, list[Any]] = {number: [] for number in sheet.row_dimensions}
    for (number, _), cell in sorted(sheet._cells.items()):
        rows.setdefault(number, []).append(cell)
    each = (_row(sheet, number, cells, ids) for number, cells in sorted(rows.items()))
    return f"<sheetData>{''.join(each)}</sheetData>".encode()


def _row(sheet: Any, number: int, cells: list[Any], ids: dict[bytes, int]) -> str:
    height = "".join(f' {name}="{value}"' for name, value in dict(sheet.row_dimensions.get(number, {})).items())
    shown = (one for one in cells if one._value is not None or one.has_style or one._comment)
    return f'<row r="{number}"{height}>{"".join(_cell(sheet, one, ids) for one in shown)}</row>'


def _cell(sheet: Any, cell: Any, ids: dict[bytes, int]) -> str:
    """One cell. Anything but a text, a number or nothing is left to openpyxl."""
    plain = cell._value is None or type(cell._value) is str or cell.data_type == "n"
    if not plain or cell.data_type not in "sn" or cell.hyperlink:
        other = _Elsewhere()
        etree_write_cell(other, sheet, cell, cell.has_style)
        return other.text
    look = f' s="{_look_of(cell, ids)}"' if cell.has_style else ""
    kind = "inlineStr" if cell.data_type == "s" else "n"
    value = cell._value
    if value is None or value == "":
        return f'<c r="{cell.coordinate}"{look} t="{kind}" />'
    if kind == "n":
        return f'<c r="{cell.coordinate}"{look} t="n"><v>{escape(safe_string(value))}</v></c>'
    kept = ' xml:space="preserve"' if value.strip() not in ("", value) else ""
    return f'<c r="{cell.coordinate}"{look} t="inlineStr"><is><t{kept}>{escape(value)}</t></is></c>'


def _look_of(cell: Any, ids: dict[bytes, int]) -> int:
    """The number of a cell's look; asking openpyxl costs more than writing the cell."""
    look = cell._style.tobytes()
    if look not in ids:
        ids[look] = cell.style_id
    return ids[look]


class _Elsewhere:
    """Takes the element that openpyxl makes of a cell."""

    text = ""

    def write(self, element: Element) -> None:
        """Keep it as text."""
        self.text = _xml(element).decode()


def _xml(element: Any) -> bytes:
    inner: Any = tostring
    written: bytes = inner(element)
    return written


def _counts(book: Workbook) -> tuple[int, ...]:
    return tuple(len(getattr(book, name)) for name in _SHARED)
