"""What two computations of one month differ in, field by field and in money."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from csctl.core.closing.corrections import with_corrections
from csctl.core.closing.differences import Difference, PayDelta, PoolMove, differences, pay_deltas, pool_moves
from csctl.core.records.lines import Measured, Score, ScoreLine, as_frame
from csctl.core.records.result import MonthResult
from csctl.messages import problem
from tests.core.closing.months import SEPTEMBER, D, booked, lines, measured, month, pool, score, score_line
from tests.workbench import agent

OLD = month(
    people=["1", "2"], pay={"1": {"base": 300000, "rude": -5000}, "2": {"base": 300000}}, scores={"1": "80", "2": "90"}
)
PAY = {"1": {"base": 300000, "rude": -5000}, "2": {"base": 300000}}


def test_a_month_does_not_differ_from_itself() -> None:
    """Nor does it by problems, which only follow from what is, or by zeros at the end of a figure."""
    same = replace(OLD, problems=(problem("agent-unknown", found="x", rows=1),))
    assert differences(OLD, same) == []
    longer = replace(OLD, scores=as_frame([score("1", "80.00"), score("2", "90.0")], Score))
    assert differences(OLD, longer) == []


def test_the_order_of_rows_does_not_matter() -> None:
    """All tables shuffled: still the same month."""
    chance = random.Random(7)  # noqa: S311
    frames = {}
    for name in ("measures", "score_lines", "scores", "pay_lines"):
        frame = getattr(OLD, name)
        order = list(range(len(frame)))
        chance.shuffle(order)
        frames[name] = frame.iloc[order].reset_index(drop=True)
    assert differences(OLD, replace(OLD, agents=OLD.agents[::-1], **frames)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"agents": (agent("1", level="c2"), agent("2", left_on=date(2026, 10, 30)))},
            [
                Difference("1", "agents", "", "level", "", "c2"),
                Difference("2", "agents", "", "left_on", "–", "2026-10-30"),
            ],
        ),
        (
            {"measures": as_frame([measured("1", "contacts", "7.5"), measured("2", "contacts", "")], Measured)},
            [
                Difference("1", "measures", "contacts", "value", "7", "7.5"),
                Difference("2", "measures", "contacts", "value", "7", "–"),
            ],
        ),
        (
            {"score_lines": as_frame([score_line("1", "81"), score_line("2", "90")], ScoreLine)},
            [Difference("1", "score_lines", "tone", "contribution", "80", "81")],
        ),
        (
            {"scores": as_frame([score("1", "80", passed=True, rank=2), score("2", "90")], Score)},
            [Difference("1", "scores", "", "passed", "–", "true"), Difference("1", "scores", "", "rank", "–", "2")],
        ),
        (
            {"pay_lines": lines(PAY | {"2": {"base": 300001}})},
            [
                Difference("2", "pay_lines", "base", "rate", "3000.00", "3000.01"),
                Difference("2", "pay_lines", "base", "amount", "3000.00", "3000.01"),
            ],
        ),
    ],
)
def test_each_changed_field_is_one_difference(changes: dict[str, object], expected: list[Difference]) -> None:
    """Table, line, field, and both values as they are shown; an empty figure is a dash."""
    assert differences(OLD, replace(OLD, **changes)) == expected  # type: ignore[arg-type]


def test_a_line_on_one_side_only_is_one_difference_with_its_figure() -> None:
    """Not one for each of its fields; turned round, old and new change places."""
    new = month(
        people=["1", "3"], pay={"1": {"base": 300000}, "3": {"base": 1, "top": 2050}}, scores={"1": "80", "3": ""}
    )
    found = differences(OLD, new)
    assert found == [
        Difference("2", "agents", "", "", "name of 2", ""),
        Difference("3", "agents", "", "", "", "name of 3"),
        Difference("2", "measures", "contacts", "", "7", ""),
        Difference("3", "measures", "contacts", "", "", "7"),
        Difference("2", "score_lines", "tone", "", "90", ""),
        Difference("2", "scores", "", "", "90", ""),
        Difference("3", "scores", "", "", "", "–"),
        Difference("1", "pay_lines", "rude", "", "-50.00", ""),
        Difference("2", "pay_lines", "base", "", "3000.00", ""),
        Difference("3", "pay_lines", "base", "", "", "0.01"),
        Difference("3", "pay_lines", "top", "", "", "20.50"),
    ]
    assert differences(new, OLD) == [replace(one, old=one.new, new=one.old) for one in found]


def test_a_line_that_stands_twice_is_seen() -> None:
    """Two lines of one name are two lines, in whatever order they stand."""
    once = as_frame([measured("1", "contacts", "7")], Measured)
    twice = as_frame([measured("1", "contacts", "7"), measured("1", "contacts", "9")], Measured)
    one, two = month(people=["1"], measures=once), month(people=["1"], measures=twice)
    assert differences(one, two) == [Difference("1", "measures", "contacts", "", "", "9")]
    assert differences(two, replace(two, measures=twice.iloc[::-1].reset_index(drop=True))) == []


# ---- money -----------------------------------------------------------------


def test_pay_that_changed_is_told_by_agent_and_as_on_a_slip() -> None:
    """Base before bonus before fine; what did not change is not told; a line of one side has 0 on the other."""
    old = month(pay={"2": {"rude": -5000, "base": 100}, "1": {"base": 300000, "late": -100}})
    new = month(pay={"2": {"pool1": 700, "base": 200}, "1": {"base": 300000, "late": -100}})
    assert pay_deltas(old, new) == [
        PayDelta("2", "base", "label of base", "base", 100, 200, "R-1"),
        PayDelta("2", "pool1", "label of pool1", "bonus", 0, 700, "R-1"),
        PayDelta("2", "rude", "label of rude", "fine", -5000, 0, "R-1"),
    ]
    assert pay_deltas(old, old) == []


def test_corrections_of_other_months_are_no_change_of_this_one() -> None:
    """Neither a new one nor one that is gone."""
    plain = month(people=["1"], pay={"1": {"base": 300000}})
    owed = booked([PayDelta("1", "pool1", "Pool", "bonus", 0, 700, "")], SEPTEMBER, 3)
    corrected = with_corrections(plain, owed, ())
    assert len(corrected.pay_lines) == len(plain.pay_lines) + 1
    assert pay_deltas(plain, corrected) == pay_deltas(corrected, plain) == []


def test_everybody_whose_share_moved_is_listed() -> None:
    """A raise of one agent's share takes from the others; who came in or went out had or has nothing."""
    old = month(pools=(pool(1000, {"1": 500, "2": 300, "3": 200}),))
    new = month(pools=(pool(1000, {"1": 600, "2": 300, "4": 100}),))
    assert pool_moves(old, new) == [
        PoolMove("1", "pool1", "Commission", 500, 600),
        PoolMove("3", "pool1", "Commission", 200, 0),
        PoolMove("4", "pool1", "Commission", 0, 100),
    ]
    without: MonthResult = month()
    assert pool_moves(old, without) == [
        PoolMove("1", "pool1", "Commission", 500, 0),
        PoolMove("2", "pool1", "Commission", 300, 0),
        PoolMove("3", "pool1", "Commission", 200, 0),
    ]
    assert D(sum(one.new_cents - one.old_cents for one in pool_moves(old, new))) == 0
