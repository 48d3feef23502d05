"""Days at work, and how DingTalk, WeCom and Feishu write them."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random

from csctl.readers.grid import Cell
from tests.readers.systems.shape import Made, Person, Rows, Shape, clock, people

WEEKDAYS = "一二三四五六日"
START, END = 9 * 60, 18 * 60
KINDS = ("worked", "late", "early", "no_in", "no_out", "absent", "rest", "personal", "sick", "marriage", "away")
BANNERS: Rows = [("每日统计 统计日期：2026-07-01 至 2026-07-31",), ("报表生成时间：2026-08-01 08:00",)]


@dataclass(frozen=True)
class Day:
    """One person's day: what happened, and the punches in minutes since midnight."""

    who: Person
    day: date
    kind: str
    came: int | None
    left: int | None

    @property
    def late(self) -> int:
        """Minutes late."""
        return max(0, (self.came or 0) - START)

    @property
    def early(self) -> int:
        """Minutes early."""
        return END - self.left if self.kind == "early" and self.left is not None else 0

    @property
    def shift(self) -> str:
        """The shift as all three systems write it."""
        return "休息" if self.kind == "rest" else "白班 09:00-18:00"

    def moment(self, minutes: int | None) -> datetime | None:
        """A punch as a moment."""
        return None if minutes is None else datetime(self.day.year, self.day.month, self.day.day, *divmod(minutes, 60))

    def is_(self, *kinds: str) -> int:
        """1 if the day is of one of these kinds."""
        return int(self.kind in kinds)


def days_of(random: Random) -> list[Day]:
    """Some days of July of some people; no two rows of one day."""
    found = []
    for who in people(random):
        for number in sorted(random.sample(range(1, 32), random.randint(3, 6))):
            kind = random.choice(KINDS)
            came: int | None = START - random.randint(0, 30)
            left: int | None = END + random.randint(0, 59)
            came = START + random.randint(1, 50) if kind == "late" else came
            left = END - random.randint(1, 50) if kind == "early" else left
            if kind in ("absent", "rest", "personal", "sick", "marriage", "away"):
                came = left = None
            came, left = (None if kind == "no_in" else came), (None if kind == "no_out" else left)
            found.append(Day(who, date(2026, 7, number), kind, came, left))
    return found


IN_WORDS = {
    "late": "迟到",
    "no_in": "缺卡",
    "absent": "旷工",
    "personal": "请假",
    "sick": "请假",
    "marriage": "请假",
    "away": "外勤",
}
OUT_WORDS = {
    "early": "早退",
    "no_out": "缺卡",
    "absent": "缺卡",
    "personal": "请假",
    "marriage": "请假",
    "away": "外勤",
}


APPROVALS = {
    "personal": "事假07-01 09:00到07-01 18:00 8小时",
    "sick": "病假07-01 09:00到07-01 18:00 8小时",
    "marriage": "婚假07-01到07-01 1天",
    "away": "外出07-01 09:00到07-01 18:00 8小时",
}


def _result(day: Day, words: dict[str, str], punch: int | None) -> str | None:
    if day.kind == "rest":
        return None
    return words.get(day.kind, "正常" if punch is not None else None)


def _time(minutes: int | None) -> str | None:
    return None if minutes is None else clock(minutes)


def _common(days: list[Day]) -> dict[str, list[object]]:
    return {
        "agent_name": [one.who.name for one in days],
        "date": [one.day for one in days],
        "shift": [one.shift for one in days],
        "in_at": [one.moment(one.came) for one in days],
        "out_at": [one.moment(one.left) for one in days],
    }


def _seconds(minutes: int) -> Decimal:
    return Decimal(minutes * 60)


def _counts(days: list[Day]) -> dict[str, list[object]]:
    return {
        "late_count": [one.is_("late") for one in days],
        "early_count": [one.is_("early") for one in days],
        "missed_count": [one.is_("no_in", "no_out") for one in days],
    }


