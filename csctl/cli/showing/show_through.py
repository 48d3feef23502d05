"""Several months closed with one signature, on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from csctl.cli.showing.show import COLOURS, Screen
from csctl.core.closing.sign_off import topic_title
from csctl.messages import one_line, say
from csctl.messages.grammar import listed
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.workflow.closing.several_months import ClosingThrough, SignedPage


def show_pages(screen: Screen, pages: Sequence[SignedPage]) -> None:
    """One page for all months: of each what to look at; what is only told stands on the month's own page."""
    first = pages[0].computed
    if first is not None:
        blanks = {"first": pages[0].month, "last": pages[-1].month, "count": len(pages)}
        team, policy = first.workspace.config.name, first.result.policy.label
        screen.line(say("screen-sign-off-all", screen.language, team=team, policy=policy, **blanks), "bold")
    for one in pages:
        _show_month(screen, one)
    screen.line(say("screen-sign-off-more", screen.language, month=pages[0].month), "dim")


def _show_month(screen: Screen, one: SignedPage) -> None:
    people = len(one.computed.result.agents) if one.computed else "–"
    count = len(errors_and_warnings(one.problems))
    screen.line(say("screen-sign-off-month", screen.language, month=one.month, people=people, count=count), "bold")
    for topic in one.page.topics if one.page else ():
        lines = errors_and_warnings(topic.lines)
        if lines:
            screen.line(f"  {topic_title(topic, screen.language)}")
        for line in lines:
            screen.line(f"    ! {one_line(line, screen.language)}", COLOURS[line.severity])


def show_through(screen: Screen, made: ClosingThrough) -> None:
    """Which months are closed now, and what stopped it."""
    done = [one.computed for one in made.closings if one.state == "closed" and one.computed]
    if done:
        months = listed([one.month for one in done], screen.language)
        screen.line(say("screen-close-through", screen.language, months=months, count=len(done)), "bold")
        screen.line(say("screen-ledger-head", screen.language, head=done[-1].books.head), "dim")
    if made.problems:
        screen.stopped(made.problems)
