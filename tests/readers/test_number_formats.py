"""A number of a workbook is read as its cell shows it, in new and in old workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]

from csctl.readers.columns.amounts import parse_money
from csctl.readers.columns.binding import Binding
from csctl.readers.columns.columns import parser_for
from csctl.readers.columns.dates import parse_date
from csctl.readers.columns.durations import parse_seconds
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.identifiers import parse_id
from csctl.readers.columns.source import ColumnRule
from csctl.readers.columns.values import CellFault, parse_number, parse_ratio
from csctl.readers.grid import Book, Cell, Shown
from csctl.readers.opening.books import BookReader
from csctl.readers.opening.wire import WireTexts, from_line, row_fields, row_from, to_line
from csctl.tables import TABLES

Written = list[tuple[float, str]]
"""Numbers with the format of their cell."""


class Reading(Protocol):
    """Writes a workbook of one row and reads it."""

    def __call__(self, cells: Written, *, date1904: bool = False) -> Book:
        """The book as read."""


@pytest.fixture(scope="module")
def reader() -> Iterator[BookReader]:
    """One reader for all tests, as one run of the program has one for all files."""
    with BookReader(workers=1) as opened:
        yield opened


def new_book(path: Path, cells: Written, *, date1904: bool) -> None:
    """An .xlsx with the cells in row 1."""
    with xlsxwriter.Workbook(path, {"date_1904": date1904}) as book:
        sheet = book.add_worksheet()
        for column, (number, code) in enumerate(cells):
            sheet.write_number(0, column, number, book.add_format({"num_format": code}))


def old_book(path: Path, cells: Written, *, date1904: bool) -> None:
    """An .xls with the cells in row 1."""
    book = xlwt.Workbook()
    book.dates_1904 = date1904
    sheet = book.add_sheet("a")
    for column, (number, code) in enumerate(cells):
        sheet.write(0, column, number, xlwt.easyxf(num_format_str=code))
    book.save(str(path))


@pytest.fixture(params=["xlsx", "xls"])
def read(request: pytest.FixtureRequest, reader: BookReader, tmp_path: Path) -> Reading:
    """A call that writes a workbook of one row and reads it."""

    def book_of(cells: Written, *, date1904: bool = False) -> Book:
        path = tmp_path / f"x.{request.param}"
        (new_book if request.param == "xlsx" else old_book)(path, cells, date1904=date1904)
        book, problems = reader.read(path, path.name)
        assert book is not None
        assert problems == []
        return book

    return book_of


def only(book: Book) -> tuple[Cell, ...]:
    """The one row of a book."""
    return book.sheets[0].rows[0]


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (0.95, "0.00%", "95%"),
        (0.9971, "0%", "99.71%"),
        (0.57, "0%;[Red]-0%", "57%"),
        (1, "0%", "100%"),
        (-0.05, "0.0%", "-5%"),
        (95, '0"%"', "95%"),
        (811.4, '"$"#,##0.00', "$811.4"),
        (811.4, "[$$-409]#,##0.00", "$811.4"),
        (20, "#,##0.00\\ [$€-407]", "20€"),
        (7.5, "[$£-809]#,##0.00", "£7.5"),
        (-1200, '"¥"#,##0.00;"¥"-#,##0.00', "-¥1200"),
        (3, '0.00"元"', "3元"),
        (42, "0000", "0042"),
        (3.5, '0.0"分钟"', "3.5分钟"),
        (3.5, '0.0" min"', "3.5min"),
        (90, '0\\ "sec."', "90sec"),
        (2, 'General"小时"', "2小时"),
        (1.2, '#,##0.00"万元"', "1.2万元"),
        (1.2, '0.0"万"', "1.2万"),
        (3, '0"千元"', "3千元"),
    ],
)
def test_what_a_format_shows_is_read_beside_the_number(read: Reading, number: float, code: str, seen: str) -> None:
    """Percent, currencies and leading zeros, with all digits of the number."""
    (cell,) = only(read([(number, code)]))
    assert isinstance(cell, Shown)
    assert cell == seen


@pytest.mark.parametrize(
    "code", ["General", "0.00", "#,##0", "[Red]0.00", '0"人"', "0000", "[$-409]0", "_ * 0_ ", '"K"0']
)
def test_a_format_that_shows_no_sign_leaves_a_number(read: Reading, code: str) -> None:
    """Also words that are no signs, languages, and zeros that a long number does not need."""
    assert [(type(cell), cell) for cell in only(read([(12345, code)]))] == [(int, 12345)]


@pytest.mark.parametrize("date1904", [False, True])
@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (93_600, "h:mm:ss"),
        (93_600, "[h]:mm:ss"),
        (150, "mm:ss"),
        (4_000, "[mm]:ss"),
        (4_000, "[ss]"),
        (93_600, "[h]:mm"),
    ],
)
def test_time_cells_are_lengths_in_both_calendars(read: Reading, seconds: int, code: str, date1904: bool) -> None:
    """A cell holds a part of days; its format and its calendar only say how it is shown."""
    (cell,) = only(read([(seconds / 86_400, code)], date1904=date1904))
    assert parse_seconds(cell) == Decimal(seconds)


@pytest.mark.parametrize("date1904", [False, True])
def test_a_plain_number_in_a_column_of_days_counts_from_the_books_own_epoch(read: Reading, date1904: bool) -> None:
    """The day's number in a General cell is the day that the date cell beside it shows."""
    day = date(2026, 10, 8)
    number = (day - (date(1904, 1, 1) if date1904 else date(1899, 12, 30))) // timedelta(days=1)
    book = read([(number, "yyyy-mm-dd"), (number, "General")], date1904=date1904)
    assert book.epoch_1904 is date1904
    assert [parse_date(cell, Forms(epoch_1904=book.epoch_1904)) for cell in only(book)] == [day, day]


