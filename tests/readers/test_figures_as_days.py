"""Figures that a spreadsheet shows as days, and columns of figures in which most cells are words."""

# ruff: noqa: DTZ001 - exports hold local times without a zone

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from decimal import Decimal

import pytest

from csctl.month import Month
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

NINETY = datetime(1900, 3, 30)


def _import(table: str, *rows: Sequence[Cell]) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x"}))
    assert source is not None, problems
    return import_book(Book((Sheet("", [tuple(row) for row in rows]),)), source, "data/2026-10/x", Month(2026, 10))


def _figures(header: str, *cells: Cell) -> dict[object, object]:
    """What is read of a column of figures, by person."""
    imported = _import("kpis", ("姓名", header, "排名"), *((f"a{at}", cell, at) for at, cell in enumerate(cells)))
    return dict(zip(imported.columns["agent_name"], imported.columns["value"], strict=True))


def _codes(table: str, *rows: Sequence[Cell]) -> list[str]:
    return [one.code for one in _import(table, *rows).problems]


@pytest.mark.parametrize("header", ["接待量", "Chats"])
def test_a_count_shown_as_a_day_is_no_length_of_time(header: str) -> None:
    """90 with the format of a day is 30 March 1900 and not 7,776,000 seconds."""
    rows = (("姓名", header), ("a0", NINETY), ("a1", 100), ("a2", 110))
    assert "value-figure-as-day" in _codes("kpis", *rows)
    assert _figures(header, NINETY, 100, 110) == {"a1": Decimal(100), "a2": Decimal(110)}


@pytest.mark.parametrize(
    ("table", "headers", "row"),
    [
        ("exams", ("姓名", "考试日期", "科目", "成绩"), ("a0", "2026-10-08", "业务", NINETY)),
        ("orders", ("姓名", "付款日期", "销售额"), ("a0", "2026-10-08", NINETY)),
        ("events", ("姓名", "日期", "事件", "次数"), ("a0", "2026-10-08", "迟交", NINETY)),
    ],
)
def test_points_amounts_and_counts_shown_as_days_are_said_too(
    table: str, headers: Sequence[str], row: Sequence[Cell]
) -> None:
    assert "value-figure-as-day" in _codes(table, headers, row)


def test_long_times_are_lengths_all_the_same() -> None:
    """26 hours are kept as 2:00 of the first day that a workbook knows, 24 as that day alone."""
    long_times = (datetime(1900, 1, 1, 2), datetime(1900, 1, 1), time(0, 30))
    assert list(_figures("通话总计", *long_times).values()) == [Decimal(93600), Decimal(86400), Decimal(1800)]
    assert list(_figures("通话总计", *long_times[:1]).values()) == [Decimal(93600)]


@pytest.mark.parametrize("word", ["未评价", "无数据", "未参评", "No data", "N.A."])
def test_words_for_no_answer_are_nothing_in_figures(word: str) -> None:
    assert _figures("回访满意度", word, word, word, "96") == {"a3": Decimal(96)}


def test_a_rare_figure_among_words_is_said() -> None:
    rows = [(f"a{at}", "待回访", 5) for at in range(9)]
    assert "figures-mostly-unreadable" in _codes("kpis", ("姓名", "回访满意度", "接待量"), *rows, ("b", "96", 7))


def test_columns_of_words_stay_unsaid() -> None:
    remarks = [(f"a{at}", f"第{'一二三四五六'[at]}次沟通", 5) for at in range(6)]
    assert "figures-mostly-unreadable" not in _codes("kpis", ("姓名", "备注", "接待量"), *remarks, ("b", "96", 7))
    shifts = [(f"a{at}", "早", 5) for at in range(9)]
    assert "figures-mostly-unreadable" not in _codes("kpis", ("姓名", "班", "接待量"), *shifts)
