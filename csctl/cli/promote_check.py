"""``csctl promote-check``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import DONE, UNUSABLE
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, screen_for

Agent = Annotated[str | None, typer.Option("--agent", "-a", help=helped("help-promote-check-agent"))]
ClosedMonth = Annotated[str | None, typer.Option("--month", "-m", help=helped("help-promote-check-month"))]
Step = Annotated[str | None, typer.Option("--step", "-s", help=helped("help-promote-check-step"))]
Everything = Annotated[bool, typer.Option("--all", help=helped("help-promote-check-all"))]
Since = Annotated[str | None, typer.Option("--since", help=helped("help-promote-check-since"))]
Book = Annotated[Path | None, typer.Option("--xlsx", help=helped("help-promote-check-xlsx"))]


def promote_check(
    workspace: options.Workspace = options.HERE,
    agent: Agent = None,
    month: ClosedMonth = None,
    step: Step = None,
    in_full: Everything = False,
    since: Since = None,
    xlsx: Book = None,
    as_json: options.AsJson = False,
) -> None:
    """Candidates of the ladder by closed months."""
    from csctl.cli.showing.show_career import CareerScreen
    from csctl.messages import say
    from csctl.reports.career_view import review_object
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.career.reviewing import ReviewAsked, review, save_review

    screen = screen_for(workspace, Manner(as_json))
    with screen.working():
        found, problems = review(
            ReviewAsked(ask(workspace, month, screen), agent, step, since, in_full, provisional=True)
        )
    people = 0
    if found is not None and xlsx is not None:
        people, unwritten = save_review(found, xlsx)
        problems, found = [*problems, *unwritten], None if unwritten else found
    if found is None:
        screen.json({"schema": SCHEMA, "problems": problems_object(problems, screen.language)}) if as_json else (
            screen.stopped(problems)
        )
        raise typer.Exit(UNUSABLE)
    if as_json:
        screen.json(review_object(found.view, problems, screen.language, found.latest_closed))
    elif xlsx is not None:
        screen.line(say("promotion-written", screen.language, file=xlsx, count=people))
    else:
        shown = CareerScreen(screen)
        shown.review(found.view, found.latest_closed, in_full=found.view.unfolded)
        shown.remarks(problems)
    raise typer.Exit(DONE)
