"""What the program assumes where a policy is silent stands among the policy's assumptions."""

from __future__ import annotations

import pytest

from csctl.policy.load import load_policy
from csctl.policy.model import Assumption
from csctl.policy.tree import SourceText
from tests.policy.small import SMALL


def _about_coverage(text: str) -> list[Assumption]:
    """The assumptions of a policy of this text that name the key."""
    loaded, problems = load_policy("own", lambda name: SourceText("own.toml", text) if name == "own" else None)
    assert loaded is not None, problems
    return [one for one in loaded.policy.assumption if "score.min_coverage" in one.keys]


def test_the_least_coverage_of_a_score_is_an_assumption_until_the_policy_says_it() -> None:
    """In the policy's language, with the number and the key to write."""
    (one,) = _about_coverage(SMALL)
    assert (one.id, one.kind) == ("min-coverage", "choice")
    assert "50" in one.text


@pytest.mark.parametrize("least", ["0.5", "0", "1"])
def test_who_writes_the_key_assumes_nothing(least: str) -> None:
    """Even where the number is the one that would have been assumed."""
    assert _about_coverage(SMALL.replace("[score]", f"[score]\nmin_coverage = {least}", 1)) == []


def test_an_assumption_of_the_policy_about_the_key_is_not_said_twice() -> None:
    """The policy's own words stand."""
    own = '\n[[assumption]]\nid = "C-1"\nkind = "choice"\ntext = "half"\nkeys = ["score.min_coverage"]\n'
    assert [one.id for one in _about_coverage(SMALL + own)] == ["C-1"]


@pytest.mark.parametrize("least", ["-0.01", "1.01", '"half"'])
def test_a_part_of_the_weight_lies_between_none_and_all(least: str) -> None:
    """Anything else is refused."""
    text = SMALL.replace("[score]", f"[score]\nmin_coverage = {least}", 1)
    loaded, problems = load_policy("own", lambda name: SourceText("own.toml", text) if name == "own" else None)
    assert loaded is None
    assert problems
