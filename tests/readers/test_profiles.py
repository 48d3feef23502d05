"""Shipped export formats: each reads a small file in the layout its system writes."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from csctl.messages import problem_fix, problem_text
from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import load_profile, profiles, resolve_source
from csctl.readers.columns.source import Profile, Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.tables import TABLES
from csctl.workspace import workspace_of

SHIPPED = [
    "appraisal-list",
    "chatwoot-agents",
    "dingtalk-daily",
    "dingtalk-leave",
    "dingtalk-monthly-overtime",
    "dingtalk-monthly",
    "dingtalk-overtime",
    "dingtalk-punch-fixes",
    "dingtalk-punches",
    "feige-agents",
    "feishu-daily",
    "feishu-monthly",
    "freshdesk-tickets",
    "genesys-agents",
    "genesys-interactions",
    "jd-agents",
    "kuaishou-agents",
    "qianniu-reception",
    "session-list",
    "wecom-daily",
    "wecom-monthly",
    "wecom-punch-list",
    "wecom-punches",
    "wjx-survey",
    "zendesk-tickets",
]


def _read(profile: str, *rows: Sequence[Cell], name: str = "数据", **said: Any) -> Imported:
    found, problems = load_profile(profile)
    assert found is not None, problems
    said = {"table": found.table, "files": "x", "profile": profile, **said}
    source, problems = resolve_source(Source.model_validate(said))
    assert source is not None, problems
    return import_book(Book((Sheet(name, [tuple(row) for row in rows]),)), source, "data/x", Month(2026, 7))


def _row(imported: Imported, index: int, *names: str) -> list[object]:
    return [imported.columns[name][index] for name in names]


def _counted(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems if problem.severity is not Severity.NOTE]


def test_every_shipped_profile_is_named_like_its_file_and_says_what_it_is() -> None:
    """In both languages, for a table and columns that exist."""
    assert [profile.id for profile in profiles()] == SHIPPED
    for profile in profiles():
        assert all([profile.label.zh, profile.label.en, profile.notes.zh, profile.notes.en])
        known = {column.name for column in TABLES[profile.table].columns}
        assert set(profile.columns) | set(profile.derive) <= known
        source = Source.model_validate({"table": profile.table, "files": "x", "profile": profile.id})
        assert resolve_source(source)[1] == []


def test_an_unknown_profile_names_the_nearest() -> None:
    """A typing error is answered, not guessed."""
    profile, problems = load_profile("dingtalk-dayly")
    assert profile is None
    assert (problems[0].code, problems[0].parameters["known"]) == (
        "profile-unknown",
        ("dingtalk-daily", "dingtalk-monthly", "dingtalk-leave"),
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"table": "order"}, "source-table-unknown"),
        ({"table": "orders", "columns": {"amout": "x"}}, "source-column-unknown"),
        ({"table": "orders", "profile": "dingtalk-daily"}, "profile-table-differs"),
        ({"table": "orders", "profile": "nothing"}, "profile-unknown"),
        ({"table": "attendance", "derive": {"shift": {"headers": "x"}}}, "derive-column-not-a-figure"),
    ],
)
def test_a_source_that_cannot_be_meant_is_refused_with_words(said: dict[str, Any], code: str) -> None:
    """Unknown table, column or profile, and a profile of another table."""
    source, problems = resolve_source(Source.model_validate({"files": "x", **said}))
    assert source is None
    assert [problem.code for problem in problems] == [code]
    assert all(
        problem_text(problem, language) and problem_fix(problem, language)
        for problem in problems
        for language in ("zh", "en")
    )


def test_what_a_source_says_about_a_column_replaces_only_that() -> None:
    """A new header keeps the profile's texts; a constant keeps no header."""
    columns = {"score": "3、服务评价", "kind": {"value": "回访"}, "agent": "客服昵称"}
    source, _ = resolve_source(
        Source.model_validate({"table": "surveys", "files": "x", "profile": "wjx-survey", "columns": columns})
    )
    assert source is not None
    score = source.columns["score"]
    assert (score.from_, score.optional, (score.texts or {})["满意"]) == (("3、服务评价",), False, "4")
    assert source.columns["agent_name"].from_ == ("客服昵称",)
    assert source.columns["date"].optional


