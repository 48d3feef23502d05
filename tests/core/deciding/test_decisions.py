"""A decision on one item of one agent: that item is scored anew, and nothing else moves but what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.decision import Decision
from csctl.core.records.lines import ScoreLine
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.core.scoring.rounding import ShownScore, shown_after
from csctl.money import round_half_up
from csctl.policy.model import Policy
from tests.drawn import drawn
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    agent,
    cents_by_line,
    codes,
    measured,
    pay_lines,
    policy,
    rating,
    score_lines,
    scores,
)

RULES = policy("""
language = "en"
scale = { good = 100, fair = 85, poor = 40 }
[score]
min_coverage = 0
pass_mark = 60
raters = { self = 30, superior = 70 }
[[dimension]]
id = "work"
label = "Work"
weight = 70
[[dimension.indicator]]
id = "speed"
label = "Speed"
measure = "speed"
missing = "reweight"
bands = [ { level = "good", at_most = 60 }, { level = "fair", at_most = 120 }, { level = "poor" } ]
[[dimension.indicator]]
id = "care"
label = "Care"
rating = "care"
missing = "team_mean"
[[dimension.indicator]]
id = "exam"
label = "Exam"
measure = "exam"
missing = "reweight"
out_of = 100
[[dimension]]
id = "ways"
label = "Ways"
weight = 30
[[dimension.indicator]]
id = "manners"
label = "Manners"
rating = "manners"
missing = "team_mean"
[event.cover]
label = "stood in"
[event.slip]
label = "slipped"
[[adjustment]]
id = "cover"
label = "Stood in"
points = 5
each = { event = "cover" }
[[adjustment]]
id = "late"
label = "Late"
points = -3
each = { event = "slip" }
at_most = 3
[[pay.pool]]
label = "Pool"
of = "sales"
mode = "whole"
tiers = [ { from = 0, rate = 0.1 } ]
share = 1
[pay.base]
by = "roster"
[[pay.fine]]
id = "slip"
label = "Slip"
amount = 50
each = { event = "slip" }
[[pay.fine]]
id = "worse"
label = "Worse"
amount = 10
each = { event = "slip" }
escalate = "double"
[[pay.award]]
id = "sharp"
label = "Sharp"
amount = 100
when = { measure = "exam", at_least = 90 }
""")
MEASURES = ("speed", "exam", "event.cover", "event.slip", "sales")
VALUES: dict[str, dict[str, object]] = {
    "a": {"speed": 100, "exam": "77.77", "event.cover": 1, "event.slip": 2, "sales": 1000},
    "b": {"speed": 50, "exam": 91, "event.slip": 0, "sales": 333},
    "c": {"speed": None, "exam": 60, "event.slip": 1, "sales": 0},
}
RATINGS = (
    rating("a", "care", "fair"), rating("a", "manners", "71"), rating("b", "care", "good"),
    rating("b", "care", "93", role="self"), rating("c", "manners", "poor"),
)  # fmt: skip


def month(
    *decisions: Decision,
    values: Mapping[str, Mapping[str, object]] = VALUES,
    ratings: Sequence[Rating] = RATINGS,
    rules: Policy = RULES,
) -> MonthResult:
    """October of the people who have values, each with 3,000 of base pay."""
    people = [agent(who, base_pay=D(3000)) for who in sorted(values)]
    given_ = MonthInput(rules, OCTOBER, people, measured(values), ratings, WEEKENDS_OFF, ())
    return compute_month(replace(given_, decisions=decisions))


def decided(who: str, item: str, value: str, appeal: int = 3) -> Decision:
    """What the panel settled."""
    return Decision(who, item, value, "seen again", appeal)


def line_of(result: MonthResult, who: str, key: str) -> ScoreLine:
    """One score line."""
    return next(line for line in score_lines(result, who) if line.line == key)


# ---- laws ------------------------------------------------------------------

MARKS = st.sampled_from(["good", "fair", "poor", "71.3", "88.88", "0", "100", ""])
NUMBERS = st.none() | st.integers(0, 10_000).map(lambda hundredths: str(D(hundredths).scaleb(-2)))
PEOPLE = st.dictionaries(
    st.sampled_from("abcd"),
    st.fixed_dictionaries(
        {
            "speed": st.none() | st.integers(0, 300),
            "exam": NUMBERS,
            "event.cover": st.integers(0, 3),
            "event.slip": st.integers(0, 4),
            "sales": st.integers(0, 5000),
        }
    ),
    min_size=2,
)
DECIDED = st.tuples(st.sampled_from(["speed", "Care", "exam", "manners"]), st.sampled_from(["good", "17.31", "poor"]))
COUNTED = st.tuples(st.sampled_from(["cover", "late"]), st.integers(0, 3).map(str))


@st.composite
def months(draw: st.DrawFn) -> tuple[dict[str, dict[str, object]], list[Rating], Decision]:
    """People, what their superior and they say, and one decision on somebody; everything is known of everybody."""
    values: dict[str, dict[str, object]] = {who: dict(own) for who, own in draw(PEOPLE).items()}
    ratings = [
        rating(who, item, draw(MARKS), role=role)
        for who in sorted(values)
        for item in ("care", "manners")
        for role in ("superior", "self")
    ]
    item, value = draw(DECIDED.filter(lambda pair: pair != ("exam", "good")) | COUNTED)
    return values, ratings, decided(draw(st.sampled_from(sorted(values))), item, "40" if item == "exam" else value)


KEYS = {"Care": "care"}


@settings(max_examples=drawn(60), deadline=None)
@given(months())
def test_no_other_score_line_moves(
    case: tuple[dict[str, dict[str, object]], list[Rating], Decision],
) -> None:
    """Every other line of everybody is as before, to the last place; the agent's lines sum to the score.

    Only where the item was missing and its weight was spread over the others, the others get their own weight back; and
    who had no data at all has lines at last.
    """
    values, ratings, decision = case
    before, after = month(values=values, ratings=ratings), month(decision, values=values, ratings=ratings)
    key = KEYS.get(decision.item, decision.item)
    was = [line for line in score_lines(before) if (line.agent_id, line.line) != (decision.agent_id, key)]
    now = [line for line in score_lines(after) if (line.agent_id, line.line) != (decision.agent_id, key)]
    spread = [
        line for line in score_lines(before, decision.agent_id) if line.line == key and line.missing == "reweight"
    ]
    if spread or not score_lines(before, decision.agent_id):
        was = [line for line in was if line.agent_id != decision.agent_id]
        now = [line for line in now if line.agent_id != decision.agent_id]
    assert now == was
    for who, score in scores(after).items():
        if score.score is not None:
            assert sum((line.contribution for line in score_lines(after, who)), D(0)) == score.score
    assert {who: one.score for who, one in scores(before).items() if who != decision.agent_id} == {
        who: one.score for who, one in scores(after).items() if who != decision.agent_id
    }


@settings(max_examples=drawn(60), deadline=None)
@given(PEOPLE, st.sampled_from(["good", "fair", "12.34", "100"]), st.data())
def test_a_decision_is_worth_what_a_rater_could_have_given(
    values: dict[str, dict[str, object]], value: str, data: st.DataObject
) -> None:
    """The same points, weight, score and grade as if the superior had written it with a reason."""
    full = {who: own | {"speed": own["speed"] or 70, "exam": own["exam"] or 50} for who, own in values.items()}
    sheets = [
        rating(who, item, data.draw(MARKS.filter(bool))) for who in sorted(values) for item in ("care", "manners")
    ]
    who = data.draw(st.sampled_from(sorted(values)))
    by_panel = month(decided(who, "speed", value), values=full, ratings=sheets)
    written = month(values=full, ratings=[*sheets, rating(who, "speed", value, reason="because")])
    mine, theirs = line_of(by_panel, who, "speed"), line_of(written, who, "speed")
    same = ("points", "self_points", "superior_points", "band", "weight", "out_of", "text", "missing", "value")
    assert [getattr(mine, name) for name in same] == [getattr(theirs, name) for name in same]
    assert abs(mine.contribution - theirs.contribution) < D("0.03")
    assert scores(by_panel) == scores(written)
    assert pay_lines(by_panel) == pay_lines(written)


PARTS = st.dictionaries(
    st.sampled_from("abcdefgh"), st.fractions(-50, 50, max_denominator=999).map(Fraction), min_size=1
)


@given(PARTS, PARTS, st.integers(0, 4))
def test_what_is_shown_after_a_decision_adds_up(
    before: dict[str, Fraction], after: dict[str, Fraction], decimals: int
) -> None:
    """The sum is the exact sum, rounded once; what did not change shows what it showed; the rest stays close."""
    shown = shown_after(was := ShownScore.of(before, decimals), after, decimals)
    assert shown.keys() == after.keys()
    if any(after[key] != before.get(key) for key in after):
        assert sum(shown.values()) == round_half_up(sum(after.values()), decimals)
    kept = [key for key in after if after[key] == before.get(key)]
    assert [shown[key] for key in kept] == [was.shown[key] for key in kept]
    if before.keys() == after.keys():
        assert all(abs(Fraction(shown[key]) - after[key]) < Fraction(3, 10**decimals) for key in after)


# ---- worked examples -------------------------------------------------------


def test_the_line_says_which_appeal_settled_it() -> None:
    """On both raters' sheets, with the measured value still beside it."""
    result = month(decided("b", "Speed", "poor"))
    line = line_of(result, "b", "speed")
    assert (line.points, line.self_points, line.superior_points) == (D("40.00"), D("40.00"), D("40.00"))
    assert (line.band, line.text, line.value, line.note) == ("poor", "poor", D(50), "appeal 3: seen again")
    assert line_of(month(decided("b", "speed", "good", appeal=0)), "b", "speed").note == "what if: seen again"


