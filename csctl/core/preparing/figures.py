"""The figures of a month's people: as measured, without those that rest on what is not there or was not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw

from csctl.core.coverage.blank_figures import all_blank_said, blank_figures, blank_marks, blank_said, without_blank
from csctl.core.coverage.few_rows import few_rows, few_rows_marks, few_rows_said
from csctl.core.coverage.holes import figures_lacking, figures_untold
from csctl.core.coverage.unread_cells import unread_figures, unread_marks, unread_said, without_unread
from csctl.core.measuring.measures import compute_measures
from csctl.core.measuring.whole_windows import MonthsRead, known_windows
from csctl.core.preparing.rows import MonthRows
from csctl.core.records.fates import Fates
from csctl.core.records.lines import Measured
from csctl.core.records.marks import Marks
from csctl.problems import Problem


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The measures of those who work here, and what a pool takes from others; the marks of single figures, by agent
    and measure; what is to be said of them.
    """

    measured: list[Measured]
    of_others: tuple[Measured, ...]
    marks: dict[tuple[str, str], Marks]
    problems: list[Problem]


def figures_of_month(rows: MonthRows, files: Sequence[Fates], read: MonthsRead) -> MonthFigures:
    """Every figure, known or missing. ``files`` are fates of the month's rows, ``read`` the months of each table."""
    policy, own, agents, month = rows.policy, rows.split.own, rows.agents, rows.month
    measured, of_others = _measured(rows)
    unread = unread_figures(policy, measured, own, files, rows.identity, month)
    measured = without_unread(measured, unread)
    blank = blank_figures(policy, measured, own, month)
    problems = unread_said(policy, unread, agents, month) + figures_lacking(policy, own, agents, measured, month)
    problems += blank_said(policy, blank, agents, rows.away, month)
    problems += all_blank_said(policy, own, month, rows.filled)
    measured = without_blank(measured, blank)
    thin = few_rows(policy, [one for one in agents if one.agent_id not in rows.away], measured)
    measured, short = known_windows(policy, measured, rows.tables, agents, month, read)
    untold = figures_untold(policy, own, agents, month, rows.away)
    marks = {**untold, **blank_marks(blank), **few_rows_marks(thin), **unread_marks(unread)}
    return MonthFigures(measured, of_others, marks, problems + few_rows_said(thin) + short)


def _measured(rows: MonthRows) -> tuple[list[Measured], tuple[Measured, ...]]:
    """The measures of who works here; and what a pool takes from who does not, and from the days on which somebody
    did not, nothing where there is no pool.
    """
    policy, own, filled = rows.policy, rows.split.own, rows.filled
    if not (policy.pay and policy.pay.pool):
        return compute_measures(policy, own, rows.ids, rows.month, filled, rows.away), ()
    pooled = {one.agent_id for one in rows.others}
    everybody = [*rows.ids, *(one.agent_id for one in rows.others)]
    found = compute_measures(policy, own, everybody, rows.month, filled, rows.away)
    of_others = [one for one in found if one.agent_id in pooled]
    return [one for one in found if one.agent_id not in pooled], (*of_others, *_outside(rows))


def _outside(rows: MonthRows) -> list[Measured]:
    """What a pool takes from the rows outside people's own days."""
    if not rows.partly:
        return []
    nobody, outside = nw.col("agent") == "", rows.split.outside
    tables = {name: outside.get(name, frame.filter(nobody)) for name, frame in rows.tables.items()}
    return compute_measures(rows.policy, tables, [one.agent_id for one in rows.partly], rows.month, rows.filled)
