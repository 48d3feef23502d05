"""Every component of pay, in the order in which they are made: a later one may look at the lines of those before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from csctl.core.paying.components.allowance import allowance
from csctl.core.paying.components.award import award
from csctl.core.paying.components.base import base
from csctl.core.paying.components.cap import cap
from csctl.core.paying.components.commission import commission
from csctl.core.paying.components.deduction import deduction
from csctl.core.paying.components.draw import draw
from csctl.core.paying.components.fine import fine
from csctl.core.paying.components.guarantee import guarantee
from csctl.core.paying.components.manual import manual
from csctl.core.paying.components.overtime import overtime
from csctl.core.paying.components.performance import performance
from csctl.core.paying.components.piece import piece
from csctl.core.paying.components.pool import pool
from csctl.core.paying.components.rounding import rounding
from csctl.core.paying.payroll import Paid, Payroll
from csctl.core.records.lines import PayLine
from csctl.policy.pay.kinds import PayKind
from csctl.policy.pay.plan import Entry, Pay
from csctl.policy.pay.pool import Pool


class Component(NamedTuple):
    """``key``: what stands in the policy under ``[pay]``; ``kinds`` of the lines that ``make`` makes."""

    key: str
    kinds: tuple[PayKind, ...]
    make: Callable[[Payroll, Sequence[PayLine]], Paid]


COMPONENTS = (
    Component("base", ("base",), base),
    Component("deduction", ("unworked",), deduction),
    Component("overtime", ("overtime",), overtime),
    Component("allowance", ("allowance",), allowance),
    Component("performance", ("performance",), performance),
    Component("commission", ("commission",), commission),
    Component("piece", ("piece",), piece),
    Component("award", ("award",), award),
    Component("manual", ("manual",), manual),
    Component("pool", ("bonus",), pool),
    Component("cap", ("cut",), cap),
    Component("fine", ("fine", "compensation"), fine),
    Component("draw", ("draw",), draw),
    Component("guarantee", ("guarantee",), guarantee),
    Component("round", ("rounding",), rounding),
)


def entries_of(pay: Pay) -> Iterator[tuple[PayKind, str, Entry | Pool]]:
    """What a plan may give somebody a line of: the kind of the line, what its id begins with, and the rule."""
    for component in COMPONENTS:
        rules = getattr(pay, component.key)
        for number, rule in enumerate(rules if isinstance(rules, list) else (), 1):
            yield component.kinds[0], f"{component.key}{number}" if isinstance(rule, Pool) else rule.id, rule
