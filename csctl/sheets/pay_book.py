"""``pay.xlsx``: salary table, pool, lines, checks, warnings, assumptions; live formulas with exact cached values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from csctl.core.records.lines import PayLine, PoolResult
from csctl.core.records.result import MonthResult
from csctl.messages.units import unit_word
from csctl.money import from_cents, to_cents
from csctl.sheets.pool_page import SHARE_COLUMN, PoolPlan, amount_due, plan_pools
from csctl.sheets.salary_page import (
    AMOUNT,
    DIVISOR,
    FIRST,
    NUMBER,
    QUANTITY,
    RATE,
    PayMonth,
    salary_page,
    total_column,
)
from csctl.sheets.words import (
    assumptions_page,
    marks_cell,
    sheet_word,
    title_row,
    warnings_page,
)
from csctl.workbook.cells import (
    Cell,
    Content,
    Formula,
    Row,
    SheetPage,
    address,
    head_cells,
    live,
    proved,
    used_columns,
)
from csctl.workbook.pages import write_book


def pay_book(result: MonthResult, language: str) -> bytes:
    """The workbook finance audits. Raises ValueError if a line contradicts its own parts (a bug)."""
    return write_book(pay_pages(result, language), result.month.first)


def pay_pages(result: MonthResult, language: str) -> list[SheetPage]:
    """All worksheets as planned: what stands in which cell, with every formula's value."""
    month = PayMonth.of(result, language)
    score_decimals = result.policy.score_decimals
    names = {agent.agent_id: agent.name for agent in month.agents}
    pools = plan_pools(result.pools, names, score_decimals, month.currency, language)
    pool_title = sheet_word("page-pool", language)
    pool_pages = (
        [
            SheetPage(
                pool_title,
                [title_row(pool_title, result, language), *pools.rows[1:]],
                repeated_row=pools.share_heads[0] if len(pools.share_heads) == 1 else None,
            )
        ]
        if pools.rows
        else []
    )
    return [
        salary_page(month),
        *pool_pages,
        _lines_page(month, pools),
        _checks_page(month, pools),
        warnings_page(result, language),
        assumptions_page(result, language),
    ]


def _lines_page(month: PayMonth, pools: PoolPlan) -> SheetPage:
    """Every line with the parts its amount is made of."""
    language = month.language
    title = sheet_word("page-pay-lines", language)
    names = {agent.agent_id: agent.name for agent in month.agents}
    currency = {"currency": month.currency}
    columns = ("number", "agent-id", "agent-name", "line", "label", "kind", "quantity", "unit")
    head = head_cells([
        *(sheet_word(name, language) for name in columns),
        sheet_word("rate", language, **currency), sheet_word("divisor", language),
        sheet_word("amount", language, **currency),
        sheet_word("rule", language), sheet_word("note", language), sheet_word("marks", language),
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
                Cell(sheet_word(f"pay-{line.kind}", language)),
                Cell(line.quantity, "plain"),
                Cell(unit_word(line.unit, language, line.quantity)),
                Cell(line.rate, "rate"),
                Cell(line.divisor, "plain"),
                Cell(_amount(line, FIRST + index, pools, language), "money"),
                Cell(line.rule, "fold"),
                Cell(line.note, "wrap"),
                Cell(marks_cell(line.marks, language), "fold"),
            ]
        )
    return SheetPage(title, used_columns(rows, AMOUNT + 1), head_row=1, frozen_columns=3)


def _amount(line: PayLine, row: int, pools: PoolPlan, language: str) -> Content:
    """The amount of one line by what it rests on: a product, a share of a pool, or a difference explained in words."""
    what = f"{line.agent_id} {line.line}"
    if line.basis == "pool":
        row_and_cents = pools.shares.get((line.line, line.agent_id))
        if row_and_cents is None:
            return from_cents(line.amount_cents)
        place = address(row_and_cents[0], SHARE_COLUMN, sheet_word("page-pool", language))
        return proved(place, row_and_cents[1], line.amount_cents, what)
    quantity, rate, divisor = (address(row, column) for column in (QUANTITY, RATE, DIVISOR))
    product = f"ROUND({quantity}*{rate}/{divisor},2)"
    modelled = to_cents(Fraction(line.quantity) * Fraction(line.rate) / Fraction(line.divisor))
    if line.basis == "guarantee":
        return live(product, from_cents(modelled), from_cents(line.amount_cents))
    return proved(product, modelled, line.amount_cents, what)


def _checks_page(month: PayMonth, pools: PoolPlan) -> SheetPage:
    """Sums that must agree, added up a second way; each says OK or ✗ after every recalculation."""
    language = month.language
    title = sheet_word("page-checks", language)
    salary = sheet_word("page-salary", language)
    total = total_column(month)
    totals_row = FIRST + len(month.agents)
    everything = sum(line.amount_cents for line in month.lines)
    amounts = month.lines_column(AMOUNT)
    rows: list[Row] = [title_row(title, month.result, language)]
    rows.append(head_cells([sheet_word(name, language) for name in ("check", "left", "right", "result")]))
    rows.append(
        _check(
            len(rows),
            sheet_word("check-lines", language),
            Formula(f"ROUND(SUM({amounts}),2)", from_cents(everything)),
            Formula(address(totals_row, total, salary), from_cents(everything)),
        )
    )
    rows += _pool_checks(pools.checks, len(rows), language)
    for index, agent in enumerate(month.agents):
        cents = from_cents(month.cents(agent.agent_id))
        own = f"ROUND(SUMIFS({amounts},{month.lines_column(NUMBER)},{index + 1}),2)"
        what = sheet_word("check-agent", language, agent=agent.agent_id, name=agent.name)
        paid = Formula(address(FIRST + index, total, salary), cents)
        rows.append(_check(len(rows), what, paid, Formula(own, cents)))
    return SheetPage(title, rows, head_row=1)


def _pool_checks(checks: Sequence[tuple[PoolResult, int, int]], row: int, language: str) -> list[Row]:
    page = sheet_word("page-pool", language)
    rows: list[Row] = []
    for pool, due_row, paid_row in checks:
        paid = from_cents(sum(share.amount_cents for share in pool.shares))
        left = Formula(address(paid_row, SHARE_COLUMN, page), paid)
        right = Formula(address(due_row, 1, page), from_cents(amount_due(pool)))
        rows.append(_check(row + len(rows), sheet_word("check-pool", language, pool=pool.label), left, right))
    return rows


def _check(row: int, what: str, left: Formula, right: Formula) -> Row:
    """Both sums and the verdict on them."""
    verdict = "OK" if left.value == right.value else "✗"
    agree = Formula(f'IF(ROUND({address(row, 1)}-{address(row, 2)},2)=0,"OK","✗")', verdict)
    return [Cell(what), Cell(left, "money"), Cell(right, "money"), Cell(agree, "mark")]
