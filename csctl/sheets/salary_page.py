"""The salary table of ``pay.xlsx``: a row for each agent, a column for each kind of pay that somebody has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from csctl.core.records.agent import Agent
from csctl.core.records.lines import PayLine, PoolResult, Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.policy.pay.kinds import PAY_KINDS, PayKind
from csctl.sheets.words import everybody, running_numbers, sheet_word, title_row
from csctl.workbook.cells import Cell, Content, Formula, Row, SheetPage, address, column_range, head_cells
from csctl.workbook.looks import Look

NUMBER, KIND, QUANTITY, RATE, DIVISOR, AMOUNT = 0, 5, 6, 8, 9, 10
"""Columns of the page of lines that formulas refer to."""
FIRST = 2
"""The first row below title and heads."""


@dataclass(frozen=True, slots=True)
class PayMonth:
    """What all pages of the workbook look at."""

    result: MonthResult
    language: str
    agents: list[Agent]
    numbers: dict[str, int]
    lines: list[PayLine]
    kinds: list[PayKind]
    """The kinds of pay that somebody has an amount of; base pay in any case."""
    sums: Mapping[tuple[str, PayKind | None], int]
    """Cents by agent and kind, and by agent alone."""
    currency: str

    @classmethod
    def of(cls, result: MonthResult, language: str) -> PayMonth:
        """The month with its lines in the order of a slip."""
        agents = everybody(result)
        numbers = running_numbers(agents)
        order = {kind: index for index, kind in enumerate(PAY_KINDS)}
        lines = sorted(
            as_records(result.pay_lines, PayLine), key=lambda line: (numbers[line.agent_id], order[line.kind])
        )
        there = {"base", *(line.kind for line in lines if line.amount_cents)}
        kinds = [kind for kind in PAY_KINDS if kind in there]
        currency = currency_word(result.policy.currency, language)
        return cls(result, language, agents, numbers, lines, kinds, _sums(lines), currency)

    def lines_column(self, column: int) -> str:
        """A column of the page of lines; at least one row long, so that the formula stays valid without lines."""
        last = FIRST + max(len(self.lines), 1) - 1
        return column_range(FIRST, last, column, sheet_word("page-pay-lines", self.language))

    def cents(self, agent_id: str, kind: PayKind | None = None) -> int:
        """What the lines of an agent, or of one kind, come to."""
        return self.sums.get((agent_id, kind), 0)


def _sums(lines: Iterable[PayLine]) -> Mapping[tuple[str, PayKind | None], int]:
    found: Counter[tuple[str, PayKind | None]] = Counter()
    for line in lines:
        found[line.agent_id, line.kind] += line.amount_cents
        found[line.agent_id, None] += line.amount_cents
    return found


def total_column(month: PayMonth) -> int:
    """The column of what everybody gets."""
    return len(_who(month)) + len(month.kinds)


def salary_page(month: PayMonth) -> SheetPage:
    """One row per agent: who, how good, and what each kind of pay came to; below it who signs."""
    language = month.language
    title = sheet_word("page-salary", language)
    who = _who(month)
    kinds = [sheet_word(f"pay-{kind}", language) for kind in month.kinds]
    total = sheet_word("total-pay", language, currency=month.currency)
    head = head_cells([*(sheet_word(one.name, language) for one in who), *kinds, total])
    rows: list[Row] = [title_row(title, month.result, language), head]
    for index, agent in enumerate(month.agents):
        own: Row = [Cell(one.values[index], one.look) for one in who]
        rows.append(own + _kind_sums(month, agent, FIRST + index, len(who)))
    rows.append(_totals(month, len(who)))
    rows += [[], [Cell(sheet_word("signatures", language), "said")]]
    return SheetPage(title, rows, head_row=1, frozen_columns=3)


@dataclass(frozen=True, slots=True)
class _WhoColumn:
    """A column about the agents, with a value for each."""

    name: str
    values: list[Content]
    look: Look = "text"


def _days_shared(pools: Iterable[PoolResult]) -> dict[str, int]:
    """By agent the days that count in the last pool that is shared by days, of all its teams together."""
    by_rule: dict[str, dict[str, int]] = {}
    for pool in filter(_by_days, pools):
        own = by_rule.setdefault(pool.pool.partition(".")[0], {})
        for share in pool.shares:
            own[share.agent_id] = own.get(share.agent_id, 0) + share.days
    return {agent: days for own in by_rule.values() for agent, days in own.items()}


def _who(month: PayMonth) -> list[_WhoColumn]:
    """Who, where, and how good; what nobody has is no column."""
    days = _days_shared(month.result.pools)
    known = {score.agent_id: score for score in as_records(month.result.scores, Score)}
    scores = [known.get(agent.agent_id) for agent in month.agents]
    always = [
        _WhoColumn("number", [number for number, _ in enumerate(month.agents, start=1)], "count"),
        _WhoColumn("agent-id", [agent.agent_id for agent in month.agents]),
        _WhoColumn("agent-name", [agent.name for agent in month.agents]),
    ]
    some = [
        _WhoColumn("group", [agent.group for agent in month.agents]),
        _WhoColumn("level", [agent.level for agent in month.agents]),
        _WhoColumn("days", [days.get(agent.agent_id) for agent in month.agents], "count"),
        _WhoColumn("score", [one.score if one else None for one in scores], "score"),
        _WhoColumn("grade", [one.grade if one else None for one in scores]),
        _WhoColumn("rank", [one.rank if one else None for one in scores], "count"),
    ]
    return [*always, *(one for one in some if any(value not in ("", None) for value in one.values))]


def _by_days(pool: PoolResult) -> bool:
    """Whether the days of a pool's shares are days: a measure counts as it is."""
    return pool.split_by != "measure"


def _kind_sums(month: PayMonth, agent: Agent, row: int, first_column: int) -> list[Cell | None]:
    """One sum per kind of pay, looked up by running number and by the head of the column, and their total."""
    amounts, numbers = month.lines_column(AMOUNT), month.lines_column(NUMBER)
    kinds, number = month.lines_column(KIND), address(row, 0)
    cells: list[Cell | None] = []
    for index, kind in enumerate(month.kinds):
        head = address(1, first_column + index)
        sums = f"ROUND(SUMIFS({amounts},{numbers},{number},{kinds},{head}),2)"
        cells.append(Cell(Formula(sums, from_cents(month.cents(agent.agent_id, kind))), "money"))
    total = f"ROUND(SUM({address(row, first_column)}:{address(row, first_column + len(month.kinds) - 1)}),2)"
    cells.append(Cell(Formula(total, from_cents(month.cents(agent.agent_id))), "total_money"))
    return cells


def _totals(month: PayMonth, first_column: int) -> Row:
    rows = (FIRST, FIRST + len(month.agents) - 1)
    row: Row = [Cell(sheet_word("total", month.language), "total")]
    row += [Cell(None, "total") for _ in range(first_column - 1)]
    for index, kind in enumerate((*month.kinds, None)):
        cents = sum(month.cents(agent.agent_id, kind) for agent in month.agents)
        cells = column_range(*rows, first_column + index)
        row.append(Cell(Formula(f"ROUND(SUM({cells}),2)", from_cents(cents)) if month.agents else 0, "total_money"))
    return row
