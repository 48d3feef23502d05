"""Pay in whole jiao or yuan: what was rounded is a line, and the shown lines add up to what is paid out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csctl.policy.model import Policy
from tests.core.paying.plan import EVERY, PLAN
from tests.workbench import D, agent, cents_by_line, month_of, policy


def _plan(to: str) -> Policy:
    return policy(PLAN.replace("[pay.base]", f"[pay]\nround = '{to}'\n[pay.base]") + EVERY)


def _paid(to: str, sold: object) -> dict[str, int]:
    month = month_of(_plan(to), [agent("a", level="junior")], {"a": {"x": 80, "sold": sold}})
    return cents_by_line(month, "a")


@pytest.mark.parametrize(
    ("to", "sold", "rest"),
    [
        ("cent", "123.45", None),
        ("jiao", "123.45", -4),
        ("yuan", "123.45", 46),
        ("yuan", "40.00", 50),
        ("jiao", "4.00", 5),
        ("yuan", "39.20", -49),
        ("yuan", "80.00", None),
    ],
)
def test_the_rest_is_a_line_of_its_own(to: str, sold: str, rest: int | None) -> None:
    """1.25 % of 123.45 are 1.54, of 40.00 are 0.50, of 39.20 are 0.49: the other lines are whole yuan."""
    assert _paid(to, sold).get("rounding") == rest


@given(st.sampled_from([("cent", 1), ("jiao", 10), ("yuan", 100)]), st.integers(0, 300_000))
def test_what_is_paid_out_is_whole_and_as_near_as_can_be(to: tuple[str, int], cents: int) -> None:
    """The sum of all lines is a multiple of the step, at most half of it from the sum without the line."""
    lines = _paid(to[0], D(cents) / 100)
    assert sum(lines.values()) % to[1] == 0
    assert abs(lines.get("rounding", 0)) * 2 <= to[1]
