"""A sheet of the review form, row after row: what is shown is locked, what people fill in is yellow and open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csctl.messages import say
from csctl.workbook.fitting import height_of, lines_in
from csctl.workbook.looks import Look
from csctl.workbook.making import LINE_HEIGHT, TITLE_HEIGHT, Making, lock, on_paper
from csctl.workbook.text import clean

_INPUT, _HIGH_INPUT = 26, 48
"""Points that a field needs to be filled in by hand, in a word or in some sentences."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """A piece of a row: its text, its looks, and over how many columns it stretches."""

    text: str
    look: Look = "wrap"
    columns: int = 1


class ReviewPages:
    """The workbook in the making. Text is always written as text."""

    def __init__(self, book: Making, language: str) -> None:
        """One workbook, in one language."""
        self.language = language
        self.book = book

    def page(self, title: str, widths: Sequence[int], *, whole: bool = False) -> ReviewPage:
        """A new sheet, locked but for its inputs; ``whole``: printed on one page, upright."""
        sheet: Any = self.book.sheet(title)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        lock(sheet)
        on_paper(sheet, upright=whole, one_page=whole)
        return ReviewPage(self.book, sheet, title, tuple(widths), self.language)


class ReviewPage:
    """One sheet, written from the top down."""

    def __init__(self, book: Making, sheet: Any, title: str, widths: tuple[int, ...], language: str) -> None:
        """``row`` is the next one to be written, from 0."""
        self.sheet = sheet
        self.title = title
        self.row = 0
        self._book = book
        self._widths = widths
        self._language = language

    def add(self, *parts: RowPart, high: bool = False) -> int:
        """Write a row, as high as its longest text; its number. ``high``: room for handwriting."""
        row, column = self.row, 0
        lines = 1
        for part in parts:
            last = column + part.columns - 1
            self._book.stretch(self.sheet, row, column, row, last, part.text, part.look)
            if part.look not in ("title", "remark"):
                lines = max(lines, lines_in(clean(part.text), sum(self._widths[column : last + 1])))
            column = last + 1
        titled, asked = parts[0].look == "title", any(part.look.startswith("input") for part in parts)
        least = TITLE_HEIGHT if titled else (_HIGH_INPUT if high else _INPUT) if asked else LINE_HEIGHT + 3
        self.sheet.set_row(row, max(height_of(lines) or 0, least))
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
