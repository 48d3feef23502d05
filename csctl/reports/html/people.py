"""The report's parts about people: scoreboard, spread of scores, heat map, who moved, trends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from csctl.core.explaining.nodes import trimmed_number
from csctl.core.people.called import name_and_id, people_named
from csctl.core.records.marks import SIGN, mark_text
from csctl.core.records.result import MonthResult
from csctl.core.scoring.grades import grade_text
from csctl.messages.grammar import listed
from csctl.messages.units import currency_word, missing_word
from csctl.reports.changes import AgentChange, Reason, agent_changes
from csctl.reports.figures import NONE, amount_or_dash, full_number, ratio, round_span, signed_number, spans_of
from csctl.reports.html.charts import BarPart, axis, bar, dot
from csctl.reports.html.elements import Content, Html, element, joined_html
from csctl.reports.html.tables import MOST_SHOWN, Column, beneath, details_block, others, section, table
from csctl.reports.view import BoardRow, HeatCell, ReportInput, agents_by_mark, board, heat
from csctl.reports.words import report_word
from csctl.workbook.text import shown_width

HEAT_EDGES = (Fraction(1, 2), Fraction(7, 10), Fraction(8, 10), Fraction(9, 10), Fraction(1))
"""From each of these shares on a cell takes the next of the six colours."""
SPREAD_STEP = 10


def changed(change: Decimal | None, words: str) -> Html | None:
    """A change with an arrow; nothing where nothing changed or there is nothing to compare."""
    if not change:
        return None
    return element("span", f"{'▲' if change > 0 else '▼'} {words}", class_="up" if change > 0 else "down")


def scoreboard_part(given: ReportInput) -> Html:
    """Everybody, best first, with level, score, grade, pay, and what changed."""
    result, language = given.result, given.language
    rows = board(result, given.previous)
    has_pay = result.policy.pay is not None
    columns: list[Column] = [
        (report_word("rank", language), "num"), (report_word("name", language), "name"),
        (report_word("score", language), "num"),
        (report_word("grade", language), "short"),
    ]  # fmt: skip
    if has_pay:
        columns.append((report_word("pay", language, currency=currency_word(result.policy.currency, language)), "num"))
    cells = [_board_cells(row, language)[: len(columns)] for row in rows]
    hint = report_word("board-hint", language, month=given.previous.month) if given.previous else ""
    return section(
        "scoreboard", report_word("scoreboard", language), table(columns, cells), _marks_said(given), hint=hint
    )


def _marks_said(given: ReportInput) -> Html | None:
    """What the sign behind a figure stands for: each mark with whom it is about."""
    found = agents_by_mark(given.result)
    if not found:
        return None
    language = given.language
    items = [
        element(
            "li",
            report_word(
                "mark-of", language, mark=mark_text(mark, language), people=listed(people_named(agents), language)
            ),
        )
        for mark, agents in found
    ]
    return element(
        "div", element("p", report_word("marks", language, sign=SIGN)), element("ul", *items), class_="hint whole"
    )


def _board_cells(one: BoardRow, language: str) -> list[Content]:
    agent, score = one.row.agent, one.row.score
    below = " · ".join(part for part in (agent.agent_id, agent.group, agent.level, score.card) if part)
    reached = report_word(score.status, language) if score.score is None else full_number(score.score)
    grade = grade_text(score, language)
    failed = " · ".join(part for part in (grade, report_word("failed", language)) if part)
    return [
        NONE if score.rank is None else score.rank,
        beneath(agent.name or agent.agent_id, below),
        beneath(
            f"{reached}{SIGN if score.marks else ''}",
            changed(one.score_change, f"{abs(one.score_change or 0):,f}"),
        ),
        element("span", failed, class_="warn") if score.passed is False else grade or NONE,
        beneath(
            f"{amount_or_dash(one.row.pay_cents)}{SIGN if one.row.pay_marked else ''}",
            changed_money(one.pay_change_cents),
        ),
    ]


def changed_money(cents: int | None) -> Html | None:
    """A change of an amount, as ``changed`` shows it."""
    return changed(None if cents is None else Decimal(cents), amount_or_dash(abs(cents or 0)))


def spread_part(given: ReportInput) -> Html | None:
    """How many have which grade, and where each score lies between the marks that count."""
    result, language = given.result, given.language
    scored = [one.row for one in board(result, None) if one.row.score.score is not None]
    if not scored:
        return None
    scores = [row.score.score or Decimal(0) for row in scored]
    marks = _marks(result)
    low, high = round_span([*scores, *(value for value, _ in marks if value >= min(scores) - 30)], SPREAD_STEP)
    within = [(ratio(value, low, high), label) for value, label in marks if low <= value <= high]
    guides = [at for at, _ in within]
    rows = [
        (
            name_and_id(row.agent),
            dot(ratio(score, low, high), "fail" if row.score.passed is False else "value", guides),
            full_number(score),
        )
        for row, score in zip(scored, scores, strict=True)
    ]
    header = joined_html([axis(within), axis([(Fraction(0), str(low)), (Fraction(1), str(high))])])
    columns: list[Column] = [
        (report_word("name", language), "name"), (header, "chart"), (report_word("score", language), "num"),
    ]  # fmt: skip
    strips = table(columns, rows, caption=report_word("spread-caption", language))
    if len(rows) > MOST_SHOWN:
        spans = _spans(scores, language)
        return section("spread", report_word("spread", language), _grades(result, language), spans,
                       details_block(report_word("spread-caption", language), strips))  # fmt: skip
    return section("spread", report_word("spread", language), _grades(result, language), strips)


def _spans(scores: Sequence[Decimal], language: str) -> Html:
    """How many have a score between one multiple of ten and the next, the highest first."""
    counts = spans_of(scores, SPREAD_STEP)
    most = max(count for _, count in counts)
    rows = [(span, bar([BarPart(Fraction(0), Fraction(count, most), "value")]), count) for span, count in counts]
    columns: list[Column] = [
        (report_word("score", language), "name"), ("", "chart"), (report_word("people", language), "num"),
    ]  # fmt: skip
    return table(columns, rows, caption=report_word("spans-caption", language))


def _marks(result: MonthResult) -> list[tuple[Decimal, str]]:
    """The scores from which something changes: grades, and the pass mark where no grade begins there."""
    marks = [(grade.at_least, grade.label) for grade in result.policy.grade if grade.at_least is not None]
    rules = result.policy.score
    if rules and rules.pass_mark not in {value for value, _ in marks}:
        marks.append((rules.pass_mark, f"{rules.pass_mark}"))
    return marks


def _grades(result: MonthResult, language: str) -> Html | None:
    counts = Counter(str(grade) for grade in result.scores["grade"] if grade)
    labels = [grade.label for grade in result.policy.grade]
    if not counts:
        return None
    most = max(counts.values())
    zero = Fraction(0)
    rows = [(one, bar([BarPart(zero, Fraction(counts[one], most), "value")]), counts[one]) for one in labels]
    columns: list[Column] = [
        (report_word("grade", language), "name"), ("", "chart"), (report_word("people", language), "num"),
    ]  # fmt: skip
    return table(columns, rows, caption=report_word("grades-caption", language))


def heat_part(given: ReportInput) -> Html | None:
    """Agent × indicator: points out of the possible; missing ones are hatched."""
    language, found = given.language, heat(given.result)
    if not found.rows or not found.columns:
        return None
    columns: list[Column] = [(report_word("name", language), "name")]
    columns += [
        (element("span", label, title=f"{dimension} · {label}"), "own") for _, label, dimension in found.columns
    ]
    rows: list[list[Content]] = [
        [name_and_id(agent), *(_heat_cell(cell, found.columns[at][1], language) for at, cell in enumerate(cells))]
        for agent, cells in found.rows
    ]
    legend = element("ul", *_heat_legend(language), class_="legend")
    upright = any(shown_width(label) > len(label) for _, label, _ in found.columns)
    look = "heat" if upright else "heat latin"
    if len(rows) <= MOST_SHOWN:
        look += " whole"
    drawn = table(columns, rows[:MOST_SHOWN], look=look, caption=report_word("heat-caption", language))
    return section("heat", report_word("heat", language), legend, drawn, others(columns, rows, language, look=look),
                   hint=report_word("heat-hint", language))  # fmt: skip


def heat_look(share: Fraction) -> str:
    """The class of the colour of a share."""
    return f"h{sum(share >= edge for edge in HEAT_EDGES)}"


def _heat_cell(cell: HeatCell | None, label: str, language: str) -> Html:
    if cell is None:
        return element("td", class_="none")
    if cell.share is None:
        said = report_word("missing-by", language, rule=missing_word(cell.missing, language))
        return element("td", NONE, class_="gap", title=f"{label}: {said}")
    look, words = (
        heat_look(cell.share),
        f"{trimmed_number(cell.points)}/{trimmed_number(cell.out_of)} {cell.band}".strip(),
    )
    return element("td", trimmed_number(cell.points), class_=look, title=f"{label}: {words}")


def _heat_legend(language: str) -> list[Html]:
    edges = [0, *(int(edge * 100) for edge in HEAT_EDGES)]
    texts = [f"{low}–{high}%" for low, high in pairwise(edges)] + ["100%"]
    items = [element("li", element("i", class_=f"h{step}"), text) for step, text in enumerate(texts)]
    return [*items, element("li", element("i", class_="gap"), report_word("missing", language))]


def moved_part(given: ReportInput) -> Html:
    """Who moved against last month, and the lines that did it."""
    language, title = given.language, report_word("moved", given.language)
    if given.previous is None:
        return section("moved", title, element("p", report_word("no-month-before", language)))
    rows = [_moved_cells(one) for one in agent_changes(given.result, given.previous)]
    if not rows:
        return section("moved", title, element("p", report_word("nobody-moved", language)))
    columns: list[Column] = [
        (report_word("name", language), "name"), (report_word("score", language), "num"),
        (report_word("why-score", language), "words")
    ]  # fmt: skip
    if given.result.policy.pay is not None:
        currency = currency_word(given.result.policy.currency, language)
        columns += [
            (report_word("pay", language, currency=currency), "num"),
            (report_word("why-pay", language), "words"),
        ]
    cells = [row[: len(columns)] for row in rows]
    hint = report_word("moved-hint", language, month=given.previous.month)
    return section("moved", title, table(columns, cells[:MOST_SHOWN]), others(columns, cells, language), hint=hint)


def _moved_cells(one: AgentChange) -> list[Content]:
    pay_change = (one.pay_cents or 0) - (one.pay_before_cents or 0)
    change = changed(one.score_change, f"{abs(one.score_change):,f}")
    return [
        name_and_id(one.agent),
        _then_and_now(full_number(one.score_before), full_number(one.score), change),
        _reasons(one.score_reasons),
        _then_and_now(amount_or_dash(one.pay_before_cents), amount_or_dash(one.pay_cents), changed_money(pay_change)),
        _reasons(one.pay_reasons),
    ]


def _then_and_now(before: str, now: str, change: Content) -> Content:
    """Both figures with the change below; one where they are the same."""
    return now if before == now else beneath(f"{before} → {now}", change)


def _reasons(reasons: Sequence[Reason]) -> Content:
    return element("ul", *(element("li", *_reason(one)) for one in reasons), class_="plain") if reasons else ""


def _reason(one: Reason) -> list[Content]:
    about = f" ({one.before or NONE} → {one.now or NONE})" if one.before != one.now else ""
    return [
        f"{one.label}{about} ",
        element("span", signed_number(one.change), class_="up" if one.change > 0 else "down"),
    ]
