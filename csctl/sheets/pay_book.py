"""``pay.xlsx``: salary table, pool, lines, checks, warnings, assumptions; live formulas with exact cached values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, PoolResult, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages.units import unit_word
from csctl.money import from_cents, to_cents
from csctl.policy.pay.kinds import PAY_KINDS, PayKind
from csctl.sheets.pool_page import SHARE_COLUMN, PoolPlan, amount_due, plan_pools
from csctl.sheets.words import (
    assumptions_page,
    currency_word,
    everybody,
    marks_cell,
    numbered,
    title_row,
    warnings_page,
    word,
)
from csctl.workbook.cells import Cell, Content, Formula, Row, SheetPage, address, column_range, heads, live, proved
from csctl.workbook.pages import write_book

_NUMBER, _KIND, _QUANTITY, _RATE, _DIVISOR, _AMOUNT = 0, 5, 6, 8, 9, 10
"""Columns of the page of lines that formulas refer to."""
_FIRST = 2
"""The first row below title and heads."""


def pay_book(result: MonthResult, language: str) -> bytes:
    """The workbook finance audits. Raises ValueError if a line contradicts its own parts (a bug)."""
    return write_book(pay_pages(result, language), result.month.first)


def pay_pages(result: MonthResult, language: str) -> list[SheetPage]:
    """All worksheets as planned: what stands in which cell, with every formula's value."""
    month = _PayMonth.of(result, language)
    score_decimals = result.policy.score_decimals
    names = {agent.agent_id: agent.name for agent in month.agents}
    pools = plan_pools(result.pools, names, score_decimals, month.currency, language)
    pool_title = word("page-pool", language)
    pool_pages = (
        [SheetPage(pool_title, [title_row(pool_title, result, language), *pools.rows[1:]])] if pools.rows else []
    )
    return [
        _salary_page(month),
        *pool_pages,
        _lines_page(month, pools),
        _checks_page(month, pools),
        warnings_page(result, language),
        assumptions_page(result, language),
    ]


@dataclass(frozen=True, slots=True)
class _PayMonth:
    """What all pages of the workbook look at."""

    result: MonthResult
    language: str
    agents: list[Agent]
    numbers: dict[str, int]
    lines: list[PayLine]
    currency: str

    @classmethod
    def of(cls, result: MonthResult, language: str) -> _PayMonth:
        agents = everybody(result)
        numbers = numbered(agents)
        order = {kind: index for index, kind in enumerate(PAY_KINDS)}
        lines = sorted(
            as_records(result.pay_lines, PayLine), key=lambda line: (numbers[line.agent_id], order[line.kind])
        )
        return cls(result, language, agents, numbers, lines, currency_word(result.policy.pay, language))

    @property
    def kinds(self) -> list[PayKind]:
        """The kinds of pay that somebody has; base pay in any case."""
        there = {"base", *(line.kind for line in self.lines)}
        return [kind for kind in PAY_KINDS if kind in there]

    def lines_column(self, column: int) -> str:
        """A column of the page of lines; at least one row long, so that the formula stays valid without lines."""
        last = _FIRST + max(len(self.lines), 1) - 1
        return column_range(_FIRST, last, column, word("page-pay-lines", self.language))

    def cents(self, agent_id: str, kind: str | None = None) -> int:
        """What the lines of an agent, or of one kind, come to."""
        return sum(line.amount_cents for line in self.lines if line.agent_id == agent_id and kind in (None, line.kind))


