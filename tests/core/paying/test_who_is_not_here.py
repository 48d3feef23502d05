"""What is sold or taken back for people who are not here in the month counts for the group that they were in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.people.roster import agents_of_month, not_employed
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, canonical_rows, measured, policy

POOL = """
[measure.sold]
label = "sold"
unit = "yuan"
table = "orders"
sum = "amount"
[pay.base]
by = "roster"
[[pay.pool]]
label = "pool"
of = "sold"
per = "group"
split_by = "equal"
tiers = [{ from = 0, rate = 0.1 }]
share = 1
mode = "marginal"
negative = "deduct"
"""
EAST: dict[str, Any] = {"group": "east", "hired_on": date(2025, 3, 3), "valid_to": date(2026, 6, 30)}
WEST: dict[str, Any] = {"group": "west", "valid_from": date(2026, 7, 1), "left_on": date(2026, 9, 15)}
NOT_YET: dict[str, Any] = {"group": "north", "hired_on": date(2026, 12, 1)}
HERE: dict[str, Any] = {"agent_id": "a", "group": "east", "base_pay": D(3000)}


@pytest.mark.parametrize(
    ("rows", "group"),
    [((EAST, WEST), "west"), ((WEST, EAST), "west"), ((EAST, WEST, NOT_YET), "west"), ((NOT_YET,), "north")],
    ids=["moved and left", "the later row first", "comes again", "not here yet"],
)
def test_a_refund_of_somebody_who_left_is_taken_from_the_last_group(
    rows: tuple[dict[str, Any], ...], group: str
) -> None:
    """A refund of 500 in October for b: the pool of that group is −50, the other, of 2,000, is 200 as it was."""
    named = [HERE, *({"agent_id": "b", **row} for row in rows)]
    roster, rules = canonical_rows("roster", [{"agent_name": "n", **row} for row in named]), policy(POOL)
    agents, faults = agents_of_month(roster, OCTOBER, rules)
    others = not_employed(roster, ["a"], OCTOBER)
    given = MonthInput(
        rules, OCTOBER, agents, measured({"a": {"sold": 2000}}), (), WEEKENDS_OFF, (),
        others=tuple(others), measured_others=tuple(measured({"b": {"sold": -500}})),
    )  # fmt: skip
    pools = {one.pool: one.pool_cents for one in compute_month(given).pools}
    assert (faults, pools) == ([], {"pool1.east": 200_00, f"pool1.{group}": -50_00})
