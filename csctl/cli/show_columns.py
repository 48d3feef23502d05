"""How every column of a month's files was read, on a screen of 80 columns."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from csctl.cli.show import Screen
from csctl.core.coverage.readings import DEFAULT
from csctl.messages import say
from csctl.messages.grammar import apart, in_a_row, labelled
from csctl.problems import counted, in_order

if TYPE_CHECKING:
    from csctl.core.coverage.readings import ColumnReading
    from csctl.workflow.run import Outcome

_UNITS = {"min": "分", "s": "秒", "h": "小时"}
_LENGTH = re.compile(r"(?<=[0-9]) (min|s|h)\b")


def show_columns(screen: Screen, outcome: Outcome) -> None:
    """Each column under its file: what it was read as, by what that was decided, what came out. Then the problems."""
    if outcome.computed is None:
        return
    language = screen.language
    for piece in outcome.computed.own:
        for sheet, columns in groupby(piece.reading.columns, key=lambda one: one.sheet):
            screen.line(apart([piece.file, sheet], language), "bold")
            for one in columns:
                _show(screen, one)
    found = in_order(outcome.problems)
    # What was written is said as well as what there is to look at.
    screen.findings([one for one in found if one in counted(found) or one.code == "columns-accepted"])


def _show(screen: Screen, one: ColumnReading) -> None:
    language = screen.language
    name = f"  {one.header}" if one.header == one.column else f"  {one.header} → {one.column}"
    # Where a cell could mean nothing else there is nothing to decide.
    by = say(f"screen-decided-{one.decided}", language) if one.doubtful or one.decided != DEFAULT else ""
    how = in_a_row([one.unit, one.form, by], language)
    screen.line(labelled([name, how], language), "yellow" if one.doubtful else "")
    values = [_in_language(text, language) for text in (one.smallest, one.median, one.largest) if text]
    facts = [
        say("screen-column-empty", language, percent=round(100 * one.empty / one.rows)) if one.empty else "",
        say("screen-column-unreadable", language, count=one.unreadable) if one.unreadable else "",
        " … ".join(dict.fromkeys(values)),
    ]
    if any(facts):
        screen.line(f"      {apart(facts, language)}", "dim")


def _in_language(text: str, language: str) -> str:
    """``3 min 30 s`` as the language writes it."""
    return _LENGTH.sub(lambda match: f" {_UNITS[match[1]]}", text) if language == "zh" else text
