"""Requests that were approved, refused, withdrawn or are open, as DingTalk exports approvals."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from csctl.readers.grid import Cell
from tests.readers.systems.shape import Made, Person, Rows, Shape, people

LEAVES = ("事假", "病假", "年假", "婚假", "产假", "调休")
STATES = (("完成", "同意"), ("完成", "拒绝"), ("审批中", None), ("终止", None))


@dataclass(frozen=True)
class Request:
    """One request: when it was filed, for what days, how it ended, and on how many rows it stands."""

    number: str
    who: Person
    filed: datetime
    first: date
    days: int
    kind: str
    state: tuple[str, str | None]
    rows: int

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.days - 1)

    @property
    def done(self) -> bool:
        """Whether it went through to the end."""
        return self.state[0] == "完成"

    @property
    def granted(self) -> bool:
        """Whether it was granted."""
        return self.state == STATES[0]


def requests_of(random: Random) -> list[Request]:
    """Requests of some people; one of them granted on two rows."""
    found: list[Request] = []
    for who in people(random):
        for _ in range(random.randint(1, 3)):
            first = date(2026, 7, random.randint(1, 25))
            filed = datetime(2026, 6, random.randint(1, 30), random.randint(0, 23), random.randint(0, 59))
            number = f"202606{len(found):09}"
            state, rows = random.choice(STATES), random.randint(1, 2)
            if not found:
                state, rows = STATES[0], 2
            found.append(Request(number, who, filed, first, random.randint(1, 4), random.choice(LEAVES), state, rows))
    return found


HEAD = ["审批编号", "标题", "审批状态", "审批结果"]
TIMES = {True: ["审批发起时间", "审批完成时间"], False: ["发起时间", "完成时间"]}
MIDDLE = ["发起人工号", "发起人姓名", "发起人部门", "历史审批人姓名", "审批记录", "当前处理人姓名", "审批耗时"]


def _head(one: Request, title: str) -> list[Cell]:
    state, result = one.state
    ended = one.filed + timedelta(hours=3) if one.done else None
    filed = f"{one.filed:%Y-%m-%d %H:%M:%S}"
    return [one.number, f"{one.who.name}提交的{title}", state, result, filed, ended and f"{ended:%Y-%m-%d %H:%M:%S}",
            one.who.id, one.who.name, "客服部", "赵敏"]  # fmt: skip


def _lines(requests: list[Request], title: str, cells: Callable[[Request], list[Cell]]) -> Rows:
    """A row for each approver; the rows of one request differ in nothing else."""
    return [
        [*_head(one, title), f"第{at + 1}位 同意", None, "3小时", *cells(one)]
        for one in requests
        for at in range(one.rows)
    ]


def leave(*, old: bool, unit: bool) -> Callable[[Random], Made]:
    """Older forms part days and halves of days. A length without its unit is a few hours, which nothing can prove."""

    def make(random: Random) -> Made:
        requests = requests_of(random)
        length = "请假天数(天)" if old else "时长(天)" if unit else "时长"
        when = ["开始日期", "开始时间", "结束日期", "结束时间"] if old else ["开始时间", "结束时间"]
        header = [*HEAD, *TIMES[old], *MIDDLE, "请假类型", *when, length, "请假事由"]

        def cells(one: Request) -> list[Cell]:
            days: list[Cell] = [f"{one.first:%Y-%m-%d} 09:00", f"{one.last:%Y-%m-%d} 18:00"]
            if old:
                days = [f"{one.first:%Y-%m-%d}", "上午", f"{one.last:%Y-%m-%d}", "下午"]
            return [one.kind, *days, one.days, "有事"]

        rows: Rows = [header, *_lines(requests, "请假", cells)]
        counted = [one for one in requests if one.done]
        expected: dict[str, list[object]] = {
            "agent_id": [one.who.id for one in counted],
            "agent_name": [one.who.name for one in counted],
            "kind": [one.kind for one in counted],
            "date": [one.first for one in counted],
            "ends_on": [one.last for one in counted],
            "days": [Decimal(one.days) / (1 if unit or old else 8) for one in counted],
            "filed_at": [one.filed for one in counted],
            "approved": [one.granted for one in counted],
            "approver": ["赵敏" for _ in counted],
        }
        hour = 0 if old else 9
        expected["starts_at"] = [datetime(one.first.year, one.first.month, one.first.day, hour) for one in counted]
        return Made([("请假", rows)], expected)

    return make


def overtime(random: Random) -> Made:
    """Hours of work beyond the shift: only those that were granted."""
    requests = requests_of(random)
    header = [*HEAD, *TIMES[False], *MIDDLE, "加班类型", "开始时间", "结束时间", "时长", "加班事由"]

    def cells(one: Request) -> list[Cell]:
        return ["工作日加班", f"{one.first:%Y-%m-%d} 18:00", f"{one.first:%Y-%m-%d} 20:30", one.days * 1.5, "大促"]

    granted = [one for one in requests if one.granted]
    expected: dict[str, list[object]] = {
        "agent_id": [one.who.id for one in granted],
        "agent_name": [one.who.name for one in granted],
        "date": [one.first for one in granted],
        "metric": ["加班时长" for _ in granted],
        "value": [Decimal(one.days * 5400) for one in granted],
    }
    return Made([("加班", [header, *_lines(requests, "加班", cells)])], expected)


def punch_fixes(random: Random) -> Made:
    """One missing punch each."""
    requests = requests_of(random)
    header = [*HEAD, *TIMES[False], *MIDDLE, "补卡时间", "补卡班次", "补卡原因"]

    def cells(one: Request) -> list[Cell]:
        return [f"{one.first:%Y-%m-%d} 09:00", "白班 09:00", "忘记"]

    counted = [one for one in requests if one.done]
    expected: dict[str, list[object]] = {
        "agent_id": [one.who.id for one in counted],
        "agent_name": [one.who.name for one in counted],
        "date": [one.first for one in counted],
        "filed_on": [one.filed.date() for one in counted],
        "reason": ["忘记" for _ in counted],
        "approved": [one.granted for one in counted],
        "approver": ["赵敏" for _ in counted],
    }
    return Made([("补卡", [header, *_lines(requests, "补卡", cells)])], expected)


SHAPES = (
    Shape("dingtalk-leave", "days and halves of days", leave(old=True, unit=True)),
    Shape("dingtalk-leave", "moments, length with its unit", leave(old=False, unit=True)),
    Shape("dingtalk-leave", "length without its unit", leave(old=False, unit=False), lines=True),
    Shape("dingtalk-overtime", "requests for overtime", overtime),
    Shape("dingtalk-punch-fixes", "requests to mend a punch", punch_fixes),
)
