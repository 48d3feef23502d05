"""What somebody did not get, or was not taken from them, is answered with the conditions and what was found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.explaining.conditions import asked_of, lacks
from csctl.core.explaining.explain import explanation_tree, own_line
from csctl.core.explaining.nodes import Explained, Node
from csctl.core.explaining.why_not import askable, why_not
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.policy.parts import Bounds
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, agent, measured, policy

RULES = policy("""
language = "en"
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "exam"
label = "Exam"
measure = "exam"
missing = "reweight"
out_of = 100
[event.late]
label = "Came late"
[[adjustment]]
id = "late"
label = "Late points"
points = -2
each = { event = "late" }
[[level]]
id = "agent"
[[level]]
id = "lead"
scored = false
[measure.exam]
label = "Exam result"
unit = "points"
table = "exams"
mean = "score"
[measure.faults]
label = "Times late"
unit = "count"
table = "attendance"
sum = "late_count"
[measure.rate]
label = "Satisfied"
unit = "%"
table = "surveys"
rows = true
share = { score = { at_least = 4 } }
[measure.leave]
label = "Leave"
unit = "days"
table = "attendance"
sum = "personal_leave_days"
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.award]]
id = "full"
label = "Full attendance"
amount = 200
when = { all = [{ measure = "faults", equals = 0 }, { measure = "rate", at_least = 90, below = 99 }] }
[[pay.award]]
id = "good"
label = "Good score"
amount = 100
when = { score = { above = 80 } }
[[pay.award]]
id = "best"
label = "Best seller"
amount = 100
first = "sales"
ties = "none"
[[pay.award]]
id = "three"
label = "Three in a row"
amount = 100
streak = { first = "score", every = 3 }
[[pay.fine]]
id = "late"
label = "Late fine"
amount = 20
each = { event = "late" }
escalate = "double"
[[pay.fine]]
id = "third"
label = "From the third"
amount = 5
each = { measure = "faults" }
from_count = 3
[[pay.deduction]]
id = "leave"
label = "Leave unpaid"
quantity = "leave"
divisor = 21.75
[[pay.pool]]
label = "Pool"
of = "sales"
mode = "marginal"
share = 1
tiers = [ { from = 0, rate = 0.1 } ]
""")
VALUES: Mapping[str, Mapping[str, object]] = {
    "a": {"exam": 80, "faults": 2, "rate": "85.5", "leave": 0, "sales": 500, "event.late": 0},
    "b": {"exam": 90, "faults": 0, "rate": None, "leave": None, "sales": 800, "event.late": 2},
    "c": {"exam": 70, "faults": 0, "rate": 95, "leave": 0, "sales": 800, "event.late": 0},
    "l": {"exam": None, "faults": 0, "rate": 95, "leave": 0, "sales": None, "event.late": 0},
}


@cache
def october() -> MonthResult:
    """a, b and c are judged, l leads and is not; everybody is paid 3,000. One answer about b is too few for a rate."""
    people = [agent(who, base_pay=D(3000), level="lead" if who == "l" else "agent") for who in VALUES]
    known = [replace(one, n=1) if (one.agent_id, one.measure) == ("b", "rate") else one for one in measured(VALUES)]
    return compute_month(MonthInput(RULES, OCTOBER, people, known, [], WEEKENDS_OFF, []))


def explained(who: str, **more: object) -> Explained:
    result = october()
    person = next(one for one in result.agents if one.agent_id == who)
    return Explained(result, person, (), lambda _: (), "en", **more)  # type: ignore[arg-type]


def asked(who: str, name: str, **more: object) -> Node:
    node = why_not(explained(who, **more), name)
    assert node is not None
    return node


def said(node: Node) -> list[tuple[str, str, str]]:
    return [(one.label, one.value, one.note) for one in node.children]


def test_each_condition_says_what_was_asked_what_was_found_and_how_far_off() -> None:
    """Two times late where none may be; 85.5 % where 90 are asked."""
    node = asked("a", "full")
    assert (node.label, node.value, node.note) == ("Full attendance", "not earned", "200 yuan each time")
    late, rate = said(node)
    assert late == ("Times late", "2 times", "asked: = 0 times, not met, off by 2 times")
    assert rate == ("Satisfied", "85.5 %", "asked: ≥ 90, < 99 %, not met, off by 4.5 %")


def test_what_was_met_and_what_had_no_data_are_told_apart() -> None:
    """b was never late, and one of b's customers was asked."""
    late, rate = said(asked("b", "full"))
    assert late[2] == "asked: = 0 times, met"
    assert rate[:2] == ("Satisfied", "missing")
    assert "not enough data (1 row in" in rate[2]


def test_an_edge_that_does_not_count_is_said_to_be_one() -> None:
    """80 points are not above 80: nothing is lacking but the smallest step."""
    [(label, value, note)] = said(asked("a", "Good score"))
    assert (label, value) == ("score", "80")
    assert note.endswith("it lies on the edge, which does not count")


def test_being_the_first_names_the_best_value_and_nobody() -> None:
    """a lacks 300 of the best; b and c are tied, and a tie pays nobody."""
    assert said(asked("a", "best"))[0] == (
        "Sales",
        "500 yuan",
        "asked: to be the first, the best is 800 yuan, 300 yuan more",
    )
    tied = said(asked("b", "best"))
    assert tied[0][2] == "asked: to be the first, tied with others: 2 in all"
    assert tied[1][0] == "where several are first nobody wins"


@pytest.mark.parametrize(("length", "left"), [(0, 3), (1, 2), (2, 1), (4, 2)])
def test_a_streak_says_how_many_months_are_left(length: int, left: int) -> None:
    """Paid every three months in a row."""
    node = asked("a", "three", streaks={"three": length})
    months = next(one for one in node.children if one.label == "months in a row")
    assert months.value.startswith(f"{length} ")
    assert f", {left} more to go" in months.note


