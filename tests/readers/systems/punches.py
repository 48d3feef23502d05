"""Punches of a month in a grid of days, or one row each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from csctl.readers.grid import Cell
from tests.readers.systems.attendance import START, WEEKDAYS, Day, days_of
from tests.readers.systems.shape import Made, Rows, Shape, clock


def _punched(days: list[Day]) -> list[Day]:
    return [one for one in days if one.came is not None and one.left is not None]


def grid(*, wecom: bool) -> Callable[[Random], Made]:
    """A row per person, a column per day; several times in a cell."""

    def make(random: Random) -> Made:
        days = days_of(random)
        who = list(dict.fromkeys(one.who for one in days))
        numbers = range(1, 32)
        heads: list[Cell] = [
            f"{number} 星期{WEEKDAYS[date(2026, 7, number).weekday()]}" if wecom else str(number) for number in numbers
        ]
        people: list[Cell] = ["姓名", "账号", "部门"] if wecom else ["姓名", "考勤组", "部门", "工号", "职位", "UserId"]
        title = "打卡时间记录" if wecom else "打卡时间 统计日期：2026-07-01 至 2026-07-31"
        rows: Rows = [(title,), ("统计时间:2026.07.01~2026.07.31",)]
        rows += [("",), [*people, *heads]] if wecom else [[*people, *heads]]
        found = {(one.who, one.day.day): one for one in _punched(days)}
        for one in who:
            own: list[Cell] = [one.name, one.account, "客服部"]
            own = own if wecom else [one.name, "客服", "客服部", one.id, None, one.account]
            rows.append([*own, *(_cell(found.get((one, number)), wecom=wecom) for number in numbers)])
        # A day on which anybody has punches is one of the file: who has none has a row without them.
        dates = sorted({one.day for one in found.values()})
        kept = [(one, day, found.get((one, day.day))) for one in who for day in dates]
        expected: dict[str, list[object]] = {
            "agent_id": [one.account if wecom else one.id for one, _, _ in kept],
            "agent_name": [one.name for one, _, _ in kept],
            "date": [day for _, day, _ in kept],
            "in_at": [there and there.moment(there.came) for _, _, there in kept],
            "out_at": [there and there.moment(there.left) for _, _, there in kept],
        }
        return Made([("打卡时间", rows)], expected)

    return make


def _cell(day: Day | None, *, wecom: bool) -> Cell:
    if day is None or day.came is None or day.left is None:
        return "--" if wecom else None
    times = [day.came, START + 180, day.left]
    if wecom:
        return "、".join(map(clock, times))
    return "\n".join(map(clock, times))


def punch_list(random: Random) -> Made:
    """A row for each punch that was due, with its state."""
    days = [one for one in days_of(random) if one.kind in ("worked", "late", "early")]
    rows: Rows = [("打卡详情",), ("统计时间:2026.07.01~2026.07.31",)]
    rows.append(("日期", "姓名", "账号", "部门", "打卡类型", "应打卡时间", "实际打卡时间", "打卡状态", "假勤申请"))
    made = []
    for one in days:
        for kind, due, punch in (("上班打卡", "09:00", one.came), ("下班打卡", "18:00", one.left)):
            state = "迟到" if kind == "上班打卡" and one.late else "正常"
            rows.append((f"{one.day:%Y/%m/%d}", one.who.name, one.who.account, "客服部", kind, due,
                         clock(punch or 0), state, "--"))  # fmt: skip
            made.append((one, punch, state))
    expected: dict[str, list[object]] = {
        "agent_id": [one.who.account for one, _, _ in made],
        "agent_name": [one.who.name for one, _, _ in made],
        "date": [one.day for one, _, _ in made],
        "in_at": [one.moment(punch) for one, punch, _ in made],
        "result": [state for _, _, state in made],
    }
    summary: Rows = [("时间", "姓名", "账号", "班次", "迟到次数(次)"), ("2026/07/01", "王芳", "u1", "白班", 1)]
    return Made([("概况统计与打卡明细", summary), ("打卡详情", rows)], expected)


SHAPES = (
    Shape("dingtalk-punches", "a grid of days", grid(wecom=False)),
    Shape("wecom-punches", "a grid of days with weekdays", grid(wecom=True)),
    Shape("wecom-punch-list", "a row per punch", punch_list),
)
