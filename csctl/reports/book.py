"""Tables and native charts in a workbook: every text as text, every chart on the cells it draws."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from csctl.reports.html.elements import harmless

Cell = str | int | Decimal | None
Options = dict[str, Any]
"""What the library takes for a chart or one of its series."""
Look = Literal["text", "wrap", "fold", "count", "score", "plain", "money", "percent"]

FONT = "Microsoft YaHei"
_A4 = 9
_CELL_LIMIT = 32_000
_LINE = {"border": 1, "border_color": "#BFBFBF"}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "remark": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#E7E6E6", "align": "center", "text_wrap": True, **_LINE},
    "text": {"indent": 1, **_LINE},
    "wrap": {"text_wrap": True, "indent": 1, **_LINE},
    "fold": {"text_wrap": True, "indent": 1, **_LINE},
    "count": {"num_format": "0", "align": "center", **_LINE},
    "score": {"num_format": "0.00", **_LINE},
    "plain": {"num_format": "#,##0.##", **_LINE},
    "money": {"num_format": "#,##0.00", **_LINE},
    "percent": {"num_format": "0%", "align": "center", **_LINE},
    "gap": {"pattern": 14, "fg_color": "#BFBFBF", "bg_color": "#FFFFFF", **_LINE},
}
_NARROWEST, _WIDEST_NUMBER = 8, 14
_WIDEST: dict[str, int] = {"text": 34, "wrap": 60, "fold": 24}
"""Texts that are longer are cut, or, where the look wraps them, broken into lines."""
_WRAPPED = ("wrap", "fold")
_LAST_NARROW = 0x2E7F
"""Characters beyond it are as wide as they are high."""
_ROW_PIXELS = 20
_HEAD_WIDTH, _LINE_HEIGHT = 11, 15
"""Above numbers a head is broken into lines of so many characters, each so many points high."""
_LANDSCAPE_ROWS, _ONE_PAGE_ROWS = 36, 76


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the looks of its columns. ``gaps``: an empty cell is hatched instead of blank."""

    heads: Sequence[str]
    looks: Sequence[Look]
    rows: Sequence[Sequence[Cell]]
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Put:
    """Where a table was put: sheet, first and last row of its body (from 0), row of its heads."""

    sheet: str
    head: int
    first: int
    last: int
    columns: int

    def column(self, at: int) -> list[str | int]:
        """The body of a column, as charts refer to it."""
        return [self.sheet, self.first, at, self.last, at]

    def row(self, at: int) -> list[str | int]:
        """All cells but the first of a row of the body, counted from 0."""
        return [self.sheet, self.first + at, 1, self.first + at, self.columns - 1]

    def name_of(self, at: int) -> list[str | int]:
        """The first cell of a row of the body."""
        return [self.sheet, self.first + at, 0]

    def heads(self) -> list[str | int]:
        """All heads but the first."""
        return [self.sheet, self.head, 1, self.head, self.columns - 1]

    def head_of(self, at: int) -> list[str | int]:
        """The head of a column."""
        return [self.sheet, self.head, at]


class Book:
    """A workbook being made in memory; the same calls give the same bytes on any day."""

    def __init__(self, made_on: date) -> None:
        """``made_on`` stands in the file's properties; callers give the first of the month."""
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self._book.set_properties({"author": "csctl", "created": datetime.combine(made_on, time(), UTC)})
        self._sheets: list[Sheet] = []
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
        self._formats = {name: self._book.add_format(base | looks) for name, looks in _LOOKS.items()}

    def content(self) -> bytes:
        """The finished bytes. A sheet that is not long is printed on one page."""
        for sheet in self._sheets:
            sheet.lay_out()
        self._book.close()
        return self._buffer.getvalue()

    def sheet(self, title: str, heading: str, remark: str = "") -> Sheet:
        """A new worksheet with its heading."""
        made = self._book.add_worksheet(title)
        made.set_paper(_A4)
        made.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        made.set_footer("&C&P / &N")
        made.hide_gridlines(2)
        made.set_row(0, 24)
        made.write_string(0, 0, harmless(heading), self._formats["title"])
        if remark:
            made.write_string(1, 0, harmless(remark), self._formats["remark"])
        self._sheets.append(Sheet(made, title, self._formats, self._book.add_chart, 2 if remark else 1))
        return self._sheets[-1]


