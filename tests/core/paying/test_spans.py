"""A month that changes inside: several rows of the roster, each for its own days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations_with_replacement
from typing import Any

import pytest

from csctl.core.paying.components.base import base_lines
from csctl.core.people.employment import attended_parts, counting_of
from csctl.core.people.roster import agents_of_month, people_on_roster
from csctl.core.people.spans import days_here
from csctl.core.people.workdays import WorkCalendar
from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.month import Month
from csctl.problems import Problem
from tests.workbench import (
    OCTOBER,
    SCORED,
    WEEKENDS_OFF,
    D,
    canonical_rows,
    cents_by_line,
    codes,
    counted_as_one,
    month_of,
    pay_lines,
    policy,
)

LADDER = '[[level]]\nid = "C1"\n[[level]]\nid = "C2"\n'
BY_LEVEL = SCORED + LADDER + '[pay.base]\nby = "level"\namounts = { C1 = 2000, C2 = 3000 }\n'
BY_ROSTER = SCORED + '[pay.base]\nby = "roster"\n'
NATIONAL_DAY = WorkCalendar(frozenset({2026}), frozenset(date(2026, 10, day) for day in range(1, 8)), frozenset())
DAY = timedelta(days=1)


def october(day: int) -> date:
    return date(2026, 10, day)


def read(rules: str, *rows: dict[str, Any], month: Month = OCTOBER) -> tuple[list[Agent], list[Problem]]:
    named = [{"agent_id": "a", "agent_name": "Ann"} | row for row in rows]
    return agents_of_month(canonical_rows("roster", named), month, policy(rules))


def paid(rules: str, *rows: dict[str, Any], **values: object) -> MonthResult:
    """Pay of October, which has 22 workdays, for one agent of 80 points."""
    agents, problems = read(rules, *rows)
    assert problems == []
    return month_of(policy(rules), agents, {"a": {"x": 80} | values}, calendar=WEEKENDS_OFF)


EVERY_KIND = BY_LEVEL + (
    '[[pay.allowance]]\nid = "meal"\nlabel = "meal"\namount = 300\n'
    '[[pay.allowance]]\nid = "line"\nlabel = "hot line"\namount = 110\ngroups = ["hot"]\n'
    '[[pay.performance]]\nid = "perf"\nlabel = "performance"\nby = "score"\namounts = { C1 = 440, C2 = 880 }\n'
)
"""What a level is paid, a meal allowance for everybody, one for a group, and performance pay by the score."""


def test_a_month_with_every_kind_of_change_inside() -> None:
    """Ann is a C1 on the hot line until the 7th, a C2 at the desk from the 8th, leaves on the 16th, and is hired again
    on the 26th as a C1 on the hot line. Workdays: 1 2 5 6 7 are five, 8 9 12 13 14 15 16 seven, 26 27 28 29 30 five.

    base C1: 2000 × 10 ÷ 22 = 909.0909, base C2: 3000 × 7 ÷ 22 = 954.5454; meal: 300 × 17 ÷ 22 = 231.8181; the hot line
    for its ten days: 110 × 10 ÷ 22 = 50; performance at 80 points: 440 × 0.8 × 10 ÷ 22 = 160, 880 × 0.8 × 7 ÷ 22 = 224.
    """
    result = paid(
        EVERY_KIND,
        {"level": "C1", "group": "hot", "hired_on": date(2025, 3, 3), "valid_to": october(7)},
        {"level": "C2", "group": "desk", "valid_from": october(8), "left_on": october(16)},
        {"level": "C1", "group": "hot", "hired_on": october(26)},
    )
    assert cents_by_line(result, "a") == {
        "base": 909_09, "base.2": 954_55, "meal": 231_82, "line": 50_00, "perf": 160_00, "perf.2": 224_00,
    }  # fmt: skip
    notes = {line.line: line.note for line in pay_lines(result, "a") if line.kind == "base"}
    assert notes == {
        "base": "C1 2026-10-01 – 2026-10-07, C1 2026-10-26 – 2026-10-31",
        "base.2": "C2 2026-10-08 – 2026-10-16",
    }
    assert codes(result) == []


def test_a_raise_on_the_roster_is_paid_from_its_day() -> None:
    """2000 × 11 ÷ 22 until the 15th, 2600 × 11 ÷ 22 from the 16th."""
    result = paid(
        BY_ROSTER, {"base_pay": D(2000), "valid_to": october(15)}, {"base_pay": D(2600), "valid_from": october(16)}
    )
    assert cents_by_line(result, "a") == {"base": 1000_00, "base.2": 1300_00}
    notes = [line.note for line in pay_lines(result, "a") if line.kind == "base"]
    assert notes == ["2026-10-01 – 2026-10-15", "2026-10-16 – 2026-10-31"]


def test_spans_of_a_month_in_which_the_amount_does_not_change_are_the_month() -> None:
    """Wherever the group changes, for every pair of days, an amount that no number of workdays divides is paid once."""
    rules = policy(BY_ROSTER)
    assert rules.pay
    counting = counting_of(rules, OCTOBER, WEEKENDS_OFF)
    days = OCTOBER.days()
    for first, second in combinations_with_replacement(days[:-1], 2):
        rows = [{"group": "1", "valid_to": first}, {"group": "3", "valid_from": second + DAY}]
        rows += [{"group": "2", "valid_from": first + DAY, "valid_to": second}] if first < second else []
        agents, problems = read(BY_ROSTER, *(row | {"base_pay": D("2000.01")} for row in rows))
        lines = base_lines(rules.pay, attended_parts(agents[0], OCTOBER, None, counting), "en")
        assert (problems, [(one.unit, one.amount_cents) for one in lines]) == ([], [("month", 2000_01)])


@pytest.mark.parametrize("calendar", [WEEKENDS_OFF, NATIONAL_DAY])
@pytest.mark.parametrize("rest", ["", '[working_time]\nrest_days = 5\nrest_per = "month"\n'])
def test_the_paid_days_of_spans_add_up_to_those_of_the_month(calendar: WorkCalendar, rest: str) -> None:
    """For every day on which the one span ends, and every way in which days are counted."""
    text = BY_ROSTER.replace("[pay.base]", '[pay]\ndays = "due"\n[pay.base]') + rest if rest else BY_ROSTER
    count = counting_of(policy(text), OCTOBER, calendar)
    for end in OCTOBER.days()[:-1]:
        agents, _ = read(text, {"group": "1", "valid_to": end}, {"group": "2", "valid_from": end + DAY})
        parts = [one.paid for one in attended_parts(agents[0], OCTOBER, None, count)]
        assert sum(one.regular for one in parts) == count(OCTOBER.days())
        assert all(one.regular >= 0 for one in parts)


def test_public_holidays_are_paid_days_where_the_policy_counts_them() -> None:
    """1, 2 and 3 October are public holidays, the 3rd on a Saturday; 4 to 7 are given freely. October 2026 has 17
    workdays in this calendar and two holidays on weekdays: who leaves on the 7th is paid two days of 19.
    """
    statutory = {october(day): "National Day" for day in (1, 2, 3)}
    calendar = WorkCalendar(frozenset({2026}), frozenset(map(october, (1, 2, 5, 6, 7))), frozenset(), statutory)
    text = BY_ROSTER.replace("[pay.base]", '[pay]\ndays = "paid"\n[pay.base]')
    agents, _ = read(text, {"base_pay": D(1900), "left_on": october(7)})
    result = month_of(policy(text), agents, {"a": {"x": 80}}, calendar=calendar)
    assert cents_by_line(result, "a") == {"base": 200_00}
    agents, _ = read(BY_ROSTER, {"base_pay": D(1900), "left_on": october(7)})
    assert cents_by_line(month_of(policy(BY_ROSTER), agents, {"a": {"x": 80}}, calendar=calendar), "a") == {}


def test_who_is_on_probation_all_month_needs_no_amount_of_the_level() -> None:
    """C2 has none: that matters from the first regular day on."""
    rules = BY_LEVEL.replace(", C2 = 3000", "") + "[pay.probation]\namount = 1600\nmonths = 1\n"
    on_trial = paid(rules, {"level": "C2", "hired_on": october(1)})
    assert (cents_by_line(on_trial, "a"), codes(on_trial)) == ({"base_probation": 1600_00}, [])
    agents, _ = read(rules, {"level": "C2", "hired_on": date(2026, 9, 30)})
    result = month_of(policy(rules), agents, {"a": {"x": 80}})
    assert codes(result) == ["no-base-pay"]


def test_who_is_hired_again_is_on_probation_again_and_not_before() -> None:
    """Regular until the 9th (seven workdays), back on the 19th (ten workdays) with a month of probation at 1100."""
    rules = BY_LEVEL + "[pay.probation]\namount = 1100\nmonths = 1\n"
    result = paid(
        rules, {"level": "C1", "hired_on": date(2025, 3, 3), "left_on": october(9)},
        {"level": "C1", "hired_on": october(19)},
    )  # fmt: skip
    assert cents_by_line(result, "a") == {"base_probation": 500_00, "base": 636_36}


def test_a_roster_for_each_month_and_one_with_spans_are_the_same() -> None:
    """A change on the first of a month is none inside a month."""
    hired = date(2025, 3, 3)
    spans = (
        {"level": "C1", "hired_on": hired, "valid_to": date(2026, 9, 30)},
        {"level": "C2", "valid_from": october(1), "valid_to": october(31)},
        {"level": "C2", "group": "desk", "valid_from": date(2026, 11, 1)},
    )
    alone = ({"level": "C1"}, {"level": "C2"}, {"level": "C2", "group": "desk"})
    for step, row in enumerate(alone, start=-1):
        month = OCTOBER.shift(step)
        assert read(BY_LEVEL, *spans, month=month) == read(BY_LEVEL, row | {"hired_on": hired}, month=month)


def test_who_is_employed_are_the_days_of_the_spans() -> None:
    """The order of rows does not matter, and a row of another month is none of this one's."""
    rows: list[dict[str, Any]] = [
        {"hired_on": october(26)},
        {"hired_on": date(2025, 3, 3), "left_on": october(2)},
        {"hired_on": date(2024, 3, 3), "left_on": date(2024, 5, 5)},
    ]
    ((agent,), problems) = read("", *rows)
    assert problems == []
    assert [day.day for day in days_here(agent, OCTOBER)] == [1, 2, *range(26, 32)]
    assert (agent.hired_on, agent.left_on) == (october(26), None)
    assert (
        len(people_on_roster(canonical_rows("roster", [{"agent_id": "a", "agent_name": "Ann"} | row for row in rows])))
        == 1
    )


