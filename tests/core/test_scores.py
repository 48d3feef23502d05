"""Scores: lines that add up to the shown score, one rounding, raters, missing values, ranks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.lines import Measured, Score
from csctl.core.records.result import MonthResult
from csctl.core.scoring.ratings import Rating
from csctl.policy.model import Policy
from csctl.problems import Severity
from tests.drawn import drawn
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, agent, codes, month_of, policy, rating, score_lines, scores

Values = Mapping[str, Mapping[str, object]]
SCALE = 'scale = { "优秀" = 100, "良好" = 85, "合格" = 70, "不合格" = 50 }\n'
GRADES = '[[grade]]\nlabel = "A"\nat_least = 90\n[[grade]]\nlabel = "B"\nat_least = 60\n[[grade]]\nlabel = "C"\n'


def rules(indicators: str, score: str = "", more: str = "") -> Policy:
    """A policy with one dimension of 100; each word of ``indicators`` is ``id:source:missing[:weight]``.

    The source is ``m`` for the measure of that id (the value is the points out of 100) or ``r`` for a rating.
    """
    text = f"{SCALE}[score]\npass_mark = 60\n{score}\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
    for word in indicators.split():
        name, source, missing, *weight = word.split(":")
        text += f"[[dimension.indicator]]\nid = '{name}'\nlabel = '{name}'\nmissing = '{missing}'\n"
        text += f"measure = '{name}'\nout_of = 100\n" if source == "m" else f"rating = '{name}'\n"
        text += f"weight = {weight[0]}\n" if weight else ""
    return policy(text + GRADES + more)


def month(
    policy_: Policy, values: Mapping[str, Mapping[str, object]], ratings: list[Rating] | None = None
) -> MonthResult:
    """A month of the agents that have values."""
    return month_of(policy_, [agent(who) for who in sorted(values)], values, ratings or [])


def contributions(result: MonthResult, who: str) -> dict[str, str]:
    """One agent's lines: id → contribution as shown."""
    return {line.line: str(line.contribution) for line in score_lines(result, who)}


# ---- worked examples -------------------------------------------------------

INSURANCE = """
scale = { "优秀" = 100, "良好" = 85, "合格" = 70, "不合格" = 50 }
[score]
pass_mark = 60
raters = { self = 30, superior = 70 }
"""
for _name, _weight in (("one", 40), ("two", 25), ("three", 20), ("four", 15)):
    INSURANCE += f"[[dimension]]\nid = '{_name}'\nlabel = '{_name}'\nweight = {_weight}\n"
    for _number in range(5):
        INSURANCE += f"[[dimension.indicator]]\nid = '{_name}{_number}'\nlabel = '{_name}{_number}'\n"
        INSURANCE += f"rating = '{_name}{_number}'\nmissing = 'block'\n"
ITEMS = [f"{name}{number}" for name in ("one", "two", "three", "four") for number in range(5)]


def test_the_worked_insurance_score() -> None:
    """IN: dimension 1 优秀, the rest 良好, gives 91; with a self sheet of 95 at 30/70 it is 92.2."""
    superior = [rating("a", item, "优秀" if item.startswith("one") else "良好") for item in ITEMS]
    own = [rating("a", item, "95", role="self") for item in ITEMS]
    alone = scores(month_of(policy(INSURANCE), [agent("a")], {}, superior))["a"]
    both = scores(month_of(policy(INSURANCE), [agent("a")], {}, superior + own))["a"]
    assert (str(alone.score), alone.self_total, str(alone.superior_total)) == ("91.00", None, "91.00")
    assert (str(both.score), str(both.self_total), str(both.superior_total)) == ("92.20", "95.00", "91.00")


def test_raters_are_not_rounded_before_they_are_combined() -> None:
    """84.5 and 89.5 at 30/70 are 88.00 with no place shown too; rounding each first would give 89."""
    policy_ = rules("x:r:block", "decimals = 0\nraters = { self = 30, superior = 70 }")
    ratings = [rating("a", "x", "84.5", role="self"), rating("a", "x", "89.5")]
    result = month(policy_, {"a": {}}, ratings)
    assert str(scores(result)["a"].score) == "88"
    assert contributions(result, "a") == {"x": "88"}


def test_three_equal_parts_add_up() -> None:
    """A third of 100 each: shown 33.34, 33.33, 33.33, and the score is 100.00."""
    result = month(rules("x:m:block y:m:block z:m:block"), {"a": {"x": 100, "y": 100, "z": 100}})
    assert contributions(result, "a") == {"x": "33.34", "y": "33.33", "z": "33.33"}
    assert str(scores(result)["a"].score) == "100.00"