def test_the_rounding_of_the_others_stays() -> None:
    """Thirds of 70 show 23.34, 23.33, 23.33. With the first at 0 the total is 76.67: the cent stays where it was
    decided, and is said; rounded anew it would move to a line that nobody appealed."""
    thirds = {"a": {"speed": 1, "exam": 100}}
    sheets = [rating("a", "care", "good"), rating("a", "manners", "good")]
    before = {line.line: str(line.contribution) for line in score_lines(month(values=thirds, ratings=sheets))}
    result = month(decided("a", "care", "0"), values=thirds, ratings=sheets)
    after = {line.line: str(line.contribution) for line in score_lines(result)}
    assert before == {"speed": "23.33", "care": "23.34", "exam": "23.33", "manners": "30.00"}
    assert after == {"speed": "23.33", "care": "0.01", "exam": "23.33", "manners": "30.00"}
    assert line_of(result, "a", "care").note == "appeal 3: seen again; +0.01 of it is rounding"
    assert str(scores(result)["a"].score) == "76.67"


SLIVER = RULES.model_copy(
    update={
        "adjustment": [
            one.model_copy(update={"points": D("0.004")}) if one.id == "cover" else one for one in RULES.adjustment
        ]
    }
)
"""Standing in is worth so little that it shows only where it is rounded up."""


