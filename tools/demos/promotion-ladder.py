"""Make the small example data of the policy promotion-ladder."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from common import Row, workdays, write_demo

MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
TRIAL, JUNIOR, MIDDLE, SENIOR, DEPUTY = "新客服(试用)", "初级客服", "中级客服", "高级客服", "储备主管"
SUPERIOR = "许静"


@dataclass(frozen=True)
class Person:
    """One invented agent: level, first day, and how well they do in percent."""

    id: str
    name: str
    level: str
    hired: date
    skill: int


TEAM = (
    Person("3001", "许静", DEPUTY, date(2021, 4, 6), 95),
    Person("3002", "方晓岚", SENIOR, date(2023, 2, 13), 94),
    Person("3003", "梁志恒", SENIOR, date(2023, 9, 4), 86),
    Person("3004", "邹佳琪", MIDDLE, date(2024, 5, 20), 93),
    Person("3005", "彭伟", MIDDLE, date(2024, 11, 11), 79),
    Person("3006", "唐诗雨", JUNIOR, date(2025, 8, 4), 92),
    Person("3007", "石磊", JUNIOR, date(2025, 12, 1), 57),
    Person("3008", "范小满", TRIAL, date(2026, 8, 3), 82),
)
ANSWERS = {
    "3006": (
        ("善于沟通表达，得到客户和其他部门认可", "是"),
        ("熟悉部门其他岗位的流程与细节", "是"),
        ("主动发现不足并提出改进办法", "是"),
        ("能协助领导做好本职以外的工作", "是"),
        ("按时汇报，工作安排高效合理", "是"),
        ("匿名评选的结果支持晋升为中级", "是"),
    ),
    "3008": (
        ("认同企业文化与部门氛围，举止职业", "是"),
        ("诚信务实，主动进取，愿意付出", "是"),
        ("本职工作出色，流程与专业知识熟练", "否"),
    ),
    "3004": (("能把握客户心态", "是"), ("同事不在岗时主动顶上", "是")),
}


def who(person: Person) -> dict[str, str]:
    """The columns that name an agent."""
    return {"agent_id": person.id, "agent_name": person.name}


def employed(month: str) -> list[Person]:
    """The scored people of a month."""
    return [one for one in TEAM if one.level != DEPUTY and f"{one.hired:%Y-%m}" <= month]


def around(rng: random.Random, mean: int, spread: int) -> int:
    """A whole number of points out of a hundred."""
    return min(100, max(20, round(rng.gauss(mean, spread))))


def quality(rng: random.Random, month: str) -> list[Row]:
    """Three reviewed contacts for everybody."""
    days = workdays(month)
    return [
        {
            **who(one),
            "date": days[4 * number + rng.randrange(4)],
            "item": item,
            "score": around(rng, one.skill, 3),
            "full_score": 100,
            "reviewer": "质检·田蕾",
        }
        for one in employed(month)
        for number, item in enumerate(("服务规范", "业务准确", "记录完整"))
    ]


def surveys(rng: random.Random, month: str) -> list[Row]:
    """Six answers from one to five for everybody."""
    days = workdays(month)
    return [
        {
            **who(one),
            "date": rng.choice(days),
            "score": 5 if 60 < one.skill > rng.randrange(5, 105) else rng.choice((3, 4) if one.skill > 60 else (2, 3)),
            "full_score": 5,
        }
        for one in employed(month)
        for _ in range(6)
    ]


def ratings(rng: random.Random, month: str) -> list[Row]:
    """The superior's mark for everybody's own work, and in October the answers about those on the way up."""
    day = workdays(month)[-1]
    base = {"date": day, "rater": SUPERIOR, "role": "上级"}
    rows: list[Row] = [
        {**who(one), **base, "item": "本职工作", "value": str(around(rng, one.skill, 2))} for one in employed(month)
    ]
    if month == MONTHS[-1]:
        rows += [
            {**who(one), **base, "item": item, "value": said} for one in TEAM for item, said in ANSWERS.get(one.id, ())
        ]
    return rows


def happenings() -> dict[str, list[Row]]:
    """What happened once in a while: exams, honours, a breach of the rules, wishes for another post."""
    names = {one.id: who(one) for one in TEAM}
    exam = {**names["3008"], "full_score": 100}
    return {
        "2026-10/exams": [
            {**exam, "date": date(2026, 10, 22), "kind": "试用期专业知识", "score": 84},
            {**exam, "date": date(2026, 10, 23), "kind": "试用期工作技巧", "score": 57},
        ],
        "2026-06/titles": [{**names["3002"], "date": date(2026, 6, 30), "title": "优秀客服"}],
        "2026-09/titles": [{**names["3004"], "date": date(2026, 9, 30), "title": "优秀客服"}],
        "2026-09/events": [
            {**names["3007"], "date": date(2026, 9, 16), "event": "违反规章制度", "evidence": "当班玩手机,监控 14:20"}
        ],
        "2026-10/events": [
            {**names["3008"], "date": date(2026, 10, 14), "event": "违反规章制度", "evidence": "未按流程登记工单"}
        ],
        "2026-09/discipline": [
            {**names["3007"], "date": date(2026, 9, 18), "measure": "警告", "reason": "当班玩手机,经提醒再犯"}
        ],
        "2026-10/tasks": [
            {
                **names["3003"],
                "date": date(2026, 10, 20),
                "kind": "调岗申请",
                "title": "申请转质检岗",
                "done": True,
                "done_on": date(2026, 10, 16),
            },
            {
                **names["3005"],
                "date": date(2026, 10, 27),
                "kind": "调岗申请",
                "title": "申请转培训岗",
                "done": False,
            },
        ],
    }


def main() -> None:
    """Write all files."""
    rng = random.Random(3)
    roster: list[Row] = [
        {
            **who(one),
            "group": "客服部",
            "post": "客服",
            "level": one.level,
            "hired_on": one.hired,
            "supervisor": SUPERIOR if one.name != SUPERIOR else "总经办",
        }
        for one in TEAM
    ]
    files: dict[str, list[Row]] = {"roster": roster}
    for month in MONTHS:
        files[f"{month}/quality"] = quality(rng, month)
        files[f"{month}/surveys"] = surveys(rng, month)
        files[f"{month}/ratings"] = ratings(rng, month)
    write_demo("promotion-ladder", files | happenings())


if __name__ == "__main__":
    main()