def _salary_page(month: _PayMonth) -> SheetPage:
    """One row per agent: who, how good, and what each kind of pay came to."""
    language = month.language
    title = word("page-salary", language)
    days = {share.agent_id: share.days for pool in month.result.pools for share in pool.shares if _by_days(pool)}
    fixed = ["number", "agent-id", "agent-name", "group", "level"]
    fixed += ["days"] if days else []
    fixed += ["score", "grade", "rank"]
    kinds = [word(f"pay-{kind}", language) for kind in month.kinds]
    head = heads([
        *(word(name, language) for name in fixed), *kinds, word("total-pay", language, currency=month.currency)
    ])  # fmt: skip
    scores = {score.agent_id: score for score in as_records(month.result.scores, Score)}
    rows: list[Row] = [title_row(title, month.result, language), head]
    for index, agent in enumerate(month.agents):
        row = _who(agent, index + 1, scores.get(agent.agent_id))
        if days:
            row.insert(5, Cell(days.get(agent.agent_id), "count"))
        rows.append(row + _kind_sums(month, agent, _FIRST + index, len(fixed)))
    rows.append(_salary_totals(month, len(fixed)))
    return SheetPage(title, rows, head_row=1, frozen_columns=3)


def _by_days(pool: PoolResult) -> bool:
    """Whether the days of a pool's shares are days: a measure counts as it is."""
    return pool.split_by != "measure"


def _who(agent: Agent, number: int, score: Score | None) -> Row:
    shown: list[Content] = [None, "", None] if score is None else [score.score, score.grade, score.rank]
    return [
        Cell(number, "count"),
        Cell(agent.agent_id),
        Cell(agent.name),
        Cell(agent.group),
        Cell(agent.level),
        Cell(shown[0], "points"),
        Cell(shown[1]),
        Cell(shown[2], "count"),
    ]


def _kind_sums(month: _PayMonth, agent: Agent, row: int, first_column: int) -> list[Cell | None]:
    """One sum per kind of pay, looked up by running number and by the head of the column, and their total."""
    amounts, numbers = month.lines_column(_AMOUNT), month.lines_column(_NUMBER)
    kinds, number = month.lines_column(_KIND), address(row, 0)
    cells: list[Cell | None] = []
    for index, kind in enumerate(month.kinds):
        head = address(1, first_column + index)
        sums = f"ROUND(SUMIFS({amounts},{numbers},{number},{kinds},{head}),2)"
        cells.append(Cell(Formula(sums, from_cents(month.cents(agent.agent_id, kind))), "money"))
    total = f"ROUND(SUM({address(row, first_column)}:{address(row, first_column + len(month.kinds) - 1)}),2)"
    cells.append(Cell(Formula(total, from_cents(month.cents(agent.agent_id))), "total_money"))
    return cells


def _salary_totals(month: _PayMonth, first_column: int) -> Row:
    rows = (_FIRST, _FIRST + len(month.agents) - 1)
    row: Row = [Cell(word("total", month.language), "total")]
    row += [Cell(None, "total") for _ in range(first_column - 1)]
    for index, kind in enumerate((*month.kinds, None)):
        cents = sum(month.cents(agent.agent_id, kind) for agent in month.agents)
        cells = column_range(*rows, first_column + index)
        row.append(Cell(Formula(f"ROUND(SUM({cells}),2)", from_cents(cents)) if month.agents else 0, "total_money"))
    return row


def _lines_page(month: _PayMonth, pools: PoolPlan) -> SheetPage:
    """Every line with the parts its amount is made of."""
    language = month.language
    title = word("page-pay-lines", language)
    names = {agent.agent_id: agent.name for agent in month.agents}
    currency = {"currency": month.currency}
    columns = ("number", "agent-id", "agent-name", "line", "label", "kind", "quantity", "unit")
    head = heads([
        *(word(name, language) for name in columns),
        word("rate", language, **currency), word("divisor", language), word("amount", language, **currency),
        word("rule", language), word("note", language), word("marks", language),
    ])  # fmt: skip
    rows: list[Row] = [title_row(title, month.result, language), head]
    for index, line in enumerate(month.lines):
        rows.append(
            [
                Cell(month.numbers[line.agent_id], "count"),
                Cell(line.agent_id),
                Cell(names[line.agent_id]),
                Cell(line.line),
                Cell(line.label),
                Cell(word(f"pay-{line.kind}", language)),
                Cell(line.quantity, "plain"),
                Cell(unit_word(line.unit, language, line.quantity)),
                Cell(line.rate, "rate"),
                Cell(line.divisor, "plain"),
                Cell(_amount(line, _FIRST + index, pools, language), "money"),
                Cell(line.rule),
                Cell(line.note, "wrap"),
                Cell(marks_cell(line.marks, language), "wrap"),
            ]
        )
    return SheetPage(title, rows, head_row=1, frozen_columns=3)


