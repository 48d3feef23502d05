"""What is paid out in whole jiao or yuan: the rest is a line of its own, so that the shown lines still add up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.lines import PayLine
from csctl.messages import say
from csctl.money import from_cents, round_half_up

CENTS = {"cent": 1, "jiao": 10, "yuan": 100}


def rounding(payroll: Payroll, made: Sequence[PayLine]) -> Paid:
    """For each agent what lies between the sum of the lines and what is paid out."""
    step = CENTS[payroll.pay.round]
    totals: dict[str, int] = {}
    for line in made:
        totals[line.agent_id] = totals.get(line.agent_id, 0) + line.amount_cents
    rests = {agent: int(round_half_up(Fraction(cents, step), 0)) * step - cents for agent, cents in totals.items()}
    label = say("pay-rounding", payroll.language)
    return Paid(
        [
            product_line(agent, "rounding", label, "rounding", Amount(ONE, "month", from_cents(cents)), rule="")
            for agent, cents in rests.items()
            if cents
        ]
    )
