"""How a pay line is explained: its formula, and what became of the rest of a cent."""

from __future__ import annotations

from csctl.core.explaining.explain import explanation_tree, find_node
from csctl.core.explaining.nodes import Explained
from tests.workbench import D, agent, month_of, policy

RULES = policy("""
language = "en"
[measure.leave]
label = "Leave"
unit = "days"
table = "attendance"
sum = "personal_leave_days"
[pay.base]
by = "roster"
[[pay.deduction]]
id = "leave"
label = "Leave"
quantity = "leave"
divisor = 21.75
""")


def note(days: str, base: str) -> str:
    """What is said of the deduction for so many days at that base pay."""
    who = agent("a", base_pay=D(base))
    result = month_of(RULES, [who], {"a": {"leave": D(days)}})
    line = find_node(explanation_tree(Explained(result, who, (), lambda _: (), "en")), "leave")
    assert line is not None
    return f"{line.value} = {line.note}"


def test_a_rounded_amount_says_that_it_was_rounded() -> None:
    """1,000 ÷ 21.75 is 45.977…; 2,175 ÷ 21.75 is 100 to the cent, and half a day of it 50."""
    assert note("1", "1000") == "-45.98 = -1 days × 1,000 ÷ 21.75, rounded half up to the cent"
    assert note("1", "2175") == "-100.00 = -1 days × 2,175 ÷ 21.75"
    assert note("0.5", "2175") == "-50.00 = -0.5 days × 2,175 ÷ 21.75"
