"""Make the small example data of the policy telecom-hotline."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from common import Row, at, workdays, write_demo

MONTHS = ("2026-08", "2026-09", "2026-10")
MONTH = MONTHS[-1]
BOSS = "央金"
ITEMS = ("服务态度", "服务规范", "解答准确", "处理及时")
OBSERVED = ("守法诚信与保密", "责任心", "尊重客户", "响应及时", "表达清楚", "语速", "音量", "用语文明", "耐心倾听",
            "声音热情", "记录质量", "化解矛盾", "同事配合")  # fmt: skip
CAUSES = ("资费不清", "宽带故障", "流量用超", "办理进度", "信号弱", "积分兑换")
CONTACTS = {"2026-08": 5, "2026-09": 5, "2026-10": 14}


@dataclass(frozen=True)
class Person:
    """One invented agent; ``skill`` (0 to 1) steers everything measured."""

    id: str
    name: str
    post: str
    level: str
    hired: date
    skill: float
    pay: int


TEAM = (
    Person("301", "卓玛", "热线客服", "资深客服代表", date(2022, 3, 7), 0.95, 5200),
    Person("302", "次仁", "热线客服", "客服代表", date(2024, 6, 3), 0.88, 4300),
    Person("303", "陈璐", "热线客服", "客服代表", date(2025, 2, 17), 0.78, 4200),
    Person("304", "旦增", "在线客服", "客服代表", date(2026, 4, 13), 0.82, 4000),
    Person("305", "李青", "在线客服", "客服代表", date(2023, 11, 6), 0.70, 4300),
    Person("306", "马骁", "热线客服", "客服代表", date(2025, 9, 1), 0.50, 4200),
    Person("307", "德吉", "投诉处理专员", "资深客服代表", date(2021, 5, 10), 0.85, 5400),
    Person("308", "王雪", "在线客服", "客服主管", date(2020, 7, 1), 0.90, 6500),
)
WEAK = "306"


def own(person: Person, **cells: Any) -> dict[str, Any]:
    """The cells that say whose row it is, and others."""
    return {"agent_id": person.id, "agent_name": person.name, **cells}


def contact(rng: random.Random, person: Person, day: date, number: int) -> Row:
    """One call or chat, with what was written down of it and what followed."""
    began = at(day, rng.randrange(9, 17), rng.randrange(60), rng.randrange(60))
    online = person.post == "在线客服"
    good = rng.random() < 0.55 + person.skill * 0.45
    took = max(2, round(rng.gauss(15 - 9 * person.skill, 3)))
    on_spot = rng.random() < 0.75
    row = own(person, interaction_id=f"{began:%y%m%d}{person.id}{number:02}", started_at=began, answered=True)
    row |= {"channel": "在线" if online else "电话", "wait_seconds": took, "cause": rng.choice(CAUSES)}
    row |= {"first_response_seconds": took} if online else {}
    row |= {"customer_phone": f"1390000{rng.randrange(10_000):04}", "service_number": f"891{rng.randrange(1000):03}"}
    row |= {"note": "已说明" if on_spot else "待核实,答应回电", "resolved": good, "resolved_on_spot": on_spot}
    if not good and number % 5 == 0:
        row |= {"note": None, "service_number": None}
    if not on_spot:
        kept = rng.random() < 0.5 + person.skill / 2
        row |= {"transferred": True, "transferred_at": began + timedelta(minutes=20), "to_department": "网络维护"}
        row |= {"promised_at": began + timedelta(hours=24)}
        row |= {"feedback_at": began + timedelta(hours=20 if kept else 31)}
    return row


def interactions(rng: random.Random, month: str) -> list[Row]:
    """Contacts of a month; one call nobody answered."""
    rows = [
        contact(rng, person, rng.choice(workdays(month)[:-2]), number)
        for person in TEAM
        for number in range(CONTACTS[month])
    ]
    missed = own(TEAM[5], interaction_id=f"{month[2:4]}{month[5:]}x", started_at=at(workdays(month)[3], 9))
    return [*rows, {**missed, "answered": False, "channel": "电话", "wait_seconds": 45}]


def surveys(rng: random.Random, month: str) -> Iterator[Row]:
    """Eight answers a head, out of five."""
    for person in TEAM:
        for _ in range(8):
            score = min(5, max(1, round(rng.gauss(3.3 + 1.5 * person.skill, 0.6))))
            yield own(person, date=rng.choice(workdays(month)), score=score, full_score=5)


def quality(rng: random.Random, month: str) -> Iterator[Row]:
    """Regular reviews and, in the last month, spot checks; faults are told and mostly mended in time."""
    for person in TEAM:
        for spot in (False, True) if month == MONTH else (False,):
            for item in ITEMS * (1 if spot else 2):
                day = rng.choice(workdays(month)[:8])
                passed = rng.random() < 0.72 + person.skill * 0.28
                row = own(person, date=day, method="实时监听" if spot else "录音抽查", spot_check=spot)
                row |= {"item": item, "passed": passed, "reviewer": BOSS}
                if not passed:
                    late = person.id == WEAK and rng.random() < 0.5
                    row |= {"told_on": day + timedelta(1), "rectify_by": day + timedelta(8)}
                    row |= {"rectified_on": day + timedelta(12 if late else 6)}
                yield row


def ratings(rng: random.Random) -> Iterator[Row]:
    """What the superior observed; the supervisor's exam is backed by a judgement."""
    for person in TEAM:
        for item in OBSERVED:
            drawn = rng.gauss(person.skill, 0.2)
            value = "做到" if drawn > 0.6 else "基本做到" if drawn > 0.25 else "没有做到"
            yield own(person, date=date(2026, 10, 30), rater=BOSS, role="上级", item=item, value=value)
    yield own(TEAM[0], date=date(2026, 10, 30), rater=BOSS, role="上级", item="胜任客服主管", value="是")


