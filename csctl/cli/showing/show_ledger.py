"""The ledger's commands on the screen: sign-off, history, differences, appeals, what-if."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from csctl.cli.showing.show import COLOURS, Screen
from csctl.cli.showing.show_month import show_files
from csctl.core.closing.sign_off import topic_title
from csctl.core.closing.telling import is_main_figure, names_by_id, one_per_line, reworded
from csctl.messages import one_line, say
from csctl.money import amount_text
from csctl.problems import Severity, errors_and_warnings

if TYPE_CHECKING:
    from csctl.core.closing.corrections import BookedDelta
    from csctl.core.closing.differences import Difference, PayDelta, PoolMove
    from csctl.core.closing.sign_off import SignOff
    from csctl.core.deciding.appeals import Filed
    from csctl.month import Month
    from csctl.store.ledger.entries import Entry
    from csctl.workflow.calling import Calling
    from csctl.workflow.closing.correcting import Correcting
    from csctl.workflow.closing.one_month import Closing
    from csctl.workflow.ledger.closed import Books
    from csctl.workflow.ledger.recomputing import Again
    from csctl.workflow.ledger.verifying import MonthVerified, Verified
    from csctl.workflow.month.compute import Computed

Money = tuple["Month", "PayDelta | BookedDelta"]
"""A pay line of a month that changes."""
Names = Mapping[str, str]
Called = Mapping[tuple[str, str], str]
"""What agents and lines are called, by table and id."""

MOST_DIFFERENCES = 40
"""So many differences of a month are listed without ``--verbose`` or ``--json``."""


def show_sign_off(screen: Screen, computed: Computed, page: SignOff) -> None:
    """What to look at before a month is closed, topic by topic, and what became of every row."""
    team, policy = computed.workspace.config.name, computed.result.policy
    screen.line(say("screen-sign-off", screen.language, team=team, month=page.month, policy=policy.label), "bold")
    for topic in page.topics:
        screen.line(topic_title(topic, screen.language), "bold")
        for line in topic.lines:
            mark = "!" if line.severity is not Severity.NOTE else "·"
            style = COLOURS[line.severity] if line.severity is not Severity.NOTE else ""
            screen.line(f"  {mark} {one_line(line, screen.language)}", style)
    if page.coverage:
        show_files(screen, computed)


def show_closing(screen: Screen, closing: Closing) -> None:
    """What closing came to."""
    if closing.state in ("stopped", "busy", "unpublished"):
        screen.stopped(closing.problems)
        return
    computed = closing.computed
    if computed is None:
        return
    screen.line(closed_text(closing, screen.language), "bold")
    if closing.state == "differs":
        screen.problems(closing.problems)
        show_differences(screen, closing.differences)
    if closing.state in ("closed", "already"):
        screen.line(say("screen-ledger-head", screen.language, head=computed.books.head), "dim")


def closed_text(closing: Closing, language: str) -> str:
    """What closing a month came to in a sentence; "" where it did not come to be looked at."""
    if closing.computed is None or closing.state in ("stopped", "busy", "unpublished"):
        return ""
    return say(f"screen-close-{closing.state}", language, month=closing.computed.month)


def show_history(screen: Screen, books: Books, calling: Calling) -> None:
    """Every entry: what was booked, about which month, when, by whom; people and items as ``calling`` names them."""
    entries = books.ledger.entries if books.ledger else ()
    columns = ledger_heads(screen, "number", "kind", "month", "at", "what")
    filed = {one.filed.number: one.filed for one in books.appeals}
    rows = [
        (
            one.number,
            _kind(one, screen.language),
            one.month,
            _minute(one.at),
            _what(one, screen.language, calling, filed),
        )
        if one.number not in books.unread
        else (one.number, one.kind, one.month, _minute(one.at), say("ledger-what-unread", screen.language))
        for one in entries
    ]
    screen.table(columns, rows)
    screen.line(say("screen-ledger-head", screen.language, head=books.head), "dim")


def _kind(entry: Entry, language: str) -> str:
    return say(f"ledger-kind-{entry.kind}", language)


def _what(entry: Entry, language: str, calling: Calling, filed: Mapping[int, Filed]) -> str:
    """The few words about an entry that tell it from others."""
    blanks = dict(entry.document) | _named(entry, calling, filed)
    if entry.kind == "close":
        blanks |= {"pay": amount_text(int(blanks["pay_cents"])), "program": blanks["basis"]["program"]}
    elif entry.kind == "correction":
        cents = sum(int(one["new_cents"]) - int(one["old_cents"]) for one in blanks["deltas"])
        blanks["total"] = amount_text(cents, signed=True)
    elif entry.kind == "appeal-decision":
        blanks["outcome"] = say(f"appeal-state-{blanks['outcome']}", language)
    elif entry.kind == "promotion":
        blanks["event"] = say(f"promotion-event-{blanks['kind']}", language)
    return say(f"ledger-what-{entry.kind}", language, **blanks).rstrip("，, ")


def _named(entry: Entry, calling: Calling, filed: Mapping[int, Filed]) -> dict[str, str]:
    """Whom and what an entry is about, as people call them."""
    if entry.kind == "promotion":
        about = entry.document
        return {
            "agent": calling.person(about["agent_id"], entry.month), "step": calling.step(about["step"], entry.month)
        }  # fmt: skip
    one = filed.get(entry.document["number"]) if entry.kind in ("appeal", "appeal-decision") else None
    if one is None:
        return {}
    return {"agent": calling.person(one.agent_id, one.month), "item": calling.item(one.item, one.month)}


def show_verified(screen: Screen, found: Verified, *, verbose: bool = False) -> None:
    """Month by month, then what differs: by changed files, and by the program."""
    for problem in found.problems:
        screen.line(one_line(problem, screen.language), COLOURS[problem.severity])
    show_months(screen, found, verbose=verbose)
    other = "damaged" if errors_and_warnings(found.problems) else "program" if found.program_alone else "not"
    state = "sound" if found.sound else other
    screen.line(say(f"screen-verified-{state}", screen.language), "green" if found.sound else "yellow")
    if found.head:
        screen.line(say("screen-ledger-head", screen.language, head=found.head), "dim")


def show_months(screen: Screen, found: Verified, *, verbose: bool = False) -> None:
    """The table of months, and under it what differs in each."""
    columns = ledger_heads(screen, "month", "closed-at", "program", "verified")
    rows = [(one.month, _minute(one.closed_at), one.program, _state(screen, one)) for one in found.months]
    screen.table(columns, rows)
    for one in found.months:
        for problem in one.files:
            screen.line(one_line(problem, screen.language), COLOURS[problem.severity])
        if one.differences:
            _month_differs(screen, one.month, one.differences)
            show_differences(screen, one.differences, one.names, verbose=verbose)
        if one.otherwise and (verbose or one_per_line(one.otherwise)):
            words = say("screen-month-otherwise", screen.language, month=one.month, program=one.program)
            screen.line(words, "bold")
            show_differences(screen, one.otherwise, one.names, verbose=verbose)


def _state(screen: Screen, one: MonthVerified) -> str:
    if one.unreadable:
        return say("screen-verified-unreadable", screen.language)
    if one_per_line(one.otherwise or ()):
        return say("screen-verified-otherwise", screen.language, count=len(one_per_line(one.otherwise or ())))
    if one.differences is None and one.otherwise is not None:
        return say("screen-verified-reworded", screen.language)
    if one.differences is None:
        return say(
            "screen-verified-unread" if errors_and_warnings(one.files) else "screen-verified-same-files",
            screen.language,
        )
    if one.differences and not one_per_line(one.differences):
        return say("screen-verified-reworded", screen.language)
    return say("screen-verified-recomputed", screen.language, count=len(one_per_line(one.differences)))


def _month_differs(screen: Screen, month: Month, found: Sequence[Difference]) -> None:
    """The heading of what differs in a month; where only words do, it says that the figures stay."""
    code = "screen-month-differs" if one_per_line(found) else "screen-month-reworded"
    screen.line(say(code, screen.language, month=month), "bold")


def show_differences(
    screen: Screen, differences: Sequence[Difference], names: Called | None = None, *, verbose: bool = False
) -> None:
    """One row for each line that differs, scores and money first; ``verbose``: every field of every line.

    ``names`` says what agents and lines are called, by table and id; without it, ids stand alone.
    """
    called = names or {}
    wanted = list(differences) if verbose else one_per_line(differences)
    shown = wanted if verbose else wanted[:MOST_DIFFERENCES]
    rows = [
        (
            f"{one.agent_id} {called.get(('agents', one.agent_id), '')}".strip(),
            *_what_differs(screen, one, called, verbose), one.old, one.new,
        )
        for one in shown
    ]  # fmt: skip
    if rows:
        screen.table(ledger_heads(screen, "agent", "table", "line", "old", "new"), rows)
    if len(wanted) > len(shown):
        screen.line(say("screen-more-differences", screen.language, count=len(wanted) - len(shown)), "dim")
    if not verbose and (count := reworded(differences)):
        screen.line(say("screen-reworded", screen.language, count=count), "dim")


def _what_differs(screen: Screen, one: Difference, called: Called, verbose: bool) -> tuple[str, str]:
    """What kind of line, and which; its field where that is not the line's figure."""
    named = one.field and (verbose or not is_main_figure(one))
    field = say(f"ledger-field-{one.field}", screen.language) if named else ""
    return say(f"ledger-table-{one.table}", screen.language), " · ".join(
        part for part in (_called(one, called), field) if part
    )


