"""What was won or shared against people of whom something is not known bears a mark, and is said once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.coverage.beside import Idle
from csctl.core.records.marks import mark_text
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Severity
from tests.workbench import OCTOBER, SCORED, WEEKENDS_OFF, agent, measured, pay_lines, policy

TEAM = (
    SCORED.replace('"block"', '"zero"')
    + """
[measure.x]
label = "x"
unit = "points"
table = "quality"
mean = "score"
[measure.sold]
label = "Sold"
unit = "yuan"
table = "orders"
sum = "amount"
[[level]]
id = "junior"
[pay.base]
by = "level"
amounts = { junior = 2000 }
[[pay.pool]]
label = "Pool"
of = "sold"
mode = "marginal"
tiers = [{ from = 0, rate = 0.01 }]
share = 1
per = "group"
[[pay.award]]
id = "best"
label = "Best score"
amount = 100
first = "score"
[[pay.award]]
id = "seller"
label = "Top seller"
amount = 200
first = "sold"
[[pay.award]]
id = "good"
label = "Good score"
amount = 50
when = { score = { at_least = 90 } }
"""
)
Values = Mapping[str, Mapping[str, object]]
WHOLE: Values = {"a": {"x": 95, "sold": 500}, "b": {"x": 80, "sold": 9000}, "c": {"x": 70, "sold": 400}}


def _month(values: Values, idle: Idle = MappingProxyType({}), away: frozenset[str] = frozenset()) -> MonthResult:
    agents = [agent(who, level="junior", group="south" if who == "c" else "north") for who in values]
    given = MonthInput(policy(TEAM), OCTOBER, agents, measured(values), (), WEEKENDS_OFF, ())
    return compute_month(replace(given, idle=idle, away=away))


def _marked(result: MonthResult) -> dict[tuple[str, str], str]:
    """Lines with the mark: how many others it counts, by agent and line."""
    marks = {
        (one.agent_id, one.line): mark for one in pay_lines(result) for mark in one.marks if mark.startswith("beside")
    }
    return {key: mark.partition(":")[2] for key, mark in marks.items()}


def _said(result: MonthResult) -> list[str]:
    return [problem_text(one, "en") for one in result.problems if one.code == "won-beside-holes"]


def test_where_everybody_is_known_nothing_is_said() -> None:
    assert _marked(_month(WHOLE)) == {}
    assert _said(_month(WHOLE)) == []


def test_who_is_first_or_shares_because_another_has_no_score_is_marked() -> None:
    """B of the same group has no score, so A is first and takes all of the pool; C's own pool is another one."""
    result = _month({**WHOLE, "b": {"x": None, "sold": 9000}})
    assert _marked(result) == {("a", "best"): "1", ("a", "pool1.north"): "1"}
    (said,) = (one for one in result.problems if one.code == "won-beside-holes")
    assert said.severity is Severity.WARNING
    for language in LANGUAGES:
        text = problem_text(said, language)
        assert all(word in text for word in ("Best score", "Pool", "b"))
        assert "Good score" not in text


def test_who_sold_most_because_anothers_rows_are_not_there_is_marked() -> None:
    """B sold most in truth: without any row A is first. What is earned by a score of one's own bears no mark."""
    result = _month({**WHOLE, "b": {"x": 80, "sold": 0}}, idle={"orders": frozenset({"b"})})
    assert _marked(result) == {("a", "seller"): "1"}
    assert _marked(_month({**WHOLE, "b": {"x": 80, "sold": 0}})) == {}


def test_rows_of_another_table_have_no_say() -> None:
    result = _month({**WHOLE, "b": {"x": 80, "sold": 0}}, idle={"interactions": frozenset({"b"})})
    assert _marked(result) == {}


def test_who_is_away_all_month_leaves_nothing_open() -> None:
    result = _month({**WHOLE, "b": {"x": None, "sold": 0}}, away=frozenset({"b"}))
    assert _said(result) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mark_counts_others_and_names_nobody(language: str) -> None:
    """It stands on payslips, and whose data are missing is nobody else's affair."""
    assert "2" in mark_text("beside:2", language)
