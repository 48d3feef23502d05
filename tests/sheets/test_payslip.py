"""Payslips and the published list: what stands on them, what adds up, and what must not be on them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from csctl.core.people.workdays import Attendance
from csctl.core.records.lines import PayLine, Score, as_frame, as_records
from csctl.core.records.result import MonthResult
from csctl.money import from_cents
from csctl.policy.appeals import Appeals
from csctl.sheets.payslip import SlipAbout, payslip_page
from csctl.sheets.published_list import masks_of, published, published_book, published_csv
from csctl.sheets.scores_book import scores_pages
from csctl.workbook.cells import Formula, SheetPage
from tests.core.paying.plan import plan
from tests.libreoffice import recalculated
from tests.sheets.month import AGENTS, PAY_LINES, POLICY, SCORES, month_result
from tests.sheets.one_alone import payslip
from tests.workbench import agent, month_of

D = Decimal
ABOUT = SlipAbout("安心客服部", Attendance(18, 0, 18))
CORRECTION = PayLine(
    "007", "correction.2026-09.base.4", "2026-09 更正：底薪", "correction", "product", "4", D(-1), "", D("12.30"),
    D(1), -1230, "SA-080", "2026-09 原为 3,500.00，应为 3,487.70；原因：多计一天",
)  # fmt: skip


def with_correction() -> MonthResult:
    """The month, in which something of September was taken back from 007."""
    return month_result(pay_lines=as_frame([*PAY_LINES, CORRECTION], PayLine))


def slip(key: str = "007", language: str = "zh", result: MonthResult | None = None) -> SheetPage:
    """The page of one agent."""
    given = result or month_result()
    agent = next(agent for agent in given.agents if agent.agent_id == key)
    about = replace(ABOUT, mask=masks_of(given).get(agent.agent_id, ""))
    return payslip_page(given, agent, about, language)


def texts(page: SheetPage) -> list[list[str]]:
    """What each row shows."""
    return [
        [str(cell.content.value if isinstance(cell.content, Formula) else cell.content) for cell in row
         if cell is not None and cell.content not in (None, "")]
        for row in page.rows
    ]  # fmt: skip


def shown(page: SheetPage) -> str:
    """All that the page shows."""
    return "\n".join(" ".join(row) for row in texts(page))


def amounts(page: SheetPage, style: str) -> list[Decimal]:
    """The amounts of cells that look so, from the sixth column of the part about pay."""
    rows = [row[5] for row in page.rows if len(row) > 5]
    found = [cell for cell in rows if cell is not None and cell.style == style]
    return [D(cell.content.value) if isinstance(cell.content, Formula) else D(str(cell.content)) for cell in found]


def test_the_slip_says_who_when_and_for_how_many_days() -> None:
    """Name, number, group, level, the number on the published list, period, workdays."""
    rows = texts(slip())
    assert rows[0] == ["工资条 · 2026-10 · 安心客服部"]
    code = masks_of(month_result())["007"]
    assert rows[1] == [f"姓名：王小明　　工号：007　　组别：一组　　职级：C1　　公示编号：{code}"]
    assert rows[2] == ["工资所属期：2026-10-01 – 2026-10-31　　本月工作日：18　　在职工作日：18"]


@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.agent_id)
def test_every_line_stands_on_the_slip_and_they_add_up(agent: object) -> None:
    """Lines sum to their kinds, kinds to the total, in cents."""
    key = agent.agent_id  # type: ignore[attr-defined]
    result = with_correction()
    page = slip(key, result=result)
    own = [line for line in [*PAY_LINES, CORRECTION] if line.agent_id == key]
    assert sorted(amounts(page, "money")) == sorted(from_cents(line.amount_cents) for line in own)
    kinds = len({line.kind for line in own})
    sums, total = amounts(page, "total_money")[:kinds], amounts(page, "total_money")[kinds]
    assert sum(sums) == total == from_cents(sum(line.amount_cents for line in own))


def test_a_correction_shows_what_was_and_what_should_have_been() -> None:
    """Old and new amount, and why."""
    assert "2026-09 更正：底薪" in shown(slip(result=with_correction()))
    assert "原为 3,500.00，应为 3,487.70；原因：多计一天" in shown(slip(result=with_correction()))


def test_a_pool_line_shows_the_pool_and_the_own_part_in_it() -> None:
    """3,000.00 × 1,995.00 ÷ 5,040.00: the score of 95 on 21 days among 240 × 21."""
    page = shown(slip())
    assert "奖金池 3,000.00 × 本人 1,995.00 ÷ 全体 5,040.00，本人 = 得分 95.00 × 正式出勤应计 21 天" in page
    assert "1187.50" in page


def test_a_pool_shared_by_hours_shows_the_hours_and_the_weight_of_the_level() -> None:
    """7.5 × 1.5 = 11.25 of 11.25 + 3 × 0.75: with as many places as the hours and the weights have."""
    text = (
        "[[pay.pool]]\nlabel = 'pool'\namount = 900\nsplit_by = 'measure'\nmeasure = 'hours'\n"
        "weights = { senior = 1.5, junior = 0.75 }\n"
    )
    people = [agent("a", level="senior"), agent("b", level="junior")]
    month = month_of(plan(text), people, {"a": {"x": 80, "hours": "7.5"}, "b": {"x": 80, "hours": 3}})
    page = shown(slip("a", "en", month))
    assert "pool 900.00 × own 11.2500 ÷ all 13.5000, own = overtime 7.5 × 1.5 for the level" in page


def test_the_score_is_the_sum_of_the_lines_on_the_slip() -> None:
    """Each line with what it counts; the grade and the rank below."""
    page = slip()
    assert amounts(page, "score") == [D("40.00"), D("20.00"), D("30.00"), D("5.00")]
    assert amounts(page, "total_money")[-1] == D("95.00")
    assert "等级：良好　　排名：1　　奖金系数：1" in shown(page)


def test_somebody_who_is_not_scored_gets_a_slip_without_a_score() -> None:
    """One sentence instead."""
    assert "不参评" in shown(slip("7"))


def test_a_missing_figure_says_what_was_done_about_it() -> None:
    """Never blank, never zero."""
    assert "缺（权重分摊）" in shown(slip("08"))


def test_the_deadlines_of_appeals_stand_on_the_slip_where_the_policy_has_them() -> None:
    """As many days as it says; nothing made up where it says none."""
    policy = POLICY.model_copy(update={"appeal": Appeals(window_days=5, decide_days=3)})
    told = shown(slip(result=month_result(policy=policy)))
    assert "结账后 5 天内可以申诉" in told
    assert "申诉后 3 天内答复" in told
    assert "天内可以申诉" not in shown(slip())


def test_a_line_that_contradicts_its_parts_is_a_bug() -> None:
    """Said loudly, not printed."""
    wrong = [replace(line, amount_cents=line.amount_cents + 1) if line.line == "late" else line for line in PAY_LINES]
    with pytest.raises(ValueError, match="late"):
        slip(result=month_result(pay_lines=as_frame(wrong, PayLine)))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("agent", AGENTS, ids=lambda agent: agent.agent_id)
def test_nothing_of_anybody_else_is_in_the_file(agent: object, language: str) -> None:
    """No part of the workbook has another's number, name, or an amount or score that is not the own as well."""
    key = agent.agent_id  # type: ignore[attr-defined]
    content = payslip(month_result(), agent, ABOUT, language)  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = "\n".join(archive.read(name).decode() for name in archive.namelist())
    said = re.findall(r"<t\b[^>]*>([^<]*)</t>", inside)
    words = {word for text in said for word in re.split(r"[\s：:，。,　]+", text)}
    for other in AGENTS:
        if other.agent_id != key:
            assert other.agent_id not in words
            assert not any(other.name in text for text in said)
    own = {_figure(line.amount_cents) for line in PAY_LINES if line.agent_id == key}
    others = {_figure(line.amount_cents) for line in PAY_LINES if line.agent_id != key} - own
    others |= {str(one.score) for one in SCORES if one.agent_id != key and one.score is not None}
    assert len(others) > 5
    shown = {figure.replace(",", "") for figure in re.findall(r"[\d,]+\.\d+|\d{4,}", inside)}
    assert not others & {f"{D(figure):.2f}" for figure in shown}


