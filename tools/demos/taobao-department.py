"""Make the small example data of the policy taobao-department."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from common import Row, at, workdays, write_demo
from taobao import DAYS, MONTH, Person, contacts, kpis, roster

CHIEF = "客服主管·林岚"
HEAD = Person("S200", "林岚", "主管", date(2021, 2, 22), 7800, 0, 0, 1.0, 0.97, 0)
TEAM = (
    Person("S201", "曾雅文", "售前", date(2023, 5, 8), 4300, 16, 48, 0.93, 0.93, 95),
    Person("S202", "彭家豪", "售前", date(2024, 3, 4), 4000, 24, 44, 0.88, 0.88, 87),
    Person("S203", "苏慧敏", "售前", date(2025, 1, 13), 3800, 31, 37, 0.85, 0.84, 83),
    Person("S204", "卢俊峰", "售前", date(2026, 2, 23), 3500, 49, 25, 0.70, 0.66, 64),
    Person("S205", "蔡诗涵", "售后", date(2023, 8, 21), 4200, 22, 0, 0.0, 0.92, 92),
    Person("S206", "贾文斌", "售后", date(2024, 6, 17), 3900, 28, 0, 0.0, 0.85, 80),
    Person("S207", "丁欣怡", "售后", date(2025, 9, 1), 3700, 35, 0, 0.0, 0.78, 75),
)
BY_ID = {person.id: person for person in TEAM}
FORGOTTEN = {"S202": (9, 20), "S204": (9, 12, 14, 16, 19, 22, 26), "S206": (15,)}
MENDED = {"S202": (9, 20), "S204": (9, 12, 14, 16, 19, 22)}
ABSENT = {"S204": date(2026, 10, 27), "S205": date(2026, 10, 21)}
ITEMS = {"售前": ("准确", "简洁", "高效", "友好", "结束致谢"), "售后": ("热情主动", "友好")}


def of(agent: str, day: int, **cells: object) -> Row:
    """A row of an agent and a day of the month."""
    return BY_ID[agent].row(DAYS[day - 1], **cells)


def attendance(rng: random.Random, person: Person) -> list[Row]:
    """Punches and meals of every working day; some punches are forgotten, two people are away for a day."""
    rows: list[Row] = []
    for day in workdays(MONTH):
        if ABSENT.get(person.id) == day:
            rows.append(person.row(day, shift="值班"))
            continue
        gone = None if day.day in FORGOTTEN.get(person.id, ()) else at(day, 18, rng.randrange(1, 20))
        longest = 2400 if person.id == "S203" and day.day in (13, 23) else 2000
        meal = longest - 60 * rng.randrange(0, 5)
        rows.append(
            person.row(day, shift="值班", in_at=at(day, 8, rng.randrange(15, 30)), out_at=gone, meal_seconds=meal)
        )
    return rows


def quality(rng: random.Random, person: Person) -> list[Row]:
    """Three reviewed contacts, each by all items of the post."""
    return [
        person.row(DAYS[day - 1], item=item, passed=rng.random() < person.good + 0.03, reviewer=CHIEF)
        for day in (14, 21, 28)
        for item in ITEMS[person.work]
    ]


def aftersales(rng: random.Random, person: Person) -> list[Row]:
    """A case on every other working day of the after-sale agents, most of them closed on the day."""
    if person.work != "售后":
        return []
    rows: list[Row] = []
    for number, day in enumerate(workdays(MONTH)[::2]):
        later = timedelta(days=0 if rng.random() < person.good else 1)
        kind, way = rng.choice(
            [("质量问题", "退货"), ("到货延迟", "补偿"), ("少发缺货", "补发"), ("与想象不符", "换货")]
        )
        closed = at(day, rng.randrange(10, 18), rng.randrange(60)) + later
        order = f"{day:%m%d}{person.id[1:]}{number:02d}"
        rows.append(person.row(day, order_id=order, category=kind, resolution=way, resolved_at=closed))
    return rows


def duty_plans() -> list[Row]:
    """Who is on duty on Saturdays and Sundays: all made known in time but one who was added later."""
    rows: list[Row] = []
    weekends = [day for day in DAYS if day.weekday() >= 5]
    for number, day in enumerate(weekends):
        late = number == len(weekends) - 1
        published = date(2026, 10, 20) if late else date(2026, 9, 28)
        rows.append(TEAM[number % len(TEAM)].row(day, shift="周末值班", published_on=published))
    return rows


def fixes() -> list[Row]:
    """Requests to mend a punch; the sixth of a month does not count, one was filed too late and not put on file."""
    rows: list[Row] = [
        of(agent, day, filed_on=DAYS[day], reason="下班忘记打卡", approved=True, approver=CHIEF, archived_on=DAYS[29])
        for agent, days in MENDED.items()
        for day in days
    ]
    return [*rows, of("S206", 15, filed_on=DAYS[20], reason="下班忘记打卡", approved=True, approver=CHIEF)]


def tasks() -> list[Row]:
    """Monthly reports, and the three steps by which the month's results are settled."""
    due = DAYS[29]
    rows = [one.row(due, kind="个人月报", done=True, done_on=DAYS[30 if one.id == "S204" else 28]) for one in TEAM]
    rows.append(HEAD.row(DAYS[30], kind="部门月报", done=True, done_on=DAYS[30]))
    steps = {"主管提出": True, "人力资源平衡": True, "总经理批准": False}
    return rows + [HEAD.row(DAYS[30], kind="考评审批", title=step, done=done) for step, done in steps.items()]


