"""What an attendance export itself says of a day: absent, out on business, on leave. Such a day is explained."""

from __future__ import annotations

import re
from decimal import Decimal

from csctl.core.working_time.corrections import is_corrected, is_pending
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
    NOT_LEAVE,
    PERSONAL_LEAVE,
    SICK_LEAVE,
    TIME_OFF_WORDS,
    is_rest,
    same_word,
    says_nothing,
)

LEAVE_COLUMNS = ("personal_leave_days", "sick_leave_days", "paid_leave_days")
_KINDS = {"personal_leave_days": PERSONAL_LEAVE, "sick_leave_days": SICK_LEAVE}
ONE_DAY = Decimal(1)
_ALL_WORDS = AWAY_WORDS | TIME_OFF_WORDS | LEAVE_WORDS | ABSENT_WORDS | LATE_WORDS | EARLY_WORDS | frozenset(NO_PUNCH)
_PART = re.compile(r"([0-9]+)\s*[⁄/]\s*([1-9][0-9]*)\s*(?:个?工作)?(?:天|日|days?)")
"""A number of days written as a fraction."""
_DAYS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(?:天|日|days?)|(?<![0-9.])(0?\.[0-9]+)\)?$")
"""A number of days; a bare part of one at the end is of a day too."""
_HOURS = re.compile(r"[0-9]\s*(?:小时|时|h\b|hrs?\b|hours?\b|分|min)")


def is_away(row: Row) -> bool:
    """Whether the agent worked elsewhere: the day is explained, whatever punches are missing."""
    return verdict_names(row, AWAY_WORDS)


def is_off(row: Row) -> bool:
    """Whether the day is time off for work done before, which nobody has to ask for again."""
    return verdict_names(row, TIME_OFF_WORDS)


def is_on_leave(row: Row) -> bool:
    """Whether the agent was on leave, of any kind."""
    return any(row[name] for name in LEAVE_COLUMNS) or verdict_names(row, LEAVE_WORDS)


def unnamed_leave(row: Row) -> bool:
    """Whether the agent was on leave and nothing in the row says of which kind."""
    return is_on_leave(row) and not any(row[name] for name in LEAVE_COLUMNS)


def is_open(row: Row) -> bool:
    """Whether a fault that the verdict names waits for an answer, so that it is held against nobody yet."""
    return is_pending(row) and not (is_away(row) or is_off(row) or is_on_leave(row))


def unknown_verdict(row: Row) -> bool:
    """Whether all that tells of a day is a verdict that nobody knows: it is no absence, and needs a look."""
    if is_open(row) or says_nothing(row["result"]) or row["in_at"] is not None or row["out_at"] is not None:
        return False
    counted = any(row[name] is not None for name in ("absent_days", "worked_days", *LEAVE_COLUMNS))
    return not counted and not is_known_verdict(row["result"])


def is_known_verdict(verdict: str) -> bool:
    """Whether a verdict is one that is read."""
    text = same_word(verdict)
    if _is_absence_by_the_hour(text):
        return False
    return text in IN_ORDER or is_rest(verdict) or any(word in text for word in _ALL_WORDS)


def is_rest_said(row: Row) -> bool:
    """Whether the verdict says that the day is off."""
    return is_rest(row["result"] or "")


def says_there(row: Row) -> bool:
    """Whether the verdict says that the agent came: all in order, late, or gone early, and not absent."""
    text = same_word(row["result"] or "")
    named = text in IN_ORDER or any(word in text for word in LATE_WORDS | EARLY_WORDS)
    return named and not verdict_names(row, ABSENT_WORDS)


def with_verdict(row: Row, rules: LeaveRules | None) -> Row:
    """The row with its verdict in the columns of counts and of days, where these say nothing of it themselves.

    The day is judged as a whole: a day with punches is no whole day of leave or absence.
    """
    if not row["result"]:
        return row
    part = _part_of_leave(row, rules)
    if part or is_open(row) or row["in_at"] is not None or row["out_at"] is not None:
        return {**row, **part}
    row = _counted(row)
    if is_away(row):
        return {**row, "worked_days": ONE_DAY} if row["worked_days"] is None else row
    column = _leave_column(same_word(row["result"]), rules)
    if column and not any(row[name] for name in LEAVE_COLUMNS):
        return {**row, column: ONE_DAY}
    by_the_hour = _is_absence_by_the_hour(same_word(row["result"]))
    stands = verdict_names(row, ABSENT_WORDS) and not is_corrected(row, ABSENT_WORDS)
    if stands and row["absent_days"] is None and not is_on_leave(row) and not by_the_hour:
        return {**row, "absent_days": days_said(row["result"])}
    return row


def _part_of_leave(row: Row, rules: LeaveRules | None) -> Row:
    """The part of the day that the verdict calls leave of a known kind (事假0.5天), by column; with punches too."""
    column, length = _leave_column(same_word(row["result"]), rules), days_said(row["result"])
    told = any(row[name] for name in LEAVE_COLUMNS) or verdict_names(row, ABSENT_WORDS)
    return {column: length} if column and length < 1 and not told else {}


def _counted(row: Row) -> Row:
    """Late, early and missing punches as the verdict names them; none of each where it says that all was in order.

    Lateness that the export itself counts as absence (旷工迟到) is absence.
    """
    if verdict_names(row, ABSENT_WORDS):
        return row
    verdict = same_word(row["result"] or "")
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


def days_said(verdict: str) -> Decimal:
    """How much of the day a verdict of absence or leave is about: 旷工半天, 旷工0.5天; all of it if it does not say."""
    text = same_word(verdict)
    if any(word in text for word in HALF_A_DAY):
        return Decimal("0.5")
    part = _PART.search(text)
    if part is not None:
        return min(Decimal(part[1]) / Decimal(part[2]), ONE_DAY)
    said = _DAYS.search(text)
    return min(Decimal(said[1] or said[2]), ONE_DAY) if said else ONE_DAY


def names_part_of_absence(row: Row) -> bool:
    """Whether the verdict calls a part of the day absence: 旷工半天. No more than that is absence then."""
    return verdict_names(row, ABSENT_WORDS) and days_said(row["result"]) < 1


def _is_absence_by_the_hour(text: str) -> bool:
    """Whether a verdict tells hours of absence, of which nobody can say how much of a day they are."""
    named = any(word in text for word in ABSENT_WORDS) and not any(word in text for word in LATE_WORDS | EARLY_WORDS)
    return named and bool(_HOURS.search(text)) and not _DAYS.search(text)


def _leave_column(verdict: str, rules: LeaveRules | None) -> str:
    """The column of the kind of leave that the verdict names; "" if it names none that is known."""
    statutory = [same_word(kind) for kind in rules.statutory] if rules else []
    if any(kind in verdict for kind in statutory):
        return "paid_leave_days"
    named = (column for column, words in _KINDS.items() if any(word in verdict for word in words))
    return next(named, "")


def verdict_names(row: Row, words: frozenset[str]) -> bool:
    """Whether the verdict names one of the words; 假日 names no leave."""
    verdict = same_word(row["result"] or "")
    for other in NOT_LEAVE:
        verdict = verdict.replace(other, "")
    return any(word in verdict for word in words)
