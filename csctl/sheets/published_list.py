"""The list a team may hang up: rank, code, score and grade; neither names nor staff numbers nor pay (W-08)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from csctl.core.people.masking import FEWEST_WITH_SCORES, codes_of
from csctl.core.records.lines import Score, as_records
from csctl.core.records.result import MonthResult
from csctl.messages import say
from csctl.sheets.words import sheet_word
from csctl.store.csv_text import csv_bytes
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells, used_columns
from csctl.workbook.pages import write_book

_COLUMNS = ("rank", "published-code", "score", "grade")
CHANGED = "*"
"""Beside the grade of whoever has another score than when the month was closed."""


@dataclass(frozen=True, slots=True)
class Published:
    """One row of the list: ``mask`` is the code of the month. ``score`` is None where so few are on it that it would
    tell whose it is."""

    rank: int
    mask: str
    score: Decimal | None
    grade: str


def masks_of(result: MonthResult) -> dict[str, str]:
    """The code of everybody on the month's list, by id; whoever makes the list finds them in ``scores.xlsx``."""
    ranked = [one.agent_id for one in as_records(result.scores, Score) if one.rank is not None]
    return codes_of(result, ranked)


def published(result: MonthResult, before: MonthResult | None = None) -> list[Published]:
    """The ranked agents, best first; equals in the order of their codes, which says nothing about them.

    ``before``: the month as it was closed, by which the codes on the payslips were drawn.
    """
    ranked = [one for one in as_records(result.scores, Score) if one.rank is not None and one.score is not None]
    masks = codes_of(before or result, [one.agent_id for one in ranked])
    few = len(ranked) < FEWEST_WITH_SCORES
    rows = [Published(one.rank or 0, masks[one.agent_id], None if few else one.score, one.grade) for one in ranked]
    return sorted(rows, key=lambda row: (row.rank, row.mask))


def _changed(result: MonthResult, before: MonthResult) -> frozenset[str]:
    """The codes of those whose score is not what it was."""
    then = {one.agent_id: one.score for one in as_records(before.scores, Score)}
    now = {one.agent_id: one.score for one in as_records(result.scores, Score) if one.rank is not None}
    masks = codes_of(before, now)
    return frozenset(masks[agent] for agent in now if now[agent] != then.get(agent))


def published_csv(result: MonthResult, language: str, before: MonthResult | None = None) -> bytes:
    """The list as a table, without the remarks."""
    rows = [(row.rank, row.mask, row.score, row.grade) for row in published(result, before)]
    return csv_bytes([sheet_word(name, language) for name in _COLUMNS], rows)


def published_book(result: MonthResult, language: str, before: MonthResult | None = None) -> bytes:
    """The list as a workbook to print, with what to mind before it is hung up.

    ``before``: the month as it was closed; whoever has another score since then has a mark beside the grade.
    """
    changed = _changed(result, before) if before else frozenset()
    listed = published(result, before)
    title = say("payslips-published-title", language)
    policy = result.policy
    heading = say("payslips-published-heading", language, title=title, month=result.month, policy=policy.label)
    rows: list[Row] = [[Cell(heading, "title")], head_cells([sheet_word(name, language) for name in _COLUMNS])]
    rows += [
        [
            Cell(row.rank, "count"),
            Cell(row.mask, "mark"),
            Cell(row.score, "score"),
            Cell(f"{row.grade} {CHANGED}".strip() if row.mask in changed else row.grade, "mark"),
        ]
        for row in listed
    ]
    remarks = ["payslips-published-mask", "payslips-published-rule", "payslips-published-why"]
    if any(row.score is None for row in listed):
        remarks.insert(1, "payslips-published-few")
    if changed:
        remarks.insert(0, "payslips-published-changed")
    rows = used_columns(rows, 2)
    rows.append([])
    rows += [[Cell(say(code, language), "remark")] for code in remarks]
    return write_book([SheetPage(title, rows, head_row=1, portrait=True, widths=(12, 20, 16, 24))], result.month.first)