def _called(one: Difference, called: Called) -> str:
    """The line's label with its id, as ``explain`` shows them; the id alone where nobody names it."""
    label = called.get((one.table, one.line), "")
    return f"{label} [{one.line}]" if label else one.line


def show_correcting(screen: Screen, found: Correcting, *, program: bool = False, verbose: bool = False) -> None:
    """What changed exports, or this ``program``, change, what that is in money, and where it goes."""
    if found.state == "nothing":
        words = "screen-correct-nothing-otherwise" if program else "screen-correct-nothing"
        screen.line(say(words, screen.language), "green")
        return
    for one in found.months:
        _show_again(screen, one, program, verbose)
    names = {one.agent_id: one.name for one in found.deltas}
    show_money(screen, [(one.of, one) for one in found.deltas], found.moves, names)
    screen.line(say(f"screen-correct-{found.state}", screen.language, into=found.into or ""), "bold")


def _show_again(screen: Screen, one: Again, program: bool, verbose: bool) -> None:
    """What differs in a month but for the money, which has a table of its own."""
    if program:
        screen.line(say("screen-month-recomputed", screen.language, month=one.new.month), "bold")
    found = one.differences
    beside = [difference for difference in found if difference.table != "pay_lines"]
    if not found:
        screen.line(say("screen-month-same", screen.language, month=one.new.month), "bold")
    elif verbose or one_per_line(beside) or not one_per_line(found):
        if not program:
            _month_differs(screen, one.new.month, found)
        names = names_by_id((one.old, one.with_it))
        show_differences(screen, found if verbose or not beside else beside, names, verbose=verbose)