def test_a_line_says_all_there_is_to_say() -> None:
    """Value, rows, unit, level, points, weight, rule and remark of an indicator, for sheets and explanations."""
    policy_ = policy(
        SCALE + "[score]\npass_mark = 60\nraters = { self = 30, superior = 70 }\n"
        "[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        "[[dimension.indicator]]\nid = 'i'\nlabel = 'Speed'\nmeasure = 'm'\nmissing = 'block'\nrule = 'IN-14'\n"
        "note = 'remark'\nbands = [{ level = '优秀', at_most = 120 }, { level = '不合格' }]\n"
        "[measure.m]\nlabel = 'm'\ntable = 'interactions'\nmean = 'first_response_seconds'\nunit = 's'\n"
    )
    (line,) = score_lines(month(policy_, {"a": {"m": "119.5"}}, [rating("a", "i", "不合格", role="self")]), "a")
    assert (line.line, line.kind, line.dimension, line.label, line.source) == ("i", "indicator", "d", "Speed", "m")
    assert (str(line.value), line.unit, line.n, line.text) == ("119.5", "s", 1, "")
    assert (line.band, str(line.points), str(line.out_of)) == ("优秀", "85.00", "100")
    assert (str(line.self_points), str(line.superior_points)) == ("50.00", "100.00")
    assert (str(line.weight), str(line.contribution), line.missing) == ("100.0000", "85.00", "")
    assert (line.rule, line.note) == ("IN-14", "remark")


# ---- the sum law -----------------------------------------------------------


@st.composite
def months(draw: st.DrawFn) -> tuple[Policy, dict[str, dict[str, object]], list[Rating], int]:
    """A random policy with adjustments and limits, values of three agents, some sheets; and the decimals."""
    decimals = draw(st.integers(0, 4))
    count = draw(st.integers(1, 4))
    cuts = sorted(draw(st.sets(st.integers(1, 9999), min_size=count - 1, max_size=count - 1)))
    points = [D(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 10000], strict=True)]
    words = [
        f"i{number}:{draw(st.sampled_from('mr'))}:{draw(st.sampled_from(['reweight', 'zero', 'full']))}:{weight}"
        for number, weight in enumerate(points)
    ]
    score = f"decimals = {decimals}\nmin_coverage = 0\n"
    if draw(st.booleans()):
        share = draw(st.integers(1, 99))
        score += f"raters = {{ self = {share}, superior = {100 - share} }}\n"
    if draw(st.booleans()):
        score += f"floor = {D(draw(st.integers(0, 5000))) / 100}\ncap = {D(draw(st.integers(8000, 12000))) / 100}\n"
    more = ""
    for number in range(draw(st.integers(0, 3))):
        amount = D(draw(st.integers(-20000, 20000))) / 1000
        more += (
            f"[[adjustment]]\nid = 'j{number}'\nlabel = 'j'\npoints = {amount:f}\neach = {{ event = 'e{number}' }}\n"
        )
    values: dict[str, dict[str, object]] = {}
    ratings = []
    number_or_none = st.none() | st.integers(0, 10000).map(lambda units: D(units) / 100)
    for who in ("a", "b", "c"):
        values[who] = {f"event.e{number}": draw(st.integers(0, 3)) for number in range(3)}
        for number in range(count):
            values[who][f"i{number}"] = draw(number_or_none)
            for role in ("self", "superior"):
                said = draw(number_or_none)
                if said is not None:
                    ratings.append(rating(who, f"i{number}", f"{said:f}", role=role, reason="seen"))
    return rules(" ".join(words), score, more), values, ratings, decimals


