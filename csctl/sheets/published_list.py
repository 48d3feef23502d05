"""The list a team may hang up: rank, masked number, score and grade; neither names nor pay (W-08)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from csctl.core.people.masking import masked_ids
from csctl.core.records.lines import Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.sheets.words import word
from csctl.store.csv_text import csv_bytes
from csctl.workbook.cells import Cell, Row, SheetPage, heads
from csctl.workbook.pages import write_book

_COLUMNS = ("rank", "agent-id", "score", "grade")
CHANGED = "*"
"""Beside the grade of whoever has another score than when the month was closed."""


@dataclass(frozen=True, slots=True)
class Published:
    """One row of the list: ``mask`` stands for the staff number."""

    rank: int
    mask: str
    score: Decimal
    grade: str


def masks_of(result: MonthResult) -> dict[str, str]:
    """The masked number of everybody on the month's list, by id."""
    ranked = [one.agent_id for one in as_records(result.scores, Score) if one.rank is not None]
    return masked_ids(ranked, str(result.month))


def published(result: MonthResult) -> list[Published]:
    """The ranked agents, best first; equals in the order of their masks, which says nothing about them."""
    masks = masks_of(result)
    rows = [
        Published(one.rank, masks[one.agent_id], one.score, one.grade)
        for one in as_records(result.scores, Score)
        if one.rank is not None and one.score is not None
    ]
    return sorted(rows, key=lambda row: (row.rank, row.mask))


def _changed(result: MonthResult, before: MonthResult) -> frozenset[str]:
    """The masks of those whose score is not what it was."""
    then = {one.agent_id: one.score for one in as_records(before.scores, Score)}
    now = {one.agent_id: one.score for one in as_records(result.scores, Score)}
    masks = masks_of(result)
    return frozenset(masks[agent] for agent in masks if now[agent] != then.get(agent))


def published_csv(result: MonthResult, language: str) -> bytes:
    """The list as a table, without the remarks."""
    rows = [(row.rank, row.mask, row.score, row.grade) for row in published(result)]
    return csv_bytes([word(name, language) for name in _COLUMNS], rows)


def published_book(result: MonthResult, language: str, before: MonthResult | None = None) -> bytes:
    """The list as a workbook to print, with what to mind before it is hung up.

    ``before``: the month as it was closed; whoever has another score since then has a mark beside the grade.
    """
    changed = _changed(result, before) if before else frozenset()
    title = say("payslips-published-title", language)
    policy = result.policy
    heading = say("payslips-published-heading", language, title=title, month=result.month, policy=policy.label)
    rows: list[Row] = [[Cell(heading, "title")], heads([word(name, language) for name in _COLUMNS])]
    rows += [
        [
            Cell(row.rank, "count"),
            Cell(row.mask, "mark"),
            Cell(row.score, "score"),
            Cell(f"{row.grade} {CHANGED}".strip() if row.mask in changed else row.grade, "mark"),
        ]
        for row in published(result)
    ]
    remarks = ["payslips-published-mask", "payslips-published-rule", "payslips-published-why"]
    if changed:
        remarks.insert(0, "payslips-published-changed")
    rows.append([])
    rows += [[Cell(say(code, language), "remark")] for code in remarks]
    return write_book([SheetPage(title, rows, head_row=1, portrait=True, widths=(12, 20, 16, 24))], result.month.first)
