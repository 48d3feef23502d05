"""What an attendance export itself says of a day: absent, out on business, on leave. Such a day is explained."""

from __future__ import annotations

import re
from decimal import Decimal

from csctl.core.working_time.marks import Row
from csctl.policy.working_time import LeaveRules
from csctl.words import (
    ABSENT_WORDS,
    AWAY_WORDS,
    EARLY_WORDS,
    HALF_A_DAY,
    IN_ORDER,
    LATE_WORDS,
    LEAVE_WORDS,
    NO_PUNCH,
    TIME_OFF_WORDS,
    fold,
)

LEAVE_COLUMNS = ("personal_leave_days", "sick_leave_days", "paid_leave_days")
NO_LEAVE = ("假日", "假勤")
"""Words that hold the sign of leave and name none."""
ONE_DAY = Decimal(1)
_DAYS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:天|日|days?)")


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
    """The row with its verdict in the columns of counts and of days, where these say nothing of it themselves.

    The day is judged as a whole: a day with punches is no whole day of leave or absence.
    """
    if not row["result"] or row["in_at"] is not None or row["out_at"] is not None:
        return row
    row = _counted(row)
    if is_away(row):
        return {**row, "worked_days": ONE_DAY} if row["worked_days"] is None else row
    column = _leave_column(fold(row["result"]), rules)
    if column and not any(row[name] for name in LEAVE_COLUMNS):
        return {**row, column: ONE_DAY}
    if _names(row, ABSENT_WORDS) and row["absent_days"] is None and not is_on_leave(row):
        return {**row, "absent_days": _days_said(row["result"])}
    return row


def _counted(row: Row) -> Row:
    """Late, early and missing punches as the verdict names them; none of each where it says that all was in order.

    Lateness that the export itself counts as absence (旷工迟到) is absence.
    """
    if _names(row, ABSENT_WORDS):
        return row
    verdict = fold(row["result"] or "")
    missed = sum(verdict.count(word) for word in NO_PUNCH)
    named = {
        "late_count": int(any(word in verdict for word in LATE_WORDS)),
        "early_count": int(any(word in verdict for word in EARLY_WORDS)),
        "missed_count": missed,
    }
    if not any(named.values()) and verdict not in IN_ORDER:
        return row
    if any(row[name] is not None for name in ("missed_in_count", "missed_out_count")):
        del named["missed_count"]
    return {**row, **{name: Decimal(count) for name, count in named.items() if row[name] is None}}


def _days_said(verdict: str) -> Decimal:
    """How much of the day a verdict of absence is about: 旷工半天, 旷工0.5天; all of it where it does not say."""
    text = fold(verdict)
    if any(word in text for word in HALF_A_DAY):
        return Decimal("0.5")
    said = _DAYS.search(text)
    return min(Decimal(said[1]), ONE_DAY) if said else ONE_DAY


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
