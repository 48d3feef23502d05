"""``csctl template new | check | adopt | placeholders``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.completing import known_templates
from csctl.cli.exits import ended
from csctl.cli.showing.speech import asked_language, helped
from csctl.cli.step import Manner, agreed, screen_for

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.workflow.templating import Templating

app = typer.Typer(help=helped("help-template"), no_args_is_help=True, rich_markup_mode=None)


@app.command("new", help=helped("help-template-new"))
def new(
    name: Annotated[str, typer.Argument(help=helped("help-template-new-name"))] = "own",
    start: Annotated[
        str, typer.Option("--from", help=helped("help-template-new-from"), autocompletion=known_templates)
    ] = "generic",
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """A shipped template copied into the workspace, to be changed."""
    from csctl.workflow.templating import new_template

    screen = screen_for(workspace, Manner(as_json))
    done = new_template(workspace, name, start, asked_language())
    _written(screen, done, as_json=as_json)


@app.command("check", help=helped("help-template-check"))
def check_template(
    file: Annotated[Path | None, typer.Argument(help=helped("help-template-check-file"), show_default=False)] = None,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """What a template will show of whom, and what is wrong with it."""
    from csctl.cli.showing.show_template import checked_object, show_checked_templates
    from csctl.workflow.templating import check_templates

    screen = screen_for(workspace, Manner(as_json))
    done = check_templates(workspace, file, asked_language())
    if as_json:
        screen.json(checked_object(done, screen.language))
    elif not done.templates:
        screen.stopped(done.problems)
    else:
        show_checked_templates(screen, done)
    # Whoever asks about a template wants what it leaves out, which is a note elsewhere.
    found = [*done.problems, *(problem for one in done.templates for problem in one.problems)]
    raise typer.Exit(ended(done.templates, found=found))


@app.command("adopt", help=helped("help-template-adopt"))
def adopt_template(
    form: Annotated[Path, typer.Argument(help=helped("help-template-adopt-form"))],
    name: Annotated[str, typer.Option("--name", help=helped("help-template-adopt-name"), show_default=False)] = "",
    settled: Annotated[
        list[str] | None, typer.Option("--set", help=helped("help-template-adopt-set"), show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=helped("help-template-adopt-yes"))] = False,
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """A copy of a company's own form with placeholders where its labels say what belongs there."""
    from csctl.cli.showing.show_template import adopted_object, show_proposals
    from csctl.workflow import templating

    screen = screen_for(workspace, Manner(as_json))
    done, adoption = templating.propose(workspace, form, name, settled or (), asked_language())
    if adoption is None:
        _written(screen, done, as_json=as_json)
        return
    if not as_json:
        show_proposals(screen, done, adoption)
    wanted = yes if as_json else agreed(screen, yes, "screen-template-ask")
    if wanted:
        done = templating.adopt_form(done, adoption)
    if as_json:
        screen.json(adopted_object(done, adoption, screen.language))
    else:
        _adopted(screen, done, wanted=wanted)
    raise typer.Exit(ended(done.written or not wanted, found=adoption.open or not wanted))


def _adopted(screen: Screen, done: Templating, *, wanted: bool) -> None:
    """What became of a proposal that stands on the screen."""
    from csctl.cli.showing.show_template import show_written_template
    from csctl.messages import say

    if not wanted:
        screen.line(say("screen-template-only-proposed", screen.language), "bold")
    elif done.written:
        show_written_template(screen, done)
    else:
        screen.stopped(done.problems)


@app.command("placeholders", help=helped("help-template-placeholders"))
def placeholders(
    workspace: options.Workspace = options.HERE,
    as_json: options.AsJson = False,
) -> None:
    """All placeholders that the workspace's policy knows, with what they stand for."""
    from csctl.cli.showing.show_template import placeholders_object, show_placeholders
    from csctl.workflow.templating import known_placeholders

    screen = screen_for(workspace, Manner(as_json))
    done, known = known_placeholders(workspace, asked_language())
    if as_json:
        screen.json(placeholders_object(done, known, screen.language))
    elif not known:
        screen.stopped(done.problems)
    else:
        show_placeholders(screen, known)
    raise typer.Exit(ended(known))


def _written(screen: Screen, done: Templating, *, as_json: bool) -> None:
    """The file that was written and how the policy names it; or why there is none."""
    from csctl.cli.showing.show_template import show_written_template, written_object

    if as_json:
        screen.json(written_object(done, screen.language))
    elif not done.written:
        screen.stopped(done.problems)
    else:
        show_written_template(screen, done)
    raise typer.Exit(ended(done.written))