def test_the_rounding_of_the_others_stays_when_an_adjustment_is_revoked() -> None:
    """23.333 three times, 30 and 0.004 show 100.00: the cent over stands where the greatest rest was, with 0.004.

    Revoked, that cent stays and is said; rounded anew it would move to Care, which nobody appealed. So it is for one,
    and for each of two people about whom the same was decided.
    """
    values = {who: {"speed": 1, "exam": 100, "event.cover": 1} for who in "ab"}
    sheets = [rating(who, item, "good") for who in "ab" for item in ("care", "manners")]
    shown = {"speed": "23.33", "care": "23.33", "exam": "23.33", "manners": "30.00", "cover": "0.01"}
    before = month(values=values, ratings=sheets, rules=SLIVER)
    for people in ("a", "ab"):
        settled = [decided(who, "cover", "0", appeal=at) for at, who in enumerate(people, 3)]
        after = month(*settled, values=values, ratings=sheets, rules=SLIVER)
        for who in people:
            assert {line.line: str(line.contribution) for line in score_lines(before, who)} == shown
            assert {line.line: str(line.contribution) for line in score_lines(after, who)} == shown
            assert line_of(after, who, "cover").note.endswith("+0.01 of it is rounding")


THIN = policy("""
language = "en"
[score]
min_coverage = 0.8
pass_mark = 60
[[dimension]]
id = "work"
label = "Work"
weight = 100
[[dimension.indicator]]
id = "a1"
label = "A1"
measure = "exam"
missing = "zero"
out_of = 100
[[dimension.indicator]]
id = "b1"
label = "B1"
measure = "speed"
missing = "zero"
out_of = 100
[[dimension.indicator]]
id = "c1"
label = "C1"
measure = "third"
missing = "zero"
out_of = 100
""")


