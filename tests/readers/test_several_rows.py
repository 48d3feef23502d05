"""An order and its refunds, or the legs of one call, are no doubles: a note says that there are such rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

Rows = Sequence[Sequence[Cell]]


def _read(table: str, rows: Rows, sheet: str = "") -> Imported:
    source = Source.model_validate({"table": table, "files": "x"})
    return import_book(Book((Sheet(sheet, [tuple(row) for row in rows]),)), source, "x", Month(2026, 10))


def _codes(imported: Imported, severity: Severity) -> list[str]:
    return [one.code for one in imported.problems if one.severity is severity and one.code != "headers-unused"]


ORDERS = ["Order ID", "Agent", "Date", "Amount", "Refund"]


@pytest.mark.parametrize(
    "refund",
    [
        ["8001", "K1", "2026-10-15", "-200", None],
        ["8001", "K1", "2026-10-15", "(200.00)", None],
        ["8001", "K2", "2026-10-15", "0", "200"],
        ["8001", "K1", "2026-10-15", "-1000", None],
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_row_that_takes_something_off_an_order_is_its_refund(refund: list[Cell], first: bool) -> None:
    """In either order of the rows, whoever refunds."""
    rows: list[list[Cell]] = [["8001", "K1", "2026-10-09", "1000", None], refund]
    imported = _read("orders", [ORDERS, *(rows if first else rows[::-1])])
    assert (_codes(imported, Severity.WARNING), _codes(imported, Severity.NOTE)) == ([], ["rows-of-refunds"])
    assert imported.accepted == 2


def test_several_refunds_of_one_order_are_refunds_until_they_take_more_than_was_paid() -> None:
    """Three times 300 of 1000; four times 300 is a doubt."""
    rows: list[list[Cell]] = [
        ["8001", "K1", f"2026-10-{9 + at:02d}", amount, None]
        for at, amount in enumerate(("1000", "-300", "-300", "-300"))
    ]
    assert _codes(_read("orders", [ORDERS, *rows]), Severity.WARNING) == []
    more: list[Cell] = ["8001", "K1", "2026-10-20", "-300", None]
    assert _codes(_read("orders", [ORDERS, *rows, more]), Severity.WARNING) == ["ids-twice"]


def test_two_paid_rows_of_one_number_are_still_asked_about() -> None:
    """Two goods, or the same order twice with a slip: nobody can tell."""
    header = ["订单编号", "客服", "付款时间", "付款金额"]
    rows: list[list[Cell]] = [["8001", "何晴", "2026-10-09", 100], ["8001", "何晴", "2026-10-09", 90]]
    assert _codes(_read("orders", [header, *rows], "订单"), Severity.WARNING) == ["id-twice"]


def test_rows_of_one_call_by_different_people_are_its_legs() -> None:
    """Passed on and back; two rows of one person in a row are asked about."""
    header = ["通话ID", "坐席", "来电时间", "通话时长(秒)"]
    legs: list[list[Cell]] = [
        ["c1", who, f"2026-10-12 09:0{at}:00", 60 + at] for at, who in enumerate(("何晴", "李想", "何晴"))
    ]
    imported = _read("interactions", [header, *legs], "通话")
    assert (_codes(imported, Severity.WARNING), _codes(imported, Severity.NOTE)) == ([], ["rows-of-legs"])
    assert imported.columns["talk_seconds"] == [Decimal(60), Decimal(61), Decimal(62)]
    again: list[Cell] = ["c1", "何晴", "2026-10-12 09:09:00", 5]
    assert _codes(_read("interactions", [header, *legs, again]), Severity.WARNING) == ["ids-twice"]
