"""A plain plan of pay, to which a test adds one component."""

from __future__ import annotations

from collections.abc import Mapping

from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy
from tests.workbench import SCORED, agent, month_of, policy

PLAN = (
    SCORED
    + """
[[grade]]
label = "A"
at_least = 90
coefficient = 1.2
[[grade]]
label = "B"
at_least = 70
coefficient = 1
[[grade]]
label = "C"
coefficient = 0
[[level]]
id = "junior"
label = "Junior agent"
[[level]]
id = "senior"
[measure.x]
label = "score"
unit = "points"
table = "kpis"
sum = "value"
[measure.nights]
label = "night shifts"
unit = "count"
table = "attendance"
rows = true
[measure.hours]
label = "overtime"
unit = "hours"
table = "kpis"
sum = "value"
[measure.sold]
label = "net sales"
unit = "yuan"
table = "orders"
sum = "amount"
[measure.target]
label = "sales target"
unit = "yuan"
table = "targets"
sum = "amount"
[measure.reached]
label = "attainment"
unit = "%"
table = "kpis"
sum = "value"
[pay.base]
by = "level"
amounts = { "junior" = 2175, "senior" = 4350 }
[pay.probation]
amount = 1600
months = 1
"""
)


def plan(component: str) -> Policy:
    """The plan with a component."""
    return policy(PLAN + component)


def paid(component: str, values: Mapping[str, object], **about: object) -> MonthResult:
    """October 2026, 22 workdays, of one junior agent with 80 points; ``about`` goes on the roster."""
    return month_of(plan(component), [agent("a", **{"level": "junior", **about})], {"a": {"x": 80, **values}})


EVERY = """
[[pay.overtime]]
id = "over"
label = "overtime"
quantity = "hours"
times = 1.5
[[pay.allowance]]
id = "night"
label = "nights"
quantity = "nights"
amount = 30
at_most = 100
[[pay.performance]]
id = "perf"
label = "performance"
amount = 1000
by = "score"
[[pay.commission]]
id = "own"
label = "commission"
of = "sold"
tiers = [ { from = 0, rate = 0.0125 }, { from = 1000, rate = 0.03 } ]
[[pay.piece]]
id = "calls"
label = "calls"
of = "nights"
tiers = [ { from = 0, rate = 0.35 }, { from = 2, rate = 0.55 } ]
[[pay.award]]
id = "top"
label = "first two"
first = "score"
top = [200, 100]
[[pay.manual]]
id = "once"
label = "one-off"
at_most = 300
"""
"""A component of each kind beside base pay."""
