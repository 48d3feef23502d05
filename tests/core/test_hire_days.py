"""Whoever has no hiring date is named where pay hangs on it, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from csctl.core.coverage.hire_days import hire_days_lacking
from tests.workbench import agent, policy

BASE = '[pay.base]\nby = "roster"\n'
PROBATION = "[pay.probation]\namount = 1500\nmonths = 1\n"
GUARANTEE = "[pay.guarantee]\namounts = [3000]\nmode = "
SINCE = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("pay", "named"),
    [
        (BASE + PROBATION, "Ann a1"),
        (BASE + GUARANTEE + '"annual"\n', ("Ann a1", "Bob a2")),
        (BASE + GUARANTEE + '"monthly"\n', None),
        (BASE, None),
        ("", None),
    ],
    ids=["probation", "guarantee by service years", "guarantee by months", "base alone", "no pay"],
)
def test_people_without_a_hiring_date_are_named_where_pay_hangs_on_it(pay: str, named: object) -> None:
    """A day on which probation ended settles probation, not the service year."""
    people = [
        agent("a1", name="Ann", hired_on=None),
        agent("a2", name="Bob", hired_on=None, regular_on=SINCE),
        agent("a3", name="Cid", hired_on=SINCE),
    ]
    found = hire_days_lacking(policy(pay), people)
    assert [one.found for one in found] == ([] if named is None else [named])
