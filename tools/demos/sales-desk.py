"""Example data of ``sales-desk``: two sales groups in September and October 2026.

One of them pays back more in September than he sells, and October sets it off.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from common import Row, workdays, write_demo

MONTHS = ("2026-09", "2026-10")
PEOPLE = {
    "4001": ("石慧敏", "一组", "lead", 1.15, date(2021, 4, 12)),
    "4002": ("雷宇航", "一组", "agent", 1.25, date(2023, 2, 6)),
    "4003": ("侯思琪", "一组", "agent", 1.02, date(2024, 5, 20)),
    "4004": ("龙文博", "一组", "agent", 0.70, date(2025, 9, 1)),
    "4005": ("万静怡", "二组", "lead", 1.00, date(2022, 7, 4)),
    "4006": ("段家乐", "二组", "agent", 0.92, date(2024, 1, 8)),
    "4007": ("钱梦瑶", "二组", "agent", 1.08, date(2023, 10, 16)),
    "4008": ("汤俊杰", "二组", "agent", 0.55, date(2026, 3, 2)),
}
TARGETS = {"agent": 40_000, "lead": 30_000}
PAID_BACK = "4008"
"""Whose big order of August is paid back in September."""
LEVELS = {"agent": "销售坐席", "lead": "销售组长"}


def main() -> None:
    """Make all files."""
    dice = random.Random(2026)
    files: dict[str, list[Row]] = {"roster": [_person(key) for key in PEOPLE]}
    for month in MONTHS:
        for key in PEOPLE:
            for table, rows in _month_of(key, month, dice).items():
                files.setdefault(f"{month}/{table}", []).extend(rows)
    write_demo("sales-desk", files)


def _person(key: str) -> Row:
    name, group, level, _, hired = PEOPLE[key]
    return {"agent_id": key, "agent_name": name, "group": group, "post": LEVELS[level], "level": LEVELS[level],
            "hired_on": hired}  # fmt: skip


def _month_of(key: str, month: str, dice: random.Random) -> dict[str, list[Row]]:
    _, _, level, skill, _ = PEOPLE[key]
    days, target = workdays(month), TARGETS[level]
    orders = [_order(key, days, Decimal(target) * Decimal(str(skill)) / 20, dice) for _ in range(20)]
    if (key, month) == (PAID_BACK, MONTHS[0]):
        orders = [*orders[:6], {"agent_id": key, "date": days[12], "amount": Decimal(0),
                                "refund_amount": Decimal(16_800)}]  # fmt: skip
    quality = [{"agent_id": key, "date": dice.choice(days), "item": "录音抽查", "full_score": 100,
                "score": min(100, round(skill * 30) + dice.randint(55, 68))} for _ in range(5)]  # fmt: skip
    events = [{"agent_id": key, "date": days[8], "event": "夸大或隐瞒", "count": 1}] if key == "4004" else []
    leave = [{"agent_id": key, "date": days[3], "personal_leave_days": int(key == "4006")}]
    return {
        "orders": orders,
        "targets": [{"agent_id": key, "date": days[0], "metric": "销售额", "amount": Decimal(target)}],
        "quality": quality,
        "events": events,
        "attendance": leave,
    }


def _order(key: str, days: list[date], usual: Decimal, dice: random.Random) -> Row:
    """One order about as large as usual; one in fifteen is paid back."""
    amount = (usual * dice.randint(80, 120) / 100).quantize(Decimal("0.01"))
    back = amount if dice.random() < 1 / 15 else None
    return {"agent_id": key, "date": dice.choice(days), "amount": amount, "refund_amount": back}


if __name__ == "__main__":
    main()
