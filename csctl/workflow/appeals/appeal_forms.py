"""Appeals that came back on forms or stand in an export: filed together, each once. And what can be appealed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from csctl.core.deciding.appeals import Appeal
from csctl.core.deciding.items import Item, items_of
from csctl.core.people.roster import row_place
from csctl.messages import problem
from csctl.month import Month
from csctl.problems import Problem, as_warning, errors
from csctl.store.canonical import read_rows
from csctl.workflow.appeals.appealing import Appealing, FileAsked, filed_of, filing_draft, locked
from csctl.workflow.inputs.gathering import Gathering, errors_of
from csctl.workflow.ledger.closed import append_to_ledger, open_books
from csctl.workflow.month.compute import Asked, Computed, compute
from csctl.workspace import months_in_names, open_workspace, workspace_policy

TABLE = "appeals"
_ABOUT = re.compile(r"appeals_(\d{4}-\d{2})")
"""Collected forms write the month objected to into the file's name."""


def file_collected(asked: Asked, at: str) -> Appealing:
    """Book every appeal of the ``appeals`` table about a month that is not booked yet; what cannot be is a warning."""
    return locked(asked, lambda: _file_all(asked, at))


def appealable_items(asked: Asked) -> tuple[list[Item] | None, list[Problem]]:
    """Everything an appeal can be about: in the policy of the month asked for, else in the workspace's."""
    workspace, problems = open_workspace(asked.folder, asked.language)
    books, problems = open_books(workspace) if workspace else (None, problems)
    if books is None:
        return None, problems
    month = Month.parse(asked.month) if asked.month else None
    if asked.month and month is None:
        return None, [problem("month-malformed", found=asked.month)]
    if month is not None and month in books.seals:
        return list(items_of(books.loaded(books.seals[month].basis).policy).values()), []
    loaded, problems = workspace_policy(books.workspace)
    return (list(items_of(loaded.policy).values()), []) if loaded else (None, problems)


def _file_all(asked: Asked, at: str) -> Appealing:
    computed, problems = compute(asked)
    if computed is None:
        return Appealing("stopped", problems=tuple(problems))
    rows, problems = _rows(computed)
    if problems:
        return Appealing("stopped", problems=tuple(problems))
    made: list[Appeal] = []
    for row in rows:
        filed, found = _one(row, asked, computed, [*computed.books.appeals, *made])
        made += [filed] if filed else []
        problems += found
    refused = append_to_ledger(computed.books, [filing_draft(one.filed, at) for one in made]) if made else []
    if refused:
        return Appealing("stopped", problems=tuple(refused))
    return Appealing("filed", collected=tuple(made), problems=tuple(problems))


def _rows(computed: Computed) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Rows about the month that nobody has decided on paper: forms filed then or later, exports of the month itself."""
    gathering = Gathering(computed.workspace)
    months = [one for one in months_in_names(computed.workspace) if one >= computed.month]
    brought = gathering.table(TABLE, sorted(months))
    rows = read_rows("appeals", [one.path for one in gathering.pieces if one.path])
    own = [row for row in rows if _about(row) == str(computed.month) and not row["decision"]]
    return own, errors_of(brought)


def _about(row: Mapping[str, Any]) -> str:
    """The month a row objects to."""
    named = _ABOUT.match(PurePosixPath(row["source_file"]).name)
    return named[1] if named else str(row["month"])


def _one(
    row: Mapping[str, Any], asked: Asked, computed: Computed, earlier: list[Appeal]
) -> tuple[Appeal | None, list[Problem]]:
    """One row as an appeal filed on its own day; nothing if it was filed before."""
    day = row["date"] or asked.today
    who = row["agent_id"] or row["agent_name"] or ""
    wanted = FileAsked(replace(asked, today=day), who, row["item"], row["reason"] or "", "", "", "")
    # Without those filed before: what stands here twice is no second appeal.
    filed, problems = filed_of(wanted, computed, ())
    if filed is None:
        return None, [as_warning(replace(one, place=row_place(row))) for one in errors(problems)]
    about = (filed.month, filed.agent_id, filed.item)
    before = [one for one in earlier if (one.filed.month, one.filed.agent_id, one.filed.item) == about]
    if any(one.filed.on == day or one.decided is None for one in before):
        return None, []
    return Appeal(replace(filed, number=len(earlier) + 1), None), []