def _figure(cents: int) -> str:
    return str(abs(from_cents(cents)))


def test_a_name_stays_text() -> None:
    """No formula but ours, no link."""
    book = openpyxl.load_workbook(io.BytesIO(payslip(month_result(), AGENTS[1], ABOUT, "zh")))
    formulas = [cell.value for row in book.worksheets[0] for cell in row if cell.data_type == "f"]
    assert formulas
    assert all(str(formula).startswith("=ROUND(") for formula in formulas)


def test_the_same_month_gives_the_same_bytes() -> None:
    """Whatever the day."""
    assert payslip(month_result(), AGENTS[0], ABOUT, "en") == payslip(month_result(), AGENTS[0], ABOUT, "en")


def test_it_prints_upright_on_one_width_of_a4() -> None:
    """As set in the file."""
    book = openpyxl.load_workbook(io.BytesIO(payslip(month_result(), AGENTS[0], ABOUT, "zh")))
    setup = book.worksheets[0].page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight) == ("portrait", 9, 0)


@pytest.mark.slow
def test_a_recalculation_changes_no_figure(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every cached value is what LibreOffice makes of the formula."""
    content = payslip(with_correction(), AGENTS[0], ABOUT, "zh")
    before, after = (
        openpyxl.load_workbook(io.BytesIO(each), data_only=True).worksheets[0]
        for each in (content, recalculated(content, tmp_path_factory.mktemp("slip")))
    )
    figures = {cell.coordinate: cell.value for row in before for cell in row if isinstance(cell.value, int | float)}
    assert len(figures) > 30
    assert {place: after[place].value for place in figures} == figures


# ---- the published list ----------------------------------------------------


def test_the_list_has_rank_mask_score_and_grade_of_the_ranked() -> None:
    """Best first; who is not scored is not on it."""
    rows = published(month_result())
    assert [(row.rank, row.score, row.grade) for row in rows] == [
        (1, None, "良好"), (2, None, "良好"), (3, None, "合格"),
    ]  # fmt: skip
    assert [row.mask for row in rows] == [masks_of(month_result())[key] for key in ("007", "08", "100000000000000001")]


def test_scores_stand_on_the_list_from_five_people_on() -> None:
    """With four a score would tell whose it is, which the list says instead."""
    for people, shown in ((4, None), (5, D("90.00"))):
        scores = [replace(SCORES[0], agent_id=f"{at}", score=D("90.00"), rank=1) for at in range(people)]
        month = month_result(scores=as_frame(scores, Score))
        assert {row.score for row in published(month)} == {shown}
        with zipfile.ZipFile(io.BytesIO(published_book(month, "en"))) as archive:
            inside = archive.read("xl/sharedStrings.xml").decode()
        assert ("With fewer than five" in inside) == (shown is None)
        assert (">Score<" in inside) == (shown is not None), "a column that is empty is none"


def test_after_an_appeal_the_list_has_the_codes_that_stand_on_the_payslips() -> None:
    """Drawn by the month as it was closed."""
    closed = month_result()
    lines = [replace(PAY_LINES[0], amount_cents=1), *PAY_LINES[1:]]
    now = month_result(pay_lines=as_frame(lines, PayLine))
    assert {row.mask for row in published(now, closed)} == set(masks_of(closed).values())
    assert {row.mask for row in published(now)} != set(masks_of(closed).values())


def test_the_lead_finds_every_code_in_the_workbook_of_scores() -> None:
    """Beside number and name."""
    page = scores_pages(month_result(), "en")[0]
    at = [cell.content for cell in page.rows[1] if cell].index("Code")
    found = {str(row[2].content): row[at].content for row in page.rows[2:] if row[2] and row[at]}  # type: ignore[union-attr]
    assert {key: code for key, code in found.items() if code} == masks_of(month_result())


def test_equals_stand_in_the_order_of_their_masks() -> None:
    """Not in that of their numbers."""
    scores = [replace(one, rank=1, score=D("90.00")) if one.rank else one for one in SCORES]
    rows = published(month_result(scores=as_frame(scores, Score)))
    assert [row.mask for row in rows] == sorted(row.mask for row in rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_has_neither_names_nor_pay(language: str) -> None:
    """In no part of the workbook, and not in the table."""
    with zipfile.ZipFile(io.BytesIO(published_book(month_result(), language))) as archive:
        inside = "\n".join(archive.read(name).decode() for name in archive.namelist())
    table = published_csv(month_result(), language).decode("utf-8-sig")
    secret = [agent.name for agent in AGENTS] + [str(abs(from_cents(line.amount_cents))) for line in PAY_LINES]
    assert [text for text in secret if text in inside or text in table] == []
    assert ">007<" not in inside
    assert "W-08" in inside


def test_the_table_is_the_list() -> None:
    """Four columns."""
    lines = published_csv(month_result(), "en").decode("utf-8-sig").splitlines()
    masks = masks_of(month_result())
    grades = zip(("007", "08", "100000000000000001"), ("良好", "良好", "合格"), strict=True)
    rows = [f"{rank},{masks[key]},,{grade}" for rank, (key, grade) in enumerate(grades, start=1)]
    assert lines == ["Rank,Code,Score,Grade", *rows]


def test_a_line_that_rests_on_something_inferred_says_so_on_the_slip() -> None:
    """With the sign, beside what else is noted; lines without a mark have none."""
    made = month_result()
    pay = [
        replace(line, marks=("absent:10-14",)) if (line.agent_id, line.line) == ("007", "late") else line
        for line in as_records(made.pay_lines, PayLine)
    ]
    marked = slip(result=replace(made, pay_lines=as_frame(pay, PayLine)))
    last = [row[-1].splitlines()[-1] for row in texts(marked) if row]
    assert [text for text in last if text.startswith("* ")] == ["* 这些天没有考勤记录，按旷工算：10-14"]
    assert "* " not in shown(slip(result=made))
