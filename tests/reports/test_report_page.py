"""``report.html``: one file that fetches nothing, runs nothing and says everything."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from csctl.core.explaining.nodes import Node
from csctl.core.records.fates import Fates
from csctl.core.records.lines import PayLine, Score, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.policy.model import Assumption
from csctl.problems import Place
from csctl.reports.html.agent_page import FEWEST_FOR_TEAM, agent_html
from csctl.reports.html.explanation import explanation_html
from csctl.reports.html.report import report_html, week_html
from csctl.reports.weekly import Weekly, WeeklyFigure, weeks_of
from tests.reports.months import OCTOBER, many, report_input
from tests.reports.pages import Page, page_of
from tests.sheets.month import AGENTS, POLICY, SCORES, month_result, score
from tests.workbench import agent as somebody

D = Decimal
NASTY = ("<script>alert(1)</script>", "]]></style><b>", "\u202e文件\u2066", '"onload="x')
PARTS = ["scoreboard", "spread", "heat", "moved", "trends", "pool", "composition", "causes"]
PARTS += ["weekly", "sign-off", "data", "assumptions"]


def nasty_month() -> MonthResult:
    """The month with names, groups, labels and assumptions that are meant to break a page."""
    agents = tuple(replace(one, name=name, group=name, level=name) for one, name in zip(AGENTS, NASTY, strict=True))
    assumed = [Assumption(id=text, kind="example", text=text, rule=text) for text in NASTY]
    return month_result(agents=agents, policy=POLICY.model_copy(update={"assumption": assumed, "label": NASTY[0]}))


def some_weeks() -> Weekly:
    """One measure over the month's weeks."""
    values = (D("1"), None, D("3"), D("4"), D("5"))
    figure = WeeklyFigure("contacts", "接待量", "count", {one.agent_id: values for one in AGENTS}, values)
    return Weekly(tuple(weeks_of(OCTOBER)), AGENTS, (figure,), ("年度销售",))


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest) -> Page:
    """The whole report in a language."""
    return page_of(report_html(report_input(language=request.param), some_weeks()))


