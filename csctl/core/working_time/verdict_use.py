"""The verdicts of a month's attendance, each with what it is taken for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.working_time.corrections import VerdictStanding, is_corrected, verdict_parts
from csctl.core.working_time.marks import Row, place_key
from csctl.core.working_time.verdicts import LEAVE_COLUMNS, days_said, is_known_verdict, is_open, verdict_names
from csctl.words import (
    ABSENT_WORDS,
    AWAY_WORDS,
    EARLY_WORDS,
    IN_ORDER,
    LATE_WORDS,
    LEAVE_WORDS,
    NO_PUNCH,
    TIME_OFF_WORDS,
    is_rest,
    same_word,
    says_nothing,
)

ABSENT, IN_ORDER_SAID, REST, UNKNOWN = "without-leave", "in-order", "day-off", "unknown"
PENDING, CORRECTED = "pending", "corrected"
_FAULTS = {"late": LATE_WORDS, "early": EARLY_WORDS, "no-punch": frozenset(NO_PUNCH)}


@dataclass(frozen=True, slots=True)
class VerdictUse:
    """A verdict as most rows spell it, and its rows. ``meanings`` are names of what it says, UNKNOWN alone if nobody
    knows it; ``days`` how much of a day is absence, where it says so.
    """

    text: str
    rows: int
    meanings: tuple[str, ...]
    days: Decimal | None = None


def verdict_use(rows: Iterable[Row]) -> list[VerdictUse]:
    """Every verdict of these rows of attendance, the most frequent first; spellings that fold together are one."""
    spellings: dict[str, dict[str, int]] = {}
    for row in sorted(rows, key=place_key):
        text = row["result"]
        if not says_nothing(text):
            own = spellings.setdefault(same_word(text), {})
            own[text] = own.get(text, 0) + 1
    found = [_use(max(own, key=lambda text: own[text]), sum(own.values())) for own in spellings.values()]
    return sorted(found, key=lambda use: (-use.rows, use.text))


def _use(text: str, rows: int) -> VerdictUse:
    meanings = meanings_of(text)
    return VerdictUse(text, rows, meanings, days_said(text) if ABSENT in meanings else None)


def meanings_of(text: str) -> tuple[str, ...]:
    """What a verdict is taken for, as the days are judged by it; lateness that is called absence is absence."""
    row = {"result": text, **dict.fromkeys(LEAVE_COLUMNS)}
    if is_open(row):
        return (PENDING,)
    standings = {standing for _, standing in verdict_parts(text)}
    if not is_known_verdict(text) and standings <= {VerdictStanding.STANDS}:
        return (UNKNOWN,)
    if same_word(text) in IN_ORDER:
        return (IN_ORDER_SAID,)
    faults = [name for name, words in _FAULTS.items() if _stands(row, words)]
    found = [ABSENT] if _stands(row, ABSENT_WORDS) else faults
    if VerdictStanding.CORRECTED in standings:
        found.append(CORRECTED)
    if verdict_names(row, AWAY_WORDS):
        found.append("away")
    if verdict_names(row, TIME_OFF_WORDS):
        found.append("time-off")
    elif verdict_names(row, LEAVE_WORDS):
        found.append("leave")
    elif is_rest(text):
        found.append(REST)
    return tuple(found)


def _stands(row: Row, words: frozenset[str]) -> bool:
    return verdict_names(row, words) and not is_corrected(row, words)
