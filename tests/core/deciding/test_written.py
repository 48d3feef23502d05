"""What is written for a measured item is taken in its unit; points are points where they are written as such."""

from __future__ import annotations

from decimal import Decimal

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.deciding.item_stands import hanging_on, item_stands
from csctl.core.deciding.items import check_decision, indicator_of, items_of, may_write
from csctl.core.records.decision import Decision
from csctl.core.records.result import MonthResult
from csctl.core.scoring.decided import Taken, parse_decided_value
from tests.workbench import (
    OCTOBER,
    SCORED,
    WEEKENDS_OFF,
    D,
    agent,
    cents_by_line,
    measured,
    policy,
    score_lines,
    scores,
)

RULES = policy("""
scale = { "优" = 100, "良" = 80 }
[score]
pass_mark = 60
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "complaints"
label = "有效投诉"
weight = 40
measure = "complaints"
missing = "full"
bands = [{ level = "优", equals = 0 }, { level = "良", equals = 1 }, { level = "差", at_least = 2, points = 0 }]
[[dimension.indicator]]
id = "rate"
label = "满意率"
weight = 30
measure = "rate"
missing = "zero"
linear = { zero = 50, full = 90 }
[[dimension.indicator]]
id = "exam"
label = "考试"
weight = 30
measure = "exam"
missing = "zero"
out_of = 100
[measure.complaints]
label = "属实投诉"
unit = "count"
table = "complaints"
rows = true
[measure.rate]
label = "满意率"
unit = "%"
table = "surveys"
rows = true
share = { score = { at_least = 4 } }
[measure.exam]
label = "考试"
unit = "points"
table = "exams"
mean = "score"
[composite.care]
label = "综合关怀"
of = [{ measure = "complaints" }, { measure = "rate" }]
[pay.base]
by = "roster"
[[pay.fine]]
id = "complaint"
label = "投诉罚款"
amount = 50
each = { measure = "complaints" }
[[pay.award]]
id = "care"
label = "关怀奖"
amount = 80
first = "composite.care"
[[pay.award]]
id = "clean"
label = "零投诉奖"
amount = 30
when = { all = [{ measure = "complaints", equals = 0 }, { measure = "exam", above = 0 }] }
""")


@pytest.mark.parametrize(
    ("item", "written", "kept"),
    [
        ("complaints", "1", Taken("1", measured=True)),
        ("complaints", " 1 次 ", Taken("1", measured=True)),
        ("complaints", "1 times", Taken("1", measured=True)),
        ("complaints", "72分", Taken("72", measured=False)),
        ("complaints", "72 points", Taken("72", measured=False)),
        ("complaints", "良", Taken("良", measured=False)),
        ("rate", "87.5%", Taken("87.5", measured=True)),
        ("rate", "87.5％", Taken("87.5", measured=True)),
        ("rate", "87.5", Taken("87.5", measured=True)),
        ("rate", "87.5 次", Taken("87.5 次", measured=False)),
        ("exam", "77", Taken("77", measured=False)),
    ],
)
def test_a_number_is_in_the_unit_of_the_measure_unless_points_are_written(item: str, written: str, kept: Taken) -> None:
    """Of an exam whose value is its points both are the same; a unit of something else is kept, and refused later."""
    assert parse_decided_value(RULES, indicator_of(RULES, item), written) == kept


@pytest.mark.parametrize(
    ("item", "value", "fits"),
    [
        ("complaints", "0", True),
        ("complaints", "7", True),
        ("complaints", "0.5", False),
        ("complaints", "-1", False),
        ("complaints", "良", False),
        ("rate", "99.99", True),
        ("rate", "99.999", False),
        ("rate", "9.9.9", False),
        ("rate", "-3.5", True),
        ("exam", "77", False),
    ],
)
def test_a_measured_value_is_one_that_the_measure_can_have(item: str, value: str, fits: bool) -> None:
    """Counts are whole and not below 0, others have their decimals; a line of points has no measured value."""
    found = [one.code for one in check_decision(RULES, Decision("a", item, value, "", 1, measured=True))]
    assert found == ([] if fits else ["deciding-value-unfit"])


def test_a_count_on_a_line_is_not_below_nothing_either() -> None:
    """A line takes every number; a count of -1 cannot be, 0 and 5 can."""
    line = 'measure = "complaints"\nmissing = "full"\nlinear = { zero = 10, full = 0 }\n'
    rules = policy(
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        f"[[dimension.indicator]]\nid = 'n'\nlabel = 'N'\n{line}"
        "[measure.complaints]\nlabel = 'c'\nunit = 'count'\ntable = 'complaints'\nrows = true\n"
    )
    given = {value: Decision("a", "n", value, "", 1, measured=True) for value in ("-1", "0", "5")}
    assert [value for value, one in given.items() if not check_decision(rules, one)] == ["0", "5"]


