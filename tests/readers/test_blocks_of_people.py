"""A sheet on which each person is a block of rows is read as if each row said whose it is."""

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

OCTOBER = Month(2026, 10)
Row = Sequence[Cell]


def _read(*rows: Row, table: str = "attendance", sheet: str = "考勤卡", **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", "shape": "blocks", **said}))
    assert source is not None, problems
    return import_book(Book((Sheet(sheet, [tuple(row) for row in rows]),)), source, "cards.xlsx", OCTOBER)


def _warned(found: Imported) -> list[str]:
    return [one.code for one in found.problems if one.severity is not Severity.NOTE]


def _days(found: Imported) -> list[tuple[object, ...]]:
    names = ("source_row", "agent_id", "agent_name", "date", "late_count")
    return list(zip(*(found.columns[name] for name in names), strict=True))


HEADER = ("日期", "班次", "迟到次数")
CARDS: list[Row] = [
    ("2026年10月考勤卡",),
    ("姓名：张三  工号：0101", None, "部门：客服"),
    HEADER,
    ("2026-10-08", "白班", 1),
    ("2026-10-09", "白班", 0),
    ("合计", None, 1),
    (),
    ("姓名：李四  工号：0102", None, "部门：客服"),
    HEADER,
    ("2026-10-08", "晚班", 0),
    ("签字：",),
]
WANTED = [
    (4, "0101", "张三", date(2026, 10, 8), 1),
    (5, "0101", "张三", date(2026, 10, 9), 0),
    (10, "0102", "李四", date(2026, 10, 8), 0),
]


@pytest.mark.parametrize("sheet", ["", "考勤卡"])
def test_every_row_of_a_block_is_of_the_person_above_it(sheet: str) -> None:
    """Rows keep their numbers and each has its fate: labels and headers of later blocks are the header said again."""
    found = _read(*CARDS, sheet=sheet)
    assert (_days(found), _warned(found)) == (WANTED, [])
    (fates,) = found.fates
    assert (fates.rows, fates.title, fates.header, fates.blank, fates.counted) == (11, 2, 1, 1, 3)
    assert fates.left_out == (("totals", 1), ("headers", 2), ("footer", 1))


def test_labels_may_stand_beside_what_they_say_and_in_several_rows() -> None:
    """``姓名 | 张三``, with or without a colon; the header need not be said again."""
    found = _read(
        ("姓名", "张三", "部门", "客服"), ("工号:", "0101"), HEADER,
        ("2026-10-08", "白班", 1), ("2026-10-09", "白班", 0),
        ("姓名", "李四", "部门", "客服"), ("工号:", "0102"), ("2026-10-08", "晚班", 0),
    )  # fmt: skip
    assert [row[1:] for row in _days(found)] == [row[1:] for row in WANTED]
    assert _warned(found) == []


def test_a_header_once_above_all_blocks_holds_for_each_of_them() -> None:
    """The names alone part the rows."""
    found = _read(HEADER, ("姓名：张三",), ("2026-10-08", "白班", 1), ("姓名：李四",), ("2026-10-08", "晚班", 0))
    assert [row[2:] for row in _days(found)] == [
        ("张三", date(2026, 10, 8), 1),
        ("李四", date(2026, 10, 8), 0),
    ]
    assert _warned(found) == []


def test_columns_of_a_later_block_may_stand_in_another_order() -> None:
    """Each block is read by its own header; a column that it lacks is empty."""
    found = _read(
        ("姓名：张三",), HEADER, ("2026-10-08", "白班", 1),
        ("姓名：李四",), ("迟到次数", "日期", "班次"), (2, "2026-10-09", "晚班"),
        ("姓名：王芳",), ("日期", "迟到次数"), ("2026-10-10", 3),
    )  # fmt: skip
    assert [row[2:] for row in _days(found)] == [
        ("张三", date(2026, 10, 8), 1),
        ("李四", date(2026, 10, 9), 2),
        ("王芳", date(2026, 10, 10), 3),
    ]
    assert found.columns["shift"] == ["白班", "晚班", None]
    assert _warned(found) == []


def test_a_block_of_nobody_is_not_the_one_before() -> None:
    """A label with nothing beside it begins a block all the same: its rows are nobody's."""
    for label in (("姓名：",), ("姓名", None, "工号", None)):
        found = _read(("姓名：张三  工号：0101",), HEADER, ("2026-10-08", "白班", 1), label, ("2026-10-09", "白班", 2))
        assert [row[1:3] for row in _days(found)] == [("0101", "张三"), (None, None)]


def test_the_source_says_which_label_is_whose() -> None:
    """``above`` as on a form, also for what is no name; a label that is only like one is none."""
    found = _read(
        ("Card of: Ann Li   Team lead: Bob",), ("Day", "Late"), ("2026-10-08", 1),
        ("Card of: Cy Wu   Team lead: Bob",), ("Day", "Late"), ("2026-10-08", 0),
        columns={"agent": {"above": "Card of"}, "date": "Day", "late_count": "Late"},
    )  # fmt: skip
    assert [row[2] for row in _days(found)] == ["Ann Li", "Cy Wu"]
    assert _warned(found) == []


def test_figures_of_blocks_become_metrics() -> None:
    """One row of figures below each name."""
    found = _read(
        ("客服：张三",), ("接待量", "好评数"), (12, 3), ("客服：李四",), ("接待量", "好评数"), (7, 1), table="kpis"
    )
    values = list(zip(*(found.columns[name] for name in ("agent_name", "metric", "value")), strict=True))
    assert values == [
        ("张三", "接待量", Decimal(12)), ("张三", "好评数", Decimal(3)),
        ("李四", "接待量", Decimal(7)), ("李四", "好评数", Decimal(1)),
    ]  # fmt: skip


def test_a_row_of_a_text_file_that_is_longer_than_the_header_is_refused_as_ever() -> None:
    """What it holds would stand under other names."""
    found = _read(("姓名：张三",), HEADER, ("2026-10-08", "白班", 1, 5), ("2026-10-09", "白班", 0), sheet="")
    assert ([row[0] for row in _days(found)], _warned(found)) == ([4], ["row-longer-than-header"])


def test_without_labels_there_are_no_blocks_and_that_is_said() -> None:
    """With the labels that were looked for."""
    found = _read(HEADER, ("2026-10-08", "白班", 1), columns={"agent": {"above": "Card of"}})
    assert [(one.code, one.found) for one in found.problems] == [("blocks-without-labels", "card of")]


# ---- facts to a file and back ----------------------------------------------------------------------------------

PEOPLE = (("0101", "张三"), ("0102", "李四"), ("K3", "欧阳丽丽"), ("0007", "O'Neil"))
DAYS = st.lists(
    st.tuples(st.integers(1, 31), st.sampled_from(["白班", "晚班"]), st.integers(0, 3)), min_size=1, max_size=4
)
LABELS = ("inline", "pairs", "colons", "rows", "apart")


def _labels(style: str, number: str, name: str) -> list[Row]:
    styles: dict[str, list[Row]] = {
        "inline": [(f"姓名：{name}    工号：{number}    部门：客服",)],
        "pairs": [("姓名", name, "工号", number, "部门", "客服")],
        "colons": [("姓名：", name, None, "工号:", number)],
        "rows": [(f"工号：{number}",), ("部门：客服",), (f"姓名：{name}",)],
        "apart": [(f"姓名：{name}", None, f"工号：{number}")],
    }
    return styles[style]


@settings(max_examples=150, deadline=None)
@given(
    facts=st.lists(DAYS, min_size=1, max_size=4),
    style=st.sampled_from(LABELS),
    again=st.booleans(),
    title=st.booleans(),
    blanks=st.integers(0, 2),
    totals=st.booleans(),
    signed=st.booleans(),
    turned=st.booleans(),
    sheet=st.sampled_from(["", "卡"]),
)
def test_facts_written_as_blocks_are_read_as_these_facts(
    facts: list[list[tuple[int, str, int]]],
    style: str,
    again: bool,
    title: bool,
    blanks: int,
    totals: bool,
    signed: bool,
    turned: bool,
    sheet: str,
) -> None:
    """However the labels stand, with the header again or once, sums and signatures below each, gaps or none."""
    rows: list[Row] = [("2026年10月考勤卡",)] if title else []
    wanted = []
    for at, ((number, name), days) in enumerate(zip(PEOPLE, facts, strict=False)):
        back = turned and again and at % 2
        rows += _labels(style, number, name)
        if again or at == 0:
            rows.append(HEADER[::-1] if back else HEADER)
        for day, shift, late in days:
            cells = (f"2026-10-{day:02}", shift, late)
            rows.append(cells[::-1] if back else cells)
            wanted.append((len(rows), number, name, date(2026, 10, day), late))
        if totals and not back:
            rows.append(("合计", None, sum(late for _, _, late in days)))
        if signed:
            rows.append(("员工签字：", None, "日期："))
        rows += [()] * blanks
    while rows[-1] == ():
        rows.pop()
    found = _read(*rows, sheet=sheet)
    assert _days(found) == wanted
    assert _warned(found) == []
