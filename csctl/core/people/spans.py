"""A month that changes inside: what holds for somebody on which of its days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from csctl.core.people.workdays import employed_days
from csctl.core.records.agent import Agent, Span
from csctl.month import Month

_DAY = timedelta(days=1)


def spans_of_month(agent: Agent, spans: Sequence[Span], month: Month) -> tuple[Span, ...]:
    """The spans of a month, those that go on unchanged as one; none where hiring and leaving say the same days."""
    joined: list[Span] = []
    for one in spans:
        if (
            joined
            and joined[-1].until + _DAY == one.since
            and replace(one, since=joined[-1].since) == replace(joined[-1], until=one.until)
        ):
            joined[-1] = replace(joined[-1], until=one.until)
        else:
            joined.append(one)
    whole = employed_days(month, agent.hired_on, agent.left_on)
    if len(joined) == 1 and whole and (joined[0].since, joined[0].until) == (whole[0], whole[-1]):
        return ()
    return tuple(joined)


def whole_spans(agent: Agent, month: Month) -> tuple[Span, ...]:
    """The spans of a month, one where nothing changes; none for somebody who is not employed in it."""
    days = days_here(agent, month)
    if agent.spans or not days:
        return agent.spans
    holds = (agent.level, agent.group, agent.post, agent.base_pay, agent.hired_on, agent.regular_on, agent.fte)
    return (Span(days[0], days[-1], *holds),)


def parts_of_month(agent: Agent, month: Month) -> list[tuple[Agent, list[date]]]:
    """The agent as things stood in each part of the month, and its days; one part where nothing changes."""
    if not agent.spans:
        return [(agent, employed_days(month, agent.hired_on, agent.left_on))]
    return [(_in_span(agent, one), employed_days(month, one.since, one.until)) for one in agent.spans]


def groups_of(agent: Agent) -> frozenset[str]:
    """The groups in which somebody is on a day of the month."""
    return frozenset(one.group for one in agent.spans) or frozenset({agent.group})


def days_here(agent: Agent, month: Month) -> list[date]:
    """The days of the month on which somebody is employed, in order."""
    return [day for _, days in parts_of_month(agent, month) for day in days]


def absences(agent: Agent, month: Month) -> list[tuple[date, date]]:
    """The first and last day of every stretch of the month on which somebody is not employed."""
    here = set(days_here(agent, month))
    return consecutive_days([day for day in month.days() if day not in here])


def consecutive_days(days: Sequence[date]) -> list[tuple[date, date]]:
    """Days in order as stretches without a gap, each by its first and last day."""
    found: list[tuple[date, date]] = []
    for day in days:
        if found and found[-1][1] + _DAY == day:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def dates_said(parts: Iterable[tuple[Agent, Sequence[date]]]) -> str:
    """Level and dates of parts of a month, in any language."""
    runs = [(one.level, *run) for one, days in parts for run in consecutive_days(days)]
    return ", ".join(f"{level} {first} – {last}".strip() for level, first, last in runs)


def _in_span(agent: Agent, span: Span) -> Agent:
    return replace(
        agent,
        level=span.level,
        group=span.group,
        post=span.post,
        base_pay=span.base_pay,
        hired_on=span.hired_on,
        regular_on=span.regular_on,
        fte=span.fte,
        spans=(),
    )
