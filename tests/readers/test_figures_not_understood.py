"""Rows of a name and a day beside figures that nobody understood are worth nothing, and that is said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Sheet
from csctl.readers.mapping.importer import Imported, import_book


def _import(table: str, *rows: Sequence[str]) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x"}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _unread(table: str, header: str, *cells: str) -> list[object]:
    rows = [("K1", f"2026-10-{day:02}", cell) for day, cell in enumerate(cells, start=8)]
    problems = _import(table, ("工号", "日期", header), *rows).problems
    return [one.found for one in problems if one.code == "only-names-understood"]


@pytest.mark.parametrize(
    ("table", "header", "cells"),
    [
        ("attendance", "迟到", ("12", "0", "5")),
        ("attendance", "工作时长", ("8.5", "8", "7.5")),
        ("agent_states", "Logged in", ("7:30:00", "8:00:00", "7:45:00")),
    ],
)
def test_figures_beside_names_and_days_are_named(table: str, header: str, cells: Sequence[str]) -> None:
    assert _unread(table, header, *cells) == [header]


@pytest.mark.parametrize(
    ("header", "cells"), [("部门编号", ("101", "101", "102")), ("周", ("41", "41", "42")), ("星期", ("四", "五", "六"))]
)
def test_numbers_of_something_and_words_are_not(header: str, cells: Sequence[str]) -> None:
    assert _unread("attendance", header, *cells) == []


def test_a_length_of_time_is_no_moment_of_that_name() -> None:
    """Resolution time (in hrs) tells how long it took, and not when it was."""
    headers = ("Ticket ID", "Agent", "Created time", "Resolution time (in hrs)")
    imported = _import("interactions", headers, ("1", "Ann", "2026-10-08 09:00", "02:00:00"))
    assert [str(value) for value in imported.columns["resolution_seconds"]] == ["7200.000"]
    assert imported.columns["resolved_at"] == [None]
    assert not imported.problems
