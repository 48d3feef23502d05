"""Make the small example data of the policy express-service."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from common import Row, at, workdays, write_demo

MONTH = "2026-10"
TOPICS = ("催派送", "改地址", "破损理赔", "丢件查询", "签收争议", "运费咨询")


@dataclass(frozen=True)
class Person:
    """One invented agent: mean response in seconds, share solved at once, and marks out of five."""

    id: str
    name: str
    group: str
    hired: date
    response: int
    solved: float
    csat: float
    attitude: float
    communication: float


TEAM = (
    Person("8001", "韩雪梅", "在线一组", date(2022, 3, 14), 19, 0.97, 4.7, 4.8, 4.6),
    Person("8002", "罗一帆", "在线一组", date(2023, 6, 1), 24, 0.95, 4.5, 4.7, 4.3),
    Person("8003", "邓可心", "在线一组", date(2024, 2, 26), 27, 0.93, 4.3, 4.6, 4.4),
    Person("8004", "谢文涛", "在线二组", date(2023, 9, 11), 34, 0.94, 4.2, 4.6, 4.2),
    Person("8005", "潘晓雯", "在线二组", date(2025, 3, 3), 26, 0.84, 4.1, 4.4, 4.1),
    Person("8006", "曹志远", "在线二组", date(2025, 7, 7), 29, 0.92, 3.7, 4.3, 3.9),
    Person("8007", "蒋思琪", "在线二组", date(2026, 4, 20), 47, 0.78, 3.4, 4.0, 3.6),
    Person("8008", "丁浩然", "在线一组", date(2024, 10, 8), 22, 0.96, 4.6, 4.7, 4.5),
)
RUDE = {"8007": "跟你说多少遍了,爱投诉就去投诉!"}
TALKS = {
    "8001": ("我的快递显示签收了,可我没收到。", "您别着急,我马上联系派送员核实,十分钟内回您。"),
    "8004": ("能帮我改一下地址吗?", "可以的,请把新地址发给我,改好后会有短信通知您。"),
    "8006": ("杯子碎了,怎么赔?", "请您拍一张外包装和破损处的照片,我现在帮您登记理赔。"),
    "8007": ("到底什么时候送?我问了三次了!", RUDE["8007"]),
}


def marks(rng: random.Random, mean: float, count: int) -> list[int]:
    """Whole marks from one to five around a mean."""
    low = int(mean)
    return [min(5, max(1, low + (rng.random() < mean - low))) for _ in range(count)]


def contacts(rng: random.Random, person: Person, days: list[date]) -> list[Row]:
    """Two contacts on most days; here and there nobody noted whether it was solved."""
    rows: list[Row] = []
    for number, day in enumerate(days):
        for half in (0, 1):
            start = at(day, 9 + half * 5 + rng.randrange(3), rng.randrange(60), rng.randrange(60))
            forgotten = person.id in ("8005", "8007") and number % 9 == 4 and half
            rows.append(
                {
                    "agent_id": person.id,
                    "agent_name": person.name,
                    "interaction_id": f"{person.id}{number:02d}{half}",
                    "customer_id": f"K{rng.randrange(10000, 99999)}",
                    "topic": rng.choice(TOPICS),
                    "started_at": start,
                    "response_seconds": max(5, round(rng.gauss(person.response, 7))),
                    "talk_seconds": rng.randrange(120, 600),
                    "resolved": None if forgotten else rng.random() < person.solved,
                }
            )
    return rows


def surveys(rng: random.Random, person: Person, days: list[date]) -> list[Row]:
    """A dozen answers; one was entered out of ten instead of out of five."""
    given = [
        {"agent_id": person.id, "agent_name": person.name, "date": rng.choice(days), "score": mark, "full_score": 5}
        for mark in marks(rng, person.csat, 12)
    ]
    if person.id == "8002":
        given.append({"agent_id": person.id, "agent_name": person.name, "date": days[3], "score": 9, "full_score": 5})
    return given


def reviews(rng: random.Random, person: Person, days: list[date]) -> list[Row]:
    """Five reviewed contacts, each with a mark for manner and one for how things were said, in half points."""
    rows: list[Row] = []
    for number in range(5):
        day = days[3 * number + rng.randrange(3)]
        for item, mean in (("服务态度", person.attitude), ("沟通技巧", person.communication)):
            half_points = min(10, max(2, round(2 * rng.gauss(mean, 0.2))))
            rows.append(
                {
                    "agent_id": person.id,
                    "agent_name": person.name,
                    "date": day,
                    "interaction_id": f"{person.id}{number:02d}0",
                    "item": item,
                    "score": Decimal(half_points) / 2,
                    "full_score": 5,
                    "reviewer": "质检·田蕾",
                }
            )
    return rows


def messages(days: list[date]) -> list[Row]:
    """A few conversations, one of them rude."""
    rows: list[Row] = []
    names = {person.id: person.name for person in TEAM}
    for number, (agent, (asked, answered)) in enumerate(TALKS.items()):
        start = at(days[number + 2], 10, 5 * number)
        base = {"agent_id": agent, "agent_name": names[agent], "interaction_id": f"{agent}{number + 2:02d}0"}
        rows.append({**base, "sent_at": start, "sender": "客户", "text": asked})
        rows.append({**base, "sent_at": start + timedelta(seconds=25), "sender": "客服", "text": answered})
    return rows


def main() -> None:
    """Write all files."""
    rng = random.Random(8)
    days = workdays(MONTH)
    published = date(2026, 10, 9)
    roster: list[Row] = [
        {
            "agent_id": person.id,
            "agent_name": person.name,
            "group": person.group,
            "post": "快递客服",
            "hired_on": person.hired,
            "supervisor": "周敏",
        }
        for person in TEAM
    ]
    appeals: list[Row] = [
        {
            "agent_id": "8004",
            "agent_name": "谢文涛",
            "date": date(2026, 10, 13),
            "item": "平均响应时间",
            "reason": "9 月 20 日系统卡顿两小时",
            "published_on": published,
        },
        {
            "agent_id": "8006",
            "agent_name": "曹志远",
            "date": date(2026, 10, 19),
            "item": "客户满意度评分",
            "reason": "两份问卷评的是派送员",
            "published_on": published,
        },
    ]
    events: list[Row] = [
        {
            "agent_id": "8007",
            "agent_name": "蒋思琪",
            "date": date(2026, 10, 22),
            "event": "侮辱或攻击性言语",
            "evidence": "通话录音 22-113",
        }
    ]
    monthly = {
        "interactions": [row for person in TEAM for row in contacts(rng, person, days)],
        "surveys": [row for person in TEAM for row in surveys(rng, person, days)],
        "quality": [row for person in TEAM for row in reviews(rng, person, days)],
        "messages": messages(days),
        "events": events,
        "appeals": appeals,
    }
    write_demo("express-service", {"roster": roster, **{f"{MONTH}/{name}": rows for name, rows in monthly.items()}})


if __name__ == "__main__":
    main()
