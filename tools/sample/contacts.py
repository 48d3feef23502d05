"""Chats and calls: what was asked, how fast it was answered, whether it was settled."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sample.days import Day, shift_times
from sample.files import Cell, Page, Row, in_words, words, workbook_bytes
from sample.people import CHAT, PHONE, TEAM, Person, dice, skill_in

TOPICS = words("投保咨询 保单查询 理赔进度 理赔材料 退保咨询 保费扣款 受益人变更 电子保单 活动优惠 健康告知")
CHANNELS = ("网页", "小程序", "淘宝", "公众号")


@dataclass(frozen=True, slots=True)
class Contact:
    """One chat or call; times in seconds. An unanswered one has no times but the wait."""

    id: str
    person: Person
    channel: str
    customer: str
    start: datetime
    wait: int
    answered: bool
    first: int = 0
    response: int = 0
    talk: int = 0
    after: int = 0
    rounds: int = 0
    topic: str = ""
    resolved: bool = False
    rating: int | None = None


def contacts(month: str, days: Sequence[Day]) -> list[Contact]:
    """All contacts of the month in order of time, numbered as they came."""
    number = int(month[-2:])
    made = [contact for person in TEAM if person.scored for contact in _of(person, month, number, days)]
    made.sort(key=lambda one: (one.start, one.person.id))
    seen: Counter[str] = Counter()
    return [_numbered(contact, seen) for contact in made]


def _numbered(contact: Contact, seen: Counter[str]) -> Contact:
    letter = "S" if contact.person.group == CHAT else "T"
    key = f"{letter}{contact.start:%y%m%d}"
    seen[key] += 1
    values = {name: getattr(contact, name) for name in Contact.__slots__}
    return Contact(**values | {"id": f"{key}-{seen[key]:04d}"})


def _of(person: Person, month: str, number: int, days: Sequence[Day]) -> list[Contact]:
    rng = dice(month, f"contacts/{person.id}")
    there = [day for day in days if day.person is person and day.present]
    skill = skill_in(person, number)
    daily = 2.7 + skill * 1.3
    return [
        _one(person, rng, day, skill) for day in there for _ in range(int(daily) + (rng.random() < daily - int(daily)))
    ]


def _one(person: Person, rng: random.Random, day: Day, skill: float) -> Contact:
    begin, end = shift_times(day.shift, day.day)
    start = begin + timedelta(seconds=rng.randrange(int((end - begin).total_seconds()) - 2400))
    phone = person.group == PHONE
    customer = f"1{rng.choice('3578')}{rng.randrange(10)}****{rng.randrange(10000):04d}" if phone else _nick(rng)
    channel = "电话" if phone else rng.choice(CHANNELS)
    wait = int(rng.random() * rng.random() * (90 if phone else 60))
    if rng.random() < 0.06 * (1.4 - skill):
        return Contact("", person, channel, customer, start, wait + 15, answered=False, topic=rng.choice(TOPICS))
    slow = (1 - skill) * (1 - skill)
    first = 3 + int(rng.random() * 12 + slow * 20) if phone else 8 + int((0.25 + 3 * _cubed(rng.random())) * 720 * slow)
    talk = 60 + int((0.4 + rng.random() + rng.random()) * 240)
    rated = rng.random() < 0.25
    return Contact(
        "", person, channel, customer, start, wait, answered=True, first=first,
        response=max(6, first // 2 + rng.randrange(9)), talk=talk, after=15 + rng.randrange(70) if phone else 0,
        rounds=2 + talk // 90, topic=rng.choice(TOPICS), resolved=rng.random() < 0.5 + 0.46 * skill,
        rating=stars(rng, skill) if rated else None,
    )  # fmt: skip


def _cubed(luck: float) -> float:
    return luck * luck * luck


def _nick(rng: random.Random) -> str:
    return f"tb{rng.randrange(100)}***{rng.randrange(10000):04d}"


def stars(rng: random.Random, skill: float) -> int:
    """One to five: the better the agent, the more fives."""
    luck = rng.random()
    if luck < 0.25 + 0.6 * skill:
        return 5
    return 4 if luck < 0.6 + 0.38 * skill else rng.choice((1, 2, 3))


CHAT_HEADER = words("""
会话ID 接待组 客服昵称 客户 接入方式 会话开始时间 会话结束时间 排队时长(秒) 首次响应时长(秒)
客服平均响应时长(秒) 会话时长 对话回合数 咨询分类 是否有效会话 会话解决状态 满意度评分
""")


def chat_rows(made: Sequence[Contact]) -> list[list[Cell]]:
    """The session list of the chat tool, header first; agents by nickname."""
    return [list(CHAT_HEADER), *[_chat_row(one) for one in made if one.person.group == CHAT]]


def _chat_row(one: Contact) -> list[Cell]:
    end = one.start + timedelta(seconds=one.wait + one.talk)
    clock = f"{one.talk // 3600}:{one.talk // 60 % 60:02d}:{one.talk % 60:02d}"
    shared: list[Cell] = [
        one.id,
        "售前售后",
        one.person.nick,
        one.customer,
        one.channel,
        f"{one.start:%Y-%m-%d %H:%M:%S}",
    ]
    if not one.answered:
        return [*shared, f"{end:%Y-%m-%d %H:%M:%S}", one.wait, "--", "--", "--", 0, one.topic, "否", "--", ""]
    solved = "已解决" if one.resolved else "未解决"
    figures: list[Cell] = [one.wait, one.first, one.response, clock, one.rounds]
    return [*shared, f"{end:%Y-%m-%d %H:%M:%S}", *figures, one.topic, "是", solved, one.rating or ""]


PHONE_HEADER = words("""
通话ID 坐席工号 坐席姓名 来电号码 呼入时间 是否接通 排队时长 接听用时 通话时长 话后处理时长 业务类型
是否解决
""")


def phone_rows(month: str, made: Sequence[Contact]) -> list[Row]:
    """The call log: a title, a line of conditions, the header in row 3, and the sums below."""
    calls = [one for one in made if one.person.group == PHONE]
    title = [f"客服热线通话明细 {month}"]
    asked = [f"查询条件:技能组=保险热线;时间={month}"]
    sums = ["合计", None, None, None, None, len(calls), in_words(sum(one.wait for one in calls)), None,
            in_words(sum(one.talk for one in calls)), in_words(sum(one.after for one in calls))]  # fmt: skip
    return [title, asked, list(PHONE_HEADER), *[_phone_row(one) for one in calls], sums]


def _phone_row(one: Contact) -> list[Cell]:
    shared = [one.id, one.person.id, one.person.name, one.customer, f"{one.start:%Y/%m/%d %H:%M:%S}"]
    if not one.answered:
        return [*shared, "否", in_words(one.wait), "--", "--", "--", one.topic, "--"]
    times = [in_words(seconds) for seconds in (one.wait, one.first, one.talk, one.after)]
    return [*shared, "是", *times, one.topic, "是" if one.resolved else "否"]


def phone_book(rows: Sequence[Row]) -> bytes:
    """The call log as a workbook with a merged title."""
    return workbook_bytes(Page("通话明细", rows, [(0, 0, 0, 11)], 3))


RECEPTION_HEADER = words("""
旺旺昵称 咨询人数 接待人数 未回复人数 有效接待人数 平均响应时长（秒) 3分钟人工响应率 旺旺回复率
首次响应时长（秒) 慢响应人数 答问比 旺旺分组
""")


def reception_rows(made: Sequence[Contact]) -> list[list[Cell]]:
    """The shop's reception figures per nickname, with its rows of sums and means."""
    chats = [one for one in made if one.person.group == CHAT]
    people = list({one.person.id: one.person for one in sorted(chats, key=lambda one: one.person.id)}.values())
    groups = [(person.shop_nick, [one for one in chats if one.person is person]) for person in people]
    rows = [_reception(name, group) for name, group in groups]
    total, mean = _reception("汇总值", chats), _reception("平均值", chats)
    return [list(RECEPTION_HEADER), *rows, [*total[:-1], ""], [mean[0], *_mean_counts(mean, len(people)), ""]]


def _mean_counts(row: Row, people: int) -> list[Cell]:
    return [round(cell / people) if isinstance(cell, int) else cell for cell in row[1:-1]]


def _reception(name: str, chats: Sequence[Contact]) -> list[Cell]:
    answered = [one for one in chats if one.answered]
    quick = sum(one.response <= 180 and one.first <= 180 for one in answered)
    slow = sum(one.first > 180 for one in answered)
    asked, served = len(chats), len(answered)
    response, first = (f"{sum(times) / served:.2f}" for times in
                       ([one.response for one in answered], [one.first for one in answered]))  # fmt: skip
    return [name, asked, served, asked - served, served - slow // 3, response, f"{quick / served:.4f}",
            f"{served / asked:.4f}", first, slow, f"{1.05 + served % 17 / 100:.2f}", "售前售后"]  # fmt: skip
