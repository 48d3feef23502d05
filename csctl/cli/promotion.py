"""``csctl promotion recommend | apply | review | defend | score | approve | reject | withdraw | list``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, ask, now_text, screen_for

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.career.cases import EventKind
    from csctl.workflow.career.promoting import Booking

app = typer.Typer(help=helped("help-promotion"), no_args_is_help=True, rich_markup_mode=None)

Agent = Annotated[str, typer.Argument(help=helped("help-promotion-agent"))]
Step = Annotated[str, typer.Argument(help=helped("help-promotion-step"))]
By = Annotated[str, typer.Option("--by", help=helped("help-promotion-by"))]
Reason = Annotated[str, typer.Option("--reason", help=helped("help-promotion-reason"))]
Effective = Annotated[str | None, typer.Option("--effective", help=helped("help-promotion-effective"))]
Despite = Annotated[bool, typer.Option("--despite-unmet", help=helped("help-promotion-despite-unmet"))]
On = Annotated[str | None, typer.Option("--on", help=helped("help-promotion-on"))]
DefencePart = Annotated[str, typer.Argument(help=helped("help-promotion-part"))]
Points = Annotated[str, typer.Option("--points", help=helped("help-promotion-points"))]
Full = Annotated[str, typer.Option("--full", help=helped("help-promotion-full"))]


@app.command("recommend", help=helped("help-promotion-recommend"))
def recommend(
    agent: Agent,
    step: Step,
    by: By,
    reason: Reason,
    despite: Despite = False,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Open a case."""
    _decide("recommended", (agent, step, by, reason), workspace, as_json, despite=despite)


@app.command("apply", help=helped("help-promotion-apply"))
def apply(
    agent: Agent,
    step: Step,
    by: By,
    on: On = None,
    reason: Reason = "",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """The agent applies."""
    _decide("applied", (agent, step, by, reason), workspace, as_json, on=on)


@app.command("review", help=helped("help-promotion-review"))
def review_application(
    agent: Agent,
    step: Step,
    by: By,
    on: On = None,
    reason: Reason = "",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """The application passes."""
    _decide("reviewed", (agent, step, by, reason), workspace, as_json, on=on)


@app.command("defend", help=helped("help-promotion-defend"))
def defend(
    agent: Agent,
    step: Step,
    by: By,
    on: On = None,
    reason: Reason = "",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """The defence is held."""
    _decide("defended", (agent, step, by, reason), workspace, as_json, on=on)


@app.command("score", help=helped("help-promotion-score"))
def score_defence(
    agent: Agent,
    step: Step,
    part: DefencePart,
    points: Points,
    by: By,
    full: Full = "100",
    on: On = None,
    reason: Reason = "",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Points for one part of the defence."""
    words = (agent, step, by, reason)
    _decide("scored", words, workspace, as_json, on=on, score=(part, points, full))


@app.command("approve", help=helped("help-promotion-approve"))
def approve(
    agent: Agent,
    step: Step,
    by: By,
    effective: Effective = None,
    despite: Despite = False,
    reason: Reason = "",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Decide a case for the agent."""
    _decide("approved", (agent, step, by, reason), workspace, as_json, effective=effective, despite=despite)


@app.command("reject", help=helped("help-promotion-reject"))
def reject(
    agent: Agent,
    step: Step,
    by: By,
    reason: Reason,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Decide a case against it."""
    _decide("rejected", (agent, step, by, reason), workspace, as_json)


@app.command("withdraw", help=helped("help-promotion-withdraw"))
def withdraw(
    agent: Agent,
    step: Step,
    by: By,
    reason: Reason,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Take a case back."""
    _decide("withdrawn", (agent, step, by, reason), workspace, as_json)


@app.command("list", help=helped("help-promotion-list"))
def list_cases(workspace: options.Workspace = options.HERE, as_json: options.AsJson = False) -> None:
    """All cases."""
    from csctl.cli.showing.show_career import CareerScreen
    from csctl.reports.career_view import case_object
    from csctl.reports.run_json import SCHEMA, problems_object
    from csctl.workflow.career.reviewing import ReviewAsked, review

    screen = screen_for(workspace, Manner(as_json))
    found, problems = review(ReviewAsked(ask(workspace, None, screen)))
    if as_json:
        listed = [case_object(case, found.latest_closed) for case in found.view.cases] if found else []
        screen.json({"schema": SCHEMA, "cases": listed, "problems": problems_object(problems, screen.language)})
    elif found is None:
        screen.stopped(problems)
    else:
        CareerScreen(screen).cases(found.view, found.latest_closed)
    raise typer.Exit(ended(found))


def _decide(
    kind: EventKind,
    words: tuple[str, str, str, str],
    workspace: Path,
    as_json: bool,
    *,
    effective: str | None = None,
    despite: bool = False,
    on: str | None = None,
    score: tuple[str, str, str] | None = None,
) -> None:
    """Book one event; ``words`` are agent, step, by whom and why."""
    from csctl.workflow.career.promoting import EventAsked, book_promotion

    screen = screen_for(workspace, Manner(as_json))
    agent, step, by, reason = words
    with screen.working():
        booking = book_promotion(
            EventAsked(
                ask(workspace, None, screen), kind, agent, step, by, reason, now_text(), effective, despite, on, score
            )
        )
    _show(screen, booking, as_json)
    raise typer.Exit(ended(booking.case, booking.problems))


def _show(screen: Screen, booking: Booking, as_json: bool) -> None:
    from csctl.cli.showing.show_career import CareerScreen
    from csctl.reports.career_view import booked_text, case_object
    from csctl.reports.run_json import SCHEMA, problems_object

    case = booking.case
    if as_json:
        about = {"case": case_object(case, case.last.month)} if case else {}
        screen.json({"schema": SCHEMA, **about, "problems": problems_object(booking.problems, screen.language)})
    elif case is None:
        screen.stopped(booking.problems)
    else:
        screen.line(booked_text(case, booking.name, screen.language), "bold")
        CareerScreen(screen).remarks(booking.problems)
