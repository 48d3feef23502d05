"""One month beside another: who came and went, which lines moved, what is behind them, and that the sums are right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.between_months.between import between
from csctl.core.between_months.records import AgentMoves, MonthDiff
from csctl.core.between_months.telling import causes_text, person_text
from csctl.core.closing.corrections import pay_totals
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, as_frame, as_records
from csctl.core.records.result import MonthResult
from tests.core.closing.months import OCTOBER, SEPTEMBER, D, month, pay_line, pool, pool_line
from tests.workbench import agent, measured, month_of, policy, rating

RULES = """
language = "en"
scale = { good = 100, poor = 40 }
[score]
pass_mark = 60
min_coverage = 0.1
raters = { superior = 100 }
[[level]]
id = "junior"
label = "Junior"
[[level]]
id = "senior"
label = "Senior"
[measure.speed]
label = "Speed of answer"
unit = "s"
table = "interactions"
mean = "wait_seconds"
[[dimension]]
id = "service"
label = "Service"
weight = 60
[[dimension.indicator]]
id = "speed"
label = "Speed of answer"
measure = "speed"
missing = "reweight"
bands = [{ level = "good", at_most = 30 }, { level = "poor" }]
[[dimension]]
id = "manner"
label = "Manner"
weight = 40
[[dimension.indicator]]
id = "tone"
label = "Tone"
rating = "tone"
missing = "full"
[pay.base]
by = "level"
amounts = { junior = 3000, senior = 4000 }
[[pay.commission]]
id = "own"
label = "Own sales"
of = "sales"
mode = "whole"
tiers = [{ from = 0, rate = 0.01 }]
[measure.sales]
label = "Sales"
unit = "yuan"
table = "orders"
sum = "amount"
"""
FIGURES = {"speed": "20", "sales": "1000"}


def one_month(rules: str = RULES, tone: str = "good", level: str = "junior", **figures: str) -> MonthResult:
    """A month of one agent."""
    staff = [agent("01", name="Ann", level=level)]
    return month_of(policy(rules), staff, {"01": {**FIGURES, **figures}}, [rating("01", "tone", tone)])


def ann(old: MonthResult, new: MonthResult) -> AgentMoves:
    """Everything that moved of the one agent."""
    [found] = between(old, new).agents
    return found


def why(found: AgentMoves) -> dict[str, tuple[str, str]]:
    """By label: the difference, and what is said about it."""
    said = {one.label: (f"{one.difference:+f}", causes_text(one, "en")) for one in found.score_lines}
    paid = {one.label: (f"{one.difference_cents:+d}", causes_text(one, "en")) for one in found.pay_lines}
    return said | paid


# ---- laws ------------------------------------------------------------------

CENTS = st.sampled_from([0, 1, -500, 20000, 50000])
LINES = st.dictionaries(st.sampled_from(["base", "top", "rude"]), CENTS, max_size=3)
PAY = st.dictionaries(st.sampled_from(["a", "b", "c"]), LINES, max_size=3)
POINTS = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(["", "70.5", "80", "90.25"]), max_size=3)
PEOPLE = st.sets(st.sampled_from(["a", "b", "c"]), min_size=1)
MONTHS = st.builds(
    lambda people, pay, points: month(people=sorted(people), pay=pay, scores=points), PEOPLE, PAY, POINTS
)


def _scores(result: MonthResult) -> dict[str, Decimal]:
    return {one.agent_id: one.score or D(0) for one in as_records(result.scores, Score)}


@pytest.mark.law
@given(MONTHS, MONTHS)
def test_differences_of_lines_add_up_to_those_of_the_totals(old: MonthResult, new: MonthResult) -> None:
    """For everybody the score and the pay, for all of them the whole pay; who is not listed did not move."""
    found = between(old, new)
    moved = {one.agent_id: one for one in found.agents}
    for who in "abc":
        score_moved = _scores(new).get(who, D(0)) - _scores(old).get(who, D(0))
        cents_moved = pay_totals(new).get(who, 0) - pay_totals(old).get(who, 0)
        own = moved.get(who)
        assert sum((one.difference for one in own.score_lines), D(0)) == score_moved if own else score_moved == 0
        assert sum(one.difference_cents for one in own.pay_lines) == cents_moved if own else cents_moved == 0
    whole = sum(pay_totals(new).values()) - sum(pay_totals(old).values())
    assert found.difference_cents == whole == sum(one.pay_difference_cents for one in found.agents)


FIGURE = st.sampled_from([None, "0", "20", "30", "31", "45.5"])
COMPUTED = st.builds(
    lambda figures, tones, senior, dearer: month_of(
        policy(RULES.replace("junior = 3000", "junior = 3100.01") if dearer else RULES),
        [agent(who, name=who, level="senior" if who in senior else "junior") for who in figures],
        {who: {"speed": speed, "sales": sales} for who, (speed, sales) in figures.items()},
        [rating(who, "tone", tone) for who, tone in tones.items() if who in figures],
    ),
    st.dictionaries(st.sampled_from("abc"), st.tuples(FIGURE, FIGURE), min_size=1),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from(["good", "poor"])),
    st.sets(st.sampled_from("abc")),
    st.booleans(),
)


@pytest.mark.law
@settings(deadline=None)
@given(COMPUTED, COMPUTED)
def test_so_they_do_for_months_that_are_computed(old: MonthResult, new: MonthResult) -> None:
    """With figures that are missing, people who come and go, promotions, and another policy."""
    found = between(old, new)
    for one in found.agents:
        assert sum((line.difference for line in one.score_lines), D(0)) == one.score_difference
        assert sum(line.difference_cents for line in one.pay_lines) == one.pay_difference_cents
        assert all(causes_text(line, "en") for line in one.score_lines)
        assert all(causes_text(line, "en") for line in one.pay_lines)
    whole = sum(pay_totals(new).values()) - sum(pay_totals(old).values())
    assert sum(one.pay_difference_cents for one in found.agents) == found.difference_cents == whole


@pytest.mark.law
@given(MONTHS, MONTHS)
def test_the_other_way_round_every_difference_has_the_other_sign(old: MonthResult, new: MonthResult) -> None:
    """Nothing is told that depends on which month is named first but its sign."""
    there, back = between(old, new), between(new, old)
    assert _differences(there) == {key: (-score, -cents) for key, (score, cents) in _differences(back).items()}
    assert there.difference_cents == -back.difference_cents


def _differences(diff: MonthDiff) -> dict[str, tuple[Decimal, int]]:
    return {one.agent_id: (one.score_difference, one.pay_difference_cents) for one in diff.agents}


@given(MONTHS)
def test_a_month_beside_itself_is_the_same(one: MonthResult) -> None:
    """Nobody, no line, no rule."""
    assert between(one, one).same


# ---- people ----------------------------------------------------------------


def test_who_came_who_left_and_who_changed_is_told_with_the_day_and_the_labels() -> None:
    """A level by its label; the base pay as the roster has it; days only of those who came or left."""
    stays, grows = agent("1"), agent("2", name="Bo", level="c1", post="desk", base_pay=D(3000))
    leaver, newcomer = agent("3", left_on=date(2026, 9, 20)), agent("4", name="Di", hired_on=date(2026, 10, 5))
    old = month(SEPTEMBER, [stays, grows, leaver])
    new = month(OCTOBER, [stays, replace(grows, level="c2", post="lead", base_pay=D(3300)), newcomer])
    found = between(old, new)
    assert [(one.kind, one.agent_id, person_text(one, "en")) for one in found.people] == [
        ("joined", "4", "hired 2026-10-05"),
        ("left", "3", "last day 2026-09-20"),
        ("changed", "2", "level C1 → C2, post desk → lead, base pay 3000 → 3300"),
    ]
    assert found.everybody == (3, 3)


def test_who_is_there_for_a_late_correction_alone_neither_came_nor_left() -> None:
    """The money moves all the same."""
    late = replace(pay_line("9", "base", 5000), kind="correction", line="correction.2026-08.base.4")
    old = month(SEPTEMBER, [agent("1")])
    gone = Agent("9", "Old", "", "", "", "", None, None, None, None)
    new = month(OCTOBER, [agent("1")], agents=(agent("1"), gone), pay_lines=as_frame([late], PayLine))
    found = between(old, new)
    assert found.people == ()
    assert [(one.agent_id, one.presence, one.pay_difference_cents) for one in found.agents] == [("9", "both", 5000)]


# ---- what is behind a line -------------------------------------------------


def test_a_score_line_says_value_level_and_points() -> None:
    """From 20 to 45 seconds: good becomes poor, 60 points of the score become 24."""
    assert why(ann(one_month(), one_month(speed="45"))) == {
        "Speed of answer": ("-36.00", "20 → 45 s; rated good → poor; points 100/100 → 40/100")
    }


def test_a_value_that_moves_within_its_band_moves_no_score_and_is_told() -> None:
    """The line adds as much as before."""
    found = ann(one_month(), one_month(speed="25"))
    assert (str(found.score_difference), why(found)) == ("0.00", {"Speed of answer": ("+0.00", "20 → 25 s")})


def test_a_rating_says_what_was_written() -> None:
    """The texts of the two sheets."""
    assert why(ann(one_month(), one_month(tone="poor"))) == {
        "Tone": ("-24.00", "good → poor; rated good → poor; points 100/100 → 40/100")
    }


def test_a_figure_that_is_not_there_any_more_says_which_rule_stands_in() -> None:
    """Points and level of what has no data say nothing more; the other lines say their weight."""
    lost = month_of(policy(RULES), [agent("01", name="Ann", level="junior")], {"01": {"sales": "1000"}},
                    [rating("01", "tone", "good")])  # fmt: skip
    said = why(ann(one_month(), lost))
    assert "no data: " in said["Speed of answer"][1]
    assert "points" not in said["Speed of answer"][1]


def test_a_rule_that_changed_is_told_at_its_line_with_its_key() -> None:
    """Only there, and among the changes of the policy."""
    found = between(one_month(), one_month(RULES.replace("at_most = 30", "at_most = 10")))
    said = why(found.agents[0])
    assert said["Speed of answer"][0] == "-36.00"
    assert "policy: dimension.service.indicator.speed.bands.good.at_most 30 → 10" in said["Speed of answer"][1]
    assert [".".join(one.path) for one in found.policy] == ["dimension.service.indicator.speed.bands.good.at_most"]
    assert list(said) == ["Speed of answer"]


def test_pay_says_the_figures_behind_it_the_level_and_the_rate() -> None:
    """A promotion moves the base pay, sales the commission."""
    said = why(ann(one_month(), one_month(level="senior", sales="1500")))
    assert said["base pay"] == ("+100000", "level Junior → Senior; rate 3,000 → 4,000")
    assert said["Own sales"][0] == "+500"
    assert said["Own sales"][1].startswith("Sales 1,000 → 1,500 yuan")


def test_what_the_policy_pays_other_levels_is_no_cause() -> None:
    """The amount of seniors changes, the junior's base pay does not move and says nothing."""
    dearer = RULES.replace("senior = 4000", "senior = 4400")
    assert between(one_month(), one_month(dearer)).agents == ()
    said = why(ann(one_month(level="senior"), one_month(dearer, level="senior")))
    assert said == {"base pay": ("+40000", "rate 4,000 → 4,400; policy: pay.base.amounts.senior 4000 → 4400")}


