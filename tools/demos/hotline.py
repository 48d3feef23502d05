"""Example data of ``hotline``: eight people of an inbound hotline in October 2026, day and night."""

from __future__ import annotations

import random
from datetime import date, timedelta

from common import Row, at, write_demo

MONTH = "2026-10"
DAYS = [date(2026, 10, 1) + timedelta(step) for step in range(31)]
REST = 7
"""Six days of work, then one of rest."""
PEOPLE = {
    "3001": ("秦晓梅", "senior", 0.97, date(2022, 5, 9)),
    "3002": ("罗志强", "senior", 0.94, date(2022, 8, 1)),
    "3003": ("唐雨婷", "agent", 0.95, date(2024, 3, 4)),
    "3004": ("韩东升", "agent", 0.90, date(2024, 6, 3)),
    "3005": ("冯佳怡", "agent", 0.86, date(2025, 2, 17)),
    "3006": ("曹子墨", "agent", 0.80, date(2025, 7, 1)),
    "3007": ("彭丽华", "agent", 0.60, date(2023, 11, 6)),
    "3008": ("曾浩然", "agent", 0.88, date(2026, 9, 14)),
}
WORDS = {"agent": "客服代表", "senior": "资深客服代表", "day": "白班", "night": "夜班", "off": "休息"}


def main() -> None:
    """Make all files."""
    dice = random.Random(2026)
    files: dict[str, list[Row]] = {"roster": [_person(key) for key in PEOPLE]}
    for place, key in enumerate(PEOPLE):
        for table, rows in _month_of(key, place, dice).items():
            files.setdefault(f"{MONTH}/{table}", []).extend(rows)
    write_demo("hotline", files)


def _person(key: str) -> Row:
    name, level, _, hired = PEOPLE[key]
    return {"agent_id": key, "agent_name": name, "group": "热线组", "post": "热线客服", "level": WORDS[level],
            "hired_on": hired}  # fmt: skip


def _month_of(key: str, place: int, dice: random.Random) -> dict[str, list[Row]]:
    skill = PEOPLE[key][2]

    def well() -> bool:
        return dice.random() < skill

    shifts = {day: _shift(day, place) for day in DAYS}
    days = [day for day, shift in shifts.items() if shift != "off"]
    attendance = [_day(key, day, shift, dice) for day, shift in shifts.items()]
    if key == "3005":
        attendance[8] = {"agent_id": key, "date": DAYS[8], "shift": WORDS["day"], "personal_leave_days": 1}
    if key == "3006":
        attendance[19] = {"agent_id": key, "date": DAYS[19], "shift": WORDS["night"], "sick_leave_days": 1}
    calls = [_call(key, dice.choice(days), well(), dice) for _ in range(dice.randint(30, 40))]
    surveys = [{"agent_id": key, "date": dice.choice(days), "score": 5 if well() else dice.choice((2, 3, 4)),
                "full_score": 5} for _ in range(20)]  # fmt: skip
    reviews = [{"agent_id": key, "date": dice.choice(days), "item": "录音抽查",
                "score": round(skill * 100) + dice.randint(-2, 3), "full_score": 100,
                "critical": True, "passed": well() or skill > 0.7} for _ in range(6)]  # fmt: skip
    complaints = [{"agent_id": key, "date": dice.choice(days), "valid": dice.random() < 0.5}
                  for _ in range(round((1 - skill) * 6))]  # fmt: skip
    praise = [{"agent_id": key, "date": dice.choice(days), "event": "客户表扬", "count": 1}
              for _ in range(int(skill * 4) - 1)]  # fmt: skip
    return {"attendance": attendance, "interactions": calls, "surveys": surveys, "quality": reviews,
            "complaints": complaints, "events": praise}  # fmt: skip


def _shift(day: date, place: int) -> str:
    """Two weeks of days, two of nights; the juniors and seniors take turns."""
    if (day.day + place) % REST == 0:
        return "off"
    return "night" if (day.day // 14 + place) % 2 else "day"


def _day(key: str, day: date, shift: str, dice: random.Random) -> Row:
    if shift == "off":
        return {"agent_id": key, "date": day, "shift": WORDS["off"]}
    start = 8 if shift == "day" else 20
    begun = at(day, start - 1, dice.randint(45, 59))
    return {"agent_id": key, "date": day, "shift": WORDS[shift], "in_at": begun, "out_at": begun + timedelta(hours=8.5)}


def _call(key: str, day: date, solved: bool, dice: random.Random) -> Row:
    return {"agent_id": key, "started_at": at(day, dice.randint(8, 19), dice.randint(0, 59), dice.randint(0, 59)),
            "answered": True, "resolved": solved, "talk_seconds": dice.randint(60, 420)}  # fmt: skip


if __name__ == "__main__":
    main()
