"""A month on the screen: what ``run`` shows of it, what ``check`` does, and what a command says that wrote files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from csctl.cli.showing.harmless import harmless_text
from csctl.cli.showing.month_tables import files_table, scoreboard_table
from csctl.messages import say
from csctl.problems import errors_and_warnings, in_order, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csctl.cli.showing.show import Screen
    from csctl.workflow.month.compute import Computed
    from csctl.workflow.writing.run import RunOutcome

ROWS_SHOWN = 20
"""So many rows that failed a check are listed without --verbose."""
MARKED_NAMED = 8
"""So many people with a sign behind a figure are named below the scoreboard."""


def show_month(screen: Screen, outcome: RunOutcome) -> None:
    """The scoreboard, the problems and where the files are."""
    if outcome.computed is None or screen.quiet:
        return
    screen.print(_title(outcome.computed))
    screen.closed(outcome.problems)
    screen.print(scoreboard_table(outcome.computed, screen.language, screen.width))
    _marks(screen, outcome.computed)
    _pools(screen, outcome.computed)
    _law(screen, outcome.computed)
    _assumptions(screen, outcome.computed)
    screen.problems(outcome.problems)
    _files(screen, outcome.computed, outcome.written)


def show_written_files(screen: Screen, outcome: RunOutcome) -> None:
    """Where the files are, how much had to be read, and how many problems there are to look at."""
    if outcome.computed is None or screen.quiet:
        return
    screen.closed(outcome.problems)
    _files(screen, outcome.computed, outcome.written)
    if screen.verbose:
        screen.findings(outcome.problems)
    elif found := errors_and_warnings(in_order(outcome.problems)):
        screen.line(say("screen-problems-elsewhere", screen.language, count=len(found)), "bold")


def show_checked_month(screen: Screen, outcome: RunOutcome) -> None:
    """What was read of each file, then every problem."""
    if outcome.computed is None:
        return
    if not screen.quiet:
        screen.print(_title(outcome.computed))
        screen.closed(outcome.problems)
        show_files(screen, outcome.computed)
        _failed_rows(screen, outcome.computed)
    found = in_order(outcome.problems)
    shown = found if screen.verbose else errors_and_warnings(found)
    screen.findings(shown)
    screen.print(harmless_text(say("screen-problem-count", screen.language, count=len(errors_and_warnings(found)))))


def show_files(screen: Screen, computed: Computed) -> None:
    """What became of every row, file by file."""
    screen.print(files_table(computed, screen.language, screen.width))


def _files(screen: Screen, computed: Computed, written: Sequence[str]) -> None:
    folder = computed.workspace.out_folder(computed.month)
    counts = Counter(name.split("/")[0] + ("/" if "/" in name else "") for name in written)
    listed = [f"{name} ({count})" if name.endswith("/") else name for name, count in sorted(counts.items())]
    code = "screen-files" if listed else "screen-files-none"
    screen.line(say(code, screen.language, folder=folder, files="  ".join(listed)))
    screen.print(
        harmless_text(
            say("screen-imported", screen.language, fresh=computed.fresh, unchanged=computed.unchanged), "dim"
        )
    )


def _title(computed: Computed) -> Text:
    policy = computed.result.policy
    name = computed.workspace.config.name
    return harmless_text(f"{name} · {computed.month} · {policy.label} {policy.version}", "bold")


def _marks(screen: Screen, computed: Computed) -> None:
    """What the sign behind a figure means, where any has it."""
    from csctl.core.records.marks import SIGN
    from csctl.reports.run_json import scoreboard

    marked = [row.agent.agent_id for row in scoreboard(computed.result) if row.marked]
    if marked:
        people = shortened(marked, MARKED_NAMED)
        screen.line(say("screen-marks", screen.language, sign=SIGN, people=people, agent=marked[0]), "dim")


def _pools(screen: Screen, computed: Computed) -> None:
    from csctl.core.explaining.claim_words import pool_rule
    from csctl.money import amount_text

    for pool in computed.result.pools:
        paid = sum(share.amount_cents for share in pool.shares)
        rule = pool_rule(computed.result.policy, pool)
        text = say(
            "screen-pool-fixed" if rule is not None and rule.of is None else "screen-pool",
            screen.language,
            label=pool.label,
            base=amount_text(pool.base_cents),
            amount=amount_text(pool.pool_cents),
            paid=amount_text(paid),
        )
        screen.line(text)


def _law(screen: Screen, computed: Computed) -> None:
    """One line for each kind of legal hint, the first as an example; with --verbose all of them."""
    from csctl.core.records.advice import advice_text, article_text, by_kind

    hints = computed.result.advice
    if not hints:
        return
    screen.line(say("law-heading", screen.language, count=len(hints)), "yellow")
    for group in by_kind(hints):
        for one in group if screen.verbose else group[:1]:
            count = 1 if screen.verbose else len(group)
            line = Text.assemble((f" {count:>3} × ", "yellow"), f"{one.check} ")
            line.append_text(harmless_text(advice_text(one, screen.language)))
            about = " · ".join(text for text in (one.agent_id, article_text(one, screen.language)) if text)
            line.append_text(harmless_text(f"  [{about}]", "dim"))
            screen.put(line)


def _assumptions(screen: Screen, computed: Computed) -> None:
    listed = computed.result.policy.assumption
    if not listed:
        return
    examples = [one for one in listed if one.kind == "example"]
    said = say("screen-assumptions", screen.language, count=len(listed), examples=len(examples) or "")
    screen.line(said, "yellow")
    if screen.verbose:
        for one in listed:
            screen.print(harmless_text(f"  {one.id} [{one.kind}] {one.text}"))


def _failed_rows(screen: Screen, computed: Computed) -> None:
    from csctl.reports.checks_view import finding_lines

    for line in finding_lines(computed.result, screen.language, None if screen.verbose else ROWS_SHOWN):
        screen.put(harmless_text(line.text, "red" if line.overdue else ""))
