"""The workbook of two months: people, scores, pay and policy, each line with what moved it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from csctl.core.between_months.records import AgentMoves, MonthDiff
from csctl.core.between_months.telling import causes_text, grade_change_text, person_text
from csctl.messages import say
from csctl.messages.grammar import listed
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.month import Month
from csctl.policy.diff import one_line_value
from csctl.sheets.words import sheet_word
from csctl.workbook.cells import Cell, Formula, Row, SheetPage, address, column_range, head_cells
from csctl.workbook.looks import Look
from csctl.workbook.pages import write_book

_FIRST = 2
"""The first row below title and heads."""


def between_book(diff: MonthDiff, team: str, provisional: Sequence[Month], language: str) -> bytes:
    """The workbook's bytes. ``provisional`` are the months that are not closed, which the first page says."""
    return write_book(between_pages(diff, team, provisional, language), diff.new.first)


def between_pages(diff: MonthDiff, team: str, provisional: Sequence[Month], language: str) -> list[SheetPage]:
    """All worksheets as planned; what nobody has is left out."""
    plan = _Plan(diff, team, tuple(provisional), language)
    has_scores, has_pay = (any(diff.scored), bool(diff.currency))
    pages = [_summary(plan, has_pay)]
    pages += [_people(plan)] if diff.people else []
    pages += [_scores(plan), _score_lines(plan)] if has_scores else []
    pages += [_pay(plan), _pay_lines(plan)] if has_pay else []
    return [*pages, *([_policy(plan)] if diff.policy else [])]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all pages look at."""

    diff: MonthDiff
    team: str
    provisional: tuple[Month, ...]
    language: str

    def word(self, name: str, **blanks: object) -> str:
        return say(f"between-{name}", self.language, **blanks)

    def title(self, page: str) -> Row:
        names = {"team": self.team, "old": self.diff.old, "new": self.diff.new}
        return [Cell(f"{self.word('title', **names)} · {self.word(page)}", "title")]

    def who(self) -> list[str]:
        return [sheet_word(name, self.language) for name in ("agent-id", "agent-name")]

    def months(self) -> list[str]:
        return [str(self.diff.old), str(self.diff.new), self.word("head-difference")]


def _beside(row: int, column: int, old: Decimal | None, new: Decimal | None, look: Look) -> list[Cell]:
    """Two figures and, as a formula, what the second is more; an empty one counts as nothing."""
    difference = f"ROUND({address(row, column + 1)}-{address(row, column)},4)"
    value = (new or Decimal(0)) - (old or Decimal(0))
    return [Cell(old, look), Cell(new, look), Cell(Formula(difference, value), look)]


def _sums(rows: Sequence[Row], column: int, blanks: int, values: Sequence[Decimal], plan: _Plan) -> Row:
    """The sums below a table whose first row is ``_FIRST``."""
    last = len(rows) - 1
    cells: Row = [Cell(sheet_word("total", plan.language), "total"), *(Cell(None, "total") for _ in range(blanks))]
    for at, value in enumerate(values, column):
        cells.append(Cell(Formula(f"ROUND(SUM({column_range(_FIRST, last, at)}),2)", value), "total_money"))
    return cells


def _summary(plan: _Plan, has_pay: bool) -> SheetPage:
    """How many people, how many with a score, what all of them are paid, and that the lines say the same."""
    diff = plan.diff
    rows: list[Row] = [plan.title("page-summary"), head_cells([plan.word("head-what"), *plan.months()])]
    for name, (before, now) in (("count-people", diff.everybody), ("count-scored", diff.scored)):
        rows.append([Cell(plan.word(name)), *_beside(len(rows), 1, Decimal(before), Decimal(now), "count")])
    if has_pay:
        totals = from_cents(diff.old_cents), from_cents(diff.new_cents)
        currency = currency_word(diff.currency, plan.language)
        label = f"{plan.word('whole-pay')} · {currency}"
        rows.append([Cell(label), *_beside(len(rows), 1, *totals, "money")])
        moved = from_cents(diff.difference_cents)
        lines = column_range(_FIRST, _FIRST + max(_pay_count(diff), 1) - 1, 6, plan.word("page-pay-lines"))
        summed: Row = [Cell(plan.word("lines-pay")), Cell(None, "text"), Cell(None, "text")]
        rows.append([*summed, Cell(Formula(f"ROUND(SUM({lines}),2)", moved), "money")])
    rows.append([])
    rows += [[Cell(text, "remark")] for text in _remarks(plan)]
    return SheetPage(plan.word("page-summary"), rows)


def _remarks(plan: _Plan) -> list[str]:
    old, new = plan.diff.policies
    said = plan.word("policy-one", policy=new) if old == new else plan.word("policies", old=old, new=new)
    months = listed(plan.provisional, plan.language)
    open_months = [plan.word("provisional", months=months)] if plan.provisional else []
    return [said, *open_months]


def _people(plan: _Plan) -> SheetPage:
    head = head_cells([*plan.who(), plan.word("head-kind"), plan.word("head-change")])
    rows: list[Row] = [plan.title("page-people"), head]
    for one in plan.diff.people:
        kind = Cell(plan.word(f"kind-{one.kind}"), "mark")
        rows.append([Cell(one.agent_id), Cell(one.name), kind, Cell(person_text(one, plan.language), "wrap")])
    return SheetPage(plan.word("page-people"), rows, head_row=1, frozen_columns=2)


def _who(one: AgentMoves) -> Row:
    return [Cell(one.agent_id), Cell(one.name)]


def _scores(plan: _Plan) -> SheetPage:
    """Everybody whose score or lines moved, the deepest falls first, then who came and who left."""
    head = [*plan.who(), plan.word("head-here"), *plan.months(), sheet_word("grade", plan.language)]
    rows: list[Row] = [plan.title("page-scores"), head_cells(head)]
    for one in plan.diff.all_by_score:
        here = Cell(plan.word(f"only-{one.presence}"), "mark")
        grade = Cell(grade_change_text(one) or one.new_grade or one.old_grade, "mark")
        rows.append([*_who(one), here, *_beside(len(rows), 3, one.old_score, one.new_score, "points"), grade])
    return SheetPage(plan.word("page-scores"), rows, head_row=1, frozen_columns=2)


def _score_lines(plan: _Plan) -> SheetPage:
    head = [
        *plan.who(),
        plan.word("head-line"),
        sheet_word("line", plan.language),
        *plan.months(),
        plan.word("head-why"),
    ]
    rows: list[Row] = [plan.title("page-score-lines"), head_cells(head)]
    for one in plan.diff.all_by_score:
        for move in one.score_lines:
            figures = _beside(len(rows), 4, move.old, move.new, "points")
            why = Cell(causes_text(move, plan.language), "wrap")
            rows.append([*_who(one), Cell(move.label), Cell(move.line), *figures, why])
    return SheetPage(plan.word("page-score-lines"), rows, head_row=1, frozen_columns=3)


def _pay(plan: _Plan) -> SheetPage:
    """Everybody whose pay or lines moved, the deepest falls first; below, the pay of all others, and of everybody."""
    head = [*plan.who(), plan.word("head-here"), *plan.months()]
    rows: list[Row] = [plan.title("page-pay"), head_cells(head)]
    moved = plan.diff.by_pay
    for one in moved:
        here = Cell(plan.word(f"only-{one.presence}"), "mark")
        amounts = from_cents(one.old_cents), from_cents(one.new_cents)
        rows.append([*_who(one), here, *_beside(len(rows), 3, *amounts, "money")])
    if moved:
        still = plan.diff.old_cents - sum(one.old_cents for one in moved)
        if still:
            others: Row = [Cell(plan.word("others-still")), Cell(None), Cell(None)]
            rows.append([*others, *_beside(len(rows), 3, from_cents(still), from_cents(still), "money")])
        cents = [plan.diff.old_cents, plan.diff.new_cents, plan.diff.difference_cents]
        rows.append(_sums(rows, 3, 2, [from_cents(one) for one in cents], plan))
    return SheetPage(plan.word("page-pay"), rows, head_row=1, frozen_columns=2)


def _pay_count(diff: MonthDiff) -> int:
    return sum(len(one.pay_lines) for one in diff.by_pay)


def _pay_lines(plan: _Plan) -> SheetPage:
    head = [
        *plan.who(),
        plan.word("head-line"),
        sheet_word("line", plan.language),
        *plan.months(),
        plan.word("head-why"),
    ]
    rows: list[Row] = [plan.title("page-pay-lines"), head_cells(head)]
    for one in plan.diff.by_pay:
        for move in one.pay_lines:
            amounts = from_cents(move.old_cents), from_cents(move.new_cents)
            why = Cell(causes_text(move, plan.language), "wrap")
            figures = _beside(len(rows), 4, *amounts, "money")
            rows.append([*_who(one), Cell(move.label), Cell(move.line), *figures, why])
    return SheetPage(plan.word("page-pay-lines"), rows, head_row=1, frozen_columns=3)


def _policy(plan: _Plan) -> SheetPage:
    """What the policy of the second month says otherwise."""
    old, new = plan.diff.policies
    names = [old, new] if old != new else [str(plan.diff.old), str(plan.diff.new)]
    head = [plan.word("head-key"), plan.word("head-line"), *names]
    rows: list[Row] = [plan.title("page-policy"), head_cells(head)]
    for one in plan.diff.policy:
        values = [Cell(one_line_value(value), "wrap") for value in (one.old, one.new)]
        rows.append([Cell(".".join(one.path), "wrap"), Cell(one.label), *values])
    return SheetPage(plan.word("page-policy"), rows, head_row=1, frozen_columns=1)
