"""The workbook of a simulation: cost, winners and losers, month by month; live formulas with exact cached values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from csctl.core.simulating.compare import AgentTotal, NumberChange, Simulation
from csctl.messages import say
from csctl.messages.grammar import with_aside
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.policy.pay.kinds import PAY_KINDS
from csctl.sheets.words import sheet_word
from csctl.workbook.cells import Cell, Content, Formula, Row, SheetPage, address, column_range, head_cells, live
from csctl.workbook.looks import Look
from csctl.workbook.pages import write_book

_FIRST = 2
"""The first row below title and heads."""
_AGENT, _MONTH, _GRADE_ACTUAL, _GRADE_SIMULATED, _PAID = 0, 1, 7, 8, 9
"""Columns of the page of details that formulas refer to; the simulated pay stands beside the actual one."""
_Side = Literal["actual", "simulated"]
_SIDES: tuple[_Side, _Side] = ("actual", "simulated")
_KINDS = tuple(kind for kind in PAY_KINDS if kind != "correction")


def simulation_book(
    simulation: Simulation, language: str, names: tuple[str, str], *, provisional: bool = False
) -> bytes:
    """The workbook's bytes. ``names`` are what people call the policy as it was and the one that was tried.

    ``provisional``: no month is closed, which every page says.

    Raises ValueError for a simulation of no months.
    """
    if not simulation.months:
        raise ValueError("no month was simulated")
    return write_book(
        simulation_pages(simulation, language, names, provisional=provisional), simulation.months[-1].month.first
    )


def simulation_pages(
    simulation: Simulation, language: str, names: tuple[str, str], *, provisional: bool = False
) -> list[SheetPage]:
    """All worksheets as planned: what stands in which cell, with every formula's value."""
    plan = _Plan(simulation, language, provisional)
    pages = [_summary(plan, names), _agents(plan), _months(plan), _kinds(plan)]
    pages += [_pools(plan)] if simulation.pools else []
    return [*pages, _mix(plan), _details(plan)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What all pages look at."""

    simulation: Simulation
    language: str
    provisional: bool = False

    def word(self, name: str, **blanks: object) -> str:
        return say(f"simulation-{name}", self.language, **blanks)

    def title(self, page: str) -> Row:
        """The first row of a page: which page, and which months."""
        months = [month.month for month in self.simulation.months]
        span = str(months[0]) if len(months) == 1 else f"{months[0]} – {months[-1]}"
        heading = self.word("heading", page=self.word(page), months=span)
        if self.provisional:
            heading = with_aside(heading, self.word("provisional", month=months[-1]), self.language)
        return [Cell(heading, "title")]

    def money_heads(self) -> list[str]:
        """Actual, simulated, difference, with the currency."""
        currency = currency_word(self.simulation.currency, self.language)
        return [with_aside(self.word(name), currency, self.language)
                for name in (*_SIDES, "difference")]  # fmt: skip

    def column(self, page: str, column: int, rows: int) -> str:
        """A column of another page's table, at least one row long."""
        return column_range(_FIRST, _FIRST + max(rows, 1) - 1, column, self.word(page))

    def detail(self, column: int) -> str:
        return self.column("page-details", column, len(self.simulation.cells))

    def month_numbers(self) -> dict[str, int]:
        """Running number per month: a spreadsheet would take 2026-10 for a day."""
        return {str(month.month): number for number, month in enumerate(self.simulation.months, 1)}

    def agent_numbers(self) -> dict[str, int]:
        """Running number per agent: a spreadsheet takes 007 and 7 as equal."""
        return {agent.agent_id: number for number, agent in enumerate(self.simulation.agents, 1)}


def _beside(
    row: int, column: int, change: NumberChange, formulas: Sequence[str] = (), total: bool = False
) -> list[Cell]:
    """Actual and simulated cents, as numbers or by a formula each, and their difference."""
    style: Look = "total_money" if total else "money"
    amounts = (from_cents(change.actual), from_cents(change.simulated))
    shown: list[Content] = [Formula(formula, amount) for formula, amount in zip(formulas, amounts, strict=False)]
    difference = f"ROUND({address(row, column + 1)}-{address(row, column)},2)"
    cells = [Cell(content, style) for content in (shown or amounts)]
    return [*cells, Cell(Formula(difference, from_cents(change.difference)), style)]


def _counts(row: int, column: int, change: NumberChange, formulas: Sequence[str] = ()) -> list[Cell]:
    """Two counts, by a formula where it makes ours, and their difference."""
    difference = f"{address(row, column + 1)}-{address(row, column)}"
    shown = [
        Formula(formula, value) for formula, value in zip(formulas, (change.actual, change.simulated), strict=False)
    ]
    contents: list[Content] = [*shown] or [change.actual, change.simulated]
    return [Cell(content, "count") for content in (*contents, Formula(difference, change.difference))]


def _summary(plan: _Plan, names: tuple[str, str]) -> SheetPage:
    """What it would cost, who wins and loses, and sums that must agree."""
    simulation = plan.simulation
    rows: list[Row] = [plan.title("page-summary")]
    rows += [
        [Cell(plan.word(f"policy-{side}", policy=policy), "remark")] for side, policy in zip(_SIDES, names, strict=True)
    ]
    rows += [[], head_cells([plan.word("what"), *plan.money_heads()])]
    _summary_amounts(plan, rows)
    rows += [[], head_cells([plan.word(name) for name in ("what", "actual", "simulated", "difference")])]
    months = len(simulation.months)
    unscored = [f"SUM({plan.column('page-months', 5 + side, months)})" for side in (0, 1)]
    rows.append([Cell(plan.word("unscored")), *_counts(len(rows), 1, simulation.unscored, unscored)])
    rows += [[], head_cells([plan.word("outcome"), plan.word("people"), plan.money_heads()[2]])]
    differences = plan.column("page-agents", 6, len(simulation.agents))
    for name, test in (("more", ">0"), ("less", "<0"), ("same", "=0")):
        rows.append(_outcome(plan, name, test, differences))
    rows += [[], head_cells([plan.word(name) for name in ("check", "actual", "simulated", "result")])]
    rows += _checks(plan, len(rows))
    return SheetPage(plan.word("page-summary"), rows)


def _summary_amounts(plan: _Plan, rows: list[Row]) -> None:
    """Each kind of pay, the whole cost, and the pools in it."""
    simulation = plan.simulation
    kinds_rows = len(simulation.months) * len(_KINDS)
    kinds = plan.column("page-kinds", 2, kinds_rows)
    top = len(rows)
    for kind in _KINDS:
        here = address(len(rows), 0)
        sums = [f"ROUND(SUMIFS({plan.column('page-kinds', 3 + side, kinds_rows)},{kinds},{here}),2)" for side in (0, 1)]
        label = Cell(sheet_word(f"pay-{kind}", plan.language))
        rows.append([label, *_beside(len(rows), 1, simulation.kind(kind), sums)])
    last = len(rows) - 1
    totals = [f"ROUND(SUM({column_range(top, last, 1 + side)}),2)" for side in (0, 1)]
    rows.append([Cell(plan.word("whole-cost"), "total"), *_beside(len(rows), 1, simulation.pay, totals, total=True)])
    if simulation.pools:
        sums = [f"ROUND(SUM({plan.column('page-pools', 2 + side, len(simulation.pools))}),2)" for side in (0, 1)]
        rows.append([Cell(plan.word("pools-in-it")), *_beside(len(rows), 1, simulation.pool, sums)])


def _outcome(plan: _Plan, name: str, test: str, differences: str) -> Row:
    simulation = plan.simulation
    groups: dict[str, tuple[AgentTotal, ...]] = {
        "more": simulation.winners,
        "less": simulation.losers,
        "same": simulation.unchanged,
    }
    cents = sum(agent.pay.difference for agent in groups[name])
    return [
        Cell(plan.word(name)),
        Cell(Formula(f'COUNTIF({differences},"{test}")', len(groups[name])), "count"),
        Cell(Formula(f'ROUND(SUMIF({differences},"{test}"),2)', from_cents(cents)), "money"),
    ]


def _checks(plan: _Plan, row: int) -> list[Row]:
    """The whole cost added up by agent and by month, beside that by kind."""
    simulation = plan.simulation
    total = address(5 + len(_KINDS), 1), address(5 + len(_KINDS), 2)
    rows: list[Row] = []
    for page, first, count in (("page-agents", 4, len(simulation.agents)), ("page-months", 2, len(simulation.months))):
        here = row + len(rows)
        sums = [f"ROUND(SUM({plan.column(page, first + side, count)}),2)" for side in (0, 1)]
        shown = _beside(here, 1, simulation.pay, sums)[:2]
        agree = f"AND(ROUND({address(here, 1)}-{total[0]},2)=0,ROUND({address(here, 2)}-{total[1]},2)=0)"
        rows.append([Cell(plan.word(f"check-{page}")), *shown, Cell(Formula(f'IF({agree},"OK","✗")', "OK"), "mark")])
    return rows


def _agents(plan: _Plan) -> SheetPage:
    """Everybody over all months, by id."""
    simulation = plan.simulation
    names = [sheet_word(name, plan.language) for name in ("number", "agent-id", "agent-name")]
    head = head_cells([*names, plan.word("months"), *plan.money_heads(), plan.word("outcome")])
    rows: list[Row] = [plan.title("page-agents"), head]
    numbers = plan.detail(_AGENT)
    words = {name: plan.word(name) for name in ("more", "less", "same")}
    for number, agent in enumerate(simulation.agents, 1):
        row, key = len(rows), address(len(rows), 0)
        sums = [f"ROUND(SUMIFS({plan.detail(_PAID + side)},{numbers},{key}),2)" for side in (0, 1)]
        cells: Row = [Cell(number, "count"), Cell(agent.agent_id), Cell(agent.name), Cell(agent.months, "count")]
        gain = agent.pay.difference
        outcome = words["more" if gain > 0 else "less" if gain < 0 else "same"]
        at = address(row, 6)
        told = f'IF({at}>0,"{words["more"]}",IF({at}<0,"{words["less"]}","{words["same"]}"))'
        rows.append([*cells, *_beside(row, 4, agent.pay, sums), Cell(Formula(told, outcome), "mark")])
    if simulation.agents:
        rows.append(_totals(plan, rows, 4, simulation.pay))
    return SheetPage(plan.word("page-agents"), rows, head_row=1, frozen_columns=3)


def _totals(plan: _Plan, rows: Sequence[Row], column: int, pay: NumberChange) -> Row:
    """The sums below a table whose first row is ``_FIRST``."""
    last = len(rows) - 1
    sums = [f"ROUND(SUM({column_range(_FIRST, last, column + side)}),2)" for side in (0, 1)]
    blank = [Cell(None, "total") for _ in range(column - 1)]
    total = Cell(sheet_word("total", plan.language), "total")
    return [total, *blank, *_beside(len(rows), column, pay, sums, total=True)]


def _months(plan: _Plan) -> SheetPage:
    """The whole cost of each month, and who has no score."""
    simulation = plan.simulation
    unscored = [plan.word(f"unscored-{side}") for side in _SIDES]
    head = head_cells([sheet_word("number", plan.language), plan.word("month"), *plan.money_heads(), *unscored])
    rows: list[Row] = [plan.title("page-months"), head]
    for number, month in enumerate(simulation.months, 1):
        row, key = len(rows), address(len(rows), 0)
        sums = [f"ROUND(SUMIFS({plan.detail(_PAID + side)},{plan.detail(_MONTH)},{key}),2)" for side in (0, 1)]
        counts = [Cell(count, "count") for count in (month.unscored.actual, month.unscored.simulated)]
        start: Row = [Cell(number, "count"), Cell(str(month.month))]
        rows.append([*start, *_beside(row, 2, month.pay, sums), *counts])
    rows.append(_totals(plan, rows, 2, simulation.pay))
    return SheetPage(plan.word("page-months"), rows, head_row=1, frozen_columns=2)


def _kinds(plan: _Plan) -> SheetPage:
    """Each kind of pay of each month."""
    names = [sheet_word("number", plan.language), plan.word("month"), sheet_word("kind", plan.language)]
    rows: list[Row] = [plan.title("page-kinds"), head_cells([*names, *plan.money_heads()])]
    for number, month in enumerate(plan.simulation.months, 1):
        for kind, change in month.kinds:
            start: Row = [Cell(number, "count"), Cell(str(month.month)), Cell(sheet_word(f"pay-{kind}", plan.language))]
            rows.append([*start, *_beside(len(rows), 3, change)])
    rows.append(_totals(plan, rows, 3, plan.simulation.pay))
    return SheetPage(plan.word("page-kinds"), rows, head_row=1, frozen_columns=3)


def _pools(plan: _Plan) -> SheetPage:
    """Each pool of each month."""
    head = head_cells([plan.word("month"), plan.word("pool"), *plan.money_heads()])
    rows: list[Row] = [plan.title("page-pools"), head]
    for pool in plan.simulation.pools:
        rows.append([Cell(str(pool.month)), Cell(pool.label), *_beside(len(rows), 2, pool.pay)])
    rows.append(_totals(plan, rows, 2, plan.simulation.pool))
    return SheetPage(plan.word("page-pools"), rows, head_row=1, frozen_columns=2)


def _mix(plan: _Plan) -> SheetPage:
    """How often each grade was reached, and each level of an indicator."""
    sides = [plan.word(name) for name in ("actual", "simulated", "difference")]
    rows: list[Row] = [plan.title("page-mix"), head_cells([plan.word("grade-of-score"), *sides])]
    for name, change in plan.simulation.grades:
        rows.append([Cell(name), *_grade_counts(plan, name, change, len(rows))])
    rows += [[], head_cells([plan.word("level"), *sides])]
    for name, change in plan.simulation.levels:
        rows.append([Cell(name), *_counts(len(rows), 1, change)])
    return SheetPage(plan.word("page-mix"), rows)


def _grade_counts(plan: _Plan, name: str, change: NumberChange, row: int) -> list[Cell]:
    """Counted on the page of details; a spreadsheet takes A and a as equal, then the number stands by itself."""
    columns = (_GRADE_ACTUAL, _GRADE_SIMULATED)
    contents: list[Content] = []
    for column, ours in zip(columns, (change.actual, change.simulated), strict=True):
        cells = [
            cell.actual_grade if column == _GRADE_ACTUAL else cell.simulated_grade for cell in plan.simulation.cells
        ]
        modelled = sum(cell.casefold() == name.casefold() for cell in cells)
        contents.append(live(f"SUMPRODUCT(--({plan.detail(column)}={address(row, 0)}))", modelled, ours))
    difference = Formula(f"{address(row, 2)}-{address(row, 1)}", change.difference)
    return [Cell(content, "count") for content in (*contents, difference)]


def _details(plan: _Plan) -> SheetPage:
    """Every agent in every month."""
    language = plan.language
    names = [plan.word("agent-number"), plan.word("month-number")]
    names += [sheet_word(name, language) for name in ("agent-id", "agent-name")] + [plan.word("month")]
    names += [plan.word(f"{what}-{side}") for what in ("score", "grade") for side in _SIDES]
    rows: list[Row] = [plan.title("page-details"), head_cells([*names, *plan.money_heads()])]
    agents, months = plan.agent_numbers(), plan.month_numbers()
    for cell in plan.simulation.cells:
        who: Row = [Cell(agents[cell.agent_id], "count"), Cell(months[str(cell.month)], "count")]
        who += [Cell(text) for text in (cell.agent_id, cell.name, str(cell.month))]
        who += [Cell(score, "points") for score in (cell.actual_score, cell.simulated_score)]
        who += [Cell(grade) for grade in (cell.actual_grade, cell.simulated_grade)]
        rows.append([*who, *_beside(len(rows), _PAID, cell.pay)])
    return SheetPage(plan.word("page-details"), rows, head_row=1, frozen_columns=5)
