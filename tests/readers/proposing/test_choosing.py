"""Which table a file is: clear where its headers say so, asked where they could be of several."""

from __future__ import annotations

import pytest

from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.proposing.choosing import Weighed, is_clear, table_question, weighed
from csctl.readers.proposing.questions import ASIDE
from csctl.readers.proposing.trials import rows_of_several_columns, trials

DAYS = tuple(str(day) for day in range(1, 31))
CLEAR: dict[str, tuple[str, list[tuple[Cell, ...]]]] = {
    "interactions": ("a", [("会话ID", "客服", "会话开始时间", "首次响应时长(秒)"), ("1", "甲", "2026-10-01 09:00", 3)]),
    "orders": ("a", [("订单编号", "跟单人", "付款时间", "退款金额"), ("1", "甲", "2026-10-01", "3.00")]),
    "attendance": ("a", [("工号", "姓名", "上班打卡时间", "下班打卡时间"), ("1", "甲", "09:00", "18:00")]),
    "kpis": ("a", [("姓名", "甲率", "乙数", "丙分"), ("甲", 1, 2, 3), ("乙", 1, 2, 3)]),
    "roster": (
        "a",
        [("工号", "姓名", "组别", "入职日期"), ("1", "甲", "一", "2024-01-01"), ("2", "乙", "一", "2024-01-01")],
    ),
    "shift_plans": ("排班表", [("姓名", *DAYS), ("甲", *["早班"] * 30), ("乙", *["晚班"] * 30)]),
}
ASKED: dict[str, list[tuple[Cell, ...]]] = {
    "a score and a day": [("工号", "日期", "得分"), ("1", "2026-10-01", 3), ("2", "2026-10-01", 3)],
    "two figures": [("姓名", "甲数", "乙数"), ("甲", 1, 2), ("乙", 1, 2)],
    "figures of people who come again": [("姓名", "甲数", "乙数", "丙数"), ("甲", 1, 2, 3), ("甲", 1, 2, 3)],
    "words for each day": [("姓名", *DAYS), ("甲", *["√"] * 30), ("乙", *["√"] * 30)],
}


def found(rows: list[tuple[Cell, ...]], name: str = "a") -> list[Weighed]:
    """What the file could be."""
    return weighed(trials(Book((Sheet("", rows),)), None), name)


@pytest.mark.parametrize("table", CLEAR)
def test_a_file_whose_headers_say_it_is_not_asked_about(table: str) -> None:
    """The table comes first, and no other is near."""
    name, rows = CLEAR[table]
    best = found(rows, name)
    assert best[0].trial.table == table
    assert is_clear(best)


@pytest.mark.parametrize("name", ASKED)
def test_a_file_that_could_be_several_things_is_asked_about(name: str) -> None:
    """The likeliest is proposed, and it can be left aside."""
    best = found(ASKED[name])
    assert not is_clear(best)
    question = table_question("a.csv", best, ["x"])
    assert question.proposed == best[0].trial.table
    assert question.choices[-1].name == ASIDE


def test_the_name_of_a_file_tells_between_two_tables() -> None:
    """Marks of each day may be a plan or what happened; a file called 排班 holds plans."""
    rows = ASKED["words for each day"]
    assert found(rows, "10月排班")[0].trial.table == "shift_plans"
    assert is_clear(found(rows, "10月排班"))


def test_a_table_of_which_no_header_is_known_can_be_any() -> None:
    """Nothing is proposed."""
    question = table_question("a.csv", [], ["甲", "乙"])
    assert question.proposed == ""
    assert {"attendance", "orders", ASIDE} <= {one.name for one in question.choices}


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ([("one line",), ("another",)], ()),
        ([("K1", "08:55"), ("K2", "08:56")], ()),
        ([("K1", "08:55"), ("K2", "08:56"), ("K3", "08:57")], ("K1", "08:55")),
        ([("title",), ("K1", "08:55"), ("K2", "08:56"), ("K3", "08:57")], ("K1", "08:55")),
    ],
)
def test_a_memo_is_no_table(rows: list[tuple[Cell, ...]], headers: tuple[str, ...]) -> None:
    """Three rows of two cells are one, whatever they say."""
    assert rows_of_several_columns(Book((Sheet("", rows),))) == headers
