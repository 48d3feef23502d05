"""The least score, and the least data behind it, for taking part in a pool."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.explaining.explain import explanation_tree, own_line
from csctl.core.explaining.nodes import Explained
from csctl.core.records.result import MonthResult
from csctl.policy.lint import lint_policy
from csctl.problems import NOWHERE
from tests.core.paying.plan import plan
from tests.drawn import drawn
from tests.workbench import D, agent, month_of, pay_lines, policy

SECOND = """
[[dimension.indicator]]
id = "reached"
label = "attainment"
measure = "reached"
out_of = 100
missing = "reweight"
"""
HEAD = '[[pay.pool]]\nlabel = "pool"\n'
FIXED, PER_HEAD, ALIKE = "amount = 900\n", "per_head = 220\n", 'split_by = "equal"\n'
Values = Mapping[str, Mapping[str, object]]


def month(keys: str, values: Values) -> MonthResult:
    """October, with a score of two halves: x, and what was attained, which may be missing."""
    text = plan(HEAD + keys)
    second = policy('[[dimension]]\nid = "d"\nlabel = "D"\nweight = 100\n' + SECOND)
    first = text.dimension[0]
    both = first.model_copy(update={"indicator": [*first.indicator, *second.dimension[0].indicator]})
    rules = text.model_copy(update={"dimension": [both]})
    return month_of(rules, [agent(who, level="junior") for who in values], values)


def shares(result: MonthResult) -> dict[str, tuple[int, str]]:
    """Cents and note of the shares by agent."""
    return {one.agent_id: (one.amount_cents, one.note) for one in pay_lines(result) if one.line == "pool1"}


@pytest.mark.parametrize("by", ["", ALIKE])
@pytest.mark.parametrize(("score", "takes_part"), [("59.99", False), ("60", True), ("60.01", True)])
def test_who_has_less_than_the_least_score_has_a_share_of_nothing_that_says_so(
    by: str, score: str, takes_part: bool
) -> None:
    """At the edge somebody takes part. The other, with 60 points, has all that is left."""
    values: Values = {"a": {"x": score, "reached": score}, "b": {"x": 60, "reached": 60}}
    result = month(FIXED + by + "least_score = 60\n", values)
    (own, note), (other, nothing) = shares(result)["a"], shares(result)["b"]
    assert (own + other, nothing, own > 0) == (900_00, "", takes_part)
    assert note == ("" if takes_part else f"得分 {score} 低于最低 60 分，不参加分配")
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


@pytest.mark.parametrize(("least", "takes_part"), [("0.5", True), ("0.51", False), ("1", False)])
def test_who_has_too_little_data_takes_no_part_whatever_the_score(least: str, takes_part: bool) -> None:
    """Half of the weight of a's score rests on data; b's rests on all of it."""
    values: Values = {"a": {"x": 100, "reached": None}, "b": {"x": 50, "reached": 50}}
    result = month(FIXED + ALIKE + f"least_coverage = {least}\n", values)
    (own, note), (other, _) = shares(result)["a"], shares(result)["b"]
    assert (own, other) == ((450_00, 450_00) if takes_part else (0, 900_00))
    percent = f"{D(least) * 100:f}".rstrip("0").rstrip(".") if "." in least else "100"
    assert note == ("" if takes_part else f"得分中有数据的权重占 50%，低于最低 {percent}%，不参加分配")


def test_nobody_is_a_head_who_takes_no_part_and_without_anybody_the_pool_is_said() -> None:
    """220 for the one who does; with a least score that neither reaches, nothing for both."""
    values = {"a": {"x": 80, "reached": 80}, "b": {"x": 40, "reached": 40}}
    result = month(PER_HEAD + ALIKE + "least_score = 60\n", values)
    assert {who: cents for who, (cents, _) in shares(result).items()} == {"a": 220_00, "b": 0}
    nobody = month(FIXED + "least_score = 90\n", values)
    assert [one.code for one in nobody.problems if one.code.startswith("pool-")] == ["pool-undistributed"]


def test_why_somebody_has_nothing_is_explained_at_the_share() -> None:
    result = month(FIXED + "least_score = 60\n", {"a": {"x": 40, "reached": 40}, "b": {"x": 80, "reached": 80}})
    node = own_line(explanation_tree(Explained(result, result.agents[0], (), lambda _: (), "en")), "pool1")
    assert node is not None
    assert (node.value, node.children[1].value) == ("0.00", "0 / 176,000")
    assert "40.00" in node.note


def test_a_least_score_without_a_score_is_a_fault() -> None:
    text = '[pay.base]\nby = "roster"\n' + HEAD + FIXED + ALIKE
    found = [
        {one.code for one in lint_policy(policy(text + keys), lambda _: NOWHERE)} for keys in ("", "least_score = 60\n")
    ]
    assert found[1] - found[0] == {"policy-score-not-made"}


@pytest.mark.law
@settings(max_examples=drawn(40))
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 100), min_size=1),
    st.integers(1, 100),
    st.sampled_from([FIXED, PER_HEAD]),
    st.sampled_from(["", ALIKE]),
)
def test_the_others_share_as_if_those_below_were_not_there(
    points: dict[str, int], least: int, of: str, by: str
) -> None:
    values = {who: {"x": own, "reached": own} for who, own in points.items()}
    above = {who: own for who, own in values.items() if points[who] >= least}
    got = {who: cents for who, (cents, _) in shares(month(of + by + f"least_score = {least}\n", values)).items()}
    assert {who: cents for who, cents in got.items() if who in above} == {
        who: cents for who, (cents, _) in shares(month(of + by, above)).items()
    }
    assert all(cents == 0 for who, cents in got.items() if who not in above)
