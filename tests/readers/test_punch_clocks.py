"""Punches written as no clock writes them are read where the whole column is of one form, and are said where not."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from datetime import datetime

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

HEADERS = ("工号", "日期", "班次", "上班打卡时间", "下班打卡时间")


def _read(*punches: tuple[Cell, Cell]) -> Imported:
    rows = [("K001", f"2026-10-{day}", "日班", *pair) for day, pair in enumerate(punches, start=12)]
    source, problems = resolve_source(Source.model_validate({"table": "attendance", "files": "x"}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [HEADERS, *rows]),)), source, "data/2026-10/x.csv", Month(2026, 10))


@pytest.mark.parametrize(
    ("came", "left"),
    [
        ("0855", "1805"),
        (855, 1805),
        ("08.55", "18.05"),
        ("8.55", "18.05"),
        (0.371527777777778, 0.753472222222222),
        ("0.371527777777778", "0.753472222222222"),
        ("08:55;12:01", "13:01;18:05"),
        ("08:55 12:01", "13:01 18:05"),
        ("08:55,09:10", "18:00,18:05"),
    ],
)
def test_a_column_of_one_form_is_times(came: Cell, left: Cell) -> None:
    """Of several punches in one cell the first one begins the day, and the last one ends it."""
    imported = _read((came, left), (came, left), (None, "缺卡"))
    assert imported.columns["in_at"] == [datetime(2026, 10, 12, 8, 55), datetime(2026, 10, 13, 8, 55), None]
    assert imported.columns["out_at"] == [datetime(2026, 10, 12, 18, 5), datetime(2026, 10, 13, 18, 5), None]
    assert "value-not-a-date" not in [one.code for one in imported.problems]


@pytest.mark.parametrize("odd", ["0870", "08.75", "1.5", "25.10", "08:55;x"])
def test_a_cell_that_is_no_time_leaves_its_column_as_written(odd: str) -> None:
    imported = _read((odd, "18:05"), ("08.55", "18:05"))
    assert imported.columns["in_at"][0] is None
    assert "value-not-a-date" in [one.code for one in imported.problems]
