"""Names that a policy gives and a table repeats: levels, posts, rated items, levels of a scale."""

from __future__ import annotations

import pytest

from csctl.core.scoring.points import points_of_level
from csctl.core.scoring.ratings import Sheets
from csctl.policy.scoring import Indicator, TallyMark
from tests.workbench import policy, rating

LADDER = '[[level]]\nid = "T1"\nlabel = "Senior Agent"\n[[level]]\nid = "t1"\n[scale]\n"Very Good" = 100\n'


@pytest.mark.parametrize(
    ("written", "rung"),
    [("T1", "T1"), ("t1", "t1"), ("senior  agent", "T1"), ("Ｔ１", "T1"), ("T10", None), ("", None)],
)
def test_a_level_is_found_in_any_letters_and_the_exact_one_first(written: str, rung: str | None) -> None:
    """By id or label; a longer name is another one."""
    found = policy(LADDER).job_level(written)
    assert (found.id if found else None) == rung


def test_items_posts_and_levels_of_a_scale_are_found_in_any_letters() -> None:
    """A rater's small letters cost nobody a mark."""
    sheets = Sheets([rating("a1", "team SPIRIT", "very good"), rating("a1", "Team spirits", "poor")])
    assert [one.value for one in sheets.find("a1", "superior", ["Team Spirit"])] == ["very good"]
    assert TallyMark(item="x", posts=["Hotline"]).is_for("ＨＯＴＬＩＮＥ")
    assert not TallyMark(item="x", posts=["Hotline"]).is_for("Hotline 2")
    indicator = Indicator.model_validate({"id": "x", "label": "X", "rating": "x", "missing": "zero"})
    points = points_of_level(policy(LADDER), indicator, "VERY GOOD")
    assert points is not None
    assert (int(points.points), points.level) == (100, "Very Good")