@settings(max_examples=drawn(60))
@given(months())
def test_what_is_shown_always_adds_up(
    given_month: tuple[Policy, dict[str, dict[str, object]], list[Rating], int],
) -> None:
    """Contributions sum to the shown score, at the score's decimals, whatever the policy; totals are parts of it."""
    policy_, values, ratings, decimals = given_month
    result = month(policy_, values, ratings)
    for who, one in scores(result).items():
        lines = score_lines(result, who)
        if one.status == "unscored":
            assert not lines
            measured_ones = [one.measure for one in policy_.dimension[0].indicator if one.measure]
            assert all(values[who][name] is None for name in measured_ones)
            assert all(entry.agent_id != who or entry.role == "self" for entry in ratings)
            continue
        assert one.score is not None
        assert sum((line.contribution for line in lines), D(0)) == one.score
        assert all(line.contribution.as_tuple().exponent == -decimals for line in lines)
        assert one.score.as_tuple().exponent == -decimals
        assert (one.indicator_total or 0) + (one.adjustment_total or 0) == one.score
        weights = [line.weight for line in lines if line.kind == "indicator"]
        assert abs(sum(weights, D(0)) - 100) <= D("0.0001") * len(weights)
    allowed = {"nothing-to-score", "agent-without-data", "no-sheet-of-self", "no-sheet-of-superior"}
    assert {problem.code for problem in result.problems} <= allowed


@given(
    st.lists(st.tuples(st.integers(0, 10000), st.integers(0, 10000)), min_size=1, max_size=5),
    st.integers(1, 99),
    st.integers(0, 4),
)
def test_a_score_is_the_exact_total_rounded_once(pairs: list[tuple[int, int]], share: int, decimals: int) -> None:
    """Against the total worked out by hand in fractions, from the raters' points."""
    words = " ".join(f"i{number}:r:block" for number in range(len(pairs)))
    policy_ = rules(words, f"decimals = {decimals}\nraters = {{ self = {share}, superior = {100 - share} }}")
    ratings = []
    for number, (own, superior) in enumerate(pairs):
        ratings.append(rating("a", f"i{number}", f"{D(own) / 100:f}", role="self"))
        ratings.append(rating("a", f"i{number}", f"{D(superior) / 100:f}"))
    mean = [Fraction(sum(side), 100 * len(pairs)) for side in zip(*pairs, strict=True)]
    total = (mean[0] * share + mean[1] * (100 - share)) / 100
    expected = (D(total.numerator) / D(total.denominator)).quantize(D(1).scaleb(-decimals), ROUND_HALF_UP)
    assert scores(month(policy_, {"a": {}}, ratings))["a"].score == expected


@pytest.mark.parametrize(
    ("points", "adjustment", "decimals", "shown"),
    [
        ("80", "0.125", 2, "80.13"),
        ("80", "2.5", 0, "83"),
        ("80.004", "0.001", 2, "80.01"),
        ("50.005", "-60", 2, "-10.00"),
        ("100", "5", 2, "105.00"),
        ("0", "-0.004", 2, "0.00"),
    ],
)
def test_adjustments_are_part_of_the_one_rounding(points: str, adjustment: str, decimals: int, shown: str) -> None:
    """However fine an adjustment is, the score has its declared places and is rounded once, with everything in it."""
    more = f"[[adjustment]]\nid = 'j'\nlabel = 'j'\npoints = {adjustment}\neach = {{ event = 'e' }}\n"
    policy_ = rules("x:m:block", f"decimals = {decimals}", more)
    assert str(scores(month(policy_, {"a": {"x": points, "event.e": 1}}))["a"].score) == shown


@pytest.mark.parametrize(
    ("points", "limits", "line", "shown"),
    [
        (30, "floor = 40\ncap = 100", {"x": "30.00", "floor": "10.00"}, "40.00"),
        (99, "floor = 40\ncap = 90", {"x": "99.00", "cap": "-9.00"}, "90.00"),
        (90, "floor = 40\ncap = 90", {"x": "90.00"}, "90.00"),
        (40, "floor = 40", {"x": "40.00"}, "40.00"),
        (30, "floor = 39.996", {"x": "30.00", "floor": "10.00"}, "40.00"),
    ],
)
def test_floor_and_cap_are_lines_too(points: int, limits: str, line: dict[str, str], shown: str) -> None:
    """A limit changes the score by a line of its own, so the lines still add up."""
    result = month(rules("x:m:block", limits), {"a": {"x": points}})
    assert contributions(result, "a") == line
    assert str(scores(result)["a"].score) == shown


# ---- missing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("missing", "shown", "weight"),
    [("reweight", "80.00", "0.0000"), ("zero", "40.00", "50.0000"), ("full", "90.00", "50.0000"),
     ("team_mean", "75.00", "50.0000")],
)  # fmt: skip
def test_each_missing_rule_does_what_it_says(missing: str, shown: str, weight: str) -> None:
    """80 points in one half, nothing in the other, where the two colleagues have 60 and 80."""
    values: Values = {"a": {"x": 80, "y": None}, "b": {"x": 80, "y": 60}, "c": {"x": 80, "y": 80}}
    result = month(rules(f"x:m:block y:m:{missing}"), values)
    line = next(line for line in score_lines(result, "a") if line.line == "y")
    assert str(scores(result)["a"].score) == shown
    assert (line.missing, str(line.weight), line.value) == (missing, weight, None)
    assert {one.missing for one in score_lines(result, "b")} == {""}


