"""Units in a row of their own below the header count as if they stood in the header."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

Merged = tuple[tuple[int, int, int, int], ...]


def _import(table: str, *rows: Sequence[Cell], merged: Merged = (), **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    sheet = Sheet("表", [tuple(row) for row in rows], merged=merged)
    return import_book(Book((sheet,)), source, "data/2026-10/x.xlsx", Month(2026, 10))


def _warnings(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


@pytest.mark.parametrize(
    "units",
    [
        ("", "次", "分钟", "%"),
        (None, "(次)", "(分钟)", "(%)"),
        ("-", "", "min", "%"),
        ("客服", "（单位：次）", "（单位：分钟）", "（单位：%）"),
        ("(姓名)", "", "[min.]", "[%]"),
        ("单位", "", "分钟", "%"),
    ],
)
@pytest.mark.parametrize("merged", [(), ((1, 1, 2, 1),)])
def test_a_row_of_units_gives_figures_their_units(units: Sequence[Cell], merged: Merged) -> None:
    """It is a row of the header: nobody's figures stand in it."""
    rows = [("客服", "接待量", "平均响应时长", "满意率"), units, ("林悦", "100", "1.5", "95")]
    imported = _import("kpis", *rows, merged=merged)
    assert imported.columns["metric"] == ["接待量", "平均响应时长", "满意率"]
    assert imported.columns["value"] == [100, 90, Decimal("0.95")]
    assert _warnings(imported) == []
    assert [(one.header, one.counted) for one in imported.fates] == [(2, 1)]


def test_a_row_of_units_gives_canonical_columns_theirs() -> None:
    """Beside it labels in brackets may stand."""
    calls = _import(
        "interactions",
        ("工号", "开始时间", "通话时长"), ("(编号)", "(年月日)", "(分钟)"), ("01", "2026-10-05 09:00", "1.5"),
    )  # fmt: skip
    assert calls.columns["talk_seconds"] == [90]
    orders = _import("orders", ("客服", "付款日期", "销售额"), ("", "", "万元"), ("林悦", "2026-10-05", 1.2))
    assert orders.columns["amount"] == [Decimal(12000)]
    for imported in (calls, orders):
        assert _warnings(imported) == []


def test_a_unit_in_the_header_itself_is_nearer_than_one_below() -> None:
    """Whatever the row below says."""
    rows = [("客服", "销售额（元）", "接待量"), ("", "万元", "次"), ("林悦", "1.2", "3")]
    assert _import("kpis", *rows).columns["value"] == [Decimal("1.2"), 3]


@pytest.mark.parametrize("merged", [((1, 4, 1, 5),), ()])
def test_minutes_and_seconds_below_one_name_are_one_length(merged: Merged) -> None:
    """3 and 30 are three minutes and a half; an empty part counts nothing."""
    calls = _import(
        "interactions",
        ("通话ID", "工号", "开始时间", "通话时长", None),
        (None, None, None, "分", "秒"),
        ("c1", "01", "2026-10-08 09:00", 3, 30),
        ("c2", "02", "2026-10-08 10:00", None, 10),
        merged=merged,
    )
    assert calls.columns["talk_seconds"] == [210, 10]
    assert _warnings(calls) == []


def test_minutes_and_seconds_below_one_name_are_one_figure() -> None:
    """Also where the other headers stand in cells merged downwards."""
    rows: list[tuple[Cell, ...]] = [("客服", "通话时长", None, "接待量"), (None, "分", "秒", None), ("林悦", 3, 30, 7)]
    for merged in ((), ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4))):
        imported = _import("kpis", *rows, merged=merged)
        assert dict(zip(imported.columns["metric"], imported.columns["value"], strict=True)) == {
            "通话时长": 210,
            "接待量": 7,
        }
        assert _warnings(imported) == []


def test_a_row_of_data_is_no_row_of_units() -> None:
    """A lone word beside somebody's name stays in its row."""
    imported = _import("kpis", ("客服", "接待量", "备注"), ("林悦", "100", "分钟"), ("周帆", "80", ""))
    assert imported.columns["value"] == [100, 80]
    assert imported.fates[0].header == 1
