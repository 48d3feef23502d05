"""Figures that an export states and that stand empty for somebody: not 0, worth nothing, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from csctl.core.compute import compute_month
from csctl.core.preparing.month import prepare_month
from csctl.core.records.fates import Fates
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.policy.lint import lint_policy
from csctl.problems import Place, Problem
from csctl.store.engines import Engine
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    Row,
    canonical_rows,
    cents_by_line,
    frame,
    policy,
    records_of,
)

RULES = """
[measure.faults]
label = "迟到和旷工"
unit = "count"
table = "attendance"
sum = "late_count"
plus = [{ table = "attendance", sum = "absent_days" }]
[measure.complained]
label = "投诉数"
unit = "count"
table = "kpis"
sum = "value"
where = { metric = "投诉数" }
[measure.speed]
label = "平均响应"
unit = "s"
table = "kpis"
sum = "value"
where = { metric = "平均响应" }
[measure.replied]
label = "回复率"
unit = "%"
table = "kpis"
sum = "value"
where = { metric = "接待人数" }
minus = [{ table = "kpis", sum = "value", where = { metric = "未回复人数" } }]
per = { table = "kpis", sum = "value", where = { metric = "接待人数" } }
[measure.complained_lately]
label = "近三月投诉"
unit = "count"
table = "kpis"
sum = "value"
where = { metric = "投诉数" }
last_months = 3
[measure.late_lately]
label = "近三月迟到"
unit = "count"
table = "attendance"
sum = "late_count"
last_months = 3
[measure.both_lines]
label = "接待和通话"
unit = "count"
table = "kpis"
sum = "value"
where = { metric = "接待人数" }
plus = [{ table = "kpis", sum = "value", where = { metric = "通话数" } }]
[measure.ahead]
label = "超出目标"
unit = "yuan"
table = "orders"
sum = "amount"
minus = [{ table = "targets", sum = "amount", where = { metric = "销售额" } }]
[pay.base]
by = "roster"
[[pay.award]]
id = "clean"
label = "全勤"
amount = 200
when = { measure = "faults", equals = 0 }
[[pay.award]]
id = "quiet"
label = "无投诉"
amount = 50
when = { measure = "complained", equals = 0 }
[[pay.award]]
id = "fast"
label = "快"
amount = 30
when = { measure = "speed", at_most = 30 }
[[pay.award]]
id = "replies"
label = "全回复"
amount = 20
when = { measure = "replied", equals = 100 }
[[pay.award]]
id = "ahead"
label = "超目标"
amount = 10
when = { measure = "ahead", at_least = 0 }
"""
DAY = date(2026, 10, 31)


def of(
    folder: Path,
    tables: Mapping[str, Sequence[Row]],
    posts: Mapping[str, str],
    files: Sequence[Fates] = (),
    engine: Engine = "polars",
) -> tuple[MonthResult, list[Problem]]:
    """October of these people (number → post), and what was said."""
    rows = [
        {"agent_id": who, "agent_name": f"name {who}", "post": post, "hired_on": date(2020, 1, 1), "base_pay": D(3000)}
        for who, post in posts.items()
    ]
    opened = {name: frame(folder, name, canonical_rows(name, own), engine) for name, own in tables.items()}
    roster = canonical_rows("roster", rows)
    given, problems = prepare_month(policy(RULES), OCTOBER, roster, opened, {}, WEEKENDS_OFF, (), files=files)
    return compute_month(given), problems


def value(result: MonthResult, who: str, name: str) -> Decimal | None:
    """One figure of one agent."""
    return next(one.value for one in records_of(result) if (one.agent_id, one.measure) == (who, name))


def said(problems: Sequence[Problem], code: str) -> list[str]:
    """What is said under a code, in English; there are words in every language."""
    found = [one for one in problems if one.code == code]
    assert all(problem_text(one, language) for one in found for language in LANGUAGES)
    return [problem_text(one, "en") for one in found]


def sums(who: str, late: int | None, absent: int | None) -> Row:
    """A row of a month's sums."""
    return {"agent_id": who, "date": DAY, "worked_days": D(18), "late_count": late, "absent_days": absent}


