"""Time by state: what a telephone or chat system says an agent was doing."""

from __future__ import annotations

from csctl.tables.days import DAY_COLUMNS
from csctl.tables.model import AGENT, Column, Kind, NoRow, Table, day

AGENT_STATES = Table(
    "agent_states",
    "time per agent and day: planned, present, talking, waiting, on breaks",
    (
        *AGENT,
        day("统计日期", "班次日期"),
        Column("scheduled_seconds", Kind.SECONDS, "planned working time", ("排班时长", "计划时长", "scheduled time")),
        Column(
            "adherent_seconds",
            Kind.SECONDS,
            "planned time spent in the state that was planned",
            ("遵时时长", "排班吻合时长", "adherent time", "time in adherence"),
        ),
        Column(
            "available_seconds",
            Kind.SECONDS,
            "ready and waiting",
            ("空闲时长", "就绪时长", "available time", "idle time"),
        ),
        Column(
            "handling_seconds",
            Kind.SECONDS,
            "talking, holding and finishing contacts",
            ("处理时长", "工作时长", "服务时长", "handling time"),
        ),
        Column("paid_seconds", Kind.SECONDS, "paid working time", ("计薪时长", "工时", "paid time")),
        Column("break_seconds", Kind.SECONDS, "breaks", ("小休时长", "休息时长", "break time")),
    ),
    derived=DAY_COLUMNS,
    no_row=NoRow.ACTIVITY,
)

STATE_TABLES = (AGENT_STATES,)