def dingtalk_daily(*, counted: bool, numbered: bool) -> Callable[[Random], Made]:
    """Two rows of headers; with the system's own counts or without, with staff numbers or none."""

    def make(random: Random) -> Made:
        days = days_of(random)
        upper: list[Cell] = ["姓名", "考勤组", "部门", "工号", "UserId", "日期", "班次", "上班1", None, "下班1", None]
        lower: list[Cell] = [*[None] * 7, "打卡时间", "打卡结果", "打卡时间", "打卡结果"]
        upper += ["关联的审批单", "迟到时长(分钟)", "早退时长(分钟)"]
        lower += [None] * 3
        if counted:
            upper += ["出勤天数", "迟到次数", "早退次数", "上班缺卡次数", "下班缺卡次数", "旷工天数"]
            lower += [None] * 6
        upper += ["请假", None, None]
        lower += ["事假(小时)", "病假(小时)", "婚假(天)"]
        rows: Rows = [*BANNERS, upper, lower]
        for one in days:
            row: list[Cell] = [one.who.name, "客服", "客服部", one.who.id if numbered else None, one.who.account]
            row += [f"{one.day:%y-%m-%d} 星期{WEEKDAYS[one.day.weekday()]}", one.shift]
            row += [_time(one.came), _result(one, IN_WORDS, one.came)]
            row += [_time(one.left), _result(one, OUT_WORDS, one.left)]
            row += [APPROVALS.get(one.kind), one.late or None, one.early or None]
            if counted:
                row += [one.is_("worked", "late", "early", "no_out", "away"), one.is_("late"), one.is_("early")]
                row += [one.is_("no_in"), one.is_("no_out") or None, one.is_("absent") or None]
            row += [8 * one.is_("personal") or None, 8 * one.is_("sick") or None, one.is_("marriage") or None]
            rows.append(row)
        expected = _common(days) | _counts(days)
        expected |= {
            "agent_id": [one.who.id if numbered else one.who.account for one in days],
            "late_seconds": [_seconds(one.late) if one.late else None for one in days],
            "early_seconds": [_seconds(one.early) if one.early else None for one in days],
            "missed_in_count": [one.is_("no_in") for one in days],
            "missed_out_count": [one.is_("no_out") for one in days],
            "absent_days": [one.is_("absent") for one in days],
            "due_days": [1 - one.is_("rest") for one in days],
            "worked_days": [one.is_("worked", "late", "early", "no_out", "away") for one in days],
            "personal_leave_days": [one.is_("personal") or None for one in days],
            "sick_leave_days": [one.is_("sick") or None for one in days],
            "paid_leave_days": [one.is_("marriage") or None for one in days],
            "result": [APPROVALS.get(one.kind) or _result(one, IN_WORDS, one.came) for one in days],
        }
        return Made([("月度汇总", [("姓名", "工号", "迟到次数"), ("王芳", "1", 3)]), ("每日统计", rows)], expected)

    return make


SUMS = ("worked", "late", "early", "no_in", "no_out", "absent")


@dataclass(frozen=True)
class Sums:
    """A month of one person."""

    who: Person
    counts: dict[str, int]
    late: int
    early: int
    personal: int
    sick: int
    annual: int
    funeral: int


def sums_of(random: Random) -> list[Sums]:
    """Sums of some people; the first has something of everything."""
    found = []
    for at, who in enumerate(people(random)):
        least = 0 if at else 1
        counts = {name: random.randint(least, 5) for name in SUMS} | {"worked": random.randint(15, 22)}
        late, early, *leave = (random.randint(least, 9) for _ in range(6))
        found.append(Sums(who, counts, late, early, *leave))
    return found


def _expected_sums(months: list[Sums], *, hours: bool) -> dict[str, list[object]]:
    day = Decimal(8) if hours else Decimal(1)
    return {
        "agent_name": [one.who.name for one in months],
        "worked_days": [one.counts["worked"] for one in months],
        "late_count": [one.counts["late"] for one in months],
        "late_seconds": [_seconds(one.late) for one in months],
        "early_count": [one.counts["early"] for one in months],
        "early_seconds": [_seconds(one.early) for one in months],
        "absent_days": [one.counts["absent"] for one in months],
        "personal_leave_days": [one.personal / day for one in months],
        "sick_leave_days": [one.sick / day for one in months],
        "paid_leave_days": [Decimal(one.annual + one.funeral) for one in months],
    }


