"""What an attendance export itself says of a day: absent, out on business, on leave. Such a day is explained."""

from __future__ import annotations

from decimal import Decimal

from csctl.core.working_time.marks import Row
from csctl.policy.working_time import LeaveRules
from csctl.words import ABSENT_WORDS, AWAY_WORDS, LEAVE_WORDS, TIME_OFF_WORDS, fold

LEAVE_COLUMNS = ("personal_leave_days", "sick_leave_days", "paid_leave_days")
NO_LEAVE = ("假日", "假勤")
"""Words that hold the sign of leave and name none."""
ONE_DAY = Decimal(1)


def is_away(row: Row) -> bool:
    """Whether the agent worked elsewhere: the day is explained, whatever punches are missing."""
    return _names(row, AWAY_WORDS)


def is_off(row: Row) -> bool:
    """Whether the day is time off for work done before, which nobody has to ask for again."""
    return _names(row, TIME_OFF_WORDS)


def is_on_leave(row: Row) -> bool:
    """Whether the agent was on leave, of any kind."""
    return any(row[name] for name in LEAVE_COLUMNS) or _names(row, LEAVE_WORDS)


def unnamed_leave(row: Row) -> bool:
    """Whether the agent was on leave and nothing in the row says of which kind."""
    return is_on_leave(row) and not any(row[name] for name in LEAVE_COLUMNS)


def with_verdict(row: Row, rules: LeaveRules | None) -> Row:
    """The row with its verdict in the columns of days, where these say nothing of it themselves.

    The day is judged as a whole: a day with punches is no whole day of leave or absence.
    """
    if not row["result"] or row["in_at"] is not None or row["out_at"] is not None:
        return row
    if is_away(row):
        return {**row, "worked_days": ONE_DAY} if row["worked_days"] is None else row
    column = _leave_column(fold(row["result"]), rules)
    if column and not any(row[name] for name in LEAVE_COLUMNS):
        return {**row, column: ONE_DAY}
    if _names(row, ABSENT_WORDS) and row["absent_days"] is None and not is_on_leave(row):
        return {**row, "absent_days": ONE_DAY}
    return row


def _leave_column(verdict: str, rules: LeaveRules | None) -> str:
    """The column of the kind of leave that the verdict names; "" if it names none that is known."""
    statutory = [fold(kind) for kind in rules.statutory] if rules else []
    if any(kind in verdict for kind in statutory):
        return "paid_leave_days"
    if "事假" in verdict:
        return "personal_leave_days"
    return "sick_leave_days" if "病假" in verdict else ""


def _names(row: Row, words: frozenset[str]) -> bool:
    verdict = fold(row["result"] or "")
    for other in NO_LEAVE:
        verdict = verdict.replace(other, "")
    return any(word in verdict for word in words)
