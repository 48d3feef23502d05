"""Overtime: base ÷ paid hours × hours × 1.5, 2 or 3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from csctl.core.closing.standing import arithmetic_topic
from csctl.core.records.advice import Advice, advice_text
from csctl.core.records.result import MonthResult
from csctl.policy.pay.overtime import Overtime
from tests.core.paying.plan import paid, plan
from tests.workbench import D, agent, cents_by_line, codes, month_of, pay_lines

HOURS = "[[pay.overtime]]\nid = 'over'\nlabel = 'overtime'\nquantity = 'hours'\n"


@pytest.mark.parametrize(
    ("times", "hours", "expected"),
    [("1.5", 8, 150_00), ("2", 8, 200_00), ("3", 8, 300_00), ("1.5", "0.5", 9_38), ("1.5", 0, None)],
)
def test_an_hour_is_a_174th_of_the_base_times_the_multiple(times: str, hours: object, expected: int | None) -> None:
    """2,175 ÷ 174 = 12.50 an hour; half an hour at 1.5 is 9.375, rounded once."""
    lines = cents_by_line(paid(HOURS + f"times = {times}\n", {"hours": hours}), "a")
    assert lines.get("over") == expected


def test_the_base_is_that_of_the_level() -> None:
    """A senior agent's hour is 25.00."""
    assert cents_by_line(paid(HOURS + "times = 2\n", {"hours": 4}, level="senior"), "a")["over"] == 200_00


def test_the_policy_may_divide_by_other_hours() -> None:
    """2,175 ÷ 200 is 10.875 an hour; eight hours at 1.5 are 130.50."""
    lines = cents_by_line(paid(HOURS + "times = 1.5\ndivisor = 200\n", {"hours": 8}), "a")
    assert lines["over"] == 130_50


OFF = """
[measure.off]
label = "time off"
unit = "hours"
table = "kpis"
sum = "value"
[measure.days_off]
label = "days worked off"
unit = "days"
table = "kpis"
sum = "value"
"""
REST = HOURS + "day = 'rest_day'\nin_lieu = 'off'\n" + OFF


@pytest.mark.parametrize(("day", "expected"), [("workday", 150_00), ("rest_day", 200_00), ("statutory", 300_00)])
def test_the_kind_of_day_says_the_multiple(day: str, expected: int) -> None:
    """8 hours at 1.5, 2 and 3 times 12.50; what the policy writes comes before it."""
    for times, cents in (("", expected), ("times = 4\n", 400_00)):
        assert cents_by_line(paid(HOURS + f"day = '{day}'\n{times}", {"hours": 8}), "a")["over"] == cents


@pytest.mark.parametrize(
    ("hours", "off", "lines", "said"),
    [
        (8, 0, {"over": 200_00}, []),
        (8, 3, {"over": 200_00, "over.in_lieu": -75_00}, []),
        (8, 8, {"over": 200_00, "over.in_lieu": -200_00}, []),
        (8, "8.01", {"over": 200_00, "over.in_lieu": -200_00}, ["in-lieu-beyond"]),
        (8, "0.01", {"over": 200_00, "over.in_lieu": -25}, []),
        (0, 0, {}, []),
        (0, "0.01", {}, ["in-lieu-beyond"]),
        (None, 2, {}, ["in-lieu-beyond"]),
        (-1, 0, {}, []),
        (8, None, {}, ["in-lieu-unknown"]),
        ("0.01", None, {}, ["in-lieu-unknown"]),
        (0, None, {}, []),
    ],
)
def test_time_off_takes_the_place_of_pay_for_rest_days(
    hours: object, off: object, lines: dict[str, int], said: list[str]
) -> None:
    """25 yuan an hour: what was given as time off is a line of its own, and never more than there was."""
    result = paid(REST, {"hours": hours, "off": off})
    found = cents_by_line(result, "a")
    del found["base"]
    assert (found, codes(result)) == (lines, said)
    assert [one.code for one in arithmetic_topic(result)] == ["closing-sums-right"]


