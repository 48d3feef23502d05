"""The list of what is still to be done, as a workbook to print and tick off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from csctl.core.worklist.todos import Todo
from csctl.messages import catalogue, say, where_text
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells
from csctl.workbook.pages import write_book

HEADS = ("due", "late-days", "id", "name", "kind", "what", "about", "where", "rule", "done")
WIDTHS = (17, 9, 10, 10, 10, 26, 30, 46, 12, 8)


def tasks_book(todos: Sequence[Todo], on: date, team: str, language: str) -> bytes:
    """One page, in the order given, with an empty column to tick."""
    title: Row = [Cell(say("worklist-title", language, name=team, on=on), "title")]
    rows: list[Row] = [title, head_cells([say(f"worklist-head-{name}", language) for name in HEADS])]
    rows += [_row(one, language) for one in todos]
    page = SheetPage(say("worklist-page", language), rows, head_row=1, frozen_columns=2, widths=WIDTHS)
    return write_book([page], on.replace(day=1))


def _kind_word(kind: str, language: str) -> str:
    """What people call a kind of thing to be done."""
    code = f"worklist-kind.{kind}"
    return say(code if code in catalogue() else "worklist-kind.other", language)


def due_text(due: date | datetime | None, language: str) -> str:
    """A day, or a moment to the minute; in words where there is none."""
    if due is None:
        return say("worklist-no-day", language)
    return due.isoformat(" ", "minutes") if isinstance(due, datetime) else due.isoformat()


def _row(one: Todo, language: str) -> Row:
    late = one.overdue_days or None
    return [
        Cell(due_text(one.due, language)),
        Cell(late, "count"),
        Cell(one.agent_id),
        Cell(one.name),
        Cell(_kind_word(one.kind, language)),
        Cell(one.what, "wrap"),
        Cell(one.about, "wrap"),
        Cell(where_text(one.place, language) or say("worklist-no-row", language), "wrap"),
        Cell(one.rule, "wrap"),
        Cell(None, "mark"),
    ]