def test_missing_is_not_zero() -> None:
    """5 of 5 in what was measured is 100 %, not the mean with an empty cell; a real 0 counts as 0."""
    policy_ = rules("x:m:reweight y:m:reweight")
    result = month(policy_, {"a": {"x": 100, "y": None}, "b": {"x": 100, "y": 0}, "c": {"x": 100}})
    assert {who: str(one.score) for who, one in scores(result).items()} == {"a": "100.00", "b": "50.00", "c": "100.00"}


def test_a_blocking_value_stops_the_month_and_is_named() -> None:
    """The problem says who and what; there is no score, and nobody is paid on half a month."""
    result = month(rules("x:m:block y:m:block"), {"a": {"x": 80, "y": None}, "b": {"x": 80, "y": 90}})
    (problem,) = result.problems
    assert (problem.code, problem.severity, problem.parameters["agent"], problem.parameters["indicator"]) == (
        "score-blocked", Severity.ERROR, "a", "y",
    )  # fmt: skip
    assert set(scores(result)) == {"b"}
    assert score_lines(result, "a") == []


def test_a_team_mean_of_nobody_blocks() -> None:
    """Where no colleague has a value there is no mean to stand in."""
    result = month(rules("x:m:block y:m:team_mean"), {"a": {"x": 80}, "b": {"x": 80}})
    assert codes(result) == ["score-blocked", "score-blocked"]


def test_an_agent_of_whom_only_the_own_sheet_says_anything_is_a_problem() -> None:
    """All weights of the superior's sheet gone: no score of 0, but a word about it."""
    text = "raters = { self = 30, superior = 70 }\nmin_coverage = 0\n"
    own = rating("a", "x", "90", role="self")
    result = month(rules("x:r:reweight", text), {"a": {}, "b": {}}, [own, rating("b", "x", "80")])
    assert codes(result) == ["nothing-to-score", "no-sheet-of-self"]
    assert set(scores(result)) == {"b"}


@pytest.mark.parametrize("missing", ["block", "reweight", "zero", "full", "team_mean"])
def test_an_agent_of_whom_nothing_is_known_has_no_score_and_stops_nobody(missing: str) -> None:
    """On leave all month: neither 0 nor full marks, no rank, a warning; the others are scored as without them."""
    text = rules(f"x:m:{missing} y:r:{missing}")
    values: dict[str, dict[str, object]] = {"a": {"x": 80}, "b": {"x": None}, "c": {"x": 90}}
    ratings = [rating("a", "y", "80"), rating("c", "y", "70")]
    result = month(text, values, ratings)
    assert [(one.code, one.severity, one.found) for one in result.problems] == [
        ("agent-without-data", Severity.WARNING, "b")
    ]
    assert scores(result)["b"] == Score("b", "unscored", None, None, None, None, None, "", None, None, None)
    assert score_lines(result, "b") == []
    alone = month(text, {who: values[who] for who in "ac"}, ratings)
    assert {who: scores(result)[who] for who in "ac"} == scores(alone)


@pytest.mark.parametrize(("missing", "status"), [("reweight", "thin"), ("block", "unscored")])
def test_rows_too_few_for_any_figure_are_too_little_and_not_nothing(missing: str, status: str) -> None:
    """One call where five make a mean: what lacks data is listed with its rows; a month that it would stop goes on."""
    few = [Measured("a", "x", None, 1, None, None, "interactions"), Measured("a", "y", D(0), 0, None, None, "events")]
    text = rules(f"x:m:{missing} y:m:{missing}", "min_coverage = 0.6")
    result = compute_month(MonthInput(text, OCTOBER, [agent("a")], few, [], WEEKENDS_OFF, []))
    assert scores(result)["a"].status == status
    assert [(one.line, one.n) for one in score_lines(result, "a")] == ([("x", 1), ("y", 0)] if status == "thin" else [])


