"""What customers did: answered surveys, complained, bought."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sample.contacts import Contact, stars
from sample.days import Day
from sample.files import Cell, Row, in_yuan, words
from sample.people import CHAT, TEAM, Person, dice, part, skill_in

STRENGTHS = ("态度友好", "回复及时", "专业准确", "耐心细致", "流程清楚")
REMARKS = (
    *[""] * 4, "很满意,下次还来", "希望理赔再快一点", "解释得很清楚", "等待时间有点长", "客服很耐心",
    "转了两次才说明白",
)  # fmt: skip
CITIES = ("浙江-杭州", "江苏-南京", "广东-广州", "四川-成都", "湖北-武汉", "山东-青岛")
SURVEY_HEADER = words("""
序号 提交答卷时间 所用时间 来源 来源详情 来自IP 1、客服编号 2、您对本次服务的总体评价（1-5分）
3、您觉得哪些方面做得好？【多选题】 4、其他建议
""")
REVISIT_HEADER = (*SURVEY_HEADER[:7], "2、您对问题的处理结果是否满意？", "3、请为处理过程打分（1-10分）", "4、其他建议")


def _answered_by_day(made: Sequence[Contact]) -> dict[str, list[Contact]]:
    by_person: dict[str, list[Contact]] = {}
    for contact in made:
        if contact.answered:
            by_person.setdefault(contact.person.id, []).append(contact)
    return by_person


def _sheet_start(rng: random.Random, contact: Contact, seconds: int) -> list[Cell]:
    sent = contact.start + timedelta(seconds=contact.talk + 30 + rng.randrange(900))
    sent = min(sent, datetime.combine(contact.start.date(), time(23, 58)))
    address = f"203.0.113.{rng.randrange(1, 255)}({rng.choice(CITIES)})"
    return [f"{sent:%Y/%m/%d %H:%M:%S}", f"{seconds}秒", "链接", "直接访问", address, contact.person.id]


def survey_rows(month: str, made: Sequence[Contact]) -> list[list[Cell]]:
    """Answers to the satisfaction survey, header first; several choices joined by ┋."""
    rng = dice(month, "survey")
    rows: list[list[Cell]] = []
    for contacts in _answered_by_day(made).values():
        for contact in contacts[:: 4 if len(contacts) > 30 else 2]:
            score = stars(rng, skill_in(contact.person, contact.start.month))
            liked = "┋".join(rng.sample(STRENGTHS, 1 + rng.randrange(3))) if score > 3 else "(空)"
            rows.append([*_sheet_start(rng, contact, 20 + rng.randrange(160)), score, liked, rng.choice(REMARKS)])
    return _numbered(SURVEY_HEADER, rows)


def revisit_rows(month: str, made: Sequence[Contact]) -> list[list[Cell]]:
    """Answers to the call-back survey: satisfied or not, and one to ten."""
    rng = dice(month, "revisit")
    rows: list[list[Cell]] = []
    for contacts in _answered_by_day(made).values():
        for contact in contacts[3::9]:
            good = rng.random() < 0.62 + 0.36 * skill_in(contact.person, contact.start.month)
            score = 8 + rng.randrange(3) if good else 3 + rng.randrange(4)
            start = _sheet_start(rng, contact, 15 + rng.randrange(60))
            rows.append([*start, "是" if good else "否", score, rng.choice(REMARKS)])
    return _numbered(REVISIT_HEADER, rows)


def _numbered(header: Row, rows: list[list[Cell]]) -> list[list[Cell]]:
    rows.sort(key=lambda row: str(row[0]))
    return [list(header), *[[index, *row] for index, row in enumerate(rows, start=1)]]


COMPLAINT_HEADER = words("""
投诉编号 投诉时间 工号 姓名 投诉人 投诉类型 投诉原因 是否有效 处理完成时间 回访时间 回访是否满意
重开次数
""")
CAUSES = (
    ("服务质量类", "答复前后不一致"), ("服务质量类", "语气生硬"), ("服务质量类", "承诺回电未回"),
    ("业务咨询类", "健康告知解释不清"), ("费用争议类", "自动续费未提醒"),
    ("费用争议类", "退保金额有异议"), ("理赔时效类", "理赔材料反复补交"),
)  # fmt: skip


def complaint_rows(month: str, made: Sequence[Contact]) -> list[Row]:
    """The register of complaints. A good agent has few, and few of those are found valid."""
    rng = dice(month, "complaints")
    rows: list[list[Cell]] = []
    for contacts in _answered_by_day(made).values():
        person = contacts[0].person
        skill = skill_in(person, contacts[0].start.month)
        count = part(rng, 0.11 * (1 - skill) * (1 - skill) * (1.2 - skill), len(contacts))
        unhappy = sorted(rng.sample(contacts, count), key=lambda one: one.start)
        rows += [_complaint(rng, person, contact, rng.random() < 0.9 - 0.4 * skill) for contact in unhappy]
    rows.sort(key=lambda row: str(row[0]))
    numbered = [[f"TS{month.replace('-', '')}{index:03d}", *row] for index, row in enumerate(rows, start=1)]
    return [COMPLAINT_HEADER, *numbered]


def _complaint(rng: random.Random, person: Person, contact: Contact, valid: bool) -> list[Cell]:
    received = contact.start + timedelta(minutes=20 + rng.randrange(100))
    received = min(received, datetime.combine(contact.start.date(), time(23, 50)))
    settled = received + timedelta(hours=3 + rng.randrange(90))
    asked = settled + timedelta(hours=20 + rng.randrange(30)) if rng.random() < 0.85 else None
    happy = None if asked is None else "是" if rng.random() < 0.8 else "否"
    category, cause = rng.choice(CAUSES)
    found = "是" if valid else "否"
    who: list[Cell] = [received, person.id, person.name, contact.customer]
    return [*who, category, cause, found, settled, asked, happy, int(happy == "否")]


PRODUCTS = (
    ("百万医疗险", 39600), ("百万医疗险", 45600), ("家庭财产险", 12800), ("意外险年保", 16800), ("意外险年保", 29900),
    ("境外旅行险", 18550), ("少儿门诊险", 29800), ("重疾险首期", 128000), ("老年防癌险", 88650), ("车险附加", 23450),
)  # fmt: skip
ORDER_HEADER = words("订单编号 买家昵称 旺旺昵称 宝贝标题 付款时间 买家应付货款 退款金额 净销售额 订单状态")
SOLD_MORE = 0.012
"""Growth of the shop from month to month."""


def order_rows(month: str, days: Sequence[Day]) -> list[list[Cell]]:
    """Paid orders of the shop, credited by nickname; refunds come off the net amount."""
    rng = dice(month, "orders")
    rows: list[list[Cell]] = []
    for person in TEAM:
        there = [day.day for day in days if day.person is person and day.present]
        if person.group == CHAT and person.target and there:
            rows += _orders_of(rng, person, int(month[-2:]), there)
    rows.sort(key=lambda row: str(row[3]))
    return [list(ORDER_HEADER), *[[f"{month[2:4]}{month[5:]}{770001 + index * 37}", *row]
                                  for index, row in enumerate(rows)]]  # fmt: skip


def _orders_of(rng: random.Random, person: Person, month: int, there: Sequence[date]) -> list[list[Cell]]:
    wanted = person.target * 100 * (0.62 + 0.72 * skill_in(person, month) + SOLD_MORE * (month - 3))
    rows: list[list[Cell]] = []
    while wanted > 0:
        title, price = rng.choice(PRODUCTS)
        cents = price if rng.random() < 0.7 else price - 500 * rng.randrange(1, 5)
        back = cents if rng.random() < 0.035 else 0
        moment = datetime.combine(rng.choice(there), time(9 + rng.randrange(12), rng.randrange(60), rng.randrange(60)))
        state = "交易关闭" if back else "交易成功"
        buyer = f"tb{rng.randrange(100)}***{rng.randrange(10000):04d}"
        rows.append([buyer, person.shop_nick, title, f"{moment:%Y-%m-%d %H:%M:%S}", in_yuan(cents), in_yuan(back),
                     in_yuan(cents - back), state])  # fmt: skip
        wanted -= cents - back
    return rows
