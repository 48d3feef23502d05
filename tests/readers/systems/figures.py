"""Figures that a system has summed per agent; answers to a survey; points of an appraisal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from csctl.readers.grid import Cell
from tests.readers.systems.shape import Made, Person, Rows, Shape, length, people

Facts = list[tuple[Person, dict[str, Decimal]]]
"""By person the figures: counts, seconds, and shares of four places."""


def _facts(random: Random, names: Mapping[str, str], *, english: bool = False) -> Facts:
    """Figures of some people; ``names``: by header count, seconds, share or money."""

    def value(kind: str) -> Decimal:
        if kind == "share":
            return Decimal(random.randint(0, 10_000)).scaleb(-4)
        if kind == "money":
            return Decimal(random.randint(0, 9_999_999)).scaleb(-2)
        return Decimal(random.randint(1, 9_000))

    return [(who, {name: value(kind) for name, kind in names.items()}) for who in people(random, english=english)]


def _chinese(seconds: int) -> str:
    hours, minutes, left = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [(hours, "小时"), (minutes, "分"), (left, "秒")]
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0秒"


def _words(seconds: int) -> str:
    return f"{seconds // 60} minutes {seconds % 60} seconds"


def _expected(facts: Facts, *, day: date | None = None, account: bool = False) -> dict[str, list[object]]:
    rows = [(who, name, value) for who, figures in facts for name, value in figures.items()]
    found: dict[str, list[object]] = {
        "agent_name": [f"店铺:{who.account}" if account else who.name for who, _, _ in rows],
        "metric": [name for _, name, _ in rows],
        "value": [value for _, _, value in rows],
    }
    return found | ({"date": [day for _ in rows]} if day else {})


def qianniu(*, dated: bool) -> Callable[[Random], Made]:
    """Mixed brackets in headers, shares as fractions, sums and means at the end; of a month, or with a day."""

    def make(random: Random) -> Made:
        kinds = {"咨询人数": "count", "平均响应时长（秒)": "seconds", "旺旺回复率": "share"}
        facts = _facts(random, kinds)
        day: list[Cell] = ["2026-07-31"] if dated else []
        rows: Rows = [[*(["日期"] if dated else []), "旺旺昵称", *kinds, "旺旺分组"]]
        rows += [[*day, f"店铺:{who.account}", *figures.values(), "售前"] for who, figures in facts]
        for total in () if dated else ("汇总值", "平均值"):
            rows.append([total, *(_together(facts, name, kind, total) for name, kind in kinds.items()), None])
        return Made([("数据信息", rows)], _expected(facts, day=date(2026, 7, 31) if dated else None, account=True))

    return make


def _together(facts: Facts, name: str, kind: str, total: str) -> Decimal:
    """What a row of the whole shop has: the sum of counts and amounts, the mean of shares and lengths, or all means."""
    whole = sum((figures[name] for _, figures in facts), Decimal(0))
    if kind in ("count", "money") and "均" not in total:
        return whole
    places = {"share": "0.0001", "money": "0.01"}.get(kind, "1")
    return (whole / len(facts)).quantize(Decimal(places), ROUND_HALF_UP)


def shop(
    header: Sequence[Cell], kinds: Mapping[str, str], *, above: Rows, totals: Sequence[str]
) -> Callable[[Random], Made]:
    """Durations in words, shares in percent, amounts with commas; the shop's own rows are none of an agent."""

    def cell(kind: str, value: Decimal) -> Cell:
        if kind == "seconds":
            return _chinese(int(value))
        return f"{value * 100:f}%" if kind == "share" else f"{value:,}元" if kind == "money" else f"{value:,}"

    def make(random: Random) -> Made:
        facts = _facts(random, kinds)
        dated = "日期" in header
        rows: Rows = [*above, [*header, *kinds]]
        lead: list[Cell] = ["2026-07-31"] if dated else []
        for name in totals:
            rows.append([*lead, name, *(cell(kind, _together(facts, one, kind, name)) for one, kind in kinds.items())])
        for who, figures in facts:
            rows.append([*lead, who.name, *(cell(kinds[name], value) for name, value in figures.items())])
        return Made([("Sheet1", rows)], _expected(facts, day=date(2026, 7, 31) if dated else None))

    return make


FEIGE = {
    "接待会话量": "count", "已接待人数": "count", "有效评价数": "count", "全天满意率": "share",
    "全天平响时长": "seconds",
    "全天首响时长": "seconds", "全天3分钟回复率": "share", "询单人数": "count", "客服询单支付额": "money",
    "退款金额": "money", "询单转化率": "share",
}  # fmt: skip
JD_WORK = {
    "接待量": "count", "首次平均响应时间": "seconds", "平均响应时间": "seconds", "30s应答率": "share",
    "满意率": "share",
    "邀评率": "share", "平均会话时长": "seconds",
}  # fmt: skip
JD_SALES = {"售前接待人数": "count", "促成下单人数": "count", "促成下单商品金额": "money"}
KUAISHOU = {
    "三分钟回复率（人维度）": "share", "不服务率": "share", "咨询人数": "count", "人工平均回复时长": "seconds",
    "好评率（人维度）": "share", "询单客单价": "money", "客服销售额": "money",
}  # fmt: skip


