"""A review in words and as data."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from csctl.core.career.telling import event_text
from csctl.reports.career_view import (
    booked_text,
    calm_lines,
    case_heading,
    full_lines,
    gap_lines,
    is_calm,
    review_object,
    row_heading,
    short_line,
    title_line,
)
from tests.core.career.review import APPROVED, JUNE, RECOMMENDED, team, view_of
from tests.core.career.test_reviewed import row_of


def test_the_title_says_on_which_months_it_rests() -> None:
    """The reviewed month, and the first and last closed ones."""
    view = view_of(team())
    assert title_line(view, "zh") == "安心客服部 · 晋升评审 · 2026-06 · 依据已结账的 2026-04 至 2026-06（3 个月）"
    assert title_line(view, "en").endswith("from closed months 2026-04 to 2026-06 (3)")


def test_a_heading_says_who_where_to_and_how_it_stands() -> None:
    """In both languages; a dismissal leads nowhere."""
    assert row_heading(row_of("ann", "to_middle"), "zh") == "ann name of ann  晋升  初级 → 中级  候选"
    assert row_heading(row_of("cat", "out"), "en") == "cat name of cat  dismissal  初级  candidate"


def test_each_condition_has_its_mark_and_its_evidence() -> None:
    """Met with months and figures, open ones without repeating what the mark says."""
    lines = {line.text.split()[0]: line for line in full_lines(row_of("bob", "to_middle"), "zh")}
    assert (lines["沟通表达"].mark, lines["沟通表达"].details) == ("?", ())
    rank = next(line for line in lines.values() if "PR-027" in line.text)
    assert rank.mark == "✓"
    assert rank.details == (
        ("需要 近 3 个月平均分排名前 3；", "现有 第 2 名，平均 94.00 分"),
        (
            "依据 2026-04：94 分，第 2 名；",
            "2026-05：94 分，第 2 名；",
            "2026-06：94 分，第 2 名",
        ),
    )


def test_an_answer_is_shown_with_who_gave_it_and_why() -> None:
    """The evidence of a judged condition is what was said."""
    line = full_lines(row_of("ann", "to_middle"), "zh")[0]
    assert (line.mark, line.details[0][0]) == ("✓", "依据 周敏：是：有实例")


def test_what_is_unmet_says_what_comes_next() -> None:
    """The score that next month must bring."""
    unmet = [line for line in full_lines(row_of("cat", "to_middle"), "zh") if line.mark == "✗"]
    assert unmet
    assert any(detail[0].startswith("下一步 ") for line in unmet for detail in line.details)


def test_a_dismissal_comes_with_its_checklist_only_where_it_is_near() -> None:
    """Six boxes for Cat, none for Bob."""
    shown = {name: full_lines(row_of(name, "out"), "zh") for name in ("cat", "bob")}
    assert {name: sum(line.mark == "□" for line in lines) for name, lines in shown.items()} == {"cat": 6, "bob": 0}


def test_one_line_says_what_is_missing() -> None:
    """At most two conditions by name; on the way down only what would bring it about."""
    line = short_line(row_of("cat", "to_middle"), "zh")
    assert line.startswith("cat name of cat  晋升  初级 → 中级  未达到  [to_middle]  缺 ")
    assert line.endswith("等") == (len(row_of("cat", "to_middle").missing) > 2)
    assert short_line(row_of("bob", "out"), "zh") == "bob name of bob  辞退  初级  未出现  [out]"


def test_missing_data_are_said_once_for_all() -> None:
    """However many agents they concern."""
    world = team()
    given = replace(world, exams=None, levels={"eve": ["试用", "试用", "试用"]})
    lines = gap_lines(view_of(given).rows, "zh")
    assert len(lines) == len(set(lines)) == 1
    assert "exams" in lines[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "2026-07-09 批准（总经办），自 2026-07 生效，条件未满足仍办理"),
        ("en", "2026-07-09 approved by 总经办, from 2026-07 on, despite unmet conditions"),
    ],
)
def test_an_event_says_when_by_whom_and_from_when(language: str, said: str) -> None:
    """And that conditions were unmet."""
    assert event_text(APPROVED, language) == said
    assert event_text(RECOMMENDED, language).endswith("稳定")


def test_a_case_says_how_it_stands() -> None:
    """Approved until its month has come."""
    (case,) = view_of(team(), [RECOMMENDED, APPROVED]).cases
    assert case_heading(case, "安", "zh", JUNE) == "ann 安  初级 → 中级  已批准  自 2026-07 生效"
    assert case_heading(case, "安", "zh", JUNE.shift(1)) == "ann 安  初级 → 中级  已生效  自 2026-07 生效"
    assert booked_text(case, "安", "zh") == "已记入账本：ann 安 已批准，初级 → 中级（to_middle），自 2026-07 生效"


def test_the_data_hold_every_row_and_every_event() -> None:
    """Nothing that the screen leaves out for brevity is left out here."""
    view = view_of(team(), [RECOMMENDED, APPROVED])
    data = json.loads(json.dumps(review_object(view, [], "zh", JUNE)))
    assert len(data["steps"]) == len(view.rows)
    assert {row["verdict"] for row in data["steps"]} >= {"candidate", "needs_judgement", "not_yet", "not_applicable"}
    assert [event["event"] for event in data["cases"][0]["events"]] == ["recommended", "approved"]
    assert data["cases"][0]["state"] == "approved"
    assert (data["month"], data["closed_months"]) == ("2026-06", ["2026-04", "2026-05", "2026-06"])


def test_steps_down_of_which_nothing_is_the_case_are_counted() -> None:
    """Bob's is nowhere near; Cat's, which is, is told by itself."""
    assert (is_calm(row_of("bob", "out")), is_calm(row_of("cat", "out"))) == (True, False)
    assert not is_calm(row_of("cat", "to_middle"))
    assert calm_lines([row_of("bob", "out"), row_of("bob", "out")], "zh") == ["辞退  2 人未出现  [out]"]