def test_the_daily_attendance_of_dingtalk_counts_punch_results() -> None:
    """Two header rows, a date with weekday, a day off that is not due, names of those who left."""
    imported = _read(
        "dingtalk-daily",
        ("每日统计 统计日期：2026-07-01 至 2026-07-02",),
        ("报表生成时间：2026-07-03 08:00",),
        ("姓名", "考勤组", "部门", "工号", "UserId", "日期", "班次", "上班1", None, "下班1", None),
        (None, None, None, None, None, None, None, "打卡时间", "打卡结果", "打卡时间", "打卡结果"),
        (
            "王芳（离职）",
            "客服",
            "客服部",
            None,
            "u1",
            "26-07-01 星期三",
            "白班 08:00-17:00",
            "08:10",
            "迟到",
            "次日 00:04",
            "正常",
        ),
        ("李雷", "客服", "客服部", None, "u2", "26-07-01 星期三", "白班 08:00-17:00", None, "缺卡", None, "缺卡"),
        ("李雷", "客服", "客服部", None, "u2", "26-07-02 星期四", "休息", None, None, None, None),
    )
    names = (
        "agent_id",
        "agent_name",
        "date",
        "due_days",
        "worked_days",
        "late_count",
        "missed_in_count",
        "missed_count",
    )
    assert _row(imported, 0, *names) == ["u1", "王芳", date(2026, 7, 1), 1, 1, 1, 0, 0]
    assert _row(imported, 1, *names) == ["u2", "李雷", date(2026, 7, 1), 1, 0, 0, 1, 2]
    assert _row(imported, 2, *names) == ["u2", "李雷", date(2026, 7, 2), 0, 0, 0, 0, 0]
    assert _counted(imported) == []


def test_the_monthly_attendance_of_dingtalk_turns_hours_of_leave_into_days() -> None:
    """Units stand in the headers and differ between kinds of leave."""
    imported = _read(
        "dingtalk-monthly",
        ("月度汇总 统计日期：2026-07-01 至 2026-07-31",),
        ("报表生成时间：2026-08-01 08:00",),
        (
            "姓名",
            "工号",
            "UserId",
            "出勤天数",
            "迟到次数",
            "迟到时长(分钟)",
            "上班缺卡次数",
            "下班缺卡次数",
            "请假",
            None,
            None,
            "考勤结果",
            None,
        ),
        (None, None, None, None, None, None, None, None, "事假(小时)", "病假(小时)", "年假(天)", "1", "2"),
        ("王芳", "007", "u1", 21, 2, 15, 1, 0, 4, None, 1, "正常", "休息"),
    )
    names = ("agent_id", "worked_days", "late_count", "late_seconds", "missed_in_count", "missed_out_count",
             "personal_leave_days", "sick_leave_days", "paid_leave_days", "month")  # fmt: skip
    assert _row(imported, 0, *names) == ["007", 21, 2, 900, 1, 0, Decimal("0.5"), None, 1, "2026-07"]
    assert _counted(imported) == []


def test_the_daily_report_of_wecom_is_read_under_its_groups() -> None:
    """Empty cells are --, sub-headers repeat, the date is named 时间."""
    imported = _read(
        "wecom-daily",
        ("上下班打卡_日报",),
        ("统计时间:2026.07.01~2026.07.02 制表时间:2026.07.03",),
        ("基础信息", None, None, None, "考勤概况", None, "异常统计", None, None, None, "上班1", "下班1"),
        (
            "时间",
            "姓名",
            "账号",
            "班次",
            "最早",
            "最晚",
            "迟到次数(次)",
            "迟到时长(分钟)",
            "旷工次数(次)",
            "缺卡次数(次)",
            "打卡时间",
            "打卡时间",
        ),
        ("2026/07/01", "王芳", "wangfang", "白班", "09:10", "18:00", 1, 10, "--", "--", "09:10", "18:00"),
        ("2026/07/02", "王芳", "wangfang", "休息", "--", "--", "--", "--", "--", "--", "--", "--"),
    )
    names = ("agent_id", "date", "due_days", "worked_days", "late_count", "late_seconds", "absent_days")
    assert _row(imported, 0, *names) == ["wangfang", date(2026, 7, 1), 1, 1, 1, 600, None]
    assert _row(imported, 1, *names) == ["wangfang", date(2026, 7, 2), 0, 0, None, None, None]
    assert _counted(imported) == []


