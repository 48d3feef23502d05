"""Orders that were cancelled, not paid or given back are asked about; refunds count above 0 however they are typed."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal

import pytest

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADS = ("工号", "日期", "订单编号", "销售额")
DAY = "2026-10-08"


def _import(header: Sequence[Cell], *rows: Sequence[Cell], **said: object) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "orders", "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(header), *map(tuple, rows)]),)), source, "x.csv", Month(2026, 10))


def _orders(header: str, *states: tuple[str, str], **said: object) -> Imported:
    rows = [("1", DAY, f"o{at}", amount, state) for at, (state, amount) in enumerate(states)]
    return _import((*HEADS, header), *rows, **said)


def _asked(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


STATES = (("交易成功", "50"), ("交易关闭", "20"), ("交易关闭", "5.5"), ("备货中", "8"), ("已取消", "0"))


def test_states_that_are_no_sale_or_unknown_are_said_once_with_rows_and_amounts() -> None:
    """A cancelled order of 0 changes nothing. What to write keeps what was surely sold."""
    (said,) = _asked(_orders("订单状态", *STATES))
    assert (said.code, said.place.column) == ("order-states-unasked", "订单状态")
    assert (said.parameters["rows"], said.parameters["amount"]) == ("3", "33.50")
    assert said.found == ("“交易关闭” × 2 (25.50)", "“备货中” × 1 (8.00)")
    assert tomllib.loads(str(said.parameters["line"])) == {"keep": {"订单状态": ["交易成功"]}}


@pytest.mark.parametrize("line", ["line", "every"])
def test_either_line_settles_it(line: str) -> None:
    """With the first three rows less, with the second as many as before."""
    (said,) = _asked(_orders("订单状态", *STATES))
    settled = _orders("订单状态", *STATES, **tomllib.loads(str(said.parameters[line])))
    assert (_asked(settled), settled.accepted) == ([], 1 if line == "line" else 5)


def test_without_a_state_that_is_surely_sold_the_others_are_left_out() -> None:
    """There is nothing to keep."""
    (said,) = _asked(_orders("status", ("closed", "3"), ("Refunded", "4")))
    assert tomllib.loads(str(said.parameters["line"])) == {"leave_out": {"status": ["closed", "Refunded"]}}


@pytest.mark.parametrize(
    ("header", "states"),
    [
        ("订单状态", ("交易成功", "已发货", "待评价")),
        ("status", ("Completed", "shipped", "paid")),
        ("物流状态", ("运输中", "已取消揽收")),
        ("退款状态", ("未退款", "退款关闭")),
        ("备注", ("客户要取消", "退款")),
        ("订单类型", ("普通", "预售")),
    ],
)
def test_states_of_sales_and_of_other_things_are_not_said(header: str, states: Sequence[str]) -> None:
    """Parcels, remarks, and kinds of orders that nobody gave back."""
    assert _asked(_orders(header, *((state, "10") for state in states))) == []


def test_rows_of_refunds_that_count_as_sales_are_said() -> None:
    """A kind of row; below 0 it takes from the sales as it should."""
    (said,) = _asked(_orders("类型", ("销售", "10"), ("退款", "4")))
    assert said.parameters["amount"] == "4.00"
    assert _asked(_orders("类型", ("销售", "10"), ("退款", "-4"))) == []


def test_a_column_of_refunds_accounts_for_what_was_given_back() -> None:
    """The order was sold and given back, and both are known; one that was closed is asked about all the same."""
    rows = [("1", DAY, "o1", "10", "10", "退款成功"), ("1", DAY, "o2", "10", None, "交易成功")]
    header = (*HEADS, "退款金额", "订单状态")
    assert _asked(_import(header, *rows)) == []
    assert len(_asked(_import(header, *rows, ("1", DAY, "o3", "10", None, "交易关闭")))) == 1


def test_refunds_that_all_have_a_minus_are_amounts_given_back() -> None:
    """However a system writes them; what is 0 or empty stays."""
    rows = [("1", DAY, f"o{at}", "10", back) for at, back in enumerate(("-2", "0", None, "(3.5)"))]
    found = _import((*HEADS, "退款金额"), *rows)
    assert found.columns["refund_amount"] == [Decimal(2), Decimal(0), None, Decimal("3.5")]
    assert [one.code for one in found.problems if one.code.startswith("refunds")] == ["refunds-with-minus"]
    assert _asked(found) == []


def test_refunds_of_both_signs_count_as_they_stand_and_are_said() -> None:
    """A refund may be taken back; or two people typed it in two ways."""
    rows = [("1", DAY, f"o{at}", "10", back) for at, back in enumerate(("2", "-2", "3", "-1"))]
    found = _import((*HEADS, "退款金额"), *rows)
    (said,) = _asked(found)
    assert (said.code, said.found, said.place.row) == ("refunds-of-both-signs", ("3", "5"), 3)
    assert (said.parameters["plus"], said.parameters["amount"]) == ("2", "-3.00")
    assert found.columns["refund_amount"] == [Decimal(2), Decimal(-2), Decimal(3), Decimal(-1)]
