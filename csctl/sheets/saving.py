"""A filled form as the parts of its file: openpyxl's writer, without what it does once more for every agent.

openpyxl makes an element of every cell, and writes every look of a workbook anew. Here plain cells are written as text,
looks that are those of an earlier copy of the same form are written once, and parts stay in memory until they are
zipped. The parts are, byte for byte, those that openpyxl itself writes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Looks:
    """What was written of the looks of one form's copies: by what filling added to them, the part of the file."""

    counts: tuple[int, ...]
    written: dict[tuple[object, ...], bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, book: Workbook) -> Looks:
        """The looks of a form as it was opened."""
        return cls(_counts(book))

    def key(self, book: Workbook) -> tuple[object, ...] | None:
        """What the looks of a copy follow from; None if more was added to it than filling adds."""
        inner: Any = book
        if _counts(book) != self.counts:
            return None
        styles = b"".join(style.tobytes() for style in inner._cell_styles)
        return styles, tuple(inner._number_formats), len(inner._differential_styles.styles)


def parts_of(book: Workbook, looks: Looks | None = None) -> Parts:
    """What the file of a workbook consists of; ``looks``: of the form that it is a copy of."""
    parts = Parts()
    _Writer(book, parts, looks).save()
    return parts


class _Writer(excel.ExcelWriter):
    """openpyxl's writer of workbooks, in memory; what it does in one method is parted where looks are written."""

    def __init__(self, book: Workbook, parts: Parts, looks: Looks | None) -> None:
        archive: Any = parts
        super().__init__(book, archive)
        self._parts, self._looks, self._book = parts, looks, book

    def write_data(self) -> None:
        """All parts, in openpyxl's order."""
        inner: Any = self
        self._write_about()
        inner._write_worksheets()
        inner._write_chartsheets()
        inner._write_images()
        inner._write_charts()
        inner._write_external_links()
        self._parts.writestr(constants.ARC_STYLE, self._styles())
        writer: Any = WorkbookWriter(self._book)
        self._parts.writestr(constants.ARC_ROOT_RELS, writer.write_root_rels())
        self._parts.writestr(constants.ARC_WORKBOOK, writer.write())
        self._parts.writestr(constants.ARC_WORKBOOK_RELS, writer.write_rels())
        inner.manifest._write(self._parts, self._book)

    def _write_about(self) -> None:
        """What the workbook is called, by whom, and its theme; a company's own fields."""
        book: Any = self._book
        self._parts.writestr(constants.ARC_APP, tostring(ExtendedProperties().to_tree()))
        self._parts.writestr(constants.ARC_CORE, tostring(book.properties.to_tree()))
        self._parts.writestr(constants.ARC_THEME, book.loaded_theme or theme_xml)
        if len(book.custom_doc_props):
            self._parts.writestr(constants.ARC_CUSTOM, tostring(book.custom_doc_props.to_tree()))
            self.manifest.append(_CustomFields())

    def _styles(self) -> bytes:
        key = self._looks.key(self._book) if self._looks else None
        if self._looks is None or key is None:
            return _xml(write_stylesheet(self._book))
        written = self._looks.written
        if key not in written:
            if len(written) >= _MOST_KEPT:
                written.clear()
            written[key] = _xml(write_stylesheet(self._book))
        return written[key]

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet; openpyxl itself makes a temporary file of it."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        writer: Any = _SheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._parts.writestr(ws.path[1:], writer.content())
        self.manifest.append(ws)


class _CustomFields:
    path, mime_type = "/" + constants.ARC_CUSTOM, constants.CPROPS_TYPE


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of sheets, but for rows and merged cells: those are written as text and set in afterwards."""

    def write_rows(self) -> None:
        """Leave the rows empty, and keep what will stand there."""
        inner: Any = self
        out = inner.xf.send(True)
        with out.element("sheetData"):
            pass
        inner.xf.send(None)
        self._set_in = {b"sheetData": f"<sheetData>{''.join(self._written_rows())}</sheetData>".encode()}

    def write_merged_cells(self) -> None:
        """The same for merged cells, in the order of their places: openpyxl's own is that of a set."""
        inner: Any = self
        ranges = sorted(inner.ws.merged_cells.ranges, key=lambda one: (one.min_row, one.min_col))
        if ranges:
            inner.xf.send(Element("mergeCells"))
            each = "".join(f'<mergeCell ref="{one.coord}" />' for one in ranges)
            self._set_in[b"mergeCells"] = f'<mergeCells count="{len(ranges)}">{each}</mergeCells>'.encode()

    def content(self) -> bytes:
        """The part of the sheet."""
        inner: Any = self
        return _EMPTY.sub(lambda found: self._set_in[found[1]], inner.out.getvalue())

    def _written_rows(self) -> Iterator[str]:
        inner: Any = self
        sheet = inner.ws
        ids: dict[bytes, int] = {}
        for number, cells in inner.rows():
            height = "".join(f' {name}="{value}"' for name, value in dict(sheet.row_dimensions.get(number, {})).items())
            yield f'<row r="{number}"{height}>'
            for cell in cells:
                if cell._comment is not None:
                    sheet._comments.append(CommentRecord.from_cell(cell))
                if cell._value is not None or cell.has_style or cell._comment:
                    yield _cell(sheet, cell, ids)
            yield "</row>"


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