def test_accounts_of_all_rows_are_the_agents() -> None:
    rows = [
        {"agent_id": "a", "agent_name": "Ann", "accounts": "ann1", "valid_to": october(7)},
        {"agent_id": "a", "agent_name": "Ann", "accounts": "ann1;ann2", "valid_from": october(8)},
    ]
    assert [one.accounts for one in people_on_roster(canonical_rows("roster", rows))] == [("ann1", "ann2")]


def test_what_follows_the_last_span_is_a_departure() -> None:
    ((agent,), _) = read("", {"valid_to": october(7)}, {"valid_from": october(8), "valid_to": october(20)})
    assert agent.left_on == october(20)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ({"valid_to": october(15)}, {"valid_from": october(15)}, "spans-overlap"),
        ({"valid_to": october(15)}, {}, "spans-overlap"),
        ({"valid_to": october(10)}, {"valid_from": october(15)}, "spans-gap"),
        ({"valid_to": october(10)}, {"valid_from": october(20), "valid_to": october(15)}, "span-reversed"),
    ],
)
def test_rows_that_cannot_both_hold_are_said_with_their_rows(
    first: dict[str, Any], second: dict[str, Any], code: str
) -> None:
    _, problems = read("", first, second)
    assert [one.code for one in problems] == [code]
    assert {"2", "3"} & {word for text in problems[0].parameters.values() for word in str(text).split()}