def dingtalk_monthly(random: Random) -> Made:
    """Leave in hours and in days under one group; the daily sheet stands before it."""
    months = sums_of(random)
    upper = ["姓名", "考勤组", "部门", "工号", "UserId", "出勤天数", "迟到次数", "迟到时长(分钟)", "早退次数",
             "早退时长(分钟)", "上班缺卡次数", "下班缺卡次数", "旷工天数", "出差时长", "请假", None, None, None,
             None]  # fmt: skip
    lower = [*[None] * 14, "事假(小时)", "病假(小时)", "年假(天)", "丧假(天)", "调休(小时)"]
    rows: Rows = [("月度汇总 统计日期：2026-07-01 至 2026-07-31",), ("报表生成时间：2026-08-01 08:00",), upper, lower]
    for one in months:
        n = one.counts
        rows.append((one.who.name, "客服", "客服部", one.who.id, one.who.account, n["worked"], n["late"], one.late,
                     n["early"], one.early, n["no_in"], n["no_out"], n["absent"], None, one.personal, one.sick,
                     one.annual, one.funeral, 8))  # fmt: skip
    expected = _expected_sums(months, hours=True)
    expected |= {
        "agent_id": [one.who.id for one in months],
        "missed_in_count": [one.counts["no_in"] for one in months],
        "missed_out_count": [one.counts["no_out"] for one in months],
    }
    return Made([("每日统计", [("姓名", "工号", "日期", "班次", "迟到次数"), ("王芳", "1", "2026-07-01", "白班", 1)]),
                 ("月度汇总", rows)], expected)  # fmt: skip


def dingtalk_monthly_overtime(*, grouped: bool) -> Callable[[Random], Made]:
    """Below a group of its own, or in columns of three names; hours of some people, and of days of one kind none."""

    def make(random: Random) -> Made:
        months = sums_of(random)
        upper: list[Cell] = ["姓名", "工号", "UserId", "出勤天数", "迟到次数"]
        kinds = ["工作日(小时)", "休息日(小时)", "节假日(小时)"]
        if not grouped:
            kinds = ["工作日加班(小时)", "休息日加班(小时)", "节假日加班(分钟)"]
        upper += ["加班", None, None] if grouped else list(kinds)
        lower: list[Cell] = [*[None] * 5, *(kinds if grouped else [])]
        rows: Rows = [("月度汇总 统计日期：2026-07-01 至 2026-07-31",), ("报表生成时间：2026-08-01 08:00",), upper]
        rows += [lower] if grouped else []
        hours = [(one.personal / 2, one.sick, one.annual) for one in months]
        for one, (workday, rest, holiday) in zip(months, hours, strict=True):
            last = holiday if grouped else holiday * 60
            rows.append((one.who.name, one.who.id, one.who.account, one.counts["worked"], one.counts["late"],
                         workday, rest, last))  # fmt: skip
        expected: dict[str, list[object]] = {
            "agent_id": [one.who.id for one in months],
            "agent_name": [one.who.name for one in months],
            "metric": ["加班时长" for _ in months],
            "value": [Decimal(str(sum(one) * 3600)) for one in hours],
        }
        return Made([("月度汇总", rows)], expected)

    return make


