"""The list of what is still to be done, on a screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from csctl.cli.showing.harmless import harmless_text
from csctl.cli.showing.show import Screen
from csctl.core.worklist.todos import Todo
from csctl.messages import say, where_text
from csctl.messages.grammar import labelled
from csctl.sheets.tasks_book import due_text

if TYPE_CHECKING:
    from csctl.workflow.worklists import Worklist


def show_tasks(screen: Screen, found: Worklist) -> None:
    """A table of 80 columns: each with its place below it, overdue ones in red."""
    language = screen.language
    screen.line(say("worklist-title", language, name=found.workspace.config.name, on=found.on), "bold")
    if not found.todos:
        screen.line(say("worklist-none", language, since=found.since), "green")
        return
    heads = [say(f"worklist-head-{name}", language) for name in ("due", "late", "who", "what")]
    screen.texts(heads, [_cells(one, found, language) for one in found.todos], right=(1,))
    overdue = sum(one.overdue_days > 0 for one in found.todos)
    screen.line(say("worklist-count", language, count=len(found.todos), overdue=overdue, since=found.since))


def _cells(one: Todo, found: Worklist, language: str) -> list[Text]:
    colour = "red" if one.overdue_days else "yellow" if one.due and str(one.due)[:10] == str(found.on) else ""
    late = say("worklist-days", language, days=one.overdue_days) if one.overdue_days else ""
    if not one.overdue_days and colour:
        late = say("worklist-today", language)
    what = harmless_text(labelled((one.what, one.about), language))
    where = where_text(replace(one.place, sheet=""), language) or say("worklist-no-row", language)
    place = harmless_text(f"[{where}]", "dim")
    who = " ".join(part for part in (one.agent_id, one.name) if part)
    return [
        harmless_text(due_text(one.due, language), colour), harmless_text(late, colour), harmless_text(who),
        Text("\n").join([what, place]),
    ]  # fmt: skip