def test_a_streak_says_which_months_are_not_there_and_which_without_a_score_ended_it() -> None:
    """Both may be why it is shorter than somebody thinks."""
    october, august = Month(2026, 10), Month(2026, 8)
    node = asked("a", "three", streaks={"three": 1}, gaps={"three": [october.shift(-1)]}, ended={"three": august})
    months = next(one for one in node.children if one.label == "months in a row")
    assert "no data of these months: 2026-09" in months.note
    assert "no score in 2026-08, which ends the row" in months.note


def test_a_fine_that_was_not_taken_says_that_nothing_happened() -> None:
    """And one that begins with the third says so, with the two there were."""
    node = asked("a", "fine.late")
    assert (node.label, node.value) == ("Late fine", "does not apply")
    assert said(node) == [("Came late", "0 times", "none is on record")]
    third = said(asked("a", "third"))
    assert third[0][:2] == ("Times late", "2 times")
    assert third[1][0].startswith("counts from number 3")


def test_a_deduction_without_data_is_not_one_of_nothing() -> None:
    """a had no leave, of b's leave nothing is known."""
    assert said(asked("a", "leave"))[0][1:] == ("0 days", "none is on record")
    assert said(asked("b", "leave"))[0][1] == "missing"


def test_somebody_who_takes_no_part_is_told_that_first() -> None:
    """The level is not scored, so no award and no share whatever the figures are; likewise without a regular day."""
    assert said(asked("l", "full"))[0][0] == "the level “lead” takes no part"
    assert said(asked("l", "pool1"))[0][0] == "the level “lead” takes no part"
    new = asked("c", "full", regulars=frozenset({"a", "b"}))
    assert said(new)[0][0] == "no regular workday this month: takes no part"


def test_everything_that_the_policy_may_give_can_be_asked_for_everybody() -> None:
    """By id, by kind and id, and by label; what is none of these is None."""
    names = set(askable(RULES))
    assert names == {"exam", "late", "fine.late", "full", "good", "best", "three", "third", "leave", "pool1"}
    for who in VALUES:
        for name, entry in askable(RULES).items():
            assert asked(who, name).label == entry.label
            assert asked(who, entry.label).label == entry.label
    assert why_not(explained("a"), "nothing") is None


def test_a_line_that_is_there_is_shown_before_any_reason_why_not() -> None:
    """Two lines of a doubling fine are shown together; by kind, label or id."""
    tree = explanation_tree(explained("b"))
    for name in ("fine.late", "Late fine", "fine.late"):
        found = own_line(tree, name)
        assert found is not None
        assert [one.line for one in found.children] == ["late.1", "late.2"]
    step = own_line(tree, "late.2")
    assert step is not None
    assert step.value == "-40.00"
    score = own_line(explanation_tree(explained("b")), "Late points")
    assert score is not None
    assert (score.line, score.value) == ("late", "-4.00")
    assert own_line(explanation_tree(explained("a")), "fine.late") is None


EDGES = st.none() | st.integers(-50, 50).map(lambda tenths: Decimal(tenths) / 10)


@given(EDGES, EDGES, EDGES, EDGES, st.integers(-60, 60).map(lambda tenths: Decimal(tenths) / 10))
def test_a_value_that_lacks_something_is_outside_and_moves_in_by_that_much(
    at_least: Decimal | None, above: Decimal | None, at_most: Decimal | None, below: Decimal | None, value: Decimal
) -> None:
    """For one-sided bounds, what is lacking added on the right side ends on an edge or inside."""
    lower = Bounds(at_least=at_least, above=above)
    if lacks(lower, value):
        assert not lower.holds(value)
        moved = value + lacks(lower, value)
        assert lower.holds(moved) or moved == above
    upper = Bounds(at_most=at_most, below=below)
    if lacks(upper, value):
        assert not upper.holds(value)
        moved = value - lacks(upper, value)
        assert upper.holds(moved) or moved == below
    for bounds in (lower, upper):
        assert lacks(bounds, value) == 0 or not bounds.holds(value)
        assert len(re.findall(r"[≥>≤<=]", asked_of(bounds))) == len(bounds.edges)


def test_an_award_on_several_figures_names_those_that_lack() -> None:
    """The composite of sales and the rate: of one without answers the rate lacks, of one with neither both."""
    rules = policy("""
language = "en"
[measure.rate]
label = "Satisfied"
unit = "%"
table = "surveys"
rows = true
share = { score = { at_least = 4 } }
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
mean = "amount"
[composite.both]
label = "Both"
of = [{ measure = "sales" }, { measure = "rate" }]
[pay.base]
by = "roster"
[[pay.award]]
id = "best"
label = "Best"
amount = 100
first = "composite.both"
ties = "all"
""")
    values: dict[str, dict[str, object]] = {
        "a": {"sales": 5, "rate": 90},
        "b": {"sales": 4, "rate": 80},
        "c": {"sales": 5, "rate": None},
        "d": {"sales": None, "rate": None},
    }
    people = [agent(who, base_pay=D(3000)) for who in values]
    result = compute_month(MonthInput(rules, OCTOBER, people, measured(values), [], WEEKENDS_OFF, []))
    for who, lacking in (("c", "Satisfied"), ("d", "Sales, Satisfied")):
        person = next(one for one in people if one.agent_id == who)
        node = why_not(Explained(result, person, (), lambda _: (), "en"), "best")
        assert node is not None
        assert f"no data for {lacking}, which is not met" in node.children[-1].note