def bare(header: Sequence[Cell], kinds: Mapping[str, str], *, above: Rows) -> Callable[[Random], Made]:
    """Seconds, shares and amounts as bare numbers; sums and means below."""

    def make(random: Random) -> Made:
        facts = _facts(random, kinds)
        lead: list[Cell] = ["2026-07-31"] if "日期" in header else []
        rows: Rows = [*above, [*header, *kinds]]
        rows += [[*lead, who.name, *figures.values()] for who, figures in facts]
        for total in () if lead else ("汇总", "均值"):
            rows.append([total, *(_together(facts, name, kind, total) for name, kind in kinds.items())])
        return Made([("Sheet1", rows)], _expected(facts, day=date(2026, 7, 31) if lead else None))

    return make


CHITU = {"聊天人数(原咨询人数)": "count", "接待人数": "count", "总消息数": "count", "回复率": "share",
         "首次响应(秒)": "seconds", "平均响应(秒)": "seconds"}  # fmt: skip
SHOP_BI = {"客服销售额": "money", "客服销售人数": "count", "成功退款金额": "money", "净销售额": "money",
           "询单转化率": "share", "平均响应时长（秒）": "seconds", "客户满意率": "share"}  # fmt: skip


def chatwoot(agent: str) -> Callable[[Random], Made]:
    """The period, a blank line, headers in the account's language, times in words."""

    def make(random: Random) -> Made:
        facts = _facts(random, {"Conversations count": "count", "Avg first response time": "seconds"}, english=True)
        rows: Rows = [("Reporting period 2026-07-01 to 2026-07-31",), (), (agent, *facts[0][1])]
        for who, figures in facts:
            count, seconds = figures.values()
            rows.append((who.name, count, _words(int(seconds))))
        return Made([("", rows)], _expected(facts))

    return make


GENESYS = {"Answered": "count", "Handled": "count", "Avg Handle": "seconds", "Avg Talk": "seconds",
           "Avg Hold": "seconds", "Avg ACW": "seconds", "Total Handle": "seconds"}  # fmt: skip


def genesys(*, lines: bool) -> Callable[[Random], Made]:
    """Lengths as clocks, or in bare milliseconds, which nothing in the file says."""

    def make(random: Random) -> Made:
        facts = _facts(random, GENESYS, english=True)
        rows: Rows = [("Interval Start", "Agent Id", "Agent Name", *GENESYS)]
        for who, figures in facts:
            lengths = [name for name, kind in GENESYS.items() if kind == "seconds"]
            cells = [figures[name] if name not in lengths else figures[name] * 1000 if lines
                     else length(int(figures[name])) for name in GENESYS]  # fmt: skip
            rows.append(("2026-07-31", who.id, who.name, *cells))
        expected = _expected(facts, day=date(2026, 7, 31))
        expected["agent_id"] = [who.id for who, figures in facts for _ in figures]
        return Made([("", rows)], expected)

    return make


def survey(random: Random) -> Made:
    """Questions with numbers; answers in words."""
    words = {"非常满意": 5, "满意": 4, "一般": 3, "不满意": 2, "非常不满意": 1}
    rows: Rows = [("序号", "提交答卷时间", "所用时间", "来源", "来自IP", "1、为您服务的客服", "2、您对服务满意吗")]
    found = []
    for at, who in enumerate(people(random) * 3):
        day, word = date(2026, 7, random.randint(1, 31)), random.choice(list(words))
        rows.append((at + 1, f"{day:%Y/%m/%d} 12:00:00", "86秒", "微信", "1.2.3.4", who.name, word))
        found.append((who.name, day, words[word]))
    names, days, scores = zip(*found, strict=True)
    return Made([("", rows)], {"agent_name": names, "date": days, "score": scores})


def appraisal(*, english: bool, sheets: bool, roles: bool = False) -> Callable[[Random], Made]:
    """A row per item: all people on one sheet, or each on a sheet of their own; with a column of roles or without."""

    def make(random: Random) -> Made:
        items = ("Attitude", "Accuracy", "Speed") if english else ("服务态度", "业务准确", "响应速度")
        header: tuple[str, ...] = ("Name", "Employee ID", "Item", "Score", "Rater", "Date", "Comment") if english else (
            "姓名", "工号", "项目", "得分", "评分人", "考核日期", "评语")  # fmt: skip
        header = (*header, "评分角色") if roles else header
        staff = people(random, english=english)
        found = [(who, item, random.randint(0, 100)) for who in staff for item in items]
        role: list[Cell] = ["自评"] if roles else []
        lines: dict[Person, Rows] = {who: [] for who in staff}
        for who, item, points in found:
            lines[who].append((who.name, who.id, item, points, "赵敏", "2026-07-31", "好", *role))
        pages: list[tuple[str, Rows]] = [(who.name, [header, *lines[who]]) for who in staff]
        if not sheets:
            pages = [("评分", [header, *(row for own in lines.values() for row in own)])]
        expected: dict[str, list[object]] = {
            "agent_id": [who.id for who, _, _ in found],
            "agent_name": [who.name for who, _, _ in found],
            "item": [item for _, item, _ in found],
            "value": [str(points) for _, _, points in found],
            "role": ["自评" if roles else "superior" for _ in found],
            "rater": ["赵敏" for _ in found],
            "date": [date(2026, 7, 31) for _ in found],
            "reason": ["好" for _ in found],
        }
        return Made(pages, expected)

    return make


