"""``csctl appeal file | list | decide``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csctl.cli import options
from csctl.cli.close import Yes
from csctl.cli.exits import STATES, ended
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, agreed, ask, now_text, screen_for

if TYPE_CHECKING:
    from csctl.workflow.appeals.appealing import Appealing

app = typer.Typer(help=helped("help-appeal"), no_args_is_help=True, rich_markup_mode=None)

Agent = Annotated[str, typer.Argument(help=helped("help-appeal-agent"), show_default=False)]
Item = Annotated[str, typer.Argument(help=helped("help-appeal-item"), show_default=False)]
Collected = Annotated[bool, typer.Option("--collected", help=helped("help-appeal-collected"))]
Why = Annotated[str, typer.Option("--reason", help=helped("help-appeal-reason"), show_default=False)]
Number = Annotated[int, typer.Argument(help=helped("help-appeal-number"), min=1)]
Reason = Annotated[str, typer.Option("--reason", help=helped("help-appeal-reason"))]
Claim = Annotated[str, typer.Option("--claim", help=helped("help-appeal-claim"), show_default=False)]
Value = Annotated[str, typer.Option("--value", help=helped("help-appeal-value"), show_default=False)]
Filer = Annotated[
    str, typer.Option("--by", help=helped("help-appeal-filer"), show_default=helped("help-appeal-filer-default"))
]
Decider = Annotated[str, typer.Option("--by", help=helped("help-appeal-by"))]
Outcome = Annotated[Literal["accepted", "partly", "rejected"], typer.Argument(help=helped("help-appeal-outcome"))]


@app.command("file", help=helped("help-appeal-file"))
def file(
    agent: Agent = "",
    item: Item = "",
    reason: Why = "",
    claim: Claim = "",
    by: Filer = "",
    collected: Collected = False,
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    as_json: options.AsJson = False,
) -> None:
    """Object to one item of one month, or file all that came back on forms."""
    from csctl.workflow.appeals.appeal_forms import file_collected
    from csctl.workflow.appeals.appealing import FileAsked, file_appeal

    if collected == bool(agent and item) or (collected and any((agent, item, reason, claim, by))):
        raise typer.BadParameter(helped("help-appeal-file-one-of"))
    screen = screen_for(workspace, Manner(as_json))
    asked = ask(workspace, month, screen)
    with screen.working():
        if collected:
            found = file_collected(asked, now_text())
        else:
            found = file_appeal(FileAsked(asked, agent, item, reason, claim, by, now_text()))
    _show(workspace, found, as_json)


@app.command("items", help=helped("help-appeal-items"))
def items(
    workspace: options.Workspace = options.HERE, month: options.Month = None, as_json: options.AsJson = False
) -> None:
    """What can be appealed."""
    from csctl.cli.ledger_objects import items_object
    from csctl.cli.showing.show_appeals import show_items
    from csctl.workflow.appeals.appeal_forms import appealable_items

    screen = screen_for(workspace, Manner(as_json))
    found, problems = appealable_items(ask(workspace, month, screen))
    if as_json:
        screen.json(items_object(found or [], problems, screen.language))
    elif found is None:
        screen.stopped(problems)
    else:
        show_items(screen, found)
    raise typer.Exit(ended(found is not None))


@app.command("decide", help=helped("help-appeal-decide"))
def decide(
    number: Number,
    outcome: Outcome,
    reason: Reason,
    by: Decider,
    value: Value = "",
    yes: Yes = False,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """Decide an appeal."""
    from csctl.cli.showing.show_appeals import show_moved
    from csctl.workflow.appeals.appealing import DecideAsked, decide_appeal

    screen = screen_for(workspace, Manner(as_json))

    def agree(would: Appealing) -> bool:
        if not as_json and not yes:
            show_moved(screen, would)
        return agreed(screen, yes, "screen-decide-ask")

    asked = DecideAsked(ask(workspace, None, screen), number, outcome, value, reason, by, now_text())
    with screen.working():
        found = decide_appeal(asked, agree)
    _show(workspace, found, as_json, previewed=not yes)


@app.command("list", help=helped("help-appeal-list"))
def list_all(workspace: options.Workspace = options.HERE, as_json: options.AsJson = False) -> None:
    """All appeals and how they stand."""
    from csctl.cli.ledger_objects import appeals_object
    from csctl.cli.showing.show_appeals import show_appeals
    from csctl.workflow.appeals.appealing import list_appeals
    from csctl.workflow.calling import calling_of

    screen = screen_for(workspace, Manner(as_json))
    asked = ask(workspace, None, screen)
    appeals, problems = list_appeals(asked)
    if as_json:
        screen.json(appeals_object(appeals or [], asked.today, problems, screen.language))
    elif appeals is None:
        screen.stopped(problems)
    else:
        show_appeals(screen, appeals, asked.today, calling_of(asked, screen.language))
    raise typer.Exit(ended(appeals is not None))


def _show(workspace: options.Workspace, found: Appealing, as_json: bool, *, previewed: bool = False) -> None:
    """``previewed``: what a decision moves has been shown before it was asked about."""
    from csctl.cli.ledger_objects import appealing_object
    from csctl.cli.showing.show_appeals import show_appealing
    from csctl.workflow.calling import calling_of

    screen = screen_for(workspace, Manner(as_json))
    if as_json:
        screen.json(appealing_object(found, screen.language))
    elif found.state in ("stopped", "busy"):
        screen.stopped(found.problems)
    else:
        show_appealing(screen, found, calling_of(ask(workspace, None, screen), screen.language), previewed=previewed)
    raise typer.Exit(STATES[found.state])
