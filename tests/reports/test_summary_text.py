"""The subject line and the summary for a group chat: short, plain, and without anybody's pay."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.records.lines import Score, as_frame
from csctl.messages import problem
from csctl.money import from_cents
from csctl.reports.summary_text import MOST_BYTES, subject_of_nothing, summary_line, summary_markdown
from tests.sheets.month import AGENTS, PAY_LINES, SCORES, agent, month_result, score

PROBLEMS = [
    problem("role-unknown", found="x", known="y"),
    problem("roster-empty", found="2026-10"),
    problem("history-used", found="2026-09", last="2026-10"),
]


def test_the_subject_is_complete_in_itself() -> None:
    """Program, month, team, how many, exit code; in both languages."""
    assert summary_line("Desk", "2026-10", 14, 3, 0, "en") == "csctl 2026-10 Desk: 14 scored, 3 problems, exit 0"
    assert summary_line("客服部", "2026-10", 14, 3, 1, "zh") == "csctl 2026-10 客服部：14 人已评分，3 个问题，退出码 1"


def test_a_run_that_wrote_nothing_says_so() -> None:
    """With the month if it is known."""
    assert subject_of_nothing("Desk", "", 2, 2, "en") == "csctl Desk: nothing written, 2 errors, exit 2"
    assert subject_of_nothing("Desk", "2026-10", 2, 2, "en").startswith("csctl 2026-10 Desk: nothing")


@given(st.text(max_size=30))
def test_the_subject_is_one_line_whatever_the_team_is_called(team: str) -> None:
    """No line break, no control character: a mail's header would end there."""
    line = summary_line(team, "2026-10", 1, 0, 0, "en")
    assert line.splitlines() == [line]
    assert line.isprintable() or any(ord(mark) > 0x7F for mark in team)


def test_the_summary_counts_names_the_first_three_and_says_what_to_look_at() -> None:
    """The whole text."""
    text = summary_markdown(month_result(), PROBLEMS, "客服部", "en").decode()
    assert text.split("\n\n") == [
        "# 客服部 2026-10", "**3** scored, **1** not scored", "## First three",
        "**1** 王小明", "**2** =1+1", "**3** 张三", "## Grades", "良好 **2**, 合格 **1**", "## To look at",
        "**2** problems, see problems.csv", "**1** example value to replace with your own\n",
    ]  # fmt: skip


def test_a_month_without_anything_to_look_at_says_so() -> None:
    """Not an empty heading."""
    policy = month_result().policy.model_copy(update={"assumption": []})
    text = summary_markdown(month_result(policy=policy), [], "客服部", "zh").decode()
    assert text.endswith("## 待核对\n\n没有发现问题\n")


def test_a_month_without_scores_has_no_leaders() -> None:
    """Nothing is made up."""
    excluded = [replace(one, status="excluded", score=None, rank=None, grade="") for one in SCORES]
    text = summary_markdown(month_result(scores=as_frame(excluded, Score)), [], "客服部", "zh").decode()
    assert "前三名" not in text
    assert "等级" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_pay_and_no_score_is_in_it(language: str) -> None:
    """It goes to a group."""
    text = summary_markdown(month_result(), PROBLEMS, "客服部", language).decode()
    amounts = {f"{abs(from_cents(line.amount_cents)):{form}}" for line in PAY_LINES for form in (".2f", ",.2f")}
    assert [each for each in (*amounts, *(str(one.score) for one in SCORES)) if each in text] == []
    assert not re.search(r"\d[.,]\d", text)


@pytest.mark.parametrize(
    "name",
    ["[tap](http://x.example)", "<font color=red>", "**bold**", "`code`", "@all", "<@user>", "a\n\n# big", "&lt;"],
)
def test_a_name_is_nothing_but_a_name(name: str) -> None:
    """No link, no mention, no heading, no colour of somebody's making."""
    people = (agent("007", name), *AGENTS[1:])
    text = summary_markdown(month_result(agents=people), [], name, "zh").decode()
    plain = summary_markdown(month_result(), [], "x", "zh").decode()
    assert len(text.split("\n\n")) == len(plain.split("\n\n"))
    assert not re.search(r"[\[\]()<>`@&]", text)
    assert text.count("**") == plain.count("**")


@given(st.integers(1, 60), st.text(alphabet="王𠮷a*<", min_size=1, max_size=90))
def test_it_fits_a_robots_limit_however_many_are_equal_and_whatever_they_are_called(count: int, name: str) -> None:
    """4,096 bytes, and whole letters."""
    people = tuple(agent(f"{number:03d}", name) for number in range(count))
    scores = [replace(score(one.agent_id, "90.00", 1, f"{name}{number}"), score=Decimal(90 - number))
              for number, one in enumerate(people)]  # fmt: skip
    made = month_result(agents=people, scores=as_frame(scores, Score))
    for language in ("zh", "en"):
        content = summary_markdown(made, PROBLEMS, name, language)
        assert len(content) <= MOST_BYTES
        assert content.decode()
