"""Whose post changes inside a month, where posts are judged by different items."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csctl.core.people.cards import ranked_part
from csctl.core.people.roster import agents_of_month
from csctl.core.records.agent import Agent
from csctl.core.scoring.mid_month import scored_as_one
from csctl.month import Month
from csctl.policy.model import Policy
from tests.workbench import OCTOBER, D, canonical_rows, codes, month_of, policy, scores

RULES = policy(
    '[score]\npass_mark = 60\n[[dimension]]\nid = "d"\nlabel = "D"\nweight = 100\n'
    '[[dimension.indicator]]\nid = "m"\nlabel = "manners"\nmissing = "block"\n'
    "[dimension.indicator.tally]\nbase = 5\nspan = 5\n"
    'mark = [{ item = "calm", posts = ["hot line"] }, { item = "tidy", posts = ["desk"] }]\n'
    '[[dimension.indicator]]\nid = "x"\nlabel = "exam"\nmeasure = "x"\nout_of = 100\nmissing = "block"\n'
)
"""Each post has an item of its own: what is asked of the hot line is not asked of the desk."""


def staff(*posts: tuple[str, ...]) -> list[Agent]:
    """Agents a, b, …, on these posts from the 1st, the 12th and the 20th on."""
    days = [OCTOBER.first.replace(day=day) for day in (1, 12, 20)]
    ends = [OCTOBER.first.replace(day=day) for day in (11, 19, 31)]
    rows: list[dict[str, Any]] = [
        {"agent_id": who, "agent_name": who.upper(), "post": post, "valid_from": since, "valid_to": until}
        for who, own in zip("abc", posts, strict=False)
        for post, since, until in zip(own, days, [*ends[: len(own) - 1], ends[-1]], strict=False)
    ]
    people, problems = agents_of_month(canonical_rows("roster", rows), OCTOBER, RULES)
    assert problems == []
    return people


@pytest.mark.parametrize(
    ("posts", "found"),
    [
        ((("hot line", "desk"),), [("“manners”", "a A")]),
        ((("hot line", "desk", "hot line"), ("desk",), ("desk", "hot line")), [("“manners”", "a A, c C")]),
        # Two posts of which neither has an item of its own, and one post with two rows.
        ((("mail", "chat"),), []),
        ((("desk", "desk"), ("desk",)), []),
    ],
)
def test_items_of_the_last_post_alone_are_said_of_whoever_had_another(
    posts: tuple[tuple[str, ...], ...], found: list[tuple[str, str]]
) -> None:
    """Of the indicator that judges by them, and of no other."""
    said = scored_as_one(RULES, staff(*posts))
    names = [", ".join(one.found) if isinstance(one.found, tuple) else str(one.found) for one in said]
    assert list(zip([one.parameters["component"] for one in said], names, strict=True)) == found


def by(moved: str) -> Policy:
    return RULES.model_copy(update={"score": RULES.score and RULES.score.model_copy(update={"moved": moved})})


@pytest.mark.parametrize(
    ("posts", "longest"),
    [
        (("hot line", "desk"), "desk"),  # 11 days and 20
        (("hot line", "desk", "mail"), "mail"),  # 11, 8 and 12
        (("hot line", "desk", "hot line"), "hot line"),  # 23 and 8
        (("hot line", "desk", "desk"), "desk"),
        (("desk", "desk", "hot line"), "desk"),  # 19 and 12
    ],
)
def test_the_post_of_most_days_decides_where_the_policy_says_so(posts: tuple[str, ...], longest: str) -> None:
    """And nothing is left to say, whichever the policy names."""
    people = staff(posts)
    assert ranked_part(by("longest"), people[0]).post == longest
    assert ranked_part(by("last"), people[0]).post == posts[-1]
    assert [scored_as_one(by(one), people) for one in ("last", "longest")] == [[], []]


def test_of_two_posts_with_as_many_days_the_later_decides() -> None:
    """15 days each of November."""
    rows = [
        {
            "agent_id": "a",
            "agent_name": "A",
            "post": post,
            "valid_from": date(2026, 11, first),
            "valid_to": date(2026, 11, last),
        }
        for post, first, last in (("hot line", 1, 15), ("desk", 16, 30))
    ]
    ((agent,), _) = agents_of_month(canonical_rows("roster", rows), Month(2026, 11), RULES)
    assert ranked_part(by("longest"), agent).post == "desk"


def test_the_card_of_most_days_is_the_one_that_scores() -> None:
    """Eleven days on the phone, twenty at the desk; and the other way round, where the desk comes last."""
    cards = policy(
        '[score]\npass_mark = 60\nmoved = "longest"\n[[dimension]]\nid = "d"\nlabel = "D"\nweight = 100\n'
        '[[dimension.indicator]]\nid = "calls"\nlabel = "calls"\nfor = { post = ["hot line"] }\nmeasure = "c"\n'
        'out_of = 100\nmissing = "block"\n'
        '[[dimension.indicator]]\nid = "tickets"\nlabel = "tickets"\nfor = { post = ["desk"] }\nmeasure = "t"\n'
        'out_of = 100\nmissing = "block"\n'
    )
    for posts, score in ((("hot line", "desk"), D(40)), (("hot line", "hot line", "desk"), D(90))):
        result = month_of(cards, staff(posts), {"a": {"c": 90, "t": 40}})
        assert scores(result)["a"].score == score
        assert codes(result) == []
