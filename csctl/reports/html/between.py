"""Two months on a page: people, scores and pay, each person with the lines that moved folded under the name."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.between_months.records import AgentMoves, MonthDiff, PayMove, ScoreMove
from csctl.core.between_months.telling import causes_text, grade_change_text, person_text
from csctl.messages import say
from csctl.messages.grammar import listed
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.month import Month
from csctl.policy.diff import one_line_value
from csctl.reports.figures import NONE, amount_or_dash, full_number, signed_number
from csctl.reports.html.elements import Content, Html, element, joined_html
from csctl.reports.html.page import page
from csctl.reports.html.tables import Column, beneath, details_block, section, table, tiles


def between_html(diff: MonthDiff, team: str, provisional: Sequence[Month], language: str) -> bytes:
    """The page's bytes. ``provisional`` are the months that are not closed."""
    title = say("between-title", language, team=team, old=diff.old, new=diff.new)
    parts = [_people(diff, language), _scores(diff, language), _pay(diff, language), _policy(diff, language)]
    lead = [element("p", text, class_="lead") for text in _lead(diff, provisional, language)]
    same = [element("p", say("between-same", language))] if diff.same else []
    shown_parts = [one for one in parts if one]
    return page(title, language, [element("h1", title), *lead, _tiles(diff, language), *same, *shown_parts])


def _lead(diff: MonthDiff, provisional: Sequence[Month], language: str) -> list[str]:
    old, new = diff.policies
    policy = say("between-policy-one", language, policy=new)
    found = [policy if old == new else say("between-policies", language, old=old, new=new)]
    if provisional:
        months = listed(provisional, language)
        found.append(say("between-provisional", language, months=months))
    return found


def _tiles(diff: MonthDiff, language: str) -> Html:
    """How many people, how many with a score, and what all of them are paid, with the month before."""
    counts = (("between-count-people", diff.everybody), ("between-count-scored", diff.scored))
    found: list[tuple[str, Content, str]] = [
        (say(code, language), str(now), f"{diff.old}: {before}") for code, (before, now) in counts
    ]
    if diff.currency:
        name = f"{say('between-whole-pay', language)} · {currency_word(diff.currency, language)}"
        found.append((name, amount_or_dash(diff.new_cents), f"{diff.old}: {amount_or_dash(diff.old_cents)}"))
    return tiles(found)


def _people(diff: MonthDiff, language: str) -> Html | None:
    if not diff.people:
        return None
    columns: list[Column] = [
        (say("between-name", language), "name"), (say("between-head-kind", language), "short"),
        (say("between-head-change", language), ""),
    ]  # fmt: skip
    rows: list[list[Content]] = [
        [f"{one.name} {one.agent_id}".strip(), say(f"between-kind-{one.kind}", language), person_text(one, language)]
        for one in diff.people
    ]
    return section("people", say("between-page-people", language), table(columns, rows))


def _scores(diff: MonthDiff, language: str) -> Html | None:
    """Everybody whose score or its lines moved, and the lines."""
    found = diff.all_by_score
    if not found:
        return None
    columns: list[Column] = [*_totals(diff, language), (say("sheet.grade", language), "short")]
    rows: list[list[Content]] = [
        [
            _who(one, language),
            full_number(one.old_score),
            full_number(one.new_score),
            signed_number(one.score_difference),
            grade_change_text(one) or one.new_grade or one.old_grade,
        ]
        for one in found
    ]
    lines = [
        details_block(_summary(one, signed_number(one.score_difference)), _score_lines(one.score_lines, diff, language))
        for one in found
    ]
    title, hint = say("between-page-scores", language), say("between-hint", language)
    return section("scores", title, table(columns, rows), *lines, hint=hint)


def _pay(diff: MonthDiff, language: str) -> Html | None:
    """Everybody whose pay or its lines moved, and the lines."""
    found = diff.by_pay
    if not found:
        return None
    rows: list[list[Content]] = [
        [
            _who(one, language), amount_or_dash(one.old_cents), amount_or_dash(one.new_cents),
            signed_number(from_cents(one.pay_difference_cents)),
        ]
        for one in found
    ]  # fmt: skip
    lines = [
        details_block(
            _summary(one, signed_number(from_cents(one.pay_difference_cents))),
            _pay_lines(one.pay_lines, diff, language),
        )
        for one in found
    ]
    title, hint = say("between-page-pay", language), say("between-hint", language)
    return section("pay", title, table(_totals(diff, language), rows), *lines, hint=hint)


def _name(one: AgentMoves) -> str:
    return f"{one.name} {one.agent_id}".strip()


def _summary(one: AgentMoves, difference: str) -> str:
    """What stands on the fold of somebody's lines."""
    return f"{_name(one)}  {difference}"


def _who(one: AgentMoves, language: str) -> Html:
    """Name and id; below, of who is in one month only, in which way."""
    return beneath(_name(one), say(f"between-only-{one.presence}", language) if one.presence != "both" else "")


def _totals(diff: MonthDiff, language: str) -> list[Column]:
    return [
        (say("between-name", language), "name"), (str(diff.old), "num"), (str(diff.new), "num"),
        (say("between-head-difference", language), "num"),
    ]  # fmt: skip


def _columns(diff: MonthDiff, language: str) -> list[Column]:
    return [
        (say("between-head-line", language), "name"), (str(diff.old), "num"), (str(diff.new), "num"),
        (say("between-head-difference", language), "num"), (say("between-head-why", language), ""),
    ]  # fmt: skip


def _score_lines(moves: Sequence[ScoreMove], diff: MonthDiff, language: str) -> Html:
    rows: list[list[Content]] = [
        [
            one.label,
            full_number(one.old),
            full_number(one.new),
            signed_number(one.difference),
            causes_text(one, language),
        ]
        for one in moves
    ]
    return table(_columns(diff, language), rows)


def _pay_lines(moves: Sequence[PayMove], diff: MonthDiff, language: str) -> Html:
    rows: list[list[Content]] = [
        [
            one.label, amount_or_dash(one.old_cents), amount_or_dash(one.new_cents),
            signed_number(from_cents(one.difference_cents)),
            causes_text(one, language),
        ]
        for one in moves
    ]  # fmt: skip
    return table(_columns(diff, language), rows)


def _policy(diff: MonthDiff, language: str) -> Html | None:
    """What the policy of the second month says otherwise."""
    if not diff.policy:
        return None
    columns: list[Column] = [(say("between-head-key", language), "name"), (str(diff.old), ""), (str(diff.new), "")]
    rows: list[list[Content]] = [
        [
            joined_html([".".join(one.path), element("small", one.label) if one.label else None]),
            one_line_value(one.old) or NONE, one_line_value(one.new) or NONE,
        ]
        for one in diff.policy
    ]  # fmt: skip
    return section("policy", say("between-page-policy", language), table(columns, rows))
