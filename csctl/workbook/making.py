"""A workbook being made in memory: the same calls give the same bytes on any day."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from csctl.workbook.cells import Content, Formula
from csctl.workbook.looks import BASE, BY_PLACES, LOOKS, Look
from csctl.workbook.quick_sheet import QuickSheet
from csctl.workbook.text import clean

_A4 = 9
PORTRAIT_PIXELS, LANDSCAPE_PIXELS = 717, 1045
"""Pixels between the margins of a page."""
_SMALLEST = 0.5
"""A sheet that people look up things in is printed on several pages beside each other rather than smaller."""
LINE_HEIGHT, TITLE_HEIGHT = 15, 24
"""Points."""
_LOCKED = {"select_locked_cells": True, "format_columns": True, "format_rows": True}


class Making:
    """The workbook until its bytes are asked for."""

    def __init__(self, made_on: date) -> None:
        """``made_on`` stands in the file's properties as the day of its making; callers give the first of the month."""
        self._buffer = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self._buffer, {"in_memory": True})
        self.book.worksheet_class = QuickSheet
        self.book.set_properties({"author": "csctl", "created": datetime.combine(made_on, time(), UTC)})
        self._looks: dict[Look | tuple[Look, int], Any] = {}
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def look(self, name: Look) -> Any:
        """A look as the library takes it; made when it is first asked for, for most books use few of them."""
        known = self._looks.get(name)
        if known is None:
            known = self._looks[name] = self._format(BASE | LOOKS[name])
        return known

    def _format(self, properties: dict[str, object]) -> Any:
        """One format for all looks that are alike: the library compares a second one anew for every cell."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def sheet(self, title: str) -> Any:
        """A new worksheet, as the library has it."""
        return self.book.add_worksheet(title)

    def put(self, sheet: Any, row: int, column: int, content: Content, look: Look) -> None:
        """Write one cell by the type of its content, so that no text is ever taken for a formula, link or number."""
        looks = self.look(look) if look not in BY_PLACES else self._by_own_places(content, look)
        text = clean(content) if isinstance(content, str) else content
        # What the library calls by names with a line in front takes places only as numbers, as they are here.
        if text is None or text == "":
            sheet._write_blank(row, column, None, looks)
        elif isinstance(text, str):
            sheet._write_string(row, column, text, looks)
        elif isinstance(text, Formula):
            sheet._write_formula(row, column, f"={text.expression}", looks, _cached(text.value))
        else:
            sheet._write_number(row, column, text, looks)

    def _by_own_places(self, content: Content, look: Look) -> Any:
        """The look with thousands marked and as many places as the number has; a text has the look as it is."""
        number = content.value if isinstance(content, Formula) else content
        if number is None or isinstance(number, str):
            return self.look(look)
        places = decimal_places(number, as_given=look == "score")
        known = self._looks.get((look, places))
        if known is None:
            shown = "#,##0" + ("." + "0" * places if places else "")
            known = self._looks[look, places] = self._format(BASE | LOOKS[look] | {"num_format": shown})
        return known

    def stretch(self, sheet: Any, row: int, column: int, bottom: int, right: int, text: str, look: Look) -> None:
        """Write a text over one cell or a merged range."""
        if (bottom, right) != (row, column):
            sheet.merge_range(row, column, bottom, right, "", self.look(look))
        self.put(sheet, row, column, text, look)

    def content(self) -> bytes:
        """The finished bytes."""
        self.book.close()
        return self._buffer.getvalue()


def on_paper(
    sheet: Any, *, upright: bool = False, one_page: bool = False, footer: str = "&C&P / &N", widths: Sequence[int] = ()
) -> None:
    """A4, as wide as the page, with the number of the page below; ``one_page``: as high as one page too.

    With ``widths`` of columns the scale that makes them fit is worked out here: spreadsheet programs that fit a sheet
    to the page themselves pass over the breaks between pages.
    """
    if upright:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    if widths:
        # A quarter is left free, for fonts are not as wide on every computer.
        room = (PORTRAIT_PIXELS if upright else LANDSCAPE_PIXELS) * 74
        sheet.set_print_scale(max(10, min(100, room // pixels(widths))))
    else:
        sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(footer)
    sheet.hide_gridlines(2)


def pixels(widths: Sequence[int]) -> int:
    """How wide columns of so many characters are on a screen."""
    return sum(7 * width + 5 for width in widths)


def keep_in_sight(sheet: Any, head: int, columns: int = 0) -> None:
    """A row of heads stays in sight while one scrolls, and stands on every printed page."""
    sheet.freeze_panes(head + 1, columns)
    sheet.repeat_rows(head)


def beside_each_other(sheet: Any, widths: Sequence[int], repeated: int) -> None:
    """A sheet too wide to be read on one page takes several; its first ``repeated`` columns stand on each of them."""
    pages = -(-pixels(widths) * int(_SMALLEST * 100) // (LANDSCAPE_PIXELS * 100))
    if pages > 1:
        sheet.fit_to_pages(pages, 0)
        sheet.repeat_columns(0, repeated - 1)


def lock(sheet: Any) -> None:
    """Only open cells can be written. Without a password: it guards against slips, not against people."""
    sheet.protect("", _LOCKED)


def decimal_places(number: Decimal | int, *, as_given: bool) -> int:
    """How many places a number has; needless zeros count if it is shown ``as_given``."""
    exponent = (number if as_given else number.normalize()).as_tuple().exponent if isinstance(number, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _cached(value: Decimal | int | str) -> str | int | Decimal:
    return value if isinstance(value, str) else Decimal(f"{value:f}")
