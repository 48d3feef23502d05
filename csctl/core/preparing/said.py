"""What is said of the rows of a month: whose they are not, what they lack, where they say two things."""

from __future__ import annotations

from csctl.core.coverage.hire_days import hire_days_lacking
from csctl.core.coverage.holes import holes_said
from csctl.core.coverage.shared import shared_in_pools
from csctl.core.coverage.sums import sums_against_days
from csctl.core.coverage.two_files import facts_in_two_files
from csctl.core.measuring.derived import provisional
from csctl.core.measuring.doubts import excuses_said, scales_said, unfilled_said
from csctl.core.measuring.mixed_scales import mixed_scales_said
from csctl.core.measuring.word_problems import word_problems
from csctl.core.measuring.word_use import word_use
from csctl.core.people.at_odds import at_odds
from csctl.core.people.credit import of_others, uncredited_keys, uncredited_problems
from csctl.core.people.own_days import outside_said
from csctl.core.preparing.day_kinds import days_unknown
from csctl.core.preparing.rows import MonthRows
from csctl.core.working_time.month import WorkedMonth
from csctl.policy.working_time import ATTENDANCE_PREFIX
from csctl.problems import Problem


def rows_said(rows: MonthRows) -> list[Problem]:
    """Everything that the rows alone tell, before anything is computed of them."""
    policy, month = rows.policy, rows.month
    return [
        *facts_in_two_files(rows.tables, rows.files, month),
        *shared_in_pools(policy, rows.files),
        *_of_nobody(rows),
        *hire_days_lacking(policy, rows.agents),
        *rows.sums_said,
        *holes_said(policy, rows.tables, rows.agents, month, rows.away),
        *_doubts(rows),
        *word_problems(word_use(policy, {**rows.frames, **rows.tables}, month, rows.identity.knows)),
        *days_unknown(policy, rows.tables, month),
        *_of_others(rows),
        *outside_said(rows.split, rows.agents, month),
    ]


def _of_nobody(rows: MonthRows) -> list[Problem]:
    """Rows that name nobody of the roster, or two people at once."""
    found: list[Problem] = []
    for _, frame in sorted(rows.by_agent.items()):
        found += uncredited_problems(uncredited_keys(frame, rows.identity, rows.month))
        found += at_odds(frame, rows.identity, rows.month)
    return found


def _of_others(rows: MonthRows) -> list[Problem]:
    """Rows of people who do not work here in the month."""
    names = {one.agent_id: one.name for one in rows.others}
    if not names:
        return []
    return [one for name in sorted(rows.by_agent) for one in of_others(rows.tables[name], name, rows.month, names)]


def _doubts(rows: MonthRows) -> list[Problem]:
    """What measures rest on that the month's rows do not tell."""
    given = rows.policy, rows.tables, rows.month
    found = [*provisional(*given), *unfilled_said(*given, rows.filled), *excuses_said(*given, rows.filled)]
    return found + scales_said(*given) + mixed_scales_said(*given)


def sums_said(rows: MonthRows, worked: WorkedMonth) -> list[Problem]:
    """Where the sums of a month say otherwise than what follows from the days."""
    values = {(one.agent_id, one.measure.removeprefix(ATTENDANCE_PREFIX)): one.value for one in worked.measured}
    if rows.attendance is None or not values:
        return []
    return sums_against_days(rows.attendance, rows.sums, rows.month, values, worked.attended)
