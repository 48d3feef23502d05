"""One generator for every shape of the table in the documentation: facts, and how they stand in such a file."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

Rows = list[list[str]]

NAMES = ("王芳", "欧阳丽丽", "李伟", "赵一", "单敏", "仇强")


@dataclass(frozen=True)
class Made:
    """The sheets of a file, and by canonical column the values that must be read of it, row by row."""

    sheets: Mapping[str, Rows]
    expected: Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Shape:
    """``name`` as the English half of the table's first column has it; ``said`` what a source says beside the line."""

    name: str
    table: str
    make: Callable[[Random], Made]
    said: Mapping[str, Any] = field(default_factory=dict)


def _people(random: Random, least: int = 2) -> list[tuple[str, str]]:
    numbers = random.sample(range(1, 9000), random.randint(least, 4))
    return [(f"{number:04}", name) for number, name in zip(numbers, random.sample(NAMES, len(numbers)), strict=True)]


def _moments(random: Random, count: int) -> list[datetime]:
    first = datetime(2026, 7, 1, 8)
    return sorted(first + timedelta(minutes=random.randrange(30 * 24 * 60)) for _ in range(count))


def things(random: Random) -> Made:
    """Contacts below a title; the header is said again and totals stand between."""
    people = _people(random)
    at = _moments(random, random.randint(3, 8))
    facts = [(f"S{number:05}", *random.choice(people), moment, random.randint(1, 900))
             for number, moment in enumerate(at)]  # fmt: skip
    head = ["会话ID", "工号", "客服", "会话开始时间", "会话时长(秒)"]
    rows = [["2026年7月会话明细"], [], head]
    for at_, (id_, number, name, moment, length) in enumerate(facts):
        rows.append([id_, number, name, f"{moment:%Y-%m-%d %H:%M:%S}", str(length)])
        if at_ == len(facts) // 2:
            rows += (
                [head]
                if random.random() < 0.5
                else [["小计", "", "", "", str(sum(one[4] for one in facts[: at_ + 1]))]]
            )
    rows.append(["合计", "", "", "", str(sum(one[4] for one in facts))])
    expected: dict[str, Sequence[object]] = {
        "interaction_id": [one[0] for one in facts],
        "agent_id": [one[1] for one in facts],
        "agent_name": [one[2] for one in facts],
        "started_at": [one[3] for one in facts],
        "talk_seconds": [Decimal(one[4]) for one in facts],
    }
    return Made({"明细": rows}, expected)


def two_headers(random: Random) -> Made:
    """The same sums of days under two groups, which tell them apart."""
    facts = [(*one, random.randint(0, 5), random.randint(0, 5), random.randint(15, 22)) for one in _people(random)]
    rows = [["姓名", "工号", "请假", "", "出勤"], ["", "", "事假(天)", "病假(天)", "出勤天数"]]
    rows += [[name, number, str(own), str(ill), str(worked)] for number, name, own, ill, worked in facts]
    expected: dict[str, Sequence[object]] = {
        "agent_id": [one[0] for one in facts],
        "personal_leave_days": [one[2] for one in facts],
        "sick_leave_days": [one[3] for one in facts],
        "worked_days": [one[4] for one in facts],
    }
    return Made({"月度": rows}, expected)


def _figures(random: Random) -> list[tuple[str, str, int, Decimal, int]]:
    return [(*one, random.randint(0, 900), Decimal(random.randint(0, 1000)) / 1000, random.randint(1, 90))
            for one in _people(random)]  # fmt: skip


METRICS = ("接待量", "满意率", "平均响应时长(分钟)")


def _long(facts: Sequence[tuple[str, str, int, Decimal, int]]) -> dict[str, Sequence[object]]:
    return {
        "agent_name": [name for _, name, *_ in facts for _ in METRICS],
        "metric": list(METRICS) * len(facts),
        "value": [value for _, _, count, rate, minutes in facts for value in (count, rate, minutes * 60)],
    }


def _shown(count: int, rate: Decimal, minutes: int) -> list[str]:
    return [str(count), f"{rate * 100:.1f}%", str(minutes)]


