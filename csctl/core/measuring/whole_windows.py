"""Measures over several months that say something only if all of those months are known.

"Nothing for three months" is a statement about three months. Where an export of one of them was never read, or where
the person came later, nobody can make it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import narwhals as nw

from csctl.core.frames.frame import Frame, collected
from csctl.core.measuring.terms import window_months
from csctl.core.records.agent import Agent
from csctl.core.records.lines import Measured
from csctl.messages import problem
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.policy.parts import Measure, Term
from csctl.problems import Problem

MonthsRead = Mapping[str, Collection[Month]]
"""By table, the months that had a file of their own which was read, if only to find it empty."""


def known_windows(
    policy: Policy,
    measured: Iterable[Measured],
    tables: Mapping[str, Frame],
    agents: Sequence[Agent],
    month: Month,
    read: MonthsRead,
) -> tuple[list[Measured], list[Problem]]:
    """The records, those without a value of which a window is not wholly known; and one note for each such measure.

    A table in a file that names no month counts as read from the first month of its rows on.
    """
    asked = {name: one for name, one in policy.measure.items() if one.whole_window}
    lacking = {name: _lacking(one, tables, month, read) for name, one in asked.items()}
    begun = {name: _first_month(one, month).first for name, one in asked.items()}
    hired = {agent.agent_id: agent.hired_on for agent in agents}

    def whole(record: Measured) -> bool:
        if record.measure not in asked:
            return True
        hired_on = hired.get(record.agent_id)
        return not lacking[record.measure] and (hired_on is None or hired_on <= begun[record.measure])

    known = [record if whole(record) else replace(record, value=None) for record in measured]
    return known, [_said(asked[name], table, months) for name, gaps in lacking.items() for table, months in gaps]


def _terms(measure: Measure) -> list[Term]:
    sides = [*measure.signed, *(measure.per.signed if measure.per else ())]
    return [signed.term for signed in sides]


def _months(term: Term, month: Month) -> list[Month]:
    return [one for text in window_months(term, month) if (one := Month.parse(text)) is not None]


def _first_month(measure: Measure, month: Month) -> Month:
    return min(one for term in _terms(measure) for one in _months(term, month))


def was_read(table: str, frame: Frame, month: Month, read: MonthsRead) -> bool:
    """Whether a table was read for a month: it had a file of its own, or a row by then in one that names no month."""
    if table in read:
        return month in read[table]
    since = _first_row(frame)
    return since is not None and since <= month


def _lacking(
    measure: Measure, tables: Mapping[str, Frame], month: Month, read: MonthsRead
) -> list[tuple[str, list[Month]]]:
    """By table, the months of the window for which it was not read; a table that is not there at all is not said."""
    found = []
    for table in dict.fromkeys(term.table for term in _terms(measure) if term.table in tables):
        wanted = sorted({one for term in _terms(measure) if term.table == table for one in _months(term, month)})
        unread = [one for one in wanted if not was_read(table, tables[table], one, read)]
        found += [(table, unread)] if unread else []
    return found


def _first_row(frame: Frame) -> Month | None:
    text = collected(frame.select(nw.col("month").min())).item()
    return Month.parse(text) if text else None


def _said(measure: Measure, table: str, months: Sequence[Month]) -> Problem:
    last = str(max(term.last_months or 1 for term in _terms(measure)))
    named = tuple(str(one) for one in months)
    return problem("window-not-whole", measure=measure.label, last=last, months=named, table=table)