def test_who_is_in_no_file_has_no_score_even_where_nothing_happened() -> None:
    """No fault of somebody whom the attendance does not know says nothing; of somebody who was there it does."""
    none = [Measured(who, "x", D(0), 0, None, None, "events") for who in "ab"]
    both = MonthInput(rules("x:m:block"), OCTOBER, [agent("a"), agent("b")], none, [], WEEKENDS_OFF, [])
    result = compute_month(replace(both, untold=frozenset({"b"})))
    assert {who: one.status for who, one in scores(result).items()} == {"a": "scored", "b": "unscored"}


def test_partial_data_follow_the_missing_rule() -> None:
    """One rating is something: what else is missing blocks as the policy says."""
    result = month(rules("x:m:block y:r:block"), {"a": {"x": None}}, [rating("a", "y", "80")])
    assert codes(result) == ["score-blocked"]
    own = month(rules("x:m:block y:r:block"), {"a": {"x": 80}})
    assert codes(own) == ["score-blocked"]


def test_a_count_of_nothing_is_a_value_only_beside_rows() -> None:
    """No complaint of somebody who answered nobody says nothing; where counts are all that is scored, it does."""
    counted = Measured("a", "x", D(0), 0, D(0), None, "complaints")
    missing = Measured("a", "y", None, 0, None, None, "surveys")

    def status(text: str, *known: Measured) -> str:
        given_month = MonthInput(rules(text), OCTOBER, [agent("a")], known, [], WEEKENDS_OFF, [])
        return scores(compute_month(given_month))["a"].status

    assert status("x:m:block y:m:reweight", counted, missing) == "unscored"
    assert status("x:m:block y:m:reweight", counted, replace(missing, value=D(90), n=3)) == "scored"
    assert status("x:m:block", counted) == "scored"


def test_a_value_in_no_band_is_an_error_that_names_agent_and_value() -> None:
    """Never a silent 0: the fault says whose value, and which, once."""
    text = "bands = [{ level = '优秀', at_least = 90 }]\n"
    policy_ = policy(
        f"{SCALE}[score]\npass_mark = 60\nraters = {{ self = 30, superior = 70 }}\n"
        "[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n"
        f"[[dimension.indicator]]\nid = 'x'\nlabel = 'csat'\nmeasure = 'x'\nmissing = 'zero'\n{text}"
    )
    result = month(policy_, {"a": {"x": "89.5"}, "b": {"x": 90}}, [rating("a", "other", "5", role="self")])
    (problem,) = [one for one in result.problems if one.code == "value-fits-no-band"]
    assert problem.severity is Severity.ERROR
    assert (problem.found, problem.parameters["agent"], problem.parameters["indicator"]) == ("89.5", "a", "csat")


# ---- raters ----------------------------------------------------------------

HALF = "raters = { self = 30, superior = 70 }"


def test_without_an_own_sheet_the_superior_counts_alone() -> None:
    """A-50: nobody loses 30 % for a sheet that was not handed in."""
    result = month(rules("x:r:block", HALF), {"a": {}, "b": {}}, [rating("a", "x", "80"), rating("b", "x", "80"),
                                                                rating("b", "x", "90", role="self")])  # fmt: skip
    found = scores(result)
    assert (found["a"].self_total, str(found["a"].score)) == (None, "80.00")
    assert (str(found["b"].self_total), str(found["b"].score)) == ("90.00", "83.00")
    assert score_lines(result, "a")[0].self_points is None


def test_what_an_own_sheet_leaves_out_stands_as_on_the_superiors() -> None:
    """A sheet half filled in is not half a zero, and what cannot be read is left out with a warning."""
    ratings = [rating("a", "x", "80"), rating("a", "y", "60"), rating("a", "x", "100", role="self"),
               rating("a", "y", "very good", role="self")]  # fmt: skip
    result = month(rules("x:r:block y:r:block", HALF), {"a": {}}, ratings)
    assert (str(scores(result)["a"].self_total), str(scores(result)["a"].superior_total)) == ("80.00", "70.00")
    assert codes(result) == ["rating-not-on-scale"]


@pytest.mark.parametrize(
    ("said", "reason", "points", "expected"),
    [
        ("95", "system down for two days", "95.00", []),
        ("95", "", "80.00", ["override-without-reason"]),
        ("splendid", "he tried", "80.00", ["rating-not-on-scale"]),
    ],
)
def test_a_measured_value_stands_unless_overridden_with_a_reason(
    said: str, reason: str, points: str, expected: list[str]
) -> None:
    """80 was measured: only a readable rating that says why replaces it."""
    result = month(rules("x:m:block"), {"a": {"x": 80}}, [rating("a", "x", said, reason=reason)])
    line = score_lines(result, "a")[0]
    assert str(line.points) == points
    assert codes(result) == expected
    assert reason in line.note or expected != []


