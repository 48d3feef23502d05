"""How every column of a month's files was read, on a screen of 80 columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from csctl.cli.showing.show import Screen
from csctl.messages.grammar import apart, joined_parts, labelled
from csctl.problems import errors_and_warnings, in_order
from csctl.reports.readings_view import reading_lines

if TYPE_CHECKING:
    from csctl.reports.readings_view import ReadingLine
    from csctl.workflow.writing.run import RunOutcome


def show_columns(screen: Screen, outcome: RunOutcome) -> None:
    """Each column under its file: what it was read as, by what that was decided, what came out. Then the problems."""
    if outcome.computed is None:
        return
    language = screen.language
    lines = reading_lines([(piece.file, piece.reading) for piece in outcome.computed.own], language)
    for (file, sheet), columns in groupby(lines, key=lambda one: (one.file, one.sheet)):
        screen.line(apart([file, sheet], language), "bold")
        for one in columns:
            _show(screen, one)
    found = in_order(outcome.problems)
    # What was written is said as well as what there is to look at.
    screen.findings([one for one in found if one in errors_and_warnings(found) or one.code == "columns-accepted"])


def _show(screen: Screen, one: ReadingLine) -> None:
    language = screen.language
    name = f"  {one.header}" if one.header == one.column else f"  {one.header} → {one.column}"
    how = joined_parts([one.form, one.decided], language)
    screen.line(labelled([name, how], language), "yellow" if one.doubtful else "")
    values = [text for text in (one.smallest, one.median, one.largest) if text]
    facts = [one.empty, " … ".join(dict.fromkeys(values))]
    if any(facts):
        screen.line(f"      {apart(facts, language)}", "dim")
