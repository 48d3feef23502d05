"""A pool with ``prorate = false`` takes group and level at the end of the month, whatever it is shared by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from csctl.core.compute import MonthInput, compute_month
from csctl.core.records.agent import Agent, Span
from csctl.core.records.result import MonthResult
from tests.workbench import OCTOBER, WEEKENDS_OFF, D, agent, cents_by_line, codes, measured, policy

RULES = """
[measure.hours]
label = "hours"
unit = "hours"
table = "kpis"
sum = "value"
[measure.sold]
label = "sold"
unit = "yuan"
table = "kpis"
sum = "value"
[pay.base]
by = "roster"
[[pay.pool]]
label = "pool"
prorate = false
split_by = "measure"
measure = "hours"
"""
HEADS = "per_head = 220\nweights = { senior = 2 }\n"
SOLD = 'of = "sold"\nper = "group"\ntiers = [{ from = 0, rate = 0.1 }]\nshare = 1\nmode = "marginal"\n'


def moved(who: str, **changes: Any) -> Agent:
    """A junior of the east until the 15th; from the 16th what the changes say."""
    first = Span(date(2026, 10, 1), date(2026, 10, 15), "junior", "east", "", D(3000), date(2020, 1, 1), None)
    last = replace(first, since=date(2026, 10, 16), until=date(2026, 10, 31), **changes)
    return agent(who, level=last.level, group=last.group, base_pay=D(3000), spans=(first, last))


def month(rules: str, agents: list[Agent], by_part: Mapping[str, Mapping[str, tuple[int, int]]]) -> MonthResult:
    """October; ``by_part``: agent → figure → what fell to each half of the month."""
    values = {who: {name: sum(parts) for name, parts in own.items()} for who, own in by_part.items()}
    by_span: dict[tuple[str, str], tuple[Decimal | None, ...]] = {
        (who, name): (D(first), D(last)) for who, own in by_part.items() for name, (first, last) in own.items()
    }
    given = MonthInput(policy(RULES + rules), OCTOBER, agents, measured(values), (), WEEKENDS_OFF, (), by_span=by_span)
    return compute_month(given)


@pytest.mark.parametrize(("hours", "shares"), [((80, 80), (293_33, 146_67)), ((160, 0), (293_33, 146_67))])
def test_who_is_promoted_inside_the_month_is_one_head(hours: tuple[int, int], shares: tuple[int, int]) -> None:
    """Two people, 440 yuan: 160 hours × 2 of a, a senior at the end, and 160 × 1 of b. 440 × 320 ÷ 480 = 293.33."""
    who = [moved("a", level="senior"), moved("b")]
    result = month(HEADS, who, {"a": {"hours": hours}, "b": {"hours": (80, 80)}})
    own = [cents_by_line(result, one.agent_id) for one in who]
    assert own == [{"base": 3000_00, "pool1": share} for share in shares]


def test_what_was_sold_in_a_group_that_nobody_is_in_at_the_end_makes_its_pool() -> None:
    """Of 1,000 sold in the east 100 are nobody's, which is said; of 500 in the west a has 50."""
    result = month(SOLD, [moved("a", group="west")], {"a": {"hours": (80, 80), "sold": (1000, 500)}})
    assert {one.pool: one.pool_cents for one in result.pools} == {"pool1.east": 100_00, "pool1.west": 50_00}
    assert cents_by_line(result, "a") == {"base": 3000_00, "pool1.west": 50_00}
    assert "pool-undistributed" in codes(result)
