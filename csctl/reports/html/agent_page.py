"""One agent's month as a page to hand out: nobody else's name, score or amount stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.explaining.nodes import Node, number_with_unit, trimmed_number
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, ScoreLine, as_records
from csctl.core.records.marks import SIGN, marks_beside, marks_text
from csctl.core.scoring.fields import compared_with
from csctl.core.scoring.grades import grade_text
from csctl.messages.grammar import clauses
from csctl.messages.units import currency_word, missing_word
from csctl.money import exact
from csctl.reports.figures import NONE, amount_or_dash, full_number, mean, median, ratio, round_span, signed_number
from csctl.reports.html.charts import BarPart, bar, trend
from csctl.reports.html.elements import Content, Html, element
from csctl.reports.html.explanation import tree_html
from csctl.reports.html.page import page
from csctl.reports.html.tables import Column, beneath, section, table, tiles
from csctl.reports.trends import months_shown, score_trends
from csctl.reports.view import ReportInput
from csctl.reports.words import report_word

FEWEST_FOR_TEAM = 5
"""With fewer scored agents the team's mean and median would give away single scores."""


@dataclass(frozen=True, slots=True)
class _Own:
    """What the page is made from: the agent's own lines, and the team's figures where they may be shown."""

    agent: Agent
    score: Score | None
    score_lines: tuple[ScoreLine, ...]
    pay_lines: tuple[PayLine, ...]
    scored: int
    team_mean: Decimal | None
    team_median: Decimal | None


def agent_html(given: ReportInput, agent: Agent, tree: Node) -> bytes:
    """The page of one agent; ``tree`` is the agent's explanation."""
    own, language = _own(given, agent), given.language
    title = f"{agent.name} {agent.agent_id} · {given.result.month}"
    policy = given.result.policy
    about = report_word(
        "about", language, policy=policy.label, version=policy.version, state=report_word(policy.state, language)
    )
    who = " · ".join(part for part in (given.team, agent.group, agent.level) if part)
    parts = [
        element("h1", title),
        element("p", who, class_="lead"),
        element("p", about, class_="lead"),
        _tiles(given, own),
        _score_part(own, language),
        _pay_part(given, own),
        _trend_part(given, own),
        section(
            "why",
            report_word("why", language),
            tree_html(tree, language),
            hint=report_word("explanation-hint", language),
        ),
        element("footer", report_word("own-page", language)),
    ]
    return page(title, language, parts)


def _own(given: ReportInput, agent: Agent) -> _Own:
    result = given.result
    scores = as_records(result.scores, Score)
    known = [one.score for one in scores if one.score is not None]
    telling = known if len(known) >= FEWEST_FOR_TEAM else []
    decimals = result.policy.score_decimals
    return _Own(
        agent,
        result.own(agent.agent_id).score,
        result.own(agent.agent_id).score_lines,
        result.own(agent.agent_id).pay_lines,
        len(compared_with(result.policy, scores, agent.agent_id)),
        mean(telling, decimals),
        median(telling, decimals),
    )


def _tiles(given: ReportInput, own: _Own) -> Html:
    language, score = given.language, own.score
    figures: list[tuple[str, Content, str]] = []
    if score is not None and score.score is not None:
        rank = f"{NONE if score.rank is None else score.rank} / {own.scored}"
        figures = [
            (
                report_word("score", language),
                f"{full_number(score.score)}{SIGN if score.marks else ''}",
                grade_text(score, language),
            ),
            (report_word("rank", language), rank, ""),
        ]
        if own.team_mean is not None:
            figures.append((report_word("mean", language), full_number(own.team_mean), ""))
            figures.append((report_word("median", language), full_number(own.team_median), ""))
    else:
        status = score.status if score is not None else "excluded"
        figures.append((report_word("score", language), report_word(status, language), ""))
    if given.result.policy.pay is not None:
        total = sum(line.amount_cents for line in own.pay_lines)
        figures.append(
            (
                report_word("pay", language, currency=currency_word(given.result.policy.currency, language)),
                amount_or_dash(total),
                "",
            )
        )
    return tiles(figures)