def test_what_the_policy_paid_the_level_before_a_promotion_is_no_cause() -> None:
    """Juniors get more; who is a senior now does not have it from that."""
    dearer = RULES.replace("junior = 3000", "junior = 3100")
    said = why(ann(one_month(), one_month(dearer, level="senior")))
    assert said == {"base pay": ("+100000", "level Junior → Senior; rate 3,000 → 4,000")}


def test_a_new_policy_made_nobody_come() -> None:
    """The lines of somebody who joined say what they are made of, and no key of the policy."""
    rules = policy(RULES.replace("junior = 3000", "junior = 3100"))
    ann_and_bo = [agent("01", name="Ann", level="junior"), agent("02", name="Bo", level="junior")]
    new = month_of(
        rules, ann_and_bo, {"01": FIGURES, "02": FIGURES}, [rating(one, "tone", "good") for one in ("01", "02")]
    )
    said = {one.agent_id: why(one)["base pay"][1] for one in between(one_month(), new).agents}
    assert "policy" in said["01"]
    assert said["02"].startswith("new (quantity 1 month; rate 3,100")
    assert "policy" not in said["02"]


def test_a_share_of_a_pool_says_the_pool_and_the_own_part() -> None:
    """Of 1,000.00 a half, of 900.00 a third of the weights."""
    old = month(people=["1", "2"], pools=(pool(100000, {"1": 50000, "2": 50000}),),
                pay_lines=as_frame([pool_line("1", 50000), pool_line("2", 50000)], PayLine))  # fmt: skip
    shares = {"1": 30000, "2": 30000, "3": 30000}
    new = month(people=["1", "2", "3"], pools=(pool(90000, shares),),
                pay_lines=as_frame([pool_line(who, 30000) for who in shares], PayLine))  # fmt: skip
    one = next(one for one in between(old, new).agents if one.agent_id == "1")
    assert causes_text(one.pay_lines[0], "en") == "pool 1,000.00 → 900.00; own part 50 → 33.33 %"


