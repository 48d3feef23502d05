"""The workbook of one agent's next levels: how far each item is from its next, and what it would pay."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.records.agent import Agent
from csctl.core.simulating.next_level import NextStep
from csctl.messages import say
from csctl.messages.grammar import listed, with_aside
from csctl.money import from_cents
from csctl.month import Month
from csctl.workbook.cells import Cell, Row, SheetPage, head_cells
from csctl.workbook.pages import write_book

_HEADS = ("item", "now", "next", "points-missing", "score-then", "grade", "rank", "gain", "others", "also")


def steps_book(steps: Sequence[NextStep], agent: Agent, month: Month, language: str) -> bytes:
    """The workbook's bytes: one page with a row for each step; without any it says that there is none."""
    called = with_aside(agent.name or agent.agent_id, agent.agent_id, language)
    rows: list[Row] = [[Cell(say("screen-steps", language, agent=called, month=month), "title")]]
    rows.append(head_cells([say(f"ledger-column-{name}", language) for name in _HEADS]))
    rows += [_row(step, language) for step in steps]
    if not steps:
        rows.append([Cell(say("screen-steps-none", language), "remark")])
    return write_book(
        [SheetPage(say("simulation-page-steps", language), rows, head_row=1, frozen_columns=1)], month.first
    )


def _row(step: NextStep, language: str) -> Row:
    return [
        Cell(step.label),
        Cell(step.now),
        Cell(step.next),
        Cell(step.points_missing, "points"),
        Cell(step.score_then, "points"),
        Cell(step.grade_then),
        Cell(step.rank_then, "count"),
        Cell(from_cents(step.gain_cents), "money"),
        Cell(from_cents(step.others_cents), "money"),
        Cell(listed(step.also, language)),
    ]
