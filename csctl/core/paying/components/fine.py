"""Fines and compensation: money for happenings and results."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from csctl.core.paying.amounts import ONE, Amount, product_line
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.decision import decision_text
from csctl.core.records.lines import PayLine
from csctl.core.scoring.conditions import Facts, times_applied
from csctl.messages import problem
from csctl.policy.pay.fine import Fine
from csctl.policy.pay.plan import Pay
from csctl.problems import Problem

MOST_DOUBLINGS = 20


def fine(payroll: Payroll, _made: Sequence[PayLine]) -> Paid:
    """Every fine of the month, whoever competes."""
    agents = [agent.agent_id for agent in payroll.agents]
    lines, problems = fine_lines(payroll.pay, agents, payroll.facts, payroll.language)
    return Paid(lines, problems=problems)


def fine_lines(pay: Pay, agents: Sequence[str], facts: Facts, language: str) -> tuple[list[PayLine], list[Problem]]:
    """Every fine and compensation of the month, agents in the order given; a revoked one is a line of nothing.

    A doubling fine that would double more often than anybody means (a mistyped count) is an error.
    """
    lines: list[PayLine] = []
    problems: list[Problem] = []
    for agent in agents:
        for rule in pay.fine:
            decision = facts.decision(agent, "fine", rule.id)
            count = (
                int(decision.value) if decision else _costing(rule, times_applied(rule.each, rule.when, agent, facts))
            )
            if rule.escalate == "double" and count > MOST_DOUBLINGS:
                problems.append(
                    problem("fine-runs-away", found=count, agent=agent, fine=rule.label, most=MOST_DOUBLINGS)
                )
            elif count or decision:
                lines += _fine(rule, agent, count, decision_text(decision, language) if decision else "")
    return lines, problems


def _costing(fine: Fine, happened: int) -> int:
    """How many of the happenings cost."""
    count = max(0, happened - (fine.from_count - 1))
    return min(count, 1) if fine.once else count


def _fine(fine: Fine, agent: str, count: int, note: str) -> list[PayLine]:
    """Doubling gives a line for each happening: 50, 100, 200 (A-18); else one line for all of them."""
    if fine.escalate == "none" or not count:
        return [_fine_line(fine, fine.id, agent, Amount(Decimal(-count), "times", fine.amount), note)]
    return [
        _fine_line(fine, f"{fine.id}.{step + 1}", agent, Amount(-ONE, "times", fine.amount * 2**step), note)
        for step in range(count)
    ]


def _fine_line(fine: Fine, line: str, agent: str, amount: Amount, note: str) -> PayLine:
    return product_line(agent, line, fine.label, fine.kind, amount, rule=fine.rule, note=note)
