"""Quotas of grades: so many places, the best scores take them, whoever is left takes the next grade below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.records.result import MonthResult
from csctl.messages import problem_text
from csctl.policy.model import Policy
from tests.drawn import drawn
from tests.workbench import SCORED, D, agent, cents_by_line, codes, month_of, policy, score_lines, scores

GRADES = """
[[grade]]
label = "A"
at_least = 90
coefficient = 1.5
quota = {a}
[[grade]]
label = "B"
at_least = 75
coefficient = 1.2
{b}
[[grade]]
label = "C"
at_least = 60
coefficient = 1
[[grade]]
label = "D"
coefficient = 0
"""


def rules(a: str = "0.2", b: str = "", more: str = "ties = 'none'") -> Policy:
    """A score that is the measure x, grades from 90, 75 and 60 on, and at most the share ``a`` of all with the best."""
    quotas = f"[score.quotas]\n{more}\n"
    return policy(SCORED.replace("[[dimension]]", quotas + "[[dimension]]", 1) + GRADES.format(a=a, b=b))


def month(policy_: Policy, values: Sequence[object]) -> MonthResult:
    """A month of as many people as there are values, called a, b, c …; None is nobody's score."""
    names = [f"{chr(97 + at)}" for at in range(len(values))]
    known = {who: {"x": value} for who, value in zip(names, values, strict=True)}
    return month_of(policy_, [agent(who) for who in names], known)


def grades(result: MonthResult) -> str:
    """Everybody's grade in the order of their names, as one word; ``-`` for nobody's."""
    return "".join(one.grade or "-" for _, one in sorted(scores(result).items()))


# ---- how many places ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("quota", "people", "places"),
    [
        ("0.2", 4, 0),
        ("0.2", 5, 1),
        ("0.2", 9, 1),
        ("0.2", 10, 2),
        ("0.1", 10, 1),
        ("0.3", 10, 3),
        ("0.333", 3, 0),
        ("0.334", 3, 1),
        ("0.999", 3, 2),
    ],
)
def test_a_grade_has_its_share_of_the_scored_people_fractions_dropped(quota: str, people: int, places: int) -> None:
    """A fifth of nine people is one person: nobody is rounded up."""
    result = month(rules(quota), [99 - number for number in range(people)])
    assert grades(result) == "A" * places + "B" * (people - places)


def test_places_are_not_taken_by_people_without_a_score() -> None:
    """Five people of whom four have a score: a fifth of four is nobody; with the fifth score there is one place."""
    text = rules()
    left_out = text.model_copy(
        update={"level": policy('[[level]]\nid = "guest"\nscored = false\n[[level]]\nid = "own"').level}
    )
    people = [agent(who, level="guest" if who == "e" else "own") for who in "abcde"]
    known = {who: {"x": 95 - at} for at, who in enumerate("abcde")}
    assert grades(month_of(left_out, people, known)) == "BBBB-"
    assert grades(month_of(text, people, known)) == "ABBBB"


TWO = """
[score]
pass_mark = 60
min_coverage = 0.6
[score.quotas]
ties = "none"
[[dimension]]
id = "d"
label = "D"
weight = 100
[[dimension.indicator]]
id = "x"
label = "x"
measure = "x"
out_of = 100
missing = "reweight"
[[dimension.indicator]]
id = "y"
label = "y"
measure = "y"
out_of = 100
missing = "reweight"
"""


@pytest.mark.parametrize(("known", "status"), [({"x": 99}, "thin"), ({"x": None}, "unscored")])
def test_too_little_data_takes_no_place(known: dict[str, object], status: str) -> None:
    """Whoever has no score for want of data takes no place, and does not count among those of whom a share is meant."""
    text = policy(TWO + GRADES.format(a="0.34", b=""))
    values = {"a": {"x": 91, "y": 91}, "b": {"x": 95, "y": 95}}
    fewer = month_of(text, [agent(who) for who in "abc"], {**values, "c": known})
    whole = month_of(text, [agent(who) for who in "abc"], {**values, "c": {"x": 90, "y": 90}})
    assert scores(fewer)["c"].status == status
    assert grades(fewer) == "BB-"
    assert grades(whole) == "BAB"


@pytest.mark.parametrize(("people", "expected"), [(4, "AAAA"), (5, "ABBBB"), (6, "ABBBBB")])
def test_with_fewer_people_than_declared_no_quota_holds(people: int, expected: str) -> None:
    """Below five people everybody keeps the grade of the score, which is said; from five on the quota holds."""
    result = month(rules(more="ties = 'none'\nfrom = 5"), [99 - number for number in range(people)])
    assert grades(result) == expected
    assert ("quota-few-people" in codes(result)) is (people < 5)
    assert ("quota-moved" in codes(result)) is (people >= 5)


