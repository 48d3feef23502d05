"""Attendance as two systems export it: daily statistics for the hotline, punch reports for the chat group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sample.days import SHIFTS, Day, days_of, is_workday
from sample.files import Page, words, workbook_bytes
from sample.people import CHAT, PHONE

WEEKDAYS = "一二三四五六日"
LEAVES = ("personal", "sick", "annual")
LEAVE_WORDS = {"personal": "事假", "sick": "病假", "annual": "年假"}


def _clock(punch: datetime | None, day: date) -> str:
    if punch is None:
        return ""
    return f"次日 {punch:%H:%M}" if punch.date() > day else f"{punch:%H:%M}"


def _results(entry: Day) -> tuple[str, str]:
    if not entry.present:
        return ("", "") if entry.state == "rest" else ("请假", "请假") if entry.state in LEAVES else ("缺卡", "缺卡")
    return "迟到" if entry.late_minutes else "正常", "正常" if entry.punch_out else "缺卡"


def _minutes(entry: Day) -> int:
    if entry.punch_in is None or entry.punch_out is None:
        return 0
    return int((entry.punch_out - entry.punch_in).total_seconds()) // 60 - 60


def _shift_words(entry: Day) -> str:
    if entry.state == "rest":
        return "休息"
    start, end = SHIFTS[entry.shift]
    return f"{entry.shift} {start:%H:%M}-{f'{end:%H:%M}' if end > start else '24:00'}"


DAILY_FIELDS = words("""
姓名 考勤组 部门 工号 职位 UserId 日期 班次 上班1打卡时间 上班1打卡结果 下班1打卡时间 下班1打卡结果
关联的审批单 出勤天数 休息天数 工作时长(分钟) 迟到次数 迟到时长(分钟) 早退次数 早退时长(分钟)
上班缺卡次数 下班缺卡次数 旷工天数
""")
DAILY_LEAVES = ("事假(小时)", "病假(小时)", "年假(天)")


def daily_book(year: int, month: int, entries: Sequence[Day]) -> bytes:
    """Daily statistics of the hotline group: title, time of the report, a header in two rows, one row per day."""
    days = days_of(year, month)
    report = days[-1] + timedelta(days=1)
    top = [f"每日统计表 统计日期：{days[0]} 至 {days[-1]}"]
    second = [f"报表生成时间：{report} 09:12"]
    head = [*DAILY_FIELDS, "请假", None, None]
    fields = [*[None] * len(DAILY_FIELDS), *DAILY_LEAVES]
    rows = [_daily_row(entry) for entry in entries if entry.person.group == PHONE]
    width = len(DAILY_FIELDS)
    merged = [(0, 0, 0, 12), *[(2, column, 3, column) for column in range(width)], (2, width, 2, width + 2)]
    return workbook_bytes(Page("每日统计", [top, second, head, fields, *rows], merged, 4, 11))


def _daily_row(entry: Day) -> list[str | int | float | None]:
    person, day = entry.person, entry.day
    name = f"{person.name}（离职）" if person.left else person.name
    result_in, result_out = _results(entry)
    form = f"{LEAVE_WORDS[entry.state]}{day:%m-%d} 09:00到{day:%m-%d} 18:00 1天" if entry.state in LEAVES else ""
    return [
        name, "热线考勤组", "客服部-热线组", person.id, person.level, f"u{person.id}",
        f"{day:%y-%m-%d} 星期{WEEKDAYS[day.weekday()]}", _shift_words(entry), _clock(entry.punch_in, day), result_in,
        _clock(entry.punch_out, day), result_out, form, int(entry.present), int(entry.state == "rest"), _minutes(entry),
        int(entry.late_minutes > 0), entry.late_minutes, 0, 0, 0, int(entry.present and entry.punch_out is None),
        int(entry.state == "absent"), 8 if entry.state == "personal" else 0, 8 if entry.state == "sick" else 0,
        int(entry.state == "annual"),
    ]  # fmt: skip


PUNCH_GROUPS = (
    ("基础信息", ("时间", "姓名", "账号", "部门", "职务", "所属规则", "班次")),
    ("考勤概况", ("最早", "最晚", "打卡次数(次)", "标准工作时长(小时)", "实际工作时长(小时)", "考勤结果")),
    ("异常统计", ("异常合计(次)", "迟到次数(次)", "迟到时长(分钟)", "早退次数(次)", "早退时长(分钟)", "旷工次数(次)",
                "旷工时长(分钟)", "缺卡次数(次)")),
    ("假勤统计", ("补卡次数(次)", "事假(天)", "病假(天)", "年假(天)")),
)  # fmt: skip


def punch_book(year: int, month: int, entries: Sequence[Day]) -> bytes:
    """Punch reports of the chat group: title, time, a row of groups, a row of fields, ``--`` where nothing is."""
    days = days_of(year, month)
    top = [f"上下班打卡_日报（{days[0]:%Y.%m.%d}~{days[-1]:%Y.%m.%d}）"]
    second = [f"统计时间:{days[0]:%Y.%m.%d}~{days[-1]:%Y.%m.%d} 制表时间:{days[-1] + timedelta(days=1):%Y.%m.%d} 08:30"]
    groups: list[str | None] = []
    merged = [(0, 0, 0, 8)]
    for group, fields in PUNCH_GROUPS:
        merged.append((2, len(groups), 2, len(groups) + len(fields) - 1))
        groups += [group, *[None] * (len(fields) - 1)]
    names = [field for _, fields in PUNCH_GROUPS for field in fields]
    rows = [_punch_row(entry) for entry in entries if entry.person.group == CHAT]
    return workbook_bytes(Page("概况统计与打卡明细", [top, second, groups, names, *rows], merged, 4, 11))


def _punch_row(entry: Day) -> list[str | int | float]:
    person, day = entry.person, entry.day
    missing = int(entry.present and entry.punch_out is None)
    wrong = int(entry.late_minutes > 0) + missing + int(entry.state == "absent")
    due = 8 if is_workday(day) else 0
    result = {"rest": "正常（休息）", "absent": "旷工"}.get(entry.state, LEAVE_WORDS.get(entry.state, "正常"))
    punches = sum(punch is not None for punch in (entry.punch_in, entry.punch_out))
    hours = _minutes(entry)
    return [
        f"{day:%Y/%m/%d}", person.name, person.account, "客服部/在线组", person.level, "在线客服规则",
        _shift_words(entry), _clock(entry.punch_in, day) or "--", _clock(entry.punch_out, day) or "--", punches, due,
        round(hours / 60, 1) if hours else "--", "异常" if wrong and entry.present else result, wrong or "--",
        int(entry.late_minutes > 0) or "--", entry.late_minutes or "--", "--", "--",
        1 if entry.state == "absent" else "--", 480 if entry.state == "absent" else "--", missing or "--", "--",
        *[1 if entry.state == leave else "--" for leave in LEAVES],
    ]  # fmt: skip
