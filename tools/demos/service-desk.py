"""Example data of ``service-desk``: phone and chat in October 2026, four people part time."""

from __future__ import annotations

import random
from datetime import date

from common import Row, at, workdays, write_demo

MONTH = "2026-10"
PEOPLE = {
    "5001": ("陆子涵", "phone", "senior", 0.97),
    "5002": ("金美琳", "phone", "agent", 0.95),
    "5003": ("白雪松", "phone", "agent", 0.93),
    "5004": ("康立群", "phone", "agent", 0.84),
    "5005": ("毛思远", "phone", "part_time", 0.90),
    "5006": ("邱婉婷", "phone", "part_time", 0.70),
    "5007": ("江若彤", "chat", "senior", 0.96),
    "5008": ("尹浩宇", "chat", "agent", 0.96),
    "5009": ("黎欣然", "chat", "agent", 0.89),
    "5010": ("贺一鸣", "chat", "agent", 0.78),
    "5011": ("武晓燕", "chat", "part_time", 0.92),
    "5012": ("戴俊熙", "chat", "part_time", 0.60),
}
WORDS = {"phone": "热线", "chat": "在线", "senior": "资深专员", "agent": "专员", "part_time": "兼职"}


def main() -> None:
    """Make all files."""
    dice = random.Random(2026)
    files: dict[str, list[Row]] = {"roster": [_person(key) for key in PEOPLE]}
    for key in PEOPLE:
        for table, rows in _month_of(key, dice).items():
            files.setdefault(f"{MONTH}/{table}", []).extend(rows)
    write_demo("service-desk", files)


def _person(key: str) -> Row:
    name, post, level, _ = PEOPLE[key]
    return {"agent_id": key, "agent_name": name, "group": "服务台", "post": WORDS[post], "level": WORDS[level],
            "hired_on": date(2024, 3, 4), "contract": "兼职" if level == "part_time" else "全职"}  # fmt: skip


def _month_of(key: str, dice: random.Random) -> dict[str, list[Row]]:
    _, post, level, skill = PEOPLE[key]
    days = workdays(MONTH)[:: 2 if level == "part_time" else 1]
    hours = 5 if level == "part_time" else 8
    leave = [{"agent_id": key, "date": days[4], "personal_leave_days": int(key == "5004")}]
    return {
        "interactions": [_contact(key, post, skill, dice.choice(days), dice) for _ in range(dice.randint(26, 34))],
        "surveys": [{"agent_id": key, "date": dice.choice(days),
                     "score": dice.choice((4, 5)) if dice.random() < skill else dice.choice((1, 2, 3)),
                     "full_score": 5} for _ in range(16)],
        "quality": [{"agent_id": key, "date": dice.choice(days), "item": "抽查", "full_score": 100,
                     "score": min(100, round(skill * 100) + dice.randint(-4, 4))} for _ in range(5)],
        "agent_states": [{"agent_id": key, "date": day, "paid_seconds": hours * 3600} for day in days],
        "attendance": leave,
    }  # fmt: skip


def _contact(key: str, post: str, skill: float, day: date, dice: random.Random) -> Row:
    row: Row = {
        "agent_id": key,
        "started_at": at(day, dice.randint(9, 20), dice.randint(0, 59), dice.randint(0, 59)),
        "answered": True,
    }
    slow = round((1 - skill) * 600)
    if post == "phone":
        return {**row, "talk_seconds": dice.randint(120, 260 + slow)}
    return {**row, "first_response_seconds": dice.randint(8, 30 + slow // 3)}


if __name__ == "__main__":
    main()
