"""Months beside the same months under other rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.records.lines import PayLine, Score, as_frame
from csctl.core.records.result import MonthResult
from csctl.core.simulating.compare import NumberChange, compare
from csctl.month import Month
from csctl.policy.pay.kinds import PayKind
from tests.drawn import drawn
from tests.sheets.month import SCORES, agent, month_result, pay_line

PAID = Mapping[tuple[str, PayKind], int]


def month(number: int, paid: PAID, people: str = "abc") -> MonthResult:
    """A month of these people in which each kind of pay came to so many cents."""
    lines = [
        replace(pay_line(who, f"{kind}", kind, "1", "1"), amount_cents=cents) for (who, kind), cents in paid.items()
    ]
    return replace(
        month_result(),
        month=Month(2026, number),
        agents=tuple(agent(who, f"name of {who}") for who in people),
        scores=as_frame((), Score),
        pay_lines=as_frame(lines, PayLine),
    )


def test_winners_losers_and_those_who_stay() -> None:
    """Over all months: a wins 50 and loses 20, b loses, c stays."""
    simulation = compare(
        [
            (month(4, {("a", "base"): 100, ("b", "base"): 300}), month(4, {("a", "base"): 80, ("b", "base"): 300})),
            (month(3, {("b", "fine"): -5}), month(3, {("a", "bonus"): 50, ("b", "fine"): -6})),
        ]
    )
    assert [str(one.month) for one in simulation.months] == ["2026-03", "2026-04"]
    assert [(one.agent_id, one.pay.difference) for one in simulation.winners] == [("a", 30)]
    assert [(one.agent_id, one.pay.difference) for one in simulation.losers] == [("b", -1)]
    assert [(one.agent_id, one.months) for one in simulation.unchanged] == [("c", 2)]
    assert simulation.pay == NumberChange(395, 424)
    assert simulation.kind("bonus") == NumberChange(0, 50)


def test_corrections_belong_to_neither_side() -> None:
    """They settle other months; nobody wins or loses by them."""
    was, then = month(5, {("a", "base"): 10}), month(5, {("a", "base"): 10, ("a", "correction"): 900})
    assert compare([(was, then)]) == compare([(was, was)])


def test_grades_levels_and_missing_scores_are_counted() -> None:
    """In the order of the policy; what nobody reached counts 0 where the policy lists it."""
    was = month_result()
    then = replace(was, scores=as_frame([replace(one, grade="合格" if one.grade else "") for one in SCORES[1:]], Score))
    simulation = compare([(was, then)])
    assert simulation.grades == (("良好", NumberChange(2, 0)), ("合格", NumberChange(1, 2)))
    assert [name for name, _ in simulation.levels] == ["优秀", "合格"]
    assert simulation.unscored == NumberChange(1, 2)
    cell = simulation.cells[0]
    assert (cell.agent_id, str(cell.actual_score), cell.simulated_score) == ("007", "95.00", None)
    assert (cell.actual_grade, cell.simulated_grade) == ("良好", "")


def test_pools_are_compared_by_label() -> None:
    """A pool that one side lacks, or that nobody could take, is 0 there."""
    was = month_result()
    first, second = was.pools
    then = replace(was, pools=(replace(first, undistributed=True), replace(second, label="新池")))
    assert {one.label: one.pay for one in compare([(was, then)]).pools} == {
        first.label: NumberChange(first.pool_cents, 0),
        second.label: NumberChange(second.pool_cents, 0),
        "新池": NumberChange(0, second.pool_cents),
    }


def test_two_different_months_are_no_pair() -> None:
    """That would be a bug, and is said loudly."""
    with pytest.raises(ValueError, match="2026-03 was simulated as 2026-04"):
        compare([(month(3, {}), month(4, {}))])


KINDS = st.sampled_from(["base", "unworked", "guarantee", "bonus", "award", "compensation", "fine", "correction"])
LINES = st.dictionaries(st.tuples(st.sampled_from("abc"), KINDS), st.integers(-500_000, 500_000))


@settings(max_examples=drawn(30), deadline=None)
@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=4))
def test_every_way_to_add_up_comes_to_the_same(drawn: list[tuple[PAID, PAID]]) -> None:
    """By agent, by month, by kind and by agent-month: the cost without corrections, on both sides."""
    pairs = [(month(n, was), month(n, then)) for n, (was, then) in enumerate(drawn, 1)]
    simulation = compare(pairs)
    expected = [
        sum(cents for side in drawn for (_, kind), cents in side[number].items() if kind != "correction")
        for number in (0, 1)
    ]
    sums = [
        [one.pay for one in simulation.agents],
        [one.pay for one in simulation.months],
        [one.pay for one in simulation.cells],
        [change for one in simulation.months for _, change in one.kinds],
    ]
    for changes in sums:
        assert [sum(one.actual for one in changes), sum(one.simulated for one in changes)] == expected
    assert len(simulation.winners) + len(simulation.losers) + len(simulation.unchanged) == len(simulation.agents)
    assert compare(pairs[::-1]) == simulation