def _score_part(own: _Own, language: str) -> Html | None:
    """Every indicator and adjustment with what was measured and what it added."""
    if not own.score_lines or own.score is None:
        return None
    columns: list[Column] = [
        (report_word("indicator", language), "name"), (report_word("value", language), "num"), ("", "chart"),
        (report_word("points", language), "num"), (report_word("adds", language), "num"),
    ]  # fmt: skip
    rows = [_score_cells(line, language) for line in own.score_lines]
    if own.score.score is None:
        known = table(columns[:-1], [cells[:-1] for cells in rows])
        return section("score", report_word("score", language), known, hint=report_word(own.score.status, language))
    total: list[Content] = [report_word("total", language), None, None, None, full_number(own.score.score)]
    drawn = table(columns, [*rows, total], look="totals")
    return section("score", report_word("score", language), drawn, hint=report_word("own-score-hint", language))


def _score_cells(line: ScoreLine, language: str) -> list[Content]:
    note = clauses((line.note, marks_text(marks_beside(line.marks), language)), language)
    if line.kind != "indicator":
        return [
            beneath(line.label, note),
            line.text or trimmed_number(line.value),
            None,
            NONE,
            signed_number(line.contribution),
        ]
    value = line.text if line.value is None else number_with_unit(line.value, line.unit, language)
    if line.points is None or not line.out_of:
        rule = missing_word(line.missing, language)
        missing = report_word("missing-by", language, rule=rule) if rule else report_word("missing", language)
        return [beneath(line.label, note), value or NONE, missing, NONE, full_number(line.contribution)]
    share = ratio(exact(line.points) / exact(line.out_of), 0, 1)
    return [
        beneath(line.label, note),
        value or NONE,
        bar([BarPart(Fraction(0), share, "value")]),
        beneath(f"{trimmed_number(line.points)} / {trimmed_number(line.out_of)}", line.band),
        full_number(line.contribution),
    ]


def _pay_part(given: ReportInput, own: _Own) -> Html | None:
    """The agent's pay lines and their sum."""
    language = given.language
    if not own.pay_lines:
        return None
    currency = currency_word(given.result.policy.currency, language)
    columns: list[Column] = [
        (report_word("item", language), "name"), (report_word("how", language), ""),
        (report_word("rule", language), ""),
        (report_word("amount", language, currency=currency), "num"),
    ]  # fmt: skip
    rows: list[list[Content]] = [
        [
            line.label,
            beneath(_formula(line, language), clauses((line.note, marks_text(line.marks, language)), language)),
            line.rule or NONE,
            amount_or_dash(line.amount_cents),
        ]
        for line in own.pay_lines
    ]
    total: list[Content] = [
        report_word("total", language),
        None,
        None,
        amount_or_dash(sum(one.amount_cents for one in own.pay_lines)),
    ]
    title = report_word("pay", language, currency=currency)
    return section("pay", title, table(columns, [*rows, total], look="totals"))


def _formula(line: PayLine, language: str) -> str:
    """Quantity × rate, and what it is divided by; a correction says in its note what it is."""
    if line.kind == "correction":
        return ""
    if line.basis != "product":
        return report_word(f"basis-{line.basis}", language)
    text = f"{number_with_unit(line.quantity, line.unit, language)} × {trimmed_number(line.rate)}"
    return text if line.divisor == 1 else f"{text} ÷ {trimmed_number(line.divisor)}"


def _trend_part(given: ReportInput, own: _Own) -> Html | None:
    """The agent's score over the past months, with the team's mean where it may be shown."""
    months = months_shown(given.result, given.past)
    mine = next((one for one in score_trends(months) if one.about == own.agent.agent_id), None)
    if len(months) < 2 or mine is None:
        return None
    language, names = given.language, [str(one.month) for one in months]
    team = [_team_mean([one.score for one in as_records(month.scores, Score)]) for month in months]
    known = [value for value in (*mine.values, *team) if value is not None]
    low, high = round_span(known, 10)
    drawn = trend(report_word("own-trend", language), mine.values, names, Decimal(low), Decimal(high), language, team)
    rows = [
        [name, full_number(value), full_number(team_mean)]
        for name, value, team_mean in zip(names, mine.values, team, strict=True)
    ]
    columns: list[Column] = [
        (report_word("month", language), "name"), (report_word("score", language), "num"),
        (report_word("mean", language), "num")
    ]  # fmt: skip
    told = 3 if any(value is not None for value in team) else 2
    hint = report_word("own-trend-hint", language) if told == 3 else ""
    figures = table(columns[:told], [row[:told] for row in rows])
    return section("trend", report_word("own-trend", language), drawn, figures, hint=hint)


def _team_mean(scores: list[Decimal | None]) -> Decimal | None:
    known = [one for one in scores if one is not None]
    return mean(known, 2) if len(known) >= FEWEST_FOR_TEAM else None