def kpi(who: str, **figures: int) -> list[Row]:
    """A row for each figure."""
    return [{"agent_id": who, "date": DAY, "metric": name, "value": D(each)} for name, each in figures.items()]


TWO = {"a": "", "b": ""}


@pytest.mark.parametrize("engine", ["polars", "pandas"])
@pytest.mark.parametrize(("late", "absent"), [(None, None), (None, 0), (0, None)])
def test_an_empty_sum_is_not_0_where_others_have_0_written(
    tmp_path: Path, engine: Engine, late: int | None, absent: int | None
) -> None:
    tables = {"attendance": [sums("a", 0, 0), sums("b", late, absent)]}
    result, problems = of(tmp_path, tables, TWO, engine=engine)
    assert value(result, "a", "faults") == 0
    assert value(result, "b", "faults") is None
    assert "clean" in cents_by_line(result, "a")
    assert "clean" not in cents_by_line(result, "b")
    (text,) = said(problems, "figures-blank")
    assert "name b b" in text
    assert "name a" not in text
    assert ("迟到次数" if late is None else "旷工天数") in text
    assert "迟到和旷工 (faults)" in text


def test_what_is_known_is_the_least_it_can_be(tmp_path: Path) -> None:
    """Late twice is late twice, whether or not somebody wrote down the absence."""
    result, problems = of(tmp_path, {"attendance": [sums("a", 0, 0), sums("b", 2, None)]}, TWO)
    assert value(result, "b", "faults") == 2
    assert said(problems, "figures-blank") == []


def test_an_export_that_leaves_its_zeros_out_is_believed(tmp_path: Path) -> None:
    result, problems = of(tmp_path, {"attendance": [sums("a", None, None), sums("b", 1, 2)]}, TWO)
    assert value(result, "a", "faults") == 0
    assert said(problems, "figures-blank") == []


def test_each_export_is_judged_by_its_own_zeros(tmp_path: Path) -> None:
    """One that writes none says nothing of those in another one."""
    other = {**sums("b", None, None), "source_file": "other.csv"}
    result, problems = of(tmp_path, {"attendance": [sums("a", 0, 0), other]}, TWO)
    assert value(result, "b", "faults") == 0
    assert said(problems, "figures-blank") == []


@pytest.mark.parametrize("columns", [("late_count", "absent_days"), ()])
def test_columns_in_which_nobody_has_anything_are_said(tmp_path: Path, columns: tuple[str, ...]) -> None:
    """Of columns that no file has something else is said."""
    there = Fates(file="attendance.csv", sheet="", table="attendance", rows=3, header=1, counted=2,
                  columns=("agent_id", "date", "worked_days", *columns))  # fmt: skip
    _, problems = of(tmp_path, {"attendance": [sums("a", None, None), sums("b", None, None)]}, TWO, [there])
    assert len(said(problems, "figures-all-blank")) == bool(columns)
    assert all("迟到次数, 旷工天数" in text for text in said(problems, "figures-all-blank"))


def test_a_ready_figure_that_nobody_wrote_down_is_missing(tmp_path: Path) -> None:
    """A mean of no seconds is not fast, no number of complaints is not none, and of those unanswered neither."""
    full = kpi("a", 投诉数=0, 平均响应=20, 接待人数=10, 未回复人数=0)
    result, problems = of(tmp_path, {"kpis": [*full, *kpi("b", 接待人数=10)]}, TWO)
    assert [value(result, "b", name) for name in ("complained", "speed", "replied")] == [None] * 3
    assert cents_by_line(result, "b") == {"base": 300000}
    assert cents_by_line(result, "a") == {"base": 300000, "quiet": 5000, "fast": 3000, "replies": 2000}
    text = "\n".join(said(problems, "figures-blank"))
    assert all(name in text for name in ("投诉数", "平均响应", "未回复人数"))
    assert said(problems, "people-without-figures") == []


