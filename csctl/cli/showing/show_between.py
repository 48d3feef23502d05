"""One month beside another on the screen: people, policy, scores and pay, the deepest falls first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from csctl.core.between_months.telling import causes_text, grade_change_text, person_text
from csctl.messages import say
from csctl.messages.grammar import joined_parts, labelled, listed
from csctl.messages.units import currency_word
from csctl.money import amount_text
from csctl.policy.diff import one_line_value
from csctl.problems import errors_and_warnings

if TYPE_CHECKING:
    from csctl.cli.showing.show import Screen
    from csctl.core.between_months.records import AgentMoves, MonthDiff, PayMove, ScoreMove
    from csctl.workflow.comparing.months import Compared

PEOPLE_SHOWN = 5
"""So many people are shown in a part without --verbose."""
LINES_SHOWN = 3
"""And so many lines of each."""
CHANGES_SHOWN = 5
"""And so many changes of the policy."""
_MARKS = {"joined": "+", "left": "−", "changed": "~"}


def show_between(screen: Screen, compared: Compared, files: Sequence[Path], *, verbose: bool) -> None:
    """All parts that have anything, then where the files are."""
    diff, language = compared.between, screen.language
    about = {"team": compared.team, "old": diff.old, "new": diff.new}
    screen.line(say("between-title", language, **about), "bold")
    screen.closed(compared.problems)
    if compared.provisional:
        months = listed(compared.provisional, language)
        screen.hanging("", say("between-provisional", language, months=months), "yellow")
    if diff.same:
        screen.line(say("between-same", language), "green")
    _people(screen, diff, verbose)
    _policy(screen, diff, verbose)
    _scores(screen, diff, verbose)
    _pay(screen, diff, verbose)
    if found := errors_and_warnings(compared.problems):
        screen.line("")
        screen.line(say("screen-problems-elsewhere", language, count=len(found)), "bold")
    for file in files:
        screen.line(say("screen-file-written", language, file=file))


def _people(screen: Screen, diff: MonthDiff, verbose: bool) -> None:
    if not diff.people:
        return
    kinds = [one.kind for one in diff.people]
    counts = {"came": kinds.count("joined"), "went": kinds.count("left"), "changed": kinds.count("changed")}
    before, now = diff.everybody
    _heading(screen, say("between-people", screen.language, before=before, now=now, **counts))
    shown = diff.people if verbose else diff.people[: PEOPLE_SHOWN * 2]
    for one in shown:
        kind = "" if one.kind == "changed" else say(f"between-kind-{one.kind}", screen.language)
        said = joined_parts((kind, person_text(one, screen.language)), screen.language)
        screen.hanging(
            f"  {_MARKS[one.kind]} ", labelled((f"{one.agent_id} {one.name}".strip(), said), screen.language)
        )
    _more(screen, "between-more-people", len(diff.people) - len(shown))


def _policy(screen: Screen, diff: MonthDiff, verbose: bool) -> None:
    if not diff.policy:
        return
    _heading(screen, say("between-policy", screen.language, count=len(diff.policy)))
    shown = diff.policy if verbose else diff.policy[:CHANGES_SHOWN]
    for one in shown:
        values = " → ".join(one_line_value(value) or "–" for value in (one.old, one.new))
        screen.hanging("    ", f"{'.'.join(one.path)}  {values}")
    _more(screen, "between-more-changes", len(diff.policy) - len(shown))


def _scores(screen: Screen, diff: MonthDiff, verbose: bool) -> None:
    """Who is in both months, each with the lines that moved the score."""
    found = [one for one in diff.by_score if verbose or one.score_difference or one.old_grade != one.new_grade]
    if not found:
        return
    up, down = (sum(one.score_difference * sign > 0 for one in found) for sign in (1, -1))
    _heading(screen, say("between-scores", screen.language, moved=up + down, up=up, down=down))
    for one in _shown(found, verbose):
        scores = [("–" if score is None else f"{score:,f}") for score in (one.old_score, one.new_score)]
        grade = grade_change_text(one)
        _person(screen, one, f"{scores[0]} → {scores[1]}  {one.score_difference:+,f}", grade)
        _lines(screen, [(move, f"{move.difference:+,f}", bool(move.difference)) for move in one.score_lines], verbose)
    _more(screen, "between-more-people", len(found) - len(_shown(found, verbose)))


def _pay(screen: Screen, diff: MonthDiff, verbose: bool) -> None:
    """Everybody whose pay moved, who came and left too, each with the lines."""
    found = [one for one in diff.by_pay if verbose or one.pay_difference_cents]
    if not found:
        return
    totals = {
        "before": amount_text(diff.old_cents),
        "now": amount_text(diff.new_cents),
        "change": amount_text(diff.difference_cents, signed=True),
        "currency": currency_word(diff.currency, screen.language),
    }
    _heading(screen, say("between-pay", screen.language, **totals))
    for one in _shown(found, verbose):
        here = "" if one.presence == "both" else say(f"between-only-{one.presence}", screen.language)
        change = amount_text(one.pay_difference_cents, signed=True)
        _person(screen, one, f"{amount_text(one.old_cents)} → {amount_text(one.new_cents)}  {change}", here)
        moves = [
            (move, amount_text(move.difference_cents, signed=True), bool(move.difference_cents))
            for move in one.pay_lines
        ]
        _lines(screen, moves, verbose)
    _more(screen, "between-more-people", len(found) - len(_shown(found, verbose)))


def _shown(found: Sequence[AgentMoves], verbose: bool) -> Sequence[AgentMoves]:
    return found if verbose else found[:PEOPLE_SHOWN]


def _heading(screen: Screen, text: str) -> None:
    screen.line("")
    screen.line(text, "bold")


def _person(screen: Screen, one: AgentMoves, figures: str, aside: str) -> None:
    who = f"{one.agent_id} {one.name}".strip()
    screen.hanging("  ", "  ".join(text for text in (who, figures, aside) if text))


def _lines(screen: Screen, moves: Iterable[tuple[ScoreMove | PayMove, str, bool]], verbose: bool) -> None:
    """What the lines add more or less, and why; those that only rest on something else with --verbose."""
    listed_moves = [one for one in moves if verbose or one[2]]
    shown = listed_moves if verbose else listed_moves[:LINES_SHOWN]
    for move, difference, _ in shown:
        why = causes_text(move, screen.language)
        screen.hanging("      ", labelled((f"{move.label} {difference}", why), screen.language), "dim")
    _more(screen, "between-more-lines", len(listed_moves) - len(shown), "      ")


def _more(screen: Screen, code: str, count: int, indent: str = "  ") -> None:
    if count > 0:
        screen.hanging(indent, say(code, screen.language, count=count), "dim")
