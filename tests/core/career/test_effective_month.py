"""The month in which an approved level takes effect is its first full month (A-08)."""

from __future__ import annotations

from dataclasses import replace

from csctl.core.career.changes import LevelChange
from csctl.month import Month
from tests.core.career.world import World, policy_with

FEBRUARY = Month(2026, 2)
OTHERS = {name: [90, 90, 90, 90] for name in ("f", "g", "h")}


def promoted(own: list[int]) -> World:
    """Ned at the middle level since February, May the last month; three others always before him."""
    scores = {**{name: list(values) for name, values in OTHERS.items()}, "ned": own}
    levels = {"ned": ["初级", "中级", "中级", "中级"]}
    change = LevelChange("ned", "初级", "中级", FEBRUARY)
    return World(policy_with("pr"), FEBRUARY.shift(2), scores, "初级", levels=levels, changes=[change])


def missed(world: World) -> tuple[str, str]:
    """Whether Ned missed the first three often enough, and how often."""
    one = world.findings("middle_missed")["ned"]
    return one.state, one.found


def test_the_month_of_an_approved_level_counts() -> None:
    """February, March and April are three; January was before."""
    assert missed(promoted([50, 50, 50, 50])) == ("met", "3 次")


def test_the_month_before_an_approved_level_does_not_count() -> None:
    """Fourth in January, February and March make two, first in April or not."""
    assert missed(promoted([50, 50, 50, 50]).later("2026-03")) == ("unmet", "2 次")


def test_a_level_that_only_the_roster_shows_counts_from_the_month_after() -> None:
    """On which day of February it began, nobody says; an approval of another month or person changes nothing."""
    world = promoted([50, 50, 50, 50])
    for changes in (
        [],
        [LevelChange("f", "初级", "中级", FEBRUARY)],
        [LevelChange("ned", "初级", "中级", FEBRUARY.shift(-1))],
        [LevelChange("ned", "高级", "初级", FEBRUARY)],
    ):
        assert missed(replace(world, changes=changes)) == ("unmet", "2 次")


def test_the_year_after_an_approved_promotion_begins_with_its_month() -> None:
    """Approved for February 2025: a miss in that month counts, one twelve months later no longer does."""
    good, bad = 95, 50
    own = [good, bad, *[good] * 5, bad, *[good] * 5, bad]
    scores = {**{name: [90] * len(own) for name in OTHERS}, "ned": own}
    levels = {"ned": ["中级", *["高级"] * (len(own) - 1)]}
    change = LevelChange("ned", "中级", "高级", Month(2025, 2))
    world = World(policy_with("pr"), FEBRUARY, scores, "初级", levels=levels, changes=[change])
    assert world.findings("senior_missed")["ned"].found == "2 次"