def test_who_had_too_little_data_for_a_score_is_rounded_as_if_for_the_first_time() -> None:
    """Two of three items are too few. With the third decided the cent over stands where it always stands, on the
    first; nothing was shown before that it could stay with.
    """
    thin = {"a": {"exam": None, "speed": 100, "third": 100}}
    assert scores(month(values=thin, ratings=(), rules=THIN))["a"].status == "thin"
    result = month(decided("a", "a1", "100"), values=thin, ratings=(), rules=THIN)
    shown = {line.line: str(line.contribution) for line in score_lines(result, "a")}
    assert shown == {"a1": "33.34", "b1": "33.33", "c1": "33.33"}


def test_a_missing_item_that_is_decided_gets_its_weight_back() -> None:
    """Nobody measured c's speed: its 23.33 were spread over the rest of the dimension."""
    before, after = month(), month(decided("c", "speed", "good"))
    assert (line_of(before, "c", "speed").weight, line_of(before, "c", "exam").weight) == (D("0.0000"), D("35.0000"))
    assert {str(line_of(after, "c", key).weight) for key in ("speed", "exam", "care")} == {"23.3333"}
    assert line_of(after, "c", "speed").missing == ""


def test_means_of_the_team_are_those_without_decisions() -> None:
    """What c lacks in manners is the mean of what the superiors gave, not of what appeals settled."""
    sheets = [
        rating("a", "care", "fair"),
        rating("b", "care", "good"),
        *(rating(who, "manners", "good") for who in "abc"),
    ]
    mean = line_of(month(ratings=sheets), "c", "care")
    assert (str(mean.points), mean.missing) == ("92.50", "team_mean")
    assert line_of(month(decided("a", "care", "poor"), ratings=sheets), "c", "care") == mean


@pytest.mark.parametrize(
    ("item", "value", "line", "quantity", "cents"),
    [
        ("slip", "0", "slip", "0", 0),
        ("Slip", "1", "slip", "-1", -5000),
        ("slip", "4", "slip", "-4", -20000),
        ("worse", "0", "worse", "0", 0),
        ("worse", "1", "worse.1", "-1", -1000),
    ],
)
def test_a_fine_counts_as_often_as_was_decided(item: str, value: str, line: str, quantity: str, cents: int) -> None:
    """a slipped twice: 100 of one fine, 10 + 20 of the other."""
    result = month(decided("a", item, value))
    found = next(one for one in pay_lines(result, "a") if one.line == line)
    assert (str(found.quantity), found.amount_cents, found.note) == (quantity, cents, "appeal 3: seen again")
    own = {key: amount for key, amount in cents_by_line(result, "a").items() if not key.startswith(item.lower())}
    others = {key: amount for key, amount in cents_by_line(month(), "a").items() if not key.startswith(item.lower())}
    assert own == others
    assert [one for one in pay_lines(result) if one.agent_id != "a"] == [
        one for one in pay_lines(month()) if one.agent_id != "a"
    ]


def test_revoking_twice_is_revoking_once() -> None:
    """A second appeal on what is already gone changes no amount."""
    once, twice = month(decided("a", "slip", "0")), month(decided("a", "slip", "0"), decided("a", "slip", "0", 4))
    assert cents_by_line(once, "a") == cents_by_line(twice, "a")
    assert [line.note for line in pay_lines(twice, "a") if line.line == "slip"] == ["appeal 4: seen again"]


def test_the_last_decision_on_an_item_holds() -> None:
    """Whatever name it was given by."""
    result = month(decided("a", "Speed", "poor"), decided("a", "speed", "good", 0))
    assert line_of(result, "a", "speed").points == D("100.00")


