"""The faults left in the last month on purpose, so that a check has something to report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sample.files import Cell, Row

MONTH = "2026-10"


def _copy(rows: Sequence[Row]) -> list[list[Cell]]:
    return [list(row) for row in rows]


def in_chats(rows: Sequence[Row]) -> list[list[Cell]]:
    """A nickname nobody knows, and one chat exported twice."""
    faulty = _copy(rows)
    faulty[40][2] = "豆豆"
    faulty.insert(121, list(faulty[120]))
    return faulty


def in_calls(rows: Sequence[Row]) -> list[list[Cell]]:
    """A duration that is no duration."""
    faulty = _copy(rows)
    index = next(i for i, row in enumerate(faulty) if i >= 60 and row[5] == "是")
    faulty[index][8] = "约3分钟"
    return faulty


def in_orders(rows: Sequence[Row]) -> list[list[Cell]]:
    """An order paid after midnight of the last day."""
    faulty = _copy(rows)
    last = list(faulty[-1])
    last[0], last[4] = f"{int(str(last[0])) + 37}", "2026-11-01 00:03:12"
    return [*faulty, last]


def in_complaints(rows: Sequence[Row]) -> list[list[Cell]]:
    """A name that two people share, without a staff number."""
    faulty = _copy(rows)
    faulty[3][2], faulty[3][3] = None, "王芳"
    return faulty


def in_exams(rows: Sequence[Row]) -> list[list[Cell]]:
    """A word where a number must stand."""
    faulty = _copy(rows)
    faulty[5][4] = "缺考"
    return faulty


def in_events(rows: Sequence[Row]) -> list[list[Cell]]:
    """A happening that the policy does not know."""
    return [*_copy(rows), [date(2026, 10, 28), "0004", "周雨桐", "客户送锦旗", 1, "否", "锦旗已挂在前台"]]


IN = {
    "chats": in_chats,
    "calls": in_calls,
    "orders": in_orders,
    "complaints": in_complaints,
    "exams": in_exams,
    "events": in_events,
}
"""The fault of each kind of file."""


def put(month: str, kind: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the fault of their kind in the last month; as they are in any other."""
    return IN[kind](rows) if month == MONTH else rows
