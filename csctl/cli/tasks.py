"""``csctl tasks``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from csctl.cli import options
from csctl.cli.completing import known_agents
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.problems import Problem
    from csctl.workflow.worklists import Worklist

MONTHS = 3

On = Annotated[str | None, typer.Option("--on", help=helped("help-tasks-on"), show_default=helped("help-tasks-today"))]
Agent = Annotated[
    str | None, typer.Option("--agent", "-a", help=helped("help-tasks-agent"), autocompletion=known_agents)
]
Kind = Annotated[str | None, typer.Option("--kind", "-k", help=helped("help-tasks-kind"))]
Overdue = Annotated[bool, typer.Option("--overdue", help=helped("help-tasks-overdue"))]
Months = Annotated[int, typer.Option("--months", min=0, max=24, help=helped("help-tasks-months"))]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help=helped("help-tasks-xlsx"), dir_okay=False)]
Strict = Annotated[bool, typer.Option("--strict", help=helped("help-tasks-strict"))]


def tasks(
    workspace: options.Workspace = options.HERE,
    on: On = None,
    agent: Agent = None,
    kind: Kind = None,
    overdue: Overdue = False,
    months: Months = MONTHS,
    xlsx: Xlsx = None,
    as_json: options.AsJson = False,
    strict: Strict = False,
) -> None:
    """Who must do what by when, overdue first."""
    from csctl.workflow.worklists import TaskFilter, save_worklist, worklist

    screen = screen_for(workspace, Manner(as_json))
    asked = ask(workspace, None, screen)
    day, problems = _day(on, asked.today)
    table, unknown = _table(kind)
    found = None
    if not problems + unknown:
        with screen.working():
            found, problems = worklist(replace(asked, today=day), months, TaskFilter(agent, table, overdue))
    if found is not None and xlsx is not None:
        problems = save_worklist(found, xlsx)
        found = None if problems else found
    _show(screen, found, problems + unknown, xlsx, as_json=as_json)
    late = found is not None and any(one.overdue_days for one in found.todos)
    raise typer.Exit(ended(found is not None, found=strict and late))


def _show(screen: Screen, found: Worklist | None, problems: list[Problem], xlsx: Path | None, *, as_json: bool) -> None:
    from csctl.cli.showing.show_tasks import show_tasks
    from csctl.messages import say
    from csctl.reports.run_json import SCHEMA, problems_object

    if as_json:
        listed = _as_data(found) if found is not None else {}
        screen.json({"schema": SCHEMA, "problems": problems_object(problems, screen.language), **listed})
    elif found is None:
        screen.stopped(problems)
    else:
        show_tasks(screen, found)
        if xlsx is not None:
            screen.line(say("worklist-saved", screen.language, file=xlsx))


def _day(text: str | None, today: date) -> tuple[date, list[Problem]]:
    from csctl.messages import problem

    if text is None:
        return today, []
    try:
        return date.fromisoformat(text), []
    except ValueError:
        return today, [problem("worklist-bad-day", found=text)]


def _table(kind: str | None) -> tuple[str | None, list[Problem]]:
    """The table that a kind's word stands for, in either language."""
    from csctl.messages import LANGUAGES, catalogue, problem

    prefix = "worklist-kind."
    words = {
        code.removeprefix(prefix): entry for code, entry in catalogue().items() if code.startswith("worklist-kind.")
    }
    asked = (kind or "").strip().casefold()
    named = [table for table, entry in words.items() if asked in (table, *(entry[one] for one in LANGUAGES))]
    if kind is None or named:
        return (None if kind is None else named[0]), []
    return None, [problem("worklist-kind-unknown", found=kind, known=", ".join(sorted(set(words) - {"other"})))]


def _as_data(found: Worklist) -> dict[str, Any]:
    return {
        "workspace": found.workspace.config.name,
        "on": found.on.isoformat(),
        "since": str(found.since),
        "count": len(found.todos),
        "overdue": sum(one.overdue_days > 0 for one in found.todos),
        "tasks": [
            {
                "due": None if one.due is None else one.due.isoformat(),
                "overdue_days": one.overdue_days,
                "agent_id": one.agent_id,
                "name": one.name,
                "kind": one.kind,
                "what": one.what,
                "about": one.about,
                "file": one.place.file,
                "sheet": one.place.sheet,
                "row": one.place.row,
                "rule": one.rule,
            }
            for one in found.todos
        ],
    }
