"""Scorecards: what is for some people only is no line and no gap of the others, and who is compared with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.agent import Agent, Span
from csctl.core.records.decision import Decision
from csctl.core.records.result import MonthResult
from csctl.core.scoring.conditions import Facts
from csctl.core.scoring.fields import compared_with
from csctl.messages import problem_text
from csctl.policy.model import Policy
from tests.drawn import drawn
from tests.workbench import (
    OCTOBER,
    WEEKENDS_OFF,
    D,
    agent,
    cents_by_line,
    codes,
    counted_as_one,
    measured,
    month_of,
    policy,
    rating,
    score_lines,
    scores,
)

RULES = """
[score]
pass_mark = 60
{score}
[[level]]
id = "junior"
[[level]]
id = "senior"
label = "Senior agent"
[[dimension]]
id = "work"
label = "Work"
weight = 60
{work}
[[dimension.indicator]]
id = "calls"
label = "Calls"
measure = "calls"
out_of = 100
missing = "{missing}"
for = {{ post = ["热线"] }}
[[dimension.indicator]]
id = "chats"
label = "Chats"
measure = "chats"
out_of = 100
missing = "{missing}"
for = {{ post = ["在线", "Live Chat"] }}
[[dimension.indicator]]
id = "training"
label = "Training"
measure = "training"
out_of = 100
missing = "{missing}"
[[dimension]]
id = "manner"
label = "Manner"
weight = 40
[[dimension.indicator]]
id = "manner"
label = "Manner"
rating = "manner"
out_of = 100
missing = "{missing}"
{more}
"""


def rules(rank: str = "all", work: str = 'for = { post = ["热线", "在线", "Live Chat"] }', **more: str) -> Policy:
    """60 points for the work (of two items each, one of the post's own), 40 for the manner."""
    score = f'rank = "{rank}"\n' + more.get("score", "")
    return policy(RULES.format(score=score, work=work, more=more.get("more", ""), missing=more.get("missing", "block")))


HOT: Mapping[str, object] = {"calls": 90, "training": 80}
NET: Mapping[str, object] = {"chats": 70, "training": 60}


def month(
    text: Policy, people: dict[str, str], values: Mapping[str, Mapping[str, object]], *, manner: str = "100"
) -> MonthResult:
    """A month of people on posts; everybody's manner is judged alike."""
    agents = [agent(who, post=post) for who, post in people.items()]
    return month_of(text, agents, values, [rating(who, "manner", manner) for who in people])


def lines(result: MonthResult, who: str) -> dict[str, str]:
    """Somebody's lines: id → weight and contribution."""
    return {line.line: f"{line.weight.normalize():f} {line.contribution}" for line in score_lines(result, who)}


# ---- whose items -------------------------------------------------------------------


def test_people_have_lines_of_their_own_card_alone_and_lack_nothing() -> None:
    """``block`` stops a month for a missing value: calls of somebody in the chat are not missing."""
    result = month(rules(), {"a": "热线", "b": "在线"}, {"a": HOT, "b": NET})
    assert codes(result) == []
    assert lines(result, "a") == {"calls": "30 27.00", "training": "30 24.00", "manner": "40 40.00"}
    assert lines(result, "b") == {"chats": "30 21.00", "training": "30 18.00", "manner": "40 40.00"}
    assert {who: (str(one.score), one.marks) for who, one in scores(result).items()} == {
        "a": ("91.00", ()), "b": ("79.00", ()),
    }  # fmt: skip


def test_what_is_on_the_own_card_may_be_missing_as_ever() -> None:
    """Calls of somebody on the hot line stop the month; chats do not, though they are measured."""
    result = month(rules(), {"a": "热线"}, {"a": {"chats": 70, "training": 80}})
    assert codes(result) == ["score-blocked"]


def test_figures_of_another_card_count_for_nothing() -> None:
    """Chats of somebody on the hot line are neither a line nor points."""
    plain = month(rules(), {"a": "热线"}, {"a": HOT})
    both = month(rules(), {"a": "热线"}, {"a": {**HOT, "chats": 0}})
    assert score_lines(plain) == score_lines(both)


@pytest.mark.parametrize(("post", "card"), [("热 线", "calls"), ("LIVE chat", "chats"), ("live  chat", "chats")])
def test_posts_are_the_same_in_any_letters(post: str, card: str) -> None:
    """Width, case and needless spaces make no other post."""
    result = month(rules(), {"a": post}, {"a": {**HOT, **NET}})
    assert set(lines(result, "a")) == {card, "training", "manner"}


LEAD = """
[[dimension]]
id = "lead"
label = "Lead"
weight = 60
for = { post = ["班长"] }
[[dimension.indicator]]
id = "team"
label = "Team"
measure = "team"
out_of = 100
missing = "block"
"""
MENTOR = """
[[dimension.indicator]]
id = "mentor"
label = "Mentor"
measure = "mentor"
out_of = 100
missing = "zero"
for = { post = ["热线"], group = ["一组", "二组"], level = ["Senior agent"] }
"""


def test_a_dimension_that_is_not_for_somebody_takes_no_weight() -> None:
    """Where manner is 100 for everybody else, whoever is on no post of the work has it alone."""
    text = rules(more=LEAD)
    result = month(text, {"a": "热线", "b": "班长"}, {"a": HOT, "b": {"team": 50}})
    assert lines(result, "b") == {"team": "60 30.00", "manner": "40 40.00"}


def test_all_that_is_named_must_hold_and_levels_go_by_id_or_label() -> None:
    """Post and group and level: of four people who differ in one of them only the one who meets all has the item."""
    people = [
        agent("a", post="热线", group="一组", level="senior"),
        agent("b", post="热线", group="二组", level="Senior agent"),
        agent("c", post="热线", group="三组", level="senior"),
        agent("d", post="热线", group="一组", level="junior"),
        agent("e", post="在线", group="一组", level="senior"),
    ]
    values = {one.agent_id: {**HOT, **NET, "mentor": 100} for one in people}
    result = month_of(rules(more=MENTOR), people, values, [rating(one.agent_id, "manner", "100") for one in people])
    assert [one.agent_id for one in people if "mentor" in lines(result, one.agent_id)] == ["a", "b"]
    assert lines(result, "a")["manner"] == "20 20.00"
    assert lines(result, "c")["manner"] == "40 40.00"


def test_whoever_has_nothing_on_the_card_has_no_score_and_is_named() -> None:
    """All dimensions are for other posts: a warning, no score, no error; the others are ranked as ever."""
    text = rules(more="")
    limited = text.dimension[1].model_copy(update={"for_": text.dimension[0].for_})
    text = text.model_copy(update={"dimension": [text.dimension[0], limited]})
    people = [agent("a", post="热线"), agent("b", post="后勤")]
    result = month_of(text, people, {"a": HOT, "b": HOT}, [rating("a", "manner", "100")])
    (said,) = result.problems
    assert (said.code, "name of b b" in problem_text(said, "zh")) == ("card-empty", True)
    nobody = scores(result)["b"]
    assert (nobody.status, nobody.score, nobody.card, lines(result, "b")) == ("excluded", None, "", {})
    assert scores(result)["a"].rank == 1


def test_whoever_is_on_no_post_of_the_work_may_have_a_card_of_the_rest() -> None:
    """Somebody else has the manner alone; a level that is not scored is not missed."""
    result = month(rules(), {"a": "后勤"}, {"a": {}}, manner="90")
    assert lines(result, "a") == {"manner": "40 36.00"}
    assert scores(result)["a"].card == "其余人员"


def test_people_who_are_not_scored_need_no_card() -> None:
    """They are not said to have none."""
    text = rules()
    limited = text.dimension[1].model_copy(update={"for_": text.dimension[0].for_})
    guest = policy('[[level]]\nid = "guest"\nscored = false\n').level
    text = text.model_copy(update={"dimension": [text.dimension[0], limited], "level": [*text.level, *guest]})
    people = [agent("a", post="热线"), agent("b", post="后勤", level="guest")]
    result = month_of(text, people, {"a": HOT}, [rating("a", "manner", "100")])
    assert codes(result) == []


def test_the_mean_of_a_team_is_that_of_whose_card_has_the_item() -> None:
    """Calls of 80 and 90 make 85 for the third on the hot line; chats of 10 are nobody's calls."""
    text = rules(missing="team_mean")
    values = {"a": {"calls": 80, "training": 50}, "b": {"calls": 90, "training": 50}, "c": {"training": 50},
              "d": {"chats": 10, "calls": 0, "training": 50}}  # fmt: skip
    result = month(text, {"a": "热线", "b": "热线", "c": "热线", "d": "在线"}, values)
    assert lines(result, "c")["calls"] == "30 25.50"


def test_a_month_with_too_little_of_the_own_card_is_thin() -> None:
    """The own card alone is the whole: 40 of 100 points known are too little, 70 are enough."""
    text = rules(missing="reweight")
    few = month(text, {"a": "热线"}, {"a": {"calls": None, "training": None, "chats": 90}})
    enough = month(text, {"a": "热线"}, {"a": {"calls": 90, "training": None}})
    assert (scores(few)["a"].status, scores(enough)["a"].status) == ("thin", "scored")
    assert [one.line for one in score_lines(few)] == ["calls", "training", "manner"]


# ---- with whom scores are compared -------------------------------------------------

PEOPLE = {"a": "热线", "b": "热线", "c": "在线", "d": "在线", "e": "Live Chat"}
VALUES: Mapping[str, Mapping[str, object]] = {
    "a": {"calls": 100, "training": 100},
    "b": {"calls": 90, "training": 90},
    "c": {"chats": 95, "training": 95},
    "d": {"chats": 80, "training": 80},
    "e": {"chats": 80, "training": 80},
}


@pytest.mark.parametrize(
    ("rank", "expected"),
    [("all", {"a": 1, "b": 3, "c": 2, "d": 4, "e": 4}), ("card", {"a": 1, "b": 2, "c": 1, "d": 2, "e": 2})],
)
def test_ranks_are_among_all_or_among_those_of_the_same_card(rank: str, expected: dict[str, int]) -> None:
    """Two posts that are named together share a card."""
    result = month(rules(rank), PEOPLE, VALUES)
    assert {who: one.rank for who, one in scores(result).items()} == expected
    assert {one.card for who, one in scores(result).items() if who in "cde"} == {"在线、Live Chat"}


@pytest.mark.parametrize(("rank", "expected"), [("all", "abcde"), ("card", "ab")])
def test_a_score_is_compared_with_those_who_have_one(rank: str, expected: str) -> None:
    """Of all or of the same card; whoever has no score is among neither."""
    rules_ = rules(rank)
    made = [*scores(month(rules_, PEOPLE, VALUES)).values()]
    nobody = replace(made[0], agent_id="z", score=None)
    assert "".join(one.agent_id for one in compared_with(rules_, [nobody, *made], "a")) == expected
    assert [one.agent_id for one in compared_with(rules_, [nobody, *made], "c")] == list(
        "abcde" if rank == "all" else "cde"
    )


def test_where_nothing_is_scored_nobody_is_compared() -> None:
    """A policy that only pays has neither cards nor ranks."""
    result = month_of(policy('[pay.base]\nby = "roster"\n'), [agent("a", base_pay=D(2000))], {"a": {}})
    assert (scores(result)["a"].rank, scores(result)["a"].card) == (None, "")


GRADES = '[[grade]]\nlabel = "A"\nat_least = 90\nquota = 0.5\n[[grade]]\nlabel = "B"\n'


@pytest.mark.parametrize(("rank", "expected"), [("all", "AABBB"), ("card", "ABABB")])
def test_places_of_grades_are_for_all_or_for_each_card(rank: str, expected: str) -> None:
    """Half of five are two places for the best two; half of two and half of three are one each."""
    values = dict(VALUES) | {"b": {"calls": 99, "training": 99}}
    result = month(rules(rank, score='quotas = { ties = "none" }\n', more=GRADES), PEOPLE, values)
    assert "".join(one.grade for _, one in sorted(scores(result).items())) == expected


def test_the_places_of_each_card_are_said_with_the_card() -> None:
    """Only where each card has its own."""
    by_card = month(rules("card", score='quotas = { ties = "none" }\n', more=GRADES), PEOPLE, VALUES)
    with_all = month(rules("all", score='quotas = { ties = "none" }\n', more=GRADES), PEOPLE, VALUES)
    texts = [problem_text(one, "zh") for one in (*by_card.problems, *with_all.problems)]
    assert [text.partition("“")[0] for text in texts] == ["热线：", ""]


PAY = """
[pay.base]
by = "roster"
[[pay.award]]
id = "best"
label = "Best"
first = "score"
amount = 100
[[pay.award]]
id = "trained"
label = "Trained"
first = "training"
amount = 50
[[adjustment]]
id = "none"
label = "None"
points = 0
when = { measure = "training", above = 1000 }
"""


@pytest.mark.parametrize(("rank", "winners"), [("all", "a"), ("card", "ac")])
def test_the_first_in_the_score_is_one_of_all_or_one_of_each_card(rank: str, winners: str) -> None:
    """In a measure everybody competes with everybody."""
    people = [agent(who, post=post, base_pay=D(2000)) for who, post in PEOPLE.items()]
    ratings = [rating(who, "manner", "100") for who in PEOPLE]
    result = month_of(rules(rank, more=PAY), people, VALUES, ratings)
    assert [who for who in PEOPLE if "best" in cents_by_line(result, who)] == list(winners)
    assert [who for who in PEOPLE if "trained" in cents_by_line(result, who)] == ["a"]


def test_a_contest_in_the_score_is_one_of_a_card_and_one_in_a_measure_of_all() -> None:
    """Whoever has nothing above 0 is in none; without cards there is one contest."""
    values = {who: {"m": D(points)} for who, points in zip("abcd", (1, 2, 3, 0), strict=True)}
    shown = {"a": D(50), "b": D(60), "c": D(70), "d": None}
    facts = Facts(values, shown, frozenset("abcd"), cards={"a": "x", "b": "y", "c": "y", "d": "x"})
    assert facts.contests("score") == [[["a"]], [["c"], ["b"]]]
    assert facts.contests("m") == [[["c"], ["b"], ["a"]]]
    assert [facts.contest_of("score", who) for who in "abd"] == [[["a"]], [["c"], ["b"]], [["a"]]]
    assert facts.contest_of("m", "a") == [["c"], ["b"], ["a"]]
    assert (facts.first("score"), facts.first("m")) == (["a", "c"], ["c"])
    assert replace(facts, cards={}).contests("score") == [[["c"], ["b"], ["a"]]]


# ---- what is said ------------------------------------------------------------------


def test_a_decision_about_an_item_that_is_not_on_the_card_is_left_out_and_said() -> None:
    """An appeal about the calls of somebody in the chat."""
    people = [agent("b", post="在线")]
    decision = Decision("b", "calls", "100", "", 1)
    made = MonthInput(rules(), OCTOBER, people, measured({"b": NET}), [rating("b", "manner", "100")], WEEKENDS_OFF, ())
    result = compute_month(replace(made, decisions=(decision,)))
    assert codes(result) == ["deciding-not-on-card"]
    assert scores(result) == scores(compute_month(made))
    own = compute_month(replace(made, decisions=(replace(decision, item="chats"),)))
    assert (codes(own), lines(own, "b")["chats"]) == ([], "30 30.00")


def test_ratings_of_items_that_are_not_on_the_card_are_said_once_for_each_item() -> None:
    """Calls judged of two people in the chat; not an empty cell, an item of the own card, or one of nobody's."""
    people = [agent("a", post="热线"), agent("b", post="在线"), agent("c", post="在线")]
    given_ = [
        *(rating(who, "manner", "100") for who in "abc"),
        rating("b", "CALLS", "90", reason="heard"),
        rating("c", "calls", "80", reason="heard"),
        rating("c", "calls", ""),
        rating("a", "calls", "70", reason="heard"),
        rating("a", "weather", "1"),
        rating("z", "chats", "1"),
    ]
    result = month_of(rules(), people, {"a": HOT, "b": NET, "c": NET}, given_)
    (said,) = result.problems
    assert said.code == "rating-off-card"
    assert "name of b b" in problem_text(said, "en")
    assert "name of c c" in problem_text(said, "en")
    assert "name of a" not in problem_text(said, "en")


def test_somebody_on_whose_card_nothing_is_rated_needs_no_sheet() -> None:
    """The manner is for the hot line alone: of people in the chat no superior's sheet is missing."""
    text = rules()
    manner = text.dimension[1].model_copy(update={"for_": text.dimension[0].indicator[0].for_, "weight": D(40)})
    text = text.model_copy(update={"dimension": [text.dimension[0], manner]})
    result = month_of(text.model_copy(), [agent("a", post="热线"), agent("b", post="在线")], {"a": HOT, "b": NET}, [
        rating("a", "manner", "100"),
    ])  # fmt: skip
    assert codes(result) == []
    nobody = month_of(rules(missing="reweight"), [agent("b", post="在线")], {"b": NET})
    assert codes(nobody) == ["no-sheet-of-superior"]


def _span(agent_: Agent, first: int, last: int, post: str) -> Span:
    return Span(date(2026, 10, first), date(2026, 10, last), agent_.level, agent_.group, post, None, None, None)


@pytest.mark.parametrize(("second", "items"), [("在线", ["Calls", "Chats"]), ("热线", [])])
def test_whose_card_changes_inside_the_month_is_said(second: str, items: list[str]) -> None:
    """The whole month is judged by the last card; items that are on one of the two alone are named."""
    moved = agent("a", post=second)
    moved = replace(moved, spans=(_span(moved, 1, 15, "热线"), _span(moved, 16, 31, second)))
    result = month_of(rules(), [moved], {"a": {**HOT, **NET}}, [rating("a", "manner", "100")])
    assert counted_as_one(result) == [(name, "spans-scored-as-one") for name in items]


# ---- laws --------------------------------------------------------------------------

POINTS = st.integers(0, 100)
TEAM = st.lists(st.tuples(st.sampled_from(["热线", "在线"]), POINTS, POINTS), min_size=1, max_size=8)


def _month(team: list[tuple[str, int, int]], rank: str) -> MonthResult:
    names = [chr(97 + at) for at in range(len(team))]
    people = dict(zip(names, (post for post, _, _ in team), strict=True))
    values = {
        who: {"calls": own, "chats": own, "training": other} for who, (_, own, other) in zip(names, team, strict=True)
    }
    return month(rules(rank), people, values)


@settings(max_examples=drawn(60))
@given(TEAM)
def test_every_card_is_worth_a_hundred_points(team: list[tuple[str, int, int]]) -> None:
    """Weights of a person's lines sum to 100, and the score is 30 % of each of the two works and 40 of the manner."""
    result = _month(team, "all")
    for who, (_, own, other) in zip(sorted(scores(result)), team, strict=True):
        assert sum(line.weight for line in score_lines(result, who)) == 100
        assert scores(result)[who].score == D(30 * own + 30 * other) / 100 + 40


@settings(max_examples=drawn(60))
@given(TEAM)
def test_people_of_other_cards_change_nothing_where_ranks_are_within_cards(team: list[tuple[str, int, int]]) -> None:
    """The rank among all of a card is that of a month in which nobody else is there."""
    result = scores(_month(team, "card"))
    for post in ("热线", "在线"):
        own = [who for who, one in zip(sorted(result), team, strict=True) if one[0] == post]
        alone = [one for one in team if one[0] == post]
        ranks = [one.rank for _, one in sorted(scores(_month(alone, "card")).items())] if alone else []
        assert [result[who].rank for who in own] == ranks


@settings(max_examples=drawn(60))
@given(TEAM, st.sampled_from(["all", "card"]))
def test_a_better_rank_is_a_higher_score_among_those_compared(team: list[tuple[str, int, int]], rank: str) -> None:
    """And equal scores have the same rank; the first is there in every contest."""
    found = list(scores(_month(team, rank)).values())
    for one in found:
        rivals = [other for other in found if rank == "all" or other.card == one.card]
        assert one.rank == 1 + sum((other.score or 0) > (one.score or 0) for other in rivals)