def figures(random: Random) -> Made:
    """A count, a rate and a mean length of each person."""
    facts = _figures(random)
    rows = [["姓名", *METRICS], *([name, *_shown(count, rate, least)] for _, name, count, rate, least in facts)]
    return Made({"指标": rows}, _long(facts))


def across(random: Random) -> Made:
    """The same with the people side by side."""
    facts = _figures(random)
    shown = [_shown(count, rate, minutes) for _, _, count, rate, minutes in facts]
    rows = [["指标", *(name for _, name, *_ in facts)]]
    rows += [[metric, *(one[at] for one in shown)] for at, metric in enumerate(METRICS)]
    return Made({"指标": rows}, _long(facts))


def _punched(random: Random, people: Sequence[tuple[str, str]]) -> dict[tuple[str, int], list[datetime]]:
    """Two to four punches of some of the days 1 to 10 of each person, the last perhaps after midnight."""
    found = {}
    for number, _ in people:
        for day in sorted(random.sample(range(1, 11), random.randint(2, 6))):
            midnight = datetime(2026, 7, day)
            minutes = sorted(random.sample(range(6 * 60, 24 * 60), random.randint(2, 4)))
            found[number, day] = [midnight + timedelta(minutes=one) for one in minutes]
    return found


def days(random: Random) -> Made:
    """A grid of punches; whoever has none on a day of the file has a row without."""
    people = _people(random)
    punched = _punched(random, people)
    used = sorted({day for _, day in punched})
    sign = random.choice([" ", "\n", "、", "; "])
    rows = [["工号", "姓名", *map(str, range(1, 11))]]
    for number, name in people:
        cells = [sign.join(f"{at:%H:%M}" for at in punched.get((number, day), ())) for day in range(1, 11)]
        rows.append([number, name, *cells])
    kept = [(number, name, day, punched.get((number, day))) for number, name in people for day in used]
    expected: dict[str, Sequence[object]] = {
        "agent_id": [number for number, *_ in kept],
        "date": [date(2026, 7, day) for _, _, day, _ in kept],
        "in_at": [at and at[0] for *_, at in kept],
        "out_at": [at and at[-1] for *_, at in kept],
    }
    return Made({"打卡": rows}, expected)


def _list(random: Random) -> list[tuple[str, datetime]]:
    people = _people(random)
    return [(number, at) for (number, _), own in _punched(random, people).items() for at in own]


def punches(random: Random) -> Made:
    """Every punch a row: each is read, and the first and the last of a day are what counts of them."""
    facts = _list(random)
    rows = [["工号", "打卡时间"], *([number, f"{at:%Y-%m-%d %H:%M}"] for number, at in facts)]
    return Made({"打卡": rows}, {"agent_id": [one[0] for one in facts], "in_at": [one[1] for one in facts]})


def headless(random: Random) -> Made:
    """As a terminal writes it."""
    facts = _list(random)
    rows = [[number, f"{at:%Y-%m-%d %H:%M:%S}", "1", "0"] for number, at in facts]
    return Made({"log": rows}, {"agent_id": [one[0] for one in facts], "in_at": [one[1] for one in facts]})


def _appraised(random: Random) -> list[tuple[str, str, list[tuple[str, int]]]]:
    items = ("服务态度", "专业知识", "纪律")
    return [(*one, [(item, random.randint(0, 100)) for item in items]) for one in _people(random)]


def sheets_of_people(random: Random) -> Made:
    """A form for each; the name stands above."""
    facts = _appraised(random)
    sheets = {name: [["绩效考核表"], ["姓名：", name], ["项目", "得分"], *([item, str(points)] for item, points in own)]
              for _, name, own in facts}  # fmt: skip
    rows = [(name, item, str(points)) for _, name, own in facts for item, points in own]
    names = ("agent_name", "item", "value")
    return Made(sheets, {name: [one[at] for one in rows] for at, name in enumerate(names)})


