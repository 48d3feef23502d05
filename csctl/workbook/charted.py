"""Tables and native charts in a workbook: every text as text, every chart on the cells it draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from csctl.workbook.fitting import EDGES, fitted, height_of, lines_in, shown_number
from csctl.workbook.looks import WRAPPED, Look
from csctl.workbook.making import LINE_HEIGHT, TITLE_HEIGHT, Making, keep_in_sight, on_paper
from csctl.workbook.text import clean, shown_width

Cell = str | int | Decimal | None
Options = dict[str, Any]
"""What the library takes for a chart or one of its series."""
_NARROWEST, _WIDEST_NUMBER = 8, 14
_WIDEST: dict[Look, int] = {"text": 34, "wrap": 60, "fold": 24}
"""Texts that are longer are broken into lines."""
_ROW_PIXELS, _CHART_WIDTH = 20, 860
_HEAD_WIDTH = 11
"""Above numbers a head is broken into lines of so many characters."""
_THOUSANDS = "[>=1000]#,##0;[<=-1000]-#,##0;General"
"""Numbers on an axis."""
_LANDSCAPE_ROWS, _ONE_PAGE_ROWS = 36, 76


@dataclass(frozen=True, slots=True)
class ChartTable:
    """A table with the looks of its columns. ``gaps``: an empty cell is hatched instead of blank.

    ``caption`` stands above it.
    """

    heads: Sequence[str]
    looks: Sequence[Look]
    rows: Sequence[Sequence[Cell]]
    gaps: bool = False
    caption: str = ""


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


class ChartBook:
    """A workbook being made in memory; the same calls give the same bytes on any day."""

    def __init__(self, made_on: date) -> None:
        """``made_on`` stands in the file's properties; callers give the first of the month."""
        self._making = Making(made_on)
        self._sheets: list[ChartSheet] = []

    def content(self) -> bytes:
        """The finished bytes. A sheet that is not long is printed on one page."""
        for sheet in self._sheets:
            sheet.lay_out()
        return self._making.content()

    def sheet(self, title: str, heading: str, remark: str = "") -> ChartSheet:
        """A new worksheet with its heading."""
        made = self._making.sheet(title)
        made.set_row(0, TITLE_HEIGHT)
        self._making.put(made, 0, 0, heading, "title")
        if remark:
            self._making.put(made, 1, 0, remark, "remark")
        self._sheets.append(ChartSheet(self._making, made, title, 2 if remark else 1))
        return self._sheets[-1]


