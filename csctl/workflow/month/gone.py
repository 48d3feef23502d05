"""Sources that had a file every month so far and have none now, and tables of the policy that have none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from csctl.core.coverage.gone import LOOKED_AT, SourceSeen, gone_sources_warning
from csctl.core.coverage.holes import empty_said, tables_measured
from csctl.core.coverage.unfiled import unfiled_said
from csctl.month import Month
from csctl.policy.model import Policy
from csctl.problems import Place, Problem
from csctl.readers.columns.file_months import for_month
from csctl.readers.columns.source import Source
from csctl.workflow.ledger.closed import Books
from csctl.workflow.month.columns import files_sealed, of_source
from csctl.workspace import Workspace, has_month, months_in_names, source_files
from csctl.workspace_folder import CONFIG_NAME

ON_OCCASION = frozenset({"appeals"})
"""Tables that have a file only when somebody asks for something."""


def gone_problems(
    workspace: Workspace, books: Books, policy: Policy, month: Month, today: date, filed: Collection[str]
) -> list[Problem]:
    """What came every month and does not this month, and what the policy looks at besides, once the month is over.
    ``filed`` are the tables that have a file now.

    A month before counts as it was sealed, else as its files lie there; a month without any file of any source is
    none, and what has no file though it must have one is an error of its own.
    """
    if today <= month.last:
        return []
    with_files = months_in_names(workspace) | set(books.months)
    earlier = sorted((one for one in with_files if one < month), reverse=True)[:LOOKED_AT]
    seen = [*_sources(workspace, books, month, earlier), *_without_source(workspace, books, earlier)]
    said = {one.table for one in seen if one.gone} | empty_said(policy, {one.table for one in workspace.sources})
    unfiled = unfiled_said(policy, said | set(filed), month, Place(CONFIG_NAME))
    return [*gone_sources_warning(seen, month, tables_measured(policy), Place(CONFIG_NAME)), *unfiled]


def _sources(workspace: Workspace, books: Books, month: Month, earlier: list[Month]) -> Iterator[SourceSeen]:
    for source in workspace.sources:
        if has_month(source) and source.optional and source.table not in ON_OCCASION:
            yield SourceSeen(
                source.table,
                for_month(source.files, month),
                bool(source_files(workspace, source, month)),
                [_first_file(workspace, books, source, one) for one in earlier],
            )


def _first_file(workspace: Workspace, books: Books, source: Source, month: Month) -> str:
    if month in books.seals:
        found = [one.file for one in of_source(source, month, files_sealed(books, month))]
    else:
        found = [one.shown_as for one in source_files(workspace, source, month)]
    return found[0] if found else ""


def _without_source(workspace: Workspace, books: Books, earlier: list[Month]) -> Iterator[SourceSeen]:
    """Tables of closed months that no source of today brings."""
    named = {source.table for source in workspace.sources} | ON_OCCASION
    closed = [files_sealed(books, one) for one in earlier if one in books.seals]
    for table in sorted({one.table for files in closed for one in files} - named):
        before = [next((one.file for one in files if one.table == table), "") for files in closed]
        yield SourceSeen(table, f'{CONFIG_NAME} [[source]] table = "{table}"', now=False, before=before)
