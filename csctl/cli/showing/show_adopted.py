"""What adopting a folder came to: the sources, what is left aside, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csctl.cli.showing.show import Screen
from csctl.messages import one_line, say
from csctl.messages.grammar import listed
from csctl.problems import shortened
from csctl.workflow.adopting.answers_file import ANSWERS_NAME
from csctl.workflow.adopting.wording import answer_text, asked_text, source_text

if TYPE_CHECKING:
    from csctl.workflow.adopting.records import Adopted, Answered, Settled


def show_adopted(screen: Screen, outcome: Adopted) -> None:
    """Each source in a line, then what is not read and why, the roster, the policy, and every open question."""
    language = screen.language
    sources = [one for one in outcome.settled if one.draft]
    for one in sources:
        _source(screen, one)
    _left(screen, outcome)
    if not sources:
        screen.line(say("screen-adopt-nothing-new", language))
    if outcome.people and outcome.roster:
        screen.line(say("screen-adopt-roster", language, count=outcome.people, file=outcome.roster))
    if outcome.unknown:
        names = listed(shortened(outcome.unknown), language)
        screen.line(say("screen-adopt-unknown", language, names=names), "yellow")
    if outcome.policy:
        screen.line(say("screen-adopt-policy", language, policy=outcome.policy))
    if outcome.unpaid:
        screen.line(say("screen-adopt-unpaid", language, policy=outcome.policy), "yellow")
    if outcome.written:
        screen.line(say("screen-adopt-wrote", language, files=listed(outcome.written, language)))
    if outcome.open:
        screen.line(say("screen-adopt-open", language, count=len(outcome.open), file=ANSWERS_NAME), "bold")
        for asked in outcome.open:
            _doubt(screen, asked)
    screen.line("")


def _source(screen: Screen, one: Settled) -> None:
    language = screen.language
    assert one.draft is not None  # noqa: S101 - the caller has looked
    what = source_text(one.draft.table, len(one.paths), one.months, one.rows, language)
    screen.line(say("screen-adopt-source", language, files=one.files, what=what))


def _left(screen: Screen, outcome: Adopted) -> None:
    """Files that became no source; why those cannot be read."""
    language = screen.language
    aside = [one.files for one in outcome.settled if one.aside]
    blocked = [one for one in outcome.settled if not one.draft and not one.aside]
    if aside:
        screen.line(say("screen-adopt-aside", language, files=listed(aside, language)))
    if blocked:
        files = listed([one.files for one in blocked], language)
        screen.line(say("screen-adopt-blocked", language, files=files), "yellow")
    for problem in dict.fromkeys(problem for one in blocked for problem in one.problems):
        screen.line(f"  {one_line(problem, language)}", "yellow")
    unread = [one for one in outcome.unread if not one.problems]
    if unread:
        files = listed([one.named.path for one in unread], language)
        screen.line(say("screen-adopt-unread", language, files=files), "yellow")
    screen.findings(problem for one in outcome.unread for problem in one.problems)


def _doubt(screen: Screen, asked: Answered) -> None:
    language, question = screen.language, asked.question
    proposed = answer_text(question, (question.proposed,) if question.proposed else (), language)
    text = asked_text(question, language)
    screen.line(say("screen-adopt-doubt", language, files=question.files, asks=text, answer=proposed or "–"), "yellow")
