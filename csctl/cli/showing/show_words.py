"""The words of columns that rules ask about, and the verdicts of attendance, on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from csctl.messages import say

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.measuring.word_use import WordUse
    from csctl.core.working_time.verdict_use import VerdictUse
    from csctl.workflow.writing.run import RunOutcome

VERDICTS = "attendance.result"


def show_words(screen: Screen, outcome: RunOutcome) -> None:
    """A table of every word of every asked column: how many rows have it, and which rule names it.

    The verdicts of attendance follow, each with what it is taken for.
    """
    from csctl.workflow.words import verdicts_of, word_uses

    if outcome.computed is None:
        return
    rows = [row for use in word_uses(outcome.computed) for row in _rows(use, screen.language)]
    verdicts = list(_verdict_rows(verdicts_of(outcome.computed), screen.language))
    for found, last in ((rows, "known"), (verdicts, "taken")):
        if found:
            screen.table([say(f"words-{name}", screen.language) for name in ("column", "word", "rows", last)], found)
    if not (rows or verdicts):
        screen.line(say("words-none", screen.language))


def _rows(use: WordUse, language: str) -> Iterator[Sequence[object]]:
    """The column is named once, beside its first word."""
    for index, word in enumerate(use.words):
        known = say(f"words-{word.standing.value}", language, rule=word.rule)
        yield "" if index else use.asked.name, word.text, word.rows, known


def _verdict_rows(verdicts: Sequence[VerdictUse], language: str) -> Iterator[Sequence[object]]:
    for index, use in enumerate(verdicts):
        days = "" if use.days is None else f"{use.days.normalize():f}"
        taken = " + ".join(say(f"verdict-{name}", language, days=days) for name in use.meanings)
        yield "" if index else VERDICTS, use.text, use.rows, taken
