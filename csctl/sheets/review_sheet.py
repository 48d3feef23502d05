"""A sheet of the review form, row after row: what is shown is locked, what people fill in is yellow and open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from csctl.messages import say
from csctl.sheets.text import clean, shown_width
from csctl.sheets.write import FONT

Look = Literal["title", "remark", "section", "head", "text", "mark", "input", "pick"]
_A4 = 9
_LINE_HEIGHT, _TITLE_HEIGHT, _HIGH_INPUT = 15, 24, 48
_LINE = {"border": 1, "border_color": "#BFBFBF"}
_YELLOW = {"bg_color": "#FFF9DB", "locked": False}
_LOOKS: dict[Look, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "remark": {"italic": True, "font_color": "#595959"},
    "section": {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "indent": 1, **_LINE},
    "head": {"bold": True, "bg_color": "#E7E6E6", "align": "center", "text_wrap": True, **_LINE},
    "text": {"text_wrap": True, "indent": 1, **_LINE},
    "mark": {"align": "center", "text_wrap": True, **_LINE},
    "input": {"text_wrap": True, "indent": 1, "num_format": "@", **_YELLOW, **_LINE},
    "pick": {"align": "center", "num_format": "@", **_YELLOW, **_LINE},
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a row: its text, its looks, and over how many columns it stretches."""

    text: str
    look: Look = "text"
    columns: int = 1


class ReviewPages:
    """The workbook in the making. Text is always written as text."""

    def __init__(self, book: xlsxwriter.Workbook, language: str) -> None:
        """Formats are made once for all sheets."""
        self.language = language
        self.book = book
        base = {"font_name": FONT, "font_size": 10, "valign": "vcenter"}
        self._formats = {look: book.add_format(base | looks) for look, looks in _LOOKS.items()}

    def page(self, title: str, widths: Sequence[int]) -> ReviewPage:
        """A new sheet: locked but for its inputs, A4, no password (it guards against slips, not against people)."""
        sheet: Any = self.book.add_worksheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.protect("", {"format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        sheet.hide_gridlines(2)
        return ReviewPage(sheet, title, tuple(widths), self._formats, self.language)


class ReviewPage:
    """One sheet, written from the top down."""

    def __init__(
        self, sheet: Any, title: str, widths: tuple[int, ...], formats: dict[Look, Any], language: str
    ) -> None:
        """``row`` is the next one to be written, from 0."""
        self.sheet = sheet
        self.title = title
        self.row = 0
        self._widths = widths
        self._formats = formats
        self._language = language

    def add(self, *parts: Part, high: bool = False) -> int:
        """Write a row, as high as its longest text; its number. ``high``: room for handwriting."""
        row, column = self.row, 0
        lines = 1
        for part in parts:
            last = column + part.columns - 1
            looks = self._formats[part.look]
            if part.columns > 1:
                self.sheet.merge_range(row, column, row, last, "", looks)
            text = clean(part.text)
            if text:
                self.sheet.write_string(row, column, text, looks)
            else:
                self.sheet.write_blank(row, column, None, looks)
            if part.look not in ("title", "remark"):
                lines = max(lines, _lines(text, sum(self._widths[column : last + 1]) - 2))
            column = last + 1
        height = _TITLE_HEIGHT if parts and parts[0].look == "title" else lines * _LINE_HEIGHT + 3
        self.sheet.set_row(row, max(height, _HIGH_INPUT) if high else height)
        self.row += 1
        return row

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def choose(self, row: int, column: int, choices: Sequence[str], code: str) -> None:
        """Only one of these may be written there; ``code`` says so to whoever writes something else."""
        rules = {"validate": "list", "source": list(choices), "error_message": say(code, self._language)}
        self.sheet.data_validation(row, column, row, column, rules)

    def whole(self, row: int, column: int) -> None:
        """Only 0 or a whole number may be written there."""
        message = say("promotion-form-whole", self._language)
        rules = {"validate": "integer", "criteria": ">=", "value": 0, "error_message": message}
        self.sheet.data_validation(row, column, row, column, rules)

    def at(self, row: int, column: int) -> str:
        """A cell's address on the sheet, such as ``F7``."""
        return str(xl_rowcol_to_cell(row, column))


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column so wide."""
    return sum(max(1, -(-shown_width(line) // max(width, 1))) for line in text.splitlines()) or 1
