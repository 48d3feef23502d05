"""The words of columns that rules ask about, on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from csctl.messages import say

if TYPE_CHECKING:
    from csctl.cli.show import Screen
    from csctl.core.measuring.word_use import WordUse
    from csctl.workflow.run import Outcome


def show_words(screen: Screen, outcome: Outcome) -> None:
    """A table of every word of every asked column: how many rows have it, and which rule names it."""
    from csctl.workflow.words import words_of

    if outcome.computed is None:
        return
    rows = [row for use in words_of(outcome.computed) for row in _rows(use, screen.language)]
    if rows:
        screen.table([say(f"words-{name}", screen.language) for name in ("column", "word", "rows", "known")], rows)
    else:
        screen.line(say("words-none", screen.language))


def _rows(use: WordUse, language: str) -> Iterator[Sequence[object]]:
    """The column is named once, beside its first word."""
    for index, word in enumerate(use.words):
        known = say(f"words-{word.standing.value}", language, rule=word.rule)
        yield "" if index else use.asked.name, word.text, word.rows, known
