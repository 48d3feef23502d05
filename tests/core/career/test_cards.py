"""The rank that a promotion asks for, where people have different scorecards."""

from __future__ import annotations

import pytest

from csctl.month import Month
from csctl.policy.model import Policy
from tests.core.career.world import World, policy_with
from tests.workbench import policy

TWO = """
[[level]]
id = "中级"
[[level]]
id = "高级"
[score]
pass_mark = 60
rank = "{rank}"
[[dimension]]
id = "one"
label = "One"
weight = 100
for = {{ level = ["中级"] }}
[[dimension.indicator]]
id = "x"
label = "x"
rating = "x"
missing = "block"
[[dimension]]
id = "two"
label = "Two"
weight = 100
for = {{ level = ["高级"] }}
[[dimension.indicator]]
id = "y"
label = "y"
rating = "y"
missing = "block"
"""


def rules(rank: str) -> Policy:
    """The ladder of which a step asks for the first rank on average, with a card for each level."""
    cards = policy(TWO.format(rank=rank))
    ladder = policy_with("pr", "senior_rank", average_rank=1)
    score = cards.score.model_copy(update={"decimals": ladder.score_decimals}) if cards.score else None
    return ladder.model_copy(update={"score": score, "dimension": cards.dimension})


@pytest.mark.parametrize(("rank", "state"), [("all", "unmet"), ("card", "met")])
def test_the_rank_of_the_mean_is_among_those_with_whom_scores_are_compared(rank: str, state: str) -> None:
    """Somebody of another card has the better mean; of the own card nobody has."""
    scores = {"a": [90] * 6, "b": [80] * 6, "c": [99] * 6}
    levels = {"c": ["高级"] * 6}
    found = World(rules(rank), Month(2026, 6), scores, "中级", levels).findings("senior_rank")
    assert found["a"].state == state
    assert found["b"].state == "unmet"
