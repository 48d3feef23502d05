"""An assessment in the order in which people read it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csctl.core.career.reviewed import StepReview, reviewed, step_kind
from csctl.core.people.called import agent_called
from csctl.core.records.lines import Verdict
from csctl.month import Month
from tests.core.career.review import people, team, view_of
from tests.workbench import agent, policy


def rows(state: str) -> list[tuple[str, str]]:
    """Agent and step of the team's rows with a verdict."""
    return [(row.agent.agent_id, row.verdict.step) for row in view_of(team()).rows if row.verdict.state == state]


def test_candidates_stand_before_what_must_be_judged() -> None:
    """Ann may go up, Cat may have to go; Bob lacks every answer; Eve's way up and down is for people alone."""
    assert rows("candidate") == [("ann", "to_middle"), ("cat", "out")]
    shown = [(row.agent.agent_id, row.verdict.step) for row in view_of(team()).open_rows]
    assert shown[:2] == [("ann", "to_middle"), ("cat", "out")]
    assert shown[2] == ("bob", "to_middle")
    assert {name for name, _ in shown[3:]} <= {"eve"}


def row_of(name: str, step: str) -> StepReview:
    """One row of the team's review."""
    return next(one for one in view_of(team()).rows if (one.agent.agent_id, one.verdict.step) == (name, step))


def test_what_is_missing_and_what_is_to_be_answered_stand_apart() -> None:
    """Cat lacks the quarter (of three who are ranked she is third), Bob the answers, Ann nothing."""
    assert [one.requirement for one in row_of("ann", "to_middle").missing] == []
    assert [one.requirement for one in row_of("bob", "to_middle").missing] == []
    assert {one.requirement for one in row_of("bob", "to_middle").unanswered} == row_of("bob", "to_middle").judged
    assert [one.rule for one in row_of("cat", "to_middle").missing] == ["PR-028"]


def test_alternatives_are_missing_only_together() -> None:
    """Where one of them is met the others stand in nobody's way."""
    row = row_of("cat", "out")
    assert (len(row.any_of), row.missing) == (1, ())
    assert [one.requirement for one in row_of("bob", "out").missing] == ["three_fails"]


def test_conditions_stand_in_the_order_of_the_policy() -> None:
    """As the lead wrote them."""
    step = next(one for one in team().policy.career.step if one.id == "to_middle")  # type: ignore[union-attr]
    assert [one.requirement for one in row_of("bob", "to_middle").findings] == [one.id for one in step.all_of]


def test_only_the_agents_and_steps_asked_for() -> None:
    """One row where both are named."""
    world = team()
    found = reviewed(world.assess(), people(world), world.policy, only_agents={"bob"}, only_steps={"out"})
    assert [(row.agent.agent_id, row.verdict.step) for row in found] == [("bob", "out")]


def test_whoever_no_step_concerns_is_idle() -> None:
    """Somebody who left by the end of the month."""
    world = team()
    gone = replace(view_of(world), rows=tuple(
        replace(row, verdict=replace(row.verdict, state="not_applicable")) if row.agent.agent_id == "bob" else row
        for row in view_of(world).rows
    ))  # fmt: skip
    assert [one.agent_id for one in gone.idle_agents] == ["bob"]


@pytest.mark.parametrize(
    ("kind", "before", "after", "shown"),
    [
        ("promotion", "a", "b", "promotion"),
        ("promotion", "a", "c", "skip"),
        ("promotion", "a", "a post", "promotion"),
        ("promotion", "x", "c", "promotion"),
        ("demotion", "c", "a", "demotion"),
        ("dismissal", "a", "", "dismissal"),
    ],
)
def test_passing_over_a_rung_is_a_skip(kind: str, before: str, after: str, shown: str) -> None:
    """Only upwards, and only on the ladder (PR-004)."""
    rules = policy("".join(f'[[level]]\nid = "{name}"\n' for name in "abc"))
    verdict = Verdict("ann", "s", kind, before, after, "candidate", (), "")  # type: ignore[arg-type]
    assert step_kind(rules, verdict) == shown


def test_a_number_wins_over_a_name_and_two_of_a_name_are_a_problem() -> None:
    """Width and case tell nobody apart."""
    month = Month(2026, 6)
    agents = [agent("1", name="2"), agent("2", name="王芳"), agent("3", name="王芳"), agent("A4", name="Ann")]
    assert agent_called(agents, "2", month) == (agents[1], [])
    assert agent_called(agents, "ａ4", month) == (agents[3], [])
    assert agent_called(agents, "ann", month) == (agents[3], [])
    assert [one.code for one in agent_called(agents, "王芳", month)[1]] == ["agent-not-unique"]
    assert [one.code for one in agent_called(agents, "李", month)[1]] == ["agent-not-found"]
