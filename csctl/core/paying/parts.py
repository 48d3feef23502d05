"""A monthly amount that changes inside the month: each amount for the days on which it held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from csctl.core.paying.amounts import ONE
from csctl.core.paying.payroll import Payroll
from csctl.core.people.employment import PartOfMonth
from csctl.core.people.spans import dates_said
from csctl.core.records.agent import Agent
from csctl.messages import say
from csctl.messages.grammar import clauses
from csctl.policy.pay.receivers import Receivers


@dataclass(frozen=True, slots=True)
class Held:
    """One monthly amount, in yuan, the parts of the month in which it held, and the paid days of them that count.

    ``number`` counts a month's amounts from 1. ``said`` are the level and the dates, "" where nothing changes.
    """

    number: int
    monthly: Decimal
    days: int
    said: str
    fte: Decimal = ONE

    def line(self, line: str) -> str:
        """The id of its pay line: the component's own for the first, with a number for what comes after."""
        return line if self.number == 1 else f"{line}.{self.number}"


def held_amounts(
    parts: Sequence[PartOfMonth],
    monthly: Callable[[Agent], Decimal | None],
    days: Callable[[PartOfMonth], int],
    *,
    by_fte: bool,
) -> list[Held]:
    """The amounts of a month in the order in which they came, without those of no day.

    What goes on or comes back at the same amount is one: so a month that changes nothing about the amount is paid
    exactly, wherever its parts begin and end. ``by_fte``: an amount of full time, of which part-time people have part.
    """
    held: dict[tuple[Decimal, Decimal], list[PartOfMonth]] = {}
    for part in parts:
        amount = monthly(part.agent) if days(part) else None
        if amount is not None:
            held.setdefault((amount, part.agent.share_of_full_time if by_fte else ONE), []).append(part)
    alone = len(parts) == 1
    return [
        Held(number, amount, sum(map(days, own)), "" if alone else parts_text(own), fte)
        for number, ((amount, fte), own) in enumerate(held.items(), start=1)
    ]


def with_fte(text: str, fte: Decimal, language: str) -> str:
    """What is said of an amount, and the part of full time that it is for where it is less."""
    return clauses((text, say("pay-note-fte", language, fte=f"{fte.normalize():f}") if fte != ONE else ""), language)


def parts_text(parts: Iterable[PartOfMonth]) -> str:
    """Level and dates of parts of a month, in any language."""
    return dates_said((part.agent, part.days) for part in parts)


@dataclass(frozen=True, slots=True)
class RatedParts:
    """One monthly amount, and the parts of the month whose figures are paid by it; numbered and said as ``Held`` is."""

    number: int
    monthly: Decimal | None
    said: str
    counts: Callable[[PartOfMonth], bool]

    def line(self, line: str) -> str:
        """The id of its pay line, as of amounts that are held."""
        return line if self.number == 1 else f"{line}.{self.number}"


def rated_parts(
    payroll: Payroll, agent: Agent, monthly: Callable[[Agent], Decimal | None], measure: str
) -> list[RatedParts]:
    """The amounts by which an hour or a day is paid, each with its part of the month; the last alone where the figure
    tells no days.
    """
    parts = [part for part in payroll.parts(agent) if part.days]
    amounts = list(dict.fromkeys(monthly(part.agent) for part in parts))
    if len(amounts) < 2 or not payroll.parted(agent, measure):
        return [RatedParts(1, monthly(agent), "", lambda _: True)]
    return [
        RatedParts(number, amount, parts_text(_at(monthly, amount, parts)), partial(_is_at, monthly, amount))
        for number, amount in enumerate(amounts, start=1)
    ]


def _is_at(monthly: Callable[[Agent], Decimal | None], amount: Decimal | None, part: PartOfMonth) -> bool:
    return monthly(part.agent) == amount


def _at(
    monthly: Callable[[Agent], Decimal | None], amount: Decimal | None, parts: Iterable[PartOfMonth]
) -> list[PartOfMonth]:
    return [part for part in parts if _is_at(monthly, amount, part)]


def days_meant(payroll: Payroll, component: Receivers, agent: Agent, measure: str) -> str:
    """Level and dates of the days whose figure a component counts; "" where it counts all of the month."""
    if not payroll.parted(agent, measure):
        return ""
    parts = [part for part in payroll.parts(agent) if part.days]
    own = [part for part in parts if payroll.meant(component, part.agent)]
    return "" if len(own) == len(parts) else parts_text(own)
