"""Units of headers in which few would write: parts of a thousand, millions, hundreds of millions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.forms import Forms
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.columns.values import CellFault, parse_ratio
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _import(rows: Sequence[Sequence[Any]], table: str, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "x.csv", Month(2026, 10))


def _metric(header: str, cell: object, **said: Any) -> tuple[object, list[str]]:
    rows = [("客服", "日期", header), ("王芳", "2026-10-08", cell)]
    found = _import(rows, "kpis", **said)
    (value,) = found.columns["value"]
    return value, [one.code for one in found.problems if one.severity is not Severity.NOTE]


@pytest.mark.parametrize("header", ["差错率(‰)", "差错率（‰）", "差错率‰", "差错千分率", "Error rate (‰)"])
def test_a_sign_for_parts_of_a_thousand_divides_bare_numbers_by_it(header: str) -> None:
    """3 under it is 0.003; a cell with a sign of its own keeps that."""
    assert _metric(header, "3") == (Decimal("0.003"), [])
    assert _metric(header, "3%")[0] == Decimal("0.03")


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("销售额(亿元)", 100_000_000),
        ("销售额（亿）", 100_000_000),
        ("销售额/亿元", 100_000_000),
        ("销售额(百万元)", 1_000_000),
        ("销售额百万元", 1_000_000),
        ("销售额(百万)", 1_000_000),
        ("Sales (million)", 1_000_000),
        ("Sales (in millions)", 1_000_000),
        ("销售额(万元)", 10_000),
        ("销售额(千元)", 1000),
    ],
)
def test_amounts_count_in_the_unit_of_their_header(header: str, factor: int) -> None:
    """As a figure of its own and as the amount of an order; a cell that says its scale is not multiplied."""
    assert _metric(header, "0.25")[0] == Decimal("0.25") * factor
    rows = [("客服", "付款日期", header), ("王芳", "2026-10-08", "0.25"), ("王芳", "2026-10-08", "300元")]
    found = _import(rows, "orders", columns={"amount": header})
    assert found.columns["amount"] == [Decimal("0.25") * factor, 300]


def test_a_mapping_may_say_such_a_unit_too() -> None:
    """Whatever the header says."""
    assert _metric("销售额", "0.25", metrics={"销售额": "百万元"})[0] == 250_000
    assert _metric("差错率", "3", metrics={"差错率": "‰"})[0] == Decimal("0.003")


def test_a_share_in_parts_of_a_thousand_is_at_most_the_whole() -> None:
    """1001 of a thousand are more than all."""
    forms = Forms(unit="‰")
    assert (parse_ratio(3, forms), parse_ratio("1000", forms)) == (Decimal("0.003"), Decimal(1))
    assert parse_ratio("1001", forms) == CellFault("value-not-a-ratio")
