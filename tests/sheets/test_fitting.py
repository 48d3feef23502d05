"""Nothing of a sheet is cut: columns take their numbers, rows the lines of their texts, pages the columns."""

from __future__ import annotations

import io
import textwrap
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.sheets.pay_book import pay_book
from csctl.sheets.payslip import SlipAbout
from csctl.sheets.scores_book import scores_book
from csctl.workbook.cells import Cell, SheetPage
from csctl.workbook.fitting import shown_number
from csctl.workbook.making import Making, beside_each_other, on_paper
from csctl.workbook.pages import write_book
from csctl.workbook.text import lines_of
from tests.sheets.month import AGENTS, month_result
from tests.sheets.one_alone import payslip

LONG = "Alexandra Konstantinopoulou-Featherstonehaugh of the night desk"
WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=30)


def opened(content: bytes) -> Any:
    """The workbook with the values it shows."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def one_page(*rows: list[Cell | None], **options: Any) -> Any:
    """The only sheet of a workbook with these rows."""
    return opened(write_book([SheetPage("S", rows, **options)], date(2026, 10, 1))).worksheets[0]


def widths_of(sheet: Any) -> dict[int, float]:
    """The width of every column in characters; neighbours that are equally wide stand in a file as one."""
    spans = sheet.column_dimensions.values()
    return {at: one.width for one in spans for at in range(one.min, one.max + 1)}


def as_shown(value: float | int, form: str) -> str:
    """A number in the formats that the workbooks have, by hand."""
    if form == "General":
        return f"{value:g}"
    number = value * 100 if form.endswith("%") else value
    text = f"{number:,.{form.rstrip('%').partition('.')[2].count('0')}f}"
    return (text if "," in form else text.replace(",", "")) + ("%" if form.endswith("%") else "")


@pytest.mark.law
@given(WORDS, st.integers(12, 40))
def test_a_text_takes_as_many_lines_as_words_wrapped_one_after_the_other(words: list[str], width: int) -> None:
    """Python's own wrapping of text says the same where no word is longer than a line."""
    text = " ".join(words)
    assert lines_of(text, width) == len(textwrap.wrap(text, width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("制" * 10, 20, 1),
        ("制" * 11, 20, 2),
        ("a" * 41, 20, 3),
        ("one two", 5, 2),
        ("well-known", 6, 2),
        ("a\n\nb", 9, 3),
    ],
)
def test_chinese_is_broken_anywhere_and_words_after_a_hyphen(text: str, width: int, lines: int) -> None:
    """Counted by hand; a Chinese character is two wide."""
    assert lines_of(text, width) == lines


def test_no_text_is_cut_and_no_number_becomes_a_row_of_signs() -> None:
    """In every table of the month's workbooks, with a name longer than any column: it fits, or is broken into lines."""
    agents = tuple(replace(one, name=LONG) for one in AGENTS)
    month, seen = month_result(agents=agents), 0
    slip = payslip(month, agents[0], SlipAbout("Team", None), "en")
    for content in (pay_book(month, "en"), scores_book(month, "zh"), slip):
        for sheet in opened(content):
            widths, cells = widths_of(sheet), (cell for row in sheet.iter_rows() for cell in row)
            for cell in (one for one in cells if one.value is not None and one.border.left.style):
                width = widths[cell.column]
                if isinstance(cell.value, str):
                    height = sheet.row_dimensions[cell.row].height or 15
                    room = width if not cell.alignment.wrap_text else width * (height // 15)
                    seen += cell.value == LONG
                    assert len(cell.value) <= room, (sheet.title, cell.coordinate)
                elif not isinstance(cell.value, bool):
                    assert len(as_shown(cell.value, cell.number_format)) < width, (sheet.title, cell.coordinate)
    assert seen > 10


@pytest.mark.parametrize(
    ("number", "look", "text"),
    [
        ("4000", "money", "4,000.00"), ("0.0125", "percent", "1.25%"), ("1234567", "count", "1,234,567"),
        ("12.5", "points", "12.50"), ("1234.5", "plain", "1,234.5"), ("3", "total", "3"),
    ],
)  # fmt: skip
def test_a_number_is_measured_as_it_is_shown(number: str, look: Any, text: str) -> None:
    """With the places and thousands of its look, not with the digits it happens to have."""
    assert shown_number(Decimal(number), look) == text


def test_columns_of_texts_give_way_where_a_sheet_is_too_wide_for_its_page() -> None:
    """Numbers keep their columns; texts are broken into lines, down to 24 characters."""
    texts: list[Cell | None] = [Cell("word " * 20, "wrap") for _ in range(8)]
    sheet = one_page([*texts, Cell(Decimal("1234567.89"), "money")])
    widths = [widths_of(sheet)[at] for at in range(1, 10)]
    drawn = sum(7 * width + 5 for width in widths)
    assert drawn * 0.6 < 1045 + 8 * 7
    assert max(widths[:8]) - min(widths[:8]) <= 1
    assert 24 <= widths[0] < 56
    assert widths[8] > len("1,234,567.89")
    assert sheet.row_dimensions[1].height > 4 * 15


def test_a_short_text_keeps_its_line() -> None:
    """It is neither wrapped nor its row made higher."""
    sheet = one_page([Cell("Ann Lee"), Cell("b")])
    assert (sheet["A1"].alignment.wrap_text, sheet.row_dimensions[1].height) == (None, None)


def test_a_sheet_far_too_wide_is_printed_on_pages_beside_each_other_with_its_names_on_each() -> None:
    """Thirty columns of 20 characters are 4,350 pixels; at half its size a page takes 2,090 of them: three pages."""
    made = []
    for columns in (30, 5):
        book = Making(date(2026, 10, 1))
        sheet = book.sheet("S")
        on_paper(sheet)
        beside_each_other(sheet, [20] * columns, 1)
        made.append(opened(book.content()).worksheets[0])
    wide, usual = made
    assert (wide.page_setup.fitToWidth, wide.print_title_cols) == (3, "$A:$A")
    assert (usual.page_setup.fitToWidth in (1, None), usual.print_title_cols) == (True, None)