def test_shown_numbers_are_read_as_texts_that_say_the_same() -> None:
    """A percent is a share whatever the header's unit; as a plain number it is as doubtful as the text."""
    assert parse_ratio(Shown("95%")) == parse_ratio(Shown("95%"), Forms(unit="%")) == Decimal("0.95")
    assert parse_number(Shown("95%")) == parse_number("95%") == CellFault("value-not-a-number")
    assert parse_money(Shown("¥811.4")) == Decimal("811.40")
    assert parse_id(Shown("0042")) == "0042"


def test_a_unit_in_the_format_is_that_of_the_figure() -> None:
    """A length of time and an amount, whatever unit the header gives to bare numbers."""
    assert parse_seconds(Shown("3.5分钟")) == parse_seconds(Shown("3.5min"), Forms(unit="hours")) == 210
    assert parse_money(Shown("1.2万元"), Forms(unit="万元")) == parse_money(Shown("1.2万")) == 12000
    assert parse_money(Shown("3千元")) == parse_money("3千") == 3000
    assert parse_number(Shown("95分")) == 95


def test_shown_numbers_survive_the_way_between_the_processes() -> None:
    """They arrive as what they are, and plain texts as plain texts."""
    row: tuple[Cell, ...] = (Shown("95%"), "95%", Shown("-$811.4"), 7)
    (raw,) = from_line(to_line(["rows", row_fields(row)]))[1:]
    assert [(type(cell), cell) for cell in row_from(raw, WireTexts())] == [(type(cell), cell) for cell in row]


@pytest.mark.parametrize("text", ["", "=1+1", "a\x1b[2J1", "9" * 100, "95% and more", "1.2.3%", "\0001%"])
def test_what_no_format_shows_is_refused_from_the_reading_process(text: str) -> None:
    """The other end has read a hostile file: only a number with a sign is taken."""
    with pytest.raises(ValueError, match="not a cell"):
        row_from([f"\0{text}"], WireTexts())


def test_a_number_that_a_workbook_shows_has_a_point_whatever_its_column_has() -> None:
    """Beside the text 1.234,5 a cell with the format $0.0 shows its number in the program's own way."""
    column = TABLES["orders"].column("amount")
    assert column is not None
    parse = parser_for(Binding(column, (), ColumnRule()), Forms(decimal_comma=True))
    assert (parse("1.234,5"), parse(Shown("$1234.5"))) == (Decimal("1234.50"), Decimal("1234.50"))
