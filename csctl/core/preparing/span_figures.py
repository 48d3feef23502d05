"""Figures of the parts of a month that changes inside, from the rows of their days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from csctl.core.measuring.measures import Ratio, compute_measures, formulas
from csctl.core.measuring.terms import window_months
from csctl.core.people.cards import CardDays, cards_by_days
from csctl.core.people.span_rows import OF_DAYS, ByStretch, Stretch, rows_by_stretch, span_key, stretches_of
from csctl.core.preparing.rows import MonthRows
from csctl.core.preparing.tables import undated_files
from csctl.core.records.lines import Measured
from csctl.core.working_time.month import WorkedMonth
from csctl.month import Month

BySpan = Mapping[tuple[str, str], tuple[Decimal | None, ...]]
"""By agent and measure the figure of each span, in their order; nothing of a figure whose rows tell no days."""


def figures_by_span(rows: MonthRows) -> BySpan:
    """The sums and counts of everybody with several spans."""
    stretches = stretches_of(rows.agents, rows.month)
    if not stretches:
        return {}
    found = {(one.agent_id, one.measure): one.value for one in figures_of(rows, stretches)}
    names = [one.name for one in formulas(rows.policy) if one.adds_up]
    counts = {one.agent_id: len(one.spans) for one in rows.agents}
    return {
        (who, name): tuple(found.get((span_key(who, number), name)) for number in range(counts[who]))
        for who in sorted({one.agent_id for one in stretches})
        for name in names
        if any((span_key(who, number), name) in found for number in range(counts[who]))
    }


def figures_of(rows: MonthRows, stretches: Sequence[Stretch]) -> list[Measured]:
    """The figures of the days of each key; none of a measure that looks at other months, or whose rows tell no days."""
    given = rows_by_stretch(rows.split.own, stretches, rows.month, undated_files(rows.files))
    keys = {one.key: one.agent_id for one in stretches}
    found = compute_measures(rows.policy, given.tables, sorted(keys), rows.month, rows.filled)
    parted = {one.name: one for one in formulas(rows.policy) if _of_days(one, rows.month)}
    return [one for one in found if one.measure in parted and _dated(parted[one.measure], keys[one.agent_id], given)]


def _of_days(formula: Ratio, month: Month) -> bool:
    return all(term.table in OF_DAYS and window_months(term, month) == [str(month)] for term in formula.terms)


def _dated(formula: Ratio, agent: str, given: ByStretch) -> bool:
    return all((agent, term.table) not in given.undated for term in formula.terms)


def figures_by_card(rows: MonthRows, worked: WorkedMonth) -> Mapping[tuple[str, int], tuple[Measured, ...]]:
    """By agent and number of the card the figures of its days, of whoever is scored by several cards in the month;
    ``worked`` is what attendance was in the parts of it.
    """
    found: dict[tuple[str, int], tuple[Measured, ...]] = {}
    stretches: list[Stretch] = []
    for agent in rows.agents:
        for number, one in enumerate(cards_by_days(rows.policy, agent)):
            key = f"{agent.agent_id}\x1fcard{number:02}"
            found[agent.agent_id, number] = tuple(_attended(worked, agent.agent_id, one))
            own = {span_key(agent.agent_id, at) for at in one.spans}
            stretches += [replace(part, key=key) for part in stretches_of([agent], rows.month) if part.key in own]
    if not stretches:
        return {}
    by_key: dict[str, list[Measured]] = {}
    for figure in figures_of(rows, stretches):
        by_key.setdefault(figure.agent_id, []).append(figure)
    return {
        (who, number): (*own, *(replace(one, agent_id=who) for one in by_key.get(f"{who}\x1fcard{number:02}", ())))
        for (who, number), own in found.items()
    }


def _attended(worked: WorkedMonth, agent: str, card: CardDays) -> Iterator[Measured]:
    """The figures of attendance of a card's days."""
    for one in worked.measured:
        parts = worked.by_span.get((agent, one.measure)) if one.agent_id == agent else None
        if parts is not None:
            yield replace(one, value=sum((parts[at] for at in card.spans), Decimal(0)))
