"""One row, one check: passed, failed with what is wrong, or not to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import combinations
from typing import Any

from csctl.core.checking.check_rows import Seen
from csctl.core.checking.deadlines import Instant, calendar_day, counts_in, timed, too_early
from csctl.core.checking.phrases import characters_in, found_in, phrase_of
from csctl.core.frames.columns import cell_text, declared_column
from csctl.messages import say
from csctl.messages.grammar import clauses, joined_parts, listed
from csctl.month import Month
from csctl.policy.checks import Check, Deadline

QUOTED = 40
"""So many characters of a text are quoted at the most."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row."""

    text: str
    due: datetime | None = None
    overdue: bool = False


Outcome = RowFault | None
"""What a judge says of a row that counts; None: passed."""
Judge = Callable[[Seen], tuple[bool, Outcome]]
"""Whether a row is looked at, and the outcome."""

NOT_LOOKED_AT: tuple[bool, Outcome] = (False, None)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a judge names things: the table, and the language of the policy."""

    table: str
    language: str

    def name(self, column: str) -> str:
        """What people call a column."""
        declared = declared_column(self.table, column)
        return declared.aliases[0] if self.language == "zh" and declared.aliases else column

    def names(self, columns: list[str]) -> str:
        """Several columns."""
        return listed(map(self.name, columns), self.language)

    def value(self, column: str, cells: Mapping[str, Any]) -> str:
        """A cell as text, cut where it is long; empty cells are said to be empty."""
        cell = cells[column]
        if isinstance(cell, bool):
            return say("check-yes" if cell else "check-no", self.language)
        text = cell_text(self.table, column, cell)
        return (text if len(text) <= QUOTED else text[:QUOTED] + "…") or say("check-empty", self.language)

    def fault(self, code: str, **blanks: object) -> RowFault:
        """What is wrong, in words."""
        return RowFault(say(code, self.language, **blanks))


def judge_of(check: Check, words: Wording, month: Month, as_of: date) -> Judge:
    """How the rows of a check are judged in a month, as seen at the end of the day ``as_of``."""
    if check.filled:
        return partial(_filled, check.filled, words)
    if check.must:
        return partial(_must, words)
    if check.deadline:
        return partial(_deadline, check.deadline, words, month, as_of)
    if check.order:
        return partial(_order, check.order, words)
    if check.text is None:
        return lambda _row: (True, None)  # only the rows that lack fail: those that are there do not
    return _speech(check, words)


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _filled(columns: list[str], words: Wording, seen: Seen) -> tuple[bool, Outcome]:
    empty = [column for column in columns if _blank(seen.cells[column])]
    return True, words.fault("check-not-filled", columns=words.names(empty)) if empty else None


def _must(words: Wording, seen: Seen) -> tuple[bool, Outcome]:
    if not seen.unmet:
        return True, None
    cells = [f"{words.name(column)} = {words.value(column, seen.cells)}" for column in seen.unmet]
    return True, words.fault("check-not-met", cells=joined_parts(cells, words.language))


def _deadline(deadline: Deadline, words: Wording, month: Month, as_of: date, seen: Seen) -> tuple[bool, Outcome]:
    start, step = seen.cells[deadline.start], seen.cells[deadline.to]
    if start is None:
        return NOT_LOOKED_AT
    state = timed(deadline, start, step)
    if not counts_in(state, seen.month, month, as_of):
        return NOT_LOOKED_AT
    if state.in_time and too_early(deadline, start, step):
        about = {"step": words.name(deadline.to), "found": words.value(deadline.to, seen.cells)}
        return True, words.fault("check-too-early", **about, first=deadline.not_before or "")
    if state.in_time:
        return True, None
    code = "check-late" if state.taken else "check-not-done"
    blanks = {"step": words.name(deadline.to), "due": f"{state.due:%Y-%m-%d %H:%M}"}
    found = words.value(deadline.to, seen.cells)
    return True, RowFault(say(code, words.language, found=found, **blanks), state.due, overdue=not state.taken)


def _order(columns: list[str], words: Wording, seen: Seen) -> tuple[bool, Outcome]:
    """Each pair of steps: the later one neither before the earlier one nor without it."""
    for earlier, later in combinations(columns, 2):
        first, second = seen.cells[earlier], seen.cells[later]
        names = {"earlier": words.name(earlier), "later": words.name(later)}
        if second is None:
            continue
        if first is None:
            return True, words.fault("check-step-skipped", **names)
        if _before(second, first):
            moments = {"first": words.value(earlier, seen.cells), "second": words.value(later, seen.cells)}
            return True, words.fault("check-steps-swapped", **names, **moments)
    return True, None


def _before(one: Instant, other: Instant) -> bool:
    """Compared by the clock where both have one, else by the day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return calendar_day(one) < calendar_day(other)


def _speech(check: Check, words: Wording) -> Judge:
    banned = [phrase_of(text) for text in check.banned]
    required = [phrase_of(text) for text in check.required]

    def judge(seen: Seen) -> tuple[bool, Outcome]:
        text = seen.cells[check.text or ""]
        if _blank(text):
            return NOT_LOOKED_AT
        said = found_in(banned, text)
        if said:
            return True, RowFault(
                clauses((_banned_words(words, one.text, one.instead) for one in said), words.language)
            )
        if required and not found_in(required, text):
            return True, words.fault("check-not-said", phrases=" / ".join(one.text for one in required))
        if check.characters and characters_in(text) < check.characters:
            return True, words.fault("check-too-short", found=text.strip()[:QUOTED], count=characters_in(text))
        return True, None

    return judge


def _banned_words(words: Wording, phrase: str, instead: str) -> str:
    code = "check-said-instead" if instead else "check-said"
    return say(code, words.language, phrase=phrase, instead=instead)
