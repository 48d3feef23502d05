"""Make the small example data of the policy taobao-service."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from common import Row, at, write_demo
from taobao import DAYS, MONTH, Person, contacts, kpis, roster

ABSENT, LEFT_OUT = date(2026, 10, 21), date(2026, 10, 14)
CHIEF = "主管·方怡"
REMINDING = [("T101", "T102", "T106")[step % 3] for step in range(31)]
"""Whose turn it is, day by day, to remind buyers who have not paid."""
FIRST_HOURS = {"白班": 9, "晚班": 16}


TEAM = (
    Person("T101", "沈佳宁", "白班", date(2023, 4, 10), 4200, 17, 46, 0.93, 0.92, 94),
    Person("T102", "吴子轩", "白班", date(2024, 1, 15), 3900, 22, 52, 0.88, 0.86, 88),
    Person("T103", "郑雨桐", "白班", date(2024, 9, 2), 3800, 28, 41, 0.91, 0.89, 90),
    Person("T104", "何俊杰", "晚班", date(2023, 11, 6), 4000, 25, 38, 0.86, 0.81, 82),
    Person("T105", "冯晓月", "晚班", date(2025, 5, 12), 3700, 33, 35, 0.84, 0.84, 79),
    Person("T106", "唐一鸣", "晚班", date(2026, 3, 16), 3500, 47, 26, 0.72, 0.70, 66),
    Person("T107", "许若曦", "白班", date(2026, 10, 12), 3500, 38, 30, 0.80, 0.80, 74),
)
BY_ID = {person.id: person for person in TEAM}


def of(agent: str, day: date, **cells: object) -> Row:
    """A row of an agent and a day."""
    return BY_ID[agent].row(day, **cells)


def attendance(rng: random.Random, person: Person) -> list[Row]:
    """Every day of the month but one day of rest a week; the weak agent is late, absent once and leaves early once."""
    rows: list[Row] = []
    for day in person.days:
        if day.weekday() == int(person.id[-1]) % 7:
            rows.append(of(person.id, day, shift="休息"))
            continue
        if (person.id, day) in (("T106", ABSENT), ("T104", LEFT_OUT), ("T103", LEFT_OUT)):
            rows.append(of(person.id, day, shift=person.work))
            continue
        start, end = (at(day, 8, 30), at(day, 18)) if person.work == "白班" else (at(day, 15, 30), at(day, 23, 59))
        late = person.id == "T106" and day.day in (9, 23)
        came = start + timedelta(minutes=rng.randrange(3, 25) if late else -rng.randrange(1, 15))
        gone = end + timedelta(minutes=rng.randrange(1, 12))
        rows.append(of(person.id, day, shift=person.work, in_at=came, out_at=gone))
    return rows


def orders(rng: random.Random, person: Person) -> list[Row]:
    """A paid order every third day, some with a refund."""
    return [
        of(
            person.id,
            day,
            order_id=f"{day:%m%d}{person.id[1:]}",
            amount=Decimal(rng.randrange(60, 90) * person.orders),
            refund_amount=Decimal(199) if rng.random() < 0.15 else None,
        )
        for day in person.days[1::3]
    ]


def reviews_of_talks(rng: random.Random, person: Person) -> list[Row]:
    """Three reviewed talks and an exam make the marks of the month."""
    days = (date(2026, 10, 15), date(2026, 10, 22), date(2026, 10, 29))
    marks = [Decimal(round(min(10.0, rng.gauss(10 * person.good, 0.4)) * 2)) / 2 for _ in days]
    return [
        of(person.id, day, item="语气服务", score=mark, full_score=10, reviewer=CHIEF)
        for day, mark in zip(days, marks, strict=True)
    ]


def ratings(person: Person) -> list[Row]:
    """The superior's form: minus marks for the two weaker agents."""
    faults = {"T106": ("认真回复", "婉转拒绝", "登号查留言"), "T105": ("下班整理",)}.get(person.id, ())
    items = dict.fromkeys(faults, "-") or {"文明礼貌": "0"}
    day = DAYS[-1]
    return [of(person.id, day, rater=CHIEF, role="上级", item=item, value=mark) for item, mark in items.items()]


