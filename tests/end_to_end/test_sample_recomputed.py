"""October of the sample once more, in plain Python: csv, openpyxl and fractions, nothing of csctl."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.end_to_end.oracle import Value, half_up, mean, percent, split
from tests.end_to_end.running import MONTH, SAMPLE, by_agent, record

DATA = SAMPLE / "data" / MONTH
Row = dict[str, Any]

NICKNAMES = {"0007": "晓晓", "0012": "建国"}
SHOP_NAMES = {"0007": "安心小店:晓晓"}
ACCOUNTS = {"0007": "ZhaoXiaoTong"}
AGENTS = tuple(NICKNAMES)


@cache
def _csv(name: str, encoding: str) -> list[Row]:
    (file,) = DATA.glob(name)
    with file.open(encoding=encoding, newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def _sheet(name: str, header: int = 1) -> list[Row]:
    """Rows below the header in a workbook's only sheet."""
    (file,) = (SAMPLE / "data").glob(name)
    (sheet,) = openpyxl.load_workbook(file).worksheets
    heads, *rows = sheet.iter_rows(min_row=header, values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def _own(name: str, agent: str, **tests: str) -> list[Row]:
    """An agent's rows of a list kept by hand."""
    rows = [row for row in _sheet(f"{MONTH}/{name}*.xlsx") if row["工号"] == agent]
    return [row for row in rows if all(row[column] == wanted for column, wanted in tests.items())]


def _contacts(agent: str) -> list[tuple[bool, str, Fraction | None]]:
    """Each chat and call once: answered, whether solved (是, 否, or nothing), seconds to the first answer."""
    chats = {
        row["会话ID"]: (
            row["是否有效会话"] == "是",
            {"已解决": "是", "未解决": "否"}.get(row["会话解决状态"], ""),
            Fraction(row["首次响应时长(秒)"]) if row["首次响应时长(秒)"].isdigit() else None,
        )
        for row in _csv("在线会话*.csv", "gb18030")
        if row["客服昵称"] == NICKNAMES[agent]
    }
    calls = {
        row["通话ID"]: (
            row["是否接通"] == "是",
            row["是否解决"] if row["是否解决"] in ("是", "否") else "",
            Fraction(row["接听用时"].removesuffix("秒")) if row["接听用时"].endswith("秒") else None,
        )
        for row in _sheet(f"{MONTH}/热线通话*.xlsx", header=3)
        if row["坐席工号"] == agent
    }
    return [*chats.values(), *calls.values()]


def _csat(agent: str) -> Value:
    rows = [row for row in _csv("满意度问卷*.csv", "utf-8-sig") if row["1、客服编号"] == agent]
    points = [int(row["2、您对本次服务的总体评价（1-5分）"]) for row in rows]
    return percent(sum(points), 5 * len(points))


def _complaint_rate(agent: str) -> Value:
    return percent(len(_own("投诉登记", agent, 是否有效="是")), len(_contacts(agent)))


def _fcr(agent: str) -> Value:
    known = [solved for answered, solved, _ in _contacts(agent) if answered and solved]
    return percent(known.count("是"), len(known))


def _first_response(agent: str) -> Value:
    return mean([seconds for _, _, seconds in _contacts(agent) if seconds is not None])


def _exam(agent: str) -> Value:
    taken = _own("考试成绩", agent)
    if not all(isinstance(row["成绩"], int) for row in taken):
        return None
    return percent(sum(row["成绩"] for row in taken), sum(row["满分"] for row in taken))


def _orders(shop_names: set[str]) -> Fraction:
    rows = [row for row in _csv("订单*.csv", "gb18030") if row["旺旺昵称"] in shop_names]
    paid = [row for row in rows if datetime.fromisoformat(row["付款时间"]).strftime("%Y-%m") == MONTH]
    return sum((Fraction(row["净销售额"].removesuffix("元").replace(",", "")) for row in paid), Fraction(0))


def _sales(agent: str) -> Value:
    target = sum(row["目标值"] for row in _own("销售目标", agent, 目标项="销售额"))
    return percent(_orders({SHOP_NAMES.get(agent, "")}), target)


def _quality(agent: str, item: str, verdict: str) -> Value:
    rows = [row for row in _csv("质检*.csv", "utf-8-sig") if row["工号"] == agent and row["质检项"] == item]
    judged = [row["是否合格"] for row in rows if row["是否合格"] in ("合格", "不合格")]
    return percent(judged.count(verdict), len(judged))


def _done(name: str, agent: str, **tests: str) -> Value:
    rows = _own(name, agent, **tests)
    column = "是否参加" if name == "培训记录" else "是否完成"
    return percent(sum(row[column] == "是" for row in rows), len(rows))


def _events(agent: str, event: str) -> Value:
    rows = _own("事件登记", agent, 事件=event)
    return Decimal(sum(1 if row["次数"] is None else row["次数"] for row in rows if row["是否免责"] != "是"))


def _late(agent: str) -> Value:
    (file,) = DATA.glob("上下班打卡*.xlsx")
    assert file
    rows = [row for row in _sheet(f"{MONTH}/上下班打卡*.xlsx", header=4) if row["账号"] == ACCOUNTS.get(agent)]
    return Decimal(sum(int(row["迟到次数(次)"]) for row in rows if row["迟到次数(次)"] != "--"))


MEASURES: dict[str, Callable[[str], Value]] = {
    "csat": _csat,
    "complaint_rate": _complaint_rate,
    "fcr": _fcr,
    "first_response": _first_response,
    "exam_percent": _exam,
    "sales_completion": _sales,
    "claim_accuracy": lambda agent: _quality(agent, "理赔协助", "合格"),
    "info_error_rate": lambda agent: _quality(agent, "信息准确", "不合格"),
    "training_attended": lambda agent: _done("培训记录", agent, 培训类型="必修"),
    "cross_team_done": lambda agent: _done("任务台账", agent, 任务类型="跨部门"),
    "summaries_handed_in": lambda agent: _done("任务台账", agent, 任务类型="工作总结"),
    "plans_done": lambda agent: _done("改进计划", agent),
    "skills_learned": lambda agent: Decimal(len(_own("培训记录", agent, 培训类型="新技能", 是否完成="是"))),
    "contacts": lambda agent: Decimal(sum(answered for answered, _, _ in _contacts(agent))),
    "valid_complaints": lambda agent: Decimal(len(_own("投诉登记", agent, 是否有效="是"))),
    "event.customer_praise": lambda agent: _events(agent, "客户表扬"),
    "event.communication_minor": lambda agent: _events(agent, "轻微沟通问题"),
    "late_count": _late,
}


@pytest.mark.parametrize("agent", AGENTS)
def test_the_measures_are_what_the_exports_say(october: Path, agent: str) -> None:
    """Eighteen measures of an agent who chats and of one who answers calls, from the exports by hand."""
    found = by_agent(record(october)["measures"], "measure")
    values = {name: found[agent, name]["value"] for name in MEASURES}
    shown = {name: None if text is None else Decimal(text) for name, text in values.items()}
    assert shown == {name: measure(agent) for name, measure in MEASURES.items()}


def _workdays(first: date | None, last: date | None) -> int:
    """Workdays of October 2026 between two days: weekdays after the holiday (1st to 7th), and Saturday the 10th."""
    days = [date(2026, 10, day) for day in range(8, 32)]
    worked = [day for day in days if day.weekday() < 5 or day.day == 10]
    return sum((first is None or day >= first) and (last is None or day <= last) for day in worked)


def test_the_pool_is_the_teams_sales_by_tiers_and_its_shares_are_by_score_and_days(sample: Path) -> None:
    """From orders to tiers to cents: 0.8 % from 50,000, 1.2 % from 100,000, 1.5 % from 150,000; leavers by days."""
    found = record(sample)
    aliases = tomllib.loads((SAMPLE / "csctl.toml").read_text("utf-8"))["aliases"]
    sales = _orders(set(aliases))
    steps = [(50_000, 100_000, "0.008"), (100_000, 150_000, "0.012"), (150_000, 10**12, "0.015")]
    parts = [max(Fraction(0), min(sales, Fraction(top)) - low) * Fraction(rate) for low, top, rate in steps]
    amount = sum(half_up(part, 2) for part in parts)
    (pool,) = found["pools"]
    assert (Decimal(pool["base"]), Decimal(pool["amount"])) == (half_up(sales, 2), amount)
    scores = {row["agent_id"]: row["score"] for row in found["scoreboard"]}
    weights = {}
    for person in _sheet("roster.xlsx"):
        regular, left = person["转正日期"].date(), person["离职日期"] and person["离职日期"].date()
        days = _workdays(regular, left)
        if days and scores[person["工号"]] is not None:
            weights[person["工号"]] = int(Decimal(scores[person["工号"]]) * 100) * days
    assert len(weights) == 12
    shares = {share["agent_id"]: int(Decimal(share["amount"]) * 100) for share in pool["shares"]}
    assert shares == split(int(amount * 100), weights)


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        ("0003", {"base": Fraction(2700), "personal_leave": -Fraction(2700) / Fraction("21.75")}),
        ("0008", {"base_probation": Fraction(1600)}),
        ("0016", {"base": Fraction(2000 * 8, 18), "personal_leave": -Fraction(2000) / Fraction("21.75")}),
    ],
)
def test_pay_is_base_by_level_and_days_less_leave_at_a_day_of_21_75(
    sample: Path, agent: str, expected: dict[str, Fraction]
) -> None:
    """A day of leave, a month on probation, a leaver's eight of eighteen workdays: each rounded once, to the cent."""
    lines = by_agent(record(sample)["pay_lines"], "line")
    own = {line: Decimal(row["amount"]) for (whose, line), row in lines.items() if whose == agent}
    assert {line: own[line] for line in own if line not in ("pool1", "guarantee")} == {
        line: half_up(amount, 2) for line, amount in expected.items()
    }