def test_of_several_months_none_is_taken_for_nothing(tmp_path: Path) -> None:
    """Last month's 0 is not this month's."""
    before = {"date": date(2026, 9, 30), "month": "2026-09"}
    september = [{**row, **before} for who in TWO for row in kpi(who, 投诉数=0)]
    attendance = [*({**sums(who, 0, 0), **before} for who in TWO), sums("a", 0, 0), sums("b", None, 0)]
    tables = {"kpis": [*september, *kpi("a", 投诉数=0), *kpi("b", 接待人数=10)], "attendance": attendance}
    result, problems = of(tmp_path, tables, TWO)
    assert [value(result, "a", name) for name in ("complained_lately", "late_lately")] == [0, 0]
    assert [value(result, "b", name) for name in ("complained_lately", "late_lately")] == [None, None]
    assert any("complained_lately" in text and "name b b" in text for text in said(problems, "figures-blank"))


def test_who_does_one_of_two_kinds_of_work_has_their_sum(tmp_path: Path) -> None:
    result, problems = of(tmp_path, {"kpis": [*kpi("a", 接待人数=10), *kpi("b", 通话数=0)]}, TWO)
    assert value(result, "a", "both_lines") == 10
    assert value(result, "b", "both_lines") == 0
    assert not any("both_lines" in text for text in said(problems, "figures-blank"))


def test_of_who_has_no_ready_figure_at_all_that_is_said_once(tmp_path: Path) -> None:
    tables = {"kpis": [*kpi("a", 投诉数=0, 平均响应=20), *kpi("c", 投诉数=0, 平均响应=20)]}
    result, problems = of(tmp_path, tables, {"a": "", "b": "", "c": ""})
    assert "quiet" not in cents_by_line(result, "b")
    (text,) = said(problems, "people-without-figures")
    assert "name b b" in text
    assert "missing, not 0" in text
    assert not any("name b" in text for text in said(problems, "figures-blank"))
    assert said(problems, "people-without-work") == []


def test_a_post_without_the_work_is_not_asked_for_its_figure(tmp_path: Path) -> None:
    tables = {"kpis": [*kpi("a", 投诉数=0), *kpi("b", 通话数=3), *kpi("c", 通话数=4)]}
    _, problems = of(tmp_path, tables, {"a": "chat", "b": "phone", "c": "phone"})
    assert not any("投诉数" in text for text in said(problems, "figures-blank"))


@pytest.mark.parametrize(("sold", "told"), [(300, True), (0, False)])
def test_who_has_no_target_is_not_ahead_of_it(tmp_path: Path, sold: int, told: bool) -> None:
    """Said of those who sold something: nobody else misses it."""
    target = {"agent_id": "a", "date": DAY, "metric": "销售额", "amount": D(200)}
    other = {"agent_id": "b", "date": DAY, "metric": "客单价", "amount": D(50)}
    orders = [{"agent_id": who, "date": DAY, "amount": D(each)} for who, each in (("a", 300), ("b", sold)) if each]
    result, problems = of(tmp_path, {"orders": orders, "targets": [target, other]}, TWO)
    assert value(result, "a", "ahead") == 100
    assert value(result, "b", "ahead") is None
    assert "ahead" not in cents_by_line(result, "b")
    assert [("name b b" in text, "targets" in text) for text in said(problems, "figures-blank")] == [
        (True, True)
    ] * told


def test_of_figures_that_are_missing_without_rows_the_linter_warns_nobody() -> None:
    """Who has none of them earns no award."""
    found = lint_policy(policy(RULES), lambda _: Place())
    assert [one for one in found if one.code == "policy-award-without-data"] == []
