"""Overtime: base ÷ paid hours × hours × 1.5, 2 or 3."""

from __future__ import annotations

import pytest

from tests.core.paying.plan import paid
from tests.workbench import cents_by_line

HOURS = "[[pay.overtime]]\nid = 'over'\nlabel = 'overtime'\nquantity = 'hours'\n"


@pytest.mark.parametrize(
    ("times", "hours", "expected"),
    [("1.5", 8, 150_00), ("2", 8, 200_00), ("3", 8, 300_00), ("1.5", "0.5", 9_38), ("1.5", 0, None)],
)
def test_an_hour_is_a_174th_of_the_base_times_the_multiple(times: str, hours: object, expected: int | None) -> None:
    """2,175 ÷ 174 = 12.50 an hour; half an hour at 1.5 is 9.375, rounded once."""
    lines = cents_by_line(paid(HOURS + f"times = {times}\n", {"hours": hours}), "a")
    assert lines.get("over") == expected


def test_the_base_is_that_of_the_level() -> None:
    """A senior agent's hour is 25.00."""
    assert cents_by_line(paid(HOURS + "times = 2\n", {"hours": 4}, level="senior"), "a")["over"] == 200_00


def test_the_policy_may_divide_by_other_hours() -> None:
    """2,175 ÷ 200 is 10.875 an hour; eight hours at 1.5 are 130.50."""
    lines = cents_by_line(paid(HOURS + "times = 1.5\ndivisor = 200\n", {"hours": 8}), "a")
    assert lines["over"] == 130_50