@pytest.mark.parametrize("who", ["left", "hired"])
def test_a_gap_is_a_departure_where_a_row_says_so(who: str) -> None:
    first = {"left_on": october(10)} if who == "left" else {"valid_to": october(10)}
    second = {"hired_on": october(20)} if who == "hired" else {"valid_from": october(20)}
    assert read("", first, second)[1] == []


def test_what_takes_the_end_of_the_month_for_all_of_it_is_said() -> None:
    """Overtime at the later pay, a piece rate of the group that is left, a pool of the group that is come to."""
    rules = BY_LEVEL + (
        '[measure.x]\nlabel = "x"\nunit = "count"\ntable = "interactions"\nrows = true\n'
        '[[pay.overtime]]\nid = "ot"\nlabel = "overtime"\nquantity = "x"\ntimes = 1.5\n'
        '[[pay.piece]]\nid = "calls"\nlabel = "calls"\nof = "x"\ngroups = ["hot"]\n'
        "tiers = [{ from = 0, rate = 1 }]\n"
    )
    result = paid(
        rules,
        {"level": "C1", "group": "hot", "valid_to": october(15)},
        {"level": "C2", "group": "desk", "valid_from": october(16)},
    )
    assert counted_as_one(result) == [("overtime", "spans-without-days"), ("calls", "spans-without-days")]
    # 80 × 3,000 × 1.5 ÷ 174, once.
    assert {one: cents for one, cents in cents_by_line(result, "a").items() if one.startswith("ot")} == {"ot": 2068_97}
    (said,) = result.problems
    assert (said.found, said.parameters["measure"]) == ("a Ann", "x")


def test_performance_pay_of_a_month_that_is_paid_whole_is_that_of_its_last_level() -> None:
    """880 × 0.8 for who ends as a C2, and not 440 × 0.8 for the days as a C1 beside it."""
    rules = BY_LEVEL + (
        '[[pay.performance]]\nid = "perf"\nlabel = "perf"\nby = "score"\namounts = { C1 = 440, C2 = 880 }\n'
        "prorate = false\n"
    )
    result = paid(rules, {"level": "C1", "valid_to": october(15)}, {"level": "C2", "valid_from": october(16)})
    assert cents_by_line(result, "a") == {"base": 1000_00, "base.2": 1500_00, "perf": 704_00}
    assert codes(result) == ["spans-paid-whole"]