def test_reception_figures_of_qianniu_become_metrics() -> None:
    """Mixed brackets in the header, totals and means at the end."""
    imported = _read(
        "qianniu-reception",
        ("旺旺昵称", "咨询人数", "平均响应时长（秒)", "旺旺回复率", "答问比", "旺旺分组"),
        ("店铺:小王", 100, 25.5, 0.9971, "120%", "售前"),
        ("汇总值", 100, 25.5, 0.9971, "120%", None),
        ("平均值", 100, 25.5, 0.9971, "120%", None),
    )
    assert imported.columns["metric"] == ["咨询人数", "平均响应时长（秒)", "旺旺回复率", "答问比"]
    assert imported.columns["value"] == [Decimal(100), Decimal("25.5"), Decimal("0.9971"), Decimal("1.2")]
    assert _counted(imported) == []


def test_a_list_of_sessions_is_read_with_its_units() -> None:
    """Flags in words, durations in seconds."""
    imported = _read(
        "session-list",
        ("客服", "客户", "会话开始时间", "接入方式", "排队时长(秒)", "首次响应时长(秒)", "会话时长(秒)",
         "满意度评分", "是否已解决", "会话有效性"),
        ("王芳", "c1", "2026-07-01 09:00:00", "网页", 3, 12, 300, 5, "已解决", "有效会话"),
    )  # fmt: skip
    names = ("agent_name", "customer_id", "started_at", "wait_seconds", "first_response_seconds", "talk_seconds",
             "satisfaction", "resolved", "answered")  # fmt: skip
    assert _row(imported, 0, *names) == ["王芳", "c1", datetime(2026, 7, 1, 9), 3, 12, 300, 5, True, True]
    assert _counted(imported) == []


def test_a_survey_of_wenjuanxing_needs_only_its_questions_named() -> None:
    """The question's number may be left out; answers in words count 5 to 1."""
    header = (
        "序号",
        "提交答卷时间",
        "所用时间",
        "来源",
        "来自IP",
        "1、为您服务的客服",
        "2、您对服务满意吗",
        "3、哪些方面好",
    )
    row = ("1", "2026/07/03 12:00:00", "86秒", "微信", "1.2.3.4", "王芳", "非常满意", "态度┋速度")
    columns = {"agent_name": "为您服务的客服", "score": "2、您对服务满意吗", "comment": "哪些方面好"}
    imported = _read("wjx-survey", header, row, columns=columns)
    assert _row(imported, 0, "agent_name", "date", "score", "comment") == ["王芳", date(2026, 7, 3), 5, "态度┋速度"]
    missing = _read("wjx-survey", header, row)
    assert _counted(missing) == ["columns-missing"]


def test_tickets_of_zendesk_are_read_in_seconds_and_flags() -> None:
    """Calendar minutes are taken, business minutes are left aside."""
    header = ("Id", "Assignee", "Status", "Via", "Created at", "Solved at", "Satisfaction Score", "Reopens", "Replies",
              "First reply time in minutes", "First reply time in minutes within business hours",
              "Full resolution time in minutes")  # fmt: skip
    imported = _read(
        "zendesk-tickets",
        header,
        ("1", "Li", "Solved", "Web", "2026-07-01 09:00", "2026-07-01 10:00", "Good", "0", "3", "2.5", "1", "60"),
        ("2", "Li", "Open", "Mail", "2026-07-02 09:00", None, "Offered", "1", "1", None, None, None),
        name="",
    )
    names = ("interaction_id", "resolved", "satisfaction", "first_response_seconds", "resolution_seconds", "reopened")
    assert _row(imported, 0, *names) == ["1", True, 1, 150, 3600, 0]
    assert _row(imported, 1, *names) == ["2", False, None, None, None, 1]
    assert _counted(imported) == []


