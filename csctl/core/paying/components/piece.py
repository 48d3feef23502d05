"""Piece pay: so much for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csctl.core.paying.amounts import Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.paying.scale import scale_parts
from csctl.core.records.lines import PayLine
from csctl.policy.pay.piece import Piece
from csctl.policy.refs import figures


def piece(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """A line for each rate that somebody's quantity reaches."""
    return Paid([line for rule in payroll.pay.piece for line in _of_one(payroll, rule)])


def _of_one(payroll: Payroll, rule: Piece) -> Iterator[PayLine]:
    unit = figures(payroll.policy)[rule.of].unit
    for agent in payroll.receivers(rule):
        quantity = payroll.facts.values[agent.agent_id].get(rule.of)
        if quantity is None:
            continue
        for index, part in scale_parts(quantity, [tier.from_ for tier in rule.tiers], rule.mode):
            if part:
                amount = Amount(part, "times" if unit == "count" else unit, rule.tiers[index].rate)
                name = f"{rule.id}.{index + 1}"
                yield product_line(agent.agent_id, name, rule.label, "piece", amount, rule=rule.rule)