def test_a_line_that_comes_or_goes_says_so_and_what_it_is_made_of() -> None:
    """In brackets, on the side where it is."""
    old, new = month(people=["1"], pay={"1": {"top": 10000}}), month(people=["1"], pay={"1": {"rude": -5000}})
    [one] = between(old, new).agents
    assert {move.line: causes_text(move, "en") for move in one.pay_lines} == {
        "rude": "new (quantity -1 times; rate 50)",
        "top": "gone (quantity 1 time; rate 100)",
    }


def test_several_lines_of_one_name_are_one_move() -> None:
    """A fine of which there are two: their sum moves, and it is said that there is one more."""
    old = month(people=["1"], pay={"1": {"rude": -5000}})
    new = month(people=["1"], pay_lines=as_frame([pay_line("1", "rude", -5000)] * 2, PayLine))
    [move] = between(old, new).agents[0].pay_lines
    assert (move.difference_cents, causes_text(move, "en")) == (-5000, "lines 1 → 2")


# ---- order -----------------------------------------------------------------


def test_the_deepest_falls_come_first_then_the_rises() -> None:
    """By size on each side; lines by the size of what they move."""
    old = month(people="abcd", pay={who: {"base": 100000} for who in "abcd"})
    moved = {"a": 100100, "b": 90000, "c": 150000, "d": 50000}
    new = month(people="abcd", pay={who: {"base": cents} for who, cents in moved.items()})
    assert [one.agent_id for one in between(old, new).by_pay] == ["d", "b", "c", "a"]


