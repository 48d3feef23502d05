"""Rows that tell of the sheet, not of anybody's work, are left out quietly; rows of work are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEAD = ("客服", "付款日期", "销售额")
ROWS: tuple[tuple[Cell, ...], ...] = (("王芳", "2026-10-02", "100"), ("李雷", "2026-10-03", "50"))


def read(rows: Sequence[Sequence[Cell]], sheet: str = "") -> Imported:
    """The rows of orders below their header."""
    book = Book((Sheet(sheet, [HEAD, *[tuple(row) for row in rows]]),))
    return import_book(book, Source(table="orders", files="x"), "x", Month(2026, 10))


@pytest.mark.parametrize("sheet", ["", "订单"])
@pytest.mark.parametrize(
    "note",
    [
        ("制表人：王五",),
        ("制表人：王五", "", "审核：赵六"),
        ("制表人：王五", "审核：赵六", "日期：2026-10-31"),
        ("制表人：", "王五", "审核："),
        ("主管签字：______",),
        ("导出时间：2026-11-01 08:00",),
        ("导出时间：", "2026-11-01 08:00"),
        ("第 1 页 共 2 页",),
        ("第1页/共2页",),
        ("共 2 页，第 1 页",),
        ("Page 1 of 2",),
        ("- Page 1/2 -",),
        ("Prepared by: Ann", "Approved by: Bob"),
        ("Generated on: 2026-11-01", "", ""),
        ("共2条记录",),
        ("2 records exported",),
        ("（以下空白）",),
        ("*** End of report ***",),
        ("备注：不含退款",),
        ("部门负责人：      日期：   年   月   日",),
        ("客服主管签字：", "", "日期："),
        ("制表人", "王五", "审核人"),
        ("Prepared by", "Ann"),
        ("单位：元",),
        ("数据更新时间：2026-11-01",),
        ("Period: 2026-10-01 to 2026-10-31",),
    ],
)
def test_a_row_that_tells_of_the_sheet_is_a_note(note: tuple[Cell, ...], sheet: str) -> None:
    """At the end and between the rows; nothing is said louder than a note."""
    for rows in ([*ROWS, note], [ROWS[0], note, ROWS[1]]):
        found = read(rows, sheet)
        (fates,) = found.fates
        assert (fates.counted, fates.out("footer"), fates.refused) == (2, 1, 0)
        assert {one.severity for one in found.problems} <= {Severity.NOTE}


@pytest.mark.parametrize("row", [
    ("备注：王芳", "2026-10-04", "70"), ("主管", "2026-10-04", "70"), ("审核", "2026-10-04", 70),
    ("第 1 页", "2026-10-04", "70"), ("End", "2026-10-04", "70"),
])  # fmt: skip
def test_a_row_that_holds_work_beside_such_words_is_none(row: tuple[Cell, ...]) -> None:
    """A day and an amount are somebody's, whatever the first cell says."""
    (fates,) = read([*ROWS, row]).fates
    assert (fates.counted, fates.out("footer")) == (3, 0)


def test_who_is_called_by_a_role_has_a_figure() -> None:
    """The supervisor took 70 contacts."""
    rows = [("客服", "接待量"), ("王芳", "100"), ("主管", "70")]
    (fates,) = import_book(Book((Sheet("", [*rows]),)), Source(table="kpis", files="x"), "x", Month(2026, 10)).fates
    assert (fates.counted, fates.out("footer")) == (2, 0)
