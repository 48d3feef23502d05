"""Scores and refunds beside what they can be at the most: what nobody tells is unknown, what is too much is said."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from csctl.month import Month
from csctl.problems import Problem, Severity
from csctl.readers.columns.profile import resolve_source
from csctl.readers.columns.source import Source
from csctl.readers.grid import Book, Cell, Sheet
from csctl.readers.mapping.importer import Imported, import_book

MAY = Month(2026, 5)
Merged = tuple[tuple[int, int, int, int], ...]


def _read(table: str, *rows: Sequence[Cell], merged: Merged = (), **said: Any) -> Imported:
    source, problems = resolve_source(Source.model_validate({"table": table, "files": "x", **said}))
    assert source is not None, problems
    sheet = Sheet("Sheet1", [tuple(row) for row in rows], merged=merged)
    return import_book(Book((sheet,)), source, "data/2026-05/x.xlsx", MAY)


def _warned(imported: Imported) -> list[Problem]:
    return [one for one in imported.problems if one.severity is not Severity.NOTE]


def _codes(imported: Imported) -> list[str]:
    return [one.code for one in _warned(imported)]


def _figures(imported: Imported, name: str) -> list[int | None]:
    return [None if value is None else int(Decimal(str(value))) for value in imported.columns[name]]


EXAMS = ("Agent", "Date", "Exam", "Score", "Full score")


def test_a_score_without_a_full_score_beside_others_is_unknown_and_said_with_the_line_for_all() -> None:
    """38 may be of 40 or of 100."""
    rows: list[tuple[Cell, ...]] = [
        EXAMS,
        ("Ann Lee", "2026-05-04", "Product", 38, None),
        ("Bo Chan", "2026-05-04", "Product", 33, 40),
    ]
    imported = _read("exams", *rows)
    (said,) = _warned(imported)
    assert (said.code, said.found, said.place.column) == ("full-score-empty", "2", "Full score")
    assert (_figures(imported, "score"), _figures(imported, "full_score")) == ([None, 33], [None, 40])
    settled = _read("exams", *rows, **tomllib.loads(str(said.parameters["line"])))
    assert (_figures(settled, "score"), _figures(settled, "full_score"), _codes(settled)) == ([38, 33], [40, 40], [])


def test_of_different_full_scores_none_can_be_proposed_for_the_empty_one() -> None:
    """Whoever wrote the file must say."""
    header = ("客服", "日期", "质检项", "质检得分", "满分")
    rows: list[tuple[Cell, ...]] = [
        ("何晴", "2026-05-04", "礼貌", 4, 5),
        ("李想", "2026-05-04", "流程", 18, 20),
        ("周敏", "2026-05-05", "流程", 4, ""),
    ]
    imported = _read("quality", header, *rows)
    (said,) = _warned(imported)
    assert (said.code, said.parameters["line"], _figures(imported, "score")) == ("full-score-empty", "", [4, 18, None])


def test_a_column_of_full_scores_that_is_empty_tells_nothing() -> None:
    """Then no score has one, as in a file without that column."""
    rows: list[tuple[Cell, ...]] = [
        (who, "2026-05-04", "Product", score, None) for who, score in (("A", 38), ("B", 33))
    ]
    imported = _read("exams", EXAMS, *rows)
    assert (_figures(imported, "score"), _codes(imported)) == ([38, 33], [])


def test_a_full_score_in_a_merged_cell_holds_for_all_of_its_rows() -> None:
    """Three papers of 40 points; the fourth has its own."""
    names = ("Ann Lee", "Bo Chan", "Cy Dunn", "Di Evans")
    rows: list[tuple[Cell, ...]] = [
        (name, "2026-05-04", "Product", 30, full) for name, full in zip(names, (40, None, None, 50), strict=True)
    ]
    imported = _read("exams", EXAMS, *rows, merged=((2, 5, 4, 5),))
    assert (_figures(imported, "full_score"), _codes(imported)) == ([40, 40, 40, 50], [])


@pytest.mark.parametrize(
    ("table", "header", "more"),
    [
        ("exams", ("工号", "考试日期", "考试名称", "考试成绩", "满分"), "产品知识"),
        ("quality", ("Agent", "Date", "Item", "Score", "Full score"), "Greeting"),
        ("surveys", ("Agent", "Date", "Survey", "Score", "Full score"), "Contact"),
    ],
)
def test_a_score_above_its_full_score_stands_and_is_said(table: str, header: Sequence[Cell], more: str) -> None:
    """194 of 100 in row 3; 100 of 100 is none."""
    scores = (88, 194, 100, 90)
    imported = _read(table, header, *[(f"K{at}", "2026-05-04", more, score, 100) for at, score in enumerate(scores)])
    (said,) = _warned(imported)
    assert (said.code, said.found, said.parameters["best"], said.place.row) == ("score-above-full", "194", "100", 3)
    assert _figures(imported, "score") == [*scores]


def test_a_score_above_100_among_scores_of_100_is_said_until_the_source_names_the_full_score() -> None:
    """A slip, or a test of 200 points in which nobody else did well."""
    rows = [(f"K{at}", "2026-05-04", "Product", score) for at, score in enumerate((94, 88, 185, 76, 91))]
    imported = _read("exams", EXAMS[:4], *rows)
    (said,) = _warned(imported)
    assert (said.code, said.found, said.place.row) == ("score-above-scale", "185", 4)
    settled = _read("exams", EXAMS[:4], *rows, **tomllib.loads(str(said.parameters["line"])))
    assert (_figures(settled, "full_score"), _codes(settled)) == ([185] * 5, [])


@pytest.mark.parametrize("scores", [(94, 88, 100), (120, 131, 98, 140), (12, 30, 8, 150), (3, 5, 4, 2)])
def test_scores_of_another_scale_are_no_slips(scores: Sequence[int]) -> None:
    """Of 100; of 150; points without a limit; of 5."""
    rows = [(f"K{at}", "2026-05-04", "Product", score) for at, score in enumerate(scores)]
    assert _codes(_read("exams", EXAMS[:4], *rows)) == []


# ---- refunds -----------------------------------------------------------------------------------------------------

ORDERS = ("订单编号", "客服", "付款时间", "付款金额", "退款金额")


def _order(number: str | None, amount: Cell, refund: Cell) -> tuple[Cell, ...]:
    return (number, "何晴", "2026-05-04 10:00", amount, refund)


def test_a_refund_of_more_than_was_paid_stands_and_is_said() -> None:
    """Somebody typed two zeros too many; a full refund is none."""
    imported = _read("orders", ORDERS, _order("1", 2760, 27600), _order("2", 90, 90), _order("3", 80, None))
    (said,) = _warned(imported)
    assert (said.code, said.found, said.place.row) == ("refunds-above-amounts", "2", 2)
    assert (said.parameters["paid"], said.parameters["back"]) == ("2,760.00", "27,600.00")
    assert _figures(imported, "refund_amount") == [27600, 90, None]


def test_refunds_with_a_minus_are_compared_as_well() -> None:
    """The sign is how the system writes them."""
    header = ("Order ID", "Agent", "Date", "Amount", "Refund")
    rows = [("1", "Ann Lee", "2026-05-04", 40, -400), ("2", "Ann Lee", "2026-05-04", 40, -40)]
    assert _codes(_read("orders", header, *rows)) == ["refunds-above-amounts"]


def test_rows_of_one_order_are_compared_together_and_refunds_of_older_orders_not_at_all() -> None:
    """Two goods of one order, refunded in its last row; an order of April; rows without a number."""
    rows = [_order("1", 60, None), _order("1", 50, 100), _order("2", 0, 75), _order("3", None, 30), _order(None, 9, 5)]
    assert "refunds-above-amounts" not in _codes(_read("orders", ORDERS, *rows))


@pytest.mark.parametrize(
    ("table", "headers", "rows"),
    [
        ("exams", EXAMS, [("Ann", "2026-05-08", "rules", "-5", "100"), ("Bob", "2026-05-08", "rules", "90", "100")]),
        ("exams", EXAMS[:4], [("Ann", "2026-05-08", "rules", "-5")]),
        (
            "quality",
            ("姓名", "质检日期", "质检项", "质检得分"),
            [("a", "2026-05-08", "开头", "-5"), ("b", "2026-05-08", "开头", "9")],
        ),
    ],
)
def test_a_score_below_zero_stands_and_is_said_until_it_is_settled(
    table: str, headers: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    imported = _read(table, headers, *rows)
    (said,) = _warned(imported)
    assert (said.code, said.found, said.place.row, _figures(imported, "score")[0]) == ("score-below-zero", "-5", 2, -5)
    settled = tomllib.loads(str(said.parameters["line"]))
    assert not _warned(_read(table, headers, *rows, **settled))


def test_points_that_are_only_taken_off_are_no_slips() -> None:
    rows = [("a", "2026-05-08", "开头", "-5"), ("b", "2026-05-08", "结尾", "-2"), ("c", "2026-05-08", "结尾", "0")]
    assert not _warned(_read("quality", ("姓名", "质检日期", "质检项", "质检得分"), *rows))