def test_who_came_stands_below_those_who_were_scored_twice() -> None:
    """A whole score is no rise."""

    def scored(points: dict[str, str]) -> MonthResult:
        return month(people=list(points), scores=points)

    found = between(scored({"a": "80", "b": "70"}), scored({"a": "81", "b": "60", "c": "95"}))
    assert [one.agent_id for one in found.all_by_score] == ["b", "a", "c"]
    assert [one.agent_id for one in found.by_score] == ["b", "a"]
    assert found.scored == (2, 3)


def test_figures_of_a_measure_are_told_with_what_was_divided() -> None:
    """A rate of 19 in 20 that becomes 16 in 20."""
    rules = policy(RULES)
    staff = [agent("01", name="Ann", level="junior")]

    def rated(numerator: int) -> MonthResult:
        made = month_of(rules, staff, {"01": {**FIGURES, "speed": str(numerator)}}, [rating("01", "tone", "good")])
        frame = as_frame(
            [
                replace(one, numerator=D(numerator), denominator=D(20)) if one.measure == "speed" else one
                for one in measured({"01": {**FIGURES, "speed": str(numerator)}})
            ],
            type(measured({"01": FIGURES})[0]),
        )
        return replace(made, measures=frame)

    assert why(ann(rated(19), rated(16))) == {"Speed of answer": ("+0.00", "19 → 16 s (19 ÷ 20 → 16 ÷ 20)")}
