"""Time not worked: what is withheld is at most what was paid for the time."""

from __future__ import annotations

import pytest

from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy
from tests.core.paying.plan import paid
from tests.workbench import D, agent, cents_by_line, codes, month_of, pay_lines, policy

LATE = "[[pay.deduction]]\nid = 'late'\nlabel = 'late'\nquantity = 'hours'\nunit = 'hours'\ndivisor = 174\n"
MORE = LATE.replace("'late'", "'more'")


def withheld(result: MonthResult) -> dict[str, int]:
    return {line: cents for line, cents in cents_by_line(result, "a").items() if line in ("late", "more")}


@pytest.mark.parametrize(
    ("hours", "cents"), [("0.5", -6_25), (1, -12_50), (0, None), (-1, None), (None, None), (174, -2175_00)]
)
def test_an_hour_is_withheld_at_the_base_pay_of_an_hour(hours: object, cents: int | None) -> None:
    """2,175 ÷ 174 is 12.50; less than no time gives nothing."""
    assert withheld(paid(LATE, {"hours": hours})).get("late") == cents


@pytest.mark.parametrize(("hours", "unit", "noted"), [(174, "hours", False), ("174.01", "month", True)])
def test_no_more_is_withheld_than_the_base_pay_of_the_month(hours: object, unit: str, noted: bool) -> None:
    """All of it for all the hours of a month, and no word of a limit; an instant more is cut, which the line says."""
    (line,) = [one for one in pay_lines(paid(LATE, {"hours": hours}), "a") if one.line == "late"]
    assert (line.amount_cents, line.unit, bool(line.note)) == (-2175_00, unit, noted)


def test_where_nothing_is_left_nothing_more_is_withheld() -> None:
    """The second is told after the first: of 100 hours each there is base pay for 74 of the second, and of 174 none."""
    assert withheld(paid(LATE + MORE, {"hours": 100})) == {"late": -1250_00, "more": -925_00}
    assert withheld(paid(LATE + MORE, {"hours": 174})) == {"late": -2175_00}


@pytest.mark.parametrize(
    ("by_fte", "unit", "divisor", "cents"),
    [
        (True, "hours", "174", -25_00),
        (True, "days", "21.75", -100_00),
        (False, "hours", "174", -25_00),
        (False, "days", "21.75", -200_00),
    ],
)
def test_an_hour_of_half_time_is_an_hour_and_a_day_is_half_a_day(
    by_fte: bool, unit: str, divisor: str, cents: int
) -> None:
    """At 4,350 for full time an hour is 25 and a day 200; who is paid half of that has days half as long."""
    result = month_of(
        of_roster(str(by_fte).lower(), unit, divisor), [agent("a", base_pay=D(4350), fte=D("0.5"))], {"a": {"time": 1}}
    )
    assert cents_by_line(result, "a")["late"] == cents


def test_without_base_pay_nothing_is_withheld() -> None:
    """That there is none is said, once."""
    result = month_of(of_roster("false", "hours", "174"), [agent("a")], {"a": {"time": 1}})
    assert (cents_by_line(result, "a"), codes(result)) == ({}, ["no-base-pay-on-roster"])


def of_roster(by_fte: str, unit: str, divisor: str) -> Policy:
    """Base pay of the roster, and no probation."""
    return policy(
        f'[measure.time]\nlabel = "time"\nunit = "{unit}"\ntable = "kpis"\nsum = "value"\n'
        f'[pay.base]\nby = "roster"\nby_fte = {by_fte}\n'
        f'[[pay.deduction]]\nid = "late"\nlabel = "late"\nquantity = "time"\nunit = "{unit}"\ndivisor = {divisor}\n'
    )
