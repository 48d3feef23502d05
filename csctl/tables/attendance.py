"""Tables about when people worked: days and punches, leave, requests to mend a punch."""

from __future__ import annotations

from csctl.tables.days import DAY_COLUMNS
from csctl.tables.leave import LEAVE
from csctl.tables.model import AGENT, Column, Kind, NoRow, Stated, Table, day

ATTENDANCE = Table(
    "attendance",
    "one row per agent and day, or per agent and month where the system gives sums",
    (
        *AGENT,
        day("打卡日期", "考勤日期"),
        Column("shift", Kind.TEXT, "shift", ("班次", "考勤班次", "shift")),
        Column(
            "in_at",
            Kind.MOMENT,
            "first punch",
            ("上班打卡时间", "打卡时间/上班", "上班/打卡时间", "最早", "clock in", "punch in"),
        ),
        Column(
            "out_at",
            Kind.MOMENT,
            "last punch",
            ("下班打卡时间", "打卡时间/下班", "下班/打卡时间", "最晚", "clock out", "punch out"),
        ),
        Column("meal_seconds", Kind.SECONDS, "time taken for the meal", ("用餐时长", "meal time")),
        Column("due_days", Kind.NUMBER, "days due", ("应出勤天数", "应出勤", "due days")),
        Column("worked_days", Kind.NUMBER, "days worked", ("出勤天数", "实际出勤天数", "实际出勤", "worked days")),
        Column("late_count", Kind.COUNT, "times late", ("迟到次数", "late count")),
        Column("late_seconds", Kind.SECONDS, "time late", ("迟到时长", "late time", "late minutes", "minutes late")),
        Column("early_count", Kind.COUNT, "times left early", ("早退次数", "early count")),
        Column(
            "early_seconds",
            Kind.SECONDS,
            "time left early",
            ("早退时长", "early time", "early minutes", "minutes early"),
        ),
        Column("missed_in_count", Kind.COUNT, "missing punches at the start", ("上班缺卡次数", "missed in")),
        Column("missed_out_count", Kind.COUNT, "missing punches at the end", ("下班缺卡次数", "missed out")),
        Column("missed_count", Kind.COUNT, "missing punches", ("缺卡次数", "missed punches")),
        Column("absent_days", Kind.NUMBER, "days absent without leave", ("旷工天数", "absent days")),
        Column(
            "personal_leave_days",
            Kind.NUMBER,
            "unpaid personal leave",
            ("事假", "事假天数", "personal leave"),
        ),
        Column("sick_leave_days", Kind.NUMBER, "sick leave", ("病假", "病假天数", "sick leave")),
        Column(
            "paid_leave_days",
            Kind.NUMBER,
            "annual, marriage, funeral and other paid leave",
            ("年假", "年假天数", "paid leave"),
        ),
        Column(
            "result",
            Kind.TEXT,
            "what the system itself says of the day: normal, absent, out on business, on leave …",
            ("考勤结果", "考勤状态", "打卡结果", "attendance result", "attendance status"),
        ),
    ),
    derived=DAY_COLUMNS,
    no_row=NoRow.PRESENCE,
    stated=Stated.IN_ROWS,
)

PUNCH_FIXES = Table(
    "punch_fixes",
    "one row per request to mend a missing punch",
    (
        *AGENT,
        day("补卡日期", "缺卡日期", meaning="day of the missing punch"),
        Column("filed_on", Kind.DATE, "when it was filed", ("申请日期", "申请时间", "filed on")),
        Column("reason", Kind.TEXT, "why", ("补卡原因", "原因", "事由", "reason")),
        Column("approved", Kind.FLAG, "granted", ("审批结果", "是否批准", "approved")),
        Column("approver", Kind.TEXT, "who granted it", ("审批人", "approver")),
        Column("archived_on", Kind.DATE, "day it was put on file", ("留底日期", "存档日期", "archived on")),
    ),
)

ATTENDANCE_TABLES = (ATTENDANCE, LEAVE, PUNCH_FIXES)