def test_tickets_of_freshdesk_keep_empty_durations_missing() -> None:
    """Hours are written as a clock; an empty clock is not zero."""
    header = ("Ticket ID", "Status", "Source", "Type", "Agent", "Created time", "Resolved time",
              "Initial response time", "First response time (in hrs)", "Resolution time (in hrs)",
              "Survey results")  # fmt: skip
    imported = _read(
        "freshdesk-tickets",
        header,
        ("1", "Closed", "Email", "Question", "Li", "2026-07-01 09:00:00", "2026-07-01 10:30:00", "2026-07-01 09:02:00",
         "00:02:00", "01:30:00", "Happy"),
        ("2", "Open", "Email", None, "Li", "2026-07-01 09:00:00", None, None, None, None, None),
        name="",
    )  # fmt: skip
    names = ("resolved", "resolved_at", "first_response_seconds", "resolution_seconds", "satisfaction")
    assert _row(imported, 0, *names) == [True, datetime(2026, 7, 1, 10, 30), 120, 5400, None]
    assert _row(imported, 1, *names) == [False, None, None, None, None]
    assert _counted(imported) == []


@pytest.mark.parametrize("agent", ["Agent name", "客服名称"])
def test_the_agent_report_of_chatwoot_becomes_metrics_in_any_language(agent: str) -> None:
    """The period stands above; times are words."""
    imported = _read(
        "chatwoot-agents",
        ("Reporting period 2026-07-01 to 2026-07-31",),
        (),
        (agent, "Conversations count", "Avg first response time"),
        ("Li", "12", "2 minutes 5 seconds"),
        ("Han", "0", "N/A"),
        name="",
    )
    found = list(zip(*(imported.columns[name] for name in ("agent_name", "metric", "value")), strict=True))
    assert found == [
        ("Li", "Conversations count", 12),
        ("Li", "Avg first response time", 125),
        ("Han", "Conversations count", 0),
    ]
    assert _counted(imported) == []


def test_a_header_in_a_row_and_none_at_all_is_refused_with_what_to_write(tmp_path: Path) -> None:
    """Either of them alone is fine; the line of the source is named."""
    config = """name = "Desk"
policy = "insurance"
[[source]]
table = "roster"
files = "roster.csv"
header_row = 2
"""
    assert workspace_of(tmp_path, config)[1] == []
    assert workspace_of(tmp_path, config.replace("header_row = 2", 'header = "none"'))[1] == []
    (said,) = workspace_of(tmp_path, config + 'header = "none"\n')[1]
    assert (said.code, said.severity, said.place.row) == ("header-none-and-row", Severity.ERROR, 3)
    assert problem_fix(said, "en") == (
        "without a header, leave out header_row and count columns from 1; with one, leave out header"
    )


def test_what_a_source_says_of_the_header_stands_for_all_that_its_profile_says() -> None:
    """The row of a profile is not looked for where the source says that there is none."""
    profile = Profile.model_validate(
        {
            "id": "own", "label": {"zh": "", "en": ""}, "notes": {"zh": "", "en": ""}, "table": "orders",
            "header_row": 3,
        }
    )  # fmt: skip
    source = Source.model_validate({"table": "orders", "files": "x", "profile": "own", "header": "none"})
    with mock.patch("csctl.readers.columns.profile._shipped", return_value={"own": profile}):
        resolved, problems = resolve_source(source)
    assert problems == []
    assert resolved
    assert (resolved.header, resolved.header_row) == ("none", None)
