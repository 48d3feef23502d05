"""Whose post changes inside a month, where posts are judged by different items."""

from __future__ import annotations

from typing import Any

import pytest

from csctl.core.people.roster import agents_of_month
from csctl.core.records.agent import Agent
from csctl.core.scoring.mid_month import scored_as_one
from tests.workbench import OCTOBER, canonical_rows, policy

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
        ((("hot line", "desk"),), [("manners", "a A")]),
        ((("hot line", "desk", "hot line"), ("desk",), ("desk", "hot line")), [("manners", "a A, c C")]),
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