def show_money(screen: Screen, money: Sequence[Money], moves: Sequence[tuple[Month, PoolMove]], names: Names) -> None:
    """Every pay line that changes, shares of pools by themselves, and the total of all; ``names`` of agents by id."""
    shares = {(month, one.agent_id, one.pool) for month, one in moves}
    others = [(month, one) for month, one in money if (month, one.agent_id, one.line) not in shares]
    _money_table(screen, "line", others, names)
    if moves:
        screen.line(say("screen-pool-moves", screen.language), "bold")
        _money_table(screen, "pool", moves, names)
    if money:
        total = amount_text(sum(one.new_cents - one.old_cents for _, one in money), signed=True)
        screen.line(say("screen-money-total", screen.language, total=total))


def _money_table(
    screen: Screen, what: str, listed: Sequence[tuple[Month, PayDelta | BookedDelta | PoolMove]], names: Names
) -> None:
    if not listed:
        return
    rows = [
        (
            str(month),
            f"{one.agent_id} {names.get(one.agent_id, '')}".strip(),
            one.label,
            amount_text(one.old_cents),
            amount_text(one.new_cents),
            amount_text(one.new_cents - one.old_cents, signed=True),
        )
        for month, one in listed
    ]
    screen.table(ledger_heads(screen, "month", "agent", what, "old", "new", "difference"), rows)


def ledger_heads(screen: Screen, *names: str) -> list[str]:
    """What columns are called."""
    return [say(f"ledger-column-{name}", screen.language) for name in names]


def _minute(at: str) -> str:
    """A moment to the minute, without its offset."""
    return at[:16].replace("T", " ")
