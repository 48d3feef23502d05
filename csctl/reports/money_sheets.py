"""The sheets of ``report.xlsx`` about money: pools as waterfalls, what pay consists of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from csctl.core.people.called import name_and_id
from csctl.messages.units import currency_word
from csctl.money import from_cents
from csctl.policy.pay.kinds import PayKind
from csctl.reports.sheet_parts import ACCENT, MOST_SHOWN, optional_amount, repeated_look, sheet_heading, solid
from csctl.reports.view import ReportInput, pay_by_kind
from csctl.reports.waterfall import waterfall
from csctl.reports.words import pay_kind_word, report_word
from csctl.workbook.charted import Cell, ChartBook, ChartTable
from csctl.workbook.looks import Look

COLOURS = {
    "base": "#6B7F99", "unworked": "#B4633A", "overtime": "#5B8FA8", "allowance": "#9AA34B",
    "performance": "#3F6FB5", "commission": "#4B9E5F", "piece": "#7FB069", "draw": "#A6762F", "guarantee": "#8B6FB3",
    "bonus": "#2F7FBF", "award": "#2A8C78", "cut": "#9B5D73", "manual": "#5F8F8A",
    "compensation": "#8A6D3B", "fine": "#A33A22", "rounding": "#A9ABAF", "correction": "#77797D",
}  # fmt: skip
"""Of each kind of pay line, on light paper."""
_SUM, _LESS = "#5D6675", "#2A8C78"


def pools_sheets(book: ChartBook, given: ReportInput) -> None:
    """Each pool as a waterfall."""
    language, pools = given.language, given.result.pools
    names = {agent.agent_id: name_and_id(agent) for agent in given.result.agents}
    for number, pool in enumerate(pools, start=1):
        title = report_word("page-pool", language) + (f" {number}" if len(pools) > 1 else "")
        steps = waterfall(pool, names, language)
        rows: list[list[Cell]] = [
            [
                step.label,
                optional_amount(0 if step.kind == "total" else min(step.start_cents, step.end_cents)),
                optional_amount(step.end_cents) if step.kind == "total" else None,
                optional_amount(step.end_cents - step.start_cents) if step.kind == "tier" else None,
                optional_amount(step.start_cents - step.end_cents) if step.kind in ("kept", "share") else None,
            ]
            for step in steps
        ]
        heads = [report_word(name, language) for name in ("step", "start", "sum", "up", "down")]
        sheet = book.sheet(title, f"{sheet_heading('pool', given.result, language)} · {pool.label}")
        put = sheet.table(ChartTable(heads, ["text", "money", "money", "money", "money"], rows), frozen=1)
        put = replace(put, last=min(put.last, put.first + MOST_SHOWN - 1))
        looks: list[dict[str, Any]] = [
            {"fill": {"none": True}, "border": {"none": True}}, solid(_SUM), solid(ACCENT), solid(_LESS)
        ]  # fmt: skip
        series = [
            {"name": put.head_of(at), "categories": put.column(0), "values": put.column(at), "gap": 40, **look}
            for at, look in enumerate(looks, start=1)
        ]
        name, title = title, report_word("pool", language)
        if len(steps) > MOST_SHOWN:
            # Below a table of many pages the edge of a page would cut the drawing.
            title = f"{title} · {report_word('first-steps', language)}"
            sheet = book.sheet(
                report_word("page-drawing", language, page=name), sheet_heading("pool", given.result, language)
            )
        stacked = {"type": "bar", "subtype": "stacked"}
        sheet.chart(stacked, series, title, min(len(steps), MOST_SHOWN) + 6, legend=False)


def composition_sheet(book: ChartBook, given: ReportInput) -> None:
    """What each agent's pay consists of."""
    parts, language = pay_by_kind(given.result), given.language
    if not parts:
        return
    kinds = list(next(iter(parts.values())))
    names = {agent.agent_id: name_and_id(agent) for agent in given.result.agents}
    rows: list[list[Cell]] = [
        [names.get(agent, agent), *(from_cents(own[kind]) for kind in kinds), from_cents(sum(own.values()))]
        for agent, own in parts.items()
    ]
    total = report_word("pay", language, currency=currency_word(given.result.policy.currency, language))
    heads = [report_word("name", language), *(pay_kind_word(kind, language) for kind in kinds), total]
    sheet = book.sheet(report_word("page-pay", language), sheet_heading("composition", given.result, language))
    looks: list[Look] = ["text", *repeated_look("money", len(kinds) + 1)]
    put = sheet.table(ChartTable(heads, looks, rows), frozen=1)
    if len(rows) > MOST_SHOWN:
        _kinds(book, given, kinds, parts)
        return
    series = [
        {
            "name": put.head_of(at), "categories": put.column(0), "values": put.column(at), "gap": 50,
            **solid(COLOURS[kind]),
        }
        for at, kind in enumerate(kinds, start=1)
    ]  # fmt: skip
    sheet.chart(
        {"type": "bar", "subtype": "stacked"}, series, report_word("composition", language), len(rows) * 5 // 4 + 7
    )


def _kinds(
    book: ChartBook, given: ReportInput, kinds: Sequence[PayKind], parts: Mapping[str, Mapping[PayKind, int]]
) -> None:
    """What each kind of pay comes to, of a team too large to be drawn one by one."""
    language = given.language
    sheet = book.sheet(report_word("page-kinds", language), sheet_heading("composition", given.result, language))
    rows: list[list[Cell]] = [
        [pay_kind_word(kind, language), from_cents(sum(own[kind] for own in parts.values()))] for kind in kinds
    ]
    amount = report_word("amount", language, currency=currency_word(given.result.policy.currency, language))
    put = sheet.table(ChartTable([report_word("kind", language), amount], ["text", "money"], rows))
    series = {"name": put.head_of(1), "categories": put.column(0), "values": put.column(1), **solid(ACCENT)}
    title = report_word("composition", language)
    sheet.chart({"type": "bar"}, [series | {"data_labels": {"value": True}}], title, len(rows) + 6)
