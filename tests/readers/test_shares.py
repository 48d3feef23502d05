"""A column of shares that is written in two ways is said; one that is written in one way is not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.messages import problem_fix
from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet, Shown
from csctl.readers.mapping.importer import Imported, import_book

CODE = "shares-in-two-ways"


def _column(header: str, cells: Sequence[Cell], **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": "kpis", "files": "x", **said}))
    assert source is not None, problems
    rows: list[tuple[Cell, ...]] = [("客服", header), *((f"客服{n}", cell) for n, cell in enumerate(cells))]
    return import_book(Book((Sheet("", rows),)), source, "data/2026-10/x.csv", Month(2026, 10))


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


@pytest.mark.parametrize(
    ("header", "cells", "odd", "unit", "meant"),
    [
        ("满意率", ("95%", "92"), "92", "%", ("0.95", "0.92")),
        ("满意率", (Shown("95%"), 92), "92", "%", ("0.95", "0.92")),
        ("CSAT", ("95%", "88.5%", "3"), "3", "%", ("0.95", "0.885", "0.03")),
        ("Resolution rate", ("0.9", "95"), "95", "share", ("0.9", "95")),
        ("解决率(%)", (95, 0.9, 0.88), "0.9, 0.88", "%", ("0.95", "0.009", "0.0088")),
        ("解决率%", ("95%", "0.9"), "0.9", "share", ("0.95", "0.9")),
        ("满意率(%)", ("0.95", "0.9"), "0.95, 0.9", "share", ("0.95", "0.9")),
        ("Answer rate (%)", (0.95, 1, 0.98), "0.95, 1, 0.98", "share", ("0.95", "1", "0.98")),
        ("满意率", (Shown("9500%"), Shown("90%")), "9500%", "share", ("95", "0.9")),
    ],
)
def test_shares_written_in_two_ways_are_said_and_the_lines_said_settle_them(
    header: str, cells: Sequence[Cell], odd: str, unit: str, meant: tuple[str, ...]
) -> None:
    """The warning names the cells that stand out; either unit that it offers is then obeyed exactly."""
    (said,) = (one for one in _column(header, cells).problems if one.code == CODE)
    found = said.found if isinstance(said.found, str) else ", ".join(said.found)
    assert (found, said.place.column) == (odd, header)
    lines = [tomllib.loads(line) for line in re.findall(r"metrics = \{ .*? \}", problem_fix(said, "zh"))]
    assert [line["metrics"][header] for line in lines] == ["%", "share"]
    settled = _column(header, cells, metrics={header: unit})
    assert CODE not in _codes(settled)
    assert settled.columns["value"] == [Decimal(one) for one in meant]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("满意率", ("95%", "0.92")),
        ("满意率", ("95", "92", "100", "0")),
        ("满意率", ("0.95", "1", "0")),
        ("达成率", ("0.95", "1.2", "2.4")),
        ("达成率", ("95%", "120%", "1.1")),
        ("投诉率(%)", ("0.5", "0.8", "1.2")),
        ("投诉率(%)", ("0.5", "0.8")),
        ("不满意率(%)", ("0.6", "0.8")),
        ("退货率", ("0.5", "8", "12")),
        ("满意率(%)", ("95", "92.5", "1")),
        ("转化率(%)", ("0.5", "12", "35", "50", "61", "80", "95")),
        ("接待量", ("1", "95")),
        ("平均条数", ("0.9", "95")),
    ],
)
def test_shares_written_in_one_way_are_no_news(header: str, cells: Sequence[Cell]) -> None:
    """Nor are large shares, small ones under percent, or figures that are no shares."""
    assert CODE not in _codes(_column(header, cells))
