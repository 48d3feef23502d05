"""Months in a row, and a month in between that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

import pytest

from csctl.core.paying.streaks import AwardStreaks, streak_gap_warnings, streaks_of
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured, Score, as_frame
from csctl.core.records.result import MonthResult
from csctl.messages import LANGUAGES, problem_text
from csctl.month import Month
from csctl.policy.pay.plan import Pay
from csctl.problems import Severity
from tests.workbench import OCTOBER, agent, policy

PAY = """
[pay.base]
by = "roster"
[[pay.award]]
id = "champion"
label = "Champion"
amount = 100
streak = { first = "score", every = EVERY }
"""


def _pay(every: int) -> Pay:
    found = policy(PAY.replace("EVERY", str(every))).pay
    assert found is not None
    return found


def _scores(first: str) -> list[Score]:
    """The scores of a and b, one of whom is first."""
    plain = Score("a", "scored", None, None, None, Decimal(0), Decimal(80), "", None, True, 2)
    return [replace(plain, agent_id=who, rank=1 if who == first else 2) for who in ("a", "b")]


def _rows(firsts: str, every: int, staff: Sequence[Agent] = ()) -> AwardStreaks:
    """Who was first in each month up to October, "-" for a month that is not there."""
    months = [(OCTOBER.shift(place + 1 - len(firsts)), who) for place, who in enumerate(firsts)]
    past = [
        MonthResult(
            month=month,
            policy=policy(""),
            agents=(),
            measures=as_frame([], Measured),
            score_lines=as_frame([], Measured),
            scores=as_frame(_scores(who), Score),
            pay_lines=as_frame([], Measured),
            pools=(),
            problems=(),
        )
        for month, who in months[:-1]
        if who != "-"
    ]
    values: dict[str, dict[str, Decimal | None]] = {"a": {}, "b": {}}
    return streaks_of(_pay(every), past, OCTOBER, _scores(firsts[-1]), values, staff)


@pytest.mark.parametrize(
    ("firsts", "every", "length", "missing"),
    [
        ("aaa", 3, 3, []),
        ("a-aa", 3, 2, [8]),  # with August three or four: three would pay
        ("b-aa", 3, 2, [8]),  # three at the most, which pays
        ("b-a", 3, 1, []),  # two at the most
        ("a-a", 3, 1, [9]),  # August, September and October would be three
        ("aaa-a", 3, 1, [9]),  # three with August, five with all: three would pay
        ("a-ab", 3, 0, []),  # the row of October is over whatever August was
        ("-aa", 3, 2, []),  # nothing is known of before: nothing is missing in between
        ("aa--a", 2, 1, [8, 9]),
        ("a-baa", 2, 2, []),  # b ends the row before the gap
        ("a-aa", 2, 2, [8]),  # paid once as it stands; with August and July twice
    ],
)
def test_a_month_in_between_that_could_decide_the_award_is_named(
    firsts: str, every: int, length: int, missing: list[int]
) -> None:
    """The row counts from the gap on; the gap is told if the award could be another one without it."""
    rows = _rows(firsts, every)
    assert rows.lengths["champion"]["a"] == length
    assert list(rows.missing.get("champion", {}).get("a", ())) == [Month(2026, number) for number in missing]


@pytest.mark.parametrize(("hired", "missing"), [((2026, 9, 1), []), ((2026, 8, 31), [8]), ((2020, 1, 1), [8])])
def test_who_came_after_the_missing_month_misses_nothing(hired: tuple[int, int, int], missing: list[int]) -> None:
    """Hired in September; a day earlier August could have been the third."""
    rows = _rows("a-aa", 3, [agent("a", hired_on=date(*hired))])
    assert [one.number for one in rows.missing.get("champion", {}).get("a", ())] == missing


def test_a_month_without_a_score_that_ends_a_row_is_kept() -> None:
    """Nobody knows whether a was first in September; b, who was, has a row of one. August is over before."""

    def month(at: Month, status: Literal["scored", "unscored"]) -> MonthResult:
        own = _scores("a")
        own[0] = replace(own[0], status=status, score=None if status == "unscored" else own[0].score, rank=None)
        empty = as_frame([], Measured)
        return MonthResult(at, policy(""), (), empty, empty, as_frame(own, Score), empty, (), ())

    values: dict[str, dict[str, Decimal | None]] = {"a": {}, "b": {}}
    past = [month(OCTOBER.shift(-2), "scored"), month(OCTOBER.shift(-1), "unscored")]
    rows = streaks_of(_pay(3), past, OCTOBER, _scores("a"), values)
    assert rows.lengths["champion"] == {"a": 1, "b": 0}
    assert rows.ended == {"champion": {"a": OCTOBER.shift(-1)}}
    assert streaks_of(_pay(3), past[:1], OCTOBER, _scores("a"), values).ended == {}


def test_one_warning_for_each_award_names_months_and_people() -> None:
    """What is paid stays."""
    (said,) = streak_gap_warnings(_pay(3), _rows("a-aa", 3), [agent("a")])
    assert said.severity is Severity.WARNING
    for language in LANGUAGES:
        assert all(one in problem_text(said, language) for one in ("2026-08", "Champion", "a name of a"))
    assert streak_gap_warnings(_pay(3), AwardStreaks(), []) == []