def forms() -> dict[str, list[Row]]:
    """What is written down by hand."""
    asked = at(DAYS[18], 10)
    return {
        "leave": [
            of("S205", 21, ends_on=DAYS[20], kind="事假", days=1, filed_at=asked, approved=True, approver=CHIEF),
        ],
        "shift_swaps": [
            of("S201", 10, partner="彭家豪", filed_at=at(DAYS[7], 9), approver=CHIEF, approved=True),
            of("S203", 17, partner="蔡诗涵", filed_at=at(DAYS[17], 9), approver=CHIEF, approved=True),
        ],
        "bad_customers": [
            of("S201", 13, customer_id="买家4410", reason="多次拍下不付款并辱骂", reported_by="曾雅文",
               confirmed_by="林岚", filed_on=DAYS[13]),
            of("S203", 22, customer_id="买家9032", reason="以差评索要赔偿", reported_by="苏慧敏"),
        ],
        "complaints": [
            of("S204", 14, customer_id="买家6671", category="服务态度", valid=True, content="答非所问,语气不耐烦"),
            of("S204", 23, customer_id="买家1298", category="服务态度", valid=True, content="说完就不理人"),
            *(of("S207", day, customer_id=f"买家77{day}", category="电话未接", valid=True) for day in (12, 19, 26)),
            of("S202", 20, customer_id="买家3155", category="服务态度", valid=False, content="议价不成"),
        ],
        "events": [
            of("S203", 16, event="值班没有登录旺旺", count=1, evidence="午间巡查"),
            of("S204", 13, event="值班没有登录旺旺", count=2, evidence="午间巡查"),
            of("S204", 21, event="值班没有登录旺旺", count=1, evidence="午间巡查"),
            of("S204", 24, event="私自离岗没有调班", count=1, evidence="值班记录"),
            of("S204", 19, event="发错货", count=1, evidence="订单 1019204"),
            of("S202", 26, event="备注有误", count=1, evidence="订单 1026202"),
            of("S207", 12, event="电话响过五声未接", count=2, evidence="话务记录"),
            of("S206", 20, event="同时用餐电话无人接", count=1, evidence="话务记录"),
            of("S207", 20, event="同时用餐电话无人接", count=1, evidence="话务记录"),
        ],
        "exams": [of(one.id, 29, kind="商品知识", score=one.exam, full_score=100) for one in TEAM],
    }  # fmt: skip


def main() -> None:
    """Write all files."""
    rng = random.Random(27)
    makers = {"attendance": attendance, "quality": quality, "aftersales": aftersales}
    monthly = {name: [row for one in TEAM for row in make(rng, one)] for name, make in makers.items()}
    monthly["attendance"] += attendance(rng, replace(HEAD, work="售后"))
    monthly["kpis"] = [row for one in TEAM if one.work == "售前" for row in kpis(rng, one)]
    monthly["interactions"] = [row for one in TEAM for row in contacts(rng, one, 9)]
    monthly |= {"shift_plans": duty_plans(), "punch_fixes": fixes(), "tasks": tasks(), **forms()}
    people = [
        {
            **row,
            "post": f"{one.work}客服" if one is not HEAD else "客服主管",
            "level": "客服" if one is not HEAD else "客服主管",
        }
        for one, row in zip((HEAD, *TEAM), roster((HEAD, *TEAM), CHIEF), strict=True)
    ]
    write_demo("taobao-department", {"roster": people, **{f"{MONTH}/{name}": rows for name, rows in monthly.items()}})


if __name__ == "__main__":
    main()
