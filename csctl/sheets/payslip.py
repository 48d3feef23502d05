"""One agent's payslip: the own pay lines and the own score lines, and nothing of anybody else.

A wage record is due with every payment and is kept for two years at the least (工资支付暂行规定, art. 6): amount,
period, name and a place to sign. Of a bonus pool it says the pool and the own part in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from csctl.core.explaining.claim_words import claim_said
from csctl.core.people.workdays import Attendance
from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, Score, ScoreLine
from csctl.core.records.marks import marks_beside
from csctl.core.records.result import MonthResult
from csctl.core.scoring.grades import grade_text
from csctl.messages import say
from csctl.messages.grammar import apart
from csctl.messages.units import currency_word, missing_word, unit_word
from csctl.money import amount_text, from_cents, to_cents
from csctl.policy.pay.kinds import PAY_KINDS
from csctl.sheets.words import marks_cell, sheet_word
from csctl.workbook.cells import Cell, Content, Formula, Row, SheetPage, address, column_range, head_cells, live, proved

_QUANTITY, _RATE, _DIVISOR, _AMOUNT = 1, 3, 4, 5
_WIDTHS = (22, 13, 8, 13, 8, 13, 13, 36)
"""Columns that pay and score share, so that both fit A4 upright."""


@dataclass(frozen=True, slots=True)
class SlipAbout:
    """What is not in the month's lines: the team's name, the agent's workdays where they are known, and how the list
    that may be hung up names the agent, "" if it does not.
    """

    team: str
    attendance: Attendance | None
    mask: str = ""


def payslip_page(result: MonthResult, agent: Agent, about: SlipAbout, language: str) -> SheetPage:
    """The page as planned: who, pay by kind, the score behind it, how to object, where to sign.

    Raises ValueError if a line contradicts its own parts (a bug).
    """
    title = say("payslips-title", language)
    rows: list[Row] = [[Cell(say("payslips-heading", language, team=about.team, month=result.month), "title")]]
    rows += _who(result, agent, about, language)
    rows += _pay(result, agent, len(rows), language)
    rows += _score(result, agent, len(rows), language)
    rows += _closing(result, language)
    return SheetPage(title, rows, portrait=True, widths=_WIDTHS)


def _who(result: MonthResult, agent: Agent, about: SlipAbout, language: str) -> list[Row]:
    return [[Cell(apart(facts, language), "said")] for facts in payee_and_period(result, agent, about, language)]


def payee_and_period(result: MonthResult, agent: Agent, about: SlipAbout, language: str) -> list[list[str]]:
    """Who, and when: a list of facts for each, to be running text, for names may be long."""
    level = result.policy.job_level(agent.level)
    people = [
        (sheet_word("agent-name", language), agent.name),
        (sheet_word("agent-id", language), agent.agent_id),
        (sheet_word("group", language), agent.group),
        (sheet_word("level", language), (level.label or level.id) if level else agent.level),
        (say("payslips-mask", language), about.mask),
    ]
    days = about.attendance
    period = [(say("payslips-period", language), f"{result.month.first} – {result.month.last}")]
    if days is not None:
        period.append((say("payslips-days-due", language), str(days.due)))
        period.append((say("payslips-days-employed", language), str(days.employed)))
    return [
        [say("payslips-pair", language, name=name, value=value) for name, value in pairs if value]
        for pairs in (people, period)
    ]


def _pay(result: MonthResult, agent: Agent, start: int, language: str) -> list[Row]:
    """Lines by kind, each kind with its sum, and the total of all."""
    currency = currency_word(result.policy.currency, language)
    lines = result.own(agent.agent_id).pay_lines
    names = [sheet_word(name, language) for name in ("label", "quantity", "unit")]
    names += [sheet_word("rate", language, currency=currency), sheet_word("divisor", language)]
    names += [
        sheet_word("amount", language, currency=currency),
        sheet_word("rule", language),
        sheet_word("note", language),
    ]
    rows: list[Row] = [[], [Cell(say("payslips-pay", language), "title")], head_cells(names)]
    sums: list[str] = []
    for kind in PAY_KINDS:
        own = [line for line in lines if line.kind == kind]
        if own:
            at = start + len(rows)
            sums.append(address(at, _AMOUNT))
            rows.append(_kind_row(kind, own, at, language))
            rows += [_pay_row(result, line, at + index, language) for index, line in enumerate(own, start=1)]
    total = from_cents(sum(line.amount_cents for line in lines))
    label = sheet_word("total-pay", language, currency=currency)
    rows.append(_sum_row(label, Formula(f"ROUND({'+'.join(sums)},2)", total) if sums else total))
    return rows


def _kind_row(kind: str, own: Sequence[PayLine], at: int, language: str) -> Row:
    cells = column_range(at + 1, at + len(own), _AMOUNT)
    total = from_cents(sum(line.amount_cents for line in own))
    return _sum_row(sheet_word(f"pay-{kind}", language), Formula(f"ROUND(SUM({cells}),2)", total))


def _sum_row(label: str, total: Content) -> Row:
    row: Row = [Cell(None, "total") for _ in _WIDTHS]
    row[0], row[_AMOUNT] = Cell(label, "total"), Cell(total, "total_money")
    return row


def _pay_row(result: MonthResult, line: PayLine, row: int, language: str) -> Row:
    quantity, rate, divisor = (address(row, column) for column in (_QUANTITY, _RATE, _DIVISOR))
    product = f"ROUND({quantity}*{rate}/{divisor},2)"
    modelled = to_cents(Fraction(line.quantity) * Fraction(line.rate) / Fraction(line.divisor))
    amount: Content = (
        live(product, from_cents(modelled), from_cents(line.amount_cents))
        if line.basis == "guarantee"
        else proved(product, modelled, line.amount_cents, f"{line.agent_id} {line.line}")
    )
    notes = (line.note, _pool_note(result, line, language), marks_cell(line.marks, language))
    return [
        Cell(line.label, "wrap"),
        Cell(line.quantity, "plain"),
        Cell(unit_word(line.unit, language, line.quantity)),
        Cell(line.rate, "rate"),
        Cell(line.divisor, "plain"),
        Cell(amount, "money"),
        Cell(line.rule, "wrap"),
        Cell("\n".join(text for text in notes if text), "wrap"),
    ]


def _pool_note(result: MonthResult, line: PayLine, language: str) -> str:
    """The pool and the agent's own claim on it; nobody else's."""
    pool = next((one for one in result.pools if line.basis == "pool" and one.pool == line.source), None)
    share = pool.share_on(line) if pool else None
    if pool is None or share is None:
        return ""
    decimals = (result.policy.score_decimals if pool.places is None else pool.places) + pool.weight_places
    whole = sum(one.weight for one in pool.shares)
    return say(
        "payslips-pool",
        language,
        pool=amount_text(pool.pool_cents),
        claim=claim_said(result.policy, pool, share, language),
        weight=f"{Decimal(share.weight).scaleb(-decimals):,.{decimals}f}",
        whole=f"{Decimal(whole).scaleb(-decimals):,.{decimals}f}",
    )


def _score(result: MonthResult, agent: Agent, start: int, language: str) -> list[Row]:
    """The own score and the lines it is the sum of; one sentence for somebody who is not scored."""
    score = result.own(agent.agent_id).score
    if score is None or result.policy.score is None:
        return []
    rows: list[Row] = [[], [Cell(say("payslips-score", language), "title")]]
    if score.score is None:
        return [*rows, [Cell(sheet_word(score.status, language), "said")]]
    names = ("label", "value", "unit", "points", "weight", "contribution", "rule", "note")
    rows.append(head_cells([sheet_word(name, language) for name in names]))
    first = start + len(rows)
    lines = result.own(agent.agent_id).score_lines
    rows += [_score_row(line, language) for line in lines]
    sums = column_range(first, first + len(lines) - 1, _AMOUNT)
    shown = f"ROUND(SUM({sums}),{result.policy.score.decimals})"
    made = sum((line.contribution for line in lines), Decimal(0))
    total = live(shown, made, score.score) if lines else score.score
    rows.append(_sum_row(sheet_word("score", language), total))
    return [*rows, [Cell(_result_text(score, language), "said")]]


def _score_row(line: ScoreLine, language: str) -> Row:
    value: Content = line.value if line.value is not None else line.text
    absent = line.kind == "indicator" and line.points is None
    marks = marks_cell(marks_beside(line.marks), language)
    if absent and not value:
        value = sheet_word("absent-because", language, rule=missing_word(line.missing, language))
    points = "" if line.points is None else str(line.points)
    if line.points is not None and line.out_of is not None:
        points = f"{line.points} / {line.out_of}"
    return [
        Cell(line.label, "wrap"),
        Cell(value, "plain" if line.value is not None else "wrap"),
        Cell(unit_word(line.unit, language, line.value) if line.value is not None else ""),
        Cell(points, "plain"),
        Cell(line.weight if line.kind == "indicator" else None, "plain"),
        Cell(line.contribution, "score"),
        Cell(line.rule, "wrap"),
        Cell(say("payslips-joined", language).join(filter(None, (line.band, line.note, marks))), "wrap"),
    ]


def _result_text(score: Score, language: str) -> str:
    pairs = [
        (sheet_word("grade", language), grade_text(score, language)),
        (sheet_word("rank", language), "" if score.rank is None else str(score.rank)),
        (sheet_word("coefficient", language), "" if score.coefficient is None else str(score.coefficient)),
    ]
    return apart((say("payslips-pair", language, name=name, value=value) for name, value in pairs if value), language)


def how_to_object(result: MonthResult, language: str) -> list[str]:
    """Where, until when, and what one may ask for; how long the slip is kept."""
    appeal = result.policy.appeal
    told = [say("payslips-appeal-to", language)]
    if appeal is not None and appeal.window_days is not None:
        told.append(say("payslips-appeal-window", language, days=appeal.window_days))
    if appeal is not None and appeal.decide_days is not None:
        told.append(say("payslips-appeal-decision", language, days=appeal.decide_days))
    kept = [say("payslips-kept", language)] if result.policy.under_law else []
    return [*told, say("payslips-explained", language), *kept]


def _closing(result: MonthResult, language: str) -> list[Row]:
    """How to object, what the law asks to be kept, and where to sign."""
    rows: list[Row] = [[], [Cell(say("payslips-objections", language), "title")]]
    rows += [[Cell(text, "said")] for text in how_to_object(result, language)]
    return [*rows, [], [Cell(say("payslips-sign", language), "said")]]