class Sheet:
    """A worksheet that is filled from the top down."""

    def __init__(self, sheet: Any, title: str, formats: dict[str, Any], chart: Callable[..., Any], row: int) -> None:
        """Made by ``Book.sheet``."""
        self._sheet, self._title, self._formats, self._new_chart, self._row = sheet, title, formats, chart, row
        self._widths: dict[int, int] = {}

    def lay_out(self) -> None:
        """Paper, once it is known how long the sheet has become."""
        if _LANDSCAPE_ROWS < self._row <= _ONE_PAGE_ROWS:
            self._sheet.set_portrait()
        else:
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 1 if self._row <= _ONE_PAGE_ROWS else 0)

    def table(self, table: Table, *, frozen: int | None = None) -> Put:
        """Write a table below what is there. ``frozen``: it is the sheet's only one, and so many columns stay."""
        head = self._row
        lines: int = 1
        for column, (words, look) in enumerate(zip(table.heads, table.looks, strict=True)):
            self._sheet.write_string(head, column, harmless(words), self._formats["head"])
            narrow = look not in _WIDEST
            self._widen(column, "0" * min(shown_width(words), _HEAD_WIDTH - 2) if narrow else words, look)
            lines = max(lines, -(-shown_width(words) // _HEAD_WIDTH)) if narrow else lines
        if lines > 1:
            self._sheet.set_row(head, lines * _LINE_HEIGHT)
        for number, row in enumerate(table.rows, start=head + 1):
            for column, (cell, look) in enumerate(zip(row, table.looks, strict=True)):
                self._put(number, column, cell, "gap" if cell is None and table.gaps else look)
            wrapped = [pair for pair in zip(row, table.looks, strict=True) if pair[1] in _WRAPPED]
            tall = max((_lines(cell, look) for cell, look in wrapped), default=1)
            if tall > 1:
                self._sheet.set_row(number, tall * _LINE_HEIGHT)
        if frozen is not None:
            self._sheet.freeze_panes(head + 1, frozen)
            self._sheet.repeat_rows(head)
        self._row = head + len(table.rows) + 2
        return Put(self._title, head, head + 1, max(head + len(table.rows), head + 1), len(table.heads))

    def shades(self, put: Put, first: int, last: int) -> None:
        """Colour the shares of these columns from low (orange) over middle (pale) to high (blue)."""
        self._sheet.conditional_format(
            put.first, first, put.last, last,
            {"type": "3_color_scale", "min_type": "num", "min_value": 0.4, "mid_type": "num", "mid_value": 0.8,
             "max_type": "num", "max_value": 1, "min_color": "#EEB089", "mid_color": "#F4F4F0", "max_color": "#A9CDEA"},
        )  # fmt: skip

    def chart(
        self, options: Options, series: Sequence[Options], title: str, rows: int, *, low: int = 0, legend: bool = True
    ) -> None:
        """A native chart below what is there, so many rows high; ``options`` as the library names them.

        Of no series there is none: a workbook must not have a chart without any. ``low`` is where upright charts
        begin. Without ``legend``, or with one series, there is no legend.
        """
        if not series:
            return
        made = self._new_chart(options)
        for one in series:
            made.add_series(one)
        made.set_title({"name": harmless(title), "name_font": {"size": 12}, "overlay": False})
        made.set_size({"width": 860, "height": rows * _ROW_PIXELS})
        made.set_legend({"position": "bottom"} if legend and len(series) > 1 else {"none": True})
        _set_axes(made, options, low)
        self._sheet.insert_chart(self._row, 0, made, {"x_offset": 4, "y_offset": 4, "object_position": 1})
        self._row += rows + 2

    def _put(self, row: int, column: int, cell: Cell, look: str) -> None:
        looks = self._formats[look]
        if cell is None or cell == "":
            self._sheet.write_blank(row, column, None, looks)
        elif isinstance(cell, str):
            self._sheet.write_string(row, column, harmless(cell)[:_CELL_LIMIT], looks)
        else:
            self._sheet.write_number(row, column, cell, looks)
        self._widen(column, "" if cell is None else str(cell), look)

    def _widen(self, column: int, text: str, look: str) -> None:
        """As wide as its longest line, within bounds."""
        most = _WIDEST.get(look, _WIDEST_NUMBER)
        width = max(self._widths.get(column, _NARROWEST), min(shown_width(text) + 2, most))
        if width != self._widths.get(column):
            self._widths[column] = width
            self._sheet.set_column(column, column, width)


def _set_axes(chart: Any, options: Options, low: int) -> None:
    """Lying bars go from the top down, as the table does; upright ones begin at ``low``; light grid lines."""
    light = {"visible": True, "line": {"color": "#E3E3E3", "width": 0.75}}
    if options["type"] == "bar":
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "label_position": "low"})
        chart.set_x_axis({"major_gridlines": light})
    else:
        chart.set_y_axis({"major_gridlines": light, "min": low})


def _lines(cell: Cell, look: str) -> int:
    """How many lines a wrapped cell takes at most: programs that draw a workbook do not all find it out themselves."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, -(-shown_width(line) // (_WIDEST[look] - 2))) for line in cell.splitlines()) or 1


def shown_width(text: str) -> int:
    """Characters of the longest line; a Chinese one counts twice."""
    return max((sum(1 + (ord(mark) > _LAST_NARROW) for mark in line) for line in text.splitlines()), default=0)
