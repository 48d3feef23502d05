"""A table whose people stand side by side is read as if each had a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csctl.month import Month
from csctl.problems import Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book
from csctl.tables import TABLES
from tests.drawn import drawn

OCTOBER = Month(2026, 10)
Row = Sequence[Cell]


def _read(*rows: Row, name: str = "绩效", merged: tuple[tuple[int, int, int, int], ...] = (), **said: Any) -> Imported:
    asked = {"table": "kpis", "files": "x", "shape": "people", **said}
    source, problems = resolve_source(Source.model_validate(asked))
    assert source is not None, problems
    book = Book((Sheet(name, [tuple(row) for row in rows], merged=merged),))
    return import_book(book, source, "data/x.xlsx", OCTOBER)


def _warnings(imported: Imported) -> list[str]:
    return [problem.code for problem in imported.problems if problem.severity is not Severity.NOTE]


def _facts(imported: Imported) -> dict[tuple[object, object], object]:
    columns = (imported.columns[name] for name in ("agent_name", "metric", "value"))
    return {(who, metric): value for who, metric, value in zip(*columns, strict=True)}


FIGURES: list[Row] = [("接待量", 12, 7), ("平均响应时长(秒)", 30, 45)]
WANTED = {
    ("王芳", "接待量"): Decimal(12),
    ("李雷", "接待量"): Decimal(7),
    ("王芳", "平均响应时长(秒)"): Decimal(30),
    ("李雷", "平均响应时长(秒)"): Decimal(45),
}


def test_each_column_becomes_the_row_of_a_person() -> None:
    """Whatever heads the names: a known header, another word, nothing."""
    for corner in ("姓名", "指标", None):
        imported = _read((corner, "王芳", "李雷"), *FIGURES)
        assert (_facts(imported), _warnings(imported)) == (WANTED, [])


def test_rows_are_numbered_by_the_columns_of_the_file() -> None:
    """Column C is row 3; the name of the sheet bears a sign that says so."""
    imported = _read(("指标", "王芳", "李雷"), *FIGURES)
    assert imported.columns["source_row"] == [2, 2, 3, 3]
    assert set(imported.columns["source_sheet"]) == {"绩效 ⇄"}
    assert imported.sheets == {"绩效"}
    assert set(_read(("指标", "王芳", "李雷"), *FIGURES, name="").columns["source_sheet"]) == {"⇄"}


def test_title_sums_and_blank_columns_have_their_fates() -> None:
    """Every column of the file has exactly one."""
    imported = _read(("2026年10月 客服绩效",), ("指标", "王芳", None, "李雷", "合计"), ("接待量", 12, None, 7, 19))
    (fates,) = imported.fates
    assert (fates.rows, fates.header, fates.counted, fates.blank) == (5, 1, 2, 1)
    assert fates.left_out == (("totals", 1),)
    assert _facts(imported) == {("王芳", "接待量"): Decimal(12), ("李雷", "接待量"): Decimal(7)}
    assert _warnings(imported) == []


def test_units_may_stand_in_a_column_of_their_own() -> None:
    """Beside the names of the figures."""
    imported = _read(("指标", "单位", "王芳", "李雷"), ("接待量", "次", 12, 7), ("平均响应时长", "分钟", 1, 2))
    assert _facts(imported)["王芳", "平均响应时长"] == Decimal(60)
    assert _warnings(imported) == []


def test_groups_merged_beside_the_figures_are_groups() -> None:
    """Two figures of one name are told apart by them."""
    imported = _read(
        (None, "姓名", "王芳", "李雷"),
        ("电话", "接待量", 12, 7),
        (None, "满意量", 3, 4),
        ("在线", "接待量", 5, 6),
        (None, "满意量", 1, 2),
        merged=((2, 1, 3, 1), (4, 1, 5, 1)),
    )
    assert _facts(imported)["李雷", "在线/接待量"] == Decimal(6)
    assert _facts(imported)["王芳", "电话/满意量"] == Decimal(3)


def test_columns_of_a_table_are_mapped_as_elsewhere() -> None:
    """Also by a sheet's own name, and the people by what the source calls their row."""
    imported = _read(
        ("组员", "王芳", "李雷"),
        ("哪天", "2026-10-08", "2026-10-09"),
        ("怎么办的", "警告", "记过"),
        table="discipline",
        sheet="绩效",
        columns={"agent_name": "组员", "date": "哪天", "measure": "怎么办的"},
    )
    assert imported.columns["agent_name"] == ["王芳", "李雷"]
    assert imported.columns["date"] == [date(2026, 10, 8), date(2026, 10, 9)]


def test_a_table_without_people_may_stand_across_too() -> None:
    """Nothing is taken for the name of a person: what is missing is what its own columns need."""
    (table,) = (table.name for table in TABLES.values() if not table.has_agents)
    assert _warnings(_read(("甲", "一", "二"), ("乙", 1, 2), table=table)) == ["columns-missing"]


@settings(max_examples=drawn(30), deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["王芳", "李雷", "韩梅", "赵六"]),
        st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)),
        min_size=2,
    ),
    st.sampled_from(["姓名", "指标", "项目", None]),
    st.booleans(),
)
def test_facts_written_across_are_read_as_the_same_facts(
    facts: dict[str, tuple[int, int]], corner: str | None, titled: bool
) -> None:
    """With or without a title above."""
    rows: list[Row] = [("客服绩效",)] if titled else []
    rows += [(corner, *facts), ("接待量", *(one for one, _ in facts.values()))]
    rows += [("回复量", *(other for _, other in facts.values()))]
    imported = _read(*rows)
    wanted = {(who, name): Decimal(value) for who, both in facts.items()
              for name, value in zip(("接待量", "回复量"), both, strict=True)}  # fmt: skip
    assert (_facts(imported), _warnings(imported)) == (wanted, [])


NUMBERS: tuple[tuple[Cell, Cell], ...] = (("0101", "0102"), ("K001", "K002"), (101, 102), ("101.0", "102.0"))


@pytest.mark.parametrize("numbers", NUMBERS)
@pytest.mark.parametrize("corner", ["指标", "Figure", "工号", None])
def test_people_may_stand_in_the_header_by_their_numbers(numbers: tuple[Cell, Cell], corner: str | None) -> None:
    """As the source says, or as what heads them does; sums beside them are nobody's number."""
    said: dict[str, Any] = {} if corner == "工号" else {"columns": {"agent_id": "grid.people"}}
    imported = _read((corner, *numbers, "合计"), ("接待量", 12, 7, 19), ("投诉量", 1, 2, 3), **said)
    wanted = [str(one).removesuffix(".0") for one in numbers for _ in range(2)]
    assert (list(imported.columns["agent_id"]), list(imported.columns["value"])) == (wanted, [12, 1, 7, 2])
    assert _warnings(imported) == []
