"""The scoreboard of each group on a page of its own, to be printed and handed to whoever leads the group."""

from __future__ import annotations

import re
from collections.abc import Sequence

from csctl.core.records.agent import Agent
from csctl.core.records.result import MonthResult
from csctl.sheets.words import sheet_word, title_row
from csctl.workbook.cells import Cell, Formula, Row, SheetPage, address

_ID = 2
"""The column of the staff number on the scoreboard."""


def groups_pages(result: MonthResult, agents: Sequence[Agent], board: SheetPage, language: str) -> list[SheetPage]:
    """The rows of the scoreboard by group, in its order, as references to it; nothing for a team of one group.

    The codes of the list that hangs up are for nobody but who makes that list.
    """
    groups = {agent.agent_id: agent.group for agent in agents}
    if len(set(groups.values())) < 2:
        return []
    members: dict[str | None, list[int]] = {}
    for number, row in enumerate(board.rows[2:], start=2):
        members.setdefault(_group_of(row, groups), []).append(number)
    title, code = sheet_word("page-groups", language), sheet_word("published-code", language)
    shown = [at for at, cell in enumerate(board.rows[1]) if cell is not None and cell.content != code]
    rows: list[Row] = [title_row(title, result, language)]
    breaks: list[int] = []
    for group in sorted(set(groups.values()), key=_by_number):
        breaks += [len(rows)] if len(rows) > 1 else []
        rows.append([Cell(group or sheet_word("no-group", language), "section")])
        rows.append([board.rows[1][at] for at in shown])
        for number in members.get(group, ()):
            row = board.rows[number]
            rows.append([_reference(row[at], number, at, board.title) for at in shown if at < len(row)])
        rows.append([])
    return [SheetPage(title, rows, breaks=breaks)]


def _by_number(group: str) -> list[tuple[bool, int, str]]:
    """So that the tenth group comes after the second."""
    parts = re.split(r"(\d+)", group)
    return [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]


def _group_of(row: Row, groups: dict[str, str]) -> str | None:
    cell = row[_ID]
    return groups.get(str(cell.content)) if cell is not None else None


def _reference(cell: Cell | None, row: int, column: int, sheet: str) -> Cell | None:
    """The same cell; where the scoreboard calculates it, a look at that."""
    if cell is None or not isinstance(cell.content, Formula):
        return cell
    return Cell(Formula(address(row, column, sheet), cell.content.value), cell.style)
