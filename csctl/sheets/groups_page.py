"""The scoreboard of each group on a page of its own, to be printed and handed to whoever leads the group."""

from __future__ import annotations

from collections.abc import Sequence

from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.sheets.words import title_row, word
from csctl.workbook.cells import Cell, Formula, Row, SheetPage, address

_ID = 2
"""The column of the staff number on the scoreboard."""


def groups_pages(result: MonthResult, agents: Sequence[Agent], board: SheetPage, language: str) -> list[SheetPage]:
    """The rows of the scoreboard by group, in its order, as references to it; nothing for a team of one group."""
    groups = {agent.agent_id: agent.group for agent in agents}
    if len(set(groups.values())) < 2:
        return []
    title = word("page-groups", language)
    rows: list[Row] = [title_row(title, result, language)]
    breaks: list[int] = []
    for group in sorted(set(groups.values())):
        breaks += [len(rows)] if len(rows) > 1 else []
        rows.append([Cell(group or word("no-group", language), "section")])
        rows.append(list(board.rows[1]))
        rows += [
            [_reference(cell, number, at, board.title) for at, cell in enumerate(row)]
            for number, row in enumerate(board.rows)
            if number > 1 and _group_of(row, groups) == group
        ]
        rows.append([])
    return [SheetPage(title, rows, breaks=breaks)]


def _group_of(row: Row, groups: dict[str, str]) -> str | None:
    cell = row[_ID]
    return groups.get(str(cell.content)) if cell is not None else None


def _reference(cell: Cell | None, row: int, column: int, sheet: str) -> Cell | None:
    """The same cell; where the scoreboard calculates it, a look at that."""
    if cell is None or not isinstance(cell.content, Formula):
        return cell
    return Cell(Formula(address(row, column, sheet), cell.content.value), cell.style)
