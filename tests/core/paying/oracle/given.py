"""A month that was drawn as the program is given it: figures of people, of parts of the month and of cards; or rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from csctl.core.compute import MonthInput
from csctl.core.people.cards import cards_by_days
from csctl.core.people.roster import agents_of_month, not_employed
from csctl.core.preparing.month import prepare_month
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.core.records.result import MonthResult
from csctl.policy.model import Policy
from tests.core.paying.oracle.case import Case, Fact, MonthCase
from tests.core.paying.oracle.plans import MEASURES
from tests.core.paying.oracle.standing import MEANS
from tests.workbench import Row, canonical_rows, frame

EVENTS = ("event.praise", "event.loss")
NAMES = (*MEASURES, *EVENTS)
Days = Sequence[tuple[date, date]]


def roster_rows(month: MonthCase) -> list[Row]:
    """The roster as it is read."""
    rows = [asdict(row) | {"agent_name": f"name of {row.agent_id}"} for row in month.roster]
    return list(canonical_rows("roster", rows, month.month))


def of_figures(rules: Policy, case: Case, one: MonthCase, past: tuple[MonthResult, ...]) -> MonthInput:
    """The people by their roster, with figures that are added up here."""
    rows = roster_rows(one)
    agents, faults = agents_of_month(rows, one.month, rules)
    assert not faults, faults
    here = {agent.agent_id: _days(agent, one) for agent in agents}
    absent = not_employed(rows, here, one.month)
    inside, outside = list[Fact](), list[Fact]()
    for fact in one.facts:
        (inside if _inside(fact, here.get(fact.agent_id, [])) else outside).append(fact)
    others = {fact.agent_id for fact in outside}
    partly = [agent for agent in agents if agent.agent_id in others]
    return MonthInput(
        rules, one.month, agents, _figures(inside, here), (), case.calendar, past,
        items=tuple(one.items),
        others=(*absent, *partly),
        measured_others=tuple(_figures(outside, [agent.agent_id for agent in (*absent, *partly)])),
        by_span=_by_span(agents, inside),
        by_card=_by_card(rules, agents, inside),
    )  # fmt: skip


def of_rows(rules: Policy, case: Case, one: MonthCase, past: tuple[MonthResult, ...], folder: Path) -> MonthInput:
    """The same month with its figures as rows: credited to people, spans and cards by the program."""
    kpis = [
        {"agent_id": fact.agent_id, "date": fact.day, "metric": fact.name, "value": fact.amount / _unit(fact)}
        for fact in one.facts
        if fact.name in MEASURES
    ]
    events = [
        {"agent_id": fact.agent_id, "date": fact.day, "event": fact.name.removeprefix("event."), "count": None}
        for fact in one.facts
        if fact.name in EVENTS
    ]
    frames = {
        name: frame(folder, name, canonical_rows(name, rows, one.month))
        for name, rows in (("kpis", kpis), ("events", events))
    }
    given, _ = prepare_month(rules, one.month, roster_rows(one), frames, {}, case.calendar, past)
    return replace(given, items=tuple(one.items))


def _unit(fact: Fact) -> int:
    """What one of it is in a table: of percent the hundredth."""
    return 100 if MEASURES[fact.name] == "%" else 1


def _days(agent: Agent, one: MonthCase) -> Days:
    whole = (agent.hired_on or one.month.first, agent.left_on or one.month.last)
    return [(span.since, span.until) for span in agent.spans] or [whole]


def _inside(fact: Fact, days: Days) -> bool:
    return bool(days) and (fact.day is None or any(since <= fact.day <= until for since, until in days))


def _figures(facts: Iterable[Fact], people: Iterable[str]) -> list[Measured]:
    own: dict[tuple[str, str], list[Decimal]] = {(who, name): [] for who in people for name in NAMES}
    for fact in facts:
        own[fact.agent_id, fact.name].append(fact.amount)
    return [_measured(who, name, amounts) for (who, name), amounts in own.items()]


def _measured(who: str, name: str, amounts: Sequence[Decimal]) -> Measured:
    count = len(amounts)
    total = sum(amounts, Decimal(0)) / (count if name in MEANS and count else 1)
    return Measured(who, name, total if amounts else None, count, None, None, "kpis")


def _by_span(agents: Iterable[Agent], facts: Sequence[Fact]) -> dict[tuple[str, str], tuple[Decimal | None, ...]]:
    """The sums of each part of the month, of figures that tell their days."""
    found: dict[tuple[str, str], tuple[Decimal | None, ...]] = {}
    for agent in agents:
        for name, own in _dated(agent, facts).items() if len(agent.spans) > 1 else ():
            parts = [[fact.amount for fact in own if _inside(fact, [(at.since, at.until)])] for at in agent.spans]
            if name not in MEANS:
                found[agent.agent_id, name] = tuple(sum(part, Decimal(0)) if part else None for part in parts)
    return found


def _by_card(
    rules: Policy, agents: Iterable[Agent], facts: Sequence[Fact]
) -> dict[tuple[str, int], tuple[Measured, ...]]:
    """The figures of the days of each card, of whoever has several."""
    found: dict[tuple[str, int], tuple[Measured, ...]] = {}
    for agent in agents:
        for number, card in enumerate(cards_by_days(rules, agent)):
            days = [(agent.spans[at].since, agent.spans[at].until) for at in card.spans]
            found[agent.agent_id, number] = tuple(
                _measured(agent.agent_id, name, [fact.amount for fact in own if _inside(fact, days)])
                for name, own in _dated(agent, facts).items()
            )
    return found


def _dated(agent: Agent, facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Somebody's figures, all rows of which tell their day."""
    own: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.agent_id == agent.agent_id and fact.name in MEASURES:
            own.setdefault(fact.name, []).append(fact)
    return {name: each for name, each in own.items() if all(fact.day for fact in each)}
