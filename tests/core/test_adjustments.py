"""Additions and deductions: happenings counted, conditions that must hold."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.core.scoring.conditions import Facts, competition_ranks, holds, times_applied
from csctl.policy.parts import Condition, Happening
from tests.workbench import D, agent, month_of, policy, score_lines, scores

BASE = (
    "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
    "[[dimension.indicator]]\nid = 'x'\nlabel = 'x'\nmeasure = 'x'\nout_of = 100\nmissing = 'block'\n"
)
LEADER = """
[[adjustment]]
id = "leader"
label = "leader"
points = 5
rule = "SA-101"
when = { all = [ { first = "contacts" }, { first = "quality" }, { measure = "event.violation", equals = 0 } ] }
"""
NO_COMPLAINT = """
[[adjustment]]
id = "no_complaint"
label = "no complaint"
points = 5
rule = "SA-105"
when = { all = [ { measure = "complaints", equals = 0 }, { measure = "contacts", at_least = 1 } ] }
"""
LEVELS = "[[level]]\nid = 'agent'\n[[level]]\nid = 'deputy'\nscored = false\n"


def added(
    text: str, values: Mapping[str, Mapping[str, object]], levels: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Agent → what adjustments add, for agents to whom any applies."""
    full = {who: {"x": 80, **own} for who, own in values.items()}
    agents = [agent(who, level=(levels or {}).get(who, "agent")) for who in full]
    result = month_of(policy(BASE + LEVELS + text), agents, full)
    return {line.agent_id: str(line.contribution) for line in score_lines(result) if line.kind == "adjustment"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"a": (50, 99, 0), "b": (40, 98, 0)}, {"a": "5.00"}),
        ({"a": (50, 98, 0), "b": (40, 99, 0)}, {}),
        ({"a": (50, 99, 1), "b": (40, 98, 0)}, {}),
        ({"a": (50, 99, 0), "b": (50, 99, 0)}, {"a": "5.00", "b": "5.00"}),
        ({"a": (50, 99, 0), "b": (50, 98, 0)}, {"a": "5.00"}),
        ({"a": (50, None, 0), "b": (40, 98, 0)}, {}),
        ({"a": (50, 99, None), "b": (40, 98, 0)}, {}),
    ],
)
def test_first_in_both_and_without_violation(
    values: dict[str, tuple[int, int | None, int | None]], expected: dict[str, str]
) -> None:
    """SA-101 with the reading A-35: first in contacts and quality, no violation; a missing value never holds."""
    named = {
        who: {"contacts": contacts, "quality": quality, "event.violation": violations}
        for who, (contacts, quality, violations) in values.items()
    }
    assert added(LEADER, named) == expected


def test_an_excluded_colleague_is_not_in_the_way_of_the_first() -> None:
    """Whoever does not compete cannot be first."""
    values = {
        "a": {"contacts": 50, "quality": 90, "event.violation": 0},
        "b": {"contacts": 99, "quality": 99, "event.violation": 0},
    }
    assert added(LEADER, values, {"a": "agent", "b": "deputy"}) == {"a": "5.00"}


@pytest.mark.parametrize(
    ("complaints", "contacts", "expected"),
    [(0, 1, {"a": "5.00"}), (0, 500, {"a": "5.00"}), (1, 500, {}), (0, 0, {}), (None, 500, {}), (0, None, {})],
)
def test_a_month_without_complaint_needs_a_contact(
    complaints: int | None, contacts: int | None, expected: dict[str, str]
) -> None:
    """SA-105 with the reading A-36: once a month; no data is not no complaint."""
    assert added(NO_COMPLAINT, {"a": {"complaints": complaints, "contacts": contacts}}) == expected


@pytest.mark.parametrize(
    ("count", "at_most", "expected"),
    [(0, "", {}), (1, "", {"a": "5.00"}), (3, "", {"a": "15.00"}), (3, "at_most = 2", {"a": "10.00"}),
     (None, "", {}), (1, "at_most = 2", {"a": "5.00"})],
)  # fmt: skip
def test_happenings_count_each_time(count: int | None, at_most: str, expected: dict[str, str]) -> None:
    """SA-103: five points for each time, up to the most that counts."""
    text = "[event.cover]\nlabel = 'c'\n[[adjustment]]\nid = 'c'\nlabel = 'c'\npoints = 5\neach = { event = 'cover' }\n"
    assert added(text + at_most, {"a": {"event.cover": count}}) == expected


def test_a_deduction_takes_away() -> None:
    """SA-107: two points less for each time, and the line says how often and by which rule."""
    text = "[[adjustment]]\nid = 'm'\nlabel = 'm'\npoints = -2\nrule = 'SA-107'\neach = { event = 'no_mandarin' }\n"
    result = month_of(policy(BASE + text), [agent("a")], {"a": {"x": 80, "event.no_mandarin": 3}})
    line = score_lines(result, "a")[-1]
    assert (str(line.contribution), line.value, line.source, line.rule) == ("-6.00", D(3), "no_mandarin", "SA-107")
    assert (line.unit, line.n, line.points, line.dimension) == ("count", 3, None, "")
    one = scores(result)["a"]
    assert (str(one.score), str(one.indicator_total), str(one.adjustment_total)) == ("74.00", "80.00", "-6.00")


# ---- conditions ------------------------------------------------------------

values_of_agents = st.dictionaries(
    st.sampled_from("abcdef"), st.fixed_dictionaries({"m": st.none() | st.integers(-3, 3).map(D)}), min_size=1
)


