"""Failed rows and listings as text and as data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from csctl.core.records.findings import CheckFinding, ListedValue
from csctl.core.records.result import MonthResult
from csctl.problems import Place
from csctl.reports.checks_view import finding_lines, findings_object, listings_object
from tests.workbench import agent, month_of, policy

RULES = """
[[check]]
id = "revisit"
label = "投诉回访"
table = "complaints"
deadline = { from = "resolved_at", to = "revisited_at", hours = 48 }
kind = "process"
rule = "TM-081"

[[check]]
id = "plan"
label = "培训计划"
table = "training_plans"
filled = ["content"]

[[listing]]
id = "causes"
label = "原因"
table = "complaints"
by = "cause"

[[listing]]
id = "kinds"
label = "类型"
table = "complaints"
by = "category"
"""
DUE = datetime.fromisoformat("2026-10-04T10:00:00")
FINDINGS = (
    CheckFinding("revisit", "a1", Place("投诉.xlsx", "登记", 7), "没有回访时间", DUE, overdue=True),
    CheckFinding("plan", "", Place("计划.csv", "", 2), "未填：培训内容"),
)


def result(*findings: CheckFinding) -> MonthResult:
    """A month with these findings and one listing of two values."""
    listed = (ListedValue("causes", "资费", 3, 5), ListedValue("causes", "网络", 2, 5))
    return replace(month_of(policy(RULES), [agent("a1")]), findings=findings, listings=listed)


def test_what_failed_is_said_line_by_line() -> None:
    """Overdue rows are marked; a row about nobody names nobody."""
    lines = finding_lines(result(*FINDINGS), "zh", None)
    assert [(line.text, line.overdue) for line in lines] == [
        ("检查不合格 2 条，其中 1 条已逾期待办：", False),
        ("  [逾期] 投诉回访 · a1 name of a1 · 没有回访时间  [投诉.xlsx · 登记 · 第 7 行]", True),
        ("  培训计划 · 未填：培训内容  [计划.csv · 第 2 行]", False),
    ]


def test_after_so_many_lines_only_the_rest_is_counted() -> None:
    """The count in the heading is that of all."""
    lines = finding_lines(result(*FINDINGS, *FINDINGS), "en", 1)
    assert [line.text for line in lines[::2]] == [
        "4 rows failed a check, 2 of them overdue and still open:",
        "  3 more (all with --verbose)",
    ]


def test_nothing_failed_nothing_said() -> None:
    """No empty heading."""
    assert finding_lines(result(), "zh", 5) == []


def test_findings_as_data_name_check_rule_and_place() -> None:
    """In the order of the result, ready for JSON."""
    data = findings_object(result(*FINDINGS))
    assert json.loads(json.dumps(data)) == data
    assert data[0] == {
        "check": "revisit",
        "label": "投诉回访",
        "kind": "process",
        "rule": "TM-081",
        "agent_id": "a1",
        "file": "投诉.xlsx",
        "sheet": "登记",
        "row": 7,
        "text": "没有回访时间",
        "due": "2026-10-04 10:00",
        "overdue": True,
    }
    assert (data[1]["due"], data[1]["overdue"]) == (None, False)


def test_listings_as_data_have_their_values_and_total() -> None:
    """A listing without rows stays, with none."""
    assert [(one["listing"], one["total"], one["values"]) for one in listings_object(result())] == [
        ("causes", 5, [{"value": "资费", "rows": 3}, {"value": "网络", "rows": 2}]),
        ("kinds", 0, []),
    ]
