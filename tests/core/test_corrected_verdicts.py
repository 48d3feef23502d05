"""Verdicts whose fault has been put right cost nothing; one that is not decided costs nothing yet, and is said."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from csctl.core.working_time.corrections import VerdictStanding, verdict_standing
from csctl.messages import LANGUAGES, problem_fix
from tests.attendance import at, of, said, value
from tests.core.test_contradictions import DAY, month_with
from tests.core.test_due_days import rules
from tests.workbench import D

FAULTS = ("late_count", "early_count", "unfixed_punches", "absent_days")
FIXES = "punch_fixes = { within_days = 3, per_month = 2, reason_required = false }"


@pytest.mark.parametrize(
    ("verdict", "standing"),
    [
        ("缺卡(已补卡)", VerdictStanding.CORRECTED),
        ("缺卡（补卡审批通过）", VerdictStanding.CORRECTED),
        ("缺卡已补", VerdictStanding.CORRECTED),
        ("旷工(申诉成功)", VerdictStanding.CORRECTED),
        ("Missing punch (corrected)", VerdictStanding.CORRECTED),
        ("late in (appeal approved)", VerdictStanding.CORRECTED),
        ("迟到(已申诉)", VerdictStanding.PENDING),
        ("缺卡(补卡审批中)", VerdictStanding.PENDING),
        ("缺卡(待补卡)", VerdictStanding.PENDING),
        ("absent (appeal pending)", VerdictStanding.PENDING),
        ("缺卡(未补卡)", VerdictStanding.STANDS),
        ("缺卡(补卡驳回)", VerdictStanding.STANDS),
        ("缺卡(补卡未通过)", VerdictStanding.STANDS),
        ("late in (not corrected)", VerdictStanding.STANDS),
        ("absent (unexcused)", VerdictStanding.STANDS),
        ("缺卡", VerdictStanding.STANDS),
        ("补休", VerdictStanding.STANDS),
    ],
)
def test_a_remark_tells_whether_the_fault_stands(verdict: str, standing: VerdictStanding) -> None:
    assert verdict_standing(verdict) is standing


@pytest.mark.parametrize(
    ("verdict", "came", "left"),
    [
        ("缺卡(已补卡)", None, "18:10"),
        ("下班缺卡（补卡审批通过）", "08:20", None),
        ("补卡通过", "08:20", None),
        ("缺卡(已补卡)", None, None),
        ("旷工(申诉成功)", None, None),
        ("迟到(申诉通过)", "09:20", "18:10"),
        ("Early out (corrected)", "08:20", "17:10"),
    ],
)
def test_what_has_been_put_right_costs_nothing_and_needs_no_look(
    tmp_path: Path, verdict: str, came: str | None, left: str | None
) -> None:
    row = {"result": verdict, "in_at": came and at(DAY, came), "out_at": left and at(DAY, left)}
    result, problems = of(tmp_path, rules(FIXES), month_with(row))
    assert [value(result, "a1", name) for name in (*FAULTS, "blemishes")] == [0] * 5
    assert problems == []


@pytest.mark.parametrize(
    ("verdict", "came", "left"),
    [
        ("迟到(已申诉)", "09:20", "18:10"),
        ("旷工(申诉中)", None, None),
        ("补卡审批中", None, "18:10"),
        ("Absent (appeal pending)", None, None),
    ],
)
def test_what_is_not_decided_costs_nothing_yet_and_is_said(
    tmp_path: Path, verdict: str, came: str | None, left: str | None
) -> None:
    row = {"result": verdict, "in_at": came and at(DAY, came), "out_at": left and at(DAY, left)}
    result, problems = of(tmp_path, rules(FIXES), month_with(row))
    assert [value(result, "a1", name) for name in FAULTS] == [0] * 4
    assert value(result, "a1", "blemishes") is None
    assert f"{verdict} (1)" in said(problems, "attendance-verdict-pending")
    assert all(problem_fix(one, language) for one in problems for language in LANGUAGES)


@pytest.mark.parametrize("verdict", ["缺卡(补卡驳回)", "缺卡(未补卡)", "缺卡"])
def test_a_correction_that_was_refused_changes_nothing(tmp_path: Path, verdict: str) -> None:
    result, problems = of(tmp_path, rules(FIXES), month_with({"result": verdict, "in_at": at(DAY, "08:20")}))
    assert value(result, "a1", "unfixed_punches") == 1
    assert problems == []


def test_one_of_two_faults_put_right_leaves_the_other(tmp_path: Path) -> None:
    row = {"result": "迟到,下班缺卡(已补卡)", "in_at": at(DAY, "09:20")}
    result, _ = of(tmp_path, rules(FIXES), month_with(row))
    assert [value(result, "a1", name) for name in FAULTS] == [1, 0, 0, 0]


def test_a_request_for_the_day_is_judged_by_the_policy_instead(tmp_path: Path) -> None:
    """The verdict says corrected, but the request for that day was filed too late by the policy."""
    tables = month_with({"result": "缺卡(已补卡)", "in_at": at(DAY, "08:20")})
    day = at(DAY, "00:00").date()
    tables["punch_fixes"] = [{"agent_id": "a1", "date": day, "filed_on": day.replace(day=28), "approved": True}]
    result, problems = of(tmp_path, rules(FIXES), tables)
    assert value(result, "a1", "unfixed_punches") == 1
    assert [one.code for one in problems] == ["fix-filed-late"]


@pytest.mark.parametrize("verdict", ["旷工半天", "旷工0.5天", "旷工½天", "旷工1/2天", "Absent half day"])
def test_half_a_day_of_absence_is_half_a_day(tmp_path: Path, verdict: str) -> None:
    """And no punch is missing beside it."""
    result, problems = of(tmp_path, rules(), month_with({"result": verdict}))
    assert [value(result, "a1", name) for name in ("absent_days", "missed_punches")] == [D("0.5"), 0]
    assert problems == []


@pytest.mark.parametrize(("verdict", "unpaid"), [("事假0.5天", D("0.5")), ("事假半天", D("0.5")), ("病假0.5天", 0)])
def test_half_a_day_of_leave_in_a_verdict_is_half_a_day(tmp_path: Path, verdict: str, unpaid: Decimal) -> None:
    """The other half was worked."""
    row = {"result": verdict, "in_at": at(DAY, "13:30"), "out_at": at(DAY, "18:10")}
    result, problems = of(tmp_path, rules(), month_with(row))
    assert [value(result, "a1", name) for name in ("leave_days", "unpaid_leave_days")] == [D("0.5"), unpaid]
    assert [value(result, "a1", name) for name in FAULTS] == [0] * 4
    assert problems == []


def test_half_a_day_of_leave_and_no_punches_is_half_a_day_absent(tmp_path: Path) -> None:
    result, problems = of(tmp_path, rules(), month_with({"result": "事假0.5天"}))
    assert [value(result, "a1", name) for name in ("leave_days", "absent_days")] == [D("0.5"), D("0.5")]
    assert "10-13" in said(problems, "attendance-blank-absent")


@pytest.mark.parametrize("verdict", ["迟到(地铁故障)", "Late in (bus broke down)"])
def test_a_fault_with_a_remark_that_nobody_knows_counts_and_is_said(tmp_path: Path, verdict: str) -> None:
    row = {"result": verdict, "in_at": at(DAY, "09:20"), "out_at": at(DAY, "18:10")}
    result, problems = of(tmp_path, rules(), month_with(row))
    assert value(result, "a1", "late_count") == 1
    assert f"{verdict} (1)" in said(problems, "attendance-verdict-remark")


@pytest.mark.parametrize("verdict", ["迟到(20分钟)", "迟到20分钟", "迟到(上班)", "Late in (50 min)", "迟到(不予考核)"])
def test_a_remark_that_is_understood_is_not_said(tmp_path: Path, verdict: str) -> None:
    row = {"result": verdict, "in_at": at(DAY, "09:20"), "out_at": at(DAY, "18:10")}
    result, problems = of(tmp_path, rules(), month_with(row))
    assert value(result, "a1", "late_count") == (0 if "考核" in verdict else 1)
    assert problems == []