@given(values_of_agents, st.data())
def test_the_first_are_those_whom_nobody_beats(
    values: dict[str, dict[str, Decimal | None]], data: st.DataObject
) -> None:
    """Among those who compete and have a value above 0, exactly those with no better colleague."""
    ranked = frozenset(data.draw(st.sets(st.sampled_from(sorted(values)))))
    known = {who: values[who]["m"] for who in ranked if (values[who]["m"] or 0) > 0}
    best = [who for who in sorted(known) if not any((other or 0) > (known[who] or 0) for other in known.values())]
    facts = Facts(values, {}, ranked)
    assert facts.first("m") == best
    condition = Condition.model_validate({"first": "m"})
    assert [who for who in sorted(values) if holds(condition, who, facts)] == best


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"score": {"below": D(60)}}, "b"),
        ({"score": {"at_least": D(60)}}, "a"),
        ({"first": "score"}, "a"),
        ({"measure": "m", "at_least": D(1)}, "ac"),
        ({"measure": "m", "at_least": D(1), "below": D(5)}, "a"),
        ({"measure": "m", "at_least": D(1), "score": {"at_least": D(60)}}, "a"),
        ({"all": [{"measure": "m", "at_least": D(1)}, {"all": [{"measure": "m", "above": D(1)}]}]}, "c"),
    ],
)
def test_all_parts_of_a_condition_must_hold(condition: dict[str, object], expected: str) -> None:
    """Agent a: score 60, m 1. Agent b: score 59.99, m 0. Agent c: not scored, m 5."""
    values: dict[str, dict[str, Decimal | None]] = {"a": {"m": D(1)}, "b": {"m": D(0)}, "c": {"m": D(5)}}
    facts = Facts(values, {"a": D(60), "b": D("59.99"), "c": None}, frozenset("abc"))
    made = Condition.model_validate(condition)
    assert "".join(who for who in "abc" if holds(made, who, facts)) == expected


@pytest.mark.parametrize(("value", "count"), [("-1", 0), ("-0.5", 0), ("0", 0), ("0.9", 0), ("1", 1), ("3", 3)])
def test_what_came_to_less_than_nothing_did_not_happen(value: str, count: int) -> None:
    """A difference of counts may be below 0: nobody is fined, or paid, for the minus."""
    facts = Facts({"a": {"net": D(value)}}, {}, frozenset({"a"}))
    assert times_applied(Happening(measure="net"), None, "a", facts) == count


def test_nobody_is_first_where_nobody_has_anything() -> None:
    """0 wins nothing, nor does less; the only one with more than 0 does."""
    ranked = frozenset("abc")
    nothing = {who: {"m": D(0)} for who in "ab"} | {"c": {"m": D(-1)}}
    assert Facts(nothing, {}, ranked).first("m") == []
    assert Facts(nothing | {"c": {"m": D("0.01")}}, {}, ranked).first("m") == ["c"]
    assert Facts(nothing | {"c": {"m": None}}, {}, ranked).first("m") == []


def test_a_condition_needs_each_of_its_parts() -> None:
    """A bound that holds does not make up for a score that does not, nor the other way round."""
    rule = Condition.model_validate({"measure": "m", "at_least": D(1), "score": {"at_least": D(80)}})
    for value, score, met in (("1", "80", 1), ("1", "79", 0), ("0", "80", 0), ("0", "79", 0)):
        facts = Facts({"a": {"m": D(value)}}, {"a": D(score)}, frozenset({"a"}))
        assert times_applied(None, rule, "a", facts) == met
    unknown = Facts({"a": {"m": None}}, {"a": D(100)}, frozenset({"a"}))
    assert times_applied(None, rule, "a", unknown) == 0
    assert times_applied(None, None, "a", unknown) == 0


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 5).map(D)))
def test_a_rank_is_one_more_than_the_number_of_better_scores(found: dict[str, Decimal]) -> None:
    """1, 2, 2, 4, in any order of rows."""
    ranks = competition_ranks(list(found.items()))
    assert ranks == {who: 1 + sum(other > score for other in found.values()) for who, score in found.items()}
    assert competition_ranks(list(found.items())[::-1]) == ranks


def test_a_floor_and_a_cap_stand_on_no_rows() -> None:
    """30 lifted to 40, and 80 cut to 70: nothing was counted."""
    rules = policy(BASE.replace("pass_mark = 60", "pass_mark = 60\nfloor = 40\ncap = 70"))
    result = month_of(rules, [agent("a"), agent("b")], {"a": {"x": 30}, "b": {"x": 80}})
    limits = [line for line in score_lines(result) if line.kind == "limit"]
    assert [(line.agent_id, line.contribution, line.n, line.value) for line in limits] == [
        ("a", D(10), 0, None), ("b", D(-10), 0, None),
    ]  # fmt: skip


def test_a_deduction_that_nobody_can_know_of_takes_nothing_and_marks_the_score() -> None:
    """b has no figure of being late where a has one; what nobody has a figure of marks nobody, nor does an addition."""
    text = """
[[adjustment]]
id = "late"
label = "late"
points = -1
each = { measure = "late" }
[[adjustment]]
id = "noise"
label = "noise"
points = -1
each = { measure = "noise" }
[[adjustment]]
id = "praise"
label = "praise"
points = 1
each = { measure = "praise" }
"""
    values: dict[str, dict[str, object]] = {
        "a": {"x": 80, "late": 1, "praise": 0},
        "b": {"x": 80, "late": None, "praise": 0},
        "c": {"x": 80, "late": 0},
    }
    found = scores(month_of(policy(BASE + text), [agent(who) for who in "abc"], values))
    assert {who: (str(one.score), one.marks) for who, one in found.items()} == {
        "a": ("79.00", ()), "b": ("80.00", ("missing",)), "c": ("80.00", ()),
    }  # fmt: skip
