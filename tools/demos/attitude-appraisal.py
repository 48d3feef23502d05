"""Make the small example data of the policy attitude-appraisal."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import ROOT, Row, workdays, write_demo

MONTHS = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
MONTH = MONTHS[-1]
ABILITIES = ("表达能力", "理解能力", "创造能力", "判断能力", "策划能力", "协调能力", "知识", "体力", "技能")
LEVELS = ("不合格", "合格", "良好", "优秀")
BOSS = "方静"


@dataclass(frozen=True)
class Person:
    """One invented agent; ``spirit`` and ``talent`` (0 to 1) steer marks and levels."""

    id: str
    name: str
    post: str
    hired: date
    spirit: float
    talent: float


TEAM = (
    Person("201", "宋雅琴", "组长", date(2021, 4, 6), 0.92, 0.88),
    Person("202", "姚子轩", "客服", date(2023, 8, 14), 0.80, 0.74),
    Person("203", "熊晓燕", "客服", date(2024, 3, 4), 0.70, 0.80),
    Person("204", "陶志明", "客服", date(2022, 10, 17), 0.58, 0.62),
    Person("205", "江梦琪", "客服", date(2025, 5, 12), 0.64, 0.48),
    Person("206", "段宏宇", "客服", date(2024, 11, 25), 0.24, 0.34),
    Person("207", "龚小娟", "客服", date(2025, 9, 8), 0.74, 0.56),
    Person("208", "柏文杰", "客服", date(2026, 2, 23), 0.60, 0.52),
)
UNFINISHED = "208"
"""Whose ability sheet the superior has not filled in yet."""
LEAVE = {("203", "2026-07"): ("personal_leave_days", 2), ("204", "2026-10"): ("sick_leave_days", 3),
         ("206", "2026-09"): ("absent_days", 1), ("205", "2026-06"): ("sick_leave_days", 1)}  # fmt: skip
LATE = {("206", "2026-10"): 4, ("205", "2026-10"): 1, ("206", "2026-08"): 2}
PROPOSALS = (("201", "2026-10", "把常见问题整理成快捷回复"), ("202", "2026-10", "夜班交接表加一栏未结事项"),
             ("203", "2026-09", "退款话术按原因分类"), ("207", "2026-10", "每周互听两通录音"),
             ("205", "2026-08", "新人带教清单"))  # fmt: skip
QUESTIONS = ("问O4 礼节", "问C6 和睦共事", "问P2 改善热情", "问R3 善始善终")


def marks() -> list[dict[str, Any]]:
    """The pairs of the shipped policy that are not marked by data."""
    text = (ROOT / "csctl" / "policies" / "attitude-appraisal.toml").read_text("utf-8")
    attitude = tomllib.loads(text)["dimension"][0]
    found = [mark for indicator in attitude["indicator"] for mark in indicator["tally"]["mark"]]
    return [mark for mark in found if "plus" in mark and "plus_if" not in mark]


def rating(person: Person, item: str, value: str, reason: str = "") -> Row:
    """One judgement of the superior."""
    row: dict[str, Any] = {"agent_id": person.id, "agent_name": person.name, "date": date(2026, 10, 30)}
    return {**row, "rater": BOSS, "role": "上级", "item": item, "value": value, "reason": reason}


def attitude(rng: random.Random, person: Person) -> Iterator[Row]:
    """Marks where something stood out, and answers to a few questions."""
    for mark in marks():
        if person.post not in mark.get("posts", [person.post]):
            continue
        drawn = rng.gauss(person.spirit, 0.22)
        if drawn > 0.72:
            yield rating(person, mark["item"], "+")
        elif drawn < 0.38:
            yield rating(person, mark["item"], "-", "见沟通记录")
    for question in QUESTIONS:
        if rng.random() < 0.6:
            yield rating(person, question, "是" if rng.random() < person.spirit + 0.2 else "否")


def abilities(rng: random.Random, person: Person) -> Iterator[Row]:
    """A level for each ability; leading others only for who does."""
    for item in (*ABILITIES, *(["领导能力"] if person.post == "组长" else [])):
        step = min(3, max(0, int(rng.gauss(person.talent, 0.15) * 4)))
        yield rating(person, item, LEVELS[step])


def attendance(month: str) -> list[Row]:
    """One row per agent and month, as attendance systems sum it up."""
    days = workdays(month)
    rows: list[Row] = []
    for person in TEAM:
        kind, away = LEAVE.get((person.id, month), ("personal_leave_days", 0))
        row: dict[str, Any] = {"agent_id": person.id, "agent_name": person.name, "date": days[-1]}
        row |= {"due_days": len(days), "worked_days": len(days) - away, "early_count": 0}
        row |= {"late_count": LATE.get((person.id, month), 0), "absent_days": 0}
        row |= {"personal_leave_days": 0, "sick_leave_days": 0, "paid_leave_days": 0}
        rows.append({**row, kind: away})
    return rows


def events(month: str) -> list[Row]:
    """Proposals handed in."""
    names = {person.id: person.name for person in TEAM}
    own = [(agent, text) for agent, when, text in PROPOSALS if when == month]
    return [
        {"agent_id": agent, "agent_name": names[agent], "date": day, "event": "改进提案", "evidence": text}
        for day, (agent, text) in zip(workdays(month)[5:], own, strict=False)
    ]


def tasks(rng: random.Random, person: Person) -> list[Row]:
    """Ten tasks of the month, done in time or not."""
    titles = ("周报", "话术更新", "质检复盘", "新人带教", "知识库整理")
    days = workdays(MONTH)
    base: dict[str, Any] = {"agent_id": person.id, "agent_name": person.name}
    chance = 0.72 + person.talent * 0.3
    return [{**base, "date": days[number + 3], "title": titles[number % 5], "done": rng.random() < chance}
            for number in range(10)]  # fmt: skip


def surveys(rng: random.Random, person: Person) -> list[Row]:
    """A dozen answers of customers."""
    base: dict[str, Any] = {"agent_id": person.id, "agent_name": person.name, "full_score": 5}
    mean = 3.2 + 1.7 * person.talent
    given = [min(5, max(1, round(rng.gauss(mean, 0.7)))) for _ in range(12)]
    return [{**base, "date": rng.choice(workdays(MONTH)), "score": score} for score in given]


def main() -> None:
    """Write all files."""
    rng = random.Random(21)
    roster: list[Row] = [
        {"agent_id": person.id, "agent_name": person.name, "group": "客服一部", "post": person.post,
         "hired_on": person.hired, "supervisor": BOSS}
        for person in TEAM
    ]  # fmt: skip
    judged = [row for person in TEAM for row in attitude(rng, person)]
    judged += [row for person in TEAM if person.id != UNFINISHED for row in abilities(rng, person)]
    # A mark against what attendance says needs a reason: this one has it, the next has none and does not count.
    judged.append(rating(TEAM[3], "O2 出勤", "无", "三天均为住院,已补病历"))
    judged.append(rating(TEAM[6], "O2 出勤", "-"))
    files: dict[str, list[Row]] = {"roster": roster}
    for month in MONTHS:
        files |= {f"{month}/attendance": attendance(month), f"{month}/events": events(month)}
    files |= {
        f"{MONTH}/ratings": judged,
        f"{MONTH}/tasks": [row for person in TEAM for row in tasks(rng, person)],
        f"{MONTH}/surveys": [row for person in TEAM for row in surveys(rng, person)],
    }
    write_demo("attitude-appraisal", files)


if __name__ == "__main__":
    main()
