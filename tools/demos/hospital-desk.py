"""Make the small example data of the policy hospital-desk."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from common import ROOT, Row, at, write_demo

MONTH = "2026-10"
DAYS = [date(2026, 10, 1) + timedelta(step) for step in range(31)]
HOURS = {"日班": (8, 18), "早班": (8, 16), "晚班": (12, 20)}
PRAISE, LEFT_OVER = "主动使用文明用语受到称赞", "轮休未休完另行安排"


@dataclass(frozen=True)
class Person:
    """One invented agent; ``care`` (0 to 1) steers faults; ``rest`` is the weekday off, Monday 0."""

    id: str
    name: str
    post: str
    shift: str
    hired: date
    care: float
    rest: int
    pay: int


TEAM = (
    Person("401", "何晓蓉", "导诊", "日班", date(2022, 3, 1), 0.95, 0, 3800),
    Person("402", "汪佳怡", "导诊", "早班", date(2023, 6, 12), 0.85, 1, 3600),
    Person("403", "蒋文静", "咨询", "早班", date(2021, 9, 6), 0.90, 2, 3900),
    Person("404", "沈思雨", "咨询", "晚班", date(2024, 2, 26), 0.70, 3, 3500),
    Person("405", "韩露", "导诊", "晚班", date(2025, 7, 7), 0.60, 4, 3400),
    Person("406", "曾可欣", "导诊", "日班", date(2026, 1, 5), 0.15, 5, 3300),
    Person("407", "彭雅婷", "收费咨询", "日班", date(2020, 5, 18), 0.80, 6, 4000),
)
WEAK, SICK = TEAM[5], TEAM[3]


def own(person: Person, **cells: Any) -> dict[str, Any]:
    """The cells that say whose row it is, and others."""
    return {"agent_id": person.id, "agent_name": person.name, **cells}


def items() -> list[str]:
    """The inspection items of the shipped policy."""
    text = (ROOT / "csctl" / "policies" / "hospital-desk.toml").read_text("utf-8")
    labels = [event["label"] for event in tomllib.loads(text)["event"].values()]
    return [label for label in labels if label not in (PRAISE, LEFT_OVER)]


def events(rng: random.Random) -> Iterator[Row]:
    """What inspections found, praise, and a day of rest that was left over."""
    known = items()
    for person in TEAM:
        for _ in range(round((1 - person.care) * 16)):
            label = rng.choice(known[:9] if rng.random() < 0.45 else known[9:])
            evidence = "班前检查" if label in known[:5] else ""
            yield own(person, date=rng.choice(DAYS[:28]), event=label, evidence=evidence)
    yield own(WEAK, date=DAYS[13], event=known[6], evidence="食堂门口")
    yield own(TEAM[4], date=DAYS[15], event=known[0], excused=True, evidence="抢救病人后未及整理")
    for person, count in ((TEAM[0], 2), (TEAM[2], 1)):
        yield own(person, date=DAYS[20], event=PRAISE, count=count, evidence="意见簿")
    yield own(TEAM[6], date=DAYS[30], event=LEFT_OVER, evidence="院领导同意 11 月 4 日补休")
    yield own(WEAK, date=DAYS[30], event=LEFT_OVER)


def attendance(rng: random.Random) -> Iterator[Row]:
    """A row per person and day, with punches; some come late, one leaves early."""
    for person in TEAM:
        for day in DAYS:
            works_through = person in (TEAM[6], WEAK) and day.day > 24
            if day.weekday() == person.rest and not works_through:
                yield own(person, date=day, shift="休息")
                continue
            start, end = HOURS[person.shift]
            row = own(person, date=day, shift=person.shift)
            if person is SICK and day.day in (15, 16):
                yield row
                continue
            late = rng.random() > 0.84 + person.care * 0.16
            came = at(day, start) + timedelta(minutes=rng.randrange(3, 15) if late else -rng.randrange(3, 18))
            early = person is WEAK and day.day == 19
            went = at(day, end) + timedelta(minutes=-25 if early else rng.randrange(1, 20))
            yield row | {"in_at": came, "out_at": went}


def leave() -> list[Row]:
    """Sudden illness, told and put on paper in time."""
    sick = own(SICK, date=date(2026, 10, 15), ends_on=date(2026, 10, 16), kind="病假", days=2, approved=True)
    sick |= {"starts_at": at(date(2026, 10, 15), 12), "notified_at": at(date(2026, 10, 15), 11, 20)}
    return [sick | {"paperwork_on": date(2026, 10, 17), "approver": "护士长"}]


CHATS = (
    (0, "您好,请问哪里不舒服?", "请您去诊室,祝您健康!"),
    (1, "您好,已为您查到号源。", "对不起,我稍后回来。请慢走,祝您健康!"),
    (2, "先生您好,请您去交费。", "不用谢,请慢走!"),
    (3, "您好,报告在二楼自助机打印。", "祝您健康!"),
    (4, "您好,专家周三出诊。", "再见。"),
    (5, "喂,什么事?", "这个不知道,欢迎再来!"),
    (5, "你等一下。", "请慢走。"),
    (6, "您好,请您去取药。", "请慢走,祝您健康!"),
)


def messages() -> Iterator[Row]:
    """Eight short chats."""
    for number, (index, first, last) in enumerate(CHATS):
        moment = at(DAYS[8 + number], 10, 5)
        person = TEAM[index]
        for step, (sender, text) in enumerate((("患者", "请问一下……"), ("客服", first), ("客服", last))):
            sent: datetime = moment + timedelta(minutes=step)
            yield own(person, interaction_id=f"HD{number:03}", sent_at=sent, sender=sender, text=text)


def main() -> None:
    """Write all files."""
    rng = random.Random(5)
    roster: list[Row] = [own(one, group="服务台", post=one.post, hired_on=one.hired, base_pay=one.pay,
                             supervisor="护士长", region="成都") for one in TEAM]  # fmt: skip
    swap = own(TEAM[1], date=DAYS[12], partner="蒋文静", filed_at=at(DAYS[9], 9), approver="护士长", approved=True)
    fix = own(TEAM[4], date=DAYS[9], filed_on=DAYS[10], reason="打卡机故障", approved=True, approver="护士长")
    files: dict[str, list[Row]] = {
        "roster": roster,
        f"{MONTH}/events": list(events(rng)),
        f"{MONTH}/attendance": list(attendance(rng)),
        f"{MONTH}/leave": leave(),
        f"{MONTH}/punch_fixes": [fix],
        f"{MONTH}/messages": list(messages()),
        f"{MONTH}/shift_swaps": [swap, own(WEAK, date=DAYS[23], partner="韩露", filed_at=at(DAYS[22], 18))],
    }
    write_demo("hospital-desk", files)


if __name__ == "__main__":
    main()