class ChartSheet:
    """A worksheet that is filled from the top down."""

    def __init__(self, making: Making, sheet: Any, title: str, row: int) -> None:
        """Made by ``Book.sheet``."""
        self._making, self._sheet, self._title, self._row = making, sheet, title, row
        self._widths: dict[int, int] = {}

    def lay_out(self) -> None:
        """Paper, once it is known how long the sheet has become."""
        upright = _LANDSCAPE_ROWS < self._row <= _ONE_PAGE_ROWS
        on_paper(self._sheet, upright=upright, one_page=self._row <= _ONE_PAGE_ROWS)

    def table(self, table: ChartTable, *, frozen: int | None = None) -> Put:
        """Write a table below what is there. ``frozen``: it is the sheet's only one, and so many columns stay."""
        if table.caption:
            self._making.put(self._sheet, self._row, 0, table.caption, "remark")
            self._row += 1
        head = self._row
        lines: int = 1
        for column, (words, look) in enumerate(zip(table.heads, table.looks, strict=True)):
            self._making.put(self._sheet, head, column, words, "head")
            narrow = look not in _WIDEST
            self._widen(column, "0" * min(shown_width(words), _HEAD_WIDTH - 2) if narrow else words, look)
            lines = max(lines, -(-shown_width(words) // _HEAD_WIDTH)) if narrow else lines
        if lines > 1:
            self._sheet.set_row(head, lines * LINE_HEIGHT)
        for number, row in enumerate(table.rows, start=head + 1):
            for column, (cell, look) in enumerate(zip(row, table.looks, strict=True)):
                self._put(number, column, cell, "gap" if cell is None and table.gaps else look)
            if height := height_of(max(map(_lines, row, table.looks), default=1)):
                self._sheet.set_row(number, height)
        if frozen is not None:
            keep_in_sight(self._sheet, head, frozen)
        self._row = head + len(table.rows) + 2
        return Put(self._title, head, head + 1, max(head + len(table.rows), head + 1), len(table.heads))

    def shades(self, put: Put, first: int, last: int) -> None:
        """Colour the shares of these columns from low (orange) over middle (pale) to high (blue)."""
        self._sheet.conditional_format(
            put.first, first, put.last, last,
            {"type": "3_color_scale", "min_type": "num", "min_value": 0.4, "mid_type": "num", "mid_value": 0.8,
             "max_type": "num", "max_value": 1, "min_color": "#EEB089", "mid_color": "#F4F4F0", "max_color": "#A9CDEA"},
        )  # fmt: skip

    def room(self, rows: int) -> int:
        """Leave so many rows free for a chart of cells that come further down; the row where it will stand."""
        self._row += rows + 1
        return self._row - rows - 1

    def charts(self, drawn: Sequence[tuple[Options, Sequence[Options], str]], rows: int) -> None:
        """Small charts, two beside each other, each so many rows high."""
        for at, (options, series, title) in enumerate(drawn):
            self._insert(self._made(options, series, title), self._row, rows, half=at % 2 + 1)
            if at % 2 or at == len(drawn) - 1:
                self._row += rows + 1

    def chart(
        self, options: Options, series: Sequence[Options], title: str, rows: int, *, low: int = 0, legend: bool = True,
        at: int | None = None, unnamed: Sequence[int] = (), step: int | None = None,
    ) -> None:  # fmt: skip
        """A native chart below what is there, or in the room ``at`` a row; ``options`` as the library names them.

        Of no series there is none: a workbook must not have a chart without any. ``low`` is where upright charts
        begin. Without ``legend``, or with one series, there is no legend; ``unnamed`` series do not stand in it.
        ``step`` is that of the axis of lying bars that count: there are no halves of what is counted.
        """
        if not series:
            return
        made = self._made(options, series, title, low, step)
        named = {"position": "bottom", "delete_series": list(unnamed)} if legend and len(series) > 1 else {"none": True}
        made.set_legend(named)
        self._insert(made, self._row if at is None else at, rows)
        if at is None:
            self._row += rows + 2

    def _made(
        self, options: Options, series: Sequence[Options], title: str, low: int = 0, step: int | None = None
    ) -> Any:
        made = self._making.book.add_chart(options)
        for one in series:
            made.add_series(one)
        made.set_title({"name": clean(title), "name_font": {"size": 12}, "overlay": False})
        made.set_legend({"none": True})
        _set_axes(made, options, low, step)
        return made

    def _insert(self, made: Any, row: int, rows: int, *, half: int = 0) -> None:
        """Over the whole width, or over its first or second half."""
        width = _CHART_WIDTH // 2 - 5 if half else _CHART_WIDTH
        made.set_size({"width": width, "height": rows * _ROW_PIXELS})
        offset = 4 + (_CHART_WIDTH // 2 + 5 if half == 2 else 0)
        self._sheet.insert_chart(row, 0, made, {"x_offset": offset, "y_offset": 4, "object_position": 1})

    def _put(self, row: int, column: int, cell: Cell, look: Look) -> None:
        self._making.put(self._sheet, row, column, cell, fitted(look, cell, _WIDEST.get(look, _WIDEST_NUMBER)))
        text = shown_number(cell, look) if isinstance(cell, int | Decimal) else cell or ""
        self._widen(column, text, look)

    def _widen(self, column: int, text: str, look: Look) -> None:
        """As wide as its longest line, within bounds."""
        most = _WIDEST.get(look, _WIDEST_NUMBER)
        width = max(self._widths.get(column, _NARROWEST), min(shown_width(text) + EDGES, most))
        if width != self._widths.get(column):
            self._widths[column] = width
            self._sheet.set_column(column, column, width)


def _set_axes(chart: Any, options: Options, low: int, step: int | None) -> None:
    """Lying bars go from the top down, as the table does; upright ones begin at ``low``; light grid lines.

    Of lying bars so much is a ``step`` of the axis.
    """
    light = {"visible": True, "line": {"color": "#E3E3E3", "width": 0.75}}
    values: Options = {"major_gridlines": light, "num_format": _THOUSANDS}
    if options["type"] == "bar":
        chart.set_y_axis({"reverse": True, "interval_unit": 1, "label_position": "low"})
        chart.set_x_axis(values | ({"major_unit": step} if step else {}))
    else:
        chart.set_y_axis(values | {"min": low})


def _lines(cell: Cell, look: Look) -> int:
    """How many lines a cell takes at most."""
    widest = _WIDEST.get(look, _WIDEST_NUMBER)
    return lines_in(cell, widest) if isinstance(cell, str) and fitted(look, cell, widest) in WRAPPED else 1