def forms() -> dict[str, list[Row]]:
    """Leave, reports, after-sale cases, poor reviews, reminders: most in order, some not."""
    d = [date(2026, 10, day) for day in range(1, 32)]
    leave = {"ends_on": LEFT_OUT, "days": 1, "approved": True, "approver": CHIEF}
    case: Callable[..., Row] = lambda agent, day, kind, **cells: of(agent, d[day - 1], category=kind, **cells)  # noqa: E731
    reports = [(monday, person) for monday in (12, 19, 26) for person in TEAM if person.hired < d[monday - 1]]
    week = {12: d[17], 13: d[17], 15: d[17], 20: d[24], 22: d[24]}
    lamp = {"product": "北欧台灯", "phone": "13900001234", "severity": "一般", "state": "已处理"}
    return {
        "leave": [
            of("T104", LEFT_OUT, kind="事假", filed_at=at(d[12], 10), substitute="冯晓月", **leave),
            of("T103", LEFT_OUT, kind="年假", filed_at=at(d[9], 9), substitute="沈佳宁", **leave),
        ],
        "tasks": [
            of(who.id, d[monday - 1], kind="周例会总结", done=True, done_on=d[monday - 1 + (who.id == "T106")])
            for monday, who in reports
        ],
        "aftersales": [
            case("T101", 12, "与想象不符", apologised=True, resolution="换货", submitted_on=week[12]),
            case("T102", 13, "少发缺货", cause="发货记录齐全", apologised=True, log_checked=True, fault="快递",
                 photo=True, resolution="补发", submitted_on=week[13]),
            case("T103", 15, "运输破损", signed=True, photo=True, resolution="补偿", submitted_on=week[15]),
            case("T104", 20, "到货延迟", cause="快递原因", told_at=at(d[19], 17), chases=1, submitted_on=week[20]),
            case("T106", 20, "到货延迟", cause="发货延迟", chases=3, submitted_on=d[25]),
            case("T105", 22, "质量问题", photo=True, apologised=True, resolution="退货", submitted_on=week[22]),
        ],
        "reviews": [
            of("T101", d[11], **lamp, customer_id="买家3307", content="灯罩有划痕", progress="补发灯罩,买家已追评",
               messaged_at=at(d[11], 15), replied_at=at(d[12], 9)),
            of("T105", d[17], **{**lamp, "severity": "严重"}, customer_id="买家5120", content="一周没到货",
               progress="电话致歉并补偿", messaged_at=at(d[17], 20), called_at=at(d[20], 16)),
            of("T106", d[21], **{**lamp, "severity": "严重", "state": "处理中"}, customer_id="买家8841",
               content="客服态度差", progress="等买家回复", messaged_at=at(d[22], 19)),
        ],
        "reminders": [
            of(agent, d[day], order_id=f"未付{day:02d}{agent[1:]}", reminded_at=at(d[day], 16, 5), flagged=flagged,
               note="已提醒付款" if flagged else None, paid=day % 3 != 0)
            for day, agent in enumerate(REMINDING)
            for flagged in [agent != "T106" or day not in range(12, 21)]
        ],
        "shift_plans": [
            of(agent, d[day], shift="催付", published_on=date(2026, 9, 30)) for day, agent in enumerate(REMINDING)
        ],
        "complaints": [
            of("T106", d[8], customer_id="买家7716", category="服务态度", valid=True, content="回复冷淡"),
            of("T106", d[24], customer_id="买家8841", category="服务态度", valid=True, content="推卸责任"),
            of("T102", d[18], customer_id="买家2290", category="服务态度", valid=False, content="议价不成"),
        ],
        "events": [
            of("T105", d[15], event="上班打电话、玩游戏、看电视", count=1, evidence="主管巡查"),
            of("T104", d[19], event="长时间离开旺旺不挂起", count=1, evidence="后台状态 25 分钟"),
        ],
        "exams": [of(one.id, d[27], kind="产品知识", score=one.exam, full_score=100) for one in TEAM],
    }  # fmt: skip


TALKS = (
    ("T101", "这款还有白色吗?", "亲,白色还有的,今天下单明天就能发出。"),
    ("T103", "蓝色什么时候补?", "亲,蓝色不补货了呢。"),
    ("T106", "收到就是坏的!", "这不是我们的问题,去找快递。"),
)


def messages() -> list[Row]:
    """Three short talks, two of them not as they should be."""
    rows: list[Row] = []
    for day, (agent, asked, answered) in zip((13, 17, 25), TALKS, strict=True):
        base = {"agent_id": agent, "agent_name": BY_ID[agent].name, "interaction_id": f"{agent}{day:02d}"}
        rows.append({**base, "sent_at": at(DAYS[day - 1], 16, 1), "sender": "买家", "text": asked})
        rows.append({**base, "sent_at": at(DAYS[day - 1], 16, 2), "sender": "客服", "text": answered})
    return rows


def main() -> None:
    """Write all files."""
    rng = random.Random(19)
    makers = {"attendance": attendance, "kpis": kpis, "orders": orders}
    monthly = {name: [row for one in TEAM for row in make(rng, one)] for name, make in makers.items()}
    monthly["interactions"] = [row for one in TEAM for row in contacts(rng, one, FIRST_HOURS[one.work])]
    monthly["quality"] = [row for one in TEAM for row in reviews_of_talks(rng, one)]
    monthly |= {"ratings": [row for one in TEAM for row in ratings(one)], "messages": messages(), **forms()}
    write_demo(
        "taobao-service",
        {"roster": roster(TEAM, CHIEF, level="客服"), **{f"{MONTH}/{name}": rows for name, rows in monthly.items()}},
    )


if __name__ == "__main__":
    main()