def complaints() -> Iterator[Row]:
    """Five complaints at the desk: two are behind."""
    desk, weak = TEAM[6], TEAM[5]
    said: dict[str, Any] = {"valid": True, "channel": "热线电话", "complainant": "拉萨 张先生"}
    day = workdays(MONTH)
    done: dict[str, Any] = {"resolved_at": at(day[3], 17), "revisited_at": at(day[4], 10), "satisfied": True}
    passed: dict[str, Any] = {"complexity": "复杂", "transferred_at": at(day[2], 10), "to_department": "计费中心"}
    yield own(desk, complaint_id="TS01", date=day[2], category="费用争议类", cause="资费不清", customer_id="C11",
              content="月费比说好的高", progress_at=at(day[3], 9), **passed, **done, **said)  # fmt: skip
    yield own(desk, complaint_id="TS02", date=day[3], category="业务咨询类", cause="资费不清", customer_id="C12",
              content="不会退订", complexity="简单", **done, **said)  # fmt: skip
    yield own(desk, complaint_id="TS03", date=day[6], category="费用争议类", cause="流量用超", customer_id="C11",
              content="流量费有疑问", **passed, **said)  # fmt: skip
    yield own(weak, complaint_id="TS04", date=day[3], category="服务质量类", cause="态度", customer_id="C13",
              content="说话不耐烦", resolved_at=at(day[5], 11), **said)  # fmt: skip
    yield own(desk, complaint_id="TS05", date=day[9], category="其他", cause="信号弱", customer_id="C14",
              resolved_at=at(day[10], 11), revisited_at=at(day[11], 11), satisfied=True, **said)  # fmt: skip


def attendance(month: str) -> list[Row]:
    """One row per agent and month."""
    due = len(workdays(month))
    late = {WEAK: 3, "305": 1} if month == MONTH else {}
    return [own(person, date=workdays(month)[-1], due_days=due, worked_days=due, late_count=late.get(person.id, 0),
                early_count=int(person.id == WEAK), absent_days=0) for person in TEAM]  # fmt: skip


def rest(rng: random.Random) -> dict[str, list[Row]]:
    """The small tables of the last month."""
    days = workdays(MONTH)
    exams: list[Row] = []
    for number, person in enumerate(TEAM):
        score = round(60 + 38 * person.skill - rng.randrange(8)) - (20 if person.id == WEAK else 0)
        row = own(person, date=days[4], kind="理论考试", score=score, full_score=100, passed=score >= 60)
        row |= {"training": "新套餐业务", "certificate": f"PX{number:03}" if score >= 60 else None}
        exams.append(row)
    exams.append(own(TEAM[0], date=days[8], kind="主管任职考试", score=91, full_score=100, passed=True))
    events = (("306", "擅自离岗", 1), ("306", "上班闲聊", 2), ("305", "做与工作无关的事", 1))
    people = {person.id: person for person in TEAM}
    return {
        "exams": exams,
        "events": [
            *(own(people[who], date=days[5], event=event, count=count) for who, event, count in events),
            own(TEAM[2], date=days[7], event="取得职业资格证书"),
        ],
        "discipline": [own(people[WEAK], date=days[10], measure="警告", reason="接听时态度不耐烦,客户投诉属实"),
                       own(people[WEAK], date=days[12], measure="扣发绩效奖金", reason="离岗")],
        "titles": [own(TEAM[0], date=days[-1], title="季度优秀客服")],
        "leave": [own(TEAM[4], date=days[6], kind="事假", days=1, approved=True, filed_at=at(days[5], 10))],
        "punch_fixes": [own(TEAM[4], date=days[8], filed_on=days[9], reason="忘记打卡", approved=True)],
    }  # fmt: skip


def main() -> None:
    """Write all files."""
    rng = random.Random(7)
    files: dict[str, list[Row]] = {
        "roster": [own(one, group="热线一组", post=one.post, level=one.level, hired_on=one.hired, base_pay=one.pay,
                       supervisor=BOSS, region="拉萨") for one in TEAM],
        "training_plans": [
            {"year": 2026, "content": "新套餐", "method": "集中授课", "date": workdays(MONTH)[1], "audience": "全体"},
            {"year": 2026, "content": "投诉沟通", "method": "模拟演练", "date": None, "audience": "热线客服"},
        ],
    }  # fmt: skip
    for month in MONTHS:
        files |= {f"{month}/interactions": interactions(rng, month), f"{month}/attendance": attendance(month)}
        files |= {f"{month}/surveys": list(surveys(rng, month)), f"{month}/quality": list(quality(rng, month))}
    files |= {f"{MONTH}/ratings": list(ratings(rng)), f"{MONTH}/complaints": list(complaints())}
    write_demo("telecom-hotline", files | {f"{MONTH}/{table}": rows for table, rows in rest(rng).items()})


if __name__ == "__main__":
    main()
