"""Make the small example data of the policy ecommerce-pay."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from common import Row, at, workdays, write_demo

MONTHS = ("2026-08", "2026-09", "2026-10")
JUNIOR, MIDDLE, SENIOR, VETERAN = "初级客服", "中级客服", "高级客服", "资深客服"


@dataclass(frozen=True)
class Person:
    """One invented agent: level, first day, how well they do in percent, and mean of an order in yuan."""

    id: str
    name: str
    level: str
    hired: date
    skill: int
    order: int


TEAM = (
    Person("6001", "沈佳宁", VETERAN, date(2022, 3, 14), 94, 1500),
    Person("6002", "顾晨", SENIOR, date(2023, 10, 9), 90, 1400),
    Person("6003", "汪雨婷", MIDDLE, date(2025, 2, 24), 86, 1300),
    Person("6004", "贺鹏", MIDDLE, date(2025, 6, 3), 80, 1100),
    Person("6005", "江一诺", JUNIOR, date(2026, 3, 9), 84, 1000),
    Person("6006", "姚远", JUNIOR, date(2025, 11, 17), 52, 700),
    Person("6007", "苗青", JUNIOR, date(2026, 10, 9), 78, 800),
)
HAPPENED = (
    ("6001", date(2026, 10, 17), "主动顶班", 1, "双十一预热排班"),
    ("6003", date(2026, 10, 21), "建议采纳", 1, "退换货话术卡"),
    ("6002", date(2026, 10, 23), "额外工作", 1, "整理买家秀"),
    ("6006", date(2026, 10, 13), "未说普通话", 2, "电话回访录音"),
    ("6004", date(2026, 10, 28), "其他违规", 1, "未按时交接班"),
)
ANSWERS = (
    ("6007", "初级：能用平台与顾客有效沟通", "是"),
    ("6007", "初级：了解下单流程，熟悉商品规格", "否"),
    ("6005", "中级：善用平台与顾客沟通", "是"),
    ("6005", "中级：能指导下单并引导消费", "是"),
)
NAMES = {one.id: {"agent_id": one.id, "agent_name": one.name} for one in TEAM}


def employed(month: str) -> list[tuple[Person, list[date]]]:
    """The people of a month with their working days."""
    days = workdays(month)
    there = [(one, [day for day in days if day >= one.hired]) for one in TEAM]
    return [(one, own) for one, own in there if own]


def contacts(rng: random.Random, month: str) -> list[Row]:
    """A contact on most days for everybody; more for those who do well."""
    return [
        {
            **NAMES[one.id],
            "interaction_id": f"{month[-2:]}{one.id}{number:02d}",
            "started_at": at(day, 9 + rng.randrange(9), rng.randrange(60)),
            "answered": rng.randrange(100) < one.skill + 6,
        }
        for one, days in employed(month)
        for number, day in enumerate(days[: 8 + one.skill // 10])
    ]


def orders(rng: random.Random, month: str) -> list[Row]:
    """Sales of everybody, with cents."""
    return [
        {
            **NAMES[one.id],
            "order_id": f"{month[-2:]}{one.id}{number:02d}",
            "date": rng.choice(days),
            "amount": f"{max(60, rng.gauss(one.order, 300)):.2f}",
        }
        for one, days in employed(month)
        for number in range(12)
    ]


def judged(rng: random.Random, month: str) -> dict[str, list[Row]]:
    """What superiors, reviewers, customers and examiners said."""
    ratings: list[Row] = []
    quality: list[Row] = []
    surveys: list[Row] = []
    exams: list[Row] = []
    for one, days in employed(month):
        rated = {**NAMES[one.id], "date": days[-1], "role": "上级"}
        for rater in ("运营负责人·钟毅", "客服主管·陆遥"):
            given = min(30, round(one.skill * 0.3 + rng.uniform(-1, 2)))
            ratings.append({**rated, "rater": rater, "item": "小组任务协助", "value": str(given)})
        given = min(20, round(one.skill * 0.2 + rng.uniform(-1, 1)))
        ratings.append({**rated, "rater": "客服主管·陆遥", "item": "工作交接与完成", "value": str(given)})
        for number in range(5):
            passed = rng.randrange(100) < one.skill
            seen = {**NAMES[one.id], "date": rng.choice(days), "item": "服务用语" if number % 2 else "解答准确"}
            quality.append({**seen, "passed": passed, "reviewer": "质检·田蕾"})
        for _ in range(6):
            satisfied = rng.randrange(100) < one.skill + 4
            asked = {**NAMES[one.id], "date": rng.choice(days), "kind": "回访", "score": 5 if satisfied else 2}
            surveys.append({**asked, "full_score": 5, "satisfied": satisfied})
        score = 100 if one.id == "6001" and month == MONTHS[-1] else min(99, round(rng.gauss(one.skill, 3)))
        exams.append({**NAMES[one.id], "date": days[-2], "kind": "商品知识", "score": score, "full_score": 100})
    return {"ratings": ratings, "quality": quality, "surveys": surveys, "exams": exams}


def attendance(month: str) -> list[Row]:
    """Sums of the month; one day of personal leave and one of absence in October."""
    off = {"6004": ("personal_leave_days", 1), "6006": ("absent_days", 1), "6002": ("sick_leave_days", 1)}
    rows: list[Row] = []
    for one, days in employed(month):
        row = {**NAMES[one.id], "date": days[-1], "due_days": len(days), "worked_days": len(days)}
        sums = dict.fromkeys(("personal_leave_days", "absent_days", "sick_leave_days"), 0)
        if month == MONTHS[-1] and one.id in off:
            column, taken = off[one.id]
            sums[column] = taken
            row["worked_days"] = len(days) - taken
        rows.append({**row, **sums})
    return rows


def complaints(month: str) -> list[Row]:
    """Two complaints a month, one of them judged valid."""
    day = workdays(month)[5]
    return [
        {**NAMES["6006"], "complaint_id": f"T{month[-2:]}1", "date": day, "category": "态度", "valid": True},
        {**NAMES["6003"], "complaint_id": f"T{month[-2:]}2", "date": day, "category": "物流", "valid": False},
    ]


def reports(month: str) -> list[Row]:
    """The customer report of the month, from those on the upper rungs; one was late."""
    day = workdays(month)[-1]
    return [
        {
            **NAMES[agent],
            "date": day,
            "kind": "顾客情况统计",
            "title": f"{month} 顾客情况统计",
            "done": (agent, month) != ("6004", "2026-09"),
        }
        for agent in ("6001", "6002", "6003", "6004")
    ]


def main() -> None:
    """Write all files."""
    rng = random.Random(6)
    roster: list[Row] = [
        {**NAMES[one.id], "group": "天猫组", "level": one.level, "hired_on": one.hired, "supervisor": "陆遥"}
        for one in TEAM
    ]
    files: dict[str, list[Row]] = {"roster": roster}
    for month in MONTHS:
        monthly = {"interactions": contacts(rng, month), "orders": orders(rng, month), **judged(rng, month)}
        monthly |= {"attendance": attendance(month), "complaints": complaints(month), "tasks": reports(month)}
        files |= {f"{month}/{name}": rows for name, rows in monthly.items()}
    files["2026-10/events"] = [
        {**NAMES[agent], "date": day, "event": event, "count": count, "evidence": seen}
        for agent, day, event, count, seen in HAPPENED
    ]
    last = {"date": workdays(MONTHS[-1])[-1], "rater": "客服主管·陆遥", "role": "上级"}
    files["2026-10/ratings"] += [{**NAMES[agent], **last, "item": item, "value": said} for agent, item, said in ANSWERS]
    files["2026-09/discipline"] = [
        {**NAMES["6006"], "date": date(2026, 9, 22), "measure": "警告", "reason": "与顾客争执"}
    ]
    write_demo("ecommerce-pay", files)


if __name__ == "__main__":
    main()