def test_a_month_without_any_score_says_nothing_of_quotas() -> None:
    """Nobody is fewer than five, and nobody had a grade to lose: of people on a level that is not scored."""
    text = rules(more="ties = 'none'\nfrom = 5")
    text = text.model_copy(update={"level": policy('[[level]]\nid = "guest"\nscored = false').level})
    for people in ([], [agent("a", level="guest")]):
        assert [code for code in codes(month_of(text, people, {})) if code.startswith("quota")] == []


@pytest.mark.parametrize(("least", "expected"), [(0, "BBBB"), (1, "ABBB"), (2, "AABB"), (9, "AAAA")])
def test_a_grade_may_have_so_many_places_at_the_least(least: int, expected: str) -> None:
    """A fifth of four is nobody; declared places are there all the same, and no fewer than the share gives."""
    assert grades(month(rules(more=f"ties = 'none'\nat_least = {least}"), [99, 98, 97, 96])) == expected
    assert grades(month(rules("0.5", more="ties = 'none'\nat_least = 1"), [99, 98, 97, 96])) == "AABB"


# ---- who has a place ---------------------------------------------------------------


def test_the_best_scores_take_the_places() -> None:
    """Two places of ten, whoever stands first on the roster."""
    result = month(rules(), [91, 95, 50, 90, 99, 70, 80, 76, 61, 92])
    assert grades(result) == "BADBACBBCB"


def test_places_that_nobody_reaches_stay_empty() -> None:
    """A quota gives nobody a better grade than the score."""
    result = month(rules("0.5"), [90, "89.99", 74, 59])
    assert (grades(result), codes(result)) == ("ABCD", [])
    assert [line for line in score_lines(result) if line.kind == "quota"] == []


def test_exactly_as_many_as_there_are_places_all_keep_the_grade() -> None:
    """Two of four: nobody is moved, tied or not; a third one moves."""
    assert grades(month(rules("0.5"), [95, 95, 74, 59])) == "AACD"
    assert grades(month(rules("0.5"), [96, 95, 94, 59])) == "AABD"


@pytest.mark.parametrize(("ties", "expected"), [("none", "ABBC"), ("all", "AAAC")])
def test_equal_scores_on_the_edge_all_have_a_place_or_none(ties: str, expected: str) -> None:
    """Two places, one score above, two equal ones: as declared. A tie above the edge is none on it."""
    assert grades(month(rules("0.5", more=f"ties = '{ties}'"), [96, 95, 95, 60])) == expected
    assert grades(month(rules("0.5", more=f"ties = '{ties}'"), [96, 96, 95, 60])) == "AABC"


@pytest.mark.parametrize(("ties", "expected"), [("none", "BBBB"), ("all", "AAAA")])
def test_of_people_who_are_all_equal_all_have_a_place_or_none(ties: str, expected: str) -> None:
    """Two places for four equal scores."""
    assert grades(month(rules("0.5", more=f"ties = '{ties}'"), [95, 95, 95, 95])) == expected


def test_without_any_place_a_tie_gives_none() -> None:
    """There is no last score with a place whose equals could have one too."""
    assert grades(month(rules(more="ties = 'all'"), [95, 95])) == "BB"


def test_shown_scores_decide_and_not_what_they_were_before_rounding() -> None:
    """95.004 and 95.001 are both shown as 95.00: they are equal."""
    assert grades(month(rules("0.5"), ["95.004", "95.001"])) == "BB"
    assert grades(month(rules("0.5"), ["95.005", "95.001"])) == "AB"


def test_whoever_is_left_competes_for_the_places_of_the_next_grade() -> None:
    """A has one place of five, B one: two with 90 and more and one with 80 take them; the rest is C, and 59 stays D."""
    result = month(rules("0.2", "quota = 0.2"), [99, 95, 80, 76, 59])
    assert grades(result) == "ABCCD"
    assert [one.grade_by_score for one in scores(result).values()] == ["", "A", "B", "B", ""]


def test_a_grade_without_a_quota_has_room_for_all() -> None:
    """B has none: everybody whom A has no place for is in it."""
    assert grades(month(rules("0.2"), [99, 98, 97, 96, 95])) == "ABBBB"


