"""The value of a metric that a source names is read by the unit of its header, as one that the header itself names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import import_book

SAID: dict[str, Any] = {"table": "kpis", "files": "x"}


def _values(header: str | list[str], *cells: object, **more: Any) -> list[object]:
    headers = [header] if isinstance(header, str) else header
    value = header if isinstance(header, str) else {"from": header, "sum": True}
    columns = {"metric": {"value": "加班时长"}, "value": value} | more
    source, problems = resolve_source(Source.model_validate({**SAID, "columns": columns}))
    assert source is not None, problems
    rows: list[tuple[Any, ...]] = [("工号", *headers), ("0101", *cells)]
    found = import_book(Book((Sheet("", rows),)), source, "x.csv", Month(2026, 10))
    assert [one.code for one in found.problems if one.severity is not Severity.NOTE] == []
    return list(found.columns["value"])


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("加班时长(小时)", 2.5, 9000),
        ("加班时长(分钟)", 90, 5400),
        ("Overtime (h)", 2, 7200),
        ("加班天数(天)", 2, 2),
        ("考核得分(分)", 95, 95),
        ("加班次数(次)", 3, 3),
    ],
)
def test_a_length_counts_in_seconds_by_the_unit_of_its_header(header: str, cell: object, value: int) -> None:
    """Points, counts and days are what they are."""

    assert _values(header, cell) == [Decimal(value)]


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("满意率(%)", 98.5, "0.985"),
        ("满意率", "98.5%", "0.985"),
        ("差错率‰", 2, "0.002"),
        ("销售额(万元)", 1.2, "12000"),
        ("平均响应时长", "0:00:30", "30"),
        ("数值", "2分30秒", "150"),
        ("数值", 12.5, "12.5"),
    ],
)
def test_it_is_read_as_a_metric_is_that_its_header_names(header: str, cell: object, value: str) -> None:
    """Named by the source or by the header, it is one figure."""
    assert _values(header, cell) == [Decimal(value)]
    source, _ = resolve_source(Source.model_validate(SAID))
    assert source is not None
    rows: list[tuple[Any, ...]] = [("工号", header), ("0101", cell)]
    melted = import_book(Book((Sheet("", rows),)), source, "x.csv", Month(2026, 10))
    assert melted.columns["value"] == [Decimal(value)]


def test_hours_and_minutes_of_one_row_add_up_to_seconds() -> None:
    """Each column in its own unit."""
    assert _values(["工作日加班(小时)", "节假日加班(分钟)"], 1.5, 30) == [Decimal(7200)]
