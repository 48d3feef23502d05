"""The next level of each item: how far it is, and what it would pay."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.core.simulating.next_level import NextStep, next_levels
from csctl.core.simulating.reached import value_at_level, value_at_points
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, agent, measured, pay_lines, policy, rating, scores

TEXT = """
language = "en"
scale = { good = 100, fair = 85, poor = 40 }
[score]
pass_mark = 60
[[dimension]]
id = "work"
label = "Work"
weight = 100
[[dimension.indicator]]
id = "speed"
label = "Speed"
weight = 40
measure = "speed"
missing = "reweight"
bands = [ { level = "good", at_most = 60 }, { level = "fair", at_most = 120 }, { level = "poor" } ]
[[dimension.indicator]]
id = "exam"
label = "Exam"
weight = 50
measure = "exam"
missing = "reweight"
out_of = 100
[[dimension.indicator]]
id = "care"
label = "Care"
weight = 10
rating = "care"
missing = "reweight"
[[grade]]
label = "A"
at_least = 90
[[grade]]
label = "B"
at_least = 80
[[grade]]
label = "C"
[pay.base]
by = "roster"
[[pay.pool]]
label = "Pool"
of = "sales"
mode = "whole"
tiers = [ { from = 0, rate = 0.1 } ]
share = 1
[[pay.award]]
id = "bee"
label = "At least B"
amount = 300
when = { score = { at_least = 80 } }
"""
RULES = policy(TEXT)


def given(
    rules: Policy = RULES, exam: object = 72, speed: object = 70, care: str = "good", extra: list[Rating] | None = None
) -> MonthInput:
    """Two people: a has 40 × 0.85 + 50 × 0.72 + 10 = 80 if nothing else is said, b has 100."""
    values: dict[str, dict[str, object]] = {
        "a": {"speed": speed, "exam": exam, "sales": 0}, "b": {"speed": 1, "exam": 100, "sales": 9000},
    }  # fmt: skip
    ratings = [rating("b", "care", "good"), *([rating("a", "care", care)] if care else []), *(extra or [])]
    people = [agent("a", base_pay=D(3000)), agent("b", base_pay=D(3000))]
    return MonthInput(rules, OCTOBER, people, measured(values), ratings, WEEKENDS_OFF, ())


def steps(month: MonthInput, who: str = "a") -> dict[str, NextStep]:
    """The agent's steps by item."""
    return {step.item: step for step in next_levels(month, compute_month(month), who)}


def cents(result: MonthResult, who: str) -> int:
    """What somebody is paid."""
    return sum(line.amount_cents for line in pay_lines(result, who))


def test_so_many_points_to_the_next_grade_pay_so_much() -> None:
    """79.2 points: 0.8 to B, which pays 300 and a part of the pool that b had."""
    month = given(exam="70.4")
    step = steps(month)["score"]
    assert (step.label, step.now, step.next, str(step.points_missing)) == ("Total score", "C", "B", "0.80")
    assert (str(step.score_then), step.grade_then, step.rank_then) == ("80.00", "B", 2)
    # Pool 900.00: 79.2 of 179.2 is 397.77, 80 of 180 is 400.00.
    assert (step.pay_now_cents, step.pay_then_cents) == (339777, 370000)
    assert (step.gain_cents, step.others_cents) == (30223, -223)


def test_the_next_level_of_a_band_is_scored_as_if_it_were_reached() -> None:
    """Speed from fair to good: 15 of its points, 6 of the score."""
    step = steps(given())["speed"]
    assert (step.now, step.next, str(step.points_missing), str(step.score_then)) == ("fair", "good", "15.00", "86.00")


@pytest.mark.parametrize(
    ("exam", "speed", "next_", "missing", "score", "grade"),
    [
        ("70.4", 70, "grade B", "1.60", "80.00", "B"),
        ("72", 70, "grade A", "20.00", "90.00", "A"),
        ("0", 70, "grade B", "72.00", "80.00", "B"),
        ("1.23", 300, "full marks", "98.77", "76.00", "C"),
        ("99", 1, "full marks", "1.00", "100.00", "A"),
        ("72.01", 70, "grade A", "19.98", "90.00", "A"),
        ("66.67", 70, "grade B", "5.32", "80.00", "B"),
    ],
)
def test_points_without_levels_aim_at_the_next_grade(
    exam: str, speed: int, next_: str, missing: str, score: str, grade: str
) -> None:
    """Half of the exam's points count; where even full points reach no better grade, full points are shown.

    66.67 + 5.32 = 71.99 makes 79.995, which is shown as 80.00 and so is B.
    """
    step = steps(given(exam=exam, speed=speed))["exam"]
    assert (step.next, str(step.points_missing), str(step.score_then), step.grade_then) == (
        next_, missing, score, grade,
    )  # fmt: skip


def test_what_is_best_or_missing_has_no_step() -> None:
    """b has everything; nobody rated a's care, so it does not count."""
    assert steps(given(), "b") == {}
    assert steps(given(care="")).keys() == {"score", "speed", "exam"}


def test_somebody_without_a_score_has_no_steps() -> None:
    """A blocked score, or nobody of that number."""
    rules = RULES.model_copy(update={"level": []})
    assert steps(given(rules), "z") == {}