def test_somebody_may_be_moved_more_than_once() -> None:
    """No place in A, none in B: C, with the evidence of both."""
    result = month(rules("0.1", "quota = 0.1"), [99, 98, 97, 96])
    assert grades(result) == "CCCC"
    (line,) = score_lines(result, "b")[1:]
    assert (line.text, line.band) == ("A → C", "C")
    assert "“A”有 0 个名额" in line.note
    assert "“B”有 0 个名额" in line.note
    assert line.note.count("没有人占到名额") == 2


def test_without_quotas_nothing_is_said_and_nothing_moves() -> None:
    """The rules for places alone do nothing."""
    bare = policy(SCORED + GRADES.replace("quota = {a}\n", "").format(a="", b=""))
    result = month(bare, [99, 98, 97, 96])
    assert (grades(result), codes(result)) == ("AAAA", [])


# ---- what is said ------------------------------------------------------------------


def test_a_line_of_the_score_says_who_was_moved_and_why() -> None:
    """Rank, places, of how many, the last score inside; it adds nothing, and the score stays what it was."""
    result = month(rules(), [96, 92, 91, 61, 50])
    line = next(line for line in score_lines(result, "b") if line.kind == "quota")
    assert (line.line, line.label, line.text, line.band) == ("quota", "等级名额", "A → B", "B")
    assert str(line.contribution) == "0.00"
    assert line.note == (
        "得分可评“A”，第 2 名，评为“B”；“A”有 1 个名额（5 人有得分，最多 20%）；名额内最低 96.00 分"
    )  # fmt: skip
    assert (line.value, line.weight, line.points) == (None, D(0), None)
    assert [line.kind for line in score_lines(result, "a")] == ["indicator"]
    moved = scores(result)["b"]
    assert (moved.score, moved.rank, moved.grade, moved.grade_by_score) == (D(92), 2, "B", "A")


def test_the_last_score_that_has_a_place_is_the_lowest_of_several() -> None:
    """Two places: who is left is told the score of the second."""
    notes = [line.note for line in score_lines(month(rules("0.5"), [97, 96, 95, 60])) if line.kind == "quota"]
    assert [("名额内最低 96.00 分" in note, "97.00" in note) for note in notes] == [(True, False)]


def test_a_tie_is_named_as_the_reason_only_to_those_who_are_tied() -> None:
    """Two on the edge of one place; a third below it has no place in any case."""
    result = month(rules("0.4"), [96, 95, 95, 94, 60])
    notes = {line.agent_id: line.note for line in score_lines(result) if line.kind == "quota"}
    assert sorted(notes) == ["b", "c", "d"]
    assert [("同分" in notes[who]) for who in "bcd"] == [True, True, False]


@pytest.mark.parametrize("written", ["rule = 'Q-1'", ""])
def test_the_line_bears_the_rule_of_the_grade_or_of_the_quotas(written: str) -> None:
    """The clause of the grade whose places ran out; where it has none, that of how places are given."""
    text = rules(more="ties = 'none'\nrule = 'Q-2'")
    best = text.grade[0].model_copy(update={"rule": "Q-1" if written else ""})
    result = month(text.model_copy(update={"grade": [best, *text.grade[1:]]}), [96, 92, 91, 61, 50])
    assert score_lines(result, "b")[1].rule == ("Q-1" if written else "Q-2")


def test_the_run_says_whom_a_quota_moved() -> None:
    """One note for each grade, with its places and the people."""
    result = month(rules(), [96, 92, 91, 61, 50])
    (said,) = result.problems
    assert problem_text(said, "en") == (
        "“A” has 1 place (5 people with a score, 20 % at the most), so 2 take the next grade: b, c"
    )
    assert problem_text(said, "zh") == "“A”有 1 个名额（5 人有得分，最多 20%），2 人因此评为下一等：b、c"


def test_the_run_says_where_ties_made_more_people_than_places() -> None:
    """Three for two places, all with the same score; nobody was moved."""
    result = month(rules("0.5", more="ties = 'all'"), [95, 95, 95, 60])
    (said,) = result.problems
    assert problem_text(said, "en") == (
        "“A” has 2 places (4 people with a score, 50 % at the most) and 3 people, since several have 95.00"
    )


# ---- what it pays ------------------------------------------------------------------

PERFORMANCE = """
[pay.base]
by = "roster"
[[pay.performance]]
id = "merit"
label = "绩效"
amount = 1000
by = "grade"
"""


