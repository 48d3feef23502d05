"""``csctl close``."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from csctl.cli import options
from csctl.cli.exits import BUSY, DONE, FOUND, UNUSABLE
from csctl.cli.speech import helped
from csctl.cli.step import Manner, agreed, ask, now_text, screen_for

if TYPE_CHECKING:
    from csctl.cli.show import Screen
    from csctl.core.closing.sign_off import SignOff
    from csctl.workflow.closing import Closing
    from csctl.workflow.compute import Computed

Yes = Annotated[bool, typer.Option("--yes", "-y", help=helped("help-yes"))]
By = Annotated[str, typer.Option("--by", help=helped("help-by"), show_default=helped("help-by-default"))]

CODES = {
    "closed": DONE, "already": DONE, "unpublished": UNUSABLE, "differs": FOUND, "declined": FOUND, "stopped": UNUSABLE,
    "busy": BUSY,
}  # fmt: skip


def close(
    workspace: options.Workspace = options.HERE,
    month: options.Month = None,
    by: By = "",
    yes: Yes = False,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Seal a month in the ledger."""
    from csctl.cli.show_ledger import show_closing, show_sign_off
    from csctl.core.closing.sign_off import has_findings
    from csctl.workflow.closing import CloseAsked
    from csctl.workflow.closing import close as close_month

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
    raise typer.Exit(CODES[closing.state])


def _as_json(screen: Screen, closing: Closing, pages: list[SignOff]) -> dict[str, object]:
    from csctl.cli.ledger_objects import closing_object

    return closing_object(closing, pages[0] if pages else None, screen.language)