def wecom_daily(random: Random) -> Made:
    """Groups in row 3, fields in row 4; what is empty is two dashes."""
    days = days_of(random)
    upper = ["基础信息", *[None] * 4, "考勤概况", *[None] * 3, "异常统计", *[None] * 5, "假勤统计", None, None]
    lower = ["时间", "姓名", "账号", "部门", "班次", "最早", "最晚", "假勤申请", "考勤结果", "迟到次数(次)",
             "迟到时长(分钟)", "早退次数(次)", "早退时长(分钟)", "旷工次数(次)", "缺卡次数(次)", "事假(天)", "病假(天)",
             "婚假(天)"]  # fmt: skip
    rows: Rows = [("上下班打卡_日报",), ("统计时间:2026.07.01~2026.07.31 制表时间:2026.08.01",), upper, lower]
    asked = {"personal": "事假1天", "sick": "病假1天", "marriage": "婚假1天", "away": "外出8小时"}
    said = {"rest": "正常", "absent": "旷工", "late": "迟到", "early": "早退", "no_in": "缺卡", "no_out": "缺卡"}
    for one in days:
        row: list[Cell] = [f"{one.day:%Y/%m/%d}", one.who.name, one.who.account, "客服部", one.shift]
        row += [_time(one.came), _time(one.left), asked.get(one.kind), said.get(one.kind, "正常")]
        row += [one.is_("late"), one.late, one.is_("early"), one.early, one.is_("absent"), one.is_("no_in", "no_out")]
        row += [one.is_("personal"), one.is_("sick"), one.is_("marriage")]
        rows.append(["--" if cell is None or cell == 0 else cell for cell in row])
    expected = _common(days) | {
        "agent_id": [one.who.account for one in days],
        "late_count": [one.is_("late") or None for one in days],
        "late_seconds": [_seconds(one.late) if one.late else None for one in days],
        "early_count": [one.is_("early") or None for one in days],
        "early_seconds": [_seconds(one.early) if one.early else None for one in days],
        "missed_count": [one.is_("no_in", "no_out") for one in days],
        "absent_days": [one.is_("absent") for one in days],
        "personal_leave_days": [one.is_("personal") or None for one in days],
        "sick_leave_days": [one.is_("sick") or None for one in days],
        "paid_leave_days": [one.is_("marriage") or None for one in days],
        "due_days": [1 - one.is_("rest") for one in days],
        "worked_days": [int(one.came is not None or one.left is not None) for one in days],
        "result": [asked.get(one.kind) or said.get(one.kind, "正常") for one in days],
    }
    details: Rows = [("日期", "姓名", "账号", "打卡类型", "应打卡时间", "实际打卡时间", "打卡状态", "假勤申请")]
    return Made([("打卡详情", details), ("概况统计与打卡明细", rows)], expected)


def wecom_monthly(random: Random) -> Made:
    """One row of sums per person below a title and the time it was made."""
    months = sums_of(random)
    header = ("姓名", "账号", "部门", "应出勤天数(天)", "实际出勤天数(天)", "休息天数(天)", "异常合计(次)",
                 "迟到次数(次)",
              "迟到时长(分钟)", "早退次数(次)", "早退时长(分钟)", "旷工次数(次)", "缺卡次数(次)", "事假(天)",
              "病假(天)",
              "年假(天)", "丧假(天)", "调休假(天)")  # fmt: skip
    rows: Rows = [("上下班打卡_月报",), ("统计时间:2026.07.01~2026.07.31 制表时间:2026.08.01",), header]
    for one in months:
        n = one.counts
        rows.append((one.who.name, one.who.account, "客服部", 23, n["worked"], 8, n["late"], n["late"], one.late,
                     n["early"], one.early, n["absent"], n["no_in"], one.personal, one.sick, one.annual, one.funeral,
                     1))  # fmt: skip
    expected = _expected_sums(months, hours=False) | {
        "agent_id": [one.who.account for one in months],
        "due_days": [23] * len(months),
        "missed_count": [one.counts["no_in"] for one in months],
    }
    return Made([("月报", rows)], expected)