def test_the_coefficient_and_the_pay_are_those_of_the_grade_that_holds() -> None:
    """The second of two with 95 and more is paid as B; without the quota as A."""
    text = rules()
    with_pay = text.model_copy(update={"pay": policy(PERFORMANCE).pay})
    people = [agent(who, base_pay=D(2000)) for who in "abcde"]
    known = {who: {"x": value} for who, value in zip("abcde", [96, 95, 70, 61, 50], strict=True)}
    result = month_of(with_pay, people, known)
    found = {who: (one.coefficient, cents_by_line(result, who).get("merit")) for who, one in scores(result).items()}
    assert found == {
        "a": (D("1.5"), 1500_00), "b": (D("1.2"), 1200_00), "c": (D(1), 1000_00), "d": (D(1), 1000_00),
        "e": (D(0), 0),
    }  # fmt: skip


def test_passing_is_a_matter_of_the_score() -> None:
    """Who is moved has passed as before, and has the rank of the score."""
    result = scores(month(rules("0.1", "quota = 0.1"), [99, 98]))
    assert [(one.passed, one.rank, one.grade) for one in result.values()] == [(True, 1, "C"), (True, 2, "C")]


# ---- laws --------------------------------------------------------------------------

VALUES = st.lists(st.integers(50, 100), min_size=1, max_size=12)
SHARES = st.sampled_from(["0.05", "0.1", "0.2", "0.25", "0.3", "0.5"])
ORDER = "ABCD"


@settings(max_examples=drawn(120))
@given(VALUES, SHARES, SHARES, st.integers(1, 6))
def test_no_grade_has_more_people_than_its_quota(values: list[int], a: str, b: str, least: int) -> None:
    """Where none of those who are tied on the edge has a place; both grades, from the least number of people on."""
    count = Counter(grades(month(rules(a, f"quota = {b}", f"ties = 'none'\nfrom = {least}"), values)))
    if len(values) >= least:
        assert count["A"] <= Decimal(a) * len(values)
        assert count["B"] <= Decimal(b) * len(values)
    else:
        assert count == Counter(grades(month(policy(SCORED + GRADES.replace("quota = {a}", "").format(b="")), values)))


@settings(max_examples=drawn(120))
@given(VALUES, SHARES, SHARES, st.sampled_from(["none", "all"]), st.integers(0, 3))
def test_a_higher_score_never_has_a_lower_grade(values: list[int], a: str, b: str, ties: str, least: int) -> None:
    """And equal scores have the same; nobody has a better one than the score reaches."""
    text = rules(a, f"quota = {b}", f"ties = '{ties}'\nat_least = {least}")
    found = sorted(scores(month(text, values)).values(), key=lambda one: -(one.score or 0))
    places = [ORDER.index(one.grade) for one in found]
    assert places == sorted(places)
    assert all(one.score != other.score or one.grade == other.grade for one in found for other in found)
    assert all(ORDER.index(one.grade) >= ORDER.index(one.grade_by_score or one.grade) for one in found)


@settings(max_examples=drawn(120))
@given(VALUES, SHARES, st.sampled_from(["none", "all"]))
def test_only_a_tie_leaves_a_place_empty_or_gives_one_too_many(values: list[int], a: str, ties: str) -> None:
    """With as many above the edge as there are places, or all of them, the places are taken exactly."""
    count = grades(month(rules(a, more=f"ties = '{ties}'"), values)).count("A")
    reached = sorted((value for value in values if value >= 90), reverse=True)
    places = int(Decimal(a) * len(values))
    if ties == "none":
        wanted = max(number for number in range(min(places, len(reached)) + 1) if _parted(reached, number))
    elif not places:
        wanted = 0
    else:
        wanted = min(
            number for number in range(min(places, len(reached)), len(reached) + 1) if _parted(reached, number)
        )
    assert count == wanted


def _parted(ordered: list[int], at: int) -> bool:
    """Whether the first so many all have more than the others."""
    return at in (0, len(ordered)) or ordered[at - 1] > ordered[at]


@settings(max_examples=drawn(60))
@given(VALUES.flatmap(lambda values: st.tuples(st.just(values), st.permutations(range(len(values))))))
def test_the_order_of_rows_decides_nothing(drawn_: tuple[list[int], list[int]]) -> None:
    """The same people in any order have the same grades, lines and notes."""
    values, order = drawn_
    text = rules("0.2", "quota = 0.3")
    names = [chr(97 + at) for at in range(len(values))]
    known = {who: {"x": value} for who, value in zip(names, values, strict=True)}
    first = month(text, values)
    second = month_of(text, [agent(names[at]) for at in order], known)
    assert scores(first) == scores(second)
    assert sorted(score_lines(first), key=str) == sorted(score_lines(second), key=str)
    assert first.problems == second.problems