def test_a_superior_may_judge_what_was_not_measured() -> None:
    """Where no value stands there is nothing to override."""
    result = month(rules("x:m:block"), {"a": {"x": None}}, [rating("a", "x", "85")])
    assert str(scores(result)["a"].score) == "85.00"
    assert codes(result) == []


def test_several_superiors_count_with_their_mean() -> None:
    """SA-084: two raters of one role stand side by side, in any order."""
    ratings = [rating("a", "x", "80", rater="m"), rating("a", "x", "91", rater="n"), rating("a", "x", "?", rater="o")]
    for order in (ratings, ratings[::-1]):
        result = month(rules("x:r:block"), {"a": {}}, order)
        assert (str(scores(result)["a"].score), score_lines(result, "a")[0].text) == ("85.50", "80 / 91")


def test_an_indicator_is_rated_under_its_item_its_id_or_its_label() -> None:
    """Whatever a form calls it."""
    policy_ = policy(
        "[score]\npass_mark = 60\n[[dimension]]\nid = 'd'\nlabel = 'D'\nweight = 100\n[[dimension.indicator]]\n"
        "id = 'manner'\nlabel = 'Manner'\nrating = 'manner on the phone'\nmissing = 'block'\n"
    )
    for item in ("manner", "Manner", "manner on the phone"):
        assert str(scores(month(policy_, {"a": {}}, [rating("a", item, "70")]))["a"].score) == "70.00"


# ---- ranks, grades, who is scored ------------------------------------------


def test_ranks_skip_after_a_tie_and_follow_the_shown_score() -> None:
    """1, 2, 2, 4: and two exact totals that are shown alike share a rank."""
    values = {"a": {"x": "90.004"}, "b": {"x": "95"}, "c": {"x": "90.0036"}, "d": {"x": "60"}}
    found = scores(month(rules("x:m:block"), values))
    assert {who: one.rank for who, one in found.items()} == {"a": 2, "b": 1, "c": 2, "d": 4}


@pytest.mark.parametrize(
    ("points", "grade", "passed"),
    [("90", "A", True), ("89.995", "A", True), ("89.994", "B", True), ("60", "B", True), ("59.995", "B", True),
     ("59.99", "C", False)],
)  # fmt: skip
def test_grade_and_pass_mark_look_at_the_shown_score(points: str, grade: str, passed: bool) -> None:
    """59.995 is shown as 60.00, and so it passes."""
    one = scores(month(rules("x:m:block"), {"a": {"x": points}}))["a"]
    assert (one.grade, one.passed) == (grade, passed)


LADDER = "[[level]]\nid = 'agent'\n[[level]]\nid = 'deputy'\nscored = false\n"


def test_excluded_levels_are_neither_scored_nor_ranked() -> None:
    """PR-069: a deputy with the best figures takes nobody's rank, and needs no data."""
    policy_ = rules("x:m:block y:m:team_mean", more=LADDER)
    agents = [agent("a", level="agent"), agent("b", level="deputy"), agent("c", level="agent")]
    values: Values = {"a": {"x": 80, "y": None}, "b": {"x": None, "y": 100}, "c": {"x": 70, "y": 60}}
    result = month_of(policy_, agents, values)
    assert {who: (one.status, one.rank) for who, one in scores(result).items()} == {
        "a": ("scored", 1), "b": ("excluded", None), "c": ("scored", 2),
    }  # fmt: skip
    assert score_lines(result, "b") == []
    assert str(scores(result)["a"].score) == "70.00"
    assert codes(result) == []


def test_a_policy_without_scores_scores_nobody() -> None:
    """Pay alone is a policy too."""
    found = scores(month_of(policy(""), [agent("a")], {}))
    assert found["a"] == Score("a", "excluded", None, None, None, None, None, "", None, None, None)


def test_scores_do_not_depend_on_the_order_of_agents() -> None:
    """The same people in another order have the same lines and ranks."""
    values = {who: {"x": number * 7 % 11, "y": None} for number, who in enumerate("abcdef")}
    policy_ = rules("x:m:block y:m:reweight")
    forth = month_of(policy_, [agent(who) for who in "abcdef"], values)
    back = month_of(policy_, [agent(who) for who in "fedcba"], values)
    assert scores(forth) == scores(back)
    assert all(score_lines(forth, who) == score_lines(back, who) for who in "abcdef")