def test_it_is_said_in_which_unit_a_number_is_taken() -> None:
    """And how points are written."""
    said = may_write(items_of(RULES)["complaints"], "zh")
    assert "次" in said
    assert "100 分" in said
    assert "优、良、差" in said
    assert may_write(items_of(RULES)["exam"], "zh") == "填 0–100 分"


def month(*decisions: Decision) -> MonthResult:
    """Two complaints, 70 % and 90 points: 0 × 40 % + 50 × 30 % + 90 × 30 % = 42."""
    values = measured({"a": {"complaints": 2, "rate": 70, "exam": 90}})
    given = MonthInput(
        RULES, OCTOBER, [agent("a", base_pay=D(3000))], values, (), WEEKENDS_OFF, (), decisions=decisions
    )
    return compute_month(given)


@pytest.mark.parametrize(
    ("item", "value", "score"), [("complaints", "1", "74.00"), ("complaints", "0", "82.00"), ("rate", "80", "49.50")]
)
def test_a_measured_value_earns_what_it_would_have_earned(item: str, value: str, score: str) -> None:
    """One complaint is 80 of 100 for 40; 80 % is three quarters of the way from 50 to 90, for 30."""
    result = month(Decision("a", item, value, "heard", 1, measured=True))
    assert (str(scores(month())["a"].score), str(scores(result)["a"].score)) == ("42.00", score)


def test_the_line_shows_what_was_decided_with_its_unit() -> None:
    """Not a bare number that could be points."""
    [line] = [one for one in score_lines(month(Decision("a", "complaints", "1", "heard", 1, measured=True)), "a")
              if one.line == "complaints"]  # fmt: skip
    assert (line.text, line.band, line.points) == ("1 次", "良", Decimal(80))


def test_a_decision_booked_before_there_were_units_means_points_as_it_did() -> None:
    """1 point of 100 for 40 %."""
    assert str(scores(month(Decision("a", "complaints", "1", "heard", 1)))["a"].score) == "42.40"


def test_an_item_is_shown_as_measured_and_as_it_counts() -> None:
    """Before and after: the value in its unit, and the points and level that it makes."""
    before = item_stands(month(), "a", "complaints", "zh")
    after = item_stands(month(Decision("a", "complaints", "1", "heard", 1, measured=True)), "a", "complaints", "zh")
    assert before is not None
    assert after is not None
    assert (before.value, before.comes_to) == ("2 次", "0 分 · 差")
    assert (after.value, after.comes_to) == ("1 次", "80 分 · 良")


def test_a_fine_is_shown_as_how_often_and_how_much() -> None:
    """Two complaints of 50 yuan; revoked it is nothing."""
    stands = item_stands(month(), "a", "complaint", "zh")
    revoked = item_stands(month(Decision("a", "complaint", "0", "", 1)), "a", "complaint", "zh")
    assert stands is not None
    assert revoked is not None
    assert (stands.value, stands.comes_to) == ("2 次", "-100.00 元")
    assert (revoked.value, revoked.comes_to) == ("0 次", "0.00 元")
    assert item_stands(month(), "a", "clean", "zh") is None


def test_what_else_hangs_on_the_data_of_an_item_is_known() -> None:
    """The fine and the award for the same measure, the composite, and the award for the composite; not the item."""
    assert set(hanging_on(RULES, "complaints", "zh")) == {
        "罚款“投诉罚款”", "奖励“零投诉奖”", "综合指标“综合关怀”", "奖励“关怀奖”",
    }  # fmt: skip
    assert set(hanging_on(RULES, "complaint", "zh")) == {
        "指标“有效投诉”", "奖励“零投诉奖”", "综合指标“综合关怀”", "奖励“关怀奖”",
    }  # fmt: skip
    assert hanging_on(RULES, "exam", "zh") == ("奖励“零投诉奖”",)


def test_a_decision_on_an_item_leaves_what_hangs_on_its_data() -> None:
    """The fine of two complaints stands: it is an item of its own."""
    result = month(Decision("a", "complaints", "0", "heard", 1, measured=True))
    assert cents_by_line(result, "a")["complaint"] == -100_00


def test_what_hangs_on_an_event_hangs_on_it_by_either_name() -> None:
    """A fine for each time, points for each time, and an award for a month without it, which names the count."""
    rules = policy(
        SCORED + '[event.late]\nlabel = "late"\n'
        '[[adjustment]]\nid = "late"\nlabel = "points"\npoints = -1\neach = { event = "late" }\n'
        '[pay.base]\nby = "roster"\n'
        '[[pay.fine]]\nid = "late"\nlabel = "fine"\namount = 20\neach = { event = "late" }\n'
        '[[pay.award]]\nid = "never"\nlabel = "award"\namount = 50\n'
        'when = { all = [{ measure = "event.late", equals = 0 }, { measure = "x", above = 0 }] }\n'
    )
    assert set(hanging_on(rules, "fine.late", "en")) == {"the adjustment “points”", "the award “award”"}
    assert hanging_on(rules, "x", "en") == ("the award “award”",)