def feishu_daily(*, english: bool) -> Callable[[Random], Made]:
    """Headers as an administrator may set them, in one of two languages."""

    def make(random: Random) -> Made:
        days = days_of(random)
        header = ("姓名", "工号", "日期", "班次", "上班打卡时间", "上班打卡结果", "下班打卡时间", "下班打卡结果",
                  "迟到时长(分钟)", "早退时长(分钟)", "旷工天数")  # fmt: skip
        if english:
            header = ("Name", "User ID", "Date", "Shift", "Clock-in time", "Clock-in result", "Clock-out time",
                      "Clock-out result", "Late duration (min)", "Early leave duration (min)",
                      "Absence days")  # fmt: skip
        words = {"迟到": "Late", "早退": "Early", "缺卡": "Lack", "旷工": "Absent", "请假": "On leave",
                 "外勤": "Field work", "正常": "Normal"}  # fmt: skip
        rows: Rows = [header]
        results: list[object] = []
        for one in days:
            came, left = _result(one, IN_WORDS, one.came), _result(one, OUT_WORDS, one.left)
            if english:
                came, left = words.get(came or ""), words.get(left or "")
            results.append(came)
            rows.append((one.who.name, one.who.id, f"{one.day:%Y-%m-%d}", one.shift, _time(one.came), came,
                         _time(one.left), left, one.late, one.early, one.is_("absent")))  # fmt: skip
        expected = _common(days) | _counts(days)
        expected |= {
            "agent_id": [one.who.id for one in days],
            "late_seconds": [_seconds(one.late) for one in days],
            "early_seconds": [_seconds(one.early) for one in days],
            "absent_days": [one.is_("absent") for one in days],
            "result": results,
        }
        return Made([("Sheet1", rows)], expected)

    return make


def feishu_monthly(*, english: bool) -> Callable[[Random], Made]:
    """Sums, with missing punches at both ends of the day."""

    def make(random: Random) -> Made:
        months = sums_of(random)
        header = ("姓名", "工号", "应出勤天数", "实际出勤天数", "迟到次数", "迟到时长(分钟)", "早退次数",
                     "早退时长(分钟)",
                  "上班缺卡次数", "下班缺卡次数", "缺卡次数", "旷工天数", "事假(天)", "病假(天)")  # fmt: skip
        if english:
            header = ("Name", "User ID", "Required attendance days", "Actual attendance days", "Late times",
                      "Late duration (min)", "Early leave times", "Early leave duration (min)",
                      "Missing clock-in times", "Missing clock-out times", "Missing punch times", "Absence days",
                      "Personal leave (days)", "Sick leave (days)")  # fmt: skip
        paid = () if english else ("年假(天)", "丧假(天)")
        rows: Rows = [(*header, *paid)]
        for one in months:
            n = one.counts
            row = (one.who.name, one.who.id, 23, n["worked"], n["late"], one.late, n["early"], one.early, n["no_in"],
                   n["no_out"], n["no_in"] + n["no_out"], n["absent"], one.personal, one.sick)  # fmt: skip
            rows.append((*row, *(() if english else (one.annual, one.funeral))))
        expected = _expected_sums(months, hours=False) | {
            "agent_id": [one.who.id for one in months],
            "due_days": [23] * len(months),
            "missed_in_count": [one.counts["no_in"] for one in months],
            "missed_out_count": [one.counts["no_out"] for one in months],
            "missed_count": [one.counts["no_in"] + one.counts["no_out"] for one in months],
        }
        if english:
            del expected["paid_leave_days"]
        return Made([("Sheet1", rows)], expected)

    return make


SHAPES = (
    Shape("dingtalk-daily", "with its own counts", dingtalk_daily(counted=True, numbered=True)),
    Shape("dingtalk-daily", "without counts or staff numbers", dingtalk_daily(counted=False, numbered=False)),
    Shape("dingtalk-monthly", "behind the daily sheet", dingtalk_monthly),
    Shape("dingtalk-monthly-overtime", "below a group", dingtalk_monthly_overtime(grouped=True)),
    Shape("dingtalk-monthly-overtime", "in columns of their own", dingtalk_monthly_overtime(grouped=False)),
    Shape("wecom-daily", "behind the list of punches", wecom_daily),
    Shape("wecom-monthly", "sums", wecom_monthly),
    Shape("feishu-daily", "Chinese", feishu_daily(english=False)),
    Shape("feishu-daily", "English", feishu_daily(english=True)),
    Shape("feishu-monthly", "Chinese", feishu_monthly(english=False)),
    Shape("feishu-monthly", "English", feishu_monthly(english=True)),
)