def test_what_is_said_of_time_off_names_people_and_hours() -> None:
    """More than there was to give, and unknown; the line says why it is there."""
    people = [agent(who, level="junior") for who in "abc"]
    values: dict[str, dict[str, object]] = {
        "a": {"x": 80, "hours": 8, "off": "9.5"},
        "b": {"x": 80, "hours": 1, "off": None},
        "c": {"x": 80, "hours": -1, "off": 1},
    }
    result = month_of(plan(REST), people, values)
    said = {one.code: (one.found, dict(one.parameters)["measure"]) for one in result.problems}
    assert said["in-lieu-beyond"] == (("a name of a: 9.5 > 8", "c name of c: 1 > 0"), "time off")
    assert said["in-lieu-unknown"] == ("b name of b", "time off")
    (line,) = [one for one in pay_lines(result, "a") if one.line == "over.in_lieu"]
    assert (line.quantity, line.unit, line.rate, line.divisor) == (D(-8), "hours", D(4350), D(174))
    assert (line.kind, line.note) == ("overtime", "已安排补休的不付加班费")


def test_without_time_off_in_the_policy_nothing_is_said_of_it() -> None:
    """Whatever is known."""
    result = paid(HOURS + "day = 'rest_day'\n" + OFF, {"hours": 8, "off": 99})
    assert (cents_by_line(result, "a"), codes(result)) == ({"base": 2175_00, "over": 200_00}, [])


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({}, "policy-overtime-without-rate"),
        ({"day": "workday", "in_lieu": "off"}, "policy-in-lieu-of-what"),
        ({"day": "statutory", "in_lieu": "off"}, "policy-in-lieu-of-what"),
        ({"times": D(2), "in_lieu": "off"}, "policy-in-lieu-of-what"),
    ],
)
def test_overtime_has_a_rate_and_time_off_is_for_rest_days(keys: dict[str, object], code: str) -> None:
    """Labour Law §44: on workdays and statutory holidays it is paid."""
    with pytest.raises(ValidationError, match=code):
        Overtime.model_validate({"id": "x", "label": "x", "quantity": "hours", **keys})


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_what_is_paid_is_what_was_not_given_as_time_off(worked: int, off: int) -> None:
    """Never less than nothing, and within a cent of the hours that are left."""
    lines = cents_by_line(paid(REST, {"hours": D(worked) / 100, "off": D(off) / 100}), "a")
    cents = sum(amount for line, amount in lines.items() if line != "base")
    assert cents >= 0
    assert abs(cents - max(0, worked - off) * 25) <= 1


# ---- law ------------------------------------------------------------------------------------------------------------

DAYS = "[[pay.overtime]]\nid = 'days'\nlabel = 'days'\nquantity = 'days_off'\nday = 'statutory'\n" + OFF


def hints(result: MonthResult, code: str) -> list[Advice]:
    """The hints of a kind."""
    return [one for one in result.advice if one.code == code]


@pytest.mark.parametrize(
    ("hours", "days", "found"), [(36, 0, None), ("36.01", 0, "36.01"), (28, 1, None), ("28.5", 1, "36.5")]
)
def test_more_than_36_hours_a_month_are_a_hint(hours: object, days: object, found: str | None) -> None:
    """Of all overtime together, a day as 8 hours."""
    result = paid(HOURS + "day = 'workday'\nrule = 'R-1'\n" + DAYS, {"hours": hours, "days_off": days})
    said = [(one.agent_id, one.found, one.limit, one.check, one.rule) for one in hints(result, "law-overtime-hours")]
    assert said == ([("a", found, "36", "W-06", "R-1")] if found else [])


def test_the_hint_goes_by_the_policys_hours_and_counts_a_measure_once() -> None:
    """20 hours at two rates are 20 hours; a limit of 19.5."""
    twice = HOURS + "day = 'workday'\n" + HOURS.replace("'over'", "'more'") + "times = 0.5\n"
    assert hints(paid(twice, {"hours": 20}), "law-overtime-hours") == []
    (one,) = hints(paid(twice + "[law]\nmonthly_overtime = 19.5\n", {"hours": 20}), "law-overtime-hours")
    assert (one.found, one.limit) == ("20", "19.5")
    assert "20 hours of overtime" in advice_text(one, "en")


@pytest.mark.parametrize(
    ("day", "times", "limit"),
    [
        ("workday", "1.5", None),
        ("workday", "1.49", "1.5"),
        ("rest_day", "1.5", "2"),
        ("statutory", "2", "3"),
        (None, "1", None),
    ],
)
def test_a_rate_below_that_of_the_law_is_a_hint(day: str | None, times: str, limit: str | None) -> None:
    """Where the policy says of which day it is."""
    result = paid(HOURS + (f"day = '{day}'\n" if day else "") + f"times = {times}\n", {"hours": 1})
    assert [(one.found, one.limit) for one in hints(result, "law-overtime-rate")] == (
        [(f"overtime {times}", limit)] if limit else []
    )