def test_it_fetches_nothing_and_runs_nothing(page: Page) -> None:
    """No script, no frame, no source; links lead to parts of the page; the browser is told so too."""
    assert {name for name, _ in page.elements} & {"script", "link", "img", "iframe", "object", "form", "base"} == set()
    given = [(name, value) for _, attributes in page.elements for name, value in attributes.items()]
    assert [value for name, value in given if name in ("src", "srcset", "action", "data", "xlink:href")] == []
    assert [name for name, _ in given if name.startswith("on")] == []
    links = [value for name, value in given if name == "href"]
    assert {link.removeprefix("#") for link in links} == set(PARTS)
    assert not re.search(r"url\(|@import|https?:", page.style)
    told = [one["content"] for one in page.all("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert told
    assert told[0].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_it_can_be_read_on_a_phone_and_in_print(page: Page) -> None:
    """A viewport, tables in boxes that scroll, a style for paper."""
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    boxes = [one for one in page.all("div") if one.get("class") == "scroll"]
    assert len(boxes) == len(page.all("table"))
    assert all(one["tabindex"] == "0" for one in boxes)
    assert "@media print" in page.style
    assert "size: A4" in page.style


def test_it_has_every_part_once_and_in_order(page: Page) -> None:
    """Each with a heading; no id twice."""
    assert [one["id"] for one in page.all("section")] == PARTS
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert len(page.all("h1")) == 1
    assert len(page.all("h2")) == len(PARTS)


def test_drawings_are_described(page: Page) -> None:
    """A drawing on its own has a title and a description; one beside its figures is passed over when read out."""
    drawings = page.all("svg")
    assert drawings
    alone = [one for one in drawings if one.get("role") == "img"]
    assert len(page.all("desc")) == len(alone) > 0
    assert all(one.get("aria-hidden") == "true" for one in drawings if one not in alone)
    assert all(one["scope"] in ("col", "row") for one in page.all("th"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_name_and_amount_stands_in_it(language: str) -> None:
    """Everybody on the roster, the score as shown, the pay to the cent, the file read, the fault found."""
    result = month_result()
    text = page_of(report_html(report_input(language=language))).text
    for one in result.agents:
        lines = result.pay_lines[result.pay_lines["agent_id"] == one.agent_id]
        assert one.name in text
        assert f"{Decimal(int(sum(lines['amount_cents']))).scaleb(-2):,.2f}" in text
    for figure in ("95.00", "85.00", "60.00", "▲ 10.00", "▲ 80.46", "资费", "60%", "data/订单.csv", "旧文件", "A-40"):
        assert figure in text


def test_names_meant_to_break_the_page_do_not() -> None:
    """They stand there as text, without the marks that turn the direction."""
    page = page_of(report_html(report_input(nasty_month()), some_weeks()))
    assert page.all("script") == page.all("b") == []
    for text in (NASTY[0], NASTY[1], "文件", NASTY[3]):
        assert text in page.text
    assert "\u202e" not in page.text
    assert [name for _, attributes in page.elements for name in attributes if name.startswith("on")] == []


def test_drawings_are_sound_xml() -> None:
    """Each can be taken out of the page and opened alone; no shape lies outside its drawing."""
    content = report_html(report_input()).decode()
    drawings = re.findall(r"<svg.*?</svg>", content, re.DOTALL)
    for drawing in drawings:
        shapes = ElementTree.fromstring(drawing).iter("rect")  # noqa: S314 - our own drawing
        for shape in shapes:
            start, width = (Decimal(shape.get(name, "0").rstrip("%")) for name in ("x", "width"))
            assert 0 <= start <= start + width <= Decimal("100.01")
    assert len(drawings) > 20


def test_the_same_month_gives_the_same_bytes() -> None:
    """Whatever the order of lines in the tables."""
    result = month_result()
    turned = replace(
        result,
        score_lines=result.score_lines.iloc[::-1].reset_index(drop=True),
        scores=result.scores.iloc[::-1].reset_index(drop=True),
    )
    assert report_html(report_input(result)) == report_html(report_input(result))
    assert report_html(report_input(turned)) == report_html(report_input(result))


def test_a_first_month_without_pay_has_a_report() -> None:
    """No pool, no pay, nothing to compare with: those parts say so or are left out."""
    policy = POLICY.model_copy(update={"pay": None, "assumption": []})
    empty = month_result().pay_lines.iloc[:0]
    bare = report_input(
        month_result(policy=policy, pay_lines=empty, pools=(), problems=()), past=(), listed=(), topics=()
    )
    page = page_of(report_html(replace(bare, problems=(), inputs=())))
    assert [one["id"] for one in page.all("section")] == ["scoreboard", "spread", "heat", "moved", "trends", "data"]
    assert "没有上个月的结果可以比较" in page.text


def test_a_week_alone_shows_the_one_before_too() -> None:
    """The team's figure of both weeks, each agent's of the last."""
    weeks = some_weeks()
    upto = replace(weeks, weeks=weeks.weeks[2:4], figures=(replace(weeks.figures[0], of_team=(D(12), D(16))),))
    page = page_of(week_html("客服部", OCTOBER, upto, "zh"))
    assert "客服部 · 2026-W43" in page.text
    assert "W42" in page.text
    assert "年度销售" in page.text
    assert all(one.name in page.text for one in AGENTS)


# ---- the page of one agent ---------------------------------------------------------------------------------------


def own_page(result: MonthResult, number: int = 0) -> Page:
    """An agent's page with a small explanation."""
    tree = Node("应发合计", "3,396.55", "pay", children=(Node("底薪", "3,500.00", place=Place("花名册.csv", row=2)),))
    return page_of(agent_html(report_input(result), result.agents[number], tree))


def test_an_agents_page_names_nobody_else() -> None:
    """No other name, score or amount; the agent's own are there."""
    result = month_result()
    for number, own in enumerate(result.agents):
        text = own_page(result, number).text
        others = [one for one in result.agents if one is not own]
        assert own.name in text
        assert [one.name for one in others if one.name in text] == []
        totals = result.pay_lines.groupby("agent_id")["amount_cents"].sum()
        amounts = {f"{Decimal(int(totals[one.agent_id])).scaleb(-2):,.2f}" for one in others}
        assert [amount for amount in amounts if amount in text] == []


def test_an_agents_page_shows_own_lines_and_rank() -> None:
    """Lines with what they add, the total, pay lines, rank among the scored, the explanation with its places."""
    text = own_page(month_result()).text
    for figure in ("95.00", "1 / 3", "客户满意度评分", "+5.00", "-241.38", "花名册.csv · 第 2 行"):
        assert figure in text


def test_the_team_is_shown_where_it_gives_nobody_away() -> None:
    """With fewer than five scored agents its mean and median would tell single scores."""
    assert "团队平均分" not in own_page(month_result()).text
    more = [somebody(f"x{number}") for number in range(FEWEST_FOR_TEAM - 3)]
    scores = [*SCORES, *(score(one.agent_id, "70.00", 4, "合格") for one in more)]
    team = month_result(agents=(*AGENTS, *more), scores=as_frame(scores, Score))
    text = own_page(team).text
    assert "团队平均分" in text
    assert "76.00" in text


def test_who_has_no_score_has_a_page() -> None:
    """It says so and still shows the pay."""
    page = own_page(month_result(), 3)
    assert "不参加考核" in page.text
    assert [one["id"] for one in page.all("section")] == ["pay", "why"]


def test_an_explanation_is_a_page_that_is_open_all_the_way() -> None:
    """Every branch is open, so that nothing is missing in print; text stays text."""
    tree = Node("<b>", "1", children=(Node("x", "2", note="]]>", children=(Node("y", "3"),)),))
    page = page_of(explanation_html(tree, "客服部", "zh"))
    assert page.all("details") == [{"open": ""}, {"open": ""}]
    assert page.all("b") == [{}, {}, {}]
    assert "]]>" in page.text


def test_the_page_tells_how_every_column_was_read() -> None:
    """One that nothing proves is marked, and the word beside it says so too."""
    page = report_html(report_input(language="en")).decode()
    part = page[page.index("How 3 columns were read") :]
    for text in ("净额", "amount", "1,234.56", "by the whole column", "10% empty, 1 unreadable", "3.5 → 3 min 30 s"):
        assert text in part, text
    assert '<span class="warn">时长</span>' in part
    assert "the usual way" in part


def test_what_became_of_every_row_stands_before_the_signature_and_with_the_data() -> None:
    """The same table in both parts."""
    fates = Fates("data/订单.csv", "", "orders", rows=23, header=1, counted=21, refused=1)
    page = report_html(report_input(replace(month_result(), coverage=(fates,)))).decode()
    sign_off, data = (page[page.index(f'<section id="{name}">') :] for name in ("sign-off", "data"))
    tables = [re.search(r"<table[^>]*>(?:(?!</table>).)*读不出.*?</table>", part) for part in (sign_off, data)]
    assert tables[0]
    assert tables[1]
    assert tables[0][0] == tables[1][0]
    assert '<td class="num" data-head="计入">21</td>' in tables[0][0]


def with_marks() -> MonthResult:
    """The month, in which the score of 007 rests on a default and the fine of 008 on a day without a row."""
    made = month_result()
    scores = [replace(one, marks=("column:时长",)) if one.agent_id == "007" else one for one in SCORES]
    pay = [
        replace(line, marks=("absent:10-14",)) if (line.agent_id, line.line) == ("007", "late") else line
        for line in as_records(made.pay_lines, PayLine)
    ]
    return replace(made, scores=as_frame(scores, Score), pay_lines=as_frame(pay, PayLine))


def test_a_figure_that_rests_on_something_inferred_is_marked_and_the_mark_explained() -> None:
    """A sign behind score and amount, and below the table each reason with whom it is about."""
    text = page_of(report_html(report_input(with_marks()), some_weeks())).text
    name = next(one.name for one in AGENTS if one.agent_id == "007")
    assert f"{next(one.score for one in SCORES if one.agent_id == '007')}*" in text
    assert f"“时长”一列的单位或写法是按默认理解的，还没有确认：{name} 007" in text
    assert f"这些天没有考勤记录，按旷工算：10-14：{name} 007" in text
    assert "*" not in page_of(report_html(report_input(), some_weeks())).text


def test_the_own_page_says_on_what_a_marked_line_rests() -> None:
    """Beside the pay line it is about; the score has the sign."""
    agent = next(one for one in AGENTS if one.agent_id == "007")
    text = page_of(agent_html(report_input(with_marks()), agent, Node("root", ""))).text
    assert "这些天没有考勤记录，按旷工算：10-14" in text
    assert f"{next(one.score for one in SCORES if one.agent_id == '007')}*" in text


def test_on_a_phone_every_figure_of_a_wide_table_says_what_it_is() -> None:
    """Each cell of a table that becomes a list bears the head of its column; a matrix stays one."""
    page = report_html(report_input(), some_weeks()).decode()
    rows = re.findall(r'<table class="[^"]*stack[^"]*">.*?</table>', page, re.DOTALL)
    assert len(rows) > 3
    for one in rows:
        assert re.findall(r'<td class="(?:num|short|words)">[^<]', one) == []
    board = page[page.index('<section id="scoreboard">') : page.index('<section id="spread">')]
    assert '<td class="num" data-head="得分">95.00' in board
    assert re.search(r'<td class="num" data-head="应发（元）">[\d,.]+', board)
    heat = page[page.index('<section id="heat">') : page.index('<section id="moved">')]
    assert "stack" not in heat
    assert ".stack td[data-head]::before { content: attr(data-head)" in page


def test_what_was_not_upheld_is_said_beside_the_causes() -> None:
    """How many complaints a list is made of, and how many do not count."""
    for language, said in (
        ("zh", "共 5 条；未认定有效的 2 条不计"),
        ("en", "5 in all; 2 that were not upheld are not"),
    ):
        assert said in page_of(report_html(report_input(language=language))).text


def test_of_a_large_team_the_few_that_matter_are_drawn_and_the_others_folded() -> None:
    """Of 300 people 40 stand in the heat map, 16 have a trend; everybody else can be opened."""
    month = many(300)
    before = replace(many(300), month=month.month.shift(-1))
    page = report_html(report_input(month, past=(before,))).decode()
    part = page[page.index('<section id="trends">') : page.index('<section id="pool">')]
    closed = part[part.index("<details>") :]
    shown = re.findall(r"<figcaption>(N\d+)", part[: part.index("<details>")])
    assert shown[:6] == [f"N{at:03}" for at in range(6)]
    assert shown[-6:] == [f"N{at:03}" for at in range(294, 300)]
    assert len(shown) == 16
    assert len(re.findall(r"<figcaption>(N\d+)", closed)) == 284
    spread = page[page.index('<section id="spread">') : page.index('<section id="heat">')]
    assert spread.index("90–100") < spread.index("<details>") < spread.index("N000")


def test_names_of_indicators_stand_upright_where_they_are_chinese_whatever_the_language() -> None:
    """Only letters are turned."""
    for language in ("zh", "en"):
        page = report_html(report_input(language=language)).decode()
        assert '<table class="heat whole">' in page
    turned = [
        one.model_copy(update={"indicator": [each.model_copy(update={"label": "CSAT"}) for each in one.indicator]})
        for one in POLICY.dimension
    ]
    month = month_result(policy=POLICY.model_copy(update={"dimension": turned}))
    assert '<table class="heat latin whole">' in report_html(report_input(month)).decode()