def form(*, beside: bool, english: bool) -> Callable[[Random], Made]:
    """A sheet per person with who it is above the table: labels beside their cells, or all in one cell. All people are
    given the same points, and a sum stands below.
    """

    def make(random: Random) -> Made:
        items = ("Attitude", "Accuracy", "Speed") if english else ("服务态度", "业务准确", "响应速度")
        labels = ("Name", "Employee ID", "Rater") if english else ("姓名", "工号", "评分人")
        points = [random.randint(0, 100) for _ in items]
        staff = people(random, english=english)
        pages: list[tuple[str, Rows]] = []
        for who in staff:
            said = (who.name, who.id, "Eve" if english else "赵敏")
            pairs = list(zip(labels, said, strict=True))
            line: list[Cell] = [cell for pair in pairs for cell in pair]
            rows: Rows = [("2026年7月 考核评分表",)]
            rows.append(line if beside else ["  ".join(f"{label}：{text}" for label, text in pairs)])
            rows.append(("Item", "Score", "Comment") if english else ("项目", "得分", "评语"))
            rows += [(item, got, None) for item, got in zip(items, points, strict=True)]
            rows.append(("Total" if english else "合计", sum(points), None))
            pages.append((who.name, rows))
        found = [(who, item, got) for who in staff for item, got in zip(items, points, strict=True)]
        expected: dict[str, list[object]] = {
            "agent_id": [who.id for who, _, _ in found],
            "agent_name": [who.name for who, _, _ in found],
            "item": [item for _, item, _ in found],
            "value": [str(got) for _, _, got in found],
            "role": ["superior" for _ in found],
            "rater": ["Eve" if english else "赵敏" for _ in found],
        }
        return Made(pages, expected)

    return make


SHAPES = (
    Shape("qianniu-reception", "sums and means at the end", qianniu(dated=False)),
    Shape("qianniu-reception", "performance of agents", bare(["客服昵称"], CHITU, above=[])),
    Shape("qianniu-reception", "sales of agents", bare(["旺旺昵称"], SHOP_BI, above=[])),
    Shape("qianniu-reception", "by day", qianniu(dated=True)),
    Shape("feige-agents", "by day", shop(["日期", "客服昵称"], FEIGE, above=[], totals=[])),
    Shape("kuaishou-agents", "by day", shop(["日期", "客服昵称"], KUAISHOU, above=[], totals=[])),
    Shape("feige-agents", "the shop's rows first", shop(["客服昵称"], FEIGE, above=[],
                                                 totals=["店铺汇总值", "店铺平均值"])),
    Shape("jd-agents", "workload, lengths in words", shop(["日期", "客服"], JD_WORK, above=[("客服_服务工作量",)],
                                                  totals=["汇总"])),
    Shape("jd-agents", "workload, bare seconds", bare(["日期", "客服"], JD_WORK, above=[("服务工作量",)])),
    Shape("jd-agents", "sales", shop(["日期", "客服"], JD_SALES, above=[("客服_销售绩效",), ("2026-07",), ()],
                                     totals=["汇总", "均值"])),
    Shape("kuaishou-agents", "figures", shop(["客服昵称"], KUAISHOU, above=[], totals=[])),
    Shape("chatwoot-agents", "English", chatwoot("Agent name")),
    Shape("chatwoot-agents", "Chinese", chatwoot("客服名称")),
    Shape("genesys-agents", "lengths as clocks", genesys(lines=False)),
    Shape("genesys-agents", "milliseconds", genesys(lines=True), lines=True),
    Shape("wjx-survey", "answers in words", survey, lines=True),
    Shape("appraisal-list", "one sheet, Chinese", appraisal(english=False, sheets=False)),
    Shape("appraisal-list", "one sheet, English", appraisal(english=True, sheets=False)),
    Shape("appraisal-list", "with a column of roles", appraisal(english=False, sheets=False, roles=True)),
    Shape("appraisal-list", "a form per person", form(beside=True, english=False)),
    Shape("appraisal-list", "a form per person, all in one cell", form(beside=False, english=False)),
    Shape("appraisal-list", "a form per person, English", form(beside=True, english=True)),
    Shape("appraisal-list", "a sheet per person", appraisal(english=False, sheets=True)),
)  # fmt: skip
