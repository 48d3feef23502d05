"""Example data of ``insurance``: six people of an insurer's service desk in October 2026, one of them weak."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from common import Row, at, workdays, write_demo

MONTH = "2026-10"
END = date(2026, 10, 31)
PEOPLE = {
    "2001": ("宋雅琴", "热线一组", 0.97),
    "2002": ("范志远", "热线一组", 0.93),
    "2003": ("蒋梦洁", "热线一组", 0.88),
    "2004": ("于海涛", "热线二组", 0.90),
    "2005": ("薛晓雯", "热线二组", 0.82),
    "2006": ("邓家豪", "热线二组", 0.55),
}
LEVELS = ("优秀", "良好", "合格", "不合格")
RATED = ("客户沟通技巧", "情绪管理", "主动性", "职业发展规划")


def main() -> None:
    """Make all files."""
    dice = random.Random(2026)
    days = workdays(MONTH)
    files: dict[str, list[Row]] = {"roster": [_person(key, *person[:2]) for key, person in PEOPLE.items()]}
    for key, (_, _, skill) in PEOPLE.items():
        for table, rows in _month_of(key, skill, days, dice).items():
            files.setdefault(f"{MONTH}/{table}", []).extend(rows)
    write_demo("insurance", files)


def _person(key: str, name: str, group: str) -> Row:
    return {
        "agent_id": key, "agent_name": name, "group": group, "post": "保险客服", "supervisor": "何主任",
        "hired_on": date(2023, 3, 1),
    }  # fmt: skip


def _month_of(key: str, skill: float, days: list[date], dice: random.Random) -> dict[str, list[Row]]:
    def well() -> bool:
        return dice.random() < skill

    contacts = [_contact(key, skill, dice.choice(days), dice) for _ in range(dice.randint(36, 48))]
    surveys = [{"agent_id": key, "date": dice.choice(days), "score": 5 if well() else dice.choice((2, 3, 4)),
                "full_score": 5} for _ in range(14)]  # fmt: skip
    complaints = [{"agent_id": key, "date": dice.choice(days), "category": "服务质量", "valid": dice.random() < 0.7}
                  for _ in range(round((1 - skill) * 8))]  # fmt: skip
    praise = [{"agent_id": key, "date": dice.choice(days), "event": "客户表扬", "count": 1}
              for _ in range(int(skill * 6))]  # fmt: skip
    slight = [{"agent_id": key, "date": dice.choice(days), "event": name, "count": 1}
              for name in ("轻微违规", "轻微沟通问题") for _ in range(0 if well() else 2)]  # fmt: skip
    quality = [{"agent_id": key, "date": dice.choice(days), "item": item, "passed": well()}
               for item in ("理赔协助", "信息准确") for _ in range(12)]  # fmt: skip
    trainings = [{"agent_id": key, "date": days[4], "title": f"合规课程{number}", "kind": "必修", "attended": well()}
                 for number in range(1, 6)]  # fmt: skip
    trainings += [{"agent_id": key, "date": days[9], "title": "理赔新系统", "kind": "新技能", "completed": well()}]
    tasks = [{"agent_id": key, "date": dice.choice(days), "kind": "跨部门", "title": f"联合处理{number}",
              "done": well()} for number in range(1, 11)]  # fmt: skip
    tasks += [{"agent_id": key, "date": END, "kind": "工作总结", "title": "月度总结", "done": well()}]
    plans = [{"agent_id": key, "date": END, "item": f"改进项{number}", "done": well()} for number in range(1, 6)]
    return {
        "interactions": contacts,
        "surveys": surveys,
        "complaints": complaints,
        "events": praise + slight,
        "quality": quality,
        "trainings": trainings,
        "tasks": tasks,
        "plans": plans,
        "exams": [{"agent_id": key, "date": days[14], "kind": "业务知识", "score": round(skill * 100) - 2,
                   "full_score": 100}],
        "orders": [{"agent_id": key, "date": day, "amount": Decimal(round(skill * 900 + dice.randint(0, 300)))}
                   for day in days[::2]],
        "targets": [{"agent_id": key, "date": days[0], "metric": "销售额", "amount": Decimal(9000)}],
        "ratings": _ratings(key, skill, dice),
    }  # fmt: skip


def _contact(key: str, skill: float, day: date, dice: random.Random) -> Row:
    return {
        "agent_id": key,
        "started_at": at(day, dice.randint(8, 17), dice.randint(0, 59), dice.randint(0, 59)),
        "answered": True,
        "resolved": dice.random() < skill,
        "first_response_seconds": dice.randint(20, round(60 + (1 - skill) * 900)),
    }


def _ratings(key: str, skill: float, dice: random.Random) -> list[Row]:
    """The superior's levels, and an own sheet that is a little kinder; one person hands none in."""
    rows: list[Row] = []
    for item in RATED:
        level = min(3, int((1 - skill) * 5 + dice.random()))
        rows.append(_rating(key, "何主任", "上级", item, LEVELS[level]))
        if key != "2004":
            rows.append(_rating(key, PEOPLE[key][0], "自评", item, LEVELS[max(0, level - dice.randint(0, 1))]))
    return [*rows, _rating(key, "何主任", "上级", "总结深度", "深入" if dice.random() < skill else "一般")]


def _rating(key: str, rater: str, role: str, item: str, value: str) -> Row:
    return {"agent_id": key, "date": END, "rater": rater, "role": role, "item": item, "value": value}


if __name__ == "__main__":
    main()
