"""Piece pay: so much for each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.core.paying.own_scale import own_figures, own_lines, own_said
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine
from csctl.policy.pay.piece import Piece
from csctl.policy.refs import named_figures


def piece(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """A line for each rate that somebody's quantity reaches; whose quantity is below nothing is said."""
    paid = Paid()
    for rule in payroll.pay.piece:
        _of_one(payroll, rule, paid)
    return paid


def _of_one(payroll: Payroll, rule: Piece, paid: Paid) -> None:
    edges = [tier.from_ for tier in rule.tiers]
    unit = named_figures(payroll.policy)[rule.of].unit

    def same(_: Agent) -> list[Decimal]:
        return edges

    own = own_figures(payroll, rule, same, lambda quantity: quantity)
    paid.lines.extend(own_lines(payroll, rule, "piece", "times" if unit == "count" else unit, own))
    paid.problems.extend(own_said(payroll, rule, own))
