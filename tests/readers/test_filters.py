"""Rows that a filter hides are read, it is said, and the line in the message settles it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.filters import CustomFilter, CustomFilters
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from csctl.readers.imports import Brought, Wanted, bring_in
from csctl.readers.mapping.source import Source
from csctl.store.canonical import CanonicalStore

ROWS: list[tuple[str | int | None, ...]] = [
    ("客服", "付款日期", "销售额", "状态"),
    ("王芳", "2026-10-02", 100, "成功"),
    ("李雷", "2026-10-03", 50, "取消"),
    ("李雷", "2026-10-04", 70, None),
    ("王芳", "2026-10-05", 30, "取消"),
]


def _sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["订单明细"])
    for row in ROWS:
        sheet.append(row)
    return book, sheet


def _read(book: openpyxl.Workbook, folder: Path, said: str = "") -> Brought:
    book.save(folder / "orders.xlsx")
    source = Source.model_validate({"table": "orders", "files": "*", **tomllib.loads(said)})
    (brought,) = bring_in([Wanted(folder / "orders.xlsx", "orders.xlsx", source, None)], CanonicalStore(folder / "c"))
    return brought


def _counted(brought: Brought) -> int:
    return brought.entry.accepted if brought.entry else 0


@pytest.mark.parametrize("in_table", [False, True])
def test_rows_that_a_filter_hides_are_said_with_the_line_that_leaves_them_out(tmp_path: Path, in_table: bool) -> None:
    """Two of four: the filter shows what was paid, and what says nothing."""
    book, sheet = _sheet()
    if in_table:
        sheet.add_table(Table(displayName="orders", ref="A2:D6"))
        sheet.tables["orders"]._initialise_columns()
        for column, name in zip(sheet.tables["orders"].tableColumns, ROWS[0], strict=True):
            column.name = str(name)
        sheet.tables["orders"].autoFilter.add_filter_column(3, ["成功"], blank=True)
    else:
        sheet.auto_filter.ref = "A2:D6"
        sheet.auto_filter.add_filter_column(3, ["成功"], blank=True)
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True
    found = _read(book, tmp_path)
    (said,) = [one for one in found.problems if one.code.startswith("rows-filtered")]
    assert (said.code, said.found, said.place.column, _counted(found)) == ("rows-filtered", "2", "状态", 4)
    without = _read(book, tmp_path, str(said.parameters["line"]))
    assert (_counted(without), [one.code for one in without.problems if "filtered" in one.code]) == (2, [])
    counting = _read(book, tmp_path, str(said.parameters["other"]))
    assert (_counted(counting), [one.code for one in counting.problems if "filtered" in one.code]) == (4, [])


def test_a_filter_by_something_else_than_words_has_no_such_line(tmp_path: Path) -> None:
    """More than 60: no list of words says that."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    sheet.auto_filter.add_filter_column(2, [])
    sheet.auto_filter.filterColumn[0].filters = None
    sheet.auto_filter.filterColumn[0].customFilters = CustomFilters(
        customFilter=[CustomFilter(operator="greaterThan", val="60")]
    )
    for row in (4, 6):
        sheet.row_dimensions[row].hidden = True
    found = _read(book, tmp_path)
    assert [one.code for one in found.problems if "filtered" in one.code] == ["rows-filtered-otherwise"]


def test_a_filter_that_hides_nothing_is_nothing_to_say(tmp_path: Path) -> None:
    """Most exports have one over their headers; a row hidden by hand is a note, as ever."""
    book, sheet = _sheet()
    sheet.auto_filter.ref = "A2:D6"
    assert [one.code for one in _read(book, tmp_path).problems if "filtered" in one.code] == []
    sheet.row_dimensions[1].hidden = True
    codes = [one.code for one in _read(book, tmp_path).problems]
    assert ("rows-hidden" in codes, "rows-filtered" in codes) == (True, False)
