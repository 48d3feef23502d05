"""Example data of ``service-desk`` and ``service-desk-en``: phone and chat in October 2026, four people part time."""

from __future__ import annotations

import random
from datetime import date

from common import Row, at, workdays, write_demo

MONTH = "2026-10"
PEOPLE = {
    "5001": (("陆子涵", "Alice Reed"), "phone", "senior", 0.97),
    "5002": (("金美琳", "Ben Carter"), "phone", "agent", 0.95),
    "5003": (("白雪松", "Chloe Diaz"), "phone", "agent", 0.93),
    "5004": (("康立群", "David Evans"), "phone", "agent", 0.84),
    "5005": (("毛思远", "Emma Frost"), "phone", "part_time", 0.90),
    "5006": (("邱婉婷", "Frank Green"), "phone", "part_time", 0.70),
    "5007": (("江若彤", "Grace Hill"), "chat", "senior", 0.96),
    "5008": (("尹浩宇", "Henry Irwin"), "chat", "agent", 0.96),
    "5009": (("黎欣然", "Ivy Jones"), "chat", "agent", 0.89),
    "5010": (("贺一鸣", "Jack King"), "chat", "agent", 0.78),
    "5011": (("武晓燕", "Kate Lewis"), "chat", "part_time", 0.92),
    "5012": (("戴俊熙", "Liam Moore"), "chat", "part_time", 0.60),
}
WORDS = {
    "zh": {"phone": "热线", "chat": "在线", "senior": "资深专员", "agent": "专员", "part_time": "兼职",
           "group": "服务台", "item": "抽查", "full": "全职", "part": "兼职"},
    "en": {"phone": "Phone", "chat": "Chat", "senior": "senior agent", "agent": "agent", "part_time": "part time",
           "group": "Desk", "item": "Review", "full": "full time", "part": "part time"},
}  # fmt: skip
POLICIES = {"zh": "service-desk", "en": "service-desk-en"}


def main() -> None:
    """Make all files, the same figures in both languages."""
    for number, (language, policy) in enumerate(POLICIES.items()):
        words, dice = WORDS[language], random.Random(2026)
        files: dict[str, list[Row]] = {"roster": [_person(key, number, words) for key in PEOPLE]}
        for key in PEOPLE:
            for table, rows in _month_of(key, words, dice).items():
                files.setdefault(f"{MONTH}/{table}", []).extend(rows)
        write_demo(policy, files, language)


def _person(key: str, language: int, words: dict[str, str]) -> Row:
    names, post, level, _ = PEOPLE[key]
    return {"agent_id": key, "agent_name": names[language], "group": words["group"], "post": words[post],
            "level": words[level], "hired_on": date(2024, 3, 4),
            "contract": words["part" if level == "part_time" else "full"]}  # fmt: skip


def _month_of(key: str, words: dict[str, str], dice: random.Random) -> dict[str, list[Row]]:
    _, post, level, skill = PEOPLE[key]
    days = workdays(MONTH)[:: 2 if level == "part_time" else 1]
    hours = 5 if level == "part_time" else 8
    leave = [{"agent_id": key, "date": days[4], "personal_leave_days": int(key == "5004")}]
    return {
        "interactions": [_contact(key, post, skill, dice.choice(days), dice) for _ in range(dice.randint(26, 34))],
        "surveys": [{"agent_id": key, "date": dice.choice(days),
                     "score": dice.choice((4, 5)) if dice.random() < skill else dice.choice((1, 2, 3)),
                     "full_score": 5} for _ in range(16)],
        "quality": [{"agent_id": key, "date": dice.choice(days), "item": words["item"], "full_score": 100,
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