def blocks(random: Random) -> Made:
    """The same forms below each other."""
    facts = _appraised(random)
    rows: Rows = [["2026年7月考核"]]
    for number, name, own in facts:
        rows += [[f"姓名：{name}  工号：{number}"], ["项目", "得分"]]
        rows += [[item, str(points)] for item, points in own] + [["合计", str(sum(points for _, points in own))], []]
    told = [(number, name, item, str(points)) for number, name, own in facts for item, points in own]
    names = ("agent_id", "agent_name", "item", "value")
    return Made({"考核": rows}, {name: [one[at] for one in told] for at, name in enumerate(names)})


def several(random: Random) -> Made:
    """One to three people in a cell, each of whom has the row."""
    people = _people(random, 3)
    facts = [(f"S{number:05}", random.sample(people, random.randint(1, 3)), moment)
             for number, moment in enumerate(_moments(random, 4))]  # fmt: skip
    rows = [["会话ID", "客服", "会话开始时间"]]
    rows += [[id_, "、".join(name for _, name in own), f"{at:%Y-%m-%d %H:%M}"] for id_, own, at in facts]
    told = [(id_, name, at) for id_, own, at in facts for _, name in own]
    names = ("interaction_id", "agent_name", "started_at")
    return Made({"明细": rows}, {name: [one[at] for one in told] for at, name in enumerate(names)})


def keyed(random: Random) -> Made:
    """Requests on one to three rows each, some of which lack what another has."""
    facts = [(f"2026{number:08}", *random.choice(_people(random)), date(2026, 7, random.randint(1, 28)),
              random.randint(1, 3)) for number in range(random.randint(2, 5))]  # fmt: skip
    rows = [["审批编号", "工号", "姓名", "请假类型", "开始日期", "请假天数", "审批记录"]]
    for id_, number, name, day, length in facts:
        own = [id_, number, name, "事假", f"{day}", str(length)]
        rows += [[*own, f"第{at + 1}位"] for at in range(random.randint(1, 3))]
    names = ("agent_id", "date", "days")
    told = [(number, day, Decimal(length)) for _, number, _, day, length in facts]
    return Made({"请假": rows}, {name: [one[at] for one in told] for at, name in enumerate(names)})


def since(random: Random) -> Made:
    """Contacts with the moment of the first answer; where there was none, no length."""
    people = _people(random)
    facts = [(*random.choice(people), at, random.choice([None, random.randint(0, 4000)]))
             for at in _moments(random, 5)] + [(*people[0], datetime(2026, 7, 31, 9), 60)]  # fmt: skip
    rows = [["工号", "姓名", "创建时间", "首次响应"]]
    for number, name, at, length in facts:
        answered = "" if length is None else f"{at + timedelta(seconds=length):%Y-%m-%d %H:%M:%S}"
        rows.append([number, name, f"{at:%Y-%m-%d %H:%M:%S}", answered])
    expected: dict[str, Sequence[object]] = {
        "agent_id": [one[0] for one in facts],
        "started_at": [one[2] for one in facts],
        "response_seconds": [None if one[3] is None else Decimal(one[3]) for one in facts],
    }
    return Made({"工单": rows}, expected)


_FORM = {"columns": {"role": {"value": "superior"}, "item": "项目", "value": "得分"}}
SHAPES = (
    Shape("a row per thing, titles above it, totals between", "interactions", things),
    Shape("two rows of headers, group and column", "attendance", two_headers),
    Shape("a row per person, a figure per column", "kpis", figures),
    Shape("a row per person, a column per day", "attendance", days),
    Shape("a column per person", "kpis", across),
    Shape("a row per punch", "attendance", punches, {"columns": {"in_at": "打卡时间"}}),
    Shape("no header", "attendance", headless, {"columns": {"agent_id": 1, "in_at": 2}}),
    Shape("a sheet per person, the name above the table", "ratings", sheets_of_people,
          _FORM),
    Shape("several people in a cell", "interactions", several),
    Shape("a request on several rows", "leave", keyed),
    Shape("moments and no lengths", "interactions", since),
    Shape("a block per person on one sheet", "ratings", blocks, _FORM),
)  # fmt: skip
