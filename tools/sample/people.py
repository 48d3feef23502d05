"""The invented team: names, levels, nicknames, and how well each one works in which month."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

CHAT, PHONE = "在线组", "热线组"
SUPERVISOR, OPERATIONS = "刘国栋", "许静"
SHOP = "安心小店"
FIRST_MONTH, LAST_MONTH = (2026, 3), (2026, 10)


@dataclass(frozen=True, slots=True)
class Person:
    """One agent. ``skill`` and ``growth`` (0 to 1) steer everything that happens to them."""

    id: str
    name: str
    group: str
    level: str
    nick: str
    account: str
    hired: date
    regular: date
    left: date | None
    skill: float
    growth: float
    target: int

    @property
    def shop_nick(self) -> str:
        """How the shop's reports call the agent."""
        return f"{SHOP}:{self.nick}"

    @property
    def scored(self) -> bool:
        """Whether contacts, exams and ratings are made for the agent."""
        return self.level != "储备主管"


def _person(line: str) -> Person:
    """One line of the table below: hired, regular and left are dates, ``-`` is none."""
    id_, name, group, level, nick, account, hired, regular, left, skill, growth, target = line.split()
    gone = None if left == "-" else date.fromisoformat(left)
    days = (date.fromisoformat(hired), date.fromisoformat(regular))
    return Person(id_, name, group, level, nick, account, *days, gone, float(skill), float(growth), int(target))


TEAM = tuple(
    _person(line)
    for line in """\
0001 陈思远 在线组 储备主管 思远 ChenSiYuan 2021-06-15 2021-07-15 - 0.90 0.000 0
0002 王芳 在线组 资深客服 芳芳 WangFang 2022-04-11 2022-05-11 - 0.68 0.006 22000
0003 陆小曼 在线组 高级客服 小鹿 LuXiaoMan 2023-02-20 2023-03-20 - 0.64 0.026 20000
0004 周雨桐 在线组 中级客服 桐桐 ZhouYuTong 2024-05-06 2024-06-06 - 0.48 0.020 16000
0005 何嘉宜 在线组 中级客服 可可 HeJiaYi 2024-09-02 2024-10-02 - 0.56 0.012 16000
0006 孙一鸣 在线组 初级客服 一一 SunYiMing 2025-11-10 2025-12-10 - 0.38 0.030 12000
0007 赵晓彤 在线组 初级客服 晓晓 ZhaoXiaoTong 2025-12-15 2026-01-15 - 0.28 0.024 12000
0008 吴佳怡 在线组 初级客服 糖糖 WuJiaYi 2026-10-08 2026-11-08 - 0.30 0.010 4000
0011 王芳 热线组 中级客服 方方 WangFang2 2024-03-18 2024-04-18 - 0.54 0.010 0
0012 李建国 热线组 资深客服 建国 LiJianGuo 2021-09-01 2021-10-01 - 0.70 0.004 0
0013 马晓东 热线组 高级客服 东东 MaXiaoDong 2022-11-21 2022-12-21 - 0.62 0.010 0
0014 郑文博 热线组 中级客服 文博 ZhengWenBo 2024-07-08 2024-08-08 - 0.46 0.018 0
0015 林静 热线组 初级客服 静静 LinJing 2025-08-04 2025-09-04 - 0.42 0.026 0
0016 黄志强 热线组 初级客服 志强 HuangZhiQiang 2025-06-09 2025-07-09 2026-10-16 0.36 -0.010 0
""".splitlines()
)

BAD_MONTHS = {("0007", 4): 0.06, ("0007", 5): 0.0}
"""Months in which somebody does far worse than usual: the story of two failed months and a recovery."""


def employed(person: Person, day: date) -> bool:
    """Whether the person works here on that day."""
    return person.hired <= day and (person.left is None or day <= person.left)


def skill_in(person: Person, month: int) -> float:
    """How well the person works in a month of 2026, 0 to 1."""
    fixed = BAD_MONTHS.get((person.id, month))
    grown = person.skill + person.growth * (month - FIRST_MONTH[1])
    return fixed if fixed is not None else min(max(grown, 0.05), 0.92)


def dice(month: str, topic: str) -> random.Random:
    """Chance of one file: the same for the same month and topic, whatever else is made."""
    return random.Random(f"anxin/{month}/{topic}")


def part(rng: random.Random, share: float, of: int) -> int:
    """A share of a count, whole, with its fraction decided by chance."""
    exact = max(share, 0.0) * of
    return min(of, int(exact) + (rng.random() < exact - int(exact)))
