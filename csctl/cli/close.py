"""``csctl close``."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import STATES, ended
from csctl.cli.notifying import tell
from csctl.cli.showing.speech import helped
from csctl.cli.step import Manner, agreed, ask, now_text, screen_for

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.closing.sign_off import SignOff
    from csctl.problems import Problem
    from csctl.workflow.closing.one_month import Closing
    from csctl.workflow.month.compute import Computed

Yes = Annotated[bool, typer.Option("--yes", "-y", help=helped("help-yes"))]
By = Annotated[str, typer.Option("--by", help=helped("help-by"), show_default=helped("help-by-default"))]
Through = Annotated[str | None, typer.Option("--through", help=helped("help-close-through"), show_default=False)]


def close(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    by: By = "",
    yes: Yes = False,
    through: Through = None,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Seal a month in the ledger, or all open months up to one."""
    if through is not None:
        if month is not None:
            raise typer.BadParameter(helped("help-close-one-of"))
        _through(workspace, through, by, Manner(as_json, quiet=quiet), yes=yes)
    from csctl.cli.showing.show_ledger import show_closing, show_sign_off
    from csctl.core.closing.sign_off import has_findings
    from csctl.workflow.closing.one_month import CloseAsked, close_month

    screen = screen_for(workspace, Manner(as_json, quiet=quiet))
    pages: list[SignOff] = []

    def agree(computed: Computed, page: SignOff) -> bool:
        pages.append(page)
        if not as_json and not quiet:
            show_sign_off(screen, computed, page)
        return yes or not has_findings(page) or agreed(screen, yes, "screen-close-ask")

    closing = close_month(CloseAsked(ask(workspace, month, screen), by or getpass.getuser(), now_text()), agree)
    if as_json:
        screen.json(_as_json(screen, closing, pages))
    else:
        show_closing(screen, closing)
    _tell(screen, workspace, month, [closing], STATES[closing.state])
    raise typer.Exit(STATES[closing.state])


def _through(workspace: Path, through: str, by: str, manner: Manner, *, yes: bool) -> None:
    """All open months up to one, with one page and one answer."""
    from csctl.cli.ledger_objects import closing_through_object
    from csctl.cli.showing.show_through import show_pages, show_through
    from csctl.workflow.closing.one_month import CloseAsked
    from csctl.workflow.closing.several_months import SignedPage, close_through

    screen = screen_for(workspace, manner)
    looked_at: list[SignedPage] = []

    def agree(pages: Sequence[SignedPage]) -> bool:
        looked_at.extend(pages)
        if not manner.as_json and not manner.quiet:
            show_pages(screen, pages)
        return yes or (any(one.to_look_at for one in pages) and agreed(screen, yes, "screen-close-ask-all"))

    made = close_through(CloseAsked(ask(workspace, through, screen), by or getpass.getuser(), now_text()), agree)
    if manner.as_json:
        screen.json(closing_through_object(made, looked_at, screen.language))
    else:
        show_through(screen, made)
    looks = any(one.code == "close-look-first" for one in made.problems)
    code = ended(looks or not made.problems, made.problems, found=looks)
    _tell(screen, workspace, through, made.closings, code, made.problems)
    raise typer.Exit(code)


def _tell(
    screen: Screen,
    workspace: Path,
    month: str | None,
    closings: Sequence[Closing],
    code: int,
    problems: Sequence[Problem] = (),
) -> None:
    """Whoever the workspace says is told which months were closed, with the summary of the last."""
    from csctl.cli.showing.show_ledger import closed_text
    from csctl.workflow.writing.run import RunOutcome
    from csctl.workflow.writing.unattended import Ended

    last = closings[-1] if closings else None
    outcome = RunOutcome(last.computed if last else None, tuple(problems) or (last.problems if last else ()))
    said = "\n\n".join(text for one in closings if (text := closed_text(one, screen.language)))
    tell(screen, workspace, "close", Ended(code, outcome, month, 0), said)


def _as_json(screen: Screen, closing: Closing, pages: list[SignOff]) -> dict[str, object]:
    from csctl.cli.ledger_objects import closing_object

    return closing_object(closing, pages[0] if pages else None, screen.language)
