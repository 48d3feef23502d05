"""A ratio of one row beside those of many is said, unless the policy says how many rows it wants."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from csctl.core.coverage.few_rows import few_rows, few_rows_marks, few_rows_said
from csctl.core.records.lines import Measured
from csctl.core.records.marks import marks_text
from csctl.messages import LANGUAGES, problem_text
from csctl.problems import Problem, Severity
from tests.workbench import D, agent, policy

RULES = """
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "fast"
label = "Fast"
measure = "fast"
missing = "zero"
linear = {{ zero = 0, full = 100 }}
{more}
[measure.fast]
label = "Fast"
unit = "%"
table = "interactions"
rows = true
share = {{ resolved = true }}
"""


def _said(counts: Mapping[str, int], more: str = "", groups: Mapping[str, str] | None = None) -> list[Problem]:
    people = [agent(who, group=(groups or {}).get(who, "g")) for who in counts]
    measured = [Measured(who, "fast", D(100), n, None, None, "interactions") for who, n in counts.items()]
    return few_rows_said(few_rows(policy(RULES.format(more=more)), people, measured))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_row_beside_many_is_said(language: str) -> None:
    (said,) = _said({"a": 1, "b": 30, "c": 40})
    assert said.severity is Severity.WARNING
    text = problem_text(said, language)
    assert "Fast: 1 / 30" in text
    assert "a " in text


def test_where_all_have_few_rows_that_is_how_it_is() -> None:
    assert _said({"a": 1, "b": 5, "c": 6}) == []
    assert _said({"a": 3, "b": 30, "c": 40}) == []


def test_another_group_is_no_measure() -> None:
    assert _said({"a": 1, "b": 30, "c": 40}, groups={"a": "night"}) == []


def test_where_the_policy_says_how_many_rows_it_wants_nothing_is_said() -> None:
    assert _said({"a": 1, "b": 30, "c": 40}, more="min_n = 2") == []


def test_the_figure_bears_a_mark_that_says_how_many_rows_others_have() -> None:
    """And no other figure does."""
    people = [agent(who, group="g") for who in "abc"]
    rows = {"a": 1, "b": 30, "c": 40}
    measured = [Measured(who, "fast", D(100), n, None, None, "interactions") for who, n in rows.items()]
    marks = few_rows_marks(few_rows(policy(RULES.format(more="")), people, measured))
    assert marks == {("a", "fast"): ("thin:1 / 30",)}
    assert [marks_text(own, "en") for own in marks.values()] == [
        "little to go by (rows: 1 / 30, the latter being what others have)"
    ]


def test_somebody_on_whose_card_the_figure_is_not_is_neither_named_nor_a_measure() -> None:
    """One row of somebody on another post says nothing; beside the two of the hot line one is few."""
    rules = policy(RULES.format(more='for = { post = ["hot"] }'))
    rows = {"a": 1, "b": 30, "c": 40, "d": 1}
    people = [agent(who, group="g", post="other" if who == "d" else "hot") for who in rows]
    measured = [Measured(who, "fast", D(100), n, None, None, "interactions") for who, n in rows.items()]
    assert [one.agent.agent_id for one in few_rows(rules, people, measured)] == ["a"]
    alone = [agent(who, group="g", post="other") for who in rows]
    assert few_rows(rules, alone, measured) == []