def test_a_step_is_the_month_with_that_item_better() -> None:
    """The pay of a step is what the month pays if the superior writes that level with a reason."""
    month = given(care="poor")
    step = steps(month)["speed"]
    written = rating("a", "speed", "good", reason="seen")
    then = compute_month(replace(month, ratings=[*month.ratings, written]))
    assert (step.score_then, step.rank_then) == (scores(then)["a"].score, scores(then)["a"].rank)
    assert step.pay_then_cents == cents(then, "a")
    assert step.others_cents == cents(then, "b") - cents(compute_month(month), "b")


def test_between_raters_the_points_that_count_are_the_combined_ones() -> None:
    """Superior fair (85) and self good (100) at 70 : 30 are 89.5; the next level is 10.5 points away."""
    rules = policy(TEXT.replace("pass_mark = 60", "pass_mark = 60\nraters = { self = 30, superior = 70 }"))
    step = steps(given(rules, care="fair", extra=[rating("a", "care", "good", role="self")]))["care"]
    assert (step.next, str(step.points_missing)) == ("good", "10.50")


def test_a_rating_along_a_line_is_lifted_on_its_line() -> None:
    """Care from 50 (nothing) to 150 (everything): 20 more of its points lift the score by 2, from 78 to B."""
    rules = policy(TEXT.replace('rating = "care"\n', 'rating = "care"\nlinear = { zero = 50, full = 150 }\n'))
    month = replace(given(rules), ratings=[rating("b", "care", "150"), rating("a", "care", "130")])
    step = steps(month)["care"]
    assert (step.now, step.next, str(step.points_missing), str(step.score_then)) == (
        "80.00", "grade B", "20.00", "80.00",
    )  # fmt: skip


def test_a_cap_that_keeps_the_next_grade_out_of_reach_leaves_no_step() -> None:
    """Nothing is promised that the rules forbid."""
    rules = policy(TEXT.replace("pass_mark = 60", "pass_mark = 60\ncap = 85"))
    assert "score" not in steps(given(rules))


HANGING = (
    TEXT
    + """
[[pay.award]]
id = "quick"
label = "Quick"
amount = 50
when = { measure = "speed", at_most = 60 }
[[pay.award]]
id = "learned"
label = "Learned"
amount = 70
when = { measure = "exam", at_least = 90 }
[[pay.fine]]
id = "slow"
label = "Slow"
amount = 20
when = { measure = "speed", above = 65 }
[measure.speed]
label = "Speed"
unit = "s"
decimals = 1
table = "interactions"
mean = "talk_seconds"
[measure.exam]
label = "Exam"
unit = "points"
table = "exams"
mean = "score"
"""
)


def test_awards_and_fines_for_the_same_measure_move_with_it() -> None:
    """60 seconds are good, earn the 50 for being quick and end the fine of 20; the rest is the pool's part."""
    plain, hanging = given(policy(TEXT)), given(policy(HANGING))
    before, after = steps(plain)["speed"], steps(hanging)["speed"]
    assert after.gain_cents - before.gain_cents == 50_00 + 20_00
    assert (set(after.also), before.also) == ({"Quick", "Slow"}, ())
    assert (after.score_then, after.points_missing) == (before.score_then, before.points_missing)


def test_a_measure_is_lifted_no_further_than_the_level_asks_for() -> None:
    """From poor the next level is fair, at 120 seconds: still slow, and not quick; the score alone reaches 80."""
    step = steps(given(policy(HANGING), speed=200))["speed"]
    assert (step.next, step.also) == ("fair", ("At least B",))


def test_points_that_are_the_value_itself_move_what_hangs_on_the_value() -> None:
    """With 92 points of the exam the total is 90, an A; those 92 earn the award for 90."""
    step = steps(given(policy(HANGING)))["exam"]
    assert (str(step.points_missing), step.also) == ("20.00", ("Learned",))


@pytest.mark.parametrize(
    ("linear", "points", "value"),
    [
        ("{ zero = 50, full = 90 }", "50", "70.0"),
        ("{ zero = 50, full = 90 }", "33.33", "63.4"),
        ("{ zero = 90, full = 30 }", "50", "60.0"),
        ("{ zero = 90, full = 30 }", "33.33", "70.0"),
    ],
)
def test_points_along_a_line_are_reached_by_the_least_change_that_suffices(
    linear: str, points: str, value: str
) -> None:
    """50 + 40 × 0.3333 = 63.332, so 63.4 of one decimal; where less is better, 90 − 60 × 0.3333 = 70.002, so 70.0."""
    bands = TEXT[TEXT.index("bands = ") : TEXT.index('[[dimension.indicator]]\nid = "exam"')]
    rules = policy(HANGING.replace(bands, f"linear = {linear}\n"))
    speed = rules.dimension[0].indicator[0]
    assert value_at_points(rules, speed, D(points)) == D(value)


def test_a_level_that_another_measure_decides_has_no_value_of_its_own() -> None:
    """Whatever the speed is, "good" would ask for the exam."""
    rules = policy(
        HANGING.replace('{ level = "good", at_most = 60 }', '{ level = "good", measure = "exam", above = 1 }')
    )
    speed = rules.dimension[0].indicator[0]
    assert value_at_level(rules, speed, "good", {"speed": D(70), "exam": None}) is None
    assert value_at_level(rules, speed, "fair", {"speed": D(200), "exam": None}) == D(120)
    assert value_at_level(rules, speed, "poor", {"speed": D(70), "exam": None}) == D("120.1")
    assert value_at_level(rules, speed, "poor", {"speed": None}) is None