def _amount(line: PayLine, row: int, pools: PoolPlan, language: str) -> Content:
    """The amount of one line by what it rests on: a product, a share of a pool, or a difference explained in words."""
    what = f"{line.agent_id} {line.line}"
    if line.basis == "pool":
        row_and_cents = pools.shares.get((line.source, line.agent_id))
        if row_and_cents is None:
            return from_cents(line.amount_cents)
        place = address(row_and_cents[0], SHARE_COLUMN, word("page-pool", language))
        return proved(place, row_and_cents[1], line.amount_cents, what)
    quantity, rate, divisor = (address(row, column) for column in (_QUANTITY, _RATE, _DIVISOR))
    product = f"ROUND({quantity}*{rate}/{divisor},2)"
    modelled = to_cents(Fraction(line.quantity) * Fraction(line.rate) / Fraction(line.divisor))
    if line.basis == "guarantee":
        return live(product, from_cents(modelled), from_cents(line.amount_cents))
    return proved(product, modelled, line.amount_cents, what)


def _checks_page(month: _PayMonth, pools: PoolPlan) -> SheetPage:
    """Sums that must agree, added up a second way; each says OK or ✗ after every recalculation."""
    language = month.language
    title = word("page-checks", language)
    salary = word("page-salary", language)
    total_column = (
        8 + len(month.kinds) + (1 if any(pool.shares and _by_days(pool) for pool in month.result.pools) else 0)
    )
    totals_row = _FIRST + len(month.agents)
    everything = sum(line.amount_cents for line in month.lines)
    amounts = month.lines_column(_AMOUNT)
    rows: list[Row] = [title_row(title, month.result, language)]
    rows.append(heads([word(name, language) for name in ("check", "left", "right", "result")]))
    rows.append(
        _check(
            len(rows),
            word("check-lines", language),
            Formula(f"ROUND(SUM({amounts}),2)", from_cents(everything)),
            Formula(address(totals_row, total_column, salary), from_cents(everything)),
        )
    )
    rows += _pool_checks(pools.checks, len(rows), language)
    for index, agent in enumerate(month.agents):
        cents = from_cents(month.cents(agent.agent_id))
        own = f"ROUND(SUMIFS({amounts},{month.lines_column(_NUMBER)},{index + 1}),2)"
        what = word("check-agent", language, agent=agent.agent_id, name=agent.name)
        total = Formula(address(_FIRST + index, total_column, salary), cents)
        rows.append(_check(len(rows), what, total, Formula(own, cents)))
    return SheetPage(title, rows, head_row=1)


def _pool_checks(checks: Sequence[tuple[PoolResult, int, int]], row: int, language: str) -> list[Row]:
    page = word("page-pool", language)
    rows: list[Row] = []
    for pool, due_row, paid_row in checks:
        paid = from_cents(sum(share.amount_cents for share in pool.shares))
        left = Formula(address(paid_row, SHARE_COLUMN, page), paid)
        right = Formula(address(due_row, 1, page), from_cents(amount_due(pool)))
        rows.append(_check(row + len(rows), word("check-pool", language, pool=pool.label), left, right))
    return rows


def _check(row: int, what: str, left: Formula, right: Formula) -> Row:
    """Both sums and the verdict on them."""
    verdict = "OK" if left.value == right.value else "✗"
    agree = Formula(f'IF(ROUND({address(row, 1)}-{address(row, 2)},2)=0,"OK","✗")', verdict)
    return [Cell(what), Cell(left, "money"), Cell(right, "money"), Cell(agree, "mark")]