@pytest.mark.parametrize(("value", "cents"), [("1", {"a": 10000, "b": 10000}), ("0", {"a": 0, "b": 10000})])
def test_an_award_can_be_given_and_revoked(value: str, cents: dict[str, int]) -> None:
    """b earned it by 91 points in the exam; a has 77.77."""
    result = month(decided("a", "sharp", value))
    assert {line.agent_id: line.amount_cents for line in pay_lines(result) if line.kind == "award"} == cents


def test_a_revoked_deduction_stays_on_the_sheet_with_the_reason() -> None:
    """Two slips took 6 points; revoked, the line says so and takes nothing."""
    line = line_of(month(decided("a", "late", "0")), "a", "late")
    assert (str(line.contribution), line.value, line.note) == ("0.00", D(0), "appeal 3: seen again")
    assert str(line_of(month(), "a", "late").contribution) == "-6.00"


def test_the_pool_follows_the_score() -> None:
    """A better score of one moves everybody's share, and the pool is still paid out to the cent."""
    before, after = month(), month(decided("c", "exam", "100"))
    shares = [
        {line.agent_id: line.amount_cents for line in pay_lines(one) if line.basis == "pool"} for one in (before, after)
    ]
    assert sum(shares[0].values()) == sum(shares[1].values()) == 13330
    assert shares[1]["c"] > shares[0]["c"]
    assert (shares[1]["a"] < shares[0]["a"], shares[1]["b"] < shares[0]["b"]) == (True, True)


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (decided("a", "sped", "good"), "deciding-item-unknown"),
        (decided("a", "speed", "superb"), "deciding-value-unfit"),
        (decided("a", "slip", "1.5"), "deciding-value-unfit"),
        (decided("z", "speed", "good"), "deciding-agent-unknown"),
    ],
)
def test_a_decision_that_cannot_be_used_is_left_out_and_said(decision: Decision, code: str) -> None:
    """Under another policy an item may not exist: nothing changes, nothing is silent."""
    result, before = month(decision), month()
    assert codes(result) == [code, *codes(before)]
    assert (score_lines(result), pay_lines(result)) == (score_lines(before), pay_lines(before))


def test_a_decision_lifts_what_blocks_a_score() -> None:
    """Without the value there is no score and no pay; with the decision there are both, and no problem."""
    text = (
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'x'\nlabel = 'X'\nmeasure = 'x'\nout_of = 100\nmissing = 'block'\n"
    )
    text += "[[dimension.indicator]]\nid = 'y'\nlabel = 'Y'\nmeasure = 'y'\nout_of = 100\nmissing = 'block'\n"
    values: dict[str, dict[str, object]] = {"a": {"x": None, "y": 80}}
    blocked = month(values=values, ratings=(), rules=policy(text))
    lifted = month(decided("a", "X", "64.5"), values=values, ratings=(), rules=policy(text))
    assert codes(blocked) == ["score-blocked"]
    assert (codes(lifted), str(scores(lifted)["a"].score)) == ([], "72.25")


def test_a_decision_about_an_agent_without_data_makes_a_score() -> None:
    """What an appeal settles is known, although no export and no sheet says it."""
    text = (
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'x'\nlabel = 'X'\nmeasure = 'x'\nout_of = 100\nmissing = 'block'\n"
    )
    values: dict[str, dict[str, object]] = {"a": {"x": None}}
    before = month(values=values, ratings=(), rules=policy(text))
    lifted = month(decided("a", "X", "64.5"), values=values, ratings=(), rules=policy(text))
    assert (codes(before), scores(before)["a"].status) == (["agent-without-data"], "unscored")
    assert (codes(lifted), str(scores(lifted)["a"].score)) == ([], "64.50")


def test_a_decision_within_the_cap_moves_the_cap_line() -> None:
    """The limit is what is left over the cap, whoever decided."""
    text = (
        "[score]\npass_mark = 60\ncap = 90\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'x'\nlabel = 'X'\nmeasure = 'x'\nout_of = 100\nmissing = 'block'\n"
    )
    result = month(decided("a", "x", "97"), values={"a": {"x": 95}}, ratings=(), rules=policy(text))
    assert {line.line: line.contribution for line in score_lines(result)} == {"x": D("97.00"), "cap": Decimal("-7.00")}
