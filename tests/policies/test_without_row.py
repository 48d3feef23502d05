"""What the shipped policies take a due day without a row for."""

from __future__ import annotations

import pytest

from csctl.policy.load import load_policy
from csctl.store.shipped import policy_names
from csctl.workspace import policy_source


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        # Fixed days, and one day of rest a week: who has no row where others have one did not come.
        ("taobao-department", "absent"),
        ("hospital-desk", "absent"),
        # Two days of rest a month that nobody plans: any of the days may have been one.
        ("taobao-service", "unknown"),
    ],
)
def test_a_day_without_a_row_is_an_absence_only_where_rest_does_not_float(name: str, meaning: str) -> None:
    """Nobody is charged for a day that may have been a day off."""
    loaded, problems = load_policy(name, lambda asked: policy_source(asked, None), policy_names())
    assert loaded is not None, problems
    rules = loaded.policy.working_time
    assert rules is not None
    assert rules.without_row == meaning
    assert (rules.rest_days is not None and rules.rest_per == "month") is (meaning == "unknown")
