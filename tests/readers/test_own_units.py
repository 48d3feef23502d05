"""The unit that a header names against the one that a profile knows, and against words for when time counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _import(rows: Sequence[Sequence[Any]], table: str, **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "x.csv", Month(2026, 10))


def _said(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems if one.severity is not Severity.NOTE]


PROFILES = (
    ("dingtalk-daily", ("姓名", "工号", "日期", "班次"), ("王芳", "0101", "2026-10-08", "白班"), "迟到时长"),
    ("dingtalk-monthly", ("姓名", "工号"), ("王芳", "0101"), "迟到时长"),
    ("wecom-daily", ("姓名", "账号", "时间", "班次"), ("王芳", "wf", "2026-10-08", "白班"), "迟到时长"),
    ("wecom-monthly", ("姓名", "账号"), ("王芳", "wf"), "迟到时长"),
    ("feishu-daily", ("姓名", "工号", "日期", "班次"), ("王芳", "0101", "2026-10-08", "白班"), "迟到时长"),
    ("feishu-monthly", ("姓名", "工号"), ("王芳", "0101"), "迟到时长"),
)


@pytest.mark.parametrize(("profile", "heads", "cells", "name"), PROFILES)
@pytest.mark.parametrize(
    ("unit", "cell", "seconds"),
    [("", "12", 720), ("(分钟)", "12", 720), ("(小时)", "0.2", 720), ("(秒)", "720", 720), ("(时:分)", "0:12", 720)],
)
def test_how_long_somebody_was_late_counts_in_the_unit_of_the_header_and_else_in_that_of_the_profile(
    profile: str, heads: tuple[str, ...], cells: tuple[str, ...], name: str, unit: str, cell: str, seconds: int
) -> None:
    """Twelve minutes, in every unit in which an administrator may have them exported."""
    found = _import([(*heads, name + unit), (*cells, cell)], "attendance", profile=profile)
    assert list(found.columns["late_seconds"]) == [Decimal(seconds)]


def test_what_the_workspace_says_of_a_unit_goes_before_what_the_header_names() -> None:
    """Who knows better than the header writes it down, and is obeyed."""
    rows = [("姓名", "工号", "迟到时长(小时)"), ("王芳", "0101", "12")]
    said = {"columns": {"late_seconds": {"unit": "minutes"}}}
    assert list(_import(rows, "attendance", profile="feishu-monthly", **said).columns["late_seconds"]) == [720]


@pytest.mark.parametrize(("header", "cell"), [("时长", "2.5"), ("时长(小时)", "2.5"), ("时长(分钟)", "150")])
def test_overtime_counts_in_the_unit_of_its_header(header: str, cell: str) -> None:
    """Two hours and a half are 9,000 seconds."""
    heads = ("审批编号", "审批状态", "审批结果", "发起人工号", "发起人姓名", "开始时间", header)
    rows = [heads, ("1", "完成", "同意", "0101", "王芳", "2026-10-08 18:00", cell)]
    found = _import(rows, "kpis", profile="dingtalk-overtime")
    assert (list(found.columns["value"]), _said(found)) == ([9000], [])


@pytest.mark.parametrize(
    ("unit", "cell"), [("in minutes", "30"), ("", "30"), ("(min)", "30"), ("(hrs)", "0.5"), ("in hours", "0.5")]
)
def test_the_first_reply_of_a_ticket_counts_in_the_unit_of_its_header(unit: str, cell: str) -> None:
    """Half an hour is 1,800 seconds; without a unit the system means minutes."""
    rows = [
        ("Id", "Assignee", "Created at", f"First reply time {unit}".strip()),
        ("1", "Ann", "2026-10-08 09:00", cell),
    ]
    found = _import(rows, "interactions", profile="zendesk-tickets")
    assert (list(found.columns["first_response_seconds"]), _said(found)) == ([1800], [])


@pytest.mark.parametrize("profile", [{}, {"profile": "zendesk-tickets"}])
@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("First reply time in minutes within business hours", 1800),
        ("First reply time in minutes during the working hours", 1800),
        ("First reply time in seconds outside of office hours", 30),
        ("First reply time in hours within business hours", 108_000),
    ],
)
def test_words_for_when_time_counts_are_no_unit(profile: dict[str, str], header: str, seconds: int) -> None:
    """Minutes within business hours are minutes, whoever maps the column."""
    rows = [("Id", "Assignee", "Created at", header), ("1", "Ann", "2026-10-08 09:00", "30")]
    found = _import(rows, "interactions", columns={"first_response_seconds": header}, **profile)
    assert list(found.columns["first_response_seconds"]) == [seconds]


def test_hours_worked_stay_hours() -> None:
    """A header that ends in hours and names no other unit counts in hours."""
    rows = [("Agent", "Date", "Working hours", "Overtime hours"), ("Ann", "2026-10-08", "8", "1.5")]
    assert list(_import(rows, "kpis").columns["value"]) == [28_800, 5400]


OVERTIME = ("姓名", "工号", "工作日加班(小时)", "休息日加班(小时)", "节假日加班(分钟)")


def test_a_sum_is_made_of_what_is_filled_in_and_a_row_with_nothing_to_add_up_has_none() -> None:
    """An empty part is nothing, not a row that cannot count; who has no overtime is noted and needs no look."""
    rows = [
        OVERTIME,
        ("王芳", "0101", "2.5", "", "60"),
        ("李伟", "0102", "", "", ""),
        ("张敏", "0103", "", "4", ""),
    ]
    found = _import(rows, "kpis", profile="dingtalk-monthly-overtime")
    assert list(found.columns["agent_name"]) == ["王芳", "张敏"]
    assert list(found.columns["value"]) == [12_600, 14_400]
    assert _said(found) == []
    assert "rows-without-sum" in [one.code for one in found.problems]


def test_a_sum_of_which_a_part_cannot_be_read_is_no_sum() -> None:
    """What stands there is said, and the row does not count with the rest of it."""
    rows = [OVERTIME, ("王芳", "0101", "2.5", "some", "60"), ("李伟", "0102", "1", "", "")]
    found = _import(rows, "kpis", profile="dingtalk-monthly-overtime")
    assert (list(found.columns["agent_name"]), list(found.columns["value"])) == (["李伟"], [3600])
    assert _said(found) == ["value-not-a-duration"]


def test_parts_of_a_sum_that_are_called_alike_but_for_their_units_all_count() -> None:
    """An hour and a half, and thirty minutes, are two hours."""
    rows = [("姓名", "加班(小时)", "加班(分钟)"), ("王芳", "1.5", "30"), ("李伟", "", "15")]
    value = {"from": ["加班(小时)", "加班(分钟)"], "sum": True}
    found = _import(rows, "kpis", columns={"metric": {"value": "加班时长"}, "value": value})
    assert (list(found.columns["value"]), _said(found)) == ([7200, 900], [])


@pytest.mark.parametrize("groups", [("工作日", "休息日"), ("加班", "加班")])
def test_parts_of_a_sum_under_two_groups_all_count(groups: tuple[str, str]) -> None:
    """Two columns of one name, each in its own unit."""
    heads = [("姓名", *groups), ("", "时长(小时)", "时长(分钟)")]
    names = [f"{groups[0]}/时长(小时)", f"{groups[1]}/时长(分钟)"]
    found = _import(
        [*heads, ("王芳", "1.5", "30"), ("李伟", "", "15"), ("张敏", "2", "")], "attendance",
        columns={"late_seconds": {"from": names, "sum": True}},
    )  # fmt: skip
    assert list(found.columns["late_seconds"]) == [7200, 900, 7200]
